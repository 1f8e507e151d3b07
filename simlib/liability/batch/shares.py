"""Internal shares on arrays: `simlib.liability.shares` and the model's shares, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial, reduce
from operator import add, mul
from typing import TYPE_CHECKING

import numpy as np

from simlib import chain, riskbenefit
from simlib.interval import low_end
from simlib.law.rule import word
from simlib.liability import shares
from simlib.liability.axes import fineness
from simlib.liability.batch import facts
from simlib.liability.batch.numbers import (
    EPS,
    LARGEST,
    Beyond,
    apportioned,
    pick,
    product,
    settled,
    split_units,
    weight,
)
from simlib.money import WEIGHT_UNITS
from simlib.money import weight as weight_of

LEAST = 2.0**-900  # smaller numbers have fewer digits than the error bounds suppose

if TYPE_CHECKING:
    from simlib.liability.batch.tile import Tile
    from simlib.liability.facts import Debtor
    from simlib.riskbenefit import Assessment


def units(tile: Tile) -> list[np.ndarray]:
    """Return weights in billionths by the rule for shares, one a debtor; 0 without a share."""
    sharing = tile.setting.sharing
    units = [tile.constant(0)] * len(tile.setting.debtors)
    for i, unit in zip(sharing, _by_rule(tile, sharing), strict=True):
        units[i] = unit
    return units


def _by_rule(tile: Tile, sharing: Sequence[int]) -> list[np.ndarray]:
    setting = tile.setting
    rule, debtors = setting.share_rule, [setting.debtors[i] for i in sharing]
    if rule == "stated":
        return [weight(tile.of(d.party, "share")) for d in debtors]
    if rule in ("equal", "shapley"):
        return [tile.constant(weight_of(low_end(setting.weights[i].value))) for i in sharing]
    if rule == "gain":
        return _gains(tile, debtors)
    causes = [facts.cause(tile, d) for d in debtors]
    faults = [facts.blame(tile, d) for d in debtors]
    if rule == "product":
        return [product(c, f) for c, f in zip(causes, faults, strict=True)]
    return _normal(rule, causes, faults)


def _normal(
    rule: str, causes: Sequence[np.ndarray], faults: Sequence[np.ndarray]
) -> list[np.ndarray]:
    """By mean or geometric mean of causal force and fault, each as a fraction of its sum."""
    count = len(causes)
    if not causes:
        return []
    c_sum, f_sum = reduce(add, causes), reduce(add, faults)
    if min(c_sum.min(), f_sum.min()) < LEAST:
        raise Beyond
    c_hat, f_hat = [c / c_sum for c in causes], [f / f_sum for f in faults]
    slack = WEIGHT_UNITS * EPS * (count + 8) / 4  # a sum errs by one rounding a debtor

    def exactly(i: int, index: tuple[int, ...]) -> int:
        known = ([pick(x, index) for x in each] for each in (causes, faults))
        return shares.units(rule, *known)[i]

    joined = [
        (c + f) / 2 if rule == "mean" else np.sqrt(c * f) for c, f in zip(c_hat, f_hat, strict=True)
    ]
    return [
        settled(share * WEIGHT_UNITS, slack, partial(exactly, i)) for i, share in enumerate(joined)
    ]


def _gains(tile: Tile, debtors: Sequence[Debtor]) -> list[np.ndarray]:
    """Return what each earned on the claimant's money, in billionths of a fen.

    Where all of everybody's gains count, whole fen are as good: a split knows ratios only.
    """
    factors = [tile.flow(chain.gain_factor, d.party) for d in debtors]
    scale = 1 if all(factor is None for factor in factors) else WEIGHT_UNITS
    earned = []
    for debtor, factor in zip(debtors, factors, strict=True):
        gains = tile.of(debtor.party, "gain_direct_fen")
        gains = gains + tile.of(debtor.party, "gain_indirect_fen")
        if int(gains.max()) * scale * len(debtors) >= LARGEST:
            raise Beyond
        gains = gains * scale
        if factor is not None:
            gains = apportioned(gains, factor.numerator, factor.denominator)
        earned.append(gains)
    return earned


def by_score(tile: Tile, by_rule: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Shares by the model: helpers' after the group step, the rest to the principals by weight."""
    setting, debtors = tile.setting, tile.setting.debtors
    scored = list(setting.assessed)
    scaled = _group_step(tile, scored)
    # a score errs by less than 60 roundings: seven powers, of up to five each, and what joins them;
    # the group step may double that, and adds some for each share in its sums
    slack = WEIGHT_UNITS * EPS * (64 + len(scored))  # a share may be 1

    def exactly(i: int, index: tuple[int, ...]) -> int:
        return tile.scalar(index).box.read([])[0][i]

    units = [tile.constant(0)] * len(debtors)
    for i, share in zip(scored, scaled, strict=True):
        units[i] = settled(share * WEIGHT_UNITS, slack, partial(exactly, i))
    _share_rest(tile, units, by_rule)
    return units


def by_court(tile: Tile, by_rule: Sequence[np.ndarray], own_fault: np.ndarray) -> list[np.ndarray]:
    """Shares by what a court left to each helper; the rest to the principals by weight."""
    setting, units = tile.setting, [tile.constant(0)] * len(by_rule)
    slack = WEIGHT_UNITS * EPS  # a difference and a quotient of numbers in [0, 1]

    def exactly(i: int, index: tuple[int, ...]) -> int:
        return tile.scalar(index).box.read([])[0][i] // fineness(setting.forms, len(setting.heads))

    for i, form in enumerate(setting.forms):
        if form.fixes_share:
            part = tile.of(setting.debtors[i].party, "court_share")
            share = np.minimum(1.0, part / (1 - own_fault))
            units[i] = settled(share * WEIGHT_UNITS, slack, partial(exactly, i))
    _share_rest(tile, units, by_rule)
    return units


