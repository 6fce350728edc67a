"""What a console that meets another start of the runtime says of the one before."""

from __future__ import annotations

from loopback import Pair, paired

from controller.session.documents import FromRuntime, Gap
from vr_runtime.wire.happenings import Happened


def told(pair: Pair) -> list[Happened]:
    return [d.happened for _, d in pair.record.entries if isinstance(d, FromRuntime)]


async def test_what_is_told_twice_is_recorded_once() -> None:
    async with paired() as pair:
        await pair.open()
        before = told(pair)
        for happened in before:
            pair.conductor.on_happened(happened)
        assert told(pair) == before


async def test_what_an_earlier_start_told_and_nobody_keeps_is_recorded_as_a_gap() -> None:
    async with paired() as pair:
        await pair.open()
        last = told(pair)[-1].number
        await pair.link.hear_rest("gone", last, last + 3, pair.conductor)
        assert [d for _, d in pair.record.entries if isinstance(d, Gap)] == [
            Gap(after=last, until=last + 3)
        ]
        await pair.link.hear_rest("gone", last, last, pair.conductor)
        assert pair.record.kinds().count("gap") == 1


async def test_what_a_record_holds_is_told_by_the_heartbeat_also_after_the_session() -> None:
    async with paired() as pair:
        await pair.open()
        pair.record.blocked = True
        assert (await pair.conductor.arm_trial(1)).ok
        numbers = [h.number for h in told(pair)]
        assert pair.conductor._durable() < numbers[-1]
        pair.record.let_through()
        await pair.pass_s(0.4)
        assert pair.conductor._durable() == numbers[-1]
        assert (await pair.conductor.close_session()).ok
        assert pair.conductor._durable() == told(pair)[-1].number
