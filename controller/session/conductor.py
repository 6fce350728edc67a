"""Owns the use cases of one session: open, begin, raise, lower, rate, stop, close.

Every console, screen, line or script, leads through this and nothing else. It shows only what the
runtime has said, and calls nothing saved before the record has. It knows neither screen, database
nor socket.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from controller.language import _
from controller.session import standings
from controller.session.after.aftercare import Aftercare
from controller.session.at_eyes import AtEyes
from controller.session.at_play import AtPlay
from controller.session.at_rest import NEW, AtRest
from controller.session.bat.testing import Testing
from controller.session.bedside import Bedside
from controller.session.before.leading import Before
from controller.session.before.withdrawing import Withdrawing
from controller.session.chores import Chores
from controller.session.clinic import Clinic
from controller.session.clocks import Clocks, Stillness
from controller.session.comforts import Comforts
from controller.session.courses import Courses
from controller.session.documents import Ended, LinkChanged, Scale
from controller.session.held import Held
from controller.session.in_reach import InReach
from controller.session.interlocks import why_refused
from controller.session.left_over import LeftOver, Means
from controller.session.library import Library
from controller.session.lists import Lists
from controller.session.lowering import Lowering
from controller.session.notices import Notices, Tone
from controller.session.now import LeftOpen, LinkState, Now, Outcome, PatientCard
from controller.session.opening import opening, to_open, why_not
from controller.session.pacing.keeping import Pacing
from controller.session.packs import Packs
from controller.session.plans.at_work import AtWork
from controller.session.plans.leading import Plans
from controller.session.ports import Books, LinkPort, NoAnswer, Recorder, ReportFailed
from controller.session.presence import Presence
from controller.session.pseudonyms import NotAPseudonym
from controller.session.recorded.leading import HasLines
from controller.session.remarks import behaviours_in_each
from controller.session.reviews import Reviews
from controller.session.sentences import named, refusal, watched
from controller.session.sitting import Sitting
from controller.session.standings import Step
from controller.session.telling import tell, tell_journal
from controller.session.undoing import Undoing
from controller.session.watched import Watched
from controller.session.writing_down import WritingDown
from scenarios.api.manifest import Manifest
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, Refuge, TherapistAct
from vr_runtime.wire.happenings import Happened
from vr_runtime.wire.messages import LinkAct, Refused, Shutdown
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.state import State

IN_SCENE = (Phase.EXPOSURE, Phase.HOLD)
SEAL_PATIENCE_S = 5.0
"""So long the end of a session waits for its record; afterwards it is said not to be sealed yet."""


class Conductor(
    AtRest, AtPlay, Comforts, WritingDown, Aftercare, Undoing, Testing, Pacing, HasLines, InReach
):
    """Leads one runtime and writes one record."""

    def __init__(
        self,
        link: LinkPort,
        recorder: Recorder,
        books: Books,
        *,
        clinic: Clinic,
        simulated: bool,
        version: str,
        protocol: int,
        write_report: Callable[[str], str],
        clocks: Clocks | None = None,
        barred: Callable[[], str] = lambda: "",
    ) -> None:
        """`write_report` gives where it wrote, `barred` why whoever sits here may not lead."""
        self._link = link
        self._recorder = recorder
        self._books = books
        self._clinic = clinic
        self._simulated = simulated
        self._to_open = partial(to_open, grace_s=clinic.grace_s, simulated=simulated)
        self._entry = partial(
            opening, clinic=clinic, palier=version, protocol=protocol, simulated=simulated
        )
        self._write_report = write_report
        self._barred = barred
        self._notices = Notices()
        self._notices.time_by(lambda: 0.0 if self._sitting is None else self._sitting.at_s())
        self._presence = Presence(
            link, self._notices, self._on_link, self._may_lead, self._on_control
        )
        self._lists = Lists(books)
        means = Means(link, self._presence, recorder, books, self._notices, version, self._do)
        self._left_over = LeftOver(means, self._lists, lambda: self._state)
        self.packs = Packs(self._presence, self._lists, recorder, self._barred, self._say)
        self.courses = Courses(books, recorder, self._lists, self._barred, self._say)
        self.library = Library(link)
        self.reviews = Reviews(recorder, self._barred, self._say)
        at_work = AtWork(lambda: self._sitting, self.now, recorder, self._barred, self._say)
        self.plans = Plans(
            books, recorder, self._lists, self.manifests, self._barred, self._say, at_work
        )
        self._ending_left = False
        self._held = Held(link)
        self._lowering = Lowering()
        self._stillness = Stillness(Clocks() if clocks is None else clocks, self._notices)
        self._state: State | None = None
        self._standing = standings.session()
        self._sitting: Sitting | None = None
        self._watched = Watched()
        self._sealed = 0
        """Number of the last news of the sealed session, for the same start of the runtime."""
        self._opening: list[Happened] | None = None
        self._picture: tuple[int, bytes] | None = None
        self._armed: int | None = None
        self._chores = Chores()
        self.eyes = AtEyes(
            self._do, self._session, self._say, clinic, lambda: self._state, self._keep_part
        )
        usual = partial(behaviours_in_each, clinic.protocol)
        self.bedside = Bedside(lambda: self._sitting, self._no_session, recorder, books, usual)
        self._withdrawing = Withdrawing(
            lambda patient: simulated or self._lists.posed(patient),
            lambda patient: not self._lists.unwatched(patient),
            self.end_pose,
            partial(self.set_observers, False),
            self._chores.later,
            lambda act: self._link.ask(act, self._session()),
            self._notices.say,
        )
        self.before = Before(
            clinic,
            recorder,
            self._lists,
            sitting=lambda: self._sitting,
            state=lambda: self._state,
            barred=self._barred,
            say=self._say,
            ending=self._withdrawing,
        )
        self._sit = partial(Sitting, rules=clinic.prompts, recorder=recorder, notices=self._notices)

    # -- life

    async def start(self) -> Outcome:
        """Meet the runtime, and take control of it unless a session there waits for a decision."""
        await self._lists.refresh()
        self._link.start(self)
        return await self._presence.meet()

    async def keep_alive(self) -> None:
        """Heartbeats, 5 a second. Run it in the loop that draws the console, until it ends."""
        await self._presence.keep_alive(self._durable, self._look_at_clocks)

    def _look_at_clocks(self) -> None:
        record = None if self._sitting is None else self._sitting.record
        self._stillness.look(record, 0 if self._state is None else self._state.tick)

    def _may_lead(self) -> bool:
        """Whether control may be taken unasked: of a runtime that has no session but ours."""
        at_patient = None if self._state is None else self._state.session
        return at_patient in (None, self._session(), self._left_over.abandoned)

    async def beat(self) -> None:
        """One heartbeat; for those who grant ticks themselves."""
        await self._presence.beat(self._durable())

    def _durable(self) -> int:
        return self._sealed if self._sitting is None else self._sitting.durable

    def _on_link(self, state: LinkState) -> None:
        sitting = self._sitting
        if sitting is not None and (state == "live" or state == "stale" or state == "lost"):
            tick = 0 if self._state is None else self._state.tick
            sitting.record(LinkChanged(state=state, tick=tick))

    def _on_control(self) -> None:
        """The runtime forgets for who leads alone; earlier starts are told of once one leads."""
        self._chores.later(self._held.let_forget())

    # -- what consoles read

    def now(self) -> Now:
        """The one picture everything is drawn from."""
        sitting, state = self._sitting, self._state
        base = Now(
            link=self._link.health(in_control=self._presence.in_control),
            record=self._recorder.health(),
            state=state,
            limit_s=self._clinic.limit_s,
            usual_scale=self._clinic.scale,
            unreviewed=self._clinic.unreviewed,
            tension=self._clinic.tension,
            notice=self._notices.last,
            picture=self._picture,
            stop_asked=self._link.stopping,
            simulated=self._simulated,
            observing=self._presence.observing,
            may_stop=self._presence.may_stop,
            barred=self._barred(),
            dial_by_itself=self.eyes.asks_by_itself,
            undone=self.undone,
        )
        if self._presence.observing:
            if self._presence.waits:
                return replace(base, state=None, picture=None)
            return self._watched.seen(base, self._presence.manifests)
        if sitting is None or state is None or self._ending_left:
            return replace(base, left=self._left(), broken_off=self._left_over.broken_off)
        unwatched = self._lists.unwatched(sitting.patient.id)
        base = replace(base, unwatched=unwatched, before=self.before.seen())
        return self.forms.seen(sitting.seen(base, state))

    # -- patients and sessions

    async def add_patient(
        self, pseudonym: str, ceiling: int, scale: Scale, safe_place: Refuge = "meadow"
    ) -> Outcome:
        """Add a patient; the name is a pseudonym and never anything else."""
        if barred := self._barred():
            return self._say(False, barred, "refused")
        try:
            name = await self._lists.add(self._recorder, pseudonym, ceiling, scale, safe_place)
        except NotAPseudonym as error:
            return self._say(False, str(error), "refused")
        return self._say(True, _("Patient {name} was added.").format(name=name), "done")

    async def open_session(
        self, patient_id: str, scenario_id: str, *, seed: int | None = None
    ) -> Outcome:
        """Open a session: the scenario loads while the patient is in the neutral room."""
        if barred := self._barred():
            return self._say(False, barred, "refused")
        if not self._standing.takes(Step.ASKED):
            return self._say(False, _("Close the open session first."), "refused")
        patient = next((p for p in self.patients() if p.id == patient_id), None)
        manifest = next((m for m in self._presence.manifests if m.id == scenario_id), None)
        why = why_not(patient, manifest) or self.packs.why_not(scenario_id)
        why = why or self.before.why_not_open(patient)
        if patient is None or manifest is None or why:
            return self._say(False, why, "refused")
        settings = self.eyes.at_opening(patient.scale, patient.takes_part)
        pack = self.packs.ref(scenario_id)
        act = self._to_open(patient, scenario_id, seed, settings=settings, pack=pack)
        self._opening = []
        self._standing.meet(Step.ASKED)
        try:
            outcome = await self._do(act, None, _("The scenario is being loaded."))
            state = self._state
            if not outcome.ok or state is None:
                return outcome
            self._begin_record(act, patient, manifest, state)
        finally:
            self._opening = None
            self._standing.meet(Step.GIVEN_UP)
        return outcome

    def _begin_record(
        self, act: acts.OpenSession, patient: PatientCard, manifest: Manifest, state: State
    ) -> None:
        news = self._opening or []
        tick = news[0].tick if news else state.tick
        sitting = self._sitting = self._sit(act.session, patient, manifest, tick, boot=state.boot)
        self._pace_by_clinic(sitting)
        self._standing.meet(Step.BEGUN)
        self._left_over.broken_off = ""
        pack = self.packs.ref(act.scenario)
        on = self.before.opened_on(patient)
        entry = self._entry(act, patient, manifest, state, tick=tick, pack=pack, opened_on=on)
        sitting.record(entry)
        self.plans.at_work.opened(sitting)
        self._opening = None
        for happened in news:
            self.on_happened(happened)
        self._chores.later(self._lists.refresh())
        self._chores.later(self.lines.prepare())

    async def close_session(self) -> Outcome:
        """End the session and seal its record."""
        sitting = self._sitting
        if sitting is None:
            return self._no_session()
        if self._presence.link_state == "lost":
            # Heard again, it is not to keep a session that nobody leads.
            self._left_over.abandon(sitting.id)
            text = _("The runtime is lost; the session was closed as interrupted.")
            return await self._seal(sitting, "interrupted", text)
        if self._phase() in IN_SCENE:
            text = _("Leave the scene first: safe place, pause or stop.")
            return self._say(False, text, "refused")
        outcome = await self._do(acts.CloseSession(), sitting.id, _("The session is closed."))
        if not outcome.ok:
            return outcome
        text = _("The session is closed and its record sealed.")
        return await self._seal(sitting, "closed", text)

    async def _seal(self, sitting: Sitting, how: Ended, text: str) -> Outcome:
        """Write the end of a session and say `text`, or that the record has not taken it yet."""
        self._sitting = None
        self._standing.meet(Step.ENDED)
        self._left_over.decided(sitting.id)

        async def seal() -> None:
            try:
                await sitting.seal(how)
            finally:
                self._standing.meet(Step.SEALED)
            if how != "interrupted":
                self._sealed = sitting.durable
            await self._lists.refresh()

        sealing = self._chores.later(seal())
        await asyncio.wait((sealing,), timeout=SEAL_PATIENCE_S)
        if sealing.done():
            sealing.result()
            return self._say(True, text, "info" if how == "interrupted" else "done")
        text = _("The session is closed; its record is not saved yet, keep this console open.")
        return self._say(True, text, "alarm")

    # -- what an earlier console left open

    def _left(self) -> LeftOpen | None:
        state = self._state
        if state is None or self._opening is not None or self._sitting is not None:
            return None
        return self._left_over.found(state)

    async def continue_left(self, *, takeover: bool = False) -> Outcome:
        """Lead on in the same session; nothing in the scene changes by it."""
        if barred := self._barred():
            return self._say(False, barred, "refused")
        if (left := self._left()) is None:
            return self._no_session()
        outcome = await self._left_over.take_up(left, takeover, self._adopt)
        if not outcome.ok or self._sitting is None:
            return outcome
        self._held.remember(self._sitting)
        self._chores.later(self._held.let_forget())
        self._chores.later(self.forms.recall())
        self._chores.later(self.lines.prepare())
        told = _("The session goes on; nothing in the scene was changed."), self._sitting.caught_up
        return self._say(True, " ".join(filter(None, told)), "done")

    async def close_left(self, *, takeover: bool = False) -> Outcome:
        """End it: out of the scene, closed at the patient's side, closed as interrupted here."""
        if takeover and (barred := self._barred()):
            return self._say(False, barred, "refused")
        if (left := self._left()) is None:
            return self._no_session()
        self._ending_left = True
        try:
            outcome = await self._left_over.end(left, takeover, self._adopt)
            if outcome.ok and self._sitting is not None:
                text = _("The earlier session is closed as interrupted.")
                outcome = await self._seal(self._sitting, "interrupted", text)
            return outcome
        finally:
            self._ending_left = False

    def leave_left(self) -> None:
        """Leave it as it is and ask no more; taking control asks again."""
        if (left := self._left()) is not None:
            self._left_over.decided(left.session)

    def _adopt(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._pace_by_clinic(sitting)
        self._standing.meet(Step.TAKEN_UP)

    async def end_runtime(self) -> Outcome:
        """Ask the runtime to end; refused while a session is open."""
        return await self._do(Shutdown(), None, _("The runtime has ended."))

    async def report(self, session_id: str) -> Outcome:
        """Write the report of a session as a page."""
        if barred := self._barred():
            return self._say(False, barred, "refused")
        try:
            where = await asyncio.to_thread(self._write_report, session_id)
        except ReportFailed as error:
            return self._say(False, str(error), "alarm")
        return self._say(True, _("The report is at {where}.").format(where=where), "done")

    # -- leading

    async def arm_trial(self, level: int) -> Outcome:
        """First key: name the level at which a trial is to begin."""
        self._armed = None
        if why := self.before.why_not_begin():
            return self._say(False, why, "refused")
        silent = self._state is not None and self._state.display.sound == "none"
        text, tone = named(level, silent=silent)
        outcome = await self._do(acts.ArmTrial(level=level), self._session(), text, tone=tone)
        self._armed = level if outcome.ok else None
        return outcome

    async def begin_trial(self) -> Outcome:
        """Second key: begin at the level that was named."""
        level, self._armed = self._armed, None
        if level is None or (why := self.before.why_not_begin()):
            why = refusal(Code.NOT_ARMED) if level is None else why
            return self._say(False, why, "refused")
        text = _("The trial begins; level {level} is ramped from 0.").format(level=level)
        return await self._do(acts.BeginTrial(level=level), self._session(), text)

    async def raise_level(self) -> Outcome:
        """One level up from the level asked for last."""
        level = (0 if self._state is None else self._state.asked) + 1
        if why := self.before.why_not_expose() or _("Level 10 is the highest.") * (level > 10):
            return self._say(False, why, "refused")
        text = _("Level {level} asked.").format(level=level)
        return await self._do(acts.Raise(level=level), self._session(), text, tone="info")

    async def lower_level(self, to: int | None = None) -> Outcome:
        """One level down, or to `to`."""
        level = self._lowering.level(self._state, to)
        if level < 0:
            return self._say(False, _("Level 0 is the lowest."), "refused")
        with self._lowering.to(level) as text:
            return await self._do(acts.Lower(level=level), self._session(), text, tone="info")

    async def set_ceiling(self, level: int) -> Outcome:
        """The highest level allowed for this patient from now on in this session."""
        text = _("The ceiling is level {level} now.").format(level=level)
        return await self._do(acts.SetCeiling(level=level), self._session(), text)

    async def set_observers(self, allowed: bool, mirror: bool = False) -> Outcome:
        """The patient's consent to being watched, given or withdrawn."""
        if allowed and (unwatched := self.now().unwatched):
            return self._say(False, unwatched, "refused")
        act = acts.SetObservers(allowed=allowed, mirror=mirror)
        return await self._do(act, self._session(), watched(act))

    async def hold(self) -> Outcome:
        """Stay as it is."""
        return await self._do(acts.Hold(), self._session(), _("Held: nothing rises."))

    async def resume(self) -> Outcome:
        """End a hold."""
        if why := self.before.why_not_expose():
            return self._say(False, why, "refused")
        return await self._do(acts.Resume(), self._session(), _("Resumed."))

    async def stop(self) -> Outcome:
        """Neutral view and silence, before anything else; repeated until it is confirmed."""
        if not self._presence.may_stop:
            text = _("This key may only watch and cannot stop; the therapist and the patient can.")
            return self._say(False, text, "refused", Code.FORBIDDEN)
        self._link.stop()
        self._armed = None
        return self._say(True, _("Stop was sent."), "alarm")

    async def take_control(self) -> Outcome:
        """Take control, explicitly, from whoever has it."""
        if self._state is not None and self._state.session is not None:
            if barred := self._barred():
                return self._say(False, barred, "refused")
            self._left_over.ask_again(self._state.session)
        return await self._presence.claim(takeover=True)

    def mirror(self, hz: float, width: int, height: int) -> None:
        """Ask for pictures of the patient's view; 0 a second ends it."""
        if hz == 0:
            self._picture = None
        self._chores.later(self._presence.ask_pictures(hz, width, height))

    # -- what is said and settled

    def tell(self, text: str) -> None:
        """Show a sentence to the therapist that no act of the console led to."""
        self._say(True, text, "info")

    # -- what the link tells

    def on_state(self, state: State) -> None:
        """The runtime's own word."""
        before, self._state = self._state, state
        self._presence.on_state(state)
        if not self._presence.may_see:
            self._picture = None
        tell_journal(self._notices, before, state)
        if before is None:
            self._chores.later(self._left_over.close_broken_off(state.session))
        if self._sitting is not None and state.session == self._sitting.id:
            self._sitting.on_state(state)
            # Not before the session is taken up: who only looks on ends nothing.
            if self._presence.in_control:
                self._withdrawing.on_state(self._sitting.patient.id, state)
            if self.eyes.asks_now(self._sitting.prompts.shown(state.tick)):
                self._chores.later(self.eyes.ask_rating())
        if self._sitting is None and self._presence.in_control:
            self._chores.later(self._left_over.end_abandoned(state))
        if self._presence.observing:
            self._watched.on_state(state)

    def on_happened(self, happened: Happened) -> None:
        """One piece of news; that of the open session is recorded as it came."""
        if self._opening is not None:
            self._opening.append(happened)
        elif self._presence.observing:
            self._watched.on_happened(happened)
        elif self._sitting is not None and happened.session == self._sitting.id:
            self._sitting.on_happened(happened)
            tell(self._notices, happened.what, self._label)
            self.lines.follow(happened.what)

    def on_gap(self, after: int, until: int) -> None:
        """News that is lost is recorded as lost."""
        if self._sitting is not None:
            self._sitting.on_gap(after, until)

    def on_new_boot(self, state: State) -> None:
        """The runtime was started again: in our session, in the safe place, or without it."""
        self._presence.on_new_boot()
        self._armed = None
        self._sealed = 0
        sitting = self._sitting
        if sitting is None:
            self._say(False, _("The patient's side was started again."), "alarm")
            return
        self._held.remember(sitting)
        if state.session == sitting.id:
            sitting.on_new_boot(state)
        else:
            text = _("The runtime was started again; the session ended there.")
            self._say(False, text, "alarm")
            self._chores.later(self._seal(sitting, "interrupted", text))

    def on_turned_away(self, code: Code) -> None:
        """Shown nothing any more: what was seen as an observer is not shown on."""
        self._presence.on_turned_away(code)
        if self._presence.observing:
            self._state, self._picture, self._watched = None, None, Watched()

    def on_picture(self, number: int, jpeg: bytes) -> None:
        """A mirrored picture, shown and never kept."""
        self._picture = (number, jpeg)

    # -- within

    def _no_session(self) -> Outcome:
        return self._say(False, _("No session is open."), "refused")

    def _phase(self) -> Phase:
        """The phase as the runtime told it last: news comes before the next snapshot."""
        if self._sitting is not None:
            return self._sitting.phase
        return Phase.IDLE if self._state is None else self._state.phase

    async def _do(
        self,
        act: LinkAct | TherapistAct,
        session: str | None,
        text: str,
        *,
        tone: Tone = "done",
    ) -> Outcome:
        if self._link.stopping and isinstance(act, NEW):
            told = _("The stop is not confirmed yet; nothing new is begun before it is.")
            return self._say(False, told, "refused", Code.OVERTAKEN)
        if locked := self.bat.why_not(act):
            return self._say(False, locked, "refused")
        try:
            answer = await self._link.ask(act, session)
        except NoAnswer:
            told = _("The runtime did not answer; look at the phase before you go on.")
            return self._say(False, told, "alarm")
        if isinstance(answer, Refused):
            return self._refused(answer)
        return self._say(True, text, tone)

    def _refused(self, answer: Refused) -> Outcome:
        if answer.code is Code.NOT_IN_CONTROL:
            self._presence.on_not_in_control()
        return self._say(False, why_refused(answer, self._sitting), "refused", answer.code)

    def _say(self, ok: bool, text: str, tone: Tone, code: str = "") -> Outcome:
        return self._notices.say(ok, text, tone, code)
