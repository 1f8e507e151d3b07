"""The paper's 风险–收益 model: a share from gain, risk and causal force. A reform proposal.

The paper gives the three dimensions and some order between the acts of help; it states no
number. Every number here is a teaching assumption from the parameter registry.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib import causation, chain, fault
from simlib.errors import UnknownName
from simlib.interval import Interval, ShareRange, high_end, hull, low_end
from simlib.money import exact
from simlib.riskbenefit import model_formulas as formula
from simlib.riskbenefit.acts import ACTS
from simlib.riskbenefit.exempt_technology import exemption
from simlib.riskbenefit.reforms import checked, proposal, reforms_on
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.law.regime import Regime
    from simlib.money import Share

AGGREGATORS = ("geometric", "additive", "multiplicative")
UNKNOWN = Interval(0.0, 1.0)


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
    came: int = formula.attributable(case.loss_fen, received_on_cards(case, party_id, tracing))
    return came


def received_on_cards(case: Case, party_id: str, tracing: str = chain.TRACING) -> int | None:
    """Return what of the loss came into the accounts of a payment or account helper [fen]."""
    through = case.party(party_id).act in ("payment", "account")
    return chain.came(case, party_id, tracing) if through else None


def gain_score(
    party: Party, case: Case, regime: Regime, tracing: str = chain.TRACING
) -> Trace[ShareRange]:
    """G = g / (g + g½), g = apportioned gains over the attributable loss; in [0, 1]."""
    where = f"case:parties.{party.id}"
    direct = Trace("gain_direct", party.gain_direct_fen, "fen", source=f"{where}.gain_direct_fen")
    if party.gain_direct_fen is None:
        return Trace("gain", UNKNOWN, "score", "gain.unknown", (direct,), party=party.id)
    factor = chain.gain_factor(case, party.id, tracing)
    loss = attributable_loss(case, party.id, tracing)
    half, indirect = (exact(regime.value(name)) for name in ("g_half", "lambda_indirect"))
    gains = party.gain_direct_fen, party.gain_indirect_fen
    value = float(formula.gain(gains, indirect, 1 if factor is None else factor, loss, half))
    children = (
        direct,
        Trace("gain_indirect", party.gain_indirect_fen, "fen", source=f"{where}.gain_indirect_fen"),
        _parameter("lambda_indirect", regime),
        factor_trace(case, party.id, factor, tracing),
        Trace("attributable_loss", loss, "fen", source="case:loss_fen"),
        _parameter("g_half", regime),
    )
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
    powers = [regime.value(f"risk.{name}") for name in ("rho", "foresight", "control")]
    ends = (_act_ends("rho", party, regime), _ends(party.foresight), _ends(party.control))
    low, high = (formula.risk(*facts, lift, powers) for facts in zip(*ends, strict=True))
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
        scores = [end(each.value) for each in (gain, risk, cause)]
        score: Share = formula.joined(aggregator, scores, weights, floor)
        return score

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
    kind, raw = _limit(party, on), raw_ends(party, score.value, regime, on)
    caps = _act_ends("cap", party, regime)
    floor = regime.value("direct_floor")
    ends = [formula.limited(kind, s, floor, cap) for cap, s in zip(caps, raw, strict=True)]
    if party.direct:
        limit = _parameter("direct_floor", regime)
    else:
        limit = _act_parameter("cap", party, regime) if "cap" in on else _off("cap")
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
    bases = _act_ends("base", party, regime) if "base" in on else (None, None)
    return formula.raw_share(low_end(score), bases[0]), formula.raw_share(high_end(score), bases[1])


def _off(reform: str) -> Trace:
    """Return a reform that is switched off, as a step of reasoning."""
    key = f"rb_{reform}"
    return Trace(key, False, "flag", source=f"parameter:rules.{key}")


def _ends(value: float | None) -> tuple[float, float]:
    return (0.0, 1.0) if value is None else (value, value)


def _fact(value: float | None) -> ShareRange:
    return UNKNOWN if value is None else value


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
