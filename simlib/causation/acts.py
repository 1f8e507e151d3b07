"""The game of a fraud with helpers: somebody to commit it, and somebody for each kind of act.

No Chinese court applies this formula; that the fraud needed each kind of act once is an assumption
of the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from simlib.errors import GameError


def acts_shapley(principals: int, kinds: Sequence[int]) -> tuple[Fraction, tuple[Fraction, ...]]:
    """Return the Shapley value of a fraud that needs a principal and someone for each kind of act.

    Parameters
    ----------
    principals
        how many principals there are, any one of whom is enough; with 0 none is needed
    kinds
        for each kind of act how many did it, any one of whom is enough; a kind with 0 is not
        needed

    Returns
    -------
    tuple
        the share of each principal, and for each kind the share of each who did it. Over all
        persons they add up to 1; 0 for a group nobody is in

    Raises
    ------
    GameError
        if a size is not a whole number of at least 0

    Notes
    -----
    With members of a group interchangeable, φ = ∫₀¹ q^(g−1) Π (1 − q^h) dq for a member of a group
    of g, over the sizes h of the other groups: q is the chance that a person is absent, and the
    member decides if the rest of the group is absent and no other group is. (General knowledge:
    G. Owen, "Multilinear extensions of games", 1972.)

    Examples
    --------
    >>> acts_shapley(1, [2])
    (Fraction(2, 3), (Fraction(1, 6),))
    """
    sizes = [principals, *kinds]
    for size in sizes:
        if isinstance(size, bool) or not isinstance(size, int) or size < 0:
            raise GameError("group-size", size=size)
    shares = [_decides(size, sizes[:i] + sizes[i + 1 :]) for i, size in enumerate(sizes)]
    return shares[0], tuple(shares[1:])


def _decides(group: int, others: Sequence[int]) -> Fraction:
    """Return ∫₀¹ q^(group−1) Π (1 − q^h) dq, the product multiplied out term by term."""
    if not group:
        return Fraction(0)
    terms = {group - 1: 1}
    for size in filter(None, others):
        shifted = {power + size: -factor for power, factor in terms.items()}
        powers = terms.keys() | shifted.keys()
        terms = {power: terms.get(power, 0) + shifted.get(power, 0) for power in powers}
    return sum((Fraction(factor, power + 1) for power, factor in terms.items()), Fraction(0))
