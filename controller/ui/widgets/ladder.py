"""Owns the drawing of the ladder: what is applied, what is asked, the ceiling; raises nothing.

Applied is ▶ and a bar across, asked is ▷ with the share of the way done, named for a beginning
is ↻, and above the ceiling stands a rule. Levels above the ceiling go first when rows lack; the
applied one never goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from controller.language import _, language
from controller.session.at_rest import REFUGES, practised
from controller.session.bat.rules import coached
from controller.session.now import Now
from controller.session.plans.at_work import offered
from controller.ui.bigtext import big, huge
from controller.ui.lettering import clock, cut, decimal, wrap
from controller.ui.maps import NORMAL
from controller.ui.possible import IN_SCENE, is_stale
from controller.ui.widgets.panel import Panel, clickable, lines
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.state import State

TREAD = 6
"""Cells of the stair."""
MOST_ROWS = 3
"""Rows that the applied level's sentence takes at most on a small screen."""


@dataclass(frozen=True)
class LadderFacts:
    """The levels and where the patient is on them."""

    sentences: tuple[str, ...]
    applied: int
    asked: int | None
    """The level that is on its way, where it differs from the applied one."""
    share: int
    """How much of the way is done, 0 to 100."""
    named: int | None
    """The level named or offered for a beginning."""
    confirmed: bool
    """Whether the runtime has confirmed the named level."""
    ceiling: int
    since_s: int | None
    stale: bool
    shown_instead: str
    """What the patient sees while no level is applied; empty in the scene."""
    beside: str = ""
    """Which safe place it is."""
    tried: tuple[str, ...] = ()
    """What is practised, each with its mark; empty outside the practice room."""


def _named(now: Now, state: State) -> int | None:
    """The level that is named to begin at, or offered; within a test no other than its step's."""
    if state.armed is not None:
        return state.armed
    if now.bat is not None and not coached(now.bat):
        return now.bat.step.level
    return offered(now)


def _instead(state: State) -> str:
    """What the patient sees outside the scene."""
    phase = state.phase
    if phase in IN_SCENE:
        return ""
    if phase is Phase.SAFE_PLACE:
        return _("Safe place, nothing of the scene")
    if phase is Phase.FAMILIARISATION:
        return _("Practice room")
    if phase is Phase.LOADING:
        return _("Neutral room; the scene is being made")
    if phase is Phase.STOPPED:
        return _("Neutral view, no sound")
    return _("Neutral room, nothing of the scene")


def _beside(state: State) -> str:
    """Which safe place it is; empty elsewhere."""
    if state.phase is Phase.SAFE_PLACE:
        return _(REFUGES[state.safe_place])
    return ""


