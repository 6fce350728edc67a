"""Owns how living animals are drawn: their frames, limbs, threads, and which are drawn finely.

Knows neither scenario nor gait: where feet are is told by the animal.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from panda3d.core import LMatrix4f, LVecBase3f, LVecBase4f, NodePath, ShaderAttrib

from vr_runtime.stage.animals.animal import DARK, Animal, Stance
from vr_runtime.stage.animals.dog.bones import Body
from vr_runtime.stage.animals.dog.dog import Dog, DogStance
from vr_runtime.stage.look.boned import bend
from vr_runtime.stage.look.limbed import pose
from vr_runtime.stage.models.animals.dog.build import LEASH
from vr_runtime.stage.models.animals.insect.build import BEATING, FOLDED
from vr_runtime.stage.models.animals.spider.build import FINE, PLAIN, THREAD
from vr_runtime.stage.space import Frame, Vec, dot, times

MOST_FINE = 6
"""So many, the nearest to the eyes, are drawn with all their hair, the others with a tenth."""
PALEST, DARKEST = 1.35, 0.62
"""What "dark" 0 and 1 make of the colours."""
THREAD_M = 0.0008
DOG_FINE_M = 13.0
"""A dog farther away than this is drawn with a tenth of its hair."""
LONGEST_SHADOW = 0.8
"""How far a shadow falls aside at most, for each unit of height: light that grazes is left out."""
NO_LIGHT = 0.02


@dataclass
class Drawn:
    """What is drawn of one animal."""

    holder: NodePath
    model: NodePath
    light: Vec | None
    """Towards what lights it most."""
    stance: Stance | DogStance | None = None
    body: Body | None = None
    """Of a dog."""
    values: dict[str, float] = field(default_factory=dict)
    fine: bool = True
    aloft: bool = False


class Herd:
    """The animals of one scene."""

    def __init__(self, root: NodePath) -> None:
        self._root = root
        self._drawn: dict[Animal, Drawn] = {}

    def take(self, animal: Animal, holder: NodePath, model: NodePath) -> None:
        """From now on draw the animal with this model, a copy of its own, below its holder."""
        self._drawn[animal] = drawn = Drawn(holder, model, _light(model))
        if isinstance(animal, Dog):
            drawn.body = Body(animal.hound)
        self.follow(animal, 1.0)
        for plain in model.findAllMatches(f"**/{PLAIN}"):
            plain.hide()

    def forget(self, animal: Animal) -> None:
        """It is gone."""
        self._drawn.pop(animal, None)

    def follow(self, animal: Animal, between: float) -> None:
        """Bring an animal to where it is between the last two ticks."""
        drawn = self._drawn.get(animal)
        if drawn is None or not animal.visible:
            return
        dark = animal.values[DARK]
        if drawn.values.get(DARK) != dark:
            drawn.values[DARK] = dark
            tint = PALEST * (DARKEST / PALEST) ** dark
            drawn.model.setShaderInput("tint", LVecBase3f(tint, tint, tint), 1)
        if isinstance(animal, Dog):
            self._lead(animal, drawn, animal.dog_stance(between))
            return
        stance = animal.stance(between)
        if stance is drawn.stance:
            return
        drawn.stance = stance
        _place(drawn.holder, stance.frame)
        drawn.model.setScale(stance.size)
        pose(drawn.model, stance.tips, stance.trunk, stance.sway)
        stands = 1.0 if stance.thread is None and not stance.aloft else 0.0
        aside = _slant(drawn.light, stance.frame)
        drawn.model.setShaderInput("slant", LVecBase4f(*aside, 0.0, stands))
        _spin(drawn.model, stance)
        if stance.aloft is not drawn.aloft:
            drawn.aloft = stance.aloft
            _spread(drawn.model, stance.aloft)

    def _lead(self, dog: Dog, drawn: Drawn, stance: DogStance) -> None:
        """Bend a dog's bones as it stands."""
        body = drawn.body
        if stance is drawn.stance or body is None:
            return
        drawn.stance = stance
        _place(drawn.holder, stance.frame)
        drawn.model.setScale(stance.size)
        body.bend(stance.bearing, stance.paws)
        strap = drawn.model.find(LEASH)
        if stance.leash is None:
            strap.hide()
        else:
            strap.show()
            body.hold_by(times(stance.leash, 1.0 / stance.size), stance.size)
        bend(drawn.model, body.rows())
        drawn.model.setShaderInput(
            "slant", LVecBase4f(*_slant(drawn.light, stance.frame), 0.0, 1.0)
        )

    def look_from(self, eye: Vec) -> None:
        """Before a picture seen from there, in the scene: who is near is drawn finely."""
        if len(self._drawn) <= MOST_FINE:
            near = set(self._drawn)
        else:
            far = {
                animal: (drawn.model.getPos(self._root) - LVecBase3f(*eye)).lengthSquared()
                for animal, drawn in self._drawn.items()
            }
            near = set(sorted(far, key=lambda each: far[each])[:MOST_FINE])
        for animal, drawn in self._drawn.items():
            fine = animal in near
            if isinstance(animal, Dog):
                away = (drawn.holder.getPos(self._root) - LVecBase3f(*eye)).length()
                fine = fine and away < DOG_FINE_M
            if fine is not drawn.fine:
                drawn.fine = fine
                for name, shown in ((FINE, fine), (PLAIN, not fine)):
                    for node in drawn.model.findAllMatches(f"**/{name}"):
                        node.show() if shown else node.hide()


def _place(holder: NodePath, frame: Frame) -> None:
    numbers = [n for way in (frame.right, frame.forward, frame.up) for n in (*way, 0.0)]
    holder.setMat(LMatrix4f(*numbers, *frame.at, 1.0))


def _light(model: NodePath) -> Vec | None:
    """Whence most light comes where the model stands; None where it comes from everywhere."""
    told = model.getNetState().getAttrib(ShaderAttrib)
    if told is None:
        return None
    if max(_three(told, "sun_colour")) < NO_LIGHT:
        return None
    return _three(told, "sun_towards")


def _three(told: ShaderAttrib, name: str) -> Vec:
    # the vector lies in the input, which must live as long as it is read
    given = told.getShaderInput(name)
    x, y, z, _w = given.getVector()
    return (x, y, z)


def _slant(light: Vec | None, frame: Frame) -> tuple[float, float]:
    """How far a shadow falls aside on the surface, right and forwards, for each unit of height."""
    if light is None:
        return (0.0, 0.0)
    high = max(0.25, dot(light, frame.up))
    out = [-dot(light, way) / high for way in (frame.right, frame.forward)]
    long = max(1.0, (out[0] ** 2 + out[1] ** 2) ** 0.5 / LONGEST_SHADOW)
    return (out[0] / long, out[1] / long)


def _spin(model: NodePath, stance: Stance) -> None:
    """Draw the thread, from the end of the trunk to where it is fixed."""
    thread = model.find(THREAD)
    if thread.isEmpty():
        return
    if stance.thread is None:
        thread.hide()
        return
    thread.show()
    x, y, z = stance.thread
    start = thread.getPos()
    long = max(1e-3, ((x - start[0]) ** 2 + (y - start[1]) ** 2 + (z - start[2]) ** 2) ** 0.5)
    thread.lookAt(x, y, z)
    wide = THREAD_M / stance.size
    thread.setScale(wide, long, wide)


def _spread(model: NodePath, aloft: bool) -> None:
    """Show wings as they beat, or laid down."""
    for name, shown in ((BEATING, aloft), (FOLDED, not aloft)):
        for node in model.findAllMatches(f"**/{name}"):
            node.show() if shown else node.hide()
