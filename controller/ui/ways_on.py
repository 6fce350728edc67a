"""Owns the words about a session that was found open: where the patient is, and the ways on.

It chooses none of them and draws nothing.
"""

from __future__ import annotations

from datetime import datetime

from controller.language import _, language, mark
from controller.session.now import LeftOpen, Now
from controller.ui.possible import is_stale, phase_of
from vr_runtime.wire.acts import Phase

WHERE = {
    Phase.IDLE: mark("The patient is in the neutral room."),
    Phase.LOADING: mark("The scenario is being loaded; the patient is in the neutral room."),
    Phase.READY: mark("The patient is in the neutral room, before a trial."),
    Phase.EXPOSURE: mark("The patient is in the scene, at level {level}."),
    Phase.HOLD: mark("The patient is in the scene, on hold at level {level}."),
    Phase.PAUSE: mark("The patient is in the neutral room, on pause."),
    Phase.SAFE_PLACE: mark("The patient is in the safe place."),
    Phase.STOPPED: mark("The session is stopped: neutral view, no sound."),
    Phase.FAMILIARISATION: mark("The patient is in the practice room."),
}


def opened_at(wall: str, now: datetime) -> str:
    """The time of day of a UTC stamp where this console is; with its date on another day."""
    moment = datetime.fromisoformat(wall).astimezone()
    same = moment.date() == now.astimezone().date()
    return f"{moment:%H:%M}" if same else f"{moment:%Y-%m-%d %H:%M}"


def headed(left: LeftOpen) -> tuple[str, str]:
    """Since when it is open, and whose it is and what is shown, as far as the record knows."""
    if left.opened is None:
        return _("A session is open at the patient's side"), ""
    time = opened_at(left.opened, datetime.now().astimezone())
    named = "" if left.title is None else left.title.get(language())
    return _("Session open since {time}").format(time=time), f"{left.pseudonym} · {named}"


def found(now: Now, left: LeftOpen) -> tuple[str, str]:
    """Where the patient is now, and who leads there."""
    level = 0 if now.state is None else now.state.reached
    where = _(WHERE[phase_of(now)]).format(level=level)
    if is_stale(now):
        where = _("The runtime is not heard. Last known: {what}").format(what=where)
    if left.led_by is not None:
        return where, _("{who} leads it now.").format(who=left.led_by)
    if left.opened is None:
        return where, _("This record does not hold it, and nobody leads it.")
    return where, _("Nobody leads it. Continuing changes nothing in the scene.")


def ways_on(left: LeftOpen) -> tuple[tuple[str, str], ...]:
    """The ways on: `continue`, `close` or `leave`, each in words; the first never ends anything."""
    who, ours = left.led_by, left.opened is not None
    if who is None:
        if ours:
            return (
                ("continue", _("Continue this session")),
                ("close", _("Close it as interrupted")),
            )
        return (
            ("leave", _("Leave it as it is")),
            ("close", _("End it: out of the scene, then the neutral room")),
        )
    leave = ("leave", _("Leave it to {who}").format(who=who))
    if ours:
        take = _("Take control from {who} and continue").format(who=who)
        close = _("Take control from {who} and close it as interrupted").format(who=who)
        return leave, ("continue", take), ("close", close)
    return leave, ("close", _("Take control from {who} and end it").format(who=who))
