"""The author's guide is shown by the author's own command, page by page."""

from __future__ import annotations

import json

import pytest

from vr_runtime import language
from vr_runtime.authoring import guide
from vr_runtime.authoring.cli import main

LANGUAGES = ("en", "fr")


@pytest.fixture(autouse=True)
def spoken_before():
    before = language.language()
    yield
    language.use(before)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_without_a_name_the_first_page_is_shown(spoken, capsys):
    assert main(["guide", "--lang", spoken]) == 0
    name = "GUIDE.md" if spoken == "en" else "GUIDE.fr.md"
    assert capsys.readouterr().out == (guide.SHIPPED / name).read_text("utf-8")


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_page_is_named_by_the_first_and_shown_by_its_name(spoken, capsys):
    assert main(["guide", "--lang", spoken, "--json"]) == 0
    pages = json.loads(capsys.readouterr().out)
    shipped = {
        file.stem for file in (guide.SHIPPED / "guide").glob("*.md") if ".fr" not in file.name
    }
    assert {page["name"] for page in pages} == {guide.START, *shipped}
    for page in pages:
        assert main(["guide", "--lang", spoken, page["name"]]) == 0
        assert capsys.readouterr().out.startswith(f"# {page['title']}\n")


def test_a_page_that_is_not_there_is_answered_with_those_that_are(capsys):
    assert main(["guide", "--lang", "en", "cookbok"]) == 2
    told = capsys.readouterr().err
    assert "no page `cookbok`; it has start, " in told
    assert "did you mean `cookbook`?" in told


def test_a_guide_that_is_not_installed_is_said_in_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(guide, "SHIPPED", tmp_path)
    assert main(["guide", "--lang", "en"]) == 3
    assert "The guide is not installed" in capsys.readouterr().err
