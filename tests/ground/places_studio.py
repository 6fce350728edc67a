"""A picture of shipped models without a window, for tests and for sheets to be judged by eye."""

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
    Texture,
    WindowProperties,
    loadPrcFileData,
)

from vr_runtime.display.eyes import FIELD
from vr_runtime.stage.look.lighting import light
from vr_runtime.stage.models.catalogue import MODELS
from vr_runtime.stage.models.driven import ready

NOTHING = (255, 0, 255)
"""What is seen where nothing is drawn."""
Picture = NDArray[np.int16]


class PlacesStudio:
    """A root under the sky of a clear day, and an eye."""

    def __init__(self, size: tuple[int, int]) -> None:
        loadPrcFileData("", "gl-version 3 2\naudio-library-name null\nsync-video 0")
        pipe = GraphicsPipeSelection.getGlobalPtr().makeModulePipe("p3headlessgl")
        assert pipe is not None, "install libegl1 and libgl1"
        self.size = size
        self.engine = GraphicsEngine(pipe)
        form = FrameBufferProperties()
        form.setRgbaBits(8, 8, 8, 8)
        form.setDepthBits(24)
        window = WindowProperties.size(*size)
        self.output = self.engine.makeOutput(
            pipe, "studio", 0, form, window, GraphicsPipe.BFRefuseWindow
        )
        self.texture = Texture()
        self.output.addRenderTexture(self.texture, GraphicsOutput.RTMCopyRam)
        self.output.setClearColor((1, 0, 1, 1))
        lens = PerspectiveLens()
        lens.setAspectRatio(size[0] / size[1])
        lens.setMinFov(FIELD)
        lens.setNearFar(0.1, 9000)
        self.camera = NodePath(Camera("eye", lens))
        self.output.makeDisplayRegion().setCamera(self.camera)
        self.root = NodePath("root")
        self.camera.reparentTo(self.root)
        self.light = light(self.root)

    def add(self, name: str) -> NodePath:
        """A shipped model, at the origin."""
        node = ready(import_module(MODELS[name].module).build(), name)
        node.reparentTo(self.root)
        return node

    def look(self, at: tuple[float, float, float], heading: float, pitch: float) -> Picture:
        """What is seen from `at`, rows from above, (height, width, 3), 0 to 255."""
        self.camera.setPosHpr(*at, heading, pitch, 0)
        for _ in range(2):
            self.engine.renderFrame()
        data = bytes(self.texture.getRamImageAs("RGB").getData())
        rows = np.frombuffer(data, dtype=np.uint8).reshape(self.size[1], self.size[0], 3)
        return rows[::-1].astype(np.int16)

    def close(self) -> None:
        """Give the buffer back."""
        self.engine.removeAllWindows()
