"""Owns a process whose commands meet a small disk that is full.

Called as `on_a_full_disk.py FOLDER`, where a small disk is mounted; stdin holds one JSON object
with `record` (copied there first, with its companions, where it is named), `leave` (bytes of room),
and `commands`, each the words after `palier`; `["open", FILE]` opens a record for writing,
`["free", FILE]` removes one. For each it prints a line of JSON: exit code, standard output,
standard error, and the names that were not in the folder before.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from controller import cli
from controller.store.errors import RecordError
from controller.store.record import Record


def fill(folder: Path, leave: int) -> None:
    """Leave so many bytes and no more."""
    with (folder / "filling").open("wb", buffering=0) as filling:
        try:
            while filling.write(bytes(4096)):
                pass
        except OSError:
            filling.truncate(max(0, filling.tell() - leave))


def carried_out(words: list[str]) -> int:
    if words[0] == "free":
        Path(words[1]).unlink()
        return 0
    if words[0] != "open":
        return cli.main(words)
    try:
        Record.create_or_open(words[1], operator="op-1").close()
    except RecordError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def main() -> None:
    folder, told = Path(sys.argv[1]), json.loads(sys.stdin.readline())
    if told["record"]:
        record = Path(told["record"])
        for file in record.parent.glob(record.name + "*"):
            shutil.copy(file, folder / file.name)
    fill(folder, told["leave"])
    for words in told["commands"]:
        before = {file.name for file in folder.rglob("*")}
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = carried_out(words)
        left = sorted({file.name for file in folder.rglob("*")} - before)
        print(json.dumps([code, out.getvalue(), err.getvalue(), left]), flush=True)


if __name__ == "__main__":
    main()
