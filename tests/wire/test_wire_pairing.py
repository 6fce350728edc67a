"""Pairing by a spoken code: who knows the code is known; nobody else learns or gains anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vr_runtime.wire.keys import Card, Identity, Peer, named, read_card, with_peer, write_card
from vr_runtime.wire.pairing import (
    CODE_LASTS_S,
    TRIES,
    ConsolePairing,
    Given,
    PairingFailed,
    RuntimePairing,
    Trouble,
)
from vr_runtime.wire.spoken import WORDS, as_spoken, new_code

CODE = "4271garden"
CONSOLE = Card(side="console", name="Room 2", public="c" * 40)
RUNTIME = Card(side="runtime", name="Headset", public="r" * 40, address="tcp://10.0.0.5:5600")


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def runtime(clock: Clock | None = None) -> RuntimePairing:
    return RuntimePairing(CODE, Given(card=RUNTIME, role="therapist"), now=clock or Clock())


def attempt(side: RuntimePairing, code: str = CODE, route: bytes = b"a") -> Given:
    console = ConsolePairing(code, CONSOLE)
    begun = side.answer(route, console.begin())
    return console.finish(side.answer(route, console.present(begun)))


def why(side: RuntimePairing, code: str = CODE) -> Trouble:
    with pytest.raises(PairingFailed) as failed:
        attempt(side, code)
    return failed.value.why


def test_who_knows_the_code_is_given_card_and_role_and_is_known() -> None:
    side = runtime()
    assert attempt(side) == Given(card=RUNTIME, role="therapist")
    assert side.paired == CONSOLE


def test_a_code_works_once() -> None:
    side = runtime()
    attempt(side)
    assert why(side) is Trouble.USED


def test_three_wrong_codes_end_it_and_the_fourth_try_fails_with_the_right_one() -> None:
    side = runtime()
    assert [why(side, "0000garden") for _ in range(TRIES)] == [
        Trouble.WRONG_CODE,
        Trouble.WRONG_CODE,
        Trouble.TOO_MANY_TRIES,
    ]
    assert why(side) is Trouble.TOO_MANY_TRIES
    assert side.paired is None


def test_after_two_minutes_the_right_code_is_worth_nothing() -> None:
    clock = Clock()
    side = runtime(clock)
    clock.now_s += CODE_LASTS_S - 0.1
    assert side.over is None
    clock.now_s += 0.2
    assert (side.over, side.left_s) == (Trouble.TOO_LATE, 0.0)
    assert why(side) is Trouble.TOO_LATE


def test_what_was_overheard_gains_nothing_when_it_is_sent_again() -> None:
    side = runtime()
    console = ConsolePairing(CODE, CONSOLE)
    begin = console.begin()
    present = console.present(side.answer(b"a", begin))
    other = runtime()
    other.answer(b"b", begin)
    told = json.loads(other.answer(b"b", present))
    assert told == {"kind": "turned_away", "why": "wrong_code", "tries_left": 2}
    assert other.paired is None


def test_a_guesser_in_many_exchanges_at_once_has_three_guesses_in_all() -> None:
    side = runtime()
    guessers = [ConsolePairing(f"{n:04d}garden", CONSOLE) for n in range(6)]
    begun = [side.answer(bytes([n]), g.begin()) for n, g in enumerate(guessers)]
    boxes = [g.present(told) for g, told in zip(guessers, begun, strict=True)]
    answers = [json.loads(side.answer(bytes([n]), box)) for n, box in enumerate(boxes)]
    assert [a["why"] for a in answers] == ["wrong_code"] * 2 + ["too_many_tries"] * 4


def test_a_stranger_who_plays_the_runtime_is_not_believed() -> None:
    stranger = RuntimePairing("0000garden", Given(card=RUNTIME, role="therapist"), now=Clock())
    assert why(stranger, CODE) is Trouble.WRONG_CODE
    console = ConsolePairing(CODE, CONSOLE)
    console.present(runtime().answer(b"a", console.begin()))
    forged = json.dumps({"kind": "presented", "box": "00" * 40}).encode()
    with pytest.raises(PairingFailed):
        console.finish(forged)


def test_its_own_message_sent_back_is_refused() -> None:
    console = ConsolePairing(CODE, CONSOLE)
    mirrored = json.loads(console.begin())
    reply = json.dumps({"kind": "begun", "element": mirrored["element"]}).encode()
    with pytest.raises(PairingFailed):
        console.present(reply)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=8))
def test_no_bytes_at_all_pair_or_break_the_runtime(body: bytes, route: bytes) -> None:
    side = runtime()
    assert b"turned_away" in side.answer(route, body)
    assert side.paired is None and side.over is None


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_message_changed_anywhere_pairs_nobody(data: st.DataObject) -> None:
    side = runtime()
    console = ConsolePairing(CODE, CONSOLE)
    begun = side.answer(b"a", console.begin())
    present = json.loads(console.present(begun))
    sealed = bytearray.fromhex(present["box"])
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    present["box"] = sealed.hex()
    told = json.loads(side.answer(b"a", json.dumps(present).encode()))
    assert told["kind"] == "turned_away" and side.paired is None


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_answer_at_all_breaks_the_console(body: bytes) -> None:
    console = ConsolePairing(CODE, CONSOLE)
    console.begin()
    with pytest.raises(PairingFailed):
        console.present(body)


def test_a_code_may_be_typed_as_it_is_heard() -> None:
    for typed in ("4271 jardin", "4271-JARDIN", " Jardin 4271 ", "4271jardin"):
        assert as_spoken(typed) == "4271jardin"
    assert as_spoken("0042 fougère") == "0042fougere"
    for typed in ("", "4271", "jardin", "42711 jardin", "4271 jardin 2", "4271 ja"):
        assert as_spoken(typed) is None


def test_every_word_can_be_typed_and_stands_once() -> None:
    for words in WORDS.values():
        assert len(set(words)) == len(words) == 64
        assert all(as_spoken(f"0000 {word}") == f"0000{word}" for word in words)
    assert as_spoken(new_code("fr")) is not None


def test_one_key_has_one_entry_and_two_consoles_never_one_name() -> None:
    first = Peer(name="Room", role="therapist", public="a" * 40)
    second = Peer(name="room", role="observer", public="b" * 40)
    peers = with_peer(with_peer((), first), second)
    assert [p.name for p in peers] == ["Room", "room 2"]
    again = with_peer(peers, first.model_copy(update={"role": "observer"}))
    assert [(p.name, p.role) for p in again] == [("room 2", "observer"), ("Room", "observer")]
    assert named(again, " ROOM ") == again[1]


def test_a_card_holds_no_secret_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "cards" / "room.card"
    write_card(path, CONSOLE)
    assert path.stat().st_mode & 0o777 == 0o600
    assert "secret" not in path.read_text()
    assert read_card(path, "console") == CONSOLE
    assert read_card(path, "runtime") is None
    path.write_text(Identity(public="a" * 40, secret="b" * 40).model_dump_json())
    assert read_card(path, "console") is None
