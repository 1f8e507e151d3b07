"""Frozen money back to the victims: by tracing where it can be told, in proportion where not.

冻结资金返还规定 art. 8: a single deposit goes straight back; of several deposits, what time stamps
trace to a victim; else in proportion. Money of others in the account is not the victims', and
nobody gets more than he lost: what is over stays frozen. This is a rule on giving back what was
frozen; on who is liable it says nothing.

Art. 8(3) divides by 被害人被骗（盗）金额, the amount each was defrauded of. Read here (rule
`frozen_share = losses`): account by account, among the victims any of whose money came into it by
time stamps, by the whole loss of each, before anything came back; what came back only bounds what
he still gets (诈骗刑事案件解释 art. 9: 已获退赔的应予扣除). `inflows` is another reading: by what
of their money came into the account. Its formula stands in an annex that was not read.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.chain import method_law, trace_case
from simlib.chain.account_summary import paid, touching
from simlib.errors import UnknownName
from simlib.law.authority import authority
from simlib.law.regime import regime_for
from simlib.law.rule import checked_rules, word
from simlib.liability.assumption import Assumption, teaching
from simlib.liability.reasoned_value import Reasoned, reasoned
from simlib.money import Fen, pay_together, split_units
from simlib.restitution.other_claimant import victims
from simlib.restitution.victim_account import loss_of, open_loss, stated
from simlib.trace import Trace, plain_fields

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from simlib.case.model import Case
    from simlib.case.tables import Account, Transfer
    from simlib.chain import Tracing

FOREIGN = ("fifo", "lifo", "lowest_balance")  # rules of foreign law: what-ifs beside ours
SINGLE, TRACED, PROPORTION, NOBODY = "single", "timestamp", "pro_rata", "nobody"
BY_LOSS = "by_loss"
SHARE, INFLOWS = "frozen_share", "inflows"  # the rule of art. 8(3), and its other reading
RULES = ("timestamp", "pro_rata", "by_loss")


def unfound(case: Case) -> dict[str, Fen]:
    """Return account → what is frozen of it beyond what its transfers leave in it [fen].

    Whose it is nobody says; it counts as no victim's, which is a teaching assumption. No rule of
    tracing moves it, and an account without any transfer has none: it goes back by losses.

    Examples
    --------
    >>> from simlib import load_case
    >>> unfound(load_case("hypo-layers").set({"xu-2.opening_fen": 200_000}))
    {'xu-2': 300000}
    """
    frozen = {a.id: a.frozen_fen for a in case.accounts if a.frozen_fen and touched(case, a.id)}
    if not frozen:
        return {}
    tracing = trace_case(case)
    over = {id: fen - sum(tracing.balance(id).values()) for id, fen in frozen.items()}
    return {id: fen for id, fen in over.items() if fen > 0}


def touched(case: Case, account: str) -> bool:
    """Tell whether any transfer into or out of an account is listed."""
    return paid(case, {account}) is not None or paid(case, None, {account}) is not None


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
        `by_loss` (in proportion to the open losses), a rule of `FOREIGN`, or `nobody` (no victim's
        money came there)
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


def open_of(case: Case, victim: str) -> Reasoned[Fen]:
    """Return what of a victim's loss has not come back."""
    value = open_loss(case, victim)

    def write() -> Trace[Fen]:
        back = (
            Trace("before", e.fen, "fen", source=f"case:{e.source}", party=e.payer)
            for e in stated(case, victim)
        )
        rests = (loss_of(case, victim).step, *back)
        return Trace("loss_open", value, "fen", "loss_open.less", rests, party=victim)

    return Reasoned(value, write)


def less(victim: str, loss: Reasoned[Fen], given: Reasoned[Fen]) -> Reasoned[Fen]:
    """Return what of an open loss is left once an account has given some of it back."""
    value = loss.value - given.value

    def write() -> Trace[Fen]:
        rests = (loss.step, given.step)
        return Trace("loss_open", value, "fen", "loss_open.less", rests, party=victim)

    return Reasoned(value, write)


