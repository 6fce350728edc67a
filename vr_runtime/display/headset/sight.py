"""Owns what a patient in a headset reads: a board in the room, the same for both eyes.

It stands still ahead and below the gaze, and is brought after a head that has turned away for good.
Knows no driver.
"""

from __future__ import annotations

from collections.abc import Callable

from panda3d.core import GraphicsOutput

from scenarios.api.manifest import Words
from vr_runtime.display.answering import DWELL_S
from vr_runtime.display.hand import Hand
from vr_runtime.display.headset.eyes import HeadEyes
from vr_runtime.display.sight.cards import Language, cards_of
from vr_runtime.display.sight.faces import EDGE_EM
from vr_runtime.display.sight.placing import BREADTH_M, EM_M, Placing, on_board
from vr_runtime.wire.sight import Sight

SCALE_M = BREADTH_M - 2 * EDGE_EM * EM_M
"""Breadth of the dial's scale on the board."""


class HeadSight:
    """What is to be read, before both eyes."""

    def __init__(self, eyes: HeadEyes, hand: Hand, language: Language) -> None:
        """Write on the board of these eyes; the patient's own language goes before this one."""
        self._eyes = eyes
        self._hand = hand
        self._language = language
        self._placing = Placing()
        self._shown = False
        self.sight = Sight()
        self.watched = False
        self.announced: Words | None = None
        """What is about to happen in the scene."""
        self.leaves_by: Words | None = None
        """What the patient does to leave, as the scenario calls it."""

    def lay_into(self, output: GraphicsOutput) -> Callable[[], None]:
        """Nothing more: who looks on sees the left eye's picture, and the board is in it."""
        return lambda: None

    def advance(self, size: tuple[int, int], now_s: float, dt: float) -> None:
        """Before a picture, `dt` seconds after the last; a headset asks for no `size`."""
        answering = self._hand.answering
        cards = cards_of(
            self.sight,
            self._language,
            self._hand.devices(),
            watched=self.watched,
            announced=self.announced,
            leaves_by=self.leaves_by,
            value=answering.value if answering.open else None,
            looked=answering.looked_s / DWELL_S if answering.open else 0.0,
        )
        yaw, pitch = self._eyes.gaze
        if cards and not self._shown:
            self._placing.put(yaw)
        self._shown = bool(cards)
        self._placing.follow(yaw, dt)
        board = self._eyes.board
        board.write(cards, self._placing.yaw, dt)
        if board.dial is not None and self.sight.patient.gaze:
            upper, lower = board.dial
            met = on_board(yaw, pitch, self._placing.yaw, SCALE_M, upper, lower)
            answering.look(met, dt, now_s)
