"""Other keys hold everywhere a key is named, and no file can take stop, rating, or an easy key."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from consoles import Hands
from hypothesis import given
from hypothesis import strategies as st
from staged import StagedLead, in_exposure

from controller.language import LANGUAGES, Language, use
from controller.session.suds import ROW
from controller.ui import app as app_module
from controller.ui.app import PalierApp
from controller.ui.bindings import EXAMPLE, FUNCTION, LARGEST, LETTERS, OTHERS, parse, read, usual
from controller.ui.keys import ANYWHERE, ASKED, EASES, KEYS, Bound, act_for, bind, row, safe_letters
from controller.ui.screens.ask_through import BY_LETTER, YES

USUAL: Bound = {}
UI = Path(app_module.__file__).parent
WITHOUT_A_SESSION = (
    *("start", "patients", "finished", "approve", "past", "review", "library"),
    *("plan", "plan_row", "plan_ready"),
)
"""Screens that are never over an open session."""
ACTS = tuple(one.act for one in KEYS)


@pytest.fixture(autouse=True)
def usual_keys() -> None:
    bind(USUAL)


def toml(table: dict[str, object]) -> bytes:
    def written(value: object) -> str:
        return str(value).lower() if isinstance(value, bool) else repr(value)

    return ("[keys]\n" + "\n".join(f"{k} = {written(v)}" for k, v in table.items())).encode()


KEY_TEXTS = st.sampled_from(
    [*sorted(LETTERS | FUNCTION | OTHERS), "t", "f12", "escape", "A", "7", "&", "é", "ctrl+x"]
) | st.text(max_size=3)
FILES = st.dictionaries(
    st.sampled_from([*ACTS, "stop", "rate", "raze", "fr"]),
    KEY_TEXTS.filter(lambda text: text.isprintable() and "'" not in text and "\\" not in text)
    | st.integers(0, 9)
    | st.booleans(),
    max_size=8,
)


@given(FILES)
def test_whatever_a_file_binds_every_act_keeps_one_easy_key_of_its_own(
    table: dict[str, object],
) -> None:
    bound, faults = parse(toml(table))
    if faults:
        return
    bind(bound)
    for spoken in LANGUAGES:
        use(spoken)
        keys = [one.letter() for one in KEYS]
        assert len(keys) == len(set(keys))
        for one in KEYS:
            key = one.letter()
            assert key == usual(one.act, spoken) or key in LETTERS | FUNCTION | OTHERS
            assert key not in ROW and key not in ("t", "f12", "escape", "enter", "backspace")
            assert act_for(key, key if len(key) == 1 else None) == one.act
            if one.act in ANYWHERE:
                assert len(key) > 1, "a letter is typed into fields"
        assert {row("safe_place").letter(), row("pause").letter(), "t"} == safe_letters()
    bind(USUAL)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_content_breaks_the_start_and_each_fault_is_one_sentence(content: bytes) -> None:
    bound, faults = parse(content)
    assert not (faults and any("\n" in fault for fault in faults))
    assert faults or all(set(keys) <= set(ACTS) for keys in bound.values())


FAULTS = {
    "not TOML": ("keys = {", "is not TOML"),
    "a line that is not TOML": ('[keys]\nnote: "b"', "Line 2"),
    "outside the table": ('note = "b"', "put the keys under [keys]"),
    "no table": ("keys = 3", "write [keys]"),
    "no table of a language": ("[keys]\nfr = 3", "write [keys.fr]"),
    "stop": ('[keys]\nstop = "b"', "keeps its keys"),
    "rating": ('[keys]\nrate = "b"', "keeps its keys"),
    "the stop's own key": ('[keys]\nnote = "f12"', "stop's own"),
    "the rating's own key": ('[keys]\nnote = "T"', "rating's own"),
    "no such act": ('[keys]\nnotes = "b"', "did you mean “note”"),
    "of the digits' row": ('[keys]\nnote = "é"', "Shift or AltGr"),
    "a digit": ('[keys]\nnote = "7"', "digits' row"),
    "with Shift": ('[keys]\nnote = "shift+f3"', "Shift or AltGr"),
    "no text": ("[keys]\nnote = 3", "in quotes"),
    "twice": ('[keys]\nnote = "e"', "two acts, “event”, “note”"),
    "a letter for what acts in fields": ('[keys]\nhelp = "b"', "F1 to F11"),
    "another act's function key": ('[keys]\npause = "f6"', "two acts, “pause”, “language”"),
    "another act's own, of the sheets": ('[keys]\nhold = "f5"', "two acts, “hold”, “after”"),
    "another act's, where letters are typed": ('[keys]\nhelp = "f9"', "saves what is written"),
    "a question's answer": ('[keys]\nsafe_place = "a"', "answers questions"),
    "a checklist's answer": ('[keys]\nhold = "v"', "answers questions"),
    "patients on the start screen": ('[keys]\ncontrol = "p"\npause = "f11"', "start screen"),
    "before on the start screen": ('[keys]\ncontrol = "b"', "start screen"),
    "taken on the start screen": ('[keys]\ncontrol = "a"', "start screen"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_says_what_to_do_and_the_usual_keys_hold(name: str, tmp_path: Path) -> None:
    use("en")
    content, told = FAULTS[name]
    file = tmp_path / "keys.toml"
    file.write_text(content, encoding="utf-8")
    found = read(file)
    assert found.bound == {}
    assert any(told in fault for fault in found.faults), found.faults
    assert found.sentence().startswith("Keys: the usual ones hold. ")


def test_several_faults_are_several_sentences(tmp_path: Path) -> None:
    use("en")
    _bound, faults = parse(b'[keys]\nstop = "b"\nnote = "7"\nviews = "x"\n')
    assert len(faults) == 3
    assert len(set(faults)) == 3


def test_a_file_that_is_no_file_of_keys_is_said(tmp_path: Path) -> None:
    assert "too large" in " ".join(read(_of(tmp_path, b"#" * (LARGEST + 1))).faults)
    assert "UTF-8" in " ".join(read(_of(tmp_path, b"\xff\xfe")).faults)
    (tmp_path / "folder").mkdir()
    assert "cannot be read" in " ".join(read(tmp_path / "folder").faults)
    assert read(tmp_path / "none.toml").faults == ()


def _of(folder: Path, content: bytes) -> Path:
    file = folder / "keys.toml"
    file.write_bytes(content)
    return file


def test_every_letter_that_a_question_in_a_session_takes_is_kept_from_what_eases() -> None:
    taken = {*YES, *BY_LETTER}
    for file in UI.rglob("*.py"):
        if file.stem in WITHOUT_A_SESSION:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Way" | "Answer"), args=[ast.Constant(key), *_]):
                    taken |= {str(key).lower()} & LETTERS
    assert taken >= {"a", "n", "v", "w"}, "they are found"
    assert taken <= ASKED
    for act in EASES:
        for key in ASKED:
            assert parse(toml({act: key}))[1], (act, key)


def test_two_acts_may_change_keys_with_each_other() -> None:
    bound, faults = parse(b'[keys]\nevent = "n"\nnote = "e"\n')
    assert faults == ()
    assert bound["en"] == {"event": "n", "note": "e"}


def test_the_example_is_a_file_without_faults() -> None:
    bound, faults = parse(EXAMPLE.encode())
    assert faults == ()
    assert bound["fr"]["event"] == "v" and "event" not in bound["en"]


async def hands_with(file: Path, lead: StagedLead, language: Language) -> tuple[PalierApp, Hands]:
    use(language)
    app = PalierApp(lead, keys_file=read(file))
    return app, Hands(app, None, lead)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_console_does_and_names_what_the_file_binds(
    language: Language, tmp_path: Path
) -> None:
    file = _of(
        tmp_path,
        b'[keys]\nsafe_place = "f10"\npause = "f11"\nraise = "pageup"\nceiling = "home"\n'
        b'event = "h"\nrows = "end"\n',
    )
    lead = in_exposure(level=2.0, asked=2)
    app, hands = await hands_with(file, lead, language)
    async with app.run_test(size=(200, 60)) as hands.pilot:
        await hands.settle()
        line = hands.within("#keys")
        assert " F10 " in line and " F11 " in line and " H " in line
        assert ("Page up" if language == "en" else "Page préc") in line
        await hands.press("up", "s", "l", "p", "e")
        assert hands.did() == []
        await hands.key("pageup", 10.0)
        assert hands.did() == ["raise_level"]
        await hands.press("f11", "f10")
        assert hands.did() == ["raise_level", "pause", "safe_place"]


async def test_questions_and_refusals_name_the_bound_keys(tmp_path: Path) -> None:
    own = b'[keys]\nceiling = "home"\nevent = "h"\nsafe_place = "u"\nsafety = "end"\n'
    file = _of(tmp_path, own)
    lead = in_exposure(level=7.0, asked=7)
    app, hands = await hands_with(file, lead, "en")
    async with app.run_test(size=(120, 40)) as hands.pilot:
        await hands.settle()
        assert "H then" in hands.text()
        await hands.press("up")
        assert "Home changes it" in hands.within("#message")
        await hands.press("w")
        assert "consent to observers" in hands.text()
        await hands.press("u")
        assert hands.did() == ["safe_place"], "no question takes the key that leads out"


async def test_the_console_shows_its_keys_and_the_faults_of_their_file(tmp_path: Path) -> None:
    file = _of(tmp_path, b'[keys]\nnote = "insert"\n')
    app, hands = await hands_with(file, in_exposure(), "en")
    async with app.run_test(size=(120, 40)) as hands.pilot:
        await hands.settle()
        app.act("keys")
        await hands.settle()
        await hands.until(lambda: "Read from" in hands.text())
        await hands.until(lambda: "≠" in hands.text())
        file.write_bytes(b'[keys]\nnote = "7"\n')
        await hands.press("escape")
        app.act("keys")
        await hands.until(lambda: "cannot be the key of “note”" in hands.text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_of_the_alphabet_that_may_be_bound_needs_more_than_itself(
    language: Language,
) -> None:
    assert set(string.ascii_lowercase) >= LETTERS
    assert "t" not in LETTERS and "f12" not in FUNCTION
