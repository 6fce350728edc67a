"""Owns the commands on what a patient needs before a session: screening, consent, what is missing.

What is missing is decided elsewhere, and so is what counts as an answer.
"""

from __future__ import annotations

from functools import partial
from typing import get_args

from pydantic import ValidationError

from controller import typed
from controller.clinic_files.parts import Words
from controller.language import _, language
from controller.line.levels import usage
from controller.line.questions import Question
from controller.line.reading import find
from controller.line.seat import Handler, Seat
from controller.line.words import plainly, word
from controller.protocol.model import Screening, ScreeningItem
from controller.session.before.entries import LONGEST_WHY, Check, Dealt, ScreeningAnswer
from controller.session.before.screened import fingerprint
from controller.session.before.so_far import Missing
from controller.session.before.words import ACTIONS, CONSENTS
from controller.session.keeping import Consenting, ConsentTo
from controller.session.now import Outcome, PatientCard

ANEW = ("anew", "a nouveau")
STREAMS: dict[ConsentTo, tuple[str, ...]] = {
    "session": ("session", "exposure", "seance", "exposition"),
    "pose": ("pose",),
    "gaze": ("gaze", "regard"),
    "heart": ("heart", "coeur", "c\u0153ur"),
    "recording": ("recording", "enregistrement"),
    "observers": ("observers", "observateurs"),
    "research": ("research", "recherche"),
}
"""As each is typed, in both languages."""
SIGNED = ("signed", "signe")
VERBAL = ("verbal", "oral")
GUARDIAN = ("guardian", "representant", "responsable", "tuteur", "tutrice")
ASSENT = ("assent", "accord", "assentiment")
BESIDE = ("by", "the", "a", "with", "and", "par", "le", "la", "un", "une", "legal", "avec", "et",
          "son", "patient")  # fmt: skip
"""Words that say nothing of their own here."""


def named_patient(seat: Seat, rest: str, act: str = "before") -> PatientCard | None:
    """The patient who is meant: by name or number, else of the session, else who was named last."""
    cards, now = seat.lead.patients(), seat.now()
    if rest:
        found = find(rest, {card.id: (card.pseudonym,) for card in cards})
    elif now.session is not None:
        found = next((card.id for card in cards if card.pseudonym == now.pseudonym), None)
    elif len(cards) == 1:
        found = cards[0].id
    else:
        found = seat.kept.patient
    card = next((one for one in cards if one.id == found), None)
    if card is not None:
        seat.kept.patient = card.id
    elif rest:
        told = _("There is no patient of this name or number; {patients} lists them.")
        seat.say(told.format(patients=word("patients")))
    else:
        told = _("Which patient? {usage} The list is {patients}.")
        seat.say(told.format(usage=usage(act), patients=word("patients")))
    return card


def _before(seat: Seat, rest: str) -> None:
    if seat.lead.before.screening is None:
        seat.say(_("No protocol is in force here: nothing is asked before a session."))
        return
    now = seat.now()
    if now.session is None or rest:
        card = named_patient(seat, rest)
        if card is not None:
            seat.say(*missing_to_open(seat, card))
    elif now.before is None:
        seat.say(_("The first trial has begun; nothing is asked before the next."))
    elif not now.before.missing:
        seat.say(_("Nothing is missing before the first trial."))
    else:
        seat.say(*(_what_to_do(one) for one in now.before.missing))


def missing_to_open(seat: Seat, card: PatientCard) -> tuple[str, ...]:
    """What is missing before a session with this patient, each with what is typed."""
    missing = seat.lead.before.to_open(card)
    if not missing:
        return (_("{patient}: nothing is missing for a session.").format(patient=card.pseudonym),)
    told = _("{patient}: missing for a session: {n}.")
    first = told.format(patient=card.pseudonym, n=len(missing))
    return (first, *(_what_to_do(one) for one in missing))


def _what_to_do(missing: Missing) -> str:
    act = "check" if missing.what in get_args(Check) else missing.what
    return f"{missing.text} {usage(act)}"


# -- the screening


def _screening(seat: Seat, rest: str) -> None:
    """Go on where it was left, or with the answers that still wait for something."""
    screening, now = seat.lead.before.screening, seat.now()
    if screening is None:
        seat.say(_("No protocol is in force here, and it has no screening."))
        return
    if now.barred:
        seat.say(now.barred)
        return
    anew, rest = is_anew(rest)
    card = named_patient(seat, rest)
    if card is None:
        return
    of, kept = (card.id, fingerprint(screening)), seat.kept
    if anew or kept.screening_of != of:
        kept.screening_of, kept.screening = of, {}
        said = card.screened
        if not anew and said is not None and said.open and said.of(screening):
            kept.screening = {one.item: one for one in said.said.answers if one.dealt != "open"}
    told = _("Screening: {patient}. {yes} or {no} answers; a number stays a rating.")
    seat.say(told.format(patient=card.pseudonym, yes=word("yes"), no=word("no")))
    if kept.screening:
        told = _("{n} answers stand already; {anew} asks all of them.")
        again = f"{word('screening')} {_('anew')}"
        seat.say(told.format(n=len(kept.screening), anew=again))
    _next_item(seat, card.id, screening)


def is_anew(rest: str) -> tuple[bool, str]:
    """Whether all is asked anew, and what else was typed."""
    for form in ANEW:
        if plainly(rest) == form or plainly(rest).endswith(f" {form}"):
            return True, " ".join(rest.split(" ")[: -len(form.split(" "))])
    return False, rest


