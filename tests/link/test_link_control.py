"""Who is given control: asked for by a therapist, or by a console itself; also over a new start."""

from __future__ import annotations

import pytest

from vr_runtime.authority import Authority, Last
from vr_runtime.wire.keys import Peer
from vr_runtime.wire.messages import Claim
from vr_runtime.wire.refusals import Code

FIRST = Peer(name="first", role="therapist", public="a" * 40)
SECOND = Peer(name="second", role="therapist", public="b" * 40)
ASKED, TAKEN, UNASKED = Claim(), Claim(takeover=True), Claim(unasked=True)


def started_again(before: Authority) -> Authority:
    """The next start, which was told what the one before had said last."""
    assert before.last is not None
    return Authority(Last.model_validate_json(before.last.model_dump_json()))


def given(
    authority: Authority, peer: Peer, epoch: int, act: Claim, *, heard: bool = False
) -> Code | int:
    """The new epoch, or why not."""
    refused = authority.claim(peer, epoch, act, holder_heard=heard)
    return authority.epoch if refused is None else refused


@pytest.fixture
def taken_over() -> tuple[Authority, int, int]:
    """The second has taken over from the first; with the epochs that both know."""
    authority = Authority()
    first = given(authority, FIRST, 0, UNASKED)
    second = given(authority, SECOND, 0, TAKEN, heard=True)
    assert isinstance(first, int) and isinstance(second, int)
    return authority, first, second


def test_a_first_start_gives_control_to_whoever_comes_first() -> None:
    assert isinstance(given(Authority(), FIRST, 0, UNASKED), int)


def test_who_led_last_has_it_again_by_itself_and_who_lost_it_has_not(
    taken_over: tuple[Authority, int, int],
) -> None:
    before, first, second = taken_over
    again = started_again(before)
    assert given(again, FIRST, first, UNASKED) is Code.NOT_IN_CONTROL
    assert isinstance(given(again, SECOND, second, UNASKED), int)
    assert given(again, FIRST, first, UNASKED, heard=True) is Code.HELD_BY_OTHER
    # Not even where the one that leads is silent for a moment.
    assert given(again, FIRST, first, UNASKED, heard=False) is Code.NOT_IN_CONTROL


def test_that_holds_over_any_number_of_starts_in_which_nobody_came(
    taken_over: tuple[Authority, int, int],
) -> None:
    before, first, second = taken_over
    again = started_again(started_again(started_again(before)))
    assert given(again, FIRST, first, UNASKED) is Code.NOT_IN_CONTROL
    assert isinstance(given(again, SECOND, second, UNASKED), int)


def test_a_console_that_has_led_nothing_yet_waits_for_who_led_last(
    taken_over: tuple[Authority, int, int],
) -> None:
    before, _first, _second = taken_over
    again = started_again(before)
    assert given(again, FIRST, 0, UNASKED) is Code.NOT_IN_CONTROL
    assert isinstance(given(again, SECOND, 0, UNASKED), int), "their own console, opened anew"


def test_two_consoles_of_one_key_are_told_apart_by_what_they_led() -> None:
    before = Authority()
    one = given(before, FIRST, 0, UNASKED)
    other = given(before, FIRST, 0, TAKEN, heard=True)
    assert isinstance(one, int) and isinstance(other, int)
    again = started_again(before)
    assert given(again, FIRST, one, UNASKED) is Code.NOT_IN_CONTROL
    assert isinstance(given(again, FIRST, other, UNASKED), int)


def test_control_that_was_given_back_is_not_for_who_had_lost_it_before(
    taken_over: tuple[Authority, int, int],
) -> None:
    before, first, _second = taken_over
    before.release()
    again = started_again(before)
    assert given(again, FIRST, first, UNASKED) is Code.NOT_IN_CONTROL
    assert isinstance(given(again, FIRST, 0, UNASKED), int), "a console opened anew finds nobody"


@pytest.mark.parametrize("act", [ASKED, TAKEN])
def test_a_therapist_who_asks_gets_it_where_nobody_is_heard(
    taken_over: tuple[Authority, int, int], act: Claim
) -> None:
    before, first, _second = taken_over
    assert isinstance(given(started_again(before), FIRST, first, act), int)
