"""The packs that a staged lead has, and which of them somebody approved."""

from __future__ import annotations

from dataclasses import dataclass, field

from controller.session.now import Outcome
from vr_runtime.wire.packs import PackNote


def lift_pack() -> PackNote:
    """A pack that the staged lift comes from."""
    return PackNote.model_validate(
        {
            "name": "lifts",
            "version": "1.2.0",
            "sha256": "0123456789abcdef" * 4,
            "title": {"fr": "Ascenseurs", "en": "Lifts"},
            "author": "Studio Vertige",
            "licence": "CC-BY-4.0",
            "files": 12,
            "size": 34_500_000,
            "scenarios": ("builtin.lift",),
            "signed_by": "fedcba9876543210" * 2,
        }
    )


@dataclass
class StagedPacks:
    """What there is and what was approved; `acts` remembers what was asked."""

    installed: tuple[PackNote, ...] = ()
    refuse: str = ""
    """When set, approving is refused with this sentence."""
    held: set[str] = field(default_factory=set)
    acts: list[str] = field(default_factory=list)

    def of(self, scenario_id: str) -> PackNote | None:
        return next((p for p in self.installed if scenario_id in p.scenarios), None)

    def is_approved(self, note: PackNote) -> bool:
        return note.sha256 in self.held

    async def approve(self, sha256: str) -> Outcome:
        self.acts.append(sha256)
        if self.refuse:
            return Outcome(False, self.refuse, "refused")
        self.held.add(sha256)
        return Outcome(True, "Approved.")
