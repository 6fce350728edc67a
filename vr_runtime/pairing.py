"""Owns `palier-runtime --pair`: who may lead or watch here, by file and by a short spoken code.

It starts no display and runs no session; a runtime that runs beside it sees the changed list.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vr_runtime.language import _, language, mark
from vr_runtime.wire.keys import (
    Card,
    Identity,
    Peer,
    PeerRole,
    load_peers,
    named,
    read_card,
    save_peers,
    with_peer,
    write_card,
)
from vr_runtime.wire.pairing import Given, RuntimePairing, Trouble
from vr_runtime.wire.sockets import PairingHost, is_loopback, split_address
from vr_runtime.wire.spoken import as_spoken, new_code

DONE, FOUND, WRONG_USAGE, NOT_AVAILABLE = 0, 1, 2, 3
_LISTEN_S = 0.25
_EVERYWHERE = ("0.0.0.0", "*", "::")

_OVER: dict[Trouble, tuple[int, str]] = {
    Trouble.TOO_MANY_TRIES: (
        FOUND,
        mark("Three wrong codes: nobody was paired. Begin again with palier-runtime --pair."),
    ),
    Trouble.TOO_LATE: (
        NOT_AVAILABLE,
        mark("Two minutes are over: nobody was paired. Begin again with palier-runtime --pair."),
    ),
}


@dataclass(frozen=True)
class Wish:
    """What is to be done with this machine's list of consoles."""

    folder: Path
    bind: str
    name: str
    role: PeerRole = "therapist"
    listing: bool = False
    revoke: str | None = None
    change: str | None = None
    """Name of a known console that is to have `role`."""
    export: Path | None = None
    take: Path | None = None
    as_json: bool = False


def carry_out(wish: Wish, own: Identity) -> int:
    """Do what is wished; gives the exit code.

    Raises:
        AddressUnusable: the address to pair at cannot be had.
        KeysUnreadable: the list of known consoles cannot be read.
        OSError: a card cannot be read or written.
    """
    if wish.listing:
        return _list(wish)
    if wish.revoke is not None:
        return _revoke(wish, wish.revoke)
    if wish.change is not None:
        return _change(wish, wish.change)
    if wish.export is not None:
        return _export(wish, wish.export, own)
    if wish.take is not None:
        return _take(wish, wish.take)
    return _by_code(wish, own)


def _known(wish: Wish) -> tuple[Peer, ...]:
    return tuple(p for p in load_peers(wish.folder) if p.role != "runtime")


def _list(wish: Wish) -> int:
    known = _known(wish)
    if wish.as_json:
        rows = [p.model_dump(include={"name", "role", "public"}) for p in known]
        print(json.dumps(rows, ensure_ascii=False))
        return DONE
    for peer in known:
        print(f"{peer.name}  {peer.role}  {peer.public}")
    if not known:
        print(_("No console is paired with this machine."))
    return DONE


def _not_found(name: str) -> int:
    text = _("No console is named {name}; palier-runtime --pair --list names them.")
    print(f"palier-runtime: {text.format(name=name)}", file=sys.stderr)
    return WRONG_USAGE


def _revoke(wish: Wish, name: str) -> int:
    known = _known(wish)
    peer = named(known, name)
    if peer is None:
        return _not_found(name)
    save_peers(wish.folder, tuple(p for p in known if p != peer))
    print(_("{name} is not answered here any more.").format(name=peer.name))
    return DONE


def _change(wish: Wish, name: str) -> int:
    known = _known(wish)
    peer = named(known, name)
    if peer is None:
        return _not_found(name)
    save_peers(wish.folder, with_peer(known, peer.model_copy(update={"role": wish.role})))
    print(_told(peer.name, wish.role))
    return DONE


def _told(name: str, role: PeerRole) -> str:
    sentence = {
        "therapist": _("{name} may lead sessions here."),
        "supervisor": _(
            "{name} may stop here, and watch once a patient has consented, as supervisor."
        ),
        "observer": _("{name} may watch here, once a patient has consented."),
    }[role]
    return sentence.format(name=name)