def _next_item(seat: Seat, patient: str, screening: Screening) -> None:
    """Ask what has no answer yet; with the last answer all of them are saved."""
    given = seat.kept.screening
    at = next((n for n, one in enumerate(screening.items) if one.id not in given), None)
    if at is None:
        answers = tuple(given[one.id] for one in screening.items)

        def saved(outcome: Outcome) -> None:
            if outcome.ok:
                seat.kept.forget_screening()

        seat.send(lambda lead: lead.before.answer_screening(patient, answers), "record", then=saved)
        return
    item, spoken = screening.items[at], language()
    told = _("Question {n} of {all}: {question}")
    rows = (
        told.format(n=at + 1, all=len(screening.items), question=item.of(spoken)),
        _(ACTIONS[item.action]),
        item.note.of(spoken),
        _("Source: {source}").format(source=item.source.of(spoken)),
    )
    session = seat.now().session

    def no() -> None:
        _answered(seat, patient, screening, item, None, "")

    seat.ask(
        Question(
            tuple(row for row in rows if row),
            yes=partial(_deal, seat, patient, screening, item),
            no=no,
            stands=lambda now: now.session == session,
        )
    )


def _deal(seat: Seat, patient: str, screening: Screening, item: ScreeningItem) -> None:
    """What becomes of a yes."""
    told = _(
        "A yes. Type {cleared} and by whom, {despite} and why it goes ahead, or {wait}: then no "
        "session is opened yet. {no} asks the question again."
    )
    text = told.format(
        cleared=word("cleared"), despite=word("despite"), wait=word("wait"), no=word("no")
    )
    take = partial(_answered, seat, patient, screening, item)
    session = seat.now().session
    seat.ask(
        Question(
            (text,),
            no=partial(_next_item, seat, patient, screening),
            words={
                "cleared": partial(take, "cleared"),
                "despite": partial(take, "overridden"),
                "wait": lambda rest: take("open", ""),
            },
            stands=lambda now: now.session == session,
        )
    )


def _answered(
    seat: Seat,
    patient: str,
    screening: Screening,
    item: ScreeningItem,
    dealt: Dealt | None,
    why: str,
) -> None:
    try:
        answer = ScreeningAnswer(
            item=item.id,
            asked=Words(en=item.en, fr=item.fr),
            yes=dealt is not None,
            dealt=dealt,
            why=typed.line(why),
        )
    except ValidationError:
        seat.say(_("Say why in 1 to {most} characters.").format(most=LONGEST_WHY))
        _deal(seat, patient, screening, item)
        return
    seat.kept.screening[item.id] = answer
    _next_item(seat, patient, screening)


def _of_a_yes(seat: Seat, rest: str) -> None:
    """Typed where no yes was just given."""
    told = _("This follows a yes in the screening; {screening} asks it.")
    seat.say(told.format(screening=word("screening")))


# -- consents


def _stream(rest: str) -> tuple[ConsentTo | None, str]:
    """What is consented to, where it is named first, and the rest."""
    first, _space, others = rest.partition(" ")
    for to, names in STREAMS.items():
        if plainly(first) in names:
            return to, others
    return None, rest


def _whose(words: list[str]) -> tuple[Consenting, bool] | None:
    """Who consents and whether a minor agrees; None where a word is not understood."""
    said = [part for one in words for part in plainly(one).strip(".,").split("'")]
    if any(one not in (*GUARDIAN, *ASSENT, *BESIDE) for one in said):
        return None
    by: Consenting = "guardian" if any(one in GUARDIAN for one in said) else "patient"
    return by, any(one in ASSENT for one in said)


def _consent(seat: Seat, rest: str) -> None:
    """A stream where it is another than exposure, the version, how, and by whom."""
    to, rest = _stream(rest)
    words = rest.split(" ")
    how = next((n for n, one in enumerate(words) if plainly(one).strip(",") in SIGNED + VERBAL), 0)
    whose = _whose(words[how + 1 :])
    if not how or whose is None:
        seat.say(usage("consent"))
        return
    card = named_patient(seat, "")
    if card is None:
        return
    version = " ".join(words[:how]).rstrip(",")
    signed = plainly(words[how]).strip(",") in SIGNED
    stream: ConsentTo = to or "session"
    by, assent = whose
    told = _("{patient}: consent to {what}, version {version}.")
    what = _(CONSENTS[stream])
    seat.say(told.format(patient=card.pseudonym, what=what, version=version))
    seat.send(
        lambda lead: lead.before.consent(
            card.id, stream, version, by=by, assent=assent, signed=signed
        ),
        "record",
    )


def _withdraw(seat: Seat, rest: str) -> None:
    """Done at once; what is being watched ends before it is written down."""
    to, rest = _stream(rest)
    whose = _whose(rest.split(" ") if rest else [])
    if to is None or whose is None:
        seat.say(usage("withdraw"))
        return
    card = named_patient(seat, "")
    if card is None:
        return
    stream, now = to, seat.now()
    by: Consenting = "guardian" if card.needs_guardian else whose[0]
    watched = now.state is not None and now.state.observers.allowed
    if stream == "observers" and now.session is not None and watched:
        seat.send(lambda lead: lead.set_observers(False), eases=True)
    seat.say(f"{card.pseudonym}: {_(CONSENTS[stream])}.")
    seat.send(lambda lead: lead.before.withdraw(card.id, stream, by), "record")


HANDLERS: dict[str, Handler] = {
    "before": _before,
    "screening": _screening,
    "cleared": _of_a_yes,
    "despite": _of_a_yes,
    "consent": _consent,
    "withdraw": _withdraw,
}
