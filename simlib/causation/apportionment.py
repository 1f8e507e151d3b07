"""Sharing a loss by what each party's act adds to it: the Shapley value and its relatives.

No Chinese court applies these formulas. They are doctrine and foreign teaching: a way of putting
numbers to 原因力, shown beside the law and never as the law.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from fractions import Fraction
from itertools import accumulate
from math import comb, factorial, fsum, isfinite
from typing import TYPE_CHECKING

from simlib.causation.game import (
    Game,
    Sums,
    blocks,
    check_finite,
    check_players,
    ranks,
    sums_by_size,
)
from simlib.errors import GameError, UnknownName
from simlib.money import WEIGHT_UNITS, Fen, Share, Units, exact, split_units, weight

if TYPE_CHECKING:
    from simlib.case.columns import FloatArray, IntArray

READINGS = ("brown", "sindell")


def shapley(n: int, value: Game, *, batched: bool = False) -> tuple[float, ...]:
    """Return the Shapley value: what each player adds to the harm, averaged over all orders of
    acting.

    Parameters
    ----------
    n
        number of players, 1 to 24
    value
        the harm a set of players does without the others (any unit; 0 for nobody): a function
        of a bit mask (bit i = player i), or its 2ⁿ values in the order of the masks
    batched
        whether `value` takes an int64 array of masks at once and gives an array. The masks come
        in order, at most 2¹³ at a time

    Returns
    -------
    tuple of float
        one amount a player, in the unit of `value`, together `value` of all. From whole numbers
        and fractions each is the exact amount, rounded once

    Raises
    ------
    GameError
        if n, the number of values or a value is out of range, or the empty set is not worth 0

    Notes
    -----
    φᵢ = Σ |S|! (n − |S| − 1)! / n! · (v(S ∪ i) − v(S)) over the sets S without i. All n sums are
    taken in one pass over the sets (`game.sums_by_size`), O(2ⁿ) time; a function's values are
    never kept together, so memory stays below 2ⁿ numbers.

    A core judgment in the sense of Dehez and Ferey gives no group less than the harm it does
    alone, v(S), nor more than what would not have happened without it. The Shapley value is one
    whenever acts only strengthen each other (v convex), not in every game.

    References
    ----------
    L. S. Shapley, "A value for n-person games" (1953): the formula is general knowledge here.
    P. Dehez and S. Ferey, "How to share joint liability: a cooperative game approach",
    Mathematical Social Sciences 66 (2013) 44–50: abstract read, not the whole paper.

    Examples
    --------
    The fraud needs P and one of A, B; C did nothing that mattered.

    >>> shapley(4, lambda who: bool(who & 1 and who & 6))
    (0.6666666666666666, 0.16666666666666666, 0.16666666666666666, 0.0)
    """
    by_player, total = sums_by_size(n, value, batched)
    orders = [factorial(t) * factorial(n - 1 - t) for t in range(n)]
    gains = ([having[t + 1] - (total[t] - having[t]) for t in range(n)] for having in by_player)
    return tuple(_mean(own, orders, factorial(n)) for own in gains)


def _mean(gains: Sums, orders: list[int], whole: int) -> float:
    """Return Σ gain × orders / whole: a player's gains by size, weighted by orders of acting."""
    gains = [int(g) if isinstance(g, float) and g.is_integer() else g for g in gains]
    rational = [gain for gain in gains if not isinstance(gain, float)]
    if len(rational) < len(gains):
        return fsum(gain * (k / whole) for gain, k in zip(gains, orders, strict=True))
    return float(Fraction(sum(gain * k for gain, k in zip(rational, orders, strict=True)), whole))


