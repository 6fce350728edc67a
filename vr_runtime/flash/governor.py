"""Owns how fast what lights the whole picture may change: no script can make it flash.

What a script may let light up or darken much of the picture passes here before it is shown, each
as a channel of its own: the scene's darkness, its lamps, the hour with its rain and its lit
windows, the clouds; fades claim their pair of changes. What is shown, hidden or moved does not:
that is left to the last look at the drawn picture (`watch`), and no shipped model has a value by
which it shines. It is plain arithmetic, with no picture and no clock.

How channels add up in a picture is not known here, so the worst is assumed: what falls in one
channel adds to what falls in all others, wherever in the picture that may be. An opposing change
is one of a tenth of full brightness in this sum, against the last one.
"""

from __future__ import annotations

from dataclasses import dataclass

CHANGE = 0.10
"""An opposing change of this much relative luminance counts (WCAG 2.3.1)."""
MARGIN = 0.09
"""What an opposing change is held below where one more that counts would be too many."""
MOST_CHANGES, WITHIN_S = 4, 1.0
"""Two pairs of opposing changes in any second."""
MOST_KEPT_UP, KEPT_UP_S = 12, 5.0
"""Six pairs in any five seconds: two a second are not kept up (extended failure of BT.1702)."""
AWAITED_S = 0.1
"""Who waits for a pair asks again within this time, or has given up."""
MOST_RED = 0.75
"""Share of red in R + G + B that a colour keeps at most; a saturated red begins at 0.8."""
_ALMOST = 1e-6

Colour = tuple[float, float, float]


@dataclass
class _Channel:
    value: float
    high: float
    low: float


class Governor:
    """One for all that is shown of a scene. Tell it the time by `advance`."""

    def __init__(self) -> None:
        self.limited = False
        """Whether anything was held back since this was last set to False."""
        self._now = 0.0
        self._channels: dict[str, _Channel] = {}
        self._direction = 0
        self._changes: list[float] = []
        """When changes counted, or last went on; oldest first."""
        self._claimed: list[float] = []
        self._awaited = -WITHIN_S

    def advance(self, dt: float) -> None:
        """`dt` seconds passed."""
        self._now += dt
        oldest = self._now - KEPT_UP_S - _ALMOST
        self._changes = [at_s for at_s in self._changes if at_s > oldest]
        self._claimed = [at_s for at_s in self._claimed if at_s > oldest]

    def forget(self, channel: str | None = None) -> None:
        """This channel, or every one, is shown no longer; what has flashed stays counted."""
        if channel is None:
            self._channels.clear()
        else:
            self._channels.pop(channel, None)

    def allow(self, channel: str, value: float) -> float:
        """What may be shown of a wish, at this moment.

        Args:
            channel: whose wish it is, as "darkness"; its first wish is free, since nothing is
                known of what stood there before.
            value: relative luminance that it would give to the brightest picture, 0 to 1, or more
                for what lights one place when weak and another when strong; not a value as
                displayed (use `luminance_of`).

        Returns:
            The wish, or as much of it as does not flash; ask again at the next moment.
        """
        value = max(0.0, value)
        here = self._channels.get(channel)
        if here is None:
            self._channels[channel] = _Channel(value, value, value)
            return value
        if value == here.value:
            return value
        falls = value < here.value
        allowed = value
        if self._opposes(falls) and self._room() < (3 if self._is_awaited() else 1):
            others = sum(self._against(c, falls) for c in self._channels.values() if c is not here)
            free = max(0.0, MARGIN - others)
            allowed = max(value, here.high - free) if falls else min(value, here.low + free)
            # It never moves the other way than wished.
            allowed = min(allowed, here.value) if falls else max(allowed, here.value)
            self.limited = self.limited or abs(allowed - value) > _ALMOST
        self._show(here, allowed)
        return allowed

    def part(self, channel: str, now: float, wished: float) -> float:
        """How much of the way from what is shown now to a wish may be gone, 0 to 1.

        For what is not told by its luminance alone: small steps, along which it is nearly even.

        Args:
            channel: as for `allow`.
            now: relative luminance as it is shown.
            wished: the same at the end of the step.
        """
        self.happened(channel, now)
        if abs(wished - now) < _ALMOST:
            return 1.0
        part = (self.allow(channel, wished) - now) / (wished - now)
        return min(1.0, max(0.0, part))

    def happened(self, channel: str, value: float) -> None:
        """It is shown so whatever this governor says, as a lamp that was taken away: it counts."""
        here = self._channels.setdefault(channel, _Channel(value, value, value))
        if abs(value - here.value) > _ALMOST:
            self._show(here, value)

    def claim(self, seconds: float) -> bool:
        """Whether a whole pair of changes may take place in the next `seconds`, as a short fade.

        It is counted at once, as if it lay at their end; whoever asked then fades without asking.
        Whoever is refused asks again at the next moment: other channels leave the room for it.
        """
        if self._room() < 2:
            self._awaited = self._now
            return False
        self._awaited = self._now - WITHIN_S
        self._claimed += [self._now + seconds] * 2
        return True

    def _is_awaited(self) -> bool:
        """Whether somebody lately asked for a pair in vain: it comes before more flickering."""
        return self._now - self._awaited < AWAITED_S

    def _room(self) -> int:
        """How many more changes may be counted now."""
        counted = self._changes + self._claimed
        recent = sum(1 for at_s in counted if at_s > self._now - WITHIN_S - _ALMOST)
        return min(MOST_CHANGES - recent, MOST_KEPT_UP - len(counted))

    def _opposes(self, falls: bool) -> bool:
        return self._direction == 0 or (self._direction > 0) is falls

    def _against(self, channel: _Channel, falls: bool) -> float:
        """How far a channel has already gone that way since the last change that counted."""
        return channel.high - channel.value if falls else channel.value - channel.low

    def _show(self, channel: _Channel, value: float) -> None:
        if value == channel.value:
            return
        falls = value < channel.value
        channel.value = value
        channel.high, channel.low = max(channel.high, value), min(channel.low, value)
        if not self._opposes(falls):
            # A change lasts as long as it goes on, and is a second old only after its end.
            self._changes[-1:] = [self._now]
            return
        gone = sum(self._against(each, falls) for each in self._channels.values())
        if gone >= CHANGE - _ALMOST:
            self._changes.append(self._now)
            self._direction = -1 if falls else 1
            for each in self._channels.values():
                each.high = each.low = each.value


def without_saturated_red(colour: Colour) -> Colour:
    """The colour (linear red, green, blue, from 0 on), whitened until red is 75 % of their sum.

    The light of lamps passes this, so that no change of it can be one of a saturated red; the
    hours' own colours keep to it by themselves.
    """
    red, green, blue = (max(0.0, part) for part in colour)
    most = MOST_RED / (1.0 - MOST_RED) * (green + blue)
    if red <= most:
        return red, green, blue
    # Made up by white: a red lamp stays a warm one, and no darker.
    white = (red - most) / (2.0 * MOST_RED / (1.0 - MOST_RED))
    return red, green + white, blue + white


def luminance_of(displayed: float) -> float:
    """Relative luminance of a brightness as displayed (sRGB), 0 to 1."""
    held = min(1.0, max(0.0, displayed))
    return float(held / 12.92 if held <= 0.04045 else ((held + 0.055) / 1.055) ** 2.4)


def displayed_of(luminance: float) -> float:
    """Brightness as displayed (sRGB) of a relative luminance, 0 to 1."""
    held = min(1.0, max(0.0, luminance))
    return float(held * 12.92 if held <= 0.0031308 else 1.055 * held ** (1 / 2.4) - 0.055)
