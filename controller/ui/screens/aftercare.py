"""Owns which screen each act of the table of keys opens from the live screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from controller.ui.screens.after import AfterScreen
from controller.ui.screens.base import PalierScreen
from controller.ui.screens.faint import FaintScreen
from controller.ui.screens.forms import FormsScreen
from controller.ui.screens.plan_live import LiveRowScreen

SCREENS: Mapping[str, Callable[[], PalierScreen]] = {
    "after": AfterScreen,
    "faint": FaintScreen,
    "forms": FormsScreen,
    "row": LiveRowScreen,
}
