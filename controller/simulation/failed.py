"""Owns the one way in which what leads a simulated patient gives up."""

from __future__ import annotations


class ScriptFailed(Exception):
    """Something the script relies on did not happen; the text says what."""
