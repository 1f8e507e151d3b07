"""The arithmetic behind what the defendants have left; empty where it does not come to that.

It is worked out again from the days of the line before it is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.procedure.names import lesson
from simlib.figures.procedure.told import ORDINARY
from simlib.law.period import MONTH_DAYS
from simlib.procedure.admission import defendants
from simlib.procedure.amount import frozen_on
from simlib.procedure.known_days import history
from simlib.text import amount, date

if TYPE_CHECKING:
    from simlib.figures.procedure import Told
    from simlib.widgets.procedure.found import Found

YUAN = 100  # fen: amounts of the lesson leave them out


def left_sum(found: Found, told: Told, lang: str) -> str:
    """Say how his means of the first day and the share lost a month come to what is left.

    Empty where nothing is lost, where an open fact shapes it, or a rule that no such sum has.
    """
    left, frozen = told.left_fen[ORDINARY], frozen_on(told.line)
    until = frozen or told.line.final_on
    known = [p.assets_fen for p in defendants(found.case)]
    if left is None or until is None or None in known or not found.rate:
        return ""
    whole = sum(fen for fen in known if fen is not None)
    start = history(found.case)["reported"].low
    days = (until - start).days
    reckoned = whole * (1 - found.rate) ** (days / MONTH_DAYS)
    if not left <= reckoned < left + YUAN:
        return ""
    return lesson(f"reasons.{'sum_frozen' if frozen else 'sum'}", lang,
                  whole=amount(whole, lang), kept=f"{1 - found.rate:g}", days=days,
                  month=MONTH_DAYS, left=amount(left, lang), start=date(start, lang),
                  until=date(until, lang))  # fmt: skip
