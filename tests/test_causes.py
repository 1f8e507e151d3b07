"""Causes of action and protective rules as data: what each rests on, and on which days."""

from __future__ import annotations

import datetime

import pytest

from simlib import decide, load_case
from simlib.case import reported_rulings, shipped_cases
from simlib.errors import UnknownName
from simlib.explain import assumption_words
from simlib.law.checklist import protective_norms
from simlib.law.citation import article, in_force, paragraphs
from simlib.law.suit import ASPECTS, cause, cause_rules, causes
from simlib.text import LANGS, message

ACTS = ("payment", "tech", "account", "promotion")


def day(text):
    """The day of an ISO date."""
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize("each", causes(), ids=lambda c: c.id)
def test_every_aspect_of_a_cause_rests_on_articles_we_hold(each):
    """Each aspect cites something, and every citation resolves."""
    assert tuple(each.cites) == ASPECTS
    for cited in each.cites.values():
        assert cited
        for id in cited:
            assert article(id)


def test_the_suit_in_tort_and_that_in_enrichment_go_to_different_courts():
    """Torts by CPL 29, network torts at her domicile too (解释25), unjust enrichment by CPL 22."""
    court = {each.id: each.cites["court"] for each in causes()}
    assert "civil-procedure-law:29" in court["property-damage"]
    assert court["property-damage"] == court["tort"]
    assert "civil-procedure-interpretation:25" in court["network-tort"]
    assert "civil-procedure-interpretation:25" not in court["property-damage"]
    assert "civil-procedure-law:22" in court["enrichment"]
    assert "civil-procedure-law:29" not in court["enrichment"]


def test_causes_that_courts_used_name_rulings_we_hold():
    """Cases 2 to 4 went by 财产损害赔偿纠纷; Weinan's first by 不当得利."""
    held = {*shipped_cases(), *(ruling.id for ruling in reported_rulings())}
    used = {each.id: set(each.used_in) for each in causes()}
    assert set().union(*used.values()) <= held
    assert len(used["property-damage"]) == 3
    assert used["enrichment"] == {"2023-shaan-05-2371"}


def test_the_names_of_causes_are_not_shown_as_verified():
    """The revision of 17 December 2025 is in force since 2026; its list of names was not read."""
    rules = cause_rules()
    assert (rules.number, rules.since, rules.verified) == (
        "法〔2025〕227号",
        day("2026-01-01"),
        False,
    )


def test_an_unknown_cause_is_refused_in_both_languages():
    """The error says what was asked for, and the nearest."""
    with pytest.raises(UnknownName) as raised:
        cause("enrichmant")
    assert raised.value.values["near"] == "enrichment"
    assert "案由" in message(raised.value)
    assert "cause of action" in message(raised.value, "en")


@pytest.mark.parametrize("act", ACTS)
def test_protective_norms_are_articles_we_hold(act):
    """Each kind of help has at least one, and it resolves."""
    assert protective_norms(act)
    for id in protective_norms(act):
        assert article(id)


@pytest.mark.parametrize("case_id", ["2024-lu-0302-5690", "hengnan-hengyang"])
def test_both_real_cases_lie_before_the_anti_fraud_law(case_id):
    """Acts of 5 October and 9 September 2022, the law of 1 December: only the account rule is left.

    That rule was read in reprints only and is never shown as verified.
    """
    acted = load_case(case_id).acted_on
    assert not in_force("anti-fraud-law:31", acted)
    assert protective_norms("payment", acted) == ("account-rules:45(2)",)
    assert not article("account-rules:45").verified
    assert protective_norms("account", acted) == ()


def test_from_december_2022_the_anti_fraud_law_comes_first():
    """The day it came into force both rules hold, the law before the rule of the bank."""
    on = day("2022-12-01")
    assert protective_norms("payment", on) == ("anti-fraud-law:31(1)", "account-rules:45(2)")
    assert protective_norms("payment", day("2022-11-30")) == ("account-rules:45(2)",)


