"""Owns the console as a whole: stop on every screen, which screen is shown, the order of acts.

It must not know link, record or renderer: it is given a `Lead`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.command import CommandPalette
from textual.geometry import Size
from textual.screen import Screen

from controller.language import _
from controller.session.now import Now, Outcome
from controller.ui.awake import Awake
from controller.ui.errands import Errands
from controller.ui.palette import Commands
from controller.ui.ports import Lead
from controller.ui.screens.base import PalierScreen
from controller.ui.screens.finished import FinishedScreen
from controller.ui.screens.first_run import FirstRunScreen
from controller.ui.screens.help import HelpScreen
from controller.ui.screens.leave import LeaveScreen
from controller.ui.screens.left_open import LeftOpenScreen
from controller.ui.screens.live import LiveScreen
from controller.ui.screens.start import StartScreen
from controller.ui.stop_keys import Meaning, StopKeys
from controller.ui.themes import DAY, NIGHT, fallback_variables
from controller.ui.widgets.stop_control import corner

LOOKS_HZ = 8.0
"""How often the truth is looked at and drawn."""

Register = Callable[[str], Awaitable[Outcome]]


class PalierApp(App[int]):
    """The therapist's console.

    Args:
        lead: whoever leads the session.
        operator: the name of whoever sits here; "" when it is not known yet.
        first_run: keeps the operator's name, asked once when `operator` is empty.
        warning: one sentence to be said once at the start; "" for none.
    """

    CSS_PATH = "console.tcss"
    TITLE = "Palier"
    COMMANDS: ClassVar[set[type[Commands]]] = {Commands}  # type: ignore[assignment]
    ESCAPE_TO_MINIMIZE = False

    def __init__(
        self,
        lead: Lead,
        *,
        operator: str = "",
        first_run: Register | None = None,
        warning: str = "",
    ) -> None:
        super().__init__()
        self.lead = lead
        self.operator = operator
        self.warning = warning
        self._awake = Awake()
        self.errands = Errands(self._outcome, self._awake)
        self._first_run = first_run
        self._stop_keys = StopKeys()
        self.stopped_at_s = float("-inf")
        """When stop was pressed last, by the clock of events."""
        self._live: LiveScreen | None = None
        self._last: Now | None = None

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """So that themes which are not ours work too."""
        return fallback_variables()

    def get_system_commands(self, screen: Screen[object]) -> list[SystemCommand]:
        """None of the toolkit's own: the palette holds the therapist's commands alone."""
        return []

    def on_mount(self) -> None:
        """Look, first screen, and the beat at which the truth is drawn."""
        self.register_theme(NIGHT)
        self.register_theme(DAY)
        self.theme = NIGHT.name
        self.push_screen(StartScreen())
        if not self.operator and self._first_run is not None:
            self.push_screen(FirstRunScreen(self._first_run))
        self.set_interval(1 / LOOKS_HZ, self.look)
        self.call_after_refresh(self.look)

    # -- what is shown

    def look(self) -> None:
        """Take the truth as it is now, go to the screen it belongs to, and show it there."""
        if not self.is_running:
            return
        self._awake.look()
        self._follow_terminal()
        now = self.lead.now()
        if now.session is not None and self._live is None:
            self._live = LiveScreen(now)
            self._back_to_start()
            self.push_screen(self._live)
        elif now.session is None and self._live is not None:
            self._live = None
            self._back_to_start()
            # Nothing of a session that was only watched stays after it.
            if self._last is not None and not self._last.observing:
                self.push_screen(FinishedScreen(self._last))
        if now.session is not None:
            self._last = now
        self._ask_about_left(now)
        screen = self.screen
        if isinstance(screen, PalierScreen) and screen.ready:
            screen.show(now)

    def _follow_terminal(self) -> None:
        """Take the size the terminal has, where another one was told last (see `lasting`)."""
        measure = getattr(self._driver, "terminal_size", None)
        if measure is None:
            return
        size = Size(*measure())
        if size != self.size:
            self.post_message(events.Resize(size, size))

    def _ask_about_left(self, now: Now) -> None:
        """Ask about a session that was found open, once a name is given; leave when it is gone."""
        asked = any(isinstance(screen, LeftOpenScreen) for screen in self.screen_stack)
        if now.left is None or now.session is not None:
            if asked:
                self._back_to_start()
        elif not asked and not isinstance(self.screen, FirstRunScreen):
            self._back_to_start()
            self.push_screen(LeftOpenScreen(now.left))

    def watch_app_focus(self, focus: bool) -> None:
        """Keys go elsewhere while the terminal has no focus: said on whatever screen is there.

        The live screen says it by itself, for as long as it lasts.
        """
        screen = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(screen, LiveScreen):
            self.look()
        elif isinstance(screen, PalierScreen) and screen.ready:
            text = _("No keyboard: keys do not reach this console; click on it once.")
            screen.say("" if focus else text, "info" if focus else "alarm")

    def _back_to_start(self) -> None:
        """Leave every screen that lies over the start screen, but a name still to be given."""
        while len(self.screen_stack) > 1 and not isinstance(
            self.screen, StartScreen | FirstRunScreen
        ):
            self.pop_screen()

    def _outcome(self, outcome: Outcome) -> None:
        """Say what became of an act, on whatever screen is there."""
        screen = self.screen
        if outcome.text and isinstance(screen, PalierScreen) and screen.ready:
            screen.say(outcome.text, "done" if outcome.ok else "refused")
        self.look()

    def act(self, act: str) -> None:
        """Do what every screen can: help, colours, palette, leaving."""
        if act == "help":
            if isinstance(self.screen, HelpScreen):
                self.pop_screen()
            else:
                self.push_screen(HelpScreen())
        elif act == "theme":
            self.theme = DAY.name if self.theme == NIGHT.name else NIGHT.name
        elif act == "palette":
            self.action_command_palette()
        elif act == "quit" and not isinstance(self.screen, LeaveScreen):
            self.push_screen(LeaveScreen(self.lead.now()))

    async def leave(self) -> None:
        """End the console once everything that was sent is answered."""
        await self.errands.finish()
        self.exit(0)

    def action_command_palette(self) -> None:
        """The search over what this screen offers."""
        if not isinstance(self.screen, CommandPalette):
            placeholder = _("Search commands, events, patients, scenarios")
            self.push_screen(CommandPalette(placeholder=placeholder))

    async def action_quit(self) -> None:
        """Ctrl+Q and the palette ask first."""
        self.act("quit")

    def action_help_quit(self) -> None:
        """Ctrl+C, where it copies nothing: the toolkit would speak of it in words of its own."""
        self.act("quit")

    # -- stop

    def stop(self, at_s: float) -> None:
        """Stop, now: nothing is asked, nothing is waited for, whatever is on the screen.

        Keys that were pressed before `at_s`, the time of the stop's own event, and have not been
        worked off yet, do not act on the scene any more.
        """
        self.stopped_at_s = at_s
        self.errands.stop(self.lead.stop)
        if self._live is not None:
            while self.screen is not self._live and len(self.screen_stack) > 1:
                self.pop_screen()

    async def on_event(self, event: events.Event) -> None:
        """Hear every key and click before any screen does, so that none can keep stop away."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            meaning = self._stop_keys.meaning(event.key, event.character, event.time)
            if meaning is Meaning.STOP:
                self.stop(event.time)
            if meaning is not Meaning.OTHER:
                return
            if event.key in ("f1", "f2", "ctrl+q"):
                self.act({"f1": "help", "f2": "theme", "ctrl+q": "quit"}[event.key])
                return
        elif (
            isinstance(event, events.MouseDown)
            and not event.is_forwarded
            and corner(self.size).contains(int(event.screen_x), int(event.screen_y))
        ):
            self.stop(event.time)
            return
        await super().on_event(event)
