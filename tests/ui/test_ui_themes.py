"""Every theme can be read: contrast is computed, and so is what colour-blind eyes keep apart."""

from __future__ import annotations

from itertools import combinations

import pytest
from consoles import console
from staged import StagedLead, scenes
from textual.color import Color
from textual.theme import Theme

from controller.language import LANGUAGES, Language, use
from controller.ui.themes import DAY, NIGHT, THEMES, after, called
from controller.ui.themes_clear import BLUE_AMBER, CONTRAST_DARK, CONTRAST_LIGHT

ALL = [theme for theme, _words in THEMES]
INKS = ("quiet", "level", "suds", "safe", "hold", "alert")
GROUNDS = ("background", "surface", "panel")
BANDS = ("band-hold", "band-pause", "band-safe", "band-stopped")
CHIPS = ("chip-exposure", "chip-hold", "chip-pause", "chip-safe")
MARKS = ("rule", "tread", "level-fill")
FAINT = {"$foreground 85%": 0.85, "$foreground 70%": 0.70}
"""Inks that the panels mix into the ground."""

Linear = tuple[float, float, float]
SIGHT: dict[str, tuple[Linear, Linear, Linear]] = {
    "all cones": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB."""


def colour(theme: Theme, role: str) -> Color:
    own = theme.variables.get(role) or getattr(theme, role)
    return Color.parse(own)


def linear(shown: Color) -> Linear:
    def one(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return one(shown.r), one(shown.g), one(shown.b)


def luminance(shown: Color) -> float:
    red, green, blue = linear(shown)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """WCAG 2.2: (lighter + 0.05) / (darker + 0.05)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def apart(one: Color, other: Color, sight: str) -> float:
    """How different two colours are to these eyes, as CIE 1976 ΔE*ab."""

    def lab(shown: Color) -> Linear:
        rgb = linear(shown)
        red, green, blue = (
            min(1.0, max(0.0, sum(m * c for m, c in zip(row, rgb, strict=True))))
            for row in SIGHT[sight]
        )
        x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
        y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
        f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z)]
        return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])

    return float(sum((p - q) ** 2 for p, q in zip(lab(one), lab(other), strict=True)) ** 0.5)


def texts(theme: Theme) -> list[tuple[str, Color, Color]]:
    """Every ink that words or figures are written in, with every ground they stand on."""

    def of(role: str) -> Color:
        return colour(theme, role)

    pairs = [
        (f"{ink} on {ground}", of(ink), of(ground))
        for ink in ("foreground", *INKS)
        for ground in (*GROUNDS, *BANDS, "row-applied")
    ]
    for name, share in FAINT.items():
        for ground in ("background", "surface"):
            mixed = of(ground).blend(of("foreground"), share)
            pairs.append((f"{name} on {ground}", mixed, of(ground)))
    pairs += [(f"chip-text on {chip}", of("chip-text"), of(chip)) for chip in CHIPS]
    pairs += [
        ("chip-stopped-text", of("chip-stopped-text"), of("chip-stopped")),
        ("stop-text", of("stop-text"), of("stop")),
        ("background on alert", of("background"), of("alert")),
        ("background on suds", of("background"), of("suds")),
        ("suds on suds-ground", of("suds"), of("suds-ground")),
        ("cursor", of("block-cursor-foreground"), of("block-cursor-background")),
    ]
    return pairs


@pytest.mark.parametrize("theme", [CONTRAST_DARK, CONTRAST_LIGHT], ids=lambda t: t.name)
def test_high_contrast_means_seven_to_one_for_every_text(theme: Theme) -> None:
    weak = {name: contrast(ink, ground) for name, ink, ground in texts(theme)}
    assert {name: round(ratio, 2) for name, ratio in weak.items() if ratio < 7.0} == {}


@pytest.mark.parametrize("theme", [CONTRAST_DARK, CONTRAST_LIGHT], ids=lambda t: t.name)
def test_high_contrast_means_four_and_a_half_to_one_for_every_other_mark(theme: Theme) -> None:
    grounds = ("background", *BANDS)
    marks = {
        f"{mark} on {ground}": contrast(colour(theme, mark), colour(theme, ground))
        for mark in MARKS
        for ground in grounds
    }
    marks |= {
        f"{chip} on background": contrast(colour(theme, chip), colour(theme, "background"))
        for chip in (*CHIPS, "chip-stopped", "stop")
    }
    assert {name: round(ratio, 2) for name, ratio in marks.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ALL, ids=lambda t: t.name)
def test_in_every_theme_words_stand_out_four_and_a_half_to_one(theme: Theme) -> None:
    needed = [(name, ink, ground) for name, ink, ground in texts(theme) if "suds-gr" not in name]
    # What is quiet by intent stands on plain ground alone.
    needed = [p for p in needed if not (p[0].startswith("quiet") and "background" not in p[0])]
    weak = {name: round(contrast(ink, ground), 2) for name, ink, ground in needed}
    assert {name: ratio for name, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("sight", SIGHT)
def test_blue_and_amber_keeps_figures_and_phases_apart_to_every_eye(sight: str) -> None:
    figures = {role: colour(BLUE_AMBER, role) for role in ("level", "suds", "safe", "hold")}
    near = {
        f"{one}, {other}": round(apart(figures[one], figures[other], sight), 1)
        for one, other in combinations(figures, 2)
    }
    assert {pair: found for pair, found in near.items() if found < 18} == {}
    assert apart(figures["level"], figures["suds"], sight) > 60
    grounds = {role: colour(BLUE_AMBER, role) for role in (*CHIPS, "chip-stopped", "stop")}
    near = {
        f"{one}, {other}": round(apart(grounds[one], grounds[other], sight), 1)
        for one, other in combinations(grounds, 2)
    }
    assert {pair: found for pair, found in near.items() if found < 15} == {}


@pytest.mark.parametrize("theme", [t for t in ALL if t is not BLUE_AMBER], ids=lambda t: t.name)
@pytest.mark.parametrize("sight", SIGHT)
def test_level_and_distress_are_never_taken_for_each_other(theme: Theme, sight: str) -> None:
    assert apart(colour(theme, "level"), colour(theme, "suds"), sight) > 40


def test_every_theme_knows_every_role() -> None:
    for theme in ALL:
        assert set(NIGHT.variables) <= set(theme.variables), theme.name


async def test_the_key_goes_round_all_themes_and_says_which_it_is() -> None:
    async with console(StagedLead(), (120, 40)) as hands:
        seen = [hands.app.theme]
        for _turn in ALL:
            await hands.press("f2")
            seen.append(hands.app.theme)
            assert called(hands.app.theme) in hands.within("#say")
        assert seen == [*(theme.name for theme in ALL), NIGHT.name]
        assert hands.app.comforts.kept.theme == NIGHT.name


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_palette_names_each_theme_in_words(language: Language) -> None:
    use(language)
    async with console(scenes()["exposure"], (120, 40), language) as hands:
        word = {"en": "contrast, light", "fr": "contraste fort, clair"}[language]
        await hands.press("ctrl+p", *word.replace(",", "").split()[0])
        await hands.until(lambda: word in hands.text())
        hands.app.pop_screen()
        hands.app.wear(CONTRAST_LIGHT.name)
        await hands.settle()
        assert hands.app.theme == CONTRAST_LIGHT.name


def test_a_theme_that_is_not_ours_leads_to_the_first() -> None:
    assert after("nord") == NIGHT.name
    assert after(NIGHT.name) == DAY.name
    assert called("nord") == "nord"
