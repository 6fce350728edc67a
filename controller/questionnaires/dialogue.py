"""Owns how a questionnaire is gone through item by item; knows neither terminal nor record.

What must be seen at once is said before the next item is asked. Nothing is advised.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from controller.language import Language, _, language
from controller.questionnaires import listing
from controller.questionnaires.model import Item, Questionnaire
from controller.questionnaires.scoring import WrongAnswer, score

BACK = "b"
_WHOLE = re.compile(r"-?[0-9]{1,7}")
Say = Callable[[str], None]
Alerted = Callable[[Item], None]
Ask = Callable[[str], str]
"""Shows a prompt and gives what was typed, without the end of the line."""


def shown_in(questionnaire: Questionnaire) -> Language | None:
    """The language in which the items can be shown now; None where they cannot be."""
    spoken = language()
    return spoken if spoken in questionnaire.languages else None


def go_through(
    questionnaire: Questionnaire, ask: Ask, say: Say, alerted: Alerted
) -> dict[str, int | None]:
    """Ask every item; gives the answers once they were confirmed. Empty is not answered.

    `alerted` is told once for each item of which something was shown that must be seen at once.
    What `ask` raises, as at the end of the input, goes through: then there are no answers.
    """
    _begin(questionnaire, say)
    answers: dict[str, int | None] = {}
    shown: set[str] = set()
    items, at = questionnaire.items, 0
    while True:
        if at == len(items):
            typed = ask(_("Enter saves, b goes back to the last item: ")).strip().casefold()
            if not typed:
                return {item.id: answers[item.id] for item in items}
            if typed == BACK:
                at -= 1
            continue
        _present(questionnaire, at, say)
        typed = ask(_prompt(questionnaire, items[at])).strip()
        if typed.casefold() == BACK:
            at = max(0, at - 1)
        elif not typed:
            answers[items[at].id] = None
            at += 1
        elif _taken(questionnaire, items[at], typed, answers):
            for alert in told_at_once(questionnaire, {items[at].id: answers[items[at].id]}):
                say(f"!! {alert}")
                if items[at].id not in shown:
                    shown.add(items[at].id)
                    alerted(items[at])
            at += 1
        else:
            span = questionnaire.range_of(items[at])
            text = _("Type a whole number from {lowest} to {highest}, or nothing, or b.")
            say(text.format(lowest=span.lowest, highest=span.highest))


def told_at_once(questionnaire: Questionnaire, answers: dict[str, int | None]) -> list[str]:
    """What the therapist must see at once because of these answers.

    Raises `WrongAnswer`.
    """
    return [alert.of(language()) for alert in score(questionnaire, answers).alerts]


def _begin(questionnaire: Questionnaire, say: Say) -> None:
    say(f"{questionnaire.title.of(language())} · {questionnaire.version}")
    say(listing.review(questionnaire))
    shown = shown_in(questionnaire)
    if shown is None:
        say(_("The texts of the items are not here in this language; read them from your copy."))
    else:
        instructions = questionnaire.instructions.of(shown)
        for line in filter(None, (instructions, questionnaire.attribution)):
            say(line)
    say(_("Empty: not answered. b: back. Ctrl+C: leave, no answer is saved."))


def _present(questionnaire: Questionnaire, at: int, say: Say) -> None:
    item, shown = questionnaire.items[at], shown_in(questionnaire)
    where = _("item {number} of {count}").format(number=at + 1, count=len(questionnaire.items))
    text = None if shown is None else item.of(shown)
    say("")
    say(where if text is None else _("{item}: {text}").format(item=where, text=text))
    if shown is not None:
        for anchor in questionnaire.range_of(item).anchors:
            words = anchor.of(shown)
            if words is not None:
                say(f"  {anchor.value}  {words}")


def _prompt(questionnaire: Questionnaire, item: Item) -> str:
    span = questionnaire.range_of(item)
    return _("{lowest} to {highest}: ").format(lowest=span.lowest, highest=span.highest)


def _taken(
    questionnaire: Questionnaire,
    item: Item,
    typed: str,
    answers: dict[str, int | None],
) -> bool:
    """Whether what was typed is an answer to this item; then it is kept."""
    try:
        value = int(typed) if _WHOLE.fullmatch(typed) else None
        if value is None:
            raise ValueError
        score(questionnaire, {item.id: value})
    except (ValueError, WrongAnswer):
        return False
    answers[item.id] = value
    return True
