"""Owns what a scenario is lent of the world: the words of `Stage`, and nothing behind them."""

from __future__ import annotations

from difflib import get_close_matches
from typing import cast

from scenarios.api.errors import ScenarioError
from scenarios.api.stage import Stage, Viewer


def _words(protocol: type) -> frozenset[str]:
    names = {*vars(protocol), *protocol.__annotations__}
    return frozenset(name for name in names if not name.startswith("_"))


STAGE, VIEWER = _words(Stage), _words(Viewer)


class NoSuchWord(ScenarioError, AttributeError):
    """The stage has no such word."""


class _Lent:
    """Something of the world, by its words alone. It outlives scenarios: none may change it."""

    __slots__ = ("_called", "_of", "_words")
    _called: str
    _of: object
    _words: frozenset[str]

    def __init__(self, called: str, of: object, words: frozenset[str]) -> None:
        object.__setattr__(self, "_called", called)
        object.__setattr__(self, "_of", of)
        object.__setattr__(self, "_words", words)

    def __getattr__(self, name: str) -> object:
        if name in self._words:
            return getattr(self._of, name)
        near = get_close_matches(name, sorted(self._words), n=1, cutoff=0.0)[0]
        raise NoSuchWord(
            "`{owner}` has no `{name}`; the nearest is `{nearest}`",
            owner=self._called,
            name=name,
            nearest=near,
        )

    def __setattr__(self, name: str, value: object) -> None:
        if name in (*self._words, "viewer"):
            raise ScenarioError(
                "nothing is set on `{owner}`: `{name}` is not yours to replace, call it instead",
                owner=self._called,
                name=name,
            )
        self.__getattr__(name)


class _LentStage(_Lent):
    __slots__ = ("viewer",)

    def __init__(self, world: Stage) -> None:
        super().__init__("stage", world, STAGE - {"viewer"})
        viewer = _Lent("stage.viewer", world.viewer, VIEWER)
        object.__setattr__(self, "viewer", viewer)


def lent(world: Stage) -> Stage:
    """The world as a scenario has it."""
    return cast(Stage, _LentStage(world))
