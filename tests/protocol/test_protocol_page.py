"""The page holds the whole protocol to be read and filled in, and asks nothing of the network."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from drafts import REVIEW, draft

from controller.language import Language, use
from controller.protocol.chapters import chapters
from controller.protocol.reading import read, shipped
from controller.purpose import PURPOSE
from controller.report.protocol_page import protocol_page


class Balanced(HTMLParser):
    """Counts what is opened and never closed."""

    VOID = ("meta",)

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert tag not in ("script", "link", "img")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_everything_is_on_it_in_the_language_spoken(spoken: Language):
    use(spoken)
    page = protocol_page(shipped())
    parts = chapters(shipped().protocol)
    use("en")
    text = text_of(page)
    assert f'<html lang="{spoken}">' in page
    for chapter in parts:
        for row in chapter.rows:
            for told in (row.text, row.value, row.note, row.source):
                assert " ".join(told.split()) in text
        assert chapter.title in text and chapter.source in text and chapter.about in text


def test_it_is_whole_html_and_asks_nothing_of_the_network():
    page = protocol_page(shipped())
    parser = Balanced()
    parser.feed(page)
    assert parser.open == []
    assert not re.search(r"https?://|url\(|@import|<script", page)
    assert "size: A4" in page


def test_each_question_can_be_ticked_and_the_form_names_no_patient():
    page = protocol_page(shipped())
    questions = len(shipped().protocol.screening.items)
    assert page.count('<td class="box"><i></i></td>') == 2 * questions
    assert page.count("Not reviewed by a clinician.") > questions
    assert "Patient, by pseudonym" in page
    assert PURPOSE in text_of(page)
    assert "The console does not ask this yet." in page


def test_a_reviewed_one_says_by_whom_and_no_more_that_nobody_did():
    page = protocol_page(read(draft(REVIEW)))
    assert "reviewed by Dr A on 2026-11-02" in page
    assert "not reviewed" not in page.lower()


def test_what_a_clinic_writes_is_text_and_never_markup():
    bad = '<script>alert(1)</script> & "quotes"'
    text = draft(("title = {", "title = { en = '''" + bad + "''', fr = 'x' } #"))
    page = protocol_page(read(text))
    assert "<script" not in page and "&lt;script&gt;" in page


def test_no_line_of_a_french_page_begins_with_a_question_mark():
    use("fr")
    page = protocol_page(shipped())
    use("en")
    body = page[page.index("<body>") :]
    assert "Grossesse\u00a0?" in body
    assert not re.search(r" [?!:;]", re.sub(r"<[^>]+>", "", body))
