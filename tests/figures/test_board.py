"""The board of lesson 01: the engine's numbers, and what the law says of each on its face."""

import csv
import io
import json
from fractions import Fraction

import pytest
from staged import case_board

from simlib import compare, decide, load_case
from simlib.figures.asked_number import digits_in
from simlib.figures.board import AUTHORITIES, Answer, figures, scale
from simlib.figures.carried_amounts import carried
from simlib.figures.table import board_table
from simlib.interval import Interval
from simlib.lessons.case.outcomes import Decided
from simlib.liability import COMPARED

REAL = "2024-lu-0302-5690"
ROWS = ("court", "auto", "several", "risk_benefit", "all_or_nothing")
MODES = (*COMPARED, "supplementary")
UNPROVED = {"zhang.proof.fault": 0.5}  # the standard is .75, a teaching assumption
NOT_1169 = "依通说不成立第1169条，仅作假设"
BY_SHARES = "过失的依第1172条按份；赔全额仅作假设"
NO_RULE = "要件未证明，前提不成立，仅作假设"


def board(changes=(), column="exposure", rows=ROWS, case=REAL, party="zhang", lang="zh", **more):
    """The board of a case with some facts changed."""
    now = load_case(case).set(dict(changes))
    return case_board(now, compare(now, MODES), party, lang, rows=rows, column=column, **more)


def rows(changes=(), **more):
    """Row id → row."""
    return {row.id: row for row in board(changes, **more).rows}


def test_amounts_are_the_engines():
    """Joint 25 000; several from 0 to f = c = 1, so 1/2 × 25 000; the cap .30 × 25 000 = 7 500."""
    found = rows()
    texts = {id: {c: bar.text for c, bar in row.cells.items()} for id, row in found.items()}
    assert texts["auto"] == {"exposure": "25000", "received": "25000", "burden": "0–12500"}
    assert texts["several"]["exposure"] == "0–12500"
    assert texts["risk_benefit"]["exposure"] == "0–7500"
    bar = found["several"].cells["exposure"]
    assert (bar.low, bar.high) == (0, 1_250_000)
    assert bar.name == "按份责任，对外，0至12500元，看理由"
    assert bar.say == "several|exposure|zhang"


def test_rows_shown_come_first_and_the_rest_lies_behind_more():
    """Five rows at most stand there at first, in the order asked for."""
    shown = board().rows
    assert tuple(row.id for row in shown if not row.more) == ROWS
    assert {row.id for row in shown if row.more} == {*MODES, "court"} - {*ROWS}


def test_court_answers_only_what_was_ordered():
    """25 000 of one defendant alone; nobody reported what was collected or a share."""
    court = rows()["court"]
    assert set(court.cells) == {"exposure"}
    assert court.cells["exposure"].text == "25000"
    assert "（2024）鲁0302民初5690号" in court.note
    assert "单独全额" in court.note
    assert "没有说是「连带」" in court.note
    assert court.authority == "ruling"
    assert rows(lang="en")["court"].note.startswith("(2024) Lu 0302 Minchu 5690, ")


def test_of_several_decisions_the_last_is_shown():
    """The appeal's 7 000 (10 %) stands there, the first instance's 70 000 behind *more*."""
    found = rows(case="hengnan-hengyang", party="long")
    assert found["court"].cells["exposure"].text == "7000"
    assert "10%" in found["court"].note
    assert found["court:0"].cells["exposure"].text == "70000"
    assert found["court:0"].more


