"""Owns the drawing of the open question, two rows under the bar; knows not what an answer does."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from controller.session.now import Now
from controller.ui.asking import Answer, Asking
from controller.ui.lettering import cut
from controller.ui.widgets.panel import Panel, clickable, lines


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

    def draw(self, facts: AskFacts) -> Content:
        """The question, then the answers by key; the way out always stays."""
        width = self.size.width
        *others, last = facts.answers or (None,)
        shown = [a for a in others if a is not None]
        end = [] if last is None else [last]
        room = [len(a.text) for a in shown]

        def cells() -> int:
            return sum(r + len(a.name) + 5 for r, a in zip(room, shown, strict=True)) + sum(
                len(a.text) + len(a.name) + 5 for a in end
            )

        while cells() > width and max(room, default=0) > 3:
            room[room.index(max(room))] -= 1
        parts = [self._answer(a, cut(a.text, r)) for a, r in zip(shown, room, strict=True)]
        parts += [self._answer(a, a.text) for a in end]
        question = Content.styled(" " + cut(facts.sentence, width - 2), "bold")
        return lines([question, Content("").join(parts)], self.size.height)

    @staticmethod
    def _answer(answer: Answer, text: str) -> Content:
        drawn = Content.assemble(" ", (f" {answer.name} ", "bold reverse"), f" {text}  ")
        return clickable(drawn, f"answer('{answer.key}')")
