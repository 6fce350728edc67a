"""Owns which runtime on another machine this console knows: its address and its key.

It neither starts nor ends one. A runtime is known once the two were paired.
"""

from __future__ import annotations

from pathlib import Path

from controller.language import _
from vr_runtime.wire.keys import Peer, load_peers
from vr_runtime.wire.own import own_identity
from vr_runtime.wire.place import Place
from vr_runtime.wire.sockets import AddressUnusable, split_address

_HIGHEST = 65_533
"""Two ports follow the one that is named."""


class NotPaired(Exception):
    """This console does not know the runtime there; the text says what to do."""


def same_place(one: str, other: str) -> bool:
    """Whether two addresses name the same host and port, as they are written."""
    try:
        (host, port), (other_host, other_port) = split_address(one), split_address(other)
    except AddressUnusable:
        return False
    return host.casefold() == other_host.casefold() and port == other_port


def checked(address: str) -> str:
    """The address as it is kept. Raises `NotPaired` with one sentence when it is none."""
    try:
        host, port = split_address(address)
    except AddressUnusable:
        host, port = "", None
    if port is None or port > _HIGHEST:
        text = _("{address} is not an address; write it as tcp://host:5600.")
        raise NotPaired(text.format(address=address))
    return f"tcp://{host}:{port}"


def known_runtimes(folder: Path) -> tuple[Peer, ...]:
    """The runtimes this console was paired with. Raises `KeysUnreadable`."""
    return tuple(p for p in load_peers(folder) if p.role == "runtime")


def find(folder: Path, address: str) -> Place:
    """Where the runtime at `address` is and how the two know each other.

    Raises:
        NotPaired: this console does not know it.
        KeysUnreadable: this console's own files cannot be read.
    """
    kept = checked(address)
    for peer in known_runtimes(folder):
        if same_place(peer.address, kept):
            return Place(kept, peer.public, own_identity(folder))
    text = _("This console is not paired with {address}; run palier pair {address} first.")
    raise NotPaired(text.format(address=kept))
