"""What of its own a scenario may use, what is refused, and in which words."""

from __future__ import annotations

import os
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from owning import block, equirect, even, glb, own_in, wav

from scenarios.api import ScenarioError
from vr_runtime.engine.ports import DT
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.own import MOST_BYTES, Fault, OwnFiles, Refused
from vr_runtime.stage.viewer import HALF_S


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return own_in(
        tmp_path / "quay",
        {
            "own/harbour.png": equirect(),
            "own/quay.png": even((90, 90, 90)),
            "own/sounds/bell.wav": wav(np.zeros(4800)),
            "own/chair.glb": glb(*block()),
        },
    )


@pytest.fixture
def stage(folder: Path) -> NullStage:
    stage = NullStage(shipped())
    stage.own_in(folder)
    return stage


def refused(folder: Path, word: str, name: object) -> Refused:
    with pytest.raises(Refused) as caught:
        OwnFiles(folder).find(word, name)  # type: ignore[arg-type]
    return caught.value


def test_own_files_are_found_by_their_path_in_the_folder(folder):
    file = OwnFiles(folder).find("sound", "own/sounds/bell.wav")
    assert file.path == (folder / "own/sounds/bell.wav").resolve()
    assert file.kind == "sound" and len(file.sha256) == 64


@pytest.mark.parametrize(
    ("word", "name", "fault"),
    [
        ("panorama", "own/../CREDITS.toml", Fault.OUTSIDE),
        ("panorama", "own/../../secret.png", Fault.OUTSIDE),
        ("panorama", "/etc/passwd.png", Fault.OUTSIDE),
        ("panorama", "own//harbour.png", Fault.OUTSIDE),
        ("panorama", "own/./harbour.png", Fault.OUTSIDE),
        ("panorama", "own/.hidden.png", Fault.OUTSIDE),
        ("panorama", "own\\harbour.png", Fault.OUTSIDE),
        ("panorama", "own/c:harbour.png", Fault.OUTSIDE),
        ("panorama", "own/har\nbour.png", Fault.OUTSIDE),
        ("panorama", "own/har\0bour.png", Fault.OUTSIDE),
        ("panorama", "harbour.png", Fault.OUTSIDE),
        ("panorama", "", Fault.OUTSIDE),
        ("panorama", 7, Fault.OUTSIDE),
        ("panorama", "own/habour.png", Fault.MISSING),
        ("panorama", "own/sounds/bell.wav", Fault.KIND),
        ("model", "own/harbour.png", Fault.KIND),
        ("model", "own/chair.bam", Fault.KIND),
        ("model", "own/chair.egg", Fault.KIND),
        ("sound", "own/chair.glb", Fault.KIND),
        ("sound", "own/bell.pickle", Fault.KIND),
    ],
)
def test_any_other_name_is_refused_with_one_sentence(folder, word, name, fault):
    told = refused(folder, word, name)
    assert told.fault is fault
    assert told.hint and "\n" not in told.told.replace(str(name), "")


def test_a_slip_of_the_pen_gets_the_nearest_file(folder):
    assert "own/harbour.png" in refused(folder, "panorama", "own/habour.png").hint


def test_a_name_without_own_is_told_where_to_lay_the_file(folder):
    assert "`own/harbour.png`" in refused(folder, "panorama", "harbour.png").hint


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("inner", ["own/link.png", "own/link/secret.png"])
def test_a_link_out_of_the_folder_leads_nowhere(folder, tmp_path, inner):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.png").write_bytes(even((1, 2, 3)))
    link = folder / "own/link.png" if inner.endswith("link.png") else folder / "own/link"
    link.symlink_to(outside / "secret.png" if inner.endswith("link.png") else outside)
    assert refused(folder, "panorama", inner).fault is Fault.OUTSIDE


@pytest.mark.skipif(os.name == "nt", reason="there are none")
def test_what_is_no_ordinary_file_is_missing(folder):
    os.mkfifo(folder / "own/pipe.png")
    assert refused(folder, "panorama", "own/pipe.png").fault is Fault.MISSING


def test_a_file_that_is_too_large_is_refused_unread(folder):
    with (folder / "own/vast.png").open("wb") as file:
        file.truncate(MOST_BYTES["picture"] + 1)
    assert refused(folder, "panorama", "own/vast.png").fault is Fault.LARGE


def test_a_file_that_nobody_credits_is_refused(folder):
    (folder / "own/new.png").write_bytes(equirect())
    assert refused(folder, "panorama", "own/new.png").fault is Fault.UNCREDITED


