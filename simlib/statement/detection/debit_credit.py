"""Which rows are money in and which money out: by signs, marks and words, or by the balances."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Mapping as Pairs
from functools import cache
from itertools import pairwise, permutations

from simlib.money import Fen
from simlib.statement.amounts import fen_or_none, sign_of
from simlib.statement.dates import day_of
from simlib.statement.detection.statement_head import CARD, card
from simlib.statement.mapping import HeadedTable, Mapping
from simlib.statement.model import Movement, Note, Refusal, Row, Table, at, plain, stated, yuan
from simlib.statement.vocabulary import Words, headers, key

# ---------------------------------------------- how in and out were read

_OWED = re.compile(r"欠款|应还|待还|透支余额|amount\s*(?:due|owed)", re.IGNORECASE)
_FREE = re.compile(r"可用|额度|available", re.IGNORECASE)
CARD_NAMED_WITHIN = 200  # rows above a header in which a card is named
PAID_OFF = re.compile(r"还款|退货|退款")
SPENT = re.compile(r"消费|取现|年费|分期")
COST = re.compile(r"(?:手续费|利息|违约金)$")  # of a repayment, and itself none


def how_signs_were_read(
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
    above = table.rows[: min(max(header, 0), CARD_NAMED_WITHIN)]
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


# ----------------------------------- what signs, marks and balances tell

FEWEST = 2  # balances that must follow before they tell a direction
FEW = 6  # different words in a column that may say in or out, at most
LONGEST_MARK = 12  # letters
OPEN_ROLES = ("kind", "remark")  # columns with a role that may say in or out, too
_SEPARATE = r"\s*[-:=、.]?\s*\(?\s*"
_WORD = (
    r"(收入|支出|收款|付款|借方|贷方|借记|贷记|转入|转出|进账|出账|入账|存入|支取|借|贷|收|付|支|进"
    r"|出|入|存|取|debit|credit)(?!记?卡)"
)
_PLAIN = r"(收入|支出|收款|付款|转入|转出|进账|出账|入账|存入|支取)"
_IS = r"[\"'”’]?\s*(?:=|:|为|是|即|指|表示|代表)\s*[\"'“‘]?\s*"
_LEGENDS = (  # 1-借 2-贷, 0(支出)/1(收入); 借:1, 贷:2; 借=存入, 贷=支取
    re.compile(rf"(?<![0-9a-z])([0-9]{{1,2}}|[a-z]){_SEPARATE}{_WORD}"),
    re.compile(rf"{_WORD}{_SEPARATE}([0-9]{{1,2}}|[a-z])(?![0-9a-z])"),
    re.compile(rf"(?<![a-z])(借|贷|debit|credit|dr|cr|d|c)[方记]?{_IS}{_PLAIN}"),
)
_SIGNS = (  # 正数为支出, 金额为负表示收入; 支出为正
    re.compile(rf"(正|负|\+|-)[数值号]?(?:金额)?{_IS}{_PLAIN}"),
    re.compile(rf"{_PLAIN}(?:金额)?(?:以|用|记?{_IS})(正|负)"),
)
Side = int  # 1 in, -1 out


@cache
def card_words() -> Words:
    """Return the kinds of a card's rows that say in or out by themselves."""
    return Words(headers()["flags"]["card"])


@cache
def _usual() -> Words:
    return Words({side: headers()["words"][side] for side in ("in", "out")})


def legend(text: str) -> dict[str, tuple[str, ...]]:
    """Return what codes mean in or out, as a header says of its column; empty if it does not.

    Examples
    --------
    >>> legend("0(支出)/1（收入）"), legend("借贷标志（1借2贷）"), legend("收付：收:1 付:2")
    ({'out': ('0',), 'in': ('1',)}, {'out': ('1',), 'in': ('2',)}, {'in': ('1',), 'out': ('2',)})
    >>> legend("收付标志"), legend("2024年收入")
    ({}, {})
    """
    text, words = plain(text).lower(), headers()["words"]
    for code_first, pattern in zip((True, False, True), _LEGENDS, strict=True):
        found: dict[str, tuple[str, ...]] = {}
        for one, other in pattern.findall(text):
            code, word = (one, other) if code_first else (other, one)
            alike = next((w for w in (words["debit"], words["credit"]) if code in w), (code,))
            if side := _usual().of(word):
                found[side] = (*dict.fromkeys((*found.get(side, ()), *alike)),)
        codes = [code for listed in found.values() for code in listed]
        if len(found) == 2 and len(set(codes)) == len(codes):
            return found
    return {}


