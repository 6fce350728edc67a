"""The table of keys keeps its promises, and every key does its act in the phases that allow it."""

from __future__ import annotations

import string

import pytest
from consoles import console
from hypothesis import given
from hypothesis import strategies as st
from staged import StagedLead, in_exposure, scenes

from controller.language import Language, use
from controller.session.sentences import refusal
from controller.session.suds import ROW
from controller.ui.keys import KEYS, act_for, letters, reserved, row, safe_letters
from controller.ui.possible import standing, why_not
from controller.ui.widgets.bottom import FRESH_LOOKS
from vr_runtime.wire.refusals import Code

EASY = set(string.ascii_lowercase) | {
    "up",
    "down",
    "space",
    "enter",
    "escape",
    *(f"f{n}" for n in range(1, 13)),
    "ctrl+l",
    "ctrl+p",
    "ctrl+q",
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_key_needs_shift_or_altgr_or_is_of_the_digit_row(language: Language) -> None:
    use(language)
    for each in KEYS:
        assert each.letter() in EASY
        assert each.letter() not in ROW


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_two_acts_share_a_key_and_caps_lock_changes_none(language: Language) -> None:
    use(language)
    found = [each.letter() for each in KEYS]
    assert len(found) == len(set(found))
    assert "t" not in found
    for each in KEYS:
        if len(each.letter()) == 1:
            assert act_for(each.letter().upper(), each.letter().upper()) == each.act


def test_the_safe_place_has_its_own_letter_in_each_language() -> None:
    use("fr")
    assert act_for("l", "l") == "safe_place"
    assert act_for("s", "s") is None
    use("en")
    assert act_for("s", "s") == "safe_place"
    assert act_for("l", "l") is None


NAMES = st.lists(st.text(min_size=1, max_size=12), max_size=16).map(tuple)


@given(NAMES, st.booleans())
def test_answers_get_letters_that_are_plain_free_and_never_shared(
    names: tuple[str, ...], all_commands: bool
) -> None:
    taken = reserved() if all_commands else safe_letters()
    found = [letter for letter in letters(names, taken) if letter]
    assert len(found) == len(set(found))
    assert set(found) <= set(string.ascii_lowercase) - taken
    if len(names) <= 26 - len(taken):
        assert len(found) == len(names)


PHASES: dict[str, set[str]] = {
    "loading": {"safe_place"},
    "ready": {"safe_place"},
    "exposure": {"raise_level", "lower_level", "hold", "pause", "safe_place"},
    "due": {"lower_level", "hold", "pause", "safe_place"},
    "hold": {"lower_level", "pause", "safe_place"},
    "stale": {"lower_level", "hold", "pause", "safe_place"},
    "pause": {"arm_trial", "safe_place"},
    "safe_place": {"arm_trial", "pause"},
    "stopped": {"arm_trial"},
}
"""What one key alone sends in each situation; begin in `ready` is C."""


FEW_KEYS: dict[str, tuple[str, dict[Language, tuple[str, ...]]]] = {
    "raise_level": ("exposure", {"en": ("up",), "fr": ("up",)}),
    "lower_level": ("exposure", {"en": ("down",), "fr": ("down",)}),
    "stop": ("exposure", {"en": ("f12",), "fr": ("escape", "escape")}),
    "safe_place": ("exposure", {"en": ("s",), "fr": ("l",)}),
    "trigger": ("exposure", {"en": ("e", "v"), "fr": ("e", "v")}),
    "ask_rating": ("exposure", {"en": ("q",), "fr": ("q",)}),
    "pause": ("exposure", {"en": ("p",), "fr": ("p",)}),
    "close_session": ("ready", {"en": ("x", "enter"), "fr": ("x", "enter")}),
    # Seven tens: the row of a French keyboard gives è where an English one gives 7.
    "rate": ("exposure", {"en": ("7", "enter"), "fr": ("è", "enter")}),
}
"""What is done most, each by two keys at most, in the situation in which it is needed."""


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("act", FEW_KEYS)
async def test_what_is_done_most_takes_two_keys_at_most_and_no_shift(
    act: str, language: Language
) -> None:
    scene, by_language = FEW_KEYS[act]
    keys = by_language[language]
    assert len(keys) <= 2 and set(keys) <= EASY | set(ROW) | set(string.digits)
    async with console(scenes()[scene], (80, 24), language) as hands:
        await hands.press(*keys)
        done = hands.did() or (["stop"] if hands.lead.stops else [])
        assert done == [act]
        if act == "rate":
            assert hands.lead.acts == [("rate", "7", None)], "one digit means tens"


@pytest.mark.parametrize("name", PHASES)
async def test_every_key_sends_what_the_phase_allows_and_says_why_it_sends_nothing(
    name: str,
) -> None:
    expected = set(PHASES[name]) | ({"arm_trial"} if name == "ready" else set())
    sent: set[object] = set()
    async with console(scenes()[name], (80, 24)) as hands:
        acts = ("raise", "lower", "hold", "begin", "resume", "safe_place", "pause")
        for n, act in enumerate(acts):
            lead = scenes()[name]
            await hands.show(lead)
            await hands.key("escape", 10.0 * n)
            key = row(act).letter()
            if act == "resume" and name == "ready":
                continue
            await hands.press(key)
            sent |= set(hands.did())
            refused = why_not(act, lead.now())
            if not lead.acts and name != "hold":
                assert refused is not None
                assert refused[:30] in hands.text()
    assert sent == expected


@pytest.mark.parametrize("name", PHASES)
async def test_the_key_line_tells_the_truth(name: str) -> None:
    async with console(scenes()[name], (200, 60)) as hands:
        shown = hands.within("#keys")
        for each in KEYS:
            hidden = standing(each.act, hands.lead.now()) == "hidden" or not each.shown
            if each.act != "view":
                assert (f" {each.name()} {each.word}  " in shown + "  ") is not hidden, each.act
        strips = hands.app.screen._compositor.render_strips()[-1]
        struck = "".join(s.text for s in strips if s.style and s.style.strike)
        for each in KEYS:
            if each.shown and standing(each.act, hands.lead.now()) == "greyed":
                assert each.word in struck, each.act


async def test_help_and_safe_place_stay_on_the_key_line_of_the_smallest_screen() -> None:
    async with console(in_exposure(), (60, 20)) as hands:
        assert "F1 help" in hands.within("#keys")
        assert "S safe" in hands.within("#keys")


async def test_a_held_raise_key_raises_once_until_it_is_let_go() -> None:
    async with console(in_exposure(level=2.0, asked=2)) as hands:
        await hands.key("up", 10.0)
        for n in range(20):
            await hands.key("up", 10.5 + n * 0.03)
        assert hands.did() == ["raise_level"]
        await hands.key("up", 13.0)
        assert hands.did() == ["raise_level", "raise_level"]


async def test_lowering_takes_every_press() -> None:
    async with console(in_exposure()) as hands:
        for n in range(3):
            await hands.key("down", 10.0 + n * 0.1)
        assert hands.did() == ["lower_level"] * 3


async def test_a_raise_is_refused_while_the_last_one_is_under_way() -> None:
    async with console(in_exposure(asked=6, level=5.5)) as hands:
        await hands.press("up")
        assert hands.did() == []
        assert "still under way" in hands.within("#message")


async def test_a_refusal_is_said_for_as_long_as_it_is_true() -> None:
    async with console(in_exposure(asked=6, level=6.0, raise_in_s=0.6)) as hands:
        await hands.press("up")
        assert "still under way" in hands.within("#message")
        hands.lead.raise_in_s = 0.2
        await hands.settle()
        assert "still under way" in hands.within("#message")
        hands.lead.raise_in_s = 0.0
        await hands.settle()
        assert hands.within("#message").strip() == ""


async def test_the_runtimes_own_refusal_of_a_raise_goes_when_it_has_been_read() -> None:
    async with console(in_exposure(refuse=refusal(Code.STILL_MOVING))) as hands:
        await hands.press("up")
        assert "still under way" in hands.within("#message")
        for _look in range(FRESH_LOOKS):
            hands.app.look()
        await hands.settle()
        assert hands.within("#message").strip() == ""


async def test_a_raise_above_the_ceiling_is_refused_here_already() -> None:
    async with console(in_exposure(level=7.0, asked=7)) as hands:
        await hands.press("up")
        assert hands.did() == []
        assert "Level 7 is the patient's ceiling" in hands.within("#message")


async def test_nothing_that_leads_into_the_scene_works_on_a_screen_too_small_to_show_it() -> None:
    async with console(in_exposure(), (40, 10)) as hands:
        await hands.press("up", "e", "g")
        assert hands.did() == []
        await hands.press("down", "space")
        assert hands.did() == ["lower_level", "hold"]


async def test_a_read_only_console_raises_nothing_and_can_take_control() -> None:
    async with console(in_exposure(in_control=False)) as hands:
        assert "READ ONLY" in hands.within("#facts")
        await hands.press("up")
        assert hands.did() == []
        await hands.press("k", "enter")
        assert hands.did() == ["take_control"]


async def test_the_letters_of_the_start_screen_work_with_caps_lock() -> None:
    async with console(StagedLead()) as hands:
        await hands.press("H")
        assert "Past sessions" in hands.text()
