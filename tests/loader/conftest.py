from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

PIER = '''
"""A pier."""

from scenarios.api import Graded, Scenario, event


class Pier(Scenario):
    id = "{id}"
    title = {{"fr": "La jetée", "en": "The pier"}}
    summary = {{"fr": "Une jetée au-dessus de l'eau.", "en": "A pier above the water."}}
    phobia = "heights"
    levels = {{n: {{"fr": f"niveau {{n}}", "en": f"level {{n}}"}} for n in range(11)}}

    height = Graded({{0: 0.0, 10: 12.0}}, fr="hauteur", en="height", unit="m", rate=0.5)

    def build(self):
        self.deck = self.stage.box((3, 2, 0.1), material="wood")

    def update(self, dt):
        self.deck.at = (0, 0, self.height)

    @event(fr="Une vague", en="A wave", min_level=2, cooldown_s=20)
    def wave(self):
        yield from self.wait(2.0)
'''.lstrip()


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


@pytest.fixture
def pier(shelf: Path) -> Callable[..., Path]:
    """Write a good scenario into the shelf, under a file name and an id."""

    def write(name: str = "pier.py", id: str = "heights.pier") -> Path:
        path = shelf / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PIER.format(id=id), "utf-8")
        return path

    return write
