"""A pack from its author to a session: real programs, a real link, a real record."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from controller.assembly import assembled
from controller.local_runtime import Wanted
from controller.session.documents import CLINIC, OperatorAdded, SessionOpened
from controller.session.pack_entries import PackApproved
from controller.session.retelling import retell
from controller.simulation import before
from controller.store.record import Record
from controller.store.verify import verify

pytestmark = pytest.mark.timeout(180)

PIER = Path(__file__).parents[1] / "authoring" / "pier.py"
WORDS = ("--name", "piers", "--title-fr", "Jetées", "--title-en", "Piers",
         "--author", "A. Author", "--licence", "CC-BY-4.0")  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PALIER_LANG", "en")
    return tmp_path


def run(module: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=150, check=False)


@pytest.fixture
def pack_hash(home: Path) -> str:
    """A pack that its author built, installed here; its hash."""
    source, out = home / "source" / "pier", home / "piers.palier"
    source.mkdir(parents=True)
    (source / "scenario.py").write_bytes(PIER.read_bytes())
    author = "vr_runtime.authoring.cli"
    built = run(author, "pack", "build", str(source.parent), "--out", str(out), *WORDS, "--json")
    assert built.returncode == 0, built.stdout + built.stderr
    installed = run(author, "pack", "install", str(out))
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return str(json.loads(built.stdout)["hash"])


async def test_no_session_is_opened_before_it_is_approved_and_then_its_record_names_it(
    home: Path, pack_hash: str
) -> None:
    with Record.create_or_open(home / "record.db", operator="op-1") as record:
        record.append_now(CLINIC, OperatorAdded(operator="op-1", name="Ada"))
        wanted = Wanted(display="null", in_step=True)
        async with assembled(
            record, home / "keys", wanted, reports=home / "reports", simulated=True
        ) as core:
            lead = core.conductor
            await lead.start()
            await lead.beat()
            await core.link.grant(30)
            await lead.add_patient("P-01", 8, "0-100")
            patient = lead.patients()[0].id
            await before.prepare(lead.before, patient)
            note = lead.packs.of("heights.pier")
            assert note is not None and note.sha256 == pack_hash and note.signed_by is None
            refused = await lead.open_session(patient, "heights.pier", seed=1)
            assert not refused.ok and record.reader.sessions() == []
            assert (await lead.open_session(patient, "heights.balcony", seed=1)).ok
            await lead.stop()
            for _ in range(5):
                await lead.beat()
                await core.link.grant(6)
            assert (await lead.close_session()).ok
            assert (await lead.packs.approve(pack_hash)).ok
            assert (await lead.open_session(patient, "heights.pier", seed=1)).ok
            for _ in range(10):
                await lead.beat()
                await core.link.grant(6)
            assert (await lead.close_session()).ok
            await lead.settle()
        sessions = record.reader.sessions()
        packs = [retell(record.reader.entries(one.session)).header.pack for one in sessions]
        assert packs[0] is None and packs[1] is not None and packs[1].sha256 == pack_hash
        (entry,) = record.reader.clinic("pack_approved")
        assert isinstance(entry.data, PackApproved) and entry.operator == "op-1"
        opened = [e.data for e in record.reader.entries(sessions[1].session)]
        assert any(isinstance(said, SessionOpened) and said.pack for said in opened)
    assert verify(home / "record.db").ok


def test_a_demo_counts_the_pack_as_approved_and_says_so(home: Path, pack_hash: str) -> None:
    out = home / "demo"
    done = run("controller", "demo", "--auto", "--speed", "1000", "--display", "null", "--json",
               "--scenario", "heights.pier", "--out", str(out))  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "counts as approved in this demo" in done.stderr
    assert json.loads(done.stdout)["chain"] == "ok"
    page = (out / "report.html").read_text("utf-8")
    assert "piers 1.0.0" in page and pack_hash in page
    session = json.loads(done.stdout)["session"]
    table = run("controller", "export", session, "--format", "csv", "--out", str(home / "csv"),
                "--db", str(out / "record.db"))  # fmt: skip
    assert table.returncode == 0, table.stderr
    assert pack_hash in (home / "csv" / "sessions.csv").read_text("utf-8-sig")
    assert os.environ["XDG_DATA_HOME"].startswith(str(home))