def weighted_shapley(
    n: int, value: Game, weights: Sequence[float], *, batched: bool = False
) -> tuple[float, ...]:
    """Return the weighted Shapley value: what a group does only together is divided by its weights.

    Parameters
    ----------
    n, value, batched
        as in `shapley`
    weights
        one number above 0 a player, e.g. the degree of fault; only their ratios matter

    Returns
    -------
    tuple of float
        one amount a player, in the unit of `value`, together `value` of all

    Raises
    ------
    GameError
        as in `shapley`, or if the weights do not fit

    Notes
    -----
    Each Harsanyi dividend Δ(S) = Σ (−1)^(|S|−|T|) v(T) over T ⊆ S is divided among the members of
    S in proportion to their weights. Dividends alternate in sign and cancel, so the same value is
    reckoned as a mean over orders drawn from the last place backwards, each time in proportion
    to the weights: only positive chances are added (general knowledge: E. Kalai and D. Samet,
    "On weighted Shapley values", 1987). O(n·2ⁿ) time and about 40·2ⁿ bytes: a second or less for
    20 players, ten or more for 24.

    References
    ----------
    Dehez and Ferey 2013 (see `shapley`): weighted Shapley values are acceptable judgments;
    weights stand for the degree of misconduct (abstract read).

    Examples
    --------
    >>> weighted_shapley(2, [0, 0, 0, 100], [3, 1])
    (75.0, 25.0)
    """
    import numpy as np

    check_players(n)
    if len(weights) != n or not all(isfinite(w) and w > 0 for w in weights):
        raise GameError("game-weights", weights=list(weights), n=n)
    values = np.concatenate([b.astype(float) for b in blocks(n, value, batched)])
    check_finite(values)
    if values[0] != 0:
        raise GameError("game-empty-set", value=values[0])
    added: list[list[float]] = [[] for _ in range(n)]
    for i, sets, chances in _last_places(n, [float(w) for w in weights]):
        added[i].append(float(chances @ (values[sets] - values[sets ^ (1 << i)])))
    return tuple(fsum(parts) for parts in added)


def _last_places(n: int, weights: list[float]) -> Iterator[tuple[int, IntArray, FloatArray]]:
    """Yield, from size n down, each player i, the sets with him and the chance that he is last."""
    import numpy as np

    order, starts = ranks(n)
    together = np.zeros(1 << n)
    for i, added in enumerate(weights):
        together[1 << i : 2 << i] = together[: 1 << i] + added
    chance = np.zeros(1 << n)  # that exactly these players come first
    chance[-1] = 1.0
    for size in range(n, 0, -1):
        sets = order[starts[size] : starts[size] + comb(n, size)]
        for i, added in enumerate(weights):
            having = sets[(sets >> i) & 1 == 1]
            ends = chance[having] * (added / together[having])
            chance[having ^ (1 << i)] += ends
            yield i, having, ends


def chain_shapley(
    losses: Sequence[float], weights: Sequence[float] | None = None
) -> tuple[float, ...]:
    """Return the Shapley value of a chain of acts, each of which adds a loss that needs all before
    it.

    Parameters
    ----------
    losses
        the loss that accrues at each link, first act first, each ≥ 0 (any unit)
    weights
        one number above 0 a link; equal if absent

    Returns
    -------
    tuple of float
        one amount a link: its part of its own loss and of every later one

    Raises
    ------
    GameError
        if a loss is negative or not finite, or the weights do not fit

    Notes
    -----
    φᵢ = Σ_{k≥i} d_k / k, or with weights φᵢ = Σ_{k≥i} d_k wᵢ / (w₁ + … + w_k): the loss at link k
    is divided among the first k links. O(n) by adding from the end.

    References
    ----------
    S. Ferey and P. Dehez, "Multiple causation, apportionment, and the Shapley value", Journal of
    Legal Studies 45 (2016) 143–171: sequential liability games (abstract read).

    Examples
    --------
    >>> chain_shapley([9000, 10000, 6000])
    (16000.0, 7000.0, 2000.0)
    """
    for loss in losses:
        if not (isfinite(loss) and loss >= 0):
            raise GameError("chain-loss", loss=loss)
    weights = [1] * len(losses) if weights is None else weights
    if len(weights) != len(losses) or not all(isfinite(w) and w > 0 for w in weights):
        raise GameError("game-weights", weights=list(weights), n=len(losses))
    per_weight = [loss / whole for loss, whole in zip(losses, accumulate(weights), strict=True)]
    tails = list(accumulate(reversed(per_weight)))[::-1]
    return tuple(float(w * tail) for w, tail in zip(weights, tails, strict=True))


