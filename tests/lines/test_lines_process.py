"""A recorded line over real sockets to a runtime of its own process, by the clock."""

from __future__ import annotations

import json
from pathlib import Path

from leading import lead, until
from recordings_of import hash_of, spoken
from runtime_process import Client, running

from vr_runtime.wire.acts import Phase
from vr_runtime.wire.recorded import PlayLine, parts
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.version import CALL


def test_a_line_goes_over_the_wire_is_heard_and_a_stop_silences_it(tmp_path: Path) -> None:
    with running(tmp_path) as runtime:
        console = Client(runtime, "therapist")
        lead(console)
        data = spoken(15.0, channels=2)
        said = hash_of(data)
        play = PlayLine(sha256=said, name="stay", words="Stay with it.", language="en")
        console.beat()
        assert console.refused(play) is Code.LINE_NOT_BROUGHT
        for part in parts(said, data):
            console.beat()
            console.must(part)
        # Garbage of the same kinds is refused, and the runtime goes on.
        broken = json.loads(console.command(parts(said, data)[0]).model_dump_json())
        for wrong in ({"part": "%%%%"}, {"size": 10**12}, {"at": -1}, {"sha256": "x"}):
            console.send(CALL, json.dumps(broken | {"act": broken["act"] | wrong}).encode())
            answer = console.reply().answer
            assert answer.kind == "refused" and answer.code is Code.MALFORMED
        console.beat()
        console.must(play)
        heard = until(console, lambda s: (console.beat(), s.line is not None)[1], "the line")
        assert heard.line is not None and heard.line.words == "Stay with it."
        assert heard.phase is Phase.EXPOSURE and heard.line.lasts_s == 15.0
        console.stop()
        silent = until(console, lambda s: s.phase is Phase.STOPPED, "the stop")
        assert silent.line is None
        console.close()
