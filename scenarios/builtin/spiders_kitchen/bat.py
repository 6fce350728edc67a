"""Owns the steps of the kitchen's behavioural approach test, from no spider to a hand on one.

Twelve or thirteen steps are usual for spiders. That a patient touches the spider where it is seen
is for the therapist to see: what is touched is not there.
"""

from __future__ import annotations

from scenarios.api import BatStep

STEPS = (
    BatStep(fr="La cuisine, sans araignée.", en="The kitchen, no spider.", level=0, seconds=10),
    BatStep(fr="Un jouet, dans la cage.", en="A toy, in the glass case.", level=1, seconds=10),
    BatStep(
        fr="Une araignée de bois, dans la cage : regarder.",
        en="A wooden spider, in the case: look.",
        level=2,
        seconds=10,
        task="look",
    ),
    BatStep(
        fr="La forme d'une vraie araignée, dans le bocal : regarder.",
        en="The shape of a real spider, in the jar: look.",
        level=3,
        seconds=10,
        task="look",
    ),
    BatStep(
        fr="Une araignée avec ses dessins, dans le bocal : se pencher vers elle.",
        en="A spider with its markings, in the jar: lean towards it.",
        level=4,
        seconds=15,
        task="nearer",
    ),
    BatStep(
        fr="Une vraie, sous un verre, à un mètre.",
        en="A real one, under a glass, a metre away.",
        level=5,
        seconds=15,
    ),
    BatStep(
        fr="Sous le verre, plus près : se pencher vers elle.",
        en="Under the glass, nearer: lean towards it.",
        level=6,
        seconds=15,
        task="nearer",
    ),
    BatStep(
        fr="Glisser le carton sous le verre.",
        en="Slide the card under the glass.",
        level=6,
        seconds=15,
        task="card",
    ),
    BatStep(fr="Lever le verre.", en="Lift the glass.", level=6, seconds=15, task="lift"),
    BatStep(
        fr="Une araignée libre : regarder.",
        en="A free spider: look.",
        level=7,
        seconds=15,
        task="look",
    ),
    BatStep(
        fr="Une araignée libre, plus grande : poser le verre sur elle.",
        en="A free spider, larger: put the glass over it.",
        level=8,
        seconds=15,
        task="cover",
    ),
    BatStep(
        fr="La même, libre : la toucher du bout d'un stylo.",
        en="The same one, free: touch it with the tip of a pen.",
        level=8,
        seconds=15,
        task="pen",
    ),
    BatStep(
        fr="La même, libre : la toucher du bout du doigt.",
        en="The same one, free: touch it with a fingertip.",
        level=8,
        seconds=15,
        task="hand",
    ),
)
