"""The paper's 风险–收益 model: a share from gain, risk and causal force. A reform proposal.

`assess` scores a party; the rest looks at the model itself: which of its numbers are assumptions,
which of its levers do nothing where it stands, and which demands of fairness it meets.
"""

from __future__ import annotations

from simlib.riskbenefit.acts import ACTS, ORDER, Ordered, order, ranks
from simlib.riskbenefit.exemption import CONDITIONS, Exemption, exemption
from simlib.riskbenefit.group import group_step
from simlib.riskbenefit.model import (
    AGGREGATORS,
    MIDDLE,
    REFORMS,
    Assessment,
    assess,
    attributable_loss,
    factor_trace,
    gain_score,
    reforms_on,
    risk_score,
)

__all__ = [
    "ACTS",
    "AGGREGATORS",
    "CONDITIONS",
    "MIDDLE",
    "ORDER",
    "REFORMS",
    "Assessment",
    "Exemption",
    "Ordered",
    "assess",
    "attributable_loss",
    "exemption",
    "factor_trace",
    "gain_score",
    "group_step",
    "order",
    "ranks",
    "reforms_on",
    "risk_score",
]
