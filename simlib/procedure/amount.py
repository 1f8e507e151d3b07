"""What a line brings: the case as it stands on the day of judgment, and what is left to collect.

The amounts are `simlib.decide`'s; here only facts change, as the line says they would have.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from simlib.interval import high_end, hull, low_end
from simlib.law.period import MONTH_DAYS
from simlib.law.regime import regime_for
from simlib.liability.decide import decide
from simlib.procedure.admissibility import defendants
from simlib.procedure.day_bounds import history
from simlib.procedure.proof import CARELESS, ENOUGH, KNEW, NONE, SOME, grade_of

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.interval import FenRange
    from simlib.money import Fen
    from simlib.procedure.timeline import Line


@dataclass(frozen=True, slots=True)
class Turn:
    """What one of several judgments on a suit brings.

    Attributes
    ----------
    final_on, judged_on
        the day it is in effect, and its own
    left_fen
        what is left of the defendants' means on that day that was not collected before [fen];
        unlimited ones are not counted
    received_fen
        what she has received in all by then [fen]
    """

    final_on: datetime.date
    judged_on: datetime.date
    left_fen: Fen
    received_fen: Fen


def received(case: Case, line: Line, leak: float | None = None) -> Fen | FenRange:
    """Return what she receives at the end of a line [fen]; a range where facts are unknown.

    Nothing where no judgment for her comes. Of a judgment in part, what it gives at once and what
    the rest brings later, out of what is left by then.

    Parameters
    ----------
    leak
        share of assets gone each month; `procedure.leak_per_month` if not given

    Examples
    --------
    >>> from simlib import load_case
    >>> from simlib.procedure import schedule
    >>> case = load_case("2024-lu-0302-5690")
    >>> received(case, schedule(case).lines["ordinary"])
    2500000
    >>> received(case, schedule(case, "parallel").lines["ordinary"])
    0
    """
    if line.enforced_on is None:
        return 0
    if not any(part.rest_on for part in line.parts):
        return decide(case_then(case, line, leak), "auto").received_fen
    return hull([each[-1].received_fen for each in turns(case, line, leak)])


def instalments(
    case: Case, line: Line, leak: float | None = None
) -> tuple[tuple[datetime.date, FenRange], ...]:
    """Return each day on which a judgment gives her something, and what it brings [fen].

    One entry, but for a judgment in part: what it gives at once, then what each rest adds. Nothing
    where no judgment for her comes.
    """
    if line.enforced_on is None or line.judged_on is None:
        return ()
    if len(_events(line)) < 2:
        return ((line.judged_on, received(case, line, leak)),)
    ends = turns(case, line, leak)
    sums = [[turn.received_fen for turn in each] for each in ends]
    added = [[now - had for had, now in pairwise([0, *each])] for each in sums]
    days = [turn.judged_on for turn in ends[0]]
    return tuple((day, hull(each)) for day, *each in zip(days, *added, strict=True))


def turns(
    case: Case, line: Line, leak: float | None = None
) -> tuple[tuple[Turn, ...], tuple[Turn, ...]]:
    """Return what each judgment of a line brings in turn: the least, and the most, that it may."""
    least, most = (_in_turn(case, line, leak, end) for end in (low_end, high_end))
    return least, most


def case_then(case: Case, line: Line, leak: float | None = None) -> Case:
    """Return the case as the court has it on the day of judgment.

    1. a defendant answers at the grade proved of him: at least knowledge, or carelessness and no
       more; he stays at the file's grade where that is less
    2. against whom nothing is proved the claim is dismissed; of whom nothing is decided yet, or
       whom the court does not hear, nothing is asked: he keeps his internal share
    3. assets shrink by `procedure.leak_per_month` from the report until they are frozen, or until
       the judgment is in effect; unlimited ones stay so
    4. procedure and interpretations of the day of judgment apply

    A teaching assumption in 1 and 3: nobody measured how fast assets go.
    """
    until = frozen_on(line) or line.final_on
    assets = {p.id: left(case, line, p.assets_fen, leak) for p in defendants(case) if p.assets_fen}
    proved = {part.party: part.proved for part in line.parts}
    return _judged(case, proved if until or line.parts else {}, assets, line.judged_on)


def _judged(
    case: Case, proved: Mapping[str, str | None], assets: Mapping[str, Fen],
    on: datetime.date | None,
) -> Case:  # fmt: skip
    """Return the case with what is proved of each defendant, and what each has."""
    changes: dict[str, object] = {f"{who}.assets_fen": fen for who, fen in assets.items()}
    for party in defendants(case):
        changes |= _proved_of(case, party, proved.get(party.id))
    return case.set(changes).model_copy(update={"decided_on": on or case.decided_on})


def _proved_of(case: Case, party: Party, proved: str | None) -> dict[str, object]:
    """Return the fields of one defendant that the proof changes."""
    grade = grade_of(case, party)
    if proved is None or proved == NONE and party.role == "principal":
        return {f"{party.id}.sued": False}
    if proved == NONE:
        return {f"{party.id}.proof.fault": 0}
    if party.role == "principal":
        return {}
    if proved == SOME and grade not in CARELESS:
        return {f"{party.id}.grade": "gross"}
    return {f"{party.id}.grade": "knowing"} if proved == ENOUGH and grade not in KNEW else {}


def _in_turn(
    case: Case, line: Line, leak: float | None, end: Callable[[FenRange], Fen]
) -> tuple[Turn, ...]:  # fmt: skip
    """Return what a judgment in part brings, and each rest of it.

    What was collected counts as there; of what was not, a part is gone by the next judgment.
    """
    proved = {part.party: part.proved for part in line.parts}
    start, frozen = history(case)["reported"].low, frozen_on(line)
    free = {p.id: p.assets_fen for p in defendants(case) if p.assets_fen is not None}
    taken, got = dict.fromkeys(free, 0), list[Turn]()
    for on, judged, found in _events(line):
        proved |= found
        until = min(on, frozen) if frozen else on
        free = {who: _less(case, fen, start, until, leak) for who, fen in free.items()}
        start = max(start, until)
        out = decide(_judged(case, proved, {w: f + taken[w] for w, f in free.items()}, on), "auto")
        got.append(Turn(on, judged, sum(free.values()), end(out.received_fen)))
        paid = {who: max(taken[who], end(out.parties[who].paid_fen)) for who in free}
        free = {who: fen + taken[who] - paid[who] for who, fen in free.items()}
        taken = paid
    return tuple(got)


def _events(
    line: Line,
) -> list[tuple[datetime.date, datetime.date, dict[str, str | None]]]:
    """Return each day on which a judgment takes effect, its own day, what it proves of whom."""
    first = list[tuple[datetime.date, datetime.date, dict[str, str | None]]]()
    if line.final_on and line.judged_on:
        first.append((line.final_on, line.judged_on, {}))
    rests = [
        (final, max(p.rest_on for p in line.parts if p.rest_on and p.rest_final_on == final),
         {p.party: p.rest for p in line.parts if p.rest_final_on == final})
        for final in {p.rest_final_on for p in line.parts if p.rest_final_on}
    ]  # fmt: skip
    return sorted([*first, *rests], key=lambda each: each[0])


def left(case: Case, line: Line, assets_fen: Fen, leak: float | None = None) -> Fen:
    """Return what is left of assets when they are frozen, or can be enforced against [fen]."""
    until = frozen_on(line) or line.final_on
    if until is None:
        return assets_fen
    return _less(case, assets_fen, history(case)["reported"].low, until, leak)


def _less(
    case: Case, fen: Fen, start: datetime.date, until: datetime.date, leak: float | None
) -> Fen:  # fmt: skip
    """Return what is left of assets after some days [fen]."""
    months = max(0, (until - start).days) / MONTH_DAYS
    rate = regime_for(case).value("procedure.leak_per_month") if leak is None else leak
    kept = (1 - rate) ** months
    return int(fen * kept)


def frozen_on(line: Line) -> datetime.date | None:
    """Return the day assets were frozen for a suit until its judgment is in effect; else None."""
    held = line.preservation
    return None if held is None or held.failed else held.ruled_on


def unheld(line: Line) -> str:
    """Return why preservation that was asked for holds nothing; empty where it holds, or none was.

    As `simlib.procedure.preservation.Preservation.failed`.
    """
    return line.preservation.failed if line.preservation else ""
