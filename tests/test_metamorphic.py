"""What must not change, or must change in step, when a case is changed: every mode and rule.

No outcome is computed here by other means: each test compares the engine with itself on two cases
that theory ties together.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from reference.strategy import cases, rules
from test_reference_engine import EVERYBODY, FOR_ALL_ROLES, MODES, PAYING, decided, loaded, many

from simlib.interval import high_end, low_end

pytestmark = pytest.mark.slow

AMOUNTS = ("exposure_fen", "paid_fen", "burden_fen", "carried_fen", "short_fen")
TOTALS = ("claim_fen", "received_fen", "unrecovered_fen")


def numbers(outcome: object) -> dict:
    """All amounts of an outcome under one name each, both ends of an interval; recourse apart."""
    out = {name: getattr(outcome, name) for name in TOTALS}
    for who, row in outcome.parties.items():
        out |= {f"{who}.{name}": getattr(row, name) for name in AMOUNTS}
    ends = (("low", low_end), ("high", high_end))
    return {f"{name}.{end}": of(x) for name, x in out.items() for end, of in ends}


def lasting(outcome: object) -> dict:
    """The same without what is short, which ends where nothing is open."""
    return {k: x for k, x in numbers(outcome).items() if ".short_fen" not in k}


def told(outcome: object) -> dict:
    """Everything an outcome says of the parties."""
    return {who: (row.mode, row.share, *(getattr(row, name) for name in AMOUNTS), row.recourse)
            for who, row in outcome.parties.items()}  # fmt: skip


def everywhere(value: object, change: Callable) -> object:
    """The same table, each key and value passed through `change`."""
    if isinstance(value, dict):
        return {key: everywhere(change(key, x), change) for key, x in value.items()}
    return (
        [everywhere(change(None, x), change) for x in value] if isinstance(value, list) else value
    )


def scaled(case: dict, times: int) -> dict:
    """Every amount of money `times` as large."""
    return everywhere(case, lambda key, x: x * times if str(key).endswith("_fen") else x)


def renamed(case: dict, names: dict) -> dict:
    """Parties under other names, accounts and transfers under the old ones."""
    return everywhere(case, lambda _, x: names.get(x, x) if isinstance(x, str) else x)


def people(case: dict) -> list[dict]:
    """Who is not the victim."""
    return [p for p in case["parties"] if p["role"] != "victim"]


def with_parties(case: dict, parties: list[dict]) -> dict:
    """The case with these wrongdoers."""
    victims = [p for p in case["parties"] if p["role"] == "victim"]
    return case | {"parties": [*victims, *parties]}


def without(case: dict, *facts: str) -> dict:
    """The case with these facts of the parties gone."""
    kept = [{k: x for k, x in p.items() if k not in facts} for p in people(case)]
    return with_parties(case, kept)


# Changes that change nothing.


@many(80)
@given(case=cases(others=EVERYBODY), chosen=rules)
def test_renaming_parties_changes_nothing(case: dict, chosen: dict, tmp_path: object) -> None:
    """Ids turned round, so that no order of names stays: the same outcome under the new ones."""
    ids = [p["id"] for p in case["parties"]]
    names = {old: f"z{9 - n}" for n, old in enumerate(ids)}
    read, other = loaded(case, tmp_path), loaded(renamed(case, names), tmp_path)
    for mode in FOR_ALL_ROLES:
        here, there = (decided(c, mode, chosen) for c in (read, other))
        assert {names[who]: row[:-1] for who, row in told(here).items()} == {
            who: row[:-1] for who, row in told(there).items()}, mode  # fmt: skip
        for who, row in here.parties.items():
            claims = [(names[r.against], r.fen, r.subordinate) for r in row.recourse]
            found = there.parties[names[who]].recourse
            assert claims == [(r.against, r.fen, r.subordinate) for r in found], mode


@many(80)
@given(case=cases(others=EVERYBODY), chosen=rules)
def test_party_without_causal_force_changes_nothing(
    case: dict, chosen: dict, tmp_path: object
) -> None:
    """One more helper, rich, with gains and a conviction, but no causal force."""
    idle = {"id": "idle", "role": "helper", "act": "payment", "fault": 0.9, "causal_force": 0,
            "gain_direct_fen": 10**6, "limit": 1.0, "foresight": 1, "control": 1}  # fmt: skip
    more = with_parties(case, [idle, *people(case)])
    more["criminal"] = [*case["criminal"], {"party": "idle", "charge": "fraud"}]
    read, other = loaded(case, tmp_path), loaded(more, tmp_path)
    for mode in FOR_ALL_ROLES:
        here, there = (decided(c, mode, chosen) for c in (read, other))
        assert [getattr(here, n) for n in TOTALS] == [getattr(there, n) for n in TOTALS], mode
        assert told(here) == {w: r for w, r in told(there).items() if w != "idle"}, mode
        assert there.parties["idle"].exposure_fen == there.parties["idle"].share == 0, mode


@many(80)
@given(case=cases(others=EVERYBODY), chosen=rules, data=st.data())
def test_order_of_parties_moves_at_most_the_odd_fen(
    case: dict, chosen: dict, data: st.DataObject, tmp_path: object
) -> None:
    """Another order in the file: at most a fen for each party who shares a split."""
    turned = with_parties(case, data.draw(st.permutations(people(case))))
    read, other = loaded(case, tmp_path), loaded(turned, tmp_path)
    for mode in FOR_ALL_ROLES:
        here, there = (decided(c, mode, chosen) for c in (read, other))
        near(numbers(here), numbers(there), len(people(case)), mode)
        odd = 1e-9 if mode == "discretionary" else 0  # the principals' rest is split in billionths
        for who, row in here.parties.items():
            assert abs(float(row.share) - float(there.parties[who].share)) <= odd, (mode, who)


def near(here: dict, there: dict, fen: float, mode: str) -> None:
    """Each amount as in the other outcome, give or take some fen."""
    assert here.keys() == there.keys(), mode
    far = {k: (here[k], there[k]) for k in here if abs(here[k] - there[k]) > fen}
    assert not far, (mode, far)


@many(80)
@given(case=cases(), chosen=rules, times=st.sampled_from((2, 7, 100, 1000)))
def test_scaling_money_scales_every_amount(
    case: dict, chosen: dict, times: int, tmp_path: object
) -> None:
    """Loss, assets, gains, flows, recoveries all t times as large: shares the same.

    Each amount is t times as large, up to a fen a party (and one for D) of the smaller case and of
    each piece. Money goes no further than to whom she paid it: a fen that is traced on goes whole
    to one or another. What is short is apart: it ends at once where the last fen is paid.
    """
    hers = [p["id"] for p in case["parties"] if p["role"] == "victim"]
    if "transfers" in case:
        case = case | {"transfers": [t for t in case["transfers"] if t["payer"] in hers]}
    read, other = loaded(case, tmp_path), loaded(scaled(case, times), tmp_path)
    for mode in MODES:
        here, there = (decided(c, mode, chosen) for c in (read, other))
        smaller = {k: Fraction(x, times) for k, x in lasting(there).items()}
        near(lasting(here), smaller, 2 * len(people(case)) + 1, mode)
        for who, row in here.parties.items():
            assert abs(float(row.share) - float(there.parties[who].share)) < 2e-9, (mode, who)


# One helper, or two with half of everything.


def halved(case: dict, *facts: str) -> dict:
    """The last wrongdoer twice, each with half of these facts (an odd fen to the first)."""
    *others, last = people(case)
    first, second = dict(last), dict(last, id="twin")
    for fact in facts:
        if fact.endswith("_fen") and fact in last:
            second[fact] = last[fact] // 2
            first[fact] = last[fact] - second[fact]
        elif fact in last:
            first[fact] = second[fact] = float(Fraction(repr(last[fact])) / 2)
    return with_parties(case, [*others, first, second])


FLOWS = ("accounts", "transfers", "recoveries", "reparations", "acts", "loss_needs")
PLAIN = ("share", "indispensability", "push", "gain_indirect_fen", "direct", "released")


@many(80)
@given(case=cases(), cause=st.integers(1, 500).map(lambda n: n / 500))
def test_splitting_a_helper_in_two_keeps_their_joint_debt(
    case: dict, cause: float, tmp_path: object
) -> None:
    """Assets halved: joint, after exhaustion and by proof, the victim receives the same.

    Her own fault counts for all: two who were negligent would each owe (1 − v) of it.
    """
    case = ready(case, cause)
    read, two = loaded(case, tmp_path), loaded(halved(case, "assets_fen", "causal_force"), tmp_path)
    for mode in ("joint", "joint_after_exhaustion", "all_or_nothing", "hybrid"):
        one, both = (decided(c, mode, {"victim_fault": "on"}) for c in (read, two))
        assert one.received_fen == both.received_fen, mode


@many(80)
@given(case=cases(), cause=st.integers(1, 500).map(lambda n: n / 500))
def test_splitting_a_helper_in_two_keeps_their_share_by_product(
    case: dict, cause: float, tmp_path: object
) -> None:
    """Causal force halved, by causal force × fault: together his share, his part and his payment.

    Gains halved, by gain: the same. By heads two are more than one, and so they should be.
    """
    case = ready(case, cause)
    for rule, facts in (("product", ("causal_force",)), ("gain", ("gain_direct_fen",))):
        read = loaded(case, tmp_path)
        two = loaded(halved(case, "assets_fen", *facts), tmp_path)
        one, both = (decided(c, "several", {"share": rule}) for c in (read, two))
        last = people(case)[-1]["id"]
        twins = [both.parties[who] for who in (last, "twin")]
        alone = one.parties[last]
        if rule == "gain" and not any(p["gain_direct_fen"] for p in people(case) if liable(p)):
            continue  # then all count as equal
        assert abs(sum(float(t.share) for t in twins) - float(alone.share)) < 1e-6
        assert (
            abs(sum(t.exposure_fen for t in twins) - alone.exposure_fen) <= 2 + 1e-6 * one.claim_fen
        )
        assert abs(both.received_fen - one.received_fen) <= 2 + 1e-6 * one.claim_fen


def liable(p: dict) -> bool:
    """Whether fault and causal force are not 0."""
    return p.get("fault") != 0 and p.get("causal_force") != 0


def ready(case: dict, cause: float) -> dict:
    """A case without accounts, acts and recoveries, whose last wrongdoer is a liable helper."""
    case = {k: x for k, x in case.items() if k not in FLOWS}
    case = without(case, *PLAIN) | {"criminal": [], "recovered_fen": 0, "loss_noneconomic_fen": 0}
    case["undeterminable"] = False  # by heads two are more than one
    helpers = [p for p in people(case) if p["role"] == "helper"]
    last = helpers[-1] | {"causal_force": cause, "fault": helpers[-1]["fault"] or 0.5, "proof": {}}
    rest = [p | {"causal_force": p.get("causal_force", 1)} for p in people(case)
            if p["id"] != last["id"]]  # fmt: skip
    return with_parties(case, [*rest, last])


# More of one thing.


@many(80)
@given(case=cases(), more=st.integers(1, 1000).map(lambda n: n / 1000),
       rule=st.sampled_from(("product", "mean", "geometric")))  # fmt: skip
def test_more_fault_never_lowers_a_share(
    case: dict, more: float, rule: str, tmp_path: object
) -> None:
    """By product, by the mean, by the geometric mean (the rounding of weights aside)."""
    case = without(case, "share")
    *others, last = people(case)
    assume(last["role"] == "helper" and last["fault"] > 0 and last.get("causal_force") != 0)
    worse = with_parties(case, [*others, last | {"fault": max(more, last["fault"])}])
    here, there = (decided(loaded(c, tmp_path), "several", {"share": rule})
                   for c in (case, worse))  # fmt: skip
    who = last["id"]
    assert float(there.parties[who].share) >= float(here.parties[who].share) - 1e-6


@many(80)
@given(case=cases(), chosen=rules, data=st.data())
def test_more_money_never_gives_the_victim_less(
    case: dict, chosen: dict, data: st.DataObject, tmp_path: object
) -> None:
    """One wrongdoer richer: in no mode does she receive less, up to an odd fen."""
    n = data.draw(st.integers(0, len(people(case)) - 1))
    parties = [dict(p) for p in people(case)]
    parties[n].pop("assets_fen", None)
    read, other = loaded(case, tmp_path), loaded(with_parties(case, parties), tmp_path)
    for mode in MODES:
        here, there = (decided(c, mode, chosen) for c in (read, other))
        # Re-spreading makes others answer for the penniless, not for one who is able but not sued;
        # inner and pro rata limits fall as principals pay.
        if mode == "reallocation" or chosen.get("partial_payment", "outer") != "outer":
            continue
        assert there.received_fen >= here.received_fen - 1, mode


@many(80)
@given(case=cases(), chosen=rules, data=st.data())
def test_a_release_never_raises_what_is_received(
    case: dict, chosen: dict, data: st.DataObject, tmp_path: object
) -> None:
    """520(2): in no mode does she receive more by giving up her claim against one.

    Save by re-spreading: what others cannot pay went to him too, and was lost if he is not sued or
    beyond the money that came into his account.
    """
    case = without(case, "released")
    n = data.draw(st.integers(0, len(people(case)) - 1))
    parties = [p | {"released": i == n} for i, p in enumerate(people(case))]
    read, other = loaded(case, tmp_path), loaded(with_parties(case, parties), tmp_path)
    for mode in MODES:
        here, there = (decided(c, mode, chosen) for c in (read, other))
        assert there.claim_fen == here.claim_fen, mode
        capped = any(a["holder"] == parties[n]["id"] for a in case.get("accounts", ()))
        lost = mode == "reallocation" and (capped or not parties[n]["sued"])
        if chosen.get("partial_payment", "outer") == "outer" and not lost:
            assert there.received_fen <= here.received_fen + len(parties), mode


# Modes that are one another.


@many(100)
@given(case=cases(), chosen=rules)
def test_modes_coincide_where_theory_says_so(case: dict, chosen: dict, tmp_path: object) -> None:
    """Threshold 0 is joint and above 1 several in all but name; hybrid is joint without, several

    with nothing but non-economic loss; Zhou's rules are the four modes where all are of one kind.
    Where principals go by share they take nothing over below a threshold, and so are joint in name.
    Her own fault counts for all in the foreign ones, and so here in all.
    """
    chosen = {"victim_fault": "on"} | chosen | {"principals": "whole"}
    chosen |= {"victim_fault": "on"} if chosen["victim_fault"] == "negligent" else {}
    bare = {k: x for k, x in case.items() if k != "loss_noneconomic_fen"} | {"criminal": []}
    read = loaded(bare, tmp_path)
    pairs = [("threshold", {"threshold": 0}, "joint"), ("hybrid", {}, "joint"),
             ("zhou2024", {}, "joint")]  # fmt: skip
    for mode, rule, other in pairs:
        same(read, mode, chosen | rule, other, chosen)
    helpers = [p["id"] for p in people(case) if p["role"] == "helper"]
    kinds = {"partial_joint": {"charge": "assisting"}, "benefit_cap": {"part": "hired"},
             "joint_after_exhaustion": {"part": "accessory"}}  # fmt: skip
    for other, entry in kinds.items():
        read = loaded(bare | {"criminal": [{"party": h} | entry for h in helpers]}, tmp_path)
        same(read, "zhou2024", chosen, other, chosen)
    read = loaded(bare | {"loss_noneconomic_fen": bare["loss_fen"]}, tmp_path)
    assert decided(read, "hybrid", chosen).received_fen == (
        decided(read, "several", chosen).received_fen)  # fmt: skip


def same(read: object, mode: str, mine: dict, other: str, theirs: dict) -> None:
    """Two modes agree in every amount."""
    here, there = decided(read, mode, mine), decided(read, other, theirs)
    assert numbers(here) == numbers(there), (mode, other)


@many(80)
@given(case=cases(), chosen=rules)
def test_modes_rank_by_what_the_victim_receives(case: dict, chosen: dict, tmp_path: object) -> None:
    """Joint gives most: by shares, with limits, by proof she receives no more.

    Shares by risk and benefit or by a court are others, and a release waives another amount there.
    Outer gives no less than pro rata, pro rata than inner, stacked than nested, the Swiss cap than
    own gains.
    """
    read = loaded(case, tmp_path)

    def got(mode: str, **more: object) -> int:
        return decided(read, mode, chosen | more).received_fen

    most = got("joint")
    odd = len(people(case))
    for (
        mode
    ) in PAYING:  # of two kinds of loss, each is split on its own: an odd fen of what is waived
        slack = odd if mode == "hybrid" else 0
        others = mode in ("risk_benefit", "discretionary")
        # who is not held, or answers in second line, has no part that a release waives
        if mode in ("auto", "all_or_nothing", "supplementary"):
            others = any(p.get("released") for p in people(case))
        assert others or got(mode) <= most + slack, mode
    for mode in ("partial_joint", "benefit_cap"):
        ways = [got(mode, partial_payment=way) for way in ("inner", "pro_rata", "outer")]
        assert ways[0] <= ways[1] + odd
        assert ways[1] <= ways[2] + odd
        assert got(mode, caps="nested") <= got(mode, caps="stack")
    assert got("benefit_cap", benefit="own") <= got("benefit_cap", benefit="swiss")
