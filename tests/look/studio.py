"""A small studio without a window, for pictures of materials, models and weather."""

from __future__ import annotations

from importlib import import_module

import numpy as np
from numpy.typing import NDArray
from panda3d.core import (
    Camera,
    FrameBufferProperties,
    GraphicsEngine,
    GraphicsOutput,
    GraphicsPipe,
    GraphicsPipeSelection,
    NodePath,
    PerspectiveLens,
    Shader,
    Texture,
    TransparencyAttrib,
    WindowProperties,
    loadPrcFileData,
)

from vr_runtime.display.eyes import FIELD
from vr_runtime.stage.look.glsl import Grade
from vr_runtime.stage.look.lighting import Lighting, Weather, light
from vr_runtime.stage.look.programs import programs
from vr_runtime.stage.models.catalogue import MODELS
from vr_runtime.stage.models.driven import ready
from vr_runtime.stage.models.mesh import Mesh

WIDTH, HEIGHT = 160, 90
NOTHING = (255, 0, 255)
Picture = NDArray[np.int16]


class Studio:
    """A small picture without a window, drawn in its own grade whatever other displays chose."""

    def __init__(self, grade: Grade | None = None) -> None:
        self.grade = grade or Grade()
        loadPrcFileData("", "gl-version 3 2\naudio-library-name null\nsync-video 0")
        pipe = GraphicsPipeSelection.getGlobalPtr().makeModulePipe("p3headlessgl")
        assert pipe is not None, "install libegl1 and libgl1"
        self.engine = GraphicsEngine(pipe)
        form = FrameBufferProperties()
        form.setRgbaBits(8, 8, 8, 8)
        form.setDepthBits(24)
        size = WindowProperties.size(WIDTH, HEIGHT)
        self.output = self.engine.makeOutput(
            pipe, "studio", 0, form, size, GraphicsPipe.BFRefuseWindow
        )
        self.texture = Texture()
        self.output.addRenderTexture(self.texture, GraphicsOutput.RTMCopyRam)
        self.output.setClearColor((1, 0, 1, 1))
        lens = PerspectiveLens()
        lens.setAspectRatio(WIDTH / HEIGHT)
        lens.setMinFov(FIELD)
        lens.setNearFar(0.1, 6000)
        self.camera = NodePath(Camera("eye", lens))
        self.region = self.output.makeDisplayRegion()
        self.region.setCamera(self.camera)
        self.root = NodePath("root")

    def begin(self, weather: Weather | None = None) -> Lighting:
        programs().choose(self.grade)
        self.root = NodePath("root")
        self.camera.reparentTo(self.root)
        return light(self.root) if weather is None else light(self.root, weather)

    def add(self, name: str) -> NodePath:
        node = ready(import_module(MODELS[name].module).build(), name)
        node.reparentTo(self.root)
        return node

    def look(self, at: tuple[float, float, float], heading: float, pitch: float) -> Picture:
        self.camera.setPos(*at)
        self.camera.setHpr(heading, pitch, 0)
        for _ in range(2):
            self.engine.renderFrame()
        data = bytes(self.texture.getRamImageAs("RGB").getData())
        rows = np.frombuffer(data, dtype=np.uint8).reshape(HEIGHT, WIDTH, 3)
        return rows[::-1].astype(np.int16)


_ID_VERTEX = """#version 150
uniform mat4 p3d_ModelViewProjectionMatrix;
in vec4 p3d_Vertex;
void main() { gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex; }
"""
_ID = """#version 150
uniform float number;
out vec4 shown;
void main() { shown = vec4(number / 255.0, 0.0, 0.0, 1.0); }
"""


def number_parts(root: NodePath, parts: tuple[str, ...]) -> None:
    """Draw what lies below `root` as numbers in red: 1, 2 … for `parts`, 200 for all else."""
    root.setShader(Shader.make(Shader.SL_GLSL, _ID_VERTEX, _ID), 100)
    root.setTransparency(TransparencyAttrib.MNone, 100)
    root.setShaderInput("number", 200.0)
    for number, part in enumerate(parts, start=1):
        root.find(f"**/{part}").setShaderInput("number", float(number), 100)


def box() -> NodePath:
    mesh = Mesh()
    mesh.box((-1, 2, -1), (1, 4, 1), bottom=True)
    return mesh.nodes("box", "plain", moving=True)


def share_that_changed(one: Picture, other: Picture, by: int = 10) -> float:
    return float((np.abs(one - other).max(axis=2) > by).mean())
