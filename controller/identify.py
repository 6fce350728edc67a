"""Owns how a command says who gives it, and leaves word of what it read; prints nothing.

A command that reads writes nothing into the record. What is to be recorded of it is left beside the
record (`controller.store.aside`), and stands in it once it is opened for writing the next time.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from controller.language import _
from controller.session import accesses, operators, tries
from controller.session.documents import (
    CLINIC,
    Accessed,
    Document,
    OperatorPresent,
    WrongPassphrase,
)
from controller.session.operators import NOBODY, Operator
from controller.store.clock import Clock, SystemClock, stamp
from controller.store.database import is_there
from controller.store.locked import Ask as Unlock
from controller.store.passphrases import Passphrases
from controller.store.reader import Reader
from controller.store.spool import Said

PASSPHRASE = "PALIER_OPERATOR_PASSPHRASE"
NEW_PASSPHRASE = "PALIER_NEW_PASSPHRASE"
"""Where they are taken from when they are not typed."""

Ask = Callable[[str], str | None]
"""Asks for a passphrase with this prompt; None where nobody can be asked."""


class NoSuchOperator(Exception):
    """It is not said which operator is meant; the text says what to give."""


class NotIdentified(Exception):
    """It was not shown that the operator gives this command; the text says what to do."""


def from_environment_or_terminal(variable: str = PASSPHRASE) -> Ask:
    """Take the passphrase from the environment, else ask for it where there is a terminal."""

    def ask(prompt: str) -> str | None:
        given = os.environ.get(variable)
        if given is not None:
            return given
        return getpass.getpass(prompt, sys.stderr) if sys.stdin.isatty() else None

    return ask


def named(known: tuple[Operator, ...], name: str) -> Operator:
    """The operator of this name or id. Raises `NoSuchOperator`."""
    told = name.strip().casefold()
    for one in known:
        if told in (one.name.casefold(), one.operator):
            return one
    raise NoSuchOperator(_("There is no operator of this name; `palier operators` lists them."))


def who_gives(
    database: Path,
    name: str | None,
    ask: Ask,
    *,
    unlock: Unlock | None = None,
    passphrases: Passphrases | None = None,
    clock: Clock | None = None,
) -> Operator | None:
    """Who gives a command on this record; None before there are operators.

    `unlock` is asked for the passphrase of the record itself where one locks its keys. Raises what
    `who_of` raises, and what opening a record raises.
    """
    if not is_there(database):
        return None
    reader = Reader.open(database, unlock)
    return who_of(reader, name, ask, passphrases=passphrases, clock=clock)


def who_of(
    reader: Reader,
    name: str | None,
    ask: Ask,
    *,
    passphrases: Passphrases | None = None,
    clock: Clock | None = None,
) -> Operator | None:
    """Which of a record's operators gives a command on it; None where there are none.

    The only operator without a passphrase is meant without a question. Raises `NoSuchOperator`,
    `NotIdentified`.
    """
    known = operators.leading(operators.known(reader.clinic(*operators.KINDS)))
    if not known:
        return None
    if name is None and len(known) > 1:
        raise NoSuchOperator(_("There are several operators: say who you are by --operator NAME."))
    one = known[0] if name is None else named(known, name)
    if one.secret:
        _check(reader, one, ask, passphrases or Passphrases(), clock or SystemClock())
    return one


def _check(reader: Reader, one: Operator, ask: Ask, passphrases: Passphrases, clock: Clock) -> None:
    """Raise `NotIdentified` unless the passphrase is theirs; a wrong one is left for the record."""
    tried = tries.Tries(reader.clinic(*tries.KINDS))
    for lying in reader.aside.lying():
        tried.heard(lying.document, lying.wall)
    rest = tried.rest_s(one.operator, clock.wall())
    if rest > 0.0:
        text = _("Wait {time} before the next try.").format(time=tries.spoken(rest))
        raise NotIdentified(text)
    typed = ask(_("Passphrase of {name}: ").format(name=one.name))
    if typed is None:
        text = _("A passphrase is needed: give it in a terminal, or by {variable}.")
        raise NotIdentified(text.format(variable=PASSPHRASE))
    if not passphrases.opens(one.secret, operators.composed(typed)):
        # Where it cannot be left the try is refused all the same.
        with suppress(OSError):
            _leave(reader, WrongPassphrase(operator=one.operator, how="command"), NOBODY, clock)
        raise NotIdentified(_("This is not the passphrase; try again."))
    if tried.counts(one.operator):
        with suppress(OSError):
            said = OperatorPresent(operator=one.operator, how="command")
            _leave(reader, said, one.operator, clock)


def id_of(one: Operator | None) -> str:
    """How the record calls whoever gives the command."""
    return NOBODY if one is None else one.operator


def note_access(
    database: Path,
    one: Operator | None,
    said: Accessed,
    clock: Clock | None = None,
    unlock: Unlock | None = None,
) -> None:
    """Leave word that this was looked at, once an hour. Raises `OSError` where that fails."""
    now = SystemClock() if clock is None else clock
    wall, reader, operator = stamp(now.wall()), Reader.open(database, unlock), id_of(one)
    once = accesses.key(operator, said, wall)
    for entry in reader.clinic(accesses.KIND, since=accesses.hour(wall)):
        seen = entry.data
        if isinstance(seen, Accessed) and accesses.key(entry.operator, seen, entry.wall) == once:
            return
    _leave(reader, said, operator, now, once)


def _leave(reader: Reader, said: Document, operator: str, clock: Clock, once: str = "") -> None:
    told = Said(CLINIC, said, operator, clock.mono_ns(), stamp(clock.wall()))
    reader.aside.leave(told, once)
