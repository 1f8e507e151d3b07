"""Nothing is lost or made in any layer, in any mode, under any rule: to the fen."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from reference.strategy import cases, rules
from replay import differences, unfounded
from test_metamorphic import numbers, people
from test_reference_engine import EVERYBODY, FOR_ALL_ROLES, PAYING, decided, loaded, many

pytestmark = pytest.mark.slow


@many(120)
@given(case=cases(others=EVERYBODY), chosen=rules)
def test_money_is_conserved_in_every_layer(case: dict, chosen: dict, tmp_path: object) -> None:
    """Paid sums to received, received and unrecovered to the claim, burdens at most to D.

    What adds up piece by piece is tested of the reference, which the engine equals. Who answers for
    another damage bears that beside D.
    """
    read = loaded(case, tmp_path)
    for mode in FOR_ALL_ROLES:
        out = decided(read, mode, chosen)
        rows = out.parties
        assert sum(r.paid_fen for r in rows.values()) == out.received_fen, mode
        assert out.received_fen + out.unrecovered_fen == out.claim_fen, mode
        assert min(numbers(out).values()) >= 0, mode
        group = {who: r for who, r in rows.items() if not outside(out, who)}
        if mode.startswith("dismiss") or not any(r.share for r in group.values()):
            assert not any(r.burden_fen for r in group.values()), mode
            continue
        assert sum(float(r.share) for r in group.values()) < 1 + 1e-8, mode
        assert sum(r.burden_fen for r in group.values()) <= damages(case, chosen, mode), mode


def outside(out: object, who: str) -> bool:
    """Whether he answers for another damage than the loss."""
    return out.parties[who].mode == "several" and out.reason("form", who).rule == "form.after-loss"


def damages(case: dict, chosen: dict, mode: str) -> int:
    """D: the loss less what comes off first and, where that counts for all, her own fault."""
    v = Fraction(repr(case["parties"][0].get("fault", 0.0)))
    rule = chosen.get("victim_fault", "negligent")
    foreign = mode in ("threshold", "reallocation", "hybrid")
    v = v if rule == "on" or rule == "negligent" and foreign else Fraction(0)
    base = case["loss_fen"]
    if chosen.get("deduction") == "restitution_first":
        base = max(0, base - recovered(case))
    return int((1 - v) * base + Fraction(1, 2))


def recovered(case: dict) -> int:
    """Everything that came back."""
    back = [row["amount_fen"] for row in case.get("recoveries", [])]
    back += [row.get("restitution_paid_fen", 0) for row in case.get("criminal", [])]
    return case.get("recovered_fen", 0) + sum(back)


def named(case: dict) -> dict:
    """The wrongdoers by id."""
    return {p["id"]: p for p in people(case)}


@many(120)
@given(case=cases(others=EVERYBODY), chosen=rules)
def test_nobody_pays_beyond_exposure_purse_or_suit(
    case: dict, chosen: dict, tmp_path: object
) -> None:
    """Nor before other victims' restitution, where that ranks first; the victim never has more than
    her loss.
    """
    read, owed = loaded(case, tmp_path), {}
    in_proportion = chosen.get("after_restitution") == "with_restitution"
    for row in case["criminal"]:
        first = row.get("restitution_others_fen", 0)
        owed[row["party"]] = owed.get(row["party"], 0) + first
    for mode in FOR_ALL_ROLES:
        out = decided(read, mode, chosen)
        assert out.received_fen <= max(0, case["loss_fen"] - recovered(case)), mode
        for who, p in named(case).items():
            row = out.parties[who]
            assert row.paid_fen <= row.exposure_fen <= out.claim_fen, (mode, who)
            assert p["sued"] or row.paid_fen == 0, (mode, who)
            if "assets_fen" in p:
                first = 0 if in_proportion else owed.get(who, 0)
                assert row.paid_fen <= max(0, p["assets_fen"] - first), (mode, who)


@many(120)
@given(case=cases(), chosen=rules)
def test_recourse_never_exceeds_what_is_short_or_overpaid(
    case: dict, chosen: dict, tmp_path: object
) -> None:
    """What may be claimed of one never exceeds what he is short of what he carries; nor, beside

    that, what he carries too little. Nobody claims of himself; no principal of a helper, unless
    the rule lets him; all stand behind the creditor together, or none.
    """
    read = loaded(case, tmp_path)
    heads = [who for who, p in named(case).items() if p["role"] == "principal"]
    for mode in PAYING:
        out = decided(read, mode, chosen)
        claims = [(who, r) for who, row in out.parties.items() for r in row.recourse]
        for who, row in out.parties.items():
            of_him = {k: sum(r.fen for _, r in claims if r.against == who and r.kind == k)
                      for k in ("share", "insolvent")}  # fmt: skip
            assert of_him["share"] <= max(0, row.carried_fen - row.paid_fen), (mode, who)
            assert of_him["insolvent"] <= max(0, row.burden_fen - row.carried_fen), (mode, who)
            assert all(r.against != who and r.fen > 0 for r in row.recourse), (mode, who)
            if who in heads and chosen.get("principal_recourse", "none") == "none":
                assert all(r.against in heads for r in row.recourse), (mode, who)
        assert len({r.subordinate for _, r in claims}) <= 1, mode


@many(40)
@given(case=cases(others=EVERYBODY), chosen=rules)
def test_every_step_follows_from_those_below_it(case: dict, chosen: dict, tmp_path: object) -> None:
    """A reader who reckons each step of a trace again by hand finds what the engine says."""
    read = loaded(case, tmp_path)
    for mode in FOR_ALL_ROLES:
        trace = decided(read, mode, chosen).trace
        assert not [(n.key, n.party, n.value, value) for n, value in differences(trace)], mode
        assert not unfounded(trace), mode


def _plain(loss_fen: int, *parties: dict) -> dict:
    victim = {"id": "V", "role": "victim"}
    return {"id": "random", "basis": "hypothetical", "title": "随机", "acted_on": "2023-03-01",
            "loss_fen": loss_fen, "parties": [victim, *parties]}  # fmt: skip


def test_one_alone_shown_carries_all_though_his_weight_is_0(tmp_path: object) -> None:
    """By hand: P0 is not proved and has no share; H0's weight is 0; all 7 fen are H0's."""
    case = _plain(
        7,
        {"id": "P0", "role": "principal", "proof": {"damage": 0.7}, "share": 1.0},
        {"id": "H0", "role": "helper", "act": "account", "fault": 0.2, "share": 0.0},
    )
    out = decided(loaded(case, tmp_path), "all_or_nothing", {})
    assert (out.parties["P0"].carried_fen, out.parties["H0"].carried_fen) == (0, 7)
    assert not differences(out.trace)


def test_weights_are_read_in_billionths_where_remainders_are_as_good_as_equal(
    tmp_path: object,
) -> None:
    """By hand: 2770 by 2/3, 1/6, 1/6 leaves .67 thrice and two fen.

    In billionths 666666667, 166666667, 166666667 of 1000000001 the remainders are
    .66666574, .66666712, .66666712: the sixths get the two fen.
    """
    sixth = {"role": "helper", "act": "account", "fault": 0.2, "share": 0.16666666666666666}
    case = _plain(
        2770, {**sixth, "id": "H1", "share": 0.6666666666666667}, {**sixth, "id": "H0"},
        {"id": "P0", "role": "principal", "share": 0.16666666666666666},
    )  # fmt: skip
    out = decided(loaded(case, tmp_path), "several", {})
    assert {who: row.carried_fen for who, row in out.parties.items()} == {
        "H1": 1846, "H0": 462, "P0": 462
    }  # fmt: skip
    assert not differences(out.trace)
