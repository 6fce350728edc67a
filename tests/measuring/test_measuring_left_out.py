"""What a check could not look at is told, and keeps a scenario from gold."""

from __future__ import annotations

from pathlib import Path

import pytest
from wrong_scenarios import BASE

from vr_runtime.language import use
from vr_runtime.measuring import seeing
from vr_runtime.measuring.child import _draw, _found
from vr_runtime.measuring.codes import RULES
from vr_runtime.measuring.outcome import Outcome
from vr_runtime.measuring.telling import Author

LONG = BASE.replace("seconds=1.0", "seconds=3.0").replace("self.wait(1.0)", "self.wait(3.0)")


class Refused:
    """Nothing is refused here: it is our own code."""

    def install(self) -> None:
        """See there."""


def drawn(text: str, folder: Path, lot: int) -> Outcome:
    file = folder / "pier.py"
    file.write_text(text, "utf-8")
    refused = Refused()
    return _draw(_found(file), Author(str(file)), refused, lambda _what: None, lot=lot)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def english_and_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALSOFT_DRIVERS", "null")
    use("en")


@pytest.mark.render
@pytest.mark.long
@pytest.mark.timeout(300)
def test_an_event_that_lasts_longer_than_is_looked_at_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeing, "LONGEST_S", 1.0)
    monkeypatch.setattr(seeing, "MOST_LATER", 15)
    told = drawn(LONG, tmp_path, 3)
    assert told.drawn is not None
    (finding,) = [each for each in told.findings if each.code == "PS234"]
    assert told.drawn.left_out == (finding.spot.name,)
    assert finding.spot.name in ("wave", "knock") and "After 2 s" in finding.message
    assert RULES["PS234"].weight == "warning"


@pytest.mark.render
@pytest.mark.long
@pytest.mark.timeout(300)
def test_what_comes_and_goes_more_than_is_looked_at_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeing, "MOST_ASIDE", 1)
    blinking = BASE.replace(
        "#update",
        "self.n = getattr(self, 'n', 0) + 1\n        self.bar.visible = self.n // 8 % 4 > 0",
    ).replace("self.bar.at = (0, 2, self.rail)", "self.bar.at = (0, -9, self.rail)")
    told = drawn(blinking, tmp_path, 3)
    assert any(each.code == "PS234" and "comes and goes" in each.message for each in told.findings)
