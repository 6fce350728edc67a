"""Whoever reads French reads the help and the errors of our commands in French throughout."""

from __future__ import annotations

import argparse
import gettext
import inspect
import re

import pytest

from controller import cli as console
from controller import language as console_language
from controller.locale.catalogue import OF_ARGPARSE
from vr_runtime import cli as runtime
from vr_runtime import language as runtime_language
from vr_runtime.authoring import cli as author

PROGRAMS = {"palier": console, "palier-runtime": runtime, "palier-scenario": author}
ENGLISH = ("usage", "show this help", "positional", "error", "invalid choice", "required")


@pytest.fixture(autouse=True)
def in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands speak French where nothing else is said."""
    monkeypatch.setenv("PALIER_LANG", "fr")


def said(program, arguments, capsys):
    with pytest.raises(SystemExit):
        PROGRAMS[program].main(arguments)
    out = capsys.readouterr()
    return out.out + out.err


@pytest.mark.parametrize("program", PROGRAMS)
def test_help_and_errors_are_french_throughout(program, capsys):
    for arguments in (["--help"], ["--no-such-option"], ["no-such-command"]):
        text = said(program, arguments, capsys)
        assert text.startswith("emploi\u00a0: ")
        assert not [word for word in ENGLISH if word in text]


@pytest.mark.parametrize("program", ["palier", "palier-runtime"])
@pytest.mark.parametrize("asked", [["--lang", "en"], ["--lang=en"]])
def test_the_help_follows_the_language_asked_for(program, asked, capsys):
    assert said(program, [*asked, "--help"], capsys).startswith("usage: ")


def test_a_language_that_is_not_spoken_is_refused_in_the_usual_one(capsys):
    text = said("palier-runtime", ["--lang", "de"], capsys)
    assert "choix impossible" in text and "'de'" in text


@pytest.mark.parametrize("text", OF_ARGPARSE)
def test_what_is_translated_is_what_python_says(text):
    assert text.replace("\n", "\\n") in inspect.getsource(argparse)


@pytest.mark.parametrize("text", OF_ARGPARSE)
@pytest.mark.parametrize("locale", [console_language.LOCALE, runtime_language.LOCALE])
def test_the_translation_has_the_same_places_to_fill(locale, text):
    french = gettext.translation("palier", locale, languages=["fr"]).gettext(text)
    places = re.compile(r"%(?:\(\w+\))?[sr]")
    assert sorted(places.findall(french)) == sorted(places.findall(text))
