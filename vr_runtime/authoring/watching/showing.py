"""Owns the process in which a watched scenario runs: it shows what it is told, says how it is.

The scenario's code may hang, print or end the process: none of it reaches the one who watches.
Started by `watcher`; one line of JSON for each word, in and out.
"""

from __future__ import annotations

import argparse
import logging
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from vr_runtime.authoring.preview.opened import Opened, unseen, window
from vr_runtime.authoring.preview.steering import Kept
from vr_runtime.authoring.watching.words import (
    ASKED,
    Closed,
    End,
    Failed,
    Ready,
    Show,
    Shown,
    Tell,
    Unable,
    Where,
    Word,
)
from vr_runtime.display.graphics import GraphicsUnavailable
from vr_runtime.language import use
from vr_runtime.loader import Broken, found_at

WHERE_S = 0.25
"""Seconds after which it is said again where the author is; it is also the sign of life."""
SETTLED_TICKS, SETTLED_PICTURES = 10, 5
"""A version is shown once it has run, and was seen, so long at the place where its author was."""
LINGER_S = 3.0
"""Seconds after the end of who watches; a hang beyond it is ended with the process."""
_PAUSE_S = 0.01


class Showing:
    """One window, or pictures without one, and the versions shown in it."""

    def __init__(self, opened: Opened, say: Callable[[Word], None], out: Path | None) -> None:
        self._viewing = opened.viewing
        self._look = opened.look
        self._image = opened.image
        self._say = say
        self._out = out
        self._number = 0
        self._pending: int | None = None
        """The version that is not before the author's eyes yet."""
        self._failed = False
        self._since = self._seen = 0
        self._where_due = 0.0
        self.ended = False

    def hear(self, word: Show | Tell | End) -> None:
        """Do what was asked."""
        if isinstance(word, End):
            self.ended = True
        elif isinstance(word, Tell):
            self._viewing.tell(word.lines)
            self._write()
        else:
            self._show(word)

    def _show(self, word: Show) -> None:
        steering = self._viewing.steering
        kept = steering.kept
        if word.where is not None:
            kept = Kept(word.where.level, dict(word.where.apart))
            self._look.point(word.where.yaw, word.where.pitch)
        self._number, self._failed = word.number, False
        found = found_at(Path(word.path), word.report)
        if isinstance(found, Broken):
            self._fail("; ".join(str(each) for each in found.diagnostics))
            return
        steering.open(found, kept)
        for event in word.events:
            steering.begin(event)
        self._pending, self._since, self._seen = word.number, 0, 0
        self._where_due = 0.0

    def round(self) -> None:
        """Let pass what is due, and say what came of it."""
        viewing = self._viewing
        engine = viewing.steering.engine
        before, drawn = engine.tick_count, viewing.display.state().pictures
        viewing.round()
        if viewing.closed:
            self._say(Closed())
            self.ended = True
            return
        if engine.disabled is not None and not self._failed and self._number:
            self._fail(engine.disabled)
        elif self._pending is not None:
            arrived = engine.loaded and not viewing.steering.hurries
            self._since += engine.tick_count - before if arrived else 0
            self._seen += viewing.display.state().pictures - drawn if arrived else 0
            if self._since >= SETTLED_TICKS and self._seen >= SETTLED_PICTURES:
                self._pending = None
                self._write()
                self._say(Shown(number=self._number))
        if time.monotonic() >= self._where_due:
            self._where_due = time.monotonic() + WHERE_S
            self.tell_where()

    def _fail(self, text: str) -> None:
        self._failed, self._pending = True, None
        self._say(Failed(number=self._number, text=text))

    def tell_where(self) -> None:
        """Say where the author is."""
        kept = self._viewing.steering.kept
        look = self._look
        self._say(Where(level=kept.level, apart=kept.apart, yaw=look.yaw, pitch=look.pitch))

    def _write(self) -> None:
        """The picture anew, whole at any moment to whoever reads it."""
        if self._image is None or self._out is None:
            return
        self._viewing.draw(1.0)
        half = self._out.with_name(f".{self._out.stem}.half{self._out.suffix}")
        try:
            self._image().save(half)
            os.replace(half, self._out)
        except (OSError, ValueError) as error:
            self._say(Unable(why=f"{self._out}: {getattr(error, 'strerror', None) or error}"))
            self.ended = True


def _words(answer: int) -> Callable[[Word], None]:
    def say(word: Word) -> None:
        try:
            os.write(answer, word.model_dump_json().encode() + b"\n")
        except OSError:
            # Who watches has gone; its silence is heard at the other end.
            return

    return say


def _listen(heard: queue.SimpleQueue[Show | Tell | End]) -> None:
    for line in sys.stdin:
        heard.put(ASKED.validate_json(line))
    heard.put(End())
    time.sleep(LINGER_S)
    os._exit(1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Show until the window is closed or who watches has ended."""
    options = argparse.ArgumentParser()
    options.add_argument("--display", choices=("desktop", "offscreen"), required=True)
    options.add_argument("--size", type=int, nargs=2, required=True)
    options.add_argument("--out", type=Path)
    options.add_argument("--lang", choices=("fr", "en"), required=True)
    asked = options.parse_args(arguments)
    use(asked.lang)
    # What fails is said in one line, with the author's own path.
    logging.disable(logging.WARNING)
    # What a scenario prints is its author's to read, and no word to who watches.
    say = _words(os.dup(1))
    os.dup2(2, 1)
    heard: queue.SimpleQueue[Show | Tell | End] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(heard,), daemon=True).start()
    try:
        with ExitStack() as stack:
            _run(asked, heard, say, stack)
    except GraphicsUnavailable as error:
        say(Unable(why=str(error)))
        return 3
    return 0


def _run(
    asked: argparse.Namespace,
    heard: queue.SimpleQueue[Show | Tell | End],
    say: Callable[[Word], None],
    stack: ExitStack,
) -> None:
    size = (asked.size[0], asked.size[1])
    if asked.display == "desktop":
        opened = stack.enter_context(window(size))
    else:
        opened = stack.enter_context(unseen(size, time.monotonic, by_clock=True))
    viewing, showing = opened.viewing, Showing(opened, say, asked.out)
    say(Ready())
    while not showing.ended:
        while not heard.empty() and not showing.ended:
            showing.hear(heard.get())
        showing.round()
        time.sleep(min(_PAUSE_S, viewing.due_s()))


if __name__ == "__main__":
    sys.exit(main())
