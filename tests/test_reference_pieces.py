"""The slow reference against vectors computed by hand: the pieces of a loss, her own fault.

Facts of most: the principal P with fault and causal force 1, 1; card lenders of causal force .6, so
that a careless one (fault .3) has .18 of 1.18 and a knowing one (.8) .48 of 1.48 beside P alone.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from reference import read, reference
from reference.flows import follow
from reference.pieces import pieces_of
from test_reference import ON

TEN = 1_000_000  # 10 000 yuan
CARELESS, KNOWING = 0.3, 0.8
UNABLE, UNSUED = {"assets_fen": 0}, {"sued": False}


def lender(name: str, fault: float = KNOWING, **facts: object) -> dict:
    """A card lender of causal force .6."""
    return {"id": name, "role": "helper", "act": "payment", "fault": fault,
            "causal_force": 0.6} | facts  # fmt: skip


def suit(*helpers: dict, sent: list, loss: int | None = None, **more: object) -> dict:
    """A case of V against P and helpers; `sent` lists the transfers (payer, payee, fen)."""
    principal = {"id": "P", "role": "principal"} | more.pop("principal", {})
    paid = sum(fen for payer, _, fen in sent if payer == "V")
    return {
        "loss_fen": loss or paid,
        "parties": [{"id": "V", "role": "victim", "fault": more.pop("v", 0)}, principal, *helpers],
        "accounts": [{"id": f"{h['id']}-card", "holder": h["id"]} for h in helpers
                     if h.get("act") == "payment"],
        "transfers": [{"id": str(n), "payer": a, "payee": b, "amount_fen": fen, "fee_fen": 0}
                      for n, (a, b, fen) in enumerate(sent)],
    } | more  # fmt: skip


def through(total: int) -> list:
    """10 000 to A's card, the rest of her loss straight to P."""
    return [("V", "A-card", TEN), *([("V", "P", total - TEN)] if total > TEN else [])]


def figures(answer: dict, who: str, *names: str) -> tuple:
    """Some of one party's amounts."""
    return tuple(answer["parties"][who][f"{name}_fen"] for name in names)


def asks(answer: dict, who: str) -> list[tuple]:
    """His claims: against whom, how much, of what kind."""
    claims = answer["parties"][who]["recourse"]
    return sorted((r["against"], r["fen"], r["kind"]) for r in claims)


@pytest.mark.parametrize("total", [TEN, 2 * TEN, 5 * TEN, 9 * TEN])
def test_a_careless_lender_owes_his_share_of_what_came_to_his_card(total: int) -> None:
    """10 000 · .18 / 1.18 = 1 525.42, whatever she lost besides."""
    answer = reference(suit(lender("A", CARELESS), sent=through(total)), "auto")
    assert figures(answer, "A", "exposure", "paid", "burden") == (152_542, 152_542, 152_542)
    share = Fraction(18, 118) * TEN / total
    assert float(answer["parties"]["A"]["share"]) == pytest.approx(float(share), abs=1e-8)


@pytest.mark.parametrize("total", [TEN, 2 * TEN, 5 * TEN, 9 * TEN])
@pytest.mark.parametrize(("why", "kind"), [(UNSUED, "share"), (UNABLE, "insolvent")])
def test_a_knowing_lender_pays_all_that_came_to_his_card(total: int, why: dict, kind: str) -> None:
    """He pays 10 000 and bears 10 000 · .48 / 1.48 = 3 243.24; the other 6 756.76 are P's.

    P is rich and was not sued: what A paid above his share. P has nothing: what A carries for him.
    Behind her, while anything of the whole is open.
    """
    answer = reference(suit(lender("A"), sent=through(total), principal=why), "auto")
    assert figures(answer, "A", "exposure", "paid", "burden") == (TEN, TEN, 324_324)
    assert asks(answer, "A") == [("P", 675_676, kind)]
    assert answer["parties"]["A"]["recourse"][0]["subordinate"] == (total > TEN)
    assert answer["received_fen"] == TEN


def test_a_noticed_platform_bears_its_share_of_the_enlarged_part() -> None:
    """Of 50 000 the last 10 000 are the enlarged part; .2 of it is 2 000, 8 000 come back from P.

    Idle after a notice (1195(2)), it owes 10 000. P takes .8 of 10 000 and all of 40 000: 48 000.
    """
    platform = {"id": "A", "role": "platform", "fault": CARELESS, "share": 0.2,
                "enlarged_fen": TEN}  # fmt: skip
    case = suit(platform, sent=[("V", "P", 5 * TEN)], principal={"share": 0.8} | UNSUED)
    answer = reference(case, "auto")
    assert figures(answer, "A", "exposure", "paid", "burden") == (TEN, TEN, 200_000)
    assert asks(answer, "A") == [("P", 800_000, "share")]
    assert figures(answer, "P", "burden", "short") == (4_800_000, 4_800_000)
    assert answer["parties"]["A"]["share"] == Fraction(4, 100)


