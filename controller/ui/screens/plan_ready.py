"""Owns the choice among ready hierarchies; it takes none over itself."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _, language
from controller.session.plans.entries import PlanRow
from controller.session.plans.ready import KINDS, Ready, ready
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.rows import Rows


class ReadyScreen(PalierScreen):
    """The ready hierarchies of all scenarios; Enter takes one over as a whole."""

    def __init__(self, taken: Callable[[tuple[PlanRow, ...]], None]) -> None:
        """`taken` is called with the rows, in the language that is spoken."""
        super().__init__()
        self._taken = taken
        self._offered: tuple[Ready, ...] = ()

    def compose(self) -> ComposeResult:
        """The hierarchies at the left, the rows of the chosen one beside them."""
        yield TopBar(
            _("Ready hierarchies"),
            _("What their authors expect, reviewed by no clinician; change them with the patient."),
        )
        with Horizontal(id="body", classes="-close"):
            yield Rows(id="rows", classes="-one -even", markup=False)
            with VerticalScroll(id="beside", classes="-even"):
                yield Static(id="words", markup=False)
        yield Foot(
            Way(_("Enter"), _("take all its rows"), "take"),
            Way(_("Tab"), _("read them"), "app.focus_next"),
            Way(_("Esc"), _("back"), "back"),
        )

    def on_mount(self) -> None:
        """From the first one."""
        self._offered = ready(self.palier.lead.manifests())
        box = self.query_one("#rows", OptionList)
        at = box.highlighted or 0
        box.clear_options()
        box.add_options([Option(self._line(one)) for one in self._offered])
        box.highlighted = at if self._offered else None
        box.focus()
        self._describe()
        if not self._offered:
            told = _("No scenario here has a ready hierarchy; A writes a row by hand.")
            self.call_after_refresh(self.hear, told, "info")

    @staticmethod
    def _line(one: Ready) -> Content:
        spoken = language()
        below = _("{kind}, rows: {count}")
        told = below.format(kind=_(KINDS[one.spec.kind]), count=len(one.spec.rows))
        return Content.assemble((one.spec.title.get(spoken), "bold"), "\n", (told, "$quiet"))

    def _describe(self) -> None:
        if not self._offered:
            return
        one = self._offered[self.query_one("#rows", OptionList).highlighted or 0]
        spoken = language()
        told = [
            Content.styled(one.scenario.title.get(spoken), "bold"),
            Content(""),
            Content.styled(_("Distress expected, level, what is met"), "$quiet"),
        ]
        for row in one.spec.rows:
            told.append(
                Content.assemble(
                    (f"{row.distress:>3}", "bold $distress"),
                    (" " + _("L{level}").format(level=row.level).ljust(4), "$level"),
                    row.item.get(spoken),
                )
            )
        self.query_one("#words", Static).update(Content("\n").join(told))

    def on_option_list_option_highlighted(self) -> None:
        """Another one is looked at."""
        self._describe()

    def on_option_list_option_selected(self) -> None:
        """Enter takes it."""
        self.action_take()

    def on_key(self, event: events.Key) -> None:
        """Escape takes nothing."""
        if event.key == "escape":
            event.stop()
            self.action_back()

    def action_take(self) -> None:
        """All its rows, and back."""
        if not self._offered or not self.is_current:
            return
        one = self._offered[self.query_one("#rows", OptionList).highlighted or 0]
        rows = one.rows(language())
        self.app.pop_screen()
        self.app.call_after_refresh(self._taken, rows)
