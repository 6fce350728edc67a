"""Plays a short script through the sound library into a file; run as a process by the tests."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from panda3d.core import NodePath

from vr_runtime.assets import assets_dir
from vr_runtime.display.graphics import configured
from vr_runtime.engine.guide import BEGIN_TICKS, Guide, cycle_of
from vr_runtime.stage.heard import Heard
from vr_runtime.stage.loudness import integrated, true_peak
from vr_runtime.stage.measured import Known, known_sounds
from vr_runtime.stage.mixing import Bus, Measured
from vr_runtime.stage.names import sounds
from vr_runtime.stage.panda.cards import SoundCards
from vr_runtime.stage.panda.sound import SoundPlayer, open_manager
from vr_runtime.stage.panda.voices import Recording, Voices, decoded
from vr_runtime.wire.acts import GuideBreathing, View
from vr_runtime.wire.version import TICKS_PER_SECOND

PER_MINUTE = 8.0
SOFT = Measured(lufs=-23.0, peak=0.1)


def main() -> None:
    case, folder = sys.argv[1], Path(sys.argv[2])
    configured()
    manager = open_manager()
    if case == "device":
        print("none" if manager is None else "found")
        return
    shipped = sounds(assets_dir() / "audio")
    soft, full, bang = folder / "soft.wav", folder / "full.wav", folder / "bang.wav"
    voice = Recording(folder / "voice.wav", Known(Bus.LINE, SOFT))
    player = SoundPlayer(
        manager,
        {**shipped, "soft": soft, "calm": soft, "full": full, "bang": bang, "clang": full},
        "calm",
        SoundCards(folder),
        time.monotonic,
        known={
            **known_sounds(assets_dir() / "CREDITS.toml"),
            "soft": Known(Bus.BED, SOFT),
            "calm": Known(Bus.CALM, SOFT),
            "full": Known(Bus.BED, measured(full)),
            "clang": Known(Bus.EVENT, measured(full)),
            "bang": Known(Bus.EVENT, measured(bang)),
        },
        voices=Voices({("test.place", "en", "hello"): voice}, "en"),
    )
    Script(player).play(case)
    player.close()


def measured(path: Path) -> Measured:
    wave, rate = decoded(path)
    return Measured(integrated(wave, rate), true_peak(wave))


class Script:
    """What is played in each case, at 60 pictures a second."""

    def __init__(self, player: SoundPlayer) -> None:
        self.player = player
        self.ears = NodePath("world").attachNewNode("ears")

    def play(self, case: str) -> None:
        getattr(self, case)()

    def heard(self, name: str, at: tuple[float, float, float] | None = None, **more: bool) -> Heard:
        heard = Heard(
            at=at,
            parent=None,
            volume=1.0,
            owner="scene",
            forget=self.player.drop,
            **{"loop": True, **more},
        )
        self.player.bring(heard, name)
        return heard

    def pass_time(self, seconds: float) -> None:
        before = time.monotonic()
        end = before + seconds
        while (now := time.monotonic()) < end:
            if now - before >= 1 / 60:
                self.player.follow(now - before, self.ears, {})
                before = now

    def shown(self, view: View, seconds: float) -> None:
        self.player.show(view)
        self.pass_time(seconds)
        print(self.player.state)

    def left(self) -> None:
        self.side(-6.0)

    def right(self) -> None:
        self.side(6.0)

    def side(self, x: float) -> None:
        self.heard("soft", (x, 0.0, 0.0))
        self.pass_time(0.3)
        self.shown(View.SCENE, 0.6)

    def bed(self) -> None:
        self.heard("soft")
        self.pass_time(0.3)
        self.shown(View.SCENE, 0.9)
        self.shown(View.NEUTRAL, 0.7)

    def calm(self) -> None:
        self.heard("soft")
        self.pass_time(0.3)
        self.shown(View.SAFE_PLACE, 0.9)
        self.shown(View.NEUTRAL, 0.7)

    def line(self) -> None:
        """A bed, a second later a line of one second over it."""
        self.heard("soft")
        line = self.heard("voice:test.place/hello", loop=False, line=True)
        self.pass_time(0.3)
        self.shown(View.SCENE, 1.0)
        line.play()
        self.pass_time(2.5)

    def bangs(self) -> None:
        self.worst("bang")

    def clangs(self) -> None:
        self.worst("clang")

    def worst(self, name: str) -> None:
        """More and louder than any scene: full-scale beds, bangs beside the ear, a line."""
        for _ in range(3):
            self.heard("full")
        bangs = [self.heard(name, (x, 0.3, 0.0), loop=False) for x in (-0.5, -0.5, -0.5, 0.5, 0.0)]
        line = self.heard("voice:test.place/hello", loop=False, line=True)
        self.pass_time(0.4)
        self.shown(View.SCENE, 0.3)
        for bang in (*bangs, line):
            bang.play()
        self.pass_time(0.9)
        self.shown(View.NEUTRAL, 0.7)

    def breath(self) -> None:
        """One breath, 8 a minute: 3 s in, 4.5 s out."""
        self.breathe(60.0 / PER_MINUTE)

    def breath_ends(self) -> None:
        """Twice half a breath in: the guide is taken away, then the patient is led elsewhere."""
        self.breathe(1.6)
        print(self.player.state)
        self.player.breathe(None)
        self.pass_time(0.7)
        self.breathe(1.6)
        self.shown(View.FAMILIARISATION, 0.0)
        self.player.breathe(None)
        self.pass_time(0.7)

    def breathe(self, seconds: float) -> None:
        """A breathing guide is followed from its first breath on."""
        guide = Guide(cycle_of(GuideBreathing(per_minute=PER_MINUTE)), passed=BEGIN_TICKS)
        begun = before = time.monotonic()
        while (now := time.monotonic()) - begun < seconds:
            if now - before >= 1 / 60:
                self.player.breathe(guide.state((now - begun) * TICKS_PER_SECOND))
                self.player.follow(now - before, self.ears, {})
                before = now

    def crowd(self) -> None:
        """Every shipped event at once over three beds, all near."""
        for bed in ("wind/steady", "street/far", "rain/heavy"):
            self.heard(bed)
        names = ("wind/gust", "rain/thunder", "street/siren", "balcony/creak", "animals/wings")
        events = [self.heard(name, (-1.0, 0.5, 0.0), loop=False) for name in names]
        self.pass_time(0.4)
        self.shown(View.SCENE, 0.3)
        for event in events:
            event.play()
        self.pass_time(2.0)

    def tone(self) -> None:
        """The calibration tone at the clinic's own level, then 12 dB below."""
        self.player.sound_with(0, tone=True)
        self.pass_time(2.0)
        self.player.sound_with(-12, tone=True)
        self.pass_time(2.0)
        print(self.player.tone)
        self.shown(View.SCENE, 0.5)
        print(self.player.tone)


if __name__ == "__main__":
    main()
