"""Owns the one error an author's declaration may raise; knows nothing of engine or stage."""

from __future__ import annotations


class ScenarioError(Exception):
    """A declaration in a scenario is wrong; the message says what to write instead.

    Palier's own are shown in the author's language. One that a scenario raises says what it says.

    Example:
        >>> try:
        ...     Graded({0: 0, 9: 20}, fr="hauteur", en="height")
        ... except ScenarioError as error:
        ...     print(error)
        a graded value needs its value at level 0 and at level 10
    """

    def __init__(self, text: str = "", **facts: object) -> None:
        """Say `text`, a sentence in English; `{name}` in it stands for one of the `facts`."""
        super().__init__(text.format(**facts) if facts else text)
        self.text = text
        """As it was given: what is looked up in the catalogue of the author's language."""
        self.facts = facts


class Contradiction(ScenarioError, ValueError):
    """What a declaration says contradicts itself; models of data raise it where they are made."""


def mark(text: str) -> str:
    """Mark a text as one of the catalogue; whoever shows the error looks it up there."""
    return text
