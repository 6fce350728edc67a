"""Owns the passage below ground: its vault, where it narrows ahead, and its way out."""

from __future__ import annotations

from scenarios.api import Stage

WALL_M = 0.3
"""Thickness of the wall with the door, from where the passage begins."""
MADE_CM = (240.0, 260.0)
"""Its width and height as it ships."""
NARROWS_Y = 4.3
"""Where it narrows, in metres: as many lamps' distances on as the rest of it then hangs its own."""
STEP_M = 0.006
"""How much higher the floor of the rest lies: two floors in one plane would be seen to flicker."""
LOWER = 0.4
"""How much lower it gets for each centimetre by which it narrows."""


class Passage:
    """The passage, as wide and high as is set, and narrower from some steps ahead on."""

    def __init__(self, stage: Stage) -> None:
        """As wide as it ships, and nowhere narrower."""
        self._near = stage.model("cellar/passage")
        self._rest = stage.model("cellar/passage", at=(0.0, NARROWS_Y - WALL_M, STEP_M))
        self._face = stage.model("cellar/narrows", at=(0.0, NARROWS_Y, 0.0))
        self._exit = stage.model("cellar/exit", at=(0.0, WALL_M + 5.0, 0.0))
        self._high = self._far_high = MADE_CM[1]

    def bring(self, width: float, height: float, narrower: float, out_y: float) -> None:
        """Be so wide and high, in cm, narrower by so many cm ahead, with the way out at `out_y`."""
        self._high, self._far_high = height, height - LOWER * narrower
        self._near.scale = (width / MADE_CM[0], 1.0, height / MADE_CM[1])
        far = ((width - narrower) / MADE_CM[0], 1.0, self._far_high / MADE_CM[1])
        self._rest.scale = self._face.scale = far
        self._rest.visible = self._face.visible = narrower > 0.0
        self._exit.at = (0.0, out_y, 0.0)

    def roof(self, y: float) -> float:
        """How high its vault is there, in metres."""
        return 0.01 * (self._high if y < NARROWS_Y else self._far_high)

    def burn(self, lit: float) -> None:
        """Let its lamps be seen to burn, 0 to 1."""
        self._near.set("lit", lit)
        self._rest.set("lit", lit)
