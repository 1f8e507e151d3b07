"""The chain step by step: what the page needs to play it, and the same steps as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from simlib.figures.chain.names import (
    MOST_STEPS,
    Names,
    coins,
    is_long,
    left_as,
    moment,
    phrase,
)
from simlib.figures.chain.places import BOX_PX, depths, place
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.style import Spec
from simlib.text import amount, topic_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.case.tables import Transfer
    from simlib.chain import Tracing

Parts: TypeAlias = "Mapping[str | None, int]"  # whose money → how much [fen]; None is other money

SHIFT, MOST_SHIFT = 0.14, 0.42  # of a box: between two lines that meet it, and at most
DIGITS = 4


def film(case: Case, tracing: Tracing, victim: str, lang: str = "zh") -> Spec:
    """Return all steps of a chain under one tracing rule as plain data.

    Parameters
    ----------
    victim
        whose boxes have a thick frame

    Returns
    -------
    dict
        `boxes`, `lines`, `money` (whose money there is: colour and pattern), `start` and `steps`,
        each with what changes: id → [balance in words, parts of it by whose money, balance in fen];
        `top`, the largest balance there is
    """
    if not case.transfers or is_long(case):
        return {"steps": []}
    return _Film(case, tracing, victim, lang).whole()


class _Film:
    def __init__(self, case: Case, tracing: Tracing, victim: str, lang: str) -> None:
        self.case, self.tracing, self.victim, self.lang = case, tracing, victim, lang
        self.names, self.at = Names(case, lang), place(case)
        self.coins = coins(tracing.origins)
        self.layer = depths(case)
        self.pairs = list(dict.fromkeys((t.payer, t.payee) for t in case.transfers))
        self.paid: dict[str, int] = {}
        self.top = 1  # the largest balance so far [fen]

    def whole(self) -> Spec:
        transfers, start = self.case.transfers or (), self._start()
        steps = [
            self._step(number, transfers[index], after)
            for number, (index, after) in enumerate(self.tracing.steps(), 1)
        ]
        return {
            "box": BOX_PX,
            "height": self.at.height,
            "boxes": [self._box(id) for id in self.at.boxes],
            "lines": [self._line(pair) for pair in self.pairs],
            "money": [
                {"name": self.names.money(origin), "color": color, "pattern": pattern}
                for origin, (color, pattern) in self.coins.items()
            ],
            "start": start,
            "steps": steps,
            "top": self.top,
            "words": topic_words("chain_lab", self.lang)["film"]["page"],
        }

    def _box(self, id: str) -> Spec:
        box, holder = self.at.boxes[id], self.names.holder(id)
        return {
            "id": id,
            "name": self.names.of(id),
            "note": self._note(id),
            "color": self.names.color(id),
            "thick": holder == self.victim,
            "left": box.left,
            "top": box.top,
            "width": box.width,
        }

    def _note(self, id: str) -> str:
        """Name the role, or an account's layer, as a cue besides the colour."""
        holder = self.names.holder(id)
        role = self.case.party(holder).role
        if left_as(self.case, id):
            return phrase("role.left", self.lang)
        if role == "victim" or id == holder:
            return phrase(f"role.{role}", self.lang)
        account = next(a for a in self.case.accounts if a.id == id)
        key = "role.frozen" if account.frozen_fen else "role.layer"
        return phrase(key, self.lang, n=max(1, self.layer[id]))

    def _line(self, pair: tuple[str, str]) -> Spec:
        payer, payee = pair
        out = [p for p in self.pairs if p[0] == payer]
        into = [p for p in self.pairs if p[1] == payee]
        return {"from": payer, "to": payee, "out": _beside(pair, out), "into": _beside(pair, into)}

    def _start(self) -> Spec:
        opening = {a.id: a.opening_fen for a in self.case.accounts if a.opening_fen}
        empty: Spec = {id: ["", [], 0] for id in self.at.boxes}
        return empty | {
            id: self._contents({None: fen}) for id, fen in opening.items() if id in self.at.boxes
        }

    def _step(self, number: int, transfer: Transfer, after: Mapping[str, Parts]) -> Spec:
        of, payer = self.tracing.of(transfer.id), self.names.holder(transfer.payer)
        contents = {id: self._contents(parts) for id, parts in after.items()}
        if payer in self.tracing.origins:
            self.paid[payer] = self.paid.get(payer, 0) + transfer.amount_fen
            paid = phrase("film.paid", self.lang, amount=amount(self.paid[payer], self.lang))
            contents[transfer.payer] = [paid, [], 0]
        return {
            "line": self.pairs.index((transfer.payer, transfer.payee)),
            "from": transfer.payer,
            "to": transfer.payee,
            "when": moment(transfer.at, self.lang),
            "text": step_words(self.case, self.tracing, transfer, number, self.names),
            "shares": self._shares(of),
            "after": contents,
        }

    def _contents(self, parts: Parts) -> list[object]:
        if self.tracing.method == "poison":  # each colour taints the whole: they do not add up
            reach = max(parts.values(), default=0)
            said = phrase("film.reach", self.lang, amount=amount(reach, self.lang))
        else:
            reach = sum(parts.values())
            said = amount(reach, self.lang)
        self.top = max(self.top, reach)
        return [said, self._shares(parts), reach]

    def _shares(self, parts: Parts) -> list[float]:
        total = sum(parts.values()) or 1
        return [round(parts.get(origin, 0) / total, DIGITS) for origin in self.coins]


