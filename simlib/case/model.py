"""The case: what a reader's TOML file says, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, TypeAlias

from pydantic import (
    Field,
    GetPydanticSchema,
    SerializerFunctionWrapHandler,
    ValidatorFunctionWrapHandler,
    WrapSerializer,
    WrapValidator,
)
from pydantic.fields import FieldInfo

from simlib.case.fields import (
    NO_FACTS,
    Basis,
    ChosenRules,
    Day,
    Fen,
    FileName,
    Groups,
    Id,
    Kinds,
    Loss,
    Record,
    SourceIds,
    Words,
)
from simlib.case.party import Party, Proof, Table
from simlib.case.tables import (
    Account,
    Criminal,
    Deed,
    Event,
    Evidence,
    Interruption,
    Position,
    Recovery,
    Reparation,
    Ruling,
    Source,
    Transfer,
)
from simlib.case.transfers import Transfers
from simlib.errors import UnknownName, nearest

__all__ = [
    "Account",
    "Case",
    "Criminal",
    "Deed",
    "Event",
    "Evidence",
    "Interruption",
    "Party",
    "Position",
    "Proof",
    "Recovery",
    "Reparation",
    "Ruling",
    "Source",
    "Table",
    "Transfer",
]

MOST_PARTIES, MOST_TRANSFERS, MOST_ACTS, MOST_EVENTS = 64, 1_000_000, 100, 10_000


def rows(most: int | None = None) -> FieldInfo:
    """Describe an array of tables, which TOML gives as a list and a case keeps as a tuple."""
    described: FieldInfo = Field(strict=False, max_length=most)
    return described


def _kept(value: object, validate: ValidatorFunctionWrapHandler) -> object:
    return value if isinstance(value, Transfers) else validate(value)


def _written(value: Moved, write: SerializerFunctionWrapHandler) -> object:
    return write(tuple(value))


Moved: TypeAlias = tuple[Transfer, ...] | Transfers
# Those of a file are checked as they are read, and stay columns.
_CHECKED = Annotated[
    tuple[Transfer, ...], rows(MOST_TRANSFERS), WrapValidator(_kept), WrapSerializer(_written)
]


class Case(Record):
    """A dispute: who lost what through whom. Read it with `simlib.load_case`.

    Attributes are named as the keys of the file. `claimant` is always an id; facts nobody found
    are None. A case never changes: `set` and `at` give a new one. Cases compare by value.
    """

    id: Id
    """the case's id; its folder's name"""
    basis: Basis
    """reported | adapted | hypothetical"""
    title: Words
    """what readers call it"""
    summary: Words | None = None
    """the facts in a few sentences"""
    acted_on: Day
    """the substantive statutes of this day apply"""
    reported_on: Day | None = None
    """day the fraud was reported to the police; absent = unknown"""
    filed_on: Day | None = None
    """day the suit was filed"""
    decided_on: Day | None = None
    """procedure and interpretations of this day apply; absent = today"""
    knew_on: Day | None = None
    """day the claimant knew of the harm and of who owes; absent = `acted_on`, an assumption"""
    claimant: Annotated[Id, GetPydanticSchema(lambda _, handler: handler(Id | None))] = Field(
        default=None, validate_default=True
    )  # whoever reads a case fills it in, so that it is an id ever after
    """id of the victim who sues; may be left out where there is only one"""
    loss_fen: Loss
    """the claimant's loss when it happened [fen]"""
    recovered_fen: Fen = 0
    """completed returns without a known payer [fen]"""
    undeterminable: bool = False
    """a finding that the size of each one's responsibility cannot be determined (难以确定)"""
    loss_noneconomic_fen: Fen = 0
    """part of the loss that is not economic [fen]"""
    transfers_file: FileName | None = None
    """a CSV or Parquet file beside this one, with the columns of a transfer"""
    kinds: Kinds = NO_FACTS
    """field → fixed | found | discretionary | assumed, for the fields above"""
    fact_sources: SourceIds = NO_FACTS
    """field → id of a source, for the fields above"""
    rules: ChosenRules | None = None
    """rules of reckoning and contested readings that this case takes; absent = the defaults"""
    parties: Annotated[tuple[Party, ...], rows(MOST_PARTIES)]
    """everybody in the case"""
    rulings: Annotated[tuple[Ruling, ...], rows()] = ()
    """what courts ordered"""
    criminal: Annotated[tuple[Criminal, ...], rows()] = ()
    """what the criminal cases came to"""
    recoveries: Annotated[tuple[Recovery, ...], rows()] = ()
    """money that came back"""
    reparations: Annotated[tuple[Reparation, ...], rows()] = ()
    """restitution ordered for each victim; what is paid of it counts for him"""
    interruptions: Annotated[tuple[Interruption, ...], rows()] = ()
    """what interrupted the time limit"""
    accounts: Annotated[tuple[Account, ...], rows()] = ()
    """cards and accounts"""
    transfers: Annotated[Moved, GetPydanticSchema(lambda _, handler: handler(_CHECKED))] = ()
    """movements of money; those of a `transfers_file` are columns that read as a tuple does"""
    evidence: Annotated[tuple[Evidence, ...], rows()] = ()
    """pieces of evidence"""
    events: Annotated[tuple[Event, ...], rows(MOST_EVENTS)] = ()
    """what happened, as the logs have it: for the check of evidence"""
    acts: Annotated[tuple[Deed, ...], rows(MOST_ACTS)] = ()
    """the acts that led to the loss and those after it; absent = derived from the parties"""
    loss_needs: Groups = ()
    """groups of acts: the loss happens if of every group at least one happens"""
    positions: Annotated[tuple[Position, ...], rows()] = ()
    """named settings"""
    sources: Annotated[tuple[Source, ...], rows()] = ()
    """where facts come from"""

    def party(self, id: str) -> Party:
        """Return the party of this id.

        Raises
        ------
        UnknownName
            if nobody has this id
        """
        for party in self.parties:
            if party.id == id:
                return party
        raise unknown("party", id, [p.id for p in self.parties])

    def set(self, changes: Mapping[str, object]) -> Case:
        """Return the same case with other facts.

        Parameters
        ----------
        changes
            path → value: `"<id>.<field>"` of a party, account, transfer or piece of evidence
            (`"zhang.fault"`, `"zhang.proof.fault"`, `"zhang.kinds.fault"`),
            `"<table>[<number>].<field>"` counted from 0 (`"recoveries[0].amount_fen"`), or a
            field of the case (`"loss_fen"`); None unsets. Fault and grade replace each other, so
            do causal force and the pair indispensability, push; another act than technical help
            takes the conditions of an exemption away. A fact that changes loses the
            kind and the source it had.

        Raises
        ------
        UnknownName
            if a path names nothing
        CaseError
            if the facts so changed are not a case; it holds every problem
        """
        from simlib.case.changed_case import change

        return change(self, changes)

    def at(self, position_id: str) -> Case:
        """Return the same case with what one of its positions sets.

        Raises
        ------
        UnknownName
            if the case has no such position
        """
        from simlib.case.changed_case import settle

        for position in self.positions:
            if position.id == position_id:
                return settle(self, position)
        raise unknown("position", position_id, [p.id for p in self.positions])


def unknown(
    kind: str, name: str, names: Sequence[str], stem: str = "", part: str | None = None
) -> UnknownName:
    """Return the error for a name that stands for nothing, with the nearest one that does.

    Of a path only the wrong `part` is compared with `names`; `stem` is what stands before it.
    """
    near = nearest(name if part is None else part, names)
    code = "unknown-name" if near else "unknown-name-none"
    return UnknownName(code, kind=kind, name=name, near=near and stem + near)