def test_two_cards_in_a_row_owe_the_same_money_once() -> None:
    """10 000 ran through A and then B, both knowing: 5 000 each, though both could pay all.

    Each bears .48 of 1.96: 10 000 · .48 / 1.96 = 2 448.98; the 2 551.02 more come from P, who has
    nothing. Either alone pays 10 000.
    """
    sent = [("V", "A-card", TEN), ("A-card", "B-card", TEN), ("V", "P", TEN)]
    case = suit(lender("A"), lender("B"), sent=sent, principal=UNABLE)
    answer = reference(case, "auto")
    assert answer["received_fen"] == TEN
    for who in "AB":
        assert figures(answer, who, "exposure", "paid", "burden") == (TEN, 500_000, 244_898)
        assert asks(answer, who) == [("P", 255_102, "insolvent")]
    alone = suit(lender("A"), lender("B", **UNSUED), sent=sent, principal=UNABLE)
    assert reference(alone, "auto")["received_fen"] == TEN


NESTED = [("V", "A-card", TEN), ("A-card", "B-card", TEN), ("V", "A-card", TEN)]


def test_assets_run_out_over_two_pieces() -> None:
    """20 000 came to A, 10 000 of these went on to B. A has 12 000, P and B nothing.

    First the piece fewer answer for, {P, A}: A pays and carries its 10 000; then 2 000 of
    {P, A, B}. His shares are .48/1.48 and .48/1.96: 3 243.24 + 2 448.98 = 5 692.22 to bear, so that
    he paid 6 756.76 above that in the one piece, P's, and in the other less than his burden, 448.98
    short. B bears 2 448.98 and paid nothing.
    """
    case = suit(lender("A", assets_fen=1_200_000), lender("B", **UNABLE), sent=NESTED,
                principal=UNABLE)  # fmt: skip
    answer = reference(case, "auto", {"tracing": "fifo"})
    names = ("exposure", "paid", "burden", "carried", "short")
    assert figures(answer, "A", *names) == (2 * TEN, 1_200_000, 569_222, 1_200_000, 44_898)
    assert figures(answer, "B", *names) == (TEN, 0, 244_898, 0, 244_898)
    assert asks(answer, "A") == [("P", 675_676, "insolvent")]


def test_the_order_of_the_pieces_matters() -> None:
    """The same, A has 10 000 and B is rich: she gets 20 000.

    The other way round A and B would have paid 5 000 each of what both answer for, and A's last
    5 000 would have gone into his own piece: 15 000. Who alone answers pays there first (560(2)).
    """
    case = suit(lender("A", assets_fen=TEN), lender("B"), sent=NESTED, principal=UNABLE)
    answer = reference(case, "auto", {"tracing": "fifo"})
    assert answer["received_fen"] == 2 * TEN
    assert figures(answer, "A", "paid")[0] == figures(answer, "B", "paid")[0] == TEN


@pytest.mark.parametrize(
    ("back", "exposure", "claim"),
    [({"recoveries": [{"payer": "A", "amount_fen": 1_200_000}]}, 0, 3_800_000),
     ({"recoveries": [{"payer": "P", "amount_fen": 1_200_000}]}, TEN, 3_800_000),
     ({"recovered_fen": 1_200_000}, TEN, 3_800_000),
     ({"recovered_fen": 4_500_000}, 500_000, 500_000)],
)  # fmt: skip
def test_a_recovery_comes_off_its_payers_pieces_first(
    back: dict, exposure: int, claim: int
) -> None:
    """10 000 through A's card, 40 000 straight to P. A paid 12 000: his 10 000 are settled.

    The other 2 000 come off {P} as if nobody had paid them. P's own money, and what has no payer,
    comes off {P} first; of 45 000 only 5 000 are left for {P, A}.
    """
    case = suit(lender("A"), sent=through(5 * TEN), principal=UNSUED) | back
    answer = reference(case, "auto")
    assert answer["claim_fen"] == claim
    assert figures(answer, "A", "exposure")[0] == exposure
    if not exposure:
        assert asks(answer, "A") == [("P", 675_676, "share")]


