"""Two machines come to know each other: the real commands, as they are typed."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from controller import pairing as here
from controller.far_runtime import NotPaired, find
from vr_runtime import pairing as there
from vr_runtime.wire.keys import Card, load_peers, write_card
from vr_runtime.wire.pairing import PairingFailed, Trouble
from vr_runtime.wire.sockets import new_identity

PATIENCE_S = 40.0


def free_address() -> str:
    """An address whose port and the two behind it are free now."""
    while True:
        with socket.socket() as first:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            if port > 65_000:
                continue
            try:
                with socket.socket() as second, socket.socket() as third:
                    second.bind(("127.0.0.1", port + 1))
                    third.bind(("127.0.0.1", port + 2))
            except OSError:
                continue
        return f"tcp://127.0.0.1:{port}"


@dataclass
class Machines:
    """A patient's machine and a therapist's machine, each with its own folder."""

    folder: Path
    address: str = field(default_factory=free_address)

    @property
    def runtime_keys(self) -> Path:
        return self.folder / "patient" / "keys"

    @property
    def console_keys(self) -> Path:
        return self.folder / "therapist" / "palier" / "console"

    def _environment(self, language: str) -> dict[str, str]:
        home = str(self.folder / "therapist")
        return {**os.environ, "XDG_DATA_HOME": home, "PALIER_LANG": language}

    def palier(
        self, *arguments: str, typed: str = "", language: str = "en"
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "controller", *arguments],
            input=typed,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            env=self._environment(language),
            cwd=self.folder,
            check=False,
        )

    def _runtime_command(self, *arguments: str) -> list[str]:
        command = [sys.executable, "-m", "vr_runtime", "--keys", str(self.runtime_keys)]
        return [*command, "--bind", self.address, "--pair", "--name", "Headset", *arguments]

    def runtime(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._runtime_command(*arguments),
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            env=self._environment("en"),
            cwd=self.folder,
            check=False,
        )

    @contextmanager
    def showing(self, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
        """The patient's machine while it shows a code; gives its process and the code."""
        process = subprocess.Popen(
            self._runtime_command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self._environment("en"),
        )
        try:
            assert process.stdout is not None
            assert self.address in process.stdout.readline()
            found = re.search(r"\d{4} [a-z]+", process.stdout.readline())
            assert found is not None
            yield process, found.group()
        finally:
            process.kill()
            process.communicate()


@pytest.fixture
def machines(tmp_path: Path) -> Machines:
    (tmp_path / "patient").mkdir()
    return Machines(tmp_path)


def wrong(code: str) -> str:
    """Another code of the same form."""
    return f"{(int(code[:4]) + 1) % 10_000:04d} {code[5:]}"


def test_a_spoken_code_makes_both_machines_know_each_other(machines: Machines) -> None:
    with machines.showing("--role", "supervisor") as (runtime, code):
        told = machines.palier("pair", machines.address, "--name", "Room 2", typed=f"{code}\n")
        assert told.returncode == 0, told.stderr
        assert "Headset" in told.stdout and "supervisor" in told.stdout
        assert runtime.wait(PATIENCE_S) == 0
    [console] = load_peers(machines.runtime_keys)
    assert (console.name, console.role) == ("Room 2", "supervisor")
    place = find(machines.console_keys, machines.address)
    assert place.identity.public == console.public
    for file in (*machines.runtime_keys.iterdir(), *machines.console_keys.iterdir()):
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_mistyped_code_may_be_typed_again(machines: Machines) -> None:
    with machines.showing() as (runtime, code):
        typed = f"{wrong(code)}\nno code at all\n{code.upper()}\n"
        told = machines.palier("pair", machines.address, typed=typed)
        assert told.returncode == 0, told.stderr
        assert "not the code" in told.stderr and "four digits" in told.stderr
        assert runtime.wait(PATIENCE_S) == 0


def test_three_wrong_codes_end_the_pairing_on_both_machines(machines: Machines) -> None:
    with machines.showing() as (runtime, code):
        typed = f"{wrong(code)}\n" * 4 + f"{code}\n"
        told = machines.palier("pair", machines.address, typed=typed)
        assert told.returncode == 1
        assert told.stderr.count("not the code") == 2 and "Three wrong codes" in told.stderr
        assert runtime.wait(PATIENCE_S) == 1
        assert runtime.stderr is not None and "nobody was paired" in runtime.stderr.read()
    assert load_peers(machines.runtime_keys) == load_peers(machines.console_keys) == ()


