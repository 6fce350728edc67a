"""Owns what the patient of a scenario of panoramas is given to do, as Python; writes no file.

Two tasks are proposed for any picture, and one for each thing to look at that an author has named.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from scenarios.api.pose import EYES_M
from vr_runtime.authoring.making.panorama import Place, Planned, Said
from vr_runtime.authoring.making.template import literal
from vr_runtime.language import _

FAR_M = 40.0
"""From the patient's eyes: so far that a step to the side hardly turns the way to it."""
LOOK_S = 10
STAY_S = 30


def targets(planned: Planned) -> Iterator[str]:
    """The declaration of what there is to look at; nothing where nothing was named."""
    if not planned.targets:
        return
    yield ""
    yield "    targets = {"
    for name, target in planned.targets.items():
        yield f"        {literal(name)}: {literal({'fr': target.fr, 'en': target.en})},"
    yield "    }"


def tasks(planned: Planned) -> Iterator[str]:
    """The methods, one below the other."""
    taken = {name for name, _path, _words in planned.events}
    for name, target in planned.targets.items():
        yield from _look(_free(f"look_{name}", taken), name, target, planned)
    yield ""
    yield "    @task("
    yield '        fr="Regardez lentement tout autour de vous, sans rien laisser de côté.",'
    yield '        en="Look slowly all around you, and leave nothing out.",'
    yield "    )"
    yield f"    def {_free('look_round', taken)}(self):"
    yield "        pass  # " + _("the therapist sees it, and says when it is done")
    yield ""
    yield "    @task("
    yield f'        fr="Restez {STAY_S} secondes avec ce que vous voyez.",'
    yield f'        en="Stay with what you see for {STAY_S} seconds.",'
    yield "    )"
    yield f"    def {_free('stay', taken)}(self):"
    yield f"        yield from self.wait({STAY_S})"


def _look(task: str, name: str, target: Said.OfTarget, planned: Planned) -> Iterator[str]:
    number, place = next(
        (n, p) for n, p in enumerate(planned.places) if p.picture.name == target.picture
    )
    x, y, z = middle(target, place)
    radius = FAR_M * math.sin(math.radians(target.radius))
    yield ""
    yield "    @task("
    yield f"        fr={literal(f'Regardez {target.fr} pendant {LOOK_S} secondes.')},"
    yield f"        en={literal(f'Look at {target.en} for {LOOK_S} seconds.')},"
    yield f"        min_level={place.first},"
    # In another picture there would be nothing to look at.
    within = [f"place.at_least({number})"] if number > 0 else []
    within += [f"place.at_most({number})"] if number < len(planned.places) - 1 else []
    if within:
        yield f"        requires=({', '.join(within)}{',' if len(within) == 1 else ''}),"
    yield "    )"
    yield f"    def {task}(self):"
    at = f"({x:.1f}, {y:.1f}, {z:.1f})"
    yield f"        self.stage.target({literal(name)}, at={at}, radius={radius:.1f})"
    yield f"        yield from self.looking({literal(name)}, seconds={LOOK_S})"


def middle(target: Said.OfTarget, place: Place) -> tuple[float, float, float]:
    """Where a target is put, in metres from the patient's feet: x to the right, y ahead, z up."""
    left, up = math.radians(place.heading + target.heading), math.radians(target.pitch)
    level = FAR_M * math.cos(up)
    return -level * math.sin(left), level * math.cos(left), EYES_M + FAR_M * math.sin(up)


def _free(name: str, taken: set[str]) -> str:
    """A name that no method has yet."""
    while name in taken:
        name += "_task"
    taken.add(name)
    return name
