"""Owns how recorded lines stand among the ready words of a note; it plays none.

A line is told from a remark by its glyph. Chosen and left as it is, Enter plays it; written on, it
is a note like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from controller.language import _
from controller.recorded.model import GLYPH, RecordedLine
from controller.session.now import Now
from controller.session.recorded.words import may_be_offered
from controller.ui.asking import Act


@dataclass(frozen=True)
class LineOffer:
    """One line as it can be chosen now."""

    text: str
    """As it stands on the line of the note."""
    name: str
    ends: bool

    def act(self) -> Act:
        """What Enter does."""
        name = self.name
        return (
            (lambda lead: lead.lines.end()) if self.ends else (lambda lead: lead.lines.play(name))
        )


def offered_lines(now: Now, there: tuple[RecordedLine, ...]) -> tuple[LineOffer, ...]:
    """The lines that may be played now; the one that is heard comes first, and is ended."""
    heard = None if now.state is None else now.state.line
    found: list[LineOffer] = []
    if heard is not None:
        text = _("{glyph} end {name}").format(glyph=GLYPH, name=heard.name)
        found.append(LineOffer(text, heard.name, ends=True))
    if may_be_offered(now):
        found += [
            LineOffer(f"{GLYPH} {one.name}: {one.card.words}", one.name, ends=False)
            for one in there
            if heard is None or one.name != heard.name
        ]
    return tuple(found)


def line_choices(now: Now, there: tuple[RecordedLine, ...]) -> Iterator[tuple[str, str, Act]]:
    """The same as a title, a sentence and the act, for a palette."""
    for offer in offered_lines(now, there):
        told = (
            _("The patient hears it no more.")
            if offer.ends
            else _("The patient hears this recorded line once.")
        )
        yield _("Recorded line: {name}").format(name=offer.text), told, offer.act()