def cites_of(case: Case, rule: str) -> tuple[str, ...]:
    """Return on what a way of returning frozen money rests."""
    return method_law(rule).cites if rule in FOREIGN else authority("frozen", case, rule)


def one_pool(
    case: Case, frozen: list[Account], losses: dict[str, Reasoned[Fen]]
) -> tuple[list[Pot], list[Trace]]:
    """Return all frozen accounts together, every victim the same percentage of his open loss.

    Each account gives by what it holds for victims; which account a fen comes from changes nobody's
    part.
    """
    left = {v: node.value for v, node in losses.items()}
    people = list(left)
    holds = {a.id: _others(case, a) for a in frozen}
    free = {a.id: _of_account(a) - holds[a.id] for a in frozen}
    pool = sum(free.values())
    parts = pay_together(pool, list(left.values()), list(left.values()))
    pots, rest = [], dict(zip(people, parts, strict=True))
    amounts = tuple(_frozen(a, holds[a.id]) for a in frozen)
    pot = Trace("pool", pool, "fen", "added.sum", amounts)
    limits = tuple(loss.step for loss in losses.values())
    caps = Trace("losses_open", sum(left.values()), "fen", "added.sum", limits)
    nodes: list[Trace] = [
        Trace("returned", part, "fen", "returned.by-loss", (pot, caps), party=v,
              cites=cites_of(case, BY_LOSS))
        for v, part in zip(people, parts, strict=True)
        if part
    ]  # fmt: skip
    for account in frozen:
        take = min(free[account.id], sum(rest.values()))
        shares = split_units(take, list(rest.values())) if take else [0] * len(rest)
        to = {v: fen for v, fen in zip(rest, shares, strict=True) if fen}
        rest = {v: fen - to.get(v, 0) for v, fen in rest.items()}
        whole, others = _of_account(account), holds[account.id]
        pots.append(Pot(account.id, account.holder, whole, BY_LOSS, to, others, whole - take))
    return pots, nodes


def one_account(
    case: Case, account: Account, rule: str, losses: dict[str, Reasoned[Fen]], share: str
) -> tuple[Pot, dict[str, Reasoned[Fen]]]:
    """Divide one account by art. 8, or by what a tracing rule finds in it.

    Returns
    -------
    pot, given
        the account; victim → what it gives him
    """
    left = {v: node.value for v, node in losses.items()}
    way, by, honest = _claims(case, account, rule, left, share)
    claims = {v: node.value for v, node in by.items()}
    whole = _of_account(account)
    free = whole - honest
    direct = way in (SINGLE, TRACED, *FOREIGN) or (way == PROPORTION and rule == "pro_rata")
    caps = [min(left[v], free) for v in claims]
    if direct:
        caps = [min(cap, amount) for cap, amount in zip(caps, claims.values(), strict=True)]
    parts = pay_together(free, caps, list(claims.values()))
    to = {v: fen for v, fen in zip(claims, parts, strict=True) if fen}
    over = whole - sum(to.values())
    pot = Pot(account.id, account.holder, whole, way, to, honest, over)
    why = "returned.directly" if direct else "returned.in-proportion"
    if way == PROPORTION and not direct and share == INFLOWS:
        why = "returned.by-inflow"
    rests = _rests(account, honest, by.values(), [losses[v] for v in claims])
    nodes = {
        v: Trace("returned", fen, "fen", why, rests, party=v, cites=cites_of(case, rule))
        for v, fen in to.items()
    }
    return pot, {v: reasoned(node) for v, node in nodes.items()}


def _rests(
    account: Account, honest: Fen, claims: Collection[Trace[Fen]], limits: list[Reasoned[Fen]]
) -> tuple[Trace, ...]:
    """From what an account's money is divided."""
    free = _of_account(account) - honest
    return (
        Trace("pool", free, "fen", "added.sum", (_frozen(account, honest),)),
        Trace("traced", sum(c.value for c in claims), "fen", "added.sum", tuple(claims)),
        Trace(
            "losses_open",
            sum(limit.value for limit in limits),
            "fen",
            "added.sum",
            tuple(limit.step for limit in limits),
        ),
    )


