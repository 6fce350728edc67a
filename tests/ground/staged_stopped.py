"""A staged session after its last trial."""

from __future__ import annotations

from dataclasses import replace

from staged import StagedLead, in_exposure

from vr_runtime.wire.acts import Phase


def stopped() -> StagedLead:
    """A session whose last trial is closed."""
    lead = in_exposure()
    lead._leave(Phase.STOPPED, "stop")
    lead.trials = tuple(replace(t, closed_s=t.closed_s or lead.at_s) for t in lead.trials)
    return lead
