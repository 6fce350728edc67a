"""Owns a scanner (MRI) and its room: what each level is; knows no engine, no renderer.

Axes: the tube lies along y, its front opening at y = 0, its axis at z = 1 m; whoever lies on the
table has the feet towards +y, where the pane of the control room is. Ahead of who lies is along
the body, as a mirror above the eyes shows it; the roof of the tube is above.
"""

from __future__ import annotations

from scenarios.api import (
    Bat,
    BatStep,
    Comfort,
    Context,
    Graded,
    Node,
    Scenario,
    Sound,
    Steps,
    event,
    task,
)

AXIS_Z, TUBE_CM = 1.0, 70.0
"""Height of the tube's axis, and its width as it ships."""
EYES_Z, OUTSIDE_Y = 1.035, 0.62
"""Eyes of who lies: their height, and where they are while the head is outside."""
DOOR, BESIDE, LYING = 0, 1, 2
NONE, OPEN, CLOSED = 0, 1, 2
"""Where the patient is, and the head coil, by their numbers in the choices."""
SILENT, LOCALISER, SPIN, GRADIENT, PLANAR = 0, 1, 2, 3, 4
SEQUENCES = tuple(
    f"scanner/{each}" for each in ("localiser", "spin_echo", "gradient_echo", "echo_planar")
)
LASTS_S = (15.0, 30.0, 60.0)
SAID = ("next_15", "next_30", "next_60")
"""How long a sequence lasts, by the choice, and what the operator then says of it."""
SWELL_PER_S, SLIDE_PER_S = 0.4, 0.1
"""How fast sequences swell and end, and how slowly the coil slides: near bars must not flash."""
LAMPS = ((0.0, -0.30, 1.02), (0.0, -1.05, 1.02))
LAMP_SHARE, DARKEST = 0.054, 0.62
DEEPER_M, SUNK_M = 0.10, 0.03
"""How far an event moves the table in; how much lower eyes lie as the tube narrows."""
UP_OUT, UP_IN, LESS_A_METRE = 6.0, 30.0, 15.0
"""Degrees by which a flat picture looks up outside, at the opening, and less for each metre in:
the edge of the tube is in it, and later its roof."""


