"""From facts to a box: which quantities are open, and how weights and amounts are read off them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial, reduce
from math import floor
from operator import add, itemgetter
from typing import TYPE_CHECKING

from simlib import chain, riskbenefit
from simlib.interval import Interval, Number, Quantity, hull, low_end
from simlib.liability import shares
from simlib.liability.fact_bounds import CAUSE, COURT_SHARE, GAINS, LIMIT, Given
from simlib.liability.facts import by_court, own_fault_against
from simlib.liability.numbers import WHOLE, F, N
from simlib.liability.records import Axis, Box
from simlib.money import WEIGHT_UNITS, exact, half_up, weight

if TYPE_CHECKING:
    from simlib.case.model import Party
    from simlib.interval import FenRange, WeightRange
    from simlib.liability.fact_bounds import AtEnd
    from simlib.liability.forms.base import Form
    from simlib.liability.numbers import Numbers
    from simlib.liability.reasoned_value import Reasoned
    from simlib.liability.records import Debtor
    from simlib.money import Fen, Units
    from simlib.riskbenefit import Assessment

FINER = 10**6  # parts of a billionth in which several principals divide what others leave them
NEAR = 1e-6  # more than a product of a fraction and 10⁹ is wrong by in floating point


Values = list[Number]  # of all quantities at one point, the known ones among them
Weigh = Callable[[Values], list["Units"]]
Measure = Callable[[Values], "Fen"]
LIMITS = ("limit", "limited_rest")  # forms that measure a limit as a part of the damages


def box_of(
    reader: Reader,
    measures: Sequence[Reasoned[FenRange] | None],
    assessed: Mapping[int, Assessment],
) -> Box:
    """Return the box of a setting (`simlib.liability.setting.Setting`) that is one piece.

    1. the quantities that shares follow from: scores, a court's shares, or weights by a rule
    2. the amounts that forms measure; where these follow from facts that weigh too, from the same
    """
    quantities = Quantities()
    court = any(form.fixes_share for form in reader.forms)
    fixed: dict[int, Measure] = {}
    if assessed:
        weigh = _by_score(quantities, reader, assessed)
    elif court:
        weigh, fixed = _by_court(quantities, reader)
    else:
        weigh = reader.weigher(quantities)
    measure = [
        reader.amount(quantities, i, m)
        if form.outside or not (assessed or court)
        else fixed.get(i, _nothing)
        for i, (form, m) in enumerate(zip(reader.forms, measures, strict=True))
    ]
    return quantities.box(weigh, measure)


class Reader:
    """How the values of a point give weights and amounts.

    Some facts count twice: a gain as a weight and as a limit, a causal force (rule `benefit =
    swiss`) as part of a weight and of a limit. These are one quantity, read by both.
    """

    def __init__(
        self,
        rule: str,
        debtors: list[Debtor],
        forms: list[Form],
        sharing: tuple[int, ...],
        weights: list[Reasoned[WeightRange]],
        facts: AtEnd,
    ) -> None:
        self.rule, self.debtors, self.forms, self.sharing = rule, debtors, forms, sharing
        self.weights, self.facts = weights, facts
        self._causes: dict[int, int] = {}  # debtor → place of his causal force
        self._gains: dict[int, Measure] = {}  # debtor → his gain, where it weighs

    # ------------------------------------------------------------ weights

    def weigher(self, quantities: Quantities) -> Weigh:
        """Return how weights are read by the rule for shares."""
        if self.rule in shares.FIXED:
            fixed = [weight(low_end(w.value)) for w in self.weights]
            return lambda _: fixed
        if self.rule == "gain":
            return self._by_gain(quantities)
        if self.rule == "product":
            return self._by_product(quantities)
        return self._by_sums(quantities)

    def _by_gain(self, quantities: Quantities) -> Weigh:
        each = [self._gain(quantities, i) for i in range(len(self.debtors))]
        return lambda values: [weight(of(values)) for of in each]

    def _gain(self, quantities: Quantities, i: int) -> Callable[[Values], Number]:
        """Return how what somebody earned is read: a whole number of fen, so far as it counts."""
        value, party = self.weights[i].value, self.debtors[i].party
        place = quantities.add(value, i, "gain", total=0)
        if not isinstance(value, Interval):
            return lambda _: value  # none in a piece he does not answer for
        factor = chain.gain_factor(self.facts.case, party.id, self.facts.tracing)
        step = Fraction(1) if factor is None else factor
        low, high = value.low, value.high

        def earned(values: Values) -> Number:
            here = values[place]
            return here if here in (low, high) else low + step * round((here - low) / step)

        self._gains[i] = lambda values: half_up(exact(earned(values)))
        return earned

    def _by_product(self, quantities: Quantities) -> Weigh:
        """Weigh by cause × fault: one quantity for both, unless the cause counts elsewhere too."""
        each: list[Callable[[Values], Units]] = []
        for i in range(len(self.debtors)):
            if self._cause_limits(i):
                each.append(self._product(quantities, i))
            else:
                each.append(partial(_unit, _read(quantities, self.weights[i].value, i, "weight")))
        return lambda values: [of(values) for of in each]

    def _product(self, quantities: Quantities, i: int) -> Callable[[Values], Units]:
        cause, fault = self._pair(quantities, i)
        return lambda values: WHOLE.product(values[cause], values[fault])

    def _by_sums(self, quantities: Quantities) -> Weigh:
        """Weigh by the mean of c/Σc and f/Σf, or by √(c·f): there the pair is one quantity."""
        pairs = [self._read_pair(quantities, i) for i in self.sharing]

        def weigh(values: Values) -> list[Units]:
            units = [0] * len(self.debtors)
            known = [of(values) for of in pairs]
            by_rule = shares.units(self.rule, [c for c, _ in known], [f for _, f in known], WHOLE)
            for i, unit in zip(self.sharing, by_rule, strict=True):
                units[i] = unit
            return units

        return weigh

    def _read_pair(self, quantities: Quantities, i: int) -> Callable[[Values], shares.Pair]:
        debtor = self.debtors[i]
        if self.rule == "geometric" and not self._cause_limits(i):
            place = quantities.add(shares.root(debtor), i, "root", total=0)
            return lambda values: shares.root_split(debtor, values[place])
        cause, fault = self._pair(quantities, i)
        return lambda values: (values[cause], values[fault])

    def _pair(self, quantities: Quantities, i: int) -> tuple[int, int]:
        """Take up a debtor's causal force and fault; their sums matter to the mean only."""
        debtor, mean = self.debtors[i], self.rule == "mean"
        cause, fault = debtor.cause.value, debtor.fault.value
        self._causes[i] = quantities.add(cause, i, CAUSE, total=0 if mean else None)
        return self._causes[i], quantities.add(fault, i, "fault", total=1 if mean else None)

    # ------------------------------------------------------------ amounts

    def amount(self, quantities: Quantities, i: int, measure: Reasoned[FenRange] | None) -> Measure:
        """Return how what a debtor's form measures is read."""
        if measure is None:
            return _nothing
        if self.forms[i].measure == "gain" and i in {*self._gains, *self._causes}:
            return self._limit_shared(quantities, i)
        return partial(_fen, quantities.add(measure.value, i, "measure", fen=True))

    def open_gains(
        self, quantities: Quantities, i: int
    ) -> Iterator[tuple[tuple[str, str], Callable[[Values], Number]]]:
        """Yield what of a debtor's gains, or of the part he caused, nobody knows."""
        debtor, gains = self.debtors[i], self._gains.get(i)
        if debtor.party.gain_direct_fen is None:
            if gains is None:
                place = quantities.add(self._own_gains(i), i, GAINS, fen=True)
                gains = partial(_fen, place)
            yield (debtor.party.id, GAINS), gains
        if self._cause_limits(i):
            cause = quantities.add(debtor.cause.value, i, CAUSE)
            yield (debtor.party.id, CAUSE), itemgetter(cause)

    def _cause_limits(self, i: int) -> bool:
        """Tell whether a debtor's unknown causal force counts for his limit, too."""
        swiss = self.forms[i].measure == "gain" and self.facts.rules["benefit"] == "swiss"
        return swiss and isinstance(self.debtors[i].cause.value, Interval)

    def _own_gains(self, i: int) -> FenRange:
        """Return what a debtor gained, up to all that makes a difference [fen]."""
        party = self.debtors[i].party
        ends = [replace(self.facts, high=high).gains(party) for high in (False, True)]
        return hull(ends)

    def _limit_shared(self, quantities: Quantities, i: int) -> Measure:
        """Return how a limit is read from facts that weigh, too."""
        form, debtor, facts = self.forms[i], self.debtors[i], self.facts
        gains, cause = self._gains.get(i), self._causes.get(i)
        if gains is None:
            gains = partial(_fen, quantities.add(self._own_gains(i), i, GAINS, fen=True))
        if cause is None:
            cause = quantities.add(debtor.cause.value, i, CAUSE)

        def measure(values: Values) -> Fen:
            given = Given.of(facts, values[cause], gains(values))
            return form.measured(given, debtor) or 0

        return measure