def stated_sign(found: HeadedTable) -> str | None:
    """Return in or out: what the header of the amounts or a line around the table says that an
    amount without a sign is; None if nothing does."""
    text = f"{found.header('amount')}\n{found.notes}"
    sign_first, word_first = (pattern.findall(text) for pattern in _SIGNS)
    met = {(_usual().of(word) == "in") is (sign in "正+")
           for sign, word in (*sign_first, *(pair[::-1] for pair in word_first))}  # fmt: skip
    return ("in" if met.pop() else "out") if len(met) == 1 else None


def explained(found: HeadedTable, mapping: Mapping) -> Mapping:
    """Return the mapping with what a legend around the table says of its signs or marks, which
    goes before every convention."""
    if mapping.shape == "signed" and (side := stated_sign(found)):
        return mapping.change(positive=side)
    if mapping.shape == "flag" and (flags := _stated_marks(found, mapping)):
        return mapping.change(flags=flags)
    if mapping.shape == "two" and _exchanged(found):
        return mapping.change(turned=True)
    return mapping


def _exchanged(found: HeadedTable) -> bool:
    """Tell whether a line around the table says that its columns 借方 and 贷方 are money in and
    out, not out and in."""
    heads = [found.header(side)[:1] for side in ("out", "in")]
    told = ("借" in legend(line).get("in", ()) for line in found.notes.split("\n"))
    return heads == ["借", "贷"] and any(told)


def told_by_words(found: HeadedTable) -> int | None:
    """Return the column whose words alone say in and out of amounts without signs: 消费, 还款."""
    columns = found.columns
    amounts = [(sign_of(found.cell(cells, "amount"), "yuan"), cells) for cells in found.sample]
    if not amounts or any(sign < 0 for sign, _ in amounts):
        return None
    moved = [cells for sign, cells in amounts if sign]
    spare = [c for c in range(len(found.texts)) if c not in columns.values()]
    is_card = card(found)
    for column in (*(columns[role] for role in ("kind",) if role in columns), *spare):
        sides = {card_words().of(key(at(cells, column))) for cells in moved}
        if sides == {"in", "out"} or (is_card and len(sides) == 1 and None not in sides):
            return column
    return None


def directions(found: HeadedTable, mapping: Mapping) -> tuple[Mapping, list[Note]]:
    """Return what signs and marks in the first rows mean."""
    if mapping.shape == "signed":
        return _signed(found, mapping)
    if mapping.shape == "flag":
        return _flags(found, mapping)
    if mapping.shape == "two":
        signs = {sign_of(found.cell(cells, "out"), mapping.unit) for cells in found.sample}
        if -1 in signs and 1 not in signs:
            return mapping.change(negative="same"), [Note("out-negative")]
    return mapping, []


# ---------------------------------------------------------------- amounts without signs


def _signed(found: HeadedTable, mapping: Mapping) -> tuple[Mapping, list[Note]]:
    """Return the mapping where amounts have signs; where none has, what the balances tell, or the
    question: amounts are never all income because nothing says that they are not."""
    if side := stated_sign(found):
        return mapping.change(positive=side), []
    cells = [found.cell(row, "amount") for row in found.sample]
    signs = {sign_of(cell, mapping.unit) for cell in cells}
    if -1 in signs or 1 not in signs or any(plain(cell).startswith("+") for cell in cells):
        return mapping, []
    told = [] if card(found) else _by_balances(found, mapping)
    sides = {side for _, side in told}
    if sides in ({1}, {-1}):
        return mapping.change(positive="in" if 1 in sides else "out"), []
    likely = _likely(found)
    for column in likely if told else ():
        if flags := _marks(told, column):
            return _taken(found, mapping, column, flags)
    values = {"column": found.named(likely[0])} if likely else {}
    note = Note("no-sign-column" if likely else "no-sign", values)
    return mapping.change(positive="ask"), [note]


