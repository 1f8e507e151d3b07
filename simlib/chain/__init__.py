"""The chain: where the money went, and how much of whose money came into whose accounts.

`flow` reads what the transfers listed say without any rule; which of several people's money an
account passed on needs a tracing rule: `trace_case`, `trace_funds`.
"""

from simlib.chain.account_summary import accounts_of
from simlib.chain.flow import (
    TRACING,
    by_others,
    came,
    came_steps,
    came_through,
    capping_receipts,
    direct_receipts,
    gain_factor,
    inflow,
    layer,
    layers,
    passed_on,
)
from simlib.chain.lot import Lot
from simlib.chain.trace import lots, sources, trace_back, trace_case, trace_funds
from simlib.chain.tracing_result import METHODS, MethodLaw, Tracing, method_law

__all__ = [
    "METHODS",
    "TRACING",
    "Lot",
    "MethodLaw",
    "Tracing",
    "accounts_of",
    "by_others",
    "came",
    "came_steps",
    "came_through",
    "capping_receipts",
    "direct_receipts",
    "gain_factor",
    "inflow",
    "layer",
    "layers",
    "lots",
    "method_law",
    "passed_on",
    "sources",
    "trace_back",
    "trace_case",
    "trace_funds",
]
