"""The console's language is changed on any screen, at once; what is written and typed stays."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from consoles import Hands, console
from staged import StagedLead, in_exposure, scenes
from staged_desk import StagedDesk
from textual.widgets import Input, OptionList

from controller.comforts import Comfort, Comforts, of_this_console
from controller.language import LANGUAGES, Language, _, language, switch, use
from controller.session.documents import Note
from controller.session.now import TimedNote
from controller.ui import run
from controller.ui.app import PalierApp
from controller.ui.keys import act_for
from controller.ui.screens.finished import FinishedScreen
from controller.ui.screens.live import LiveScreen
from controller.ui.widgets.pages import Pages

OTHER: dict[Language, Language] = {"fr": "en", "en": "fr"}


async def test_what_was_begun_before_hears_the_switch_and_what_has_its_own_language_does_not() -> (
    None
):
    use("en")
    heard: list[str] = []
    go, told = asyncio.Event(), asyncio.Event()

    async def begun_before() -> None:
        await go.wait()
        heard.append(language())
        told.set()

    async def writes_a_report() -> None:
        use("en")
        await told.wait()
        heard.append(language())

    tasks = [asyncio.create_task(begun_before()), asyncio.create_task(writes_a_report())]
    await asyncio.sleep(0)
    switch("fr")
    go.set()
    await asyncio.gather(*tasks)
    assert heard == ["fr", "en"]
    assert language() == "fr"


WAYS: dict[str, tuple[str, ...]] = {
    "start": (),
    "add": ("a",),
    "past": ("h",),
    "review": ("h", "enter"),
    "compared": ("h", "enter", "c"),
    "patients": ("p", "down"),
    "help": ("f1",),
    "leave": ("ctrl+q",),
}


async def in_language(
    lead: StagedLead, size: tuple[int, int], spoken: Language, keys: tuple[str, ...], then: bool
) -> list[str]:
    """The screen as it is in a language from the start, or after it was switched to it."""
    first = OTHER[spoken] if then else spoken
    async with console(lead, size, first) as hands:
        await hands.press(*keys)
        if then:
            await hands.press("f6")
        await hands.settle()
        await drawn_whole(hands)
        return hands.lines()


async def drawn_whole(hands: Hands) -> None:
    for _turn in range(2):
        await hands.pilot.pause()
        await hands.settle()
    await hands.until(lambda: all(page.whole for page in hands.app.screen.query(Pages)))
    await hands.settle()


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("way", WAYS)
async def test_a_screen_that_was_switched_is_the_one_that_was_begun_in_that_language(
    way: str, spoken: Language
) -> None:
    size = (120, 40)
    begun = await in_language(StagedLead(), size, spoken, WAYS[way], then=False)
    switched = await in_language(StagedLead(), size, spoken, WAYS[way], then=True)
    assert switched == begun


LIVE = (
    ("exposure", (80, 24)),
    ("exposure", (200, 60)),
    ("due", (120, 40)),
    ("hold", (80, 24)),
    ("safe_place", (120, 40)),
    ("stopped", (80, 24)),
    ("stale", (120, 40)),
)


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize(("scene", "size"), LIVE)
async def test_the_live_screen_is_spoken_anew_whole(
    scene: str, size: tuple[int, int], spoken: Language
) -> None:
    begun = await in_language(scenes()[scene], size, spoken, (), then=False)
    switched = await in_language(scenes()[scene], size, spoken, (), then=True)
    assert switched == begun


async def test_an_open_question_stays_open_and_is_asked_in_the_other_language() -> None:
    async with console(in_exposure(), (120, 40)) as hands:
        await hands.press("e")
        assert "Which event?" in hands.text()
        await hands.press("f6")
        assert "Quel événement" in hands.text()
        assert "Which event?" not in hands.text()


async def test_letters_follow_the_language_and_the_former_ones_do_nothing() -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        await hands.press("f6", "s")
        assert hands.did() == []
        assert "L refuge" in hands.within("#keys") or "L lieu" in hands.within("#keys")
        await hands.press("l")
        assert hands.did() == ["safe_place"]
    assert act_for("l", "l") == "safe_place"


async def test_what_is_typed_and_what_was_written_stays_as_it_is() -> None:
    note = TimedNote(3.0, Note(tick=90, text="Looks at the rail."), 5)
    lead = in_exposure()
    lead.notes = (note,)
    async with console(lead, (120, 40)) as hands:
        await hands.press("7")
        await hands.press("f6")
        assert "Looks at the rail." in hands.text()
        assert "7▏" in hands.text()
        await hands.press("enter", "n", *"half", "f6", *"way", "enter")
        assert [act[1] for act in lead.acts if act[0] == "note"] == ["halfway"]
        assert [act[0] for act in lead.acts] == ["rate", "note"]


async def test_a_form_keeps_its_fields_its_choices_and_the_keyboard() -> None:
    async with console(StagedLead()) as hands:
        await hands.press("a", *"p-7", "tab", "backspace", "9", "tab", "down", "f6")
        assert hands.app.screen.query_one("#pseudonym", Input).value == "p-7"
        assert hands.app.screen.query_one("#ceiling", Input).value == "9"
        assert hands.app.screen.query_one("#scale", OptionList).highlighted == 1
        assert hands.app.focused is not None and hands.app.focused.id == "scale"
        await hands.press("f6", "enter")
        assert hands.lead.acts == [("add_patient", "p-7", 9, "0-10")]


async def test_keys_that_follow_the_switch_in_one_burst_reach_no_half_built_screen() -> None:
    async with console(StagedLead()) as hands:
        hands.send("down", "f6", "f6", "f6", "a")
        await drawn_whole(hands)
        assert "Nouveau patient" in hands.text()


@pytest.mark.parametrize("keys", [("f12",), ("escape", "escape")])
async def test_stop_is_sent_in_the_middle_of_a_switch(keys: tuple[str, ...]) -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        await hands.press("f1")
        hands.send("f6", *keys)
        await hands.until(lambda: hands.lead.stops == 1)
        await drawn_whole(hands)
        assert isinstance(hands.app.screen, LiveScreen)
        assert "ARRÊT" in hands.text()


async def test_the_screens_below_are_spoken_anew_too() -> None:
    async with console(in_exposure(), (120, 40)) as hands:
        await hands.press("f1", "f6", "escape")
        assert "NIVEAU APPLIQUÉ" in hands.text()
        hands.lead.open = False
        await hands.settle()
        await hands.settle()
        assert isinstance(hands.app.screen, FinishedScreen)
        await hands.press("f6", "f6", "enter")
        await drawn_whole(hands)
        assert "PATIENTS" in hands.text() and "SCÉNARIOS" in hands.text()


async def test_it_is_switched_where_it_is_asked_who_sits_here_too() -> None:
    desk = StagedDesk(present=None)
    async with console(StagedLead(), desk=desk) as hands:
        await hands.press("f6")
        await drawn_whole(hands)
        assert "Qui conduit" in hands.text()


async def test_the_palette_names_the_language_in_its_own_words() -> None:
    async with console(in_exposure(), (120, 40)) as hands:
        await hands.press("ctrl+p", *"franc")
        await hands.until(lambda: "Français" in hands.text())
        await hands.press("enter")
        await drawn_whole(hands)
        assert "NIVEAU APPLIQUÉ" in hands.text()


def test_what_the_patient_reads_is_not_touched() -> None:
    lead = in_exposure()
    before = lead.now()
    switch("fr")
    assert lead.now() == before


# -- what is kept


async def test_the_choice_lasts_for_this_console(tmp_path: Path) -> None:
    path = tmp_path / "console" / "comforts.json"
    use("en")
    app = PalierApp(StagedLead(), comforts=Comforts(path))
    async with app.run_test() as pilot:
        app.speak("fr")
        app.wear("palier-contrast-dark")
        await pilot.pause()
    again = Comforts(path)
    assert again.kept == Comfort(language="fr", theme="palier-contrast-dark")
    assert again.language == "fr"
    assert [file.name for file in path.parent.iterdir()] == ["comforts.json"]


async def test_a_kept_language_is_spoken_from_the_first_picture_and_a_named_one_comes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("controller.paths.home", lambda: tmp_path)
    of_this_console(None, {}).keep(language="fr")
    found: list[str] = []

    async def ended(app: PalierApp) -> int:
        found.append(language())
        return 0

    monkeypatch.setattr(PalierApp, "run_async", ended)
    for asked, environment in ((None, {}), ("en", {}), (None, {"PALIER_LANG": "en"})):
        use("en")
        await run.run_console(StagedLead(), comforts=of_this_console(asked, environment))
    assert found == ["fr", "en", "en"]
    assert of_this_console("en", {}).keep(bell=True) == ""
    assert of_this_console(None, {}).kept == Comfort(language="fr", bell=True)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"language": "de"}', '{"theme": "../x"}', '{"bell": 3}', '{"x": 1}', "\xff"],
)
def test_a_file_that_cannot_be_read_costs_one_sentence_and_the_usual_holds(
    content: str, tmp_path: Path
) -> None:
    use("en")
    path = tmp_path / "comforts.json"
    path.write_text(content, encoding="latin-1")
    found = Comforts(path)
    assert found.kept == Comfort()
    assert str(path) in found.trouble and "Delete it" in found.trouble
    assert found.keep(theme="palier-day") == ""
    assert Comforts(path).kept.theme == "palier-day"


def test_where_nothing_can_be_written_it_holds_until_the_console_is_left(tmp_path: Path) -> None:
    use("en")
    beside = tmp_path / "file"
    beside.write_text("here", encoding="utf-8")
    found = Comforts(beside / "comforts.json")
    assert "cannot be written" in found.keep(theme="palier-day")
    assert found.kept.theme == "palier-day"


async def test_the_bell_rings_once_for_a_rating_due_and_only_where_it_is_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(PalierApp, "bell", lambda app: rung.append(1))
    async with console(in_exposure(), (80, 24)) as hands:
        await hands.show(scenes()["due"])
        await hands.settle()
        assert rung == []
        hands.app.keep(bell=True)
        await hands.show(in_exposure())
        await hands.show(scenes()["due"])
        await hands.settle()
        assert rung == [1]
        await hands.show(scenes()["stale"])
        assert rung == [1, 1]
    assert _("Bell: on")
