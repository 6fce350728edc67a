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
    Steps,
    event,
    task,
)

from .swarm import Swarm
from .table import (
    ASIDE,
    BEE,
    CARD,
    CIRCLES,
    DARTS,
    EYES_M,
    FAR,
    FOOD_M,
    FREE,
    GLASS,
    GLASS_AT,
    HORNETS,
    MOST,
    PANE,
    PICTURE,
    SCREEN,
    SCREEN_Y,
    SITS,
    SPOT,
    STILL,
    SUMMER,
    TABLE_Y,
    WASP,
)
from .visits import Visits


class Terrace(Scenario):
    """A terrace in summer, a table laid: first no insect, at last many around glass and face."""

    id = "wasps.terrace"
    version = "1.0.0"
    title = {"fr": "Les guêpes sur la terrasse", "en": "The wasps on the terrace"}
    summary = {
        "fr": "Une terrasse au jardin, une table servie ; le nombre d'insectes, leur espèce, leur "
        "distance, leur vol et sa vitesse, leur bourdonnement et ce qui les sépare de vous se "
        "règlent à part.",
        "en": "A garden terrace, a laid table; number and kind of the insects, distance, flight, "
        "its speed, buzz and what stands between them and you can each be set.",
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
            1: 1.5,
            2: 1.3,
            3: 1.1,
            4: 0.85,
            5: 0.7,
            6: 0.65,
            7: 0.6,
            8: 0.54,
            9: 0.5,
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
    speed = Graded(
        {0: 0.20, 6: 0.30, 7: 0.35, 8: 0.45, 9: 0.8, 10: 1.1},
        fr="vitesse de vol",
        en="flight speed",
        unit="m/s",
        rate=0.15,
        ease_rate=0.6,
        step=0.2,
        decimals=2,
    )
    nearest = Graded(
        {0: 80, 6: 80, 7: 70, 8: 60, 9: 45, 10: 34},
        fr="au plus près du visage",
        en="nearest to the face",
        unit="cm",
        rate=10.0,
        ease_rate=40.0,
        step=10.0,
    )
    garden = Graded(
        {0: 100, 5: 80, 10: 30},
        fr="sons du jardin",
        en="sounds of the garden",
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
        room = stage.model("garden/terrace")
        self._card = stage.model("garden/card", at=CARD, parent=room)
        self._cover = stage.model("kitchen/tumbler", at=SPOT, parent=room)
        self._screen = stage.model("garden/screen", at=(0.0, SCREEN_Y, 0.0), parent=room)
        stage.model("garden/glass", at=GLASS_AT, heading=-20.0, parent=room)
        self.swarm, self._visits = Swarm(self, room), Visits(self, room)
        self._led_cover = False  # whether an event or a task leads the glass
        self._summer = stage.sound("garden/summer", loop=True, volume=SUMMER)
        stage.target("hedge", at=(0.0, 9.3, 1.2), radius=2.5)
        stage.wind(0.25)
        self.update(0.0)

    def update(self, dt: float) -> None:
        """Bring insects, their buzz and what stands between to the applied values."""
        feet_y = TABLE_Y - self.distance
        down = math.degrees(math.atan2(EYES_M - FOOD_M, self.distance))
        self.stage.viewer.stand((0.0, feet_y, 0.0), looking_down=min(40.0, down - 6.0))
        self._summer.volume = SUMMER * 0.01 * self.garden
        barrier, count = round(self.barrier), round(self.count)
        self._card.visible = barrier == PICTURE and count > 0
        self._cover.visible = barrier == GLASS or self._led_cover
        self._screen.visible = barrier == SCREEN
        self.swarm.follow(
            dt,
            count=count,
            realism=round(self.realism),
            kind=round(self.kind),
            barrier=barrier,
            flight=round(self.flight),
            distance=self.distance,
            buzz=self.buzz,
            speed=self.speed,
            nearest=0.01 * self.nearest,
        )

    def safe(self) -> None:
        """Every insect at its home, and nothing led."""
        self._give_back()
        self.swarm.settle()

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
        first = self.swarm.first
        name = "animals/bee" if round(self.kind) == BEE else "animals/wasp"
        self.swarm.take_over()
        try:
            yield from self._visits.humming(first, self.swarm.under_glass(first), name)
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
        another = self._visits.another(ground=PANE)
        yield from self._visits.humming(another, self._visits.pane(another))

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
        another = self._visits.another()
        yield from self._visits.humming(another, self._visits.plate(another))

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
        another = self._visits.another()
        yield from self._visits.humming(another, self._visits.drinks(another))

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
        """From the table once around the head, as near as applied within arm's length, and away."""
        another = self._visits.another()
        way = self._visits.head(another, self.distance, 0.01 * self.nearest)
        yield from self._visits.humming(another, way)

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
        another = self._visits.another()
        yield from self._visits.humming(another, self._visits.edge(another))

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
        yield from self._visits.several(3)

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
        another = self._visits.another()
        try:
            yield from self._visits.humming(another, self._caught_way(another))
        finally:
            self._give_back()

    def _caught_way(self, another: Animal) -> Steps:
        yield from another.fly_to((SPOT[0], SPOT[1], SPOT[2] + 0.17), speed=1.2)
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
            "fr": "L'insecte s'envole au ras de la pelouse, puis revient à l'assiette.",
            "en": "The insect flies away, low over the lawn, then comes back to the plate.",
        },
    )
    def leaves(self) -> Steps:
        """The first one goes, is away for some seconds, and comes back to where it was."""
        first = self.swarm.first
        self.swarm.take_over()
        try:
            yield from self._visits.humming(first, self._leaving_way(first))
        finally:
            self._give_back()

    def _leaving_way(self, first: Animal) -> Steps:
        yield from first.fly_to((0.15, 1.1, 0.98), speed=0.6)
        yield from first.fly_to((-0.30, 2.5, 0.40), speed=1.3)
        yield from self.wait(2.0)
        yield from first.fly_to((0.1, 1.0, 0.98), speed=1.3)
        yield from first.land_on(self.swarm.home(), speed=0.4)

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
        self.swarm.take_over()
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

    def _give_back(self) -> None:
        """It is left to itself, the glass is where it belongs."""
        self.swarm.give_back()
        self._led_cover = False
        self._cover.at = SPOT
        self._cover.set("down", 1.0)
