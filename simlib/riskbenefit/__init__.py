"""The paper's 风险–收益 model: a share from gain, risk and causal force. A reform proposal."""

from simlib.riskbenefit.model import (
    ACTS,
    AGGREGATORS,
    MIDDLE,
    Assessment,
    assess,
    attributable_loss,
    factor_trace,
    gain_score,
    group_step,
    risk_score,
)

__all__ = [
    "ACTS",
    "AGGREGATORS",
    "MIDDLE",
    "Assessment",
    "assess",
    "attributable_loss",
    "factor_trace",
    "gain_score",
    "group_step",
    "risk_score",
]
