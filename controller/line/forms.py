"""Owns the commands on questionnaires and sickness: each item asked, read back, saved at the end.

What was answered lives with whoever leads the session until it is saved; it scores nothing itself.
While a questionnaire is asked a number answers it, and `rate NUMBER` is distress.
"""

from __future__ import annotations

from functools import partial

from controller.language import _, language
from controller.line import levels
from controller.line.levels import usage
from controller.line.questions import Question
from controller.line.reading import find
from controller.line.seat import Handler, Seat, numbered
from controller.line.words import plainly, word
from controller.questionnaires import listing, telling
from controller.questionnaires.dialogue import shown_in, told_at_once
from controller.questionnaires.model import Item, Questionnaire, Used
from controller.questionnaires.scoring import Scores, score
from controller.session import suds
from controller.session.after.entries import Answer
from controller.session.after.forms import Reached
from controller.session.now import Now, Outcome
from controller.ui import possible
from controller.ui.asking_sickness import SicknessAdvice
from controller.ui.possible import IN_SCENE, phase_of
from controller.ui.scores import around, changes

MOMENTS: dict[Used, tuple[str, ...]] = {
    "baseline": ("before", "avant"),
    "after": ("after", "apres"),
}
"""As each is typed, in both languages."""


def _moment(rest: str, now: Now) -> tuple[Used, str]:
    """When it would be given, and what else was typed: after, once there was a trial."""
    words = rest.split(" ")
    for when, names in MOMENTS.items():
        if plainly(words[-1]) in names:
            return when, " ".join(words[:-1])
    return ("after" if now.trials else "baseline"), rest


def _forms(seat: Seat, rest: str) -> None:
    """The list, once what was answered elsewhere is looked at, as by the command."""
    when, more = _moment(rest, seat.now())
    if more:
        seat.say(usage("forms"))
    elif seat.may("forms"):

        def told(outcome: Outcome) -> None:
            if outcome.ok:
                _list(seat, when)

        seat.send(lambda lead: lead.forms.recall(), "record", then=told, quiet=True)


def _list(seat: Seat, when: Used) -> None:
    now = seat.now()
    offered = seat.lead.forms.offered(when)
    told = _("Questionnaires for {patient}, asked {when}:")
    seat.say(told.format(patient=now.pseudonym, when=_(telling.WHEN[when])))
    seat.say(*numbered(tuple(_row(now, of) for of in offered)))
    told = _("Each figure is the last scale of it; the change is after minus before. {usage}")
    seat.say(told.format(usage=usage("form")), _(telling.NO_ADVICE))


def _row(now: Now, of: Questionnaire) -> str:
    """Its score before, after, and the change, each only where it is there."""
    before, after, found = around(now, of)
    since = telling.signed(found[-1]) if found else ""
    told = [of.title.of(language())]
    told.append(_("before: {figure}").format(figure=_figure(before)))
    told.append(_("after: {figure}").format(figure=_figure(after)))
    told.append(_("change: {figure}").format(figure=since or _("none yet")))
    return "; ".join(told)


def _figure(scores: Scores | None) -> str:
    exact = None if scores is None else scores.scores[-1].exact
    return _("none yet") if exact is None else telling.figure(exact)


# -- one questionnaire


def _form(seat: Seat, rest: str) -> None:
    if not seat.may("forms"):
        return
    when, name = _moment(rest, seat.now())
    offered = seat.lead.forms.offered(when)
    names = {one.id: (one.title.of(language()), one.title.en, one.title.fr) for one in offered}
    found = find(name, names) if name else None
    of = next((one for one in offered if one.id == found), None)
    if of is None:
        told = _("{usage} The list is {forms}.")
        seat.say(told.format(usage=usage("form"), forms=word("forms")))
        return
    seat.say(
        f"{of.title.of(language())} {of.version}, {_(telling.WHEN[when])}.", listing.review(of)
    )
    shown = shown_in(of)
    if shown is None:
        seat.say(_("The items are not here in this language; read them from your copy."))
    else:
        seat.say(*filter(None, (of.instructions.of(shown), of.attribution)))
    told = _("A number answers; {leave_out}, {back} and {no} do what they say; {rate} is distress.")
    seat.say(
        told.format(
            leave_out=word("leave_out"),
            back=word("back"),
            no=word("no"),
            rate=f"{word('rate')} 40",
        )
    )
    _next_item(seat, of, when)


