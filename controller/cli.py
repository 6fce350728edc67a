"""Owns the command `palier`: its options and exit codes. What a command does is elsewhere.

Nothing heavy is imported before the options are known to be right, so that `--help` is quick and
needs neither database nor screen.
"""

from __future__ import annotations

import argparse
import os
import platform
import select
import sys
from collections.abc import Sequence
from itertools import pairwise

from controller import (
    db_options,
    fault,
    operator_options,
    option_values,
    pack_options,
    patient_options,
    plain_options,
    plan_options,
    questionnaire_options,
    recorded_options,
    runtime_options,
    typed,
    unusable,
)
from controller.language import LANGUAGES, Language, _, preferred, speak_in_help, use
from controller.purpose import PURPOSE
from controller.report.document import AUDIENCES

DONE, FOUND, WRONG_USAGE, NOT_AVAILABLE = 0, 1, 2, 3
READER_GONE = 141
"""As a shell tells of a program whose output nobody reads any more: 128 + SIGPIPE."""
ADVERSE = (
    "cybersickness",
    "panic",
    "faint",
    "fall",
    "seizure",
    "dissociation",
    "emotional",
    "technical",
    "other",
)
CONSENTS = ("session", "pose", "gaze", "heart", "recording", "observers", "research")
CONSENTING = ("patient", "guardian")
REFUGES = ("meadow", "shore", "room")
SPOKEN = ("fr", "en", "usual")
EXPORTS = ("csv", "bids", "fhir", "research")


def parser() -> argparse.ArgumentParser:
    """The options of `palier` and of each of its commands."""
    made = argparse.ArgumentParser(
        prog="palier",
        description=_("Leads exposure sessions step by step, from the keyboard."),
        epilog=_(PURPOSE),
    )
    made.add_argument("--lang", choices=LANGUAGES, help=_("language of the console"))
    runtime_options.add_runtime(made)
    _database(made)
    runtime_options.add_display(made)
    commands = made.add_subparsers(dest="command", metavar=_("COMMAND"))

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text)

    _demo(command("demo", _("a session with a simulated patient")))
    plain = command("plain", _("the console line by line, for screen readers and scripts"))
    plain_options.add_options(plain)
    _database(plain)
    _patients(command("patients", _("list and add patients, and see to their data")))
    plans = command("plans", _("patients' fear hierarchies: list, show, take a ready one"))
    plan_options.add_options(plans, _common)
    _sessions(command("sessions", _("list, show and correct sessions")))
    _operators(command("operators", _("who leads sessions: list, add, change, access log")))
    _report(command("report", _("write a report of a session or a course, or an empty sheet")))
    _export(command("export", _("write sessions for other programs, into a new folder")))
    check = command("verify", _("check that a record is whole and unchanged"))
    check.add_argument("session", nargs="?", help=_("only this session"))
    _database(check)
    _json(check)
    _questionnaires(command("questionnaires", _("list and ask questionnaires, tell their scores")))
    _protocol(command("protocol", _("show the clinic's protocol, check or set another")))
    lines = command("lines", _("recorded lines for patients to hear: list, add, hear, remove"))
    recorded_options.add_options(lines, _json)
    packs = command("packs", _("which packs of scenarios were approved; take that back"))
    pack_options.add_options(packs)
    _database(packs)
    _json(packs)
    db_options.add(command("db", _("back up, restore, upgrade and lock the record")))
    _bench(command("bench", _("measure what is promised on this machine")))
    _pair(command("pair", _("let this console and a patient's machine know each other")))
    return made


