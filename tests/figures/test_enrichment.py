"""Tort beside unjust enrichment as tables: every number by hand."""

from __future__ import annotations

import pytest

from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.enrichment import assess
from simlib.figures.enrichment import draw_claims, draw_elements
from simlib.text import LANGS

TWIN = "hengnan-hengyang"


def rows(case, party, lang="zh"):
    """The texts of the claims' table, without the names of the claims."""
    exposure = decide(case, "auto").parties[party].exposure_fen
    drawing = draw_claims(case, exposure, assess(case, party), lang)
    return [[cell.text for cell in row[2:]] for row in drawing.rows]


def test_three_claims_of_the_twin_by_hand():
    """Tort joint 70 000; booked 70 000; kept 2 100 × 70/700 = 210, of the rest up to 69 790 by 987.

    Either tort or enrichment, so 70 000 in all, never 70 210 or 140 000.
    """
    case = load_case(TWIN).set({"card-long.held_fen": 0})
    assert rows(case, "long") == [
        ["70000元", "—", "70000元"],
        ["70000元", "0元", "70000元"],
        ["210元", "0–69790元", "70000元"],
    ]


def test_own_fault_parts_the_two_claims():
    """v = .8 for all: tort 70 000 × .2 = 14 000, return still 70 000 or 210; in all the larger."""
    case = load_case(TWIN).set({"card-long.held_fen": 0, "min.fault": 0.8})
    assert [row[0] for row in rows(case, "long")][0] == "70000元"  # he knew: not let off
    case = case.set({"rules.victim_fault": "on"})
    assert [row[0] for row in rows(case, "long")] == ["14000元", "70000元", "210元"]
    assert [row[2] for row in rows(case, "long")] == ["14000元", "70000元", "14000元"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", shipped_cases())
def test_every_case_can_be_drawn(name, lang):
    """Each party but victims and principals: three claims, four elements and faith, all said."""
    case = load_case(name)
    outcome = decide(case, "auto")
    for party in case.parties:
        if party.role in ("victim", "principal") or party.id not in outcome.parties:
            continue
        found = assess(case, party.id)
        claims = draw_claims(case, outcome.parties[party.id].exposure_fen, found, lang)
        elements = draw_elements(found, lang)
        assert (len(claims.rows), len(elements.rows)) == (3, 5)
        assert all(cell.text for row in (*claims.rows, *elements.rows) for cell in row)
        assert getattr(party.name, lang) in claims.sentence
