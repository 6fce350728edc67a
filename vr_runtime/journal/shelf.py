"""Owns the folder of the journal: its key, its files, what they hold, and which may go.

Everything here may wait for the disk; nothing here is called while pictures are drawn.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from vr_runtime.journal.format import KEY_BYTES, Head, NotAJournal, head_of, unsealed
from vr_runtime.wire.happenings import Happened
from vr_runtime.wire.keys import KeysUnreadable, write_private

FOLDER = "journal"
KEY = "journal.key"
KEPT_DAYS = 30
"""What no console has asked for in so long is deleted: its session is over by any measure."""
_NAME = re.compile(r"([0-9a-f]{32})-(\d{6})\.journal")

log = logging.getLogger(__name__)


@dataclass
class Segment:
    """One file, and what is known of its contents."""

    path: Path
    head: Head
    first: int = 0
    last: int = 0
    """Numbers of its first and last happening; 0 when it holds none."""
    sessions: dict[str, tuple[int, int]] = field(default_factory=dict)
    """First and last number of each session in it that no record is known to hold."""

    def add(self, happened: Happened) -> None:
        """Take note of one more happening in it."""
        self.first = self.first or happened.number
        self.last = happened.number
        if happened.session is not None:
            first, _last = self.sessions.get(happened.session, (happened.number, 0))
            self.sessions[happened.session] = first, happened.number


class Shelf:
    """The files of one keys folder."""

    def __init__(self, keys: Path) -> None:
        """Make folder and key when there are none. Raises `KeysUnreadable` and `OSError`."""
        self.folder = keys / FOLDER
        self.key = _key(keys / KEY)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def path(self, head: Head) -> Path:
        """Where a segment stands."""
        return self.folder / f"{head.boot}-{head.segment:06d}.journal"

    def segments(self) -> list[Segment]:
        """All files that can be read, the oldest start first.

        Deletes those that are 30 days older than the newest: a clock that was set takes nothing
        away that no console has fetched.
        """
        files = [path for path in sorted(self.folder.iterdir()) if _NAME.fullmatch(path.name)]
        newest = max((path.stat().st_mtime for path in files), default=0.0)
        oldest = newest - KEPT_DAYS * 86_400
        found = []
        began: dict[str, int] = {}
        for path in files:
            written = path.stat()
            if written.st_mtime < oldest:
                path.unlink(missing_ok=True)
                continue
            segment = self._looked_through(path)
            if segment is not None:
                found.append(segment)
                # Of two starts one has written all its files before the other began.
                boot = segment.head.boot
                began[boot] = min(written.st_mtime_ns, began.get(boot, written.st_mtime_ns))
        return sorted(found, key=lambda one: (began[one.head.boot], one.path))

    def _looked_through(self, path: Path) -> Segment | None:
        try:
            segment = Segment(path, head_of(path.read_bytes()))
        except (OSError, NotAJournal) as error:
            log.warning("a part of the journal cannot be read: %s", error)
            return None
        if self.path(segment.head) != path:
            log.warning("a part of the journal stands under a wrong name: %s", path.name)
            return None
        for happened in self.read(segment):
            segment.add(happened)
        return segment

    def read(self, segment: Segment) -> Iterator[Happened]:
        """What a file tells, oldest first, as far as it is whole."""
        try:
            for number, text in unsealed(self.key, segment.path.read_bytes()):
                happened = Happened.model_validate_json(text)
                if (happened.boot, happened.number) != (segment.head.boot, number):
                    return
                yield happened
        except (OSError, NotAJournal, ValidationError) as error:
            log.warning("a part of the journal cannot be read: %s", type(error).__name__)

    def delete(self, segment: Segment) -> None:
        """Delete a file; what cannot be deleted now is tried again at the next start."""
        try:
            segment.path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("a part of the journal cannot be deleted: %s", error.strerror)

    def create(self, head: Head) -> int:
        """A new file for this segment, its name durable in the folder; gives its descriptor."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        file = os.open(self.path(head), flags, 0o600)
        try:
            folder = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError:
            os.close(file)
            raise
        return file


def _key(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except FileNotFoundError:
        key = os.urandom(KEY_BYTES)
        write_private(path, key.hex())
    except (OSError, ValueError) as error:
        raise KeysUnreadable(f"{path} cannot be read; move it away and start again.") from error
    if len(key) != KEY_BYTES:
        raise KeysUnreadable(f"{path} is no key; move it away and start again.")
    return key
