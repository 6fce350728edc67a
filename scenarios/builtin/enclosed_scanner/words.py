"""Owns what the operator says, and the approach test, of the scanner: words alone."""

from __future__ import annotations

from scenarios.api import Bat, BatStep

LINES = {
    "hello": {
        "fr": "Nous sommes derrière la vitre. Êtes-vous à l'aise ?",
        "en": "We are behind the window. Are you comfortable?",
    },
    "well": {
        "fr": "Tout se passe comme prévu. Restez bien immobile.",
        "en": "All goes as planned. Keep quite still.",
    },
    "ball": {
        "fr": "La poire est dans votre main. Pour sortir, pressez-la avec votre commande de "
        "sortie, ou dites-le : à tout moment.",
        "en": "The ball is in your hand. To leave, squeeze it with your leave control, or say "
        "so: at any moment.",
    },
    "next_15": {
        "fr": "La séquence suivante dure quinze secondes.",
        "en": "The next sequence lasts fifteen seconds.",
    },
    "next_30": {
        "fr": "La séquence suivante dure trente secondes.",
        "en": "The next sequence lasts thirty seconds.",
    },
    "next_60": {
        "fr": "La séquence suivante dure une minute.",
        "en": "The next sequence lasts one minute.",
    },
    "ended": {
        "fr": "La séquence est terminée. Restez immobile.",
        "en": "The sequence is over. Keep still.",
    },
    "table_in": {
        "fr": "La table avance de dix centimètres.",
        "en": "The table moves in by ten centimetres.",
    },
    "table_all": {
        "fr": "La table vous fait entrer lentement dans le tunnel.",
        "en": "The table slowly takes you into the tube.",
    },
    "table_out": {"fr": "La table revient.", "en": "The table comes back."},
    "coil_shut": {
        "fr": "L'antenne se ferme au-dessus de votre visage.",
        "en": "The coil closes over your face.",
    },
    "coil_open": {"fr": "L'antenne s'ouvre.", "en": "The coil opens."},
    "dimmer": {"fr": "La lumière baisse un moment.", "en": "The light is lower for a while."},
    "fan": {
        "fr": "La ventilation s'arrête un moment.",
        "en": "The ventilation stops for a while.",
    },
    "wait": {
        "fr": "On vient vous chercher dans un instant. Rien ne presse.",
        "en": "Somebody will come for you in a moment. There is no hurry.",
    },
    "your_turn": {
        "fr": "C'est à vous. Approchez quand vous le voulez.",
        "en": "It is your turn. Come nearer when you want to.",
    },
    "pause": {"fr": "Une courte pause. Ne bougez pas.", "en": "A short pause. Do not move."},
}
"""What is read after a click of the intercom; a voice is heard where the clinic lays one."""

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
            (0, 10, None, "À l'entrée de la salle.", "At the entrance of the room."),
            (1, 10, None, "À côté de la table.", "Beside the table."),
            (2, 15, None, "Sur la table, hors du tunnel.", "On the table, outside."),
            (3, 15, None, "La tête à l'entrée.", "The head at the opening."),
            (4, 15, "look_up", "La tête dedans : regarder en haut.", "Head in: look up."),
            (5, 20, None, "Les épaules dedans.", "Shoulders in."),
            (6, 20, None, "L'antenne fermée.", "The coil closed."),
            (6, 20, "still", "Rester immobile une séquence.", "Keep still for a sequence."),
            (8, 20, None, "Jusqu'à la taille.", "In up to the waist."),
            (10, 30, None, "Presque tout le corps.", "Nearly the whole body."),
            (10, 30, "still", "Immobile une séquence entière.", "Still for a whole sequence."),
        )
    ),
    measure="depth",
)
