"""Makes several sessions of one patient out of one, each on a day of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from recording import quarter_of_an_hour

from controller.session.history import SessionHistory
from controller.session.retelling import retell


def session(
    day: int,
    *,
    easier: int = 0,
    version: str = "1.2.0",
    set_apart: tuple[tuple[float, str], ...] = (),
    **header: Any,
) -> SessionHistory:
    """The quarter of an hour on a day in March, every rating `easier` points lower."""
    told = retell(quarter_of_an_hour().entries)
    scenario = told.header.scenario.model_copy(update={"version": version})
    return replace(
        told,
        ratings=tuple(
            replace(r, suds=None if r.suds is None else max(r.suds - easier, 0))
            for r in told.ratings
        ),
        set_apart=set_apart,
        header=replace(
            told.header,
            scenario=scenario,
            session=f"s-2026-03{day:02d}",
            opened=f"2026-03-{day:02d}T13:30:12.000000+00:00",
            closed=f"2026-03-{day:02d}T13:45:12.000000+00:00",
            **header,
        ),
    )
