"""Owns the commands on what follows the last trial; each part is kept by whoever leads the session.

Nothing is enforced: the session can be ended without. What was typed and is not saved yet lives
where the screens keep it too, so that no stop takes it away and the seal keeps the rest.
"""

from __future__ import annotations

from functools import partial

from controller import typed
from controller.language import _, language
from controller.line.before import ANEW
from controller.line.levels import usage
from controller.line.questions import Question
from controller.line.seat import Handler, Seat, numbered
from controller.line.words import plainly, word
from controller.session.after.entries import LONGEST_LINE, AfterPart
from controller.session.after.entries import PARTS as ALL
from controller.session.after.unsaved import NOTE
from controller.session.after.words import PARTS
from controller.session.now import Now, Outcome
from controller.ui import possible
from controller.ui.after_words import figures, told

WORDS: dict[AfterPart, str] = {
    "recovery": "recovery",
    "questionnaires": "forms",
    "debrief": "debrief",
    "homework": "homework",
    "release": "release",
    "note": "draft",
}
"""The command of each part."""
CONFIRMED = "+"
"""What is kept for a confirmed point; for one that is left out it is - and the reason."""


def stands(session: str | None, now: Now) -> bool:
    """What follows the last trial is for outside the scene, and for its session."""
    return now.session == session and possible.why_not("after", now) is None


def _after(seat: Seat, rest: str) -> None:
    """The parts, once what was answered elsewhere is looked at, as by the command."""
    if not seat.may("after"):
        return

    def tell(outcome: Outcome) -> None:
        if outcome.ok:
            _parts(seat)

    seat.send(lambda lead: lead.forms.recall(), "record", then=tell, quiet=True)


def _parts(seat: Seat) -> None:
    now = seat.now()
    left = now.after.not_done(asked=any(one.when == "after" for one in now.forms))
    row = _("{check}: {state}.")
    rows = []
    for part in ALL:
        how = told(part, now)
        state = how if part in left else f"{_('done')}, {how}"
        name = _(PARTS[part]).capitalize()
        text = row.format(check=name, state=state)
        rows.append(f"{text} {usage(WORDS[part])}" if part in left else text)
    seat.say(*numbered(tuple(rows)))
    text = _("The session can be ended without; what is not done is recorded so. {usage}")
    seat.say(text.format(usage=usage("end")))


# -- recovery


def _recovery(seat: Seat, rest: str) -> None:
    """How far it is; meanwhile a number is distress in the recovery, and yes records it."""
    if seat.may("after"):
        _ask_recovery(seat)


def _ask_recovery(seat: Seat) -> None:
    found, now = seat.lead.after.recovery(), seat.now()
    if found is None:
        seat.say(_("No session is open."))
        return

    def rate(digits: str) -> None:
        def rated(outcome: Outcome) -> None:
            if outcome.ok:
                seat.say(outcome.text)
                _ask_recovery(seat)

        seat.send(lambda lead: lead.rate(digits, "recovery"), "record", then=rated, quiet=True)

    text = _("A number rates distress now; {yes} records the recovery as it is, {no} goes on.")
    asked = text.format(yes=word("yes"), no=word("no"))
    seat.ask(
        Question(
            (*figures(found, now), asked),
            yes=lambda: seat.send(lambda lead: lead.after.end_recovery(), "record"),
            number=rate,
            stands=partial(stands, now.session),
        )
    )


# -- homework


def _homework(seat: Seat, rest: str) -> None:
    """What, how often and until when, parted by semicolons."""
    if not seat.may("after"):
        return
    if not rest:
        seat.say(f"{told('homework', seat.now())}.", usage("homework"))
        return
    fields = ("homework.what", "homework.often", "homework.until")
    lines = [part.strip() for part in rest.split(";", len(fields) - 1)]
    lines += [""] * (len(fields) - len(lines))
    kept = seat.lead.after.typed()
    kept.update(zip(fields, lines, strict=True))

    def saved(outcome: Outcome) -> None:
        if outcome.ok:
            for field in fields:
                kept.pop(field, None)

    what, often, until = lines
    seat.send(lambda lead: lead.after.homework(what, often, until), "record", then=saved)


# -- the release


def _release(seat: Seat, rest: str) -> None:
    """Go on with the points that are not decided yet, or with all of them anew."""
    if not seat.may("after"):
        return
    anew = plainly(rest) in ANEW
    if rest and not anew:
        seat.say(usage("release"))
        return
    gate, kept = seat.lead.after.protocol.after, seat.lead.after.typed()
    if anew:
        for item in gate.items:
            kept.pop(_key(item.id), None)
    seat.say(
        gate.about.of(language()),
        _("Source: {source}").format(source=gate.source.of(language())),
        _("Not reviewed by a clinician.") if seat.now().unreviewed else "",
    )
    text = _("{yes} confirms a point, {leave_out} and a reason leaves it out, {back} goes back.")
    seat.say(text.format(yes=word("yes"), leave_out=word("leave_out"), back=word("back")))
    _next_point(seat)


def _key(name: str) -> str:
    return f"release.{name}"


