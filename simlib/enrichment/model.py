"""What a look at unjust enrichment says: elements, amounts under each reading, assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simlib.interval import FenRange, high_end, hull, low_end
from simlib.money import Fen
from simlib.trace import Assumption, Trace

ELEMENTS = ("gain", "expense", "loss", "ground")  # in the order in which they are asked
READINGS = ("passed", "kept")  # what he obtained: all that was booked to him, or what stayed


@dataclass(frozen=True, slots=True)
class Element:
    """One element of article 985.

    Attributes
    ----------
    key
        `gain` (取得利益), `expense` (因其受损), `loss` (受有损失) or `ground` (没有法律根据)
    state
        `met`, `unmet`, `open` (facts are unknown) or `contested` (the readings differ)
    basis
        one of `simlib.law.citation.BASES`
    cites
        ids of the articles and views it rests on
    """

    key: str
    state: str
    basis: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of 取得 leads to.

    Attributes
    ----------
    key
        `passed` or `kept`
    obtained
        the benefit he obtained [fen]
    owed
        what he has to return, never above her open loss [fen]
    further
        what article 987 lets her claim besides for loss 依法, at most up to the rest of her
        open loss: how much, the law of damages says [fen]
    """

    key: str
    obtained: Trace[FenRange]
    owed: Trace[FenRange]
    further: FenRange


@dataclass(frozen=True, slots=True)
class Enrichment:
    """The claim for return of an unjust enrichment against one party.

    Attributes
    ----------
    party
        his id
    faith
        `good` (986), `bad` (987) or `open`, with its reasons
    loss
        her loss that is still open [fen]
    elements
        key → element, in the order of `ELEMENTS`
    readings
        key → reading, in the order of `READINGS`
    assumptions
        `{"key", "value", "basis"}`, `party` where one's
    """

    party: str
    faith: Trace[str]
    loss: Trace[Fen]
    elements: Mapping[str, Element]
    readings: Mapping[str, Reading]
    assumptions: tuple[Assumption, ...]


def either(exposure: FenRange, owed: FenRange) -> FenRange:
    """Return the most she can have from one party by either claim, who has both for one loss [fen].

    The claims are for the same money: she chooses, and what is paid on one lowers the other. They
    are never added.

    Examples
    --------
    >>> either(700_000, 7_000_000)
    7000000
    """
    ends = [max(end(exposure), end(owed)) for end in (low_end, high_end)]
    return hull(ends)
