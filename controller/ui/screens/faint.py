"""Owns what is on the screen when somebody faints: the protocol's steps and a clock.

It stops nothing by itself: the first thing it says is which key stops. It stays until it is closed.
What eases acts over it as on the live screen (`easing`), and phase and applied level are shown.
"""

from __future__ import annotations

from textual.content import Content

from controller.language import _, language
from controller.session.clinical_words import SEVERITIES, TYPES
from controller.session.now import Now
from controller.ui.easing import applied
from controller.ui.keys import EASES, letters, named, row, safe_letters
from controller.ui.lettering import clock, wrap
from controller.ui.screens.base import Way
from controller.ui.screens.sheet import Sheet

MOST_ROWS = 40
"""Of one step: none is ever cut short."""
INDENT = " " * 4
"""A step that needs a second line goes on below its words."""


class FaintScreen(Sheet):
    """The steps, how long it has been open, and the adverse event by one letter."""

    def __init__(self) -> None:
        super().__init__()
        self._since_s: float | None = None
        self._asking = False
        """Whether it is asked how severe it was."""

    def on_mount(self) -> None:
        """From now on time is told."""
        if self._since_s is None:
            self._since_s = self.palier.clock()

    def headline(self) -> str:
        """What it is for."""
        return _("When somebody faints")

    def below(self, now: Now) -> str:
        """How long this has been open, the phase, what is applied, and what is wrong."""
        since = 0.0 if self._since_s is None else self.palier.clock() - self._since_s
        told = _("open for {time}").format(time=clock(since))
        return f"{told} · {applied(now, self.app.app_focus)}"

    def ways(self) -> tuple[Way, ...]:
        """The keys of the page."""
        return (
            Way("F12", _("stop"), ""),
            Way(named("adverse"), _("adverse event: faint"), f"key('{_adverse()}')"),
            Way(_("Esc"), _("close"), "back"),
        )

    @staticmethod
    def _severities() -> dict[str, str]:
        """The letter of each severity."""
        texts = tuple(_(word) for word in SEVERITIES.values())
        taken = safe_letters() | {row(act).letter() for act in EASES} | {_adverse()}
        return dict(zip(letters(texts, taken), SEVERITIES, strict=True))

    def typed(self, key: str, character: str) -> bool:
        """A letter asks how severe it was; one more saves it, and Backspace leaves the question."""
        severity = self._severities().get(key)
        if key == _adverse():
            self._asking = True
        elif self._asking and key == "backspace":
            self._asking = False
        elif self._asking and severity is not None:
            self._asking = False
            befell = self.palier.lead.bedside.befell
            self.send(lambda: befell("faint", severity))  # type: ignore[arg-type]
        else:
            return False
        return True

    def draw(self, now: Now, width: int) -> Content:
        """Stop first, then the steps with their source."""
        faint = self.palier.lead.after.protocol.faint
        first = _("F12 or two Esc within 0.6 s stop the scene. This page stops nothing by itself.")
        lines = [Content(""), Content.styled(f"■ {first}", "bold"), Content("")]
        for number, step in enumerate(faint.steps, start=1):
            rows = wrap(step.of(language()), max(20, width - len(INDENT)), MOST_ROWS)
            lines.append(Content.styled(f" {number}  ".ljust(len(INDENT)) + rows[0], "bold"))
            lines += [Content.styled(INDENT + more, "bold") for more in rows[1:]]
        signs = ", ".join(sign.of(language()) for sign in faint.signs)
        lines += [
            Content(""),
            Content(_("Early signs: {signs}.").format(signs=signs)),
            Content(faint.about.of(language())),
        ]
        if self._asking:
            told = _("{what}: how severe? It is saved with the letter.")
            lines += [
                Content(""),
                Content.styled(told.format(what=_(TYPES["faint"]).capitalize()), "bold $suds"),
                Content("   ").join(
                    Content.assemble((f" {letter.upper()} ", "bold reverse"), f" {_(word)}")
                    for letter, word in zip(self._severities(), SEVERITIES.values(), strict=True)
                ),
            ]
        source = _("Source: {source}").format(source=faint.source.of(language()))
        lines += [Content(""), Content.styled(source, "$quiet")]
        if now.unreviewed:
            lines.append(Content.styled(_("Not reviewed by a clinician."), "$quiet"))
        return Content("\n").join(lines)


def _adverse() -> str:
    """The key of an adverse event, as it is bound."""
    return row("adverse").letter()