def _patients(made: argparse.ArgumentParser) -> None:
    _lists(made, adds=True)
    whats = made.add_subparsers(dest="what", metavar=_("WHAT"))

    def what(name: str, text: str) -> argparse.ArgumentParser:
        one = whats.add_parser(name, help=text, description=text)
        one.add_argument("patient", metavar=_("PSEUDONYM"))
        operator_options.say_who(one, nested=True)
        _database(one)
        _json(one)
        return one

    what("show", _("settings, consents and sessions"))
    what("rename", _("another pseudonym from now on")).add_argument("new", metavar=_("NEW"))
    what("minor", _("whether a guardian consents")).add_argument("answer", choices=("yes", "no"))
    what("safe-place", _("which safe place this patient chose")).add_argument(
        "place", choices=REFUGES
    )
    what("language", _("what this patient reads and hears")).add_argument(
        "language", choices=SPOKEN
    )
    patient_options.add(what)
    what("restrict", _("keep the data and do not use them")).add_argument(
        "reason", metavar=_("REASON")
    )
    what("allow", _("use restricted data again"))
    consent = what("consent", _("note a consent"))
    consent.add_argument("to", choices=CONSENTS)
    consent.add_argument("--version", required=True, help=_("of the wording that was read"))
    consent.add_argument("--by", choices=CONSENTING, default="patient")
    consent.add_argument("--assent", action="store_true", help=_("the minor agrees too"))
    consent.add_argument("--verbal", action="store_true", help=_("spoken before a witness"))
    questionnaire_options.add_corrects(consent)
    withdraw = what("withdraw", _("note that a consent was taken back or refused"))
    withdraw.add_argument("to", choices=CONSENTS)
    withdraw.add_argument("--by", choices=CONSENTING, default="patient")
    correct = what("correct", _("mark a consent or a questionnaire as noted by mistake"))
    correct.add_argument(
        "entry", type=option_values.entry, metavar=_("ENTRY"), help=_("its number")
    )
    _mistaken(correct, required=True)
    what("copy", _("write all that is kept about the patient")).add_argument(
        "--out",
        type=option_values.place,
        required=True,
        metavar=_("DIR"),
        help=_("a new or empty folder"),
    )
    erase = what("erase", _("take all about the patient out of the record, for good"))
    erase.add_argument("--reason", choices=("request", "mistake"), default="request")
    erase.add_argument(
        "--despite",
        default="",
        metavar=_("REASON"),
        help=_("before the duty to keep it ends, or though it is restricted"),
    )
    erase.add_argument("--yes", action="store_true", help=_("do not ask"))


def _sessions(made: argparse.ArgumentParser) -> None:
    _lists(made, adds=False)
    whats = made.add_subparsers(dest="what", metavar=_("WHAT"))

    def what(name: str, text: str) -> argparse.ArgumentParser:
        one = whats.add_parser(name, help=text, description=text)
        one.add_argument("session", help=_("its name or the beginning of it; `last` for the last"))
        operator_options.say_who(one, nested=True)
        _database(one)
        _json(one)
        return one

    what("show", _("ratings and notes with the numbers of their entries"))
    correct = what("correct", _("set a rating or a note of a closed session right"))
    correct.add_argument(
        "entry", type=option_values.entry, metavar=_("ENTRY"), help=_("its number")
    )
    correct.add_argument(
        "--suds", type=option_values.hundredth, help=_("the right rating, 0 to 100")
    )
    correct.add_argument("--text", help=_("the right text, or why the rating was wrong"))
    _mistaken(correct, required=False)
    _adverse(what("adverse", _("note an adverse event in or after a closed session")))
    _expectancy(what("expectancy", _("note what was feared and tested in a closed session")))


def _adverse(made: argparse.ArgumentParser) -> None:
    made.add_argument("--type", choices=ADVERSE, required=True)
    made.add_argument("--severity", choices=("mild", "moderate", "severe"), required=True)
    made.add_argument("--text", required=True, help=_("what happened"))
    made.add_argument("--related", choices=("yes", "no", "unclear"), default="unclear")
    text = _("hospital, injury or danger to life")
    made.add_argument("--serious", action="store_true", help=text)
    made.add_argument("--action", default="", help=_("what was done"))
    outcomes = ("recovered", "recovering", "not_recovered", "unknown")
    made.add_argument("--outcome", choices=outcomes, default="unknown")
    made.add_argument("--follow-up", default="", help=_("when it is looked at again"))
    made.add_argument("--at", metavar="4:05", help=_("moment of the session"))
    questionnaire_options.add_corrects(made)


