"""Owns dogs in a park: what each level is; knows no engine, no renderer.

Axes: the path leads along y to the gate at y = 0; behind it lies the fenced meadow. While there is
a fence between, the dog is just behind the gate and the patient on the path; within, both are in
the meadow. It is always the patient who is put nearer, behind a fade; a dog comes by its own steps.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from scenarios.api import Animal, Bat, BatStep, Comfort, Graded, Scenario, Steps, Vec, event, task

from .ball import flies, rolls
from .company import Company
from .plan import (
    APPROACH,
    ASLEEP,
    BARKS_AT,
    CLOSED,
    COATS,
    EYES_M,
    FREE,
    HOMES,
    KINDS,
    LARGE,
    LIES,
    LONG,
    MEDIUM,
    OPEN,
    PLAYS,
    POST_M,
    SHORT,
    SITS,
    SMALL,
    STANDS,
    TALL_M,
    WAGS,
    WITHIN,
)
from .showing import Voices, put, show
from .words import LEVELS


class Park(Scenario):
    """A park by day: first a small dog asleep far away, at last large ones, loose and close."""

    id = "dogs.park"
    version = "1.0.0"
    title = {"fr": "Les chiens au parc", "en": "The dogs in the park"}
    summary = {
        "fr": "Un parc, un pré clôturé, des chiens : taille, laisse, distance, nombre, attitude, "
        "allure, voix et souffle se règlent.",
        "en": "A park, a fenced meadow, dogs: size, leash, distance, number, behaviour, pace, "
        "voice and breath can each be set.",
    }
    phobia = "cynophobia"
    levels = LEVELS
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
    # fmt: off
    pace = Graded({0: 0.5, 5: 0.8, 7: 1.2, 10: 1.6}, fr="allure", en="pace", unit="m/s", rate=0.2,
                  step=0.4, decimals=1)
    roams = Graded({0: 0, 4: 20, 7: 80, 10: 100}, fr="va et vient", en="how far it goes about",
                   unit="cm", rate=10.0, step=25.0)
    voice = Graded({0: 35, 4: 55, 7: 75, 10: 100}, fr="force de la voix",
                   en="loudness of its voice", unit="%", rate=10.0, step=20.0)
    breath = Graded({0: 20, 4: 45, 7: 70, 10: 100}, fr="souffle entendu",
                    en="breath that is heard", unit="%", rate=10.0, step=20.0)
    # fmt: on
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
        self._led = 0  # how many events and tasks lead the first dog
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
        self._company = Company(stage, self._park)
        stage.sound("calm/meadow", loop=True, volume=0.55)
        self._voices = Voices(stage)
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
        self._voices.loud(self.voice / 100.0)
        self._voices.breathe(dog, round(self.behaviour), near * self.breath / 100.0)
        if dt > 0.0 and not self._led:
            self._go_on(dt)

    def safe(self) -> None:
        """Every dog at its home; what led the first has ended before."""
        self._busy, self._applied = None, ()
        for dog in (*self._firsts, *self._company.others):
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
                put(dog, home, 158.0)
            dog.visible = seen
            dog.coat = COATS[round(self.coat)]
            dog.leash_to(None if tied == FREE else top)
            self._show(dog, round(self.behaviour))
        others = min(PLAYS, round(self.behaviour))
        self._company.stay_by(home, round(self.count) - 1, others, self._feet)

    def _show(self, dog: Animal, behaviour: int) -> None:
        show(dog, behaviour, self._feet)

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
        """A bark, a bow, a whine or a few steps to and fro, never nearer than the distance."""
        dog, home = self._dog, self._home
        if round(self.behaviour) == BARKS_AT:
            yield from self._voices.bark(dog, round(self.size))
            return
        chance = self.random.random()
        if chance < 0.45:
            # where there are others, it bows to them and they to it
            shown = [dog, *self._company.others[: round(self.count) - 1]]
            yield from self.random.choice(shown).act("bow", seconds=2.4)
            return
        if chance < 0.7 and round(self.leash) != FREE:
            yield from self._voices.whine(dog)
            return
        # aside more than away: a dog that is said to be near stays near
        most = 0.5 if round(self.leash) != FREE else 1.0
        wide = min(most, self.roams / 100.0)
        deep = 0.1 + 0.4 * wide
        to = (
            home[0] + self.random.uniform(-wide, wide),
            home[1] + self.random.uniform(0.1, deep),
            0.0,
        )
        yield from dog.walk_to(to, speed=self.pace)
        yield from dog.look_at(self._feet)

    # -- events

    @event(
        fr="Il se lève et s'étire",
        en="It gets up and stretches",
        min_level=1,
        cooldown_s=20.0,
        requires=(behaviour.at_most(SITS),),
        warning={
            "fr": "Le chien se lève, s'étire, puis se remet à sa place.",
            "en": "The dog gets up, stretches, and settles again.",
        },
    )
    def gets_up(self) -> Steps:
        """From lying or sitting onto its feet, as after sleep; it does not leave its place."""
        yield from self._leads(self._stretches)

    def _stretches(self, dog: Animal) -> Steps:
        self._show(dog, STANDS)
        yield from dog.stay(2.0)
        yield from dog.act("bow", seconds=2.6)
        yield from dog.stay(2.0)

    @event(
        fr="Il gémit d'impatience",
        en="It whines with impatience",
        min_level=3,
        cooldown_s=20.0,
        requires=(leash.at_most(LONG),),
        warning={
            "fr": "Le chien, attaché, gémit : il voudrait venir.",
            "en": "The tied dog whines: it would like to come.",
        },
    )
    def whines(self) -> Steps:
        """On its feet, its tail going; it whines twice, held by the leash."""
        yield from self._leads(self._wants_to_come)

    def _wants_to_come(self, dog: Animal) -> Steps:
        self._show(dog, WAGS)
        dog.set("pant", 0.0)
        yield from dog.stay(1.6)
        for _twice in range(2):
            yield from self._voices.whine(dog)
            yield from dog.stay(1.0)

    @event(
        fr="Il invite à jouer",
        en="It invites to play",
        min_level=4,
        cooldown_s=20.0,
        warning={
            "fr": "Le chien s'incline, l'avant du corps au sol : il invite à jouer.",
            "en": "The dog bows, its chest to the ground: it invites to play.",
        },
    )
    def bows(self) -> Steps:
        """The bow of play, twice, the tail high: fast, and yet no threat."""
        yield from self._leads(self._invites)

    def _invites(self, dog: Animal) -> Steps:
        self._show(dog, PLAYS)
        yield from dog.look_at(self._feet)
        yield from dog.stay(0.8)
        yield from dog.act("bow", seconds=2.4)
        yield from dog.stay(0.6)
        yield from dog.act("bow", seconds=1.8)
        yield from dog.stay(1.2)

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
        yield from self._leads(self._shakes_itself)

    def _shakes_itself(self, dog: Animal) -> Steps:
        self._show(dog, WAGS)
        yield from dog.stay(1.2)
        self.stage.sound("dogs/tags", at=(dog.at[0], dog.at[1], 0.5)).play()
        yield from dog.act("shake", seconds=1.8)
        yield from dog.stay(3.0)

    @event(
        fr="Il aboie",
        en="It barks",
        min_level=3,
        cooldown_s=20.0,
        warning={"fr": "Le chien aboie trois fois.", "en": "The dog barks three times."},
    )
    def barks(self) -> Steps:
        """Stiff, its ears and tail up: three barks, then it looks."""
        yield from self._leads(self._barks_thrice)

    def _barks_thrice(self, dog: Animal) -> Steps:
        self._show(dog, BARKS_AT)
        yield from dog.stay(0.6)
        yield from self._voices.bark(dog, round(self.size))
        yield from dog.stay(1.5)

    @event(
        fr="Un chien passe en courant",
        en="A dog runs past",
        min_level=3,
        cooldown_s=25.0,
        warning={"fr": "Un autre chien passe en courant.", "en": "Another dog runs past."},
    )
    def runs_past(self) -> Steps:
        """From the right to the left, behind the first dog."""
        yield from self._company.runs_past(self._home)

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
        yield from self._company.arrives(self._home, self._feet)

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
        yield from self._leads(self._sniffs_low)

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
        yield from self._leads(self._comes_for_the_ball)

    def _comes_for_the_ball(self, dog: Animal) -> Steps:
        end = (0.3, self._feet[1] + min(1.15, 0.8 * self.distance), 0.0)
        self._show(dog, PLAYS)
        for_it = self._before_feet(1.3) if round(self.leash) == FREE else None
        yield from rolls(self.stage, dog, self._home, end, for_it)
        if for_it is not None:
            yield from self._goes_home(dog)

    def _sniffs_low(self, dog: Animal) -> Steps:
        yield from self._comes(dog, 1.3)
        yield from dog.act("sniff", seconds=4.0)
        yield from self._goes_home(dog)

    def _sniffs_at_hand(self, dog: Animal) -> Steps:
        yield from self._comes(dog, 1.25, gazes=(0.1, self._feet[1] + 0.3, 0.8))
        yield from dog.stay(4.0)
        yield from self._goes_home(dog)

    def _comes(self, dog: Animal, away_m: float, gazes: Vec | None = None) -> Steps:
        """It comes up to the patient and is heard to sniff."""
        self._show(dog, WAGS)
        dog.gaze_at(gazes)
        yield from dog.walk_to(self._before_feet(away_m), speed=0.6 * self.pace)
        self.stage.sound("dogs/sniff", at=(dog.at[0], dog.at[1] - 0.4, 0.5)).play()

    def _before_feet(self, away_m: float) -> Vec:
        """Where a dog stands that comes so near to the patient, if it is not there already."""
        return (0.18, self._feet[1] + min(away_m, self.distance), 0.0)

    def _goes_home(self, dog: Animal) -> Steps:
        yield from dog.walk_to(self._home)
        yield from dog.look_at(self._feet)

    def _leads(self, doing: Callable[[Animal], Steps]) -> Steps:
        """Let the first dog do this, and by itself nothing; then it is left to itself again.

        Where another dog, or this one at another home, has become the first, that is the end of it.
        """
        dog, home = self._dog, self._home
        self._led, self._busy = self._led + 1, None
        steps = doing(dog)
        try:
            next(steps)
            passed = yield
            while dog is self._dog and home == self._home:
                steps.send(passed)
                passed = yield
        except StopIteration:
            pass
        finally:
            steps.close()
            self._led, self._rest = self._led - 1, 2.0
            if home != self._home:
                put(self._dog, self._home, 158.0)
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
        yield from self._leads(self._hears)

    def _hears(self, dog: Animal) -> Steps:
        yield from self.wait(3.0)
        self._show(dog, WAGS)
        yield from dog.look_at(self._feet)
        self.stage.sound("dogs/tags", at=(dog.at[0], dog.at[1], 0.5), volume=0.6).play()
        yield from dog.stay(5.0)

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
        yield from self._leads(self._sniffs_at_hand)

    @task(
        fr="Tendez la main vers son dos, comme pour le caresser.",
        en="Hold out a hand towards its back, as if to stroke it.",
        min_level=8,
        requires=(fence.at_least(WITHIN),),
    )
    def stroke(self) -> None:
        """No fur can be felt here: the therapist sees how far the hand goes."""

    @task(
        fr="Lancez la balle au chien.",
        en="Throw the ball for the dog.",
        min_level=6,
        requires=(fence.at_least(WITHIN),),
    )
    def throw(self) -> Steps:
        """The ball flies past the dog; a dog that is free runs after it and comes back."""
        yield from self._leads(self._has_it_thrown)

    def _has_it_thrown(self, dog: Animal) -> Steps:
        thrown = self.stage.model("park/ball", at=(0.3, self._feet[1] + 0.5, 1.0))
        yield from self.wait(2.0)
        self._show(dog, PLAYS)
        yield from flies(self.stage, thrown, dog, self._home, free=round(self.leash) == FREE)
        if round(self.leash) == FREE:
            yield from dog.look_at(self._feet)
