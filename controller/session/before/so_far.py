"""Owns what was asked, checked and rehearsed so far in one session, before its first trial.

It is told entries and news, also those of an earlier console; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from controller.session.before.entries import Check, PreflightChecked, TodayAsked
from vr_runtime.wire.acts import PatientLeft, PatientStopped, SafePlace
from vr_runtime.wire.happenings import Applied, Happening


@dataclass(frozen=True)
class Missing:
    """One thing that is missing before a session or its first trial."""

    what: str
    """Which one: `consent`, `screening`, `today`, or a check's own name."""
    text: str
    """One sentence on it, in the console's language."""


@dataclass(frozen=True)
class BeforeTrial:
    """How things stand before the first trial, as consoles draw it."""

    today: TodayAsked | None = None
    checks: Mapping[Check, PreflightChecked] = field(default_factory=dict)
    """The last word on each."""
    rehearsed: frozenset[Check] = frozenset()
    """The ways out that the runtime has told of in this session."""
    missing: tuple[Missing, ...] = ()


class SoFar:
    """What is known of one session."""

    def __init__(self) -> None:
        self.today: TodayAsked | None = None
        self.checks: dict[Check, PreflightChecked] = {}
        self.rehearsed: set[Check] = set()

    def on_news(self, what: Happening) -> None:
        """A way out was used: by the patient's own press, or by the key of the safe place."""
        if not isinstance(what, Applied):
            return
        if isinstance(what.act, PatientLeft | PatientStopped):
            self.rehearsed.add("way_out_patient")
        elif isinstance(what.act, SafePlace):
            self.rehearsed.add("way_out_therapist")

    def said(self, entry: TodayAsked | PreflightChecked) -> None:
        """An entry that is durable; the last word holds."""
        if isinstance(entry, TodayAsked):
            self.today = entry
        else:
            self.checks[entry.check] = entry

    def seen(self, missing: tuple[Missing, ...]) -> BeforeTrial:
        """As consoles draw it."""
        return BeforeTrial(self.today, dict(self.checks), frozenset(self.rehearsed), missing)
