"""A printed report says what the page says, parts nothing that belongs together, leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from course_of import session
from papers import HEAD, lying_on_each_other, placed, text, texts
from pypdf import PdfReader
from recording import Recording, later, quarter_of_an_hour

from controller.clinic_files.parts import Review
from controller.language import use
from controller.purpose import PURPOSE
from controller.report.course_report import course_report
from controller.report.document import (
    AUDIENCES,
    Audience,
    Column,
    Footnote,
    Report,
    Row,
    Section,
)
from controller.report.file import write
from controller.report.markup import html
from controller.report.page import session_report
from controller.report.paper import sheet
from controller.report.pdf import pdf
from controller.report.typeface import UNKNOWN
from controller.report.wording import number, percent
from controller.session.documents import Correction, Note, ProtocolApplied, Rating
from controller.session.named import named
from controller.session.retelling import retell
from controller.session.summary import summarise

LANGUAGES = ("fr", "en")


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def of(recording: Recording, audience: Audience = "clinician") -> Report:
    return session_report(retell(recording.entries), HEAD, audience)


def close(words: str) -> str:
    """The words without spaces: where a line ends is not said again by a reader."""
    return "".join(words.split())


def _course(audience: Audience) -> Report:
    many = [session(day, easier=day, version=f"1.{day // 4}.0") for day in range(1, 15)]
    return course_report(many, 1, HEAD, audience)


EVERY: dict[str, Callable[[], Report]] = {
    **{f"session for {a}": (lambda a=a: of(quarter_of_an_hour(), a)) for a in AUDIENCES},
    **{f"course for {a}": (lambda a=a: _course(a)) for a in AUDIENCES},
    "sheet": lambda: sheet(None),
    "sheet with levels": lambda: sheet(quarter_of_an_hour().entries[0].data.scenario),
}


def test_the_figures_read_back_are_those_of_the_summary() -> None:
    history = retell(quarter_of_an_hour().entries)
    summary, told = summarise(history), text(of(quarter_of_an_hour()))
    for trial in summary.trials:
        f = trial.figures
        heights = (
            f.baseline,
            f.anticipatory,
            f.initial,
            f.peak,
            f.end,
            f.activation,
        )
        fall = (number(f.habituation), percent(f.habituation_share))
        row = " ".join([*(number(v) for v in heights), *fall])
        assert row in told
        area = f.area
        assert area is not None
        assert f"{number(area.suds_min, 1)} {number(f.mean, 1)}" in told
    assert f"{summary.answered} of {summary.due} ratings that fell due were answered" in told


def test_every_rating_of_the_record_is_in_the_table() -> None:
    told = text(of(quarter_of_an_hour()))
    for rating in retell(quarter_of_an_hour().entries).ratings:
        minutes, seconds = divmod(int(rating.at_s), 60)
        at = f"{minutes}:{seconds:02d}"
        value = "missing" if rating.suds is None else str(rating.suds)
        assert re.search(rf"\b{at} [a-z, ]+ {value}\b", told), at


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_paper_say_the_same(language: str) -> None:
    use("fr" if language == "fr" else "en")
    report = of(quarter_of_an_hour())
    told = close(text(report))
    for block in report.blocks:
        if isinstance(block, Section):
            for row in block.rows:
                for cell in row.cells:
                    assert close(cell) in told
            for note in block.notes:
                assert close(note.text) in told
    for fact in report.facts:
        assert close(fact.value) in told


@pytest.mark.parametrize("name", EVERY)
def test_every_page_bears_its_number_and_what_it_is_of(name: str) -> None:
    report = EVERY[name]()
    found = texts(report)
    for page, told in enumerate(found, start=1):
        assert f"{page} / {len(found)}" in told
        for line in report.foot:
            assert " ".join(line.split()) in told
        assert "Protocol" in told or "protocol" in told
    assert PURPOSE in " ".join(found)


def test_session_and_newest_head_are_at_the_foot() -> None:
    for told in texts(of(quarter_of_an_hour())):
        assert f"Session s-2026-0309 · head of the ledger {HEAD}" in told
    unsealed = session_report(retell(quarter_of_an_hour().entries), None, "clinician")
    assert "head of the ledger not sealed yet" in texts(unsealed)[0]


LED = ProtocolApplied(
    id="praxis-nord",
    version="2026-11",
    sha256="ab" * 32,
    reviewed=None,
    limit_s=2700.0,
    peak_floor=20.0,
    longest_between=2.0,
)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(
    ("reviewed", "words"),
    [
        (None, "not reviewed by a clinician"),
        (Review(by="Dr A", on="2026-11-02"), "reviewed by Dr A on 2026-11-02"),
        (Review(by="Dr " + "A" * 900, on="2026-11-02"), "reviewed by Dr AAA"),
    ],
    ids=["by nobody", "by somebody", "by a long name"],
)
def test_every_page_and_the_page_to_read_name_the_protocol_and_its_review(
    audience: Audience, reviewed: Review | None, words: str
) -> None:
    applied = LED.model_copy(update={"reviewed": reviewed})
    two = [session(day, clinic_protocol=applied) for day in (9, 10)]
    for report in (session_report(two[0], HEAD, audience), course_report(two, 0, HEAD, audience)):
        for told in texts(report):
            assert f"Protocol praxis-nord 2026-11: {words}" in told
        seen = html(report).partition("<body")[2]
        assert "praxis-nord 2026-11" in seen and words in seen
    other = session(11, clinic_protocol=applied.model_copy(update={"version": "2026-12"}))
    assert all(
        "Protocols: 2." in told for told in texts(course_report([*two, other], 0, HEAD, audience))
    )


@pytest.mark.parametrize("name", EVERY)
def test_all_letters_are_in_the_file_and_it_leads_nowhere(name: str) -> None:
    written = pdf(EVERY[name]())
    reader = PdfReader(BytesIO(written))
    fonts = [
        font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    for font in fonts:
        (inner,) = (d.get_object() for d in font["/DescendantFonts"])
        assert "DejaVu" in font["/BaseFont"]
        assert "/FontFile2" in inner["/FontDescriptor"]
        assert "/ToUnicode" in font
    assert all("/Annots" not in page for page in reader.pages)
    for leading in (b"/URI", b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile"):
        assert leading not in written
    assert not reader.attachments
    assert not any(page.images for page in reader.pages)


def test_pages_are_a4_and_the_language_is_told() -> None:
    for language in LANGUAGES:
        use("fr" if language == "fr" else "en")
        reader = PdfReader(BytesIO(pdf(of(quarter_of_an_hour()))))
        assert reader.trailer["/Root"]["/Lang"] == language
        for page in reader.pages:
            wide, high = float(page.mediabox.width), float(page.mediabox.height)
            assert (round(wide), round(high)) == (595, 842)


def test_two_prints_of_one_session_are_equal_to_the_byte() -> None:
    first = pdf(of(quarter_of_an_hour()))
    assert pdf(of(quarter_of_an_hour())) == first
    # Dated by the session, not by the clock.
    told = PdfReader(BytesIO(first)).metadata
    assert told is not None and told["/CreationDate"].startswith("D:20260309133012")
    assert "/ModDate" not in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_no_word_leaves_the_page_and_none_lies_on_another(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use("fr" if language == "fr" else "en")
    found = placed(EVERY[name](), monkeypatch)
    assert len(found) > 15
    for one in found:
        assert one.left >= 16.9 and one.right <= 193.2, one
        assert one.top > 5 and one.bottom < 292, one
    assert not lying_on_each_other(found)


LONG = "anticonstitutionnellement-incompréhensiblement-désinstitutionnalisation" * 3


def test_long_words_are_broken_and_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    use("fr")
    r = quarter_of_an_hour()
    del r.entries[-1]
    r.note(LONG)
    r.rate(None, reason=LONG)
    r.correct(3, text=LONG)
    r.close()
    report = of(r)
    found = placed(report, monkeypatch)
    assert not lying_on_each_other(found)
    assert max(one.right for one in found) < 193.2
    monkeypatch.undo()
    use("fr")
    assert text(report).replace(" ", "").count(LONG) == 3


def test_a_long_correction_leaves_day_and_hand_whole_and_its_head_with_its_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    r = quarter_of_an_hour()
    rated = next(e.seq for e in r.entries if isinstance(e.data, Rating))
    noted = next(e.seq for e in r.entries if isinstance(e.data, Note))
    words = "Looks at the street and says that it is better. " * 90
    may = "2026-05-12T09:14:30.000000+00:00"
    later(r, Correction(corrects=rated, suds=65, text=words[:400], tick=r.tick), "op-2", may)
    later(r, Correction(corrects=noted, text=words[:1200], tick=r.tick), "op-2", may)
    names = {"op-1": "Dr Solène Quérard", "op-2": "Bruno Martin"}
    report = session_report(named(retell(r.entries), r.entries, (), names), HEAD, "clinician")
    found = placed(report, monkeypatch)
    assert not lying_on_each_other(found)
    said = [one.words for one in found]
    assert said.count("12 May 2026,") == said.count("09:14 UTC") == said.count("Bruno Martin") == 2
    title = next(one for one in found if one.words == "Corrections")
    assert any(one.page == title.page and one.words == "Dr Solène Quérard" for one in found)


def test_the_longest_names_find_their_room(monkeypatch: pytest.MonkeyPatch) -> None:
    use("fr")
    r = Recording(pseudonym="W" * 40, simulated=True)
    opening = r.entries[0].data
    title = "Le balcon au-dessus de l'avenue, par temps de pluie et de vent. " * 6
    words = opening.scenario.title.model_copy(update={"fr": title, "en": title})
    scenario = opening.scenario.model_copy(update={"title": words})
    data = opening.model_copy(update={"scenario": scenario})
    r.entries[0] = r.entries[0].model_copy(update={"data": data})
    r.load()
    r.at(1).begin(3)
    for minute in (2, 4, 6):
        r.at(minute).rate(40)
    r.at(60).close()
    history = retell(r.entries)
    for report in (
        *(session_report(history, HEAD, audience) for audience in AUDIENCES),
        *(course_report([history], 3, HEAD, audience) for audience in AUDIENCES),
    ):
        with monkeypatch.context() as patched:
            found = placed(report, patched)
        assert max(one.right for one in found) <= 193.2
        assert not lying_on_each_other(found)


def test_a_note_longer_than_a_page_goes_on_on_the_next_one_whole() -> None:
    lines = [f"line {n} of what was said" for n in range(150)]
    r = Recording()
    r.load()
    r.at(1).note("\n".join(lines))
    r.close()
    told = texts(of(r))
    assert len(told) >= 3
    assert all(line in " ".join(told) for line in lines)


def test_the_head_of_a_table_is_on_every_page_it_comes_to() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(2)
    for n in range(150):
        r.at(2 + n).rate(n % 100)
    r.close()
    told = texts(of(r))
    rows = [page for page in told if re.search(r"\d:\d\d in the trial \d+", page)]
    assert len(rows) >= 3
    for page in rows:
        assert "At Kind Distress As given Level Trial Where Remark" in page


@pytest.mark.parametrize("above", range(6, 34))
def test_no_row_stands_alone_where_the_others_stay_together(above: int) -> None:
    """Whatever stands above a short table with many notes."""
    longer = Section("above", "Above", (Column("What"),), (Row(("so",)),) * above)
    rows = tuple(Row((f"row{n}",)) for n in range(4))
    notes = tuple(Footnote(f"note {n}", n) for n in range(1, 13))
    short = Section("short", "Short", (Column("What"),), rows, notes)
    pages = texts(replace(of(quarter_of_an_hour()), blocks=(longer, short)))
    first, second = (
        [n for n, page in enumerate(pages) if row in page.split()] for row in ("row0", "row1")
    )
    assert first == second and len(first) == 1


def test_no_row_is_parted_by_the_end_of_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    r = Recording()
    r.load()
    for n in range(60):
        r.at(1 + n).note(f"first{n} " + "and so on " * 30 + f"last{n}")
    r.close()
    found = placed(of(r), monkeypatch)
    for n in range(60):
        (begins,) = (p.page for p in found if f"first{n} " in f"{p.words} ")
        (ends,) = (p.page for p in found if re.search(rf"last{n}\b", p.words))
        assert begins == ends


def test_what_closes_a_report_never_stands_alone_on_a_page() -> None:
    for more in range(2, 40, 6):
        r = Recording()
        r.load()
        for n in range(more):
            r.at(1, n).note(f"note {n}")
        r.close()
        assert "Head of the ledger" in texts(of(r))[-1]


def test_a_sign_that_the_letters_do_not_have_is_said_to_be_missing() -> None:
    r = Recording(pseudonym="小林")
    r.load()
    r.at(1).note("Ready \N{SNOWMAN} and \N{RABBIT FACE}")
    r.close()
    told = text(of(r))
    assert f"Patient {UNKNOWN}{UNKNOWN}" in told
    assert f"{UNKNOWN} stands for a sign" in told
    assert "stands for a sign" not in text(of(quarter_of_an_hour()))


def test_french_accents_and_signs_read_back() -> None:
    use("fr")
    r = quarter_of_an_hour()
    del r.entries[-1]
    r.note("Élève anxieux à l'idée d'être là-haut ; « ça va », cœur, Noël, œuvre, 5 €")
    r.close()
    told = text(of(r))
    assert "Élève anxieux à l'idée d'être là-haut ; « ça va », cœur, Noël, œuvre, 5 €" in told
    assert "292,1" in told


def test_bands_differ_by_pattern_and_not_by_tint_alone() -> None:
    """Each of the four kinds draws marks of its own; without it the content would be shorter."""
    history = retell(quarter_of_an_hour().entries)

    def content(bands: tuple[object, ...]) -> int:
        report = session_report(replace(history, bands=bands), HEAD, "clinician")
        return len(PdfReader(BytesIO(pdf(report))).pages[0].get_contents().get_data())

    shown = {"hold", "pause", "safe_place", "stopped"}
    with_none = content(tuple(b for b in history.bands if b.phase.value not in shown))
    for phase in shown:
        kept = [b for b in history.bands if b.phase.value == phase or b.phase.value not in shown]
        assert content(tuple(kept)) > with_none + 500


def test_a_simulated_patient_is_named_at_the_head_of_every_page() -> None:
    for told in texts(of(quarter_of_an_hour(simulated=True))):
        assert "Simulated patient" in told


def test_the_file_is_for_its_owner_alone_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "report.PDF"
    history = retell(quarter_of_an_hour().entries)
    write(lambda: session_report(history, HEAD, "clinician"), path, "fr")
    assert path.read_bytes().startswith(b"%PDF-")
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["report.PDF"]
    assert "Le balcon" in PdfReader(path).pages[0].extract_text()