@pytest.mark.parametrize(
    ("has", "his", "pays", "short"),
    [(None, None, 0, 0), (950_000, None, 50_000, 0), (950_000, 20_000, 20_000, 180_000)],
)
def test_who_came_after_the_loss_pays_of_his_money_alone(
    has: int | None, his: int | None, pays: int, short: int
) -> None:
    """A's 10 000 went on to C after the loss: a lost chance of .2, 2 000. 40 000 went to P.

    A pays his 10 000: C owes nothing more, though 40 000 are open, and nobody may claim it of him.
    A has 9 500: C pays the 500 that are open of this money, and nothing is. C has but 200 of these
    500: then he is short of 1 800.
    """
    case = suit(lender("A", assets_fen=has), lender("C", assets_fen=his), principal=UNABLE,
                sent=[*through(5 * TEN), ("A-card", "C-card", TEN)],
                acts=[{"party": "C", "after_loss": True}])  # fmt: skip
    names = ("exposure", "paid", "burden", "short")
    answer = reference(case, "auto", rho=0.2)
    assert figures(answer, "C", *names) == (200_000, pays, 200_000, short)


BESIDE = [
    {"id": "A", "role": "helper", "act": "promotion", "fault": KNOWING, "share": 0.3},
    {"id": "C", "role": "helper", "act": "promotion", "fault": CARELESS, "share": 0.2},
]


def test_her_own_fault_lets_the_careless_off_and_nobody_else() -> None:
    """10 000, v = .2: A knew and owes 10 000, the careless C .8 of his .2: 1 600.

    A bears .3, 3 000, and the 400 that C need not are P's, 5 400. On: all of 8 000. By shares, P by
    his own: the 400 fall on nobody.
    """
    case = suit(*BESIDE, sent=[("V", "P", TEN)], v=0.2, principal={"share": 0.5})
    answer = reference(case, "auto")
    assert [figures(answer, i, "exposure", "burden") for i in "PAC"] == [
        (TEN, 540_000), (TEN, 300_000), (160_000, 160_000)]  # fmt: skip
    assert answer["claim_fen"] == TEN == answer["received_fen"]
    answer = reference(case, "auto", ON)
    assert [figures(answer, i, "exposure", "burden") for i in "PAC"] == [
        (800_000, 400_000), (800_000, 240_000), (160_000, 160_000)]  # fmt: skip
    answer = reference(case, "several", {"principals": "by_share"})
    assert [figures(answer, i, "burden")[0] for i in "PAC"] == [500_000, 300_000, 160_000]
    assert answer["unrecovered_fen"] == 40_000


@pytest.mark.parametrize(
    ("mode", "facts", "exposure"),
    [("joint", {}, 800_000), ("all_or_nothing", {}, 800_000), ("several", {}, 160_000),
     ("partial_joint", {"limit": 0.333}, 266_400), ("benefit_cap", {"gain_direct_fen": 900_000},
     800_000), ("benefit_cap", {"gain_direct_fen": 700_000}, 700_000),
     ("supplementary", {"limit": 0.3}, 240_000), ("joint_after_exhaustion", {}, 800_000),
     ("discretionary", {"court_share": 0.3}, 300_000), ("threshold", {}, 160_000)],
)  # fmt: skip
def test_what_a_careless_party_owes_in_every_mode(mode: str, facts: dict, exposure: int) -> None:
    """.8 of what is measured on the 10 000: of all, of .2, of .333, of .3.

    Gains of 9 000 stop at 8 000, gains of 7 000 are owed in full; what a court found counts her
    fault already. P has nothing.
    """
    careless = BESIDE[1] | facts
    others = [{**BESIDE[0], "court_share": 0, "limit": 0, "gain_direct_fen": 0}, careless]
    case = suit(*others, sent=[("V", "P", TEN)], v=0.2, principal={"share": 0.5} | UNABLE)
    assert figures(reference(case, mode), "C", "exposure")[0] == exposure


def test_her_fault_counts_before_what_he_paid_himself() -> None:
    """C's share of 10 000 is 2 000, of that .8 = 1 600; he paid 600 before: 1 000."""
    case = suit(*BESIDE, sent=[("V", "P", TEN)], v=0.2, principal={"share": 0.5},
                recoveries=[{"payer": "C", "amount_fen": 60_000}])  # fmt: skip
    assert figures(reference(case, "auto"), "C", "exposure")[0] == 100_000


