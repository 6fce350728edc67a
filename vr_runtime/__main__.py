"""Runs `palier-runtime` as `python -m vr_runtime`."""

from __future__ import annotations

import sys

from vr_runtime.cli import main

sys.exit(main())
