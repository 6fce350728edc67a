"""Owns which recordings of spoken lines are taken, and how each is made fit to be heard.

A clinic lays its own below a folder, as `heights.balcony/fr/hello.wav`. It knows no decoder and no
sound device. Waves are arrays of (samples, channels), 1 being full scale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vr_runtime.language import _
from vr_runtime.stage.loudness import Wave, integrated, true_peak
from vr_runtime.stage.measured import Known
from vr_runtime.stage.mixing import LINE_LUFS, MOST_PEAK, Bus, Measured

ENDINGS = (".ogg", ".wav", ".flac")
"""In this order where a line has several."""
LONGEST_S = 30.0
QUIETEST_LUFS = -44.0
"""What is softer is mostly the noise of its room."""
LEAST_LUFS = LINE_LUFS - 6.0
"""What peaks so much that it cannot become this loud would not be understood."""
MOST_LINE_PEAK = MOST_PEAK * 0.85
OVERDRIVEN_SHARE = 0.001
"""Share of samples at full scale from which a recording is taken to be overdriven."""
ONSET_S, END_S = 0.02, 0.02
OTHER_SOUNDS = frozenset(
    {".mp3", ".m4a", ".aac", ".mp4", ".opus", ".oga", ".wma", ".aif", ".aiff", ".au", ".amr"}
)
"""What somebody would lay there as a recording, and is not read."""
AUDIBLE = 0.005
"""What is softer than this part of a recording's peak, at its end, is silence."""
_SCENARIO = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){1,3}")
_LINE = re.compile(r"[a-z][a-z0-9_]{0,39}")

Key = tuple[str, str, str]
"""Scenario, language, line."""


class Unfit(Exception):
    """A recording that cannot be played; the text says why and what to do."""


@dataclass(frozen=True)
class Fitted:
    """A recording as it will be heard: one channel, at the loudness of a line, softly begun."""

    samples: NDArray[np.int16]
    rate: int
    known: Known
    lasts_s: float
    """Seconds until its last sound."""


@dataclass(frozen=True)
class Misplaced:
    """A sound file that stands for no line by its name and place."""

    path: Path
    why: str
    """What is wrong, and what would be right."""


def laid_out(folder: Path) -> Iterator[tuple[Key, Path] | Misplaced]:
    """The recordings below `folder`, those of one line in the order in which they are preferred.

    Sound files that are none by name or place are given with the reason; other files are left
    aside, and so is what lies deeper than `SCENARIO/LANGUAGE/LINE.wav`.
    """
    found = [
        path
        for depth in ("*", "*/*", "*/*/*")
        for path in folder.glob(depth)
        if path.suffix.lower() in (*ENDINGS, *OTHER_SOUNDS)
        and not path.name.startswith(".")
        and path.is_file()
    ]
    for path in sorted(found, key=lambda p: (p.parent, p.stem, _preferred(p))):
        why = _misplaced(path, path.relative_to(folder).parts)
        scenario, language, line = path.parent.parent.name, path.parent.name, path.stem
        yield ((scenario, language, line), path) if why is None else Misplaced(path, why)


def _preferred(path: Path) -> int:
    ending = path.suffix.lower()
    return ENDINGS.index(ending) if ending in ENDINGS else len(ENDINGS)


def _misplaced(path: Path, parts: tuple[str, ...]) -> str | None:
    """Why this is no line's recording; None where it is one."""
    if len(parts) != 3:
        return _("it does not lie in SCENARIO/LANGUAGE, as heights.footbridge/en")
    scenario, language, _file = parts
    if not _SCENARIO.fullmatch(scenario):
        return _('"{name}" is no scenario\'s id, as heights.footbridge').format(name=scenario)
    if language not in ("fr", "en"):
        return _('its folder "{name}" is no language; it is "fr" or "en", in small letters').format(
            name=language
        )
    if path.suffix.lower() not in ENDINGS:
        return _("{ending} is not read; save it as WAV, FLAC or Ogg Vorbis").format(
            ending=path.suffix
        )
    if not _LINE.fullmatch(path.stem):
        return _('"{name}" is no line\'s name: small letters, digits and _').format(name=path.stem)
    return None


def fitted(wave: Wave, rate: int) -> Fitted:
    """The recording made fit.

    Raises:
        Unfit: it is too long, silent, too quiet, overdriven, or all peaks.
    """
    if not len(wave):
        raise Unfit(_("it is empty"))
    if len(wave) > LONGEST_S * rate:
        raise Unfit(_("it lasts more than {n} s").format(n=round(LONGEST_S)))
    if np.mean(np.abs(wave) >= 0.999) > OVERDRIVEN_SHARE:
        raise Unfit(_("it is overdriven; record it again with less gain"))
    mono = wave.mean(axis=1, keepdims=True)
    lufs = integrated(mono, rate)
    if lufs < QUIETEST_LUFS:
        raise Unfit(_("it is too quiet; record it again, nearer to the microphone"))
    peak = true_peak(mono)
    gain = min(10.0 ** ((LINE_LUFS - lufs) / 20.0), MOST_LINE_PEAK / peak)
    reached = lufs + 20.0 * float(np.log10(gain))
    if reached < LEAST_LUFS:
        raise Unfit(_("it has peaks far above its loudness; record it again without knocks"))
    mono = mono * gain
    onset, end = (min(len(mono), round(s * rate)) for s in (ONSET_S, END_S))
    mono[:onset] *= np.linspace(0.0, 1.0, onset)[:, None]
    mono[len(mono) - end :] *= np.linspace(1.0, 0.0, end)[:, None]
    samples = np.round(mono[:, 0] * 32767.0).astype(np.int16)
    heard = np.flatnonzero(np.abs(mono[:, 0]) > AUDIBLE * np.abs(mono).max())
    lasts_s = (int(heard[-1]) + 1) / rate
    return Fitted(samples, rate, Known(Bus.LINE, Measured(reached, peak * gain)), lasts_s)
