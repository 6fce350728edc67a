"""Owns what a trace of the runtime says about stops: how many pictures and how long each took.

It runs nothing; the lines are those that `palier-runtime --trace FILE` writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from statistics import median, quantiles

SAFE = "neutral"
"""What the patient sees after a stop."""
MOST_PICTURES = 1
"""The first picture begun after a stop was read is safe already."""
MOST_BEGUN = 1
"""Of the scene no more than the picture that was next begins after a stop could be read."""
MOST_UNREAD_S = 1.0
"""No stop lies unread for longer: four times what a scenario may take before it is interrupted, for
a machine that has other work and draws with its processor."""
MOST_SECONDS = 1.0
"""The middle one of all key presses takes no longer to the end of a safe picture: generous, since
the console shares its processor with whatever else runs."""
MOST_SECONDS_EVER = 2.0
"""Not one key press takes longer: a middle says nothing of the one that came late."""


@dataclass(frozen=True)
class Try:
    """One stop. Times in nanoseconds of the clock that all processes of a machine share."""

    sent_ns: int
    """Before it was sent, or before the key was pressed."""
    came_ns: int
    """When it could be read, whatever the runtime was busy with then."""
    read_ns: int
    phase: str
    """The phase in which the runtime read it."""
    pictures: int | None
    """Which picture begun after reading was the first safe one, from 1; None when none was."""
    on_the_way: int
    """Pictures of the scene begun between sending and reading: the way itself."""
    begun_unread: int
    """Pictures of the scene begun although it could have been read."""
    drawn_ns: int | None
    """When the first safe picture was done."""

    @property
    def holds(self) -> bool:
        """Whether the bound of pictures after reading is kept."""
        return self.pictures is not None and self.pictures <= MOST_PICTURES

    @property
    def unread_s(self) -> float:
        """Seconds from when it could be read until it was."""
        return (self.read_ns - self.came_ns) / 1e9

    @property
    def shown_s(self) -> float:
        """Seconds from sending to the end of the first safe picture; without end if none came."""
        return inf if self.drawn_ns is None else (self.drawn_ns - self.sent_ns) / 1e9


def judged(lines: Iterable[str], sent_ns: Sequence[int]) -> list[Try]:
    """What became of the stops sent at these times, oldest first.

    Raises:
        ValueError: a stop was sent that the runtime never read.
    """
    told = [json.loads(line) for line in lines if line.strip()]
    pictures = [one for one in told if "picture" in one]
    stops = [one for one in told if "stop" in one]
    tries = []
    for number, sent in enumerate(sent_ns):
        before = sent_ns[number + 1] if number + 1 < len(sent_ns) else None
        read = next((s for s in stops if s["stop"] >= sent), None)
        if read is None or (before is not None and read["stop"] > before):
            raise ValueError(f"stop {number + 1} was not read")
        after = [p for p in pictures if p["begun"] >= read["stop"]]
        if before is not None:
            after = [p for p in after if p["begun"] < before]
        first = next((n for n, p in enumerate(after, 1) if p["view"] == SAFE), None)
        way = [p for p in pictures if sent <= p["begun"] < read["stop"] and p["view"] != SAFE]
        # What lay there before it, unread like it, may have given it an earlier time than its own.
        came = max(sent, read.get("came", read["stop"]))
        tries.append(
            Try(
                sent_ns=sent,
                came_ns=came,
                read_ns=read["stop"],
                phase=read["phase"],
                pictures=first,
                on_the_way=len(way),
                begun_unread=sum(p["begun"] >= came for p in way),
                drawn_ns=None if first is None else after[first - 1]["ended"],
            )
        )
    return tries


def verdicts(
    sent: Sequence[Try], pressed: Sequence[Try], *, drawn: bool
) -> dict[str, tuple[float, bool | None]]:
    """Each bound by name, and whether it was kept; None where no picture was drawn to judge by.

    Args:
        sent: tries whose stop was sent by the console's core.
        pressed: tries whose stop was a key press, at least one.
        drawn: whether this display draws pictures at all.
    """
    all_ = (*sent, *pressed)
    took = [one.shown_s for one in pressed]

    def seen(kept: bool) -> bool | None:
        return kept if drawn else None

    return {
        "pictures_after_reading": (MOST_PICTURES, seen(all(one.holds for one in all_))),
        "scene_begun_unread": (MOST_BEGUN, seen(all(t.begun_unread <= MOST_BEGUN for t in all_))),
        "receipt_to_reading_max_s": (MOST_UNREAD_S, max(t.unread_s for t in all_) <= MOST_UNREAD_S),
        "key_to_safe_picture_p50_s": (MOST_SECONDS, seen(median(took) <= MOST_SECONDS)),
        "key_to_safe_picture_max_s": (MOST_SECONDS_EVER, seen(max(took) <= MOST_SECONDS_EVER)),
    }


def altogether(verdicts: Iterable[bool | None]) -> bool | None:
    """True when every bound was kept, False when one was missed, else None: one was not judged."""
    told = list(verdicts)
    return False if False in told else None if None in told else True


def figures(tries: Sequence[Try], *, drawn: bool) -> dict[str, object]:
    """A summary of tries as it is printed; times in milliseconds.

    Args:
        tries: at least one.
        drawn: whether this display draws pictures at all.
    """
    told: dict[str, object] = {
        "tries": len(tries),
        "phases": {p: sum(t.phase == p for t in tries) for p in sorted({t.phase for t in tries})},
        "sent_to_read_ms": spread([(t.read_ns - t.sent_ns) / 1e6 for t in tries]),
        "receipt_to_reading_ms": spread([t.unread_s * 1000 for t in tries]),
    }
    if drawn:
        times = [(t.drawn_ns - t.sent_ns) / 1e6 for t in tries if t.drawn_ns is not None]
        told["pictures_most"] = max((t.pictures or 0 for t in tries), default=0)
        told["pictures_over_bound"] = sum(not t.holds for t in tries)
        told["scene_begun_on_the_way"] = sum(t.on_the_way for t in tries)
        told["scene_begun_unread_most"] = max((t.begun_unread for t in tries), default=0)
        told["sent_to_safe_picture_ms"] = spread(times)
    return told


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and greatest of some values; all 0 when there are none."""
    if not values:
        return {"p50": 0.0, "p95": 0.0, "max": 0.0}
    late = quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
    return {
        "p50": round(median(values), 3),
        "p95": round(min(late, max(values)), 3),
        "max": round(max(values), 3),
    }
