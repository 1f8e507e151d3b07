"""What each party's liability rests on: the articles a professor would look for, and no others."""

from __future__ import annotations

from datetime import date

import pytest

from simlib import decide, load_case

FIX, CHAIN = "fix-1", "hypo-chain"
ANALOGY = "environment-tort-interpretation:11(2)"


def ground(out, who):
    """The articles on which one party answers in his form."""
    return out.reason("form", who).cites


def test_a_fraudster_who_answers_by_share_does_so_on_1172():
    """The textbook's form of several liability gives him a share: 1172 is his article, too."""
    out = decide(load_case(FIX), "several", rules={"principals": "by_share"})
    assert ground(out, "P") == ("civil-code:1165(1)", "civil-code:1172")


@pytest.mark.parametrize(
    ("grade", "cites"),
    [
        ("slight", ("civil-code:1165(1)", "civil-code:1172")),
        ("gross", ("civil-code:1165(1)", "civil-code:1172")),
        ("knowing", ("civil-code:1169(1)", "civil-code:178(1)")),
        ("concert", ("civil-code:1168", "civil-code:178(1)")),
    ],
)
def test_a_helper_rests_on_the_article_of_his_grade(grade, cites):
    """分别侵权1172, 帮助1169(1), 共同侵权1168; joint debtors besides on 178(1)."""
    out = decide(load_case(FIX).set({"A.grade": grade, "A.fault": None}))
    assert ground(out, "A") == cites


@pytest.mark.parametrize(
    ("part", "charge", "rule"),
    [
        ("hired", "fraud", "zhou-2024:3"),
        ("accessory", "fraud", "zhou-2024:4"),
        (None, "assisting", "zhou-2024:2"),
        ("principal", "fraud", "zhou-2024:1"),
    ],
)
def test_zhou_is_cited_for_the_rule_that_was_applied(part, charge, rule):
    """Four rules, one for each place in the crime: a party rests on his own."""
    case = load_case("hypo-promotion").set({"criminal[0].part": part, "criminal[0].charge": charge})
    assert ground(decide(case, "zhou2024"), "luo") == (rule,)


def test_gross_negligence_is_joint_by_analogy_not_on_1169():
    """1169(1) asks for intent: joint liability of the grossly negligent rests on an analogy."""
    out = decide(load_case(CHAIN), rules={"gross": "joint"})
    step = out.reason("form", "du")
    assert step.rule == "form.gross-joint"
    assert step.cites == ("civil-code:1165(1)", ANALOGY)


def test_a_several_debtor_recovers_on_no_article_of_joint_debts():
    """178(2) and 519 speak of joint debtors; one who paid above his part severally has neither."""
    case = load_case("hypo-promotion").set({"criminal[0].restitution_paid_fen": 2_000_000})
    out = decide(case, "several")
    claims = [n for n in out.trace.walk() if n.key.startswith("recourse_")]
    assert claims
    assert {(n.rule, n.cites) for n in claims} == {("recourse.several", ())}
    assert not {"civil-code:178(2)", "civil-code:519(2)", "civil-code:519(3)"} & set(out.citations)
    assert "recourse.several" in {a["key"] for a in out.assumptions}


def test_a_payment_is_counted_under_520_among_joint_debtors_only():
    """520(1) is the joint debtors' article; severally a payment is simply deducted."""
    case = load_case("hypo-payment")
    assert "civil-code:520(1)" in decide(case, "joint").citations
    assert "civil-code:520(1)" not in decide(case, "several").citations


def test_519_needs_another_joint_debtor():
    """Where the fraudster alone owes the whole nobody carries his share: no 519(3)."""
    out = decide(load_case("hypo-payment").at("careless"))
    assert out.parties["wang"].carried_fen < out.parties["wang"].burden_fen
    assert "civil-code:519(3)" not in out.citations
    assert out.reason("carried", "wang").rule == "carried.alone"


def test_shares_of_joint_debtors_rest_on_178_2():
    """FIX-1: who bears what among joint debtors is 178(2), whether or not anybody recovers."""
    out = decide(load_case(FIX), "joint")
    assert "civil-code:178(2)" in out.reason("burden", "A").cites


@pytest.mark.parametrize(
    ("school", "feng", "chen"),
    [
        ("school-prevailing", ("doctrine:prevailing", "civil-code:1172"),
         ("doctrine:prevailing", "civil-code:1169(1)")),
        ("school-bao-chen", ("doctrine:bao-chen-2023", "civil-code:1172"),
         ("doctrine:bao-chen-2023", "civil-code:1172")),
        ("school-zhou", ("civil-code:1172",), ("zhou-2024:2",)),
    ],
)  # fmt: skip
def test_a_school_is_cited_with_the_article_of_the_way_it_goes(school, feng, chen):
    """Feng careless, Chen knowing (帮信罪): neither was in concert, so 1168 is nobody's ground."""
    out = decide(load_case("hypo-account"), regime=school)
    assert (ground(out, "feng"), ground(out, "chen")) == (feng, chen)


def minor_fraudster(decided_on):
    """A fraudster of fifteen, his mother, and a knowing card lender."""
    changes = {f"{who}.share": None for who in "PAC"}
    changes |= {"P.minor": True, "P.answered_by": "C"}
    changes |= {"C.grade": "none", "C.causal_force": 0.0, "C.limit": 0.3}
    changes |= {"A.fault": 0.8, "A.causal_force": 0.5}
    return load_case(FIX).set(changes | {"acted_on": date(2024, 2, 1), "decided_on": decided_on})


def test_who_helps_a_minor_answers_on_1169_2():
    """1169(2) and 解释(一) 12(1): the helper owes what the tortfeasor would owe.

    The interpretation is in force from 2024-09-27: a judgment before that day cannot cite it.
    """
    later, before = (decide(minor_fraudster(on)) for on in (date(2025, 3, 1), date(2024, 3, 1)))
    both = ("civil-code:1169(2)", "tort-interpretation-1:12(1)")
    assert ground(later, "A") == ground(later, "C") == both
    assert later.reason("form", "A").rule == "form.helps-minor"
    assert ground(before, "A") == ground(before, "C") == both[:1]


def test_a_fraudster_is_the_tortfeasor_and_nobody_s_accomplice():
    """His form rests on his part in the case, not on a grade “in concert” read off a number."""
    step = decide(load_case(CHAIN)).reason("form", "principal")
    assert [(n.key, n.value) for n in step.children] == [("kind", "principal")]
