"""Owns the guide as the patient sees it: a soft shape, a ring, a few words; counts nothing.

The shape follows the engine's cycle and nothing else. It changes over seconds: nothing flashes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from panda3d.core import NodePath

from vr_runtime.display.repose.lettering import written
from vr_runtime.display.repose.words import GUIDE, said
from vr_runtime.engine.guide import Guide
from vr_runtime.language import LANGUAGES, Language
from vr_runtime.stage.look.soft import strengthen, tinted
from vr_runtime.stage.panda.soft_shapes import soft_ball, soft_ring, words_card
from vr_runtime.stage.viewer import Footing
from vr_runtime.wire.state import GuideState

AHEAD_M, LOW_M = 2.0, 0.19
"""Where the shape stands before the patient's eyes, and how far below them."""
WORDS_HIGH_M, WORDS_BELOW_M = 0.25, 0.58
SMALL_M, LARGE_M, USUAL_M = 0.15, 0.34, 0.26
"""Radii of the shape: breathed out, breathed in, and at normal tension."""
CALM, FIRM = (0.66, 0.83, 0.85), (0.90, 0.78, 0.58)
EASE_S = 1.5
"""Seconds in which the shape gathers and opens again with the muscles."""


@dataclass(frozen=True)
class Help:
    """How much of a guide is given."""

    seen: float = 1.0
    """How much of its shape and words is seen, 0 to 1."""
    words: bool = True
    heard: float = 1.0
    """How loud its breath is, 0 to 1."""
    up_m: float = 0.0
    """How much higher it stands than in a place of rest."""


WHOLE = Help()
IN_SCENE_M = 0.22
"""In a scene a task and a caption stand below it: it makes room for them."""


def eased(part: float) -> float:
    """0 to 1 as smoothly as a breath: slow at both ends, never still."""
    return 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, part)))


def radius(guide: GuideState) -> float:
    """Radius in metres of the shape."""
    if guide.guide == "breathing":
        grown = {"begin": 0.0, "in": eased(guide.part), "out": 1.0 - eased(guide.part)}[guide.step]
        return SMALL_M + (LARGE_M - SMALL_M) * grown
    return USUAL_M + (SMALL_M - USUAL_M) * firmness(guide)


def firmness(guide: GuideState) -> float:
    """How far the shape has gathered with the muscles, 0 to 1."""
    if guide.step not in ("tense", "release") or guide.part <= 0.0:
        return 0.0 if guide.step != "release" else 1.0
    # The length of the step is told by what has passed and what is left.
    passed_s = guide.left_s * guide.part / max(1e-6, 1.0 - guide.part)
    gathered = eased(passed_s / EASE_S if guide.part < 1.0 else 1.0)
    return gathered if guide.step == "tense" else 1.0 - gathered


class Guiding:
    """The shape, hung below whichever place is seen."""

    def __init__(self, language: Language) -> None:
        """Say each step in this language, until another is asked for."""
        self._language = language
        self._root = NodePath("guide")
        self._root.setDepthTest(False)
        self._root.setBin("fixed", 20)
        self._ball = soft_ball(CALM, "guide")
        self._ring = soft_ring(CALM)
        for node in (self._ring, self._ball):
            node.reparentTo(self._root)
        self._ring.setScale(LARGE_M * 1.12)
        self._words: dict[tuple[str, str], NodePath] = {}
        self._written: NodePath | None = None
        self._guide: Guide | None = None
        self._turn = self._eyes_m = 0.0

    def warm(self, root: NodePath) -> None:
        """Hang all of it below `root` once, so that its first picture is no later than others."""
        self._root.reparentTo(root)
        for text, below in GUIDE.values():
            for language in LANGUAGES:
                self._write((text.get(language), below.get(language).strip()))

    def speak(self, language: Language) -> None:
        """From the next picture on say each step in this language."""
        self._language = language

    def rest(self) -> None:
        """Nothing of it is seen."""
        self._root.detachNode()

    def follow(
        self,
        guide: Guide | None,
        between: float,
        place: NodePath,
        eyes: NodePath,
        feet: Footing,
        given: Help = WHOLE,
    ) -> None:
        """Before a picture: show `guide` below `place`, `between` 0 and 1 to the next tick.

        It stands before the patient's `eyes` as they were when it began, above `feet`, and does
        not follow the head.
        """
        if guide is None:
            self._guide = None
            self._root.detachNode()
            return
        if guide is not self._guide:
            self._guide = guide
            self._turn = eyes.getH(place) - feet.heading
            self._eyes_m = eyes.getZ(place) - feet.at[2]
        if self._root.getParent() != place:
            self._root.reparentTo(place)
        x, y, z = feet.at
        up = self._eyes_m + given.up_m
        self._root.setPosHpr(x, y, z + up, feet.heading + self._turn, -feet.looking_down, 0.0)
        state = guide.state(between)
        self._shape(state, given.seen)
        self._write(said(state, self._language) if given.words else None)
        if self._written is not None:
            strengthen(self._written, given.seen)

    def _shape(self, state: GuideState, seen: float) -> None:
        size = radius(state)
        self._ball.setPos(0.0, AHEAD_M, -LOW_M)
        self._ball.setScale(size)
        firm = 0.0 if state.guide == "breathing" else firmness(state)
        tint = tuple(c + (f - c) * firm for c, f in zip(CALM, FIRM, strict=True))
        tinted(self._ball, (tint[0], tint[1], tint[2]))
        arrived = eased(state.part * 3.0) if state.step == "begin" else 1.0
        arrived *= seen
        strengthen(self._ball, (0.80 + 0.12 * firm) * arrived)
        self._ring.setPos(0.0, AHEAD_M + 0.02, -LOW_M)
        counted = state.guide != "breathing" and state.step in ("tense", "release")
        # In breathing the ring stands still: it says how far the shape will grow.
        strengthen(self._ring, 0.55 * arrived, state.part if counted else 0.0)
        tinted(self._ring, (tint[0], tint[1], tint[2]))

    def _write(self, words: tuple[str, str] | None) -> None:
        node = None if words is None else self._words.get(words)
        if words is not None and node is None:
            image = written(*words)
            lines = 1.0 if words[1] else 0.68
            node = self._words[words] = words_card(image, WORDS_HIGH_M * lines)
            node.setPos(0.0, AHEAD_M, -LOW_M - WORDS_BELOW_M)
        if node is not self._written:
            if self._written is not None:
                self._written.detachNode()
            if node is not None:
                node.reparentTo(self._root)
            self._written = node
