"""Owns the balcony on a tower above a street: what each level is; knows no engine, no renderer.

Beside the balcony there are the edge of a flat roof and a plank that goes out from it. Axes: the
edge of each lies along y = 0 above the pavement, the street is ahead; the door of the flat is
behind the patient at y = -4.2 m.
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
"""Stretches of the avenue that count as looked at: ahead and below, and not under the chin; from
the second floor a level gaze meets none of them."""
STREET_AHEAD_X, AHEAD = -12.0, (0.6, 1.0, 1.7)
"""The street that leads away counts too where the avenue lies straight below: so many heights away.
"""
ROOFS_Y, ROOFS_RADIUS_M = 120.0, 20.0
"""What is far away, at the height of the eyes."""
LOOK_S, BELOW_S = 10.0, 5.0
BALCONY, ROOF, PLANK = 0, 1, 2
"""The places to stand, by their number in the choice."""
SHIPPED_TOWER_M = 66.0
"""Up to here the balcony hangs on the tower that ships; else all stands on a taller one."""
TOWER_X, TOWER_W, TOWER_D, TOWER_H = 7.85, 22.0, 19.8, 215.0
"""Its middle, breadth, depth and height: it goes on below the ground where the roof is lower."""
STOREY_M = 3.0
BANDS = (*range(1, 25), *range(26, 72, 2))
"""Storeys below the top that have a band of concrete; far down every second one is enough."""
UPPER_STOREYS = 6
"""So many lie above a balcony on the taller tower."""
FLAT_M = 4.75
"""How far behind the balcony's edge the taller tower's front is: behind the wall of the flat."""
ROOF_M, PLANK_M = 0.03, 0.08
"""Height of gravel and of the plank's upper face above the height of the floor."""
GAP_M, WALL_M = 1.2, 0.18
"""Width of the opening in the parapet where the plank goes out, and thickness of the parapet."""
OUT_M, STEP_M = 1.3, 0.6
"""Someone on the plank stands so far out, less the distance to the edge; and goes one step on."""
PLANK_DOWN = 26.0
"""Degrees by which a flat picture looks down there: plank and depth are in it, and the horizon."""
PERCH_X = 1.75
"""The inner rail of the terrace's right arm: a level gaze meets it at every level."""


