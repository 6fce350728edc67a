"""Owns the list of shipped models, what each may be told, and who makes it.

Knows no renderer: it is read by the console's checks and the null stage, and imports a generator
only when a model is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True)
class Parameter:
    """One value a model takes by `Node.set`, always from 0 to 1."""

    meaning: str
    """What 0 and 1 mean, in metres or words."""
    default: float = 0.0
    """What it is until it is set."""


@dataclass(frozen=True)
class ModelSource:
    """Where a model comes from and what it may be told."""

    name: str
    generator: str
    """The module below `vr_runtime.stage.models` whose `build()` gives the model."""
    summary: str
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: MappingProxyType({}))
    casts: bool = False
    """Whether it goes about and casts its shadow by itself; what stands has its shadow baked."""
    place: bool = False
    """Whether it stands around the patient, who is never seen to be moved past it."""
    hazy: bool = False
    """Whether it brings the air of a valley along, that pales what is far and what lies deep."""

    @property
    def module(self) -> str:
        """The generator's full module name."""
        return f"vr_runtime.stage.models.{self.generator}"


def _listed(*sources: ModelSource) -> Mapping[str, ModelSource]:
    return MappingProxyType({source.name: source for source in sources})


_LIFT = MappingProxyType(
    {
        "doors": Parameter("0 shut, 1 open", 1.0),
        "floor": Parameter("the number that is lit, 0 to 40"),
        "way": Parameter("arrow beside it: 0 none, 0.5 up, 1 down"),
        "lit": Parameter("lit button: 0 none, else (floor + 1) / 14, up to floor 12"),
        "alarm": Parameter("1 while the alarm button is lit"),
        "call": Parameter("1 while the button on the landing is lit"),
        "light": Parameter("0 its emergency lamp alone, 1 all its lamps burn", 1.0),
    }
)

