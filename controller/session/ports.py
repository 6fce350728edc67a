"""Owns what the session needs of the record and the link; knows neither database nor socket."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Protocol

from controller.session.documents import Document, Entry
from controller.session.glance import Glance
from controller.session.now import LinkHealth, PatientCard, RecordHealth, SessionCard
from vr_runtime.wire.acts import TherapistAct
from vr_runtime.wire.beside import Beside
from vr_runtime.wire.happenings import Happened
from vr_runtime.wire.keys import PeerRole
from vr_runtime.wire.messages import Done, LinkAct, Refused, Welcome
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.state import State


class Recorder(Protocol):
    """Writes entries. Nothing is saved until the awaited call has returned."""

    def append(self, session: str, document: Document) -> Awaitable[int]:
        """Hand over one entry; the awaitable gives its number once it is durable on disk.

        Order of calls is order of entries. Handing over never blocks and never fails; the awaitable
        raises `OSError` with one plain sentence only when the record is given up.
        """
        ...

    def health(self) -> RecordHealth:
        """How the record stands now."""
        ...


class Books(Protocol):
    """What the record tells of patients and past sessions. All may block and raise `OSError`."""

    def patients(self) -> tuple[PatientCard, ...]:
        """All patients, in the order of their pseudonyms."""
        ...

    def sessions(self) -> tuple[SessionCard, ...]:
        """All sessions, newest first."""
        ...

    def approved(self) -> frozenset[str]:
        """Hashes of the packs of scenarios whose approval holds."""
        ...

    def entries(self, session: str) -> Sequence[Entry]:
        """All that is durable of one session, in order."""
        ...

    def own(self, patient: str) -> Sequence[Entry]:
        """All that is durable in a patient's own stream, in order."""
        ...

    def glance(self, patient: str) -> Glance:
        """The course of one patient, by the record's own id."""
        ...


class ReportFailed(Exception):
    """A report could not be written; the text is one sentence on what to do."""


class NoAnswer(Exception):
    """The runtime did not answer; whether it was carried out is not known."""


class NotMet(Exception):
    """The runtime answered a greeting by turning this console away."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.value)
        self.code = code


class NewsListener(Protocol):
    """Who is told news, and of news that is lost."""

    def on_happened(self, happened: Happened) -> None:
        """One piece of news, each once, in order."""
        ...

    def on_gap(self, after: int, until: int) -> None:
        """News with numbers above `after` and up to `until` can no longer be had."""
        ...


class LinkListener(NewsListener, Protocol):
    """Who is told what the link hears. Called in the loop, never at the same time twice."""

    def on_state(self, state: State) -> None:
        """The runtime's own word on how it stands."""
        ...

    def on_new_boot(self, state: State) -> None:
        """The runtime was started again; all control is gone."""
        ...

    def on_turned_away(self, code: Code) -> None:
        """The runtime says by itself that this console is shown nothing any more, and why."""
        ...

    def on_picture(self, number: int, jpeg: bytes) -> None:
        """A mirrored picture; it is drawn and never kept."""
        ...


class LinkPort(Protocol):
    """The conversation with the runtime, as the session needs it."""

    epoch: int
    role: PeerRole | None
    """What this console's key is at the runtime, as it said last; None before it said anything."""

    def start(self, listener: LinkListener) -> None:
        """Begin to listen."""
        ...

    async def hello(self) -> Welcome:
        """Ask who is there. Raises `NoAnswer` or `NotMet`."""
        ...

    async def ask(self, act: LinkAct | TherapistAct, session: str | None) -> Done | Refused:
        """Give one command and wait for its answer. Raises `NoAnswer`."""
        ...

    async def beside(self, scenario: str) -> Beside:
        """What lies beside a scenario at the patient's side. Raises `NoAnswer`."""
        ...

    async def hear_again(self, after: int) -> None:
        """Tell the listener the news after this number once more, and what is lost of it.

        Raises `NoAnswer`; what was not told by then follows with the next news.
        """
        ...

    async def hear_rest(self, boot: str, after: int, until: int, teller: NewsListener) -> None:
        """Tell what an earlier start of the runtime did after this number, and those after it.

        What is known to have been told up to `until`, and cannot be had, is told as a gap.
        """
        ...

    async def grant(self, ticks: int) -> State:
        """Lock-step: let ticks pass. Raises `NoAnswer`."""
        ...

    async def beat(self, durable: int) -> bool:
        """Say that this console lives."""
        ...

    def stop(self) -> None:
        """Ask for stop now, and again until it is confirmed. Never waits."""
        ...

    @property
    def stopping(self) -> bool:
        """Whether a stop was asked for that the runtime has not confirmed."""
        ...

    def health(self, *, in_control: bool) -> LinkHealth:
        """How well the runtime is heard."""
        ...
