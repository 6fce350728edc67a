"""Owns how a scenario reads before a session; knows no widget, and asks nobody.

What stands above is what decides whether it is for this patient; below, what it can do. Lines are
broken here, so that what belongs to a figure or a sign stands under its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content

from controller.language import _, language, mark
from controller.session.declared import contraindications, motion
from controller.ui.lettering import decimal, wrap
from controller.ui.screens.approve import grouped
from scenarios.api.ladders import BatSpec, HierarchySpec, Kind, Setting
from scenarios.api.manifest import EventSpec, GradedSpec, Manifest, PlayedSpec, TaskSpec
from vr_runtime.wire.beside import Beside, Origin
from vr_runtime.wire.packs import Grade, PackNote

_GRADES: Mapping[Grade, str] = {
    "bronze": mark("Technical grade: bronze."),
    "silver": mark("Technical grade: silver."),
    "gold": mark("Technical grade: gold."),
}
_ORIGINS: Mapping[Origin, str] = {
    "builtin": mark("Shipped with Palier."),
    "installed": mark("From a package installed at the patient's side."),
    "local": mark("From the folder of own scenarios at the patient's side."),
    "user": mark("From the user's own folder at the patient's side."),
    "given": mark("From a folder that was given at the start of the patient's side."),
}
_KINDS: Mapping[Kind, str] = {
    "cautious": mark("cautious"),
    "direct": mark("direct"),
    "child": mark("for a child"),
}
_NO_NORM = mark(
    "Distress is what the author expects, to put in order: no clinical norm, not reviewed by a "
    "clinician."
)


def head(scenario: Manifest) -> Content:
    """Title, name and version."""
    title = Content.styled(scenario.title.get(language()), "bold")
    return Content("\n").join(
        [title, Content.styled(f"{scenario.id} {scenario.version}", "$quiet")]
    )


def above(
    scenario: Manifest,
    note: PackNote | None,
    approved: bool,
    beside: Beside | None,
    silent: bool,
    columns: int,
) -> Content:
    """Summary, whose it is, what to clear before, and the grade.

    Args:
        scenario: what it says of itself.
        note: the pack that it comes from, if from any.
        approved: whether that pack is approved here.
        beside: what the patient's side told of it; None before it answered.
        silent: whether the patient's side did not answer.
        columns: cells of a line.
    """
    lines = [
        hung("", scenario.summary.get(language()), columns),
        *_risks(scenario, columns),
        *_grade(scenario, note, beside, silent, columns),
        *_whose(note, approved, beside, columns),
    ]
    return Content("\n").join(lines)


def hung(lead: str, text: str, columns: int, style: str = "", lead_style: str = "") -> Content:
    """A text of `columns` cells, broken at words: all lines begin as far in as the first words."""
    room = max(columns - len(lead), 8)
    lines = wrap(text, room, len(text))
    rest = "".join(f"\n{' ' * len(lead)}{line}" for line in lines[1:])
    return Content.assemble((lead, lead_style or style), (lines[0] + rest, style))


def levels(scenario: Manifest, columns: int) -> Content:
    """The sentence of each level, the hardest first, with the distress that is expected."""
    spoken, expected = language(), scenario.expected_distress
    lines = [_heading(_("LEVELS"))]
    for level in range(10, -1, -1):
        told = f" ({expected[level]})" if expected else ""
        sentence = scenario.levels[level].get(spoken) + told
        lines.append(hung(f"{level:>3}  ", sentence, columns, lead_style="bold $level"))
    if expected:
        told = _("In brackets the distress that is expected, 0 to 100.")
        lines.append(hung("", f"{told} {_(_NO_NORM)}", columns, "$quiet"))
    return Content("\n").join(lines)


def below(scenario: Manifest, note: PackNote | None, columns: int) -> Content:
    """Values, events, tasks, hierarchies, the approach test, and the pack's hash."""
    lines = [*_values(scenario, columns)]
    lines += _all_played(_("EVENTS"), scenario.events, columns)
    lines += _all_played(_("TASKS FOR THE PATIENT"), scenario.tasks, columns)
    for hierarchy in scenario.hierarchies:
        lines += _hierarchy(hierarchy, scenario, columns)
    if not scenario.hierarchies:
        lines += ["", Content.styled(_("No ready hierarchy lies beside it."), "$quiet")]
    if scenario.bat is not None:
        lines += _bat(scenario.bat, scenario, columns)
    if note is not None:
        lines += ["", _heading(_("THE PACK'S HASH"))]
        lines += [hung("", grouped(half), columns) for half in (note.sha256[:32], note.sha256[32:])]
    return Content("\n").join(one if isinstance(one, Content) else Content(one) for one in lines)


def _heading(text: str) -> Content:
    return Content.styled(text, "bold $level")


def _whose(
    note: PackNote | None, approved: bool, beside: Beside | None, columns: int
) -> Iterator[Content]:
    if note is not None:
        told = _("From the pack {pack} {version} by {author}")
        from_pack = told.format(pack=note.name, version=note.version, author=note.author)
        yield hung("", f"{from_pack}, {note.licence}", columns, "$quiet")
        if approved:
            yield hung("✓ ", _("This pack is approved here."), columns, "$quiet")
        else:
            told = _("This pack is not approved here: A shows it, with its hash.")
            yield hung("▲ ", told, columns, "$alert")
    elif beside is not None and beside.origin is not None and beside.origin in _ORIGINS:
        yield hung("", _(_ORIGINS[beside.origin]), columns, "$quiet")


def _risks(scenario: Manifest, columns: int) -> Iterator[Content]:
    spoken = language()
    named = [contraindications(scenario), *(w.get(spoken) for w in scenario.warnings)]
    for text in filter(None, named):
        yield hung("▲ ", text, columns, "$alert")
    moved = motion(scenario) or _("What moves the patient's view is not declared.")
    yield hung("", moved, columns)


