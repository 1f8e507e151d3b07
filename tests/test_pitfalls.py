"""Where a naive programmer gets the law wrong: one test for each pitfall this room could fall into.

The numbers are those of the design's list of pitfalls; the missing ones belong to procedure and
evidence. What is asserted is the product's own behaviour: engine, law data, texts, cases.
"""

from __future__ import annotations

import datetime

import pytest
from test_vectors import fix, got_back, tried

from simlib import assess, decide, load_case, split
from simlib.case import shipped_cases
from simlib.errors import CaseError, NoRule
from simlib.interval import Interval
from simlib.law.citation import article, article_ids, in_force
from simlib.law.modes import mode_keys, mode_law
from simlib.law.regime import regime, regime_names, rule, rule_keys
from simlib.liability import MODES
from simlib.text import LANGS, topic_words, words

REAL, TWIN, LOSS = "2024-lu-0302-5690", "hengnan-hengyang", 2_500_000
BY_CRIME = "zhou2024"  # the one mode that asks what the criminal courts said


def authorities() -> set[str]:
    """Everything that a mode, regime, rule or parameter rests on, objections aside."""
    held = [c for mode in mode_keys() for c in mode_law(mode).cites]
    held += [c for name in regime_names() for c in regime(name).cites]
    held += [c for key in rule_keys() for c in rule(key).cites]
    return set(held + [c for number in teaching() for c in number.cites])


def teaching() -> list:
    """All parameters of the law in force."""
    keys = regime().keys()
    return [regime().parameter(key) for key in keys]


def assumed(outcome: object) -> set[str]:
    """The keys of an outcome's assumptions."""
    return {entry["key"] for entry in outcome.assumptions}


def amounts(outcome: object) -> dict:
    """What an outcome says in money and shares, without its reasons."""
    return {k: v for k, v in outcome.to_json().items() if k in ("claim_fen", "received_fen")} | {
        who: (row.share, row.exposure_fen, row.paid_fen, row.burden_fen)
        for who, row in outcome.parties.items()
    }


def said(lang: str = "zh") -> str:
    """All the words of the forms of liability in one string."""
    return str(topic_words("modes", lang)) + str(topic_words("assumptions", lang))


def test_pitfall_01_joint_is_a_choice_of_debtor_not_a_share_of_all() -> None:
    """25 000 may be asked of A, whose share stays .25; inside, recourse remains (178(2), 519)."""
    out = decide(fix({"P.assets_fen": None}), "joint")
    a = out.parties["A"]
    assert (a.exposure_fen, a.share) == (LOSS, 0.25)
    alone = decide(fix({"P.sued": False, "C.sued": False, "A.assets_fen": None,
                        "P.assets_fen": None}), "joint")  # fmt: skip
    # A pays 25 000 and bears 6 250: 18 750 come back from P (.60) and C (.15).
    back = {r.against: r.fen for r in alone.parties["A"].recourse}
    assert back == {"P": 1_500_000, "C": 375_000}


def test_pitfall_02_two_dismissals_are_two_documents() -> None:
    """Suit: a ruling, no merits; claim: a judgment. Each by its own articles; both give nothing."""
    suit, claim = (decide(fix(), mode) for mode in ("dismiss_suit", "dismiss_claim"))
    assert (suit.document, claim.document) == ("ruling", "judgment")
    assert suit.received_fen == claim.received_fen == 0
    assert "civil-procedure-interpretation:212" in suit.citations  # may sue again
    assert "civil-procedure-interpretation:212" not in claim.citations
    assert "civil-code:1165(1)" in claim.citations


def test_pitfall_03_fault_is_not_presumed_by_the_law_in_force(tmp_path: object) -> None:
    """1165(2) needs a statute: nothing in force cites it, and no fault found is no case."""
    assert "civil-code:1165(2)" not in authorities()
    assert article("paper:presumed-fault").basis == "reform proposal"
    with pytest.raises(CaseError):
        load_case(REAL).set({"zhang.grade": None})


