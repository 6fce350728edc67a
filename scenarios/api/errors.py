"""Owns the one error an author's declaration may raise; knows nothing of engine or stage."""

from __future__ import annotations


class ScenarioError(Exception):
    """A declaration in a scenario is wrong; the message says what to write instead."""
