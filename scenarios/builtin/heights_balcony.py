"""Owns the balcony on a tower above a street: what each level is; knows no engine, no renderer.

Axes: the balcony's edge lies along y = 0 above the pavement, the street is ahead, the door of the
flat is behind the patient at y = -4.2 m.
"""

from __future__ import annotations

import math

from scenarios.api import (
    Bat,
    BatStep,
    Comfort,
    Context,
    Graded,
    Node,
    Scenario,
    Steps,
    Vec,
    event,
    task,
)

HIGHEST_RAIL_M = 1.4
"""Height of the handrail when the terrace's "rail" is 1."""
STORM_M_S = 12.0
"""Wind at which all that can sway sways fully; no level reaches it."""
CALM_M_S, BROKEN_SKY_M_S = 0.5, 8.0
"""Winds of the fairest and of the most clouded sky."""
EAR_M = 1.6
FLAGS: tuple[Vec, ...] = ((-23.0, 26.5, 8.6), (-29.0, 26.5, 8.6))
"""On the house across the avenue, to the left: they show the wind and are near nobody."""
FLAPS_PER_S = 5.5
PAPER_S = 14.0
"""After so long a page is lost to sight below, from the highest floor too."""
MIDDLE_OF_AVENUE_Y, ROAD_Z = 12.4, -0.17
"""Between the two ways of the avenue: an ambulance keeps to it."""
ALONG_AVENUE_X, STREET_RADIUS_M = (-40.0, -20.0, 0.0, 20.0, 40.0), 5.0
"""Stretches of the avenue that count as looked at: from the highest floor, too, they lie ahead and
below and not under the chin; from the second floor a level gaze meets none of them."""
ROOFS_Y, ROOFS_RADIUS_M = 120.0, 20.0
"""What is far away, at the height of the eyes."""
LOOK_S = 10.0
PERCH_X = 1.75
"""The inner rail of the terrace's right arm: a level gaze meets it at every level."""


