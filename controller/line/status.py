"""Owns how the session's standing is told in one line; it tells only what is applied.

What is old is called the last that is known, and carries its age.
"""

from __future__ import annotations

from controller.language import _, language, mark
from controller.line.watching import waits_for
from controller.line.words import word
from controller.session import suds
from controller.session.at_play import under_way
from controller.session.at_rest import guided
from controller.session.now import Now, TimedRating
from controller.ui.asking_bat import at_step
from controller.ui.lettering import clock, decimal
from controller.ui.possible import IN_SCENE, is_silent, is_stale, phase_of
from vr_runtime.wire.acts import Phase

PHASES = {
    Phase.IDLE: mark("No session."),
    Phase.LOADING: mark("Loading: the patient is in the neutral room."),
    Phase.READY: mark("Ready: the patient is in the neutral room."),
    Phase.EXPOSURE: mark("Exposure: the patient is in the scene."),
    Phase.HOLD: mark("Hold: the patient is in the scene, nothing rises."),
    Phase.PAUSE: mark("Pause: the patient is in the neutral room."),
    Phase.SAFE_PLACE: mark("Safe place: the patient is there, at level 0."),
    Phase.STOPPED: mark("Stopped: neutral view, no sound."),
    Phase.FAMILIARISATION: mark("Practice: the patient is in the practice room."),
}
"""Each phase as one sentence."""


def status(now: Now) -> str:
    """Phase, applied level and distress with their ages, link and record, in one line."""
    if now.session is None or now.state is None:
        return " ".join(filter(None, (_outside(now), *wrong(now))))
    if now.observing:
        # Ratings, what is due and what is saved are with the console that leads.
        told = _("Watched for {time}.").format(time=clock(now.at_s))
        parts = [_phase(now), _level(now), _what_runs(now), told]
        return " ".join(filter(None, (*parts, link(now), *wrong(now))))
    parts = [_phase(now), _level(now), _distress(now), _due(now), _what_runs(now), _time(now)]
    return " ".join(filter(None, (*parts, link(now), *wrong(now), _saved(now))))


def link(now: Now) -> str:
    """How the runtime is heard, in one sentence."""
    if now.link.state in ("lost", "refused") and now.link.why:
        return now.link.why
    if now.link.state == "connecting":
        return _("Looking for the runtime.")
    if is_stale(now):
        told = _("STALE: the runtime has not been heard for {age} seconds.")
        return told.format(age=decimal(now.link.age_s))
    if now.observing and now.session is None:
        return waits_for(now)
    if now.observing and now.may_stop:
        return _("This key may watch and stop.")
    if now.observing:
        return _("This key may only watch.")
    if not now.link.in_control:
        who = None if now.state is None else now.state.control.holder
        if who is None:
            told = _("The runtime is heard; nobody leads. Type {control} to take control.")
            return told.format(control=word("control"))
        told = _("The runtime is heard; {who} leads. Type {control} to take control.")
        return told.format(who=who, control=word("control"))
    return _("The link is live.")


def _outside(now: Now) -> str:
    if now.left is not None:
        told = _("A session is open at the patient's side; type {left} to decide about it.")
        return f"{_phase(now)} {told.format(left=word('left'))} {link(now)}"
    if now.observing:
        return link(now)
    return f"{_('No session is open.')} {link(now)}"


def _phase(now: Now) -> str:
    told = _(PHASES[phase_of(now)])
    if now.stop_asked:
        told = f"{_('A stop is sent and not confirmed yet.')} {told}"
    if is_stale(now):
        return _("Last known: {what}").format(what=told)
    return told


def _level(now: Now) -> str:
    state = now.state
    if state is None:
        return ""
    if state.phase not in IN_SCENE:
        if state.phase is Phase.LOADING:
            return _("Loaded to {part} percent.").format(part=round(state.loading * 100))
        return ""
    age = decimal(now.link.age_s)
    told = _("Level {level} is applied, as of {age} seconds ago.")
    told = told.format(level=state.reached, age=age)
    if state.moving and state.asked != state.reached:
        told += " " + _("Level {level} is asked and not reached yet.").format(level=state.asked)
    elif state.moving:
        told += " " + _("Values are still moving.")
    return told


def _distress(now: Now) -> str:
    given = [one for one in now.ratings if one.suds is not None]
    if not given:
        return _("No distress rating yet.")
    return distress(given[-1], now)


def distress(rating: TimedRating, now: Now) -> str:
    """One rating with its age, as a sentence."""
    value = rating.suds
    shown = "" if value is None else suds.shown(value, now.scale)
    told = _("Distress {value}, {age} ago.")
    if rating.saved_as is None:
        told = _("Distress {value}, {age} ago, not saved yet.")
    return told.format(value=shown, age=clock(now.at_s - rating.at_s))


def _due(now: Now) -> str:
    if now.due is None:
        return ""
    if now.due.opens_in_s > 0:
        return _("The next rating is due in {time}.").format(time=clock(now.due.opens_in_s))
    if now.due.peak:
        return _("A rating is due: how high was it at most?")
    return _("A rating is due.")


def _what_runs(now: Now) -> str:
    parts = []
    if now.bat is not None:
        parts.append(f"{at_step(now.bat)}.")
    if now.state is not None and now.state.guide is not None:
        parts.append(_("Guide: {what}.").format(what=guided(now.state.guide)))
    task = under_way(now.state)
    spec = None if task is None or now.manifest is None else now.manifest.task(task.name)
    if task is not None and spec is not None:
        told = _("Task for {time}: {name}.")
        parts.append(told.format(time=clock(task.running_s), name=spec.label.get(language())))
    return " ".join(parts)


def _time(now: Now) -> str:
    told = _("{patient}, session time {time}, {left} left.")
    left = now.limit_s - now.at_s
    if left < 0:
        told = _("{patient}, session time {time}, {left} over.")
    told = told.format(patient=now.pseudonym, time=clock(now.at_s), left=clock(abs(left)))
    return " ".join(filter(None, (told, _break(now))))


def _break(now: Now) -> str:
    if now.pace is None:
        return ""
    if now.pace.left_s is not None and now.pace.left_s > 0:
        return _("Break: {time} left.").format(time=clock(now.pace.left_s))
    if now.pace.left_s is not None:
        return _("Break: its time is over.")
    return _("A break is due.") if now.pace.due else ""


def _saved(now: Now) -> str:
    if now.record.trouble is not None:
        return now.record.trouble
    if now.record.waiting:
        return _("{count} entries are not saved yet.").format(count=now.record.waiting)
    return _("All is saved.")


def wrong(now: Now) -> tuple[str, ...]:
    """What is wrong at the patient's side, each as a sentence."""
    state = now.state
    told: list[str] = []
    if state is None:
        return ()
    if state.disabled is not None:
        told.append(_("The scenario failed and is disabled for this session."))
    if state.display.headset == "off":
        told.append(_("The headset is not on the patient's head."))
    if state.display.headset == "lost":
        told.append(_("The headset has lost where the head is."))
    if is_silent(now):
        told.append(_("No sound device works: the patient hears nothing."))
    if state.display.focused:
        told.append(_("The patient's window has the keyboard: keys do not reach this console."))
    if state.observers.present:
        names = ", ".join(state.observers.present)
        told.append(_("Watched by {names}.").format(names=names))
    if not state.watch.watched:
        told.append(_("No watchdog stands by the patient's side."))
    if state.journal is not None and state.journal.trouble is not None:
        told.append(_("The patient's side cannot write its journal."))
    return tuple(told)
