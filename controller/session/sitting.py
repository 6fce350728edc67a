"""Owns one open session at the console: its ratings, notes, prompts, and what the record is given.

It shows a rating or note as saved only once the record has said so. It commands nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import Any

from controller import typed
from controller.language import _, language
from controller.session.after.entries import LeftOut, NoteDrafted
from controller.session.after.so_far import AfterSoFar
from controller.session.after.unsaved import unsaved
from controller.session.answering import QuestionnaireAnswered
from controller.session.bat.entries import BatEnded, BatStep
from controller.session.bat.run import BatRun
from controller.session.before.entries import PreflightChecked, TodayAsked
from controller.session.before.so_far import SoFar
from controller.session.clinical import AdverseEvent, AdverseType, Expectancy, Severity
from controller.session.clinical_words import named
from controller.session.course import Course
from controller.session.documents import (
    LONGEST_NOTE,
    Correction,
    Document,
    Ended,
    Entry,
    FromRuntime,
    Gap,
    Note,
    Rating,
    RatingKind,
    SessionClosed,
)
from controller.session.expected import Expected
from controller.session.notices import Notices
from controller.session.now import (
    Now,
    Outcome,
    PatientCard,
    RowAtWork,
    TimedAdverse,
    TimedNote,
    TimedRating,
)
from controller.session.owed import Owed
from controller.session.pacing.entries import Paced
from controller.session.pacing.run import PaceRules, PaceRun
from controller.session.pacing.seen import PaceNow
from controller.session.pacing.words import sentence
from controller.session.plans.entries import PlanRow, RowTaken
from controller.session.ports import Recorder
from controller.session.prompts import PromptRules, Prompts, kind_of
from controller.session.rectifying import Rectification
from controller.session.retelling import retell
from controller.session.safety.entries import SafetyBehaviour
from controller.session.safety.so_far import SafetySoFar
from controller.session.suds import NotARating, parse, shown
from scenarios.api.manifest import Manifest
from vr_runtime.wire.acts import (
    Act,
    AskRating,
    BeginTrial,
    Lower,
    PatientRated,
    Phase,
    Raise,
    TakeAway,
)
from vr_runtime.wire.happenings import Applied, Happened, LevelReached, PhaseChanged
from vr_runtime.wire.state import State
from vr_runtime.wire.version import TICKS_PER_SECOND


class Sitting:
    """One session, from its opening to its sealing."""

    def __init__(
        self,
        session: str,
        patient: PatientCard,
        manifest: Manifest,
        opened_tick: int,
        *,
        boot: str,
        rules: PromptRules,
        recorder: Recorder,
        notices: Notices,
        limit_s: float | None = None,
    ) -> None:
        """Begin with nothing rated; session time begins at `opened_tick` of the start `boot`.

        `limit_s` is the length it was opened with; None where that is the console's own.
        """
        self._limit_s = limit_s
        self.id = session
        self.patient = patient
        self.manifest = manifest
        self.course = Course(opened_tick, boot)
        self.prompts = Prompts(rules)
        self.ratings: list[TimedRating] = []
        self.notes: list[TimedNote] = []
        self.adverse: list[TimedAdverse] = []
        self.expected = Expected()
        self.safety = SafetySoFar()
        self._row: tuple[PlanRow, int] | None = None
        """The row that is worked on, and how many trials had begun when it was taken."""
        self.before = SoFar()
        self.after = AfterSoFar()
        self.bat = BatRun(manifest.bat, self.tick)
        self.pace = PaceRun(PaceRules())
        self.typed: Mapping[str, str] = {}
        """What was typed after the last trial and is not saved, by field."""
        self.caught_up = ""
        """What an earlier console could not write down and this one did, in one sentence."""
        self.forms: tuple[QuestionnaireAnswered, ...] = ()
        self.phase = Phase.LOADING
        self.durable = 0
        """Number of the last of the runtime's news that is durable here."""
        self._asked = 0
        self._dial_asked: int | None = None
        """Tick at which the dial was shown that now waits for the patient's answer."""
        self._given: list[Rating] = []
        """What the patient answered on the dial and this record may not hold yet."""
        self._last_tick: int | None = None
        self.state: State | None = None
        self._boot = boot
        self.recorded: dict[str, int] = {}
        """Number of the last news taken down, by start of the runtime: none is taken twice."""
        self._recorder = recorder
        self._notices = notices
        self._background: set[asyncio.Task[None]] = set()

    def at_s(self) -> float:
        """Session time of the runtime's last word."""
        return 0.0 if self.state is None else self.course.at_s(self.state.tick)

    def pace_by(self, rules: PaceRules) -> None:
        """Tell time and breaks by these; the limit it was opened with holds."""
        limit_s = rules.limit_s if self._limit_s is None else self._limit_s
        self.pace.rules = replace(rules, limit_s=limit_s)

    def paced(self) -> PaceNow:
        """How time and breaks stand."""
        return self.pace.seen(self.course.bands, self.at_s())

    # -- what the link tells

    def on_state(self, state: State) -> None:
        """The runtime's own word: follow the level, and see what was not answered in time."""
        self.state = state
        self.course.on_state(state)
        self._keep_bat(self.bat.on_state(state))
        if not self._notices.alarmed:
            # Said once: not while an alarm would keep it from being read.
            self._keep_paced(self.pace.due(self.course.bands, self.at_s(), state.tick))
        due = self.prompts.missed(state.tick)
        if due is not None:
            kind = self._kind(due=True, any_before=True, trials=state.trial)
            reason = _("not given within its time")
            rating = self._rating(kind, None, "", due, reason)
            text = _("A rating was missed; it is recorded as missing.")
            self._later(self._keep(rating, text))

    def on_new_boot(self, state: State) -> None:
        """The runtime was started again and has this session still: its ticks count anew."""
        self._restarted(state.boot, state.tick)
        self.phase = state.phase
        self._keep_bat(self.bat.broken_off())

    def _restarted(self, boot: str, tick: int) -> None:
        away_s = self.course.restarted(boot, tick)
        last = self._last_tick if self.state is None else self.state.tick
        if last is not None:
            self.prompts.moved(tick - (last + round(away_s * TICKS_PER_SECOND)))
        self._boot, self._last_tick, self.durable, self._asked = boot, tick, 0, 0

    def on_happened(self, happened: Happened) -> None:
        """One piece of news: recorded as it came, and once however often it is told."""
        if happened.session != self.id or happened.number <= self.recorded.get(happened.boot, 0):
            return
        if happened.boot != self._boot:
            # A start that nobody heard, between the one heard last and the one to be heard next.
            self._restarted(happened.boot, happened.tick)
        self.recorded[happened.boot] = happened.number
        self.record(FromRuntime(happened=happened), happened)
        self._follow(happened)
        self._keep_given()
        what = happened.what
        self._keep_bat(self.bat.befell(what, happened.tick))
        if isinstance(what, PhaseChanged):
            at_s = self.course.at_s(happened.tick)
            self._keep_paced(self.pace.ended(what.after, at_s, happened.tick))
        if isinstance(what, LevelReached) and 0 < what.level == self._asked:
            text = _("Level {level} is reached.").format(level=what.level)
            self._notices.say(True, text, "done")

    def _follow(self, happened: Happened) -> None:
        self.course.on_happened(happened)
        what = happened.what
        self.before.on_news(what)
        self.bat.follow(what)
        if isinstance(what, PhaseChanged):
            self.phase = what.after
            self.prompts.on_phase(what.after, happened.tick, first=not self.ratings)
        elif isinstance(what, Applied) and isinstance(what.act, BeginTrial | Raise | Lower):
            self._asked = what.act.level
        elif isinstance(what, Applied):
            self._follow_dial(what.act, happened.tick)
        elif isinstance(what, LevelReached) and 0 < what.level == self._asked:
            self.prompts.on_step(happened.tick)

    def _follow_dial(self, act: Act, tick: int) -> None:
        if isinstance(act, AskRating):
            self._dial_asked = tick
        elif isinstance(act, TakeAway) and act.what == "dial":
            self._dial_asked = None
        elif isinstance(act, PatientRated):
            due = self.prompts.asked(tick) if self._dial_asked is None else self._dial_asked
            self._given.append(self._answered(act.suds, tick, due))
            self._dial_asked = None

    def _answered(self, value: int, tick: int, due: int | None) -> Rating:
        """What the patient gave on the dial at `tick`: how it is now, never a peak before."""
        trial = self.course.trials[-1] if self.course.trials else None
        near = self.state is not None and abs(self.state.tick - tick) <= TICKS_PER_SECOND
        level = self.course.levels[-1][1] if not near or self.state is None else self.state.level
        return Rating(
            rating=kind_of(
                self.phase,
                due=due is not None,
                any_before=any(r.rating.suds is not None for r in self.ratings),
                trials=len(self.course.trials),
            ),
            suds=value,
            scale=self.patient.scale,
            raw=shown(value, self.patient.scale),
            tick=tick,
            due=due,
            level=round(level, 3),
            trial=trial.number if trial is not None and trial.closed_s is None else 0,
            phase=self.phase.value,
            source="patient",
        )

    def _keep_given(self) -> None:
        """Record what the patient gave, once."""
        while self._given:
            rating = self._given.pop(0)
            told = shown(rating.suds or 0, self.patient.scale)
            text = _("The patient answered {value}; it is saved.").format(value=told)
            self._later(self._keep(rating, text))

    def on_gap(self, after: int, until: int) -> None:
        """News that is lost is recorded as lost."""
        self.record(Gap(after=after, until=until))

    def take_up(self, entries: Sequence[Entry]) -> tuple[str, int]:
        """Go through what an earlier console recorded of this session; it is not recorded again.

        Gives which start of the runtime was heard last, and the number of its last news.
        """
        owed = Owed()
        for entry in entries:
            self.course.told_at(entry.mono_ns)
            self.after = self.after.then(entry.data, entry.seq)
            self.bat.take(entry.data)
            match entry.data:
                case FromRuntime(happened=happened):
                    if happened.boot != self._boot:
                        self._restarted(happened.boot, happened.tick)
                    self._follow(happened)
                    self.recorded[happened.boot] = happened.number
                    self.durable, self._last_tick = happened.number, happened.tick
                case Gap(until=until):
                    self.durable = max(self.durable, until)
                    self.recorded[self._boot] = self.durable
                case Rating() as rating:
                    at_s = self.course.at_s(rating.tick)
                    self.ratings.append(TimedRating(at_s, rating, entry.seq))
                    self._answered_prompt(rating)
                    self._given = [
                        g
                        for g in self._given
                        if rating.source != "patient" or g.tick != rating.tick
                    ]
                case Correction() as amended:
                    self._corrected(amended)
                case Paced() as paced:
                    self.pace.take(paced, self.course.at_s(paced.tick))
                case Note() as note:
                    self.notes.append(TimedNote(self.course.at_s(note.tick), note, entry.seq))
                case AdverseEvent() as event:
                    self.adverse.append(TimedAdverse(event.at_s or 0.0, event, entry.seq))
                case Expectancy() | Rectification() as word:
                    at_s = self.course.at_s(self._last_tick or self.course.opened_tick)
                    self.expected = self.expected.then(word, entry.seq, at_s)
                case SafetyBehaviour(tick=tick) as noted:
                    self.safety = self.safety.then(noted, self.course.at_s(tick))
                case RowTaken() as taken:
                    self.work_on(taken)
                case TodayAsked() | PreflightChecked() as said:
                    self.before.said(said)
            owed.after(entry.data, self.bat, self.pace, self.course.at_s)
        self.caught_up = owed.told()
        self._keep_bat(owed.bat)
        self._keep_paced(owed.paced)
        self.course.told_at(None)
        self.course.levels = retell(entries).levels
        # A console may have ended between the patient's answer and its own entry.
        self._keep_given()
        return self._boot, self.durable

    def label(self, name: str) -> str:
        """What the scenario calls one of its values, events or tasks, in the console's language."""
        spec = self.manifest.value(name) or self.manifest.played(name)
        return name if spec is None else spec.label.get(language())

    def seen(self, base: Now, state: State) -> Now:
        """What consoles draw while this session is open."""
        return replace(
            base,
            manifest=self.manifest,
            session=self.id,
            pseudonym=self.patient.pseudonym,
            scale=self.patient.scale,
            anchors=self.patient.anchors,
            at_s=self.at_s(),
            limit_s=base.limit_s if self._limit_s is None else self._limit_s,
            due=self.prompts.shown(state.tick),
            ratings=tuple(self.ratings),
            notes=tuple(self.notes),
            adverse=tuple(self.adverse),
            expected=self.expected,
            safety=self.safety,
            row=self._at_work(),
            after=self.after,
            bat=self.bat.seen(state),
            pace=self.paced(),
            forms=self.forms,
            levels=self.course.levels,
            bands=self.course.bands,
            trials=self.course.trials,
            fired=self.course.fired,
        )

    # -- what the patient says, what the therapist writes

    async def rate(self, typed: str, kind: RatingKind | None) -> Outcome:
        """Record a rating as it was typed; without `kind` the moment tells which it is.

        What a patient said is taken down whether or not the runtime was heard since the opening.
        """
        try:
            suds = parse(typed, self.patient.scale)
        except NotARating as error:
            return self._notices.say(False, str(error), "refused")
        due = self.prompts.asked(self.tick())
        if kind is None:
            kind = self._kind(
                due=due is not None,
                any_before=any(r.rating.suds is not None for r in self.ratings),
                trials=0 if self.state is None else self.state.trial,
            )
        rating = self._rating(kind, suds, typed, due, "")
        # What was understood is said, not what was typed: 7 may stand for 70.
        told = shown(suds, self.patient.scale)
        return await self._keep(rating, _("Rating {value} is saved.").format(value=told))

    async def skip_rating(self, reason: str) -> Outcome:
        """Record that the rating was asked for and not given."""
        tick, trials = self.tick(), 0 if self.state is None else self.state.trial
        due = self.prompts.asked(tick)
        kind = self._kind(due=True, any_before=bool(self.ratings), trials=trials)
        rating = self._rating(kind, None, "", tick if due is None else due, reason)
        return await self._keep(rating, _("No answer: recorded as missing."))

    def _kind(self, *, due: bool, any_before: bool, trials: int) -> RatingKind:
        peak = self.prompts.peak
        return kind_of(self.phase, due=due, any_before=any_before, trials=trials, peak=peak)

    def tick(self) -> int:
        """Tick of the runtime's last word; of the record's last, or the opening, until then."""
        if self.state is not None:
            return self.state.tick
        return self.course.opened_tick if self._last_tick is None else self._last_tick

    def _rating(
        self,
        kind: RatingKind,
        suds: int | None,
        raw: str,
        due: int | None,
        reason: str,
    ) -> Rating:
        state = self.state
        return Rating(
            rating=kind,
            suds=suds,
            scale=self.patient.scale,
            raw=raw,
            tick=self.tick(),
            due=due,
            level=0.0 if state is None else round(state.level, 3),
            trial=0 if state is None or not state.trial_open else state.trial,
            phase=self.phase.value,
            reason=typed.line(reason),
        )

    def _keep(self, rating: Rating, text: str) -> Coroutine[Any, Any, Outcome]:
        """Hand a rating over at once; what it gives ends when it is durable.

        What falls due next is planned before this returns: more than one state may be taken in
        before anything that was begun goes on, and each would find the same rating missing.
        """
        place = len(self.ratings)
        self.ratings.append(TimedRating(self.course.at_s(rating.tick), rating, None))
        self._answered_prompt(rating)
        saved = self._recorder.append(self.id, rating)

        async def follow() -> Outcome:
            self.ratings[place] = replace(self.ratings[place], saved_as=await saved)
            return self._notices.say(True, text, "done")

        return follow()

    def _answered_prompt(self, rating: Rating) -> None:
        """What falls due next is planned; a peak that is to be asked aloud is still to be asked."""
        if rating.source == "therapist" or not self.prompts.peak:
            self.prompts.on_answer(rating.tick)

    async def note(self, text: str) -> Outcome:
        """Record a note."""
        text = typed.words(text)
        if not text.strip() or len(text) > LONGEST_NOTE:
            return self._notices.say(False, _("A note has 1 to 4000 characters."), "refused")
        tick = self.tick()
        place, note = len(self.notes), Note(text=text, tick=tick)
        self.notes.append(TimedNote(self.course.at_s(tick), note, None))
        seq = await self._recorder.append(self.id, note)
        self.notes[place] = replace(self.notes[place], saved_as=seq)
        return self._notices.say(True, _("The note is saved."), "done")

    async def befell(self, what: AdverseType, severity: Severity) -> Outcome:
        """Record an adverse event at this moment: what it was and how severe.

        Whether it was serious, related to the session and how it ended is not asked in the middle
        of it: it reads as not asked, unclear and unknown until it is said.
        """
        told = named(what, severity)
        at_s = round(self.course.at_s(self.tick()), 1)
        event = AdverseEvent(
            type=what,
            severity=severity,
            serious=None,
            related="unclear",
            description=told,
            at_s=at_s,
        )
        place = len(self.adverse)
        self.adverse.append(TimedAdverse(at_s, event, None))
        seq = await self._recorder.append(self.id, event)
        self.adverse[place] = replace(self.adverse[place], saved_as=seq)
        text = _("Saved as an adverse event: {what}. A note says more.").format(what=told)
        return self._notices.say(True, text, "done")

    def feared(self, said: Expectancy | Rectification, seq: int, text: str) -> Outcome:
        """A durable word on a feared outcome is known from now on, and `text` is said of it."""
        self.expected = self.expected.then(said, seq, self.course.at_s(self.tick()))
        return self._notices.say(True, text, "done")

    def behaved(self, said: SafetyBehaviour, text: str) -> Outcome:
        """A durable word on a safety behaviour is known from now on, and `text` is said of it."""
        self.safety = self.safety.then(said, self.course.at_s(said.tick))
        return self._notices.say(True, text, "done")

    def work_on(self, said: RowTaken, begun: int | None = None) -> None:
        """The row that this entry names is worked on; `begun` trials had begun when it was taken,
        None for all so far."""
        self._row = said.row, len(self.course.trials) if begun is None else begun

    def _at_work(self) -> RowAtWork | None:
        """The row that is worked on, and whether no trial has begun since it was taken."""
        if self._row is None:
            return None
        row, begun = self._row
        return RowAtWork(row, fresh=len(self.course.trials) == begun)

    def refuse(self, text: str) -> Outcome:
        """Say why something that was to be written down is not."""
        return self._notices.say(False, text, "refused")

    async def correct(self, seq: int, to: int | str) -> Outcome:
        """Record a later statement about an entry; the entry itself stays as it is."""
        rating = next((r for r in self.ratings if r.saved_as == seq), None)
        note = next((n for n in self.notes if n.saved_as == seq), None)
        if rating is None and note is None:
            return self._notices.say(False, _("This session has no such entry."), "refused")
        if rating is not None and not (isinstance(to, int) and 0 <= to <= 100):
            text = _("A rating is corrected by a number from 0 to 100.")
            return self._notices.say(False, text, "refused")
        words = typed.words(to) if isinstance(to, str) else ""
        if note is not None and not 1 <= len(words.strip()) <= LONGEST_NOTE:
            return self._notices.say(False, _("A note has 1 to 4000 characters."), "refused")
        correction = Correction(
            corrects=seq,
            suds=to if isinstance(to, int) else None,
            text=words,
            tick=self.tick(),
        )
        await self._recorder.append(self.id, correction)
        self._corrected(correction)
        return self._notices.say(True, _("The correction is saved."), "done")

    def _corrected(self, said: Correction) -> None:
        """A rating holds as a durable correction says; one of a note, or a remark, changes none."""
        self.ratings = [
            replace(one, corrected=said.suds)
            if said.suds is not None and one.saved_as == said.corrects
            else one
            for one in self.ratings
        ]

    # -- the record

    def _keep_paced(self, said: Sequence[Paced]) -> None:
        """Hand over what falls due of time and breaks, and tell it: the therapist decides."""
        for one in said:
            self.pace.take(one, self.course.at_s(one.tick))
            self.record(one)
            self._notices.say(True, sentence(one), "info")

    def _keep_bat(self, said: Sequence[BatStep | BatEnded]) -> None:
        """Hand over what became of a test without an act of the therapist."""
        for one in said:
            self.bat.take(one)
            self.record(one)

    def record(self, document: Document, happened: Happened | None = None) -> None:
        """Hand an entry over; `happened` is the runtime's news it holds, if it holds any."""
        saved = self._recorder.append(self.id, document)

        async def follow() -> None:
            await saved
            if happened is not None and happened.boot == self._boot:
                self.durable = max(self.durable, happened.number)

        self._later(follow())

    async def seal(self, how: Ended) -> None:
        """Write the last entry; returns when all of the session is durable.

        What there was to do after the last trial and was not done is written down as not done, and
        what was typed and not saved as a draft: no word goes because a session ends by itself.
        """
        if self.bat.so_far is not None:
            self._keep_bat((self.bat.cut_off("session"),))
        await self.settle()
        for text in unsaved(self.typed, self.after):
            said = NoteDrafted(text=text, tick=self.tick())
            self.after = self.after.then(said, await self._recorder.append(self.id, said))
        asked = any(one.when == "after" for one in self.forms)
        left = self.after.not_done(asked=asked) if self.course.trials else ()
        if left:
            await self._recorder.append(self.id, LeftOut(parts=left, tick=self.tick()))
        document = SessionClosed(
            how=how,
            tick=self.tick(),
            digest="" if self.state is None else self.state.digest,
        )
        await self._recorder.append(self.id, document)

    async def settle(self) -> None:
        """Wait until everything handed over is durable."""
        while self._background:
            await asyncio.gather(*tuple(self._background))

    def _later(self, work: Coroutine[Any, Any, None] | Coroutine[Any, Any, Outcome]) -> None:
        async def run() -> None:
            await work

        task = asyncio.ensure_future(run())
        self._background.add(task)
        task.add_done_callback(self._background.discard)
