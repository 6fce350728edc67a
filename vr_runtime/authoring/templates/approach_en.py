"""Something comes nearer, level by level. Change what you like, save, and look again."""

from scenarios.api import Comfort, Graded, Scenario, event


class Approach(Scenario):
    id = "template.approach"  # the record keeps it: small letters and dots
    title = {"fr": "La caisse", "en": "The crate"}
    summary = {
        "fr": "Une caisse au fond d'une salle : distance, couvercle et bruit suivent le niveau.",
        "en": "A crate across a hall: distance, lid and noise follow the level.",
    }
    phobia = "fear"
    contraindications = ("sudden_noise",)  # what a patient may have to be kept from
    comfort = Comfort(motion="none")  # nothing moves the patient's view
    levels = {  # what the patient meets; say it as it is
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

    # What follows the level. Between two points it moves evenly, never faster than `rate` a second.
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

    def build(self):  # once, as it is at level 0: x to the right, y ahead, z up, in metres
        self.stage.box((12, 16, 0.1), material="wood", at=(0, 3, -0.1))
        self.stage.box((12, 0.2, 4), material="plaster", at=(0, 11, 0))
        self.crate = self.stage.box((0.9, 0.7, 0.7), material="dark_wood")
        self.stage.box((1, 0.8, 0.7), material="steel", at=(0, 0, -0.7), parent=self.crate)
        self.cover = self.stage.box((0.9, 0.7, 0.06), material="wood", parent=self.crate)
        self.rustle = self.stage.sound("wind/steady", at=(0, 0, 0.5), parent=self.crate, loop=True)

    def update(self, dt):  # 30 times a second: bring the place to the values that are applied
        self.crate.at = (0, self.distance + 0.35, 0.7)
        self.cover.at = (0, self.lid / 300, 0.7)
        self.cover.pitch = self.lid
        self.rustle.volume = self.noise / 100
        self.stage.viewer.stand((0, 0, 0), looking_down=10)

    # The therapist fires events. Each `yield` lets time pass; what an event makes goes with it.
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
