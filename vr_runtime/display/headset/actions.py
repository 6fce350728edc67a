"""Owns what is asked of OpenXR about controllers; knows no meaning of a press."""

from __future__ import annotations

from typing import Any

from vr_runtime.display.headset.finding import FAULTS, Found
from vr_runtime.display.headset.port import Controls
from vr_runtime.display.headset.profiles import HANDS, Act, offered

PULSE_NS = 40_000_000
NAMES: dict[Act, str] = {
    "leave": "Leave for the safe place",
    "select": "Select",
    "stick": "Turn by steps",
    "pulse": "Short tick in the hand",
}
"""As a driver's own page of bindings shows them."""


class Actions:
    """The controls of both hands, as one set of actions of a session."""

    def __init__(self, found: Found, session: Any) -> None:
        """Declare the actions, suggest them for every controller known, and attach them."""
        xr = self._xr = found.xr
        self._session = session
        self._set = xr.create_action_set(
            found.instance,
            xr.ActionSetCreateInfo(
                action_set_name="patient", localized_action_set_name="Patient", priority=0
            ),
        )
        kinds = {
            "leave": xr.ActionType.BOOLEAN_INPUT,
            "select": xr.ActionType.BOOLEAN_INPUT,
            "stick": xr.ActionType.VECTOR2F_INPUT,
            "pulse": xr.ActionType.VIBRATION_OUTPUT,
        }
        self._hands = [xr.string_to_path(found.instance, hand) for hand in HANDS]
        self._actions = {
            act: xr.create_action(
                self._set,
                xr.ActionCreateInfo(
                    action_name=act,
                    action_type=kinds[act],
                    localized_action_name=name,
                    subaction_paths=self._hands,
                ),
            )
            for act, name in NAMES.items()
        }
        self._suggest(found)
        xr.attach_session_action_sets(
            session, xr.SessionActionSetsAttachInfo(action_sets=[self._set])
        )

    def _suggest(self, found: Found) -> None:
        xr = self._xr
        for path, bound in offered(found.extensions).items():
            bindings = [
                xr.ActionSuggestedBinding(
                    action=self._actions[act], binding=xr.string_to_path(found.instance, name)
                )
                for act, names in bound.items()
                for name in names
            ]
            try:
                xr.suggest_interaction_profile_bindings(
                    found.instance,
                    xr.InteractionProfileSuggestedBinding(
                        interaction_profile=xr.string_to_path(found.instance, path),
                        suggested_bindings=bindings,
                    ),
                )
            except (xr.exception.XrException, *FAULTS):
                continue  # A driver that does not know this controller has others.

    def read(self) -> Controls:
        """What is pressed now; raises what OpenXR raises."""
        xr = self._xr
        try:
            xr.sync_actions(
                self._session,
                xr.ActionsSyncInfo(
                    active_action_sets=[
                        xr.ActiveActionSet(action_set=self._set, subaction_path=xr.NULL_PATH)
                    ]
                ),
            )
        except xr.exception.SessionNotFocused:
            return Controls()
        stick = xr.get_action_state_vector2f(self._session, self._asked("stick"))
        turned = (float(stick.current_state.x), float(stick.current_state.y))
        return Controls(
            leave=self._pressed("leave"),
            select=self._pressed("select"),
            stick=turned if stick.is_active else (0.0, 0.0),
        )

    def _asked(self, act: Act) -> Any:
        return self._xr.ActionStateGetInfo(
            action=self._actions[act], subaction_path=self._xr.NULL_PATH
        )

    def _pressed(self, act: Act) -> bool:
        told = self._xr.get_action_state_boolean(self._session, self._asked(act))
        return bool(told.is_active and told.current_state)

    def pulse(self) -> None:
        """One short tick in both hands; raises what OpenXR raises."""
        xr = self._xr
        for hand in self._hands:
            xr.apply_haptic_feedback(
                self._session,
                xr.HapticActionInfo(action=self._actions["pulse"], subaction_path=hand),
                xr.HapticVibration(
                    duration=PULSE_NS, frequency=xr.FREQUENCY_UNSPECIFIED, amplitude=0.5
                ),
            )
