"""Owns what follows the last trial, on one page: each part, how it stands, and the way to it.

Nothing on it is enforced: the session can always be ended, and what is not done is told before.
"""

from __future__ import annotations

from functools import partial

from textual.content import Content

from controller.language import _, listed
from controller.session import suds
from controller.session.after.entries import PARTS as ALL
from controller.session.after.entries import AfterPart
from controller.session.after.words import PARTS
from controller.session.now import Now
from controller.ui import possible
from controller.ui.after_words import figures, not_done, told
from controller.ui.lettering import clock, cut
from controller.ui.screens.base import Way
from controller.ui.screens.debrief import DebriefScreen, HomeworkScreen
from controller.ui.screens.forms import FormsScreen
from controller.ui.screens.note import NoteScreen
from controller.ui.screens.release import ReleaseScreen
from controller.ui.screens.sheet import Sheet, row


class AfterScreen(Sheet):
    """Six parts and the end; digits and Enter rate distress, as on the live screen."""

    def __init__(self) -> None:
        super().__init__()
        self._typing = ""
        self._ending = False
        """Whether it is asked if the session is to end."""

    def on_mount(self) -> None:
        """Look at what was answered elsewhere, as by the command."""
        self.recall()

    def headline(self) -> str:
        """What it is."""
        return _("After the exposure")

    def below(self, now: Now) -> str:
        """Of whom, and how the session stands."""
        return _("{patient} · {time} of the session").format(
            patient=now.pseudonym, time=clock(now.at_s)
        )

    def ways(self) -> tuple[Way, ...]:
        """The keys of the page."""
        return (
            Way("↑↓", _("choose"), ""),
            Way("⏎", _("do it"), "key('enter')"),
            Way("0-9", _("distress"), ""),
            Way("X", _("end session"), "key('x')"),
            Way(_("Esc"), _("back"), "back"),
        )

    def rows(self, now: Now) -> int:
        """The parts, and the end."""
        return len(ALL) + 1

    # -- keys

    def only_types(self, character: str) -> bool:
        """A digit of a rating waits for Enter."""
        return suds.as_digit(character) is not None

    def typed(self, key: str, character: str) -> bool:
        """Digits are distress, with Enter; X asks whether to end."""
        scale = self.palier.lead.now().scale
        digit = suds.as_digit(character)
        if digit is not None or key in suds.MOST:
            longer = key if digit is None else self._typing + digit
            self._typing = longer if suds.fits(longer, scale) else self._typing
        elif key == "backspace" and (self._typing or self._ending):
            self._typing, self._ending = self._typing[:-1], False
        elif key == "x":
            self._ending, self.chosen = True, len(ALL)
        elif key in ("up", "down", "escape") and self._ending:
            self._ending = False
            return key == "escape"
        else:
            return False
        return True

    def enter(self) -> None:
        """Rate what was typed; else do the chosen part."""
        lead = self.palier.lead
        if self._typing:
            typed, self._typing = self._typing, ""
            self.send(lambda: lead.rate(typed, "recovery"))
        elif self.chosen >= len(ALL):
            self._end()
        elif ALL[self.chosen] == "recovery":
            self.send(lead.after.end_recovery)
        elif ALL[self.chosen] == "questionnaires":
            self.palier.put_over(FormsScreen("after"))
        else:
            opened = {
                "debrief": DebriefScreen,
                "homework": HomeworkScreen,
                "release": ReleaseScreen,
                "note": NoteScreen,
            }
            self.palier.put_over(opened[ALL[self.chosen]]())

    def _end(self) -> None:
        """The first Enter says what is not done, the second ends."""
        refused = possible.why_not("end", self.palier.lead.now())
        if refused is not None:
            self.say(refused, "refused")
        elif not self._ending:
            self._ending = True
        else:
            self._ending = False
            lead = self.palier.lead
            self.send(partial(lead.close_session))

    # -- the page

    def draw(self, now: Now, width: int) -> Content:
        """A row for each part: its glyph, its name, how it stands."""
        left = set(now.after.not_done(asked=any(f.when == "after" for f in now.forms)))
        wide = max(len(_(word)) for word in PARTS.values()) + 2
        lines = [Content("")]
        for at, part in enumerate(ALL):
            glyph = ("○ ", "$quiet") if part in left else ("✓ ", "bold $level")
            name = (f"{_(PARTS[part]).capitalize():<{wide}}", "bold")
            how = cut(told(part, now), max(8, width - wide - 5))
            lines.append(row(at, self.chosen, glyph, name, how))
            lines += self._more(part, now, width)
        lines += [Content(""), row(len(ALL), self.chosen, "■ ", (_("End the session"), "bold"))]
        if self._ending:
            lines += self._ask_end(now)
        return Content("\n").join(lines)

    def _ask_end(self, now: Now) -> list[Content]:
        left = not_done(now)
        stands = _("Everything is done.")
        if left:
            stands = _("Not done, and recorded so: {parts}.").format(parts=listed(left))
        asked = _("Enter ends the session and seals its record; Esc stays.")
        return [Content.styled(f"    {stands}"), Content.styled(f"    {asked}", "bold")]

    def _more(self, part: AfterPart, now: Now, width: int) -> list[Content]:
        """Below recovery: distress, baseline, the bound, the time."""
        found = self.palier.lead.after.recovery() if part == "recovery" else None
        if found is None:
            return []
        lines = [Content.styled(f"      {line}", "$quiet") for line in figures(found, now)]
        if self._typing:
            typed = suds.shown(suds.parse(self._typing, now.scale), now.scale)
            meant = "" if typed == self._typing else f" = {typed}"
            entry = Content.assemble("      ", (f" {self._typing}▏", "bold reverse"), f"{meant}  ⏎")
            lines.append(entry)
        return lines
