"""Owns the questions who leads here, at the first start, at every start and while it is locked.

It tells names of operators and nothing about patients. It knows no record: a desk is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from functools import partial

from controller.language import _
from controller.line.reading import find
from controller.line.seat import Console, numbered
from controller.line.words import plainly
from controller.purpose import PURPOSE
from controller.session.now import Now, Outcome
from controller.session.operators import ROLES, Person
from controller.ui.ports import Desk

WITHOUT = ("none", "without", "aucune", "aucun", "sans")


class Step(Enum):
    """What the next line answers."""

    NAME = auto()
    """The first operator's name."""
    NEW = auto()
    """Their new passphrase."""
    AGAIN = auto()
    """The same once more."""
    PERSON = auto()
    """Which of those who may lead."""
    SECRET = auto()
    """That one's passphrase."""


class Entering:
    """One time of asking who leads."""

    def __init__(
        self,
        desk: Desk,
        console: Console,
        hide: Callable[[bool], bool],
        entered: Callable[[], None],
        given: Callable[[], tuple[str | None, str | None]] = lambda: (None, None),
    ) -> None:
        """`given` is a name and a passphrase from the command line and the environment."""
        self._desk = desk
        self._console = console
        self._hide = hide
        self._entered = entered
        self._given = given
        self._name = ""
        self._secret = ""
        self._person: Person | None = None
        self._step = Step.NAME
        self.busy = False
        """Whether the desk is looking it up; no line is heard meanwhile."""

    @property
    def hears_commands(self) -> bool:
        """Whether a line may be help, another language or leaving, and is nobody's secret."""
        return self._step is Step.PERSON

    @property
    def secret(self) -> bool:
        """Whether the next line is nobody else's to read."""
        return self._step in (Step.NEW, Step.AGAIN, Step.SECRET)

    def begin(self, now: Now) -> None:
        """Ask for the first thing there is to know."""
        if now.left is not None or now.session is not None:
            self._say(_("A session is open at the patient's side; ! stops it from here too."))
        if not self._desk.people():
            self._say(_(PURPOSE))
            self._to(Step.NAME)
            return
        name, secret = self._given()
        people = self._desk.people()
        named = find(name, {one.operator: (one.name,) for one in people}) if name else None
        person = next((one for one in people if one.operator == named), None)
        if person is None and name:
            self._say(_("There is no operator of this name; `palier operators` lists them."))
        if person is None and len(people) == 1:
            person = people[0]
        if person is None:
            self._to(Step.PERSON)
        elif not person.asked or secret is not None:
            self._person = person
            self._enter(secret or "")
        else:
            self._ask_secret(person)

    def _say(self, *sentences: str) -> None:
        for sentence in sentences:
            self._console.say(sentence)

    def _to(self, step: Step) -> None:
        self._step = step
        hidden = self._hide(self.secret)
        if step is Step.NAME:
            self._say(_("Type your name or initials, as the record should show them."))
        elif step is Step.NEW:
            self._say(
                _(
                    "Type a passphrase or PIN of at least 6 characters, or {none}: then whoever "
                    "can use this account of the computer can open the record."
                ).format(none=_("none"))
            )
        elif step is Step.AGAIN:
            self._say(_("Now the same once more."))
        elif step is Step.PERSON:
            rows = (f"{one.name}, {_(ROLES[one.role])}" for one in self._desk.people())
            self._say(_("Who leads? Answer by number or name."), *numbered(tuple(rows)))
        elif self._person is not None:
            self._say(_("Type the passphrase of {name}.").format(name=self._person.name))
        if self.secret and not hidden:
            self._say(_("What you type is not hidden here."))

    def _ask_secret(self, person: Person) -> None:
        self._person = person
        self._to(Step.SECRET)

    def hear(self, text: str) -> None:
        """One line that answers; it is never said again."""
        {
            Step.NAME: self._named,
            Step.NEW: self._new,
            Step.AGAIN: self._again,
            Step.PERSON: self._chosen,
            Step.SECRET: self._tried,
        }[self._step](text)

    def _named(self, text: str) -> None:
        self._name = text.strip()
        if self._name:
            self._to(Step.NEW)
        else:
            self._say(_("Give a name or initials; it stands on each entry of the record."))

    def _new(self, text: str) -> None:
        if plainly(text.strip()) in WITHOUT:
            self._begin(None)
        elif unfit := self._desk.unfit(text):
            self._say(unfit)
        else:
            self._secret = text
            self._to(Step.AGAIN)

    def _again(self, text: str) -> None:
        if text == self._secret:
            self._begin(text)
        else:
            self._say(_("The two are not the same; begin again with the first."))
            self._to(Step.NEW)

    def _begin(self, secret: str | None) -> None:
        self._hide(False)
        self.busy = True
        self._console.send(partial(self._desk.begin, self._name, secret), "desk", False, self._kept)

    def _kept(self, outcome: Outcome) -> None:
        """That it went well is said by whoever carried it out, once nothing is asked any more."""
        self.busy = False
        if outcome.ok:
            self._entered()
        else:
            self._say(outcome.text)
            self._to(Step.NAME)

    def _chosen(self, text: str) -> None:
        people = self._desk.people()
        found = find(text, {one.operator: (one.name,) for one in people})
        person = next((one for one in people if one.operator == found), None)
        if person is None:
            self._say(
                _("Answer by a number from 1 to {most}, or by a name.").format(most=len(people))
            )
        elif person.asked:
            self._ask_secret(person)
        else:
            self._person = person
            self._enter("")

    def _tried(self, text: str) -> None:
        if text:
            self._enter(text)
        else:
            self._to(Step.PERSON)

    def _enter(self, secret: str) -> None:
        self._hide(False)
        person = self._person
        if person is not None:
            self.busy = True
            self._console.send(
                partial(self._desk.enter, person.operator, secret), "desk", False, self._answered
            )

    def _answered(self, outcome: Outcome) -> None:
        self.busy = False
        if outcome.ok:
            self._entered()
            return
        if outcome.text:
            self._say(outcome.text)
        if self._person is not None and self._person.asked and len(self._desk.people()) == 1:
            # Nobody else is to be chosen.
            self._to(Step.SECRET)
        else:
            self._to(Step.PERSON)
