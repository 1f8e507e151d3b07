"""What of frozen money tracing does not find: more is frozen than the transfers listed leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.chain import trace_case
from simlib.chain.listed import paid

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.money import Fen


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
