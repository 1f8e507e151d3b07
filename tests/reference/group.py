"""Who answers for the same damage (1171, 1172), who for another, and who is not liable.

By law in force a party all of whose acts came after the loss, not promised before it, answers for
the lost chance of recovery alone (1165(1)): another damage. Where an element of liability is not
proved to the standard, law in force and all or nothing leave him out altogether.
"""

from __future__ import annotations

from dataclasses import replace

from reference.amounts import fill, half_up
from reference.facts import Facts, Who, collectable, need


def divide(facts: Facts, mode: str) -> tuple[Facts, list[Who], list[Who]]:
    """The facts of the group; who stands outside it; against whom an element is not proved."""
    failed = [w for w in facts.liable if mode in ("auto", "all_or_nothing") and not w.proved]
    outside = [w for w in facts.liable if mode == "auto" and w.outside and w not in failed]
    group = tuple(w for w in facts.liable if w not in failed and w not in outside)
    return replace(facts, liable=group), outside, failed


def lost_chance(facts: Facts, who: Who) -> int:
    """(1 − v) of ρ · what of her money passed his account, each in whole fen."""
    passed = need(who.flow, who.id, "flow")
    lost = half_up(need(who.chance, who.id, "chance") * passed)
    return half_up((1 - facts.v) * lost)


def outsiders(facts: Facts, outside: list[Who], d: int, owed: int, left: int) -> dict:
    """Their rows: they pay after the group what is `left`, several of them by exposure.

    `d` and `owed` are the damages and the claim less what she gave up of them by a release.
    """
    most = {w.id: min(d, lost_chance(facts, w)) for w in outside}
    before = {w.id: 0 if facts.rules["deduction"] == "restitution_first" else w.before
              for w in outside}  # fmt: skip
    e = {w.id: 0 if w.released else max(0, min(owed, most[w.id] - before[w.id])) for w in outside}
    pay = [w for w in outside if w.sued]
    caps = [collectable(facts.rules, w, e[w.id]) for w in pay]
    shared = fill(left, caps, [e[w.id] for w in pay])
    paid = dict(zip([w.id for w in pay], shared, strict=True))
    own = {w.id: lost_chance(facts, w) if w.released else most[w.id] for w in outside}
    return {w.id: alone(w, e[w.id], paid.get(w.id, 0), before[w.id], own[w.id]) for w in outside}


def alone(who: Who, e: int, paid: int, before: int, most: int) -> dict:
    """The row of one who answers for another damage: it is his own, and he has no recourse.

    Who was released bears what he paid of it, whoever else was released besides.
    """
    burden = min(most, before) if who.released else most
    return {"mode": "several", "share": 0, "exposure_fen": e, "paid_fen": paid,
            "burden_fen": burden, "carried_fen": burden,
            "short_fen": max(0, burden - paid - before), "recourse": []}  # fmt: skip