MODELS: Mapping[str, ModelSource] = _listed(
    ModelSource(
        "city/district",
        "city.district",
        "An avenue and its streets, to the horizon; the avenue's near kerb is at y = 4.2 m.",
        place=True,
    ),
    ModelSource(
        "city/tower",
        "city.tower",
        "The tower that carries the balcony; its front is at y = -4.2 m, its roof at 78 m.",
        place=True,
    ),
    ModelSource(
        "city/flag",
        "city.flag",
        "A flag on a pole that leans out of a wall behind it, moved by the wind; its foot is at "
        "the origin, the wall faces -y.",
    ),
    ModelSource(
        "city/ambulance",
        "city.ambulance",
        "An ambulance that looks along y, its wheels on z = 0; its blue lights do not flash.",
        casts=True,
    ),
    ModelSource(
        "balcony/terrace",
        "balcony.terrace",
        "A balcony 6 m wide and 4.2 m deep; its edge is at y = 0, its floor at z = 0, and an arm "
        "at either side goes on to y = 2.8 m.",
        MappingProxyType(
            {
                "rail": Parameter("height of the handrail, 0 to 1.4 m", 0.93),
                "glass": Parameter("share of the floor that is clear glass, from the edge inwards"),
            }
        ),
        place=True,
    ),
    ModelSource(
        "balcony/paper",
        "balcony.paper",
        "A page of a newspaper, bent by the wind, level, its middle at the origin.",
        casts=True,
    ),
    ModelSource(
        "gorge/banks",
        "gorge.banks",
        "The land on both sides of a gorge, its rims at y = 0 and y = 44 m and z = 0; the water "
        "runs along x.",
        place=True,
        hazy=True,
    ),
    ModelSource(
        "gorge/slopes",
        "gorge.slopes",
        "Grassy sides of the gorge, from the rims 7 m down to its floor; scale z for other depths.",
        place=True,
    ),
    ModelSource(
        "gorge/cliffs",
        "gorge.cliffs",
        "Sides of layered rock, from the rims 84 m down: what is below the floor is hidden by it.",
        place=True,
    ),
    ModelSource(
        "gorge/talus",
        "gorge.talus",
        "Rubble at the foot of the cliffs, on the floor of the gorge at z = 0.",
        place=True,
    ),
    ModelSource(
        "gorge/floor",
        "gorge.floor",
        "The bottom of the gorge at z = 0: a river with boulders and trees.",
        place=True,
    ),
    ModelSource(
        "gorge/rock",
        "gorge.rock",
        "A block of limestone, 1 m long, its middle at the origin.",
    ),
    ModelSource(
        "gorge/shadow",
        "gorge.shadow",
        "The shadow of a bridge, across the gorge's bottom, at z = 0.",
        place=True,
    ),
    ModelSource(
        "gorge/arches",
        "gorge.arches",
        "Three arches that carry the stone bridge, 7 m high below z = 0; scale z for other depths.",
        place=True,
    ),
    ModelSource(
        "gorge/stone",
        "gorge.stone",
        "The way over the stone bridge along y, 44 m long and 2.6 m wide, its deck at z = 0.",
        MappingProxyType({"rail": Parameter("height of the parapets, 0 to 1.4 m", 0.86)}),
        place=True,
    ),
    ModelSource(
        "gorge/steel",
        "gorge.steel",
        "A footbridge of steel along y, 44 m long and 1.9 m wide, its deck of open grating at "
        "z = 0.",
        MappingProxyType({"rail": Parameter("height of the handrails, 0 to 1.4 m", 0.79)}),
        place=True,
    ),
    ModelSource(
        "gorge/rope",
        "gorge.rope",
        "A bridge of ropes along y, 44 m long and 1.2 m wide; its boards hang from z = 0 at the "
        "rims to -1.3 m in the middle.",
        MappingProxyType(
            {
                "rail": Parameter("height of the handlines above the boards, 0 to 1.4 m", 0.71),
                "gaps": Parameter("gap between two boards, 2 to 24 cm"),
            }
        ),
        place=True,
    ),
    ModelSource(
        "walk/ring",
        "walk.ring",
        "A pale ring on the ground, 0.5 m wide: a mark to which a patient may go.",
        MappingProxyType({"lit": Parameter("1 while it is looked at: broader and brighter")}),
    ),
    ModelSource(
        "kitchen/room",
        "kitchen.room",
        "A kitchen by day, 4.2 m broad, y = -3.4 m to 2.7 m; the table's top is at z = 0.75 m, "
        "its near edge at y = 0.45 m; the window is at the left.",
        place=True,
    ),
    ModelSource(
        "kitchen/jar",
        "kitchen.jar",
        "A preserving jar, 15 cm wide and 16 cm high, its foot at the origin.",
        MappingProxyType({"lid": Parameter("0 open, 1 shut", 1.0)}),
    ),
    ModelSource(
        "kitchen/tumbler",
        "kitchen.tumbler",
        "A wide drinking glass that stands upside down, 15.6 cm wide, its rim at the origin.",
        MappingProxyType({"down": Parameter("0 lifted, 1 standing, with its shadow", 1.0)}),
    ),
    ModelSource(
        "kitchen/card",
        "kitchen.card",
        "A sheet of card of 21 by 21 cm, flat, its middle at the origin.",
    ),
    ModelSource(
        "kitchen/terrarium",
        "kitchen.terrarium",
        "A glass case of 42 by 28 by 24 cm with a little sand, its foot at the origin.",
    ),
    *(
        ModelSource(
            f"lift/{size}",
            f"lift.{size}",
            f"A lift for {who} and the landing's wall around its doors at y = 0; the cabin begins "
            f"at y = 0.27 m and is {wide} m wide, {deep} m deep.",
            _LIFT,
            place=True,
        )
        for size, who, wide, deep in (
            ("bed", "a bed", 1.8, 2.7),
            ("broad", "a wheelchair and its company", 1.6, 1.8),
            ("office", "eight people", 1.3, 1.5),
            ("house", "five people", 1.05, 1.25),
            ("narrow", "three people", 0.85, 1.0),
            ("tiny", "one person", 0.72, 0.78),
        )
    ),
    ModelSource(
        "lift/landing",
        "lift.landing",
        "The landing before a lift, 4.6 m broad, y = -4.3 m to 0, without the wall at y = 0; the "
        "door to the stairs is at the right.",
        place=True,
    ),
    ModelSource(
        "garden/terrace",
        "garden.terrace",
        "A garden terrace in the sun with a laid table: its top is at z = 0.75 m, its near edge at "
        "y = 0.45 m; the house is at the right.",
        place=True,
    ),
    ModelSource(
        "garden/glass",
        "garden.glass",
        "A glass of lemonade with ice and a straw, 13.5 cm high, its foot at the origin.",
    ),
    ModelSource(
        "garden/screen",
        "garden.screen",
        "A pane of glass in a frame, 1.6 m broad and 2 m high, across x, its foot at the origin.",
    ),
    ModelSource(
        "garden/card",
        "garden.card",
        "A card with a drawn wasp, 21 by 15 cm, that stands and faces -y, its foot at the origin.",
    ),
    ModelSource(
        "bedroom/room",
        "bedroom.room",
        "A bedroom upstairs, 4.3 m broad, y = -2.2 m to 2.8 m; the window is ahead, the door left "
        "of it, the bed right. Its light is the stage's: lamps, and the sky through the window.",
        MappingProxyType(
            {
                "power": Parameter("1 while the street outside has light", 1.0),
                "lamp": Parameter("1 while the lamp in the ceiling is on", 1.0),
            }
        ),
        place=True,
    ),
    ModelSource(
        "bedroom/door",
        "bedroom.door",
        "The bedroom's door, its hinge at the origin, along x when it is shut.",
    ),
    ModelSource(
        "bedroom/wardrobe_leaf",
        "bedroom.wardrobe_leaf",
        "The leaf of the bedroom's wardrobe, its hinge at the origin, along -y when it is shut.",
    ),
    ModelSource(
        "bedroom/shutter",
        "bedroom.shutter",
        "A shutter of slats, its hinge at the origin, along -x when it is shut.",
    ),
    ModelSource(
        "bedroom/branch",
        "bedroom.branch",
        "The end of a branch with leaves, 1 m long, its foot at the origin; it reaches along -x.",
    ),
    ModelSource(
        "bedroom/rain",
        "bedroom.rain",
        "Rain that falls before a window, from 11.5 m above the origin down to it.",
        MappingProxyType({"amount": Parameter("0 none, 1 a downpour")}),
    ),
    ModelSource(
        "bedroom/drops",
        "bedroom.drops",
        "Drops on the bedroom's window, the pane's middle at the origin.",
        MappingProxyType({"amount": Parameter("0 none, 1 all over")}),
    ),
    ModelSource(
        "bedroom/runnels",
        "bedroom.runnels",
        "Drops that run down the bedroom's window, the pane's middle at the origin.",
        MappingProxyType({"amount": Parameter("0 none, 1 all over")}),
    ),
    ModelSource(
        "bedroom/star",
        "bedroom.star",
        "A small star that glows in the dark and looks along -y, 6 cm broad.",
        MappingProxyType({"found": Parameter("1 when it was found: warmer and brighter")}),
    ),
    ModelSource(
        "bedroom/torch",
        "bedroom.torch",
        "A small torch that stands upright, 15 cm high; it gives no light: use `lamp`.",
    ),
    ModelSource(
        "bedroom/firefly",
        "bedroom.firefly",
        "A firefly: a point of soft light, its middle at the origin, seen from dusk on.",
        MappingProxyType({"found": Parameter("1 when it was found: warmer and brighter")}),
    ),
    ModelSource(
        "park/lawn",
        "park.lawn",
        "A park: a gravel path along y to a gate at y = 0, and behind it a meadow for dogs, 30 m "
        "broad and 36 m deep, within a fence 1.15 m high.",
        place=True,
    ),
    ModelSource(
        "park/gate",
        "park.gate",
        "The leaf of the park's gate, 1.4 m broad, hung at the origin; it reaches along x.",
        casts=True,
    ),
    ModelSource(
        "park/ball",
        "park.ball",
        "A tennis ball, 9 cm wide, that lies at the origin.",
        casts=True,
    ),
    ModelSource(
        "lift/gondola",
        "lift.gondola",
        "A glass lift, 1.9 m wide and 1.8 m deep, that looks along y; the middle of its floor is "
        "at the origin, the mast that carries it 1.1 m behind.",
        MappingProxyType(
            {
                "rail": Parameter("height of the handrail, 0 to 1.2 m", 0.92),
                "clear": Parameter("how clear its panes are", 1.0),
                "glass": Parameter("how clear its floor is"),
                "doors": Parameter("0 shut, 1 open"),
                "walls": Parameter("0 an open lift, 1 with panes and a roof", 1.0),
                "floor": Parameter("the number that is lit, 0 to 40"),
                "way": Parameter("arrow beside it: 0 none, 0.5 up, 1 down"),
            }
        ),
    ),
    ModelSource(
        "lift/facade",
        "lift.facade",
        "A tower of 43 floors of 3 m, its front at y = 0, with the mast of a lift at x = 0.",
        place=True,
    ),
    ModelSource(
        "lift/atrium",
        "lift.atrium",
        "A hall of 14 storeys of 3 m with galleries around it, 18 m broad, y = 0 to 20 m; the mast "
        "of a lift stands before its wall at y = 0.",
        place=True,
    ),
    ModelSource(
        "cellar/passage",
        "cellar.passage",
        "A passage below ground along y, a brick vault 2.4 m wide and 2.6 m high as made, from "
        "y = 0.3 to 30 m, with pipes and a lamp each 4 m from y = 2 m on.",
        MappingProxyType({"lit": Parameter("0 its lamps are dark, 1 they are seen to burn", 1.0)}),
        place=True,
    ),
    ModelSource(
        "cellar/narrows",
        "cellar.narrows",
        "A face of brick along y = 0 with a vault as wide and high as the passage left open in "
        "it: where a wider passage that ends there goes on as a narrower one.",
        place=True,
    ),
    ModelSource(
        "cellar/room",
        "cellar.room",
        "A cellar, a brick vault 3 m wide and 2.6 m high as made, from y = -5.4 m to 0.",
        place=True,
    ),
    ModelSource(
        "cellar/wall",
        "cellar.wall",
        "The wall between cellar and passage, from y = 0 to 0.3 m, with a doorway of stone.",
        place=True,
    ),
    ModelSource(
        "cellar/exit",
        "cellar.exit",
        "The end of the passage: an arch at the origin and steps up into daylight, towards y.",
        place=True,
    ),
    ModelSource(
        "cellar/door",
        "cellar.door",
        "A door of oak boards, 85 cm wide, its hinge at the origin at the left; shut at heading 0.",
        MappingProxyType({"bolt": Parameter("0 its bolt is free, 1 drawn across")}),
    ),
    ModelSource(
        "cellar/shelf",
        "cellar.shelf",
        "A shelf with jars, bottles and boxes, 1.3 m long along y, its back at x = 0.",
        place=True,
    ),
    ModelSource(
        "cellar/torch",
        "cellar.torch",
        "A torch on a crate 42 cm high, which points along y; its origin is on the floor.",
        MappingProxyType({"lit": Parameter("0 it is dark, 1 it is seen to burn", 1.0)}),
        place=True,
    ),
    ModelSource(
        "cellar/bulb",
        "cellar.bulb",
        "A bare bulb, 34 cm below the ceiling, where the origin is.",
        MappingProxyType({"lit": Parameter("0 it is dark, 1 it is seen to burn", 1.0)}),
    ),
    ModelSource(
        "scanner/room",
        "scanner.room",
        "The room of a scanner: its shell around a tube along y, the front of it at y = 0, the "
        "foot of its table, a pane towards the control room at y = 4 m, a door at the right.",
        place=True,
    ),
    ModelSource(
        "scanner/tube",
        "scanner.tube",
        "The tube within the scanner, 70 cm wide and 1.7 m long, its axis along y, its front "
        "opening at the origin; scale x and z for other widths.",
        MappingProxyType({"lit": Parameter("0 its lines of light are dark, 1 they burn", 1.0)}),
        place=True,
    ),
    ModelSource(
        "scanner/couch",
        "scanner.couch",
        "The part of the table that runs into the tube; its origin is on the floor below the "
        "eyes of whoever lies on it, feet towards y.",
        place=True,
    ),
    ModelSource(
        "scanner/patient",
        "scanner.patient",
        "Whoever lies on the table, below a blanket; its origin is on the floor below the eyes.",
        place=True,
    ),
    ModelSource(
        "scanner/ball",
        "scanner.ball",
        "The right hand of whoever lies on the table, and a squeeze ball with its hose in it; its "
        "origin is on the floor below the eyes.",
        MappingProxyType({"pressed": Parameter("0 the ball rests in the hand, 1 squeezed")}),
    ),
    ModelSource(
        "scanner/coil",
        "scanner.coil",
        "A head coil with a mirror; its origin is between the eyes, feet towards y.",
        MappingProxyType({"front": Parameter("0 drawn back over the crown, 1 over the face", 1.0)}),
    ),
    ModelSource(
        "animals/pigeon",
        "animals.pigeon",
        "A pigeon that looks along y, its feet at the origin.",
        MappingProxyType(
            {
                "flap": Parameter("the beat of the wings; 0 and 1 are the same moment"),
                "fold": Parameter("0 with spread wings, 1 with folded wings and legs down", 1.0),
            }
        ),
        casts=True,
    ),
    *(
        ModelSource(
            f"animals/{kind}",
            f"animals.{kind}",
            f"A {kind.replace('_', ' ')} at rest that looks along y, one metre across; "
            "`stage.animal` leads one that lives.",
            MappingProxyType(
                {"realism": Parameter("0 a toy to 1 the animal, in five grades", 1.0)}
            ),
        )
        for kind in ("house_spider", "bird_spider")
    ),
    *(
        ModelSource(
            f"animals/{kind}",
            f"animals.{kind}",
            f"A {kind} at rest that looks along y, one metre long; `stage.animal` leads one that "
            "lives.",
            MappingProxyType(
                {"realism": Parameter("0 a toy to 1 the animal, in five grades", 1.0)}
            ),
        )
        for kind in ("bee", "wasp", "hornet")
    ),
    *(
        ModelSource(
            f"animals/{kind}",
            f"animals.{kind}",
            f"A {kind.replace('_', ' ')} that stands and looks along y, one metre high at the "
            "withers; `stage.animal` leads one that lives.",
            MappingProxyType(
                {"coat": Parameter("0 black and tan, 0.5 golden, 1 white with brown patches")}
            ),
            casts=True,
        )
        for kind in ("large_dog", "medium_dog", "small_dog")
    ),
)
"""Every shipped model by name."""


def make(name: str, out: Path) -> None:
    """Make the model `name` and write it to `out` as a .bam file.

    The same version of Palier makes the same model each time. What is read back must be given to
    `vr_runtime.stage.models.driven.ready` before it is shown.

    Raises:
        KeyError: no model has this name.
        OSError: the file could not be written.
    """
    source = MODELS[name]
    node = import_module(source.module).build()
    out.parent.mkdir(parents=True, exist_ok=True)
    if not node.writeBamFile(str(out)) or not out.is_file():
        raise OSError(f"could not write {out.name}; look whether its folder may be written to")
