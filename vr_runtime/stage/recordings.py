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


def laid_out(folder: Path) -> Iterator[tuple[Key, Path]]:
    """The recordings below `folder`, those of one line in the order in which they are preferred."""
    found = [path for path in folder.glob("*/*/*") if path.suffix.lower() in ENDINGS]
    for path in sorted(found, key=lambda p: (p.parent, p.stem, ENDINGS.index(p.suffix.lower()))):
        scenario, language, line = path.parent.parent.name, path.parent.name, path.stem
        if language in ("fr", "en") and _SCENARIO.fullmatch(scenario) and _LINE.fullmatch(line):
            yield (scenario, language, line), path


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
    return Fitted(samples, rate, Known(Bus.LINE, Measured(reached, peak * gain)))
