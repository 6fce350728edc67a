"""`palier-scenario preview`: its author reaches every level and value, within what no session may
leave, and sees what is applied."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from desk import close, desk_of
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from vr_runtime.authoring.cli import main
from vr_runtime.authoring.making.template import FOLDER
from vr_runtime.authoring.preview import panel
from vr_runtime.authoring.preview.board import Action, Slider, board, said, value_at
from vr_runtime.authoring.preview.patience import Patience
from vr_runtime.authoring.preview.steering import Kept, Steering
from vr_runtime.authoring.preview.viewing import Viewing
from vr_runtime.authoring.watching.once import shown
from vr_runtime.authoring.watching.shown import ENDS
from vr_runtime.authoring.watching.watcher import CannotShow
from vr_runtime.authoring.watching.words import (
    Closed,
    Failed,
    Ready,
    Show,
    Tell,
    Unable,
    Where,
)
from vr_runtime.display.author.window import Pressed
from vr_runtime.display.null import NullDisplay
from vr_runtime.engine.budget import IN_STEP, Budget
from vr_runtime.examination.examine import examine
from vr_runtime.language import use
from vr_runtime.loader import Found, found_at
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, View
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.state import Effort

PIER = Path(__file__).parent / "pier.py"
PLATFORM = FOLDER / "height_en.py"
LEVELS = st.integers(0, 10)
VALUES = st.one_of(
    st.tuples(st.just("height"), st.floats(0.0, 12.0)),
    st.tuples(st.just("posts"), st.integers(0, 8).map(float)),
    st.tuples(st.just("rail"), st.sampled_from([0.0, 1.0])),
)


@pytest.fixture(scope="module")
def pier() -> Found:
    found = found_at(PIER, examine("drop-in", str(PIER)))
    assert isinstance(found, Found)
    return found


def led(found: Found, kept: Kept | None = None) -> Steering:
    steering = Steering(NullStage(shipped()), IN_STEP, interrupts=False)
    steering.open(found, kept)
    steering.look_after_load()
    return steering


def arrive(steering: Steering) -> None:
    while steering.hurries:
        steering.tick()


@given(st.lists(st.one_of(LEVELS, VALUES), min_size=1, max_size=6))
def test_whatever_is_asked_for_in_turn_is_reached_and_never_more_than_that(pier, asked):
    steering = led(pier)
    level, apart = 0, {}
    for each in asked:
        if isinstance(each, int):
            level = each
            steering.go_to(each)
            # Values that are harder than a lower level ease to it, as in a session.
            arrive(steering)
            apart = {n: v for n, v in apart.items() if n in steering.ramp.apart}
        else:
            apart[each[0]] = each[1]
            steering.set(*each)
            arrive(steering)
    ramp = steering.ramp
    assert ramp.reached == ramp.asked == level and not ramp.moving
    for spec in pier.manifest.graded:
        assert ramp.values[spec.name] == pytest.approx(apart.get(spec.name, spec.by_level[level]))


def test_what_is_kept_comes_back_when_the_scenario_is_built_anew(pier):
    steering = led(pier, Kept(6, {"height": 3.0}))
    arrive(steering)
    kept = steering.kept
    assert kept == Kept(6, {"height": 3.0})
    steering.open(pier, kept)
    steering.look_after_load()
    arrive(steering)
    assert (steering.ramp.reached, steering.ramp.values["height"]) == (6, 3.0)


def test_pause_safe_place_and_stop_are_those_of_a_session_and_lead_back(pier):
    steering = led(pier, Kept(4))
    arrive(steering)
    for act, phase in (
        (acts.Pause(), Phase.PAUSE),
        (acts.SafePlace(), Phase.SAFE_PLACE),
        (acts.Stop(), Phase.STOPPED),
    ):
        steering.do(act)
        assert steering.engine.phase is phase and steering.engine.view is not View.SCENE
        steering.go_to(steering.last_level)
        arrive(steering)
        assert (steering.engine.phase, steering.ramp.reached) == (Phase.EXPOSURE, 4)


def test_a_stop_ends_what_was_still_under_way(pier):
    steering = led(pier)
    steering.go_to(10)
    steering.tick()
    steering.do(acts.Stop())
    assert not steering.hurries
    for _tick in range(60):
        steering.tick()
    assert steering.engine.phase is Phase.STOPPED


def test_what_is_refused_is_said_and_not_done(pier):
    steering = led(pier, Kept(1))
    arrive(steering)
    steering.begin("wave")
    arrive(steering)
    assert steering.refused is Code.LEVEL_TOO_LOW
    told = board(steering, NullDisplay(shipped()).state())
    assert ("This event needs a higher level.", True) in told.foot


class Hands:
    """A window whose author presses what a test says."""

    def __init__(self, high: int = 720) -> None:
        self.size = (1280, high)
        self.hidden = False
        self.pressed: list[Pressed | str] = []
        self.shown: list[Image.Image] = []
        self.told: list[Image.Image | None] = []

    def hide(self, hidden: bool) -> None:
        self.hidden = hidden

    def panel(self, image: Image.Image) -> None:
        self.shown.append(image)

    def band(self, image: Image.Image | None) -> None:
        self.told.append(image)

    def inputs(self) -> list[Pressed | str]:
        taken, self.pressed = self.pressed, []
        return taken


def viewed(pier: Found, high: int = 720) -> tuple[Viewing, Hands]:
    display, hands, ticking = NullDisplay(shipped()), Hands(high), itertools.count()
    steering = Steering(display.stage, IN_STEP, interrupts=False)
    viewing = Viewing(display, hands, steering, lambda: next(ticking) / 30)
    steering.open(pier)
    steering.look_after_load()
    arrive(steering)
    viewing.draw(1.0)
    return viewing, hands


def press(viewing: Viewing, hands: Hands, action: Action, share: float | None = None) -> None:
    """Press in the middle of what does this, or at a share of its way, and let go."""
    for _picture in range(5):
        viewing.draw(1.0)
    told = board(viewing.steering, viewing.display.state())
    (spot,) = (s for s in panel.drawn(told, hands.size[1]).spots if s.action == action)
    left, top, right, bottom = spot.box
    x = (left + right) / 2
    if share is not None:
        assert spot.slides is not None
        x = spot.slides[0] + share * (spot.slides[1] - spot.slides[0])
    y = (top + bottom) / 2
    hands.pressed = [Pressed("down", x, y), Pressed("up", x, y)]
    viewing.pass_time(1)
    arrive(viewing.steering)
    viewing.draw(1.0)


@pytest.mark.parametrize("high", [500, 720, 1080])
def test_a_press_on_the_panel_does_what_stands_there(pier, high):
    viewing, hands = viewed(pier, high)
    steering = viewing.steering
    press(viewing, hands, Action("level"), 0.7)
    assert steering.ramp.reached == 7
    press(viewing, hands, Action("value", "height"), 0.5)
    assert steering.ramp.values["height"] == 6.0
    press(viewing, hands, Action("follow", "height"))
    assert not steering.ramp.apart
    assert steering.ramp.values["height"] == pytest.approx(8.4)
    press(viewing, hands, Action("event", "wave"))
    assert steering.engine.host.running("wave")
    press(viewing, hands, Action("safe_place"))
    assert steering.engine.phase is Phase.SAFE_PLACE
    press(viewing, hands, Action("back"))
    assert (steering.engine.phase, steering.ramp.reached) == (Phase.EXPOSURE, 7)


def test_arrows_raise_and_lower_one_level_as_a_therapist_does(pier):
    viewing, hands = viewed(pier)
    viewing.pass_time(40)
    hands.pressed = ["arrow_up"]
    viewing.pass_time(1)
    ramp = viewing.steering.ramp
    assert (ramp.asked, ramp.moving) == (1, True), "the ramp takes its time"
    hands.pressed = ["arrow_up"]
    viewing.pass_time(1)
    assert viewing.steering.refused is Code.STILL_MOVING
    viewing.pass_time(200)
    hands.pressed = ["arrow_down", "f12"]
    viewing.pass_time(1)
    assert viewing.steering.engine.phase is Phase.STOPPED


TASK = """
    @task(fr="Touchez le garde-corps.", en="Touch the rail.", min_level=1)
    def touch(self):
        pass
