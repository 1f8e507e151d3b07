"""The lab of lesson 05: a share from gain, risk and cause, and what it really hangs on."""

from simlib.widgets.riskbenefit.lab import RiskBenefitLab, riskbenefit_lab

__all__ = ["RiskBenefitLab", "riskbenefit_lab"]
