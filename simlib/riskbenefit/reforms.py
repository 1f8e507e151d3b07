"""The paper's three proposals for the model that can be switched off, each a rule."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from simlib.errors import UnknownName
from simlib.law.regime import PAPER_PROPOSAL, regime, regime_for

if TYPE_CHECKING:
    from simlib.law.dated import DatedCase
    from simlib.law.regime import Regime

REFORMS = ("base", "cap", "exemption")  # rules `rb_base`, `rb_cap`, `rb_exemption`


def reforms_on(rules: Mapping[str, str | float]) -> tuple[str, ...]:
    """Return which of base, cap and exemption a set of rules leaves on."""
    return tuple(name for name in REFORMS if rules[f"rb_{name}"] == "on")


def proposal(case: DatedCase | None = None) -> Regime:
    """Return the regime of the paper's proposal, with the values of a case's days or of today."""
    return regime_for(case, PAPER_PROPOSAL) if case else regime(PAPER_PROPOSAL)


def checked(reforms: Collection[str]) -> Collection[str]:
    """Return the same names; raises `UnknownName` for a reform we do not have."""
    for name in reforms:
        if name not in REFORMS:
            raise UnknownName.among("reform", name, REFORMS)
    return reforms
