"""Owns the search over what the present screen offers; knows not what a command does.

Titles hold pseudonyms and authors' words: they are given as plain content, never as markup.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from controller.ui.comfort_choices import comfort_choices
from controller.ui.consent_choices import consent_choices
from controller.ui.screens.base import Choice, PalierScreen


class Commands(Provider):
    """Commands, events, settings, patients and scenarios of the screen under the palette."""

    def _choices(self) -> Iterable[Choice]:
        if isinstance(self.screen, PalierScreen):
            yield from self.screen.choices()
            yield from consent_choices(self.screen)
            yield from comfort_choices(self.screen)

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for choice in self._choices():
            title, told = Content(choice.title), Content(choice.help).markup
            yield DiscoveryHit(title, choice.run, text=choice.title, help=told)

    async def search(self, query: str) -> Hits:
        """What matches, best first."""
        matcher = self.matcher(query)
        for choice in self._choices():
            score = matcher.match(choice.title)
            if score > 0:
                title, told = Content(choice.title), Content(choice.help).markup
                yield Hit(score, title, choice.run, text=choice.title, help=told)
