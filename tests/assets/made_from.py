"""Brings the build's own account of what each shipped file is made from."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType


def maker(assets: Path) -> ModuleType:
    """The module of the build, which is no part of what is installed."""
    path = assets / "source" / "credits.py"
    spec = importlib.util.spec_from_file_location("palier_credits", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