@pytest.mark.parametrize(
    ("grade", "ghosts"),
    [
        (
            "slight",
            {
                "joint": NOT_1169,
                "all_or_nothing": BY_SHARES,
            },
        ),
        (
            "gross",
            {
                "joint": NOT_1169,
                "all_or_nothing": BY_SHARES,
            },
        ),
        (
            "knowing",
            {
                "several": "明知的依第1169条连带；按份仅作假设",
                "partial_joint": "明知的依第1169条连带；部分连带仅作假设",
                "supplementary": "明知的依第1169条连带；补充仅作假设",
                "discretionary": "明知的依第1169条连带；酌定比例仅作假设",
            },
        ),
        (
            "concert",
            {
                "several": "通谋的依第1168条连带，不是分别实施；按份仅作假设",
                "partial_joint": "通谋的依第1168条连带；部分连带仅作假设",
                "supplementary": "通谋的依第1168条连带；补充仅作假设",
                "discretionary": "通谋的依第1168条连带，不是分别实施；酌定比例仅作假设",
            },
        ),
    ],
)
def test_premise_that_fails_is_a_ghost(grade, ghosts):
    """1169 asks for knowledge; 1172 for separate acts; the Swiss rule is not ours at any grade."""
    found = rows({"zhang.grade": grade})
    swiss = {"benefit_cap": "我国法没有；瑞士法也只用于事后包庇人，仅作假设"}
    assert {id: row.ghost for id, row in found.items() if row.ghost} == ghosts | swiss
    assert not any(row.stamp for row in found.values())


def test_failed_element_dismisses_and_leaves_only_what_ifs():
    """Fault at .5 of .75: 判决驳回 under the law; any other form has lost its premise."""
    found = rows(UNPROVED)
    assert found["auto"].stamp == "判决驳回"
    assert not found["auto"].ghost
    assert found["auto"].cells["exposure"].high == 0
    others = {id: row.ghost for id, row in found.items() if id in MODES and id != "auto"}
    assert others.pop("all_or_nothing") == ""  # nothing is its own result, no what-if
    assert set(others.values()) == {NO_RULE}
    assert found["all_or_nothing"].stamp == "不赔"
    assert found["court"].ghost == ""


def test_failed_fault_says_that_negligence_is_not_proved_either():
    """The headline is how the suit ends, and the sentence says what was not proved."""
    shown = board(UNPROVED)
    assert (shown.large.label, shown.large.text) == ("现行法", "判决驳回诉讼请求")
    assert "连过失也没有证明" in shown.sentence
    assert "连过失" not in board({"zhang.proof.act": 0.5}).sentence


def test_without_fault_nobody_is_liable_in_any_form():
    """No fault: dismissed under the law, and no form has anything to divide."""
    found = rows({"zhang.grade": "none"})
    assert found["auto"].stamp == "判决驳回"
    assert found["several"].stamp == found["joint"].stamp == "不承担责任"
    assert "没有过错" in board({"zhang.grade": "none"}).sentence


def test_insolvent_debtor_is_carried_by_the_others():
    """The fraudster, sued, has nothing: of two equal parts of 25 000, 12 500 is Zhang's own.

    Joint: he carries the other 12 500 too (519(3)), 25 000; several: Zhao bears them.
    """
    facts = {"undeterminable": True, "principal.sued": True, "principal.assets_fen": 0}
    shown = board(facts, "received", ("joint", "several", "risk_benefit"))
    found = {row.id: row for row in shown.rows}
    assert found["joint"].cells["burden"].text == "12500"
    assert "依第519条第3款实际承受25000元" in found["joint"].note
    assert found["several"].cells["received"].text == "12500"
    assert "519" not in found["several"].note
    assert "连带责任之下，诈骗行为人付不起的份额由张某承受" in shown.sentence
    assert "收不到的部分由赵某承受" in shown.sentence


def test_solvent_debtors_carry_only_their_own():
    """With everybody able nobody carries another's part, and no note says so."""
    assert "519" not in rows({"principal.sued": True})["joint"].note


def test_received_says_whose_means_are_supposed():
    """Means not set are supposed to be enough; once set, nothing is supposed."""
    assert "假定张某的财产足以清偿" in board().columns[1].note
    assert "假定" not in board({"zhang.assets_fen": 100_000}).columns[1].note


