"""Whether she may sue again, until when she may sue another, and before which court."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from simlib import decide
from simlib.exercise.model import Phrase, Step
from simlib.exercise.variant import (
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
from simlib.liability import last_days
from simlib.liability.limitation import OUTER_YEARS, YEARS, years_after
from simlib.procedure import refile_after

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case

PAST = ("not_accepted", "claim_dismissed", "suit_dismissed", "judgment")
EFFECTIVE = tuple(
    datetime.date.fromisoformat(day) for day in ("2024-02-29", "2024-06-12", "2024-10-31")
)
REPORTED = tuple(
    datetime.date.fromisoformat(day)
    for day in ("2023-05-11", "2023-05-13", "2023-05-20", "2023-06-01", "2023-05-31")
)
NEXT = {"new": "refile", "barred": "barred"}


def again(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask whether A may be sued again, the last day to sue B, and the court for B."""
    past, loss = turn(seed, PAST), turn(seed, LOSSES, 3)
    effective, reported = turn(seed, EFFECTIVE), turn(seed, REPORTED)
    facts = _case(loss, reported, effective)
    days = _days(facts, reported)
    values: dict[str, object] = {f"{name}_day": day for name, day in days.items()}
    values |= {
        "loss_fen": loss,
        "acted_day": ACTED_ON,
        "reported_day": reported,
        "effective_day": effective,
        "past_word": f"again.past.{past}",
    }
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


def _days(facts: Case, reported: datetime.date) -> dict[str, datetime.date]:
    """Return the last day to sue B, and those of the usual slips."""
    clocks = {clock.party: clock for clock in last_days(facts, decide(facts, "auto"))}
    return {
        "right": clocks["B"].last_on,
        "act": years_after(ACTED_ON, YEARS),
        "report": years_after(reported, YEARS),
        "twenty": years_after(ACTED_ON, OUTER_YEARS),
    }


def _steps(
    rng: numpy.random.Generator, after: str, days: dict[str, datetime.date]
) -> tuple[Step, ...]:
    law = "212" if after == "new" else "247"
    return (
        choice("again", "document", NEXT[after], ("refile", "barred", "lapsed"), "return",
               cites=(f"civil-procedure-interpretation:{law}",)),
        choice("last", "time", "right", shuffled(rng, tuple(days)), "limit",
               cites=("civil-code:188(1)", "limitation-rules:13")),
        choice("court", "document", "tort", ("own", "tort", "criminal"), "court",
               also=("own",),
               cites=("civil-procedure-law:29", "civil-procedure-interpretation:25")),
    )  # fmt: skip
