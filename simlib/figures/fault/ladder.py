"""The ladder of grades: where each burden and each review puts the same evidence.

Five steps, no distances: a grade is higher than another, never twice as high.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from simlib.fault import BURDENS, GRADES, REVIEWS
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.fault.names import (
    burden_words,
    grade_words,
    graded_words,
    mark_of,
    name_of,
    otherwise_words,
    phrase,
)
from simlib.figures.markup import BREAK, bold
from simlib.figures.style import ANSWER, FONT, GRID, INK, PAPER, REVIEW, SOFT, Spec, layout
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.fault import Finding
    from simlib.interval import FenRange

TITLE_PX, TILE_PX, GAP_PX, FOOT_PX, HEAD_PX = 26, 30, 12, 28, 52
BLOCK_PX = TITLE_PX + TILE_PX * len(REVIEWS) + GAP_PX
INSET = 0.04  # of a tile, between neighbours
LETTER_PX, SMALL_PX = 13, 11  # on a desktop, on a phone


def draw_ladder(
    findings: Mapping[str, Finding],
    owed: Mapping[str, FenRange | None],
    burden: str,
    forms: Mapping[str, str],
    lang: str = "zh",
    guess: str | None = None,
    kept: Mapping[str, str] | None = None,
) -> Drawing:
    """Draw the grades that three burdens and two reviews give the same evidence.

    Parameters
    ----------
    findings
        `burden.review` → finding, for all six
    owed
        grade → what may be claimed of the helper under the law in force [fen]; None: no answer
    burden
        the one the reader chose
    forms
        grade → form of liability under the law of the case's day
    guess
        the grade the reader answered
    kept
        `burden.review` → A's grade

    Returns
    -------
    Drawing
        a row of five steps for each procedure, filled up to the grade it gives
    """
    height = BLOCK_PX * len(BURDENS) + (FOOT_PX if guess else 0)
    figure: Spec = {
        "data": [_tiles(findings), _marks(findings, lang), *_kept(kept or {})],
        "layout": layout(
            height + HEAD_PX,
            shapes=[*_chosen(burden), *_guess(guess)],
            annotations=[*_titles(findings, burden, lang), *_answer(guess, height, lang)],
            barmode="overlay",
            showlegend=False,
            margin={"l": 8, "r": 8, "t": HEAD_PX, "b": 4},
            font={"family": FONT, "size": LETTER_PX, "color": INK},
            meta={"phone": {"font": {"family": FONT, "size": SMALL_PX, "color": INK}}},
            xaxis=_steps(forms, lang),
            yaxis=_rows(height, lang),
        ),
    }
    columns = ("burden", "formal_grade", "formal_owed", "real_grade", "real_owed", "basis")
    return Drawing(
        figure,
        tuple(phrase(f"ladder.{name}", lang) for name in columns),
        tuple(_row(findings, owed, b, lang) for b in BURDENS),
        _sentence(findings, owed, burden, lang),
    )


def _places() -> Iterator[tuple[str, str, float]]:
    """Map each procedure to the middle of its row, from the top [pixels]."""
    for n, burden in enumerate(BURDENS):
        for k, review in enumerate(REVIEWS):
            yield burden, review, n * BLOCK_PX + TITLE_PX + (k + 0.5) * TILE_PX


def _tiles(findings: Mapping[str, Finding]) -> Spec:
    y, base, fill = [], [], []
    for burden, review, at in _places():
        reached = GRADES.index(findings[name_of(burden, review)].grade)
        full, passed, _ = REVIEW[review]
        for step in range(len(GRADES)):
            y.append(at)
            base.append(step + INSET)
            fill.append(full if step == reached else passed if step < reached else PAPER)
    return {
        "type": "bar",
        "orientation": "h",
        "y": y,
        "base": base,
        "x": [1 - 2 * INSET] * len(y),
        "width": TILE_PX - 6,
        "marker": {"color": fill, "line": {"color": GRID, "width": 1}},
        "hoverinfo": "skip",
    }


def _marks(findings: Mapping[str, Finding], lang: str) -> Spec:
    """Mark on the step reached whether it is found, presumed, or fixed by a judgment."""
    x, y, text, color = [], [], [], []
    for burden, review, at in _places():
        finding = findings[name_of(burden, review)]
        x.append(GRADES.index(finding.grade) + 0.5)
        y.append(at)
        text.append(phrase(f"ladder.mark_{mark_of(finding)}", lang))
        color.append(REVIEW[review][2])
    return {
        "type": "scatter",
        "mode": "text",
        "x": x,
        "y": y,
        "text": text,
        "textfont": {"color": color},
        "hoverinfo": "skip",
    }


def _kept(kept: Mapping[str, str]) -> list[Spec]:
    """Mark A's grade by a diamond."""
    if not kept:
        return []
    places = [(GRADES.index(kept[name_of(b, r)]) + 0.86, at) for b, r, at in _places()]
    return [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [x for x, _ in places],
            "y": [y for _, y in places],
            "text": ["A"] * len(places),
            "textfont": {"size": 10, "color": INK},
            "marker": {
                "symbol": "diamond", "size": 17, "color": PAPER, "line": {"color": INK, "width": 2},
            },
            "hoverinfo": "skip",
        }
    ]  # fmt: skip


