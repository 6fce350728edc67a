"""Owns what a pack says of itself: its fields, the one way they are written, and the pack's hash.

`pack.toml` has one form for one content: written otherwise, it is refused. So its SHA-256, which is
what `sha256sum pack.toml` prints, is the hash of the pack, as a folder and as an archive.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from scenarios.api.manifest import ScenarioId
from vr_runtime.language import _, mark
from vr_runtime.packs import fault
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.limits import (
    MOST_BYTES,
    MOST_FILE_BYTES,
    MOST_FILES,
    MOST_MANIFEST_BYTES,
)
from vr_runtime.packs.names import MANIFEST, OWN, Spellings, carried, unsafe

FORMAT = 1
SPACES = "\u00a0\u202f"
"""Kept by French typography beside its signs, and no more."""

_HINTS = {
    "name": mark("small letters and digits, words joined by hyphens, as `clinic-heights`"),
    "version": mark("three numbers, as `1.0.0`"),
    "palier_from": mark("three numbers, as `1.0.0`"),
    "palier_before": mark("three numbers, as `1.0.0`"),
    "licence": mark("an SPDX identifier, as `CC-BY-4.0`"),
    "author": mark("a line of 1 to 120 characters"),
    "fr": mark("a line of 1 to 120 characters"),
    "en": mark("a line of 1 to 120 characters"),
}
"""What a field that is not of its form should be."""


def readable(text: str) -> str:
    """The text; raises `ValueError` for one that could steer a terminal, or spans lines."""
    if not all(c.isprintable() or c in SPACES for c in text) or text != text.strip():
        raise ValueError("a text that can be read on a screen, without a line's end")
    return text


Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Three = Annotated[str, Field(pattern=r"^(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}$")]
PackName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Text = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(readable)]
Licence = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.+-]{0,63}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Title(_Part):
    """The pack's name for people, in both languages."""

    fr: Text
    en: Text

    def get(self, language: str) -> str:
        """The text in `language`; anything but "fr" reads English."""
        return self.fr if language == "fr" else self.en


class About(_Part):
    """What an author says of a pack; may stand as `pack.toml` in the folder it is built of."""

    name: PackName
    version: Three
    title: Title
    author: Text
    licence: Licence
    """An SPDX identifier."""
    palier_from: Three
    """First version of Palier that it is for."""
    palier_before: Three
    """First version that it is no longer for."""

    def fits(self, palier: str) -> bool:
        """Whether it is for this version of Palier."""
        return numbers(self.palier_from) <= numbers(palier) < numbers(self.palier_before)


class Held(_Part):
    """One scenario of the pack."""

    id: ScenarioId
    version: Three
    path: str
    """Its file or its folder in the pack."""
    sha256: Digest
    """Fingerprint, as the record of a session keeps it."""


class Listed(_Part):
    """One file of the pack."""

    path: str
    sha256: Digest
    size: int = Field(ge=0, le=MOST_FILE_BYTES, strict=True)


class PackManifest(About):
    """All that a pack says of itself."""

    format: Literal[1]
    scenarios: tuple[Held, ...] = Field(min_length=1, max_length=200)
    files: tuple[Listed, ...] = Field(min_length=1, max_length=MOST_FILES)

    @model_validator(mode="after")
    def _each_scenario_is_there(self) -> PackManifest:
        ids = [each.id for each in self.scenarios]
        if len(set(ids)) < len(ids):
            raise ValueError("a scenario stands twice")
        paths = {each.path for each in self.files}
        for each in self.scenarios:
            if each.path not in paths and f"{each.path}/scenario.py" not in paths:
                raise ValueError(f"{each.path} is not among the files")
        return self

    @property
    def bytes(self) -> int:
        """Size of all files together."""
        return sum(each.size for each in self.files)

    @property
    def hash(self) -> str:
        """The pack's hash: what a clinic approves."""
        return hash_of(written(self))

    @property
    def folder(self) -> str:
        """Name of the folder that it is installed in."""
        return f"{self.name}-{self.version}-{self.hash[:12]}"


def hash_of(manifest: bytes) -> str:
    """The hash of the pack with these bytes as `pack.toml`, 64 hex digits."""
    return hashlib.sha256(manifest).hexdigest()


def numbers(version: str) -> tuple[int, int, int]:
    """The three numbers of a version, to compare by; what follows them does not count."""
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    return (int(found[1]), int(found[2]), int(found[3])) if found else (0, 0, 0)


def written(manifest: PackManifest) -> bytes:
    """The manifest as `pack.toml`: always the same bytes for the same content."""
    lines = [
        f"format = {FORMAT}",
        f"name = {quoted(manifest.name)}",
        f"version = {quoted(manifest.version)}",
        f"title = {{ fr = {quoted(manifest.title.fr)}, en = {quoted(manifest.title.en)} }}",
        f"author = {quoted(manifest.author)}",
        f"licence = {quoted(manifest.licence)}",
        f"palier_from = {quoted(manifest.palier_from)}",
        f"palier_before = {quoted(manifest.palier_before)}",
    ]
    for held in sorted(manifest.scenarios, key=lambda each: each.id):
        lines += [
            "",
            "[[scenarios]]",
            f"id = {quoted(held.id)}",
            f"version = {quoted(held.version)}",
        ]
        lines += [f"path = {quoted(held.path)}", f"sha256 = {quoted(held.sha256)}"]
    for listed in sorted(manifest.files, key=lambda each: each.path):
        lines += ["", "[[files]]", f"path = {quoted(listed.path)}"]
        lines += [f"sha256 = {quoted(listed.sha256)}", f"size = {listed.size}"]
    return ("\n".join(lines) + "\n").encode()


