"""How the live screen looks, at the three sizes and in the situations that matter."""

from __future__ import annotations

import pytest
from consoles import console
from staged import scenes
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.image import SVGImageSnapshotExtension

LOOKS = (
    ("exposure", (80, 24), ()),
    ("exposure", (120, 40), ()),
    ("exposure", (200, 60), ()),
    ("stale", (80, 24), ()),
    ("safe_place", (80, 24), ("r",)),
    ("due", (120, 40), ("7",)),
    ("exposure", (60, 20), ()),
)


@pytest.mark.parametrize(("name", "size", "keys"), LOOKS)
async def test_the_live_screen_looks_as_agreed(
    name: str, size: tuple[int, int], keys: tuple[str, ...], snapshot: SnapshotAssertion
) -> None:
    async with console(scenes()[name], size) as hands:
        await hands.press(*keys)
        svg = hands.app.export_screenshot(title="Palier")
        assert svg == snapshot(extension_class=SVGImageSnapshotExtension)
