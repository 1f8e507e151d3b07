"""Lesson 01's reveal and drawer: what is said of an answer, and the steps behind a number."""

import pytest

from simlib import compare, decide, load_case
from simlib.figures.asked_number import Asked
from simlib.figures.number_steps import steps
from simlib.interval import Interval
from simlib.lessons.case import reveal as reveals
from simlib.lessons.case.outcomes import Decided
from simlib.lessons.outcome import Say
from simlib.liability import COMPARED
from simlib.widgets.number_reasons import reason_in

REAL = "2024-lu-0302-5690"


def view(changes=(), case=REAL, party="zhang"):
    """A case with some facts changed, decided under every row of the board."""
    now = load_case(case).set(dict(changes))
    return Decided(now, compare(now, (*COMPARED, "supplementary")), party)


def answer(norm="civil-code:1165", document="judgment", fen=1_250_000):
    """A reader's answer."""
    return {"norm": norm, "document": document, "amount": fen}


def reveal(found, given, lang):
    """What the bet opens."""
    return reveals.reveal(found, given, Say("case", lang))


def reason(found, selected, lang):
    """Title and HTML of the drawer."""
    return reason_in(found.case, found, found.party, selected, lang)


def drawer(selected, changes=(), lang="zh"):
    """Title of the drawer, and its steps without the folded rest."""
    title, html = reason(view(changes), selected.split("|"), lang)
    return title, html.partition("<details>")[0]


@pytest.mark.parametrize("mode", ["joint", "all_or_nothing", "several", "auto"])
def test_a_quotient_divides_by_the_weights_of_all_who_bear_the_loss(mode):
    """hypo-tech: two fraudsters, 1 each; .5 × .85 = .425; .1 × .5 = .05.

    .425 ÷ 2.475 = 17.1717… %. That 519(3) spreads what Wu cannot pay over fewer is another sum.
    """
    case = load_case("hypo-tech")
    asked = Asked(case, compare(case, COMPARED), mode, "burden", "keji", "zh")
    assert "份额：0.425÷（0.425＋1＋1＋0.05）＝约17.17%。" in steps(asked)


def test_what_all_pay_at_most_is_more_than_she_receives_where_they_overlap():
    """1 381.60 + 12 000 + 1 785.71 + 20 000 + 781.51 = 35 948.82; she receives 34 395.88.

    Of the platform's 20 000 Han pays 771.43 and the bank 781.51. In shares nothing overlaps.
    """
    case = load_case("hypo-pieces").at("all-sued")
    found = compare(case, COMPARED)
    said = "".join(steps(Asked(case, found, "auto", "received", "han", "zh")))
    assert "各人最多付的合计35948.82元，其中1552.94元是同一笔钱" in said
    assert "因此某社交平台实付18447.06元" in said
    assert "曹某的财产不够付全部，先抵负责的人最少的一部分" in said
    assert "合计" not in "".join(steps(Asked(case, found, "several", "received", "han", "zh")))


def test_a_joint_debtor_whom_own_fault_lets_off_owes_what_is_left_of_it():
    """25 000 less a fifth is 20 000, which is asked of C; 25 000 is what may be asked of others."""
    case = load_case("fix-1").set({"victim.fault": 0.2, "C.grade": "slight"})
    asked = Asked(case, compare(case, COMPARED), "joint", "exposure", "C", "zh")
    said = "".join(steps(asked))
    assert "应赔的全部20000元" in said
    assert "已经追回" not in said


def test_a_burden_above_what_may_be_claimed_now_says_that_money_came_back():
    """hypo-tech: 10 000 of 300 000 are back; 290 000 may be claimed, the burden goes by 300 000."""
    case = load_case("hypo-tech")
    found = compare(case, (*COMPARED, "discretionary"))
    said = "".join(steps(Asked(case, found, "discretionary", "burden", "keji", "zh")))
    assert "对外可以请求的已经减去追回的10000元" in said
    assert "减去追回的" not in "".join(steps(Asked(case, found, "joint", "burden", "keji", "zh")))