def _stands(session: str | None, now: Now) -> bool:
    """A questionnaire is for outside the scene, and for its session."""
    return now.session == session and possible.why_not("forms", now) is None


def _next_item(seat: Seat, of: Questionnaire, when: Used) -> None:
    """Ask the item that is come to; after the last, all answers and whether to save them."""
    draft, session = seat.lead.forms.draft(of, when), seat.now().session
    leave = partial(_leave, seat, of)
    back = {"back": lambda _rest: _back(seat, of, when)}
    stands = partial(_stands, session)
    if draft.at >= len(of.items):
        yes = partial(_save, seat, of, when)
        lines = (*_summary(seat.now(), of, when, draft.answers), _whether())
        seat.ask(Question(lines, yes=yes, no=leave, words=back, stands=stands))
        return
    item = of.items[draft.at]
    out = {"leave_out": lambda _rest: _answer(seat, of, when, item, None)}
    take = partial(_take, seat, of, when, item)
    lines = _item(of, draft.at)
    given = draft.answers.get(item.id)
    if given is not None:
        lines += (_("Answered before: {answer}.").format(answer=_worded(of, item, given)),)
    seat.ask(Question(lines, number=take, no=leave, words=back | out, stands=stands))


def _item(of: Questionnaire, at: int) -> tuple[str, ...]:
    """Its number and text, then its answers on one line."""
    item, shown, span = of.items[at], shown_in(of), of.range_of(of.items[at])
    where = _("item {number} of {count}").format(number=at + 1, count=len(of.items))
    told = _("{item}: {text}").format(item=where, text=_text(of, item))
    words = [f"{a.value} {a.of(shown)}" for a in span.anchors if shown and a.of(shown)]
    ends = _("{lowest} to {highest}").format(lowest=span.lowest, highest=span.highest)
    return told, f"{ends}: {'; '.join(words)}." if words else f"{ends}."


def _text(of: Questionnaire, item: Item) -> str:
    shown = shown_in(of)
    return item.id if shown is None else item.of(shown) or item.id


def _worded(of: Questionnaire, item: Item, value: int | None) -> str:
    """An answer as it is read back, with what it stands for."""
    if value is None:
        return _("left out")
    shown = shown_in(of)
    words = [a.of(shown) for a in of.range_of(item).anchors if shown and a.value == value]
    return f"{value}, {words[0]}" if words and words[0] else str(value)


def _take(seat: Seat, of: Questionnaire, when: Used, item: Item, digits: str) -> None:
    span = of.range_of(item)
    value = int(digits) if digits.isdigit() and len(digits) < 8 else None
    if value is None or not span.lowest <= value <= span.highest:
        told = _("Answer with a whole number from {lowest} to {highest}, or {leave_out}.")
        seat.say(told.format(lowest=span.lowest, highest=span.highest, leave_out=word("leave_out")))
        return
    _answer(seat, of, when, item, value)


def _answer(seat: Seat, of: Questionnaire, when: Used, item: Item, value: int | None) -> None:
    """Kept, read back; what must be seen at once comes before the next item."""
    draft = seat.lead.forms.draft(of, when)
    draft.answers[item.id] = value
    draft.at += 1
    seat.say(_("Answered: {answer}.").format(answer=_worded(of, item, value)))
    at_once = [] if value is None else told_at_once(of, {item.id: value})
    if at_once:
        seat.say(*(_("To be seen at once: {what}").format(what=told) for told in at_once))
        seat.send(lambda lead: lead.forms.alerted(of, when, item), "record", quiet=True)
    _next_item(seat, of, when)


