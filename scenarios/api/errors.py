"""Owns the one error an author's declaration may raise; knows nothing of engine or stage."""

from __future__ import annotations


class ScenarioError(Exception):
    """A declaration in a scenario is wrong; the message says what to write instead.

    Example:
        >>> try:
        ...     Graded({0: 0, 9: 20}, fr="hauteur", en="height")
        ... except ScenarioError as error:
        ...     print(error)
        a graded value needs its value at level 0 and at level 10
    """
