"""Whether she may sue again, until when she may sue another, and before which court."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from simlib import decide
from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import (
    ACTED_ON,
    LOSSES,
    Draft,
    case,
    choice,
    helper,
    principal,
    shuffled,
    turn,
)
from simlib.law.limitation import OUTER_YEARS, YEARS, period_end
from simlib.law.period import MONTHS
from simlib.law.period import after as period_after
from simlib.liability import last_days
from simlib.procedure import refile_after

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case

PAST = ("not_accepted", "claim_dismissed", "suit_dismissed", "judgment")
EFFECTIVE = tuple(
    datetime.date.fromisoformat(day)
    for day in ("2024-02-29", "2024-06-12", "2024-04-08", "2024-10-31", "2024-07-19")
)  # three years later: a Sunday, a Saturday, a Thursday, a Sunday, a Monday
REPORTED = tuple(
    datetime.date.fromisoformat(day)
    for day in ("2023-05-12", "2023-05-13", "2023-05-20", "2023-06-01", "2023-05-31")
)
NEXT = {"new": "refile", "barred": "barred"}


def again(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask whether A may be sued again, the last day to sue B, and the court for B."""
    past, loss = turn(seed, PAST), turn(seed, LOSSES, 3)
    effective, reported = turn(seed, EFFECTIVE), turn(seed, REPORTED)
    facts = _case(loss, reported, effective)
    days = _days(facts, reported, effective)
    values: dict[str, object] = {f"{name}_day": day for name, day in days.items()}
    values |= {
        "loss_fen": loss,
        "acted_day": ACTED_ON,
        "reported_day": reported,
        "effective_day": effective,
        "past_word": f"again.past.{past}",
    }
    values["moved"] = _moved(days, values)
    after = refile_after(past)
    assert after is not None  # each of PAST ends the suit
    shown = (Phrase("again.facts", values), Phrase("again.second", values))
    return Draft(facts, shown, _steps(rng, after, days), values, NEXT[after])


def _case(loss: int, reported: datetime.date, effective: datetime.date) -> Case:
    crimes = [
        {"party": id, "charge": "assisting", "status": "effective", "effective_on": effective}
        for id in ("A", "B")
    ]
    people = (principal(sued=False), helper(), helper("B"))
    return case("again", loss, *people, reported_on=reported, criminal=crimes)


def _days(
    facts: Case, reported: datetime.date, effective: datetime.date
) -> dict[str, datetime.date]:
    """Return the last day to sue B, and those of the usual slips.

    `raw` is the corresponding day, where that lies in a weekend.
    """
    clocks = {clock.party: clock for clock in last_days(facts, decide(facts, "auto"))}
    right, raw = clocks["B"].last_on, period_after(effective, months=MONTHS * YEARS)
    return {
        "right": right,
        **({} if raw == right else {"raw": raw}),
        "act": period_end(ACTED_ON, YEARS),
        "report": period_end(reported, YEARS),
        "twenty": period_end(ACTED_ON, OUTER_YEARS),
    }


def _moved(days: dict[str, datetime.date], values: dict[str, object]) -> Phrase:
    """Return what is said of a last day that lies in a weekend, or lies in none."""
    if "raw" not in days:
        return Phrase("again.moved.stays", dict(values))
    weekday = f"deadline.weekday.{days['raw'].weekday()}"
    return Phrase("again.moved.monday", {**values, "weekday_word": weekday})


def _steps(
    rng: numpy.random.Generator, after: str, days: dict[str, datetime.date]
) -> tuple[Step, ...]:
    law = "212" if after == "new" else "247"
    return (
        choice("again", "document", NEXT[after], ("refile", "barred", "lapsed"), "return",
               cites=(f"civil-procedure-interpretation:{law}",)),
        choice("last", "time", "right", shuffled(rng, tuple(days)), "limit",
               cites=("civil-code:188(1)", "limitation-rules:13", "civil-code:202",
                      "civil-code:203(1)")),
        choice("court", "document", "tort", ("own", "tort", "criminal"), "court",
               also=("own",),
               cites=("civil-procedure-law:29", "civil-procedure-interpretation:25")),
    )  # fmt: skip
