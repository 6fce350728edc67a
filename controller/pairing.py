"""Owns `palier pair`: which runtimes this console knows, by file and by a short spoken code.

What a console may do at a runtime is said by the runtime's side alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from controller.far_runtime import NotPaired, checked, known_runtimes
from controller.language import _, mark
from vr_runtime.wire.keys import (
    Card,
    Peer,
    PeerRole,
    load_peers,
    named,
    read_card,
    save_peers,
    with_peer,
    write_card,
)
from vr_runtime.wire.own import own_identity
from vr_runtime.wire.pairing import ConsolePairing, Given, PairingFailed, Trouble
from vr_runtime.wire.sockets import PairingGuest
from vr_runtime.wire.spoken import as_spoken

DONE, FOUND, WRONG_USAGE, NOT_AVAILABLE = 0, 1, 2, 3
ANSWER_S = 10.0

_SENTENCES: dict[Trouble, str] = {
    Trouble.WRONG_CODE: mark("This is not the code that is shown there."),
    Trouble.TOO_MANY_TRIES: mark(
        "Three wrong codes: this code is worth nothing any more; have a new one shown there."
    ),
    Trouble.TOO_LATE: mark("The two minutes of this code are over; have a new one shown there."),
    Trouble.USED: mark("This code was used already; have a new one shown there."),
    Trouble.OTHER_VERSION: mark(
        "The two machines have different versions of Palier; install the same one."
    ),
    Trouble.UNREADABLE: mark("What answers there is not pairing; look at the address."),
    Trouble.NO_ANSWER: mark(
        "Nothing answers there; run palier-runtime --pair on the patient's machine, "
        "and look at address and firewall."
    ),
}
_EXITS: dict[Trouble, int] = {Trouble.WRONG_CODE: FOUND, Trouble.TOO_MANY_TRIES: FOUND}
_ROLES: dict[PeerRole, str] = {
    "therapist": mark("It lets this console lead sessions."),
    "supervisor": mark(
        "It lets this console stop, and watch once a patient has consented, as supervisor."
    ),
    "observer": mark("It lets this console watch, once a patient has consented."),
}


@dataclass(frozen=True)
class Wish:
    """What is to be done with this console's list of runtimes."""

    folder: Path
    name: str
    address: str | None = None
    listing: bool = False
    revoke: str | None = None
    export: Path | None = None
    take: Path | None = None
    as_json: bool = False


def carry_out(wish: Wish, ask: Callable[[], str]) -> int:
    """Do what is wished; gives the exit code.

    Args:
        wish: what is to be done.
        ask: asks for the code and gives what was typed, "" at the end of the input.

    Raises:
        NotPaired: the address is none.
        KeysUnreadable: this console's own files cannot be read.
        OSError: a card cannot be read or written.
    """
    if wish.listing:
        return _list(wish)
    if wish.revoke is not None:
        return _revoke(wish, wish.revoke)
    if wish.export is not None:
        write_card(wish.export, _own_card(wish))
        text = _(
            "The card of this console is at {file}; on the patient's machine: "
            "palier-runtime --pair --import {file}"
        )
        print(text.format(file=wish.export))
        return DONE
    if wish.take is not None:
        return _take(wish, wish.take)
    if wish.address is None:
        text = _("Name the patient's machine, as in palier pair tcp://192.168.1.20:5600.")
        return _say(WRONG_USAGE, text)
    return _by_code(wish, checked(wish.address), ask)


def _say(code: int, sentence: str) -> int:
    print(f"palier: {sentence}", file=sys.stderr, flush=True)
    return code


def _own_card(wish: Wish) -> Card:
    return Card(side="console", name=wish.name, public=own_identity(wish.folder).public)


def _list(wish: Wish) -> int:
    known = known_runtimes(wish.folder)
    if wish.as_json:
        rows = [p.model_dump(include={"name", "address", "public"}) for p in known]
        print(json.dumps(rows, ensure_ascii=False))
        return DONE
    for peer in known:
        print(f"{peer.name}  {peer.address}  {peer.public}")
    if not known:
        print(_("This console is paired with no other machine."))
    return DONE


def _revoke(wish: Wish, name: str) -> int:
    known = load_peers(wish.folder)
    peer = named(known, name)
    if peer is None:
        text = _("No machine is named {name}; palier pair --list names them.")
        return _say(WRONG_USAGE, text.format(name=name))
    save_peers(wish.folder, tuple(p for p in known if p != peer))
    print(_("This console does not know {name} any more.").format(name=peer.name))
    return DONE


def _take(wish: Wish, path: Path) -> int:
    card = read_card(path, "runtime")
    if card is None:
        text = _(
            "{file} is not the card of a patient's machine; "
            "palier-runtime --pair --export FILE writes one."
        )
        return _say(FOUND, text.format(file=path))
    try:
        address = checked(wish.address or card.address)
    except NotPaired:
        text = _("The card names no address; give it: palier pair tcp://host:5600 --import {file}")
        return _say(WRONG_USAGE, text.format(file=path))
    _keep(wish, card, address)
    return DONE


def _keep(wish: Wish, card: Card, address: str) -> None:
    # One address, one runtime: a machine set up anew takes the place of what it was.
    others = tuple(p for p in load_peers(wish.folder) if p.address != address)
    peer = Peer(name=card.name, role="runtime", public=card.public, address=address)
    peers = with_peer(others, peer)
    save_peers(wish.folder, peers)
    text = _("Paired with {name}; lead sessions there with palier --runtime {address}")
    print(text.format(name=peers[-1].name, address=address))


def _by_code(wish: Wish, address: str, ask: Callable[[], str]) -> int:
    card = _own_card(wish)
    while True:
        typed = ask()
        if not typed:
            return _say(WRONG_USAGE, _("No code was given."))
        spoken = as_spoken(typed)
        if spoken is None:
            _say(WRONG_USAGE, _("A code is four digits and a word, as in 4271 garden."))
            continue
        try:
            given = try_code(address, spoken, card)
        except PairingFailed as failed:
            _say(0, _(_SENTENCES[failed.why]))
            if failed.why is Trouble.WRONG_CODE and failed.tries_left:
                continue
            return _EXITS.get(failed.why, NOT_AVAILABLE)
        _keep(wish, given.card, address)
        print(_(_ROLES[given.role]))
        return DONE


def try_code(address: str, spoken: str, card: Card) -> Given:
    """Try a code at the pairing port of `address`. Raises `PairingFailed`."""
    guest = PairingGuest(address)
    try:
        pairing = ConsolePairing(spoken, card)

        def told(body: bytes) -> bytes:
            answer = guest.ask(body, ANSWER_S)
            if answer is None:
                raise PairingFailed(Trouble.NO_ANSWER)
            return answer

        return pairing.finish(told(pairing.present(told(pairing.begin()))))
    finally:
        guest.close()
