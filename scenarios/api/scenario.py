"""Owns the class an author derives from; knows nothing of engine, link or renderer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import ClassVar, TypeVar

from pydantic import ValidationError

from scenarios.api.bat import Bat
from scenarios.api.contradictions import broken
from scenarios.api.errors import ScenarioError
from scenarios.api.events import Event
from scenarios.api.exercises import Breathing, Tensing
from scenarios.api.graded import Graded, WordsLike, spread, words
from scenarios.api.interlocks import Interlock
from scenarios.api.manifest import (
    LEVELS,
    Comfort,
    Contraindication,
    InterlockSpec,
    LineSpec,
    Manifest,
    TargetSpec,
)
from scenarios.api.played import Played, Steps
from scenarios.api.pose import NOBODY, Gaze, Pose
from scenarios.api.stage import Stage
from scenarios.api.tasks import Task
from scenarios.api.walk import Walk, Walked, nowhere

_Kind = TypeVar("_Kind")


LONGEST_S = 3600.0
"""Most seconds that an event or a task may wait for at once."""


@dataclass(frozen=True)
class Context:
    """What the engine lends a running scenario.

    Example:
        >>> class Quay(Scenario):
        ...     def __init__(self, context: Context) -> None:
        ...         super().__init__(context)
        ...         self.gust = 0.0
        >>> Quay(context).context.values["height"]
        0.0
        >>> Quay(context).stage is context.stage, Quay(context).random is context.random
        (True, True)
    """

    stage: Stage
    random: Random
    """Seeded from the session's seed; the only source of chance that can be shown again."""
    values: Mapping[str, float]
    """The applied value of each graded value, renewed by the engine before each update."""
    gaze: Gaze = NOBODY
    """Where the patient looks; read through `pose`, `looks_at` and `looking` of the scenario."""
    walking: Walked = nowhere
    """Where the patient has gone; read through `walked` of the scenario."""


