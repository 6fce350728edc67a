"""Owns what a console is told of what lies beside a scenario; reads no file and draws nothing."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Annotated, Literal

from pydantic import Field

from vr_runtime.wire.base import Message, ScenarioId
from vr_runtime.wire.packs import Grade

LARGEST_PICTURE = 98_304
"""Bytes of the largest picture that is told: far more than `thumbnail` writes."""
Origin = Literal["builtin", "installed", "local", "user", "given", "pack"]
"""Shipped; from an installed package; `scenarios/local/`; the user's folder; `--scenario-dir`; from
a pack on the user's shelf."""
Encoded = Annotated[
    str,
    Field(
        pattern=r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
        max_length=LARGEST_PICTURE * 4 // 3,
    ),
]


class AskBeside(Message):
    """Ask what lies beside a scenario: answered with `Beside`; needs no control."""

    kind: Literal["ask_beside"] = "ask_beside"
    scenario: ScenarioId


class Beside(Message):
    """A scenario's picture and grade, and where it comes from, as the patient's side found them."""

    kind: Literal["beside"] = "beside"
    scenario: ScenarioId
    origin: Origin | None = None
    """None where the patient's side does not have this scenario."""
    grade: Grade | None = None
    """By a certificate that holds for this scenario and for what shows it; None without one."""
    outdated: bool = False
    """A certificate lies beside it that holds no more."""
    picture: Encoded = ""
    """JPEG or PNG in base64, of at most `LARGEST_PICTURE` bytes; empty where there is none."""

    @property
    def image(self) -> bytes:
        """The picture as it lies there; empty where there is none."""
        return b64decode(self.picture)


def encoded(image: bytes) -> str:
    """A picture as the wire takes it."""
    return b64encode(image).decode("ascii")
