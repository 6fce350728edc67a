"""Opens the patient's window with several drivers and tells its samples; run as a process."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from panda3d.core import WindowProperties

from vr_runtime.display import graphics
from vr_runtime.display.graphics import Output


def samples() -> int:
    output = Output.window(WindowProperties(size=(64, 36)))
    found = output.samples
    output.close()
    return found


def without_samples(made: Callable[..., Any]) -> Callable[..., Any]:
    """A driver that refuses a window with more than one sample of each pixel."""

    def refuse(*how: Any) -> Any:
        return None if how[-1] > 1 else made(*how)

    return refuse


def main() -> None:
    told = {"software": samples()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Output, "software", property(lambda output: False))
        told["card"] = samples()
        patch.setattr(graphics, "_made", without_samples(graphics._made))
        told["card without samples"] = samples()
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