def test_courts_discretion_has_a_colour_of_its_own():
    """What some courts do is no rule of law in force."""
    found = rows()
    assert found["discretionary"].authority == "practice"
    assert {row.authority for row in found.values()} <= {*AUTHORITIES}
    assert found["all_or_nothing"].authority == "teaching assumption"
    assert found["benefit_cap"].authority == "foreign law"


def test_several_below_knowing_rests_on_1165_with_1172():
    """Separate acts without common intent: that is what 1172 asks for."""
    row = rows({"zhang.grade": "slight"})["several"]
    said = "第1165条结合第1172条；无意思联络、分别实施；金额是教学刻度（教学假设）"
    assert (row.same, row.note) == ("与现行法相同", said)
    assert "少数学说" in rows()["several"].note


@pytest.mark.parametrize(
    ("facts", "scaled"),
    [
        ({"zhang.grade": "gross"}, True),
        ({"zhang.grade": "gross", "undeterminable": True}, False),  # equal by 1172: that is law
        ({}, False),
    ],
)
def test_a_teaching_scale_is_not_given_out_as_law(facts, scaled):
    """Below knowing the law says by shares; the number comes from fault × causal force."""
    shown = board(facts)
    auto = next(row for row in shown.rows if row.id == "auto")
    assert ("教学刻度" in shown.large.label) is scaled
    assert ("教学刻度（教学假设）" in shown.sentence) is scaled
    assert ("金额是教学刻度" in auto.note) is scaled
    assert ("内部负担按教学刻度计算" in auto.note) is (not facts)


def test_shares_for_one_who_knew_are_a_view_of_scholars():
    """Below knowing the law in force has him answer for a part; how large is a teaching scale.

    Where parts cannot be told it is the law that halves them (172, 1172).
    """
    assert rows()["several"].authority == "doctrine"
    slight = rows({"zhang.grade": "slight"})
    assert [slight[id].authority for id in ("auto", "several")] == ["teaching assumption"] * 2
    halved = rows({"zhang.grade": "slight", "undeterminable": True})
    assert [halved[id].authority for id in ("auto", "several")] == ["law in force"] * 2


def test_row_names_the_element_that_is_lacking():
    """No fault, no cause, or neither; unjust enrichment may still be asked about."""
    assert rows({"zhang.grade": "none"})["auto"].note == "没有过错，不承担侵权责任"
    assert rows({"zhang.causal_force": 0})["auto"].note == "没有因果关系，不承担侵权责任"
    both = {"zhang.grade": "none", "zhang.causal_force": 0}
    assert rows(both)["auto"].note == "没有过错，也没有因果关系，不承担侵权责任"
    assert "第985、986条" in board({"zhang.grade": "none"}).sentence


def test_victims_fault_is_said_where_it_counts():
    """Who knew is not let off unless it counts for all: then 30 % off 25 000 leaves 17 500.

    A court's share holds it already and only meets the cap.
    """
    found = rows({"zhao.fault": 0.3})
    assert "受害人也有过失，故意的人不因此少赔（通行的理解，有争议）" in found["auto"].note
    assert "第1173条减轻" not in found["discretionary"].note
    for_all = {"rules.victim_fault": "on"}
    found = rows({"zhao.fault": 0.3, **for_all})
    assert (
        "赔偿责任依第1173条减轻30%（比例为假设；对故意侵权人能否减轻有争议）" in found["auto"].note
    )
    assert "不超过依第1173条减轻后的请求额17500元" in found["discretionary"].note
    careless = rows({"zhao.fault": 0.3, "zhang.grade": "slight"})["auto"].note
    assert "赔偿责任依第1173条减轻30%（比例为假设）" in careless
    found = rows({"zhao.fault": 0.3, "zhao.kinds.fault": "found", **for_all})["auto"].note
    assert "减轻30%（对故意侵权人能否减轻有争议）" in found


