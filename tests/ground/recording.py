"""Makes the entries of a session as console and runtime would write them, moment by moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from controller.session.documents import (
    Correction,
    Document,
    Entry,
    FromRuntime,
    Gap,
    LinkChanged,
    Note,
    Rating,
    RatingKind,
    SessionClosed,
    SessionOpened,
)
from scenarios.api.manifest import (
    EventSpec,
    GradedSpec,
    InterlockSpec,
    Manifest,
    TaskSpec,
    Words,
)
from vr_runtime.wire import acts, happenings
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import Happened

OPENED_AT = 4_500
"""Tick of the runtime when the session opens: not 0, so that nobody relies on it."""
HASH = "5f0c" * 16

SENTENCES = (
    ("En bas, au bord de la rue.", "Down at the edge of the street."),
    ("Au premier étage, derrière une vitre.", "On the first floor, behind glass."),
    ("Au deuxième étage, loin de la rambarde.", "On the second floor, well back from the rail."),
    ("Au quatrième étage, à deux pas du bord.", "On the fourth floor, two steps from the edge."),
    ("Au sixième étage, à un pas du bord.", "On the sixth floor, one step from the edge."),
    ("Au huitième étage, la main sur la rambarde.", "On the eighth floor, hand on the rail."),
    ("Au dixième étage, la rambarde est basse.", "On the tenth floor, the rail is low."),
    ("Au douzième étage, une dalle de verre.", "On the twelfth floor, a pane of glass underfoot."),
    ("Au quinzième étage, le vent se lève.", "On the fifteenth floor, the wind rises."),
    ("Au dix-huitième étage, sans rambarde.", "On the eighteenth floor, without a rail."),
    ("Au vingtième étage, au bord.", "On the twentieth floor, at the edge."),
)


def balcony() -> Manifest:
    """A scenario's declaration, as a runtime would send it."""
    return Manifest(
        id="heights.balcony",
        version="1.2.0",
        title=Words(fr="Le balcon", en="The balcony"),
        summary=Words(fr="Un balcon au-dessus d'une rue.", en="A balcony above a street."),
        phobia="heights",
        levels=tuple(Words(fr=fr, en=en) for fr, en in SENTENCES),
        graded=(
            GradedSpec(
                name="height",
                label=Words(fr="hauteur", en="height"),
                unit="m",
                kind="points",
                by_level=tuple(6.0 * n for n in range(11)),
                step=6.0,
                rate=3.0,
                ease_rate=6.0,
                harder="up",
            ),
        ),
        events=(
            EventSpec(name="gust", label=Words(fr="Une rafale", en="A gust of wind")),
            EventSpec(name="door", label=Words(fr="La porte claque", en="The door slams")),
        ),
        tasks=(
            TaskSpec(name="street", label=Words(fr="Regardez la rue.", en="Look at the street.")),
            TaskSpec(
                name="arms",
                label=Words(fr="Laissez pendre les bras.", en="Let your arms hang."),
                by_therapist=True,
            ),
        ),
    )


