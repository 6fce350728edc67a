"""Where a patient went by own act is told in the scenario's own words, beside what is open."""

from __future__ import annotations

import pytest
from recording import Recording

from controller.session.retelling import retell
from controller.session.walks import walked_to
from controller.ui.widgets.scene_panels import _reading
from scenarios.builtin.heights_balcony.scenario import Balcony
from scenarios.builtin.heights_bridge import Bridge
from vr_runtime.wire import acts
from vr_runtime.wire.state import ValueState

MANIFEST = Bridge.manifest()


@pytest.mark.parametrize(
    ("language", "told"),
    [("fr", "place sur le pont : 4,0 m"), ("en", "place along the bridge: 4.0 m")],
)
def test_a_mark_is_told_by_the_place_and_its_unit(language, told):
    assert MANIFEST.walk is not None
    assert walked_to(MANIFEST, MANIFEST.walk.marks.index(4.0), language) == told


@pytest.mark.parametrize("mark", [12, 31])
def test_a_mark_that_is_not_declared_is_not_told(mark):
    assert walked_to(MANIFEST, mark, "en") is None
    assert walked_to(Balcony.manifest(), 0, "en") is None


def test_the_console_shows_where_the_patient_stands_before_how_far_it_is_open():
    spec = MANIFEST.value("reach")
    assert spec is not None
    value = ValueState(name="reach", applied=12.0, target=12.0, apart=False, walked=8.0)
    assert _reading(spec, value) == "8.0/12.0 m"
    assert _reading(spec, value.model_copy(update={"walked": None})) == "12.0 m"


def test_a_session_that_is_told_again_says_where_the_patient_went_by_own_act():
    r = Recording()
    opening = r.entries.pop()
    data = opening.data.model_copy(update={"scenario": MANIFEST})
    r.entries.append(opening.model_copy(update={"data": data}))
    r.at(1, 0).begin(3)
    r.at(2, 0).act(acts.PatientWalked(mark=2), "patient")
    r.close()
    told = retell(r.entries)
    assert [text for _at_s, text in told.marks] == ["place along the bridge: 4.0 m"]
