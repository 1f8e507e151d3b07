"""Where everybody's money went under one tracing rule: from the victims to where it lies now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.chain.names import (
    FEE,
    MOST_ROWS,
    MOST_STEPS,
    Names,
    coins,
    end_kind,
    engine,
    is_long,
    left_as,
    phrase,
)
from simlib.figures.chain.places import depths
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.style import ENDS, FONT, INK, Spec, layout, tint
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.chain import Tracing

HEIGHT_PX, LETTER_PX, SMALL_PX = 440, 13, 10
HERS, OTHERS = 0.85, 0.22  # how strongly a stream is coloured
REST = "rest:"  # a node for what stays in accounts


def draw_money(case: Case, tracing: Tracing, victim: str, lang: str = "zh") -> Drawing:
    """The streams of all victims' money, hers in full colour.

    Parameters
    ----------
    tracing
        what the rule chosen says of the case
    victim
        whose money the table and the sentence speak of

    Returns
    -------
    Drawing
        a Sankey; the table has a row for each account her money came into, and for fees
    """
    if not case.transfers:
        return nothing(lang)
    names = Names(case, lang)
    columns = ("account", "layer", "came", "still", "end")
    return Drawing(
        _bare() if is_long(case) else _figure(case, tracing, victim, names),
        tuple(phrase(f"money.{name}", lang, who=names.money(victim)) for name in columns),
        tuple(_rows(case, tracing, victim, names)),
        _sentence(case, tracing, victim, names),
    )


def nothing(lang: str) -> Drawing:
    """What is shown of a case without transfers: what would be needed."""
    text = phrase("none", lang)
    return Drawing(_bare(), (phrase("money.account", lang),), (), text)


def _bare() -> Spec:
    return {"data": [], "layout": layout(1, xaxis={"visible": False}, yaxis={"visible": False})}


# ---------------------------------------------------------------- streams


def _streams(case: Case, tracing: Tracing) -> dict[tuple[str, str, str], int]:
    """(from, to, whose) → money [fen]: the transfers, then what stays and what banks took."""
    streams: dict[tuple[str, str, str], int] = {}
    for transfer in case.transfers:
        for origin, fen in tracing.of(transfer.id).items():
            if origin is not None and transfer.payer != transfer.payee:
                key = (transfer.payer, transfer.payee, origin)
                streams[key] = streams.get(key, 0) + fen
        if transfer.fee_fen:
            for origin, fen in tracing.fee_of(transfer.id).items():
                if origin is not None:
                    key = (transfer.payer, REST + FEE, origin)
                    streams[key] = streams.get(key, 0) + fen
    for origin in tracing.origins:
        for place, fen in tracing.ends(origin).items():
            if place != FEE and end_kind(case, place) in ("frozen", "there"):
                streams[place, REST + end_kind(case, place), origin] = fen
    return {key: fen for key, fen in streams.items() if fen}


def _figure(case: Case, tracing: Tracing, victim: str, names: Names) -> Spec:
    streams = _streams(case, tracing)
    ids = list(dict.fromkeys(end for payer, payee, _ in streams for end in (payer, payee)))
    place, shades = {id: n for n, id in enumerate(ids)}, coins(tracing.origins)
    strength = {origin: HERS if origin == victim else OTHERS for origin in tracing.origins}
    xs, ys = _places(case, ids)
    lang = names.lang
    sankey = {
        "type": "sankey",
        "arrangement": "fixed",
        "textfont": {"shadow": "none", "size": LETTER_PX},
        "node": {
            "label": [_label(id, names) for id in ids],
            "color": [_color(id, names) for id in ids],
            "x": xs,
            "y": ys,
            "pad": 18,
            "thickness": 12,
            "hoverinfo": "skip",
        },
        "link": {
            "source": [place[payer] for payer, _, _ in streams],
            "target": [place[payee] for _, payee, _ in streams],
            "value": [fen / 100 for fen in streams.values()],
            "color": [tint(shades[origin][0], strength[origin]) for *_, origin in streams],
            "customdata": [
                phrase("money.stream", lang, who=names.money(origin), amount=amount(fen, lang))
                for (*_, origin), fen in streams.items()
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    }
    small = {"font": {"family": FONT, "size": SMALL_PX, "color": INK}}
    return {
        "data": [sankey],
        "layout": layout(
            HEIGHT_PX,
            margin={"l": 2, "r": 2, "t": 14, "b": 14},
            font={"family": FONT, "size": LETTER_PX, "color": INK},
            meta={"phone": small},
        ),
    }


def _places(case: Case, ids: list[str]) -> tuple[list[float], list[float]]:
    """Layers from left to right; where money stays stands at the right.

    Plotly places a node afresh at 0 and 1, hence the small distances from the edge.
    """
    at = depths(case)
    last = max(at.values()) + (not any(left_as(case, id) for id in ids))
    column = {id: last if id.startswith(REST) else at[id] for id in ids}
    rows = {id: [n for n in ids if column[n] == column[id]] for id in ids}
    xs = [round(0.001 + 0.998 * column[id] / max(1, last), 4) for id in ids]
    ys = [round((rows[id].index(id) + 0.5) / len(rows[id]), 4) for id in ids]
    return xs, ys


def _label(id: str, names: Names) -> str:
    if id.startswith(REST):
        return phrase(f"end.{id.removeprefix(REST)}", names.lang)
    return names.of(id)


def _color(id: str, names: Names) -> str:
    return ENDS[id.removeprefix(REST)] if id.startswith(REST) else names.color(id)


# ---------------------------------------------------------------- table and sentence


def _rows(case: Case, tracing: Tracing, victim: str, names: Names) -> list[tuple[Cell, ...]]:
    at, method, lang = depths(case), tracing.method, names.lang
    rows: list[tuple[Cell, ...]] = []
    for id in sorted(at, key=lambda id: at[id]):
        if names.holder(id) in tracing.origins:
            continue
        if is_long(case) and not tracing.came((id,), victim):
            continue
        if len(rows) == MOST_ROWS:
            break
        still = tracing.balance(id).get(victim, 0)
        came = Cell.of_money(tracing.came((id,), victim), lang, f"{id}|came|{method}")
        rest = Cell.of_money(still, lang, f"{id}|held|{method}")
        card = id in names.holders and not left_as(names.case, id) and at[id]
        layer = phrase("money.depth", lang, n=at[id]) if card else "—"
        kind = Cell(phrase(f"end.{end_kind(case, id)}", lang) if still else "—")
        rows.append((Cell(names.of(id), f"{id}||"), Cell(layer), came, rest, kind))
    return rows


def _sentence(case: Case, tracing: Tracing, victim: str, names: Names) -> str:
    lang = names.lang
    ends: dict[str, int] = {}
    for place, fen in tracing.ends(victim).items():
        kind = end_kind(case, place)
        ends[kind] = ends.get(kind, 0) + fen
    parts = [
        phrase("money.place", lang, where=phrase(f"end.{kind}", lang), amount=amount(fen, lang))
        for kind, fen in ends.items()
    ]
    text = phrase(
        "money.sentence",
        lang,
        method=engine(f"methods.{tracing.method}.name", lang),
        who=names.money(victim),
        paid=amount(tracing.paid(victim), lang),
        ends=phrase("between", lang).join(parts),
    )
    if is_long(case):
        text += phrase("money.long", lang, n=len(case.transfers), most=MOST_STEPS)
    return text + (phrase("money.poison", lang) if tracing.method == "poison" else "")
