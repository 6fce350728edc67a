"""All that a patient reads and hears is in their own language, whatever the machine speaks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from panda3d.core import NodePath
from test_display_pictures import on_screen, settled
from test_display_sound import Device, Working

from scenarios.api.manifest import Words
from vr_runtime.display.repose.practice import CARDS
from vr_runtime.display.repose.words import GUIDE
from vr_runtime.engine.guide import BEGIN_TICKS, Guide, cycle_of
from vr_runtime.stage.heard import Heard
from vr_runtime.stage.measured import Known
from vr_runtime.stage.mixing import UNMEASURED, Bus
from vr_runtime.stage.news import Announced
from vr_runtime.stage.panda.cards import SoundCards
from vr_runtime.stage.panda.sound import SoundPlayer
from vr_runtime.stage.panda.voices import Recording, Voices
from vr_runtime.wire import acts
from vr_runtime.wire.acts import View
from vr_runtime.wire.sight import PatientSettings, Sight

FRENCH = PatientSettings(language="fr")
"""The display of these tests is a machine's that speaks English."""
SKILLS = ("look", "move", "rate", "leave")


@pytest.fixture
def apart(drawn):
    """The drawn display, left as the machine's own language has it."""
    yield drawn
    drawn.lay(Sight())
    drawn.accompany("meadow", None, ())
    drawn.draw(1.0)


def card(display) -> object:
    """The card of the practice room that is seen."""
    shown = [key for key, card in display._practice._cards.items() if not card.isHidden()]
    assert len(shown) == 1
    return shown[0]


@pytest.mark.render
@pytest.mark.parametrize(("tried", "key"), [((), "look"), (("look",), "move"), (SKILLS, "done")])
def test_the_practice_card_is_in_the_patients_language_with_the_next_picture(apart, tried, key):
    apart.accompany("meadow", None, tried)
    english = settled(apart, View.FAMILIARISATION)
    assert card(apart) == (key, "en")
    made = list(apart._practice._cards.values())
    apart.lay(Sight(patient=FRENCH))
    apart.draw(1.0)
    french = on_screen(apart)
    assert card(apart) == (key, "fr")
    assert np.abs(french - english).max(axis=2)[45:].max() > 0.1, "other letters stand there"
    apart.lay(Sight())
    apart.draw(1.0)
    assert card(apart) == (key, "en")
    assert list(apart._practice._cards.values()) == made, "nothing had to be written anew"


@pytest.mark.render
@pytest.mark.parametrize("language", ["fr", "en"])
def test_who_can_use_no_hand_is_not_asked_to_leave_by_themselves(apart, language):
    for tried, key in ((SKILLS[:3], "leave"), (SKILLS, "done")):
        apart.accompany("meadow", None, tried)
        apart.lay(Sight(patient=PatientSettings(language=language, gaze=True)))
        assert card(apart) == (f"{key} aloud", language)
        apart.lay(Sight(patient=PatientSettings(language=language)))
        assert card(apart) == (key, language)


def test_words_of_practice_and_guides_differ_between_the_languages():
    said = [words for pair in CARDS.values() for words in pair]
    for words in (*said, *(large for large, _below in GUIDE.values())):
        assert words.fr != words.en


@pytest.mark.render
@pytest.mark.parametrize(
    ("act", "french", "english"),
    [
        (acts.GuideBreathing(), ("Inspirez", ""), ("Breathe in", "")),
        (
            acts.GuideTension(),
            ("Contractez bras, tronc, jambes", "continuez à respirer  ·  1 / 5"),
            ("Tense arms, trunk, legs", "keep breathing  ·  1 / 5"),
        ),
    ],
    ids=["breathing", "tension"],
)
def test_a_guide_under_way_goes_on_in_the_patients_language(apart, act, french, english):
    guide = Guide(cycle_of(act), BEGIN_TICKS + 30)
    apart.lay(Sight(patient=FRENCH))
    apart.accompany("meadow", guide, ())
    apart.show(View.SAFE_PLACE)
    for patient, words in ((FRENCH, french), (PatientSettings(), english), (FRENCH, french)):
        apart.lay(Sight(patient=patient))
        apart.draw(0.0)
        guiding = apart._guiding
        assert guiding._written is guiding._words[words]


