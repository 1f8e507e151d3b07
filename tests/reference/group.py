"""Who answers for the same damage (1171, 1172), who for another, and who is not liable.

A party all of whose acts came after the loss, not promised before it, answers for the lost chance
of recovery alone (1165(1)): another damage, in every mode; `after_loss = inside` is a what-if.
Where the suit or the claim is dismissed nobody answers for anything, and nobody stands outside.
Where an element of liability is not proved to the standard, law in force and all or nothing leave
him out altogether.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reference.amounts import fill, half_up
from reference.facts import Facts, Who, collectable, need
from reference.pieces import Piece

DISMISSED = ("dismiss_suit", "dismiss_claim")


def divide(facts: Facts, mode: str) -> tuple[Facts, list[Who], list[Who]]:
    """The facts of the group; who stands outside it; against whom an element is not proved."""
    failed = [w for w in facts.liable if mode in ("auto", "all_or_nothing") and not w.proved]
    apart = facts.rules["after_loss"] == "outside" and mode not in DISMISSED
    outside = [w for w in facts.liable if apart and w.outside and w not in failed]
    group = tuple(w for w in facts.liable if w not in failed and w not in outside)
    return replace(facts, liable=group), outside, failed


def lost_chance(facts: Facts, who: Who) -> int:
    """ρ · (1 − v) · what of her money passed his account, rounded once."""
    came = need(who.flow, who.id, "flow")
    return half_up(need(who.chance, who.id, "chance") * facts.remains(who) * came)


def passed(who: Who, piece: Piece) -> int:
    """What of a piece's money passed his account; where nobody knows which, as much as passed."""
    return piece.passed.get(who.names[0], 0) if who.listed else who.flow


@dataclass(frozen=True)
class Open:
    """A piece after the group paid: what is still open of it, and what he paid of it before."""

    piece: Piece
    left: int
    before: dict


def outsiders(
    facts: Facts, outside: list[Who], d: int, owed: int, still: list[Open]
) -> tuple[dict, list[int]]:
    """Their rows, and what they pay of each piece, several of them by exposure.

    They pay after the group what is open of the pieces their money belongs to, in the order of the
    pieces, in each at most what passed them. `d` and `owed` are the damages and the claim less what
    she gave up of them by a release. Exposure and burden are reckoned on the whole.
    """
    first = facts.rules["deduction"] == "restitution_first"
    most = {w.id: min(d, lost_chance(facts, w)) for w in outside}
    before = {w.id: 0 if first else sum(o.before.get(w.id, 0) for o in still) for w in outside}
    e = {w.id: 0 if w.released else max(0, min(owed, most[w.id] - before[w.id])) for w in outside}
    pay = [w for w in outside if w.sued]
    able = {w.id: collectable(facts.rules, w, e[w.id]) for w in pay}
    paid, received = dict.fromkeys(e, 0), []
    for o in still:
        caps = [min(able[w.id] - paid[w.id], passed(w, o.piece)) for w in pay]
        now = fill(o.left, caps, [e[w.id] for w in pay])
        received.append(sum(now))
        for w, x in zip(pay, now, strict=True):
            paid[w.id] += x
    own = {w.id: lost_chance(facts, w) if w.released else most[w.id] for w in outside}
    shut = {w.id: not any(o.left - x for o, x in zip(still, received, strict=True)
                          if passed(w, o.piece)) for w in outside}  # fmt: skip
    rows = {w.id: alone(w, e[w.id], paid[w.id], before[w.id], own[w.id], shut[w.id])
            for w in outside}  # fmt: skip
    return rows, received


def alone(who: Who, e: int, paid: int, before: int, most: int, shut: bool) -> dict:
    """The row of one who answers for another damage: it is his own, and he has no recourse.

    Who was released bears what he paid of it, whoever else was released besides. Where nothing is
    open of his pieces (`shut`) nobody may claim what he is short.
    """
    burden = min(most, before) if who.released else most
    return {"mode": "several", "share": 0, "exposure_fen": e, "paid_fen": paid,
            "burden_fen": burden, "carried_fen": burden,
            "short_fen": 0 if shut else max(0, burden - paid - before), "recourse": []}  # fmt: skip
