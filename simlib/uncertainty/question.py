"""What is asked: one number of a case under a mode, and which facts and values may move it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from math import inf
from operator import add
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

from simlib.case.changed_case import locate
from simlib.case.fields import MOST_FEN
from simlib.case.model import Proof
from simlib.causation import force_facts
from simlib.chain import accounts_of
from simlib.chain.account_summary import payments
from simlib.errors import CaseError
from simlib.interval import Quantity
from simlib.law.modes import mode_law_for
from simlib.law.regime import Parameter, Regime, checked_rules, regime_for, rule
from simlib.liability.decide import decide
from simlib.riskbenefit import together

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from simlib.case.model import Case, Party
    from simlib.law.rule import Rules
    from simlib.liability.batch.block import Spot
    from simlib.liability.outcome import Outcome

PARAMETER, RULE = "parameter:", "rule:"
FRACTIONS = ("causal_force", "indispensability", "push", "foresight", "control", "limit")
ABSENT = {"fault": 0.0}  # what a victim's fact that is not stated counts as
MOST_OWN = 0.9999  # a victim whose fault is the whole of it has nobody to sue
Stand: TypeAlias = float | str | None  # where something stands: a number, a flag, a word
T = TypeVar("T")
V = TypeVar("V", float, "NDArray[np.float64]")

OUTSIDE = 10**40  # more than any file may say: what nobody knows has no upper end


@dataclass(frozen=True, slots=True)
class Question:
    """One number asked of a case: under which mode, rules and regime."""

    case: Case
    mode: str
    output: str
    rules: Rules
    regime: Regime

    def given(self, changes: Mapping[str, Stand]) -> Question:
        """Return the same question about other facts, parameters or rules, by key."""
        changes = widened(self, changes)
        facts = {k: v for k, v in changes.items() if ":" not in k}
        known = {k: v for k, v in changes.items() if v is not None}
        values = {k.removeprefix(PARAMETER): v for k, v in known.items() if PARAMETER in k}
        rules = {k.removeprefix(RULE): v for k, v in known.items() if RULE in k}
        return replace(
            self,
            case=self.case.set(facts) if facts else self.case,
            regime=self.regime.variant(values) if values else self.regime,
            rules={**self.rules, **rules},
        )

    def outcome(self) -> Outcome:
        """Return the decision."""
        return decide(self.case, self.mode, dict(self.rules), self.regime)

    def value(self) -> Quantity:
        """Return the number asked for, as `decide` gives it."""
        outcome = self.outcome()
        party, dot, field = self.output.rpartition(".")
        number: Quantity = getattr(outcome.parties[party] if dot else outcome, field)
        return number


def question_of(
    case: Case, mode: str, output: str, rules: Rules | None, regime: str | Regime | None
) -> Question:
    """Return a question with its regime found and its rules checked."""
    regime = regime_for(case, regime or mode_law_for(mode, case).regime)
    checked_rules(rules or {}, regime)
    return Question(case, mode, output, dict(rules or {}), regime)


def with_siblings(regime: Regime, values: Mapping[str, V]) -> dict[str, V]:
    """Values of parameters, and beside the weights of a sum what the rest of it then comes to.

    As `riskbenefit.rebalanced`, for numbers or arrays that broadcast, and for two of a sum too.
    """
    moved = dict(values)
    for names in dict.fromkeys(filter(None, map(together, values))):
        others = [n for n in names if n not in values]
        whole = sum(regime.value(n) for n in others)
        rest = 1 - reduce(add, (values[n] for n in names if n in values))
        rest = rest * (rest > 0)
        for name in others:
            moved[name] = rest * regime.value(name) / whole if whole else rest / len(others)
    return moved


def with_transfer(case: Case, facts: Mapping[str, T]) -> dict[str, T]:
    """Move the loss's one transfer with it, if the loss is made of one."""
    hers = accounts_of(case, case.claimant)
    paid = payments(case, hers)
    if "loss_fen" not in facts or len(paid) != 1 or paid[0].amount_fen != case.loss_fen:
        return dict(facts)
    return {f"{paid[0].id}.amount_fen": facts["loss_fen"], **facts}


def widened(question: Question, changes: Mapping[str, Stand]) -> dict[str, Stand]:
    """Add what has to move beside some changes: a weight's siblings, a loss's transfer."""
    facts = with_transfer(question.case, {k: v for k, v in changes.items() if ":" not in k})
    values = {
        k.removeprefix(PARAMETER): v
        for k, v in changes.items()
        if k.startswith(PARAMETER) and isinstance(v, int | float)
    }
    beside = with_siblings(question.regime, values)
    rules = {k: v for k, v in changes.items() if k.startswith(RULE)}
    return {**facts, **{PARAMETER + k: v for k, v in beside.items()}, **rules}