def _beside(pair: tuple[str, str], lines: Sequence[tuple[str, str]]) -> float:
    """Return the offset at which one of several lines meets a box, as a part of its width."""
    shift = (lines.index(pair) - (len(lines) - 1) / 2) * SHIFT
    return round(max(-MOST_SHIFT, min(MOST_SHIFT, shift)), 3)


def whose(of: Parts, names: Names) -> str:
    """Say whose an amount is, part by part."""
    parts = [
        phrase("film.part", names.lang, who=names.money(origin), amount=amount(fen, names.lang))
        for origin, fen in of.items()
        if fen
    ]
    return phrase("between", names.lang).join(parts) or phrase("film.nothing", names.lang)


def step_words(
    case: Case, tracing: Tracing, transfer: Transfer, number: int, names: Names
) -> str:  # fmt: skip
    """Describe one step in a sentence."""
    lang = names.lang
    text = phrase(
        "film.step",
        lang,
        n=number,
        of=len(case.transfers),
        payer=names.of(transfer.payer),
        payee=names.of(transfer.payee),
        amount=amount(transfer.amount_fen, lang),
        whose=whose(tracing.of(transfer.id), names),
    )
    if transfer.fee_fen:
        text += phrase("film.fee", lang, amount=amount(transfer.fee_fen, lang))
    return text


def draw_steps(case: Case, tracing: Tracing, lang: str = "zh") -> Drawing:
    """Show the steps as a table: when, from whom, to whom, how much, whose money."""
    names = Names(case, lang)
    columns = ["n", "when", "payer", "payee", "amount"]
    heads = [phrase(f"steps.{name}", lang) for name in columns]
    heads += [
        phrase("steps.of", lang, who=names.money(origin)) for origin in coins(tracing.origins)
    ]
    rows = []
    for number, index in enumerate(tracing.order[:MOST_STEPS], 1):
        transfer = case.transfers[index]
        of = tracing.of(transfer.id)
        cells = [str(number), moment(transfer.at, lang), names.of(transfer.payer)]
        cells += [names.of(transfer.payee), amount(transfer.amount_fen, lang)]
        cells += [amount(of.get(origin, 0), lang) for origin in coins(tracing.origins)]
        rows.append(tuple(Cell(text) for text in cells))
    key = "steps.sentence_long" if is_long(case) else "steps.sentence"
    sentence = phrase(key, lang, n=len(case.transfers), most=MOST_STEPS)
    return Drawing({"data": [], "layout": {}}, tuple(heads), tuple(rows), sentence)
