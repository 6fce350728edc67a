from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import papers
import pytest
from papers import HEAD
from recording import HASH, Recording, corrected_in_may, quarter_of_an_hour

from controller.language import Language, language, use
from controller.report.chart import chart, described
from controller.report.document import Section
from controller.report.file import ReportNotWritten, write
from controller.report.markup import css_text, html
from controller.report.page import page, session_report
from controller.report.wording import clock, length, moment, number, percent
from controller.session.history import SessionHistory
from controller.session.named import named
from controller.session.retelling import retell
from scenarios.api.manifest import BoundSpec, InterlockSpec, Words
from vr_runtime.wire import acts, happenings
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.state import Effort


def write_report(history: SessionHistory, head: str | None, path: Path, language: Language) -> None:
    write(lambda: session_report(history, head, "clinician"), path, language)


PURPOSE = (
    "Palier is open software for research, teaching and rehearsal of exposure sessions. It has "
    "not been assessed as a medical device. Whoever uses it with patients does so under their own "
    "professional responsibility and local rules."
)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


class Reader(HTMLParser):
    """Reads a page as a person would: tables as rows of cells, and what it would fetch or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.tables: dict[str, list[list[str]]] = {}
        self.bare: set[str] = set()
        self._section, self._cell, self._quiet = "", False, False
        self.feed(text)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag == "section":
            self._section = dict(attrs)["id"] or ""
        if tag == "tr":
            self.tables.setdefault(self._section, []).append([])
        if tag in ("td", "th"):
            self.tables[self._section][-1].append("")
            self._cell = True
        self._quiet = self._quiet or tag == "style"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._cell = False
        if tag == "style":
            self._quiet = False

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.text += data
        if self._cell:
            self.tables[self._section][-1][-1] += data


def read(recording: Recording, head: str | None = "41:9f2c") -> Reader:
    return Reader(page(retell(recording.entries), head))


def svg(recording: Recording) -> ET.Element:
    history = retell(recording.entries)
    return ET.fromstring(
        chart(history, described(history)).replace("<svg", f'<svg xmlns="{SVG[1:-1]}"')
    )


def marks(picture: ET.Element, tag: str, class_: str) -> list[ET.Element]:
    return [e for e in picture.iter(SVG + tag) if class_ in (e.get("class") or "").split()]


def test_the_page_is_whole_in_itself_and_runs_nothing() -> None:
    reader = read(quarter_of_an_hour())
    assert reader.tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "base"})
    names = {name for name, _value in reader.attributes}
    assert names.isdisjoint({"src", "href", "srcset", "xlink:href", "action"})
    assert not any(name.startswith("on") for name in names)
    text = page(retell(quarter_of_an_hour().entries), None)
    assert "://" not in text
    assert "@import" not in text
    assert set(re.findall(r"url\(([^)]*)\)", text)) == {
        "#band-hold",
        "#band-pause",
        "#band-safe_place",
        "#band-stopped",
    }


def test_the_page_says_who_what_when_and_by_what() -> None:
    reader = read(quarter_of_an_hour(), head="41:9f2c")
    for told in (
        "The balcony",
        "LYNX-07",
        "9 March 2026, 13:30 UTC",
        "heights.balcony 1.2.0",
        HASH,
        "20260309",
        "Palier 0.1.0",
        "41:9f2c",
    ):
        assert told in reader.text


def test_the_page_says_in_one_sentence_what_happened() -> None:
    assert (
        "In 15 min 00 s the highest level reached was 5 of 10; distress in the scene was at most "
        "75 and 20 at the last rating; 13 of 14 ratings asked for were answered."
    ) in read(quarter_of_an_hour()).text


def test_purpose_and_missing_review_are_stated_word_for_word() -> None:
    text = read(quarter_of_an_hour()).text
    assert PURPOSE in text
    assert "These figures have not been reviewed by a clinician." in text


def test_a_simulated_patient_is_named_as_such_and_a_real_one_is_not() -> None:
    assert "Simulated patient" in read(quarter_of_an_hour(simulated=True)).text
    assert "Simulated patient" not in read(quarter_of_an_hour()).text


def test_the_table_of_trials_holds_the_figures() -> None:
    table = read(quarter_of_an_hour()).tables["distress"]
    assert [cell.rstrip("0123456789") for cell in table[0]][3:] == [
        "Baseline",
        "Before",
        "Initial",
        "Peak",
        "End",
        "Activation",
        "Fall",
        "Fall in %",
        "Halved",
    ]
    assert table[1] == [
        "1", "1:00 – 7:30", "3 → 4", "15", "40", "55", "70", "45", "55", "25", "36%", "no",
    ]  # fmt: skip
    assert table[3][4] == "—"
    assert table[4][0] == "Session"


def test_every_numbered_column_has_its_formula_below() -> None:
    text = page(retell(quarter_of_an_hour().entries), None)
    for name in ("distress", "course", "levels"):
        section = text.split(f'<section id="{name}"')[1].split("</section>")[0]
        used = set(re.findall(r"<th[^>]*>[^<]*<sup>(\d+)</sup>", section))
        told = set(re.findall(r"<li><sup>(\d+)</sup>", section))
        assert used and used == told


def test_every_figure_at_the_head_and_every_time_names_its_formula() -> None:
    report = session_report(retell(quarter_of_an_hour().entries), None, "clinician")
    told = {note.partition(":")[0] for note in report.figure_notes}
    assert {
        figure.name.replace("Ratings answered", "Answered") for figure in report.figures
    } == told
    tables = [block for block in report.blocks if isinstance(block, Section)]
    for name in ("course", "levels"):
        (table,) = (table for table in tables if table.name == name)
        (held,) = (column for column in table.columns if column.title == "On hold")
        (formula,) = (note.text for note in table.notes if note.number == held.note)
        assert held.note is not None and formula.startswith("On hold: ")


def test_a_missing_rating_is_said_to_be_missing_with_its_reason() -> None:
    rows = read(quarter_of_an_hour()).tables["ratings"]
    (row,) = [r for r in rows if r[0] == "6:10"]
    assert row[2] == "missing"
    assert row[-1] == "did not hear the question"


def test_corrections_show_what_was_written_first() -> None:
    tables = read(quarter_of_an_hour()).tables
    assert tables["corrections"][1] == [
        "3:40",
        "9 March 2026,\n13:33 UTC",
        "—",
        "rating at 3:30",
        "45",
        "60",
        "heard wrongly",
    ]
    assert "corrected; first written: 45" in [row[-1] for row in tables["ratings"]]


NAMES = {"op-1": "Dr Solène Quérard", "op-2": "Bruno"}


@pytest.mark.parametrize(
    ("language", "day"), [("en", "12 May 2026,\n09:14 UTC"), ("fr", "12 mai 2026,\n09:14 UTC")]
)
def test_a_later_correction_says_its_day_and_hand_and_no_moment_of_the_session(
    language: Language, day: str
) -> None:
    use(language)
    entries = corrected_in_may().entries
    history = named(retell(entries), entries, (), NAMES)
    assert history.duration_s == 900
    told = session_report(history, HEAD, "clinician")
    rows = Reader(html(told)).tables["corrections"][1:]
    assert [row[:3] for row in rows] == [
        ["3:40", rows[0][1], "Dr Solène Quérard"],
        ["—", day, "Bruno"],
        ["—", day, "Bruno"],
    ]
    assert [row[-3:-1] for row in rows[1:]] == [
        ["70", "65"],
        ["Hands gripping the chair; agreed to stay and look at the street.", "Hands in the lap."],
    ]
    paper = papers.text(told)
    assert paper.count(day.split("\n")[0]) == 2 and paper.count("Bruno") == 2


def test_time_apart_refusals_faults_notes_and_events_are_listed() -> None:
    tables = read(quarter_of_an_hour()).tables
    assert [row[0] for row in tables["apart"][1:]] == ["Hold", "Pause", "Safe place", "Stop"]
    assert tables["apart"][3][-1] == "the patient left the scene"
    assert tables["refusals"][1] == ["4:00", "Raise", "This is above the patient's ceiling."]
    assert "did not hear the patient's machine for 4 s" in tables["faults"][1][1]
    assert tables["notes"][2][1] == "Left by own press at the door; wants to go back up."
    assert [row[1] for row in tables["events"][1:]] == ["A gust of wind", "The door slams"]


def test_a_refusal_for_an_interlock_names_it() -> None:
    recording = Recording()
    low = BoundSpec(value="height", side="at_most", limit=9.5)
    recording.refused(
        "trigger", "interlocked", InterlockSpec(of="gust", rule="requires", other=low)
    )
    (_heading, row) = read(recording).tables["refusals"]
    assert row[-1] == "“A gust of wind” only with “height” at 9.5 m or less; set that first."


def test_what_is_not_whole_is_said_at_the_head() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(2)
    lost = f"numbers {r.news + 1} to {r.news + 4}"
    r.lose_news(4)
    r.restart(away_s=9)
    r.load()
    r.close("interrupted")
    reader = read(r)
    assert "The session was interrupted and closed afterwards." in reader.text
    assert "The patient's machine started anew during the session." in reader.text
    assert "Parts of the record are missing" in reader.text
    assert any(lost in row[1] for row in reader.tables["faults"])
    assert "not complete; see the head of this report" in reader.text
    assert "had not been closed" in read(_without_closing()).text


def test_a_patients_side_that_was_started_again_is_told_with_its_reason_and_what_it_left() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(2)
    r.restart(away_s=4, tick=0)
    r.act(
        acts.RuntimeRestarted(
            session="s-2026-0309",
            scenario="heights.balcony",
            sha256=HASH,
            seed=20260309,
            ceiling=5,
            grace_s=5.0,
            trial=1,
            come_back=1,
            disabled="balcony.py:12: did not come back within 250 ms",
            why="hung",
        ),
        by="runtime",
    )
    r.into(Phase.SAFE_PLACE, "runtime_restarted")
    r.tick += 300
    r.act(acts.CloseSession())
    r.into(Phase.IDLE, "close_session")
    effort = Effort(calls=900, slow=14, worst_ms=31.4)
    r.news_of(happenings.ScenarioTimed(effort=effort))
    r.close()
    reader = read(r)
    assert "The patient's machine started anew during the session." in reader.text
    faults = [row[1] for row in reader.tables["faults"]]
    assert "The patient's side was started again, in the safe place. It had hung." in faults
    assert any("stayed disabled" in told and "balcony.py:12" in told for told in faults)
    assert not any("what happened in between" in told for told in faults)
    assert "14 of 900 ticks over 2 ms, the longest 31 ms" in reader.text
    assert "not complete; see the head of this report" in reader.text


def test_a_whole_record_is_said_to_be_whole() -> None:
    assert "complete: closed in order, nothing missing" in read(quarter_of_an_hour()).text


def _without_closing() -> Recording:
    recording = quarter_of_an_hour()
    del recording.entries[-1]
    return recording


def test_sections_that_have_nothing_to_say_are_left_out() -> None:
    r = Recording()
    r.load()
    r.close()
    reader = read(r, head=None)
    assert set(reader.tables) == set()
    assert "no trial was begun" in reader.text
    assert "not sealed yet" in reader.text


def test_what_people_typed_cannot_become_markup() -> None:
    wicked = '</style><script>alert("x")</script>'
    r = Recording(pseudonym=wicked)
    r.load()
    r.at(1).note(wicked)
    r.at(2).rate(None, reason=wicked)
    text = page(retell(r.entries), wicked)
    assert "<script" not in text
    assert text.count("</style>") == 1
    assert read(r).tables["notes"][1][1] == wicked


def test_what_an_author_wrote_cannot_become_markup_in_the_chart() -> None:
    r = quarter_of_an_hour()
    opening = r.entries[0].data
    gust, door = opening.scenario.events
    wicked = gust.model_copy(update={"label": Words(fr="<b>&", en="<b>&")})
    scenario = opening.scenario.model_copy(update={"events": (wicked, door)})
    data = opening.model_copy(update={"scenario": scenario})
    r.entries[0] = r.entries[0].model_copy(update={"data": data})
    assert "<b>&" in [e.text for e in svg(r).iter(SVG + "text")]


@pytest.mark.parametrize("typed", ['"; } body { display: none', "a\\", "\n}", "Renée · 7"])
def test_a_css_text_ends_only_where_it_ends(typed: str) -> None:
    inside = css_text(typed)[1:-1]
    assert re.fullmatch(r"(?:[A-Za-z0-9 ]|\\[0-9a-f]+ )*", inside)
    back = re.sub(r"\\([0-9a-f]+) ", lambda m: chr(int(m.group(1), 16)), inside)
    assert back == typed


def test_the_chart_marks_each_rating_once_and_missing_ones_on_the_axis() -> None:
    picture = svg(quarter_of_an_hour())
    drawn = [e for e in picture if e.tag != SVG + "g"]
    own = [e for e in drawn if e.tag == SVG + "circle" and e.get("class") == "rating"]
    apart = [e for e in drawn if e.get("class") == "rating apart"]
    missing = [e for e in drawn if e.get("class") == "missing"]
    assert (len(own), len(apart), len(missing)) == (11, 6, 1)
    assert missing[0].get("cy") == "224"
    assert len([e for e in drawn if e.get("class") == "corrected"]) == 1


def test_the_chart_joins_nothing_across_a_missing_rating_or_between_trials() -> None:
    lines = marks(svg(quarter_of_an_hour()), "polyline", "distress")
    assert [len((line.get("points") or "").split()) for line in lines] == [4, 2, 2, 3]


def test_the_chart_joins_nothing_that_is_too_far_apart() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(2)
    for minute, suds in ((2, 50), (4, 40), (9, 30), (11, 20)):
        r.at(minute).rate(suds)
    lines = marks(svg(r), "polyline", "distress")
    assert [len((line.get("points") or "").split()) for line in lines] == [2, 2]


def test_heights_in_the_chart_are_to_scale() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(2)
    for minute, suds in ((2, 0), (3, 50), (4, 100)):
        r.at(minute).rate(suds)
    (line,) = marks(svg(r), "polyline", "distress")
    points = [tuple(map(float, p.split(","))) for p in (line.get("points") or "").split()]
    assert [y for _x, y in points] == [224, 129, 34]
    assert points[1][0] - points[0][0] == pytest.approx(points[2][0] - points[1][0])


def test_each_band_has_a_pattern_and_a_place_in_the_legend() -> None:
    picture = svg(quarter_of_an_hour())
    patterns = {e.get("id") for e in picture.iter(SVG + "pattern")}
    for name in ("hold", "pause", "safe_place", "stopped"):
        assert f"band-{name}" in patterns
        assert len(marks(picture, "rect", f"band-{name}")) == 2
    words = [e.text for e in picture.iter(SVG + "text")]
    for name in ("Hold", "Pause", "Safe place", "Stop"):
        assert name in words


def test_the_chart_can_be_understood_without_seeing_it() -> None:
    picture = svg(quarter_of_an_hour())
    assert picture.get("role") == "img"
    named = [
        picture.find(f".//*[@id='{i}']") for i in (picture.get("aria-labelledby") or "").split()
    ]
    title, desc = named
    assert title is not None and title.text == "Distress and level over the session"
    assert desc is not None and desc.text is not None
    assert "17 answered ratings over 15 min 00 s, from 15 to 15, highest 75" in desc.text


def test_no_word_of_the_chart_leaves_the_picture() -> None:
    r = quarter_of_an_hour()
    del r.entries[-1]
    r.lose_news(2)
    r.close()
    picture = svg(r)
    width, height = map(float, (picture.get("viewBox") or "").split()[2:])
    for text in picture.iter(SVG + "text"):
        x, y = float(text.get("x") or 0), float(text.get("y") or 0)
        assert 0 < y < height
        assert 0 < x <= width
        if (text.get("class") or "") == "label":
            assert x + 5 * len(text.text or "") < width


def test_a_chart_of_nothing_is_still_a_chart() -> None:
    r = Recording()
    picture = svg(r)
    assert picture.get("role") == "img"
    assert not marks(picture, "polyline", "distress")


def test_the_report_is_written_in_the_language_asked_for_and_for_its_owner_alone(
    tmp_path: Path,
) -> None:
    history = retell(quarter_of_an_hour().entries)
    path = tmp_path / "report.html"
    path.write_text("an older one", encoding="utf-8")
    write_report(history, None, path, "fr")
    text = path.read_text(encoding="utf-8")
    assert '<html lang="fr">' in text
    assert "Le balcon" in text and "Une rafale" in text
    assert "292,1" in text
    assert language() == "en"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_a_report_that_cannot_be_written_says_where_and_leaves_nothing(tmp_path: Path) -> None:
    history = retell(quarter_of_an_hour().entries)
    with pytest.raises(ReportNotWritten, match="choose another place"):
        write_report(history, None, tmp_path / "nowhere" / "report.html", "en")
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_fails_at_the_last_step_leaves_no_half_written_file(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(ReportNotWritten):
        write_report(retell(quarter_of_an_hour().entries), None, tmp_path / "report.html", "en")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_two_reports_of_one_session_are_equal_to_the_byte() -> None:
    first = page(retell(quarter_of_an_hour().entries), "1:a")
    assert page(retell(quarter_of_an_hour().entries), "1:a") == first


def test_times_and_figures_read_as_people_write_them() -> None:
    assert [clock(s) for s in (0, 59.9, 245, 3845)] == ["0:00", "0:59", "4:05", "1:04:05"]
    assert [length(s) for s in (None, 4, 59.6, 245)] == ["—", "4 s", "1 min 00 s", "4 min 05 s"]
    assert [number(n, 1) for n in (None, 2.25, -3, -0.01)] == ["—", "2.3", "−3.0", "0.0"]
    assert [percent(p) for p in (None, 0.625)] == ["—", "63%"]
    assert moment("2026-01-05T09:03:59.5+00:00") == "5 January 2026, 09:03 UTC"


def test_a_stop_by_the_patient_is_told_as_such() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(2)
    r.at(2).leave(acts.PatientStopped(), Phase.STOPPED, by="patient")
    assert read(r).tables["course"][1][-1] == "Stop: the patient stopped"
