"""The pages people read, taken apart into headings, tables, code and mentions."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("controller", "vr_runtime", "scenarios")
LANGUAGES = ("en", "fr")
PAGES = ROOT / "scenarios" / "guide"
"""The pages of the author's guide, each beside its French."""
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


def guide(folder: str, language: str) -> str:
    """The guide of one part in one language; that for authors with all its pages."""
    name = "GUIDE.md" if language == "en" else f"GUIDE.{language}.md"
    first = (ROOT / folder / name).read_text("utf-8")
    if folder != "scenarios":
        return first
    return "\n".join([first, *(author_page(name, language) for name in author_pages())])


def author_page(name: str, language: str) -> str:
    """One page of the author's guide in one language."""
    return (PAGES / (f"{name}.md" if language == "en" else f"{name}.{language}.md")).read_text(
        "utf-8"
    )


def author_pages() -> list[str]:
    """The names of all pages of the author's guide but the first, which names them."""
    return sorted(path.stem for path in PAGES.glob("*.md") if "." not in path.stem)


def all_pages() -> dict[str, str]:
    """Every page for readers by its path: the README and all guides."""
    paths = [ROOT / "README.md", ROOT / "scenarios/local/README.md"]
    for folder in FOLDERS:
        paths += sorted((ROOT / folder).rglob("GUIDE*.md"))
    paths += sorted(PAGES.glob("*.md"))
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in paths}


def blocks(page: str, kind: str) -> list[str]:
    """The code blocks of one kind: "python", "text", or "" for commands."""
    return [text for name, text in FENCE.findall(page) if name == kind]


def prose(page: str) -> str:
    """The page without its code blocks."""
    return FENCE.sub("", page)


def headings(page: str) -> list[int]:
    """The depth of each heading, in order."""
    return [len(found) for found in re.findall(r"^(#+) ", prose(page), re.M)]


def tables(page: str) -> list[list[list[str]]]:
    """Each table as rows of cells, without its head."""
    found: list[list[list[str]]] = []
    inside = False
    for line in prose(page).splitlines():
        if not line.startswith("|"):
            inside = False
        elif set(line) <= set("|-"):
            inside = True
            found.append([])
        elif inside:
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def mentions(page: str) -> list[str]:
    """What stands between single backquotes in the text."""
    return re.findall(r"`([^`\n]+)`", prose(page))
