"""The criminal and the civil track: states, the documents between them, and steps of a line."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from simlib.law.dated import record
from simlib.law.period import after, deadline, ends_on
from simlib.resources import table
from simlib.trace import plain_fields

CRIMINAL, CIVIL = "criminal", "civil"
# in the order in which they may come
DOCUMENTS = (
    "receipt",
    "no_opening",
    "opening_upheld",
    "opening_order",
    "charge_opinion",
    "dropped",
    "indictment",
    "no_prosecution",
    "criminal_judgment",
    "criminal_final",
    "preservation",
    "preservation_pending",
    "not_accepted",
    "registered",
    "stay",
    "withdrawn",
    "suit_dismissed",
    "transfer",
    "accept_order",
    "refusal_upheld",
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
TRIED = CHARGED[1:]  # with a criminal judgment of first instance
ENDED = ("not_opened", "dropped", "unprosecuted")
UNPROSECUTED = ENDED[2]
STAGES = ("none", "reported", *OPEN, "effective", *ENDED)
VARIANTS = ("shortest", "ordinary", "longest")
EVERY = 9  # more extensions than any article has


@dataclass(frozen=True, slots=True)
class State:
    """A state of one track; nothing follows on a `final` one."""

    id: str
    track: str
    final: bool = False


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
    cites: tuple[str, ...]
    document: str | None = None
    deadline: str | None = None
    appeal: str | None = None
    fee: str | None = None


@cache
def states() -> tuple[State, ...]:
    """List the states, the criminal track first.

    Examples
    --------
    >>> [state.id for state in states() if state.final and state.track == "criminal"]
    ['dropped', 'unprosecuted', 'effective']
    """
    return tuple(record(State, row) for row in table("procedure", "track.toml")["states"])


@cache
def moves() -> tuple[Move, ...]:
    """List the moves in the order of the file."""
    return tuple(record(Move, row) for row in table("procedure", "track.toml")["moves"])


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


@dataclass(frozen=True, slots=True)
class Step:
    """One state of one track, from a day to a day.

    Attributes
    ----------
    track, state
        `criminal` or `civil`, and the id of the state
    begins, ends
        first and last day; `ends` None where there is no end, `begins` None where it never begins
    document
        what ends it (of a stay, what orders it); None where no document does
    deadline
        key of the limit that set its length; None where the law names none
    cites, basis
        the authority of the step, and of what kind it is
    source
        `case:…` where the file states its end, `deadline:…` where a limit does, else `assumed`
    """

    track: str
    state: str
    begins: datetime.date | None
    ends: datetime.date | None
    document: str | None
    deadline: str | None
    cites: tuple[str, ...]
    basis: str
    source: str

    @property
    def rests_on(self) -> str:
        """What its length comes from: `case`, `deadline`, `assumed`, or `proposal`.

        A limit that somebody proposes is no limit of the law.
        """
        kind = self.source.partition(":")[0]
        return "proposal" if self.basis == "reform proposal" and kind != "case" else kind

    def to_json(self) -> dict[str, object]:
        """Return the step as plain JSON data."""
        return plain_fields(self)


def iso(day: datetime.date | None) -> str | None:
    """Return a day as text; None stays None."""
    return day.isoformat() if day else None


def limit_end(
    key: str, start: datetime.date, extensions: int = 0, grave: bool = False
) -> datetime.date:
    """Return the last day of a limit that begins on `start`, by the law of that day.

    Moved past days off where a party may lose a right by it: see `simlib.law.period.ends_on`.

    Parameters
    ----------
    grave
        whether the case is of those to which alone the last extensions belong (刑诉法156, 158, 172,
        208, 243)
    """
    limit = deadline(key, start)
    most = len(limit.more) - (0 if grave else limit.listed)
    return ends_on(limit, start, min(extensions, most))


def parameter_end(low: float, start: datetime.date, unit: str) -> datetime.date:
    """Return the day a number of `days` or `months` after `start`; parts of a month are dropped."""
    whole = round(low)
    return after(start, days=whole) if unit == "days" else after(start, months=whole)


@cache
def authority(state: str, document: str | None, key: str | None, on: datetime.date) -> tuple[
    tuple[str, ...], str
]:  # fmt: skip
    """Return what a step rests on: the articles of its limit and of its document, and the basis."""
    cites = deadline(key, on).cites if key else ()
    cites += tuple(c for c in move(state, document).cites if c not in cites)
    return cites, deadline(key, on).basis if key else "law in force"
