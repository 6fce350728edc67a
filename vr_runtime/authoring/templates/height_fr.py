"""Une plate-forme aussi haute et ouverte que le dit le niveau. Changez, enregistrez, regardez."""

from scenarios.api import Comfort, Graded, Scenario, event


class Height(Scenario):
    id = "template.height"  # gardé dans le dossier : minuscules et points
    title = {"fr": "La plate-forme", "en": "The platform"}
    summary = {
        "fr": "Une plate-forme de bois : hauteur, garde-corps et vent suivent le niveau.",
        "en": "A wooden platform: height, rail and wind follow the level.",
    }
    phobia = "acrophobia"
    contraindications = ("heights",)  # ce dont il faut peut-être préserver un patient
    comfort = Comfort(motion="none")  # rien ne déplace le regard du patient
    levels = {  # ce que le patient rencontre, tel quel
        0: {"fr": "La plate-forme est au sol.", "en": "The platform lies on the ground."},
        1: {"fr": "Elle est à 1 m.", "en": "It is 1 m up."},
        2: {"fr": "Elle est à 2 m ; un peu de vent.", "en": "It is 2 m up; a little wind."},
        3: {"fr": "Elle est à 3 m.", "en": "It is 3 m up."},
        4: {"fr": "À 4,5 m, le garde-corps baisse.", "en": "At 4.5 m the rail is lower."},
        5: {"fr": "Elle est à 6 m.", "en": "It is 6 m up."},
        6: {"fr": "Elle est à 8 m.", "en": "It is 8 m up."},
        7: {"fr": "Elle est à 10 m.", "en": "It is 10 m up."},
        8: {"fr": "À 13 m, garde-corps à mi-jambe.", "en": "At 13 m the rail is knee-high."},
        9: {"fr": "Elle est à 16 m.", "en": "It is 16 m up."},
        10: {"fr": "À 20 m, presque sans garde-corps.", "en": "At 20 m, hardly any rail."},
    }

    # Ce qui suit le niveau. `steps` saute quand un niveau est atteint, derrière un court fondu :
    # pour tout ce qui déplace le patient. `Graded` avance régulièrement, au plus de `rate`/s.
    height = Graded.steps(
        {0: 0, 1: 1, 2: 2, 3: 3, 4: 4.5, 5: 6, 6: 8, 7: 10, 8: 13, 9: 16, 10: 20},
        fr="hauteur",
        en="height",
        unit="m",
        step=2,
        decimals=1,
    )
    rail = Graded({0: 110, 3: 110, 10: 15}, fr="garde-corps", en="rail", unit="cm", rate=10)
    wind = Graded({0: 0, 1: 5, 10: 100}, fr="vent", en="wind", unit="%")

    def build(self):  # une fois, au niveau 0 : x à droite, y devant, z en haut, en mètres
        self.stage.box((80, 80, 0.1), material="grass", at=(0, 20, -0.1))
        for side in (-12, 12):
            self.stage.box((6, 10, 9), material="brick", at=(side, 18, 0))
        self.deck = self.stage.box((3, 3, 0.2), material="wood")
        self.fence = self.stage.box((3, 0.06, 1), material="steel", parent=self.deck)
        self.air = self.stage.sound("wind/steady", loop=True, volume=0)

    def update(self, dt):  # 30 fois par seconde : le lieu suit les valeurs appliquées
        self.deck.at = (0, 0, self.height)
        self.fence.at, self.fence.scale = (0, 1.4, 0.2), (1, 1, self.rail / 100)
        self.stage.viewer.stand((0, -0.4, self.height + 0.2), looking_down=15)
        self.stage.wind(self.wind / 100)
        self.air.volume = self.wind / 100

    # Le thérapeute déclenche les événements. Chaque `yield` laisse passer du temps ; ce qu'un
    # événement crée disparaît avec lui.
    @event(fr="Une rafale", en="A gust", min_level=2, cooldown_s=20)
    def gust(self):
        self.stage.sound("wind/gust").play()
        yield from self.wait(4.0)

    @event(fr="Un pigeon passe", en="A pigeon passes", min_level=1, cooldown_s=20)
    def pigeon(self):
        bird = self.stage.model("animals/pigeon", at=(-6, 4, self.height + 1.2), heading=-90)
        bird.set("fold", 0)
        yield from bird.glide_to((6, 4, self.height + 1.4), seconds=5)
