"""A fake OpenXR: the module `xr` with a driver behind it that a test leads, and that keeps rules.

It holds us to the order that OpenXR asks for, and counts each breach of it. Nothing is drawn.
"""

from __future__ import annotations

import ctypes
import math
from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from types import SimpleNamespace
from typing import Any

from vr_runtime.display.headset.finding import LOCAL_FLOOR, OPENGL, PRESENCE


class XrException(Exception):
    pass


class Record(ctypes.Structure):
    """Any structure of OpenXR: it keeps what it is made with."""

    def __init__(self, *positional: Any, **told: Any) -> None:
        super().__init__()
        self.positional = positional
        for name, value in told.items():
            setattr(self, name, value)

    @classmethod
    def from_buffer_copy(cls, told: Any) -> Any:
        return told


class SessionState(IntEnum):
    UNKNOWN = 0
    IDLE = 1
    READY = 2
    SYNCHRONIZED = 3
    VISIBLE = 4
    FOCUSED = 5
    STOPPING = 6
    LOSS_PENDING = 7
    EXITING = 8


class StructureType(IntEnum):
    EVENT_DATA_SESSION_STATE_CHANGED = 1
    EVENT_DATA_INSTANCE_LOSS_PENDING = 2
    EVENT_DATA_USER_PRESENCE_CHANGED_EXT = 3
    EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING = 4
    EVENT_DATA_EVENTS_LOST = 5
    EVENT_DATA_VISIBILITY_MASK_CHANGED_KHR = 6


class ReferenceSpaceType(IntEnum):
    VIEW = 1
    LOCAL = 2
    STAGE = 3
    LOCAL_FLOOR = 1000426000


class EnvironmentBlendMode(IntEnum):
    OPAQUE = 1
    ADDITIVE = 2


class SwapchainUsageFlags(IntFlag):
    COLOR_ATTACHMENT_BIT = 1
    TRANSFER_DST_BIT = 2


ERRORS = (
    "SessionLostError",
    "InstanceLostError",
    "RuntimeFailureError",
    "CallOrderInvalidError",
    "SessionLossPending",
    "TimeoutExpired",
)
"""What any call may be answered with."""
CALLS = (
    "poll_event",
    "begin_session",
    "end_session",
    "wait_frame",
    "begin_frame",
    "locate_views",
    "end_frame",
    "acquire_swapchain_image",
    "wait_swapchain_image",
    "sync_actions",
    "get_system",
    "create_instance",
    "create_session",
)


def _exceptions() -> SimpleNamespace:
    made = {
        name: type(name, (XrException,), {})
        for name in (
            *ERRORS,
            "EventUnavailable",
            "FrameDiscarded",
            "SessionNotFocused",
            "RuntimeUnavailableError",
            "FormFactorUnavailableError",
        )
    }
    return SimpleNamespace(XrException=XrException, **made)


@dataclass
class Head:
    """Where the fake headset says it is."""

    flags: int = 15
    position: tuple[float, float, float] = (0.1, 1.6, -0.2)
    orientation: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 1.0)
    views: int = 2


