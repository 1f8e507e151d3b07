"""Who is who in several statements: accounts by number, holders by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simlib.resources import table
from simlib.statement.key import Key, account_key
from simlib.statement.model import End, Note, Reading

if TYPE_CHECKING:
    from simlib.statement.together import Holder

OTHERS = "others"  # the party of everybody a statement does not name
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Identities:
    """Gives each account and each holder of some statements its id, in order of appearance.

    One number is one account. One name is one holder, which is listed as an assumption; a name
    partly hidden by the bank (张*) tells nobody from another and makes no two accounts one's.
    """

    def __init__(self, readings: Sequence[Reading], key: Key, keep_names: bool) -> None:
        self.key, self.keep = key, keep_names
        self.accounts: dict[str, str] = {}
        self.warnings: list[Note] = []
        self.assumptions: list[Note] = []
        self._names = self._collect(readings)
        self._ids: dict[End, str] = {}
        self._named_holders: dict[str, str] = {}
        for reading in readings:
            for m in sorted(reading.movements, key=lambda m: m.row):
                ends = (m.payer, m.payee) if m.own is None or m.own is m.payer else (
                    m.payee, m.payer)  # fmt: skip
                for end in ends:
                    self.of(end)
        self._tell()

    def of(self, end: End) -> str:
        """Return the id a transfer names: an account's, a party's, or that of everybody else."""
        known = self._ids.get(end)
        if known is None:
            known = self._ids[end] = self._new(end)
        return known

    def _new(self, end: End) -> str:
        if not any(end):
            return OTHERS
        if not end.number and not end.label:
            return self._holder(f"name:{end.name}")
        original = account_key(end)
        account = self.key.account(end)
        name = self._names.get(original, "")
        whole = name and "*" not in name
        if account not in self.key.holder_of:
            self.key.holder_of[account] = self._holder(f"name:{name}" if whole else original)
        if self.keep and _ID.fullmatch(end.number):
            account = end.number
        self.accounts[account] = self.key.holder_of[self.key.account(end)]
        self._holder_seen(self.accounts[account], name)
        return account

    def _holder(self, original: str) -> str:
        holder = self.key.holder(original)
        self._holder_seen(holder, original.partition(":")[2])
        return holder

    def _holder_seen(self, holder: str, name: str) -> None:
        self._named_holders[holder] = self._named_holders.get(holder) or name

    def holders(self) -> Iterator[Holder]:
        """Yield the holders, in order of appearance."""
        from simlib.statement.together import Holder

        both = [table("texts", lang, "statement.toml") for lang in ("zh", "en")]
        for id, name in self._named_holders.items():
            kept = "".join(filter(str.isprintable, name)) if self.keep else ""
            zh, en = (kept or words["pseudonym"].format(n=id[1:]) for words in both)
            yield Holder(id, zh, en)

    def _collect(self, readings: Sequence[Reading]) -> dict[str, str]:
        """Return the name of each account: the first that is given whole."""
        names: dict[str, str] = {}
        differing: dict[str, tuple[str, int]] = {}
        for reading in readings:
            for m in reading.movements:
                for end in (m.payer, m.payee):
                    if not end.name or not (end.number or end.label):
                        continue
                    original = account_key(end)
                    known = names.get(original, "")
                    if not known or ("*" in known and "*" not in end.name):
                        names[original] = end.name
                    elif known != end.name and "*" not in end.name:
                        differing.setdefault(original, (reading.label, m.row))
        if differing:
            label, row = next(iter(differing.values()))
            values = {"label": label, "row": row, "count": len(differing)}
            self.warnings.append(Note("two-names", values))
        return names

    def _tell(self) -> None:
        accounts = Counter(self.accounts.values())
        if several := sum(count > 1 for count in accounts.values()):
            self.assumptions.append(Note("same-name", {"count": several}))
        if OTHERS in self._ids.values():
            self.assumptions.append(Note("unnamed-others"))
