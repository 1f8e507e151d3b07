"""Lesson 01's choice of a claim without a browser: its cause, enrichment, the careless lender."""

from __future__ import annotations

from html import unescape

import pytest
from telling import opens, tell

from simlib.case import shipped_cases
from simlib.law.suit import ASPECTS, causes
from simlib.text import LANGS, words
from simlib.widgets.case import CaseLab, claims

REAL, TWIN = "2024-lu-0302-5690", "hengnan-hengyang"


@pytest.fixture
def lab():
    """An opened lab in Chinese."""
    lab = CaseLab("zh")
    opens(lab)
    return lab


def wish(form, **wishes):
    """What a reader does on a form."""
    asked = dict(form.asked)
    for name, value in wishes.items():
        asked[name] = [asked.get(name, [0])[0] + 1, value]
    form.asked = asked


def test_no_cause_is_chosen_beforehand(lab):
    """And nothing is assumed."""
    assert lab.claim_form.values == {"suit": None, "held": "stated"}
    assert "先选一个案由" in lab.claimed.html
    assert "至多可以请求" not in lab.claimed.html


@pytest.mark.parametrize("each", causes(), ids=lambda c: c.id)
@pytest.mark.parametrize("lang", LANGS)
def test_each_cause_tells_what_it_carries_and_heads_the_judgment(each, lang):
    """Every aspect has its sentence; the judgment takes its name from the choice."""
    lab = CaseLab(lang)
    opens(lab)
    wish(lab.claim_form, suit=each.id)
    name = words("claims", f"cause.{each.id}.name", lang)
    said = unescape(lab.claimed.html)
    for aspect in ASPECTS:
        assert words("claims", f"aspect.{aspect}", lang) in said
    judgment = said.split("<blockquote>", 1)[1].split("</blockquote>")[0]
    assert name in judgment
    orders = "返还" if lang == "zh" else "return"
    assert (orders in judgment) == (each.claim == "enrichment")


def test_the_order_is_to_compensate_in_tort_and_to_return_in_enrichment(lab):
    """25 000 of damages; 500 paid and all passed on: 25 000 or 500 to return, by the reading."""
    wish(lab.claim_form, suit="tort")
    assert "张某于本判决生效之日起十日内赔偿原告赵某损失25000元。" in lab.claimed.html
    wish(lab.claim_form, suit="enrichment")
    wish(lab.claim_form, held="gone")
    lab._change({"changes": {"zhang.gain_direct_fen": 50_000}})
    assert "原告赵某与被告张某不当得利纠纷一案" in lab.claimed.html
    assert "（采读法一）被告张某于本判决生效之日起十日内返还原告赵某25000元。" in lab.claimed.html
    assert "（采读法二）一、被告张某于本判决生效之日起十日内返还原告赵某500元；" in lab.claimed.html
    assert "二、驳回原告赵某的其他诉讼请求。" in lab.claimed.html


def test_another_cause_is_told_with_its_amounts(lab):
    """25 000 in tort; in enrichment as on the page: one sentence."""
    before = lab.view.told["n"]
    wish(lab.claim_form, suit="enrichment")
    assert lab.view.told["n"] == before + 1
    said = lab.view.told["text"]
    assert said.startswith("不当得利纠纷：侵权责任最多请求25000元；不当得利，按读法一返还")
    assert said.count("。") == 1


def judgment(lab):
    """What the model judgment says."""
    return lab.claimed.html.split("<blockquote>")[1].split("</blockquote>")[0]


@pytest.mark.parametrize(("grade", "top"), [("gross", 10294), ("slight", 7143)])
def test_a_teaching_scale_is_no_order(lab, grade, top):
    """The amount is left to the court; .7/1.7 and .4/1.4 of 25 000 stand beside it."""
    wish(lab.claim_form, suit="tort")
    lab._change({"changes": {"zhang.grade": grade}})
    said = judgment(lab)
    blank = f"＿＿元（由法院按责任大小认定；教学刻度0–{top}元，教学假设）；"
    assert "一、被告张某于本判决生效之日起十日内赔偿原告赵某损失" + blank in said
    assert "二、驳回原告赵某的其他诉讼请求。" in said
    assert "由原告赵某负担＿＿元，被告张某负担＿＿元" in said


@pytest.mark.parametrize("lang", LANGS)
def test_an_order_to_pay_closes_with_interest_for_delay_and_the_fee(lang):
    """Civil Procedure Law 264; a dismissal orders no payment, and the claimant bears the fee."""
    lab = CaseLab(lang)
    opens(lab)
    wish(lab.claim_form, suit="tort")
    interest = words("claims", "document.interest", lang)
    assert ("第二百六十四条" if lang == "zh" else "article 264") in interest
    assert interest in unescape(judgment(lab))
    lab._change({"changes": {"zhang.grade": "none"}})
    assert interest not in unescape(judgment(lab))
    who = getattr(lab.now.case.party("zhao").name, lang)
    assert words("claims", "document.fee_none", lang, plaintiff=who) in unescape(judgment(lab))


