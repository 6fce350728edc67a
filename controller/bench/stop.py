"""Owns `palier bench stop`: a real runtime stopped again and again, in every phase, and by key.

It measures what the runtime itself stamps, and judges by pictures: they hold on any machine.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median

from controller.assembly import Assembled, assembled
from controller.bench.judging import Try, altogether, figures, judged, verdicts
from controller.language import _
from controller.local_runtime import Wanted
from controller.session.clinic import Clinic
from controller.session.now import Outcome
from controller.store.record import Record
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.sockets import bare_round_trips

SCENARIO = "heights.balcony"
KEY_SHARE = 10
"""One try in so many is a key press in the real console."""
BARE = 2000
PATIENCE_S = 60.0
_LOOK_S = 0.005


class BenchFailed(Exception):
    """The measurement could not be made; the text says why and what to do."""


class Bench:
    """One runtime, one console on it, and the times at which stops were sent."""

    def __init__(self, core: Assembled, progress: Callable[[int], None]) -> None:
        self._core = core
        self._lead = core.conductor
        self._progress = progress
        self._patient = ""
        self.sent: list[int] = []
        self.keys: list[int] = []

    async def begin(self) -> None:
        """Add the patient who is nobody."""
        await self._lead.add_patient("BENCH", 10, "0-100")
        self._patient = self._lead.patients()[0].id

    async def spread(self, tries: int) -> None:
        """So many stops, one after the other in every phase there is.

        A load takes as long as ten other tries: it is there for every tenth of them.
        """
        scene = (
            self.in_the_scene,
            self._in_hold,
            self._in_pause,
            self._in_the_safe_place,
        )
        ways = (self._while_loading, *scene, self._when_ready, *scene)
        for number, way in zip(range(tries), cycle(ways), strict=False):
            await way()
            await self._stopped(self._core.link.stop)
            self._progress(number + 1)

    async def press(self, tries: int) -> None:
        """So many presses of the stop key in the real console, from the scene."""
        # A screen toolkit is loaded only where a screen is used.
        from controller.ui.app import PalierApp
        from controller.ui.run import press

        await self.in_the_scene()
        app = PalierApp(self._lead)
        async with app.run_test(size=(120, 40)) as pilot:
            for number in range(tries):
                if number:
                    await self.in_the_scene()
                await self._stopped(partial(press, app, "f12"))
                self.keys.append(self.sent[-1])
                # The question why is left as it is.
                press(app, "escape")
                await pilot.pause()

    async def end(self) -> None:
        """Close what is open."""
        if self._lead.now().session is not None:
            await self._insist(self._lead.close_session, Phase.IDLE)

    # -- the phases

    async def _open(self) -> None:
        await self.end()
        await self._insist(
            lambda: self._lead.open_session(self._patient, SCENARIO, seed=1), Phase.LOADING
        )

    async def _while_loading(self) -> None:
        await self._open()
        # Of a small scenario the load may be over by the time it is told.
        await self._until(lambda: self._phase in (Phase.LOADING, Phase.READY))

    async def _when_ready(self) -> None:
        await self._open()
        await self._until(lambda: self._phase is Phase.READY)

    async def in_the_scene(self) -> None:
        """Open a session where none is, and begin a trial at level 1."""
        if self._lead.now().session is None:
            await self._when_ready()

        async def armed_and_begun() -> Outcome:
            armed = await self._lead.arm_trial(1)
            return await self._lead.begin_trial() if armed.ok else armed

        await self._insist(armed_and_begun, Phase.EXPOSURE)
        await self._until(lambda: self._phase is Phase.EXPOSURE)
        await self._pictures(2)

    async def _in_hold(self) -> None:
        await self.in_the_scene()
        await self._insist(self._lead.hold, Phase.HOLD)

    async def _in_pause(self) -> None:
        await self.in_the_scene()
        await self._insist(self._lead.pause, Phase.PAUSE)

    async def _in_the_safe_place(self) -> None:
        await self.in_the_scene()
        await self._insist(self._lead.safe_place, Phase.SAFE_PLACE)

    # -- within

    @property
    def _phase(self) -> Phase | None:
        state = self._lead.now().state
        return None if state is None else state.phase

    async def _stopped(self, stop: Callable[[], object]) -> None:
        """Stop, and let the safe picture be drawn before anything else."""
        self.sent.append(time.monotonic_ns())
        stop()
        await self._until(lambda: self._phase is Phase.STOPPED and not self._lead.now().stop_asked)
        await self._pictures(2)

    async def _pictures(self, count: int) -> None:
        """Until so many more pictures are drawn, where any are."""
        state = self._lead.now().state
        if state is None or state.display.kind == "null":
            return
        goal = state.display.pictures + count

        def drawn() -> bool:
            state = self._lead.now().state
            return state is not None and state.display.pictures >= goal

        await self._until(drawn)

    async def _insist(self, act: Callable[[], Awaitable[Outcome]], goal: Phase) -> None:
        """Do it as soon as the runtime lets it be done; an answer that was late is no failure."""
        until = time.monotonic() + PATIENCE_S
        while not (outcome := await act()).ok and self._phase is not goal:
            if time.monotonic() > until:
                raise BenchFailed(outcome.text)
            await asyncio.sleep(_LOOK_S)

    async def _until(self, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > until:
                raise BenchFailed(_("The runtime did not follow within a minute; see its log."))
            await asyncio.sleep(_LOOK_S)


def measure(tries: int, display: str, progress: Callable[[int], None]) -> dict[str, object]:
    """Stop a runtime `tries` times; gives what is printed, `holds` among it.

    Raises:
        BenchFailed: the runtime did not do what the measurement needs.
        RuntimeNotStarted: it did not come up.
    """
    with tempfile.TemporaryDirectory(prefix="palier-bench-") as made:
        folder = Path(made)
        record = Record.create_or_open(folder / "record.db", operator="bench", use_keyring=False)
        with record:
            bench, kind = asyncio.run(_measured(record, folder, tries, display, progress))
        try:
            found = judged((folder / "trace").read_text("utf-8").splitlines(), bench.sent)
        except ValueError as error:
            raise BenchFailed(str(error)) from error
    keys = set(bench.keys)
    return told(
        [one for one in found if one.sent_ns not in keys],
        [one for one in found if one.sent_ns in keys],
        kind,
        bare_round_trips(BARE),
    )


async def _measured(
    record: Record, folder: Path, tries: int, display: str, progress: Callable[[int], None]
) -> tuple[Bench, str]:
    wanted = Wanted(display=display, end_after_minutes=1.0, trace=folder / "trace")
    async with assembled(
        record, folder, wanted, reports=folder, simulated=True, clinic=Clinic()
    ) as core:
        await core.conductor.start()
        alive = asyncio.create_task(core.conductor.keep_alive())
        bench = Bench(core, progress)
        try:
            await bench.begin()
            await bench.spread(tries)
            await bench.press(max(2, tries // KEY_SHARE))
            await bench.end()
            state = core.conductor.now().state
        finally:
            alive.cancel()
    return bench, "null" if state is None else state.display.kind


def told(sent: list[Try], pressed: list[Try], kind: str, bare: list[float]) -> dict[str, object]:
    """The document that is printed; a bound that was not judged is None in `kept`."""
    drawn = kind != "null"
    bounds = verdicts(sent, pressed, drawn=drawn)
    read_s = median((one.read_ns - one.sent_ns) / 1e9 for one in sent)
    return {
        "bench": "stop",
        "display": kind,
        "pictures_drawn": drawn,
        "bounds": {name: bound for name, (bound, _kept) in bounds.items()},
        "kept": {name: kept for name, (_bound, kept) in bounds.items()},
        "stop": figures(sent, drawn=drawn),
        "key": figures(pressed, drawn=drawn),
        "bare_round_trip_ms": round(median(bare) * 1000, 4),
        "times_the_bare_round_trip": round(read_s / median(bare), 1),
        "holds": altogether(kept for _bound, kept in bounds.values()),
    }
