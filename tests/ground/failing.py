"""System calls of a process that fail, as strace makes them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


def need_failing_calls() -> None:
    """Skip where the kernel lets no system call fail; a missing tool is no excuse in CI."""
    if shutil.which("strace") is None:
        text = "strace is missing; install the package strace"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(text)
    tried = subprocess.run(
        ["strace", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False
    )
    if tried.returncode:
        pytest.skip(f"system calls cannot be made to fail here: {tried.stderr.strip()}")


@contextmanager
def failing(pid: int, call: str) -> Iterator[None]:
    """Every such call of this process fails with EIO meanwhile; skips where the kernel refuses."""
    need_failing_calls()
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
