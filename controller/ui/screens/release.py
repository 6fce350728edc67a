"""Owns the release: each point of the protocol is confirmed, or left out for a reason.

What was decided lives with whoever leads the session until it is saved; it is never saved with a
point still open.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from controller.language import _, language
from controller.session.after.entries import LONGEST_LINE
from controller.session.now import Now, Outcome
from controller.ui.lettering import wrap
from controller.ui.screens.base import Way
from controller.ui.screens.sheet import Sheet, row

CONFIRMED = "+"
"""What is kept for a confirmed point; for one that is left out it is - and the reason."""


class ReleaseScreen(Sheet):
    """The points, and the row that saves."""

    def __init__(self) -> None:
        super().__init__()
        self._reason_of = ""
        """The point whose reason is being written."""

    def headline(self) -> str:
        """What it is for."""
        return _("Before the patient leaves")

    def below(self, now: Now) -> str:
        """How many are still open."""
        items = self.palier.lead.after.protocol.after.items
        left = sum(not self._decided(item.id) for item in items)
        return _("{count} points, {left} still open").format(count=len(items), left=left)

    def ways(self) -> tuple[Way, ...]:
        """The keys of the page."""
        return (
            Way("↑↓", _("choose"), ""),
            Way("⏎", _("confirm, or save"), "key('enter')"),
            Way("O", _("leave out, with reason"), "key('o')"),
            Way(_("Esc"), _("later"), "back"),
        )

    def compose(self) -> ComposeResult:
        """The page, and a line for a reason."""
        yield from super().compose()
        line = Input(id="reason", max_length=LONGEST_LINE, compact=True, disabled=True)
        line.display = False
        yield line

    def rows(self, now: Now) -> int:
        """The points, and saving."""
        return len(self.palier.lead.after.protocol.after.items) + 1

    def _key(self, name: str) -> str:
        return f"release.{name}"

    def _decided(self, name: str) -> str:
        return self.palier.lead.after.typed().get(self._key(name), "")

    # -- keys

    def written(self, event: events.Key) -> bool:
        """While a reason is written its letters are its own; Escape leaves the line."""
        if not self.query_one("#reason", Input).has_focus:
            return False
        if event.key == "escape":
            event.stop()
            self._write(False)
        return True

    def typed(self, key: str, character: str) -> bool:
        """O asks for the reason."""
        if key == "o" and self.chosen < self.rows(self.palier.lead.now()) - 1:
            self._write(True)
            return True
        return False

    def action_row(self, number: int) -> None:
        """A row was clicked; while a reason is written it stays with its point."""
        if not self.query_one("#reason", Input).display:
            super().action_row(number)

    def action_key(self, key: str) -> None:
        """A key of the page was clicked; not while a reason is written."""
        if not self.query_one("#reason", Input).display:
            super().action_key(key)

    def enter(self) -> None:
        """Confirm the chosen point and go on; on the last row save."""
        after = self.palier.lead.after
        items = after.protocol.after.items
        if self.chosen < len(items):
            after.typed()[self._key(items[self.chosen].id)] = CONFIRMED
            self.chosen += 1
            return
        said = {item.id: self._decided(item.id) for item in items}
        confirmed = [name for name, told in said.items() if told == CONFIRMED]
        out = {name: told[1:] for name, told in said.items() if told.startswith("-")}
        self.send(lambda: after.release(confirmed, out), self._saved)

    def _saved(self, outcome: Outcome) -> None:
        if outcome.ok:
            kept = self.palier.lead.after.typed()
            for item in self.palier.lead.after.protocol.after.items:
                kept.pop(self._key(item.id), None)
            if self.is_current:
                self.action_back()

    def _write(self, writing: bool) -> None:
        line = self.query_one("#reason", Input)
        line.display, line.disabled = writing, not writing
        line.placeholder = _("Why is it left out? Enter keeps the reason.")
        line.value = ""
        if writing:
            self._reason_of = self.palier.lead.after.protocol.after.items[self.chosen].id
        self.set_focus(line if writing else None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the reason; an empty one leaves the point open."""
        # As for the note: held on, Enter confirms no other point.
        self.palier.doubled.is_repeat("enter", event.time)
        reason = " ".join(event.value.split())
        self._write(False)
        if reason:
            self.palier.lead.after.typed()[self._key(self._reason_of)] = f"-{reason}"
            self.chosen += 1
        self.again()

    # -- the page

    def draw(self, now: Now, width: int) -> Content:
        """Each point with its glyph: ○ open, ✓ confirmed, – left out."""
        after = self.palier.lead.after.protocol.after
        lines = [Content("")]
        lines += [
            Content.styled(told, "$quiet") for told in wrap(after.about.of(language()), width, 3)
        ]
        lines.append(Content(""))
        for at, item in enumerate(after.items):
            told = self._decided(item.id)
            glyph = {"": "○", CONFIRMED: "✓"}.get(told, "–")
            first, *rest = wrap(item.of(language()), width - 6, 4)
            style = "bold" if not told else ""
            lines.append(row(at, self.chosen, (f"{glyph} ", "bold $level"), (first, style)))
            lines += [Content.styled(f"    {more}", style) for more in rest]
            if told.startswith("-"):
                text = _("left out: {reason}").format(reason=told[1:])
                lines.append(Content.styled(f"    {text}", "$quiet"))
        lines += [
            Content(""),
            row(len(after.items), self.chosen, (_("Save the release"), "bold")),
            Content(""),
            Content.styled(
                _("Source: {source}").format(source=after.source.of(language())), "$quiet"
            ),
        ]
        if now.unreviewed:
            lines.append(Content.styled(_("Not reviewed by a clinician."), "$quiet"))
        return Content("\n").join(lines)
