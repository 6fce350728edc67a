"""Owns what is said of a recorded line that the patient hears; it knows no screen."""

from __future__ import annotations

from controller.language import _, mark
from controller.session.now import Now
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import Happening
from vr_runtime.wire.recorded import LineEnd, RecordedLineBegun, RecordedLineEnded

HOW: dict[LineEnd, str] = {
    "finished": mark("heard to its end"),
    "ended": mark("ended early by the therapist"),
    "replaced": mark("another line took its place"),
    "left": mark("broken off: the scene was left"),
    "link": mark("broken off: the console was not heard"),
    "no_sound": mark("broken off: the sound device was lost"),
    "unheard": mark("not heard"),
}
IN_SCENE = (Phase.EXPOSURE, Phase.HOLD)


def hears(words: str) -> str:
    """What the patient hears now."""
    return _("The patient hears: {words}").format(words=words)


def befell_line(what: Happening) -> tuple[bool, str] | None:
    """Whether it is well, and a sentence, where a line began, or ended otherwise than by an act."""
    if isinstance(what, RecordedLineBegun):
        return True, hears(what.words)
    if not isinstance(what, RecordedLineEnded):
        return None
    if what.how == "finished":
        return True, _("The recorded line is over: {name}.").format(name=what.name)
    if what.how in ("ended", "replaced", "left"):
        return None
    told = _("The recorded line {name} was not heard whole: {how}.")
    return False, told.format(name=what.name, how=_(HOW[what.how]))


def may_be_offered(now: Now) -> bool:
    """Whether lines are offered: in the scene, and never within a test, where nobody encourages."""
    state = now.state
    return state is not None and state.phase in IN_SCENE and now.bat is None
