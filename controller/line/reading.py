"""Owns what one typed line means: a stop, a number, a command with the rest, or none of them.

It does nothing and never raises: whatever comes in, something can be said of it.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from controller import typed
from controller.language import Language, _, language
from controller.line.commands import Command
from controller.line.words import command, forms, plainly
from controller.session import suds

STOPPING = re.compile("\x1b\x1b(?!\\[)|\x1b\\[24~")
"""What two Escapes and F12 leave in a line that a terminal does not work on."""
LIKE_STOP = 0.75
"""From this likeness on, one unknown word alone is taken for a misspelt stop (difflib's ratio)."""


@dataclass(frozen=True)
class Said:
    """One line as it was understood."""

    text: str
    """What was typed, on one line, without signs that act on a terminal."""
    command: Command | None = None
    rest: str = ""
    number: bool = False
    """It is made of digits alone, as a rating or an answer by number."""
    stop: bool = False
    trouble: str = ""
    """Why nothing can be done with it: one sentence, else empty."""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.text


def read(raw: str, *, too_long: bool = False) -> Said:
    """What this line means in the language that is spoken.

    Args:
        raw: the line as it came; bytes that are no text are lone surrogates in it.
        too_long: whether its end was cut off.
    """
    text = typed.line(raw)
    if is_stop(raw):
        return Said(text, command("stop"), stop=True)
    if too_long:
        told = _("This line is too long and nothing was done with it; type it in shorter lines.")
        return Said(text, trouble=told)
    if not typed.storable(raw):
        told = _("These words hold signs that cannot be stored: type them again without them.")
        return Said(text, trouble=told)
    if text and _is_number(text):
        return Said(text, command("rate"), text, number=True)
    found = _command_in(text, language())
    return Said(text) if found is None else Said(text, *found)


def is_stop(raw: str) -> bool:
    """Whether this line stops: `!` before anything else, a word for it first, Esc Esc, or F12."""
    if STOPPING.search(raw):
        return True
    # Wide and accented forms count as the plain ones; a lone surrogate passes through.
    bare = unicodedata.normalize("NFKC", typed.line(raw))
    if bare.startswith("!"):
        return True
    words = re.findall(r"[^\W\d_]+|\S+", plainly(bare))
    if not words:
        return False
    stops = [plainly(form) for form in command("stop").known("fr")]
    if words[0] in stops:
        return True
    alone = len(words) == 1 and len(words[0]) > 2 and words[0] not in _every_word()
    return alone and any(
        difflib.SequenceMatcher(None, words[0], stop).ratio() >= LIKE_STOP
        for stop in ("stop", "arret")
    )


def _every_word() -> frozenset[str]:
    return frozenset(part for form in (*forms("en"), *forms("fr")) for part in form.split())


def _is_number(text: str) -> bool:
    """Digits, also those of an unshifted French keyboard, or the sign for the highest rating."""
    if text.lower() in suds.MOST:
        return True
    return all(suds.as_digit(sign) is not None for sign in text) or text.isdigit()


def _command_in(text: str, spoken: Language) -> tuple[Command, str] | None:
    """The command whose longest form the line begins with, and what follows it."""
    known, words = forms(spoken), text.split(" ")
    for count in range(min(4, len(words)), 0, -1):
        found = known.get(plainly(" ".join(words[:count])).rstrip(":,."))
        if found is not None:
            return found, " ".join(words[count:])
    return None


def unknown(text: str) -> str:
    """One sentence on a line that is no command, with the likeliest word to type instead."""
    first = plainly(text.split(" ")[0])
    near = difflib.get_close_matches(first, list(forms(language())), n=1, cutoff=0.6)
    shown = text if len(text) <= 40 else text[:40].rstrip() + "..."
    if near:
        told = _('"{text}" is no command; did you mean {word}? {help} tells the words.')
        word = forms(language())[near[0]].word()
        return told.format(text=shown, word=word, help=command("help").word())
    told = _('"{text}" is no command; {help} tells the words.')
    return told.format(text=shown, help=command("help").word())


def find(typed_name: str, names: Mapping[str, tuple[str, ...]]) -> str | None:
    """The key that is meant by a number in the list, a name, or the only beginning of a name.

    `names` holds, in the order in which they are numbered, every name of each key.
    """
    said = plainly(typed_name.strip())
    keys = list(names)
    if said.isascii() and said.isdigit():
        return keys[int(said) - 1] if len(said) < 5 and 1 <= int(said) <= len(keys) else None
    if not said:
        return None
    for key, known in names.items():
        if said in (plainly(key), *(plainly(name) for name in known)):
            return key
    begun = [
        key
        for key, known in names.items()
        if any(plainly(name).startswith(said) for name in (key, *known))
    ]
    return begun[0] if len(begun) == 1 else None
