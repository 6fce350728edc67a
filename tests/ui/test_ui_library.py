"""Looking through the scenarios before a session: found, read, seen, chosen, and its pack shown."""

from __future__ import annotations

import struct
from io import BytesIO
from zlib import crc32

import pytest
from consoles import console
from PIL import Image
from staged import StagedLead, in_exposure
from staged_packs import StagedPacks, lift_pack
from staged_places import heights
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.image import SVGImageSnapshotExtension

from controller.ui.scenario_search import meant
from controller.ui.scenario_words import below
from controller.ui.screens.approve import ApproveScreen
from controller.ui.screens.library import LibraryScreen
from controller.ui.screens.start import StartScreen
from controller.ui.terminal_pictures import Graphics
from controller.ui.widgets.framed import opened
from scenarios.api.ladders import HierarchySpec
from scenarios.api.manifest import Manifest, Words
from vr_runtime.loader import Places, discover
from vr_runtime.wire.beside import Beside, encoded

SIZES = [(80, 24), (120, 40), (200, 60)]
LADDER = HierarchySpec.model_validate(
    {
        "kind": "cautious",
        "title": {"fr": "Pas à pas", "en": "Step by step"},
        "rows": [
            {
                "item": {"fr": f"Étage {n}", "en": f"Floor {n}"},
                "level": n,
                "distress": 10 * n,
                "values": {"wind": 1.5},
                "events": ["gust"] if n == 3 else [],
                "feared": {"fr": "Je tombe.", "en": "I fall."},
            }
            for n in (1, 2, 3)
        ],
    }
)


class Shelf(StagedLead):
    """A staged lead whose first scenario has all that a manifest can say."""

    def manifests(self) -> tuple[Manifest, ...]:
        first, *rest = super().manifests()
        warned = [Words(fr="Du vide sous les pieds.", en="A drop below the feet.")]
        more = {
            "hierarchies": (LADDER,),
            "contraindications": ("heights", "vection"),
            "warnings": tuple(warned),
            "expected_distress": tuple(range(0, 101, 10)),
        }
        return (first.model_copy(update=more), *rest)


async def read_through(hands) -> str:
    """All that stands beside the list, page by page."""
    pages = [hands.within("#reading")]
    for _page in range(12):
        await hands.press("pagedown")
        pages.append(hands.within("#reading"))
    return "\n".join(pages)


@pytest.mark.parametrize("size", SIZES)
async def test_a_key_a_word_and_enter_choose_a_scenario_for_the_session(size) -> None:
    async with console(StagedLead(), size) as hands:
        await hands.press("s", "f", *"lift")
        assert "1 OF 2" in hands.text()
        await hands.press("enter")
        assert isinstance(hands.app.screen, StartScreen)
        assert hands.app.screen.scenario().id == "builtin.lift"
        assert hands.did() == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            (
                "A town house",
                "▲ A drop below the feet.",
                "To be cleared before: heights",
                "Shipped with Palier.",
                "Technical grade: gold.",
                "nothing about clinical effect",
                "Footbridge without rail",
                "not reviewed by a clinician",
                "GRADED VALUES",
                "10:\u00a048\u00a0m",
                "at most 4.8 m a second towards harder",
                "at\u00a0the\u00a0edge",
                "EVENTS",
                "from level 2 on, again after 30 s",
                "TASKS FOR THE PATIENT",
                "READY HIERARCHY, cautious",
                "level 3, wind 1.5 m/s",
                "Feared: I fall.",
            ),
        ),
        (
            "fr",
            (
                "Une maison de ville",
                "▲ Du vide sous les pieds.",
                "À vérifier avant",
                "Fourni avec Palier.",
                "Grade technique\u00a0: or.",
                "effet clinique",
                "Passerelle sans rambarde",
                "non relu",
                "VALEURS GRADUÉES",
                "10:\u00a048\u00a0m",
                "au plus 4,8 m par seconde",
                "au\u00a0bord",
                "ÉVÉNEMENTS",
                "à partir du niveau 2, de nouveau après 30 s",
                "TÂCHES POUR LE PATIENT",
                "HIÉRARCHIE TOUTE PRÊTE, prudente",
                "niveau 3, vent 1,5 m/s",
                "Crainte\u00a0: Je tombe.",
            ),
        ),
    ],
)
async def test_all_that_a_scenario_says_of_itself_is_read_page_by_page(language, words) -> None:
    async with console(Shelf(), (120, 40), language) as hands:
        await hands.press("s")
        told = " ".join((await read_through(hands)).split("\n"))
        told = " ".join(part for part in told.split(" ") if part)
        missing = [word for word in words if word not in told]
        assert not missing, told