class Scenario:
    """A graded place. Declare, build, update; the engine does everything that keeps it safe.

    Never written here: level changes, ramps, pause, stop, time, threads, network.

    Example:
        >>> class Quay(Scenario):
        ...     id = "heights.quay"
        ...     title = {"fr": "Le quai", "en": "The quay"}
        ...     summary = {"fr": "Un quai qui monte.", "en": "A quay that rises."}
        ...     phobia = "acrophobia"
        ...     contraindications = ("heights",)
        ...     comfort = Comfort(motion="none")
        ...     warnings = ({"fr": "Hauteur.", "en": "Height."},)
        ...     levels = {n: {"fr": f"À {n} m.", "en": f"{n} m up."} for n in range(11)}
        ...     lines = {"look": {"fr": "Regardez au loin.", "en": "Look far ahead."}}
        ...     targets = {"water": {"fr": "l'eau", "en": "the water"}}
        ...     height = Graded.steps({0: 0, 10: 10}, fr="hauteur", en="height", unit="m")
        ...     interlocks = ()
        ...     expected_distress = {0: 5, 10: 90}
        ...     bat = None
        ...     place = Graded.steps({0: 0, 10: 2}, fr="place", en="place", unit="m")
        ...     reach = Graded.steps({0: 0, 10: 3}, fr="portée", en="reach", unit="m")
        ...     walk = Walk(start=place, reach=reach, marks=(0.0, 1.0, 2.0, 3.0))
        ...
        ...     def build(self):
        ...         self.deck = self.stage.box((3.0, 3.0, 0.1), material="wood")
        ...         self.stage.target("water", at=(0.0, 9.0, 0.0), radius=4.0)
        ...
        ...     def update(self, dt):
        ...         self.deck.at = (0.0, 0.0, self.height)
        ...         self.stage.viewer.stand((0.0, self.walked, self.height + 0.1))
        ...         if self.pose_kept and self.pose.pitch < -40.0:
        ...             self.deck.visible = True
        ...
        ...     def safe(self):
        ...         self.deck.visible = True
        ...
        ...     @event(fr="Une invitation", en="An invitation")
        ...     def invite(self):
        ...         yield from self.wait(self.random.uniform(0.5, 1.0))
        ...         yield from self.wait(self.stage.say("look"))
        ...         yield from self.guided(Breathing(per_minute=6.0), seconds=60.0)
        ...         yield from self.narrated(("look",), pause_s=5.0)
        ...         yield from self.relaxing(("look",), tense_s=6.0, release_s=15.0)
        ...
        ...     @task(fr="Restez dix secondes au bord.", en="Stay at the edge for ten seconds.")
        ...     def stay(self):
        ...         if self.pose.pitch > -10.0 and not self.looks_at("water"):
        ...             yield from self.looking("water", seconds=5.0)
        ...         yield from self.wait(10.0)
        >>> Quay.manifest().version, list(Quay.events()), list(Quay.tasks())
        ('1.0.0', ['invite'], ['stay'])
    """

    id: ClassVar[str]
    version: ClassVar[str] = "1.0.0"
    title: ClassVar[WordsLike]
    summary: ClassVar[WordsLike]
    phobia: ClassVar[str]
    levels: ClassVar[Mapping[int, WordsLike]]
    warnings: ClassVar[tuple[WordsLike, ...]] = ()
    lines: ClassVar[Mapping[str, WordsLike]] = {}
    """Lines that may be spoken with `stage.say`, each with its words in both languages."""
    targets: ClassVar[Mapping[str, WordsLike]] = {}
    """What the patient may look at, each with its name in both languages; see `stage.target`."""
    contraindications: ClassVar[tuple[Contraindication, ...]] = ()
    """What the therapist must know before the session, beside the phobia."""
    comfort: ClassVar[Comfort | None] = None
    """What moves the patient's view; the stage allows no more than is declared here."""
    interlocks: ClassVar[tuple[Interlock, ...]] = ()
    """What excludes what among the values; the engine refuses what would break one."""
    expected_distress: ClassVar[Mapping[int, float]] = {}
    """How distressing you expect levels to be, 0 to 100, at 0, 10 and some between, joined by
    straight lines. It orders levels and is no clinical norm: no clinician has reviewed it."""
    bat: ClassVar[Bat | None] = None
    """The script of a behavioural approach test, where the field uses one."""
    walk: ClassVar[Walk | None] = None
    """Where the patient may go by own act; see `stage.waypoint` and `walked`."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @property
    def stage(self) -> Stage:
        """The world this scenario may change."""
        return self.context.stage

    @property
    def random(self) -> Random:
        """The session's own chance: the same seed gives the same numbers."""
        return self.context.random

    def build(self) -> None:
        """Make the place, as it is at level 0. At most 2 s; what it asks for loads afterwards."""

    def update(self, dt: float) -> None:
        """Bring the place to the applied values. Called each tick with dt = 1/30 s.

        Stay below 2 ms; what takes longer than 250 ms is interrupted, and the scenario is left.
        """

    def safe(self) -> None:
        """Put back what this scenario keeps beside its values; called when the scene was left.

        The patient sees another place by then, events are over and values are those of level 0; an
        update with dt = 0 follows. It has 50 ms, together with the ends of the events.
        """

    def wait(self, seconds: float) -> Steps:
        """Let time pass in an event or a task: `yield from self.wait(2.0)`."""
        until, passed = _seconds(seconds), 0.0
        while passed < until:
            passed += yield

    def guided(self, exercise: Breathing | Tensing, *, seconds: float | None = None) -> Steps:
        """Lead the patient through an exercise, in `yield from`, and take its guide away.

        Breathing goes on for `seconds`; tensing ends by itself, and after `seconds` at the latest.

        Raises:
            ScenarioError: breathing has no end of its own, and `seconds` was left out.
        """
        if seconds is None and isinstance(exercise, Breathing):
            raise ScenarioError("breathing goes on until it is ended: say for how many `seconds`")
        guide, passed = self.stage.guide(exercise), 0.0
        try:
            while not guide.over and (seconds is None or passed < seconds - 1e-9):
                passed += yield
        finally:
            guide.remove()

    def narrated(self, lines: Iterable[str], *, pause_s: float) -> Steps:
        """Let declared lines be spoken one after the other, each with so long a pause after it."""
        for line in lines:
            yield from self.wait(self.stage.say(line) + pause_s)

    def relaxing(self, lines: Iterable[str], *, tense_s: float, release_s: float) -> Steps:
        """Muscle relaxation: each line names a group of muscles, which is then tensed and let go.

        Args:
            lines: declared lines, as those of `MUSCLE_GROUPS`.
            tense_s: seconds, 3 to 20.
            release_s: seconds, 5 to 60.
        """
        once = Tensing(tense_s=tense_s, release_s=release_s, rounds=1, relaxes=True)
        for line in lines:
            yield from self.wait(self.stage.say(line))
            yield from self.guided(once)

    @property
    def pose(self) -> Pose:
        """Where the patient's head is and looks in this tick, in steps of 5 degrees and 0.1 m.

        Without the patient's consent it is nowhere kept: a session whose scenario has read it can
        then not be checked by showing it again. Read it only where the scene needs it.
        """
        return self.context.gaze.pose

    @property
    def pose_kept(self) -> bool:
        """Whether the patient agreed that their pose is kept, so that reading it costs nothing.

        It may change at any moment, as they withdraw it. Asking reads no pose.
        """
        return self.context.gaze.kept

    def looks_at(self, target: str) -> bool:
        """Whether the patient's line of sight meets one of the declared `targets` in this tick.

        It reads the pose. What stands in between hides nothing.

        Raises:
            ScenarioError: no target of this name is declared; the message gives the nearest one.
        """
        return self.context.gaze.meets(target)

    @property
    def walked(self) -> float:
        """Where along the declared `walk` the patient is to stand in this tick, in its unit.

        That is the mark they went to by own act, or where the therapist put them. Use it with
        `stage.viewer.stand` in `update`; a change comes behind a fade by itself.

        Raises:
            ScenarioError: no `walk` is declared.
        """
        if self.walk is None:
            raise ScenarioError("`walked` needs a declared `walk`")
        gone = self.context.walking()
        return self.context.values[self.walk.start.name] if gone is None else gone

    def looking(self, target: str, *, seconds: float) -> Steps:
        """Wait until the patient has looked at a target for so long in total, in `yield from`."""
        until, looked = _seconds(seconds), 0.0
        while looked < until:
            passed = yield
            if self.looks_at(target):
                looked += passed

    @classmethod
    def manifest(cls) -> Manifest:
        """The declaration as data.

        Raises:
            ScenarioError: something is missing or contradicts itself; the message says what.
        """
        for needed in ("id", "title", "summary", "phobia", "levels"):
            if not hasattr(cls, needed):
                raise ScenarioError("{name} needs `{needed}`", name=cls.__name__, needed=needed)
        missing = [str(n) for n in range(LEVELS) if n not in cls.levels]
        if missing:
            raise ScenarioError("no sentence for level {levels}", levels=", ".join(missing))
        declared: dict[str, object] = {}
        for base in reversed(cls.__mro__):
            declared.update(vars(base))
        try:
            return Manifest(
                id=cls.id,
                version=cls.version,
                title=words(cls.title),
                summary=words(cls.summary),
                phobia=cls.phobia,
                levels=tuple(words(cls.levels[n]) for n in range(LEVELS)),
                graded=tuple(v.spec() for v in declared.values() if isinstance(v, Graded)),
                events=tuple(e.spec for e in declared.values() if isinstance(e, Event)),
                tasks=tuple(t.spec for t in declared.values() if isinstance(t, Task)),
                warnings=tuple(words(w) for w in cls.warnings),
                interlocks=cls._interlocks(declared),
                contraindications=tuple(cls.contraindications),
                comfort=cls.comfort,
                targets=tuple(
                    TargetSpec(name=n, label=words(told)) for n, told in cls.targets.items()
                ),
                lines=tuple(LineSpec(name=n, words=words(told)) for n, told in cls.lines.items()),
                expected_distress=cls._expected(),
                bat=None if cls.bat is None else cls.bat.spec(),
                walk=None if cls.walk is None else cls.walk.spec(),
            )
        except ValidationError as error:
            raise broken(error, named=True) from error

    @classmethod
    def _expected(cls) -> tuple[int, ...]:
        if not cls.expected_distress:
            return ()
        try:
            return tuple(round(each) for each in spread(cls.expected_distress))
        except ScenarioError as error:
            raise ScenarioError("expected_distress: {why}", why=error) from error

    @classmethod
    def _interlocks(cls, declared: Mapping[str, object]) -> tuple[InterlockSpec, ...]:
        if not all(isinstance(each, Interlock) for each in cls.interlocks):
            raise ScenarioError("interlocks: write each as one bound that requires or forbids one")
        of_played = [p.interlocks() for p in declared.values() if isinstance(p, Played)]
        return (*(i.spec() for i in cls.interlocks), *(i for each in of_played for i in each))

    @classmethod
    def events(cls) -> dict[str, Event]:
        """The declared events by name, in the order they were written."""
        return cls._declared(Event)

    @classmethod
    def tasks(cls) -> dict[str, Task]:
        """The declared tasks by name, in the order they were written."""
        return cls._declared(Task)

    @classmethod
    def _declared(cls, kind: type[_Kind]) -> dict[str, _Kind]:
        found: dict[str, _Kind] = {}
        for base in reversed(cls.__mro__):
            found.update({n: e for n, e in vars(base).items() if isinstance(e, kind)})
        return found


def _seconds(given: float) -> float:
    """A length of time, less what adding up ticks may lack; raises `ScenarioError`."""
    if not isinstance(given, int | float) or not -LONGEST_S <= given <= LONGEST_S:
        raise ScenarioError("`seconds` is a number, {most} at most", most=round(LONGEST_S))
    return given - 1e-9
