"""Hypothesis strategies made from the messages' own declarations: nothing can be forgotten."""

from __future__ import annotations

import types
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

import annotated_types as at
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scenarios.api.manifest import Manifest, Words, can_be_shown
from vr_runtime.wire.happenings import Happened

JSON_NUMBER = 2**53


@cache
def messages(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    """All values a message class accepts (as far as its fields say)."""
    if issubclass(model, Manifest):
        return st.just(manifest())
    if issubclass(model, Words):
        return st.builds(Words, fr=readable(), en=readable())
    fields = {
        name: value(field.annotation, tuple(field.metadata))
        for name, field in model.model_fields.items()
    }
    return st.fixed_dictionaries(fields).map(lambda given: model(**given))


def value(annotation: Any, limits: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """All values of one annotation within its limits."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner: list[Any] = []
        for extra in arguments[1:]:
            inner += extra.metadata if isinstance(extra, FieldInfo) else [extra]
        return value(arguments[0], (*limits, *inner))
    if origin in (Union, types.UnionType):
        return st.one_of([value(each, limits) for each in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple and Ellipsis not in arguments:
        return st.tuples(*(value(each) for each in arguments))
    if origin is tuple:
        count = 3 if arguments[0] is not Happened else 2
        least = _least(limits)
        return st.lists(value(arguments[0]), min_size=least, max_size=count).map(tuple)
    if annotation is type(None):
        return st.none()
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return st.deferred(lambda: messages(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(annotation)
    return _plain(annotation, limits)


def _plain(annotation: type, limits: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    low = next((m.ge for m in limits if isinstance(m, at.Ge)), None)
    high = next((m.le for m in limits if isinstance(m, at.Le)), None)
    under = next((m.lt for m in limits if isinstance(m, at.Lt)), None)
    longest = next((m.max_length for m in limits if isinstance(m, at.MaxLen)), 60)
    pattern = next((m.pattern for m in limits if getattr(m, "pattern", None)), None)
    if annotation is bool:
        return st.booleans()
    if annotation is UUID:
        return st.uuids()
    if annotation is int:
        top = high if high is not None else (under or JSON_NUMBER) - 1
        low = -JSON_NUMBER if low is None else low
        of = next((m.multiple_of for m in limits if isinstance(m, at.MultipleOf)), 1)
        return st.integers(-(-low // of), top // of).map(lambda n: n * of)
    if annotation is float:
        return st.floats(low, high, allow_nan=False, allow_infinity=False)
    if annotation is str and pattern is not None:
        return st.from_regex(pattern, fullmatch=True).filter(lambda text: not text.endswith("\n"))
    if annotation is str:
        return st.text(min_size=_least(limits), max_size=longest)
    raise TypeError(f"no strategy for {annotation}")


def _least(limits: tuple[Any, ...]) -> int:
    return next((m.min_length for m in limits if isinstance(m, at.MinLen)), 0)


def readable() -> st.SearchStrategy[str]:
    """A text that may be shown: letters and line breaks, nothing that steers a terminal."""
    return st.text(min_size=1, max_size=60).filter(can_be_shown)


@cache
def manifest() -> Manifest:
    """One manifest; its own rules are not the wire's."""
    words = {"fr": "un", "en": "one"}
    height = {
        "name": "height", "label": words, "kind": "points", "by_level": list(range(11)),
        "step": 1, "rate": 1, "ease_rate": 2, "harder": "up",
    }  # fmt: skip
    return Manifest.model_validate(
        {"id": "heights.pier", "version": "1.0.0", "title": words, "summary": words,
         "phobia": "heights", "levels": [words] * 11, "graded": [height]}
    )  # fmt: skip
