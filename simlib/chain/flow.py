"""Money on its way: what of the claimant's money came into whose accounts.

What the claimant paid directly into a helper's account is known. Of money that came through other
accounts `passed_on` gives the bounds whatever the rule; `came` asks a tracing rule.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.chain.account_summary import MANY, accounts_of, paid, receipts, steps
from simlib.chain.trace import lots, trace_case
from simlib.interval import FenRange, hull
from simlib.money import Fen
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case

TRACING = "timestamp"  # the rule a decision uses where none is chosen
_reached: tuple[object, object, str, dict[str, int]] = (None, None, "", {})  # the last `layers`


def direct_receipts(case: Case, party_id: str) -> Fen | None:
    """Return the claimant's money paid straight into a party's accounts [fen]; None if none is
    listed."""
    mine, claimants = accounts_of(case, party_id), accounts_of(case, case.claimant)
    return paid(case, claimants, mine)


def inflow(case: Case, party_id: str) -> Fen:
    """Return all money that came into a party's accounts, other victims' included [fen].

    For each account the larger of the stated `inflow_fen` and the transfers listed.
    """
    listed = receipts(case, accounts_of(case, party_id))
    stated = {a.id: a.inflow_fen or 0 for a in case.accounts if a.holder == party_id}
    return sum(max(amount, stated.get(account, 0)) for account, amount in listed.items())


def came(case: Case, party_id: str, tracing: str = TRACING) -> Fen | None:
    """Return the claimant's money that came into a party's accounts, straight or through others
    [fen].

    Straight receipts are known; where money came through others' accounts that hers had reached,
    the tracing rule says what of it was hers. All accounts of a holder are one, and money counts
    once however often it comes. None where none is listed that may have been hers.
    """
    if not by_others(case, party_id):
        return direct_receipts(case, party_id)
    if tracing == "poison":  # one fen is everywhere: there are no lots
        return trace_case(case, tracing).came(accounts_of(case, party_id), case.claimant)
    return sum(lot.fen for lot in lots(case, tracing) if party_id in lot.holders)


def by_others(case: Case, party_id: str) -> bool:
    """Tell whether her money may have come to a party through others' accounts: a rule must say."""
    if not case.transfers:
        return False
    mine = accounts_of(case, party_id)
    return paid(case, _reachable(case) - mine, mine) is not None


def _reachable(case: Case) -> set[str]:
    """Return the accounts her money can have come to, all accounts of a holder being one."""
    hers, holder = accounts_of(case, case.claimant), {a.id: a.holder for a in case.accounts}
    reached = set(layers(case))
    while True:
        holders = {holder.get(id, id) for id in reached}
        beside = {a for a, who in holder.items() if who in holders} | holders
        if beside <= reached | hers:
            return reached
        reached = set(steps(case, hers | reached | beside)) - hers


def came_steps(case: Case, party_id: str, tracing: str = TRACING) -> tuple[Trace, ...]:
    """Return `came` as steps of reasoning, with its rule; nothing where no rule was needed."""
    if not by_others(case, party_id):
        return ()
    received = came(case, party_id, tracing)
    return (
        Trace("came_through", received, "fen", source="case:transfers", party=party_id),
        Trace("tracing", tracing, "tracing", source="parameter:rules.tracing"),
    )


def gain_factor(case: Case, party_id: str, tracing: str = TRACING) -> Fraction | None:
    """Return the claimant's part of all that passed a party's accounts, in [0, 1].

    A helper's gain from one card comes from all its victims; only this part concerns the
    claimant. None where no receipt is listed, or none of more than 0 fen: the factor is then 1, as
    an assumption.
    """
    received, whole = came(case, party_id, tracing), inflow(case, party_id)
    return Fraction(received, whole) if whole and received is not None else None


def came_through(case: Case, party_id: str, tracing: str = TRACING) -> Fen | None:
    """Return the claimant's money that came into a party's accounts [fen]; None if it cannot be
    told.

    If her transfers are listed and none can have reached him, nothing came.
    """
    received = came(case, party_id, tracing)
    if received is not None:
        return received
    return None if paid(case, accounts_of(case, case.claimant)) is None else 0


def capping_receipts(case: Case, party_id: str, tracing: str = TRACING) -> Fen | None:
    """Return the claimant's money in his accounts if it caps what he answers for [fen].

    It does for a payment or account helper with an account in the file; None for others, and where
    the file does not tell.
    """
    has_account = any(account.holder == party_id for account in case.accounts)
    if case.party(party_id).act not in ("payment", "account") or not has_account:
        return None
    return came_through(case, party_id, tracing)


def layers(case: Case) -> dict[str, int]:
    """Return each account's layer: 1 received straight from the claimant, 2 from one of these, …

    Accounts her money cannot have come to along the transfers listed are left out.
    """
    if len(case.accounts) < MANY:
        return _layers(case)
    global _reached
    transfers, accounts, claimant, reached = _reached
    same = transfers is case.transfers and accounts is case.accounts
    if not same or claimant != case.claimant:
        reached = _layers(case)
        _reached = case.transfers, case.accounts, case.claimant, reached
    return dict(reached)


def _layers(case: Case) -> dict[str, int]:
    away = steps(case, accounts_of(case, case.claimant))
    return {account: depth for account, depth in away.items() if depth}


def layer(case: Case, party_id: str) -> int | None:
    """Return the first layer one of a party's accounts stands in; None if nothing reached him."""
    reached = layers(case)
    return min((reached[a] for a in accounts_of(case, party_id) if a in reached), default=None)


def passed_on(case: Case, party_id: str) -> FenRange | None:
    """Return the claimant's money that came to a party through others' accounts [fen], or None.

    At most all that came to him from accounts she had reached, and no more than she paid into
    those before his. At least
    what is left of it when all money of others that was in those accounts is taken to be in it,
    and nothing where his money may have come round to him again. Accounts start empty.
    """
    mine, hers = accounts_of(case, party_id), accounts_of(case, case.claimant)
    reached = layers(case).keys() - mine
    passed = paid(case, reached, mine)
    if not passed:
        return None
    before = (steps(case, mine, back=True).keys() - mine) & reached
    high = min(passed, paid(case, hers, before) or 0)
    round_again = paid(case, mine, before) is not None
    others = 0 if round_again else _of_others(case, before, hers | reached)
    low = 0 if round_again else min(high, max(0, passed - others))
    return hull([low, high])


def _of_others(case: Case, accounts: set[str], known: set[str]) -> Fen:
    """Return money in accounts from elsewhere than `known`: stated inflow and opening balance
    included."""
    stated = {a.id: a.inflow_fen or 0 for a in case.accounts}
    opening = {a.id: a.opening_fen for a in case.accounts}
    listed, ours = receipts(case, accounts), receipts(case, accounts, known)
    more = (max(listed[a], stated.get(a, 0)) - ours[a] + opening.get(a, 0) for a in accounts)
    return sum(more)