def test_who_answers_in_second_line_is_not_let_off():
    """The fraudster, sued, can pay all: ordered, but nothing to pay in fact."""
    found = rows({"principal.sued": True})["supplementary"]
    assert (found.cells["exposure"].high, found.stamp) == (0, "实际不用付")
    assert "判令补充责任；诈骗行为人足以清偿" in found.note
    without = rows({"principal.sued": True, "zhang.limit": 0})["supplementary"]
    assert without.stamp == "不承担责任"


def test_519_is_cited_only_for_joint_debtors():
    """The fraudster has nothing; in part only by analogy, in two what-ifs not at all."""
    facts = {"undeterminable": True, "principal.sued": True, "principal.assets_fen": 0}
    found = rows(facts | {"zhang.limit": 0.8})
    assert "；依第519条第3款" in found["joint"].note
    assert "类推第519条第3款" in found["partial_joint"].note
    assert "519" not in found["all_or_nothing"].note + found["benefit_cap"].note
    shown = board(facts | {"zhang.limit": 0.8}, "burden", ("joint", "partial_joint")).sentence
    assert "连带责任之下，诈骗行为人付不起的份额由张某承受（第519条第3款）。" in shown
    assert "部分连带责任之下，诈骗行为人付不起的份额由张某承受（类推第519条第3款）。" in shown


def test_519_between_a_platform_and_a_lender_is_an_analogy():
    """By 1195(2) the platform is joint with the fraudster, for 20 000: not with who lent a card.

    Principal and Cao (1169) alone, the platform not sued and not joint: 519(3) itself.
    """
    case = load_case("hypo-pieces")
    found = decide(case, "auto")
    assert found.parties["platform"].mode == "joint"
    assert carried(found, "principal", case) == "carried_alike"
    assert carried(found, "cao", case) == "carried_passed_alike"
    without = case.set({"platform.grade": "none", "platform.fault": 0.0})
    found = decide(without, "auto")
    assert carried(found, "principal", without) == "carried"
    assert carried(found, "cao", without) == "carried_passed"


SHORT = {
    "zhang.causal_force": 0.6,
    "principal.sued": True,
    "principal.assets_fen": 0,
    "zhang.assets_fen": 500_000,
}


@pytest.mark.parametrize("row", ["auto", "joint"])
def test_who_cannot_pay_his_own_share_carries_nobody_elses(row):
    """.42 ÷ 1.42 to .6 ÷ 1.6 of 25 000 is 7 394 to 9 375: with 5 000 no share shifts to him."""
    shown = board(SHORT, "burden", ("auto", "joint"))
    found = next(r for r in shown.rows if r.id == row)
    assert found.cells["burden"].text == "7394–9375"
    said = "张某的财产只够支付5000元，不足自己的份额；不发生第519条第3款的分担"
    assert found.note.endswith(said)
    assert "诈骗行为人付不起的份额由张某承受" not in shown.sentence


def test_means_within_the_range_of_a_burden_leave_519_open():
    """8 000 lie between 7 394 and 9 375; 12 000 are more, so he carries another's part."""
    assert "也就没有确定" in rows(SHORT | {"zhang.assets_fen": 800_000})["joint"].note
    assert (
        "依第519条第3款实际承受12000元"
        in rows(SHORT | {"zhang.assets_fen": 1_200_000})["joint"].note
    )


def test_what_he_cannot_pay_falls_on_a_solvent_debtor():
    """The fraudster can pay all: he carries the rest of Zhang's share, and 519(3) is his."""
    found = rows(SHORT | {"principal.assets_fen": None})["joint"].note
    assert found.endswith("不足部分依第519条第3款由其他连带责任人分担")


@pytest.mark.parametrize("grade", ["slight", "gross"])
def test_pure_economic_loss_by_negligence_is_marked_as_disputed(grade):
    """On the row of the law in force and in the sentence, not elsewhere; not for one who knew."""
    shown = board({"zhang.grade": grade})
    said = "应否赔偿，学说有争议；按反对意见为0元"
    assert [row.id for row in shown.rows if said in row.note] == ["auto"]
    assert said in shown.sentence
    assert said not in board().sentence