def test_pitfall_04_a_conviction_does_not_find_the_civil_facts() -> None:
    """The real helper's grade is not marked as found; his conviction alone sets no fact."""
    zhang = load_case(REAL).party("zhang")
    assert zhang.kinds.get("grade") != "found"
    assert (zhang.gain_direct_fen, zhang.causal_force) == (None, None)


def test_pitfall_05_two_standards_of_proof() -> None:
    """All or nothing rests on 108 for the helper and 86 for the fraud; .75 is nobody's law."""
    cites = mode_law("all_or_nothing").cites
    assert {"civil-procedure-interpretation:108(1)", "evidence-rules:86(1)"} <= set(cites)
    standard = regime().parameter("proof.standard")
    assert (standard.value, standard.basis) == (0.75, "teaching assumption")


@pytest.mark.parametrize("charge", ["fraud", "assisting", "concealing", "other"])
def test_pitfall_06_a_criminal_label_is_no_civil_mode(charge: str) -> None:
    """Accomplice, assister, concealer: no civil mode asks, save the one view that says it does."""
    entry = {"A": {"charge": charge, "part": "accessory", "status": "effective"}}
    for mode in MODES:
        if mode != BY_CRIME:
            assert amounts(decide(tried(fix(), entry), mode)) == amounts(decide(fix(), mode)), mode
    assert mode_law(BY_CRIME).basis == "doctrine"
    assert "zhou.by-analogy" in assumed(decide(fix(), BY_CRIME))


@pytest.mark.parametrize("status", [None, "none", "pending", "not-prosecuted", "effective"])
def test_pitfall_07_no_conviction_is_required(status: str | None) -> None:
    """187: whatever the criminal case came to, who knew is jointly liable for 25 000."""
    entry = {} if status is None else {"zhang": {"status": status}}
    out = decide(tried(load_case(REAL), entry), "auto")
    assert (out.parties["zhang"].mode, out.received_fen) == ("joint", LOSS)


@pytest.mark.parametrize("mode", MODES)
def test_pitfall_08_a_fine_is_never_part_of_damages(mode: str) -> None:
    """3 000 or 3 000 000 of fine: no amount moves, and it never comes before the victim."""
    fines = (tried(fix(), {"A": {"fine_fen": fen}}) for fen in (0, 300_000, 300_000_000))
    none, some, more = (amounts(decide(case, mode)) for case in fines)
    assert none == some == more


def test_pitfall_09_nothing_is_recovered_twice() -> None:
    """Ordered is not paid; paid 5 000 takes 5 000 off every joint debtor, but off one several one.

    Joint: 20 000 each. Several: A's 6 250 becomes 1 250, C's 3 750 stays.
    """
    assert decide(tried(fix(), {"A": {"restitution": "full"}}), "joint").claim_fen == LOSS
    back = got_back(fix(), "A", 500_000)
    joint, several = decide(back, "joint"), decide(back, "several")
    assert {row.exposure_fen for who, row in joint.parties.items() if who in "PAC"} == {2_000_000}
    assert several.parties["A"].exposure_fen == 125_000
    assert several.parties["C"].exposure_fen == 375_000


def test_pitfall_10_a_card_answers_for_its_own_flow() -> None:
    """10 000 of 25 000 came to his card: no mode asks more. 2 100 of gain on 700 000: 210 hers."""
    case = load_case(REAL)
    sent = case.transfers[0]
    case = case.model_copy(update={"transfers": (
        sent.model_copy(update={"amount_fen": 1_000_000}),
        sent.model_copy(update={"id": "t2", "payee": "principal", "amount_fen": 1_500_000}),
    )})  # fmt: skip
    for mode in MODES:
        most = decide(case, mode).parties["zhang"].exposure_fen
        assert (most.high if isinstance(most, Interval) else most) <= 1_000_000, mode
    assert decide(load_case(TWIN), "benefit_cap").parties["long"].exposure_fen == 21_000


