"""Quelque chose approche, niveau par niveau. Changez, enregistrez, regardez."""

from scenarios.api import Comfort, Graded, Scenario, event


class Approach(Scenario):
    id = "template.approach"  # gardé dans le dossier : minuscules et points
    title = {"fr": "La caisse", "en": "The crate"}
    summary = {
        "fr": "Une caisse au fond d'une salle : distance, couvercle et bruit suivent le niveau.",
        "en": "A crate across a hall: distance, lid and noise follow the level.",
    }
    phobia = "fear"
    contraindications = ("sudden_noise",)  # ce dont il faut peut-être préserver un patient
    comfort = Comfort(motion="none")  # rien ne déplace le regard du patient
    levels = {  # ce que le patient rencontre, tel quel
        0: {"fr": "La caisse est à 9 m, fermée.", "en": "The crate is 9 m away, closed."},
        1: {"fr": "Elle est à 8 m.", "en": "It is 8 m away."},
        2: {"fr": "Elle est à 7 m ; un léger bruit.", "en": "It is 7 m away; a slight noise."},
        3: {"fr": "Elle est à 6 m.", "en": "It is 6 m away."},
        4: {"fr": "Elle est à 5 m, entrouverte.", "en": "It is 5 m away, ajar."},
        5: {"fr": "Elle est à 4 m.", "en": "It is 4 m away."},
        6: {"fr": "Elle est à 3,2 m.", "en": "It is 3.2 m away."},
        7: {"fr": "Elle est à 2,5 m, à demi ouverte.", "en": "It is 2.5 m away, half open."},
        8: {"fr": "Elle est à 2 m.", "en": "It is 2 m away."},
        9: {"fr": "Elle est à 1,5 m.", "en": "It is 1.5 m away."},
        10: {"fr": "Elle est à 1 m, ouverte.", "en": "It is 1 m away, open."},
    }

    # Ce qui suit le niveau, régulièrement entre deux points, au plus de `rate` par seconde.
    distance = Graded(
        {0: 9, 1: 8, 2: 7, 3: 6, 4: 5, 5: 4, 6: 3.2, 7: 2.5, 8: 2, 9: 1.5, 10: 1},
        fr="distance",
        en="distance",
        unit="m",
        rate=0.5,
        decimals=1,
    )
    lid = Graded({0: 0, 3: 0, 10: 70}, fr="couvercle", en="lid", unit="°")
    noise = Graded({0: 0, 1: 0, 10: 100}, fr="bruit", en="noise", unit="%")

    def build(self):  # une fois, au niveau 0 : x à droite, y devant, z en haut, en mètres
        self.stage.box((12, 16, 0.1), material="wood", at=(0, 3, -0.1))
        self.stage.box((12, 0.2, 4), material="plaster", at=(0, 11, 0))
        self.crate = self.stage.box((0.9, 0.7, 0.7), material="dark_wood")
        self.stage.box((1, 0.8, 0.7), material="steel", at=(0, 0, -0.7), parent=self.crate)
        self.cover = self.stage.box((0.9, 0.7, 0.06), material="wood", parent=self.crate)
        self.rustle = self.stage.sound("wind/steady", at=(0, 0, 0.5), parent=self.crate, loop=True)

    def update(self, dt):  # 30 fois par seconde : le lieu suit les valeurs appliquées
        self.crate.at = (0, self.distance + 0.35, 0.7)
        self.cover.at = (0, self.lid / 300, 0.7)
        self.cover.pitch = self.lid
        self.rustle.volume = self.noise / 100
        self.stage.viewer.stand((0, 0, 0), looking_down=10)

    # Le thérapeute déclenche les événements. Chaque `yield` laisse passer du temps ; ce qu'un
    # événement crée disparaît avec lui.
    @event(fr="Un coup", en="A knock", min_level=2, cooldown_s=10)
    def knock(self):
        self.stage.sound("people/steps", at=(0, self.distance, 1)).play()
        yield from self.wait(2.0)

    @event(fr="La lumière baisse", en="The light sinks", min_level=4, cooldown_s=20)
    def dim(self):
        try:
            self.stage.darken(0.6)
            yield from self.wait(5.0)
        finally:
            self.stage.darken(0.0)
