"""Both ends mean the same by every byte, and nothing that arrives can do more than be refused."""

from __future__ import annotations

import json
from typing import Annotated, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from wire_building import messages

from vr_runtime.wire import acts, happenings
from vr_runtime.wire import messages as wire
from vr_runtime.wire.happenings import Happened
from vr_runtime.wire.messages import COMMANDS, REPLIES, Command, Picture, Reply
from vr_runtime.wire.refusals import SENTENCES, Code
from vr_runtime.wire.state import State
from vr_runtime.wire.version import CALL, MAX_MESSAGE_BYTES, PROTOCOL, STOP, speaks_the_same

calm = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
ENVELOPES: dict[type[BaseModel], TypeAdapter] = {
    Command: COMMANDS,
    Reply: REPLIES,
    State: TypeAdapter(State),
    Happened: TypeAdapter(Happened),
    Picture: TypeAdapter(Picture),
}
ACTS = get_args(wire.LinkAct) + get_args(acts.TherapistAct)
ENTERING = get_args(acts.Act)
HAPPENINGS = get_args(happenings.Happening)
HAPPENING = Annotated[happenings.Happening, Field(discriminator="kind")]
ANSWERS = (wire.Done, wire.Refused, wire.Welcome, wire.Missed, wire.Beside, wire.Granted)


def name(model: type) -> str:
    return model.__name__


@pytest.mark.parametrize("model", ENVELOPES, ids=name)
@given(data=st.data())
@calm
def test_what_is_sent_is_what_arrives(model, data):
    sent = data.draw(messages(model))
    arrived = ENVELOPES[model].validate_json(sent.model_dump_json())
    assert arrived == sent
    assert arrived.model_dump_json() == sent.model_dump_json()


@pytest.mark.parametrize(
    "act", sorted({*ACTS, *ENTERING, *HAPPENINGS, *ANSWERS}, key=name), ids=name
)
@given(data=st.data())
@calm
def test_every_act_happening_and_answer_is_known_again_by_its_kind(act, data):
    sent = data.draw(messages(act))
    union = next(u for u in (wire.AnyCommand, acts.AnyAct, wire.AnyAnswer, HAPPENING)
                 if act in members(u))  # fmt: skip
    arrived = TypeAdapter(union).validate_json(sent.model_dump_json())
    assert type(arrived) is act
    assert arrived == sent


def members(union: object) -> tuple[type, ...]:
    return get_args(get_args(union)[0])


def test_no_two_messages_of_one_set_share_a_kind():
    for group in (ACTS, ENTERING, HAPPENINGS, ANSWERS):
        kinds = [each.model_fields["kind"].default for each in group]
        assert len(kinds) == len(set(kinds))


def test_an_occurrence_cannot_be_sent_as_a_command():
    for occurrence in get_args(acts.Occurrence):
        assert occurrence not in members(wire.AnyCommand)


@pytest.mark.parametrize("model", ENVELOPES, ids=name)
@given(data=st.data(), field=st.text(max_size=12))
@calm
def test_an_unknown_field_is_refused_at_every_depth(model, data, field):
    whole = json.loads(data.draw(messages(model)).model_dump_json())
    places = [part for part in walk(whole) if isinstance(part, dict) and field not in part]
    data.draw(st.sampled_from(places))[field] = 1
    with pytest.raises(ValidationError):
        ENVELOPES[model].validate_json(json.dumps(whole))


def walk(part):
    yield part
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for each in inside:
        yield from walk(each)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("model", ENVELOPES, ids=name)
@given(data=st.data(), wrong=anything)
@calm
def test_a_wrong_value_anywhere_is_refused_or_read_and_nothing_else(model, data, wrong):
    whole = json.loads(data.draw(messages(model)).model_dump_json())
    place = data.draw(st.sampled_from([p for p in walk(whole) if isinstance(p, dict) and p]))
    place[data.draw(st.sampled_from(sorted(place)))] = wrong
    read(model, json.dumps(whole).encode())


@pytest.mark.parametrize("model", ENVELOPES, ids=name)
@given(garbage=st.binary(max_size=300))
@calm
def test_garbage_is_refused_and_nothing_else(model, garbage):
    read(model, garbage)


@pytest.mark.parametrize("model", ENVELOPES, ids=name)
@given(data=st.data(), cut=st.integers(0, 400), length=st.integers(1, 40))
@calm
def test_a_damaged_message_is_refused_or_read_and_nothing_else(model, data, cut, length):
    sent = data.draw(messages(model)).model_dump_json().encode()
    read(model, sent[:cut] + sent[cut + length :])


@pytest.mark.parametrize(
    "hostile",
    [b"[" * 30_000, b'{"kind":' * 8_000, b'"' + b"x" * 2 * MAX_MESSAGE_BYTES + b'"', b"9" * 60_000,
     b"\xff\xfe", b"", b"null", b'{"kind":"hello","kind":"stop"}'],
    ids=["deep list", "deep object", "long text", "long number", "no text", "empty", "null",
         "twice"],
)  # fmt: skip
@pytest.mark.parametrize("model", ENVELOPES, ids=name)
def test_oversize_and_nesting_are_refused_and_nothing_else(model, hostile):
    with pytest.raises(ValidationError):
        ENVELOPES[model].validate_json(hostile)


def read(model: type[BaseModel], payload: bytes) -> None:
    try:
        assert isinstance(ENVELOPES[model].validate_json(payload), model)
    except ValidationError:
        return


@given(data=st.data())
@calm
def test_a_command_fits_into_a_message(data):
    assert len(data.draw(messages(Command)).model_dump_json().encode()) < MAX_MESSAGE_BYTES


@pytest.mark.parametrize("level", [-1, 11, 1.0, "3", True, None, 10**30])
def test_a_level_is_a_whole_number_0_to_10_and_nothing_like_it(level):
    with pytest.raises(ValidationError):
        acts.Raise(level=level)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_value_is_a_finite_number(number):
    told = '{"kind": "set_value", "name": "height", "value": %s}'
    with pytest.raises(ValidationError):
        TypeAdapter(acts.AnyAct).validate_json(told % number)


def test_messages_cannot_be_changed_after_they_are_made():
    for model in (*ACTS, *ENTERING, *HAPPENINGS, *ANSWERS, *ENVELOPES):
        assert model.model_config["frozen"] and model.model_config["extra"] == "forbid"


def test_every_refusal_has_one_sentence():
    assert set(SENTENCES) == set(Code)
    assert all(text.endswith(".") and len(text) <= 120 for text in SENTENCES.values())


def test_stop_needs_no_agreement_and_is_no_beginning_of_another_message():
    assert STOP == b"PALIER-STOP"
    assert CALL == b"PALIER"
    assert speaks_the_same(PROTOCOL) and not speaks_the_same(PROTOCOL + 1)
