"""Owns a lift and its landing: what each level is; knows no engine, no renderer.

Axes: the landing lies at y below 0, the doors are in the wall at y = 0, the cabin is behind it.
Whoever stands in the cabin faces the doors, and has the panel with the buttons at the right.
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
    Steps,
    Vec,
    event,
    task,
)

from .sizes import CARRIES, DOORS_M, IN_CASE, SIZES
from .trip import (
    BUTTONS,
    CLOSING,
    FLOORS,
    OPEN,
    OPENING,
    OPENS_S,
    RIDING,
    STALLED,
    TOP,
    Trip,
)

LANDING, BEFORE, THRESHOLD, INSIDE, BACK = 0, 1, 2, 3, 4
"""Where the patient stands, by its number in the choice."""
FRONT_Y = 0.27  # where a cabin begins
PANEL_Y, ALARM_Z, DOOR_Z = 0.49, 0.95, 1.25
OFF_BACK_M = 0.24  # of the eyes of whoever leans on the back wall
ASIDE = 26.0  # degrees by which who leans there stands turned, towards the panel
DIMS_S = 1.0  # lamps need so long from full light to none at least
LOWEST, DARKENS, FAILS = 0.25, 0.42, 0.2
"""At the first share of its light a cabin has its emergency lamp alone; by how much all else is
darker then, and once more where the light fails."""
LEAST_STALL_S, MOST_STALL_S = 12.0, 45.0  # so long an event holds the cabin
PLATE_Y, PLATE_Z, NOTICE_Y, NOTICE_Z = 0.49, 1.885, 0.755, 1.42
SIGNS_Y = -4.27
LOOK_S, PRESS_S, STAYS_S = 10.0, 3.0, 10.0
CALL_ASIDE_M, CALL_Z, CALLS_S, COMES_S = 0.2725, 1.11, 2.0, 6.0


class Lift(Scenario):
    """A lift that is first looked at from the landing, and at last stands between two floors."""

    id = "enclosed.lift"
    version = "1.0.0"
    title = {"fr": "L'ascenseur", "en": "The lift"}
    summary = {
        "fr": "Taille, lumière, portes, vitesse, étages, panne, air et bruits se règlent.",
        "en": "Size, light, doors, speed, floors, stall, air and noise can each be set.",
    }
    phobia = "claustrophobia"
    levels = {
        0: {
            "fr": "Sur le palier, à trois mètres d'un grand ascenseur ouvert, bien éclairé.",
            "en": "On the landing, three metres from a large, open, well-lit lift.",
        },
        1: {"fr": "Juste devant les portes ouvertes.", "en": "Right in front of the open doors."},
        2: {
            "fr": "Un pas dans la grande cabine, les portes ouvertes derrière vous.",
            "en": "One step into the large cabin, the doors open behind you.",
        },
        3: {"fr": "Dedans, face aux portes ouvertes.", "en": "Inside, facing the open doors."},
        4: {
            "fr": "Les portes se ferment cinq secondes, puis se rouvrent au même étage.",
            "en": "The doors shut for five seconds, then open again on the same floor.",
        },
        5: {"fr": "Une cabine moins grande ; un étage.", "en": "A smaller cabin; one floor."},
        6: {
            "fr": "Une cabine pour huit personnes ; trois étages, une lumière un peu plus faible.",
            "en": "A cabin for eight people; three floors, the light a little weaker.",
        },
        7: {
            "fr": "Une petite cabine ; cinq étages, avec un arrêt de dix secondes entre deux.",
            "en": "A small cabin; five floors, with a stop of ten seconds between two of them.",
        },
        8: {
            "fr": "Le dos contre le fond ; arrêt de trente secondes, moins de lumière et d'air.",
            "en": "Your back to the rear wall; a stop of thirty seconds, less light and less air.",
        },
        9: {
            "fr": "Une cabine étroite et sombre, bloquée une minute entre deux étages.",
            "en": "A narrow, dark cabin, stuck for a minute between two floors.",
        },
        10: {
            "fr": "Une cabine d'une place, presque dans le noir, sans air, bloquée deux minutes.",
            "en": "A cabin for one, almost dark, without air, stuck for two minutes.",
        },
    }
    contraindications = ("confined", "sudden_noise")
    comfort = Comfort(motion="none")
    warnings = (
        {
            "fr": "Espace clos, panne entre deux étages, lumière qui faiblit, bruits soudains.",
            "en": "A closed space, a stop between two floors, light that fails, sudden noises.",
        },
    )
    lines = {
        "hello": {
            "fr": "Ici le poste de sécurité. Je vous écoute.",
            "en": "This is the security desk. I am listening.",
        },
        "seen": {
            "fr": "Je vois que votre cabine est arrêtée. Un technicien est prévenu.",
            "en": "I see that your cabin has stopped. An engineer has been told.",
        },
        "stay": {
            "fr": "Restez dans la cabine, s'il vous plaît. Cela peut prendre quelques minutes.",
            "en": "Please stay in the cabin. This may take a few minutes.",
        },
    }
    targets = {
        "doors": {"fr": "les portes", "en": "the doors"},
        "alarm": {"fr": "le bouton d'alarme", "en": "the alarm button"},
        "call": {"fr": "le bouton d'appel, près des portes", "en": "the call button, by the doors"},
    }
    expected_distress = {0: 5, 2: 15, 4: 35, 6: 55, 8: 75, 10: 95}

    place = Graded.choice(
        {0: LANDING, 1: BEFORE, 2: THRESHOLD, 3: INSIDE, 8: BACK, 10: BACK},
        options=(
            {"fr": "sur le palier", "en": "on the landing"},
            {"fr": "devant les portes", "en": "before the doors"},
            {"fr": "un pas à l'intérieur", "en": "one step inside"},
            {"fr": "dans la cabine", "en": "in the cabin"},
            {"fr": "au fond de la cabine", "en": "at the back of the cabin"},
        ),
        fr="endroit",
        en="place",
    )
    cabin = Graded.choice(
        {0: 0, 5: 1, 6: 2, 7: 3, 9: 4, 10: 5},
        options=tuple({"fr": fr, "en": en} for *_size, fr, en in SIZES),
        fr="taille de la cabine",
        en="size of the cabin",
    )
    light = Graded(
        {0: 100, 3: 100, 8: 64, 10: 34}, fr="lumière", en="light", unit="%", rate=8.0, step=10.0
    )
    shut = Graded.steps(
        {0: 0, 4: 5, 6: 15, 8: 30, 9: 60, 10: 120}, fr="portes fermées", en="doors shut", unit="s"
    )
    speed = Graded(
        {0: 1.0, 6: 1.0, 8: 0.8, 10: 0.5},
        fr="vitesse",
        en="speed",
        unit="m/s",
        rate=0.1,
        step=0.2,
        decimals=1,
    )
    floors = Graded.steps(
        {0: 0, 4: 0, 5: 1, 6: 3, 7: 5, 8: 6, 9: 8, 10: 12}, fr="étages", en="floors", step=2.0
    )
    stall = Graded.steps(
        {0: 0, 6: 0, 7: 10, 8: 30, 9: 60, 10: 120}, fr="panne", en="stall", unit="s", step=15.0
    )
    air = Graded(
        {0: 100, 6: 100, 8: 50, 10: 0}, fr="ventilation", en="ventilation", unit="%", rate=10.0
    )
    noise = Graded({0: 30, 4: 40, 10: 100}, fr="bruits", en="noise", unit="%", rate=10.0, step=20.0)
    interlocks = (
        # doors do not shut behind whoever is still outside or in the doorway
        shut.at_least(1).requires(place.at_least(INSIDE)),
        # no lift travels with its doors open
        floors.at_least(1).requires(shut.at_least(1)),
        stall.at_least(1).requires(floors.at_least(1)),
    )
    bat = Bat(
        instruction={
            "fr": "Allez aussi loin que vous le voulez ; vous pouvez vous arrêter à tout moment.",
            "en": "Go as far as you want to; you can stop at any moment.",
        },
        steps=tuple(
            BatStep(fr=fr, en=en, level=level, seconds=seconds, task=task)
            for level, seconds, task, fr, en in (
                (0, 10, None, "Sur le palier.", "On the landing."),
                (1, 10, None, "Devant les portes ouvertes.", "Before the open doors."),
                (1, 15, "press_call", "Appeler l'ascenseur.", "Call the lift."),
                (1, 10, "step_in", "Entrer et ressortir.", "Step in and out again."),
                (3, 15, None, "Dans la cabine, portes ouvertes.", "In the cabin, doors open."),
                (4, 20, None, "Les portes se ferment.", "The doors shut."),
                (5, 30, None, "Un étage.", "One floor."),
                (6, 40, None, "Une cabine plus petite, trois étages.", "Smaller, three floors."),
                (7, 50, None, "Un arrêt de dix secondes.", "A stop of ten seconds."),
                (8, 75, None, "Un arrêt de trente secondes.", "A stop of thirty seconds."),
                (9, 120, None, "Une cabine étroite, une minute.", "A narrow cabin, one minute."),
                (10, 180, None, "Une place, deux minutes.", "Room for one, two minutes."),
            )
        ),
        measure="shut",
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._here = (LANDING, 0, False)
        self._burns: float = 1.0
        self.safe()

    def build(self) -> None:
        """The landing, all lifts behind its wall, of which one is there, and floor numbers."""
        stage = self.stage
        self._landing = stage.model("lift/landing")
        self._cabins: list[Node] = [stage.model(size[0]) for size in SIZES]
        self._told: list[dict[str, float]] = [{} for _ in SIZES]
        for cabin, (_name, wide, *_size), (people, kilos) in zip(
            self._cabins, SIZES, CARRIES, strict=True
        ):
            self._notices(cabin, -wide / 2, people, kilos)
        hung = {"heading": 180.0, "height": 0.30, "width": 0.56}
        self._numbers = [
            self._sign({"fr": f"{n}", "en": f"{n}"}, (0.0, SIGNS_Y, 1.42), **hung)
            for n in range(FLOORS + 1)
        ]
        words = {"fr": "Ascenseur", "en": "Lift"}
        self._sign(words, (-1.45, -0.012, 1.62), height=0.055, width=0.5)
        self._doors_seen = stage.target("doors", at=(0.0, 0.1, DOOR_Z), radius=0.5)
        self._call_seen = stage.target("call", at=(0.9, 0.0, CALL_Z), radius=0.12)
        self._alarm_seen = stage.target("alarm", at=(-0.9, PANEL_Y, ALARM_Z), radius=0.12)
        self._quiet = stage.sound("calm/room", loop=True, volume=0.35)
        self._motor = stage.sound("lift/motor", at=(0.0, 1.0, 3.2), loop=True, volume=0.01)
        self._fan = stage.sound("lift/ventilation", at=(0.0, 1.0, 2.3), loop=True, volume=0.25)
        self._heard = {
            name: stage.sound(f"lift/{name}", at=at, volume=0.45)
            for name, at in (
                ("doors", (0.0, 0.2, 1.6)),
                ("relay", (0.3, 0.6, 2.6)),
                ("jolt", (0.0, 1.0, 2.6)),
                ("ding", (-0.4, 0.4, 1.9)),
            )
        }
        self.update(0.0)

    def _notices(self, cabin: Node, wall_x: float, people: int, kilos: int) -> None:
        """What hangs in a cabin: how many it carries, and what to do where it stops."""
        fr, en = ("personne", "person") if people == 1 else ("personnes", "people")
        load = {"fr": f"{people} {fr} · {kilos} kg", "en": f"{people} {en} · {kilos} kg"}
        for words, y, z in ((load, PLATE_Y, PLATE_Z), (IN_CASE, NOTICE_Y, NOTICE_Z)):
            at = (wall_x + 0.001, y, z)
            self.stage.text(words, at=at, heading=90.0, height=0.011, width=0.24, parent=cabin)

    def _sign(self, words: dict[str, str], at: Vec, **size: float) -> Node:
        return self.stage.text(words, at=at, plate="dark_metal", parent=self._landing, **size)

    def update(self, dt: float) -> None:
        """Let the lift go on, and bring it and its light to the applied values."""
        here = place, size, shuts = round(self.place), round(self.cabin), self.shut > 0.0
        if here[:2] != self._here[:2] or shuts > self._here[2]:
            self._trip = Trip()
        self._here = here
        self._stand(THRESHOLD if self._stepped_in else place, size)
        trip = self._trip
        if dt > 0.0 and self._ajar is None:
            heard = trip.advance(
                dt,
                shut=self.shut,
                floors=self.floors,
                stall=self.stall,
                speed=self.speed,
                held=self._held,
            )
            if heard:
                self._heard[heard].play()
        for number, cabin in enumerate(self._cabins):
            cabin.visible = number == size
        floor = round(trip.floor)
        for number, sign in enumerate(self._numbers):
            sign.visible = number == floor
        wanted = self.light / 100.0 * (1.0 - 0.85 * self._failed)
        most = 1.0 if dt == 0.0 else dt / DIMS_S
        self._burns += min(most, max(-most, wanted - self._burns))
        self.stage.darken(DARKENS * (1.0 - self._burns) + FAILS * self._failed)
        self._tell(size)
        self._sound(dt, place)

    def safe(self) -> None:
        """The lift is back on the ground floor, its doors open."""
        self._trip = Trip()
        self._failed = self._blown = 0.0
        self._burns = 1.0
        self._held = self._stepped_in = self._alarmed = self._called = False
        self._ajar: float | None = None

    def _stand(self, place: int, size: int) -> None:
        """Put the patient's feet there; another lift, too, comes behind a fade."""
        aside = 0.01 * size
        if place <= BEFORE:
            y = -2.9 if place == LANDING else -0.62
            self.stage.viewer.stand((aside, y, 0.0), looking_down=5.0)
        elif place == THRESHOLD:
            self.stage.viewer.stand((0.0, FRONT_Y + 0.30, 0.0), looking_down=6.0)
        else:
            back = FRONT_Y + SIZES[size][2] - OFF_BACK_M
            middle = min(FRONT_Y + SIZES[size][2] * 0.6, back)
            y = back if place == BACK else middle
            turned, down = (ASIDE, 4.0) if place == BACK else (0.0, 1.0)
            self.stage.viewer.stand((0.0, y, 0.0), heading=180.0 - turned, looking_down=down)
        self._alarm_seen.at = (-SIZES[size][1] / 2, PANEL_Y, ALARM_Z)
        self._call_seen.at = (DOORS_M[size] / 2 + CALL_ASIDE_M, 0.0, CALL_Z)

    def _tell(self, size: int) -> None:
        """Doors, figures, arrow and lit buttons of the lift that is there."""
        trip = self._trip
        way = 0.0 if trip.state != RIDING else 0.5 if trip.goal > trip.floor else 1.0
        lit = (trip.goal + 1) / (BUTTONS + 1) if trip.state in (RIDING, STALLED) else 0.0
        told = {"doors": trip.doors if self._ajar is None else self._ajar, "way": way, "lit": lit}
        told["light"] = max(0.0, (self._burns - LOWEST) / (1.0 - LOWEST))
        told |= {"floor": round(trip.floor) / TOP, "alarm": float(self._alarmed)}
        told["call"] = float(self._called)
        if told != self._told[size]:
            self._told[size] = told
            for name, value in told.items():
                self._cabins[size].set(name, value)

    def _sound(self, dt: float, place: int) -> None:
        """Motor and air swell and fade over a second; on the landing the air is far away."""
        rides = self._trip.state == RIDING and self._ajar is None
        near = 0.75 if place >= THRESHOLD or self._stepped_in else 0.25
        fan = near * self.air / 100.0 * (1.0 - self._blown)
        for sound, goal in ((self._motor, self.noise / 100.0 if rides else 0.01), (self._fan, fan)):
            most = 1.0 if dt == 0.0 and sound.volume > 0.0 else dt / 1.2
            sound.volume += min(most, max(-most, goal - sound.volume))
        self._motor.rate = 0.8 + 0.2 * self.speed
        self._quiet.volume = 0.35 if place <= THRESHOLD else 0.12

    # -- events

    @event(
        fr="La cabine s'arrête entre deux étages",
        en="The cabin stops between two floors",
        min_level=6,
        cooldown_s=30.0,
        requires=(floors.at_least(1),),
        warning={
            "fr": "La cabine s'arrête d'un coup entre deux étages, puis repart.",
            "en": "The cabin stops all at once between two floors, then goes on.",
        },
    )
    def stops(self) -> Steps:
        """It is held where it is, or after it has set off, and goes on by itself."""
        if self._trip.state in (OPEN, OPENING):
            self._trip.state = CLOSING
        self.stage.sound("lift/jolt", at=(0.0, 1.0, 2.9), volume=0.4).play()
        holds = min(MOST_STALL_S, max(LEAST_STALL_S, self.stall))
        try:
            self._held = True
            yield from self.wait(holds)
        finally:
            self._held = False

    @event(
        fr="Une secousse",
        en="A jolt",
        min_level=4,
        cooldown_s=20.0,
        requires=(shut.at_least(1),),
        warning={
            "fr": "Une secousse s'entend tout autour ; rien ne bouge.",
            "en": "A jolt is heard all around; nothing moves.",
        },
    )
    def jolt(self) -> Steps:
        """Heard all around."""
        self.stage.sound("lift/jolt", at=(0.2, 1.0, 2.9), volume=0.5).play()
        yield from self.wait(3.0)

    @event(
        fr="La lumière faiblit",
        en="The light fails",
        min_level=3,
        cooldown_s=30.0,
        warning={
            "fr": "La lumière faiblit pendant dix secondes, presque jusqu'au noir, puis revient.",
            "en": "The light fails for ten seconds, almost to darkness, then comes back.",
        },
    )
    def light_fails(self) -> Steps:
        """It sinks within two seconds, stays low for eight and comes back."""
        self.stage.sound("lift/relay", at=(0.3, 0.8, 2.5)).play()
        passed = 0.0
        try:
            while passed < 12.0:
                passed += yield
                self._failed = min(1.0, passed / 2.0, max(0.0, (12.0 - passed) / 2.0))
        finally:
            self._failed = 0.0

    @event(
        fr="La ventilation s'arrête",
        en="The ventilation stops",
        min_level=3,
        cooldown_s=30.0,
        requires=(air.at_least(10),),
        warning={
            "fr": "La ventilation s'arrête pendant vingt secondes ; le silence se fait soudain.",
            "en": "The ventilation stops for twenty seconds; it is suddenly quiet.",
        },
    )
    def air_stops(self) -> Steps:
        """A relay is heard, the fan runs down, and starts again later."""
        self.stage.sound("lift/relay", at=(0.0, 1.0, 2.3)).play()
        try:
            self._blown = 1.0
            yield from self.wait(20.0)
            self.stage.sound("lift/relay", at=(0.0, 1.0, 2.3), volume=0.6).play()
        finally:
            self._blown = 0.0

    @event(
        fr="Les portes s'ouvrent mal",
        en="The doors jam",
        min_level=4,
        cooldown_s=40.0,
        requires=(shut.at_least(1),),
        warning={
            "fr": "Les portes s'entrouvrent, se referment, puis s'ouvrent pour de bon.",
            "en": "The doors open by a hand's breadth, shut again, and then open for good.",
        },
    )
    def sticks(self) -> Steps:
        """On the floor that is nearest; six seconds lie between the first try and the second."""
        trip, doors = self._trip, self.stage.sound("lift/doors", at=(0.0, 0.2, 1.6), volume=0.6)
        trip.floor = float(round(trip.floor))
        doors.play()
        now = self._ajar = trip.doors
        try:
            for goal, seconds in ((0.0, 0.2 + OPENS_S * now), (0.12, 1.0), (0.12, 1.0), (0.0, 1.0)):
                yield from self._slide(goal, seconds)
            self.stage.sound("lift/relay", at=(0.2, 0.2, 2.3)).play()
            yield from self.wait(6.0)
            doors.play()
            yield from self._slide(1.0, OPENS_S)
        finally:
            trip.state, trip.doors, trip.waited = OPENING, self._ajar or 0.0, 0.0
            self._ajar = None

    def _slide(self, goal: float, seconds: float) -> Steps:
        """Let the doors slide, led by an event."""
        start, passed = self._ajar or 0.0, 0.0
        while passed < seconds:
            passed += yield
            self._ajar = start + (goal - start) * min(1.0, passed / seconds)

    @event(
        fr="Un message à l'interphone",
        en="A message on the intercom",
        min_level=2,
        cooldown_s=30.0,
        warning={
            "fr": "L'interphone sonne, puis des messages (sous-titrés) ; aucune réponse attendue.",
            "en": "The intercom sounds, then messages shown as text; no answer is expected.",
        },
    )
    def voice(self) -> Steps:
        """Who speaks has seen the cabin stand, or only asks who is there."""
        stands = self._trip.state == STALLED
        yield from self._speaks(*(("seen", "stay") if stands else ("hello",)))

    @event(
        fr="Des pas sur le palier",
        en="Steps on the landing",
        min_level=0,
        cooldown_s=20.0,
        warning={
            "fr": "Quelqu'un marche derrière la cloison ; personne n'entre.",
            "en": "Somebody walks behind the wall; nobody comes in.",
        },
    )
    def steps(self) -> Steps:
        """Heard through doors and wall, from the stairs."""
        self.stage.sound("people/steps", at=(2.0, -1.8, 0.1)).play()
        yield from self.wait(5.5)

    def _speaks(self, *lines: str) -> Steps:
        """The intercom sounds, and these lines are read, as from the panel."""
        at = (-SIZES[round(self.cabin)][1] / 2, PANEL_Y, 1.6)
        self.stage.sound("lift/intercom", at=at).play()
        yield from self.wait(1.6)
        for line in lines:
            yield from self.wait(self.stage.say(line, at=at) + 0.6)

    # -- tasks

    @task(
        fr="Regardez le bouton d'appel deux secondes : l'ascenseur vient et s'ouvre.",
        en="Look at the call button for two seconds: the lift comes and opens.",
        requires=(place.at_most(BEFORE),),
    )
    def press_call(self) -> Steps:
        """The gaze presses it; the doors are shut until then, and open when the lift is there."""
        doors = self.stage.sound("lift/doors", at=(0.0, 0.2, 1.6), volume=0.5)
        self._ajar = self._trip.doors
        try:
            doors.play()
            yield from self._slide(0.0, 0.2 + OPENS_S * self._ajar)
            yield from self.looking("call", seconds=CALLS_S)
            self._called = True
            self.stage.sound("lift/relay", at=(0.3, 0.2, 2.3), volume=0.6).play()
            yield from self.wait(COMES_S)
            self._called = False
            self.stage.sound("lift/ding", at=(-0.4, 0.4, 1.9), volume=0.5).play()
            doors.play()
            yield from self._slide(1.0, OPENS_S)
        finally:
            self._trip = Trip(doors=self._ajar or 0.0, state=OPENING)
            self._ajar, self._called = None, False

    @task(
        fr="Entrez dans l'ascenseur, restez-y dix secondes, puis ressortez.",
        en="Step into the lift, stay there for ten seconds, then step out.",
        requires=(place.at_most(BEFORE),),
    )
    def step_in(self) -> Steps:
        """The scene takes both steps, behind a fade; the doors stay open all the while."""
        try:
            self._stepped_in = True
            yield from self.wait(STAYS_S)
        finally:
            self._stepped_in = False
        yield from self.wait(1.0)

    @task(
        fr="Regardez les portes pendant dix secondes.",
        en="Look at the doors for ten seconds.",
    )
    def look_doors(self) -> Steps:
        """Ten seconds in total; glances away do not count, and do not begin it anew."""
        yield from self.looking("doors", seconds=LOOK_S)

    @task(
        fr="Regardez le bouton d'alarme et gardez-le enfoncé trois secondes.",
        en="Look at the alarm button and hold it down for three seconds.",
        min_level=3,
        warning={
            "fr": "Une sonnerie, puis un message (sous-titré) répond à l'interphone.",
            "en": "A bell rings, then a message shown as text answers on the intercom.",
        },
    )
    def press_alarm(self) -> Steps:
        """The gaze presses it; the bell rings, the line opens, a message answers."""
        yield from self.looking("alarm", seconds=PRESS_S)
        try:
            self._alarmed = True
            self.stage.sound("lift/alarm", at=(0.5, 1.0, 4.0)).play()
            yield from self.wait(4.5)
            yield from self._speaks("hello", "seen", "stay")
        finally:
            self._alarmed = False

    @task(
        fr="Posez les deux mains sur la paroi et respirez lentement, cinq fois.",
        en="Put both hands on the wall and breathe slowly, five times.",
        min_level=2,
    )
    def hands(self) -> None:
        """What the hands find in the room will do for a wall: the therapist sees it."""

    @task(
        fr="Comptez les étages à voix haute, jusqu'à ce que les portes s'ouvrent.",
        en="Count the floors aloud until the doors open.",
        min_level=5,
        requires=(floors.at_least(1),),
    )
    def count(self) -> Steps:
        """Done once doors have opened at the end of a ride."""
        before = self._trip.arrivals
        while self._trip.arrivals <= before:
            yield

    @task(
        fr="Tournez le dos aux portes pendant dix secondes.",
        en="Turn your back to the doors for ten seconds.",
        min_level=3,
    )
    def back_turned(self) -> None:
        """The therapist sees it."""
