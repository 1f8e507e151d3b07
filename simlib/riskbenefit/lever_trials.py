"""Which inputs and parameters do nothing about a party's share where the model stands, and why.

Found by trying: each lever is moved alone, a step up, a step down, and to both ends of its range.
The share is monotone in every lever, so that what the ends of a stretch leave as it is, the whole
stretch does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from simlib import chain
from simlib.chain.listed import paid
from simlib.interval import high_end, low_end
from simlib.riskbenefit.exempt import CONDITIONS
from simlib.riskbenefit.formula import group_step
from simlib.riskbenefit.model import AGGREGATORS, Assessment, assess
from simlib.riskbenefit.parameters import model_keys
from simlib.riskbenefit.reasons import reason
from simlib.riskbenefit.reforms import REFORMS, proposal, reforms_on

if TYPE_CHECKING:
    from collections.abc import Collection

    from simlib.case.model import Case, Party
    from simlib.law.regime import Regime

STEP = 0.01  # of a lever's range: a slider's step
SAME = 1e-12
MOST_LOSS = 10**15  # [fen]
GRADES = ("none", "slight", "gross", "knowing", "concert")


@dataclass(frozen=True, slots=True)
class Lever:
    """Something that can be moved, and whether moving it does anything here.

    Attributes
    ----------
    key, kind
        a field of the party or `loss_fen`; a parameter; or a rule: `fact`, `parameter`, `rule`
    now
        where it stands; None if the fact is unknown
    dead
        whether one step up or down changes nothing about the share
    everywhere
        whether no value of its range would
    reason
        why it is dead (a key of `reason` in `texts/*/riskbenefit.toml`); None if it is not
    """

    key: str
    kind: str
    now: object
    dead: bool
    everywhere: bool
    reason: str | None


@dataclass(frozen=True)
class Place:
    """Where the model stands: one party, and everything his share depends on."""

    party: Party
    case: Case
    aggregator: str
    regime: Regime
    on: tuple[str, ...]

    @cached_property
    def assessment(self) -> Assessment:
        """What the model makes of him here."""
        return assess(self.party, self.case, self.aggregator, self.regime, self.on)

    def same(self, other: Place) -> bool:
        """Tell whether his share is the same in another place."""
        mine, others = self.assessment.share, other.assessment.share
        ends = (low_end(mine) - low_end(others), high_end(mine) - high_end(others))
        return all(-SAME < apart < SAME for apart in ends)

    def with_fact(self, field: str, value: object) -> Place:
        """Return the same with another fact of the party's."""
        return replace(self, party=self.party.model_copy(update={field: value}))


Trial: TypeAlias = tuple[str, str, object, list[Place], list[Place]]  # key, kind, now, near, far


def levers(
    party: str | Party,
    case: Case,
    aggregator: str = "geometric",
    regime: Regime | None = None,
    reforms: Collection[str] | None = None,
    step: float = STEP,
) -> tuple[Lever, ...]:
    """Return every fact, parameter and rule of the model, and whether it does anything here.

    The share is the party's own, before the group step; `p_min`, which only that step reads, is
    tried on everybody's shares together. The claimant's loss is left out where her transfers are
    listed: it cannot be moved alone.

    Parameters
    ----------
    party, case, aggregator, regime, reforms
        as for `assess`
    step
        how far a lever is moved, as a fraction of its range

    Raises
    ------
    UnknownName
        as `assess`

    Examples
    --------
    >>> from simlib import load_case
    >>> here = levers("zhang", load_case("2024-lu-0302-5690").at("direct"))
    >>> [lever.reason for lever in here if lever.key == "cap.payment"]
    ['direct']
    """
    regime = regime or proposal(case)
    party = case.party(party) if isinstance(party, str) else party
    on = tuple(reforms_on(regime.rules) if reforms is None else reforms)
    place = Place(party, case, aggregator, regime, on)
    tried = [*_facts(place, step), *_parameters(place, step), *_rules(place)]
    return (*(_judged(place, *trial) for trial in tried), _group(place, step))


def dead_levers(
    party: str | Party,
    case: Case,
    aggregator: str = "geometric",
    regime: Regime | None = None,
    reforms: Collection[str] | None = None,
    step: float = STEP,
) -> tuple[Lever, ...]:
    """Return those of `levers` that do nothing here; same arguments."""
    every = levers(party, case, aggregator, regime, reforms, step)
    return tuple(lever for lever in every if lever.dead)


def _judged(
    place: Place, key: str, kind: str, now: object, near: list[Place], far: list[Place]
) -> Lever:
    dead = all(place.same(other) for other in near)
    everywhere = dead and all(place.same(other) for other in far)
    return Lever(key, kind, now, dead, everywhere, reason(place, key) if dead else None)