def _mistaken(made: argparse.ArgumentParser, *, required: bool) -> None:
    made.add_argument(
        "--mistaken",
        metavar=_("WHY"),
        required=required,
        help=_("noted by mistake, and why"),
    )


def _expectancy(made: argparse.ArgumentParser) -> None:
    made.add_argument("--feared", required=True, help=_("in the patient's words"))
    made.add_argument("--about", choices=("own_reaction", "event", "judgement"), required=True)
    made.add_argument(
        "--before", type=option_values.hundredth, help=_("how likely before, 0 to 100")
    )
    made.add_argument(
        "--bad", type=option_values.hundredth, help=_("how bad it would be, 0 to 100")
    )
    made.add_argument("--test", default="", help=_("what was agreed on"))
    made.add_argument("--came", choices=("yes", "no", "unclear"), help=_("whether it came"))
    made.add_argument("--after", type=option_values.hundredth, help=_("how likely after, 0 to 100"))
    made.add_argument("--surprise", type=option_values.hundredth, help=_("0 to 100"))
    made.add_argument("--learned", default="", help=_("what the patient learned"))
    questionnaire_options.add_corrects(made)


def _export(export: argparse.ArgumentParser) -> None:
    which = export.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "session", nargs="?", help=_("its name or the beginning of it; `last` for the last")
    )
    which.add_argument("--patient", metavar=_("PSEUDONYM"), help=_("all sessions of this patient"))
    export.add_argument(
        "--format", choices=EXPORTS, required=True, help=_("what the other programs read")
    )
    export.add_argument(
        "--out",
        type=option_values.place,
        required=True,
        metavar=_("DIR"),
        help=_("a new or empty folder"),
    )
    export.add_argument(
        "--decimal-comma",
        action="store_true",
        help=_("csv and research: semicolons and decimal commas, for a French Excel"),
    )
    export.add_argument(
        "--yes", action="store_true", help=_("research: the listed fields may be written")
    )
    questionnaire_options.add_folder(export)
    operator_options.say_who(export)
    _database(export)
    _json(export)


def _questionnaires(made: argparse.ArgumentParser) -> None:
    questionnaire_options.add_options(made)
    _database(made)
    _json(made)


def _protocol(protocol: argparse.ArgumentParser) -> None:
    one = protocol.add_mutually_exclusive_group()
    one.add_argument(
        "--check", type=option_values.place, metavar=_("FILE"), help=_("only check this file")
    )
    one.add_argument(
        "--use",
        type=option_values.place,
        metavar=_("FILE"),
        help=_("check this file and take it into the record"),
    )
    protocol.add_argument(
        "--out",
        type=option_values.place,
        metavar=_("PAGE"),
        help=_("write it as a page to print, F.html"),
    )
    operator_options.say_who(protocol)
    _database(protocol)
    _json(protocol)


def _bench(bench: argparse.ArgumentParser) -> None:
    what = bench.add_subparsers(dest="what", metavar=_("WHAT"), required=True)
    text = _("how soon a stop is seen by the patient")
    stop = what.add_parser("stop", help=text, description=text)
    stop.add_argument(
        "--tries",
        type=option_values.whole(6, 100_000, _("the number of tries is 6 to 100000")),
        default=1000,
        help=_("how many stops, spread over the phases"),
    )
    stop.add_argument(
        "--display",
        choices=runtime_options.DISPLAYS,
        default="offscreen",
        help=_("where the patient's pictures go"),
    )
    _json(stop)
    db_options.add_bench(what)
    db_options.add_frame(what)
    db_options.add_console(what)


def _report(report: argparse.ArgumentParser) -> None:
    what = report.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "session", nargs="?", help=_("its name or the beginning of it; `last` for the last")
    )
    what.add_argument(
        "--patient", metavar=_("PSEUDONYM"), help=_("all closed sessions of this patient")
    )
    what.add_argument(
        "--paper", action="store_true", help=_("a sheet to fill in by hand, without electricity")
    )
    report.add_argument(
        "--out",
        type=option_values.place,
        required=True,
        help=_("the file to write, F.html or F.pdf"),
    )
    report.add_argument(
        "--for",
        dest="audience",
        choices=AUDIENCES,
        default="clinician",
        help=_("who reads it: everything, plain words for the patient, or without the pseudonym"),
    )
    report.add_argument(
        "--scenario", metavar="ID", help=_("with --paper: with the levels of this scenario")
    )
    report.add_argument(
        "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=_("language of the report")
    )
    questionnaire_options.add_folder(report)
    operator_options.say_who(report)
    _database(report)


