"""Owns the meadow in the morning as a place to practise calm in: what each level is; no engine.

It is the safe place *meadow* itself. At level 0 it is as a patient finds it there, and the guide
helps most; level by level clouds draw over, wind comes up, the day goes to its evening, and the
guide withdraws.
"""

from __future__ import annotations

import math
from itertools import pairwise

from scenarios.api import (
    ASK_BEFORE_BREATHING,
    ASK_BEFORE_RELAXING,
    ASK_BEFORE_TENSING,
    MUSCLE_GROUPS,
    MUSCLES,
    TENSION,
    Breathing,
    Comfort,
    Context,
    Graded,
    Scenario,
    Steps,
    Tensing,
    event,
    task,
)

STORM_M_S = 12.0
"""Wind at which all that can sway sways fully; no level reaches it."""
BREATHE_S, LOOK_S = 180.0, 20.0
HOURS = (
    (37.5, 0.14),
    (44.5, 0.17),
    (50.5, 0.2),
    (55.5, 0.23),
    (60.0, 0.263),
    (64.5, 0.302),
    (69.0, 0.343),
    (73.5, 0.387),
    (78.0, 0.435),
    (82.0, 0.49),
    (86.5, 0.59),
    (91.0, 0.71),
    (95.5, 0.85),
    (100.0, 1.0),
)
"""How bright the meadow is to the eye, in % of the safe place, at which share of its daylight."""
IMAGES = ("arrive", "ground", "lake", "light", "breath", "keep")
TREE = (-6.6, 9.0, 5.0)
"""The crown of the nearest tree, beside the bench."""
FLIGHT_S, FLAPS_PER_S = 7.0, 4.5
CLOUD_S, SHADOW_S, SHADED = 14.0, 4.0, 0.22
"""How long a cloud stands before the sun, how long it takes to come and to go, and the share of the
light that it takes."""