@pytest.mark.parametrize("size", SIZES)
async def test_the_picture_is_drawn_in_half_blocks_at_every_size(size) -> None:
    async with console(StagedLead(), size) as hands:
        await hands.press("s")
        where = "#large" if size == (200, 60) else "#small"
        assert hands.within(where).count("▀") > 150
        other = "#small" if size == (200, 60) else "#large"
        assert not hands.app.screen.query_one(other).region.area


async def test_the_picture_is_drawn_with_what_the_terminal_has() -> None:
    async with console(StagedLead(), (200, 60), graphics=Graphics("kitty", (10, 20))) as hands:
        await hands.press("s")
        assert "\U0010eeee" in hands.within("#large")


async def test_without_a_picture_or_a_grade_it_says_so() -> None:
    async with console(StagedLead(), (80, 24)) as hands:
        await hands.press("s", "down")
        told = " ".join(hands.within("#reading").split())
        assert "No picture of at most 96 KiB" in told
        assert "No technical grade: it was not measured." in hands.within("#reading")
        assert "▀" not in hands.text()


async def test_a_certificate_that_holds_no_more_gives_no_grade() -> None:
    lead = StagedLead()
    lead.library.told["builtin.heights"] = Beside(scenario="builtin.heights", outdated=True)
    async with console(lead, (120, 40)) as hands:
        await hands.press("s")
        assert "certificate is out of date" in hands.within("#reading")
        assert "Technical grade" not in hands.text()


def builtin() -> list[Manifest]:
    return [found.manifest for found in discover(places=Places())]


def broken_png() -> bytes:
    """A whole picture with an empty colour profile behind it: the decoder raises what it likes."""
    made = BytesIO()
    Image.new("RGB", (16, 9)).save(made, "PNG")
    image, kind = made.getvalue(), b"iCCP"
    chunk = struct.pack(">I", 0) + kind + struct.pack(">I", crc32(kind))
    end = image.rindex(b"IEND") - 4
    return image[:end] + chunk + image[end:]


def test_whatever_a_picture_raises_it_is_none_that_can_be_read() -> None:
    assert opened(broken_png(), (32, 18)) is None


def test_what_a_pack_declares_of_a_choice_that_is_not_there_is_shown_as_its_figure() -> None:
    scenario = next(m for m in builtin() if any(v.options for v in m.graded))
    choice = next(value for value in scenario.graded if value.options)
    ladder = LADDER.model_dump()
    ladder["rows"][0]["values"] = {choice.name: 99.0}
    strange = scenario.model_copy(update={"hierarchies": (HierarchySpec.model_validate(ladder),)})
    assert "99" in below(strange, None, 80).plain


