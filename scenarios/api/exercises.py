"""Owns what a guided exercise is, as data, and the words it is led with; draws and times nothing.

The figures are those of the clinic's literature, and no clinician has reviewed these texts: read
them first, and change what does not fit. Breath is never held, in any exercise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from types import MappingProxyType
from typing import Protocol

from scenarios.api.errors import ScenarioError, mark

SLOWEST, FASTEST = 4.0, 10.0
"""Breaths a minute of a guide. Around six is where slow breathing is practised for the heart's own
rhythm (Lehrer and Gevirtz 2014); adults at rest breathe 12 to 20 times."""


def _within(what: str, value: float, low: float, high: float) -> None:
    if not isinstance(value, int | float) or not isfinite(value) or not low <= value <= high:
        told = mark("`{what}` is a number from {low} to {high}, not {value}")
        raise ScenarioError(told, what=what, low=low, high=high, value=repr(value)[:80])


@dataclass(frozen=True)
class Breathing:
    """Slow breathing with a shape that grows and sinks, until its guide is removed.

    Raises `ScenarioError` for a figure outside its range, or for breathing out that is shorter than
    breathing in.

    Example:
        >>> calm = Breathing(per_minute=6.0, breathe_in=2.0, breathe_out=3.0)
        >>> calm.per_minute, calm.breathe_in, calm.breathe_out, calm.in_share
        (6.0, 2.0, 3.0, 0.4)
    """

    per_minute: float = 6.0
    """Breaths a minute, 4 to 10."""
    breathe_in: float = 2.0
    """How long breathing in takes beside breathing out: 2 to 3 is 40 % of each breath."""
    breathe_out: float = 3.0
    """Never less than `breathe_in`, and at most 3 times as much."""

    def __post_init__(self) -> None:
        _within("per_minute", self.per_minute, SLOWEST, FASTEST)
        _within("breathe_in", self.breathe_in, 0.1, 60.0)
        _within("breathe_out", self.breathe_out, self.breathe_in, 3.0 * self.breathe_in)

    @property
    def in_share(self) -> float:
        """How much of each breath is breathing in, 0.25 to 0.5."""
        return self.breathe_in / (self.breathe_in + self.breathe_out)


@dataclass(frozen=True)
class Tensing:
    """Tensing and letting go, so often, with a ring that tells the time; it ends by itself.

    As it stands it is applied tension, which keeps blood pressure up in those who faint at blood or
    injections (Öst and Sterner 1987: tense 10 to 15 s, let go for 20 to 30 s to normal and no
    further, five times). With `relaxes` one lets go to rest, as in muscle relaxation (Bernstein and
    Borkovec 1973: 5 to 7 s tense). Neither is for anyone who was told not to strain: see
    `ASK_BEFORE_TENSING`. Raises `ScenarioError` for a figure outside its range.

    Example:
        >>> applied = Tensing(tense_s=12.0, release_s=25.0, rounds=5)
        >>> part = Tensing(tense_s=6.0, release_s=15.0, rounds=1, relaxes=True)
        >>> applied.rounds, applied.relaxes, part.tense_s, part.release_s
        (5, False, 6.0, 15.0)
    """

    tense_s: float = 15.0
    """Seconds, 3 to 20; the breath goes on."""
    release_s: float = 30.0
    """Seconds, 5 to 60."""
    rounds: int = 5
    """1 to 20."""
    relaxes: bool = False
    """Whether one lets go to rest; without it to normal tension alone."""

    def __post_init__(self) -> None:
        _within("tense_s", self.tense_s, 3.0, 20.0)
        _within("release_s", self.release_s, 5.0, 60.0)
        _within("rounds", self.rounds, 1, 20)
        if self.rounds != int(self.rounds):
            raise ScenarioError("`rounds` is a whole number")


class Guide(Protocol):
    """A guide to an exercise before the patient's eyes, made by `Stage.guide`.

    Example:
        >>> guide: Guide = stage.guide(Breathing(per_minute=8.0))
        >>> guide.help = 0.5
        >>> guide.lead(Breathing(per_minute=6.0))
        >>> guide.rounds, guide.over
        (0, False)
        >>> guide.remove()
    """

    help: float
    """How much it helps, 1 to 0: whole at first; below 0.75 without its words, and the shape pales;
    from 0.25 on it is gone and the breath alone is heard, ever softer; at 0 nothing is left, and
    the cycle goes on unseen. A patient who wants no sound of it has none."""

    @property
    def rounds(self) -> int:
        """Whole breaths, or whole times of tensing and letting go, until now."""
        ...

    @property
    def over(self) -> bool:
        """Whether the last round is over; never so of breathing."""
        ...

    def lead(self, exercise: Breathing | Tensing) -> None:
        """From the next round on lead through this; the same again does nothing."""
        ...

    def remove(self) -> None:
        """Take it away; doing so twice does nothing."""
        ...


Texts = Mapping[str, Mapping[str, str]]


def _texts(**lines: tuple[str, str]) -> Texts:
    return MappingProxyType(
        {n: MappingProxyType({"fr": fr, "en": en}) for n, (fr, en) in lines.items()}
    )


MUSCLES = _texts(
    muscles_settle=(
        "Installez-vous, le dos soutenu, les pieds au sol. Rien ne doit faire mal : ce qui est "
        "douloureux, laissez-le de côté.",
        "Sit with your back supported and your feet on the floor. Nothing should hurt: leave out "
        "whatever does.",
    ),
    muscles_hands=(
        "Les deux mains. Fermez les poings, sans forcer, quand la forme se resserre ; ouvrez-les "
        "quand elle s'ouvre.",
        "Both hands. Close your fists, not too hard, as the shape gathers; open them as it opens.",
    ),
    muscles_arms=(
        "Les bras. Pliez les coudes et durcissez le haut des bras ; puis laissez-les redescendre.",
        "The arms. Bend your elbows and firm your upper arms; then let them sink back.",
    ),
    muscles_face=(
        "Le visage. Plissez le front et serrez les paupières ; puis laissez tout se lisser.",
        "The face. Wrinkle your forehead and close your eyes tightly; then let it all smooth out.",
    ),
    muscles_shoulders=(
        "Les épaules. Montez-les vers les oreilles ; puis laissez-les tomber.",
        "The shoulders. Raise them towards your ears; then let them drop.",
    ),
    muscles_belly=(
        "Le ventre. Durcissez-le en continuant à respirer ; puis laissez-le redevenir souple.",
        "The belly. Firm it, and keep breathing; then let it go soft again.",
    ),
    muscles_thighs=(
        "Les cuisses. Pressez les genoux l'un contre l'autre ; puis laissez-les s'écarter.",
        "The thighs. Press your knees together; then let them fall apart.",
    ),
    muscles_feet=(
        "Les mollets et les pieds. Ramenez les orteils vers vous, doucement ; puis relâchez.",
        "The calves and feet. Draw your toes towards you, gently; then let go.",
    ),
    muscles_rest=(
        "Restez ainsi un moment. Remarquez ce qui est différent de tout à l'heure.",
        "Stay like this for a moment. Notice what is different from before.",
    ),
)
"""Lines for muscle relaxation, in their order: the first and last are said alone, between them one
group of muscles each.

