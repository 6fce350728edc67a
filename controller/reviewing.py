"""Owns how a past session is read for review, and which entry says a later word on it.

It knows the record's questions and the report's words; it writes nothing and draws nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from controller import rectifying, reporting, typed
from controller.language import _, language
from controller.questionnaires.library import known
from controller.report.course_tables import levels_table
from controller.report.retold import retold
from controller.report.wording import day
from controller.session.answered import of_session
from controller.session.between import Sitting, at_levels, sittings
from controller.session.clinical import AdverseEvent, OutcomeOf
from controller.session.document import Document
from controller.session.documents import (
    LONGEST_NOTE,
    LONGEST_REMARK,
    Correction,
    Entry,
    Note,
    Rating,
    SessionClosed,
)
from controller.session.history import SessionHistory
from controller.session.retelling import NotASession
from controller.session.reviewed import Compared, NotReviewed, Reviewed
from controller.store.errors import UnreadableEntry
from controller.store.reader import Reader

LONGEST_AGAIN = 200


class SessionReviewer:
    """Reads sessions of one record (`controller.session.reviews.Reviewer`).

    `accessed` is told which session was looked at, `palier` is the version that reads.
    """

    def __init__(self, reader: Reader, accessed: Callable[[str], None], palier: str) -> None:
        self._reader, self._accessed, self._palier = reader, accessed, palier

    def read(self, session: str) -> Reviewed:
        """One session with all that happened in it, in the language spoken."""
        try:
            history, whose = reporting.told(self._reader, session)
        except NotASession as error:
            raise NotReviewed(str(error)) from error
        self._accessed(session)
        header = history.header
        restricted = self._restricted(session)
        answers = () if restricted else reporting.answers_of(self._reader, whose, known)
        return Reviewed(
            session=session,
            pseudonym=header.pseudonym,
            title=header.scenario.title.get(language()),
            opened=header.opened,
            lasted_s=history.duration_s,
            remarks=tuple(filter(None, (restricted, *self._remarks(history)))),
            # Kept and not used: that there was a session is told, and nothing that was in it.
            rows=() if restricted else retold(history, of_session(answers, session)),
            compared=Compared((), (), restricted) if restricted else self._compared(history, whose),
            closed=not restricted and history.ending != "open",
        )

    def _restricted(self, session: str) -> str:
        try:
            reporting.require_usable(self._reader, session)
        except reporting.Restricted as error:
            return str(error)
        return ""

    def _remarks(self, history: SessionHistory) -> list[str]:
        found: list[str] = []
        if history.ending == "open":
            found.append(_("This session is still open: correct it in the live screen."))
        elif history.ending == "interrupted":
            text = _("This session was broken off; what is shown goes to the last thing known.")
            found.append(text)
        if history.missing_news or history.restarted:
            found.append(_("News of the patient's side is missing; the rows say where."))
        if history.header.palier != self._palier:
            told = _("Written by Palier {version}; what that version did not write is not here.")
            found.append(told.format(version=history.header.palier))
        if history.header.simulated:
            found.append(_("The patient was simulated."))
        return found

    def _compared(self, history: SessionHistory, whose: str) -> Compared:
        """This session beside the patient's earlier ones, as the report of the course has it.

        An earlier one that cannot be read hides nothing of this one: it is named. None is left out
        in silence, since figures beside fewer sessions would be others.
        """
        header = history.header
        rows = [row for row in self._reader.sessions(whose) if row.closed is not None]
        if all(row.session != header.session for row in rows):
            return Compared((), (), _("Not compared: the session is still open."))
        if history.ending == "mistaken":
            return Compared((), (), _("Not compared: the session was opened by mistake."))
        histories = [history]
        for row in rows:
            if row.session == header.session or row.opened > header.opened:
                continue
            try:
                histories.append(reporting.told(self._reader, row.session)[0])
            except (UnreadableEntry, NotASession):
                unread = _("Not compared: the session of {day} cannot be read.")
                return Compared((), (), unread.format(day=day(row.opened)))
        course = sittings(histories)
        here = next(one for one in course if one.history.header.session == header.session)
        if here.number == 1:
            return Compared((), (), _("Not compared: it is the first session of this patient."))
        return compared(course[: here.number])

    # -- later words

    def correction(self, session: str, entry: int, said: str, why: str) -> Document:
        """The entry that sets a rating or a note right; `why` remarks on a rating."""
        entries, closed = self._closed(session)
        meant = next((one.data for one in entries if one.seq == entry), None)
        if isinstance(meant, Rating):
            return Correction(corrects=entry, suds=_figure(said), text=_why(why), tick=closed.tick)
        text = typed.words(said).strip()
        if not isinstance(meant, Note) or not 1 <= len(text) <= LONGEST_NOTE:
            raise NotReviewed(_("A note has 1 to 4000 characters."))
        return Correction(corrects=entry, text=text, tick=closed.tick)

    def mistaken(self, session: str, entry: int, why: str) -> Document:
        """The entry that says that an adverse event or a fear was noted by mistake."""
        entries, _closing = self._closed(session)
        try:
            return rectifying.mistaken(entries, entry, why)
        except rectifying.NotRectified as error:
            raise NotReviewed(str(error)) from error

    def follow_up(
        self, session: str, entry: int, found: str, outcome: OutcomeOf, again: str
    ) -> Document:
        """The later word on an adverse event: what was found, how it is, when to look again."""
        entries, _closing = self._closed(session)
        told, when = _why(found), typed.line(again)
        if len(when) > LONGEST_AGAIN:
            raise NotReviewed(_("Say in 200 characters at most when it is looked at again."))
        try:
            now = rectifying.meant(entries, entry, AdverseEvent)
            stands = now.model_copy(update={"outcome": outcome, "follow_up": when})
            said = rectifying.replaced(entries, entry, stands)
        except rectifying.NotRectified as error:
            raise NotReviewed(str(error)) from error
        return said.model_copy(update={"why": told})

    def _closed(self, session: str) -> tuple[Sequence[Entry], SessionClosed]:
        """The entries of a session that is closed and may be used."""
        if restricted := self._restricted(session):
            raise NotReviewed(restricted)
        entries = self._reader.entries(session)
        closing = next((e.data for e in entries if isinstance(e.data, SessionClosed)), None)
        if closing is None:
            raise NotReviewed(_("This session is still open: correct it in the live screen."))
        return entries, closing


def compared(course: Sequence[Sitting]) -> Compared:
    """The last session of a course beside the earlier ones, at equal level and configuration."""
    here, table = course[-1], levels_table(course)
    rows = tuple(
        _one_level([column.title for column in table.columns], row.cells, at.against is not None)
        for at, row in zip(at_levels(course), table.rows, strict=True)
        if at.sitting.number == here.number
    )
    if not rows:
        told = _("Not compared: no rating was given in a trial of this session.")
        return Compared((), (), told)
    number = _("Session {number}: {day}, {title}.")
    numbers = [
        number.format(
            number=one.number,
            day=day(one.history.header.opened),
            title=one.history.header.scenario.title.get(language()),
        )
        for one in course
    ]
    return Compared(rows, (*numbers, *(note.text for note in table.notes)))


def _one_level(titles: Sequence[str], cells: Sequence[str], fair: bool) -> tuple[str, str]:
    """Figures of one level, and beside what: the last three columns, or the reason alone."""
    named = [
        _("{name}: {told}").format(name=title, told=cell)
        for title, cell in zip(titles, cells, strict=True)
    ]
    return " · ".join(named[:-3]), " · ".join(named[-3:]) if fair else cells[-3]


def _figure(said: str) -> int:
    told = typed.line(said)
    # Signs that are digits elsewhere in the world are none here: `int` would take them.
    if not (told.isascii() and told.isdecimal() and len(told) <= 3 and int(told) <= 100):
        raise NotReviewed(_("A rating is corrected by a number from 0 to 100."))
    return int(told)


def _why(why: str) -> str:
    told = typed.line(why)
    if not 1 <= len(told) <= LONGEST_REMARK:
        raise NotReviewed(_("Say it in 1 to 400 characters."))
    return told
