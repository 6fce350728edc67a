"""Owns the one table of the live screen's keys; knows not what the acts do.

Which key an act has can be bound otherwise (`bindings`); everything that names a key asks here.
Letters are matched by the character that arrives, in either case, so Caps Lock changes nothing.
None of the keys needs Shift or AltGr on QWERTY or AZERTY, and none is a character of the digit row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import KW_ONLY, dataclass
from string import ascii_lowercase

from controller.called import called
from controller.language import Language, _, language, mark

Bound = Mapping[Language, Mapping[str, str]]
"""The key of each act that has another than the usual one, by language."""
ANYWHERE = ("help", "theme", "language", "palette", "lock", "quit")
"""What can be done by its key on every screen."""
EASES = ("lower", "hold", "pause", "safe_place")
"""What only makes it easier for the patient."""
ASKED = frozenset("acdgmnovwxy")
"""Letters that questions and checklists of an open session take for themselves.

No act that eases may have one of them: it would be dead there. T belongs to the rating.
"""
_bound: ContextVar[Bound] = ContextVar("palier_keys")
_NAMES = {"up": "↑", "down": "↓", "pageup": mark("Page up"), "pagedown": mark("Page down")} | {
    "space": mark("Space"),
    "home": mark("Home"),
    "end": mark("End"),
    "insert": mark("Insert"),
    "escape": mark("Esc"),
    "ctrl+p": mark("Ctrl+P"),
    "ctrl+l": mark("Ctrl+L"),
    "ctrl+q": mark("Ctrl+Q"),
}


def bind(bound: Bound) -> None:
    """Let these acts have other keys, in this context and those made from it."""
    _bound.set(bound)


def key_name(key: str) -> str:
    """A key as people call it, in the language that is spoken."""
    name = _NAMES.get(key)
    return key.upper() if name is None else _(name)


@dataclass(frozen=True)
class KeyRow:
    """One act of the therapist and the key that does it."""

    act: str
    key: str
    """A character, or the name Textual gives the key."""
    word: str
    """What it does, marked for translation."""
    sentence: str
    """What it does, for help and the command palette, marked for translation."""
    _by_name: KW_ONLY
    french: str = ""
    """The key in French where it is another."""
    shown: bool = True
    """Whether the key line names it."""
    last_to_go: bool = False
    """Whether it stays on the key line when room is short."""
    brief: str = ""
    """A shorter word for a narrow key line, marked for translation."""

    def letter(self) -> str:
        """The key in the language that is spoken, as it is bound."""
        bound = _bound.get({}).get(language(), {}).get(self.act)
        if bound:
            return bound
        return self.french if self.french and language() == "fr" else self.key

    def name(self) -> str:
        """The key as people call it."""
        return key_name(self.letter())


KEYS: tuple[KeyRow, ...] = (
    KeyRow(
        "raise",
        "up",
        mark("raise"),
        mark("One level up; one press, one level."),
        last_to_go=True,
    ),
    KeyRow("lower", "down", mark("lower"), mark("One level down."), last_to_go=True),
    KeyRow(
        "hold",
        "space",
        mark("hold"),
        mark("Hold: stay as it is, nothing rises."),
    ),
    KeyRow(
        "resume", "r", mark("resume"), mark("Resume or come back; names the level, Enter begins.")
    ),
    KeyRow("begin", "c", mark("new trial"), mark("A new trial; names its level, Enter begins.")),
    KeyRow(
        "safe_place",
        "s",
        mark("safe place"),
        mark("The patient's safe place, at once."),
        french="l",
        brief=mark("safe"),
        last_to_go=True,
    ),
    KeyRow("pause", "p", mark("pause"), mark("Neutral room; the patient can look around.")),
    KeyRow(
        "no_answer",
        "o",
        mark("no answer"),
        mark("The rating due now is not given; a letter says why."),
    ),
    KeyRow("event", "e", mark("event"), mark("Then a letter: let this event happen.")),
    KeyRow("task", "j", mark("task"), mark("Then a letter: give the patient this task.")),
    KeyRow(
        "task_done",
        "y",
        mark("task done"),
        mark("The patient has done the task that is under way."),
        last_to_go=True,
    ),
    KeyRow(
        "take_back",
        "z",
        mark("take back"),
        mark("Take the task that is under way back."),
        shown=False,
    ),
    KeyRow(
        "dial",
        "q",
        mark("ask the patient"),
        mark("Show the patient the distress dial; once more takes it away."),
        shown=False,
    ),
    KeyRow(
        "text",
        "i",
        mark("write to the patient"),
        mark("Put up to 80 letters before the patient's eyes; an empty line takes them away."),
        shown=False,
    ),
    KeyRow("note", "n", mark("note"), mark("Write a note; Enter saves it.")),
    KeyRow(
        "adverse",
        "d",
        mark("adverse event"),
        mark("What befell the patient: two letters, and it is saved with its minute before."),
        shown=False,
    ),
    KeyRow(
        "sickness",
        "f",
        mark("sickness"),
        mark("How sick the patient is, 0 to 20: stomach and dizziness, not fear; Enter saves."),
        shown=False,
    ),
    KeyRow(
        "faint",
        "f3",
        mark("faint"),
        mark("What to do when somebody faints, step by step; it stops nothing by itself."),
        shown=False,
    ),
    KeyRow(
        "forms",
        "f4",
        mark("questionnaires"),
        mark("Ask a questionnaire, before or after the exposure."),
        shown=False,
    ),
    KeyRow(
        "after",
        "f5",
        mark("after"),
        mark("What follows the last trial: recovery, debrief, homework, release, note."),
        shown=False,
    ),
    KeyRow(
        "row",
        "f9",
        mark("save as a row"),
        mark("The scene as it is applied, as a row of the patient's hierarchy; F9 saves it."),
        shown=False,
    ),
    KeyRow(
        "rows",
        "f10",
        mark("next row"),
        mark("The row of the hierarchy that the next trial is of; Enter takes it, begins nothing."),
        shown=False,
    ),
    KeyRow(
        "break",
        "b",
        mark("break"),
        mark("A break: neutral room, and its time counted down; nothing resumes by itself."),
        shown=False,
    ),
    KeyRow(
        "bat",
        "f8",
        mark("BAT"),
        mark("The scenario's behavioural approach test: begin it, then lead through its steps."),
        shown=False,
    ),
    KeyRow(
        "expect",
        "f7",
        mark("feared outcome"),
        mark("What is feared, before it is tested; afterwards, what became of it."),
        shown=False,
    ),
    KeyRow(
        "safety",
        "u",
        mark("safety behaviours"),
        mark("Safety behaviours: a letter notes one as in use or dropped, with its moment."),
        shown=False,
    ),
    KeyRow(
        "view",
        "v",
        mark("view"),
        mark("On a small screen: view, events, notes, what the trial shows; else notes or trial."),
    ),
    KeyRow(
        "value",
        "g",
        mark("setting"),
        mark("Then a letter: set one value apart, with ↑ and ↓."),
    ),
    KeyRow("amend", "a", mark("correct"), mark("Correct the last rating; both stay."), shown=False),
    KeyRow("ceiling", "m", mark("ceiling"), mark("Another ceiling for this patient; Enter sets.")),
    KeyRow("end", "x", mark("end session"), mark("End the session; Enter confirms.")),
    KeyRow(
        "control",
        "k",
        mark("take control"),
        mark("Take control from another console; Enter confirms."),
        last_to_go=True,
    ),
    KeyRow(
        "observers",
        "w",
        mark("observers"),
        mark("Let observers watch, with the patient's consent; once more ends it at once."),
        shown=False,
    ),
    KeyRow("theme", "f2", mark("colours"), mark("The next of the themes."), shown=False),
    KeyRow(
        "language",
        "f6",
        mark("language"),
        mark("French or English, at once and on every screen; the patient's stays."),
        shown=False,
    ),
    KeyRow(
        "palette",
        "ctrl+p",
        mark("commands"),
        mark("Search all commands, events, patients, scenarios."),
        shown=False,
    ),
    KeyRow(
        "lock",
        "ctrl+l",
        mark("lock"),
        mark("Lock the console; in a session a veil hides names, and what eases still acts."),
        shown=False,
    ),
    KeyRow(
        "quit",
        "ctrl+q",
        mark("leave"),
        mark("Leave the console; asks what becomes of the session."),
        shown=False,
    ),
    KeyRow("help", "f1", mark("help"), mark("This help."), last_to_go=True),
)


def row(act: str) -> KeyRow:
    """The row of an act; `KeyError` where the act has no key."""
    return next(r for r in KEYS if r.act == act)


def named(act: str) -> str:
    """The key of an act as people call it; its word where the console has no keys."""
    return called(act, row(act).name())


def act_for(key: str, character: str | None) -> str | None:
    """The act a key stands for in the language that is spoken, or None."""
    typed = character.lower() if character is not None and character.isprintable() else ""
    for each in KEYS:
        letter = each.letter()
        if letter == key or (len(letter) == 1 and letter == typed):
            return each.act
    return None


def reserved(but: tuple[str, ...] = ()) -> frozenset[str]:
    """Letters that no list of answers may use: all commands `but` some acts, and the rating's T."""
    return frozenset(r.letter() for r in KEYS if len(r.letter()) == 1 and r.act not in but) | {"t"}


