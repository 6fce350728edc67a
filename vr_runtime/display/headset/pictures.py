"""Owns the pictures of both eyes as they are drawn, before they go to the headset; knows no driver.

It stands where a window has its `Fineness`: as many points as the quality says, and the left eye's
picture for whoever looks on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from panda3d.core import (
    Camera,
    Geom,
    GeomNode,
    GeomTriangles,
    GeomVertexData,
    GeomVertexFormat,
    GeomVertexWriter,
    GraphicsOutput,
    NodePath,
    Texture,
)

from vr_runtime.display.eyes import NEAR_M
from vr_runtime.display.fineness import LOWERED
from vr_runtime.display.graphics import SAMPLES, Output
from vr_runtime.display.headset.eyes import HeadEyes, smooth_texture
from vr_runtime.display.headset.port import Triangles
from vr_runtime.wire.acts import Quality

Sizes = tuple[tuple[int, int], tuple[int, int]]


class EyePictures:
    """Two pictures that are drawn in each round, and the window that shows the left one."""

    def __init__(self, output: Output, eyes: HeadEyes, sizes: Sizes) -> None:
        """Draw the eyes with these widths and heights in pixels."""
        self._output = output
        self._eyes = eyes
        self._sizes = sizes
        self._hidden: Sequence[Triangles | None] = (None, None)
        self._quality: Quality = "full"
        self._scale = 1.0
        self.textures: list[Texture] = []
        self._buffers: list[GraphicsOutput] = []
        self._renewals: list[Callable[[], None]] = []
        self._window = eyes.lay_into(output.main)
        self._make()

    @property
    def quality(self) -> Quality:
        """As the next picture will be drawn."""
        return self._quality

    def fit(self, sizes: Sizes, hidden: Sequence[Triangles | None]) -> None:
        """The headset wants these sizes, and never shows these parts of them."""
        self._hidden = hidden
        self._sizes = sizes
        self.forget()
        self._make()

    def draw_with(self, quality: Quality) -> None:
        """From the next picture on; the same again does nothing."""
        if quality == self._quality:
            return
        self._quality = quality
        self.forget()
        self._make()

    def draw_at(self, scale: float) -> None:
        """Also when not lowered, draw this part of width and height, 0 to 1."""
        if scale == self._scale:
            return
        self._scale = scale
        self.forget()
        self._make()

    def renew(self) -> None:
        """Before a picture."""
        for renewal in self._renewals:
            renewal()
        self._window()

    @property
    def sizes(self) -> Sizes:
        """Width and height of each eye's picture as it is drawn now."""
        part = self._scale * (1.0 if self._quality == "full" else LOWERED)
        (a, b), (c, d) = self._sizes
        return (_of(a, part), _of(b, part)), (_of(c, part), _of(d, part))

    def finished(self) -> Texture:
        """The left eye's whole picture: the window shows its middle alone."""
        return self.textures[0]

    def number(self, eye: int) -> int:
        """The name by which OpenGL knows the picture of this eye."""
        return self._output.number(self.textures[eye])

    def forget(self) -> None:
        """Give both pictures back."""
        for buffer in self._buffers:
            self._output.remove(buffer)
        self._buffers, self._renewals = [], []

    def _make(self) -> None:
        # A processor has no time for more than one sample of each point.
        samples = 1 if self._output.software else SAMPLES
        self.textures = [smooth_texture("left eye"), smooth_texture("right eye")]
        for eye, (texture, size) in enumerate(zip(self.textures, self.sizes, strict=True)):
            buffer = self._output.buffer(
                f"eye {eye}", size, texture, in_memory=False, samples=samples
            )
            hidden = self._hidden[eye]
            if hidden is not None:
                _cover(buffer, hidden, self._eyes, eye)
            self._renewals.append(self._eyes.lay_eye(buffer, eye, clear=hidden is None))
            self._output.draw_with_main(buffer)
            self._buffers.append(buffer)
        self._eyes.shown_from(self.textures[0])


def _of(whole: int, part: float) -> int:
    return max(1, round(whole * part))


def _cover(buffer: GraphicsOutput, hidden: Triangles, eyes: HeadEyes, eye: int) -> None:
    """Lay black before what the glass never shows, so near that nothing is drawn behind it."""
    region = buffer.makeDisplayRegion()
    region.setSort(-10)
    region.setClearDepthActive(True)
    region.setClearColorActive(True)
    region.setClearColor((0.0, 0.0, 0.0, 1.0))
    root = NodePath("hidden part")
    face = root.attachNewNode(_face(hidden))
    face.setColor(0.0, 0.0, 0.0, 1.0)
    face.setTwoSided(True)
    region.setCamera(root.attachNewNode(Camera("hidden part", eyes.eye_lens(eye))))


def _face(hidden: Triangles) -> GeomNode:
    corners, order = hidden
    data = GeomVertexData("hidden part", GeomVertexFormat.getV3(), Geom.UHStatic)
    writer = GeomVertexWriter(data, "vertex")
    away = NEAR_M * 1.02
    for across, above in corners:
        writer.addData3(across * away, away, above * away)
    triangles = GeomTriangles(Geom.UHStatic)
    for first in range(0, len(order) - 2, 3):
        triangles.addVertices(*order[first : first + 3])
    geom = Geom(data)
    geom.addPrimitive(triangles)
    node = GeomNode("hidden part")
    node.addGeom(geom)
    return node
