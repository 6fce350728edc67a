"""Whatever is asked, what is shown does not flash: held by a counter with no code of its."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vr_runtime.flash.governor import (
    MOST_RED,
    Governor,
    displayed_of,
    luminance_of,
    without_saturated_red,
)

DT = 1 / 30
Series = list[tuple[float, float]]


def changes(series: Series, least: float = 0.1) -> list[float]:
    """When opposing changes took place, by turning points: no running extremes."""
    values = [v for _, v in series]
    turns = [
        n
        for n in range(len(values))
        if n in (0, len(values) - 1)
        or (values[n] - values[n - 1]) * (values[n + 1] - values[n]) <= 0
    ]
    stamps: list[float] = []
    pivot, way = values[0], 0
    best = pivot
    for n in turns:
        value = values[n]
        if way == 0:
            if abs(value - pivot) >= least:
                way = 1 if value > pivot else -1
                stamps.append(series[n][0])
                best = value
        elif (value - best) * way > 0:
            best = value
            stamps[-1] = stamps[-1]
        elif (best - value) * way >= least:
            way, best = -way, value
            stamps.append(series[n][0])
    return stamps


def most_within(stamps: list[float], seconds: float) -> int:
    return max((sum(1 for b in stamps if a <= b < a + seconds - 1e-6) for a in stamps), default=0)


def shown(wishes: dict[str, list[float]]) -> dict[str, Series]:
    governor = Governor()
    told: dict[str, Series] = {name: [] for name in wishes}
    for n in range(max(len(w) for w in wishes.values())):
        governor.advance(DT)
        for name, wished in wishes.items():
            told[name].append((n * DT, governor.allow(name, wished[min(n, len(wished) - 1)])))
    return told


def together(series: dict[str, Series], weights: dict[str, float]) -> Series:
    names = list(series)
    return [
        (series[names[0]][n][0], sum(weights[name] * series[name][n][1] for name in names))
        for n in range(len(series[names[0]]))
    ]


def keeps_the_limit(series: Series) -> bool:
    stamps = changes(series, 0.1 + 1e-9)
    return most_within(stamps, 1.0) <= 4 and most_within(stamps, 5.0) <= 12


LEVELS = st.sampled_from([0.0, 0.05, 0.11, 0.2, 0.5, 0.85, 1.0]) | st.floats(0, 1)
WISHES = st.lists(LEVELS, min_size=60, max_size=160)


@settings(max_examples=60, deadline=None)
@given(wished=WISHES)
def test_any_wishes_of_one_light_are_shown_without_flashing(wished):
    assert keeps_the_limit(shown({"light": wished})["light"])


@settings(max_examples=60, deadline=None)
@given(
    one=WISHES,
    two=WISHES,
    three=WISHES,
    weights=st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)),
)
def test_however_lights_add_up_in_a_place_it_does_not_flash(one, two, three, weights):
    told = shown({"a": one, "b": two, "c": three})
    assert keeps_the_limit(together(told, dict(zip("abc", weights, strict=True))))


@pytest.mark.parametrize("hertz", [2.0, 3.0, 5.0, 7.0])
@pytest.mark.parametrize("form", ["square", "sine"])
def test_a_strobe_is_stilled_and_told(hertz, form):
    governor, series = Governor(), []
    for n in range(300):
        governor.advance(DT)
        wave = math.sin(2 * math.pi * hertz * n * DT)
        wished = (1.0 if wave >= 0 else 0.0) if form == "square" else 0.5 + 0.5 * wave
        series.append((n * DT, governor.allow("strobe", wished)))
    assert keeps_the_limit(series) and governor.limited


def test_what_does_not_flash_is_shown_as_wished():
    governor = Governor()
    slow = [0.5 + 0.5 * math.sin(2 * math.pi * 0.5 * n * DT) for n in range(300)]
    fade = [max(0.0, 1.0 - n * DT / 0.1) for n in range(60)]
    for name, wished in (("slow", slow), ("fade", fade)):
        governor = Governor()
        for value in wished:
            governor.advance(DT)
            assert governor.allow(name, value) == pytest.approx(value)
        assert not governor.limited


def test_a_wish_held_back_is_fulfilled_once_it_may_be():
    governor = Governor()
    for n in range(60):
        governor.advance(DT)
        governor.allow("light", float(n % 2))
    for _ in range(150):
        governor.advance(DT)
        last = governor.allow("light", 0.0)
    assert last == 0.0


@settings(max_examples=50, deadline=None)
@given(wished=WISHES, fades=st.lists(st.booleans(), min_size=240, max_size=240))
def test_fades_that_were_granted_and_lights_together_keep_the_limit(wished, fades):
    governor, stamps, series = Governor(), [], []
    free = 0.0
    for n, value in enumerate(wished):
        governor.advance(DT)
        now = n * DT
        if fades[n] and now >= free and governor.claim(0.2):
            free = now + 0.2
            stamps += [now + 0.1, now + 0.2]
        series.append((now, governor.allow("light", value)))
    both = sorted(stamps + changes(series, 0.1 + 1e-9))
    assert most_within(both, 1.0) <= 4 and most_within(both, 5.0) <= 12


def test_a_fade_that_waits_is_not_kept_waiting_by_a_light_that_flickers():
    governor = Governor()
    waited = 0
    for n in range(300):
        governor.advance(DT)
        governor.allow("strobe", float(n % 2))
        if n > 30:
            if governor.claim(0.2):
                break
            waited += 1
    assert waited * DT < 5.0


@settings(max_examples=200, deadline=None)
@given(colour=st.tuples(st.floats(0, 4), st.floats(0, 4), st.floats(0, 4)))
def test_no_light_is_a_saturated_red(colour):
    red, green, blue = without_saturated_red(colour)
    assert red <= MOST_RED * (red + green + blue) + 1e-6
    assert red <= colour[0] + 1e-9
    if colour[0] <= MOST_RED * sum(colour):
        assert (red, green, blue) == colour


@given(value=st.floats(0, 1))
def test_luminance_and_what_is_displayed_are_each_others_inverse(value):
    assert displayed_of(luminance_of(value)) == pytest.approx(value, abs=1e-3)
