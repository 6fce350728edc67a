"""What the system says of files is said in the language spoken now."""

from __future__ import annotations

import errno
import os

import pytest

from vr_runtime.language import use
from vr_runtime.system_words import SAYS, why


@pytest.mark.parametrize("number", SAYS)
def test_no_word_of_the_system_stands_in_a_french_sentence(number: int):
    error = OSError(number, os.strerror(number))
    use("fr")
    french = why(error)
    use("en")
    assert french not in (why(error), os.strerror(number))


def test_what_is_not_known_is_told_as_it_was_said():
    assert why(OSError(errno.ENOTTY, "not a typewriter")) == "not a typewriter"
    assert why(OSError("no number at all")) == "no number at all"
    assert why(ValueError("unknown file extension: .xyz")) == "unknown file extension: .xyz"
