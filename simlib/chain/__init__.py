"""The chain: where the money went, and how much of whose money came into whose accounts.

`flow` reads what the transfers listed say without any rule; which of several people's money an
account passed on needs a tracing rule.
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

__all__ = [
    "accounts_of",
    "came_through",
    "direct_receipts",
    "flow_cap",
    "gain_factor",
    "inflow",
    "layer",
    "layers",
    "passed_on",
]
