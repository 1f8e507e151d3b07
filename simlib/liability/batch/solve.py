"""Shares and amounts on arrays: the rules of one case, for many columns at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, reduce
from typing import TYPE_CHECKING

import numpy as np

from simlib import chain, riskbenefit
from simlib.interval import low_end
from simlib.law.rule import word
from simlib.liability import shares, solve
from simlib.liability.batch.arithmetic import (
    ARRAYS,
    EPS,
    LARGEST,
    Beyond,
    Fens,
    Floats,
    Index,
    settled,
)
from simlib.liability.batch.block import Facts, blame, cause
from simlib.liability.facts import own_fault_against, paid_before, paid_by
from simlib.liability.numbers import Once
from simlib.liability.unknown_facts import fineness, held_units
from simlib.money import WEIGHT_UNITS
from simlib.money import weight as weight_of
from simlib.riskbenefit import model_formulas as formula
from simlib.riskbenefit.acts import ACTS

if TYPE_CHECKING:
    from simlib.case.model import Party
    from simlib.liability.batch.block import Block
    from simlib.liability.records import Debtor
    from simlib.liability.records import Facts as AnyFacts
    from simlib.riskbenefit import Assessment


class Point(solve.Point[Fens, Floats]):
    """One point in each column; the facts that vary are read when they are asked for."""

    def __init__(self, block: Block, facts: Facts | None = None) -> None:
        super().__init__(block.setting, facts or Facts(block))
        self.block = block

    @Once
    def units(self) -> Sequence[Fens]:
        """Shares in billionths; weights that are all 0 count as equal."""
        units = units_of(self.block, self.facts)
        return solve.equal_if_none(units, self.setting, self.numbers)

    @Once
    def share(self) -> list[Floats]:
        """Internal shares, in [0, 1]."""
        return [u / np.maximum(1, self.whole) for u in self.units]

    @Once
    def measured(self) -> Sequence[Fens]:
        """What each one's form measures; 0 where that is nothing."""
        pairs = zip(self.setting.forms, self.setting.debtors, strict=True)
        amounts = (form.measured(self.facts, debtor) for form, debtor in pairs)
        return [self.none if amount is None else amount for amount in amounts]

    def known_before(self) -> tuple[Sequence[Fens], Fens]:
        """Return what the columns state of it."""
        before, anonymous = paid_before(self.block)
        return paid_by(before, self.setting.debtors, self.none), anonymous

    def pay(self) -> None:
        """Let all pay, round by round."""
        solve.pay_all(self)

    @property
    def unrecovered(self) -> Fens:
        """What of the claim stays unpaid."""
        return self.facts.claim.fen - self.received


# ---------------------------------------------------------------- shares


def units_of(block: Block, facts: AnyFacts[Fens, Floats]) -> list[Fens]:
    """Return weights in billionths by the rule for shares, one a debtor; 0 without a share.

    Helpers' by the model, or as a court set them, where these fix shares: the rest to principals.
    """
    setting, units = block.setting, [block.constant(0)] * len(block.setting.debtors)
    by_rule = dict(zip(setting.sharing, _by_rule(block, setting.sharing), strict=True))
    scored, court = block.whole.assessed, any(form.fixes_share for form in block.whole.forms)
    stated = block.piece is not None and setting.share_rule == "stated"
    alone = len(setting.heads) == len(setting.sharing)
    if not (scored or court) or (stated and alone):
        for i, unit in (_by_held(block) if stated else by_rule).items():
            units[i] = unit
        return units
    fixed = _by_score(block) if scored else _by_court(block, facts)
    for i, unit in fixed.items():
        units[i] = unit
    weights = [by_rule[i] for i in setting.heads]
    if setting.share_rule == "geometric" and not alone:  # as they are, not of their sums
        heads = [setting.debtors[i] for i in setting.heads]
        weights = [ARRAYS.weight(np.sqrt(cause(block, d) * blame(block, d))) for d in heads]
    fine = fineness(setting.forms, len(weights))
    shares.give_rest(units, setting.heads, weights, fine, ARRAYS, alone)
    return units


def _by_held(block: Block) -> dict[int, Fens]:
    """Return the stated shares in one piece: see `unknown_facts.held_units`."""
    whole, members = block.whole, [d.id for d in block.setting.debtors]
    places = {d.id: n for n, d in enumerate(block.setting.debtors)}
    stated = {
        places.get(d.id, -1 - i): ARRAYS.weight(block.of(d.party, "share"))
        for i, d in enumerate(whole.debtors)
        if (i in whole.sharing and whole.share_rule == "stated") or d.id in members
    }
    return held_units(stated, block.setting.sharing, block.setting.heads, ARRAYS)


def _by_rule(block: Block, sharing: Sequence[int]) -> list[Fens]:
    setting = block.setting
    rule, debtors = setting.share_rule, [setting.debtors[i] for i in sharing]
    if rule == "stated":
        return [ARRAYS.weight(block.of(d.party, "share")) for d in debtors]
    if rule in ("equal", "shapley"):
        return [block.constant(weight_of(low_end(setting.weights[i].value))) for i in sharing]
    if rule == "gain":
        return _gains(block, debtors)
    causes = [cause(block, d) for d in debtors]
    faults = [blame(block, d) for d in debtors]
    return shares.units(rule, causes, faults, ARRAYS)


