"""The paper's 风险–收益 model: a share from gain, risk and causal force. A reform proposal.

The paper gives the three dimensions and some order between the acts of help; it states no
number. Every number here is a teaching assumption from the parameter registry.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from simlib import causation, chain, fault
from simlib.errors import UnknownName
from simlib.interval import Interval, ShareRange, high_end, hull, low_end
from simlib.money import exact
from simlib.riskbenefit.acts import ACTS
from simlib.riskbenefit.exempt import exemption
from simlib.riskbenefit.reforms import checked, proposal, reforms_on
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.law.regime import Regime
    from simlib.money import Share

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
        the aggregate Z, in [0, 1]; multiplied scores may exceed 1
    share
        after cap or direct floor, before the group step, in [0, 1]
    limit
        what decided on the share: `exempt` or `gate` (none), `direct` (a floor), `capped` or
        `uncapped`
    based
        whether the base of his act enters it, not the score alone
    trace
        how the share was reached
    """

    gain: ShareRange
    risk: ShareRange
    cause: ShareRange
    score: ShareRange
    share: ShareRange
    limit: str
    based: bool
    trace: Trace[ShareRange]

    @property
    def exempt(self) -> bool:
        """Whether he has no share because his technology is exempt."""
        return self.limit == "exempt"


def assess(
    party: str | Party,
    case: Case,
    aggregator: str = "geometric",
    regime: Regime | None = None,
    reforms: Collection[str] | None = None,
    tracing: str = chain.TRACING,
) -> Assessment:
    """Score a party on gain, risk and cause and read off his share of the loss.

    1. the gain G from what he earned on the claimant's money, against the loss
    2. the risk R from his act of help, foresight and control
    3. the causal force C
    4. the score Z of the three, with the gain lifted by its floor: geometric (each to the power
       of its weight), additive (the weighted sum) or multiplicative (their product over ¼)
    5. the share: the base of his act at Z = ½, proportional to Z, never above the cap; if he
       caused the loss directly, never below the direct floor instead; without fault, or without
       causal force, there is none, nor for exempt technology, which the proposal holds faultless

    Parameters
    ----------
    party
        a party of the case, or his id
    regime
        whose parameters count; by default the paper's proposal with the values of the case's days
    reforms
        those of `REFORMS` that are on; as the regime's rules say if not given. Without `base` the
        share is Z itself, at most 1; without `cap` nothing but 1 limits it; without `exemption`
        its conditions count for nothing
    tracing
        how the claimant's money is followed through others' accounts: see `chain.trace_funds`

    Raises
    ------
    UnknownName
        for a party, an aggregator or a reform we do not have

    References
    ----------
    `paper:risk-benefit`; every number is a teaching assumption.
    """
    if aggregator not in AGGREGATORS:
        raise UnknownName.among("aggregator", aggregator, AGGREGATORS)
    regime = regime or proposal(case)
    on = reforms_on(regime.rules) if reforms is None else checked(reforms)
    party = case.party(party) if isinstance(party, str) else party
    gain, risk = gain_score(party, case, regime, tracing), risk_score(party, regime)
    cause = causation.causal_force(party, regime)
    score = _score(gain, risk, cause, regime, aggregator)
    gate = _gate(party, cause, regime, on)
    kind, share = gate or (_limit(party, on), _share(party, score, regime, on))
    return Assessment(
        gain.value, risk.value, cause.value, score.value, share.value, kind, "base" in on, share
    )


def attributable_loss(case: Case, party_id: str, tracing: str = chain.TRACING) -> int:
    """Return the loss a party's gain is measured against [fen].

    For a payment or account helper what of it came through his accounts, as far as listed; others
    have no part in the flow and are measured against the whole.
    """
    through = case.party(party_id).act in ("payment", "account")
    received = chain.came(case, party_id, tracing) if through else None
    return case.loss_fen if received is None else min(received, case.loss_fen)


def gain_score(
    party: Party, case: Case, regime: Regime, tracing: str = chain.TRACING
) -> Trace[ShareRange]:
    """G = g / (g + g½), g = apportioned gains over the attributable loss; in [0, 1]."""
    where = f"case:parties.{party.id}"
    direct = Trace("gain_direct", party.gain_direct_fen, "fen", source=f"{where}.gain_direct_fen")
    if party.gain_direct_fen is None:
        return Trace("gain", UNKNOWN, "score", "gain.unknown", (direct,), party=party.id)
    factor = chain.gain_factor(case, party.id, tracing)
    half = exact(regime.value("g_half"))
    earned = (
        party.gain_direct_fen + exact(regime.value("lambda_indirect")) * party.gain_indirect_fen
    )
    loss = attributable_loss(case, party.id, tracing)
    ratio = earned * (1 if factor is None else factor) / loss if loss else exact(0)
    children = (
        direct,
        Trace("gain_indirect", party.gain_indirect_fen, "fen", source=f"{where}.gain_indirect_fen"),
        _parameter("lambda_indirect", regime),
        factor_trace(case, party.id, factor, tracing),
        Trace("attributable_loss", loss, "fen", source="case:loss_fen"),
        _parameter("g_half", regime),
    )
    value = float(ratio / (ratio + half))
    return Trace("gain", value, "score", "gain.half", children, party=party.id)


