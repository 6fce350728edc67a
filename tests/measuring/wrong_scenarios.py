"""Scenarios with one fault each, and where the check is to find it: a table, not sixty files.

Each is the same small pier with one piece put in another's place. The marker `#<` stands behind the
line at which the fault is to be told, `col` is the text at which it begins there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from owning import block, glb

BASE = """\
from scenarios.api import Comfort, Graded, Scenario, event


class Pier(Scenario):
    id = "test.pier"
    title = {"fr": "La jetée", "en": "The pier"}
    summary = {"fr": "Une jetée.", "en": "A pier."}
    phobia = "heights"
    levels = {n: {"fr": f"À {n} m.", "en": f"{n} m up."} for n in range(11)}
    contraindications = ("heights",)
    comfort = Comfort(motion="none")

    height = Graded.steps({n: n for n in range(11)}, fr="hauteur", en="height", unit="m")
    rail = Graded({0: 1.3, 10: 0.8}, fr="garde-corps", en="rail", unit="m", decimals=1)
    #declared

    def build(self):
        self.deck = self.stage.box((4, 4, 0.2), material="wood", at=(0, 0, -0.2))
        self.bar = self.stage.box((4, 0.1, 0.1), material="steel")
        self.sea = self.stage.box((80, 80, 0.1), material="soil", at=(0, 0, -12))
        #build

    def update(self, dt):
        self.bar.at = (0, 2, self.rail)
        self.stage.viewer.stand((0, 0, self.height), looking_down=self.height)
        self.deck.at = (0, 0, self.height - 0.2)
        #update

    def safe(self):
        pass  #safe

    @event(fr="Une vague", en="A wave", cooldown_s=1)
    def wave(self):
        foam = self.stage.box((2, 1, 0.5), material="plaster", at=(0, 8, self.height + 1))
        #event
        yield from foam.glide_to((0, 4, self.height + 1), seconds=1.0)

    @event(fr="Un choc", en="A knock", min_level=2, cooldown_s=1)
    def knock(self):
        self.stage.sound("balcony/creak", at=(0, 2, 1)).play()
        yield from self.wait(1.0)
