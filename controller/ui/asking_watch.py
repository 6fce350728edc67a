"""Owns the question whether observers may watch; knows not who they are."""

from __future__ import annotations

from dataclasses import dataclass

from controller.language import _
from controller.session.now import Now
from controller.ui.asking import ENTER, Answer, Taken, dismiss
from controller.ui.keys import letters, safe_letters
from vr_runtime.wire.acts import Phase


def _with_view() -> str:
    """V, or another letter where V leads out of the scene."""
    return "v" if "v" not in safe_letters() else letters((_("view"),), safe_letters())[0]


@dataclass(frozen=True)
class LetWatch:
    """The patient consents to being watched, with or without the patient's view."""

    def stands(self, now: Now) -> bool:
        """While a session is open and nobody may watch."""
        state = now.state
        return state is not None and state.phase is not Phase.IDLE and not state.observers.allowed

    def sentence(self, now: Now) -> str:
        """Asks for what the patient has said."""
        return _("Does the patient consent to observers? The patient sees that someone watches.")

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """What happens only, or the patient's view too."""
        return (
            Answer(ENTER, _("yes, without the patient's view"), "⏎"),
            Answer(_with_view(), _("yes, with the patient's view")),
            dismiss(),
        )

    def take(self, key: str, now: Now) -> Taken | None:
        """Each yes is one key."""
        if key not in (ENTER, _with_view()):
            return None
        mirror = key != ENTER
        return Taken(lambda lead: lead.set_observers(True, mirror))
