"""Nothing is lost or made in any layer, in any mode, under any rule: to the fen."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from reference.strategy import cases, rules
from test_metamorphic import numbers, people
from test_reference_engine import EVERYBODY, FOR_ALL_ROLES, PAYING, loaded, many

from simlib.liability import decide
from simlib.money import split


@many(120)
@given(case=cases(others=EVERYBODY), chosen=rules)
def test_money_is_conserved_in_every_layer(case: dict, chosen: dict, tmp_path: object) -> None:
    """Paid sums to received, received and unrecovered to the claim, burdens to D.

    D is the loss less her own fault. What a released party owed of it and did not pay is nobody's
    burden (his part is here that of a plain split: a fen may lie elsewhere where shares were
    re-spread).
    """
    read = loaded(case, tmp_path)
    for mode in FOR_ALL_ROLES:
        out = decide(read, mode, rules=chosen)
        rows = out.parties
        assert sum(r.paid_fen for r in rows.values()) == out.received_fen, mode
        assert out.received_fen + out.unrecovered_fen == out.claim_fen, mode
        assert min(numbers(out).values()) >= 0, mode
        if mode.startswith("dismiss"):
            assert not any(r.burden_fen for r in rows.values()), mode
            continue
        shares = [float(r.share) for r in rows.values()]
        assert abs(sum(shares) - 1) < 1e-9, mode
        d = damages(case, chosen)
        part = dict(zip(rows, split(d, shares), strict=True))
        gone = [who for who, p in named(case).items() if p.get("released")]
        borne = sum(part[who] if who in gone else r.burden_fen for who, r in rows.items())
        assert abs(borne - d) <= len(gone), mode
        assert all(rows[who].burden_fen <= part[who] + 1 for who in gone), mode


def damages(case: dict, chosen: dict) -> int:
    """D: the loss less what comes off first and less her own fault."""
    v = Fraction(repr(case["parties"][0].get("fault", 0.0)))
    v = Fraction(0) if chosen.get("victim_fault") == "off" else v
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
    """Nor before other victims' restitution; and the victim never has more than her loss."""
    read, owed = loaded(case, tmp_path), {}
    for row in case["criminal"]:
        first = row.get("restitution_others_fen", 0)
        owed[row["party"]] = owed.get(row["party"], 0) + first
    for mode in FOR_ALL_ROLES:
        out = decide(read, mode, rules=chosen)
        assert out.received_fen <= max(0, case["loss_fen"] - recovered(case)), mode
        for who, p in named(case).items():
            row = out.parties[who]
            assert row.paid_fen <= row.exposure_fen <= out.claim_fen, (mode, who)
            assert p["sued"] or row.paid_fen == 0, (mode, who)
            if "assets_fen" in p:
                assert row.paid_fen <= max(0, p["assets_fen"] - owed.get(who, 0)), (mode, who)


@many(120)
@given(case=cases(), chosen=rules)
def test_recourse_never_exceeds_what_is_short_or_overpaid(
    case: dict, chosen: dict, tmp_path: object
) -> None:
    """What may be claimed of one never exceeds what he is short; claims sum to the lesser side.

    Nobody claims of himself; all stand behind the creditor together, or none.
    """
    read = loaded(case, tmp_path)
    for mode in PAYING:
        out = decide(read, mode, rules=chosen)
        claims = [(who, r) for who, row in out.parties.items() for r in row.recourse]
        for who, row in out.parties.items():
            of_him = sum(r.fen for _, r in claims if r.against == who)
            assert of_him <= row.short_fen, (mode, who)
            assert not (row.recourse and row.short_fen), (mode, who)
            assert all(r.against != who and r.fen > 0 for r in row.recourse), (mode, who)
        assert len({r.subordinate for _, r in claims}) <= 1, mode
