"""Owns how skeleton, flesh, coat and fine parts of a dog become one model; knows none of its ways.

Each coat is a node that the value "coat" shows, with a node "fine" and, for where many are seen or
from afar, "plain".
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.look.boned import tell_bones
from vr_runtime.stage.models.animals.dog import hair, parts
from vr_runtime.stage.models.animals.dog.coat import COATS, bare, colours, flow, skin
from vr_runtime.stage.models.animals.dog.nets import Wide, net, openness, slope, spaced
from vr_runtime.stage.models.animals.dog.plan import BONES, HOUNDS, NUMBER, Hound
from vr_runtime.stage.models.animals.dog.shape import Flesh, flesh, jaw
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh

FINE, PLAIN, LEASH = "fine", "plain", "leash"
SHADE_ABOVE = 0.020
"""So high that grass about the paws stands in it."""
_MOUTH = np.asarray((0.34, 0.145, 0.145))


def dog(kind: str) -> NodePath:
    """The model of a kind, one withers' height large."""
    hound = HOUNDS[kind]
    root = NodePath(kind)
    tell_bones(root, len(BONES))
    bodies = {name: _body(hound, fine=name == FINE) for name in (FINE, PLAIN)}
    for number, coat in enumerate(COATS):
        node = root.attachNewNode(f"coat {coat}")
        half = 0.5 / (len(COATS) - 1)
        middle = number / (len(COATS) - 1)
        node.setTag(DRIVE, driving("coat", "show", middle - half, middle + 0.999 * half))
        for name, body in bodies.items():
            mesh = Mesh()
            _clothed(mesh, hound, coat, body, fine=name == FINE)
            mesh.nodes(name, "boned", moving=True).reparentTo(node)
    strap = Mesh()
    parts.leash(strap, (0.16, 0.14, 0.13))
    strap.nodes(LEASH, "boned", moving=True).reparentTo(root)
    root.find(LEASH).hide()
    below = Mesh()
    _shadows(below, hound)
    below.nodes("below", "boned_shade", moving=True).reparentTo(root)
    return root


class _Body:
    """Faces of a body without its coat."""

    def __init__(self, field: Flesh, places: Wide, faces: Wide, mouth: Wide) -> None:
        self.field, self.places, self.faces = field, places, faces
        self.mouth = mouth
        self.normals = slope(field, places)
        self.bones, self.shares = field.bones(places)
        self.open = openness(field, places, self.normals, 0.12)

    @property
    def motion(self) -> Wide:
        return parts.packed(self.bones, self.shares, 0.015)


def _body(hound: Hound, *, fine: bool) -> tuple[_Body, _Body]:
    """The body and the lower jaw."""
    k = 1.0 if fine else 1.9
    head = hound.head[1] - 0.06
    back = hound.tail_joint(5)[1] - 0.06
    top = hound.head[2] - 0.14
    lines = (
        spaced((-0.26, 0.26, 0.0118 * k)),
        spaced(
            (back, -0.56, 0.022 * k), (-0.56, head, 0.0165 * k), (head, head + 0.62, 0.0093 * k)
        ),
        spaced((-0.03, 0.09, 0.0095 * k), (0.09, top, 0.0200 * k), (top, top + 0.34, 0.0093 * k)),
    )
    whole = Flesh(flesh(hound))
    places, faces = net(whole, lines)
    hp = (places - np.asarray(hound.head)) / hound.head_size
    mouth = (hp[:, 1] > 0.09) & (hp[:, 2] < -0.03)
    body = _Body(whole, places, faces, mouth)
    body.mouth = (mouth & (body.normals[:, 2] < -0.75) & (np.abs(hp[:, 0]) < 0.021)).astype(float)
    lower = Flesh(jaw(hound))
    y, z, step = hound.head[1], hound.head[2], 0.0055 * k * hound.head_size
    far = hound.head_size
    fine_lines = (
        spaced((-0.08, 0.08, step)),
        spaced((y - 0.02, y + 0.44 * far, step)),
        spaced((z - 0.14 * far, z + 0.02, step)),
    )
    places, faces = net(lower, fine_lines)
    under = _Body(lower, places, faces, np.zeros(len(places)))
    inner = (places - np.asarray(hound.head))[:, 0] / hound.head_size
    under.mouth = ((under.normals[:, 2] > 0.35) & (np.abs(inner) < 0.0165)).astype(float)
    under.open = under.open * 0.85
    return body, under


