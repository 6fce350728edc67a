"""Which display is opened on which machine, and what is said of it."""

from __future__ import annotations

import subprocess

import pytest

from vr_runtime.display import choose
from vr_runtime.display.choose import DisplayUnavailable, open_display


def machine(monkeypatch, *, screen: bool, draws: set[str]) -> None:
    monkeypatch.setattr(choose, "screen_is_there", lambda: screen)
    monkeypatch.setattr(choose, "works", lambda kind: kind in draws)


def test_null_is_had_everywhere_without_a_trial(monkeypatch):
    monkeypatch.setattr(choose, "works", lambda kind: pytest.fail("nothing is to be tried"))
    display, told = open_display("null", language="fr")
    assert display.kind == "null"
    assert told == "Rien n'est dessiné et aucun son n'est joué, comme demandé."


def test_auto_falls_back_to_nothing_drawn_and_says_why(monkeypatch):
    machine(monkeypatch, screen=True, draws=set())
    display, told = open_display("auto", language="en")
    assert display.kind == "null"
    assert told.startswith("Nothing can be drawn here")


@pytest.mark.parametrize(
    ("kind", "screen", "draws", "advice"),
    [
        ("desktop", False, {"desktop", "offscreen"}, "--display offscreen"),
        ("desktop", True, {"offscreen"}, "--display offscreen"),
        ("offscreen", True, {"desktop"}, "--display null"),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_was_asked_for_and_cannot_be_had_is_refused_with_advice(
    monkeypatch, kind, screen, draws, advice, language
):
    machine(monkeypatch, screen=screen, draws=draws)
    with pytest.raises(DisplayUnavailable, match=advice):
        open_display(kind, language=language)


@pytest.mark.render
def test_the_trial_draws_a_real_picture(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    assert choose.works("offscreen")
    assert not choose.screen_is_there()
    # Without a name the driver takes the first screen, which another test may have opened.
    monkeypatch.setenv("DISPLAY", ":987")
    assert not choose.works("desktop")


@pytest.mark.parametrize("end", ["crash", "hang", "missing"])
def test_a_driver_that_crashes_or_hangs_is_no_display_and_no_disaster(monkeypatch, end):
    def run(command: list[str], **how: object) -> subprocess.CompletedProcess[bytes]:
        if end == "hang":
            raise subprocess.TimeoutExpired(command, 30.0)
        if end == "missing":
            raise OSError("no such program")
        return subprocess.CompletedProcess(command, -11)

    monkeypatch.setattr(subprocess, "run", run)
    assert not choose.works("offscreen")
