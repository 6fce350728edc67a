"""Owns what a scene costs: draws, triangles, textures, and the time beside the drawing itself.

Knows neither budgets nor scenarios. App and cull are timed with the drawing left out, in turns
with a bare loop over the same graph, so that a busy machine slows both alike.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from statistics import median

from panda3d.core import (
    BoundingVolume,
    DisplayRegion,
    NodePath,
    PythonCallbackObject,
    RenderState,
    Shader,
    ShaderAttrib,
    ShaderInput,
    Texture,
    TextureAttrib,
)

from vr_runtime.display.graphics import Output
from vr_runtime.stage.panda.warming import BY_NAME

LIGHTMAP = "lightmap"
"""What textures of baked light, or their stages, have in their names."""
FULL_LIGHTMAP = 2048 * 2048
HEADINGS, PITCHES = range(0, 360, 45), (0.0, -35.0)


@dataclass(frozen=True)
class Cost:
    """What one scene costs."""

    draws: int
    """Most of all directions; one for each piece of geometry in sight."""
    triangles: int
    triangles_in_all: int
    textures: int
    texture_bytes: int
    """With their smaller sizes, as they lie on the card."""
    lightmaps: float
    """How many pictures of 2048 by 2048 all baked light would fill."""
    lightmap_side: int
    """Of the largest picture of it, in pixels."""
    app_and_cull_ms: float
    """Median of our own pictures, drawing left out."""
    bare_ms: float
    """Median of the same graph in a bare loop, drawing left out."""
    times_bare: float
    picture_ms: float
    """Median of whole pictures, until the card has finished them."""
    bare_picture_ms: float

    def document(self) -> dict[str, object]:
        """As it is printed."""
        return asdict(self)


def cost(
    output: Output, scene: NodePath, camera: NodePath, draw: Callable[[], None], pictures: int
) -> Cost:
    """Measure the scene as it stands.

    Args:
        output: what `draw` draws into.
        scene: its root.
        camera: the eyes in it, whose direction is changed and put back.
        draw: one picture of ours, with all that goes with it.
        pictures: how many of each kind are timed.
    """
    draws, triangles = _worst(scene, camera)
    whole = [_triangles(path) for path in _pieces(scene)]
    textures = list(_textures(scene))
    maps = [texture for texture, name in textures if LIGHTMAP in name.lower()]
    ours, bare = _in_turns(output, camera, draw, pictures, drawn=False)
    full, bare_full = _in_turns(output, camera, draw, max(3, pictures // 10), drawn=True)
    return Cost(
        draws=draws,
        triangles=triangles,
        triangles_in_all=sum(whole),
        textures=len(textures),
        texture_bytes=sum(int(texture.estimateTextureMemory()) for texture, _name in textures),
        lightmaps=round(sum(m.getXSize() * m.getYSize() for m in maps) / FULL_LIGHTMAP, 3),
        lightmap_side=max((max(m.getXSize(), m.getYSize()) for m in maps), default=0),
        app_and_cull_ms=round(ours * 1000, 4),
        bare_ms=round(bare * 1000, 4),
        times_bare=round(ours / bare, 2),
        picture_ms=round(full * 1000, 2),
        bare_picture_ms=round(bare_full * 1000, 2),
    )


# -- what is in sight


def _pieces(scene: NodePath) -> Iterator[NodePath]:
    for path in scene.findAllMatches("**/+GeomNode"):
        if not path.isHidden():
            yield path


def _triangles(path: NodePath) -> int:
    node = path.node()
    return sum(
        primitive.getNumFaces() for geom in node.getGeoms() for primitive in geom.getPrimitives()
    )


def _worst(scene: NodePath, camera: NodePath) -> tuple[int, int]:
    """Draws and triangles of the dearest direction, each by itself."""
    before = camera.getHpr()
    seen = []
    for heading in HEADINGS:
        for pitch in PITCHES:
            camera.setHpr(float(heading), pitch, 0.0)
            paths = list(_in_sight(scene, camera))
            draws = sum(path.node().getNumGeoms() for path in paths)
            seen.append((draws, sum(_triangles(path) for path in paths)))
    camera.setHpr(before)
    return max(draws for draws, _triangles_seen in seen), max(count for _draws, count in seen)


def _in_sight(scene: NodePath, camera: NodePath) -> Iterator[NodePath]:
    sight = camera.node().getLens().makeBounds()
    sight.xform(camera.getMat(scene))
    for path in _pieces(scene):
        node = path.node()
        around = node.getBounds().makeCopy()
        around.xform(path.getMat(scene))
        if sight.contains(around) != BoundingVolume.IFNoIntersection:
            yield path


def _textures(scene: NodePath) -> Iterator[tuple[Texture, str]]:
    """Every texture of the scene once, with the name by which it is used."""
    known: set[int] = set()
    for path in _pieces(scene):
        node = path.node()
        for index in range(node.getNumGeoms()):
            state = path.getNetState().compose(node.getGeomState(index))
            for texture, name in (*_laid_on(state), *_read(state)):
                if int(texture.this) not in known:
                    known.add(int(texture.this))
                    yield texture, name


def _laid_on(state: RenderState) -> Iterator[tuple[Texture, str]]:
    attrib = state.getAttrib(TextureAttrib)
    if attrib is not None:
        for index in range(attrib.getNumOnStages()):
            stage = attrib.getOnStage(index)
            texture = attrib.getOnTexture(stage)
            yield texture, f"{stage.getName()} {texture.getName()}"


def _read(state: RenderState) -> Iterator[tuple[Texture, str]]:
    attrib = state.getAttrib(ShaderAttrib)
    if attrib is None:
        return
    shader: Shader | None = attrib.getShader()
    if shader is None:
        return
    for name in BY_NAME:
        told = attrib.getShaderInput(name)
        if told.getValueType() == ShaderInput.MTexture:
            yield told.getTexture(), f"{name} {told.getTexture().getName()}"


# -- time


def _in_turns(
    output: Output, camera: NodePath, draw: Callable[[], None], pictures: int, *, drawn: bool
) -> tuple[float, float]:
    """Median seconds of one of our pictures, and of one of a bare loop over the same graph."""
    main = output.main
    own = [main.getDisplayRegion(k) for k in range(main.getNumDisplayRegions())]
    active = [region.isActive() for region in own]
    none = [False] * len(own)
    bare = main.makeDisplayRegion()
    bare.setCamera(camera)
    bare.setClearDepthActive(True)
    if not drawn:
        for region in (*own, bare):
            # what a region's callback does not draw is culled all the same
            region.setDrawCallback(PythonCallbackObject(_nothing))
    ours_s, bare_s = [], []
    try:
        for _picture in range(pictures):
            bare.setActive(False)
            _switch(own, active)
            ours_s.append(_timed(draw))
            _switch(own, none)
            bare.setActive(True)
            bare_s.append(_timed(output.draw))
    finally:
        for region in own:
            region.clearDrawCallback()
        main.removeDisplayRegion(bare)
        _switch(own, active)
    return median(ours_s), median(bare_s)


def _switch(regions: list[DisplayRegion], on: list[bool]) -> None:
    for region, active in zip(regions, on, strict=True):
        region.setActive(active)


def _timed(draw: Callable[[], None]) -> float:
    began = time.perf_counter()
    draw()
    return time.perf_counter() - began


def _nothing(_data: object) -> None:
    """Draw nothing of it."""
