"""Who stands at each side of a row, by the columns that say so."""

from __future__ import annotations

import re

from simlib.statement.detection import header_key
from simlib.statement.mapping import Mapping, headers
from simlib.statement.model import End, Refusal, Row, plain, stated
from simlib.statement.names_and_numbers import called
from simlib.statement.normalise.row_status import Said
from simlib.statement.parties import apart, name_of, number, of_gift, party_of
from simlib.statement.returned import returned, without_return

_TOWARDS = re.compile(  # TRANSFER TO, 转账至
    r"^(?:(?:transfer|payment|trf|tfr|remittance) +(?:to|from) +"
    r"|(?:跨行)?(?:转账|汇款|汇|转)(?:至|给|到)[ :]*(?=.))",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s:：/|,，;；_-]+")


class Ends:
    """Reads the sides of rows; `lost` are the rows with a name whose number a workbook cut off."""

    def __init__(self, said: Said, mapping: Mapping) -> None:
        self.said = said
        self.channels = frozenset(headers()["words"]["channels"])
        known = set(headers()["columns"]["remark"])
        self.of_remarks = {r for r, c in mapping.columns.items() if header_key(c) in known}
        self.lost: list[int] = []
        self.returned: list[int] = []  # whose name says that the money came back

    def of(self, row: int, cells: Row, whose: str) -> End:
        """Return who stands at a side: own, other, payer or payee."""
        if party := stated(self.said.cell(cells, f"{whose}_party")):
            return party_of(party)
        name = name_of(self.said.cell(cells, f"{whose}_name"))
        if f"{whose}_name" in self.of_remarks:
            name = self._without_channels(name)
        if returned(name):
            self.returned.append(row)
        beside, name = apart(without_return(name))[:2]
        try:
            return End(number(self.said.cell(cells, f"{whose}_account")) or beside, name)
        except Refusal:
            if not called(name):
                raise
            self.lost.append(row)
            return End(beside, name)

    def other(self, row: int, cells: Row) -> End:
        """Return the other side; of a gift without the words that stand before the name (发给)."""
        other = self.of(row, cells, "other")
        name = of_gift(other.name, plain(self.said.cell(cells, "kind")))
        if name != other.name:
            self.said.noted.setdefault("gifts", []).append(row)
            return other._replace(name=name)
        return other

    def _without_channels(self, name: str) -> str:
        """Return the name in a remark without the ways the money took: 财付通 微信转账 韩立新."""
        parts = [part for part in _BETWEEN.split(_TOWARDS.sub("", name)) if part]
        return " ".join(part for part in parts if part.lower() not in self.channels)
