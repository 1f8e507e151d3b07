"""Bounds for amounts that open shares move against each other, where corners may miss an end.

They may be wider than what the facts allow, and never narrower: each follows from what a debtor
owes at least and at most whatever the others do.
"""

from __future__ import annotations

from dataclasses import replace
from math import floor
from typing import TYPE_CHECKING

from simlib.interval import Interval, high_end, hull, low_end

if TYPE_CHECKING:
    from simlib.liability.setting import Setting
    from simlib.liability.solve import Solution

STEPPING = ("threshold", "realloc", "hybrid")
Ends = tuple[int, int]


def outer(setting: Setting, found: Solution) -> Solution:
    """Widen what many unknowns may move jointly until no value can lie outside.

    1. where shares turn one kind of debt into another, or move the claim: what each owes and pays
    2. what each finally bears once lost shares are re-spread
    3. what each is short of it, recourse, and what the claimant receives
    """
    found = replace(found, before=_before(setting, found))
    if _stepping(setting, found):
        found = _stepped(setting, found)
    found = replace(found, burden=_burdens(setting, found))
    least = [low_end(p) + low_end(b) for p, b in zip(found.paid, found.before, strict=True)]
    most = [high_end(p) + high_end(b) for p, b in zip(found.paid, found.before, strict=True)]
    short = [
        hull([max(0, low_end(b) - high), max(0, high_end(b) - low)])
        for b, low, high in zip(found.burden, least, most, strict=True)
    ]
    over = [max(0, high - low_end(b)) for b, high in zip(found.burden, most, strict=True)]
    claims = [
        [hull([0, 0 if i == j else min(over[i], high_end(s))]) for j, s in enumerate(short)]
        for i in range(len(short))
    ]
    low, high = (sum(end(p) for p in found.paid) for end in (low_end, high_end))
    top = high_end(found.owed)
    received = hull([min(top, low), min(top, high)])
    return replace(found, short=short, recourse=claims, received=received, exact=False)


def _open(found: Solution) -> bool:
    return any(isinstance(u, Interval) for u in found.units)


def _before(setting: Setting, found: Solution) -> list:
    """What each paid before; the odd fen of an unknown payment may fall on either principal."""
    heads = sum(d.principal for d in setting.debtors)
    if not (_open(found) and heads > 1 and setting.unknown_before):
        return found.before
    return [
        hull([max(0, low_end(b) - 1), high_end(b) + 1]) if d.principal else b
        for d, b in zip(setting.debtors, found.before, strict=True)
    ]


def _stepping(setting: Setting, found: Solution) -> bool:
    """Whether moving shares may turn joint debts into several ones, or move what is still owed."""
    steps = any(map(setting.has, STEPPING))
    nested = setting.rules["caps"] == "nested" and any(form.capped for form in setting.forms)
    credited = setting.unknown_before and sum(d.principal for d in setting.debtors) > 1
    released = any(d.released for d in setting.debtors)
    return _open(found) and bool(steps or nested or credited or released)


def _stepped(setting: Setting, found: Solution) -> Solution:
    """What each owes, and pays: between nothing and all he owes and has."""
    owed = _owed(setting, found)
    found = replace(found, owed=hull(list(owed)), joint=_joint(setting, found))
    ends = [_exposure(setting, found, i) for i in range(len(found.part))]
    exposure = [hull(list(e)) for e in ends]
    paid = [
        hull([0, high if d.assets is None else min(high, d.assets)]) if d.sued else 0
        for d, (_, high) in zip(setting.debtors, ends, strict=True)
    ]
    return replace(found, exposure=exposure, paid=paid)


def _owed(setting: Setting, found: Solution) -> Ends:
    """The claim less released parts, these as small and as large as they can be."""
    given = [0, 0]
    for d, part, before in zip(setting.debtors, found.part, found.before, strict=True):
        if d.released:
            given[0] += max(0, low_end(part) - high_end(before))
            given[1] += max(0, high_end(part) - low_end(before))
    claim = setting.claim.fen
    return max(0, claim - given[1]), max(0, claim - given[0])


def _joint(setting: Setting, found: Solution) -> list[bool | None]:
    """Who is jointly liable; under a threshold the share decides, if it can fall on either side."""
    theta, joint = setting.rules["threshold"], list(found.joint)
    for i, form in enumerate(setting.forms):
        if form.measure == "threshold" and not setting.debtors[i].released:
            low, high = low_end(found.share[i]), high_end(found.share[i])
            joint[i] = True if low >= theta else False if high < theta - 1e-9 else None
    return joint


def _exposure(setting: Setting, found: Solution, i: int) -> Ends:
    """What a debtor owes at least and at most."""
    form, debtor = setting.forms[i], setting.debtors[i]
    floor_, top = low_end(found.owed), high_end(found.owed)
    if debtor.released or form.measure == "nothing":
        return 0, 0
    low, high = _measured(setting, found, i)
    if form.measure in ("rest", "limited_rest"):
        low = 0  # what earlier rounds leave: nothing, if they can pay it all
    low, high = min(low, floor_), min(high, top)
    if debtor.flow_cap is not None:
        low = min(low, debtor.flow_cap - high_end(found.before[i]))
        high = min(high, debtor.flow_cap - low_end(found.before[i]))
    return max(0, low), max(0, high)


