"""What is feared before a trial and what became of it: one entry, later words, nothing guessed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from loopback import Pair, paired

from controller.language import use
from controller.report.sections import sections
from controller.session.clinical import Expectancy
from controller.session.documents import Entry, SessionOpened
from controller.session.expected import Expected
from controller.session.prompts import PromptRules
from controller.session.rectifying import Rectification
from controller.session.retelling import retell
from controller.session.sitting import Sitting
from controller.session.summary import summarise


def recorded(pair: Pair) -> list[Entry]:
    """The entries of the session, numbered as a record numbers them."""
    session = next(s for s, d in pair.record.entries if isinstance(d, SessionOpened))
    own = [d for s, d in pair.record.entries if s == session]
    return [
        Entry(
            session=session,
            seq=n,
            kind=d.kind,
            operator="o",
            mono_ns=n,
            wall="2026-03-02T10:00:00+00:00",
            data=d,
        )
        for n, d in enumerate(own, start=1)
    ]


class Shelf:
    """Reads back what a pair's record was given; or cannot."""

    def __init__(self, pair: Pair, broken: bool = False) -> None:
        self._pair, self._broken = pair, broken

    def entries(self, session: str) -> Sequence[Entry]:
        if self._broken:
            raise OSError("the disk is gone")
        return recorded(self._pair)


def number(pair: Pair) -> int:
    """Of the entry of the one fear."""
    return next(e.seq for e in recorded(pair) if isinstance(e.data, Expectancy))


async def test_before_and_after_are_one_fear_in_course_report_and_exports() -> None:
    async with paired() as pair:
        await pair.open()
        bedside = pair.conductor.bedside
        bedside._books = Shelf(pair)  # type: ignore[assignment]
        assert (await bedside.expects("I fall", "own_reaction", 80, 90, "level 4")).ok
        seen = pair.conductor.now().expected
        assert seen.waiting is not None and seen.waiting.said.likelihood_before == 80
        await pair.begin(2)
        await pair.pass_s(3)
        pair.conductor._sitting.expected = Expected().then(  # type: ignore[union-attr]
            seen.waiting.said, number(pair), seen.waiting.at_s
        )
        assert (await bedside.came(number(pair), False, 20, 60, "I can stand it")).ok
        now = pair.conductor.now()
        assert now.expected.waiting is None
        (one,) = now.expected.all
        assert one.told_s == pytest.approx(now.at_s, abs=0.3) and one.said.learned
        (later,) = [e.data for e in recorded(pair) if isinstance(e.data, Rectification)]
        history = retell(recorded(pair))
    assert isinstance(later.was, Expectancy) and later.was.is_open
    ((_seq, held),) = history.expectancies
    assert (held.occurred, held.likelihood_after, held.surprise) == (False, 20, 60)
    use("en")
    told = str(sections(history, summarise(history)))
    assert "I can stand it" in told and "I fall" in told


async def test_unclear_is_told_and_is_no_open_fear_any_more() -> None:
    async with paired() as pair:
        await pair.open()
        bedside = pair.conductor.bedside
        bedside._books = pair.conductor.after._books = Shelf(pair)  # type: ignore[assignment]
        await bedside.expects("I fall", "event", None, None)
        await bedside.came(number(pair), None, None, None)
        assert await pair.conductor.after.fears() == ()
        history = retell(recorded(pair))
    ((_seq, held),) = history.expectancies
    assert held.unclear and held.occurred is None
    use("en")
    assert "unclear" in str(sections(history, summarise(history)))
    with pytest.raises(ValueError, match="unclear"):
        Expectancy(feared="x", about="event", occurred=True, unclear=True)


async def test_bad_figures_missing_words_and_a_record_that_cannot_be_read_save_nothing() -> None:
    async with paired() as pair:
        await pair.open()
        bedside, before = pair.conductor.bedside, len(recorded(pair))
        for feared, likelihood in (("", 10), ("x" * 401, 10), ("I fall", 101), ("I fall", -1)):
            assert not (await bedside.expects(feared, "event", likelihood, None)).ok
        await bedside.expects("I fall", "event", 50, None)
        bedside._books = Shelf(pair, broken=True)  # type: ignore[assignment]
        outcome = await bedside.came(number(pair), True, 0, 0)
        assert not outcome.ok and "what you typed stays" in outcome.text
        bedside._books = Shelf(pair)  # type: ignore[assignment]
        assert not (await bedside.came(1, True, 0, 0)).ok, "that is the opening, and no fear"
        assert not (await bedside.came(number(pair), True, 101, 0)).ok
        assert not (await bedside.came(number(pair), True, 10, 0, "x" * 1001)).ok
        assert len(recorded(pair)) == before + 1


async def test_a_console_that_takes_a_session_up_knows_what_waits() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.conductor.bedside.expects("I fall", "event", 50, None)
        entries = recorded(pair)
        opened = entries[0].data
        assert isinstance(opened, SessionOpened)
        later = Sitting(
            entries[0].session,
            pair.conductor.patients()[0],
            opened.scenario,
            opened.tick,
            boot=opened.boot,
            rules=PromptRules(),
            recorder=pair.record,
            notices=pair.conductor._notices,
        )
        later.take_up(entries)
    waiting = later.expected.waiting
    assert waiting is not None and waiting.seq == number(pair)
    assert [one.said.feared for one in later.expected.within(0.0, None)] == ["I fall"]


async def test_without_a_session_nothing_is_recorded() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        before = len(pair.record.entries)
        assert not (await pair.conductor.bedside.expects("I fall", "event", 50, 50)).ok
        assert not (await pair.conductor.bedside.came(1, True, 50, 50)).ok
        assert len(pair.record.entries) == before


def test_what_was_noted_by_mistake_is_known_no_more() -> None:
    said = Expectancy(feared="I fall", about="event")
    held = Expected().then(said, 7, 10.0)
    gone = Rectification(of=7, at="", was=said, stands=None, why="another patient's")
    assert held.then(gone, 9, 20.0) == Expected()


def test_a_fear_told_before_a_trial_was_not_tested_in_it() -> None:
    said = Expectancy(feared="I fall", about="event")
    told = said.model_copy(update={"occurred": False})
    held = Expected().then(said, 7, 10.0)
    held = held.then(Rectification(of=7, at="", was=said, stands=told), 9, 90.0)
    assert held.within(20.0, 100.0) == held.all and held.within(20.0, None) == held.all
    assert held.within(95.0, None) == () and held.within(0.0, 5.0) == ()
