"""Owns how far a patient or a session is prepared, as rows to be drawn; draws and sends nothing.

A row has a glyph and a word for how it stands, so that nothing is told by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from textual.content import Content

from controller.language import _, language, listed
from controller.protocol.model import Screening
from controller.session import part_words
from controller.session.at_rest import REFUGES
from controller.session.before.entries import Check
from controller.session.before.gate import is_settled, of_consent
from controller.session.before.so_far import BeforeTrial, Missing
from controller.session.before.words import CHECKS, CONSENTS, HOW, TODAY_SHORT, answer
from controller.session.keeping import ConsentTo
from controller.session.now import PatientCard, SicknessNow
from controller.ui.keys import named
from vr_runtime.wire.state import State

Mark = Literal["done", "missing", "word", "optional"]
GLYPHS: dict[Mark, str] = {"done": "✓", "missing": "○", "word": "▲", "optional": "·"}


@dataclass(frozen=True)
class Row:
    """One row of a checklist."""

    id: str
    mark: Mark
    title: str
    state: str
    """How it stands, in a word or two."""
    more: tuple[str, ...] = ()
    """What is shown beside it while it is highlighted."""

    def drawn(self) -> Content:
        """Glyph, title, and how it stands below."""
        style = {"done": "$level", "missing": "bold", "word": "bold $alert", "optional": "$quiet"}
        return Content.assemble(
            (f"{GLYPHS[self.mark]} ", style[self.mark]),
            (self.title, "bold"),
            "\n  ",
            (self.state, "$alert" if self.mark == "word" else "$quiet"),
        )


def of_patient(
    card: PatientCard, screening: Screening | None, missing: tuple[Missing, ...]
) -> tuple[Row, ...]:
    """What is prepared once for a patient."""
    lacks = {one.what: one.text for one in missing}
    return (
        _screening(card, screening, lacks),
        _consent(card, lacks),
        _other_consents(card),
        _settings(card),
        _anchors(card),
    )


def _screening(card: PatientCard, screening: Screening | None, lacks: dict[str, str]) -> Row:
    screened, title = card.screened, _("Screening")
    if screening is None:
        return Row("screening", "optional", title, _("no protocol in force"))
    about = screening.about.of(language())
    if screened is None:
        count = len(screening.items)
        told = _("not answered · {n} questions").format(n=count)
        return Row("screening", "missing", title, told, (about,))
    day = screened.at[:10]
    more = [
        _("Answered {day}, protocol {protocol} {version}.").format(
            day=day, protocol=screened.said.protocol, version=screened.said.version
        ),
        "",
        *(f"▲ {one.asked.of(language())} {answer(one)}" for one in screened.yes),
    ]
    if not screened.yes:
        more.append(_("Every answer was no."))
    if "screening" in lacks:
        return Row("screening", "word", title, lacks["screening"], (lacks["screening"], *more))
    told = _("{day} · {n} yes").format(day=day, n=len(screened.yes))
    return Row("screening", "done", title, told, tuple(more))


def _consent(card: PatientCard, lacks: dict[str, str]) -> Row:
    given, title = card.consent("session"), _("Consent to exposure")
    about = (
        _("Nobody is exposed without it, and there is no override."),
        _("The paper stays with the clinic: here are its version, who consented, and how."),
    )
    if card.withdrawn and given is None:
        return Row("consent", "word", title, _("taken back"), about)
    short = of_consent(card)
    if given is None:
        minor = (short[0].text,) if card.needs_guardian and short else ()
        return Row("consent", "missing", title, _("not noted"), (*minor, *about))
    who = _("guardian") if given.by == "guardian" else _("patient")
    told = _("{day} · {version} · {who}").format(
        day=given.given[:10], version=given.version, who=who
    )
    if short and "consent" in lacks:
        return Row("consent", "word", title, _("by a guardian: missing"), (short[0].text, *about))
    return Row("consent", "done", title, told, about)


def _other_consents(card: PatientCard) -> Row:
    names: list[str] = [_(CONSENTS[one]) for one in get_args(ConsentTo) if one != "session"]
    held = [_(CONSENTS[one.to]) for one in card.consents if one.to != "session"]
    told = _("{n} of {all}").format(n=len(held), all=len(names))
    more = (
        _("Each is off until it is consented to, and stops when it is taken back."),
        "",
        *(f"{'✓' if name in held else '·'} {name}" for name in names),
    )
    return Row("others", "done" if held else "optional", _("Other consents"), told, more)


def _settings(card: PatientCard) -> Row:
    part = listed(part_words.told(card.takes_part)) or _("as the clinic has it")
    place = _("Safe place: {place}.").format(place=_(REFUGES[card.safe_place]))
    who = _("A minor: a guardian consents, and the patient agrees.") if card.needs_guardian else ""
    more = tuple(filter(None, (part, place, who)))
    told = _("minor · ") if card.needs_guardian else ""
    told += _(REFUGES[card.safe_place])
    return Row("settings", "done", _("How they take part"), told, more)


def _anchors(card: PatientCard) -> Row:
    more = [f"{value:>4}  {words}" for value, words in card.anchors]
    about = _("What 0, 25, 50, 75 and 100 stand for, in the patient's own words.")
    told = _("{n} of {all}").format(n=len(card.anchors), all=5)
    mark: Mark = "done" if card.anchors else "optional"
    return Row("anchors", mark, _("Anchors of distress"), told, (about, "", *more))


def of_session(before: BeforeTrial, state: State | None, sign: str) -> tuple[Row, ...]:
    """What is asked and checked in a session before its first trial.

    `sign` is by what the patient stops, told where the stop signal is agreed on.
    """
    rows = [
        Row("consent", "word", _("Consent to exposure"), _("missing"), (one.text,))
        for one in before.missing
        if one.what == "consent"
    ]
    rows.append(_today(before))
    rows.extend(_check(before, check, state, sign) for check in get_args(Check))
    return tuple(rows)


def baseline(answered: int, offered: int, sickness: SicknessNow | None) -> Row:
    """What the patient says of themselves before exposure, to be compared afterwards; may be left.

    Args:
        answered: questionnaires of this session that were answered before the exposure.
        offered: how many the clinic gives then.
        sickness: the last sickness rating of this session.
    """
    about = (
        _("Sickness and questionnaires asked now show afterwards what has changed."),
        _("Nothing waits for it; {key} asks the sickness alone.").format(key=named("sickness")),
    )
    parts: list[str] = []
    if offered:
        parts.append(_("questionnaires: {n} of {all}").format(n=answered, all=offered))
    if sickness is not None:
        told = _("sickness {value} of {highest}")
        parts.append(told.format(value=sickness.value, highest=sickness.highest))
    done = bool(answered) or sickness is not None
    mark: Mark = "done" if done else "optional"
    told = listed(parts) or _("not asked")
    return Row("baseline", mark, _("Baseline before exposure"), told, about)


def _today(before: BeforeTrial) -> Row:
    title, today = _("How the patient is today"), before.today
    about = _("Illness, sleep, alcohol, medicine, stomach, health since the screening.")
    if today is None:
        return Row("today", "missing", title, _("not asked"), (about,))
    yes = [one for one in today.answers if one.yes]
    if not yes:
        return Row("today", "done", title, _("nothing stands in the way"), (about,))
    told = listed([_(TODAY_SHORT[one.item]) for one in yes])
    more = tuple(f"▲ {_(TODAY_SHORT[one.item])}: {one.why}" for one in yes)
    return Row("today", "done", title, told, more)


def _check(before: BeforeTrial, check: Check, state: State | None, sign: str) -> Row:
    said, title = before.checks.get(check), _(CHECKS[check])
    beside = sign if check == "stop_signal" else _measured(check, state)
    more = tuple(filter(None, (_(HOW[check]), beside)))
    if check in before.rehearsed:
        return Row(check, "done", title, _("rehearsed, as the patient's side told"), more)
    if not is_settled(before, check):
        return Row(check, "missing", title, _("to be checked"), more)
    if said is not None and said.why:
        told = _("left out: {why}").format(why=said.why)
        return Row(check, "word", title, told, (told, *more))
    return Row(check, "done", title, _("done"), more)


def _measured(check: Check, state: State | None) -> str:
    """What the patient's side tells of this by itself."""
    if state is None:
        return ""
    display = state.display
    if check == "display":
        told = _("Display: {kind}, {fps} pictures a second.")
        return told.format(kind=display.kind, fps=round(display.fps))
    if check == "sound":
        if display.sound == "none":
            return _("▲ No sound device works: the patient hears nothing.")
        told = _("Volume: {db} dB. {tone}")
        tone = _("The tone plays.") if display.tone else _("The tone is silent.")
        return told.format(db=display.volume_db, tone=tone)
    return ""
