"""Owns the words of the plain console, in both languages; knows not what they do.

English words work in every language. Forms of one letter are of one language only: `b` begins in
English and lowers in French.
"""

from __future__ import annotations

import unicodedata

from controller.language import Language, mark
from controller.line.commands import Command, worded
from controller.line.words_after import AFTER
from controller.line.words_bedside import BEDSIDE
from controller.line.words_before import BEFORE
from controller.line.words_course import COURSE
from controller.line.words_plans import PLANS

GROUPS = {
    "safety": mark("Stop and ease"),
    "levels": mark("Levels"),
    "patient": mark("Ratings and notes"),
    "scene": mark("The scene"),
    "rest": mark("Outside the scene"),
    "view": mark("What the patient sees and hears"),
    "session": mark("Patients and sessions"),
    "before": mark("Before the first trial"),
    "after": mark("Questionnaires, and after the exposure"),
    "console": mark("This console"),
}
"""The order in which help tells of them."""


COMMANDS: tuple[Command, ...] = (
    worded(
        "stop",
        "stop, halt",
        "arrêt, arrêter, arrête, arrêtez, stop, halte",
        mark("! or stop"),
        mark("Stops at once, at any moment: neutral view and silence; nothing is asked."),
        "safety",
    ),
    worded(
        "hold",
        "hold, h",
        "maintien, maintenir, h",
        mark("hold"),
        mark("Stay as it is: nothing rises."),
        "safety",
        eases=True,
    ),
    worded(
        "pause",
        "pause, p",
        "pause, p",
        mark("pause"),
        mark("Neutral room; the patient can look around."),
        "safety",
        eases=True,
    ),
    worded(
        "break",
        "break",
        "repos",
        mark("break"),
        mark("A break: neutral room, and its time counted down; nothing resumes by itself."),
        "safety",
        eases=True,
    ),
    worded(
        "safe_place",
        "safe place, safe, s",
        "lieu sûr, lieu, l",
        mark("safe place"),
        mark("To the patient's safe place, at once."),
        "safety",
        eases=True,
    ),
    worded(
        "lower",
        "lower, down, l",
        "baisser, descendre, b",
        mark("lower, or lower LEVEL"),
        mark("One level down, or down to the level you name."),
        "safety",
        eases=True,
    ),
    worded(
        "begin",
        "begin, b",
        "commencer, c",
        mark("begin LEVEL, then yes"),
        mark("Names the level of a new trial; yes begins it, ramped from 0."),
        "levels",
    ),
    worded(
        "yes",
        "yes, y",
        "oui, o",
        mark("yes"),
        mark("Confirms what was asked last."),
        "levels",
    ),
    worded(
        "no",
        "no",
        "non",
        mark("no"),
        mark("Leaves the question that was asked last."),
        "levels",
        writes=True,
    ),
    worded(
        "raise",
        "raise, up, r",
        "monter, m",
        mark("raise"),
        mark("One level up; one line, one level."),
        "levels",
    ),
    worded(
        "resume",
        "resume",
        "reprendre",
        mark("resume, or resume LEVEL, then yes"),
        mark("Ends a hold, or comes back one level lower; yes confirms."),
        "levels",
    ),
    worded(
        "ceiling",
        "ceiling",
        "plafond",
        mark("ceiling LEVEL, then yes"),
        mark("Another highest level for this patient."),
        "levels",
    ),
    worded(
        "rate",
        "rate, distress",
        "détresse, évaluer",
        mark("a number alone, or rate NUMBER"),
        mark("Records the distress: on 0-100 one digit means tens, so 7 is 70 and 07 is 7."),
        "patient",
        writes=True,
    ),
    worded(
        "no_answer",
        "no answer, none",
        "sans réponse, aucune",
        mark("no answer REASON"),
        mark("The rating due now is not given, and why."),
        "patient",
        writes=True,
    ),
    worded(
        "note",
        "note, n",
        "remarque, note, n",
        mark("note TEXT"),
        mark("Writes a note."),
        "patient",
        writes=True,
    ),
    worded(
        "amend",
        "correct",
        "corriger",
        mark("correct NUMBER"),
        mark("The right value of the last rating; both stay in the record."),
        "patient",
        writes=True,
    ),
    worded(
        "adverse",
        "adverse",
        "indésirable, événement indésirable",
        mark("adverse TYPE SEVERITY"),
        mark("Writes down what befell the patient, with the minute before."),
        "patient",
        writes=True,
    ),
    worded(
        "why",
        "why",
        "raison, pourquoi",
        mark("why REASON"),
        mark("After a stop: why, as a note."),
        "patient",
        writes=True,
    ),
    worded(
        "events",
        "events",
        "événements",
        mark("events"),
        mark("The events of the scenario, and which may happen now."),
        "scene",
        writes=True,
    ),
    worded(
        "event",
        "event, e",
        "événement, e",
        mark("event NAME or NUMBER"),
        mark("Lets this event happen."),
        "scene",
    ),
    worded(
        "tasks",
        "tasks",
        "tâches",
        mark("tasks"),
        mark("The tasks of the scenario, and which may be given now."),
        "scene",
        writes=True,
    ),
    worded(
        "task",
        "task",
        "tâche",
        mark("task NAME or NUMBER"),
        mark("Gives the patient this task."),
        "scene",
    ),
    worded(
        "task_done",
        "done, task done",
        "faite, fait, tâche faite",
        mark("done"),
        mark("The patient has done the task that is under way."),
        "scene",
    ),
    worded(
        "take_back",
        "take back",
        "retirer, retirer la tâche",
        mark("take back the task"),
        mark("Takes the task that is under way back."),
        "scene",
    ),
    worded(
        "values",
        "values",
        "réglages",
        mark("values"),
        mark("The settings of the scene as they are applied."),
        "scene",
        writes=True,
    ),
    worded(
        "set",
        "set",
        "régler",
        mark("set NAME VALUE, or set NAME harder, or set NAME easier"),
        mark("Sets one value apart from the level, by one step towards its harder side."),
        "scene",
    ),
    worded(
        "follow",
        "follow",
        "suivre",
        mark("follow NAME"),
        mark("Lets a value that was set apart follow the level again."),
        "scene",
    ),
    worded(
        "bat",
        "bat",
        "bat",
        mark("bat, then bat offer, bat go, bat done, bat no, bat end"),
        mark("The behavioural approach test: begins it, says where it stands, leads through it."),
        "scene",
    ),
    worded(
        "familiarise",
        "practice room, practice, practise",
        "pièce d'exercice, exercice",
        mark("practice room"),
        mark("Before exposure: look, turn, rate and leave once."),
        "rest",
    ),
    worded(
        "end_familiarisation",
        "end practice",
        "fin exercice, finir l'exercice",
        mark("end practice"),
        mark("Back to the neutral room."),
        "rest",
    ),
    worded(
        "breathing",
        "breathing guide, breathing",
        "respiration, guide de respiration",
        mark("breathing guide, or breathing guide BREATHS"),
        mark("Shows the breathing guide, 4 to 8 breaths a minute, 6 where you name none."),
        "rest",
    ),
    worded(
        "tension",
        "tension",
        "tension, tension appliquée",
        mark("tension"),
        mark("Shows the guide to applied tension, as the clinic's protocol says."),
        "rest",
    ),
    worded(
        "end_guide",
        "end guide",
        "fin guide, retirer le guide",
        mark("end guide"),
        mark("Takes the guide away."),
        "rest",
    ),
    worded(
        "refuge",
        "place",
        "refuge",
        mark("place NAME or NUMBER"),
        mark("Which safe place is this patient's, now and later."),
        "rest",
    ),
    worded(
        "text",
        "text",
        "texte",
        mark("text WORDS"),
        mark("Up to 80 letters before the patient's eyes; without words it takes them away."),
        "view",
    ),
    worded(
        "dial",
        "dial",
        "cadran",
        mark("dial"),
        mark("Shows the patient the distress dial; once more takes it away."),
        "view",
    ),
    worded(
        "way_out",
        "way out",
        "sortie",
        mark("way out"),
        mark("The patient reads which control leads out."),
        "view",
    ),
    worded(
        "recentre",
        "recentre, recenter",
        "recentrer",
        mark("recentre"),
        mark("Brings what lies ahead before the patient's eyes again."),
        "view",
    ),
    worded(
        "volume",
        "volume",
        "volume",
        mark("volume softer, or volume louder"),
        mark("How loud everything is for the patient, in steps of 3 dB."),
        "view",
    ),
    worded(
        "tone",
        "tone",
        "tonalité",
        mark("tone, or tone again"),
        mark("Plays the calibration tone outside exposure; once more ends it."),
        "view",
    ),
    worded(
        "picture",
        "picture",
        "image",
        mark("picture"),
        mark("Draws the patient's picture with fewer points; once more with all."),
        "view",
    ),
    worded(
        "observers",
        "observers",
        "observateurs",
        mark("observers, or observers view"),
        mark("Lets observers watch, with the patient's consent; once more ends it at once."),
        "view",
    ),
    worded(
        "patient",
        "patient",
        "patient",
        mark("patient, or patient NUMBER"),
        mark("How the patient reads, answers and stands; a consent to pose taken back."),
        "view",
    ),
    worded(
        "patients",
        "patients",
        "patients",
        mark("patients"),
        mark("The patients, numbered."),
        "session",
        writes=True,
    ),
    worded(
        "add",
        "add",
        "ajouter",
        mark("add PSEUDONYM, ceiling LEVEL, scale 0-10, place NAME"),
        mark("Adds a patient; what follows the pseudonym may be left out."),
        "session",
        writes=True,
    ),
    worded(
        "scenarios",
        "scenarios",
        "scénarios",
        mark("scenarios, or scenarios NAME"),
        mark("The scenarios, numbered; or one of them in words, level by level."),
        "session",
        writes=True,
    ),
    worded(
        "open",
        "open",
        "ouvrir",
        mark("open PATIENT SCENARIO"),
        mark("Opens a session, by number or by name; the patient is in the neutral room."),
        "session",
    ),
    worded(
        "approve",
        "approve",
        "approuver",
        mark("approve SCENARIO, then yes"),
        mark("Approves the pack that a scenario comes from."),
        "session",
    ),
    worded(
        "end",
        "end, end session",
        "terminer, terminer la séance",
        mark("end, then yes"),
        mark("Ends the session; its record is closed and sealed."),
        "session",
    ),
    worded(
        "undo",
        "wrong patient, undo",
        "mauvais patient, erreur de patient",
        mark("wrong patient, then yes"),
        mark("Undoes a session opened for the wrong patient, while nothing is in it yet."),
        "session",
    ),
    worded(
        "sessions",
        "sessions",
        "séances",
        mark("sessions"),
        mark("Past sessions, newest first, numbered."),
        "session",
        writes=True,
    ),
    worded(
        "report",
        "report",
        "rapport",
        mark("report, or report NUMBER"),
        mark("Writes the report of the last session, or of the one you name."),
        "session",
        writes=True,
    ),
    worded(
        "left",
        "left open",
        "séance ouverte",
        mark("left open"),
        mark("Asks again about a session that is open at the patient's side."),
        "session",
    ),
    *COURSE,
    *BEFORE,
    *PLANS,
    *BEDSIDE,
    *AFTER,
    worded(
        "status",
        "status, st",
        "état, et",
        mark("status, or an empty line"),
        mark("Phase, applied level, distress and link in one line."),
        "console",
        writes=True,
    ),
    worded(
        "wait",
        "wait",
        "attendre",
        mark("wait, or wait SECONDS, or wait rating"),
        mark("Waits until nothing is under way, so many seconds, or until a rating is due."),
        "console",
    ),
    worded(
        "control",
        "control, take control",
        "main, prendre la main",
        mark("control, then yes"),
        mark("Takes control from another console; it is recorded."),
        "console",
    ),
    worded(
        "lock",
        "lock",
        "verrouiller",
        mark("lock"),
        mark("Outside a session: asks who goes on."),
        "console",
    ),
    worded(
        "language",
        "language",
        "langue",
        mark("language fr, or language en"),
        mark("Speaks this language from now on."),
        "console",
        writes=True,
    ),
    worded(
        "help",
        "help, ?",
        "aide, ?",
        mark("help, or help WORD, or help all"),
        mark("The words; or what one of them does; or what each of them does."),
        "console",
        writes=True,
    ),
    worded(
        "quit",
        "quit, exit, leave",
        "quitter",
        mark("quit"),
        mark("Leaves the console; with a session open it asks first."),
        "console",
    ),
)


def plainly(text: str) -> str:
    """As words are compared: without case, accents and curly apostrophes."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("\u2019", "'"))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def command(name: str) -> Command:
    """The command of this identifier; `KeyError` where there is none."""
    found = next((one for one in COMMANDS if one.name == name), None)
    if found is None:
        raise KeyError(name)
    return found


def word(act: str) -> str:
    """What is typed for an act that a sentence speaks of; for `controller.called`."""
    return command(act).word()


def forms(spoken: Language) -> dict[str, Command]:
    """Every form that works in this language, as it is compared."""
    found: dict[str, Command] = {}
    for one in COMMANDS:
        for form in one.known(spoken):
            # What is of the spoken language comes first: `remarque` before another's `note`.
            found.setdefault(plainly(form), one)
    return found
