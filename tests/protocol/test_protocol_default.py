"""The protocol that ships: whole, sourced, in both languages, and never called reviewed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from controller.clinic_files.parts import Words
from controller.language import Language, use
from controller.protocol.chapters import chapters
from controller.protocol.checks import PATIENTS_STOP, faults
from controller.protocol.listing import lines
from controller.protocol.model import Protocol
from controller.protocol.reading import shipped
from controller.protocol.sickness import asked
from controller.questionnaires.limits import reached
from controller.session.clinic import Clinic, clinic_by, in_force
from controller.session.measures import LONGEST_BETWEEN, PEAK_FLOOR

OF = shipped().protocol


def tables(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], dict]]:
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from tables(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from tables(inner, (*path, index))


def texts(value: object) -> Iterator[Words]:
    if isinstance(value, Words):
        yield value
    if hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)


def test_it_keeps_its_own_limits_and_says_that_nobody_reviewed_it():
    assert faults(OF) == ()
    assert OF.reviewed is None
    assert shipped().text.startswith("# Not reviewed by a clinician.")


def test_every_table_with_a_figure_names_its_source():
    sourced = 0
    for path, table in tables(tomllib.loads(shipped().text)):
        figures = [v for v in table.values() if isinstance(v, int) and not isinstance(v, bool)]
        if not figures:
            continue
        # A threshold, a rule or a span is sourced by the table that it stands in.
        whole = tomllib.loads(shipped().text)[path[0]]
        assert "source" in table or "source" in whole, path
        sourced += 1
    assert sourced >= 10


def test_every_text_is_there_in_both_languages_and_is_not_the_same():
    found = list(texts(OF))
    assert len(found) > 90
    same = [words.en for words in found if words.en == words.fr]
    assert same == []


def test_each_chapter_shows_its_source_and_that_it_was_not_reviewed():
    use("en")
    for chapter in chapters(OF):
        told = [chapter.source] if chapter.source else [row.source for row in chapter.rows]
        for source in told:
            assert source.startswith("Source: ") and source.endswith("Not reviewed by a clinician.")


def test_what_it_says_of_a_session_is_what_palier_did_before_there_were_protocols():
    made, before = clinic_by(in_force(None)), Clinic()
    assert (made.grace_s, made.limit_s, made.prompts, made.scale) == (
        before.grace_s,
        before.limit_s,
        before.prompts,
        before.scale,
    )
    assert made.applied is not None
    assert (made.applied.peak_floor, made.applied.longest_between) == (PEAK_FLOOR, LONGEST_BETWEEN)
    assert made.unreviewed and not before.unreviewed


SCREENED = {
    "seizures": "exclude",
    "psychosis": "exclude",
    "dissociation": "relative",
    "today": "postpone",
    "unwell": "postpone",
    "motion": "relative",
    "pregnancy": "clearance",
    "heart_lungs": "clearance",
    "fainting": "seated",
    "implants": "clearance",
    "eyes_skin": "postpone",
    "mobility": "seated",
    "under_13": "exclude",
    "minor": "relative",
    "trauma": "relative",
}


def test_it_screens_for_everything_that_is_known_to_be_asked():
    assert {item.id: item.action for item in OF.screening.items} == SCREENED


def test_applied_tension_is_as_ost_describes_it_and_never_holds_the_breath():
    tension = OF.applied_tension
    assert (tension.tense.shortest_s, tension.tense.longest_s) == (10, 15)
    assert (tension.release.shortest_s, tension.release.longest_s) == (20, 30)
    assert tension.times == 5 and tension.breath_holding is False
    for words in tension.steps:
        for held in re.findall(r"(do not )?hold[^.]*breath", words.en):
            assert held == "do not "
        for held in re.findall(r"(ne )?retenez", words.fr):
            assert held == "ne "


def test_the_patients_own_stop_is_the_first_sign():
    assert OF.stop.signs[0].id == PATIENTS_STOP


@pytest.mark.parametrize(
    ("ratings", "told"),
    [
        ([(0, 6)], []),
        ([(0, 7)], ["caution"]),
        ([(0, 3), (60, 8)], ["recommend_stop", "caution"]),
        ([(0, 3), (180, 8)], ["caution"]),
        ([(0, 12)], ["recommend_stop", "caution"]),
        ([(0, 15)], ["stop", "recommend_stop", "caution"]),
    ],
)
def test_sickness_is_judged_by_the_protocols_own_thresholds(ratings, told):
    questionnaire = asked(OF.sickness)
    assert questionnaire is not None
    found = reached(questionnaire, OF.sickness.scale, ratings)
    assert [threshold.advice for threshold in found] == told


@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_the_list_holds_every_question_and_every_step_and_fits_a_narrow_terminal(
    spoken: Language,
):
    use(spoken)
    told = lines(shipped())
    use("en")
    whole = " ".join(" ".join(told).split())
    for part in (OF.screening.items, OF.stop.signs, OF.applied_tension.steps, OF.faint.steps):
        for words in part:
            assert words.of(spoken) in whole
    # The hash is one word and cannot be broken.
    assert max(len(line) for line in told) <= 80


def test_what_the_console_does_not_ask_is_said_to_be_for_reading():
    use("en")
    goes_by = {chapter.name for chapter in chapters(OF) if chapter.applies}
    assert goes_by == {"prompts", "grace", "session", "figures"}
    assert "SCREENING  (to be read; the console does not ask it yet)" in lines(shipped())
    assert "RATINGS  (the console goes by this)" in lines(shipped())


def test_the_model_has_no_place_for_a_rule_that_acts_by_itself():
    fields = str(Protocol.model_json_schema())
    assert "automatic" not in fields
