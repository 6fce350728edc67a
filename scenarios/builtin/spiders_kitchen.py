"""Owns a spider in a kitchen: what each level is; knows no engine, no renderer.

Axes: the table stands ahead, its near edge at y = 0.45 m and its top at z = 0.75 m; the window is
at the left, the refrigerator at the right. The first spider keeps to the middle of the table, the
others around it.
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
    Steps,
    Vec,
    event,
    task,
)

TOP_Z, TABLE_EDGE_Y, EYES_M = 0.75, 0.45, 0.85  # the last: of eyes above the table
MIDDLE: Vec = (0.0, 0.74, TOP_Z)  # where the first spider is, and what encloses it
GROUND = (
    Solid((-3.0, -4.0, -0.2), (3.0, 4.0, 0.0)),
    Solid((-0.70, 0.45, 0.72), (0.70, 1.25, TOP_Z)),
    Solid((-0.70, 0.45, 0.0), (-0.64, 0.51, 0.72)),
    Solid((0.64, 0.45, 0.0), (0.70, 0.51, 0.72)),
)
"""Floor, table and its two near legs: what spiders find hold on."""
CASE, JAR, GLASS, FREE = 0, 1, 2, 3
NOWHERE = -1
STILL, SLOW, LIVELY = 0, 1, 2
MOST = 40
FRIDGE: Vec = (1.40, 1.98, 0.0)
CARD: Vec = (0.50, 0.66, TOP_Z)  # where the sheet of card lies
ON_TABLE = 14  # so many keep to the table; the others are on the floor beside it
SHARES = (1.0, 0.82, 0.93, 0.74, 1.06, 0.88, 0.79)  # of the size applied
LIFE = (0.0, 0.6, 1.0)  # how much a spider does by itself, by the movement
MOST_GO = 6  # so many beside the first take steps at one time
TOWARDS, AWAY = (0.0, -1.0, 0.0), (0.0, 1.0, 0.0)
ASIDE: Vec = (0.26, 0.80, 1.11)  # where a lifted glass is held


class Kitchen(Scenario):
    """A kitchen by day: first without a spider, at last with many that run free."""

    id = "spiders.kitchen"
    version = "1.0.0"
    title = {"fr": "L'araignée dans la cuisine", "en": "The spider in the kitchen"}
    summary = {
        "fr": "Une cuisine de jour ; sur la table, une araignée dont le réalisme, la taille, le "
        "nombre, la distance, l'enceinte et le mouvement se règlent séparément.",
        "en": "A kitchen by day; on its table a spider whose realism, size, number, distance, "
        "enclosure and movement are set apart from each other.",
    }
    phobia = "arachnophobia"
    levels = {
        0: {
            "fr": "La cuisine et, sur la table, une cage de verre vide ; pas d'araignée.",
            "en": "The kitchen and, on the table, an empty glass case; no spider.",
        },
        1: {
            "fr": "Un jouet en feutre, en forme d'araignée, dans une cage de verre.",
            "en": "A felt toy in the shape of a spider, in a glass case.",
        },
        2: {
            "fr": "Une petite araignée de bois sculpté, dans la cage, à deux mètres.",
            "en": "A small carved wooden spider, in the case, two metres away.",
        },
        3: {
            "fr": "La forme d'une vraie araignée, brune et immobile, dans un bocal fermé.",
            "en": "The shape of a real spider, brown and still, in a jar that is shut.",
        },
        4: {
            "fr": "Une araignée avec ses dessins, dans le bocal, à un mètre et demi.",
            "en": "A spider with its markings, in the jar, a metre and a half away.",
        },
        5: {
            "fr": "Une vraie petite araignée sous un verre retourné, à un mètre.",
            "en": "A real, small spider under an upturned glass, a metre away.",
        },
        6: {
            "fr": "L'araignée sous le verre fait quelques pas ; vous êtes près de la table.",
            "en": "The spider under the glass takes a few steps; you are near the table.",
        },
        7: {
            "fr": "Une araignée libre fait quelques pas au milieu de la table.",
            "en": "A free spider takes a few steps in the middle of the table.",
        },
        8: {
            "fr": "Une araignée plus grande, libre, tout près du bord de la table.",
            "en": "A larger spider, free, very near to the edge of the table.",
        },
        9: {
            "fr": "Plusieurs araignées libres marchent sur la table, devant vous.",
            "en": "Several free spiders walk on the table, in front of you.",
        },
        10: {
            "fr": "Beaucoup de grandes araignées libres, vives, tout près de vous.",
            "en": "Many large free spiders, lively, very near to you.",
        },
    }
    contraindications = ("sudden_noise",)
    comfort = Comfort(motion="none")
    warnings = (
        {
            "fr": "Des araignées, de plus en plus vraies, de près ; à la fin elles sont libres et "
            "courent.",
            "en": "Spiders, ever more real, from near; at the end they are free and run.",
        },
    )
    targets = {
        "spider": {"fr": "l'araignée", "en": "the spider"},
        "window": {"fr": "la fenêtre", "en": "the window"},
    }

    realism = Graded.steps(
        {0: 1, 2: 2, 3: 3, 4: 4, 5: 5, 10: 5}, fr="réalisme", en="realism", unit="/5", step=1.0
    )
    count = Graded.steps(
        {0: 0, 1: 1, 9: 8, 10: 40}, fr="nombre d'araignées", en="number of spiders", step=4.0
    )
    size = Graded(
        {0: 3.0, 4: 4.0, 7: 5.0, 8: 7.5, 10: 10.0},
        fr="envergure",
        en="leg span",
        unit="cm",
        rate=0.5,
        step=1.0,
        decimals=1,
    )
    distance = Graded.steps(
        {
            0: 2.6,
            1: 2.4,
            2: 2.0,
            3: 1.8,
            4: 1.5,
            5: 1.2,
            6: 0.9,
            7: 0.85,
            8: 0.75,
            9: 0.65,
            10: 0.5,
        },
        fr="distance à l'araignée",
        en="distance to the spider",
        unit="m",
        step=0.3,
        decimals=2,
    )
    enclosure = Graded.choice(
        {0: CASE, 3: JAR, 5: GLASS, 7: FREE, 10: FREE},
        options=(
            {"fr": "cage de verre", "en": "glass case"},
            {"fr": "bocal fermé", "en": "shut jar"},
            {"fr": "sous un verre", "en": "under a glass"},
            {"fr": "libre", "en": "free"},
        ),
        fr="enceinte",
        en="enclosure",
    )
    movement = Graded.choice(
        {0: STILL, 6: SLOW, 10: LIVELY},
        options=(
            {"fr": "immobile", "en": "still"},
            {"fr": "lent", "en": "slow"},
            {"fr": "vif", "en": "lively"},
        ),
        fr="mouvement",
        en="movement",
    )
    interlocks = (
        # neither case nor jar nor glass holds more than one without its touching the glass
        count.at_least(2).requires(enclosure.at_least(FREE)),
        # what goes about freely is the animal: a toy or a carved figure does not
        enclosure.at_least(FREE).requires(realism.at_least(3)),
    )
    expected_distress = {0: 0, 2: 15, 4: 35, 5: 45, 7: 65, 8: 75, 10: 95}
    bat = Bat(
        instruction={
            "fr": "Allez aussi loin que vous le voulez. À chaque étape vous décidez si vous "
            "continuez ; vous pouvez vous arrêter à tout moment.",
            "en": "Go as far as you want to. At each step you decide whether to go on; you can "
            "stop at any moment.",
        },
        steps=(
            BatStep(
                fr="La cuisine, sans araignée.", en="The kitchen, no spider.", level=0, seconds=10
            ),
            BatStep(
                fr="Un jouet, dans la cage.", en="A toy, in the glass case.", level=1, seconds=10
            ),
            BatStep(
                fr="Le bocal : regarder.", en="The jar: look.", level=3, seconds=10, task="look"
            ),
            BatStep(
                fr="Une vraie, sous un verre.", en="A real one, under a glass.", level=5, seconds=15
            ),
            BatStep(
                fr="Sous le verre, plus près : se pencher vers elle.",
                en="Under the glass, nearer: lean towards it.",
                level=6,
                seconds=15,
                task="nearer",
            ),
            BatStep(fr="Lever le verre.", en="Lift the glass.", level=6, seconds=15, task="lift"),
            BatStep(fr="Une araignée libre.", en="A free spider.", level=7, seconds=15),
            BatStep(
                fr="Une araignée libre, plus grande : poser le verre sur elle.",
                en="A free spider, larger: put the glass over it.",
                level=8,
                seconds=15,
                task="cover",
            ),
        ),
        measure="distance",
    )

    def build(self) -> None:
        """The kitchen, what encloses, and all spiders, of which none is seen yet."""
        stage = self.stage
        self._spiders: list[Animal] = []
        self._homes: list[Vec] = []
        self._ways: list[Steps | None] = [None] * MOST
        self._rests = [self.random.uniform(1.0, 5.0) for _ in range(MOST)]
        self._led = self._led_glass = False  # whether an event or a task leads them
        self._enclosed, self._applied = NOWHERE, (-1.0,) * 4
        self._room = stage.model("kitchen/room")
        self._case = stage.model("kitchen/terrarium", at=MIDDLE, parent=self._room)
        self._jar = stage.model("kitchen/jar", at=MIDDLE, parent=self._room)
        self._glass = stage.model("kitchen/tumbler", at=MIDDLE, parent=self._room)
        self._card = stage.model("kitchen/card", at=CARD, parent=self._room)
        for number in range(MOST):
            home = self._home(number)
            spider = stage.animal(
                "house_spider",
                at=home,
                heading=180.0 + self.random.uniform(-40.0, 40.0) * min(number, 3),
                ground=GROUND,
                parent=self._room,
            )
            spider.set("dark", self.random.uniform(0.25, 0.8))
            self._spiders.append(spider)
            self._homes.append(home)
        first = self._spiders[0]
        stage.target("spider", at=(0.0, 0.0, 0.02), radius=0.12, parent=first)
        stage.target("window", at=(-2.1, 0.95, 1.6), radius=0.6)
        self._hum = stage.sound("kitchen/hum", at=(1.4, 2.2, 0.6), loop=True, volume=0.6)
        self.update(0.0)

    def update(self, dt: float) -> None:
        """Bring spiders and what encloses them to the applied values."""
        feet_y = MIDDLE[1] - self.distance
        down = math.degrees(math.atan2(EYES_M, self.distance))
        self.stage.viewer.stand((0.0, feet_y, 0.0), looking_down=min(40.0, down - 4.0))
        enclosed = round(self.enclosure)
        self._case.visible = enclosed == CASE
        self._jar.visible = enclosed == JAR
        self._glass.visible = enclosed == GLASS or self._led_glass
        if enclosed != self._enclosed:
            self._enclosed = enclosed
            self._settle()
        applied = (self.count, self.realism, self.size, self.movement)
        if applied != self._applied:
            self._applied = applied
            for number, spider in enumerate(self._spiders):
                spider.visible = number < round(self.count)
                spider.realism = round(self.realism)
                spider.size = 0.01 * self.size * SHARES[number % len(SHARES)]
                spider.set("life", LIFE[round(self.movement)])
        if dt > 0.0 and round(self.movement) != STILL:
            for number in range(1 if self._led else 0, round(self.count)):
                self._go_on(number, dt)

    def safe(self) -> None:
        """Every spider at its home, and nothing led."""
        self._give_back()
        self._settle()

    # -- where spiders are

    def _home(self, number: int) -> Vec:
        """The first in the middle, a dozen around it, the others on the floor beside the table."""
        if number == 0:
            return MIDDLE
        chance = self.random
        if number < ON_TABLE:
            while True:
                x, y = chance.uniform(-0.58, 0.58), chance.uniform(0.52, 0.88)
                if math.hypot(x - MIDDLE[0], y - MIDDLE[1]) > 0.17:
                    return (x, y, TOP_Z)
        side = 1.0 if number % 2 else -1.0
        return (side * chance.uniform(0.85, 1.5), chance.uniform(0.0, 1.9), 0.0)

    def _settle(self) -> None:
        """Put spiders to where they begin, as when a jar is opened out of sight."""
        for number, (spider, home) in enumerate(zip(self._spiders, self._homes, strict=True)):
            self._ways[number] = None
            if spider.at != home:
                spider.at = home
        self._spiders[0].heading = 205.0

    def _go_on(self, number: int, dt: float) -> None:
        """Let one spider rest, or take a few steps to somewhere near; a few go at a time."""
        self._rests[number] -= dt
        if self._rests[number] > 0.0:
            return
        way = self._ways[number]
        try:
            if way is not None:
                way.send(dt)
            elif number == 0 or sum(each is not None for each in self._ways) < MOST_GO:
                way = self._ways[number] = self._about(number)
                next(way)
        except StopIteration:
            self._ways[number] = None
            least, most = (0.6, 3.5) if round(self.movement) == LIVELY else (2.0, 7.0)
            self._rests[number] = self.random.uniform(least, most)

    def _about(self, number: int) -> Steps:
        """A few steps to somewhere near home, on the table or within what encloses it."""
        spider, lively = self._spiders[number], round(self.movement) == LIVELY
        (x, y, z), free = self._homes[number], self._enclosed == FREE
        far = (0.30 if lively else 0.14) if free else 0.018
        pace = (0.16 if lively else 0.035) if free else 0.02
        to = (x + self.random.uniform(-far, far), y + self.random.uniform(-far, far), z)
        if not free or z == 0.0 or (abs(to[0]) < 0.62 and 0.50 < to[1] < 0.90):
            yield from spider.walk_to(to, speed=pace)

    # -- events

    @event(
        fr="Elle lève une patte",
        en="It lifts a leg",
        min_level=3,
        cooldown_s=12.0,
        requires=(count.at_least(1),),
        warning={
            "fr": "L'araignée lève une patte avant et tape avec elle.",
            "en": "The spider lifts a foreleg and taps with it.",
        },
    )
    def taps(self) -> Steps:
        """The first spider lifts a foreleg and taps with it."""
        self.stage.sound("kitchen/rustle", at=MIDDLE, volume=0.5).play()
        self._take_over()
        try:
            yield from self._spiders[0].act("tap", seconds=3.0)
        finally:
            self._give_back()

    @event(
        fr="Elle se dresse",
        en="It rears up",
        min_level=5,
        cooldown_s=30.0,
        requires=(count.at_least(1),),
        warning={
            "fr": "L'araignée se dresse et montre le dessous de ses pattes avant.",
            "en": "The spider rears up and shows the lower side of its forelegs.",
        },
    )
    def rears(self) -> Steps:
        """The first spider turns to the patient and rears up."""
        spider = self._spiders[0]
        self._take_over()
        try:
            yield from spider.look_at((0.0, MIDDLE[1] - self.distance, TOP_Z))
            self.stage.sound("kitchen/rustle", at=MIDDLE, volume=0.6).play()
            yield from spider.act("rear", seconds=3.5)
        finally:
            self._give_back()

    @event(
        fr="Elle court quand on approche",
        en="It runs when approached",
        min_level=7,
        cooldown_s=30.0,
        requires=(enclosure.at_least(FREE), count.at_least(1)),
        warning={
            "fr": "L'araignée court tout à coup en travers de la table.",
            "en": "The spider suddenly runs across the table.",
        },
    )
    def runs(self) -> Steps:
        """The first spider runs aside and comes back later."""
        spider = self._spiders[0]
        side = self.random.choice((-1.0, 1.0))
        self.stage.sound("kitchen/rustle", at=MIDDLE).play()
        self._take_over()
        try:
            yield from spider.run_to((side * 0.42, 0.66, TOP_Z))
            yield from self.wait(3.0)
            yield from spider.walk_to(MIDDLE, speed=0.08)
        finally:
            self._give_back()

    @event(
        fr="Elle grimpe au pied de la table",
        en="One climbs the table leg",
        min_level=7,
        cooldown_s=45.0,
        requires=(enclosure.at_least(FREE),),
        warning={
            "fr": "Une autre araignée monte du sol sur la table, puis passe derrière.",
            "en": "Another spider climbs from the floor onto the table, then goes behind it.",
        },
    )
    def climbs(self) -> Steps:
        """From the floor up the near left leg, over the table, down its far side."""
        another = self._another((-0.67, 0.05, 0.0))
        self.stage.sound("kitchen/rustle", parent=another, at=(0.0, 0.0, 0.0)).play()
        yield from another.walk_to((-0.67, TABLE_EDGE_Y, 0.40), up=TOWARDS, speed=0.16)
        yield from another.walk_to((-0.60, 0.60, TOP_Z), speed=0.14)
        yield from another.stay(1.5)
        self.stage.sound("kitchen/rustle", parent=another, at=(0.0, 0.0, 0.0)).play()
        yield from another.walk_to((-0.30, 1.25, 0.735), up=AWAY, speed=0.16)
        yield from another.walk_to((-0.30, 1.20, 0.72), up=(0.0, 0.0, -1.0), speed=0.16)

    @event(
        fr="Elle traverse la table",
        en="One crosses the table",
        min_level=7,
        cooldown_s=40.0,
        requires=(enclosure.at_least(FREE),),
        warning={
            "fr": "Une autre araignée passe sur la table, d'un bord à l'autre.",
            "en": "Another spider crosses the table from edge to edge.",
        },
    )
    def crosses(self) -> Steps:
        """From below the right edge over the table to below the left one."""
        another = self._another((0.66, 0.70, 0.72), up=(0.0, 0.0, -1.0))
        self.stage.sound("kitchen/rustle", parent=another, at=(0.0, 0.0, 0.0)).play()
        yield from another.walk_to((0.70, 0.70, 0.735), up=(1.0, 0.0, 0.0), speed=0.14)
        yield from another.walk_to((0.24, 0.60, TOP_Z), speed=0.16)
        yield from another.stay(1.0)
        yield from another.walk_to((-0.56, 0.72, TOP_Z), speed=0.16)
        yield from another.walk_to((-0.70, 0.72, 0.735), up=(-1.0, 0.0, 0.0), speed=0.16)
        yield from another.walk_to((-0.66, 0.72, 0.72), up=(0.0, 0.0, -1.0), speed=0.16)

    @event(
        fr="Elle descend au bout d'un fil",
        en="One drops on a thread",
        min_level=7,
        cooldown_s=45.0,
        requires=(enclosure.at_least(FREE),),
        warning={
            "fr": "Une araignée descend de la lampe au bout d'un fil, devant vous.",
            "en": "A spider comes down from the lamp on a thread, in front of you.",
        },
    )
    def drops(self) -> Steps:
        """Out of the shade of the lamp, down over the table, and up again."""
        another = self._another((0.05, 0.92, 1.86))
        self.stage.sound("kitchen/rustle", parent=another, at=(0.0, 0.0, 0.0), volume=0.7).play()
        yield from another.hang_to((0.05, 0.92, 1.12), speed=0.22)
        yield from another.stay(4.0)
        yield from another.hang_to((0.05, 0.92, 1.86), speed=0.20)

    @event(
        fr="Elle sort de sous le réfrigérateur",
        en="One comes out from under the refrigerator",
        min_level=7,
        cooldown_s=45.0,
        requires=(enclosure.at_least(FREE),),
        warning={
            "fr": "Une araignée sort de sous le réfrigérateur et y retourne.",
            "en": "A spider comes out from under the refrigerator and goes back.",
        },
    )
    def fridge(self) -> Steps:
        """It runs out on the floor at the right, waits, and goes back."""
        x, y, _z = FRIDGE
        another = self._another((x, y + 0.35, 0.0))
        self.stage.sound("kitchen/rustle", parent=another, at=(0.0, 0.0, 0.0)).play()
        yield from another.run_to((x - 0.15, y - 0.45, 0.0))
        yield from another.stay(2.5)
        yield from another.run_to((x - 0.40, y - 0.75, 0.0))
        yield from another.stay(2.5)
        yield from another.run_to((x, y + 0.35, 0.0))

    def _another(self, at: Vec, up: Vec = (0.0, 0.0, 1.0)) -> Animal:
        """A spider like the first that belongs to the event alone."""
        grade, size, room = round(self.realism), 0.01 * self.size, self._room
        return self.stage.animal(
            "house_spider", realism=grade, size=size, at=at, up=up, ground=GROUND, parent=room
        )

    # -- tasks

    @task(
        fr="Regardez l'araignée pendant dix secondes.",
        en="Look at the spider for ten seconds.",
        min_level=1,
        requires=(count.at_least(1),),
    )
    def look(self) -> Steps:
        """Ten seconds in total; glances away do not count, and do not begin it anew."""
        yield from self.looking("spider", seconds=10.0)

    @task(fr="Regardez par la fenêtre.", en="Look out of the window.")
    def window(self) -> Steps:
        """For who would rather look at nothing."""
        yield from self.looking("window", seconds=3.0)

    @task(
        fr="Penchez-vous vers l'araignée, aussi près que vous le pouvez.",
        en="Lean towards the spider, as near as you can.",
        min_level=2,
        requires=(count.at_least(1),),
    )
    def nearer(self) -> None:
        """Leaning or a step forward: the therapist sees it."""

    @task(
        fr="Levez le verre et gardez-le en l'air.",
        en="Lift the glass and hold it up.",
        min_level=5,
        requires=(enclosure.at_least(GLASS), enclosure.at_most(GLASS)),
        warning={
            "fr": "Le verre est levé : l'araignée est libre, et reste où elle est.",
            "en": "The glass is lifted: the spider is free, and stays where it is.",
        },
    )
    def lift(self) -> Steps:
        """The glass rises, stays for six seconds and comes down over the spider again."""
        self._take_over()
        try:
            self._glass.set("down", 0.0)
            yield from self._glass.glide_to(ASIDE, seconds=2.5)
            yield from self.wait(6.0)
            yield from self._glass.glide_to(MIDDLE, seconds=2.5)
            self._glass.set("down", 1.0)
            self.stage.sound("kitchen/glass", at=MIDDLE).play()
            yield from self.wait(1.0)
        finally:
            self._give_back()

    @task(
        fr="Posez le verre sur l'araignée.",
        en="Put the glass over the spider.",
        min_level=7,
        requires=(enclosure.at_least(FREE), count.at_least(1)),
    )
    def cover(self) -> Steps:
        """The spider comes to the middle, the glass comes down over it, stays and is taken away."""
        self._take_over()
        try:
            yield from self._spiders[0].walk_to(MIDDLE, speed=0.12)
            self._glass.at, self._led_glass = ASIDE, True
            self._glass.set("down", 0.0)
            yield from self._glass.glide_to(MIDDLE, seconds=3.0)
            self._glass.set("down", 1.0)
            self.stage.sound("kitchen/glass", at=MIDDLE).play()
            yield from self.wait(8.0)
            self._glass.set("down", 0.0)
            yield from self._glass.glide_to(ASIDE, seconds=2.5)
        finally:
            self._give_back()

    @task(
        fr="Tenez le carton à côté du verre, puis glissez-le dessous.",
        en="Hold the card beside the glass, then slide it underneath.",
        min_level=5,
        requires=(enclosure.at_least(GLASS), enclosure.at_most(GLASS)),
    )
    def card(self) -> Steps:
        """The card comes from the right, waits beside the glass, and slides below it."""
        beside = (MIDDLE[0] + 0.20, MIDDLE[1], TOP_Z)
        self._take_over()
        try:
            for place, glides_s, waits_s in ((beside, 2.0, 4.0), (MIDDLE, 3.0, 5.0)):
                yield from self._card.glide_to(place, seconds=glides_s)
                yield from self.wait(waits_s)
            yield from self._card.glide_to(CARD, seconds=3.0)
        finally:
            self._give_back()

    def _take_over(self) -> None:
        """From now on the first spider does by itself nothing."""
        self._led, self._ways[0] = True, None

    def _give_back(self) -> None:
        """It is left to itself, glass and card are where they belong."""
        self._led = self._led_glass = False
        self._glass.at, self._card.at = MIDDLE, CARD
        self._glass.set("down", 1.0)