@dataclass(frozen=True, slots=True)
class Lever:
    """Something that can be moved: a fact by its path, or a parameter or rule of the regime.

    Attributes
    ----------
    key
        a path as for `case.set`, `parameter:<key>` or `rule:<key>`
    unit
        `fraction`, `fen`, `flag`, `grade` or `number`
    low, high
        the range it may be moved in; `high` is inf for what nothing bounds
    now
        its present value; None where nobody knows it
    """

    key: str
    unit: str
    low: float
    high: float
    now: Stand

    @property
    def number(self) -> float | None:
        """Its present value if that is a number; None where nobody knows it, or it is a word."""
        return None if isinstance(self.now, str) else self.now

    @property
    def kind(self) -> str:
        """`fact`, `parameter` or `rule`."""
        return self.key.partition(":")[0] if ":" in self.key else "fact"


def values_of(regime: Regime) -> dict[str, Parameter]:
    """Return the parameters of a regime, by key."""
    return dict(zip(regime.keys(), map(regime.parameter, regime.keys()), strict=True))


def lever(question: Question, key: str) -> Lever:
    """Return the lever of that key; raises `UnknownName` if it names nothing."""
    if key.startswith(PARAMETER):
        parameter = question.regime.parameter(key.removeprefix(PARAMETER))
        low = parameter.low + 1e-4 if parameter.above_low else parameter.low
        return Lever(key, "number", low, parameter.high, parameter.value)
    if key.startswith(RULE):
        name = key.removeprefix(RULE)
        low, high = rule(name).ends or (0.0, 1.0)
        now = checked_rules(question.rules, question.regime)[name]
        return Lever(key, "number", low, high, now)
    return _fact(question.case, key)


def _fact(case: Case, path: str) -> Lever:
    spot = locate(case, path)
    now, name = _at(case, spot), str(spot[-1])
    if name == "grade":
        return Lever(path, "grade", 0, 4, now)
    if isinstance(now, bool):
        return Lever(path, "flag", 0, 1, now)
    if not name.endswith("_fen"):
        place = spot[1] if spot[0] == "parties" else None
        victim = isinstance(place, int) and case.parties[place].role == "victim"
        if now is None and victim:
            now = ABSENT.get(name)
        return Lever(path, "fraction", 0.0, MOST_OWN if victim else 1.0, now)
    amount = now if isinstance(now, int) else None
    return Lever(path, "fen", int(name == "loss_fen"), _most(case, name, amount), now)


def _at(case: Case, spot: Spot) -> Stand:
    """Return what stands at a spot of a case."""
    now: object = case
    for step in spot:
        if now is None and spot[2:3] == ("proof",):
            now = Proof()
        if isinstance(step, int):
            now = cast(tuple[object, ...], now)[step]  # a place in a table of rows
        else:
            now = getattr(now, step)
    return cast(Stand, now)  # the fields of a case that a path leads to are numbers and words


def _most(case: Case, name: str, now: int | None) -> float:
    if name in ("recovered_fen", "loss_noneconomic_fen", "enlarged_fen"):
        return case.loss_fen
    if name == "gain_direct_fen" and now is None:
        return inf
    return min(MOST_FEN, 10 * max(case.loss_fen, now or 0))


def numeric_facts(case: Case) -> tuple[str, ...]:
    """Return paths of the facts that are numbers and can move alone, known or not."""
    paths = [name for name in ("loss_fen", "recovered_fen") if _moves(case, name)]
    paths += [f"recoveries[{n}].amount_fen" for n in range(len(case.recoveries))]
    for n in range(len(case.criminal)):
        paths += [f"criminal[{n}].{f}" for f in ("restitution_paid_fen", "restitution_others_fen")]
    for party in case.parties:
        paths += [f"{party.id}.{name}" for name in _fields(party, case)]
    return tuple(paths)


def _fields(party: Party, case: Case) -> Iterator[str]:
    if party.role == "victim":
        if party.id == case.claimant:
            yield "fault"
        return
    helps = party.role != "principal"
    force = force_facts(party)
    if helps or party.fault is not None:
        yield "fault"
    for name in FRACTIONS:
        mine = name == "limit" or name in force
        if name in ("foresight", "control"):
            mine = True
        if mine and (helps or getattr(party, name) is not None):
            yield name
    if helps or party.gain_direct_fen is not None:
        yield "gain_direct_fen"
    yield "gain_indirect_fen"
    if party.assets_fen is not None:  # what is absent here is enough, and not unknown
        yield "assets_fen"
    if party.role == "platform":
        yield "enlarged_fen"
    for element in Proof.model_fields:
        yield f"proof.{element}"


def _moves(case: Case, name: str) -> bool:
    """Tell whether a fact may move alone: listed transfers have to add up to the loss."""
    try:
        case.set(with_transfer(case, {name: getattr(case, name) + 1}))
    except CaseError:
        return False
    return True
