"""Owns the drawing of what the present trial shows: distress on one side, what was feared on the
other. It enforces nothing and advises nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from textual.content import Content

from controller.language import _
from controller.session import measures, suds
from controller.session.bat.rules import coached
from controller.session.documents import Scale
from controller.session.now import Now
from controller.session.safety.so_far import SafetySoFar
from controller.session.trial_so_far import TrialShows, trial_shows
from controller.ui.keys import named
from controller.ui.lettering import cut, wrap
from controller.ui.widgets.panel import Panel, lines

BESIDE = 64
"""Cells from which the two sides stand beside one another."""

LOW = 4
"""Rows up to which there is none for safety behaviours."""
ROOMY = 10
"""Rows from which a long line goes on in a second one."""


@dataclass(frozen=True)
class LearningFacts:
    """The trial, and peaks of earlier sessions."""

    trial: TrialShows | None
    scale: Scale
    sessions: tuple[int, ...]
    safety: SafetySoFar = field(default_factory=SafetySoFar)
    shown: bool = True
    """Not within a behavioural approach test: nothing judges progress there."""


class Learning(Panel[LearningFacts]):
    """Habituation and inhibitory learning, side by side."""

    floor: float = measures.PEAK_FLOOR
    """Least peak for which half of it says anything."""
    sessions: tuple[int, ...] = ()
    """Peaks of the last earlier sessions in the record, the oldest first."""

    def facts(self, now: Now) -> LearningFacts:
        """Of the last trial; nothing within a behavioural approach test."""
        if not coached(now.bat):
            return LearningFacts(None, now.scale, (), shown=False)
        trial = trial_shows(now, self.floor)
        return LearningFacts(trial, now.scale, self.sessions[-4:], now.safety)

    def heading(self, now: Now) -> Content:
        """Which trial; that no clinician has reviewed it stands where its figures stand.

        Where there is no further row for safety behaviours they stand here by their signs.
        """
        number = now.trials[-1].number if now.trials else 0
        told = _("TRIAL {n} · not reviewed").format(n=number)
        noted = len(now.safety.all) if coached(now.bat) else 0
        if noted and self.size.height <= LOW:
            used = now.safety.in_use
            told += f" · ● {used} ○ {noted - used}"
        return Content(told)

    def draw(self, facts: LearningFacts) -> Content:
        """Beside one another where there is room, else one under the other."""
        width, height = self.size
        if not facts.shown:
            told = wrap(
                _("Not shown within a BAT; notes and distress are kept as ever."), width - 2, 3
            )
            return lines([Content(" " + part) for part in told], height)
        distress, feared = _distress(facts), [*_feared(facts), *_safety(facts)]
        if width >= BESIDE:
            half = width // 2
            longest = max(len(distress), len(feared))
            left = distress + [""] * (longest - len(distress))
            right = feared + [""] * (longest - len(feared))
            rows = [
                Content(f" {cut(a, half - 2):<{half - 1}}│ {cut(b, half - 3)}")
                for a, b in zip(left, right, strict=True)
            ]
        else:
            # The first two of each side come first: a small screen has room for four.
            told = [*distress[:2], *feared[:2], *feared[2:], *distress[2:]]
            most = 2 if height >= ROOMY else 1
            parts = (part for line in told for part in wrap(line, width - 2, most))
            rows = [Content(" " + part) for part in parts]
        return lines(rows, height)


def _distress(facts: LearningFacts) -> list[str]:
    """How far distress fell in the trial, then what is known of earlier ones."""
    trial = facts.trial
    if trial is None:
        told = [_("Distress: no trial yet")]
    elif trial.peak is None or trial.last is None:
        told = [_("Distress: fewer than two ratings"), _("in this trial")]
    else:
        peak, last = (suds.shown(one, facts.scale) for one in (trial.peak, trial.last))
        told = [_("Distress: peak {peak}, now {now}").format(peak=peak, now=last)]
        if trial.share is not None:
            half = {
                True: _("half: reached"),
                False: _("half: not yet"),
                None: _("peak too low"),
            }[trial.halved]
            share = _("{share} % below it; {half}")
            told.append(share.format(share=trial.share, half=half))
    if trial is not None and trial.earlier:
        peaks = " → ".join(suds.shown(one, facts.scale) for one in trial.earlier)
        told.append(_("Peaks today before: {peaks}").format(peaks=peaks))
    if facts.sessions:
        peaks = " → ".join(suds.shown(one, facts.scale) for one in facts.sessions)
        told.append(_("Earlier sessions: {peaks}").format(peaks=peaks))
    return told


def _feared(facts: LearningFacts) -> list[str]:
    """What was feared, how likely before and after, and whether it was tested."""
    feared = None if facts.trial is None else facts.trial.feared
    if feared is None:
        told = _("No fear written down; {key}").format(key=named("expect"))
        return [told, _("Tested: nothing")]
    said = feared.said
    rows = [_("Feared: {what}").format(what=said.feared)]
    before = "–" if said.likelihood_before is None else f"{said.likelihood_before} %"
    if said.is_open:
        rows.append(_("{before} before; not told yet").format(before=before))
        return rows
    after = "–" if said.likelihood_after is None else f"{said.likelihood_after} %"
    came = _("unclear") if said.unclear else (_("came") if said.occurred else _("did not come"))
    rows.append(f"{before} → {after}; {came}")
    if said.surprise is not None:
        rows.append(_("Surprise {n} of 100").format(n=said.surprise))
    if said.learned:
        rows.append(_("Learned: {what}").format(what=said.learned))
    return rows


def _safety(facts: LearningFacts) -> list[str]:
    """How many safety behaviours are in use and were dropped, where any was noted."""
    noted, used = len(facts.safety.all), facts.safety.in_use
    if not noted:
        return []
    told = _("Safety behaviours: ● {used} in use, ○ {dropped} dropped")
    return [told.format(used=used, dropped=noted - used)]
