"""Two pseudonyms that read alike are one, wherever they are typed; older records are found too."""

from __future__ import annotations

import unicodedata

import pytest

from controller.language import use
from controller.session.pseudonyms import (
    NotAPseudonym,
    SeveralMeant,
    fit_pseudonym,
    folded,
    meant,
    written_anyhow,
)

DECOMPOSED = unicodedata.normalize("NFD", "Élan-07")
WIDE = "ＬＹＮＸ-07"
ALIKE = {
    "decomposed": ("Élan-07", DECOMPOSED),
    "capitals": ("Élan-07", "ÉLAN-07"),
    "full-width letters": ("LYNX-07", WIDE),
    "non-breaking hyphen": ("LYNX-07", "LYNX\u201107"),
    "short dash": ("LYNX-07", "LYNX–07"),
    "minus": ("LYNX-07", "LYNX−07"),
    "no-break space": ("LYNX 07", "LYNX\u00a007"),
    "ligature": ("fin", "ﬁn"),
}


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


@pytest.mark.parametrize(("kept", "typed"), ALIKE.values(), ids=ALIKE)
def test_whoever_types_it_otherwise_means_the_same_patient(kept: str, typed: str) -> None:
    assert folded(kept) == folded(typed)
    assert meant(typed, ["P-1", kept]) == kept
    # Also where an older record holds the other form.
    assert meant(kept, ["P-1", typed]) == typed
    with pytest.raises(NotAPseudonym):
        fit_pseudonym(typed, ["P-1", kept])


@pytest.mark.parametrize("typed", [WIDE, "LYNX\u201107", "LYNX–07", " LYNX-07 "])
def test_a_new_one_is_kept_in_plain_signs(typed: str) -> None:
    assert fit_pseudonym(typed, []) == "LYNX-07"


def test_others_stay_others() -> None:
    assert meant("LYNX-08", ["LYNX-07", "LYNX07", "Lynx 07"]) is None
    assert fit_pseudonym("LYNX07", ["LYNX-07", "LYNX 07"]) == "LYNX07"


def test_of_two_that_read_alike_in_an_older_record_the_one_written_so_is_meant() -> None:
    both = ["LYNX-07", WIDE]
    assert meant("LYNX-07", both) == "LYNX-07"
    assert meant("lynx-07", both) == "LYNX-07"
    assert meant(WIDE, both) == WIDE
    with pytest.raises(SeveralMeant, match="copy it as"):
        meant("LYNX\u201107", both)


@pytest.mark.parametrize("typed", ["Élan-07", DECOMPOSED, "élan\u201107", "ÉLAN–07"])
def test_it_is_found_in_free_text_however_it_was_typed(typed: str) -> None:
    found = written_anyhow(["Élan-07"])
    assert (
        found.sub("…", f"Spoke with {typed}, and of Élan-071.") == "Spoke with …, and of Élan-071."
    )
    assert written_anyhow([DECOMPOSED]).search(typed)
