"""The criminal and the civil track: states, and the documents that lead from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from simlib.resources import table

CRIMINAL, CIVIL = "criminal", "civil"
# in the order in which they may come
DOCUMENTS = (
    "receipt",
    "no_opening",
    "charge_opinion",
    "dropped",
    "indictment",
    "no_prosecution",
    "criminal_judgment",
    "criminal_final",
    "preservation",
    "not_accepted",
    "registered",
    "stay",
    "suit_dismissed",
    "transfer",
    "claim_dismissed",
    "judgment",
    "partial_judgment",
    "final_judgment",
    "enforcement",
)
FEES = ("none", "refunded", "half", "full")
# stages of the criminal case as `admit` asks for them: `none` is before any report
OPEN = (
    "at_large",
    "investigation",
    "review",
    "supplement",
    "trial",
    "appeal_period",
    "second_criminal",
)
CHARGED = ("trial", "appeal_period", "second_criminal", "effective")
ENDED = ("not_opened", "dropped", "unprosecuted")
STAGES = ("none", "reported", *OPEN, "effective", *ENDED)


@dataclass(frozen=True, slots=True)
class State:
    """A state of one track; nothing follows on a `final` one."""

    id: str
    track: str
    final: bool


@dataclass(frozen=True, slots=True)
class Move:
    """One way out of a state.

    Attributes
    ----------
    source, target
        ids of states
    document
        what ends the state (one of `DOCUMENTS`); None where no document does
    deadline
        key of the limit of the state; None where the law names none
    cites
        ids of articles
    appeal
        key of the time to appeal against the document; None where there is no appeal
    fee
        what of the court fee is due: `none`, `refunded`, `half` or `full`; None outside the court
    """

    source: str
    target: str
    document: str | None
    deadline: str | None
    cites: tuple[str, ...]
    appeal: str | None
    fee: str | None


@cache
def states() -> tuple[State, ...]:
    """List the states, the criminal track first.

    Examples
    --------
    >>> [state.id for state in states() if state.final and state.track == "criminal"]
    ['not_opened', 'dropped', 'unprosecuted', 'effective']
    """
    rows = table("procedure", "track.toml")["states"]
    return tuple(State(row["id"], row["track"], row.get("final", False)) for row in rows)


@cache
def moves() -> tuple[Move, ...]:
    """List the moves in the order of the file."""
    return tuple(
        Move(
            row["source"],
            row["target"],
            row.get("document"),
            row.get("deadline"),
            tuple(row["cites"]),
            row.get("appeal"),
            row.get("fee"),
        )
        for row in table("procedure", "track.toml")["moves"]
    )


@cache
def move(source: str, document: str | None) -> Move:
    """Return the first move out of a state by a document.

    Raises
    ------
    KeyError
        if no document of this kind ends that state
    """
    for each in moves():
        if each.source == source and each.document == document:
            return each
    raise KeyError(f"no move out of {source!r} by {document!r}")
