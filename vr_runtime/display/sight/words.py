"""Owns every word that a patient reads, in both languages; knows nothing of where it stands.

The patient's language may be another than the one spoken at this machine: texts are chosen here by
language and not by the catalogues.
"""

from __future__ import annotations

from typing import Final

from scenarios.api.manifest import Words

WATCHED: Final = Words(fr="Quelqu'un regarde", en="Someone is watching")
QUESTION: Final = Words(fr="Votre détresse, maintenant ?", en="Your distress, now?")
NOTED: Final = Words(fr="C'est noté : {value}. Merci.", en="Noted: {value}. Thank you.")
HINT: Final = Words(
    fr="{choose} : choisir · {answer} : répondre", en="{choose}: choose · {answer}: answer"
)
HINT_GAZE: Final = Words(
    fr="Regardez la valeur qui convient, et restez-y.", en="Look at the value that fits, and stay."
)
WAY_OUT: Final = Words(fr="Pour sortir : {controls}", en="Way out: {controls}")
WAY_OUT_BY: Final = Words(fr="Pour sortir, {act} : {controls}", en="To leave, {act}: {controls}")
"""Where a thing in the scene stands for it: what the patient does, then by which control."""
WAY_OUT_ALOUD: Final = Words(
    fr="Pour sortir, dites-le à votre thérapeute", en="To leave, tell your therapist"
)
"""For who can use no hand: nothing that they look at leads out."""
OR: Final = Words(fr="ou", en="or")
TASK_DONE: Final = Words(fr="C'est fait.", en="That is done.")
COUNTED: Final = Words(fr="Cela commence dans", en="It begins in")
ANCHORS: Final[tuple[tuple[int, Words], ...]] = (
    (0, Words(fr="aucune", en="none")),
    (25, Words(fr="légère", en="mild")),
    (50, Words(fr="moyenne", en="moderate")),
    (75, Words(fr="forte", en="severe")),
    (100, Words(fr="la pire", en="the worst")),
)
"""Words at the dial's quarters, from clinical.md 2.1: labels for anybody. A patient's own anchors
belong to therapist and patient and are not written here."""
