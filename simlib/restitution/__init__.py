"""Several victims: frozen money given back, restitution and damages under one cap, shared assets.

`give_back` returns what was frozen; `as_claimant` shows the facts as another victim's court would
see them; `decide_all` decides all claims on the same assets and keeps one account for each victim.
"""

from simlib.restitution.claimant import as_claimant, carried_over, victims
from simlib.restitution.ledger import Entry, Ledger
from simlib.restitution.pool import FOREIGN, RULES, Pot, Return, give_back
from simlib.restitution.recourse import Recourse
from simlib.restitution.sharing import share_out
from simlib.restitution.spent import Spent
from simlib.restitution.together import Together, decide_all

__all__ = [
    "FOREIGN",
    "RULES",
    "Entry",
    "Ledger",
    "Pot",
    "Recourse",
    "Return",
    "Spent",
    "Together",
    "as_claimant",
    "carried_over",
    "decide_all",
    "give_back",
    "share_out",
    "victims",
]
