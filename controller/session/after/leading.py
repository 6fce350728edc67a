"""Owns the use cases after the last trial: recovery, debrief, homework, release, the note.

Nothing here is enforced: the session can always be ended without. Each is said once it is durable;
what was typed and is not saved yet is kept, so that no stop and no other screen takes it away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, MutableMapping, Sequence

from controller import typed
from controller.language import _, language
from controller.protocol.model import Protocol
from controller.session.after.entries import (
    LONGEST_LEARNED,
    LONGEST_LINE,
    LONGEST_NOTE,
    Debriefed,
    HomeworkGiven,
    NoteDrafted,
    NoteValidated,
    RecoveryEnded,
    Released,
    ReleaseItem,
    Said,
)
from controller.session.after.recovery import Recovery, recovery
from controller.session.clinic import Clinic
from controller.session.clinical import About, Expectancy
from controller.session.notices import Notices
from controller.session.now import Outcome
from controller.session.ports import Books, Recorder, ReportFailed
from controller.session.rectifying import Rectification, standing
from controller.session.sitting import Sitting


class After:
    """The end of the open session (`controller.ui.after_port.After`)."""

    def __init__(
        self,
        sitting: Callable[[], Sitting | None],
        no_session: Callable[[], Outcome],
        clinic: Clinic,
        recorder: Recorder,
        books: Books,
        notices: Notices,
    ) -> None:
        """`sitting` is the open session, `no_session` says that there is none."""
        self._sitting, self._no_session = sitting, no_session
        self._recorder, self._books, self._notices = recorder, books, notices
        self.protocol: Protocol = clinic.protocol
        self._typed: dict[str, dict[str, str]] = {}
        self._write_copy: Callable[[str], str] | None = None

    # -- what there is

    def typed(self) -> MutableMapping[str, str]:
        """What was typed in this session and is not saved yet, by the name of its field."""
        sitting = self._sitting()
        if sitting is None:
            return {}
        # Whoever seals the session writes down what is left of it.
        sitting.typed = kept = self._typed.setdefault(sitting.id, {})
        return kept

    def recovery(self) -> Recovery | None:
        """How far the recovery is; None without a session."""
        sitting = self._sitting()
        if sitting is None:
            return None
        course = sitting.course
        return recovery(self.protocol.recovery, sitting.ratings, course.trials, sitting.at_s())

    # -- what is written down

    async def _keep(self, said: Said, text: str) -> Outcome:
        sitting = self._sitting()
        if sitting is None:
            return self._no_session()
        seq = await self._recorder.append(sitting.id, said)
        sitting.after = sitting.after.then(said, seq)
        return self._notices.say(True, text, "done") if text else Outcome(True, "")

    def _tick(self) -> int:
        sitting = self._sitting()
        return 0 if sitting is None else sitting.tick()

    async def end_recovery(self) -> Outcome:
        """Record how the recovery stands, and go on."""
        found = self.recovery()
        if found is None:
            return self._no_session()
        told = {
            "recovered": _("Recovery is saved: distress is low enough."),
            "time_out": _("Recovery is saved: the time for it was over."),
            "left": _("Recovery is saved as left before distress was low enough."),
        }[found.how]
        said = RecoveryEnded(
            how=found.how,
            baseline=found.baseline,
            above=found.above,
            last=found.last,
            waited_s=round(found.waited_s, 1),
            tick=self._tick(),
        )
        return await self._keep(said, told)

    async def debrief(self, learned: str) -> Outcome:
        """Record what the patient learned, in their words."""
        words = typed.words(learned).strip()
        if not 1 <= len(words) <= LONGEST_LEARNED:
            text = _("Write what the patient learned, in 1 to {most} characters.")
            told = text.format(most=LONGEST_LEARNED)
            return self._notices.say(False, told, "refused")
        said = Debriefed(learned=words, tick=self._tick())
        return await self._keep(said, _("What was learned is saved."))

    async def tested(
        self,
        feared: str,
        about: About,
        occurred: bool | None,
        likelihood: int | None,
        surprise: int | None,
    ) -> Outcome:
        """Record what became of a feared outcome: whether it came, how likely it is held now.

        Likelihood in percent, surprise 0 to 100; None where it was not asked.
        """
        sitting = self._sitting()
        if sitting is None:
            return self._no_session()
        words = typed.line(feared)
        if not 1 <= len(words) <= LONGEST_LINE:
            text = _("Write what was feared, in 1 to {most} characters.")
            told = text.format(most=LONGEST_LINE)
            return self._notices.say(False, told, "refused")
        if any(value is not None and not 0 <= value <= 100 for value in (likelihood, surprise)):
            text = _("Likelihood and surprise are whole numbers from 0 to 100.")
            return self._notices.say(False, text, "refused")
        found = {"occurred": occurred, "likelihood_after": likelihood, "surprise": surprise}
        earlier = next((e for e in await self._fears() if e[2].feared == words), None)
        if earlier is None:
            said: Expectancy | Rectification = Expectancy(feared=words, about=about, **found)
        else:
            seq, at, was = earlier
            said = Rectification(of=seq, at=at, was=was, stands=was.model_copy(update=found))
        number = await self._recorder.append(sitting.id, said)
        return sitting.feared(said, number, _("What became of the fear is saved."))

    async def fears(self) -> tuple[str, ...]:
        """What was feared before and nobody has said yet whether it came, in the patient's words.

        Raises `OSError` where the record cannot be read.
        """
        return tuple(was.feared for _seq, _at, was in await self._fears())

    async def _fears(self) -> list[tuple[int, str, Expectancy]]:
        """Number and time of the first entry, and what holds, of each fear that is open."""
        sitting = self._sitting()
        if sitting is None:
            return []
        entries = await asyncio.to_thread(self._books.entries, sitting.id)
        held = standing((entry.seq, entry.data) for entry in entries)
        now = [(e.seq, e.wall, held.get(e.seq, e.data)) for e in entries]
        return [
            (seq, wall, said)
            for seq, wall, said in now
            if isinstance(said, Expectancy) and said.is_open
        ]

    async def homework(self, what: str, often: str, until: str) -> Outcome:
        """Record what was agreed on until next time."""
        lines = [typed.line(each) for each in (what, often, until)]
        if not lines[0] or any(len(each) > LONGEST_LINE for each in lines):
            text = _("Write what is to be practised; each line has at most {most} characters.")
            told = text.format(most=LONGEST_LINE)
            return self._notices.say(False, told, "refused")
        said = HomeworkGiven(what=lines[0], often=lines[1], until=lines[2], tick=self._tick())
        return await self._keep(said, _("The homework is saved."))

    async def release(self, confirmed: Sequence[str], left_out: Mapping[str, str]) -> Outcome:
        """Record the release, once each point of the protocol is confirmed or left out.

        `confirmed` names points, `left_out` gives the reason of each point that is not confirmed.
        """
        items, still = [], []
        for line in self.protocol.after.items:
            reason = typed.line(left_out.get(line.id, ""))[:LONGEST_LINE]
            if line.id in confirmed:
                reason = ""
            elif not reason:
                still.append(line.of(language()))
                continue
            text = line.of(language())
            items.append(
                ReleaseItem(id=line.id, text=text, confirmed=line.id in confirmed, reason=reason)
            )
        if still:
            text = _("Still open: {item} Confirm it, or leave it out with a reason.")
            return self._notices.say(False, text.format(item=still[0]), "refused")
        said = Released(items=tuple(items), tick=self._tick())
        return await self._keep(said, _("The release is saved; each point is decided."))

    async def draft_note(self, text: str) -> Outcome:
        """Keep the note as it was typed so far. It is no statement until it is validated."""
        sitting = self._sitting()
        if sitting is None:
            return self._no_session()
        words = typed.words(text)
        if len(words) > LONGEST_NOTE:
            return self._too_long()
        note = sitting.after.note
        if words in (sitting.after.draft, "" if note is None else note.text):
            return Outcome(True, "")
        return await self._keep(NoteDrafted(text=words, tick=self._tick()), "")

    async def validate_note(self, text: str) -> Outcome:
        """Make the note a statement of whoever sits here; a later one takes its place."""
        sitting = self._sitting()
        if sitting is None:
            return self._no_session()
        words = typed.words(text).strip()
        if not words or len(words) > LONGEST_NOTE:
            return self._too_long()
        before = sitting.after.note
        if before is not None and before.text == words:
            return self._notices.say(False, _("The note is validated as it stands."), "refused")
        corrects = None if before is None else before.seq
        said = NoteValidated(text=words, corrects=corrects, tick=self._tick())
        told = (
            _("The note is validated and saved under your name.")
            if before is None
            else _("The corrected note is validated; the one before stays in the record.")
        )
        return await self._keep(said, told)

    def _too_long(self) -> Outcome:
        text = _("The note has 1 to {most} characters.").format(most=LONGEST_NOTE)
        return self._notices.say(False, text, "refused")

    # -- the patient's copy

    def copies_by(self, write: Callable[[str], str]) -> None:
        """`write` writes the patient's copy of a session and gives where."""
        self._write_copy = write

    async def copy(self, session: str) -> Outcome:
        """Write the patient's own copy of this session as a page; the sentence says where."""
        if self._write_copy is None:
            return self._notices.say(False, _("No copy can be written here."), "refused")
        try:
            where = await asyncio.to_thread(self._write_copy, session)
        except ReportFailed as error:
            return self._notices.say(False, str(error), "alarm")
        text = _("The patient's copy is at {where}.").format(where=where)
        return self._notices.say(True, text, "done")
