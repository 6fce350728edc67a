"""Owns the one table of the live screen's keys; knows not what the acts do.

Letters are matched by the character that arrives, in either case, so Caps Lock changes nothing.
None of the keys needs Shift or AltGr on QWERTY or AZERTY, and none is a character of the digit row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from controller.language import _, language, mark


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
    label: str = ""
    """How the key is called where its name does not say it, marked for translation."""
    french: str = ""
    """The key in French where it is another."""
    shown: bool = True
    """Whether the key line names it."""
    last_to_go: bool = False
    """Whether it stays on the key line when room is short."""
    brief: str = ""
    """A shorter word for a narrow key line, marked for translation."""

    def letter(self) -> str:
        """The key in the language that is spoken."""
        return self.french if self.french and language() == "fr" else self.key

    def name(self) -> str:
        """The key as people call it."""
        return _(self.label) if self.label else self.letter().upper()


KEYS: tuple[KeyRow, ...] = (
    KeyRow(
        "raise",
        "up",
        mark("raise"),
        mark("One level up; one press, one level."),
        "↑",
        last_to_go=True,
    ),
    KeyRow("lower", "down", mark("lower"), mark("One level down."), "↓", last_to_go=True),
    KeyRow(
        "hold",
        "space",
        mark("hold"),
        mark("Hold: stay as it is, nothing rises."),
        mark("Space"),
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
    KeyRow("view", "v", mark("view"), mark("On a small screen: view, events, notes, settings.")),
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
    KeyRow("theme", "f2", mark("night or day"), mark("Night or day colours."), "F2", shown=False),
    KeyRow(
        "palette",
        "ctrl+p",
        mark("commands"),
        mark("Search all commands, events, patients, scenarios."),
        mark("Ctrl+P"),
        shown=False,
    ),
    KeyRow(
        "lock",
        "ctrl+l",
        mark("lock"),
        mark("Outside a session: lock the console, or let another operator go on."),
        mark("Ctrl+L"),
        shown=False,
    ),
    KeyRow(
        "quit",
        "ctrl+q",
        mark("leave"),
        mark("Leave the console; asks what becomes of the session."),
        mark("Ctrl+Q"),
        shown=False,
    ),
    KeyRow("help", "f1", mark("help"), mark("This help."), "F1", last_to_go=True),
)


def row(act: str) -> KeyRow:
    """The row of an act; `KeyError` where the act has no key."""
    return next(r for r in KEYS if r.act == act)


def act_for(key: str, character: str | None) -> str | None:
    """The act a key stands for in the language that is spoken, or None."""
    typed = character.lower() if character is not None and character.isprintable() else ""
    for each in KEYS:
        letter = each.letter()
        if letter == key or (len(letter) == 1 and letter == typed):
            return each.act
    return None


def reserved() -> frozenset[str]:
    """Letters that no list of answers may use: all commands, and the rating's own T."""
    return frozenset(r.letter() for r in KEYS if len(r.letter()) == 1) | {"t"}


def safe_letters() -> frozenset[str]:
    """Letters that lead out of the scene, or are the rating's: no question ever takes them."""
    return frozenset(row(act).letter() for act in ("safe_place", "pause")) | {"t"}


def kept_from_adverse() -> frozenset[str]:
    """Letters that the questions on what befell the patient leave to their usual work.

    Those that no question takes, those that open a line to write on, go on, end or lead, those that
    act at once, and the question's own.
    """
    return safe_letters() | {row(act).letter() for act in _KEPT_FROM_ADVERSE}


_KEPT_FROM_ADVERSE = (
    *("note", "text", "resume", "end", "control"),
    *("task_done", "take_back", "dial", "observers"),
    "adverse",
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
