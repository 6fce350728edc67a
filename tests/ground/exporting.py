"""A patient's sessions with all that an export must tell or hide, as material and as a record."""

from __future__ import annotations

from pathlib import Path

from answering import PHQ_9, SICKNESS, entry
from recording import Recording, quarter_of_an_hour

from controller.exports.material import End, Material, Operator, ToldAnswers, tell
from controller.questionnaires.library import known
from controller.session.after.entries import (
    Debriefed,
    HomeworkGiven,
    NoteDrafted,
    NoteValidated,
    RecoveryEnded,
    Released,
    ReleaseItem,
    Said,
)
from controller.session.answered import answered
from controller.session.bat.entries import BatBegun, BatEnded, BatSaid, BatStep
from controller.session.clinical import AdverseEvent, Expectancy
from controller.session.documents import (
    CLINIC,
    Entry,
    OperatorAdded,
    PatientAdded,
    SessionOpened,
    stream_of,
)
from controller.session.plans.entries import PlanRow, RowTaken
from controller.session.rectifying import KINDS, Rectifiable, Rectification
from controller.store.record import Record
from vr_runtime.wire import acts, happenings

PSEUDONYM = "Mésange-42"
OPERATOR = ("op-7f3a", "Dr Solène Quérard")
PATIENT = "8d1f0c6be2a94e6cb0d7e3aa51c4f9d2"
SECRETS = (
    "his brother Anselm drove",
    "she recalls Quimperlé",
    "=HYPERLINK(gargoyle)",
    "misheard Thibault",
    "aside for Violaine",
    "pier.py:12 walrus",
    "praxis-west-3",
    "lindenhof",
    "typed-quince",
    "went pale by the ferns",
    "the railing gives way, Oswald",
    "Yaëlle stayed until it held",
    "ferry to Groix and back",
    "a note on Corentin",
    "the old well at Plouha",
)
"""Words that stand somewhere in free text or as a machine's name, and nowhere else."""


def eventful() -> Recording:
    """A quarter of an hour, and then everything else that a record can hold."""
    r = quarter_of_an_hour(pseudonym=PSEUDONYM, simulated=False)
    r.entries.pop()
    r.at(15, 5).note(SECRETS[0] + '\tand "left"; it\'s 3,5 km\nfrom here')
    r.note(SECRETS[2])
    r.note("-5 is what she said")
    r.correct(r.note("before"), text=SECRETS[1])
    r.correct(r.rate(None, reason=SECRETS[4]), text=SECRETS[3])
    r.news_of(happenings.Marked(text="quince " + SECRETS[8]))
    r.act(acts.ScenarioFailed(text=SECRETS[5]), by="runtime")
    r.act(acts.SoundLost(), by="runtime")
    r.act(acts.SoundBack(), by="runtime")
    r.news_of(happenings.ControlTaken(holder=SECRETS[6], epoch=2, taken_from="room-1"))
    r.news_of(happenings.RefusedTo(code="above_ceiling", act="raise", by=SECRETS[7]))
    r.write(
        AdverseEvent(
            type="faint",
            severity="mild",
            serious=False,
            related="unclear",
            description=SECRETS[9],
            action="feet up",
            outcome="recovered",
            at_s=905.0,
        )
    )
    r.write(
        Expectancy(
            feared=SECRETS[10],
            about="event",
            likelihood_before=70,
            occurred=False,
            likelihood_after=20,
            learned="it holds",
        )
    )
    r.lose_news(3)
    r.at(15, 30)
    row = PlanRow(item=SECRETS[14], distress=60, scenario="heights.balcony", level=4)
    r.write(RowTaken(row=row, tick=r.tick))
    for said in approached(r.tick):
        r.write(said)
    for said in followed(r.tick):
        r.write(said)
    r.at(16).close()
    return r


def approached(tick: int) -> tuple[BatSaid, ...]:
    """An approach test that was refused at its first step, at this tick."""
    return (
        BatBegun(steps=3, tick=tick),
        BatStep(number=1, what="offered", tick=tick),
        BatStep(number=1, what="refused", tick=tick),
        BatEnded(how="refused", score=0, steps=3, tick=tick),
    )


