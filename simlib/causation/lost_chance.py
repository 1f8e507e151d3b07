"""Help after the loss: money passed on from a card that had already received it.

The loss has then happened; what such help costs the claimant is a chance to get her money back.
That chance is a band, never a point: nobody has measured it. For the first receiving card the
question does not arise, because its holder takes part when she loses the money.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.chain import came, came_steps, layer, layers, passed_on
from simlib.errors import OutOfScope
from simlib.interval import FenRange, Interval, high_end, low_end
from simlib.law.authority import authority
from simlib.law.regime import regime_for
from simlib.money import Fen, exact, half_up
from simlib.trace import PARAMETER, Assumption, Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime

__all__ = ["REFUSALS", "Chance", "chance", "layer", "layers", "lost_chance", "refusal"]

FIRST_LAYER, NOT_AFTER, NO_MONEY = "first-layer", "not-after", "no-money"
REFUSALS = (FIRST_LAYER, NOT_AFTER, NO_MONEY)
FIRST_CARD = "objection:first-card"
ENDS = ("rho_recovery.low", "rho_recovery.high")


@dataclass(frozen=True, slots=True)
class Chance:
    """What help after the loss cost the claimant, or why there is nothing to state.

    Attributes
    ----------
    interval, ends
        the lost chance of recovery [fen], rounded and exactly; None if refused, and 0
    refusal
        one of `REFUSALS`, or None
    layer
        the first layer one of his accounts stands in; None if her money did not reach any
    trace, citations, assumptions
        as in an outcome
    """

    party: str
    interval: Interval[Fen] | None
    refusal: str | None
    layer: int | None
    trace: Trace
    citations: tuple[str, ...]
    assumptions: tuple[Assumption, ...] = ()
    ends: tuple[Fraction | int, Fraction | int] = (0, 0)


def lost_chance(case: Case, party: str, regime: Regime | None = None) -> Interval[Fen]:
    """Return the chance of recovery lost through help after the loss: a band of money [fen].

    Parameters
    ----------
    party
        the id of who passed it on; his account stands behind the first receiving one
    regime
        whose `rho_recovery.low` and `rho_recovery.high` are used; by default the law in force
        on the days of the case

    Raises
    ------
    OutOfScope
        for the holder of a first receiving account, for a party who did nothing after the loss,
        or where no money of hers is known to have come to him

    Examples
    --------
    >>> from simlib import load_case
    >>> lost_chance(load_case("hypo-chain"), "luo")
    Interval(low=250000, high=1500000)
    """
    answer = chance(case, party, regime)
    if answer.interval is None:
        raise OutOfScope(f"chance-{answer.refusal}", party=party)
    return answer.interval


def chance(
    case: Case, party: str, regime: Regime | None = None, tracing: str | None = None
) -> Chance:
    """Return `lost_chance` with its reasons; a refusal is an answer too and carries its own.

    `tracing`: the rule by which her money is followed to him; without one the band holds for all.
    """
    law = regime_for(case, regime)
    id = case.party(party).id
    depth, money = layer(case, id), passed_on(case, id)
    if tracing and money is not None:
        money = came(case, id, tracing)
    why = _refused(case, id, depth, money)
    where = Trace("layer", depth, "count", source="case:transfers", party=id)
    if why or money is None:
        cites = (FIRST_CARD,) if why == FIRST_LAYER else authority("after_loss", case)
        rule = f"chance.{why}"
        none = Trace("lost_chance", "none", "answer", rule, (where,), None, id, cites)
        return Chance(id, None, why, depth, none, cites)
    rates = [law.value(key) for key in ENDS]
    ends = low_end(money) * exact(min(rates)), high_end(money) * exact(max(rates))
    band = Interval(half_up(ends[0]), half_up(ends[1]))
    passed: tuple[Trace, ...] = (
        Trace("passed_on", money, "fen", source="case:transfers", party=id),
    )
    if tracing:
        passed = came_steps(case, id, tracing)
    rhos = [
        Trace("rho_recovery", law.value(key), "probability", source=PARAMETER + key) for key in ENDS
    ]
    below = (where, *passed, *rhos)
    cites = authority("after_loss", case)
    step = Trace("lost_chance", band, "fen", "chance.band", below, None, id, cites)
    return Chance(id, band, None, depth, step, cites, tuple(_assumed(law, id, tracing)), ends)


def refusal(case: Case, party: str) -> str | None:
    """Return why there is no lost chance to state: one of `REFUSALS`, or None where there is."""
    return _refused(case, party, layer(case, party), passed_on(case, party))


def _refused(case: Case, party: str, depth: int | None, money: FenRange | None) -> str | None:
    if case.party(party).role in ("principal", "victim"):
        return NOT_AFTER
    if depth == 1:
        return FIRST_LAYER
    if depth is not None:
        return None if money is not None else NO_MONEY
    late = any(deed.after_loss for deed in case.acts if deed.party == party)
    return NO_MONEY if late else NOT_AFTER


def _assumed(law: Regime, party: str, rule: str | None) -> list[Assumption]:
    band: list[Assumption] = [
        {"key": key, "value": law.value(key), "basis": law.parameter(key).basis} for key in ENDS
    ]
    if rule:
        return [*band, {"key": "rule.tracing", "value": rule, "basis": "teaching assumption"}]
    any_rule: Assumption = {"key": "chance.tracing", "value": None, "basis": "teaching assumption"}
    return [*band, any_rule | {"party": party}]
