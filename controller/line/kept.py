"""Owns what was answered at a plain console and is not saved yet; it saves nothing.

A stop, another command or time may leave a question in the middle: what was answered stays here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from controller.session.before.entries import ScreeningAnswer, TodayItem
from controller.session.now import Now


@dataclass
class Kept:
    """Half-done answers, until they are saved or somebody else sits here."""

    patient: str = ""
    """Id of the patient who was named last; empty before any."""
    screening_of: tuple[str, str] = ("", "")
    """Whose screening it is, and by which questions."""
    screening: dict[str, ScreeningAnswer] = field(default_factory=dict)
    today_of: str = ""
    """In which session."""
    today: dict[TodayItem, str] = field(default_factory=dict)
    """Why it goes on with a yes; empty for a no."""

    led: str = ""
    """The session that is open and led from here; empty while none is."""
    ended: str = ""
    """The session that ended here last."""

    def look(self, now: Now) -> None:
        """See a session end; nothing of one that was only watched or undone is kept."""
        if now.session is not None:
            self.led = "" if now.observing else now.session
        elif self.led:
            self.ended = self.led if self.led != now.undone else ""
            self.led = ""

    def forget(self) -> None:
        """Somebody else may sit here now."""
        self.patient = self.ended = ""
        self.forget_screening()
        self.forget_today()

    def forget_screening(self) -> None:
        """It is saved, or asked anew."""
        self.screening_of, self.screening = ("", ""), {}

    def forget_today(self) -> None:
        """It is saved, or asked anew."""
        self.today_of, self.today = "", {}
