"""Owns the practice room: lanterns to look at, and what to try next; it knows no session.

It is the neutral room with a few things hung in it. A lantern lights up when it is looked at for a
moment, and stays lit. What has been tried is told once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from panda3d.core import NodePath, Point3

from scenarios.api.manifest import Words
from vr_runtime.display.repose.lettering import line_count, written
from vr_runtime.display.repose.words import (
    DONE,
    DONE_ALOUD,
    LEAVE,
    LEAVE_ALOUD,
    LOOK,
    MOVE,
    RATE,
)
from vr_runtime.language import LANGUAGES, Language
from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.lighting import Lighting
from vr_runtime.stage.look.soft import strengthen
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import tube
from vr_runtime.stage.panda.soft_shapes import lantern, words_card
from vr_runtime.wire.acts import Skill

PAPER = (1.0, 0.90, 0.74)
RADIUS_M, CEILING_M = 0.17, 2.88
AHEAD: tuple[tuple[float, float, float], ...] = (
    (-1.45, 2.5, 1.72),
    (1.30, 2.7, 2.02),
    (2.35, 1.0, 1.30),
)
BEHIND: tuple[tuple[float, float, float], ...] = ((-1.7, -2.0, 1.75), (1.8, -2.2, 1.60))
"""Middles of the lanterns, in metres."""
NEAR_DEGREES = 9.0
"""So close to the middle of the view a lantern is looked at."""
DWELL_S = 0.6
"""Seconds in which it lights up."""
CARD_AT, CARD_HIGH_M = (0.0, 2.3, 1.10), 0.30
CARDS: Mapping[str, tuple[Words, Words]] = {
    "look": LOOK,
    "move": MOVE,
    "rate": RATE,
    "leave": LEAVE,
    "leave aloud": LEAVE_ALOUD,
    "done": DONE,
    "done aloud": DONE_ALOUD,
}
"""By what to try next. *Aloud* stands for who can use no hand, and asks to be led out."""


class Lantern:
    """One lantern and how far it is lit."""

    def __init__(self, root: NodePath, at: tuple[float, float, float]) -> None:
        self.at = Point3(*at)
        self.lit = 0.0
        self._ball = lantern(PAPER)
        self._ball.reparentTo(root)
        self._ball.setPos(self.at)
        self._ball.setScale(RADIUS_M)
        strengthen(self._ball, 0.0)

    def advance(self, dt: float, *, looked_at: bool) -> None:
        """`dt` seconds passed. What began to light up goes out again if it is looked away from."""
        if self.lit < 1.0:
            self.lit = min(1.0, max(0.0, self.lit + (dt if looked_at else -dt) / DWELL_S))
            strengthen(self._ball, self.lit * self.lit * (3.0 - 2.0 * self.lit))

    def light(self) -> None:
        """It was lit before."""
        self.lit = 1.0
        strengthen(self._ball, 1.0)


class PracticeRoom:
    """The room. Its time passes only while it is seen."""

    def __init__(
        self, root: NodePath, lighting: Lighting, language: Language, *, rates: bool = False
    ) -> None:
        """Hang the practice into `root`; `rates` says whether there is a dial to try.

        Its cards are written in every language at once, so that another one makes no picture late.
        """
        self.root = root
        self._lighting = lighting
        self._language = language
        self._skills: tuple[Skill, ...] = (
            ("look", "move", "rate", "leave") if rates else ("look", "move", "leave")
        )
        self._ahead = [Lantern(root, at) for at in AHEAD]
        self._behind = [Lantern(root, at) for at in BEHIND]
        _threads().reparentTo(root)
        self._cards = {
            (name, language): self._card(words, language)
            for name, words in CARDS.items()
            for language in LANGUAGES
        }
        self._aloud = False
        self._told: set[Skill] = set()
        self._found: list[Skill] = []
        self.practised(())

    def _card(self, words: tuple[Words, Words], language: Language) -> NodePath:
        image = written(*(text.get(language) for text in words))
        node = words_card(image, CARD_HIGH_M * line_count(words[0].get(language)))
        node.setPos(*CARD_AT)
        node.setP(-8.0)
        node.setBin("fixed", 10)
        node.reparentTo(self.root)
        return node

    def practised(self, skills: tuple[Skill, ...]) -> None:
        """What the engine knows of: the card asks for what is left, what was lit stays lit.

        With none of it the room is as new: another patient comes.
        """
        if not skills and self._told:
            self._told.clear()
            for one in (*self._ahead, *self._behind):
                one.lit = 0.0
                one.advance(0.0, looked_at=False)
        for skill, group in (("look", self._ahead), ("move", self._behind)):
            if skill in skills and any(one.lit < 1.0 for one in group):
                for one in group:
                    one.light()
        self._told.update(skills)
        self._show_card()

    def speak(self, language: Language, *, aloud: bool) -> None:
        """From the next picture on the card is in this language.

        `aloud` for a patient who can use no hand, and asks to be led out.
        """
        self._language, self._aloud = language, aloud
        self._show_card()

    def _show_card(self) -> None:
        name = next((skill for skill in self._skills if skill not in self._told), "done")
        if self._aloud and f"{name} aloud" in CARDS:
            name = f"{name} aloud"
        for key, card in self._cards.items():
            card.show() if key == (name, self._language) else card.hide()

    def draw_with(self, *, streaks: int, leaves: float) -> None:
        """How much of what is many is drawn: streaks of rain, share of leaves (0 to 1)."""
        self._lighting.draw_with(streaks=streaks, leaves=leaves)

    def advance(self, dt: float) -> None:
        """`dt` seconds passed."""
        self._lighting.advance(dt)

    def look(self, dt: float, eyes: NodePath) -> None:
        """`eyes` looked for `dt` seconds where they are looking now."""
        here = eyes.getPos(self.root)
        ahead = eyes.getQuat(self.root).getForward()
        near = math.cos(math.radians(NEAR_DEGREES))
        for one in (*self._ahead, *self._behind):
            way = one.at - here
            way.normalize()
            one.advance(dt, looked_at=way.dot(ahead) > near)
        groups: tuple[tuple[Skill, list[Lantern]], ...] = (
            ("look", self._ahead),
            ("move", self._behind),
        )
        for skill, group in groups:
            if skill not in self._told and all(one.lit >= 1.0 for one in group):
                self._told.add(skill)
                self._found.append(skill)

    def found(self) -> list[Skill]:
        """What has been tried since the last call."""
        found, self._found = self._found, []
        return found


def _threads() -> NodePath:
    """What the lanterns hang from, and the small wooden ends that hold their paper."""
    mesh = Mesh()
    for x, y, z in (*AHEAD, *BEHIND):
        top = z + 0.9 * RADIUS_M
        for path, radius, tint in (
            ([(x, y, top), (x, y, (top + CEILING_M) / 2), (x, y, CEILING_M)], 0.004, 0.5),
            ([(x, y, top - 0.02), (x, y, top), (x, y, top + 0.012)], 0.055, 0.42),
            ([(x, y, z - 0.93 * RADIUS_M), (x, y, z - 0.86 * RADIUS_M)], 0.05, 0.42),
        ):
            piece, normals = tube(path, radius, 12)
            mesh.add(piece, colour=(tint, 0.9 * tint, 0.78 * tint), normals=normals)
    node = mesh.nodes("threads", "layered")
    dress(node, "layered")
    return node
