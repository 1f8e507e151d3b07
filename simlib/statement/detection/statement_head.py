"""What the lines around a table say: whose statement it is, and in which unit and money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simlib.errors import StatementError
from simlib.statement.amounts import COINS, FOREIGN, UNIT_NAMES, sign_of
from simlib.statement.dates import utc_in
from simlib.statement.mapping import (
    FEET,
    LIST_ENDS,
    OWN_ENDS,
    HeadedTable,
    Mapping,
    headed,
    line_of,
    shortened_cells,
)
from simlib.statement.model import Note, Row, Table, at, plain
from simlib.statement.vocabulary import headers, key

# ----------------------------------- whose statement, and of which money

CARD = re.compile(r"信用卡|贷记卡|credit\s*card", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:账\s*号|帐\s*号|卡\s*号|账\s*户|account(?:\s*(?:number|no\.?))?)\s*[:：]?\s*\[?"
    r"(?:[\u4e00-\u9fff]{2,20}\s+)?"
    r"([0-9*][0-9* -]{5,38}[0-9*]|[\w.*+-]{1,64}@[\w.*-]{1,64})",
    re.IGNORECASE,
)
# words of labels that may follow a name, or stand where it is missing
_LABEL = (
    r"(?!(?:account|a/c|card|customer|statement|number|no|currency|ccy|date|from|period|branch"
    r"|address|type|sort|iban|bic|swift|product|opening|printed|page)\b)"
)
_LATIN = rf"{_LABEL}[a-z*](?:[\w.*'’-]*[\w.*])?+(?!\s*:)"
_NAME = (  # XU LAN, which ends before Account Number:; 王 强, spaced out; any other up to a space
    rf"(?:{_LATIN}(?:(?: |,\s?(?=ltd|limited|inc|llc)){_LATIN})*(?=[\s,;\]】]|$)"
    r"|[\u4e00-\u9fff](?: [\u4e00-\u9fff])+(?=[\s,;\]】]|$)"
    rf"|{_LABEL}[^\s:,;\[\]【】]++)(?!\s*:)"
)
_VALUE = rf"\s*[:：]?\s*[\[【]?\s*({_NAME})"
# not 对方户名, 收款人户名, 操作员姓名
_HIS = r"(?<!对方)(?<!对手)(?<!收款)(?<!付款)(?<!款人)(?<!款方)(?<!员)(?<!办人)(?<!询人)"
_OWNERS = r"账\s*户\s*持\s*有\s*人|户\s*名|客户姓名|客户名称"
_HOLDER = re.compile(
    rf"{_HIS}(?:持\s*卡\s*人(?:\s*姓\s*名)?(?=\s*[:：]|\s{{2}})|{_OWNERS}|姓\s*名"
    rf"|account\s*name|account\s*holder(?:\s*name)?){_VALUE}",
    re.IGNORECASE | re.MULTILINE,
)
_OWNER = re.compile(
    rf"{_HIS}(?:{_OWNERS}|账户名称|account\s*name)(?=\s*[:：]){_VALUE}",
    re.IGNORECASE | re.MULTILINE,
)
_FOOT = re.compile(r"导出时间\s*[:：].*\s用户\s*[:：]\s*\[?([\u4e00-\u9fff·]{2,20})")
_ANOTHERS = re.compile(r"(?:对方|对手|收款|付款|转入|转出)\S{0,6}$")  # 对方卡号/账号
_SPACES = re.compile(r"[ -]")
_CURRENCY = re.compile(
    rf"(?:币\s*[种别]|货\s*币|金额单位|currency)\s*[均都]?\s*[:：为是]?\s*\[?\s*({FOREIGN})(?![a-z])",
    re.IGNORECASE,
)
_OF_HEADER = re.compile(rf"[(/\[]\s*({FOREIGN})\s*[)\]]?$", re.IGNORECASE)
_ZONE = re.compile(
    r"(?:时\s*区|时间|time\s*zone|times?)\D{0,20}?(?:UTC|GMT)[^\s;，；]*", re.IGNORECASE
)
_GREENWICH = re.compile(r"格林(?:威|尼)治(?:标准|平均)?(?:时间)?")
_UNIT = re.compile(
    rf"单\s*位\s*[均都]?\s*[:：为是]\s*(?:人民币)?\s*({'|'.join(UNIT_NAMES)})(?![一-鿿])"
)


def unit_above(found: HeadedTable) -> str:
    """Return the unit that a line above or below the table states (单位：分); yuan if none does."""
    stands = _UNIT.search(found.notes)
    return UNIT_NAMES[stands[1]] if stands else "yuan"


def zone_above(found: HeadedTable) -> str | None:
    """Return the zone that a line around the table states (时区：UTC); None if none does."""
    stands = _ZONE.search(_GREENWICH.sub("UTC", found.notes))
    return utc_in(stands[0]) if stands else None


def foreign_money(found: HeadedTable, mapping: Mapping) -> str:
    """Return another money that the lines around the table or the headers of its amounts name;
    "" if they name none."""
    if stands := _CURRENCY.search(found.notes):
        return stands[1]
    texts = (plain(str(mapping.columns.get(role, ""))) for role in ("amount", "out", "in"))
    return next((stands[1] for text in texts if (stands := _OF_HEADER.search(text))), "")


def own_of(found: HeadedTable, mapping: Mapping) -> tuple[Mapping, list[Note]]:
    """Return whose statement it is: as the mapping says, else from the lines above the table."""
    if mapping.shape == "list" or {"own_account", "own_party"} & set(mapping.columns):
        return mapping, []
    number = _NUMBER.search(found.title)
    holder = _HOLDER.search(found.title) or _at_foot(found.table)
    account = _SPACES.sub("", number[1]) if number else None
    of_another = mapping.account and account and mapping.account != account
    name = holder[1] if holder and not of_another and "own_name" not in mapping.columns else None
    mapping = mapping.change(
        account=mapping.account or account, holder=mapping.holder or name,
    )  # fmt: skip
    if number or holder or "own_name" in mapping.columns:
        return mapping, []
    return mapping, [Note("own-unknown", {"label": found.table.label})]


def numbers_of(text: str) -> list[str]:
    """Return the accounts that a line of a statement's head names as its own."""
    return [_SPACES.sub("", found[1]) for found in _NUMBER.finditer(text)
            if not _ANOTHERS.search(text[: found.start()])]  # fmt: skip


