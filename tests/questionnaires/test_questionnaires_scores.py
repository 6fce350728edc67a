"""Each instrument gives the scores that were worked out by hand, and what its range promises."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelf import BY_ID, answered, extreme, items_of, turned

from controller.language import use
from controller.questionnaires.fingerprint import fingerprint
from controller.questionnaires.library import known
from controller.questionnaires.model import Scale
from controller.questionnaires.scoring import NotComparable, Scores, WrongAnswer, change, score

# (instrument, answers in the order of its items, scores worked by hand)
TABLE: dict[str, tuple[str, list[int], dict[str, float]]] = {
    "fms": ("fms", [13], {"sickness": 13}),
    "csq-vr": (
        "csq-vr",
        [1, 2, 3, 4, 5, 6],
        {"nausea": 3, "vestibular": 7, "oculomotor": 11, "total": 21},
    ),
    # N: items 1 6 7 8 9 15 16 = 1+0+2+1+0+3+0 = 7; O: 1 2 3 4 5 9 11 = 1+2+0+3+1+0+2 = 9;
    # D: 5 8 10 11 12 13 14 = 1+1+1+2+0+1+0 = 6; T: (7+9+6) x 3.74.
    "ssq": (
        "ssq",
        [1, 2, 0, 3, 1, 0, 2, 1, 0, 1, 2, 0, 1, 0, 3, 0],
        {"nausea": 66.78, "oculomotor": 68.22, "disorientation": 83.52, "total": 82.28},
    ),
    # Nausea alone, severe: 3 x 9.54, 3 x 13.92, (3+3) x 3.74.
    "ssq, nausea alone": (
        "ssq",
        [0] * 7 + [3] + [0] * 8,
        {"nausea": 28.62, "oculomotor": 0, "disorientation": 41.76, "total": 22.44},
    ),
    # 6 of 12, 6 of 15, their mean.
    "vrsq": (
        "vrsq",
        [1, 2, 0, 3, 1, 0, 2, 0, 3],
        {"oculomotor": 50, "disorientation": 40, "total": 45},
    ),
    # sp2 1 counts 5: 21/5; inv3 1 counts 5: 17/4; real1 2 counts 4: 13/4.
    "ipq": (
        "ipq",
        [4, 3, 1, 5, 2, 6, 2, 4, 1, 6, 2, 3, 5, 1],
        {"general": 4, "spatial": 4.2, "involvement": 4.25, "realness": 3.25},
    ),
    "sus-presence": ("sus-presence", [7, 6, 5, 6, 1, 7], {"count": 4}),
    "vimssq-short": ("vimssq-short", [3, 2, 1, 0, 2, 1], {"total": 9}),
    "gad-7": ("gad-7", [3, 2, 2, 1, 1, 0, 1], {"total": 10}),
    "phq-9": ("phq-9", [1, 2, 3, 0, 1, 2, 3, 0, 1], {"total": 13}),
    # 0 to 7 twice is 56, and 0 + 1.
    "fsq": ("fsq", [*range(8), *range(8), 0, 1], {"total": 57}),
    # 1 to 5 three times is 45, and 1.
    "hiq": ("hiq", [1, 2, 3, 4, 5] * 3 + [1], {"total": 46}),
    # True for 1 to 5: 2, 3, 5 count. False for the rest: 6 9 10 11 12 14 16 17 21 22 23 27 30.
    "prcs": ("prcs", [1] * 5 + [0] * 25, {"total": 16}),
    "prcs, all true": ("prcs", [1] * 30, {"total": 15}),
    "clq": ("clq", [1] * 14 + [2] * 12, {"suffocation": 14, "restriction": 24, "total": 38}),
    "aq": ("aq", [6] + [3] * 19 + [1] * 19 + [0], {"anxiety": 63, "avoidance": 19}),
    "lsas": ("lsas", [3] + [1] * 23 + [2] * 24, {"fear": 26, "avoidance": 48, "total": 74}),
    # 0 to 4 three times is 30, and 0 + 1.
    "spin": ("spin", [0, 1, 2, 3, 4] * 3 + [0, 1], {"total": 31}),
    "mini-spin": ("mini-spin", [2, 1, 3], {"total": 6}),
    # 72 - 12 + 22, and 72 - 60 + 110.
    "prpsa, all 1": ("prpsa", [1] * 34, {"total": 82}),
    "prpsa, all 5": ("prpsa", [5] * 34, {"total": 122}),
    "iapt-phobia": ("iapt-phobia", [8, 3, 0], {"social": 8, "panic": 3, "specific": 0}),
}

# As they are published; the files must reach them exactly.
RANGES = {
    "fms": {"sickness": (0, 20)},
    "csq-vr": {
        "nausea": (2, 14),
        "vestibular": (2, 14),
        "oculomotor": (2, 14),
        "total": (6, 42),
    },
    "ssq": {
        "nausea": (0, 200.34),
        "oculomotor": (0, 159.18),
        "disorientation": (0, 292.32),
        "total": (0, 235.62),
    },
    "vrsq": {"oculomotor": (0, 100), "disorientation": (0, 100), "total": (0, 100)},
    "ipq": {"general": (0, 6), "spatial": (0, 6), "involvement": (0, 6), "realness": (0, 6)},
    "sus-presence": {"count": (0, 6)},
    "vimssq-short": {"total": (0, 18)},
    "gad-7": {"total": (0, 21)},
    "phq-9": {"total": (0, 27)},
    "fsq": {"total": (0, 126)},
    "hiq": {"total": (16, 80)},
    "prcs": {"total": (0, 30)},
    "clq": {"suffocation": (0, 56), "restriction": (0, 48), "total": (0, 104)},
    "aq": {"anxiety": (0, 120), "avoidance": (0, 40)},
    "lsas": {"fear": (0, 72), "avoidance": (0, 72), "total": (0, 144)},
    "spin": {"total": (0, 68)},
    "mini-spin": {"total": (0, 12)},
    "prpsa": {"total": (34, 170)},
    "iapt-phobia": {"social": (0, 8), "panic": (0, 8), "specific": (0, 8)},
}


def values(scores: Scores) -> dict[str, float | None]:
    return {s.scale.id: s.value for s in scores.scores}


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


@pytest.mark.parametrize(("name", "figures", "expected"), TABLE.values(), ids=TABLE)
def test_the_scores_are_those_worked_by_hand(
    name: str, figures: list[int], expected: dict[str, float]
) -> None:
    questionnaire = BY_ID[name]
    assert values(score(questionnaire, answered(questionnaire, figures))) == expected


def test_every_shipped_instrument_is_worked_by_hand_and_has_its_range() -> None:
    assert {name for name, _figures, _expected in TABLE.values()} == set(BY_ID)
    assert set(RANGES) == set(BY_ID)


@pytest.mark.parametrize("name", BY_ID)
def test_the_lowest_and_the_highest_score_are_reached_exactly(name: str) -> None:
    questionnaire = BY_ID[name]
    low = score(questionnaire, extreme(questionnaire, highest=False))
    high = score(questionnaire, extreme(questionnaire, highest=True))
    assert {s: (low.of(s).value, high.of(s).value) for s in RANGES[name]} == RANGES[name]
    assert [s.id for s in questionnaire.scoring.scales] == list(RANGES[name])


def some_answers(name: str) -> st.SearchStrategy[dict[str, int]]:
    questionnaire = BY_ID[name]
    spans = {i.id: questionnaire.range_of(i) for i in questionnaire.items}
    return st.fixed_dictionaries(
        {item: st.integers(span.lowest, span.highest) for item, span in spans.items()}
    )


def any_answered() -> st.SearchStrategy[tuple[str, dict[str, int]]]:
    return st.sampled_from(sorted(BY_ID)).flatmap(
        lambda name: st.tuples(st.just(name), some_answers(name))
    )


@given(any_answered())
def test_no_score_leaves_its_range(case: tuple[str, dict[str, int]]) -> None:
    name, answers = case
    for told in score(BY_ID[name], answers).scores:
        assert told.exact is not None
        assert Fraction(told.scale.lowest) <= told.exact <= Fraction(told.scale.highest)


@given(any_answered(), st.data())
def test_a_higher_answer_never_lowers_a_score_unless_its_item_is_reversed(
    case: tuple[str, dict[str, int]], data: st.DataObject
) -> None:
    name, answers = case
    questionnaire = BY_ID[name]
    item = data.draw(st.sampled_from(questionnaire.items))
    span = questionnaire.range_of(item)
    higher = {**answers, item.id: data.draw(st.integers(answers[item.id], span.highest))}
    sign = -1 if item.id in turned(questionnaire) else 1
    for before, after in zip(
        score(questionnaire, answers).scores, score(questionnaire, higher).scores, strict=True
    ):
        assert before.exact is not None and after.exact is not None
        assert sign * (after.exact - before.exact) >= 0
        if item.id not in items_of(questionnaire, before.scale):
            assert after.exact == before.exact


@given(any_answered(), st.data())
def test_a_missing_answer_is_never_filled_in(
    case: tuple[str, dict[str, int]], data: st.DataObject
) -> None:
    name, answers = case
    questionnaire = BY_ID[name]
    gone = data.draw(st.sampled_from(questionnaire.items)).id
    said = data.draw(st.booleans())
    left = {k: v for k, v in answers.items() if k != gone}
    told = score(questionnaire, {**left, gone: None} if said else left)
    assert told.missing == (gone,)
    for part in told.scores:
        if gone in items_of(questionnaire, part.scale):
            assert part.value is None and part.band is None
            assert part.why == f"No score: {gone} without an answer."
        else:
            assert part.value == score(questionnaire, answers).of(part.scale.id).value
            assert part.why == ""


def test_without_any_answer_there_is_no_score_and_never_0() -> None:
    for questionnaire in BY_ID.values():
        told = score(questionnaire, {})
        assert all(part.value is None and part.why for part in told.scores)
        assert len(told.missing) == len(questionnaire.items)


@pytest.mark.parametrize("wrong", [-1, 4, 1.5, True, "2", 2.0, float("nan")])
def test_an_answer_out_of_range_is_refused_in_one_sentence(wrong: object) -> None:
    with pytest.raises(WrongAnswer) as told:
        score(BY_ID["gad-7"], {"3": wrong})  # type: ignore[dict-item]
    assert str(told.value) == "3 of gad-7 is answered with a whole number, 0 to 3."


def test_an_item_that_is_not_there_is_refused_in_one_sentence() -> None:
    with pytest.raises(WrongAnswer) as told:
        score(BY_ID["gad-7"], {"8": 1})
    assert str(told.value) == "gad-7 has no item 8."


def test_each_item_of_the_acrophobia_questionnaire_has_its_own_range() -> None:
    with pytest.raises(WrongAnswer, match="0 to 2"):
        score(BY_ID["aq"], {"avoidance_1": 3})
    assert score(BY_ID["aq"], {"anxiety_1": 6}).missing[0] == "anxiety_2"


@pytest.mark.parametrize(
    ("name", "total", "band"),
    [
        ("gad-7", 0, "minimal"),
        ("gad-7", 4, "minimal"),
        ("gad-7", 5, "mild"),
        ("gad-7", 9, "mild"),
        ("gad-7", 10, "moderate"),
        ("gad-7", 14, "moderate"),
        ("gad-7", 15, "severe"),
        ("gad-7", 21, "severe"),
        ("phq-9", 4, "minimal"),
        ("phq-9", 5, "mild"),
        ("phq-9", 10, "moderate"),
        ("phq-9", 14, "moderate"),
        ("phq-9", 15, "moderately severe"),
        ("phq-9", 19, "moderately severe"),
        ("phq-9", 20, "severe"),
        ("mini-spin", 6, "at or above the cut-off of 6"),
        ("mini-spin", 5, None),
        ("fms", 20, None),
    ],
)
def test_a_score_has_the_published_band(name: str, total: int, band: str | None) -> None:
    questionnaire = BY_ID[name]
    left, figures = total, []
    for item in questionnaire.items:
        figures.append(min(left, questionnaire.range_of(item).highest))
        left -= figures[-1]
    told = score(questionnaire, answered(questionnaire, figures)).scores[-1]
    assert told.value == total
    assert (None if told.band is None else told.band.en) == band


@pytest.mark.parametrize(("answer", "seen"), [(0, False), (1, True), (2, True), (3, True)])
def test_item_9_of_the_phq_is_told_at_once_whatever_else_was_answered(
    answer: int, seen: bool
) -> None:
    for others in ({}, {str(i): 0 for i in range(1, 9)}, {str(i): 3 for i in range(1, 9)}):
        told = score(BY_ID["phq-9"], {**others, "9": answer})
        assert [alert.item for alert in told.alerts] == (["9"] if seen else [])


def test_item_9_unanswered_is_missing_and_no_alert() -> None:
    told = score(BY_ID["phq-9"], {"9": None})
    assert told.alerts == () and "9" in told.missing


def test_the_change_is_after_less_before() -> None:
    ssq = BY_ID["ssq"]
    before = score(ssq, answered(ssq, [0] * 7 + [1] + [0] * 8))
    after = score(ssq, answered(ssq, [0] * 7 + [3] + [0] * 8))
    told = {c.before.scale.id: c.value for c in change(before, after)}
    # 2 x 9.54, 0, 2 x 13.92, 4 x 3.74.
    assert told == {
        "nausea": 19.08,
        "oculomotor": 0.0,
        "disorientation": 27.84,
        "total": 14.96,
    }
    assert [c.value for c in change(after, before)] == [-19.08, 0.0, -27.84, -14.96]


def test_without_one_of_the_two_scores_there_is_no_change_and_it_says_why() -> None:
    gad = BY_ID["gad-7"]
    whole, part = score(gad, answered(gad, [1] * 7)), score(gad, {"1": 1})
    for told in (*change(whole, part), *change(part, whole)):
        assert told.value is None
        assert told.why == "No score: 2, 3, 4, 5, 6, 7 without an answer."


def test_two_versions_or_two_instruments_are_not_compared() -> None:
    gad, phq = score(BY_ID["gad-7"], {}), score(BY_ID["phq-9"], {})
    newer = score(BY_ID["gad-7"].model_copy(update={"version": "2"}), {})
    for other in (phq, newer):
        with pytest.raises(NotComparable, match="not compared"):
            change(gad, other)


@given(any_answered(), st.data())
def test_a_change_turns_its_sign_with_the_order(
    case: tuple[str, dict[str, int]], data: st.DataObject
) -> None:
    name, first = case
    one, other = score(BY_ID[name], first), score(BY_ID[name], data.draw(some_answers(name)))
    there, back = change(one, other), change(other, one)
    assert [c.value for c in there] == [-(c.value or 0.0) for c in back]


def test_an_unknown_scale_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        score(BY_ID["fms"], {}).of("none")


def test_a_mean_of_what_was_answered_is_taken_only_where_the_file_says_so() -> None:
    ipq = BY_ID["ipq"]
    declared = ipq.scoring.model_copy(
        update={"missing": "mean_of_answered", "least_answered": Decimal("0.75")}
    )
    lenient = ipq.model_copy(update={"scoring": declared})
    answers = {"inv1": 2, "inv2": 4, "inv3": 1}
    # (2 + 4 + 5) / 3 of four items, which are three quarters.
    told = score(lenient, answers).of("involvement")
    assert told.exact == Fraction(11, 3)
    assert told.lacking == ("inv4",)
    assert score(lenient, {"inv1": 2, "inv2": 4}).of("involvement").value is None
    assert score(ipq, answers).of("involvement").value is None


def test_a_field_that_a_later_version_adds_changes_no_fingerprint() -> None:
    class LaterScale(Scale):
        shown_as: str = "figure"

    phq = known("phq-9", "2001")
    assert phq is not None
    hashed = fingerprint(phq)
    assert hashed == "46c51d45513ea40d942aef10d83425d2a2a24942b7c23022973fbdc893384c2c"
    scales = tuple(LaterScale(**vars(one)) for one in phq.scoring.scales)
    later = phq.scoring.model_copy(update={"scales": scales})
    assert fingerprint(phq.model_copy(update={"scoring": later})) == hashed
    counted = scales[0].model_copy(update={"method": "count"})
    other = phq.scoring.model_copy(update={"scales": (counted, *scales[1:])})
    assert fingerprint(phq.model_copy(update={"scoring": other})) != hashed