def test_pitfall_11_the_victims_fault_is_a_toggle_with_both_sides() -> None:
    """v = .2: 20 000, or 25 000 with the toggle off; it is contested against one who knew."""
    case = fix({"victim.fault": 0.2})
    on, off = (decide(case, "joint", rules={"victim_fault": x}) for x in ("on", "off"))
    assert (on.claim_fen, off.claim_fen) == (2_000_000, LOSS)
    assert "victim_fault.contested" in assumed(on)
    negligent = case.set({"A.grade": "slight", "C.grade": "slight", "P.fault": 0.3})
    assert "victim_fault.contested" not in assumed(decide(negligent, "several"))


def test_pitfall_12_benefit_is_no_gate() -> None:
    """No gain at all: joint 25 000, several 6 250, and a risk–benefit share above nothing."""
    case = fix({"A.gain_direct_fen": 0, "A.assets_fen": None}).at("scores")
    case = case.set({"A.gain_direct_fen": 0})
    assert decide(case, "joint").parties["A"].exposure_fen == LOSS
    assert decide(case, "several").parties["A"].exposure_fen == 625_000
    assert assess("A", case).share > 0
    assert regime().value("gamma") > 0


def test_pitfall_13_zhou_defends_joint_liability_not_a_ratio_of_gains() -> None:
    """Whoever has no special part is joint, whatever he gained; only the hired owe their gain."""
    for gain in (0, 50_000, LOSS):
        out = decide(fix({"A.gain_direct_fen": gain}), BY_CRIME)
        assert (out.parties["A"].mode, out.parties["A"].exposure_fen) == ("joint", LOSS)
    hired = decide(tried(fix(), {"A": {"part": "hired"}}), BY_CRIME)
    assert hired.parties["A"].exposure_fen == 50_000
    assert "连带" in article("zhou-2024:1").zh
    assert "获利" not in words("modes", "zhou2024.definition")


def test_pitfall_14_no_total_ranking_of_acts_and_no_ratio_of_the_papers() -> None:
    """Two inequalities and no more: technical above account, payment above promotion."""
    for table in ("base", "cap", "rho"):
        value = {act: regime().value(f"{table}.{act}")
                 for act in ("payment", "tech", "account", "promotion")}  # fmt: skip
        assert value["tech"] > value["account"]
        assert value["payment"] > value["promotion"]
    numbers = [number for number in teaching() if number.key.startswith(("base", "cap"))]
    assert {number.basis for number in numbers} == {"teaching assumption"}
    assert "没有对技术与支付、账号与推广排序" in article("paper:act-types").zh
    assert "没有给出任何比例" in article("paper:risk-benefit").zh


def test_pitfall_15_the_cap_does_not_make_the_judgment_wrong() -> None:
    """The model gives at most 7 500, or 15 000 if direct; the court's 25 000 stands as ordered."""
    case = load_case(REAL)
    band = decide(case.at("assumed"), "risk_benefit").received_fen
    assert band.high == 750_000 < decide(case.at("direct"), "risk_benefit").received_fen
    assert (case.rulings[0].form, case.rulings[0].amount_fen) == ("full", LOSS)
    assert not any(word in said() for word in ("错判", "误判", "判错"))


def test_pitfall_16_partial_joint_has_a_global_cap_and_a_rule_for_part_payments() -> None:
    """Limits of .8 and .8: 25 000 and no more. Limit 10 000, P paid 12 000: 10 000, 0, 5 200."""
    wide = {"A.limit": 0.8, "C.limit": 0.8, "A.assets_fen": None, "C.assets_fen": None}
    out = decide(fix(wide), "partial_joint")
    assert [out.parties[who].exposure_fen for who in "AC"] == [2_000_000, 2_000_000]
    assert out.received_fen == LOSS
    case = fix({"P.assets_fen": 1_200_000, "A.assets_fen": None, "C.sued": False})
    rest = [decide(case, "partial_joint", rules={"partial_payment": way}).parties["A"].paid_fen
            for way in ("outer", "inner", "pro_rata")]  # fmt: skip
    assert rest == [1_000_000, 0, 520_000]


