"""Owns which licences authors name by a word that everybody knows; knows no law."""

from __future__ import annotations

from vr_runtime.examination.diagnostics import nearest

OWN = "LicenseRef-"
"""Begins the name of a licence that is on no list, as SPDX says; its text lies in the pack."""
KNOWN = frozenset(
    {
        "0BSD", "AGPL-3.0-only", "AGPL-3.0-or-later", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause",
        "CC-BY-3.0", "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-NC-ND-4.0", "CC-BY-NC-SA-4.0",
        "CC-BY-ND-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC0-1.0", "CECILL-2.1", "CECILL-B",
        "CECILL-C", "EUPL-1.2", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only",
        "GPL-3.0-or-later", "ISC", "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only",
        "LGPL-3.0-or-later", "MIT", "MIT-0", "MPL-2.0", "OFL-1.1", "Unlicense", "Zlib",
        "etalab-2.0",
    }
)  # fmt: skip
"""SPDX identifiers of what software, pictures and sounds usually come under."""


def is_known(licence: str) -> bool:
    """Whether readers will know what it means."""
    return licence in KNOWN or (licence.startswith(OWN) and len(licence) > len(OWN))


def hint(licence: str) -> str:
    """The identifier that looks most like it; empty where none does."""
    alike = {known.casefold(): known for known in KNOWN}
    return nearest(alike.get(licence.casefold(), licence), KNOWN)
