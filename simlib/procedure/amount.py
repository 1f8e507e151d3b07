"""What a line brings: the case as it stands on the day of judgment, and what is left to collect.

The amounts are `simlib.decide`'s; here only facts change, as the line says they would have.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from simlib.law.period import MONTH_DAYS
from simlib.law.regime import regime_for
from simlib.liability.decide import decide
from simlib.procedure.admissibility import defendants
from simlib.procedure.day_bounds import history
from simlib.procedure.proof import ENOUGH, KNEW, SOME, grade_of

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.money import Fen
    from simlib.procedure.timeline import Line


def received(case: Case, line: Line, leak: float | None = None) -> Fen | FenRange:
    """Return what she receives at the end of a line [fen]; a range where facts are unknown.

    Nothing where no judgment for her comes. A judgment in part counts as what it gives at once.

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
    return decide(case_then(case, line, leak), "auto").received_fen


def case_then(case: Case, line: Line, leak: float | None = None) -> Case:
    """Return the case as the court has it on the day of judgment.

    1. a helper's grade is what she proved: at least knowledge, or gross negligence and no more
    2. assets shrink by `procedure.leak_per_month` from the report until they are frozen, or until
       the judgment is in effect; unlimited ones stay so
    3. procedure and interpretations of the day of judgment apply

    A teaching assumption in 1 and 2: nobody measured how fast assets go.
    """
    changes: dict[str, object] = {}
    for party in defendants(case):
        if party.role == "helper":
            grade = grade_of(case, party)
            if line.proved == SOME and grade != "gross":
                changes[f"{party.id}.grade"] = "gross"
            if line.proved == ENOUGH and grade not in KNEW:
                changes[f"{party.id}.grade"] = "knowing"
        if party.assets_fen:
            changes[f"{party.id}.assets_fen"] = left(case, line, party.assets_fen, leak)
    return case.set(changes).model_copy(update={"decided_on": line.judged_on or case.decided_on})


def left(case: Case, line: Line, assets_fen: Fen, leak: float | None = None) -> Fen:
    """Return what is left of assets when they are frozen, or can be enforced against [fen]."""
    start = history(case)["reported"].low
    until = frozen_on(line) or line.final_on
    if until is None:
        return assets_fen
    months = max(0, (until - start).days) / MONTH_DAYS
    rate = regime_for(case).value("procedure.leak_per_month") if leak is None else leak
    kept = (1 - rate) ** months
    return int(assets_fen * kept)


def frozen_on(line: Line) -> datetime.date | None:
    """Return the day assets were frozen for a suit until its judgment is in effect; else None."""
    held = line.preservation
    return None if held is None or held.failed else held.ruled_on


def unheld(line: Line) -> str:
    """Return why preservation that was asked for holds nothing; empty where it holds, or none was.

    As `simlib.procedure.civil.Preservation.failed`.
    """
    return line.preservation.failed if line.preservation else ""
