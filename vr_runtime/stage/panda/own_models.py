"""Owns how a scenario's own model becomes something to draw; knows neither scene nor patient.

It is lit as all that moves about is. Base colour with its picture, vertex colours, light of its own
and the mean of roughness and metal are shown; maps of bumps and of hidden corners are not.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from functools import cache
from io import BytesIO

import numpy as np
from panda3d.core import (
    GeomEnums,
    GeomNode,
    GeomVertexArrayFormat,
    GeomVertexFormat,
    InternalName,
    LVecBase3f,
    LVecBase4f,
    NodePath,
    SamplerState,
    Texture,
    TransparencyAttrib,
)
from PIL import Image

from vr_runtime.language import _
from vr_runtime.stage.look.casting import CASTERS
from vr_runtime.stage.look.programs import programs
from vr_runtime.stage.look.surfaces import surfaces
from vr_runtime.stage.models.gltf import Model, Part, Surface, read
from vr_runtime.stage.models.mesh import triangles
from vr_runtime.stage.own import OwnFile, unread

MOST_POINTS = 70_000_000
"""Points of one picture in the file, at most."""
WIDEST = 2048
"""A picture is shown with at most so many points along its side."""
DIELECTRIC_GLOSS, METAL_GLOSS = 0.30, 0.45
"""How much of its surroundings the smoothest surface shows, as the materials count it."""
ROW = np.dtype([("v", "f4", 3), ("n", "f4", 3), ("c", "u1", 4), ("t", "f4", 3)])


def own_model(file: OwnFile, data: bytes, anisotropy: int, goes_on: Callable[[], bool]) -> NodePath:
    """The model in these bytes, dressed.

    Raises:
        Refused: it cannot be read, or one of its pictures cannot.
        InterruptedError: `goes_on` says that nobody waits for it any more.
    """
    model = read(file.name, data)
    used = {part.surface.picture for part in model.parts}
    shown: dict[int, Texture] = {}
    rough: dict[int, tuple[float, float]] = {}
    for number in sorted(each for each in used if each is not None):
        if not goes_on():
            raise InterruptedError
        shown[number] = _texture(_picture(file, model, number), anisotropy)
    for of_metal in {part.surface.rough for part in model.parts}:
        if of_metal is not None:
            rough[of_metal] = _means(_picture(file, model, of_metal))
    root = NodePath("own")
    for part in model.parts:
        if not goes_on():
            raise InterruptedError
        node = root.attachNewNode(geometry(part))
        worn = part.surface
        picture = None if worn.picture is None else shown[worn.picture]
        means = (1.0, 1.0) if worn.rough is None else rough[worn.rough]
        clothe(node, worn, picture, means=means)
        if worn.alpha != "OPAQUE":
            # The sun draws whole triangles: a pane or a leaf would cast a slab's shadow.
            node.hide(CASTERS)
    root.node().getBounds()
    return root


def _picture(file: OwnFile, model: Model, number: int) -> Image.Image:
    try:
        with warnings.catch_warnings(action="ignore"):
            image = Image.open(BytesIO(model.pictures[number]), formats=("PNG", "JPEG", "WEBP"))
        if image.width * image.height > MOST_POINTS:
            raise Image.DecompressionBombError
        image.thumbnail((WIDEST, WIDEST), Image.Resampling.BOX)
        return image.convert("RGBA")
    except Exception as error:
        # Decoders throw what they like where a file says what cannot be.
        told = _("one of its pictures is damaged, too large or of no known kind")
        raise unread(file.name, told, _("use PNG or JPEG pictures, at most 4096 wide")) from error


def _texture(image: Image.Image, anisotropy: int) -> Texture:
    pixels = np.asarray(image, dtype=np.uint8)
    texture = Texture("own")
    texture.setup2dTexture(image.width, image.height, Texture.TUnsignedByte, Texture.FRgba)
    texture.setRamImage(np.ascontiguousarray(pixels[::-1][..., [2, 1, 0, 3]]))
    texture.setMinfilter(SamplerState.FTLinearMipmapLinear)
    texture.setMagfilter(SamplerState.FTLinear)
    texture.setWrapU(SamplerState.WMRepeat)
    texture.setWrapV(SamplerState.WMRepeat)
    texture.setAnisotropicDegree(anisotropy)
    return texture


@cache
def _white() -> Texture:
    texture = Texture("white")
    texture.setup2dTexture(1, 1, Texture.TUnsignedByte, Texture.FRgba)
    texture.setRamImage(bytes((255, 255, 255, 255)))
    return texture


def _means(image: Image.Image) -> tuple[float, float]:
    """Mean roughness and mean share of metal of such a picture, 0 to 1."""
    pixels = np.asarray(image, dtype=np.uint8)
    return float(pixels[..., 1].mean()) / 255.0, float(pixels[..., 2].mean()) / 255.0


def geometry(part: Part, name: str = "own") -> GeomNode:
    """The triangles of a part, as what `clothe` gives a surface to."""
    rows = np.zeros(len(part.vertices), dtype=ROW)
    rows["v"], rows["n"] = part.vertices, part.normals
    # The programs square a colour: linear ones are given as their roots. All is open to the sky.
    rows["c"][:, :3] = np.round(np.sqrt(part.colours) * 255.0).astype(np.uint8)
    rows["c"][:, 3] = 255
    rows["t"][:, 0], rows["t"][:, 1] = part.uv[:, 0], 1.0 - part.uv[:, 1]
    return triangles(name, _form(), rows, part.indices)


@cache
def _form() -> GeomVertexFormat:
    array = GeomVertexArrayFormat()
    array.addColumn(InternalName.make("vertex"), 3, GeomEnums.NT_float32, GeomEnums.C_point)
    array.addColumn(InternalName.make("normal"), 3, GeomEnums.NT_float32, GeomEnums.C_normal)
    array.addColumn(InternalName.make("color"), 4, GeomEnums.NT_uint8, GeomEnums.C_color)
    array.addColumn(InternalName.make("texcoord"), 3, GeomEnums.NT_float32, GeomEnums.C_texcoord)
    form = GeomVertexFormat()
    form.addArray(array)
    return GeomVertexFormat.registerFormat(form)


def clothe(
    node: NodePath,
    surface: Surface,
    picture: Texture | None,
    *,
    means: tuple[float, float] = (1.0, 1.0),
) -> None:
    """Give what `geometry` made a surface.

    Args:
        node: what is to be seen.
        surface: how it takes light.
        picture: what it shows; None for nothing but its colours.
        means: mean roughness and mean share of metal of a picture that tells them, 0 to 1.
    """
    red, green, blue, solid = surface.colour
    roughness, metallic = surface.roughness * means[0], surface.metallic * means[1]
    smooth = (1.0 - roughness) ** 2
    gloss = smooth * (DIELECTRIC_GLOSS * (1.0 - metallic) + METAL_GLOSS * metallic)
    gloss += 0.25 * metallic * (1.0 - roughness)
    blended = surface.alpha == "BLEND"
    least = {"OPAQUE": -1.0, "MASK": surface.cutoff, "BLEND": 0.004}[surface.alpha]
    node.setShader(programs().of("own"))
    node.setShaderInput("moment", LVecBase4f(0, 0, 0, 0), -1)
    node.setShaderInput("surfaces", surfaces())
    node.setShaderInput("own", _white() if picture is None else picture)
    node.setShaderInput("tint", LVecBase3f(math.sqrt(red), math.sqrt(green), math.sqrt(blue)))
    node.setShaderInput("gloss", 0.0 if surface.unlit else min(0.8, gloss))
    node.setShaderInput("glowing", LVecBase3f(*surface.emissive))
    node.setShaderInput("alike", LVecBase4f(least, 0, 0, 1.0 if blended else 0.0))
    node.setTwoSided(surface.two_sided)
    if blended:
        node.setAlphaScale(solid)
        node.setTransparency(TransparencyAttrib.MAlpha)
        node.setDepthWrite(False)


def swatch() -> NodePath:
    """A face with the program of own models: a driver makes it at the start, not in a scene."""
    corners = np.asarray([(0, 0, 0), (1, 0, 0), (0, 0, 1)], dtype=np.float32)
    ahead = np.tile(np.asarray([(0, -1, 0)], dtype=np.float32), (3, 1))
    white, rows = np.ones((3, 3), dtype=np.float32), np.arange(3, dtype=np.uint32)
    node = NodePath(geometry(Part(corners, ahead, corners[:, :2], white, rows, Surface())))
    clothe(node, Surface(), None)
    return node
