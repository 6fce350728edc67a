"""Who watches is let in by the patient's consent alone, announced, and gone at its withdrawal."""

from __future__ import annotations

from collections.abc import Callable

from runtime_process import Client, RuntimeProcess

from vr_runtime.watching import LASTS
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import Applied, Happened, ObserverCame, ObserverLeft
from vr_runtime.wire.messages import (
    REPLIES,
    TOPIC_HAPPENED,
    TOPIC_PICTURE,
    TOPIC_STATE,
    AskMissed,
    Follow,
    Hello,
    Missed,
    Refused,
)
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.state import State
from vr_runtime.wire.version import CALL

Connect = Callable[..., Client]


def open_session(client: Client, **consent: bool) -> None:
    client.hello()
    client.claim()
    client.grant(6)
    act = acts.OpenSession(session="s1", scenario="test.yard", seed=1, ceiling=8, **consent)
    client.must(act)
    client.session = "s1"
    client.grant(36)


def news(client: Client) -> list[Happened]:
    found: list[Happened] = []
    while True:
        answer = client.ask(AskMissed(after=found[-1].number if found else 0)).answer
        assert isinstance(answer, Missed)
        if not answer.happened:
            return found
        found += answer.happened


def last_word(observer: Client) -> list[list[bytes]]:
    """Read on until the runtime says that nothing more is shown; gives what came before."""
    before = []
    while (parts := observer.receive()) is not None:
        if parts[0] == CALL:
            reply = REPLIES.validate_json(parts[1])
            assert isinstance(reply.answer, Refused) and reply.answer.code is Code.NOT_CONSENTED
            assert reply.to is None
            return before
        before.append(parts)
    raise AssertionError("no last word came")


def test_without_consent_an_observer_is_answered_and_shown_nothing(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, observer = connect(in_step), connect(in_step, "observer")
    open_session(client)
    assert observer.refused(Hello()) is Code.NOT_CONSENTED
    assert observer.refused(Follow()) is Code.NOT_CONSENTED
    state = client.grant(30)
    assert state.observers.present == () and not state.display.watched
    client.state()
    assert not observer.subscriber.poll(0), "the news for all are not for observers"
    assert observer.refused(Follow()) is Code.NOT_CONSENTED
    assert observer.fed == []


def test_with_consent_it_is_shown_the_session_and_both_sides_are_told(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, observer = connect(in_step), connect(in_step, "observer")
    open_session(client, observers=True)
    welcome = observer.hello()
    assert (welcome.role, welcome.state.session) == ("observer", "s1")
    state = client.grant(6)
    assert state.observers.present == ("observer",) and state.display.watched
    client.must(acts.SetCeiling(level=5))
    observer.must(Follow())
    topics = [parts[0] for parts in observer.fed]
    assert TOPIC_HAPPENED in topics and TOPIC_PICTURE not in topics
    seen = [
        Happened.model_validate_json(body)
        for topic, body in observer.fed
        if topic == TOPIC_HAPPENED
    ]
    assert any(isinstance(h.what, Applied) and h.what.act.kind == "set_ceiling" for h in seen)
    assert ObserverCame(name="observer") in [h.what for h in news(client)]


def test_nothing_arrives_after_consent_is_withdrawn(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, observer = connect(in_step), connect(in_step, "observer")
    open_session(client)
    client.must(acts.SetObservers(allowed=True))
    observer.hello()
    client.grant(12)
    client.must(acts.SetObservers(allowed=False))
    withdrawn = client.grant(60)
    shown = [State.model_validate_json(p[1]) for p in last_word(observer) if p[0] == TOPIC_STATE]
    assert all(state.observers.allowed for state in shown)
    assert not observer.dealer.poll(0), "after its last word the runtime sends nothing"
    assert withdrawn.observers.present == () and not withdrawn.display.watched
    assert observer.refused(Follow()) is Code.NOT_CONSENTED
    assert ObserverLeft(name="observer", why="consent") in [h.what for h in news(client)]


def test_consent_ends_with_its_session(in_step: RuntimeProcess, connect: Connect) -> None:
    client, observer = connect(in_step), connect(in_step, "observer")
    open_session(client, observers=True)
    observer.hello()
    client.must(acts.CloseSession())
    last_word(observer)
    assert observer.refused(Hello()) is Code.NOT_CONSENTED


def test_an_observer_that_asks_for_no_more_is_no_longer_announced(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, observer = connect(in_step), connect(in_step, "observer")
    open_session(client, observers=True)
    observer.hello()
    assert client.grant(6).observers.present == ("observer",)
    observer.close()
    assert client.grant(LASTS + 6).observers.present == ()
    assert ObserverLeft(name="observer", why="silent") in [h.what for h in news(client)]


def test_a_supervisor_is_shown_nothing_without_consent_and_announced_with_it(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, supervisor = connect(in_step), connect(in_step, "supervisor")
    open_session(client)
    assert supervisor.refused(Hello()) is Code.NOT_CONSENTED
    assert supervisor.refused(Follow(pictures=True)) is Code.NOT_CONSENTED
    state = client.grant(30)
    assert state.observers.present == () and not state.display.watched
    client.state()
    assert not supervisor.subscriber.poll(0), "the news for all are not for supervisors"
    client.must(acts.SetObservers(allowed=True))
    assert supervisor.hello().role == "supervisor"
    state = client.grant(6)
    assert state.observers.present == ("supervisor",) and state.display.watched
    client.must(acts.SetObservers(allowed=False))
    client.grant(6)
    last_word(supervisor)
    assert supervisor.refused(Follow()) is Code.NOT_CONSENTED
    supervisor.stop()
    assert client.grant(1).phase is Phase.STOPPED, "stop needs no consent"


def test_only_who_leads_may_say_what_the_patient_consents_to(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, observer, second = (connect(in_step, n) for n in ("therapist", "observer", "second"))
    open_session(client)
    act = acts.SetObservers(allowed=True)
    assert observer.refused(act, session="s1") is Code.FORBIDDEN
    assert second.refused(act, session="s1") is Code.NOT_IN_CONTROL
