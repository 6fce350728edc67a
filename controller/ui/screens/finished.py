"""Owns what is said once a session has ended, and the way to its report; changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from controller.language import _, language, listed
from controller.session import suds
from controller.session.now import Now
from controller.ui.after_words import not_done
from controller.ui.errands import Errand
from controller.ui.lettering import clock
from controller.ui.screens.base import Choice, Foot, PalierScreen, TopBar, Way


class FinishedScreen(PalierScreen):
    """The session in a few figures, each with what it means."""

    def __init__(self, last: Now) -> None:
        super().__init__()
        self._last = last

    def compose(self) -> ComposeResult:
        """The figures."""
        last = self._last
        title = last.manifest.title.get(language()) if last.manifest is not None else ""
        yield TopBar(_("The session has ended"), f"{last.pseudonym} · {title}")
        with VerticalScroll(id="body", can_focus=False):
            yield Static(self._figures(), markup=False)
        yield Foot(
            Way("R", _("write the report"), "report"),
            Way("C", _("the patient's copy"), "copy"),
            Way(_("Enter"), _("to the start"), "back"),
        )

    def _figures(self) -> Content:
        """Length, trials, levels and ratings; a missing figure is a dash, never a zero."""
        last = self._last
        given = [r.suds for r in last.ratings if r.suds is not None]
        missing = len(last.ratings) - len(given)
        highest = int(max((level for _at, level in last.levels), default=0.0))

        def shown(value: int | None) -> str:
            return "–" if value is None else suds.shown(value, last.scale)

        rows = (
            (_("Length"), clock(last.at_s)),
            (_("Trials"), str(len(last.trials))),
            (_("Highest level that was reached"), str(highest)),
            (_("Ratings given"), str(len(given))),
            (_("Ratings asked and not given"), str(missing)),
            (_("First rating"), shown(given[0] if given else None)),
            (_("Highest rating"), shown(max(given) if given else None)),
            (_("Last rating"), shown(given[-1] if given else None)),
            (_("Notes"), str(len(last.notes))),
            *([(_("Not done"), listed(left))] if (left := not_done(last)) else []),
        )
        wide = max(len(name) for name, _value in rows) + 3
        return Content("\n").join(
            Content.assemble((f"{name:<{wide}}", "$quiet"), (value, "bold")) for name, value in rows
        )

    def on_key(self, event: events.Key) -> None:
        """The ways on."""
        if (event.character or "").lower() == "r":
            event.stop()
            self.action_report()
        elif (event.character or "").lower() == "c":
            event.stop()
            self.action_copy()
        elif event.key in ("enter", "escape"):
            event.stop()
            self.action_back()

    def action_report(self) -> None:
        """Write the report of this session."""
        if self._last.session is not None:
            self.say(_("Writing the report…"), "info")
            call = partial(self.palier.lead.report, self._last.session)
            self.palier.errands.send(Errand(call, "record"))

    def action_copy(self) -> None:
        """Write the patient's own copy of this session."""
        if self._last.session is not None:
            self.say(_("Writing the patient's copy…"), "info")
            call = partial(self.palier.lead.after.copy, self._last.session)
            self.palier.errands.send(Errand(call, "record"))

    def choices(self) -> Iterable[Choice]:
        """The report, and back."""
        yield Choice(_("Write the report"), _("As a page for the browser; R."), self.action_report)
        told = _("In plain words, as a page for the browser; C.")
        yield Choice(_("Write the patient's copy"), told, self.action_copy)
        yield Choice(_("Back to the start"), _("Enter."), self.action_back)
