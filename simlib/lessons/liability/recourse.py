"""Who pays whom: payments to the victim now, and what follows between the debtors, as a Sankey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from simlib.figures.drawing import Cell, Drawing
from simlib.figures.markup import BREAK, bold
from simlib.figures.names_of_people import claim_key, color_of, debtors_of, short_names
from simlib.figures.style import Spec, layout, tint
from simlib.interval import FenRange, added, high_end, low_end
from simlib.lessons.outcome import Say
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Outcome

HEIGHT_PX, PAD_PX, LINE_PX = 320, 34, 17
MARGIN = {"l": 4, "r": 4, "t": 12, "b": 56}
PAID = "paid"
STRENGTH = {PAID: 0.5, "share": 0.34, "whole": 0.34, "insolvent": 0.2}  # of a stream's colour
BEHIND = 0.7  # how much of it is left where a claim ranks behind the victim
NOTE = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top",
        "yshift": -22, "align": "left", "showarrow": False}  # fmt: skip


class Stream(NamedTuple):
    """Money paid now, or claimed in recourse: of which kind, and whether behind the victim."""

    payer: str
    payee: str
    fen: FenRange
    kind: str
    behind: bool
    asks: str

    @property
    def way(self) -> str:
        """The key of the words for a payment, a claim, or a claim behind the victim."""
        return PAID if self.kind == PAID else "behind" if self.behind else "claim"

    @property
    def strength(self) -> float:
        """How much of the payer's colour it has."""
        return round(STRENGTH[self.kind] * (BEHIND if self.behind else 1), 3)


def draw_recourse(case: Case, outcome: Outcome, lang: str = "zh") -> Drawing:
    """Draw the payments and recourse claims of one outcome.

    Returns
    -------
    Drawing
        a Sankey: full colour, money paid to the victim now; pale, what may be recovered from a
        co-debtor; palest, what one carried who may recover it from the unable; all paler while it
        ranks behind the victim. Without any recourse the figure and the sentence say so.
    """
    return _Sankey(case, outcome, lang).drawing()


