"""Owns how consoles tell the parts after the last trial and how each stands; changes nothing."""

from __future__ import annotations

from controller.language import _, listed
from controller.session import suds
from controller.session.after.entries import AfterPart
from controller.session.after.recovery import Recovery
from controller.session.after.words import PARTS, RECOVERED
from controller.session.now import Now
from controller.ui.lettering import clock
from controller.ui.scores import told_change


def not_done(now: Now) -> list[str]:
    """The parts that are not done, as they are called; none before there was a trial."""
    if not now.trials:
        return []
    asked = any(one.when == "after" for one in now.forms)
    return [_(PARTS[part]) for part in now.after.not_done(asked=asked)]


def told(part: AfterPart, now: Now) -> str:
    """How a part stands, in one line."""
    so_far = now.after
    if part == "recovery":
        done = so_far.recovery
        return _("not done") if done is None else _(RECOVERED[done.how])
    if part == "questionnaires":
        found = told_change(now)
        return listed(found) if found else _("not done")
    if part == "debrief":
        return _("not done") if so_far.debrief is None else f"« {so_far.debrief.learned} »"
    if part == "homework":
        given = so_far.homework
        lines = () if given is None else (given.what, given.often, given.until)
        return listed(lines) or _("not done")
    if part == "release":
        if so_far.release is None:
            return _("not done")
        items = so_far.release.items
        out = sum(not item.confirmed for item in items)
        text = _("{count} points confirmed, {out} left out with a reason")
        return text.format(count=len(items) - out, out=out)
    if so_far.draft:
        return _("a draft is kept; nobody has validated it yet")
    return _("not done") if so_far.note is None else _("validated")


def figures(found: Recovery, now: Now) -> list[str]:
    """What recovery is judged by, in figures; nothing here waits for it."""

    def shown(value: int | None) -> str:
        return "–" if value is None else suds.shown(value, now.scale)

    figures = _("distress {last} · baseline {baseline} · waited {waited} of {most}").format(
        last=shown(found.last),
        baseline=shown(found.baseline),
        waited=clock(found.waited_s),
        most=clock(found.time_out_s),
    )
    if found.bound is None:
        judged = _("no baseline was rated: nothing can be compared with")
    else:
        bound = suds.shown(min(100, round(found.bound)), now.scale)
        judged = _("recovered at {bound} or less").format(bound=bound)
        if found.recovered:
            judged += " · ✓ " + _("reached")
        elif found.timed_out:
            judged += " · ◔ " + _("the time for it is over")
    return [figures, judged]