@pytest.mark.parametrize(
    "text", ["[[file]\n", "file = 3\n", '[[file]]\npath = "own/harbour.png"\n', "\xff"]
)
def test_credits_that_cannot_be_read_are_told(folder, text):
    (folder / "CREDITS.toml").write_bytes(text.encode("latin-1"))
    assert refused(folder, "panorama", "own/harbour.png").fault is Fault.CREDITS


def test_a_scenario_of_one_file_has_no_own_files():
    stage = NullStage(shipped())
    with pytest.raises(ScenarioError, match="is a folder"):
        stage.world.panorama("own/harbour.png")


@given(st.text())
def test_no_name_at_all_leads_out_of_the_folder(tmp_path_factory, name):
    base = tmp_path_factory.mktemp("any")
    own = OwnFiles(base / "quay")
    with pytest.raises(Refused):
        own.place("panorama", name)


def test_own_files_are_used_by_the_same_words_as_shipped_ones(stage):
    world = stage.world
    chair = world.model("own/chair.glb", at=(1.0, 2.0, 0.0))
    world.sound("own/sounds/bell.wav", parent=chair, at=(0, 0, 0))
    assert world.panorama("own/harbour.png", heading=30.0).heading == 30.0


def test_a_model_as_large_as_a_place_is_one(stage, folder):
    own_in(folder, {"own/hall.glb": glb(*block(12.0)), "own/chair.glb": glb(*block())})
    stage.own_in(folder)
    assert stage.world.model("own/hall.glb").is_place
    assert not stage.world.model("own/chair.glb").is_place


def test_a_model_that_lies_of_its_size_is_refused_at_once(stage, folder):
    document, data = block()
    document["accessors"][0]["min"] = ["far"]
    own_in(folder, {"own/bad.glb": glb(document, data)})
    stage.own_in(folder)
    with pytest.raises(ScenarioError, match=re.escape("own/bad.glb")):
        stage.world.model("own/bad.glb")


def test_events_make_no_panorama_and_may_switch_one(stage):
    with stage.owner("event:gust:1"), pytest.raises(ScenarioError, match="in `build`"):
        stage.world.panorama("own/harbour.png")


def seen(stage: NullStage) -> None:
    stage.tick(DT)
    stage.inner.standing.seen = True
    stage.tick(DT)


def test_what_changes_of_a_panorama_comes_in_the_dark_and_soon(stage):
    harbour = stage.world.panorama("own/harbour.png")
    quay = stage.world.panorama("own/quay.png")
    quay.visible = False
    chair = stage.world.model("own/chair.glb")
    seen(stage)
    for _tick in range(60):
        stage.tick(DT)
    harbour.visible, quay.visible, chair.visible = False, True, False
    viewer, darkest = stage.inner.standing, 1.0
    for tick in range(30):
        before = (harbour.drawn(1.0).visible, quay.drawn(1.0).visible, chair.drawn(1.0).visible)
        stage.tick(DT)
        darkest = min(darkest, viewer.brightness())
        after = (harbour.drawn(1.0).visible, quay.drawn(1.0).visible, chair.drawn(1.0).visible)
        if after != before:
            assert (before, after) == ((True, False, True), (False, True, False))
            assert viewer.dark and tick * DT <= HALF_S + 2 * DT
            break
    else:
        pytest.fail("it was never switched")
    for _tick in range(10):
        stage.tick(DT)
    assert viewer.brightness() == 1.0


def test_a_panorama_that_flickers_is_switched_once_a_second(stage):
    harbour = stage.world.panorama("own/harbour.png")
    seen(stage)
    switched, was = 0, True
    for tick in range(300):
        harbour.visible = tick % 2 == 0
        stage.tick(DT)
        switched += harbour.drawn(1.0).visible is not was
        was = harbour.drawn(1.0).visible
    assert switched <= 10


def test_a_film_goes_on_while_it_is_seen_and_only_then(stage):
    harbour = stage.world.panorama("own/harbour.png")
    for _tick in range(30):
        stage.tick(DT)
    assert harbour.film_s == 0.0
    seen(stage)
    for _tick in range(30):
        stage.tick(DT)
    assert harbour.film_s == pytest.approx(31 * DT, abs=DT)
    stage.inner.standing.seen = False
    before = harbour.film_s
    stage.tick(DT)
    assert harbour.film_s == before
