"""Two places, and a picture of one, for consoles that are tried without a runtime."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from scenarios.api.graded import held, spread
from scenarios.api.manifest import EventSpec, GradedSpec, Manifest, Words

LEVELS = (
    ("Au sol, loin du bord", "On the ground, far from the edge"),
    ("Premier étage, mur plein", "First floor, solid wall"),
    ("Deuxième étage, fenêtre fermée", "Second floor, closed window"),
    ("Quatrième étage, balcon, rambarde haute", "Fourth floor, balcony, high rail"),
    ("Terrasse, à deux pas de la rambarde", "Terrace, two steps from the rail"),
    ("Terrasse, les mains sur la rambarde", "Terrace, hands on the rail"),
    ("Toit, rambarde basse", "Roof, low rail"),
    ("Toit, sol de verre sur un mètre", "Roof, one metre of glass floor"),
    ("Toit, sol de verre et vent", "Roof, glass floor and wind"),
    ("Passerelle, rambarde d'un seul côté", "Footbridge, rail on one side"),
    ("Passerelle sans rambarde, vent fort", "Footbridge without rail, strong wind"),
)


def heights() -> Manifest:
    """A scenario with one value of each kind and four events."""

    def value(name: str, fr: str, en: str, easy: float, hard: float, unit: str) -> GradedSpec:
        points = {0: easy, 10: hard}
        span = abs(hard - easy)
        return GradedSpec(
            name=name,
            label=Words(fr=fr, en=en),
            unit=unit,
            kind="points",
            by_level=spread(points),
            step=span / 10,
            rate=span / 10,
            ease_rate=span / 5,
            harder="up" if hard > easy else "down",
        )

    return Manifest(
        id="builtin.heights",
        version="1.0.0",
        title=Words(fr="Hauteurs : la terrasse", en="Heights: the terrace"),
        summary=Words(
            fr="Une maison de ville, du trottoir au toit. On monte d'étage en étage, la rambarde "
            "baisse, le vent se lève.",
            en="A town house from the pavement to the roof. Floor by floor the rail gets lower and "
            "the wind comes up.",
        ),
        phobia="heights",
        levels=tuple(Words(fr=fr, en=en) for fr, en in LEVELS),
        graded=(
            value("height", "hauteur", "height", 0, 48, "m"),
            value("rail", "rambarde", "rail", 140, 50, "cm"),
            value("wind", "vent", "wind", 0, 8, "m/s"),
            GradedSpec(
                name="place",
                label=Words(fr="place", en="place"),
                kind="choice",
                by_level=held({0: 0, 4: 1, 8: 2, 10: 2}),
                options=(
                    Words(fr="en retrait", en="set back"),
                    Words(fr="au bord", en="at the edge"),
                    Words(fr="sur la passerelle", en="on the bridge"),
                ),
                step=1,
                rate=1,
                ease_rate=1,
                harder="up",
            ),
        ),
        events=(
            EventSpec(
                name="gust", label=Words(fr="bourrasque", en="gust"), min_level=2, cooldown_s=30
            ),
            EventSpec(
                name="creak", label=Words(fr="grincement", en="creak"), min_level=0, cooldown_s=20
            ),
            EventSpec(
                name="bird",
                label=Words(fr="oiseau tout proche", en="bird close by"),
                min_level=6,
                cooldown_s=20,
                warning=Words(
                    fr="Un oiseau passe tout près ; à convenir avant.",
                    en="A bird passes close by; agree on it before.",
                ),
            ),
            EventSpec(name="voices", label=Words(fr="voix en bas", en="voices below")),
        ),
        warnings=(
            Words(
                fr="Vide sous les pieds à partir du niveau 7.",
                en="Void under the feet from level 7 on.",
            ),
        ),
    )


def lift() -> Manifest:
    """A second scenario, without events."""
    first = heights()
    return first.model_copy(
        update={
            "id": "builtin.lift",
            "title": Words(fr="L'ascenseur", en="The lift"),
            "summary": Words(
                fr="Une cabine, de la porte ouverte à l'arrêt entre deux étages.",
                en="A cabin, from the open door to a halt between floors.",
            ),
            "events": (),
            "warnings": (),
        }
    )


def picture() -> bytes:
    """A small JPEG of few colours: sky, wall, ground."""
    image = Image.new("RGB", (96, 54), (96, 128, 160))
    image.paste((168, 160, 144), (0, 30, 96, 54))
    image.paste((80, 88, 96), (30, 12, 60, 40))
    held_in = BytesIO()
    image.save(held_in, "JPEG", quality=95)
    return held_in.getvalue()
