"""Owns how the protocol's signs to stop at once, and to ask about, are told; stops nothing."""

from __future__ import annotations

from collections.abc import Iterator

from controller.language import _, language
from controller.protocol.checks import PATIENTS_STOP
from controller.protocol.model import Protocol


def patients_stop(of: Protocol) -> str:
    """By which sign the patient stops, in one line, as the protocol in force words it."""
    sign = next(one for one in of.stop.signs if one.id == PATIENTS_STOP)
    return _("Stop at once: {sign}").format(sign=sign.of(language()))


def stop_page(of: Protocol) -> Iterator[str]:
    """Both chapters as Markdown: they are read, and nothing acts by them."""
    spoken = language()
    yield f"## {_('Stop at once')}"
    yield ""
    yield of.stop.about.of(spoken)
    yield ""
    yield from (f"- {sign.of(spoken)}" for sign in of.stop.signs)
    yield ""
    yield f"## {_('Ask, and go by the answer')}"
    yield ""
    yield of.soft_stop.about.of(spoken)
    yield ""
    yield from (f"- {rule.of(spoken)}" for rule in of.soft_stop.rules)
    yield ""
