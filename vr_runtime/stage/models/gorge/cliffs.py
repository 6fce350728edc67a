"""Owns the cliffs below the steel bridge and the bridge of ropes, as they are seen.

Their top is at z = 0. They go down as deep as the gorge is ever shown; where it is less deep the
ground hides what lies below it, so that no bed and no tree is ever stretched.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.gorge.beds import Band, bands
from vr_runtime.stage.models.gorge.ground import corners, smooth_normals
from vr_runtime.stage.models.gorge.ledges import Plant, contact, planted, rooted
from vr_runtime.stage.models.gorge.lit import Relief, openness, relief, sunlit, turned_from_sun
from vr_runtime.stage.models.gorge.plan import REACH_M, Wide, eased, noise, rims
from vr_runtime.stage.models.mesh import Mesh, floats
from vr_runtime.stage.models.shapes import softened

_EDGE_DEG = 24.0
_ROCK_M = 6.5
"""Metres of one repetition of the picture of rock."""
_PALE, _DARK = np.asarray((0.95, 0.93, 0.89)), np.asarray((0.66, 0.66, 0.66))
_OCHRE, _MARL = np.asarray((0.93, 0.80, 0.62)), np.asarray((0.70, 0.65, 0.58))
_TURF, _MOSS = np.asarray((0.44, 0.51, 0.29)), np.asarray((0.38, 0.42, 0.27))
_BOUNCED = np.asarray((1.07, 1.02, 0.95))
_EARTH = np.asarray((0.46, 0.38, 0.30))


@dataclass(frozen=True)
class _Face:
    """A band as it is seen: four corners for each of its cells, (cells, 4, ...)."""

    points: Wide
    normals: Wide
    colour: Wide
    open: Wide
    laid: Wide


def columns() -> Wide:
    """Where along x the cliffs have their corners: closest at the bridge."""
    steps = ((0.0, 31.0, 0.76), (31.0, 61.0, 2.0), (61.0, 131.0, 5.5), (131.0, REACH_M + 1, 21.0))
    half = np.concatenate([np.arange(start, end, step) for start, end, step in steps])
    return np.concatenate([-half[:0:-1], half])


def build() -> NodePath:
    """The cliffs as a node to be written; the same each time."""
    root = NodePath("cliffs")
    rock, leaves, wood = Mesh(), Mesh(), Mesh()
    x = columns()
    sides = {far: list(bands(x, far=far)) for far in (False, True)}
    over = relief(x, sides[False], sides[True])
    for far, side in sides.items():
        plants = planted(x, side, far=far)
        for band in side:
            face = _face(over, x, band, plants, far=far)
            rock.add(
                face.points,
                normals=floats(face.normals),
                colour=face.colour,
                open_to_sky=face.open,
                picture="rock",
                uv=face.laid,
            )
        rooted(leaves, wood, plants, far=far)
    rock.nodes("rock", "layered", tile_m=160.0).reparentTo(root)
    wood.nodes("wood", "layered", tile_m=160.0).reparentTo(root)
    leaves.nodes("leaves", "foliage", moving=True, tile_m=160.0).reparentTo(root)
    return root


def _face(over: Relief, x: Wide, band: Band, plants: list[Plant], *, far: bool) -> _Face:
    rim = rims(x)[1 if far else 0]
    towards = -1.0 if far else 1.0
    wide = np.broadcast_to(x[None], band.down.shape)
    points = np.stack([wide, rim[None] + towards * band.out, -band.down], -1)
    normals = smooth_normals(points, flip=far)
    sun = sunlit(over, points, normals)
    sky = openness(over, points, far=far)
    spots = contact(plants, points)
    colour = _painted(band, points, normals) * (1.0 - 0.35 * spots)[..., None]
    if not far:
        # it lies in the shade, and what light it has comes warm from the sunny side
        colour = colour * _BOUNCED
        sky = np.minimum(1.35 * sky, 1.0)
    sun = sun * (1.0 - 0.8 * spots)
    sky = np.clip(sky * (1.0 - 0.5 * spots), 0.08, 1.0)
    parts = [corners(each) for each in (points, sun, np.clip(colour, 0.0, 1.0), sky, _laid(points))]
    if far:
        parts = [part[:, ::-1] for part in parts]
    cells, lit, painted, open_to_sky, laid = parts
    # broken rock has edges: where it bends by more than this it is not rounded
    edged = softened(floats(cells), _EDGE_DEG)
    return _Face(cells, turned_from_sun(edged, lit), painted, open_to_sky, laid)


def _laid(points: Wide) -> Wide:
    """Where the picture of rock lies on a band: along it and down it, as a sheet that is bent."""
    along = np.linalg.norm(np.diff(points[:, :, :2], axis=1), axis=-1).mean(axis=0)
    down = np.linalg.norm(np.diff(points, axis=0), axis=-1).mean(axis=1)
    u = np.concatenate([[0.0], np.cumsum(along)])
    v = points[0, :, 2].mean() - np.concatenate([[0.0], np.cumsum(down)])
    return np.stack(np.broadcast_arrays(u[None], v[:, None]), -1) / _ROCK_M


def _painted(band: Band, points: Wide, normals: Wide) -> Wide:
    """Colour of rock, rubble and turf, as displayed."""
    x, z = points[..., 0], points[..., 2]
    grain = 1.0 + 0.07 * noise(x / 0.8, z / 0.8, 62, slope=0.9)
    if band.turf:
        down = np.broadcast_to(np.asarray((0.0, 0.0, 0.35, 1.0))[:, None], x.shape)[..., None]
        return np.asarray((_TURF * (1 - down) + _EARTH * down) * grain[..., None])
    pale = 0.55 + 0.30 * band.tone + 0.22 * noise(x / 2.5, z / 2.0, 63, slope=1.2)
    rock = _DARK + (_PALE - _DARK) * np.clip(pale, 0.0, 1.0)[..., None]
    # iron has stained it here and there; where it is seldom wet it has weathered to a dark grey
    stained = eased(0.1, 1.1, noise(x / 2.2, z / 3.0, 65, slope=1.2) + 0.5)[..., None]
    rock = rock * (1 - 0.4 * stained) + 0.4 * stained * _OCHRE
    # water runs down from ledges: long dark streaks, some of them green with algae
    run = noise(x / 1.1, z / 30.0, 66, slope=0.6) + 0.5 * noise(x / 2.0, z / 20.0, 67, slope=1.2)
    streak = eased(0.35, 1.35, run)
    algae = eased(0.0, 1.2, noise(x / 2.0, z / 6.0, 68, slope=1.2))[..., None]
    wet = np.asarray((0.33, 0.34, 0.35)) * (1 - 0.4 * algae) + 0.4 * algae * _MOSS
    if band.hard:
        part = np.linspace(0.0, 1.0, len(x))[:, None]
        strong = (0.9 * streak * (1.0 - 0.35 * part))[..., None]
        rock = rock * (1 - strong) + strong * wet
        # the edge of a bed has caught the weather
        rock = rock * (1.0 - 0.22 * (1.0 - eased(0.0, 0.22, part)))[..., None]
    else:
        rock = 0.35 * rock + 0.65 * _MARL
    level = np.clip(normals[..., 2], 0.0, 1.0)
    grown = noise(x / 1.2, z / 1.2, 64, slope=1.1) + 0.75 + 0.010 * z
    green = eased(0.20, 0.55, level) * eased(-0.7, 0.6, grown)
    if not band.hard:
        tread = np.asarray((0.0, 0.35, 1.0, 0.7))[:, None]
        green = np.maximum(green, tread * eased(-0.9, 0.3, grown))
    lush = 0.9 + 0.16 * noise(x / 1.1, z / 1.1, 69, slope=1.2)
    mossy = (_TURF if band.tone > 0.0 else _MOSS) * lush[..., None]
    rock = rock * (1 - 0.85 * green[..., None]) + 0.85 * green[..., None] * mossy
    return np.asarray(rock * grain[..., None])
