"""Many answers at once: the batch engine with unknown facts at an end and values that vary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

import numpy as np

from simlib.causation import ENDS
from simlib.interval import Interval, Number, Quantity, high_end, hull, low_end
from simlib.law.regime import checked_rules
from simlib.liability.assigned_forms import scored
from simlib.liability.batch.arithmetic import Beyond, Index, pick
from simlib.liability.batch.block import Block, Flows, with_number
from simlib.liability.batch.columns import MOVING, Columns, Request, moves_cut
from simlib.liability.batch.decide import decide_axes
from simlib.liability.fact_bounds import AtEnd
from simlib.liability.facts import reckoned
from simlib.liability.setting import prepare
from simlib.liability.shares import BOUNDLESS
from simlib.liability.unknowns import solve
from simlib.money import exact, half_up
from simlib.uncertainty.question import PARAMETER, Question, values_of, with_siblings, with_transfer

if TYPE_CHECKING:
    from simlib.case.model import Party
    from simlib.law.regime import Regime
    from simlib.liability.batch.block import Spot
    from simlib.liability.by_piece import OfPiece
    from simlib.liability.records import Debtor, Setting, Solution

Moved = dict[str, tuple[int, np.ndarray]]  # parameter → the axis it varies along, its values

# These decide who is liable and how, so each of their values is a regime of its own.
APART = ("bands.", "default.")
STILL = ("basis", "acted_on")  # facts that stay: they hold the place of axes without any


def reckon(
    question: Question, axes: Sequence[Mapping[str, np.ndarray]], end: str = "low"
) -> np.ndarray:
    """Return the number asked for at every combination of the axes' values.

    Parameters
    ----------
    axes
        for each axis key → values: paths of facts, `parameter:<key>` or `rule:<key>`
    end
        which end of the result is asked for where facts are unknown: `low` or `high`. The party
        the number is about stands at this end with all his unknown facts, the others at the
        opposite one; for a total all stand at the same.

    Returns
    -------
    numpy.ndarray
        one axis each; int64 fen, float64 shares: what `decide` gives with these facts
    """
    for number, axis in enumerate(axes):
        apart = [key for key in axis if is_apart(key)]
        if apart:
            return _one_by_one(question, axes, end, number, apart)
    facts: list[Mapping[str, object]] = []
    values: Moved = {}
    for number, axis in enumerate(axes):
        length = len(next(iter(axis.values())))
        known = {k: v for k, v in axis.items() if not k.startswith(PARAMETER)}
        known = with_transfer(question.case, known)
        facts.append(known or _still(question, number, length))
        values |= {
            k.removeprefix(PARAMETER): (number, np.asarray(v, float))
            for k, v in axis.items()
            if k.startswith(PARAMETER)
        }
    results = _decided(question, facts, values, end)
    if not _may_turn(question):
        return results
    other = _decided(question, facts, values, "high" if end == "low" else "low")
    bound: np.ndarray = (np.minimum if end == "low" else np.maximum)(results, other)
    return bound


def _decided(
    question: Question, facts: list[Mapping[str, object]], values: Moved, end: str
) -> np.ndarray:
    """Return the batch engine's answer with unknown facts at a corner."""
    made = partial(Standing, values=values, high=_standing_high(question, end))
    return decide_axes(
        question.case, facts, question.mode, (question.output,), dict(question.rules),
        question.regime, made,
    )[question.output]  # fmt: skip


def _may_turn(question: Question) -> bool:
    """Tell whether more of an unknown fact may mean less: the group step cuts what is above a half.

    One helper under his cap never comes there.
    """
    if not scored(question.mode, question.regime):
        return False
    helpers = [p for p in question.case.parties if p.role not in ("victim", "principal")]
    uncapped = checked_rules(question.rules, question.regime)["rb_cap"] == "off"
    unknown = any(
        None in (p.foresight, p.control, p.gain_direct_fen)
        or (p.causal_force is None and None in (p.indispensability, p.push))
        for p in helpers
    )
    return unknown and (uncapped or len(helpers) > 1 or any(p.direct for p in helpers))


def at_ends(question: Question) -> Quantity:
    """The number asked for where the case stands: both ends of it, as `reckon` would give them.

    `decide` gives the same, except that its interval may be wider where facts of several parties
    are unknown, or where the model's group step cuts a large score: it looks between the ends, too.
    """
    rules = checked_rules(question.rules, question.regime)
    setting = prepare(question.case, question.mode, rules, question.regime)
    results = []
    for end in ("low", "high"):
        shut = setting.shut(_corner(setting, _standing_high(question, end)))
        results.append(_answer(solve(shut), setting, question.output))
    return hull(results)


