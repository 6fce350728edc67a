"""Owns the help: the screen it was asked on, then all keys, then the guide; changes nothing."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.app import ComposeResult

from controller.language import _, language
from controller.session.now import Now
from controller.ui.easing import eased, over_scene, ways_out
from controller.ui.keys import KEYS, named
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.pages import LARGEST, Pages, pieces

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
    heading, key, does = _("All keys"), _("Key"), _("What it does")
    rows = [f"# {heading}", "", f"| {key} | {does} |", "|---|---|"]
    stop, twice = _("Stop, at once, on every screen; nothing is asked before."), _("Esc Esc")
    rows.append(f"| **F12**, **{twice}** | {stop} |")
    rated = _("Rate: one digit means tens (7 is 70), two are exact, T is the highest; Enter.")
    rows.append(f"| **0**–**9** | {rated} |")
    rows += [f"| **{row.name()}** | {_(row.sentence)} |" for row in KEYS]
    return "\n".join(rows)


class HelpScreen(PalierScreen):
    """What is of use now, all keys, the guide; Esc goes back. Stop works here as everywhere."""

    def __init__(self, asked_on: PalierScreen) -> None:
        """`asked_on` is the screen that help is wanted for."""
        super().__init__()
        self._asked_on = asked_on

    def compose(self) -> ComposeResult:
        """What is of use at once, the guide behind it chapter by chapter: stop never waits."""
        yield TopBar(_("Help"), self._way_back(self.palier.lead.now()))
        about = self._asked_on.about()
        first = [about] if len(about) <= LARGEST else pieces(about)
        yield Pages([*first, table(), *pieces(guide())])
        yield Foot(Way(_("Esc"), _("back"), "back"))

    @staticmethod
    def _way_back(now: Now) -> str:
        """How to leave, and that a session goes on where there is one."""
        told = _("Esc or {key} goes back.").format(key=named("help"))
        on = _("The session goes on meanwhile.")
        return told if now.session is None else f"{told} {on}"

    def on_mount(self) -> None:
        """The page takes the arrows."""
        self.query_one(Pages).focus()

    def show(self, now: Now) -> None:
        """Over a scene, say which keys still act on it."""
        text = _("The exposure goes on; {keys} act here too, Page up and Page down turn the page.")
        below = text.format(keys=ways_out()) if over_scene(now) else self._way_back(now)
        self.query_one(TopBar).tell(below)

    def on_key(self, event: events.Key) -> None:
        """What eases acts over a scene; Escape goes back."""
        if event.time <= self.palier.stopped_at_s:
            return
        if eased(self, event):
            return
        if event.key == "escape":
            event.stop()
            self.action_back()