def holder_of(text: str) -> str:
    """Return whom a line of a statement's head names as the account's holder; no clerk's name."""
    found = _OWNER.search(text)
    return found[1] if found else ""


def _at_foot(table: Table) -> re.Match[str] | None:
    """Return whom the line below the table names who says when it was exported (支付宝)."""
    return next(
        (found for line in map(line_of, table.rows[-FEET:]) if (found := _FOOT.search(line))), None
    )


def card(found: HeadedTable) -> bool:
    """Tell whether a statement of one signed amount looks like a credit card's: by its title, or
    because repayments are negative and purchases positive."""
    above = (text for cells in found.table.rows[: max(found.place, 0)]
             for text in shortened_cells(cells))  # fmt: skip
    if CARD.search("".join(above) + found.table.own_label):
        return True
    signs: dict[str, set[int]] = {"还款": set(), "消费": set()}
    for cells in found.sample:
        texts = "".join(plain(found.cell(cells, role)) for role in ("kind", "remark"))
        for word, met in signs.items():
            if word in texts:
                met.add(sign_of(found.cell(cells, "amount"), "yuan"))
    return signs == {"还款": {-1}, "消费": {1}}


# ---------------------------------------------------- coins are not yuan

MOST_NAMED = 4
_COIN = re.compile(rf"(?:{COINS})(?:[-_ (].*)?", re.IGNORECASE)  # USDT, USDT-TRC20, USDT (TRC20)
_WORTH = re.compile(rf"[-+]?[0-9][0-9.,]*\s*({COINS})", re.IGNORECASE)
_TITLE = re.compile(  # 泰达币（USDT）转账明细
    rf"(?<![a-z])({COINS})(?![a-z])[^\n]{{0,20}}?(?:明细|记录|流水|清单)", re.IGNORECASE
)
_ADDRESS = re.compile(r"T[1-9A-HJ-NP-Za-km-z]{33}|0x[0-9a-fA-F]{40}|bc1[0-9a-z]{25,59}")
_YUAN = re.compile(r"元|人民币|cny|rmb|¥", re.IGNORECASE)
_AMOUNTS = ("amount", "out", "in")


def refuse_coins(table: Table, mapping: Mapping) -> None:
    """Refuse a table whose amounts are coins.

    Raises
    ------
    StatementError
        that says that they must be valued first, and how
    """
    if met := coins(table, mapping):
        named = ", ".join(met[:MOST_NAMED])
        raise StatementError("statement-coins", name=table.label, coins=named)


def coins(table: Table, mapping: Mapping) -> list[str]:
    """Return the coins that a table's column of currencies, its amounts or their header name; of a
    table between addresses of a chain that names no yuan, an address."""
    try:
        found = headed(table, mapping)
    except StatementError:  # no such column: whoever reads the table says so
        return []
    currencies = list(_cells(found, found.rows, "currency"))
    if met := [text for text in currencies if _COIN.fullmatch(text)]:
        return sorted(met)
    above = foreign_money(found, mapping)
    if _COIN.fullmatch(above):
        return [above]
    amounts = _cells(found, found.sample, *_AMOUNTS)
    if met := sorted({worth[1] for each in amounts if (worth := _WORTH.fullmatch(each))}):
        return met
    if _in_yuan(mapping, currencies):
        return []
    if named := _TITLE.search(found.title):
        return [named[1]]
    if met := _in_every_row(found):
        return met
    ends = {*_cells(found, found.sample, *OWN_ENDS, *LIST_ENDS)}
    met = sorted(filter(_ADDRESS.fullmatch, ends))
    return [met[0][:12] + "…"] if met and 2 * len(met) > len(ends) else []


def _in_every_row(found: HeadedTable) -> list[str]:
    """Return the coins of a column, of whatever role, that has one in every row of an amount."""
    moved = [cells for cells in found.sample
             if any(sign_of(found.cell(cells, role), "yuan") for role in _AMOUNTS)]  # fmt: skip
    ends = {found.columns[role] for role in (*OWN_ENDS, *LIST_ENDS) if role in found.columns}
    for column in range(len(moved[0]) if moved else 0):
        met = {plain(at(cells, column)) for cells in moved} if column not in ends else {""}
        if all(map(_COIN.fullmatch, met)):
            return sorted(met)
    return []


def _in_yuan(mapping: Mapping, currencies: list[str]) -> bool:
    """Tell whether every currency, or a header of amounts, says yuan."""
    if currencies and all(key(each) in headers()["words"]["yuan"] for each in currencies):
        return True
    return any(_YUAN.search(str(mapping.columns.get(role, ""))) for role in _AMOUNTS)


def _cells(found: HeadedTable, rows: list[Row], *roles: str) -> Iterator[str]:
    """Yield the different texts of the columns of some roles."""
    for role in roles:
        if role in found.columns:
            texts = {cell for cells in rows if isinstance(cell := found.cell(cells, role), str)}
            yield from dict.fromkeys(text for cell in texts if (text := plain(cell)))
