"""Owns where this console keeps its things on this machine; opens none of them."""

from __future__ import annotations

from pathlib import Path

import platformdirs


def home() -> Path:
    """The folder of this user's records, keys and reports."""
    return platformdirs.user_data_path("palier", appauthor=False)


def record() -> Path:
    """The record that is used when none is named."""
    return home() / "record.db"


def reports() -> Path:
    """Where reports go when no file is named."""
    return home() / "reports"


def unsaved() -> Path:
    """Where entries wait that a record cannot take just now."""
    return home() / "unsaved"


def local_runtime() -> Path:
    """Keys, address and log of the runtime on this machine."""
    return home() / "local"


def keys() -> Path:
    """This console's own key, and the runtimes on other machines that it knows."""
    return home() / "console"


def lines() -> Path:
    """The clinic's recorded lines, which a patient may be let hear."""
    return home() / "lines"


def comforts() -> Path:
    """How whoever sits here likes the console: language, colours, bell, motion."""
    return home() / "console" / "comforts.json"


def bindings() -> Path:
    """Other keys than the usual ones, written by hand."""
    return home() / "console" / "keys.toml"
