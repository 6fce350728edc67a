"""A patient's fear hierarchy at the console: written, taken, ordered, saved by F9 alone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from consoles import Hands, console
from staged import StagedLead
from staged_desk import ADA, StagedDesk
from staged_places import heights, lift

from controller.language import LANGUAGES, Language, _
from controller.session.now import PatientCard
from controller.session.plans.entries import PlanRow
from controller.session.plans.leading import Plan
from controller.session.plans.order import rises, varied
from controller.ui.screens.plan import PlanScreen
from controller.ui.screens.plan_ready import ReadyScreen
from controller.ui.screens.plan_row import PlanRowScreen
from controller.ui.screens.start import StartScreen
from scenarios.api.ladders import HierarchySpec, RowSpec
from scenarios.api.manifest import Manifest, Words

SIZES = [(80, 24), (120, 40), (200, 60)]
LADDER = HierarchySpec(
    kind="cautious",
    title=Words(fr="La terrasse, pas à pas", en="The terrace, step by step"),
    rows=tuple(
        RowSpec(
            item=Words(fr=f"Je monte à l'étage {n}.", en=f"I go up to floor {n}."),
            distress=10 * n,
            level=n,
            events=("gust",) if n == 3 else (),
            feared=Words(fr="Je vais tomber.", en="I will fall."),
        )
        for n in (1, 3, 8)
    ),
)


@dataclass
class WithLadders(StagedLead):
    """A lead whose first scenario has a ready hierarchy."""

    def manifests(self) -> tuple[Manifest, ...]:
        ladder = heights().model_copy(update={"hierarchies": (LADDER,)})
        return (ladder, lift()) if self.heard else ()


def row(item: str, distress: int, level: int = 2) -> PlanRow:
    return PlanRow(item=item, distress=distress, scenario="builtin.heights", level=level)


def with_rows(*rows: PlanRow) -> WithLadders:
    lead = WithLadders()
    lead.plans.saved["p1"] = [Plan(rows)]
    return lead


def shown(hands: Hands) -> PlanScreen:
    assert isinstance(hands.app.screen, PlanScreen)
    return hands.app.screen


def items(hands: Hands) -> list[str]:
    return [one.item for one in shown(hands).plan().rows]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Fear hierarchy", "I go up to floor 3.", "What is feared", "gust", "F9")),
        ("fr", ("Hiérarchie", "Je monte à l'étage 3.", "redouté", "bourrasque", "F9")),
    ],
)
async def test_a_ready_one_is_taken_over_as_a_whole_and_saved_by_f9(
    size, language: Language, words
) -> None:
    async with console(WithLadders(), size, language) as hands:
        await hands.press("e", "t")
        assert isinstance(hands.app.screen, ReadyScreen)
        await hands.press("enter", "down")
        told = hands.text()
        assert all(word in told for word in words), told
        assert not hands.lead.plans.saved, "nothing is in the record before F9"
        await hands.press("f9")
        (saved,) = hands.lead.plans.saved["p1"]
        assert [(one.distress, one.level) for one in saved.rows] == [(10, 1), (30, 3), (80, 8)]
        assert saved.rows[1].events == ("gust",) and saved.seed is None


async def test_a_row_above_the_ceiling_is_said_to_be_and_stays() -> None:
    async with console(WithLadders()) as hands:
        await hands.press("e", "t", "enter", "down", "down")
        assert "Above the ceiling of 7" in hands.within("#beside")
        assert "▲" in hands.within("#rows")


async def test_a_row_is_written_by_hand_in_a_short_form() -> None:
    async with console(WithLadders(), (80, 24)) as hands:
        await hands.press("e")
        assert "No row yet" in hands.text()
        await hands.press("a", *"Balcony", "enter", *"45", "tab", "down", "up", "tab")
        await hands.press(*"4", "enter", *"wind=3", "enter", "space", "tab")
        await hands.press(*"I fall", "enter", *"80", "enter", *"holding on", "f9")
        assert items(hands) == ["Balcony"]
        assert "No row yet" not in hands.text(), "nothing is said that holds no more"
        await hands.press("f9")
        (one,) = hands.lead.plans.saved["p1"][0].rows
        assert (one.distress, one.scenario, one.level) == (45, "builtin.heights", 4)
        assert (one.values, one.events) == ({"wind": 3.0}, ("gust",))
        assert (one.feared, one.likelihood, one.drops) == ("I fall", 80, "holding on")


@pytest.mark.parametrize(
    ("typed", "told", "field"),
    [
        (("f9",), "Write what the patient meets", "item"),
        ((*"x", "f9"), "from 0 to 100", "distress"),
        ((*"x", "enter", *"50", "f9"), "from 0 to 10", "level"),
        ((*"x", "enter", *"50", "tab", "tab", *"4", "tab", *"wings=3", "f9"), "no value wings",
         "values"),
        ((*"x", "enter", *"50", "tab", "tab", *"4", "tab", *"wind=99", "f9"), "0 to 8", "values"),
    ],
)  # fmt: skip
async def test_what_is_missing_is_said_where_it_is_and_nothing_typed_is_lost(
    typed, told, field
) -> None:
    async with console(WithLadders()) as hands:
        await hands.press("e", "a", *typed)
        assert told in hands.text()
        assert hands.app.screen.focused.id == field
        await hands.press("escape", "a")
        assert hands.app.screen.query_one("#item").value == ("" if typed == ("f9",) else "x")


async def test_enter_changes_a_row_and_escape_leaves_it_as_it_was() -> None:
    async with console(with_rows(row("one", 10), row("two", 20))) as hands:
        await hands.press("e", "down", "enter")
        assert isinstance(hands.app.screen, PlanRowScreen)
        await hands.press("end", *"!", "escape")
        assert items(hands) == ["one", "two"]
        await hands.press("enter", "end", *"!", "f9")
        assert items(hands) == ["one", "two!"]
        assert "NOT SAVED" in hands.within("#top")


@pytest.mark.parametrize(("down", "up"), [("pagedown", "pageup"), ("j", "u")])
async def test_a_row_is_moved_by_page_keys_or_by_letters(down, up) -> None:
    async with console(with_rows(row("one", 10), row("two", 20), row("three", 30))) as hands:
        await hands.press("e", down, down)
        assert items(hands) == ["two", "three", "one"]
        await hands.press(up)
        assert items(hands) == ["two", "one", "three"]
        await hands.press(up)
        assert "NOT SAVED" not in hands.text(), "as it was saved, it is not changed"


async def test_deleting_asks_once_and_any_other_key_keeps_the_row() -> None:
    async with console(with_rows(row("one", 10), row("two", 20))) as hands:
        await hands.press("e", "d")
        assert "Enter deletes, any other key keeps: “one”?" in hands.text() and items(hands) == [
            "one",
            "two",
        ]
        await hands.press("d", "d", "x")
        assert items(hands) == ["one", "two"]
        await hands.press("d", "down")
        assert "The row is kept" in hands.text()
        await hands.press("d", "escape")
        assert items(hands) == ["one", "two"]
        await hands.press("d", "enter")
        assert items(hands) == ["one"]
        await hands.press("d", "enter")
        assert items(hands) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_which_key_deletes_and_which_keep_is_read_on_a_narrow_screen(
    language: Language,
) -> None:
    async with console(with_rows(row("a long row, " * 12, 10)), (80, 24), language) as hands:
        await hands.press("e", "d")
        asked = _("Enter deletes, any other key keeps: “{item}”?")
        assert asked[: asked.index(":")].strip() in hands.text()


async def test_a_row_longer_than_the_screen_is_read_by_tab_and_arrows() -> None:
    long = row("one", 10, level=9).model_copy(
        update={"feared": "x " * 79, "drops": "y " * 78 + "z"}
    )
    async with console(with_rows(long), (60, 20)) as hands:
        await hands.press("e")
        assert "Above the ceiling" in hands.within("#beside") and "z" not in hands.within("#beside")
        await hands.press("tab", *["down"] * 20)
        assert "z" in hands.within("#beside")
        await hands.press("enter")
        assert isinstance(hands.app.screen, PlanRowScreen)


async def test_an_order_that_varies_is_drawn_only_when_it_is_asked_for_and_keeps_its_seed() -> None:
    rows = tuple(row(f"row {n}", 10 * n) for n in range(1, 7))
    async with console(with_rows(*rows)) as hands:
        await hands.press("e")
        assert items(hands) == [one.item for one in rows]
        await hands.press("v", "f9")
        saved = hands.lead.plans.saved["p1"][-1]
        assert saved.seed is not None and not rises(saved.rows)
        assert varied(rows, saved.seed) == saved.rows
        assert str(saved.seed) in hands.within("#top")
        await hands.press("pagedown", "o", "f9")
        assert hands.lead.plans.saved["p1"][-1] == Plan(rows, None)


async def test_what_is_moved_back_while_it_is_saved_is_a_change_of_what_was_saved() -> None:
    async with console(with_rows(row("one", 10), row("two", 20))) as hands:
        plans = hands.lead.plans
        await hands.press("e")
        plans.writing.clear()
        hands.send("j", "f9")
        await hands.until(lambda: plans.saving("p1"))
        hands.send("u")
        await hands.until(lambda: items(hands) == ["one", "two"])
        plans.writing.set()
        await hands.settle()
        assert [one.item for one in plans.saved["p1"][-1].rows] == ["two", "one"]
        assert items(hands) == ["one", "two"] and "NOT SAVED" in hands.within("#top")
        rows = hands.within("#rows")
        assert rows.index("one") < rows.index("two"), "the list is what would be saved"
        await hands.press("f9")
        assert [one.item for one in plans.saved["p1"][-1].rows] == ["one", "two"]
        assert len(plans.saved["p1"]) == 3


async def test_who_comes_back_before_it_is_saved_goes_on_with_what_is_saved_then() -> None:
    async with console(with_rows(row("one", 10), row("two", 20), row("three", 30))) as hands:
        plans = hands.lead.plans
        await hands.press("e")
        first = shown(hands)
        plans.writing.clear()
        hands.send("j", "f9")
        await hands.until(lambda: plans.saving("p1"))
        hands.send("escape")
        await hands.until(lambda: isinstance(hands.app.screen, StartScreen))
        hands.send("e")
        await hands.until(lambda: isinstance(hands.app.screen, PlanScreen))
        assert shown(hands) is not first
        await hands.until(lambda: "being saved" in hands.within("#top"))
        plans.writing.set()
        await hands.settle()
        assert items(hands) == ["two", "one", "three"] and "version 2" in hands.within("#top")
        await hands.press("d", "enter", "f9")
        assert [one.item for one in plans.saved["p1"][-1].rows] == ["one", "three"]


@pytest.mark.parametrize("key", ["a", "t", "v", "o", "u", "j", "d", "enter", "n", "pagedown"])
async def test_nothing_is_changed_before_the_hierarchy_was_read(key) -> None:
    lead = with_rows(row("one", 10), row("two", 20))
    async with console(lead) as hands:
        lead.plans.reading.clear()
        await hands.press("e", key)
        assert isinstance(hands.app.screen, PlanScreen) and lead.plans.changed("p1") is None
        assert "nothing was done" in hands.text()
        lead.plans.reading.set()
        await hands.settle()
        assert items(hands) == ["one", "two"]


async def test_after_a_reading_that_failed_a_letter_reads_again() -> None:
    lead = with_rows(row("one", 10))
    async with console(lead, (80, 24)) as hands:
        lead.plans.unreadable = True
        await hands.press("e")
        assert "cannot be read now" in hands.text()
        lead.plans.unreadable = False
        await hands.press("t")
        assert items(hands) == ["one"]
        await hands.press("t")
        assert isinstance(hands.app.screen, ReadyScreen)


async def test_what_is_not_saved_is_let_go_once_that_was_asked() -> None:
    async with console(with_rows(row("one", 10), row("two", 20)), (80, 24)) as hands:
        await hands.press("e", "l")
        assert "Nothing was changed" in hands.text()
        await hands.press("j", "l")
        assert "Let go of all that is not saved here?" in hands.text()
        await hands.press("x")
        assert items(hands) == ["two", "one"] and "The changes are kept" in hands.text()
        await hands.press("l", "enter")
        assert items(hands) == ["one", "two"] and "NOT SAVED" not in hands.text()
        assert hands.lead.plans.changed("p1") is None


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("saved elsewhere", "AS SAVED")), ("fr", ("enregistrée ailleurs", "TELLE"))],
)
async def test_a_version_that_was_saved_elsewhere_is_shown_before_it_can_be_replaced(
    language: Language, words
) -> None:
    async with console(with_rows(row("one", 10), row("two", 20)), (80, 24), language) as hands:
        saved = hands.lead.plans.saved["p1"]
        await hands.press("e", "j")
        saved.append(Plan((row("theirs", 40),)))
        await hands.press("f9", "f9")
        assert len(saved) == 2 and words[0] in hands.text()
        assert items(hands) == ["two", "one"], "what was changed is not lost"
        await hands.press("n")
        assert items(hands) == ["theirs"] and words[1] in hands.within("#top")
        await hands.press("v", "d", "enter", "f9")
        assert items(hands) == ["theirs"] and len(saved) == 2, "it is looked at, not changed"
        await hands.press("n", "f9")
        assert [one.item for one in saved[-1].rows] == ["two", "one"] and len(saved) == 3


@pytest.mark.parametrize("key", ["f2", "f6", "f1", "f9"])
async def test_a_row_is_kept_by_keys_of_the_whole_console_too(key) -> None:
    async with console(with_rows(row("one", 10), row("two", 20))) as hands:
        await hands.press("e", "d", key, *(["escape"] if key == "f1" else []), "enter")
        assert len(hands.lead.plans.saved["p1"][0].rows) == 2
        assert hands.lead.plans.changed("p1") is None, "nothing was deleted"


async def test_a_row_is_kept_by_a_stop_and_by_a_click_on_another_way() -> None:
    async with console(with_rows(row("one", 10), row("two", 20))) as hands:
        await hands.press("e", "d")
        await hands.deliberately("f12", "enter", "escape")
        assert hands.lead.stops == 1 and items(hands) == ["one", "two"]
        await hands.press("d")
        await hands.click_text("F9")
        await hands.deliberately("enter", "escape")
        assert items(hands) == ["one", "two"]


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        (("down", "j"), ["one", "three", "two"]),
        (("down", "pageup"), ["two", "one", "three"]),
        (("down", "d", "enter"), ["one", "three"]),
    ],
)
async def test_a_letter_right_behind_an_arrow_is_about_the_row_the_arrow_went_to(
    keys, left
) -> None:
    async with console(with_rows(row("one", 10), row("two", 20), row("three", 30))) as hands:
        await hands.press("e")
        for part in (keys[:2], keys[2:]):
            hands.send(*part)
            await hands.settle()
        assert items(hands) == left


async def test_space_and_f9_right_behind_an_arrow_are_about_what_the_arrow_went_to() -> None:
    async with console(with_rows(row("one", 10))) as hands:
        await hands.press("e", "enter", *["tab"] * 5)
        assert hands.app.screen.focused.id == "events"
        hands.send("down", "space")
        await hands.settle()
        await hands.press("f9")
        assert shown(hands).plan().rows[0].events == ("creak",)
        await hands.press("enter", "tab", "tab")
        assert hands.app.screen.focused.id == "of"
        hands.send("down", "f9")
        await hands.settle()
        (one,) = shown(hands).plan().rows
        assert (one.scenario, one.events) == ("builtin.lift", ())


async def test_an_event_that_its_scenario_no_longer_has_is_left_out_and_that_is_said() -> None:
    old = row("one", 10).model_copy(update={"events": ("thunder", "creak")})
    async with console(with_rows(old), (80, 24)) as hands:
        await hands.press("e", "enter")
        assert "no longer has thunder" in hands.text()
        await hands.press("f9")
        assert shown(hands).plan().rows[0].events == ("creak",)


async def test_that_a_hierarchy_was_looked_at_is_noted_once_for_each_opening() -> None:
    desk = StagedDesk(present=ADA)
    async with console(with_rows(row("one", 10)), desk=desk) as hands:
        await hands.press("e", "f6")
        assert desk.asked == [("looked_at_hierarchy", "p1")]


async def test_a_single_row_cannot_vary_and_that_is_said() -> None:
    async with console(with_rows(row("one", 10))) as hands:
        await hands.press("e", "v")
        assert "nothing to vary" in hands.text()


async def test_what_is_not_saved_is_said_and_outlasts_leaving_and_a_stop() -> None:
    async with console(with_rows(row("one", 10), row("two", 20))) as hands:
        await hands.press("e", "pagedown", "f12")
        assert hands.lead.stops == 1
        await hands.press("escape")
        assert isinstance(hands.app.screen, StartScreen)
        assert "is not saved yet" in hands.text()
        await hands.press("e")
        assert items(hands) == ["two", "one"]
        assert "not saved" in hands.text()


async def test_a_save_that_is_refused_leaves_the_change_unsaved() -> None:
    lead = with_rows(row("one", 10), row("two", 20))
    lead.plans.refuse = "The record is full."
    async with console(lead) as hands:
        await hands.press("e", "pagedown", "f9")
        assert "The record is full." in hands.text() and "NOT SAVED" in hands.within("#top")


async def test_everything_is_said_in_the_other_language_at_once_and_what_was_typed_stays() -> None:
    async with console(with_rows(row("one", 10))) as hands:
        await hands.press("e", "a", *"Balcon", "f6")
        assert hands.app.screen.query_one("#item").value == "Balcon"
        assert "Comportements de sécurité" in hands.text()
        await hands.press("escape")
        assert "Hiérarchie" in hands.text()


async def test_without_a_runtime_rows_are_shown_and_none_is_added() -> None:
    lead = with_rows(row("one", 10))
    lead.heard = False
    async with console(lead) as hands:
        await hands.press("e", "a")
        assert items(hands) == ["one"]
        assert "No scenario is known" in hands.text()


async def test_the_hierarchy_of_a_restricted_patient_is_not_shown() -> None:
    lead = with_rows(row("one", 10))
    lead.cards = [PatientCard("p1", "P-0417", 7, "0-100", 0, None, restricted="contested")]
    async with console(lead) as hands:
        await hands.press("e")
        assert isinstance(hands.app.screen, StartScreen) and "restricted" in hands.text()


async def test_who_leaves_is_told_whose_hierarchy_is_not_saved_yet() -> None:
    lead = with_rows(row("The first floor", 20))
    async with console(lead) as hands:
        await hands.press("ctrl+q")
        assert "Not saved yet" not in hands.text()
        await hands.press("escape")
        lead.plans.change("p1", Plan((row("The second floor", 30),)))
        await hands.press("ctrl+q")
        assert (
            "Not saved yet, and lost with this console: the fear hierarchy of P-0417"
            in " ".join(hands.text().split())
        )


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ("F9 save", "Enter change it", "A add", "B begin", "P preview", "Esc back")),
        ("fr", ("F9 enregistrer", "Entrée changer", "A ajouter", "B commencer", "Échap retour")),
    ],
)
async def test_the_key_line_of_a_small_screen_tells_how_a_row_is_added(language, shown) -> None:
    async with console(StagedLead(), (80, 24), language) as hands:
        await hands.press("e")
        told = hands.within("#hints")
        assert all(way in told for way in shown), told
