"""A pier: a scenario that is in order, for the tests of the author's tools."""

from scenarios.api import Comfort, Graded, Scenario, event, task


class Pier(Scenario):
    id = "heights.pier"
    version = "1.0.0"
    title = {"fr": "La jetée", "en": "The pier"}
    summary = {"fr": "Une jetée.", "en": "A pier."}
    phobia = "heights"
    levels = {
        0: {"fr": "0 m", "en": "0 m up"},
        1: {"fr": "1 m", "en": "1 m up"},
        2: {"fr": "2 m", "en": "2 m up"},
        3: {"fr": "3 m", "en": "3 m up"},
        4: {"fr": "4 m", "en": "4 m up"},
        5: {"fr": "5 m", "en": "5 m up"},
        6: {"fr": "6 m", "en": "6 m up"},
        7: {"fr": "7 m", "en": "7 m up"},
        8: {"fr": "8 m", "en": "8 m up"},
        9: {"fr": "9 m", "en": "9 m up"},
        10: {"fr": "10 m", "en": "10 m up"},
    }
    contraindications = ("heights",)
    comfort = Comfort(motion="none")
    warnings = ({"fr": "eau", "en": "water"},)
    lines = {"hello": {"fr": "Bonjour.", "en": "Hello."}}

    height = Graded({0: 0.0, 10: 12.0}, fr="hauteur", en="height", unit="m", rate=0.5)
    posts = Graded.steps({0: 8, 5: 4, 10: 0}, fr="poteaux", en="posts")
    rail = Graded.choice(
        {0: 0, 10: 1},
        options=({"fr": "haut", "en": "high"}, {"fr": "bas", "en": "low"}),
        fr="garde-corps",
        en="rail",
    )

    def build(self):
        self.deck = self.stage.box((3, 2, 0.1), material="wood")

    def update(self, dt):
        self.deck.at = (0, 0, self.height)
        self.stage.viewer.stand((0, 0, self.height))
        self.foam()

    def foam(self):
        self.stage.wind(self.random.random())

    @event(fr="Une vague", en="A wave", min_level=2, cooldown_s=20)
    def wave(self):
        yield from self.wait(self.stage.say("hello"))

    @task(fr="Restez au bord.", en="Stay at the edge.", min_level=3)
    def stay(self):
        yield from self.wait(10.0)

    @task(fr="Laissez pendre les bras.", en="Let your arms hang.")
    def arms(self):
        self.stage.wind(0.0)
