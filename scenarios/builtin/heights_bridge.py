"""Owns the bridge over the gorge: what each level is; knows no engine, no renderer.

Axes: the bridge lies along y, from the near rim at y = 0 to the far one at y = 44 m, its middle at
x = 0; the river runs along x at z = 0. Stone, steel and ropes are one place: it changes behind a
fade, together with its depth.
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
    Walk,
    event,
    task,
)

SPAN_M = 44.0
MIDDLE_M = SPAN_M / 2
STONE, STEEL, ROPE = 0, 1, 2
SLOPES_DEEP_M = 7.0
"""Depth for which the slopes were made; they are stretched to any other. Cliffs never are."""
SAG_M = 1.3
"""How much lower than its ends the middle of the rope bridge hangs."""
HIGHEST_RAIL_M = 1.4
"""Height of a rail when the "rail" of a bridge is 1."""
LEAST_GAP_CM, MOST_GAP_CM = 2.0, 24.0
"""Gap between the boards when "gaps" is 0 and 1."""
STORM_M_S = 13.0
"""Wind at which all that can sway sways fully; no level reaches it."""
CALM_M_S, BROKEN_SKY_M_S = 0.5, 9.0
"""Winds of the fairest and of the most clouded sky."""
SHADOW_ASIDE, SHADOW_MOST_M = 0.624, 34.0
"""How far aside the shadow lies for each metre of height; from higher up it falls on the cliffs."""
EAR_M = 1.6
LOOK_S = 10.0
BELOW: Vec = (0.0, 1.5, -4.0)
BELOW_RADIUS_M = 2.2
"""What lies below the feet, from the feet: met by looking steeply down and in no other way."""
BANKS_RADIUS_M = 9.0
FLAPS_PER_S = 5.0
BIRD_MOST_Y_M = 30.0
BIRD_SCALE: Vec = (2.0, 2.0, 2.0)
"""As large as a buzzard: a pigeon that far away would be missed."""
ROCK_SCALE: Vec = (1.4, 1.4, 1.4)
GRAVITY_M_S2 = 9.81
STEP_S, STRIDE_M = 0.56, 0.72
NEAR_MARK_M = 0.3
"""So near a mark, somebody who walks has reached it."""


class Bridge(Scenario):
    """A bridge that begins as a stone arch over a stream and ends as boards on ropes."""

    id = "heights.bridge"
    version = "1.1.0"
    title = {"fr": "Le pont", "en": "The bridge"}
    summary = {
        "fr": "Trois ponts sur une gorge : pierre au-dessus d'un ruisseau, passerelle d'acier à "
        "grille ajourée, pont de corde à planches espacées. Type, hauteur, place, garde-corps, "
        "écart des planches, vent et bruit de l'eau se règlent séparément.",
        "en": "Three bridges over a gorge: stone above a stream, a steel footbridge of open "
        "grating, a rope bridge with gaps between its boards. Kind, height, place, rail, gaps, "
        "wind and sound of the water are set apart from each other.",
    }
    phobia = "acrophobia"
    levels = {
        0: {
            "fr": "Sur la berge, devant un pont de pierre ; un ruisseau coule en contrebas.",
            "en": "On the bank, before a stone bridge; a stream runs a little way below.",
        },
        1: {
            "fr": "Premiers pas sur le pont de pierre ; le parapet est haut.",
            "en": "First steps on the stone bridge; the parapet is high.",
        },
        2: {
            "fr": "Plus loin sur la pierre ; le talus descend de chaque côté.",
            "en": "Further along the stone; the slope falls away on either side.",
        },
        3: {
            "fr": "Au-dessus de l'eau, à sept mètres, sur la pierre ; un peu d'air.",
            "en": "Above the water, seven metres up, on stone; a little air.",
        },
        4: {
            "fr": "Une passerelle d'acier, à vingt mètres ; le sol est une grille d'acier ajourée.",
            "en": "A steel footbridge, twenty metres up; its floor is an open grating.",
        },
        5: {
            "fr": "La passerelle, à trente-deux mètres ; on voit la rivière à travers le sol.",
            "en": "The footbridge, thirty-two metres up; the river shows through the floor.",
        },
        6: {
            "fr": "Cinquante mètres de vide sous la grille ajourée ; le vent se lève.",
            "en": "Fifty metres of air below the grating; the wind rises.",
        },
        7: {
            "fr": "Un pont de corde, à cinquante mètres ; les planches sont serrées.",
            "en": "A bridge of ropes, fifty metres up; its boards lie close together.",
        },
        8: {
            "fr": "Soixante mètres, sur les planches ; un écart s'ouvre entre elles.",
            "en": "Sixty metres up, on the boards; gaps open between them.",
        },
        9: {
            "fr": "Soixante-dix mètres ; les écarts sont larges, la main courante est basse.",
            "en": "Seventy metres up; the gaps are wide, the rope at your hand is low.",
        },
        10: {
            "fr": "Au milieu du pont de corde, à quatre-vingts mètres, dans le vent.",
            "en": "In the middle of the rope bridge, eighty metres up, in the wind.",
        },
    }
    contraindications = ("heights", "sudden_noise")
    comfort = Comfort(motion="none")
    warnings = (
        {
            "fr": "Grande hauteur, sol ajouré, vent, bruits soudains. Un appui ou une chaise est "
            "utile.",
            "en": "Great height, a see-through floor, wind, sudden sounds. Something to hold "
            "on to or a chair helps.",
        },
    )

    targets = {
        "below": {"fr": "le vide sous les pieds", "en": "the depth below the feet"},
        "ahead": {"fr": "l'autre rive", "en": "the far bank"},
        "behind": {"fr": "la rive de départ", "en": "the bank you came from"},
    }

    expected_distress = {0: 5, 3: 30, 4: 40, 6: 60, 8: 78, 10: 92}

    kind = Graded.choice(
        {0: STONE, 4: STEEL, 7: ROPE, 10: ROPE},
        options=(
            {"fr": "pierre", "en": "stone"},
            {"fr": "acier, grille ajourée", "en": "steel, open grating"},
            {"fr": "corde et planches", "en": "ropes and boards"},
        ),
        fr="type de pont",
        en="kind of bridge",
    )
    height = Graded.steps(
        {0: 7, 4: 20, 5: 32, 6: 50, 8: 60, 9: 70, 10: 80},
        fr="hauteur du pont",
        en="height of the bridge",
        unit="m",
        step=6.0,
    )
    place = Graded.steps(
        {0: -4.5, 1: 2, 2: 6, 3: 10, 4: 11, 5: 13, 6: 15, 7: 16, 8: 18, 9: 20, 10: 22},
        fr="place sur le pont",
        en="place along the bridge",
        unit="m",
        step=2.0,
        decimals=1,
    )
    reach = Graded.steps(
        {0: -4.5, 1: 4, 2: 8, 3: 12, 4: 12, 5: 16, 6: 20, 7: 20, 8: 24, 9: 28, 10: 40},
        fr="jusqu'où la voie est ouverte",
        en="how far the way is open",
        unit="m",
        step=4.0,
        decimals=1,
    )
    rail = Graded(
        {0: 1.15, 3: 1.08, 6: 1.0, 10: 0.8},
        fr="hauteur du garde-corps",
        en="height of the rail",
        unit="m",
        rate=0.05,
        step=0.1,
        decimals=2,
    )
    gap = Graded(
        {0: 2, 6: 2, 7: 4, 8: 10, 9: 16, 10: 22},
        fr="écart entre les planches",
        en="gap between the boards",
        unit="cm",
        rate=1.5,
        step=3.0,
    )
    wind = Graded(
        {0: 0.5, 3: 1.8, 6: 4.0, 10: 9.0}, fr="vent", en="wind", unit="m/s", rate=0.5, decimals=1
    )
    water = Graded(
        {0: 30, 10: 80}, fr="bruit de l'eau", en="sound of the water", unit="%", rate=5.0, step=5.0
    )
    interlocks = (
        # arches are low, ropes span what is deep, and only boards have gaps
        kind.at_most(STONE).requires(height.at_most(20.0)),
        kind.at_least(ROPE).requires(height.at_least(20.0)),
        gap.at_least(5.0).requires(kind.at_least(ROPE)),
    )

    walk = Walk(
        start=place,
        reach=reach,
        marks=(-4.5, 0.0, 4.0, 8.0, 12.0, 16.0, 20.0, 24.0, 28.0, 32.0, 36.0, 40.0),
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
                (0, 10, None, "Sur la berge, devant le pont.", "On the bank, before the bridge."),
                (1, 10, None, "Premiers pas sur la pierre.", "First steps on stone."),
                (3, 10, None, "Sur la pierre, à sept mètres.", "On stone, seven metres up."),
                (3, 10, "hands", "Sur la pierre : lâcher le parapet.", "Let go of the parapet."),
                (3, 10, "walk_on", "Marcher sur la pierre.", "Walk on, on stone."),
                (4, 15, None, "Sur l'acier, à vingt mètres.", "On steel, twenty metres up."),
                (4, 15, "look_down", "Regarder à travers le sol.", "Look through the floor."),
                (6, 15, None, "L'acier, à cinquante mètres.", "On steel, fifty metres up."),
                (6, 15, "look_down", "Regarder à travers le sol.", "Look through the floor."),
                (6, 20, "walk_on", "Marcher sur l'acier.", "Walk on, on steel."),
                (7, 20, None, "Le pont de corde.", "The bridge of ropes."),
                (8, 20, None, "Les cordes, à soixante mètres.", "On ropes, sixty metres up."),
                (10, 20, None, "Au milieu, à quatre-vingts mètres.", "In its middle, 80 m up."),
                (10, 20, "hands", "Au milieu : lâcher la corde.", "There: let go of the rope."),
                (10, 20, "walk_on", "Marcher vers l'autre rive.", "Walk towards the far bank."),
            )
        ),
        measure="height",
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._gust = 0.0
        self._shaped: tuple[float, float] | None = None

    def build(self) -> None:
        """Gorge and bridges, as they are at the stream."""
        stage, rims = self.stage, (0.0, 0.0, self.height)
        stage.model("gorge/floor")
        self._shadow = stage.model("gorge/shadow", at=self._shadowed())
        self._banks = stage.model("gorge/banks", at=rims)
        self._slopes = stage.model("gorge/slopes", at=rims)
        self._cliffs = stage.model("gorge/cliffs", at=rims)
        self._talus = stage.model("gorge/talus")
        self._arches = stage.model("gorge/arches", at=rims)
        self._bridges = tuple(
            stage.model(f"gorge/{name}", at=rims) for name in ("stone", "steel", "rope")
        )
        # seen by nobody: what events bring is ready before the first of them
        stage.model("animals/pigeon").visible = False
        stage.model("gorge/rock").visible = False
        self._below = stage.target("below", at=(0.0, 0.0, 0.0), radius=BELOW_RADIUS_M)
        self._ahead = stage.target("ahead", at=(0.0, 0.0, 0.0), radius=BANKS_RADIUS_M)
        self._behind = stage.target("behind", at=(0.0, 0.0, 0.0), radius=BANKS_RADIUS_M)
        self._rings = tuple(
            stage.waypoint(number, at=self._at(mark)) for number, mark in enumerate(self.walk.marks)
        )
        self._river = stage.sound("gorge/river", at=(0.0, MIDDLE_M, 0.0), loop=True, volume=0.0)
        self._breeze = stage.sound("wind/steady", loop=True, volume=0.0)
        self._ropes = stage.sound("gorge/ropes", loop=True, volume=0.0)
        self.update(0.0)

    def update(self, dt: float) -> None:
        """Bring gorge, bridge, wind and sound to the applied values."""
        self._stand()
        self._shape()
        wind = min(1.0, self.wind / STORM_M_S + self._gust)
        self.stage.wind(wind)
        self.stage.clouds(_clouds(self.wind))
        self._breeze.volume = 0.12 + 0.75 * wind
        self._breeze.rate = 0.90 + 0.2 * wind
        self._ropes.volume = wind if self.kind >= STEEL else 0.0
        self._river.volume = self.water / 100.0

    def _stand(self) -> None:
        feet = self._at(self.walked)
        down = _looking_down(self.height, self.walked)
        self.stage.viewer.stand(feet, looking_down=down)
        x, y, z = BELOW
        self._below.at = (feet[0] + x, feet[1] + y, feet[2] + z)
        self._ahead.at = (0.0, SPAN_M + 12.0, self.height + EAR_M)
        self._behind.at = (0.0, -16.0, self.height + EAR_M)

    def _shape(self) -> None:
        for kind, bridge in enumerate(self._bridges):
            bridge.visible = self.kind == kind
            bridge.set("rail", self.rail / HIGHEST_RAIL_M)
        gaps = (self.gap - LEAST_GAP_CM) / (MOST_GAP_CM - LEAST_GAP_CM)
        self._bridges[ROPE].set("gaps", gaps)
        if self._shaped == (self.kind, self.height):
            return
        self._shaped = (self.kind, self.height)
        stone = self.kind < STEEL
        for node in (self._banks, self._slopes, self._cliffs, self._arches, *self._bridges):
            node.at = (0.0, 0.0, self.height)
        self._slopes.visible = self._arches.visible = stone
        self._cliffs.visible = self._talus.visible = not stone
        if stone:
            self._slopes.scale = self._arches.scale = (1.0, 1.0, self.height / SLOPES_DEEP_M)
        self._shadow.at = self._shadowed()
        self._shadow.visible = self.height <= SHADOW_MOST_M
        for mark, ring in zip(self.walk.marks, self._rings, strict=True):
            ring.at = self._at(mark)

    def _shadowed(self) -> Vec:
        """Where the bridge's shadow lies: the sun stands behind, to the left."""
        return (SHADOW_ASIDE * self.height, 0.0, 0.5)

    def _at(self, y: float) -> Vec:
        """Where the feet are, so far along the bridge.

        Each kind of bridge differs by a hair, so that nobody sees one become another.
        """
        return (0.0, y, self.height + _deck(self.kind, y) + 0.002 * self.kind)

    @event(
        fr="Une rafale",
        en="A gust of wind",
        min_level=2,
        cooldown_s=20.0,
        warning={
            "fr": "Le vent forcit pendant six secondes ; le pont ne bouge pas.",
            "en": "The wind swells for six seconds; the bridge does not move.",
        },
    )
    def gust(self) -> Steps:
        """The wind swells for six seconds; ropes and trees follow it."""
        x, y, z = self._at(self.walked)
        self.stage.sound("wind/gust", at=(x - 2.0, y + 1.0, z + EAR_M)).play()
        passed = 0.0
        try:
            while passed < 6.0:
                passed += yield
                self._gust = 0.45 * math.sin(math.pi * min(1.0, passed / 6.0)) ** 2
        finally:
            self._gust = 0.0

    @event(
        fr="Un oiseau passe en dessous",
        en="A bird flies below",
        min_level=1,
        cooldown_s=25.0,
        warning={
            "fr": "Un oiseau remonte la gorge et passe sous le pont.",
            "en": "A bird comes up the gorge and passes below the bridge.",
        },
    )
    def bird(self) -> Steps:
        """A bird comes up the gorge below the bridge and goes on; eyes follow it down."""
        deep = min(9.0, 0.45 * self.height)
        # so far ahead that it is seen on either side of the deck, and well before the far cliff
        y = min(self.walked + self.random.uniform(11.0, 14.0), BIRD_MOST_Y_M)
        level = self.height - deep
        start: Vec = (-46.0, y - 12.0, level - 0.1 * deep)
        bird = self.stage.model("animals/pigeon", at=start, heading=-90.0)
        bird.scale = BIRD_SCALE
        bird.set("fold", 0.0)
        self.stage.sound("animals/wings", parent=bird, at=(0.0, 0.0, 0.0)).play()
        middle: Vec = (0.0, y, level)
        away: Vec = (52.0, y + 9.0, level + 0.25 * deep)
        yield from self._fly(bird, (start, middle, away), 9.0)

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
        fr="Des pas résonnent",
        en="Steps resound",
        min_level=2,
        cooldown_s=30.0,
        warning={
            "fr": "On entend quelqu'un marcher sur le pont, derrière ; personne n'approche.",
            "en": "Somebody is heard walking on the bridge, behind; nobody comes near.",
        },
    )
    def steps(self) -> Steps:
        """Somebody walks a few metres behind the patient, away towards the bank."""
        sounds = ("gorge/step_stone", "gorge/step_steel", "gorge/step_board")
        y = max(0.5, self.walked - 4.0)
        tread = self.stage.sound(sounds[round(self.kind)], at=self._at(y), volume=0.9)
        for _ in range(9):
            tread.at = self._at(y)
            tread.play()
            yield from self.wait(STEP_S)
            y = max(-6.0, y - STRIDE_M)

    @event(
        fr="Une planche craque",
        en="A board creaks",
        min_level=7,
        cooldown_s=30.0,
        warning={
            "fr": "Une planche craque une fois ; elle tient.",
            "en": "A board creaks once; it holds.",
        },
        requires=(kind.at_least(ROPE),),
    )
    def board(self) -> Steps:
        """A board creaks one step ahead of the patient."""
        self.stage.sound("gorge/board", at=self._at(self.walked + 0.8)).play()
        yield from self.wait(2.5)

    @event(
        fr="Une pierre tombe de la rive",
        en="A stone falls from the bank",
        min_level=3,
        cooldown_s=40.0,
        warning={
            "fr": "Une pierre se détache de la rive d'en face et tombe jusqu'en bas.",
            "en": "A stone comes loose from the far bank and falls all the way down.",
        },
    )
    def stone(self) -> Steps:
        """A stone leaves the far rim beside the bridge and falls as stones do."""
        side = self.random.uniform(8.0, 10.0)
        start: Vec = (side, SPAN_M - 0.6, self.height + 0.1)
        rock = self.stage.model("gorge/rock", at=start)
        rock.scale = ROCK_SCALE
        self.stage.sound("gorge/stones", at=(side, SPAN_M - 2.0, self.height)).play()
        yield from rock.glide_to((side, SPAN_M - 2.2, self.height - 0.3), seconds=0.7)
        passed, top = 0.0, rock.at
        while rock.at[2] > 0.4:
            passed += yield
            fallen = 0.5 * GRAVITY_M_S2 * passed * passed
            rock.at = (top[0] + 0.3 * passed, top[1] - 2.6 * passed, max(0.4, top[2] - fallen))
            rock.heading, rock.pitch = 80.0 * passed, -190.0 * passed
        self.stage.sound("gorge/stones", at=rock.at, volume=0.6).play()
        yield from self.wait(2.0)

    @task(
        fr="Regardez l'autre rive, droit devant, pendant dix secondes.",
        en="Look at the far bank, straight ahead, for ten seconds.",
    )
    def look_ahead(self) -> Steps:
        """Eyes open and level, for who would rather look at nothing."""
        yield from self.looking("ahead", seconds=LOOK_S)

    @task(
        fr="Regardez en bas, sous vos pieds, pendant dix secondes.",
        en="Look down, below your feet, for ten seconds.",
        min_level=1,
    )
    def look_down(self) -> Steps:
        """Through the grating, between the boards; glances away do not count against it."""
        yield from self.looking("below", seconds=LOOK_S)

    @task(
        fr="Lâchez le garde-corps et laissez pendre les bras.",
        en="Let go of the rail and let your arms hang.",
        min_level=1,
    )
    def hands(self) -> None:
        """Without holding on: the therapist sees it."""

    @task(
        fr="Avancez, de marque en marque ou à pas réels, aussi loin que c'est ouvert ; restez-y.",
        en="Go on, from mark to mark or by real steps, as far as the way is open; stay there.",
        min_level=1,
    )
    def walk_on(self) -> Steps:
        """The patient goes by own act; five seconds by the last open mark are enough."""
        stayed = 0.0
        while stayed < LOOK_S / 2:
            passed = yield
            last = max(mark for mark in self.walk.marks if mark <= self.reach)
            # who walks in the room is so far from where the feet were put
            along = self.walked + max(0.0, self.pose.at[1])
            stayed = stayed + passed if along >= last - NEAR_MARK_M else 0.0

    @task(
        fr="Retournez-vous vers la rive de départ, puis revenez.",
        en="Turn round towards the bank you came from, then come back.",
        min_level=2,
    )
    def turn_round(self) -> Steps:
        """The patient turns by own movement: five seconds there, then ahead again."""
        yield from self.looking("behind", seconds=LOOK_S / 2)
        yield from self.looking("ahead", seconds=1.0)


def _deck(kind: float, y: float) -> float:
    """Height of the deck above the rims, so far along it: a bridge of ropes sags."""
    if kind < ROPE or not 0.0 <= y <= SPAN_M:
        return 0.0
    return -SAG_M * (1.0 - ((y - MIDDLE_M) / MIDDLE_M) ** 2)


def _looking_down(height: float, y: float) -> float:
    """Degrees by which a flat picture looks down: the deeper the gorge, the more of it is seen."""
    return 4.0 if y < 0.0 else 6.0 + 0.2 * height


def _clouds(wind: float) -> float:
    """How clouded the sky is, 0 to 1, at a wind in m/s: much the same share more at each level."""
    low, high = math.sqrt(CALM_M_S), math.sqrt(BROKEN_SKY_M_S)
    return min(1.0, max(0.0, (math.sqrt(max(0.0, wind)) - low) / (high - low)))


def _bow(way: tuple[Vec, Vec, Vec], part: float) -> Vec:
    """A point on the quadratic Bezier curve of three points."""
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = way
    a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
    return (a * ax + b * bx + c * cx, a * ay + b * by + c * cy, a * az + b * bz + c * cz)
