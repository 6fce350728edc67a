"""Owns the light of a place by hour and weather, as numbers; knows neither nodes nor time."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from vr_runtime.flash.governor import luminance_of

Rgb = tuple[float, float, float]

SUN = (-0.478, -0.430, 0.766)
"""Direction to the sun of the shipped places: from the left and behind, 50 degrees up. Shadows
in the models' maps were made for it."""


@dataclass(frozen=True)
class Weather:
    """The light of a place; colours are linear light, 1 is a white wall in good light."""

    sun: Rgb = (2.15, 1.90, 1.55)
    zenith: Rgb = (0.17, 0.34, 0.70)
    horizon: Rgb = (0.50, 0.64, 0.84)
    ground: Rgb = (0.30, 0.28, 0.25)
    haze_per_m: float = 0.00062
    haze_falloff_per_m: float = 0.006
    haze_most: float = 0.94
    overcast: float = 0.42
    """0 a clear sky, 1 a closed one."""
    gathers: float = 0.0
    """How much further it closes where a scenario asks for all of its clouds."""
    sky: bool = True
    """False indoors: no dome is drawn."""
    glow: Rgb | None = None
    """Light around the sun in the sky; None is the sun's own."""
    towards: Rgb = SUN
    """Unit vector to the sun; maps of shadows are made for `SUN`."""
    glow_up: float | None = None
    """Sine of the height of where the sky is brightest; None is the sun's own."""
    night: float = 0.0
    """How far windows and street lamps are lit, 0 to 1."""

    def bright(self) -> float:
        """Daylight that is left, as a share of the clear day's."""
        return _light(self.zenith, self.horizon) / _light(CLEAR_DAY.zenith, CLEAR_DAY.horizon)

    def glow_towards(self) -> Rgb:
        """Unit vector to where the sky is brightest."""
        x, y, z = self.towards
        up = z if self.glow_up is None else self.glow_up
        out = math.sqrt(max(0.0, 1.0 - up**2)) / math.hypot(x, y)
        return (x * out, y * out, up)


def _light(zenith: Rgb, horizon: Rgb) -> float:
    return sum(0.34 * z + 0.42 * h for z, h in zip(zenith, horizon, strict=True))


CLEAR_DAY = Weather()
VALLEY_DAY = replace(CLEAR_DAY, haze_per_m=0.0019, haze_falloff_per_m=0.016)
"""A clear day above a valley: haze lies in it, thickest at its bottom, and pales its mountains."""
LIGHTNING: Rgb = (0.80, 0.90, 1.18)
"""What the whole glow of a lightning adds to the sky near the horizon."""


@dataclass(frozen=True)
class Hour:
    """What changes a place's light while it is seen; the stage eases each of them."""

    daylight: float = 1.0
    """1 noon, 0.5 late afternoon, 0.25 dusk, 0 night."""
    rain: float = 0.0
    wet: float = 0.0
    """How wet the ground is, 0 to 1; it follows the rain in its own time."""
    clouds: float = 0.0
    lightning: float = 0.0
    """How much of the glow of a lightning lies in the clouds, 0 to 1."""


FAIR = Hour()


@dataclass(frozen=True)
class _Key:
    """The light at one share of daylight."""

    daylight: float
    sun: Rgb
    zenith: Rgb
    horizon: Rgb
    ground: Rgb
    glow: Rgb
    glow_up: float
    night: float = field(default=0.0)


_KEYS = (
    _Key(
        0.0,
        (0.0, 0.0, 0.0),
        (0.012, 0.018, 0.042),
        (0.052, 0.052, 0.066),
        (0.026, 0.024, 0.024),
        (0.0, 0.0, 0.0),
        -0.10,
        1.0,
    ),
    _Key(
        0.12,
        (0.0, 0.0, 0.0),
        (0.036, 0.064, 0.165),
        (0.160, 0.150, 0.190),
        (0.055, 0.052, 0.056),
        (0.75, 0.30, 0.12),
        -0.03,
        0.95,
    ),
    _Key(
        0.25,
        (0.0, 0.0, 0.0),
        (0.115, 0.200, 0.430),
        (0.500, 0.430, 0.440),
        (0.170, 0.155, 0.148),
        (2.60, 1.00, 0.34),
        0.03,
        0.55,
    ),
    _Key(
        0.5,
        (1.30, 0.92, 0.54),
        (0.155, 0.275, 0.540),
        (0.570, 0.560, 0.590),
        (0.235, 0.205, 0.175),
        (1.90, 1.15, 0.56),
        0.34,
    ),
)
"""From night to late afternoon. The sun's own light is gone before it comes low: the shadows of the
place were made for noon and do not turn with it."""


