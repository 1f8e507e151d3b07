"""One case under several modes, side by side, next to what courts really ordered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from simlib.explain import face, faced
from simlib.figures.difference import KeptMarks, kept_marks
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.markup import BREAK, below, small
from simlib.figures.people import claim_key, short_names
from simlib.figures.style import BASIS, GRID, INK, RULING, Spec, layout
from simlib.interval import FenRange, Interval, high_end, low_end
from simlib.money import Fen
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case, Ruling
    from simlib.liability import Outcome

Names: TypeAlias = dict[str, str]  # mode → what it is called
Labels: TypeAlias = dict[str, str]  # mode → the words of its row: name, authority, what to heed

ROW_PX, LINE_PX, FRAME_PX = 46, 14, 130
ROOM = 1.5  # the axis over the largest bar: its amount must fit on a phone too


def draw_modes(
    case: Case,
    outcomes: Mapping[str, Outcome],
    party: str,
    lang: str = "zh",
    kept: Mapping[str, FenRange] | None = None,
) -> Drawing:
    """Draw every mode's outcome for one helper and the victim, with the rulings on top.

    Parameters
    ----------
    outcomes
        mode → outcome, in the order of the rows
    party
        the helper whose exposure is marked
    kept
        mode → what the victim received in the setting kept as A, marked in its row [fen]

    Returns
    -------
    Drawing
        bars: what the victim receives (a hatched band where facts are unknown); diamonds: what
        may be claimed of the helper
    """
    names = {mode: words("modes", f"{mode}.name", lang) for mode in outcomes}
    called = short_names(case, lang)
    faces = {mode: face(o, case, lang, called) for mode, o in outcomes.items()}
    labels = {m: _label(names[m], o.basis, faces[m], lang) for m, o in outcomes.items()}
    rows = [
        *(
            _ruling_bar(case, ruling, ruling.amount_fen, lang)
            for ruling in case.rulings
            if ruling.amount_fen is not None
        ),
        *(_mode_bar(o, party, labels[m], lang) for m, o in outcomes.items()),
    ]
    marked = _kept(rows, labels, kept or {}, lang)
    top = max(case.loss_fen, *(max(high_end(row.value), row.end) for row in rows)) / 100
    figure: Spec = {
        "data": [
            _bars(rows, lang),
            _marks(case, outcomes, party, labels, lang),
            _amounts(rows),
            *marked,
        ],
        "layout": layout(
            FRAME_PX + (ROW_PX + LINE_PX * any(faces.values())) * len(rows),
            bargap=0.35,
            meta={"narrow": 1.1 / ROOM},  # on a phone the amounts stand in the labels
            xaxis={
                "range": [0, top * ROOM],
                "gridcolor": GRID,
                "zeroline": False,
                "fixedrange": True,
                "title": {"text": words("case", "chart.yuan", lang)},
                "automargin": True,
            },
            yaxis={
                "autorange": "reversed",
                "automargin": True,
                "fixedrange": True,
                "type": "category",
            },
        ),
    }
    named = {mode: faced(name, faces[mode], lang) for mode, name in names.items()}
    return Drawing(
        figure,
        _columns(case, party, lang),
        _rows(case, outcomes, party, named, lang),
        _sentence(case, outcomes, party, names, faces, lang),
    )


@dataclass
class _Row:
    """One bar and its words; `end` is where its amount may be written [fen]."""

    label: str
    value: FenRange
    color: str
    text: str
    end: Fen


def _bars(rows: list[_Row], lang: str) -> Spec:
    values = [row.value for row in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "name": words("case", "chart.received", lang),
        "y": [row.label for row in rows],
        "base": [low_end(v) / 100 if isinstance(v, Interval) else 0 for v in values],
        "x": [
            (high_end(v) - low_end(v)) / 100 if isinstance(v, Interval) else v / 100 for v in values
        ],
        "marker": {
            "color": [row.color for row in rows],
            "pattern": {
                "shape": ["/" if isinstance(v, Interval) else "" for v in values],
                "fillmode": "overlay",
                "fgopacity": 0.5,
                "size": 7,
            },
        },
        "text": [row.text for row in rows],
        "textposition": "none",
        "hovertext": [f"{row.label}：{row.text}" for row in rows],
        "hoverinfo": "text",
    }


def _amounts(rows: list[_Row]) -> Spec:
    """Write the amounts to the right of bar and diamond, so that neither covers them."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [row.end / 100 for row in rows],
        "y": [row.label for row in rows],
        "text": [f"\u2002 {row.text}" for row in rows],
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _marks(
    case: Case, outcomes: Mapping[str, Outcome], party: str, labels: Labels, lang: str
) -> Spec:
    """Mark the helper's exposure by a diamond, or two joined by a line where it is open."""
    x: list[float | None] = []
    y: list[str | None] = []
    for mode, outcome in outcomes.items():
        exposure = outcome.parties[party].exposure_fen
        ends = (exposure.low, exposure.high) if isinstance(exposure, Interval) else (exposure,)
        x += [*(end / 100 for end in ends), None]
        y += [*(labels[mode] for _ in ends), None]
    who = getattr(case.party(party).name, lang)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "name": words("case", "chart.exposure", lang, who=who),
        "marker": {"symbol": "diamond-open", "size": 12, "color": INK, "line": {"width": 2}},
        "line": {"color": INK, "width": 1, "dash": "dot"},
    }