class LadderView(Panel[LadderFacts]):
    """Levels 10 to 0 as a stair."""

    def facts(self, now: Now) -> LadderFacts:
        """What is applied, never what was asked for."""
        state = now.state
        sentences = (
            tuple(level.get(language()) for level in now.manifest.levels)
            if now.manifest is not None
            else ("",) * 11
        )
        if state is None:
            return LadderFacts(sentences, 0, None, 0, None, False, 10, None, True, "")
        in_scene = state.phase in IN_SCENE
        asked = state.asked if in_scene and state.asked != state.reached else None
        way = abs(state.asked - state.reached)
        share = round(100 * abs(state.level - state.reached) / way) if asked is not None else 0
        since = int(now.at_s - now.levels[-1][0]) if now.levels and not state.moving else None
        return LadderFacts(
            sentences=sentences,
            applied=state.reached,
            asked=asked,
            share=min(100, share),
            named=None if in_scene else _named(now, state),
            confirmed=state.armed is not None,
            ceiling=state.ceiling,
            since_s=since if in_scene else None,
            stale=is_stale(now),
            shown_instead=_instead(state),
            beside=_beside(state),
            tried=practised(state) if state.phase is Phase.FAMILIARISATION else (),
        )

    def heading(self, now: Now) -> Content:
        """Applied level, with the age of this knowledge."""
        age = f"{decimal(now.link.age_s)} s"
        stale = is_stale(now)
        word = _("LAST KNOWN LEVEL") if stale else _("APPLIED LEVEL")
        self.set_class(stale, "-stale")
        if now.state is None:
            return Content(word)
        low = self.screen.size.height < NORMAL.height or self.screen.size.width < NORMAL.width
        short = f" {now.state.reached}" if low and now.state.phase in IN_SCENE else ""
        seen = _("STALE {age}") if stale else _("seen {age}") if low else _("seen {age} ago")
        return Content(f"{word}{short} · {seen.format(age=age)}")

    def draw(self, facts: LadderFacts) -> Content:
        """A large figure where there is room, then the stair with the ceiling ruled in."""
        width, height = self.size
        rows = self._figure(facts, width) if height >= 16 else []
        if facts.shown_instead and height < 16:
            told = cut(facts.shown_instead, width - 3)
            rows = [Content.styled(f" ○ {told}".ljust(width), "bold")]
        if facts.tried:
            rows += [Content.styled(cut(row, width), "bold") for row in _laid(facts.tried, width)]
        below = self._below(facts, width) if height < 16 else []
        seen = window(facts, height - len(rows) - len(below))
        spare = height - len(rows) - len(below) - len(seen) - (facts.ceiling < 10)
        more = self._longer(facts, seen, spare, width) if height >= 16 else {}
        for level in seen:
            if level == facts.ceiling and facts.ceiling < 10:
                rows.append(self._ceiling(facts, width))
            parts = more.get(level, ())
            rows.append(self._row(facts, level, width, parts[0] if parts else None))
            rows += [self._further(facts, level, words, width) for words in parts[1:]]
            if level == facts.applied:
                rows += below
        return lines(rows, height)

    @staticmethod
    def _whole(facts: LadderFacts, width: int) -> list[str]:
        """The applied level's sentence as it is read in one row and, where it is longer, more."""
        return wrap(facts.sentences[facts.applied], width - 7 - TREAD, MOST_ROWS)

    def _below(self, facts: LadderFacts, width: int) -> list[Content]:
        """The rest of the applied level's sentence: that one is read whole."""
        if facts.shown_instead:
            return []
        ground = " on $row-applied" if not facts.stale else ""
        margin = " " * (6 + TREAD)
        return [
            Content.styled((margin + part).ljust(width), "bold" + ground)
            for part in self._whole(facts, width)[1:]
        ]

    @staticmethod
    def _longer(
        facts: LadderFacts, seen: range, spare: int, width: int
    ) -> dict[int, Sequence[str]]:
        """Sentences that are too long for one row, on as many as each needs, while rows are spare.

        The next level first, then those near it; then the applied one, which the figure tells
        already, and those above the ceiling.
        """
        found: dict[int, Sequence[str]] = {}
        near = facts.applied + 1

        def order(level: int) -> tuple[bool, bool, int, int]:
            return level > facts.ceiling, level == facts.applied, abs(level - near), -level

        for level in sorted(seen, key=order):
            tail = _tail(facts, level)
            told = wrap(facts.sentences[level], width - 7 - TREAD - len(tail), MOST_ROWS)
            if 1 < len(told) <= spare + 1 and not told[-1].endswith("…"):
                found[level], spare = told, spare - len(told) + 1
        return found

    @staticmethod
    def _further(facts: LadderFacts, level: int, words: str, width: int) -> Content:
        """A further row of a level's sentence, which is clicked as its first one is."""
        ink, ground = _look(facts, level)
        row = Content.styled((" " * (6 + TREAD) + words).ljust(width), ink + ground)
        return clickable(row, f"level({level})")

    def _figure(self, facts: LadderFacts, width: int) -> list[Content]:
        """The applied figure, its sentence and how long it has stood; a dash outside the scene."""
        large = self.size.height >= 20
        shape = (huge if large else big)("–" if facts.shown_instead else str(facts.applied))
        room = width - len(shape[0]) - 4
        told = wrap(facts.shown_instead or facts.sentences[facts.applied], room, len(shape) - 1)
        if facts.stale:
            state = _("last known")
        elif facts.since_s is not None:
            state = _("for {time}").format(time=clock(facts.since_s))
        elif facts.asked is not None:
            state = _("on the way")
        else:
            state = facts.beside
        beside = [*((line, "bold") for line in told), (state, "$quiet")]
        above = (len(shape) - len(beside)) // 2
        beside = [("", "")] * above + beside
        beside += [("", "")] * (len(shape) - len(beside))
        ink = "$quiet" if facts.stale or facts.shown_instead else "$level"
        figure = [
            Content.assemble((f" {row}  ", ink), (text, style))
            for row, (text, style) in zip(shape, beside, strict=True)
        ]
        return [*figure, Content("")] if self.size.height >= 21 else figure

    def _ceiling(self, facts: LadderFacts, width: int) -> Content:
        label = " " + _("ceiling {level}").format(level=facts.ceiling) + " "
        return Content.styled("╌" * max(0, width - len(label) - 2) + label + "╌╌", "$quiet")

    def _row(self, facts: LadderFacts, level: int, width: int, words: str | None = None) -> Content:
        """One level: glyph, number, a tread of the stair, its sentence or the `words` of it."""
        out = bool(facts.shown_instead)
        applied = level == facts.applied and not out
        asked, named = level == facts.asked, level == facts.named
        lively = not facts.stale
        glyph = "▶" if applied else "▷" if asked else "↻" if named else " "
        tail = _tail(facts, level)
        ink, ground = _look(facts, level)
        stair = "$level" if level <= facts.applied and lively and not out else "$tread"
        head = "bold $level" if (applied or asked or named) and lively else ink
        room = width - 6 - TREAD - len(tail)
        words = words or cut(facts.sentences[level], room - 1)
        if applied and not tail and self.size.height < 16:
            words = self._whole(facts, width)[0]
        sentence = words.ljust(max(0, room))
        row = Content.assemble(
            (f"{glyph}{level:>3} ", head + ground),
            (_tread(level), stair + ground),
            (" " + sentence, ink + ground),
            (tail, "bold $level" + ground),
        )
        return clickable(row, f"level({level})")


