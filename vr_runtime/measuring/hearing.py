"""Owns the way on which a scenario is listened to, and what is found of its sound."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np

from scenarios.api.manifest import LEVELS, EventSpec
from vr_runtime.assets import assets_dir
from vr_runtime.language import _, filled
from vr_runtime.measuring.leading import Led
from vr_runtime.measuring.outcome import Finding, Heard, Spot
from vr_runtime.measuring.sounding import Sounding
from vr_runtime.stage.loudness import Wave, integrated, true_peak
from vr_runtime.stage.measured import known_sounds
from vr_runtime.stage.mixing import BED_LUFS, EVENT_LUFS, MOST_PEAK, Bus
from vr_runtime.stage.names import Names
from vr_runtime.stage.panda.listening import RATE, Listening
from vr_runtime.stage.world_stage import WorldStage
from vr_runtime.wire import acts
from vr_runtime.wire.acts import View
from vr_runtime.wire.happenings import LineSpoken
from vr_runtime.wire.version import TICKS_PER_SECOND

PICTURES = 2
"""In each tick, as a display of 60 Hz draws."""
REST_TICKS, LEVEL_TICKS = 30, 240
LONGEST_S = 20.0
HELD_BACK_DB = 6.0
"""So much above its limit may be asked for: the stage holds it back, and it is hardly noticed."""
TOLERANCE_DB = 2.0
"""Of what is mixed: seconds of a recording are louder than the whole of it."""
OF_WISHES = ("PS255", "PS256", "PS257", "PS258")
SILENT_LUFS, LOUD_LUFS = -40.0, BED_LUFS - 3.0
"""A bed that is asked to go from below the first to above the second in one tick is sudden."""
LEAST_ONSET_S = 0.02
FAINTEST = 10.0 ** (-75.0 / 10.0)
"""Power in a band below which nobody hears it, 1 being full scale."""


class Listener:
    """One scenario that is listened to."""

    def __init__(
        self,
        lead: Callable[[Listener, Callable[[], None]], Led],
        names: Names,
        alive: Callable[[str], None],
        files: Callable[[str], bool],
    ) -> None:
        """Listen to what `lead` opens; `alive` hears what goes on, `files` knows the author's."""
        self._scenery = Listening(names.sounds, known_sounds(assets_dir() / "CREDITS.toml"), Path())
        self._inner = WorldStage(names, self._scenery)
        self.stage = self._inner
        self._alive = alive
        self._event = ""
        self._in_scene_ticks = 0
        self._bed_before = math.inf
        self._news = self._inner.inner.news = Sounding(files, lambda: self._event or "update")
        self._most: dict[Bus, tuple[float, Spot]] = {}
        """Of beds and events, how loud they were asked to be at most, and by which line."""
        self._held: dict[Bus, tuple[float, Spot]] = {}
        """By how many decibels the stage had to hold back what was asked for, and by which line."""
        self._bed: Wave = np.zeros((0, 2))
        """What is heard anyway at the level that was last listened to."""
        self._beds: list[float] = []
        self._events: list[float] = []
        self._audible: set[str] = set()
        self._peak = 0.0
        self.findings: list[Finding] = []
        self._led = lead(self, self._ticked)

    def show(self, view: View) -> None:
        """As a display does."""
        seen, viewer = view is View.SCENE, self._inner.inner.standing
        if viewer.seen and not seen:
            viewer.settle()
            self._in_scene_ticks = 0
        viewer.seen = seen
        self._scenery.show(view)

    def listen(self) -> Heard:
        """Go through all levels and events; raises `Failed`."""
        led = self._led
        led.loaded()
        led.begin(0)
        for level in range(LEVELS):
            self._alive(_("listening, level {level}").format(level=level))
            if level:
                led.go_to(level)
            led.pass_time(REST_TICKS)
            self._scenery.device.keep()
            led.pass_time(LEVEL_TICKS)
            self._bed = self._scenery.device.taken()
            self._beds.append(self._judged(self._bed))
            for event in led.manifest.events:
                allowed = [n for n in range(LEVELS) if led.manifest.allowed_at(event.name, n)]
                if allowed and level in (allowed[0], allowed[len(allowed) // 2], allowed[-1]):
                    self._hear(event)
        led.close()
        self._judge_asked()
        self.findings += [f for f in self._news.findings if f.code in OF_WISHES]
        heard = Heard(
            levels_lufs=tuple(_finite(bed) for bed in self._beds),
            events=tuple(sorted(self._audible)),
            bed_lufs=_finite(max(self._beds)),
            event_lufs=_finite(max(self._events, default=-math.inf)),
            peak_db=_finite(_decibels(self._peak)),
            onset_s=round(1.0 / self._scenery.device.steepest, 4)
            if self._scenery.device.steepest > 0.0
            else None,
            held_back_db=round(max((db for db, _spot in self._held.values()), default=0.0), 2),
        )
        for code, told in too_loud(heard):
            self._found(code, Spot(name="update"), told)
        return heard

    def _hear(self, event: EventSpec) -> None:
        led = self._led
        host = led.engine.host
        assert host is not None, "a scene has one"
        led.pass_time(round(host.cooldown_s(event.name) * TICKS_PER_SECOND) + 1)
        self._event = event.name
        led.news.clear()
        self._scenery.device.keep()
        if led.act(acts.Trigger(name=event.name)):
            for _tick in range(round(LONGEST_S * TICKS_PER_SECOND)):
                led.pass_time(1)
                if not led.happening(event.name):
                    break
        wave = self._scenery.device.taken()
        self._events.append(self._judged(wave))
        if self._said() or stands_out(wave, self._bed):
            self._audible.add(event.name)
        while led.happening(event.name):
            led.pass_time(1)
        self._event = ""

    def _said(self) -> bool:
        """Whether a line was spoken since it began: its voice is the clinic's."""
        return any(isinstance(what, LineSpoken) for _tick, what in self._led.news)

    def _judged(self, wave: Wave) -> float:
        """Loudness of what was heard; its peak is kept."""
        if not len(wave) or not np.any(wave):
            return -math.inf
        self._peak = max(self._peak, true_peak(wave))
        return integrated(wave, RATE)

    def _ticked(self) -> None:
        self._alive("")
        viewer = self._inner.inner.standing
        self._scenery.note()
        self._scenery.follow(viewer.drawn(1.0), 1.0 / TICKS_PER_SECOND, PICTURES)
        if not viewer.seen:
            return
        self._in_scene_ticks += 1
        asked = self._scenery.asked()
        self._news.ticked(self._scenery.wishes())
        for bus, wanted in ((Bus.BED, asked.bed), (Bus.EVENT, asked.event)):
            for most, now in ((self._most, wanted.lufs), (self._held, wanted.held_db)):
                if now > most.get(bus, (-math.inf,))[0]:
                    most[bus] = now, self._news.loud_by(wanted.loudest)
        # what stands there from the beginning rises with the scene
        sudden = self._bed_before < SILENT_LUFS and asked.bed.lufs > LOUD_LUFS
        if self._in_scene_ticks > REST_TICKS and sudden:
            told = _("A bed of sound is asked to go from silence to its full loudness at once.")
            hint = _("let its `volume` follow a value, or raise it over a second")
            self._found("PS254", self._news.loud_by(asked.bed.loudest), told, hint)
        self._bed_before = asked.bed.lufs

    def _judge_asked(self) -> None:
        nothing = -math.inf, Spot()
        bed, event = (self._most.get(bus, nothing) for bus in (Bus.BED, Bus.EVENT))
        if bed[0] > BED_LUFS + HELD_BACK_DB:
            told = _("Beds of sound are asked to be {n:.0f} dB louder than they may be together.")
            hint = _("lower their `volume`: the stage makes all of them softer alike")
            self._found("PS250", bed[1], filled(told, n=bed[0] - BED_LUFS), hint)
        elif self._held.get(Bus.BED, nothing)[0] > HELD_BACK_DB:
            self._hold_back(*self._held[Bus.BED])
        if event[0] > EVENT_LUFS + HELD_BACK_DB:
            told = _("Sounds are asked to be {n:.0f} dB louder than an event may be.")
            hint = _("play fewer at once, farther away, or with less `volume`")
            self._found("PS251", event[1], filled(told, n=event[0] - EVENT_LUFS), hint)
        elif self._held.get(Bus.EVENT, nothing)[0] > HELD_BACK_DB:
            self._hold_back(*self._held[Bus.EVENT])

    def _hold_back(self, held_db: float, spot: Spot) -> None:
        told = _("The stage has to hold these sounds back by {n:.0f} dB, for their peaks together.")
        hint = _("play fewer at once, farther away, or with less `volume`")
        self._found("PS259", spot, filled(told, n=held_db), hint)

    def _found(self, code: str, spot: Spot, message: str, hint: str = "") -> None:
        finding = Finding(code=code, spot=spot, message=message, hint=hint)
        if finding not in self.findings:
            self.findings.append(finding)


def too_loud(heard: Heard) -> list[tuple[str, str]]:
    """Codes and sentences for what was mixed above a limit.

    The stage holds them all, so that nothing of this is an author's doing alone: it is what shows
    that the stage does.
    """
    found: list[tuple[str, str]] = []
    if heard.peak_db is not None and heard.peak_db > round(_decibels(MOST_PEAK), 2):
        told = _("What is heard peaks at {n:.1f} dB; −6 dB is the most.")
        found.append(("PS253", filled(told, n=heard.peak_db)))
    if heard.bed_lufs is not None and heard.bed_lufs > BED_LUFS + TOLERANCE_DB:
        told = _("What is heard without an event has {n:.1f} LUFS; −23 LUFS is the most.")
        found.append(("PS250", filled(told, n=heard.bed_lufs)))
    if heard.event_lufs is not None and heard.event_lufs > EVENT_LUFS + TOLERANCE_DB:
        told = _("An event is heard at {n:.1f} LUFS; −11 LUFS is the most.")
        found.append(("PS251", filled(told, n=heard.event_lufs)))
    if heard.onset_s is not None and heard.onset_s < LEAST_ONSET_S:
        told = _("A sound rises within {n:.0f} ms; 20 ms is the least.")
        found.append(("PS252", filled(told, n=1000.0 * heard.onset_s)))
    return found


def stands_out(wave: Wave, bed: Wave) -> bool:
    """Whether something is heard in `wave` beside what `bed` holds anyway.

    In a third of an octave it is louder by 6 dB than the loudest moment of the bed, twice in a row.
    """
    loud = _thirds(wave) > 4.0 * np.maximum(_thirds(bed).max(axis=0, initial=0.0), FAINTEST)
    return bool((loud[1:] & loud[:-1]).any())


def _thirds(wave: Wave) -> Wave:
    """Power in thirds of an octave (moments of 0.1 s, bands), 1 being full scale."""
    size = round(0.1 * RATE)
    frames = wave.mean(axis=1)[: len(wave) // size * size].reshape(-1, size)
    power = np.abs(np.fft.rfft(frames * np.hanning(size), axis=1)) ** 2 / size**2
    hertz = np.fft.rfftfreq(size, 1.0 / RATE)
    edges = 100.0 * 2.0 ** (np.arange(21) / 3.0)
    bands = [power[:, (hertz >= a) & (hertz < b)].sum(axis=1) for a, b in pairwise(edges)]
    return np.stack(bands, axis=1)


def _decibels(peak: float) -> float:
    return 20.0 * math.log10(peak) if peak > 0.0 else -math.inf


def _finite(value: float) -> float | None:
    return round(value, 2) if math.isfinite(value) else None
