"""Owns the console's standing with the runtime: meeting it, being in control, its heartbeat.

It knows neither the session nor the record.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from controller.language import _
from controller.session import standings
from controller.session.distance import NO_LONGER_SLOW_MS, SLOW_FROM_MS
from controller.session.notices import Notices
from controller.session.now import LinkState, Outcome
from controller.session.ports import LinkPort, NoAnswer, NotMet
from controller.session.sentences import refusal
from controller.session.standings import Leading, Told
from scenarios.api.manifest import Manifest
from vr_runtime.wire.keys import LEADING, STOPPING, PeerRole
from vr_runtime.wire.messages import AskPictures, Claim, Follow, Refused
from vr_runtime.wire.packs import PackNote
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.state import State

BEATS_PER_SECOND = 5.0
_PASSING = frozenset({Code.EXPIRED, Code.EARLIER_BOOT})
"""Refusals that say nothing of who leads: what was asked by itself is simply asked again."""


class Presence:
    """Whether this console is heard and leads."""

    def __init__(
        self,
        link: LinkPort,
        notices: Notices,
        on_link: Callable[[LinkState], None],
        may_lead: Callable[[], bool],
        on_control: Callable[[], None],
    ) -> None:
        """Stand on this link; `on_link` is told when the link's state changes, `on_control` when
        control was given.

        `may_lead` says whether control may be taken without being asked for: not while a session
        waits for somebody to say what becomes of it.
        """
        self._link = link
        self._notices = notices
        self._on_link = on_link
        self._control = standings.control()
        self._may_lead = may_lead
        self._on_control = on_control
        self._quietly = False
        self._reborn = False
        self._slow = False
        self._role: PeerRole | None = None
        self._pictures = AskPictures(hz=0.0)
        self._view_shared = False
        self.waits = False
        """Watches, and is shown nothing until the patient consents."""
        self.manifests: tuple[Manifest, ...] = ()
        self.packs: tuple[PackNote, ...] = ()
        """The packs that some of them come from."""
        self._follow_in = 0
        self.link_state: LinkState = "connecting"

    @property
    def in_control(self) -> bool:
        """Whether this console leads, as far as the runtime has told."""
        return self._control.now is Leading.IN_CONTROL and not self.observing

    @property
    def observing(self) -> bool:
        """This console's key may watch and not lead."""
        return self._link.role is not None and self._link.role not in LEADING

    @property
    def may_stop(self) -> bool:
        """Whether a stop of this console's key is taken; not known yet, it is tried."""
        return self._link.role is None or self._link.role in STOPPING

    @property
    def may_see(self) -> bool:
        """Whether pictures of the patient's view may be shown here."""
        return self.in_control or self.observing or self._view_shared

    async def meet(self) -> Outcome:
        """Ask who is there and take control of it if nobody else has it and nothing waits."""
        try:
            welcome = await self._link.hello()
        except NoAnswer:
            return self._unanswered()
        except NotMet as refused:
            return self._not_met(refused.code)
        self.manifests, self.packs = welcome.scenarios, welcome.packs
        self.waits = False
        if self.observing:
            text = (
                _("This console watches and may stop; the therapist leads.")
                if self.may_stop
                else _("This console watches; the therapist leads.")
            )
            return self._notices.say(True, text, "info")
        if not self._seeks:
            return Outcome(ok=True, text="")
        return await self.claim(unasked=True)

    async def claim(self, *, takeover: bool = False, unasked: bool = False) -> Outcome:
        """Take control; from a console that is still heard only with `takeover`.

        `unasked`: by itself, without an act of the therapist.
        """
        try:
            answer = await self._link.ask(Claim(takeover=takeover, unasked=unasked), None)
        except NoAnswer:
            return self._unanswered()
        if isinstance(answer, Refused):
            if unasked and answer.code in _PASSING:
                return Outcome(ok=False, text=refusal(answer.code), code=answer.code)
            self._control.meet(Told.HELD_BY_OTHER)
            return self._notices.say(False, refusal(answer.code), "refused", answer.code)
        assert answer.epoch is not None, "a claim is answered with its epoch"
        self._link.epoch = answer.epoch
        self._control.meet(Told.GIVEN)
        await self._link.beat(0)
        if self._pictures.hz > 0:
            await self._ask_pictures()
        self._on_control()
        if self._quietly:
            # What befell the runtime is what has to be read now.
            self._quietly = False
            return Outcome(ok=True, text=_("This console is in control."))
        return self._notices.say(True, _("This console is in control."), "info")

    def _not_met(self, code: Code) -> Outcome:
        """Turned away: said once, and asked again."""
        if code is Code.NOT_CONSENTED:
            again, self.waits = self.waits, True
            if again:
                return Outcome(ok=False, text=refusal(code), code=code)
        return self._notices.say(False, refusal(code), "alarm", code)

    def _unanswered(self) -> Outcome:
        text = _("The runtime does not answer; it is asked again.")
        return self._notices.say(False, text, "alarm")

    async def keep_alive(self, durable: Callable[[], int], each: Callable[[], None]) -> None:
        """Heartbeats, 5 a second, from the loop that draws the console. Runs until cancelled.

        `each` is called after every one of them.
        """
        while True:
            await self.beat(durable())
            each()
            if self._link.role != self._role:
                await self._on_role()
            elif self._seeks:
                await self.meet()
            elif self.observing or self._looks_on:
                await self._watch()
            await asyncio.sleep(1 / BEATS_PER_SECOND)

    @property
    def _seeks(self) -> bool:
        """Whether control is to be asked for unasked."""
        if self.observing:
            return False
        # What it led already is its own, whichever console's session it is.
        again = self._control.now is Leading.SEEKING_AGAIN
        return again or (self._control.now is Leading.SEEKING and self._may_lead())

    async def _on_role(self) -> None:
        """This console's key has another role at the runtime: it is met anew."""
        before, self._role = self._role, self._link.role
        if before is None:
            return
        self._control.meet(Told.NOT_IN_CONTROL)
        if not self.observing:
            self._notices.say(True, _("The key of this console may lead now."), "info")
        await self.meet()

    @property
    def _looks_on(self) -> bool:
        """A therapist who does not lead would see the patient's view, and may by consent."""
        return self._pictures.hz > 0 and self._view_shared and not self.in_control

    async def _watch(self) -> None:
        """Who watches asks for more once a second, or whether it may watch now."""
        self._follow_in -= 1
        if self._follow_in > 0:
            return
        self._follow_in = round(BEATS_PER_SECOND)
        if self.waits:
            await self.meet()
            return
        try:
            answer = await self._link.ask(Follow(pictures=self._pictures.hz > 0), None)
        except NoAnswer:
            return
        if isinstance(answer, Refused):
            self.on_turned_away(answer.code)

    def on_turned_away(self, code: Code) -> None:
        """The runtime shows this console nothing any more; to a therapist no pictures."""
        if code is Code.NOT_CONSENTED and not self.observing:
            self._view_shared = False
            return
        self._control.meet(Told.NOT_IN_CONTROL)
        if code is Code.NOT_CONSENTED and not self.waits:
            self.waits = True
            self._notices.say(False, refusal(code), "alarm", code)

    async def ask_pictures(self, hz: float, width: int, height: int) -> None:
        """Ask for the mirror; who watches asks for it along with everything else."""
        self._pictures = AskPictures(hz=hz, width=width, height=height)
        await self._ask_pictures()

    async def _ask_pictures(self) -> None:
        """The mirror belongs to control: it is asked for anew whenever that is given."""
        if self.in_control:
            with suppress(NoAnswer):
                await self._link.ask(self._pictures, None)

    async def beat(self, durable: int) -> None:
        """One heartbeat, and one look at the link."""
        if self.in_control:
            await self._link.beat(durable)
        health = self._link.health(in_control=self.in_control)
        state = health.state
        if state == "live" and health.round_trip_ms is not None:
            self._tell_distance(health.round_trip_ms)
        if state != self.link_state:
            before, self.link_state = self.link_state, state
            self._tell(before, state)
            self._on_link(state)

    def _tell(self, before: LinkState, state: LinkState) -> None:
        if state == "stale":
            text = _("No news from the runtime; what is shown is old.")
        elif state == "lost":
            text = _("The runtime is lost; it holds by itself, or comes back in the safe place.")
        elif state == "refused":
            text = self._link.health(in_control=self.in_control).why
        elif state == "live" and before in ("stale", "lost"):
            if self._reborn:
                # It is not the same that is heard again; why was said already.
                self._reborn = False
                return
            self._notices.say(True, _("The runtime is heard again."), "info")
            return
        else:
            return
        self._notices.say(False, text, "alarm")

    def _tell_distance(self, round_trip_ms: float) -> None:
        """Say once what a long way means, and once that it is over."""
        if not self._slow and round_trip_ms > SLOW_FROM_MS:
            self._slow = True
            text = _(
                "The link is slow: what you do comes {delay} ms later, and what you see is as "
                "old. Stop goes first; the patient's own way out needs no link."
            )
            self._notices.say(False, text.format(delay=round(round_trip_ms / 2)), "alarm")
        elif self._slow and round_trip_ms < NO_LONGER_SLOW_MS:
            self._slow = False
            self._notices.say(True, _("The link is quick again."), "info")

    def on_state(self, state: State) -> None:
        """See whether somebody else has taken control, and who may see the patient's view."""
        self._view_shared = state.observers.allowed and state.observers.mirror
        if self.in_control and state.control.epoch > self._link.epoch:
            self._control.meet(Told.TAKEN)
            who = state.control.holder
            text = (
                _("Control lost: it was given back; it can be taken again.")
                if who is None
                else _("Control lost: {who} leads now; it can be taken back.").format(who=who)
            )
            self._notices.say(False, text, "alarm")

    def on_new_boot(self) -> None:
        """The runtime started again: whoever was in control asks for it, and nobody else does."""
        self._quietly = self.in_control
        self._reborn = self.link_state != "live"
        self._control.meet(Told.STARTED_AGAIN)

    def on_not_in_control(self) -> None:
        """The runtime said so itself: from now on control is only taken explicitly."""
        self._control.meet(Told.NOT_IN_CONTROL)
