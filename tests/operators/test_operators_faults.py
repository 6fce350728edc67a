"""What is told of a fault, or of an entry that cannot be read, holds no value."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller import fault
from controller.session.documents import Entry, Note

NOTE = "mentions the drowned sister"


def test_a_fault_of_a_command_is_told_by_its_places_alone() -> None:
    def fails(note: str) -> None:
        raise RuntimeError(f"cannot write {note}")

    try:
        fails(NOTE)
    except RuntimeError as error:
        sentence = fault.told(error)
    assert "RuntimeError" in sentence and "test_operators_faults.py" in sentence
    assert "fails" in sentence and NOTE not in sentence
    assert str(Path.home()) not in sentence


def test_an_entry_that_cannot_be_read_is_told_without_what_it_says() -> None:
    body = Note(text=NOTE, tick=1).model_dump_json()
    with pytest.raises(ValueError) as caught:
        Entry.from_body('{"session": "s", "seq": 0, "data": ' + body + "}")
    assert NOTE not in str(caught.value)
