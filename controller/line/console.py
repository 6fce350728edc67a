"""Owns the plain console as a whole: stop first, then the order of lines, answers and news.

It must not know link, record or terminal: it is given a `Lead`, a `Desk` and a place for sentences.

A line is worked off when the one before it is answered. Two kinds wait for nothing: a stop, and
what makes it easier for the patient. What was typed before them and not worked off yet does not act
on the scene any more, and that is said; what only writes down still does.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from controller.language import Language, _, switch
from controller.line.entering import Entering
from controller.line.left_open import ask_about
from controller.line.news import Watcher
from controller.line.out import Out
from controller.line.own import why_not_lock
from controller.line.questions import Do, Question
from controller.line.reading import Said, find, is_stop, read, unknown
from controller.line.seat import Handler, Kind, Opening, Seat, as_asked
from controller.line.source import Line
from controller.line.status import status
from controller.line.table import HANDLERS
from controller.line.watching import why_not
from controller.line.words import plainly, word
from controller.session import suds
from controller.session.now import Now, Outcome
from controller.ui.awake import Awake, steady
from controller.ui.errands import Errand, Errands
from controller.ui.leaving import what_becomes
from controller.ui.ports import Desk, Lead
from controller.ui.stop_keys import HeldKey
from controller.ui.stop_words import patients_stop

LOCK_AFTER_S = 600.0
"""So long without a line, outside a session, and the console locks by itself."""
LOOKS_HZ = 8.0
"""How often the truth is looked at."""
NEWS_WITHIN_S = 0.5
"""Before so long has passed what is known may be older than the act that is waited for."""
RECORD_WITHIN_S = 2.0
"""A record in trouble keeps the next line waiting no longer than this."""
ALONE = frozenset({"!", "\x1b\x1b", "\x1b[24~"})
"""A stop where a passphrase is typed."""
ONCE = frozenset({"raise", "set", "follow", "event", "task"})
"""What may make it harder: lines that follow each other like a held key act once."""
LISTS = frozenset({"event", "task", "refuge", "patient"})
"""Typed alone they ask for a number."""
FIGURES = frozenset({"form", "recovery", "tested"})
"""They ask for one number after the other."""
BLOCK_S = 1.0
"""Lines that come closer behind each other than this were pasted or piped as one block."""
ASKS = FIGURES | frozenset(
    {"begin", "resume", "ceiling", "end", "undo", "control", "observers", "bat"}
    | {"release", "validate", "screening", "today"}
)
"""They lead to a `yes` of their own: refused, they leave none behind for another act."""
WHILE_ASKED = frozenset({"help", "language", "quit"})
"""What is done while it is asked who leads."""


@dataclass(frozen=True)
class Heard:
    """One line that waits, and when it came."""

    said: Said
    at_s: float
    block: int = 0
    """Number of the block that it came in: all that was pasted or piped at once has one."""


class LineConsole:
    """Leads a session line by line.

    Args:
        lead: whoever leads the session.
        desk: who sits here; None where nobody is asked and nothing is locked.
        out: where sentences go.
        hide: hides what is typed, or shows it again; False where it cannot.
        given: a name and a passphrase from the command line and the environment.
        lock_after_s: seconds without a line, outside a session, before the console locks.
        clock: seconds of a clock that goes on while the machine sleeps.
        handlers: what carries out each command.
        opening: how a session is opened.
    """

    def __init__(
        self,
        lead: Lead,
        desk: Desk | None,
        out: Out,
        *,
        hide: Callable[[bool], bool] = lambda hidden: False,
        given: Callable[[], tuple[str | None, str | None]] = lambda: (None, None),
        lock_after_s: float = LOCK_AFTER_S,
        clock: Callable[[], float] = steady,
        handlers: Mapping[str, Handler] = HANDLERS,
        opening: Opening = as_asked,
    ) -> None:
        self._lead = lead
        self._desk = desk
        self._out = out
        self._hide = hide
        self._given = given
        self._lock_after_s = lock_after_s
        self._clock = clock
        self._handlers = handlers
        self._awake = Awake(clock)
        self.errands = Errands(self._told, self._awake, lambda: self._entering is None)
        self._seat = Seat(lead, desk, self, opening)
        self._entering: Entering | None = None
        self._watcher = Watcher(lead.now(), lambda: patients_stop(lead.after.protocol))
        self._waiting: deque[Heard] = deque()
        self._answer: asyncio.Future[None] | None = None
        """What the present line waits for; None while nothing is under way."""
        self._answer_until_s = float("inf")
        self._begun = True
        """Whether the act of the present line was sent."""
        self._present = ""
        self._held_back: deque[Line] = deque()
        """What came while it was looked up who leads."""
        self._until: tuple[Callable[[Now], bool], float, float] | None = None
        """What is waited for, from when on it may be true, and until when at most."""
        self._question: Question | None = None
        self._asked_at_s = 0.0
        self._lapsed = False
        """A numbered question went by itself; the next number is not taken for a rating."""
        self._block, self._block_at_s = 0, float("-inf")
        self._astray: int | None = None
        """The block in which figures were meant for what is not asked: none of them is a rating."""
        self._held = HeldKey()
        self._asked_about: object = None
        self._touched_at_s = clock()
        self._quiet = False
        """What was just done is told in other words."""
        self._ending = False
        self.ended = asyncio.Event()

    # -- lines that come in

    def begin(self) -> None:
        """Ask who leads, where that is asked, and say how to begin."""
        if self._desk is not None and self._desk.present is None:
            self._ask_who()
        else:
            self._greet()
        self.look()

    def hear(self, line: Line) -> None:
        """One line came, now; a stop is sent before anything else is thought of."""
        self._touched_at_s = self._clock()
        entering = self._entering
        if entering is not None and entering.secret:
            # A passphrase may begin with any sign; a stop alone on its line is too short for one.
            if line.text.strip() in ALONE:
                self.stop()
            elif entering.busy:
                self._held_back.append(line)
            else:
                entering.hear(line.text)
            return
        if is_stop(line.text):
            self.stop()
            return
        if entering is not None and entering.busy:
            self._held_back.append(line)
            return
        said = read(line.text, too_long=line.too_long)
        if entering is not None:
            self._hear_while_asked(entering, said)
            return
        eases = said.command is not None and said.command.eases
        if eases and not self._answers(said):
            self._overtake([])
            self._do(self._as_heard(said))
            return
        self._waiting.append(self._as_heard(said))
        self._next()

    def _as_heard(self, said: Said) -> Heard:
        now_s = self._clock()
        if now_s - self._block_at_s >= BLOCK_S:
            self._block += 1
        self._block_at_s = now_s
        return Heard(said, now_s, self._block)

    def hear_beside(self, line: Line) -> None:
        """One line from beside a script that leads: it can stop, and nothing else."""
        if is_stop(line.text):
            self.stop()
        else:
            self.say(_("A script leads: only ! is heard here, and Ctrl+C, which stops too."))

    @property
    def in_session(self) -> bool:
        """Whether a session is open at the patient's side, led from here or not."""
        now = self._lead.now()
        return now.session is not None or now.left is not None

    def hear_end(self) -> None:
        """No line will come any more: the console ends once all are worked off."""
        self._ending = True
        self._next()

    def stop(self) -> None:
        """Stop, now: nothing is asked and nothing is waited for."""
        self.errands.stop(self._lead.stop)
        unsent = self._answer is not None and not self._begun
        self._overtake([self._present] if unsent else [])
        if self._question is not None and not self._question.stays:
            question, self._question = self._question, None
            self._lapsed = question.takes_numbers
            if question.gone is not None:
                question.gone(True)

    def _hear_while_asked(self, entering: Entering, said: Said) -> None:
        name = "" if said.command is None else said.command.name
        if entering.hears_commands and name in WHILE_ASKED:
            self._handlers[name](self._seat, said.rest)
        else:
            entering.hear(said.text)

    def _overtake(self, lost: list[str]) -> None:
        """What was typed before and would act now does not any more; `lost` is so already."""
        kept: deque[Heard] = deque()
        asks = figures = self._question is not None and self._question.number is not None
        for heard in self._waiting:
            one, said = heard.said.command, heard.said
            # A number behind a list that is not asked any more is no rating.
            if (one is not None and not one.writes) or (asks and said.number):
                lost.append(said.text)
                lists = one is not None and one.name in LISTS and not said.rest
                asks = figures if said.number else lists
            else:
                kept.append(heard)
                figures = figures or (one is not None and one.name in FIGURES)
                asks = figures
        self._waiting = kept
        self._until = None
        if lost:
            told = _("Not carried out, since what you typed after it went first: {lines}.")
            self.say(told.format(lines=", ".join(lost)))
        self._answered()

    def _next(self) -> None:
        """Work off lines until one has to be waited for."""
        while self._waiting and self._answer is None and self._until is None:
            self._do(self._waiting.popleft())
        if self._ending and self.idle:
            self._ending = False
            now = self._lead.now()
            self.say(_("The lines have ended; this console leaves."))
            self.say(what_becomes(now))
            self.leave()

    @property
    def idle(self) -> bool:
        """Whether every line that came is worked off and answered."""
        if self.errands.acting or self._waiting or self._held_back:
            return False
        asked = self._entering is not None and self._entering.busy
        return not asked and self._answer is None and self._until is None

    # -- what a line does

    def _do(self, heard: Heard) -> None:
        said = heard.said
        self._present = said.text
        try:
            self._carry_out(heard)
        except Exception as error:  # the console must outlive any fault below it: stop needs it
            told = _("This failed inside the console ({error}); look at what is applied.")
            self.say(told.format(error=type(error).__name__))
        if said.command is None or said.command.name != "wait":
            self.look()

    def _carry_out(self, heard: Heard) -> None:
        said = heard.said
        if said.trouble:
            self.say(said.trouble)
            return
        if said.empty:
            self.say(status(self._lead.now()))
            return
        if self._answers(said):
            self._take_answer(said, heard.block)
            return
        lapsed, self._lapsed = self._lapsed, False
        if said.number and (lapsed or self._astray == heard.block):
            self._name_astray(said.text, heard.block, lapsed)
            return
        if said.command is None:
            self.say(unknown(said.text))
            return
        name = said.command.name
        if (refused := why_not(name, self._lead.now())) is not None:
            self.say(refused)
            return
        if self._question is not None and name in self._question.words:
            self._take_words(self._question, self._question.words[name], said.rest)
        elif name == "yes":
            self._yes()
        elif name == "no":
            self._no()
        elif name in ONCE and self._held.is_repeat(f"{name} {said.rest}", heard.at_s):
            told = _("This line came too soon after the same one; a raise is one line at a time.")
            self.say(told)
        else:
            self._put_aside(name)
            if name in FIGURES:
                self._astray = heard.block
            elif not said.command.writes:
                self._astray = None
            self._handlers[name](self._seat, said.rest)

    def _put_aside(self, name: str) -> None:
        """What is asked is left by this command, where it is a list or this asks in its turn."""
        question = self._question
        if question is None or question.stays:
            return
        confirms = question.yes is not None and question.number is None
        if question.answers or (confirms and name in ASKS):
            self._question = None

    def _name_astray(self, number: str, block: int, lapsed: bool) -> None:
        """A number whose question is not asked is no rating, nor are those pasted with it."""
        self._astray = block
        told = _("The list is not asked any more; type {number} again if it is a rating.")
        if not lapsed:
            told = _("No question takes {number} now, and it was not saved; {rate} rates distress.")
        self.say(told.format(number=number, rate=f"{word('rate')} {number}"))

    # -- questions

    def ask(self, question: Question | None) -> None:
        """Open this question in place of the present one."""
        before, self._question = self._question, question
        self._asked_at_s = self._clock()
        # A number that comes now was meant for figures that are not asked any more.
        figures = before is not None and before.number is not None
        self._lapsed = figures and (question is None or not question.takes_numbers)
        if question is not None and question.number is not None:
            self._astray = None
        if before is not None and before.gone is not None:
            before.gone(False)
        if question is not None:
            for line in question.lines:
                self.say(line)

    def _answers(self, said: Said) -> bool:
        """Whether this line answers the open question by number or name."""
        question = self._question
        if question is None or not question.takes_numbers:
            return False
        if said.number:
            return True
        return self._numbered(question, said) is not None

    @staticmethod
    def _numbered(question: Question, said: Said) -> int | None:
        names = {str(n): known for n, known in enumerate(question.names)}
        if said.number:
            digits = _digits(said)
            found = find(digits, names) if digits.isdigit() else None
        elif said.command is None or question.stays:
            found = find(said.text, names)
        else:
            # A word of the console keeps its meaning, unless the list holds it whole.
            whole = [n for n, known in names.items() if plainly(said.text) in map(plainly, known)]
            found = whole[0] if whole else None
        return None if found is None else int(found)

    def _take_answer(self, said: Said, block: int) -> None:
        question = self._question
        assert question is not None, "only where a question is open"
        if question.number is not None:
            if not question.stands(self._lead.now()):
                self._astray = block
            self._take_figure(question, question.number, _digits(said))
            return
        number = self._numbered(question, said)
        if number is None:
            told = _("Answer by a number from 1 to {most}; {no} leaves the list.")
            self.say(told.format(most=len(question.answers), no=word("no")))
            return
        self._question = None
        do: Do = question.answers[number]
        do()

    def _yes(self) -> None:
        question = self._question
        if question is None or question.yes is None:
            self.say(_("Nothing is to be confirmed now."))
            return
        self._take(question, question.yes)

    def _no(self) -> None:
        question = self._question
        if question is None or question.stays:
            self.say(_("Nothing is asked that could be left."))
        elif question.no is not None:
            self._take(question, question.no)
        else:
            self._question = None
            self.say(_("Left as it is."))

    def _take(self, question: Question, do: Do) -> None:
        """What this answer does, where the question still has a meaning."""
        self._question = None
        if question.stands(self._lead.now()):
            do()
        else:
            self.say(_("What was asked has no meaning any more; look at the phase."))

    def _take_figure(self, question: Question, take: Callable[[str], None], digits: str) -> None:
        if question.stands(self._lead.now()):
            take(digits)
        else:
            self._take(question, lambda: None)

    def _take_words(self, question: Question, take: Callable[[str], None], rest: str) -> None:
        self._take(question, lambda: take(rest))

    def _let_lapse(self, now: Now) -> None:
        question = self._question
        if question is None:
            return
        late = self._clock() - self._asked_at_s >= question.patience_s
        if question.stands(now) and not late:
            return
        self._question = None
        if question.gone is not None:
            question.gone(False)
        if not question.stays:
            self._lapsed = question.takes_numbers
            self.say(_("The question is not asked any more."))

    # -- what commands ask of the console (`controller.line.seat.Console`)

    def say(self, text: str) -> None:
        """Put one sentence on a line of its own."""
        if text:
            self._out.say(text)

    def send(
        self,
        call: Callable[[], Awaitable[Outcome]],
        kind: Kind,
        eases: bool,
        then: Callable[[Outcome], None] | None,
        quiet: bool = False,
    ) -> None:
        """Send an act; the next line waits for its answer, unless it eases."""
        answer: asyncio.Future[None] | None = None
        if not eases and kind != "desk":
            answer = self._answer = asyncio.get_running_loop().create_future()
            patience_s = RECORD_WITHIN_S if kind == "record" else float("inf")
            self._answer_until_s = self._clock() + patience_s

        def answered(outcome: Outcome) -> None:
            self._quiet = quiet and outcome.ok
            if then is not None:
                then(outcome)
            loop = asyncio.get_running_loop()
            if answer is not None and self._answer is answer:
                loop.call_soon(self._answered)
            elif kind == "desk":
                loop.call_soon(self._hear_held_back)

        async def begin() -> Outcome:
            self._begun = True
            return await call()

        self._begun = answer is None
        self.errands.send(Errand(begin, kind, eases=eases, then=answered))

    def _hear_held_back(self) -> None:
        """What came while it was looked up who leads comes now."""
        held, self._held_back = self._held_back, deque()
        for line in held:
            self.hear(line)
        self._next()

    def _answered(self) -> None:
        """The line that was waited for is answered, or nobody waits for it any longer."""
        self._answer = None
        asyncio.get_running_loop().call_soon(self._next)

    def _told(self, outcome: Outcome) -> None:
        """Say what became of an act; nothing while it is asked who leads."""
        quiet, self._quiet = self._quiet, False
        self._watcher.answered(outcome.text, self._lead.now(), self._clock())
        if self._entering is None and not quiet:
            self.say(outcome.text or (_("Done.") if outcome.ok else _("Not done.")))
        self.look()

    def wait(self, holds: Callable[[Now], bool], at_most_s: float) -> None:
        """Work off no further line until this holds."""
        now_s = self._clock()
        self._until = (holds, now_s + min(NEWS_WITHIN_S, at_most_s), now_s + at_most_s)

    def speak(self, language: Language) -> None:
        """Speak this language from now on, in everything that was begun too."""
        switch(language)

    def lock(self) -> None:
        """Nobody sits here any longer."""
        if self._desk is not None and self._entering is None and not self.errands.acting:
            self._question = None
            self._seat.kept.forget()
            self._waiting.clear()
            self._desk.lock()
            self.say(_("Locked."))
            self._ask_who()

    def leave(self) -> None:
        """End the console once everything that was sent is answered."""
        self.ended.set()

    # -- who sits here

    def _ask_who(self) -> None:
        if self._desk is None:
            return
        given = self._given
        self._given = lambda: (None, None)
        self._entering = Entering(self._desk, self, self._hide, self._entered, given)
        self._entering.begin(self._lead.now())

    def _entered(self) -> None:
        self._entering = None
        self._asked_about = None
        asyncio.get_running_loop().call_soon(self._greet)

    def _greet(self) -> None:
        self.say(status(self._lead.now()))
        told = _("Type {help} for the words; ! at the beginning of a line stops at once.")
        self.say(told.format(help=word("help")))

    # -- looking

    def look(self) -> None:
        """Take the truth as it is now, and tell what has changed."""
        self._awake.look()
        now = self._lead.now()
        self._seat.kept.look(now)
        for text in self._watcher.look(now, self._clock()):
            if self._entering is None or now.session is not None:
                self.say(text)
        self._let_lapse(now)
        self._ask_about_left(now)
        self._lock_when_left(now)
        if self._answer is not None and self._clock() >= self._answer_until_s:
            self._answered()
        if self._ending:
            self._next()
        if self._until is not None:
            holds, from_s, until_s = self._until
            if (self._clock() >= from_s and holds(now)) or self._clock() >= until_s:
                self._until = None
                self._next()

    def _ask_about_left(self, now: Now) -> None:
        if now.left is None or now.session is not None:
            self._asked_about = None
        elif self._entering is None and self._asked_about != now.left:
            self._asked_about = now.left
            self.ask(ask_about(self._seat, now.left))

    def _lock_when_left(self, now: Now) -> None:
        """Lock once nobody has typed for long; never while a session is open."""
        if self._desk is None or self._entering is not None or why_not_lock(now) is not None:
            self._touched_at_s = self._clock()
        elif self._clock() - self._touched_at_s >= self._lock_after_s:
            self.lock()


def _digits(said: Said) -> str:
    """The digits that were typed, also on the unshifted row of a French keyboard."""
    return "".join(suds.as_digit(sign) or "?" for sign in said.text)
