"""Owns the distress pad: the last rating, when the next is due, and what is being typed.

It knows not who stores a rating: it posts `Rated`. What is typed lives apart from what is shown, so
news of the session can never take a digit away.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from controller.language import _
from controller.session import suds
from controller.session.anchors import Anchors
from controller.session.documents import Scale
from controller.session.now import Now
from controller.ui.bigtext import big, huge
from controller.ui.lettering import clock, cut
from controller.ui.widgets.panel import Panel, clickable, lines


@dataclass(frozen=True)
class Given:
    """One rating: None where it was asked and not answered."""

    at_s: float
    suds: int | None
    saved: bool
    by_patient: bool = False
    """Given by the patient on the dial."""


@dataclass(frozen=True)
class PadFacts:
    """Ratings, newest last, and the window of the next."""

    scale: Scale
    ratings: tuple[Given, ...]
    age_s: int | None
    change: int | None
    peak: int | None
    due_in_s: int | None
    left_s: int
    window_s: int
    asks_peak: bool
    dial: str | None
    """The dial before the patient's eyes, as the runtime says it."""
    dial_s: int
    anchors: Anchors = ()
    """What points of the scale stand for, for this patient."""


class SudsPad(Panel[PadFacts]):
    """The patient's distress. Feed it keys with `type_key`; listen for `Rated`."""

    typed: reactive[str] = reactive("")

    class Rated(Message):
        """Enter was pressed on what was typed."""

        def __init__(self, typed: str) -> None:
            super().__init__()
            self.typed = typed

    def facts(self, now: Now) -> PadFacts:
        """The ratings as the record has them."""
        given = tuple(
            Given(r.at_s, r.suds, r.saved_as is not None, r.rating.source == "patient")
            for r in now.ratings
        )
        sight = None if now.state is None else now.state.sight
        answered = [g for g in given if g.suds is not None]
        values = [g.suds for g in answered if g.suds is not None]
        due = now.due
        return PadFacts(
            scale=now.scale,
            ratings=given[-8:],
            age_s=int(now.at_s - answered[-1].at_s) if answered else None,
            change=values[-1] - values[-2] if len(values) > 1 else None,
            peak=max(values) if values else None,
            due_in_s=None if due is None else int(max(0.0, due.opens_in_s) + 0.5),
            left_s=0 if due is None else int(max(0.0, due.closes_in_s)),
            window_s=1 if due is None else max(1, round(due.window_s)),
            asks_peak=due is not None and due.peak,
            dial=None if sight is None else sight.dial,
            dial_s=0 if sight is None else int(sight.dial_s + 0.5),
            anchors=now.anchors,
        )

    def heading(self, now: Now) -> Content:
        """The rule above the panel thickens while a rating is due."""
        self.set_class(now.due is not None and now.due.opens_in_s <= 0, "-due")
        title = _("DISTRESS {scale}").format(scale=now.scale)
        sick = _sickness(now)
        if sick and len(title) + len(sick) + 5 > self.size.width:
            # What is typed there says the scale too.
            title = _("DISTRESS")
        return Content(title + sick)

    def type_key(self, key: str, character: str | None, scale: Scale) -> bool:
        """Take a key that belongs to a rating; False leaves it to others."""
        digit = suds.as_digit(character)
        if digit is not None:
            longer = self.typed + digit
            if suds.fits(longer, scale):
                self.typed = longer
            return True
        if character is not None and character.lower() in suds.MOST:
            self.typed = character.lower()
            return True
        if key == "backspace" and self.typed:
            self.typed = self.typed[:-1]
            return True
        if key == "enter" and self.typed:
            self.post_message(self.Rated(self.typed))
            self.typed = ""
            return True
        return False

    async def on_click(self, event: events.Click) -> None:
        """On the scale: type the value there, in fives; on the entry: as Enter."""
        does = event.style.meta.get("does")
        if does == "send":
            self.type_key("enter", None, "0-100")
        elif does == "scale" and self._facts is not None:
            share = (event.get_content_offset_capture(self).x - 1) / self._span
            value = 5 * round(20 * min(1.0, max(0.0, share)))
            if self._facts.scale == "0-10":
                self.typed = str(round(value / 10))
            else:
                self.typed = f"{value:02d}"

    @property
    def _span(self) -> int:
        """Cells from 0 to the highest rating."""
        return max(8, self.size.width - 3)

    def draw(self, facts: PadFacts) -> Content:
        """The figure and its facts, a scale where there is room, the last ratings, the entry."""
        width, height = self.size
        roomy = height >= 14
        rows = ([Content("")] if height >= 10 else []) + self._figure(facts, roomy)
        below = [self._due(facts), clickable(self._entry(facts), "send")]
        space = height - len(rows) - len(below)
        if space >= 1:
            if roomy:
                rows.append(Content(""))
                space -= 1
            rows.append(clickable(self._gauge(facts), "scale"))
        if space >= 2:
            rows.append(clickable(self._figures(facts, width), "scale"))
        free = space - 4
        if facts.anchors and free >= len(facts.anchors):
            rows += self._anchors(facts, width)
            free -= len(facts.anchors)
        if free > 0 and facts.ratings:
            rows += [Content(""), *self._recent(facts, free)]
        rows += [Content("")] * (height - len(rows) - len(below))
        return lines([*rows[: height - len(below)], *below], height)

    def _last(self, facts: PadFacts) -> int | None:
        return self._last_given(facts).suds

    @staticmethod
    def _last_given(facts: PadFacts) -> Given:
        """The last one that was answered."""
        answered = [g for g in facts.ratings if g.suds is not None]
        return answered[-1] if answered else Given(0.0, None, False)

    def _figure(self, facts: PadFacts, roomy: bool) -> list[Content]:
        """The last rating, with its age, its change and the peak beside it."""
        last = self._last(facts)
        text = "–" if last is None else suds.shown(last, facts.scale)
        shape = huge(text)
        if not roomy or len(shape[0]) + 15 > self.size.width:
            shape = big(text)
        told: list[tuple[str, str]] = []
        if facts.age_s is None:
            told.append((_("no rating yet"), "$quiet"))
        else:
            mark = "  ◎" if self._last_given(facts).by_patient else ""
            told.append((_("{time} ago").format(time=clock(facts.age_s)) + mark, ""))
        if facts.change is not None:
            arrow = "▲" if facts.change > 0 else "▼" if facts.change < 0 else "="
            sign = "+" if facts.change > 0 else "−" if facts.change < 0 else ""
            told.append((f"{arrow} {sign}{suds.shown(abs(facts.change), facts.scale)}", "$suds"))
        if facts.peak is not None:
            peak = suds.shown(facts.peak, facts.scale)
            told.append((_("peak {value}").format(value=peak), "$quiet"))
        told = [("", "")] * ((len(shape) - len(told)) // 2) + told
        told += [("", "")] * (len(shape) - len(told))
        return [
            Content.assemble((f" {row}   ", "$suds" if last is not None else "$quiet"), fact)
            for row, fact in zip(shape, told, strict=True)
        ]

    def _gauge(self, facts: PadFacts) -> Content:
        """The whole scale in one row, with the last rating on it."""
        span, last = self._span, self._last(facts)
        cells = ["─"] * (span + 1)
        for quarter in range(5):
            cells[span * quarter // 4] = "┼"
        if last is None:
            return Content.styled(" " + "".join(cells), "$quiet")
        at = span * last // 100
        done = "".join(cells[:at]).replace("─", "━").replace("┼", "┿")
        return Content.assemble(
            (" " + done, "$suds"), ("●", "bold $suds"), ("".join(cells[at + 1 :]), "$quiet")
        )

    def _figures(self, facts: PadFacts, width: int) -> Content:
        span, cells = self._span, [" "] * (width + 4)
        marks = (0, 25, 50, 75, 100) if facts.scale == "0-100" else (0, 50, 100)
        for value in marks:
            label = suds.shown(value, facts.scale)
            start = 1 + span * value // 100 - (len(label) - 1 if value == 100 else len(label) // 2)
            start = max(1, start)
            cells[start : start + len(label)] = label
        return Content.styled("".join(cells)[:width], "$quiet")

    @staticmethod
    def _anchors(facts: PadFacts, width: int) -> list[Content]:
        """The patient's own words for points of the scale, where there is room for all of them."""
        return [
            Content.styled(cut(f"{suds.shown(value, facts.scale):>5}  {words}", width), "$quiet")
            for value, words in facts.anchors
        ]

    @staticmethod
    def _recent(facts: PadFacts, most: int) -> list[Content]:
        """The last ratings, newest first; one not answered says so and is never filled in."""
        return [
            Content.assemble(
                (f" {clock(given.at_s):>6}  ", "$quiet"),
                ("  ○  " + _("no answer"), "$quiet")
                if given.suds is None
                else (f"{suds.shown(given.suds, facts.scale):>3}", ""),
                ("  ◎ " + _("by the patient") if given.by_patient else "", "$quiet"),
                ("" if given.saved else "  … " + _("not saved yet"), "$quiet"),
            )
            for given in facts.ratings[::-1][:most]
        ]

    @staticmethod
    def _due(facts: PadFacts) -> Content:
        """The dial while the patient has it; else quiet before the window, plain inside it."""
        if facts.dial in ("asked", "raised"):
            taken = facts.dial == "raised"
            told = _("the patient took the dial") if taken else _("dial shown")
            return Content.assemble((f" ◎ {told}", "bold"), (f" {clock(facts.dial_s)}", "$quiet"))
        if facts.due_in_s is None:
            return Content("")
        if facts.due_in_s > 0:
            words = _("ask the peak in {time}") if facts.asks_peak else _("ask in {time}")
            told = words.format(time=clock(facts.due_in_s))
            return Content.styled(f" ◔ {told}", "$quiet")
        full = max(0, min(8, round(8 * facts.left_s / facts.window_s)))
        told = _("ask the peak") if facts.asks_peak else _("ask now")
        return Content.assemble(
            (f" ◕ {told} ", "bold $background on $suds"),
            (" " + "▰" * full + "▱" * (8 - full), "$suds"),
            (f" {clock(facts.left_s)}", "$quiet"),
        )

    def _entry(self, facts: PadFacts) -> Content:
        """What is being typed and what Enter would make of it."""
        if not self.typed:
            hint = _("type 0 to 10, Enter") if facts.scale == "0-10" else _("7 is 70; Enter")
            hint = cut(hint, self.size.width - len(_("Rate")) - 9)
            return Content.assemble(
                (" " + _("Rate") + " ", "$quiet"), (" ___ ", "$quiet"), (f" {hint}", "$quiet")
            )
        value = suds.shown(suds.parse(self.typed, facts.scale), facts.scale)
        meant = f" = {value}" if value != self.typed else ""
        return Content.assemble(
            (" " + _("Rate") + " ", "bold"),
            (f" {self.typed}▏".ljust(5), "bold reverse"),
            (f"{meant}  ⏎ ", "bold"),
            (_("rate"), "$quiet"),
        )


def _sickness(now: Now) -> str:
    """How sick the patient said to be last, with its age; ▲ where a threshold is reached."""
    sick = now.sickness
    if sick is None:
        return ""
    mark = "▲ " if sick.advice is not None else ""
    age = clock(now.at_s - sick.at_s)
    return " · " + _("sickness {figure}, {age}").format(figure=f"{mark}{sick.value}", age=age)