def _clothed(
    mesh: Mesh, hound: Hound, coat: str, bodies: tuple[_Body, _Body], *, fine: bool
) -> None:
    chance = np.random.default_rng(7)
    body, _under = bodies
    for each in bodies:
        first = each.bones[:, 0]
        on_head = (first >= NUMBER["head"]) & (first <= NUMBER["jaw"])
        paint = colours(coat, hound, each.places, each.normals, np.where(first == 6, 5, first))
        naked = bare(hound, each.places, each.normals, on_head)
        if each is not body:
            naked = naked * 0.35
        paint = paint * (1 - naked[:, None]) + skin() * naked[:, None]
        paint = paint * (1 - each.mouth[:, None]) + _MOUTH * each.mouth[:, None]
        told = each.motion
        told[:, 3] = 0.015 + 0.05 * naked
        f = each.faces
        keep = 1.0 - np.maximum(naked, each.mouth)
        mesh.add(
            each.places[f],
            # below the hair it is darker
            normals=each.normals[f].astype(np.float32),
            colour=(paint * (1.0 - hair.BELOW * keep[:, None]))[f].astype(np.float32),
            open_to_sky=each.open[f],
            picture="pelt",
            uv=hair.lie(each.places, flow(hound, each.places, each.normals, first), f),
            motion=told[f],
        )
        grown = hair.Ground(
            each.places, f, each.normals, each.bones, each.shares, each.open, paint, keep
        )
        share = 1.0 if each is body else 0.03
        hair.coat(mesh, hound, coat, grown, chance, share=share, fine=fine)
    for flap in parts.ears(hound):
        hair.ear(mesh, hound, coat, flap, chance, fine=fine)
    own = COATS[coat]

    def near(p: Wide) -> Wide:
        n = np.broadcast_to(np.asarray((0.0, 0.5, 0.8)), p.shape)
        return colours(coat, hound, p, n, np.full(len(p), float(NUMBER["head"])))

    parts.look_out(mesh, parts.eyes(hound, body.field), own.iris, near)
    parts.nose(mesh, hound)
    parts.teeth(mesh, hound)
    parts.tongue(mesh, hound)
    parts.collar(mesh, hound, body.field, own.collar)


def _shadows(mesh: Mesh, hound: Hound) -> None:
    """Soft dark spots on the ground below paws, trunk, head and tail.

    A vertex lies at the joint that throws the spot; its normal tells the corner.
    """
    spots = [
        ("toes_r", hound.legs[0].joints[3], 0.075, 0.100, 0.80),
        ("toes_l", hound.legs[1].joints[3], 0.075, 0.100, 0.80),
        ("sole_r", hound.legs[2].joints[3], 0.072, 0.095, 0.80),
        ("sole_l", hound.legs[3].joints[3], 0.072, 0.095, 0.80),
        ("chest", (0.0, 0.26 * hound.long, 0.70), 0.26, 0.32, 0.82),
        ("loin", (0.0, -0.06 * hound.long, 0.72), 0.24, 0.34, 0.74),
        ("pelvis", (0.0, -0.36 * hound.long, 0.75), 0.24, 0.28, 0.78),
        ("head", hound.on_head((0.0, 0.12, 0.0)), 0.13, 0.20, 0.26),
    ]
    for number, (bone, at, wide, deep, dark) in enumerate(spots):
        z = SHADE_ABOVE * (1.0 + 0.06 * number)
        corner = np.asarray(
            [[(-wide, -deep, z), (wide, -deep, z), (wide, deep, z), (-wide, deep, z)]]
        )
        mesh.add(
            np.broadcast_to(np.asarray(at), (1, 4, 3)),
            normals=corner.astype(np.float32),
            uv=[[(-1, -1), (1, -1), (1, 1), (-1, 1)]],
            open_to_sky=dark,
            motion=parts.alone(bone),
        )