def test_in_part_below_knowing_has_no_statute():
    """178(3): joint liability is by statute or agreement; knowing, the dash says why."""
    said = "第178条第3款：法律没有规定"
    assert said in rows({"zhang.grade": "gross"})["partial_joint"].note
    assert said not in rows()["partial_joint"].note


def test_row_names_the_element_that_is_not_proved():
    """Not just that there is one."""
    assert rows(UNPROVED)["auto"].note == "过错未达到证明标准"
    both = UNPROVED | {"zhang.proof.causation": 0.2}
    assert rows(both)["auto"].note == "过错、因果关系未达到证明标准"


def test_change_is_marked_or_explained():
    """Gross negligence: 1172's part falls to .7/1.7 of 25 000; the model's gate stays open."""
    before = Decided(load_case(REAL), compare(load_case(REAL), MODES), "zhang")
    still = dict.fromkeys(MODES, "没有变")
    found = rows({"zhang.grade": "gross"}, before=before, still=still)
    assert found["several"].cells["exposure"].text == "0–10294"
    assert found["several"].changed
    assert not found["several"].still
    assert not found["risk_benefit"].changed
    assert found["risk_benefit"].still == "没有变"


def test_row_whose_premise_begins_to_fail_has_changed():
    """All or nothing keeps its 25 000, but below knowing it is only supposed."""
    before = Decided(load_case(REAL), compare(load_case(REAL), MODES), "zhang")
    assert rows({"zhang.grade": "gross"}, before=before)["all_or_nothing"].changed


@pytest.mark.parametrize(
    ("row", "facts", "turned"),
    [
        # k = 0: the suppletory part is nothing either way, but no longer for want of a need
        ("supplementary", {"principal.sued": True}, {"zhang.limit": 0}),
        # each half 12 500 of 25 000 all of which she receives, but now Zhang carries both
        ("joint", {"undeterminable": True, "principal.sued": True}, {"principal.assets_fen": 0}),
    ],
)
def test_row_of_equal_amounts_has_changed_with_what_is_said_of_them(row, facts, turned):
    """The stamp over an empty bar, or what is carried instead of a burden, is another."""
    then = load_case(REAL).set(facts)
    before = Decided(then, compare(then, MODES), "zhang")
    now, was = (rows(facts | more, before=before, still={row: "没有变"})[row]
                for more in (turned, {}))  # fmt: skip
    ends = [{id: (c.low, c.high) for id, c in each.cells.items()} for each in (now, was)]
    assert ends[0] == ends[1]
    assert (now.changed, now.still) == (True, "")
    assert (was.changed, was.still) == (False, "没有变")


def test_kept_setting_is_marked_beside_each_bar():
    """A: knowing, 25 000 under the law; B: gross, at most 10 294."""
    kept = Decided(load_case(REAL), compare(load_case(REAL), MODES), "zhang")
    shown = board({"zhang.grade": "gross"}, kept=kept, kept_title="明知")
    bar = next(row for row in shown.rows if row.id == "auto").cells["exposure"]
    assert bar.text == "0–10294"
    assert bar.kept.text == "25000"
    assert shown.kept == "A：明知"


def test_answer_is_a_line_within_the_scale():
    """An answer above the loss widens the scale."""
    shown = board(answer=Answer(3_000_000, ""))
    assert shown.answer.fen == shown.top_fen == 3_000_000


