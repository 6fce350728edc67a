"""Owns which changes are told unasked, and how often; it prints nothing.

What matters at once is told at once: phase, link, alarms, what is wrong. The rest is told at most
once a second, the newest of its kind alone. Nothing is told twice without a change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from controller.language import _, language
from controller.line.status import PHASES, wrong
from controller.session.at_rest import REFUGES
from controller.session.before.entries import REHEARSED
from controller.session.before.words import CHECKS
from controller.session.now import Now
from controller.ui.lettering import clock
from controller.ui.possible import IN_SCENE, phase_of
from vr_runtime.wire.acts import Phase

ROUTINE_EVERY_S = 1.0
SOON_OVER_S = 300.0
"""So long before the end of the session's time it is told."""
SAME_WITHIN_S = 2.0
"""So long a sentence that answered a line is not told once more as news."""

CONFIRMED_WITHIN_S = 1.0
"""A stop that takes longer to be confirmed is spoken of."""


@dataclass(frozen=True)
class News:
    """One sentence told unasked."""

    text: str
    kind: str
    at_once: bool = False


class Watcher:
    """Fed the truth at every look, it gives what is to be told now."""

    def __init__(self, now: Now, sign: Callable[[], str] = lambda: "") -> None:
        """`sign` tells by what the patient stops, which is said as a session opens."""
        self._before, self._sign = now, sign
        self._session_told = now.session
        self._notice = 0 if now.notice is None else now.notice.serial
        self._level: int | None = None
        self._due = _is_due(now)
        self._wrong = wrong(now)
        self._stop_since: float | None = None
        self._time = _time_left(now)
        self._answered: tuple[str, float] = ("", float("-inf"))
        self._routine: dict[str, str] = {}
        self._routine_at_s = float("-inf")

    def answered(self, text: str, now: Now, at_s: float) -> None:
        """This was just said as the answer to a line: it is no news any more."""
        self._answered = (text, at_s)
        if now.notice is not None and now.notice.text == text:
            self._notice = now.notice.serial

    def look(self, now: Now, at_s: float) -> tuple[str, ...]:
        """What is to be told at this moment of a clock in seconds, each with its session time."""
        told: list[str] = []
        for news in self._found(now, at_s):
            if news.at_once:
                told.append(_stamped(news.text, now))
            else:
                # The newest of a kind goes to the end, without the one before it.
                self._routine.pop(news.kind, None)
                self._routine[news.kind] = _stamped(news.text, now)
        self._before = now
        if self._routine and at_s - self._routine_at_s >= ROUTINE_EVERY_S:
            kind = next(iter(self._routine))
            told.append(self._routine.pop(kind))
            self._routine_at_s = at_s
        return tuple(told)

    def _found(self, now: Now, at_s: float) -> list[News]:
        found = [*self._session(now), *self._phase(now), *self._told(now, at_s)]
        found += [
            *self._before_trial(now),
            *self._levels(now),
            *self._ratings(now),
            *self._times(now),
            *self._watched(now),
        ]
        return [*found, *self._trouble(now, at_s)]

    def _session(self, now: Now) -> list[News]:
        if now.session == self._session_told:
            return []
        if now.session is not None and not now.observing and not _is_shown(now):
            # The state is still the one before it, with another ceiling or none.
            return []
        self._session_told = now.session
        self._level, self._time = None, _time_left(now)
        if now.session is None and self._before.observing:
            told = _("Nothing is shown any more: the session ended, or consent to observers did.")
            return [News(told, "session", at_once=True)]
        if now.session is None:
            return []
        title = "" if now.manifest is None else now.manifest.title.get(language())
        told = _("The session is open: {patient}, {title}, ceiling {level}.")
        ceiling = 0 if now.state is None else now.state.ceiling
        if now.observing:
            told = _("A session is watched: {title}, ceiling {level}. Its time counts from here.")
            text = told.format(title=title, level=ceiling)
            return [News(text, "session", at_once=True)]
        text = told.format(patient=now.pseudonym, title=title, level=ceiling)
        lines = [text, self._sign()]
        if now.state is not None:
            place = _("Safe place: {place}.").format(place=_(REFUGES[now.state.safe_place]))
            lines.insert(1, place)
        return [News(line, "session", at_once=True) for line in lines if line]

    def _phase(self, now: Now) -> list[News]:
        phase, before = phase_of(now), phase_of(self._before)
        if phase is before or now.state is None or (phase is Phase.IDLE and now.session is None):
            return []
        return [News(_(PHASES[phase]), "phase", at_once=True)]

    def _before_trial(self, now: Now) -> list[News]:
        """A way out that was rehearsed, as the runtime told, and that nothing is missing now."""
        held, before = now.before, self._before.before
        if held is None or now.session != self._before.session:
            return []
        already = frozenset() if before is None else before.rehearsed
        told = _("{check}: rehearsed, as the patient's side told.")
        found = [
            News(told.format(check=_(CHECKS[check])), check, at_once=True)
            for check in REHEARSED
            if check in held.rehearsed - already
        ]
        if before is not None and before.missing and not held.missing:
            text = _("Nothing is missing before the first trial.")
            found.append(News(text, "before", at_once=True))
        return found

    def _told(self, now: Now, at_s: float) -> list[News]:
        """What the core said last, where it was not the answer to a line."""
        notice = now.notice
        if notice is None or notice.serial == self._notice:
            return []
        self._notice = notice.serial
        text, answered_s = self._answered
        if notice.text == text and at_s - answered_s < SAME_WITHIN_S:
            return []
        return [News(notice.text, f"notice {notice.text}", at_once=notice.tone != "info")]

    def _levels(self, now: Now) -> list[News]:
        state = now.state
        if state is None or state.phase not in IN_SCENE or now.session is None:
            self._level = None
            self._routine.pop("level", None)
            return []
        if state.moving or state.reached != state.asked or state.reached == self._level:
            return []
        self._level = state.reached
        what = now.manifest.levels[state.reached].get(language()) if now.manifest else ""
        told = _("Level {level} is reached: {what}").format(level=state.reached, what=what)
        return [News(told, "level")]

    def _ratings(self, now: Now) -> list[News]:
        due, self._due = self._due, _is_due(now)
        found = []
        if self._due and not due and now.due is not None:
            scale = _("0 to 100") if now.scale == "0-100" else _("0 to 10")
            told = _("A rating is due: how high is it now, on {scale}?")
            if now.due.peak:
                told = _("A rating is due: how high was it at most in the trial, on {scale}?")
            found.append(News(told.format(scale=scale), "due"))
        elif not self._due:
            self._routine.pop("due", None)
        return found

    def _watched(self, now: Now) -> list[News]:
        """Events as they are played; where this console leads, their answers tell of them."""
        if not now.observing or now.session != self._before.session or now.manifest is None:
            return []
        found = []
        for _at_s, name in now.fired[len(self._before.fired) :]:
            spec = next((one for one in now.manifest.events if one.name == name), None)
            label = name if spec is None else spec.label.get(language())
            text = _("Event: {name}.").format(name=label)
            found.append(News(text, f"event {name}", at_once=True))
        return found

    def _times(self, now: Now) -> list[News]:
        before, self._time = self._time, _time_left(now)
        if now.session is None or before == self._time:
            return []
        if now.pace is not None or now.observing:
            return []  # Whoever leads is told by a notice, which is recorded.
        if self._time == "over":
            return [News(_("The time of this session is over."), "time")]
        if self._time == "soon":
            told = _("{time} of this session are left.")
            return [News(told.format(time=clock(now.limit_s - now.at_s)), "time")]
        return []

    def _trouble(self, now: Now, at_s: float) -> list[News]:
        found = []
        if not now.stop_asked:
            self._stop_since = None
        elif self._stop_since is None:
            self._stop_since = at_s
        elif at_s - self._stop_since >= CONFIRMED_WITHIN_S:
            self._stop_since = float("inf")
            told = _("The stop is not confirmed yet; it is sent again until it is.")
            found.append(News(told, "stop", at_once=True))
        before, self._wrong = self._wrong, wrong(now)
        for told in self._wrong:
            if told not in before:
                found.append(News(told, told, at_once=True))
        if now.record.trouble != self._before.record.trouble:
            told = now.record.trouble or _("The record takes entries again.")
            found.append(News(told, "record", at_once=True))
        return found


def _is_shown(now: Now) -> bool:
    return now.state is not None and now.state.session == now.session


def _is_due(now: Now) -> bool:
    return now.due is not None and now.due.opens_in_s <= 0


def _time_left(now: Now) -> str:
    left = now.limit_s - now.at_s
    if now.session is None or left > SOON_OVER_S:
        return ""
    return "over" if left <= 0 else "soon"


def _stamped(text: str, now: Now) -> str:
    return text if now.session is None else f"{clock(now.at_s)} {text}"
