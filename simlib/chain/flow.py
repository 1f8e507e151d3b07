"""Money on its way: what of the claimant's money came into whose accounts.

What the claimant paid directly into a helper's account is known. Of money that came through other
accounts `passed_on` gives the bounds: which of several victims' money it was needs a tracing rule.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.interval import Interval
from simlib.money import half_up

if TYPE_CHECKING:
    from simlib.case.model import Case, Party


def accounts_of(case: Case, party_id: str) -> set[str]:
    """Every id under which a party can pay or receive: his accounts and himself."""
    return {account.id for account in case.accounts if account.holder == party_id} | {party_id}


def direct_receipts(case: Case, party_id: str) -> int | None:
    """The claimant's money paid straight into a party's accounts [fen]; None if none is listed."""
    mine, claimants = accounts_of(case, party_id), accounts_of(case, case.claimant)
    paid = [t.amount_fen for t in case.transfers if t.payee in mine and t.payer in claimants]
    return sum(paid) if paid else None


def inflow(case: Case, party_id: str) -> int:
    """All money that came into a party's accounts, other victims' included [fen].

    For each account the larger of the stated `inflow_fen` and the transfers listed.
    """
    listed = dict.fromkeys(accounts_of(case, party_id), 0)
    for transfer in case.transfers:
        if transfer.payee in listed:
            listed[transfer.payee] += transfer.amount_fen
    stated = {a.id: a.inflow_fen or 0 for a in case.accounts if a.holder == party_id}
    return sum(max(amount, stated.get(account, 0)) for account, amount in listed.items())


def gain_factor(case: Case, party_id: str) -> Fraction | None:
    """The claimant's part of all that passed a party's accounts, in [0, 1].

    A helper's gain from one card comes from all its victims; only this part concerns the
    claimant. None where no direct receipt is listed: the factor is then 1, as an assumption.
    """
    received = direct_receipts(case, party_id)
    if not received:
        return None if received is None else Fraction(0)
    return Fraction(received, inflow(case, party_id))


def came_through(case: Case, party_id: str) -> int | None:
    """The claimant's money that came into a party's accounts [fen]; None if it cannot be told.

    What she paid him directly. If her transfers are listed and none reached him, nothing came,
    unless the money may have come through other accounts: that needs a tracing rule.
    """
    received = direct_receipts(case, party_id)
    if received is not None:
        return received
    claimants = accounts_of(case, case.claimant)
    if not any(t.payer in claimants for t in case.transfers):
        return None
    return None if _reached(case, claimants) & accounts_of(case, party_id) else 0


def flow_cap(case: Case, party: Party, kept: Fraction) -> int | None:
    """The most that a payment or account helper with an account in the file answers for [fen].

    (1 − the victim's fault) × the claimant's money that came into his accounts; None for others,
    and where the file does not tell.
    """
    has_account = any(account.holder == party.id for account in case.accounts)
    if party.act not in ("payment", "account") or not has_account:
        return None
    received = came_through(case, party.id)
    return None if received is None else half_up(received * kept)


def layers(case: Case) -> dict[str, int]:
    """At which layer each account stands: 1 received straight from the claimant, 2 from a first…

    Accounts her money cannot have come to along the transfers listed are left out.
    """
    found = dict.fromkeys(accounts_of(case, case.claimant), 0)
    depth, fresh = 0, set(found)
    while fresh:
        depth += 1
        fresh = {t.payee for t in case.transfers if t.payer in fresh} - found.keys()
        found |= dict.fromkeys(fresh, depth)
    return {account: depth for account, depth in found.items() if depth}


def layer(case: Case, party_id: str) -> int | None:
    """The first layer one of a party's accounts stands in; None if her money did not reach him."""
    found = layers(case)
    return min((found[a] for a in accounts_of(case, party_id) if a in found), default=None)


def passed_on(case: Case, party_id: str) -> int | Interval | None:
    """The claimant's money that came to a party through others' accounts [fen]; None if none did.

    At most all that came to him from accounts she had reached, and no more than she paid into
    those before his. At least
    what is left of it when all money of others that was in those accounts is taken to be in it,
    and nothing where his money may have come round to him again. Accounts start empty.
    """
    mine, hers = accounts_of(case, party_id), accounts_of(case, case.claimant)
    reached = layers(case).keys() - mine
    came = sum(t.amount_fen for t in case.transfers if t.payee in mine and t.payer in reached)
    if not came:
        return None
    before = _leading_to(case, mine) & reached
    paid = sum(t.amount_fen for t in case.transfers if t.payer in hers and t.payee in before)
    high = min(came, paid)
    round_again = any(t.payer in mine and t.payee in before for t in case.transfers)
    low = 0 if round_again else min(high, max(0, came - _of_others(case, before, hers | reached)))
    return high if low == high else Interval(low, high)


def _leading_to(case: Case, ends: set[str]) -> set[str]:
    """Every account from which money can have come to `ends` along the transfers listed."""
    found, fresh = set(), set(ends)
    while fresh:
        found |= fresh
        fresh = {t.payer for t in case.transfers if t.payee in fresh} - found
    return found - ends


def _of_others(case: Case, accounts: set[str], known: set[str]) -> int:
    """Money that came into accounts from elsewhere than `known`, the stated inflow included."""
    stated = {a.id: a.inflow_fen or 0 for a in case.accounts}
    others = 0
    for account in accounts:
        listed = [t for t in case.transfers if t.payee == account]
        ours = sum(t.amount_fen for t in listed if t.payer in known)
        others += max(sum(t.amount_fen for t in listed), stated.get(account, 0)) - ours
    return others


def _reached(case: Case, starts: set[str]) -> set[str]:
    """Every account money can have come to from `starts` along the transfers listed."""
    reached, fresh = set(), set(starts)
    while fresh:
        reached |= fresh
        fresh = {t.payee for t in case.transfers if t.payer in fresh} - reached
    return reached
