"""The patient is told, in every view and in either language, as long as someone is watching."""

from __future__ import annotations

import pytest
from test_display_pictures import on_screen, settled
from vr_runtime.display.notice import WATCHED, _written

from vr_runtime.wire.acts import View


@pytest.mark.render
@pytest.mark.parametrize("view", list(View))
def test_the_line_stands_at_the_lower_edge_of_each_view_while_someone_watches(drawn, view):
    without = settled(drawn, view)
    drawn.tell_watched(True)
    assert drawn.state().watched
    drawn.draw(1.0)
    within = on_screen(drawn)
    drawn.tell_watched(False)
    drawn.draw(1.0)
    changed = abs(within - without).max(axis=2) > 0.1
    rows = changed.any(axis=1).nonzero()[0]
    columns = changed.any(axis=0).nonzero()[0]
    height, width = changed.shape
    assert not drawn.state().watched
    line = changed[round(0.91 * height) : round(0.97 * height), width // 3 : 2 * width // 3]
    assert line.mean() > 0.1, "it is there"
    if view is View.SAFE_PLACE:
        return  # Grass and water move: the rest of the picture is another each time.
    assert rows.min() > 0.85 * height, "the middle of the view stays free"
    assert abs(float(columns.min() + columns.max()) - width) < 0.25 * width
    assert abs(on_screen(drawn) - without).max() < 0.05, "it is gone in the next picture"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_letter_of_it_can_be_written(language):
    text = WATCHED.get(language)
    assert text.isascii()
    assert _written(text).getbbox() is not None
