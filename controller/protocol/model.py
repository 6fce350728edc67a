"""Owns what a clinic's protocol is made of; knows no file, no session and no screen.

Frozen. These classes hold the shape alone; `reading` makes a protocol only of what `checks` finds
within its limits. Every part names its source. Seconds, minutes and ratings of 0 to 100 (SUDS).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictBool

from controller.clinic_files.parts import (
    Identifier,
    Number,
    Part,
    Review,
    Said,
    Version,
    Whole,
    Words,
)
from controller.questionnaires.model import Advice, Threshold

Mode = Literal["interval", "step_change", "before_peak_after", "off"]
"""`interval`: at set times and whenever a level is reached. `step_change`: the latter alone.
`before_peak_after`: before the first trial, and after each its peak and how it is now. In all three
once at the beginning, and once the scene is left. `off`: nothing falls due by itself."""
Action = Literal["exclude", "clearance", "postpone", "relative", "seated"]
"""What a yes leads to: no session; a physician's word first; another day; with care, as the note
says; seated only."""


class Prompts(Part):
    """When a distress rating falls due."""

    mode: Mode
    every_s: Number
    """With `interval`: from one to the next; 30 to 1800."""
    window_s: Number
    """Length of the window in which to ask; 10 to 600, and at most `every_s`."""
    scale: Literal["0-100", "0-10"]
    """Offered first for a new patient."""
    source: Said


class Grace(Part):
    """Hold before the safe place when the console is not heard."""

    seconds: Number
    """0 to 30."""
    source: Said


class Session(Part):
    """How long a session is, and when to rest from the headset."""

    limit_min: Number
    """5 to 180."""
    break_every_min: Number
    """5 to 60."""
    break_min: Number
    """1 to 120."""
    countdown_s: Whole = 3
    """Seconds counted down before a trial is shown; 0 to 10, 0 for none."""
    source: Said


class FigureRules(Part):
    """What the figures of a report depend on."""

    peak_floor: Number
    """Least peak for which the 50 % criterion is judged; 0 to 100."""
    longest_between: Number
    """Ratings more than so many prompt intervals apart are not joined; 1 to 10."""
    source: Said


class Recovery(Part):
    """When a patient has recovered between trials."""

    above_baseline: Number
    """Distress of at most baseline + this; 0 to 50."""
    time_out_min: Number
    """The wait ends after so long; 1 to 60."""
    source: Said


class SicknessThreshold(Words):
    """What a sickness rating advises: a height, or a rise within some seconds."""

    id: Identifier
    at_least: Number | None = None
    rise: Number | None = None
    within_s: Number | None = None
    advice: Advice

    def of_scale(self, scale: str, source: Words) -> Threshold:
        """The same as a threshold of a questionnaire."""
        return Threshold(**self.model_dump(), scale=scale, source=source)


class Sickness(Part):
    """Which questionnaire tells of sickness in a session, and what its figures advise."""

    questionnaire: Identifier
    scale: Identifier
    thresholds: tuple[SicknessThreshold, ...] = Field(min_length=1)
    source: Said


class ScreeningItem(Words):
    """One question of the screening, and what a yes leads to."""

    id: Identifier
    action: Action
    note: Said
    source: Said


class Screening(Part):
    """What is asked before a patient's first session."""

    about: Said
    items: tuple[ScreeningItem, ...] = Field(min_length=1)


class Line(Words):
    """One line with a name of its own."""

    id: Identifier


class StopSigns(Part):
    """What ends the exposure at once."""

    about: Said
    signs: tuple[Line, ...] = Field(min_length=1)
    source: Said


class SoftRule(Line):
    """When the therapist asks whether to go on. Nothing here can act by itself."""

    distress_at_least: Number | None = None
    """0 to 100."""
    for_min: Number | None = None
    """For so long, with a height of distress; 1 to 60."""


class SoftStops(Part):
    """What the therapist asks about."""

    about: Said
    rules: tuple[SoftRule, ...] = Field(min_length=1)
    source: Said


class Span(Part):
    """From a shortest to a longest time, in seconds."""

    shortest_s: Number
    longest_s: Number


class AppliedTension(Part):
    """How applied tension is practised."""

    about: Said
    tense: Span
    """5 to 30."""
    release: Span
    """10 to 120."""
    times: Whole
    """1 to 20."""
    breath_holding: StrictBool
    """Never true: it is there to be said."""
    steps: tuple[Words, ...] = Field(min_length=1)
    source: Said


class Faint(Part):
    """Early signs of a faint, and what is done then."""

    about: Said
    signs: tuple[Words, ...] = Field(min_length=1)
    steps: tuple[Words, ...] = Field(min_length=1)
    source: Said


class After(Part):
    """What must be so before the patient leaves."""

    about: Said
    items: tuple[Line, ...] = Field(min_length=1)
    source: Said


class AtBedside(Part):
    """What is ready to be chosen beside the patient; empty: the usual words."""

    remarks: tuple[Said, ...] = Field(default=(), max_length=12)
    """Ready remarks of a note; 1 to 60 characters each."""
    safety_behaviours: tuple[Said, ...] = Field(default=(), max_length=10)
    """Safety behaviours that are offered; 1 to 60 characters each."""


class Protocol(Part):
    """How a clinic does sessions, in one version."""

    id: Identifier
    version: Version
    title: Said
    reviewed: Review | None = None
    """None: not reviewed by a clinician."""
    prompts: Prompts
    grace: Grace
    session: Session
    figures: FigureRules
    recovery: Recovery
    sickness: Sickness
    screening: Screening
    stop: StopSigns
    soft_stop: SoftStops
    applied_tension: AppliedTension
    faint: Faint
    after: After
    bedside: AtBedside = AtBedside()
    """What a protocol from before there was any, or without it, leaves to the usual words."""
