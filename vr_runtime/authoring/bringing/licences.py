"""Owns what licences mean for whoever shows a file to patients; decides for nobody."""

from __future__ import annotations

import re

from vr_runtime.examination.diagnostics import nearest
from vr_runtime.language import _, mark

COMMON = (
    "CC0-1.0",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-3.0",
    "CC-BY-SA-3.0",
    "CC-BY-NC-4.0",
    "CC-BY-ND-4.0",
    "MIT",
    "Apache-2.0",
    "own-work",
)
"""Those that most files have; any other by its SPDX name, as `LicenseRef-shop-standard`."""
OWN_WORK = "own-work"
_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{1,79}")
_NAMES = {name.casefold(): name for name in COMMON} | {"cc0": "CC0-1.0", "own": OWN_WORK}
_NONE = frozenset({"none", "unknown", "noassertion", "no", "free", "internet", "google", "aucune"})
LIMITS = {
    "nc": mark(
        "NC: not for use against money. Whether sessions that are paid for fall under it is "
        "disputed: ask who made it, or choose another file."
    ),
    "nd": mark("ND: it may be shown as it is, and not changed, cut or mixed into something else."),
    "sa": mark("SA: whoever passes on something made from it does so under the same licence."),
    "by": mark("BY: who made it is named wherever it is passed on; CREDITS.toml does that."),
}


class NoLicence(ValueError):
    """Nobody may use a file under this; the message says what to do."""


def licence(given: str) -> str:
    """The licence as it is credited.

    Raises:
        NoLicence: there is none, it is not known, or it is no name of a licence.
    """
    text = given.strip()
    name = _NAMES.get(text.casefold(), text)
    if not text or text.casefold() in _NONE:
        told = _(
            "Without a licence nobody may use a file: ask who made it, or choose one under CC0-1.0 "
            "or CC-BY-4.0, or say own-work where you made it yourself."
        )
        raise NoLicence(told)
    if not _FORM.fullmatch(name) or not any(sign.isdigit() or sign in "-+" for sign in name + "-"):
        told = _("`{name}` is no name of a licence; common ones are: {names}.")
        line = told.format(name=text, names=", ".join(COMMON))
        raise NoLicence(" — ".join(filter(None, (line, nearest(text, COMMON)))))
    known = name in COMMON or name.startswith("LicenseRef-") or any(s.isdigit() for s in name)
    if not known:
        told = _("`{name}` is no licence that is known here; common ones are: {names}.")
        line = told.format(name=text, names=", ".join(COMMON))
        raise NoLicence(" — ".join(filter(None, (line, nearest(text, COMMON)))))
    return name


def limits(name: str) -> list[str]:
    """What this licence asks of a clinic, a sentence each."""
    if not name.startswith("CC-"):
        return []
    parts = name.casefold().split("-")
    return [_(told) for part, told in LIMITS.items() if part in parts]