Example:
    >>> lines = {**MUSCLES, "look": {"fr": "Regardez.", "en": "Look."}}
    >>> lines["muscles_shoulders"]["en"]
    'The shoulders. Raise them towards your ears; then let them drop.'
"""

MUSCLE_GROUPS = tuple(MUSCLES)[1:-1]
"""Names of the lines for a group of muscles each, from the hands to the feet.

Example:
    >>> MUSCLE_GROUPS[0], MUSCLE_GROUPS[-1], len(MUSCLE_GROUPS)
    ('muscles_hands', 'muscles_feet', 7)
"""

TENSION = _texts(
    tension_settle=(
        "Asseyez-vous bien, les pieds au sol. Vous allez contracter bras, tronc et jambes en "
        "continuant à respirer, jusqu'à sentir le visage se réchauffer.",
        "Sit firmly, feet on the floor. You will tense arms, trunk and legs and keep breathing, "
        "until your face feels warm.",
    ),
    tension_end=(
        "C'est fini. Gardez un instant la position assise, comme d'habitude, avant de vous lever.",
        "That is all. Stay seated for a moment, just as usual, before you stand up.",
    ),
)
"""What is said before and after applied tension.

Example:
    >>> list(TENSION)
    ['tension_settle', 'tension_end']
"""

ASK_BEFORE_TENSING = MappingProxyType(
    {
        "fr": "Demandez avant : grossesse, tension artérielle élevée, maladie du cœur ou des yeux, "
        "opération récente, douleur, ou tout conseil médical de ne pas forcer. Si oui, sans "
        "l'accord du médecin, pas de contraction.",
        "en": "Ask before: pregnancy, high blood pressure, heart or eye disease, a recent "
        "operation, pain, or any medical advice not to strain. If so, no tensing without the "
        "doctor's agreement.",
    }
)
"""Warning of a task that tenses muscles, together with `"strain"` among `contraindications`.

Example:
    >>> class Ward(Scenario):
    ...     @task(fr="Contractez.", en="Tense.", warning=ASK_BEFORE_TENSING)
    ...     def tension(self):
    ...         yield from self.guided(Tensing())
    >>> Ward.tension.spec.warning.en[:21]
    'Ask before: pregnancy'
"""

ASK_BEFORE_RELAXING = MappingProxyType(
    {
        "fr": "Demandez avant : grossesse, tension artérielle élevée, maladie du cœur ou des yeux, "
        "opération récente, douleur. Pas pour qui s'évanouit à la vue du sang : la détente y "
        "pousse, c'est la tension appliquée qu'il lui faut.",
        "en": "Ask before: pregnancy, high blood pressure, heart or eye disease, a recent "
        "operation, pain. Not for anyone who faints at blood: relaxing makes it likelier, "
        "applied tension is for them.",
    }
)
"""Warning of a task of muscle relaxation; on fainting see Öst and Sterner 1987.

Example:
    >>> "blood" in ASK_BEFORE_RELAXING["en"]
    True
"""

ASK_BEFORE_BREATHING = MappingProxyType(
    {
        "fr": "Demandez avant : maladie des poumons ou du cœur, crises de panique liées au "
        "souffle. En cas de vertige ou de fourmillements, arrêtez et laissez respirer à volonté.",
        "en": "Ask before: lung or heart disease, panic that begins with the breath. If there is "
        "dizziness or tingling, end it and let the patient breathe as they like.",
    }
)
"""Warning of a task of slow breathing.

Example:
    >>> "dizziness" in ASK_BEFORE_BREATHING["en"]
    True
"""
