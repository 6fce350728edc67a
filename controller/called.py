"""Owns how sentences call the therapist's acts: by keys, or by words where there are no keys.

It knows neither the keys nor the words; whoever leads gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_by_word: ContextVar[Callable[[str], str] | None] = ContextVar("palier_called", default=None)


@contextmanager
def by_word(word: Callable[[str], str]) -> Iterator[None]:
    """Within this, and in what is begun within it, acts are called as `word` says."""
    token = _by_word.set(word)
    try:
        yield
    finally:
        _by_word.reset(token)


def called(act: str, key: str) -> str:
    """What the therapist is told to press or to type for this act; `key` where there are keys."""
    word = _by_word.get()
    return key if word is None else word(act)
