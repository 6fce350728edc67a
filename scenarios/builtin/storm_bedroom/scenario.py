"""Owns a bedroom at night and the storm before its window; knows no engine, no renderer.

Axes: whoever is there looks along y at the window; the door is left of it, the bed right, the
wardrobe at the left wall. Tasks are worded so that they suit adults and children; two are made for
children, who find stars and fireflies by looking for them.
"""

from __future__ import annotations

import math

from scenarios.api import Bat, BatStep, Comfort, Graded, Node, Scenario, Steps, Vec, event, task

from .seeking import LINES, Seeking
from .torch import FEET, Torch

LOOKING_DOWN = 8.0
DUSK = 0.25
"""The stage's daylight at 100 % of the evening."""
SECONDS_PER_KM = 3.0
"""Thunder comes so much later than its lightning: sound goes 340 m in a second."""
NEAR_KM, LOUD_KM = 1.6, 0.5
WINDOW: Vec = (-0.07, 2.906, 1.49)
CEILING, BEDSIDE = (0.0, 0.6, 2.14), (0.80, 2.60, 0.885)
MOON, HALL = (-0.52, 2.60, 0.545), (-1.50, 3.65, 2.15)
DOORWAY, DOOR = (-0.98, 2.10, 1.30), (-1.98, 2.80, 0.0)
WARDROBE, SHUTTER = (-1.58, 1.73, 0.06), (0.58, 3.02, 0.72)
BRANCH, CHAIR = (0.95, 3.35, 1.72), (-0.98, 1.62, 0.0)
CORNER: Vec = (-1.95, 2.30, 0.45)
WIDEST_DEG = 40.0
RAIN: Vec = (-0.07, 3.0, -8.2)
STORM_M_S = 18.0
SHARES = {"power": 1.0, "glow": 1.0, "torch": 0.0}
"""Shares of lamps as nobody has touched them; what an event asks for is eased in, at this rate."""
EASES_PER_S = 2.0

LEVELS_FR = (
    "La chambre le soir : les lampes sont allumées, dehors il fait sec et calme.",
    "Le soir tombe ; les lampes éclairent un peu moins, la veilleuse brille.",
    "Quelques gouttes sur la vitre ; la chambre est encore bien éclairée.",
    "Une pluie douce ; très loin, un orage que l'on devine.",
    "Lumière tamisée, un peu de vent ; au loin le tonnerre roule.",
    "Il fait presque nuit dehors ; les coins de la chambre sont sombres.",
    "La nuit est là, il pleut bien ; la lampe n'éclaire plus que la table.",
    "Pénombre, vent et pluie ; l'orage est à moins de deux kilomètres.",
    "Seules la veilleuse et la porte entrouverte éclairent ; l'orage approche.",
    "La veilleuse est faible, la porte presque fermée ; l'orage est tout près.",
    "Le noir ; la porte est fermée, l'orage est au-dessus de la maison.",
)
LEVELS_EN = (
    "The bedroom in the evening: the lamps are on, it is dry and calm outside.",
    "Evening falls; the lamps are a little dimmer, the night lamp shines.",
    "A few drops on the pane; the room is still well lit.",
    "A gentle rain; very far away there may be a storm.",
    "Soft light, a little wind; far off, thunder rolls.",
    "It is almost night outside; the corners of the room are dark.",
    "Night has come, it rains steadily; the lamp lights hardly more than its table.",
    "Near dark, wind and rain; the storm is less than two kilometres away.",
    "Only the night lamp and the door ajar give light; the storm comes nearer.",
    "The night lamp is faint, the door almost shut; the storm is very near.",
    "Dark; the door is shut, the storm is above the house.",
)


def _told(fr: str, en: str) -> dict[str, str]:
    return {"fr": fr, "en": en}


