"""Owns the quiet room in the evening as a place to practise calm in: what each level is; no engine.

It is the safe place *quiet room* itself. At level 0 it is as a patient finds it there, and the
guide helps most; level by level the lamp is turned down, rain and wind come up outside, and the
guide withdraws.
"""

from __future__ import annotations

import math

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

BREATHE_S, LOOK_S = 180.0, 20.0
IMAGES = ("arrive", "chair", "lamp_light", "warmth", "breath", "keep")
PANE = (-1.9, 3.4, 1.5)
"""The middle of the window: rain and wind are heard from there."""
CLOCK = (-0.65, 3.0, 1.05)
"""On the shelf of the bookcase."""
DOOR = (2.2, 3.3, 1.0)
SHOWER_S, DIM_S = 15.0, 12.0
SOON_S, LATE_S = 2.5, 4.0
"""Seconds in which a shower or the failing lamp comes, so soon that it is noticed, and goes."""


class Room(Scenario):
    """The room of the safe place, from lamplight to dark with rain on the window."""

    id = "calm.room"
    version = "1.0.0"
    title = {"fr": "Le calme à l'intérieur", "en": "Calm indoors"}
    summary = {
        "fr": "La pièce tranquille du soir, la même que le lieu sûr, pour s'exercer au calme : "
        "respiration guidée, détente des muscles, tension appliquée, images. La lampe baisse, la "
        "pluie et le vent montent dehors, et le guide s'efface.",
        "en": "The quiet room in the evening, the same as the safe place, to practise calm in: "
        "guided breathing, muscle relaxation, applied tension, imagery. The lamp is turned down, "
        "rain and wind rise outside, and the guide withdraws.",
    }
    phobia = "calm"
    levels = {
        0: {
            "fr": "La pièce de votre lieu sûr ; le guide vous accompagne entièrement.",
            "en": "The room as in the safe place; the guide helps you all the way.",
        },
        1: {
            "fr": "La lampe baisse à peine ; le guide reste entier.",
            "en": "The lamp is a little lower; the guide still helps fully.",
        },
        2: {
            "fr": "Quelques gouttes sur la vitre ; la lampe baisse encore.",
            "en": "A few drops on the window; the lamp goes lower.",
        },
        3: {
            "fr": "Une pluie légère dehors ; le guide se passe de mots.",
            "en": "Light rain outside; the guide does without words.",
        },
        4: {
            "fr": "La pluie s'entend mieux ; la forme du guide pâlit.",
            "en": "The rain is heard more; the shape of the guide pales.",
        },
        5: {
            "fr": "Le vent se lève dehors ; la pièce est à demi éclairée.",
            "en": "Wind comes up outside; the room is half lit.",
        },
        6: {
            "fr": "Pluie et vent, lumière basse ; la forme se voit à peine.",
            "en": "Rain and wind, low light; the shape is barely seen.",
        },
        7: {
            "fr": "Les coins sont sombres ; du guide, il ne reste presque que le souffle.",
            "en": "The corners are dark; little more than the breath is left of the guide.",
        },
        8: {
            "fr": "Une lueur de lampe, la pluie bat ; un souffle seul vous guide.",
            "en": "A glimmer of lamp, beating rain; a breath alone guides you.",
        },
        9: {
            "fr": "Presque le noir ; le souffle du guide s'éteint peu à peu.",
            "en": "Almost dark; the guide's breath fades away.",
        },
        10: {
            "fr": "Lampe éteinte, pluie et vent dehors ; vous gardez votre calme sans guide.",
            "en": "The lamp is out, rain and wind outside; you keep your calm without a guide.",
        },
    }
    contraindications = ("strain",)
    comfort = Comfort(motion="none")
    warnings = (
        {
            "fr": "La pièce s'assombrit ; pluie et vent s'entendent dehors. Les exercices des "
            "muscles ne sont pas pour qui ne doit pas forcer.",
            "en": "The room grows dark; rain and wind are heard outside. The exercises of the "
            "muscles are not for anyone who must not strain.",
        },
    )
    lines = {
        **MUSCLES,
        **TENSION,
        "arrive": {
            "fr": "Vous êtes au chaud, dans une pièce calme. La porte est fermée ; vous pouvez "
            "sortir quand vous voulez.",
            "en": "You are warm, in a quiet room. The door is closed; you may leave whenever you "
            "want.",
        },
        "chair": {
            "fr": "Sentez ce qui vous porte : le siège, le dossier, le sol.",
            "en": "Feel what carries you: the seat, the back of it, the floor.",
        },
        "lamp_light": {
            "fr": "Regardez la lumière de la lampe. Voyez où elle s'arrête.",
            "en": "Look at the light of the lamp. See where it ends.",
        },
        "warmth": {
            "fr": "Cherchez où il fait le plus chaud : les mains, le ventre, les pieds.",
            "en": "Find where it is warmest: your hands, your belly, your feet.",
        },
        "breath": {
            "fr": "Votre souffle va et vient, sans bruit. Rien à changer.",
            "en": "Your breath comes and goes without a sound. Nothing to change.",
        },
        "keep": {
            "fr": "Choisissez une chose d'ici à garder : une couleur, un son, un objet.",
            "en": "Choose one thing from here to keep: a colour, a sound, an object.",
        },
    }
    targets = {
        "picture": {"fr": "le tableau au mur", "en": "the picture on the wall"},
        "window": {"fr": "la fenêtre", "en": "the window"},
    }

    expected_distress = {0: 0, 10: 30}

    lamp = Graded({0: 100, 10: 0}, fr="lampe", en="lamp", unit="%", rate=5.0)
    rain = Graded({0: 0, 10: 100}, fr="pluie dehors", en="rain outside", unit="%", rate=5.0)
    wind = Graded(
        {0: 0, 3: 0, 10: 10.0},
        fr="vent dehors",
        en="wind outside",
        unit="m/s",
        rate=0.4,
        decimals=1,
    )
    loudness = Graded(
        {0: -12.0, 10: 0.0},
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
    interlocks = (wind.at_least(8.0).requires(rain.at_least(40)),)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._dip = self._shower = 0.0

    def build(self) -> None:
        """The room, what is heard in it and outside, and what to look at."""
        stage = self.stage
        self._place = stage.resting_place("room")
        self._quiet = stage.sound("calm/room", loop=True, volume=0.0)
        self._ticking = stage.sound("calm/clock", at=CLOCK, loop=True, volume=0.0)
        self._drops = stage.sound("calm/pane", loop=True, volume=0.0)
        self._air = stage.sound("wind/steady", loop=True, volume=0.0)
        stage.target("picture", at=(0.75, 3.4, 1.65), radius=0.7)
        stage.target("window", at=PANE, radius=0.8)
        self.update(0.0)

    def update(self, dt: float) -> None:
        """Bring lamp, rain, wind and sound to the applied values."""
        loud = 10.0 ** (self.loudness / 20.0)
        rain = min(1.0, self.rain / 100.0 + self._shower)
        self.stage.viewer.stand((0.0, 0.0, 0.0))
        self._place.set("lamp", self.lamp / 100.0 * (1.0 - self._dip))
        self._quiet.volume = 0.3
        self._ticking.volume = 0.25
        self._drops.volume = min(1.0, loud * rain + 0.5 * self._shower)
        self._air.volume = min(1.0, 0.6 * loud * self.wind / 10.0)

    @event(
        fr="Une averse",
        en="A shower",
        cooldown_s=30.0,
        warning={
            "fr": "La pluie bat la vitre un moment.",
            "en": "Rain beats on the window for a moment.",
        },
        # where it rains hard anyway nobody would hear one
        requires=(rain.at_most(60.0),),
    )
    def shower(self) -> Steps:
        """It rains harder on the window for a quarter of a minute."""
        passed = 0.0
        try:
            while passed < SHOWER_S:
                passed += yield
                self._shower = _swell(passed, SHOWER_S)
        finally:
            self._shower = 0.0

    @event(
        fr="Une rafale contre la vitre",
        en="A gust against the window",
        cooldown_s=25.0,
        warning={
            "fr": "Le vent souffle contre la fenêtre ; elle est fermée.",
            "en": "Wind blows against the window; it is closed.",
        },
    )
    def gust(self) -> Steps:
        """Outside; nothing moves in the room."""
        self.stage.sound("wind/gust", at=PANE, volume=0.6).play()
        yield from self.wait(5.0)

    @event(
        fr="La pendule sonne",
        en="The clock strikes",
        cooldown_s=60.0,
        warning={
            "fr": "La pendule sonne trois coups légers.",
            "en": "The clock strikes three, lightly.",
        },
    )
    def strike(self) -> Steps:
        """Three soft strokes from the bookcase."""
        self.stage.sound("calm/strike", at=CLOCK).play()
        yield from self.wait(6.0)

    @event(
        fr="La lampe faiblit un moment",
        en="The lamp fails for a moment",
        min_level=2,
        cooldown_s=40.0,
        warning={
            "fr": "La lampe baisse un moment, puis revient.",
            "en": "The lamp goes down for a moment, then comes back.",
        },
    )
    def dim(self) -> Steps:
        """It goes down to a third within some seconds, stays so, and comes back slowly."""
        passed = 0.0
        try:
            while passed < DIM_S:
                passed += yield
                self._dip = 0.65 * _swell(passed, DIM_S)
        finally:
            self._dip = 0.0

    @event(
        fr="Des pas derrière la porte",
        en="Steps behind the door",
        min_level=4,
        cooldown_s=60.0,
        warning={
            "fr": "Quelqu'un marche dans le couloir ; personne n'entre.",
            "en": "Somebody walks along the corridor; nobody comes in.",
        },
        requires=(lamp.at_least(20.0),),
    )
    def steps(self) -> Steps:
        """Past the closed door; never while the lamp is out."""
        self.stage.sound("people/steps", at=DOOR, volume=0.8).play()
        yield from self.wait(6.0)

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
        fr="Laissez votre regard sur le tableau pendant vingt secondes.",
        en="Let your eyes rest on the picture for twenty seconds.",
    )
    def picture(self) -> Steps:
        """In total: glances away do not count, and do not begin it anew."""
        yield from self.looking("picture", seconds=LOOK_S)

    @task(
        fr="Trouvez votre propre calme, sans guide, aussi longtemps que vous voulez.",
        en="Find your own calm, without a guide, for as long as you like.",
        min_level=3,
    )
    def alone(self) -> None:
        """The patient says when; the therapist marks it."""


def _swell(passed: float, whole: float) -> float:
    """How far what comes soon and goes late has come, 0 to 1, after so many of its seconds."""
    edge = max(0.0, min(1.0, passed / SOON_S, (whole - passed) / LATE_S))
    return math.sin(0.5 * math.pi * edge) ** 2