def _share_rest(tile: Tile, units: list[np.ndarray], by_rule: Sequence[np.ndarray]) -> None:
    """Give the principals what the others' shares leave of the whole."""
    setting = tile.setting
    heads = setting.heads
    fine = fineness(setting.forms, len(heads))
    rest = fine * np.maximum(0, WEIGHT_UNITS - sum(units))
    units[:] = [fine * unit for unit in units]
    parts = split_units(rest, [by_rule[i] for i in heads]) if heads else []
    for i, part in zip(heads, parts, strict=True):
        units[i] = part


def _group_step(tile: Tile, scored: Sequence[int]) -> list[np.ndarray]:
    """`riskbenefit.group_step`: scaled down together, then each not free cut to what is left."""
    regime = tile.setting.regime
    minimum = regime.value("p_min")
    helpers = [tile.setting.debtors[i] for i in scored]
    parts = [
        _model_share(tile, d, tile.setting.assessed[i])
        for i, d in zip(scored, helpers, strict=True)
    ]
    whole = reduce(add, parts)
    over = whole > 1 - minimum
    if over.any():
        by = np.where(over, whole, 1)
        parts = [np.where(over, s * (1 - minimum) / by, s) for s in parts]
    left = 1 - sum(parts)
    return [
        np.where(_free(tile, d), share, np.minimum(share, left))
        for d, share in zip(helpers, parts, strict=True)
    ]


def _free(tile: Tile, debtor: Debtor) -> np.ndarray:
    """Tell whether he may bear more than the principals: direct, or in concert."""
    if debtor.party.direct or not tile.varies(debtor.party, "fault"):
        return tile.constant(debtor.party.direct or debtor.grade.value == "concert")
    return facts.blame(tile, debtor) >= tile.setting.regime.value("bands.concert")


def _model_share(tile: Tile, debtor: Debtor, scalar: Assessment) -> np.ndarray:
    """`riskbenefit.assess`: the share after cap or direct floor, before the group step.

    `scalar` is the scalar engine's assessment, by the same reforms and of the same party.
    """
    regime, party, limit = tile.setting.regime, debtor.party, scalar.limit
    if limit in ("gate", "exempt"):
        return tile.constant(0.0)
    if party.act is None:  # measured as any of the four acts: a number only by chance
        raise Beyond
    floor = regime.value("gamma")
    scores = (
        floor + (1 - floor) * _gain_score(tile, debtor),
        _risk_score(tile, debtor),
        facts.cause(tile, debtor),
    )
    weights = [regime.value(f"weight.{name}") for name in ("gain", "risk", "cause")]
    score = _join(word(tile.setting.rules, "aggregator"), scores, weights)
    raw = regime.value(f"base.{party.act}") * score / 0.5 if scalar.based else score
    if limit == "direct":
        return np.minimum(1.0, np.maximum(regime.value("direct_floor"), raw))
    return np.minimum(regime.value(f"cap.{party.act}") if limit == "capped" else 1.0, raw)


def _join(aggregator: str, scores: Sequence[np.ndarray], weights: Sequence[float]) -> np.ndarray:
    if aggregator == "additive":
        return reduce(add, (w * s for w, s in zip(weights, scores, strict=True)))
    if aggregator == "multiplicative":
        return scores[0] * scores[1] * scores[2] / riskbenefit.MIDDLE
    return _powers(scores, weights)


def _powers(bases: Sequence[np.ndarray], powers: Sequence[float]) -> np.ndarray:
    return reduce(mul, (base**power for base, power in zip(bases, powers, strict=True)))


def _gain_score(tile: Tile, debtor: Debtor) -> np.ndarray:
    """G = g / (g + g½), g = apportioned gains over the attributable loss; in [0, 1]."""
    regime, party = tile.setting.regime, debtor.party
    factor, loss = tile.flow(chain.gain_factor, party), tile.fact("loss_fen")
    if party.act in ("payment", "account"):
        received = tile.flow(chain.came, party)
        loss = loss if received is None else np.minimum(received, loss)
    earned = tile.of(party, "gain_direct_fen") + regime.value("lambda_indirect") * tile.of(
        party, "gain_indirect_fen"
    )
    part = 1.0 if factor is None else float(factor)
    ratio = np.where(loss > 0, earned * part / np.maximum(loss, 1), 0.0)
    return ratio / (ratio + regime.value("g_half"))


def _risk_score(tile: Tile, debtor: Debtor) -> np.ndarray:
    """R = ρ^a · foresight^b · control′^c, in [0, 1]; professionals are held to more control."""
    regime, party = tile.setting.regime, debtor.party
    lift = regime.value("pi_professional") if party.professional else 0.0
    control = 1 - (1 - tile.of(party, "control")) * (1 - lift)
    powers = [regime.value(f"risk.{name}") for name in ("rho", "foresight", "control")]
    rho = tile.constant(regime.value(f"rho.{party.act}"))
    return _powers((rho, tile.of(party, "foresight"), control), powers)
