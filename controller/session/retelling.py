"""Owns how entries become a history; knows neither database nor screen.

Entries are taken in the order of their numbers. What is not known stays unknown: nothing is guessed
into a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from controller.language import _
from controller.session.after.entries import KINDS as AFTER_KINDS
from controller.session.amendments import amended_notes, amended_ratings, correction_lines
from controller.session.bat.entries import BatBegun, BatEnded, BatStep
from controller.session.bat.told import BatLine, Given, tell_bats
from controller.session.before.entries import PreflightChecked, TodayAsked
from controller.session.before.so_far import SoFar
from controller.session.clinical import AdverseEvent, Expectancy
from controller.session.comforts import decibels
from controller.session.documents import (
    ClockJumped,
    ConsoleSlept,
    Correction,
    Entry,
    FromRuntime,
    Gap,
    LinkChanged,
    Note,
    Rating,
    SessionClosed,
    SessionContinued,
    SessionOpened,
)
from controller.session.history import (
    AfterLine,
    Ending,
    EventLine,
    Header,
    HeardLine,
    Incident,
    LinkLoss,
    MissingNews,
    PhaseBand,
    Refusal,
    RestLine,
    SessionHistory,
    TaskLine,
    Trial,
)
from controller.session.pacing.entries import Paced
from controller.session.plans.entries import PlanRow, RowTaken
from controller.session.rectifying import Rectification, standing
from controller.session.safety.entries import SafetyBehaviour
from controller.session.session_time import SessionTime
from controller.session.walks import walked_to
from vr_runtime.wire.acts import (
    Act,
    BeginTrial,
    ChooseRefuge,
    ConsoleBack,
    ConsoleLost,
    DisplaySlow,
    DisplaySteady,
    DisplayTooSlow,
    FlashDimmed,
    GraceOver,
    GuideBreathing,
    GuideTension,
    HeadsetAway,
    HeadsetBack,
    HeadsetLost,
    HeadsetOff,
    HeadsetOn,
    Loaded,
    LoadFailed,
    Lower,
    PatientLeft,
    PatientWalked,
    Phase,
    Practised,
    Raise,
    RuntimeRestarted,
    ScenarioFailed,
    SetCeiling,
    SetObservers,
    SetPose,
    SetValue,
    ShowText,
    SoundBack,
    SoundLost,
    WindowClosed,
)
from vr_runtime.wire.happenings import (
    AccessChanged,
    Applied,
    ComfortLimited,
    ControlTaken,
    EventEnded,
    EventStarted,
    GuideEnded,
    Happened,
    LevelReached,
    LineSpoken,
    Marked,
    ObserverCame,
    ObserverLeft,
    PhaseChanged,
    PoseRead,
    RefusedTo,
    ScenarioTimed,
    StrangersRefused,
    TaskEnded,
    TaskGiven,
    TrialClosed,
    TrialOpened,
    VehicleAnnounced,
)
from vr_runtime.wire.hearing import PlayTone, SetVolume
from vr_runtime.wire.recorded import RecordedLineBegun, RecordedLineEnded
from vr_runtime.wire.state import Effort
from vr_runtime.wire.version import TICKS_PER_SECOND

Said = TypeVar("Said", AdverseEvent, Expectancy)


class NotASession(ValueError):
    """The entries do not tell one session; the message says what to do."""


def retell(entries: Sequence[Entry]) -> SessionHistory:
    """The history of one session from its entries.

    Raises:
        NotASession: the entries belong to several streams, or none of them opens a session.
    """
    ordered = sorted(entries, key=lambda e: e.seq)
    if len({e.session for e in ordered}) > 1:
        raise NotASession(_("These entries belong to several sessions; choose one session."))
    opening = next((e for e in ordered if isinstance(e.data, SessionOpened)), None)
    if opening is None:
        raise NotASession(
            _("This record holds no opening of the session; check it with palier verify.")
        )
    telling = _Telling(opening)
    for entry in ordered:
        telling.take(entry)
    return telling.told(len(ordered))


class _Telling:
    """What is known after each entry."""

    def __init__(self, opening: Entry) -> None:
        opened = opening.data
        assert isinstance(opened, SessionOpened)
        self._opening, self._opened = opening, opened
        self._time = SessionTime(opened.boot, opened.tick, opening.mono_ns)
        self._sha256: str | None = None
        self._ceiling = opened.ceiling
        self._number: int | None = None
        self._closing: Entry | None = None
        self._phase: tuple[Phase, float, str] | None = None
        self._cut_s = 0.0
        self._level = 0
        self._trial: Trial | None = None
        self._levels: list[tuple[float, float]] = [(0.0, 0.0)]
        self._bands: list[PhaseBand] = []
        self._trials: list[Trial] = []
        self._ratings: list[tuple[Entry, float, float | None]] = []
        self._notes: list[tuple[Entry, float]] = []
        self._corrections: list[tuple[Entry, float | None]] = []
        self._adverse: list[tuple[int, AdverseEvent]] = []
        self._expectancies: list[tuple[int, Expectancy]] = []
        self._after: list[AfterLine] = []
        self._rectified: list[tuple[int, Rectification]] = []
        self._written_at: dict[int, str] = {}
        self._events: list[EventLine] = []
        self._marks: list[tuple[float, str]] = []
        self._incidents: list[Incident] = []
        self._refusals: list[Refusal] = []
        self._missing: list[MissingNews] = []
        self._losses: list[LinkLoss] = []
        self._effort: Effort | None = None
        self._set_apart: list[tuple[float, str]] = []
        self._at_rest: list[RestLine] = []
        self._texts: list[tuple[float, str]] = []
        self._recorded: list[HeardLine] = []
        self._tasks: list[TaskLine] = []
        self._bats: list[BatLine] = []
        self._paced: list[tuple[float, Paced]] = []
        self._safety: list[tuple[float, SafetyBehaviour]] = []
        self._rows: list[tuple[float, PlanRow]] = []
        self._so_far = SoFar()

    def take(self, entry: Entry) -> None:
        """Take in the next entry."""
        match entry.data:
            case FromRuntime(happened=happened):
                self._runtime_said(happened, entry.mono_ns)
            case Gap(after=after, until=until):
                self._missing.append(MissingNews(self._time.newest_s, after, until))
                self._number = max(self._number or 0, until)
            case Rating(tick=tick, due=due):
                at_s = self._time.at(tick, entry.mono_ns)
                # When it fell due is told from the answer and never moves the session's clock.
                due_s = None if due is None else at_s + (due - tick) / TICKS_PER_SECOND
                self._ratings.append((entry, at_s, due_s))
            case Note(tick=tick):
                self._notes.append((entry, self._time.at(tick, entry.mono_ns)))
            case TodayAsked() | PreflightChecked():
                self._so_far.said(entry.data)
            case AdverseEvent():
                self._adverse.append((entry.seq, entry.data))
            case Expectancy():
                self._expectancies.append((entry.seq, entry.data))
            case data if isinstance(data, AFTER_KINDS):
                at_s = self._time.at(data.tick, entry.mono_ns)
                self._after.append(AfterLine(entry.seq, at_s, data))
            case Paced(tick=tick) as paced:
                self._paced.append((self._time.at(tick, entry.mono_ns), paced))
            case SafetyBehaviour(tick=tick) as noted:
                self._safety.append((self._time.at(tick, entry.mono_ns), noted))
            case RowTaken(row=row, tick=tick):
                self._rows.append((self._time.at(tick, entry.mono_ns), row))
            case BatBegun() | BatStep() | BatEnded():
                at_s = self._time.at(entry.data.tick, entry.mono_ns)
                self._bats.append(BatLine(entry.seq, at_s, entry.data))
            case Rectification():
                self._rectified.append((entry.seq, entry.data))
                self._written_at[entry.seq] = entry.wall
            case Correction(tick=tick):
                # After the end it bears the last tick of the session, which says nothing of it.
                open_still = self._closing is None
                then_s = self._time.at(tick, entry.mono_ns) if open_still else None
                self._corrections.append((entry, then_s))
                self._written_at[entry.seq] = entry.wall
            case LinkChanged(state=state, tick=tick):
                self._link(state, self._time.at(tick, entry.mono_ns))
            case SessionContinued(tick=tick, boot=boot):
                if boot == self._time.boot:
                    self._time.at(tick, entry.mono_ns)
                self._incidents.append(Incident(self._time.newest_s, entry.kind, ""))
            case ConsoleSlept(seconds=seconds, tick=tick) | ClockJumped(seconds=seconds, tick=tick):
                at_s = self._time.at(tick, entry.mono_ns)
                self._incidents.append(Incident(at_s, entry.kind, str(seconds)))
            case SessionClosed(tick=tick):
                self._time.at(tick, entry.mono_ns)
                self._closing = entry

    def _runtime_said(self, happened: Happened, mono_ns: int) -> None:
        if happened.boot != self._time.boot:
            self._cut()
            self._time.restarted(happened.boot, happened.tick, mono_ns)
            if not _tells_why(happened):
                self._incidents.append(
                    Incident(self._time.at(happened.tick, mono_ns), "restart", happened.boot)
                )
        elif self._number is not None and happened.number > self._number + 1:
            self._missing.append(
                MissingNews(self._time.newest_s, self._number, happened.number - 1)
            )
        self._number = happened.number
        at_s = self._time.at(happened.tick, mono_ns)
        if self._trial is None and not self._trials:
            self._so_far.on_news(happened.what)
        match happened.what:
            case Applied(act=act):
                self._applied(act, at_s)
            case PhaseChanged(before=before, after=after, cause=cause):
                self._phase_changed(before, after, cause, at_s)
            case TrialOpened(trial=number, level=level):
                self._trial_over(at_s, None, "")
                self._levels.append((at_s, 0.0))
                self._trial = Trial(number, level, at_s, None, at_s, "", ((at_s, 0),))
            case TrialClosed(cause=cause):
                self._trial_over(at_s, at_s, cause)
            case LevelReached(level=level):
                self._level_reached(level, at_s)
            case EventStarted(name=name):
                self._events.append(EventLine(name, at_s, None, ""))
            case EventEnded(name=name, how=how):
                self._event_ended(name, how, at_s)
            case TaskGiven(name=name):
                self._tasks.append(TaskLine(name, at_s, None, None))
            case TaskEnded(name=name, how=outcome):
                last = self._tasks[-1] if self._tasks else None
                if last is not None and last.name == name and last.ended_s is None:
                    self._tasks[-1] = TaskLine(name, last.given_s, at_s, outcome)
            case PoseRead(kept=False):
                self._incidents.append(Incident(at_s, "pose_not_kept", ""))
            case Marked(text=text):
                self._marks.append((at_s, text))
            case LineSpoken(name=name):
                self._incidents.append(Incident(at_s, "line_spoken", name))
            case RecordedLineBegun(name=name, words=words, sha256=sha256):
                self._recorded.append(HeardLine(at_s, name, words, sha256, None, None))
            case RecordedLineEnded() as ended:
                self._line_ended(ended)
            case ControlTaken(holder=holder, taken_from=before_holder):
                if before_holder is not None:
                    self._incidents.append(Incident(at_s, "control_taken", holder))
            case ObserverCame(name=name) | ObserverLeft(name=name):
                self._incidents.append(Incident(at_s, happened.what.kind, name))
            case AccessChanged(name=name, role=role):
                kind = "access_revoked" if role is None else "access_changed"
                self._incidents.append(Incident(at_s, kind, name))
            case StrangersRefused():
                self._incidents.append(Incident(at_s, "strangers_refused", ""))
            case RefusedTo(code=code, act=tried, by=by, times=times, interlock=interlock):
                self._refusals.append(Refusal(at_s, code, tried, by, times, interlock))
            case ScenarioTimed(effort=effort):
                self._effort = effort
            case ComfortLimited(what=what):
                self._incidents.append(Incident(at_s, "comfort_limited", what))
            case VehicleAnnounced(fr=fr, en=en):
                self._marks.append((at_s, fr if self._opened.language == "fr" else en))
            case GuideEnded(guide=guide, how=how, rounds=rounds):
                told = f"{guide} {how} {rounds}"
                self._at_rest.append(RestLine(at_s, happened.what.kind, told))

    def _applied(self, act: Act, at_s: float) -> None:
        match act:
            case Raise() | Lower() | BeginTrial():
                # The line stays level until the act, and slopes only from there.
                self._levels.append((at_s, float(self._level)))
            case Loaded(sha256=sha256):
                self._sha256 = sha256
            case ShowText(text=text):
                self._texts.append((at_s, text))
            case SetValue(name=name):
                self._set_apart.append((at_s, name))
            case SetCeiling(level=ceiling):
                self._ceiling = ceiling
            case RuntimeRestarted(why=why, disabled=disabled, ceiling=ceiling):
                self._ceiling = ceiling
                self._incidents.append(Incident(at_s, act.kind, why))
                if disabled is not None:
                    self._incidents.append(Incident(at_s, "scenario_disabled", disabled))
            case SetVolume(volume_db=volume_db):
                self._incidents.append(Incident(at_s, "volume_set", decibels(volume_db)))
            case PlayTone():
                self._incidents.append(Incident(at_s, "tone_played", ""))
            case SetObservers(allowed=allowed):
                kind = "observers_allowed" if allowed else "observers_ended"
                self._incidents.append(Incident(at_s, kind, ""))
            case SetPose(allowed=allowed):
                kind = "pose_allowed" if allowed else "pose_ended"
                self._incidents.append(Incident(at_s, kind, ""))
            case PatientWalked(mark=mark):
                where = walked_to(self._opened.scenario, mark, self._opened.language)
                self._marks += [(at_s, where)] if where is not None else []
            case ChooseRefuge(place=which) | Practised(what=which):
                self._at_rest.append(RestLine(at_s, act.kind, which))
            case GuideBreathing(per_minute=rate):
                self._at_rest.append(RestLine(at_s, act.kind, f"{rate:g}"))
            case GuideTension(tense_s=tense, release_s=release, times=times):
                told = f"{tense:g} {release:g} {times}"
                self._at_rest.append(RestLine(at_s, act.kind, told))
            case PatientLeft() if self._phase and self._phase[0] is Phase.FAMILIARISATION:
                self._at_rest.append(RestLine(at_s, Practised(what="leave").kind, "leave"))
            case ScenarioFailed(text=text) | LoadFailed(text=text):
                self._incidents.append(Incident(at_s, act.kind, text))
            case DisplaySlow(fps=fps, wanted=wanted):
                self._incidents.append(Incident(at_s, act.kind, f"{fps:.0f}/{wanted:.0f}"))
            case ConsoleLost(deaf=True):
                self._incidents.append(Incident(at_s, "console_deaf", ""))
            case (
                ConsoleLost()
                | GraceOver()
                | ConsoleBack()
                | SoundLost()
                | SoundBack()
                | WindowClosed()
                | DisplayTooSlow()
                | DisplaySteady()
                | HeadsetOff()
                | HeadsetOn()
                | HeadsetLost()
                | HeadsetAway()
                | HeadsetBack()
                | FlashDimmed()
            ):
                self._incidents.append(Incident(at_s, act.kind, ""))

    def _phase_changed(self, before: Phase, after: Phase, cause: str, at_s: float) -> None:
        phase, since, why = self._phase or (before, self._cut_s, "")
        if at_s > since:
            self._bands.append(PhaseBand(phase, since, at_s, why))
        self._phase = (after, at_s, cause)

    def _level_reached(self, level: int, at_s: float) -> None:
        if level == self._level:
            return  # A trial begins with the news that level 0 is reached, which is known.
        self._level = level
        self._levels.append((at_s, float(level)))
        if self._trial is not None:
            self._trial = _with_level(self._trial, at_s, level)

    def _trial_over(self, until_s: float, closed_s: float | None, cause: str) -> None:
        if self._level:
            self._levels += [(until_s, float(self._level)), (until_s, 0.0)]
            self._level = 0
        if self._trial is not None:
            self._trials.append(_ended(self._trial, closed_s, until_s, cause))
            self._trial = None

    def _cut(self) -> None:
        """The runtime is gone: what was under way is known only up to its last news."""
        known_s = self._time.newest_s
        self._trial_over(known_s, None, "")
        if self._phase is not None:
            phase, since, why = self._phase
            if known_s > since:
                self._bands.append(PhaseBand(phase, since, known_s, why))
            self._phase = None
            self._cut_s = known_s

    def _event_ended(self, name: str, how: Literal["finished", "cancelled"], at_s: float) -> None:
        for index in reversed(range(len(self._events))):
            line = self._events[index]
            if line.name == name and line.ended_s is None:
                self._events[index] = EventLine(name, line.started_s, at_s, how)
                return

    def _line_ended(self, ended: RecordedLineEnded) -> None:
        last = self._recorded[-1] if self._recorded else None
        if last is not None and last.sha256 == ended.sha256 and last.how is None:
            self._recorded[-1] = replace(last, heard_s=ended.heard_s, how=ended.how)

    def _link(self, state: str, at_s: float) -> None:
        last = self._losses[-1] if self._losses and self._losses[-1].to_s is None else None
        if state == "live":
            if last is not None:
                self._losses[-1] = LinkLoss(last.from_s, at_s, last.state)
        elif last is None:
            self._losses.append(LinkLoss(at_s, None, "lost" if state == "lost" else "stale"))
        elif state == "lost":
            self._losses[-1] = LinkLoss(last.from_s, None, "lost")

    def told(self, entries: int) -> SessionHistory:
        """The history as it stands after the last entry."""
        end_s = self._time.newest_s
        bands = list(self._bands)
        if self._phase is not None and end_s > self._phase[1]:
            bands.append(PhaseBand(self._phase[0], self._phase[1], end_s, self._phase[2]))
        trials = list(self._trials)
        if self._trial is not None:
            trials.append(_ended(self._trial, None, end_s, ""))
        amendments = [entry for entry, _at_s in self._corrections]
        ratings = amended_ratings(self._ratings, amendments)
        notes = amended_notes(self._notes, amendments)
        return SessionHistory(
            header=self._header(),
            ending=self._ending(),
            duration_s=end_s,
            levels=(*self._levels, (end_s, float(self._level))),
            bands=tuple(bands),
            trials=tuple(trials),
            ratings=ratings,
            notes=notes,
            corrections=correction_lines(self._corrections, ratings, notes),
            events=tuple(self._events),
            marks=tuple(self._marks),
            incidents=tuple(self._incidents),
            refusals=tuple(self._refusals),
            missing_news=tuple(self._missing),
            link_losses=tuple(self._losses),
            entries=entries,
            effort=self._effort,
            adverse=_held(self._adverse, AdverseEvent, self._rectified),
            expectancies=_held(self._expectancies, Expectancy, self._rectified),
            rectified=tuple(self._rectified),
            after=tuple(self._after),
            written_at=self._written_at,
            set_apart=tuple(self._set_apart),
            at_rest=tuple(self._at_rest),
            texts=tuple(self._texts),
            recorded=tuple(self._recorded),
            tasks=tuple(self._tasks),
            paced=tuple(self._paced),
            safety=tuple(self._safety),
            rows=tuple(self._rows),
            bats=tell_bats(
                self._bats,
                # A peak that was asked for afterwards tells of what was before, not of its moment.
                [Given(r.at_s, r.suds) for r in ratings if r.suds is not None and r.kind != "peak"],
                self._opened.scenario.bat,
            ),
            opened_on=self._opened.opened_on,
            before=self._so_far.seen(()),
        )

    def _ending(self) -> Ending:
        if self._closing is None:
            return "open"
        assert isinstance(self._closing.data, SessionClosed)
        return self._closing.data.how

    def _header(self) -> Header:
        opened = self._opened
        return Header(
            session=self._opening.session,
            pseudonym=opened.pseudonym,
            scenario=opened.scenario,
            scenario_sha256=self._sha256,
            pack=opened.pack,
            seed=opened.seed,
            ceiling=self._ceiling,
            grace_s=opened.grace_s,
            scale=opened.scale,
            display=opened.display,
            palier=opened.palier,
            protocol=opened.protocol,
            language=opened.language,
            prompt_every_s=opened.prompt_every_s,
            prompt_window_s=opened.prompt_window_s,
            prompt_mode=opened.prompt_mode,
            clinic_protocol=opened.clinic_protocol,
            opened=self._opening.wall,
            closed=None if self._closing is None else self._closing.wall,
            simulated=opened.simulated,
        )


def _held(
    said: Sequence[tuple[int, Said]],
    kind: type[Said],
    rectified: Sequence[tuple[int, Rectification]],
) -> tuple[tuple[int, Said], ...]:
    """What holds of each of them now, under the number of its first entry."""
    held = standing(rectified)
    now = [(seq, held.get(seq, one)) for seq, one in said]
    return tuple((seq, one) for seq, one in now if isinstance(one, kind))


def _tells_why(happened: Happened) -> bool:
    """Whether a start of the runtime says itself why it began in an open session."""
    what = happened.what
    return isinstance(what, Applied) and isinstance(what.act, RuntimeRestarted)


def _with_level(trial: Trial, at_s: float, level: int) -> Trial:
    path = (*trial.path, (at_s, level))
    return Trial(trial.number, trial.asked, trial.opened_s, None, at_s, "", path)


def _ended(trial: Trial, closed_s: float | None, until_s: float, cause: str) -> Trial:
    return Trial(trial.number, trial.asked, trial.opened_s, closed_s, until_s, cause, trial.path)
