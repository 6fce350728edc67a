"""Owns the right hand of whoever lies on the table, and the squeeze ball in it with its hose.

Its origin is on the floor below the patient's eyes, feet towards +y. "pressed" closes the hand on
the ball: 0 it rests there, 1 squeezed. It leads nowhere by itself: the patient's own control does.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.scanner.arm import FINGERS, NAIL, SKIN, arm, bent
from vr_runtime.stage.models.scanner.plan import TABLE_HALF_M, TABLE_TOP
from vr_runtime.stage.models.shapes import ball, rounded, tube

BALL_AT = (0.128, 0.650, TABLE_TOP + 0.188)
"""The middle of the ball: in the right hand, on the blanket."""
STEPS = 6
"""So many shapes between rest and pressed, each shown in its part of the value."""
RUBBER = np.asarray((0.84, 0.55, 0.20))


def build() -> NodePath:
    """Arm, hand, ball and hose as a node to be written."""
    root = NodePath("ball")
    still = Mesh()
    arm(still, BALL_AT)
    _hose(still)
    still.nodes("arm", "layered").reparentTo(root)
    for step in range(STEPS):
        mesh = Mesh()
        _grip(mesh, step / (STEPS - 1))
        node = mesh.nodes(f"grip {step}", "layered")
        low, high = (step - 0.5) / (STEPS - 1), (step + 0.5) / (STEPS - 1) - 1e-6
        node.setTag(DRIVE, driving("pressed", "show", low, high))
        node.reparentTo(root)
    return root


def _grip(mesh: Mesh, pressed: float) -> None:
    """Ball and fingers, `pressed` 0 to 1."""
    x, y, z = BALL_AT
    wide, long, high = 0.041 + 0.005 * pressed, 0.052 + 0.006 * pressed, 0.042 - 0.022 * pressed
    sunk = 0.016 * pressed
    bulb, normals = ball((x - 0.006, y + 0.004, z - 0.012), (wide, long, high), 26, 14)
    shade = np.clip(0.62 + 0.38 * (normals[..., 2] * 0.5 + 0.5), 0.0, 1.0)
    mesh.add(bulb, normals=normals, colour=RUBBER, open_to_sky=shade)
    neck, normals = tube(
        [(x - 0.004, y + 0.044, z - 0.013), (x, y + 0.070, z - 0.010)], [0.018, 0.009], 14
    )
    mesh.add(neck, normals=normals, colour=RUBBER * 0.75)
    palm, normals = ball(
        (x + 0.002, y - 0.060, z + 0.020 - 0.3 * sunk), (0.044, 0.052, 0.021), 22, 12
    )
    mesh.add(palm, normals=normals, colour=SKIN, open_to_sky=0.9)
    for aside, longer in FINGERS:
        near = 1.0 - (aside / 0.034) ** 2 * 0.5
        path = [
            (x + 0.92 * aside, y - 0.070, z + 0.021 - 0.4 * sunk),
            (x + aside, y - 0.032 + longer, z + 0.020 + 0.019 * near - 0.8 * sunk),
            (x + 1.04 * aside, y + 0.004 + longer, z + 0.022 + 0.018 * near - 1.2 * sunk),
            (x + 1.02 * aside, y + 0.034 + longer - 0.2 * sunk, z + 0.010 + 0.014 * near - sunk),
            (x + 0.96 * aside, y + 0.044 + longer - 0.5 * sunk, z - 0.008 + 0.008 * near),
        ]
        line = bent(path)
        radii = np.interp(
            np.linspace(0, 1, len(line)), [0, 0.3, 0.75, 1], [0.0118, 0.0112, 0.0092, 0.0078]
        )
        finger, normals = tube(line, radii, 12, beside=(1.0, 0.0, 0.0))
        mesh.add(finger, normals=normals, colour=SKIN, open_to_sky=0.92)
        tip, normals = ball(line[-1], (0.0076, 0.0076, 0.0076), 12, 8)
        mesh.add(tip, normals=normals, colour=NAIL, open_to_sky=0.85)
    thumb = bent(
        [
            (x - 0.030, y - 0.078, z + 0.014),
            (x - 0.050, y - 0.048, z + 0.012 - 0.4 * sunk),
            (x - 0.050 + 0.4 * sunk, y - 0.008, z + 0.012 - 0.5 * sunk),
            (x - 0.036 + 0.8 * sunk, y + 0.022, z + 0.016 - 0.8 * sunk),
        ]
    )
    radii = np.interp(np.linspace(0, 1, len(thumb)), [0, 0.4, 1], [0.014, 0.0122, 0.0098])
    skin, normals = tube(thumb, radii, 14)
    mesh.add(skin, normals=normals, colour=SKIN, open_to_sky=0.92)
    tip, normals = ball(thumb[-1], (0.0099, 0.0099, 0.0099), 12, 8)
    mesh.add(tip, normals=normals, colour=NAIL, open_to_sky=0.9)


def _hose(mesh: Mesh) -> None:
    """The hose runs from the ball along the side of the table to its foot."""
    x, y, z = BALL_AT
    side = TABLE_HALF_M + 0.022
    path = rounded(
        [
            (x, y + 0.064, z - 0.010),
            (x + 0.025, y + 0.17, z - 0.038),
            (side, y + 0.32, TABLE_TOP + 0.01),
            (side, y + 0.72, TABLE_TOP - 0.03),
            (side, y + 1.25, TABLE_TOP - 0.03),
        ],
        0.045,
        5,
    )
    hose, normals = tube(path, 0.0055, 10)
    mesh.add(hose, normals=normals, colour=(0.83, 0.84, 0.82))