# ---------------------------------------------------------------- shares that others leave over


def _by_score(quantities: Quantities, reader: Reader, assessed: Mapping[int, Assessment]) -> Weigh:
    """Shares by the model: helpers' after the group step, the rest to the principals by weight."""
    debtors, scored = reader.debtors, list(assessed)
    places = [quantities.add(each.share, i, "score") for i, each in assessed.items()]
    exempt = [debtors[i].party.direct or debtors[i].grade.value == "concert" for i in scored]
    minimum = reader.facts.regime.value("p_min")
    give_rest = _rest(quantities, reader)

    def weigh(values: Values) -> list[Units]:
        units = [0] * len(debtors)
        scaled = riskbenefit.group_step([values[place] for place in places], exempt, minimum)
        for i, share in zip(scored, scaled, strict=True):
            units[i] = billionths(share)
        give_rest(units, values)
        return units

    return weigh


def _by_court(quantities: Quantities, reader: Reader) -> tuple[Weigh, dict[int, Measure]]:
    """Shares by what a court left to each helper; the rest to the principals by weight.

    The court's part is of the loss, his share of the damages: own fault is in the one already.
    """
    debtors, claim = reader.debtors, reader.facts.claim
    fixed = [i for i in reader.sharing if reader.forms[i].fixes_share]
    against = {i: own_fault_against(debtors[i], reader.facts, claim.own_fault) for i in fixed}
    most = _most_left(reader.facts)
    places = {i: quantities.add(_by_ruling(debtors[i].party, most), i, COURT_SHARE) for i in fixed}
    give_rest = _rest(quantities, reader)

    def weigh(values: Values) -> list[Units]:
        units = [0] * len(debtors)
        for i, place in places.items():
            units[i] = WHOLE.weight_of_rest(values[place], against[i])
        give_rest(units, values)
        return units

    def asked(i: int, values: Values) -> Fen:
        return by_court(debtors[i], reader.facts, values[places[i]])

    return weigh, {i: partial(asked, i) for i in fixed}