def factor_trace(
    case: Case, party_id: str, factor: Fraction | None, tracing: str = chain.TRACING
) -> Trace:
    """The claimant's part of the money through a party's accounts, as a step of reasoning."""
    if factor is None:
        return Trace(
            "gain_factor", 1, "share", "factor.assumed", source="case:accounts", party=party_id
        )
    steps, value = chain.came_steps(case, party_id, tracing), float(factor)
    if not steps:
        return Trace("gain_factor", value, "share", source="case:transfers", party=party_id)
    whole = Trace("inflow", chain.inflow(case, party_id), "fen", source="case:accounts")
    below = (steps[0], whole, *steps[1:])
    return Trace("gain_factor", value, "share", "factor.traced", below, party=party_id)


def risk_score(party: Party, regime: Regime) -> Trace[ShareRange]:
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
    return Trace("risk", hull([low, high]), "score", "risk.product", children, party=party.id)


def _score(
    gain: Trace[ShareRange],
    risk: Trace[ShareRange],
    cause: Trace[ShareRange],
    regime: Regime,
    aggregator: str,
) -> Trace[ShareRange]:
    names = ("gain", "risk", "cause")
    weights = [regime.value(f"weight.{name}") for name in names]
    floor = regime.value("gamma")

    def joined(end: Callable[[ShareRange], Share]) -> Share:
        lifted = floor + (1 - floor) * end(gain.value)
        return _join(aggregator, (lifted, end(risk.value), end(cause.value)), weights)

    parameters = [_parameter("gamma", regime)]
    if aggregator != "multiplicative":
        parameters += [_parameter(f"weight.{n}", regime) for n in names]
    return Trace(
        "score",
        hull([joined(low_end), joined(high_end)]),
        "score",
        f"score.{aggregator}",
        (gain, risk, cause, *parameters),
        party=gain.party,
    )


def _join(aggregator: str, scores: Sequence[Share], weights: Sequence[float]) -> Share:
    if aggregator == "additive":
        return sum(w * s for w, s in zip(weights, scores, strict=True))
    if aggregator == "multiplicative":
        return prod(scores) / MIDDLE
    return _product(zip(scores, weights, strict=True))


def _gate(
    party: Party, cause: Trace[ShareRange], regime: Regime, on: Collection[str]
) -> tuple[str, Trace[ShareRange]] | None:
    """No share, whatever the scores: exempt, without fault, or without causal force."""
    freed = exemption(party)
    if freed.holds and freed.trace and "exemption" in on:
        none = Trace("grade", "none", "grade", "grade.exempt", (freed.trace,), party=party.id)
        return "exempt", _shut(none, party, "share.exempt", freed.trace.cites)
    for node in (fault.weight(party, regime), cause):
        if node.value == 0:
            return "gate", _shut(node, party, "share.gate")
    return None


def _shut(gate: Trace, party: Party, rule: str, cites: tuple[str, ...] = ()) -> Trace[ShareRange]:
    return Trace("model_share", 0.0, "share", rule, (gate,), party=party.id, cites=cites)


def _limit(party: Party, on: Collection[str]) -> str:
    """What a share is held between: the direct floor, the cap of his act, or nothing but 1."""
    return "direct" if party.direct else "capped" if "cap" in on else "uncapped"


def _share(
    party: Party, score: Trace[ShareRange], regime: Regime, on: Collection[str]
) -> Trace[ShareRange]:
    raw = raw_ends(party, score.value, regime, on)
    if party.direct:
        floor = regime.value("direct_floor")
        ends, limit = [min(1.0, max(floor, s)) for s in raw], _parameter("direct_floor", regime)
    elif "cap" in on:
        cap = _act_ends("cap", party, regime)
        ends = [min(k, s) for k, s in zip(cap, raw, strict=True)]
        limit = _act_parameter("cap", party, regime)
    else:
        ends, limit = [min(1.0, s) for s in raw], _off("cap")
    kind = _limit(party, on)
    cites = ("paper:direct",) if party.direct else ("paper:risk-benefit",)
    base = _act_parameter("base", party, regime) if "base" in on else _off("base")
    freed = exemption(party).trace if "exemption" in on else None
    children = (score, *([freed] if freed else ()), base, limit)
    rule = f"share.{kind}" if "base" in on else f"share.{kind}-score"
    return Trace("model_share", hull(ends), "share", rule, children, party=party.id, cites=cites)


def raw_ends(
    party: Party, score: ShareRange, regime: Regime, on: Collection[str]
) -> tuple[Share, Share]:
    """The share before cap and floor, as two ends: base · Z / ½, or Z itself without a base."""
    ends = low_end(score), high_end(score)
    if "base" not in on:
        return ends
    base = _act_ends("base", party, regime)
    low, high = (b * z / 0.5 for b, z in zip(base, ends, strict=True))
    return low, high


def _off(reform: str) -> Trace:
    """Return a reform that is switched off, as a step of reasoning."""
    key = f"rb_{reform}"
    return Trace(key, False, "flag", source=f"parameter:rules.{key}")


def _ends(value: float | None) -> tuple[float, float]:
    return (0.0, 1.0) if value is None else (value, value)


def _fact(value: float | None) -> ShareRange:
    return UNKNOWN if value is None else value


def _product(factors: Iterable[tuple[Share, float]]) -> float:
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
    return Trace(name, hull(_act_ends(name, party, regime)), "share", source=source)


def _parameter(key: str, regime: Regime, name: str | None = None) -> Trace:
    return Trace(name or key, regime.value(key), "weight", source=f"parameter:{key}")
