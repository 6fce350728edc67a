"""System calls of a process that fail, as strace makes them."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


def why_not() -> str:
    """Why system calls cannot be made to fail here; empty when they can."""
    try:
        done = subprocess.run(
            ["strace", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return "strace is not installed"
    return done.stderr.strip() if done.returncode else ""


@contextmanager
def failing(pid: int, call: str) -> Iterator[None]:
    """Every such call of this process fails with EIO meanwhile; skips where the kernel refuses."""
    if why := why_not():
        pytest.skip(f"system calls cannot be made to fail here: {why}")
    inject = ["-e", f"trace={call}", "-e", f"inject={call}:error=EIO"]
    tracer = subprocess.Popen(
        ["strace", "-f", "-o", "/dev/null", *inject, "-p", str(pid)],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert tracer.stderr is not None
    try:
        told = tracer.stderr.readline()
        assert "attached" in told, told
        yield
    finally:
        tracer.send_signal(signal.SIGINT)
        tracer.wait()
        tracer.stderr.close()
