"""Owns the measures of the park and what dogs there are; knows no stage and no level."""

from __future__ import annotations

from scenarios.api import Vec

SMALL, MEDIUM, LARGE = 0, 1, 2
KINDS = ("small_dog", "medium_dog", "large_dog")
TALL_M = (0.34, 0.58, 0.74)
COATS = ("patched", "golden", "black_tan")
CLOSED, OPEN, WITHIN = 0, 1, 2
SHORT, LONG, FREE = 0, 1, 2
ASLEEP, LIES, SITS, WAGS, PLAYS, BARKS_AT = range(6)
STANDS = 6
"""On its feet and at ease: no behaviour of its own, only on the way from one to another."""
HOMES: tuple[Vec, Vec, Vec] = ((0.0, 2.0, 0.0), (0.0, 2.0, 0.0), (0.0, 15.0, 0.0))
"""Where the first dog belongs, by the fence."""
BESIDE: tuple[Vec, ...] = ((-1.15, 0.6, 0.0), (1.25, 0.45, 0.0), (-2.3, 2.4, 0.0))
"""Where the others belong, from there."""
OTHERS = (("medium_dog", "golden"), ("large_dog", "patched"), ("small_dog", "patched"))
EYES_M = 1.6
POST_M = 0.85
APPROACH = (
    ("Un petit chien dort, au loin.", "A small dog is asleep, far away.", 0, None),
    ("Le petit chien est éveillé : le regarder.", "The small dog is awake: look at it.", 2, "look"),
    ("Un chien moyen assis : ses oreilles.", "A medium-sized dog sits: its ears.", 4, "ears"),
    ("Le portail ouvert : l'appeler.", "The gate is open: call the dog.", 5, "call"),
    ("Dans le pré : un pas vers lui.", "In the meadow: a step towards it.", 6, "nearer"),
    ("Un grand chien en laisse.", "A large dog on its leash.", 7, None),
    ("Sans laisse : il flaire la main.", "Off its leash: it sniffs at the hand.", 8, "hand"),
    ("Deux chiens sans laisse, tout près.", "Two dogs off their leashes, very near.", 9, None),
    ("Tendre la main vers le dos de l'un d'eux.", "A hand towards the back of one.", 9, "stroke"),
    ("Trois grands chiens ; l'un aboie.", "Three dogs, large ones; one barks.", 10, None),
)
"""The approach test, step by step."""