def test_reveal_sets_answer_beside_court_and_law():
    """12 500 was answered; the court ordered 25 000, which is what 1169 gives."""
    found = reveal(view(), answer(), "zh")
    assert [(c["id"], c["value"], c["note"]) for c in found["columns"]] == [
        ("you", "12500元", "第1165条 · 判决支持"),
        ("court", "25000元", "援引第1165条、反诈法第46条 · 判决支持"),
        ("law", "25000元", "第1169条第1款，连带；以「明知」及于这笔钱为前提 · 判决支持"),
    ]
    assert "以明知为限是通说" in found["rule"]
    assert "应否赔偿、是否按份，学说有争议" in found["rule"]
    assert not found["right"]
    assert reveal(view(), answer(fen=2_500_000), "zh")["right"]


LESS, SAME = "金额比法院少12500元", "文书、金额都与法院相同"


@pytest.mark.parametrize(("fen", "amount"), [(1_250_000, LESS), (2_500_000, SAME)])
@pytest.mark.parametrize(
    ("norm", "said"),
    [
        ("civil-code:1165", "条文与法院相同：第1165条。"),
        ("civil-code:1169", "条文不同：法院援引第1165条，你选第1169条，与通说一致"),
        ("civil-code:1172", "为什么不适用第1169条"),
        ("civil-code:987", "你选不当得利（第985条、第987条）"),
    ],
)
def test_each_norm_and_amount_is_compared_in_one_sentence(norm, said, fen, amount):
    """12 500 is 12 500 less than the court's 25 000; the norm follows."""
    sentence = reveal(view(), answer(norm, fen=fen), "zh")["sentence"]
    assert sentence.startswith(amount + "；")
    assert said in sentence
    assert (sentence.count("；"), sentence.count("。")) == (1, 1)


def test_an_answer_wrong_in_all_three_is_told_so_in_two_sentences():
    """A ruling, 0, unjust enrichment: the judgment and its 25 000 first; the rest is folded."""
    found = reveal(view(), answer("civil-code:987", "ruling", 0), "zh")
    assert found["sentence"] == (
        "三项都和法院不同：法院作了实体判决，判25000元。"
        "作出实体判决，即认为起诉符合《民事诉讼法》第122条。"
    )
    assert [words[:4] for words in found["folded"]] == [
        "请求权不",
        "据来源所",
        "法院援引",
        "行为（2",
        "法院为什",
    ]
    assert (found["right"], found["more"]) == (False, "为什么不同")
    assert "链接里选不当得利" in found["folded_theirs"][0]


@pytest.mark.parametrize("chosen", [{}, answer("civil-code:1169")])
def test_why_court_and_law_in_force_cite_different_articles_is_said(chosen):
    """A class asks it at once, answered or not; the paper is named where it is first met."""
    sentence = "".join(reveal(view(), chosen, "zh")["folded"])
    assert "法院援引的第1165条、反诈法第46条没有写几个人怎样负责，" in sentence
    assert "，通说依第1169条第1款得出连带。" in sentence
    assert "本课程依据的论文（刘少华，2025）" in sentence


def test_no_difference_is_told_where_the_law_in_force_is_not_joint():
    """Of a careless helper 1169 is not the answer."""
    assert "得出连带" not in str(reveal(view({"zhang.grade": "gross"}), {}, "zh"))


def test_unjust_enrichment_is_cited_as_it_was_chosen():
    """985 is the basis of the claim, 987 what one in bad faith owes; each named in full."""
    note = reveal(view(), answer("civil-code:987"), "zh")["columns"][0]["note"]
    assert note == "第985条、第987条 · 判决支持"


@pytest.mark.parametrize(
    ("document", "said"),
    [("ruling", "你选裁定驳回起诉"), ("dismissal", "法院判决支持25000元，你选判决驳回")],
)
def test_a_document_that_ends_the_claim_is_compared(document, said):
    """Of a ruling it is also said what the source says of the suit; a judgment needs no word."""
    sentence = reveal(view(), answer(document=document, fen=0), "zh")["sentence"]
    assert said in sentence
    assert ("起诉符合《民事诉讼法》第122条" in sentence) is (document == "ruling")
    assert "122" not in str(reveal(view(), answer(), "zh"))


