"""Owns which hazards are known, what answers each, which tests hold that, and what is missing.

`uv run python tests/faults/hazards.py` writes the table into the guides. A hazard that nothing
answers yet says so; one that is answered in part says which part is not.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from marked import PAGES, ROOT, Language, Marked

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from scenarios.api.manifest import Words

PLACE = Marked("hazards")
HEAD = {
    "en": "| | what could harm | what answers it | what does not yet |",
    "fr": "| | ce qui pourrait nuire | ce qui y répond | ce qui n'y répond pas encore |",
}


@dataclass(frozen=True)
class Hazard:
    """One hazardous situation."""

    what: Words
    answer: Words | None
    """None: nothing answers it yet."""
    tests: tuple[str, ...]
    """Tests that hold the answer, as `folder/file.py::test`, below `tests/`."""
    missing: Words | None = None
    """What is known to be wanting; None: nothing of what was asked for."""


HAZARDS: dict[str, Hazard] = {
    "H1": Hazard(
        Words(fr="L'arrêt n'agit pas", en="Stop does not act"),
        Words(
            fr="Trois voies, chacune sans les autres : la console, les touches de cette machine, "
            "le patient ; en vigueur aussi après un nouveau démarrage ; première image suivante.",
            en="Three ways, each without the others: the console, the keys of this machine, the "
            "patient; in force also after a new start; in the next picture.",
        ),
        (
            "faults/test_faults_stop.py::test_every_source_of_stop_is_obeyed_before_the_next_picture",
            "faults/test_faults_stop_hung.py::test_a_stop_needs_no_watchdog",
            "faults/test_faults_flood.py::test_who_floods_by_size_or_number_neither_holds_the_patient_nor_delays_a_stop",
            "display/test_display_stops.py::test_the_patients_two_presses_leave_and_stop",
            "engine/test_engine_phases.py::test_stop_leads_from_every_phase_to_the_neutral_view",
        ),
        Words(
            fr="Sur un casque réel ce n'est pas mesuré.",
            en="On a real headset it is not measured.",
        ),
    ),
    "H2": Hazard(
        Words(
            fr="L'intensité monte sans qu'on le veuille",
            en="Intensity rises without being meant to",
        ),
        Words(
            fr="Un niveau par acte, plafond, rampe, niveau visé absolu, un seul effet par ordre, "
            "touche tenue comptée une fois ; rien ne monte de soi-même.",
            en="One level for one act, ceiling, ramp, absolute levels, one effect of one command, "
            "a held key counts once; nothing rises by itself.",
        ),
        (
            "engine/test_engine_levels.py::test_a_raise_is_one_level_for_one_act",
            "engine/test_engine_levels.py::test_the_level_rises_only_after_a_raise_and_never_above_it",
            "link/test_link_authority.py::test_one_command_sent_twice_has_one_effect_and_one_answer",
            "link/test_link_authority.py::test_a_command_that_comes_too_late_is_not_carried_out",
            "ui/test_ui_keys.py::test_a_held_raise_key_raises_once_until_it_is_let_go",
            "ui/test_ui_errands.py::test_what_waited_to_be_sent_does_not_act_after_what_eased_and_says_so",
        ),
    ),
    "H3": Hazard(
        Words(
            fr="La console montre autre chose que la scène", en="The console shows a wrong state"
        ),
        Words(
            fr="Seulement ce qui est appliqué, avec son âge ; STALE après 1 s.",
            en="Only what is applied, with its age; STALE after 1 s.",
        ),
        (
            "ui/test_ui_truth.py::test_after_one_second_without_news_everything_says_stale",
            "ui/test_ui_truth.py::test_a_level_on_its_way_stays_the_asked_one_until_it_is_reached",
            "faults/test_faults_distance.py::test_lost_news_alone_is_seen_by_the_console_which_can_still_stop",
        ),
    ),
    "H4": Hazard(
        Words(fr="La liaison se perd pendant l'exposition", en="The link is lost in exposure"),
        Words(
            fr="Maintien en 1,5 s, lieu sûr après le délai de la clinique, aussi quand seules les "
            "nouvelles manquent ; l'arrêt d'ici agit ; seul le thérapeute reprend.",
            en="Hold within 1.5 s, the safe place after the clinic's grace, also where only the "
            "news is lost; stop acts from here; only the therapist resumes.",
        ),
        (
            "faults/test_faults_partition.py::test_a_cut_cable_leads_to_hold_and_the_safe_place_and_mended_all_news_is_there",
            "faults/test_faults_distance.py::test_lost_commands_alone_make_the_patient_safe_and_the_console_says_why",
            "faults/test_faults_distance.py::test_lost_news_alone_make_the_patient_safe_as_well_and_easing_acts_are_still_taken",
            "display/test_display_patient.py::test_the_patient_leaves_and_stops_while_the_link_to_the_console_stands_still",
            "engine/test_engine_scene.py::test_a_lost_console_holds_and_then_leaves_but_a_returned_one_resumes_nothing",
        ),
    ),
    "H5": Hazard(
        Words(fr="Crise photosensible", en="Photosensitive seizure"),
        Words(
            fr="Lumières et fondus tenus à deux éclats par seconde au plus, images regardées et "
            "assombries, contrôle des scénarios livrés ; le protocole à lire en parle.",
            en="Lights and fades keep to two flashes a second at most, pictures are watched "
            "and dimmed, what ships is checked; the protocol to read asks about it.",
        ),
        (
            "flash/test_flash_governor.py::test_any_wishes_of_one_light_are_shown_without_flashing",
            "engine/test_engine_comfort.py::test_what_the_strobe_becomes_is_no_flash",
            "display/test_display_flash.py::test_no_level_no_ramp_and_no_event_flashes",
            "protocol/test_protocol_default.py::test_it_screens_for_everything_that_is_known_to_be_asked",
        ),
        Words(
            fr="Qui répond peut ignorer son risque ou passer outre (H17).",
            en="Whoever answers may not know of the risk, or go ahead all the same (H17).",
        ),
    ),
    "H6": Hazard(
        Words(fr="Mal du simulateur", en="Cybersickness"),
        Words(
            fr="Mouvement seulement dans un véhicule annoncé et dans des limites, bords assombris, "
            "casque lent : moins de points, puis lieu sûr.",
            en="Movement only in an announced vehicle and within limits, edges darkened; a slow "
            "headset: fewer points, then the safe place.",
        ),
        (
            "stage/test_stage_vehicles.py::test_any_script_moves_whoever_rides_within_the_limits_and_without_a_jerk",
            "stage/test_stage_vehicles.py::test_outside_a_vehicle_the_view_turns_only_in_the_dark",
            "engine/test_engine_pace.py::test_below_four_fifths_for_two_seconds_is_slow_and_five_more_too_slow",
            "protocol/test_protocol_default.py::test_sickness_is_judged_by_the_protocols_own_thresholds",
        ),
        Words(
            fr="Le malaise n'est demandé que hors de la console.",
            en="Sickness is asked for outside the console only.",
        ),
    ),
    "H7": Hazard(
        Words(fr="Chute, choc, câble", en="Fall, collision, cable"),
        Words(
            fr="Casque ôté 2 s : pause ; perdu : maintien puis lieu sûr ; assis ou debout est dit "
            "et règle la hauteur des yeux ; place et siège sont vérifiés avant le premier essai.",
            en="Headset off for 2 s: pause; lost: hold, then the safe place; seated or standing is "
            "said and sets the height of the eyes; room and seat are checked before the first "
            "trial.",
        ),
        (
            "faults/test_faults_answers.py::test_a_headset_taken_off_is_paused_and_coming_back_waits_for_the_therapist",
            "faults/test_faults_answers.py::test_a_lost_headset_is_held_at_once_left_after_two_seconds_and_never_returned_to",
            "display/test_display_sight.py::test_a_seated_patients_eyes_are_lower_and_a_set_height_goes_before",
            "session/test_session_before.py::test_a_trial_needs_today_and_a_word_on_each_check",
        ),
        Words(
            fr="Ni bord de l'espace libre, ni rappel de quelqu'un à côté.",
            en="No edge of the free space is shown, and nobody is reminded to stand by.",
        ),
    ),
    "H8": Hazard(
        Words(fr="Sursaut, atteinte de l'ouïe", en="Startle, harm to hearing"),
        Words(
            fr="Chaque son mesuré, montée douce, crêtes sous −6 dBFS, volume étalonné par la "
            "clinique et par patient.",
            en="Each sound measured, a soft onset, peaks below −6 dBFS, a volume calibrated by the "
            "clinic and for each patient.",
        ),
        (
            "stage/test_stage_mixing.py::test_the_sum_of_all_peaks_stays_below_the_limit",
            "display/test_display_sound.py::test_whatever_sounds_at_once_no_peak_leaves_its_limit",
            "assets/test_assets_loudness.py::test_a_shipped_sound_keeps_its_limits_and_is_as_loud_as_it_is_listed",
            "engine/test_engine_hearing.py::test_in_the_scene_it_becomes_softer_at_once_and_louder_step_by_step",
        ),
        Words(
            fr="Un casque audio qui n'est pas une carte son peut se perdre sans être remarqué.",
            en="Headphones that are no sound card may be lost unnoticed.",
        ),
    ),
    "H9": Hazard(
        Words(fr="Évanouissement (sang, injections)", en="Fainting (blood, injections)"),
        Words(
            fr="Guide de tension appliquée, montré aussi pendant un maintien ; le protocole à lire "
            "dit quoi faire.",
            en="A guide to applied tension, shown during a hold too; the protocol to read says "
            "what to do.",
        ),
        (
            "engine/test_engine_guides.py::test_as_the_clinic_practises_it_tension_lasts_five_times_forty_five_seconds",
            "protocol/test_protocol_default.py::test_applied_tension_is_as_ost_describes_it_and_never_holds_the_breath",
        ),
        Words(
            fr="Aucune mesure du pouls, donc aucune alerte quand il tombe ; être assis n'est pas "
            "exigé.",
            en="No heart rate is measured, so nothing warns when it falls; sitting is not "
            "demanded.",
        ),
    ),
    "H10": Hazard(
        Words(
            fr="Panique, dissociation, retraumatisation",
            en="Panic, dissociation, traumatised anew",
        ),
        Words(
            fr="Le patient part d'une pression, lieu sûr de son choix, texte court, guide de "
            "respiration, tout ce qui apaise part aussitôt.",
            en="The patient leaves by one press, a safe place of their choice, a short text, a "
            "breathing guide; all that eases is sent at once.",
        ),
        (
            "faults/test_faults_stop.py::test_one_press_of_the_patient_always_leads_to_a_resting_place",
            "engine/test_engine_guides.py::test_a_breath_goes_in_and_out_at_its_rate_and_is_never_held",
            "ui/test_ui_errands.py::test_the_safe_place_is_sent_while_an_act_before_it_is_unanswered",
            "protocol/test_protocol_default.py::test_the_patients_own_stop_is_the_first_sign",
        ),
        Words(
            fr="Les signes d'arrêt et l'entretien d'après sont à lire ; rien ne les exige.",
            en="Signs to stop and the talk afterwards are to read; nothing demands them.",
        ),
    ),
    "H11": Hazard(
        Words(fr="Mauvais patient, mauvaise séance", en="Wrong patient or session"),
        Words(
            fr="L'écran nomme patient et scénario avant l'ouverture ; aucun pseudonyme ne sert "
            "deux fois ; un ordre d'une autre séance est refusé.",
            en="The screen names patient and scenario before opening; no pseudonym is used twice; "
            "a command of another session is refused.",
        ),
        (
            "ui/test_ui_flows.py::test_a_session_opens_with_the_patient_and_the_scenario_that_the_screen_names",
            "privacy/test_privacy_rules.py::test_a_pseudonym_is_nobody_elses_whatever_its_spelling",
            "link/test_link_authority.py::test_a_command_that_comes_too_late_is_not_carried_out",
        ),
        Words(
            fr="Les pseudonymes n'ont pas de caractère de contrôle à relire.",
            en="Pseudonyms have no check digits to read back.",
        ),
    ),
    "H12": Hazard(
        Words(fr="Perte de données", en="Data loss"),
        Words(
            fr="Dit enregistré seulement une fois sur le disque ; disque plein, erreur, panne de "
            "courant, dossier verrouillé ; journal de ce côté.",
            en="Called saved only once on disk; disk full, failing, power lost, record locked; a "
            "journal on this side.",
        ),
        (
            "store/test_store_record.py::test_an_entry_is_on_disk_when_its_number_is_told",
            "store/test_store_record.py::test_a_crash_at_any_moment_leaves_a_record_that_is_whole",
            "faults/test_faults_store.py::test_an_entry_is_told_as_saved_only_after_the_disk_has_confirmed_what_was_written_of_it",
            "faults/test_faults_console_record.py::test_a_crash_while_the_record_is_locked_loses_nothing_that_was_kept",
        ),
        Words(
            fr="Une vraie coupure de courant n'a pas été essayée.",
            en="Power was not really cut.",
        ),
    ),
    "H13": Hazard(
        Words(fr="Divulgation de données", en="Disclosure of data"),
        Words(
            fr="Chiffré sur disque et sur la ligne, adresse locale sans clés appariées, verrou de "
            "la console, aucun nom devant le patient ni dans les journaux.",
            en="Encrypted on disk and on the wire, this machine alone without paired keys, a lock "
            "of the console, no name before the patient or in logs.",
        ),
        (
            "store/test_store_plain_text.py::test_in_use_and_afterwards",
            "e2e/test_e2e_privacy.py::test_a_real_session_leaves_nothing_personal_where_others_look",
            "link/test_link_authority.py::test_strangers_reach_nobody",
            "ui/test_ui_operators.py::test_the_console_locks_by_itself_after_ten_minutes_without_a_key",
        ),
        Words(
            fr="Pendant une séance la console ne se verrouille pas, pour que ce qui est appliqué "
            "reste vu.",
            en="During a session the console is not locked, so that what is applied stays seen.",
        ),
    ),
    "H14": Hazard(
        Words(fr="Score ou rapport faux", en="Wrong score or report"),
        Words(
            fr="Chaque chiffre nomme sa formule et est éprouvé contre un calcul à la main ; "
            "l'échelle est gardée ; une évaluation manquante manque.",
            en="Each figure names its formula and is tried against one worked by hand; the scale "
            "is kept; a missing rating is missing.",
        ),
        (
            "session/test_session_measures.py::test_the_trial_worked_by_hand",
            "session/test_session_measures.py::test_fewer_than_two_ratings_give_no_figure_and_never_0",
            "report/test_report_figures.py::test_every_figure_of_a_trial_has_its_formula_in_words",
            "report/test_report_questionnaires.py::test_every_score_names_the_source_of_its_formula_and_none_is_advice",
        ),
    ),
    "H15": Hazard(
        Words(fr="Artefact de capteur mal lu", en="An artefact of a sensor misread"),
        None,
        (),
        Words(
            fr="Aucun capteur du corps n'est lu ; rien ne peut donc mener la scène d'après lui.",
            en="No sensor of the body is read, so nothing can lead the scene by one either.",
        ),
    ),
    "H16": Hazard(
        Words(fr="Le code d'un scénario fait défaut", en="A scenario's code goes wrong"),
        Words(
            fr="Vérifié avant d'être offert ; exception, lenteur, blocage, mémoire : lieu sûr et "
            "désactivé ; l'auteur accusé seulement d'après le moment du jugement.",
            en="Checked before it is offered; exception, slowness, hang, memory: safe place and "
            "disabled; blamed only by the moment of the judgement.",
        ),
        (
            "faults/test_faults_watchdog.py::test_a_scenario_that_throws_is_left_in_the_next_picture_and_told_to_its_author_alone",
            "faults/test_faults_watchdog.py::test_a_scenario_that_swallows_every_interruption_is_killed_in_time_and_stays_disabled",
            "faults/test_faults_watchdog.py::test_a_scenario_that_eats_the_memory_is_ended_before_the_machine_suffers",
            "faults/test_faults_watchdog.py::test_what_cannot_be_shown_is_refused_before_anybody_is_in_it",
            "watch/test_watch_blame.py::test_a_loop_that_hung_is_not_the_scenarios_fault_though_its_code_is_entered_after",
        ),
        Words(
            fr="Le code n'est ni isolé ni signé (voir *Limites*).",
            en="The code is neither sandboxed nor signed (see *Limits*).",
        ),
    ),
    "H17": Hazard(
        Words(fr="Contre-indication non cherchée", en="A contraindication not asked about"),
        Words(
            fr="La console pose toutes les questions du protocole ; une séance ne s'ouvre pas sans "
            "dépistage ni consentement, un oui attend un accord ou une raison, et le premier essai "
            "attend l'état du jour et l'essai de la sortie.",
            en="The console asks every question of the protocol; no session opens without "
            "screening and consent, a yes waits for a clearance or a reason, and the first trial "
            "waits for today's state and the rehearsal of the way out.",
        ),
        (
            "protocol/test_protocol_default.py::test_it_screens_for_everything_that_is_known_to_be_asked",
            "session/test_session_before.py::test_no_order_of_acts_leads_to_exposure_without_them",
            "ui/test_ui_before.py::test_all_no_shows_every_question_and_takes_one_key_for_each",
        ),
        Words(
            fr="Les questions ne sont pas relues par un clinicien.",
            en="The questions are not reviewed by a clinician.",
        ),
    ),
    "H18": Hazard(
        Words(fr="Suites, comme au volant", en="After-effects, as when driving"),
        Words(
            fr="Le protocole à lire dit à quoi veiller avant le départ.",
            en="The protocol to read says what to see to before the patient leaves.",
        ),
        (
            "protocol/test_protocol_default.py::test_the_list_holds_every_question_and_every_step_and_fits_a_narrow_terminal",
        ),
        Words(
            fr="Ni questionnaire, ni attente, ni conseil ne sont demandés par la console.",
            en="The console asks no form, keeps no time and gives no advice.",
        ),
    ),
    "H19": Hazard(
        Words(
            fr="Confiance excessive, usage sans qualification", en="Over-reliance, unqualified use"
        ),
        Words(
            fr="La phrase sur l'usage au début du guide ; rien n'agit seul vers le haut ; un "
            "stagiaire ne mène que des patients simulés.",
            en="The sentence on purpose where the guide begins; nothing acts upwards by itself; a "
            "trainee leads simulated patients only.",
        ),
        (
            "engine/test_engine_phases.py::test_nothing_that_happens_by_itself_leads_into_the_scene",
            "protocol/test_protocol_default.py::test_the_model_has_no_place_for_a_rule_that_acts_by_itself",
            "ui/test_ui_operators.py::test_a_trainee_reads_that_only_simulated_patients_are_led",
        ),
        Words(
            fr="Le thérapeute ne confirme pas l'avoir lue.",
            en="The therapist does not confirm having read it.",
        ),
    ),
    "H20": Hazard(
        Words(fr="Erreurs d'horloge", en="Errors of a clock"),
        Words(
            fr="Délais par des horloges que personne ne règle, ici par pas ; un saut est inscrit.",
            en="Limits go by clocks that nobody sets, here by ticks; a jump is recorded.",
        ),
        (
            "faults/test_faults_clocks.py::test_a_session_whose_clock_is_set_keeps_its_order_its_durations_and_its_limits",
            "faults/test_faults_clocks.py::test_at_the_patients_side_nothing_asks_for_the_time_of_day",
        ),
    ),
}
NOT_YET = {"en": "nothing yet", "fr": "rien encore"}


def drawn(language: Language) -> str:
    """The table as Markdown."""
    lines = [HEAD[language], "|---|---|---|---|"]
    for name, hazard in HAZARDS.items():
        answer = NOT_YET[language] if hazard.answer is None else hazard.answer.get(language)
        missing = "" if hazard.missing is None else hazard.missing.get(language)
        lines.append(f"| {name} | {hazard.what.get(language)} | {answer} | {missing} |")
    return "\n".join(lines)


def main() -> int:
    """Write the table into the guides."""
    for language in PAGES:
        PLACE.write(language, drawn(language))
    return 0


if __name__ == "__main__":
    sys.exit(main())
