"""Owns the table of ratings as a file for other programs; knows neither page nor chart."""

from __future__ import annotations

import csv
from io import StringIO

from controller.session.history import SessionHistory

COLUMNS = ("tick", "seconds", "kind", "suds", "level")


def ratings_csv(history: SessionHistory) -> str:
    """All ratings as CSV: comma, one header line, lines ending in a newline, for UTF-8.

    `tick` is the runtime's (1/30 s), `seconds` counts from the opening of the session, `kind` is
    the kind of rating, `suds` is 0 to 100 after corrections and empty where there was no answer,
    `level` is the applied level, 0 to 10.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for rating in history.ratings:
        writer.writerow(
            (rating.tick, f"{rating.at_s:.3f}", rating.kind, rating.suds, f"{rating.level:g}")
        )
    return out.getvalue()
