"""What one typed line means: a stop, a number, a command, or one sentence on what to type."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lines import Typing, unreadable
from staged import in_exposure

from controller.language import LANGUAGES, Language, _, use
from controller.line.out import readable
from controller.line.reading import find, is_stop, read, unknown
from controller.line.source import LONGEST, Line, Lines
from controller.line.words import COMMANDS, command, forms, plainly

STOPS = (
    "!",
    "  !",
    "!!",
    "! now",
    "!raise",
    "stop",
    "STOP",
    "Stop.",
    "stop the scene please",
    "halt",
    "arrêt",
    "ARRETE",
    "arrêtez tout",
    "\uff01",
    "sotp",
    "stopp",
    "\x1b\x1b",
    "\x1b[24~",
    "raise\x1b[24~",
)
NO_STOPS = (
    "raise",
    "note she said stop",
    "step 3",
    "note !",
    "status",
    "",
    "4",
    "top it",
    "set up",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", STOPS, ids=repr)
def test_a_stop_is_known_however_it_is_typed(line: str, language: Language) -> None:
    use(language)
    assert read(line).stop


@pytest.mark.parametrize("line", NO_STOPS, ids=repr)
def test_other_lines_are_no_stop(line: str) -> None:
    assert not is_stop(line)


def test_a_line_that_is_too_long_and_begins_with_a_stop_stops() -> None:
    assert read("!" + "x" * 9, too_long=True).stop
    assert "too long" in read("note" + "x" * 9, too_long=True).trouble


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_usage_that_help_shows_leads_to_its_own_command(language: Language) -> None:
    use(language)
    for one in COMMANDS:
        if one.name in ("stop", "rate"):
            continue
        said = read(_(one.usage))
        assert said.command is one, (one.name, _(one.usage))


def test_english_words_work_in_french_and_no_form_has_two_meanings() -> None:
    use("fr")
    for one in COMMANDS:
        for form in one.english:
            if len(form) > 1:
                known = forms("fr")[plainly(form)]
                assert known is one, (form, known.name)
    for spoken in LANGUAGES:
        forms_of = [plainly(form) for one in COMMANDS for form in dict.fromkeys(one.known(spoken))]
        twice = {form for form in forms_of if forms_of.count(form) > 1}
        named = {form: {o.name for o in COMMANDS if form in map(plainly, o.known(spoken))} for form
                 in twice}  # fmt: skip
        assert all(len(names) == 1 for names in named.values()), named


def test_accents_and_case_may_be_left_out() -> None:
    use("fr")
    for typed in ("Événements", "evenements", "EVENEMENTS"):
        assert read(typed).command is command("events")
    assert read("lieu sur").command is command("safe_place")
    assert read("piece d\u2019exercice").command is command("familiarise")


@pytest.mark.parametrize("typed", ["7", "07", "100", "t", "*", "é", "çà", "250", "\u0664"])
def test_digits_alone_are_a_rating_or_the_answer_to_a_list(typed: str) -> None:
    said = read(typed)
    assert said.number and said.command is command("rate") and said.rest == typed


def test_a_wrong_word_is_answered_with_the_likeliest_one() -> None:
    use("en")
    assert "did you mean raise" in unknown("rais")
    assert "help tells the words" in unknown("xyzzy plugh")
    use("fr")
    assert "vouliez-vous dire monter" in unknown("montet")


def test_a_list_is_answered_by_number_name_or_the_only_beginning_of_one() -> None:
    names = {"gust": ("gust", "bourrasque"), "bird": ("bird close by", "oiseau"), "bell": ("bell",)}
    assert find("2", names) == "bird"
    assert find("Bourrasque", names) == "gust"
    assert find("bird c", names) == "bird"
    assert find("b", names) is None, "two begin with it"
    assert find("0", names) is None and find("4", names) is None and find("9" * 30, names) is None


@given(st.lists(st.binary(max_size=40), max_size=8), st.sampled_from([b"\n", b"\r\n", b"\r"]))
def test_bytes_are_cut_into_lines_whatever_their_pieces(parts: list[bytes], end: bytes) -> None:
    wanted = [part.replace(b"\r", b"").replace(b"\n", b"") for part in parts]
    sent = end.join(wanted) + end if wanted else b""
    whole, pieces = Lines(), Lines()
    at_once = [line.text for line in (*whole.feed(sent), *whole.rest())]
    one_by_one = [line.text for byte in sent for line in pieces.feed(bytes([byte]))]
    assert at_once == one_by_one == [line.decode("utf-8", "surrogateescape") for line in wanted]


def test_a_line_without_an_end_is_cut_and_said_to_be() -> None:
    lines = Lines()
    assert not list(lines.feed(b"x" * (LONGEST + 5)))
    (line,) = lines.feed(b"y\n")
    assert line.too_long and len(line.text) == LONGEST
    assert list(lines.feed(b"raise\n")) == [Line("raise")]


@given(st.text(max_size=60))
def test_what_is_said_holds_nothing_that_is_drawn_or_acts_on_a_terminal(text: str) -> None:
    assert unreadable(readable(text)) == []
    assert "\n" not in readable(text)


HOSTILE = st.one_of(
    st.text(max_size=80),
    st.binary(max_size=80).map(lambda raw: raw.decode("utf-8", "surrogateescape")),
    st.tuples(
        st.sampled_from(sorted({form for one in COMMANDS for form in (*one.english, *one.french)})),
        st.text(max_size=20),
    ).map(" ".join),
)


@settings(max_examples=40)
@given(st.lists(HOSTILE, min_size=1, max_size=6), st.sampled_from(LANGUAGES))
def test_every_line_is_an_act_or_a_sentence_and_never_an_error(
    lines: list[str], language: Language
) -> None:
    async def typed() -> None:
        lead = in_exposure()
        typing = Typing(lead, language)
        await typing.begin()
        for line in lines:
            before = len(lead.acts)
            said = await typing.type(line)
            waits = not typing.console.idle
            assert said or waits or len(lead.acts) > before, line
            assert not [text for text in said if "failed inside" in text or "erreur" in text], said
            assert unreadable("".join(said)) == []

    asyncio.run(typed())
