"""How lesson 02 names procedures, grades and pieces of evidence, the same in every figure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case, Event
    from simlib.fault import Finding

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
    return name if mark == "found" else phrase(f"found.with_{mark}", lang, grade=name)


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
    return phrase(f"found.reading_{finding.rebuttal}", lang, burden=name)


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
