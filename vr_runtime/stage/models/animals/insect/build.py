"""Owns how the five grades of an insect become one model; knows nothing of its ways.

As a spider's: a node for each grade that the value "realism" shows, in it "fine" and "plain". Two
more hold its wings, of which one is shown: laid down, or beating.
"""

from __future__ import annotations

from panda3d.core import NodePath, TransparencyAttrib

from vr_runtime.stage.look.limbed import tell_skeleton
from vr_runtime.stage.models.animals.insect.limbs import limbs, shadows
from vr_runtime.stage.models.animals.insect.plan import BUILDS
from vr_runtime.stage.models.animals.insect.skin import Skin, seen_from_afar, skins
from vr_runtime.stage.models.animals.insect.trunk import trunk
from vr_runtime.stage.models.animals.insect.wings import (
    BEATING_ALPHA,
    FOLDED_ALPHA,
    beating,
    folded,
)
from vr_runtime.stage.models.animals.spider.build import FINE, PLAIN
from vr_runtime.stage.models.animals.spider.plan import GRADES
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh

FOLDED, BEATING = "wings folded", "wings beating"


def insect(kind: str) -> NodePath:
    """The model of a kind, one body's length large."""
    root = NodePath(kind)
    build = BUILDS[kind]
    tell_skeleton(root, build.skeleton)
    for grade, skin in enumerate(skins(kind)):
        node = root.attachNewNode(f"grade {grade + 1}")
        half = 0.5 / (GRADES - 1)
        middle = grade / (GRADES - 1)
        node.setTag(DRIVE, driving("realism", "show", middle - half, middle + 0.999 * half))
        _body(kind, skin).nodes(FINE, "limbed", moving=True).reparentTo(node)
        _body(kind, seen_from_afar(skin)).nodes(PLAIN, "limbed", moving=True).reparentTo(node)
        below, down, spread = Mesh(), Mesh(), Mesh()
        shadows(below, build)
        below.nodes("below", "limbed_shade", moving=True).reparentTo(node)
        folded(down, build, skin)
        beating(spread, build, skin)
        toy = skin.swollen > 1.3
        _clear(down, FOLDED, 0.85 if toy else FOLDED_ALPHA).reparentTo(node)
        fan = _clear(spread, BEATING, BEATING_ALPHA)
        fan.hide()
        fan.reparentTo(node)
    return root


def _clear(mesh: Mesh, name: str, alpha: float) -> NodePath:
    node = mesh.nodes(name, "limbed", moving=True)
    node.setTransparency(TransparencyAttrib.MAlpha)
    node.setDepthWrite(False)
    node.setAlphaScale(alpha)
    return node


def _body(kind: str, skin: Skin) -> Mesh:
    mesh, build = Mesh(), BUILDS[kind]
    trunk(mesh, kind, build, skin)
    limbs(mesh, kind, build, skin)
    return mesh
