"""The four acts of help, and the only two comparisons of their risks that the paper makes.

Technical help is riskier than the plain lending of an account; payment help is riskier than
promotion. Technical against payment help, and accounts against promotion, are left open: the
numbers of a teaching model have to say something about every pair, the paper does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simlib.law.regime import Regime

ACTS = ("payment", "tech", "account", "promotion")
ORDER = (("tech", "account"), ("payment", "promotion"))
FAMILIES = ("base", "cap", "rho")


@dataclass(frozen=True, slots=True)
class Ordered:
    """Whether the parameters of one family keep one of the paper's two comparisons."""

    family: str
    higher: str
    lower: str
    kept: bool


def ranks(first: str, second: str) -> bool | None:
    """Tell whether the paper holds the first act to be riskier than the second.

    Returns
    -------
    bool or None
        None where it does not compare the two

    Examples
    --------
    >>> ranks("tech", "account"), ranks("promotion", "payment"), ranks("tech", "payment")
    (True, False, None)
    """
    if (first, second) in ORDER:
        return True
    return False if (second, first) in ORDER else None


def order(regime: Regime) -> tuple[Ordered, ...]:
    """Check both comparisons of acts on every parameter that says something of them."""
    return tuple(
        Ordered(
            family,
            higher,
            lower,
            regime.value(f"{family}.{higher}") > regime.value(f"{family}.{lower}"),
        )
        for family in FAMILIES
        for higher, lower in ORDER
    )
