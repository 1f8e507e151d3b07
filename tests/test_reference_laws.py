"""What holds of the slow reference on random cases whose loss falls into pieces."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from reference import Refused, references
from reference.amounts import number
from reference.debt import Debt, by_share, given_up
from reference.facts import own_fault, read
from reference.group import DISMISSED, divide
from reference.layers import carrying, decided, outward
from reference.pieces import divided
from reference.strategy import cases, draws, rules

from simlib.liability import MODES

pytestmark = pytest.mark.slow

RHO = 0.137
EVERYBODY = ("helper", "helper", "platform", "operator")
FOR_ALL_ROLES = tuple(mode for mode in MODES if mode != "risk_benefit")
checked = settings(
    max_examples=draws(300), deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
everybody = cases(others=EVERYBODY, cards=True)


def in_pieces(case: dict, mode: str, chosen: dict) -> list[tuple[Debt, dict, dict]]:
    """Debt, exposures and payments piece by piece."""
    facts, outside, _ = divide(own_fault(read(case, chosen, number(RHO)), mode), mode)
    return decided(divided(facts, outside), mode, None, None)


@checked
@given(case=everybody, chosen=rules)
def test_she_never_gets_more_than_her_loss(case: dict, chosen: dict) -> None:
    """What came back, up to the damages, and what is paid are together at most the loss."""
    facts = read(case, chosen)
    for answer in references(case, FOR_ALL_ROLES, chosen, RHO).values():
        assert 0 <= answer["received_fen"] <= answer["claim_fen"]
        assert answer["claim_fen"] <= max(0, facts.loss - facts.recovered)
        paid = sum(row["paid_fen"] for row in answer["parties"].values())
        assert paid == answer["received_fen"]


@checked
@given(case=everybody, chosen=rules)
def test_nobody_pays_more_than_the_pieces_he_answers_for(case: dict, chosen: dict) -> None:
    """Nor owes more; the pieces add up to the loss, and their claims to the claim."""
    chosen = chosen | {"pieces": "on"}
    for mode, answer in references(case, FOR_ALL_ROLES, chosen, RHO).items():
        done = in_pieces(case, mode, chosen)
        assert sum(debt.facts.loss for debt, _, _ in done) == case["loss_fen"]
        assert sum(debt.claim for debt, _, _ in done) == answer["claim_fen"]
        for who, row in answer["parties"].items():
            his = [debt for debt, _, _ in done if who in debt.part]
            if his:
                claims = sum(debt.claim for debt in his)
                assert row["paid_fen"] <= row["exposure_fen"] <= claims
                assert row["burden_fen"] <= sum(debt.d for debt in his)


@checked
@given(case=everybody, chosen=rules)
def test_burdens_add_up_to_the_damages_of_a_piece(case: dict, chosen: dict) -> None:
    """Where a principal is held whole; elsewhere they are never more. No outer limit is exceeded.

    What a release leaves unpaid of a share nobody bears.
    """
    for mode in FOR_ALL_ROLES:
        done = in_pieces(case, mode, chosen)
        for (debt, _, _), (burden, carry) in zip(done, carrying(done), strict=True):
            gone = sum(max(0, debt.due[w.id] - debt.before[w.id]) for w in given_up(debt))
            heads = [w for w in debt.facts.liable
                     if w.principal and not w.released and not by_share(debt, w)]  # fmt: skip
            assert sum(burden.values()) <= debt.d - gone
            assert sum(carry.values()) <= debt.d - gone
            assert all(burden[w.id] <= outward(debt, w)
                       for w in debt.facts.liable if not w.released)  # fmt: skip
            if heads and mode not in DISMISSED:
                assert sum(burden.values()) == debt.d - gone


@checked
@given(case=everybody, chosen=rules)
def test_nobody_gets_back_more_than_he_paid(case: dict, chosen: dict) -> None:
    """Recourse is never more than what he paid, now and before."""
    back: dict = {}
    for who, fen in read(case, chosen).back:
        back[who] = back.get(who, 0) + fen
    loose = read(case, chosen).no_payer + sum(back.values())
    for answer in references(case, FOR_ALL_ROLES, chosen, RHO).values():
        for who, row in answer["parties"].items():
            principal = next(p for p in case["parties"] if p["id"] == who)["role"] == "principal"
            before = loose if principal else back.get(who, 0)
            assert sum(r["fen"] for r in row["recourse"]) <= row["paid_fen"] + before


@checked
@given(case=everybody, chosen=rules)
def test_one_piece_is_decided_as_the_whole(case: dict, chosen: dict) -> None:
    """Where everybody answers for all, cutting changes nothing."""
    for mode in FOR_ALL_ROLES:
        done = in_pieces(case, mode, chosen | {"pieces": "on"})
        facts = divide(own_fault(read(case, chosen), mode), mode)[0]
        if len(done) == 1 and len(done[0][0].facts.liable) == len(facts.liable):
            one, other = (references(case, [mode], chosen | {"pieces": x}, RHO)
                          for x in ("on", "off"))  # fmt: skip
            assert one == other


@checked
@given(case=cases(others=EVERYBODY, answering=True, cards=True), chosen=rules)
def test_guardians_stand_in_the_pieces_of_their_wards(case: dict, chosen: dict) -> None:
    """Whoever answers for another pays in his place, never more than she lost (auto)."""
    try:
        answer = references(case, ["auto"], chosen, RHO)["auto"]
    except Refused:
        return
    assert 0 <= answer["received_fen"] <= answer["claim_fen"]
    wards = [who for who, row in answer["parties"].items() if row["mode"] == "answered_for"]
    assert all(answer["parties"][who]["paid_fen"] == 0 for who in wards)
