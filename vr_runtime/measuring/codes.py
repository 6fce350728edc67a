"""Owns the codes of what measuring finds, and how much each weighs; finds nothing itself.

PS20x running, PS21x what stays and what differs, PS22x the patient's comfort, PS23x flashes,
PS24x picture, PS25x sound; of the declaration PS195, which is only warned of.
A code keeps its meaning; one that is gone is not given away again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from vr_runtime.language import mark

Weight = Literal["error", "warning"]


@dataclass(frozen=True)
class Rule:
    """One thing that measuring may find."""

    weight: Weight
    """An error fails the check; a warning stands between a scenario and gold."""
    what: str
    """In a line, to be translated; it may be shown as help beside a finding."""


def _error(what: str) -> Rule:
    return Rule("error", what)


def _warning(what: str) -> Rule:
    return Rule("warning", what)


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "PS195": _warning(mark("two levels with the same sentence")),
        "PS200": _error(mark("it could not be measured to its end")),
        "PS201": _error(mark("its code fails while it runs")),
        "PS202": _error(mark("its code does not come back in time")),
        "PS203": _warning(mark("many of its ticks take longer than 2 ms")),
        "PS204": _error(mark("it takes too much memory")),
        "PS205": _error(mark("its memory grows as long as it runs")),
        "PS206": _error(mark("it ends the process that runs it")),
        "PS207": _error(mark("it does what a scenario may not do: files, network, processes")),
        "PS208": _error(mark("an event that does not end by itself")),
        "PS209": _error(mark("it leaves things behind")),
        "PS210": _error(mark("it leaves a sound on")),
        "PS211": _error(mark("the same seed does not give the same scene twice")),
        "PS212": _error(mark("more things, sounds, lamps or vehicles than may stand in a world")),
        "PS213": _warning(mark("what was changed is not put back when the scene is left")),
        "PS214": _error(mark("a level that changes nothing")),
        "PS220": _error(mark("a vehicle that is asked to move faster than is comfortable")),
        "PS221": _error(
            mark("a cabin that is asked to tilt, rock or sway more than is comfortable")
        ),
        "PS222": _error(mark("a vehicle without a cabin to be seen, or moved by hand")),
        "PS223": _error(mark("more motion than `comfort` declares")),
        "PS224": _error(mark("a place or ground that glides past a patient who stands")),
        "PS225": _error(mark("a patient who is put elsewhere again and again")),
        "PS230": _error(mark("lights that are asked to flash")),
        "PS231": _error(mark("pictures that flash")),
        "PS232": _error(mark("pictures that flash in a saturated red")),
        "PS233": _error(mark("regular stripes that fill the picture")),
        "PS234": _warning(mark("not all of it could be looked at for flashes")),
        "PS240": _error(mark("two neighbouring levels that look and sound the same")),
        "PS241": _warning(mark("an event that is neither seen nor heard")),
        "PS242": _warning(mark("pictures that cost too much to draw")),
        "PS250": _warning(mark("beds of sound that are asked to be louder than they may be")),
        "PS251": _error(mark("sounds of an event that are asked to be louder than they may be")),
        "PS252": _error(mark("a sound that begins abruptly")),
        "PS253": _error(mark("sound above the highest peak that is allowed")),
        "PS254": _warning(mark("a bed of sound that begins at its full loudness")),
        "PS255": _error(mark("a volume or speed that no sound can have")),
        "PS256": _error(mark("a sound that is begun again and again")),
        "PS257": _error(mark("a sound that leaps towards the patient")),
        "PS258": _error(mark("a sound whose loudness or speed goes to and fro")),
        "PS259": _warning(mark("sounds that the stage has to hold back for their peaks")),
    }
)