def test_a_linked_answer_is_not_called_the_readers():
    """Whose answer it is stands in the sentence."""
    found = reveal(view(), answer("civil-code:1169"), "zh")
    assert "链接里选第1169条" in found["theirs"]
    assert "你选" not in found["theirs"]


def test_reveal_gives_no_task_away():
    """Whether gain counts and what another form gives are asked after the reveal."""
    for norm in ("1165", "1169", "1172", "987"):
        found = reveal(view(), answer(f"civil-code:{norm}"), "zh")
        assert [word for word in ("获利", "结果可能不同") if word in str(found)] == []


def test_reveal_of_carelessness_marks_its_scale():
    """The law says by shares; the number is ours."""
    found = reveal(view({"zhang.grade": "gross"}), {}, "zh")
    assert "金额是教学刻度" in found["columns"][-1]["note"]
    assert "数额由法院按责任大小认定" in found["sentence"]


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("joint", "（第178条第2款）；实际承担超过自己份额的，就超过部分可以追偿"),
        ("partial_joint", "（类推第178条第2款，学说）；实际承担超过"),
        ("several", "没有第178条第2款的追偿"),
        ("risk_benefit", "不援引第178条"),
        ("all_or_nothing", "不援引第178条"),
        ("benefit_cap", "不援引第178条"),
        ("discretionary", "不援引第178条"),
    ],
)
def test_drawer_of_the_burden_cites_178_for_joint_debtors_alone(mode, said):
    """Recourse by 178(2) is for who is jointly liable."""
    assert said in drawer(f"{mode}|burden|zhang")[1].partition("<details")[0]


def test_drawer_says_what_the_victims_fault_takes_off():
    """.3 of 25 000: nothing was recovered, and 17 500 is left where it lets off who knew, too."""
    reduced = {"zhao.fault": 0.3, "rules.victim_fault": "on"}
    _, html = drawer("joint|exposure|zhang", {"zhao.fault": 0.3})
    assert "损失25000元不减轻" in html.partition("<details")[0]
    _, html = drawer("joint|exposure|zhang", reduced)
    steps = html.partition("<details")[0]
    assert "赔偿责任依第1173条减轻30%（比例为假设；对故意侵权人能否减轻有争议），为17500元" in steps
    assert "追回" not in steps
    _, html = drawer("discretionary|exposure|zhang", reduced)
    assert "不能再从张某得到超过17500元" in html.partition("<details")[0]


@pytest.mark.parametrize(
    ("fault", "amount", "said"),
    [
        # 90 % of 25 000 is 22 500; who was careless answers for no more than 70 % of it, 17 500
        (0.3, 1_750_000, "不能再从张某得到超过17500元（25000元减轻30%）"),
        (0.8, 2_250_000, "不再依第1173条减一次"),
    ],
)
def test_a_courts_part_leaves_her_what_she_bears_herself(fault, amount, said):
    """Real case, her own fault .3: of a careless helper exposure and burden are one amount."""
    changes = {"zhao.fault": 0.3, "zhang.fault": fault, "zhang.court_share": 0.9}
    zhang = view(changes)["discretionary"].parties["zhang"]
    assert (zhang.exposure_fen, zhang.burden_fen) == (amount, amount)
    steps = drawer("discretionary|exposure|zhang", changes)[1].partition("<details")[0]
    assert "25000元×90%＝22500元" in steps
    assert said in steps
    open_ = view({**changes, "zhang.court_share": None})["discretionary"].parties["zhang"]
    assert open_.exposure_fen == Interval(0, 1_750_000 if fault < 0.7 else 2_500_000)


def test_drawer_of_second_line_and_of_no_fault():
    """The fraudster pays all; or an element of 1165 is lacking, which is named."""
    assert "实际不用付" in drawer("supplementary|exposure|zhang", {"principal.sued": True})[1]
    assert "没有过错，第1165条第1款" in drawer("auto|exposure|zhang", {"zhang.grade": "none"})[1]


def test_card_of_shares_for_one_who_knew_is_a_minority_view():
    """The tag beside the form's name, not the law in force."""
    asked = ["several", "exposure", "zhang"]
    marked = "少数学说（仅作假设）"
    assert marked in reason(view(), asked, "zh")[1]
    assert marked not in reason(view({"zhang.grade": "slight"}), asked, "zh")[1]


