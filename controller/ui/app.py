"""Owns the console as a whole: stop on every screen, which screen is shown, the order of acts.

It must not know link, record or renderer: it is given a `Lead`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.geometry import Size
from textual.screen import Screen

from controller import fault
from controller.comforts import Comforts
from controller.language import Language, _, other, switch
from controller.session.now import Now, Outcome, PatientCard
from controller.session.operators import Person
from controller.ui.awake import Awake, steady
from controller.ui.bindings import KeysFile
from controller.ui.errands import Errands
from controller.ui.keys import ANYWHERE, act_for, bind
from controller.ui.palette import Commands
from controller.ui.ports import Desk, Lead
from controller.ui.possible import is_stale, why_not_lock
from controller.ui.screens.base import PalierScreen
from controller.ui.screens.enter import EnterScreen
from controller.ui.screens.faint import FaintScreen
from controller.ui.screens.finished import FinishedScreen
from controller.ui.screens.first_run import FirstRunScreen
from controller.ui.screens.help import HelpScreen
from controller.ui.screens.keys_file import KeysScreen
from controller.ui.screens.leave import LeaveScreen
from controller.ui.screens.left_open import LeftOpenScreen
from controller.ui.screens.live import LiveScreen
from controller.ui.screens.start import StartScreen
from controller.ui.screens.veil import VeilScreen
from controller.ui.stop_keys import DoubledKey, Meaning, StopKeys
from controller.ui.terminal_pictures import Graphics
from controller.ui.themes import NIGHT, THEMES, after, called, fallback_variables
from controller.ui.widgets.stop_control import corner
from controller.ui.wrapping import teach_toolkit

LOOKS_HZ = 8.0
"""How often the truth is looked at and drawn."""

LOCK_AFTER_S = 600.0
"""So long without a key, outside a session, and the console locks by itself."""


class PalierApp(App[int]):
    """The therapist's console.

    Args:
        lead: whoever leads the session.
        desk: who sits here; None where nobody is asked and nothing is locked.
        warning: one sentence to be said once at the start; "" for none.
        lock_after_s: seconds without a key, outside a session, before the console locks.
        clock: seconds of a clock that goes on while the machine sleeps.
        graphics: what this terminal shows pictures with; None for half blocks.
        comforts: how whoever sits here likes the console; None for the usual, not kept.
        keys_file: other keys than the usual ones; None where there is no file of them.
    """

    CSS_PATH = "console.tcss"
    TITLE = "Palier"
    COMMANDS: ClassVar[set[type[Commands]]] = {Commands}  # type: ignore[assignment]
    ESCAPE_TO_MINIMIZE = False
    # Before the field that has the focus hears of it: what is typed right after Tab, in one burst
    # or while the machine is busy, would still go to the field before, a passphrase into a name.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    ]

    def __init__(
        self,
        lead: Lead,
        desk: Desk | None = None,
        *,
        warning: str = "",
        lock_after_s: float = LOCK_AFTER_S,
        clock: Callable[[], float] = steady,
        graphics: Graphics | None = None,
        comforts: Comforts | None = None,
        keys_file: KeysFile | None = None,
    ) -> None:
        super().__init__()
        teach_toolkit()
        self.comforts = Comforts() if comforts is None else comforts
        self._keys_file = KeysFile() if keys_file is None else keys_file
        bind(self._keys_file.bound)
        self.graphics = graphics
        self.lead = lead
        self.desk = desk
        self.warning = warning
        self._lock_after_s = lock_after_s
        self.clock = clock
        self._touched_at_s = clock()
        """When a key was pressed last."""
        self._sat_here: Person | None = None
        self._lock_waits = False
        """Locked was asked for while an act on the way to a session was not answered yet."""
        self._awake = Awake()
        self.errands = Errands(self._outcome, self._awake, lambda: self._guard() is None)
        self._stop_keys = StopKeys()
        self.doubled = DoubledKey()
        """One for all pages: a key that is held as a page goes does not act on the next one."""
        self.stopped_at_s = float("-inf")
        """When stop was pressed last, by the clock of events."""
        self._live: LiveScreen | None = None
        self._rang = (False, False)
        self._last: Now | None = None

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """So that themes which are not ours work too."""
        return fallback_variables()

    def get_system_commands(self, screen: Screen[object]) -> list[SystemCommand]:
        """None of the toolkit's own: the palette holds the therapist's commands alone."""
        return []

    def on_mount(self) -> None:
        """Look, first screen, and the beat at which the truth is drawn."""
        for theme, _words in THEMES:
            self.register_theme(theme)
        known = any(theme.name == self.comforts.kept.theme for theme, _words in THEMES)
        self.theme = self.comforts.kept.theme if known else NIGHT.name
        self._move()
        self.push_screen(StartScreen())
        if self.desk is not None and self.desk.present is None:
            first = not self.desk.people()
            self.push_screen(FirstRunScreen(self.desk) if first else EnterScreen(self.desk))
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
        self._lock_when_left(now)
        self._ring(now)
        if now.session is not None and self._live is None and not self._veiled(now):
            self._unveil()
            self._live = LiveScreen(now)
            self._back_to_start()
            self.push_screen(self._live)
        elif now.session is None and self._live is not None:
            self._live, veiled = None, self._guard() is not None
            self._unveil()
            self._back_to_start()
            # Nothing of a session that was only watched stays after it, nor of one never meant.
            last = self._last
            if last is not None and not last.observing and last.session != now.undone:
                self.push_screen(FinishedScreen(last))
            if veiled and self.desk is not None:
                self.push_screen(EnterScreen(self.desk, self._sat_here))
        if now.session is not None:
            self._last = now
        self._ask_about_left(now)
        if self._lock_waits and not self.errands.acting:
            self._lock_waits = False
            self.act("lock")
        screen = self.screen
        if isinstance(screen, PalierScreen) and screen.ready:
            screen.look(now)

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
        elif not asked and self._guard() is None:
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
        """Leave every screen that lies over the start screen, but the question who sits here."""
        guard = self._guard()
        while len(self.screen_stack) > 1 and not (
            self.screen is guard or isinstance(self.screen, StartScreen)
        ):
            self.pop_screen()

    def _outcome(self, outcome: Outcome) -> None:
        """Say what became of an act, on whatever screen is there.

        Where it is asked who sits here nothing is: it may be about a patient.
        """
        if self._guard() is None:
            self._tell(outcome)
        self.look()

    def _tell(self, outcome: Outcome) -> None:
        screen = self.screen
        if outcome.text and isinstance(screen, PalierScreen):
            screen.hear(outcome.text, "done" if outcome.ok else "refused")

    # -- who sits here

    def patients(self) -> tuple[PatientCard, ...]:
        """The patients, for whoever sits here; none while that is not known."""
        known = self.desk is None or self.desk.present is not None
        return self.lead.patients() if known else ()

    def put_over(self, screen: PalierScreen, veil: PalierScreen | None = None) -> None:
        """Put a screen over the present one; never over the question who sits here.

        A key may still be on its way to a screen when the console is locked. Only the `veil` over
        an open session asks one thing more: who else goes on.
        """
        if self._guard() is veil:
            self.push_screen(screen)

    def asks_who(self) -> bool:
        """Whether it is asked who sits here: until that is said, nothing is read for anybody."""
        return self._guard() is not None

    def _guard(self) -> PalierScreen | None:
        """The screen that asks who sits here, wherever it lies; None where nothing is asked."""
        found = (s for s in self.screen_stack if isinstance(s, PalierScreen) and s.GUARDS)
        return next(found, None)

    def _veiled(self, now: Now) -> bool:
        """Whether a session is not shown before somebody has said who they are.

        One that is led from here is always shown: nothing may come between it and its therapist.
        """
        return now.observing and self._guard() is not None

    def _unveil(self) -> None:
        """Take the question who sits here away, and what lies over it."""
        while self._guard() is not None:
            self.pop_screen()

    def _lock_when_left(self, now: Now) -> None:
        """Lock once nobody has pressed a key for long; in a session by the veil."""
        if self.desk is None or self._guard() is not None or why_not_lock(now) is not None:
            self._touched_at_s = self.clock()
        elif self.clock() - self._touched_at_s >= self._lock_after_s:
            self._lock()

    def _lock(self) -> None:
        """Nobody sits here any longer; what was on the screen stays under the question."""
        if self.desk is None or self._guard() is not None:
            return
        # The veil keeps what eases, so nothing is waited for in a session; what opens one is.
        waits = self.errands.acting and self._live is None
        if waits and not self._lock_waits:
            told = _("What was sent is not answered yet; the console locks once it is.")
            self._tell(Outcome(False, told))
        self._lock_waits = waits
        if waits:
            return
        over = CommandPalette | LeaveScreen | HelpScreen | KeysScreen
        while isinstance(self.screen, over):
            self.pop_screen()
        self._sat_here = self.desk.present
        self.desk.lock()
        if self._live is not None and self._sat_here is not None:
            self.push_screen(VeilScreen(self.desk, self._sat_here))
        else:
            self.push_screen(EnterScreen(self.desk, self._sat_here))

    def entered(self, outcome: Outcome) -> None:
        """Somebody showed who they are: on where they were, or from the start for another."""
        before, self._sat_here = self._sat_here, None
        self._unveil()
        other = self.desk is not None and self.desk.present != before
        if other and self._live is None:
            self._back_to_start()
        self._touched_at_s = self.clock()
        self.look()
        self.call_after_refresh(self._tell, outcome)

    def act(self, act: str) -> None:
        """Do what every screen can: help, colours, language, palette, leaving."""
        if act == "help":
            if isinstance(self.screen, HelpScreen):
                self.pop_screen()
            else:
                while isinstance(self.screen, CommandPalette):
                    self.pop_screen()
                if isinstance(self.screen, PalierScreen):
                    self.push_screen(HelpScreen(self.screen))
        elif act == "theme":
            self.wear(after(self.theme))
        elif act == "language":
            self.speak(other())
        elif act == "palette":
            self.action_command_palette()
        elif act == "lock":
            refused = why_not_lock(self.lead.now())
            if refused is None:
                self._lock()
            else:
                self._tell(Outcome(False, refused))
        elif act == "keys" and self._guard() is None:
            self.push_screen(KeysScreen(self._keys_file))
        elif act == "quit" and not isinstance(self.screen, LeaveScreen):
            unsaved = self.lead.plans.unsaved()
            names = [card.pseudonym for card in self.patients() if card.id in unsaved]
            self.push_screen(LeaveScreen(self.lead.now(), names))

    # -- comfort

    def speak(self, language: Language) -> None:
        """Speak this language from now on, on every screen; what is written stays as it is."""
        switch(language)
        while isinstance(self.screen, CommandPalette):
            self.pop_screen()
        for screen in self.screen_stack:
            if isinstance(screen, PalierScreen):
                screen.speak_anew()
        self.keep(language=language)
        self.look()

    def wear(self, theme: str) -> None:
        """Take on these colours, and say which they are."""
        self.theme = theme
        if not self.keep(theme=theme):
            told = _("Colours: {name}").format(name=called(theme))
            self._tell(Outcome(True, told))

    def keep(self, **changed: object) -> str:
        """Keep what was chosen; gives the sentence that was said where it cannot be kept."""
        trouble = self.comforts.keep(**changed)
        self._move()
        if trouble:
            self._tell(Outcome(False, trouble))
        return trouble

    def _move(self) -> None:
        """Glide only where that is wanted."""
        self.animation_level = "full" if self.comforts.kept.motion else "none"

    def _ring(self, now: Now) -> None:
        """Once as a rating falls due and once as the link is lost, where a bell is wanted."""
        due = now.due is not None and now.due.opens_in_s <= 0
        rings = due, now.session is not None and is_stale(now)
        if self.comforts.kept.bell and any(
            new and not old for new, old in zip(rings, self._rang, strict=True)
        ):
            self.bell()
        self._rang = rings

    def _fatal_error(self) -> None:
        """Told by places alone: the toolkit would print the values at hand, notes among them."""
        error = self._exception
        if error is not None:
            self.panic(Text(fault.told(error.__cause__ or error)))

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

        The session comes to sight again; the steps for a faint stay, as they begin with stop.

        Keys that were pressed before `at_s`, the time of the stop's own event, and have not been
        worked off yet, do not act on the scene any more.
        """
        self.stopped_at_s = at_s
        self.errands.stop(self.lead.stop, then=self._tell)
        if self._live is not None:
            # A veil stays: a stop shows nobody what it hides.
            last = self._guard() or self._live
            while self.screen is not last and len(self.screen_stack) > 1:
                if isinstance(self.screen, FaintScreen):
                    return
                self.pop_screen()

    async def on_event(self, event: events.Event) -> None:
        """Hear every key and click before any screen does, so that none can keep stop away."""
        if isinstance(event, events.Key | events.MouseDown | events.Paste):
            self._touched_at_s = self.clock()
        if isinstance(event, events.Key) and not event.is_forwarded:
            meaning = self._stop_keys.meaning(event.key, event.character, event.time)
            if meaning is Meaning.STOP:
                self.stop(event.time)
            if meaning is not Meaning.OTHER:
                self._interrupt()
                return
            act = act_for(event.key, None)
            if act in ANYWHERE:
                assert act is not None, "it is one of them"
                self._interrupt()
                self.act(act)
                return
        elif (
            isinstance(event, events.MouseDown)
            and not event.is_forwarded
            and corner(self.size).contains(int(event.screen_x), int(event.screen_y))
        ):
            self.stop(event.time)
            return
        await super().on_event(event)

    def _interrupt(self) -> None:
        """Tell the screen of a key that it is not given."""
        if isinstance(self.screen, PalierScreen) and self.screen.ready:
            self.screen.interrupted()
