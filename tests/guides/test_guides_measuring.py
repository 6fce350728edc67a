"""The guide's tables of codes and grades are those of the check."""

from __future__ import annotations

import pytest
from guide_pages import guide

from vr_runtime import language
from vr_runtime.measuring.tables import codes, grades


@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_the_guide_shows_the_codes_and_grades_that_there_are(spoken, monkeypatch):
    before = language.language()
    language.use(spoken)
    try:
        page = guide("scenarios", spoken)
        assert codes() in page
        assert grades() in page
    finally:
        language.use(before)
