"""How money in and out were read, with an example of each, and what contradicts it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from collections.abc import Mapping as Pairs

from simlib.statement.detection.statement_head import CARD
from simlib.statement.mapping import Mapping
from simlib.statement.model import Movement, Note, Table, plain, yuan

_OWED = re.compile(r"欠款|应还|待还|透支余额|amount\s*(?:due|owed)", re.IGNORECASE)
_FREE = re.compile(r"可用|额度|available", re.IGNORECASE)
LOOKED_AT = 200  # rows above a header in which a card is named
PAID_OFF = re.compile(r"还款|退货|退款")
SPENT = re.compile(r"消费|取现|年费|分期")
COST = re.compile(r"(?:手续费|利息|违约金)$")  # of a repayment, and itself none


def rule(
    mapping: Mapping, movements: Sequence[Movement], label: str, marks: Pairs[str, Collection[str]]
) -> Note:
    """Return which column told the direction and how, with the first row that went out and the
    first that came in; whom they name is an `End`, for `combine` to give a pseudonym."""
    code = f"signed-{positive_side(mapping)}" if mapping.shape == "signed" else str(mapping.shape)
    values: dict[str, object] = {"label": label, "turned": mapping.turned}
    for role in ("amount", "flag", "out", "in", "payer_account", "payee_account",
                 "payer_name", "payee_name"):  # fmt: skip
        if role in mapping.columns:
            values[role] = _header(mapping.columns[role])
    if mapping.turned:
        values |= {a: values[b] for a, b in (("out", "in"), ("in", "out")) if b in values}
    if mapping.shape == "list":
        ends = [values.get(f"{side}_account") or values.get(f"{side}_name")
                for side in ("payer", "payee")]  # fmt: skip
        values["payer"], values["payee"] = reversed(ends) if mapping.turned else ends
    sides = ("in", "out") if mapping.turned else ("out", "in")
    for side, told in zip(("out", "in"), sides, strict=True):
        values[f"{side}_marks"] = sorted(marks.get(told, ()))
        values[f"{side}_row"] = _example(movements, side)
    return Note(code, values)


def positive_side(mapping: Mapping) -> str:
    """Return in or out: what an amount without a sign is read as."""
    turned = mapping.positive == "out"
    return "out" if turned != mapping.turned else "in"


def _header(column: str | int) -> str:
    return f"#{column}" if isinstance(column, int) else column


def _example(movements: Sequence[Movement], side: str) -> dict[str, object] | None:
    """Return the first row of this side, one that names somebody if there is one."""
    out = side == "out"
    of_side = [m for m in movements if out is (m.own is None or m.own is m.payer)]
    if not of_side:
        return None
    m = next((m for m in of_side if any(m.payee if out else m.payer)), of_side[0])
    return {"row": m.row, "day": m.at.date().isoformat(), "amount": yuan(m.amount_fen),
            "other": m.payee if out else m.payer}  # fmt: skip


def is_card(table: Table, header: int) -> bool:
    """Tell whether a statement says above its table that it is a credit card's."""
    above = table.rows[: min(max(header, 0), LOOKED_AT)]
    return any(CARD.search(plain(cell)) for cells in above for cell in cells)


def is_owed(mapping: Mapping) -> bool:
    """Tell whether the balance is a debt: as the mapping or the column's header says."""
    header = str(mapping.columns.get("balance", ""))
    return mapping.owed or bool(_OWED.search(header) and not _FREE.search(header))


def against_words(movements: Sequence[Movement], label: str, words: Pairs[int, str]) -> Note | None:
    """Return what the words of a card's rows say against the reading: what was spent came in, what
    was paid off went out. Where all rows run one way, turning them would only move the mistake."""
    said = [(_spent(words.get(m.row, m.remark)), m.own is m.payer) for m in movements]
    told = [spent is out for spent, out in said if spent is not None]
    right, steps = sum(told), len(told)
    if steps < 2 or right * 4 > steps - right:
        return None
    if len({out for _, out in said}) == 1 and steps < len(said):
        return None
    values = {"label": label, "row": movements[0].row, "count": steps, "read": right,
              "turned": steps - right}  # fmt: skip
    return Note("reversed-words", values)


def contradicted(movement: Movement, words: str, positive_in: bool) -> bool:
    """Tell whether a card's row without sign says that its money moved the other way: paid off and
    read as spent, or spent and read as money in; a negative purchase is a correction."""
    spent, out = _spent(words), movement.own is movement.payer
    return (spent is False and out) or (spent is True and not out and positive_in)


def _spent(words: str) -> bool | None:
    """Tell whether words say that money was spent, or paid off or back; None if neither."""
    if PAID_OFF.search(words):
        return bool(COST.search(words))
    return True if SPENT.search(words) else None
