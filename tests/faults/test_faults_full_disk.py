"""The therapist's disk is full in the middle of a session: it is led on, and told truthfully."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from child_console import Child, console
from runtime_process import Client, RuntimeProcess, eventually
from test_faults_store import mounting_is_allowed

from vr_runtime.wire.acts import Phase

Connect = Callable[..., Client]
Measured = Callable[[str, object], None]

ON_A_SMALL_DISK = 'mount -t tmpfs -o size=8m tmpfs "$1" && shift && exec "$@"'
ALARM_S = 5.0
"""An entry that the disk refuses is tried a few times before the therapist is told."""


def alarm_after(child: Child, what: str) -> float:
    """Make the disk full and rate; gives the seconds to the alarm, with a rating that waits."""
    child.ask(f"fill {what}")
    began = time.monotonic()

    def told() -> bool:
        health = child.ask("health")
        assert health["told"] == health["kept"], "called saved, and to be read"
        if health["done"] == health["asked"]:
            # A first one may still find room in what the file had before.
            child.ask("rate later")
            return False
        return health["trouble"] is not None

    eventually(told, "the alarm")
    return time.monotonic() - began


def a_rating_waits(child: Child) -> dict[str, Any]:
    """Rate until one more waits for the disk; how things stand at that moment."""
    seen: dict[str, Any] = {}

    def waits() -> bool:
        seen.update(child.ask("health"))
        if seen["done"] < seen["asked"] and seen["waiting"] > 0:
            return True
        # What little room is left may yet take a small one.
        child.ask("rate later")
        return False

    eventually(waits, "a rating that waits")
    return seen


@pytest.mark.fault("F20")
@pytest.mark.parametrize("what", ["limit", "disk"])
def test_a_session_is_led_on_over_a_full_disk_and_what_waits_is_saved_once_there_is_room(
    by_clock: RuntimeProcess,
    connect: Connect,
    tmp_path: Path,
    record_property: Measured,
    what: str,
) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    around: tuple[str, ...] = ()
    if what == "disk":
        if not mounting_is_allowed():
            pytest.skip("mounting a small disk is refused here")
        around = ("unshare", "--mount", "sh", "-c", ON_A_SMALL_DISK, "sh", str(folder))
    watcher = connect(by_clock, "second")
    path, spool = folder / "record.db", folder / "unsaved"
    with console(by_clock, path, around=around, spool=spool) as child:
        assert child.ask("rate")["ok"]
        alarm_s = alarm_after(child, what)
        assert alarm_s <= ALARM_S
        assert ("disk is full" if what == "disk" else "disk") in child.ask("health")["trouble"]
        # The patient is led on meanwhile, up and down, and none of it waits for the disk.

        def raised() -> bool:
            watcher.next_state()
            return bool(child.ask("raise")["ok"])

        eventually(raised, "the level to have settled")
        for act in ("lower", "safe place"):
            done = child.ask(act)
            assert done["ok"], done
        eventually(lambda: watcher.state().phase is Phase.SAFE_PLACE, "the safe place")
        full = a_rating_waits(child)
        assert full["in control"] and full["waiting"] > 0
        assert full["told"] == full["kept"] and len(full["told"]) < full["rated"]
        assert full["done"] < full["asked"], "whoever waits for it is not told so either"
        child.ask(f"free {what}")
        eventually(lambda: child.ask("health")["waiting"] == 0, "all to be saved")
        after = child.ask("health")
        assert after["trouble"] is None
        assert after["told"] == after["kept"] and len(after["kept"]) == after["rated"]
        assert child.ask("close")["ok"]
        assert child.ask("verify")
    record_property(
        "measured", f"{what}: alarm after {alarm_s:.1f} s, {full['waiting']} waited, all saved"
    )
