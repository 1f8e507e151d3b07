"""When she may sue: the criminal and the civil track, four regimes, admissibility and time lines.

`schedule` gives the time lines of a case, `spread` their distribution, `admit` what a court does
with a suit on a day, `received` what a line brings, `courts` where to sue, `fee` what that costs,
and `states`, `moves` the two tracks themselves.
"""

from simlib.procedure.admission import Admission, admit, refile_after
from simlib.procedure.grounds import Ground
from simlib.procedure.history import Known, history
from simlib.procedure.limitation import Limitation
from simlib.procedure.step import VARIANTS, Step
from simlib.procedure.switches import REGIMES, SWITCHES
from simlib.procedure.timeline import Line, Schedule, schedule
from simlib.procedure.track import DOCUMENTS, FEES, STAGES, Move, State, moves, states

__all__ = [
    "DOCUMENTS",
    "FEES",
    "REGIMES",
    "STAGES",
    "SWITCHES",
    "VARIANTS",
    "Admission",
    "Ground",
    "Known",
    "Limitation",
    "Line",
    "Move",
    "Schedule",
    "State",
    "Step",
    "admit",
    "history",
    "moves",
    "refile_after",
    "schedule",
    "states",
]
