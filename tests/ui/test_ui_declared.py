"""What a scenario declares of risk is read before the session is opened."""

from __future__ import annotations

import pytest
import staged
from consoles import console
from staged import StagedLead
from staged_places import heights

from controller.language import LANGUAGES, Language
from scenarios.api.manifest import Comfort

SAID = {
    "en": ("To be cleared before: heights; a view that is moved.", "A vehicle moves the view."),
    "fr": ("À vérifier avant : hauteur", "Un véhicule déplace le regard."),
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_contraindications_and_motion_stand_beside_the_scenario(
    language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = {"contraindications": ("heights", "vection"), "comfort": Comfort(motion="high")}
    made = heights().model_copy(update=declared)
    monkeypatch.setattr(staged, "heights", lambda: made)
    async with console(StagedLead(), (120, 40), language) as hands:
        cleared, moved = SAID[language]
        words = " ".join(hands.within("#words").split())
        assert cleared[:30] in words and moved in words
        assert cleared[:30] in " ".join(hands.within("#chosen").split())
