"""Invariants of who answers for the same damage, who bears it, and who may ask whom.

Each holds for the engine on random cases, decided one by one and swept over a grid of facts.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference.strategy import cases, rules
from test_metamorphic import people, with_parties
from test_reference_engine import EVERYBODY, FOR_ALL_ROLES, LAW, decided, expect, loaded, many

from simlib import sweep

pytestmark = pytest.mark.slow

DISMISSED = ("dismiss_suit", "dismiss_claim")
HOLDING = tuple(mode for mode in FOR_ALL_ROLES if mode not in DISMISSED)
FEN = ("exposure_fen", "paid_fen", "burden_fen", "carried_fen", "short_fen")
ELEMENTS = ("act", "damage", "fault", "causation")
everybody = cases(others=EVERYBODY)


def told(outcome: object) -> dict:
    """All an outcome says of each party, but whether the claimant comes before his recourse."""
    return {
        who: (row.mode, row.share, *(getattr(row, name) for name in FEN),
              [(r.against, r.fen, r.kind) for r in row.recourse])
        for who, row in outcome.parties.items()
    }  # fmt: skip


def proved(party: dict) -> bool:
    """Whether each element is proved to three quarters."""
    return all(party.get("proof", {}).get(e, 1) >= 0.75 for e in ELEMENTS)


def late(case: dict, party: dict) -> bool:
    """Whether all he did came after the loss and was not promised before it.

    Who holds a card that she paid straight into took part in the loss.
    """
    id, acts = party["id"], case.get("acts", [])
    did = [act.get("after_loss", False) for act in acts if act["party"] == id]
    hers = [t["payee"] for t in case.get("transfers", []) if t["payer"] == "V"]
    first = any(place == id or place.startswith(f"{id}-") for place in hers)
    concert = party.get("fault") == 1 or party.get("grade") == "concert"
    helps = party["role"] != "principal"
    return bool(did) and all(did) and helps and not concert and not first


def group(case: dict, mode: str) -> list[dict]:
    """Who answers for the loss under a mode, who came after it outside; nobody if dismissed."""
    liable = [p for p in people(case) if p.get("fault") != 0 and p.get("causal_force") != 0
              and 0 not in (p.get("indispensability"), p.get("push"))]  # fmt: skip
    if mode in ("auto", "all_or_nothing"):
        liable = [p for p in liable if proved(p)]
    liable = [p for p in liable if not late(case, p)]
    return [] if mode in DISMISSED else liable


def free(case: dict) -> dict:
    """The case with nobody released."""
    return with_parties(case, [p | {"released": False} for p in people(case)])


@many(100)
@given(case=everybody, chosen=rules)
def test_who_carries_for_another_can_and_the_sum_is_that_of_the_burdens(
    case: dict, chosen: dict, tmp_path: object
) -> None:
    """Inability is carried by others, never doubled; who bears nothing carries nothing."""
    read = loaded(case, tmp_path)
    for mode in FOR_ALL_ROLES:
        rows = decided(read, mode, chosen).parties
        borne, carried = (sum(getattr(r, f"{n}_fen") for r in rows.values())
                          for n in ("burden", "carried"))  # fmt: skip
        assert 0 <= carried <= borne, mode
        if all("assets_fen" not in p for p in people(case)):
            assert carried == borne, mode


def with_late(case: dict, name: str, passed: int, purse: int | None) -> dict:
    """The same case with one more who moved some of the money on after the loss."""
    own = {} if purse is None else {"assets_fen": purse}
    stated = {"share": 0} if all("share" in p for p in group(case, "joint")) else {}
    party = {"id": name, "role": "helper", "act": "account", "fault": 0.8, "causal_force": 0.5,
             "foresight": 0.5, "control": 0.5, "gain_direct_fen": 1, "limit": 0.3,
             "court_share": 0.1}  # fmt: skip
    acts = case.get("acts") or [
        {"id": "fraud", "party": "P0", "stage": "contact", "title": "fraud", "after_loss": False}
    ]
    did = {"id": f"d-{name}", "party": name, "stage": "after", "title": name, "after_loss": True}
    hers = {"id": "t-V", "payer": "V", "payee": "P0", "amount_fen": case["loss_fen"]}
    sent = case.get("transfers") or [hers]
    first = next(t["payee"] for t in sent if t["payer"] == "V")
    moved = {"id": f"t-{name}", "payer": first, "payee": f"{name}-0", "amount_fen": passed,
             "at": "2023-03-31T10:00:00+08:00"}  # fmt: skip
    return with_parties(case, [*people(case), party | own | stated]) | {
        "loss_needs": ["fraud"], "acts": [*acts, did],
        "accounts": [*case.get("accounts", []), {"id": f"{name}-0", "holder": name}],
        "transfers": [*sent, moved],
    }  # fmt: skip


more_late = st.lists(
    st.tuples(st.integers(1, 5_000_000), st.none() | st.integers(0, 5_000_000)),
    min_size=1, max_size=3,
)  # fmt: skip


@many(150)
@given(case=cases(others=EVERYBODY), chosen=rules, more=more_late)
def test_one_more_who_acted_after_the_loss_changes_nobody_else(
    case: dict, chosen: dict, more: list, tmp_path: object
) -> None:
    """Nobody's share, exposure, payment, burden or recourse; she never gets less in all.

    What is short is apart: it ends where the last fen is paid, be it by him.
    """
    chosen = chosen | {"after_loss": "outside"}
    before = decided(loaded(case, tmp_path), "auto", chosen)
    longer = case
    for n, (passed, purse) in enumerate(more):
        longer = with_late(longer, f"L{n}", passed, purse)
    after = decided(loaded(longer, tmp_path), "auto", chosen)
    everybody_else = told(after)
    added = [everybody_else.pop(f"L{n}") for n in range(len(more))]
    standing = {p["id"] for p in people(case)} - {p["id"] for p in people(case) if late(case, p)}
    earlier = told(before)
    for who in standing:
        assert but_short(everybody_else[who]) == but_short(earlier[who])
    assert after.received_fen >= before.received_fen
    assert after.claim_fen == before.claim_fen
    for row in added:
        assert row[1] == 0
        assert row[-1] == []


def but_short(row: tuple) -> tuple:
    """A row without what is short."""
    return row[:6] + row[7:]


@many(60)
@given(case=everybody)
def test_no_principal_has_recourse_against_a_helper(case: dict, tmp_path: object) -> None:
    """Under the default rules, in every mode."""
    read = loaded(case, tmp_path)
    role = {p["id"]: p["role"] for p in people(case)}
    for mode in FOR_ALL_ROLES:
        for who, row in decided(read, mode).parties.items():
            against = {role[r.against] for r in row.recourse}
            assert role[who] != "principal" or against <= {"principal"}, (mode, who)


@many(60)
@given(case=everybody, chosen=rules)
def test_no_recourse_runs_to_or_from_who_stands_outside(
    case: dict, chosen: dict, tmp_path: object
) -> None:
    """Neither 178(2) nor 519 ties him to the group."""
    outside = {p["id"] for p in people(case) if late(case, p)}
    chosen = chosen | {"after_loss": "outside"}
    for who, row in decided(loaded(case, tmp_path), "auto", chosen).parties.items():
        assert not row.recourse or who not in outside
        assert not outside & {r.against for r in row.recourse}


@many(60)
@given(case=everybody)
def test_a_fraudster_owes_the_whole_claim_in_every_mode(case: dict, tmp_path: object) -> None:
    """Dismissals, a failed proof and reallocation, which is foreign law, apart."""
    read = loaded(free(case), tmp_path)
    for mode in HOLDING:
        out = decided(read, mode)
        held = [p["id"] for p in group(case, mode) if p["role"] == "principal"]
        for who in held if mode != "reallocation" else ():
            assert out.parties[who].exposure_fen == out.claim_fen, (mode, who)


@many(60)
@given(case=everybody, chosen=rules)
def test_nobody_bears_anything_where_nobody_is_held(
    case: dict, chosen: dict, tmp_path: object
) -> None:
    """Suit or claim dismissed, and no element proved: all numbers 0 and no recourse."""
    failed = with_parties(case, [p | {"proof": {"act": 0.1}} for p in people(case)])
    for mode, facts in [
        ("dismiss_suit", case), ("dismiss_claim", case), ("all_or_nothing", failed),
        ("auto", failed),
    ]:  # fmt: skip
        out = decided(loaded(facts, tmp_path), mode, chosen)
        assert out.received_fen == 0
        for row in out.parties.values():
            assert not any(getattr(row, name) for name in FEN), mode
            assert not row.recourse, mode


@many(80)
@given(case=everybody, chosen=rules, which=st.integers(0, 4))
def test_one_fen_of_an_insolvent_party_changes_no_amount_by_more_than_fen(
    case: dict, chosen: dict, which: int, tmp_path: object
) -> None:
    """519(3) covers partial inability: nothing jumps between nothing and almost nothing.

    What is short is apart: it ends at once where the last fen of a piece is paid.
    """
    others = people(case)
    poor = others[which % len(others)]["id"]
    pair = []
    for fen in (0, 1):
        here = [p | ({"assets_fen": fen} if p["id"] == poor else {}) for p in others]
        pair.append(loaded(with_parties(case, here), tmp_path))
    odd = 4 * len(others)  # a fen may fall elsewhere in each split, piece by piece
    for mode in FOR_ALL_ROLES:
        none, one = (decided(read, mode, chosen) for read in pair)
        assert abs(none.received_fen - one.received_fen) <= 1, mode
        for who, row in none.parties.items():
            for name in FEN[:-1]:
                here, there = getattr(row, name), getattr(one.parties[who], name)
                assert abs(here - there) <= odd, (mode, who, name)
            here, there = (by_debtor(o.parties[who].recourse) for o in (none, one))
            for other in here.keys() | there.keys():
                assert abs(here.get(other, 0) - there.get(other, 0)) <= odd, (mode, who, other)


def by_debtor(claims: object) -> dict:
    """What may be claimed of each, of whatever kind."""
    sums: dict = {}
    for r in claims:
        sums[r.against] = sums.get(r.against, 0) + r.fen
    return sums


@many(80)
@given(case=everybody, chosen=rules, purse=st.none() | st.integers(0, 5_000_000))
def test_one_more_helper_never_lowers_what_she_receives_jointly(
    case: dict, chosen: dict, purse: int | None, tmp_path: object
) -> None:
    """Whatever the shares become."""
    stated = {"share": 0} if all("share" in p for p in group(case, "joint")) else {}
    own = {} if purse is None else {"assets_fen": purse}
    new = {"id": "N", "role": "helper", "act": "tech", "fault": 0.8, "causal_force": 0.5,
           "gain_direct_fen": 1}  # fmt: skip
    longer = with_parties(case, [*people(case), new | own | stated])
    fewer, more = (
        decided(loaded(c, tmp_path), "joint", chosen).received_fen for c in (case, longer)
    )
    assert more >= fewer


# The same over a grid: an output of `sweep` at each of its points.


@many(25)
@given(case=cases(others=EVERYBODY), chosen=rules,
       purses=st.lists(st.integers(0, 10_000_000), min_size=2, max_size=3))  # fmt: skip
def test_a_grid_keeps_to_the_same_invariants(
    case: dict, chosen: dict, purses: list, tmp_path: object
) -> None:
    """A fraudster's exposure is the claim; one more who came late changes nobody else's numbers."""
    case, chosen = free(case), chosen | {"after_loss": "outside"}
    here = {"P0.assets_fen": purses, "H0.assets_fen": [0, 1, *purses]}
    read, longer = (loaded(c, tmp_path) for c in (case, with_late(case, "L0", 1_000_000, None)))
    standing = [p["id"] for p in group(case, "auto")]
    for who in standing:
        for name in ("share", "exposure_fen", "paid_fen"):
            pair = [swept(c, here, f"{who}.{name}", chosen) for c in (read, longer)]
            assert (pair[0] == pair[1]).all(), (who, name)
    received = swept(read, here, "received_fen", chosen)
    claim = received + swept(read, here, "unrecovered_fen", chosen)
    assert (swept(longer, here, "received_fen", chosen) >= received).all()
    if "P0" in standing:
        assert (swept(read, here, "P0.exposure_fen", chosen) == claim).all()


def swept(case: object, here: dict, output: str, chosen: dict) -> object:
    """One output of the law in force on the grid."""
    return sweep(case, here, "auto", output, chosen, LAW)


def test_a_released_late_helper_bears_what_he_paid_whoever_else_was_released(
    tmp_path: object,
) -> None:
    """The loss is 1000 fen, all of it went on to O's account after it was lost.

    ρ = 0.137, so O answers for 137 fen of lost chance; 100 fen of it he paid. Then she releases O
    and the fraudster, whose part is the whole loss. O bears 100 fen, the fraudster nothing.
    """
    case = {
        "id": "late", "title": "late", "basis": "hypothetical", "acted_on": "2023-03-01",
        "loss_fen": 1000, "loss_needs": ["fraud"],
        "parties": [
            {"id": "V", "role": "victim"},
            {"id": "P", "role": "principal", "released": True},
            {"id": "O", "role": "operator", "fault": 0.5, "released": True},
        ],
        "accounts": [{"id": "P-0", "holder": "P"}, {"id": "O-0", "holder": "O"}],
        "transfers": [
            {"id": "t0", "payer": "V", "payee": "P-0", "amount_fen": 1000},
            {"id": "t1", "payer": "P-0", "payee": "O-0", "amount_fen": 1000},
        ],
        "acts": [
            {"id": "fraud", "party": "P", "stage": "contact", "title": "fraud"},
            {"id": "late", "party": "O", "stage": "after", "title": "late", "after_loss": True},
        ],
        "recoveries": [{"payer": "O", "amount_fen": 100}],
    }  # fmt: skip
    rows = decided(loaded(case, tmp_path), "auto").parties
    assert (rows["O"].burden_fen, rows["O"].exposure_fen, rows["P"].burden_fen) == (100, 0, 0)
    assert expect(case, "auto")["parties"]["O"]["burden_fen"] == 100