class Scanner(Scenario):
    """A scanner that is looked at from the door, and in the end lain in up to the waist."""

    id = "enclosed.scanner"
    version = "1.0.0"
    title = {"fr": "L'IRM", "en": "The MRI scanner"}
    summary = {
        "fr": "Une salle d'IRM : profondeur dans le tunnel, largeur, antenne de tête, lumière, "
        "ventilation, bruit et durée des séquences se règlent séparément.",
        "en": "The room of an MRI scanner: depth in the tube, its width, the head coil, light, "
        "ventilation, noise and length of the sequences are set apart from each other.",
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
            "en": "The head passes the tube's opening; the whole room can be seen.",
        },
        4: {
            "fr": "La tête est dans le tunnel ; l'antenne est ouverte, quelques clics légers.",
            "en": "The head is in the tube; the coil is open, there are light clicks.",
        },
        5: {
            "fr": "La tête et les épaules sont dans le tunnel ; des coups sourds, atténués.",
            "en": "Head and shoulders are in the tube; dull thumps, far off.",
        },
        6: {
            "fr": "La poitrine est dans le tunnel ; l'antenne se ferme devant le visage.",
            "en": "The chest is in the tube; the coil closes before the face.",
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
    contraindications = ("confined", "sudden_noise")
    comfort = Comfort(motion="none")
    warnings = (
        {
            "fr": "Tunnel étroit, antenne devant le visage, bruits de séquences, lumière et air "
            "réduits. La poire tient lieu de la commande de sortie du patient, à essayer avant.",
            "en": "A narrow tube, a coil before the face, noise of sequences, less light and air. "
            "The ball stands for the patient's own leave control, to be tried before.",
        },
    )
    targets = {
        "window": {"fr": "la vitre de la salle de commande", "en": "the control room's window"},
        "roof": {"fr": "le haut du tunnel", "en": "the roof of the tube"},
        "ball": {"fr": "la poire", "en": "the ball"},
    }
    lines = {
        "hello": {
            "fr": "Nous sommes derrière la vitre. Êtes-vous à l'aise ?",
            "en": "We are behind the window. Are you comfortable?",
        },
        "well": {
            "fr": "Tout se passe comme prévu. Restez bien immobile.",
            "en": "All goes as planned. Keep quite still.",
        },
        "ball": {
            "fr": "La poire est dans votre main. Pour sortir, pressez-la avec votre commande de "
            "sortie, ou dites-le : à tout moment.",
            "en": "The ball is in your hand. To leave, squeeze it with your leave control, or say "
            "so: at any moment.",
        },
        "next_15": {
            "fr": "La séquence suivante dure quinze secondes.",
            "en": "The next sequence lasts fifteen seconds.",
        },
        "next_30": {
            "fr": "La séquence suivante dure trente secondes.",
            "en": "The next sequence lasts thirty seconds.",
        },
        "next_60": {
            "fr": "La séquence suivante dure une minute.",
            "en": "The next sequence lasts one minute.",
        },
        "ended": {
            "fr": "La séquence est terminée. Restez immobile.",
            "en": "The sequence is over. Keep still.",
        },
        "table_in": {
            "fr": "La table avance de dix centimètres.",
            "en": "The table moves in by ten centimetres.",
        },
        "table_out": {"fr": "La table revient.", "en": "The table comes back."},
        "coil_shut": {
            "fr": "L'antenne se ferme devant votre visage.",
            "en": "The coil closes before your face.",
        },
        "coil_open": {"fr": "L'antenne s'ouvre.", "en": "The coil opens."},
        "dimmer": {"fr": "La lumière baisse un moment.", "en": "The light is lower for a while."},
        "fan": {
            "fr": "La ventilation s'arrête un moment.",
            "en": "The ventilation stops for a while.",
        },
        "pause": {"fr": "Une courte pause. Ne bougez pas.", "en": "A short pause. Do not move."},
    }
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
        {0: -30, 4: -22, 6: -15, 8: -8, 10: 0},
        fr="bruit, sous le plus fort permis",
        en="noise, below the loudest allowed",
        unit="dB",
        rate=1.5,
        step=5.0,
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
                (0, 10, None, "À l'entrée de la salle.", "At the entrance of the room."),
                (1, 10, None, "À côté de la table.", "Beside the table."),
                (2, 15, None, "Allongé, hors du tunnel.", "Lying, outside the tube."),
                (3, 15, None, "La tête à l'entrée.", "The head at the opening."),
                (4, 15, "look_up", "La tête dedans : regarder en haut.", "Head in: look up."),
                (5, 20, None, "Les épaules dedans.", "Shoulders in."),
                (6, 20, None, "L'antenne fermée.", "The coil closed."),
                (6, 20, "still", "Rester immobile une séquence.", "Keep still for a sequence."),
                (8, 20, None, "Jusqu'à la taille.", "In up to the waist."),
                (10, 30, None, "Presque tout le corps.", "Nearly the whole body."),
                (10, 30, "still", "Immobile une séquence entière.", "Still for a whole sequence."),
            )
        ),
        measure="depth",
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.safe()
        self._heard: list[float] = [0.0] * len(SEQUENCES)
        self._front, self._loud = 0.0, 1.0

    def build(self) -> None:
        """The room, tube and table; whoever lies there and the coil are not seen yet."""
        stage = self.stage
        self._room = room = stage.model("scanner/room")
        self._tube = stage.model("scanner/tube", at=(0.0, 0.0, AXIS_Z), parent=room)
        couch = self._couch = stage.model("scanner/couch", at=(0.0, OUTSIDE_Y, 0.0), parent=room)
        self._body = stage.model("scanner/patient", parent=couch)
        self._ball = stage.model("scanner/ball", parent=couch)
        stage.way_out(self._ball, "pressed", fr="pressez la poire", en="squeeze the ball")
        self._coil = stage.model("scanner/coil", at=(0.0, 0.0, EYES_Z), parent=couch)
        self._loops: list[Sound] = [
            stage.sound(name, at=(0.0, -0.85, AXIS_Z), parent=room, loop=True, volume=0.0)
            for name in SEQUENCES
        ]
        self._pump = stage.sound("scanner/pump", at=(0.6, -1.6, 1.4), loop=True, volume=0.4)
        self._stream = stage.sound("scanner/air", loop=True, volume=0.3)
        self._lights: list[Node] = [stage.lamp(at, reach=1.1, light=0.0) for at in LAMPS]
        for x in (-0.6, 0.0, 0.6):
            stage.target("window", at=(x, 4.05, 1.45), radius=0.55)
        self._roof = stage.target("roof", at=(0.0, 0.0, 1.40), radius=0.30, parent=couch)
        stage.target("ball", at=(0.13, 0.65, 0.99), radius=0.08, parent=couch)
        self.update(0.0)

    def update(self, dt: float) -> None:
        """Bring table, tube, coil, lights and sounds to the applied values."""
        lying = round(self.place) == LYING
        inside = 0.01 * self.depth + self._deeper if lying else 0.0
        y = -inside if inside > 0.0 else OUTSIDE_Y
        self._couch.at = (0.0, y, 0.0)
        self._body.visible = self._ball.visible = lying
        narrow = self.width / TUBE_CM
        self._tube.scale = (narrow, 1.0, narrow)
        # another tube is another place to be in, by some millimetres: it comes behind a fade
        other = SUNK_M * (1.0 - narrow)
        if lying:
            up = UP_IN - LESS_A_METRE * inside if inside > 0.0 else UP_OUT
            self.stage.viewer.lie((0.0, y, EYES_Z - other), looking_up=up)
        elif round(self.place) == BESIDE:
            self.stage.viewer.stand((0.95 + other, 1.75, 0.0), heading=152.0, looking_down=8.0)
        else:
            self.stage.viewer.stand((1.35 + other, 3.45, 0.0), heading=160.0, looking_down=4.0)
        self._close(dt)
        bright = 0.01 * self.light * (1.0 - 0.8 * self._dim)
        self._tube.set("lit", bright)
        for lamp in self._lights:
            lamp.set("light", LAMP_SHARE * bright)
        self.stage.darken(DARKEST * (1.0 - 0.01 * self.lamps * (1.0 - 0.35 * self._dim)))
        self._loud = _towards(self._loud, self._quiet, SWELL_PER_S * dt if dt > 0.0 else 1.0)
        self._stream.volume = 0.01 * self.air * self._fan * self._loud * (0.8 if lying else 0.2)
        self._pump.volume = 0.4 * self._loud
        self._sound(dt)

    def safe(self) -> None:
        """No sequence runs that an event began; table, coil, light and fan are as values say."""
        self._runs, self._shut = SILENT, False
        self._running = self._deeper = self._dim = 0.0
        self._quiet = self._fan = 1.0

    def _close(self, dt: float) -> None:
        """Let the front of the coil slide over the face, or back."""
        self._coil.visible = round(self.coil) >= OPEN or self._shut
        wanted = 1.0 if round(self.coil) == CLOSED or self._shut else 0.0
        self._front = _towards(self._front, wanted, SLIDE_PER_S * dt if dt > 0.0 else 1.0)
        self._coil.set("front", self._front)

    def _sound(self, dt: float) -> None:
        """Let one sequence swell and the others end, each within seconds."""
        runs = self._runs if self._runs != SILENT else round(self.sequence)
        loud = min(0.0, self.noise + 6.0 * self._running)
        for number, loop in enumerate(self._loops, 1):
            wanted = self._loud * 10.0 ** (loud / 20.0) if number == runs else 0.0
            step = SWELL_PER_S * dt if dt > 0.0 else 1.0
            self._heard[number - 1] = _towards(self._heard[number - 1], wanted, step)
            loop.volume = self._heard[number - 1]

    def _speak(self, line: str) -> Steps:
        """The intercom clicks, then the operator says a line."""
        self.stage.sound("scanner/intercom", at=(0.0, 0.4, 1.2), volume=0.9).play()
        yield from self.wait(0.5)
        yield from self.wait(self.stage.say(line))

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
        """Another kind than the one that runs, a little louder, for as long as the value says."""
        kind = round(self.sequence)
        try:
            self._quiet = 0.35
            yield from self._speak(SAID[round(self.length)])
            self._quiet, self._running = 1.0, 1.0
            self._runs = SPIN if kind <= LOCALISER else PLANAR if kind == GRADIENT else GRADIENT
            yield from self.wait(LASTS_S[round(self.length)] - 10.0)
            self._quiet = 0.0
            yield from self.wait(2.5)
            yield from self._speak("ended")
        finally:
            self.safe()

    @event(
        fr="La table avance",
        en="The table moves in",
        min_level=3,
        cooldown_s=20.0,
        requires=(place.at_least(LYING), depth.at_least(1)),
        warning={
            "fr": "La table avance de dix centimètres, derrière un fondu, puis revient.",
            "en": "The table moves in by ten centimetres, behind a fade, then comes back.",
        },
    )
    def deeper(self) -> Steps:
        """Announced and heard; the move itself is covered; some seconds later it comes back."""
        try:
            yield from self._speak("table_in")
            motor = self.stage.sound("scanner/table", at=(0.0, 0.8, 0.6))
            motor.play()
            yield from self.wait(2.0)
            self._deeper = DEEPER_M
            yield from self.wait(14.0)
            yield from self._speak("table_out")
            motor.play()
            yield from self.wait(2.0)
            self._deeper = 0.0
            yield from self.wait(2.5)
        finally:
            self.safe()

    @event(
        fr="La voix de l'opérateur",
        en="The operator's voice",
        cooldown_s=8.0,
        warning={"fr": "Une voix par l'interphone.", "en": "A voice from the intercom."},
    )
    def voice(self) -> Steps:
        """A calm sentence; before the patient lies it asks whether they are comfortable."""
        lying = round(self.place) == LYING
        yield from self._speak(self.random.choice(("hello", "well")) if lying else "hello")

    @event(
        fr="La voix : comment sortir",
        en="The voice: how to leave",
        min_level=2,
        cooldown_s=10.0,
        requires=(place.at_least(LYING),),
        warning={"fr": "Une voix par l'interphone.", "en": "A voice from the intercom."},
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
            "fr": "L'antenne glisse devant le visage, puis s'ouvre.",
            "en": "The coil slides before the face, then opens.",
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
            self.safe()

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
            self.safe()

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
            self.stage.sound("scanner/fan_stops", at=(0.0, -0.5, 1.3)).play()
            passed = 0.0
            while passed < 2.5:
                passed += yield
                self._fan = max(0.0, 1.0 - passed / 2.5)
            yield from self.wait(self.stage.say("fan"))
            yield from self.wait(9.0)
            while passed < 6.5:
                passed += yield
                self._fan = min(1.0, (passed - 2.5) / 4.0)
        finally:
            self.safe()

    @event(
        fr="Une pause entre deux séquences",
        en="A pause between two sequences",
        min_level=1,
        cooldown_s=15.0,
        warning={"fr": "Tout se tait quelques secondes.", "en": "All is silent for some seconds."},
    )
    def pause(self) -> Steps:
        """Nothing is heard for a while: waiting, with nothing to follow."""
        try:
            yield from self._speak("pause")
            self._quiet = 0.1
            yield from self.wait(12.0)
        finally:
            self.safe()

    # -- tasks

    @task(
        fr="Restez immobile jusqu'à la fin de la séquence.",
        en="Keep still until the sequence is over.",
        min_level=2,
        requires=(place.at_least(LYING),),
    )
    def still(self) -> Steps:
        """As long as the value says; the therapist sees who moves."""
        yield from self._speak(SAID[round(self.length)])
        yield from self.wait(LASTS_S[round(self.length)])

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