def test_csv_has_numbers_in_columns():
    """Each end in yuan and in fen; what is not answered stays empty; the pairs come last."""
    text = board().csv("zh", [("案件", "=1+1")])
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    head, several = lines[0], next(line for line in lines if line[0] == "按份责任")
    at = head.index("对外，上限（元）")
    assert several[at : at + 2] == ["12500.00", "1250000"]
    assert lines[1][0] == "法院"
    assert lines[1][-1] == ""
    assert lines[-1] == ["案件", "'=1+1"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_board_is_json(lang):
    """It travels to the page as plain data, with a legend of every colour that occurs."""
    shown = board(lang=lang).to_json()
    assert json.loads(json.dumps(shown))["columns"][0]["id"] == "exposure"
    colours = {entry["key"] for entry in shown["legend"] if entry["kind"] == "authority"}
    assert colours == {row["authority"] for row in shown["rows"]}


def test_table_says_the_same_as_the_bars():
    """Each number can be asked about; what a row does not answer is a dash."""
    table = board_table(board(), "zh")
    assert table.columns == ("责任形态", "依据的性质", "对外（元）", "收到（元）", "内部负担（元）")
    found = {row[0].text: row for row in table.rows}
    assert [cell.text for cell in found["法院"][2:]] == ["25000", "—", "—"]
    assert [cell.text for cell in found["按份责任"][1:3]] == ["少数学说（仅作假设）", "0–12500"]
    assert found["按份责任"][2].asks == "several|exposure|zhang"


@pytest.mark.parametrize(
    ("fen", "lang", "text"),
    [
        (2_500_000, "zh", "25000"),
        (810_811, "zh", "8108.11"),
        (810_810, "en", "8,108.10"),
        (Interval(532_814, 750_050), "zh", "5328–7501"),
    ],
)
def test_only_a_single_amount_shows_fen(fen, lang, text):
    """Ends of a band are rounded to whole yuan, halves up."""
    assert figures(fen, lang) == text


def test_scale_ends_at_its_top():
    """Round steps: 0, 20 000, …, 60 000 under 70 000; a single yuan has one."""
    assert [tick.fen for tick in scale(7_000_000, "zh")] == [0, 2e6, 4e6, 6e6, 7e6]
    assert [tick.fen for tick in scale(100, "zh")] == [0, 100]


def test_each_column_has_its_large_number():
    """Joint: 25 000 may be claimed and is received; of the burden half at most is his."""
    larges = board().larges
    assert [(larges[id].label, larges[id].text) for id in ("exposure", "received", "burden")] == [
        ("现行法下可以向张某请求", "25000元"),
        ("现行法下赵某实际收到", "25000元"),
        ("现行法下张某的内部负担", "0–12500元"),
    ]
    assert larges["received"].say == "auto|received|"


@pytest.mark.parametrize(
    ("changes", "form"),
    [({}, "连带"), ({"zhang.grade": "gross"}, "按份"), ({"zhang.grade": "none"}, "")],
)
def test_the_law_in_force_says_its_form(changes, form):
    """After its name, and no other row does."""
    rows = board(changes).rows
    assert [(row.id, row.form) for row in rows if row.form] == ([("auto", form)] if form else [])


def test_a_ruling_that_does_not_say_what_is_received_says_so():
    """The judgment orders an amount; what was received it does not say."""
    court = next(row for row in board().rows if row.id == "court")
    assert "received" not in court.cells
    assert court.blank == "判决没有写"


@pytest.mark.parametrize(
    ("share", "whole", "fen", "digits"),
    [(Fraction(1, 6), 2_000_000, 333_333, 5), (0.25, 100, 25, 2), (Fraction(1, 3), 100, 34, 2)],
)
def test_a_share_in_a_product_has_the_decimals_it_takes(share, whole, fen, digits):
    """16.67 % of 20 000 is 3 334.00, 16.66667 % 3 333.33; a split's last fen is no product."""
    assert digits_in(share, whole, fen) == digits


def test_a_row_says_that_no_part_is_set_only_where_none_is():
    """Open: 0 to all. Set to .3 it is 7 500 of 25 000, and no part is called open any more."""
    assert rows(rows=("discretionary",))["discretionary"].note.endswith("比例未定")
    found = rows({"zhang.court_share": 0.3}, rows=("discretionary",))["discretionary"]
    assert found.cells["exposure"].text == "7500"
    assert found.note.endswith("比例已经设定")
