"""Owns the one graphics engine, its output and its settings; knows nothing of what is drawn.

This is the only place that touches what Panda3D shares among all of a process.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache

from panda3d.core import (
    EventQueue,
    FrameBufferProperties,
    GraphicsEngine,
    GraphicsOutput,
    GraphicsPipe,
    GraphicsPipeSelection,
    GraphicsStateGuardian,
    InputDevice,
    InputDeviceManager,
    Texture,
    WindowProperties,
    loadPrcFileData,
)

SETTINGS = """
gl-version 3 2
auto-flip 1
load-display pandagl
audio-library-name p3openal_audio
loader-num-threads 1
textures-power-2 none
notify-level-display error
notify-level-device error
notify-level-audio error
notify-level-ffmpeg fatal
ffmpeg-max-readahead-frames 3
"""
"""`auto-flip 1`: a picture is shown when it is drawn, not one later (runtime.md 5).
One thread: with more, a picture may lag behind what was said about it."""

NOTHING_GIVEN = "the graphics driver gave neither window nor buffer"
SAMPLES = 4
"""Samples of each pixel of a window that a card draws: without, rails and edges of roofs crawl."""


class GraphicsUnavailable(Exception):
    """No output could be opened; the message names the driver's part in it."""


@cache
def configured() -> GraphicsEngine:
    """The graphics engine, with the settings of Palier made before its first use."""
    loadPrcFileData("palier", SETTINGS)
    return GraphicsEngine.getGlobalPtr()


def thrown_events() -> Iterator[str]:
    """The names of what keyboard, mouse and window told since the last call, oldest first."""
    queue = EventQueue.getGlobalEventQueue()
    while not queue.isQueueEmpty():
        yield str(queue.dequeueEvent().getName())


def gamepads() -> list[InputDevice]:
    """The gamepads that are connected now, as they stand now."""
    devices = InputDeviceManager.getGlobalPtr()
    devices.update()
    found = list(devices.getDevices(InputDevice.DeviceClass.gamepad))
    for pad in found:
        pad.poll()
    return found


def _pipe(*libraries: str) -> GraphicsPipe:
    configured()
    for library in libraries:
        pipe = GraphicsPipeSelection.getGlobalPtr().makeModulePipe(library)
        if pipe is not None:
            return pipe
    raise GraphicsUnavailable(f"none of {', '.join(libraries)} could be used")


