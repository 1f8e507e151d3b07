"""Who pays whom: payments to the victim now, and what follows between the debtors, as a Sankey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from simlib.figures.drawing import Cell, Drawing
from simlib.figures.markup import BREAK, bold
from simlib.figures.people import claim_key, color_of, debtors_of, short_names
from simlib.figures.style import Spec, layout, tint
from simlib.interval import FenRange, added, high_end, low_end
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Outcome

HEIGHT_PX, PAD_PX, LINE_PX = 320, 34, 17
MARGIN = {"l": 4, "r": 4, "t": 12, "b": 56}
PAID = "paid"
STRENGTH = {PAID: 0.5, "share": 0.34, "whole": 0.34, "insolvent": 0.2}  # of a stream's colour
BEHIND = 0.7  # how much of it is left where a claim ranks behind the victim


class Stream(NamedTuple):
    """Money paid now, or claimed in recourse: of which kind, and whether behind the victim."""

    payer: str
    payee: str
    fen: FenRange
    kind: str
    behind: bool
    asks: str


def draw_recourse(case: Case, outcome: Outcome, lang: str = "zh") -> Drawing:
    """Draw the payments and recourse claims of one outcome.

    Returns
    -------
    Drawing
        a Sankey: full colour, money paid to the victim now; pale, what may be recovered from a
        co-debtor; palest, what one carried who may recover it from the unable; all paler while it
        ranks behind the victim. Without any recourse the figure and the sentence say so.
    """
    streams = _claims(outcome) + _paid(case, outcome)
    claims = [s for s in streams if s.kind != PAID]
    note = "" if claims else words("liability", f"recourse.{_why_none(case, outcome)}", lang)
    columns = tuple(
        words("liability", f"recourse.{c}", lang) for c in ("from", "to", "amount", "kind")
    )
    rows = tuple(_row(s, case, lang) for s in streams)
    return Drawing(
        _figure(case, streams, note, lang), columns, rows, _sentence(case, claims, note, lang)
    )


def _why_none(case: Case, outcome: Outcome) -> str:
    """Tell whether nobody paid too much, or only a fraudster, who recovers from no helper."""
    heads = [outcome.parties[p.id] for p in case.parties if p.role == "principal"]
    over = any(high_end(p.paid_fen) > low_end(p.burden_fen) for p in heads)
    return "none_of_principal" if over else "none"


def _paid(case: Case, outcome: Outcome) -> list[Stream]:
    return [
        Stream(id, case.claimant, own.paid_fen, PAID, False, f"{outcome.mode}|paid|{id}")
        for id, own in outcome.parties.items()
        if id in debtors_of(outcome) and high_end(own.paid_fen)
    ]


def _claims(outcome: Outcome) -> list[Stream]:
    return [
        Stream(
            payer=claim.against,
            payee=id,
            fen=claim.fen,
            kind=claim.kind,
            behind=claim.subordinate,
            asks=f"{outcome.mode}|{claim_key(claim)}|{id}",
        )
        for id in debtors_of(outcome)
        for claim in outcome.parties[id].recourse
    ]


def _figure(case: Case, streams: Sequence[Stream], note: str, lang: str) -> Spec:
    sankey = {"type": "sankey", "arrangement": "snap", "textfont": {"shadow": "none"}}
    ids = [p.id for p in case.parties if any(p.id in (s.payer, s.payee) for s in streams)]
    names = short_names(case, lang)
    labels = {id: _label(id, streams, names, lang) for id in ids}
    height = _height(case, streams, labels)
    sankey |= {"node": _nodes(case, streams, labels, height)}
    sankey |= {"link": _links(case, ids, streams, names, lang)}
    return {
        "data": [sankey] if streams else [],
        "layout": layout(
            height,
            annotations=[_note(note)] if note else [],
            xaxis={"visible": False},
            yaxis={"visible": False},
            margin=MARGIN,
        ),
    }


def _height(case: Case, streams: Sequence[Stream], labels: Mapping[str, str]) -> float:
    """Return a height at which the words of all creditors stand below each other."""
    creditors = [id for id in labels if id != case.claimant and any(s.payee == id for s in streams)]
    lines = sum(labels[id].count(BREAK) + 1 for id in creditors)
    room = MARGIN["t"] + MARGIN["b"] + PAD_PX * max(0, len(creditors) - 1)
    return max(HEIGHT_PX, room + LINE_PX * lines)


def _nodes(case: Case, streams: Sequence[Stream], labels: Mapping[str, str], height: float) -> Spec:
    gap = PAD_PX / (height - MARGIN["t"] - MARGIN["b"])
    columns, heights = _places(list(labels), streams, case.claimant, gap)
    return {
        "label": list(labels.values()),
        "color": [color_of(case, id) for id in labels],
        "x": columns,
        "y": heights,
        "pad": PAD_PX,
        "thickness": 16,
        "hoverinfo": "skip",
    }


def _links(
    case: Case, ids: list[str], streams: Sequence[Stream], names: Mapping[str, str], lang: str
) -> Spec:
    place = {id: n for n, id in enumerate(ids)}
    return {
        "source": [place[s.payer] for s in streams],
        "target": [place[s.payee] for s in streams],
        "value": [high_end(s.fen) / 100 for s in streams],
        "color": [tint(color_of(case, s.payer), _strength(s)) for s in streams],
        "arrowlen": 14,
        "customdata": [_phrase(s, names, lang) for s in streams],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _strength(stream: Stream) -> float:
    return round(STRENGTH[stream.kind] * (BEHIND if stream.behind else 1), 3)


def _places(
    ids: list[str], streams: Sequence[Stream], victim: str, gap: float
) -> tuple[list[float], list[float]]:
    """Place debtors low on the left and their creditors high, so that few streams cross.

    Plotly places a node afresh at 0 and 1, hence the small distances from the edge.

    Parameters
    ----------
    gap
        between the nodes of a column, of the height
    """
    creditors = [id for id in ids if any(s.payee == id and id != victim for s in streams)]
    payers = [id for id in ids if id not in creditors and id != victim]
    columns = ((0.001, payers, 1.0), (0.45, creditors, 0.0), (0.999, [victim], 0.5))
    sizes = {id: _size(id, streams) for id in ids}
    scale = max(
        sum(sizes.get(id, 0) for id in members) / (1 - gap * max(0, len(members) - 1))
        for _, members, _ in columns
    )
    x: dict[str, float] = {}
    y: dict[str, float] = {}
    for column, members, low in columns:
        parts = [sizes.get(id, 0) / (scale or 1) for id in members]
        at = low * max(0.0, 1 - sum(parts) - gap * (len(parts) - 1))
        for id, part in zip(members, parts, strict=True):
            x[id], y[id] = column, round(min(0.999, max(0.001, at + part / 2)), 3)
            at += part + gap
    return [x[id] for id in ids], [y[id] for id in ids]


def _size(id: str, streams: Sequence[Stream]) -> float:
    """Return how tall a node is drawn: by what leaves it or by what comes, whichever is more."""
    ends = [(s.payer, s.payee, high_end(s.fen)) for s in streams]
    leaves = sum(fen for payer, _, fen in ends if payer == id)
    return max(leaves, sum(fen for _, payee, fen in ends if payee == id))


def _note(text: str) -> Spec:
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "yanchor": "top"}
    place |= {"yshift": -22}
    return {"text": text, "showarrow": False, "xanchor": "left", "align": "left", **place}


def _label(id: str, streams: Sequence[Stream], names: Mapping[str, str], lang: str) -> str:
    """Name a party and say in words what leaves and what comes."""
    lines = [bold(names[id])]
    for kind in STRENGTH:
        own = [s for s in streams if s.kind == kind]
        own = [s for s in own if (s.payer if kind == PAID else s.payee) == id]
        if own:
            money = amount(added([s.fen for s in own]), lang)
            key, said = f"recourse.{_way(own[0])}_word", _kind(own[0], lang)
            lines.append(words("liability", key, lang, amount=money, **said))
    return BREAK.join(lines)


def _phrase(stream: Stream, names: Mapping[str, str], lang: str) -> str:
    return words(
        "liability",
        f"recourse.{_way(stream)}_said",
        lang,
        **_kind(stream, lang),
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
        Cell(words("liability", f"recourse.kind_{_way(stream)}", lang, **_kind(stream, lang))),
    )


def _way(stream: Stream) -> str:
    """Return the key of the words for a payment, a claim, or a claim behind the victim."""
    return PAID if stream.kind == PAID else "behind" if stream.behind else "claim"


def _kind(stream: Stream, lang: str) -> dict[str, str]:
    """Return the words that tell one claim of recourse from another."""
    found = "" if stream.kind == PAID else words("terms", f"recourse_kinds.{stream.kind}", lang)
    return {"kind": found}


def _sentence(case: Case, claims: Sequence[Stream], note: str, lang: str) -> str:
    names = short_names(case, lang)
    text = note or words("liability", "recourse.between", lang).join(
        _phrase(s, names, lang) for s in claims
    )
    return text if note else text + words("liability", "sentence.stop", lang)
