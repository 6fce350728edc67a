"""Owns who may give which command, as data; knows neither options nor how a command is done.

A role is what somebody is towards patients; administering is a trust of its own, beside any role.
"""

from __future__ import annotations

from typing import Literal

from controller.language import _
from controller.session.operators import Operator

Who = Literal["trainee", "therapist", "supervisor", "administrator"]
WHO: tuple[Who, ...] = ("trainee", "therapist", "supervisor", "administrator")

_ALL = frozenset(WHO)
_TREATS: frozenset[Who] = frozenset(("therapist", "supervisor", "administrator"))
_LEADS: frozenset[Who] = frozenset(("therapist", "supervisor"))
_SUPERVISES: frozenset[Who] = frozenset(("supervisor", "administrator"))
_ADMINISTERS: frozenset[Who] = frozenset(("administrator",))

MAY: dict[str, frozenset[Who]] = {
    "patients": _ALL,
    "patients show": _ALL,
    "plans": _ALL,
    "plans show": _ALL,
    "sessions": _ALL,
    "sessions show": _ALL,
    "questionnaires --scores": _ALL,
    "patients --add": _TREATS,
    "patients rename": _TREATS,
    "patients minor": _TREATS,
    "patients safe-place": _TREATS,
    "patients language": _TREATS,
    "patients anchor": _TREATS,
    "patients appointment": _TREATS,
    "patients screening": _TREATS,
    "plans take": _TREATS,
    "patients restrict": _TREATS,
    "patients allow": _TREATS,
    "patients consent": _TREATS,
    "patients withdraw": _TREATS,
    "patients correct": _TREATS,
    "patients copy": _TREATS,
    "sessions correct": _TREATS,
    "sessions adverse": _TREATS,
    "sessions expectancy": _TREATS,
    "questionnaires --ask": _TREATS,
    "report": _TREATS,
    "export": _TREATS,
    "db backup": _TREATS,
    "packs --revoke": _LEADS,
    "protocol --use": _SUPERVISES,
    "operators --log": _SUPERVISES,
    "patients erase": _ADMINISTERS,
    "db purge": _ADMINISTERS,
    "db restore": _ADMINISTERS,
    "db rekey": _ADMINISTERS,
    "db recovery": _ADMINISTERS,
    "operators --add": _ADMINISTERS,
    "operators --change": _ADMINISTERS,
    "operators --disable": _ADMINISTERS,
    "operators --enable": _ADMINISTERS,
}
"""Every command that asks who gives it. Whatever is not here, such as `verify`, `protocol` without
`--use` and `db upgrade`, shows nothing about patients and writes nothing of anybody's."""

READS = frozenset(
    {
        "patients",
        "patients show",
        "patients copy",
        "plans",
        "plans show",
        "sessions",
        "sessions show",
        "questionnaires --scores",
        "report",
        "export",
        "operators --log",
        "db backup",
        "db restore",
        "db rekey",
        "db recovery",
    }
)
"""What can be done with a record in which there is no operator at all: nothing is entered by it
about a patient. A record like that was begun by an earlier version, or has to be brought back."""


class NotAllowed(Exception):
    """Whoever gives the command may not; the text says whom to ask."""


class NobodyYet(Exception):
    """Nothing is entered about patients before there is an operator; the text says what to do."""


def may(one: Operator, command: str) -> bool:
    """Whether this operator may give this command."""
    own: set[Who] = {one.role}
    if one.administers:
        own.add("administrator")
    return bool(own & MAY[command])


def require(one: Operator | None, command: str) -> None:
    """Raise `NotAllowed` where this operator may not, `NobodyYet` where there has to be one."""
    if one is None:
        if command not in READS:
            raise NobodyYet(_("Add yourself first: palier operators --add NAME."))
    elif not may(one, command):
        raise NotAllowed(_whom_to_ask(MAY[command]))


def _whom_to_ask(who: frozenset[Who]) -> str:
    if who == _ADMINISTERS:
        return _("Only operators who administer may do this; ask one of them.")
    if who == _LEADS:
        return _("Therapists and supervisors may do this; ask one of them.")
    if who == _SUPERVISES:
        return _("Supervisors and operators who administer may do this; ask one of them.")
    return _("A trainee may not do this; ask a therapist, a supervisor or who administers.")
