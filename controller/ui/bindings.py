"""Owns the file of other keys: reads it, checks each binding, and tells every fault in a sentence.

It knows no screen. One fault, and the usual keys hold: half a file of keys is worse than none.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from controller.language import LANGUAGES, Language, _
from controller.ui.keys import ANYWHERE, ASKED, EASES, KEYS, Bound, key_name

LETTERS = frozenset(string.ascii_lowercase) - {"t"}
"""All that stand on their own on QWERTY and AZERTY; T is the rating's."""
FUNCTION = frozenset(f"f{n}" for n in range(1, 12))
"""F12 is stop's."""
OTHERS = frozenset({"up", "down", "space", "pageup", "pagedown", "home", "end", "insert"})
KEPT = ("stop", "rate", "rating", "suds")
"""What no file may bind."""
START = frozenset({"a", "b", "h", "p", "up", "down", "home", "end", "pageup", "pagedown", "space"})
"""Keys of the start screen and its lists."""
VALIDATES = "f9"
"""Saves what a page or a form holds, where letters are typed."""
LARGEST = 64_000
"""Bytes of a file of keys; a larger one is none."""
EXAMPLE = """# Other keys than the usual ones. An act that is not named keeps its key.
[keys]
note = "insert"
pause = "f11"

[keys.fr]            # in French only; [keys.en] in English only
event = "v"
view = "e"
"""


@dataclass(frozen=True)
class KeysFile:
    """What a file of keys says."""

    path: Path | None = None
    there: bool = False
    bound: Bound = field(default_factory=dict)
    """Empty where the usual keys hold."""
    faults: tuple[str, ...] = ()

    def sentence(self) -> str:
        """One sentence for the start of the console; "" where all is well."""
        if not self.faults:
            return ""
        told = _("Keys: the usual ones hold. {fault}").format(fault=self.faults[0])
        more = len(self.faults) - 1
        return told + (" " + _("And {n} more; Ctrl+P, Keys tells all.").format(n=more)) * bool(more)


def read(path: Path) -> KeysFile:
    """The keys of a file; the usual ones where it is not there, or has a fault."""
    try:
        with path.open("rb") as file:
            written = file.read(LARGEST + 1)
    except FileNotFoundError:
        return KeysFile(path)
    except OSError:
        fault = _("{file} cannot be read: look at who may read it.").format(file=path)
        return KeysFile(path, True, {}, (fault,))
    if len(written) > LARGEST:
        fault = _("{file} is no file of keys: it is too large.").format(file=path)
        return KeysFile(path, True, {}, (fault,))
    bound, faults = parse(written)
    return KeysFile(path, True, {} if faults else bound, faults)


def parse(written: bytes) -> tuple[Bound, tuple[str, ...]]:
    """What stands in a file of keys, and every fault in it with what to do about it."""
    try:
        whole = tomllib.loads(written.decode("utf-8"))
    except UnicodeDecodeError:
        return {}, (_("The file of keys is not UTF-8 text: save it as UTF-8."),)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        if place is None:
            return {}, (_("The file of keys is not TOML: compare it with the guide."),)
        told = _('Line {line} of the file of keys is not TOML: write it as  note = "b".')
        return {}, (told.format(line=place[1]),)
    faults = [
        _("“{name}” is not known in the file of keys: put the keys under [keys].").format(name=name)
        for name in whole
        if name != "keys"
    ]
    table = whole.get("keys", {})
    if not isinstance(table, dict):
        return {}, (*faults, _("“keys” is not a table: write [keys] on a line of its own."))
    bound: dict[Language, dict[str, str]] = {spoken: {} for spoken in LANGUAGES}
    for spoken in LANGUAGES:
        own = table.get(spoken, {})
        if not isinstance(own, dict):
            told = _("“keys.{language}” is not a table: write [keys.{language}].")
            faults.append(told.format(language=spoken))
            continue
        common = {act: key for act, key in table.items() if act not in LANGUAGES}
        for act, key in {**common, **own}.items():
            fault = _fault(act, key)
            if fault:
                faults.append(fault)
            else:
                bound[spoken][act] = key.lower()
        faults += _clashes(spoken, bound[spoken])
    return bound, tuple(dict.fromkeys(faults))


def _fault(act: str, key: Any) -> str:
    """What is wrong with one binding by itself; "" where nothing is."""
    known = [row.act for row in KEYS]
    if act in KEPT:
        return _("“{act}” keeps its keys, everywhere and always: take it out.").format(act=act)
    if act not in known:
        near = get_close_matches(act, known, 1)
        if near:
            told = _("There is no act “{act}”: did you mean “{near}”?")
            return told.format(act=act, near=near[0])
        return _("There is no act “{act}”: Ctrl+P, Keys lists them.").format(act=act)
    if not isinstance(key, str):
        return _("The key of “{act}” is no text: write it in quotes.").format(act=act)
    pressed = key.lower()
    if act in ANYWHERE and pressed == VALIDATES:
        told = _("{key} saves what is written: give “{act}” another key, of F1 to F11.")
        return told.format(key=key_name(pressed), act=act)
    if pressed == usual(act) or pressed in FUNCTION:
        return ""
    if pressed == "t":
        return _("T is the rating's own: give “{act}” another key.").format(act=act)
    if pressed in ("f12", "escape"):
        told = _("{key} is the stop's own: give “{act}” another key.")
        return told.format(key=key_name(pressed), act=act)
    if act in ANYWHERE:
        told = _("“{act}” acts where letters are typed too: give it one of F1 to F11.")
        return told.format(act=act)
    if act in EASES and pressed in ASKED:
        told = _("{key} answers questions in a session; “{act}” is to act on each: another key.")
        return told.format(key=key_name(pressed), act=act)
    if act == "control" and pressed in START:
        told = _("{key} is taken on the start screen, where control is taken too: another key.")
        return told.format(key=key_name(pressed))
    if pressed in LETTERS | OTHERS:
        return ""
    told = _(
        "“{key}” cannot be the key of “{act}”: take a letter a to z, F1 to F11, or one of {others};"
        " none of them needs Shift or AltGr, nor is it on the digits' row."
    )
    return told.format(key=key[:20], act=act, others=", ".join(sorted(OTHERS)))


def usual(act: str, spoken: Language | None = None) -> str:
    """The usual key of an act, in French where that is meant and another."""
    row = next(one for one in KEYS if one.act == act)
    return row.french if spoken == "fr" and row.french else row.key


def _clashes(spoken: Language, bound: Mapping[str, str]) -> Iterator[str]:
    """Keys that two acts would have in one language."""
    keys = {row.act: bound.get(row.act) or usual(row.act, spoken) for row in KEYS}
    for key, count in Counter(keys.values()).items():
        acts = [act for act, its in keys.items() if its == key]
        if count > 1:
            told = _("{key} would be of two acts, {acts}: give one of them another key.")
            yield told.format(key=key_name(key), acts=", ".join(f"“{act}”" for act in acts))