def _pair(pair: argparse.ArgumentParser) -> None:
    pair.add_argument("address", nargs="?", help=_("tcp://host:5600 of the patient's machine"))
    pair.add_argument("--name", default=platform.node() or "console", help=_("name told there"))
    one = pair.add_mutually_exclusive_group()
    one.add_argument("--list", action="store_true", help=_("list the machines known here"))
    one.add_argument("--revoke", metavar=_("NAME"), help=_("do not know this machine any more"))
    one.add_argument(
        "--export", type=option_values.place, metavar=_("FILE"), help=_("write this console's card")
    )
    one.add_argument(
        "--import",
        dest="take",
        type=option_values.place,
        metavar=_("FILE"),
        help=_("take a machine's card"),
    )
    _json(pair)


def _demo(demo: argparse.ArgumentParser) -> None:
    demo.add_argument("--auto", action="store_true", help=_("led by script instead of by you"))
    runtime_options.add_display(demo)
    demo.add_argument(
        "--speed", type=_speed, default=1.0, help=_("with --auto: times as fast as the clock")
    )
    demo.add_argument("--scenario", default="heights.balcony", help=_("which scenario"))
    demo.add_argument(
        "--seed",
        type=option_values.whole(0, 2**53 - 1, _("the seed is a whole number, 0 or more")),
        default=7,
        help=_("the session's own chance"),
    )
    demo.add_argument(
        "--out", type=option_values.place, help=_("folder for record, report and ratings")
    )
    _json(demo)


def _operators(made: argparse.ArgumentParser) -> None:
    operator_options.add_options(made)
    _database(made)
    operator_options.say_who(made)
    _json(made)


def _lists(made: argparse.ArgumentParser, *, adds: bool) -> None:
    _database(made)
    operator_options.say_who(made)
    _json(made)
    if adds:
        made.add_argument("--add", metavar=_("PSEUDONYM"), help=_("add a patient"))
        made.add_argument(
            "--ceiling",
            type=option_values.whole(0, 10, _("the highest level is 0 to 10")),
            default=10,
            metavar="0-10",
            help=_("with --add: the highest level allowed"),
        )
        made.add_argument(
            "--scale",
            choices=("0-100", "0-10"),
            help=_("with --add: the scale of distress, if not the protocol's"),
        )
        made.add_argument(
            "--safe-place",
            choices=REFUGES,
            default="meadow",
            help=_("with --add: the safe place this patient chose"),
        )


def _database(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--db",
        type=option_values.record,
        default=argparse.SUPPRESS,
        help=_("the record, if not the usual one"),
    )


def _json(made: argparse.ArgumentParser) -> None:
    made.add_argument("--json", action="store_true", help=_("print one JSON document"))


def _common(made: argparse.ArgumentParser) -> None:
    _database(made)
    _json(made)


