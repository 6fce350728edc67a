"""Owns the questions on what is feared before a trial and what became of it; knows not the record.

Every step keeps what was answered so far, so that a question that is left, by a key that leads out
of the scene or by time, goes on where it was. While a figure is asked, digits are its own and not
distress; a forgotten question goes by itself and takes no rating. None takes a letter of an act
that leads out of the scene.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, replace
from typing import ClassVar, Literal, get_args

from controller.language import _
from controller.session import suds
from controller.session.clinical import About
from controller.session.clinical_words import ABOUT, CAME
from controller.session.expected import Feared
from controller.session.now import Now
from controller.ui.asking import ENTER, Answer, ByLetter, InSession, Taken, dismiss
from controller.ui.keys import kept_from_adverse, named, not_asked, safe_letters
from controller.ui.lettering import cut

LAPSES_S = 30.0
"""A question that is not answered for so long goes by itself: a rating is not to answer it."""
PREFIX = "expect."
"""Of the names under which answers that are not saved yet are kept."""
SHORT = 48
"""Letters of what is feared in a question on it."""


def lapsed() -> str:
    """Said when a question goes by itself."""
    told = _("No answer for {seconds} s: what was answered is kept; {key} goes on.")
    return told.format(seconds=round(LAPSES_S), key=named("expect"))


@dataclass(frozen=True)
class Answers:
    """What was answered so far and is not saved yet; a figure as it was typed."""

    of: int | None = None
    """Number of the entry of which it is told what became; None for a new one."""
    feared: str = ""
    about: About | None = None
    likelihood: str | None = None
    """Empty: it was not asked. None: the question is still to come."""
    bad: str | None = None
    test: str = ""
    came: str = ""
    now: str | None = None
    surprise: str | None = None
    learned: str = ""
    offered: str = ""
    """Likelihood of the patient's hierarchy, proposed."""

    def keep(self, kept: MutableMapping[str, str]) -> None:
        """Under their names, beside what else was typed in this session."""
        forget(kept)
        for name, value in vars(self).items():
            if value is not None and (value or name in ("likelihood", "bad", "now", "surprise")):
                kept[PREFIX + name] = str(value)


def forget(kept: MutableMapping[str, str]) -> None:
    """They are saved, or let go."""
    for name in [name for name in kept if name.startswith(PREFIX)]:
        del kept[name]


def answers_kept(kept: Mapping[str, str]) -> Answers | None:
    """What was answered and is not saved; None where there is nothing."""
    found = {n.removeprefix(PREFIX): v for n, v in kept.items() if n.startswith(PREFIX)}
    if not found:
        return None
    about = next((one for one in get_args(About) if one == found.get("about")), None)
    of = found.get("of", "")
    if not of and not found.get("feared", "").strip():
        return None
    return Answers(
        of=int(of) if of.isdecimal() else None,
        feared=found.get("feared", ""),
        about=about,
        likelihood=found.get("likelihood"),
        bad=found.get("bad"),
        test=found.get("test", ""),
        came=found.get("came", ""),
        now=found.get("now"),
        surprise=found.get("surprise"),
        learned=found.get("learned", ""),
        offered=found.get("offered", ""),
    )


def _figure(typed: str | None) -> int | None:
    return suds.parse(typed, "0-100") if typed else None


@dataclass(frozen=True)
class _Step(InSession):
    """One question of the way."""

    so_far: Answers

    @property
    def short(self) -> str:
        """What is feared, as much of it as a question has room for."""
        return cut(self.so_far.feared, SHORT)


@dataclass(frozen=True)
class SayFeared(_Step):
    """What the patient fears will happen, written on the line."""

    line: ClassVar[Literal["feared"]] = "feared"

    def sentence(self, now: Now) -> str:
        """Asks for it."""
        return _("Before it is tested: what is feared, in the patient's words?")

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """The arrows propose what the hierarchy says; Enter goes on."""
        return (
            Answer("down", _("from the hierarchy"), "↓"),
            Answer(ENTER, _("go on"), "⏎"),
            dismiss(),
        )

    def take(self, key: str, now: Now) -> Taken | None:
        """No key of its own: letters are the line's."""
        return None

    def written(self, text: str, now: Now) -> Taken:
        """The words lead on."""
        if not text:
            return Taken(then=self, say=_("Write what is feared, then Enter; Esc leaves it."))
        return Taken(then=AboutWhat(replace(self.so_far, feared=text)))


@dataclass(frozen=True)
class AboutWhat(ByLetter[About], _Step):
    """What the fear is about."""

    def sentence(self, now: Now) -> str:
        """Names it, and asks."""
        return _("“{feared}”: what is it about?").format(feared=self.short)

    def listed(self) -> Mapping[About, str]:
        """What a fear may be about."""
        return {kind: _(ABOUT[kind]) for kind in get_args(About)}

    def kept_back(self) -> frozenset[str]:
        """What the question leaves to its usual work."""
        return not_asked() | kept_from_adverse()

    def chosen(self, what: About) -> Taken:
        """How likely it seems comes next."""
        return Taken(then=HowLikely(replace(self.so_far, about=what), self.so_far.offered))


