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
    Comfort,
    Graded,
    Scenario,
    Steps,
    Vec,
    event,
    task,
)

from . import visits
from .about import GoingAbout, Manner
from .bat import STEPS
from .covering import Covering
from .nearing import UNAPPROACHED, Nearing
from .table import (
    CASE,
    EYES_M,
    FREE,
    FRIDGE,
    GLASS,
    GROUND,
    JAR,
    LED_M_S,
    LIFE,
    LIVELY,
    MIDDLE,
    MOST,
    NOWHERE,
    ON_TABLE,
    SHARES,
    SLOW,
    STILL,
    TOP_Z,
)


class Kitchen(Scenario):
    """A kitchen by day: first without a spider, at last with many that run free."""

    id = "spiders.kitchen"
    version = "1.0.0"
    title = {"fr": "L'araignée dans la cuisine", "en": "The spider in the kitchen"}
    summary = {
        "fr": "Une cuisine de jour ; sur la table, une araignée dont le réalisme, la taille, le "
        "nombre, la distance, l'enceinte, le mouvement, l'allure et le bruit se règlent à part.",
        "en": "A kitchen by day; on its table a spider whose realism, size, number, distance, "
        "enclosure, movement, pace and sound can each be set.",
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
    pace = Graded(
        {0: 1.0, 5: 1.5, 6: 2.0, 7: 3.5, 8: 6.0, 9: 9.0, 10: 16.0},
        fr="allure",
        en="pace",
        unit="cm/s",
        rate=2.0,
        ease_rate=8.0,
        step=2.0,
        decimals=1,
    )
    roaming = Graded(
        {0: 2, 6: 2, 7: 14, 8: 18, 9: 22, 10: 30},
        fr="jusqu'où elles vont",
        en="how far they roam",
        unit="cm",
        rate=4.0,
        ease_rate=16.0,
        step=4.0,
    )
    rustle = Graded(
        {0: 0, 3: 40, 7: 70, 10: 100},
        fr="bruit des pattes",
        en="sound of their feet",
        unit="%",
        rate=10.0,
        ease_rate=40.0,
        step=20.0,
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
        steps=STEPS,
        measure="distance",
    )

    def build(self) -> None:
        """The kitchen, what encloses, and all spiders, of which none is seen yet."""
        stage = self.stage
        self._spiders: list[Animal] = []
        self._homes: list[Vec] = []
        self._led = 0  # how many events and tasks lead the first
        self._enclosed, self._applied = NOWHERE, (-1.0,) * 4
        self._room = stage.model("kitchen/room")
        self._case = stage.model("kitchen/terrarium", at=MIDDLE, parent=self._room)
        self._jar = stage.model("kitchen/jar", at=MIDDLE, parent=self._room)
        self._covering = Covering(self, self._room)
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
        stage.target("spider", at=(0.0, 0.0, 0.02), radius=0.12, parent=self._spiders[0])
        stage.target("window", at=(-2.1, 0.95, 1.6), radius=0.6)
        self._about = GoingAbout(self, self._spiders, self._homes)
        self._hum = stage.sound("kitchen/hum", at=(1.4, 2.2, 0.6), loop=True, volume=0.6)
        self.update(0.0)

    def update(self, dt: float) -> None:
        """Bring spiders and what encloses them to the applied values."""
        down = math.degrees(math.atan2(EYES_M, self.distance))
        self.stage.viewer.stand((0.0, self._feet_y, 0.0), looking_down=min(40.0, down - 4.0))
        enclosed = round(self.enclosure)
        self._case.visible = enclosed == CASE
        self._jar.visible = enclosed == JAR
        self._covering.follow(stands=enclosed == GLASS)
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
            manner = Manner(
                free=enclosed == FREE,
                lively=round(self.movement) == LIVELY,
                pace_m_s=0.01 * self.pace,
                roaming_m=0.01 * self.roaming,
                heard=0.01 * self.rustle,
            )
            for number in range(1 if self._led else 0, round(self.count)):
                self._about.go_on(number, dt, manner)

    def safe(self) -> None:
        """Every spider at its home; what led the first has ended before."""
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
            self._about.stand(number)
            if spider.at != home:
                spider.at = home
        self._spiders[0].heading = 205.0

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
        self._rustles(0.7)
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
            yield from spider.look_at((0.0, self._feet_y, TOP_Z))
            self._rustles(0.8)
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
            "fr": "L'araignée se tourne vers vous et ne bouge plus ; si vous approchez, elle court "
            "en travers de la table.",
            "en": "The spider turns to you and keeps still; if you come nearer, it runs across the "
            "table.",
        },
    )
    def approached(self) -> Steps:
        """It waits for who comes nearer: by leaning, by a step, or put nearer by the therapist.

        For eyes that come nearer it reads the pose; without the consent to it the session cannot
        be checked later by showing it again.
        """
        spider = self._spiders[0]
        self._rustles(0.8)
        self._take_over()
        spider.set("life", 0.0)
        try:
            nearing = Nearing(self, spider, lambda: self._feet_y)
            yield from spider.look_at((0.0, self._feet_y, TOP_Z))
            yield from nearing.awaited()
            if nearing.come:
                yield from self._runs_aside(spider)
            else:
                self.stage.mark(UNAPPROACHED)
        finally:
            self._give_back()

    @event(
        fr="Elle court tout à coup",
        en="It suddenly runs",
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
        self._take_over()
        try:
            yield from self._runs_aside(self._spiders[0])
        finally:
            self._give_back()

    def _runs_aside(self, spider: Animal) -> Steps:
        self._rustles(1.0)
        yield from visits.runs(spider, self.random.choice((-1.0, 1.0)), self._led_pace)

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
        yield from visits.climbs(another, self._led_pace)

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
        yield from visits.crosses(another, self._led_pace)

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
        yield from visits.drops(self._another((0.05, 0.92, 1.86)))

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
        yield from visits.from_fridge(self._another((x, y + 0.35, 0.0)))

    def _another(self, at: Vec, up: Vec = (0.0, 0.0, 1.0)) -> Animal:
        """A spider like the first that belongs to the event alone."""
        grade, size, room = round(self.realism), 0.01 * self.size, self._room
        another = self.stage.animal(
            "house_spider", realism=grade, size=size, at=at, up=up, ground=GROUND, parent=room
        )
        loud = 0.01 * self.rustle
        self.stage.sound("kitchen/rustle", at=(0.0, 0.0, 0.0), parent=another, volume=loud).play()
        return another

    @property
    def _feet_y(self) -> float:
        """Where along y the patient's feet are put."""
        return MIDDLE[1] - self.distance

    @property
    def _led_pace(self) -> float:
        """In m/s, of one that an event brings."""
        return max(LED_M_S, 0.01 * self.pace)

    def _rustles(self, loud: float) -> None:
        """The first spider is heard, so loud where the sound of feet is at its most."""
        self.stage.sound("kitchen/rustle", at=MIDDLE, volume=loud * 0.01 * self.rustle).play()

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
        fr="Touchez l'araignée du bout d'un stylo, là où vous la voyez.",
        en="Touch the spider with the tip of a pen, where you see it.",
        min_level=7,
        requires=(enclosure.at_least(FREE), count.at_least(1)),
    )
    def pen(self) -> None:
        """With a real pen or the controller: the therapist sees how near its tip comes."""

    @task(
        fr="Touchez l'araignée du bout du doigt, là où vous la voyez.",
        en="Touch the spider with a fingertip, where you see it.",
        min_level=7,
        requires=(enclosure.at_least(FREE), count.at_least(1)),
    )
    def hand(self) -> None:
        """With the bare hand: the therapist sees how near the finger comes."""

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
            yield from self._covering.lifted()
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
            yield from self._covering.put_over()
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
        self._take_over()
        try:
            yield from self._covering.card_slid()
        finally:
            self._give_back()

    def _take_over(self) -> None:
        """From now on the first spider does by itself nothing."""
        self._led += 1
        self._about.stand(0)

    def _give_back(self) -> None:
        """It is left to itself, unless something else leads it still."""
        self._led -= 1
        if not self._led:
            self._spiders[0].set("life", LIFE[round(self.movement)])
