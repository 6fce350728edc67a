"""Owns the bringing of geometry, textures and shaders to the graphics card, a little at a time.

Knows nothing of where they came from. A thing is warm once it was drawn in a corner that the
picture itself covers again; then the first picture that shows it is no later than any other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from panda3d.core import (
    Camera,
    Geom,
    GeomNode,
    GraphicsOutput,
    NodePath,
    OmniBoundingVolume,
    OrthographicLens,
    RenderState,
    ShaderAttrib,
    ShaderInput,
    Texture,
    TextureAttrib,
)

SIDE = 4
"""Pixels of the corner's side: what is drawn there costs no filling."""
TRIANGLES = 8_000
PIXELS = 1_500_000
"""Most triangles, and most pixels of textures, brought with one picture."""


BY_NAME = ("surfaces", "site", "land", "clouds", "cast_map", "lightmap", "tile", "film", "own")
"""Uniforms through which the materials read a texture."""


def textures(state: RenderState) -> Iterator[Texture]:
    """The textures that something in this state is drawn with."""
    stages = state.getAttrib(TextureAttrib)
    if stages is not None:
        for index in range(stages.getNumOnStages()):
            yield stages.getOnTexture(stages.getOnStage(index))
    shader = state.getAttrib(ShaderAttrib)
    if shader is not None:
        for name in BY_NAME:
            given = shader.getShaderInput(name)
            if given.getValueType() == ShaderInput.MTexture:
                yield given.getTexture()


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
        self._output = output
        self._textures: deque[Texture] = deque()
        self._known: set[int] = set()
        self._asked = 0
        lens = OrthographicLens()
        lens.setFilmSize(4.0, 4.0)
        lens.setNearFar(-1e5, 1e5)
        self._camera = NodePath(Camera("warming", lens))
        self._camera.reparentTo(self._root)
        self._region.setCamera(self._camera)

    def add(self, model: NodePath) -> None:
        """Bring all textures and geometry below `model` in the coming pictures, each once."""
        for path in model.findAllMatches("**/+GeomNode"):
            state, node = path.getNetState(), path.node()
            for index in range(node.getNumGeoms()):
                worn = state.compose(node.getGeomState(index))
                self._waiting.append((node.getGeom(index), worn))
                self._asked += 1
                for texture in textures(worn):
                    if int(texture.this) not in self._known:
                        self._known.add(int(texture.this))
                        self._textures.append(texture)
                        self._asked += 1

    def share(self) -> float:
        """How much of what was added since the last `clear` is warm, 0 to 1."""
        waiting = len(self._waiting) + len(self._textures)
        return 1.0 - waiting / self._asked if self._asked else 1.0

    def advance(self) -> None:
        """Before a picture: lay out as much as one picture may carry."""
        triangles = 0
        self._root.getChildren().detach()
        self._camera.reparentTo(self._root)
        room = self._bring_textures()
        while room and self._waiting and triangles < TRIANGLES:
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
        self._region.setActive(triangles > 0)

    def _bring_textures(self) -> bool:
        """Have as many textures brought as one picture may carry; whether it can carry more."""
        pixels = 0
        prepared = self._output.getGsg().getPreparedObjects()
        while self._textures:
            texture = self._textures[0]
            if not texture.isPrepared(prepared):
                more = texture.getXSize() * texture.getYSize() * texture.getZSize()
                # A texture cannot be parted: one that is larger has a picture for itself.
                if pixels and pixels + more > PIXELS:
                    break
                texture.prepare(prepared)
                pixels += more
            self._textures.popleft()
        return pixels == 0

    def clear(self) -> None:
        """Forget what still waits."""
        self._waiting.clear()
        self._textures.clear()
        self._known.clear()
        self._asked = 0
        self._root.getChildren().detach()
        self._camera.reparentTo(self._root)
        self._region.setActive(False)
