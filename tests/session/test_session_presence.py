"""What a console asks by itself: control of who led last, and the patient's view where it may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from controller.language import use
from controller.session.notices import Notices
from controller.session.now import LinkHealth
from controller.session.ports import LinkPort
from controller.session.presence import Presence
from vr_runtime.wire.keys import PeerRole
from vr_runtime.wire.messages import AskPictures, Claim, Done, Follow, Refused
from vr_runtime.wire.refusals import SENTENCES, Code
from vr_runtime.wire.state import Control, Observers, State


@dataclass
class Line:
    """A link whose runtime answers as it is told to."""

    epoch: int = 0
    role: PeerRole | None = "therapist"
    refuses: list[Code] = field(default_factory=list)
    asked: list[Any] = field(default_factory=list)

    async def hello(self) -> Any:
        return type("Welcome", (), {"scenarios": (), "packs": (), "role": self.role})

    async def ask(self, act: Any, _session: str | None) -> Done | Refused:
        self.asked.append(act)
        if self.refuses:
            code = self.refuses.pop(0)
            return Refused(code=code, sentence=SENTENCES[code])
        return Done(epoch=self.epoch + 1) if isinstance(act, Claim) else Done()

    async def beat(self, _durable: int) -> bool:
        return True

    def health(self, *, in_control: bool) -> LinkHealth:
        return LinkHealth("live", 0.0, None, in_control)

    def took(self, kind: type) -> list[Any]:
        found = [act for act in self.asked if isinstance(act, kind)]
        self.asked.clear()
        return found


class Enough(Exception):
    """The loop has gone round often enough."""


class Stand:
    """A presence on such a link, whose loop is let go round so many times."""

    def __init__(self) -> None:
        use("en")
        self.line, self.may_lead = Line(), True
        self.presence = Presence(
            cast(LinkPort, self.line),
            Notices(),
            lambda _state: None,
            lambda: self.may_lead,
            lambda: None,
        )

    async def rounds(self, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
        left = [count]

        async def sleep(_seconds: float) -> None:
            left[0] -= 1
            if left[0] <= 0:
                raise Enough

        monkeypatch.setattr("controller.session.presence.asyncio.sleep", sleep)
        nothing: Callable[[], None] = lambda: None  # noqa: E731
        with pytest.raises(Enough):
            await self.presence.keep_alive(lambda: 0, nothing)

    def told(self, *, epoch: int = 0, mirror: bool = False) -> None:
        """The runtime's word on who leads and who may see."""
        observers = Observers(allowed=mirror, mirror=mirror)
        control = Control(epoch=epoch, holder="second", heard_s=0.0)
        self.presence.on_state(State.model_construct(control=control, observers=observers))


@pytest.fixture
async def stand() -> Stand:
    return Stand()


async def test_who_led_asks_the_next_start_by_itself_whichever_session_it_has(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stand.presence.meet()
    assert stand.line.took(Claim) == [Claim(unasked=True)] and stand.presence.in_control
    stand.may_lead = False
    stand.presence.on_new_boot()
    assert not stand.presence.in_control
    await stand.rounds(3, monkeypatch)
    assert stand.line.took(Claim) == [Claim(unasked=True)] and stand.presence.in_control


async def test_who_lost_control_asks_no_start_for_it(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stand.presence.meet()
    stand.told(epoch=9)
    assert not stand.presence.in_control
    stand.presence.on_new_boot()
    stand.line.asked.clear()
    await stand.rounds(20, monkeypatch)
    await stand.presence.meet()
    assert stand.line.took(Claim) == []
    assert (await stand.presence.claim(takeover=True)).ok and stand.presence.in_control


async def test_a_refusal_that_says_nothing_of_who_leads_is_asked_again_and_another_is_not(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stand.presence.meet()
    stand.presence.on_new_boot()
    stand.line.asked.clear()
    stand.line.refuses = [Code.EXPIRED, Code.EARLIER_BOOT]
    await stand.rounds(5, monkeypatch)
    assert len(stand.line.took(Claim)) == 3 and stand.presence.in_control
    stand.presence.on_new_boot()
    stand.line.refuses = [Code.NOT_IN_CONTROL]
    await stand.rounds(5, monkeypatch)
    assert len(stand.line.took(Claim)) == 1 and not stand.presence.in_control


async def test_the_mirror_is_asked_for_with_control_and_anew_whenever_that_is_given(
    stand: Stand,
) -> None:
    await stand.presence.ask_pictures(5.0, 64, 36)
    assert stand.line.took(AskPictures) == [], "it belongs to who leads"
    await stand.presence.meet()
    wanted = AskPictures(hz=5.0, width=64, height=36)
    assert stand.line.took(AskPictures) == [wanted]
    stand.told(epoch=9)
    await stand.presence.claim(takeover=True)
    assert stand.line.took(AskPictures) == [wanted]


async def test_a_therapist_who_does_not_lead_looks_on_only_while_the_patient_consents(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stand.presence.meet()
    await stand.presence.ask_pictures(5.0, 64, 36)
    stand.told(epoch=9)
    stand.line.asked.clear()
    await stand.rounds(6, monkeypatch)
    assert stand.line.took(Follow) == [] and not stand.presence.may_see
    stand.told(epoch=9, mirror=True)
    await stand.rounds(6, monkeypatch)
    asked = stand.line.took(Follow)
    assert asked and set(asked) == {Follow(pictures=True)} and stand.presence.may_see
    stand.presence.on_turned_away(Code.NOT_CONSENTED)
    await stand.rounds(6, monkeypatch)
    assert stand.line.took(Follow) == [] and not stand.presence.may_see
    assert not stand.presence.waits, "what else it hears is not taken away"


async def test_a_console_takes_up_the_role_its_key_is_given_while_it_runs(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand.line.role = "observer"
    await stand.presence.meet()
    await stand.rounds(2, monkeypatch)
    assert stand.presence.observing and not stand.presence.may_stop
    stand.line.role = "supervisor"
    await stand.rounds(2, monkeypatch)
    assert stand.presence.observing and stand.presence.may_stop
    assert stand.line.took(Claim) == []
    stand.line.role = "therapist"
    await stand.rounds(2, monkeypatch)
    assert not stand.presence.observing and stand.presence.may_stop and stand.presence.in_control
    stand.line.role = "supervisor"
    assert not stand.presence.in_control, "from that very answer on"
