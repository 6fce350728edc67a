"""How a recovery key is written: any slip of a hand is told by its group."""

from __future__ import annotations

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from controller.store.letters import GROUPS, SIGNS, Mistyped, read, written

SECRETS = st.binary(min_size=32, max_size=32)
PLACES = st.integers(0, GROUPS - 1)


def test_no_two_signs_are_easily_mistaken() -> None:
    assert len(set(SIGNS)) == 31
    assert not set(SIGNS) & set("01OIL")


@seed(1)
@settings(max_examples=200, deadline=None)
@given(secret=SECRETS, gap=st.sampled_from([" ", "-", "", "\n", "  ", ". "]), small=st.booleans())
def test_what_was_written_is_read_however_it_is_typed(secret: bytes, gap: str, small: bool) -> None:
    groups = written(secret)
    assert [len(group) for group in groups] == [5] * GROUPS
    typed = gap.join(groups)
    assert read(typed.lower() if small else typed) == secret


@pytest.mark.parametrize("secret", [bytes(32), b"\xff" * 32])
def test_the_least_and_the_greatest_number_are_read(secret: bytes) -> None:
    assert read(" ".join(written(secret))) == secret


@seed(2)
@settings(max_examples=300, deadline=None)
@given(secret=SECRETS, place=PLACES, sign=st.integers(0, 4), other=st.sampled_from(SIGNS))
def test_one_wrong_sign_is_told_by_its_group(
    secret: bytes, place: int, sign: int, other: str
) -> None:
    groups = list(written(secret))
    group = groups[place]
    groups[place] = group[:sign] + other + group[sign + 1 :]
    if groups[place] == group:
        return
    with pytest.raises(Mistyped) as told:
        read(" ".join(groups))
    assert str(told.value) == f"Group {place + 1} is mistyped."


@seed(3)
@settings(max_examples=300, deadline=None)
@given(secret=SECRETS, place=PLACES, pair=st.permutations(range(5)))
def test_two_signs_that_changed_places_are_noticed(
    secret: bytes, place: int, pair: list[int]
) -> None:
    groups = list(written(secret))
    signs = list(groups[place])
    one, other = pair[:2]
    signs[one], signs[other] = signs[other], signs[one]
    if "".join(signs) == groups[place]:
        return
    groups[place] = "".join(signs)
    with pytest.raises(Mistyped, match=f"Group {place + 1} is"):
        read(" ".join(groups))


@seed(4)
@settings(max_examples=100, deadline=None)
@given(secret=SECRETS, pair=st.permutations(range(GROUPS)))
def test_two_groups_that_changed_places_are_noticed(secret: bytes, pair: list[int]) -> None:
    groups = list(written(secret))
    one, other = pair[:2]
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(Mistyped) as told:
        read(" ".join(groups))
    assert f"Group {one + 1} is" in str(told.value)
    assert f"Group {other + 1} is" in str(told.value)


def test_signs_left_out_signs_unknown_and_groups_left_out_are_told() -> None:
    groups = list(written(b"\x17" * 32))
    short = [*groups[:3], groups[3][:4], *groups[4:]]
    with pytest.raises(Mistyped, match="Group 4 has 4 signs instead of 5"):
        read(" ".join(short))
    foreign = [*groups[:6], "O" + groups[6][1:], *groups[7:]]
    with pytest.raises(Mistyped, match="Group 7: O is not used"):
        read(" ".join(foreign))
    with pytest.raises(Mistyped, match="has 13 groups of 5; 12 were typed"):
        read(" ".join(groups[:-1]))
    with pytest.raises(Mistyped, match="13 groups"):
        read("")
