"""Owns what a clinic sets once for all its sessions, as a session uses it; knows no session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from controller.clinic_files.telling import NotUsable
from controller.language import _
from controller.protocol.model import Protocol, Screening
from controller.protocol.reading import Written, read, shipped
from controller.session.documents import ProtocolApplied, Scale
from controller.session.keeping import ProtocolSet
from controller.session.prompts import PromptRules


class ProtocolUnusable(Exception):
    """The protocol in the record cannot be used by this version; the text says what to do."""


@dataclass(frozen=True)
class Clinic:
    """A clinic's own settings."""

    grace_s: float = 5.0
    """Seconds a lost console is waited for in hold before the safe place, 0 to 30."""
    limit_s: float = 45 * 60.0
    """Length of a session that the console counts down from."""
    lock_after_s: float = 600.0
    """Seconds without a key, outside a session, before a console locks by itself."""
    prompts: PromptRules = field(default_factory=PromptRules)
    scale: Scale = "0-100"
    """Offered first for a new patient."""
    tension: tuple[float, float, int] = (15.0, 30.0, 5)
    """Applied tension as it is practised: seconds tense, seconds let go, how often."""
    countdown_s: int = 3
    """Seconds counted down in the neutral room before a trial is shown; 0 for none."""
    patient_language: Literal["fr", "en"] | None = None
    """In which patients read; None for the language of the patient's side."""
    applied: ProtocolApplied | None = None
    """Which protocol says so; None where none was read."""
    screening: Screening | None = None
    """What is asked of a patient before a session; None where no protocol was read, and neither
    consent nor preflight is asked for."""
    protocol: Protocol = field(default_factory=lambda: shipped().protocol)
    """The whole of it, for what people read and answer; the one that ships where none was read."""

    @property
    def unreviewed(self) -> bool:
        """Whether it is led by a protocol that no clinician has reviewed."""
        return self.applied is not None and self.applied.reviewed is None


def clinic_by(written: Written) -> Clinic:
    """The settings that a protocol makes."""
    by = written.protocol
    limit_s = float(by.session.limit_min) * 60
    # Without an interval nothing falls due by time, and no time between ratings is too long.
    every_s = float(by.prompts.every_s) if by.prompts.mode == "interval" else 0.0
    return Clinic(
        grace_s=float(by.grace.seconds),
        limit_s=limit_s,
        prompts=PromptRules(every_s, float(by.prompts.window_s), by.prompts.mode),
        scale=by.prompts.scale,
        tension=(
            float(by.applied_tension.tense.longest_s),
            float(by.applied_tension.release.longest_s),
            int(by.applied_tension.times),
        ),
        countdown_s=by.session.countdown_s,
        screening=by.screening,
        protocol=by,
        applied=ProtocolApplied(
            id=by.id,
            version=by.version,
            sha256=written.sha256,
            reviewed=by.reviewed,
            limit_s=limit_s,
            peak_floor=float(by.figures.peak_floor),
            longest_between=float(by.figures.longest_between),
        ),
    )


def in_force(said: ProtocolSet | None) -> Written:
    """The protocol that was set last, or the one that ships where none was.

    Raises:
        ProtocolUnusable: this version cannot use what was set.
    """
    if said is None:
        return shipped()
    try:
        return read(said.text)
    except NotUsable as error:
        text = _(
            "This version of Palier cannot use the clinic's protocol {name} {version} ({why}); "
            "take a mended file into the record by `palier protocol --use FILE`."
        )
        told = text.format(name=said.id, version=said.version, why=error)
        raise ProtocolUnusable(told) from None
