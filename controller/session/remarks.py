"""Owns the remarks that are ready to be chosen, and the safety behaviours that are usually looked
for; a clinic's own protocol takes their place. It judges none of them.

The behaviours are those that manuals of exposure name first (`clinical.md` 2.2: gripping, closed
eyes or a turned gaze, reassurance, counting); not reviewed by a clinician.
"""

from __future__ import annotations

from controller.language import _, language, mark, said_in
from controller.protocol.model import Protocol
from scenarios.api.manifest import Words

REMARKS: tuple[str, ...] = (
    mark("looks away"),
    mark("closes the eyes"),
    mark("speaks freely"),
    mark("holds on to something"),
    mark("breathes calmly"),
    mark("tears"),
    mark("looks closely"),
)


def remarks(of: Protocol) -> tuple[str, ...]:
    """Those of this protocol, else the usual ones, in the language that is spoken."""
    own = tuple(one.of(language()) for one in of.bedside.remarks)
    return own or tuple(_(one) for one in REMARKS)


BEHAVIOURS: tuple[str, ...] = (
    mark("grips something"),
    mark("shuts the eyes"),
    mark("turns the gaze away"),
    mark("asks for reassurance"),
    mark("counts to be distracted"),
    mark("keeps water or phone"),
)


def behaviours(of: Protocol) -> tuple[str, ...]:
    """Safety behaviours of this protocol, else the usual ones, in the language that is spoken."""
    return tuple(one.get(language()) for one in behaviours_in_each(of))


def behaviours_in_each(of: Protocol) -> tuple[Words, ...]:
    """The same, each in both languages: what is noted in one is shown in the other too."""
    own = tuple(Words(fr=one.of("fr"), en=one.of("en")) for one in of.bedside.safety_behaviours)
    return own or tuple(Words(fr=said_in("fr", one), en=one) for one in BEHAVIOURS)
