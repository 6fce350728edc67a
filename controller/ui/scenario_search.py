"""Owns which scenarios a typed line may mean; knows no widget."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from scenarios.api.manifest import Manifest


def meant(typed: str, scenarios: Iterable[Manifest]) -> tuple[Manifest, ...]:
    """Scenarios of which every typed word is a part: of title, summary, fear or id.

    In both languages, whatever the case and without accents. Nothing typed means all.
    """
    words = _folded(typed).split()
    return tuple(one for one in scenarios if all(word in _said(one) for word in words))


def _said(scenario: Manifest) -> str:
    words = (scenario.title, scenario.summary)
    texts = [scenario.id, scenario.phobia, *(text for w in words for text in (w.fr, w.en))]
    return "\n".join(map(_folded, texts))


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))