def test_a_case_without_ruling_has_no_column_of_the_court():
    """Nothing was ordered in a case that is made up."""
    columns = reveal(view(case="fix-1", party="A"), answer(), "zh")["columns"]
    assert [c["id"] for c in columns] == ["you", "law"]


def test_drawer_says_where_half_comes_from():
    """Knowing: at most 1 × 1 beside the fraudster's 1 × 1; 25 000 × 0–1/2."""
    title, html = drawer("several|exposure|zhang")
    assert title == "为什么是0–12500元（按份责任，对外）"
    assert "1÷（1＋1）＝50%：上限来自教学刻度" in html
    assert "25000元×0%–50%＝0–12500元" in html
    assert "明知的依第1169条连带" in html


def test_drawer_says_where_the_cap_comes_from():
    """The payment cap of .30 is a teaching assumption: 25 000 × 0–.30."""
    _, html = drawer("risk_benefit|exposure|zhang")
    assert "上限是这类帮助的上限，来自教学假设" in html
    assert "25000元×0%–30%＝0–7500元" in html


def test_drawer_of_gross_negligence_has_its_own_scale():
    """.7 ÷ (.7 + 1) = 41.176… %, shown as rounded; × 25 000 = 10 294.12, a band in whole yuan."""
    title, html = drawer("auto|exposure|zhang", {"zhang.grade": "gross"})
    assert "0–10294元" in title
    assert "10294.12" not in html.partition("<details")[0]
    assert "过失造成纯粹经济损失（人身、财物没有受损的金钱损失）应否赔偿，学说有争议" in html
    assert "0.7÷（0.7＋1）＝约41.18%" in html
    assert "重大过失不成立第1169条（通说）" in html


def test_drawer_of_known_weights_has_no_scale():
    """.6 × .8 = .48; .48 ÷ 1.48 = 32.432… %; × 25 000 = 8 108.11."""
    _, html = drawer("several|exposure|zhang", {"zhang.fault": 0.8, "zhang.causal_force": 0.6})
    assert "0.48÷（0.48＋1）＝约32.43%" in html
    assert "＝8108.11元" in html
    assert "教学刻度" not in html


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_drawer_reckons_the_least_share_where_the_force_is_known(lang):
    """.6 × .7 = .42; .42 ÷ 1.42 = 29.577… %; .6 ÷ 1.6 = 37.5 %."""
    _, html = drawer("joint|burden|zhang", {"zhang.causal_force": 0.6}, lang)
    if lang == "zh":
        assert "份额最小是0.42÷（0.42＋1）＝约29.58%，最大是0.6÷（0.6＋1）＝37.50%" in html
        assert "最小是0，" not in html
    else:
        assert "at least 0.42 ÷ (0.42 + 1) = about 29.58%" in html


def test_drawer_of_one_who_cannot_pay_his_own_share():
    """5 000 of a share of at least 7 394: nobody's share shifts to him."""
    facts = {"zhang.causal_force": 0.6, "principal.sued": True, "principal.assets_fen": 0}
    _, html = drawer("joint|burden|zhang", facts | {"zhang.assets_fen": 500_000})
    assert "不发生第519条第3款的分担" in html
    assert "由张某按比例分担" not in html


def test_drawer_of_the_law_in_force_names_1169_first():
    """In its first line, of what may be claimed and of what is received."""
    for asked in ("auto|exposure|zhang", "auto|received|"):
        _, html = drawer(asked)
        assert html.startswith('<ol class="stage-steps"><li>依第1169条第1款')


def test_drawer_of_what_is_received_says_why_he_pays_nothing():
    """Without fault he owes nothing; not proved, the claim is dismissed."""
    _, html = drawer("auto|received|", {"zhang.grade": "none"})
    assert "张某没有过错，第1165条第1款的要件不具备" in html
    _, html = drawer("auto|received|", {"zhang.proof.fault": 0.5})
    assert "判决驳回" in html
    assert "张某最多付" not in html


def test_drawer_of_a_failed_element_dismisses():
    """.5 of .75: not even negligence is proved."""
    _, html = drawer("auto|exposure|zhang", {"zhang.proof.fault": 0.5})
    assert "过错的心证只有0.5，没有达到0.75" in html
    assert "连过失也没有证明" in html
    assert "判决驳回" in html