def test_pitfall_17_each_article_for_its_own_case() -> None:
    """Concert 1168, knowing 1169, negligent 1172.

    A card is never a cause sufficient for all (1171), nor is the wrongdoer unknown (1170).
    """
    for grade, number in [("concert", "1168"), ("knowing", "1169"), ("slight", "1172")]:
        cited = {
            c.split("(")[0] for c in decide(load_case(REAL).set({"zhang.grade": grade})).citations
        }
        wanted = f"civil-code:{number}"
        others = {f"civil-code:{n}" for n in ("1168", "1169", "1170", "1171", "1172")} - {wanted}
        assert wanted in cited, grade
        assert not cited & others, (grade, cited & others)


def test_pitfall_18_equitable_loss_is_no_basis_of_proportional_liability() -> None:
    """1186 wants both sides without fault and a statute: nothing rests on it."""
    assert not [c for c in authorities() if c.startswith("civil-code:1186")]


def test_pitfall_19_platforms_and_operators_have_routes_of_their_own() -> None:
    """A platform by grade, jointly: in concert and knowing the whole, after notice what that added.

    8 000 of 25 000 were added after a notice it left idle (1195(2)); 15 000 happened after it knew
    or should have known (1197); in concert it owes the whole (1168). It bears .25 of what
    it answers for (pitfall 36). The bank at .25 owes 6 250, or, in reserve with a limit of .40, at
    most 10 000, and bears nothing then.
    """
    platform = fix({"A.role": "platform", "A.act": None, "A.enlarged_fen": 800_000,
                    "A.after_knowledge_fen": 1_500_000})  # fmt: skip
    for grade, owed, bears, cite in (
        ("slight", 800_000, 200_000, "civil-code:1195(2)"),
        ("gross", 1_500_000, 375_000, "civil-code:1197"),
        ("knowing", 1_500_000, 375_000, "civil-code:1197"),
        ("concert", LOSS, 625_000, "civil-code:1168"),
    ):
        out = decide(platform.set({"A.grade": grade}), "auto")
        a = out.parties["A"]
        assert (a.mode, a.exposure_fen, a.burden_fen) == ("joint", owed, bears), grade
        assert cite in out.reason("form", "A").cites
    once = platform.set({"A.after_knowledge_fen": None, "A.grade": "knowing"})  # the same omission
    assert decide(once, "auto").parties["A"].exposure_fen == 800_000
    whole = once.set({"A.enlarged_fen": None})
    assert decide(whole, "auto").parties["A"].exposure_fen == LOSS
    late = platform.set({"A.grade": "slight", "A.enlarged_fen": 100_000})
    assert decide(late, "auto").parties["A"].burden_fen == 25_000
    bank = fix({"A.role": "operator", "A.act": None, "A.grade": "slight", "P.assets_fen": 2_000_000,
                "C.sued": False})  # fmt: skip
    several = decide(bank, "auto")
    assert (several.parties["A"].mode, several.parties["A"].exposure_fen) == ("several", 625_000)
    reserve = decide(bank, "auto", rules={"operator": "supplementary"}).parties["A"]
    assert (reserve.mode, reserve.exposure_fen) == ("supplementary", 500_000)  # 20 000 are paid
    assert reserve.burden_fen == 0
    assert "anti-fraud-law:46" in {c.split("(")[0] for c in rule("operator").cites}
    unknown = decide(late.set({"A.enlarged_fen": None}), "auto").parties["A"].exposure_fen
    assert (unknown.low, unknown.high) == (0, LOSS)


def test_pitfall_20_the_victim_need_not_sue_everybody() -> None:
    """178(1): A alone, solvent: 25 000 joint; by shares suing one yields one share, 6 250."""
    alone = fix({"P.sued": False, "C.sued": False, "A.assets_fen": None})
    assert decide(alone, "joint").received_fen == LOSS
    assert decide(alone, "several").received_fen == 625_000
    assert "personal-injury-interpretation:2" not in decide(alone, "joint").citations


def guarded(ward: str) -> object:
    """The teaching case with a fourth party, the guardian of one of them, who did nothing."""
    case = fix({f"{ward}.minor": True})
    guardian = case.party("A").model_copy(update={
        "id": "G", "grade": "none", "fault": None, "share": None, "assets_fen": 1_000_000,
        "limit": 0.3, "gain_direct_fen": None})  # fmt: skip
    parties = [p.model_copy(update={"answered_by": "G"}) if p.id == ward else p
               for p in case.parties]  # fmt: skip
    return case.model_copy(update={"parties": (*parties, guardian)})


