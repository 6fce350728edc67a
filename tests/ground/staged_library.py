"""What lies beside the scenarios of a staged lead, and whether anybody answers about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from staged_places import picture

from vr_runtime.wire.beside import Beside, encoded


def on_the_shelf() -> dict[str, Beside]:
    """A graded one with a picture, and one with neither."""
    shipped = Beside(
        scenario="builtin.heights", origin="builtin", grade="gold", picture=encoded(picture())
    )
    return {"builtin.heights": shipped, "builtin.lift": Beside(scenario="builtin.lift")}


@dataclass
class StagedLibrary:
    """Implements `controller.ui.library_port.Library`; `asked` remembers about what."""

    told: dict[str, Beside] = field(default_factory=on_the_shelf)
    answers: bool = True
    asked: list[str] = field(default_factory=list)

    async def beside(self, scenario_id: str) -> Beside | None:
        self.asked.append(scenario_id)
        found = Beside(scenario=scenario_id)
        return self.told.get(scenario_id, found) if self.answers else None
