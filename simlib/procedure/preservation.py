"""The freezing of assets: before the suit (民事诉讼法104) or in it (103), by the days."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.procedure.courts import preservation_fee, security
from simlib.procedure.tracks import limit_end
from simlib.trace import plain_fields

if TYPE_CHECKING:
    from simlib.interval import FenRange
    from simlib.money import Fen
    from simlib.procedure.civil import Attempt, Run

CITES = {
    "before_suit": ("civil-procedure-law:104", "preservation-rules:17"),
    "in_suit": ("civil-procedure-law:103", "preservation-rules:4"),
}


@dataclass(frozen=True, slots=True)
class Preservation:
    """What an application to freeze assets comes to along one line.

    Attributes
    ----------
    kind
        `before_suit` (民事诉讼法104) or `in_suit` (103): by whether a suit is pending on that day;
        `after_suit` once all of it is judged and in effect: neither is left, and before enforcement
        begins 民诉法解释163 allows measures for a judgment for her (not reckoned)
    asked_on, ruled_on
        its days; `ruled_on` None where no suit is ever registered for which the court could rule
    sue_by
        last day to sue after the ruling; None in the suit, where there is no such limit
    failed
        why it holds nothing until the judgment is in effect: `lapsed` (no suit in thirty days),
        `refused` (that suit is not registered), `unruled` (the same, and the court never ruled),
        `late` (the judgment is in effect before); empty where it holds
    security_fen
        security to be given: the amount itself before the suit, up to a part of it, or none, as the
        court sees fit, in the suit
    fee_fen
        application fee, advanced by her, which she may claim in the suit
    cites
        ids of articles
    """

    kind: str
    asked_on: datetime.date
    ruled_on: datetime.date | None
    sue_by: datetime.date | None
    failed: str
    security_fen: FenRange
    fee_fen: Fen
    cites: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Return it as plain JSON data."""
        return plain_fields(self)


def preserve(run: Run, asked: datetime.date) -> None:
    """Write the freezing of assets: before the suit, or in it, by the days (104, 103).

    1. in the suit if one is pending on that day: from its registration on the court rules in five
       days, in forty-eight hours if it is urgent; no suit need follow
    2. else before the suit: forty-eight hours, and a suit within thirty days
    3. it holds until the judgment is in effect, unless the suit it serves is not registered. That a
       ruling that sends her away lifts it before it is final is a teaching assumption; where she
       appeals and wins it never was lifted
    4. nothing of either once the suit is over
    """
    ended = _ended(run)
    if ended is not None and ended <= asked:
        run.preservation = Preservation("after_suit", asked, None, None, "late", 0, 0, ())
        return
    serves = next((a for a in run.attempts if a.sued_on <= asked and not _over(a, asked)), None)
    if serves is None:
        _before_suit(run, asked)
        return
    key = "preservation.urgent" if run.switches["urgency"] == "urgent" else "preservation.pending"
    began = serves.registered_on and max(asked, serves.registered_on)
    ruled = began and limit_end(key, began)
    if ruled is None:
        run.add("applying", asked, serves.lost_on, None)
    else:
        run.add("applying", asked, ruled, "preservation_pending", key)
        run.add("held", ruled, run.final_on and max(ruled, run.final_on), None)
    run.preservation = _record(run, "in_suit", asked, ruled, None, _unheld(run, serves, ruled))


def _before_suit(run: Run, asked: datetime.date) -> None:
    """Write the freezing of assets before the suit, until the suit or until it lapses."""
    ruled = limit_end("preservation.ruling", asked)
    lapses = limit_end("preservation.suit", ruled)
    serves = next((a for a in run.attempts if asked < a.sued_on <= lapses), None)
    run.add("preserving", asked, ruled, "preservation", "preservation.ruling")
    until = lapses if serves is None else max(ruled, serves.sued_on)
    run.add("preserved", ruled, until, None, "preservation.suit")
    failed = "lapsed" if serves is None else _unheld(run, serves, ruled)
    run.preservation = _record(run, "before_suit", asked, ruled, lapses, failed)


def _ended(run: Run) -> datetime.date | None:
    """Return the day on which all of the judged suit is in effect; None for not yet, or never."""
    rests = [part.rest_final_on or part.rest_on for part in run.parts if part.left]
    days = [run.final_on, *rests]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def _over(attempt: Attempt, on: datetime.date) -> bool:
    return attempt.lost_on is not None and attempt.lost_on <= on


def _unheld(run: Run, serves: Attempt, ruled: datetime.date | None) -> str:
    if ruled is None:
        return "unruled"
    if serves.registered_on is None:
        return "refused"
    return "late" if run.final_on and run.final_on <= ruled else ""


def _record(
    run: Run, kind: str, asked: datetime.date, ruled: datetime.date | None,
    sue_by: datetime.date | None, failed: str,
) -> Preservation:  # fmt: skip
    due = security(kind, run.case.loss_fen, asked)
    owed = preservation_fee(run.case.loss_fen, asked)
    cites = (*CITES[kind], *due.cites, "litigation-fees:14")
    return Preservation(kind, asked, ruled, sue_by, failed, due.fen, owed, cites)
