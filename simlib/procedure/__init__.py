"""When she may sue: the criminal and the civil track, four regimes, admissibility and time lines.

`schedule` gives the time lines of a case, `spread` their distribution, `admit` what a court does
with a suit on a day, `received` what a line brings, `courts` where to sue, `fee` what that costs,
and `states`, `moves` the two tracks themselves.
"""

from simlib.procedure.admissibility import Admission, Ground, admit, refile_after
from simlib.procedure.amount import case_then, received
from simlib.procedure.courts import Court, courts, fee
from simlib.procedure.day_bounds import Known, history
from simlib.procedure.regimes import REGIMES, SWITCHES
from simlib.procedure.sampled_durations import Spread, spread
from simlib.procedure.timeline import Limitation, Line, Schedule, schedule
from simlib.procedure.tracks import (
    DOCUMENTS,
    FEES,
    STAGES,
    VARIANTS,
    Move,
    State,
    Step,
    moves,
    states,
)

__all__ = [
    "DOCUMENTS",
    "FEES",
    "REGIMES",
    "STAGES",
    "SWITCHES",
    "VARIANTS",
    "Admission",
    "Court",
    "Ground",
    "Known",
    "Limitation",
    "Line",
    "Move",
    "Schedule",
    "Spread",
    "State",
    "Step",
    "admit",
    "case_then",
    "courts",
    "fee",
    "history",
    "moves",
    "received",
    "refile_after",
    "schedule",
    "spread",
    "states",
]
