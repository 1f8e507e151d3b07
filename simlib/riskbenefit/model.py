"""The paper's 风险–收益 model: a share from gain, risk and causal force. A reform proposal.

The paper gives the three dimensions and some order between the acts of help; it states no
number. Every number here is a teaching assumption from the parameter registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from simlib import causation, chain, fault
from simlib.errors import UnknownName
from simlib.interval import Interval, high_end, low_end
from simlib.money import exact
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.law.regime import Regime

ACTS = ("payment", "tech", "account", "promotion")
AGGREGATORS = ("geometric", "additive", "multiplicative")
UNKNOWN = Interval(0.0, 1.0)
MIDDLE = 0.25  # so that three scores of ½ give the multiplicative score ½ as well


@dataclass(frozen=True, slots=True)
class Assessment:
    """One party's scores and share; numbers, or intervals where facts are unknown.

    Attributes
    ----------
    gain, risk, cause
        the dimensions G, R, C, in [0, 1]
    score
        the aggregate Z, in [0, 1]
    share
        after cap or direct floor, before the group step, in [0, 1]
    trace
        how the share was reached
    """

    gain: float | Interval
    risk: float | Interval
    cause: float | Interval
    score: float | Interval
    share: float | Interval
    trace: Trace


def assess(
    party: str | Party, case: Case, aggregator: str = "geometric", regime: Regime | None = None
) -> Assessment:
    """Score a party on gain, risk and cause and read off his share of the loss.

    1. the gain G from what he earned on the claimant's money, against the loss
    2. the risk R from his act of help, foresight and control
    3. the causal force C
    4. the score Z of the three, with the gain lifted by its floor: geometric (each to the power
       of its weight), additive (the weighted sum) or multiplicative (their product over ¼)
    5. the share: the base of his act at Z = ½, proportional to Z, never above the cap; if he
       caused the loss directly, never below the direct floor instead; without fault, or without
       causal force, there is none

    Parameters
    ----------
    party
        a party of the case, or his id
    regime
        whose parameters count; the paper's proposal if not given

    Raises
    ------
    UnknownName
        for a party or an aggregator we do not have

    References
    ----------
    `paper:risk-benefit`; every number is a teaching assumption.
    """
    if aggregator not in AGGREGATORS:
        raise UnknownName.among("aggregator", aggregator, AGGREGATORS)
    if regime is None:
        from simlib.law.regime import PAPER_PROPOSAL
        from simlib.law.regime import regime as load_regime

        regime = load_regime(PAPER_PROPOSAL)
    party = case.party(party) if isinstance(party, str) else party
    gain, risk = gain_score(party, case, regime), risk_score(party, regime)
    cause = causation.causal_force(party, regime)
    score = _score(gain, risk, cause, regime, aggregator)
    blame = fault.weight(party, regime)
    gate = next((n for n in (blame, cause) if n.value == 0), None)
    share = _share(party, score, regime) if gate is None else _shut(gate, party)
    return Assessment(gain.value, risk.value, cause.value, score.value, share.value, share)


def attributable_loss(case: Case, party_id: str) -> int:
    """The loss a party's gain is measured against [fen].

    For a payment or account helper what of it came through his accounts, as far as listed; others
    have no part in the flow and are measured against the whole.
    """
    through = case.party(party_id).act in ("payment", "account")
    received = chain.direct_receipts(case, party_id) if through else None
    return case.loss_fen if received is None else min(received, case.loss_fen)


def gain_score(party: Party, case: Case, regime: Regime) -> Trace:
    """G = g / (g + g½), g = apportioned gains over the attributable loss; in [0, 1]."""
    where = f"case:parties.{party.id}"
    direct = Trace("gain_direct", party.gain_direct_fen, "fen", source=f"{where}.gain_direct_fen")
    if party.gain_direct_fen is None:
        return Trace("gain", UNKNOWN, "score", "gain.unknown", (direct,), party=party.id)
    factor, half = chain.gain_factor(case, party.id), exact(regime.value("g_half"))
    earned = (
        party.gain_direct_fen + exact(regime.value("lambda_indirect")) * party.gain_indirect_fen
    )
    loss = attributable_loss(case, party.id)
    ratio = earned * (1 if factor is None else factor) / loss if loss else exact(0)
    children = (
        direct,
        Trace("gain_indirect", party.gain_indirect_fen, "fen", source=f"{where}.gain_indirect_fen"),
        _parameter("lambda_indirect", regime),
        factor_trace(party.id, factor),
        Trace("attributable_loss", loss, "fen", source="case:loss_fen"),
        _parameter("g_half", regime),
    )
    value = float(ratio / (ratio + half))
    return Trace("gain", value, "score", "gain.half", children, party=party.id)


def factor_trace(party_id: str, factor: Fraction | None) -> Trace:
    """The claimant's part of the money through a party's accounts, as a step of reasoning."""
    if factor is None:
        return Trace(
            "gain_factor", 1, "share", "factor.assumed", source="case:accounts", party=party_id
        )
    return Trace("gain_factor", float(factor), "share", source="case:transfers", party=party_id)


def risk_score(party: Party, regime: Regime) -> Trace:
    """R = ρ^a · foresight^b · control′^c, in [0, 1]; professionals are held to more control."""
    where = f"case:parties.{party.id}"
    lift = regime.value("pi_professional") if party.professional else 0.0
    control = [1 - (1 - c) * (1 - lift) for c in _ends(party.control)]
    powers = [regime.value(f"risk.{name}") for name in ("rho", "foresight", "control")]
    ends = (_act_ends("rho", party, regime), _ends(party.foresight), control)
    low, high = (_product(zip([e[side] for e in ends], powers, strict=True)) for side in (0, 1))
    children = (
        _act_parameter("rho", party, regime),
        Trace("foresight", _fact(party.foresight), "weight", source=f"{where}.foresight"),
        Trace("control", _fact(party.control), "weight", source=f"{where}.control"),
        Trace("professional", party.professional, "flag", source=f"{where}.professional"),
        *(_parameter(f"risk.{name}", regime) for name in ("rho", "foresight", "control")),
        _parameter("pi_professional", regime),
    )
    return Trace("risk", _between(low, high), "score", "risk.product", children, party=party.id)


def _score(gain: Trace, risk: Trace, cause: Trace, regime: Regime, aggregator: str) -> Trace:
    names = ("gain", "risk", "cause")
    weights = [regime.value(f"weight.{name}") for name in names]
    floor = regime.value("gamma")

    def joined(end: Callable) -> float:
        lifted = floor + (1 - floor) * end(gain.value)
        return _join(aggregator, (lifted, end(risk.value), end(cause.value)), weights)

    parameters = [_parameter("gamma", regime)]
    if aggregator != "multiplicative":
        parameters += [_parameter(f"weight.{n}", regime) for n in names]
    return Trace(
        "score",
        _between(joined(low_end), joined(high_end)),
        "score",
        f"score.{aggregator}",
        (gain, risk, cause, *parameters),
        party=gain.party,
    )


def _join(aggregator: str, scores: tuple[float, ...], weights: list[float]) -> float:
    if aggregator == "additive":
        return sum(w * s for w, s in zip(weights, scores, strict=True))
    if aggregator == "multiplicative":
        return prod(scores) / MIDDLE
    return _product(zip(scores, weights, strict=True))


def _shut(gate: Trace, party: Party) -> Trace:
    """No share without fault, or without causal force, whatever the other scores are."""
    return Trace("model_share", 0.0, "share", "share.gate", (gate,), party=party.id)


def _share(party: Party, score: Trace, regime: Regime) -> Trace:
    base, cap = _act_ends("base", party, regime), _act_ends("cap", party, regime)
    floor = regime.value("direct_floor")
    raw = [
        b * z / 0.5
        for b, z in zip(base, (low_end(score.value), high_end(score.value)), strict=True)
    ]
    if party.direct:
        ends, limit = [min(1.0, max(floor, s)) for s in raw], _parameter("direct_floor", regime)
    else:
        ends = [min(k, s) for k, s in zip(cap, raw, strict=True)]
        limit = _act_parameter("cap", party, regime)
    rule = "share.direct" if party.direct else "share.capped"
    cites = ("paper:direct",) if party.direct else ("paper:risk-benefit",)
    children = (score, _act_parameter("base", party, regime), limit)
    return Trace(
        "model_share", _between(*ends), "share", rule, children, party=party.id, cites=cites
    )


def group_step(shares: list[float], exempt: list[bool], minimum: float) -> list[float]:
    """Bring helpers' shares into line with the principals': both steps of the paper's order.

    Shares that sum to more than 1 − `minimum` are scaled down to it; then, in one pass, each
    that is not `exempt` (direct, or in concert) is cut to what is left for the principals.

    Parameters
    ----------
    shares
        one a helper, in [0, 1]
    exempt
        whether he may bear more than the principals
    minimum
        the principals' least share, in [0, 1]

    Returns
    -------
    list of float
        one a helper; the rest, 1 minus their sum, is the principals'
    """
    whole = sum(shares)
    if whole > 1 - minimum:
        shares = [s * (1 - minimum) / whole for s in shares]
    left = 1 - sum(shares)
    return [s if free else min(s, left) for s, free in zip(shares, exempt, strict=True)]


def _ends(value: float | None) -> tuple[float, float]:
    return (0.0, 1.0) if value is None else (value, value)


def _fact(value: float | None) -> float | Interval:
    return UNKNOWN if value is None else value


def _between(low: float, high: float) -> float | Interval:
    return low if low == high else Interval(low, high)


def _product(factors: Iterable[tuple[float, float]]) -> float:
    value = 1.0
    for base, power in factors:
        value *= base**power
    return value


def _act_ends(name: str, party: Party, regime: Regime) -> tuple[float, float]:
    # A party without an act of help (a platform, an operator) may be measured as any of the four.
    values = [regime.value(f"{name}.{act}") for act in ([party.act] if party.act else ACTS)]
    return min(values), max(values)


def _act_parameter(name: str, party: Party, regime: Regime) -> Trace:
    if party.act:
        return _parameter(f"{name}.{party.act}", regime, name)
    source = f"case:parties.{party.id}.act"
    return Trace(name, _between(*_act_ends(name, party, regime)), "share", source=source)


def _parameter(key: str, regime: Regime, name: str | None = None) -> Trace:
    return Trace(name or key, regime.value(key), "weight", source=f"parameter:{key}")
