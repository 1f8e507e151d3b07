"""How lesson 02 names procedures, grades and pieces of evidence, the same in every figure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from simlib.fault import REVIEWS
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case, Event
    from simlib.fault import Finding
    from simlib.interval import FenRange

CHINA = datetime.timezone(datetime.timedelta(hours=8))


def phrase(key: str, lang: str, **values: object) -> str:
    """Return words of lesson 02."""
    return words("fault_lab", key, lang, **values)


def engine(key: str, lang: str) -> str:
    """Return words for keys of the engine."""
    return words("fault", key, lang)


def name_of(burden: str, review: str) -> str:
    """Return the key of a procedure: burden and review."""
    return f"{burden}.{review}"


def grade_words(grade: str, lang: str) -> str:
    """Return the short name of a grade."""
    return words("terms", f"grades.{grade}", lang)


def graded_words(finding: Finding, lang: str) -> str:
    """Name a grade, and whether it is presumed or fixed by a judgment."""
    name, mark = grade_words(finding.grade, lang), mark_of(finding)
    return name if mark == "found" else phrase(f"ladder.with_{mark}", lang, grade=name)


def mark_of(finding: Finding) -> str:
    """Return how a grade was reached: `found`, `inferred` from other facts by a court that must be
    convinced, `presumed`, or `locked` by a judgment in force."""
    if finding.locked:
        return "locked"
    if not finding.presumed:
        return "found"
    return "inferred" if finding.burden == "plaintiff" else "presumed"


def burden_words(finding: Finding, lang: str) -> str:
    """Name a burden, and by which reading of 足以反驳 it is applied."""
    name = engine(f"burden.{finding.burden}.name", lang)
    if not finding.infers:
        return name
    return phrase(f"ladder.reading_{finding.rebuttal}", lang, burden=name)


def otherwise_words(
    findings: Mapping[str, Finding], owed: Mapping[str, FenRange | None], lang: str
) -> str:
    """Say what inference gives on the other reading of 足以反驳, by each review it moves."""
    row = [findings[name_of("factual_inference", review)] for review in reversed(REVIEWS)]
    if not row[0].infers:
        return ""
    parting = [_otherwise(f, owed, lang) for f in row if f.otherwise != f.grade]
    return "".join(parting) or phrase("ladder.otherwise_same", lang)


def _otherwise(finding: Finding, owed: Mapping[str, FenRange | None], lang: str) -> str:
    money = owed[finding.otherwise]
    return phrase(
        f"ladder.otherwise_{finding.rebuttal}",
        lang,
        review=engine(f"review.{finding.review}.name", lang),
        grade=grade_words(finding.grade, lang),
        other=grade_words(finding.otherwise, lang),
        owed="—" if money is None else amount(money, lang),
    )


def piece(case: Case, id: str, lang: str) -> str:
    """Name a piece of evidence."""
    evidence = next((e for e in case.evidence if e.id == id), None)
    return getattr(evidence.name, lang) if evidence and evidence.name else id


def pieces(case: Case, ids: Iterable[str], lang: str) -> str:
    """Name several pieces of evidence, or return a dash."""
    return phrase("table.between", lang).join(piece(case, id, lang) for id in ids) or "—"


def moment(event: Event, lang: str) -> str:
    """Write an event's day and time in China; the day alone where no time is known."""
    if event.at is None:
        assert event.on is not None  # the model requires a day or a time
        return phrase("log.day", lang, month=event.on.month, day=event.on.day)
    at = event.at.astimezone(CHINA)
    return phrase("log.time", lang, month=at.month, day=at.day, clock=f"{at:%H:%M}")
