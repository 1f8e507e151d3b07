"""What courts ordered, as points, beside what the model gives under these assumptions, as bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.figures.drawing import Cell, Cells, Drawing
from simlib.figures.markup import bold
from simlib.figures.riskbenefit.rows import POINT, Bar, Row, bars_of, rows_figure, whole_yuan
from simlib.figures.style import BASIS, RULING
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import FenRange, ShareRange


@dataclass(frozen=True, slots=True)
class Place:
    """A case at one of its positions, and the model's share there."""

    position: str
    share: ShareRange
    exposure_fen: FenRange


def draw_courts(cases: Sequence[tuple[Case, Sequence[Place]]], lang: str = "zh") -> Drawing:
    """Draw each real case: a band a position, a point a ruling; never a distribution."""
    rows: list[Row] = []
    table: list[Cells] = []
    for case, places in cases:
        title = getattr(case.title, lang)
        short = title.split("：")[0].split(":")[0].split("(70")[0]
        rows.append(Row(bold(short)))
        for place in places:
            name = _position(case, place.position, lang)
            share = percent(place.share, lang)
            text = words("riskbenefit_lab", "courts.model", lang, position=name, share=share)
            rows.append(Row(text, bars_of(place.share, BASIS["reform proposal"])))
            table.append(_line(short, name, "courts.assumed", share, place.exposure_fen, lang))
        for ruling in case.rulings:
            ordered = ruling.amount_fen
            assert ordered is not None  # the cases shown are those whose amounts were published
            part = ordered / case.loss_fen
            share = percent(part, lang)
            court = getattr(ruling.court, lang)
            text = words("riskbenefit_lab", "courts.court", lang, court=court, share=share)
            rows.append(Row(text, (Bar(part, part, RULING, POINT),)))
            table.append(_line(short, court, "courts.ordered", share, ordered, lang))
    figure = rows_figure(rows, (0, 1.04), words("riskbenefit_lab", "share.axis", lang))
    columns = ("courts.case", "courts.what", "courts.kind", "ways.share", "path.amount")
    named = tuple(words("riskbenefit_lab", c, lang) for c in columns)
    return Drawing(figure, named, tuple(table), words("riskbenefit_lab", "courts.sentence", lang))


def _position(case: Case, id: str, lang: str) -> str:
    title: str = next(getattr(p.title, lang) for p in case.positions if p.id == id)
    return title


def _line(case: str, what: str, kind: str, share: str, fen: FenRange, lang: str) -> Cells:
    named = words("riskbenefit_lab", kind, lang)
    return (Cell(case), Cell(what), Cell(named), Cell(share), Cell(amount(whole_yuan(fen), lang)))
