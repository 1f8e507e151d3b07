"""What moves a result, one thing at a time: every fact and every value, widest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from simlib.interval import Number, Quantity, high_end, hull, low_end
from simlib.law.parameter import Parameter
from simlib.uncertainty.grid import at_ends, is_apart, reckon
from simlib.uncertainty.question import (
    OUTSIDE,
    PARAMETER,
    Lever,
    Question,
    lever,
    numeric_facts,
    question_of,
    values_of,
    widened,
)

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules

ENDS = ("low", "high")


@dataclass(frozen=True, slots=True)
class Bar:
    """How far one lever moves a result, all others staying where they are.

    Amounts in fen, shares in [0, 1]; an `Interval` where other facts are unknown: its ends are
    those of `decision_map`. They are what `decide` gives, except that its interval may be wider
    where facts of several parties are unknown, or where the model's group step cuts a large score:
    it looks between the ends, too.

    Attributes
    ----------
    key, kind
        a path, `parameter:<key>` or `rule:<key>`; `fact`, `parameter` or `rule`
    low_input, high_input, now_input
        where the lever was put, and where it stands; `now_input` is None for a fact nobody knows,
        and `high_input` is inf where nothing bounds it
    low_value, high_value, now
        the result at both and at present
    middle
        the result half-way between; None where there is no half-way
    width
        how far either end of the result moves
    bent
        whether the result half-way lies outside those at both ends
    """

    key: str
    kind: str
    low_input: float
    high_input: float
    now_input: float | None
    low_value: Quantity
    high_value: Quantity
    now: Quantity
    middle: Quantity | None
    width: Number
    bent: bool

    @property
    def unknown(self) -> bool:
        """Whether the lever is a fact nobody knows, moved over all it may be."""
        return self.now_input is None

    @property
    def dead(self) -> bool:
        """Whether the lever does nothing where the others stand."""
        return self.width == 0


@dataclass(frozen=True, slots=True)
class Try:
    """A lever and the places it is put: low, half-way (or None), high."""

    lever: Lever
    low: float
    middle: float | None
    high: float


def tornado(
    case: Case,
    output: str = "received_fen",
    mode: str = "risk_benefit",
    rules: Rules | None = None,
    regime: str | Regime | None = None,
    facts: Sequence[str] | None = None,
    parameters: Sequence[str] | None = None,
    spread: float = 0.2,
) -> tuple[Bar, ...]:
    """Return how far each fact and each value moves a result, one at a time, widest first.

    1. a fact nobody knows takes both ends of what it may be; any other fact or value its own
       number less and more `spread` of it, within its range (from 0: `spread` of the range)
    2. the result there, and half-way, so that a bend is seen
    3. bars without width stay, last: levers that do nothing at this setting

    A weight that moves scales the others of its sum. Facts and values the mode does not read are
    left out; name them in `facts` or `parameters` to have them shown.

    Parameters
    ----------
    output, mode, rules, regime
        as for `sweep`
    facts
        paths; all that are numbers if not given
    parameters
        keys of parameters; all the decision reads if not given
    spread
        part of a number it is moved by, in (0, 1]

    Raises
    ------
    UnknownName
        for a path, parameter, output, mode, rule or regime we do not have

    Examples
    --------
    >>> from simlib import load_case
    >>> [b.key for b in tornado(load_case("fix-1"), mode="joint", parameters=()) if b.width]
    ['C.assets_fen', 'loss_fen', 'recovered_fen', 'P.assets_fen', 'A.assets_fen']
    """
    question = question_of(case, mode, output, rules, regime)
    read_facts, read_values = _read(question)
    paths = numeric_facts(case) if facts is None else facts
    keys = read_values if parameters is None else parameters
    shown = {PARAMETER + k for k in keys} | read_facts | set(facts or ())
    levers = [lever(question, key) for key in (*paths, *(PARAMETER + k for k in keys))]
    tries = [_tried(question, each, spread) for each in levers if _counts(each, shown)]
    now = at_ends(question)
    bars = [_bar(t, now, results) for t, results in _results(question, now, tries)]
    return tuple(sorted((b for b in bars if b.width or b.key in shown), key=lambda b: -b.width))


class _Noted(Mapping[str, Parameter]):
    """Parameters that note which of them are asked for."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._parameters = parameters
        self.read: dict[str, None] = {}

    def __getitem__(self, key: str) -> Parameter:
        parameter = self._parameters[key]
        self.read[key] = None
        return parameter

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)


