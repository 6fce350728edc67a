"""Owns a lift of glass in an atrium and on a facade: what each level is; knows no engine.

Axes: the lift looks along y, over the hall or over the avenue; the mast that carries it is behind.
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

from .ride import (
    ATRIUM,
    FACADE,
    FRONT_Y,
    HALL_Y,
    LONGEST_WAY_S,
    STOREY_M,
    TOP,
    Ride,
    floor_at,
)

GLASS, OPEN = 0, 1
SHUT, AJAR = 0, 1
HIGHEST_ATRIUM = 13
HALF_DEEP_M, HIGHEST_RAIL_M = 0.90, 1.2
OPENS_S, STAYS_OPEN_S = 2.6, 12.0
WAITS_S = 5.0
STORM_M_S = 12.0
EYES_M = 1.6
LOOK_S, BELOW_S = 10.0, 5.0
SINKS_M = 0.35
GROUND = ((-6.0, 6.0), (0.0, 6.0), (6.0, 6.0), (0.0, 12.0), (0.0, 0.0))
"""What of the ground counts as looked at, from below the lift; farther out where one is high."""
FLAPS_PER_S = 5.5
DING_LOUD, DOORS_LOUD = 0.45, 0.6


class GlassLift(Scenario):
    """A lift that stands on the ground of a hall first, and hangs high on a facade at last."""

    id = "heights.lift"
    version = "1.1.0"
    title = {"fr": "L'ascenseur de verre", "en": "The glass lift"}
    summary = {
        "fr": "Un ascenseur de verre, dans un atrium puis sur une façade : étage, parois, sol de "
        "verre, garde-corps, portes, vitesse et vent se règlent séparément.",
        "en": "A glass lift, in an atrium and then on a facade: floor, panes, glass floor, rail, "
        "doors, speed and wind are set apart from each other.",
    }
    phobia = "acrophobia"
    levels = {
        0: {
            "fr": "Au sol de l'atrium, dans la cabine ; les parois sont dépolies.",
            "en": "On the ground of the atrium, in the cabin; its panes are frosted.",
        },
        1: {
            "fr": "Premier étage, au fond de la cabine ; on devine le hall.",
            "en": "First floor, at the back of the cabin; the hall can be made out.",
        },
        2: {
            "fr": "Deuxième étage ; les parois s'éclaircissent.",
            "en": "Second floor; the panes are getting clearer.",
        },
        3: {
            "fr": "Troisième étage ; à travers les parois on voit le hall en bas.",
            "en": "Third floor; through the panes you see the hall below.",
        },
        4: {
            "fr": "Cinquième étage, parois claires, à un mètre de la vitre.",
            "en": "Fifth floor, clear panes, one metre from the glass.",
        },
        5: {
            "fr": "Huitième étage de l'atrium ; le sol commence à laisser voir.",
            "en": "Eighth floor of the atrium; the floor starts to be see-through.",
        },
        6: {
            "fr": "Sur la façade d'une tour, douzième étage, au-dessus de l'avenue.",
            "en": "On the facade of a tower, twelfth floor, above the avenue.",
        },
        7: {
            "fr": "Seizième étage, sol à moitié transparent, un peu de vent.",
            "en": "Sixteenth floor, the floor half clear, a little wind.",
        },
        8: {
            "fr": "Vingt-quatrième étage ; la cabine est ouverte, avec un garde-corps.",
            "en": "Twenty-fourth floor; the cabin is open, with a rail.",
        },
        9: {
            "fr": "Trente-sixième étage, près du bord, le garde-corps à la taille.",
            "en": "Thirty-sixth floor, near the edge, the rail at the waist.",
        },
        10: {
            "fr": "Quarante-neuvième étage, portes ouvertes devant vous, sol de verre, vent.",
            "en": "Forty-ninth floor, the doors open in front of you, a glass floor, wind.",
        },
    }
    contraindications = ("heights", "vection", "sudden_noise")
    comfort = Comfort(motion="low")
    warnings = (
        {
            "fr": "Hauteur, sol transparent, cabine ouverte, vent ; la cabine monte et descend "
            "avec vous. Un appui ou une chaise est utile.",
            "en": "Height, a see-through floor, an open cabin, wind; the cabin goes up and down "
            "with you. Something to hold on to or a chair helps.",
        },
    )
    targets = {
        "far": {"fr": "le lointain, à votre hauteur", "en": "the distance, level with you"},
        "ground": {"fr": "le sol en bas", "en": "the ground below"},
        "below": {"fr": "le sol, à la verticale", "en": "the ground, straight below"},
    }
    expected_distress = {0: 5, 3: 25, 5: 45, 6: 55, 8: 75, 10: 95}

    place = Graded.choice(
        {0: ATRIUM, 6: FACADE, 10: FACADE},
        options=(
            {"fr": "atrium", "en": "atrium"},
            {"fr": "façade d'une tour", "en": "facade of a tower"},
        ),
        fr="endroit",
        en="place",
    )
    storey = Graded.steps(
        {0: 0, 1: 1, 2: 2, 3: 3, 4: 5, 5: 8, 6: 12, 7: 16, 8: 24, 9: 36, 10: 49},
        fr="étage",
        en="floor",
        step=4.0,
    )
    kind = Graded.choice(
        {0: GLASS, 8: OPEN, 10: OPEN},
        options=(
            {"fr": "cabine vitrée", "en": "cabin of glass"},
            {"fr": "cabine ouverte", "en": "open cabin"},
        ),
        fr="cabine",
        en="cabin",
    )
    clear = Graded(
        {0: 10, 1: 35, 2: 60, 3: 85, 4: 100, 10: 100},
        fr="transparence des parois",
        en="clearness of the panes",
        unit="%",
        rate=12.0,
        step=20.0,
    )
    glass = Graded(
        {0: 0, 4: 0, 5: 25, 7: 60, 10: 100},
        fr="transparence du sol",
        en="clearness of the floor",
        unit="%",
        rate=10.0,
        step=15.0,
    )
    rail = Graded(
        {0: 1.15, 7: 1.1, 8: 1.0, 10: 0.8},
        fr="garde-corps",
        en="rail",
        unit="m",
        rate=0.05,
        step=0.1,
        decimals=2,
    )
    distance = Graded.steps(
        {0: 1.5, 1: 1.4, 2: 1.3, 3: 1.2, 4: 1.0, 5: 0.85, 6: 0.8, 7: 0.7, 8: 0.6, 9: 0.45, 10: 0.4},
        fr="distance au bord",
        en="distance to the edge",
        unit="m",
        step=0.25,
        decimals=2,
    )
    doors = Graded.choice(
        {0: SHUT, 10: AJAR},
        options=({"fr": "fermées", "en": "shut"}, {"fr": "ouvertes", "en": "open"}),
        fr="portes à l'arrêt",
        en="doors where it stands",
    )
    speed = Graded.steps(
        {0: 0.5, 3: 0.8, 5: 1.2, 7: 1.6, 10: 2.0},
        fr="vitesse",
        en="speed",
        unit="m/s",
        step=0.5,
        decimals=1,
    )
    floors = Graded.steps(
        {0: 1, 3: 2, 5: 3, 7: 4, 10: 6}, fr="étages d'un trajet", en="floors of a ride", step=1.0
    )
    wind = Graded(
        {0: 0.5, 5: 0.5, 6: 1.5, 10: 8.0}, fr="vent", en="wind", unit="m/s", rate=0.5, decimals=1
    )
    interlocks = (
        # the hall ends below its roof
        storey.at_least(HIGHEST_ATRIUM + 1).requires(place.at_least(FACADE)),
        # no wind blows in a hall
        wind.at_least(3.0).requires(place.at_least(FACADE)),
    )
    bat = Bat(
        instruction={
            "fr": "Allez aussi haut que vous le voulez. À chaque étape vous décidez si vous "
            "continuez ; vous pouvez vous arrêter à tout moment.",
            "en": "Go as high as you want to. At each step you decide whether to go on; you can "
            "stop at any moment.",
        },
        steps=tuple(
            BatStep(fr=fr, en=en, level=level, seconds=seconds, task=task)
            for level, seconds, task, fr, en in (
                (0, 10, None, "Au sol de l'atrium.", "On the ground of the atrium."),
                (1, 15, None, "Premier étage.", "First floor."),
                (1, 30, "ride", "Monter d'un étage et redescendre.", "Up a floor and back."),
                (3, 15, None, "Troisième étage.", "Third floor."),
                (3, 15, "look_down", "Regarder le sol en bas.", "Look at the ground below."),
                (5, 20, None, "Huitième étage.", "Eighth floor."),
                (5, 20, "arms", "Lâcher le garde-corps.", "Let go of the rail."),
                (5, 40, "ride", "Monter de trois étages et redescendre.", "Up three and back."),
                (6, 30, None, "Sur la façade, douzième étage.", "On the facade, twelfth floor."),
                (7, 30, "straight_down", "Regarder à la verticale.", "Look straight down."),
                (8, 40, None, "Cabine ouverte, 24e étage.", "Open cabin, 24th floor."),
                (9, 40, None, "Près du bord, 36e étage.", "Near the edge, 36th floor."),
                (10, 45, None, "Portes ouvertes, 49e étage.", "Doors open, 49th floor."),
                (10, 45, "nearer", "Un pas vers le bord.", "A step towards the edge."),
                (10, 60, "ride", "Monter encore de six étages.", "Up another six floors."),
            )
        ),
        measure="storey",
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._gust = self._opened = 0.0
        self._outside = self._doors_asked = False

    def build(self) -> None:
        """The hall, the tower and its city, the lift; what events bring is ready, and unseen."""
        stage = self.stage
        behind: Vec = (0.0, FRONT_Y, 0.0)
        self._hall = stage.model("lift/atrium", at=(0.0, HALL_Y + FRONT_Y, 0.0))
        self._city = (stage.model("city/district"), stage.model("lift/facade", at=behind))
        stage.model("animals/pigeon").visible = False
        self._below = stage.target("below", at=(0.0, 0.0, 0.0), radius=2.5)
        self._ground = [stage.target("ground", at=(0.0, 0.0, 0.0), radius=5.0) for _ in GROUND]
        self._far = stage.target("far", at=(0.0, 60.0, EYES_M), radius=18.0)
        self._motor = stage.sound("lift/motor", loop=True, volume=0.01)
        self._breeze = stage.sound("wind/steady", loop=True, volume=0.0)
        self._near = stage.sound("street/near", at=(0.0, 10.0, 0.5), loop=True, volume=0.0)
        self._street = stage.sound("street/far", loop=True, volume=0.0)
        self._room = stage.sound("calm/room", loop=True, volume=0.6)
        self._ding = stage.sound("lift/ding", at=(0.0, 0.0, 0.0), volume=DING_LOUD)
        self._ride, self._told = Ride(stage), dict[str, float]()
        self.update(0.0)

    def safe(self) -> None:
        """Doors are shut, nothing is held, nothing blows but the wind that is set."""
        self._gust = self._opened = 0.0
        self._outside = self._doors_asked = False
        self._ding.at = (0.0, 0.0, 0.0)
        self._ride.forget()

    def update(self, dt: float) -> None:
        """Bring place, lift, wind and sound to the applied values."""
        self._carry(dt)
        self._look(dt)
        x, y, high = self._ride.lift.at
        outside = self._outside
        self._hall.visible = not outside
        for part in self._city:
            part.visible = outside
        self._far.at = (x, y + (60.0 if outside else 18.0), high + EYES_M)
        self._below.at = (x, y + 1.2, 0.0)
        farther = 1.0 + (high / 60.0 if outside else 0.0)
        for target, (aside, ahead) in zip(self._ground, GROUND, strict=True):
            target.at = (x + aside * farther, y + ahead * farther, 0.0)
        wind = min(1.0, self.wind / STORM_M_S + self._gust) if outside else 0.0
        self.stage.wind(wind)
        self._breeze.rate = 0.92 + 0.2 * wind
        above = min(1.0, high / 30.0)
        for sound, loud in (
            (self._breeze, 0.1 + 0.7 * wind if outside else 0.0),
            (self._near, 0.9 - 0.7 * above if outside else 0.0),
            (self._street, 0.25 + 0.5 * above if outside else 0.0),
            (self._room, 0.0 if outside else 0.6 - 0.35 * above),
            (self._motor, max(0.01, 0.8 * min(1.0, self._ride.lift.speed))),
        ):
            # nothing begins at its full loudness
            most = 1.0 if dt == 0.0 and sound.volume > 0.0 else dt / 1.2
            sound.volume += min(most, max(-most, loud - sound.volume))

    def _carry(self, dt: float) -> None:
        """Have the patient in the lift, and the lift on its way to the floor that is set."""
        ride = self._ride
        cabin, wanted = ride.cabin, (round(self.place), float(round(self.storey)))
        beside = (self.kind, self.distance, self.doors, self.speed, self.floors)
        closed = self._opened == 0.0
        if ride.follow(dt, wanted, beside, speed=self.speed, closed=closed):
            self._rings()
            self.stage.mark(f"the lift stands on floor {wanted[1]:.0f}")
        if ride.cabin is not cabin:
            self._told = {}
        if ride.ready or dt == 0.0:
            feet = (0.0, HALF_DEEP_M - self.distance, 0.0)
            down = _down(self.distance, self.storey)
            self.stage.viewer.ride(ride.lift, at=feet, looking_down=down)
            # in the same tick: what is around changes behind the same fade
            self._outside = ride.at[0] == FACADE

    def _rings(self) -> None:
        """The gong of a floor that is reached, from the panel."""
        x, y, z = self._ride.lift.at
        self._ding.at = (x + 0.6, y + 0.7, z + 1.9)
        self._ding.play()

    def _look(self, dt: float) -> None:
        """Panes, floor, rail, doors, number and arrow of the lift."""
        ride = self._ride
        ajar = (self._doors_asked or round(self.doors) == AJAR) and not ride.shut
        step = dt / OPENS_S if dt > 0.0 else 1.0
        goal = 1.0 if ajar else 0.0
        self._opened += min(step, max(-step, goal - self._opened))
        way = 0.0 if ride.lift.speed < 0.05 else 0.5 if ride.rises else 1.0
        told = {
            "rail": self.rail / HIGHEST_RAIL_M,
            "clear": self.clear / 100.0,
            "glass": self.glass / 100.0,
            "walls": 0.0 if round(self.kind) == OPEN else 1.0,
            "doors": self._opened,
            "floor": min(1.0, max(0.0, round(ride.floor) / TOP)),
            "way": way,
        }
        for name, value in told.items():
            if self._told.get(name) != value:
                ride.cabin.set(name, value)
        self._told = told

    # -- events

    @event(
        fr="Une rafale",
        en="A gust of wind",
        min_level=6,
        cooldown_s=20.0,
        requires=(place.at_least(FACADE),),
        warning={
            "fr": "Le vent monte pendant six secondes ; la cabine ne bouge pas.",
            "en": "The wind rises for six seconds; the cabin does not move.",
        },
    )
    def gust(self) -> Steps:
        """The wind swells for six seconds; flags and trees follow it."""
        self.stage.sound("wind/gust", parent=self._ride.cabin, at=(-1.5, 1.5, EYES_M)).play()
        passed = 0.0
        try:
            while passed < 6.0:
                passed += yield
                self._gust = 0.45 * math.sin(math.pi * min(1.0, passed / 6.0)) ** 2
        finally:
            self._gust = 0.0

    @event(
        fr="Les portes s'ouvrent",
        en="The doors open",
        min_level=6,
        cooldown_s=30.0,
        requires=(doors.at_most(SHUT),),
        warning={
            "fr": "Les portes s'ouvrent sur le vide, là où la cabine se tient, puis se referment.",
            "en": "The doors open onto the drop, where the cabin stands, and shut again.",
        },
    )
    def opens(self) -> Steps:
        """A gong, then both leaves slide aside, stay and come back, at rest alone."""
        while self._ride.shut:
            yield
        self._rings()
        at, cabin = (0.0, 0.9, 1.6), self._ride.cabin
        doors = self.stage.sound("lift/doors", parent=cabin, at=at, volume=DOORS_LOUD)
        try:
            self._doors_asked = True
            doors.play()
            yield from self.wait(OPENS_S + STAYS_OPEN_S)
            self._doors_asked = False
            doors.play()
            yield from self.wait(OPENS_S + 0.4)
        finally:
            self._doors_asked = False

    @event(
        fr="La cabine descend un peu et s'arrête",
        en="The lift sinks a little and stops",
        min_level=2,
        cooldown_s=30.0,
        warning={
            "fr": "La cabine descend de trente centimètres, s'arrête huit secondes, puis remonte.",
            "en": "The lift sinks by thirty centimetres, stops for eight seconds, and goes back.",
        },
    )
    def sinks(self) -> Steps:
        """It sinks, stops with a jolt, and comes back."""
        yield from self._ride.led_by(self._sinks())

    def _sinks(self) -> Steps:
        yield from self._closes()
        ride, cabin = self._ride, self._ride.cabin
        self.stage.sound("lift/relay", parent=cabin, at=(0.0, -0.8, 2.6)).play()
        x, y, z = ride.lift.at
        yield from ride.travel((x, y, z - SINKS_M), 0.2)
        self.stage.sound("lift/jolt", parent=cabin, at=(0.0, -0.8, 2.9), volume=0.5).play()
        yield from self.wait(8.0)
        yield from ride.travel((x, y, z), 0.2)

    def _closes(self) -> Steps:
        """Until the doors of a lift that is led are shut."""
        while self._opened > 0.0:
            yield

    @event(
        fr="La cabine monte et redescend",
        en="The lift goes up and comes back",
        min_level=0,
        cooldown_s=20.0,
        warning={
            "fr": "La cabine monte de quelques étages avec vous, attend, puis redescend.",
            "en": "The lift goes up some floors with you, waits, and comes back down.",
        },
    )
    def goes_up(self) -> Steps:
        """By as many floors as are set, as far as mast and time allow; down again after a stay."""
        yield from self._ride.led_by(self._up_and_down())

    def _up_and_down(self) -> Steps:
        yield from self._closes()
        ride = self._ride
        place, floor = ride.at
        most = min(TOP if place == FACADE else HIGHEST_ATRIUM, floor + self.floors)
        most = min(most, floor + LONGEST_WAY_S * self.speed / STOREY_M)
        yield from ride.travel(floor_at((place, float(math.floor(most)))), self.speed)
        self._rings()
        yield from self.wait(WAITS_S)
        yield from ride.travel(floor_at((place, floor)), self.speed)
        self._rings()

    @event(
        fr="Le câble chante",
        en="The cable sings",
        min_level=1,
        cooldown_s=25.0,
        warning={
            "fr": "Un câble vibre et chante au-dessus de la cabine ; il tient.",
            "en": "A cable hums and sings above the lift; it holds.",
        },
    )
    def sings(self) -> Steps:
        """From the mast above."""
        cabin, at = self._ride.cabin, (0.0, -1.0, 3.2)
        self.stage.sound("lift/cable", parent=cabin, at=at, volume=0.7).play()
        yield from self.wait(5.5)

    @event(
        fr="Un pigeon passe",
        en="A pigeon passes",
        min_level=6,
        cooldown_s=25.0,
        requires=(place.at_least(FACADE),),
        warning={
            "fr": "Un pigeon passe vite devant la cabine, de gauche à droite.",
            "en": "A pigeon passes quickly in front of the lift, from left to right.",
        },
    )
    def pigeon(self) -> Steps:
        """It crosses in front, three metres away, a little below the eyes, wings beating."""
        z = self._ride.lift.at[2] + 1.3
        bird = self.stage.model("animals/pigeon", at=(-14.0, 1.5, z + 1.0), heading=-90.0)
        self.stage.sound("animals/wings", parent=bird, at=(0.0, 0.0, 0.0)).play()
        bird.set("fold", 0.0)
        passed = 0.0
        while passed < 5.0:
            passed += yield
            part = passed / 5.0
            bird.at = (
                -14.0 + 30.0 * part,
                1.5 - 1.0 * math.sin(math.pi * part),
                z + math.cos(4.0 * part),
            )
            bird.set("flap", passed * FLAPS_PER_S % 1.0)

    @event(
        fr="La nacelle des laveurs passe",
        en="The window cleaners' cradle passes",
        min_level=6,
        cooldown_s=40.0,
        requires=(place.at_least(FACADE), storey.at_least(6)),
        warning={
            "fr": "Une nacelle vide de laveurs de vitres descend le long de la façade, à gauche.",
            "en": "A window cleaners' empty cradle comes down along the facade, at the left.",
        },
    )
    def cradle(self) -> Steps:
        """It hangs on two ropes, comes down from above and goes on below."""
        box, z = self.stage.box, self._ride.lift.at[2]
        cradle = box((2.4, 0.7, 0.06), material="steel", at=(-3.4, 0.6, z + 7.0))
        for y in (-0.33, 0.33):
            for height in (0.5, 1.0):
                box((2.4, 0.04, 0.04), material="steel", at=(0.0, y, height), parent=cradle)
            for x in (-1.18, 0.0, 1.18):
                box((0.04, 0.04, 1.0), material="steel", at=(x, y, 0.0), parent=cradle)
        for x in (-1.1, 1.1):
            box((0.02, 0.02, 14.0), material="dark_metal", at=(x, 0.0, 0.9), parent=cradle)
        box((0.3, 0.3, 0.32), material="zinc", at=(0.6, 0.0, 0.06), parent=cradle)
        self.stage.sound("lift/squeegee", parent=cradle, at=(0.0, -0.4, 1.4)).play()
        yield from cradle.glide_to((-3.4, 0.6, z - 9.0), seconds=14.0)

    # -- tasks

    @task(
        fr="Restez dans la cabine pendant qu'elle monte, puis redescend.",
        en="Stay in the lift while it goes up and comes back down.",
    )
    def ride(self) -> Steps:
        """As the event, for who has agreed to it beforehand; done when it stands again."""
        yield from self._ride.led_by(self._up_and_down())

    @task(
        fr="Regardez au loin, à votre hauteur, pendant dix secondes.",
        en="Look into the distance, level with you, for ten seconds.",
    )
    def look_far(self) -> Steps:
        """Eyes open and level: for who would rather look at the floor or at nothing."""
        yield from self.looking("far", seconds=LOOK_S)

    @task(
        fr="Regardez le sol en bas pendant dix secondes.",
        en="Look at the ground below for ten seconds.",
        min_level=2,
    )
    def look_down(self) -> Steps:
        """Ten seconds in total; glances away do not count, and do not begin it anew."""
        yield from self.looking("ground", seconds=LOOK_S)

    @task(
        fr="Regardez droit en bas, à la verticale, pendant cinq secondes.",
        en="Look straight down below you for five seconds.",
        min_level=4,
    )
    def straight_down(self) -> Steps:
        """Over the edge of the floor, or through it."""
        yield from self.looking("below", seconds=BELOW_S)

    @task(
        fr="Lâchez le garde-corps et laissez pendre les bras.",
        en="Let go of the rail and let your arms hang.",
        min_level=1,
    )
    def arms(self) -> None:
        """Without holding on: the therapist sees it."""

    @task(
        fr="Faites un pas vers la vitre ou le bord, si vous le pouvez.",
        en="Take a step towards the glass or the edge, if you can.",
        min_level=2,
    )
    def nearer(self) -> None:
        """A step or leaning forward in the room: the therapist sees it."""


def _down(distance: float, storey: float) -> float:
    """Degrees by which a flat picture looks down: more near the edge, and from high."""
    return min(32.0, max(4.0, 22.0 - 11.0 * distance + 0.5 * min(storey, 16.0)))
