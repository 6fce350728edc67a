"""Owns which handler carries out which command; a new room of commands is joined here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from controller.line import (
    after,
    before,
    course,
    debrief,
    feared,
    forms,
    levels,
    own,
    plans,
    recorded,
    records,
    safety,
    scene,
    testing,
    today,
    view,
    writing,
)
from controller.line.seat import Handler

HANDLERS: Mapping[str, Handler] = MappingProxyType(
    levels.HANDLERS
    | scene.HANDLERS
    | testing.HANDLERS
    | safety.HANDLERS
    | writing.HANDLERS
    | feared.HANDLERS
    | view.HANDLERS
    | recorded.HANDLERS
    | records.HANDLERS
    | before.HANDLERS
    | course.HANDLERS
    | today.HANDLERS
    | plans.HANDLERS
    | forms.HANDLERS
    | after.HANDLERS
    | debrief.HANDLERS
    | own.HANDLERS
)
"""By the command's identifier; stop, yes and no are the console's own."""