def _taken(
    found: HeadedTable, mapping: Mapping, column: int, flags: dict[str, tuple[str, ...]]
) -> tuple[Mapping, list[Note]]:
    """Return the mapping with a column of marks that the balances bear out."""
    name = found.named(column)
    kept = {r: c for r, c in mapping.columns.items() if c not in (name, column + 1)}
    marked = mapping.change(shape="flag", columns={**kept, "flag": name}, flags=flags)
    return marked, [Note("flag-by-balances", {"column": name})]


def _likely(found: HeadedTable) -> list[int]:
    """Return the columns that may say in or out: two to six short words, in every row that moves
    money; those that begin with a known mark, then those with the fewest words first."""
    taken = {column for role, column in found.columns.items() if role not in OPEN_ROLES}
    moved = [cells for cells in found.sample if sign_of(found.cell(cells, "amount"), "yuan")]
    likely = []
    for column in range(len(found.texts)):
        met = {plain(at(cells, column)) for cells in moved} if column not in taken else set()
        if 2 <= len(met) <= FEW and all(0 < len(word) <= LONGEST_MARK for word in met):
            known = sum(_begins_as_mark(word) for word in met)
            if len(met) < len(moved) or known == len(met):
                likely.append((-known, len(met), column))
    return [column for _, _, column in sorted(likely)]


def _begins_as_mark(word: str) -> bool:
    return any(_usual().of(key(word)[:letters]) for letters in (2, 1))


# ---------------------------------------------------------------- what the balances tell


def _by_balances(found: HeadedTable, mapping: Mapping) -> list[tuple[Row, Side | None]]:
    """Return each row that moved money with its side, if every balance follows from the one before
    it in one of the two orders. Else nothing. The oldest row of an account has a side only where
    its amount is its balance: an account that was empty."""
    if not {"balance", "date"} <= {*found.columns}:
        return []
    ways = [_followed(found, rows, mapping) for rows in (found.sample, found.sample[::-1])]
    if all(ways):  # as the days run, if they do
        down = _down(found)
        return ways[down > 0] if down else []
    return next(filter(None, ways), [])


def _followed(
    found: HeadedTable, rows: Iterable[Row], mapping: Mapping
) -> list[tuple[Row, Side | None]]:
    more = -1 if is_owed(mapping) else 1
    last: dict[str, Fen] = {}
    told: list[tuple[Row, Side | None]] = []
    for cells in rows:
        amount, balance = (fen_or_none(found.cell(cells, role), mapping.unit)
                           for role in ("amount", "balance"))  # fmt: skip
        if not amount or not _day(found.cell(cells, "date")):
            continue
        if balance is None:
            return []
        own = stated(found.cell(cells, "own_account"))
        sides = {amount: more, -amount: -more}
        if own in last and balance - last[own] not in sides:
            return []
        empty = more if balance == amount else None
        told.append((cells, sides[balance - last[own]] if own in last else empty))
        last[own] = balance
    return told if len(told) - len(last) >= FEWEST else []


def _down(found: HeadedTable) -> int:
    """Return by how many rows more the days run backwards than forwards."""
    days = [day for cells in found.sample if (day := _day(found.cell(cells, "date")))]
    return sum(b < a for a, b in pairwise(days)) - sum(b > a for a, b in pairwise(days))


def _day(cell: object) -> str:
    try:
        found = day_of(cell)
    except Refusal:
        return ""
    return f"{found.day} {found.time}" if found.day else ""


def _marks(
    told: Sequence[tuple[Row, Side | None]], column: int, two: bool = False
) -> dict[str, tuple[str, ...]] | None:
    """Return side → the words of a column that mean it, if each word means one side and every row
    has one; None if not. `two`: the column is one of marks, so that of two words the one in the
    oldest row alone, which has no balance before it, means what the other does not."""
    sides: dict[str, set[Side | None]] = {}
    for cells, side in told:
        sides.setdefault(plain(at(cells, column)), set()).add(side)
    if two and len(sides) == 2:
        _other_word(sides)
    found: dict[str, tuple[str, ...]] = {}
    for word, met in sides.items():
        known = met - {None}
        if not word or len(known) != 1:
            return None
        name = "in" if known == {1} else "out"
        found[name] = (*found.get(name, ()), word)
    return found if len(found) == 2 else None


