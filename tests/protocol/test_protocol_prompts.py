"""When a rating falls due is what the clinic's protocol says, and nothing else."""

from __future__ import annotations

from controller.session.prompts import PromptRules, Prompts, kind_of
from vr_runtime.wire.acts import Phase

S = 30
"""Ticks in a second."""
WINDOW = 60.0


def of(mode: str, every_s: float = 0.0) -> Prompts:
    return Prompts(PromptRules(every_s, WINDOW, mode))  # type: ignore[arg-type]


def test_with_the_mode_off_nothing_ever_falls_due():
    prompts = of("off", 120.0)
    for tick, phase in enumerate((Phase.READY, Phase.EXPOSURE, Phase.HOLD, Phase.SAFE_PLACE)):
        prompts.on_phase(phase, tick, first=True)
        prompts.on_step(tick)
        assert prompts.shown(tick) is None and prompts.missed(tick + 10_000) is None


def test_by_step_changes_a_rating_falls_due_at_each_level_and_not_with_time():
    prompts = of("step_change")
    prompts.on_phase(Phase.READY, 0, first=True)
    assert prompts.due == 30 * S
    prompts.on_answer(30 * S)
    prompts.on_phase(Phase.EXPOSURE, 60 * S, first=False)
    assert prompts.due is None
    prompts.on_step(70 * S)
    assert prompts.asked(70 * S) == 100 * S
    prompts.on_answer(75 * S)
    assert prompts.due is None
    prompts.on_step(300 * S)
    # Holding and going on take nothing away from what is due.
    prompts.on_phase(Phase.HOLD, 305 * S, first=False)
    assert prompts.asked(305 * S) == 330 * S


def test_by_step_changes_leaving_the_scene_is_asked_about_once():
    prompts = of("step_change")
    prompts.on_phase(Phase.EXPOSURE, 0, first=False)
    prompts.on_phase(Phase.SAFE_PLACE, 60 * S, first=False)
    assert prompts.due == 120 * S and not prompts.peak
    prompts.on_phase(Phase.PAUSE, 70 * S, first=False)
    assert prompts.due == 120 * S
    prompts.on_answer(80 * S)  # Before its window: another rating, which takes nothing away.
    assert prompts.due == 120 * S
    prompts.on_answer(95 * S)
    assert prompts.due is None


def test_before_and_after_trials_the_peak_is_asked_first_and_then_how_it_is_now():
    prompts = of("before_peak_after")
    prompts.on_phase(Phase.READY, 0, first=False)
    assert prompts.due == 30 * S
    prompts.on_answer(20 * S)
    prompts.on_phase(Phase.EXPOSURE, 60 * S, first=False)
    prompts.on_step(70 * S)
    assert prompts.due is None
    prompts.on_phase(Phase.SAFE_PLACE, 600 * S, first=False)
    shown = prompts.shown(600 * S)
    assert shown is not None and shown.peak and shown.opens_in_s == 0
    prompts.on_answer(610 * S)
    shown = prompts.shown(610 * S)
    assert shown is not None and not shown.peak and shown.opens_in_s == 30
    prompts.on_answer(650 * S)
    assert prompts.due is None


def test_a_peak_that_nobody_asked_for_is_missed_and_not_asked_in_the_next_trial():
    prompts = of("before_peak_after")
    prompts.on_phase(Phase.EXPOSURE, 0, first=False)
    prompts.on_phase(Phase.PAUSE, 60 * S, first=False)
    assert prompts.missed(120 * S) is None
    assert prompts.missed(121 * S) == 90 * S
    prompts.on_phase(Phase.EXPOSURE, 122 * S, first=False)
    assert prompts.due is None and not prompts.peak


def test_a_rating_is_called_a_peak_only_while_the_peak_is_asked_for():
    def kind(phase: Phase, *, due: bool, peak: bool) -> str:
        return kind_of(phase, due=due, any_before=True, trials=1, peak=peak)

    assert kind(Phase.SAFE_PLACE, due=True, peak=True) == "peak"
    assert kind(Phase.SAFE_PLACE, due=False, peak=True) == "recovery"
    assert kind(Phase.SAFE_PLACE, due=True, peak=False) == "recovery"
    assert kind(Phase.EXPOSURE, due=True, peak=True) == "interval"
