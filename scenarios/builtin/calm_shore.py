"""Owns the shore at dusk as a place to practise calm in: what each level is; knows no engine.

It is the safe place *shore at dusk* itself. At level 0 it is as a patient finds it there, and the
guide helps most; level by level the evening falls, wind and sea rise, and the guide withdraws.
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

GALE_M_S = 12.0
"""Wind at which all that can sway sways fully; no level reaches it."""
BREATHE_S, LOOK_S = 180.0, 20.0
HOURS = (
    (24.0, 0.022),
    (28.0, 0.045),
    (35.0, 0.085),
    (42.5, 0.124),
    (50.0, 0.144),
    (57.0, 0.165),
    (64.0, 0.19),
    (71.0, 0.217),
    (78.5, 0.247),
    (86.0, 0.386),
    (93.0, 0.6),
    (100.0, 1.0),
)
"""How bright the bay is to the eye, in % of the safe place, at which share of its daylight."""
IMAGES = ("arrive", "sand", "sea", "air", "breath", "keep")


class Shore(Scenario):
    """The bay of the safe place, from a still evening to a fresh sea at nightfall."""

    id = "calm.shore"
    version = "1.0.0"
    title = {"fr": "Le calme au rivage", "en": "Calm at the shore"}
    summary = {
        "fr": "Le rivage au crépuscule, le même que le lieu sûr, pour s'exercer au calme : "
        "respiration guidée, détente des muscles, tension appliquée, images. La mer, le vent et "
        "la nuit montent peu à peu, et le guide s'efface.",
        "en": "The shore at dusk, the same as the safe place, to practise calm in: guided "
        "breathing, muscle relaxation, applied tension, imagery. Sea, wind and night rise little "
        "by little, and the guide withdraws.",
    }
    phobia = "calm"
    levels = {
        0: {
            "fr": "Le rivage de votre lieu sûr ; le guide vous accompagne entièrement.",
            "en": "The shore as in the safe place; the guide helps you all the way.",
        },
        1: {
            "fr": "De petites vagues, un peu moins de lumière ; le guide reste entier.",
            "en": "Small waves, a little less light; the guide still helps fully.",
        },
        2: {
            "fr": "L'air se lève à peine ; les vagues s'entendent mieux.",
            "en": "The air just stirs; the waves are heard more clearly.",
        },
        3: {
            "fr": "Une brise légère ; le guide se passe de mots.",
            "en": "A light breeze; the guide does without words.",
        },
        4: {
            "fr": "Les vagues grandissent ; la forme du guide pâlit.",
            "en": "The waves grow; the shape of the guide pales.",
        },
        5: {
            "fr": "L'écume avance sur le sable ; le jour baisse nettement.",
            "en": "Foam comes further up the sand; the daylight is clearly going.",
        },
        6: {
            "fr": "Le vent couche les herbes ; la forme se voit à peine.",
            "en": "The wind bends the grass; the shape is barely seen.",
        },
        7: {
            "fr": "La mer est agitée ; du guide, il ne reste presque que le souffle.",
            "en": "The sea is rough; little more than the breath is left of the guide.",
        },
        8: {
            "fr": "Presque la nuit, mer forte ; un souffle seul vous guide.",
            "en": "Almost night, a strong sea; a breath alone guides you.",
        },
        9: {
            "fr": "La nuit tombe ; le souffle du guide s'éteint peu à peu.",
            "en": "Night is falling; the guide's breath fades away.",
        },
        10: {
            "fr": "Mer forte, vent, nuit tombée ; vous gardez votre calme sans guide.",
            "en": "Strong sea, wind, nightfall; you keep your calm without a guide.",
        },
    }
    contraindications = ("strain",)
    comfort = Comfort(motion="none")
    warnings = (
        {
            "fr": "Mer, vent, tombée de la nuit. Les exercices des muscles ne sont pas pour qui "
            "ne doit pas forcer.",
            "en": "Sea, wind, nightfall. The exercises of the muscles are not for anyone who must "
            "not strain.",
        },
    )
    lines = {
        **MUSCLES,
        **TENSION,
        "arrive": {
            "fr": "Vous êtes au bord de l'eau. La journée est finie, personne n'attend rien.",
            "en": "You are by the water. The day is over, and nobody is waiting for anything.",
        },
        "sand": {
            "fr": "Sentez le sable sous vos pieds : frais dessous, encore tiède dessus.",
            "en": "Feel the sand under your feet: cool below, still warm on top.",
        },
        "sea": {
            "fr": "Écoutez une vague venir, se poser, repartir. Puis la suivante.",
            "en": "Listen to a wave come in, settle, and draw back. Then the next one.",
        },
        "air": {
            "fr": "L'air sent le sel. Il passe sur votre visage, puis sur vos mains.",
            "en": "The air smells of salt. It passes over your face, then over your hands.",
        },
        "breath": {
            "fr": "Votre souffle va et vient, lui aussi. Rien à changer.",
            "en": "Your breath comes and goes as well. Nothing to change.",
        },
        "keep": {
            "fr": "Choisissez une chose d'ici à garder : une couleur, un son, une odeur.",
            "en": "Choose one thing from here to keep: a colour, a sound, a smell.",
        },
    }
    targets = {
        "horizon": {"fr": "l'horizon", "en": "the horizon"},
        "lantern": {"fr": "la lanterne", "en": "the lantern"},
    }

    expected_distress = {0: 0, 10: 30}

    waves = Graded(
        {0: 0, 10: 100}, fr="force des vagues", en="strength of the waves", unit="%", rate=4.0
    )
    wind = Graded({0: 2.5, 10: 9.0}, fr="vent", en="wind", unit="m/s", rate=0.4, decimals=1)
    light = Graded({0: 100, 10: 24}, fr="clarté du soir", en="evening light", unit="%", rate=2.5)
    loudness = Graded(
        {0: -15, 1: -13.5, 2: -12.3, 3: -9.2, 4: -8, 5: -6.7, 6: -4.8, 7: -3.6, 8: -2.2, 10: 0},
        fr="niveau des sons",
        en="loudness of the place",
        unit="dB",
        rate=2.0,
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
    interlocks = (waves.at_least(80).requires(wind.at_least(4.0)),)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._surge = self._gust = 0.0

    def build(self) -> None:
        """The bay, its sounds, and what to look at."""
        stage = self.stage
        self._bay = stage.resting_place("shore")
        self._sea = stage.sound("calm/shore", loop=True, volume=0.0)
        self._air = stage.sound("wind/steady", loop=True, volume=0.0)
        stage.target("horizon", at=(0.0, 150.0, 1.6), radius=18.0)
        stage.target("lantern", at=(0.9, 4.6, 0.1), radius=0.7)
        self.update(0.0)

    def update(self, dt: float) -> None:
        """Bring sea, wind, light and sound to the applied values."""
        waves = min(1.0, self.waves / 100.0 + self._surge)
        wind = min(1.0, self.wind / GALE_M_S + self._gust)
        loud = 10.0 ** (self.loudness / 20.0)
        stage = self.stage
        stage.viewer.stand((0.0, 0.0, 0.0))
        stage.wind(wind)
        stage.daylight(_daylight(self.light))
        self._bay.set("waves", waves)
        self._sea.volume = min(1.0, 0.4 * loud * (1.0 + 0.8 * self._surge))
        self._sea.rate = 1.0 - 0.12 * waves
        self._air.volume = min(1.0, loud * (0.55 + 0.3 * wind))

    @event(
        fr="Une série de grandes vagues",
        en="A set of larger waves",
        cooldown_s=30.0,
        warning={
            "fr": "Les vagues montent un moment ; elles restent loin de vos pieds.",
            "en": "The waves rise for a moment; they stay well away from your feet.",
        },
    )
    def larger_waves(self) -> Steps:
        """For fourteen seconds the sea comes in higher, and settles again."""
        passed = 0.0
        try:
            while passed < 14.0:
                passed += yield
                self._surge = 0.5 * math.sin(math.pi * min(1.0, passed / 14.0)) ** 2
        finally:
            self._surge = 0.0

    @event(
        fr="Une mouette crie",
        en="A gull calls",
        cooldown_s=20.0,
        warning={
            "fr": "Une mouette crie au-dessus de l'eau.",
            "en": "A gull calls over the water.",
        },
    )
    def gull(self) -> Steps:
        """Out over the water, to one side or the other."""
        side = self.random.choice((-14.0, 14.0))
        self.stage.sound("calm/gull", at=(side, 22.0, 9.0)).play()
        yield from self.wait(4.0)

    @event(
        fr="Un coup de vent",
        en="A gust of wind",
        min_level=2,
        cooldown_s=20.0,
        warning={
            "fr": "Le vent se lève un moment.",
            "en": "The wind rises for a moment.",
        },
    )
    def gust(self) -> Steps:
        """The wind swells for six seconds; the grass follows it."""
        self.stage.sound("wind/gust", at=(-3.0, 2.0, 1.5), volume=0.7).play()
        passed = 0.0
        try:
            while passed < 6.0:
                passed += yield
                self._gust = 0.4 * math.sin(math.pi * min(1.0, passed / 6.0)) ** 2
        finally:
            self._gust = 0.0

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
        """From a village beyond the hills."""
        self.stage.sound("calm/bell", at=(40.0, 60.0, 6.0)).play()
        yield from self.wait(9.0)

    @event(
        fr="Des pas dans le sable",
        en="Steps in the sand",
        min_level=5,
        cooldown_s=60.0,
        warning={
            "fr": "Quelqu'un passe derrière vous et s'éloigne ; on n'entend que les pas.",
            "en": "Somebody passes behind you and goes away; only the steps are heard.",
        },
    )
    def steps(self) -> Steps:
        """Behind the patient, from right to left."""
        walk = self.stage.sound("people/steps", at=(5.0, -5.0, 0.0), volume=0.5)
        walk.rate = 0.85
        walk.play()
        passed = 0.0
        while passed < 6.0:
            passed += yield
            walk.at = (5.0 - 2.0 * passed, -5.0 - 0.4 * passed, 0.0)

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
        fr="Laissez votre regard sur l'horizon pendant vingt secondes.",
        en="Let your eyes rest on the horizon for twenty seconds.",
    )
    def far(self) -> Steps:
        """In total: glances away do not count, and do not begin it anew."""
        yield from self.looking("horizon", seconds=LOOK_S)

    @task(
        fr="Trouvez votre propre calme, sans guide, aussi longtemps que vous voulez.",
        en="Find your own calm, without a guide, for as long as you like.",
        min_level=3,
    )
    def alone(self) -> None:
        """The patient says when; the therapist marks it."""


def _daylight(bright: float) -> float:
    """The share of daylight, 0 to 1, at which the bay is so bright in % of the safe place."""
    for (low, dark), (high, light) in pairwise(HOURS):
        if bright <= high:
            return dark + (light - dark) * max(0.0, bright - low) / (high - low)
    return 1.0
