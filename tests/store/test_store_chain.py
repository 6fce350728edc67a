from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from store_samples import SESSION_DOCUMENTS, note

from controller.session.documents import Document, Entry
from controller.store.chain import GENESIS, START, Link, Mark, canonical, digest, fault, link


def chained(documents: list[Document]) -> list[Link]:
    rows: list[Link] = []
    end = START
    for seq, document in enumerate(documents, start=1):
        entry = Entry(
            session="s-1",
            seq=seq,
            kind=document.kind,
            operator="op",
            mono_ns=seq * 10,
            wall="2026-01-31T09:30:00.000000Z",
            data=document,
        )
        rows.append(link(entry, end))
        end = rows[-1].mark
    return rows


def first_fault(rows: list[Link]) -> int | None:
    """Place of the first row that does not follow the one before it."""
    end = START
    for place, row in enumerate(rows):
        if fault(row, end) is not None:
            return place
        end = row.mark
    return None


CHAINS = st.lists(SESSION_DOCUMENTS, min_size=3, max_size=8).map(chained)


def test_hash_is_sha256_of_previous_hash_and_body() -> None:
    # Computed with sha256sum over 64 zeros and two braces.
    assert (
        digest(GENESIS, "{}") == "5508d2b710e64bc470079e1b211d9c58e21011e59d0559e422345dc19d659a75"
    )


@seed(1)
@settings(max_examples=50, deadline=None)
@given(CHAINS)
def test_an_untouched_chain_has_no_fault(rows: list[Link]) -> None:
    assert first_fault(rows) is None
    assert all(
        canonical(Entry.from_body(row.body).model_dump(mode="json")) == row.body for row in rows
    )


@seed(1)
@settings(max_examples=100, deadline=None)
@given(CHAINS, st.data())
def test_any_changed_body_is_found_where_it_is(rows: list[Link], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    body = rows[place].body
    cut = data.draw(st.integers(0, len(body)))
    other = data.draw(st.sampled_from([" ", "0", "x", '"']))
    rows[place] = replace(rows[place], body=body[:cut] + other + body[cut:])
    assert first_fault(rows) == place


@seed(1)
@settings(max_examples=100, deadline=None)
@given(CHAINS, st.data())
def test_any_entry_taken_out_before_the_end_is_found(rows: list[Link], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 2))
    del rows[place]
    assert first_fault(rows) == place
    assert fault(rows[place], rows[place - 1].mark if place else START) == "missing"


@seed(1)
@settings(max_examples=100, deadline=None)
@given(CHAINS, st.data())
def test_two_entries_that_change_places_are_found(rows: list[Link], data: st.DataObject) -> None:
    one, other = sorted(data.draw(st.permutations(range(len(rows))))[:2])
    rows[one], rows[other] = rows[other], rows[one]
    assert first_fault(rows) == one


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("session", "s-2"),
        ("kind", "gap"),
        ("operator", "somebody else"),
        ("mono_ns", 11),
        ("mono_ns", 10.0),
        ("wall", "2026-01-31T09:31:00.000000Z"),
    ],
)
def test_a_column_that_differs_from_the_body_is_found(column: str, value: object) -> None:
    (row,) = chained([note()])
    changed = replace(row, **{column: value})
    assert fault(changed, START) == "columns"


@pytest.mark.parametrize("body", ["[]", "nonsense", '{"b":1,"a":2}', '{"a": 1}', '{"a":1,"a":1}'])
def test_a_body_in_another_form_is_found_even_with_a_fitting_hash(body: str) -> None:
    (row,) = chained([note()])
    forged = replace(row, body=body, hash=digest(GENESIS, body))
    assert fault(forged, START) == "form"


def test_an_entry_cannot_be_linked_out_of_its_order() -> None:
    entry = Entry.from_body(chained([note()])[0].body)
    with pytest.raises(ValueError, match="cannot follow"):
        link(entry, Mark(4, GENESIS))
