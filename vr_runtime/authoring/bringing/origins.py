"""Owns the questions about who made a file and what may be done with it; writes nothing."""

from __future__ import annotations

from vr_runtime.authoring.bringing.crediting import Origin
from vr_runtime.authoring.bringing.licences import COMMON, OWN_WORK, licence, limits
from vr_runtime.authoring.making.questions import Questions
from vr_runtime.language import _


class OriginMissing(ValueError):
    """Nobody said where the files come from, and nobody is there to be asked."""


def origin(
    said_licence: str | None, said_author: str | None, said_source: str | None, questions: Questions
) -> tuple[Origin, list[str]]:
    """Where files come from, as it was said or is answered, and what their licence asks for.

    Raises:
        NoLicence: nobody may use them.
        OriginMissing: something was not said, and there is no terminal.
        NobodyAnswers: the terminal was closed.
    """
    given = (said_licence, said_author, said_source)
    if not questions.possible and any(text is None for text in given):
        told = _("Say where the files come from: --licence, --author and --source ({names}).")
        raise OriginMissing(told.format(names=", ".join(COMMON)))
    if said_licence is None:
        questions.say(_("Licences: {names}").format(names=", ".join(COMMON)))
        name = questions.ask(_("Licence of the files"), OWN_WORK, licence)
    else:
        name = licence(said_licence)
    author = _text(said_author, _("Who made them"), "", questions)
    proposal = _("own work") if name == OWN_WORK else ""
    source = _text(said_source, _("Where they come from, as an address"), proposal, questions)
    return Origin(name, author, source), limits(name)


def _text(said: str | None, question: str, proposal: str, questions: Questions) -> str:
    if said is not None:
        return _one_line(said)
    return questions.ask(question, proposal, _one_line)


def _one_line(text: str) -> str:
    if not text.strip() or len(text) > 400 or not text.isprintable():
        raise OriginMissing(_("Say it in one line."))
    return text.strip()