def safe_letters() -> frozenset[str]:
    """Letters that lead out of the scene, or are the rating's: no question ever takes them."""
    return frozenset(row(act).letter() for act in ("safe_place", "pause")) | {"t"}


def not_asked() -> frozenset[str]:
    """Letters that questions leave free, so that acts that ease can be bound to them."""
    return frozenset(ascii_lowercase) - ASKED


def kept_from_adverse() -> frozenset[str]:
    """Letters that the questions on what befell the patient leave to their usual work.

    Those that no question takes, those that open a line to write on, go on, end or lead, those that
    act at once, and the question's own.
    """
    return safe_letters() | {row(act).letter() for act in _KEPT_FROM_ADVERSE}


_KEPT_FROM_ADVERSE = (
    *("note", "text", "resume", "end", "control"),
    *("task_done", "take_back", "dial", "observers"),
    *("break", "adverse"),
)


def letters(names: tuple[str, ...], taken: frozenset[str]) -> tuple[str, ...]:
    """One letter for each name: the first free one of its own, else of the alphabet.

    The first letters of its longer words come before the others, so that no article gets a letter.
    Plain a to z only, never one of `taken`, none twice; "" where the alphabet is used up.
    """
    used = set(taken)
    chosen: list[str] = []
    for name in names:
        words = sorted(re.findall(r"\w+", name.lower()), key=lambda word: len(word) <= 3)
        own = [c for c in (*(w[0] for w in words), *name.lower()) if c.isascii() and c.isalpha()]
        free = next((c for c in (*own, *"abcdefghijklmnopqrstuvwxyz") if c not in used), "")
        used.add(free)
        chosen.append(free)
    return tuple(chosen)
