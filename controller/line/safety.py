"""Owns the command that notes safety behaviours, line by line."""

from __future__ import annotations

from controller.language import _
from controller.line.levels import usage
from controller.line.seat import Handler, Seat
from controller.session.remarks import behaviours
from controller.session.safety.so_far import offered
from controller.session.safety.words import state
from controller.typed import alike

USED = ("used", "in use", "utilisé", "utilisée", "en cours")
DROPPED = ("dropped", "abandonné", "abandonnée")


def _names(seat: Seat) -> tuple[str, ...]:
    now = seat.now()
    drops = "" if now.row is None else now.row.row.drops
    return offered(drops, now.safety, behaviours(seat.lead.after.protocol))


def _safety(seat: Seat, rest: str) -> None:
    """Alone, how each stands; with a name and a word, that it is in use or was dropped."""
    if not seat.may("safety"):
        return
    if not rest:
        safety = seat.now().safety
        for name in _names(seat):
            known = safety.known(name)
            told = state(None if known is None else known.used)
            seat.say(_("{name}: {told}").format(name=name, told=told) + ".")
        seat.say(usage("safety"))
        return
    typed, used = _read(rest)
    if used is None or not typed:
        seat.say(usage("safety"))
        return
    name = _meant(typed, _names(seat))
    seat.send(lambda lead: lead.bedside.safety(name, used), "record")


def _read(rest: str) -> tuple[str, bool | None]:
    """The name, and whether it is in use; None where the line does not say."""
    words = rest.split()
    for length in (2, 1):
        last = alike(" ".join(words[-length:]))
        for forms, used in ((USED, True), (DROPPED, False)):
            if last in map(alike, forms):
                return " ".join(words[:-length]), used
    return rest, None


def _meant(typed: str, names: tuple[str, ...]) -> str:
    """The listed one that is typed whole, or that alone begins so; else what was typed."""
    whole = [name for name in names if alike(name) == alike(typed)]
    begun = [name for name in names if alike(name).startswith(alike(typed))]
    found = whole or begun
    return found[0] if len(found) == 1 else typed


HANDLERS: dict[str, Handler] = {"safety": _safety}
