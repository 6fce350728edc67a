"""Owns wasps on a garden terrace: what each level is; knows no engine, no renderer.

Axes: the table stands ahead, its near edge at y = 0.45 m and its top at z = 0.75 m; the house is at
the right, the lawn behind. The first insect keeps to the glass or the plate, the others around it.
"""

from __future__ import annotations

import math

from scenarios.api import (
    Animal,
    Bat,
    BatStep,
    Comfort,
    Graded,
    Scenario,
    Solid,
    Sound,
    Steps,
    Vec,
    event,
    task,
)

TOP_Z, EYES_M = 0.75, 0.85  # the second: of eyes above the table
TABLE_Y = 0.75
"""From here the distance is told: the upturned glass and the plate."""
SPOT: Vec = (-0.16, 0.62, TOP_Z)  # where the upturned glass stands
CARD: Vec = (-0.18, 0.68, TOP_Z)
PLATE: Vec = (0.08, 0.733, TOP_Z + 0.0075)
GLASS_AT: Vec = (0.30, 0.66, TOP_Z)
ASIDE: Vec = (-0.46, 0.80, 1.11)  # where a lifted glass is held
SCREEN_Y, SCREEN_M = 0.385, 0.005
CAKE_Z = 0.819
GROUND = (
    Solid((-0.78, 0.45, 0.50), (0.78, 1.37, TOP_Z)),
    Solid((-0.010, 0.715, 0.70), (0.150, 0.885, PLATE[2])),
    Solid((0.018, 0.803, 0.70), (0.046, 0.831, CAKE_Z)),
    Solid((0.090, 0.790, 0.70), (0.118, 0.818, CAKE_Z)),
    Solid((-0.44, 1.04, 0.84), (-0.28, 1.20, 0.895)),
    Solid((-0.62, 0.76, 0.70), (-0.50, 0.88, 0.757)),
    Solid((0.277, 0.627, 0.70), (0.323, 0.693, 0.885)),
)
"""Table, plate, slices and cake, the small plate, the patient's glass: what insects stand on."""
PANE = (*GROUND, Solid((-0.80, SCREEN_Y - SCREEN_M, 0.1), (0.80, SCREEN_Y + SCREEN_M, 2.0)))
HOMES: tuple[Vec, ...] = (
    PLATE,
    (0.032, 0.817, CAKE_Z),
    (0.104, 0.804, CAKE_Z),
    (-0.085, 0.684, TOP_Z),
    (0.20, 0.60, TOP_Z),
    (0.41, 0.71, TOP_Z),
    (-0.34, 1.10, 0.895),
    (-0.30, 0.62, TOP_Z),
    (0.02, 0.57, TOP_Z),
    (-0.56, 0.79, 0.757),
    (-0.12, 0.52, TOP_Z),
    (0.50, 0.60, TOP_Z),
    (-0.45, 0.60, TOP_Z),
    (0.15, 0.50, TOP_Z),
    (-0.20, 0.97, TOP_Z),
    (0.63, 0.70, TOP_Z),
    (-0.64, 0.64, TOP_Z),
    (0.36, 0.51, TOP_Z),
    (-0.34, 0.48, TOP_Z),
    (0.06, 0.64, TOP_Z),
)
PICTURE, GLASS, SCREEN, FREE = 0, 1, 2, 3
STILL, SITS, CIRCLES, DARTS = 0, 1, 2, 3
BEE, WASP, HORNETS = 0, 1, 2
MOST = len(HOMES)
SIZES = {"bee": 0.016, "wasp": 0.017, "hornet": 0.028}  # m: large ones of their kinds
HORNET_EACH = 5  # of wasps and hornets every fifth is a hornet
MOST_HEARD = 5  # so many of each kind have a voice
MOST_IN_AIR = 10
FAR: Vec = (-1.5, 2.5, 1.75)  # from where others come, and where they go
NEAR_FACE_M = 0.34  # nothing that nobody sent comes nearer to the eyes
RISES_PER_S = 1.6  # of a buzz, and how fast it goes
SILENT = 1e-5  # of a scene's own buzz that goes on: nobody hears it, and it is never begun anew


