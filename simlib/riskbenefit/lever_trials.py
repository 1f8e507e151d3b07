"""Which inputs and parameters do nothing about a party's share where the model stands, and why.

Found by trying: each lever is moved alone, a step up, a step down, and to both ends of its range.
The share is monotone in every lever, so that what the ends of a stretch leave as it is, the whole
stretch does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from simlib import chain, fault
from simlib.causation import force_facts
from simlib.chain.account_summary import paid
from simlib.interval import Interval, high_end, low_end
from simlib.riskbenefit.acts import FAMILIES
from simlib.riskbenefit.exempt_technology import CONDITIONS, exemption
from simlib.riskbenefit.model import AGGREGATORS, Assessment, assess, raw_ends
from simlib.riskbenefit.model_formulas import group_step
from simlib.riskbenefit.parameters import model_keys
from simlib.riskbenefit.reforms import REFORMS, proposal, reforms_on

if TYPE_CHECKING:
    from collections.abc import Collection

    from simlib.case.model import Case, Party
    from simlib.law.regime import Regime
    from simlib.money import Share

STEP = 0.01  # of a lever's range: a slider's step
SAME = 1e-12
MOST_LOSS = 10**15  # [fen]
GRADES = ("none", "slight", "gross", "knowing", "concert")
GAIN = ("gain_direct_fen", "gain_indirect_fen", "lambda_indirect", "g_half", "gamma", "loss_fen")
RISK = ("foresight", "control", "professional", "pi_professional")
CAUSE = ("causal_force", "indispensability", "push")
FLAT = "flat"


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
    for field in ("foresight", "control", *force_facts(party)):
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
        return bool(group_step(shares, [False] * len(shares), minimum)[0] != shares[0])

    near, far = _around(place.regime, "p_min", step)
    now = place.regime.value("p_min")
    dead = not any(map(cut, (now, *near)))
    why = reason(place, "p_min") if dead else None
    return Lever("p_min", "parameter", now, dead, dead and not any(map(cut, far)), why)


# ---------------------------------------------------------------- why


def reason(place: Place, key: str) -> str:
    """Why the lever `key`, found to do nothing, does nothing: a key of `reason` in the words."""
    for ask in ASKED:
        key_of_reason = ask(place, key)
        if key_of_reason:
            return key_of_reason
    return FLAT


def _act(place: Place, key: str) -> str | None:
    """A parameter of another act of help."""
    family, _, act = key.partition(".")
    other = family in FAMILIES and place.party.act not in (None, act)
    return "other-act" if other else None


def _switched(place: Place, key: str) -> str | None:
    """What a reform that is off would read."""
    family = key.partition(".")[0]
    off = family in ("base", "cap", "exemption") and family not in place.on
    return f"{family}-off" if off else None


def _unmet_conditions(place: Place, key: str) -> str | None:
    """The exemption, or one of its conditions, where it does not come to hold."""
    if key == "rb_exemption" and place.party.act != "tech":
        return "not-tech"
    freed = exemption(place.party)
    if key.startswith("exemption.") or key == "rb_exemption":
        if not freed.stated:
            return "nothing-stated"
        return None if freed.holds else "not-shown"
    return None


def _gate(place: Place, key: str) -> str | None:
    """No share at all."""
    if place.assessment.exempt:
        return "exempt"
    if place.assessment.limit == "gate":
        faultless = fault.weight(place.party, place.regime).value == 0
        return "gate-fault" if faultless else "gate-cause"
    return None


def _directness(place: Place, key: str) -> str | None:
    """The cap where the loss was caused directly, the floor where it was not."""
    direct = place.party.direct
    if direct and (key.startswith("cap.") or key == "rb_cap"):
        return "direct"
    return "not-direct" if key == "direct_floor" and not direct else None


def _aggregator(place: Place, key: str) -> str | None:
    multiplied = place.aggregator == "multiplicative" and key.startswith("weight.")
    return "aggregator" if multiplied else None


def _gains(place: Place, key: str) -> str | None:
    party = place.party
    if key not in GAIN:
        return None
    if key == "lambda_indirect" and not party.gain_indirect_fen:
        return "no-indirect"
    if party.gain_direct_fen is None and key not in ("gain_direct_fen", "gamma"):
        return "gain-unknown"
    if chain.gain_factor(place.case, party.id) == 0:
        return "no-flow"
    if key in ("g_half", "loss_fen") and not place.assessment.gain:
        return "no-gain"
    return None


def _professional(place: Place, key: str) -> str | None:
    if key == "pi_professional" and not place.party.professional:
        return "not-professional"
    full = key in ("pi_professional", "professional") and place.party.control == 1
    return "control-full" if full else None


def _weightless(place: Place, key: str) -> str | None:
    """A dimension, or a part of the risk, that counts with the power or weight 0."""
    value = place.regime.value
    dimension = _dimension(key)
    inner = key.partition(".")[0] if key.startswith("rho.") else key
    if inner in ("rho", "foresight", "control") and value(f"risk.{inner}") == 0:
        return "weight-zero"
    if dimension and place.aggregator != "multiplicative" and value(f"weight.{dimension}") == 0:
        return "weight-zero"
    indirect = key == "gain_indirect_fen" and value("lambda_indirect") == 0
    lift = key == "professional" and value("pi_professional") == 0
    return "weight-zero" if indirect or lift else None


def _dimension(key: str) -> str | None:
    if key in GAIN:
        return "gain"
    if key in RISK or key.startswith(("rho.", "risk.")):
        return "risk"
    return "cause" if key in CAUSE else None


def _scores(place: Place, key: str) -> str | None:
    """Scores of 0 or 1, which no power moves, and which multiply to 0 or leave as it is."""
    now = place.assessment
    if place.aggregator == "additive":
        return None
    if not high_end(now.score):
        return "score-zero"
    scores = {
        "weight.risk": now.risk,
        "weight.cause": now.cause,
        "weight.gain": now.gain,
    }
    parts = {"risk.foresight": place.party.foresight, "risk.control": place.party.control}
    return "score-one" if (scores | parts).get(key) == 1 else None


def _open(place: Place, key: str) -> str | None:
    """Fault is a gate here, no weight."""
    return "gate-open" if key in ("fault", "grade") else None


def _group_uncut(place: Place, key: str) -> str | None:
    return "group-fits" if key == "p_min" else None


def _binding(place: Place, key: str) -> str | None:
    """The cap or the floor binds and hides everything below, or it does not bind itself."""
    regime, party = place.regime, place.party
    low, high = raw_ends(party, place.assessment.score, regime, place.on)
    if party.direct:
        if high < regime.value("direct_floor"):
            return "floor-binds"
        return "floor-slack" if key == "direct_floor" else _whole(low)
    if "cap" not in place.on:
        return _whole(low)
    if key.startswith("cap.") or key == "rb_cap":
        return "cap-slack"
    caps = [regime.value(f"cap.{act}") for act in ([party.act] if party.act else ())]
    return "cap-binds" if caps and low > caps[0] else None


def _band(place: Place, key: str) -> str | None:
    """Facts nobody found make the share a band whose two ends stay where they are."""
    return "band" if isinstance(place.assessment.share, Interval) else None


def _whole(low: Share) -> str | None:
    """The share is the whole loss already."""
    return "whole" if low > 1 else None


ASKED: tuple[Callable[[Place, str], str | None], ...] = (
    _act,
    _switched,
    _unmet_conditions,
    _gate,
    _directness,
    _aggregator,
    _gains,
    _professional,
    _weightless,
    _scores,
    _open,
    _group_uncut,
    _binding,
    _band,
)
