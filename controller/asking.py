"""Owns what commands ask at the terminal about keys; knows no record and keeps nothing it hears.

What is typed or taken from the environment goes to whoever asked, and nowhere else: no passphrase
is an argument of a command, and none is printed.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from controller.language import _

PASSPHRASE = "PALIER_PASSPHRASE"
NEW_PASSPHRASE = "PALIER_NEW_PASSPHRASE"
TRIES = 3


@dataclass(frozen=True)
class Asking:
    """Asks for passphrases and recovery keys, where somebody can answer."""

    environment: Mapping[str, str]
    at_terminal: bool
    hidden: Callable[[str], str]
    """Shows a prompt and reads a line without showing it."""
    shown: Callable[[str], str]
    """Shows a prompt and reads a line."""
    typed: dict[str, str] = field(default_factory=dict, repr=False)
    """The passphrase typed last for each file: who gives a command is asked before it is done."""

    def passphrase(self, file: str, wrong: int) -> str | None:
        """The passphrase of the record `file`; None when there is nothing more to try."""
        given = self.environment.get(PASSPHRASE)
        if given is not None:
            return given if wrong == 0 else None
        if not self.at_terminal or wrong >= TRIES:
            return None
        if wrong == 0 and file in self.typed:
            return self.typed[file]
        if wrong:
            self._say(_("That was not it. Try again."))
        self.typed[file] = self._typed(_("Passphrase of {file}: ").format(file=file))
        return self.typed[file]

    def new_passphrase(self) -> str:
        """A new passphrase, typed twice; empty when the two differ or nobody can type."""
        for name in (NEW_PASSPHRASE, PASSPHRASE):
            if name in self.environment:
                return self.environment[name]
        if not self.at_terminal:
            return ""
        first = self._typed(_("New passphrase: "))
        return first if first == self._typed(_("The same once more: ")) else ""

    def recovery_key(self, file: str) -> str | None:
        """The signs on the sheet of the record `file`, as typed; None when nobody answers."""
        try:
            typed = self.shown(_("Recovery key for {file}: ").format(file=file))
        except EOFError:
            return None
        return typed if typed.strip() else None

    def _typed(self, prompt: str) -> str:
        try:
            return self.hidden(prompt)
        except EOFError:
            return ""

    def _say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)


def at_this_terminal(environment: Mapping[str, str]) -> Asking:
    """Asks whoever sits at the terminal of this process; prompts go to standard error."""

    def hidden(prompt: str) -> str:
        return getpass.getpass(prompt, stream=sys.stderr)

    def shown(prompt: str) -> str:
        print(prompt, end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line

    return Asking(environment, sys.stdin.isatty() and sys.stderr.isatty(), hidden, shown)
