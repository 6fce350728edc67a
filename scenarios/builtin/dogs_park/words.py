"""Owns the sentence of each level of the park; knows no stage."""

from __future__ import annotations

LEVELS = {
    0: {
        "fr": "Le parc ; au loin, derrière la clôture, un petit chien dort.",
        "en": "The park; far away, behind the fence, a small dog is asleep.",
    },
    1: {
        "fr": "Un petit chien couché, éveillé et calme, derrière la clôture, à huit mètres.",
        "en": "A small dog lies awake and calm behind the fence, eight metres away.",
    },
    2: {
        "fr": "Le petit chien est couché derrière la clôture, à six mètres.",
        "en": "The small dog lies behind the fence, six metres away.",
    },
    3: {
        "fr": "Un chien moyen est assis derrière la clôture, attaché court, à 4,5 mètres.",
        "en": "A medium-sized dog sits behind the fence, tied short, 4.5 metres away.",
    },
    4: {
        "fr": "Le chien moyen, assis derrière la clôture, vous regarde, à 3,5 mètres.",
        "en": "The medium-sized dog sits behind the fence and looks at you, 3.5 metres away.",
    },
    5: {
        "fr": "Le portail est ouvert ; le chien est attaché, debout, et remue la queue.",
        "en": "The gate is open; the dog is tied, stands and wags its tail.",
    },
    6: {
        "fr": "Vous êtes dans le pré ; le chien est au bout d'une longue laisse.",
        "en": "You are in the meadow; the dog is on a long leash.",
    },
    7: {
        "fr": "Un grand chien en laisse joue devant vous, à moins de trois mètres.",
        "en": "A large dog on a leash plays less than three metres in front of you.",
    },
    8: {
        "fr": "Le grand chien est sans laisse et joue, à deux mètres.",
        "en": "The large dog is off its leash and plays, two metres away.",
    },
    9: {
        "fr": "Deux chiens sans laisse jouent tout près de vous.",
        "en": "Two dogs off their leashes play very near to you.",
    },
    10: {
        "fr": "De grands chiens sans laisse, tout près de vous ; l'un d'eux aboie vers vous.",
        "en": "Large dogs off their leashes, right by you; one of them barks at you.",
    },
}
