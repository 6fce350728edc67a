"""What an author wrote in French reads right wherever it is shown, and stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from controller.language import use
from controller.session.comfort import announced
from scenarios.api.manifest import Manifest, Words
from vr_runtime.loader import Places, discover
from vr_runtime.wire.happenings import VehicleAnnounced

MANIFESTS = discover(places=Places()).manifests()
LOOSE = re.compile(r"\S [;:!?»%]|« ")
"""A sign that a line could begin with, against the rules of French."""


def told(data: object) -> Iterator[Words]:
    """Every text within a declaration."""
    if isinstance(data, Words):
        yield data
    elif isinstance(data, BaseModel):
        for name in type(data).model_fields:
            yield from told(getattr(data, name))
    elif isinstance(data, tuple):
        for each in data:
            yield from told(each)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Le noir ; la porte est fermée.", "Le noir\u00a0; la porte est fermée."),
        ("Prêt ? Oui : partez !", "Prêt\u00a0? Oui\u00a0: partez\u00a0!"),
        ("Il dit « bonjour » à 80 %.", "Il dit «\u00a0bonjour\u00a0» à 80\u00a0%."),
        ("Quoi ?!", "Quoi\u00a0?!"),
        ("À 12:30, c'est\u00a0: rien.", "À 12:30, c'est\u00a0: rien."),
        ("Un mot, un autre.", "Un mot, un autre."),
    ],
)
def test_french_signs_keep_to_the_line_of_their_word_and_english_is_left_alone(
    written: str, shown: str
) -> None:
    words = Words(fr=written, en=written)
    assert words.get("fr") == shown
    assert words.get("en") == words.get("de") == written


def test_what_an_author_wrote_is_kept_and_sent_as_it_was_written() -> None:
    words = Words(fr="Prêt ?", en="Ready?")
    assert words.get("fr") != words.fr == "Prêt ?"
    assert Words.model_validate_json(words.model_dump_json()) == words
    assert words.model_dump() == {"fr": "Prêt ?", "en": "Ready?"}


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda m: m.id)
def test_no_text_of_a_scenario_is_shown_with_a_loose_sign(manifest: Manifest) -> None:
    texts = list(told(manifest))
    assert any(LOOSE.search(each.fr) for each in texts), "nothing would be shown otherwise"
    assert [each.fr for each in texts if LOOSE.search(each.get("fr"))] == []


def test_the_console_announces_a_vehicle_as_the_patient_reads_it() -> None:
    use("fr")
    try:
        said = announced(VehicleAnnounced(fr="Attention : nous montons !", en="Going up!"))
    finally:
        use("en")
    assert said.endswith("Attention\u00a0: nous montons\u00a0!")
