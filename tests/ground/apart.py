"""A patient's machine of its own: a network namespace, joined to this machine by one cable.

Where the kernel refuses it the test is skipped, and says by whose word.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Cable:
    """The cable between this machine and the patient's, and a filter at the patient's end."""

    name: str
    near: str
    """This end's address."""
    far: str
    """The patient's machine's address."""

    @property
    def inside(self) -> tuple[str, ...]:
        """What runs a command on the patient's machine."""
        return ("ip", "netns", "exec", self.name)

    def unplug(self) -> None:
        """The cable is out. At the far end, or this machine would look for another way there."""
        _run(*self.inside, "ip", "link", "set", f"{self.name}f", "down")

    def plug(self) -> None:
        """The cable is in again."""
        _run(*self.inside, "ip", "link", "set", f"{self.name}f", "up")

    def lose(self, *rules: str) -> None:
        """Drop what comes in at the patient's machine and matches one of these nft expressions."""
        for rule in rules:
            _run(*self.inside, "nft", f"add rule ip palier in {rule} drop")

    def lose_nothing(self) -> None:
        """Drop nothing any more."""
        _run(*self.inside, "nft", "flush chain ip palier in")


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise OSError(f"{' '.join(command[:4])}: {said[0] if said else done.returncode}")


@contextmanager
def apart() -> Iterator[Cable]:
    """A patient's machine; skips the test, with the reason, where the kernel gives none."""
    for tool in ("ip", "nft"):
        if shutil.which(tool) is None:
            text = f"{tool} is missing; install the packages iproute2 and nftables"
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(text)
    number = os.getpid() % 0x4000
    # 198.18.0.0/15 is kept for trying out machines (RFC 2544); four addresses for each process.
    network = f"198.18.{number >> 6}.{(number & 63) * 4}".rsplit(".", 1)
    near, far = (f"{network[0]}.{int(network[1]) + end}" for end in (1, 2))
    cable = Cable(f"plr{os.getpid()}", near, far)
    name = cable.name
    try:
        try:
            _run("ip", "netns", "add", name)
            _run("ip", "link", "add", f"{name}n", "type", "veth", "peer", "name", f"{name}f")
            _run("ip", "link", "set", f"{name}f", "netns", name)
            _run("ip", "addr", "add", f"{near}/30", "dev", f"{name}n")
            _run("ip", "link", "set", f"{name}n", "up")
            _run(*cable.inside, "ip", "addr", "add", f"{far}/30", "dev", f"{name}f")
            for device in ("lo", f"{name}f"):
                _run(*cable.inside, "ip", "link", "set", device, "up")
            _run(*cable.inside, "nft", "add table ip palier")
            hook = "{ type filter hook input priority 0; }"
            _run(*cable.inside, "nft", f"add chain ip palier in {hook}")
        except OSError as refused:
            pytest.skip(f"no network namespace here: {refused}")
        yield cable
    finally:
        for command in (("ip", "link", "del", f"{name}n"), ("ip", "netns", "del", name)):
            subprocess.run(command, capture_output=True, timeout=20, check=False)
