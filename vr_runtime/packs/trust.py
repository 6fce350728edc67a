"""Owns whose signatures this machine knows by name; judges no signature."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from vr_runtime.language import _
from vr_runtime.packs.manifest import readable
from vr_runtime.packs.signing import KeyUnusable, PublicKey
from vr_runtime.wire.keys import write_private

KNOWN = "pack-keys.json"
"""Name of the list, in the user's data folder."""


class Known(BaseModel):
    """A key that somebody at this machine vouched for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=80), AfterValidator(readable)]
    key: str = Field(pattern=r"^[0-9a-f]{64}$")

    @property
    def fingerprint(self) -> str:
        """What people compare."""
        return PublicKey(self.key).fingerprint


_LIST: TypeAdapter[tuple[Known, ...]] = TypeAdapter(tuple[Known, ...])


def known_keys(path: Path) -> tuple[Known, ...]:
    """All that are known here, by name; none where there is no list. Raises `KeyUnusable`."""
    try:
        return _LIST.validate_json(path.read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValidationError):
        told = _("{file} cannot be read; move it away and name the keys again.")
        raise KeyUnusable(told.format(file=path)) from None


def trust(path: Path, key: PublicKey, name: str) -> Known:
    """Know a key by this name from now on. Raises `KeyUnusable`, `OSError`."""
    try:
        added = Known(name=name.strip(), key=key.hex)
    except ValidationError:
        told = _("Give a name of 1 to 80 characters that can be read on a screen.")
        raise KeyUnusable(told) from None
    others = tuple(one for one in known_keys(path) if one.key != key.hex)
    if any(one.name.casefold() == added.name.casefold() for one in others):
        told = _("Another key is known as {name}; give a name that tells them apart.")
        raise KeyUnusable(told.format(name=added.name))
    _keep(path, (*others, added))
    return added


def distrust(path: Path, name: str) -> Known | None:
    """Know a key no more, by its name or fingerprint; None where none is meant.

    Raises `KeyUnusable`, `OSError`.
    """
    keys = known_keys(path)
    wanted = name.strip().casefold()
    bare = wanted.replace(" ", "")
    gone = next((k for k in keys if wanted == k.name.casefold() or bare == k.fingerprint), None)
    if gone is not None:
        _keep(path, tuple(one for one in keys if one is not gone))
    return gone


def name_of(keys: tuple[Known, ...], key: PublicKey) -> str:
    """The name that a key is known by; empty for one that is not known."""
    return next((one.name for one in keys if one.key == key.hex), "")


def _keep(path: Path, keys: tuple[Known, ...]) -> None:
    ordered = tuple(sorted(keys, key=lambda one: one.name.casefold()))
    write_private(path, _LIST.dump_json(ordered, indent=1).decode())
