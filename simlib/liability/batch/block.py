"""A block: some thousand columns of one pattern, with what varies among them as arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

import numpy as np
from pydantic import BaseModel

from simlib import chain
from simlib.interval import Interval
from simlib.law.rule import word
from simlib.liability.assets import means_of
from simlib.liability.batch.arithmetic import (
    ARRAYS,
    MOST,
    Arrays,
    Beyond,
    Fens,
    Floats,
    Index,
    flags,
    pick,
)
from simlib.liability.facts import own_part, reckoned
from simlib.liability.setting import prepare

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.interval import WeightRange
    from simlib.law.rule import Rules
    from simlib.liability.batch.columns import Columns
    from simlib.liability.by_piece import OfPiece
    from simlib.liability.records import Claim, Debtor, Means, Setting
    from simlib.money import Units

T = TypeVar("T")
Flows = dict[tuple[object, str], object]  # function of `simlib.chain`, party → its answer
Spot = tuple[str | int, ...]  # where a fact stands: ("parties", 1, "fault")


class Block:
    """Columns that differ in numbers only: who is liable, and in what form, is the same in all.

    Attributes
    ----------
    numbers
        the arithmetic of its arrays
    setting
        the scalar engine's setting of one of the columns; what does not vary is read from it
    shape
        lengths of the block's axes; one for `decide_many`, one a path for `sweep`
    where
        the block's place among all columns: along each axis a slice, or the numbers of its places
    flows
        what `flow` found already; the blocks of a pattern share it
    whole
        the setting of the whole loss
    piece
        the number of the piece that is decided, if this is one of several
    """

    numbers: ClassVar[Arrays] = ARRAYS

    def __init__(
        self,
        setting: Setting,
        columns: Columns,
        places: tuple[np.ndarray, ...],
        flows: Flows,
    ) -> None:
        self.setting = self.whole = setting
        self.piece: int | None = None
        self._flows = flows
        self.shape = tuple(len(p) for p in places)
        self.where = tuple(_in_a_row(p) for p in places)
        self._spots: Mapping[Spot, tuple[int, str]] = columns.varying
        self._axes = columns.axes
        self._facts: dict[Spot, np.ndarray] = {}
        self._rows = {party.id: row for row, party in enumerate(setting.case.parties)}
        self._settings: dict[Index, Setting] = {}

    @property
    def case(self) -> Case:
        """One of the cases."""
        return self.setting.case

    @property
    def rules(self) -> Rules:
        """The choices all columns are decided by."""
        return self.setting.rules

    @property
    def no_fraction(self) -> np.ndarray:
        """The fraction 0."""
        return self.constant(0.0)

    @property
    def closed(self) -> bool:
        """Whether arrays can be reckoned with: no unknown fact leaves an amount open."""
        return not self.setting.box.axes

    @property
    def cut(self) -> list[OfPiece]:
        """The pieces of the loss, if it is cut: the same in every column."""
        pieces = self.setting.pieces
        return pieces.at(self.setting, [])[0] if pieces else []

    def within(self, piece: int, setting: Setting) -> Block:
        """Return the same columns as one piece of the loss is decided in them."""
        here = copy(self)
        here.setting, here.piece = setting, piece
        return here

    def stands_high(self, party: Party) -> bool:
        """Tell at which end his unknown facts stand; raise `Beyond` where they are open."""
        raise Beyond

    def any_gains(self, party: Party) -> bool:
        """Tell whether gains stand at all that nobody knows may come to: nobody's do here."""
        return False

    def lost_chance(self, party: Party, own_fault: Floats) -> Fens:
        """Raise `Beyond`: a lost chance is a band, whatever the facts."""
        raise Beyond

    def constant(self, number: float) -> np.ndarray:
        """Return a number that is the same in every column."""
        return np.array(number, ndmin=len(self.shape))

    def fact(self, *spot: str | int) -> np.ndarray:
        """Return a number of the case: what varies as an array, any other as a constant."""
        if spot not in self._facts:
            varies = spot in self._spots
            self._facts[spot] = self._values(spot) if varies else self._constant(spot)
        return self._facts[spot]

    def of(self, party: Party, *field: str) -> np.ndarray:
        """Return a number of a party."""
        return self.fact("parties", self._rows[party.id], *field)

    fraction = of

    def varies(self, party: Party, field: str) -> bool:
        """Tell whether a fact of a party is one of those that vary."""
        return ("parties", self._rows[party.id], field) in self._spots

    def flow(self, of: Callable[[Case, str, str], T], party: Party) -> T:
        """What a function of `simlib.chain` says of a party's accounts, asked once a pattern."""
        key = of, party.id
        if key not in self._flows:
            setting = self.setting
            self._flows[key] = of(setting.case, party.id, word(setting.rules, "tracing"))
        return cast(T, self._flows[key])  # each entry was made by the function in its key

    def column(self, index: Index) -> dict[str, float]:
        """Return the values of one column, by path."""
        return {path: pick(self.fact(*spot), index) for spot, (_, path) in self._spots.items()}

    def scalar(self, index: Index) -> Setting:
        """The scalar engine's setting of one column, whose numbers have been checked already."""
        if index not in self._settings:
            made, case = self.setting, self.setting.case
            for spot in self._spots:
                case = with_number(case, spot, pick(self.fact(*spot), index))
            self._settings[index] = prepare(case, made.mode, made.rules, made.regime)
        return self._settings[index]

    def units_at(self, index: Index) -> Sequence[Units]:
        """Return the scalar engine's shares in one column [billionths]."""
        setting = self.scalar(index)
        if self.piece is None or setting.pieces is None:
            return setting.box.read([])[0]
        return setting.pieces.units(setting, self.piece)

    def _values(self, spot: Spot) -> np.ndarray:
        axis, path = self._spots[spot]
        shape = [1] * len(self.shape)
        shape[axis] = self.shape[axis]
        return self._axes[axis][path][self.where[axis]].reshape(shape)

    def _constant(self, spot: Spot) -> np.ndarray:
        value: object = self.setting.case
        for step in spot:
            if isinstance(step, int):
                value = cast(tuple[object, ...], value)[step]  # a place in a table of rows
            else:
                value = getattr(value, step)
        return self.constant(cast(float, value))  # a spot is where a number of the case stands


