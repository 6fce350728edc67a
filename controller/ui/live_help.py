"""Owns what F1 says of the live screen as it is: the open question, the keys now, the signs.

It draws nothing and does nothing; it says what a key would do, by the same table that does it.
"""

from __future__ import annotations

from collections.abc import Iterator

from controller.language import _, mark
from controller.protocol.model import Protocol
from controller.session.now import Now
from controller.ui import possible
from controller.ui.asking import Asking
from controller.ui.keys import KEYS
from controller.ui.stop_words import stop_page
from controller.ui.widgets.phase_bar import GLYPHS, WORDS
from vr_runtime.wire.acts import Phase

MEANS = {
    Phase.IDLE: mark("No session is open."),
    Phase.LOADING: mark("The scene is being made; the patient is in the neutral room."),
    Phase.READY: mark("The patient is in the neutral room; a trial can begin."),
    Phase.EXPOSURE: mark("The patient is in the scene, at the applied level."),
    Phase.HOLD: mark("The scene stays as it is; nothing rises and no event comes."),
    Phase.PAUSE: mark("Neutral room, the scene is silent; coming back is offered one level lower."),
    Phase.SAFE_PLACE: mark("The place this patient chose, at level 0; only you lead out of it."),
    Phase.STOPPED: mark("Neutral view, no sound, the trial is closed; a new start goes on."),
    Phase.FAMILIARISATION: mark("The practice room: nothing of the scene is shown."),
}
SIGNS = (
    ("▶", mark("the level that is applied")),
    ("▷", mark("asked for and on its way; what runs")),
    ("↻", mark("the level that is offered or named for a beginning")),
    ("╌", mark("the patient's ceiling")),
    ("≠", mark("a value set apart from the level")),
    ("→", mark("a value on its way")),
    ("◔ ◕", mark("a rating will be due, is due")),
    ("○", mark("asked, and no answer given")),
    ("◎", mark("given by the patient on the dial")),
    ("● ○", mark("safety behaviours in use, and dropped")),
    ("…", mark("not saved yet")),
    ("✓ · × ▲", mark("done, said, refused, wrong")),
)
"""Every sign has words of its own here: colour is never alone."""


def about_live(now: Now, asking: Asking | None, protocol: Protocol) -> str:
    """The open question first, then the phase, the keys that act now, when to stop, the signs."""
    told = [*_question(now, asking), *_phase(now), *_keys(now), *stop_page(protocol)]
    return "\n".join([*told, *_reading(), *_signs()])


def _question(now: Now, asking: Asking | None) -> Iterator[str]:
    if asking is None:
        return
    yield f"# {_('The open question')}"
    yield ""
    yield f"**{asking.sentence(now)}**"
    yield ""
    yield f"| {_('Key')} | {_('Answer')} |"
    yield "|---|---|"
    for answer in asking.answers(now):
        yield f"| **{answer.name}** | {answer.text} |"
    yield ""
    yield _("It covers nothing and may be left alone: every other key does its usual work.")
    yield ""


def _phase(now: Now) -> Iterator[str]:
    phase = possible.phase_of(now)
    yield f"# {GLYPHS[phase]} {_(WORDS[phase])}"
    yield ""
    yield _(MEANS[phase])
    if possible.is_stale(now):
        yield ""
        yield _("▲ News is old: this was so last, and the runtime holds by itself.")
    yield ""


def _keys(now: Now) -> Iterator[str]:
    yield f"## {_('Keys now')}"
    yield ""
    yield f"| {_('Key')} | {_('What it does')} |"
    yield "|---|---|"
    yield f"| **F12**, **{_('Esc Esc')}** | {_('Stop, at once, on every screen.')} |"
    found = [(row, possible.why_not(row.act, now)) for row in KEYS]
    shown = [each for each in found if possible.standing(each[0].act, now) != "hidden"]
    for row, refused in shown:
        if refused is None:
            yield f"| **{row.name()}** | {_(row.sentence)} |"
    for row, refused in shown:
        if refused is not None:
            yield f"| × {row.name()} | {_(row.word)}: {refused} |"
    yield ""


def _reading() -> Iterator[str]:
    """How what the trial shows is to be read, with its sources."""
    yield f"## {_('What the trial shows')}"
    yield ""
    yield _(
        "Below the peak: (peak − last rating) / peak of this trial. Half of the peak is the usual "
        "orientation of those who wait for distress to fall (Foa & Kozak 1986)."
    )
    yield _(
        "Likelihood before and after, and surprise: whether what was feared was tested, the "
        "orientation of inhibitory learning (Craske et al. 2014), which sets no height of distress."
    )
    yield _("Neither is enforced, nothing acts by them; not reviewed by a clinician.")
    yield ""


def _signs() -> Iterator[str]:
    yield f"## {_('Signs on this screen')}"
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield from (f"| {sign} | {_(words)} |" for sign, words in SIGNS)
