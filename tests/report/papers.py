"""Reads a PDF as somebody else's program would, and sees where each word was put."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import combinations

import pytest
from pypdf import PdfReader

from controller.report import pdf as pages
from controller.report.document import Report
from controller.report.pdf import pdf

HEAD = "41 · " + "9f2c" * 16


def texts(report: Report) -> list[str]:
    """The text of each page, spaces as one."""
    reader = PdfReader(BytesIO(pdf(report)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def text(report: Report) -> str:
    """The text of all pages."""
    return " ".join(texts(report))


@dataclass(frozen=True)
class Placed:
    """A piece of text: where it stands on which page, in mm."""

    page: int
    left: float
    right: float
    top: float
    bottom: float
    words: str


def placed(report: Report, monkeypatch: pytest.MonkeyPatch) -> list[Placed]:
    """Every piece of text outside pictures, with the room that its letters take."""
    found: list[Placed] = []
    plain = pages._Paper.text

    def noted(paper: pages._Paper, x: float, y: float, text: str = "") -> None:
        high = paper.font_size
        wide = paper.get_string_width(text)
        # From the top of capitals to the foot of a comma.
        found.append(Placed(paper.page_no(), x, x + wide, y - 0.73 * high, y + 0.16 * high, text))
        plain(paper, x, y, text)

    monkeypatch.setattr(pages._Paper, "text", noted)
    monkeypatch.setattr(pages, "draw", lambda *_args: None)
    pdf(report)
    return [one for one in found if one.words.strip()]


def lying_on_each_other(found: list[Placed]) -> list[tuple[str, str]]:
    """Pairs of texts that share room."""
    return [
        (a.words, b.words)
        for a, b in combinations(found, 2)
        if a.page == b.page
        and a.left < b.right - 0.05
        and b.left < a.right - 0.05
        and a.top < b.bottom - 0.05
        and b.top < a.bottom - 0.05
    ]
