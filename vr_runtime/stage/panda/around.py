"""Owns how a picture all around becomes something to draw: read, cut into tiles, hung up.

Knows neither scene nor patient. A picture is read and cut by a thread beside the pictures, with all
its smaller sizes. It comes as tiles because one texture of its size would make a picture late.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from panda3d.core import (
    CullBinManager,
    Geom,
    GeomNode,
    LVecBase4f,
    NodePath,
    OmniBoundingVolume,
    SamplerState,
    Texture,
)
from PIL import Image

from scenarios.api.stage import Vec
from vr_runtime.stage.look.curved import curved
from vr_runtime.stage.look.lighting import SKY_BIN
from vr_runtime.stage.look.programs import programs
from vr_runtime.stage.own import OwnFile
from vr_runtime.stage.panda.equirect import decoded

COLUMNS, ROWS = 8, 4
"""Tiles from left to right, and from the top down."""
STEPS = 12
"""Faces along the side of a tile."""
EDGE = 8
"""Points of its neighbours around each tile, so that no line shows between them."""
SIZES = 4
"""The whole tile, and three smaller sizes: as far as its edge goes."""


@dataclass(frozen=True)
class Tile:
    """One part of a picture, with what its program is told."""

    texture: Texture
    part: LVecBase4f


def tiles(
    file: OwnFile, data: bytes, widest: int, anisotropy: int, goes_on: Callable[[], bool]
) -> list[Tile]:
    """The picture as tiles, at most `widest` points across; takes a second or two.

    Raises:
        Refused: it is damaged, too large, or does not show all around.
        InterruptedError: `goes_on` says that nobody waits for it any more.
    """
    whole = decoded(file, data, widest)
    made = []
    for column, row in _places():
        if not goes_on():
            raise InterruptedError
        made.append(_tile(whole, column, row, anisotropy))
    return made


def _places() -> Iterator[tuple[int, int]]:
    return ((column, row) for row in range(ROWS) for column in range(COLUMNS))


def _tile(whole: Image.Image, column: int, row: int, anisotropy: int) -> Tile:
    wide, high = whole.width // COLUMNS, whole.height // ROWS
    pixels = _cut(whole, column * wide - EDGE, row * high - EDGE, wide + 2 * EDGE, high + 2 * EDGE)
    texture = Texture("panorama")
    texture.setup2dTexture(pixels.shape[1], pixels.shape[0], Texture.TUnsignedByte, Texture.FRgb)
    # As Panda3D stores it: from the bottom row up, blue first.
    size = np.ascontiguousarray(pixels[::-1, :, ::-1])
    texture.setRamImage(size)
    for number in range(1, SIZES):
        size = _half(size)
        memoryview(texture.makeRamMipmapImage(number)).cast("B")[:] = size.tobytes()
    read = SamplerState()
    read.setMinfilter(SamplerState.FTLinearMipmapLinear)
    read.setMagfilter(SamplerState.FTLinear)
    read.setMaxLod(SIZES - 1)
    read.setWrapU(SamplerState.WMClamp)
    read.setWrapV(SamplerState.WMClamp)
    read.setAnisotropicDegree(anisotropy)
    texture.setDefaultSampler(read)
    part = LVecBase4f(
        (column + 0.5) / COLUMNS - 0.5,
        0.5 - (row + 0.5) / ROWS,
        COLUMNS * wide / (wide + 2 * EDGE),
        ROWS * high / (high + 2 * EDGE),
    )
    return Tile(texture, part)


def _cut(whole: Image.Image, left: int, top: int, wide: int, high: int) -> NDArray[np.uint8]:
    """A part of the picture; what lies beside it left or right is its other side."""
    first, last = max(0, top), min(whole.height, top + high)
    pieces = []
    at = left
    while at < left + wide:
        within = at % whole.width
        until = min(whole.width, within + left + wide - at)
        pieces.append(np.asarray(whole.crop((within, first, until, last)), dtype=np.uint8))
        at += until - within
    rows = np.concatenate(pieces, axis=1)
    # Above the top row there is nothing but more of it: all of it is one direction.
    return np.pad(rows, ((first - top, top + high - last), (0, 0), (0, 0)), mode="edge")


def _half(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    wide = pixels.astype(np.uint16)
    rows = wide[0::2] + wide[1::2]
    return np.ascontiguousarray(((rows[:, 0::2] + rows[:, 1::2] + 2) >> 2).astype(np.uint8))


def hung(made: list[Tile]) -> NodePath:
    """A node with all tiles of a picture around it."""
    root = _around("panorama")
    for (column, row), tile in zip(_places(), made, strict=True):
        node = root.attachNewNode(_face(column, row))
        node.setShaderInput("tile", tile.texture)
        node.setShaderInput("part", tile.part)
    return root


def screened(film: Texture) -> NodePath:
    """A node with a film all around it."""
    root = _around("film around")
    for column, row in _places():
        root.attachNewNode(_face(column, row))
    root.setShaderInput("film", film)
    return root


def _around(program: str) -> NodePath:
    bins = CullBinManager.getGlobalPtr()
    if bins.findBin(SKY_BIN) < 0:
        bins.addBin(SKY_BIN, CullBinManager.BT_fixed, 25)
    root = NodePath(program)
    root.setShader(programs().named(program))
    # Before the dome of the sky, which is then hidden and not shaded.
    root.setBin(SKY_BIN, -1)
    root.setTwoSided(True)
    root.node().setBounds(OmniBoundingVolume())
    root.node().setFinal(True)
    return root


@cache
def _geometry(column: int, row: int) -> Geom:
    """Directions over one tile, as corners on a ball; every picture shares them."""

    def point(down: float, along: float) -> Vec:
        up = math.pi * (0.5 - (row + down) / ROWS)
        right = 2.0 * math.pi * ((column + along) / COLUMNS - 0.5)
        return math.cos(up) * math.sin(right), math.cos(up) * math.cos(right), math.sin(up)

    return curved("tile", STEPS, STEPS, point)


def _face(column: int, row: int) -> GeomNode:
    node = GeomNode("tile")
    node.addGeom(_geometry(column, row))
    return node


def swatches() -> NodePath:
    """A face with each program: a driver makes them at the start, not in a scene."""
    root = NodePath("around")
    black = Texture("black")
    black.setup2dTexture(1, 1, Texture.TUnsignedByte, Texture.FRgb)
    black.setRamImage(bytes(3))
    for program, name in (("panorama", "tile"), ("film around", "film")):
        around = _around(program)
        around.attachNewNode(_face(0, 0))
        around.setShaderInput(name, black)
        around.setShaderInput("part", LVecBase4f(0, 0, 1, 1))
        around.reparentTo(root)
    return root