def test_releasing_a_careless_party_gives_up_what_he_owed() -> None:
    """She releases C, who owed 1 600 of 10 000: 8 400 are left, 5 400 of it P's and 3 000 A's."""
    case = suit(BESIDE[0], BESIDE[1] | {"released": True}, sent=[("V", "P", TEN)], v=0.2,
                principal={"share": 0.5})  # fmt: skip
    answer = reference(case, "auto")
    assert answer["received_fen"] == 840_000
    assert [figures(answer, i, "burden")[0] for i in "PAC"] == [540_000, 300_000, 0]


def test_a_stated_share_holds_in_each_piece_and_principals_take_the_rest() -> None:
    """P .5, A .3 and B .2; A's and B's cards got 10 000 each of 30 000, C's none of it.

    {P, A}: P .7; {P, B}: P .8; {P}: all. Together P 25 000 of 30 000, A 3 000, B 2 000; with C's
    .1 beside .4, .3, .2, the same: .3/1 and .2/1, for his .1 is P's.
    """
    sent = [("V", "A-card", TEN), ("V", "B-card", TEN), ("V", "P", TEN)]
    case = suit(lender("A", share=0.3), lender("B", share=0.2), sent=sent,
                principal={"share": 0.5})  # fmt: skip
    for more, share in (([], 0.5), ([lender("C", share=0.1)], 0.4)):
        case["parties"] = [*case["parties"], *more]
        case["accounts"] = [*case["accounts"], *({"id": "C-card", "holder": "C"} for _ in more)]
        case["parties"][1]["share"] = share
        answer = reference(case, "several")
        assert [figures(answer, i, "burden")[0] for i in "PAB"] == [2_500_000, 300_000, 200_000]
    assert figures(answer, "C", "exposure", "burden") == (0, 0)


def test_gains_are_split_over_his_pieces_by_size() -> None:
    """A gained 6 000: 20 000 came to his card, 15 000 of it went on to B: 1 500 and 4 500.

    He paid 4 000 before, all in the piece of 5 000, where 1 500 were his: there he owes nothing
    more; the 4 500 stand. He bears 5 000 · .48/1.48 = 1 621.62, at most 1 500, and of the other
    piece 15 000 · .48/1.96 = 3 673.47.
    """
    sent = [("V", "A-card", 2 * TEN), ("A-card", "B-card", 1_500_000)]
    case = suit(lender("A", gain_direct_fen=600_000), lender("B", gain_direct_fen=0), sent=sent,
                principal=UNABLE, recoveries=[{"payer": "A", "amount_fen": 400_000}])  # fmt: skip
    answer = reference(case, "benefit_cap", {"tracing": "fifo"})
    assert figures(answer, "A", "exposure", "paid", "burden") == (450_000, 450_000, 517_347)


def test_without_any_transfer_of_hers_a_lender_answers_for_all() -> None:
    """His card is in the file, her payments are not: .18/1.18 of 50 000; none came: nothing."""
    case = suit(lender("A", CARELESS), sent=[], loss=5 * TEN)
    assert figures(reference(case, "auto"), "A", "burden")[0] == 762_712
    case = suit(lender("A", CARELESS), sent=[("V", "P", TEN)])
    assert figures(reference(case, "auto"), "A", "exposure", "burden") == (0, 0)
    assert reference(case, "auto")["parties"]["A"]["share"] == 0


def test_one_piece_is_left_whole_by_the_what_if() -> None:
    """`pieces = off`: 10 000 of 50 000 through the careless A: .18/1.18 of 50 000 is 7 627.12.

    A knowing one owes 10 000 outward, and bears 50 000 · .48/1.48 = 16 216.22, at most the 10 000.
    """
    for fault, row in ((CARELESS, (762_712, 762_712)), (KNOWING, (TEN, TEN))):
        case = suit(lender("A", fault), sent=through(5 * TEN), principal=UNABLE)
        answer = reference(case, "auto", {"pieces": "off"})
        assert figures(answer, "A", "exposure", "burden") == row


def cut(case: dict, **rules: str) -> list[tuple]:
    """The pieces in order: who answers, for how much."""
    return [("".join(sorted(p.answer)), p.fen) for p in pieces_of(read(case, rules), [])]


MIXED = [("V", "A-card", 600), ("X", "A-card", 200), ("A-card", "B-card", 400)]


