"""Owns who may lead here and what each may do, as the entries say; knows no hash and no screen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from controller import typed
from controller.language import _, mark
from controller.session.documents import Entry, OperatorAdded, OperatorChanged, Role

KINDS = ("operator_added", "operator_changed")
"""The entries that say it."""
NOBODY = "console"
"""Who says what the console writes by itself while nobody has shown who they are."""
SHORTEST = 6
"""Characters of a passphrase or PIN at least."""
LONGEST = 200
LONGEST_NAME = 80
ROLES: dict[Role, str] = {
    "therapist": mark("therapist"),
    "supervisor": mark("supervisor"),
    "trainee": mark("trainee"),
}


class NotFit(ValueError):
    """A name, a passphrase or a change cannot be; the text says what to give instead."""


@dataclass(frozen=True)
class Operator:
    """Somebody who leads sessions here, or did."""

    operator: str
    """The record's own id, `op-1`, `op-2` and so on."""
    name: str
    role: Role
    administers: bool
    """May add, change and disable operators."""
    secret: str = field(repr=False)
    """What Argon2id keeps of the passphrase; empty without one."""
    disabled: bool = False


@dataclass(frozen=True)
class Person:
    """An operator as a screen shows them: nothing secret."""

    operator: str
    name: str
    role: Role
    asked: bool
    """Whether a passphrase is asked of them."""


def person(one: Operator) -> Person:
    """The same without what is secret."""
    return Person(one.operator, one.name, one.role, bool(one.secret))


def known(entries: Iterable[Entry]) -> tuple[Operator, ...]:
    """All operators as they stand after these entries of the clinic, by name; disabled ones too."""
    found: dict[str, Operator] = {}
    for entry in entries:
        said = entry.data
        if isinstance(said, OperatorAdded):
            found[said.operator] = Operator(
                said.operator, said.name, said.role, said.administers, said.secret
            )
        elif isinstance(said, OperatorChanged) and said.operator in found:
            change = said.model_dump(exclude={"kind", "operator"}, exclude_none=True)
            found[said.operator] = replace(found[said.operator], **change)
    return tuple(sorted(found.values(), key=lambda one: (one.name.casefold(), one.operator)))


def leading(operators: Iterable[Operator]) -> tuple[Operator, ...]:
    """Those who are not disabled."""
    return tuple(one for one in operators if not one.disabled)


def without_question(operators: Iterable[Operator]) -> Operator | None:
    """The one who is meant where nobody is asked: the only one, and without a passphrase."""
    active = leading(operators)
    return active[0] if len(active) == 1 and not active[0].secret else None


def next_id(operators: Sequence[Operator]) -> str:
    """The id of the next operator; none is ever given twice."""
    numbers = [int(one.operator[3:]) for one in operators if one.operator[3:].isdecimal()]
    return f"op-{max(numbers, default=0) + 1}"


def fit_name(name: str, operators: Iterable[Operator], but: str = "") -> str:
    """The name as it is kept. Raises `NotFit` for none, a long one, or that of somebody else.

    `but` is the id of the one who is to have it.
    """
    told = typed.name(name)
    if not told or len(told) > LONGEST_NAME:
        raise NotFit(_("Give a name of 1 to 80 characters that can be printed."))
    taken = (one for one in operators if one.operator != but)
    if any(one.name.casefold() == told.casefold() for one in taken):
        raise NotFit(_("Another operator has or had this name; give one that tells them apart."))
    return told


def composed(passphrase: str) -> str:
    """The passphrase with composed characters: the same one from every keyboard."""
    return unicodedata.normalize("NFC", passphrase)


def fit_passphrase(passphrase: str) -> str:
    """The passphrase as it is compared: composed characters (Unicode NFC), else as typed.

    Raises `NotFit` for one of fewer than 6 or more than 200 characters.
    """
    told = composed(passphrase)
    if not SHORTEST <= len(told) <= LONGEST:
        raise NotFit(_("A passphrase or PIN has 6 to 200 characters."))
    return told


def changed(operators: Sequence[Operator], change: OperatorChanged) -> tuple[Operator, ...]:
    """The operators after this change.

    Raises `NotFit` where nobody would be left who may add and change operators.
    """
    said = change.model_dump(exclude={"kind", "operator"}, exclude_none=True)
    after = tuple(
        replace(one, **said) if one.operator == change.operator else one for one in operators
    )
    if not any(one.administers for one in leading(after)):
        raise NotFit(_("Somebody has to administer operators: let another one do so first."))
    return after


def why_not_lead(role: Role) -> str:
    """Why somebody in this role may not lead a session with a patient; empty where they may."""
    if role != "trainee":
        return ""
    return _("A trainee leads sessions with a simulated patient only: palier demo.")
