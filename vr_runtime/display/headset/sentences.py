"""Owns what is said where a headset cannot be had, each with what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.api.manifest import Words
from vr_runtime.display.headset.port import Cause

TAKEN = Words(
    fr="Le patient voit dans le casque ; une fenêtre à côté montre son œil gauche.",
    en="The patient sees in the headset; a window beside shows the left eye.",
)
TAKEN_ALONE = Words(
    fr="Le patient voit dans le casque ; il n'y a pas de fenêtre à côté.",
    en="The patient sees in the headset; there is no window beside.",
)
SENTENCES: Mapping[Cause, Words] = {
    Cause.NO_EXTRA: Words(
        fr="Palier est installé ici sans le casque : installez-le avec son extra « headset » "
        "(palier[headset]), ou choisissez --display desktop.",
        en="Palier is installed here without the headset: install it with its extra "
        '"headset" (palier[headset]), or choose --display desktop.',
    ),
    Cause.NO_DRIVER: Words(
        fr="Aucun moteur OpenXR ne répond ici : démarrez celui du casque (SteamVR, Monado, "
        "l'application du fabricant) et choisissez-le comme moteur OpenXR de cet ordinateur.",
        en="No OpenXR runtime answers here: start the headset's own (SteamVR, Monado, the "
        "maker's app) and make it this computer's OpenXR runtime.",
    ),
    Cause.NO_OPENGL: Words(
        fr="Le moteur OpenXR d'ici n'accepte pas d'images OpenGL : choisissez-en un autre, "
        "par exemple SteamVR, comme moteur OpenXR de cet ordinateur.",
        en="This OpenXR runtime takes no OpenGL pictures: make another one, SteamVR for "
        "example, this computer's OpenXR runtime.",
    ),
    Cause.NO_HEADSET: Words(
        fr="Le moteur OpenXR répond, mais aucun casque n'y est relié : branchez le casque, "
        "allumez-le, puis recommencez.",
        en="The OpenXR runtime answers, but no headset is connected to it: plug the headset in, "
        "switch it on, then try again.",
    ),
    Cause.NO_SCREEN: Words(
        fr="Un casque demande une fenêtre à côté : ouvrez une session graphique avec OpenGL 3.2 "
        "(sous Linux : X11 ou XWayland).",
        en="A headset needs a window beside it: log in to a graphical session with OpenGL 3.2 "
        "(on Linux: X11 or XWayland).",
    ),
    Cause.NOT_OPENED: Words(
        fr="Le casque a refusé la session : fermez les autres programmes qui s'en servent, "
        "redémarrez son moteur OpenXR, puis recommencez.",
        en="The headset refused the session: close other programs that use it, start its "
        "OpenXR runtime again, then try again.",
    ),
    Cause.HANGS: Words(
        fr="Le moteur OpenXR du casque s'est bloqué ou interrompu : redémarrez-le, "
        "puis recommencez.",
        en="The headset's OpenXR runtime hung or broke off: start it again, then try again.",
    ),
}
"""One for each cause."""
