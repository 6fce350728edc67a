"""Owns the glass and the card that patients' tasks lead: over a spider, under it, away again."""

from __future__ import annotations

from scenarios.api import Node, Scenario, Steps, Vec

from .table import ASIDE, CARD, MIDDLE, TOP_Z

BESIDE: Vec = (MIDDLE[0] + 0.20, MIDDLE[1], TOP_Z)  # where the card waits, beside the glass


class Covering:
    """A glass that stands upside down, and a sheet of card beside it."""

    def __init__(self, kitchen: Scenario, room: Node) -> None:
        """They lie in `kitchen`'s room."""
        self._kitchen = kitchen
        self._glass = kitchen.stage.model("kitchen/tumbler", at=MIDDLE, parent=room)
        self._card = kitchen.stage.model("kitchen/card", at=CARD, parent=room)
        self._led = False

    def follow(self, *, stands: bool) -> None:
        """Show the glass where it stands, or is led by a task."""
        self._glass.visible = stands or self._led

    def lifted(self) -> Steps:
        """The glass rises, stays for six seconds and comes down again."""
        try:
            yield from self._taken_away(2.5)
            yield from self._kitchen.wait(6.0)
            yield from self._set_down(2.5)
            yield from self._kitchen.wait(1.0)
        finally:
            self._put_back()

    def put_over(self) -> Steps:
        """The glass comes from aside, stays over what is in the middle, and is taken away."""
        self._glass.at, self._led = ASIDE, True
        self._glass.set("down", 0.0)
        try:
            yield from self._set_down(3.0)
            yield from self._kitchen.wait(8.0)
            yield from self._taken_away(2.5)
        finally:
            self._put_back()

    def card_slid(self) -> Steps:
        """The card comes from the right, waits beside the glass, and slides below it."""
        try:
            for place, glides_s, waits_s in ((BESIDE, 2.0, 4.0), (MIDDLE, 3.0, 5.0)):
                yield from self._card.glide_to(place, seconds=glides_s)
                yield from self._kitchen.wait(waits_s)
            yield from self._card.glide_to(CARD, seconds=3.0)
        finally:
            self._put_back()

    def _put_back(self) -> None:
        """Whatever task led them has ended: glass and card are where they belong."""
        self._led = False
        self._glass.at, self._card.at = MIDDLE, CARD
        self._glass.set("down", 1.0)

    def _taken_away(self, seconds: float) -> Steps:
        self._glass.set("down", 0.0)
        yield from self._glass.glide_to(ASIDE, seconds=seconds)

    def _set_down(self, seconds: float) -> Steps:
        yield from self._glass.glide_to(MIDDLE, seconds=seconds)
        self._glass.set("down", 1.0)
        self._kitchen.stage.sound("kitchen/glass", at=MIDDLE).play()
