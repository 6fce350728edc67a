"""Owns the drawing of the open question, under the bar; knows not what an answer does."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from controller.session.now import Now
from controller.ui.asking import Answer, Asking
from controller.ui.lettering import cut, wrap
from controller.ui.widgets.panel import Panel, clickable, lines

FRAME = 5
"""Cells around the name and the text of an answer."""


@dataclass(frozen=True)
class AskFacts:
    """The question and its answers."""

    sentence: str
    answers: tuple[Answer, ...]
    most: int = 2
    """Rows that the answers may take."""


class AskLine(Panel[AskFacts]):
    """The question and the keys that answer it. It covers nothing and may be left alone."""

    asking: Asking | None = None

    def facts(self, now: Now) -> AskFacts:
        """The present question, with figures as they are now."""
        if self.asking is None:
            return AskFacts("", ())
        most = getattr(self.asking, "most_rows", 2)
        return AskFacts(self.asking.sentence(now), self.asking.answers(now), most)

    def rows(self, now: Now, width: int) -> int:
        """How many rows it wants: few for the question, few for its answers."""
        facts = self.facts(now)
        return len(_said(facts.sentence, width)) + len(_flowed(facts.answers, width, facts.most))

    def draw(self, facts: AskFacts) -> Content:
        """The question, then the answers by key; the way out always stays."""
        width = self.size.width
        question = _said(facts.sentence, width)[: max(1, self.size.height - 1)]
        roomy = self.size.height > 1 + len(question)
        rows = _flowed(facts.answers, width, facts.most) if roomy else [facts.answers]
        return lines([*question, *(self._row(row, width) for row in rows)], self.size.height)

    def _row(self, answers: tuple[Answer, ...], width: int) -> Content:
        """Answers in one row; where they are too long the longest are cut, never the last."""
        shown, end = answers[:-1], answers[-1:]
        room = [len(a.text) for a in shown]

        def cells() -> int:
            kept = sum(r + len(a.name) + FRAME for r, a in zip(room, shown, strict=True))
            return kept + sum(map(_cells, end))

        while cells() > width and max(room, default=0) > 3:
            room[room.index(max(room))] -= 1
        parts = [self._answer(a, cut(a.text, r)) for a, r in zip(shown, room, strict=True)]
        parts += [self._answer(a, a.text) for a in end]
        return Content("").join(parts)

    @staticmethod
    def _answer(answer: Answer, text: str) -> Content:
        drawn = Content.assemble(" ", (f" {answer.name} ", "bold reverse"), f" {text}  ")
        return clickable(drawn, f"answer('{answer.key}')")


def _said(sentence: str, width: int) -> list[Content]:
    """The question, then what it says on further lines, each on at most two rows."""
    return [
        Content.styled(f" {row}", "" if at else "bold")
        for at, line in enumerate(sentence.split("\n"))
        for row in wrap(line, width - 2, 2)
    ]


def _cells(answer: Answer) -> int:
    return len(answer.text) + len(answer.name) + FRAME


def _flowed(answers: tuple[Answer, ...], width: int, most: int) -> list[tuple[Answer, ...]]:
    """The answers in one row, or in at most so many where not all of them are whole in one."""
    rows: list[tuple[Answer, ...]] = []
    rest = list(answers)
    while len(rows) < most - 1 and sum(map(_cells, rest)) > width:
        row: list[Answer] = []
        while len(rest) > 1 and sum(map(_cells, [*row, rest[0]])) <= width:
            row.append(rest.pop(0))
        if not row:
            break
        rows.append(tuple(row))
    return [*rows, tuple(rest)]
