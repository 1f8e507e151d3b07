"""Several victims: frozen money given back, restitution and damages under one cap, shared assets.

`give_back` returns what was frozen; `as_claimant` shows the facts as another victim's court would
see them; `decide_all` decides all claims on the same assets and keeps one account for each victim.
"""

from simlib.restitution.all_victims import Together, decide_all
from simlib.restitution.debtors import Recourse, Spent
from simlib.restitution.frozen_money import FOREIGN, RULES, Pot, Return, give_back
from simlib.restitution.other_claimant import as_claimant, carried_over, victims
from simlib.restitution.proportional_division import share_out
from simlib.restitution.victim_account import Entry, Ledger

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
