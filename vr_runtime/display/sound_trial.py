"""Owns the process in which the sound library names its devices on the standard error.

Run as `python -m vr_runtime.display.sound_trial`; `vr_runtime.display.hearing` reads what it says.
"""

from __future__ import annotations

import sys

from panda3d.core import AudioManager, loadPrcFileData


def main() -> int:
    """Open the preferred device and close it; 0 when there is one, 3 when not."""
    loadPrcFileData("palier", "audio-library-name p3openal_audio\nnotify-level-audio debug")
    manager = AudioManager.createAudioManager()
    valid = manager.isValid()
    manager.shutdown()
    return 0 if valid else 3


if __name__ == "__main__":
    sys.exit(main())
