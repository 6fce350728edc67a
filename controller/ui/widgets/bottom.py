"""Owns the lines under the panels: what was just done, and the keys that work now; does nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.content import Content

from controller.language import _
from controller.session.now import Now
from controller.session.sentences import refusal
from controller.ui.keys import KEYS, KeyRow, named
from controller.ui.lettering import cut, decimal
from controller.ui.possible import Standing, is_stale, standing, why_not
from controller.ui.widgets.panel import Panel, clickable
from vr_runtime.wire.refusals import Code

Tone = Literal["done", "info", "refused", "alarm"]
FRESH_LOOKS = 24
"""How many looks, 8 a second, an answer to the therapist stays before an alarm has the line."""
GLYPHS: dict[Tone, str] = {"done": "✓", "info": "·", "refused": "×", "alarm": "▲"}


@dataclass(frozen=True)
class Said:
    """One sentence and its tone."""

    text: str
    tone: Tone


class MessageLine(Panel[Said]):
    """One calm line. The newest of what the session and the console itself had to say."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._said = Said("", "info")
        self._serial: int | None = None
        self._fresh = 0
        self._refused: str | None = None
        """The act whose refusal is said, where it is."""

    def say(self, text: str, tone: Tone, refused: str | None = None) -> None:
        """Say this now; why an act is `refused` is said for as long as it is true."""
        self._said, self._refused = Said(text, tone), refused
        self._fresh = FRESH_LOOKS
        self._facts = self._said
        self.refresh()

    def facts(self, now: Now) -> Said:
        """A new notice takes the line; what is wrong keeps it, but for a fresh answer."""
        notice = now.notice
        if notice is not None and notice.serial != self._serial:
            self._serial = notice.serial
            self._said, self._refused = Said(notice.text, notice.tone), None
        if self._no_longer_true(now):
            self._said, self._refused, self._fresh = Said("", "info"), None, 0
        if self._fresh:
            self._fresh -= 1
            return self._said
        if not self.app.app_focus:
            told = _("No keyboard: keys do not reach this console; click on it once.")
            return Said(told, "alarm")
        if now.state is not None and now.state.display.focused:
            told = _("No keyboard: the patient's window has it; click on this console once.")
            return Said(told, "alarm")
        if now.record.trouble is not None:
            return Said(now.record.trouble, "alarm")
        if now.link.state in ("lost", "refused") and now.link.why:
            return Said(now.link.why, "alarm")
        if now.session is not None and is_stale(now):
            told = _("No news for {age} s: the runtime holds by itself, then the safe place.")
            return Said(told.format(age=decimal(now.link.age_s)), "alarm")
        if now.stop_asked:
            told = _("Stop was sent and is not confirmed yet; F12 at the runtime stops it too.")
            return Said(told, "alarm")
        if now.state is not None and not now.link.in_control:
            who = now.state.control.holder
            if now.observing:
                return Said(_watching(who, may_stop=now.may_stop), "info")
            told = (
                _("Control lost: nobody leads. {key} takes it.")
                if who is None
                else _("Control lost: {who} leads now. {key} takes it back.")
            )
            return Said(told.format(who=who, key=named("control")), "alarm")
        return self._said

    def _no_longer_true(self, now: Now) -> bool:
        """Whether a refusal is said of what is possible by now, or refused for another reason."""
        if self._refused is not None:
            return why_not(self._refused, now) != self._said.text
        # The runtime's own refusal comes as an answer, while the news may not tell of it yet.
        told = self._said.text == refusal(Code.STILL_MOVING)
        return told and not self._fresh and why_not("raise", now) is None

    def draw(self, facts: Said) -> Content:
        """Glyph, then the sentence."""
        if not facts.text:
            return Content("")
        loud = facts.tone in ("alarm", "refused")
        told = cut(facts.text, self.size.width - 4)
        return Content.assemble(
            (f" {GLYPHS[facts.tone]} ", "bold $alert" if loud else "$level"),
            (told, "bold" if facts.tone == "alarm" else ""),
        )


def _watching(who: str | None, *, may_stop: bool) -> str:
    if may_stop and who is None:
        return _("Nobody leads now; this console watches and may stop.")
    if may_stop:
        return _("{who} leads; this console watches and may stop.").format(who=who)
    if who is None:
        return _("Nobody leads now; this console only watches.")
    return _("{who} leads; this console only watches.").format(who=who)


@dataclass(frozen=True)
class KeyFacts:
    """Each key of the line and how it stands."""

    keys: tuple[tuple[KeyRow, Standing], ...]
    written_on: str = ""
    """The line that takes the letters: a note, or another; "" where none does."""


class KeyLine(Panel[KeyFacts]):
    """The keys that work now. Refused ones are struck, go first when room is short; help stays."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.writing = ""
        self.narrow = False

    def facts(self, now: Now) -> KeyFacts:
        """How each key stands; while a note is written letters belong to the note."""
        shown = tuple(
            (row, standing(row.act, now))
            for row in KEYS
            if row.shown and (self.narrow or row.act != "view")
        )
        return KeyFacts(tuple(k for k in shown if k[1] != "hidden"), self.writing)

    def draw(self, facts: KeyFacts) -> Content:
        """Key then word, most wanted first."""
        if facts.written_on:
            told = _("Enter goes on, Esc leaves it; digits and letters belong to the line.")
            if facts.written_on == "note":
                told = _("Enter saves the note, Esc leaves it; digits and letters belong to it.")
            return Content.styled(" " + cut(told, self.size.width - 2), "$quiet")
        width = self.size.width
        keys = list(facts.keys)
        brief = False
        if self._cells(keys, brief) > width:
            keys = [k for k in keys if k[1] == "live"]
        if self._cells(keys, brief) > width:
            brief = True
        while self._cells(keys, brief) + len(self._more(facts, keys)) > width:
            weak = [k for k in keys if not k[0].last_to_go]
            if not weak:
                break
            keys.remove(weak[-1])
        more = Content.styled(self._more(facts, keys), "$quiet")
        drawn = Content("").join(self._key(row, how, brief) for row, how in keys)
        return drawn + (more if drawn.cell_length + more.cell_length <= width else Content(""))

    @staticmethod
    def _more(facts: KeyFacts, keys: list[tuple[KeyRow, Standing]]) -> str:
        """How many keys that act now there is no room for; help, which stays, names them."""
        left = sum(1 for k in facts.keys if k[1] == "live") - sum(1 for k in keys if k[1] == "live")
        return f" +{left}: {named('help')}" if left else ""

    @staticmethod
    def _called(row: KeyRow, brief: bool) -> str:
        return "␣" if brief and row.letter() == "space" else row.name()

    @staticmethod
    def _does(row: KeyRow, brief: bool) -> str:
        return _(row.brief) if brief and row.brief else _(row.word)

    def _cells(self, keys: list[tuple[KeyRow, Standing]], brief: bool) -> int:
        gap = 3 if brief else 4
        return sum(
            len(self._called(r, brief)) + len(self._does(r, brief)) + gap for r, _how in keys
        )

    def _key(self, row: KeyRow, how: Standing, brief: bool) -> Content:
        ink = ("bold $level", "") if how == "live" else ("$quiet", "$quiet strike")
        key = Content.assemble(
            " ",
            (self._called(row, brief), ink[0]),
            " ",
            (self._does(row, brief), ink[1]),
            " " if brief else "  ",
        )
        return clickable(key, f"act('{row.act}')")
