"""The frozen pool: what each victim gets back by each rule; and each victim's whole ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simlib.figures.chain.names import Names, phrase
from simlib.figures.drawing import NO_FIGURE, Cell, Drawing
from simlib.figures.panels import FILLED, Bar, Panel, Row, panels_figure
from simlib.figures.people import color_of
from simlib.interval import added
from simlib.text import amount, percent

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.restitution import Return, Together

LEDGER = ("loss", "returned", "restituted", "paid", "open", "alone")


def draw_pool(case: Case, returns: Mapping[str, Return], lang: str = "zh") -> Drawing:
    """Draw what each victim gets back of the frozen money, a panel and a column a rule.

    Parameters
    ----------
    returns
        rule → what it gives
    """
    names = Names(case, lang)
    losses = {id: loss_of(case, id) for one in returns.values() for id in one.returned}
    top = max([*losses.values(), 1])
    panels = tuple(_panel(case, rule, one, losses, names) for rule, one in returns.items())
    heads = [phrase("pool.who", lang), phrase("pool.loss", lang)]
    heads += [phrase(f"pool.rule.{rule}", lang) for rule in returns]
    rows = tuple(_row(id, loss, returns, names) for id, loss in losses.items())
    sentence = _sentence(returns, losses, names)
    return Drawing(panels_figure(panels, top, lang), tuple(heads), rows, sentence)


def loss_of(case: Case, victim: str) -> int:
    """Return a victim's loss; the case's own for its claimant [fen]."""
    return case.loss_fen if victim == case.claimant else case.party(victim).loss_fen or 0


def _panel(case: Case, rule: str, one: Return, losses: Mapping[str, int], names: Names) -> Panel:
    rows = []
    for id, loss in losses.items():
        color, fen = color_of(case, id), one.returned[id]
        text = phrase("pool.bar", names.lang, who=names.people[id], amount=amount(fen, names.lang))
        hollow = Bar(fen, loss, color, "hollow")
        rows.append(Row(text, (Bar(0, fen, color, FILLED), hollow) if fen else (hollow,)))
    title, note = (phrase(f"pool.{part}.{rule}", names.lang) for part in ("rule", "note"))
    return Panel(title, note, tuple(rows))


def _row(id: str, loss: int, returns: Mapping[str, Return], names: Names) -> tuple[Cell, ...]:
    cells = []
    for rule, one in returns.items():
        text = phrase(
            "pool.cell",
            names.lang,
            amount=amount(one.returned[id], names.lang),
            share=percent(one.percent[id], names.lang),
        )
        cells.append(Cell(text, f"{id}|returned|{rule}"))
    return (Cell(names.people[id], f"{id}||"), Cell(amount(loss, names.lang)), *cells)


def _sentence(returns: Mapping[str, Return], losses: Mapping[str, int], names: Names) -> str:
    lang = names.lang
    frozen = sum(pot.frozen_fen for pot in next(iter(returns.values())).accounts)
    if not frozen:
        return phrase("pool.sentence_none", lang)
    left = {rule: sum(pot.left_fen for pot in one.accounts) for rule, one in returns.items()}
    rest = [
        phrase("pool.left", lang, rule=phrase(f"pool.rule.{rule}", lang), amount=amount(fen, lang))
        for rule, fen in left.items()
    ]
    key = "pool.sentence" if any(left.values()) else "pool.sentence_all"
    return phrase(key, lang, frozen=amount(frozen, lang), loss=amount(sum(losses.values()), lang),
                left=phrase("between", lang).join(rest))  # fmt: skip


def draw_ledgers(case: Case, together: Together, rule: str, lang: str = "zh") -> Drawing:
    """Show each victim's account when all sue together; last, what she gets suing alone."""
    names = Names(case, lang)
    rows = []
    for id in together.victims:
        ledger, alone = together.ledgers[id], together.alone_ledgers[id]
        amounts = {
            "loss": ledger.loss_fen,
            "returned": ledger.returned_fen,
            "restituted": added(ledger.restituted.values()),
            "paid": ledger.judgment_fen,
            "open": ledger.open_fen,
            "alone": alone.judgment_fen,
        }
        cells = [Cell(amount(amounts[key], lang), f"{id}|{key}|ledger") for key in LEDGER]
        rows.append((Cell(names.people[id], f"{id}||"), *cells))
    columns = (phrase("ledger.who", lang), *(phrase(f"ledger.{key}", lang) for key in LEDGER))
    sentence = phrase("ledger.sentence", lang, rule=phrase(f"pool.rule.{rule}", lang))
    return Drawing(NO_FIGURE, columns, tuple(rows), sentence)
