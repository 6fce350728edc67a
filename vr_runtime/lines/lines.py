"""Owns which recorded line the patient hears: one at a time, in the scene alone, and silent at once
when the scene is left, the console is not heard, or anybody stops.

It decides nothing about the scene and enters no engine: a session shown again goes on alike
without it. It tells what is heard, and only while it truly is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vr_runtime.authority import Authority
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.guard import DeadMan
from vr_runtime.engine.ports import Display
from vr_runtime.lines.ears import Ears, NoEars, StageEars
from vr_runtime.lines.shelf import LineShelf
from vr_runtime.stage.world_stage import WorldStage
from vr_runtime.wire.acts import Phase, View
from vr_runtime.wire.happenings import Happening
from vr_runtime.wire.messages import Command, Done, Refused
from vr_runtime.wire.reading import Incoming
from vr_runtime.wire.recorded import (
    BringLine,
    EndLine,
    LineEnd,
    LineState,
    PlayLine,
    RecordedLineBegun,
    RecordedLineEnded,
)
from vr_runtime.wire.refusals import SENTENCES, Code

BEGINS_WITHIN_S = 5.0
"""A line that is not heard by then is given up."""
IN_SCENE = (Phase.EXPOSURE, Phase.HOLD)
LineAct = BringLine | PlayLine | EndLine


@dataclass
class _Playing:
    """A line that is heard, or will be as soon as it can."""

    act: PlayLine
    by: str
    lasts_s: float
    asked_s: float
    begun_s: float | None = None


class Lines:
    """The recorded lines of one runtime."""

    def __init__(
        self,
        engine: Engine,
        display: Display,
        guard: DeadMan,
        authority: Authority,
        note: Callable[[Happening], None],
        now: Callable[[], float],
    ) -> None:
        """`note` tells what happened; `now` gives seconds, by ticks where these are granted."""
        self._engine, self._display = engine, display
        self._guard, self._authority = guard, authority
        self._note, self._now = note, now
        self._shelf = LineShelf()
        heard = display.kind != "null" and isinstance(display.stage, WorldStage)
        self._ears: Ears = StageEars(display.stage) if heard else NoEars()  # type: ignore[arg-type]
        self._silent = isinstance(self._ears, NoEars)
        self._playing: _Playing | None = None
        self._session: str | None = None

    def take(
        self, act: LineAct, command: Command, message: Incoming, by: str
    ) -> Done | Code | None:
        """Carry out what who leads has asked; None where `found` will give the answer."""
        if self._engine.opened is None:
            return Code.WRONG_PHASE
        self.follow()
        if isinstance(act, EndLine):
            self._end("ended")
            return Done()
        if isinstance(act, PlayLine):
            return self._play(act, by)
        taken = self._shelf.bring(act, command, message)
        if isinstance(taken, Code):
            return taken
        return Done() if taken else None

    def found(self) -> Iterator[tuple[Incoming, Command, Done | Refused]]:
        """Answers to what was brought and has been read meanwhile."""
        for message, command, code in self._shelf.found():
            refused = None if code is None else Refused(code=code, sentence=SENTENCES[code])
            yield message, command, Done() if refused is None else refused

    def _play(self, act: PlayLine, by: str) -> Done | Code:
        code = self._why_not()
        if code is not None:
            return code
        fit = self._shelf.get(act.sha256)
        if fit is None:
            return Code.LINE_NOT_BROUGHT
        self._end("replaced")
        if not self._ears.begin(fit):
            return Code.BUSY
        # It is told to be heard in a later round, once it is: never with the answer.
        self._playing = _Playing(act, by, fit.lasts_s, self._now())
        return Done()

    def _why_not(self) -> Code | None:
        engine = self._engine
        if engine.phase not in IN_SCENE or engine.view is not View.SCENE:
            return Code.WRONG_PHASE
        if engine.sight.countdown:
            return Code.COUNTING
        if engine.headset != "worn":
            return Code.HEADSET_AWAY
        if not self._guard.steady:
            return Code.NOT_STEADY
        return Code.NO_SOUND if self._deaf() else None

    def _deaf(self) -> bool:
        return not self._silent and self._display.state().sound == "none"

    def follow(self) -> None:
        """See what has become of the line; before each picture, after every stop was taken."""
        now = self._now()
        self._ears.follow(now)
        playing = self._playing
        if playing is not None:
            if playing.begun_s is None and self._over(playing, now) is None and self._ears.begun():
                self._begin(playing, now)
            over = self._over(playing, now)
            if over is not None:
                self._end(over)
        opened = self._engine.opened
        session = None if opened is None else opened.session
        if session != self._session:
            self._session = session
            self._shelf.forget()

    def _over(self, playing: _Playing, now: float) -> LineEnd | None:
        """Why it is not to be heard any more, or None."""
        engine = self._engine
        if engine.phase not in IN_SCENE or engine.view is not View.SCENE:
            return "left"
        if not self._guard.steady or self._authority.holder is None:
            return "link"
        if self._deaf():
            return "no_sound"
        if playing.begun_s is None:
            return "unheard" if now - playing.asked_s > BEGINS_WITHIN_S else None
        return "finished" if now - playing.begun_s >= playing.lasts_s else None

    def _begin(self, playing: _Playing, now: float) -> None:
        playing.begun_s = now
        act = playing.act
        self._note(
            RecordedLineBegun(
                name=act.name,
                words=act.words,
                language=act.language,
                sha256=act.sha256,
                lasts_s=round(playing.lasts_s, 2),
                by=playing.by,
            )
        )

    def _end(self, how: LineEnd) -> None:
        playing, self._playing = self._playing, None
        if playing is None:
            return
        now = self._now()
        self._ears.silence(now)
        # What was never heard is told as nothing else, whatever kept it from being heard.
        how = how if playing.begun_s is not None else "unheard"
        self._note(
            RecordedLineEnded(
                name=playing.act.name,
                sha256=playing.act.sha256,
                heard_s=round(self._heard_s(playing, now), 2),
                how=how,
            )
        )

    def _heard_s(self, playing: _Playing, now: float) -> float:
        if playing.begun_s is None:
            return 0.0
        return min(playing.lasts_s, max(0.0, now - playing.begun_s))

    @property
    def state(self) -> LineState | None:
        """The line that is heard now; None before it is, and once it is over."""
        playing = self._playing
        if playing is None or playing.begun_s is None:
            return None
        return LineState(
            name=playing.act.name,
            words=playing.act.words,
            sha256=playing.act.sha256,
            since_s=round(self._heard_s(playing, self._now()), 2),
            lasts_s=round(playing.lasts_s, 2),
        )

    def close(self) -> None:
        """Nothing is heard and nothing stays."""
        self._ears.silence(self._now())
        self._shelf.close()