def test_pitfall_21_minors() -> None:
    """A helper who is a minor: his guardian, with both purses (1188). A minor principal: the

    helpers answer for all, the guardian within what he failed to do (1169(2)), never together more
    than the loss. Nobody named to answer: refused.

    A has 3 000, the guardian 10 000: 13 000, C pays the remaining 12 000 of his 20 000 (by share
    .25 : .15 A's side would pay 15 625 and pays all it has).
    """
    with pytest.raises(NoRule):
        decide(fix({"A.minor": True}), "auto")
    out = decide(guarded("A"), "auto")
    ward, guardian = out.parties["A"], out.parties["G"]
    assert (ward.mode, ward.exposure_fen, ward.paid_fen) == ("answered_for", 0, 0)
    assert (guardian.mode, guardian.share, guardian.paid_fen) == ("joint", 0.25, 1_300_000)
    assert out.parties["C"].paid_fen == 1_200_000
    out = decide(guarded("P"), "auto")
    assert (out.parties["P"].mode, out.parties["P"].exposure_fen) == ("answered_for", 0)
    assert out.parties["A"].exposure_fen == LOSS  # TI1-11: not knowing the age is no defence
    assert out.parties["G"].exposure_fen == 750_000  # .30 of 25 000
    assert out.received_fen <= LOSS


def test_pitfall_22_the_employer_answers_for_his_programmer() -> None:
    """1191: not the programmer but the employer is liable, and with the employer's purse alone."""
    case = guarded("A")
    at_work = [p.model_copy(update={"minor": False}) for p in case.parties]
    out = decide(case.model_copy(update={"parties": tuple(at_work)}), "auto")
    assert out.parties["A"].mode == "answered_for"
    assert (out.parties["G"].exposure_fen, out.parties["G"].paid_fen) == (LOSS, 1_000_000)
    assert "answered.employer" in assumed(out)
    assert "civil-code:1191" in {c.split("(")[0] for c in out.citations}


def test_pitfall_23_articles_are_kept_with_their_days() -> None:
    """Staying a suit was art. 150 until 2021, 153 after; a rule not in force on its day is said."""
    last, first = datetime.date(2021, 12, 31), datetime.date(2022, 1, 1)
    assert in_force("civil-procedure-law:150", last)
    assert in_force("civil-procedure-law:153", first)
    assert not in_force("civil-procedure-law:150", first)
    early = fix({"acted_on": datetime.date(2020, 12, 31), "decided_on": None})
    assert "misfit.regime-dates" in assumed(decide(early, "joint"))


def test_pitfall_28_shares_are_never_rounded_one_by_one() -> None:
    """.685714, .228571, .085714 of 25 000: rounded alone they make 25 000.01."""
    weights = [0.6, 0.2, 0.075]
    alone = [round(LOSS * w / 0.875) for w in weights]
    assert sum(alone) == LOSS + 1
    assert sum(split(LOSS, weights)) == LOSS
    assert split(LOSS, weights) == [1_714_286, 571_428, 214_286]


def test_pitfall_30_no_interest_and_no_mental_harm_by_default() -> None:
    """The claim is the loss, years later too; the mode for other harm carries 175(2) against it."""
    late = load_case(REAL).set({"decided_on": datetime.date(2026, 1, 5)})
    assert decide(late, "joint").claim_fen == LOSS
    assert load_case(REAL).loss_noneconomic_fen == 0
    against = " ".join(article(c).zh for c in mode_law("hybrid").objection_cites)
    assert "第175条第2款" in against


def test_pitfall_32_no_measured_air() -> None:
    """Every teaching number has a range and a reason; what no court found is a range, no point."""
    for number in teaching():
        assert number.low < number.high
        own = number.key in ("evidence.request_days", "evidence.platform_days")  # the paper's two
        assert number.basis == ("reform proposal" if own else "teaching assumption")
        for lang in LANGS:
            assert words("parameters", f"{number.key}.why", lang)
    out = decide(load_case(REAL), "risk_benefit")
    assert (out.received_fen.low, out.received_fen.high) == (0, 750_000)