def _back(seat: Seat, of: Questionnaire, when: Used) -> None:
    draft = seat.lead.forms.draft(of, when)
    draft.at = max(0, draft.at - 1)
    _next_item(seat, of, when)


def _leave(seat: Seat, of: Questionnaire) -> None:
    told = _("Left; what was answered is kept and not saved yet. {form} {name} goes on.")
    seat.say(told.format(form=word("form"), name=of.id))


def _whether() -> str:
    told = _("Save these answers? {yes} saves, {back} goes back, {no} leaves them for later.")
    return told.format(yes=word("yes"), back=word("back"), no=word("no"))


def _summary(
    now: Now, of: Questionnaire, when: Used, answers: dict[str, int | None]
) -> tuple[str, ...]:
    """Every answer, then the scores they make with their sources."""
    rows = tuple(
        _("{item}: {text}").format(
            item=_text(of, item), text=_worded(of, item, answers.get(item.id))
        )
        for item in of.items
    )
    scores = score(of, answers)
    told = telling.lines(scores, changes(now, of, when, scores))
    return (*numbered(rows), *told, _(telling.NO_ADVICE))


def _save(seat: Seat, of: Questionnaire, when: Used) -> None:
    """Once saved the change is told, where both are there."""

    def saved(outcome: Outcome) -> None:
        if outcome.ok:
            seat.say(outcome.text, _row(seat.now(), of) + ".")

    seat.send(lambda lead: lead.forms.save(of, when), "record", then=saved, quiet=True)


def _of_a_form(seat: Seat, rest: str) -> None:
    """Typed where nothing is asked that could be gone back in."""
    seat.say(_("Nothing is asked that could be gone back in; {form} asks a questionnaire.").format(
        form=word("form")))  # fmt: skip


# -- sickness


def _sickness(seat: Seat, rest: str) -> None:
    """One number, saved at its moment; what the protocol advises on it is told and recorded."""
    if not seat.may("sickness"):
        return
    digits = "".join(suds.as_digit(sign) or "?" for sign in rest)
    if not digits.isdigit():
        seat.say(_("Sickness, 0 to 20: stomach or dizziness, not fear?"), usage("sickness"))
        return

    def saved(outcome: Outcome) -> None:
        shown = seat.lead.forms.advice() if outcome.ok else None
        if shown is not None:
            _advise(seat, shown)

    seat.send(lambda lead: lead.forms.sick(digits), "record", then=saved)


def _advise(seat: Seat, shown: Reached) -> None:
    """Asked of the therapist; it does nothing by itself, and every way out works as ever."""

    def did(answer: Answer) -> None:
        seat.send(lambda lead: lead.forms.advised(shown, answer), "record", quiet=True)

    session, lines = seat.now().session, [SicknessAdvice(shown).sentence(seat.now())]

    def leaves(act: str, rest: str) -> None:
        levels.HANDLERS[act](seat, rest)
        did("heeded")

    if phase_of(seat.now()) in IN_SCENE:
        told = _("{safe_place} leads out of the scene; {no} puts this aside.")
        lines.append(told.format(safe_place=word("safe_place"), no=word("no")))
    else:
        lines.append(_("{no} puts this aside.").format(no=word("no")))
    seat.ask(
        Question(
            tuple(lines),
            no=lambda: did("left"),
            gone=lambda stopped: did("heeded" if stopped else "unanswered"),
            words={act: partial(leaves, act) for act in ("safe_place", "pause")},
            stands=lambda now: now.session == session,
        )
    )


HANDLERS: dict[str, Handler] = {
    "forms": _forms,
    "form": _form,
    "back": _of_a_form,
    "sickness": _sickness,
}
