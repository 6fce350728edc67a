"""Owns what is led outside the scene: pause, safe place, practice, guides; it knows no screen.

A conductor takes these acts in. A safe place that is chosen in a session is kept for the patient's
later ones, and so is what was set of how they take part.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping

from controller.language import _, mark
from controller.session.documents import PatientChanged, stream_of
from controller.session.now import Outcome
from controller.session.ports import Recorder
from controller.session.sitting import Sitting
from controller.session.taking_part import TakingPart
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Refuge, Skill, TherapistAct
from vr_runtime.wire.happenings import GuideEnded, Happening
from vr_runtime.wire.recorded import PlayLine
from vr_runtime.wire.state import GuideState, State

NEW = (
    acts.OpenSession
    | acts.ArmTrial
    | acts.BeginTrial
    | acts.Resume
    | acts.Raise
    | acts.Trigger
    | acts.GiveTask
    | acts.Familiarise
    | acts.GuideBreathing
    | acts.GuideTension
    | PlayLine
)
"""What is not begun while a stop is on its way, lest the stop comes after it and ends it."""
REFUGES: Mapping[Refuge, str] = {
    "meadow": mark("meadow"),
    "shore": mark("shore at dusk"),
    "room": mark("quiet room"),
}
SKILLS: Mapping[Skill, str] = {
    "look": mark("look"),
    "move": mark("turn"),
    "rate": mark("rate"),
    "leave": mark("way out"),
}
STEPS: Mapping[str, str] = {
    "begin": mark("begins"),
    "in": mark("breathe in"),
    "out": mark("breathe out"),
    "tense": mark("tense"),
    "release": mark("let go"),
}


def guided(guide: GuideState) -> str:
    """Where in its cycle a guide is, in a few words."""
    step, left = _(STEPS[guide.step]), max(1, round(guide.left_s))
    if guide.rounds is None:
        return _("breathing: {step} {left} s").format(step=step, left=left)
    if guide.guide == "muscles":
        return _("muscles: {step} {left} s").format(step=step, left=left)
    text = _("tension {turn}/{turns}: {step} {left} s")
    return text.format(turn=guide.round, turns=guide.rounds, step=step, left=left)


def practised(state: State) -> tuple[str, ...]:
    """What was practised and what was not, each with its mark."""
    return tuple(
        f"{'✓' if skill in state.practised else '·'} {_(word)}" for skill, word in SKILLS.items()
    )


_DONE: Mapping[Skill, str] = {
    "look": mark("Practised: looking around."),
    "move": mark("Practised: turning."),
    "rate": mark("Practised: telling distress."),
    "leave": mark("Way out rehearsed."),
}


def befell_at_rest(what: Happening) -> str | None:
    """What to say of news from outside the scene; None where it is no such news."""
    match what:
        case GuideEnded(how="finished"):
            return _("The guide has come to its end.")
        case GuideEnded(how="phase"):
            return _("The guide ended with the phase.")
    return None


def done(skill: Skill) -> str:
    """What to say of one thing that the patient has practised."""
    return _(_DONE[skill])


class AtRest:
    """The acts of a conductor that lead outside the scene."""

    _recorder: Recorder
    _sitting: Sitting | None

    @abstractmethod
    async def _do(self, act: TherapistAct, session: str | None, text: str) -> Outcome: ...

    def _session(self) -> str | None:
        return None if self._sitting is None else self._sitting.id

    async def pause(self) -> Outcome:
        """Neutral room."""
        return await self._do(acts.Pause(), self._session(), _("Paused: neutral room."))

    async def safe_place(self) -> Outcome:
        """To the safe place."""
        return await self._do(acts.SafePlace(), self._session(), _("In the safe place."))

    async def choose_refuge(self, place: Refuge) -> Outcome:
        """Which safe place is this patient's, now and in later sessions."""
        text = _("The patient's safe place is the {place} from now on.")
        act = acts.ChooseRefuge(place=place)
        outcome = await self._do(act, self._session(), text.format(place=_(REFUGES[place])))
        if outcome.ok:
            await self._keep(lambda patient: PatientChanged(patient=patient, safe_place=place))
        return outcome

    async def _keep_part(self, part: TakingPart) -> None:
        await self._keep(lambda patient: PatientChanged(patient=patient, takes_part=part))

    async def _keep(self, change: Callable[[str], PatientChanged]) -> None:
        """Have this hold in later sessions of the patient, whose id `change` is given."""
        if self._sitting is not None:
            patient = self._sitting.patient.id
            await self._recorder.append(stream_of(patient), change(patient))

    async def familiarise(self) -> Outcome:
        """To the practice room."""
        text = _("In the practice room: nothing of the scene.")
        return await self._do(acts.Familiarise(), self._session(), text)

    async def end_familiarisation(self) -> Outcome:
        """Back to the neutral room."""
        text = _("The practice is over: neutral room.")
        return await self._do(acts.EndFamiliarisation(), self._session(), text)

    async def guide_breathing(self, per_minute: float = 6.0) -> Outcome:
        """Show the breathing guide, 4 to 8 breaths a minute, until it is ended."""
        text = _("Breathing guide: {rate} breaths a minute.").format(rate=f"{per_minute:g}")
        act = acts.GuideBreathing(per_minute=per_minute)
        return await self._do(act, self._session(), text)

    async def guide_tension(self, tense_s: float, release_s: float, times: int) -> Outcome:
        """Show the guide to applied tension; the breath goes on throughout."""
        text = _("Applied tension: {tense} s, then {release} s, {times} times; never held breath.")
        told = text.format(tense=f"{tense_s:g}", release=f"{release_s:g}", times=times)
        act = acts.GuideTension(tense_s=tense_s, release_s=release_s, times=times)
        return await self._do(act, self._session(), told)

    async def end_guide(self) -> Outcome:
        """Take the guide away."""
        return await self._do(acts.EndGuide(), self._session(), _("No guide is shown."))