def test_where_no_code_is_shown_the_console_says_what_to_do(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(here, "ANSWER_S", 0.3)
    card = Card(side="console", name="c", public="c" * 40)
    with pytest.raises(PairingFailed) as failed:
        here.try_code(machines.address, "4271garden", card)
    assert failed.value.why is Trouble.NO_ANSWER


def test_cards_pair_without_any_network(machines: Machines) -> None:
    assert machines.runtime("--export", "room.card").returncode == 0
    assert machines.palier("pair", "--export", "console.card", "--name", "Room 2").returncode == 0
    for name in ("room.card", "console.card"):
        card = json.loads((machines.folder / name).read_text())
        assert "secret" not in card and (machines.folder / name).stat().st_mode & 0o777 == 0o600
    taken = machines.palier("pair", "--import", "room.card")
    assert taken.returncode == 0 and machines.address in taken.stdout
    assert machines.runtime("--import", "console.card", "--role", "observer").returncode == 0
    assert [p.role for p in load_peers(machines.runtime_keys)] == ["observer"]
    assert (
        find(machines.console_keys, machines.address).key
        == load_peers(machines.console_keys)[0].public
    )


def test_a_card_of_the_wrong_side_is_told_apart(machines: Machines) -> None:
    card = Card(side="runtime", name="Headset", public="r" * 40, address=machines.address)
    write_card(machines.folder / "room.card", card)
    refused = machines.runtime("--import", "room.card")
    assert refused.returncode == 1 and "not the card of a console" in refused.stderr
    missing = machines.palier("pair", "--import", "nowhere.card")
    assert missing.returncode == 3 and "nowhere.card" in missing.stderr


def test_both_sides_list_change_roles_and_forget(
    machines: Machines, capsys: pytest.CaptureFixture[str]
) -> None:
    patient = there.Wish(folder=machines.runtime_keys, bind=machines.address, name="Headset")
    therapist = here.Wish(folder=machines.console_keys, name="Room 2")
    own = new_identity()
    room, console = machines.folder / "room.card", machines.folder / "console.card"

    def at_the_patients(**changes: Any) -> int:
        return there.carry_out(replace(patient, **changes), own)

    def at_the_therapists(**changes: Any) -> int:
        return here.carry_out(replace(therapist, **changes), lambda: "")

    def listed(told: int) -> Any:
        assert told == 0
        return json.loads(capsys.readouterr().out.splitlines()[-1])

    assert at_the_therapists(export=console) == at_the_patients(take=console) == 0
    assert at_the_patients(change="room 2", role="observer") == 0
    [row] = listed(at_the_patients(listing=True, as_json=True))
    assert (row["name"], row["role"]) == ("Room 2", "observer")
    assert at_the_patients(revoke="Room 3") == 2
    assert at_the_patients(revoke="Room 2") == 0
    assert listed(at_the_patients(listing=True, as_json=True)) == []
    assert at_the_patients(export=room) == at_the_therapists(take=room) == 0
    [row] = listed(at_the_therapists(listing=True, as_json=True))
    assert (row["name"], row["address"]) == ("Headset", machines.address)
    assert at_the_therapists(revoke="headset") == 0
    with pytest.raises(NotPaired, match="palier pair"):
        find(machines.console_keys, machines.address)


def test_a_console_that_is_not_paired_is_told_so_in_its_language(machines: Machines) -> None:
    refused = machines.palier("pair", "somewhere", language="fr", typed="4271 jardin\n")
    assert refused.returncode == 3 and "n'est pas une adresse" in refused.stderr


def test_without_paired_consoles_a_runtime_stays_on_this_machine(machines: Machines) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "vr_runtime", "--keys", str(machines.runtime_keys), "--bind",
         "tcp://0.0.0.0:5600", "--display", "null", "--lang", "en"],
        capture_output=True, text=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert told.returncode == 3 and "--pair" in told.stderr


def test_options_of_pairing_need_pairing(machines: Machines) -> None:
    command = [sys.executable, "-m", "vr_runtime", "--list"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert told.returncode == 2 and "--pair" in told.stderr
