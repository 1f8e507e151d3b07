"""The picture of lesson 06 step by step: after each transfer, how wide bands are, what cards hold.

What a card holds is a fact of the statements; whose it is, the rule of tracing says. The bar below
a card is as long as its balance is large, on the scale of the largest balance there is on the way.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from simlib.chain import trace_case
from simlib.figures.board import figures
from simlib.figures.picture import Step, Steps
from simlib.lessons.chain.accounts import Names, Parts, coins, moment, victims_of
from simlib.lessons.chain.flow_layout import GONE, OTHERS, Flow, Layout, node_of
from simlib.money import half_up
from simlib.text import amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simlib.case.model import Case
    from simlib.case.tables import Transfer
    from simlib.chain import Tracing
    from simlib.lessons.outcome import Say
    from simlib.money import Fen

Ways: TypeAlias = "dict[str, dict[str, list[tuple[int, Any]]]]"
LATE = ("claim", "claim-open", "falls", "back", "back-said", "legend")  # come with the last step
MOST_PLAYED = 60  # of more transfers a table says what matters
FINE = 3  # digits of a share


class FlowSteps:
    """What changes with each transfer under one rule.

    Attributes
    ----------
    whose, colors
        the parts of a card's bar, victims in order, then other money: ids, and their colours
    rule
        what the rule is called by which money is followed, if the one chosen follows none
    moves
        each transfer in the order traced, with what is in the nodes it touched: node → parts
    """

    def __init__(
        self, case: Case, tracing: Tracing, layout: Layout, names: Names, rule: str = ""
    ) -> None:
        self.case, self.tracing, self.layout, self.names = case, tracing, layout, names
        self.rule = rule
        marks = coins(victims_of(case))
        self.whose, self.colors = tuple(marks), tuple(color for color, _ in marks.values())
        # under poison parts do not add up: what is in a card is then nobody's
        self.blind = tracing.method == "poison"
        self.walk = trace_case(case, "pro_rata") if self.blind else tracing
        self.members: dict[str, list[str]] = {}
        for id in self.walk.names:
            node = node_of(case, names, id)
            if node in layout.nodes:  # a card without transfers is not drawn
                self.members.setdefault(node, []).append(id)
        self.held: dict[str, Parts] = {a.id: {None: a.opening_fen} for a in case.accounts}
        self.begun = {node: self._in(node) for node in self.members}
        self.moves = list(self._moves())
        self.paid: dict[tuple[str, str], Fen] = {}

    def _moves(self) -> Iterator[tuple[Transfer, dict[str, Parts]]]:
        node = {id: node for node, ids in self.members.items() for id in ids}
        for place, after in self.walk.steps():
            self.held |= after
            yield self.case.transfers[place], {node[id]: self._in(node[id]) for id in after}

    def _in(self, node: str) -> Parts:
        """What is in a node now, by whose it is."""
        found: dict[str | None, Fen] = {}
        for id in self.members[node]:
            for origin, fen in self.held.get(id, {}).items():
                key = None if self.blind else origin
                found[key] = found.get(key, 0) + fen
        return found

    def is_card(self, node: str) -> bool:
        """Whether a node has a bar of what it holds."""
        return node not in (GONE, OTHERS) and not self.layout.is_victim(self.layout.nodes[node])

    @property
    def has(self) -> bool:
        """Whether there is something to go through, and not too much."""
        return 1 < len(self.moves) <= MOST_PLAYED

    @cached_property
    def top(self) -> Fen:
        """The largest balance of a card on the way [fen]."""
        states = [self.begun, *(after for _, after in self.moves)]
        held = (self._sum(parts) for each in states for node, parts in each.items()
                if self.is_card(node))  # fmt: skip
        return max(held, default=0) or 1

    def _sum(self, parts: Parts) -> Fen:
        return sum(parts.values())

    def end(self, node: str) -> Fen:
        """Return what a node holds in the end [fen]."""
        return self._sum(self._in(node))

    # ------------------------------------------------------------ as data

    def steps(self, say: Say) -> Steps | None:
        """Return all of it; None: there is nothing to go through."""
        if not self.has:
            return None
        ways: Ways = {}
        for node, parts in self.begun.items():
            self._hold(ways, 0, node, parts)
        for n, (transfer, after) in enumerate(self.moves, 1):
            for node, parts in after.items():
                self._hold(ways, n, node, parts)
            self._pay(ways, n, transfer)
        full = say("flows.step.full", amount=figures(self.top, say.lang))
        ways["held-said"] = {"text": [(0, full), (len(self.moves), "")]}
        days = [transfer.at and transfer.at.date() for transfer, _ in self.moves]
        done = [self._step(transfer, day != before, say) for (transfer, _), day, before
                in zip(self.moves, days, (None, *days), strict=False)]  # fmt: skip
        count = say("flows.step.count", n="{n}", of="{of}")
        return Steps(done, say("flows.step.begins"), count, ways, LATE)

    def _hold(self, ways: Ways, n: int, node: str, parts: Parts) -> None:
        """Note what is in a node after a step, in figures and as a bar."""
        if self.layout.is_victim(self.layout.nodes[node]):
            return
        said = figures(self._sum(parts), self.names.lang)
        ways.setdefault(f"fact:{node}", {"text": []})["text"].append((n, said))
        if self.is_card(node):
            bar = [_share(parts.get(each, 0), self.top) for each in self.whose]
            ways.setdefault(f"held:{node}", {"parts": []})["parts"].append((n, bar))

    def _pay(self, ways: Ways, n: int, transfer: Transfer) -> None:
        """Note how wide the bands of a flow are after a step, as shares of what they come to."""
        flow = self._flow(transfer)
        if flow is None:
            return
        parts = {f":{w}": fen for w, fen in self.tracing.of(transfer.id).items()}
        whole = {f":{w}": fen for w, fen in flow.parts.items()} | {"": flow.fen}
        for key, fen in (parts | {"": transfer.amount_fen}).items():
            if fen:
                way = ways.setdefault(f"flow:{flow.id}{key}", {"part": [(0, 0)]})["part"]
                self.paid[key, flow.id] = self.paid.get((key, flow.id), 0) + fen
                way.append((n, _share(self.paid[key, flow.id], whole[key])))

    def _flow(self, transfer: Transfer) -> Flow | None:
        payer, payee = (
            node_of(self.case, self.names, id) for id in (transfer.payer, transfer.payee)
        )
        return self.layout.flows.get((payer, payee))

    def _step(self, transfer: Transfer, other_day: bool, say: Say) -> Step:
        """Say what a transfer is, its day where that is another, and whose money by the rule."""
        money = amount(transfer.amount_fen, say.lang)
        payer, payee = (self.names.of(id) for id in (transfer.payer, transfer.payee))
        said = say("flows.step.said", when=moment(transfer.at, say.lang, other_day), payer=payer,
                   payee=payee, amount=money)  # fmt: skip
        if transfer.fee_fen:
            said += say("flows.step.fee", amount=amount(transfer.fee_fen, say.lang))
        flow = self._flow(transfer)
        by = "tells_by" if self.rule else "tells"
        whose = self._whose(transfer, say)
        tells = "" if self.blind else say(f"flows.step.{by}", whose=whose, rule=self.rule)
        of = () if flow is None else (f"flow:{flow.id}", *map(self._thing, flow.ends))
        return Step(said, tells, of)

    def _whose(self, transfer: Transfer, say: Say) -> str:
        """Say whose money it was in whole yuan, as the drawing has it; a table says the fen."""
        parts = {who: fen for who, fen in self.tracing.of(transfer.id).items() if fen}
        return self.names.between([
            say("flows.part", who=self.names.money(who),
                amount=figures(100 * half_up(Fraction(fen, 100)), say.lang))
            for who, fen in parts.items()
        ])  # fmt: skip

    def _thing(self, node: str) -> str:
        """Name the thing that stands for a node."""
        kind = "card" if self.is_card(node) else "end" if node in (GONE, OTHERS) else "person"
        return f"{kind}:{node}"


def _share(part: Fen, whole: Fen) -> float:
    return round(part / whole, FINE) if 0 < part < whole else int(part > 0)
