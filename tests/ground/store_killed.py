"""Owns a process that does something to a record and is killed before its n-th step on disk.

Called as `store_killed.py WHAT`; each line on stdin is a JSON object with `record`, `backup` and
`n`. For each it begins a process of its own, which kills itself with SIGKILL before the n-th time
it opens for writing, renames, links or removes a file of that record. It says "killed", or "done"
when there were fewer steps. With `after_s` in place of `n` it is ended after so many seconds.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from controller.store import backup, letters, locked, recovery, rekey, restore
from controller.store.clock import SystemClock

PASSPHRASE = "four plain words here"
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def rekeyed(keep_in: Any) -> Callable[[Path, Path], object]:
    return lambda record, _backup: rekey.rekey(
        record,
        ask=lambda file, wrong: PASSPHRASE if wrong == 0 else None,
        new_passphrase=lambda: PASSPHRASE,
        keep_in=keep_in,
        clock=SystemClock(),
        spool=None,
    )


def restored(record: Path, kept: Path) -> object:
    return restore.restore(
        kept,
        record,
        ask=None,
        ask_recovery=lambda file: None,
        use_keyring=False,
        clock=SystemClock(),
        spool=None,
    )


DOINGS: dict[str, Callable[[Path, Path], object]] = {
    "rekey": rekeyed(None),
    "lock": rekeyed("passphrase"),
    "restore": restored,
    "backup": lambda record, kept: backup.backup(record, kept, ask=None, clock=SystemClock()),
    "use": lambda record, typed: recovery.bring_back(record, letters.read(typed.read_text())),
    "recovery": lambda record, _kept: recovery.new_sheet(record, ask=None, clock=SystemClock()),
}


def die_before(step: int, prefixes: tuple[str, ...]) -> None:
    seen = 0

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        if event not in ("open", "os.rename", "os.remove", "os.link"):
            return
        name = arguments[0] if isinstance(arguments[0], str | os.PathLike) else ""
        if not os.fspath(name).startswith(prefixes):
            return
        if event == "open" and not (arguments[2] or 0) & WRITES:
            return
        seen += 1
        if seen == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def stretch_little() -> None:
    """What is tried is the order of files, not the cost of a passphrase; files tell theirs."""
    fields = locked.Stretching.model_fields
    fields["passes"].default, fields["memory_kib"].default = 1, 8_192
    locked.Stretching.model_rebuild(force=True)


def main(what: str) -> None:
    stretch_little()
    for line in sys.stdin:
        told = json.loads(line)
        record, kept = Path(told["record"]), Path(told["backup"])
        process = os.fork()
        if process == 0:
            if "after_s" in told:
                # Nobody listens to this signal, so it ends the process wherever it is.
                signal.setitimer(signal.ITIMER_REAL, told["after_s"])
            else:
                die_before(told["n"], (str(record), str(kept)))
            DOINGS[what](record, kept)
            os._exit(0)
        _pid, status = os.waitpid(process, 0)
        ended = {0: "done", signal.SIGKILL: "killed", signal.SIGALRM: "killed"}.get(
            status, f"failed {status}"
        )
        os.write(1, (ended + "\n").encode())


if __name__ == "__main__":
    main(sys.argv[1])
