"""Owns the dogs beside the first: those that stay by it, and those that an event alone brings."""

from __future__ import annotations

from scenarios.api import Animal, Node, Stage, Steps, Vec

from .plan import BESIDE, EYES_M, HOMES, OTHERS
from .showing import put, show


class Company:
    """The other dogs of the meadow."""

    def __init__(self, stage: Stage, park: Node) -> None:
        self.stage, self._park = stage, park
        self.others: list[Animal] = []
        """Those that stay by the first dog, hidden until they belong there."""
        for (kind, coat), off in zip(OTHERS, BESIDE, strict=True):
            at = (HOMES[0][0] + off[0], HOMES[0][1] + off[1], 0.0)
            aside = 180.0 - 14.0 * off[0]
            dog = stage.animal(kind, coat=coat, at=at, heading=aside, parent=park)
            dog.visible = False
            self.others.append(dog)

    def stay_by(self, home: Vec, count: int, behaviour: int, feet: Vec) -> None:
        """So many of them by the dog whose home it is, and what they show."""
        for number, (dog, off) in enumerate(zip(self.others, BESIDE, strict=True)):
            put(dog, (home[0] + off[0], home[1] + off[1], 0.0), 180.0 - 14.0 * off[0])
            dog.visible = number < count
            show(dog, behaviour, feet)

    def runs_past(self, home: Vec) -> Steps:
        """From the right to the left, behind the dog whose home it is."""
        y = home[1] + 1.6
        runner = self._another("black_tan", (home[0] + 8.0, y, 0.0), 90.0)
        self.stage.sound("dogs/paws", parent=runner, at=(0.0, 0.0, 0.1)).play()
        yield from runner.run_to((home[0] - 11.0, y + 0.8, 0.0), speed=3.6)

    def arrives(self, home: Vec, feet: Vec) -> Steps:
        """It trots up, stands beside that dog, looks at the patient and goes away again."""
        comer = self._another("golden", (home[0] + 6.0, home[1] + 4.0, 0.0), 120.0)
        comer.set("wag", 0.9)
        self.stage.sound("dogs/paws", parent=comer, at=(0.0, 0.0, 0.1)).play()
        yield from comer.run_to((home[0] + 1.5, home[1] + 0.6, 0.0), speed=2.2)
        yield from comer.look_at(feet)
        comer.gaze_at((0.0, feet[1], EYES_M))
        comer.set("pant", 0.8)
        yield from comer.stay(4.0)
        comer.gaze_at(None)
        yield from comer.run_to((home[0] + 6.0, home[1] + 6.0, 0.0), speed=2.0)

    def _another(self, coat: str, at: Vec, heading: float) -> Animal:
        """A dog that belongs to the event alone."""
        return self.stage.animal("medium_dog", coat=coat, at=at, heading=heading, parent=self._park)
