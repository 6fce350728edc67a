"""What a scenario excludes is said at the console in one sentence that names it, and is kept."""

from __future__ import annotations

import pytest
from loopback import paired
from yard import Yard

from controller.language import use
from controller.session.documents import FromRuntime
from controller.session.interlocks import excluded
from scenarios.api import Graded, Steps, event
from vr_runtime.wire.happenings import RefusedTo
from vr_runtime.wire.refusals import Code


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


class Guarded(Yard):
    """A yard with a gate that opens near the ground alone, and steam that wants a closed lid."""

    lid = Graded.choice(
        {0: 0, 2: 1, 10: 1},
        options=({"fr": "fermé", "en": "closed"}, {"fr": "ouvert", "en": "open"}),
        fr="couvercle",
        en="lid",
    )
    steam = Graded({0: 0.0, 5: 0.0, 10: 1.0}, fr="vapeur", en="steam", decimals=1)
    interlocks = (
        steam.at_least(0.5).requires(lid.at_least(1)),
        lid.at_most(0).forbids(steam.at_least(0.25)),
    )

    @event(
        fr="Le portail", en="The gate", cooldown_s=0, requires=(Yard.__dict__["height"].at_most(9),)
    )
    def gate(self) -> Steps:
        yield from self.wait(1.0)


async def test_the_refusal_names_the_interlock_and_the_record_keeps_it() -> None:
    async with paired(yard=Guarded) as pair:
        await pair.open()
        state = await pair.begin(2)
        (gate,) = (e for e in state.events if e.name == "gate")
        assert gate.barred is not None and gate.barred.other.value == "height"
        told = await pair.conductor.trigger("gate")
        assert not told.ok and told.code == Code.INTERLOCKED
        assert told.text == "“The gate” only with “height” at 9 m or less; set that first."
        assert (await pair.conductor.lower_level(1)).ok
        state = await pair.pass_s(2.0)
        assert [e.barred for e in state.events if e.name == "gate"] == [None]
        assert (await pair.conductor.trigger("gate")).ok
        kept = [d.happened.what for _, d in pair.record.entries if isinstance(d, FromRuntime)]
    (refused,) = (what for what in kept if isinstance(what, RefusedTo))
    assert refused.interlock == gate.barred


def test_both_sides_of_an_interlock_are_told_as_they_read_on_screen() -> None:
    needs, forbids, _gate = Guarded.manifest().interlocks
    told = excluded(needs, Guarded.manifest())
    assert told == "“steam” at 0.5 or more only with “lid” at open; set that first."
    use("fr")
    told = excluded(forbids, Guarded.manifest())
    assert told == (
        "« couvercle » à fermé : pas avec « vapeur » à 0,25 ou plus ; changez cela d'abord."
    )
