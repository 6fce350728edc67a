"""Owns the list of questionnaires of a session, before and after it; asks none itself."""

from __future__ import annotations

from textual.content import Content

from controller.language import _, language
from controller.questionnaires import telling
from controller.questionnaires.model import Questionnaire, Used
from controller.questionnaires.scoring import Scores
from controller.session.now import Now
from controller.ui.lettering import cut
from controller.ui.scores import around
from controller.ui.screens.base import Way
from controller.ui.screens.form import FormScreen
from controller.ui.screens.sheet import Sheet, row

WIDEST = 100
"""Cells of the table: figures that stand further from their names are read in the wrong row."""


class FormsScreen(Sheet):
    """Each questionnaire with its score before, after, and the change between them."""

    def __init__(self, when: Used | None = None) -> None:
        """`when` they are given; None for before a first trial, and after once there was one."""
        super().__init__()
        self._when: Used | None = when

    def on_mount(self) -> None:
        """Look at what was answered elsewhere, as by the command."""
        self.recall()

    def _moment(self, now: Now) -> Used:
        return self._when or ("after" if now.trials else "baseline")

    def _offered(self, now: Now) -> tuple[Questionnaire, ...]:
        return self.palier.lead.forms.offered(self._moment(now))

    def headline(self) -> str:
        """What it is."""
        return _("Questionnaires")

    def below(self, now: Now) -> str:
        """Of whom, and when they would be given."""
        told = _("{patient} · asked now: {when}")
        return told.format(patient=now.pseudonym, when=_(telling.WHEN[self._moment(now)]))

    def ways(self) -> tuple[Way, ...]:
        """The keys of the list."""
        return (
            Way("↑↓", _("choose"), ""),
            Way(_("Enter"), _("ask it"), "key('enter')"),
            Way("M", _("before or after"), "key('m')"),
            Way(_("Esc"), _("back"), "back"),
        )

    def rows(self, now: Now) -> int:
        """One for each questionnaire."""
        return len(self._offered(now))

    def typed(self, key: str, character: str) -> bool:
        """M asks for the other moment."""
        if key != "m":
            return False
        moment = self._moment(self.palier.lead.now())
        self._when = "baseline" if moment == "after" else "after"
        return True

    def enter(self) -> None:
        """Ask the chosen one."""
        now = self.palier.lead.now()
        offered = self._offered(now)
        if offered:
            self.palier.put_over(FormScreen(offered[self.chosen], self._moment(now)))

    def draw(self, now: Now, width: int) -> Content:
        """The table."""
        name = min(width, WIDEST) - 3 * 11 - 2
        head = f"{'':2}{_('Questionnaire'):<{name}}" + "".join(
            f"{title:>11}" for title in (_("before"), _("after"), _("change"))
        )
        lines = [Content(""), Content.styled(head, "$quiet")]
        for at, of in enumerate(self._offered(now)):
            before, after, found = around(now, of)
            since = telling.signed(found[-1]) if found else ""
            told = (_figure(before), _figure(after), since or "–")
            lines.append(
                row(
                    at,
                    self.chosen,
                    f"{cut(of.title.of(language()), name - 1):<{name}}",
                    ("".join(f"{each:>11}" for each in told), "bold"),
                )
            )
        lines += [Content(""), *_legend()]
        return Content("\n").join(lines)


def _figure(scores: Scores | None) -> str:
    """The last scale, which is the whole where there is one; – where it cannot be had."""
    if scores is None:
        return "–"
    exact = scores.scores[-1].exact
    return "–" if exact is None else telling.figure(exact)


def _legend() -> list[Content]:
    told = (
        _("The figure is the last scale of each, which is the whole where there is one."),
        _("Change: after − before, in this session; – where one of them is missing."),
        _(telling.NO_ADVICE),
    )
    return [Content.styled(line, "$quiet") for line in told]
