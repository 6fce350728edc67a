"""Owns what a world asks of whoever makes it seen and heard; knows no renderer."""

from __future__ import annotations

from typing import Protocol

from scenarios.api.manifest import Manifest
from scenarios.api.stage import Vec
from vr_runtime.stage.heard import Heard
from vr_runtime.stage.lamp import Lamp
from vr_runtime.stage.own import OwnFile
from vr_runtime.stage.panorama import Panorama
from vr_runtime.stage.placed import Placed
from vr_runtime.stage.resting import Resting
from vr_runtime.stage.rooms import Plan
from vr_runtime.stage.sign import Sign


class Scenery(Protocol):
    """Who makes the world seen and heard. Called only with what was checked already."""

    def model(self, placed: Placed, name: str) -> None:
        """Bring a model in, as soon as it can be drawn without a late picture."""
        ...

    def own_model(self, placed: Placed, file: OwnFile) -> None:
        """Bring in a model of the scenario's own, read beside the pictures."""
        ...

    def own_sound(self, heard: Heard, file: OwnFile) -> None:
        """Bring in a sound of the scenario's own, read and measured beside the pictures."""
        ...

    def panorama(self, panorama: Panorama, file: OwnFile) -> None:
        """Bring in a picture or film all around, read beside the pictures."""
        ...

    def text(self, placed: Placed, sign: Sign) -> None:
        """Bring in a sign; it says its words in the patient's language."""
        ...

    def room(self, placed: Placed, plan: Plan) -> None:
        """Bring a room in."""
        ...

    def resting(self, place: Resting) -> None:
        """Let one of the resting places be seen, in its own light."""
        ...

    def box(self, placed: Placed, size: Vec, material: str) -> None:
        """Bring a box in; size in metres."""
        ...

    def lamp(self, lamp: Lamp) -> None:
        """Let a lamp shine."""
        ...

    def sound(self, heard: Heard, name: str) -> None:
        """Bring a sound in."""
        ...

    def lines(self, manifest: Manifest) -> None:
        """Know which lines may be spoken from now on."""
        ...

    def gone(self, thing: Placed | Heard) -> None:
        """Take something out and give back what it used."""
        ...

    def all_gone(self) -> None:
        """The scenario has ended: give back also what was kept to be used again."""
        ...

    def loading(self) -> float:
        """How much of what was brought in stands ready, 0 to 1."""
        ...