"""


@dataclass(frozen=True)
class Wrong:
    """One fault."""

    name: str
    code: str
    changes: tuple[tuple[str, str], ...]
    """What of `BASE` is replaced by what."""
    col: str = ""
    """Text of the marked line at which it begins; its first letter if empty."""
    weight: str = "error"
    at: str = ""
    """A line of the result that stands for the marker, where no comment can stand."""
    own: Mapping[str, bytes] = field(default_factory=dict)
    """Files of its own, by their names; with any it is a folder."""

    def text(self) -> str:
        """The scenario."""
        text = BASE
        for old, new in self.changes:
            assert text.count(old) == 1, f"{self.name}: {old!r} stands there once"
            text = text.replace(old, new)
        return text

    def place(self) -> tuple[int, int]:
        """Line and column, from 1, at which it is to be told."""
        mark = self.at or "#<"
        for number, line in enumerate(self.text().splitlines(), 1):
            if mark in line:
                start = line.index(self.col) if self.col else len(line) - len(line.lstrip())
                return number, start + 1
        raise AssertionError(f"{self.name}: nothing is marked")


def _at(place: str, code: str) -> tuple[tuple[str, str], ...]:
    """Put lines of code in a place, indented as it is."""
    deep = "    " if place == "declared" else "        "
    return ((f"#{place}", code.strip("\n").replace("\n", f"\n{deep}")),)


def wrong(name: str, code: str, place: str, lines: str, **more: str) -> Wrong:
    """A fault that is a piece put into a place."""
    return Wrong(name, code, _at(place, lines), **more)


STATIC = (
    Wrong("syntax", "PS101", (("def build(self):", "def build(self:"),), at="build(self:", col="("),
    Wrong(
        "missing level",
        "PS120",
        (("for n in range(11)}\n    contra", "for n in range(11)}\n    contra"),
         ('levels = {n: {"fr": f"À {n} m.", "en": f"{n} m up."} for n in range(11)}',
          "levels = {  #<\n"
          + "".join(f'        {n}: {{"fr": "à {n}", "en": "at {n}"}},\n' for n in range(10))
          + "    }")),
        col="{",
    ),
    Wrong("wrong unit", "PS132", (('unit="m")', 'unit="metres per second")  #<'),), col='"metres'),
    Wrong("infinite loop in the declaration", "PS152", _at("declared", "while True:\n    pass"),
          at="from scen"),
    Wrong(
        "huge table in the declaration", "PS153",
        _at("declared", "table = [b'x' * 2**20 for n in range(100000)]  #<"), col="b'x'",
    ),
    wrong("ends the process in the declaration", "PS154", "declared", "__import__('os')._exit(0)",
          at="from scen"),
    wrong("leaves a process of its own behind", "PS152", "declared",
          "import os\nif os.fork() == 0:\n    os.setsid()\n    os.read(os.pipe()[0], 1)",
          at="from scen"),
    wrong("ends itself in the declaration", "PS154", "declared", "raise SystemExit  #<"),
    wrong("nested too deeply", "PS101", "declared", f"deep = {'-' * 20000}1", at="from scen"),
    wrong("a value that is no number", "PS151", "declared",
          'wind = Graded({0: float("nan"), 10: 2}, fr="vent", en="wind")  #<', col="Graded"),
    wrong("a value without an end", "PS151", "declared",
          'wind = Graded({0: 1e308, 10: -1e308}, fr="vent", en="wind")  #<', col="Graded"),
    wrong("a text that steers a terminal", "PS122", "declared",
          'warnings = ({"fr": "\\x1b[2J", "en": "a"},)  #<', col='"\\x1b'),
    wrong("an event that is hidden", "PS149", "declared",
          '@staticmethod  #<\n@event(fr="a", en="a")\ndef still(self):\n    yield', col="static"),
    Wrong("imports the runtime", "PS102",
          (("from scenarios.api import Comfort",
            "from vr_runtime.stage import world  #<\nfrom scenarios.api import Comfort"),)),
    Wrong("imports a socket", "PS102",
          (("from scenarios.api import Comfort",
            "import socket  #<\nfrom scenarios.api import Comfort"),)),
    Wrong("untranslated", "PS122",
          (('summary = {"fr": "Une jetée.", "en": "A pier."}', 'summary = {"en": "A pier."}  #<'),),
          col="{"),
    Wrong("unsorted points", "PS130",
          (("{0: 1.3, 10: 0.8}", "{0: 1.3, 5: 0.7, 10: 0.8}"),), at="5: 0.7", col="{0"),
    Wrong("points without an end", "PS130",
          (("{0: 1.3, 10: 0.8}", "{0: 1.3, 9: 0.8}"),), at="9: 0.8", col="{0"),
    wrong("contradicting interlocks", "PS138", "declared",
          "interlocks = (\n    height.at_least(5).requires(rail.at_least(1)),  #<\n"
          "    height.at_least(5).forbids(rail.at_least(1)),\n)"),
    wrong("sets a graded value", "PS142", "update", "self.height = 3  #<"),
    wrong("an event that never yields", "PS143", "declared",
          '@event(fr="a", en="a")\ndef still(self):  #<\n    return None'),
    wrong("a model that does not ship", "PS144", "build",
          'self.stage.model("city/districts")  #<', col='"city'),
    wrong("a word the stage does not have", "PS141", "build", "self.stage.boxes()  #<",
          col="self.stage"),
    wrong("too little comfort", "PS134", "build",
          'self.stage.vehicle(self.deck, fr="a", en="b")  #<'),
    Wrong("no scenario", "PS110", (("class Pier(Scenario):", "class Pier:"),), at="from scen"),
    Wrong("a name declared twice", "PS135", (("def knock(self):", "def wave(self):  #<"),),
          ),
    Wrong("no level for min_level", "PS131", (("min_level=2", "min_level=12"),),
          at="min_level=12", col="12"),
)  # fmt: skip
"""Faults that are found before anything is measured."""

RUN = (
    wrong("infinite loop in build", "PS202", "build", "while True: pass  #<"),
    wrong("infinite loop in update", "PS202", "update", "while True: pass  #<"),
    wrong("infinite loop in an event", "PS202", "event", "while True: pass  #<"),
    wrong("a loop that swallows everything", "PS202", "update",
          "while True:\n    try:\n        pass\n    except BaseException:  \n        pass",
          at="while True"),
    wrong("an event that swallows everything", "PS202", "event",
          "while True:\n    try:\n        sum(range(300000))  #<\n    except BaseException:\n"
          "        pass"),
    wrong("an update that sleeps", "PS202", "update",
          "__import__('ti' + 'me').sleep(0.3)", at="def update"),
    wrong("an update that takes most of each tick", "PS202", "update",
          "__import__('ti' + 'me').sleep(0.03)", at="def update"),
    wrong("ticks too slow to be measured", "PS200", "update", "self.down(0)", at="def down"),
    wrong("an event that comes back too late", "PS202", "event",
          "now = __import__('ti' + 'me').thread_time\nbegan = now()\n"
          "while now() - began < 0.4:\n    pass", at="def wave"),
    wrong("exception in build", "PS201", "build", "1 / 0  #<"),
    wrong("an exception without words", "PS201", "update",
          "bad = type('Bad', (Exception,), {'__str__': lambda self: 1 / 0})\nraise bad()  #<"),
    wrong("an exception that nobody can write", "PS201", "build",
          "raise ValueError('\\ud800 \\x1b[2J')  #<"),
    wrong("reads a file of others", "PS207", "build", "open('/etc/passwd').read()  #<"),
    wrong("starts a process that is not heard", "PS207", "build",
          "__import__('_posixsubprocess').fork_exec([], [])  #<"),
    wrong("exception in update", "PS201", "update", "if self.height > 6:\n    {}['a']  #<",
          col="{}"),
    wrong("exception in an event", "PS201", "event", "yield from None  #<"),
    Wrong("exception in safe", "PS201",
          (("pass  #safe", "self.stage.box(1, material='wood')  #<"),)),
    wrong("exception when an event is left", "PS201", "event",
          "try:\n    yield from self.wait(0.5)\nfinally:\n    self.deck.sett('a', 1)  #<"),
    wrong("deep recursion", "PS201", "update", "self.down(1)",
          at="return self.down(n + 1)", col="self.down"),
    wrong("a wrong name made while it runs", "PS201", "update",
          "name = 'tilee'\nif self.height == 1:\n    self.stage.box((1, 1, 1), material=name)  #<"),
    wrong("huge allocation", "PS204", "update",
          "if self.height == 2:\n    self.x = bytearray(40 * 2**30)  #<", col="bytearray"),
    wrong("memory that runs away", "PS204", "event",
          "held = []\nfor n in range(10**9):\n    held.append(bytes(2**24))  #<", col="bytes("),
    wrong("growing memory", "PS205", "update",
          "self.log = getattr(self, 'log', []); self.log.append('x' * 2000 + str(dt))  #<"),
    wrong("bytes that only grow", "PS205", "update",
          "self.log = getattr(self, 'log', b'') + bytes(20000)  #<"),
    wrong("ends the process", "PS207", "update",
          "if self.height == 1:\n    __import__('os')._exit(0)  #<"),
    wrong("asks Python to end", "PS206", "update",
          "if self.height == 1:\n    raise SystemExit  #<"),
    wrong("dies", "PS206", "update",
          "if self.height == 1:\n    __import__('faulthandler')._sigsegv()  #<"),
    wrong("writes a file", "PS207", "build", "open('/tmp/palier-wrong-scenario', 'w')  #<"),
    wrong("writes a file and hides it", "PS207", "build",
          "try:\n    open('/tmp/palier-wrong-scenario', 'w')  #<\nexcept Exception:\n    pass"),
    wrong("removes a file", "PS207", "event",
          "__import__('pathlib').Path('/tmp/palier-wrong-scenario').unlink()  #<"),
    wrong("opens a socket", "PS207", "build",
          "getattr(__import__('soc' + 'ket'), 'socket')()  #<"),
    wrong("starts a process", "PS207", "event", "__import__('os').system('sleep 600')  #<"),
    wrong("forks", "PS207", "build", "__import__('os').fork()  #<"),
    wrong("starts a thread", "PS207", "build",
          "__import__('thread' + 'ing').Thread(target=print).start()  #<"),
    wrong("kills its parent", "PS207", "update",
          "os = __import__('os')\nos.kill(os.getppid(), 9)  #<"),
    wrong("an event that never ends", "PS208", "event", "while True:\n    yield",
          at="def wave"),
    wrong("update that makes things", "PS209", "update",
          "self.stage.box((1, 1, 1), material='wood', at=(9, 9, 0))", at="def update"),
    wrong("a leaking event", "PS209", "event",
          "self.wants = True\nyield from self.wait(0.1)", at="def wave"),
    wrong("a sound left on", "PS210", "event",
          "self.hum.volume = 0.5", at="def wave"),
    wrong("time of the machine", "PS211", "update",
          "self.stage.wind(__import__('ti' + 'me').time() % 1.0)", at="def update"),
    wrong("an address", "PS211", "update", "self.stage.wind(id(object()) % 997 / 997)",
          at="def update"),
    wrong("a hash", "PS211", "update", "self.stage.wind(hash('a') % 997 / 997)", at="def update"),
    wrong("a sign that says a hash", "PS211", "build",
          "self.stage.text({'fr': str(hash('a')), 'en': 'a'}, at=(0, 3, 1))", at="def update"),
    wrong("chance of the machine", "PS211", "event",
          "foam.heading = getattr(__import__('o' + 's'), 'uran' + 'dom')(1)[0]", at="def wave"),
    wrong("too many things", "PS212", "build",
          "for n in range(4001):\n    self.stage.box((1, 1, 1), material='wood')  #<",
          col="self"),
    wrong("too many sounds", "PS212", "build",
          "for n in range(65):\n    self.stage.sound('wind/steady')  #<", col="self"),
    wrong("an accelerating vehicle", "PS220", "event",
          "self.car.go_to((0, 5, 0), acceleration=4.0)  #<"),
    wrong("a racing vehicle", "PS220", "event", "self.car.go_to((0, 900, 0), speed=40)  #<"),
    wrong("a rolling vehicle", "PS221", "event", "self.car.rock(roll=15, hertz=0.2)  #<"),
    wrong("more motion than is declared", "PS223", "event",
          "self.car.go_to((0, 30, 0), speed=6)  #<"),
    wrong("a cabin moved by hand", "PS222", "event",
          "self.car.go_to((0, 5, 0))\nself.cab.at = (3, 3, 3)", at="def wave"),
    wrong("ground that glides", "PS224", "update",
          "self.sea.at = (0, 0, -12); self.floor.at = (0.03 * self.height * dt, 0, -12.3)\n"
          "self.floor.heading += 1", at="def update"),
    wrong("a patient put elsewhere again and again", "PS225", "update",
          "self.n = getattr(self, 'n', 0) + 1\n"
          "self.stage.viewer.stand((self.n // 45 % 2, 0, self.height))", at="def update"),
    wrong("lights that flicker", "PS230", "update",
          "self.n = getattr(self, 'n', 0) + 1\nself.stage.darken(self.n // 4 % 2)",
          at="def update"),
    wrong("sudden loud sounds", "PS251", "event",
          "for n in range(20):\n    self.stage.sound('wind/gust').play()  #<"),
    wrong("fifty sirens at once", "PS251", "event",
          "for n in range(50):\n    self.stage.sound('street/siren').play()  #<"),
    wrong("beds that are too loud", "PS250", "build", weight="warning", lines=
          "for n in range(8):\n    self.stage.sound('rain/heavy', loop=True)  #<"),
    wrong("sixty loops at once", "PS250", "build", weight="warning", lines=
          "for n in range(60):\n    self.stage.sound('street/near', loop=True)  #<"),
    wrong("a bed that is there at once", "PS254", "update", weight="warning", lines=
          "self.hum.volume = 1.0 if self.height > 5 else 0.0  #<"),
    wrong("a volume that no sound has", "PS255", "build",
          "self.stage.sound('wind/steady', loop=True, volume=50)  #<"),
    wrong("a sound begun in each tick", "PS256", "update", "self.hum.play()  #<"),
    wrong("a sound that leaps at the ear", "PS257", "update",
          "self.n = getattr(self, 'n', 0) + 1\n"
          "self.hum.at = (0, 400 if self.n % 60 < 30 else 0.3, self.height + 1.6)  #<"),
    wrong("a speed that flutters", "PS258", "update",
          "self.n = getattr(self, 'n', 0) + 1\nself.hum.rate = 4 if self.n % 2 else 0.25  #<"),
    wrong("a loudness that flutters", "PS258", "update",
          "self.n = getattr(self, 'n', 0) + 1\nself.hum.volume = 0.1 + self.n // 2 % 2 / 2  #<"),
    wrong("peaks that are held back", "PS259", "event", weight="warning", lines=
          "for n in range(2):\n    self.stage.sound('wind/gust', at=(0, 1, 1)).play()  #<"),
    wrong("what is not put back", "PS213", "update", weight="warning", lines=
          "self.most = max(getattr(self, 'most', 0), self.height)\nself.sea.heading = self.most",
          at="def safe"),
    Wrong("a level that changes nothing", "PS214",
          (("{n: n for n in range(11)}", "{n: n if n < 7 else n - 1 for n in range(11)}"),
           ("{0: 1.3, 10: 0.8}", "{0: 1.3, 6: 0.8, 10: 0.8}")),
          at="levels = "),
)  # fmt: skip
"""Faults that show when it runs without pictures."""
DRAWN = (
    wrong("a strobe", "PS231", "update",
          "self.n = getattr(self, 'n', 0) + 1\n"
          "self.light.visible = self.n // 3 % 2 == 0\n"
          "self.light.at = (0, 3, self.height - 2)", at="def update"),
    wrong("a strobe in an event", "PS231", "event",
          "wall = self.stage.box((9, 1, 9), material='white_paint', at=(0, 4, self.height - 2))\n"
          "dark = self.stage.box((9, 1, 9), material='black', at=(0, 3.9, self.height - 2))\n"
          "for n in range(12):\n    dark.visible = n % 2 == 0\n    yield from self.wait(0.1)",
          at="def wave"),
    wrong("a strobe late in a long event", "PS231", "event",
          "yield from self.wait(42)\n"
          "wall = self.stage.box((9, 1, 9), material='white_paint', at=(0, 4, self.height - 2))\n"
          "dark = self.stage.box((9, 1, 9), material='black', at=(0, 3.9, self.height - 2))\n"
          "for n in range(12):\n    dark.visible = n % 2 == 0\n    yield from self.wait(0.1)",
          at="def wave"),
    wrong("a strobe while a value is set apart", "PS231", "update",
          "self.n = getattr(self, 'n', 0) + 1\n"
          "self.light.visible = self.n // 3 % 2 == 0 or self.height < 4 or self.rail < 1.2\n"
          "self.light.at = (0, 3, self.height - 2)", at="def update"),
    wrong("a strobe behind the patient", "PS231", "update",
          "self.n = getattr(self, 'n', 0) + 1\n"
          "self.light.visible = self.n // 3 % 2 == 0 or self.height < 4\n"
          "self.light.at = (0, -4, self.height - 2)", at="def update"),
    wrong("a strobe overhead", "PS231", "event",
          "roof = self.stage.box((9, 9, 1), material='white_paint', at=(0, 0, self.height + 5))\n"
          "dark = self.stage.box((9, 9, 1), material='black', at=(0, 0, self.height + 4.9))\n"
          "for n in range(12):\n    dark.visible = n % 2 == 0\n    yield from self.wait(0.1)",
          at="def wave"),
    wrong("a red flash", "PS232", "update",
          "self.n = getattr(self, 'n', 0) + 1\n"
          "self.red.visible = self.n // 4 % 2 == 0", at="def update"),
    wrong("stripes", "PS233", "build",
          "for n in range(-15, 16):\n"
          "    self.stage.box((0.25, 0.1, 40), material='black', at=(n / 2, 5, -10))\n"
          "self.stage.box((40, 0.1, 40), material='white_paint', at=(0, 6, -10))",
          at="def update"),
    Wrong("levels that only differ behind the patient", "PS240",
          (("{n: n for n in range(11)}", "{n: min(n, 7) for n in range(11)}"),
           ("{0: 1.3, 10: 0.8}", "{0: 1.3, 7: 0.8, 10: 0.8}"),
           ("#declared", 'hid = Graded({0: 0, 10: 10}, fr="caché", en="hidden")'),
           ("#build", "self.back = self.stage.box((1, 1, 1), material='wood')"),
           ("#update", "self.back.at = (0, -20 - self.hid, 0)")),
          at="levels = "),
    wrong("an event that nobody notices", "PS241", "declared", weight="warning", lines=
          '@event(fr="a", en="a", cooldown_s=1)\ndef nothing(self):  #<\n'
          "    box = self.stage.box((1, 1, 1), material='wood', at=(0, -50, 0))\n"
          "    yield from box.glide_to((0, -40, 0), seconds=1.0)"),
)  # fmt: skip
"""Faults that only show in pictures."""
_MORE = {
    "deep recursion": (("    def safe(self):", "    def down(self, n):\n"
                        "        return self.down(n + 1)\n\n    def safe(self):"),),
    "ticks too slow to be measured": (("    def safe(self):", "    def down(self, n):\n"
                        "        __import__('ti' + 'me').sleep(0.01)\n\n    def safe(self):"),),
    "a leaking event": (("#update", "if getattr(self, 'wants', False):\n"
                         "            self.wants = False\n"
                         "            self.stage.box((1, 1, 1), material='wood', at=(5, 5, 0))"),),
    **dict.fromkeys(
        ("an accelerating vehicle", "a racing vehicle", "a rolling vehicle",
         "a cabin moved by hand"),
        (('comfort = Comfort(motion="none")', 'comfort = Comfort(motion="high")'),
         ('("heights",)', '("heights", "vection")'),
         ("#build", 'self.cab = self.stage.box((2, 2, 2), material="steel", at=(0, 9, 0))\n'
                    '        self.car = self.stage.vehicle(self.cab, fr="a", en="b")')),
    ),
    "ground that glides": (("#build", 'self.floor = self.stage.box((40, 40, 0.1), '
                            'material="grass", at=(0, 0, -12.3))'),),
    "a bed that is there at once": (("#build", "self.hum = self.stage.sound("
                                     "'street/near', loop=True, volume=0)"),),
    **dict.fromkeys(
        ("a sound begun in each tick", "a speed that flutters", "a loudness that flutters"),
        (("#build", "self.hum = self.stage.sound('street/far', loop=True)"),),
    ),
    "a sound that leaps at the ear": (("#build", "self.hum = self.stage.sound("
                                       "'street/far', loop=True, at=(0, 400, 1))"),),
    "a sound left on": (("#build", "self.hum = self.stage.sound("
                         "'street/far', loop=True, volume=0)"),),
}  # fmt: skip
_MORE["a red flash"] = (("#build", "self.red = self.stage.model('own/red.glb', at=(0, 5, 0))"),)
_MORE["a strobe"] = (
    (
        "#build",
        "self.light = self.stage.box((9, 1, 9), material='white_paint')\n"
        "        self.stage.box((40, 0.1, 90), material='black', at=(0, 8, -30))",
    ),
)
_MORE["a strobe while a value is set apart"] = _MORE["a strobe"]
_MORE["a strobe behind the patient"] = (
    (
        "#build",
        "self.light = self.stage.box((9, 1, 9), material='white_paint')\n"
        "        self.stage.box((40, 0.1, 90), material='black', at=(0, -9, -30))",
    ),
)
_RED = {"pbrMetallicRoughness": {"baseColorFactor": [1.0, 0.0, 0.0, 1.0], "metallicFactor": 0.0}}
_MORE["more motion than is declared"] = (
    ('comfort = Comfort(motion="none")', 'comfort = Comfort(motion="low")'),
    *_MORE["a racing vehicle"][1:],
)
_OWN = {"a red flash": {"own/red.glb": glb(*block(6.0, materials=[_RED]))}}
RUN, DRAWN = (
    tuple(
        replace(w, changes=w.changes + _MORE.get(w.name, ()), own=_OWN.get(w.name, {}))
        for w in each
    )
    for each in (RUN, DRAWN)
)
