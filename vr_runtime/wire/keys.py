"""Owns identities and who may connect, as files; knows no socket.

A keys folder holds `identity.json` (mode 0600: this machine's own key pair) and `peers.json` (the
public keys it knows, each with a name and a role). A card is what one machine shows another: it
holds nothing secret.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from vr_runtime.wire.base import Message

Z85 = Annotated[str, Field(pattern=r"^[0-9A-Za-z.\-:+=^!/*?&<>()\[\]{}@%$#]{40}$")]
PeerRole = Literal["therapist", "supervisor", "observer"]
"""What a runtime lets a console do."""
LEADING: frozenset[str] = frozenset({"therapist"})
"""Roles that may lead. All others are shown something with the patient's consent alone."""
STOPPING: frozenset[str] = LEADING | {"supervisor"}
"""Roles that may stop, in control or not."""
Role = PeerRole | Literal["runtime"]
PeerName = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]+$")]

IDENTITY = "identity.json"
PEERS = "peers.json"


class KeysUnreadable(Exception):
    """A keys folder cannot be used; the text says which file and what to do."""


class Identity(Message):
    """One end's own CURVE key pair, in Z85."""

    public: Z85
    secret: Z85 = Field(repr=False)


class Peer(Message):
    """Another end that is known here."""

    name: PeerName
    role: Role
    public: Z85
    address: str = Field(default="", max_length=200)
    """Of a runtime: where a console finds it."""


class Card(Message):
    """What one machine shows another to be known by it; nothing in it is secret."""

    kind: Literal["palier_card"] = "palier_card"
    side: Literal["runtime", "console"]
    name: PeerName
    public: Z85
    address: str = Field(default="", max_length=200)
    """Of a runtime: where a console finds it."""


_PEERS: TypeAdapter[tuple[Peer, ...]] = TypeAdapter(tuple[Peer, ...])


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)


def save_identity(folder: Path, identity: Identity) -> None:
    """Keep this end's own key pair."""
    write_private(folder / IDENTITY, identity.model_dump_json(indent=1))


def save_peers(folder: Path, peers: tuple[Peer, ...]) -> None:
    """Keep who is known here; replaces the earlier list."""
    write_private(folder / PEERS, json.dumps([p.model_dump() for p in peers], indent=1))


def with_peer(peers: tuple[Peer, ...], peer: Peer) -> tuple[Peer, ...]:
    """The list with this peer: one key stands in it once, and so does one name."""
    others = tuple(p for p in peers if p.public != peer.public)
    taken = {p.name.casefold() for p in others}
    name, number = peer.name, 2
    while name.casefold() in taken:
        name, number = f"{peer.name[:70]} {number}", number + 1
    return (*others, peer.model_copy(update={"name": name}))


def named(peers: tuple[Peer, ...], name: str) -> Peer | None:
    """The peer of this name, in any case of letters."""
    return next((p for p in peers if p.name.casefold() == name.strip().casefold()), None)


def write_card(path: Path, card: Card) -> None:
    """Write a card to be carried to the other machine. Raises `OSError`."""
    write_private(path, card.model_dump_json(indent=1))


def read_card(path: Path, side: Literal["runtime", "console"]) -> Card | None:
    """The card in a file; None when it holds none of this side. Raises `OSError`."""
    try:
        card = Card.model_validate_json(path.read_bytes())
    except ValidationError:
        return None
    return card if card.side == side else None


def load_identity(folder: Path) -> Identity | None:
    """This end's own key pair, or None when there is none yet. Raises `KeysUnreadable`."""
    path = folder / IDENTITY
    try:
        return Identity.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise KeysUnreadable(f"{path} cannot be read; move it away and pair again.") from error


def load_peers(folder: Path) -> tuple[Peer, ...]:
    """Who is known here; nobody when there is no list yet. Raises `KeysUnreadable`."""
    path = folder / PEERS
    try:
        return _PEERS.validate_json(path.read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValidationError) as error:
        raise KeysUnreadable(f"{path} cannot be read; move it away and pair again.") from error
