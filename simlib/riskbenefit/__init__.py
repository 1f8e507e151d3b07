"""The paper's 风险–收益 model: a share from gain, risk and causal force. A reform proposal.

`assess` scores a party; the rest looks at the model itself: which of its numbers are assumptions,
which of its levers do nothing where it stands, and which demands of fairness it meets.
"""

from __future__ import annotations

from simlib.riskbenefit.acts import ACTS, ORDER, Ordered, order, ranks
from simlib.riskbenefit.axiom_trials import AXIOMS, Verdict, axioms
from simlib.riskbenefit.exempt_technology import CONDITIONS, Exemption, exemption
from simlib.riskbenefit.lever_trials import Lever, dead_levers, levers
from simlib.riskbenefit.model import (
    AGGREGATORS,
    Assessment,
    assess,
    attributable_loss,
    factor_trace,
    gain_score,
    received_on_cards,
    risk_score,
)
from simlib.riskbenefit.model_formulas import group_step
from simlib.riskbenefit.parameters import Row, model_keys, rebalanced, registry, together
from simlib.riskbenefit.reforms import REFORMS, reforms_on

__all__ = [
    "ACTS",
    "AGGREGATORS",
    "AXIOMS",
    "CONDITIONS",
    "ORDER",
    "REFORMS",
    "Assessment",
    "Exemption",
    "Lever",
    "Ordered",
    "Row",
    "Verdict",
    "assess",
    "attributable_loss",
    "axioms",
    "dead_levers",
    "exemption",
    "factor_trace",
    "gain_score",
    "group_step",
    "levers",
    "model_keys",
    "order",
    "ranks",
    "received_on_cards",
    "rebalanced",
    "reforms_on",
    "registry",
    "risk_score",
    "together",
]
