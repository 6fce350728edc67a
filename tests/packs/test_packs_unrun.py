"""No byte of a pack is run before its approval: real programs, and a scenario that would tell."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pack_samples import PIER, Pier, marking, repacked, said
from runtime_process import Client, RuntimeProcess, eventually, running

from vr_runtime.authoring.cli import main
from vr_runtime.authoring.packing import Built, build
from vr_runtime.examination.memory import Memory
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, View
from vr_runtime.wire.messages import AskMissed, Done, Refused
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.version import CALL, STOP

pytestmark = pytest.mark.timeout(120)
AUTHOR = "vr_runtime.authoring.cli"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the runtime of this test finds packs too."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PALIER_LANG", "en")
    return tmp_path / "data" / "palier"


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    return tmp_path / "it-was-run"


@pytest.fixture
def pack(source: Path, tmp_path: Path, marker: Path) -> Path:
    """A pack whose scenario leaves a file behind as soon as any of it is run."""
    (source / "pier" / "scenario.py").write_text(marking(PIER, marker), "utf-8")
    out = build(source, tmp_path / "piers.palier", said(), {}).path
    assert marker.exists(), "its author has run it"
    marker.unlink()
    return out


@pytest.fixture
def connect() -> Iterator[Callable[[RuntimeProcess], Client]]:
    clients: list[Client] = []

    def connected(runtime: RuntimeProcess) -> Client:
        clients.append(Client(runtime, "therapist"))
        return clients[-1]

    yield connected
    for client in clients:
        client.close()


def run(*words: str) -> str:
    command = [sys.executable, "-m", AUTHOR, *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def open_session(pack: str | None) -> acts.OpenSession:
    return acts.OpenSession(session="s1", scenario=Pier.id, seed=1, ceiling=8, pack=pack)


def opened(client: Client, pack: str) -> None:
    """Ask for the session; an answer may take as long as the examination."""
    assert isinstance(client.ask(open_session(pack)).answer, Done)
    client.session = "s1"


def test_nothing_of_a_pack_is_run_before_a_session_is_opened_with_its_hash(
    pack: Path, tmp_path: Path, marker: Path, connect: Callable[[RuntimeProcess], Client]
) -> None:
    for act in ("verify", "show", "install"):
        run("pack", act, str(pack))
    run("pack", "list")
    shown = json.loads(run("pack", "show", "piers", "--json"))
    run("list")
    run("show", Pier.id)
    assert not marker.exists(), "a command ran it"
    with running(tmp_path) as runtime:
        client = connect(runtime)
        welcome = client.hello()
        assert Pier.manifest() in welcome.scenarios
        assert [note.sha256 for note in welcome.packs] == [shown["hash"]]
        client.claim()
        client.beat()
        answer = client.ask(open_session(None)).answer
        assert isinstance(answer, Refused) and answer.code is Code.NOT_APPROVED
        assert not marker.exists(), "the patient's side ran it before anybody approved it"
        client.beat()
        opened(client, shown["hash"])
        eventually(lambda: client.state().phase is Phase.READY, "the load")
        assert marker.exists()


@pytest.mark.parametrize(
    "lie", [('"en": "water"', '"en": "nothing"'), ("10: 12.0", "10: 900.0")], ids=["words", "value"]
)
def test_a_pack_that_declares_otherwise_than_its_class_is_refused_when_it_is_opened(
    source: Path,
    tmp_path: Path,
    home: Path,
    lie: tuple[str, str],
    connect: Callable[[RuntimeProcess], Client],
) -> None:
    folder = build(source, tmp_path / "open", said(), {}).path
    (folder / "pier" / "scenario.py").write_text(PIER.replace(*lie), "utf-8")
    run("pack", "install", str(repacked(folder)))
    with running(tmp_path) as runtime:
        client = connect(runtime)
        (note,) = client.hello().packs
        client.claim()
        client.beat()
        opened(client, note.sha256)
        eventually(lambda: client.state().phase is Phase.STOPPED, "the refusal")
        state = client.state()
        assert state.view is View.NEUTRAL and state.disabled is not None
        assert "says otherwise of itself than its pack piers declared" in state.disabled
        client.beat()
        client.must(acts.CloseSession())
        client.session = None
        client.beat()
        act = acts.OpenSession(session="s2", scenario="heights.balcony", seed=1, ceiling=8)
        assert isinstance(client.ask(act).answer, Done), "the others can be shown"


@pytest.mark.parametrize("command", ["sheet", "thumbnail", "preview", "watch"])
@pytest.mark.usefixtures("home")
def test_an_authors_tool_runs_no_pack_unless_it_is_told_to(
    pack: Path, marker: Path, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pack", "install", str(pack)]) == 0
    out = ["--out", str(tmp_path / "p.png")]
    more = ["--display", "offscreen"] if command in ("preview", "watch") else []
    capsys.readouterr()
    assert main([command, Pier.id, *more, *out]) == 2
    assert "--run-pack" in capsys.readouterr().err
    assert not marker.exists()


@pytest.mark.usefixtures("home")
def test_neither_does_one_that_is_given_a_file_of_an_installed_pack(
    pack: Path, marker: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pack", "install", str(pack)]) == 0
    (file,) = (home / "packs").glob("*/pier/scenario.py")
    for given in (file, file.parent, file.parents[1]):
        for command in (["check"], ["preview"], ["watch"], ["show"]):
            assert main([*command, str(given)]) == 2
            assert "--run-pack" in capsys.readouterr().err
    assert not marker.exists()
    assert main(["check", "--static", "--run-pack", str(file.parent)]) == 0
    assert marker.exists()


def test_what_no_scenario_may_import_is_refused_when_a_pack_is_installed(
    source: Path, tmp_path: Path, marker: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = build(source, tmp_path / "open", said(), {}).path
    text = marking(PIER, marker).replace("from scenarios.api", "import socket\nfrom scenarios.api")
    (folder / "pier" / "scenario.py").write_text(text, "utf-8")
    assert main(["pack", "install", str(repacked(folder))]) == 1
    told = capsys.readouterr().out
    assert "PS102" in told and "PS313" in told and not marker.exists()


def test_a_stop_is_taken_while_a_pack_is_examined_and_its_end_ends_no_stop(
    source: Path,
    tmp_path: Path,
    home: Path,
    connect: Callable[[RuntimeProcess], Client],
) -> None:
    go_on = tmp_path / "go-on"
    waits = (
        f"while 'examination' in sys.argv[0] and not os.path.exists({str(go_on)!r}):\n    pass\n"
    )
    (source / "pier" / "scenario.py").write_text(f"import os\nimport sys\n{waits}{PIER}", "utf-8")
    go_on.touch()
    run("pack", "install", str(build(source, tmp_path / "p.palier", said(), {}).path))
    go_on.unlink()
    with running(tmp_path) as runtime:
        client = connect(runtime)
        (note,) = client.hello().packs
        client.claim()
        client.beat()
        command = client.command(open_session(note.sha256))
        client.send(CALL, command.model_dump_json().encode())
        eventually(lambda: client.state().phase is Phase.LOADING, "the examination")
        assert client.state().loading == 0.0
        client.send(STOP, b"s1")
        assert client.receive() == [STOP, b"s1"], "before the answer to what was asked first"
        eventually(lambda: client.state().phase is Phase.STOPPED, "the stop")
        go_on.touch()
        assert isinstance(client.reply().answer, Done)
        client.session = "s1"
        client.beat()
        eventually(lambda: client.state().loading >= 1.0, "the load")
        state = client.state()
        assert state.phase is Phase.STOPPED and state.disabled is None
        news = client.ask(AskMissed(after=0)).answer
        told = news.model_dump_json()
        assert '"kind":"console_lost"' not in told, "nobody was away: the console waited"


def test_what_was_examined_at_an_opening_is_known_to_a_later_start(
    packed: Callable[..., Built], tmp_path: Path
) -> None:
    path = packed("open").path / "pier"
    kept, rounds = tmp_path / "kept.json", []
    first = Memory(kept, recalling=False)
    first.keep()
    before = first.examine_at_opening(str(path), "a" * 64, lambda: rounds.append(1))
    assert before.manifest == Pier.manifest() and rounds
    rounds.clear()
    again = Memory(kept, recalling=True)
    assert again.examine_at_opening(str(path), "a" * 64, lambda: rounds.append(1)) == before
    assert rounds == [], "nobody waited for it"
    again.examine_at_opening(str(path), "b" * 64, lambda: rounds.append(1))
    assert rounds, "another fingerprint is another scenario"
