"""Owns how tests ask for what is said of a video or folder that cannot be measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vr_runtime.authoring.cli import main


def fault_of(path: Path, capsys: Any) -> str:
    """What is told: one line, code 3, and the same as a document."""
    assert main(["flash", str(path), "--json"]) == 3
    told = capsys.readouterr()
    assert told.err.startswith("Nothing was measured: ") and told.err.count("\n") == 1
    assert json.loads(told.out) == {"ok": False, "problems": [told.err.rstrip("\n")]}
    return str(told.err)
