"""Owns what the therapist puts before the patient's eyes, and how this patient takes part.

Every console reaches it through the conductor. What is shown is the runtime's word and never what
was asked for; a rating that the patient gives comes back as news.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal

from controller.language import _
from controller.session.clinic import Clinic
from controller.session.left_over import Do
from controller.session.notices import Tone
from controller.session.now import Outcome, RatingDue
from controller.session.taking_part import USUAL, TakingPart, changed
from vr_runtime.wire import acts
from vr_runtime.wire.sight import LONGEST_TEXT, PatientSettings, RatingScale
from vr_runtime.wire.state import State

Say = Callable[[bool, str, Tone], Outcome]


class AtEyes:
    """Dial, texts, way out, countdown and settings of the patient in the open session."""

    def __init__(
        self,
        do: Do,
        session: Callable[[], str | None],
        say: Say,
        clinic: Clinic,
        state: Callable[[], State | None],
        keep: Callable[[TakingPart], Awaitable[None]],
    ) -> None:
        """`do` gives one command, `session` is the open one, `say` tells the therapist.

        `state` is what was last heard of the runtime; `keep` has what was set for this patient
        kept for later sessions.
        """
        self._do = do
        self._session = session
        self._say = say
        self._clinic = clinic
        self._state = state
        self._keep = keep
        self.asks_by_itself = False
        """Whether the dial is shown as soon as a rating falls due, in this session."""
        self._asked = False

    def at_opening(self, scale: RatingScale, takes_part: TakingPart) -> PatientSettings:
        """How a patient begins a session: as the clinic has it, but for what was set for them.

        Whether the dial comes by itself is set for one session, and is over.
        """
        self.asks_by_itself = self._asked = False
        usual = PatientSettings(
            language=self._clinic.patient_language,
            scale=scale,
            countdown_s=self._clinic.countdown_s,
        )
        return takes_part.over(usual)

    async def ask_rating(self) -> Outcome:
        """Ask the patient for distress."""
        text = _("The dial is before the patient's eyes.")
        return await self._do(acts.AskRating(), self._session(), text)

    async def show_text(self, text: str, lasting: bool = False) -> Outcome:
        """Have the patient read a text of at most 80 characters, as it was typed."""
        line = " ".join(text.split())
        if not line or len(line) > LONGEST_TEXT or not line.isprintable():
            told = _("A text for the patient has 1 to {most} characters.")
            return self._say(False, told.format(most=LONGEST_TEXT), "refused")
        told = _("The patient reads: {text}").format(text=line)
        return await self._do(acts.ShowText(text=line, lasting=lasting), self._session(), told)

    async def take_away(self, what: Literal["text", "dial"]) -> Outcome:
        """Take the text or the dial away from the patient's eyes."""
        told = _("The text is taken away.") if what == "text" else _("The dial is taken away.")
        return await self._do(acts.TakeAway(what=what), self._session(), told)

    async def show_way_out(self) -> Outcome:
        """Have the control that leads out named before the patient's eyes."""
        text = _("The patient reads which control leads out.")
        if self._patient().gaze:
            text = _("The patient reads to tell you to leave: looking cannot lead out.")
        return await self._do(acts.ShowWayOut(), self._session(), text)

    async def recentre(self) -> Outcome:
        """Bring what lies ahead before the patient's eyes again."""
        text = _("The patient looks ahead again.")
        return await self._do(acts.Recentre(), self._session(), text)

    async def set_patient(self, patient: PatientSettings) -> Outcome:
        """How the patient sees, reads and answers from now on, in later sessions too."""
        before = self._patient()
        text = _("The patient's settings are changed.")
        if patient.gaze and not before.gaze:
            text = _("Looking cannot leave: agree on a word, and lead to the safe place at it.")
        outcome = await self._do(acts.SetPatient(patient=patient), self._session(), text)
        part = changed(before, patient)
        if outcome.ok and not part.empty:
            await self._keep(part)
        return outcome

    async def read_as_usual(self) -> Outcome:
        """The patient reads and hears what all patients of this console do, from now on."""
        wanted = self._patient().model_copy(update={"language": self._clinic.patient_language})
        text = _("The patient reads and hears the language of all patients here.")
        outcome = await self._do(acts.SetPatient(patient=wanted), self._session(), text)
        if outcome.ok:
            await self._keep(TakingPart(language=USUAL))
        return outcome

    def _patient(self) -> PatientSettings:
        """As it is at the patient's side; the usual settings while nothing was heard of it."""
        state = self._state()
        return PatientSettings() if state is None else state.sight.patient

    async def rated_aloud(self, state: State | None, told: str) -> None:
        """A rating was typed, of which `told` was said: a dial that still asks is taken away."""
        if state is not None and state.sight.dial == "asked":
            await self._do(acts.TakeAway(what="dial"), self._session(), told)

    def asks_now(self, due: RatingDue | None) -> bool:
        """Whether the dial is to be shown now by itself: once for each rating that falls due.

        Never for a peak: the dial asks how it is now.
        """
        if due is None or due.opens_in_s > 0:
            self._asked = False
        elif self.asks_by_itself and not self._asked and not due.peak:
            self._asked = True
            return True
        return False

    async def ask_by_itself(self, asks: bool) -> Outcome:
        """Whether the dial is shown as soon as a rating falls due."""
        self.asks_by_itself = asks
        if asks:
            return self._say(True, _("The dial is shown whenever a rating falls due."), "done")
        return self._say(True, _("The dial is shown only when it is asked for."), "done")