def rizzo_arnold(p_a: float, p_b: float, p_joint: float) -> tuple[float, float]:
    """Return two wrongdoers' shares: each his own part, the synergy in halves.

    Parameters
    ----------
    p_a, p_b
        the probability of the harm if only the one, or only the other, had acted
    p_joint
        the probability of the harm as both acted; above 0 and not below the others

    Returns
    -------
    tuple of float
        A's and B's share, together 1

    Raises
    ------
    GameError
        if the three probabilities do not fit together

    Notes
    -----
    share_A = (p_A + (p_J − p_A − p_B) / 2) / p_J: the two-player Shapley value divided by p_J.

    References
    ----------
    M. J. Rizzo and F. S. Arnold, "Causal apportionment in the law of torts", 80 Columbia Law
    Review 1399 (1980): the formula is general knowledge, not read there. Criticised by D. Kaye
    and M. Aickin, 13 Journal of Legal Studies 191 (1984): citation found, paper not read.

    Examples
    --------
    >>> rizzo_arnold(0.2, 0.3, 0.8)
    (0.4375, 0.5625)
    """
    fitting = min(p_a, p_b) >= 0 and max(p_a, p_b) <= p_joint <= 1
    if not (fitting and p_joint > 0):
        raise GameError("joint-probability", p_a=p_a, p_b=p_b, p_joint=p_joint)
    a, b, both = exact(p_a), exact(p_b), exact(p_joint)
    share = (both + a - b) / (2 * both)
    return float(share), float(1 - share)


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


def market_share(shares: Sequence[Share], loss_fen: Fen, reading: str = "brown") -> tuple[Fen, ...]:
    """Return what each defendant owes by its share of the market.

    Parameters
    ----------
    shares
        the share of the whole market of each defendant who was sued and is there, together above
        0 and at most 1. An absent or insolvent one is left out: nobody else takes over its share
        under `brown`
    loss_fen
        the whole loss, ≥ 0 [fen]
    reading
        `brown`: several liability, each its share of the whole market, so the claimant bears the
        part of those who are absent. `sindell`: the shares of those present are scaled up to
        the whole loss, as *Sindell* was read before *Brown*

    Returns
    -------
    tuple of int
        one amount a defendant, in order [fen]

    Raises
    ------
    GameError
        if the shares are no parts of one market or the loss is no amount
    UnknownName
        if there is no such reading

    References
    ----------
    Sindell v. Abbott Laboratories, 26 Cal.3d 588 (1980): each defendant is liable for the
    proportion of the judgment represented by its share of the market (excerpt read).
    Brown v. Superior Court, 44 Cal.3d 1049 (1988): opening read; that it rejects scaling up and
    joint liability is general knowledge.

    Examples
    --------
    >>> market_share([0.1, 0.2, 0.3], 10_000_000)
    (1000000, 2000000, 3000000)
    >>> market_share([0.1, 0.2, 0.3], 10_000_000, "sindell")
    (1666667, 3333333, 5000000)
    """
    if reading not in READINGS:
        near = (*get_close_matches(reading, READINGS, n=1, cutoff=0.0), READINGS[0])[0]
        raise UnknownName("unknown-name", kind="reading", name=reading, near=near)
    if isinstance(loss_fen, bool) or not isinstance(loss_fen, int) or loss_fen < 0:
        raise GameError("loss-amount", loss_fen=loss_fen)
    units = _shares(shares)
    absent = [max(0, WEIGHT_UNITS - sum(units))] if reading == "brown" else []
    return tuple(split_units(loss_fen, [*units, *absent])[: len(units)])


def _shares(shares: Sequence[Share]) -> list[Units]:
    """Return shares in billionths, where each may be rounded up by half of one."""
    units = [weight(share) for share in shares if 0 <= share <= 1]
    if len(units) < len(shares) or not 0 < sum(units) <= WEIGHT_UNITS + len(units):
        raise GameError("market-shares", shares=list(shares))
    return units
