"""Owns the pinned versions in `pyproject.toml`; knows nothing of what the packages are for.

`uv run python tests/architecture/pins.py` takes the newest versions that fit together and writes
one plain `name==version` for each package, the indirect, the optional and the building ones
included. Then run all tests, and look at the snapshots of the console by eye.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILDING = ("hatchling", "editables")
"""What builds the wheel, and what an editable installation asks for on top."""
BLOCK = re.compile(
    r"^(?P<key>constraint-dependencies|build-constraint-dependencies) = \[\n.*?^\]\n", re.M | re.S
)


def newest(root: Path) -> dict[str, str]:
    """Name and version of all that a lock without today's pins would install."""
    text = BLOCK.sub(lambda found: f"{found['key']} = []\n", (root / "pyproject.toml").read_text())
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder)
        (trial / "pyproject.toml").write_text(text)
        for needed in ("README.md", "LICENSE"):
            (trial / needed).write_bytes((root / needed).read_bytes())
        subprocess.run(["uv", "lock", "--quiet"], cwd=trial, check=True)
        return locked(trial / "uv.lock")


def locked(lock: Path) -> dict[str, str]:
    """Name and version of each package in a lock, Palier itself left out.

    Raises:
        ValueError: one package has several versions for several Pythons.
    """
    found: dict[str, str] = {}
    for package in tomllib.loads(lock.read_text())["package"]:
        if package["name"] in found:
            raise ValueError(f"several versions of {package['name']}: hold back what needs them")
        found[package["name"]] = package.get("version", "")
    del found["palier"]
    return found


def building() -> dict[str, str]:
    """Name and version of what builds the wheel."""
    told = subprocess.run(
        ["uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate", "--universal",
         "--python-version", "3.11", "-"],
        input="\n".join(BUILDING), capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [line.partition(";")[0].strip() for line in told.stdout.splitlines() if line.strip()]
    return dict(line.split("==") for line in lines)


def written(key: str, versions: dict[str, str]) -> str:
    """The lines of one block of pins."""
    pins = "".join(f'    "{name}=={version}",\n' for name, version in sorted(versions.items()))
    return f"{key} = [\n{pins}]\n"


def main() -> None:
    """Write the newest versions that fit into `pyproject.toml`."""
    file = ROOT / "pyproject.toml"
    blocks = {
        "constraint-dependencies": newest(ROOT),
        "build-constraint-dependencies": building(),
    }
    text = BLOCK.sub(lambda found: written(found["key"], blocks[found["key"]]), file.read_text())
    file.write_text(text)


if __name__ == "__main__":
    sys.exit(main())
