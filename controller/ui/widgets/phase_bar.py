"""Owns the top of the live screen: the phase, the facts of the session, the stop control.

It knows not what a phase allows. When the runtime is not heard the phase carries a question mark.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from controller.language import _, language, mark
from controller.recorded.model import GLYPH
from controller.session.at_play import under_way
from controller.session.at_rest import guided
from controller.session.comforts import decibels
from controller.session.distance import SHOWN_FROM_MS, SLOW_FROM_MS
from controller.session.now import Now
from controller.ui.asking_bat import at_step
from controller.ui.bigtext import big
from controller.ui.lettering import clock, cut, cut_at_word, decimal
from controller.ui.possible import is_silent, is_stale, phase_of
from controller.ui.widgets.panel import Panel, lines
from controller.ui.widgets.stop_control import StopControl
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.state import Richness, State

GLYPHS = {
    Phase.IDLE: "○",
    Phase.LOADING: "◔",
    Phase.READY: "●",
    Phase.EXPOSURE: "▶",
    Phase.HOLD: "◆",
    Phase.PAUSE: "‖",
    Phase.SAFE_PLACE: "⌂",
    Phase.STOPPED: "■",
    Phase.FAMILIARISATION: "◇",
}
"""A shape of its own for each phase, so that colour is never alone."""
WORDS = {
    Phase.IDLE: mark("NO SESSION"),
    Phase.LOADING: mark("LOADING"),
    Phase.READY: mark("READY"),
    Phase.EXPOSURE: mark("EXPOSURE"),
    Phase.HOLD: mark("HOLD"),
    Phase.PAUSE: mark("PAUSE"),
    Phase.SAFE_PLACE: mark("SAFE PLACE"),
    Phase.STOPPED: mark("STOPPED"),
    Phase.FAMILIARISATION: mark("PRACTICE"),
}


RICHNESS: dict[Richness, str] = {
    "low": mark("low"),
    "medium": mark("medium"),
    "high": mark("high"),
}
"""How richly pictures are drawn."""


@dataclass(frozen=True)
class PhaseFacts:
    """The phase, whether it is a guess, and how far loading is."""

    phase: Phase
    supposed: bool
    loading: int
    countdown: int
    """Seconds until the place is shown; 0 when nothing is counted."""


class PhaseChip(Panel[PhaseFacts]):
    """The phase as a coloured block, in big letters where there is room."""

    def facts(self, now: Now) -> PhaseFacts:
        """The phase as the runtime last told it."""
        phase = phase_of(now)
        part = now.state.loading if now.state is not None and phase is Phase.LOADING else 0.0
        counted = 0 if now.state is None else now.state.sight.countdown
        return PhaseFacts(phase, is_stale(now), round(part * 100), counted)

    def show(self, now: Now) -> None:
        """The colour is a class of the style sheet."""
        super().show(now)
        self.set_classes([f"-{phase_of(now).value}"])

    def draw(self, facts: PhaseFacts) -> Content:
        """Big letters, or one plain line in the middle."""
        word = _(WORDS[facts.phase]) + ("?" if facts.supposed else "")
        glyph, (width, height) = GLYPHS[facts.phase], self.size
        if facts.countdown:
            glyph = str(facts.countdown)
        for text in (f"{glyph} {word}", word):
            rows = big(text)
            if height >= 3 and len(rows[0]) + 2 <= width:
                return Content("\n").join(Content(row.center(width)) for row in rows)
        below = f"{facts.loading} %" if facts.phase is Phase.LOADING else ""
        plain = [Content.styled(cut(f"{glyph} {word}", width).center(width), "bold")]
        return lines([Content(""), *plain, Content(below.center(width))][-height:], height)


@dataclass(frozen=True)
class SessionFacts:
    """Who, where, how long, and what is wrong."""

    who: str
    title: str
    simulated: bool
    elapsed_s: int
    left_s: int
    trial: int
    warnings: tuple[str, ...]
    link: tuple[str, ...]
    """Age and delay of the link, the fullest telling first, for as much room as there is."""
    far: bool
    """Whether the link is so long that its delay is always shown."""
    saved: str
    display: tuple[str, ...]
    """Sound and pictures, the whole first, then what a narrow screen has room for."""
    effort: str
    shown: tuple[str, ...]
    """What the patient reads, the fullest telling first."""
    heard: tuple[str, ...]
    """The recorded line that the patient hears, the fullest telling first."""


def warnings(now: Now, has_keyboard: bool) -> tuple[str, ...]:
    """What is wrong, worst first, in two or three words each."""
    told: list[str] = []
    if is_stale(now):
        word = {
            "connecting": _("CONNECTING"),
            "refused": _("REFUSED"),
            "lost": _("RUNTIME LOST"),
        }.get(now.link.state, _("STALE"))
        told.append(f"{word} {decimal(now.link.age_s)} s" if now.state is not None else word)
    state = now.state
    if not has_keyboard or (state is not None and state.display.focused):
        told.append(_("NO KEYBOARD"))
    if now.record.trouble is not None:
        told.append(_("NOT SAVING"))
    trip = now.link.round_trip_ms
    if trip is not None and trip > SLOW_FROM_MS and not is_stale(now):
        told.append(_("SLOW LINK {trip} ms").format(trip=round(trip)))
    if now.observing:
        told.append(_("OBSERVING, MAY STOP") if now.may_stop else _("OBSERVING"))
    elif state is not None and not now.link.in_control and not is_stale(now):
        told.append(_("READ ONLY"))
    if state is not None and state.observers.present:
        told.append(_("WATCHED BY {names}").format(names=", ".join(state.observers.present)))
    if state is not None and state.disabled is not None:
        told.append(_("SCENARIO FAILED"))
    if state is not None and state.display.headset in ("off", "lost"):
        told.append(_("HEADSET OFF") if state.display.headset == "off" else _("HEADSET LOST"))
    if is_silent(now):
        told.append(_("NO SOUND"))
    if state is not None and not state.watch.watched:
        told.append(_("NOT WATCHED"))
    if state is not None and state.journal is not None and state.journal.trouble is not None:
        told.append(_("NO JOURNAL"))
    return tuple(told)


def _link(age_s: float, trip: float | None, *, far: bool, wide: bool) -> tuple[str, ...]:
    """A figure is told whole or not at all; a long link is told by its delay before its age."""
    age = f"{decimal(age_s)} s"
    if trip is None or not (far or wide):
        return (age,)
    delay = f"{trip:.0f} ms"
    return (f"{age} · {delay}", delay if far else age)


def _warned(told: tuple[str, ...], room: int) -> Content:
    """As many warnings as fit, the worst first, and how many more there are."""
    chips = [
        Content.assemble((f" ▲ {warning} ", "bold $background on $alert"), " ") for warning in told
    ]
    for shown in range(len(chips), 0, -1):
        more = len(chips) - shown
        rest = Content.styled(f" +{more} ", "bold $background on $alert") if more else Content("")
        health = Content("").join([*chips[:shown], rest])
        # The space after the last one need not fit.
        if shown == 1 or health.cell_length - (0 if more else 1) <= room:
            return health
    return Content("")


def _effort(state: State | None) -> str:
    """How often the scenario's own code was slow, where it was."""
    if state is None or not state.effort.slow:
        return ""
    text = _("scenario slow {count}×, {worst} ms")
    return text.format(count=state.effort.slow, worst=round(state.effort.worst_ms))


