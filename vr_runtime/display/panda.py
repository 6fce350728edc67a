"""Owns the picture of a patient before a screen, or of nobody: one view shown, the rest unseen.

Knows neither scenario nor link. The main loop says which view, when to draw, and asks what befell.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from typing import Literal, Protocol

from panda3d.core import (
    GraphicsOutput,
    NodePath,
    RenderState,
    SamplerState,
    Texture,
    TransformState,
)

from scenarios.api.manifest import Words
from scenarios.api.pose import Pose
from vr_runtime.display.brightness import Ease
from vr_runtime.display.casting import Casting
from vr_runtime.display.eyes import Eyes, eye_m
from vr_runtime.display.fineness import Fineness
from vr_runtime.display.gaze import HeadLook
from vr_runtime.display.graphics import Output
from vr_runtime.display.hand import Hand
from vr_runtime.display.keeping import Keeping
from vr_runtime.display.measured import Cost, cost
from vr_runtime.display.mirror import Mirror
from vr_runtime.display.pacing import Pacing
from vr_runtime.display.pressing import Pressing
from vr_runtime.display.quality import MEANS, Choosing
from vr_runtime.display.repose.guiding import IN_SCENE_M, WHOLE, Guiding, Help
from vr_runtime.display.repose.practice import PracticeRoom
from vr_runtime.display.sampling import Sampler
from vr_runtime.display.sight.cards import Language
from vr_runtime.display.sight.in_sight import InSight
from vr_runtime.engine.guide import Guide
from vr_runtime.engine.ports import DT, HeadsetFacts, StagePort
from vr_runtime.engine.sightline import Head
from vr_runtime.flash.watch import FlashWatch
from vr_runtime.stage.look.lighting import light
from vr_runtime.stage.look.materials import MATERIALS
from vr_runtime.stage.look.rain import rain
from vr_runtime.stage.look.surfaces import filter_finely
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.names import Names
from vr_runtime.stage.panda import around, own_models
from vr_runtime.stage.panda.boxes import box
from vr_runtime.stage.panda.own_shelf import Finely
from vr_runtime.stage.panda.rooms import Room, SafePlaces
from vr_runtime.stage.panda.scenery import Looks, PandaScenery, hour_of
from vr_runtime.stage.panda.shelf import Shelf
from vr_runtime.stage.panda.sound import SoundPlayer
from vr_runtime.stage.panda.warming import Warming
from vr_runtime.stage.viewer import Footing
from vr_runtime.stage.world_stage import WorldStage
from vr_runtime.wire.acts import (
    FlashDimmed,
    LoadFailed,
    Occurrence,
    PatientLeft,
    PatientStopped,
    Practised,
    Quality,
    Refuge,
    Skill,
    SoundBack,
    SoundLost,
    View,
)
from vr_runtime.wire.sight import Sight
from vr_runtime.wire.state import DisplayState, GuideState

CALM: Mapping[Refuge, str] = {
    "meadow": "calm/meadow",
    "shore": "calm/shore",
    "room": "calm/room",
}
"""The sound of each safe place."""
LONGEST_STEP_S = 0.1
"""After a pause of the main loop what moves by itself goes on, it does not leap."""


class Picturing(Protocol):
    """The picture as finely as it is drawn; `Fineness` on a flat screen."""

    @property
    def quality(self) -> Quality:
        """As the next picture will be drawn."""
        ...

    def draw_with(self, quality: Quality) -> None:
        """From the next picture on; the same again does nothing."""
        ...

    def draw_at(self, scale: float) -> None:
        """Also when not lowered, draw this part of width and height, 0 to 1."""
        ...

    def renew(self) -> None:
        """Before a picture."""
        ...

    def finished(self) -> Texture | None:
        """The whole picture that is looked at for flashes; None where the main output has it."""
        ...

    def forget(self) -> None:
        """Give back what was made for it."""
        ...


class BeforeTheEyes(Protocol):
    """What the patient reads, in whatever form it comes before the eyes."""

    sight: Sight
    watched: bool
    announced: Words | None
    leaves_by: Words | None

    def lay_into(self, output: GraphicsOutput) -> Callable[[], None]:
        """Let `output` show it; call what is given back before each of its pictures."""
        ...

    def advance(self, size: tuple[int, int], now_s: float, dt: float) -> None:
        """Before a picture of this width and height, `dt` seconds after the last."""
        ...


class PandaDisplay:
    """A window or pictures without one."""

    kind: Literal["null", "offscreen", "desktop", "headset"]

    def __init__(
        self,
        kind: Literal["offscreen", "desktop", "headset"],
        output: Output,
        *,
        names: Names,
        neutral: Room,
        safe: SafePlaces,
        practice: PracticeRoom,
        shelf: Shelf,
        sounds: SoundPlayer,
        looks: Looks,
        hand: Hand,
        rate_hz: float,
        clock: Callable[[], float],
        language: Language = "en",
        sound_device: str | None = None,
        choosing: Choosing | None = None,
        flashes: FlashWatch | None = None,
    ) -> None:
        self.kind = kind
        self.software = output.software
        self.drawn: View | None = None
        self._output = output
        self._clock = clock
        self._shelf = shelf
        self._sounds = sounds
        self._sound_device = sound_device
        self._hand = hand
        self._rooms: dict[View, Room | SafePlaces | PracticeRoom] = {
            View.NEUTRAL: neutral,
            View.SAFE_PLACE: safe,
            View.FAMILIARISATION: practice,
        }
        self._safe, self._practice = safe, practice
        self._guiding = Guiding(language)
        self._guide: Guide | None = None
        self._practised: tuple[Skill, ...] = ()
        scene = NodePath("scene")
        self._scene_light = light(scene)
        self._warming = Warming(output.main)
        self._scenery = PandaScenery(scene, shelf, self._warming, sounds, looks, safe)
        self._stage = WorldStage(names, self._scenery)
        self.stage: StagePort = self._stage
        worlds = {View.SCENE: scene, **{view: room.root for view, room in self._rooms.items()}}
        self._scene = scene
        self._eyes, self._fineness, self._in_sight = self._seen(worlds, output, hand, language)
        self._renew_sight = self._in_sight.lay_into(output.main)
        self._language = language
        self._scenery.speak(language)
        self._spoken = (language, False)
        self._sampler = Sampler(output, self._fineness.finished)
        self._flashes = FlashWatch() if flashes is None else flashes
        self._casting = Casting(output, scene)
        self._choosing = Choosing("auto", software=True) if choosing is None else choosing
        self._draw_richly()
        self._mirror = Mirror(output, self._lay_mirror, clock)
        self._ease = Ease()
        self._pressing = Pressing()
        self._rate_hz = rate_hz
        self._pacing = Pacing(rate_hz, clock)
        self._last = clock()
        self._told_failure: str | None = None
        self._was_loading = False
        self._warm_up(scene, looks)

    def _seen(
        self, worlds: Mapping[View, NodePath], output: Output, hand: Hand, language: Language
    ) -> tuple[Eyes, Picturing, BeforeTheEyes]:
        """How the worlds come before the patient's eyes: here, on a flat screen."""
        eyes = Eyes(worlds)
        return eyes, Fineness(output, eyes.lay_into), InSight(eyes.lens, hand, language)

    def _draw_richly(self) -> None:
        """What the chosen quality switches, from the next picture on."""
        means = MEANS[self._choosing.now]
        # A processor that filters along a slant may take minutes over one leaf seen from its edge
        # (llvmpipe walks every point of the ellipse): there it is never asked to.
        anisotropy = 1 if self.software else means.anisotropy
        filter_finely(anisotropy, trilinear=means.trilinear)
        self._scenery.draw_finely(Finely(means.around, anisotropy))
        self._fineness.draw_at(means.scale)
        self._scene_light.draw_with(streaks=means.streaks, leaves=means.leaves)
        for room in self._rooms.values():
            room.draw_with(streaks=means.streaks, leaves=means.leaves)
        self._casting.draw_with(means.shadow_side)

    def _warm_up(self, scene: NodePath, looks: Looks) -> None:
        """Before the first picture: bring both rooms, and every program that a scene may use."""
        swatches = _swatches(looks)
        swatches.reparentTo(scene)
        self._guiding.warm(self._rooms[View.NEUTRAL].root)
        practice = self._practice.root
        for world in (scene, self._rooms[View.NEUTRAL].root, practice, *self._safe.roots()):
            self._warming.add(world)
        self._guiding.rest()
        self._eyes.shape(self._output.size)
        while self._warming.share() < 1.0:
            self._warming.advance()
            self._output.draw()
        self._eyes.brightness(0.5)
        self._in_sight.watched = True
        self._read_sight(0.0)
        first = self._safe.chosen
        places = [(View.SAFE_PLACE, name) for name in self._safe.names]
        for view, place in (
            (View.SCENE, first),
            *places,
            (View.FAMILIARISATION, first),
            (View.NEUTRAL, first),
        ):
            self._eyes.view = view
            self._safe.choose(place)
            self._fineness.renew()
            self._output.draw()
        self._in_sight.watched = False
        self._read_sight(0.0)
        swatches.removeNode()
        self._warming.clear()
        _settle_memory()

    def _lay_mirror(self, buffer: GraphicsOutput) -> Callable[[], None]:
        view, sight = self._eyes.lay_into(buffer), self._in_sight.lay_into(buffer)

        def renew() -> None:
            view()
            sight()

        return renew

    def _read_sight(self, dt: float) -> None:
        world, in_scene = self._stage.inner, self._eyes.view is View.SCENE
        announced = world.news.announced if in_scene else None
        self._in_sight.announced = None if announced is None else announced.words
        self._in_sight.leaves_by = None if world.exit is None else world.exit.read(in_scene)
        self._in_sight.advance(self._output.size, self._clock(), dt)
        self._renew_sight()

    def show(self, view: View) -> None:
        """From the next picture on show this view alone; the scene falls silent at once."""
        if view is self._eyes.view:
            return
        viewer = self._stage.inner.standing
        if View.SCENE in (view, self._eyes.view):
            viewer.settle()
        viewer.seen = view is View.SCENE
        if not viewer.seen:
            self._stage.inner.spoken.hush()
        self._eyes.view = view
        self._ease.begin()
        self._flashes.another_view()
        self._mirror.outdated()
        self._sounds.show(view)
        self._hand.shown(view)

    def tell_watched(self, watched: bool) -> None:
        """Show or take away the line that someone is watching, from the next picture on."""
        self._in_sight.watched = watched

    def lay(self, sight: Sight) -> None:
        """From the next picture on, have this before the patient's eyes, in every view."""
        if sight.centred > self._in_sight.sight.centred:
            self._hand.look.centre()
            self._ease.begin()
        self._in_sight.sight = sight
        self._speak(sight.patient.language or self._language, aloud=sight.patient.gaze)
        self._hand.answering.follow(sight, self._clock())

    def _speak(self, language: Language, *, aloud: bool) -> None:
        """Have all that this patient reads and hears in this language, from the next picture on."""
        if (language, aloud) != self._spoken:
            self._spoken = (language, aloud)
            self._guiding.speak(language)
            self._practice.speak(language, aloud=aloud)
            self._sounds.speak(language)
            self._scenery.speak(language)

    def accompany(self, refuge: Refuge, guide: Guide | None, practised: tuple[Skill, ...]) -> None:
        """From the next picture on: this safe place, this guide, what was tried."""
        self._guide = guide
        if practised != self._practised:
            self._practised = practised
            self._practice.practised(practised)
        if refuge != self._safe.chosen:
            self._safe.choose(refuge)
            self._flashes.another_view()
            self._sounds.calm_with(CALM[refuge])
            self._mirror.outdated()

    def due_s(self) -> float:
        """Seconds until the next picture should be drawn; 0 when it is due."""
        return self._pacing.due_s()

    def draw(self, between: float) -> None:
        """Draw one picture, `between` 0 and 1 of the way from the last tick to the next."""
        began = self._clock()
        dt = min(LONGEST_STEP_S, max(0.0, began - self._last))
        self._last = began
        self._face_marks(dt)
        self._hand.poll(dt)
        self._read_sight(dt)
        self._scenery.advance()
        self._scenery.follow(between)
        in_scene = self._eyes.view is View.SCENE
        told = self._in_sight.sight
        # who answers by looking is told to say it: nothing is to be pressed
        named = told.way_out and not told.patient.gaze
        share = self._pressing.advance(dt, named=named, in_scene=in_scene)
        self._scenery.press(self._stage.inner.exit, share)
        if in_scene:
            self._scenery.films(between * DT, exact=self.kind == "offscreen")
        viewer = self._stage.inner.standing
        look = self._hand.look
        self._eyes.shape(self._output.size)
        self._eyes.stand(
            viewer.drawn(between), look.yaw, look.pitch, eye_m(self._in_sight.sight.patient)
        )
        self._scenery.look_from(tuple(self._eyes.camera.getPos(self._scene)))
        self._lights(dt)
        seen = self._scene if self._eyes.view is View.SCENE else self._rooms[self._eyes.view].root
        feet = viewer.footing if self._eyes.view is View.SCENE else Footing()
        guide, given = self._shown_guide()
        self._guiding.follow(guide, between, seen, self._eyes.camera, feet, given)
        if self._eyes.view is View.FAMILIARISATION:
            self._practice.look(dt, self._eyes.camera)
        veiled = self._veils(between)
        cover = self._ease.brightness() * self._cover(between)
        self._eyes.brightness(cover * veiled * self._look_for_flashes(dt, cover))
        self._ease.advance(dt)
        self._sounds.breathe(self._heard(guide, between), given.heard)
        self._sounds.follow(dt, self._eyes.camera, self._scenery.holders())
        self._fineness.renew()
        self._casting.renew(viewer.footing, wanted=in_scene and self._scenery.casting())
        drawing = self._clock()
        self._output.draw()
        if self._choosing.drew(self._clock() - drawing, self.wanted_hz(), in_scene=in_scene):
            self._draw_richly()
        self.drawn = self._eyes.view
        # Without this, states of what is gone stay for ever: Panda3D leaves it to its own loop.
        TransformState.garbageCollect()
        RenderState.garbageCollect()
        self._after_a_load()
        self._pacing.drawn(began)

    def _face_marks(self, dt: float) -> None:
        """Which mark on the ground the patient looks at, as the last picture was seen."""
        world, head = self._stage.inner, self.head()
        seen = self.drawn is View.SCENE and self._eyes.view is View.SCENE
        sight = Pose(head.heading, head.pitch, head.at) if seen else None
        self._hand.answering.face(world.ways.look(sight, world.standing.footing), dt)

    def _shown_guide(self) -> tuple[Guide | None, Help]:
        """The therapist's guide, else that of the scene, and how much of it is given."""
        scene = self._stage.inner.guides() if self._eyes.view is View.SCENE else ()
        if self._guide is not None or not scene:
            return self._guide, WHOLE
        given = Help(scene[0].seen, scene[0].words, scene[0].heard, IN_SCENE_M)
        return scene[0].led, given

    def _heard(self, guide: Guide | None, between: float) -> GuideState | None:
        """A guide as it is to be heard, where this patient has it so."""
        if guide is None or not self._in_sight.sight.patient.guide_sound:
            return None
        return guide.state(between)

    def _veils(self, between: float) -> float:
        """What lies over the scene: its edge; gives its brightness as displayed."""
        if self._eyes.view is not View.SCENE:
            self._eyes.edge(0.0)
            self._eyes.fade(0.0)
            return 1.0
        world = self._stage.inner
        self._eyes.edge(world.standing.edge)
        self._eyes.fade(world.fading.share(between))
        return world.darkness.brightness(between)

    def _cover(self, between: float) -> float:
        """Brightness as displayed that the short fade leaves, behind which a place changes."""
        if self._eyes.view is not View.SCENE:
            return 1.0
        return self._stage.inner.standing.brightness(between * DT)

    def _look_for_flashes(self, dt: float, cover: float) -> float:
        """Look at what was drawn, and give how bright the next picture may be."""
        light = self._sampler.light()
        if light is not None:
            high, wide = self._eyes.extent
            self._flashes.take(
                self._last,
                light,
                self._flashes.part,
                gaze=self._eyes.gaze,
                high_deg=high,
                wide=wide,
                cover=cover,
            )
        return self._flashes.advance(self._last, dt)

    def _lights(self, dt: float) -> None:
        if self._eyes.view is View.SCENE:
            world = self._stage.inner
            self._scene_light.over(self._scenery.weather)
            self._scene_light.wind(world.wind_strength)
            self._scene_light.turn(hour_of(world.sky))
            self._scene_light.lamps(self._scenery.lit())
            self._scene_light.advance(dt)
        else:
            self._rooms[self._eyes.view].advance(dt)

    def _after_a_load(self) -> None:
        loading = self._scenery.loading() < 1.0
        if self._was_loading and not loading:
            _settle_memory()
        self._was_loading = loading

    def occurrences(self) -> list[Occurrence]:
        """What the patient pressed and what befell window, sound and loading."""
        found = self._hand.occurrences()
        pressed = any(isinstance(each, PatientLeft | PatientStopped) for each in found)
        if pressed and self._eyes.view is View.SCENE:
            self._pressing.press()
        found += [Practised(what=skill) for skill in self._practice.found()]
        if self._sounds.loss():
            found.append(SoundLost())
        if self._sounds.back():
            found.append(SoundBack())
        if self._flashes.news():
            found.append(FlashDimmed())
        failed = self._scenery.failed()
        if failed is not None and failed != self._told_failure:
            found.append(LoadFailed(text=failed[:400]))
        self._told_failure = failed
        return found

    def wanted_hz(self) -> float:
        """The window's or buffer's own rate; 0 while a processor draws or nobody can see it."""
        return 0.0 if self._output.software or not self._hand.seen() else self._rate_hz

    def head(self) -> Head:
        """Where the patient's head is and looks, from what lies ahead of their feet."""
        return self._eyes.head_in_scene

    def headset(self) -> HeadsetFacts | None:
        """None: the patient sits before a screen."""
        return None

    def draw_with(self, quality: Quality) -> None:
        """From the next picture on draw all points of it, or fewer."""
        self._fineness.draw_with(quality)

    def sound_with(self, volume_db: int, tone: bool) -> None:
        """From the next picture on be so loud, and play the calibration tone or not."""
        self._sounds.sound_with(volume_db, tone=tone)

    def state(self) -> DisplayState:
        """Pictures drawn, pictures a second, sound, focus, quality."""
        return DisplayState(
            kind=self.kind,
            pictures=self._pacing.pictures,
            fps=self._pacing.fps(),
            sound=self._sounds.state,
            focused=self._hand.focused(),
            quality=self._fineness.quality,
            watched=self._in_sight.watched,
            volume_db=self._sounds.volume_db,
            tone=self._sounds.tone,
            sound_device=self._sound_device,
            richness=self._choosing.now,
        )

    @property
    def driver(self) -> str:
        """The driver's own name for the device that draws."""
        return self._output.driver

    def cost(self, pictures: int) -> Cost:
        """What the view that is shown costs; so many pictures are timed, nothing else happens."""
        root = self._eyes.camera.getTop()
        return cost(self._output, root, self._eyes.camera, lambda: self.draw(1.0), pictures)

    @property
    def look(self) -> HeadLook:
        """Where the head is turned, on a flat screen."""
        return self._hand.look

    def point(self, left: float, up: float) -> None:
        """Turn the head at once, degrees from straight ahead: for pictures that nobody sits before.

        Where a patient sits, only the patient turns the view.
        """
        self._hand.look.point(left, up)

    def keeping(self) -> Keeping:
        """Keep each picture from now on as it is drawn, for who measures it."""
        return Keeping(self._output)

    def pixels(self, size: tuple[int, int]) -> bytes:
        """The present view in this size: red, green and blue, rows from the top down."""
        return self._mirror.pixels(size)

    def picture(self, width: int, height: int) -> bytes | None:
        """The present view as a JPEG within this size."""
        return self._mirror.picture(width, height)

    def close(self) -> None:
        """Give the window and the sound device back."""
        self._stage.clear("scene")
        self._scenery.close()
        self._sounds.close()
        self._shelf.close()
        self._mirror.forget()
        self._fineness.forget()
        self._sampler.close()
        self._casting.forget()
        self._output.close()
        self._hand.close()


