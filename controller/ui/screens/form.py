"""Owns how one questionnaire is asked on the screen, item by item; it scores and keeps nothing.

What was answered lives with whoever leads the session: stop, another screen or a lost link takes no
answer away, and whoever comes back goes on where they were.
"""

from __future__ import annotations

from functools import partial

from textual.content import Content

from controller.language import _, language
from controller.questionnaires import telling
from controller.questionnaires.dialogue import shown_in, told_at_once
from controller.questionnaires.listing import review
from controller.questionnaires.model import AnswerRange, Item, Questionnaire, Used
from controller.questionnaires.scoring import score
from controller.session import suds
from controller.session.now import Now, Outcome
from controller.ui.lettering import cut
from controller.ui.scores import changes
from controller.ui.screens.base import Way
from controller.ui.screens.sheet import Sheet, row
from controller.ui.widgets.panel import clickable

IN_A_ROW = 12
"""Scales of more answers than this are shown in rows of figures."""


class FormScreen(Sheet):
    """One questionnaire: a key or digits and Enter answer, Backspace goes back."""

    def __init__(self, of: Questionnaire, when: Used) -> None:
        super().__init__()
        self._of, self._when = of, when
        self._typing = ""
        self._at_once: list[str] = []
        """What must be seen at once because of the last answer."""

    def on_mount(self) -> None:
        """Begin where it was left."""
        self._choose()

    @property
    def _draft(self):  # type: ignore[no-untyped-def]
        return self.palier.lead.forms.draft(self._of, self._when)

    @property
    def _item(self) -> Item | None:
        at = self._draft.at
        return self._of.items[at] if at < len(self._of.items) else None

    def headline(self) -> str:
        """The instrument."""
        return self._of.title.of(language())

    def below(self, now: Now) -> str:
        """When it is given, and how far it is."""
        answers, count = self._draft.answers, len(self._of.items)
        left = sum(value is None for value in answers.values())
        where = (
            _("all items gone through")
            if self._item is None
            else _("item {number} of {count}").format(number=self._draft.at + 1, count=count)
        )
        told = _("{when} · {where} · {answered} answered, {left} left out")
        return told.format(
            when=_(telling.WHEN[self._when]), where=where, answered=len(answers) - left, left=left
        )

    def ways(self) -> tuple[Way, ...]:
        """The keys of a form."""
        return (
            Way("0-9", _("answer"), ""),
            Way("↑↓", _("choose"), ""),
            Way("⏎", _("take, or save"), "key('enter')"),
            Way("O", _("leave out"), "key('o')"),
            Way("⌫", _("back"), "key('backspace')"),
            Way(_("Esc"), _("later"), "back"),
        )

    def rows(self, now: Now) -> int:
        """The answers that can be chosen."""
        item = self._item
        if item is None:
            return 1
        span = self._of.range_of(item)
        return span.highest - span.lowest + 1

    def _choose(self) -> None:
        """Put the mark on what was answered before, else on the lowest answer."""
        item = self._item
        given = None if item is None else self._draft.answers.get(item.id)
        lowest = 0 if item is None else self._of.range_of(item).lowest
        self.chosen, self._typing = (0 if given is None else given - lowest), ""

    # -- keys

    def only_types(self, character: str) -> bool:
        """A digit of a scale with longer figures waits for Enter."""
        item = self._item
        if item is None or suds.as_digit(character) is None:
            return False
        span = self._of.range_of(item)
        return span.highest > 9 or span.lowest < 0

    def typed(self, key: str, character: str) -> bool:
        """Digits answer or are typed; O leaves out; Backspace goes back."""
        item = self._item
        digit = suds.as_digit(character)
        if key == "backspace":
            self._back()
        elif item is None:
            return False
        elif digit is not None:
            self._digit(item, digit)
        elif key == "o":
            self._answer(item, None)
        elif key in ("up", "down"):
            self._typing = ""
            return False
        else:
            return False
        return True

    def _back(self) -> None:
        if self._typing:
            self._typing = self._typing[:-1]
        elif self._draft.at > 0:
            self._draft.at -= 1
            self._at_once = []
            self._choose()

    def _digit(self, item: Item, digit: str) -> None:
        span = self._of.range_of(item)
        longer = self._typing + digit
        if span.highest <= 9 and span.lowest >= 0:
            self._take(item, longer[-1])
        elif len(longer) <= len(str(span.highest)):
            self._typing = longer

    def _take(self, item: Item, typed: str) -> None:
        span = self._of.range_of(item)
        if span.lowest <= int(typed) <= span.highest:
            self._answer(item, int(typed))
        else:
            self._typing = ""
            text = _("Answer with a whole number from {lowest} to {highest}, or O to leave it out.")
            self.say(text.format(lowest=span.lowest, highest=span.highest), "refused")

    def _answer(self, item: Item, value: int | None) -> None:
        draft = self._draft
        draft.answers[item.id] = value
        self._at_once = [] if value is None else told_at_once(self._of, {item.id: value})
        if self._at_once:
            self.say(self._at_once[0], "alarm")
            self.send(partial(self.palier.lead.forms.alerted, self._of, self._when, item))
        else:
            self.say("", "info")
        draft.at += 1
        self._choose()

    def enter(self) -> None:
        """The typed or chosen answer; once all were gone through, save."""
        item = self._item
        if item is None:
            call = partial(self.palier.lead.forms.save, self._of, self._when)
            self.send(call, self._saved)
        elif self._typing:
            self._take(item, self._typing)
        else:
            self._answer(item, self._of.range_of(item).lowest + self.chosen)

    def _saved(self, outcome: Outcome) -> None:
        if outcome.ok and self.is_current:
            self.action_back()

    # -- the page

    def draw(self, now: Now, width: int) -> Content:
        """The item with its answers, or all answers with the scores they make."""
        item = self._item
        lines = [Content("")]
        for told in self._at_once:
            lines += [Content.styled(f"▲ {told}", "bold $alert"), Content("")]
        lines += self._summary(now, width) if item is None else self._asked(item, width)
        return Content("\n").join(lines)

    def _asked(self, item: Item, width: int) -> list[Content]:
        shown, span = shown_in(self._of), self._of.range_of(item)
        lines = []
        if shown is None:
            told = _("The items are not here in this language; read them from your copy.")
            lines += [Content.styled(told, "$quiet"), Content("")]
        elif self._of.instructions.of(shown):
            lines += [Content.styled(self._of.instructions.of(shown) or "", "$quiet"), Content("")]
        text = item.id if shown is None else item.of(shown) or item.id
        lines += [Content.styled(text, "bold"), Content("")]
        lines += self._scale(span, shown is not None, width)
        if self._typing:
            lines += [Content(""), Content.styled(f"{self._typing}▏", "bold reverse")]
        lines += [Content(""), *self._quietly()]
        return lines

    def _quietly(self) -> list[Content]:
        told = [self._of.attribution, review(self._of)]
        return [Content.styled(text, "$quiet") for text in told if text]

    def _scale(self, span: AnswerRange, worded: bool, width: int) -> list[Content]:
        """Every answer with its words; a long scale as figures, with its ends in words."""
        words = {a.value: a.of(language()) or "" for a in span.anchors} if worded else {}
        values = range(span.lowest, span.highest + 1)
        if len(values) <= IN_A_ROW:
            return [
                row(at, self.chosen, (f"{value:>3}", "bold"), f"  {words.get(value, '')}")
                for at, value in enumerate(values)
            ]
        cells = []
        for at, value in enumerate(values):
            style = "bold reverse" if at == self.chosen else ""
            cells.append(clickable(Content.styled(f" {value} ", style), f"row({at})"))
        lines: list[Content] = []
        held: list[Content] = []
        for cell in cells:
            if sum(len(c) for c in held) + len(cell) > width:
                lines.append(Content("").join(held))
                held = []
            held.append(cell)
        lines.append(Content("").join(held))
        ends = [f"{value} = {words[value]}" for value in sorted(words) if words[value]]
        return [*lines, *(Content.styled(f" {end}", "$quiet") for end in ends)]

    def _summary(self, now: Now, width: int) -> list[Content]:
        answers, shown = self._draft.answers, shown_in(self._of)
        lines = []
        for number, item in enumerate(self._of.items, start=1):
            value = answers.get(item.id)
            text = item.id if shown is None else item.of(shown) or item.id
            given = ("  –", "$quiet") if value is None else (f"{value:>3}", "bold")
            lines.append(Content.assemble(given, f"  {number}. {cut(text, width - 10)}"))
        scores = score(self._of, answers)
        lines.append(Content(""))
        lines += [
            Content.styled(told, "$quiet" if told.startswith("  ") else "")
            for told in telling.lines(scores, changes(now, self._of, self._when, scores))
        ]
        lines.append(Content.styled(_(telling.NO_ADVICE), "$quiet"))
        lines += [Content(""), row(0, 0, (_("Enter saves these answers."), "bold"))]
        return lines