def quoted(text: str) -> str:
    """A text as TOML writes it, always alike."""
    # What JSON escapes, TOML reads alike; nothing that it leaves as it is may stand in a field.
    return json.dumps(text, ensure_ascii=False)


def parsed(raw: bytes, shown: str) -> PackManifest:
    """The manifest in these bytes; `shown` is the pack as it was given.

    Raises:
        PackFault: it is too large, not in the one form, or says what may not be.
    """
    where = f"{shown}/{MANIFEST}"
    if len(raw) > MOST_MANIFEST_BYTES:
        raise too_large(where)
    fields = tables(raw, where)
    if fields.get("format") != FORMAT:
        told = _("The pack is of another format than this version of Palier reads.")
        raise PackFault(where, fault.MANIFEST, told, _("install a newer version of Palier"))
    _judge_paths(fields.get("files"), shown)
    try:
        manifest = PackManifest.model_validate(fields)
    except ValidationError as error:
        raise wrong_field(error, where) from None
    if written(manifest) != raw:
        told = _("The manifest is not as `palier-scenario pack build` writes it.")
        raise PackFault(where, fault.MANIFEST, told, _("build the pack again, and change nothing"))
    if manifest.bytes > MOST_BYTES:
        told = _("The files of the pack are larger than {limit} together.")
        raise PackFault(shown, fault.TOO_LARGE, told.format(limit=in_units(MOST_BYTES)))
    return manifest


def tables(raw: bytes, where: str) -> dict[str, Any]:
    """What stands in a TOML file. Raises `PackFault` where it is none."""
    try:
        return tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        told = _("The manifest is not TOML: {why}.").format(why=error)
        raise PackFault(where, fault.MANIFEST, told) from None


def _judge_paths(files: Any, shown: str) -> None:
    """Say of a bad path what is wrong with it, before it is only a field of the wrong form."""
    listed = files if isinstance(files, list) else []
    if len(listed) > MOST_FILES:
        told = _("The pack holds more than {n} files.").format(n=MOST_FILES)
        raise PackFault(shown, fault.TOO_LARGE, told)
    seen = Spellings()
    for each in listed:
        path = each.get("path") if isinstance(each, dict) else None
        if isinstance(path, str):
            judge_path(path, shown)
            if path in OWN:
                told = _("The manifest lists itself.")
                raise PackFault(f"{shown}/{MANIFEST}", fault.MANIFEST, told)
            judge_clash(path, seen, shown)
        size = each.get("size") if isinstance(each, dict) else None
        if isinstance(size, int) and size > MOST_FILE_BYTES:
            told = _("A file of a pack is {limit} at most.").format(limit=in_units(MOST_FILE_BYTES))
            raise PackFault(f"{shown}/{path}", fault.TOO_LARGE, told)


def judge_path(path: str, shown: str) -> None:
    """Raise `PackFault` for a path, or a kind of file, that may not stand in a pack."""
    why = unsafe(path)
    # Said so that it cannot steer the terminal that it is read on.
    where = f"{shown}/{path}" if path.isprintable() else f"{shown}/{ascii(path)[1:-1]}"
    if why:
        raise PackFault(where, fault.NAME, why, _("give the file another name"))
    if path not in OWN and not carried(path):
        told = _("Packs do not carry files of this kind.")
        hint = _("pictures, films, sounds, glTF models, texts and Python are carried")
        raise PackFault(where, fault.KIND, told, hint)


def judge_clash(path: str, seen: Spellings, shown: str) -> None:
    """Raise `PackFault` for a path that falls together with an earlier one."""
    before = seen.clash(path)
    if before:
        told = _("Two files would have one place: {before} and {path}.")
        message = told.format(before=before, path=path)
        hint = _("give one of them another name")
        raise PackFault(f"{shown}/{path}", fault.TWICE, message, hint)


def too_large(where: str) -> PackFault:
    """A manifest without an end."""
    told = _("The manifest is larger than {limit}.").format(limit=in_units(MOST_MANIFEST_BYTES))
    return PackFault(where, fault.TOO_LARGE, told)


def wrong_field(error: ValidationError, where: str) -> PackFault:
    """What is wrong with the first field that is wrong."""
    first = error.errors(include_url=False, include_input=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "missing":
        return PackFault(where, fault.MANIFEST, _("`{name}` is missing.").format(name=name))
    if first["type"] == "extra_forbidden":
        told = _("Nobody knows a field `{name}`.").format(name=ascii(name)[1:-1])
        return PackFault(where, fault.MANIFEST, told)
    hint = _HINTS.get(name.split(".")[-1], "")
    if not name:
        told = _("The manifest contradicts itself: {why}.").format(why=first["msg"])
        return PackFault(where, fault.MANIFEST, told)
    told = _("`{name}` is not of its form.").format(name=name)
    return PackFault(where, fault.MANIFEST, told, _(hint) if hint else "")


def in_units(count: int) -> str:
    """A number of bytes as people read it."""
    for unit, name in ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
        if count >= unit:
            return f"{count / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{count} B"
