"""Owns the list of what every display that draws is given, whatever it is seen in."""

from __future__ import annotations

from typing import TypedDict

from vr_runtime.display.quality import Choosing
from vr_runtime.display.repose.practice import PracticeRoom
from vr_runtime.stage.names import Names
from vr_runtime.stage.panda.rooms import Room, SafePlaces
from vr_runtime.stage.panda.scenery import Looks
from vr_runtime.stage.panda.shelf import Shelf
from vr_runtime.stage.panda.sound import SoundPlayer


class Furniture(TypedDict):
    """Names, rooms, models, sounds and looks."""

    names: Names
    neutral: Room
    safe: SafePlaces
    practice: PracticeRoom
    shelf: Shelf
    sounds: SoundPlayer
    sound_device: str | None
    looks: Looks
    choosing: Choosing
