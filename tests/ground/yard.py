"""The scenario of tests: a yard that rises with the level. Written as any author writes one."""

from scenarios.api import Graded, Scenario, Steps, event


class Yard(Scenario):
    """A yard that rises."""

    id = "test.yard"
    title = {"fr": "La cour", "en": "The yard"}
    summary = {"fr": "Une cour.", "en": "A yard."}
    phobia = "heights"
    levels = {n: {"fr": f"niveau {n}", "en": f"level {n}"} for n in range(11)}
    height = Graded({0: 0.0, 10: 60.0}, fr="hauteur", en="height", unit="m", rate=6.0)

    def build(self) -> None:
        self.deck = self.stage.box((1, 1, 1), material="concrete")

    def update(self, dt: float) -> None:
        self.deck.at = (0.0, 0.0, self.height)

    @event(fr="Un bruit", en="A noise", cooldown_s=2)
    def noise(self) -> Steps:
        yield from self.wait(1.0)

    @event(fr="Un long bruit", en="A long noise", cooldown_s=0)
    def long_noise(self) -> Steps:
        yield from self.wait(600.0)

    @event(fr="Un défaut", en="A fault", cooldown_s=0)
    def fault(self) -> Steps:
        yield
        raise ValueError("the author's mistake")
