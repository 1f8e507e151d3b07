"""What a form measures: a limit, gains, a score, proof, or a platform's part of the loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib import causation, chain, riskbenefit
from simlib.interval import Interval, high_end, low_end
from simlib.liability.forms import GUARDIAN
from simlib.money import exact, half_up, times
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.liability.facts import Claim, Debtor
    from simlib.liability.forms import Form

ELEMENTS = ("act", "damage", "fault", "causation")


def measure(
    form: Form, debtor: Debtor, case: Case, claim: Claim, rules: dict, regime: Regime
) -> Trace | None:
    """What a form measures for one debtor, as a step of reasoning; None where it needs nothing."""
    if form.measure in ("limit", "limited_rest"):
        return _limit(form, debtor, claim)
    if form.measure == "gain":
        return _gain(debtor, case, claim, rules)
    if form.measure == "score" and not debtor.principal:
        reforms = riskbenefit.reforms_on(rules)
        return riskbenefit.assess(
            debtor.party, case, rules["aggregator"], regime, reforms, rules["tracing"]
        ).trace
    if form.measure == "proof":
        return _proof(debtor, regime)
    if form.measure == "chance":
        return _chance(debtor, case, claim, regime, rules["tracing"])
    if form.measure == "enlarged":
        return _enlarged(debtor, case, claim)
    return None


def _limit(form: Form, debtor: Debtor, claim: Claim) -> Trace:
    # a guardian of a minor principal answers for his own failing, not for the child's
    of = debtor.payer if form is GUARDIAN else debtor.party
    value = Interval(0.0, 1.0) if of.limit is None else of.limit
    leaf = Trace("limit", value, "share", source=f"case:parties.{of.id}.limit", party=debtor.id)
    ends = [times(claim.damages_fen, end(value)) for end in (low_end, high_end)]
    children = (claim.damages, leaf)
    return Trace(
        "limited", _between(*ends), "fen", "limited.share-of-damages", children, party=debtor.id
    )


def _gain(debtor: Debtor, case: Case, claim: Claim, rules: dict) -> Trace:
    own = _own_gains(debtor, case, claim, rules["tracing"])
    if rules["benefit"] == "own":
        return own
    ends = [times(claim.damages_fen, end(debtor.cause.value)) for end in (low_end, high_end)]
    caused = Trace(
        "caused",
        _between(*ends),
        "fen",
        "caused.share",
        (claim.damages, debtor.cause),
        party=debtor.id,
    )
    low = max(low_end(own.value), low_end(caused.value))
    high = max(high_end(own.value), high_end(caused.value))
    return Trace("gains", _between(low, high), "fen", "gains.swiss", (own, caused), party=debtor.id)


def _own_gains(debtor: Debtor, case: Case, claim: Claim, tracing: str) -> Trace:
    where, party = f"case:parties.{debtor.party.id}", debtor.party
    direct = Trace("gain_direct", party.gain_direct_fen, "fen", source=f"{where}.gain_direct_fen")
    indirect = Trace(
        "gain_indirect", party.gain_indirect_fen, "fen", source=f"{where}.gain_indirect_fen"
    )
    factor = chain.gain_factor(case, party.id, tracing)
    share = 1 if factor is None else factor
    low = half_up(((party.gain_direct_fen or 0) + party.gain_indirect_fen) * share)
    low = min(claim.damages_fen, low)
    high = claim.damages_fen if party.gain_direct_fen is None else low
    part = riskbenefit.factor_trace(case, party.id, factor, tracing)
    children = (direct, indirect, part, claim.damages)
    return Trace(
        "gains", _between(low, high), "fen", "gains.apportioned", children, party=debtor.id
    )


def _proof(debtor: Debtor, regime: Regime) -> Trace:
    proof = debtor.party.proof
    where = f"case:parties.{debtor.party.id}.proof"
    leaves = tuple(
        Trace(
            f"proof_{name}",
            getattr(proof, name) if proof else 1,
            "probability",
            source=f"{where}.{name}",
        )
        for name in ELEMENTS
    )
    standard = Trace(
        "standard", regime.value("proof.standard"), "probability", source="parameter:proof.standard"
    )
    proved = all(n.value >= standard.value for n in leaves)
    return Trace(
        "proved",
        proved,
        "flag",
        "proved.each-element",
        (*leaves, standard),
        party=debtor.id,
        cites=("civil-procedure-interpretation:108",),
    )


def _chance(debtor: Debtor, case: Case, claim: Claim, regime: Regime, tracing: str) -> Trace:
    """The chance of recovery his help after the loss cost her, after her own fault."""
    own = claim.damages.children[-1]
    found = causation.chance(case, debtor.party.id, regime, tracing)
    ends = [half_up(end(found.interval) * (1 - exact(own.value))) for end in (low_end, high_end)]
    below = (found.trace, own)
    return Trace(
        "chance_owed", _between(*ends), "fen", "chance.less-own-fault", below, party=debtor.id
    )


def _enlarged(debtor: Debtor, case: Case, claim: Claim) -> Trace:
    """The damages a platform's silence added, after the victim's own fault."""
    own = claim.damages.children[-1]
    stated = debtor.party.enlarged_fen
    value = Interval(0, case.loss_fen) if stated is None else stated
    source = f"case:parties.{debtor.party.id}.enlarged_fen"
    leaf = Trace("enlarged_fen", value, "fen", source=source, party=debtor.id)
    ends = [half_up(end(value) * (1 - exact(own.value))) for end in (low_end, high_end)]
    return Trace(
        "enlarged", _between(*ends), "fen", "enlarged.less-own-fault", (leaf, own), party=debtor.id
    )


def _between(low: float, high: float) -> float | Interval:
    return low if low == high else Interval(low, high)
