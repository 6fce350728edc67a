"""Owns what a new scenario may be called, and what may be feared; writes nothing."""

from __future__ import annotations

import difflib
import keyword
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import scenarios.api
from vr_runtime.examination.source import MAIN
from vr_runtime.language import _

MOST_SHOWN = 60
"""Most characters that are told of a name that cannot be one."""
TAKEN = Path(MAIN).stem
WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
ID = re.compile(rf"{WORD.pattern}(\.{WORD.pattern}){{0,3}}")
PHOBIAS: dict[str, str] = {
    "acrophobia": "height",
    "claustrophobia": "room",
    "cleithrophobia": "room",
    "nyctophobia": "room",
    "agoraphobia": "approach",
    "ailurophobia": "approach",
    "aquaphobia": "approach",
    "arachnophobia": "approach",
    "astraphobia": "approach",
    "aviophobia": "room",
    "blood_injection_injury": "approach",
    "coulrophobia": "approach",
    "cynophobia": "approach",
    "emetophobia": "approach",
    "entomophobia": "approach",
    "musophobia": "approach",
    "ophidiophobia": "approach",
    "ornithophobia": "approach",
    "phonophobia": "approach",
    "social_phobia": "approach",
    "trypanophobia": "approach",
}
"""What is feared, by its usual name, and the kind of place that begins with it."""
WORDS: dict[str, str] = {
    "height": "acrophobia",
    "heights": "acrophobia",
    "confined": "claustrophobia",
    "lift": "claustrophobia",
    "darkness": "nyctophobia",
    "night": "nyctophobia",
    "crowd": "agoraphobia",
    "cats": "ailurophobia",
    "water": "aquaphobia",
    "spiders": "arachnophobia",
    "storm": "astraphobia",
    "flying": "aviophobia",
    "blood": "blood_injection_injury",
    "clowns": "coulrophobia",
    "dogs": "cynophobia",
    "insects": "entomophobia",
    "mice": "musophobia",
    "snakes": "ophidiophobia",
    "birds": "ornithophobia",
    "noise": "phonophobia",
    "speaking": "social_phobia",
    "needles": "trypanophobia",
}
"""What many write instead of the usual name."""
UNKNOWN = "approach"
"""The kind for a fear that has no name here."""


class NoName(ValueError):
    """The name cannot be used; the message says why and proposes another."""


@dataclass(frozen=True)
class Named:
    """What a new scenario is called, everywhere it has a name."""

    id: str
    stem: str
    """Of its file or folder."""
    class_name: str


def named(given: str, phobia: str) -> Named:
    """What follows from the name an author gave; one word alone is put behind what is feared.

    Raises:
        NoName: it is no name of small letters, digits, _ and at most three dots.
    """
    if not ID.fullmatch(given):
        told = _(
            "`{name}` cannot be the name of a scenario: it has small letters, digits and _, words "
            "are joined by dots; try `{proposal}`."
        )
        shown = "".join(c if c.isprintable() else "?" for c in given[:MOST_SHOWN])
        raise NoName(told.format(name=shown, proposal=proposed(given)))
    if given == TAKEN:
        told = _(
            "`{name}.py` is what the file of a scenario in a folder of its own is called; choose "
            "another name."
        )
        raise NoName(told.format(name=given))
    id = given if "." in given else f"{phobia}.{given}"
    return Named(id=id, stem=given.replace(".", "_"), class_name=_class_name(given))


def proposed(given: str) -> str:
    """The name that comes closest to what was given."""
    plain = unicodedata.normalize("NFKD", given).encode("ascii", "ignore").decode().lower()
    words = [re.sub(r"[^a-z0-9]+", "_", word).strip("_") for word in plain.split(".")]
    kept = [word if word[0].isalpha() else f"place_{word}" for word in words if word]
    return ".".join(word[:40].rstrip("_") for word in kept[:4]) or "my_place"


def phobia_of(given: str) -> str:
    """The word for what is feared, as it is declared.

    Raises:
        NoName: nothing of it can be such a word.
    """
    word = proposed(given).replace(".", "_")
    if not given.strip() or not WORD.fullmatch(word):
        raise NoName(_("Say in one word what is feared, as acrophobia."))
    return word


def usual(word: str) -> str:
    """The usual name for what is meant, or that looks most like it; empty where there is none."""
    if word in WORDS:
        return WORDS[word]
    return next(iter(difflib.get_close_matches(word, [*PHOBIAS], n=1, cutoff=0.6)), "")


def kind_for(phobia: str) -> str:
    """The kind of place to begin with."""
    return PHOBIAS.get(WORDS.get(phobia, phobia), UNKNOWN)


def title_of(given: str) -> str:
    """A first title, in words, from the last part of a name."""
    words = given.rpartition(".")[2].replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _class_name(given: str) -> str:
    words = given.rpartition(".")[2].split("_")
    name = "".join(word[:1].upper() + word[1:] for word in words)
    # A word of the language or of `scenarios.api` would be something else in that file.
    taken = keyword.iskeyword(name) or hasattr(scenarios.api, name)
    return f"{name}Place" if taken else name