def _settle_memory() -> None:
    """What was just built lives long: out of the collector's rounds, it costs no picture later.

    A full round takes the time of two pictures (runtime.md 5).
    """
    gc.collect()
    gc.freeze()


def _swatches(looks: Looks) -> NodePath:
    """A face of each material in each layout of vertices: drivers make a program for each."""
    swatches = NodePath("swatches")
    swatches.setShaderInput("track", 1.0)
    mapped = swatches.attachNewNode("with a map of shadows")
    mapped.setShaderInput("site", _site())
    # a shower that begins makes no picture late, and neither does an author's own file
    rain(swatches, 1)
    around.swatches().reparentTo(swatches)
    own_models.swatch().reparentTo(swatches)
    for material in MATERIALS:
        looks.dress(swatches.attachNewNode(box((1.0, 1.0, 1.0))), material)
        for moving in (False, True):
            mesh = Mesh()
            mesh.add([[(0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)]], motion=(0, 1, 0, 0))
            face = mesh.nodes("swatch", material, moving=moving)
            looks.dress(face, material)
            face.reparentTo(swatches)
            face.copyTo(mapped)
    return swatches


def _site() -> Texture:
    """A map of shadows in the form that models bring, which drivers tell from other forms."""
    site = Texture("site")
    site.setup2dTexture(2, 2, Texture.TUnsignedShort, Texture.FRgb)
    site.setRamImage(bytes(24))
    site.setMinfilter(SamplerState.FTLinear)
    site.setMagfilter(SamplerState.FTLinear)
    site.setWrapU(SamplerState.WMBorderColor)
    site.setWrapV(SamplerState.WMBorderColor)
    return site
