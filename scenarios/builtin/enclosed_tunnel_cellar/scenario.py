"""Owns a passage below ground and a cellar behind its door: what each level is; knows no engine.

Axes: the wall with the door lies along y = 0; the passage goes ahead from it (y above 0) to steps
up into daylight, the cellar lies behind it (y below 0). The patient always looks towards the door
and the way out.
"""

from __future__ import annotations

from scenarios.api import (
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

from .approach import APPROACH
from .drops import Drops
from .passage import MADE_CM, WALL_M, Passage

PASSAGE, CELLAR = 0, 1
"""The places to be, by their number in the choice."""
WIDE, AJAR, SHUT, LOCKED = 0, 1, 2, 3
BRIGHT, DIM, BULB, TORCH = 0, 1, 2, 3
ROOM_CM = 300.0
"""Width of the cellar as it ships."""
START_Y = 1.4
"""Where the patient stands in the passage."""
HINGE: Vec = (-0.42, 0.02, 0.022)
SWUNG = (96.0, 24.0, 0.0, 0.0)
"""Degrees by which the door stands open, by the choice."""
SWING_PER_S = 32.0
LAMPS_Y = (2.0, 6.0, 10.0, 14.0)
"""Where lamps that give light hang in the passage; those beyond only show that they burn."""
PASSAGE_LIGHT = (1.0, 0.36, 0.10, 0.0)
BULB_LIGHT = (0.90, 0.60, 0.50, 0.0)
TORCH_LIGHT = (0.0, 0.0, 0.0, 0.30)
BURNS = (1.0, 0.75, 0.45, 0.0)
"""How brightly lamps in the passage, the bulb and the torch shine, by the choice of light."""
BULB_Y = -1.7
BOLT_PER_S, TURN_PER_S, REST_S = 1.2, 0.2, 1.3
"""How fast the bolt slides, how fast lamps are turned, how long they rest before they rise."""


class TunnelCellar(Scenario):
    """A passage with its way out before the eyes, and in the end a cellar that is locked."""

    id = "enclosed.tunnel_cellar"
    version = "1.0.0"
    title = {"fr": "Le souterrain et la cave", "en": "The passage and the cellar"}
    summary = {
        "fr": "Un passage souterrain, puis une cave : largeur, rétrécissement, hauteur, distance à "
        "la sortie et à la porte, porte ouverte ou fermée, lumière, courant d'air, bruits du "
        "dehors et gouttes d'eau se règlent séparément. La largeur change derrière un fondu.",
        "en": "A passage below ground, then a cellar: width, where it narrows, height, distance to "
        "the way out and to the door, door open or shut, light, draught, sounds from outside and "
        "drops of water are set apart. Widths change behind a fade.",
    }
    phobia = "claustrophobia"
    levels = {
        0: {
            "fr": "Un passage large et clair ; la sortie est à cinq mètres.",
            "en": "A wide, bright passage; the way out is five metres away.",
        },
        1: {
            "fr": "La sortie est un peu plus loin ; le passage reste large.",
            "en": "The way out is a little farther; the passage is still wide.",
        },
        2: {
            "fr": "Un passage moins large, qui se resserre devant vous ; la sortie à neuf mètres.",
            "en": "A less wide passage that narrows ahead of you; the way out nine metres away.",
        },
        3: {
            "fr": "Un passage plus bas ; les lampes éclairent moins.",
            "en": "A lower passage; its lamps give less light.",
        },
        4: {
            "fr": "Un passage étroit, plus étroit encore devant vous ; la sortie au loin.",
            "en": "A narrow passage, narrower still ahead of you; the way out far off.",
        },
        5: {
            "fr": "Dans la cave, juste devant la porte grande ouverte.",
            "en": "In the cellar, right in front of the door, which is wide open.",
        },
        6: {
            "fr": "Plus loin dans la cave ; la porte est entrouverte.",
            "en": "Farther into the cellar; the door is ajar.",
        },
        7: {
            "fr": "Une seule ampoule ; la porte est à deux mètres, entrouverte.",
            "en": "A single bulb; the door is two metres away, ajar.",
        },
        8: {
            "fr": "La porte est fermée ; la cave est plus basse, l'air ne bouge plus.",
            "en": "The door is shut; the cellar is lower, the air is still.",
        },
        9: {
            "fr": "La porte est fermée à clé, à trois mètres.",
            "en": "The door is locked, three metres away.",
        },
        10: {
            "fr": "Une cave étroite et basse, fermée à clé, à la lueur d'une lampe torche.",
            "en": "A narrow, low cellar, locked, by the light of a torch.",
        },
    }
    contraindications = ("confined", "sudden_noise")
    comfort = Comfort(motion="none")
    warnings = (
        {
            "fr": "Un souterrain, puis une cave : porte qui se ferme, clé qui tourne, lumière qui "
            "faiblit, presque le noir. La porte de la scène ne retient personne : la commande de "
            "sortie du patient agit toujours.",
            "en": "A passage below ground, then a cellar: a door that shuts, a key that turns, "
            "light that fails, near darkness. The scene's door keeps nobody in: the patient's own "
            "leave control always works.",
        },
    )
    targets = {
        "door": {"fr": "la porte", "en": "the door"},
        "exit": {"fr": "la sortie, au bout", "en": "the way out, at the end"},
        "vault": {"fr": "la voûte", "en": "the vault"},
    }
    lines = {
        "ask": {"fr": "Est-ce que j'ouvre la porte ?", "en": "Shall I open the door?"},
        "open": {"fr": "J'ouvre.", "en": "I am opening."},
        "shut": {"fr": "Je referme.", "en": "I am shutting it again."},
    }
    expected_distress = {0: 5, 2: 20, 4: 35, 6: 55, 8: 75, 10: 95}

    place = Graded.choice(
        {0: PASSAGE, 5: CELLAR, 10: CELLAR},
        options=(
            {"fr": "passage souterrain", "en": "passage below ground"},
            {"fr": "cave", "en": "cellar"},
        ),
        fr="endroit",
        en="place",
    )
    length = Graded.steps(
        {0: 5, 1: 7, 2: 9, 3: 11, 4: 14, 5: 14, 8: 17, 10: 20},
        fr="longueur jusqu'à la sortie",
        en="length to the way out",
        unit="m",
        step=3.0,
    )
    width = Graded.steps(
        {0: 240, 1: 220, 2: 195, 3: 165, 4: 135, 6: 130, 8: 125, 9: 115, 10: 100},
        fr="largeur",
        en="width",
        unit="cm",
        step=20.0,
    )
    narrows = Graded.steps(
        {0: 0, 2: 25, 3: 40, 4: 55, 10: 60},
        fr="rétrécissement devant",
        en="narrower ahead by",
        unit="cm",
        step=20.0,
    )
    height = Graded.steps(
        {0: 260, 3: 240, 5: 235, 7: 225, 8: 215, 9: 208, 10: 200},
        fr="hauteur de la voûte",
        en="height of the vault",
        unit="cm",
        step=15.0,
    )
    door = Graded.choice(
        {0: WIDE, 6: AJAR, 8: SHUT, 9: LOCKED, 10: LOCKED},
        options=(
            {"fr": "ouverte", "en": "open"},
            {"fr": "entrouverte", "en": "ajar"},
            {"fr": "fermée", "en": "shut"},
            {"fr": "fermée à clé", "en": "locked"},
        ),
        fr="porte",
        en="door",
    )
    distance = Graded.steps(
        {0: 0.8, 5: 0.8, 6: 1.4, 7: 2.0, 8: 2.5, 9: 3.0, 10: 3.6},
        fr="distance à la porte",
        en="distance to the door",
        unit="m",
        step=0.6,
        decimals=1,
    )
    light = Graded.choice(
        {0: BRIGHT, 3: DIM, 7: BULB, 10: TORCH},
        options=(
            {"fr": "lampes claires", "en": "bright lamps"},
            {"fr": "lampes faibles", "en": "dim lamps"},
            {"fr": "une ampoule", "en": "one bulb"},
            {"fr": "une lampe torche", "en": "a torch"},
        ),
        fr="lumière",
        en="light",
    )
    strength = Graded(
        {0: 100, 2: 90, 6: 80, 10: 60},
        fr="force de la lumière",
        en="strength of the light",
        unit="%",
        rate=4.0,
        step=15.0,
    )
    air = Graded(
        {0: 100, 4: 75, 8: 15, 10: 0},
        fr="courant d'air",
        en="draught",
        unit="%",
        rate=6.0,
        step=20.0,
    )
    outside = Graded(
        {0: 100, 4: 70, 7: 30, 10: 0},
        fr="bruits du dehors",
        en="sounds from outside",
        unit="%",
        rate=6.0,
        step=20.0,
    )
    drops = Graded(
        {0: 3, 3: 6, 6: 12, 10: 30},
        fr="gouttes d'eau",
        en="drops of water",
        unit="/min",
        rate=1.5,
        step=6.0,
    )
    interlocks = (
        # whoever is in the passage has the door behind them: it is not what keeps them
        door.at_least(LOCKED).requires(place.at_least(CELLAR)),
    )
    bat = APPROACH

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        # by the event that does it, the last to begin last
        self._held: dict[str, float] = {}
        self._turned: dict[str, bool] = {}
        self._dimmed: dict[str, float] = {}
        self._swing, self._bolt = SWUNG[WIDE], 0.0
        self._burning, self._rested_s = [0.0] * (len(LAMPS_Y) + 2), REST_S

    def build(self) -> None:
        """Passage, wall, cellar and what stands in them, at once where they are at level 0."""
        stage = self.stage
        self._passage = Passage(stage)
        wall = stage.model("cellar/wall")
        self._room = stage.model("cellar/room")
        self._leaf = stage.model("cellar/door", at=HINGE, heading=SWUNG[WIDE], parent=wall)
        self._shelves = [
            stage.model("cellar/shelf", at=(x, y, 0.0), heading=heading, parent=wall)
            for x, y, heading in ((-1.48, -1.35, 0.0), (-1.48, -3.1, 0.0), (1.48, -2.3, 180.0))
        ]
        self._torch = stage.model("cellar/torch", at=(1.2, -0.95, 0.0), parent=wall)
        self._hung = stage.model("cellar/bulb", parent=wall)
        self._lamps: list[Node] = [stage.lamp((0.0, y, 2.0), reach=7.0, light=0.0) for y in LAMPS_Y]
        self._day = stage.lamp((0.0, 4.0, 1.9), reach=5.0, light=0.0)
        self._glow = stage.lamp((0.0, BULB_Y, 1.8), reach=5.0, light=0.0)
        self._beam = stage.lamp((0.6, -0.45, 0.5), reach=4.5, light=0.0)
        stage.target("door", at=(0.0, 0.05, 1.0), radius=0.75)
        self._seen = stage.target("exit", at=(0.0, 6.0, 1.2), radius=1.0)
        self._above = stage.target("vault", at=(0.0, 0.0, 2.6), radius=0.7)
        self._still = stage.sound("cellar/air", loop=True, volume=0.0)
        self._draught = stage.sound("wind/steady", at=(0.0, 3.0, 1.6), loop=True, volume=0.0)
        self._street = stage.sound("street/far", at=(0.0, 7.0, 2.5), loop=True, volume=0.0)
        self._water = Drops(stage, self.random.random)
        self.update(0.0)

    def update(self, dt: float) -> None:
        """Bring vaults, door, lamps, the place to stand and sounds to the applied values."""
        inside = round(self.place) == CELLAR
        out_y = WALL_M + self.length
        self._passage.bring(self.width, self.height, self.narrows, out_y)
        room = (self.width + ROOM_CM - MADE_CM[0]) / ROOM_CM
        self._room.scale = (room, 1.0, self.height / MADE_CM[1])
        half = 0.005 * ROOM_CM * room
        for shelf, side in zip(self._shelves, (-1.0, -1.0, 1.0), strict=True):
            shelf.at = (side * (half - 0.02), shelf.at[1], 0.0)
        self._torch.at = (half - 0.30, -0.95, 0.0)
        # vaults that change are another place to be in: some millimetres, behind a fade
        other = 3.0 - (self.width - 0.3 * self.narrows) / MADE_CM[0] - self.height / MADE_CM[1]
        other = 0.01 * (other - 0.02 * self.length)
        y = -self.distance if inside else START_Y
        self.stage.viewer.stand((other, y, 0.0), looking_down=2.0)
        self._seen.at, self._above.at = (0.0, out_y, 1.2), (0.0, y + 0.6, 0.01 * self.height)
        self._open(dt)
        self._shine(inside, out_y, dt)
        closed = 1.0 - min(1.0, self._swing / 40.0) if inside else 0.0
        fresh = 0.01 * self.air * (1.0 - 0.8 * closed)
        self._draught.volume = 0.35 * fresh
        self._street.at = (0.0, out_y + 2.0, 2.5)
        self._street.volume = 0.01 * self.outside * (1.0 - 0.8 * closed)
        self._still.volume = 0.20 + 0.60 * (1.0 - fresh)
        self._water.fall(dt, self.drops, (0.7, y - 1.6 if inside else y + 2.4, 0.2))

    def safe(self) -> None:
        """Events have let go of door, bolt and lamps as they ended; and no drop falls."""
        self._water.stop()

    def _calm(self, name: str) -> None:
        """This event holds nothing any more; what others hold stays theirs."""
        self._held.pop(name, None)
        self._turned.pop(name, None)
        self._dimmed.pop(name, None)

    @property
    def _lost(self) -> float:
        """How much of the light is gone by events, 0 to 1."""
        return max(self._dimmed.values(), default=0.0)

    def _open(self, dt: float) -> None:
        """Let the door swing and its bolt slide to where values, or an event, want them."""
        number = round(self.door)
        wanted = next(reversed(self._held.values()), SWUNG[number])
        locked = next(reversed(self._turned.values()), number == LOCKED)
        self._swing = _towards(self._swing, wanted, SWING_PER_S * dt if dt > 0.0 else 180.0)
        self._bolt = _towards(self._bolt, float(locked), BOLT_PER_S * dt if dt > 0.0 else 1.0)
        self._leaf.heading = self._swing
        self._leaf.set("bolt", self._bolt)

    def _shine(self, inside: bool, out_y: float, dt: float) -> None:
        """Turn lamps up and down; a shut door keeps the passage's light out of the cellar."""
        number, left = round(self.light), 0.01 * self.strength * (1.0 - self._lost)
        high, passage = 0.01 * self.height, self._passage
        gap = min(1.0, self._swing / 60.0) if inside else 1.0
        wanted = []
        for lamp, y in zip(self._lamps, LAMPS_Y, strict=True):
            near = gap if y == LAMPS_Y[0] else 1.0
            lamp.at = (0.0, y, passage.roof(y) - 0.55)
            wanted.append(PASSAGE_LIGHT[number] * left * near if y < out_y else 0.0)
        passage.burn(BURNS[number] * (1.0 - self._lost))
        self._day.at = (0.0, out_y - 0.9, 1.7)
        self._day.set("light", 0.55)
        self._glow.at = (0.0, BULB_Y, high - 0.40)
        wanted.append(BULB_LIGHT[number] * left if inside else 0.0)
        self._hung.at = (0.0, BULB_Y, high)
        self._hung.set("lit", (1.0 - self._lost) if number != TORCH else 0.0)
        x, y, _ = self._torch.at
        self._beam.at = (x - 0.05, y + 0.45, 0.62)
        wanted.append(TORCH_LIGHT[number] * left)
        self._turn(wanted, dt)
        self._torch.visible = number == TORCH
        self._torch.set("lit", (1.0 - self._lost) if number == TORCH else 0.0)

    def _turn(self, wanted: list[float], dt: float) -> None:
        """Bring each lamp nearer to what is wanted: all that fall first, only then those that rise.

        One that rises while another falls, or right after, would be taken for flicker, and held
        back: the fade that covers a change of place is beside it.
        """
        falls = any(now > to for now, to in zip(self._burning, wanted, strict=True))
        self._rested_s = 0.0 if falls else self._rested_s + dt
        step = TURN_PER_S * dt if dt > 0.0 else 1.0
        waits = not falls and self._rested_s < REST_S
        lamps = (*self._lamps, self._glow, self._beam)
        for number, (lamp, to) in enumerate(zip(lamps, wanted, strict=True)):
            now = self._burning[number]
            if dt == 0.0 or (falls is (now > to) and not waits):
                now = self._burning[number] = _towards(now, to, step)
            lamp.set("light", now)

    # -- events

    @event(
        fr="La porte se ferme",
        en="The door shuts",
        min_level=5,
        cooldown_s=25.0,
        requires=(place.at_least(CELLAR),),
        forbids=(door.at_least(SHUT),),
        warning={
            "fr": "La porte se ferme devant le patient, puis se rouvre.",
            "en": "The door shuts in front of the patient, then opens again.",
        },
    )
    def shuts(self) -> Steps:
        """It swings to, falls into its frame, stays shut for a while and opens again."""
        try:
            self.stage.sound("cellar/door", at=(0.0, 0.1, 1.0)).play()
            self._held["shuts"] = 0.0
            yield from self.wait(16.0)
            self.stage.sound("balcony/creak", at=(-0.4, 0.1, 1.0), volume=0.5).play()
            del self._held["shuts"]
            yield from self.wait(4.0)
        finally:
            self._calm("shuts")

    @event(
        fr="Une clé tourne",
        en="A key turns",
        min_level=8,
        cooldown_s=25.0,
        requires=(place.at_least(CELLAR), door.at_least(SHUT)),
        forbids=(door.at_least(LOCKED),),
        warning={
            "fr": "La porte est fermée à clé pendant quinze secondes, puis déverrouillée.",
            "en": "The door is locked for fifteen seconds, then unlocked.",
        },
    )
    def key(self) -> Steps:
        """From outside; the bolt goes across, and later back."""
        try:
            for locked, stays_s in ((True, 15.0), (False, 2.5)):
                self.stage.sound("cellar/key", at=(0.35, 0.2, 0.9)).play()
                yield from self.wait(1.0)
                self._turned["key"] = locked
                yield from self.wait(stays_s)
        finally:
            self._calm("key")

    @event(
        fr="Des pas au-dessus",
        en="Steps above",
        min_level=1,
        cooldown_s=15.0,
        warning={"fr": "Des pas à l'étage au-dessus.", "en": "Steps on the floor above."},
    )
    def steps(self) -> Steps:
        """Somebody walks over the floor above, from behind to ahead."""
        walk = self.stage.sound("cellar/steps_above", at=(-1.0, -2.0, 3.6))
        walk.play()
        yield from self.wait(6.0)

    @event(
        fr="De l'eau goutte tout près",
        en="Water drips close by",
        cooldown_s=10.0,
        warning={
            "fr": "Six gouttes d'eau tombent tout près, à droite.",
            "en": "Six drops of water fall close by, at the right.",
        },
    )
    def drips(self) -> Steps:
        """Some drops at the right, into a shallow pool, nearer than those that fall anyway."""
        behind = -self.distance - 0.6 if round(self.place) == CELLAR else START_Y + 1.2
        self.stage.sound("cellar/drip", at=(0.7, behind, 0.2)).play()
        yield from self.wait(6.0)

    @event(
        fr="La lumière faiblit deux fois",
        en="The light fails twice",
        min_level=2,
        cooldown_s=20.0,
        warning={
            "fr": "La lumière baisse lentement de moitié, deux fois.",
            "en": "The light slowly falls by half, twice.",
        },
    )
    def falters(self) -> Steps:
        """Down by half and up again, twice within twelve seconds: never a flash."""
        try:
            for _time in range(2):
                yield from self._dims("falters", 0.5, 2.0)
                yield from self.wait(1.0)
                yield from self._dims("falters", 0.0, 2.5)
                yield from self.wait(0.5)
        finally:
            self._calm("falters")

    @event(
        fr="La lumière s'éteint doucement",
        en="The light goes out softly",
        min_level=4,
        cooldown_s=30.0,
        warning={
            "fr": "La lumière s'éteint en trois secondes, presque tout à fait, puis revient.",
            "en": "The light goes out within three seconds, nearly wholly, then comes back.",
        },
    )
    def goes_out(self) -> Steps:
        """Within three seconds down, some seconds of near darkness, and as slowly back."""
        try:
            yield from self._dims("goes_out", 0.96, 3.0)
            yield from self.wait(9.0)
            yield from self._dims("goes_out", 0.0, 3.5)
        finally:
            self._calm("goes_out")

    def _dims(self, name: str, to: float, seconds: float) -> Steps:
        lost = self._dimmed.get(name, 0.0)
        pace = abs(to - lost) / seconds
        while lost != to:
            passed = yield
            lost = self._dimmed[name] = _towards(lost, to, pace * passed)

    @event(
        fr="Derrière la porte : « J'ouvre ? »",
        en="Behind the door: “Shall I open?”",
        min_level=6,
        cooldown_s=12.0,
        requires=(place.at_least(CELLAR),),
        warning={
            "fr": "Des pas derrière la porte, puis une question (sous-titrée).",
            "en": "Steps behind the door, then a question shown as text.",
        },
    )
    def asks(self) -> Steps:
        """Steps to the door, then the question; the answer is the patient's."""
        self.stage.sound("people/steps", at=(0.0, 2.5, 0.2), volume=0.7).play()
        yield from self.wait(4.2)
        yield from self.wait(self.stage.say("ask", at=(0.0, 0.8, 1.5)))

    @event(
        fr="La porte s'ouvre un moment",
        en="The door opens for a while",
        min_level=6,
        cooldown_s=20.0,
        requires=(place.at_least(CELLAR), door.at_least(AJAR)),
        warning={
            "fr": "Un message (sous-titré) : quelqu'un ouvre la porte, puis la referme avec bruit.",
            "en": "A message shown as text: somebody opens the door, then shuts it, noisily.",
        },
    )
    def opens(self) -> Steps:
        """Somebody says so, opens it wide, and later shuts it again."""
        try:
            yield from self.wait(self.stage.say("open", at=(0.0, 0.8, 1.5)))
            if round(self.door) == LOCKED:
                self.stage.sound("cellar/key", at=(0.35, 0.2, 0.9)).play()
                yield from self.wait(1.2)
                self._turned["opens"] = False
                yield from self.wait(1.0)
            self.stage.sound("balcony/creak", at=(-0.4, 0.1, 1.0), volume=0.5).play()
            self._held["opens"] = 80.0
            yield from self.wait(12.0)
            yield from self.wait(self.stage.say("shut", at=(0.0, 0.8, 1.5)))
            self.stage.sound("cellar/door", at=(0.0, 0.1, 1.0)).play()
            del self._held["opens"]
            yield from self.wait(3.5)
        finally:
            self._calm("opens")

    # -- tasks

    @task(fr="Regardez la sortie pendant dix secondes.", en="Look at the way out, ten seconds.")
    def way_out(self) -> Steps:
        """Ten seconds in total; where a door is shut, towards where it leads."""
        yield from self.looking("exit", seconds=10.0)

    @task(
        fr="Regardez la porte pendant dix secondes.",
        en="Look at the door for ten seconds.",
        min_level=5,
        requires=(place.at_least(CELLAR),),
    )
    def the_door(self) -> Steps:
        """Ten seconds in total, and nothing else."""
        yield from self.looking("door", seconds=10.0)

    @task(fr="Regardez la voûte pendant dix secondes.", en="Look at the vault for ten seconds.")
    def vault(self) -> Steps:
        """Ten seconds in total."""
        yield from self.looking("vault", seconds=10.0)

    @task(fr="Restez ici une minute.", en="Stay here for one minute.", min_level=1)
    def stay(self) -> Steps:
        """A minute, without anything to be done."""
        yield from self.wait(60.0)

    @task(
        fr="Tournez-vous dos à la porte, puis revenez.",
        en="Turn your back to the door, then turn round again.",
        min_level=5,
        requires=(place.at_least(CELLAR),),
    )
    def turn(self) -> None:
        """The therapist sees it, and says when it is done."""


def _towards(now: float, wanted: float, most: float) -> float:
    """`now`, nearer to `wanted` by `most` at the most."""
    return now + min(most, max(-most, wanted - now))
