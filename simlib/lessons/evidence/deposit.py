"""Four pieces and their digests: not altered, altered since, forged before, never deposited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simlib.evidence import Facts, digest, read_deposit
from simlib.evidence.attributes import CHAIN
from simlib.lessons.evidence.names import lesson

if TYPE_CHECKING:
    import datetime

    from simlib.evidence import Reading

DEPOSITS = ("same", "altered", "forged", "bare")
PIECES = ("forged", "chat", "log", "bank")  # in the tree, in this order
TELLS = {  # what she can say of a piece that is genuine → the fact it is for the engine
    "source": "explained_before",
    "creation": "deposited_at_creation",
    "notary": "notarised",
    "borne_out": "corroborated",
}
GENUINE = ("same", "bare")  # what she says of it is of the very piece that is handed in
ANSWERS = {  # fact → what it comes to without a presumption, deposited or not (民事证据规定93)
    "explained_before": "weighed",
    "deposited_at_creation": "weighed",
    "corroborated": "borne_out",
}
NOT_ITS_OWN = (("altered", "notarised"), ("bare", "deposited_at_creation"))
UNSAID = dict.fromkeys(("proved_before", "explained_before", "corroborated"), False)


@dataclass(frozen=True, slots=True)
class Stored:
    """A piece of electronic data whose digest was deposited, or was not.

    Attributes
    ----------
    row
        which of the four it is
    lines
        the pieces that were deposited together; None: nothing was
    place
        which of them it is
    handed
        what is handed in to the court
    reading
        what the rules make of it
    unproved
        whether nothing at all is offered for what its side has to prove
    answer
        `weighed` or `borne_out` by what she says of a genuine piece, deposited or not; else nothing
    """

    row: str
    lines: tuple[bytes, ...] | None
    handed: bytes
    reading: Reading
    unproved: bool = False
    answer: str = ""
    place: int = 0
    basis: str = "judicial interpretation"

    @property
    def deposited(self) -> bytes | None:
        """What was deposited of it; None: nothing was."""
        return None if self.lines is None else self.lines[self.place]

    @property
    def matches(self) -> bool | None:
        """Whether the digest is that of what was deposited; None: there is none."""
        held = self.deposited
        return None if held is None else digest(held) == digest(self.handed)

    @property
    def verdict(self) -> str:
        """What the court makes of it, and of which half where its side has to prove it."""
        if self.reading.outcome != "to_prove":
            return self.reading.outcome
        if self.answer:
            return self.answer
        if self.reading.after == "presumed":
            return "half"
        return "unproved" if self.unproved else "to_prove"

    def to_json(self) -> dict[str, object]:
        """Return it as plain JSON data."""
        return {
            "matches": self.matches,
            "digest": digest(self.handed).hex(),
            "reading": self.reading.to_json(),
        }


def stored(row: str, held: Mapping[str, Any], on: datetime.date, lang: str) -> Stored:
    """Return what was deposited of a row, what is handed in, and what the rules make of it."""
    lines = tuple(lesson(f"deposit.lines.{name}", lang).encode() for name in PIECES)
    place = PIECES.index("forged" if row == "forged" else "chat")
    altered = lesson("deposit.altered", lang).encode()
    handed = altered if row == "altered" else lines[place]  # also what was forged before
    stated = None if row == "bare" else lines
    nothing = row == "forged" or held["explains"] not in TELLS
    unproved = held["objection"] != "none" and nothing
    reading = read_deposit(facts(row, held), on)
    answer = ANSWERS.get(_told(row, held), "") if row in GENUINE else ""
    return Stored(row, stated, handed, reading, unproved, answer, place)


def _told(row: str, held: Mapping[str, Any]) -> str:
    """Return the fact that she states of a row; nothing where there is none to state.

    What a notary certified is not what is handed in once a word of it is another; what was never
    deposited was not deposited as it came into being.
    """
    fact = TELLS.get(held["explains"], "")
    return "" if row == "forged" or (row, fact) in NOT_ITS_OWN else fact


def facts(row: str, held: Mapping[str, Any]) -> Facts:
    """Return what is stated of a row: a forgery nobody can explain, or bear out, or certify.

    What was never deposited has no before and no after: an objection to it is one and the same.
    """
    known: dict[str, Any] = dict(UNSAID)
    if told := _told(row, held):
        known[told] = True
    if row == "bare":
        return Facts(**known)
    complies = bool(held["complies"])
    known |= dict.fromkeys(CHAIN, True) if complies else {CHAIN[0]: False}
    known |= {"on_chain": True, "digest_matches": row != "altered"}
    if held["objection"] != "none":
        known[f"objects_{held['objection']}"] = True
    return Facts(**known)
