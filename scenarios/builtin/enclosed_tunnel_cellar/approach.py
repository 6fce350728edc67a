"""Owns the approach test of passage and cellar: how far, in which steps."""

from __future__ import annotations

from scenarios.api import Bat, BatStep

APPROACH = Bat(
    instruction={
        "fr": "Allez aussi loin que vous le voulez. À chaque étape vous décidez si vous "
        "continuez ; vous pouvez vous arrêter à tout moment.",
        "en": "Go as far as you want to. At each step you decide whether to go on; you can "
        "stop at any moment.",
    },
    steps=tuple(
        BatStep(fr=fr, en=en, level=level, seconds=seconds, task=task)
        for level, seconds, task, fr, en in (
            (0, 10, None, "Un passage large et clair.", "A wide, bright passage."),
            (2, 10, None, "Un passage moins large.", "A less wide passage."),
            (4, 15, None, "Un passage étroit.", "A narrow passage."),
            (5, 15, None, "Dans la cave, porte ouverte.", "In the cellar, the door open."),
            (6, 15, None, "La porte entrouverte.", "The door ajar."),
            (6, 15, "vault", "Regarder la voûte.", "Look at the vault."),
            (7, 20, None, "Une seule ampoule.", "A single bulb."),
            (8, 20, None, "La porte fermée.", "The door shut."),
            (9, 20, None, "La porte fermée à clé.", "The door locked."),
            (9, 20, "stay", "Rester une minute.", "Stay for a minute."),
            (10, 30, None, "À la lampe torche.", "By the light of a torch."),
        )
    ),
    measure="distance",
)
