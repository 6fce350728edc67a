"""Owns the conversation with OpenXR: one session, its spaces and its images.

It knows no renderer: graphics enter as a binding that was made elsewhere, and pictures as something
that paints an image by its number.
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from vr_runtime.display.headset.actions import Actions
from vr_runtime.display.headset.finding import EGL, FAULTS, LOCAL_FLOOR, MASK, Found, forget
from vr_runtime.display.headset.port import (
    Cause,
    Changed,
    Controls,
    DriverEnds,
    Event,
    Frame,
    HeadsetGone,
    HeadsetUnavailable,
    Located,
    Paint,
    Recentred,
    Refitted,
    Triangles,
    Worn,
)
from vr_runtime.display.headset.poses import Eye, Known, field, pose
from vr_runtime.display.headset.states import State

Binding = Callable[[Any, Any, bool], Any]
"""Of the module, the driver's instance and whether it is EGL: what names the current graphics."""

SRGB8_ALPHA8, SRGB8, RGBA8 = 0x8C43, 0x8C41, 0x8058
FORMATS = (SRGB8_ALPHA8, SRGB8, RGBA8)
"""Best first. Pictures are drawn as a screen shows them, which only the first two say."""
BREAK_OFF_WHEN_ASKED = ("Monado: Simulated HMD",)
"""Headsets whose driver, seen in 2024, crashes when asked for the part that is never shown."""
IMAGE_WAIT_NS = 500_000_000
_UNITS_NS = 1e-9

log = logging.getLogger(__name__)


