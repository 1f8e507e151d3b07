"""The amounts a claim for return starts from, each as a step: what came, what is left, his pay."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simlib import chain, riskbenefit
from simlib.chain.account_summary import paid
from simlib.interval import FenRange, Interval, added, high_end, hull
from simlib.liability.facts import recovered
from simlib.money import Fen, half_up
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.case.tables import Account


def came(case: Case, party_id: str, tracing: str) -> Trace[FenRange]:
    """Return the claimant's money that came into his accounts; anything up to her loss if the
    file does not tell, and for a fraudster of whom it lists no account."""
    known = None if _unlisted(case, party_id) else chain.came_through(case, party_id, tracing)
    value = hull([0, case.loss_fen]) if known is None else known
    return Trace("came_through", value, "fen", source="case:transfers", party=party_id)


def _unlisted(case: Case, party_id: str) -> bool:
    listed = any(account.holder == party_id for account in case.accounts)
    direct = chain.direct_receipts(case, party_id) is not None
    return case.party(party_id).role == "principal" and not listed and not direct


def left(case: Case, received: Trace[FenRange], tracing: str) -> Trace[FenRange]:
    """Return what of the money he received (`came`) is still in his accounts.

    What the file states; else what the transfers out of an account leave in it; where none is
    listed, anything from the part of a freeze that must be hers up to all that came.
    """
    most, party_id = high_end(received.value), received.party
    mine = [a for a in case.accounts if a.holder == party_id]
    steps = tuple(_in_account(case, account, most, tracing) for account in mine)
    whole = added([step.value for step in steps]) if steps else hull([0, most])
    value = hull([min(most, end) for end in _ends(whole)])
    if not steps:
        return Trace("left_there", value, "fen", source="case:accounts", party=party_id)
    return Trace("left_there", value, "fen", "left.in-accounts", steps, party=party_id)


def _in_account(case: Case, account: Account, most: Fen, tracing: str) -> Trace[FenRange]:
    where, key = f"case:accounts.{account.id}", "left_in_account"
    if account.held_fen is not None:
        return Trace(key, account.held_fen, "fen", source=f"{where}.held_fen", party=account.holder)
    if paid(case, {account.id}) is not None:
        rest = chain.trace_case(case, tracing).balance(account.id).get(case.claimant, 0)
        by = Trace("tracing", tracing, "tracing", source="parameter:rules.tracing")
        return Trace(key, rest, "fen", "left.traced", (by,), party=account.holder)
    others = chain.inflow(case, account.holder) - (chain.came(case, account.holder, tracing) or 0)
    frozen = max(0, (account.frozen_fen or 0) - others)
    value = hull([min(frozen, most), most])
    return Trace(key, value, "fen", source=f"{where}.held_fen", party=account.holder)


def pay(case: Case, party_id: str, tracing: str) -> Trace[FenRange]:
    """Return what he was paid, so far as it falls to the claimant's money; up to her loss if
    nobody found it."""
    where, party = f"case:parties.{party_id}", case.party(party_id)
    factor = chain.gain_factor(case, party_id, tracing)
    part = Fraction(1) if factor is None else factor
    least = half_up(((party.gain_direct_fen or 0) + party.gain_indirect_fen) * part)
    value = hull([least, max(least, case.loss_fen)]) if party.gain_direct_fen is None else least
    children = (
        Trace("gain_direct", party.gain_direct_fen, "fen", source=f"{where}.gain_direct_fen"),
        Trace("gain_indirect", party.gain_indirect_fen, "fen", source=f"{where}.gain_indirect_fen"),
        riskbenefit.factor_trace(case, party_id, factor, tracing),
    )
    return Trace("own_pay", value, "fen", "pay.apportioned", children, party=party_id)


def loss_open(case: Case) -> Trace[Fen]:
    """Return her loss less what came back. Her own fault lowers damages, not what he must return.

    References
    ----------
    civil-code:985, civil-code:1173
    """
    loss = Trace("loss", case.loss_fen, "fen", source="case:loss_fen")
    back = recovered(case)
    value = max(0, case.loss_fen - back.value)
    return Trace("loss_open", value, "fen", "loss_open.less", (loss, back.step))


def _ends(value: FenRange) -> tuple[Fen, ...]:
    return (value.low, value.high) if isinstance(value, Interval) else (value,)
