"""Owns the sides of the gorge between rim and floor: grassy slopes, or cliffs of layered rock.

They are made for one depth and stretched to others (`plan.MADE_DEEP`): their top is at z = 0, their
foot that many metres below.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.look.layers import METRES
from vr_runtime.stage.models.gorge.ground import GRASS, surface
from vr_runtime.stage.models.gorge.plan import (
    FLOOR_M,
    MADE_DEEP,
    SPAN,
    Wide,
    along_gorge,
    apart,
    eased,
    middle,
    noise,
    rims,
)
from vr_runtime.stage.models.gorge.woods import shrub
from vr_runtime.stage.models.mesh import Mesh

Kind = Literal["slopes", "cliffs"]


def _inward(kind: Kind, down: Wide) -> Wide:
    """Share of the way from the rim to the floor's edge, at a share of the depth."""
    if kind == "slopes":
        return np.asarray(down + 0.10 * np.sin(2 * np.pi * down))
    steep = 0.26 * down + 0.10 * eased(0.30, 0.36, down)
    steep = steep + 0.09 * eased(0.55, 0.60, down)
    return np.asarray(steep + 0.55 * eased(0.62, 1.04, down) ** 1.5)


def side(kind: Kind, x: Wide, down: Wide, *, far: bool) -> Wide:
    """Points of a side at shares `down` (0 to 1) of its depth."""
    deep = MADE_DEEP[kind]
    near_rim, far_rim = rims(x)
    rim = far_rim if far else near_rim
    foot = middle(x) + (FLOOR_M if far else -FLOOR_M)
    z = -deep * down
    part = _inward(kind, down)
    seed = 30 if far else 20
    held = eased(0.0, 0.07, down) * eased(1.02, 0.90, down)
    free = held * (0.45 + 0.55 * apart(x))
    if kind == "slopes":
        rough = 0.5 * noise(x / 3.0, down * 4.0, seed)
    else:
        # buttresses and gullies, ledges between beds of rock, and what broke off
        u = x + 0 * down
        beds = z / 3.1 + 0.35 * noise(u / 16.0, z / 16.0, seed + 1)
        ledge = 0.85 * (beds - np.floor(beds)) ** 2
        rough = 2.7 * noise(u / 4.2, z / 11.0, seed + 2, slope=2.0) - ledge
        rough = rough + 0.75 * noise(u / 1.1, z / 1.3, seed + 3, slope=1.2)
    towards = -1.0 if far else 1.0
    y = rim + (foot - rim) * part + towards * free * rough
    lift = 0.0 if kind == "cliffs" else held * 0.25 * noise(x / 2.0, down * 6, seed + 4)
    return np.stack(np.broadcast_arrays(x, y, z + lift), -1)


def sides(kind: Kind) -> NodePath:
    """Both sides as a node to be written; the same each time."""
    root = NodePath(kind)
    rock, leaves = Mesh(), Mesh()
    x = along_gorge()
    rows = 15 if kind == "slopes" else 61
    down = np.linspace(0.0, 1.0, rows)[:, None]
    random = np.random.default_rng(50)
    for far in (False, True):
        points = side(kind, x[None], down, far=far)
        colour, openness = _paint(kind, points, np.broadcast_to(down, points.shape[:2]))
        surface(
            rock,
            points,
            colour=np.clip(colour, 0.0, 1.0),
            openness=openness,
            picture="grass" if kind == "slopes" else "rock",
            flip=far,
            uv_m=None if kind == "slopes" else METRES["rock"],
        )
        _shrubs(kind, leaves, random, far=far)
    rock.nodes("rock", "layered", tile_m=100.0).reparentTo(root)
    leaves.nodes("leaves", "foliage", moving=True, tile_m=100.0).reparentTo(root)
    return root


def _paint(kind: Kind, points: Wide, down: Wide) -> tuple[Wide, Wide]:
    x, z = points[..., 0], points[..., 2]
    if kind == "slopes":
        tone = 0.98 + 0.10 * noise(x / 2.0, down * 9.0, 61) - 0.10 * down
        return GRASS * tone[..., None], 0.92 - 0.15 * down
    gradient = np.gradient(points, axis=0)
    run = np.abs(gradient[..., 1]) / np.maximum(np.abs(gradient[..., 2]), 1e-6)
    beds = z / 3.1 + 0.35 * noise(x / 16.0, z / 16.0, 21)
    number = np.floor(beds)
    warm = 0.5 + 0.5 * np.sin(number * 12.9898) * np.cos(number * 4.1)
    pale, dark = np.asarray((0.96, 0.90, 0.81)), np.asarray((0.70, 0.65, 0.58))
    rock = dark + (pale - dark) * warm[..., None]
    rock = rock * (1.0 + 0.13 * noise(x / 0.9, z / 0.9, 62, slope=0.9))[..., None]
    # water ran down it and left dark streaks; lichen is pale
    streak = np.clip(noise(x / 1.6, z / 9.0, 63) - 0.8, 0.0, 1.2)[..., None]
    rock = rock * (1.0 - 0.20 * streak)
    grassy = eased(0.55, 1.1, run + 0.35 * noise(x / 2.0, z / 2.0, 64))
    grassy = np.maximum(grassy, eased(0.035, 0.0, down))[..., None]
    grassy = grassy * (1.0 - 0.5 * eased(0.75, 0.95, down))[..., None]
    scree = eased(0.74, 0.92, down)[..., None]
    rock = rock * (1 - 0.5 * scree) + 0.5 * scree * np.asarray((0.80, 0.77, 0.72))
    colour = rock * (1 - grassy) + grassy * np.asarray((0.46, 0.55, 0.27))
    gully = np.clip(-np.gradient(np.gradient(points[..., 1], axis=1), axis=1), -0.4, 0.4)
    open_to_sky = 0.92 - 0.42 * down - 0.25 * np.abs(gully)
    return colour, np.clip(open_to_sky, 0.25, 1.0)


def _shrubs(kind: Kind, leaves: Mesh, random: np.random.Generator, *, far: bool) -> None:
    for _ in range(900 if kind == "cliffs" else 420):
        x = float(random.uniform(-150.0, 150.0))
        down = float(random.beta(1.3, 1.4))
        if abs(x) < 4.5:
            continue
        if kind == "cliffs":
            # they root on ledges
            beds = np.round(down * MADE_DEEP[kind] / 3.1)
            down = float(min(0.97, max(0.02, (beds * 3.1 + 0.15) / MADE_DEEP[kind])))
        at = side(kind, np.asarray(x), np.asarray(down), far=far)
        wide = float(random.uniform(0.8, 2.6)) * (1.0 if kind == "cliffs" else 0.7)
        shrub(leaves, random, (float(at[0]), float(at[1]), float(at[2])), wide)


def between(y: float) -> float:
    """Share of the depth that lies under a place `y` metres along the bridge, on cliffs."""
    down = np.linspace(0.0, 1.0, 200)
    part = (SPAN / 2 - FLOOR_M) * _inward("cliffs", down)
    return float(np.interp(min(y, SPAN - y), part, down))
