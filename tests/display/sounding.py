"""Plays a short script through the sound library into a file; run as a process by the tests."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from panda3d.core import NodePath

from vr_runtime.display.graphics import configured
from vr_runtime.stage.heard import Heard
from vr_runtime.stage.panda.cards import SoundCards
from vr_runtime.stage.panda.sound import SoundPlayer, open_manager
from vr_runtime.wire.acts import View


def main() -> None:
    case, folder = sys.argv[1], Path(sys.argv[2])
    configured()
    manager = open_manager()
    if case == "device":
        print("none" if manager is None else "found")
        return
    files = {"tone": folder / "tone.wav", "calm": folder / "tone.wav"}
    player = SoundPlayer(manager, files, "calm", SoundCards(folder), time.monotonic)
    ears = NodePath("world").attachNewNode("ears")
    at = {"left": (-6.0, 0.0, 0.0), "right": (6.0, 0.0, 0.0)}.get(case)
    heard = Heard(at=at, parent=None, loop=True, volume=1.0, owner="scene", forget=player.drop)
    player.bring(heard, "tone")
    play(player, ears, 0.3)
    player.show(View.SAFE_PLACE if case == "calm" else View.SCENE)
    play(player, ears, 0.9)
    print(player.state)
    player.show(View.NEUTRAL)
    play(player, ears, 0.7)
    print(player.state)
    player.close()


def play(player: SoundPlayer, ears: NodePath, seconds: float) -> None:
    """Follow as pictures would, 60 a second."""
    before = time.monotonic()
    end = before + seconds
    while (now := time.monotonic()) < end:
        if now - before >= 1 / 60:
            player.follow(now - before, ears, {})
            before = now


if __name__ == "__main__":
    main()
