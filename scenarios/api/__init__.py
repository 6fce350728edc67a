"""What an author imports: this list is the whole vocabulary of a scenario."""

from scenarios.api.bat import Bat as Bat
from scenarios.api.bat import BatStep as BatStep
from scenarios.api.errors import ScenarioError as ScenarioError
from scenarios.api.events import Event as Event
from scenarios.api.events import event as event
from scenarios.api.graded import Graded as Graded
from scenarios.api.interlocks import Bound as Bound
from scenarios.api.interlocks import Interlock as Interlock
from scenarios.api.manifest import Comfort as Comfort
from scenarios.api.manifest import Manifest as Manifest
from scenarios.api.opening import Opening as Opening
from scenarios.api.opening import Wall as Wall
from scenarios.api.played import Steps as Steps
from scenarios.api.pose import Pose as Pose
from scenarios.api.scenario import Context as Context
from scenarios.api.scenario import Scenario as Scenario
from scenarios.api.stage import Node as Node
from scenarios.api.stage import Sound as Sound
from scenarios.api.stage import Stage as Stage
from scenarios.api.stage import Vec as Vec
from scenarios.api.stage import Viewer as Viewer
from scenarios.api.tasks import Task as Task
from scenarios.api.tasks import task as task
from scenarios.api.vehicle import Vehicle as Vehicle
from scenarios.api.walk import Walk as Walk
