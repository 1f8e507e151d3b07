"""Which rows are money in and which money out: by signs, marks and words in the first rows."""

from __future__ import annotations

from functools import cache

from simlib.statement.mapping import Mapping, headers
from simlib.statement.matching import Words, key
from simlib.statement.model import Note, Row, Table, plain
from simlib.statement.owner import at, card, sign_of

SAMPLE = 2_000  # rows of the table from which signs are read


@cache
def card_words() -> Words:
    """Return the kinds of a card's rows that say in or out by themselves."""
    return Words(headers()["flags"]["card"])


def told_by_words(table: Table, place: int, columns: dict[str, int]) -> int | None:
    """Return the column whose words alone say in and out of amounts without signs: 消费, 还款."""
    rows = table.rows[place + 1 : place + 1 + SAMPLE]
    amounts = [(sign_of(at(cells, columns["amount"]), "yuan"), cells) for cells in rows]
    if not amounts or any(sign < 0 for sign, _ in amounts):
        return None
    moved = [cells for sign, cells in amounts if sign]
    spare = [c for c in range(len(table.rows[place])) if c not in columns.values()]
    is_card = card(table, place, columns, SAMPLE)
    for column in (*(columns[role] for role in ("kind",) if role in columns), *spare):
        sides = {card_words().of(key(at(cells, column))) for cells in moved}
        if sides == {"in", "out"} or (is_card and len(sides) == 1 and None not in sides):
            return column
    return None


def directions(
    table: Table, place: int, mapping: Mapping, columns: dict[str, int]
) -> tuple[Mapping, list[Note]]:
    """Return what signs and marks in the first rows mean."""
    rows = table.rows[place + 1 : place + 1 + SAMPLE]
    if mapping.shape == "signed":
        signs = {sign_of(at(cells, columns["amount"]), mapping.unit) for cells in rows}
        return mapping, [] if -1 in signs else [Note("no-sign")]
    if mapping.shape == "flag":
        return _flags(rows, mapping, columns)
    if mapping.shape == "two":
        signs = {sign_of(at(cells, columns["out"]), mapping.unit) for cells in rows}
        if -1 in signs and 1 not in signs:
            return mapping.change(negative="same"), [Note("out-negative")]
    return mapping, []


def _flags(
    rows: list[Row], mapping: Mapping, columns: dict[str, int]
) -> tuple[Mapping, list[Note]]:
    words, strange = headers()["words"], None
    if mapping.flags is None:
        met = {mark for c in rows if (mark := key(at(c, columns["flag"])))
               and sign_of(at(c, columns["amount"]), mapping.unit)}  # fmt: skip
        usual = {*words["in"], *words["out"]}
        if met - usual and all(map(card_words().of, met)):
            listed = headers()["flags"]["card"]
            mapping = mapping.change(flags={side: tuple(listed[side]) for side in listed})
            return mapping, []
    neutral = words["neutral"] if "kind" in columns else ()
    signs: dict[str, set[int]] = {"in": set(), "out": set()}
    marks = Words(mapping.flags or {side: words[side] for side in signs})
    for cells in rows:
        mark = plain(at(cells, columns["flag"])).lower()
        side = marks.of(key(mark))
        sign = sign_of(at(cells, columns["amount"]), mapping.unit)
        if side in signs and sign:
            signs[side].add(sign)
        elif mark and sign and side is None and strange is None and mark not in neutral:
            strange = mark
    notes = [] if strange is None else [Note("flag-unknown", {"mark": strange[:60]})]
    if signs["out"] == {-1} and -1 not in signs["in"]:
        return mapping.change(negative="same"), [*notes, Note("out-negative")]
    return mapping, notes
