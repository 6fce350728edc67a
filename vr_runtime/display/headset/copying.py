"""Owns the copy of a drawn picture into an image of the headset's driver, by OpenGL itself.

What is drawn is finished first, samples joined, in a picture of ours: the driver's images stay out
of the renderer, which would otherwise have to learn of them anew in every picture.
"""

from __future__ import annotations

from typing import Any

_READ, _DRAW, _COLOUR = 0x8CA8, 0x8CA9, 0x8CE0
_READ_BINDING, _DRAW_BINDING = 0x8CAA, 0x8CA6
_TEXTURE_2D, _COLOUR_BIT, _LINEAR = 0x0DE1, 0x4000, 0x2601
_SCISSOR, _SRGB = 0x0C11, 0x8DB9


class Copier:
    """Copies while the graphics of both are current, and leaves their state as it found it."""

    def __init__(self) -> None:
        import OpenGL

        # Faults left behind by others would be raised here as ours.
        OpenGL.ERROR_CHECKING = False
        from OpenGL import GL

        self._gl: Any = GL
        self._frames: tuple[int, int] | None = None

    def copy(self, source: int, size: tuple[int, int], image: int, into: tuple[int, int]) -> None:
        """Fill the texture `image` (width and height `into`) with the texture `source`."""
        gl = self._gl
        if self._frames is None:
            first, second = gl.glGenFramebuffers(2)
            self._frames = int(first), int(second)
        before = int(gl.glGetIntegerv(_READ_BINDING)), int(gl.glGetIntegerv(_DRAW_BINDING))
        # The numbers are those of a screen already: they are copied as they are.
        switches = [what for what in (_SCISSOR, _SRGB) if gl.glIsEnabled(what)]
        for what in switches:
            gl.glDisable(what)
        gl.glBindFramebuffer(_READ, self._frames[0])
        gl.glFramebufferTexture2D(_READ, _COLOUR, _TEXTURE_2D, source, 0)
        gl.glBindFramebuffer(_DRAW, self._frames[1])
        gl.glFramebufferTexture2D(_DRAW, _COLOUR, _TEXTURE_2D, image, 0)
        gl.glBlitFramebuffer(0, 0, *size, 0, 0, *into, _COLOUR_BIT, _LINEAR)
        for where in (_READ, _DRAW):
            gl.glFramebufferTexture2D(where, _COLOUR, _TEXTURE_2D, 0, 0)
        gl.glBindFramebuffer(_READ, before[0])
        gl.glBindFramebuffer(_DRAW, before[1])
        for what in switches:
            gl.glEnable(what)