class Meadow(Scenario):
    """The meadow of the safe place, from a still morning to a clouded, windy evening."""

    id = "calm.meadow"
    version = "1.0.0"
    title = {"fr": "Le calme dans la prairie", "en": "Calm in the meadow"}
    summary = {
        "fr": "La prairie au bord du lac, la même que le lieu sûr, pour s'exercer au calme : "
        "respiration guidée, détente des muscles, tension appliquée, images. Vent, nuages et sons "
        "montent peu à peu, et le guide s'efface.",
        "en": "The meadow above the lake, the same as the safe place, to practise calm in: guided "
        "breathing, muscle relaxation, applied tension, imagery. Wind, clouds and sounds rise "
        "little by little, and the guide withdraws.",
    }
    phobia = "calm"
    levels = {
        0: {
            "fr": "La prairie de votre lieu sûr ; le guide vous accompagne entièrement.",
            "en": "The meadow as in the safe place; the guide helps you all the way.",
        },
        1: {
            "fr": "Un premier nuage ; le guide reste entier.",
            "en": "A first cloud; the guide still helps fully.",
        },
        2: {
            "fr": "L'herbe remue un peu ; les oiseaux s'entendent mieux.",
            "en": "The grass stirs a little; the birds are heard more clearly.",
        },
        3: {
            "fr": "Une brise légère ; le guide se passe de mots.",
            "en": "A light breeze; the guide does without words.",
        },
        4: {
            "fr": "Davantage de nuages ; la forme du guide pâlit.",
            "en": "More clouds; the shape of the guide pales.",
        },
        5: {
            "fr": "Les feuilles bruissent ; le soleil perd de sa force.",
            "en": "The leaves rustle; the sun is losing its strength.",
        },
        6: {
            "fr": "Le vent passe dans les arbres ; la forme se voit à peine.",
            "en": "Wind goes through the trees; the shape is barely seen.",
        },
        7: {
            "fr": "Le ciel se couvre ; du guide, il ne reste presque que le souffle.",
            "en": "The sky clouds over; little more than the breath is left of the guide.",
        },
        8: {
            "fr": "Le jour baisse, il vente ; un souffle seul vous guide.",
            "en": "The day is going, it is windy; a breath alone guides you.",
        },
        9: {
            "fr": "Les arbres bougent beaucoup ; le souffle du guide s'éteint peu à peu.",
            "en": "The trees move a great deal; the guide's breath fades away.",
        },
        10: {
            "fr": "Soir couvert et venté ; vous gardez votre calme sans guide.",
            "en": "A clouded, windy evening; you keep your calm without a guide.",
        },
    }
    contraindications = ("strain",)
    comfort = Comfort(motion="none")
    warnings = (
        {
            "fr": "Plein air, vent, oiseaux. Les exercices des muscles ne sont pas pour qui ne "
            "doit pas forcer.",
            "en": "Open air, wind, birds. The exercises of the muscles are not for anyone who must "
            "not strain.",
        },
    )
    lines = {
        **MUSCLES,
        **TENSION,
        "arrive": {
            "fr": "Vous êtes dans une prairie, tôt le matin. Rien ne presse.",
            "en": "You are in a meadow, early in the morning. There is no hurry.",
        },
        "ground": {
            "fr": "Sentez le sol sous vos pieds. Il vous porte, sans que vous fassiez rien.",
            "en": "Feel the ground under your feet. It carries you, and you need do nothing.",
        },
        "lake": {
            "fr": "Regardez le lac. L'eau prend la couleur du ciel, et la laisse repartir.",
            "en": "Look at the lake. The water takes the colour of the sky, and lets it go again.",
        },
        "light": {
            "fr": "L'air est frais. Là où le soleil touche votre peau, il fait tiède.",
            "en": "The air is cool. Where the sun touches your skin, it is warm.",
        },
        "breath": {
            "fr": "Votre souffle va et vient, comme le vent dans l'herbe. Rien à changer.",
            "en": "Your breath comes and goes, like wind in the grass. Nothing to change.",
        },
        "keep": {
            "fr": "Choisissez une chose d'ici à garder : une couleur, un son, une odeur.",
            "en": "Choose one thing from here to keep: a colour, a sound, a smell.",
        },
    }
    targets = {
        "lake": {"fr": "le lac", "en": "the lake"},
        "tree": {"fr": "l'arbre près du banc", "en": "the tree beside the bench"},
    }

    expected_distress = {0: 0, 10: 30}

    wind = Graded({0: 1.5, 10: 5.0}, fr="vent", en="wind", unit="m/s", rate=0.4, decimals=1)
    clouds = Graded({0: 0, 10: 100}, fr="nuages", en="clouds", unit="%", rate=5.0)
    light = Graded({0: 100, 10: 48}, fr="clarté du jour", en="daylight", unit="%", rate=2.0)
    loudness = Graded(
        {0: -16.0, 10: 0.0},
        fr="niveau des sons",
        en="loudness of the place",
        unit="dB",
        rate=0.6,
        decimals=1,
    )
    guidance = Graded(
        {0: 100, 2: 80, 7: 30, 8: 20, 10: 0},
        fr="aide du guide",
        en="help of the guide",
        unit="%",
        rate=8.0,
    )
    breaths = Graded(
        {0: 8.0, 4: 6.0, 10: 5.0},
        fr="respirations",
        en="breaths",
        unit="/min",
        rate=0.5,
        step=1.0,
        decimals=1,
    )
    breathing_out = Graded(
        {0: 50, 5: 60, 10: 65},
        fr="part de l'expiration",
        en="share of breathing out",
        unit="%",
        rate=2.0,
        step=5.0,
    )
    interlocks = (clouds.at_least(90).requires(wind.at_least(4.0)),)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._gust = self._shade = 0.0

    def build(self) -> None:
        """The meadow, its sounds, and what to look at."""
        stage = self.stage
        stage.resting_place("meadow")
        # seen by nobody: what an event brings is ready before the first of them
        stage.model("animals/pigeon").visible = False
        self._birds = stage.sound("calm/meadow", loop=True, volume=0.0)
        self._air = stage.sound("wind/steady", loop=True, volume=0.0)
        stage.target("lake", at=(0.0, 60.0, -1.0), radius=14.0)
        stage.target("tree", at=TREE, radius=3.2)
        self.update(0.0)

    def update(self, dt: float) -> None:
        """Bring wind, sky, light and sound to the applied values."""
        wind = min(1.0, self.wind / STORM_M_S + self._gust)
        loud = 10.0 ** (self.loudness / 20.0)
        stage = self.stage
        stage.viewer.stand((0.0, 0.0, 0.0))
        stage.wind(wind)
        stage.clouds(self.clouds / 100.0)
        stage.daylight(_daylight(self.light * (1.0 - self._shade)))
        self._birds.volume = 0.62 * loud
        self._air.volume = min(1.0, loud * (0.1 + 0.8 * wind))

    @event(
        fr="Un souffle de vent",
        en="A breath of wind",
        cooldown_s=20.0,
        warning={
            "fr": "Le vent passe dans l'herbe et les arbres.",
            "en": "Wind passes through grass and trees.",
        },
    )
    def gust(self) -> Steps:
        """The wind swells for six seconds; grass and leaves follow it."""
        self.stage.sound("wind/gust", at=(-3.0, 2.0, 1.5), volume=0.6).play()
        passed = 0.0
        try:
            while passed < 6.0:
                passed += yield
                self._gust = 0.4 * math.sin(math.pi * min(1.0, passed / 6.0)) ** 2
        finally:
            self._gust = 0.0

    @event(
        fr="Un oiseau chante",
        en="A bird sings",
        cooldown_s=15.0,
        warning={
            "fr": "Un oiseau chante dans l'arbre près du banc.",
            "en": "A bird sings in the tree beside the bench.",
        },
    )
    def song(self) -> Steps:
        """In the tree beside the bench."""
        self.stage.sound("calm/bird", at=TREE).play()
        yield from self.wait(4.2)

    @event(
        fr="Un poisson saute",
        en="A fish leaps",
        cooldown_s=20.0,
        warning={
            "fr": "On entend un poisson sauter dans le lac.",
            "en": "A fish is heard leaping in the lake.",
        },
    )
    def fish(self) -> Steps:
        """Towards the shore of the lake; it is heard, as water carries it, and not seen."""
        side = self.random.uniform(-4.0, 4.0)
        self.stage.sound("calm/splash", at=(side, 13.0, -0.6)).play()
        yield from self.wait(2.0)

    @event(
        fr="Une cloche au loin",
        en="A bell far away",
        cooldown_s=40.0,
        warning={
            "fr": "Une cloche sonne au loin, doucement.",
            "en": "A bell rings far away, softly.",
        },
    )
    def bell(self) -> Steps:
        """From a village beyond the lake; placed nearer, since it carries far and must be heard."""
        self.stage.sound("calm/bell", at=(-5.0, 12.0, 1.6)).play()
        yield from self.wait(9.0)

    @event(
        fr="Un nuage passe devant le soleil",
        en="A cloud passes the sun",
        cooldown_s=40.0,
        warning={
            "fr": "La lumière baisse un moment, puis revient.",
            "en": "The light goes down for a moment, then comes back.",
        },
    )
    def cloud(self) -> Steps:
        """Within four seconds the light goes down, and stays so for six before it comes back."""
        passed = 0.0
        try:
            while passed < CLOUD_S:
                passed += yield
                edge = max(0.0, min(1.0, passed / SHADOW_S, (CLOUD_S - passed) / SHADOW_S))
                self._shade = SHADED * math.sin(0.5 * math.pi * edge) ** 2
        finally:
            self._shade = 0.0

    @event(
        fr="Un pigeon passe au-dessus du lac",
        en="A pigeon crosses above the lake",
        min_level=2,
        cooldown_s=30.0,
        warning={
            "fr": "Un oiseau passe devant vous, à bonne distance.",
            "en": "A bird passes in front of you, at a good distance.",
        },
    )
    def pigeon(self) -> Steps:
        """From right to left, above the shore; it comes no nearer than twelve metres."""
        bird = self.stage.model("animals/pigeon", at=(22.0, 20.0, 3.0), heading=90.0)
        wings = self.stage.sound("animals/wings", parent=bird, at=(0.0, 0.0, 0.0), volume=0.6)
        bird.set("fold", 0.0)
        wings.play()
        passed = 0.0
        while passed < FLIGHT_S:
            passed += yield
            part = min(1.0, passed / FLIGHT_S)
            bird.at = (22.0 - 46.0 * part, 20.0 - 6.0 * part, 3.0 + 1.8 * math.sin(3.0 * part))
            bird.heading = 98.0
            bird.set("flap", passed * FLAPS_PER_S % 1.0)

    @task(
        fr="Respirez avec le guide, aussi doucement que cela vous convient.",
        en="Breathe with the guide, as gently as suits you.",
        warning=ASK_BEFORE_BREATHING,
    )
    def breathe(self) -> Steps:
        """Three minutes, at the rate and share that are applied; the guide helps as they say."""
        guide, passed = self.stage.guide(self._breathing()), 0.0
        while passed < BREATHE_S:
            guide.help = self.guidance / 100.0
            guide.lead(self._breathing())
            passed += yield

    def _breathing(self) -> Breathing:
        out = self.breathing_out / 100.0
        return Breathing(self.breaths, breathe_in=1.0 - out, breathe_out=out)

    @task(
        fr="Contractez puis relâchez un groupe de muscles après l'autre.",
        en="Tense and let go of one group of muscles after the other.",
        warning=ASK_BEFORE_RELAXING,
    )
    def muscles(self) -> Steps:
        """From the hands to the feet, about six minutes."""
        yield from self.narrated(("muscles_settle",), pause_s=2.0)
        yield from self.relaxing(MUSCLE_GROUPS, tense_s=6.0, release_s=18.0)
        yield from self.narrated(("muscles_rest",), pause_s=10.0)

    @task(
        fr="Contractez bras, tronc et jambes, puis relâchez, cinq fois. Continuez à respirer.",
        en="Tense arms, trunk and legs, then let go, five times. Keep breathing.",
        warning=ASK_BEFORE_TENSING,
    )
    def tension(self) -> Steps:
        """For anyone who faints at blood or injections; four minutes."""
        yield from self.narrated(("tension_settle",), pause_s=1.0)
        yield from self.guided(Tensing(tense_s=15.0, release_s=30.0, rounds=5))
        yield from self.narrated(("tension_end",), pause_s=3.0)

    @task(
        fr="Écoutez les phrases et laissez venir les images.",
        en="Listen to the sentences and let images come.",
    )
    def imagery(self) -> Steps:
        """Six sentences with time between them."""
        yield from self.narrated(IMAGES, pause_s=12.0)

    @task(
        fr="Laissez votre regard sur le lac pendant vingt secondes.",
        en="Let your eyes rest on the lake for twenty seconds.",
    )
    def far(self) -> Steps:
        """In total: glances away do not count, and do not begin it anew."""
        yield from self.looking("lake", seconds=LOOK_S)

    @task(
        fr="Trouvez votre propre calme, sans guide, aussi longtemps que vous voulez.",
        en="Find your own calm, without a guide, for as long as you like.",
        min_level=3,
    )
    def alone(self) -> None:
        """The patient says when; the therapist marks it."""


def _daylight(bright: float) -> float:
    """The share of daylight, 0 to 1, at which the meadow is so bright in % of the safe place."""
    for (low, dark), (high, light) in pairwise(HOURS):
        if bright <= high:
            return dark + (light - dark) * max(0.0, bright - low) / (high - low)
    return 1.0
