"""Owns what is asked at a terminal, one line each; knows nothing of what the answers are for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TextIO

from vr_runtime.language import _

Checks = Callable[[str], str]
"""Gives an answer as it is kept; raises `ValueError` with what is wrong, in words."""


class NobodyAnswers(Exception):
    """The terminal was closed, or nobody is there who could answer."""


class Questions:
    """Somebody at a terminal."""

    def __init__(self, heard: TextIO, shown: TextIO) -> None:
        self._heard = heard
        self._shown = shown

    @property
    def possible(self) -> bool:
        """Whether somebody can read and answer."""
        return self._heard.isatty() and self._shown.isatty()

    def ask(self, question: str, proposal: str, take: Checks) -> str:
        """The answer, asked for again until `take` is content; an empty one is the proposal.

        Raises:
            NobodyAnswers: there is none.
        """
        while True:
            given = self._line(f"{question} [{proposal}]: " if proposal else f"{question}: ")
            try:
                return take(given or proposal)
            except ValueError as fault:
                self.say(str(fault))

    def agree(self, question: str) -> bool:
        """Yes or no; an empty answer is yes."""
        answer = self._line(f"{question} [{_('yes')}]: ").lower()
        return not answer or answer[0] in ("y", "o")

    def say(self, text: str) -> None:
        """Show a line."""
        print(text, file=self._shown, flush=True)

    def _line(self, prompt: str) -> str:
        if not self.possible:
            raise NobodyAnswers
        self._shown.write(prompt)
        self._shown.flush()
        line = self._heard.readline()
        if not line:
            self.say("")
            raise NobodyAnswers
        return line.strip()


def at_the_terminal() -> Questions:
    """Whoever sits before this process; what is asked goes beside the answer of the command."""
    return Questions(sys.stdin, sys.stderr)


def sentence(answer: str) -> str:
    """A text that a therapist can read: 1 to 400 characters."""
    if not 0 < len(answer) <= 400 or not answer.isprintable():
        raise ValueError(_("A text has 1 to 400 characters."))
    return answer
