"""Owns how the five grades of a spider become one model; knows nothing of its ways.

Each grade is a node that the value "realism" shows, with a node "fine" and, for where many are
seen, "plain". What they stand on is told by tags: the skeleton, and where its limbs rest.
"""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.look.limbed import tell_skeleton
from vr_runtime.stage.models.animals.spider.hair import hair
from vr_runtime.stage.models.animals.spider.legs import limbs, shadows
from vr_runtime.stage.models.animals.spider.plan import GRADES, SKELETONS
from vr_runtime.stage.models.animals.spider.skin import Skin, seen_from_afar, skins
from vr_runtime.stage.models.animals.spider.trunk import trunk
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh

FINE, PLAIN, THREAD = "fine", "plain", "thread"


def spider(kind: str) -> NodePath:
    """The model of a kind, one span large."""
    root = NodePath(kind)
    bones = SKELETONS[kind]
    tell_skeleton(root, bones)
    for grade, skin in enumerate(skins(kind)):
        node = root.attachNewNode(f"grade {grade + 1}")
        half = 0.5 / (GRADES - 1)
        middle = grade / (GRADES - 1)
        node.setTag(DRIVE, driving("realism", "show", middle - half, middle + 0.999 * half))
        _body(kind, skin).nodes(FINE, "limbed", moving=True).reparentTo(node)
        _body(kind, seen_from_afar(skin)).nodes(PLAIN, "limbed", moving=True).reparentTo(node)
        below = Mesh()
        shadows(below, bones, skin)
        below.nodes("below", "limbed_shade", moving=True).reparentTo(node)
    _thread(root, kind)
    return root


def _thread(root: NodePath, kind: str) -> None:
    """A thread of length and width 1 along y, hidden until it is spun."""
    line = Mesh()
    line.box((-0.5, 0.0, -0.5), (0.5, 1.0, 0.5), colour=(0.86, 0.87, 0.88), bottom=True)
    node = line.nodes(THREAD, "mover")
    (_, y, z), (_, deep, _) = SKELETONS[kind].belly
    node.setPos(0.0, y - deep, z + SKELETONS[kind].height)
    node.hide()
    node.reparentTo(root)


def _body(kind: str, skin: Skin) -> Mesh:
    mesh, bones = Mesh(), SKELETONS[kind]
    trunk(mesh, bones, skin)
    limbs(mesh, bones, skin)
    hair(mesh, bones, skin)
    return mesh
