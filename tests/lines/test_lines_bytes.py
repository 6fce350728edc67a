"""What is brought as a recording may be anything: it is a line within bounds, or it is refused."""

from __future__ import annotations

import struct
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from recordings_of import hash_of, spoken, wav

from vr_runtime.lines.fit import made_fit
from vr_runtime.lines.shelf import LineShelf
from vr_runtime.stage.mixing import LINE_LUFS, MOST_PEAK
from vr_runtime.stage.recordings import Unfit
from vr_runtime.wire.messages import Command
from vr_runtime.wire.reading import Incoming
from vr_runtime.wire.recorded import (
    LONGEST_S,
    MOST_BYTES,
    PART_BYTES,
    SHORTEST_S,
    BringLine,
    NotALine,
    Unusable,
    parts,
    read_wav,
)
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.version import MAX_MESSAGE_BYTES, PROTOCOL

calm = settings(max_examples=150, deadline=None, derandomize=True)
HONEST = spoken(1.0)
MESSAGE = Incoming(b"route", "key", ())


def command(act: BringLine) -> Command:
    return Command(id=uuid4(), protocol=PROTOCOL, act=act)


def bring(shelf: LineShelf, *acts: BringLine) -> list[Code | bool]:
    return [shelf.bring(act, command(act), MESSAGE) for act in acts]


def answered(shelf: LineShelf) -> list[Code | None]:
    for fitting in list(shelf._fitting.values()):
        fitting.made.exception(timeout=10)
    return [code for _message, _command, code in shelf.found()]


@given(
    at=st.integers(0, 60),
    put=st.binary(min_size=1, max_size=12),
    cut=st.integers(0, len(HONEST)),
)
@calm
def test_bytes_that_lie_about_themselves_are_a_line_within_bounds_or_none(at, put, cut):
    data = (HONEST[:at] + put + HONEST[at + len(put) :])[:cut]
    try:
        found = read_wav(data)
    except NotALine:
        return
    assert SHORTEST_S <= found.lasts_s <= LONGEST_S
    assert found.channels in (1, 2) and 8_000 <= found.rate <= 48_000
    assert len(found.samples) <= len(data) and not len(found.samples) % (2 * found.channels)


@given(st.binary(max_size=200))
@calm
def test_bytes_of_no_sound_are_refused(noise):
    with pytest.raises(NotALine):
        read_wav(noise)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (spoken(0.1), Unusable.SHORT),
        (spoken(LONGEST_S + 0.1), Unusable.LONG),
        (wav(bytes(64_000), bits=8), Unusable.BITS),
        (wav(bytes(96_000), channels=3), Unusable.CHANNELS),
        (wav(bytes(64_000), rate=96_000), Unusable.RATE),
        (b"OggS" + bytes(100), Unusable.NOT_WAV),
        (bytes(MOST_BYTES + 1), Unusable.LARGE),
        (HONEST[:44] + b"", Unusable.NOT_WAV),
    ],
)
def test_each_fault_has_its_own_reason(data, why):
    with pytest.raises(NotALine) as refused:
        read_wav(data)
    assert refused.value.why is why


def test_the_longest_line_fits_into_the_bound_of_bytes_and_a_part_into_a_message():
    longest = wav(bytes(round(LONGEST_S * 48_000) * 4), rate=48_000, channels=2)
    assert read_wav(longest).lasts_s == LONGEST_S
    whole = parts(hash_of(longest), longest)
    assert max(len(command(act).model_dump_json()) for act in whole) <= MAX_MESSAGE_BYTES
    assert b"".join(act.data for act in whole) == longest
    with pytest.raises(ValidationError):
        BringLine(sha256="0" * 64, size=1, at=0, part="A" * (PART_BYTES * 4 // 3 + 4))


@pytest.mark.parametrize("loud", [0.02, 0.2, 0.9])
def test_whatever_was_recorded_is_heard_at_the_calm_loudness_of_speech(tmp_path, loud):
    made = made_fit(spoken(2.0, loud=loud, channels=2), tmp_path / "line.wav")
    assert LINE_LUFS - 1.5 <= made.lufs <= LINE_LUFS
    written = read_wav(made.path.read_bytes())
    samples = struct.unpack(f"<{len(written.samples) // 2}h", written.samples)
    assert max(map(abs, samples)) <= MOST_PEAK * 32768
    # It begins and ends softly.
    assert max(map(abs, samples[:8] + samples[-8:])) < 300


@pytest.mark.parametrize("loud", [0.0, 0.0001])
def test_silence_is_no_line(tmp_path, loud):
    with pytest.raises(Unfit):
        made_fit(spoken(2.0, loud=loud), tmp_path / "line.wav")


def test_a_recording_is_at_hand_once_all_its_parts_came_and_have_the_hash_they_were_said_to_have():
    shelf = LineShelf()
    data = spoken(4.0)
    said = hash_of(data)
    assert bring(shelf, *parts(said, data)) == [True, True, False]
    assert shelf.get(said) is None
    assert answered(shelf) == [None]
    assert shelf.get(said) is not None
    shelf.close()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda whole: whole[1:],
        lambda whole: [whole[0], whole[2]],
        lambda whole: [whole[0], whole[0].model_copy(update={"at": PART_BYTES, "size": 50_000})],
        lambda whole: [whole[0], whole[1].model_copy(update={"sha256": "0" * 64})],
        lambda whole: [*whole[:2], whole[2].model_copy(update={"part": whole[1].part})],
        lambda whole: [*whole[:2], whole[2].model_copy(update={"part": ""})],
    ],
)
def test_parts_that_do_not_make_what_was_said_are_refused_and_leave_nothing(wrong):
    shelf = LineShelf()
    data = spoken(4.0)
    assert bring(shelf, *wrong(parts(hash_of(data), data)))[-1] is Code.LINE_NOT_BROUGHT
    assert shelf._coming is None and not shelf._fitting
    shelf.close()


def test_bytes_with_the_right_hash_that_are_no_sound_are_refused_as_unfit():
    shelf = LineShelf()
    for data in (b"RIFF" + bytes(5_000), spoken(1.0, loud=0.0)):
        assert bring(shelf, *parts(hash_of(data), data)) == [False]
        assert answered(shelf) == [Code.LINE_UNFIT]
        assert shelf.get(hash_of(data)) is None
    shelf.close()


def test_nothing_that_was_brought_stays_after_the_session():
    shelf = LineShelf()
    data = spoken(1.0)
    bring(shelf, *parts(hash_of(data), data))
    assert answered(shelf) == [None]
    fit = shelf.get(hash_of(data))
    assert fit is not None and fit.path.exists()
    shelf.forget()
    assert shelf.get(hash_of(data)) is None
    shelf.close()
    assert not fit.path.exists()
