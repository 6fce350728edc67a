"""Owns how a planned scenario of panoramas reads as Python; decides nothing and writes no file.

What is written is an ordinary scenario: its author goes on in it, sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from scenarios.api.manifest import LEVELS, Words
from vr_runtime.authoring.bringing.bringing import Brought
from vr_runtime.authoring.making.making import Plan
from vr_runtime.authoring.making.panorama import DARKEST, Planned
from vr_runtime.authoring.making.panorama_tasks import targets, tasks
from vr_runtime.authoring.making.template import literal
from vr_runtime.language import _
from vr_runtime.stage.own import OWN

CONTRAINDICATIONS = {
    "acrophobia": "heights",
    "claustrophobia": "confined",
    "blood_injection_injury": "blood",
}
QUIETEST = 30
"""Per cent of its loudness at which a sound goes on at level 0."""
FEWEST_EVENTS = 2
WIDEST = 100
"""Signs of a line, where it can be broken."""


def text(plan: Plan, planned: Planned, files: Mapping[Path, Brought]) -> str:
    """The scenario's `scenario.py`; `files` gives each file as it is laid into `own`."""
    return "\n".join(_lines(plan, planned, files)) + "\n"


def _lines(plan: Plan, planned: Planned, files: Mapping[Path, Brought]) -> Iterator[str]:
    beds = planned.bed is not None or any(place.bed for place in planned.places)
    title = planned.title or Words(fr=plan.title_fr, en=plan.title_en)
    yield '"""' + _("360° pictures as levels. Say in `levels` what the patient meets.") + '"""'
    yield ""
    yield "from scenarios.api import Comfort, Graded, Scenario, event, task"
    yield ""
    yield ""
    yield f"class {plan.names.class_name}(Scenario):"
    yield f"    id = {literal(plan.names.id)}"
    yield f"    title = {_both(title)}"
    yield from _named("summary", planned.summary or _summary(planned))
    yield f"    phobia = {literal(plan.phobia)}"
    risk = CONTRAINDICATIONS.get(plan.phobia)
    listed = f"({literal(risk)},)" if risk else "()"
    yield f"    contraindications = {listed}  # " + _("what a patient may have to be kept from")
    yield '    comfort = Comfort(motion="none")  # ' + _("the cameras stood still")
    yield "    levels = {"
    for level, sentence in enumerate(planned.sentences):
        if level not in planned.said and (level == 0 or level - 1 in planned.said):
            yield "        # " + _(
                "proposed from the names of the files: say what the patient meets"
            )
        line = f"        {level}: {_both(sentence)},"
        if len(line) <= WIDEST:
            yield line
            continue
        yield f"        {level}: {{"
        yield f'            "fr": {literal(sentence.fr)},'
        yield f'            "en": {literal(sentence.en)},'
        yield "        },"
    yield "    }"
    yield from targets(planned)
    yield ""
    yield from _values(planned, beds=beds)
    yield ""
    yield from _build(planned, files, beds=beds)
    yield ""
    yield from _update(planned, beds=beds)
    yield from _events(planned, files)
    yield from tasks(planned)


def _both(words: Words) -> str:
    return literal({"fr": words.fr, "en": words.en})


def _named(name: str, words: Words) -> Iterator[str]:
    yield f"    {name} = {{"
    yield f'        "fr": {literal(words.fr)},'
    yield f'        "en": {literal(words.en)},'
    yield "    }"


def _summary(planned: Planned) -> Words:
    count = len(planned.places)
    if count == 1:
        return Words(
            fr="Une image à 360° dont la clarté suit le niveau.",
            en="One 360° picture whose brightness follows the level.",
        )
    return Words(
        fr=f"{count} images tout autour, de la plus facile à la plus difficile.",
        en=f"{count} pictures all around, from the easiest to the hardest.",
    )