@pytest.mark.parametrize(
    ("method", "parts"),
    [("fifo", [("AP", 200), ("ABP", 400)]), ("lifo", [("AP", 400), ("ABP", 200)]),
     ("pro_rata", [("AP", 300), ("ABP", 300)]), ("timestamp", [("AP", 300), ("ABP", 300)]),
     ("lowest_balance", [("AP", 400), ("ABP", 200)])],
)  # fmt: skip
def test_her_money_is_followed_by_the_rule(method: str, parts: list) -> None:
    """600 of hers, then 200 of X; 400 go on to B: hers, hers beside X's 200, or 3/4 of it.

    By the lowest balance X's 200 go first.
    """
    assert cut(suit(lender("A"), lender("B"), sent=MIXED), tracing=method) == parts


def test_amounts_alone_are_cut_one_inside_the_other() -> None:
    """B got 300, C 200 of A's 600: the 200 count as part of the 300, by timestamp.

    Fifo follows each fen: the first 300 went to B, the next 200 to C, 100 stayed.
    """
    sent = [("V", "A-card", 600), ("A-card", "B-card", 300), ("A-card", "C-card", 200)]
    case = suit(lender("A"), lender("B"), lender("C"), sent=sent)
    assert cut(case) == [("AP", 300), ("ABP", 100), ("ABCP", 200)]
    assert cut(case, tracing="fifo") == [("AP", 100), ("ABP", 300), ("ACP", 200)]


@pytest.mark.parametrize(
    ("method", "parts"),
    [("fifo", [("AP", 200), ("ABP", 400), ("ANP", 400)]),
     ("lifo", [("AP", 200), ("ABP", 400), ("ANP", 400)]),
     ("timestamp", [("AP", 200), ("ABP", 400), ("ANP", 400)])],
)  # fmt: skip
def test_the_last_fen_of_a_payment_are_those_that_left_it_last(method: str, parts: list) -> None:
    """Of 1 000 on A's card 400 went on to B; the platform answers for the last 400 of hers.

    What never left A comes last: 400 of the 600, whatever the method.
    """
    platform = {"id": "N", "role": "platform", "fault": CARELESS, "enlarged_fen": 400}
    sent = [("V", "A-card", 1_000), ("A-card", "B-card", 400)]
    case = suit(lender("A"), lender("B"), platform, sent=sent)
    assert cut(case, tracing=method) == parts


def test_a_platform_takes_the_last_payments() -> None:
    """600, then 300 and 100 in time, whatever the file's order: the last 350 are 100 and 250."""
    platform = {"id": "N", "role": "platform", "fault": CARELESS, "enlarged_fen": 350}
    case = suit(
        lender("A"), platform, sent=[("V", "P", 100), ("V", "A-card", 600), ("V", "P", 300)]
    )
    for row, day in zip(case["transfers"], (9, 1, 5), strict=True):
        row["at"] = f"2023-03-0{day}T10:00:00+08:00"
    assert cut(case) == [("P", 50), ("AP", 600), ("NP", 350)]


def test_money_counts_once_however_often_it_comes() -> None:
    """500 go to A, on to B, back to A and to B again: 500 in all; A's two accounts are one."""
    sent = [("V", "A-card", 500), ("A-card", "B-card", 500), ("B-card", "A-2", 500),
            ("A-2", "A-card", 500), ("A-card", "B-card", 500)]  # fmt: skip
    case = suit(lender("A"), lender("B"), sent=sent)
    case["accounts"].append({"id": "A-2", "holder": "A"})
    for method in ("fifo", "lifo", "pro_rata", "timestamp", "lowest_balance"):
        assert [(s.reached, s.fen) for s in follow(case, "V", method)] == [({"A", "B"}, 500)]
        assert cut(case, tracing=method) == [("ABP", 500)]


def test_what_lay_in_an_account_before_goes_first_in() -> None:
    """300 of others' lay on A's card; 400 of hers came, 400 went on to B: 100 of hers by fifo."""
    case = suit(lender("A"), lender("B"), sent=[("V", "A-card", 400), ("A-card", "B-card", 400)])
    case["accounts"][0]["opening_fen"] = 300
    assert cut(case, tracing="fifo") == [("AP", 300), ("ABP", 100)]
    assert cut(case, tracing="lifo") == cut(case) == [("ABP", 400)]


def test_who_is_not_held_cuts_nothing() -> None:
    """C's causation is not proved: one piece by law in force, two in a what-if."""
    sent = [("V", "C-card", TEN), ("V", "P", TEN)]
    case = suit(lender("C", proof={"causation": 0.7}), sent=sent)
    answer = reference(case, "auto")
    assert answer["parties"]["C"]["mode"] == "dismiss_claim"
    assert figures(answer, "P", "burden")[0] == 2 * TEN
    assert figures(reference(case, "joint"), "C", "exposure")[0] == TEN
