"""What the stop keys are in the terminal where the runtime was started by hand."""

from __future__ import annotations

import pytest

from vr_runtime.terminal import KeyReader


@pytest.mark.parametrize(
    ("sent", "stops"),
    [
        ([(b"\x1b[24~", 0.0)], True),
        ([(b"\x1b", 0.0), (b"[24~", 0.01)], True),
        ([(b"\x1b\x1b", 0.0)], True),
        ([(b"\x1b", 0.0), (b"\x1b", 0.5)], True),
        ([(b"\x1b", 0.0), (b"\x1b", 0.7)], False),
        ([(b"\x1b", 0.0), (b"a", 0.1), (b"\x1b", 0.2)], False),
        ([(b"\x1b[A\x1b[A\x1b[B", 0.0)], False),
        ([(b"\x1bOP\x1bOP", 0.0)], False),
        ([(b"hello\xff\x00", 0.0)], False),
        ([(b"words \x1b[24~ words", 0.0)], True),
    ],
)
def test_f12_and_two_escapes_are_told_from_all_other_keys(sent, stops) -> None:
    reader = KeyReader()
    heard = [reader.feed(part, now) for part, now in sent]
    assert (True in heard) is stops
