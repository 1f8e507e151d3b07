"""Telling by the headers what the columns of a statement hold; every doubt is stated."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TypeAlias

from simlib.statement.amounts import UNIT_NAMES, fen_or_none, sign_of
from simlib.statement.dates import is_day, month_and_day, utc_in, year_told, zone_of
from simlib.statement.detection.debit_credit import (
    directions,
    explained,
    legend,
    stated_sign,
    told_by_words,
)
from simlib.statement.detection.statement_head import card, own_of, unit_above, zone_above
from simlib.statement.mapping import LIST_ENDS, OWN_ENDS, ROLES, HeadedTable, Mapping, missing
from simlib.statement.model import Note, Row, Table, at, plain, stated
from simlib.statement.vocabulary import (
    LONGEST_HEADER,
    LOOKED_AT,
    Found,
    cell_key,
    find,
    header_key,
    headers,
    known_roles,
)

Roles: TypeAlias = dict[int, dict[str, int]]  # column → role → how good its header is for it
BESIDE = ("balance", "currency", "serial", "status", "remark")  # read beside a known layout too
LONGEST_KNOWN = 30  # letters of a cell that may be a header in the middle of a table
FEWEST = 2  # known headers that make a row the header
# what somebody is known by: where its column has nothing, the next best one may have it
SPARE = (*OWN_ENDS, *LIST_ENDS)
FEW_ZONES = 4  # named in a doubt
_COUNTS = re.compile(r"笔数|次数")
_SUMS = re.compile(r"(?<!流水)(?<!明细)(?<!记录)(?:汇总|合计|统计)")
_INSIDE = re.compile(r"[(\[]\s*([^)\]]+?)\s*[)\]]$")


def detect(table: Table) -> Mapping:
    """Return a mapping for the table, as far as its headers tell; `uncertain` holds every doubt."""
    if known := find(table):
        return _of_layout(table, known)
    place, roles = _header(table)
    if place is None:
        return Mapping(uncertain=(Note("no-header"),), sheet=table.sheet or None)
    found = HeadedTable(table, place, {})
    columns, doubts, spare = _columns(found, roles)
    columns, unsure = _one_amount(found, columns)
    found = found.having(_day_and_time(found, columns))
    summed = _summed_up(found)
    shape, paid = None if summed else _shape(found.columns), only_payees(found.columns)
    unsaid = shape == "signed" and not paid
    if unsaid and (told := told_by_words(found)) is not None:
        left = {role: column for role, column in found.columns.items() if column != told}
        found, shape = found.having(left | {"flag": told}), "flag"
    zone, unclear = _zone_of_column(found)
    mapping = Mapping(
        shape=shape,
        columns={role: found.named(column) for role, column in found.columns.items()},
        instead={role: found.named(column) for role, column in spare.items()},
        header_row=table.lines[place],
        sheet=table.sheet or None,
        unit=_unit(found) or unit_above(found),
        positive="out" if paid else "in",
        zone=_zone(found) or zone,
    )
    mapping = succeeded(found.sample, mapping, found.columns)
    if shape == "two":
        mapping = explained(found, mapping)
    mapping, more = (mapping, [Note("payees-out")]) if paid else directions(found, mapping)
    mapping, own = own_of(found, mapping)
    unsaid = unsaid and not stated_sign(found)
    if mapping.shape == "signed" and unsaid and card(found):
        mapping, more = mapping.change(positive="ask"), [*more, Note("card-signs")]
    mapping, yearless = _yearless(found, mapping)
    needed = [Note("column-missing", {"role": role}) for role in missing(mapping)]
    shapeless = [] if shape else [Note("summed-up" if summed else "no-shape")]
    notes = (*shapeless, *needed, *unsure, *doubts, *more, *yearless, *unclear, *own)
    return mapping.change(uncertain=notes)


def _summed_up(found: HeadedTable) -> bool:
    """Tell whether the rows are sums of days or months: they count transactions, or the sheet's
    name says so, and they name nobody."""
    if {*OWN_ENDS[2:], "other_party", *LIST_ENDS} & {*found.columns}:
        return False
    counted = any(_COUNTS.search(text) for text in found.texts)
    return counted or bool(_SUMS.search(found.table.sheet))


def only_payees(columns: Collection[str]) -> bool:
    """Tell whether these roles are of a list of what somebody paid: it names payees, no payer, and
    nothing that says in or out."""
    told = {*OWN_ENDS[2:], "other_party", "flag", "out", "in", *LIST_ENDS[:2]} & {*columns}
    return "amount" in columns and not told and bool({*LIST_ENDS[2:]} & {*columns})


def _zone(found: HeadedTable) -> str | None:
    """Return the zone that the headers of day and time name, or a line above (时区：UTC)."""
    named = [found.header(role) for role in ("date", "time") if role in found.columns]
    return next(filter(None, map(utc_in, named)), None) or zone_above(found)


def _zone_of_column(found: HeadedTable) -> tuple[str | None, list[Note]]:
    """Return the zone that a column of zones says in every row, or the doubt about it."""
    words, heads = headers()["words"], [header_key(text) for text in found.texts]
    column = next((c for c, head in enumerate(heads) if head in words["zones"]), None)
    if column is None:
        return None, []
    met = {text for cells in found.rows if (text := plain(at(cells, column)))}
    zones = {zone_of("+08:00" if text in words["beijing"] else text) for text in met}
    zone = zones.pop() if len(zones) == 1 else None
    if zone is None:
        listed = ", ".join(sorted(met)[:FEW_ZONES])[:60]
        return None, [Note("zone-unclear", {"zone": listed})] if met else []
    return str(zone).removeprefix("UTC") or "+00:00", []


def _of_layout(table: Table, known: Found) -> Mapping:
    """Return the mapping of a layout that is known."""
    place, layout, columns, instead = known
    found = HeadedTable(table, place, columns)
    mapping = Mapping(
        shape=layout.shape,
        columns={role: found.named(column) for role, column in columns.items()},
        header_row=table.lines[place],
        sheet=table.sheet or None,
        layout=layout.id,
    )
    rules = {"unit": _unit(found) or unit_above(found), **layout.rules}
    rules["instead"] = {role: found.named(column) for role, column in instead.items()}
    mapping = explained(found, mapping.change(**rules))
    beside = {role: found.named(column) for role, column in _beside(found.texts, known).items()}
    mapping = succeeded(found.rows, mapping, columns)
    mapping, own = own_of(found, mapping.change(columns={**mapping.columns, **beside}))
    mapping, yearless = _yearless(found, mapping)
    return mapping.change(uncertain=(*own, *yearless))


def succeeded(rows: list[Row], mapping: Mapping, columns: dict[str, int]) -> Mapping:
    """Return the mapping with what the codes of 交易是否成功 mean: 01 succeeded, or failed where 00
    stands for success."""
    if header_key(mapping.columns.get("status", "")) not in headers()["words"]["success_codes"]:
        return mapping
    listed = {m: tuple(words) for m, words in headers()["statuses"]["police"].items()}
    if any(plain(at(cells, columns["status"])) == "00" for cells in rows):
        listed["moves"] = (*(word for word in listed["moves"] if word != "01"), "00")
        listed["nothing"] = (*listed["nothing"], "01")
    return mapping.change(statuses=listed)


def _beside(texts: list[str], known: Found) -> dict[str, int]:
    """Return what columns hold that the layout does not name, for roles it leaves empty; never
    what says how much moved, or in which direction."""
    layout = known.layout
    named = {*map(cell_key, layout.header), ""}
    ends = LIST_ENDS if layout.shape == "list" else OWN_ENDS
    whole = {side for side in ("own", "other") if f"{side}_party" in known.columns}
    found: dict[str, int] = {}
    free = {c: _roles(text) for c, text in enumerate(texts) if cell_key(text) not in named}
    for role in (*ends, *BESIDE):
        able = {c: roles[role] for c, roles in free.items()
                if role in roles and c not in found.values()}  # fmt: skip
        if able and role not in known.columns and role.partition("_")[0] not in whole:
            found[role] = min(able, key=lambda column: able[column])
    return found


def _yearless(found: HeadedTable, mapping: Mapping) -> tuple[Mapping, list[Note]]:
    """Return the mapping with the year of days that name none, if a line above tells it; else the
    doubt about them."""
    if not any(month_and_day(found.cell(cells, "date")) for cells in found.sample):
        return mapping, []
    above = f"{found.title}\n{found.table.sheet}"
    if year := year_told(found.table, found.columns["date"], above):
        return mapping.change(year=year), []
    return mapping, [Note("year-missing")]


def header_cells(table: Table, mapping: Mapping) -> list[str]:
    """Return the texts of the header row; of the widest of the first rows where no header is
    known."""
    if mapping.header_row in table.lines:
        return [plain(cell) for cell in table.rows[table.lines.index(mapping.header_row)]]
    return [plain(cell) for cell in max(table.rows[:LOOKED_AT], key=len, default=())]


def _roles(cell: object) -> dict[str, int]:
    """Return what a column of this header may hold; brackets may say more: 交易金额(收入)."""
    roles = known_roles().get(header_key(cell), {})
    if not roles and legend(plain(cell)[:LONGEST_HEADER]):
        return {"flag": 0}
    if {"amount", "in", "out"} & set(roles) and (
        inside := _INSIDE.search(plain(cell)[:LONGEST_HEADER].lower())
    ):
        for side, name in (("in", "into"), ("out", "out_of")):
            if inside[1] in headers()["words"][name]:
                return {side: 0}
    return roles


def _header(table: Table) -> tuple[int | None, Roles]:
    """Return the row that has the most known headers, and what each of its columns may be.

    A header that stands in a row several times counts once: a line of sums repeats 金额.
    """
    best: int | None = None
    possible: Roles = {}
    most = FEWEST - 1
    for place, cells in enumerate(table.rows[:LOOKED_AT]):
        known = {column: roles for column, cell in enumerate(cells) if (roles := _roles(cell))}
        count = len({plain(cells[column]) for column in known})
        if count > most:
            best, possible, most = place, known, count
    return best, possible


def other_header(table: Table, header: int) -> int | None:
    """Return the first row below the header that is one too, of a day and an amount, and puts known
    columns elsewhere; None if there is none. A page may repeat its header."""
    first = [header_key(cell) for cell in table.rows[header]]
    for place in range(header + 1, len(table.rows)):
        if _has_numbers(table.rows[place]):
            continue
        cells = [plain(cell) for cell in table.rows[place]]
        known = {c: roles for c, cell in enumerate(cells) if (roles := _known_roles(cell))}
        met = {role for roles in known.values() for role in roles}
        if "date" in met and {"amount", "in", "out"} & met and len(known) > FEWEST:
            keys = {column: header_key(cells[column]) for column in known}
            here = {c: first[c] if c < len(first) else "" for c in known}
            if any(keys[c] not in here[c] and not {*known[c]} & {*_known_roles(here[c])}
                   for c in known):  # fmt: skip
                return place
    return None


def _has_numbers(cells: Row) -> bool:
    """Tell whether two cells begin like a day or an amount: such a row is no header."""
    stated = (cell for cell in cells if cell is not None)
    like = (not isinstance(cell, str) or cell.lstrip()[:1].isdigit() for cell in stated)
    return sum(like) > 1


def _known_roles(cell: str) -> dict[str, int]:
    return known_roles().get(header_key(cell), {}) if len(cell) <= LONGEST_KNOWN else {}


def _columns(
    found: HeadedTable, possible: Roles
) -> tuple[dict[str, int], list[Note], dict[str, int]]:
    """Return role → column; a role two columns fit goes to the better name, with a doubt, and the
    columns that hold it where that one is empty.

    Of columns with the same name it goes to the one in which more rows can be read so.
    """
    columns: dict[str, int] = {}
    rows = found.sample
    doubts: list[Note] = []
    spare: dict[str, int] = {}
    for role in ROLES:
        able = {c: r[role] for c, r in possible.items() if role in r and c not in columns.values()}
        if not able:
            continue
        best = [column for column, rank in able.items() if rank == min(able.values())]
        taken = columns[role] = best[0] if len(best) == 1 else _fittest(role, best, possible, rows)
        rivals = [c for c in sorted(able, key=able.__getitem__) if set(possible[c]) <= {role}]
        rivals = [c for c in rivals if c != taken and role != "remark"]
        if role in SPARE and (instead := _filling(taken, rivals, rows)) is not None:
            spare[role] = instead
        rivals = [c for c in rivals if role not in SPARE or _contradict(taken, c, rows)]
        if rivals:
            doubts.append(_twice(role, found.texts, taken, rivals[0]))
    return columns, doubts, spare


def _one_amount(found: HeadedTable, columns: dict[str, int]) -> tuple[dict[str, int], list[Note]]:
    """Return the columns without the amount, with the doubt, where another says that something else
    was paid (实际支付金额)."""
    texts, taken = found.texts, columns.get("amount", -1)
    others = [c for c, text in enumerate(texts) if header_key(text) in headers()["words"]["paid"]]
    for other in others if taken >= 0 and taken not in others else ():
        if any(_amounts_differ(at(cells, taken), at(cells, other)) for cells in found.sample):
            note = Note("amounts-differ", {"column": texts[taken], "other": texts[other]})
            return {role: c for role, c in columns.items() if role != "amount"}, [note]
    return columns, []


def _amounts_differ(one: object, other: object) -> bool:
    amounts = fen_or_none(one), fen_or_none(other)
    return None not in amounts and abs(amounts[0] or 0) != abs(amounts[1] or 0)


def _filling(taken: int, rivals: list[int], rows: list[Row]) -> int | None:
    """Return the column that has the most where another is empty; None where none has anything."""
    empty = [cells for cells in rows if not stated(at(cells, taken))]
    filled = {c: sum(bool(stated(at(cells, c))) for cells in empty) for c in rivals}
    most = max(filled, key=filled.__getitem__, default=None)
    return most if most is not None and filled[most] else None


def _contradict(one: int, other: int, rows: list[Row]) -> bool:
    """Tell whether two columns have different things in one row, or nothing in any."""
    pairs = [(stated(at(cells, one)), stated(at(cells, other))) for cells in rows]
    both = [pair for pair in pairs if all(pair)]
    return any(a != b for a, b in both) or not any(map(any, pairs))


def _twice(role: str, texts: list[str], taken: int, other: int) -> Note:
    """Return the doubt about two columns for one role; of one name these go by their numbers."""
    values: dict[str, object] = {"role": role, "column": texts[taken], "other": texts[other]}
    if texts[taken] != texts[other]:
        return Note("column-twice", values)
    return Note("header-twice", values | {"column": taken + 1, "other": other + 1,
                                          "header": texts[taken]})  # fmt: skip


def _fittest(role: str, columns: list[int], possible: Roles, rows: list[Row]) -> int:
    """Return the column in which most rows can be read as the role; of equals the first.

    Where nothing else tells the direction, an amount with signs goes before one without.
    """
    signed = role == "amount" and not any({"flag", "out", "in"} & set(r) for r in possible.values())

    def fits(column: int) -> tuple[int, bool]:
        cells = [at(row, column) for row in rows]
        minus = signed and any(sign_of(cell, "yuan") < 0 for cell in cells)
        return sum(_holds(role, cell) for cell in cells), minus

    return max(columns, key=fits)


def _holds(role: str, cell: object) -> bool:
    """Tell whether a cell can be read as what a role needs."""
    if role == "date":
        return is_day(cell)
    if role not in ("amount", "out", "in", "balance", "fee"):
        return bool(plain(cell))
    return fen_or_none(cell) is not None


def _day_and_time(found: HeadedTable, columns: dict[str, int]) -> dict[str, int]:
    """Take 交易时间 without a day's column for both; a time alone is of no use."""
    columns = dict(columns)
    if "date" not in columns and "time" in columns:
        columns["date"] = columns.pop("time")
    if "date" in columns and "time" in columns:
        first, (date, time) = found.sample[:19], (columns["date"], columns["time"])
        dated = any(is_day(at(cells, date)) for cells in first)
        if not dated and any(is_day(at(cells, time)) for cells in first):
            columns["date"] = columns.pop("time")
    return columns


def _shape(columns: dict[str, int]) -> str | None:
    payer = {"payer_account", "payer_name"} & set(columns)
    payee = {"payee_account", "payee_name"} & set(columns)
    if payer and payee and "amount" in columns:
        return "list"
    if "out" in columns and "in" in columns:
        return "two"
    if "amount" in columns:
        return "flag" if "flag" in columns else "signed"
    return None


def _unit(found: HeadedTable) -> str:
    """Return the unit that the headers of the amounts name; "" if none does."""
    amounts = [found.header(role) for role in ("amount", "out", "in") if role in found.columns]
    for sign, unit in UNIT_NAMES.items():
        if any(re.search(rf"[(/\[]\s*{sign}\s*[)\]]?$", text) for text in amounts):
            return unit
    return "wan" if any("万" in text for text in amounts) else ""