class Terrace(Scenario):
    """A terrace in summer, a table laid: first no insect, at last many around glass and face."""

    id = "wasps.terrace"
    version = "1.0.0"
    title = {"fr": "Les guêpes sur la terrasse", "en": "The wasps on the terrace"}
    summary = {
        "fr": "Une terrasse au jardin, une table servie ; le nombre d'insectes, leur espèce, leur "
        "distance, leur vol, leur bourdonnement et ce qui les sépare de vous se règlent à part.",
        "en": "A garden terrace, a laid table; number and kind of the insects, distance, flight, "
        "buzz and what stands between them and you are set apart from each other.",
    }
    phobia = "wasps_and_bees"
    levels = {
        0: {
            "fr": "La terrasse au soleil et la table servie ; pas d'insecte.",
            "en": "The terrace in the sun and the laid table; no insect.",
        },
        1: {
            "fr": "Sur la table, une carte avec une guêpe dessinée, comme dans un livre d'enfant.",
            "en": "On the table, a card with a wasp drawn as in a children's book.",
        },
        2: {
            "fr": "Une petite abeille de bois sculpté, sous un verre retourné.",
            "en": "A small carved wooden bee, under an upturned glass.",
        },
        3: {
            "fr": "Une abeille avec ses dessins, immobile, sous le verre, à plus d'un mètre.",
            "en": "A bee with its markings, still, under the glass, more than a metre away.",
        },
        4: {
            "fr": "Une vraie abeille sous le verre ; elle remue ses antennes et se nettoie.",
            "en": "A real bee under the glass; it moves its feelers and cleans itself.",
        },
        5: {
            "fr": "Une vraie guêpe sous le verre, plus près ; elle remue et fait quelques pas.",
            "en": "A real wasp under the glass, nearer; it moves and takes a few steps.",
        },
        6: {
            "fr": "Derrière une vitre, une guêpe vole lentement au-dessus de la table.",
            "en": "Behind a pane of glass, a wasp flies slowly over the table.",
        },
        7: {
            "fr": "Une guêpe libre vole lentement autour du gâteau et s'y pose ; il n'y a plus de "
            "vitre.",
            "en": "A free wasp flies slowly around the cake and settles there; the pane is gone.",
        },
        8: {
            "fr": "Trois guêpes libres, plus près ; elles vont de l'assiette à votre verre.",
            "en": "Three free wasps, nearer; they go from the plate to your glass.",
        },
        9: {
            "fr": "Huit guêpes au vol vif, tout près de la table où vous êtes.",
            "en": "Eight wasps that dart about, very near to the table where you are.",
        },
        10: {
            "fr": "Vingt guêpes et frelons, vifs et bruyants, à votre verre et près du visage.",
            "en": "Twenty wasps and hornets, quick and loud, at your glass and near your face.",
        },
    }
    contraindications = ("sudden_noise",)
    comfort = Comfort(motion="none")
    warnings = (
        {
            "fr": "Des abeilles, des guêpes et des frelons, de plus en plus vrais et proches, avec "
            "leur bourdonnement ; à la fin ils volent près du visage.",
            "en": "Bees, wasps and hornets, ever more real and nearer, with their buzz; at the end "
            "they fly near the face.",
        },
    )
    targets = {
        "insect": {"fr": "l'insecte", "en": "the insect"},
        "hedge": {"fr": "la haie", "en": "the hedge"},
    }

    realism = Graded.steps(
        {0: 1, 2: 2, 3: 4, 4: 5, 10: 5}, fr="réalisme", en="realism", unit="/5", step=1.0
    )
    count = Graded.steps(
        {0: 0, 1: 1, 8: 3, 9: 8, 10: MOST},
        fr="nombre d'insectes",
        en="number of insects",
        step=3.0,
    )
    kind = Graded.choice(
        {0: BEE, 5: WASP, 10: HORNETS},
        options=(
            {"fr": "abeilles", "en": "bees"},
            {"fr": "guêpes", "en": "wasps"},
            {"fr": "guêpes et frelons", "en": "wasps and hornets"},
        ),
        fr="espèce",
        en="kind",
    )
    distance = Graded.steps(
        {
            0: 1.8,
            1: 1.6,
            2: 1.4,
            3: 1.2,
            4: 1.0,
            5: 0.85,
            6: 0.8,
            7: 0.75,
            8: 0.65,
            9: 0.55,
            10: 0.45,
        },
        fr="distance à l'assiette",
        en="distance to the plate",
        unit="m",
        step=0.2,
        decimals=2,
    )
    barrier = Graded.choice(
        {0: PICTURE, 2: GLASS, 6: SCREEN, 7: FREE, 10: FREE},
        options=(
            {"fr": "sur une image", "en": "on a picture"},
            {"fr": "sous un verre", "en": "under a glass"},
            {"fr": "derrière une vitre", "en": "behind a pane"},
            {"fr": "libre", "en": "free"},
        ),
        fr="séparation",
        en="barrier",
    )
    flight = Graded.choice(
        {0: STILL, 4: SITS, 6: CIRCLES, 9: DARTS, 10: DARTS},
        options=(
            {"fr": "immobile", "en": "still"},
            {"fr": "posé, se nourrit", "en": "sits and feeds"},
            {"fr": "cercles lents", "en": "slow circles"},
            {"fr": "vol vif", "en": "darting"},
        ),
        fr="vol",
        en="flight",
    )
    buzz = Graded(
        {0: 0, 5: 0, 6: 25, 7: 40, 8: 55, 9: 80, 10: 100},
        fr="bourdonnement",
        en="buzz",
        unit="%",
        rate=12.0,
        ease_rate=60.0,
        step=20.0,
    )
    interlocks = (
        # a picture shows one, and a glass holds one without its touching the wall
        count.at_least(2).requires(barrier.at_least(SCREEN)),
        # what goes about freely is the animal: a toy or a carved figure does not
        barrier.at_least(SCREEN).requires(realism.at_least(3)),
    )
    expected_distress = {0: 0, 1: 5, 2: 10, 4: 30, 5: 40, 6: 50, 7: 65, 8: 75, 9: 85, 10: 95}
    bat = Bat(
        instruction={
            "fr": "Allez aussi loin que vous le voulez. À chaque étape vous décidez si vous "
            "continuez ; vous pouvez vous arrêter à tout moment.",
            "en": "Go as far as you want to. At each step you decide whether to go on; you can "
            "stop at any moment.",
        },
        steps=(
            BatStep(
                fr="La table servie, sans insecte.",
                en="The laid table, no insect.",
                level=0,
                seconds=10,
            ),
            BatStep(fr="Une guêpe dessinée.", en="A drawn wasp.", level=1, seconds=10),
            BatStep(
                fr="Une abeille immobile sous le verre : regarder.",
                en="A still bee under the glass: look.",
                level=3,
                seconds=10,
                task="look",
            ),
            BatStep(
                fr="Une vraie guêpe sous le verre.",
                en="A real wasp under the glass.",
                level=5,
                seconds=15,
            ),
            BatStep(
                fr="Lever le verre : elle reste.",
                en="Lift the glass: it stays.",
                level=5,
                seconds=15,
                task="lift",
            ),
            BatStep(
                fr="Une guêpe derrière la vitre.",
                en="A wasp behind the pane.",
                level=6,
                seconds=15,
            ),
            BatStep(
                fr="Une guêpe libre : les mains sur la table.",
                en="A free wasp: hands on the table.",
                level=7,
                seconds=20,
                task="hands",
            ),
            BatStep(
                fr="Trois guêpes : tendre la main vers le gâteau.",
                en="Three wasps: reach towards the cake.",
                level=8,
                seconds=20,
                task="cake",
            ),
        ),
        measure="distance",
    )

    def build(self) -> None:
        """The terrace, what stands between, and all insects, of which none is seen yet."""
        stage = self.stage
        self._room = stage.model("garden/terrace")
        self._card = stage.model("garden/card", at=CARD, parent=self._room)
        self._cover = stage.model("kitchen/tumbler", at=SPOT, parent=self._room)
        self._screen = stage.model("garden/screen", at=(0.0, SCREEN_Y, 0.0), parent=self._room)
        stage.model("garden/glass", at=GLASS_AT, heading=-20.0, parent=self._room)
        self._bees = [self._made("bee", number) for number in range(MOST)]
        self._wasps = [self._made("wasp", number) for number in range(MOST)]
        self._hornets = [self._made("hornet", n) for n in range(1, MOST, HORNET_EACH)]
        self._ways: list[Steps | None] = [None] * MOST
        self._rests = [self.random.uniform(0.5, 4.0) for _ in range(MOST)]
        self._led = self._led_cover = False  # whether an event or a task leads them
        self._applied = (-1.0,) * 5
        self._swarm: list[Animal] = []
        stage.sound("garden/summer", loop=True, volume=0.7)
        self._buzzes: dict[Animal, Sound] = {}
        self._heard: dict[Animal, float] = {}
        voices = ((self._bees, "animals/bee"), (self._wasps, "animals/wasp"))
        for animals, name in (*voices, (self._hornets, "animals/hornet")):
            for animal in animals[:MOST_HEARD]:
                sound = stage.sound(
                    name, at=(0.0, 0.0, 0.0), parent=animal, loop=True, volume=SILENT
                )
                sound.rate = self.random.uniform(0.94, 1.06)
                self._buzzes[animal], self._heard[animal] = sound, SILENT
        for first in (self._bees[0], self._wasps[0]):
            stage.target("insect", at=(0.0, 0.0, 0.02), radius=0.12, parent=first)
        stage.target("hedge", at=(0.0, 9.3, 1.2), radius=2.5)
        stage.wind(0.25)
        self.update(0.0)

    def _made(self, kind: str, number: int) -> Animal:
        animal = self.stage.animal(
            kind,
            size=SIZES[kind],
            at=HOMES[number],
            heading=180.0 + self.random.uniform(-70.0, 70.0),
            ground=GROUND,
            parent=self._room,
        )
        animal.set("dark", self.random.uniform(0.35, 0.65))
        animal.visible = False
        return animal

    def update(self, dt: float) -> None:
        """Bring insects, their buzz and what stands between to the applied values."""
        feet_y = TABLE_Y - self.distance
        down = math.degrees(math.atan2(EYES_M, self.distance))
        self.stage.viewer.stand((0.0, feet_y, 0.0), looking_down=min(40.0, down - 6.0))
        barrier, count = round(self.barrier), round(self.count)
        self._card.visible = barrier == PICTURE and count > 0
        self._cover.visible = barrier == GLASS or self._led_cover
        self._screen.visible = barrier == SCREEN
        applied = (self.count, self.realism, self.kind, self.barrier, self.flight)
        if applied != self._applied:
            self._applied = applied
            self._choose(count, barrier)
        flight = round(self.flight)
        if dt > 0.0 and flight != STILL:
            for number in range(1 if self._led else 0, len(self._swarm)):
                self._go_on(number, dt, flight)
        self._sound(dt)

    def safe(self) -> None:
        """Every insect at its home, and nothing led."""
        self._give_back()
        for number, animal in enumerate(self._swarm):
            self._settle(number, animal)

    # -- which insects there are, and where

    def _choose(self, count: int, barrier: int) -> None:
        """Show as many of the kind as are applied; who is new begins at its home."""
        kind = round(self.kind)
        seen = count if barrier != PICTURE else 0
        swarm = [self._of_kind(number, kind) for number in range(seen)]
        for animal in set(self._bees + self._wasps + self._hornets) - set(swarm):
            if animal.visible:
                animal.visible = False
                self._hush(animal)
        moved = barrier != getattr(self, "_barrier", -1)
        self._barrier = barrier
        before, self._swarm = self._swarm, swarm
        for number, animal in enumerate(swarm):
            animal.realism = round(self.realism)
            animal.set("life", 0.0 if round(self.flight) == STILL else 1.0)
            new = number >= len(before) or before[number] is not animal
            if new or (number == 0 and moved) or (animal.aloft and round(self.flight) < CIRCLES):
                animal.visible = True
                self._settle(number, animal)

    def _of_kind(self, number: int, kind: int) -> Animal:
        if kind == BEE:
            return self._bees[number]
        if kind == HORNETS and number % HORNET_EACH == 1:
            return self._hornets[number // HORNET_EACH]
        return self._wasps[number]

    def _home(self, number: int) -> Vec:
        return SPOT if number == 0 and round(self.barrier) == GLASS else HOMES[number]

    def _settle(self, number: int, animal: Animal) -> None:
        """Put it to where it begins, out of sight and silent on its way."""
        self._ways[number] = None
        if animal.aloft or animal.at != self._home(number):
            self._hush(animal)
            animal.at = self._home(number)
        if number == 0:
            animal.heading = 205.0

    # -- what they do by themselves

    def _go_on(self, number: int, dt: float, flight: int) -> None:
        """Let one rest, feed or fly; not all are in the air at one time."""
        self._rests[number] -= dt
        if self._rests[number] > 0.0:
            return
        way = self._ways[number]
        try:
            if way is not None:
                way.send(dt)
                return
            busy = sum(each is not None for each in self._ways)
            if busy < MOST_IN_AIR or number == 0:
                way = self._ways[number] = self._about(number, flight)
                next(way)
        except StopIteration:
            self._ways[number] = None
            least, most = (0.1, 1.2) if flight == DARTS else (0.4, 2.5)
            self._rests[number] = self.random.uniform(least, most)

    def _about(self, number: int, flight: int) -> Steps:
        """What it does next, until it stands again."""
        animal, home, chance = self._swarm[number], self._home(number), self.random
        if flight == SITS:
            yield from animal.act("feed", seconds=chance.uniform(2.0, 4.0))
            yield from self._steps(animal, home, 0.012)
            yield from animal.act("groom", seconds=chance.uniform(1.5, 3.0))
            return
        x, y, z = home
        if round(self.barrier) == GLASS:
            yield from self._under_glass(animal)
            return
        if flight == CIRCLES:
            yield from animal.circle(
                (x, y + 0.08, z + chance.uniform(0.10, 0.20)),
                radius=chance.uniform(0.10, 0.17),
                seconds=chance.uniform(3.0, 6.0),
                speed=0.32,
            )
            yield from animal.land_on(home, speed=0.30)
            yield from animal.act("feed", seconds=chance.uniform(2.0, 5.0))
            yield from self._steps(animal, home, 0.02)
            return
        for _ in range(chance.randint(1, 3)):
            yield from animal.fly_to(self._somewhere(home), speed=chance.uniform(0.7, 1.1))
            if chance.random() < 0.5:
                yield from self.wait(chance.uniform(0.2, 0.7))
        yield from animal.circle(
            (x, y + 0.05, z + 0.14), radius=0.11, seconds=chance.uniform(0.8, 2.0), speed=0.55
        )
        yield from animal.land_on(home, speed=0.5)
        yield from animal.act("feed", seconds=chance.uniform(1.0, 3.0))

    def _under_glass(self, animal: Animal) -> Steps:
        """A few turns in the air where a glass stands over it, and down again."""
        x, y, z = SPOT
        yield from animal.circle((x, y, z + 0.045), radius=0.03, seconds=4.0, speed=0.14)
        yield from animal.land_on(SPOT, speed=0.14)

    def _steps(self, animal: Animal, home: Vec, far: float) -> Steps:
        """A few steps aside, on the same surface."""
        x, y, z = home
        chance = self.random
        yield from animal.walk_to((x + chance.uniform(-far, far), y + chance.uniform(-far, far), z))

    def _somewhere(self, home: Vec) -> Vec:
        """A place in the air over the table; where nothing separates, near the patient too."""
        chance = self.random
        face = (0.0, TABLE_Y - self.distance, TOP_Z + EYES_M)
        if round(self.barrier) == FREE and self.distance < 0.7 and chance.random() < 0.45:
            place = (
                chance.uniform(-0.34, 0.34),
                face[1] + chance.uniform(0.18, 0.40),
                face[2] + chance.uniform(-0.38, 0.08),
            )
        else:
            place = (
                home[0] + chance.uniform(-0.25, 0.25),
                max(0.50, home[1] + chance.uniform(-0.15, 0.25)),
                TOP_Z + chance.uniform(0.14, 0.42),
            )
        return _away_from(place, face)

    # -- how they sound

    def _sound(self, dt: float) -> None:
        """Who flies is heard where it is; a buzz rises and fades, whatever its wings do."""
        aloft = [animal for animal in self._swarm if animal.aloft and animal in self._buzzes]
        loud = 0.01 * self.buzz * 0.55 / math.sqrt(max(1, len(aloft)))
        for animal, sound in self._buzzes.items():
            heard = self._heard[animal]
            wanted = max(SILENT, loud) if animal in aloft else SILENT
            if heard != wanted:
                most = RISES_PER_S * dt
                heard += min(most, max(-most, wanted - heard))
                self._heard[animal] = heard
                sound.volume = heard

    def _hush(self, animal: Animal) -> None:
        if animal in self._buzzes:
            self._heard[animal] = SILENT
            self._buzzes[animal].volume = SILENT

    # -- events

    @event(
        fr="Elle bourdonne sous le verre",
        en="It buzzes under the glass",
        min_level=3,
        cooldown_s=20.0,
        requires=(count.at_least(1), barrier.at_least(GLASS), realism.at_least(4)),
        forbids=(barrier.at_least(SCREEN),),
        warning={
            "fr": "L'insecte s'envole sous le verre et bourdonne ; le verre le retient.",
            "en": "The insect takes off under the glass and buzzes; the glass holds it.",
        },
    )
    def buzzes(self) -> Steps:
        """The first one flies a few turns under its glass and sits down again."""
        first = self._swarm[0]
        name = "animals/bee" if round(self.kind) == BEE else "animals/wasp"
        self._take_over()
        try:
            yield from self._humming(first, self._under_glass(first), name)
            yield from self.wait(1.0)
        finally:
            self._give_back()

    @event(
        fr="Elle se cogne à la vitre",
        en="It flies against the pane",
        min_level=6,
        cooldown_s=25.0,
        requires=(barrier.at_least(SCREEN),),
        forbids=(barrier.at_least(FREE),),
        warning={
            "fr": "Une guêpe vole contre la vitre, marche dessus, puis repart.",
            "en": "A wasp flies against the pane, walks on it, then leaves.",
        },
    )
    def pane(self) -> Steps:
        """It comes over the table to the far side of the pane, knocks, walks up it and goes."""
        another = self._another(ground=PANE)
        yield from self._humming(another, self._pane_way(another))

    def _pane_way(self, another: Animal) -> Steps:
        far_side, out = SCREEN_Y + SCREEN_M, (0.0, 1.0, 0.0)
        yield from another.fly_to((0.16, far_side + 0.20, 1.36), speed=1.2)
        self.stage.sound("garden/pane", at=(0.16, SCREEN_Y, 1.36)).play()
        for x in (0.13, 0.08):
            yield from another.fly_to((x, far_side + 0.02, 1.38), speed=0.6)
            yield from another.fly_to((x, far_side + 0.10, 1.40), speed=0.5)
        yield from another.land_on((0.05, far_side, 1.36), up=out, speed=0.4)
        yield from another.walk_to((0.02, far_side, 1.45), up=out, speed=0.03)
        yield from another.fly_to(FAR, speed=1.2)

    @event(
        fr="Une guêpe vient à l'assiette",
        en="One comes to the plate",
        min_level=6,
        cooldown_s=25.0,
        requires=(barrier.at_least(SCREEN),),
        warning={
            "fr": "Une autre guêpe arrive, se pose au bord de l'assiette, mange et repart.",
            "en": "Another wasp comes, settles at the rim of the plate, feeds and leaves.",
        },
    )
    def plate(self) -> Steps:
        """Over the table to the plate, a few bites, and away."""
        another = self._another()
        yield from self._humming(another, self._plate_way(another))

    def _plate_way(self, another: Animal) -> Steps:
        yield from another.fly_to((0.10, 0.84, 1.02), speed=1.2)
        yield from another.circle((0.09, 0.82, 0.95), radius=0.10, seconds=2.0, speed=0.4)
        yield from another.land_on((0.115, 0.738, PLATE[2]), speed=0.35)
        yield from another.act("feed", seconds=4.0)
        yield from another.act("groom", seconds=1.5)
        yield from another.fly_to(FAR, speed=1.2)

    @event(
        fr="Une guêpe se pose sur votre verre",
        en="One lands on your glass",
        min_level=7,
        cooldown_s=30.0,
        requires=(barrier.at_least(FREE),),
        warning={
            "fr": "Une autre guêpe se pose sur votre verre de limonade et y grimpe.",
            "en": "Another wasp lands on your glass of lemonade and climbs it.",
        },
    )
    def drinks(self) -> Steps:
        """On the near side of the glass, up towards its rim, and away."""
        another = self._another()
        yield from self._humming(another, self._drinks_way(another))

    def _drinks_way(self, another: Animal) -> Steps:
        x, front, towards = GLASS_AT[0], 0.627, (0.0, -1.0, 0.0)
        yield from another.fly_to((x + 0.06, front - 0.10, 0.98), speed=1.2)
        yield from another.land_on((x, front, 0.825), up=towards, speed=0.4)
        self.stage.sound("garden/clink", at=GLASS_AT, volume=0.5).play()
        yield from another.walk_to((x, front, 0.872), up=towards, speed=0.02)
        yield from another.act("feed", seconds=4.0)
        yield from another.fly_to((x + 0.10, 0.80, 1.10), speed=0.6)
        yield from another.fly_to(FAR, speed=1.2)

    @event(
        fr="Une guêpe tourne autour de la tête",
        en="One circles around the head",
        min_level=7,
        cooldown_s=40.0,
        requires=(barrier.at_least(FREE),),
        warning={
            "fr": "Une guêpe vole autour de la tête ; on l'entend passer derrière, d'une oreille à "
            "l'autre.",
            "en": "A wasp flies around the head; it is heard going behind, from ear to ear.",
        },
    )
    def head(self) -> Steps:
        """From the table around the head at arm's length, a little nearer, and away."""
        another = self._another()
        yield from self._humming(another, self._head_way(another))

    def _head_way(self, another: Animal) -> Steps:
        head = (0.0, TABLE_Y - self.distance, TOP_Z + EYES_M - 0.04)
        yield from another.fly_to((0.10, head[1] + 0.85, head[2] - 0.1), speed=1.1)
        yield from another.circle(head, radius=0.62, seconds=5.0, speed=0.8)
        yield from another.circle(head, radius=0.46, seconds=5.0, speed=0.6)
        yield from another.fly_to((0.15, head[1] + 0.8, head[2]), speed=0.8)
        yield from another.fly_to(FAR, speed=1.2)

    @event(
        fr="Une guêpe marche au bord de la table",
        en="One crawls along the table's edge",
        min_level=7,
        cooldown_s=30.0,
        requires=(barrier.at_least(FREE),),
        warning={
            "fr": "Une guêpe se pose au bord de la table, près de la main, et marche le long.",
            "en": "A wasp settles at the table's edge, near the hand, and walks along it.",
        },
    )
    def edge(self) -> Steps:
        """At the right hand's side, along the near edge, and away."""
        another = self._another()
        yield from self._humming(another, self._edge_way(another))

    def _edge_way(self, another: Animal) -> Steps:
        yield from another.fly_to((0.26, 0.52, 0.92), speed=1.2)
        yield from another.land_on((0.22, 0.478, TOP_Z), speed=0.4)
        yield from another.walk_to((0.02, 0.470, TOP_Z), speed=0.035)
        yield from another.act("groom", seconds=2.0)
        yield from another.walk_to((-0.10, 0.476, TOP_Z), speed=0.035)
        yield from another.fly_to((-0.2, 0.8, 1.1), speed=0.6)
        yield from another.fly_to(FAR, speed=1.2)

    @event(
        fr="D'autres guêpes arrivent",
        en="More wasps come",
        min_level=7,
        cooldown_s=45.0,
        requires=(barrier.at_least(FREE),),
        warning={
            "fr": "Trois autres guêpes arrivent, volent au-dessus de la table et repartent.",
            "en": "Three more wasps come, fly over the table and leave.",
        },
    )
    def more(self) -> Steps:
        """One after the other over the table; they leave together."""
        others = [self._another(0.22 * number) for number in range(3)]
        ways: list[Steps] = []
        for number, other in enumerate(others):
            ways.append(self._humming(other, self._visit(other, number), loud=0.35))
            next(ways[-1])
        try:
            while ways:
                passed = yield
                for way in tuple(ways):
                    try:
                        way.send(passed)
                    except StopIteration:
                        ways.remove(way)
        finally:
            for way in ways:
                way.close()

    def _visit(self, other: Animal, number: int) -> Steps:
        yield from self.wait(0.1 + 0.7 * number)
        x = 0.26 * (number - 1)
        yield from other.fly_to((x, 0.85, 1.10), speed=1.1)
        yield from other.circle((x, 0.80, 1.02), radius=0.16, seconds=7.0, speed=0.5)
        yield from other.fly_to((FAR[0] + 0.3 * number, FAR[1], FAR[2]), speed=1.1)

    @event(
        fr="Une guêpe est prise sous un verre",
        en="One is caught under a glass",
        min_level=7,
        cooldown_s=45.0,
        requires=(barrier.at_least(FREE),),
        warning={
            "fr": "Une guêpe se pose ; un verre se pose sur elle, puis on la laisse repartir.",
            "en": "A wasp settles; a glass comes down over it, and later it is let go.",
        },
    )
    def caught(self) -> Steps:
        """It settles, the glass comes down, stays, is lifted, and it flies off."""
        another = self._another()
        try:
            yield from self._humming(another, self._caught_way(another))
        finally:
            self._give_back()

    def _caught_way(self, another: Animal) -> Steps:
        yield from another.fly_to((SPOT[0], SPOT[1], 0.92), speed=1.2)
        yield from another.land_on(SPOT, speed=0.4)
        self._cover.at, self._led_cover = ASIDE, True
        self._cover.set("down", 0.0)
        yield from self._cover.glide_to(SPOT, seconds=2.5)
        self._cover.set("down", 1.0)
        self.stage.sound("kitchen/glass", at=SPOT).play()
        yield from another.act("feed", seconds=5.0)
        self._cover.set("down", 0.0)
        yield from self._cover.glide_to(ASIDE, seconds=2.5)
        yield from another.fly_to(FAR, speed=1.0)

    @event(
        fr="Elle s'envole au loin",
        en="It flies off",
        min_level=6,
        cooldown_s=25.0,
        requires=(barrier.at_least(SCREEN), count.at_least(1)),
        warning={
            "fr": "L'insecte s'envole par-dessus la pelouse, puis revient à l'assiette.",
            "en": "The insect flies away over the lawn, then comes back to the plate.",
        },
    )
    def leaves(self) -> Steps:
        """The first one goes, is away for some seconds, and comes back to where it was."""
        first = self._swarm[0]
        self._take_over()
        try:
            yield from first.fly_to((0.15, 1.1, 1.25), speed=0.6)
            yield from first.fly_to((-1.2, 3.6, 2.1), speed=1.3)
            yield from self.wait(2.0)
            yield from first.fly_to((0.1, 1.0, 1.05), speed=1.3)
            yield from first.land_on(self._home(0), speed=0.4)
        finally:
            self._give_back()

    def _another(self, aside: float = 0.0, ground: tuple[Solid, ...] = GROUND) -> Animal:
        """A wasp that belongs to the event alone, and comes from the lawn."""
        at = (FAR[0] + aside, FAR[1] + aside, FAR[2])
        size, room = SIZES["wasp"], self._room
        return self.stage.animal(
            "wasp", size=size, at=at, heading=200.0, ground=ground, parent=room
        )

    def _humming(
        self, animal: Animal, way: Steps, name: str = "animals/wasp", loud: float = 0.5
    ) -> Steps:
        """Let it go its way, and be heard where it is while its wings beat."""
        sound = self.stage.sound(name, at=(0.0, 0.0, 0.0), parent=animal, loop=True, volume=0.0)
        heard = 0.0
        try:
            next(way)
            while True:
                passed = yield
                most = RISES_PER_S * passed
                wanted = loud if animal.aloft else 0.0
                heard += min(most, max(-most, wanted - heard))
                sound.volume = heard
                try:
                    way.send(passed)
                except StopIteration:
                    return
        finally:
            way.close()
            sound.stop()

    # -- tasks

    @task(
        fr="Regardez l'insecte pendant dix secondes.",
        en="Look at the insect for ten seconds.",
        min_level=1,
        requires=(count.at_least(1),),
    )
    def look(self) -> Steps:
        """Ten seconds in total; glances away do not count, and do not begin it anew."""
        yield from self.looking("insect", seconds=10.0)

    @task(fr="Regardez la haie, au fond du jardin.", en="Look at the hedge behind the lawn.")
    def hedge(self) -> Steps:
        """For who would rather look at nothing."""
        yield from self.looking("hedge", seconds=3.0)

    @task(
        fr="Gardez les mains sur la table pendant dix secondes.",
        en="Keep your hands on the table for ten seconds.",
        min_level=2,
    )
    def hands(self) -> Steps:
        """The time is kept here; the therapist sees the hands."""
        yield from self.wait(10.0)

    @task(
        fr="Levez le verre et gardez-le en l'air.",
        en="Lift the glass and hold it up.",
        min_level=2,
        requires=(barrier.at_least(GLASS), barrier.at_most(GLASS)),
        warning={
            "fr": "Le verre est levé : l'insecte est libre, et reste où il est.",
            "en": "The glass is lifted: the insect is free, and stays where it is.",
        },
    )
    def lift(self) -> Steps:
        """The glass rises, stays for six seconds and comes down over the insect again."""
        self._take_over()
        try:
            self._cover.set("down", 0.0)
            yield from self._cover.glide_to(ASIDE, seconds=2.5)
            yield from self.wait(6.0)
            yield from self._cover.glide_to(SPOT, seconds=2.5)
            self._cover.set("down", 1.0)
            self.stage.sound("kitchen/glass", at=SPOT).play()
            yield from self.wait(1.0)
        finally:
            self._give_back()

    @task(
        fr="Portez votre verre à vos lèvres et buvez une gorgée.",
        en="Raise your glass to your lips and take a sip.",
        min_level=1,
    )
    def sip(self) -> None:
        """With a real glass or without: the therapist sees it."""

    @task(
        fr="Tendez la main vers le gâteau, aussi près que vous le pouvez.",
        en="Reach towards the cake, as near as you can.",
        min_level=2,
    )
    def cake(self) -> None:
        """The therapist sees how near the hand comes."""

    @task(
        fr="Décrivez l'insecte : antennes, ailes, taille, rayures, pattes.",
        en="Describe the insect: feelers, wings, waist, bands, legs.",
        min_level=3,
        requires=(count.at_least(1),),
    )
    def describe(self) -> None:
        """Naming its parts keeps the eyes on it; the therapist hears it."""

    def _take_over(self) -> None:
        """From now on the first insect does by itself nothing."""
        self._led, self._ways[0] = True, None

    def _give_back(self) -> None:
        """It is left to itself, the glass is where it belongs."""
        self._led = self._led_cover = False
        self._cover.at = SPOT
        self._cover.set("down", 1.0)


def _away_from(place: Vec, face: Vec) -> Vec:
    """The place, or one on the way out from the face where it is too near to it."""
    way = (place[0] - face[0], place[1] - face[1], place[2] - face[2])
    far = math.sqrt(way[0] ** 2 + way[1] ** 2 + way[2] ** 2)
    if far >= NEAR_FACE_M:
        return place
    k = NEAR_FACE_M / max(far, 1e-6)
    return (face[0] + way[0] * k, face[1] + way[1] * k, face[2] + way[2] * k)
