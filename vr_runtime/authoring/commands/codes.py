"""Owns the exit codes of `palier-scenario`; knows no command."""

from __future__ import annotations

DONE, FOUND_A_PROBLEM, WRONG_USAGE, NOT_AVAILABLE = 0, 1, 2, 3
INTERRUPTED, READER_GONE = 130, 141
"""As shells count what a signal ended: Ctrl+C, and a pipe that nobody reads any more."""
