"""Owns the camera that sees one picture alone, to spread it over an output of another size."""

from __future__ import annotations

from panda3d.core import Camera, CardMaker, NodePath, OrthographicLens, Texture


def before(picture: Texture, name: str) -> NodePath:
    """A camera that sees nothing but this picture, over its whole field."""
    root = NodePath(name)
    maker = CardMaker(name)
    maker.setFrame(-1, 1, -1, 1)
    card = root.attachNewNode(maker.generate())
    card.setTexture(picture)
    card.setDepthTest(False)
    card.setDepthWrite(False)
    flat = OrthographicLens()
    flat.setFilmSize(2, 2)
    flat.setNearFar(-10, 10)
    return root.attachNewNode(Camera(name, flat))
