"""Owns the patient's side as one running whole: the loop that hears, ticks, draws and tells.

In every round stops are heard first and the view is put right before a picture is drawn. It knows
neither an author's code nor a renderer by name.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Protocol

from vr_runtime.clock import TickClock
from vr_runtime.coming_again import as_text
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.headset import HeadsetWatch
from vr_runtime.engine.pace import Pace
from vr_runtime.engine.ports import Display
from vr_runtime.engine.sightline import Head
from vr_runtime.server import Server
from vr_runtime.trace import Trace
from vr_runtime.watch.pulse import Pulse
from vr_runtime.wire.acts import Loaded, Phase, RuntimeKeyStop, View
from vr_runtime.wire.version import TICKS_PER_SECOND

STATES_PER_SECOND = 10.0
GRANT_PATIENCE_S = 30.0
"""Under lock-step, wall seconds without a grant after which the runtime ends."""
LOAD_TICKS = 30
"""Under lock-step a load takes this many ticks, however long it really takes."""
DRAWING_SHARE = 0.3
"""Under lock-step, the share of wall time that pictures may take from the ticks."""
ROUND_S = 0.05
"""Ticks that are due are left out when those before them took so long: stops and the picture come
first, and what a scenario's code takes of the time is not caught up."""
BUILDING_SHARE = 0.5
"""The share of wall time that pictures may take from a scenario that is being built."""
AWAY_TICKS = TICKS_PER_SECOND // 3
"""Fewer ticks lost at once are no sign that the process was away."""

_PRESSED = frozenset(
    {
        "patient_left",
        "patient_stopped",
        "practised",
        "dial_raised",
        "patient_rated",
        "patient_recentred",
        "patient_walked",
    }
)
"""What only the patient can bring about."""

log = logging.getLogger(__name__)


class StopsAtHand(Protocol):
    """Stop keys beside those of the display."""

    def stopped(self, now_s: float) -> bool:
        """Whether a stop was pressed since the last call. Never waits."""
        ...


class Waiting(Protocol):
    """Something to sleep on that wakes when a message comes."""

    def wait(self, seconds: float) -> None:
        """Sleep at most so long."""
        ...


