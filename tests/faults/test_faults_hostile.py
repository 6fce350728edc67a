"""No bytes, however close to a message, reach a handler, raise, or cost memory."""

from __future__ import annotations

import gc
import random
import subprocess
import sys
import tracemalloc
from importlib.util import find_spec
from pathlib import Path

import pytest
from hostile import KNOWN, SAMPLES, STRANGER, Target, sample
from hypothesis import given, settings
from hypothesis import strategies as st

from vr_runtime.wire.version import CALL, STOP

TIMES = 400
THROWN = 10_000
FUZZED_S = 60

keys = st.sampled_from([KNOWN, STRANGER])
firsts = st.sampled_from([CALL, STOP, b"", CALL + b" ", b"PALIER-STOPS"])
bodies = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=100).map(str.encode),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=8,
    ).map(lambda tree: repr(tree).replace("'", '"').encode("utf-8", "surrogatepass")),
)


@st.composite
def almost(draw: st.DrawFn) -> bytes:
    """A message of the protocol with some bytes changed, left out or put in."""
    number = draw(st.integers(0, 2**128 - 1))
    body = bytearray(sample(draw(st.sampled_from(SAMPLES)), number))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(body) - 1))
        how = draw(st.sampled_from(["change", "cut", "insert", "drop"]))
        if how == "change":
            body[at] = draw(st.integers(0, 255))
        elif how == "cut":
            del body[max(1, at) :]
        elif how == "drop":
            del body[at : at + draw(st.integers(1, 8))]
        else:
            body[at:at] = draw(st.binary(min_size=1, max_size=8))
        if not body:
            break
    return bytes(body)


@pytest.mark.fault("F12")
@settings(max_examples=TIMES, deadline=None, derandomize=True, database=None)
@given(first=firsts, rest=st.lists(bodies, max_size=3), key=keys)
def test_bytes_of_chance_reach_no_handler_and_raise_nothing(first, rest, key) -> None:
    Target().hear(first, *rest, key=key)


@pytest.mark.fault("F12")
@settings(max_examples=TIMES, deadline=None, derandomize=True, database=None)
@given(body=almost(), key=keys)
def test_a_message_with_a_few_bytes_wrong_is_refused_or_is_still_one(body, key) -> None:
    Target().hear(CALL, body, key=key)


@pytest.mark.parametrize("act", SAMPLES, ids=lambda act: act.kind)
def test_a_whole_message_reaches_its_handler(act) -> None:
    target = Target()
    for _ in range(2):
        target.hear(CALL, sample(act))
    # What only looks, and a heartbeat, is heard anew; what does something is remembered.
    looks = act.kind in ("hello", "ask_missed", "ask_beside", "heartbeat")
    assert target.server.reached == (2 if looks else 1)


@pytest.mark.fault("F12")
def test_without_any_parts_nothing_happens() -> None:
    target = Target()
    target.hear()
    target.hear(b"")
    assert target.server.reached == 0


@pytest.mark.fault("F12")
def test_memory_stays_as_it_is_however_much_is_thrown(record_property) -> None:
    chance = random.Random(4)
    target = Target()

    def throw(times: int) -> int:
        for _ in range(times):
            target.hear(CALL, chance.randbytes(chance.randrange(400)))
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = throw(THROWN // 10)
        grown = throw(THROWN) - before
    finally:
        tracemalloc.stop()
    assert grown < 100_000
    record_property("measured", f"{grown / 1000:+.0f} kB / {THROWN}")


@pytest.mark.long
@pytest.mark.timeout(FUZZED_S + 120)
def test_a_fuzzer_finds_nothing_in_a_minute(tmp_path: Path) -> None:
    if find_spec("atheris") is None:
        pytest.skip("atheris is not installed; run `uv sync --group fuzz`")
    harness = Path(__file__).with_name("fuzz_decoder.py")
    for number, act in enumerate(SAMPLES):
        (tmp_path / str(number)).write_bytes(b"\0" + sample(act))
    command = [
        sys.executable,
        str(harness),
        str(tmp_path),
        f"-max_total_time={FUZZED_S}",
        "-timeout=10",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
