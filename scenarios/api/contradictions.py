"""Owns the words for data that breaks a rule of its model; knows none of the models."""

from __future__ import annotations

from pydantic import ValidationError

from scenarios.api.errors import ScenarioError, mark

RULES = {
    "greater_than": mark("it must be more than {gt}"),
    "greater_than_equal": mark("it must be {ge} or more"),
    "less_than": mark("it must be less than {lt}"),
    "less_than_equal": mark("it must be {le} or less"),
    "finite_number": mark("it must be a finite number"),
    "int_type": mark("it must be a whole number"),
    "int_from_float": mark("it must be a whole number"),
    "int_parsing": mark("it must be a whole number"),
    "float_type": mark("it must be a number"),
    "float_parsing": mark("it must be a number"),
    "string_type": mark("it must be a text"),
    "string_too_short": mark("it is shorter than {min_length} characters"),
    "string_too_long": mark("it is longer than {max_length} characters"),
    "string_pattern_mismatch": mark("it is not of the form that the guide says"),
    "too_short": mark("there are fewer than {min_length}"),
    "too_long": mark("there are more than {max_length}"),
    "literal_error": mark("it is none of {expected}"),
    "missing": mark("it is missing"),
    "extra_forbidden": mark("nobody knows this"),
}
"""What each rule of the models says, by the name that Pydantic gives it."""


def broken(error: ValidationError, *, named: bool) -> ScenarioError:
    """What is wrong with data, in our own words; with where it stands if `named`."""
    found: dict[str, ScenarioError] = {}
    for each in error.errors():
        facts = each.get("ctx", {})
        ours = facts.get("error")
        if isinstance(ours, ScenarioError):
            why = ours
        else:
            text = RULES.get(each["type"], mark("it is not what is expected here"))
            numbers = {n: v if isinstance(v, float) else str(v) for n, v in facts.items()}
            why = ScenarioError(text, **numbers) if "{" in text else ScenarioError(text)
        where = ".".join(map(str, each["loc"]))
        if named and where:
            why = ScenarioError("{where}: {why}", where=where, why=why)
        found.setdefault(str(why), why)
    facts = {f"fault{n}": why for n, why in enumerate(found.values())}
    return ScenarioError("; ".join(f"{{{name}}}" for name in facts), **facts)
