"""Owns how it is said that a pack is not in order; knows no rule."""

from __future__ import annotations

from collections.abc import Sequence

from vr_runtime.examination.diagnostics import Diagnostic

UNREADABLE = "PS300"
"""It is not there, cannot be read, or is no pack."""
MANIFEST = "PS301"
NAME = "PS302"
"""A path that could lead out of the pack, or that not every machine can keep."""
TWICE = "PS303"
FORM = "PS304"
"""Compressed, encrypted, a link, or otherwise not as packs are written."""
TOO_LARGE = "PS305"
CHANGED = "PS306"
"""The bytes are others than the manifest says."""
NOT_ALIKE = "PS307"
"""A file is missing, or one is there that the manifest does not list."""
KIND = "PS308"
UNCREDITED = "PS309"
VERSION = "PS310"
TAKEN = "PS311"
SIGNATURE = "PS312"
SCENARIO = "PS313"
"""What the manifest says of a scenario, and what the scenario says, are not the same."""
UNDECLARED = "PS314"
"""The pack carries no declaration of a scenario."""
DECLARATION = "PS315"
"""A declaration that is not of its form."""
OF_ANOTHER = "PS316"
"""A declaration of another scenario than the one it is named after."""


class PackFault(Exception):
    """A pack is refused; the diagnostics say why, and what to do."""

    def __init__(
        self,
        path: str,
        code: str,
        message: str,
        hint: str = "",
        also: Sequence[Diagnostic] = (),
    ) -> None:
        """`path` is the pack as it was given, or the file in it that is meant."""
        told = Diagnostic(path=path, line=1, column=1, code=code, message=message, hint=hint)
        self.diagnostics = (*also, told)
        """What was found, in the order in which it is read; the refusal itself comes last."""
        super().__init__(str(told))

    @property
    def code(self) -> str:
        """The stable code, `PS300` and following."""
        return self.diagnostics[-1].code
