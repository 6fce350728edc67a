"""Owns the calibration tone without a session: `palier-runtime --tone`.

It knows neither engine nor link.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from panda3d.core import NodePath

from vr_runtime.assets import assets_dir
from vr_runtime.display.graphics import configured
from vr_runtime.display.hearing import SoundUnavailable
from vr_runtime.language import _
from vr_runtime.stage.measured import known_sounds
from vr_runtime.stage.names import shipped
from vr_runtime.stage.panda.cards import SoundCards
from vr_runtime.stage.panda.device import open_manager
from vr_runtime.stage.panda.sound import TONE, SoundPlayer
from vr_runtime.wire.hearing import TONE_S

STEP_S = 1 / 60
FADE_S = 0.2


def play_tone(
    device: str | None,
    *,
    seconds: float = TONE_S,
    say: Callable[[str], None] = print,
) -> None:
    """Play the tone for so long at the loudness that sessions begin with.

    Raises:
        SoundUnavailable: there is no sound device.
    """
    configured()
    manager = open_manager(device)
    if manager is None:
        told = _("No sound device was found here; plug one in, and try again.")
        raise SoundUnavailable(told)
    sounds = {TONE: shipped().sounds[TONE]}
    known = known_sounds(assets_dir() / "CREDITS.toml")
    player = SoundPlayer(manager, sounds, "", SoundCards(), time.monotonic, known=known)
    say(_("The calibration tone plays for {n} s; Ctrl+C ends it.").format(n=round(seconds)))
    say(
        _(
            "How loud it is at the ear is the clinic's to set and to measure, on this machine and "
            "these headphones: Palier cannot know it."
        )
    )
    ears = NodePath("world").attachNewNode("ears")
    try:
        player.sound_with(0, tone=True)
        _follow(player, ears, seconds)
        player.sound_with(0, tone=False)
        _follow(player, ears, FADE_S)
    finally:
        player.close()


def _follow(player: SoundPlayer, ears: NodePath, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        player.follow(STEP_S, ears, {})
        time.sleep(STEP_S)
