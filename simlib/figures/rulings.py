"""What the decisions of a case ordered and cited, each article as on its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.errors import UnknownName
from simlib.law.citation import article
from simlib.law.dated import ACTED, Days
from simlib.text import cite_for, name_unheld, words

if TYPE_CHECKING:
    import datetime

    from simlib.case.model import Case, Ruling

REFERENCE = "anti-fraud-law:46"  # only refers to the Civil Code, so that its date changes nothing


def ordered(case: Case) -> list[Ruling]:
    """List the decisions that order an amount, the last one last."""
    return [ruling for ruling in case.rulings if ruling.amount_fen is not None]


def ruling_of(case: Case, row: str) -> Ruling | None:
    """Return the decision of a row, `court` or `court:0`; None: the case has none."""
    found, place = ordered(case), row.partition(":")[2]
    last = len(found) - 1
    return found[min(int(place), last) if place.isdigit() else last] if found else None


def told(case: Case, ruling: Ruling, lang: str) -> list[str]:
    """Say of a decision its court, what it held, what it cited, and whether it was read."""
    court, docket, held = (
        getattr(label, lang) if label else ""
        for label in (ruling.court, ruling.docket, ruling.words)
    )
    cites = cited(case, ruling, lang)
    lines = [
        "　".join(text for text in (court, docket) if text),
        held,
        words("case", "rulings.cites", lang, cites=cites) if cites else "",
        words("case", "rulings.unverified", lang) if case.basis == "reported" else "",
    ]
    return [line for line in lines if line]


def cited(case: Case, ruling: Ruling, lang: str) -> str:
    """Return what a court cited, also where we do not hold the article."""
    days = days_of(case, ruling)
    return words("case_lesson", "board.between", lang).join(
        cite_for(c, days, lang)
        if is_held(c)
        else words("case", "rulings.unheld", lang, cite=name_unheld(c, lang))
        for c in ruling.cites
    )


def referred(case: Case, ruling: Ruling) -> datetime.date | None:
    """Return the day from which a law was in force that a court cited and that only refers on.

    None: it did not cite it, or the act was not before that day.
    """
    ours = [c for c in ruling.cites if is_held(c) and article(c).id == REFERENCE]
    late = any(is_too_late(c, days_of(case, ruling)) for c in ours)
    return article(REFERENCE, case.acted_on).since if late else None


def days_of(case: Case, ruling: Ruling) -> Days:
    """Return the day of the act, and the day of this ruling if known, else that of the case."""
    return Days(case.acted_on, ruling.on or case.decided_on)


def is_held(id: str) -> bool:
    """Tell whether we hold an article: a reader's own file may cite what we do not."""
    try:
        return bool(article(id))
    except UnknownName:
        return False


def is_too_late(id: str, days: Days) -> bool:
    """Tell whether a norm of conduct began only after the act."""
    version = article(id, days.acted_on)
    of_conduct = version.since is not None and version.dated_by == ACTED
    return of_conduct and not version.holds_on(days.acted_on)
