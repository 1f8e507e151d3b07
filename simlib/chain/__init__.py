"""The chain: where the money went, and how much of whose money came into whose accounts.

`flow` reads what the transfers listed say without any rule; which of several people's money an
account passed on needs a tracing rule: `trace_case`, `trace_funds`.
"""

from simlib.chain.flow import (
    accounts_of,
    came_through,
    direct_receipts,
    flow_cap,
    gain_factor,
    inflow,
    layer,
    layers,
    passed_on,
)
from simlib.chain.method import METHODS, MethodLaw, method_law
from simlib.chain.trace import trace_case, trace_funds
from simlib.chain.tracing import Tracing

__all__ = [
    "METHODS",
    "MethodLaw",
    "Tracing",
    "accounts_of",
    "came_through",
    "direct_receipts",
    "flow_cap",
    "gain_factor",
    "inflow",
    "layer",
    "layers",
    "method_law",
    "passed_on",
    "trace_case",
    "trace_funds",
]
