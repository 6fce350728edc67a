"""Owns how the sight that the engine tells becomes cards before the eyes of one who sits at a
screen: over the picture, or, for a patient who answers by looking, on a board in the room.

It knows neither session nor device; the hand tells what is chosen.
"""

from __future__ import annotations

from collections.abc import Callable

from panda3d.core import GraphicsOutput, Lens, TransformState

from scenarios.api.manifest import Words
from vr_runtime.display.answering import DWELL_S
from vr_runtime.display.hand import Hand
from vr_runtime.display.sight.cards import Card, Kind, Language, cards_of
from vr_runtime.display.sight.faces import EDGE_EM
from vr_runtime.display.sight.layer import Board, Flat
from vr_runtime.display.sight.placing import BREADTH_M, EM_M, Placing, on_board
from vr_runtime.wire.sight import Sight

LARGER = 1.5
"""The board before a flat screen, compared with a headset's."""
SCALE_M = LARGER * (BREADTH_M - 2 * EDGE_EM * EM_M)
"""Breadth of the dial's scale on it."""


class InSight:
    """What is to be read, in the main picture and in the mirror's."""

    def __init__(self, lens: Lens, hand: Hand, language: Language) -> None:
        """For eyes that look through `lens`; the patient's own language goes before this one."""
        self._lens = lens
        self._hand = hand
        self._language = language
        self._flat = Flat()
        self._board = Board(LARGER)
        self._placing = Placing()
        self._eye = TransformState.makeIdentity()
        self._regions: list[Callable[[], None]] = []
        self._on_board = False
        self.sight = Sight()
        self.watched = False
        self.announced: Words | None = None
        """What is about to happen in the scene."""
        self.leaves_by: Words | None = None
        """What the patient does to leave, as the scenario calls it."""

    def lay_into(self, output: GraphicsOutput) -> Callable[[], None]:
        """Let `output` show it; call what is given back before each of its pictures."""
        flat, board = self._flat.lay_into(output), self._board.lay_into(output, self._lens)

        def renew() -> None:
            flat()
            board(self._eye)

        return renew

    def advance(self, size: tuple[int, int], now_s: float, dt: float) -> None:
        """Before a picture of this width and height, `dt` seconds after the last."""
        answering, look = self._hand.answering, self._hand.look
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
        board: dict[Kind, Card] = {}
        if self.sight.patient.gaze and "dial" in cards:
            board["dial"] = cards.pop("dial")
        self._flat.write(cards, size, dt)
        self._follow(bool(board), dt)
        self._board.write(board, self._placing.yaw, dt)
        if self._board.dial is not None and board:
            upper, lower = self._board.dial
            place = on_board(look.yaw, look.pitch, self._placing.yaw, SCALE_M, upper, lower)
            answering.look(place, dt, now_s)

    def _follow(self, shown: bool, dt: float) -> None:
        look = self._hand.look
        self._eye = TransformState.makeHpr((look.yaw, look.pitch, 0.0))
        if shown and not self._on_board:
            self._placing.put(look.yaw)
        self._on_board = shown
        self._placing.follow(look.yaw, dt)