def _frozen(account: Account, honest: int) -> Trace:
    """Return what of a frozen account is not others' money."""
    whole = Trace(
        "frozen_fen", account.frozen_fen, "fen", source=f"case:accounts.{account.id}.frozen_fen"
    )
    others = Trace("honest", honest, "fen", source="case:transfers")
    free = _of_account(account) - honest
    return Trace("frozen_free", free, "fen", "pool.less-others", (whole, others))


def _of_account(account: Account) -> Fen:
    """Return what is frozen of an account; nothing unless the file says so."""
    return account.frozen_fen or 0


def _claims(
    case: Case, account: Account, rule: str, left: dict[str, int], share: str
) -> tuple[str, dict[str, Trace[Fen]], int]:
    """Return how an account is given back, by what amounts, and how much in it is others' money."""
    if not touched(case, account.id):
        return BY_LOSS, _traced("came", left), _others(case, account)
    tracing = trace_case(case, rule)
    balance = _scaled(tracing.balance(account.id), _of_account(account))
    honest = balance.pop(None, 0)
    owned = {v: fen for v, fen in balance.items() if v is not None}
    if not owned:
        return NOBODY, {}, honest
    if rule != TRACED:
        return rule, _traced("held", owned), honest
    if way := _directly(tracing, case, account):
        return way, _traced("held", owned), honest
    came = _traced("came", {v: tracing.came([account.id], v) for v in left})
    if share == INFLOWS:
        return PROPORTION, came, honest
    return PROPORTION, {v: replace(loss_of(case, v).step, party=v) for v in came}, honest


def _traced(key: str, fens: dict[str, Fen]) -> dict[str, Trace[Fen]]:
    """Return each victim's amount by tracing as a step, where there is one."""
    return {
        v: Trace(key, fen, "fen", source="case:transfers", party=v)
        for v, fen in fens.items()
        if fen
    }


def _others(case: Case, account: Account) -> int:
    """Return what of a frozen account is nobody's in the case, by time stamps."""
    if not touched(case, account.id):
        return min(account.opening_fen, _of_account(account))
    balance = trace_case(case, "timestamp").balance(account.id)
    return _scaled(balance, _of_account(account)).get(None, 0)


def _scaled(balance: dict[str | None, int], frozen: int) -> dict[str | None, int]:
    """Return what is frozen, by whose it is: as in the whole account where that is another amount.

    Frozen money that tracing does not find in the account is others' (`None`).
    """
    whole = sum(balance.values())
    if frozen > whole:
        return balance | {None: balance.get(None, 0) + frozen - whole}
    parts = split_units(frozen, list(balance.values()))
    return {v: fen for v, fen in zip(balance, parts, strict=True) if fen}


def _directly(tracing: Tracing, case: Case, account: Account) -> str | None:
    """Tell whether art. 8(1) or (2) lets what lies in an account be traced straight to victims.

    (1) one deposit only; (2) several, where every payment out is matched by the deposit right
    before it, so that what is left are whole deposits. Either way each deposit left is one
    person's money, and there was nothing else in the account.
    """
    listed = touching(case, account.id)
    ours = [listed[i] for i in _in_order(tracing.order, listed)]
    ours = [t for t in ours if t.payer != t.payee and t.amount_fen]
    deposits = [t for t in ours if t.payee == account.id]
    if account.opening_fen or account.inflow_fen and account.inflow_fen > _sum(deposits):
        return None
    left = _unmatched(ours, account.id)
    if left is None or any(len(tracing.of(t.id)) != 1 for t in left):
        return None
    return SINGLE if len(deposits) == 1 else TRACED


