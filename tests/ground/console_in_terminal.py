"""Run the console on a staged session, as its own process in a real terminal."""

from __future__ import annotations

import asyncio
import sys

from staged import in_exposure

from controller.language import use
from controller.ui.run import run_console

if __name__ == "__main__":
    use("en")
    sys.exit(asyncio.run(run_console(in_exposure())))
