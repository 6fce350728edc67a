"""Owns the sentence on what this software is for; knows nothing of where it is shown."""

from __future__ import annotations

from controller.language import mark

PURPOSE = mark(
    "Palier is open software for research, teaching and rehearsal of exposure sessions. "
    "It has not been assessed as a medical device. Whoever uses it with patients does so under "
    "their own professional responsibility and local rules."
)
"""Shown word for word wherever purpose is stated; translate it with `_` where it is shown."""
