"""Owns what the report of one session says to a clinician, and to a supervisor.

It knows history and figures, and nothing of how a page looks. A supervisor's copy leaves the
pseudonym out, also where somebody wrote it into a note, and says of everything that can go amiss
whether it did.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from controller.language import _, language
from controller.protocol.chapters import review
from controller.purpose import PURPOSE
from controller.report.after_table import without_names
from controller.report.answer_tables import answer_tables
from controller.report.chart import described, drawn
from controller.report.document import Block, Fact, Figure, KeyFigure, Report, Row, Section
from controller.report.row_table import without_names as rows_without_names
from controller.report.sections import all_sections, links, sections
from controller.report.wording import (
    DASH,
    DISPLAYS,
    clock,
    effort,
    length,
    moment,
    number,
    said,
)
from controller.session.answered import Answered
from controller.session.clinical import AdverseEvent, Expectancy
from controller.session.document import Document
from controller.session.documents import ProtocolApplied
from controller.session.history import Header, SessionHistory
from controller.session.pseudonyms import written_anyhow
from controller.session.rectifying import Rectifiable, Rectification
from controller.session.summary import FORMULAS, Summary, summarise

AT_FOOT = 120
"""Letters of a protocol and its review at the foot of a page."""
MUST_BE_SAID = frozenset({"adverse", "apart", "refusals", "faults", "links"})
"""Tables that a supervisor's copy has also when they are empty."""

_TOLD = ("description", "action", "follow_up")
_FEARED = ("feared", "test", "learned")
"""What of adverse events and expectations is in free words."""


def clinicians_report(
    history: SessionHistory, head: str | None, answers: Sequence[Answered] = ()
) -> Report:
    """The whole session, with everything that was noted, and the questionnaires of it."""
    header, summary = history.header, summarise(history)
    chart = Figure("picture", "", (drawn(history, described(history)),), caption())
    return Report(
        language=language(),
        kind=_("Session report"),
        date=moment(header.opened),
        title=header.scenario.title.get(language()),
        sub=(
            (_("Patient") + " ", False),
            (header.pseudonym, True),
            (f" · {_identity(history)}", False),
        ),
        happened=_happened(history, summary),
        figures=_key_figures(history, summary),
        figure_notes=tuple(
            _(FORMULAS[name])
            for name in ("duration", "highest_session", "peak_session", "end_session", "coverage")
        ),
        warnings=warnings(history),
        blocks=(chart, *sections(history, summary), *answer_tables(answers)),
        facts_title=_("What was shown, and by what"),
        facts=_facts(history, head),
        unreviewed=unreviewed(),
        purpose=with_purpose([header]),
        who=header.pseudonym,
        below=below(header.session, head),
        written=header.opened,
        protocol=led_by([header]),
        badge=badge(header.simulated),
    )


def supervisors_report(
    history: SessionHistory, head: str | None, answers: Sequence[Answered] = ()
) -> Report:
    """The same without the pseudonym, and complete in what was refused, held, lost or failed."""
    nameless = unnamed(history)
    report = clinicians_report(nameless, head)
    tables = (*all_sections(nameless, summarise(nameless), complete=True), links(nameless))
    blocks: list[Block] = [report.blocks[0]]
    for section in tables:
        if section.rows:
            blocks.append(section)
        elif section.name in MUST_BE_SAID:
            blocks.append(_none_of(section))
    blocks += answer_tables(answers)
    return replace(
        report,
        kind=_("Session report for supervision"),
        sub=((_identity(nameless), False),),
        blocks=tuple(blocks),
        facts=tuple(fact for fact in report.facts if fact.name != _("Patient")),
        who="",
    )


def _none_of(section: Section) -> Section:
    """A table that says that there was nothing of its kind."""
    empty = ("",) * (len(section.columns) - 1)
    return replace(section, rows=(Row((_("none"), *empty), "missing"),))


