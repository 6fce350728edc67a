"""Owns how a scenario reads on a terminal; knows neither files nor arguments."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.api.manifest import (
    EventSpec,
    GradedSpec,
    InterlockSpec,
    Manifest,
    PlayedSpec,
    TaskSpec,
    WalkSpec,
)
from vr_runtime.authoring.ladders import ladders, levels
from vr_runtime.examination.interlocks import in_words
from vr_runtime.language import _, figure, filled, language, mark
from vr_runtime.loader import Found, Library, Origin
from vr_runtime.measuring.certificate import out_of_date, parts_in_words, valid_grade
from vr_runtime.measuring.grades import NAMES, NOTE

ORIGINS: dict[Origin, str] = {
    "builtin": mark("shipped"),
    "installed": mark("installed package"),
    "local": mark("local folder"),
    "user": mark("your own folder"),
    "given": mark("given folder"),
    "pack": mark("pack"),
}
_OF_A_PACK = {"name", "version", "author", "licence", "sha256"}


def table(library: Library) -> str:
    """One line for each scenario: id, version, title, where it comes from, its grade."""
    rows = [
        (
            f.manifest.id,
            f.manifest.version,
            f.manifest.title.get(language()),
            _(ORIGINS[f.origin]),
            _graded(f),
        )
        for f in library
    ]
    if not rows:
        return _("There are no scenarios.")
    widths = [max(len(row[n]) for row in rows) for n in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _graded(found: Found) -> str:
    grade = valid_grade(found.path)
    if grade is not None:
        return _(NAMES[grade])
    return _("certificate out of date") if out_of_date(found.path, found.sha256) else ""


def page(found: Found) -> str:
    """All that a scenario says of itself, to be read from top to bottom."""
    return "\n".join(_lines(found))


def _lines(found: Found) -> Iterator[str]:
    manifest, spoken = found.manifest, language()
    yield f"{manifest.title.get(spoken)}  ({manifest.id} {manifest.version})"
    yield manifest.summary.get(spoken)
    yield ""
    yield _("Phobia: {phobia}").format(phobia=manifest.phobia)
    yield _("From: {path} ({origin})").format(path=found.path, origin=_(ORIGINS[found.origin]))
    if found.pack is not None:
        told = _("Pack: {name} {version} by {author}, {licence}; hash {sha256}")
        yield told.format(**found.pack.model_dump(include=_OF_A_PACK))
    yield f"SHA-256: {found.sha256}"
    grade = valid_grade(found.path)
    if grade is not None:
        told = _("Grade: {grade}, by the certificate beside it. {note}")
        yield told.format(grade=_(NAMES[grade]), note=_(NOTE))
    changed = out_of_date(found.path, found.sha256)
    if changed:
        told = _(
            "Its certificate is out of date, since {parts} changed: measure again with "
            "`palier-scenario check --certificate {path}`."
        )
        yield told.format(parts=parts_in_words(changed), path=found.path)
    if manifest.contraindications:
        told = ", ".join(manifest.contraindications)
        yield _("Contraindications: {names}").format(names=told)
    if manifest.comfort is not None:
        yield _("Motion of the view: {motion}").format(motion=manifest.comfort.motion)
    for warning in manifest.warnings:
        yield _("Tell the patient before: {warning}").format(warning=warning.get(spoken))
    yield ""
    yield _("Levels")
    yield from levels(manifest)
    yield ""
    yield _("Values")
    for value in manifest.graded:
        yield from _value(value)
    if manifest.events:
        yield ""
        yield _("Events")
        for event in manifest.events:
            yield from _event(event)
    if manifest.tasks:
        yield ""
        yield _("Tasks for the patient")
        for task in manifest.tasks:
            yield from _task(task)
    if manifest.targets:
        yield ""
        yield _("What the patient may look at")
        for target in manifest.targets:
            yield f"  {target.label.get(spoken)}  ({target.name})"
    if manifest.walk is not None:
        yield ""
        yield _("Going by oneself")
        yield from _walk(manifest.walk, manifest)
    if manifest.interlocks:
        yield ""
        yield _("What excludes what")
        for interlock in manifest.interlocks:
            yield f"  {_interlock(interlock, manifest)}"
    yield from ladders(manifest)
    if manifest.lines:
        yield ""
        yield _("Spoken lines; a recording is laid into voices/{id}/{language}/NAME.wav").format(
            id=manifest.id, language=spoken
        )
        for line in manifest.lines:
            yield f"  {line.name}  {line.words.get(spoken)}"


def _value(value: GradedSpec) -> Iterator[str]:
    spoken = language()
    unit = f" {value.unit}" if value.unit else ""
    yield f"  {value.label.get(spoken)}  ({value.name})"
    if value.kind == "choice":
        shown = [value.options[int(v)].get(spoken) for v in value.by_level]
    else:
        shown = [f"{figure(v, value.decimals)}{unit}" for v in value.by_level]
    if value.jumps:
        starts = [n for n in range(len(shown)) if n == 0 or shown[n] != shown[n - 1]]
        yield "      " + " · ".join(f"{n}: {shown[n]}" for n in starts)
    else:
        yield "      " + " · ".join(f"{n}: {text}" for n, text in enumerate(shown))
        told = _("at most {rate:g}{unit} a second towards harder, {ease:g}{unit} towards easier")
        yield "      " + filled(told, rate=value.rate, ease=value.ease_rate, unit=unit)


def _interlock(interlock: InterlockSpec, manifest: Manifest) -> str:
    what = interlock.event if interlock.when is None else in_words(interlock.when, manifest)
    text = (
        _("{what}: only with {bound}")
        if interlock.rule == "requires"
        else _("{what}: not with {bound}")
    )
    return text.format(what=what, bound=in_words(interlock.other, manifest))


def _event(event: EventSpec) -> Iterator[str]:
    spoken = language()
    yield f"  {event.label.get(spoken)}  ({event.name})"
    told = _("from level {level}; again after {seconds:g} s")
    yield "      " + filled(told, level=event.min_level, seconds=event.cooldown_s)
    yield from _warning(event)


def _task(task: TaskSpec) -> Iterator[str]:
    yield f"  {task.label.get(language())}  ({task.name})"
    told = (
        _("from level {level}; the therapist says when it is done")
        if task.by_therapist
        else _("from level {level}; the scenario sees when it is done")
    )
    yield "      " + told.format(level=task.min_level)
    yield from _warning(task)


def _walk(walk: WalkSpec, manifest: Manifest) -> Iterator[str]:
    start, reach = manifest.value(walk.start), manifest.value(walk.reach)
    assert start is not None and reach is not None, "a manifest lets no walk name others"
    spoken = language()
    yield "  " + _("from: {value}").format(value=f"{start.label.get(spoken)}  ({start.name})")
    yield "  " + _("as far as: {value}").format(value=f"{reach.label.get(spoken)}  ({reach.name})")
    unit = f" {start.unit}" if start.unit else ""
    places = " · ".join(f"{figure(mark, start.decimals)}{unit}" for mark in walk.marks)
    yield "  " + _("marks: {places}").format(places=places)
    yield "  " + _("Only the therapist opens the way; whether to go is the patient's own.")


def _warning(played: PlayedSpec) -> Iterator[str]:
    if played.warning is not None:
        told = _("Tell the patient before: {warning}")
        yield "      " + told.format(warning=played.warning.get(language()))
