"""Owns how the patient's side is put together in the process that renders, and how it ends.

It may be a first start, or one by the watchdog after a hang or a crash: then the safe place is
shown before anything else is done. It decides nothing about a session.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import json
import logging
import os
import signal
import sys
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from contextvars import copy_context
from functools import partial
from importlib.metadata import version
from pathlib import Path

from vr_runtime.app import Runtime
from vr_runtime.authority import Last
from vr_runtime.clock import steady_s
from vr_runtime.coming_again import come_again, refuge_of
from vr_runtime.display.choose import DisplayUnavailable, open_display
from vr_runtime.display.hearing import SoundUnavailable, SoundWish, checked
from vr_runtime.engine.budget import BY_CLOCK, IN_STEP, Budget, Call
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.interrupt import alarm
from vr_runtime.engine.ports import Display
from vr_runtime.examination.memory import Memory
from vr_runtime.journal.journal import Journal
from vr_runtime.journal.shelf import Shelf
from vr_runtime.language import Language, _
from vr_runtime.loader import Library, discover
from vr_runtime.measuring.beside import lying_beside
from vr_runtime.measuring.packed import with_grades
from vr_runtime.peers import Doorkeeper, PeersFile, keys_folder
from vr_runtime.server import Server
from vr_runtime.terminal import TerminalKeys
from vr_runtime.trace import Trace
from vr_runtime.watch.beats import Again, Doing
from vr_runtime.watch.pulse import Pulse, own_pipe
from vr_runtime.wire.acts import View
from vr_runtime.wire.keys import Identity, KeysUnreadable, write_private
from vr_runtime.wire.own import own_identity
from vr_runtime.wire.sockets import AddressUnusable, RuntimeSockets, is_loopback, split_address
from vr_runtime.wire.state import Watch

DONE, NOT_AVAILABLE = 0, 3

AWAITED_EVERY_S, LONGEST_S = 1.0, 600.0
"""Seconds between two words that the search for scenarios goes on, and the longest of it."""

log = logging.getLogger(__name__)


class _EndedWhileOpening(BaseException):
    """Asked to end before the loop has begun."""


def open_and_run(options: argparse.Namespace, language: Language) -> int:
    """Open everything and run until the end; gives the exit code."""
    pipe = own_pipe() if options.watched else None
    announced = _Announcement(options.announce, watched=options.watched)
    pulse = Pulse(pipe, alone=announced.alone)
    pulse.opening()
    _tell_where_it_hangs()
    try:
        _open(options, language, pulse, announced)
    except (DisplayUnavailable, SoundUnavailable, AddressUnusable, KeysUnreadable) as error:
        print(f"palier-runtime: {error}", file=sys.stderr)
        return NOT_AVAILABLE
    except _EndedWhileOpening:
        pulse.ending()
    return DONE


def _open(
    options: argparse.Namespace, language: Language, pulse: Pulse, announced: _Announcement
) -> None:
    with _asked_to_end() as ended, ThreadPoolExecutor(1) as pool:
        again = Again.taken_from(os.environ)
        # Before all else that takes long: a wrong name should be told at once.
        sound = checked(SoundWish(options.sound_device, tuple(options.voices)))
        # Scenarios of others are examined in processes of their own: meanwhile the display opens.
        memory = Memory.taken_from(os.environ, recalling=again is not None)
        look = partial(
            discover,
            options.scenario_dir,
            look=memory.examine,
            opened=memory.examine_at_opening,
        )
        looked_for = pool.submit(copy_context().run, look)
        folder = keys_folder(options.keys)
        identity, known = own_identity(folder), _known(folder, options.bind)
        door = Doorkeeper(known.peers)
        sockets = RuntimeSockets(options.bind, identity, door.may_connect, door.hears_all)
        try:
            pulse.opening()
            display, sentence = open_display(
                options.display,
                monitor=options.monitor,
                language=language,
                console_elsewhere=not is_loopback(sockets.host),
                tried=options.tried,
                sound=sound,
                quality=options.quality,
                goes_on=pulse.opening,
            )
            keys = TerminalKeys.at_hand()
            try:
                print(sentence, file=sys.stderr, flush=True)
                if keys is not None:
                    told = _("Stop: F12, or Esc twice, in this terminal too.")
                    print(told, file=sys.stderr, flush=True)
                if again is not None and again.facts:
                    # The patient has waited before a dark screen: nothing else comes first.
                    display.accompany(refuge_of(again), None, ())
                    display.show(View.SAFE_PLACE)
                    display.draw(1.0)
                pulse.opening()
                boot = uuid.uuid4().hex
                journal = _journal(folder, boot)
                runtime = _put_together(
                    options,
                    display,
                    sockets,
                    _told(_awaited(looked_for, pulse), memory),
                    known,
                    door,
                    pulse,
                    again,
                    keys,
                    boot,
                    journal,
                )
                announced.write(sockets, identity, sentence)
                address = f"tcp://{sockets.host}:{sockets.port}"
                pulse.opened(address, display.kind, software=display.software)
                ended.instead(runtime.end)
                runtime.run()
                if journal is not None:
                    journal.close()
                # Said only here: an exception that ends the loop is no end in order.
                pulse.ending()
                announced.remove()
            finally:
                if keys is not None:
                    keys.close()
                display.close()
        finally:
            sockets.close()


def _put_together(
    options: argparse.Namespace,
    display: Display,
    sockets: RuntimeSockets,
    library: Library,
    known: PeersFile,
    door: Doorkeeper,
    pulse: Pulse,
    again: Again | None,
    keys: TerminalKeys | None,
    boot: str,
    journal: Journal | None,
) -> Runtime:
    limits = IN_STEP if options.in_step else BY_CLOCK
    budget = Budget(limits, alarm(), entering=partial(_entering, pulse))
    engine = Engine(display.stage, library.get, budget, library.examine)
    restarts = 0 if again is None else again.restarts
    trace = Trace(options.trace)
    server = Server(
        engine,
        display,
        sockets,
        peers=known.peers,
        door=door,
        changed_peers=known.changed,
        manifests=library.manifests(),
        packs=with_grades(library),
        beside=lying_beside(library),
        boot=boot,
        version=version("palier"),
        in_step=options.in_step,
        trace=trace,
        journal=journal,
        watch=lambda: Watch(watched=pulse.watched, restarts=restarts),
        last=Last.model_validate_json(again.leading) if again and again.leading else None,
        tell_leading=lambda last: pulse.leading(last.model_dump_json()),
    )
    gc.collect()
    gc.freeze()
    runtime = Runtime(
        engine,
        display,
        server,
        sockets,
        end_after_s=options.end_after * 60.0,
        pulse=pulse,
        stops=keys,
        now=steady_s,
        trace=trace,
    )
    if again is not None:
        # A scenario is built here: stops are heard and pictures drawn meanwhile.
        log.warning("started again by the watchdog: %s", again.why)
        come_again(engine, again)
    return runtime


def _entering(pulse: Pulse, call: Call) -> AbstractContextManager[None]:
    return pulse.within(Doing.BUILDING if call == "build" else Doing.SCENARIO)


def _awaited(looked_for: Future[Library], pulse: Pulse) -> Library:
    """What was looked for. Each scenario is examined within a bound of its own; what lasts longer
    than all of them may hangs, and nobody is told any more that it goes on."""
    for _second in range(round(LONGEST_S / AWAITED_EVERY_S)):
        if wait([looked_for], AWAITED_EVERY_S).done:
            break
        pulse.opening()
    return looked_for.result()


def _told(library: Library, memory: Memory) -> Library:
    memory.keep()
    for broken in library.broken:
        for told in broken.diagnostics:
            print(told, file=sys.stderr)
    return library


def _known(folder: Path, bind: str) -> PeersFile:
    """Who may connect. Raises `AddressUnusable` where nobody could."""
    known = PeersFile(folder)
    host, _port = split_address(bind)
    if not known.peers and not is_loopback(host):
        raise AddressUnusable(
            _(
                "No console is paired with this runtime, so it listens on this machine only; "
                "pair one with --pair, or leave --bind out."
            )
        )
    return known


def _journal(folder: Path, boot: str) -> Journal | None:
    """The journal beside the keys; without one the patient can still be shown everything."""
    try:
        return Journal(Shelf(folder), boot)
    except OSError as error:
        log.warning("no journal is written: %s", error.strerror)
        return None


def _tell_where_it_hangs() -> None:
    """Let the watchdog ask for the lines that run, before it ends this process."""
    if hasattr(signal, "SIGUSR2"):
        faulthandler.register(signal.SIGUSR2, file=sys.stderr)


class _Ended:
    """What a request to end leads to."""

    def __init__(self) -> None:
        self._act: Callable[[], None] = _break_off

    def instead(self, act: Callable[[], None]) -> None:
        """From now on do this."""
        self._act = act

    def asked(self, _number: int, _frame: object) -> None:
        """A signal came."""
        self._act()


def _break_off() -> None:
    raise _EndedWhileOpening


@contextmanager
def _asked_to_end() -> Iterator[_Ended]:
    """While entered, requests to end are obeyed: the loop gives window and ports back itself."""
    ended = _Ended()
    before = {n: signal.signal(n, ended.asked) for n in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Announcement:
    """The file that tells whoever started this runtime where it is and by which key to know it."""

    def __init__(self, path: Path | None, *, watched: bool) -> None:
        self._path = path
        self._end_by = os.getppid() if watched else os.getpid()
        self._facts: dict[str, object] | None = None

    def write(self, sockets: RuntimeSockets, identity: Identity, sentence: str) -> None:
        """All is open."""
        self._facts = {
            "address": f"tcp://{sockets.host}:{sockets.port}",
            "key": identity.public,
            "display": sentence,
        }
        self._renew()

    def alone(self) -> None:
        """The watchdog has ended: this process is the one to be ended from now on."""
        self._end_by = os.getpid()
        self._renew()

    def _renew(self) -> None:
        if self._path is not None and self._facts is not None:
            told = {**self._facts, "pid": self._end_by, "renders": os.getpid()}
            write_private(self._path, json.dumps(told))

    def remove(self) -> None:
        """It ends in order. A runtime that broke off keeps its place: it is started again there."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)