def unnamed(history: SessionHistory) -> SessionHistory:
    """The history with the pseudonym taken out, also of what people wrote."""
    header = history.header
    found = written_anyhow((header.pseudonym, *header.former))
    instead = _("[pseudonym]")

    def bare(text: str) -> str:
        return found.sub(lambda _match: instead, text)

    return replace(
        history,
        header=replace(header, pseudonym=instead, former=()),
        ratings=tuple(replace(r, reason=bare(r.reason), raw=bare(r.raw)) for r in history.ratings),
        notes=tuple(replace(n, text=bare(n.text), first=bare(n.first)) for n in history.notes),
        corrections=tuple(
            replace(c, before=bare(c.before), after=bare(c.after), text=bare(c.text))
            for c in history.corrections
        ),
        incidents=tuple(replace(i, text=bare(i.text)) for i in history.incidents),
        texts=tuple((at_s, bare(text)) for at_s, text in history.texts),
        recorded=tuple(replace(line, words=bare(line.words)) for line in history.recorded),
        adverse=tuple(
            (seq, one.model_copy(update={name: bare(getattr(one, name)) for name in _TOLD}))
            for seq, one in history.adverse
        ),
        expectancies=tuple(
            (seq, one.model_copy(update={name: bare(getattr(one, name)) for name in _FEARED}))
            for seq, one in history.expectancies
        ),
        after=without_names(history.after, bare),
        rows=rows_without_names(history.rows, bare),
        rectified=tuple((seq, _bare(said, bare)) for seq, said in history.rectified),
    )


def _bare(said: Rectification, bare: Callable[[str], str]) -> Rectification:
    """The same without names, in both words and in why."""

    def of(one: Rectifiable | None) -> Rectifiable | None:
        free: dict[type[Document], tuple[str, ...]] = {AdverseEvent: _TOLD, Expectancy: _FEARED}
        if one is None or type(one) not in free:
            return one
        return one.model_copy(update={name: bare(getattr(one, name)) for name in free[type(one)]})

    update = {"was": of(said.was), "stands": of(said.stands), "why": bare(said.why)}
    return said.model_copy(update=update)


def caption() -> str:
    """How the picture of a session is to be read."""
    return _(
        "A line joins ratings of one trial; it stays open where one is missing or where two are "
        "too far apart."
    )


def badge(simulated: bool) -> tuple[str, str] | None:
    """What is said at the head where nobody was there."""
    return (_("Simulated patient"), _("These figures are of no person.")) if simulated else None


def unreviewed() -> str:
    """Stands on everything that shows figures."""
    return _("These figures have not been reviewed by a clinician.")


def below(session: str, head: str | None) -> str:
    """The foot of a page: which session, and where the ledger ended when this was written."""
    return _("Session {session} · head of the ledger {head}").format(
        session=session, head=head or _("not sealed yet")
    )


def led_by(headers: Sequence[Header]) -> str:
    """For the foot of a page: the protocols of these sessions, and whether they were reviewed.

    Short: where there are several, or a name is long, the facts of the report tell the whole.
    """
    named = {None if h.clinic_protocol is None else _named(h.clinic_protocol) for h in headers}
    if len(named) > 1:
        return _("Protocols: {count}.").format(count=len(named))
    (one,) = named
    return _("No protocol recorded.") if one is None else one


def _named(applied: ProtocolApplied) -> str:
    told = _("Protocol {name} {version}: {review}.").format(
        name=applied.id, version=applied.version, review=review(applied.reviewed)
    )
    return told if len(told) <= AT_FOOT else f"{told[: AT_FOOT - 1]}…"


def _identity(history: SessionHistory) -> str:
    """Scenario with version and the first of its hash, and the seed, in one line."""
    header = history.header
    return _("{scenario} version {version}, hash {hash}, seed {seed}").format(
        scenario=header.scenario.id,
        version=header.scenario.version,
        hash=(header.scenario_sha256 or DASH)[:12],
        seed=header.seed,
    )


def _happened(history: SessionHistory, summary: Summary) -> str:
    """In one sentence what the session was."""
    time = length(history.duration_s)
    if summary.highest is None:
        return _("In {time} no trial was begun.").format(time=time)
    if summary.session.peak is None:
        return _(
            "In {time} the highest level reached was {level} of 10; fewer than two ratings were "
            "given in trials."
        ).format(time=time, level=summary.highest)
    return _(
        "In {time} the highest level reached was {level} of 10; distress in the scene was at most "
        "{peak} and {end} at the last rating; {answered} of {due} ratings asked for were answered."
    ).format(
        time=time,
        level=summary.highest,
        peak=number(summary.session.peak),
        end=number(summary.session.end),
        answered=summary.answered,
        due=summary.due,
    )


