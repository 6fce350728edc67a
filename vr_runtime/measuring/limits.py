"""Owns the figures by which a scenario is measured; measures nothing."""

from __future__ import annotations

from vr_runtime.wire.version import TICKS_PER_SECOND

GIB = 1024**3

# -- what a measurement may take

WALKED_S, DRAWN_S = 240.0, 1200.0
"""Wall seconds of a walk without pictures, and of one with them; then it is ended."""
SILENT_S, SILENT_BUSY_S, SILENT_IDLE_S = 6.0, 3.0, 60.0
"""Without a sign of life for the first, of which the processor worked the second for it, it counts
as hung; it does after the third in any case. Signs come from between two ticks. A machine that is
busy with other things is no fault of a scenario's."""
DRAWN_SILENT_S = 400.0
"""The same where pictures are drawn: at a first start rooms, models and programs are made."""
WALKED_RESIDENT, DRAWN_RESIDENT = 1 * GIB, 3 * GIB
"""Bytes of resident memory; the second holds a whole city and a processor that draws it."""
WALKED_SPACE, DRAWN_SPACE = 4 * GIB, 64 * GIB
"""Bytes of address space. Drivers of graphics cards map far more than they use."""

# -- running

TICK_S, LEAVE_S, BUILD_S = 0.25, 0.05, 2.0
"""Seconds of the processor, as in a session: another program that is busy is no fault of it."""
SHARE_S = 0.5 / TICKS_PER_SECOND
"""What a scenario may take of each tick for long, as in a session: there it is ended."""
HUNG_S = 2.0
"""Wall seconds after which a call is interrupted, be it waiting or at work."""
SLOW_SHARE = 0.05
"""Part of the ticks that may take longer than 2 ms."""
LONGEST_EVENT_S = 90.0
LONG_EVENT_S = 20.0
"""An event that takes longer is played at its lowest, a middle and its highest level alone."""
LONGEST_TASK_S, MARKED_S = 15.0, 1.0
"""A task that has not ended by then is taken back, as one that waits for a patient; one that the
therapist marks is marked as done."""
LONGEST_RAMP_S = 180.0
LEAST_TICKS = 1000
CYCLES = 6
"""So many times events are played and the scene is left, to see whether memory grows."""
GROWS_BYTES_A_MINUTE = 1024**2
"""More than this, in every cycle, is growth: half an hour would take 30 MB."""

GROWN_BYTES = 16 * 1024**2
"""Where the whole process has grown by so much, it is looked at who asked for it."""
GROWS_SOON_BYTES_A_MINUTE = 4 * 1024**2
"""More than this, without an end for some seconds, is told at once."""

# -- pictures

SIZE = (256, 144)
"""Four points of each cell that is looked at for flashes."""
MOST_LATER, MOST_ASIDE = 3000, 3000
"""Pictures at most of what is ahead in events after their first 20 s, and of what might flash
elsewhere. At 70 ms for one of a city on a processor both together take seven minutes of those that
drawing may take."""
MOST_DRAWS, MOST_TRIANGLES, MOST_TEXTURE_BYTES = 150, 500_000, 500_000_000
"""What a modest VR computer draws in time, as `palier bench frame` has it."""
DIFFERS = 2.0
"""Times as much as what moves anyway: two levels that differ by less look the same."""
SEEN = 1.25
"""An event is seen where the most changed hundredth of the picture changes so many times more, or
where all of it together changes `DIFFERS` times as much as anyway."""
HEARD_DB = 1.0
"""Two levels whose beds differ by this sound apart."""

# -- comfort

MOVES_A_MINUTE = 12
"""Changes of the place to stand while neither level nor values change; each is a fade."""
