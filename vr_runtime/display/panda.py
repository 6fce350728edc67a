"""Owns the picture of a patient before a screen, or of nobody: one view shown, the rest unseen.

Knows neither scenario nor link. The main loop says which view, when to draw, and asks what befell.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Literal

from panda3d.core import (
    GraphicsOutput,
    NodePath,
    RenderState,
    SamplerState,
    Texture,
    TransformState,
)

from vr_runtime.display.brightness import Ease
from vr_runtime.display.casting import Casting
from vr_runtime.display.eyes import Eyes
from vr_runtime.display.fineness import Fineness
from vr_runtime.display.graphics import Output
from vr_runtime.display.hand import Hand
from vr_runtime.display.measured import Cost, cost
from vr_runtime.display.mirror import Mirror
from vr_runtime.display.notice import Notice
from vr_runtime.display.pacing import Pacing
from vr_runtime.display.quality import MEANS, Choosing
from vr_runtime.engine.ports import DT, HeadsetFacts, StagePort
from vr_runtime.stage.look.lighting import light
from vr_runtime.stage.look.materials import MATERIALS
from vr_runtime.stage.look.rain import rain
from vr_runtime.stage.look.surfaces import filter_finely
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.names import Names
from vr_runtime.stage.panda.boxes import box
from vr_runtime.stage.panda.rooms import Room
from vr_runtime.stage.panda.scenery import Looks, PandaScenery, hour_of
from vr_runtime.stage.panda.shelf import Shelf
from vr_runtime.stage.panda.sound import SoundPlayer
from vr_runtime.stage.panda.warming import Warming
from vr_runtime.stage.world import WorldStage
from vr_runtime.wire.acts import LoadFailed, Occurrence, Quality, SoundBack, SoundLost, View
from vr_runtime.wire.state import DisplayState

LONGEST_STEP_S = 0.1
"""After a pause of the main loop what moves by itself goes on, it does not leap."""


class PandaDisplay:
    """A window or pictures without one."""

    kind: Literal["null", "offscreen", "desktop", "headset"]

    def __init__(
        self,
        kind: Literal["offscreen", "desktop"],
        output: Output,
        *,
        names: Names,
        neutral: Room,
        safe: Room,
        shelf: Shelf,
        sounds: SoundPlayer,
        looks: Looks,
        hand: Hand,
        rate_hz: float,
        clock: Callable[[], float],
        language: str = "en",
        choosing: Choosing | None = None,
    ) -> None:
        self.kind = kind
        self.software = output.software
        self.drawn: View | None = None
        self._output = output
        self._clock = clock
        self._shelf = shelf
        self._sounds = sounds
        self._hand = hand
        self._rooms = {View.NEUTRAL: neutral, View.SAFE_PLACE: safe}
        scene = NodePath("scene")
        self._scene_light = light(scene)
        self._warming = Warming(output.main)
        self._scenery = PandaScenery(scene, shelf, self._warming, sounds, looks)
        self._stage = WorldStage(names, self._scenery)
        self.stage: StagePort = self._stage
        self._eyes = Eyes(
            {View.NEUTRAL: neutral.root, View.SAFE_PLACE: safe.root, View.SCENE: scene}
        )
        self._fineness = Fineness(output, self._eyes.lay_into)
        self._casting = Casting(output, scene)
        self._choosing = Choosing("auto", software=True) if choosing is None else choosing
        self._draw_richly()
        self._notice = Notice(output.main, language)
        self._mirror = Mirror(output, self._lay_mirror, clock)
        self._ease = Ease()
        self._rate_hz = rate_hz
        self._pacing = Pacing(rate_hz, clock)
        self._last = clock()
        self._told_failure: str | None = None
        self._was_loading = False
        self._warm_up(scene, looks)

    def _draw_richly(self) -> None:
        """What the chosen quality switches, from the next picture on."""
        means = MEANS[self._choosing.now]
        filter_finely(means.anisotropy, trilinear=means.trilinear)
        self._fineness.draw_at(means.scale)
        self._scene_light.draw_with(streaks=means.streaks, leaves=means.leaves)
        for room in self._rooms.values():
            room.draw_with(streaks=means.streaks, leaves=means.leaves)
        self._casting.draw_with(means.shadow_side)

    def _warm_up(self, scene: NodePath, looks: Looks) -> None:
        """Before the first picture: bring both rooms, and every program that a scene may use."""
        swatches = _swatches(looks)
        swatches.reparentTo(scene)
        for world in (scene, *(room.root for room in self._rooms.values())):
            self._warming.add(world)
        self._eyes.shape(self._output.size)
        while self._warming.share() < 1.0:
            self._warming.advance()
            self._output.draw()
        self._eyes.brightness(0.5)
        self._notice.shown = True
        for view in (View.SCENE, View.SAFE_PLACE, View.NEUTRAL):
            self._eyes.view = view
            self._fineness.renew()
            self._output.draw()
        self._notice.shown = False
        swatches.removeNode()
        self._warming.clear()
        _settle_memory()

    def _lay_mirror(self, buffer: GraphicsOutput) -> Callable[[], None]:
        return self._eyes.lay_into(buffer)

    def show(self, view: View) -> None:
        """From the next picture on show this view alone; the scene falls silent at once."""
        if view is self._eyes.view:
            return
        viewer = self._stage.inner.standing
        if View.SCENE in (view, self._eyes.view):
            viewer.settle()
        viewer.seen = view is View.SCENE
        self._eyes.view = view
        self._ease.begin()
        self._mirror.outdated()
        self._sounds.show(view)
        self._hand.shown(view)

    def tell_watched(self, watched: bool) -> None:
        """Show or take away the line that someone is watching, from the next picture on."""
        self._notice.shown = watched

    def due_s(self) -> float:
        """Seconds until the next picture should be drawn; 0 when it is due."""
        return self._pacing.due_s()

    def draw(self, between: float) -> None:
        """Draw one picture, `between` 0 and 1 of the way from the last tick to the next."""
        began = self._clock()
        dt = min(LONGEST_STEP_S, max(0.0, began - self._last))
        self._last = began
        self._hand.poll(dt)
        self._scenery.advance()
        self._scenery.follow(between)
        viewer = self._stage.inner.standing
        look = self._hand.look
        self._eyes.shape(self._output.size)
        self._eyes.stand(viewer.footing, look.yaw, look.pitch)
        self._lights(dt)
        veiled = viewer.brightness(between * DT) if self._eyes.view is View.SCENE else 1.0
        self._notice.shape(self._output.size)
        self._eyes.brightness(self._ease.brightness() * veiled)
        self._ease.advance(dt)
        self._sounds.follow(dt, self._eyes.camera, self._scenery.holders())
        self._fineness.renew()
        in_scene = self._eyes.view is View.SCENE
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

    def _lights(self, dt: float) -> None:
        if self._eyes.view is View.SCENE:
            world = self._stage.inner
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
        if self._sounds.loss():
            found.append(SoundLost())
        if self._sounds.back():
            found.append(SoundBack())
        failed = self._scenery.failed()
        if failed is not None and failed != self._told_failure:
            found.append(
                LoadFailed(text=f'The model "{failed}" could not be made on this machine.')
            )
        self._told_failure = failed
        return found

    def wanted_hz(self) -> float:
        """The window's or buffer's own rate; 0 while a processor draws or nobody can see it."""
        return 0.0 if self._output.software or not self._hand.seen() else self._rate_hz

    def headset(self) -> HeadsetFacts | None:
        """None: the patient sits before a screen."""
        return None

    def draw_with(self, quality: Quality) -> None:
        """From the next picture on draw all points of it, or fewer."""
        self._fineness.draw_with(quality)

    def state(self) -> DisplayState:
        """Pictures drawn, pictures a second, sound, focus, quality."""
        return DisplayState(
            kind=self.kind,
            pictures=self._pacing.pictures,
            fps=self._pacing.fps(),
            sound=self._sounds.state,
            focused=self._hand.focused(),
            quality=self._fineness.quality,
            watched=self._notice.shown,
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

    def point(self, left: float, up: float) -> None:
        """Turn the head at once, degrees from straight ahead: for pictures that nobody sits before.

        Where a patient sits, only the patient turns the view.
        """
        self._hand.look.point(left, up)

    def pixels(self, size: tuple[int, int]) -> bytes:
        """The present view in this size: red, green and blue, rows from the top down."""
        return self._mirror.pixels(size)

    def picture(self, width: int, height: int) -> bytes | None:
        """The present view as a JPEG within this size."""
        return self._mirror.picture(width, height)

    def close(self) -> None:
        """Give the window and the sound device back."""
        self._stage.clear("scene")
        self._sounds.close()
        self._shelf.close()
        self._mirror.forget()
        self._fineness.forget()
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
    # a shower that begins makes no picture late
    rain(swatches, 1)
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