class Runtime:
    """One runtime, from its opening to its end."""

    def __init__(
        self,
        engine: Engine,
        display: Display,
        server: Server,
        sockets: Waiting,
        *,
        end_after_s: float,
        pulse: Pulse | None = None,
        stops: StopsAtHand | None = None,
        now: Callable[[], float] = time.monotonic,
        trace: Trace | None = None,
    ) -> None:
        """Put the parts together; `end_after_s` without a console ends the runtime.

        `pulse` is heard by a watchdog, from this loop and no other thread.
        `stops` are keys of this machine beside those in the patient's window.
        """
        self._engine = engine
        self._display = display
        self._server = server
        self._sockets = sockets
        self._end_after_s = end_after_s
        self._pulse = Pulse(None) if pulse is None else pulse
        self._stops = stops
        self._now = now
        self._trace = Trace() if trace is None else trace
        self._state_due = 0.0
        self._picture_due = 0.0
        self._loading_since: int | None = None
        self._told = (Phase.IDLE, 0)
        self._word_left_at = 0
        self._headset = HeadsetWatch()
        self._pace = Pace()
        self._build_draws_from = 0.0
        self._has_built = False
        self._broken: Exception | None = None
        engine.budget.meanwhile = self._while_building
        engine.building.awaiting = self._while_examining
        engine.budget.leaving = self._before_leaving

    def run(self) -> None:
        """Run until a console ends it, or until nobody has needed it for long."""
        try:
            if self._server.in_step:
                self._run_in_step()
            else:
                self._run_by_clock()
        finally:
            self._trace.close()
            self._server.lines.close()
        self._server.publish_state()

    def end(self) -> None:
        """Let the loop end after its present round."""
        self._server.end()

    def _run_by_clock(self) -> None:
        clock = TickClock(self._now)
        alone_since = self._now()
        while not self._server.ended:
            run, lost = clock.due()
            if lost and self._has_built:
                # Its console was heard all the time; the engine alone stood still for it.
                lost = 0
            self._has_built = False
            if lost:
                if lost >= AWAY_TICKS:
                    log.warning("the runtime was away for %.1f s", lost / TICKS_PER_SECOND)
                self._server.watch(lost)
                # A patient whose machine slept is not left alone for having slept.
                alone_since += lost / TICKS_PER_SECOND
            self._pulse.beat()
            self._hear()
            self._run_ticks(run)
            # What came in meanwhile, and leads out, does not wait for the picture after the next.
            self._hear_hands()
            self._server.hear_stops()
            self._show()
            if self._display.due_s() <= 0.0:
                self._draw(clock.between())
                self._pace.drawn(self._now())
                self._pulse.beat()
            self._publish()
            if not self._alone():
                alone_since = self._now()
            elif self._now() - alone_since > self._end_after_s:
                log.info("nobody has needed the runtime for %.0f s; it ends", self._end_after_s)
                return
            self._sockets.wait(min(clock.next_s(), self._display.due_s()))

    def _run_ticks(self, due: int) -> None:
        until = self._now() + ROUND_S
        for done in range(due):
            if self._scene_stands() or (done and self._now() > until):
                self._server.watch(due - done)
                return
            self._tick()

    def _scene_stands(self) -> bool:
        """Whether the next tick would enter a scene's code before a picture shows it has been left.

        Such a tick waits, or is left out.
        """
        return self._engine.leaves_next and self._display.drawn is View.SCENE

    def _run_in_step(self) -> None:
        granted_at = self._now()
        draw_from = 0.0
        while not self._server.ended:
            self._pulse.beat()
            self._hear()
            self._show()
            if self._now() >= draw_from and self._display.due_s() <= 0.0:
                began = self._now()
                self._draw(1.0)
                draw_from = self._now() + (self._now() - began) * (1 / DRAWING_SHARE - 1)
            if self._server.granted and self._may_pass():
                granted_at = self._now()
                self._tick()
                self._show()
            else:
                if self._server.granted:
                    granted_at = self._now()
                self._sockets.wait(0.002 if self._server.granted else 0.02)
            if self._now() - granted_at > GRANT_PATIENCE_S:
                log.info("no tick was granted for %.0f s; the runtime ends", GRANT_PATIENCE_S)
                return
            self._publish()

    def _may_pass(self) -> bool:
        """Whether ticks may go on: the last tick of a load waits until it has really ended.

        The answer to the grant that contains it then tells of the load's end on any display.
        """
        if self._scene_stands():
            return False
        since = self._loading_since
        if since is None or self._engine.tick_count - since < LOAD_TICKS - 1:
            return True
        return self._display.stage.loading() >= 1.0

    def _hear(self) -> None:
        if self._broken is not None:
            raise self._broken
        self._hear_hands()
        self._look_at_the_display()
        self._server.hear()
        self._follow_load()

    def _hear_hands(self) -> None:
        """What was pressed here, and what befell the display, enters the engine."""
        if self._stops is not None and self._stops.stopped(self._now()):
            self._engine.apply(RuntimeKeyStop(), "runtime")
        for found in self._display.occurrences():
            self._engine.apply(found, "patient" if found.kind in _PRESSED else "runtime")

    def _while_building(self) -> None:
        """Between two lines of a scenario that is being built: stops, hands and pictures go on.

        The scenario's code goes on after it, whatever came in. What breaks here is no fault of it.
        The time it takes is not the scenario's either, and the watchdog does not count it as such:
        a build that hangs never comes here.
        """
        self._go_on(BUILDING_SHARE)

    def _while_examining(self) -> None:
        """The same while another process looks at the scenario: pictures are drawn as they are due.

        This process has nothing else to do meanwhile.
        """
        self._go_on(1.0)

    def _go_on(self, share: float) -> None:
        self._has_built = True
        try:
            self._pulse.goes_on()
            self._hear_hands()
            self._server.hear_stops()
            self._show()
            began = self._now()
            if began >= self._build_draws_from and self._display.due_s() <= 0.0:
                self._draw(1.0)
                took = self._now() - began
                self._build_draws_from = began + took / share
                self._pulse.goes_on()
            self._publish_state()
        except Exception as error:
            self._broken = error

    def _look_at_the_display(self) -> None:
        """What becomes of headset and pace enters the engine."""
        display, now = self._display, self._now()
        found = self._headset.see(display.headset(), now)
        if self._server.in_step or display.stage.loading() < 1.0:
            # Granted ticks let pictures wait, and a load may take its time.
            self._pace.rest()
        else:
            strict = display.kind == "headset"
            found += self._pace.look(now, display.wanted_hz(), strict=strict)
        for befell in found:
            self._engine.apply(befell, "runtime")

    def _follow_load(self) -> None:
        """Say `Loaded` once all that was asked for stands ready."""
        engine = self._engine
        pending = engine.opened is not None and not engine.loaded and engine.disabled is None
        if not pending:
            self._loading_since = None
            return
        if self._loading_since is None:
            self._loading_since = engine.tick_count
        if self._server.in_step and engine.tick_count - self._loading_since < LOAD_TICKS:
            return
        if self._display.stage.loading() >= 1.0 and engine.scenario is not None:
            engine.apply(Loaded(sha256=engine.scenario.sha256), "runtime")
            self._loading_since = None

    def _tick(self) -> None:
        self._server.watch(1)
        # Granted ticks do not wait for pictures, and so not for where a head was in one.
        self._engine.see(Head() if self._server.in_step else self._display.head())
        self._engine.tick()
        self._follow_load()
        self._server.ticked()

    def _draw(self, between: float) -> None:
        def draw() -> View | None:
            self._display.draw(between)
            return self._display.drawn

        self._trace.picture(draw)

    def _show(self) -> None:
        self._display.show(self._engine.view)
        self._display.draw_with(self._engine.quality)
        hearing = self._engine.hearing
        self._display.sound_with(hearing.volume_db, hearing.tone)
        repose = self._engine.repose
        self._display.accompany(repose.refuge, repose.guide, repose.practised)
        self._display.lay(self._engine.sight)
        self._server.lines.follow()

    def _alone(self) -> bool:
        """No console in control is heard, and the patient is not in the scene."""
        led = self._server.authority.holder is not None and self._server.guard.silent_s < 1.0
        return not led and self._engine.view is not View.SCENE

    def _publish_state(self) -> None:
        self._server.tell()
        self._leave_word()
        now = self._now()
        told = (self._engine.phase, self._engine.trial)
        if now >= self._state_due or told != self._told:
            self._told = told
            self._state_due = now + 1 / STATES_PER_SECOND
            self._server.publish_state()

    def _publish(self) -> None:
        self._publish_state()
        now = self._now()
        hz = self._server.mirror_hz
        if hz > 0 and now >= self._picture_due:
            self._picture_due = now + 1 / hz
            self._server.publish_picture()

    def _leave_word(self) -> None:
        """Tell the watchdog what the next start would need, as soon as anything has happened."""
        if self._server.happened == self._word_left_at:
            return
        self._word_left_at = self._server.happened
        self._tell_standing()

    def _before_leaving(self) -> None:
        """A scene's code is entered for the last time: it may be slow, or hang.

        The scene is out of sight and hearing before, and the watchdog knows how things stand.
        """
        self._show()
        self._tell_standing()

    def _tell_standing(self) -> None:
        standing = self._engine.standing()
        self._pulse.standing("" if standing is None else as_text(standing, self._engine.phase))