def _gains(block: Block, debtors: Sequence[Debtor]) -> list[Fens]:
    """Return what each earned on the claimant's money, in billionths of a fen.

    Where all of everybody's gains count, whole fen are as good: a split knows ratios only.
    """
    factors = [block.flow(chain.gain_factor, d.party) for d in debtors]
    scale = 1 if all(factor is None for factor in factors) else WEIGHT_UNITS
    earned = []
    for debtor, factor in zip(debtors, factors, strict=True):
        gains = block.of(debtor.party, "gain_direct_fen")
        gains = gains + block.of(debtor.party, "gain_indirect_fen")
        if int(gains.max()) * scale * len(debtors) >= LARGEST:
            raise Beyond
        gains = gains * scale
        earned.append(gains if factor is None else ARRAYS.apportioned(gains, factor))
    return earned


def _by_court(block: Block, facts: AnyFacts[Fens, Floats]) -> dict[int, Fens]:
    """Return what a court left to each helper."""
    pairs = zip(block.setting.forms, block.setting.debtors, strict=True)
    return {
        i: ARRAYS.weight_of_rest(
            block.of(debtor.party, "court_share"),
            own_fault_against(debtor, facts, facts.claim.own_fault),
        )
        for i, (form, debtor) in enumerate(pairs)
        if form.fixes_share
    }


def _by_score(block: Block) -> dict[int, Fens]:
    """Return helpers' shares by the model, after the group step."""
    setting = block.setting
    helpers = {i: setting.debtors[i] for i in setting.assessed}
    if not helpers:
        return {}
    scaled = riskbenefit.group_step(
        [_model_share(block, d, setting.assessed[i]) for i, d in helpers.items()],
        [_free(block, d) for d in helpers.values()],
        setting.regime.value("p_min"),
        ARRAYS,
    )
    # a score errs by less than 60 roundings: seven powers, of up to five each, and what joins them;
    # the group step may double that, and adds some for each share in its sums
    slack = WEIGHT_UNITS * EPS * (64 + len(helpers))  # a share may be 1
    fine = fineness(setting.forms, len(setting.heads))

    def exactly(i: int, index: Index) -> int:
        return block.units_at(index)[i] // fine

    return {
        i: settled(share * WEIGHT_UNITS, slack, partial(exactly, i))
        for i, share in zip(helpers, scaled, strict=True)
    }


def _free(block: Block, debtor: Debtor) -> np.ndarray:
    """Tell whether he may bear more than the principals: direct, or in concert."""
    if debtor.party.direct or not block.varies(debtor.party, "fault"):
        return block.constant(debtor.party.direct or debtor.grade.value == "concert")
    return blame(block, debtor) >= block.setting.regime.value("bands.concert")


def _model_share(block: Block, debtor: Debtor, scalar: Assessment) -> np.ndarray:
    """`riskbenefit.assess`: the share after cap or direct floor, before the group step.

    `scalar` is the scalar engine's assessment, by the same reforms and of the same party.
    """
    regime, party, limit = block.setting.regime, debtor.party, scalar.limit
    if limit in ("gate", "exempt"):
        return block.constant(0.0)
    scores = _gain_score(block, debtor), _risk_score(block, debtor), cause(block, debtor)
    weights = [regime.value(f"weight.{name}") for name in ("gain", "risk", "cause")]
    aggregator = word(block.rules, "aggregator")
    score = formula.joined(aggregator, scores, weights, regime.value("gamma"))
    raw = formula.raw_share(score, _of_act(block, party, "base") if scalar.based else None)
    floor, cap = regime.value("direct_floor"), _of_act(block, party, "cap")
    share: np.ndarray = formula.limited(limit, raw, floor, cap, ARRAYS)
    return share


def _of_act(block: Block, party: Party, name: str) -> formula.Real:
    """Return a parameter of his act of help; of the four an end for one who has none."""
    value = block.setting.regime.value
    if party.act:
        return value(f"{name}.{party.act}")
    end: Callable[..., formula.Real] = np.maximum if block.stands_high(party) else np.minimum
    return reduce(end, [value(f"{name}.{act}") for act in ACTS])


def _gain_score(block: Block, debtor: Debtor) -> np.ndarray:
    regime, party = block.setting.regime, debtor.party
    if block.any_gains(party):
        return block.constant(1.0)
    factor = block.flow(chain.gain_factor, party)
    received = block.flow(riskbenefit.received_on_cards, party)
    loss = formula.attributable(block.fact("loss_fen"), received, ARRAYS)
    gains = block.of(party, "gain_direct_fen"), block.of(party, "gain_indirect_fen")
    indirect, half = regime.value("lambda_indirect"), regime.value("g_half")
    part = 1.0 if factor is None else float(factor)
    score: np.ndarray = formula.gain(gains, indirect, part, loss, half, ARRAYS)
    return score


def _risk_score(block: Block, debtor: Debtor) -> np.ndarray:
    regime, party = block.setting.regime, debtor.party
    lift = regime.value("pi_professional") if party.professional else 0.0
    powers = [regime.value(f"risk.{name}") for name in ("rho", "foresight", "control")]
    rho = block.constant(_of_act(block, party, "rho"))
    stated = block.of(party, "foresight"), block.of(party, "control")
    score: np.ndarray = formula.risk(rho, *stated, lift, powers)
    return score
