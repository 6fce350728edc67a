"""Owns what the console shows of its keys: each act with its key, their file and its faults.

It changes no key: the file is written by hand and read when the console starts.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual import events
from textual.app import ComposeResult

from controller.language import LANGUAGES, _
from controller.ui.bindings import EXAMPLE, KeysFile, read, usual
from controller.ui.keys import KEYS, key_name
from controller.ui.screens.base import Foot, PalierScreen, TopBar, Way
from controller.ui.widgets.pages import Pages


class KeysScreen(PalierScreen):
    """Every act, its name in the file, its usual key and the one it has now; Esc goes back."""

    def __init__(self, in_force: KeysFile) -> None:
        """`in_force` is the file as it was read at the start."""
        super().__init__()
        self._in_force = in_force

    def compose(self) -> ComposeResult:
        """Faults first, then the table, then how to write the file."""
        yield TopBar(_("Keys"), _("As they are now; the file is read when the console starts."))
        yield Pages(["\n".join(self._state()), "\n".join(self._table()), "\n".join(_how())])
        yield Foot(Way(_("Esc"), _("back"), "back"))

    def on_mount(self) -> None:
        """The page takes the arrows."""
        self.query_one(Pages).focus()

    def on_key(self, event: events.Key) -> None:
        """Escape goes back."""
        if event.key == "escape":
            event.stop()
            self.action_back()

    def _state(self) -> Iterator[str]:
        file = self._in_force
        if file.path is None:
            yield _("These are the usual keys.")
            return
        now = read(file.path)
        if now.faults:
            yield _("**{file} has faults: the usual keys hold.**").format(file=file.path)
            yield ""
            yield from (f"- ▲ {fault}" for fault in now.faults)
        elif now.bound != file.bound:
            told = _("{file} was changed: it holds from the next start of the console.")
            yield told.format(file=file.path)
        elif file.there:
            yield _("Read from {file}.").format(file=file.path)
        else:
            yield _("These are the usual keys: there is no {file}.").format(file=file.path)

    def _table(self) -> Iterator[str]:
        spoken = [one.upper() for one in LANGUAGES]
        heads = [_("Act"), _("Name in the file"), *spoken, ""]
        yield "| " + " | ".join(heads) + " |"
        yield "|" + "---|" * len(heads)
        yield f"| {_('stop')} | {_('always')} | F12, {_('Esc Esc')} | F12, {_('Esc Esc')} | |"
        yield f"| {_('rate')} | {_('always')} | 0–9, T | 0–9, T | |"
        for row in KEYS:
            keys = [self._in_force.bound.get(one, {}).get(row.act) for one in LANGUAGES]
            its = [k or usual(row.act, one) for k, one in zip(keys, LANGUAGES, strict=True)]
            named = " | ".join(f"**{key_name(key)}**" for key in its)
            other = its != [usual(row.act, one) for one in LANGUAGES]
            yield f"| {_(row.word)} | `{row.act}` | {named} | {'≠' if other else ''} |"


def _how() -> Iterator[str]:
    yield "## " + _("Other keys")
    yield ""
    yield _(
        "Write a file like this one. A key is a letter a to z but T, F1 to F11, or up, down, space,"
        " pageup, pagedown, home, end, insert. Stop and rating keep their keys. ≠ marks an act that"
        " has another key than usual."
    )
    yield ""
    yield "```"
    yield EXAMPLE.rstrip()
    yield "```"
