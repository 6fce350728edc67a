"""A clinic's own file is used, or told apart by file, line and column; the others go on."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelf import BY_ID

from controller.language import Language, use
from controller.questionnaires import library as shelves
from controller.questionnaires.library import check, library, shipped
from controller.questionnaires.reading import NotAQuestionnaire, read
from controller.questionnaires.scoring import score

ROOT = Path(__file__).resolve().parents[2]

OWN = """\
id = "mood"
version = "1"
title = "Mood today"
about = { en = "One figure.", fr = "Un chiffre." }
used = ["clinic"]
languages = ["fr"]
licence = "Our own."
citation = "The clinic, 2026"
reviewed = { by = "Dr A", on = "2026-11-02" }

[[answers]]
lowest = 0
highest = 10
anchors = [
    { value = 0, fr = "mauvaise" },
    { value = 10, fr = "bonne" },
]
source = "our own"

[[items]]
id = "mood"
fr = "Comment va votre humeur ?"

[scoring]
missing = "every_item"
missing_source = "one figure"

[[scoring.scales]]
id = "mood"
title = "Mood"
items = ["mood"]
lowest = 0
highest = 10
source = "the answer itself"
"""

IPQ_IN_FRENCH = """\
id = "ipq"
version = "2001"
languages = ["fr"]
licence = "Licence 12-345 of the clinic"
items = [
""" + "".join(
    f'    {{ id = "{item.id}", fr = "Question {item.id}" }},\n' for item in BY_ID["ipq"].items
) + "]\n"  # fmt: skip


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def problems(text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(NotAQuestionnaire) as told:
        read(text, shelves.known)
    return [(p.line, p.column, p.text) for p in told.value.problems]


def test_a_clinics_own_instrument_is_read_and_scored(tmp_path: Path) -> None:
    (tmp_path / "mood.toml").write_text(OWN, "utf-8")
    found = library(tmp_path)
    assert found.problems == ()
    mine = found.find("mood")
    assert mine is not None and mine.reviewed is not None
    assert (mine.title.en, mine.title.fr) == ("Mood today", "Mood today")
    assert score(mine, {"mood": 7}).of("mood").value == 7
    assert len(found.entries) == len(shipped()) + 1
    assert [e.file for e in found.entries if e.file] == [tmp_path / "mood.toml"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('id = "mood"\nversion', "version", (1, 1, "Say id = ...; it is missing.")),
        (
            'citation = "The clinic, 2026"',
            'citatoin = "The clinic, 2026"',
            (8, 1, "citatoin is not known here; did you mean citation?"),
        ),
        (
            'used = ["clinic"]',
            'used = ["clinic", "home"]',
            (
                5,
                19,
                "home is not known here; "
                "it can be 'baseline', 'in_session', 'after', 'clinic'.",
            ),
        ),
        ('used = ["clinic"]', "used = []", (5, 1, "used needs at least one entry.")),
        (
            'used = ["clinic"]',
            'used = "clinic"',
            (5, 1, "used is a list: put it between square brackets."),
        ),
        ("highest = 10\nanchors", 'highest = "10"\nanchors',
         (13, 1, "highest is a whole number, without quotes.")),
        ("highest = 10\nanchors", "highest = 0\nanchors",
         (13, 1, "highest must be more than lowest.")),
        ("highest = 10\nanchors", "highest = 12345678\nanchors",
         (13, 1, "highest lies between -1000000 and 1000000.")),
        ("{ value = 10,", "{ value = 11,", (16, 7, "11 is not between 0 and 10.")),
        ("{ value = 10,", "{ value = 0,", (16, 5, "0 is here twice; give each its own name.")),
        ("{ value = 10,", "{ valeu = 10,", (16, 7, "valeu is not known here; did you mean value?")),
        ('fr = "Comment va votre humeur ?"', 'fr = ""',
         (22, 1, "fr is empty; write it, or leave the key out.")),
        ('fr = "Comment va votre humeur ?"', "fr = 3",
         (22, 1, "fr is a text: put it between quotes.")),
        ('missing = "every_item"', 'missing = "mean_of_answered"',
         (25, 1, "least_answered belongs to missing = mean_of_answered, and to it alone.")),
        ('items = ["mood"]', 'items = ["mode"]',
         (31, 10, "mode is not named in this file; check its spelling.")),
        ('items = ["mood"]', "",
         (28, 1, "A scale is made of items or of scales: give one of the two.")),
        ('items = ["mood"]', 'items = ["mood"]\nreversed = ["x"]',
         (32, 13, "x is reversed, but not among the items of this scale.")),
        ('items = ["mood"]', 'items = ["mood"]\nmultiplier = 0',
         (32, 1, "multiplier must be more than 0.")),
        ('items = ["mood"]', 'items = ["mood"]\nmultiplier = "2"',
         (32, 1, "multiplier is a number, without quotes, with at most nine decimals.")),
        ('items = ["mood"]', 'items = ["mood"]\nmultiplier = nan',
         (32, 1, "multiplier is a number, without quotes, with at most nine decimals.")),
        ('items = ["mood"]', 'items = ["mood"]\nmultiplier = 1e999999999',
         (32, 1, "multiplier is a number, without quotes, with at most nine decimals.")),
        ('items = ["mood"]', 'items = ["mood"]\nmultiplier = 1e-999999999',
         (32, 1, "multiplier is a number, without quotes, with at most nine decimals.")),
        ('items = ["mood"]', 'items = ["mood"]\nmultiplier = 2',
         (34, 1, "highest is 10, but the items give 20; one of them is wrong.")),
        ('items = ["mood"]', 'items = ["mood"]\nmethod = "count"',
         (28, 1, "counted_from belongs to the method count, and to it alone.")),
        ('items = ["mood"]', 'scales = ["mood"]',
         (31, 11, "mood is no scale that is named before this one.")),
        ('version = "1"', 'version = ""',
         (2, 1, "version cannot be written like this; see the example in the guide.")),
        ('on = "2026-11-02"', "on = 2026-11-02", (9, 27, "on is a text: put it between quotes.")),
        ("[scoring]", "[alerts]\n[scoring]",
         (24, 1, "alerts is a list: put it between square brackets.")),
        ('fr = "Comment va votre humeur ?"', "", (20, 1,
         "mood has no text in fr, which languages names.")),
        ("[[items]]", 'alerts = 1\n[[items]]',
         (20, 1, "alerts is not known here; remove it.")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_line_column_and_one_sentence(
    old: str, new: str, expected: tuple[int, int, str]
) -> None:
    assert old in OWN
    assert problems(OWN.replace(old, new, 1)) == [expected]


def test_all_problems_of_a_file_are_told_from_the_first_line_to_the_last() -> None:
    text = OWN.replace('version = "1"\n', "").replace('fr = "Comment', 'en = "Comment')
    assert problems(text) == [(1, 1, "Say version = ...; it is missing.")]
    text = OWN.replace('fr = "Comment', 'en = "Comment')
    assert problems(text) == [
        (20, 1, "mood has no text in fr, which languages names."),
        (22, 1, "mood has a text in en, which languages does not name."),
    ]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('id = "x\n', 1, 8),
        ("id = 1\nid = 2\n", 2, 7),
        ('id = "x"\n[items\n', 2, 7),
        ("a = [1,\n", 2, 1),
        ("= 1", 1, 1),
    ],
)
def test_what_is_no_toml_is_told_where_reading_ends(text: str, line: int, column: int) -> None:
    ((at, beside, told),) = problems(text)
    assert (at, beside) == (line, column)
    assert told.startswith("This cannot be read as TOML: ")


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("a = \n", "regardez ici les guillemets", "look at quotes, brackets and = here"),
        ("a = 1\na = 2\n", "ce nom a déjà une valeur", "this name has a value already"),
        ("[a]\n[a]\n", "ce nom a déjà une valeur", "this name has a value already"),
        ("a = {b = 1, b = 2}\n", "ce nom a déjà une valeur", "this name has a value already"),
        ('a = "C:\\Users"\n', "écrivez \\\\", "write \\\\ for each"),
        ('a = "\\q"\n', "écrivez \\\\", "write \\\\ for each"),
        ('a = "\x01"\n', "signe qu'aucun fichier", "a sign stands here"),
        ("a = " + "9" * 5000, "trop de chiffres", "too many digits"),
        ("a = " + "[" * 5000, "trop de crochets", "too many brackets"),
    ],
)
def test_why_it_is_no_toml_is_told_in_words_of_ours(text: str, french: str, english: str) -> None:
    for spoken, told in (("fr", french), ("en", english)):
        use(spoken)
        ((_line, _column, said),) = problems(text)
        assert told in said


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 5000 + "]" * 5000, "a = " + "9" * 5000, "a" * 100_000, "\x00", ""]
)
def test_no_text_is_too_strange_to_be_told_about(text: str) -> None:
    assert problems(text)


@given(st.text(max_size=60) | st.text("[]{}=.\"'#\n,a1 ", max_size=60))
def test_whatever_is_written_is_told_about_or_read(text: str) -> None:
    with pytest.raises(NotAQuestionnaire) as told:
        read(text, shelves.known)
    lines = text.replace("\r\n", "\n").split("\n")
    for problem in told.value.problems:
        assert 1 <= problem.line <= len(lines)
        assert problem.column >= 1
        assert problem.text and "\n" not in problem.text


@given(st.data())
def test_a_file_that_lost_a_piece_is_told_about_or_read(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(OWN)))
    text = OWN[:start] + OWN[start + data.draw(st.integers(1, 40)) :]
    try:
        read(text, shelves.known)
    except NotAQuestionnaire as error:
        assert all(p.text for p in error.problems)


def test_a_file_that_is_no_utf_8_is_told_where(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_bytes('id = "x"\ntitle = "\u00e9"\n'.encode("latin-1"))
    with pytest.raises(NotAQuestionnaire) as told:
        check(file)
    (problem,) = told.value.problems
    assert (problem.line, problem.column) == (2, 10)
    assert problem.text == "This is not UTF-8 text; save the file as UTF-8."


def test_a_mark_before_the_first_line_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "mood.toml"
    file.write_bytes(b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").encode())
    assert check(file).id == "mood"


def test_a_file_of_the_wrong_size_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    file.write_bytes(b"#" * (shelves.LARGEST + 1))
    with pytest.raises(NotAQuestionnaire, match="too large"):
        check(file)


def test_one_bad_file_takes_nothing_else_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("id = \n", "utf-8")
    (tmp_path / "b.toml").mkdir()
    (tmp_path / "c.toml").write_text(OWN, "utf-8")
    (tmp_path / "d.toml").write_text(OWN, "utf-8")
    (tmp_path / "notes.txt").write_text("no questionnaire", "utf-8")
    (tmp_path / ".hidden.toml").write_text("id = \n", "utf-8")
    found = library(tmp_path)
    assert found.find("mood") is not None
    assert {e.questionnaire.id for e in found.entries} == {*BY_ID, "mood"}
    told = [str(p) for p in found.problems]
    assert told[0].startswith(f"{tmp_path / 'a.toml'}:1:6: This cannot be read as TOML")
    assert told[1].startswith(f"{tmp_path / 'b.toml'}:1:1: This file cannot be read (")
    assert told[2:] == [
        f"{tmp_path / 'd.toml'}:1:1: mood is in c.toml already; keep one of the two files."
    ]


@pytest.mark.parametrize(
    ("spoken", "why"), [("en", "it is a folder"), ("fr", "c'est un répertoire")]
)
def test_why_a_file_cannot_be_read_is_told_in_the_language_spoken(
    tmp_path: Path, spoken: Language, why: str
) -> None:
    (tmp_path / "b.toml").mkdir()
    use(spoken)
    (problem,) = library(tmp_path).problems
    assert f"({why})" in problem.problem.text


def test_without_a_folder_there_is_what_ships(tmp_path: Path) -> None:
    for folder in (None, tmp_path, tmp_path / "not there"):
        found = library(folder)
        assert [e.questionnaire for e in found.entries] == list(shipped())
        assert found.problems == found.beside == ()


def test_a_licensed_text_is_used_with_the_shipped_scoring(tmp_path: Path) -> None:
    (tmp_path / "ipq.toml").write_text(IPQ_IN_FRENCH, "utf-8")
    found = library(tmp_path)
    mine = found.find("ipq")
    assert found.problems == () and mine is not None
    assert mine.languages == ("fr",)
    assert mine.items[2].fr == "Question sp2"
    assert mine.licence.fr == "Licence 12-345 of the clinic"
    assert mine.scoring == BY_ID["ipq"].scoring
    assert mine.answers == BY_ID["ipq"].answers
    assert len(found.entries) == len(shipped()) and found.beside == ()
    answers = {item.id: 1 for item in mine.items}
    assert score(mine, answers).scores == score(BY_ID["ipq"], answers).scores


def test_a_clinics_texts_stand_alone_and_not_beside_the_shipped_ones() -> None:
    text = 'id = "gad-7"\nversion = "2006"\nlanguages = ["fr"]\nlicence = "ours"\nitems = [\n'
    text += "".join(f'  {{ id = "{n}", fr = "Phrase {n}" }},\n' for n in range(1, 8)) + "]\n"
    mine = read(text, shelves.known)
    assert mine.languages == ("fr",)
    assert all(item.en is None for item in mine.items)
    assert mine.instructions.fr is None and mine.attribution == ""


def test_a_clinic_can_say_that_it_has_reviewed_what_ships() -> None:
    text = 'id = "phq-9"\nversion = "2001"\nreviewed = { by = "Dr A", on = "2026-11-02" }\n'
    mine = read(text, shelves.known)
    assert mine.reviewed is not None and mine.reviewed.by == "Dr A"
    assert mine.model_copy(update={"reviewed": None}) == BY_ID["phq-9"]


def test_texts_need_their_own_licence_and_languages() -> None:
    text = IPQ_IN_FRENCH.replace('licence = "Licence 12-345 of the clinic"\n', "")
    assert problems(text) == [(1, 1, "Say licence = ...; it is missing.")]


LONGER = "comes with Palier and stays as it is; to change it, give your file another version."


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ("[[answers]]\nlowest = 1\nhighest = 7\nsource = 'x'\n", "answers"),
        (
            "[scoring]\nmissing = 'every_item'\nmissing_source = 'x'\n[[scoring.scales]]\n"
            "id = 'all'\ntitle = 'x'\nitems = ['g1']\nlowest = 0\nhighest = 6\nsource = 'x'\n",
            "scoring",
        ),
        ("[[alerts]]\nitem = 'g1'\nat_least = 6\nen = 'x'\nfr = 'x'\nsource = 'x'\n", "alerts"),
    ],
)
def test_the_scoring_of_a_shipped_version_cannot_be_changed_under_its_name(
    more: str, key: str
) -> None:
    text = IPQ_IN_FRENCH.rstrip() + "\n\n" + more
    at = text[: text.index(more)].count("\n") + 1
    told = problems(text)
    assert told == [(at, 1, f"{key} of ipq 2001 {LONGER}")]


REAL4 = '    { id = "real4", fr = "Question real4" },\n'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (REAL4, "", [(5, 1, "Items of ipq 2001 are missing: real4; add them.")]),
        ('id = "sp2"', 'id = "sp22"', [(8, 7, "sp22 is no item of ipq 2001; did you mean sp2?")]),
        (
            REAL4,
            REAL4 + '    { id = "smell", fr = "Odeur" },\n',
            [
                (
                    20,
                    7,
                    "smell is no item of ipq 2001; remove it, or give your file another version.",
                )
            ],
        ),
        (
            REAL4,
            '    { id = "smell", fr = "Odeur" },\n',
            [
                (5, 1, "Items of ipq 2001 are missing: real4; add them."),
                (
                    19,
                    7,
                    "smell is no item of ipq 2001; remove it, or give your file another version.",
                ),
            ],
        ),
        (
            '{ id = "inv1"',
            '{ answer = "other", id = "inv1"',
            [
                (12, 7, f"answer of ipq 2001 {LONGER}"),
                (12, 7, "other is not named in this file; check its spelling."),
            ],
        ),
    ],
    ids=["one too few", "mistyped", "one too many", "another one", "another range"],
)
def test_which_item_is_not_the_shipped_versions_is_told_where_it_stands(
    old: str, new: str, expected: list[tuple[int, int, str]]
) -> None:
    assert old in IPQ_IN_FRENCH
    assert problems(IPQ_IN_FRENCH.replace(old, new, 1)) == expected


def test_a_wrong_item_hides_no_other_mistake() -> None:
    text = IPQ_IN_FRENCH.replace('id = "sp2"', 'id = "sp22"').replace(REAL4, "")
    text = text.replace('id = "g1", fr', 'id = "g1", en')
    wrong = [
        (5, 1, "Items of ipq 2001 are missing: real4; add them."),
        (6, 5, "g1 has no text in fr, which languages names."),
        (6, 18, "g1 has a text in en, which languages does not name."),
        (8, 7, "sp22 is no item of ipq 2001; did you mean sp2?"),
    ]
    assert problems(text) == wrong
    # Also where the shape is wrong, before anything else can be looked at.
    told = problems(text.replace('languages = ["fr"]', "languages = 1"))
    assert [line for line, _column, _text in told] == [3, 5, 8]


def test_items_keep_the_order_in_which_the_instrument_was_validated() -> None:
    first, second = (f'    {{ id = "{n}", fr = "Question {n}" }},\n' for n in ("sp1", "sp2"))
    text = IPQ_IN_FRENCH.replace(first + second, second + first)
    assert text != IPQ_IN_FRENCH
    told = (
        "sp2 stands at another place in ipq 2001: here comes sp1. Keep its order, and see that "
        "each text stands under its own id."
    )
    assert problems(text) == [(7, 7, told)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-13-02", "There is no such day; write it as 2026-11-28."),
        (
            "2026-11-03",
            "2026-11-03 is still to come (today is 2026-11-02); write the day it was reviewed.",
        ),
        ("2026-11-02", None),
    ],
)
def test_a_review_was_on_a_day_that_there_was(
    tmp_path: Path, on: str, expected: str | None
) -> None:
    file = tmp_path / "mood.toml"
    file.write_text(OWN.replace("2026-11-02", on), "utf-8")
    today = date(2026, 11, 2)
    if expected is None:
        assert check(file, today=today).reviewed is not None
        return
    with pytest.raises(NotAQuestionnaire) as told:
        check(file, today=today)
    assert [(p.line, p.column, p.text) for p in told.value.problems] == [(9, 27, expected)]


def test_another_version_brings_its_own_scoring_and_the_shipped_one_stays_beside(
    tmp_path: Path,
) -> None:
    (tmp_path / "gad.toml").write_text(OWN.replace('id = "mood"', 'id = "gad-7"', 1), "utf-8")
    found = library(tmp_path)
    assert found.problems == ()
    mine, old = found.find("gad-7"), found.find("gad-7", "2006")
    assert mine is not None and mine.version == "1"
    assert [s.id for s in mine.scoring.scales] == ["mood"]
    assert old == BY_ID["gad-7"]
    assert [e.questionnaire for e in found.beside] == [BY_ID["gad-7"]]
    assert found.find("gad-7", "3") is None and found.find("none") is None


def test_another_version_must_be_whole() -> None:
    told = problems('id = "gad-7"\nversion = "2"\n')
    assert (1, 1, "Say scoring = ...; it is missing.") in told


def test_the_sentences_are_french_in_french() -> None:
    use("fr")
    told = problems(OWN.replace('used = ["clinic"]', "used = []"))
    assert told == [(5, 1, "used doit avoir au moins une entrée.")]
    ((_line, _column, lacking),) = problems(IPQ_IN_FRENCH.replace(REAL4, ""))
    assert lacking == "Il manque des items de ipq 2001\xa0: real4\xa0; ajoutez-les."


@pytest.mark.parametrize("page", ["GUIDE.md", "GUIDE.fr.md"])
def test_the_example_of_the_guide_is_one_that_can_be_gone_on_with(page: str) -> None:
    text = (ROOT / "controller" / page).read_text("utf-8")
    shown = re.findall(r"^```toml\n(.*?)^```$", text, re.M | re.S)
    (begun,) = [example for example in shown if "[[items]]" in example]
    lacking = ", ".join(item.id for item in BY_ID["ipq"].items[1:])
    assert problems(begun) == [(7, 1, f"Items of ipq 2001 are missing: {lacking}; add them.")]
    more = [f'[[items]]\nid = "{item.id}"\nfr = "…"\n' for item in BY_ID["ipq"].items[1:]]
    assert read(begun + "".join(more), shelves.known).languages == ("fr",)
    only = begun[: begun.index("[[items]]")]
    assert read(re.sub(r"(?m)^(languages|licence).*\n", "", only), shelves.known).reviewed


@pytest.mark.parametrize("line", ['used = ["after"]', "alerts = []"])
def test_when_a_shipped_version_is_used_and_what_it_alerts_to_stay_as_they_are(line: str) -> None:
    text = f'id = "phq-9"\nversion = "2001"\n{line}\n'
    with pytest.raises(NotAQuestionnaire) as error:
        read(text, shelves.known)
    assert "stays as it is" in str(error.value.problems[0].text)