def _speed(text: str) -> float:
    told = _("the speed is 0.1 to 1000")
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(told) from None
    if not 0.1 <= value <= 1000:
        raise argparse.ArgumentTypeError(told)
    return value


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; gives the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None:
        sys.excepthook = fault.hook
    use(_language_in(given) or preferred(os.environ))
    speak_in_help()
    options = parser().parse_args(given)
    if options.command == "demo" and options.json and not options.auto:
        parser().error(_("--json goes with --auto"))
    if options.command == "export":
        if options.decimal_comma and options.format not in ("csv", "research"):
            parser().error(_("--decimal-comma goes with csv and research"))
        if options.yes and options.format != "research":
            parser().error(_("--yes goes with research"))
    if options.command == "report" and options.scenario is not None and not options.paper:
        parser().error(_("--scenario goes with --paper"))
    if options.command == "report" and options.paper and options.audience != "clinician":
        parser().error(_("--for goes with a session or a course"))
    if options.command == "questionnaires":
        wrong = questionnaire_options.what_is_wrong(options)
        if wrong is not None:
            parser().error(wrong)
    if options.command == "plain" and (wrong := plain_options.what_is_wrong(options)):
        parser().error(wrong)
    if options.command not in (None, "plain") and hasattr(options, "runtime"):
        parser().error(_("--runtime goes with the console alone"))
    if not all(typed.storable(said) for said in vars(options).values() if isinstance(said, str)):
        text = _("These words hold signs that cannot be stored: type them again without them.")
        print(f"palier: {text}", file=sys.stderr)
        return WRONG_USAGE
    # The rest needs database, sockets and more; wrong options were told without them.
    from controller import commands
    from controller.answer_commands import NotAsked
    from controller.bench.frame import FrameNotMeasured
    from controller.bench.stop import BenchFailed
    from controller.demo import FolderTaken
    from controller.exporting import NotConfirmed
    from controller.exports.fhir import FhirMissing
    from controller.exports.folder import FolderNotEmpty
    from controller.far_runtime import NotPaired
    from controller.identify import NoSuchOperator, NotIdentified
    from controller.local_runtime import RuntimeNotStarted
    from controller.operator_commands import Unclear
    from controller.pack_commands import NoSuchPack
    from controller.privacy.rights import RightRefused
    from controller.questionnaires.scoring import WrongAnswer
    from controller.recorded.model import NoLine
    from controller.rectifying import NotRectified
    from controller.reporting import NothingSuch
    from controller.session.clinic import ProtocolUnusable
    from controller.session.permissions import NobodyYet, NotAllowed
    from controller.session.retelling import NotASession
    from controller.session_commands import NotCorrected
    from controller.simulation.failed import ScriptFailed
    from controller.store.errors import RecordError
    from vr_runtime.wire.keys import KeysUnreadable

    try:
        code = commands.carry_out(options)
        sys.stdout.flush()
        return code
    except (
        commands.NotFound,
        NothingSuch,
        RightRefused,
        NotCorrected,
        NotRectified,
        FolderTaken,
        FolderNotEmpty,
        NotConfirmed,
        NoSuchOperator,
        NoSuchPack,
        NoLine,
        NotAsked,
        NotAllowed,
        NobodyYet,
        Unclear,
        WrongAnswer,
    ) as error:
        print(f"palier: {error}", file=sys.stderr)
        return WRONG_USAGE
    except (
        RecordError,
        RuntimeNotStarted,
        NotPaired,
        NotIdentified,
        KeysUnreadable,
        ScriptFailed,
        BenchFailed,
        FrameNotMeasured,
        FhirMissing,
        NotASession,
        ProtocolUnusable,
    ) as error:
        print(f"palier: {error}", file=sys.stderr)
        return NOT_AVAILABLE
    except OSError as error:
        if isinstance(error, BrokenPipeError) and _nobody_reads():
            return READER_GONE
        print(f"palier: {unusable.told(error)}", file=sys.stderr)
        return NOT_AVAILABLE
    except KeyboardInterrupt:
        return 130


def _nobody_reads() -> bool:
    """Whether what reads our output, such as `head`, has ended; then nothing more is written."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still held back would raise again, with a traceback, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return True
    if not hasattr(select, "poll"):
        return False
    # Nothing was held back, as with PYTHONUNBUFFERED: the pipe itself tells.
    pipe = select.poll()
    pipe.register(sys.stdout.fileno(), 0)
    return any(event & select.POLLERR for _fd, event in pipe.poll(0))


def _language_in(given: Sequence[str]) -> Language | None:
    """The language asked for, looked up before the options are read: their help is in it too."""
    if "lines" in given:
        # Behind it the same option says what a recording speaks.
        given = given[: given.index("lines")]
    words = [part for word in given for part in word.split("=", 1)]
    for option, value in pairwise(words):
        if option == "--lang":
            return next((known for known in LANGUAGES if known == value), None)
    return None
