"""Owns the sickness rating of the live screen and the advice it may lead to; advises by itself
nothing: the figures are the protocol's, and every act is the therapist's.

While the rating is open, digits are its own and not distress; it goes by itself when forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass

from controller.language import _, language, mark
from controller.questionnaires.model import Advice
from controller.session import suds
from controller.session.after.forms import Reached
from controller.session.now import Now
from controller.ui.asking import ENTER, Answer, InSession, Taken, dismiss
from controller.ui.keys import named, row
from controller.ui.possible import IN_SCENE, phase_of

MOST_DIGITS = 2
LAPSES_S = 20.0
ADVICE: dict[Advice, str] = {
    "caution": mark("Caution"),
    "recommend_stop": mark("Stopping recommended"),
    "stop": mark("Stop"),
}


def lapsed() -> str:
    """Said when the question goes by itself."""
    told = _("No answer for {seconds} s: no sickness was saved; {key} asks again.")
    return told.format(seconds=round(LAPSES_S), key=named("sickness"))


@dataclass(frozen=True)
class HowSick(InSession):
    """How sick the patient is, 0 to 20: stomach and dizziness, not fear."""

    typed: str = ""

    def sentence(self, now: Now) -> str:
        """Asks, with what was typed."""
        told = _("Sickness, 0 to 20: stomach or dizziness, not fear?")
        return f"{told}  {self.typed}▏"

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """Digits and Enter, or leave it."""
        return (Answer(ENTER, _("save what was typed"), "⏎"), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """A digit is typed, Backspace takes it back, Enter saves."""
        digit = suds.as_digit(key)
        if digit is not None:
            return Taken(then=HowSick((self.typed + digit)[-MOST_DIGITS:]))
        if key == "backspace" and self.typed:
            return Taken(then=HowSick(self.typed[:-1]))
        if key == ENTER and self.typed:
            typed = self.typed
            return Taken(lambda lead: lead.forms.sick(typed))
        if key == ENTER:
            return Taken(then=self, say=_("Type how sick, 0 to 20, then Enter."))
        return None


@dataclass(frozen=True)
class SicknessAdvice(InSession):
    """A threshold of the protocol that was reached, with its reason and its source."""

    shown: Reached

    def sentence(self, now: Now) -> str:
        """What is advised, why, and from where."""
        of = self.shown.threshold
        return _("▲ {advice}: sickness {value}. {what}\n{source}").format(
            advice=_(ADVICE[of.advice]),
            value=self.shown.rated,
            what=of.of(language()),
            source=of.source.of(language()),
        )

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """The way out of the scene where the patient is in it, or leave it."""
        if phase_of(now) not in IN_SCENE:
            return (dismiss(),)
        place = row("safe_place")
        return (Answer(place.letter(), _("safe place"), place.name()), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """Nothing: the safe place has its own key, which works as ever."""
        return None