def _answer(solution: Solution, setting: Setting, output: str) -> Quantity:
    """Return one number of a solution."""
    party, _, field = output.rpartition(".")
    if not party:
        received = solution.received
        return received if field == "received_fen" else setting.claim.fen - low_end(received)
    ids = [d.id for d in setting.debtors]
    return getattr(solution, field.removesuffix("_fen"))[ids.index(party)] if party in ids else 0


def _still(question: Question, number: int, length: int) -> dict[str, np.ndarray]:
    return {STILL[number]: np.array([getattr(question.case, STILL[number])] * length, object)}


def is_apart(key: str) -> bool:
    return ":" in key and (
        not key.startswith(PARAMETER) or key.removeprefix(PARAMETER).startswith(APART)
    )


def not_at_once(question: Question, key: str) -> bool:
    """Tell whether each value of a lever makes a case or a regime of its own."""
    if ":" in key:
        return is_apart(key)
    columns = Columns(question.case, [with_transfer(question.case, {key: np.array([1])})])
    if any(spot[-1] in MOVING for spot in columns.varying):
        rules = checked_rules(question.rules, question.regime)
        return moves_cut(columns, question.case, Request(question.mode, rules, question.regime))
    return not columns.varying


def _one_by_one(
    question: Question,
    axes: Sequence[Mapping[str, np.ndarray]],
    end: str,
    number: int,
    apart: list[str],
) -> np.ndarray:
    """Return the values along one axis in turn, each under a regime of its own."""
    axis, slices = axes[number], []
    for place in range(len(axis[apart[0]])):
        there = question.given({key: float(axis[key][place]) for key in apart})
        rest = {k: v[place : place + 1] for k, v in axis.items() if k not in apart}
        rest = rest or _still(question, number, 1)
        slices.append(reckon(there, [*axes[:number], rest, *axes[number + 1 :]], end))
    return np.concatenate(slices, axis=number)


def _standing_high(question: Question, end: str) -> frozenset[str]:
    """Return ids of the parties whose unknown facts stand at their upper ends."""
    everybody = {p.id for p in question.case.parties}
    party, dot, _ = question.output.rpartition(".")
    above = {party} if dot else everybody
    if question.output == "unrecovered_fen":
        above = set()
    return frozenset(above if end == "high" else everybody - above)


class Standing(Block):
    """A block in which each unknown fact stands at an end, and parameters may vary."""

    def __init__(
        self,
        setting: Setting,
        columns: Columns,
        places: tuple[np.ndarray, ...],
        flows: Flows,
        *,
        values: Moved,
        high: frozenset[str],
    ) -> None:
        super().__init__(setting, columns, places, flows)
        self._plain, self._high, self._values_of = setting, high, {}
        self._spots = {s: v for s, v in self._spots.items() if not self._idle(s)}
        for key, (axis, tried) in values.items():
            shape = [1] * len(places)
            shape[axis] = len(places[axis])
            self._values_of[key] = tried[places[axis]].reshape(shape)
        moved = _with_values(setting.regime, with_siblings(setting.regime, self._values_of))
        self.setting = self.whole = replace(_at_ends(setting, high), regime=moved)

    @property
    def closed(self) -> bool:
        """Whether no fact is open: none is here."""
        return True

    @property
    def cut(self) -> list[OfPiece]:
        """The pieces of the loss, if it is cut, with unknown facts at their ends."""
        plain = self._plain
        pieces = plain.pieces and plain.pieces.shut(_corner(plain, self._high))
        return pieces.at(plain, [])[0] if pieces else []

    def stands_high(self, party: Party) -> bool:
        """Tell whether his unknown facts stand at their upper end."""
        return party.id in self._high

    def any_gains(self, party: Party) -> bool:
        """Tell whether somebody's gains nobody knows stand at all they may come to."""
        stated = self._plain.case.party(party.id).gain_direct_fen
        return stated is None and party.id in self._high

    def lost_chance(self, party: Party, own_fault: np.ndarray) -> np.ndarray:
        """Return the end of a lost chance, less her own fault."""
        if ("loss_fen",) in self._spots or any(key in ENDS for key in self._values_of):
            raise Beyond
        plain, high = self._plain, party.id in self._high
        chance = AtEnd(plain.case, plain.claim, plain.rules, plain.regime, high).chance(party)
        left = np.frompyfunc(lambda own: half_up(chance * (1 - exact(own))), 1, 1)
        owed: np.ndarray = left(own_fault).astype(np.int64)
        return owed

    def fact(self, *spot: str | int) -> np.ndarray:
        """A number of the case; what nobody knows of an enlarged part or a court's is none or all.

        A court's part is at most what is claimed.
        """
        field = str(spot[-1])
        if field not in ("enlarged_fen", "court_share") or spot in self._spots:
            return super().fact(*spot)
        party = self._party(spot)
        if getattr(party, field) is not None:
            return super().fact(*spot)
        whole = super().fact("loss_fen") if field == "enlarged_fen" else self._claimed()
        return whole * (party.id in self._high)

    def _claimed(self) -> np.ndarray:
        """Return the part of the loss that is claimed: all, or what own fault leaves for all."""
        own = reckoned(self).own_fault if self.rules["victim_fault"] == "on" else self.no_fraction
        left = np.frompyfunc(lambda own: float(1 - exact(own)), 1, 1)
        rest: np.ndarray = left(own).astype(float)
        return rest

    def _idle(self, spot: Spot) -> bool:
        """Tell whether a fact is not read: indirect gains, where a score knows no direct ones."""
        if spot[0] != "parties" or spot[2] != "gain_indirect_fen" or not _scores(self._plain):
            return False
        return self._party(spot).gain_direct_fen is None

    def _party(self, spot: Spot) -> Party:
        """Return the party at whose facts a spot is."""
        place = spot[1]
        assert isinstance(place, int)  # the second step into a table is the row
        return self._plain.case.parties[place]

    def scalar(self, index: Index) -> Setting:
        """Return the scalar engine's setting of one column, its unknown facts at their ends."""
        if index not in self._settings:
            made, case = self._plain, self._plain.case
            for spot in self._spots:
                case = with_number(case, spot, pick(self.fact(*spot), index))
            picked = {key: pick(values, index) for key, values in self._values_of.items()}
            regime = _with_values(made.regime, with_siblings(made.regime, picked))
            whole = prepare(case, made.mode, made.rules, regime)
            self._settings[index] = whole.shut(_corner(whole, self._high))
        return self._settings[index]