"""


def test_a_task_is_given_marked_as_done_and_taken_back_by_press_and_by_key(tmp_path):
    text = PIER.read_text("utf-8").replace("Scenario, event", "Scenario, event, task") + TASK
    (tmp_path / "pier.py").write_text(text, "utf-8")
    found = found_at(tmp_path / "pier.py", examine("drop-in", str(tmp_path / "pier.py")))
    assert isinstance(found, Found)
    viewing, hands = viewed(found)
    viewing.steering.go_to(3)
    arrive(viewing.steering)

    def state() -> tuple[bool, str | None]:
        tasks = viewing.steering.engine.playing.tasks()
        (told,) = (each for each in tasks if each.name == "touch")
        return told.running, told.last

    press(viewing, hands, Action("task", "touch"))
    assert state() == (True, None)
    press(viewing, hands, Action("task_done", "touch"))
    assert state() == (False, "marked")
    hands.pressed = ["f3"]
    viewing.pass_time(1)
    arrive(viewing.steering)
    assert state()[0]
    press(viewing, hands, Action("take_back", "touch"))
    assert state() == (False, "taken_back")


@pytest.mark.parametrize("key", ["1", "&"])
def test_events_have_the_keys_of_their_numbers_on_both_keyboards(pier, key):
    viewing, hands = viewed(pier)
    viewing.steering.go_to(5)
    hands.pressed = [key]
    viewing.pass_time(1)
    arrive(viewing.steering)
    assert viewing.steering.engine.host.running("wave")


def test_what_is_wrong_lies_over_the_picture_until_it_is_mended(pier):
    viewing, hands = viewed(pier)
    viewing.tell(["pier.py:4:1: PS101 expected ':'"])
    viewing.draw(1.0)
    assert hands.told[-1] is not None
    assert hands.told[-1].width == 1280 - panel.width_for(720)
    viewing.tell([])
    viewing.draw(1.0)
    assert hands.told[-1] is None


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("high", [500, 720, 1080, 2160])
def test_places_of_the_panel_lie_on_it_and_not_over_one_another(pier, language, high):
    use(language)
    steering = led(pier, Kept(7, {"height": 2.0}))
    arrive(steering)
    drawn = panel.drawn(board(steering, NullDisplay(shipped()).state()), high)
    assert drawn.image.size == (panel.width_for(high), high)
    for spot in drawn.spots:
        left, top, right, bottom = spot.box
        assert 0 <= left < right <= drawn.image.width and 0 <= top < bottom <= high
    for one, other in itertools.combinations(drawn.spots, 2):
        apart = (
            one.box[2] <= other.box[0] or other.box[2] <= one.box[0]
            or one.box[3] <= other.box[1] or other.box[3] <= one.box[1]
        )  # fmt: skip
        assert apart, (one, other)
    use("en")


def test_an_instruction_is_read_whole_and_no_row_moves_when_its_state_comes():
    text = "Look down at the street for ten seconds, without holding on to the rail."
    idle = panel.Key(Action("task", "a"), "F1", text, "", True)
    given = panel.Key(Action("task_done", "a"), "F1", text, "for 8 s", True, Action("take_back"))
    for high in (500, 720, 1080):
        em, wide = panel.em_for(high), panel.width_for(high)
        assert " ".join(panel._key_lines(idle, em, wide)) == text
        assert panel._height(idle, em, wide) == panel._height(given, em, wide)


@given(share=st.floats(0.0, 1.0))
def test_a_slider_stands_where_its_value_is_and_gives_what_can_be_declared(pier, share):
    for spec in pier.manifest.graded:
        value = value_at(spec, share)
        assert spec.low <= value <= spec.high
        assert round(value, spec.decimals) == value
        assert said(spec, value)
    steering = led(pier)
    for row in board(steering, NullDisplay(shipped()).state()).rows:
        if isinstance(row, Slider):
            assert (row.applied, row.asked) == (0.0, 0.0)


def preview(out: Path, *more: str, scenario: Path = PIER) -> int:
    arguments = ["--display", "offscreen", "--out", str(out), "--size", "900x500", *more]
    return main(["preview", str(scenario), *arguments])


@pytest.fixture
def quiet(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("ALSOFT_DRIVERS", "null")


@pytest.mark.render
@pytest.mark.timeout(180)
def test_a_picture_shows_level_value_and_panel_without_a_window(quiet, tmp_path):
    for name, more in (
        ("low", ["--level", "0"]),
        ("high", ["--level", "10"]),
        ("set", ["--level", "10", "--set", "height=0"]),
        ("alone", ["--level", "10", "--no-panel"]),
    ):
        assert preview(tmp_path / f"{name}.png", *more, scenario=PLATFORM) == 0
    low, high, apart, alone = (
        np.asarray(Image.open(tmp_path / f"{name}.png")).astype(int)
        for name in ("low", "high", "set", "alone")
    )
    left = 900 - panel.width_for(500)
    assert low.shape == high.shape == alone.shape == (500, 900, 3)
    assert np.abs(low[:, :left] - high[:, :left]).mean() > 3
    assert np.abs(apart[:, :left] - high[:, :left]).mean() > 3
    assert (high[5, left + 3] == panel.GROUND).all() and (alone[5, left + 3] != panel.GROUND).any()
    assert np.abs(low[:, left:] - high[:, left:]).mean() > 0.5, "the panel tells the level"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--set", "hight=3"], "did you mean `height`?"),
        (["--set", "height=30"], "goes from 0 to 12"),
        (["--event", "waves"], "did you mean `wave`?"),
    ],
)
def test_what_is_not_declared_is_told_before_anything_is_drawn(more, told, tmp_path, capsys):
    assert preview(tmp_path / "no.png", *more) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "no.png").exists()


def test_what_is_wrong_with_a_file_is_told_by_line(tmp_path, capsys):
    bad = tmp_path / "pier.py"
    bad.write_text(PIER.read_text("utf-8").replace('"wood"', '"woood"'), "utf-8")
    arguments = ["preview", str(bad), "--display", "offscreen", "--out", str(tmp_path / "a.png")]
    assert main(arguments) == 1
    assert f"{bad}:" in (told := capsys.readouterr().err) and "did you mean `wood`?" in told


@pytest.mark.parametrize(
    ("language", "told"), [("fr", "13,4\u00a0ms par pas"), ("en", "13.4 ms a tick")]
)
def test_figures_are_written_in_the_language_of_the_panel(pier, language, told, monkeypatch):
    steering = led(pier, Kept(3))
    arrive(steering)
    taken = Effort(calls=9, slow=1, worst_ms=13.4)
    monkeypatch.setattr(Budget, "effort", property(lambda _budget: taken))
    steering.ramp.level = 2.5
    use(language)
    try:
        shown = board(steering, NullDisplay(shipped()).state())
    finally:
        use("en")
    assert any(told in line for line, _notice in shown.foot)
    level = next(row for row in shown.rows if isinstance(row, Slider))
    assert level.said == ("2,5" if language == "fr" else "2.5")


@pytest.mark.parametrize("late", [False, True])
def test_a_call_that_does_not_come_back_is_given_up_and_one_that_does_is_not(late):
    given_up = threading.Event()
    patience = Patience(given_up.set, seconds=0.01 if late else 600.0)
    with patience.over():
        assert given_up.wait(10.0 if late else 0.0) is late


class Apart:
    """A process that shows, as far as a preview can tell."""

    def __init__(self, *rounds: object, wrong: str | None = None) -> None:
        self.asked: list[object] = []
        self.rounds = list(rounds)
        self.wrong_at_last = wrong
        self.ended = False

    def ask(self, word: object) -> None:
        self.asked.append(word)

    def answers(self) -> list[object]:
        return [self.rounds.pop(0)] if self.rounds else []

    def wrong(self) -> str | None:
        return None if self.rounds else self.wrong_at_last

    def end(self, *, at_once: bool = False) -> None:
        self.ended = True


def looked_at(pier: Found, process: Apart) -> tuple[bool, list[str]]:
    told: list[str] = []
    where = Where(level=4, apart={"height": 2.0})
    return shown(pier, process, where, ["wave"], told.append, lambda _s: None), told


def test_a_window_shows_what_was_asked_for_until_it_is_closed(pier):
    process = Apart(Ready(), Closed())
    assert looked_at(pier, process) == (True, [])
    (asked,) = process.asked
    assert isinstance(asked, Show) and (asked.where.level, asked.events) == (4, ("wave",))
    assert process.ended


def test_code_that_fails_is_told_once_and_leaves_its_window_open(pier):
    failed = Failed(number=1, text="pier.py:3: no")
    process = Apart(Ready(), failed, failed, Closed())
    assert looked_at(pier, process) == (False, ["pier.py:3: no"])
    assert process.asked[1:] == [Tell(lines=("pier.py:3: no",))]


@pytest.mark.parametrize("wrong", ["hangs", "memory", "ended"])
def test_a_window_that_is_not_well_is_ended_with_one_sentence(pier, wrong):
    process = Apart(Ready(), wrong=wrong)
    well, (told,) = looked_at(pier, process)
    assert not well and told == ENDS[wrong] and process.ended


def test_a_window_that_closes_while_its_process_ends_has_ended_well(pier):
    process = Apart(Closed(), wrong="ended")
    process.wrong = lambda: "ended"
    assert looked_at(pier, process) == (True, [])


def test_a_window_that_cannot_be_had_says_why(pier):
    with pytest.raises(CannotShow, match="no OpenGL"):
        looked_at(pier, Apart(Unable(why="no OpenGL")))


HANGS = """        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
"""


@pytest.mark.render
@pytest.mark.timeout(180)
def test_a_picture_of_code_that_swallows_every_interruption_ends_with_one_sentence(quiet, tmp_path):
    bad = tmp_path / "pier.py"
    text = PIER.read_text("utf-8").replace("        self.foam()\n", f"        pass\n{HANGS}")
    bad.write_text(text, "utf-8")
    out = tmp_path / "a.png"
    arguments = ["preview", str(bad), "--display", "offscreen", "--out", str(out), "--lang", "fr"]
    # As the command is, only less patient.
    program = (
        "import sys; from vr_runtime.authoring.preview import patience; "
        "patience.Patience.__init__.__defaults__ = (2.0,); "
        "from vr_runtime.authoring.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and not out.exists()
    assert "palier-scenario: Le code ne revenait pas ; il a été arrêté.\n" in done.stderr


def test_a_picture_needs_a_file_and_a_file_a_picture(capsys):
    assert main(["preview", str(PIER), "--display", "offscreen"]) == 2
    assert main(["preview", str(PIER), "--out", "a.png"]) == 2


@pytest.mark.render
@pytest.mark.timeout(120)
def test_a_real_window_follows_mouse_and_keys_and_ends_with_its_cross(quiet, tmp_path):
    with desk_of((1280, 800)) as desk:
        process = desk.start(
            sys.executable, "-m", "vr_runtime.authoring.cli", "preview", str(PIER), "--size",
            "1000x600", "--lang", "en",
        )  # fmt: skip
        desk.until("xdotool", "search", "--onlyvisible", "--name", "^Palier: preview", says="")
        wide = panel.width_for(600)

        def shown() -> np.ndarray:
            return np.asarray(desk.picture()).astype(int)

        def until(holds, *does: str) -> None:
            # a window manager that is still starting loses a click: one clicks again
            for look in range(400):
                if does and look % 50 == 0:
                    desk.ask("xdotool", *does)
                desk.ask("xdotool", "sleep", "0.1")
                if holds(shown()):
                    return
            raise AssertionError("the window never showed it")

        until(lambda screen: (screen == panel.MARK).all(axis=2).any())
        found = desk.ask("xdotool", "search", "--onlyvisible", "--name", "^Palier: preview")
        window = found.split()[0]
        before = shown()
        # The level's slider lies below the buttons; its right end is level 10.
        y = str(round(8.3 * panel.em_for(600)))
        click = ("mousemove", "--window", window, str(1000 - 25), y, "click", "1")
        until(lambda screen: np.abs(screen - before)[:, : 1000 - wide].mean() > 3, *click)
        desk.ask("xdotool", "windowfocus", window, "key", "--window", window, "Tab")
        until(lambda screen: not (screen == panel.MARK).all(axis=2).any())
        desk.ask("xdotool", "windowfocus", window)
        close(desk)
        assert process.wait(20) == 0


def test_the_words_of_a_long_choice_leave_its_name_room():
    long = "a rope bridge with gaps between its planks and a loose handrail on one side"
    row = Slider(Action("level"), "handrail of the bridge", 0.0, 1.0, long, long)
    label, said, asked = panel._shared(row, 16, 300.0)
    assert label.startswith("handrail")
    assert said.startswith("a rope") and asked.startswith(" → a")
    assert sum(panel.breadth(text, 16) for text in (label, said, asked)) <= 301.0
    short = Slider(Action("level"), "height", 0.0, 1.0, "3 m")
    assert panel._shared(short, 16, 300.0) == ("height", "3 m", "")