@dataclass
class FakeXr:
    """The module and its driver. `breaches` must stay empty, whatever a test makes it say."""

    installed: bool = True
    connected: bool = True
    offers: tuple[str, ...] = (OPENGL, PRESENCE, LOCAL_FLOOR)
    formats: tuple[int, ...] = (0x8058, 0x8C43)
    head: Head = field(default_factory=Head)
    wanted: bool = True
    period_ns: int = 11_111_111
    pressed: set[str] = field(default_factory=set)
    stick: tuple[float, float] = (0.0, 0.0)
    fails: dict[str, str] = field(default_factory=dict)
    """The next such call is answered with this error."""
    breaches: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    shown: list[bool] = field(default_factory=list)
    """Of each picture handed over: whether it showed anything."""
    told: deque[Any] = field(default_factory=deque)
    session: Any = None
    running: bool = False
    waiting: bool = False
    """A call of wait_frame is under way on another thread."""
    pulses: int = 0

    def __post_init__(self) -> None:
        self.exception = _exceptions()
        for kind in (
            SessionState,
            StructureType,
            ReferenceSpaceType,
            EnvironmentBlendMode,
            SwapchainUsageFlags,
        ):
            setattr(self, kind.__name__, kind)
        self.ActionType = SimpleNamespace(
            BOOLEAN_INPUT=1, VECTOR2F_INPUT=2, VIBRATION_OUTPUT=3, FLOAT_INPUT=4
        )
        self.FormFactor = SimpleNamespace(HEAD_MOUNTED_DISPLAY=1)
        self.ViewConfigurationType = SimpleNamespace(PRIMARY_STEREO=2)
        self.NULL_PATH, self.FREQUENCY_UNSPECIFIED = 0, 0.0
        self._waited = self._begun = False
        self._acquired: set[int] = set()
        self._clock = 0

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not name[0].isupper():
            raise AttributeError(name)
        made = type(name, (Record,), {})
        setattr(self, name, made)
        return made

    # -- what a test leads

    def state(self, state: SessionState, session: Any = None) -> None:
        kind = StructureType.EVENT_DATA_SESSION_STATE_CHANGED
        self.told.append(Record(type=kind, state=state, session=session or self.session))

    def presence(self, present: bool) -> None:
        kind = StructureType.EVENT_DATA_USER_PRESENCE_CHANGED_EXT
        self.told.append(Record(type=kind, is_user_present=int(present)))

    def befalls(self, kind: StructureType) -> None:
        self.told.append(Record(type=kind))

    def up_to(self, *states: SessionState) -> None:
        for state in states:
            self.state(state)

    # -- the module

    def _called(self, name: str, session: Any = None) -> None:
        self.calls.append(name)
        if session is not None and session is not self.session:
            self.breaches.append(f"{name} on a session that was given back")
        error = self.fails.pop(name, None)
        if error is not None:
            raise getattr(self.exception, error)(error)

    def _breach(self, what: str) -> None:
        self.breaches.append(what)
        raise self.exception.CallOrderInvalidError(what)

    def enumerate_instance_extension_properties(self) -> list[Record]:
        if not self.installed:
            raise self.exception.RuntimeUnavailableError("no driver")
        return [Record(extension_name=name.encode()) for name in self.offers]

    def create_instance(self, info: Record) -> Record:
        self._called("create_instance")
        if not self.installed:
            raise self.exception.RuntimeUnavailableError("no driver")
        return Record()

    def destroy_instance(self, instance: Record) -> None:
        self.calls.append("destroy_instance")

    def get_instance_properties(self, instance: Record) -> Record:
        return Record(runtime_name=b"fake driver")

    def get_system(self, instance: Record, info: Record) -> int:
        self._called("get_system")
        if not self.connected:
            raise self.exception.FormFactorUnavailableError("no headset")
        return 1

    def get_system_properties(self, instance: Record, system: int) -> Record:
        return Record(system_name=b"fake headset")

    def get_opengl_graphics_requirements_khr(self, instance: Record, system: int) -> Record:
        return Record()

    def create_session(self, instance: Record, info: Record) -> Record:
        self._called("create_session")
        if self.session is not None:
            self._breach("a second session beside the first")
        self.session = Record(instance=instance)
        self.running = self._waited = self._begun = False
        self.told.clear()
        return self.session

    def destroy_session(self, session: Record) -> None:
        self.calls.append("destroy_session")
        if self.waiting:
            self.breaches.append("a session was given back under a wait")
        if session is not self.session:
            self.breaches.append("a session was given back twice")
        self.session, self.running = None, False

    def enumerate_reference_spaces(self, session: Record) -> list[int]:
        return [1, 2, 3]

    def create_reference_space(self, session: Record, info: Record) -> Record:
        return Record(kind=info.reference_space_type)

    def enumerate_environment_blend_modes(self, *_asked: Any) -> list[int]:
        return [1]

    def enumerate_view_configuration_views(self, *_asked: Any) -> list[Record]:
        size = {"recommended_image_rect_width": 40, "recommended_image_rect_height": 30}
        return [Record(**size), Record(**size)]

    def enumerate_swapchain_formats(self, session: Record) -> list[int]:
        return list(self.formats)

    def create_swapchain(self, session: Record, info: Record) -> Record:
        return Record(format=info.format)

    def enumerate_swapchain_images(self, chain: Record, kind: Any) -> list[Record]:
        return [Record(image=11), Record(image=12)]

    def poll_event(self, instance: Record) -> Record:
        self._called("poll_event")
        if not self.told:
            raise self.exception.EventUnavailable("none")
        return self.told.popleft()

    def begin_session(self, session: Record, info: Record) -> None:
        self._called("begin_session", session)
        if self.running:
            self._breach("begun twice")
        self.running = True

    def end_session(self, session: Record) -> None:
        self._called("end_session", session)
        if not self.running or self.waiting:
            self._breach("ended while not running, or under a wait")
        self.running = self._waited = self._begun = False

    def request_exit_session(self, session: Record) -> None:
        self._called("request_exit_session", session)
        self.up_to(SessionState.VISIBLE, SessionState.SYNCHRONIZED, SessionState.STOPPING)

    def wait_frame(self, session: Record) -> Record:
        self._called("wait_frame", session)
        if not self.running or self._waited:
            self._breach("a wait before the last picture was begun")
        self._waited = True
        self._clock += self.period_ns
        return Record(
            predicted_display_time=self._clock,
            predicted_display_period=self.period_ns,
            should_render=int(self.wanted),
        )

    def begin_frame(self, session: Record) -> None:
        self._called("begin_frame", session)
        if not self._waited:
            self._breach("a picture begun that was not waited for")
        self._waited, self._begun = False, True

    def locate_views(self, session: Record, info: Record) -> tuple[Record, list[Record]]:
        self._called("locate_views", session)
        x, y, z = self.head.position
        i, j, k, w = self.head.orientation
        views = [
            Record(
                pose=Record(
                    position=Record(x=x + side * 0.032, y=y, z=z),
                    orientation=Record(x=i, y=j, z=k, w=w),
                ),
                fov=Record(angle_left=-0.9, angle_right=0.8, angle_up=0.85, angle_down=-0.95),
            )
            for side in (-1.0, 1.0)
        ]
        return Record(view_state_flags=self.head.flags), views[: self.head.views]

    def end_frame(self, session: Record, info: Record) -> None:
        self._called("end_frame", session)
        if not self._begun:
            self._breach("a picture handed over that was not begun")
        if self._acquired:
            self.breaches.append("an image was not given back")
        self._begun = False
        self.shown.append(bool(info.layers))

    def acquire_swapchain_image(self, chain: Record, info: Record) -> int:
        self._called("acquire_swapchain_image")
        self._acquired.add(id(chain))
        return 1

    def wait_swapchain_image(self, chain: Record, info: Record) -> None:
        self._called("wait_swapchain_image")

    def release_swapchain_image(self, chain: Record, info: Record) -> None:
        self._acquired.discard(id(chain))

    def create_action_set(self, instance: Record, info: Record) -> Record:
        return Record()

    def create_action(self, action_set: Record, info: Record) -> Record:
        return Record(name=info.action_name)

    def string_to_path(self, instance: Record, path: str) -> str:
        return path

    def suggest_interaction_profile_bindings(self, instance: Record, info: Record) -> None:
        if "vive" in info.interaction_profile:
            raise self.exception.RuntimeFailureError("a controller unknown here")

    def attach_session_action_sets(self, session: Record, info: Record) -> None:
        self._called("attach_session_action_sets", session)

    def sync_actions(self, session: Record, info: Record) -> None:
        self._called("sync_actions", session)

    def get_action_state_boolean(self, session: Record, info: Record) -> Record:
        return Record(is_active=1, current_state=int(info.action.name in self.pressed))

    def get_action_state_vector2f(self, session: Record, info: Record) -> Record:
        x, y = self.stick
        return Record(is_active=1, current_state=Record(x=x, y=y))

    def apply_haptic_feedback(self, session: Record, info: Record, felt: Record) -> None:
        self.pulses += 1


def turned(degrees: float) -> tuple[float, float, float, float]:
    """An orientation of OpenXR: turned to the left by so much, seen from above."""
    half = math.radians(degrees) / 2.0
    return 0.0, math.sin(half), 0.0, math.cos(half)
