"""Owns the table of faults in the guides: it runs what tries them, and writes what came of it.

`uv run python tests/faults/table.py` takes minutes; with `F7 F11` only these rows are written anew,
and the others stay as they were. A fault is a row; what was measured comes from
the tests' `record_property("measured", ...)`. A test that failed beside all others is tried once
more with those that did, since the machine does much else. Where one fails then, nothing is
written; of rows that were named, only those whose tests have all held.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from marked import PAGES, ROOT, Language, Marked
from promises import LATER, PROMISES

PLACE = Marked("faults")
HEAD = {
    "en": "| fault | promise | measured |",
    "fr": "| panne | promesse | mesuré |",
}
HELD = {"en": "holds", "fr": "tenu"}
UNTRIED = {"en": "not yet tried", "fr": "pas encore éprouvé"}
REFUSED = {"en": "not tried: {why}", "fr": "non éprouvé : {why}"}
PARTLY = {"en": "{told}; in part not tried: {why}", "fr": "{told} ; en partie non éprouvé : {why}"}
LEFT_OUT = {
    "en": "Held: {held}. In part refused by this kernel: {partly}. Refused by this kernel: "
    "{refused}. To come: {later}.",
    "fr": "Tenues : {held}. Refusées en partie par ce noyau : {partly}. Refusées par ce noyau : "
    "{refused}. À venir : {later}.",
}
NONE = {"en": "none", "fr": "aucune"}


@dataclass
class Found:
    """What came of all tests of one fault."""

    held: int = 0
    measured: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


class Collector:
    """Hears of each test that is marked with a fault."""

    def __init__(self, only: frozenset[str]) -> None:
        """Try these faults; all where none is named."""
        self._only = only
        self.found: dict[str, Found] = {}
        self.failed: dict[str, set[str]] = {}
        """Tests that failed the last time they were tried, with their faults."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what tries none of the faults that were named."""
        if self._only:
            items[:] = [
                item
                for item in items
                if any(marker.args[0] in self._only for marker in item.iter_markers("fault"))
            ]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Iterator[None]:
        """Keep the result of the part of a test that decides."""
        report: pytest.TestReport = yield
        if report.failed:
            faults = {marker.args[0] for marker in item.iter_markers("fault")}
            self.failed[item.nodeid] = faults
        for marker in item.iter_markers("fault"):
            found = self.found.setdefault(marker.args[0], Found())
            if report.skipped and isinstance(report.longrepr, tuple):
                found.refused.append(report.longrepr[2].removeprefix("Skipped: "))
            elif call.when == "call" and report.passed:
                found.held += 1
                measured = [str(told) for key, told in item.user_properties if key == "measured"]
                found.measured += measured
        return report


def drawn(found: dict[str, Found], language: Language) -> str:
    """The table and what it leaves out, as Markdown."""
    lines = [HEAD[language], "|---|---|---|"]
    held: list[str] = []
    partly: list[str] = []
    refused: list[str] = []
    for fault, promise in PROMISES.items():
        what = found.get(fault, Found())
        told = "; ".join(dict.fromkeys(what.measured)) or HELD[language]
        why = "; ".join(dict.fromkeys(what.refused))
        if what.held and what.refused:
            told = PARTLY[language].format(told=told, why=why)
            partly.append(fault)
        elif what.held:
            held.append(fault)
        elif what.refused:
            told = REFUSED[language].format(why=why)
            refused.append(fault)
        else:
            told = UNTRIED[language]
        lines.append(f"| {fault} | {promise.get(language)} | {told.replace('|', '/')} |")
    later = ", ".join(f"{fault} ({words.get(language)})" for fault, words in LATER.items())
    summary = LEFT_OUT[language].format(
        held=len(held),
        partly=_counted(partly, language),
        refused=_counted(refused, language),
        later=later,
    )
    return "\n".join([*lines, "", summary])


def _counted(faults: list[str], language: Language) -> str:
    return f"{len(faults)} ({', '.join(faults)})" if faults else NONE[language]


def renewed(before: str, found: dict[str, Found], only: frozenset[str], language: Language) -> str:
    """The table that stands in a page, with the rows of these faults written anew."""
    rows = {row.split(" | ")[0]: row for row in drawn(found, language).splitlines()}
    lines = before.splitlines()
    heads = {f"| {fault}" for fault in only}
    return "\n".join(rows[h] if (h := line.split(" | ")[0]) in heads else line for line in lines)


def main() -> int:
    """Run every test of a fault, or of those named, then write the tables; 1 when one fails."""
    only = frozenset(sys.argv[1:])
    collector = Collector(only)
    one_by_one = ["-q", "-n", "0"]
    code = pytest.main([*one_by_one, "-m", "fault and not long", str(ROOT / "tests")], [collector])
    if code == pytest.ExitCode.TESTS_FAILED:
        again = [str(ROOT / one) for one in collector.failed]
        print("Tried once more:", *collector.failed, sep="\n", flush=True)
        collector.failed.clear()
        code = pytest.main([*one_by_one, *again], [collector])
    held = code == pytest.ExitCode.OK
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        return 1
    only -= frozenset().union(*collector.failed.values())
    if not held:
        print("A promise did not hold; its row stays as it is.", *collector.failed, sep="\n")
        if not only:
            return 1
    for language in PAGES:
        new = drawn(collector.found, language)
        if only:
            new = renewed(PLACE.standing(language), collector.found, only, language)
        PLACE.write(language, new)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
