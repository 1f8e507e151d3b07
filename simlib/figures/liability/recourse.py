"""Who pays whom: payments to the victim now, and what follows between the debtors, as a Sankey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from simlib.figures.drawing import Cell, Drawing
from simlib.figures.markup import BREAK, bold
from simlib.figures.people import color_of, debtors_of, short_names
from simlib.figures.style import Spec, layout, tint
from simlib.interval import FenRange, added, high_end
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Outcome

HEIGHT_PX = 320
PAID, CLAIM, BEHIND = 0.5, 0.3, 0.16  # how strongly a stream is coloured


class Stream(NamedTuple):
    """Money paid now, or claimed in recourse, perhaps ranking behind the victim."""

    payer: str
    payee: str
    fen: FenRange
    kind: str
    asks: str


def draw_recourse(case: Case, outcome: Outcome, lang: str = "zh") -> Drawing:
    """Draw the payments and recourse claims of one outcome.

    Returns
    -------
    Drawing
        a Sankey: full colour, money paid to the victim now; pale, what may be recovered from a
        co-debtor; palest, the same while it ranks behind the victim. Without any recourse the
        figure and the sentence say so.
    """
    streams = _claims(case, outcome, lang) + _paid(case, outcome, lang)
    claims = [s for s in streams if s.kind != "paid"]
    note = "" if claims else words("liability", "recourse.none", lang)
    columns = tuple(
        words("liability", f"recourse.{c}", lang) for c in ("from", "to", "amount", "kind")
    )
    rows = tuple(_row(s, case, lang) for s in streams)
    return Drawing(
        _figure(case, streams, note, lang), columns, rows, _sentence(case, claims, note, lang)
    )


def _paid(case: Case, outcome: Outcome, lang: str) -> list[Stream]:
    return [
        Stream(id, case.claimant, outcome.parties[id].paid_fen, "paid", f"{outcome.mode}|paid|{id}")
        for id in debtors_of(outcome)
        if high_end(outcome.parties[id].paid_fen)
    ]


def _claims(case: Case, outcome: Outcome, lang: str) -> list[Stream]:
    return [
        Stream(
            payer=claim.against,
            payee=id,
            fen=claim.fen,
            kind="behind" if claim.subordinate else "claim",
            asks=f"{outcome.mode}|recourse_{claim.against}|{id}",
        )
        for id in debtors_of(outcome)
        for claim in outcome.parties[id].recourse
    ]


def _figure(case: Case, streams: Sequence[Stream], note: str, lang: str) -> Spec:
    sankey = {"type": "sankey", "arrangement": "snap", "textfont": {"shadow": "none"}}
    ids = [p.id for p in case.parties if any(p.id in (s.payer, s.payee) for s in streams)]
    names = short_names(case, lang)
    sankey |= {"node": _nodes(case, ids, streams, names, lang)}
    sankey |= {"link": _links(case, ids, streams, names, lang)}
    return {
        "data": [sankey] if streams else [],
        "layout": layout(
            HEIGHT_PX,
            annotations=[_note(note)] if note else [],
            xaxis={"visible": False},
            yaxis={"visible": False},
            margin={"l": 4, "r": 4, "t": 12, "b": 56},
        ),
    }


def _nodes(
    case: Case, ids: list[str], streams: Sequence[Stream], names: Mapping[str, str], lang: str
) -> Spec:
    columns, heights = _places(ids, streams, case.claimant)
    return {
        "label": [_label(id, streams, names, lang) for id in ids],
        "color": [color_of(case, id) for id in ids],
        "x": columns,
        "y": heights,
        "pad": 34,
        "thickness": 16,
        "hoverinfo": "skip",
    }


def _links(
    case: Case, ids: list[str], streams: Sequence[Stream], names: Mapping[str, str], lang: str
) -> Spec:
    place = {id: n for n, id in enumerate(ids)}
    strength = {"paid": PAID, "claim": CLAIM, "behind": BEHIND}
    return {
        "source": [place[s.payer] for s in streams],
        "target": [place[s.payee] for s in streams],
        "value": [high_end(s.fen) / 100 for s in streams],
        "color": [tint(color_of(case, s.payer), strength[s.kind]) for s in streams],
        "arrowlen": 14,
        "customdata": [_phrase(s, names, lang) for s in streams],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _places(
    ids: list[str], streams: Sequence[Stream], victim: str
) -> tuple[list[float], list[float]]:
    """Place debtors low on the left and their creditors high, so that few streams cross.

    Plotly places a node afresh at 0 and 1, hence the small distances from the edge.
    """
    creditors = [id for id in ids if any(s.payee == id and id != victim for s in streams)]
    payers = [id for id in ids if id not in creditors and id != victim]
    x, y = {victim: 0.999}, {victim: 0.6 if creditors else 0.5}
    for column, members, low, high in (
        (0.45, creditors, 0.05, 0.6),
        (0.001, payers, 0.4 if creditors else 0.0, 1.0),
    ):
        for n, id in enumerate(members):
            x[id], y[id] = column, round(low + (high - low) * (n + 0.5) / len(members), 3)
    return [x[id] for id in ids], [y[id] for id in ids]


def _note(text: str) -> Spec:
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "yanchor": "top"}
    place |= {"yshift": -22}
    return {"text": text, "showarrow": False, "xanchor": "left", "align": "left", **place}


def _label(id: str, streams: Sequence[Stream], names: Mapping[str, str], lang: str) -> str:
    """Name a party and say in words what leaves and what comes."""
    lines = [bold(names[id])]
    for kind in ("paid", "claim", "behind"):
        own = [s for s in streams if s.kind == kind]
        fen = [s.fen for s in own if (s.payer if kind == "paid" else s.payee) == id]
        if fen:
            money = amount(added(fen), lang)
            lines.append(words("liability", f"recourse.{kind}_word", lang, amount=money))
    return BREAK.join(lines)


def _phrase(stream: Stream, names: Mapping[str, str], lang: str) -> str:
    return words(
        "liability",
        f"recourse.{stream.kind}_said",
        lang,
        payer=names[stream.payer],
        payee=names[stream.payee],
        amount=amount(stream.fen, lang),
    )


def _row(stream: Stream, case: Case, lang: str) -> tuple[Cell, ...]:
    payer, payee = (getattr(case.party(id).name, lang) for id in (stream.payer, stream.payee))
    return (
        Cell(payer),
        Cell(payee),
        Cell(amount(stream.fen, lang), stream.asks),
        Cell(words("liability", f"recourse.kind_{stream.kind}", lang)),
    )


def _sentence(case: Case, claims: Sequence[Stream], note: str, lang: str) -> str:
    names = short_names(case, lang)
    text = note or words("liability", "sentence.between", lang).join(
        _phrase(s, names, lang) for s in claims
    )
    return text if note else text + words("liability", "sentence.stop", lang)
