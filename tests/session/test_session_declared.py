"""What a scenario declares of risk is read in words before a session, in both languages."""

from __future__ import annotations

from typing import get_args

import pytest
from yard import Yard

from controller.language import LANGUAGES, Language, use
from controller.session.declared import contraindications, motion
from scenarios.api.manifest import Comfort, Contraindication, Motion


def test_what_is_to_be_cleared_is_named_and_nothing_where_nothing_is_declared() -> None:
    use("en")
    plain = Yard.manifest()
    assert (contraindications(plain), motion(plain)) == ("", "")
    told = plain.model_copy(
        update={"contraindications": ("heights", "confined"), "comfort": Comfort(motion="none")}
    )
    assert contraindications(told) == "To be cleared before: heights; a confined space."
    assert motion(told) == "Only the patient moves the view."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_has_words(language: Language) -> None:
    use(language)
    tags: tuple[Contraindication, ...] = get_args(Contraindication)
    told = [contraindications(Yard.manifest().model_copy(update={"contraindications": (t,)}))
            for t in tags]  # fmt: skip
    motions: tuple[Motion, ...] = get_args(Motion)
    told += [motion(Yard.manifest().model_copy(update={"comfort": Comfort(motion=m)}))
             for m in motions]  # fmt: skip
    assert len(set(told)) == len(tags) + len(motions)
    assert not any(tag in " ".join(told) for tag in ("sudden_noise", "vection"))
    use("en")
