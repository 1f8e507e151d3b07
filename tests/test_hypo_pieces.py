"""The hypothetical case of many payments: its pieces by hand, as `sources.md` sets them out."""

from __future__ import annotations

import pytest

from simlib import decide, load_case
from simlib.chain import lots
from simlib.law.regime import rule

CASE = load_case("hypo-pieces")
PIECES = [  # size in yuan, who answers besides the fraudster, the payments
    (51_000, ("cao",), ("p1", "p3", "p5")),
    (4_000, ("han",), ("p2",)),
    (15_000, ("cao", "miao"), ("p4",)),
    (8_000, ("cao", "platform"), ("p6",)),
    (6_000, ("han", "platform", "bank"), ("p7",)),
    (6_000, ("cao", "platform", "bank"), ("p8",)),
]


@pytest.mark.parametrize("method", rule("tracing").values)
def test_eight_payments_make_six_pieces(method: str) -> None:
    """Every card is emptied before the next payment, so that each rule of tracing says the same."""
    found = decide(CASE, "auto", rules={"tracing": method}).pieces
    ids = [transfer.id for transfer in CASE.transfers]
    told = [
        (p.loss_fen // 100, p.answers, tuple(dict.fromkeys(ids[m.payment] for m in p.money)))
        for p in found
    ]
    assert told == [(yuan, ("principal", *who), paid) for yuan, who, paid in PIECES]


def test_what_stays_in_the_second_card_is_cut_from_what_went_on() -> None:
    """Of the 15 000 that came to Miao 14 700 went to the fraudster; 300 stayed with Miao as pay."""
    fourth = [lot for lot in lots(CASE) if CASE.transfers[lot.payment].id == "p4"]
    assert [(lot.fen, lot.holders) for lot in fourth] == [
        (1_470_000, {"cao", "miao", "principal"}),
        (30_000, {"cao", "miao"}),
    ]


def test_a_card_holder_shares_in_what_came_into_his_card() -> None:
    """Han .18 of 1.18 in 4 000 and of 1.40 in 6 000; the platform's burden is its parts of 20 000.

    Platform: .12 / 1.60 of 8 000 + .12 / 1.40 of 6 000 + .12 / 1.70 of 6 000 = 600 + 514.29 +
    423.53; held to 20 000, it may recover the rest.
    """
    out = decide(CASE.at("all-sued"), "auto").parties
    assert out["han"].burden_fen == 61_017 + 77_143
    assert out["platform"].exposure_fen == 2_000_000
    assert out["platform"].burden_fen == 60_000 + 51_429 + 42_353


def test_a_knowing_holder_owes_what_came_and_bears_his_part_of_it() -> None:
    """Who knew, .48: .48 / 1.48 of 4 000 + .48 / 1.70 of 6 000 = 1 297.30 + 1 694.12."""
    han = decide(CASE.at("han-knew"), "auto").parties["han"]
    assert han.exposure_fen == han.paid_fen == 1_000_000
    assert han.burden_fen == 129_730 + 169_412
    assert sum(claim.fen for claim in han.recourse) == 1_000_000 - 299_142


def test_two_cards_in_a_row_owe_the_money_once() -> None:
    """15 000 through both first-layer cards, both knowing, both sued: paid once."""
    case = CASE.at("both-cards").set({
        "han.fault": 0.8, "cao.sued": True, "cao.assets_fen": None,
    })  # fmt: skip
    out = decide(case, "auto")
    assert out.parties["han"].exposure_fen == 2_500_000
    assert out.parties["cao"].exposure_fen == 8_000_000
    assert out.received_fen == 9_000_000


def test_what_she_gets_is_what_the_one_who_is_sued_pays() -> None:
    """By the model Han pays a range; nobody else is sued, so her range is his to the fen."""
    out = decide(CASE, "risk_benefit")
    assert [id for id, party in out.parties.items() if party.paid_fen != 0] == ["han"]
    assert out.received_fen == out.parties["han"].paid_fen
