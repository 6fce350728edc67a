"""Owns how a screen that stands takes on another language, by composing it again.

The words of what was composed go into what stands. Nothing is mounted and nothing taken away, so
that no key is lost and stop waits for nothing. It knows no screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

from textual.widget import Widget
from textual.widgets import Input, OptionList, Static


@runtime_checkable
class TakesWords(Protocol):
    """A widget that takes the words of another of its own kind."""

    def take_words(self, other: Any) -> None:
        """Say what the other says."""
        ...


def take_over(standing: Sequence[Widget], composed: Sequence[Widget]) -> None:
    """Give what stands the words of what was composed in its order; other kinds are left alone."""
    own = [widget for widget in standing if not widget.has_class("-textual-system")]
    for here, there in zip(own, composed, strict=False):
        if type(here) is not type(there):
            continue
        _words(here, there)
        # The toolkit keeps what was composed within a widget here until it is mounted.
        within: list[Widget] = there._pending_children  # noqa: SLF001
        if within and not isinstance(here, TakesWords):
            take_over(list(here.children), within)
        here.refresh()


def _words(here: Widget, there: Widget) -> None:
    if there.border_title:
        here.border_title = there.border_title
    if isinstance(here, TakesWords):
        here.take_words(there)
    elif isinstance(here, Static) and isinstance(there, Static):
        # What is filled later is empty here; whoever fills it says it anew.
        if str(there.content):
            here.update(there.content)
    elif isinstance(here, OptionList) and isinstance(there, OptionList):
        if here.option_count == there.option_count:
            for index in range(there.option_count):
                prompt = there.get_option_at_index(index).prompt
                here.replace_option_prompt_at_index(index, prompt)
    elif isinstance(here, Input) and isinstance(there, Input):
        here.placeholder = there.placeholder
