"""Frozen money back to the victims: by tracing where it can be told, in proportion where not.

冻结资金返还规定 art. 8: a single deposit goes straight back; of several deposits, what time stamps
trace to a victim; else in proportion. Money of others in the account is not the victims', and
nobody gets more than he lost: what is over stays frozen. This is a rule on giving back what was
frozen; on who is liable it says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.chain import trace_case
from simlib.errors import UnknownName
from simlib.liability.collection import pay_together
from simlib.money import split_units
from simlib.restitution.claimant import victims
from simlib.restitution.ledger import loss_of, stated
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.case.tables import Account, Transfer
    from simlib.chain import Tracing

RULES = ("timestamp", "pro_rata", "by_loss")
FROZEN = "frozen-funds-rules:8"
CITES = {
    "timestamp": (FROZEN, "criminal-law:64"),
    "pro_rata": (FROZEN, "criminal-law:64"),
    "by_loss": ("telecom-fraud-opinion-2:17", "criminal-law:64"),
}
SINGLE, TRACED, PROPORTION, NOBODY = "single", "timestamp", "pro_rata", "nobody"
BY_LOSS = "by_loss"


@dataclass(frozen=True, slots=True)
class Pot:
    """One frozen account and where its money goes; amounts in fen.

    Attributes
    ----------
    account, holder
        the account, and the party it belongs to
    frozen_fen
        what is frozen of it
    way
        `single` (one deposit), `timestamp` (traced by time stamps), `pro_rata` (in proportion),
        `by_loss` (in proportion to the open losses), or `nobody` (no victim's money came there)
    to
        victim → what he gets
    honest_fen
        what is others' money by tracing: it is no victim's
    left_fen
        what stays frozen, others' money included
    """

    account: str
    holder: str
    frozen_fen: int
    way: str
    to: dict[str, int]
    honest_fen: int
    left_fen: int


@dataclass(frozen=True)
class Return:
    """What is given back of frozen accounts.

    Attributes
    ----------
    case, rule, basis
        which case, by which of `RULES`, and on what kind of authority
    accounts
        the frozen accounts, in file order
    returned
        victim → what he gets [fen], every victim
    percent
        victim → the fraction of his open loss this is
    citations, assumptions, trace
        as in an outcome
    """

    case: str
    rule: str
    basis: str
    accounts: tuple[Pot, ...]
    returned: dict[str, int]
    percent: dict[str, Fraction]
    citations: tuple[str, ...]
    assumptions: tuple[dict, ...]
    trace: Trace

    def to_json(self) -> dict:
        """The return as plain JSON data."""
        return {
            "rule": self.rule,
            "basis": self.basis,
            "returned": self.returned,
            "accounts": [
                {
                    "id": pot.account,
                    "holder": pot.holder,
                    "frozen_fen": pot.frozen_fen,
                    "way": pot.way,
                    "to": pot.to,
                    "honest_fen": pot.honest_fen,
                    "left_fen": pot.left_fen,
                }
                for pot in self.accounts
            ],
        }


def give_back(case: Case, rule: str = "timestamp") -> Return:
    """Give the frozen money of a case back to its victims.

    Parameters
    ----------
    rule
        `timestamp`: art. 8 account by account, directly where there is one deposit or time stamps
        tell, else in proportion to what each victim's money that came there was. `pro_rata`: what
        lies in the account by tracing in proportion. `by_loss`: all accounts as one pool, every
        victim the same percentage of his open loss

    Raises
    ------
    UnknownName
        for another rule

    References
    ----------
    frozen-funds-rules:8, telecom-fraud-opinion-2:17, criminal-law:64

    Examples
    --------
    >>> from simlib import load_case
    >>> give_back(load_case("fix-1")).returned
    {'victim': 0}
    """
    if rule not in RULES:
        raise UnknownName.among("rule", rule, RULES)
    frozen = [a for a in case.accounts if a.frozen_fen]
    people = victims(case)
    losses = {v: _open(case, v) for v in people}
    left = dict(losses)
    nodes: list[Trace] = []
    pots: list[Pot] = []
    if rule == BY_LOSS:
        pots, nodes = _one_pool(case, frozen, losses)
    else:
        for account in frozen:
            pot, steps = _pot(case, account, rule, left)
            for step in steps:
                left[step.party] = _less(left[step.party], step)
            pots.append(pot)
            nodes += steps
    returned = {v: sum(pot.to.get(v, 0) for pot in pots) for v in people}
    whole = sum(returned.values())
    trace = Trace("given_back", whole, "fen", "received.sum", tuple(nodes))
    if not nodes:
        trace = Trace("given_back", 0, "fen", source="case:accounts")
    return Return(
        case.id,
        rule,
        "conference minutes",
        tuple(pots),
        returned,
        {v: Fraction(fen, losses[v].value or 1) for v, fen in returned.items()},
        CITES[rule] if frozen else (),
        tuple(_assumed(case, pots, rule)),
        trace,
    )


def _open(case: Case, victim: str) -> Trace:
    """What of a victim's loss has not come back."""
    loss = loss_of(case, victim)
    back = [
        Trace("before", e.fen, "fen", source=f"case:{e.source}", party=e.payer)
        for e in stated(case, victim)
    ]
    value = max(0, loss.value - sum(n.value for n in back))
    return Trace("loss_open", value, "fen", "loss_left", (loss, *back), party=victim)


def _less(loss: Trace, step: Trace) -> Trace:
    """What of an open loss is left once an account has given some of it back."""
    value = loss.value - step.value
    return Trace("loss_open", value, "fen", "loss_left", (loss, step), party=loss.party)


def _one_pool(
    case: Case, frozen: list[Account], losses: dict[str, Trace]
) -> tuple[list[Pot], list[Trace]]:
    """All frozen accounts together, every victim the same percentage of his open loss.

    Each account gives by what it holds for victims; which account a fen comes from changes nobody's
    part.
    """
    left = {v: node.value for v, node in losses.items()}
    people = list(left)
    holds = {a.id: _others(case, a) for a in frozen}
    free = {a.id: a.frozen_fen - holds[a.id] for a in frozen}
    pool = sum(free.values())
    parts = pay_together(pool, list(left.values()), list(left.values()))
    pots, rest = [], dict(zip(people, parts, strict=True))
    amounts = tuple(_frozen(a, holds[a.id]) for a in frozen)
    pot = Trace("pool", pool, "fen", "received.sum", amounts)
    caps = Trace("losses_open", sum(left.values()), "fen", "received.sum", tuple(losses.values()))
    nodes = [
        Trace("returned", part, "fen", "returned.by-loss", (pot, caps), party=v,
              cites=CITES[BY_LOSS])
        for v, part in zip(people, parts, strict=True)
        if part
    ]  # fmt: skip
    for account in frozen:
        take = min(free[account.id], sum(rest.values()))
        shares = split_units(take, list(rest.values())) if take else [0] * len(rest)
        to = {v: fen for v, fen in zip(rest, shares, strict=True) if fen}
        rest = {v: fen - to.get(v, 0) for v, fen in rest.items()}
        whole = (account.id, account.holder, account.frozen_fen)
        pots.append(Pot(*whole, BY_LOSS, to, holds[account.id], account.frozen_fen - take))
    return pots, nodes


def _pot(
    case: Case, account: Account, rule: str, losses: dict[str, Trace]
) -> tuple[Pot, list[Trace]]:
    """One account by art. 8, or by tracing in proportion."""
    left = {v: node.value for v, node in losses.items()}
    way, claims, honest = _claims(case, account, rule, left)
    free = account.frozen_fen - honest
    caps = [min(left[v], free) for v in claims]
    if way in (SINGLE, TRACED):
        caps = [min(cap, amount) for cap, amount in zip(caps, claims.values(), strict=True)]
    parts = pay_together(free, caps, list(claims.values()))
    to = {v: fen for v, fen in zip(claims, parts, strict=True) if fen}
    over = account.frozen_fen - sum(to.values())
    pot = Pot(account.id, account.holder, account.frozen_fen, way, to, honest, over)
    direct = way in (SINGLE, TRACED)
    steps = _steps(account, rule, honest, claims, [losses[v] for v in claims], direct)
    return pot, [
        Trace("returned", fen, "fen", *steps, party=v, cites=CITES[rule]) for v, fen in to.items()
    ]


def _steps(
    account: Account,
    rule: str,
    honest: int,
    claims: dict[str, int],
    limits: list[Trace],
    direct: bool,
) -> tuple[str, tuple[Trace, ...]]:
    """By which rule, and from what, an account's money is divided."""
    free = account.frozen_fen - honest
    key = "came" if rule == "timestamp" and not direct else "held"
    traced = tuple(
        Trace(key, fen, "fen", source="case:transfers", party=v) for v, fen in claims.items()
    )
    groups = (
        Trace("pool", free, "fen", "received.sum", (_frozen(account, honest),)),
        Trace("traced", sum(claims.values()), "fen", "received.sum", traced),
        Trace("losses_open", sum(n.value for n in limits), "fen", "received.sum", tuple(limits)),
    )
    return "returned.directly" if direct else "returned.in-proportion", groups


def _frozen(account: Account, honest: int) -> Trace:
    """What of a frozen account is not others' money."""
    whole = Trace(
        "frozen_fen", account.frozen_fen, "fen", source=f"case:accounts.{account.id}.frozen_fen"
    )
    others = Trace("honest", honest, "fen", source="case:transfers")
    return Trace("frozen_free", account.frozen_fen - honest, "fen", "pool.less-others",
                 (whole, others))  # fmt: skip


def _claims(
    case: Case, account: Account, rule: str, left: dict[str, int]
) -> tuple[str, dict[str, int], int]:
    """How an account is given back, by what amounts, and how much in it is others' money."""
    if not _touched(case, account.id):
        return BY_LOSS, {v: fen for v, fen in left.items() if fen}, 0
    tracing = trace_case(case, "pro_rata" if rule == "pro_rata" else "timestamp")
    held = _scaled(tracing.held(account.id), account.frozen_fen)
    honest = held.pop(None, 0)
    if not held:
        return NOBODY, {}, honest
    if rule == "pro_rata":
        return PROPORTION, held, honest
    if way := _directly(tracing, case, account):
        return way, held, honest
    came = {v: tracing.came([account.id], v) for v in left}
    return PROPORTION, {v: fen for v, fen in came.items() if fen}, honest


def _touched(case: Case, account: str) -> bool:
    return any(account in (t.payee, t.payer) for t in case.transfers)


def _others(case: Case, account: Account) -> int:
    """What of a frozen account is nobody's in the case, by time stamps."""
    if not _touched(case, account.id):
        return 0
    held = trace_case(case, "timestamp").held(account.id)
    return _scaled(held, account.frozen_fen).get(None, 0)


def _scaled(held: dict[str | None, int], frozen: int) -> dict[str | None, int]:
    """What is frozen, by whose it is: as in the whole account where that is another amount.

    Frozen money that tracing does not find in the account is others' (`None`).
    """
    whole = sum(held.values())
    if frozen > whole:
        return held | {None: held.get(None, 0) + frozen - whole}
    parts = split_units(frozen, list(held.values()))
    return {v: fen for v, fen in zip(held, parts, strict=True) if fen}


def _directly(tracing: Tracing, case: Case, account: Account) -> str | None:
    """Whether art. 8(1) or (2) lets what lies in an account be traced straight to victims.

    (1) one deposit only; (2) several, where every payment out is matched by the deposit right
    before it, so that what is left are whole deposits. Either way each deposit left is one
    person's money, and there was nothing else in the account.
    """
    listed = list(case.transfers)
    ours = [listed[i] for i in tracing.order if account.id in (listed[i].payer, listed[i].payee)]
    ours = [t for t in ours if t.payer != t.payee and t.amount_fen]
    deposits = [t for t in ours if t.payee == account.id]
    if account.opening_fen or account.inflow_fen and account.inflow_fen > _sum(deposits):
        return None
    left = _unmatched(ours, account.id)
    if left is None or any(len(tracing.of(t.id)) != 1 for t in left):
        return None
    return SINGLE if len(deposits) == 1 else TRACED


def _sum(transfers: list[Transfer]) -> int:
    return sum(t.amount_fen for t in transfers)


def _unmatched(ours: list[Transfer], account: str) -> list[Transfer] | None:
    """The deposits no payment out has used up; None if a payment has no deposit of its own."""
    if sum(t.payee == account for t in ours) == 1:
        return [t for t in ours if t.payee == account]
    open_: list[Transfer] = []
    before: Transfer | None = None
    for t in ours:
        if t.payee == account:
            open_.append(t)
            before = t
            continue
        if before is None or before.amount_fen != t.amount_fen + t.fee_fen:
            return None
        open_.remove(before)
        before = None
    return open_


def _assumed(case: Case, pots: list[Pot], rule: str) -> list[dict]:
    """What giving back rests on that no rule says."""
    found = []
    ways = {pot.way for pot in pots}
    if TRACED in ways:
        found.append(_entry("pool.timestamp", None))
    if PROPORTION in ways and rule == "timestamp":
        found.append(_entry("pool.proportion", None))
    if BY_LOSS in ways and rule != BY_LOSS:
        found.append(_entry("pool.no-flows", None))
    found += [_entry("pool.others", pot.honest_fen, pot.holder) for pot in pots if pot.honest_fen]
    return found


def _entry(key: str, value: object, party: str | None = None) -> dict:
    entry = {"key": key, "value": value, "basis": "teaching assumption"}
    return entry | ({"party": party} if party else {})
