"""Owns looking through the scenarios before a session: find one, read it, choose it.

Enter goes back to the start with this scenario chosen. It opens no session and approves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _, language
from controller.session.now import Now
from controller.ui.scenario_search import meant
from controller.ui.scenario_words import above, below, head, levels
from controller.ui.screens.approve import ApproveScreen
from controller.ui.screens.base import Choice, Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.rows import Rows
from controller.ui.widgets.thumbnail import Thumbnail
from scenarios.api.manifest import Manifest
from vr_runtime.wire.beside import Beside
from vr_runtime.wire.packs import PackNote


class LibraryScreen(PalierScreen):
    """All scenarios of the patient's side, or those that a typed line may mean.

    Args:
        chosen: called with the id of the scenario that was chosen.
        begin_with: id of the scenario highlighted first.
    """

    # Before the list, which would turn its own pages: scenarios are walked to by the arrows.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "scroll", show=False, priority=True),
        Binding("pageup", "scroll(True)", show=False, priority=True),
    ]

    def __init__(self, chosen: partial[None], begin_with: str | None = None) -> None:
        super().__init__()
        self._chosen = chosen
        self._begin_with = begin_with
        self._shown: tuple[Manifest, ...] = ()
        self._known: tuple[Manifest, ...] | None = None
        self._unapproved: tuple[str, ...] = ()
        self._beside: dict[str, Beside] = {}
        """What was told, by scenario; forgotten when the patient's side has other scenarios."""
        self._asked: set[str] = set()
        self._silent: set[str] = set()
        """Scenarios about which the patient's side did not answer."""
        self._read: str | None = None
        """The scenario whose words stand there: another one is read from its beginning."""

    def compose(self) -> ComposeResult:
        """Finding line and list; the picture; the words. A wide screen has them side by side."""
        yield TopBar(_("Library"), _("What each scenario shows, asks for and warns of."))
        with Vertical(id="body", classes="-close"), Horizontal(id="finding"):
            with Vertical(id="left"):
                yield Input(id="find", placeholder=_("F: find a scenario"), compact=True)
                yield Rows(id="found", markup=False)
            with Vertical(id="wall"):
                yield Thumbnail(id="large", graphics=self.palier.graphics)
                yield Static(id="large-levels", markup=False)
            with VerticalScroll(id="reading", can_focus=False):
                yield Static(id="head", markup=False)
                yield Thumbnail(id="small", graphics=self.palier.graphics)
                yield Static(id="above", markup=False)
                yield Static(id="levels", markup=False)
                yield Static(id="below", markup=False)
        yield Foot(
            Way(_("Enter"), _("choose"), "choose"),
            Way("F", _("find"), "find"),
            Way("A", _("approve its pack"), "approve"),
            Way(_("Page keys"), _("scroll"), "scroll"),
            Way(_("Esc"), _("back"), "back"),
        )

    def on_mount(self) -> None:
        """The list has the keyboard."""
        self.query_one("#wall").border_title = _("PICTURE AND LEVELS")
        self.query_one("#reading").border_title = _("THE SCENARIO IN WORDS")
        self._fill()
        self.query_one("#found").focus()
        # Lines are broken for the room there is, which is known once all of it stands.
        self.call_after_refresh(self._look)

    def forget(self) -> None:
        """The list is filled anew, with the same scenario highlighted."""
        self._begin_with = self._at()
        self._known = self._read = None

    def show(self, now: Now) -> None:
        """Scenarios as the patient's side has them."""
        self._fill()

    # -- the list

    def _fill(self) -> None:
        """Take over what changed, and keep what was highlighted."""
        known = self.palier.lead.manifests()
        shown = meant(self.query_one("#find", Input).value, known)
        unapproved = tuple(one.id for one in known if self._to_approve(one) is not None)
        if (known, shown, unapproved) == (self._known, self._shown, self._unapproved):
            return
        if self._known is not None and known != self._known:
            self._beside.clear()
            self._silent.clear()
        box = self.query_one("#found", OptionList)
        kept = self._begin_with if self._known is None else self._at()
        self._known, self._shown, self._unapproved = known, shown, unapproved
        box.clear_options()
        box.add_options([Option(self._line(one), id=one.id) for one in shown])
        ids = [one.id for one in shown]
        box.highlighted = None if not ids else ids.index(kept) if kept in ids else 0
        title = _("{count} OF {all} SCENARIOS").format(count=len(shown), all=len(known))
        box.border_title = title
        if not known:
            self.say(_("No scenario is known while the runtime is not heard."), "alarm")
        self._look()

    def _line(self, scenario: Manifest) -> Content:
        title = (scenario.title.get(language()), "bold")
        if self._to_approve(scenario) is None:
            return Content.assemble(title, f"\n{scenario.id} {scenario.version}")
        return Content.assemble(title, "\n", (f"▲ {_('pack not approved')}", "$alert"))

    def _to_approve(self, scenario: Manifest) -> PackNote | None:
        """The pack that has to be approved before this scenario is opened."""
        packs = self.palier.lead.packs
        note = packs.of(scenario.id)
        return None if note is None or packs.is_approved(note) else note

    def _at(self) -> str | None:
        box = self.query_one("#found", OptionList)
        if box.highlighted is None or box.option_count == 0:
            return None
        return box.get_option_at_index(box.highlighted).id

    def scenario(self) -> Manifest | None:
        """The scenario that is highlighted."""
        name = self._at()
        return next((one for one in self._shown if one.id == name), None)

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed narrows the list at once."""
        self._fill()
        if event.value and not self._shown:
            self.say(_("No scenario has these words in its title, summary or name."), "refused")
        elif self._known:
            self.say("", "info")

    def on_option_list_option_highlighted(self) -> None:
        """Another one is looked at."""
        self._look()

    # -- picture and words

    def _look(self) -> None:
        """Show the scenario, and ask about it where that was not asked yet."""
        scenario = self.scenario()
        names = ("head", "above", "levels", "below", "large-levels")
        parts = {name: self.query_one(f"#{name}", Static) for name in names}
        if scenario is None:
            for part in parts.values():
                part.update("")
            self._hang(b"", "")
            self._read = None
            return
        note, beside = self.palier.lead.packs.of(scenario.id), self._beside.get(scenario.id)
        approved = self._to_approve(scenario) is None
        silent = scenario.id in self._silent
        columns, wall = parts["above"].size.width, parts["large-levels"].size.width
        parts["head"].update(head(scenario))
        parts["above"].update(above(scenario, note, approved, beside, silent, columns))
        ladder = Content("\n").join([Content(""), levels(scenario, columns)])
        parts["levels"].update(ladder)
        parts["large-levels"].update(levels(scenario, wall))
        parts["below"].update(below(scenario, note, columns))
        if not approved:
            # Nothing of a pack is worked on before somebody has vouched for it, pictures neither.
            self._hang(b"", _("Its picture is shown once its pack is approved."))
        elif beside is None:
            told = _("The picture is not known.") if silent else _("Asking for the picture…")
            self._hang(b"", told)
        else:
            self._hang(beside.image, _("No picture of at most 96 KiB lies beside this scenario."))
        if scenario.id != self._read:
            self._read = scenario.id
            self.query_one("#reading", VerticalScroll).scroll_home(animate=False)
        if beside is None and scenario.id not in self._asked | self._silent:
            self._asked.add(scenario.id)
            self.run_worker(self._ask(scenario.id))

    def _hang(self, image: bytes, told: str) -> None:
        for picture in self.query(Thumbnail):
            picture.hang(image, told)

    async def _ask(self, scenario: str) -> None:
        told = await self.palier.lead.library.beside(scenario)
        self._asked.discard(scenario)
        if told is None:
            self._silent.add(scenario)
        else:
            self._beside[scenario] = told
        if self.is_attached:
            self._look()

    # -- keys

    def on_key(self, event: events.Key) -> None:
        """Letters act while the list has the keyboard; a line being typed takes them first."""
        if event.key == "escape":
            event.stop()
            self._leave_line()
            return
        if isinstance(self.focused, Input):
            if event.key == "down":
                event.stop()
                self.set_focus(self.query_one("#found"))
            return
        letter = (event.character or "").lower()
        todo = {"f": self.action_find, "a": self.action_approve}
        if letter in todo:
            event.stop()
            todo[letter]()

    def _leave_line(self) -> None:
        """Escape: out of finding, then back to the start."""
        find = self.query_one("#find", Input)
        if find.value or self.focused is find:
            find.value = ""
            self.set_focus(self.query_one("#found"))
        else:
            self.action_back()

    def on_input_submitted(self) -> None:
        """Enter on the finding line takes the only one that was found, or goes to the list."""
        self.set_focus(self.query_one("#found"))
        if len(self._shown) == 1:
            self.action_choose()

    def on_option_list_option_selected(self) -> None:
        """Enter on a scenario."""
        self.action_choose()

    def action_choose(self) -> None:
        """Back to the start with this scenario chosen."""
        scenario = self.scenario()
        if scenario is None or not self.is_current:
            self.say(_("Choose a scenario first."), "refused")
            return
        self.app.pop_screen()
        self._chosen(scenario.id)

    def action_scroll(self, back: bool = False) -> None:
        """The next page of the words, or the one before."""
        words = self.query_one("#reading", VerticalScroll)
        (words.scroll_page_up if back else words.scroll_page_down)(animate=False)

    def action_find(self) -> None:
        """Type a part of a title, of a summary, or what is feared."""
        self.set_focus(self.query_one("#find"))

    def action_approve(self) -> None:
        """Look at the pack of this scenario, to approve it."""
        scenario = self.scenario()
        note = None if scenario is None else self.palier.lead.packs.of(scenario.id)
        if scenario is None:
            self.say(_("Choose a scenario first."), "refused")
        elif note is None:
            self.say(_("This scenario comes from no pack: nothing is to be approved."), "refused")
        elif self._to_approve(scenario) is None:
            self.say(_("The pack of this scenario is approved here already."), "info")
        else:
            self.palier.put_over(ApproveScreen(note, self._known or ()))

    def on_resize(self) -> None:
        """Another size has the picture elsewhere."""
        super().on_resize()
        if self.ready:
            self.call_after_refresh(self._look)

    def on_screen_resume(self) -> None:
        """A pack may have been approved meanwhile."""
        if self.ready:
            self._fill()

    def choices(self) -> Iterable[Choice]:
        """What the letters do, and every scenario."""
        yield Choice(_("Find a scenario"), "F", self.action_find)
        yield Choice(_("Approve the pack of this scenario"), "A", self.action_approve)
        for scenario in self._known or ():
            title = _("Scenario: {name}").format(name=scenario.title.get(language()))
            run = partial(self._look_at, scenario.id)
            yield Choice(title, scenario.summary.get(language()), run)

    def _look_at(self, name: str) -> None:
        """Highlight this one, as if it had been walked to."""
        self.query_one("#find", Input).value = ""
        self._fill()
        box = self.query_one("#found", OptionList)
        box.highlighted = box.get_option_index(name)
        self.set_focus(box)
