"""Owns what becomes of words that were typed and not saved when their session ends: a draft.

It judges no word and writes nothing; fields have the names that the console gives them.
"""

from __future__ import annotations

from collections.abc import Mapping

from controller.language import _, mark
from controller.session.after.entries import LONGEST_NOTE
from controller.session.after.so_far import AfterSoFar
from controller.session.after.words import PARTS
from controller.session.clinical_words import CAME

NOTE = "note"
"""The field of the therapist's note."""
PREFILLED = "debrief.prefilled"
"""What the console itself put into the field of what was feared: it is in the record already."""
LABELS: Mapping[str, str] = {
    "debrief.learned": mark("What did you learn? In the patient's words"),
    "debrief.feared": mark("What was feared? Empty: nothing was tested"),
    "debrief.about": mark("About: 1 own reaction, 2 something in the world, 3 what others think"),
    "debrief.came": mark("Did it come? 1 yes, 0 no, empty: not said"),
    "debrief.likelihood": mark("How likely is it now, 0 to 100 %"),
    "debrief.surprise": mark("How surprised, 0 to 100"),
    "expect.feared": mark("What is feared, before it is tested"),
    "expect.likelihood": mark("How likely, 0 to 100 %"),
    "expect.bad": mark("How bad it would be, 0 to 100"),
    "expect.came": mark("Did it come?"),
    "expect.now": mark("How likely is it now, 0 to 100 %"),
    "expect.surprise": mark("How surprised, 0 to 100"),
    "expect.learned": mark("What did you learn? In the patient's words"),
    "homework.what": mark("What is to be practised"),
    "homework.often": mark("How often"),
    "homework.until": mark("Until when"),
}
"""What each field asks for."""
_HEADS: Mapping[str, str] = {
    "expect": mark("feared outcome"),
    "debrief": PARTS["debrief"],
    "homework": PARTS["homework"],
    "release": PARTS["release"],
}
_BESIDE = frozenset({PREFILLED, "expect.of", "expect.about", "expect.test", "expect.offered"})
"""What lies beside what was typed, and is no words of anybody's."""


def unsaved(typed: Mapping[str, str], so_far: AfterSoFar) -> tuple[str, ...]:
    """Drafts to be kept, the last one holds; none where everything that was typed is saved."""
    validated = "" if so_far.note is None else so_far.note.text
    note = typed.get(NOTE, "").strip()
    open_note = note if note != validated else ""
    rest = [told for part in _HEADS if (told := _told(part, typed))]
    if not rest:
        return (note,) if open_note and note != so_far.draft.strip() else ()
    head = open_note or so_far.draft.strip()
    whole = "\n\n".join([head, *rest] if head else rest)
    if len(whole) <= LONGEST_NOTE:
        return (whole,)
    cut = "\n\n".join(rest)[:LONGEST_NOTE]
    return (cut, head[:LONGEST_NOTE]) if head else (cut,)


def _told(part: str, typed: Mapping[str, str]) -> str:
    """What was typed for this part, with what it answers; "" where nothing was."""
    found = {
        name: words.strip()
        for name, words in typed.items()
        if name.startswith(f"{part}.") and words.strip() and name not in _BESIDE
    }
    if typed.get("expect.of"):
        found.pop("expect.feared", None)  # It is in the record already.
    if (came := found.get("expect.came")) is not None:
        word = CAME.get(came, came)
        found["expect.came"] = _(word)
    if found.get("debrief.feared") == typed.get(PREFILLED, "").strip():
        del found["debrief.feared"]
    labels = {name: LABELS.get(name, name) for name in found}
    lines = [f"{_(labels[name])}: {words}" for name, words in found.items()]
    if not lines:
        return ""
    head = _("{part}, typed and not saved:").format(part=_(_HEADS[part]).capitalize())
    return "\n".join([head, *lines])