class Recording:
    """Entries in the order in which they are told; `at` says when the next ones happen."""

    def __init__(self, *, pseudonym: str = "LYNX-07", simulated: bool = False) -> None:
        self.entries: list[Entry] = []
        self.boot = "boot-a"
        self.tick = OPENED_AT
        self.news = 40
        self.phase = Phase.IDLE
        self.trial = 0
        self.level = 0.0
        self._opened = datetime(2026, 3, 9, 13, 30, 12, tzinfo=UTC)
        self._ticks_to_ns = 0
        self.write(
            SessionOpened(
                patient="p-1",
                pseudonym=pseudonym,
                scenario=balcony(),
                seed=20260309,
                ceiling=6,
                grace_s=5.0,
                scale="0-100",
                display="desktop",
                palier="0.1.0",
                protocol=1,
                boot=self.boot,
                tick=self.tick,
                simulated=simulated,
                language="en",
                prompt_every_s=120.0,
                prompt_window_s=30.0,
            )
        )

    def write(self, document: Document, *, tick: int | None = None) -> int:
        """One entry, now; gives its number."""
        passed = (self.tick if tick is None else tick) - OPENED_AT + self._ticks_to_ns
        entry = Entry(
            session="s-2026-0309",
            seq=len(self.entries) + 1,
            kind=document.model_dump()["kind"],
            operator="op-1",
            mono_ns=7_000_000_000 + passed * 1_000_000_000 // 30,
            wall=(self._opened + timedelta(seconds=passed / 30)).isoformat(timespec="microseconds"),
            data=document,
        )
        self.entries.append(entry)
        return entry.seq

    def at(self, minutes: int, seconds: float = 0.0) -> Recording:
        """The next entries are of this moment of the session."""
        self.tick = OPENED_AT + round((60 * minutes + seconds) * 30)
        return self

    def news_of(self, what: Any) -> int:
        """The runtime tells something."""
        self.news += 1
        happened = Happened(
            boot=self.boot, number=self.news, tick=self.tick, session="s-2026-0309", what=what
        )
        return self.write(FromRuntime(happened=happened))

    def act(self, act: Any, by: str = "therapist") -> None:
        """An act enters the engine."""
        self.news_of(happenings.Applied(act=act, by=by))

    def into(self, phase: Phase, cause: str) -> None:
        """The phase changes; an open trial ends when the scene is left."""
        before, self.phase = self.phase, phase
        self.news_of(happenings.PhaseChanged(before=before, after=phase, cause=cause))
        if before in (Phase.EXPOSURE, Phase.HOLD) and phase not in (Phase.EXPOSURE, Phase.HOLD):
            self.news_of(
                happenings.TrialClosed(trial=self.trial, level=int(self.level), cause=cause)
            )
            self.level = 0.0

    def begin(self, level: int) -> None:
        """A trial begins and ramps to `level`, two seconds for each."""
        self.act(acts.BeginTrial(level=level))
        self.trial += 1
        self.into(Phase.EXPOSURE, "begin_trial")
        self.news_of(happenings.TrialOpened(trial=self.trial, level=level))
        self.news_of(happenings.LevelReached(level=0))
        self._ramp(range(1, level + 1))

    def climb(self, level: int) -> None:
        """One level up, reached two seconds later."""
        self.act(acts.Raise(level=level))
        self._ramp([level])

    def sink(self, level: int) -> None:
        """Down to `level`, reached two seconds later."""
        self.act(acts.Lower(level=level))
        self._ramp([level])

    def _ramp(self, levels: Any) -> None:
        for level in levels:
            self.tick += 60
            self.level = float(level)
            self.news_of(happenings.LevelReached(level=level))

    def leave(self, act: Any, phase: Phase, by: str = "therapist") -> None:
        """The scene is left by an act."""
        self.act(act, by)
        self.into(phase, act.kind)

    def play(self, name: str, seconds: float = 6.0) -> None:
        """An event plays to its end."""
        self.act(acts.Trigger(name=name))
        self.news_of(happenings.EventStarted(name=name))
        self.tick += round(seconds * 30)
        self.news_of(happenings.EventEnded(name=name, how="finished"))

    def task(self, name: str, seconds: float = 12.0, how: str = "completed") -> None:
        """A task is given, and over after some seconds."""
        self.act(acts.GiveTask(name=name))
        self.news_of(happenings.TaskGiven(name=name))
        self.tick += round(seconds * 30)
        over = {"marked": acts.TaskDone(name=name), "taken_back": acts.TakeBackTask(name=name)}
        if how in over:
            self.act(over[how])
        self.news_of(happenings.TaskEnded.model_validate({"name": name, "how": how}))

    def rate(
        self,
        suds: int | None,
        kind: RatingKind = "interval",
        *,
        due: bool = True,
        reason: str = "",
    ) -> int:
        """A rating, or that none was given."""
        return self.write(
            Rating(
                rating=kind,
                suds=suds,
                scale="0-100",
                raw="" if suds is None else str(suds),
                tick=self.tick,
                due=self.tick - 90 if due else None,
                level=self.level,
                trial=self.trial if self.phase in (Phase.EXPOSURE, Phase.HOLD) else 0,
                phase=self.phase.value,
                reason=reason,
            )
        )

    def note(self, text: str) -> int:
        """What the therapist wrote."""
        return self.write(Note(text=text, tick=self.tick))

    def correct(self, seq: int, suds: int | None = None, text: str = "") -> int:
        """A later statement about an entry."""
        return self.write(Correction(corrects=seq, suds=suds, text=text, tick=self.tick))

    def refused(self, act: str, code: str, interlock: InterlockSpec | None = None) -> None:
        """Something was refused."""
        self.news_of(happenings.RefusedTo(code=code, act=act, by="therapist", interlock=interlock))

    def link(self, state: Any) -> None:
        """The console lost the runtime, or has it again."""
        self.write(LinkChanged(state=state, tick=self.tick))

    def lose_news(self, count: int) -> None:
        """So many numbers of the runtime's news never come, and the console says so."""
        self.write(Gap(after=self.news, until=self.news + count))
        self.news += count

    def restart(self, away_s: float, tick: int = 12) -> None:
        """The runtime starts anew after `away_s` seconds; its ticks count from 0 again."""
        self._ticks_to_ns += self.tick + round(away_s * 30) - tick
        self.boot, self.tick, self.news = "boot-b", tick, 0
        self.phase, self.level, self.trial = Phase.IDLE, 0.0, 0

    def load(self) -> None:
        """The scenario is loaded behind the neutral room."""
        self.into(Phase.LOADING, "open_session")
        self.tick += 60
        self.act(acts.Loaded(sha256=HASH), by="runtime")
        self.into(Phase.READY, "loaded")

    def close(self, how: Any = "closed") -> None:
        """The session ends."""
        self.write(SessionClosed(how=how, tick=self.tick, digest="0" * 64))