def _kept(
    rows: list[_Row], labels: Labels, kept: Mapping[str, FenRange], lang: str
) -> list[KeptMarks[str]]:
    """Mark A's values, if there is an A, and move the amounts out of their way."""
    values = {label: kept[mode] for mode, label in labels.items() if mode in kept}
    for row in rows:
        if row.label in values:
            row.end = max(row.end, high_end(values[row.label]))
    what = words("case", "chart.received_short", lang)
    return [kept_marks(values, what, lang)] if values else []


def _label(name: str, basis: str, said: str, lang: str) -> str:
    """Write a row's words: name, what has to stand beside it, authority; a phone drops the last."""
    lines = [name, small(said)] if said else [name]
    return BREAK.join([*lines, below(words("terms", f"bases.{basis}", lang))])


def _mode_bar(outcome: Outcome, party: str, label: str, lang: str) -> _Row:
    exposure = outcome.parties[party].exposure_fen
    return _Row(
        label=label,
        value=outcome.received_fen,
        color=BASIS[outcome.basis],
        text=amount(outcome.received_fen, lang),
        end=max(high_end(outcome.received_fen), high_end(exposure)),
    )


def _ruling_bar(case: Case, ruling: Ruling, fen: Fen, lang: str) -> _Row:
    """Return a court's order of a published amount as a bar."""
    instance = words("case", f"instance.{ruling.instance or 'court'}", lang)
    form = (
        words("terms", f"forms.{ruling.form}", lang)
        if ruling.form == "full"
        else percent(ruling.share if ruling.share is not None else fen / case.loss_fen, lang)
    )
    label = f"{words('case', 'chart.ruling', lang)}·{instance}{BREAK}{below(form)}"
    return _Row(label, fen, RULING, amount(fen, lang), fen)


def _columns(case: Case, party: str, lang: str) -> tuple[str, ...]:
    who = getattr(case.party(party).name, lang)
    victim = getattr(case.party(case.claimant).name, lang)
    return tuple(
        words("case", f"table.{name}", lang, who=who, victim=victim)
        for name in ("mode", "basis", "document", "exposure", "share", "received", "recourse")
    )


def _rows(
    case: Case, outcomes: Mapping[str, Outcome], party: str, names: Names, lang: str
) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        _row(case, mode, outcome, party, names[mode], lang) for mode, outcome in outcomes.items()
    )


def _row(
    case: Case, mode: str, outcome: Outcome, party: str, name: str, lang: str
) -> tuple[Cell, ...]:
    mine = outcome.parties[party]
    recourse = words("case", "table.claims", lang).join(
        words(
            "case",
            "table.claim",
            lang,
            who=getattr(case.party(c.against).name, lang),
            amount=amount(c.fen, lang),
            kind=words("terms", f"recourse_kinds.{c.kind}", lang),
        )
        for c in mine.recourse
    )
    liable = mine.mode != "not_liable"
    return (
        Cell(name, f"{mode}||"),
        Cell(words("terms", f"bases.{outcome.basis}", lang)),
        Cell(words("case", f"document.{_document_of(outcome, party)}", lang)),
        Cell.of_money(mine.exposure_fen, lang, f"{mode}|exposure|{party}" if liable else ""),
        Cell(percent(mine.share, lang), f"{mode}|share|{party}" if liable else ""),
        Cell.of_money(outcome.received_fen, lang, f"{mode}|received|"),
        Cell(
            recourse or "—",
            f"{mode}|{claim_key(mine.recourse[0])}|{party}" if recourse else "",
        ),
    )


def _document_of(outcome: Outcome, party: str) -> str:
    """Return the document a helper gets: `ruling`, `judgment`, or `dismissal` by judgment."""
    if outcome.document == "ruling":
        return "ruling"
    nothing = high_end(outcome.parties[party].exposure_fen) == 0 and outcome.claim_fen > 0
    return "dismissal" if nothing else "judgment"


def _sentence(
    case: Case,
    outcomes: Mapping[str, Outcome],
    party: str,
    names: Names,
    faces: Mapping[str, str],
    lang: str,
) -> str:
    who = getattr(case.party(party).name, lang)
    parts = words("case", "sentence.between", lang).join(
        words(
            "case",
            "sentence.mode",
            lang,
            mode=names[m],
            amount=faced(amount(o.parties[party].exposure_fen, lang), faces[m], lang),
        )
        for m, o in outcomes.items()
    )
    text = words("case", "sentence.modes", lang, who=who, parts=parts)
    ordered = [r for r in case.rulings if r.amount_fen is not None]
    for ruling in ordered:
        text += words(
            "case",
            "sentence.ruling",
            lang,
            amount=amount(ruling.amount_fen, lang),
            court=getattr(ruling.court, lang),
        )
    return text
