"""Owns what is measured of a scenario, in which order and what follows from it; runs none of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.language import _, filled
from vr_runtime.measuring.codes import RULES
from vr_runtime.measuring.limits import DIFFERS, GIB, HEARD_DB, SLOW_SHARE
from vr_runtime.measuring.outcome import Drawn, Finding, Heard, Outcome, Spot, Walked
from vr_runtime.measuring.telling import Author
from vr_runtime.measuring.walk import IN_ORDER
from vr_runtime.measuring.watching import BOUNDS, Ended, Way, run


@dataclass(frozen=True)
class Measured:
    """What measuring a scenario has brought."""

    diagnostics: tuple[Diagnostic, ...]
    walked: Walked | None = None
    drawn: Drawn | None = None
    heard: Heard | None = None
    not_drawn: str = ""
    """Why no picture could be measured, in a sentence; empty where pictures were."""

    def figures(self) -> dict[str, Any]:
        """What was measured, for programs."""
        apart = {"digests", "steps", "slowest"}
        return {
            "walked": self.walked and self.walked.model_dump(mode="json", exclude=apart),
            "drawn": self.drawn and self.drawn.model_dump(mode="json"),
            "heard": self.heard and self.heard.model_dump(mode="json"),
        }


def measure(
    given: str,
    progress: Callable[[str], None],
    *,
    pictures: bool = True,
    lot: int | None = None,
) -> Measured:
    """Measure the scenario at this path; its text and declaration are in order already.

    Args:
        given: the path, as its author gave it.
        progress: told what is being measured.
        pictures: whether pictures are drawn and measured too, which takes longest.
        lot: measure the pictures of two levels and one event alone, drawn by this lot.

    Raises:
        OSError: the file cannot be read any more.
    """
    author, path = Author(given), Path(given).absolute()
    findings, first = _walked_twice(author, path, progress)
    walked, heard = (None, None) if first is None else (first.walked, first.heard)
    drawn, not_drawn = None, ""
    if pictures and not _fails(findings):
        seen = run("draw", path, author.owns, progress, threading.Event(), lot=lot)
        findings += _of(seen, "draw")
        if seen.outcome is not None:
            drawn, not_drawn = seen.outcome.drawn, _why_not_drawn(seen.outcome)
        if drawn is not None and heard is not None:
            findings += alike(drawn, heard) + unnoticed(drawn, heard)
    return Measured(_in_order(author, findings), walked, drawn, heard, not_drawn)


def _why_not_drawn(seen: Outcome) -> str:
    if seen.drawn is not None or not seen.not_drawn:
        return ""
    told = _(
        "No picture was measured, since nothing can be drawn here ({why}); install OpenGL "
        "(on Debian: libegl1, libgl1). The grade is bronze at most."
    )
    return told.format(why=seen.not_drawn)


def alike(drawn: Drawn, heard: Heard) -> list[Finding]:
    """PS240 where two neighbouring levels differ neither in picture nor in sound."""
    found = []
    for level, times in enumerate(drawn.differences, drawn.first_level + 1):
        before, here = heard.levels_lufs[level - 1 : level + 1]
        apart = before is not here and (
            before is None or here is None or (abs(before - here) >= HEARD_DB)
        )
        if times < DIFFERS and not apart:
            told = _("Level {level} looks and sounds like level {before}.")
            hint = _("let what differs be larger, nearer, or ahead of the patient")
            told = told.format(level=level, before=level - 1)
            found.append(
                Finding(code="PS240", spot=Spot(name=f"level {level}"), message=told, hint=hint)
            )
    return found


def unnoticed(drawn: Drawn, heard: Heard) -> list[Finding]:
    """PS241 where an event is neither seen nor heard."""
    told = _("The event `{name}` is neither seen nor heard.")
    hint = _("bring it nearer, or ahead of the patient")
    return [
        Finding(code="PS241", spot=Spot(name=name), message=told.format(name=name), hint=hint)
        for name in drawn.looked_at
        if name not in (*drawn.events, *heard.events)
    ]


def _in_order(author: Author, findings: list[Finding]) -> tuple[Diagnostic, ...]:
    """By place, each once, however often it happened."""
    told = dict.fromkeys(map(author.told, findings))
    return tuple(sorted(told, key=lambda d: (d.path, d.line, d.column, d.code)))


def _walked_twice(
    author: Author, path: Path, progress: Callable[[str], None]
) -> tuple[list[Finding], Outcome | None]:
    unwanted = threading.Event()
    with ThreadPoolExecutor(max_workers=2) as pool:

        def begun(way: Way, tell: Callable[[str], None]) -> Future[Ended]:
            # the language is the context's
            job = partial(run, way, path, author.owns, tell, unwanted)
            return pool.submit(copy_context().run, job)

        second: list[Future[Ended]] = []

        def tell(what: str) -> None:
            if what == IN_ORDER:
                # what is wrong with one walk would be wrong with the other
                second.append(begun("compare", _quietly))
            else:
                progress(what)

        one = begun("walk", tell).result()
        findings = _of(one, "walk")
        if one.outcome is None or not second or _fails(findings):
            unwanted.set()
        ends = [each.result() for each in second]
    if one.outcome is None:
        return findings, None
    for other in ends if not _fails(findings) else ():
        findings += [f for f in _of(other, "compare") if f not in findings]
        if other.outcome is not None:
            parted = _parted(one.outcome.walked, other.outcome.walked)
            # what is never the same is not the same after leaving either
            findings = [f for f in findings if not parted or f.code != "PS213"] + parted
    findings += slow(one.outcome.walked)
    return findings, one.outcome


def _fails(findings: list[Finding]) -> bool:
    return any(RULES[f.code].weight == "error" for f in findings)


def _quietly(_what: str) -> None:
    """The second of two walks tells nobody how far it is."""


def _of(ended: Ended, way: Way) -> list[Finding]:
    """What a process found, or what its end says."""
    if ended.outcome is not None:
        return list(ended.outcome.findings)
    there = ended.where if ended.where.line else Spot(name="update")
    if ended.why == "memory":
        told = _("It takes more than {n:g} GB of memory ({what}).")
        most = BOUNDS[way].resident / GIB
        what = ended.last or _("while it is built")
        return [Finding(code="PS204", spot=there, message=filled(told, n=most, what=what))]
    if ended.why == "hung":
        told = _("It never comes back, and cannot be interrupted ({what}).")
        told = told.format(what=ended.last or _("while it is built"))
        hint = _("end the loop, and catch no `BaseException` in it")
        return [Finding(code="PS202", spot=there, message=told, hint=hint)]
    if ended.why == "time":
        told = _("Measuring it takes longer than {n:g} minutes ({what}).")
        told = filled(told, n=BOUNDS[way].wall_s / 60.0, what=ended.last)
        return [Finding(code="PS200", spot=there, message=told)]
    if ended.why == "unwanted":
        return []
    told = _("It ends the process that runs it (exit status {status}, {what}).")
    told = told.format(status=ended.status, what=ended.last or _("while it is built"))
    return [Finding(code="PS206", spot=there, message=told)]


def _parted(one: Walked, other: Walked) -> list[Finding]:
    """PS211 where two walks with one seed part."""
    for tick, (a, b) in enumerate(zip(one.digests, other.digests, strict=False)):
        if a != b:
            step = next((s for s in reversed(one.steps) if s.tick <= tick), None)
            event = "" if step is None else step.event
            told = _("With the same seed another scene comes of it ({what}, tick {tick}).")
            what = "" if step is None else step.what
            hint = _("take chance from `self.random` and time from `dt`, never from the machine")
            return [
                Finding(
                    code="PS211",
                    spot=Spot(name=event or "update"),
                    message=told.format(what=what, tick=tick),
                    hint=hint,
                )
            ]
    return []


def slow(walked: Walked) -> list[Finding]:
    """PS203 where too many ticks are slow."""
    effort = walked.effort
    share = effort.slow / max(1, effort.ticks)
    if share <= SLOW_SHARE:
        return []
    told = _(
        "{share:.0%} of its ticks take longer than 2 ms, the longest {worst:.0f} ms; most of it in "
        "`{name}`."
    )
    spot = walked.slowest if walked.slowest.line else Spot(name="update")
    told = filled(told, share=share, worst=effort.worst_ms, name=spot.name)
    hint = _("make things once in `build`, and change only what changes")
    return [Finding(code="PS203", spot=spot, message=told, hint=hint)]
