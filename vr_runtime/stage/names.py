"""Owns the names a scenario may ask for; knows neither how the things look nor how they sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vr_runtime.assets import assets_dir
from vr_runtime.stage.look.materials import MATERIALS, material
from vr_runtime.stage.models.catalogue import MODELS

FOR_BOXES = ("surface", "glass")
"""Kinds of material that any geometry may wear; the others need what only shipped models have."""
SOUND_ENDINGS = (".ogg", ".wav")


@dataclass(frozen=True)
class Names:
    """What may be asked for by name."""

    models: Mapping[str, frozenset[str]]
    """Each model with the names of the values that `Node.set` takes."""
    materials: frozenset[str]
    sounds: Mapping[str, Path]
    """Each sound with its file."""
    places: frozenset[str] = frozenset()
    """The models that stand around the patient."""


def sounds(folder: Path) -> dict[str, Path]:
    """The sounds below `folder`, named by their path without ending, as `"wind/steady"`."""
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.suffix in SOUND_ENDINGS
    }


def shipped() -> Names:
    """The names of all that ships; raises `FileNotFoundError` when the assets are missing."""
    return Names(
        models={name: frozenset(source.parameters) for name, source in MODELS.items()},
        materials=frozenset(name for name in MATERIALS if material(name).kind in FOR_BOXES),
        sounds=sounds(assets_dir() / "audio"),
        places=frozenset(name for name, source in MODELS.items() if source.place),
    )