class OpenXr:
    """A session with a headset, as `port.Port` asks for it."""

    def __init__(self, found: Found, binding: Binding) -> None:
        """Open a session for the graphics that are current on this thread.

        Raises:
            HeadsetUnavailable: the driver refuses them.
        """
        xr = self._xr = found.xr
        self._found = found
        self.name = found.name
        self._session: Any = None
        self._chains: list[Any] = []
        self._eyes: tuple[Any, Any] | None = None
        try:
            self._open(binding)
        except (xr.exception.XrException, *FAULTS) as error:
            self.leave()
            raise HeadsetUnavailable(Cause.NOT_OPENED, _word(error)) from error

    def _open(self, binding: Binding) -> None:
        xr, found = self._xr, self._found
        self._kind = xr.ViewConfigurationType.PRIMARY_STEREO
        # OpenXR asks for this call before a session, whatever it answers.
        xr.get_opengl_graphics_requirements_khr(found.instance, found.system)
        graphics = binding(xr, found.instance, EGL in found.extensions)
        self._session = xr.create_session(
            found.instance,
            xr.SessionCreateInfo(
                system_id=found.system, next=ctypes.cast(ctypes.pointer(graphics), ctypes.c_void_p)
            ),
        )
        self._graphics = graphics
        self._space, self.floor = self._reference()
        modes = list(xr.enumerate_environment_blend_modes(found.instance, found.system, self._kind))
        opaque = xr.EnvironmentBlendMode.OPAQUE
        self._blend = opaque if opaque in modes or not modes else xr.EnvironmentBlendMode(modes[0])
        views = xr.enumerate_view_configuration_views(found.instance, found.system, self._kind)
        left, right = (
            (int(v.recommended_image_rect_width), int(v.recommended_image_rect_height))
            for v in list(views)[:2]
        )
        self.sizes = (left, right)
        self._make_chains()
        self._actions = Actions(found, self._session)

    def _reference(self) -> tuple[Any, bool]:
        """The space that heads are told in: from the floor where the driver knows it."""
        xr, kinds = self._xr, self._xr.ReferenceSpaceType
        offered = {int(kind) for kind in xr.enumerate_reference_spaces(self._session)}
        wanted = [(kinds.STAGE, True), (kinds.LOCAL, False)]
        if LOCAL_FLOOR in self._found.extensions:
            wanted.insert(0, (kinds.LOCAL_FLOOR, True))
        kind, floor = next(k for k in wanted if k[0].value in offered)
        info = xr.ReferenceSpaceCreateInfo(reference_space_type=kind)
        return xr.create_reference_space(self._session, info), floor

    def _make_chains(self) -> None:
        xr = self._xr
        offered = [int(f) for f in xr.enumerate_swapchain_formats(self._session)]
        format_ = next((f for f in FORMATS if f in offered), offered[0])
        if format_ not in FORMATS[:2]:
            log.warning("the headset takes no sRGB pictures: they may look too bright in it")
        usage = xr.SwapchainUsageFlags
        self._images = []
        for width, height in self.sizes:
            chain = xr.create_swapchain(
                self._session,
                xr.SwapchainCreateInfo(
                    usage_flags=usage.COLOR_ATTACHMENT_BIT | usage.TRANSFER_DST_BIT,
                    format=format_,
                    sample_count=1,
                    width=width,
                    height=height,
                    face_count=1,
                    array_size=1,
                    mip_count=1,
                ),
            )
            self._chains.append(chain)
            images = xr.enumerate_swapchain_images(chain, xr.SwapchainImageOpenGLKHR)
            self._images.append([int(image.image) for image in images])

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever OpenXR says no with: this session cannot go on."""
        try:
            yield
        except (self._xr.exception.XrException, *FAULTS) as error:
            raise HeadsetGone(_word(error)) from error

    def events(self) -> list[Event]:
        """What befell since the last call, oldest first."""
        found: list[Event] = []
        with self._told():
            while True:
                try:
                    told = self._xr.poll_event(self._found.instance)
                except self._xr.exception.EventUnavailable:
                    return found
                event = self._event(told)
                if event is not None:
                    found.append(event)

    def _event(self, told: Any) -> Event | None:
        xr, kinds = self._xr, self._xr.StructureType
        kind = told.type
        if kind == kinds.EVENT_DATA_SESSION_STATE_CHANGED:
            changed = xr.EventDataSessionStateChanged.from_buffer_copy(told)
            if changed.session != self._session:
                return None  # Of a session that was left.
            name = xr.SessionState(changed.state).name.lower()
            return Changed(State(name)) if name in set(State) - {State.GONE} else None
        if kind == kinds.EVENT_DATA_INSTANCE_LOSS_PENDING:
            return DriverEnds()
        if kind == kinds.EVENT_DATA_USER_PRESENCE_CHANGED_EXT:
            presence = xr.EventDataUserPresenceChangedEXT.from_buffer_copy(told)
            return Worn(bool(presence.is_user_present))
        if kind == kinds.EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING:
            return Recentred()
        if kind == kinds.EVENT_DATA_VISIBILITY_MASK_CHANGED_KHR:
            return Refitted()
        return None

    def begin(self) -> None:
        """The session is ready: pictures are exchanged from now on."""
        with self._told():
            info = self._xr.SessionBeginInfo(primary_view_configuration_type=self._kind)
            self._xr.begin_session(self._session, info)

    def end(self) -> None:
        """The session is stopping: no picture is exchanged from now on."""
        with self._told():
            self._xr.end_session(self._session)

    def wait(self) -> Frame:
        """Wait until the next picture should be begun; alone this may come from another thread."""
        with self._told():
            told = self._xr.wait_frame(self._session)
            return Frame(
                int(told.predicted_display_time),
                max(0.0, int(told.predicted_display_period) * _UNITS_NS),
                bool(told.should_render),
            )

    def begin_picture(self) -> None:
        """The picture that was waited for is begun."""
        with self._told(), suppress(self._xr.exception.FrameDiscarded):
            self._xr.begin_frame(self._session)

    def locate(self, frame: Frame) -> Located:
        """Where the eyes will be when this picture is shown."""
        xr = self._xr
        with self._told():
            info = xr.ViewLocateInfo(
                view_configuration_type=self._kind, display_time=frame.at, space=self._space
            )
            state, views = xr.locate_views(self._session, info)
            known = Known(int(state.view_state_flags) & 0xF)
            if Known.ORIENTATION not in known or Known.POSITION not in known or len(views) < 2:
                return Located(None, tracked=False, placed=False)
        try:
            left, right = _eye(views[0]), _eye(views[1])
        except ValueError as error:
            log.debug("a pose that is none: %s", error)
            return Located(None, tracked=False, placed=False)
        self._eyes = views[0], views[1]
        return Located(
            (left, right),
            tracked=Known.ORIENTATION_TRACKED in known,
            placed=Known.POSITION_TRACKED in known,
        )

    def end_picture(self, frame: Frame, eyes: tuple[Eye, Eye] | None, paint: Paint) -> None:
        """Hand the picture over, as seen from `eyes`; None: the headset shows nothing of ours."""
        xr = self._xr
        with self._told():
            layers = []
            if eyes is not None and self._eyes is not None:
                layer = self._painted(self._eyes, paint)
                layers.append(ctypes.byref(layer))
            xr.end_frame(
                self._session,
                xr.FrameEndInfo(
                    display_time=frame.at, environment_blend_mode=self._blend, layers=layers
                ),
            )

    def _painted(self, views: tuple[Any, Any], paint: Paint) -> Any:
        xr = self._xr
        seen = []
        for eye, chain in enumerate(self._chains):
            image = xr.acquire_swapchain_image(chain, xr.SwapchainImageAcquireInfo())
            try:
                xr.wait_swapchain_image(chain, xr.SwapchainImageWaitInfo(timeout=IMAGE_WAIT_NS))
                paint(eye, self._images[eye][image], self.sizes[eye])
            finally:
                xr.release_swapchain_image(chain, xr.SwapchainImageReleaseInfo())
            width, height = self.sizes[eye]
            seen.append(
                xr.CompositionLayerProjectionView(
                    pose=views[eye].pose,
                    fov=views[eye].fov,
                    sub_image=xr.SwapchainSubImage(
                        swapchain=chain,
                        image_rect=xr.Rect2Di(
                            offset=xr.Offset2Di(0, 0), extent=xr.Extent2Di(width, height)
                        ),
                    ),
                )
            )
        return xr.CompositionLayerProjection(space=self._space, views=seen)

    def controls(self) -> Controls:
        """What is pressed now."""
        with self._told():
            return self._actions.read()

    def pulse(self) -> None:
        """Let the hand that presses feel one short tick."""
        with self._told():
            self._actions.pulse()

    def hidden(self, eye: int) -> Triangles | None:
        """The part of an eye's picture that its glass never shows; None where it is not told."""
        if MASK not in self._found.extensions or self.name.startswith(BREAK_OFF_WHEN_ASKED):
            return None
        xr = self._xr
        kind = xr.VisibilityMaskTypeKHR.HIDDEN_TRIANGLE_MESH
        try:
            return _triangles(xr, self._session, self._kind, eye, kind)
        except (xr.exception.XrException, *FAULTS) as error:
            log.info("the headset tells no hidden part: %s", _word(error))
            return None

    def ask_to_end(self) -> None:
        """Ask the driver to bring the session to its end in order."""
        with self._told():
            self._xr.request_exit_session(self._session)

    def leave(self) -> None:
        """Give everything back, whatever state it is in."""
        xr = self._xr
        session, self._session = self._session, None
        self._eyes = None
        # Images, spaces and actions go with their session.
        if session is not None:
            with suppress(xr.exception.XrException, *FAULTS):
                xr.destroy_session(session)
        forget(xr, self._found.instance)


