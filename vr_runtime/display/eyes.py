"""Owns the cameras of a picture on a flat screen and the veil over it; knows no scenario.

Each view is a world of its own with its own camera: showing another view is naming another camera.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from panda3d.core import (
    AntialiasAttrib,
    Camera,
    CardMaker,
    DisplayRegion,
    GraphicsOutput,
    LQuaternionf,
    NodePath,
    OrthographicLens,
    PerspectiveLens,
    RenderState,
    TransparencyAttrib,
)

from vr_runtime.display.edge import Edge
from vr_runtime.engine.sightline import Head
from vr_runtime.stage.fading import TONE
from vr_runtime.stage.viewer import Footing
from vr_runtime.wire.acts import View
from vr_runtime.wire.sight import PatientSettings

EYE_M = 1.65
"""Height of the eyes above the feet, standing."""
SEATED_EYE_M = 1.2
"""The same, seated on a chair."""
FIELD = 62.0
"""Degrees seen across the shorter side of a flat screen."""
NEAR_M, FAR_M = 0.08, 9000.0


def eye_m(patient: PatientSettings) -> float:
    """Height of this patient's eyes above the floor on a flat screen, in metres."""
    if patient.eye_m is not None:
        return patient.eye_m
    return SEATED_EYE_M if patient.posture == "seated" else EYE_M


class Eyes:
    """Where the patient looks from, in every view."""

    def __init__(self, worlds: Mapping[View, NodePath]) -> None:
        self.view = View.NEUTRAL
        self.lens = PerspectiveLens()
        """What they look through, in every view."""
        self.lens.setNearFar(NEAR_M, FAR_M)
        self._cameras: dict[View, NodePath] = {}
        # Says nothing to an output that has one sample of each pixel.
        smooth = RenderState.make(AntialiasAttrib.make(AntialiasAttrib.MMultisample))
        for view, world in worlds.items():
            camera = Camera(view.value, self.lens)
            camera.setInitialState(smooth)
            self._cameras[view] = world.attachNewNode(camera)
        self._veil_root = NodePath("veil")
        maker = CardMaker("veil")
        maker.setFrame(-1, 1, -1, 1)
        self._veil = self._veil_root.attachNewNode(maker.generate())
        self._veil.setTransparency(TransparencyAttrib.MAlpha)
        self._veil.setDepthTest(False)
        self._veil.setDepthWrite(False)
        self._calm = self._veil.copyTo(self._veil_root)
        self._calm.setBin("fixed", -1)
        self._calm.hide()
        self._faded = False
        self._edge = Edge(self._veil_root)
        flat = OrthographicLens()
        flat.setFilmSize(2, 2)
        flat.setNearFar(-10, 10)
        self._veil_camera = self._veil_root.attachNewNode(Camera("veil", flat))
        self._veiled = False
        self._gaze = (0.0, 0.0)
        self._in_scene = Head()
        self._regions: list[tuple[DisplayRegion, DisplayRegion]] = []

    @property
    def camera(self) -> NodePath:
        """The camera of the view that is shown."""
        return self._cameras[self.view]

    def lay_into(self, output: GraphicsOutput) -> Callable[[], None]:
        """Let `output` show the view; call what is given back before each of its pictures."""
        return self._lay(output, lambda: self.camera)

    def _lay(
        self, output: GraphicsOutput, camera: Callable[[], NodePath], *, clear: bool = True
    ) -> Callable[[], None]:
        """As `lay_into`, seen by this camera; without `clear` over what is there already."""
        picture = output.makeDisplayRegion()
        picture.setClearDepthActive(clear)
        picture.setClearColorActive(clear)
        picture.setClearColor((0.0, 0.0, 0.0, 1.0))
        veil = output.makeDisplayRegion()
        veil.setSort(10)
        veil.setCamera(self._veil_camera)
        veil.setActive(False)

        def renew() -> None:
            picture.setCamera(camera())
            veil.setActive(self._veiled or self._faded or self._edge.strength > 0.0)

        return renew

    def shape(self, size: tuple[int, int]) -> None:
        """The picture has this width and height."""
        self.lens.setAspectRatio(size[0] / size[1])
        self.lens.setMinFov(FIELD)

    def stand(self, footing: Footing, yaw: float, pitch: float, eye_m: float = EYE_M) -> None:
        """In the scene the feet are at `footing`; in every view the head is turned alike.

        Args:
            footing: where the scenario has put the patient.
            yaw: degrees to the left of its heading.
            pitch: degrees above what it calls looking ahead.
            eye_m: metres from the feet to the eyes.
        """
        self._gaze = yaw, pitch
        # On a flat picture what is looked at lies in its middle, wherever that was sunk to.
        sunk = min(90.0, max(-90.0, pitch - footing.looking_down))
        self._in_scene = Head(yaw, sunk, (0.0, 0.0, eye_m + footing.raised_m(eye_m)))
        for view, camera in self._cameras.items():
            feet = footing if view is View.SCENE else Footing()
            x, y, z = feet.at
            z += feet.raised_m(eye_m)
            down = min(90.0, max(-90.0, pitch - feet.looking_down))
            if feet.pitch == 0.0 == feet.roll:
                camera.setPosHpr(x, y, z + eye_m, feet.heading + yaw, down, 0.0)
                continue
            seat, head = LQuaternionf(), LQuaternionf()
            seat.setHpr((feet.heading, feet.pitch, feet.roll))
            head.setHpr((yaw, down, 0.0))
            camera.setPosQuat((x, y, z + eye_m), head * seat)

    @property
    def gaze(self) -> tuple[float, float]:
        """Where the head points from the patient's own "ahead": degrees to the left, and up."""
        return self._gaze

    @property
    def head_in_scene(self) -> Head:
        """Where the head is in the scene and looks, from what lies ahead of the feet there."""
        return self._in_scene

    @property
    def extent(self) -> tuple[float, float]:
        """Of the picture: degrees from top to bottom, and its width for its height."""
        return float(self.lens.getVfov()), float(self.lens.getAspectRatio())

    def edge(self, strength: float) -> None:
        """Darken the edge of the picture, softly, 0 not at all to 1."""
        self._edge.strength = strength

    def fade(self, share: float) -> None:
        """Lay so much of a calm tone over the picture, 0 to 1."""
        self._faded = share > 0.001
        if self._faded:
            self._calm.setColor(*TONE, share)
            self._calm.show()
        else:
            self._calm.hide()

    def brightness(self, part: float) -> None:
        """Darken the picture to `part` of its brightness as displayed, 0 to 1."""
        self._veiled = part < 0.999
        self._veil.setColor(0.0, 0.0, 0.0, 1.0 - part)
