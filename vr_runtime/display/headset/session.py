"""Owns the session with a headset from its beginning to its loss and its return.

It follows the driver's states by their table, asks for pictures one at a time, and always knows
what to tell the engine: worn, shown, tracked. It knows neither OpenXR nor graphics, and no fault of
a driver leaves it as an exception.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from vr_runtime.display.headset.port import (
    Changed,
    Controls,
    DriverEnds,
    Event,
    Frame,
    HeadsetGone,
    HeadsetUnavailable,
    Located,
    Paint,
    Port,
    Recentred,
    Refitted,
    Worn,
)
from vr_runtime.display.headset.states import TABLE, State
from vr_runtime.display.headset.worker import Worker
from vr_runtime.engine.ports import HeadsetFacts

RETURN_S = 5.0
"""Seconds between two attempts to find a headset that was lost."""
SILENT_S = 0.5
"""A driver that shows us and asks for no picture within this has let the picture freeze."""
LET_GO_S = 0.2
"""Longest that the loop stands still for a driver that is to be left."""
CLOSING_ROUNDS, CLOSING_S = 100, 0.02
SOONEST_S = 0.0005

Reach = Callable[[], Callable[[], Port]]
"""Find driver and headset, which may take long and needs no graphics; gives what opens a session.

Either may raise `HeadsetUnavailable`.
"""

log = logging.getLogger(__name__)
T = TypeVar("T")


class Session:
    """One headset, through as many sessions as its driver grants."""

    def __init__(
        self,
        port: Port,
        reach: Reach,
        *,
        waiter: Worker[Frame],
        reacher: Worker[Callable[[], Port]],
        clock: Callable[[], float],
    ) -> None:
        """Take over an open session; `reach` finds another when it is lost."""
        self._port: Port | None = port
        self._reach = reach
        self._waiter = waiter
        self._reacher = reacher
        self._clock = clock
        self.state = State.UNKNOWN
        self.fittings = 1
        """Another number means that sizes and hidden parts are to be asked for anew."""
        self._running = False
        self._frame: Frame | None = None
        self._begun: tuple[Frame, Located] | None = None
        self._unused: Port | None = None
        self._present = True
        self._tracked = True
        self._was_placed = False
        self._period_s = 0.0
        self._expected = 0.0
        self._asked_at = clock()
        self._controls = Controls()
        self._recentre = True
        self._quits = False
        self._return_at = 0.0

    # -- what is known

    @property
    def port(self) -> Port | None:
        """The session that is open now."""
        return self._port

    @property
    def seen(self) -> bool:
        """Whether the patient can see our pictures."""
        return TABLE[self.state].seen and self._present

    @property
    def running(self) -> bool:
        """Whether the driver paces our pictures now."""
        return self._running

    @property
    def rate_hz(self) -> float:
        """Pictures a second that the headset asked for at its best; 0 where it does not tell."""
        return 1.0 / self._period_s if self._period_s > 0 else 0.0

    def facts(self) -> HeadsetFacts:
        """What the engine is told of this moment."""
        # Only while it owes us a picture: that we are slow ourselves is not its silence.
        silent = self._waiter.busy and self._clock() - self._asked_at > SILENT_S
        return HeadsetFacts(
            worn=self.seen,
            session=TABLE[self.state].held,
            tracked=self.seen and self._tracked and not silent,
        )

    def controls(self) -> Controls:
        """What is pressed now; nothing while somebody else is meant."""
        return self._controls

    def due_s(self) -> float:
        """Seconds until a picture may be due; 0 once the driver has asked for it."""
        if self._frame is not None:
            return 0.0
        return max(SOONEST_S, self._expected - self._clock())

    def recentre(self) -> None:
        """Take "ahead" anew with the next picture."""
        self._recentre = True

    def recentring(self) -> bool:
        """Whether "ahead" is to be taken anew, since the last call."""
        asked, self._recentre = self._recentre, False
        return asked

    # -- once a round

    def look(self) -> None:
        """Hear the driver: states, controllers, and whether a picture is asked for. Never waits."""
        if self._port is None:
            self._come_back()
            return
        self._guarded(self._hear)
        if self._port is not None:
            self._guarded(self._take_frame)
        if self._port is not None:
            self._guarded(self._read_controls)

    def _hear(self, port: Port) -> None:
        for event in port.events():
            if self._port is not port:
                return
            self._take(port, event)

    def _take(self, port: Port, event: Event) -> None:
        if isinstance(event, DriverEnds):
            raise HeadsetGone("the driver ends")
        if isinstance(event, Worn):
            self._recentre |= event.present and not self._present
            self._present = event.present
        elif isinstance(event, Recentred):
            self._recentre = True
        elif isinstance(event, Refitted):
            self.fittings += 1
        elif isinstance(event, Changed):
            self._enter(port, event.state)

    def _enter(self, port: Port, state: State) -> None:
        was, self.state = self.state, state
        log.info("the headset's session is %s", state)
        now = TABLE[state]
        if now.seen and not TABLE[was].seen:
            self._tracked = self._recentre = True
            self._period_s = 0.0
        if now.do == "begin" and not self._running:
            port.begin()
            self._running = True
        elif now.do == "end" and self._running:
            self._rest()
            port.end()
        elif now.do == "leave":
            self._quits = state is State.EXITING
            raise HeadsetGone(state.value)

    def _rest(self) -> None:
        """No further picture: what is under way comes to its end first."""
        self._running = False
        if self._waiter.busy and self._waiter.taken(LET_GO_S) is None:
            raise HeadsetGone("the driver does not answer")
        self._frame = self._begun = None

    def _take_frame(self, port: Port) -> None:
        over = self._waiter.taken()
        if over is not None:
            frame = over.get()
            if self._running:
                self._frame = frame
                # A driver that finds us slow may ask less often: its own rate stays what it was.
                known = [p for p in (self._period_s, frame.period_s) if p > 0]
                self._period_s = min(known, default=0.0)
                self._expected = self._clock() + max(0.0, frame.period_s - 0.002)
        if self._running and self._frame is None and self._begun is None and not self._waiter.busy:
            self._asked_at = self._clock()
            self._waiter.ask(port.wait)

    def _read_controls(self, port: Port) -> None:
        heard = TABLE[self.state].heard and self._running
        self._controls = port.controls() if heard else Controls()

    # -- a picture

    def begin(self) -> Located | None:
        """Begin the picture that was asked for; None where none is, or nothing is known of it."""
        return self._guarded(self._begin) if self._frame is not None else None

    def _begin(self, port: Port) -> Located:
        frame, self._frame = self._frame, None
        assert frame is not None
        port.begin_picture()
        located = port.locate(frame)
        self._begun = frame, located
        # A headset that never knew its place turns only; one that did has lost it.
        self._was_placed |= located.placed
        placed = located.placed or not self._was_placed
        self._tracked = located.eyes is not None and located.tracked and placed
        return located

    def end(self, paint: Paint) -> None:
        """Hand over the picture that was begun, if one was, and ask for the next."""
        if self._begun is not None:
            self._guarded(lambda port: self._end(port, paint))

    def _end(self, port: Port, paint: Paint) -> None:
        assert self._begun is not None
        (frame, located), self._begun = self._begun, None
        # A picture that cannot follow the head makes ill: then the headset shows none of ours.
        port.end_picture(frame, located.eyes if frame.wanted else None, paint)
        self._take_frame(port)

    def pulse(self) -> None:
        """Let the patient's hand feel one short tick."""
        if TABLE[self.state].heard:
            self._guarded(lambda port: port.pulse())

    # -- loss and return

    def _guarded(self, act: Callable[[Port], T]) -> T | None:
        port = self._port
        if port is None:
            return None
        try:
            return act(port)
        except HeadsetGone as gone:
            self._lose(port, str(gone))
            return None

    def _lose(self, port: Port, why: str) -> None:
        log.warning("the headset is lost: %s", why)
        self._let_go(port)

    def _let_go(self, port: Port) -> None:
        self.state, self._port, self._running = State.GONE, None, False
        self._frame = self._begun = None
        self._controls = Controls()
        self._present, self._recentre = True, True
        self._return_at = self._clock() + RETURN_S
        if self._waiter.busy and self._waiter.taken(LET_GO_S) is None:
            # Its thread is still inside the driver: nothing may be taken from under it.
            self._unused = port
            return
        port.leave()

    def _come_back(self) -> None:
        if self._unused is not None:
            if self._waiter.taken() is None:
                return
            self._unused.leave()
            self._unused = None
        if self._quits:
            return  # Somebody ended us from within the headset: that is not undone by itself.
        over = self._reacher.taken()
        try:
            if over is not None:
                self._port = over.get()()
        except (HeadsetUnavailable, HeadsetGone) as error:
            log.info("the headset is not back: %s", error)
            self._return_at = self._clock() + RETURN_S
            return
        if self._port is not None:
            self.fittings += 1
            self.state, self._was_placed = State.UNKNOWN, False
            log.warning("the headset is back: %s", self._port.name)
        elif not self._reacher.busy and self._clock() >= self._return_at:
            self._reacher.ask(self._reach)

    def close(self) -> None:
        """End the session in order where its driver lets us, within about two seconds."""
        self._quits = True
        if self._running:
            self._guarded(lambda port: port.ask_to_end())
        for _ in range(CLOSING_ROUNDS):
            if self._port is None or not self._running:
                break
            self._guarded(self._hear)
            if self._running:
                self._pass_over()
        if self._port is not None:
            self._let_go(self._port)

    def _pass_over(self) -> None:
        """A picture that shows nothing, so that the driver can go on to its end."""
        if self._frame is None and self._waiter.busy:
            over = self._waiter.taken(CLOSING_S)
            self._frame = None if over is None else self._guarded(lambda _port: over.get())
        if self._frame is not None:
            self.begin()
            if self._begun is not None:
                frame, _located = self._begun
                self._begun = None
                self._guarded(lambda port: port.end_picture(frame, None, _nothing))
        elif self._port is not None:
            self._guarded(self._take_frame)


def _nothing(_eye: int, _image: int, _size: tuple[int, int]) -> None:
    """Nothing is painted."""
