"""No text reaches a French therapist in English, and no catalogue changes without its texts."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from controller.locale.catalogue import Files, compile_catalogue, fields, problems, texts, update


@pytest.fixture
def part(tmp_path: Path) -> Path:
    folder = tmp_path / "half"
    folder.mkdir()
    write(folder, '_("Stop."); mark("Level {level} of {top:g}")')
    (folder / "page.j2").write_text("<p>{{ _('Printed.') }}</p>", "utf-8")
    update(folder)
    return folder


def write(part: Path, code: str) -> None:
    begin = "from controller.language import _, mark\n"
    (part / "screen.py").write_text(begin + code, "utf-8")


def translate(part: Path, **pairs: str) -> None:
    files = Files.of(part)
    text = files.translation.read_text("utf-8")
    for english, french in {
        "Stop.": "Arrêt.",
        "Printed.": "Imprimé.",
        "Level {level} of {top:g}": "Niveau {level} sur {top:g}",
        **pairs,
    }.items():
        text = text.replace(
            f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{french}"'
        )
    files.translation.write_text(text, "utf-8")
    compile_catalogue(part)


def test_texts_come_from_code_and_templates(part):
    assert texts(part) == ["Level {level} of {top:g}", "Printed.", "Stop."]


def test_a_function_that_is_only_called_like_a_marker_marks_nothing(part):
    (part / "drawing.py").write_text("from half.ink import mark\nmark('circle')", "utf-8")
    assert "circle" not in texts(part)


def test_a_new_text_waits_for_its_translation(part):
    compile_catalogue(part)
    assert len(list(problems(part))) == 3
    translate(part)
    assert list(problems(part)) == []


def test_what_was_translated_is_spoken(part):
    translate(part)
    spoken = gettext.translation("palier", part / "locale", languages=["fr"])
    assert spoken.gettext("Stop.") == "Arrêt."


def test_updating_keeps_translations_and_drops_what_nobody_says(part):
    translate(part)
    write(part, '_("Stop."); _("Hold.")')
    assert any("not in the code" in problem for problem in problems(part))
    update(part)
    translate(part, **{"Hold.": "Maintien."})
    assert list(problems(part)) == []
    assert "Niveau" not in Files.of(part).translation.read_text("utf-8")


def test_updating_twice_or_moving_lines_changes_no_byte(part):
    translate(part)
    files = Files.of(part)
    before = [f.read_bytes() for f in (files.template, files.translation, files.compiled)]
    write(part, '\n\n# moved\n\nmark("Level {level} of {top:g}")\n_("Stop.")')
    update(part)
    compile_catalogue(part)
    assert [f.read_bytes() for f in (files.template, files.translation, files.compiled)] == before
    for catalogue in before:
        assert b"-Date" not in catalogue and b"screen.py" not in catalogue


@pytest.mark.parametrize(
    "french", ["Niveau {niveau} sur {top:g}", "Niveau {level} sur {top}", "Niveau"]
)
def test_a_translation_keeps_every_placeholder(part, french):
    translate(part, **{"Level {level} of {top:g}": french})
    assert [p for p in problems(part) if "placeholders differ" in p]


def test_a_stale_compiled_catalogue_is_told(part):
    translate(part)
    files = Files.of(part)
    text = files.translation.read_text("utf-8").replace("Arrêt.", "Stop !")
    files.translation.write_text(text, "utf-8")
    assert [p for p in problems(part) if "stale" in p]


def test_placeholders_are_read_with_their_formats():
    assert fields("{a} and {b:.1f}, {{not}} this") == {("a", ""), ("b", ".1f")}
    with pytest.raises(ValueError):
        fields("{a")
