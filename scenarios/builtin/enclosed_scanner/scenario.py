"""Owns a scanner (MRI) and its room: what each level is; knows no engine, no renderer.

Axes: the tube lies along y, its front opening at y = 0, its axis at z = 1 m; whoever lies on the
table has the feet towards +y, where the pane of the control room is. Ahead of who lies is along
the body, as a mirror above the eyes shows it; the roof of the tube is above.
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

from .sequences import ENDS_S, GRADIENT, LOCALISER, PLANAR, SILENT, SPIN, Sequences
from .table import EYES_Z, OUTSIDE_Y, Table
from .words import APPROACH, LINES

AXIS_Z, TUBE_CM = 1.0, 70.0
"""Height of the tube's axis, and its width as it ships."""
DOOR, BESIDE, LYING = 0, 1, 2
NONE, OPEN, CLOSED = 0, 1, 2
"""Where the patient is, and the head coil, by their numbers in the choices."""
LASTS_S = (15.0, 30.0, 60.0)
SAID = ("next_15", "next_30", "next_60")
"""How long a sequence lasts, by the choice, and what the operator then says of it."""
CHANGES_PER_S, SLIDE_PER_S = 0.4, 0.1
"""How fast ventilation and pump change; how slowly the coil slides: near bars must not flash."""
AIR, PUMP, PUMP_OUTSIDE = 0.16, 0.08, 0.3
"""Ventilation and pump at their loudest: far below a sequence for whoever lies."""
LAMPS = ((0.0, -0.30, 1.02), (0.0, -1.05, 1.02))
LAMP_SHARE, DARKEST = 0.054, 0.62
DEEPER_M, SUNK_M = 0.10, 0.03
"""How far an event moves the table in; how much lower eyes lie as the tube narrows."""
CHAIR_EYES: Vec = (1.80, 0.55, 1.18)
"""Eyes of who waits on the chair in the room, its back to the wall."""