def _in_order(order: Sequence[int] | NDArray[np.integer], some: Collection[int]) -> list[int]:
    """Return some of the transfers in the order in which all were traced."""
    if isinstance(order, range):  # that of the file
        return sorted(some)
    return [int(i) for i in order if i in some]


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
    assumptions: tuple[Assumption, ...]
    trace: Trace

    def to_json(self) -> dict[str, object]:
        """Return the return as plain JSON data."""
        names = ("holder", "frozen_fen", "way", "to", "honest_fen", "left_fen")
        pots = [{"id": pot.account} | plain_fields(pot, *names) for pot in self.accounts]
        return plain_fields(self, "rule", "basis", "returned") | {"accounts": pots}


def give_back(
    case: Case, rule: str = "timestamp", frozen_share: str | None = None
) -> Return:  # fmt: skip
    """Give the frozen money of a case back to its victims.

    Parameters
    ----------
    rule
        `timestamp`: art. 8 account by account, directly where there is one deposit or time stamps
        tell, else in proportion, as `frozen_share` says. `pro_rata`: what
        lies in the account by tracing in proportion. `by_loss`: all accounts as one pool, every
        victim the same percentage of his open loss. A rule of `FOREIGN`, as a what-if: what lies in
        the account by that tracing
    frozen_share
        by what art. 8(3) divides, by default as the case chooses: `losses`, the amount each victim
        was defrauded of, or `inflows`, what of it came into the account

    Raises
    ------
    UnknownName
        for another rule or share

    References
    ----------
    frozen-funds-rules:8, fraud-interpretation:9, telecom-fraud-opinion-2:17, criminal-law:64

    Examples
    --------
    >>> from simlib import load_case
    >>> give_back(load_case("fix-1")).returned
    {'victim': 0}
    """
    if rule not in (*RULES, *FOREIGN):
        raise UnknownName.among("rule", rule, RULES)
    asked = {SHARE: frozen_share} if frozen_share else None
    share = word(checked_rules(asked, regime_for(case)), SHARE)
    frozen = [a for a in case.accounts if a.frozen_fen]
    people = victims(case)
    losses = {v: open_of(case, v) for v in people}
    left = dict(losses)
    nodes: list[Trace] = []
    pots: list[Pot] = []
    if rule == BY_LOSS:
        pots, nodes = one_pool(case, frozen, losses)
    else:
        for account in frozen:
            pot, given = one_account(case, account, rule, left, share)
            for v, part in given.items():
                left[v] = less(v, left[v], part)
            pots.append(pot)
            nodes += [part.step for part in given.values()]
    returned = {v: sum(pot.to.get(v, 0) for pot in pots) for v in people}
    whole = sum(returned.values())
    trace = Trace("given_back", whole, "fen", "added.sum", tuple(nodes))
    if not nodes:
        trace = Trace("given_back", 0, "fen", source="case:accounts")
    return Return(
        case.id,
        rule,
        "foreign law" if rule in FOREIGN else "conference minutes",
        tuple(pots),
        returned,
        {v: Fraction(fen, losses[v].value or 1) for v, fen in returned.items()},
        cites_of(case, rule) if frozen else (),
        tuple(_assumed(case, pots, rule, share)),
        trace,
    )


def _assumed(case: Case, pots: list[Pot], rule: str, share: str) -> list[Assumption]:
    """Return what giving back rests on that no rule says."""
    assumptions = []
    ways = {pot.way for pot in pots}
    if TRACED in ways:
        assumptions.append(teaching("pool.timestamp", None))
    if PROPORTION in ways and rule == "timestamp":
        assumptions.append(teaching(f"pool.{share}", None))
    if BY_LOSS in ways and rule != BY_LOSS:
        assumptions.append(teaching("pool.no-flows", None))
    assumptions += [
        teaching("pool.others", pot.honest_fen, pot.holder) for pot in pots if pot.honest_fen
    ]
    holders = {pot.account: pot.holder for pot in pots}
    assumptions += [teaching("pool.unfound", fen, holders[id]) for id, fen in unfound(case).items()]
    return assumptions
