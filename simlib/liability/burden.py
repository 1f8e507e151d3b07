"""What each finally bears: his part, and what joint debtors without assets leave to the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simlib.liability.collection import respread
from simlib.money import split_units

if TYPE_CHECKING:
    from simlib.liability.solve import Point
    from simlib.money import Fen


def jointly_liable(here: Point, i: int) -> bool:
    """Return whether a debtor owes the same money as others, be it up to a limit."""
    setting = here.setting
    return not setting.debtors[i].released and setting.forms[i].jointly(here, i)


def burdens(here: Point, joint: list[bool]) -> list[Fen]:
    """Return what each finally bears: his part, and what 519(3) adds; nothing after a dismissal.

    A released debtor bears of his part what he has paid; the claimant bears the rest (520(2)).
    """
    setting = here.setting
    burden = setting.leading.burdens(here, joint)
    if not setting.leading.bears:
        return burden
    return [
        min(part, before) if d.released else b
        for d, b, part, before in zip(setting.debtors, burden, here.parts, here.before, strict=True)
    ]


def borne_jointly(here: Point, joint: Sequence[bool], amount: Fen) -> list[Fen]:
    """Return parts of an amount once joint debtors without assets leave theirs to others (519(3)).

    By the new shares of the whole; beside a released debtor, whose part stays what the release took
    off the claim, the lost parts are split on their own.
    """
    broke = [d.assets == 0 for d in here.setting.debtors]
    if not any(d.released for d in here.setting.debtors):
        return split_units(amount, respread(here.units, joint, broke))
    parts = split_units(amount, here.units)
    heirs, extra = lost_parts(here, joint, parts)
    for i, more in zip(heirs, extra, strict=True):
        parts[i] += more
    return [0 if heirs and j and b else p for p, j, b in zip(parts, joint, broke, strict=True)]


def lost_parts(
    here: Point, joint: Sequence[bool], parts: Sequence[Fen]
) -> tuple[list[int], list[Fen]]:
    """Return who takes over the parts of joint debtors without assets, and how much each."""
    flags = list(zip(joint, here.setting.debtors, strict=True))
    heirs = [i for i, (j, d) in enumerate(flags) if j and d.assets != 0]
    lost = sum(parts[i] for i, (j, d) in enumerate(flags) if j and d.assets == 0)
    return heirs, split_units(lost, [here.units[i] for i in heirs]) if heirs else []