class Scanner(Scenario):
    """A scanner that is looked at from the door, and in the end lain in up to the waist."""

    id = "enclosed.scanner"
    version = "1.0.0"
    title = {"fr": "L'IRM", "en": "The MRI scanner"}
    summary = {
        "fr": "Une salle d'IRM : profondeur, largeur, antenne, lumière, ventilation et séquences "
        "se règlent séparément ; les séquences alternent avec des pauses, au plus à −23 LUFS. "
        "D'un palier à l'autre la table change de place derrière un fondu ; deux événements la "
        "font glisser lentement.",
        "en": "The room of an MRI scanner: depth, width, coil, light, ventilation and sequences "
        "are set apart; sequences take turns with pauses, at −23 LUFS at most. Between levels the "
        "table changes place behind a fade; two events let it slide slowly.",
    }
    phobia = "claustrophobia"
    levels = {
        0: {
            "fr": "La salle d'IRM, vue de l'entrée ; l'appareil est à l'arrêt.",
            "en": "The scanner's room, seen from its entrance; the machine is idle.",
        },
        1: {
            "fr": "À côté de la table, devant le tunnel large et éclairé.",
            "en": "Beside the table, in front of the wide, lit tube.",
        },
        2: {
            "fr": "Sur la table, la tête hors du tunnel ; la poire est dans la main droite.",
            "en": "On the table, the head still outside the tube; the ball is in the right hand.",
        },
        3: {
            "fr": "La tête passe l'entrée du tunnel ; on voit encore toute la salle.",
            "en": "The head passes the tube's opening; the whole room can still be seen.",
        },
        4: {
            "fr": "La tête est dans le tunnel ; l'antenne est ouverte, quelques clics légers.",
            "en": "The head is in the tube; the coil is open, there are light clicks.",
        },
        5: {
            "fr": "La tête et les épaules sont dans le tunnel ; des coups sourds, atténués.",
            "en": "Head and shoulders are in the tube; dull, muffled thumps.",
        },
        6: {
            "fr": "La poitrine est dans le tunnel ; l'antenne se ferme au-dessus du visage.",
            "en": "The chest is in the tube; the coil closes over the face.",
        },
        7: {
            "fr": "Plus profond, dans un tunnel de soixante centimètres ; moins d'air.",
            "en": "Deeper, in a tube of sixty centimetres; less air.",
        },
        8: {
            "fr": "Jusqu'à la taille ; un bourdonnement fort, la lumière baisse.",
            "en": "In up to the waist; a loud buzz, the light is lower.",
        },
        9: {
            "fr": "Un mètre de profondeur, tunnel étroit ; un vrombissement rapide.",
            "en": "One metre deep, in a narrow tube; a rapid drone.",
        },
        10: {
            "fr": "Presque tout le corps dans le tunnel étroit et sombre, presque sans air frais.",
            "en": "Nearly the whole body in the narrow, dark tube, with hardly any fresh air.",
        },
    }
    contraindications = ("confined", "sudden_noise", "vection")
    comfort = Comfort(motion="low")
    warnings = (
        {
            "fr": "Tunnel étroit, antenne au-dessus du visage, bruits de séquences, lumière et air "
            "réduits, table qui glisse lentement. La poire tient lieu de la commande de sortie du "
            "patient, à essayer avant. Les messages sont sous-titrés.",
            "en": "A narrow tube, a coil over the face, noise of sequences, less light and air, a "
            "table that slides slowly. The ball stands for the patient's own leave control, to be "
            "tried before. Messages are shown as text.",
        },
    )
    targets = {
        "window": {"fr": "la vitre de la salle de commande", "en": "the control room's window"},
        "roof": {"fr": "le haut du tunnel", "en": "the roof of the tube"},
        "ball": {"fr": "la poire", "en": "the ball"},
    }
    lines = LINES
    expected_distress = {0: 5, 2: 20, 4: 40, 6: 60, 8: 80, 10: 95}

    place = Graded.choice(
        {0: DOOR, 1: BESIDE, 2: LYING, 10: LYING},
        options=(
            {"fr": "à l'entrée de la salle", "en": "at the room's entrance"},
            {"fr": "à côté de la table", "en": "beside the table"},
            {"fr": "sur la table", "en": "on the table"},
        ),
        fr="endroit",
        en="place",
    )
    depth = Graded.steps(
        {0: 0, 3: 26, 4: 38, 5: 48, 6: 58, 7: 70, 8: 84, 9: 100, 10: 120},
        fr="profondeur de la tête dans le tunnel",
        en="depth of the head in the tube",
        unit="cm",
        step=15.0,
    )
    width = Graded.steps(
        {0: 70, 6: 65, 7: 60, 9: 55, 10: 55},
        fr="largeur du tunnel",
        en="width of the tube",
        unit="cm",
        step=5.0,
    )
    coil = Graded.choice(
        {0: NONE, 4: OPEN, 6: CLOSED, 10: CLOSED},
        options=(
            {"fr": "sans antenne", "en": "no coil"},
            {"fr": "ouverte", "en": "open"},
            {"fr": "fermée, avec miroir", "en": "closed, with a mirror"},
        ),
        fr="antenne de tête",
        en="head coil",
    )
    light = Graded(
        {0: 100, 5: 85, 8: 55, 10: 15},
        fr="lumière du tunnel",
        en="light in the tube",
        unit="%",
        rate=6.0,
        step=20.0,
    )
    lamps = Graded(
        {0: 100, 6: 100, 10: 60},
        fr="lumière de la salle",
        en="light in the room",
        unit="%",
        rate=4.0,
        step=15.0,
    )
    air = Graded(
        {0: 100, 5: 85, 7: 60, 10: 10},
        fr="ventilation",
        en="ventilation",
        unit="%",
        rate=5.0,
        step=20.0,
    )
    sequence = Graded.choice(
        {0: SILENT, 4: LOCALISER, 5: SPIN, 8: GRADIENT, 9: PLANAR, 10: PLANAR},
        options=(
            {"fr": "aucune", "en": "none"},
            {"fr": "repérage : clics", "en": "localiser: clicks"},
            {"fr": "écho de spin : coups", "en": "spin echo: thumps"},
            {"fr": "écho de gradient : bourdonnement", "en": "gradient echo: buzz"},
            {"fr": "écho-planar : vrombissement", "en": "echo planar: drone"},
        ),
        fr="séquence",
        en="sequence",
    )
    noise = Graded(
        {0: -38, 2: -36, 4: -35, 5: -32, 6: -30, 8: -26, 10: -23},
        fr="bruit d'une séquence",
        en="noise of a sequence",
        unit="LUFS",
        rate=1.5,
        step=3.0,
    )
    length = Graded.choice(
        {0: 0, 4: 1, 7: 2, 10: 2},
        options=(
            {"fr": "15 secondes", "en": "15 seconds"},
            {"fr": "30 secondes", "en": "30 seconds"},
            {"fr": "1 minute", "en": "1 minute"},
        ),
        fr="durée d'une séquence",
        en="length of a sequence",
    )
    interlocks = (
        # nobody is in the tube who does not lie on its table
        depth.at_least(1).requires(place.at_least(LYING)),
        coil.at_least(OPEN).requires(place.at_least(LYING)),
    )
    bat = APPROACH

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._calm()
        self._front, self._loud, self._narrow = 0.0, 1.0, 1.0

    def build(self) -> None:
        """The room, tube and table; whoever lies there and the coil are not seen yet."""
        stage = self.stage
        room = stage.model("scanner/room")
        self._tube = stage.model("scanner/tube", at=(0.0, 0.0, AXIS_Z), parent=room)
        self._table = table = Table(stage, room)
        self._ball = stage.model("scanner/ball", parent=table.top)
        stage.way_out(self._ball, "pressed", fr="pressez la poire", en="squeeze the ball")
        self._coil = stage.model("scanner/coil", at=(0.0, 0.0, EYES_Z), parent=table.top)
        self._sequences = Sequences(stage, (0.0, -0.85, AXIS_Z), room)
        self._pump = stage.sound("scanner/pump", at=(0.6, -1.6, 1.4), loop=True, volume=0.0)
        self._stream = stage.sound("scanner/air", loop=True, volume=0.0)
        self._lights: list[Node] = [stage.lamp(at, reach=1.1, light=0.0) for at in LAMPS]
        for x in (-0.6, 0.0, 0.6):
            stage.target("window", at=(x, 4.05, 1.45), radius=0.55)
        stage.target("roof", at=(0.0, 0.0, 1.40), radius=0.30, parent=table.top)
        stage.target("ball", at=(0.13, 0.65, 0.99), radius=0.08, parent=table.top)
        self.update(0.0)

    def update(self, dt: float) -> None:
        """Bring table, tube, coil, lights and sounds to the applied values."""
        self._place(dt)
        self._close(dt)
        bright = 0.01 * self.light * (1.0 - 0.8 * self._dim)
        self._tube.set("lit", bright)
        for lamp in self._lights:
            lamp.set("light", LAMP_SHARE * bright)
        self.stage.darken(DARKEST * (1.0 - 0.01 * self.lamps * (1.0 - 0.35 * self._dim)))
        lying = round(self.place) == LYING
        self._loud = _towards(self._loud, self._quiet, CHANGES_PER_S * dt if dt > 0.0 else 1.0)
        self._stream.volume = AIR * 0.01 * self.air * self._fan * self._loud
        self._pump.volume = (PUMP if lying else PUMP_OUTSIDE) * self._loud
        self._sequences.go_on(dt, round(self.sequence), LASTS_S[round(self.length)], self.noise)

    def safe(self) -> None:
        """No sequence runs that an event began; table, coil, light and fan are as values say."""
        self._calm()
        self._table.rest()
        self._sequences.rest()

    def _calm(self) -> None:
        self._waits = self._shut = False
        self._dim, self._quiet, self._fan = 0.0, 1.0, 1.0

    def _place(self, dt: float) -> None:
        """Have table and patient where they belong."""
        place, table = round(self.place), self._table
        narrow = self.width / TUBE_CM
        table.bring(self._inmost, dt, easier=narrow > self._narrow)
        table.top.visible = self._ball.visible = place == LYING
        # another tube is another place to be in, by some millimetres: it comes behind a fade, and
        # not before who slides has come to rest
        if not table.slides:
            self._narrow = narrow
            self._tube.scale = (self._narrow, 1.0, self._narrow)
        other = SUNK_M * (1.0 - self._narrow)
        if place == LYING:
            table.lie(other)
        elif place == BESIDE:
            self.stage.viewer.stand((0.95 + other, 1.75, 0.0), heading=152.0, looking_down=8.0)
        elif self._waits:
            self.stage.viewer.lie(CHAIR_EYES, heading=112.0)
        else:
            self.stage.viewer.stand((1.35 + other, 3.45, 0.0), heading=160.0, looking_down=4.0)

    @property
    def _inmost(self) -> float:
        """Where the eyes of who lies are along the tube, as values say."""
        inside = 0.01 * self.depth if round(self.place) == LYING else 0.0
        return -inside if inside > 0.0 else OUTSIDE_Y

    def _close(self, dt: float) -> None:
        """Let the front of the coil slide over the face, or back."""
        self._coil.visible = round(self.coil) >= OPEN or self._shut
        wanted = 1.0 if round(self.coil) == CLOSED or self._shut else 0.0
        self._front = _towards(self._front, wanted, SLIDE_PER_S * dt if dt > 0.0 else 1.0)
        self._coil.set("front", self._front)

    def _speak(self, line: str, at: Vec = (0.0, 0.4, 1.2)) -> Steps:
        """The intercom clicks, then the operator's message is read."""
        self.stage.sound("scanner/intercom", at=at, volume=0.9).play()
        yield from self.wait(0.5)
        yield from self.wait(self.stage.say(line))

    def _run(self, kind: int, louder: float = 0.0) -> Steps:
        """One whole sequence: what runs ends, it is announced, heard, and said to be over."""
        sequences, length = self._sequences, round(self.length)
        mine = sequences.lead()
        try:
            yield from self.wait(ENDS_S)
            yield from self._speak(SAID[length])
            sequences.begin(mine, kind, louder)
            yield from self.wait(LASTS_S[length])
            sequences.end(mine)
            yield from self.wait(ENDS_S)
            if sequences.leads(mine):
                yield from self._speak("ended")
        finally:
            sequences.leave(mine)

    # -- events

    @event(
        fr="Une séquence commence",
        en="A sequence begins",
        min_level=2,
        cooldown_s=15.0,
        warning={
            "fr": "Une séquence, annoncée ; le bruit monte en quelques secondes.",
            "en": "A sequence, announced; its noise rises within seconds.",
        },
    )
    def begins(self) -> Steps:
        """Another kind than the one that is set, a little louder, as long as the value says."""
        kind = round(self.sequence)
        another = SPIN if kind <= LOCALISER else PLANAR if kind == GRADIENT else GRADIENT
        yield from self._run(another, louder=6.0)

    @event(
        fr="La table avance",
        en="The table moves in",
        min_level=3,
        cooldown_s=20.0,
        requires=(place.at_least(LYING), depth.at_least(1)),
        warning={
            "fr": "La table glisse de dix centimètres avec le patient, lentement, puis revient.",
            "en": "The table slides in by ten centimetres with the patient, slowly, then back.",
        },
    )
    def deeper(self) -> Steps:
        """Announced and heard; it slides with whoever lies there, and some seconds later back."""
        yield from self._table.led_by(self._in_and_out())

    def _in_and_out(self) -> Steps:
        yield from self._speak("table_in")
        before = self._inmost
        yield from self._table.board()
        yield from self._table.slide(before - DEEPER_M)
        yield from self.wait(10.0)
        yield from self._speak("table_out")
        yield from self._table.slide(before)

    @event(
        fr="La table fait tout le trajet",
        en="The table goes the whole way",
        min_level=3,
        cooldown_s=30.0,
        requires=(place.at_least(LYING), depth.at_least(1)),
        warning={
            "fr": "Dehors derrière un fondu, puis la table glisse lentement dans le tunnel avec le "
            "patient, aussi loin que réglé.",
            "en": "Outside behind a fade, then the table slowly slides into the tube with the "
            "patient, as far as is set.",
        },
    )
    def slides(self) -> Steps:
        """From outside to the depth that is set, as slowly as tables of scanners go."""
        yield from self._table.led_by(self._whole_way())

    def _whole_way(self) -> Steps:
        yield from self._speak("table_all")
        self._table.leave_tube()
        yield from self.wait(2.0)
        yield from self._table.board()
        yield from self._table.slide(self._inmost)
        yield from self.wait(1.0)

    @event(
        fr="Un message de l'opérateur",
        en="A message from the operator",
        cooldown_s=8.0,
        warning={
            "fr": "Un clic de l'interphone, puis un message (sous-titré).",
            "en": "A click of the intercom, then a message shown as text.",
        },
    )
    def voice(self) -> Steps:
        """A calm sentence; before the patient lies it asks whether they are comfortable."""
        lying = round(self.place) == LYING
        yield from self._speak(self.random.choice(("hello", "well")) if lying else "hello")

    @event(
        fr="Un message : comment sortir",
        en="A message: how to leave",
        min_level=2,
        cooldown_s=10.0,
        requires=(place.at_least(LYING),),
        warning={
            "fr": "Un clic de l'interphone, puis un message (sous-titré).",
            "en": "A click of the intercom, then a message shown as text.",
        },
    )
    def way_out(self) -> Steps:
        """What squeezes the ball in the hand: before who lies there is none in it."""
        yield from self._speak("ball")

    @event(
        fr="L'antenne se ferme",
        en="The coil closes",
        min_level=3,
        cooldown_s=20.0,
        requires=(place.at_least(LYING),),
        forbids=(coil.at_least(CLOSED),),
        warning={
            "fr": "L'antenne glisse au-dessus du visage, puis s'ouvre.",
            "en": "The coil slides over the face, then opens.",
        },
    )
    def closes(self) -> Steps:
        """Announced; it slides over the face, stays for a while and opens."""
        try:
            yield from self._speak("coil_shut")
            slide = self.stage.sound("scanner/latch", at=(0.0, -0.4, 1.15))
            slide.play()
            self._shut = True
            yield from self.wait(20.0)
            yield from self._speak("coil_open")
            slide.play()
            self._shut = False
            yield from self.wait(10.0)
        finally:
            self._shut = False

    @event(
        fr="La lumière baisse",
        en="The light gets lower",
        min_level=2,
        cooldown_s=20.0,
        warning={
            "fr": "La lumière baisse lentement pendant quelques secondes, puis revient.",
            "en": "The light slowly gets lower for some seconds, then comes back.",
        },
    )
    def dimmer(self) -> Steps:
        """Within four seconds down, some seconds low, and as slowly back."""
        try:
            yield from self._speak("dimmer")
            yield from self._dims(1.0)
            yield from self.wait(8.0)
            yield from self._dims(0.0)
        finally:
            self._dim = 0.0

    def _dims(self, to: float) -> Steps:
        while self._dim != to:
            passed = yield
            self._dim = _towards(self._dim, to, 0.25 * passed)

    @event(
        fr="La ventilation s'arrête",
        en="The ventilation stops",
        min_level=2,
        cooldown_s=20.0,
        warning={
            "fr": "Le souffle d'air s'éteint pendant quinze secondes.",
            "en": "The stream of air dies down for fifteen seconds.",
        },
    )
    def fan_stops(self) -> Steps:
        """It runs down and is heard to; after a while it comes back softly."""
        try:
            self.stage.sound("scanner/fan_stops", at=(0.0, -0.5, 1.3), volume=0.6).play()
            passed = 0.0
            while passed < 2.5:
                passed += yield
                self._fan = max(0.0, 1.0 - passed / 2.5)
            yield from self._speak("fan")
            yield from self.wait(9.0)
            while passed < 6.5:
                passed += yield
                self._fan = min(1.0, (passed - 2.5) / 4.0)
        finally:
            self._fan = 1.0

    @event(
        fr="Une pause entre deux séquences",
        en="A pause between two sequences",
        min_level=1,
        cooldown_s=15.0,
        warning={"fr": "Tout se tait quelques secondes.", "en": "All is silent for some seconds."},
    )
    def pause(self) -> Steps:
        """Nothing is heard for a while: waiting, with nothing to follow."""
        mine = self._sequences.lead()
        try:
            yield from self._speak("pause")
            self._quiet = 0.1
            yield from self.wait(12.0)
        finally:
            self._quiet = 1.0
            self._sequences.leave(mine)

    # -- tasks

    @task(
        fr="Restez immobile jusqu'à la fin de la séquence.",
        en="Keep still until the sequence is over.",
        min_level=2,
        requires=(place.at_least(LYING),),
    )
    def still(self) -> Steps:
        """One that runs from its announcement to its end, the softest where none is set; one
        that an event has begun will do as well. The therapist sees who moves."""
        if not self._sequences.led:
            yield from self._run(max(LOCALISER, round(self.sequence)))
        while self._sequences.led:
            yield

    @task(
        fr="Attendez sur la chaise de la salle que l'on vous appelle.",
        en="Wait on the chair in the room until you are called.",
        requires=(place.at_most(DOOR),),
    )
    def waits(self) -> Steps:
        """Half a minute on the chair, before the machine that is idle; both ways behind a fade."""
        try:
            self._waits = True
            yield from self.wait(3.0)
            yield from self._speak("wait", CHAIR_EYES)
            yield from self.wait(22.0)
            yield from self._speak("your_turn", CHAIR_EYES)
        finally:
            self._waits = False
        yield from self.wait(1.0)

    @task(fr="Regardez vers la vitre pendant dix secondes.", en="Look to the window, ten seconds.")
    def window(self) -> Steps:
        """Along the body, as the mirror shows it."""
        yield from self.looking("window", seconds=10.0)

    @task(
        fr="Regardez le haut du tunnel pendant dix secondes.",
        en="Look at the roof of the tube for ten seconds.",
        min_level=3,
        requires=(depth.at_least(1),),
    )
    def look_up(self) -> Steps:
        """Ten seconds in total, the roof a hand's length away."""
        yield from self.looking("roof", seconds=10.0)

    @task(
        fr="Trouvez la poire des yeux.",
        en="Find the ball with your eyes.",
        min_level=2,
        requires=(place.at_least(LYING),),
    )
    def find_ball(self) -> Steps:
        """What it is for is said first."""
        yield from self._speak("ball")
        yield from self.looking("ball", seconds=3.0)

    @task(
        fr="Fermez les yeux et comptez lentement jusqu'à dix, puis rouvrez-les.",
        en="Close your eyes and slowly count to ten, then open them.",
    )
    def eyes_shut(self) -> None:
        """The therapist sees it, and says when it is done."""


def _towards(now: float, wanted: float, most: float) -> float:
    """`now`, nearer to `wanted` by `most` at the most."""
    return now + min(most, max(-most, wanted - now))
