"""Owns how a therapist lets the patient of the open session hear a recorded line of the clinic.

What is heard is the runtime's word. A recording is brought to the patient's side before it is first
played there; nothing else waits for that.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from controller.language import _
from controller.recorded.folder import bytes_of
from controller.recorded.model import NoLine, RecordedLine
from controller.session.notices import Tone
from controller.session.now import Outcome
from controller.session.ports import LinkPort, NoAnswer
from controller.session.recorded.words import hears
from controller.session.sentences import refusal
from vr_runtime.wire.acts import TherapistAct
from vr_runtime.wire.happenings import Happening
from vr_runtime.wire.messages import LinkAct, Refused
from vr_runtime.wire.recorded import EndLine, LineState, PlayLine, RecordedLineBegun, parts
from vr_runtime.wire.refusals import Code

if TYPE_CHECKING:
    from vr_runtime.wire.state import State

Say = Callable[[bool, str, Tone], Outcome]


class Do(Protocol):
    """Gives one command and says what became of it."""

    def __call__(
        self, act: LinkAct | TherapistAct, session: str | None, text: str, *, tone: Tone = "done"
    ) -> Awaitable[Outcome]:
        """`text` is said in this tone when it was carried out."""
        ...


Read = Callable[[], tuple[RecordedLine, ...]]


class Lines:
    """The clinic's recorded lines, as they can be played to this patient."""

    def __init__(
        self,
        link: LinkPort,
        do: Do,
        session: Callable[[], str | None],
        state: Callable[[], State | None],
        say: Say,
    ) -> None:
        """`do` gives one command, `say` tells the therapist; `state` is what was heard last."""
        self._link, self._do, self._say = link, do, say
        self._session, self._state = session, state
        self._read: Read = tuple
        self._brought: set[tuple[str, str, str]] = set()
        """(start of the runtime, session, hash) of what lies at the patient's side."""
        self._bringing = asyncio.Lock()
        self.there: tuple[RecordedLine, ...] = ()
        """The lines that can be played."""
        self._begun: str | None = None
        """Name of the line that began last, since one was asked for."""

    def follow(self, what: Happening) -> None:
        """News of the runtime: a line may begin before the answer to its command is heard."""
        if isinstance(what, RecordedLineBegun):
            self._begun = what.name

    def read_by(self, read: Read) -> None:
        """From now on the clinic's lines are what this gives; it may block."""
        self._read = read

    async def prepare(self) -> None:
        """Look at the clinic's lines anew and bring them, so that none is waited for later."""
        self.there = await asyncio.to_thread(self._read)
        for line in self.there:
            if (await self._bring(line))[0]:
                return  # It is brought when it is played, and then it is said what is wrong.

    @property
    def heard(self) -> LineState | None:
        """What the patient hears now, by the runtime's last word."""
        state = self._state()
        return None if state is None else state.line

    def named(self, name: str) -> RecordedLine | None:
        """The line that is called so."""
        return next((line for line in self.there if line.name == name.strip().casefold()), None)

    async def play(self, name: str) -> Outcome:
        """Let the patient hear this line; the one that is heard already is ended instead."""
        line, heard = self.named(name), self.heard
        if heard is not None and heard.name == name.strip().casefold():
            return await self.end()
        if line is None:
            return self._say(False, self._which(name), "refused")
        for again in (False, True):
            why, code = await self._bring(line)
            if why:
                said = self._say(False, why, "refused")
                return Outcome(ok=False, text=said.text, code=code)
            outcome = await self._play(line)
            if again or outcome.code != Code.LINE_NOT_BROUGHT:
                break
            # The patient's side was started again since, or holds others.
            self._brought.clear()
        return outcome

    def _which(self, name: str) -> str:
        if not self.there:
            return _("This clinic has no recorded lines; add one by `palier lines add`.")
        names = ", ".join(line.name for line in self.there)
        told = _("There is no recorded line {name}; there are: {names}.")
        return told.format(name=f"« {name.strip()} »", names=names)

    async def _play(self, line: RecordedLine) -> Outcome:
        card = line.card
        act = PlayLine(sha256=card.sha256, name=card.name, words=card.words, language=card.language)
        told = _("Recorded line asked: {words}").format(words=card.words)
        self._begun = None
        outcome = await self._do(act, self._session(), told, tone="info")
        if outcome.ok and self._begun == card.name:
            return self._say(True, hears(card.words), "done")
        return outcome

    async def end(self) -> Outcome:
        """End the line that is heard."""
        return await self._do(EndLine(), self._session(), _("The recorded line is ended."))

    async def _bring(self, line: RecordedLine) -> tuple[str, str]:
        """Bring it where it is not at the patient's side yet; why it cannot be, and the code."""
        session, state = self._session(), self._state()
        if session is None or state is None:
            return _("No session is open."), ""
        key = (state.boot, session, line.card.sha256)
        async with self._bringing:
            if key in self._brought:
                return "", ""
            try:
                data = await asyncio.to_thread(bytes_of, line)
            except NoLine as error:
                return str(error), ""
            for part in parts(line.card.sha256, data):
                try:
                    answer = await self._link.ask(part, session)
                except NoAnswer:
                    return _("The recording did not reach the patient's side; play it again."), ""
                if isinstance(answer, Refused):
                    return _not_taken(line, answer.code), answer.code
            self._brought.add(key)
        return "", ""


def _not_taken(line: RecordedLine, code: Code) -> str:
    if code is Code.MALFORMED:
        return _("The patient's side knows no recorded lines; install this version there too.")
    if code is Code.LINE_UNFIT:
        told = _("The recording of {name} cannot be heard well; record it again.")
        return told.format(name=line.name)
    return refusal(code)


class HasLines:
    """The part of a conductor that plays recorded lines."""

    _link: LinkPort
    _state: State | None

    @abstractmethod
    def _session(self) -> str | None: ...

    @abstractmethod
    async def _do(
        self,
        act: LinkAct | TherapistAct,
        session: str | None,
        text: str,
        *,
        tone: Tone = "done",
    ) -> Outcome: ...

    @abstractmethod
    def _say(self, ok: bool, text: str, tone: Tone, code: str = "") -> Outcome: ...

    @cached_property
    def lines(self) -> Lines:
        """The clinic's recorded lines."""
        return Lines(self._link, self._do, self._session, lambda: self._state, self._say)
