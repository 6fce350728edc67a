"""While a scenario loads, the patient's side goes on: it is heard, and it stops."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from runtime_process import Client, eventually, running

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.messages import Done
from vr_runtime.wire.version import STOP

pytestmark = [pytest.mark.render, pytest.mark.timeout(120)]


def test_a_stop_at_any_moment_of_a_load_is_taken_in_that_load(
    tmp_path: Path, connect: Callable[..., Client]
) -> None:
    chance = Random(29)
    with running(tmp_path, display="offscreen") as runtime:
        client, watcher = connect(runtime), connect(runtime, "second")
        client.hello()
        client.claim()
        in_time = 0
        for round_number in range(5):
            client.beat()
            session = f"s{round_number}"
            act = acts.OpenSession(session=session, scenario="heights.balcony", seed=1, ceiling=8)
            assert isinstance(client.ask(act).answer, Done)
            client.session = session
            for _ in range(chance.randint(0, 6)):
                # One published state is at most 0.1 s later than the one before.
                client.beat()
                watcher.state()
            client.send(STOP, session.encode())
            assert client.receive() == [STOP, session.encode()]
            in_time += watcher.state().loading < 1.0
            eventually(lambda: watcher.state().phase is Phase.STOPPED, "the stop")
            assert watcher.state().phase is Phase.STOPPED, "the end of a load ends no stop"
            client.beat()
            client.must(acts.CloseSession())
            client.session = None
        assert in_time, "no stop was given while the scenario was loading"
