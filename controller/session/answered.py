"""Owns what the questionnaires in a patient's stream say when they are read back; writes nothing.

Scores and changes come from `questionnaires.scoring`. It knows no database and no screen: entries
are handed to it, and whoever finds a questionnaire by id and version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from controller.language import _
from controller.questionnaires.fingerprint import fingerprint
from controller.questionnaires.model import Questionnaire
from controller.questionnaires.scoring import Change, Scores, WrongAnswer, change, score
from controller.session.answering import QuestionnaireAnswered
from controller.session.documents import Entry
from controller.session.rectifying import standing

Find = Callable[[str, str], Questionnaire | None]
"""The questionnaire of this id and version; None where its file is not at hand."""


@dataclass(frozen=True)
class Answered:
    """One questionnaire answered once."""

    said: QuestionnaireAnswered
    seq: int
    """Number of its first entry in the patient's stream."""
    wall: str
    """UTC, ISO 8601: when it was written down."""
    by: str
    """Id of the operator who wrote it down."""
    questionnaire: Questionnaire | None
    """None where its file is not at hand; then nothing can be scored."""
    scores: Scores | None
    """None where the questionnaire is not at hand, or does not know these answers."""
    before: Answered | None
    """The one before it of the same instrument and version."""
    changed: bool = False
    """Whether the file at hand scores otherwise than the one it was answered with: then nothing is
    scored, rather than otherwise than before."""

    @property
    def why(self) -> str:
        """Why nothing is scored, in one sentence; empty where there are scores."""
        if self.scores is not None:
            return ""
        if self.questionnaire is None:
            text = _("No score: the file of {name} {version} is not at hand.")
        elif self.changed:
            text = _("No score: the file of {name} {version} scores otherwise than it did then.")
        else:
            text = _("No score: the file of {name} {version} does not know these answers.")
        return text.format(name=self.said.questionnaire, version=self.said.version)

    @property
    def of(self) -> tuple[str, str]:
        """Which instrument in which version."""
        return self.said.questionnaire, self.said.version

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Each scale's change from the one before; empty where there is none to compare with."""
        return () if self.before is None else between(self.before, self)


@dataclass(frozen=True)
class Around:
    """One instrument answered both before and after the same session."""

    session: str
    before: Answered
    after: Answered

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Each scale's change from before the session to after it."""
        return between(self.before, self.after)


def between(before: Answered, after: Answered) -> tuple[Change, ...]:
    """Each scale's change: after - before; empty where one of them has no scores."""
    if before.scores is None or after.scores is None:
        return ()
    return change(before.scores, after.scores)


def answered(entries: Iterable[Entry], find: Find) -> tuple[Answered, ...]:
    """All that was answered, the oldest first, in the order of the stream.

    What was rectified stands in the place of the first entry with its last word; what was noted by
    mistake is left out.
    """
    entries = list(entries)
    held = standing((entry.seq, entry.data) for entry in entries)
    found: list[Answered] = []
    newest: dict[tuple[str, str], Answered] = {}
    for entry in entries:
        said = held.get(entry.seq, entry.data)
        if isinstance(entry.data, QuestionnaireAnswered) and isinstance(
            said, QuestionnaireAnswered
        ):
            one = _read(entry, said, find, newest)
            newest[one.of] = one
            found.append(one)
    return tuple(found)


def _read(
    entry: Entry,
    said: QuestionnaireAnswered,
    find: Find,
    newest: dict[tuple[str, str], Answered],
) -> Answered:
    questionnaire = find(said.questionnaire, said.version)
    scores = None
    changed = (
        questionnaire is not None
        and said.scoring != ""
        and said.scoring != fingerprint(questionnaire)
    )
    if questionnaire is not None and not changed:
        try:
            scores = score(questionnaire, dict(said.answers))
        except WrongAnswer:
            # A clinic's file may have been changed under its version: then nothing is scored.
            scores = None
    before = newest.get((said.questionnaire, said.version))
    return Answered(
        said, entry.seq, entry.wall, entry.operator, questionnaire, scores, before, changed
    )


def of_session(course: Sequence[Answered], session: str) -> tuple[Answered, ...]:
    """Those that belong to this session."""
    return tuple(one for one in course if one.said.session == session)


def around_sessions(course: Sequence[Answered]) -> tuple[Around, ...]:
    """Each instrument and version answered both before and after one session, in order of time.

    Where it was answered more than once, the last before and the last after are taken.
    """
    last: dict[tuple[str, str, str, str], Answered] = {}
    for one in course:
        if one.said.session and one.said.when in ("baseline", "after"):
            last[(one.said.session, *one.of, one.said.when)] = one
    pairs = [
        Around(session, before, after)
        for (session, name, version, when), before in last.items()
        if when == "baseline" and (after := last.get((session, name, version, "after"))) is not None
    ]
    return tuple(sorted(pairs, key=lambda pair: (pair.after.wall, pair.after.seq)))