class Bedroom(Scenario):
    """A bedroom: a bright evening at first, at last a dark night with a storm above the house."""

    id = "storm.bedroom"
    version = "1.0.0"
    title = {"fr": "La chambre, la nuit, l'orage", "en": "The bedroom, the night, the storm"}
    summary = {
        "fr": "Une chambre la nuit : lampes, soir, veilleuse, lampe de poche, porte, pluie, vent, "
        "tonnerre et éclairs se règlent séparément. Pour les enfants, des étoiles à trouver.",
        "en": "A bedroom by night: lamps, evening, night lamp, torch, door, rain, wind, thunder "
        "and lightning can each be set separately. For children, stars to find.",
    }
    phobia = "astraphobia"
    levels = {
        level: {"fr": fr, "en": en}
        for level, (fr, en) in enumerate(zip(LEVELS_FR, LEVELS_EN, strict=True))
    }
    contraindications = ("sudden_noise", "flashes")
    comfort = Comfort(motion="none")
    warnings = (
        _told(
            "Obscurité, pluie, vent, tonnerre et éclairs adoucis, bruits de la maison la nuit. "
            "Personne n'entre dans la chambre.",
            "Darkness, rain, wind, thunder and softened lightning, noises of a house at night. "
            "Nobody comes into the room.",
        ),
    )
    targets = {
        "window": {"fr": "la fenêtre", "en": "the window"},
        "corner": {"fr": "le coin près de l'armoire", "en": "the corner beside the wardrobe"},
        "under_chair": {"fr": "sous la chaise", "en": "under the chair"},
        "night_lamp": {"fr": "la veilleuse", "en": "the night lamp"},
        "star_one": {"fr": "une étoile", "en": "a star"},
        "star_two": {"fr": "une autre étoile", "en": "another star"},
        "star_three": {"fr": "une troisième étoile", "en": "a third star"},
        "firefly": {"fr": "une luciole", "en": "a firefly"},
    }
    lines = LINES
    expected_distress = {0: 5, 2: 15, 4: 35, 6: 55, 8: 75, 10: 95}

    # fmt: off
    light = Graded({0: 100, 1: 82, 2: 66, 3: 52, 4: 40, 5: 30, 6: 20, 7: 12, 8: 5, 9: 0, 10: 0},
                   fr="lampes de la chambre", en="lamps of the room", unit="%", rate=4.0)
    evening = Graded({0: 100, 1: 84, 2: 70, 3: 56, 4: 42, 5: 28, 6: 16, 7: 10, 8: 5, 9: 0, 10: 0},
                     fr="clarté du soir dehors", en="evening light outside", unit="%", rate=4.0)
    night_lamp = Graded({0: 100, 6: 100, 8: 95, 9: 35, 10: 0}, fr="veilleuse", en="night lamp",
                        unit="%", rate=5.0)
    torch = Graded({0: 100, 2: 70, 4: 40, 6: 20, 8: 0, 10: 0}, fr="lampe de poche", en="torch",
                   unit="%", rate=5.0)
    door = Graded({0: 40, 4: 34, 7: 24, 8: 20, 9: 6, 10: 0}, fr="ouverture de la porte",
                  en="opening of the door", unit="°", rate=3.0)
    rain = Graded({0: 0, 1: 0, 2: 12, 3: 24, 4: 34, 6: 50, 8: 66, 9: 88, 10: 100}, fr="pluie",
                  en="rain", unit="%", rate=4.0)
    wind = Graded({0: 0.5, 2: 1.5, 4: 4.0, 6: 7.0, 8: 10.0, 9: 14.0, 10: 16.0}, fr="vent",
                  en="wind", unit="m/s", rate=0.6, decimals=1)
    thunder = Graded({0: 5.0, 2: 4.4, 3: 4.0, 4: 3.5, 5: 3.0, 6: 2.4, 7: 1.9, 8: 1.3, 9: 0.9,
                      10: 0.5}, fr="distance du tonnerre", en="distance of the thunder",
                     unit="km", rate=0.3, step=1.0, decimals=1)
    lightning = Graded({0: 0, 2: 0, 3: 15, 4: 25, 6: 45, 8: 70, 10: 100}, fr="clarté des éclairs",
                       en="brightness of lightning", unit="%", rate=5.0)
    hidden = Graded({0: 0, 10: 100}, fr="étoiles bien cachées", en="how hidden stars are",
                    unit="%", rate=10.0, step=20.0)
    # fmt: on
    interlocks = (
        # thunder so near never comes without the lightning that announces it
        thunder.at_most(1.0).requires(lightning.at_least(20)),
        # in a bright room a strong lightning would be one glare more, and no storm
        lightning.at_least(80).requires(light.at_most(50)),
    )
    bat = Bat(
        instruction={
            "fr": "Restez dans la chambre aussi longtemps que vous le voulez pendant que la "
            "lumière baisse. À chaque étape vous décidez si vous continuez ; vous pouvez vous "
            "arrêter à tout moment.",
            "en": "Stay in the room as long as you want to while the light goes down. At each step "
            "you decide whether to go on; you can stop at any moment.",
        },
        steps=tuple(
            BatStep(fr=fr, en=en, level=level, seconds=seconds, task=task)
            for level, seconds, task, fr, en in (
                (0, 15, None, "La chambre éclairée.", "The room, lit."),
                (2, 15, None, "Un peu moins de lumière.", "A little less light."),
                (4, 20, None, "Une lumière tamisée.", "Soft light."),
                (4, 20, "corner", "Éclairer le coin.", "Shine the torch into the corner."),
                (6, 20, None, "La lampe de chevet, basse.", "The bedside lamp, low."),
                (6, 20, "under", "Regarder sous la chaise.", "Look under the chair."),
                (8, 30, None, "La veilleuse et la porte.", "Night lamp and door ajar."),
                (9, 30, None, "Presque le noir.", "Almost dark."),
                (10, 30, None, "Le noir.", "Dark."),
            )
        ),
        measure="light",
    )

    # -- the place

    def build(self) -> None:
        """Room, lamps, weather and sounds, as on the evening of level 0."""
        stage = self.stage
        self._clock = 0.0
        self._share, self._wish = dict(SHARES), dict(SHARES)
        self._gust = self._turning = 0.0  # the second: seconds for which light still changes
        self._room = stage.model("bedroom/room")
        self._leaf = stage.model("bedroom/door", at=DOOR)
        self._wardrobe = stage.model("bedroom/wardrobe_leaf", at=WARDROBE)
        self._shutter = stage.model("bedroom/shutter", at=SHUTTER, heading=-180.0)
        self._branch = stage.model("bedroom/branch", at=BRANCH)
        self._rain = stage.model("bedroom/rain", at=RAIN)
        self._drops = stage.model("bedroom/drops", at=WINDOW)
        self._runnels = stage.model("bedroom/runnels", at=(WINDOW[0], WINDOW[1] - 0.004, WINDOW[2]))
        self._seeking, self._torch = Seeking(self), Torch(self)
        self._ceiling = stage.lamp(CEILING, reach=9.0, light=0.0)
        self._fill = stage.lamp((0.1, -0.5, 1.55), reach=8.0, light=0.0)
        self._bedside = stage.lamp(BEDSIDE, reach=4.5, light=0.0)
        self._moon = stage.lamp(MOON, reach=3.0, light=0.0)
        self._hall = stage.lamp(HALL, reach=2.6, light=0.0)
        self._doorway = stage.lamp(DOORWAY, reach=2.3, light=0.0)
        stage.target("window", at=WINDOW, radius=0.7)
        stage.target("corner", at=CORNER, radius=0.55)
        stage.target("under_chair", at=(CHAIR[0], CHAIR[1], 0.18), radius=0.35)
        stage.target("night_lamp", at=MOON, radius=0.16)
        self._house = stage.sound("bedroom/house", at=(-1.6, 4.0, 0.8), loop=True, volume=0.35)
        self._patter = stage.sound("rain/light", at=WINDOW, loop=True, volume=0.0)
        self._pour = stage.sound("rain/heavy", loop=True, volume=0.0)
        self._breeze = stage.sound("wind/steady", loop=True, volume=0.0)
        self._rolling = stage.sound("storm/rolling", loop=True, volume=0.0)
        self._far = stage.sound("rain/thunder", at=(-6.0, 40.0, 14.0))
        self._near = stage.sound("storm/near", at=(-2.0, 16.0, 10.0))
        self.update(0.0)

    def update(self, dt: float) -> None:
        """Bring lamps, door, weather and sounds to the applied values."""
        self._clock += dt
        self._turning = max(0.0, self._turning - dt)
        for name, wish in self._wish.items():
            most = EASES_PER_S * dt
            self._share[name] += min(most, max(-most, wish - self._share[name]))
        self._lamps()
        self._torch.shine(max(self.torch / 100.0, self._share["torch"]), dt)
        self._weather()
        self.stage.viewer.stand(FEET, looking_down=LOOKING_DOWN)

    def safe(self) -> None:
        """Light and air as they belong; found stars stay found."""
        self._share, self._wish = dict(SHARES), dict(SHARES)
        self._gust = self._turning = 0.0
        self._shutter.heading, self._wardrobe.heading = -180.0, 0.0
        self._torch.lay_down()

    def _lamps(self) -> None:
        light, power = self.light / 100.0, self._share["power"]
        # eyes get used to less light: what is lost at first is little
        above = max(0.0, light - 0.25) / 0.75 * power
        self._ceiling.set("light", above)
        self._room.set("lamp", 1.0 if above > 0.0 else 0.0)
        self._fill.set("light", 0.46 * light**1.5 * power)
        self._bedside.set("light", 0.30 * min(1.0, 2.0 * light) * power)
        self._moon.set("light", 0.045 * self.night_lamp / 100.0 * self._share["glow"])
        ajar = self.door / WIDEST_DEG
        self._hall.set("light", 0.50 * power * min(1.0, 8.0 * ajar))
        self._doorway.set("light", 0.10 * ajar * power)
        self._leaf.heading = -self.door
        self._room.set("power", power)
        self._house.volume = 0.35 * power
        self.stage.daylight(DUSK * self.evening / 100.0)

    def _weather(self) -> None:
        rain, wind = self.rain / 100.0, min(1.0, self.wind / STORM_M_S + self._gust)
        rain = min(1.0, rain + 0.5 * self._gust)
        self.stage.wind(wind)
        self.stage.clouds(min(1.0, 0.016 * self.rain))
        self._rain.set("amount", rain)
        self._drops.set("amount", rain)
        self._runnels.set("amount", rain)
        sway = 5.0 * wind * (math.sin(1.3 * self._clock) + 0.5 * math.sin(2.9 * self._clock))
        self._branch.heading = 3.0 + 6.0 * wind + sway
        self._patter.volume = 0.55 * min(1.0, 3.0 * rain) * (1.0 - 0.5 * rain)
        self._pour.volume = 0.75 * max(0.0, rain - 0.3) / 0.7
        self._breeze.volume = 0.04 + 0.8 * wind
        self._breeze.rate = 0.9 + 0.25 * wind
        nearness = max(0.0, 1.0 - self.thunder / 4.2)
        self._rolling.volume = 0.65 * nearness * min(1.0, self.lightning / 20.0)

    # -- events
    # fmt: off

    @event(fr="Un éclair, sans tonnerre", en="Lightning without thunder", min_level=3,
           cooldown_s=10.0, requires=(lightning.at_least(5),),
           warning=_told("Un éclair luit dans les nuages, une fois, doucement.",
                         "A flash of lightning glows in the clouds, once, softly."))
    def sheet_lightning(self) -> Steps:
        """A glow in the clouds, too far off to be heard."""
        yield from self._alone(2.0)
        self.stage.lightning(0.15 + 0.65 * self.lightning / 100.0)
        yield from self.wait(4.0)

    @event(fr="Un coup de tonnerre", en="A clap of thunder", min_level=3, cooldown_s=20.0,
           requires=(lightning.at_least(5),),
           warning=_told("Un éclair, puis le tonnerre, trois secondes plus tard par kilomètre.",
                         "Lightning, then thunder, three seconds later for each kilometre."))
    def thunderclap(self) -> Steps:
        """Lightning; the thunder follows at the speed of sound."""
        yield from self._strike()

    def _strike(self) -> Steps:
        yield from self._alone(2.0)
        self.stage.lightning(0.2 + 0.8 * self.lightning / 100.0)
        away = self.thunder
        yield from self.wait(SECONDS_PER_KM * away)
        if away <= NEAR_KM:
            near = (NEAR_KM - away) / (NEAR_KM - LOUD_KM)
            self._near.volume, self._near.rate = 0.45 + 0.40 * near, 0.88 + 0.12 * near
            self._near.play()
        else:
            self._far.volume = min(0.9, 0.30 + 1.0 / away)
            self._far.rate = max(0.72, 1.02 - 0.04 * away)
            self._far.play()
        yield from self.wait(4.0)

    @event(fr="Panne de courant", en="Power cut", min_level=1, cooldown_s=45.0,
           requires=(night_lamp.at_least(10), light.at_least(5)),
           warning=_told("Les lampes de la maison et de la rue s'éteignent ; la veilleuse reste.",
                         "The lamps of house and street go out; the night lamp stays on."))
    def power_cut(self) -> Steps:
        """House and street go dark and quiet, and come back; the night lamp has a battery."""
        yield from self._alone(2.0)
        self.stage.sound("bedroom/click", at=(-1.0, 2.7, 1.06), volume=0.7).play()
        try:
            self._ask("power", 0.0)
            yield from self.wait(9.0)
            yield from self._alone(2.0)
            self._ask("power", 1.0)
            yield from self.wait(1.0)
        finally:
            self._ask("power", 1.0)

    @event(fr="L'armoire s'entrouvre en grinçant", en="The wardrobe creaks ajar", min_level=3,
           cooldown_s=40.0,
           warning=_told("La porte de l'armoire grince et s'entrouvre ; il n'y a que des "
                         "vêtements.",
                         "The wardrobe's door creaks and comes ajar; there is nothing but "
                         "clothes."))
    def wardrobe(self) -> Steps:
        """A leaf gives way by a hand's breadth, and falls to again."""
        self.stage.sound("bedroom/wardrobe", at=(-1.55, 1.2, 1.2)).play()
        try:
            yield from self._turn(self._wardrobe, 0.0, 24.0, 2.8)
            yield from self.wait(3.0)
            yield from self._turn(self._wardrobe, 24.0, 0.0, 3.5)
        finally:
            self._wardrobe.heading = 0.0

    @event(fr="Le plancher craque", en="The floor creaks", min_level=2, cooldown_s=30.0,
           warning=_told("Le bois du plancher craque, comme la nuit quand il refroidit.",
                         "The wood of the floor creaks, as at night when it cools."))
    def floor(self) -> Steps:
        """Wood works: a creak at the left, and a smaller one."""
        for at, loud in (((-1.3, 0.3, 0.0), 0.9), ((-0.9, 0.9, 0.0), 0.6)):
            self.stage.sound("balcony/creak", at=at, volume=loud).play()
            yield from self.wait(2.2)

    @event(fr="Une branche tape à la vitre", en="A branch taps the pane", min_level=2,
           cooldown_s=30.0, requires=(wind.at_least(1.5),),
           warning=_told("Le vent pousse une branche contre la vitre.",
                         "The wind pushes a branch against the pane."))
    def branch(self) -> Steps:
        """The wind leans the branch on the pane, where it knocks and scratches, and lets it go."""
        twig = self.stage.model("bedroom/branch", at=(0.72, 3.20, 1.98), heading=-6.0)
        self.stage.sound("bedroom/tap", at=(-0.05, 2.9, 1.7)).play()
        passed = 0.0
        while passed < 3.2:
            passed += yield
            lean = math.sin(math.pi * min(1.0, passed / 3.2)) ** 0.5
            twig.heading = -6.0 + 20.0 * lean + 2.5 * math.sin(9.0 * passed) * lean

    @event(fr="La veilleuse s'éteint doucement", en="The night lamp fades out", min_level=3,
           cooldown_s=45.0, requires=(night_lamp.at_least(10),),
           warning=_told("La veilleuse s'éteint peu à peu, puis revient.",
                         "The night lamp fades out little by little, and comes back."))
    def fades(self) -> Steps:
        """Its battery is low: it fades within seconds, stays out, and glows again."""
        try:
            for start, end in ((1.0, 0.0), (0.0, 1.0)):
                yield from self._alone(3.0)
                passed = 0.0
                while passed < 2.5:
                    passed += yield
                    self._ask("glow", start + (end - start) * min(1.0, passed / 2.5))
                yield from self.wait(5.0 if end == 0.0 else 0.5)
        finally:
            self._ask("glow", 1.0)

    @event(fr="Une bourrasque de pluie", en="A squall of rain", min_level=3, cooldown_s=30.0,
           warning=_told("Une bourrasque jette la pluie contre la vitre.",
                         "A squall throws the rain against the pane."))
    def squall(self) -> Steps:
        """Wind and rain swell for some seconds; the curtains stir."""
        self.stage.sound("wind/gust", at=(0.0, 4.5, 1.5)).play()
        self.stage.sound("bedroom/curtain", at=(-0.7, 2.6, 1.4), volume=0.8).play()
        passed = 0.0
        try:
            while passed < 7.0:
                passed += yield
                self._gust = 0.55 * math.sin(math.pi * min(1.0, passed / 7.0)) ** 2
        finally:
            self._gust = 0.0

    @event(fr="Un volet claque", en="A shutter bangs", min_level=4, cooldown_s=40.0,
           requires=(wind.at_least(3),),
           warning=_told("Le vent rabat un volet, qui claque contre le mur.",
                         "The wind swings a shutter, which bangs against the wall."))
    def shutter(self) -> Steps:
        """It swings before the window, falls back and bangs."""
        try:
            yield from self._turn(self._shutter, -180.0, -62.0, 1.6)
            self.stage.sound("bedroom/shutter", at=(1.1, 3.1, 1.4), volume=0.9).play()
            yield from self._turn(self._shutter, -62.0, -180.0, 0.9)
            yield from self._turn(self._shutter, -180.0, -150.0, 0.5)
            yield from self._turn(self._shutter, -150.0, -180.0, 0.5)
            yield from self.wait(1.0)
        finally:
            self._shutter.heading = -180.0

    def _ask(self, name: str, wish: float) -> None:
        """Ease a share there; while it changes no other light begins to."""
        self._wish[name], self._turning = wish, max(self._turning, 1.0)

    def _alone(self, seconds: float) -> Steps:
        """Wait until no other light changes, then be the only one that does for so long."""
        while self._turning > 0.0:
            yield
        self._turning = seconds

    def _turn(self, leaf: Node, start: float, end: float, seconds: float) -> Steps:
        """Turn a leaf about its hinge, in degrees, softly at both ends."""
        passed = 0.0
        while passed < seconds:
            passed += yield
            part = min(1.0, passed / seconds)
            leaf.heading = start + (end - start) * part * part * (3.0 - 2.0 * part)

    # -- tasks

    @task(fr="Regarder par la fenêtre pendant dix secondes.",
          en="Look out of the window for ten seconds.")  # fmt: skip
    def window(self) -> Steps:
        """Ten seconds in total; glances away do not count, and do not begin it anew."""
        yield from self.looking("window", seconds=10.0)

    @task(fr="Éclairer avec la lampe de poche le coin près de l'armoire.",
          en="Shine the torch into the corner beside the wardrobe.")
    def corner(self) -> Steps:
        """The torch shines where the patient looks; five seconds of the corner are enough."""
        yield from self._shining(self.looking("corner", seconds=5.0))

    @task(fr="Regarder sous la chaise avec la lampe de poche.",
          en="Look under the chair with the torch.")
    def under(self) -> Steps:
        """There are slippers, and nothing else."""
        yield from self._shining(self.looking("under_chair", seconds=5.0))

    @task(fr="Compter les secondes entre l'éclair et le tonnerre.",
          en="Count the seconds between the lightning and the thunder.", min_level=3,
          requires=(lightning.at_least(5),),
          warning=_told("Un éclair vient, puis le tonnerre : trois secondes font un kilomètre.",
                        "A flash of lightning comes, then thunder: three seconds are one "
                        "kilometre."))
    def count(self) -> Steps:
        """One lightning and its thunder: who counts knows how far off the storm is."""
        yield from self.wait(2.0)
        yield from self._strike()

    @task(fr="Éteindre la veilleuse, au moment choisi : la regarder deux secondes.",
          en="Switch off the night lamp: look at it for two seconds, when you want to.",
          min_level=2, requires=(night_lamp.at_least(10),))
    def switch_off(self) -> Steps:
        """The patient chooses the moment; ten seconds later it comes back by itself."""
        yield from self.looking("night_lamp", seconds=2.0)
        self.stage.sound("bedroom/click", at=MOON).play()
        try:
            yield from self._alone(1.0)
            self._ask("glow", 0.0)
            yield from self.wait(10.0)
            yield from self._alone(1.0)
        finally:
            self._ask("glow", 1.0)

    @task(fr="Trouve les étoiles : éclaire-les avec ta lampe de poche.",
          en="Find the stars: shine your torch on them.")
    def stars(self) -> Steps:
        """For children: ten stars; all that is asked is to look about."""
        yield from self._shining(self._seeking.stars())

    @task(fr="Cherche les lucioles derrière la fenêtre.",
          en="Look for the fireflies outside the window.")
    def fireflies(self) -> Steps:
        """For children: five fireflies, one after the other, out in the garden."""
        yield from self._seeking.fireflies()
    # fmt: on

    def _shining(self, steps: Steps) -> Steps:
        """Let a task go on while the torch, whole, shines where the patient looks."""
        yield from self._alone(1.0)
        if self.torch == 0.0:
            self._torch.point()
        self.stage.sound("bedroom/click", at=(0.2, -0.9, 1.1), volume=0.5).play()
        try:
            self._torch.asked_for = True
            self._ask("torch", 1.0)
            yield from steps
        finally:
            self._torch.asked_for = False
            self._ask("torch", 0.0)