def test_names_of_causes_are_told_to_be_unverified(lab):
    """The page says so itself, with number and first day of the revision."""
    wish(lab.claim_form, suit="property-damage")
    assert "法〔2025〕227号" in lab.claimed.html
    assert "2026年1月1日" in lab.claimed.html
    assert "修正后的名称未经核对" in lab.claimed.html


def test_a_choice_can_be_taken_back_and_is_carried_by_the_link(lab):
    """Undo brings the first cause back; a link opens with cause, assumption and question."""
    wish(lab.claim_form, suit="enrichment")
    wish(lab.claim_form, held="gone")
    tell(lab.claimed, {"say": "claim|kept|zhang"})
    opened = CaseLab("zh", link=lab.state.to_text())
    assert opened.restored
    assert opened.claim_form.values == {"suit": "enrichment", "held": "gone"}
    assert "留下的才是取得" in opened.view.drawer["html"]
    lab._pressed("undo")
    assert lab.claim_form.values == {"suit": "enrichment", "held": "stated"}
    lab._pressed("undo")
    assert lab.claim_form.values["suit"] is None


def test_reasons_stand_in_the_drawer(lab):
    """A number of the claims' table is answered where all are; tort by the law in force."""
    wish(lab.claim_form, suit="tort")
    tell(lab.claimed, {"say": "claim|passed|zhang"})
    assert "入账即取得" in lab.view.drawer["html"]
    tell(lab.claimed, {"say": "claim|tort|zhang"})
    assert "对外责任" in lab.view.drawer["html"]
    tell(lab.view, {"say": "auto|exposure|zhang"})
    assert lab.view.drawer["say"] == "auto|exposure|zhang"


@pytest.mark.parametrize(
    "held", [{"suit": "contract"}, {"held": "spent"}, {"more": 1}, {"suit": 1}]
)
def test_a_choice_no_control_gives_is_refused(held):
    """A link that holds one opens nothing of it."""
    lab = CaseLab("zh")
    opens(lab)
    lab.state.chosen = held
    assert CaseLab("zh", link=lab.state.to_text()).restored is False


def test_a_knowing_lender_raises_no_question_of_pure_economic_loss(lab):
    """The real case: intent; once a cause is chosen, the place tells how to see the question."""
    assert "这里不发生这一问题" not in lab.claimed.html
    wish(lab.claim_form, suit="tort")
    assert "这里不发生这一问题" in lab.claimed.html
    assert "保护性规定" not in lab.claimed.html


@pytest.mark.parametrize("case_id", [REAL, TWIN])
def test_a_careless_lender_before_december_2022_has_only_the_account_rule(lab, case_id):
    """31 came too late; what is left was not compared with an official text: said plainly."""
    lab._chosen({"case": case_id})
    party = lab.state.party
    lab._change({"changes": {f"{party}.grade": "slight"}})
    html = lab.claimed.html
    assert "《反电信网络诈骗法》第31条第1款不能作为本案的保护性规定" in html
    assert "可以看作保护性规定的：《银行结算账户管理办法》第45条第2款" in html
    assert "未与官方文本核对" in html
    for id in claims.VIEWS:
        assert words("laws", f"views.{id.replace(':', '.')}") in html


def test_a_careless_lender_of_2023_breaks_the_anti_fraud_law(lab):
    """fix-1 was done on 10 May 2023: article 31 is in force and comes first."""
    lab._chosen({"case": "fix-1"})
    lab._change({"changes": {"A.grade": "gross"}, "party": "A"})
    assert "不能作为本案的保护性规定" not in lab.claimed.html
    assert "可以看作保护性规定的：《反电信网络诈骗法》第31条第1款" in lab.claimed.html
    assert "重大过失" in lab.claimed.html


def test_without_an_account_nothing_is_asked_of_the_money():
    """A promoter has no card: the control is not there, and the rest still shows."""
    lab = CaseLab("zh")
    opens(lab)
    lab._chosen({"case": "fix-1"})
    lab._change({"party": "C"})
    assert [item["id"] for item in lab.claim_form.spec] == ["suit"]
    wish(lab.claim_form, suit="tort")
    assert "不当得利" in lab.claimed.html


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", shipped_cases())
def test_every_shipped_case_shows_every_claim(name, lang):
    """Each cause for each helper of each case is said in both languages."""
    lab = CaseLab(lang)
    opens(lab)
    lab._chosen({"case": name})
    for party in lab.helpers(lab.state.base()):
        lab._change({"party": party})
        for each in causes():
            wish(lab.claim_form, suit=each.id)
            assert words("claims", f"cause.{each.id}.name", lang) in lab.claimed.html
        assert unescape(lab.claimed.html).count(words("claims", "title.careless", lang)) == 1
        assert not lab.view.notice
