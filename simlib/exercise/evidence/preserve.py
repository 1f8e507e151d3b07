"""How to keep a piece of evidence from being lost: by what way, on what article, by what day."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from simlib.evidence import Facts, clock, pieces, read_deposit
from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import (
    DECIDED_ON,
    LOSSES,
    Draft,
    case,
    choice,
    helper,
    principal,
    shuffled,
    turn,
)
from simlib.law.period import after
from simlib.procedure.tracks import limit_end

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case

DAYS = tuple(datetime.date.fromisoformat(day) for day in ("2022-10-05", "2023-05-10", "2023-08-31"))
NEEDED_DAYS = 400  # from the loss to the day the piece is to be used
DAY = datetime.timedelta(1)
OUTCOMES = ("confirmed", "presumed", "to_prove", "rebutted", "not_confirmed")
OWN = {"id": "her-chat", "kind": "chat", "holder": "victim"}


class Situation(NamedTuple):
    """Which piece is in question, and whether she has sued."""

    kind: str
    sued: bool = False


SITUATIONS = {
    "chat_before": Situation("chat"),
    "log_during": Situation("log", sued=True),
    "bank": Situation("bank-records"),
    "log_before": Situation("log"),
    "chat_during": Situation("chat", sued=True),
    "own": Situation("screenshot"),
}
BASIS = {"before": "before", "during": "during", "collect": "collect", "own": "notary"}
CITES = {
    "before": ("civil-procedure-law:84(2)",),
    "during": ("civil-procedure-law:84(1)",),
    "collect": ("civil-procedure-law:67(2)", "civil-procedure-law:70(1)"),
    "own": ("evidence-rules:94(2)", "evidence-rules:15(2)"),
}
TIMES = {
    "before": (
        "civil-procedure-law:84(3)",
        "civil-procedure-law:104(2)",
        "civil-procedure-law:104(3)",
    ),  # fmt: skip
    "during": ("civil-procedure-law:84(3)",),
    "collect": ("anti-money-laundering-law:34(3)",),
}


def preserve(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask whether the piece may be lost, what she should do, on what article, and by what day."""
    name, acted, loss = turn(seed, tuple(SITUATIONS)), turn(seed // 6, DAYS), turn(seed, LOSSES, 3)
    situation = SITUATIONS[name]
    facts = _case(situation, acted, loss)
    lapse, needed = _lapse(facts, situation), after(acted, days=NEEDED_DAYS)
    danger = "hers" if lapse is None else "gone" if lapse < needed else "kept"
    way = {"hers": "own", "kept": "collect"}.get(danger, "during" if situation.sued else "before")
    days = _days(situation, acted, lapse)
    values: dict[str, object] = {f"{key}_day": day for key, day in days.items()}
    values |= {
        "acted_day": acted,
        "needed_day": needed,
        "kept_number": 0 if lapse is None else (lapse - acted).days,
        "loss_fen": loss,
        "way_word": f"option.way.{way}.label",
    }
    if situation.kind in ("chat", "log"):
        ruled = limit_end("preservation.ruling", days["right"])
        values["sue_day"] = limit_end("preservation.suit", ruled)
        held = dict(values)
        values |= {name: Phrase(f"preserve.{name}.{way}", held) for name in ("follow", "rule")}
    shown = (Phrase("preserve.facts", values), Phrase(f"preserve.situation.{name}", values))
    kind = {"collect": "bank", "own": "own"}.get(way, situation.kind)
    return Draft(facts, shown, _steps(rng, danger, way, days), values, kind)


def _case(situation: Situation, acted: datetime.date, loss: int) -> Case:
    evidence = [OWN] if situation.kind == "screenshot" else []
    people = (principal(sued=False), helper())
    return case("preserve", loss, *people, acted_on=acted, evidence=evidence)


def _lapse(facts: Case, situation: Situation) -> datetime.date | None:
    """Return the last day on which the holder has it; None where no clock runs."""
    piece = next(piece for piece in pieces(facts) if piece.kind.id == situation.kind)
    return clock(piece, facts).lapses_on


def _days(
    situation: Situation, acted: datetime.date, lapse: datetime.date | None
) -> dict[str, datetime.date]:
    """Return the day asked for, then those of the usual slips."""
    if lapse is None:
        return {}
    if situation.kind == "bank-records":
        months = {"six": 6, "three": 36, "ten": 120}
        return {"right": lapse, **{name: after(acted, months=n) for name, n in months.items()}}
    slip = (
        {"six": after(acted, months=6)}
        if situation.kind == "chat"
        else {"rough": _latest(after(acted, days=6 * 30))}
    )
    return {"right": _latest(lapse), "end": lapse, "late": lapse + 30 * DAY, **slip}


def _latest(lapse: datetime.date) -> datetime.date:
    """Return the last day of an application on which the court may still rule in time."""
    day = lapse
    while limit_end("preservation.ruling", day) > lapse:
        day -= DAY
    return day


def _steps(
    rng: numpy.random.Generator, danger: str, way: str, days: dict[str, datetime.date]
) -> tuple[Step, ...]:
    if way == "own":
        found = read_deposit(Facts(notarised=True, original=True), DECIDED_ON)
        last = choice("worth", "integrity", found.outcome, OUTCOMES, "reading", cites=found.cites)
    else:
        group = "records" if way == "collect" else "latest"
        last = choice("day", "time", "right", shuffled(rng, tuple(days)), group, cites=TIMES[way])
    return (
        choice("danger", "time", danger, ("gone", "kept", "hers"), "danger"),
        choice("way", "proof", way, ("before", "during", "collect", "own", "police"), "way"),
        choice("basis", "basis", BASIS[way], ("during", "before", "collect", "notary", "assets"),
               "ground", cites=CITES[way]),
        last,
    )  # fmt: skip
