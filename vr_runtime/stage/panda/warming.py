"""Owns the bringing of geometry, textures and shaders to the graphics card, a little at a time.

Knows nothing of where they came from. A thing is warm once it was drawn in a corner that the
picture itself covers again; then the first picture that shows it is no later than any other.
"""

from __future__ import annotations

from collections import deque

from panda3d.core import (
    Camera,
    Geom,
    GeomNode,
    GraphicsOutput,
    NodePath,
    OmniBoundingVolume,
    OrthographicLens,
    RenderState,
    TextureAttrib,
)

SIDE = 4
"""Pixels of the corner's side: what is drawn there costs no filling."""
TRIANGLES = 8_000
PIXELS = 1_500_000
"""Most triangles, and most pixels of textures, brought with one picture."""


class Warming:
    """A queue of geometry to draw once, unseen."""

    def __init__(self, output: GraphicsOutput) -> None:
        # In the output itself, not in a buffer: a driver makes programs for each kind of target.
        wide, high = SIDE / max(SIDE, output.getXSize()), SIDE / max(SIDE, output.getYSize())
        self._region = output.makeDisplayRegion(0.0, wide, 0.0, high)
        self._region.setSort(-10)
        self._region.setClearDepthActive(True)
        self._region.setActive(False)
        self._root = NodePath("warming")
        self._waiting: deque[tuple[Geom, RenderState]] = deque()
        self._textures: set[int] = set()
        self._asked = 0
        lens = OrthographicLens()
        lens.setFilmSize(4.0, 4.0)
        lens.setNearFar(-1e5, 1e5)
        self._camera = NodePath(Camera("warming", lens))
        self._camera.reparentTo(self._root)
        self._region.setCamera(self._camera)

    def add(self, model: NodePath) -> None:
        """Draw all geometry below `model` once in the coming pictures, in its own state."""
        for path in model.findAllMatches("**/+GeomNode"):
            state, node = path.getNetState(), path.node()
            for index in range(node.getNumGeoms()):
                self._waiting.append((node.getGeom(index), state.compose(node.getGeomState(index))))
                self._asked += 1

    def share(self) -> float:
        """How much of what was added since the last `clear` is warm, 0 to 1."""
        return 1.0 - len(self._waiting) / self._asked if self._asked else 1.0

    def advance(self) -> None:
        """Before a picture: lay out as much as one picture may carry."""
        triangles = pixels = 0
        self._root.getChildren().detach()
        self._camera.reparentTo(self._root)
        while self._waiting and triangles < TRIANGLES and pixels < PIXELS:
            geom, state = self._waiting.popleft()
            one = GeomNode("warm")
            # A copy shares its vertices with the original: what is brought once is there for both.
            one.addGeom(geom.makeCopy(), state)
            one.setBounds(OmniBoundingVolume())
            one.setFinal(True)
            self._root.attachNewNode(one)
            triangles += sum(
                geom.getPrimitive(i).getNumFaces() for i in range(geom.getNumPrimitives())
            )
            pixels += self._new_pixels(state)
        self._region.setActive(triangles > 0)

    def _new_pixels(self, state: RenderState) -> int:
        pixels = 0
        textures = state.getAttrib(TextureAttrib)
        if textures is None:
            return 0
        for index in range(textures.getNumOnStages()):
            texture = textures.getOnTexture(textures.getOnStage(index))
            if id(texture.this) not in self._textures:
                self._textures.add(id(texture.this))
                pixels += texture.getXSize() * texture.getYSize() * texture.getZSize()
        return pixels

    def clear(self) -> None:
        """Forget what still waits."""
        self._waiting.clear()
        self._textures.clear()
        self._asked = 0
        self._root.getChildren().detach()
        self._camera.reparentTo(self._root)
        self._region.setActive(False)
