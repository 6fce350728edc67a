"""Owns the choice of patient and scenario, and what one should know before; opens the session."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _, language
from controller.session.check_digits import check_digits
from controller.session.declared import contraindications, motion
from controller.session.now import Now, PatientCard
from controller.session.plans.entries import PlanRow
from controller.ui.errands import Errand
from controller.ui.keys import act_for, named
from controller.ui.lettering import cut
from controller.ui.screens.add_patient import AddPatientScreen
from controller.ui.screens.approve import ApproveScreen
from controller.ui.screens.base import Choice, Foot, PalierScreen, TopBar, Way
from controller.ui.screens.before import BeforeScreen
from controller.ui.screens.library import LibraryScreen
from controller.ui.screens.past import PastScreen
from controller.ui.screens.patients import PatientsScreen
from controller.ui.screens.plan import PlanScreen
from controller.ui.widgets.rows import Rows
from scenarios.api.manifest import Manifest
from vr_runtime.wire.packs import PackNote


def link_sentence(now: Now) -> str:
    """How the runtime is heard, in one sentence."""
    if now.link.state in ("lost", "refused") and now.link.why:
        return now.link.why
    if now.observing and now.may_stop:
        return _(
            "This key may watch and stop: a session is shown here once the patient has consented."
        )
    if now.observing:
        return _("This key may only watch: a session is shown here once the patient has consented.")
    if now.link.state == "connecting":
        return _("Looking for the runtime…")
    if now.link.state != "live":
        return _("The runtime is not heard.")
    if not now.link.in_control:
        who = None if now.state is None else now.state.control.holder
        if who is None:
            told = _("The runtime is heard; nobody leads. {key} takes control.")
        else:
            told = _("The runtime is heard; {who} leads. {key} takes control.")
        return told.format(who=who, key=named("control"))
    return _("The runtime is ready.")


class StartScreen(PalierScreen):
    """Who, and what; Enter opens the session while the patient is in the neutral room."""

    def __init__(self) -> None:
        super().__init__()
        self._patients: tuple[PatientCard, ...] | None = None
        self._scenarios: tuple[Manifest, ...] | None = None
        self._asked_about: tuple[str, ...] = ()
        """Scenarios from packs that nobody has approved."""
        self._link = ""
        self._unreviewed = False
        self._barred = ""
        self._watches = False
        """This console's key only watches: whoever sits here sees no patients of this record."""

    def compose(self) -> ComposeResult:
        """Patients, scenarios, and the scenario in words."""
        yield TopBar("Palier", _("Who is here, and which scenario?"))
        with Vertical(id="body", classes="-close"):
            with Horizontal(id="lists"):
                yield Rows(id="patients", markup=False)
                yield Rows(id="scenarios", markup=False)
                with VerticalScroll(id="scenario"):
                    yield Static(id="words", markup=False)
            yield Static(id="chosen", markup=False)
        yield Foot(
            Way(_("Enter"), _("choose"), "choose"),
            Way("P", _("patients"), "patients"),
            Way("B", _("before"), "before"),
            Way("E", _("hierarchy"), "plan"),
            Way("H", _("sessions"), "past"),
            Way("A", _("add"), "add"),
            Way("S", _("library"), "library"),
            Way(_("Tab"), _("other list"), "app.focus_next"),
            Way(named("help"), _("help"), "palier('help')"),
            Way(named("lock"), _("lock"), "palier('lock')"),
        )

    def on_mount(self) -> None:
        """Titles, and the lists as they are."""
        self.query_one("#patients").border_title = _("PATIENTS")
        self.query_one("#scenarios").border_title = _("SCENARIOS")
        self.query_one("#scenario").border_title = _("THE SCENARIO IN WORDS")
        self.query_one("#patients").focus()
        self._fill()

    def forget(self) -> None:
        """Lists and sentences are filled anew."""
        self._patients = self._scenarios = None
        self._link, self._unreviewed = "", False

    def on_screen_resume(self) -> None:
        """Patients and sessions may have changed meanwhile."""
        self._fill()

    def _fill(self) -> None:
        """Take over lists that changed, and keep what was highlighted."""
        patients, scenarios = self.palier.patients(), self.palier.lead.manifests()
        if patients != self._patients:
            self._patients = patients
            self._list("#patients", [(p.id, self._patient(p)) for p in patients])
        unapproved = tuple(m.id for m in scenarios if self._unapproved(m))
        if scenarios != self._scenarios or unapproved != self._asked_about:
            self._scenarios, self._asked_about = scenarios, unapproved
            self._list("#scenarios", [(m.id, self._title(m)) for m in scenarios])
        self._describe()

    def _who(self) -> None:
        """Whoever sits here stands in the head: every entry carries this name."""
        desk = self.palier.desk
        told = _("Who is here, and which scenario?")
        if desk is not None and desk.present is not None:
            told += "  " + _("{name} leads.").format(name=desk.present.name)
        for head in self.query(TopBar):
            head.tell(told)

    def _list(self, where: str, options: list[tuple[str, Content]]) -> None:
        box = self.query_one(where, OptionList)
        kept = self._highlighted(where)
        box.clear_options()
        box.add_options([Option(text, id=name) for name, text in options])
        names = [name for name, _text in options]
        if names:
            box.highlighted = names.index(kept) if kept in names else 0

    def _highlighted(self, where: str) -> str | None:
        box = self.query_one(where, OptionList)
        if box.highlighted is None or box.option_count == 0:
            return None
        return box.get_option_at_index(box.highlighted).id

    @staticmethod
    def _patient(card: PatientCard) -> Content:
        last = card.last[:10] if card.last else _("no session yet")
        told = _("ceiling {level} · {scale} · {last}")
        below = told.format(level=card.ceiling, scale=card.scale, last=last)
        if card.restricted is not None:
            below = f"▲ {_('restricted')} · {below}"
        digits = check_digits(card.pseudonym)
        return Content.assemble((card.pseudonym, "bold"), f"  {digits}", "\n", below)

    def _unapproved(self, scenario: Manifest) -> PackNote | None:
        """The pack that has to be approved before this scenario is opened."""
        packs = self.palier.lead.packs
        note = packs.of(scenario.id)
        return None if note is None or packs.is_approved(note) else note

    def _title(self, scenario: Manifest) -> Content:
        title = scenario.title.get(language())
        if self._unapproved(scenario) is None:
            return Content(title)
        return Content.assemble(title, "\n", (f"▲ {_('pack not approved')}", "$alert"))

    def patient(self) -> PatientCard | None:
        """The patient that is highlighted."""
        name = self._highlighted("#patients")
        return next((p for p in self._patients or () if p.id == name), None)

    def scenario(self) -> Manifest | None:
        """The scenario that is highlighted."""
        name = self._highlighted("#scenarios")
        return next((m for m in self._scenarios or () if m.id == name), None)

    def on_option_list_option_highlighted(self) -> None:
        """Another one is looked at."""
        self._describe()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A patient leads on to the scenarios; a scenario opens the session."""
        if event.option_list.id == "patients":
            self.set_focus(self.query_one("#scenarios"))
        else:
            self._open()

    def _describe(self) -> None:
        """The scenario in words, and what Enter would open."""
        patient, scenario = self.patient(), self.scenario()
        words = self.query_one("#words", Static)
        if scenario is None:
            words.update(_("No scenario is known while the runtime is not heard."))
        else:
            note = self.palier.lead.packs.of(scenario.id)
            words.update(self._words(scenario, patient, note))
        if patient is None and self._watches:
            told = _("This key watches: no patients are listed here.")
        elif patient is None:
            told = _("No patient yet: A adds one, by pseudonym.")
        elif self._barred:
            told = self._barred
        elif scenario is None:
            told = _("{patient}; no scenario can be chosen yet.").format(patient=patient.pseudonym)
        elif (note := self._unapproved(scenario)) is not None:
            told = _("Enter on the scenario shows its pack, {pack}: it is not approved here yet.")
            told = told.format(pack=note.title.get(language()))
        elif missing := self.palier.lead.before.to_open(patient):
            told = _("Enter on the scenario goes through what is missing: {first}")
            told = told.format(first=missing[0].text)
        else:
            told = _("Enter on the scenario opens: {patient} · {title} · ceiling {level}.").format(
                patient=patient.pseudonym,
                title=scenario.title.get(language()),
                level=patient.ceiling,
            )
        told_before = (w.get(language()) for w in scenario.warnings) if scenario else ()
        named = contraindications(scenario) if scenario else ""
        more = " ".join(filter(None, (named, *told_before)))
        rows = [Content.styled(told, "bold")]
        if row := self._row(patient, scenario):
            rows.append(Content.styled(row, "$level"))
        rows.append(Content.styled(f"▲ {more}" if more else "", "$alert"))
        box = self.query_one("#chosen", Static)
        box.set_class(len(rows) > 2, "-row")
        box.update(Content("\n").join(rows))

    def _row(self, patient: PatientCard | None, scenario: Manifest | None) -> str:
        """The row of the hierarchy that a session of these would begin from; else empty."""
        if patient is None or scenario is None:
            return ""
        row = self.palier.lead.plans.at_work.waiting(patient.id)
        if row is None or row.scenario != scenario.id:
            return ""
        if row.level > patient.ceiling:
            text = _("▲ Row “{item}”: its level {level} is above the ceiling.")
        else:
            text = _("Row “{item}”: level {level} is offered at the trial.")
        return text.format(item=cut(row.item, 60), level=row.level)

    @staticmethod
    def _words(
        scenario: Manifest, patient: PatientCard | None, note: PackNote | None = None
    ) -> Content:
        """Summary, warnings, and the sentence of each level with the ceiling ruled in."""
        spoken = language()
        parts: list[Content] = [Content(scenario.summary.get(spoken)), Content("")]
        if note is not None:
            told = _("From the pack {pack} {version} by {author}")
            from_pack = told.format(pack=note.name, version=note.version, author=note.author)
            parts.append(Content.styled(from_pack, "$quiet"))
        if named := contraindications(scenario):
            parts.append(Content.styled(f"▲ {named}", "$alert"))
        if moved := motion(scenario):
            parts.append(Content.styled(moved, "$quiet"))
        for warning in scenario.warnings:
            parts.append(Content.styled(f"▲ {warning.get(spoken)}", "$alert"))
        for played in (*scenario.events, *scenario.tasks):
            if played.warning is not None:
                told = _("{event}: {warning}").format(
                    event=played.label.get(spoken), warning=played.warning.get(spoken)
                )
                parts.append(Content.styled(f"▲ {told}", "$alert"))
        parts.append(Content(""))
        for level in range(10, -1, -1):
            above = patient is not None and level > patient.ceiling
            if patient is not None and level == patient.ceiling and level < 10:
                told = _("ceiling {level}").format(level=level)
                parts.append(Content.styled(f"╌╌╌╌╌ {told} ╌╌╌╌╌", "$quiet"))
            sentence = f"{level:>3}  {scenario.levels[level].get(spoken)}"
            parts.append(Content.styled(sentence, "$quiet" if above else ""))
        return Content("\n").join(parts)

    def show(self, now: Now) -> None:
        """Lists as the record has them, who leads, and how the runtime is heard."""
        self._barred, self._watches = now.barred, now.observing
        self._fill()
        if now.unreviewed and not self._unreviewed:
            self._unreviewed = True
            self.query_one(TopBar).remark(_("The protocol is not reviewed by a clinician."))
        self._who()
        told = link_sentence(now)
        if now.record.trouble is not None:
            told = now.record.trouble
        elif now.broken_off and now.link.state == "live" and now.link.in_control:
            told = now.broken_off
        if told != self._link:
            self._link = told
            well = now.link.state == "live" and now.record.trouble is None
            self.say(told, "info" if well else "alarm")
        if self.palier.warning and now.link.state == "live":
            # Once, and it stays until there is something else to say.
            self.say(self.palier.warning, "alarm")
            self.palier.warning = ""

    def on_key(self, event: events.Key) -> None:
        """Letters of this screen; lists take the arrows and Enter, the words the arrows."""
        letter = (event.character or "").lower()
        if letter == "a":
            self.action_add()
        elif letter == "p":
            self.action_patients()
        elif letter == "s":
            self.action_library()
        elif letter == "b":
            self.behind(self.action_before)
        elif letter == "e":
            self.behind(self.action_plan)
        elif letter == "h":
            self.action_past()
        elif act_for(event.key, letter) == "control":
            self.action_control()
        elif event.key == "enter" and self.focused is not None and self.focused.id == "scenario":
            self.set_focus(self.query_one("#scenarios"))
        elif event.key in ("left", "right"):
            self.set_focus(self.query_one("#patients" if event.key == "left" else "#scenarios"))
        else:
            return
        event.stop()

    def action_add(self) -> None:
        """Add a patient."""
        if self._leads():
            self.palier.put_over(AddPatientScreen())

    def _leads(self) -> bool:
        """Whether patients are this console's to see; says so where they are not."""
        if self._watches:
            self.say(_("This key watches: no patients are listed here."), "refused")
        return not self._watches

    def action_patients(self) -> None:
        """Find a patient, and see the course at a glance."""
        if not self._leads():
            return
        chosen = partial(self._look_at, "#patients")
        patient = self.patient()
        first = None if patient is None else patient.id
        self.palier.put_over(PatientsScreen(chosen, first))

    def action_library(self) -> None:
        """Look through all scenarios, each with its picture."""
        chosen = partial(self._look_at, "#scenarios")
        scenario = self.scenario()
        first = None if scenario is None else scenario.id
        self.palier.put_over(LibraryScreen(chosen, first))

    def action_before(self) -> None:
        """What has to be there before the patient that is highlighted is exposed."""
        patient = self.patient()
        if patient is None:
            self.say(_("Choose a patient first."), "refused")
        else:
            self.palier.put_over(BeforeScreen(patient.id))

    def action_plan(self) -> None:
        """The fear hierarchy of the patient that is highlighted."""
        patient = self.patient()
        if patient is None:
            self.say(_("Choose a patient first."), "refused")
        elif patient.restricted is not None:
            self.say(_("The data of this patient are restricted and not shown."), "refused")
        else:
            self.palier.put_over(PlanScreen(patient, partial(self._begin_from, patient.id)))

    def _begin_from(self, patient: str, row: PlanRow) -> None:
        """Propose a row of the hierarchy: as if its scenario had been chosen here."""
        lead = self.palier.lead
        lead.plans.at_work.propose(patient, row)
        self._look_at("#patients", patient)
        self._look_at("#scenarios", row.scenario)
        self._describe()

    def action_past(self) -> None:
        """Past sessions and their reports."""
        if self._leads():
            self.palier.put_over(PastScreen())

    def action_control(self) -> None:
        """Take control from another console."""
        self.palier.errands.send(Errand(self.palier.lead.take_control, "scene"))

    def action_choose(self) -> None:
        """As Enter: from the patients to the scenarios, from there into the session."""
        if self.focused is not None and self.focused.id == "scenarios":
            self._open()
        else:
            self.set_focus(self.query_one("#scenarios"))

    def _open(self) -> None:
        """Open the session that the line below names."""
        patient, scenario = self.patient(), self.scenario()
        if patient is None or scenario is None:
            self.say(_("Choose a patient and a scenario first."), "refused")
            return
        if (note := self._unapproved(scenario)) is not None and not self._barred:
            self.palier.put_over(ApproveScreen(note, self._scenarios or ()))
            return
        if self.palier.lead.before.to_open(patient) and not self._barred:
            self.palier.put_over(BeforeScreen(patient.id, scenario))
            return
        self.say(_("Opening the session…"), "info")
        call = partial(self.palier.lead.open_session, patient.id, scenario.id)
        self.palier.errands.send(Errand(call, "scene"))

    def _look_at(self, where: str, name: str) -> None:
        """Highlight this one, as if it had been walked to."""
        # It may have been added on the screen above, of which these lists have not heard yet.
        self._fill()
        box = self.query_one(where, OptionList)
        box.highlighted = box.get_option_index(name)
        self.set_focus(box)

    def choices(self) -> Iterable[Choice]:
        """Patients, scenarios and the letters of this screen."""
        told = _("From another console; {key}.").format(key=named("control"))
        yield Choice(_("Add a patient"), _("By pseudonym; A."), self.action_add)
        title = _("Patients at a glance")
        yield Choice(title, _("Find one, and see the course; P."), self.action_patients)
        told_library = _("Picture, levels, warnings and grade of each scenario; S.")
        yield Choice(_("Library of scenarios"), told_library, self.action_library)
        before = _("Screening, consent and settings of the patient; B.")
        yield Choice(_("Before a session"), before, self.action_before)
        plan = _("Rows of the patient that is highlighted; E.")
        yield Choice(_("Fear hierarchy"), plan, self.action_plan)
        yield Choice(_("Past sessions"), _("Sessions and their reports; H."), self.action_past)
        yield Choice(_("Take control"), told, self.action_control)
        for patient in self._patients or ():
            title = _("Patient: {name}").format(name=patient.pseudonym)
            run = partial(self._look_at, "#patients", patient.id)
            yield Choice(title, _("Choose this patient."), run)
        for scenario in self._scenarios or ():
            title = _("Scenario: {name}").format(name=scenario.title.get(language()))
            run = partial(self._look_at, "#scenarios", scenario.id)
            yield Choice(title, scenario.summary.get(language()), run)