class _Sankey:
    """Nodes and streams of one outcome; first what is claimed, then what is paid."""

    def __init__(self, case: Case, outcome: Outcome, lang: str) -> None:
        self.case, self.outcome, self.say = case, outcome, Say("liability", lang)
        self.names = short_names(case, lang)
        self.claims = [
            Stream(claim.against, id, claim.fen, claim.kind, claim.subordinate,
                   f"{outcome.mode}|{claim_key(claim)}|{id}")
            for id in debtors_of(outcome) for claim in outcome.parties[id].recourse
        ]  # fmt: skip
        paid = {id: outcome.parties[id].paid_fen for id in debtors_of(outcome)}
        self.streams = self.claims + [
            Stream(id, case.claimant, fen, PAID, False, f"{outcome.mode}|paid|{id}")
            for id, fen in paid.items()
            if high_end(fen)
        ]
        ends = {id for stream in self.streams for id in (stream.payer, stream.payee)}
        ids = [p.id for p in case.parties if p.id in ends]
        self.labels = {id: self._label(id) for id in ids}

    def drawing(self) -> Drawing:
        """Return figure, table and sentence."""
        note = "" if self.claims else self.say(f"recourse.{self._why_none()}")
        said = self.say("recourse.between").join(map(self._phrase, self.claims))
        return Drawing(
            self._figure(note),
            tuple(self.say(f"recourse.{c}") for c in ("from", "to", "amount", "kind")),
            tuple(map(self._row, self.streams)),
            note or self.say("recourse.sentence", said=said),
        )

    def _why_none(self) -> str:
        """Tell whether nobody paid too much, or only a fraudster, who recovers from no helper."""
        heads = [self.outcome.parties[p.id] for p in self.case.parties if p.role == "principal"]
        over = any(high_end(p.paid_fen) > low_end(p.burden_fen) for p in heads)
        return "none_of_principal" if over else "none"

    # ------------------------------------------------------------ words

    def _said(self, stream: Stream, key: str, **values: object) -> str:
        """Say something of a stream, its kind of recourse among the words."""
        kind = "" if stream.kind == PAID else self.say(f"terms:recourse_kinds.{stream.kind}")
        return self.say(key.format(stream.way), kind=kind, **values)

    def _phrase(self, stream: Stream) -> str:
        ends = {"payer": self.names[stream.payer], "payee": self.names[stream.payee]}
        fen = amount(stream.fen, self.say.lang)
        return self._said(stream, "recourse.{}_said", amount=fen, **ends)

    def _label(self, id: str) -> str:
        """Name a party and say in words what leaves and what comes."""
        lines = [bold(self.names[id])]
        for kind in STRENGTH:
            own = [s for s in self.streams
                   if s.kind == kind and (s.payer if kind == PAID else s.payee) == id]  # fmt: skip
            if own:
                money = amount(added([s.fen for s in own]), self.say.lang)
                lines.append(self._said(own[0], "recourse.{}_word", amount=money))
        return BREAK.join(lines)

    def _row(self, stream: Stream) -> tuple[Cell, ...]:
        lang, ends = self.say.lang, (stream.payer, stream.payee)
        payer, payee = (getattr(self.case.party(id).name, lang) for id in ends)
        kind = self._said(stream, "recourse.kind_{}")
        return Cell(payer), Cell(payee), Cell.of_money(stream.fen, lang, stream.asks), Cell(kind)

    # ------------------------------------------------------------ the figure

    def _figure(self, note: str) -> Spec:
        sankey = {"type": "sankey", "arrangement": "snap", "textfont": {"shadow": "none"}}
        height = self._height()
        sankey |= {"node": self._nodes(height), "link": self._links()}
        return {
            "data": [sankey] if self.streams else [],
            "layout": layout(
                height,
                annotations=[{"text": note, **NOTE}] if note else [],
                xaxis={"visible": False},
                yaxis={"visible": False},
                margin=MARGIN,
            ),
        }

    def _columns(self) -> list[list[str]]:
        """Who only pays, who has a claim too, and the victim."""
        victim = self.case.claimant
        payees = {stream.payee for stream in self.streams} - {victim}
        others = [id for id in self.labels if id != victim]
        creditors = [id for id in others if id in payees]
        return [[id for id in others if id not in payees], creditors, [victim]]

    def _height(self) -> float:
        """Return a height at which the words of all creditors stand below each other."""
        creditors = self._columns()[1]
        lines = sum(self.labels[id].count(BREAK) + 1 for id in creditors)
        room = MARGIN["t"] + MARGIN["b"] + PAD_PX * max(0, len(creditors) - 1)
        return max(HEIGHT_PX, room + LINE_PX * lines)

    def _nodes(self, height: float) -> Spec:
        places = self._places(PAD_PX / (height - MARGIN["t"] - MARGIN["b"]))
        return {
            "label": list(self.labels.values()),
            "color": [color_of(self.case, id) for id in self.labels],
            "x": [places[id][0] for id in self.labels],
            "y": [places[id][1] for id in self.labels],
            "pad": PAD_PX,
            "thickness": 16,
            "hoverinfo": "skip",
        }

    def _links(self) -> Spec:
        place = {id: n for n, id in enumerate(self.labels)}
        return {
            "source": [place[s.payer] for s in self.streams],
            "target": [place[s.payee] for s in self.streams],
            "value": [high_end(s.fen) / 100 for s in self.streams],
            "color": [tint(color_of(self.case, s.payer), s.strength) for s in self.streams],
            "arrowlen": 14,
            "customdata": list(map(self._phrase, self.streams)),
            "hovertemplate": "%{customdata}<extra></extra>",
        }

    def _places(self, gap: float) -> Mapping[str, tuple[float, float]]:
        """Place debtors low on the left and their creditors high, so that few streams cross.

        Plotly places a node afresh at 0 and 1, hence the small distances from the edge.

        Parameters
        ----------
        gap
            between the nodes of a column, of the height
        """
        columns, sizes = self._columns(), {id: self._size(id) for id in self.labels}
        scale = max(_taken(ids, sizes) / (1 - gap * max(0, len(ids) - 1)) for ids in columns) or 1
        found = {}
        for x, ids, low in zip((0.001, 0.45, 0.999), columns, (1.0, 0.0, 0.5), strict=True):
            at = low * max(0.0, 1 - _taken(ids, sizes) / scale - gap * (len(ids) - 1))
            for id in ids:
                part = sizes.get(id, 0) / scale
                found[id] = x, round(min(0.999, max(0.001, at + part / 2)), 3)
                at += part + gap
        return found

    def _size(self, id: str) -> float:
        """Return how tall a node is drawn: by what leaves it or by what comes, the larger one."""
        leaves = sum(high_end(s.fen) for s in self.streams if s.payer == id)
        return max(leaves, sum(high_end(s.fen) for s in self.streams if s.payee == id))


def _taken(ids: Sequence[str], sizes: Mapping[str, float]) -> float:
    return sum(sizes.get(id, 0) for id in ids)
