"""What a scenario asks of its sounds beyond the limits is told at its line, and is not heard."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from test_measuring_heard import heard, listened, sine, written

from vr_runtime.measuring.hearing import LEAST_ONSET_S
from vr_runtime.measuring.sounding import MOST_TURNS, Sounding, Turns
from vr_runtime.stage.heard import Heard
from vr_runtime.stage.mixing import BED_LUFS, EVENT_LUFS, Bus
from vr_runtime.stage.panda.listening import bid
from vr_runtime.stage.world import World


class Asking:
    """A stage that is listened to, with the news of what is asked there."""

    def __init__(self, folder: Path, bus: Bus = Bus.BED) -> None:
        tone = written(folder / "tone.wav", sine(997.0, 1.0, 10.0 ** (-20.0 / 20.0)))
        stage, self.scenery = listened(tone, bus)
        self.world: World = stage.inner
        self.news = self.world.news = Sounding(lambda file: file == __file__, lambda: "update")

    def codes(self, tick: Callable[[int], None] = lambda _n: None, ticks: int = 60) -> list[str]:
        """What is found while `tick` runs in each tick."""
        for n in range(ticks):
            tick(n)
            heard(self.scenery, 1.0 / 30.0)
            self.news.ticked(self.scenery.wishes())
        assert all(each.spot.file == __file__ and each.spot.line for each in self.news.findings)
        return [each.code for each in self.news.findings]

    def loop(self, **more: float) -> Heard:
        return self.world.sound("tone", loop=True, **more)


@pytest.fixture
def asking(tmp_path: Path) -> Asking:
    return Asking(tmp_path)


@pytest.mark.parametrize("volume", [50.0, -1.0])
def test_a_volume_that_no_sound_can_have_is_told(asking: Asking, volume: float) -> None:
    asking.loop(volume=volume)
    assert asking.codes() == ["PS255"]


def test_what_is_reckoned_a_little_beyond_the_range_is_not_told(asking: Asking) -> None:
    asking.loop(volume=1.0 + 1e-9).rate = 4.0 + 1e-9
    assert asking.codes() == []


def test_a_sound_begun_again_and_again_is_told_and_one_that_is_begun_at_times_is_not(
    asking: Asking,
) -> None:
    bell = asking.world.sound("tone")
    assert asking.codes(lambda n: bell.play() if n % 15 == 0 else None) == []
    assert asking.codes(lambda n: bell.play()) == ["PS256"]


def test_a_source_that_leaps_to_the_ear_is_told_and_rises_as_what_begins(asking: Asking) -> None:
    source = asking.world.sound("tone", loop=True, at=(0.0, 400.0, 1.6))
    asking.codes()
    asking.scenery.device.steepest = 0.0
    source.at = (0.0, 1.0, 1.6)
    assert asking.codes() == ["PS257"]
    assert 1.0 / asking.scenery.device.steepest >= LEAST_ONSET_S


def test_a_source_that_drives_by_is_no_leap_and_is_heard_as_near_as_it_is(asking: Asking) -> None:
    source = asking.world.sound("tone", loop=True, at=(0.0, 60.0, 1.6))

    def drive(n: int) -> None:
        source.at = (0.0, 60.0 - n, 1.6)

    assert asking.codes(drive, 59) == []
    (voice,) = asking.scenery._player._voices.values()
    assert voice.gain > 0.9


def test_a_speed_that_flutters_is_told(asking: Asking) -> None:
    tone = asking.loop()

    def flutter(n: int) -> None:
        tone.rate = 4.0 if n % 2 else 0.25

    assert asking.codes(flutter) == ["PS258"]


def test_fifty_sounds_begun_at_once_are_asked_to_be_as_loud_as_their_samples_add_up(
    tmp_path: Path,
) -> None:
    asking = Asking(tmp_path, Bus.EVENT)
    for _n in range(50):
        asking.world.sound("tone").play()
    asking.codes(ticks=1)
    asked = bid(asking.scenery.wishes(), Bus.EVENT)
    assert asked.lufs == pytest.approx(-23.0 + 33.98, abs=0.01)
    assert asked.lufs > EVENT_LUFS + 12.0 and asked.held_db > 12.0


def test_one_bed_is_held_back_by_nothing(asking: Asking) -> None:
    asking.loop()
    asking.codes(ticks=1)
    asked = bid(asking.scenery.wishes(), Bus.BED)
    assert asked.lufs == pytest.approx(BED_LUFS, abs=0.01) and asked.held_db == 0.0


def test_what_was_heard_once_is_asked_for_no_longer_than_it_lasts(tmp_path: Path) -> None:
    asking = Asking(tmp_path, Bus.EVENT)
    asking.world.sound("tone").play()
    asking.codes(ticks=25)
    assert len(asking.scenery.wishes()) == 1
    asking.codes(ticks=10)
    assert asking.scenery.wishes() == []


@pytest.mark.parametrize(("times", "told"), [(1.05, False), (1.5, True)])
def test_only_what_goes_to_and_fro_by_more_than_a_little_counts(times: float, told: bool) -> None:
    turns = Turns(1.1)
    flutter = itertools.cycle([1.0, times])
    most = max(turns.take(tick, next(flutter)) for tick in range(60))
    assert (most > MOST_TURNS) is told


def test_what_only_rises_turns_never() -> None:
    turns = Turns(1.1)
    assert {turns.take(tick, 0.1 + tick / 30.0) for tick in range(60)} == {0}
