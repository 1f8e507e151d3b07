"""Three ways to join the dimensions, side by side, and the other helpers' shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.drawing import Cell, Drawing
from simlib.figures.riskbenefit.reckoned import node_of, number_of
from simlib.figures.riskbenefit.rows import Row, bars_of, rows_figure, whole_yuan
from simlib.figures.style import ROLES
from simlib.interval import high_end, low_end
from simlib.text import percent, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case
    from simlib.interval import ShareRange
    from simlib.liability import Outcome


def draw_ways(case: Case, outcomes: Mapping[str, Outcome], party: str, lang: str = "zh") -> Drawing:
    """Draw the helper's share under each way of joining, a band where facts are open."""
    rows = [_row(way, o.parties[party].share, lang) for way, o in outcomes.items()]
    table = tuple(_cells(way, o, party, lang) for way, o in outcomes.items())
    axis = words("riskbenefit_lab", "share.axis", lang)
    figure = rows_figure(rows, (0, _top(outcomes, party)), axis)
    columns = ("ways.way", "ways.how", "ways.own", "ways.share", "path.amount")
    shares = [o.parties[party].share for o in outcomes.values()]
    low, high = min(map(low_end, shares)), max(map(high_end, shares))
    sentence = words("riskbenefit_lab", "ways.sentence", lang,
                     who=getattr(case.party(party).name, lang),
                     low=percent(low, lang), high=percent(high, lang))  # fmt: skip
    named = tuple(words("riskbenefit_lab", c, lang) for c in columns)
    return Drawing(figure, named, table, sentence)


def _row(way: str, share: ShareRange, lang: str) -> Row:
    name = words("riskbenefit_lab", f"way.{way}", lang)
    text = words("riskbenefit_lab", "ways.row", lang, way=name, share=percent(share, lang))
    return Row(text, bars_of(share, ROLES["helper"]))


def _cells(way: str, outcome: Outcome, party: str, lang: str) -> tuple[Cell, ...]:
    decided, own = outcome.parties[party], node_of(outcome, "model_share", party)
    return (
        Cell(words("riskbenefit_lab", f"way.{way}", lang)),
        Cell(words("riskbenefit_lab", f"ways.{way}", lang)),
        Cell(percent(number_of(own.value) if own else 0, lang), f"{way}|model_share|{party}"),
        Cell(percent(decided.share, lang), f"{way}|share|{party}"),
        Cell.of_money(whole_yuan(decided.exposure_fen), lang, f"{way}|exposure|{party}"),
    )


def _top(outcomes: Mapping[str, Outcome], party: str) -> float:
    most = max(float(high_end(o.parties[party].share)) for o in outcomes.values())
    return min(1.0, max(0.2, most * 1.15))