@dataclass(frozen=True)
class Figure(_Step):
    """A figure from 0 to 100: one digit means tens, as ratings are given."""

    typed: str = ""

    def asked(self) -> str:
        """The question."""
        raise NotImplementedError

    def given(self, typed: str) -> Taken:
        """What follows on this figure; empty where it was not asked."""
        raise NotImplementedError

    def sentence(self, now: Now) -> str:
        """Asks, with what was typed and what it means."""
        if not self.typed:
            return f"{self.asked()}  ▏"
        meant = str(suds.parse(self.typed, "0-100"))
        return f"{self.asked()}  {self.typed}▏" + (f" = {meant}" if meant != self.typed else "")

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """Digits and Enter, or leave it."""
        told = _("go on") if self.typed else _("not asked")
        return (Answer(ENTER, told, "⏎"), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """A digit is typed, Backspace takes it back, Enter goes on."""
        digit = suds.as_digit(key)
        if digit is not None:
            longer = self.typed + digit
            typed = longer if suds.fits(longer, "0-100") else digit
            return Taken(then=replace(self, typed=typed))
        if key in suds.MOST:
            return Taken(then=replace(self, typed="100"))
        if key == "backspace" and self.typed:
            return Taken(then=replace(self, typed=self.typed[:-1]))
        return self.given(self.typed) if key == ENTER else None


@dataclass(frozen=True)
class HowLikely(Figure):
    """How likely it seems before."""

    def asked(self) -> str:
        """The question."""
        told = _("“{feared}”: how likely, 0 to 100 %? 7 is 70.")
        return told.format(feared=self.short)

    def given(self, typed: str) -> Taken:
        """How bad it would be comes next."""
        return Taken(then=HowBad(replace(self.so_far, likelihood=typed)))


@dataclass(frozen=True)
class HowBad(Figure):
    """How bad it would be."""

    def asked(self) -> str:
        """The question."""
        return _("If it came: how bad, 0 to 100? Enter saves.")

    def given(self, typed: str) -> Taken:
        """Now it is saved."""
        of = replace(self.so_far, bad=typed)
        about = of.about or "event"
        likelihood, bad = _figure(of.likelihood), _figure(typed)
        return Taken(lambda lead: lead.bedside.expects(of.feared, about, likelihood, bad, of.test))


@dataclass(frozen=True)
class DidItCome(ByLetter[str], _Step):
    """Whether what was feared came."""

    def sentence(self, now: Now) -> str:
        """Names it with how likely it was held, and asks."""
        found = next((one for one in now.expected.all if one.seq == self.so_far.of), None)
        before = None if found is None else found.said.likelihood_before
        if before is None:
            return _("“{feared}”: did it come?").format(feared=self.short)
        told = _("“{feared}”, held {before} % likely: did it come?")
        return told.format(feared=self.short, before=before)

    def listed(self) -> Mapping[str, str]:
        """Yes, no or unclear; empty for another fear."""
        return {kind: _(word) for kind, word in CAME.items()} | {"": _("another fear")}

    def kept_back(self) -> frozenset[str]:
        """What the question leaves to its usual work."""
        return not_asked() | safe_letters()

    def chosen(self, what: str) -> Taken:
        """How likely it seems now comes next, or another fear."""
        if not what:
            return Taken(then=SayFeared(Answers()))
        return Taken(then=NowLikely(replace(self.so_far, came=what)))


@dataclass(frozen=True)
class NowLikely(Figure):
    """How likely it seems now."""

    def asked(self) -> str:
        """The question."""
        told = _("“{feared}”: how likely does it seem now, 0 to 100 %? 7 is 70.")
        return told.format(feared=self.short)

    def given(self, typed: str) -> Taken:
        """Surprise comes next."""
        return Taken(then=HowSurprising(replace(self.so_far, now=typed)))


@dataclass(frozen=True)
class HowSurprising(Figure):
    """How surprised the patient is."""

    def asked(self) -> str:
        """The question."""
        return _("How surprised is the patient, 0 to 100?")

    def given(self, typed: str) -> Taken:
        """What was learned comes last."""
        return Taken(then=SayLearned(replace(self.so_far, surprise=typed)))


@dataclass(frozen=True)
class SayLearned(_Step):
    """What the patient learned, written on the line."""

    line: ClassVar[Literal["learned"]] = "learned"

    def sentence(self, now: Now) -> str:
        """Asks for it."""
        told = _("“{feared}”: what was learned, in the patient's words?")
        return told.format(feared=self.short)

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """Enter saves, with words or without."""
        return (Answer(ENTER, _("save"), "⏎"), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """No key of its own: letters are the line's."""
        return None

    def written(self, text: str, now: Now) -> Taken:
        """Now it is saved."""
        of = self.so_far
        came = {"yes": True, "no": False}.get(of.came)
        likely, surprise = _figure(of.now), _figure(of.surprise)
        seq = of.of or 0
        return Taken(lambda lead: lead.bedside.came(seq, came, likely, surprise, text))


Written = SayFeared | SayLearned
"""Questions that are answered on the line."""
Expecting = Written | AboutWhat | DidItCome | Figure


def begin(kept: Mapping[str, str], waiting: Feared | None) -> Expecting:
    """The question to open: where it was left; else of what waits; else a new one."""
    of = answers_kept(kept)
    if of is not None and of.of is not None and (waiting is None or waiting.seq != of.of):
        of = None  # It was told meanwhile, in another place.
    if of is None and waiting is not None:
        return DidItCome(Answers(of=waiting.seq, feared=waiting.said.feared))
    if of is None:
        return SayFeared(Answers())
    return _goes_on(of)


def _goes_on(of: Answers) -> Expecting:
    if of.of is None:
        if of.about is None:
            return SayFeared(of)
        return HowBad(of) if of.likelihood is not None else HowLikely(of, of.offered)
    if not of.came:
        return DidItCome(of)
    if of.now is None:
        return NowLikely(of)
    return HowSurprising(of) if of.surprise is None else SayLearned(of)
