"""Protocols of a clinic for tests: the shipped one with its own name, and some of it changed."""

from __future__ import annotations

from controller.protocol.reading import shipped

NAME = ('id = "palier-default"\nversion = "1"', 'id = "clinic"\nversion = "1"')
REVIEW = (NAME[1], f'{NAME[1]}\nreviewed = {{ by = "Dr A", on = "2026-11-02" }}')


def draft(*changes: tuple[str, str]) -> str:
    """The shipped text under the clinic's own name; each change is found once."""
    text = shipped().text
    for old, new in (NAME, *changes):
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        text = text.replace(old, new)
    return text
