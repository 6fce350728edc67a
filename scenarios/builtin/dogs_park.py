"""Owns dogs in a park: what each level is; knows no engine, no renderer.

Axes: the path leads along y to the gate at y = 0; behind it lies the fenced meadow. While there is
a fence between, the dog is just behind the gate and the patient on the path; within, both are in
the meadow. It is always the patient who is put nearer, behind a fade; a dog comes by its own steps.
"""

from __future__ import annotations

import math

from scenarios.api import Animal, Bat, BatStep, Comfort, Graded, Scenario, Steps, Vec, event, task

SMALL, MEDIUM, LARGE = 0, 1, 2
KINDS = ("small_dog", "medium_dog", "large_dog")
TALL_M = (0.34, 0.58, 0.74)
BARKS = ("dogs/bark_small", "dogs/bark_medium", "dogs/bark_large")
BARKING_S = 1.8
"""Three barks, as the sounds have them."""
COATS = ("patched", "golden", "black_tan")
CLOSED, OPEN, WITHIN = 0, 1, 2
SHORT, LONG, FREE = 0, 1, 2
ASLEEP, LIES, SITS, WAGS, PLAYS, BARKS_AT = range(6)
HOMES: tuple[Vec, Vec, Vec] = ((0.0, 2.0, 0.0), (0.0, 2.0, 0.0), (0.0, 15.0, 0.0))
"""Where the first dog belongs, by the fence."""
BESIDE: tuple[Vec, ...] = ((-1.15, 0.6, 0.0), (1.25, 0.45, 0.0), (-2.3, 2.4, 0.0))
"""Where the others belong, from there."""
OTHERS = (("medium_dog", "golden"), ("large_dog", "patched"), ("small_dog", "patched"))
MOST = 1 + len(OTHERS)
EYES_M = 1.6
POST_M = 0.85
AWAY: Vec = (9.0, 9.0, 0.0)
"""From the first dog's home: whence another comes."""
APPROACH = (
    ("Un petit chien dort, au loin.", "A small dog is asleep, far away.", 0, None),
    ("Le petit chien est éveillé : le regarder.", "The small dog is awake: look at it.", 2, "look"),
    ("Un chien moyen assis : ses oreilles.", "A medium-sized dog sits: its ears.", 4, "ears"),
    ("Le portail ouvert : l'appeler.", "The gate is open: call the dog.", 5, "call"),
    ("Dans le pré : un pas vers lui.", "In the meadow: a step towards it.", 6, "nearer"),
    ("Un grand chien en laisse.", "A large dog on its leash.", 7, None),
    ("Sans laisse : il flaire la main.", "Off its leash: it sniffs at the hand.", 8, "hand"),
    ("Deux chiens sans laisse, tout près.", "Two dogs off their leashes, very near.", 9, None),
)
"""The approach test, step by step."""


