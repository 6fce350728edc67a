"""Owns what a scenario may do to the world, as protocols; knows no renderer.

Units: metres, degrees, seconds. Axes: x to the right, y ahead, z up. Volumes 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from scenarios.api.exercises import Breathing, Guide, Tensing
from scenarios.api.opening import Opening
from scenarios.api.played import Steps
from scenarios.api.vehicle import Vehicle

if TYPE_CHECKING:
    from scenarios.api.animals import Animal, Solid

Vec = tuple[float, float, float]
"""A place, or a size: x, y and z in metres.

Example:
    >>> kerb: Vec = (0.0, 4.2, 0.0)
"""


class Node(Protocol):
    """Something that stands in the world.

    Example:
        >>> bird: Node = stage.model("animals/pigeon", at=(-8.0, 6.0, 3.0))
        >>> bird.heading, bird.pitch, bird.scale, bird.visible = -90.0, 5.0, (1.2, 1.2, 1.2), True
        >>> bird.set("fold", 0.0)
        >>> steps = bird.glide_to((8.0, 6.0, 3.0), seconds=6.0)
        >>> next(steps)
        >>> bird.at[1]
        6.0
        >>> bird.remove()
    """

    at: Vec
    """Position in metres, in the space of its parent."""
    heading: float
    """Degrees about the vertical; 0 looks along y, positive turns to the left."""
    pitch: float
    """Degrees; positive looks up."""
    scale: Vec
    """Size along each axis, as a multiple of the size it was made with."""
    visible: bool

    def glide_to(self, target: Vec, *, seconds: float) -> Steps:
        """Move there at even speed; use it with `yield from` in an event."""
        ...

    def set(self, name: str, value: float) -> None:
        """Set what a model declares beside its place, as `("sway", 0.5)`; 0 to 1 each."""
        ...

    def remove(self) -> None:
        """Take it out of the world; doing so twice does nothing."""
        ...


class Sound(Protocol):
    """A sound in the world; the stage limits its loudness and eases its beginning.

    Example:
        >>> rush: Sound = stage.sound("wind/gust", at=(0.0, 2.0, 1.5))
        >>> rush.volume, rush.rate, rush.at = 0.8, 0.9, (0.0, 3.0, 1.5)
        >>> rush.play()
        >>> rush.stop()
        >>> rush.remove()
    """

    volume: float
    rate: float
    """Speed of playing; 1 is as recorded."""
    at: Vec
    """Where it is heard from, in the space of its parent; without meaning for a bed."""

    def play(self) -> None:
        """Play once from the beginning."""
        ...

    def stop(self) -> None:
        """Fall silent."""
        ...

    def remove(self) -> None:
        """Fall silent and be gone; doing so twice does nothing."""
        ...


class Viewer(Protocol):
    """Where the patient is. Only the patient turns the head; a scene says where ahead is.

    Example:
        >>> viewer: Viewer = stage.viewer
        >>> viewer.stand((0.0, -2.0, 3.0), heading=0.0, looking_down=12.0)
        >>> viewer.lie((0.0, -0.6, 1.0), heading=0.0, looking_up=20.0)
        >>> deck = stage.box((2.0, 2.0, 0.1), material="steel")
        >>> lift = stage.vehicle(deck, fr="La nacelle monte.", en="The gondola rises.")
        >>> viewer.ride(lift, at=(0.0, -0.3, 0.1))
        >>> viewer.lie((0.0, -0.3, 0.7), looking_up=20.0, on=lift)
    """

    def stand(self, at: Vec, *, heading: float = 0.0, looking_down: float = 0.0) -> None:
        """Put the patient's feet there.

        Before a flat screen the middle of the picture then lies `looking_down` degrees below the
        horizon, 0 to 40, until the patient looks elsewhere: a flat picture shows much less below
        than a person sees who stands there. In a headset it changes nothing.

        The stage covers a change with a short fade (200 ms), so that nobody is dragged through
        the air. Calling it again with the same place does nothing: call it in `update`.
        """
        ...

    def lie(
        self,
        at: Vec,
        *,
        heading: float = 0.0,
        looking_up: float = 0.0,
        on: Vehicle | None = None,
    ) -> None:
        """Put the patient's eyes there, in metres, whoever they are: as somebody who lies.

        What is near the face, as the roof of a scanner or a lamp at a dentist's, then is as near
        for each patient, seated or standing, tall or small. Ahead stays level: a patient who is
        seated sees along the body, one who really lies looks up by turning the head, as ever.
        Before a flat screen the middle of the picture lies `looking_up` degrees above the horizon,
        0 to 40; in a headset it changes nothing. A change is covered as by `stand`; call it in
        `update`. With `on`, a vehicle, `at` and `heading` are those in the space of its cabin, and
        it carries who lies there as by `ride`: a table that slides, a stretcher.

        Raises:
            ScenarioError: as of `ride`.
        """
        ...

    def ride(
        self,
        vehicle: Vehicle,
        *,
        at: Vec = (0.0, 0.0, 0.0),
        heading: float = 0.0,
        looking_down: float = 0.0,
    ) -> None:
        """Put the patient's feet into a vehicle, `at` and `heading` in the space of its cabin.

        Like `stand`, it is covered by a fade and may be called in `update`; nobody is put into a
        vehicle that moves already. Whoever rides is moved as the cabin is, tilts included.

        Raises:
            ScenarioError: it is no vehicle of this stage, or is gone, or `at` lies beside it.
        """
        ...


class Stage(Protocol):
    """The world of a scenario. Everything made here is gone when the scenario ends.

    Example:
        >>> street = stage.model("city/district")
        >>> deck = stage.box((3.0, 2.0, 0.1), material="wood", at=(0.0, 0.0, 3.0))
        >>> breeze = stage.sound("wind/steady", loop=True, volume=0.3)
        >>> lift = stage.vehicle(deck, fr="La nacelle monte.", en="The gondola rises.")
        >>> stage.viewer.ride(lift)
        >>> harbour = stage.panorama("own/harbour.jpg", heading=90.0)
        >>> harbour.visible = False
        >>> board = stage.text({"fr": "Quai 2", "en": "Pier 2"}, at=(0.0, 3.0, 1.5), height=0.12)
        >>> doorway = Opening("behind", at=-0.8)
        >>> hall = stage.room((4.0, 5.0, 2.6), wall="plaster", floor="tile", openings=(doorway,))
        >>> spider = stage.animal("house_spider", realism=3, size=0.06, at=(0.4, 1.2, 0.75))
        >>> glow = stage.lamp((0.0, 2.0, 5.0), reach=6.0, light=0.8)
        >>> for share in (0.2, 0.4):
        ...     stage.wind(share)
        ...     stage.clouds(share)
        ...     stage.rain(share)
        ...     stage.darken(share)
        ...     stage.fade(share)
        ...     stage.daylight(1.0 - share)
        ...     stage.lightning(share)
        >>> stage.say("hello", at=(1.0, 1.0, 1.6))
        3.0
        >>> guide = stage.guide(Breathing(per_minute=6.0))
        >>> stage.resting_place("shore").set("waves", 0.3)
        >>> street = stage.target("street", at=(0.0, 9.0, 0.0), radius=4.0)
        >>> ring = stage.waypoint(1, at=(0.0, 4.0, 0.0))
        >>> ball = stage.model("scanner/ball")
        >>> stage.way_out(ball, "pressed", fr="pressez la poire", en="squeeze the ball")
        >>> stage.mark("the gondola stands at the top")
    """

    viewer: Viewer

    def panorama(self, name: str, *, heading: float = 0.0) -> Node:
        """A 360° picture or film of your own all around the patient, as `"own/harbour.jpg"`.

        It is as far away as the sky, keeps its own colours, and follows whoever moves. Switch it by
        `visible`: what changes comes behind a fade (200 ms). A film loops, and goes on while it is
        seen; its sound is not played. Make all of them in `build`, 16 at most.

        Args:
            name: a picture (.jpg, .png, .webp) or film (.mp4, .webm, .mov, .mkv) below the folder
                `own` beside `scenario.py`, twice as wide as high (equirectangular, for one eye).
            heading: where its middle lies, in degrees to the left of ahead.

        Raises:
            ScenarioError: there is no such file, or it may not be used; the message says why.
        """
        ...

    def model(
        self,
        name: str,
        *,
        at: Vec = (0.0, 0.0, 0.0),
        heading: float = 0.0,
        parent: Node | None = None,
    ) -> Node:
        """Place a shipped model, as `"city/district"`, or one of your own, as `"own/chair.glb"`.

        Raises:
            ScenarioError: no model has this name; the message gives the nearest one.
        """
        ...

    def resting_place(self, name: Literal["meadow", "shore", "room"]) -> Node:
        """One of the places that patients choose as their safe place, with its own light.

        `meadow` is a meadow above a lake in the morning, `shore` a small bay at dusk, `room` a
        quiet room in the evening. Each lies around the origin, where the patient stands and looks
        along y, stays there, and is seen as long as the scene is. Make it in `build`, one in a
        scenario. Without anything asked of it, it looks as it does when it is left to.

        By `set`, 0 to 1: `"waves"` of the shore, 0 the small ones of the safe place; `"lamp"` of
        the room, 1 as in the safe place and 0 out. A change takes seconds, by itself. Wind, clouds
        and daylight are the stage's own words; its own hour is 1 of `daylight`, less is later in
        the day, and the room, which has its lamp, knows none.

        Raises:
            ScenarioError: no such place, a second one, or not in `build`.
        """
        ...

    def guide(self, exercise: Breathing | Tensing) -> Guide:
        """Show a guide to an exercise: a soft shape ahead, words below it, a breath that is heard.

        It stands before the patient's eyes as they are when it begins, begins with 5 s to get ready
        and goes on by itself. A further one takes the place of the one that is shown. In a task it
        goes with the task; the therapist ends it by taking the task back.
        """
        ...

    def animal(
        self,
        kind: str,
        *,
        realism: int = 5,
        size: float | None = None,
        at: Vec = (0.0, 0.0, 0.0),
        heading: float = 0.0,
        up: Vec = (0.0, 0.0, 1.0),
        coat: str | None = None,
        ground: Sequence[Solid] = (),
        parent: Node | None = None,
    ) -> Animal:
        """An animal that lives: a spider, an insect or a dog, see `Animal`. At most 60 at once.

        What it does later is played in events: `yield from spider.walk_to(...)`.

        Args:
            kind: what it is.
            realism: of a spider from 1, plainly a toy, to 5, the animal as it is.
            size: in metres, of a spider with its legs, of a dog its height at the withers; what its
                kind has if left out.
            at: where it stands, in metres, in the space of its parent; give a place, whose light
                it then takes.
            heading: degrees to the left of ahead; on what is steep, 0 looks up.
            up: off the surface it stands on.
            coat: of a dog `"black_tan"`, `"golden"` or `"patched"`; what its kind has if left out.
            ground: what it finds hold on; nothing for an endless plane through `at`.
            parent: what it goes along with.

        Raises:
            ScenarioError: there is no such kind, `up` has no direction, a solid is no box, or
                there are 60 already.
        """
        ...

    def box(
        self, size: Vec, *, material: str, at: Vec = (0.0, 0.0, 0.0), parent: Node | None = None
    ) -> Node:
        """Place a box, its `at` in the middle of its base.

        Raises:
            ScenarioError: no material has this name; the message gives the nearest one.
        """
        ...

    def sound(
        self,
        name: str,
        *,
        at: Vec | None = None,
        parent: Node | None = None,
        loop: bool = False,
        volume: float = 1.0,
    ) -> Sound:
        """A shipped sound, as `"wind/steady"`, or one of your own, as `"own/bell.ogg"`.

        Without `at` it is a bed heard from everywhere. A looping sound plays at once; any other
        waits for `play`. One of your own is brought to the loudness of those that ship.
        """
        ...

    def say(self, line: str, *, at: Vec | None = None, parent: Node | None = None) -> float:
        """Let one of the scenario's declared `lines` be spoken; gives the seconds it takes.

        Its words are shown to the patient as a caption; a voice is heard where there is a
        recording of it, from `at` in the space of `parent`, or from everywhere. A further line
        takes the place of one that is being spoken; the same one goes on. In an event, let its time
        pass: `yield from self.wait(self.stage.say("hello"))`.

        Raises:
            ScenarioError: no line of this name is declared; the message gives the nearest one.
        """
        ...

    def vehicle(self, cabin: Node, *, fr: str, en: str) -> Vehicle:
        """Make a vehicle of a model or a box, which from then on is moved by it alone.

        Args:
            cabin: what the patient sees around when riding; it has no parent and stays visible.
            fr: what the patient reads before it moves, at most 80 characters.
            en: the same in English.

        Raises:
            ScenarioError: the cabin is no such thing, or a text is missing or too long.
        """
        ...

    def text(
        self,
        words: Mapping[str, str],
        *,
        at: Vec,
        heading: float = 0.0,
        height: float = 0.1,
        width: float = 1.6,
        plate: str | None = "white_paint",
        parent: Node | None = None,
    ) -> Node:
        """A sign or board, read in the patient's own language.

        A scenario never learns which: the plate is as large as the longer of both texts needs.
        Lines are broken to fit, or where you write a new line. At most 64 signs.

        Args:
            words: `{"fr": "...", "en": "..."}`, up to 300 letters each.
            at: the middle of its foot, in metres, in the space of its parent.
            heading: with 0 it is read by whoever looks along y.
            height: of a capital letter in metres, 0.01 to 5.
            width: of the plate in metres.
            plate: its material; None for letters without one.
            parent: what it goes along with.

        Raises:
            ScenarioError: a text is missing or too long, or no material has this name.
        """
        ...

    def room(
        self,
        size: Vec,
        *,
        at: Vec = (0.0, 0.0, 0.0),
        heading: float = 0.0,
        wall: str = "plaster",
        floor: str = "wood",
        ceiling: str = "white_paint",
        openings: Sequence[Opening] = (),
        parent: Node | None = None,
    ) -> Node:
        """A room seen from inside: walls, skirting, doorways and windows with frames, soft light.

        No sun comes in: it has its own soft light at any hour, and so has what has it as its
        parent, as furniture and signs. The lamp in its ceiling is one of the 8 that may stand at
        once. Like every place it changes behind a fade, never in view.

        Args:
            size: inside, in metres: broad, deep and high, 1 to 40 and 2 to 12 high.
            at: the middle of its floor.
            heading: which way its wall `ahead` lies.
            wall: material of the walls.
            floor: material of the floor.
            ceiling: material of the ceiling.
            openings: doorways and windows, 16 at most.
            parent: what it goes along with.

        Raises:
            ScenarioError: an opening does not fit, or no material has such a name.
        """
        ...

    def fade(self, share: float) -> None:
        """How far the whole scene fades towards a calm grey, 0 to 1; all of it takes 2 s.

        Unlike `darken` it takes away no light: it lays a veil over everything, as when somebody
        closes the eyes, and is gone once the scene is left. What the patient reads, and the way
        out, stand before it. A little of the scene stays seen.
        """
        ...

    def darken(self, share: float) -> None:
        """How much of the scene's light is taken away, 0 to 1, as when a lamp fails.

        A change takes at least 0.3 s, and more than two dark moments in a second are never shown.
        """
        ...

    def wind(self, strength: float) -> None:
        """How strongly what can sway sways, 0 to 1."""
        ...

    def clouds(self, share: float) -> None:
        """How clouded the sky is, 0 fair to 1 broken clouds; a change takes seconds, by itself."""
        ...

    def daylight(self, share: float) -> None:
        """1 noon, 0.5 late afternoon, 0.25 dusk, 0 night; a change takes seconds, by itself.

        Towards the night windows and street lamps of the shipped places are lit.
        """
        ...

    def rain(self, strength: float) -> None:
        """How strongly it rains, 0 to 1; a change takes seconds, by itself.

        Rain falls everywhere around the patient, also below a roof: use it out of doors. The
        ground gets wet within 20 s and dries within a minute.
        """
        ...

    def lightning(self, strength: float) -> None:
        """Let one lightning glow in the clouds, 0 to 1: call it once, in an event.

        It comes within 0.3 s and fades for more than a second, as one behind clouds does, and
        lights what the sky lights. One that is asked for less than 4 s after another, or where all
        lights together would flash, is left out. Thunder is a sound: let it follow 3 s later for
        each kilometre.
        """
        ...

    def lamp(
        self, at: Vec, *, reach: float = 8.0, light: float = 1.0, parent: Node | None = None
    ) -> Node:
        """A lamp: warm light around a place, which is not seen itself. At most 8 at once.

        Args:
            at: in metres, in the space of its parent.
            reach: metres at which its light ends, 0.5 to 60.
            light: how bright, 0 to 1; later by `set("light", value)`, which takes up to 1.4 s, or
                longer where all lights together would flash.
            parent: what it goes along with.

        Raises:
            ScenarioError: there are 8 already.
        """
        ...

    def target(
        self, name: str, *, at: Vec, radius: float = 1.0, parent: Node | None = None
    ) -> Node:
        """Put one of the scenario's declared `targets` there: a ball that is not seen.

        Several of one name are one thing to look at. Nothing stands on it, and its size stays.

        Args:
            name: as in `targets`.
            at: its middle, in metres, in the space of its parent.
            radius: metres, 0.05 to 20.
            parent: what it goes along with.

        Raises:
            ScenarioError: no target of this name is declared; the message gives the nearest one.
        """
        ...

    def waypoint(self, number: int, *, at: Vec) -> Node:
        """Lay one of the marks of the declared `walk` on the ground, where its ring is seen.

        It is seen while it is open and the patient stands elsewhere. Who looks at it and presses
        the control that answers the dial goes there: then `walked` says so. A mark that is not laid
        cannot be gone to; move it by its `at`.

        Args:
            number: which of `walk.marks`, from 0 on.
            at: the middle of the ring, in metres.

        Raises:
            ScenarioError: the walk has no such mark, or it is laid already.
        """
        ...

    def way_out(self, thing: Node, value: str, *, fr: str, en: str) -> None:
        """Let a thing in the scene stand for the patient's own way out, as the ball of a scanner.

        The way out itself stays what it is in every scenario: the patient's leave control, which no
        script sees or delays. Where the patient is told how to leave, outside of the scene and
        while the thing is seen in it, these words go before the name of the control; and while
        they are first read in the scene the thing shows slowly how it is pressed. Who can use no
        hand is told to say it, as ever. In the moment of a press the thing is pressed at once, in
        whatever is still drawn of the scene. Call it in `build`.

        Args:
            thing: a model that declares a value for it.
            value: the name of that value, 0 at rest and 1 pressed; leave it to the stage.
            fr: what the patient does, at most 40 characters, as "pressez la poire".
            en: the same in English, as "squeeze the ball".

        Raises:
            ScenarioError: the model declares no such value, a text is missing or too long, there
                is one already, or it is not called in `build`.
        """
        ...

    def mark(self, text: str) -> None:
        """Put a marker into the record of the session (at most 80 characters, nothing personal)."""
        ...