@pytest.mark.parametrize("name", [n for n in shipped_cases() if load_case(n).basis == "reported"])
def test_pitfall_33_no_name_beyond_those_published(name: str) -> None:
    """Reported cases call people 某; every fact of theirs that has a source names one."""
    case = load_case(name)
    people = [p for p in case.parties if p.role != "principal"]
    assert all("某" in p.name.zh and len(p.name.zh) <= 3 for p in people)
    assert case.sources


def test_pitfall_34_the_absent_principal_keeps_his_share() -> None:
    """Two lenders sued, P not: they bear .25 and .15, not all between them."""
    out = decide(fix({"P.sued": False, "P.assets_fen": None}), "several")
    assert [out.parties[who].share for who in "PAC"] == [0.6, 0.25, 0.15]
    assert out.received_fen == 300_000 + 375_000
    joint = decide(fix({"P.sued": False, "P.assets_fen": None, "A.assets_fen": None}), "joint")
    assert [joint.parties[who].burden_fen for who in "PAC"] == [1_500_000, 625_000, 375_000]


def test_pitfall_35_a_cap_on_exposure_leaves_the_share_alone() -> None:
    """Whatever limits what may be asked of A, his share stays .25; his burden is never above it.

    6 250 of 25 000; 500 where he answers for his gain only, 0 where he answers in second line.
    """
    case = fix({"P.assets_fen": 1})
    burdens = dict.fromkeys(("joint", "several", "partial_joint", "threshold"), 625_000)
    for mode, burden in (burdens | {"supplementary": 0, "benefit_cap": 50_000}).items():
        a = decide(case, mode).parties["A"]
        assert (a.share, a.burden_fen) == (0.25, burden), mode
    caps = {mode: decide(case, mode).parties["A"].exposure_fen
            for mode in ("joint", "several", "partial_joint", "benefit_cap")}  # fmt: skip
    assert caps == {"joint": LOSS, "several": 625_000, "partial_joint": 1_000_000,
                    "benefit_cap": 50_000}  # fmt: skip


def test_every_article_a_pitfall_names_is_held() -> None:
    """The texts behind these tests are in the law data."""
    named = ("civil-code:178", "civil-code:187", "civil-code:519", "civil-code:520",
             "criminal-law:36", "property-enforcement-rules:13",
             "tort-interpretation-1:11", "tort-interpretation-1:12")  # fmt: skip
    assert set(named) <= set(article_ids())


def test_what_519_and_1198_do_not_say_is_listed_beside_the_numbers() -> None:
    """Where no article carries a way of reckoning burdens and recourse, a line says so.

    FIX-1, partial joint: A is joint up to 10 000 and, with 30 000, carries P's part up to there.
    Solvent P pays beside several helpers more than he bears: whether he may recover is contested.
    The late card of hypo-chain came after the loss: no help in the sense of 1169(1).
    """

    def listed(case: object, mode: str) -> set:
        return {(a["key"], a.get("party")) for a in decide(case, mode).assumptions}

    fix = load_case("fix-1")
    assert ("carried.limit", "A") in listed(fix.set({"A.assets_fen": None}), "partial_joint")
    assert ("carried.limit", "A") not in listed(fix, "joint")
    assert ("rule.principals", None) in listed(fix, "several")
    assert ("rule.principals", None) not in listed(fix, "joint")
    rich = fix.set({"P.assets_fen": None})
    assert ("rule.principal_recourse", None) in listed(rich, "several")
    assert ("rule.principal_recourse", None) not in listed(fix, "several")
    chain = load_case("hypo-chain")
    for mode, key in (("auto", "route.after-loss"), ("joint", "route.after-loss")):
        assert {who for k, who in listed(chain, mode) if k == key} == {"luo"}
        assert not [k for k, _ in listed(chain.at("promised"), mode) if k == key]
