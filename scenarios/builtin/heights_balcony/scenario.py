"""Owns the balcony on a tower above a street: what each level is; knows no engine, no renderer.

Beside the balcony there are the edge of a flat roof and what goes out from it over the street.
Axes: the edge of each lies along y = 0 above the pavement, the street is ahead; the door of the
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
    Scenario,
    Steps,
    Vec,
    event,
    task,
)

from .flight import falls, fly, paper_at
from .roof import (
    BALCONY,
    CONCRETE,
    GLASS,
    PLANK,
    PLANK_M,
    ROOF,
    ROOF_M,
    WALL_M,
    WOOD,
    Rooftop,
    edge,
    perch,
)
from .street import (
    AHEAD,
    ALONG_AVENUE_X,
    EAR_M,
    FLAGS,
    MIDDLE_OF_AVENUE_Y,
    ROOFS_RADIUS_M,
    ROOFS_Y,
    STREET_AHEAD_X,
    STREET_RADIUS_M,
    passes,
    stops,
)

HIGHEST_RAIL_M, LEAST_RAIL_M = 1.4, 0.02
"""Height of the handrail when the terrace's "rail" is 1; and where there is none, its wood lies on
the floor."""
STORM_M_S = 12.0
"""Wind at which all that can sway sways fully; no level reaches it."""
CALM_M_S, BROKEN_SKY_M_S = 0.5, 8.0
"""Winds of the fairest and of the most clouded sky."""
PAPER_S = 14.0
"""After so long a page is lost to sight below, from the highest floor too."""
LOOK_S, BELOW_S = 10.0, 5.0
SHIPPED_TOWER_M = 66.0
"""Up to here the balcony hangs on the tower that ships; else all stands on a taller one."""
TOES_M = 0.15
"""From below the eyes to the toes: a distance to the edge is that of the toes."""
OUT_M, STEP_M = 1.3, 0.6
"""Someone over the street is so far out, less the distance to the edge; and goes one step on."""
OUT_DOWN = 26.0
"""Degrees by which a flat picture looks down there: plank and depth are in it, and the horizon."""
IN_REACH_M, RAIL_SEEN_M = 0.75, 0.45
"""Who is so near the rail can lay a hand on it; and how near the hand is looked at."""
BALL_SCALE: Vec = (2.2, 2.2, 2.2)
BALL_SEEN_M = 0.5
"""How near the ball is looked at."""
SHOWER_S = 40.0
"""So long a downpour lasts."""


class Balcony(Scenario):
    """A balcony that begins as a terrace on the pavement, then a roof, and at last a plank."""

    id = "heights.balcony"
    version = "1.2.0"
    title = {"fr": "Le balcon", "en": "The balcony"}
    summary = {
        "fr": "Un balcon, le bord d'un toit, une passerelle ou une planche au-dessus d'une avenue, "
        "jusqu'à soixante étages : hauteur, distance au bord, garde-corps, sol de verre, vent, "
        "pluie et lumière se règlent séparément.",
        "en": "A balcony, the edge of a roof, a walkway or a plank above an avenue, up to sixty "
        "floors: height, distance to the edge, rail, glass floor, wind, rain and light are set "
        "apart from each other.",
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
            "fr": "Cinquième étage ; près du bord, une bande du sol est en verre.",
            "en": "Fifth floor; near the edge, a strip of the floor is glass.",
        },
        5: {
            "fr": "Huitième étage ; le verre commence à un pas devant vous.",
            "en": "Eighth floor; the glass begins one step in front of you.",
        },
        6: {
            "fr": "Douzième étage, debout sur le verre ; les toits sont plus bas.",
            "en": "Twelfth floor, standing on glass; the roofs are lower than you.",
        },
        7: {
            "fr": "Vingtième étage, à moins d'un mètre du bord ; le vent se lève.",
            "en": "Twentieth floor, less than a metre from the edge; the wind rises.",
        },
        8: {
            "fr": "Toit d'une tour de trente étages ; le parapet arrive à la taille.",
            "en": "Roof of a tower of thirty floors; the parapet comes up to your waist.",
        },
        9: {
            "fr": "Toit à quarante-cinq étages ; le parapet arrive aux cuisses, il y a du vent.",
            "en": "Roof at forty-five floors; the parapet comes up to your thighs, it is windy.",
        },
        10: {
            "fr": "Planche au-dessus de la rue, à soixante étages, au crépuscule, sans appui.",
            "en": "Plank above the street, sixty floors up, at dusk, with nothing to hold on to.",
        },
    }
    contraindications = ("heights", "sudden_noise")
    comfort = Comfort(motion="none")
    warnings = (
        {
            "fr": "Hauteur, sol transparent, vent, planche sans garde-corps. Un appui ou une "
            "chaise est utile.",
            "en": "Height, see-through floor, wind, a plank without a rail. Something to hold on "
            "to or a chair helps.",
        },
    )

    targets = {
        "street": {"fr": "la rue en bas", "en": "the street below"},
        "far": {"fr": "le lointain", "en": "the distance"},
        "below": {"fr": "le trottoir, à la verticale", "en": "the pavement, straight below"},
        "rail": {"fr": "le garde-corps devant vous", "en": "the rail in front of you"},
        "ball": {"fr": "la balle", "en": "the ball"},
        "ambulance": {"fr": "l'ambulance", "en": "the ambulance"},
    }

    expected_distress = {0: 5, 3: 25, 6: 50, 8: 70, 10: 95}

    place = Graded.choice(
        {0: BALCONY, 8: ROOF, 10: PLANK},
        options=(
            {"fr": "balcon", "en": "balcony"},
            {"fr": "bord d'un toit", "en": "edge of a roof"},
            {"fr": "au-dessus de la rue", "en": "out over the street"},
        ),
        fr="endroit",
        en="place",
    )
    height = Graded.steps(
        {0: 0, 1: 3, 2: 6, 3: 9, 4: 15, 5: 24, 6: 36, 7: 60, 8: 90, 9: 135, 10: 180},
        fr="hauteur du sol",
        en="height of the floor",
        unit="m",
        step=9.0,
    )
    distance = Graded.steps(
        {0: 3.8, 1: 2.8, 2: 2.0, 3: 1.8, 4: 1.6, 5: 1.4, 6: 1.1, 7: 0.8, 8: 0.6, 9: 0.3, 10: 0.0},
        fr="distance au bord",
        en="distance to the edge",
        unit="m",
        step=0.25,
        decimals=2,
    )
    rail = Graded(
        {0: 1.3, 4: 1.2, 7: 1.1, 8: 0.85, 9: 0.7, 10: 0.0},
        fr="garde-corps ou parapet",
        en="rail or parapet",
        unit="m",
        rate=0.1,
        step=0.1,
        decimals=2,
    )
    way = Graded.choice(
        {0: CONCRETE, 9: GLASS, 10: WOOD},
        options=(
            {"fr": "passerelle de béton", "en": "walkway of concrete"},
            {"fr": "passerelle de verre", "en": "walkway of glass"},
            {"fr": "planche", "en": "plank"},
        ),
        fr="au-dessus de la rue",
        en="over the street",
    )
    glass = Graded(
        {0: 0, 3: 0, 4: 20, 5: 30, 6: 45, 7: 70, 10: 100},
        fr="part de verre du balcon",
        en="glass in the balcony's floor",
        unit="%",
        rate=8.0,
        step=10.0,
    )
    wind = Graded(
        {0: 0.5, 3: 1.5, 6: 3.5, 10: 8.0}, fr="vent", en="wind", unit="m/s", rate=0.5, decimals=1
    )
    rain = Graded({0: 0, 8: 0, 10: 30}, fr="pluie", en="rain", unit="%", rate=2.0, step=10.0)
    light = Graded(
        {0: 100, 7: 100, 9: 70, 10: 25},
        fr="lumière du jour",
        en="daylight",
        unit="%",
        rate=6.0,
        step=20.0,
    )
    interlocks = (
        # a full rail beside it would make the plank a way out of a cage
        place.at_least(PLANK).forbids(rail.at_least(1.0)),
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
        steps=tuple(
            BatStep(fr=fr, en=en, level=level, seconds=seconds, task=task)
            for level, seconds, task, fr, en in (
                (0, 10, None, "Au niveau du trottoir.", "Level with the pavement."),
                (1, 10, None, "Premier étage.", "First floor."),
                (2, 10, None, "Deuxième étage.", "Second floor."),
                (2, 10, "look_down", "Regarder la rue en bas.", "Look down at the street."),
                (4, 15, None, "Cinquième étage.", "Fifth floor."),
                (4, 15, "arms", "Lâcher le garde-corps.", "Let go of the rail."),
                (6, 15, None, "Debout sur le verre.", "Standing on glass."),
                (6, 15, "straight_down", "Regarder à la verticale.", "Look straight down."),
                (7, 20, None, "Vingtième étage.", "Twentieth floor."),
                (7, 20, "hand", "Une main sur le garde-corps.", "A hand on the rail."),
                (8, 20, None, "Sur le toit, au bord.", "On the roof, at the edge."),
                (8, 20, "drop", "Laisser tomber une balle.", "Drop a ball."),
                (10, 20, None, "Sur la planche.", "On the plank."),
                (10, 20, "step", "Un pas de plus sur la planche.", "One more step on the plank."),
            )
        ),
        measure="height",
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._gust = self._shower = self._step = self._bent = 0.0

    def build(self) -> None:
        """Street, tower and terrace, as they are at the pavement; the taller tower beside them."""
        stage = self.stage
        stage.model("city/district")
        self._tower = stage.model("city/tower")
        self._terrace = stage.model("balcony/terrace")
        self._top = Rooftop(stage)
        for place in FLAGS:
            stage.model("city/flag", at=place)
        # seen by nobody: what events bring is ready before the first of them
        stage.model("animals/pigeon").visible = False
        for name in ("city/ambulance", "balcony/paper", "park/ball"):
            stage.model(name).visible = False
        for x in ALONG_AVENUE_X:
            at = (x, MIDDLE_OF_AVENUE_Y, 0.0)
            stage.target("street", at=at, radius=STREET_RADIUS_M)
        self._ahead = [stage.target("street", at=(0.0, 0.0, 0.0), radius=12.0) for _ in AHEAD]
        stage.target("below", at=(0.0, 1.6, 0.0), radius=2.0)
        self._rail_seen = stage.target("rail", at=(0.0, 0.0, 1.0), radius=RAIL_SEEN_M)
        self._beyond = stage.target("far", at=(0.0, ROOFS_Y, EAR_M), radius=ROOFS_RADIUS_M)
        self._breeze = stage.sound("wind/steady", loop=True, volume=0.0)
        self._near = stage.sound("street/near", at=(0.0, 12.0, 0.5), loop=True, volume=0.0)
        self._far = stage.sound("street/far", loop=True, volume=0.0)
        self.update(0.0)

    def update(self, dt: float) -> None:
        """Bring the place to stand, wind, weather and sound to the applied values."""
        self._stand()
        for part, target in zip(AHEAD, self._ahead, strict=True):
            high = self.height >= SHIPPED_TOWER_M
            y, z = (part * self.height, 0.0) if high else (MIDDLE_OF_AVENUE_Y, -40.0)
            target.at = (STREET_AHEAD_X, y, z)
        self._beyond.at = (0.0, ROOFS_Y, self.height + EAR_M)
        self._terrace.set("rail", max(LEAST_RAIL_M, self.rail) / HIGHEST_RAIL_M)
        self._terrace.set("glass", self.glass / 100.0)
        wind = min(1.0, self.wind / STORM_M_S + self._gust)
        self.stage.wind(wind)
        self.stage.clouds(_clouds(self.wind))
        self.stage.rain(min(1.0, self.rain / 100.0 + self._shower))
        self.stage.daylight(self.light / 100.0)
        self._breeze.volume = 0.15 + 0.85 * wind
        self._breeze.rate = 0.92 + 0.2 * wind
        above = min(1.0, self.height / 30.0)
        self._near.volume = 1.0 - 0.8 * above
        self._far.volume = 0.25 + 0.55 * above

    def _stand(self) -> None:
        """Put the patient's feet where the values say, and the place below and around them."""
        place, height = int(self.place), self.height
        out = place == PLANK
        feet = self._feet()
        down = OUT_DOWN if out else _looking_down(-feet[1])
        self.stage.viewer.stand(feet, looking_down=down)
        on_balcony = place == BALCONY
        taller = not on_balcony or height > SHIPPED_TOWER_M
        self._tower.visible = not taller
        self._terrace.visible, self._terrace.at = on_balcony, (0.0, 0.0, height)
        self._top.bring(place, height, self.rail, int(self.way), bent=self._bent, taller=taller)
        self._rail_seen.at = (0.0, -WALL_M if place == ROOF else 0.0, height + self.rail)

    def _feet(self) -> Vec:
        """Below the eyes: the toes are as far from rail, parapet or end as is set."""
        if self.place == PLANK:
            return (0.0, OUT_M - self.distance + self._step, self.height + ROOF_M + PLANK_M)
        if self.place == ROOF:
            return (0.0, -self.distance - TOES_M - WALL_M, self.height + ROOF_M)
        return (0.0, -self.distance - TOES_M, self.height)

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
        fr="Une averse passe",
        en="A downpour passes",
        min_level=1,
        cooldown_s=60.0,
        warning={
            "fr": "Il pleut à verse pendant quarante secondes ; le sol ne glisse pas.",
            "en": "It pours for forty seconds; the floor is not slippery.",
        },
    )
    def shower(self) -> Steps:
        """Rain swells to all there is and thins out again."""
        passed = 0.0
        try:
            while passed < SHOWER_S:
                passed += yield
                self._shower = min(1.0, passed / 6.0, (SHOWER_S - passed) / 6.0)
        finally:
            self._shower = 0.0

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
        """A pigeon comes from the left, rests on rail, parapet or plank, and flies on."""
        side = self.random.uniform(1.5, 2.4)

        def now() -> Vec:
            return perch(int(self.place), self.height, self.rail, side)

        start: Vec = (-14.0, 7.0, now()[2] + 2.5)
        bird = self.stage.model("animals/pigeon", at=start, heading=-90.0)
        wings = self.stage.sound("animals/wings", parent=bird, at=(0.0, 0.0, 0.0))
        bird.set("fold", 0.0)
        wings.play()
        rest = now()
        yield from fly(bird, (start, (-6.0, 5.0, rest[2] + 1.6), rest), 3.2)
        bird.set("fold", 1.0)
        rested = 0.0
        while rested < 4.5:
            rested += yield
            bird.at = now()
            bird.heading = -100.0 + 25.0 * math.sin(1.3 * rested)
        bird.set("fold", 0.0)
        wings.play()
        leave: Vec = bird.at
        away: Vec = (16.0, 14.0, leave[2] + 3.0)
        yield from fly(bird, (leave, (5.0, 2.0, leave[2] + 0.9), away), 3.4)

    @event(
        fr="Une feuille s'envole",
        en="A sheet of paper blows away",
        min_level=1,
        cooldown_s=30.0,
        warning={
            "fr": "Une feuille passe par-dessus le bord et tombe jusqu'en bas.",
            "en": "A sheet of paper goes over the edge and falls all the way down.",
        },
    )
    def paper(self) -> Steps:
        """A page is lifted over the rail and sinks into the depth, swaying; eyes follow it down."""
        x, y = (-2.6, 1.2) if self.place == BALCONY else (-1.7, -0.2)
        start: Vec = (x, y, self.height + self.rail + 0.15)
        sheet = self.stage.model("balcony/paper", at=start)
        self.stage.sound("wind/gust", at=start, volume=0.5).play()
        passed = 0.0
        while passed < PAPER_S and sheet.at[2] > 0.05:
            passed += yield
            sheet.at = paper_at(start, passed)
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
        yield from passes(self.stage)

    @event(
        fr="Le garde-corps craque",
        en="The rail creaks",
        min_level=5,
        cooldown_s=40.0,
        requires=(place.at_most(BALCONY), rail.at_least(0.5)),
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

    @event(
        fr="La planche craque",
        en="The plank creaks",
        min_level=2,
        cooldown_s=40.0,
        requires=(place.at_least(PLANK), way.at_least(WOOD)),
        warning={
            "fr": "La planche craque et plie un peu ; elle tient.",
            "en": "The plank creaks and bends a little; it holds.",
        },
    )
    def bend(self) -> Steps:
        """The plank creaks under the patient and sinks by two centimetres, and comes back."""
        # close by: on the plank wind and rain are loud
        self.stage.sound("balcony/creak", at=(0.2, 1.2, self.height + 1.2)).play()
        passed = 0.0
        try:
            while passed < 3.0:
                passed += yield
                self._bent = 0.02 * math.sin(math.pi * min(1.0, passed / 3.0)) ** 2
        finally:
            self._bent = 0.0

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
        fr="Regardez droit en bas, à la verticale, pendant cinq secondes.",
        en="Look straight down below you for five seconds.",
        min_level=3,
    )
    def straight_down(self) -> Steps:
        """The chin on the chest: through glass, over the edge, or beside the plank."""
        yield from self.looking("below", seconds=BELOW_S)

    @task(
        fr="Faites un pas de plus au-dessus de la rue et restez-y dix secondes.",
        en="Take one more step out over the street and stay there for ten seconds.",
        requires=(place.at_least(PLANK),),
    )
    def step(self) -> Steps:
        """The scene takes it, behind a fade: in the room the patient's feet stay where they are."""
        try:
            self._step = STEP_M
            yield from self.wait(LOOK_S)
        finally:
            self._step = 0.0

    @task(
        fr="Regardez la balle pour la laisser tomber, puis suivez-la des yeux jusqu'en bas.",
        en="Look at the ball to let it drop, then follow it with your eyes to the ground.",
        min_level=1,
        requires=(height.at_least(3.0),),
    )
    def drop(self) -> Steps:
        """It lies on rail, parapet or end; a second's look lets it go. Then three seconds below."""
        start = edge(int(self.place), self.height, max(LEAST_RAIL_M, self.rail))
        ball = self.stage.model("park/ball", at=start)
        ball.scale = BALL_SCALE
        self.stage.target("ball", at=(0.0, 0.0, 0.0), radius=BALL_SEEN_M, parent=ball)
        looked = 0.0
        while looked < 1.0:
            looked += yield
            start = ball.at = edge(int(self.place), self.height, max(LEAST_RAIL_M, self.rail))
            looked = looked if self.looks_at("ball") else 0.0
        yield from falls(ball, start)
        self.stage.sound("gorge/step_stone", at=ball.at, volume=0.7).play()
        below = 0.0
        while below < 3.0:
            passed = yield
            below += passed if self.looks_at("below") or self.looks_at("street") else 0.0

    @task(
        fr="Approchez-vous du bord, posez la main sur le garde-corps et regardez-la dix secondes.",
        en="Go up to the edge, lay a hand on the rail and look at it for ten seconds.",
        min_level=1,
        requires=(place.at_most(ROOF), rail.at_least(0.5)),
    )
    def hand(self) -> Steps:
        """Within reach, by steps or by leaning, and looking there; ten seconds in total."""
        looked = 0.0
        while looked < LOOK_S:
            passed = yield
            away = self.distance + TOES_M - max(0.0, self.pose.at[1])
            looked += passed if away <= IN_REACH_M and self.looks_at("rail") else 0.0

    @task(
        fr="Une ambulance s'arrête en bas : trouvez-la, puis regardez-la pendant cinq secondes.",
        en="An ambulance stops below: find it, then look at it for five seconds.",
        min_level=2,
        requires=(height.at_least(3.0),),
    )
    def find(self) -> Steps:
        """It comes without a siren and stands; from high up in the street that leads away."""
        yield from stops(self.stage, self.height, self.random.random())
        yield from self.looking("ambulance", seconds=BELOW_S)

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
    return min(30.0, max(0.0, 12.0 * (2.0 - distance), 88.0 * (0.95 - distance)))


def _clouds(wind: float) -> float:
    """How clouded the sky is, 0 to 1, at a wind in m/s: much the same share more at each level."""
    low, high = math.sqrt(CALM_M_S), math.sqrt(BROKEN_SKY_M_S)
    return min(1.0, max(0.0, (math.sqrt(max(0.0, wind)) - low) / (high - low)))
