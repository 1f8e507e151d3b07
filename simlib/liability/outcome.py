"""What a decision returns: amounts for each party, reasons, citations, assumptions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING

from simlib.liability.assumed import assumptions
from simlib.trace import Trace, plain

if TYPE_CHECKING:
    from simlib.interval import FenRange, ShareRange
    from simlib.law.modes import ModeLaw
    from simlib.liability.assumption import Assumption
    from simlib.liability.piece_reasons import Written
    from simlib.liability.pieces import Paid

SCHEMA = "simlib.outcome/1"
PIECES_SUM = "pieces.sum"  # the rule of a step that adds up what the pieces come to


@dataclass(frozen=True, slots=True)
class Claimed:
    """A recourse claim: against whom, how much [fen], and whether behind the creditor.

    `kind`: `share` for what one paid above what he carries, `insolvent` for what he carries in
    another's place, `whole` for all that one paid in second line.
    """

    against: str
    fen: FenRange
    subordinate: bool
    kind: str = "share"


@dataclass(frozen=True, slots=True)
class PartyOutcome:
    """One party under one mode; amounts in fen, intervals where facts are unknown.

    `share` is internal, in [0, 1]; `exposure_fen` external; `paid_fen` collected. The three are
    different questions and are never derived from each other here. `burden_fen` is what he bears in
    the end, whoever can pay; `carried_fen` what he carries of all burdens while others cannot pay
    theirs. `joint` says whether the party is jointly liable with others; None where unknown facts
    leave it open.
    """

    mode: str
    share: ShareRange
    exposure_fen: FenRange
    paid_fen: FenRange
    burden_fen: FenRange
    carried_fen: FenRange
    short_fen: FenRange
    recourse: tuple[Claimed, ...] = ()
    joint: bool | None = False


@dataclass(frozen=True, slots=True)
class PieceOutcome:
    """A part of the loss that the same parties answer for, decided as if it were the whole.

    Attributes
    ----------
    loss_fen, damages_fen, claim_fen
        its size, what of it is due after her own fault, and what of that is still open [fen]
    answers
        the ids of those who answer for it
    money
        what it consists of: `payment` (row among the case's transfers, None where none is listed),
        `fen` and `holders` (the parties into whose accounts it came)
    parties
        what each of them owes, pays and bears in it
    """

    loss_fen: int
    damages_fen: int
    claim_fen: int
    answers: tuple[str, ...]
    money: tuple[Paid, ...]
    parties: dict[str, PartyOutcome]

    def to_json(self) -> dict[str, object]:
        """Return the piece as plain JSON data."""
        money = [
            {"payment": m.payment, "fen": m.fen, "holders": sorted(m.holders)} for m in self.money
        ]
        return {
            "loss_fen": self.loss_fen,
            "damages_fen": self.damages_fen,
            "claim_fen": self.claim_fen,
            "answers": list(self.answers),
            "money": money,
            "parties": {name: _party_json(party) for name, party in self.parties.items()},
        }


@dataclass(frozen=True)
class Outcome:
    """A case decided under one mode.

    Attributes
    ----------
    case, mode, law, regime, basis
        what was decided, how, what is said of that mode on the case's days, under whose rules, and
        on what kind of authority
    claim_fen, received_fen, unrecovered_fen
        what is owed, what the sued parties pay now, and the rest [fen]
    parties
        an outcome for each party but victims, by id, in file order
    explain
        writes the reasons; called when the first of them is asked for
    pieces
        the parts of the loss that different parties answer for, in the order in which they are
        decided; none where all answer for all, or where an unknown amount moves the cut
    """

    case: str
    mode: str
    law: ModeLaw
    regime: str
    basis: str
    claim_fen: int
    received_fen: FenRange
    unrecovered_fen: FenRange
    parties: dict[str, PartyOutcome]
    explain: Callable[[], Written] = field(repr=False, compare=False)
    pieces: tuple[PieceOutcome, ...] = ()

    @cached_property
    def _reasons(self) -> Written:
        return self.explain()

    @cached_property
    def trace(self) -> Trace:
        """The reasons."""
        return self._reasons.trace()

    @cached_property
    def citations(self) -> tuple[str, ...]:
        """Ids of the articles relied on: first what makes a party liable, then shares, amounts."""
        rows = [part for node in self.trace.children for part in _of_pieces(node)]
        steps = [child for node in rows for child in node.children]
        forms = [node for node in steps if node.key == "form"]
        others = [node for node in [*steps, *rows, *self.trace.children] if node.key != "form"]
        return tuple(dict.fromkeys(cite for node in [*forms, *others] for cite in node.cites))

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What is neither law nor a finding: `{"key", "value", "basis"}`, `party` where one's."""
        reasons = self._reasons
        return tuple(assumptions(reasons.setting, reasons.solution, reasons.shares))

    def __getstate__(self) -> dict[str, object]:
        """Write the reasons: they are copied and pickled, not what would write them."""
        reasons = {name: getattr(self, name) for name in ("trace", "citations", "assumptions")}
        kept = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "explain"}
        return kept | reasons

    def answers_for(self, party: str) -> int | None:
        """Return what of the loss a party answers for [fen].

        None where he answers for all of it, or for nothing, or the loss is not cut.
        """
        mine = [piece.loss_fen for piece in self.pieces if party in piece.answers]
        return sum(mine) if mine and len(mine) < len(self.pieces) else None

    @property
    def document(self) -> str:
        """The document that pronounces it: `ruling` (裁定) or `judgment` (判决)."""
        return self.law.document

    @cached_property
    def _nodes(self) -> dict[tuple[str, str | None], Trace]:
        nodes: dict[tuple[str, str | None], Trace] = {}
        for node in (self.trace, *self.trace.children, *self.trace.walk()):
            nodes.setdefault((node.key, node.party), node)
        return nodes

    def reason(self, key: str, party: str | None = None) -> Trace:
        """The step that gave one number: `reason("exposure", "zhang")`, `reason("received")`.

        A step below these has its own key: `reason("score", "zhang")`.
        """
        return self._nodes[key, party]

    def to_json(self) -> dict[str, object]:
        """Return the outcome as plain JSON data, schema `simlib.outcome/1`."""
        from simlib import __version__

        return {
            "schema": SCHEMA,
            "engine": f"simlib {__version__}",
            "case": self.case,
            "mode": self.mode,
            "document": self.document,
            "regime": self.regime,
            "basis": self.basis,
            "claim_fen": self.claim_fen,
            "received_fen": plain(self.received_fen),
            "unrecovered_fen": plain(self.unrecovered_fen),
            "parties": {name: _party_json(party) for name, party in self.parties.items()},
            **({"pieces": [piece.to_json() for piece in self.pieces]} if self.pieces else {}),
            "citations": list(self.citations),
            "assumptions": [{k: plain(v) for k, v in entry.items()} for entry in self.assumptions],
            "trace": self.trace.to_json(),
        }


def _of_pieces(node: Trace) -> tuple[Trace, ...]:
    """Return a step, or, of a sum over pieces, those it is the sum of."""
    return node.children if node.rule == PIECES_SUM else (node,)


def _party_json(party: PartyOutcome) -> dict[str, object]:
    amounts = ("share", "exposure_fen", "paid_fen", "burden_fen", "carried_fen", "short_fen")
    return {
        "mode": party.mode,
        **{name: plain(getattr(party, name)) for name in amounts},
        "joint": party.joint,
        "recourse": [
            {
                "against": c.against,
                "fen": plain(c.fen),
                "subordinate": c.subordinate,
                "kind": c.kind,
            }
            for c in party.recourse
        ],
    }
