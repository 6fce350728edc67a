"""A fault inside the console tells places in the code, never what was at hand."""

from __future__ import annotations

import pytest
from consoles import console
from staged import StagedLead, in_exposure

from controller.session.now import Outcome
from scenarios.api.manifest import Manifest

PATIENT, NOTE = "Kestrel-9041", "mentions the drowned sister"


def told(text: str) -> list[str]:
    """What of it is personal."""
    return [word for word in (PATIENT, "Kestrel", NOTE, "drowned") if word in text]


async def test_a_fault_inside_the_console_prints_no_value_that_was_at_hand() -> None:
    class Broken(StagedLead):
        broken = False

        def manifests(self) -> tuple[Manifest, ...]:
            note = NOTE
            if self.broken:
                raise ValueError(f"cannot show {note} of {PATIENT}")
            return super().manifests()

    lead, printed = Broken(), list[str]()
    with pytest.raises(ValueError):
        async with console(lead) as hands:
            lead.broken = True
            await hands.ended()
            for segments in hands.app._exit_renderables:
                printed += [segment.text for segment in segments.segments]
    text = "".join(printed)
    assert "ValueError" in text and "controller/ui/screens/start.py" in text
    assert told(text) == []


async def test_an_act_that_fails_is_told_by_its_kind_alone() -> None:
    class Failing(StagedLead):
        async def note(self, text: str) -> Outcome:
            raise RuntimeError(f"cannot write {text}")

    lead = in_exposure()
    lead.note = Failing().note  # type: ignore[method-assign]
    async with console(lead) as hands:
        await hands.press("n", *NOTE, "enter")
        assert "RuntimeError" in hands.text()
        assert NOTE not in hands.within("#message")
