"""What so many of so many suits dismissed can tell, and what it leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import THOUSAND, Draft, case, choice, helper, pick, principal, turn
from simlib.uncertainty.counts import CLAIMS, exact_interval, splits

if TYPE_CHECKING:
    import numpy

TOTALS = (30, 36, 42, 48, 54, 60, 66)
OTHERS = (5, 6, 7, 8)  # suits that were not dismissed
READ = (4, 5, 6, 8)  # rulings, and judgments, that somebody has read
WIDTHS = {"quarter": 0.25, "half": 0.5, "same": 1.0}
CLAIMS_SHOWN = ("dismissed", "trend", "region", "unfiled")  # claims put before the reader


def count(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for a rate, what it leaves open, the effect of more cases, claims and missing data."""
    total, others = turn(seed, TOTALS, 3), turn(seed, OTHERS)
    rulings, judgments = pick(rng, READ), pick(rng, READ)
    dismissed = total - others
    ways = splits(dismissed, total)
    values = {
        "total_number": total,
        "hits_number": dismissed,
        "others_number": others,
        "rulings_number": rulings,
        "judgments_number": judgments,
        "unread_number": dismissed - rulings - judgments,
        "rate_share": dismissed / total,
        "low_share": ways[judgments][2],
        "high_share": ways[dismissed - rulings][2],
        "most_share": ways[-1][2],
        "four_number": 4 * total,
    }
    facts = case("count", 25 * THOUSAND, principal(sued=False), helper())
    shown = (Phrase("count.facts", values), Phrase("count.read", values))
    return Draft(facts, shown, _steps(dismissed, total), values)


def _steps(dismissed: int, total: int) -> tuple[Step, ...]:
    (known,) = (claim for claim in CLAIMS_SHOWN if CLAIMS[claim])
    return (
        choice("rate", "data", "division", ("division", "courts", "next"), "rate",
               cites=("paper:filing",)),
        choice("open", "data", "between", ("point", "between", "whole"), "open"),
        choice("more", "data", _width(dismissed, total), tuple(WIDTHS), "more"),
        choice("claim", "data", known, CLAIMS_SHOWN, "claim", cites=("paper:filing",)),
        choice("needed", "data", "denominator", ("more_hits", "denominator", "statute"), "needed"),
    )  # fmt: skip


def _width(dismissed: int, total: int) -> str:
    """Tell how an interval's width changes with four times the cases at the same share."""
    once, more = exact_interval(dismissed, total), exact_interval(4 * dismissed, 4 * total)
    ratio = (more[1] - more[0]) / (once[1] - once[0])
    return min(WIDTHS, key=lambda name: abs(WIDTHS[name] - ratio))
