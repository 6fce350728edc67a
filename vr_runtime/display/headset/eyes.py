"""Owns the two cameras of a headset in every view, and where the head stands in it.

Both eyes hang below one node for the room: "here" and "ahead" of the room are laid on the place
where the scenario has put the patient's feet. Knows no driver.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from panda3d.core import (
    AntialiasAttrib,
    Camera,
    CardMaker,
    GeomVertexReader,
    GeomVertexWriter,
    GraphicsOutput,
    LPoint3f,
    LQuaternionf,
    LVecBase3f,
    LVector3f,
    NodePath,
    OrthographicLens,
    PerspectiveLens,
    RenderState,
    SamplerState,
    Texture,
    TransformState,
)

from vr_runtime.display.eyes import EYE_M, FAR_M, NEAR_M, Eyes
from vr_runtime.display.headset.poses import Centre, Eye, Pose, between, centred, film
from vr_runtime.display.sight.layer import Board
from vr_runtime.engine.sightline import Head
from vr_runtime.stage.viewer import Footing
from vr_runtime.wire.acts import View

HALF_APART_M = 0.032
"""Half the distance between the eyes, until the headset tells it."""


class HeadEyes(Eyes):
    """The patient's two eyes, where the headset says they are."""

    def __init__(self, worlds: Mapping[View, NodePath], *, floor: bool) -> None:
        """Hang two more cameras into every world.

        Args:
            worlds: of each view.
            floor: heights are told from the floor; else from the eyes at the start.
        """
        super().__init__(worlds)
        self.floor(floor)
        self._centre = Centre()
        self._yaw = self._raised = 0.0
        self._height = EYE_M
        self._head = Pose((0.0, 0.0, EYE_M - self._up))
        self._lenses = [PerspectiveLens(), PerspectiveLens()]
        self._feet: dict[View, NodePath] = {}
        self._rooms: dict[View, NodePath] = {}
        self._each: dict[View, tuple[NodePath, NodePath]] = {}
        smooth = RenderState.make(AntialiasAttrib.make(AntialiasAttrib.MMultisample))
        for lens in self._lenses:
            lens.setNearFar(NEAR_M, FAR_M)
        for view, world in worlds.items():
            feet = self._feet[view] = world.attachNewNode("feet")
            room = self._rooms[view] = feet.attachNewNode("room")
            self._cameras[view].reparentTo(room)
            pair = []
            for side, lens in zip((-1.0, 1.0), self._lenses, strict=True):
                camera = Camera(f"{view.value} eye", lens)
                camera.setInitialState(smooth)
                made = room.attachNewNode(camera)
                made.setPos(side * HALF_APART_M, 0.0, EYE_M)
                pair.append(made)
            self._each[view] = (pair[0], pair[1])
        self.board = Board()
        """What the patient reads, over all else in both eyes."""
        self._left = Texture("left eye")

    def floor(self, told: bool) -> None:
        """Whether heights are told from the floor; else from the eyes at the start."""
        self._up = 0.0 if told else EYE_M

    def see(self, eyes: tuple[Eye, Eye], *, recentre: bool) -> None:
        """From the next picture on look from these eyes; `recentre`: this is "here" and "ahead"."""
        self._head = between(eyes)
        if recentre:
            self._centre = centred(self._head)
            self._height = self._head.at[2] + self._up
        for lens, eye in zip(self._lenses, eyes, strict=True):
            taken = film(eye.field)
            lens.setFilmSize(taken.width, taken.height)
            lens.setFilmOffset(taken.across, taken.above)
            lens.setFocalLength(1.0)
        for pair in self._each.values():
            for camera, eye in zip(pair, eyes, strict=True):
                _place(camera, eye.pose)
        for camera in self._cameras.values():
            _place(camera, self._head)

    @property
    def head(self) -> Pose:
        """The head in the room's own axes."""
        return self._head

    @property
    def height(self) -> float:
        """Metres of the eyes above the feet, when they were centred last."""
        return self._height

    def room(self, view: View) -> NodePath:
        """The node of the patient's real room in this view: what hangs here moves with it."""
        return self._feet[view]

    def stand(self, footing: Footing, yaw: float, pitch: float, eye_m: float = EYE_M) -> None:
        """In the scene the feet are at `footing`; `yaw` turns the whole room there, by steps.

        `pitch` and `eye_m` are the head's own here.
        """
        self._yaw, self._raised = yaw, footing.raised_m(self._height)
        for view, feet in self._feet.items():
            place = footing if view is View.SCENE else Footing()
            seat, turned = LQuaternionf(), LQuaternionf()
            seat.setHpr((place.heading, place.pitch, place.roll))
            turned.setHpr((yaw, 0.0, 0.0))
            leaning = turned * seat
            # A cabin leans about the patient's eyes: these stay where they were.
            eyes = LVector3f(0.0, 0.0, self._height)
            lifted = LVector3f(0.0, 0.0, place.raised_m(self._height))
            feet.setPosQuat(LPoint3f(*place.at) + lifted + eyes - leaning.xform(eyes), leaning)
            room = self._rooms[view]
            # Where the head was centred comes to lie over the feet, its "ahead" over theirs.
            room.setHpr(-self._centre.heading, 0.0, 0.0)
            room.setPos(0.0, 0.0, 0.0)
            moved = feet.getRelativePoint(room, (self._centre.x, self._centre.y, 0.0))
            room.setPos(-moved.x, -moved.y, self._up)

    def shape(self, size: tuple[int, int]) -> None:
        """The headset gives its eyes their shape; who looks on sees as much as fits."""

    @property
    def gaze(self) -> tuple[float, float]:
        """Where the head looks from the patient's own "ahead": degrees to the left, and up."""
        ahead = self._cameras[self.view].getQuat(self._feet[self.view]).xform(LVector3f(0, 1, 0))
        level = math.hypot(ahead.x, ahead.y)
        return math.degrees(math.atan2(-ahead.x, ahead.y)), math.degrees(math.atan2(ahead.z, level))

    @property
    def head_in_scene(self) -> Head:
        """Where the head is in the scene and looks, from what lies ahead of the feet there."""
        camera, feet = self._cameras[View.SCENE], self._feet[View.SCENE]
        ahead = camera.getQuat(feet).xform(LVector3f(0, 1, 0))
        turned = LQuaternionf()
        turned.setHpr((self._yaw, 0.0, 0.0))
        eyes = turned.xform(LVector3f(camera.getPos(feet)))
        left = math.degrees(math.atan2(-ahead.x, ahead.y)) + self._yaw
        up = math.degrees(math.atan2(ahead.z, math.hypot(ahead.x, ahead.y)))
        return Head(left, up, (eyes.x, eyes.y, eyes.z + self._raised))

    @property
    def extent(self) -> tuple[float, float]:
        """Of the left eye's picture: degrees from top to bottom, and its width for its height."""
        lens = self._lenses[0]
        return float(lens.getVfov()), float(lens.getAspectRatio())

    def _from_head(self, eye: int) -> TransformState:
        """Where an eye is from the middle between both, in the axes of the patient's "ahead"."""
        camera, feet = self._each[self.view][eye], self._feet[self.view]
        middle = self._cameras[self.view].getPos(feet)
        return TransformState.makePosQuatScale(
            camera.getPos(feet) - middle, camera.getQuat(feet), LVecBase3f(1, 1, 1)
        )

    def eye_lens(self, eye: int) -> PerspectiveLens:
        """The lens of one eye, the same in every view."""
        return self._lenses[eye]

    def lay_eye(self, output: GraphicsOutput, eye: int, *, clear: bool) -> Callable[[], None]:
        """Let `output` show what one eye sees; call what is given back before each picture."""
        world = self._lay(output, lambda: self._each[self.view][eye], clear=clear)
        board = self.board.lay_into(output, self._lenses[eye])

        def renew() -> None:
            world()
            board(self._from_head(eye))

        return renew

    def shown_from(self, left: Texture) -> None:
        """The left eye's finished picture, for everyone who looks on."""
        self._left = left

    def lay_into(self, output: GraphicsOutput) -> Callable[[], None]:
        """Let `output` show what the left eye last saw, without drawing the world again."""
        root = NodePath("left eye")
        maker = CardMaker("left eye")
        maker.setFrame(-1, 1, -1, 1)
        card = root.attachNewNode(maker.generate())
        card.setDepthTest(False)
        card.setDepthWrite(False)
        flat = OrthographicLens()
        flat.setFilmSize(2, 2)
        flat.setNearFar(-10, 10)
        region = output.makeDisplayRegion()
        region.setSort(5)
        region.setCamera(root.attachNewNode(Camera("left eye", flat)))

        cropped = (0.0, 0.0)

        def renew() -> None:
            nonlocal cropped
            card.setTexture(self._left, 1)
            # An eye's points need not be square: what it sees has its film's shape.
            film = self._lenses[0].getFilmSize()
            shapes = film.x / film.y, max(1, output.getXSize()) / max(1, output.getYSize())
            if shapes != cropped:
                _crop(card, *shapes)
                cropped = shapes

        return renew


def _place(camera: NodePath, pose: Pose) -> None:
    camera.setPosQuat(pose.at, LQuaternionf(*pose.turn))


def _crop(card: NodePath, seen: float, shown: float) -> None:
    """Show the middle of the picture, as much of it as has the shape of what shows it.

    Shapes are breadths in parts of the height. It is written into the card itself: in OpenGL's
    core profile nothing else moves a texture.
    """
    across, along = min(1.0, shown / seen), min(1.0, seen / shown)
    data = card.node().modifyGeom(0).modifyVertexData()
    corner, place = GeomVertexReader(data, "vertex"), GeomVertexWriter(data, "texcoord")
    while not corner.isAtEnd():
        at = corner.getData3()
        place.setData2(0.5 + 0.5 * across * at.x, 0.5 + 0.5 * along * at.z)


def smooth_texture(name: str) -> Texture:
    """A texture that a picture is drawn into and looked at from."""
    made = Texture(name)
    made.setMagfilter(SamplerState.FTLinear)
    made.setMinfilter(SamplerState.FTLinear)
    made.setWrapU(SamplerState.WMClamp)
    made.setWrapV(SamplerState.WMClamp)
    return made