class Output:
    """A window or a buffer to draw into, and small buffers that share what was uploaded."""

    def __init__(self, pipe: GraphicsPipe, main: GraphicsOutput) -> None:
        self.main = main
        self._pipe = pipe
        self._engine = configured()
        self._with_main: list[GraphicsOutput] = []

    @classmethod
    def offscreen(cls, size: tuple[int, int], *, on_screen_driver: bool = False) -> Output:
        """Pictures without a window; raises `GraphicsUnavailable`.

        Args:
            size: width and height in pixels.
            on_screen_driver: use the driver that would draw a window, to try it unseen.
        """
        # No window's flip waits for these pictures: without this a software renderer takes them
        # all at once, remembers them, and then stands still for a minute.
        configured()
        loadPrcFileData("palier offscreen", "gl-finish 1")
        headless = sys.platform.startswith("linux") and not on_screen_driver
        pipe = _pipe("p3headlessgl" if headless else "pandagl")
        flags = GraphicsPipe.BFRefuseWindow | GraphicsPipe.BFFbPropsOptional
        made = _made(pipe, "pictures", WindowProperties(size=size), flags, 1)
        if made is None:
            raise GraphicsUnavailable(NOTHING_GIVEN)
        return cls(pipe, made)

    def number(self, texture: Texture) -> int:
        """The name by which OpenGL itself knows this texture; 0 where it has none yet."""
        context = texture.prepareNow(0, self.gsg.getPreparedObjects(), self.gsg)
        return 0 if context is None else int(context.getNativeId())

    @classmethod
    def window(cls, properties: WindowProperties, samples: int = SAMPLES) -> Output:
        """The patient's window, of so many samples at most; raises `GraphicsUnavailable`."""
        pipe = _pipe("pandagl")
        flags = GraphicsPipe.BFRequireWindow | GraphicsPipe.BFFbPropsOptional
        # With several samples of each pixel where a card draws, else with one.
        for wanted in (samples, 1):
            made = _made(pipe, "patient", properties, flags, wanted)
            if made is None:
                continue
            output = cls(pipe, made)
            # Who draws is known only once a window is open; a processor has no time to spare.
            if output.samples == 1 or not output.software:
                return output
            output.close()
        raise GraphicsUnavailable(NOTHING_GIVEN)

    @property
    def gsg(self) -> GraphicsStateGuardian:
        """The driver's state."""
        return self.main.getGsg()

    @property
    def driver(self) -> str:
        """The driver's own name for the device that draws."""
        return str(self.gsg.getDriverRenderer())

    @property
    def software(self) -> bool:
        """Whether the processor draws instead of a graphics card."""
        return any(word in self.driver.lower() for word in ("llvmpipe", "softpipe", "swrast"))

    @property
    def samples(self) -> int:
        """How many samples make up a pixel of the patient's picture; 1 is no smoothing."""
        return max(1, int(self.main.getFbProperties().getMultisamples()))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        return max(1, self.main.getXSize()), max(1, self.main.getYSize())

    def buffer(
        self,
        name: str,
        size: tuple[int, int],
        into: Texture,
        *,
        in_memory: bool = True,
        samples: int = 1,
    ) -> GraphicsOutput:
        """A buffer beside the output, drawn only while it is active.

        `into` has its pixels, where the processor can read them if they are to be `in_memory`;
        each is joined of `samples`, where the driver has that many.
        """
        made = self._engine.makeOutput(
            self._pipe,
            name,
            -1,
            _colours(samples),
            WindowProperties(size=size),
            GraphicsPipe.BFRefuseWindow | GraphicsPipe.BFFbPropsOptional,
            self.gsg,
            self.main,
        )
        if made is None:
            raise GraphicsUnavailable(f"the graphics driver gave no buffer for the {name}")
        made.setActive(False)
        mode = GraphicsOutput.RTMCopyRam if in_memory else GraphicsOutput.RTMBindOrCopy
        made.addRenderTexture(into, mode)
        return made

    def within(self, size: tuple[int, int], into: Texture, samples: int = 1) -> Output:
        """An output of its own for a picture that this one shows as a part of it: `into` has it.

        It is drawn before this one in each picture. Raises `GraphicsUnavailable`.
        """
        made = self.buffer("part", size, into, in_memory=False, samples=samples)
        # After the small buffers (-1), whose pictures it may show, and before what shows it.
        made.setSort(5)
        self.main.setSort(10)
        made.setActive(True)
        return Output(self._pipe, made)

    def depth_buffer(self, name: str, side: int, into: Texture) -> GraphicsOutput:
        """A square buffer whose depths `into` has, drawn only while it is active."""
        form = FrameBufferProperties()
        form.setDepthBits(24)
        made = self._engine.makeOutput(
            self._pipe,
            name,
            -2,
            form,
            WindowProperties(size=(side, side)),
            GraphicsPipe.BFRefuseWindow | GraphicsPipe.BFFbPropsOptional,
            self.gsg,
            self.main,
        )
        if made is None:
            raise GraphicsUnavailable(f"the graphics driver gave no buffer for the {name}")
        made.setActive(False)
        made.setClearColorActive(False)
        made.addRenderTexture(into, GraphicsOutput.RTMBindOrCopy, GraphicsOutput.RTPDepth)
        return made

    def draw(self) -> None:
        """Draw all active outputs once."""
        self._engine.renderFrame()

    def hear(self) -> None:
        """Let what befell the window and its devices come in, without drawing anything.

        Panda3D reads them at the end of a picture alone: a press made in the pause between two
        would otherwise be known one picture late.
        """
        outputs = (self.main, *self._with_main)
        for output in outputs:
            output.setActive(False)
        self._engine.renderFrame()
        for output in outputs:
            output.setActive(True)

    def draw_with_main(self, buffer: GraphicsOutput) -> None:
        """From now on draw this buffer in each picture, before the main output."""
        buffer.setActive(True)
        self._with_main.append(buffer)

    def draw_only(self, buffer: GraphicsOutput) -> None:
        """Draw `buffer` alone; the main picture stays as it is."""
        others = [self.main, *self._with_main]
        for other in others:
            other.setActive(False)
        buffer.setActive(True)
        self._engine.renderFrame()
        buffer.setActive(False)
        for other in others:
            other.setActive(True)

    def remove(self, buffer: GraphicsOutput) -> None:
        """Give a buffer back."""
        self._with_main = [other for other in self._with_main if other is not buffer]
        self._engine.removeWindow(buffer)

    def close(self) -> None:
        """Give everything back."""
        self._engine.removeWindow(self.main)


def _made(
    pipe: GraphicsPipe, name: str, properties: WindowProperties, flags: int, samples: int
) -> GraphicsOutput | None:
    """An output that is open, or None where the driver does not give one of this kind."""
    engine = configured()
    wanted = _colours(samples)
    # A window must be asked for a second buffer: into the only one pictures would be drawn under
    # the patient's eyes, and where the processor draws they would never reach the screen.
    wanted.setBackBuffers(1 if flags & GraphicsPipe.BFRequireWindow else 0)
    made = engine.makeOutput(pipe, name, 0, wanted, properties, flags)
    if made is None:
        return None
    engine.openWindows()
    if not made.isValid() or made.getGsg() is None:
        engine.removeWindow(made)
        return None
    return made


def _colours(samples: int = 1) -> FrameBufferProperties:
    wanted = FrameBufferProperties()
    wanted.setRgbColor(True)
    wanted.setRgbaBits(8, 8, 8, 8)
    wanted.setDepthBits(24)
    if samples > 1:
        wanted.setMultisamples(samples)
    return wanted
