"""Owns what is said of time and breaks: calmly, and never as an order."""

from __future__ import annotations

from collections.abc import Mapping

from controller.called import called
from controller.language import _, language, mark
from controller.session.pacing.entries import Paced, What

WHAT: Mapping[What, str] = {
    "limit_near": mark("said: the time foreseen is nearly over; minutes left: {minutes}"),
    "limit_reached": mark("said: the time foreseen is over; minutes foreseen: {minutes}"),
    "break_due": mark("said: a break is due; minutes of exposure: {minutes}"),
    "break_begun": mark("break begun; minutes it is to last: {minutes}"),
    "break_over": mark("said: the break's time is over; minutes: {minutes}"),
    "break_ended": mark("break ended; minutes it lasted: {minutes}"),
}


def figure(minutes: float) -> str:
    """Minutes with the decimal mark of the language, and none where they are whole."""
    text = f"{minutes:g}"
    return text.replace(".", ",") if language() == "fr" else text


def told(said: Paced) -> str:
    """What the entry is about, for who reads it later."""
    return _(WHAT[said.what]).format(minutes=figure(said.minutes))


def sentence(said: Paced) -> str:
    """What the therapist is told at this moment."""
    minutes = figure(said.minutes)
    match said.what:
        case "limit_near":
            text = _("The time foreseen for the session ends in {minutes} min; you decide.")
        case "limit_reached":
            text = _("The {minutes} min foreseen for the session are over; you decide.")
        case "break_due":
            text = _("A break is due: {minutes} min of exposure. {key} begins one; you decide.")
        case "break_over":
            text = _("The break's {minutes} min are over; nothing resumes by itself.")
        case "break_begun":
            text = _("Break of {minutes} min begun and saved; nothing resumes by itself.")
        case "break_ended":
            text = _("The break has ended after {minutes} min.")
    return text.format(minutes=minutes, key=called("break", "B"))
