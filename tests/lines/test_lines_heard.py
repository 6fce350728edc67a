"""What a recorded line is in a session: heard in the scene alone, told only while it is heard, and
silent at once by whatever leads out; the runtime here is a whole one, without display.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Pair, paired
from recordings_of import hash_of, spoken

from controller.language import use
from controller.recorded.folder import add, lines_in
from controller.report.retold import retold
from controller.report.sections import sections
from controller.session.documents import Entry, FromRuntime
from controller.session.history import SessionHistory
from controller.session.recorded.words import HOW
from controller.session.retelling import retell
from controller.session.summary import summarise
from vr_runtime.wire.acts import PatientLeft, Phase
from vr_runtime.wire.happenings import PhaseChanged
from vr_runtime.wire.messages import Done, Refused
from vr_runtime.wire.recorded import EndLine, PlayLine, RecordedLineBegun, RecordedLineEnded, parts
from vr_runtime.wire.refusals import Code

WORDS = "You are doing well, stay with it."


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use("en")
    yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clinic with two lines, of 2 s and 4 s."""
    lines = tmp_path / "lines"
    for name, seconds in (("courage", 2.0), ("breathe", 4.0)):
        file = tmp_path / f"{name}.wav"
        file.write_bytes(spoken(seconds))
        add(lines, file, name, WORDS if name == "courage" else "Breathe out slowly.", "en")
    return lines


async def ready(pair: Pair, folder: Path) -> None:
    """A session in exposure, with the clinic's lines."""
    pair.conductor.lines.read_by(lambda: lines_in(folder)[0])
    await pair.open()
    await pair.conductor.settle()
    await pair.begin(1)


def news(pair: Pair) -> list[object]:
    return [
        d.happened.what
        for _s, d in pair.record.entries
        if isinstance(d, FromRuntime)
        and isinstance(d.happened.what, RecordedLineBegun | RecordedLineEnded | PhaseChanged)
    ]


def ended(pair: Pair) -> list[tuple[str, str]]:
    return [(w.name, w.how) for w in news(pair) if isinstance(w, RecordedLineEnded)]


async def test_a_line_is_heard_told_while_it_is_and_over_by_itself(folder: Path) -> None:
    async with paired() as pair:
        await ready(pair, folder)
        outcome = await pair.conductor.lines.play("courage")
        # Which of the two is heard of first is as the threads have it.
        said = (f"Recorded line asked: {WORDS}", f"The patient hears: {WORDS}")
        assert outcome.ok and outcome.text in said
        state = await pair.pass_s(1.0)
        assert state.line is not None
        assert (state.line.words, state.line.lasts_s) == (WORDS, 2.0)
        assert 0.8 <= state.line.since_s <= 1.2
        notice = pair.conductor.now().notice
        assert notice is not None and notice.text == f"The patient hears: {WORDS}"
        assert (await pair.pass_s(1.4)).line is None
        begun, over = [w for w in news(pair) if not isinstance(w, PhaseChanged)]
        assert isinstance(begun, RecordedLineBegun) and isinstance(over, RecordedLineEnded)
        sound = hash_of((folder / "courage.wav").read_bytes())
        assert (begun.words, begun.sha256, begun.by) == (WORDS, sound, "console")
        assert (over.how, over.heard_s) == ("finished", 2.0)


async def test_stop_silences_a_line_before_another_picture_and_the_record_says_so(
    folder: Path,
) -> None:
    async with paired() as pair:
        await ready(pair, folder)
        assert (await pair.conductor.lines.play("breathe")).ok
        await pair.pass_s(1.0)
        await pair.conductor.stop()
        state = await pair.pass_s(0.2)
        assert state.phase is Phase.STOPPED and state.line is None
        over = next(w for w in news(pair) if isinstance(w, RecordedLineEnded))
        assert over.how == "left" and 0.8 <= over.heard_s <= 1.4
        # Not one tick later than the stop itself.
        ticks = {
            d.happened.what.kind: d.happened.tick
            for _s, d in pair.record.entries
            if isinstance(d, FromRuntime)
            and isinstance(d.happened.what, RecordedLineEnded | PhaseChanged)
        }
        assert ticks["recorded_line_ended"] == ticks["phase_changed"]


@pytest.mark.parametrize("way", ["safe_place", "pause", "patient", "link", "lines"])
async def test_whatever_leads_out_or_ends_it_silences_it(folder: Path, way: str) -> None:
    async with paired() as pair:
        await ready(pair, folder)
        assert (await pair.conductor.lines.play("breathe")).ok
        await pair.pass_s(0.4)
        if way == "patient":
            given = [[PatientLeft()]]
            pair.server._display.occurrences = (  # type: ignore[method-assign]
                lambda: given.pop() if given else []  # type: ignore[return-value]
            )
        elif way == "link":
            for _ in range(6):
                # Ticks pass, and no heartbeat comes.
                await pair.link.grant(6)
        elif way == "lines":
            assert (await pair.conductor.lines.play("breathe")).ok, "a second time ends it"
        else:
            assert (await getattr(pair.conductor, way)()).ok
        assert (await pair.pass_s(0.2)).line is None
        how = {"link": "link", "lines": "ended"}.get(way, "left")
        assert ended(pair) == [("breathe", how)]