def _key_figures(history: SessionHistory, summary: Summary) -> tuple[KeyFigure, ...]:
    session = summary.session
    highest = DASH if summary.highest is None else str(summary.highest)
    of_ten, of_hundred = _("of 10"), _("of 100")
    return (
        KeyFigure(_("Duration"), clock(history.duration_s), _("min")),
        KeyFigure(_("Highest level"), highest, of_ten),
        KeyFigure(_("Peak distress"), number(session.peak), of_hundred),
        KeyFigure(_("Last distress"), number(session.end), of_hundred),
        KeyFigure(
            _("Ratings answered"),
            str(summary.answered),
            _("of {count}").format(count=summary.due),
        ),
    )


def warnings(history: SessionHistory) -> tuple[str, ...]:
    """What a reader must know before trusting the figures."""
    found = []
    if history.ending == "interrupted":
        found.append(_("The session was interrupted and closed afterwards."))
    if history.ending == "mistaken":
        found.append(_("Opened for the wrong patient, and undone; no course counts it."))
    if history.ending == "open":
        found.append(_("The session had not been closed when this report was made."))
    if history.restarted:
        found.append(_("The patient's machine started anew during the session."))
    if history.missing_news:
        found.append(_("Parts of the record are missing; see gaps and faults."))
    return tuple(found)


def _asked_for(header: Header) -> str:
    if header.prompt_mode == "step_change":
        return _("whenever a level was reached")
    if header.prompt_mode == "before_peak_after":
        return _("before and after trials")
    if header.prompt_mode == "interval" and header.prompt_every_s > 0:
        return _("every {time}").format(time=length(header.prompt_every_s))
    return _("not at set times")


def _protocol(header: Header) -> tuple[Fact, ...]:
    """Which of the clinic's protocols applied."""
    applied = header.clinic_protocol
    if applied is None:
        told = _("none recorded; figures go by what Palier proposes")
        return (Fact(_("Protocol"), told),)
    return (
        Fact(_("Protocol"), f"{applied.id} {applied.version}", code=True),
        Fact(_("Protocol's hash"), applied.sha256, code=True),
        Fact(_("Protocol reviewed"), review(applied.reviewed)),
    )


def by_unreviewed(headers: Sequence[Header]) -> str:
    """That a protocol of these sessions was not reviewed; empty where all were."""
    if all(h.clinic_protocol is not None and h.clinic_protocol.reviewed for h in headers):
        return ""
    if len(headers) > 1:
        return _("Not all of these sessions were led by a protocol that a clinician had reviewed.")
    return _("The protocol of this session had not been reviewed by a clinician.")


def with_purpose(headers: Sequence[Header]) -> str:
    """What stands at the end of every report: a protocol nobody reviewed, and the purpose."""
    return " ".join(filter(None, (by_unreviewed(headers), _(PURPOSE))))


def _pack(header: Header) -> tuple[Fact, ...]:
    """The pack that the scenario comes from, and its hash: the one that was approved."""
    pack = header.pack
    if pack is None:
        return ()
    return (
        Fact(_("Pack"), f"{pack.name} {pack.version}", code=True),
        Fact(_("Pack hash"), pack.sha256, code=True),
    )


def _facts(history: SessionHistory, head: str | None) -> tuple[Fact, ...]:
    """What identifies session and software."""
    header = history.header
    whole = (
        _("complete: closed in order, nothing missing")
        if history.whole
        else _("not complete; see the head of this report")
    )
    return (
        Fact(_("Patient"), header.pseudonym),
        *([Fact(_("Led by"), ", ".join(header.led_by))] if header.led_by else []),
        Fact(_("Opened"), moment(header.opened)),
        Fact(_("Closed"), DASH if header.closed is None else moment(header.closed)),
        Fact(_("Scenario"), f"{header.scenario.id} {header.scenario.version}", code=True),
        Fact(_("Scenario hash"), header.scenario_sha256 or DASH, code=True),
        *_pack(header),
        Fact(_("Seed"), str(header.seed), code=True),
        Fact(_("Ceiling"), _("level {level}").format(level=header.ceiling)),
        Fact(_("Scale shown"), header.scale.replace("-", "–")),
        Fact(_("Ratings asked for"), _asked_for(header)),
        *_protocol(header),
        Fact(_("Display"), said(DISPLAYS, header.display)),
        Fact(_("Scenario's own time"), effort(history.effort)),
        Fact(_("Software"), f"Palier {header.palier}"),
        Fact(_("Session"), header.session, code=True),
        Fact(_("Entries"), str(history.entries)),
        Fact(_("Record"), whole),
        Fact(_("Head of the ledger"), head or _("not sealed yet"), code=head is not None),
    )