def _measured(setting: Setting, found: Solution, i: int) -> Ends:
    measure, before = setting.forms[i].measure, found.before[i]
    own = low_end(found.part[i]) - high_end(before), high_end(found.part[i]) - low_end(before)
    floor_, top = low_end(found.owed), high_end(found.owed)
    if measure in ("claim", "rest"):
        return floor_, top
    if measure in ("limit", "gain", "enlarged", "chance", "limited_rest"):
        amount = setting.measures[i].value
        return low_end(amount) - high_end(before), high_end(amount) - low_end(before)
    if measure in ("share", "score"):
        return own
    if measure == "threshold":
        joint = found.joint[i]
        return (floor_ if joint else own[0]), (own[1] if joint is False else top)
    if measure == "realloc":
        return _reallocated(setting, found, i)
    if measure == "hybrid":
        return _of_two(setting, found, i)
    return (floor_, top) if setting.measures[i].value else (0, 0)  # proof


def _reallocated(setting: Setting, found: Solution, i: int) -> Ends:
    """At least his own part as far as his purse goes; at most what the others' least leaves.

    A part that is spread again is rounded once a round: a fen a debtor either way.
    """
    slack, purse = len(setting.debtors), setting.debtors[i].assets
    low = low_end(found.part[i]) - high_end(found.before[i]) - slack
    if purse is not None:
        low = min(low, purse)
    others = 0
    for j, (d, part, before) in enumerate(
        zip(setting.debtors, found.part, found.before, strict=True)
    ):
        if j != i and not d.released:
            least = low_end(part) - slack
            others += max(0, least if d.assets is None else min(least, d.assets + low_end(before)))
    high = setting.case.loss_fen - others - low_end(found.before[i])
    return low, high if purse is None else min(high, purse)


def _of_two(setting: Setting, found: Solution, i: int) -> Ends:
    """At least what others' own parts leave of all that is owed; at most his part and the rest.

    The rest is the economic loss less what payers spilt beyond their own parts of the other: where
    they spilt more than that, own parts stay owed beyond the claim, and each up to it.
    """
    other, high = setting.noneconomic_fen, high_end(found.owed)
    mine = floor(low_end(found.share[i]) * other)
    spilt = _spilt(setting, found)
    own = max(0, floor(high_end(found.share[i]) * other) + 1 - low_end(found.before[i]))
    economic = setting.claim.damages_fen - other
    most = min(high, own + max(0, economic - spilt[0]))
    if spilt[1] <= economic and not any(d.released for d in setting.debtors):
        most = min(most, high - _own_parts(setting, found, i))
    return low_end(found.owed) - (other - mine) - 1, most


def _own_parts(setting: Setting, found: Solution, i: int) -> int:
    """What the others owe at least of the loss that is not economic."""
    other, theirs = setting.noneconomic_fen, 0
    for j, (d, share, before) in enumerate(
        zip(setting.debtors, found.share, found.before, strict=True)
    ):
        if j != i and not d.released:
            theirs += max(0, floor(low_end(share) * other) - high_end(before) - 1)
    return theirs


def _spilt(setting: Setting, found: Solution) -> Ends:
    """What met the economic loss before, least and most: beyond own parts, and by nobody known."""
    other, least, most, credited = setting.noneconomic_fen, 0, 0, [0, 0]
    for share, before in zip(found.share, found.before, strict=True):
        least += max(0, low_end(before) - floor(high_end(share) * other) - 1)
        most += max(0, high_end(before) - floor(low_end(share) * other))
        credited = [credited[0] + low_end(before), credited[1] + high_end(before)]
    if setting.rules["deduction"] != "liability_first":
        return least, most
    recovered = setting.claim.recovered.value
    return least + max(0, recovered - credited[1]), most + max(0, recovered - credited[0])


def _burdens(setting: Setting, found: Solution) -> list:
    """What each bears: his own part, with at most all that the penniless left to the joint."""
    if not _open(found) or setting.has("nothing"):
        return found.burden
    damages, slack = (
        setting.claim.damages_fen,
        2 * setting.has("hybrid"),
    )
    gone = [
        j is not False and d.assets == 0 for j, d in zip(found.joint, setting.debtors, strict=True)
    ]
    lost = sum(high_end(p) for p, g in zip(found.part, gone, strict=True) if g)
    burdens = []
    for i, debtor in enumerate(setting.debtors):
        part, joint, own = found.part[i], found.joint[i], found.burden[i]
        low, high = low_end(part) - slack, high_end(part) + slack
        if debtor.released:
            burdens.append(own)
        elif gone[i]:
            sure = all(j is not None for j in found.joint) and not slack
            burdens.append(own if sure else hull([0, low_end(own), high_end(own), high]))
        elif joint is False or not lost:
            burdens.append(hull([own, max(0, low), min(damages, high)]) if slack else own)
        else:
            burdens.append(hull([own, max(0, low), min(damages, high + lost)]))
    return burdens