def _title(now: Now) -> str:
    """The guide or the task while there is one, as it is now; else the scenario's title.

    Before it, where a behavioural approach test is under way, its step.
    """
    step = "" if now.bat is None else at_step(now.bat)
    return " · ".join(filter(None, (_rest(now), step, _now_shown(now))))


def _rest(now: Now) -> str:
    """The break that is under way, or due."""
    if now.pace is None or now.session is None:
        return ""
    if now.pace.left_s is not None and now.pace.left_s > 0:
        return _("break {time}").format(time=clock(int(now.pace.left_s)))
    if now.pace.left_s is not None:
        return _("break +{time}").format(time=clock(int(-now.pace.left_s)))
    return _("break due") if now.pace.due else ""


def _now_shown(now: Now) -> str:
    if now.state is not None and now.state.guide is not None:
        return guided(now.state.guide)
    task = under_way(now.state)
    spec = None if task is None or now.manifest is None else now.manifest.task(task.name)
    if task is not None and spec is not None:
        led = now.state.exercise if now.state is not None else None
        parts = [f"▷ {int(task.running_s)} s", *([guided(led)] if led is not None else [])]
        # What may be cut off by a narrow screen is the end of the words.
        return " · ".join([*parts, spec.label.get(language())])
    return now.manifest.title.get(language()) if now.manifest is not None else ""


def _shown(state: State | None) -> tuple[str, ...]:
    """What the patient reads that the therapist put there."""
    if state is None:
        return ()
    if state.sight.text is not None:
        return (f"▤ « {state.sight.text} »", "▤ " + _("text shown"))
    return ("▤ " + _("way out shown"),) if state.sight.way_out else ()


def _heard(now: Now) -> tuple[str, ...]:
    """The recorded line that the patient hears, the fullest telling first."""
    line = None if now.state is None or is_stale(now) else now.state.line
    if line is None:
        return ()
    told = _("{glyph} heard").format(glyph=GLYPH)
    told = f"{told} {max(0, round(line.lasts_s - line.since_s))} s"
    return (f"{told} « {line.words} »", told)


