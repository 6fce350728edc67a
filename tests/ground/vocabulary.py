"""What an author may write, as data: kept for each release, and compared by every later one.

`python tests/ground/vocabulary.py` writes what belongs to the present version into its folder of
`tests/fixtures`: the words of `scenarios.api`, and the example of the guide. A folder of an earlier
version is never written again.
"""

from __future__ import annotations

import inspect
import json
import tomllib
from pathlib import Path
from typing import get_args

import scenarios.api as api
from scenarios.api.manifest import Contraindication, Motion

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
WORDS = sorted(
    name
    for name, word in vars(api).items()
    if not name.startswith("_") and not inspect.ismodule(word)
)
"""Every public name of `scenarios.api`."""
MADE = ("Bat", "BatStep", "Comfort", "Graded")
"""Classes that an author makes things of; the engine makes those of the others."""

Arguments = dict[str, str] | None
"""Each argument, "0 size" by place or "by name at", and whether it is "needed" or "optional"; None
for what is not called."""


def vocabulary() -> dict[str, Arguments]:
    """Every word with its arguments, every member of a class, every name of a closed list."""
    found: dict[str, Arguments] = {}
    for name in WORDS:
        word = getattr(api, name)
        called = inspect.isfunction(word) or name in MADE
        found[name] = _arguments(word) if called else None
        for member in _members(word) if inspect.isclass(word) else ():
            part = inspect.getattr_static(word, member, None)
            method = part.__func__ if isinstance(part, classmethod | staticmethod) else part
            found[f"{name}.{member}"] = _arguments(method) if inspect.isfunction(method) else None
    for tag in get_args(Contraindication):
        found[f"contraindications {tag}"] = None
    for motion in get_args(Motion):
        found[f"motion {motion}"] = None
    return found


def _members(word: type) -> list[str]:
    ours = [each for each in word.__mro__ if each.__module__.startswith("scenarios.api")]
    names = {name for each in ours for name in (*vars(each), *inspect.get_annotations(each))}
    return sorted(n for n in names if not n.startswith(("_", "model_")))


def _arguments(function: object) -> dict[str, str]:
    found, place = {}, 0
    for argument in inspect.signature(function).parameters.values():  # type: ignore[arg-type]
        if argument.name in ("self", "cls"):
            continue
        by_name = argument.kind is argument.KEYWORD_ONLY
        left_out = argument.default is not argument.empty
        found[f"{'by name' if by_name else place} {argument.name}"] = (
            "optional" if left_out else "needed"
        )
        place += not by_name
    return found


def example() -> str:
    """The scenario within which the author's guide tries its pieces."""
    text = (ROOT / "scenarios" / "guide" / "class.md").read_text("utf-8")
    return text.split("```python\n", 1)[1].split("```", 1)[0]


def as_text() -> str:
    """The vocabulary as it is kept: one word a line."""
    return json.dumps(vocabulary(), indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    folder = FIXTURES / f"scenario-{VERSION}"
    folder.mkdir(exist_ok=True)
    (folder / "vocabulary.json").write_text(as_text(), "utf-8")
    (folder / "footbridge.py").write_text(example(), "utf-8")