def followed(tick: int) -> tuple[Said, ...]:
    """What was said, agreed on and written after the last trial, at this tick."""
    return (
        RecoveryEnded(how="left", baseline=15, above=10.0, last=45, waited_s=60.0, tick=tick),
        Debriefed(learned=SECRETS[11], tick=tick),
        HomeworkGiven(what=SECRETS[12], often="twice", until="Monday", tick=tick),
        Released(
            items=(
                ReleaseItem(id="driving", text="Does not drive.", confirmed=True),
                ReleaseItem(id="symptoms", text="Free of symptoms.", confirmed=False, reason="a"),
            ),
            tick=tick,
        ),
        NoteDrafted(text="begun", tick=tick),
        NoteValidated(text=SECRETS[13], tick=tick),
    )


def rectified() -> Recording:
    """The eventful one; its adverse event is set right, another and the fear were mistakes."""
    r = eventful()
    r.entries.pop()
    first = next(e for e in r.entries if isinstance(e.data, AdverseEvent))
    fear = next(e for e in r.entries if isinstance(e.data, Expectancy))
    assert isinstance(first.data, AdverseEvent) and isinstance(fear.data, Expectancy)
    other = first.data.model_copy(update={"description": "of somebody else", "at_s": None})
    mistake = r.write(other)
    better = first.data.model_copy(
        update={"severity": "moderate", "at_s": 300.0, "follow_up": "call on Monday"}
    )
    r.write(other.model_copy(update={"description": "giddy at home", "type": "other"}))
    r.at(16)
    for said in (
        _later(first, first.data, better, "seen again on film"),
        _later(r.entries[mistake - 1], other, None, "another patient's"),
        _later(fear, fear.data, None, "said of another day"),
    ):
        number = r.write(said)
        r.entries[number - 1] = r.entries[number - 1].model_copy(update={"operator": "op-2"})
    r.close()
    return r


def later(of: Entry, stands: Rectifiable | None, why: str) -> Rectification:
    """A later word on this entry, which nobody set right before."""
    assert isinstance(of.data, KINDS)
    return _later(of, of.data, stands, why)


def _later(of: Entry, was: Rectifiable, stands: Rectifiable | None, why: str) -> Rectification:
    return Rectification(of=of.seq, at=of.wall, was=was, stands=stands, why=why)


def material() -> Material:
    """Two sessions of one patient: an eventful one, and one a week later that is still open.

    The patient answered a questionnaire on sickness around the first one, and one at the clinic.
    """
    first = eventful().entries
    later = [
        e.model_copy(update={"session": "s-2026-0316", "wall": e.wall.replace("-03-09", "-03-16")})
        for e in quarter_of_an_hour(pseudonym=PSEUDONYM).entries[:-1]
    ]
    names = {"op-1": OPERATOR[1]}
    return Material(
        sessions=(
            tell(first, names, End(len(first), "ab" * 32)),
            tell(later, names, End(len(later), "cd" * 32)),
        ),
        ledger=End(9, "ef" * 32),
        made="2026-03-20T08:00:00.000+00:00",
        palier="0.1.0",
        answers=tuple(
            ToldAnswers(one, Operator(one.by, OPERATOR[1]))
            for one in answered(answers(first[0].session), known)
        ),
        answers_end=End(4, "12" * 32),
    )


def answers(session: str) -> list[Entry]:
    """What the patient answered around this session, and at the clinic."""
    around = {"session": session, "patient": PATIENT}
    return [
        entry("ssq", SICKNESS, seq=2, when="baseline", wall=_wall("13:20"), **around),
        entry("ssq", {**SICKNESS, "nausea": 2}, seq=3, when="after", wall=_wall("13:50"), **around),
        entry("phq-9", {**PHQ_9, "4": None}, seq=4, wall=_wall("14:00"), patient=PATIENT),
    ]


def _wall(time: str) -> str:
    return f"2026-03-09T{time}:00.000000+00:00"


def write_record(path: Path) -> list[str]:
    """A record at `path` with this patient, and two sessions; gives their names."""
    names = ["3d59d5f6a489414e", "a07c11d2b3e94410"]
    with Record.create_or_open(path, operator=OPERATOR[0]) as record:
        record.append_now(CLINIC, OperatorAdded(operator=OPERATOR[0], name=OPERATOR[1]))
        added = PatientAdded(patient=PATIENT, pseudonym=PSEUDONYM, ceiling=6)
        record.append_now(CLINIC, added)
        for name in names:
            for entry in eventful().entries:
                data = entry.data
                if isinstance(data, SessionOpened):
                    data = data.model_copy(update={"patient": PATIENT})
                record.append_now(name, data)
        for told in answers(names[0]):
            record.append_now(stream_of(PATIENT), told.data)
    return names
