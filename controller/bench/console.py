"""Owns `palier bench console`: what a state and a key cost on the live screen.

A simulated session is led; each size of the terminal is held against the bare toolkit there.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

from controller.assembly import assembled
from controller.bench.stop import Bench
from controller.local_runtime import Wanted
from controller.session.clinic import Clinic
from controller.store.record import Record
from controller.ui.costs import costs

SIZES = ((80, 24), (120, 40), (200, 60))
"""Columns and rows: the least terminal, a usual one, a wide one."""
MOST_TIMES_BARE = {"state": 6.0, "key": 8.0}
"""The most that each may cost, as a multiple of the bare toolkit's one change."""


def measure(turns: int, progress: Callable[[int], None]) -> dict[str, object]:
    """Show `turns` states and answer as many keys at each size; gives what is printed.

    Raises:
        BenchFailed: the runtime did not do what the measurement needs.
        RuntimeNotStarted: it did not come up.
    """
    with tempfile.TemporaryDirectory(prefix="palier-bench-") as made:
        folder = Path(made)
        record = Record.create_or_open(folder / "record.db", operator="bench", use_keyring=False)
        with record:
            return told(asyncio.run(_measured(record, folder, turns, progress)))


Found = dict[tuple[int, int], dict[str, tuple[float, float]]]
"""For each size and kind: milliseconds of ours, and of the bare toolkit."""


def told(found: Found) -> dict[str, object]:
    """The document that is printed: each size's figures, and whether the worst is within bounds."""
    sizes = {
        f"{width}x{height}": {
            name: {
                "ms": round(ours, 3),
                "bare_ms": round(bare, 3),
                "times_bare": round(ours / bare, 2),
            }
            for name, (ours, bare) in kinds.items()
        }
        for (width, height), kinds in found.items()
    }
    worst = {
        name: max(kinds[name][0] / kinds[name][1] for kinds in found.values())
        for name in MOST_TIMES_BARE
    }
    kept = {name: worst[name] <= most for name, most in MOST_TIMES_BARE.items()}
    return {
        "bench": "console",
        "sizes": sizes,
        "bounds": MOST_TIMES_BARE,
        "worst": {name: round(value, 2) for name, value in worst.items()},
        "kept": kept,
        "holds": all(kept.values()),
    }


async def _measured(
    record: Record, folder: Path, turns: int, progress: Callable[[int], None]
) -> Found:
    wanted = Wanted(display="null", end_after_minutes=1.0)
    found: Found = {}
    async with assembled(
        record, folder, wanted, reports=folder, simulated=True, clinic=Clinic()
    ) as core:
        await core.conductor.start()
        alive = asyncio.create_task(core.conductor.keep_alive())
        bench = Bench(core, progress)
        try:
            await bench.begin()
            await bench.in_the_scene()
            for number, size in enumerate(SIZES, start=1):
                found[size] = await costs(core.conductor, size, turns)
                progress(number)
            await core.conductor.stop()
            await bench.end()
        finally:
            alive.cancel()
    return found