def _in_a_row(places: np.ndarray) -> slice | np.ndarray:
    """Places that follow each other as a slice, which copies nothing."""
    first, last = int(places[0]), int(places[-1])
    return slice(first, last + 1) if last - first == len(places) - 1 else places


def with_number(case: Case, spot: Spot, number: float) -> Case:
    """Return a case with another number at a spot."""
    field = str(spot[0])
    return case.model_copy(update={field: _changed(getattr(case, field), spot[1:], number)})


def _changed(value: object, spot: Spot, number: float) -> object:
    """Return a record, or a row of them, with another number at a spot."""
    if not spot:
        return number
    step, rest = spot[0], spot[1:]
    if isinstance(value, tuple) and isinstance(step, int):
        return (*value[:step], _changed(value[step], rest, number), *value[step + 1 :])
    assert isinstance(value, BaseModel)  # what is no table of rows is a row
    field = str(step)
    return value.model_copy(update={field: _changed(getattr(value, field), rest, number)})


# ---------------------------------------------------------------- what rules read


class Facts:
    """See `simlib.liability.numbers.Facts`."""

    numbers: ClassVar[Arrays] = ARRAYS
    in_piece: ClassVar[bool] = False

    def __init__(self, block: Block, claim: Claim[Fens, Floats] | None = None) -> None:
        self.block, self.rules = block, block.rules
        self.claim = reckoned(block) if claim is None else claim
        if self.claim.recovered_fen.max() > MOST:
            raise Beyond
        self._means: dict[str, Means[Fens] | None] = {}
        self._own_parts: dict[str, Fens | None] = {}

    @property
    def no_fraction(self) -> Floats:
        """The fraction 0."""
        return self.block.no_fraction

    def constant(self, number: int) -> Fens:
        """Return a number that is the same in every column."""
        return self.block.constant(number)

    def means(self, debtor: Debtor) -> Means[Fens] | None:
        """Return what of his property the claim can reach."""
        if debtor.id not in self._means:
            self._means[debtor.id] = means_of(self.block, debtor.party, debtor.payer)
        return self._means[debtor.id]

    def own_part(self, debtor: Debtor) -> Fens | None:
        """Return the most he answers for where the loss is taken as one piece all the same."""
        if debtor.own_part is None:  # nor anywhere in this block
            return None
        if debtor.id not in self._own_parts:
            cap = own_part(self.block, debtor, self.claim.own_fault)
            self._own_parts[debtor.id] = cap
        return self._own_parts[debtor.id]

    def of_case(self, field: str) -> Fens:
        """Return an amount the case states."""
        return self.block.fact(field)

    def amount(self, party: Party, field: str) -> Fens:
        """Return an amount stated of a party."""
        return self.block.of(party, field)

    def fraction(self, party: Party, field: str) -> Floats:
        """Return a fraction stated of a party."""
        return self.block.of(party, field)

    def cause(self, debtor: Debtor) -> Floats:
        """Return a debtor's causal force."""
        return cause(self.block, debtor)

    def gains(self, party: Party) -> Fens:
        """Return direct and indirect gains, apportioned to the claimant's money."""
        factor = self.block.flow(chain.gain_factor, party)
        gains = self.block.of(party, "gain_direct_fen") + self.block.of(party, "gain_indirect_fen")
        return gains if factor is None else self.numbers.apportioned(gains, factor)

    def lost_chance(self, party: Party, own_fault: Floats) -> Fens:
        """Return the chance of recovery that help after the loss cost, less her own fault."""
        return self.block.lost_chance(party, own_fault)

    def proved(self, party: Party, element: str) -> Fens:
        """Return 1 where an element is proved to the standard; one not spoken of is."""
        if party.proof is None:
            return flags(self.block.constant(1) > 0)
        standard = self.block.setting.regime.value("proof.standard")
        return flags(self.block.of(party, "proof", element) >= standard)


def cause(block: Block, debtor: Debtor) -> np.ndarray:
    """Return causal force, in [0, 1]: stated, or the geometric mean of the pair."""
    party = debtor.party
    if party.causal_force is not None:
        return block.of(party, "causal_force")
    if party.indispensability is not None and party.push is not None:
        mean: np.ndarray = np.sqrt(block.of(party, "indispensability") * block.of(party, "push"))
        return mean
    return _known(block, debtor.cause.value)


def blame(block: Block, debtor: Debtor) -> np.ndarray:
    """Return fault as a number in [0, 1]."""
    if debtor.party.fault is not None:
        return block.of(debtor.party, "fault")
    return _known(block, debtor.fault.value)


def _known(block: Block, value: WeightRange) -> Floats:
    if isinstance(value, Interval):  # the setting has no open facts, so this one does not count
        raise Beyond
    return block.constant(float(value))