def _tail(facts: LadderFacts, level: int) -> str:
    """What stands behind the sentence of a level that is asked for, or named for a beginning."""
    if level == facts.asked:
        return _("asked, {share} %").format(share=facts.share) + " "
    if level == facts.named:
        return (_("begin here?") if facts.confirmed else _("offered")) + " "
    return ""


def _look(facts: LadderFacts, level: int) -> tuple[str, str]:
    """Ink and ground of a level's rows."""
    out = bool(facts.shown_instead)
    applied, named = level == facts.applied and not out, level == facts.named
    lively = not facts.stale
    ink = "bold" if applied else "$quiet" if level > facts.ceiling or out else "$foreground 85%"
    if named:
        ink = "bold"
    ground = " on $row-applied" if (applied or (named and facts.confirmed)) and lively else ""
    return ink, ground


def _laid(words: tuple[str, ...], width: int) -> list[str]:
    """The words in one row, set closer where it is narrow, or in two."""
    for margin, gap in (("   ", "  "), (" ", " ")):
        row = margin + gap.join(words)
        if len(row) <= width:
            return [row]
    half = (len(words) + 1) // 2
    return ["   " + "  ".join(part) for part in (words[:half], words[half:])]


def window(facts: LadderFacts, room: int) -> range:
    """The levels shown in `room` rows, from the top down.

    Levels above the ceiling go first, then those far from what is applied or named; the ceiling's
    rule takes a row of its own.
    """
    ruled = facts.ceiling < 10
    most = room - ruled
    top = max(facts.ceiling, facts.applied, facts.asked or 0, facts.named or 0)
    if most >= 11:
        return range(10, -1, -1)
    highest = max(top, most - 1)
    heart = facts.applied if not facts.shown_instead else facts.named or 0
    lowest = max(0, min(highest + 1 - most, heart - 1))
    return range(min(highest, lowest + most - 1), lowest - 1, -1)


def _tread(level: int) -> str:
    """A bar growing with the level in eighths of a cell; together they make a stair."""
    full, part = divmod(round((level + 1) / 11 * TREAD * 8), 8)
    return ("█" * full + (" ▏▎▍▌▋▊▉"[part] if part else "")).ljust(TREAD)
