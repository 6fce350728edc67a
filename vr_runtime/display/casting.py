"""Owns the buffer in which the sun sees what moves; knows neither scenario nor materials."""

from __future__ import annotations

from panda3d.core import GraphicsOutput, NodePath

from vr_runtime.display.graphics import Output
from vr_runtime.stage.look.casting import Sun, shadow_picture, uncast
from vr_runtime.stage.viewer import Footing


class Casting:
    """Shadows of what moves in one scene, drawn before each of its pictures, or not at all."""

    def __init__(self, output: Output, scene: NodePath) -> None:
        self._output = output
        self._scene = scene
        self._buffer: GraphicsOutput | None = None
        self._sun: Sun | None = None
        self._side = 0

    def draw_with(self, side: int) -> None:
        """From the next picture on with so many pixels along its side; 0 draws none."""
        if side == self._side:
            return
        self.forget()
        self._side = side
        if side == 0:
            return
        picture = shadow_picture(side)
        self._buffer = self._output.depth_buffer("sun", side, picture)
        self._sun = Sun(self._scene, picture)
        region = self._buffer.makeDisplayRegion()
        region.setCamera(self._sun.camera)
        self._output.draw_with_main(self._buffer)

    def renew(self, footing: Footing, *, wanted: bool) -> None:
        """Before a picture: what moves around the patient's feet, if anything does."""
        if self._buffer is None or self._sun is None:
            return
        self._buffer.setActive(wanted)
        self._sun.on(wanted)
        if wanted:
            self._sun.look(footing.at)

    def forget(self) -> None:
        """Give the buffer back."""
        if self._buffer is not None:
            self._output.remove(self._buffer)
        if self._sun is not None:
            self._sun.camera.removeNode()
            uncast(self._scene)
        self._buffer = self._sun = None
        self._side = 0
