"""Owns what a pack carries of what its scenarios say of themselves; runs none of them.

A scenario's declaration is made where the pack is built, from its class. It is all that is shown
before somebody approves the pack: until then no byte of the pack is run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from scenarios.api.manifest import Manifest
from vr_runtime.language import _
from vr_runtime.packs import fault
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.limits import MOST_DECLARATION_BYTES, MOST_DECLARED_BYTES
from vr_runtime.packs.manifest import SPACES, Held, in_units
from vr_runtime.packs.names import declaration_of
from vr_runtime.packs.reading import Pack


@dataclass(frozen=True)
class Declared:
    """One scenario of a pack, as the pack tells of it."""

    held: Held
    manifest: Manifest


def canonical(manifest: Manifest) -> bytes:
    """A declaration as a pack carries it: always the same bytes for the same content."""
    # What a later version of Palier adds has a usual value: what was built before stays as it is.
    said = manifest.model_dump(mode="json", exclude_defaults=True)
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


def declared(pack: Pack, shown: str) -> tuple[Declared, ...]:
    """What a pack that was read whole carries of its scenarios, in the order of its manifest.

    Raises `PackFault` where a declaration is missing, not of its form, or of another scenario.
    """
    if sum(map(len, pack.declarations.values())) > MOST_DECLARED_BYTES:
        raise too_much_declared(shown)
    return tuple(_declared(each, pack, shown) for each in pack.manifest.scenarios)


def _declared(held: Held, pack: Pack, shown: str) -> Declared:
    path = declaration_of(held.id)
    listed = any(each.path == path for each in pack.manifest.files)
    if not listed:
        told = _("The pack carries no declaration of `{id}`.").format(id=held.id)
        hint = _("let its author build it with this version of Palier")
        raise PackFault(f"{shown}/{path}", fault.UNDECLARED, told, hint)
    return Declared(held, parsed(pack.declarations.get(path), held, f"{shown}/{path}"))


def parsed(raw: bytes | None, held: Held, where: str) -> Manifest:
    """The declaration in these bytes, of which None stands for too many. Raises `PackFault`."""
    if raw is None or len(raw) > MOST_DECLARATION_BYTES:
        told = _("A declaration is {limit} at most.").format(limit=in_units(MOST_DECLARATION_BYTES))
        raise PackFault(where, fault.TOO_LARGE, told)
    try:
        manifest = Manifest.model_validate_json(raw, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        field = ascii(".".join(str(part) for part in first["loc"]))[1:-1][:80]
        told = _("The declaration is not of its form.")
        if field:
            told = _("The declaration is not of its form: `{field}`.").format(field=field)
        raise _not_of_its_form(where, told) from None
    if canonical(manifest) != raw:
        raise _not_of_its_form(where, _("The declaration is not as `pack build` writes it."))
    for text in _texts(manifest.model_dump(mode="json")):
        if not is_readable(text):
            told = _("A text of the declaration holds signs that cannot be read on a screen.")
            raise _not_of_its_form(where, told)
    if (manifest.id, manifest.version) != (held.id, held.version):
        told = _("The declaration is of {id} {version}, and the manifest says {told} {own}.")
        message = told.format(
            id=manifest.id, version=manifest.version, told=held.id, own=held.version
        )
        raise PackFault(where, fault.OF_ANOTHER, message)
    return manifest


def is_readable(text: str) -> bool:
    """Whether nothing in it could steer a terminal, turn the writing, or end a line."""
    return all(sign.isprintable() or sign in SPACES for sign in text)


def too_much_declared(shown: str) -> PackFault:
    """A pack that says too much."""
    told = _("The declarations of the pack are larger than {limit} together.")
    return PackFault(shown, fault.TOO_LARGE, told.format(limit=in_units(MOST_DECLARED_BYTES)))


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for each in said.values():
            yield from _texts(each)
    elif isinstance(said, list):
        for each in said:
            yield from _texts(each)


def _not_of_its_form(where: str, told: str) -> PackFault:
    hint = _("let its author build it with this version of Palier")
    return PackFault(where, fault.DECLARATION, told, hint)