def _most_left(facts: AtEnd) -> float:
    """Return the largest part of the loss a court can leave to one: what is claimed of it."""
    return float(1 - facts.claim.own_fault) if facts.rules["victim_fault"] == "on" else 1.0


def _by_ruling(party: Party, most: float) -> Quantity:
    return Interval(0.0, most) if party.court_share is None else party.court_share


def fineness(forms: Sequence[Form], heads: int) -> int:
    """Return in how many parts a billionth is divided where principals share what is left.

    However little a court's parts leave, several principals stand for it by their shares.
    """
    return FINER if heads > 1 and any(form.fixes_share for form in forms) else 1


def _rest(quantities: Quantities, reader: Reader) -> Callable[[list[Units], Values], None]:
    """Return what gives the principals what the others' shares leave of the whole."""
    heads = [i for i in reader.sharing if reader.debtors[i].principal]
    by_root = reader.rule == "geometric"
    each = [
        _read(
            quantities,
            shares.root(reader.debtors[i]) if by_root else reader.weights[i].value,
            i,
            "root" if by_root else "weight",
        )
        for i in (heads if len(heads) > 1 else ())
    ]

    fine = fineness([reader.forms[i] for i in reader.sharing], len(heads))
    alone = len(heads) == len(reader.sharing)

    def give(units: list[Units], values: Values) -> None:
        by_weight = [billionths(of(values)) for of in each] or [1] * len(heads)
        shares.give_rest(units, heads, by_weight, fine, WHOLE, alone)

    return give


