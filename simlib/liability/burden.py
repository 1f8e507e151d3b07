"""What each finally bears: his part, and what joint debtors without assets leave to the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.liability.collection import respread
from simlib.money import exact, split_units

if TYPE_CHECKING:
    from simlib.liability.solve import Point


def reaches(here: Point, i: int) -> bool:
    """Whether a debtor's share is at or above the threshold."""
    return here.units[i] >= exact(here.setting.rules["threshold"]) * here.whole


def jointly_liable(here: Point, i: int) -> bool:
    """Whether a debtor owes the same money as others, be it up to a limit."""
    form, debtor = here.setting.forms[i], here.setting.debtors[i]
    if debtor.released:
        return False
    if form.measure == "threshold":
        return reaches(here, i)
    return form.joint and (form.measure != "proof" or bool(here.setting.measures[i].value))


def burdens(here: Point, joint: list[bool]) -> list[int]:
    """What each finally bears: his part, and what 519(3) adds; nothing after a dismissal.

    A released debtor bears of his part what he has paid; the claimant bears the rest (520(2)).
    """
    setting = here.setting
    if not here.units or setting.has("nothing"):
        return [0] * len(here.units)
    other = setting.noneconomic_fen if here.several else 0
    burden = borne_jointly(here, joint, setting.claim.damages_fen - other)
    if other:
        own = split_units(other, here.units)
        burden = [a + b for a, b in zip(burden, own, strict=True)]
    return [
        min(part, before) if d.released else b
        for d, b, part, before in zip(setting.debtors, burden, here.parts, here.before, strict=True)
    ]


def borne_jointly(here: Point, joint: list[bool], amount: int) -> list[int]:
    """Parts of an amount once joint debtors without assets leave theirs to the others (519(3)).

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


def lost_parts(here: Point, joint: list[bool], parts: list[int]) -> tuple[list[int], list[int]]:
    """Who takes over the parts of joint debtors without assets, and how much each."""
    flags = list(zip(joint, here.setting.debtors, strict=True))
    heirs = [i for i, (j, d) in enumerate(flags) if j and d.assets != 0]
    lost = sum(parts[i] for i, (j, d) in enumerate(flags) if j and d.assets == 0)
    return heirs, split_units(lost, [here.units[i] for i in heirs]) if heirs else []
