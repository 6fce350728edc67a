"""`palier plain` as a program that types and reads through pipes has it."""

from __future__ import annotations

import os
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 90.0


class Piped:
    """One `palier plain`, typed to and read through pipes."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self._env = {
            **os.environ,
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "PYTHONIOENCODING": "utf-8",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "controller", "plain", "--display", "null", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self._env,
        )
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.read: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.decode("utf-8").rstrip("\n"))
        self._lines.put(None)

    def type(self, *lines: str) -> None:
        assert self.process.stdin is not None
        for line in lines:
            self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def says(self, pattern: str, within_s: float = PATIENCE_S) -> str:
        """Read on until a line holds this."""
        until = time.monotonic() + within_s
        while (left := until - time.monotonic()) > 0:
            try:
                line = self._lines.get(timeout=left)
            except queue.Empty:
                break
            assert line is not None, f"ended before {pattern!r}: {self.read[-12:]}"
            self.read.append(line)
            if re.search(pattern, line):
                return line
        raise AssertionError(f"{pattern!r} was not said: {self.read[-12:]}")

    def end(self) -> int:
        """No line will come any more; gives the exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.ended()

    def ended(self) -> int:
        code = self.process.wait(PATIENCE_S)
        while (line := self._lines.get(timeout=10)) is not None:
            self.read.append(line)
        return code

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue


@contextmanager
def plain(home: Path, *arguments: str) -> Iterator[Piped]:
    piped = Piped(home, *arguments)
    try:
        yield piped
    finally:
        piped.close()


def enter(palier: Piped, passphrase: str) -> None:
    """Say who leads, on the first run."""
    palier.says("your name or initials")
    palier.type("Ada")
    palier.says("passphrase or PIN")
    palier.type(passphrase)
    if passphrase != "none":
        palier.says("once more")
        palier.type(passphrase)
    palier.says("Welcome, Ada")


def screened_and_consenting(palier: Piped) -> None:
    """Answer what stands between a new patient and a first session."""
    palier.says("Consent to exposure is not noted")
    palier.type("consent 2026-11 signed", "screening")
    palier.says("The consent is saved")
    count = int(re.findall(r"Question 1 of (\d+)", palier.says("Question 1 of"))[0])
    palier.type(*["no"] * count)
    palier.says("The screening is saved")


def checked(palier: Piped) -> None:
    """Answer what stands between an open session and its first trial; the way out is used."""
    palier.type("today", *["no"] * 6)
    palier.says("today is saved")
    palier.type("check display done", "leave out sound no device in a test")
    palier.type("check space done", "check seat done", "check stop signal done")
    palier.type("leave out 6 nobody sits there", "checks")
    palier.says("6\\. .*left out: nobody sits there")
    palier.type("safe place")
    palier.says("Way out: therapist: rehearsed")
    palier.says("Nothing is missing before the first trial")