def _grade(
    scenario: Manifest, note: PackNote | None, beside: Beside | None, silent: bool, columns: int
) -> Iterator[Content]:
    grade = note.grade(scenario.id) if beside is None and note is not None else None
    if beside is not None:
        grade = beside.grade
    if grade is not None:
        told = _("A grade is technical: it says nothing about clinical effect.")
        by = _("Measured by its author.") if note is not None else ""
        yield hung("", " ".join(filter(None, (_(_GRADES[grade]), by, told))), columns)
    elif beside is not None and beside.outdated:
        told = _("No grade: its certificate is out of date for this version of Palier.")
        yield hung("", told, columns)
    elif beside is not None:
        yield hung("", _("No technical grade: it was not measured."), columns)
    elif silent:
        told = _("Grade and picture are not known: the patient's side did not tell them.")
        yield hung("▲ ", told, columns, "$alert")
    else:
        yield hung("", _("Asking the patient's side for grade and picture…"), columns, "$quiet")


def _values(scenario: Manifest, columns: int) -> Iterator[Content | str]:
    yield ""
    yield _heading(_("GRADED VALUES"))
    for value in scenario.graded:
        yield hung(" · ", value.label.get(language()), columns, "bold")
        yield hung("   ", _course(value), columns)
        if not value.jumps:
            unit = f" {value.unit}" if value.unit else ""
            told = _("at most {rate}{unit} a second towards harder, {ease}{unit} towards easier")
            rates = {"rate": _plain(value.rate), "ease": _plain(value.ease_rate)}
            yield hung("   ", told.format(**rates, unit=unit), columns, "$quiet")


def _course(value: GradedSpec) -> str:
    """The value at each level; where it stays, only at the level where it begins."""
    unit = f" {value.unit}" if value.unit else ""
    shown = [f"{decimal(v, value.decimals)}{unit}" for v in value.by_level]
    if value.kind == "choice":
        shown = [value.options[int(v)].get(language()) for v in value.by_level]
    starts = [n for n in range(len(shown)) if n == 0 or shown[n] != shown[n - 1]]
    # A value and its level stay on one line: a break between them would join it to the next.
    return " · ".join(f"{n}: {shown[n]}".replace(" ", "\u00a0") for n in starts)


def _all_played(title: str, played: Sequence[PlayedSpec], columns: int) -> Iterator[Content | str]:
    yield ""
    yield _heading(title)
    if not played:
        yield Content.styled("–", "$quiet")
    for each in played:
        yield from _played(each, columns)


def _played(played: PlayedSpec, columns: int) -> Iterator[Content]:
    told = _("from level {level} on").format(level=played.min_level)
    if isinstance(played, EventSpec) and played.cooldown_s:
        told += ", " + _("again after {seconds} s").format(seconds=_plain(played.cooldown_s))
    if isinstance(played, TaskSpec):
        seen = _("you say when it is done"), _("the scenario sees when it is done")
        told += ", " + (seen[0] if played.by_therapist else seen[1])
    yield hung(" · ", played.label.get(language()), columns)
    yield hung("   ", told, columns, "$quiet")
    if played.warning is not None:
        yield hung("   ▲ ", played.warning.get(language()), columns, "$alert")


def _hierarchy(
    hierarchy: HierarchySpec, scenario: Manifest, columns: int
) -> Iterator[Content | str]:
    spoken = language()
    yield ""
    yield _heading(_("READY HIERARCHY, {kind}").format(kind=_(_KINDS[hierarchy.kind])))
    yield hung("", hierarchy.title.get(spoken), columns, "bold")
    yield hung("", _(_NO_NORM), columns, "$quiet")
    for row in hierarchy.rows:
        yield hung(f"{row.distress:>4}  ", row.item.get(spoken), columns, lead_style="$suds")
        played = [scenario.played(name) for name in (*row.events, *row.tasks)]
        labels = [each.label.get(spoken) for each in played if each is not None]
        yield hung("      ", " · ".join([_set(row, scenario), *labels]), columns, "$quiet")
        feared = _("Feared: {feared}").format(feared=row.feared.get(spoken))
        yield hung("      ", feared, columns, "$quiet")


def _bat(bat: BatSpec, scenario: Manifest, columns: int) -> Iterator[Content | str]:
    spoken = language()
    yield ""
    yield _heading(_("BEHAVIOURAL APPROACH TEST (BAT)"))
    yield hung("", bat.instruction.get(spoken), columns)
    for number, step in enumerate(bat.steps, 1):
        yield hung(f"{number:>4}  ", step.item.get(spoken), columns, lead_style="$level")
        done = _("{setting}; done after {seconds} s")
        told = done.format(setting=_set(step, scenario), seconds=step.seconds)
        task = None if step.task is None else scenario.task(step.task)
        if task is not None:
            told += " · " + task.label.get(spoken)
        yield hung("      ", told, columns, "$quiet")


def _set(setting: Setting, scenario: Manifest) -> str:
    parts = [_("level {level}").format(level=setting.level)]
    for name, value in setting.values.items():
        spec = scenario.value(name)
        if spec is None:
            continue
        shown = f"{_plain(value)} {spec.unit}".strip()
        # What a pack declares that nobody approved yet is looked at too: its figures may be any.
        if spec.options and value == int(value) and 0 <= value < len(spec.options):
            shown = spec.options[int(value)].get(language())
        parts.append(f"{spec.label.get(language())} {shown}")
    return ", ".join(parts)


def _plain(value: float) -> str:
    """A figure with as many decimals as it needs, with the sign of the language."""
    text = f"{value:g}"
    return text.replace(".", ",") if language() == "fr" else text
