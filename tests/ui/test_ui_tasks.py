"""A task is given, marked done and taken back by one key each, and seen at every size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import staged
from consoles import console
from staged import StagedLead, in_exposure
from staged_places import heights

from controller.language import LANGUAGES, Language
from controller.ui.asking_scene import task_letters
from scenarios.api.manifest import Manifest, TaskSpec, Words
from vr_runtime.wire.acts import Phase

SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]
LOOK = Words(fr="Regardez la rue dix secondes.", en="Look down at the street for ten seconds.")
ARMS = Words(fr="Laissez pendre les bras.", en="Let your arms hang.")
HIGH = Words(fr="Penchez-vous un peu.", en="Lean over a little.")


@pytest.fixture(autouse=True)
def asking(monkeypatch: pytest.MonkeyPatch) -> Iterator[Manifest]:
    """The staged scenario with three tasks, one of them for higher up."""
    tasks = (
        TaskSpec(name="look", label=LOOK),
        TaskSpec(name="arms", label=ARMS, by_therapist=True),
        TaskSpec(name="lean", label=HIGH, min_level=9),
    )
    made = heights().model_copy(update={"tasks": tasks})
    monkeypatch.setattr(staged, "heights", lambda: made)
    yield made


def task_letter(hands: object, name: str) -> str:
    return task_letters(hands.live._now)[name]  # type: ignore[attr-defined]


def did(lead: StagedLead) -> list[tuple[object, ...]]:
    return [a for a in lead.acts if "task" in str(a[0])]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_a_task_is_given_marked_done_and_taken_back_by_a_key_each(
    size: tuple[int, int], language: Language
) -> None:
    async with console(in_exposure(), size, language) as hands:
        await hands.press("j")
        assert LOOK.get(language)[:8] in hands.text(), "the question names each task"
        await hands.press(task_letter(hands, "look"))
        hands.lead.task_s = 12.4
        await hands.show(hands.lead)
        assert f"▷ 12 s · {LOOK.get(language)[: 12 if size[0] > 60 else 4]}" in hands.within(
            "#facts"
        )
        await hands.press("y")
        await hands.show(hands.lead)
        assert "▷" not in hands.within("#facts")
        await hands.press("j", task_letter(hands, "arms"))
        await hands.show(hands.lead)
        await hands.press("z")
        assert did(hands.lead) == [
            ("give_task", "look"),
            ("task_done", "look"),
            ("give_task", "arms"),
            ("take_back_task", "arms"),
        ]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_second_task_is_refused_with_the_keys_that_end_the_first(
    language: Language,
) -> None:
    async with console(in_exposure(task="look"), (80, 24), language) as hands:
        await hands.press("j")
        line = hands.within("#message")
        assert "Y" in line and "Z" in line and not did(hands.lead)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_list_of_events_and_tasks_says_how_each_stands(size: tuple[int, int]) -> None:
    lead = in_exposure(tasks_given={"look": 2}, task_ends={"look": "completed"})
    async with console(lead, size, "en") as hands:
        await hands.press("j")
        shown = hands.within("#events")
        assert "TASKS" in "\n".join(hands.lines()) and "✓ 2×" in shown
        assert "ready" in shown and "from level 9" in shown
        assert "gust" not in shown, "while a task is asked for, events make room"
        await hands.press("backspace", "e")
        assert "gust" in hands.within("#events")
        assert "Let" not in hands.within("#events")


async def test_the_keys_of_a_task_under_way_are_named_while_there_is_one() -> None:
    async with console(in_exposure(), (120, 40), "en") as hands:
        assert " J task" in hands.within("#keys") and "Y task done" not in hands.within("#keys")
        await hands.press("j", task_letter(hands, "arms"))
        await hands.show(hands.lead)
        assert "Y task done" in hands.within("#keys")
        await hands.press("y")
        await hands.show(hands.lead)
        await hands.press("y", "z")
        assert did(hands.lead)[-1] == ("task_done", "arms"), "once"


async def test_in_hold_a_task_is_marked_and_none_is_given() -> None:
    async with console(in_exposure(task="arms", phase=Phase.HOLD), (80, 24), "en") as hands:
        await hands.press("y")
        await hands.show(hands.lead)
        await hands.press("j", task_letter(hands, "look"))
        assert did(hands.lead) == [("task_done", "arms")]


async def test_an_open_question_goes_when_a_task_is_under_way_meanwhile() -> None:
    async with console(in_exposure(), (80, 24), "en") as hands:
        await hands.press("j")
        hands.lead.task = "look"
        await hands.show(hands.lead)
        await hands.press("backspace", task_letter(hands, "arms"))
        assert not did(hands.lead)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_palette_offers_every_task(
    language: Language,
) -> None:
    async with console(in_exposure(), (120, 40), language) as hands:
        titles = [choice.title for choice in hands.live.choices()]
        for task in (LOOK, ARMS, HIGH):
            assert any(task.get(language) in title for title in titles)


async def test_a_scenario_without_tasks_names_no_key_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(staged, "heights", heights)
    async with console(in_exposure(), (200, 60), "en") as hands:
        assert " J task" not in hands.within("#keys") and "TASKS" not in hands.text()
        await hands.press("j")
        assert "no tasks" in hands.within("#message")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_palette_takes_the_consent_to_the_pose_back_where_it_stands(
    language: Language,
) -> None:
    title = {"en": "Patient: pose not kept", "fr": "Patient : pose non gardée"}[language]
    async with console(in_exposure(), (120, 40), language) as hands:
        assert title not in {choice.title for choice in hands.live.choices()}
    async with console(in_exposure(pose_kept=True), (120, 40), language) as hands:
        (choice,) = (c for c in hands.live.choices() if c.title == title)
        choice.run()
        await hands.settle()
        assert ("end_pose",) in hands.lead.acts
