"""Owns what the patient has before their eyes beside the place, in ticks: dial, text, countdown.

Nothing of it changes a level or a phase. It knows neither picture nor who asked.
"""

from __future__ import annotations

import math
from typing import Literal

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase
from vr_runtime.wire.sight import PatientSettings, Sight
from vr_runtime.wire.version import TICKS_PER_SECOND

ASKED_S = 60.0
"""So long a dial waits that the therapist has asked for."""
RAISED_S = 20.0
"""So long one waits that the patient took up, from the last choosing on it."""
ANSWERED_S = 2.0
"""So long the dial says what was answered."""
WAY_OUT_S = 8.0
"""So long the way out is named on request."""
FIRST_S = 6.0
"""So long it is named at the beginning of each trial."""
READ_S, LETTER_S = 4.0, 0.09
"""A text stays 4 s and 0.09 s for each character: slow readers, who look at something else."""
CENTRE_REST_S = 2.0
"""A second wish to look ahead within this changes nothing: the picture eases with each."""

_TOGETHER = (
    frozenset({Phase.EXPOSURE, Phase.HOLD}),
    frozenset({Phase.LOADING, Phase.READY}),
)
"""Between these the patient stays where they are, and so does what they read."""


def reading_s(text: str) -> float:
    """Seconds for which a text is shown, by its length."""
    return READ_S + LETTER_S * len(text)


def _ticks(seconds: float) -> int:
    return round(seconds * TICKS_PER_SECOND)


class BeforeEyes:
    """What is shown to one patient, from the opening of a session to its end."""

    def __init__(self, patient: PatientSettings | None = None) -> None:
        self.patient = PatientSettings() if patient is None else patient
        self.counting = 0
        """Ticks until the place is shown; 0 when nothing is counted."""
        self._dial: Literal["asked", "raised", "answered"] | None = None
        self._dial_left = 0
        self._given: int | None = None
        self._text: str | None = None
        self._text_left: int | None = 0
        self._way_left = 0
        self._practises = False
        """In the practice room, where the way out is what there is to try."""
        self._centred = 0
        self._centre_rest = 0

    def take(self, act: Act) -> None:
        """Take one act in; most change nothing here."""
        if isinstance(act, acts.OpenSession | acts.RuntimeRestarted | acts.SetPatient):
            self.patient = act.patient
        elif isinstance(act, acts.AskRating):
            self._open_dial("asked", ASKED_S)
        elif isinstance(act, acts.DialRaised):
            self._raise_dial()
        elif isinstance(act, acts.PatientRated):
            self._given = act.suds
            self._open_dial("answered", ANSWERED_S)
        elif isinstance(act, acts.ShowText):
            self._text = act.text
            self._text_left = None if act.lasting else _ticks(reading_s(act.text))
        elif isinstance(act, acts.TakeAway):
            self._take_away(act.what)
        elif isinstance(act, acts.ShowWayOut):
            self._name_way_out(WAY_OUT_S)
        elif isinstance(act, acts.Recentre | acts.PatientRecentred):
            self._centre()
        elif isinstance(act, acts.HeadsetOff | acts.HeadsetLost):
            # Nobody is there to read it, and it is not to wait for whoever comes next.
            self._clear()

    def _open_dial(self, how: Literal["asked", "raised", "answered"], seconds: float) -> None:
        self._dial, self._dial_left = how, _ticks(seconds)

    def _raise_dial(self) -> None:
        if self._dial == "asked":
            self._dial_left = max(self._dial_left, _ticks(RAISED_S))
            return
        self._open_dial("raised", RAISED_S)
        self._name_way_out(WAY_OUT_S)

    def _name_way_out(self, seconds: float) -> None:
        self._way_left = max(self._way_left, _ticks(seconds))

    def _take_away(self, what: Literal["text", "dial"]) -> None:
        if what == "text":
            self._text, self._text_left = None, 0
        else:
            self._dial, self._dial_left = None, 0

    def _centre(self) -> None:
        if self._centre_rest == 0:
            self._centred += 1
            self._centre_rest = _ticks(CENTRE_REST_S)

    def count_down(self) -> bool:
        """Begin to count, where this patient's beginning is counted; whether it is."""
        self.counting = _ticks(self.patient.countdown_s)
        return self.counting > 0

    def trial_shown(self) -> None:
        """A trial is shown from now on: the way out is named in its first seconds."""
        self.counting = 0
        self._name_way_out(FIRST_S)

    def led(self, before: Phase, after: Phase) -> None:
        """The patient was brought from one phase to another: what was meant for there is gone."""
        self._practises = after is Phase.FAMILIARISATION
        if before is not after and not any({before, after} <= pair for pair in _TOGETHER):
            self._clear()

    def _clear(self) -> None:
        self._take_away("text")
        self._take_away("dial")
        self._way_left = 0

    def tick(self, *, counts: bool) -> bool:
        """One tick passed; `counts` while the countdown may go on. True when it is over now."""
        self._dial_left = max(0, self._dial_left - 1)
        if self._dial_left == 0:
            self._dial = None
        if self._text_left is not None:
            self._text_left = max(0, self._text_left - 1)
            if self._text_left == 0:
                self._text = None
        self._way_left = max(0, self._way_left - 1)
        self._centre_rest = max(0, self._centre_rest - 1)
        if not counts or self.counting == 0:
            return False
        self.counting -= 1
        return self.counting == 0

    def shown(self, caption: str | None) -> Sight:
        """What there is to be seen now; `caption` are words that are spoken now."""
        left = self._text_left
        return Sight(
            dial=self._dial,
            dial_s=self._dial_left / TICKS_PER_SECOND,
            given=self._given if self._dial == "answered" else None,
            text=self._text,
            text_s=None if self._text is None or left is None else left / TICKS_PER_SECOND,
            way_out=self._way_left > 0 or self._practises or self.patient.way_out_always,
            countdown=math.ceil(self.counting / TICKS_PER_SECOND),
            caption=caption if self.patient.captions else None,
            centred=self._centred,
            patient=self.patient,
        )

    def facts(self) -> list[object]:
        """All that decides how it goes on, for the engine's digest."""
        return [
            self.patient.model_dump(),
            [self.counting, self._dial, self._dial_left, self._given],
            [self._text, self._text_left, self._way_left, self._practises],
            [self._centred, self._centre_rest],
        ]
