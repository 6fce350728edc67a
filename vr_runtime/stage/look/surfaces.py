"""Owns the texture array all surfaces share, and the clouds; knows nothing of nodes or light."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from panda3d.core import SamplerState, Texture

from vr_runtime.stage.look.layers import LAYERS, layer
from vr_runtime.stage.look.leaves import LEAVES
from vr_runtime.stage.look.noise import clouded
from vr_runtime.stage.look.openings import facade, pane, shop
from vr_runtime.stage.look.pictures import SIZE, STUFFS, Picture
from vr_runtime.stage.look.sizes import smaller
from vr_runtime.stage.look.strands import CUT_OUT, STRANDS

CLOUDS = 512


def picture(name: str) -> Picture:
    """The picture called `name` in `layers.LAYERS`; raises `KeyError` for another name."""
    if name.startswith("pane"):
        return pane(int(name.removeprefix("pane")))
    if name.startswith("shop"):
        return shop(int(name.removeprefix("shop")))
    if name.startswith("facade_"):
        return facade(name.removeprefix("facade_"))
    return {**STUFFS, **LEAVES, **STRANDS}[name]()


def surface_pixels() -> NDArray[np.uint8]:
    """All pictures in the order of `LAYERS`, made in about two seconds, for `bring_surfaces`."""
    return np.stack([_packed(picture(name)) for name in LAYERS])


def _packed(part: Picture) -> NDArray[np.uint8]:
    """As Panda3D stores it: from the bottom row up, blue first."""
    scaled = np.clip(part * 255.0 + 0.5, 0.0, 255.0).astype(np.uint8)
    return np.ascontiguousarray(scaled[..., [2, 1, 0, 3]])


def bring_surfaces(pixels: NDArray[np.uint8]) -> None:
    """Let `surfaces` show what `surface_pixels` gave at another time."""
    texture = _array()
    texture.setRamImage(pixels.tobytes())
    cut_out = [layer(name) for name in ("leaf", *CUT_OUT)]
    for number, size in enumerate(smaller(pixels, cut_out), 1):
        memoryview(texture.makeRamMipmapImage(number)).cast("B")[:] = size.tobytes()


def surfaces() -> Texture:
    """All pictures in the order of `LAYERS`, mipmapped; made now unless they were brought."""
    texture = _array()
    if not texture.hasRamImage():
        bring_surfaces(surface_pixels())
    return texture


@cache
def _array() -> Texture:
    """The one array of this process, which lends it to every material."""
    texture = Texture("surfaces")
    texture.setup2dTextureArray(SIZE, SIZE, len(LAYERS), Texture.TUnsignedByte, Texture.FRgba)
    texture.setKeepRamImage(True)
    texture.setMinfilter(SamplerState.FTLinearMipmapLinear)
    texture.setMagfilter(SamplerState.FTLinear)
    texture.setWrapU(SamplerState.WMRepeat)
    texture.setWrapV(SamplerState.WMRepeat)
    return texture


def filter_finely(anisotropy: int, *, trilinear: bool) -> None:
    """How sharp slanted surfaces are, 1 to 16, and whether no line shows between sizes.

    Where the processor draws, both are the first to be left out.
    """
    texture = surfaces()
    near = SamplerState.FTLinearMipmapLinear if trilinear else SamplerState.FTLinearMipmapNearest
    texture.setMinfilter(near)
    texture.setAnisotropicDegree(anisotropy)


@cache
def clouds() -> Texture:
    """Seamless clouds from below: red how thick, green how much of the sun reaches them."""
    heaps = clouded(CLOUDS, 1.75, 901) * 0.13 + clouded(CLOUDS, 1.2, 902) * 0.03 + 0.44
    towards = np.roll(heaps, (14, 18), axis=(0, 1))
    lit = np.clip(0.62 + 2.2 * (heaps - towards), 0.0, 1.0)
    both = np.stack([np.clip(heaps, 0.0, 1.0), lit], axis=-1)
    packed = (both * 255.0 + 0.5).astype(np.uint8)
    texture = Texture("clouds")
    texture.setup2dTexture(CLOUDS, CLOUDS, Texture.TUnsignedByte, Texture.FRg)
    texture.setRamImage(np.ascontiguousarray(packed).tobytes())
    texture.setMinfilter(SamplerState.FTLinearMipmapLinear)
    texture.setMagfilter(SamplerState.FTLinear)
    texture.setWrapU(SamplerState.WMRepeat)
    texture.setWrapV(SamplerState.WMRepeat)
    return texture


@cache
def open_country() -> Texture:
    """The map of shadows of a place without any: never hidden from the sun, open to the sky."""
    texture = Texture("open country")
    texture.setup2dTexture(1, 1, Texture.TUnsignedByte, Texture.FRg)
    texture.setRamImage(bytes((0, 255)))
    return texture


@cache
def even_light() -> Texture:
    """The baked light of what has none: open shade, everywhere."""
    texture = Texture("even light")
    texture.setup2dTexture(1, 1, Texture.TUnsignedByte, Texture.FRgb)
    texture.setRamImage(bytes((128, 128, 128)))
    return texture
