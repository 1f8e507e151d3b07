"""What lesson 05 shows beyond its declaration: the reasons in full, and what lies below."""

from simlib.widgets.riskbenefit.lab import RiskBenefitLab

__all__ = ["RiskBenefitLab"]