def later(r: Recording, document: Document, operator: str, wall: str) -> int:
    """An entry of another day and hand, when the session had long been closed."""
    seq = r.write(document)
    r.entries[-1] = r.entries[-1].model_copy(
        update={"operator": operator, "wall": wall, "mono_ns": 5_000_000_000}
    )
    return seq


def corrected_in_may() -> Recording:
    """The quarter of an hour; two months on, another operator sets a rating and a note right."""
    r = quarter_of_an_hour()
    rated = next(e.seq for e in r.entries if isinstance(e.data, Rating) and e.data.suds == 70)
    noted = next(e.seq for e in r.entries if isinstance(e.data, Note))
    last = r.tick
    for document in (
        Correction(corrects=rated, suds=65, text="seen on film", tick=last),
        Correction(corrects=noted, text="Hands in the lap.", tick=last),
    ):
        later(r, document, "op-2", "2026-05-12T09:14:30.000000+00:00")
    return r


def quarter_of_an_hour(*, pseudonym: str = "LYNX-07", simulated: bool = False) -> Recording:
    """Fifteen minutes with a hold, a pause, the safe place, a stop, a missing rating and more."""
    r = Recording(pseudonym=pseudonym, simulated=simulated)
    r.load()
    r.at(0, 30).rate(15, "baseline")
    r.at(0, 50).rate(40, "anticipatory")
    r.at(1).begin(3)
    r.at(1, 20).rate(55, due=False, kind="spontaneous")
    r.at(2, 10).rate(70)
    r.at(2, 40).play("gust")
    wrong = r.at(3, 30).rate(45)
    r.at(3, 40).correct(wrong, 60, "heard wrongly")
    r.at(4).refused("raise", "above_ceiling")
    r.at(4, 20).act(acts.Hold())
    r.into(Phase.HOLD, "hold")
    r.note("Hands gripping the chair; agreed to stay and look at the street.")
    r.at(5, 10).act(acts.Resume())
    r.into(Phase.EXPOSURE, "resume")
    r.at(5, 30).rate(40)
    r.at(5, 45).climb(4)
    r.at(6, 10).rate(None, reason="did not hear the question")
    r.at(6, 50).rate(60)
    r.at(7, 20).rate(45, "end")
    r.at(7, 30).leave(acts.Pause(), Phase.PAUSE)
    r.at(8).rate(20, "recovery", due=False)
    r.at(8, 20).rate(35, "anticipatory")
    r.at(8, 30).begin(4)
    r.at(8, 55).rate(55)
    r.at(9, 30).play("door", 3)
    r.at(9, 50).climb(5)
    r.at(10, 10).rate(75)
    r.at(10, 40).act(acts.PatientLeft(), by="patient")
    r.into(Phase.SAFE_PLACE, "patient_left")
    r.at(10, 55).note("Left by own press at the door; wants to go back up.")
    r.at(11, 20).rate(25, "recovery", due=False)
    r.at(11, 50).begin(4)
    r.at(12, 15).rate(50)
    r.at(12, 40).link("stale")
    r.at(12, 44).link("live")
    r.at(13, 20).rate(35)
    r.at(14, 5).rate(20, "end")
    r.at(14, 20).leave(acts.Stop(), Phase.STOPPED)
    r.at(14, 40).rate(15, "recovery", due=False)
    r.at(15).act(acts.CloseSession())
    r.into(Phase.IDLE, "close_session")
    r.close()
    return r
