"""Owns a stage on which nothing is drawn or heard, yet every rule holds; knows no renderer."""

from __future__ import annotations

from scenarios.api.manifest import Manifest
from scenarios.api.stage import Vec
from vr_runtime.stage.heard import Heard
from vr_runtime.stage.lamp import Lamp
from vr_runtime.stage.names import Names
from vr_runtime.stage.own import OwnFile
from vr_runtime.stage.panorama import Panorama
from vr_runtime.stage.placed import Placed
from vr_runtime.stage.resting import Resting
from vr_runtime.stage.rooms import Plan
from vr_runtime.stage.sign import Sign
from vr_runtime.stage.world_stage import WorldStage


class Unseen:
    """A scenery that stays dark and silent: what is asked for is ready at once."""

    def model(self, placed: Placed, name: str) -> None:
        """Nothing is drawn."""

    def own_model(self, placed: Placed, file: OwnFile) -> None:
        """Nothing is drawn."""

    def own_sound(self, heard: Heard, file: OwnFile) -> None:
        """Nothing is heard."""

    def panorama(self, panorama: Panorama, file: OwnFile) -> None:
        """Nothing is drawn."""

    def text(self, placed: Placed, sign: Sign) -> None:
        """Nothing is drawn."""

    def room(self, placed: Placed, plan: Plan) -> None:
        """Nothing is drawn."""

    def resting(self, place: Resting) -> None:
        """Nothing is drawn."""

    def box(self, placed: Placed, size: Vec, material: str) -> None:
        """Nothing is drawn."""

    def lamp(self, lamp: Lamp) -> None:
        """Nothing shines."""

    def sound(self, heard: Heard, name: str) -> None:
        """Nothing is heard."""

    def lines(self, manifest: Manifest) -> None:
        """Nothing is spoken aloud."""

    def gone(self, thing: Placed | Heard) -> None:
        """Nothing was used."""

    def all_gone(self) -> None:
        """Nothing was kept."""

    def loading(self) -> float:
        """Always 1: there is nothing to wait for."""
        return 1.0


class NullStage(WorldStage):
    """The stage of `--display null`: places, owners, glides and marks without a picture."""

    def __init__(self, names: Names) -> None:
        super().__init__(names, Unseen())