def _export(wish: Wish, path: Path, own: Identity) -> int:
    host, port = split_address(wish.bind)
    if host in _EVERYWHERE or port is None:
        text = _("Name with --bind the address by which consoles reach this machine.")
        print(f"palier-runtime: {text}", file=sys.stderr)
        return WRONG_USAGE
    write_card(path, Card(side="runtime", name=wish.name, public=own.public, address=wish.bind))
    text = _(
        "The card of this machine is at {file}; on the therapist's machine: "
        "palier pair --import {file}"
    )
    print(text.format(file=path))
    _warn_of_loopback(host)
    return DONE


def _take(wish: Wish, path: Path) -> int:
    card = read_card(path, "console")
    if card is None:
        text = _("{file} is not the card of a console; palier pair --export FILE writes one.")
        print(f"palier-runtime: {text.format(file=path)}", file=sys.stderr)
        return FOUND
    print(_told(_keep(wish, card), wish.role))
    return DONE


def _keep(wish: Wish, card: Card) -> str:
    """Know this console from now on; gives the name it has here."""
    known = _known(wish)
    peers = with_peer(known, Peer(name=card.name, role=wish.role, public=card.public))
    save_peers(wish.folder, peers)
    return peers[-1].name


def _warn_of_loopback(host: str) -> None:
    if is_loopback(host):
        text = _(
            "{host} is this machine alone; for a console on another one, name with --bind the "
            "address by which it reaches this machine."
        )
        print(text.format(host=host), file=sys.stderr)


def _by_code(wish: Wish, own: Identity) -> int:
    host, _port = split_address(wish.bind)
    code = new_code(language())
    spoken = as_spoken(code)
    assert spoken is not None, "made so that it can be typed"
    host_end = PairingHost(wish.bind)
    try:
        _show(wish, host, code)
        card = Card(side="runtime", name=wish.name, public=own.public, address=wish.bind)
        pairing = RuntimePairing(spoken, Given(card=card, role=wish.role))
        return serve(pairing, host_end.receive, host_end.answer, lambda card: _keep(wish, card))
    finally:
        host_end.close()


def _show(wish: Wish, host: str, code: str) -> None:
    shown = _("ADDRESS OF THIS MACHINE") if host in _EVERYWHERE else host
    address = wish.bind.replace(host, shown, 1)
    print(_("On the therapist's machine type: palier pair {address}").format(address=address))
    print(_("The code is: {code}").format(code=code), flush=True)
    text = _("It works once, for two minutes; three mistakes end it.")
    print(text, file=sys.stderr, flush=True)
    _warn_of_loopback(host)


def serve(
    pairing: RuntimePairing,
    receive: Callable[[float], tuple[bytes, bytes] | None],
    answer: Callable[[bytes, bytes], None],
    keep: Callable[[Card], str],
) -> int:
    """Answer whoever tries the code until it is used or worth nothing; gives the exit code.

    Args:
        pairing: the code.
        receive: the next message within so many seconds, and where its answer goes.
        answer: sends an answer.
        keep: remembers the console that knew the code and gives the name it has here.
    """
    while pairing.over is None:
        message = receive(min(_LISTEN_S, pairing.left_s))
        if message is None:
            continue
        route, body = message
        before = pairing.tries_left
        told = pairing.answer(route, body)
        if pairing.paired is not None:
            # Known here before it is told so there: a console never believes too much.
            name = keep(pairing.paired)
            answer(route, told)
            print(_told(name, pairing.role))
            return DONE
        answer(route, told)
        if pairing.tries_left < before:
            text = _("A wrong code was given; tries left: {count}.")
            print(text.format(count=pairing.tries_left), file=sys.stderr, flush=True)
    code, sentence = _OVER[pairing.over]
    print(f"palier-runtime: {_(sentence)}", file=sys.stderr)
    return code
