"""A room that is as narrow and as dark as the level says. Change it, save, look again."""

from scenarios.api import Comfort, Graded, Scenario, event


class Room(Scenario):
    id = "template.room"  # the record keeps it: small letters and dots
    title = {"fr": "La petite pièce", "en": "The small room"}
    summary = {
        "fr": "Une pièce dont largeur, porte et lumière suivent le niveau.",
        "en": "A room whose width, door and light follow the level.",
    }
    phobia = "claustrophobia"
    contraindications = ("confined",)  # what a patient may have to be kept from
    comfort = Comfort(motion="none")  # nothing moves the patient's view
    levels = {  # what the patient meets; say it as it is
        0: {"fr": "Six mètres de large, porte ouverte.", "en": "Six metres wide, the door open."},
        1: {"fr": "Cinq mètres et demi de large.", "en": "Five and a half metres wide."},
        2: {"fr": "Cinq mètres de large.", "en": "Five metres wide."},
        3: {"fr": "Quatre mètres et demi de large.", "en": "Four and a half metres wide."},
        4: {"fr": "Quatre mètres ; la porte se ferme.", "en": "Four metres; the door closes."},
        5: {"fr": "Trois mètres et demi de large.", "en": "Three and a half metres wide."},
        6: {"fr": "Trois mètres de large.", "en": "Three metres wide."},
        7: {"fr": "Deux mètres et demi ; plus sombre.", "en": "Two and a half metres; darker."},
        8: {"fr": "Deux mètres de large.", "en": "Two metres wide."},
        9: {"fr": "Un mètre et demi de large.", "en": "One and a half metres wide."},
        10: {"fr": "Un mètre vingt, porte fermée.", "en": "One metre twenty, the door closed."},
    }

    # What follows the level. Between two points it moves evenly, never faster than `rate` a second.
    width = Graded({0: 6, 9: 1.5, 10: 1.2}, fr="largeur", en="width", unit="m", decimals=1)
    door = Graded({0: 100, 3: 100, 10: 0}, fr="porte ouverte", en="door open", unit="%")
    dark = Graded({0: 0, 6: 0, 10: 60}, fr="pénombre", en="dimness", unit="%")

    def build(self):  # once, as it is at level 0: x to the right, y ahead, z up, in metres
        self.stage.box((7, 8, 0.1), material="carpet", at=(0, 0, -0.1))
        self.stage.box((7, 8, 0.1), material="plaster", at=(0, 0, 2.4))
        for end in (-3.5, 3.5):
            self.stage.box((7, 0.1, 2.4), material="plaster", at=(0, end, 0))
        self.walls = [self.stage.box((0.1, 8, 2.4), material="plaster") for _side in range(2)]
        self.stage.box((1, 0.06, 2.1), material="black", at=(0, 3.42, 0))
        self.leaf = self.stage.box((1, 0.05, 2.1), material="dark_wood", at=(0, 3.36, 0))
        self.hum = self.stage.sound("calm/room", loop=True)

    def update(self, dt):  # 30 times a second: bring the place to the values that are applied
        for wall, side in zip(self.walls, (-0.5, 0.5), strict=True):
            wall.at = (side * self.width, 0, 0)
        self.leaf.at = (0.012 * self.door, 3.36, 0)
        self.stage.darken(self.dark / 100)
        self.hum.volume = 1 - self.door / 200

    # The therapist fires events. Each `yield` lets time pass; what an event makes goes with it.
    @event(fr="Des pas derrière la porte", en="Steps behind the door", min_level=1, cooldown_s=10)
    def steps(self):
        self.stage.sound("people/steps", at=(0, 4, 0)).play()
        yield from self.wait(4.0)

    @event(fr="Un grincement au plafond", en="A creak above", min_level=3, cooldown_s=10)
    def creak(self):
        self.stage.sound("balcony/creak", at=(0.5, 0.5, 2.4)).play()
        yield from self.wait(3.0)