@pytest.mark.parametrize("image", [b"no picture", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n" + bytes(9)])
async def test_a_picture_that_cannot_be_read_is_said_and_nothing_else_is_lost(image) -> None:
    lead = StagedLead()
    lead.library.told["builtin.heights"] = Beside(
        scenario="builtin.heights", origin="builtin", grade="silver", picture=encoded(image)
    )
    async with console(lead, (80, 24)) as hands:
        await hands.press("s")
        assert "The picture cannot be read." in hands.text()
        assert "Technical grade: silver." in await read_through(hands)


async def test_while_nobody_answers_words_are_there_and_grade_and_picture_are_not_known() -> None:
    lead = StagedLead()
    lead.library.answers = False
    async with console(lead, (80, 24)) as hands:
        await hands.press("s")
        assert "The picture is not known." in hands.text()
        assert "A town house" in hands.text()
        assert "did not tell them" in " ".join((await read_through(hands)).split())
        assert lead.library.asked == ["builtin.heights"]


async def test_each_scenario_is_asked_about_once_and_only_when_it_is_looked_at() -> None:
    lead = StagedLead()
    async with console(lead, (80, 24)) as hands:
        await hands.press("s", "down", "up", "down")
        assert lead.library.asked == ["builtin.heights", "builtin.lift"]


@pytest.mark.parametrize(
    ("language", "unapproved", "held"),
    [("en", "not approved here", "shown once its pack is approved"),
     ("fr", "pas approuvé ici", "une fois le recueil approuvé")],
)  # fmt: skip
async def test_a_pack_is_shown_with_its_hash_and_approved_in_the_room_that_exists(
    language, unapproved, held
) -> None:
    lead = StagedLead(packs=StagedPacks((lift_pack(),)))
    image = lead.library.told["builtin.heights"].picture
    lead.library.told["builtin.lift"] = Beside(
        scenario="builtin.lift", origin="pack", picture=image
    )
    async with console(lead, (120, 40), language) as hands:
        await hands.press("s", "down")
        told = await read_through(hands)
        assert unapproved in " ".join(told.split()) and "Studio Vertige, CC-BY-4.0" in told
        assert "0123 4567 89ab cdef" in told
        await hands.press("up", "down")
        assert held in hands.text() and "▀" not in hands.text()
        await hands.press("a")
        assert isinstance(hands.app.screen, ApproveScreen) and lead.packs.acts == []
        await hands.press("a")
        assert isinstance(hands.app.screen, LibraryScreen)
        assert lead.packs.acts == [lift_pack().sha256]
        assert hands.app.screen.scenario().id == "builtin.lift"
        assert "▀" in hands.text() and unapproved not in " ".join(hands.text().split())


async def test_a_scenario_of_no_pack_has_nothing_to_approve() -> None:
    async with console(StagedLead(), (80, 24)) as hands:
        await hands.press("s", "a")
        assert isinstance(hands.app.screen, LibraryScreen)
        assert "comes from no pack" in hands.text()


async def test_what_nobody_means_is_said_and_escape_brings_all_back() -> None:
    async with console(StagedLead(), (80, 24)) as hands:
        await hands.press("s", "f", *"snakes")
        assert "0 OF 2" in hands.text() and "No scenario has these words" in hands.text()
        await hands.press("escape")
        assert "2 OF 2" in hands.text()


def test_scenarios_are_found_in_both_languages_without_accents_and_by_what_is_feared() -> None:
    place = heights()
    for typed in ("TERRACE", "hauteurs", "heights", "pavement roof", "Étage", "etage", ""):
        assert meant(typed, (place,)) == (place,), typed
    assert meant("terrace snakes", (place,)) == ()


async def test_while_no_runtime_is_heard_it_says_so_and_nothing_can_be_chosen() -> None:
    async with console(StagedLead(heard=False), (80, 24)) as hands:
        await hands.press("s")
        assert "while the runtime is not heard" in hands.text()
        await hands.press("enter")
        assert isinstance(hands.app.screen, LibraryScreen)


async def test_another_language_says_all_of_it_anew_and_the_scenario_stays() -> None:
    async with console(Shelf(), (120, 40)) as hands:
        await hands.press("s", "f6")
        assert "Bibliothèque" in hands.text() and "Une maison de ville" in hands.text()
        assert "▀" in hands.text()
        assert hands.app.screen.scenario().id == "builtin.heights"


async def test_stop_is_one_key_here_too() -> None:
    lead = StagedLead()
    async with console(lead, (80, 24)) as hands:
        await hands.press("s", "f", "f12")
        assert lead.stops == 1
        assert isinstance(hands.app.screen, LibraryScreen)


async def test_a_session_that_opens_takes_the_library_away() -> None:
    async with console(StagedLead(), (80, 24)) as hands:
        await hands.press("s")
        await hands.show(in_exposure())
        assert hands.live
        assert not any(isinstance(s, LibraryScreen) for s in hands.app.screen_stack)


async def test_every_key_of_its_foot_can_be_clicked() -> None:
    async with console(StagedLead(), (120, 40)) as hands:
        await hands.click_text("S library")
        assert isinstance(hands.app.screen, LibraryScreen)
        await hands.click_text("F find")
        assert hands.app.screen.focused.id == "find"
        await hands.click_text("Esc back")
        assert isinstance(hands.app.screen, StartScreen)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["palier-night", "palier-day"])
async def test_the_library_looks_as_agreed(size, theme, snapshot: SnapshotAssertion) -> None:
    async with console(Shelf(), size) as hands:
        hands.app.theme = theme
        await hands.press("s")
        svg = hands.app.export_screenshot(title="Palier")
        assert svg == snapshot(extension_class=SVGImageSnapshotExtension)
