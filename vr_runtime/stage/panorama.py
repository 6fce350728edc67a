"""Owns a picture or film all around the patient as a thing of the world; knows no renderer.

It has a direction and may be seen or not, and nothing else: it is as far away as the sky. What
changes of it is shown behind a fade, never in view.
"""

from __future__ import annotations

from collections.abc import Callable

from vr_runtime.stage.placed import Placed, Pose

MOST_PANORAMAS = 16
"""One for each level, and some for events."""


class Panorama(Placed):
    """A panorama in the world. A film goes on while it is seen."""

    __slots__ = ("film_s", "name")

    def __init__(
        self, *, name: str, heading: float, owner: str, forget: Callable[[Placed], None]
    ) -> None:
        super().__init__(
            at=(0.0, 0.0, 0.0),
            heading=heading,
            parent=None,
            parameters=frozenset(),
            owner=owner,
            forget=forget,
        )
        self.name = name
        self.made_of = f"panorama {name}"
        self.film_s = 0.0
        """Seconds for which it was seen."""
        # Made in view it comes in the dark, as one that is switched on.
        self._before = self._now = Pose(visible=False)

    @property
    def switched(self) -> bool:
        """Whether it was turned, shown or hidden and that is not yet to be seen."""
        return self.shown_as(self.pose) != self.shown_as(self._now)

    def shown_as(self, pose: Pose) -> Pose:
        """What of a pose is seen of it: it is everywhere at once, and as large as the sky."""
        return Pose(heading=pose.heading if pose.visible else 0.0, visible=pose.visible)

    def drawn(self, between: float) -> Pose:
        """As it is drawn: it changes from one tick to the next, never on the way."""
        return self.shown_as(self._now)

    def go_on(self, dt: float) -> None:
        """`dt` seconds pass in which the scene is seen."""
        if self._now.visible:
            self.film_s += dt
