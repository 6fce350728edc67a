"""Entries of behavioural approach tests, as a console writes them."""

from __future__ import annotations

from recording import Recording, balcony

from controller.session.bat.entries import BatBegun, BatEnded, BatStep, What
from controller.session.documents import SessionOpened
from scenarios.api.ladders import BatSpec, BatStepSpec
from scenarios.api.manifest import Words

SPEC = BatSpec(
    instruction=Words(fr="Allez.", en="Go."),
    steps=tuple(
        BatStepSpec(item=Words(fr=f"Étage {n}.", en=f"Floor {n}."), level=n, seconds=20)
        for n in range(4)
    ),
    measure=balcony().graded[0].name,
)


def with_script() -> Recording:
    """A session whose scenario has the script."""
    r = Recording()
    opened = r.entries[0].data
    assert isinstance(opened, SessionOpened)
    scenario = opened.scenario.model_copy(update={"bat": SPEC})
    r.entries[0] = r.entries[0].model_copy(
        update={"data": opened.model_copy(update={"scenario": scenario})}
    )
    return r


def recorded(*, refused: int) -> Recording:
    """A test refused at this step; distress is told before, during and after each one done."""
    r = with_script()
    r.at(1).write(BatBegun(steps=4, tick=r.tick))

    def step(number: int, what: What, measure: float | None = None) -> None:
        r.write(BatStep(number=number, what=what, measure=measure, tick=r.tick))

    for number in range(1, refused):
        r.at(2 * number)
        step(number, "offered")
        r.at(2 * number, 10).rate(20 + number, due=False)
        r.at(2 * number, 20)
        step(number, "gone")
        r.at(2 * number, 30)
        step(number, "arrived")
        r.at(2 * number, 40).rate(60 + number, due=False)
        r.at(2 * number, 50).rate(50, due=False)
        r.at(2 * number + 1)
        step(number, "done", 6.0 * number)
        r.at(2 * number + 1, 10).rate(30, due=False)
    r.at(2 * refused)
    step(refused, "offered")
    r.at(2 * refused, 10).rate(90, due=False)
    r.at(2 * refused, 20)
    step(refused, "refused")
    r.at(2 * refused, 40)
    r.write(BatEnded(how="refused", score=refused - 1, steps=4, tick=r.tick))
    return r
