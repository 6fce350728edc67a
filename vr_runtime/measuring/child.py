"""Owns the process in which a scenario runs to be measured; whoever watches it may end it any time.

Started by `watching`, in a folder of its own that is thrown away. It tells that it is alive, and at
the end what it found, on what was standard output; all else that is printed is lost.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from vr_runtime.examination.hierarchies import with_hierarchies
from vr_runtime.examination.source import fingerprint, import_by_path, scenario_classes
from vr_runtime.loader import Found
from vr_runtime.measuring.codes import RULES
from vr_runtime.measuring.leading import ALL_LIMITS, Failed, Led, spot_of
from vr_runtime.measuring.outcome import Finding, Heard, Outcome, Spot
from vr_runtime.measuring.refusing import Refusing
from vr_runtime.measuring.telling import Author, not_allowed, thrown
from vr_runtime.measuring.walk import Walk
from vr_runtime.measuring.watching import ALIVE, OUTCOME, WHERE
from vr_runtime.measuring.way import Plan, Scout
from vr_runtime.measuring.worked import worked
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

DAY_S = 86_400.0 * 0.77
"""The second of two walks takes the clock for so much later."""
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
"""Of `unshare`, from Linux's `sched.h`."""


Measure = Callable[[Found, Author, Refusing, Callable[[str], None]], Outcome]


def main(arguments: list[str]) -> None:
    """Measure one scenario in one way: `walk`, `compare`, or `draw`."""
    way, given, space, lot = arguments
    tell = _Telling()
    tell.alive("")
    _look_out()
    _limit(int(space))
    author = Author(given)
    refusing = Refusing(author.owns)
    if way != "draw":
        # what draws reaches for devices of its own, and what stands at the top was run by then
        _leave_the_network()
        refusing.install()
    try:
        found = _found(Path(given))
    except BaseException as error:
        outcome = Outcome(findings=(thrown(error, _spot(error, author), "build"),))
    else:
        draw = partial(_draw, lot=int(lot) if lot else None)
        measures: dict[str, Measure] = {"walk": _walk, "compare": _compare, "draw": draw}
        outcome = measures[way](found, author, refusing, tell.alive)
    findings = list(outcome.findings)
    findings += [f for f in _refused(refusing) if f not in findings]
    tell.outcome(outcome.model_copy(update={"findings": tuple(findings)}))


def _found(path: Path) -> Found:
    scenario = scenario_classes(import_by_path(path))[0]
    manifest = with_hierarchies(scenario.manifest(), path)
    return Found(manifest, fingerprint(path), "given", path, lambda: scenario)


def _walk(
    found: Found, author: Author, refusing: Refusing, alive: Callable[[str], None]
) -> Outcome:
    walk = _walk_of(found, author, alive)
    walked = walk.whole()
    findings, heard = list(walk.findings), None
    if not any(RULES[f.code].weight == "error" for f in findings):
        heard, more = _listen(found, author, alive)
        findings += more
    return Outcome(findings=tuple(findings), walked=walked, heard=heard)


def _listen(
    found: Found, author: Author, alive: Callable[[str], None]
) -> tuple[Heard | None, list[Finding]]:
    # Decoding needs a second to import, which a scenario that fails before is not kept waiting for.
    from vr_runtime.measuring.hearing import Listener

    listener = Listener(_leader(found, author), shipped(), alive, author.owns)
    try:
        heard = listener.listen()
    except Failed as fault:
        return None, [thrown(fault.error, fault.spot, "update")]
    return heard, listener.findings


def _compare(
    found: Found, author: Author, refusing: Refusing, alive: Callable[[str], None]
) -> Outcome:
    _another_day()
    walk = _walk_of(found, author, alive)
    walked = walk.compared()
    return Outcome(findings=tuple(walk.findings), walked=walked)


def _walk_of(found: Found, author: Author, alive: Callable[[str], None]) -> Walk:
    lead = partial(Led, limits=ALL_LIMITS, lasted=worked())
    make = partial(NullStage, shipped())
    return Walk(_leader(found, author, lead), author.owns, make, alive)


def _leader(found: Found, author: Author, lead: Callable[..., Led] = Led) -> Callable[..., Led]:
    return lambda display, ticked: lead(found, display, author.owns, ticked=ticked)


def _draw(
    found: Found,
    author: Author,
    refusing: Refusing,
    alive: Callable[[str], None],
    *,
    lot: int | None,
) -> Outcome:
    # The renderer takes seconds to import, which the walks without pictures do not wait for.
    from vr_runtime.display.graphics import GraphicsUnavailable
    from vr_runtime.measuring.seeing import Looker, NotLoaded

    plan: Plan = {}
    try:
        looker = Looker(_leader(found, author), alive, lot, plan)
    except GraphicsUnavailable as error:
        return Outcome(not_drawn=str(error))
    refusing.install()
    try:
        plan.update(Scout(_leader(found, author), lot, alive).plan())
        drawn = looker.look()
    except Failed as fault:
        return Outcome(findings=(thrown(fault.error, fault.spot, "update"),))
    except NotLoaded as fault:
        told = Finding(code="PS201", spot=Spot(name="build"), message=str(fault))
        return Outcome(findings=(told,))
    return Outcome(findings=tuple(looker.findings), drawn=drawn)


def _refused(refusing: Refusing) -> list[Finding]:
    """Also what an author's `except` has swallowed."""
    return [not_allowed(spot, what) for spot, what in refusing.found]


def _spot(error: BaseException, author: Author) -> Spot:
    return spot_of(error, author.owns)


class _Telling:
    """What goes to whoever watches."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8")
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)

    def alive(self, what: str) -> None:
        """It goes on; `what` begins now, or nothing new."""
        self._out.write(f"{ALIVE}{what}\n")
        self._out.flush()

    def outcome(self, outcome: Outcome) -> None:
        """The last word."""
        self._out.write(f"{OUTCOME}{outcome.model_dump_json()}\n")
        self._out.flush()


def _look_out() -> None:
    """Let who watches ask where Python is, and keep it where it dies."""
    where = os.open(WHERE, os.O_WRONLY | os.O_CREAT, 0o600)
    faulthandler.enable(where, all_threads=False)
    if hasattr(faulthandler, "register"):
        faulthandler.register(signal.SIGUSR1, where, all_threads=False)


def _limit(space: int) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (space, space))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _leave_the_network() -> None:
    """Into a network of nothing, where the kernel lets anybody; else the hook alone refuses it."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NET)


def _another_day() -> None:
    """Whoever reads the clock reads another time of day than in the first walk."""
    real, real_ns = time.time, time.time_ns
    time.time = lambda: real() + DAY_S
    time.time_ns = lambda: real_ns() + int(DAY_S * 1e9)


if __name__ == "__main__":
    main(sys.argv[1:])
