"""Owns the short code that one person reads out and another types: four digits and a word.

The words are short, plain, and unlike each other when spoken over a telephone. It knows neither
what the code protects nor who says it.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import Literal

WORDS: dict[Literal["fr", "en"], tuple[str, ...]] = {
    "fr": (
        "abeille", "arbre", "avion", "bateau", "bougie", "brume", "cabane", "cerise",
        "chemin", "cheval", "citron", "cloche", "colline", "corail", "dauphin", "desert",
        "dragon", "ecorce", "etoile", "falaise", "fenetre", "ficelle", "flute", "fougere",
        "fraise", "girafe", "guitare", "hibou", "horloge", "jardin", "jonquille", "kayak",
        "lampe", "lezard", "lune", "maison", "marmite", "melon", "miroir", "moulin",
        "nuage", "olive", "orange", "oiseau", "panier", "parasol", "piano", "pirogue",
        "plume", "poisson", "prairie", "radis", "renard", "riviere", "rocher", "sapin",
        "soleil", "tambour", "tortue", "tulipe", "vague", "valise", "village", "violon",
    ),
    "en": (
        "acorn", "amber", "anchor", "apple", "badger", "balcony", "barrel", "basket",
        "beacon", "bicycle", "blanket", "bottle", "bridge", "butter", "button", "candle",
        "carpet", "castle", "cherry", "clover", "copper", "cottage", "dolphin", "dragon",
        "eagle", "falcon", "feather", "forest", "garden", "ginger", "guitar", "harbour",
        "hammer", "honey", "island", "ivory", "jacket", "kettle", "ladder", "lantern",
        "lemon", "magnet", "marble", "meadow", "mirror", "needle", "ocean", "olive",
        "orange", "paddle", "pebble", "pepper", "piano", "pillow", "rabbit", "ribbon",
        "river", "saddle", "silver", "sparrow", "teapot", "tunnel", "velvet", "window",
    ),
}  # fmt: skip
_TYPED = re.compile(r"^(\d{4})([a-z]{3,20})$|^([a-z]{3,20})(\d{4})$")


def new_code(language: Literal["fr", "en"]) -> str:
    """A fresh code to be read out, such as `4271 jardin`: one of 640,000, drawn by the system."""
    return f"{secrets.randbelow(10_000):04d} {secrets.choice(WORDS[language])}"


def as_spoken(typed: str) -> str | None:
    """What was typed in the one form that both ends compute with, or None when it is no code.

    Case, accents, spaces and dashes mean nothing, nor does the order of digits and word.
    """
    plain = unicodedata.normalize("NFKD", typed).casefold()
    found = _TYPED.match("".join(c for c in plain if c.isascii() and c.isalnum()))
    if found is None:
        return None
    digits, word, word_first, digits_last = found.groups()
    return f"{digits or digits_last}{word or word_first}"
