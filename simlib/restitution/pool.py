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

from simlib.errors import UnknownName
from simlib.liability.assumption import Assumption, teaching
from simlib.restitution.claimant import victims
from simlib.restitution.pots import (
    BY_LOSS,
    FOREIGN,
    PROPORTION,
    TRACED,
    Pot,
    cites_of,
    less,
    one_account,
    one_pool,
    open_of,
)
from simlib.restitution.unfound import unfound
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case

RULES = ("timestamp", "pro_rata", "by_loss")


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
        victim the same percentage of his open loss. A rule of `FOREIGN`, as a what-if: what lies in
        the account by that tracing

    Raises
    ------
    UnknownName
        for another rule

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
            pot, given = one_account(case, account, rule, left)
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
        tuple(_assumed(case, pots, rule)),
        trace,
    )


def _assumed(case: Case, pots: list[Pot], rule: str) -> list[Assumption]:
    """Return what giving back rests on that no rule says."""
    assumptions = []
    ways = {pot.way for pot in pots}
    if TRACED in ways:
        assumptions.append(teaching("pool.timestamp", None))
    if PROPORTION in ways and rule == "timestamp":
        assumptions.append(teaching("pool.proportion", None))
    if BY_LOSS in ways and rule != BY_LOSS:
        assumptions.append(teaching("pool.no-flows", None))
    assumptions += [
        teaching("pool.others", pot.honest_fen, pot.holder) for pot in pots if pot.honest_fen
    ]
    holders = {pot.account: pot.holder for pot in pots}
    assumptions += [teaching("pool.unfound", fen, holders[id]) for id, fen in unfound(case).items()]
    return assumptions
