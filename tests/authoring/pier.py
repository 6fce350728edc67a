"""A pier: a scenario that is in order, for the tests of the author's tools."""

from scenarios.api import Comfort, Graded, Scenario, event, task


class Pier(Scenario):
    id = "heights.pier"
    version = "1.0.0"
    title = {"fr": "La jetée", "en": "The pier"}
    summary = {"fr": "Une jetée.", "en": "A pier."}
    phobia = "heights"
    levels = {
        0: {"fr": "a", "en": "a"},
        1: {"fr": "a", "en": "a"},
        2: {"fr": "a", "en": "a"},
        3: {"fr": "a", "en": "a"},
        4: {"fr": "a", "en": "a"},
        5: {"fr": "a", "en": "a"},
        6: {"fr": "a", "en": "a"},
        7: {"fr": "a", "en": "a"},
        8: {"fr": "a", "en": "a"},
        9: {"fr": "a", "en": "a"},
        10: {"fr": "a", "en": "a"},
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