def _facts(place: Place, step: float) -> Iterator[Trial]:
    party, loss = place.party, place.case.loss_fen
    if party.fault is not None:
        yield _number(place, "fault", 1.0, step)
    elif party.grade is not None:
        others = [place.with_fact("grade", g) for g in GRADES if g != party.grade]
        near = [p for p in others if p.party.grade != "none"]
        yield "grade", "fact", party.grade, near, others
    for field in ("gain_direct_fen", "gain_indirect_fen"):
        yield _number(place, field, max(loss, getattr(party, field) or 0), step)
    pair = party.indispensability is not None or party.push is not None
    causes = ("indispensability", "push") if pair else ("causal_force",)
    for field in ("foresight", "control", *causes):
        yield _number(place, field, 1.0, step)
    for field in ("professional", "direct"):
        other = [place.with_fact(field, not getattr(party, field))]
        yield field, "fact", getattr(party, field), other, other
    yield from _conditions(place)
    hers = chain.accounts_of(place.case, place.case.claimant)
    if paid(place.case, hers) is None:
        yield _loss(place, step)


def _conditions(place: Place) -> Iterator[Trial]:
    facts = place.party.exemption
    if facts is None or place.party.act != "tech":
        return
    for name in CONDITIONS:
        now = getattr(facts, name)
        others = [
            place.with_fact("exemption", facts.model_copy(update={name: value}))
            for value in (True, False)
            if value is not now
        ]
        yield f"exemption.{name}", "fact", now, others, others


def _number(place: Place, field: str, top: float, step: float) -> Trial:
    """Return a fact from 0 to `top`; one that is unknown is moved to both ends."""
    now = getattr(place.party, field)
    ends = [place.with_fact(field, type(top)(end)) for end in (0, top)]
    if now is None:
        return field, "fact", None, ends, ends
    by = max(1, round(top * step)) if isinstance(top, int) else step
    near = [place.with_fact(field, value) for value in (max(0, now - by), min(top, now + by))]
    return field, "fact", now, near, ends


def _loss(place: Place, step: float) -> Trial:
    loss = place.case.loss_fen
    by = max(1, round(loss * step))
    near, ends = (
        [replace(place, case=place.case.model_copy(update={"loss_fen": v})) for v in values]
        for values in ((max(1, loss - by), loss + by), (1, MOST_LOSS))
    )
    return "loss_fen", "fact", loss, near, ends


def _parameters(place: Place, step: float) -> Iterator[Trial]:
    for key in model_keys(place.regime):
        if key == "p_min":
            continue
        values = _around(place.regime, key, step)
        near, far = (
            [replace(place, regime=place.regime.variant({key: v})) for v in some] for some in values
        )
        yield key, "parameter", place.regime.value(key), near, far


def _around(regime: Regime, key: str, step: float) -> tuple[list[float], list[float]]:
    """Return a step down and up from where a parameter stands, and both ends of its range."""
    parameter = regime.parameter(key)
    by = step * (parameter.high - parameter.low)
    low = parameter.low + by / 100 if parameter.above_low else parameter.low
    near = [max(low, parameter.value - by), min(parameter.high, parameter.value + by)]
    return near, [low, parameter.high]


def _rules(place: Place) -> Iterator[Trial]:
    for name in REFORMS:
        rest = tuple(r for r in place.on if r != name)
        other = [replace(place, on=rest if name in place.on else (*place.on, name))]
        yield f"rb_{name}", "rule", "on" if name in place.on else "off", other, other
    others = [replace(place, aggregator=a) for a in AGGREGATORS if a != place.aggregator]
    yield "aggregator", "rule", place.aggregator, others, others


def _group(place: Place, step: float) -> Lever:
    """Return the principals' least share: it matters only where the helpers' shares reach it.

    Tried with every unknown fact at its upper end; if nothing is cut there, nothing ever is.
    """
    others = [
        replace(place, party=p)
        for p in place.case.parties
        if p.role not in ("victim", "principal") and p.id != place.party.id
    ]
    shares = [high_end(p.assessment.share) for p in (place, *others)]

    def cut(minimum: float) -> bool:
        # as if nobody might exceed the principals: who may is cut less, never more
        return group_step(shares, [False] * len(shares), minimum)[0] != shares[0]

    near, far = _around(place.regime, "p_min", step)
    now = place.regime.value("p_min")
    dead = not any(map(cut, (now, *near)))
    why = reason(place, "p_min") if dead else None
    return Lever("p_min", "parameter", now, dead, dead and not any(map(cut, far)), why)