def _read(question: Question) -> tuple[set[str], tuple[str, ...]]:
    """Return the facts that reasons name and the parameters that the decision reads."""
    plain = question.regime
    noted = _Noted(values_of(plain))
    outcome = replace(question, regime=replace(plain, _parameters=noted)).outcome()
    sources = {node.source for node in outcome.trace.walk() if node.source}
    paths = {s.removeprefix("case:").removeprefix("parties.") for s in sources}
    return paths, tuple(k for k in noted if k in noted.read)


def _counts(moved: Lever, shown: set[str]) -> bool:
    """Tell whether a lever is worth trying: what nobody knows and nobody asks for is not."""
    party, _, field = moved.key.rpartition(".")
    graded = field == "fault" and f"{party}.grade" in shown
    return moved.now is not None or moved.key in shown or graded


def _tried(question: Question, moved: Lever, spread: float) -> Try:
    """Return where a lever is put."""
    now = moved.number
    if now is None:
        return _over_all(question, moved)
    step = spread * (now or (moved.high if moved.unit != "fen" else question.case.loss_fen))
    low, high = max(moved.low, now - step), min(moved.high, now + step)
    if moved.unit == "fen":
        low, high = round(low), round(high)
        return Try(moved, low, (low + high) // 2, high)
    low, high = round(low, 6), round(high, 6)
    return Try(moved, low, round((low + high) / 2, 6), high)


def _over_all(question: Question, moved: Lever) -> Try:
    """The ends of what nobody knows; of a fault whose grade is known, the ends of the grade."""
    if moved.high == inf:
        return Try(moved, 0, None, inf)
    if moved.unit == "fen":
        return Try(moved, moved.low, round(moved.high) // 2, moved.high)
    party, _, field = moved.key.rpartition(".")
    if field == "fault":
        from simlib import fault

        weight = fault.weight(question.case.party(party), question.regime).value
        return Try(moved, float(low_end(weight)), None, float(high_end(weight)))
    return Try(moved, moved.low, (moved.low + moved.high) / 2, moved.high)


def _results(
    question: Question, now: Quantity, tries: Sequence[Try]
) -> Iterator[tuple[Try, list[Quantity]]]:
    """Yield each lever's results at its places."""
    together = [t for t in tries if not _alone(t)]
    yield from zip(together, _at_once(question, together), strict=True)
    for each in tries:
        if _alone(each):
            places = [p for p in (each.low, each.middle, each.high) if p is not None]
            stands = each.lever.now
            yield (
                each,
                [now if p == stands else _singly(question, each.lever, p) for p in places],
            )


def _alone(tried: Try) -> bool:
    """Tell whether a lever's places are no numbers of a file, or make a regime each."""
    stated_grade = tried.lever.now is None and tried.lever.key.endswith(".fault")
    return tried.high == inf or stated_grade or is_apart(tried.lever.key)


def _at_once(question: Question, tries: Sequence[Try]) -> list[list[Quantity]]:
    """All levers side by side: one column for each place of each, the others at their own."""
    if not tries:
        return []
    moves = [widened(question, {t.lever.key: p}) for t in tries for p in (t.low, t.middle, t.high)]
    keys = dict.fromkeys(key for move in moves for key in move)
    axis = {}
    for key in keys:
        now = lever(question, key).now
        axis[key] = np.array([move.get(key, now) for move in moves])
    low, high = (reckon(question, [axis], end).tolist() for end in ENDS)
    values = [hull([a, b]) for a, b in zip(low, high, strict=True)]
    return [values[i : i + 3] for i in range(0, len(values), 3)]


def _singly(question: Question, moved: Lever, place: float) -> Quantity:
    """Evaluate with an input outside the range a case file allows."""
    if moved.kind != "fact":
        return at_ends(question.given({moved.key: place}))
    party, _, field = moved.key.rpartition(".")
    number = OUTSIDE if place == inf else place
    parties = tuple(
        p.model_copy(update={field: number}) if p.id == party else p for p in question.case.parties
    )
    return at_ends(replace(question, case=question.case.model_copy(update={"parties": parties})))


def _bar(tried: Try, now: Quantity, results: Sequence[Quantity]) -> Bar:
    low, high = results[0], results[-1]
    middle = results[1] if len(results) == 3 else None
    seen = results if tried.lever.now is None else [*results, now]
    width = max(_spread([low_end(v) for v in seen]), _spread([high_end(v) for v in seen]))
    bent = middle is not None and not (
        _between(low_end(middle), low_end(low), low_end(high))
        and _between(high_end(middle), high_end(low), high_end(high))
    )
    return Bar(
        tried.lever.key, tried.lever.kind, tried.low, tried.high, tried.lever.number,
        low, high, now, middle, width, bent,
    )  # fmt: skip


def _between(value: Number, one: Number, other: Number) -> bool:
    return min(one, other) <= value <= max(one, other)


def _spread(values: Sequence[Number]) -> Number:
    return max(values) - min(values)
