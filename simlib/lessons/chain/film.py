"""The chain step by step: what the page needs to play it under one tracing rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from simlib.figures.style import Spec
from simlib.lessons.chain.accounts import Names, coins, depths, is_long, left_as, moment, phrase
from simlib.text import amount, topic_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.case.tables import Transfer
    from simlib.chain import Tracing

Parts: TypeAlias = "Mapping[str | None, int]"  # whose money → how much [fen]; None is other money

BOX_PX, GAP_PX, TOP_PX = 80, 46, 6
ACROSS = 3  # boxes in a row: what a phone has room for
WIDTH = 0.3  # of a box, as a fraction of the whole
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


def place(case: Case) -> dict[str, tuple[float, int]]:
    """Lay out accounts, a layer below the one that pays it, at most three to a row.

    Returns
    -------
    dict
        id → left edge as a fraction of the whole, upper edge [pixels]
    """
    at = depths(case)
    levels = [[n for n in at if at[n] == level] for level in sorted(set(at.values()))]
    rows = [row[n : n + ACROSS] for row in levels for n in range(0, len(row), ACROSS)]
    return {
        id: (
            round((n + 0.5) / len(row) - WIDTH / 2, 4),
            TOP_PX + number * (BOX_PX + GAP_PX),
        )
        for number, row in enumerate(rows)
        for n, id in enumerate(row)
    }


class _Film:
    def __init__(self, case: Case, tracing: Tracing, victim: str, lang: str) -> None:
        self.case, self.tracing, self.victim, self.lang = case, tracing, victim, lang
        self.names, self.at, self.layer = Names(case, lang), place(case), depths(case)
        self.coins = coins(tracing.origins)
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
            "height": max(top for _, top in self.at.values()) + BOX_PX + TOP_PX,
            "boxes": [self._box(id) for id in self.at],
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
        left, top = self.at[id]
        return {
            "id": id,
            "name": self.names.of(id),
            "note": self._note(id),
            "color": self.names.color(id),
            "thick": self.names.holder(id) == self.victim,
            "left": left,
            "top": top,
            "width": WIDTH,
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
        empty: Spec = {id: ["", [], 0] for id in self.at}
        return empty | {
            id: self._contents({None: fen}) for id, fen in opening.items() if id in self.at
        }

    def _step(self, number: int, transfer: Transfer, after: Mapping[str, Parts]) -> Spec:
        payer = self.names.holder(transfer.payer)
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
            "text": self._text(number, transfer),
            "shares": self._shares(self.tracing.of(transfer.id)),
            "after": contents,
        }

    def _text(self, number: int, transfer: Transfer) -> str:
        """Describe one step in a sentence."""
        text = phrase(
            "film.step",
            self.lang,
            n=number,
            of=len(self.case.transfers),
            payer=self.names.of(transfer.payer),
            payee=self.names.of(transfer.payee),
            amount=amount(transfer.amount_fen, self.lang),
            whose=whose(self.tracing.of(transfer.id), self.names),
        )
        if transfer.fee_fen:
            text += phrase("film.fee", self.lang, amount=amount(transfer.fee_fen, self.lang))
        return text

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
    parts = [part(names.money(origin), fen, names.lang) for origin, fen in of.items() if fen]
    return names.between(parts) or phrase("film.nothing", names.lang)


def part(who: str, fen: int, lang: str) -> str:
    """Say how much of an amount is somebody's."""
    return phrase("film.part", lang, who=who, amount=amount(fen, lang))
