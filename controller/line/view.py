"""Owns the commands on what the patient sees, reads and hears; it shows nothing itself."""

from __future__ import annotations

from controller.language import _
from controller.line.levels import usage
from controller.line.reading import find
from controller.line.seat import Handler, Seat
from controller.line.words import plainly
from controller.session.comforts import beside, decibels
from controller.ui import possible
from controller.ui.eyes_offers import offers
from vr_runtime.wire.acts import Phase, Quality
from vr_runtime.wire.hearing import QUIETEST_DB
from vr_runtime.wire.sight import LONGEST_TEXT

SOFTER = ("softer", "moins fort", "baisser")
LOUDER = ("louder", "plus fort", "monter")
TONE_IN = (Phase.READY, Phase.PAUSE, Phase.STOPPED)


def _text(seat: Seat, rest: str) -> None:
    if not seat.may("text"):
        return
    state = seat.now().state
    if len(rest) > LONGEST_TEXT:
        told = _("The patient reads up to {most} letters; these are {count}.")
        seat.say(told.format(most=LONGEST_TEXT, count=len(rest)))
    elif rest:
        seat.send(lambda lead: lead.eyes.show_text(rest))
    elif state is not None and state.sight.text is not None:
        seat.send(lambda lead: lead.eyes.take_away("text"))
    else:
        seat.say(usage("text"))


def _dial(seat: Seat, rest: str) -> None:
    if not seat.may("dial"):
        return
    state = seat.now().state
    if state is not None and state.sight.dial in ("asked", "raised"):
        seat.send(lambda lead: lead.eyes.take_away("dial"))
    else:
        seat.send(lambda lead: lead.eyes.ask_rating())


def _way_out(seat: Seat, rest: str) -> None:
    if seat.may("dial"):
        seat.send(lambda lead: lead.eyes.show_way_out())


def _recentre(seat: Seat, rest: str) -> None:
    if seat.may("dial"):
        seat.send(lambda lead: lead.eyes.recentre())


def _volume(seat: Seat, rest: str) -> None:
    state = seat.now().state
    if not seat.may("dial") or state is None:
        return
    said = plainly(rest)
    steps = -1 if said in map(plainly, SOFTER) else 1 if said in map(plainly, LOUDER) else 0
    wanted = beside(state.display.volume_db, steps)
    if not steps:
        told = _("Now {db} dB; 0 is as loud as the clinic has set headphones and machine.")
        seat.say(f"{told.format(db=decibels(state.display.volume_db))} {usage('volume')}")
    elif QUIETEST_DB <= wanted <= 0:
        seat.send(lambda lead: lead.set_volume(wanted))
    else:
        seat.say(_("The volume goes from {low} to 0 dB.").format(low=decibels(QUIETEST_DB)))


def _tone(seat: Seat, rest: str) -> None:
    now = seat.now()
    if not seat.may("dial") or now.state is None:
        return
    if now.state.display.tone:
        seat.send(lambda lead: lead.stop_tone())
    elif possible.phase_of(now) in TONE_IN:
        seat.send(lambda lead: lead.play_tone())
    else:
        seat.say(_("The calibration tone is for the neutral room; leave the scene first."))


def _picture(seat: Seat, rest: str) -> None:
    state = seat.now().state
    if not seat.may("dial") or state is None:
        return
    quality: Quality = "full" if state.display.quality == "lowered" else "lowered"
    seat.send(lambda lead: lead.set_quality(quality))


def _patient(seat: Seat, rest: str) -> None:
    """A list of what can be set now, by number; each is done as soon as it is chosen."""
    if not seat.may("dial"):
        return
    rows = tuple(offers(seat.now()))

    def choose(number: int) -> None:
        if seat.may("dial"):
            seat.send(rows[number][2])

    found = find(rest, {str(n): (title,) for n, (title, _told, _act) in enumerate(rows)})
    if found is not None:
        choose(int(found))
    else:
        names = tuple((f"{title}. {told}", title) for title, told, _act in rows)
        seat.pick(_("What is to be changed for the patient?"), names, choose)


HANDLERS: dict[str, Handler] = {
    "text": _text,
    "dial": _dial,
    "way_out": _way_out,
    "recentre": _recentre,
    "volume": _volume,
    "tone": _tone,
    "picture": _picture,
    "patient": _patient,
}
