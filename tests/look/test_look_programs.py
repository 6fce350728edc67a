"""The shader family: every program of it is made by every driver setting, and there is no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from studio import Studio

import vr_runtime
from vr_runtime.stage.look import glsl
from vr_runtime.stage.look.glsl import Grade
from vr_runtime.stage.look.lighting import FAIR, Hour
from vr_runtime.stage.look.materials import Kind
from vr_runtime.stage.look.programs import Programs
from vr_runtime.stage.panda.boxes import box

OTHERS = re.compile(r"setShaderAuto|set_shader_auto|SL_Cg|ShaderGenerator|simplepbr|complexpbr")
GRADES = [
    Grade(film=film, cast=cast, soft=soft)
    for film in (False, True)
    for cast in (False, True)
    for soft in (False, True)
]


def test_no_shader_is_generated_written_in_cg_or_taken_from_elsewhere() -> None:
    root = Path(vr_runtime.__file__).parent
    found = [path.name for path in root.rglob("*.py") if OTHERS.search(path.read_text("utf-8"))]
    assert found == []


def test_every_program_says_its_version_first_and_reads_no_fixed_function() -> None:
    made = Programs()
    for kind in (*get_args(Kind), "sky", "rain"):
        program = made.of(kind) if kind in get_args(Kind) else made.named(kind)
        assert program is made.named(kind) if kind in ("sky", "rain") else made.of(kind)
    for texts in (glsl.surface(Grade(), "LAYERED"), glsl.glass(Grade()), glsl.depth("skinned")):
        for text in texts:
            assert text.startswith("#version 150\n")
            assert "gl_ModelView" not in text and "texture2D" not in text


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    opened = Studio()
    yield opened
    opened.engine.removeAllWindows()


@pytest.mark.render
@pytest.mark.parametrize("grade", GRADES, ids=str)
def test_the_driver_takes_every_program(studio: Studio, grade: Grade) -> None:
    made = Programs()
    made.choose(grade)
    prepared = studio.output.getGsg().getPreparedObjects()
    studio.begin()
    studio.look((0, 0, 1), 0, 0)
    for kind in (*get_args(Kind), "sky", "rain"):
        program = made.of(kind) if kind in get_args(Kind) else made.named(kind)
        program.prepareNow(prepared, studio.output.getGsg())
        assert not program.getErrorFlag(), kind


@pytest.mark.render
def test_the_cheap_tones_come_close_to_the_film() -> None:
    from vr_runtime.stage.look.dress import dress
    from vr_runtime.stage.look.programs import programs

    before, means = programs().grade, []
    try:
        for film in (True, False):
            studio = Studio(Grade(film=film))
            weather = studio.begin()
            ground = studio.root.attachNewNode(box((60.0, 60.0, 0.2)))
            ground.setZ(-0.2)
            dress(ground, "paving")
            shown = []
            for hour in (FAIR, Hour(daylight=0.25), Hour(daylight=0.0)):
                weather.turn(hour)
                shown.append(studio.look((0, 0, 1.6), 0, 0).mean())
            means.append(shown)
            studio.engine.removeAllWindows()
    finally:
        programs().choose(before)
    for film, cheap in zip(*means, strict=True):
        assert cheap == pytest.approx(film, abs=12)