def test_drawer_tells_share_from_what_is_carried():
    """Two equal parts of 25 000; the fraudster has nothing, so Zhang carries both (519(3))."""
    facts = {"undeterminable": True, "principal.sued": True, "principal.assets_fen": 0}
    title, html = drawer("joint|burden|zhang", facts)
    assert "12500元" in title
    assert "第519条第3款" in html
    assert "实际承受25000元" in html


def test_drawer_of_what_is_received_names_payers_and_loser():
    """Several: Zhang pays his 12 500, the fraudster has nothing, Zhao bears the rest."""
    facts = {"undeterminable": True, "principal.sued": True, "principal.assets_fen": 0}
    _, html = drawer("several|received|", facts)
    assert "可供执行的财产是0元" in html
    assert "收不到的12500元由赵某承受" in html


def test_drawer_of_the_court_says_what_is_not_known():
    """The paper does not call it joint; the judgment was not read."""
    title, html = drawer("court|exposure|zhang")
    assert title == "法院判令25000元"
    assert "论文（§4）未称连带责任" in html
    assert "判决书未见" in html


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", ["exposure", "received", "burden"])
@pytest.mark.parametrize("changes", [{}, {"zhang.grade": "none"}, {"zhang.proof.act": 0.1}])
def test_every_number_of_the_board_has_reasons(key, changes, lang):
    """No row of any setting opens an empty drawer, and the whole reasons lie folded below."""
    for mode in (*COMPARED, "supplementary"):
        party = "" if key == "received" else "zhang"
        title, html = reason(view(changes), [mode, key, party], lang)
        assert title
        assert html.count("<li>") >= 1
        assert "<details><summary>" in html


def test_burden_below_his_part_is_said_to_be_cut():
    """.48 of 1.48: 32.43243 % of 25 000 is 8 108.11; he gained 1 000, so that he bears 1 000."""
    facts = {"zhang.fault": 0.8, "zhang.causal_force": 0.6, "zhang.gain_direct_fen": 100_000}
    _, steps = drawer("benefit_cap|burden|zhang", facts)
    assert "25000元×约32.43243%＝8108.11元。" in steps
    assert "不超过没有人付款时对外可以请求的上限：1000元。" in steps


def test_a_range_is_said_to_come_from_whose_facts_are_open():
    """Han's three scores are given: only the platform's and the bank's leave his share a range."""
    case = load_case("hypo-pieces")
    found = {mode: decide(case, mode) for mode in ("auto", "risk_benefit")}
    said = "".join(steps(Asked(case, found, "risk_benefit", "exposure", "han", "zh")))
    assert "各有未查明的事实" not in said
    assert "算出的比例是约20.74%" in said
    assert "在约16.62%–约20.74%之间" in said
    assert "占由韩某负责的10000元的，不是占全部损失的" in said


ZEROS = ("获利是0元", "没有过错", "没有因果关系", "心证只有", "比例 k 定为", "比例是0%", "全部追回")


@pytest.mark.parametrize(
    ("row", "changes", "said"),
    [
        ("benefit_cap", {"zhang.gain_direct_fen": 0}, "获利是0元"),
        ("joint", {"zhang.grade": "none"}, "没有过错"),
        ("all_or_nothing", {"zhang.grade": "none"}, "没有过错"),
        ("several", {"zhang.causal_force": 0.0}, "没有因果关系"),
        ("auto", {"zhang.proof.fault": 0.5}, "心证只有"),
        ("partial_joint", {"zhang.limit": 0.0}, "比例 k 定为"),
        ("discretionary", {"zhang.court_share": 0.0}, "比例是0%"),
        ("joint", {"recovered_fen": 2_500_000}, "全部追回"),
    ],
)
def test_every_zero_has_its_own_reason(row, changes, said):
    """Nothing may be claimed, and the drawer names the one fact that makes it so, no other."""
    _, steps = drawer(f"{row}|exposure|zhang", changes)
    assert view(changes)[row].parties["zhang"].exposure_fen == 0
    assert [each for each in ZEROS if each in steps] == [said]