class Park(Scenario):
    """A park by day: first a small dog asleep far away, at last large ones, loose and close."""

    id = "dogs.park"
    version = "1.0.0"
    title = {"fr": "Les chiens au parc", "en": "The dogs in the park"}
    summary = {
        "fr": "Un parc, un pré clôturé, des chiens : taille, laisse, distance, nombre, attitude.",
        "en": "A park, a fenced meadow, dogs: size, leash, distance, number and behaviour are set.",
    }
    phobia = "cynophobia"
    levels = {
        0: {
            "fr": "Le parc ; au loin, derrière la clôture, un petit chien dort.",
            "en": "The park; far away, behind the fence, a small dog is asleep.",
        },
        1: {
            "fr": "Un petit chien couché, éveillé et calme, derrière la clôture, à huit mètres.",
            "en": "A small dog lies awake and calm behind the fence, eight metres away.",
        },
        2: {
            "fr": "Le petit chien est couché derrière la clôture, à six mètres.",
            "en": "The small dog lies behind the fence, six metres away.",
        },
        3: {
            "fr": "Un chien moyen est assis derrière la clôture, attaché court, à 4,5 mètres.",
            "en": "A medium-sized dog sits behind the fence, tied short, 4.5 metres away.",
        },
        4: {
            "fr": "Le chien moyen, assis derrière la clôture, vous regarde, à 3,5 mètres.",
            "en": "The medium-sized dog sits behind the fence and looks at you, 3.5 metres away.",
        },
        5: {
            "fr": "Le portail est ouvert ; le chien est attaché, debout, et remue la queue.",
            "en": "The gate is open; the dog is tied, stands and wags its tail.",
        },
        6: {
            "fr": "Vous êtes dans le pré ; le chien est au bout d'une longue laisse.",
            "en": "You are in the meadow; the dog is on a long leash.",
        },
        7: {
            "fr": "Un grand chien en laisse joue devant vous, à moins de trois mètres.",
            "en": "A large dog on a leash plays less than three metres in front of you.",
        },
        8: {
            "fr": "Le grand chien est sans laisse et joue, à deux mètres.",
            "en": "The large dog is off its leash and plays, two metres away.",
        },
        9: {
            "fr": "Deux chiens sans laisse jouent tout près de vous.",
            "en": "Two dogs off their leashes play very near to you.",
        },
        10: {
            "fr": "De grands chiens sans laisse, contre vous ; l'un d'eux aboie vers vous.",
            "en": "Large dogs off their leashes, right by you; one of them barks at you.",
        },
    }
    contraindications = ("sudden_noise",)
    comfort = Comfort(motion="none")
    warnings = (
        {
            "fr": "Des chiens de plus en plus grands, proches ; à la fin, sans laisse, l'un aboie.",
            "en": "Dogs, ever larger and nearer; at the end off the leash, and one of them barks.",
        },
    )
    targets = {
        "dog": {"fr": "le chien", "en": "the dog"},
        "ears": {"fr": "les oreilles du chien", "en": "the dog's ears"},
    }

    size = Graded.choice(
        {0: SMALL, 3: MEDIUM, 7: LARGE, 10: LARGE},
        options=(
            {"fr": "petit", "en": "small"},
            {"fr": "moyen", "en": "medium"},
            {"fr": "grand", "en": "large"},
        ),
        fr="taille du chien",
        en="size of the dog",
    )
    coat = Graded.choice(
        {0: 0, 3: 1, 7: 2, 10: 2},
        options=(
            {"fr": "blanc et brun", "en": "white and brown"},
            {"fr": "doré, poil long", "en": "golden, long hair"},
            {"fr": "noir et feu", "en": "black and tan"},
        ),
        fr="pelage",
        en="coat",
    )
    distance = Graded.steps(
        {0: 11, 1: 8, 2: 6, 3: 4.5, 4: 3.5, 5: 3, 6: 2.7, 7: 2.4, 8: 2, 9: 1.5, 10: 1.1},
        fr="distance au chien",
        en="distance to the dog",
        unit="m",
        step=1.0,
        decimals=1,
    )
    fence = Graded.choice(
        {0: CLOSED, 5: OPEN, 6: WITHIN, 10: WITHIN},
        options=(
            {"fr": "clôture fermée entre deux", "en": "closed fence between"},
            {"fr": "portail ouvert", "en": "gate open"},
            {"fr": "dans le pré, sans clôture", "en": "in the meadow, no fence"},
        ),
        fr="clôture",
        en="fence",
    )
    leash = Graded.choice(
        {0: SHORT, 6: LONG, 8: FREE, 10: FREE},
        options=(
            {"fr": "attaché court", "en": "tied short"},
            {"fr": "longue laisse", "en": "long leash"},
            {"fr": "sans laisse", "en": "off the leash"},
        ),
        fr="laisse",
        en="leash",
    )
    behaviour = Graded.choice(
        {0: ASLEEP, 1: LIES, 3: SITS, 5: WAGS, 7: PLAYS, 10: BARKS_AT},
        options=(
            {"fr": "dort", "en": "asleep"},
            {"fr": "couché, calme", "en": "lies, calm"},
            {"fr": "assis, regarde", "en": "sits, looks"},
            {"fr": "debout, remue la queue", "en": "stands, wags its tail"},
            {"fr": "joueur", "en": "playful"},
            {"fr": "aboie", "en": "barks"},
        ),
        fr="comportement",
        en="behaviour",
    )
    count = Graded.steps({0: 1, 9: 2, 10: 3}, fr="nombre de chiens", en="number of dogs", step=1.0)
    interlocks = (
        # dogs that are tied cannot run together
        count.at_least(2).requires(leash.at_least(FREE)),
        # nearer than this a fence would stand in the dog
        distance.at_most(2.5).requires(fence.at_least(WITHIN)),
    )
    expected_distress = {0: 3, 2: 15, 4: 35, 5: 45, 7: 65, 8: 75, 10: 95}
    bat = Bat(
        instruction={
            "fr": "Allez aussi loin que vous voulez. Vous pouvez vous arrêter à tout moment.",
            "en": "Go as far as you want to. You can stop at any moment.",
        },
        steps=tuple(
            BatStep(fr=fr, en=en, level=level, seconds=15, task=name)
            for fr, en, level, name in APPROACH
        ),
        measure="distance",
    )

    def build(self) -> None:
        """The park, its gate, and all dogs, of which only the first is seen."""
        stage = self.stage
        self._led = False
        self._busy: Steps | None = None
        self._rest = 2.0
        self._applied: tuple[float, ...] = ()
        self._park = stage.model("park/lawn")
        self._gate = stage.model("park/gate", at=(-0.70, 0.0, 0.0), parent=self._park)
        self._post = stage.box(
            (0.05, 0.05, POST_M + 0.04), material="dark_metal", parent=self._park
        )
        self._firsts: list[Animal] = []
        for number, kind in enumerate(KINDS):
            dog = stage.animal(
                kind, size=TALL_M[number], at=HOMES[0], heading=180.0, parent=self._park
            )
            dog.visible = number == SMALL
            stage.target("dog", at=(0.0, 0.0, 0.6 * TALL_M[number]), radius=0.6, parent=dog)
            ears = (0.0, 0.55 * TALL_M[number], 1.22 * TALL_M[number])
            stage.target("ears", at=ears, radius=0.22, parent=dog)
            self._firsts.append(dog)
        self._others: list[Animal] = []
        for (kind, coat), off in zip(OTHERS, BESIDE, strict=True):
            at = (HOMES[0][0] + off[0], HOMES[0][1] + off[1], 0.0)
            aside = 180.0 - 14.0 * off[0]
            dog = stage.animal(kind, coat=coat, at=at, heading=aside, parent=self._park)
            dog.visible = False
            self._others.append(dog)
        stage.sound("calm/meadow", loop=True, volume=0.55)
        self._voices = [stage.sound(bark, at=HOMES[0]) for bark in BARKS]
        self._pant = stage.sound("dogs/pant", at=(0.0, 2.0, 0.5), loop=True, volume=0.0)
        stage.wind(0.25)
        self.update(0.0)

    def update(self, dt: float) -> None:
        """Bring the patient, the gate and the dogs to the applied values."""
        home, shown = self._home, round(self.size)
        feet_y = home[1] - self.distance
        down = math.degrees(math.atan2(EYES_M - 0.5, self.distance))
        self.stage.viewer.stand((0.0, feet_y, 0.0), looking_down=min(34.0, 0.7 * down + 3.0))
        where = (self.fence, self.leash, self.distance)
        applied = (*where, self.size, self.coat, self.behaviour, self.count)
        if applied != self._applied:
            self._applied = applied
            self._settle(shown)
        dog = self._dog
        near = max(0.0, 1.0 - math.dist(dog.at, (0.0, feet_y, 0.0)) / 8.0)
        lively = (0.0, 0.0, 0.25, 0.8, 1.0, 0.5)[round(self.behaviour)]
        self._pant.at = (dog.at[0], dog.at[1], 0.5)
        self._pant.volume = 0.75 * lively * near
        if dt > 0.0 and not self._led:
            self._go_on(dt)

    def safe(self) -> None:
        """Every dog at its home, and nothing led."""
        self._led, self._busy, self._applied = False, None, ()
        for dog in (*self._firsts, *self._others):
            dog.at, dog.heading = HOMES[0], 180.0  # `update` puts each where it belongs
            for name in ("sit", "lie", "sleep", "wag", "pant", "play", "tense"):
                dog.set(name, 0.0)

    # -- where dogs are, and what they show

    @property
    def _home(self) -> Vec:
        return HOMES[round(self.fence)]

    @property
    def _dog(self) -> Animal:
        """The first dog."""
        return self._firsts[round(self.size)]

    @property
    def _feet(self) -> Vec:
        return (0.0, self._home[1] - self.distance, 0.0)

    def _settle(self, shown: int) -> None:
        """Everything as the values say: what stands where, who is seen, what is shown."""
        home = self._home
        self._gate.heading = 0.0 if round(self.fence) == CLOSED else 100.0
        tied = round(self.leash)
        self._post.visible = tied != FREE
        self._post.at = (home[0] + 0.75, home[1] + 0.85, 0.0)
        top = (home[0] + 0.75, home[1] + 0.82, POST_M)
        self._busy = None
        for number, dog in enumerate(self._firsts):
            seen = number == shown
            if not self._led or dog.visible != seen:
                self._put(dog, home, 158.0)
            dog.visible = seen
            dog.coat = COATS[round(self.coat)]
            dog.leash_to(None if tied == FREE else top)
            self._show(dog, round(self.behaviour))
        for number, (dog, off) in enumerate(zip(self._others, BESIDE, strict=True), start=1):
            at = (home[0] + off[0], home[1] + off[1], 0.0)
            self._put(dog, at, 180.0 - 14.0 * off[0])
            dog.visible = number < round(self.count)
            self._show(dog, min(PLAYS, round(self.behaviour)))

    def _put(self, dog: Animal, at: Vec, heading: float) -> None:
        """Put a dog where it belongs, where it is not there already."""
        if math.dist(dog.at, at) > 0.4:
            dog.at, dog.heading = at, heading

    def _show(self, dog: Animal, behaviour: int) -> None:
        """What a dog shows of itself: at ease, playful, or stiff."""
        dog.set("lie", 1.0 if behaviour <= LIES else 0.0)
        dog.set("sleep", 1.0 if behaviour == ASLEEP else 0.0)
        dog.set("sit", 1.0 if behaviour == SITS else 0.0)
        dog.set("wag", (0.0, 0.0, 0.25, 0.8, 1.0, 0.0)[behaviour])
        dog.set("pant", (0.0, 0.0, 0.3, 0.7, 0.8, 0.0)[behaviour])
        dog.set("play", 1.0 if behaviour == PLAYS else 0.0)
        dog.set("tense", 1.0 if behaviour == BARKS_AT else 0.0)
        dog.gaze_at((0.0, self._feet[1], EYES_M) if behaviour >= SITS else None)

    def _go_on(self, dt: float) -> None:
        """Let the first dog rest, play or bark, one thing after the other."""
        try:
            if self._busy is not None:
                self._busy.send(dt)
                return
            self._rest -= dt
            if self._rest <= 0.0 and round(self.behaviour) >= PLAYS:
                self._busy = self._of_itself()
                next(self._busy)
        except StopIteration:
            self._busy = None
            barks = round(self.behaviour) == BARKS_AT
            self._rest = self.random.uniform(*((1.6, 3.2) if barks else (1.5, 3.5)))

    def _of_itself(self) -> Steps:
        """A bark, or a bow and a few steps to and fro, never nearer than the distance applied."""
        dog, home = self._dog, self._home
        if round(self.behaviour) == BARKS_AT:
            yield from self._bark(dog)
            return
        if self.random.random() < 0.4:
            yield from dog.act("bow", seconds=2.2)
            return
        # aside more than away: a dog that is said to be near stays near
        wide, deep = (0.5, 0.4) if round(self.leash) != FREE else (1.0, 0.5)
        to = (
            home[0] + self.random.uniform(-wide, wide),
            home[1] + self.random.uniform(0.1, deep),
            0.0,
        )
        yield from dog.walk_to(to, speed=1.2)
        yield from dog.look_at(self._feet)

    def _bark(self, dog: Animal) -> Steps:
        """Three barks."""
        voice = self._voices[round(self.size)]
        voice.at = (dog.at[0], dog.at[1], 0.5)
        voice.play()
        yield from dog.act("bark", seconds=BARKING_S)

    # -- events

    @event(
        fr="Il se secoue",
        en="It shakes itself",
        min_level=2,
        cooldown_s=15.0,
        warning={
            "fr": "Le chien se lève et se secoue.",
            "en": "The dog gets up and shakes itself.",
        },
    )
    def shakes(self) -> Steps:
        """From head to tail, and a wag after it."""
        dog = self._take_over()
        try:
            self._show(dog, WAGS)
            yield from dog.stay(1.2)
            self.stage.sound("dogs/tags", at=(dog.at[0], dog.at[1], 0.5)).play()
            yield from dog.act("shake", seconds=1.8)
            yield from dog.stay(3.0)
        finally:
            self._give_back()

    @event(
        fr="Il aboie",
        en="It barks",
        min_level=3,
        cooldown_s=20.0,
        warning={"fr": "Le chien aboie trois fois.", "en": "The dog barks three times."},
    )
    def barks(self) -> Steps:
        """Stiff, its ears and tail up: three barks, then it looks."""
        dog = self._take_over()
        try:
            self._show(dog, BARKS_AT)
            yield from dog.stay(0.6)
            yield from self._bark(dog)
            yield from dog.stay(1.5)
        finally:
            self._give_back()

    @event(
        fr="Un chien passe en courant",
        en="A dog runs past",
        min_level=3,
        cooldown_s=25.0,
        warning={"fr": "Un autre chien passe en courant.", "en": "Another dog runs past."},
    )
    def runs_past(self) -> Steps:
        """From the right to the left, behind the first dog."""
        home = self._home
        y = home[1] + 1.6
        runner = self._another("black_tan", (home[0] + 8.0, y, 0.0), 90.0)
        self.stage.sound("dogs/paws", parent=runner, at=(0.0, 0.0, 0.1)).play()
        yield from runner.run_to((home[0] - 11.0, y + 0.8, 0.0), speed=3.6)

    @event(
        fr="Un deuxième chien arrive",
        en="A second dog arrives",
        min_level=4,
        cooldown_s=40.0,
        warning={
            "fr": "Un deuxième chien vient, puis repart.",
            "en": "A second dog comes, and leaves.",
        },
    )
    def second(self) -> Steps:
        """It trots up, stands beside the first, looks at the patient and goes away again."""
        home = self._home
        start = (home[0] + 6.0, home[1] + 4.0, 0.0)
        comer = self._another("golden", start, 120.0)
        comer.set("wag", 0.9)
        self.stage.sound("dogs/paws", parent=comer, at=(0.0, 0.0, 0.1)).play()
        yield from comer.run_to((home[0] + 1.5, home[1] + 0.6, 0.0), speed=2.2)
        yield from comer.look_at(self._feet)
        comer.gaze_at((0.0, self._feet[1], EYES_M))
        comer.set("pant", 0.8)
        yield from comer.stay(4.0)
        comer.gaze_at(None)
        yield from comer.run_to((home[0] + 6.0, home[1] + 6.0, 0.0), speed=2.0)

    @event(
        fr="Il vient vous flairer",
        en="It comes to sniff at you",
        min_level=8,
        cooldown_s=40.0,
        requires=(fence.at_least(WITHIN), leash.at_least(FREE)),
        warning={"fr": "Le chien vient vous flairer.", "en": "The dog comes up and sniffs at you."},
    )
    def sniffs(self) -> Steps:
        """Slowly, to one side of the feet; it sniffs at shoes and knees, and goes home."""
        yield from self._comes(1.3, low=True)

    @event(
        fr="Une balle roule vers vous",
        en="A ball rolls towards you",
        min_level=6,
        cooldown_s=40.0,
        requires=(fence.at_least(WITHIN),),
        warning={
            "fr": "Une balle roule vers vous, le chien vient.",
            "en": "A ball rolls up; the dog comes.",
        },
    )
    def ball(self) -> Steps:
        """It comes to rest before the feet; a dog that is free comes for it."""
        home, dog = self._home, self._take_over()
        rolled = self.stage.model("park/ball", at=(home[0] - 1.6, home[1] + 1.2, 0.0))
        end = (0.3, self._feet[1] + min(1.15, 0.8 * self.distance), 0.0)
        try:
            self._show(dog, PLAYS)
            yield from rolled.glide_to(end, seconds=2.8)
            if round(self.leash) == FREE:
                dog.gaze_at((end[0], end[1], 0.0))
                yield from dog.walk_to(self._before_feet(1.3), speed=1.0)
                yield from dog.act("sniff", seconds=2.0)
                rolled.visible = False
                yield from self._goes_home(dog)
            else:
                dog.gaze_at(end)
                yield from dog.stay(4.0)
        finally:
            self._give_back()

    def _another(self, coat: str, at: Vec, heading: float) -> Animal:
        """A dog that belongs to the event alone."""
        return self.stage.animal("medium_dog", coat=coat, at=at, heading=heading, parent=self._park)

    def _comes(self, away_m: float, *, low: bool) -> Steps:
        """The first dog comes up to the patient, sniffs low or at the hand, and goes home."""
        dog = self._take_over()
        try:
            self._show(dog, WAGS)
            dog.gaze_at(None if low else (0.1, self._feet[1] + 0.3, 0.8))
            yield from dog.walk_to(self._before_feet(away_m), speed=0.7)
            self.stage.sound("dogs/sniff", at=(dog.at[0], dog.at[1] - 0.4, 0.5)).play()
            yield from (dog.act("sniff", seconds=4.0) if low else dog.stay(4.0))
            yield from self._goes_home(dog)
        finally:
            self._give_back()

    def _before_feet(self, away_m: float) -> Vec:
        """Where a dog stands that comes so near to the patient, if it is not there already."""
        return (0.18, self._feet[1] + min(away_m, self.distance), 0.0)

    def _goes_home(self, dog: Animal) -> Steps:
        yield from dog.walk_to(self._home)
        yield from dog.look_at(self._feet)

    def _take_over(self) -> Animal:
        """From now on the first dog does by itself nothing."""
        self._led, self._busy = True, None
        return self._dog

    def _give_back(self) -> None:
        """It is left to itself again."""
        self._led, self._rest = False, 2.0
        self._show(self._dog, round(self.behaviour))

    # -- tasks

    @task(fr="Regardez le chien pendant dix secondes.", en="Look at the dog for ten seconds.")
    def look(self) -> Steps:
        """Ten seconds in total; glances away do not count, and do not begin it anew."""
        yield from self.looking("dog", seconds=10.0)

    @task(
        fr="Regardez ses oreilles : sont-elles dressées, pendantes, en arrière ?",
        en="Look at its ears: are they upright, hanging, laid back?",
        min_level=3,
    )
    def ears(self) -> Steps:
        """What a dog shows can be read: a first thing to look for."""
        yield from self.looking("ears", seconds=6.0)

    @task(
        fr="Faites un pas vers le chien, ou penchez-vous vers lui.",
        en="Take a step towards the dog, or lean towards it.",
        min_level=2,
    )
    def nearer(self) -> None:
        """The therapist sees it."""

    @task(fr="Appelez le chien, d'une voix calme.", en="Call the dog calmly.", min_level=3)
    def call(self) -> Steps:
        """It turns its ears and head, and wags."""
        dog = self._take_over()
        try:
            yield from self.wait(3.0)
            self._show(dog, WAGS)
            yield from dog.look_at(self._feet)
            self.stage.sound("dogs/tags", at=(dog.at[0], dog.at[1], 0.5), volume=0.6).play()
            yield from dog.stay(5.0)
        finally:
            self._give_back()

    @task(
        fr="Tendez la main, paume ouverte, et laissez-le flairer.",
        en="Hold out your hand, palm open, and let it sniff.",
        min_level=8,
        requires=(fence.at_least(WITHIN), leash.at_least(FREE)),
        warning={"fr": "Le chien vient jusqu'à la main.", "en": "The dog comes up to the hand."},
    )
    def hand(self) -> Steps:
        """It comes slowly, sniffs at the height of the hand, and goes home."""
        yield from self.wait(2.0)
        yield from self._comes(1.25, low=False)

    @task(
        fr="Lancez la balle au chien.",
        en="Throw the ball for the dog.",
        min_level=6,
        requires=(fence.at_least(WITHIN),),
    )
    def throw(self) -> Steps:
        """The ball flies past the dog; a dog that is free runs after it and comes back."""
        home, dog = self._home, self._take_over()
        start = (0.3, self._feet[1] + 0.5, 1.0)
        thrown = self.stage.model("park/ball", at=start)
        try:
            yield from self.wait(2.0)
            self._show(dog, PLAYS)
            for x, y, z, seconds in (
                (1.4, 2.0, 1.9, 0.6),
                (2.4, 6.0, 0.0, 0.7),
                (2.7, 8.5, 0.0, 1.1),
            ):
                yield from thrown.glide_to((x, home[1] + y, z), seconds=seconds)
            if round(self.leash) == FREE:
                self.stage.sound("dogs/paws", parent=dog, at=(0.0, 0.0, 0.1)).play()
                yield from dog.run_to((2.6, home[1] + 7.8, 0.0), speed=3.2)
                yield from dog.act("sniff", seconds=1.4)
                thrown.visible = False
                yield from dog.run_to(home, speed=2.0)
                yield from dog.look_at(self._feet)
            else:
                yield from dog.stay(3.0)
        finally:
            self._give_back()