@pytest.mark.render
def test_every_step_of_the_guides_is_written_in_both_languages_before_the_first_picture(apart):
    for large, below in GUIDE.values():
        for language in ("fr", "en"):
            assert (large.get(language), below.get(language).strip()) in apart._guiding._words


@pytest.mark.render
def test_announcement_countdown_way_out_dial_and_notice_are_in_the_patients_language(apart):
    news = apart._stage.inner.news
    settled(apart, View.SCENE)
    news.announced = Announced(Words(fr="La cabine part.", en="The cabin will move."), 4.0)
    apart.tell_watched(True)
    for patient, told in (
        (FRENCH, ("La cabine part.", "Cela commence dans", "Pour sortir", "Votre", "Quelqu'un")),
        (PatientSettings(), ("The cabin will move.", "It begins in", "Way out", "Your", "Someone")),
    ):
        apart.lay(Sight(patient=patient, way_out=True, countdown=3, dial="asked"))
        apart.draw(1.0)
        shown = apart._in_sight._flat._sheet.shown
        kinds = ("announcement", "countdown", "way_out", "dial", "notice")
        cards = [shown[kind].card for kind in kinds]
        read = [getattr(card, "text", "") or card.question for card in cards]
        assert all(one.startswith(begun) for one, begun in zip(read, told, strict=True))
    apart.tell_watched(False)
    news.forget()


class Reading(Device):
    """A device that keeps which files it was asked for."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.sounds: list[Working] = []

    def getSound(self, where: object, positional: bool) -> Working:
        self.read.append(str(where))
        self.sounds.append(Working())
        return self.sounds[-1]


@pytest.fixture
def voiced() -> tuple[SoundPlayer, Reading]:
    """A player that speaks English and has one line in both languages."""
    found = {
        ("test.place", language, "hello"): Recording(
            Path(f"/{language}.wav"), Known(Bus.LINE, UNMEASURED)
        )
        for language in ("fr", "en")
    }
    device = Reading()
    player = SoundPlayer(
        device, {}, "calm", SoundCards(Path("nowhere")), lambda: 0.0, voices=Voices(found, "en")
    )
    player.show(View.SCENE)
    return player, device


def said(player: SoundPlayer) -> Heard:
    line = Heard(
        at=None, parent=None, loop=False, volume=1.0, owner="s", forget=player.drop, line=True
    )
    line.play()
    player.bring(line, "voice:test.place/hello")
    return line


def pass_time(player: SoundPlayer) -> None:
    for _ in range(8):
        player.follow(0.02, NodePath("world").attachNewNode("ears"), {})


def test_a_line_is_heard_in_the_patients_language(voiced):
    player, device = voiced
    for language in ("fr", "en", "fr"):
        player.speak(language)
        line = said(player)
        pass_time(player)
        assert device.read[-1] == f"/{language}.wav"
        assert player.state == "playing"
        player.drop(line)


def test_a_line_under_way_falls_silent_when_the_language_is_changed(voiced):
    player, device = voiced
    said(player)
    pass_time(player)
    assert player.state == "playing"
    player.speak("en")
    pass_time(player)
    assert player.state == "playing", "it is the one that is spoken"
    player.speak("fr")
    pass_time(player)
    assert player.state == "silent" and device.read == ["/en.wav"]


@pytest.mark.render
def test_the_display_lets_lines_be_spoken_in_the_patients_language(apart):
    recordings = apart._sounds._recordings
    apart.lay(Sight(patient=FRENCH))
    assert recordings.language == "fr"
    apart.lay(Sight())
    assert recordings.language == "en"
