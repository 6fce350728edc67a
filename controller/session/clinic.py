"""Owns what a clinic sets once for all its sessions; knows no session."""

from __future__ import annotations

from dataclasses import dataclass, field

from controller.session.prompts import PromptRules


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
