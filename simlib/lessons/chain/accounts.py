"""What accounts, people, times and money of a chain are called, and in which layer they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from simlib.chain import accounts_of, trace_case
from simlib.figures.names_of_people import color_of, short_names
from simlib.figures.style import MONEY, OTHER_MONEY
from simlib.text import amount, date, words

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.case.tables import Transfer
    from simlib.money import Fen

Parts: TypeAlias = "Mapping[str | None, Fen]"  # whose money → how much [fen]; None is other money
# whose money: shades of the victims' colour, told apart by a pattern too
COINS = tuple(zip(MONEY, ("solid", "stripes", "dots", "cross"), strict=True))
OTHER = (OTHER_MONEY, "open")
FEE = "fee"  # the end of what banks took
MOST_STEPS = 120  # transfers that are drawn and listed; of more, sums say what matters


def phrase(key: str, lang: str, **values: object) -> str:
    """Return words of the tables and the knobs."""
    return words("chain_lab", key, lang, **values)


def engine(key: str, lang: str, **values: object) -> str:
    """Return words for keys of the engine."""
    return words("chain", key, lang, **values)


@dataclass(frozen=True)
class Names:
    """What the accounts and people of a case are called."""

    case: Case
    lang: str

    @cached_property
    def people(self) -> dict[str, str]:
        """Party → short name."""
        return short_names(self.case, self.lang)

    @cached_property
    def holders(self) -> dict[str, str]:
        """Account → the party it belongs to."""
        return {a.id: a.holder for a in self.case.accounts}

    def holder(self, id: str) -> str:
        """Return the party an account belongs to; a party belongs to himself."""
        return self.holders.get(id, id)

    def of(self, id: str) -> str:
        """Name an account by its holder, numbered if he has several; a victim's by her name."""
        left = left_as(self.case, id)
        if left:
            return phrase(f"left.{left}", self.lang)
        holder = self.holder(id)
        who = self.people[holder]
        if id == holder or self.case.party(holder).role == "victim":
            return who
        his = [a.id for a in self.case.accounts if a.holder == holder]
        key = "card.one" if len(his) == 1 else "card.several"
        return phrase(key, self.lang, who=who, n=his.index(id) + 1)

    def money(self, origin: str | None) -> str:
        """Say whose money it is."""
        return phrase("money.other", self.lang) if origin is None else self.people[origin]

    def color(self, id: str) -> str:
        """Return the colour of the holder's role."""
        return color_of(self.case, self.holder(id))

    def between(self, parts: Sequence[str]) -> str:
        """Write a list."""
        return phrase("between", self.lang).join(parts)


def is_long(case: Case) -> bool:
    """Tell whether a chain has too many transfers to look at one by one."""
    return len(case.transfers) > MOST_STEPS


def coins(origins: Sequence[str]) -> dict[str | None, tuple[str, str]]:
    """Map each origin to the colour and pattern of its money; None is other money."""
    own: dict[str | None, tuple[str, str]]
    own = {id: COINS[n % len(COINS)] for n, id in enumerate(origins)}
    return own | {None: OTHER}


def victims_of(case: Case) -> list[str]:
    """List the victims, in file order."""
    return [p.id for p in case.parties if p.role == "victim"]


def paid_by(case: Case, victim: str) -> list[Transfer]:
    """List the transfers out of a victim's accounts."""
    hers = accounts_of(case, victim)
    return [t for t in case.transfers or () if t.payer in hers]


def askable(case: Case) -> list[str]:
    """List whose money one may follow: the claimant, and others whose payments are listed."""
    tracing = trace_case(case)
    others = [id for id in victims_of(case) if id != case.claimant and tracing.paid(id)]
    return [case.claimant, *others]


def frozen_fen(case: Case) -> Fen:
    """Return what is frozen in all accounts [fen]."""
    return sum(account.frozen_fen or 0 for account in case.accounts)


def moment(at: datetime.datetime | None, lang: str, day: bool = True) -> str:
    """Write day and time of a transfer in its own time zone, or the time alone."""
    if at is None:
        return phrase("undated", lang)
    time = f"{at:%H:%M:%S}".removesuffix(":00")
    return phrase("when", lang, day=date(at.date(), lang), time=time) if day else time


def left_as(case: Case, id: str) -> str | None:
    """Return `cash` or `wallet` if the account stands for money that left; else None."""
    return next((a.leaves for a in case.accounts if a.id == id), None)


def end_kind(case: Case, id: str) -> str:
    """Classify a place where money lies at the end.

    returned (to a victim), frozen, there (in an account, not frozen), taken (by the fraudsters),
    handed (to somebody else without a listed account), cash, wallet, fee.
    """
    if id == FEE:
        return FEE
    if leaves := left_as(case, id):
        return leaves
    account = next((a for a in case.accounts if a.id == id), None)
    role = case.party(account.holder if account else id).role
    if role == "victim":
        return "returned"
    if account is None:
        return "taken" if role == "principal" else "handed"
    return "frozen" if account.frozen_fen else "there"


def depths(case: Case) -> dict[str, int]:
    """Return the layer of everybody who pays or is paid; victims and first payers are at 0.

    A victim's accounts stand at 0 under their own ids. People who only receive (cash, or what
    left the accounts listed) stand below all accounts.
    """
    paid: dict[str, list[str]] = {}
    for transfer in case.transfers:
        paid.setdefault(transfer.payer, []).append(transfer.payee)
    names = dict.fromkeys(name for t in case.transfers for name in (t.payer, t.payee))
    reached = trace_case(case).layers
    depth_of = {n: reached[n] for n in names if n in reached}
    for name in names:
        if name not in depth_of:  # an honest payer: above the account he pays
            below = [depth_of[payee] for payee in paid.get(name, ()) if payee in depth_of]
            depth_of[name] = max(0, min(below, default=1) - 1)
    cards = {a.id for a in case.accounts}
    ends = [n for n in names if n not in paid and (n not in cards or left_as(case, n))]
    last = max([d for n, d in depth_of.items() if n not in ends], default=0) + 1
    return depth_of | dict.fromkeys(ends, last)


def whose(of: Parts, names: Names) -> str:
    """Say whose an amount is, part by part."""
    parts = [part(names.money(origin), fen, names.lang) for origin, fen in of.items() if fen]
    return names.between(parts) or phrase("nothing", names.lang)


def part(who: str, fen: int, lang: str) -> str:
    """Say how much of an amount is somebody's."""
    return phrase("part", lang, who=who, amount=amount(fen, lang))
