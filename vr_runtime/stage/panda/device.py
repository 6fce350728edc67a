"""Owns the opening of a sound device; knows nothing of what is played."""

from __future__ import annotations

from panda3d.core import AudioManager, ConfigVariableString


def open_manager(name: str | None = None) -> AudioManager | None:
    """The sound device of this name, else the system's own; None where there is none.

    A name must be one that the system lists: for another, the sound library takes its own choice.
    """
    if name is not None:
        ConfigVariableString("openal-device", "").setValue(name)
    manager = AudioManager.createAudioManager()
    return manager if manager.isValid() else None