class Facts(Panel[SessionFacts]):
    """Three rows, most wanted first in each, so that a narrow screen cuts the least wanted."""

    def facts(self, now: Now) -> SessionFacts:
        """The session in short."""
        state, record = now.state, now.record
        trip = now.link.round_trip_ms
        far = trip is not None and trip > SHOWN_FROM_MS
        saved = _("{count} to save").format(count=record.waiting) if record.waiting else _("saved")
        display: tuple[str, ...] = ()
        if state is not None:
            sound = {"playing": "♪", "silent": "♪ –", "none": "♪ ×"}[state.display.sound]
            if state.display.tone:
                sound = "♪ ≈"
            if state.display.volume_db < 0 and state.display.sound != "none":
                sound += f" {decibels(state.display.volume_db)} dB"
            rate = _("{fps} fps").format(fps=round(state.display.fps))
            if state.display.quality == "lowered":
                rate += " ▾"
            display = (f"{sound}  {rate}",)
            if state.display.richness is not None:
                display = (f"{sound}  {rate}, {_(RICHNESS[state.display.richness])}", *display)
            if state.display.kind == "null":
                display = (_("no display"),)
        return SessionFacts(
            who=now.pseudonym,
            title=_title(now),
            simulated=now.simulated,
            elapsed_s=int(now.at_s),
            left_s=int(now.limit_s - now.at_s),
            trial=state.trial if state is not None else 0,
            warnings=warnings(now, self.app.app_focus),
            link=_link(now.link.age_s, trip, far=far, wide=self.size.width >= 60),
            far=far,
            saved=saved,
            display=display,
            effort=_effort(state),
            shown=_shown(state),
            heard=_heard(now),
        )

    def draw(self, facts: SessionFacts) -> Content:
        """Who; how long; how well all is."""
        room = self.size.width
        gap = "    " if room >= 56 else "  "
        beside_title = len(facts.who) + len(gap) + (12 if facts.simulated else 0)
        title = cut_at_word(facts.title, room - beside_title)
        who = Content.assemble((facts.who, "bold"), gap, title)
        if facts.simulated:
            who = who + Content.assemble(gap, (_("simulated"), "$suds"))
        left = (
            Content.assemble((clock(facts.left_s), "bold"), (" " + _("left"), "$quiet"))
            if facts.left_s >= 0
            else Content.assemble((f"+{clock(-facts.left_s)} ", "bold $alert"), _("over"))
        )
        trial = _("trial {number}").format(number=facts.trial) if facts.trial else ""
        times = Content.assemble(
            (clock(facts.elapsed_s), "bold"),
            (" " + _("elapsed") + gap if room >= 34 else gap, "$quiet"),
            left,
        )
        # What is heard goes before the trial's number: it lasts seconds, and must be seen.
        beside = room - times.cell_length - (len(gap) + 20 if room >= 84 else 0)
        told = (*(f"{trial}{gap}{one}" for one in facts.heard if trial), *facts.heard, trial)
        fits = [one for one in told if len(gap) + len(one) <= beside]
        last = fits[0] if fits else (facts.heard or (trial,))[-1]
        times = times + Content.styled(f"{gap}{last}", "$quiet")
        health = _warned(facts.warnings, room)
        old = (_("STALE"), _("RUNTIME LOST"))
        stale = any(w.startswith(old) for w in facts.warnings)
        if not stale and (len(facts.warnings) < 2 or facts.far):
            links = [Content.assemble(("● ", "$level"), _("link"), " ", t) for t in facts.link]
            fitting = [one for one in links if health.cell_length + one.cell_length <= room]
            health, rest = health + Content("").join(fitting[:1]), ""
            used = health.cell_length + len(gap)
            read = [text for text in facts.shown if used + len(text) <= room]
            used += sum(len(gap) + len(part) for part in (*read[:1], facts.saved))
            display = [text for text in facts.display if used + len(text) <= room]
            for part in (*read[:1], facts.saved, *display[:1], facts.effort):
                # A word that is cut to a letter or two tells nothing.
                if part and health.cell_length + len(rest) + len(gap) + len(part) <= room:
                    rest += gap + part
            health = health + Content.styled(rest, "$quiet")
        rows = [who, times, health]
        if room >= 84:
            figures = big(clock(facts.elapsed_s))
            margin = room - len(figures[0])
            rows = [
                row + " " * (margin - row.cell_length) + Content.styled(figure, "$foreground 70%")
                for row, figure in zip(rows, figures, strict=True)
            ]
        return lines(rows, self.size.height)


class PhaseBar(Horizontal):
    """Phase, facts and stop, side by side."""

    def compose(self) -> ComposeResult:
        """Left to right in order of attention, stop in the corner."""
        yield PhaseChip(id="chip")
        yield Facts(id="facts")
        yield StopControl(id="stop")

    def show(self, now: Now) -> None:
        """Fill all three from the newest truth."""
        self.query_one(PhaseChip).show(now)
        self.query_one(Facts).show(now)
        self.query_one(StopControl).asked = now.stop_asked
