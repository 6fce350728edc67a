"""A yard with a behavioural approach test, for whoever tests what is led through it."""

from yard import Yard

from scenarios.api import Bat, BatStep, Steps, task

BAT = Bat(
    instruction={
        "fr": "Allez aussi haut que vous voulez.",
        "en": "Go as high as you want to.",
    },
    steps=(
        BatStep(fr="En bas.", en="At the bottom.", level=0, seconds=2),
        BatStep(fr="Deux étages.", en="Two floors up.", level=2, seconds=4),
        BatStep(fr="Lâcher la barre.", en="Let go.", level=2, seconds=2, task="let_go"),
        BatStep(fr="Un peu plus haut.", en="A little higher.", level=3, seconds=2),
    ),
    measure="height",
)


class TestedYard(Yard):
    """The yard, approached step by step."""

    __test__ = False

    bat = BAT

    @task(fr="Lâchez la barre.", en="Let go of the bar.")
    def let_go(self) -> None:
        """The therapist sees it."""

    @task(fr="Restez là.", en="Stay there.")
    def stay(self) -> Steps:
        yield from self.wait(3.0)