def _steps(forms: Mapping[str, str], lang: str) -> Spec:
    """Describe five steps, each with the form of liability the law gives it."""
    names = [
        bold(phrase(f"ladder.grade.{g}", lang)) + BREAK + phrase(f"ladder.form.{forms[g]}", lang)
        for g in GRADES
    ]
    return {
        "side": "top",
        "range": [0, len(GRADES)],
        "tickvals": [n + 0.5 for n in range(len(GRADES))],
        "ticktext": names,
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _rows(height: int, lang: str) -> Spec:
    places = list(_places())
    return {
        "range": [height, 0],
        "tickvals": [at for _, _, at in places],
        "ticktext": [phrase(f"ladder.review.{review}", lang) for _, review, _ in places],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    }


def _titles(findings: Mapping[str, Finding], burden: str, lang: str) -> list[Spec]:
    return [
        {
            "text": bold(_title(findings[name_of(b, REVIEWS[0])], b == burden, lang)),
            "x": INSET,
            "y": n * BLOCK_PX + TITLE_PX / 2 + 2,
            "xanchor": "left",
            "showarrow": False,
        }
        for n, b in enumerate(BURDENS)
    ]


def _title(finding: Finding, chosen: bool, lang: str) -> str:
    name = burden_words(finding, lang)
    return phrase("ladder.chosen", lang, burden=name) if chosen else name


def _chosen(burden: str) -> list[Spec]:
    top = BURDENS.index(burden) * BLOCK_PX
    place = {"x0": 0, "x1": len(GRADES), "y0": top + 1, "y1": top + BLOCK_PX - GAP_PX / 2}
    return [{"type": "rect", **place, "layer": "below", "fillcolor": SOFT, "line": {"width": 0}}]


def _guess(guess: str | None) -> list[Spec]:
    """Frame the reader's answer in each burden's rows."""
    if guess is None:
        return []
    at = GRADES.index(guess)
    line = {"color": ANSWER, "width": 2, "dash": "dot"}
    tops = [n * BLOCK_PX + TITLE_PX for n in range(len(BURDENS))]
    tall = TILE_PX * len(REVIEWS)
    return [
        {"type": "rect", "x0": at, "x1": at + 1, "y0": top, "y1": top + tall, "line": line}
        for top in tops
    ]


def _answer(guess: str | None, height: int, lang: str) -> list[Spec]:
    if guess is None:
        return []
    at = GRADES.index(guess)
    side = "left" if at < 2 else "right" if at > 2 else "center"
    x = {"left": at, "right": at + 1, "center": at + 0.5}[side]
    text = phrase("ladder.answer", lang, grade=grade_words(guess, lang))
    return [
        {
            "text": text, "x": x, "y": height - FOOT_PX / 2, "xanchor": side, "showarrow": False,
            "font": {"color": ANSWER},
        }
    ]  # fmt: skip


# ---------------------------------------------------------------- table and sentence


def _row(
    findings: Mapping[str, Finding], owed: Mapping[str, FenRange | None], burden: str, lang: str
) -> tuple[Cell, ...]:
    first = findings[name_of(burden, REVIEWS[0])]
    cells = [Cell(burden_words(first, lang), f"{name_of(burden, REVIEWS[1])}||")]
    for review in REVIEWS:
        name = name_of(burden, review)
        finding = findings[name]
        form = phrase(f"ladder.form.{finding.mode}", lang)
        text = phrase("ladder.leads", lang, grade=graded_words(finding, lang), form=form)
        cells.append(Cell(text, f"{name}|grade|"))
        cells.append(_money(owed[finding.grade], f"{name}|exposure|", lang))
    return (*cells, Cell(words("terms", f"bases.{first.basis}", lang)))


def _money(fen: FenRange | None, asks: str, lang: str) -> Cell:
    return Cell("—") if fen is None else Cell.of_money(fen, lang, asks)


def _sentence(
    findings: Mapping[str, Finding], owed: Mapping[str, FenRange | None], burden: str, lang: str
) -> str:
    """Say what both reviews give under the chosen burden, what the other reading of 足以反驳 gives
    under inference, and how far all six differ."""
    pair = [findings[name_of(burden, review)] for review in REVIEWS]
    values: dict[str, str] = {}
    for key, finding in zip(("formal", "real"), pair, strict=True):
        money = owed[finding.grade]
        values[key] = graded_words(finding, lang)
        values[f"{key}_owed"] = "—" if money is None else amount(money, lang)
    flip = "flips" if pair[0].grade != pair[1].grade else "same"
    name = burden_words(pair[0], lang)
    text = phrase(f"ladder.sentence_{flip}", lang, burden=name, **values)
    text += otherwise_words(findings, owed, lang)
    grades = sorted({GRADES.index(f.grade) for f in findings.values()})
    if len(grades) > 1:
        ends = [grade_words(GRADES[n], lang) for n in (grades[0], grades[-1])]
        text += phrase("ladder.spread", lang, low=ends[0], high=ends[1])
    return text