def _eye(view: Any) -> Eye:
    p, o, f = view.pose.position, view.pose.orientation, view.fov
    return Eye(
        pose(
            (float(p.x), float(p.y), float(p.z)), (float(o.x), float(o.y), float(o.z), float(o.w))
        ),
        field(f.angle_left, f.angle_right, f.angle_up, f.angle_down),
    )


def _triangles(xr: Any, session: Any, kind: Any, eye: int, part: Any) -> Triangles | None:
    """Asked twice, as OpenXR wants it: for the numbers, then for the corners."""
    ask = ctypes.cast(
        xr.get_instance_proc_addr(session.instance, "xrGetVisibilityMaskKHR"),
        xr.PFN_xrGetVisibilityMaskKHR,
    )
    mask = xr.VisibilityMaskKHR()
    xr.check_result(ask(session, kind.value, eye, part.value, ctypes.byref(mask)))
    corners, indices = int(mask.vertex_count_output), int(mask.index_count_output)
    if not corners or not indices:
        return None
    room, order = (xr.Vector2f * corners)(), (ctypes.c_uint32 * indices)()
    mask.vertex_capacity_input, mask.index_capacity_input = corners, indices
    mask.vertices, mask.indices = room, order
    xr.check_result(ask(session, kind.value, eye, part.value, ctypes.byref(mask)))
    return tuple((float(v.x), float(v.y)) for v in room), tuple(int(i) for i in order)


def _word(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
