"""Owns what was found as SARIF 2.1.0, which editors and forges read; finds nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from vr_runtime.authoring.check import Checked
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.language import _
from vr_runtime.measuring.codes import RULES

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(results: Sequence[Checked]) -> str:
    """The whole document; artifacts are named as their author gave them."""
    found = [d for each in results for d in each.diagnostics]
    codes = sorted({d.code for d in found})
    document = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "palier-scenario",
                        "version": version("palier"),
                        "rules": [_rule(code, found) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(each, codes.index(each.code)) for each in found],
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, found: Sequence[Diagnostic]) -> dict[str, Any]:
    rule = RULES.get(code)
    first = next(d for d in found if d.code == code)
    text = first.message if rule is None else _(rule.what)
    described: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": text},
        "defaultConfiguration": {"level": first.weight},
    }
    hint = next((d.hint for d in found if d.code == code and d.hint), text)
    described["help"] = {"text": hint}
    return described


def _result(found: Diagnostic, index: int) -> dict[str, Any]:
    text = f"{found.message} — {found.hint}" if found.hint else found.message
    return {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": found.weight,
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(found.path)},
                    "region": {"startLine": found.line, "startColumn": found.column},
                }
            }
        ],
    }


def _uri(path: str) -> str:
    """A path as an URI reference: relative as it was given, or `file:` where it is absolute."""
    given = Path(path)
    return given.as_uri() if given.is_absolute() else quote(os.fsencode(given.as_posix()))
