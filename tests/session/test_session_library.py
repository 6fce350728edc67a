"""What lies beside a scenario is asked of the patient's side, at rest and while it is led."""

from __future__ import annotations

from loopback import paired
from yard import Yard

from vr_runtime.wire.beside import Beside, encoded

SHIPPED = Beside(scenario=Yard.id, origin="local", grade="silver", picture=encoded(b"picture"))


async def test_picture_grade_and_origin_come_from_the_patients_side() -> None:
    async with paired(beside={Yard.id: SHIPPED}) as pair:
        told = await pair.conductor.library.beside(Yard.id)
        assert told == SHIPPED and told.image == b"picture"


async def test_of_a_scenario_that_is_not_there_nothing_is_told() -> None:
    async with paired(beside={Yard.id: SHIPPED}) as pair:
        told = await pair.conductor.library.beside("test.elsewhere")
        assert told == Beside(scenario="test.elsewhere") and told.image == b""


async def test_it_is_told_to_a_console_that_does_not_lead() -> None:
    async with paired(beside={Yard.id: SHIPPED}) as pair:
        pair.link.epoch = 0
        assert await pair.conductor.library.beside(Yard.id) == SHIPPED