class Balcony(Scenario):
    """A balcony that begins as a terrace on the pavement, then a roof, and at last a plank."""

    id = "heights.balcony"
    version = "1.1.0"
    title = {"fr": "Le balcon", "en": "The balcony"}
    summary = {
        "fr": "Un balcon, le bord d'un toit ou une planche au-dessus d'une avenue, jusqu'à "
        "soixante étages : hauteur, distance au bord, garde-corps, sol de verre, vent, pluie et "
        "lumière se règlent séparément.",
        "en": "A balcony, the edge of a roof or a plank above an avenue, up to sixty floors: "
        "height, distance to the edge, rail, glass floor, wind, rain and light are set apart from "
        "each other.",
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
            "fr": "Planche au-dessus de la rue, à soixante étages, sans rien à quoi se tenir.",
            "en": "Plank above the street, sixty floors up, with nothing to hold on to.",
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
    }

    expected_distress = {0: 5, 3: 25, 6: 50, 8: 70, 10: 95}

    place = Graded.choice(
        {0: BALCONY, 8: ROOF, 10: PLANK},
        options=(
            {"fr": "balcon", "en": "balcony"},
            {"fr": "bord d'un toit", "en": "edge of a roof"},
            {"fr": "planche sur la rue", "en": "plank over the street"},
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
        {0: 2.5, 1: 2.3, 2: 2.0, 3: 1.8, 4: 1.6, 5: 1.4, 6: 1.1, 7: 0.9, 8: 0.7, 9: 0.6, 10: 0.3},
        fr="distance au bord",
        en="distance to the edge",
        unit="m",
        step=0.25,
        decimals=2,
    )
    rail = Graded(
        {0: 1.3, 4: 1.2, 7: 1.1, 8: 0.85, 9: 0.7, 10: 0.5},
        fr="garde-corps ou parapet",
        en="rail or parapet",
        unit="m",
        rate=0.05,
        step=0.1,
        decimals=2,
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
    rain = Graded({0: 0, 8: 0, 10: 30}, fr="pluie", en="rain", unit="%", rate=2.0)
    light = Graded(
        {0: 100, 7: 100, 10: 60}, fr="lumière du jour", en="daylight", unit="%", rate=3.0
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
                (8, 20, None, "Sur le toit, au bord.", "On the roof, at the edge."),
                (10, 20, None, "Sur la planche.", "On the plank."),
                (10, 20, "step", "Un pas de plus sur la planche.", "One more step on the plank."),
            )
        ),
        measure="height",
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._gust = 0.0
        self._step = self._bent = self._railed = 0.0

    def build(self) -> None:
        """Street, tower and terrace, as they are at the pavement; the taller tower beside them."""
        stage = self.stage
        stage.model("city/district")
        self._tower = stage.model("city/tower")
        self._terrace = stage.model("balcony/terrace")
        self._build_roof()
        for place in FLAGS:
            stage.model("city/flag", at=place)
        # seen by nobody: what events bring is ready before the first of them
        stage.model("animals/pigeon").visible = False
        for name in ("city/ambulance", "balcony/paper"):
            stage.model(name).visible = False
        for x in ALONG_AVENUE_X:
            at = (x, MIDDLE_OF_AVENUE_Y, 0.0)
            stage.target("street", at=at, radius=STREET_RADIUS_M)
        self._ahead = [stage.target("street", at=(0.0, 0.0, 0.0), radius=12.0) for _ in AHEAD]
        stage.target("below", at=(0.0, 1.6, 0.0), radius=2.0)
        self._beyond = stage.target("far", at=(0.0, ROOFS_Y, EAR_M), radius=ROOFS_RADIUS_M)
        self._breeze = stage.sound("wind/steady", loop=True, volume=0.0)
        self._near = stage.sound("street/near", at=(0.0, 12.0, 0.5), loop=True, volume=0.0)
        self._far = stage.sound("street/far", loop=True, volume=0.0)
        self.update(0.0)

    def _build_roof(self) -> None:
        """A tower that hangs down from its roof, the roof with its parapet, and the plank."""
        box = self.stage.box
        # at once where they are at level 0: ground that is moved before whoever stands is held back
        at = _body_at(BALCONY, 0.0)
        self._body = body = box((TOWER_W, TOWER_D, TOWER_H), material="steel", at=at)
        for storey in BANDS:
            at = (0.0, 0.0, TOWER_H - STOREY_M * storey - 1.3)
            box((TOWER_W + 0.5, TOWER_D + 0.5, 1.3), material="concrete", at=at, parent=body)
        for number in range(12):
            at = (-10.5 + number * 21.0 / 11, TOWER_D / 2 + 0.15, 0.0)
            box((0.3, 0.3, TOWER_H), material="concrete", at=at, parent=body)
        # what stands on it: y runs from the edge, as for whoever stands there
        at = (TOWER_X, -TOWER_D / 2, 0.0)
        self._roof = roof = box((TOWER_W, TOWER_D, ROOF_M), material="gravel", at=at)
        front, side = TOWER_D / 2 - WALL_M / 2, TOWER_W / 2 - WALL_M / 2
        west, east = -TOWER_X - GAP_M / 2, -TOWER_X + GAP_M / 2
        far = (TOWER_W / 2 + west, TOWER_W / 2 - east)
        walls = (
            ((far[0], WALL_M), (west - far[0] / 2, front)),
            ((far[1], WALL_M), (east + far[1] / 2, front)),
            ((WALL_M, TOWER_D - WALL_M), (-side, -WALL_M / 2)),
            ((WALL_M, TOWER_D - WALL_M), (side, -WALL_M / 2)),
            ((GAP_M, WALL_M), (-TOWER_X, front)),
        )
        self._parapet: list[tuple[Node, Node]] = []
        for (broad, deep), (x, y) in walls:
            wall = box((broad, deep, 1.0), material="concrete", at=(x, y, ROOF_M), parent=roof)
            cope = box((broad, deep + 0.04, 0.04), material="concrete", at=(x, y, 1.0), parent=roof)
            self._parapet.append((wall, cope))
        house = box((5.0, 3.6, 2.7), material="plaster", at=(2.0, -6.0, ROOF_M), parent=roof)
        box((5.3, 3.9, 0.12), material="zinc", at=(0.0, 0.0, 2.7), parent=house)
        box((0.95, 0.05, 2.05), material="dark_metal", at=(-1.2, 1.8, 0.0), parent=house)
        for x, y in ((-4.0, -3.0), (6.5, 2.0)):
            box((1.2, 1.2, 0.9), material="zinc", at=(x, y, ROOF_M), parent=roof)
        self._plank = plank = box((4.8, 0.40, 0.05), material="wood")
        plank.heading = 90.0  # its grain runs along it
        for across in (-0.12, 0.12):
            box((4.6, 0.05, 0.07), material="steel", at=(0.0, across, -0.07), parent=plank)
        box((0.5, 0.9, 0.35), material="concrete", at=(-2.1, 0.0, 0.05), parent=plank)

    def update(self, dt: float) -> None:
        """Bring the place to stand, wind, weather and sound to the applied values."""
        self._stand()
        for part, target in zip(AHEAD, self._ahead, strict=True):
            high = self.height >= SHIPPED_TOWER_M
            y, z = (part * self.height, 0.0) if high else (MIDDLE_OF_AVENUE_Y, -40.0)
            target.at = (STREET_AHEAD_X, y, z)
        self._beyond.at = (0.0, ROOFS_Y, self.height + EAR_M)
        self._terrace.set("rail", self.rail / HIGHEST_RAIL_M)
        self._terrace.set("glass", self.glass / 100.0)
        wind = min(1.0, self.wind / STORM_M_S + self._gust)
        self.stage.wind(wind)
        self.stage.clouds(_clouds(self.wind))
        self.stage.rain(self.rain / 100.0)
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
        if out:
            feet = (0.0, OUT_M - self.distance + self._step, height + ROOF_M + PLANK_M)
        else:
            feet = (0.0, -self.distance, height + (ROOF_M if place == ROOF else 0.0))
        down = PLANK_DOWN if out else _looking_down(self.distance)
        self.stage.viewer.stand(feet, looking_down=down)
        on_balcony = place == BALCONY
        taller = not on_balcony or height > SHIPPED_TOWER_M
        self._tower.visible, self._body.visible = not taller, taller
        self._terrace.visible, self._terrace.at = on_balcony, (0.0, 0.0, height)
        self._body.at = _body_at(place, height)
        self._roof.visible, self._roof.at = not on_balcony, (TOWER_X, -TOWER_D / 2, height)
        self._plank.visible = out
        self._plank.at = (0.0, 0.9, height + ROOF_M + PLANK_M - 0.05 - self._bent)
        for wall, cope in self._parapet if self.rail != self._railed else ():
            wall.scale = (1.0, 1.0, self.rail)
            cope.at = (cope.at[0], cope.at[1], ROOF_M + self.rail)
        self._railed = self.rail
        for each in self._parapet[-1]:
            each.visible = not out

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
        """A pigeon comes from the left, rests on rail, parapet or plank, and flies on."""
        side = self.random.uniform(1.5, 2.4)
        start: Vec = (-14.0, 7.0, self._perch(side)[2] + 2.5)
        bird = self.stage.model("animals/pigeon", at=start, heading=-90.0)
        wings = self.stage.sound("animals/wings", parent=bird, at=(0.0, 0.0, 0.0))
        bird.set("fold", 0.0)
        wings.play()
        perch = self._perch(side)
        yield from self._fly(bird, (start, (-6.0, 5.0, perch[2] + 1.6), perch), 3.2)
        bird.set("fold", 1.0)
        rested = 0.0
        while rested < 4.5:
            rested += yield
            bird.at = self._perch(side)
            bird.heading = -100.0 + 25.0 * math.sin(1.3 * rested)
        bird.set("fold", 0.0)
        wings.play()
        leave: Vec = bird.at
        away: Vec = (16.0, 14.0, leave[2] + 3.0)
        yield from self._fly(bird, (leave, (5.0, 2.0, leave[2] + 0.9), away), 3.4)

    def _perch(self, side: float) -> Vec:
        """Where a bird sits now: the rail of the right arm, the parapet, or the plank's end."""
        if self.place == PLANK:
            return (0.05, 3.15, self.height + ROOF_M + PLANK_M)
        if self.place == ROOF:
            return (side - 0.3, -0.15, self.height + ROOF_M + self.rail + 0.05)
        return (PERCH_X, side, self.height + self.rail + 0.02)

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
        x, y = (-2.6, 1.2) if self.place == BALCONY else (-1.7, -0.2)
        start: Vec = (x, y, self.height + self.rail + 0.15)
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
        requires=(place.at_most(BALCONY),),
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
        requires=(place.at_least(PLANK),),
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
        fr="Faites un pas de plus sur la planche et restez-y dix secondes.",
        en="Take one more step along the plank and stay there for ten seconds.",
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
        fr="Laissez pendre les bras le long du corps.",
        en="Let your arms hang by your sides.",
        min_level=1,
    )
    def arms(self) -> None:
        """Without holding on: the therapist sees it."""


def _body_at(place: int, height: float) -> Vec:
    """Where the taller tower's foot is, below its roof or behind a balcony, in metres."""
    if place == BALCONY:
        return (TOWER_X, -TOWER_D / 2 - FLAT_M, height + UPPER_STOREYS * STOREY_M - TOWER_H)
    return (TOWER_X, -TOWER_D / 2, height - TOWER_H)


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
