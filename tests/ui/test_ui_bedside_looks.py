"""How the questions and forms at the bedside look, and what lies on the way to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from consoles import Hands, console
from staged import StagedLead, in_exposure
from staged_desk import ADA, StagedDesk
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.image import SVGImageSnapshotExtension
from textual.containers import VerticalScroll
from textual.screen import Screen

from controller.language import Language
from controller.session.bat.run import BatNow
from controller.session.bat.so_far import BatSoFar
from controller.session.clinical import Expectancy
from controller.session.expected import Expected
from controller.session.now import Band, Now, TrialSoFar
from controller.session.pacing.seen import PaceNow
from controller.session.plans.entries import PlanRow
from controller.session.plans.leading import Plan
from controller.session.safety.entries import SafetyBehaviour
from controller.session.safety.so_far import SafetySoFar
from scenarios.api.ladders import BatSpec, BatStepSpec
from scenarios.api.manifest import Words
from vr_runtime.wire.acts import Phase

Look = tuple[tuple[int, int], Language, str]
LOOKS: tuple[Look, ...] = (
    ((80, 24), "fr", "palier-night"),
    ((80, 24), "en", "palier-day"),
    ((120, 40), "en", "palier-night"),
    ((200, 60), "fr", "palier-night"),
)
STEPS = (
    ("Au premier étage, à la fenêtre", "On the first floor, at the window", 1),
    ("Sur le balcon, les mains sur la rambarde", "On the balcony, hands on the rail", 3),
    ("Sur la terrasse, à un pas du bord", "On the terrace, one step from the edge", 5),
    ("Sur le toit, au bord, sans se tenir", "On the roof, at the edge, without a hold", 7),
)
TEST = BatSpec(
    instruction=Words(
        fr="Allez aussi haut que vous le voulez bien, et dites quand c'est assez.",
        en="Go as high as you are willing to, and say when it is enough.",
    ),
    steps=tuple(
        BatStepSpec(item=Words(fr=fr, en=en), level=level, seconds=30) for fr, en, level in STEPS
    ),
    measure=None,
)
FEARED: dict[Language, str] = {
    "fr": "Mes jambes lâchent et je bascule par-dessus la rambarde",
    "en": "My legs give way and I topple over the rail",
}


@dataclass
class Told(StagedLead):
    """A staged lead whose truth is told on, by `more`."""

    more: Callable[[Now], Now] = lambda now: now

    def now(self) -> Now:
        return self.more(super().now())


def told(lead: StagedLead, more: Callable[[Now], Now]) -> StagedLead:
    """The same lead with more to tell."""
    found = Told(more=more)
    vars(found).update({name: value for name, value in vars(lead).items() if name != "more"})
    return found


def with_test(now: Now) -> Now:
    """A scenario that declares an approach test."""
    assert now.manifest is not None
    return replace(now, manifest=now.manifest.model_copy(update={"bat": TEST}))


def before_a_test(spoken: Language) -> StagedLead:
    return told(StagedLead(open=True, phase=Phase.READY), with_test)


def within_a_test(spoken: Language) -> StagedLead:
    at = BatNow(BatSoFar(len(STEPS), 3, "gone", 2, arrived=1), TEST, "wait", 18.0)
    return told(in_exposure(notice=None), lambda now: replace(with_test(now), bat=at))


def exposed(spoken: Language) -> StagedLead:
    """With a hierarchy whose third row is worked on."""
    lead = in_exposure(notice=None)
    lead.plans.saved["p1"] = [Plan((row(spoken),))]
    return lead


def feared(spoken: Language) -> StagedLead:
    """What was feared is written down, and not told yet."""
    lead: Any = exposed(spoken)
    said = Expectancy(feared=FEARED[spoken], about="own_reaction", likelihood_before=70)
    lead._staged.expected = Expected().then(said, 1, 440.0)
    return lead


def learned(spoken: Language) -> StagedLead:
    """Everything that the panel beside the notes has to tell."""
    lead: Any = feared(spoken)
    lead.trials = (TrialSoFar(1, 3, 120.0, 395.0), TrialSoFar(3, 5, 430.0, None))
    used, left = ("tient la rambarde", "ferme les yeux")
    if spoken == "en":
        used, left = ("holds the rail", "closes the eyes")
    noted = SafetySoFar()
    for at_s, name, in_use in ((450.0, used, True), (460.0, left, True), (600.0, left, False)):
        noted = noted.then(SafetyBehaviour(name=name, used=in_use, tick=int(at_s * 30)), at_s)
    lead._staged.safety = noted
    return lead


def resting(spoken: Language) -> StagedLead:
    """A break of which some minutes are left."""
    bands = (Band(Phase.EXPOSURE, 120.0, 640.0), Band(Phase.PAUSE, 640.0, None))
    lead = in_exposure(phase=Phase.PAUSE, level=0.0, asked=0, come_back=4, bands=bands, due=None)
    lead.notice = None
    return told(lead, lambda now: replace(now, pace=PaceNow(1800.0, False, 489.0, 600.0)))


def row(spoken: Language) -> PlanRow:
    words = {
        "fr": ("Sur la terrasse, à un pas du bord", "tenir la rambarde"),
        "en": ("On the terrace, one step from the edge", "holding the rail"),
    }
    item, drops = words[spoken]
    return PlanRow(
        item=item,
        distress=60,
        scenario="builtin.heights",
        level=5,
        values={"wind": 3.0},
        events=("gust", "bird"),
        feared=FEARED[spoken],
        likelihood=70,
        drops=drops,
    )


def at_the_start(spoken: Language) -> StagedLead:
    lead = StagedLead()
    lead.plans.saved["p1"] = [Plan((row(spoken),))]
    return lead


def just_opened(spoken: Language) -> StagedLead:
    return StagedLead(open=True, phase=Phase.READY)


Room = tuple[Callable[[Language], StagedLead], tuple[str, ...], dict[Language, str]]
NO_WORDS: dict[Language, str] = {"fr": "", "en": ""}
ROOMS: dict[str, Room] = {
    "bat_question": (before_a_test, ("f8",), NO_WORDS),
    "bat_panel": (within_a_test, ("f8",), NO_WORDS),
    "feared_before": (exposed, ("f7",), FEARED),
    "feared_after": (feared, ("f7",), NO_WORDS),
    "safety": (learned, ("u",), NO_WORDS),
    "learning": (learned, (), NO_WORDS),
    "remarks": (exposed, ("n",), NO_WORDS),
    "preview": (at_the_start, ("e", "p"), NO_WORDS),
    "row_form": (exposed, ("f9",), NO_WORDS),
    "undo": (just_opened, ("x", "w"), NO_WORDS),
    "break": (resting, (), NO_WORDS),
    "lock": (at_the_start, ("p", "l"), {"fr": "demande du patient", "en": "patient's wish"}),
}


async def go_to(room: str, hands: Hands, spoken: Language) -> None:
    """The keys that lead there."""
    _stage, keys, words = ROOMS[room]
    await hands.press(*keys, *words[spoken])
    if room == "feared_before":
        await hands.press("enter")
    if room == "learning":
        await hands.press(*"v" * (4 if hands.app.size.width < 100 else 1))


def laid_out(screen: Screen[Any]) -> bool:
    """Whether all that scrolls has come to rest: a late picture changes how much there is."""
    return all(
        body.virtual_size.width == body.scrollable_content_region.width
        and body.show_vertical_scrollbar == (body.virtual_size.height > body.size.height)
        for body in screen.query(VerticalScroll)
        if body.display
    )


@pytest.mark.parametrize("look", LOOKS, ids=["small", "small-day", "usual", "wide"])
@pytest.mark.parametrize("room", ROOMS)
async def test_each_room_of_the_bedside_looks_as_agreed(
    room: str, look: Look, snapshot: SnapshotAssertion
) -> None:
    size, spoken, theme = look
    desk = StagedDesk(present=ADA)
    # A clock that stands still: how long a page has been open is part of how it looks.
    async with console(ROOMS[room][0](spoken), size, spoken, desk=desk, clock=lambda: 0.0) as hands:
        hands.app.theme = theme
        await go_to(room, hands, spoken)
        await hands.until(lambda: laid_out(hands.app.screen))
        svg = hands.app.export_screenshot(title="Palier")
        assert svg == snapshot(extension_class=SVGImageSnapshotExtension)
