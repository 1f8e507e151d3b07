"""A grade of fault that was not found out: what is supposed of it, one grade after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.case.checks import ANSWERS_BY_FAULT, GRADES
from simlib.case.fields import Facts, Words
from simlib.case.tables import Position
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case

STAND_IN = "slight"  # what a page writes as the grade of one whose grade was not found out


def open_grades(case: Case) -> tuple[str, ...]:
    """List by id whose grade of fault was not found out, of those who answer by it."""
    return tuple(p.id for p in case.parties if p.grade_open and p.role in ANSWERS_BY_FAULT)


def with_grades(case: Case) -> Case:
    """Return the case with a setting for each grade of each such party, before its own settings.

    The first of them is what the file itself says meanwhile.
    """
    added = [each for id in open_grades(case) for each in _settings(case, id)]
    return case.model_copy(update={"positions": (*added, *case.positions)}) if added else case


def first_of(case: Case) -> str:
    """Return the id of the setting in which a lesson opens a case; empty: it has none."""
    positions = with_grades(case).positions
    return positions[0].id if positions else ""


def _settings(case: Case, id: str) -> list[Position]:
    party = case.party(id)
    grades = sorted(GRADES, key=lambda grade: grade != party.grade)
    return [
        Position(
            id=f"supposed-{grade}-{case.parties.index(party)}",
            title=Words(
                zh=_title(party.name.zh, grade, "zh"), en=_title(party.name.en, grade, "en")
            ),
            kind="assumed",
            set=Facts({f"{id}.grade": grade}),
        )
        for grade in grades
    ]


def _title(who: str, grade: str, lang: str) -> str:
    said = words("terms", f"grades.{grade}", lang)
    return words("lab", "own.supposed", lang, who=who, what=said)
