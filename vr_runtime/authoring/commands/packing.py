"""Owns `palier-scenario pack` and its commands; knows no rule of packs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from vr_runtime.authoring.about import NotSaid, about, at_the_terminal, keep
from vr_runtime.authoring.commands import options
from vr_runtime.authoring.commands.answers import print_json, say
from vr_runtime.authoring.commands.codes import (
    DONE,
    FOUND_A_PROBLEM,
    NOT_AVAILABLE,
    WRONG_USAGE,
)
from vr_runtime.authoring.packing import build
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.language import _, language
from vr_runtime.loader import Places, discover
from vr_runtime.measuring.certificate import grade_by, parsed
from vr_runtime.measuring.grades import NAMES, NOTE, Grade
from vr_runtime.packs import shelf
from vr_runtime.packs.declared import Declared, declared
from vr_runtime.packs.fault import UNREADABLE, PackFault
from vr_runtime.packs.judging import judge, note
from vr_runtime.packs.manifest import PackManifest, in_units
from vr_runtime.packs.names import certificate_of, is_text
from vr_runtime.packs.reading import Pack, read
from vr_runtime.packs.resigning import sign_pack
from vr_runtime.packs.signing import KeyUnusable, grouped, make_key, read_public
from vr_runtime.packs.trust import distrust, known_keys, trust
from vr_runtime.system_words import why as why_not
from vr_runtime.wire.packs import PackNote

Run = Callable[[argparse.Namespace], int]


def add(commands: options.Commands) -> None:
    """Add the command with all that it does."""
    what = _("make, install, sign and verify packs of scenarios")
    made = commands.add_parser("pack", parents=[options.speaking()], help=what, description=what)
    acts = made.add_subparsers(dest="act", required=True, metavar=_("COMMAND"))
    _add_building(acts)
    _add_shelf(acts)
    _add_signing(acts)


def _add_building(acts: Any) -> None:
    made = _act(acts, "build", _build, _("make a pack of a folder of scenarios"))
    made.add_argument("folder", type=Path, metavar=_("FOLDER"), help=_("what is to be packed"))
    made.add_argument(
        "--out", type=Path, required=True, metavar="F", help=_("F.palier, or a new folder")
    )
    made.add_argument("--name", help=_("small letters, words joined by hyphens"))
    made.add_argument("--pack-version", metavar="N.N.N", help=_("1.0.0 if not given"))
    made.add_argument("--title-fr", metavar=_("TEXT"), help=_("title in French"))
    made.add_argument("--title-en", metavar=_("TEXT"), help=_("title in English"))
    made.add_argument("--author", metavar=_("NAME"), help=_("a person or an institution"))
    made.add_argument("--licence", metavar="ID", help=_("an SPDX identifier, as CC-BY-4.0"))


def _add_shelf(acts: Any) -> None:
    put = _act(acts, "install", _install, _("put a pack where the patient's side finds it"))
    look = _act(acts, "verify", _verify, _("compare each byte with its hash, and the signature"))
    for made in (put, look):
        _naming(made)
    _act(acts, "list", _list, _("say which packs are installed"))
    made = _act(acts, "show", _show, _("show what a pack says of itself; runs none of it"))
    made.add_argument("pack", metavar=_("F|NAME"), help=_("a pack, or the name of one installed"))
    made = _act(acts, "remove", _remove, _("take an installed pack away"))
    made.add_argument("pack", metavar=_("NAME"), help=_("the name of the pack"))
    made.add_argument("--pack-version", metavar="N.N.N", help=_("only this version of it"))


def _add_signing(acts: Any) -> None:
    made = _act(acts, "key", _key, _("make a key to sign packs with"))
    made.add_argument(
        "--out", type=Path, required=True, metavar="K", help=_("K for you alone, K.pub for others")
    )
    made = _act(acts, "sign", _sign, _("sign a pack as its author"))
    _naming(made)
    made.add_argument("--key", type=Path, required=True, metavar="K", help=_("your key"))
    made = _act(acts, "trust", _trust, _("know an author's key by name, or list those"))
    made.add_argument("key", nargs="?", type=Path, metavar="K.pub", help=_("the author's key"))
    made.add_argument("--name", metavar=_("NAME"), help=_("by which it is known here"))
    made.add_argument(
        "--remove", metavar=_("NAME"), help=_("a name or fingerprint that is to be known no more")
    )


def _naming(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", type=Path, metavar="F", help=_("a pack: F.palier, or a folder"))


def _act(acts: Any, name: str, run: Run, what: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = acts.add_parser(
        name, parents=[options.printing()], help=what, description=what
    )
    made.set_defaults(run=_answering(run))
    return made


def _answering(run: Run) -> Run:
    """The same, with every refusal said and turned into an exit code."""

    def answer(asked: argparse.Namespace) -> int:
        try:
            return run(asked)
        except PackFault as refused:
            if asked.json:
                found = [each.model_dump(mode="json") for each in refused.diagnostics]
                print_json({"ok": False, "diagnostics": found})
            else:
                for each in refused.diagnostics:
                    print(each)
            return NOT_AVAILABLE if refused.code == UNREADABLE else FOUND_A_PROBLEM
        except NotSaid as error:
            print(f"palier-scenario: {error}", file=sys.stderr)
            return WRONG_USAGE
        except KeyUnusable as error:
            print(f"palier-scenario: {error}", file=sys.stderr)
        except OSError as error:
            told = _("{file} cannot be used ({why}); choose another place.")
            why, file = why_not(error), error.filename or "-"
            print(f"palier-scenario: {told.format(file=file, why=why)}", file=sys.stderr)
        return NOT_AVAILABLE

    return answer


def _shipped() -> dict[str, Path]:
    return {found.manifest.id: found.path for found in discover(places=Places())}


def _build(asked: argparse.Namespace) -> int:
    said = {
        "name": asked.name,
        "version": asked.pack_version,
        "title_fr": asked.title_fr,
        "title_en": asked.title_en,
        "author": asked.author,
        "licence": asked.licence,
    }
    if not asked.folder.exists():
        told = _("There is no folder or file of this name.")
        raise PackFault(str(asked.folder), UNREADABLE, told)
    meant, was_asked = about(asked.folder, said, version("palier"), at_the_terminal())
    built = build(asked.folder, asked.out, meant, _shipped())
    kept = keep(asked.folder, meant) if was_asked else None
    if kept is not None:
        say(_("{file} keeps what you answered; it is not asked again.").format(file=kept))
    manifest = built.manifest
    if asked.json:
        print_json({"ok": True, "path": str(built.path), **_fields(manifest)})
    else:
        told = _("{path}: {name} {version}, files: {n}, {size}. Hash: {hash}")
        shown = {"name": manifest.name, "version": manifest.version, "hash": manifest.hash}
        size = in_units(manifest.bytes)
        print(told.format(path=built.path, n=len(manifest.files), size=size, **shown))
    return DONE


def _install(asked: argparse.Namespace) -> int:
    taken = {id: str(path) for id, path in _shipped().items()}
    for one in shelf.installed(shelf.shelf()):
        if isinstance(one, shelf.Installed):
            name = one.manifest.name
            taken |= {h.id: f"{name} {one.manifest.version}" for h in one.manifest.scenarios}

    def judged(folder: Path, pack: Pack) -> None:
        others = {id: by for id, by in taken.items() if by.split(" ")[0] != pack.manifest.name}
        judge(folder, pack, str(asked.pack), others)

    done = shelf.install(asked.pack, shelf.shelf(), version("palier"), judged)
    manifest, keys = done.manifest, known_keys(shelf.known_list())
    if asked.json:
        signed = _signature(note(done.pack, keys, str(asked.pack)))
        print_json({"ok": True, "path": str(done.path), **_fields(manifest), **signed})
        return DONE
    told = _("{name} {version} is installed. Hash: {hash}")
    print(told.format(name=manifest.name, version=manifest.version, hash=done.pack.hash))
    print(_("A therapist approves it at the console before its first session."))
    newer = [
        one.manifest.version
        for one in shelf.in_use(shelf.shelf(), version("palier"))
        if isinstance(one, shelf.Installed)
        and one.manifest.name == manifest.name
        and one.pack.hash != done.pack.hash
    ]
    if newer:
        told = _("Version {version} is higher and stays the one that is used.")
        print(told.format(version=newer[0]))
    return DONE


def _verify(asked: argparse.Namespace) -> int:
    pack = read(asked.pack)
    told = note(pack, known_keys(shelf.known_list()), str(asked.pack))
    declared(pack, str(asked.pack))
    if asked.json:
        print_json({"ok": True, "path": str(asked.pack), **_fields(pack.manifest),
                    **_signature(told)})  # fmt: skip
    else:
        line = _("{path}: {name} {version} is whole. Hash: {hash}")
        print(line.format(path=asked.pack, name=told.name, version=told.version, hash=told.sha256))
        print(_who_signed(told))
    return DONE


def _list(asked: argparse.Namespace) -> int:
    keys, folder = known_keys(shelf.known_list()), shelf.shelf()
    used = {
        one.path
        for one in shelf.in_use(folder, version("palier"))
        if isinstance(one, shelf.Installed)
    }
    rows: list[dict[str, Any]] = []
    broken: list[Diagnostic] = []
    for one in shelf.installed(folder):
        try:
            if isinstance(one, PackFault):
                raise one
            told = note(one.pack, keys, str(one.path))
        except PackFault as refused:
            broken += refused.diagnostics
            continue
        rows.append({**_fields(one.manifest), **_signature(told), "path": str(one.path),
                     "used": one.path in used})  # fmt: skip
    if asked.json:
        print_json(rows)
    elif not rows:
        print(_("No pack is installed."))
    for row in [] if asked.json else rows:
        used_or_not = "" if row["used"] else _("not used")
        title = row["title"][language()]
        print("  ".join(filter(None, (row["name"], row["version"], row["hash"][:12], title,
                                      used_or_not))))  # fmt: skip
    for each in broken:
        print(each, file=sys.stderr)
    return DONE


def _show(asked: argparse.Namespace) -> int:
    pack, shown = _meant(asked.pack)
    told = note(pack, known_keys(shelf.known_list()), shown)
    scenarios = [(each, _grade(each, pack)) for each in declared(pack, shown)]
    if asked.json:
        files = [each.model_dump() for each in pack.manifest.files]
        said = [{**each.held.model_dump(), "grade": grade,
                 "declaration": each.manifest.model_dump(mode="json")}
                for each, grade in scenarios]  # fmt: skip
        print_json({"path": shown, **_fields(pack.manifest), **_signature(told),
                    "scenarios": said, "files": files})  # fmt: skip
        return DONE
    print(f"{told.title.get(language())}  ({told.name} {told.version})")
    print(_("By {author}, {licence}").format(author=told.author, licence=told.licence))
    print(_("Hash: {hash}").format(hash=told.sha256))
    print(_who_signed(told))
    manifest = pack.manifest
    line = _("For Palier {first} up to before {before}; files: {n}, {size}")
    print(line.format(first=manifest.palier_from, before=manifest.palier_before,
                      n=told.files, size=in_units(told.size)))  # fmt: skip
    for each, grade in scenarios:
        held, declaration, spoken = each.held, each.manifest, language()
        print(f"\n{declaration.title.get(spoken)}  ({held.id} {held.version})  {held.path}")
        print(f"  {declaration.summary.get(spoken)}")
        for warning in declaration.warnings:
            line = _("Tell the patient before: {warning}")
            print("  " + line.format(warning=warning.get(spoken)))
        line = _("Measured by its author: {grade}.")
        print("  " + (_("Not measured.") if grade is None else line.format(grade=_(NAMES[grade]))))
    if any(grade is not None for _each, grade in scenarios):
        print(f"\n{_(NOTE)}", end="")
    print()
    print(_("Python in a scenario is not sandboxed: it can do on this machine what you can."))
    return DONE


def _grade(each: Declared, pack: Pack) -> Grade | None:
    """What the scenario was measured to be, where the certificate in the pack holds for it here."""
    raw = pack.certificates.get(certificate_of(each.held.path))
    return None if raw is None else grade_by(parsed(raw), Path(each.held.path), each.held.sha256)


def _meant(given: str) -> tuple[Pack, str]:
    """The pack that is meant by a path or by the name of an installed one."""
    if not Path(given).exists():
        named = [
            one
            for one in shelf.installed(shelf.shelf())
            if isinstance(one, shelf.Installed) and one.manifest.name == given
        ]
        if named:
            return read(named[-1].path), str(named[-1].path)
    return read(Path(given)), given


def _remove(asked: argparse.Namespace) -> int:
    gone = shelf.remove(shelf.shelf(), asked.pack, asked.pack_version)
    if asked.json:
        print_json({"ok": bool(gone), "removed": [one.path.name for one in gone]})
    for one in [] if asked.json else gone:
        told = _("{name} {version} is removed.")
        print(told.format(name=one.manifest.name, version=one.manifest.version))
    if not gone:
        told = _("No such pack is installed; `palier-scenario pack list` shows all.")
        print(told, file=sys.stderr)
        return WRONG_USAGE
    return DONE


def _key(asked: argparse.Namespace) -> int:
    public = make_key(asked.out)
    if asked.json:
        print_json({"key": public.hex, "fingerprint": public.fingerprint})
        return DONE
    told = _("{file} signs your packs: keep it to yourself, and a copy in a safe place.")
    print(told.format(file=asked.out))
    told = _("Give {file}.pub to who installs them. Fingerprint: {fingerprint}")
    print(told.format(file=asked.out, fingerprint=grouped(public.fingerprint)))
    return DONE


def _sign(asked: argparse.Namespace) -> int:
    told = note(sign_pack(asked.pack, asked.key), known_keys(shelf.known_list()), str(asked.pack))
    if asked.json:
        print_json({"ok": True, "path": str(asked.pack), "hash": told.sha256, **_signature(told)})
    else:
        print(_who_signed(told))
    return DONE


def _trust(asked: argparse.Namespace) -> int:
    path = shelf.known_list()
    if asked.remove is not None:
        gone = distrust(path, asked.remove)
        if gone is None:
            print(_("No key is known by this name or fingerprint."), file=sys.stderr)
            return WRONG_USAGE
    elif asked.key is not None:
        if asked.name is None:
            print(_("Say whose key it is by --name."), file=sys.stderr)
            return WRONG_USAGE
        trust(path, read_public(asked.key), asked.name)
    keys = known_keys(path)
    if asked.json:
        print_json([{"name": one.name, "fingerprint": one.fingerprint} for one in keys])
    else:
        for one in keys:
            print(f"{grouped(one.fingerprint)}  {one.name}")
        if not keys:
            print(_("No key is known here."))
    return DONE


def _fields(manifest: PackManifest) -> dict[str, Any]:
    said = manifest.model_dump(mode="json", exclude={"files", "format"})
    texts = sum(is_text(each.path) for each in manifest.files)
    return {**said, "hash": manifest.hash, "size": manifest.bytes,
            "own_files": len(manifest.files) - texts}  # fmt: skip


def _signature(told: PackNote) -> dict[str, Any]:
    return {"signed_by": told.signed_by, "signer": told.signer or None}


def _who_signed(told: PackNote) -> str:
    if told.signed_by is None:
        return _("It is not signed.")
    shown = grouped(told.signed_by)
    if told.signer:
        text = _("Signed by {name}, whose key is known here: {fingerprint}")
        return text.format(name=told.signer, fingerprint=shown)
    return _("Signed by a key that is not known here: {fingerprint}").format(fingerprint=shown)