# ---------------------------------------------------------------- where the loss is cut


class JointBox:
    """The unknown facts of a loss that is cut into pieces: each is read by every piece.

    Attributes
    ----------
    box
        the box of the whole: everybody's shares in it, and what those outside the group owe
    """

    def __init__(
        self,
        reader: Reader,
        measures: Sequence[Reasoned[FenRange] | None],
        assessed: Mapping[int, Assessment],
        last: Mapping[int, FenRange],
    ) -> None:
        self._quantities, self._reader, self._assessed = Quantities(), reader, assessed
        weigh = self._weigh(reader)
        add = self._quantities.add
        self._last = {i: add(value, i, "last", fen=True) for i, value in last.items()}
        self._given: dict[int, dict[tuple[str, str], Callable[[Values], Number]]] = {}
        amounts: list[Measure] = [_nothing] * len(measures)
        for i, measure in enumerate(measures):
            if measure is not None and reader.forms[i].outside:
                amounts[i] = partial(_fen, add(measure.value, i, "measure", fen=True))
            elif measure is not None:
                self._given[i] = dict(self._open(i))
        self.box = self._quantities.box(weigh, amounts)

    @property
    def last_axes(self) -> tuple[int, ...]:
        """The axes of the amounts that move the cut."""
        return tuple(self._quantities.axis(place) for place in self._last.values())

    def last(self, point: Sequence[Number]) -> dict[int, Fen]:
        """Return the amounts that move the cut, by place among the debtors [fen]."""
        values = self._quantities.at(point)
        return {i: int(values[place]) for i, place in self._last.items()}

    def of(
        self,
        members: tuple[int, ...],
        rule: str,
        weights: list[Reasoned[WeightRange]],
        measured: Callable[[int, Mapping[tuple[str, str], Number]], Fen],
    ) -> Box:
        """Return the box of one piece.

        Parameters
        ----------
        rule, weights
            the rule for shares, and the weights of all debtors, as they are among these
        measured
            place among the debtors, what stands for his unknown facts → what his form measures
        """
        whole = self._reader
        reader = Reader(rule, whole.debtors, whole.forms, members, weights, whole.facts)
        weigh = self._weigh(reader)
        known = {i: measured(i, {}) for i in members if not self._given.get(i)}

        def read(point: Sequence[Number]) -> tuple[list[Units], list[Fen]]:
            values = self._quantities.at(point)
            units, amounts = weigh(values), []
            for i in members:
                if i in known:
                    amounts.append(known[i])
                else:
                    given = {key: of(values) for key, of in self._given[i].items()}
                    amounts.append(measured(i, given))
            return [units[i] for i in members], amounts

        return replace(self.box, read=read)

    def _weigh(self, reader: Reader) -> Weigh:
        held = reader.rule == "stated" and reader is not self._reader
        if all(reader.debtors[i].principal for i in reader.sharing):  # nothing is scored or found
            if held:
                return _by_held(reader, self._reader.sharing)
            if reader.rule == "geometric" and len(reader.sharing) > 1:
                return reader.weigher(self._quantities)
        if self._assessed:
            scored = {i: each for i, each in self._assessed.items() if i in reader.sharing}
            return _by_score(self._quantities, reader, scored)
        if any(form.fixes_share for form in reader.forms):
            return _by_court(self._quantities, reader)[0]
        if held:
            return _by_held(reader, self._reader.sharing)
        return reader.weigher(self._quantities)

    def _open(self, i: int) -> Iterator[tuple[tuple[str, str], Callable[[Values], Number]]]:
        """Yield the unknown facts that a debtor's form measures, and how each is read."""
        reader, add = self._reader, self._quantities.add
        form, debtor = reader.forms[i], reader.debtors[i]
        of = debtor.payer if form.in_place else debtor.party
        if form.measure == "gain":
            yield from reader.open_gains(self._quantities, i)
        elif form.fixes_share and of.court_share is None:
            place = add(_by_ruling(of, _most_left(reader.facts)), i, COURT_SHARE)
            yield (of.id, COURT_SHARE), itemgetter(place)
        elif form.measure in LIMITS and of.limit is None:
            yield (of.id, LIMIT), itemgetter(add(Interval(0.0, 1.0), i, LIMIT))


