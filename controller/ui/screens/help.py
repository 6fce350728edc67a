"""Owns the help: the table of keys as it is in this language, then the guide; changes nothing."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.app import ComposeResult

from controller.language import _, language
from controller.ui.keys import KEYS
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.pages import Pages, pieces

GUIDES = Path(__file__).parents[2]
"""Where the guide lies, beside the package's modules."""


def guide() -> str:
    """The guide in the language that is spoken, else in English, else a sentence."""
    for name in (f"GUIDE.{language()}.md", "GUIDE.md"):
        path = GUIDES / name
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return _("The guide is not installed.")


def table() -> str:
    """The keys of the live screen as a table in Markdown."""
    heading, key, does = _("Keys"), _("Key"), _("What it does")
    rows = [f"# {heading}", "", f"| {key} | {does} |", "|---|---|"]
    stop, twice = _("Stop, at once, on every screen; nothing is asked before."), _("Esc Esc")
    rows.append(f"| **F12**, **{twice}** | {stop} |")
    rated = _("Rate: one digit means tens (7 is 70), two are exact, T is the highest; Enter.")
    rows.append(f"| **0**–**9** | {rated} |")
    rows += [f"| **{row.name()}** | {_(row.sentence)} |" for row in KEYS]
    return "\n".join(rows)


class HelpScreen(PalierScreen):
    """Keys and guide; Esc or F1 goes back. Stop works here as everywhere."""

    def compose(self) -> ComposeResult:
        """The keys at once, the guide behind them chapter by chapter: stop never waits for it."""
        yield TopBar(_("Help"), _("Esc or F1 goes back. The session goes on meanwhile."))
        yield Pages([table(), *pieces(guide())])
        yield Foot(Way(_("Esc"), _("back"), "back"))

    def on_mount(self) -> None:
        """The page takes the arrows."""
        self.query_one(Pages).focus()

    def on_key(self, event: events.Key) -> None:
        """Escape goes back."""
        if event.key == "escape":
            event.stop()
            self.action_back()
