"""Who may recover what from whom, once all have paid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from simlib.money import split_units

if TYPE_CHECKING:
    from simlib.liability.solve import WholePoint
    from simlib.money import Fen

Claims = list[list[int]]  # [creditor][debtor] [fen]
KINDS = ("share", "insolvent", "whole")


def claims(
    here: WholePoint, burden: Sequence[Fen], carried: Sequence[Fen], done: Sequence[Fen]
) -> dict[str, Claims]:
    """Return who may recover what from whom, by kind [fen].

    `share`: what one paid above what he carries, of those who paid less than that. `insolvent`:
    what he carries above his burden, of those who carry less than theirs. `whole`: all that one
    paid in second line, of the principals. Nobody outside the loss takes part; a principal has
    recourse against principals only, unless the rule says otherwise.

    Parameters
    ----------
    done
        what each paid, now and before [fen]
    """
    over = _of_group(here, [d - c for d, c in zip(done, carried, strict=True)])
    short = _of_group(here, [c - d for d, c in zip(done, carried, strict=True)])
    more = _of_group(here, [min(d, c) - b for d, c, b in zip(done, carried, burden, strict=True)])
    less = _of_group(here, [b - c for c, b in zip(carried, burden, strict=True)])
    return {
        "share": _by_standing(here, over, short, _together),
        "insolvent": _by_standing(here, more, less, recover),
        "whole": _second_line(here, done),
    }


def _of_group(here: WholePoint, amounts: Sequence[Fen]) -> list[Fen]:
    """Amounts above 0 of those who bear the loss together; 0 for all others."""
    forms = here.setting.forms
    return [
        max(0, amount) if i in here.setting.sharing and not forms[i].second_line else 0
        for i, amount in enumerate(amounts)
    ]


def _by_standing(
    here: WholePoint,
    creditors: Sequence[Fen],
    debtors: Sequence[Fen],
    way: Callable[[Sequence[Fen], Sequence[Fen]], Claims],
) -> Claims:
    """Let all recover from all; or first the helpers, and then principals from principals."""
    if not any(creditors) or not any(debtors):
        return _none(len(creditors))
    heads = [d.principal for d in here.setting.debtors]
    if here.setting.rules["principal_recourse"] == "by_share":
        return way(creditors, debtors)
    first = way([0 if h else c for h, c in zip(heads, creditors, strict=True)], debtors)
    left = [d - sum(column) for d, column in zip(debtors, zip(*first, strict=True), strict=True)]
    second = way(
        [c if h else 0 for h, c in zip(heads, creditors, strict=True)],
        [d if h else 0 for h, d in zip(heads, left, strict=True)],
    )
    return [
        [a + b for a, b in zip(one, other, strict=True)]
        for one, other in zip(first, second, strict=True)
    ]


def _together(over: Sequence[Fen], short: Sequence[Fen]) -> Claims:
    """Divide what can be recovered by what each paid too much; then each in turn recovers it."""
    total = min(sum(over), sum(short))
    return recover(split_units(total, over) if total else [0] * len(over), short)


def recover(amounts: Sequence[Fen], short: Sequence[Fen]) -> Claims:
    """Return what each recovers, one after another, from the others by what they are short.

    No debtor owes more than he is short, no creditor gets more than his amount.
    """
    left = list(short)
    rows = []
    for amount in amounts:
        amount = min(amount, sum(left))
        parts = split_units(amount, left) if amount else [0] * len(left)
        left = [rest - part for rest, part in zip(left, parts, strict=True)]
        rows.append(parts)
    return rows


def _none(count: int) -> Claims:
    return [[0] * count for _ in range(count)]


def _second_line(here: WholePoint, done: Sequence[Fen]) -> Claims:
    """Let those who answer in second line recover all they paid from the principals, by share."""
    setting, count = here.setting, len(done)
    heads = setting.heads
    rows = _none(count)
    for i in setting.sharing:
        if heads and setting.forms[i].second_line:
            parts = split_units(done[i], [here.units[k] for k in heads])
            for k, part in zip(heads, parts, strict=True):
                rows[i][k] = part
    return rows