def at_hour(base: Weather, hour: Hour) -> Weather:
    """The light of the place whose fair noon is `base`, at this hour and in this rain."""
    light = base if hour.daylight >= 1.0 else _later(base, hour.daylight)
    if hour.rain > 0.0:
        light = _rained_on(light, hour.rain)
    return light if hour.lightning <= 0.0 else _lightened(light, hour.lightning)


def white_wall(hour: Hour) -> float:
    """Relative luminance, 0 to 1, of a white wall in the open as it is displayed at this hour.

    By the tones of `chunks.light` for the film's own curve, the steeper of the two.
    """
    weather = at_hour(CLEAR_DAY, hour)
    light = 0.88 * (_luminance(weather.sun) + _luminance(weather.horizon))
    toned = (light * (2.51 * light + 0.03)) / (light * (2.43 * light + 0.59) + 0.14)
    return luminance_of(math.sqrt(toned))


def _luminance(light: Rgb) -> float:
    red, green, blue = light
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _later(base: Weather, daylight: float) -> Weather:
    """The place's own fair hour later in the day: each light as large a share of it as at noon."""
    if base == CLEAR_DAY:
        return _between(base, (*_KEYS, _noon(base)), daylight)
    day = _between(CLEAR_DAY, (*_KEYS, _noon(CLEAR_DAY)), daylight)
    glow = base.sun if base.glow is None else base.glow
    return replace(
        base,
        sun=_as_much(base.sun, day.sun, CLEAR_DAY.sun),
        zenith=_as_much(base.zenith, day.zenith, CLEAR_DAY.zenith),
        horizon=_as_much(base.horizon, day.horizon, CLEAR_DAY.horizon),
        ground=_as_much(base.ground, day.ground, CLEAR_DAY.ground),
        # a place that is lit by a low sun already: its glow sinks with its light, and never flares
        glow=_scaled(glow, min(1.0, day.bright())),
        night=day.night,
    )


def _as_much(own: Rgb, now: Rgb, noon: Rgb) -> Rgb:
    red, green, blue = (o * min(1.0, n / f) for o, n, f in zip(own, now, noon, strict=True))
    return (red, green, blue)


def _noon(base: Weather) -> _Key:
    return _Key(1.0, base.sun, base.zenith, base.horizon, base.ground, base.sun, SUN[2])


def _between(base: Weather, keys: tuple[_Key, ...], daylight: float) -> Weather:
    above = next(k for k in range(1, len(keys)) if daylight <= keys[k].daylight)
    a, b = keys[above - 1], keys[above]
    part = max(0.0, (daylight - a.daylight) / (b.daylight - a.daylight))
    return replace(
        base,
        sun=_mixed(a.sun, b.sun, part),
        zenith=_mixed(a.zenith, b.zenith, part),
        horizon=_mixed(a.horizon, b.horizon, part),
        ground=_mixed(a.ground, b.ground, part),
        glow=_mixed(a.glow, b.glow, part),
        glow_up=a.glow_up + (b.glow_up - a.glow_up) * part,
        night=a.night + (b.night - a.night) * part,
    )


def _rained_on(light: Weather, rain: float) -> Weather:
    """Under a closed sky: no sun, grey light from everywhere, near things fade."""
    level = sum(light.horizon) / 3.0
    grey = (0.72 * level, 0.76 * level, 0.82 * level)
    glow = light.sun if light.glow is None else light.glow
    return replace(
        light,
        sun=_scaled(light.sun, 1.0 - 0.92 * rain),
        zenith=_mixed(light.zenith, _scaled(grey, 0.86), 0.85 * rain),
        horizon=_mixed(light.horizon, grey, 0.85 * rain),
        ground=_scaled(light.ground, 1.0 - 0.45 * rain),
        glow=_scaled(glow, 1.0 - 0.95 * rain),
        haze_per_m=light.haze_per_m * (1.0 + 3.5 * rain),
        overcast=light.overcast + (1.6 - light.overcast) * rain,
    )


def _lightened(light: Weather, share: float) -> Weather:
    """With the glow of a lightning in the clouds: pale light from the whole sky, no shadows."""
    return replace(
        light,
        zenith=_added(light.zenith, LIGHTNING, 0.75 * share),
        horizon=_added(light.horizon, LIGHTNING, share),
        ground=_added(light.ground, LIGHTNING, 0.35 * share),
    )


def _added(a: Rgb, b: Rgb, part: float) -> Rgb:
    x, y, z = (p + q * part for p, q in zip(a, b, strict=True))
    return (x, y, z)


def _mixed(a: Rgb, b: Rgb, part: float) -> Rgb:
    x, y, z = (p + (q - p) * part for p, q in zip(a, b, strict=True))
    return (x, y, z)


def _scaled(colour: Rgb, by: float) -> Rgb:
    x, y, z = (by * part for part in colour)
    return (x, y, z)
