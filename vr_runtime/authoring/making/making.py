"""Owns the making of a new scenario from a template; overwrites nothing and asks nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vr_runtime.authoring.making.naming import (
    Named,
    kind_for,
    named,
    phobia_of,
    title_of,
    usual,
)
from vr_runtime.authoring.making.questions import Questions, sentence
from vr_runtime.authoring.making.template import made_own, template
from vr_runtime.examination.source import MAIN
from vr_runtime.language import Language, _
from vr_runtime.loader import Places

BY_KIND = {"height": "acrophobia", "room": "claustrophobia"}
"""What is feared most likely where only the kind of place was said."""


class CannotBeMade(Exception):
    """The scenario cannot be made; the message says what to do instead."""


@dataclass(frozen=True)
class Wish:
    """What an author said of a new scenario; None for what was not said."""

    name: str
    title_fr: str | None = None
    title_en: str | None = None
    phobia: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Plan:
    """All that a new scenario is made from."""

    names: Named
    title_fr: str
    title_en: str
    phobia: str
    kind: str


def planned(wish: Wish, questions: Questions) -> Plan:
    """What is to be made: as it was said, else as it is answered, else as it is proposed.

    Raises:
        NoName: the name, or what is feared, cannot be one.
        NobodyAnswers: the terminal was closed before all was answered.
    """
    # A name that cannot be is told before anything is asked.
    named(wish.name, "x")
    proposal = title_of(wish.name)
    title_fr = _said(wish.title_fr, _("Title in French"), proposal, questions)
    title_en = _said(wish.title_en, _("Title in English"), proposal, questions)
    phobia = _feared(wish, questions)
    kind = wish.kind or kind_for(phobia)
    return Plan(named(wish.name, phobia), title_fr, title_en, phobia, kind)


def _said(said: str | None, question: str, proposal: str, questions: Questions) -> str:
    if said is not None:
        return sentence(said.strip())
    return questions.ask(question, proposal, sentence) if questions.possible else proposal


def _feared(wish: Wish, questions: Questions) -> str:
    if wish.phobia is not None:
        return phobia_of(wish.phobia)
    first = wish.name.partition(".")[0] if "." in wish.name else "fear"
    proposal = BY_KIND.get(wish.kind or "", usual(first) or first)
    if not questions.possible:
        return proposal
    word = questions.ask(_("What is feared, in one word"), proposal, phobia_of)
    close = usual(word)
    if close and close not in (word, proposal):
        told = _("The usual name is `{name}`; write it so?").format(name=close)
        return close if questions.agree(told) else word
    return word


def usual_folder(places: Places) -> Path:
    """Where an author's scenarios are: `scenarios/local` of a checkout, else the user's folder."""
    if places.local is not None and places.local.is_dir():
        return places.local
    assert places.user is not None, "there is always one"
    return places.user


def make(plan: Plan, folder: Path, language: Language, *, as_folder: bool) -> Path:
    """Write the scenario; gives its file, or its folder.

    Raises:
        CannotBeMade: something of that name is there already.
        OSError: it cannot be written.
    """
    text = made_own(
        template(plan.kind, language),
        plan.names.class_name,
        {
            "id": plan.names.id,
            "title": {"fr": plan.title_fr, "en": plan.title_en},
            "phobia": plan.phobia,
        },
    )
    return written({MAIN: text} if as_folder else text, folder, plan.names.stem)


def written(what: str | dict[str, str], folder: Path, stem: str) -> Path:
    """Write one file, or a folder of files, where nothing of that name is yet.

    Raises:
        CannotBeMade, OSError: as `make`.
    """
    path = folder / (f"{stem}.py" if isinstance(what, str) else stem)
    free(folder, stem)
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(what, str):
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(what)
        return path
    path.mkdir()
    for name, text in what.items():
        (path / name).write_text(text, "utf-8", newline="\n")
    return path


def free(folder: Path, stem: str) -> None:
    """Raise `CannotBeMade` where a file or folder of that name is there already."""
    for path in (folder / f"{stem}.py", folder / stem):
        if path.exists() or path.is_symlink():
            told = _("{path} is there already and stays as it is; choose another name.")
            raise CannotBeMade(told.format(path=path))
