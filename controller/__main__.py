"""Runs `palier` as `python -m controller`."""

from __future__ import annotations

import sys

from controller.cli import main

sys.exit(main())
