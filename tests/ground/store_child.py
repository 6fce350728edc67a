"""Owns a process that writes a record and says on stdout which entries it was told are durable.

Called as `store_child.py kill RECORD` it waits for lines on stdin; for each it begins a process of
its own that writes until it is killed, and says its number first. As `store_child.py limit RECORD`
it writes against a limit on the size of files, then lifts the limit. As `store_child.py disk
RECORD` it does so on a small disk of its own, which it mounts over the record's folder. As
`store_child.py order RECORD` it writes a few entries one after the other.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from store_samples import closed, note

from controller.store.record import Record
from controller.store.verify import verify

IN_FLIGHT = 5
ONE_BY_ONE = 20


def say(word: object) -> None:
    os.write(1, (json.dumps(word) + "\n").encode())


async def write_for_ever(path: str) -> None:
    record = Record.create_or_open(path, operator="op")
    turn = 0
    while True:
        turn += 1
        waiting = [record.append("s-1", note("x" * (37 * turn % 900))) for _n in range(IN_FLIGHT)]
        if turn % 7 == 0:
            waiting.append(record.append(f"s-{os.getpid()}-{turn}", closed()))
        for future in waiting[:IN_FLIGHT]:
            say(await future)


async def write_in_order(path: str) -> None:
    with Record.create_or_open(path, operator="op") as record:
        for number in range(ONE_BY_ONE):
            say({"told": await record.append("s-1", note(f"entry {number}"))})


@contextmanager
def limited() -> Iterator[Callable[[], None]]:
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[], None]]:
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    subprocess.run(mount, check=True)
    try:
        grow = ["mount", "-o", "remount,size=9m", str(folder)]
        yield lambda: subprocess.run(grow, check=True) and None
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


async def write_until_full(path: str, lift: Callable[[], None]) -> None:
    with Record.create_or_open(path, operator="op") as record:
        futures: list[asyncio.Future[int]] = []
        # A first refusal may pass: on a new connection the -wal file begins anew.
        while not futures or futures[-1].done() or record.health().trouble is None:
            futures += [record.append("s-1", note("x" * 3000)) for _n in range(10)]
            await asyncio.wait(futures[-1:], timeout=1.5)
        futures += [record.append("s-1", note("kept in memory")) for _n in range(20)]
        told = [one.result() for one in futures if one.done()]
        say({"durable": len(record.reader.entries("s-1")), "told": told})
        say({"waiting": record.health().waiting, "trouble": record.health().trouble})
        lift()
        say({"at last": await asyncio.gather(*futures), "trouble": record.health().trouble})
    verdict = verify(Path(path))
    say({"ok": verdict.ok, "entries": verdict.entries})


def be_killed_again_and_again(path: str) -> None:
    for _line in sys.stdin:
        process = os.fork()
        if process == 0:
            say({"process": os.getpid()})
            asyncio.run(write_for_ever(path))
        os.waitpid(process, 0)
        say("ended")


if __name__ == "__main__":
    what, where = sys.argv[1:]
    if what == "kill":
        be_killed_again_and_again(where)
    elif what == "order":
        asyncio.run(write_in_order(where))
    else:
        with limited() if what == "limit" else small_disk(Path(where).parent) as lift:
            asyncio.run(write_until_full(where, lift))