def _read(
    quantities: Quantities, value: Quantity, owner: int, kind: str
) -> Callable[[Values], Number]:
    """Take up a weight; return how it is read. A known one may differ from piece to piece."""
    place = quantities.add(value, owner, kind, total=0)
    if isinstance(value, Interval):
        return itemgetter(place)
    return lambda _: value


def _by_held(reader: Reader, held: Sequence[int]) -> Weigh:
    """Weigh one piece by stated shares: a helper's as it is, the rest to the principals.

    All are of the sum of those who are held. Without a principal they divide the piece.
    """
    stated = {i: weight(low_end(reader.weights[i].value)) for i in held}
    heads = [i for i in reader.sharing if reader.debtors[i].principal]
    by_place = held_units(stated, reader.sharing, heads, WHOLE)
    units = [by_place.get(i, 0) for i in range(len(reader.debtors))]
    return lambda _: units


def held_units(
    stated: Mapping[int, N], members: Sequence[int], heads: Sequence[int], numbers: Numbers[N, F]
) -> dict[int, N]:
    """Return the stated shares in one piece, in billionths: place → units; of one case or many.

    Parameters
    ----------
    stated
        the shares of all who are held
    members, heads
        those who answer for the piece, and the principals among them, who take the rest
    """
    units = {i: stated[i] for i in members}
    if not heads:
        return units
    rest = reduce(add, [unit for i, unit in stated.items() if i not in members or i in heads])
    parts = numbers.split(rest, [stated[i] for i in heads])
    return units | dict(zip(heads, parts, strict=True))


# ---------------------------------------------------------------- values


def billionths(number: Number) -> Units:
    """Return `money.weight`, in floating point where that leaves no doubt which is nearest."""
    if isinstance(number, float) and number <= 1:
        near = number * WEIGHT_UNITS
        whole = floor(near)
        if abs(near - whole - 0.5) > NEAR:
            return whole + (near - whole > 0.5)
    return weight(number)


def _unit(of: Callable[[Values], Number], values: Values) -> Units:
    return billionths(of(values))


def _fen(place: int, values: Values) -> Fen:
    return int(values[place])


def _nothing(_: Values) -> Fen:
    return 0


# ---------------------------------------------------------------- axes


class Quantities:
    """All quantities that a point is read from; those that are open become axes."""

    def __init__(self) -> None:
        self._values: Values = []
        self._axes: list[Axis] = []
        self._open: list[int] = []
        self._totals: dict[int, float] = {}
        self._places: dict[tuple[int, str], int] = {}

    def add(
        self, value: Quantity, owner: int, kind: str, fen: bool = False, total: int | None = None
    ) -> int:
        """Take up a quantity, once; return its place among the values of a point."""
        place = self._places.get((owner, kind))
        if place is not None:
            return place
        self._places[owner, kind] = len(self._values)
        if total is not None:
            self._totals.setdefault(total, 0.0)
        if isinstance(value, Interval):
            self._open.append(len(self._values))
            self._axes.append(Axis(value.low, value.high, owner, fen, total))
        elif total is not None:
            self._totals[total] += float(value)
        self._values.append(low_end(value))
        return len(self._values) - 1

    def box(self, weigh: Weigh, measure: Sequence[Measure]) -> Box:
        """Return the box; before a point is read, the known values are put back."""

        def read(point: Sequence[Number]) -> tuple[list[Units], list[Fen]]:
            values = self.at(point)
            return weigh(values), [of(values) for of in measure]

        return Box(tuple(self._axes), read, tuple(self._totals.values()))

    def axis(self, place: int) -> int:
        """Return the number of the axis along which an open quantity moves."""
        return self._open.index(place)

    def at(self, point: Sequence[Number]) -> Values:
        """Return all values at a point."""
        values = list(self._values)
        for place, value in zip(self._open, point, strict=True):
            values[place] = value
        return values