def _with_values(regime: Regime, values: Mapping[str, float] | Mapping[str, np.ndarray]) -> Regime:
    """Return a regime whose parameters hold other values, whole arrays of them if need be.

    The batch engine computes with either; the scalar engine is never given arrays.
    """
    if not values:
        return regime
    parameters = values_of(regime)
    for key, value in values.items():
        parameters[key] = replace(parameters[key], value=cast(float, value))  # see above
    return replace(regime, _parameters=parameters)


def _corner(setting: Setting, high: frozenset[str]) -> list[Number]:
    """Return the corner of a setting's unknown facts where they stand."""
    axes, debtors = setting.box.axes, setting.debtors
    return [axis.high if debtors[axis.owner].party.id in high else axis.low for axis in axes]


def _at_ends(setting: Setting, high: frozenset[str]) -> Setting:
    """Return a setting whose unknown facts stand at an end: in its case, and in its debtors."""
    open_ = {d.party.id: _ends(d, setting, d.party.id in high) for d in setting.debtors}
    parties = {
        p.id: p.model_copy(update=open_[p.id]) if open_.get(p.id) else p
        for p in setting.case.parties
    }
    case = setting.case.model_copy(update={"parties": tuple(parties.values())})
    debtors = [
        replace(d, party=parties[d.party.id], payer=parties[d.payer.id]) for d in setting.debtors
    ]
    return replace(setting, case=case, debtors=debtors)


def _ends(debtor: Debtor, setting: Setting, high: bool) -> dict[str, object]:
    """Return what a debtor's unknown facts are where they stand, by field."""
    party, end = debtor.party, high_end if high else low_end
    values: dict[str, object] = {
        name: float(high)
        for name in ("foresight", "control", "limit")
        if getattr(party, name) is None
    }
    if isinstance(debtor.fault.value, Interval):
        values["fault"] = float(end(debtor.fault.value))
    if isinstance(debtor.cause.value, Interval):
        known = [n for n in ("indispensability", "push") if getattr(party, n) is not None]
        rest = {"indispensability": "push", "push": "indispensability"}
        values[rest[known[0]] if known else "causal_force"] = float(high)
    if party.gain_direct_fen is None:
        values["gain_direct_fen"] = _most_gained(setting) if high else 0
        if _scores(setting):
            values["gain_indirect_fen"] = 0
    return values


def _scores(setting: Setting) -> bool:
    """Tell whether shares come from the scores of the model."""
    return bool(setting.assessed)


def _most_gained(setting: Setting) -> float:
    """Return a gain that does as much as any could, in the kind of number its reader can take."""
    if setting.share_rule == "gain":
        return setting.case.loss_fen * BOUNDLESS
    return setting.case.loss_fen * 1000
