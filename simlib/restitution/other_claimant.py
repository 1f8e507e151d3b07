"""The same facts seen from another victim: he sues, his is the loss."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from simlib.case.checks import flows
from simlib.case.fields import NO_FACTS, Facts
from simlib.case.model import unknown
from simlib.chain.account_summary import payments
from simlib.errors import CaseError, Problem
from simlib.liability.facts import recovered

if TYPE_CHECKING:
    from simlib.case.model import Case, Criminal, Party

T = TypeVar("T")
HEAD = ("loss_fen", "recovered_fen", "loss_noneconomic_fen", "knew_on")


def victims(case: Case) -> tuple[str, ...]:
    """Return the ids of the victims, in file order."""
    return tuple(p.id for p in case.parties if p.role == "victim")


def as_claimant(case: Case, victim_id: str) -> Case:
    """Return the case as the court of one victim's own suit sees it.

    Loss, returns, restitution and transfers are his own. What courts and logs say of the acts,
    the fault, the causal force, the gains and the limits of the others is carried over; what was
    the first claimant's own affair (releases, recoveries, rulings, interruptions, the loss that is
    not economic, a platform's part of her loss) is not. `carried_over` names what that concerns.

    Raises
    ------
    UnknownName
        if the case has no such victim
    CaseError
        if his own transfers are listed and do not add up to his loss
    """
    if victim_id == case.claimant:
        return case
    ids = victims(case)
    if victim_id not in ids:
        raise unknown("victim", victim_id, ids)
    loss = case.party(victim_id).loss_fen or 0  # checked to be stated
    _check_flows(case, victim_id, loss)
    return case.model_copy(
        update={
            "claimant": victim_id,
            "loss_fen": loss,
            "recovered_fen": case.party(victim_id).recovered_fen,
            "loss_noneconomic_fen": 0,
            "knew_on": None,
            "kinds": _without(case.kinds, HEAD),
            "fact_sources": _without(case.fact_sources, HEAD),
            "parties": tuple(_party(case, p, victim_id) for p in case.parties),
            "criminal": tuple(map(_crime, case.criminal)),
            "recoveries": (),
            "rulings": (),
            "interruptions": (),
            "positions": (),
        }
    )


def carried_over(case: Case, victim_id: str) -> tuple[str, ...]:
    """Return what was found for the first claimant only and what becomes of it in another's suit.

    Keys of `texts/*/restitution.toml` (`carried`): `findings` always; `release`, `enlarged`,
    `noneconomic`, `rulings`, `interruptions`, `knew` where the case has such facts.
    """
    if victim_id == case.claimant:
        return ()
    facts = {
        "findings": True,
        "release": any(p.released for p in case.parties),
        "enlarged": any(p.enlarged_fen is not None for p in case.parties),
        "noneconomic": case.loss_noneconomic_fen,
        "rulings": case.rulings,
        "interruptions": case.interruptions,
        "knew": case.knew_on,
    }
    return tuple(key for key, there in facts.items() if there)


def came_back(case: Case) -> int:
    """Return what came back to the claimant already, whoever paid it [fen]."""
    return recovered(case).value


def _party(case: Case, party: Party, victim: str) -> Party:
    if party.id == victim:
        return party.model_copy(update={"loss_fen": None, "recovered_fen": 0})
    if party.id == case.claimant:
        back = came_back(case) - _by_name(case)  # a named order keeps its own row
        return party.model_copy(update={"loss_fen": case.loss_fen, "recovered_fen": back})
    if not party.released and party.enlarged_fen is None:
        return party
    return party.model_copy(
        update={
            "released": False,
            "enlarged_fen": None,
            "kinds": _without(party.kinds, ("released", "enlarged_fen")),
            "sources": _without(party.sources, ("released", "enlarged_fen")),
        }
    )


def _by_name(case: Case) -> int:
    return sum(r.paid_fen for r in case.reparations if r.victim == case.claimant)


def _crime(crime: Criminal) -> Criminal:
    return crime.model_copy(update={"restitution_paid_fen": 0, "finds_fen": None})


def _without(notes: Facts[T], fields: tuple[str, ...]) -> Facts[T]:
    left = {field: note for field, note in notes.items() if field not in fields}
    return Facts(left) if left else NO_FACTS


def _check_flows(case: Case, victim: str, loss: int) -> None:
    """His transfers add up to his loss, as the claimant's must."""
    mine = {a.id for a in case.accounts if a.holder == victim} | {victim}
    raw = {
        "claimant": victim,
        "loss_fen": loss,
        "accounts": [{"id": a.id, "holder": a.holder} for a in case.accounts if a.id in mine],
        "transfers": [
            {"payer": t.payer, "payee": t.payee, "amount_fen": t.amount_fen}
            for t in payments(case, mine)
        ],
    }
    problems = [Problem(f"parties.{victim}.loss_fen", f.code, f.values) for f in flows(raw)]
    if problems:
        raise CaseError(case.id, problems)