async def test_one_line_at_a_time_and_a_hold_keeps_it(folder: Path) -> None:
    async with paired() as pair:
        await ready(pair, folder)
        assert (await pair.conductor.lines.play("breathe")).ok
        assert (await pair.conductor.hold()).ok
        state = await pair.pass_s(0.4)
        assert state.phase is Phase.HOLD and state.line is not None
        assert (await pair.conductor.lines.play("courage")).ok
        state = await pair.pass_s(0.2)
        assert state.line is not None and state.line.name == "courage"
        assert ended(pair) == [("breathe", "replaced")]


async def test_outside_the_scene_and_within_a_test_no_line_is_heard(folder: Path) -> None:
    async with paired() as pair:
        pair.conductor.lines.read_by(lambda: lines_in(folder)[0])
        await pair.open()
        await pair.conductor.settle()
        outcome = await pair.conductor.lines.play("courage")
        assert (outcome.ok, outcome.code) == (False, Code.WRONG_PHASE)
        unknown = await pair.conductor.lines.play("praise")
        assert "« praise »" in unknown.text and "breathe, courage" in unknown.text
        await pair.begin(1)
        sitting = pair.conductor._sitting
        assert sitting is not None
        sitting.bat.so_far = object()  # type: ignore[assignment]
        assert "script is locked" in (await pair.conductor.lines.play("courage")).text
        sitting.bat.so_far = None
        assert not any(isinstance(w, RecordedLineBegun) for w in news(pair))


async def test_the_wire_plays_nothing_that_was_not_brought_whole_to_this_session(
    folder: Path,
) -> None:
    async with paired() as pair:
        await ready(pair, folder)
        session = pair.conductor._session()
        data = spoken(3.0)
        play = PlayLine(sha256=hash_of(data), name="other", words="x", language="fr")
        for given, code in (
            (play, Code.LINE_NOT_BROUGHT),
            (parts(hash_of(data), data)[1], Code.LINE_NOT_BROUGHT),
            (parts(hash_of(data[:100]), data[:100])[0], Code.LINE_UNFIT),
            (parts("0" * 64, data)[0], None),
            (parts("0" * 64, data)[1], None),
            (parts("0" * 64, data)[2], Code.LINE_NOT_BROUGHT),
        ):
            answer = await pair.link.ask(given, session)
            assert (answer.code if isinstance(answer, Refused) else None) == code
        for act in (play, EndLine(), parts(hash_of(data), data)[0]):
            answer = await pair.link.ask(act, "another")
            assert isinstance(answer, Refused) and answer.code is Code.WRONG_SESSION
        assert isinstance(await pair.link.ask(EndLine(), session), Done)


async def test_a_runtime_that_knows_no_lines_is_told_apart_from_a_bad_recording(
    folder: Path,
) -> None:
    async with paired() as pair:
        await ready(pair, folder)
        pair.conductor.lines._brought.clear()

        async def unread(_act: object, _session: object) -> Refused:
            return Refused(code=Code.MALFORMED, sentence="")

        pair.link.ask = unread  # type: ignore[method-assign, assignment]
        outcome = await pair.conductor.lines.play("courage")
        assert outcome.text.startswith("The patient's side knows no recorded lines")


async def test_a_state_without_a_line_is_what_an_older_console_reads(folder: Path) -> None:
    async with paired() as pair:
        await ready(pair, folder)
        assert '"line"' not in pair.server.state().model_dump_json()
        assert (await pair.conductor.lines.play("courage")).ok
        await pair.pass_s(0.2)
        assert '"line"' in pair.server.state().model_dump_json()


def history(pair: Pair) -> SessionHistory:
    told = [d for s, d in pair.record.entries if s == pair.conductor._session()]
    return retell(
        [
            Entry(
                session="s1", seq=n, kind=str(getattr(d, "kind", "")), operator="op",
                mono_ns=n, wall="2026-11-30T09:00:00.000000+00:00", data=d,
            )
            for n, d in enumerate(told, 1)
        ]
    )  # fmt: skip


async def test_the_record_tells_name_words_hash_and_seconds_heard(folder: Path) -> None:
    from controller.exports.tables import happened

    async with paired() as pair:
        await ready(pair, folder)
        assert (await pair.conductor.lines.play("courage")).ok
        await pair.pass_s(2.4)
        assert (await pair.conductor.lines.play("breathe")).ok
        await pair.pass_s(0.4)
        told = history(pair)
        first, second = told.recorded
        assert (first.name, first.words, first.heard_s, first.how) == (
            "courage", WORDS, 2.0, "finished",
        )  # fmt: skip
        assert (second.name, second.heard_s, second.how) == ("breathe", None, None)
        table = next(t for t in sections(told, summarise(told)) if t.name == "recorded")
        assert table.rows[0].cells[1:] == (WORDS, "courage", "2 s", HOW["finished"])
        assert table.rows[1].cells[-1] == "its end is not known"
        assert any("♪ recorded line heard: " + WORDS in row.text for row in retold(told))
        rows = [row[1:] for row in happened(told) if row[2] == "recorded_line"]
        assert rows[0] == (2.0, "recorded_line", "courage", "finished", WORDS)
        assert rows[1] == (None, "recorded_line", "breathe", None, "Breathe out slowly.")