def _values(planned: Planned, *, beds: bool) -> Iterator[str]:
    yield "    # " + _(
        "What follows the level: which picture, how bright it is, how loud it sounds."
    )
    if len(planned.places) > 1:
        steps = ", ".join(f"{place.first}: {n}" for n, place in enumerate(planned.places))
        last = planned.places[-1].first
        if last != LEVELS - 1:
            steps += f", {LEVELS - 1}: {len(planned.places) - 1}"
        yield "    place = Graded.choice("
        yield f"        {{{steps}}},"
        yield "        options=("
        for place in planned.places:
            yield f"            {_both(Words(fr=place.name, en=place.name))},"
        yield "        ),"
        yield '        fr="image",'
        yield '        en="picture",'
        yield "    )"
    if planned.fades:
        points = f"{{0: {DARKEST}, {LEVELS - 1}: 100}}"
        yield f'    brightness = Graded({points}, fr="clarté", en="brightness", unit="%")'
    if beds:
        points = f"{{0: {QUIETEST}, {LEVELS - 1}: 100}}"
        yield f'    loudness = Graded({points}, fr="son", en="sound", unit="%")'


def _build(planned: Planned, files: Mapping[Path, Brought], *, beds: bool) -> Iterator[str]:
    yield "    def build(self):"
    yield "        self.dark = 0.0"
    yield "        self.places = ["
    for place in planned.places:
        turned = f", heading={place.heading:g}" if place.heading else ""
        yield f"            self.stage.panorama({_own(place.picture, files)}{turned}),"
    yield "        ]"
    if not beds:
        return
    yield "        self.beds = {  # " + _("the sound of each picture, by its number")
    for number, place in enumerate(planned.places):
        bed = place.bed or planned.bed
        if bed is not None:
            sound = f"self.stage.sound({_own(bed, files)}, loop=True, volume=0)"
            yield f"            {number}: {sound},"
    yield "        }"


def _update(planned: Planned, *, beds: bool) -> Iterator[str]:
    shown = "int(self.place)" if len(planned.places) > 1 else "0"
    yield "    def update(self, dt):"
    yield "        for number, place in enumerate(self.places):"
    yield f"            place.visible = number == {shown}"
    if beds:
        yield "        for number, bed in self.beds.items():"
        yield f"            bed.volume = self.loudness / 100 if number == {shown} else 0"
    if planned.fades:
        yield "        self.stage.darken(max(self.dark, 1 - self.brightness / 100))"
    else:
        yield "        self.stage.darken(self.dark)"


def _events(planned: Planned, files: Mapping[Path, Brought]) -> Iterator[str]:
    for name, path, words in planned.events:
        yield ""
        named = f"fr={literal(words.fr)}, en={literal(words.en)}"
        yield f"    @event({named}, min_level={words.min_level}, cooldown_s=10)"
        yield f"    def {name}(self):"
        yield f"        self.stage.sound({_own(path, files)}).play()"
        yield f"        yield from self.wait({max(0.5, files[path].seconds):.1f})"
    missing = FEWEST_EVENTS - len(planned.events)
    taken = {name for name, _path, _words in planned.events}
    if missing > 0 and "darkens" not in taken:
        missing -= 1
        yield ""
        named = 'fr="L\'image s\'assombrit", en="The picture darkens"'
        yield f"    @event({named}, min_level=1, cooldown_s=20)"
        yield "    def darkens(self):"
        yield "        self.dark = 0.7"
        yield "        try:"
        yield "            yield from self.wait(5.0)"
        yield "        finally:"
        yield "            self.dark = 0.0"
    if missing > 0 and "steps" not in taken:
        yield ""
        named = 'fr="Des pas derrière vous", en="Steps behind you"'
        yield f"    @event({named}, min_level=1, cooldown_s=20)"
        yield "    def steps(self):"
        yield '        self.stage.sound("people/steps", at=(0, -2, 0)).play()'
        yield "        yield from self.wait(4.0)"


def _own(path: Path, files: Mapping[Path, Brought]) -> str:
    return literal(f"{OWN}{files[path].name}")
