"""The faults that are tried, and what is promised for each, in both languages."""

from __future__ import annotations

from scenarios.api.manifest import Words

LATER = {
    "F24": Words(
        fr="PostgreSQL, éprouvé quand la pratique à plusieurs salles viendra",
        en="PostgreSQL, tried when the practice with several rooms comes",
    )
}
"""Faults of what is not there yet."""

PROMISES: dict[str, Words] = {
    "F1": Words(
        fr="La console est tuée : maintien en 1,5 s, lieu sûr en 1,5 s après le délai ; rien de "
        "ce qui fut dit enregistré ne manque.",
        en="The console is killed: hold within 1.5 s, safe place within 1.5 s after the grace; "
        "nothing that was called saved is missing.",
    ),
    "F2": Words(
        fr="La console se fige puis revient : la même chose ; une autre a pris la main, la "
        "revenante ne mène plus et le dit.",
        en="The console freezes and wakes: the same; another has taken control, and the one that "
        "wakes leads nothing and says so.",
    ),
    "F3": Words(
        fr="La console redémarre : elle retrouve la séance ; rien ne change dans la scène sans "
        "un ordre.",
        en="The console starts again: it finds the session; nothing in the scene changes until "
        "it is told to.",
    ),
    "F4": Words(
        fr="La machine du patient est tuée : la console le dit, aucun ordre ne passe pour "
        "exécuté, retour dans le lieu sûr et jamais dans la scène.",
        en="The patient's process is killed: the console says so, no command is called carried "
        "out, it comes back in the safe place and never in the scene.",
    ),
    "F5": Words(
        fr="La boucle des images se bloque : alarme à la console en 1,5 s, le processus est "
        "remplacé.",
        en="The loop of pictures hangs: alarm at the console within 1.5 s, the process is "
        "replaced.",
    ),
    "F6": Words(
        fr="Le câble est coupé puis remis : les deux côtés s'en aperçoivent, maintien en 1,5 s, "
        "lieu sûr en 1,5 s après le délai, puis les nouvelles manquées sont reprises.",
        en="The cable is cut and mended: both ends notice, hold within 1.5 s, safe place within "
        "1.5 s after the grace, then the missed news is fetched.",
    ),
    "F7": Words(
        fr="Un seul sens se perd : sans nouvelles, la console le dit, et dans les deux cas le "
        "patient est mis en sûreté, maintien en 1,5 s.",
        en="One direction is lost: without news the console says so, and either way the patient "
        "is made safe, hold within 1.5 s.",
    ),
    "F8": Words(
        fr="Un paquet sur dix se perd : aucun effet perdu ni double ; si la sécurité prend la "
        "main, la raison est dite.",
        en="One packet in ten is lost: no effect lost or doubled; if safety takes over, the "
        "reason is told.",
    ),
    "F9": Words(
        fr="Liaison lente, 100 à 500 ms par sens : tout fonctionne, le délai est affiché, "
        "l'arrêt passe devant.",
        en="A slow link, 100 to 500 ms one way: all works, the delay is shown, stop goes first.",
    ),
    "F10": Words(
        fr="Un ordre arrive deux fois, trop tard ou dans le désordre : un seul effet, ou refus.",
        en="A command comes twice, late or out of order: one effect, or a refusal.",
    ),
    "F11": Words(
        fr="Une console connue envoie sans fin : les images continuent, l'arrêt agit en deux "
        "images.",
        en="A known console sends without end: pictures go on, stop acts within two pictures.",
    ),
    "F12": Words(
        fr="Message illisible, trop grand, inconnu ou d'une autre version : refusé par un code, "
        "la séance continue.",
        en="A message unreadable, too large, unknown or of another version: refused with a code, "
        "the session goes on.",
    ),
    "F13": Words(
        fr="Clé inconnue, sans chiffrement, octets au hasard : rien n'atteint la séance, et la "
        "console dit pourquoi.",
        en="An unknown key, no encryption, random bytes: nothing reaches the session, and the "
        "console says why.",
    ),
    "F14": Words(
        fr="Un observateur envoie un ordre : refusé.",
        en="An observer sends a command: refused.",
    ),
    "F15": Words(
        fr="Deux consoles : la seconde apprend qui mène ; la reprise est voulue, inscrite et "
        "montrée à la première.",
        en="Two consoles: the second is told who leads; takeover is explicit, recorded and shown "
        "to the first.",
    ),
    "F16": Words(
        fr="Deux lancements sur le même dossier ou le même port : le second finit par une phrase "
        "claire, code 3.",
        en="Two starts on the same record or port: the second ends with a plain sentence, code 3.",
    ),
    "F17": Words(
        fr="Le terminal est fermé : la console finit en ordre, le patient est mis en sûreté.",
        en="The terminal is closed: the console ends in order, the patient is made safe.",
    ),
    "F18": Words(
        fr="Fin demandée par le système, ou par Ctrl+C qui dit d'abord ce que devient la séance : "
        "de même, et le terminal est rendu intact.",
        en="The end is asked by the system, or by Ctrl+C, which first says what becomes of the "
        "session: the same, and the terminal is given back whole.",
    ),
    "F19": Words(
        fr="Terminal minuscule : la console continue, dit ce qui manque, et l'arrêt agit.",
        en="A tiny terminal: the console goes on, says what it lacks, and stop acts.",
    ),
    "F20": Words(
        fr="Disque plein : la séance continue, rien n'est dit enregistré qui ne l'est pas.",
        en="The disk is full: the session goes on, nothing is called saved that is not.",
    ),
    "F21": Words(
        fr="Erreur du disque à l'écriture : l'entrée n'est pas dite enregistrée, alarme.",
        en="The disk fails while writing: the entry is not called saved, alarm.",
    ),
    "F22": Words(
        fr="Dossier verrouillé : l'écran vit, nouvel essai, alarme après 2 s.",
        en="The record is locked: the screen lives, it is tried again, alarm after 2 s.",
    ),
    "F23": Words(
        fr="Dossier abîmé, mauvaise clé, version plus récente : refus, trois messages, fichier "
        "intact.",
        en="The record is damaged, the key wrong, the version newer: refusal, three messages, "
        "file untouched.",
    ),
    "F25": Words(
        fr="L'heure de la machine saute : ordre, durées et délais inchangés, le saut est inscrit.",
        en="The machine's time of day jumps: order, durations and limits unchanged, the jump is "
        "recorded.",
    ),
    "F26": Words(
        fr="Mise en veille puis réveil : d'abord la sûreté ; rien de ce qui attendait n'est "
        "rejoué.",
        en="Sleep and waking: safety first; nothing that waited is played again.",
    ),
    "F27": Words(
        fr="Le scénario lève une exception : lieu sûr à l'image suivante.",
        en="The scenario throws an exception: safe place in the next picture.",
    ),
    "F28": Words(
        fr="Le scénario ne rend plus la main : interrompu ou tué, puis lieu sûr.",
        en="The scenario never comes back: interrupted or killed, then the safe place.",
    ),
    "F29": Words(
        fr="Le scénario prend toute la mémoire : lieu sûr, la machine continue.",
        en="The scenario takes all memory: safe place, the machine goes on.",
    ),
    "F30": Words(
        fr="Élément absent ou valeur sans nombre : refusé au chargement, pas en séance.",
        en="A missing asset or a value that is no number: refused at load, not in the session.",
    ),
    "F31": Words(
        fr="Fenêtre fermée, casque perdu : état sûr, la console l'apprend.",
        en="Window closed, headset lost: safe state, the console is told.",
    ),
    "F32": Words(
        fr="Panne de courant : tout ce qui fut dit enregistré est là ; la séance ouverte est "
        "trouvée au lancement.",
        en="Power is lost: all that was called saved is there; the open session is found at the "
        "next start.",
    ),
    "F33": Words(
        fr="Dossier altéré ou tronqué : la vérification nomme la première entrée fausse.",
        en="The record is changed or cut short: the check names the first bad entry.",
    ),
}
