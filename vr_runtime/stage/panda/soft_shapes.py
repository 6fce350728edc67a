"""Owns soft shapes as nodes: a ball, a ring, a pool of light, a line of words; moves none."""

from __future__ import annotations

from panda3d.core import CardMaker, NodePath, SamplerState, Texture
from PIL import Image

from vr_runtime.stage.look.soft import soften
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import ball as round_faces

Tint = tuple[float, float, float]


def soft_ball(tint: Tint, name: str = "soft ball") -> NodePath:
    """A ball of 1 m radius around its origin."""
    mesh = Mesh()
    corners, normals = round_faces((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), 40, 24)
    mesh.add(corners, normals=normals)
    node = mesh.nodes(name, "plain")
    soften(node, "ball", tint)
    return node


def lantern(tint: Tint) -> NodePath:
    """A round paper lantern of 1 m radius around its origin."""
    mesh = Mesh()
    corners, normals = round_faces((0.0, 0.0, 0.0), (1.0, 1.0, 0.92), 32, 20)
    mesh.add(corners, normals=normals)
    node = mesh.nodes("lantern", "plain")
    soften(node, "paper", tint)
    return node


def _card(name: str, half_wide: float, half_high: float) -> NodePath:
    maker = CardMaker(name)
    maker.setFrame(-half_wide, half_wide, -half_high, half_high)
    maker.setHasUvs(True)
    maker.setHasNormals(True)
    return NodePath(maker.generate())


def soft_ring(tint: Tint) -> NodePath:
    """A ring of 1 m radius, upright, seen from the south."""
    node = _card("ring", 1.0, 1.0)
    soften(node, "ring", tint)
    return node


def pool_of_light(tint: Tint, radius_m: float) -> NodePath:
    """A round pool of light, upright, seen from the south; lay it down by turning it."""
    node = _card("pool of light", radius_m, radius_m)
    soften(node, "glow", tint)
    node.setTwoSided(True)
    return node


def words_card(image: Image.Image, high_m: float) -> NodePath:
    """A picture with words on a card of this height, upright around its origin."""
    node = _card("words", 0.5 * high_m * image.width / image.height, 0.5 * high_m)
    node.setTexture(_texture(image))
    soften(node, "letters", (1.0, 1.0, 1.0))
    return node


def _texture(image: Image.Image) -> Texture:
    texture = Texture("words")
    texture.setup2dTexture(image.width, image.height, Texture.TUnsignedByte, Texture.FRgba)
    # Panda3D keeps rows from below, and colours as blue, green, red.
    red, green, blue, alpha = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM).split()
    texture.setRamImage(Image.merge("RGBA", (blue, green, red, alpha)).tobytes())
    texture.setMinfilter(SamplerState.FTLinearMipmapLinear)
    texture.setMagfilter(SamplerState.FTLinear)
    texture.setWrapU(SamplerState.WMClamp)
    texture.setWrapV(SamplerState.WMClamp)
    texture.setAnisotropicDegree(4)
    return texture