def _other_word(sides: dict[str, set[Side | None]]) -> None:
    """Give a word of which nothing is known the side that the other word does not mean."""
    for (word, met), (_, other) in permutations(sides.items(), 2):
        if met == {None} and len(known := [side for side in other if side]) == 1:
            sides[word] = {-known[0]}


# ---------------------------------------------------------------- marks


def _flags(found: HeadedTable, mapping: Mapping) -> tuple[Mapping, list[Note]]:
    words = headers()["words"]
    if mapping.flags is None:
        mapping = explained(found, mapping)
    if mapping.flags is None:
        met = _met(found, mapping)
        usual = {*words["in"], *words["out"]}
        if met - usual and all(map(card_words().of, met)):
            listed = headers()["flags"]["card"]
            mapping = mapping.change(flags={side: tuple(listed[side]) for side in listed})
            return mapping, []
    strange = [*dict.fromkeys(_strange(found, mapping))]
    told = _by_balances(found, mapping) if strange else []
    if told and (flags := _marks(told, found.columns["flag"], two=True)):
        return _taken(found, mapping, found.columns["flag"], flags)
    notes = [_unknown(strange, found, mapping)] if strange else []
    signs = _signs_of_sides(found, mapping)
    if signs["out"] == {-1} and -1 not in signs["in"]:
        return mapping.change(negative="same"), [*notes, Note("out-negative")]
    return mapping, notes


def _unknown(strange: Sequence[str], found: HeadedTable, mapping: Mapping) -> Note:
    """Return the doubt about marks that nobody knows, with those that are known beside them."""
    met: dict[str, dict[str, None]] = {"in": {}, "out": {}}
    for mark, _, side in _sides(found, mapping):
        if side in met:
            met[side][mark] = None
    listed = ", ".join(mark[:60] for mark in strange[:FEW])
    more = ", …" if len(strange) > FEW else ""
    return Note("flag-unknown", {"mark": listed + more, "in": [*met["in"]], "out": [*met["out"]]})


def _met(found: HeadedTable, mapping: Mapping) -> set[str]:
    """Return the marks of the rows that move money."""
    return {mark for cells in found.sample if (mark := key(found.cell(cells, "flag")))
            and sign_of(found.cell(cells, "amount"), mapping.unit)}  # fmt: skip


def _stated_marks(found: HeadedTable, mapping: Mapping) -> dict[str, tuple[str, ...]] | None:
    """Return the marks as usual and those that the header explains, or a line around the table
    that names it or explains every mark there is."""
    header, lines = found.header("flag"), found.notes.split("\n")
    naming = (header, *(line for line in lines if header and header in line))
    told = next(filter(None, map(legend, naming)), None)
    if not told:
        met = _met(found, mapping)
        all_told = (meant for meant in map(legend, (*lines, found.notes)) if met
                    and met <= {code for codes in meant.values() for code in codes})  # fmt: skip
        told = next(all_told, None)
    if not told:
        return None
    words = mapping.flags or {side: headers()["words"][side] for side in ("in", "out")}
    codes = {code for listed in told.values() for code in listed}
    return {side: (*(w for w in listed if w.lower() not in codes), *told.get(side, ()))
            for side, listed in words.items()}  # fmt: skip


def _sides(found: HeadedTable, mapping: Mapping) -> Iterator[tuple[str, int, str | None]]:
    """Yield the mark of each row that moves money, its amount's sign, and what the mark means."""
    marks = Words(mapping.flags or {side: headers()["words"][side] for side in ("in", "out")})
    for cells in found.sample:
        if sign := sign_of(found.cell(cells, "amount"), mapping.unit):
            mark = plain(found.cell(cells, "flag")).lower()
            yield mark, sign, marks.side(key(mark))


def _strange(found: HeadedTable, mapping: Mapping) -> Iterator[str]:
    """Yield the marks that nobody knows."""
    neutral = headers()["words"]["neutral"] if "kind" in found.columns else ()
    for mark, _, side in _sides(found, mapping):
        if mark and side is None and mark not in neutral:
            yield mark


def _signs_of_sides(found: HeadedTable, mapping: Mapping) -> dict[str, set[int]]:
    signs: dict[str, set[int]] = {"in": set(), "out": set()}
    for _, sign, side in _sides(found, mapping):
        if side in signs:
            signs[side].add(sign)
    return signs
