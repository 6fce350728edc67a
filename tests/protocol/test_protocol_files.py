"""A clinic's protocol is used, or told apart by file, line and column in one sentence each."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest
from drafts import NAME, REVIEW, draft
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from controller.clinic_files.telling import NotUsable
from controller.language import use
from controller.protocol.reading import LARGEST, check, read, shipped

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def problems(text: str) -> list[tuple[int, str]]:
    """(line, sentence) of each problem; the columns are tried apart."""
    with pytest.raises(NotUsable) as told:
        read(text)
    return [(p.line, p.text) for p in told.value.problems]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_clinics_own_protocol_stands_in_place_of_the_whole():
    made = read(draft(("every_s = 120", "every_s = 90.5"), REVIEW))
    assert made.protocol.id == "clinic"
    assert str(made.protocol.prompts.every_s) == "90.5"
    assert made.protocol.reviewed is not None and made.protocol.reviewed.by == "Dr A"


FIGURES = [
    ("every_s = 120", "every_s = 1801", "every_s is 1801; it lies between 30 and 1800."),
    ("window_s = 60", "window_s = 9.5", "window_s is 9.5; it lies between 10 and 600."),
    ("seconds = 5\n", "seconds = 31\n", "seconds is 31; it lies between 0 and 30."),
    ("seconds = 5\n", "seconds = -1\n", "seconds is -1; it lies between 0 and 30."),
    ("limit_min = 45", "limit_min = 181", "limit_min is 181; it lies between 5 and 180."),
    ("break_every_min = 30", "break_every_min = 61",
     "break_every_min is 61; it lies between 5 and 60."),
    ("break_min = 10", "break_min = 0", "break_min is 0; it lies between 1 and 120."),
    ("peak_floor = 20", "peak_floor = 101", "peak_floor is 101; it lies between 0 and 100."),
    ("longest_between = 2", "longest_between = 0.5",
     "longest_between is 0.5; it lies between 1 and 10."),
    ("above_baseline = 10", "above_baseline = 51",
     "above_baseline is 51; it lies between 0 and 50."),
    ("time_out_min = 10", "time_out_min = 0", "time_out_min is 0; it lies between 1 and 60."),
    ("times = 5", "times = 21", "times is 21; it lies between 1 and 20."),
    ("longest_s = 15", "longest_s = 31", "longest_s is 31; it lies between 5 and 30."),
    ("shortest_s = 20", "shortest_s = 9", "shortest_s is 9; it lies between 10 and 120."),
    ("distress_at_least = 90", "distress_at_least = 101",
     "distress_at_least is 101; it lies between 0 and 100."),
    ("for_min = 5", "for_min = 61", "for_min is 61; it lies between 1 and 60."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), FIGURES)
def test_each_figure_keeps_its_limits(old, new, told):
    text = draft((old, new))
    assert problems(text) == [(line_of(text, new.strip()), told)]


@pytest.mark.parametrize("least", ["every_s = 30", "every_s = 1800"])
def test_the_limits_themselves_may_be_used(least):
    assert read(draft(("every_s = 120", least), ("window_s = 60", "window_s = 30")))


OTHERS = [
    ("window_s = 60", "window_s = 121",
     "The window is longer than the time from one rating to the next; shorten it."),
    ("shortest_s = 10,", "shortest_s = 16,",
     "shortest_s is more than longest_s; one of them is wrong."),
    ("breath_holding = false", "breath_holding = true",
     "Holding the breath is never asked for; write breath_holding = false."),
    ('id = "patient-stop"', 'id = "other"',
     'The patient\'s own stop always counts: keep the sign with id = "patient-stop".'),
    ("distress_at_least = 90\n", "",
     "for_min belongs to distress_at_least; give both."),
    ('id = "psychosis"', 'id = "seizures"',
     "seizures is here twice; give each its own name."),
    ('id = "chest"', 'id = "vomiting"',
     "vomiting is here twice; give each its own name."),
    ('questionnaire = "fms"', 'questionnaire = "smf"',
     "smf is no questionnaire that ships with Palier."),
    ('scale = "sickness"', 'scale = "fear"', "fear is no scale of this questionnaire."),
    ("at_least = 15", "at_least = 21", "21 is not between 0 and 20."),
    ("at_least = 15", "at_least = 12",
     "stop must come at a higher figure than what is milder."),
    ("at_least = 12", "at_least = 6",
     "recommend_stop must come at a higher figure than what is milder."),
    ("at_least = 15\nadvice = \"stop\"", "at_least = 15\nadvice = \"caution\"",
     'Give one threshold with advice = "stop" and at_least.'),
    ("rise = 5\nwithin_s = 120", "rise = 5",
     "Give at_least, or rise and within_s together."),
    ('mode = "interval"', 'mode = "sometimes"',
     "sometimes is not known here; it can be 'interval', 'step_change', 'before_peak_after', "
     "'off'."),
    ('action = "clearance"\nnote = { en = "Medical', 'action = "allow"\nnote = { en = "Medical',
     "allow is not known here; it can be 'exclude', 'clearance', 'postpone', 'relative', "
     "'seated'."),
    ("[grace]", "automatic_stop = true\n\n[grace]",
     "automatic_stop is not known here; remove it."),
    ("[grace]\nseconds", "[grace]\nsecond", "second is not known here; did you mean seconds?"),
    ("[recovery]", "[bedside]\nremarks = [\"looks away\", \"" + "x" * 61 + "\"]\n\n[recovery]",
     "A ready remark has at most 60 characters."),
    ("[recovery]", "[bedside]\nsafety_behaviours = [\"" + "x" * 61 + "\"]\n\n[recovery]",
     "A safety behaviour has at most 60 characters."),
    ("[recovery]", "[recovry]", "recovry is not known here; did you mean recovery?"),
    ("limit_min = 45", 'limit_min = "45"',
     "limit_min is a number, without quotes, with at most nine decimals."),
    ("times = 5", "times = 5.5", "times is a whole number, without quotes."),
    ("breath_holding = false", "breath_holding = 0", "breath_holding is true or false."),
    ("peak_floor = 20\n", "", "Say peak_floor = ...; it is missing."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), OTHERS)
def test_each_fault_is_told_in_one_sentence(old, new, told):
    assert told in [sentence for _line, sentence in problems(draft((old, new)))]


def test_all_faults_are_told_at_once_in_the_order_of_the_lines():
    text = draft(("seconds = 5\n", "seconds = 31\n"), ("times = 5", "times = 0"))
    told = problems(text)
    assert [line for line, _text in told] == [
        line_of(text, "seconds = 31"),
        line_of(text, "times = 0"),
    ]


def test_line_and_column_point_at_the_key():
    with pytest.raises(NotUsable) as told:
        read(draft(("longest_s = 15", "longest_s = 31")))
    (problem,) = told.value.problems
    line = draft().splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith("longest_s")


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2026-02-30", "There is no such day; write it as 2026-11-28."),
        ("2.11.2026", "on cannot be written like this; see the example in the guide."),
    ],
)
def test_the_day_of_a_review_is_a_day(on, told):
    text = draft(REVIEW, ("2026-11-02", on))
    assert [sentence for _line, sentence in problems(text)] == [told]


def test_a_review_that_is_still_to_come_is_refused_in_a_file_and_not_in_a_record(tmp_path):
    file = tmp_path / "clinic.toml"
    file.write_text(draft(REVIEW), "utf-8")
    with pytest.raises(NotUsable) as told:
        check(file, today=date(2026, 11, 1))
    assert [p.text for p in told.value.problems] == [
        "2026-11-02 is still to come (today is 2026-11-01); write the day it was reviewed."
    ]
    kept = check(file, today=date(2026, 11, 2))
    # A machine whose clock went back leads on by what its record holds.
    assert read(kept.text).protocol.reviewed == kept.protocol.reviewed


@pytest.mark.parametrize("page", ["GUIDE.md", "GUIDE.fr.md"])
def test_the_guides_example_is_the_head_of_a_file_that_can_be_used(page):
    guide = (ROOT / "controller" / page).read_text("utf-8")
    (head,) = [b for b in re.findall(r"```toml\n(.*?)```", guide, re.S) if "title" in b]
    rest = shipped().text[shipped().text.index("[prompts]") :]
    made = read(f"{head}\n{rest}").protocol
    assert made.id in guide and made.reviewed is not None


def test_what_is_left_out_is_not_taken_from_the_shipped_one():
    told = problems('id = "clinic"\nversion = "1"\n')
    assert "Say prompts = ...; it is missing." in [sentence for _line, sentence in told]
    assert len(told) == 13


def test_another_text_under_a_known_name_and_version_is_refused(tmp_path: Path):
    file = tmp_path / "p.toml"
    back = (NAME[1], NAME[0])
    file.write_text(draft(("seconds = 5\n", "seconds = 6\n"), back), "utf-8")
    with pytest.raises(NotUsable) as told:
        check(file)
    (problem,) = told.value.problems
    assert problem.text == (
        "There is another protocol palier-default with version 1; give this one its own version."
    )
    assert file.read_text("utf-8").splitlines()[problem.line - 1] == 'version = "1"'
    mine = read(draft())
    file.write_text(draft(("seconds = 5\n", "seconds = 6\n")), "utf-8")
    assert check(file).protocol.grace.seconds == 6
    with pytest.raises(NotUsable):
        check(file, [mine])


def test_the_shipped_file_itself_may_be_checked(tmp_path: Path):
    file = tmp_path / "p.toml"
    file.write_bytes(shipped().text.encode("utf-8"))
    assert check(file) == shipped()


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_hash_is_that_of_the_file_as_it_is(tmp_path: Path, mark, ends):
    file = tmp_path / "p.toml"
    raw = (mark + draft().replace("\n", ends)).encode("utf-8")
    file.write_bytes(raw)
    assert check(file).sha256 == hashlib.sha256(raw).hexdigest()


def test_what_is_no_text_of_a_protocol_is_told_by_its_place(tmp_path: Path):
    file = tmp_path / "p.toml"
    for raw, told in (
        (b"id = \xff", (1, 6, "This is not UTF-8 text; save the file as UTF-8.")),
        (b"#" * (LARGEST + 1), (1, 1, "This file is too large for a protocol.")),
    ):
        file.write_bytes(raw)
        with pytest.raises(NotUsable) as error:
            check(file)
        (problem,) = error.value.problems
        assert (problem.line, problem.column, problem.text) == told
    file.write_text("id =", "utf-8")
    with pytest.raises(NotUsable) as error:
        check(file)
    assert error.value.problems[0].column == 5


@seed(5)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_file_with_a_piece_missing_is_read_or_told_and_never_anything_else(data):
    use("en")
    text = draft()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 400)))
    cut = text[:start] + text[end:]
    try:
        read(cut)
    except NotUsable as error:
        lines = cut.count("\n") + 1
        assert all(1 <= p.line <= lines and p.column >= 1 for p in error.problems)
