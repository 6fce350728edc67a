"""Who reads French is told the same as who reads English, and each command line works."""

from __future__ import annotations

import re
import shlex
from argparse import ArgumentParser

import pytest
from guide_pages import (
    FOLDERS,
    PAGES,
    ROOT,
    all_pages,
    author_page,
    author_pages,
    blocks,
    guide,
    headings,
    mentions,
    prose,
    tables,
)

from controller.cli import parser as console_parser
from controller.purpose import PURPOSE
from vr_runtime.authoring.cli import parser as author_parser
from vr_runtime.cli import parser as runtime_parser

PARSERS = {
    "palier": console_parser,
    "palier-runtime": runtime_parser,
    "palier-scenario": author_parser,
}


def commands(page: str) -> list[list[str]]:
    """The lines that call one of our programs, in blocks and in the text."""
    lines = [line for block in blocks(page, "") for line in block.splitlines()]
    found = []
    for line in [*lines, *mentions(page)]:
        for part in line.split("&&"):
            words = shlex.split(part) if part.count("'") % 2 == 0 else []
            if "run" in words[:-1]:
                words = words[words.index("run") + 1 :]
            if words and words[0] in PARSERS:
                found.append(words)
    return found


def accepts(parser: ArgumentParser, words: list[str]) -> bool:
    try:
        parser.parse_args(words)
    except SystemExit as end:
        return end.code == 0
    return True


@pytest.mark.parametrize("page", all_pages())
def test_every_command_line_is_one_that_the_program_takes(page, capsys):
    for program, *words in commands(all_pages()[page]):
        parser = PARSERS[program]()
        # A command named in passing, without what it needs, is asked for its help instead.
        named = not any(word.startswith("-") for word in words)
        assert accepts(parser, words) or (named and accepts(parser, [*words, "--help"])), words


def test_the_pages_that_teach_commands_have_some():
    found = {page: len(commands(text)) for page, text in all_pages().items()}
    for page in (
        "README.md",
        "vr_runtime/GUIDE.md",
        "scenarios/GUIDE.fr.md",
        "scenarios/guide/packs.md",
    ):
        assert found[page] >= 3


def test_a_command_that_does_not_exist_would_be_seen(capsys):
    (words,) = commands("Then `palier plans --all`.")
    assert not accepts(console_parser(), words[1:])


@pytest.mark.parametrize("folder", [*FOLDERS, "controller/store"])
def test_both_languages_have_the_same_headings_and_tables(folder):
    english, french = guide(folder, "en"), guide(folder, "fr")
    assert len(headings(english)) > 5
    assert headings(french) == headings(english)
    shape = [[len(row) for row in rows] for rows in tables(english)]
    assert [[len(row) for row in rows] for rows in tables(french)] == shape
    assert all(len(set(rows)) == 1 for rows in shape)


@pytest.mark.parametrize("name", author_pages())
def test_each_page_for_authors_is_the_same_in_both_languages(name):
    english, french = author_page(name, "en"), author_page(name, "fr")
    assert headings(french) == headings(english)
    shape = [[len(row) for row in rows] for rows in tables(english)]
    assert [[len(row) for row in rows] for rows in tables(french)] == shape
    assert blocks(french, "python") == blocks(english, "python")
    assert len(blocks(french, "")) == len(blocks(english, ""))


def slug(heading: str) -> str:
    """What forges make of a heading, to be linked to."""
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("path", [path for path in all_pages() if path.startswith("scenarios/")])
def test_every_link_leads_to_a_page_in_its_language(path):
    here = (ROOT / path).parent
    for target, part in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", all_pages()[path]):
        page = (here / target).resolve() if target else ROOT / path
        assert page.is_file(), target
        assert (".fr." in page.name) is (".fr." in path), target
        titles = re.findall(r"^#+ (.*)$", prose(page.read_text("utf-8")), re.M)
        assert not part or part in map(slug, titles), part


def test_no_page_for_authors_is_there_in_one_language_alone():
    files = {file.name for file in PAGES.glob("*.md")}
    assert files == {f"{name}{ending}" for name in author_pages() for ending in (".md", ".fr.md")}


@pytest.mark.parametrize("folder", FOLDERS)
def test_both_languages_show_the_same_python(folder):
    assert blocks(guide(folder, "fr"), "python") == blocks(guide(folder, "en"), "python")


def test_the_purpose_is_said_where_sessions_are_led():
    assert PURPOSE in guide("controller", "en")
    assert PURPOSE in all_pages()["README.md"]
