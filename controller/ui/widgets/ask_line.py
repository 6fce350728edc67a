"""Owns the drawing of the open question, under the bar; knows not what an answer does."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from controller.session.now import Now
from controller.ui.asking import Answer, Asking
from controller.ui.lettering import cut
from controller.ui.widgets.panel import Panel, clickable, lines

FRAME = 5
"""Cells around the name and the text of an answer."""


@dataclass(frozen=True)
class AskFacts:
    """The question and its answers."""

    sentence: str
    answers: tuple[Answer, ...]


class AskLine(Panel[AskFacts]):
    """The question and the keys that answer it. It covers nothing and may be left alone."""

    asking: Asking | None = None

    def facts(self, now: Now) -> AskFacts:
        """The present question, with figures as they are now."""
        if self.asking is None:
            return AskFacts("", ())
        return AskFacts(self.asking.sentence(now), self.asking.answers(now))

    def rows(self, now: Now, width: int) -> int:
        """How many rows it wants: one for the question, one or two for its answers."""
        return 1 + len(_flowed(self.facts(now).answers, width))

    def draw(self, facts: AskFacts) -> Content:
        """The question, then the answers by key; the way out always stays."""
        width = self.size.width
        rows = _flowed(facts.answers, width) if self.size.height > 2 else [facts.answers]
        question = Content.styled(" " + cut(facts.sentence, width - 2), "bold")
        return lines([question, *(self._row(row, width) for row in rows)], self.size.height)

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


def _cells(answer: Answer) -> int:
    return len(answer.text) + len(answer.name) + FRAME


def _flowed(answers: tuple[Answer, ...], width: int) -> list[tuple[Answer, ...]]:
    """The answers in one row, or in two where not all of them are whole in one."""
    if sum(map(_cells, answers)) <= width:
        return [answers]
    first: list[Answer] = []
    rest = list(answers)
    while len(rest) > 1 and sum(map(_cells, [*first, rest[0]])) <= width:
        first.append(rest.pop(0))
    return [tuple(first), tuple(rest)] if first else [answers]