def _next_point(seat: Seat) -> None:
    """Ask the first point that is open; once none is, whether the release is to be saved."""
    items, kept = seat.lead.after.protocol.after.items, seat.lead.after.typed()
    at = next((n for n, one in enumerate(items) if not kept.get(_key(one.id))), len(items))

    def decide(said: str) -> None:
        kept[_key(items[at].id)] = said
        _next_point(seat)

    def out(reason: str) -> None:
        why = typed.line(reason)
        if 1 <= len(why) <= LONGEST_LINE:
            decide(f"-{why}")
            return
        seat.say(_("Say why in 1 to {most} characters.").format(most=LONGEST_LINE))
        _next_point(seat)

    def back(rest: str) -> None:
        if at > 0:
            kept.pop(_key(items[at - 1].id), None)
        _next_point(seat)

    def leave() -> None:
        text = _("Left; what was decided is kept and not saved yet. {release} goes on.")
        seat.say(text.format(release=word("release")))

    holds = partial(stands, seat.now().session)
    if at == len(items):
        rows = tuple(_decided(one.of(language()), kept[_key(one.id)]) for one in items)
        text = _("Every point is decided. {yes} saves the release, {back} goes back.")
        asked = text.format(yes=word("yes"), back=word("back"))
        lines = (*numbered(rows), asked)
        yes = partial(_save_release, seat)
        seat.ask(Question(lines, yes=yes, no=leave, words={"back": back}, stands=holds))
        return
    text = _("Point {n} of {all}: {text}")
    asked = text.format(n=at + 1, all=len(items), text=items[at].of(language()))
    words = {"leave_out": out, "back": back}
    yes = partial(decide, CONFIRMED)
    seat.ask(Question((asked,), yes=yes, no=leave, words=words, stands=holds))


def _decided(text: str, said: str) -> str:
    if said == CONFIRMED:
        return _("{text} Confirmed.").format(text=text)
    return f"{text} {_('left out: {reason}').format(reason=said[1:])}"


def _save_release(seat: Seat) -> None:
    items, kept = seat.lead.after.protocol.after.items, seat.lead.after.typed()
    said = {one.id: kept.get(_key(one.id), "") for one in items}
    confirmed = [name for name, how in said.items() if how == CONFIRMED]
    out = {name: how[1:] for name, how in said.items() if how.startswith("-")}

    def saved(outcome: Outcome) -> None:
        if outcome.ok:
            for one in items:
                kept.pop(_key(one.id), None)

    seat.send(lambda lead: lead.after.release(confirmed, out), "record", then=saved)


# -- the note


def _note_so_far(seat: Seat) -> str:
    """As it was typed last, else as it was kept, else as it was validated."""
    kept, so_far = seat.lead.after.typed(), seat.now().after
    validated = "" if so_far.note is None else so_far.note.text
    return kept[NOTE] if NOTE in kept else so_far.draft or validated


def _draft(seat: Seat, rest: str) -> None:
    """Add a line to the note, begin it anew, or read it; each is in the record at once."""
    if not seat.may("after"):
        return
    before, kept = _note_so_far(seat), seat.lead.after.typed()
    if not rest:
        _read_note(seat, before)
        seat.say(usage("draft"))
        return
    if plainly(rest) in ANEW:
        kept[NOTE] = ""
        seat.say(_("The note begins anew; what was kept of it stays in the record."))
        return
    text = f"{before}\n{rest}".strip()
    kept[NOTE] = text

    def drafted(outcome: Outcome) -> None:
        if not outcome.ok:
            # What the record did not take stays to be kept; what it may not hold does not.
            refused = outcome.code not in ("record", "fault")
            if refused and kept.get(NOTE) == text:
                kept[NOTE] = before
            return
        told = _("Kept as a draft, {count} characters; {validate} makes it your statement.")
        seat.say(told.format(count=len(text), validate=word("validate")))

    seat.send(lambda lead: lead.after.draft_note(text), "record", then=drafted, quiet=True)


def _read_note(seat: Seat, text: str) -> None:
    note = seat.now().after.note
    if not text:
        seat.say(_("No note is written yet."))
        return
    seat.say(*filter(None, text.splitlines()))
    if note is not None and note.text == text.strip():
        seat.say(_("Validated."))
    elif note is not None:
        seat.say(_("Changed since it was validated: validate again to correct it."))
    else:
        seat.say(_("Draft: it is nobody's statement before it is validated."))


def _validate(seat: Seat, rest: str) -> None:
    """Read it whole, then ask whether whoever sits here stands for it."""
    if not seat.may("after"):
        return
    text = _note_so_far(seat)
    _read_note(seat, text)
    if not text.strip():
        seat.say(usage("draft"))
        return

    def validated(outcome: Outcome) -> None:
        if outcome.ok:
            seat.lead.after.typed().pop(NOTE, None)

    def stand_for_it() -> None:
        seat.send(lambda lead: lead.after.validate_note(text), "record", then=validated)

    present = None if seat.desk is None else seat.desk.present
    told = _("Validate this note under the name {name}? Type {yes}; anything else leaves it.")
    asked = told.format(name="-" if present is None else present.name, yes=word("yes"))
    seat.ask(Question((asked,), yes=stand_for_it, stands=partial(stands, seat.now().session)))


# -- the patient's copy


def _copy(seat: Seat, rest: str) -> None:
    """Of the session that ended here last."""
    session = seat.kept.ended
    if seat.now().session is not None:
        seat.say(_("The patient's copy is written once the session has ended."))
    elif not session:
        seat.say(_("No session has ended at this console since you sit here."))
    else:
        seat.send(lambda lead: lead.after.copy(session), "record")


HANDLERS: dict[str, Handler] = {
    "after": _after,
    "recovery": _recovery,
    "homework": _homework,
    "release": _release,
    "draft": _draft,
    "validate": _validate,
    "copy": _copy,
}