class Balcony(Scenario):
    """A balcony that begins as a terrace on the pavement and ends on the twentieth floor."""

    id = "heights.balcony"
    version = "1.0.0"
    title = {"fr": "Le balcon", "en": "The balcony"}
    summary = {
        "fr": "Un balcon sur une tour, au-dessus d'une avenue : étage, distance au bord, hauteur "
        "du garde-corps, sol de verre et vent se règlent séparément.",
        "en": "A balcony on a tower above an avenue: floor, distance to the edge, height of the "
        "rail, glass floor and wind are set apart from each other.",
    }
    phobia = "acrophobia"
    levels = {
        0: {
            "fr": "Terrasse au niveau du trottoir ; la rue est devant vous.",
            "en": "Terrace level with the pavement; the street is in front of you.",
        },
        1: {
            "fr": "Premier étage, loin du bord ; le garde-corps est haut.",
            "en": "First floor, well back from the edge; the rail is high.",
        },
        2: {
            "fr": "Deuxième étage, à deux mètres du bord ; le sol est plein.",
            "en": "Second floor, two metres from the edge; the floor is solid.",
        },
        3: {
            "fr": "Troisième étage, sol plein ; il y a un peu d'air.",
            "en": "Third floor, solid floor; there is a little air.",
        },
        4: {
            "fr": "Quatrième étage ; près du bord, une bande du sol est en verre.",
            "en": "Fourth floor; near the edge, a strip of the floor is glass.",
        },
        5: {
            "fr": "Sixième étage ; le verre commence à un pas devant vous.",
            "en": "Sixth floor; the glass begins one step in front of you.",
        },
        6: {
            "fr": "Huitième étage, debout sur le verre ; les toits sont plus bas.",
            "en": "Eighth floor, standing on glass; the roofs are lower than you.",
        },
        7: {
            "fr": "Dixième étage, à moins d'un mètre du bord ; le vent se lève.",
            "en": "Tenth floor, less than a metre from the edge; the wind rises.",
        },
        8: {
            "fr": "Treizième étage ; le garde-corps arrive sous la poitrine.",
            "en": "Thirteenth floor; the rail is below your chest.",
        },
        9: {
            "fr": "Seizième étage, presque tout le sol est en verre ; il y a du vent.",
            "en": "Sixteenth floor, nearly all of the floor is glass; it is windy.",
        },
        10: {
            "fr": "Vingtième étage, au bord, sur le verre ; le garde-corps est bas.",
            "en": "Twentieth floor, at the edge, on glass; the rail is low.",
        },
    }
    contraindications = ("heights", "sudden_noise")
    comfort = Comfort(motion="none")
    warnings = (
        {
            "fr": "Hauteur, sol transparent, vent. Un appui ou une chaise est utile.",
            "en": "Height, see-through floor, wind. Something to hold on to or a chair helps.",
        },
    )

    targets = {
        "street": {"fr": "la rue en bas", "en": "the street below"},
        "far": {"fr": "le lointain", "en": "the distance"},
    }

    expected_distress = {0: 5, 3: 25, 6: 55, 8: 75, 10: 90}

    height = Graded.steps(
        {0: 0, 1: 3, 2: 6, 3: 9, 4: 12, 5: 18, 6: 24, 7: 30, 8: 39, 9: 48, 10: 60},
        fr="hauteur du sol",
        en="height of the floor",
        unit="m",
        step=3.0,
    )
    distance = Graded.steps(
        {0: 2.5, 1: 2.3, 2: 2.0, 3: 1.8, 4: 1.6, 5: 1.4, 6: 1.1, 7: 0.9, 8: 0.8, 9: 0.7, 10: 0.6},
        fr="distance au bord",
        en="distance to the edge",
        unit="m",
        step=0.25,
        decimals=2,
    )
    rail = Graded(
        {0: 1.3, 4: 1.2, 7: 1.1, 10: 0.85},
        fr="hauteur du garde-corps",
        en="height of the rail",
        unit="m",
        rate=0.05,
        step=0.1,
        decimals=2,
    )
    glass = Graded(
        {0: 0, 3: 0, 4: 20, 5: 30, 10: 100},
        fr="part de verre du sol",
        en="share of glass in the floor",
        unit="%",
        rate=8.0,
        step=10.0,
    )
    wind = Graded(
        {0: 0.5, 3: 1.5, 6: 3.5, 10: 8.0}, fr="vent", en="wind", unit="m/s", rate=0.5, decimals=1
    )
    interlocks = (
        # on the pavement there is nothing below the floor that glass could show
        glass.at_least(10).requires(height.at_least(3.0)),
    )

    bat = Bat(
        instruction={
            "fr": "Allez aussi loin que vous le voulez. À chaque étape vous décidez si vous "
            "continuez ; vous pouvez vous arrêter à tout moment.",
            "en": "Go as far as you want to. At each step you decide whether to go on; you can "
            "stop at any moment.",
        },
        steps=(
            BatStep(
                fr="Au niveau du trottoir.", en="Level with the pavement.", level=0, seconds=10
            ),
            BatStep(fr="Premier étage.", en="First floor.", level=1, seconds=10),
            BatStep(fr="Deuxième étage.", en="Second floor.", level=2, seconds=10),
            BatStep(
                fr="Deuxième étage : regarder la rue en bas.",
                en="Second floor: look down at the street.",
                level=2,
                seconds=10,
                task="look_down",
            ),
            BatStep(fr="Quatrième étage.", en="Fourth floor.", level=4, seconds=15),
            BatStep(
                fr="Quatrième étage : lâcher la rambarde.",
                en="Fourth floor: let go of the rail.",
                level=4,
                seconds=15,
                task="arms",
            ),
            BatStep(
                fr="Huitième étage, debout sur le verre.",
                en="Eighth floor, standing on glass.",
                level=6,
                seconds=15,
            ),
            BatStep(
                fr="Huitième étage : regarder la rue en bas.",
                en="Eighth floor: look down at the street.",
                level=6,
                seconds=15,
                task="look_down",
            ),
            BatStep(fr="Treizième étage.", en="Thirteenth floor.", level=8, seconds=20),
            BatStep(
                fr="Vingtième étage, au bord.",
                en="Twentieth floor, at the edge.",
                level=10,
                seconds=20,
            ),
            BatStep(
                fr="Vingtième étage : regarder la rue en bas.",
                en="Twentieth floor: look down at the street.",
                level=10,
                seconds=20,
                task="look_down",
            ),
        ),
        measure="height",
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._gust = 0.0

    def build(self) -> None:
        """Street, tower and terrace, as they are at the pavement."""
        stage = self.stage
        stage.model("city/district")
        stage.model("city/tower")
        self._terrace = stage.model("balcony/terrace")
        for place in FLAGS:
            stage.model("city/flag", at=place)
        # seen by nobody: what events bring is ready before the first of them
        stage.model("animals/pigeon").visible = False
        for name in ("city/ambulance", "balcony/paper"):
            stage.model(name).visible = False
        for x in ALONG_AVENUE_X:
            at = (x, MIDDLE_OF_AVENUE_Y, 0.0)
            stage.target("street", at=at, radius=STREET_RADIUS_M)
        self._beyond = stage.target("far", at=(0.0, ROOFS_Y, EAR_M), radius=ROOFS_RADIUS_M)
        self._breeze = stage.sound("wind/steady", loop=True, volume=0.0)
        self._near = stage.sound("street/near", at=(0.0, 12.0, 0.5), loop=True, volume=0.0)
        self._far = stage.sound("street/far", loop=True, volume=0.0)
        self.update(0.0)

    def update(self, dt: float) -> None:
        """Bring balcony, wind and sound to the applied values."""
        feet = (0.0, -self.distance, self.height)
        self.stage.viewer.stand(feet, looking_down=_looking_down(self.distance))
        self._terrace.at = (0.0, 0.0, self.height)
        self._beyond.at = (0.0, ROOFS_Y, self.height + EAR_M)
        self._terrace.set("rail", self.rail / HIGHEST_RAIL_M)
        self._terrace.set("glass", self.glass / 100.0)
        wind = min(1.0, self.wind / STORM_M_S + self._gust)
        self.stage.wind(wind)
        self.stage.clouds(_clouds(self.wind))
        self._breeze.volume = 0.15 + 0.85 * wind
        self._breeze.rate = 0.92 + 0.2 * wind
        above = min(1.0, self.height / 30.0)
        self._near.volume = 1.0 - 0.8 * above
        self._far.volume = 0.25 + 0.55 * above

    @event(
        fr="Une rafale",
        en="A gust of wind",
        min_level=2,
        cooldown_s=20.0,
        warning={
            "fr": "Le vent monte pendant six secondes ; le sol ne bouge pas.",
            "en": "The wind rises for six seconds; the floor does not move.",
        },
    )
    def gust(self) -> Steps:
        """The wind swells for six seconds; flags, plants and trees follow it."""
        rush = self.stage.sound("wind/gust", at=(-2.0, 1.0, self.height + EAR_M))
        rush.play()
        passed = 0.0
        try:
            while passed < 6.0:
                passed += yield
                self._gust = 0.45 * math.sin(math.pi * min(1.0, passed / 6.0)) ** 2
        finally:
            self._gust = 0.0

    @event(
        fr="Un pigeon se pose",
        en="A pigeon lands",
        min_level=1,
        cooldown_s=30.0,
        warning={
            "fr": "Un pigeon arrive vite et se pose à votre droite.",
            "en": "A pigeon comes quickly and lands on your right.",
        },
    )
    def pigeon(self) -> Steps:
        """A pigeon comes from the left, rests on the handrail of the right arm and flies on."""
        side = self.random.uniform(1.5, 2.4)
        perch = (PERCH_X, side, self.height + self.rail + 0.02)
        bird = self.stage.model("animals/pigeon", at=(-14.0, 7.0, perch[2] + 2.5), heading=-90.0)
        wings = self.stage.sound("animals/wings", parent=bird, at=(0.0, 0.0, 0.0))
        bird.set("fold", 0.0)
        wings.play()
        start: Vec = (-14.0, 7.0, perch[2] + 2.5)
        yield from self._fly(bird, (start, (-6.0, 5.0, perch[2] + 1.6), perch), 3.2)
        bird.set("fold", 1.0)
        rested = 0.0
        while rested < 4.5:
            rested += yield
            bird.at = (PERCH_X, side, self.height + self.rail + 0.02)
            bird.heading = -100.0 + 25.0 * math.sin(1.3 * rested)
        bird.set("fold", 0.0)
        wings.play()
        leave: Vec = bird.at
        away: Vec = (16.0, 14.0, leave[2] + 3.0)
        yield from self._fly(bird, (leave, (5.0, 2.0, leave[2] + 0.9), away), 3.4)

    def _fly(self, bird: Node, way: tuple[Vec, Vec, Vec], seconds: float) -> Steps:
        """Along a bow from the first point past the second to the third, wings beating."""
        passed = 0.0
        while passed < seconds:
            passed += yield
            part = min(1.0, passed / seconds)
            here, ahead = _bow(way, part), _bow(way, part + 0.01)
            bird.at = here
            bird.heading = math.degrees(math.atan2(here[0] - ahead[0], ahead[1] - here[1]))
            bird.set("flap", passed * FLAPS_PER_S % 1.0)

    @event(
        fr="Une feuille s'envole",
        en="A sheet of paper blows away",
        min_level=1,
        cooldown_s=30.0,
        warning={
            "fr": "Une feuille passe le garde-corps et tombe jusqu'en bas.",
            "en": "A sheet of paper goes over the rail and falls all the way down.",
        },
    )
    def paper(self) -> Steps:
        """A page is lifted over the rail and sinks into the depth, swaying; eyes follow it down."""
        start: Vec = (-2.6, 1.2, self.height + self.rail + 0.15)
        sheet = self.stage.model("balcony/paper", at=start)
        self.stage.sound("wind/gust", at=start, volume=0.5).play()
        passed = 0.0
        while passed < PAPER_S and sheet.at[2] > 0.05:
            passed += yield
            sheet.at = _paper_at(start, passed)
            sheet.heading = 40.0 * passed
            sheet.pitch = 24.0 * math.sin(2.1 * passed)

    @event(
        fr="Une sirène passe",
        en="A siren passes",
        min_level=0,
        cooldown_s=45.0,
        warning={
            "fr": "Une ambulance passe dans la rue, sirène en marche.",
            "en": "An ambulance passes in the street with its siren on.",
        },
    )
    def siren(self) -> Steps:
        """An ambulance passes along the avenue, from left to right."""
        start: Vec = (-160.0, MIDDLE_OF_AVENUE_Y, ROAD_Z)
        ambulance = self.stage.model("city/ambulance", at=start, heading=-90.0)
        call = self.stage.sound("street/siren", parent=ambulance, at=(0.0, 0.0, 1.2))
        call.play()
        passed = 0.0
        while passed < 14.0:
            passed += yield
            ambulance.at = (-160.0 + 320.0 * passed / 14.0, MIDDLE_OF_AVENUE_Y, ROAD_Z)

    @event(
        fr="Le garde-corps craque",
        en="The rail creaks",
        min_level=5,
        cooldown_s=40.0,
        warning={
            "fr": "Le garde-corps craque une fois ; il tient.",
            "en": "The rail creaks once; it holds.",
        },
    )
    def creak(self) -> Steps:
        """The handrail creaks in front of the patient."""
        sound = self.stage.sound("balcony/creak", at=(0.5, 0.0, self.height + self.rail))
        sound.play()
        yield from self.wait(2.5)

    @task(
        fr="Regardez au loin, droit devant, pendant dix secondes.",
        en="Look into the distance, straight ahead, for ten seconds.",
    )
    def look_far(self) -> Steps:
        """Eyes open and level: for who would rather look at the floor or at nothing."""
        yield from self.looking("far", seconds=LOOK_S)

    @task(
        fr="Regardez la rue en bas pendant dix secondes.",
        en="Look down at the street for ten seconds.",
        min_level=2,
    )
    def look_down(self) -> Steps:
        """Ten seconds in total; glances away do not count, and do not begin it anew."""
        yield from self.looking("street", seconds=LOOK_S)

    @task(
        fr="Laissez pendre les bras le long du corps.",
        en="Let your arms hang by your sides.",
        min_level=1,
    )
    def arms(self) -> None:
        """Without holding on: the therapist sees it."""


def _looking_down(distance: float) -> float:
    """Degrees by which a flat picture looks down, at a distance to the edge in metres.

    Nearer than two metres the gaze begins to sink, so that the depth behind the rail is seen; near
    the edge it must sink faster, or the rail would leave the picture.
    """
    return min(29.0, max(0.0, 12.0 * (2.0 - distance), 88.0 * (0.95 - distance)))


def _clouds(wind: float) -> float:
    """How clouded the sky is, 0 to 1, at a wind in m/s: much the same share more at each level."""
    low, high = math.sqrt(CALM_M_S), math.sqrt(BROKEN_SKY_M_S)
    return min(1.0, max(0.0, (math.sqrt(max(0.0, wind)) - low) / (high - low)))


def _paper_at(start: Vec, passed: float) -> Vec:
    """Where the page is after so many seconds: lifted for one, then sinking ever faster."""
    rise = 0.55 * math.sin(math.pi * min(1.0, passed / 2.4))
    sunk = max(0.0, passed - 1.6)
    fall = 0.9 * sunk + 0.16 * sunk * sunk
    x = start[0] + 0.55 * passed + 0.55 * math.sin(1.3 * passed)
    y = start[1] + 0.5 * passed + 0.25 * math.sin(1.9 * passed)
    return (x, y, max(0.0, start[2] + rise - fall))


def _bow(way: tuple[Vec, Vec, Vec], part: float) -> Vec:
    """A point on the quadratic Bezier curve of three points."""
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = way
    a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
    return (a * ax + b * bx + c * cx, a * ay + b * by + c * cy, a * az + b * bz + c * cz)