def test_pure_economic_loss_is_argued_from_both_sides():
    """Doctrine for and against, none of it law; the objection says why the lender goes free."""
    for id in (
        "doctrine:protective-norm",
        "doctrine:interests-undivided",
        "objection:pure-economic-loss",
    ):
        assert article(id).basis == "doctrine"
        assert not article(id).quoted
    assert "不承担侵权责任" in paragraphs("objection:pure-economic-loss")[0]
    assert "not liable in tort" in paragraphs("objection:pure-economic-loss")[1]


@pytest.mark.parametrize(
    ("id", "begins", "ends"),
    [
        ("civil-code:988", "得利人已经将取得的利益无偿转让", "承担返还义务。"),
        ("civil-procedure-law:22(1)", "对公民提起的民事诉讼，", "由经常居住地人民法院管辖。"),
        ("civil-procedure-law:23", "下列民事诉讼，由原告住所地", "（四）对被监禁的人提起的诉讼。"),
        ("civil-procedure-law:29", "因侵权行为提起的诉讼，", "被告住所地人民法院管辖。"),
        ("civil-procedure-interpretation:8", "双方当事人都被监禁", "人民法院管辖。"),
        ("civil-procedure-interpretation:24", "民事诉讼法第二十九条规定的", "侵权结果发生地。"),
        ("civil-procedure-interpretation:91", "人民法院应当依照下列原则", "承担举证证明责任。"),
        ("limitation-rules:6", "返还不当得利请求权的诉讼时效期间，", "之日起计算。"),
        ("evidence-rules:53(2)", "存在前款情形，", "重新指定举证期限。"),
    ],
)
def test_articles_of_the_choice_are_quoted_from_first_to_last_word(id, begins, ends):
    """Compared in one public collection (the Civil Code and the Procedure Law in two)."""
    for lang in LANGS:
        assert paragraphs(id)[LANGS.index(lang)]
    text = paragraphs(id)[0]
    assert text.startswith(begins)
    assert text.endswith(ends)
    assert article(id).quoted


@pytest.mark.parametrize(
    ("name", "changes", "mode", "key", "value"),
    [
        ("fix-1", {"A.grade": "slight"}, "auto", "careless.norm", "anti-fraud-law:31(1)"),
        ("fix-1", {"A.grade": "gross"}, "several", "careless.norm", "anti-fraud-law:31(1)"),
        (
            "2024-lu-0302-5690",
            {"zhang.grade": "slight"},
            "auto",
            "careless.norm-unverified",
            "account-rules:45(2)",
        ),
        (
            "2024-lu-0302-5690",
            {"zhang.grade": "slight", "zhang.act": "account"},
            "auto",
            "careless.no-norm",
            None,
        ),
    ],
)
def test_a_careless_helpers_number_says_on_which_view_it_rests(name, changes, mode, key, value):
    """Negligence and pure economic loss: doctrine, named beside the number, by the day of the act.

    fix-1 was done on 10 May 2023, Zhang's case on 5 October 2022, before the Anti-Fraud Law.
    """
    case = load_case(name).set(changes)
    found = [a for a in decide(case, mode).assumptions if a["key"].startswith("careless.")]
    assert [(a["key"], a["value"], a["basis"]) for a in found] == [(key, value, "doctrine")]
    for lang in LANGS:
        said = assumption_words(found[0], case, lang)
        assert ("未与官方文本核对" in said or "not compared" in said) == (key[-10:] == "unverified")
        assert "零" in said or "nothing" in said


@pytest.mark.parametrize("grade", ["none", "knowing", "concert"])
def test_intent_and_innocence_raise_no_question_of_pure_economic_loss(grade):
    """Who acts on purpose makes it good anyway; who is not at fault owes nothing in tort."""
    case = load_case("fix-1").set({"A.grade": grade})
    for mode in ("auto", "several", "dismiss_claim"):
        keys = [str(a["key"]) for a in decide(case, mode).assumptions]
        assert not any(key.startswith("careless.") for key in keys)


def test_a_dismissed_claim_names_no_view():
    """Where a careless helper owes nothing there is no number to rest on one."""
    case = load_case("fix-1").set({"A.grade": "slight"})
    keys = [str(a["key"]) for a in decide(case, "dismiss_claim").assumptions]
    assert not any(key.startswith("careless.") for key in keys)
