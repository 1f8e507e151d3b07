"""Lesson 04's lab without a browser: means move collection, rules move modes, numbers by hand.

FIX-1: L 25 000; shares P .60, A .25, C .15; limits A .40, C .20; assets P 0, A 3 000, C 20 000.
"""

import datetime
import json

import pytest
from telling import looks, opens, tell

from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.errors import OutOfScope
from simlib.figures.answered_part import pieces_said
from simlib.interval import Interval
from simlib.law.modes import mode_keys
from simlib.lessons.liability import outcomes, reasons
from simlib.lessons.liability.knobs import RULES, SHOWN, mode_of
from simlib.lessons.liability.outcomes import MODES, Found
from simlib.lessons.liability.parting import parting
from simlib.lessons.outcome import Say
from simlib.lessons.reader import lesson_of
from simlib.liability import MODES as ENGINE
from simlib.widgets.liability import LiabilityLab


@pytest.fixture
def lab():
    """An opened lab in Chinese."""
    return opens(LiabilityLab("zh"))


def turn(lab, **wishes):
    """Move knobs as a reader does; `assets_C` is the knob `assets:C`."""
    asked = dict(lab.view.asked)
    for name, value in wishes.items():
        knob = name if name in lab.knobs else name.replace("_", ":", 1)
        asked[knob] = [asked.get(knob, [0])[0] + 1, value]
    lab.view.asked = asked


def place(lab, position, **wishes):
    """Choose a position, then move knobs."""
    asked = dict(lab.view.asked)
    asked["position"] = [asked.get("position", [0])[0] + 1, position]
    lab.view.asked = asked
    for name, value in wishes.items():
        turn(lab, **{name: value})


def draw(lab, **wishes):
    """Choose a picture of the module below, whose fold is opened."""
    looks(lab)
    asked = dict(lab.pick.asked)
    for name, value in wishes.items():
        asked[name] = [asked.get(name, [0])[0] + 1, value]
    lab.pick.asked = asked


def received(lab):
    """What the victim receives under the mode shown [yuan]."""
    return lab.outcomes[mode_of(lab.state.chosen)].received_fen / 100


def rows(lab):
    """Party → column → what is shown."""
    return {
        row["id"]: {column: cell["text"] for column, cell in row["cells"].items()}
        for row in lab.view.board["rows"]
    }


def row(lab, id):
    """A row of the board."""
    return next(each for each in lab.view.board["rows"] if each["id"] == id)


# ---------------------------------------------------------------- bet and reveal


def test_the_bet_is_the_old_frames_answer():
    """C and 3 750 under the names of before, so that links of then are whole answers."""
    lab = LiabilityLab("zh")
    tell(lab.view, {"bet": {"payer": "C", "at": 3_750}})
    assert lab.state.committed == {"payer": "C", "at_fen": 375_000}
    voices = {voice["id"]: voice for voice in lab.view.reveal["columns"]}
    assert (voices["you"]["value"], voices["law"]["value"]) == ("3750元", "3750元")
    assert "乙，20000元" in voices["law"]["note"]
    assert lab.view.reveal["sentence"].startswith("两问都对。")


@pytest.mark.parametrize(
    ("payer", "at", "said"),
    [
        ("P", 3_750, "分开的数额答对了，付款人不对。"),
        ("C", 4_250, "付款人答对了，分开的数额很接近。"),  # off by 500, a fiftieth of 25 000
        ("A", 4_251, "两问都和结果不同。"),
    ],
)
def test_each_answer_has_its_verdict(payer, at, said):
    """Near is within a fiftieth of the loss."""
    lab = LiabilityLab("zh")
    tell(lab.view, {"bet": {"payer": payer, "at": at}})
    assert lab.view.reveal["sentence"].startswith(said)


# ---------------------------------------------------------------- board


def test_what_nobody_pays_says_so_and_is_no_payment(lab):
    """FIX-1, joint: 3 000 + 20 000 are paid; she lacks 2 000, and of her own part there is none."""
    mine = next(row for row in lab.view.board["rows"] if row["own"])
    cells = mine["cells"]
    assert (cells["paid"]["text"], cells["paid"]["beside"]) == ("2000", "未受偿")
    assert "2000元，未受偿" in cells["paid"]["name"]
    assert (cells["burden"]["text"], cells["burden"]["beside"]) == ("0", "")
    assert [each["kind"] for each in lab.view.board["legend"]][-1] == "own"


def test_it_opens_on_joint_liability_by_hand(lab):
    """A 3 000 and C 20 000, 16 250 above his burden: of P and A by 15 000 : 3 250, behind her."""
    assert rows(lab) == {
        "P": {"exposure": "25000", "burden": "15000", "paid": "0"},
        "A": {"exposure": "25000", "burden": "6250", "paid": "3000"},
        "C": {"exposure": "25000", "burden": "3750", "paid": "20000"},
        "victim": {"burden": "0", "paid": "2000"},
    }
    assert lab.view.board["large"]["text"] == "23000元"
    assert (
        "分担16250元（第519条第3款）；可以追偿16250元，但不得损害受害人的利益"
        in row(lab, "C")["note"]
    )
    beside = {id: row(lab, id)["cells"]["burden"]["beside"] for id in "PAC"}
    assert beside == {"P": "", "A": "", "C": "追偿落空时承受20000"}
    tell(lab.view, {"say": "joint|paid|C"})
    assert "向诈骗行为人追偿13356.16元（代为分担）" in lab.view.drawer["html"]
    assert "向甲追偿2893.84元" in lab.view.drawer["html"]


def test_burdens_add_up_to_the_damages_and_payments_to_the_claim(lab):
    """The victim's own fault .2, counted for all: 5 000 of his own, 20 000 of theirs (1173)."""
    turn(lab, fault_victim=0.2)
    assert sum(int(cells["paid"]) for cells in rows(lab).values()) == 25_000  # A and C knew
    turn(lab, victim_fault="on")
    for column, total in (("burden", 25_000), ("paid", 20_000)):
        assert sum(int(cells[column]) for cells in rows(lab).values()) == total
    tell(lab.view, {"say": "joint|own_part|"})
    assert "第1173条减轻20%" in lab.view.drawer["html"]


def test_several_is_doctrine_and_dashed_for_those_who_knew(lab):
    """The fraudster for the whole, A and C by shares, though 1169 makes them joint: supposed."""
    turn(lab, mode="several")
    assert [row(lab, id)["authority"] for id in "PAC"] == ["doctrine"] * 3
    assert [bool(row(lab, id)["ghost"]) for id in "PAC"] == [False, True, True]
    said = "故意骗取全部款项：对全部负责（学说）；份额60%（假设）"
    assert row(lab, "P")["note"].startswith(said)
    assert 'class="is-lit is-ghost" aria-current="true"><b>第1172条' in lab.view.board["picture"]


@pytest.mark.parametrize(
    ("wishes", "lit"),
    [
        ({}, ["第1169条"]),
        ({"grade_A": "concert"}, ["第1168条", "第1169条"]),
        ({"mode_other": "auto", "grade_A": "gross", "grade_C": "slight"}, ["第1172条"]),
        ({"mode_other": "auto", "grade_A": "gross"}, ["第1169条", "第1172条"]),
        ({"mode": "partial_joint"}, []),
        ({"mode_other": "dismiss_suit"}, []),
    ],
)
def test_the_four_articles_light_up_by_what_the_form_rests_on(lab, wishes, lit):
    """Concert is 1168, knowing help 1169, less than knowing 1172; no other form is one of them."""
    for name, value in wishes.items():
        turn(lab, **{name: value})
    picture = lab.view.board["picture"]
    found = [part.split("<span>")[0] for part in picture.split('aria-current="true"><b>')[1:]]
    assert found == lit


def test_below_knowing_joint_liability_says_so_on_its_face(lab):
    """A gross: his row is dashed, and the large number says of whom 1169 is not made out."""
    turn(lab, grade_A="gross")
    assert row(lab, "A")["ghost"]
    assert not row(lab, "C")["ghost"]
    assert "甲不成立第1169条" in lab.view.board["large"]["label"]


def steps(lab, say):
    """The steps in the drawer behind a number, without the folded reasoning."""
    tell(lab.view, {"say": say})
    return lab.view.drawer["html"].split("</ol>")[0]


def test_the_fraudster_bears_under_supplementary_liability_what_the_board_shows(lab):
    """1198(2) by analogy: the helpers recover all, so he bears 25 000, and each of them 0."""
    turn(lab, mode="supplementary")
    assert "诈骗行为人的内部负担：25000元" in steps(lab, "supplementary|burden|P")
    assert "甲的内部负担：0元" in steps(lab, "supplementary|burden|A")


def test_article_520_is_cited_for_joint_debts_only(lab):
    """A's payment frees C under joint liability; under several each owes his part whoever pays."""
    assert "第520条第1款" in steps(lab, "joint|paid|C")
    turn(lab, mode="several")
    assert "第520条" not in steps(lab, "several|paid|C")
    turn(lab, mode="partial_joint")
    assert "类推第519条第2款" in steps(lab, "partial_joint|paid|C")


def test_a_release_is_told_and_no_share_is_multiplied_to_nothing(lab):
    """25 % of 25 000 is 6 250 and not 0: A was released, and C's joint debt shrinks (520(2))."""
    turn(lab, released_A=True)
    assert "免除了甲的债务" in steps(lab, "joint|exposure|A")
    assert "第520条第2款" in steps(lab, "joint|exposure|C")
    turn(lab, mode="several")
    assert "×25%" not in steps(lab, "several|exposure|A")
    assert "只能类推" in steps(lab, "several|unrecovered|")


def test_article_178_3_is_named_only_for_forms_that_are_joint(lab):
    """Joint liability needs a statute or an agreement; of other forms the paragraph is silent."""
    turn(lab, mode="partial_joint")
    assert "第178条第3款" in lab.view.board["picture"]
    turn(lab, mode="supplementary")
    assert "第178条第3款" not in lab.view.board["picture"]


def test_joint_gross_negligence_is_an_analogy_and_none_of_the_four(lab):
    """Ecological torts 11(2): doctrine; 1169(1) asks for knowledge."""
    for name, value in {"mode_other": "auto", "grade_A": "gross", "gross": "joint"}.items():
        turn(lab, **{name: value})
    assert [row(lab, id)["authority"] for id in "AC"] == ["doctrine", "law in force"]
    assert "第11条第2款" in steps(lab, "auto|exposure|A")
    turn(lab, grade_C="gross")
    assert 'aria-current="true"' not in lab.view.board["picture"]


def test_that_the_fraudster_owes_all_beside_the_careless_is_doctrine(lab):
    """1172 gives each his part; with nobody else liable he owes all by 1165(1)."""
    for name, value in {"mode_other": "auto", "grade_A": "slight", "grade_C": "slight"}.items():
        turn(lab, **{name: value})
    assert row(lab, "P")["authority"] == "doctrine"
    assert "生态环境侵权解释第7条" in steps(lab, "auto|exposure|P")
    turn(lab, grade_A="none", grade_C="none")
    assert row(lab, "P")["authority"] == "law in force"
    assert "第1165条第1款" in steps(lab, "auto|exposure|P")


def test_a_share_found_by_the_form_is_not_said_to_be_the_cases(lab):
    """The case sets .25; by risk and gain it is a range, for inputs are unknown."""
    assert "25%（案件的设定）" in steps(lab, "joint|burden|A")
    turn(lab, mode="risk_benefit")
    assert "尚未确定" in steps(lab, "risk_benefit|burden|A")


@pytest.mark.parametrize("mode", ["benefit_cap", "threshold", "several"])
def test_article_519_3_is_named_only_where_somebody_carries_for_another(lab, mode):
    """Gain caps, a threshold of .5 and shares: P can pay nothing, yet nobody carries for him."""
    turn(lab, **({"mode": mode} if mode == "several" else {"mode_other": mode}))
    assert not any("519" in each["note"] for each in lab.view.board["rows"])


def test_a_share_says_that_it_is_assumed(lab):
    """The case assumes .15, a reader .32; what a form finds by itself is not assumed."""
    assert "份额15%（假设）" in row(lab, "C")["note"]
    turn(lab, share_C=0.32)
    assert "份额32%（假设）" in row(lab, "C")["note"]
    turn(lab, mode="risk_benefit")
    assert "（假设）" not in row(lab, "C")["note"]


def test_a_release_says_what_left_the_debt_and_what_she_gave_up(lab):
    """25 % of 25 000 is 6 250: all she lacks with C's 20 000, and part of it with 10 000 (15 000).

    With 10 000 of C's she receives 10 000.
    """
    turn(lab, released_A=True)
    assert row(lab, "A")["note"] == "已免除：份额（25%）从债务中除去"
    mine = row(lab, "victim")
    assert "放弃6250元" in mine["note"]
    assert (mine["cells"]["paid"]["text"], mine["cells"]["paid"]["beside"]) == ("6250", "放弃6250")
    assert "6250元是受害人免除债务时放弃的" in steps(lab, "joint|unrecovered|")
    turn(lab, assets_C=10_000)
    paid = row(lab, "victim")["cells"]["paid"]
    assert (paid["text"], paid["beside"]) == ("15000", "其中放弃6250")
    turn(lab, mode_other="dismiss_suit")
    assert row(lab, "victim")["cells"]["paid"]["beside"] == "未受偿"


def test_what_an_unsued_debtor_owes_is_not_lost(lab):
    """A, with 30 000 and not sued, still answers for the 5 000 she lacks; once sued he pays."""
    place(lab, "c-alone")
    assert row(lab, "victim")["name"] == "受害人尚未受偿"
    assert lab.view.board["legend"][-1]["label"] == "浅框：受害人尚未受偿"
    assert "可以另行起诉" in steps(lab, "joint|unrecovered|")
    turn(lab, sued_A=True)
    assert row(lab, "victim")["name"] == "受害人自己承受"


def test_under_several_liability_a_share_stands_still_for_a_reason(lab):
    """C pays 15 % of 25 000, whatever else he has."""
    turn(lab, mode="several")
    turn(lab, assets_C=10_000)
    assert row(lab, "C")["still"] == "没有变：按份之下只付自己的份额3750元。"
    assert row(lab, "P")["still"] == "没有变。"


def test_the_ending_says_what_the_number_is():
    """3 750 is where the forms part; and a question leads on to the objections."""
    lab = opens(LiabilityLab("zh"))
    for id in ("once", "share", "ends"):
        tell(lab.view, {"task": id, "do": "skip"})
    ending = lab.view.tasks["ending"]
    assert ending["voices"] == "按题设算出：连带与按份从3750元起不同，付得最多的是乙"
    assert (ending["teaser"], ending["fold"]) == ("连带与按份，哪一个更能使人小心？", "objections")
    assert "三人都被诉、都付得起时，连带与按份收到的一样多" in ending["further"]
    assert "第519条第2款" in ending["further"]
    assert "第519条第3款" in ending["further"]


def test_what_the_tasks_come_to_is_what_the_stage_shows(lab):
    """17 000 and 3 000 are 20 000. Joint to several, C pays 3 750 instead of 20 000: what is paid
    now moves with outward. C's 3 750 and .15/.40 of P's 15 000 are 9 375, whoever is sued."""
    once, share, ends = lab.view.tasks["sums"]
    assert "乙的财产是17000元，加上甲的3000元，受害人正好收到20000元" in once
    assert "乙的对外由25000元变为3750元，内部负担不变，仍是3750元" in share
    assert "只有对外" not in share
    assert "受害人收到的随之减少" in share
    assert "乙现在支付的由20000元变为9375元，追偿以后最后承受的仍是9375元" in ends


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", "打开「甲被诉」"), ("en", "Switch on “A is sued”")],
)
def test_a_switch_is_switched_on(lang, said):
    """A task whose knob is a switch says so, on its button as in its line."""
    task = opens(LiabilityLab(lang)).view.tasks["list"][2]
    assert task["turn"]["label"] == said
    assert said in task["do"]


def test_the_drawer_works_its_number_out(lab):
    """25 000 × .15 = 3 750; 15 000 × .15/.40 = 5 625, with them 9 375; 20 000 − 9 375 = 10 625.

    As set A has 3 000 and C 20 000: 15 000 + 3 250 is short, and C carries 20 000 − 3 750.
    """
    said = steps(lab, "joint|burden|C")
    assert "25000元×15%＝3750元" in said
    assert "不能履行的一共18250元；乙至多能付20000元，所以分担20000元－3750元＝16250元" in said
    said = steps(lab, "joint|paid|C")
    assert "（20000元－3750元）×15000元÷（15000元＋3250元）≈13356.16元" in said
    place(lab, "c-alone")
    shared = "15000元×15%÷（25%＋15%）＝5625元；3750元＋5625元＝9375元"
    assert shared in steps(lab, "joint|burden|C")
    said = steps(lab, "joint|paid|C")
    assert shared in said
    assert "20000元－9375元＝10625元" in said
    assert "9375元－3750元＝5625元" in said
    turn(lab, sued_A=True)
    said = steps(lab, "joint|paid|C")
    assert shared in said
    assert "乙现在付9375元，就是分担以后的数额" in said


def test_a_sum_is_shown_where_it_comes_to_the_amount_alone(lab):
    """33.33 % of 25 000 is 8 332.50: a third has the digits it takes; an open share no sum."""
    turn(lab, mode="risk_benefit")
    assert "×" not in steps(lab, "risk_benefit|burden|A")
    turn(lab, mode="several", share_C=1 / 3)
    assert "25000元×约33.3333%＝8333.33元" in steps(lab, "several|burden|C")


def test_what_a_release_costs_is_bridged_to_what_she_gave_up(lab):
    """She lacks 6 250, of which 2 000 were lost before: 4 250 less."""
    turn(lab, released_A=True)
    for key in ("unrecovered", "received"):
        said = steps(lab, f"joint|{key}|")
        assert "本来也有2000元收不到；因免除实际少收6250元－2000元＝4250元" in said


def test_where_nobody_has_a_share_no_sum_by_shares_is_shown(lab):
    """P has the whole share and nothing: A carries his 3 000, C, of no share, 22 000."""
    turn(lab, share_P=1)
    turn(lab, assets_C=None)
    assert "乙现在付22000元" in steps(lab, "joint|paid|C")
    assert "÷" not in steps(lab, "joint|burden|C")


def test_a_split_of_recourse_is_a_reading(lab):
    """16 250 by 15 000 : 3 250; of one debtor only there is nothing to split."""
    said = steps(lab, "joint|paid|C")
    assert "按各人少承担的数额之比分，是本课程的读法" in said
    turn(lab, released_A=True)
    assert "之比分" not in steps(lab, "joint|paid|C")


def test_c_alone_sued_is_a_position(lab):
    """C carries 9 375 and paid 20 000: 10 625 of A, and of P the 5 625 he carried for him."""
    place(lab, "c-alone")
    draw(lab, picture="recourse")
    assert received(lab) == 20_000
    assert "乙可以向甲追偿10625元（多付）" in lab.picture.description
    assert "乙可以向诈骗行为人追偿5625元（代为分担）" in lab.picture.description
    assert "没有被诉；以后被追偿的人付不起的，依第519条第3款再分担9375元" in row(lab, "A")["note"]


def test_what_a_knob_says_otherwise_is_marked_and_the_rest_still_assumed(lab):
    """A sued too: his 30 000 and the reading of 519(3) still hold; C alone is sued no more."""
    tell(lab.view, {"scene": "recourse", "turned": True})
    reading = "依第519条第3款分担诈骗行为人的全部份额，是本课程的读法"
    assert lab.view.scene["assumed"].startswith(f"假设：只起诉乙，甲有30000元。{reading}")
    turn(lab, sued_A=True)
    assert lab.view.scene["assumed"].startswith(f"假设：甲有30000元；已改：甲也被诉。{reading}")
    turn(lab, assets_A=20_000)
    said = "已改：甲也被诉，甲的财产为20000元。"
    assert lab.view.scene["assumed"].startswith(said + reading)


def test_a_picture_says_of_which_setting_it_is(lab):
    """A released on the stage is released in the picture below: that is said beside it."""
    draw(lab, picture="parting")
    assert "按舞台现在的设定画：题设。" in lab.drawn_of.html
    turn(lab, released_A=True)
    assert "按舞台现在的设定画：题设；受害人免除甲的债务：是。" in lab.drawn_of.html


def test_a_beside_b(lab):
    """Kept joint, shown several: what A said stands in each row."""
    tell(lab.view, {"press": "keep"})
    turn(lab, mode="several")
    kept = {id: row(lab, id)["cells"]["paid"]["kept"]["text"] for id in ("C", "victim")}
    assert kept == {"C": "20000", "victim": "2000"}


def test_means_move_only_the_last_layer(lab):
    """C from 20 000 to 10 000 under joint: A carries what he carried, and says so."""
    turn(lab, assets_C=10_000)
    changed = [each["id"] for each in lab.view.board["rows"] if each["changed"]]
    assert changed == ["C", "victim"]
    assert row(lab, "A")["still"] == "没有变。"


def test_another_cases_rows_are_in_sight(lab):
    """A case that has none of the scene's people shows its own, its victim last."""
    for name in shipped_cases():
        other = opens(LiabilityLab("zh", case=name))
        seen = [each for each in other.view.board["rows"] if not each["more"]]
        assert 2 <= len(seen) <= 5
        assert seen[-1]["id"] == other.now.case.claimant


# ---------------------------------------------------------------- knobs and rules


@pytest.mark.parametrize(
    ("knob", "value", "changes"),
    [
        ("assets_P", 12_000, {"P.assets_fen": 1_200_000}),
        ("assets_C", None, {"C.assets_fen": None}),
        ("sued_C", False, {"C.sued": False}),
        ("limit_A", 0.6, {"A.limit": 0.6}),
        ("released_A", True, {"A.released": True}),
        ("fault_victim", 0.2, {"victim.fault": 0.2}),
        ("share_C", 0.32, {"P.share": 0.48, "A.share": 0.2, "C.share": 0.32}),
    ],
)
def test_a_knob_writes_its_fact_and_the_engine_answers(lab, knob, value, changes):
    """.85 of P and A become .68 in their proportion, .48 and .20; every mode is the engine's."""
    turn(lab, **{knob: value})
    case = load_case("fix-1").at("base").set(changes)
    for mode in ("joint", "several", "partial_joint", "supplementary"):
        assert lab.outcomes[mode].parties == decide(case, mode).parties


def test_full_solvency_makes_joint_and_several_equal(lab):
    """Everybody unlimited: 25 000 both ways, paid by share."""
    turn(lab, assets_P=None, assets_A=None, assets_C=None)
    paid = [[p.paid_fen for p in lab.outcomes[m].parties.values()] for m in ("joint", "several")]
    assert paid == [[1_500_000, 625_000, 375_000]] * 2


def test_release_costs_her_a_share_not_a_purse(lab):
    """A's share of 6 250 goes: the others owe 18 750, and C has it."""
    turn(lab, released_A=True)
    assert received(lab) == 18_750


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        ({}, 20_000),
        ({"partial_payment": "inner"}, 12_000),
        ({"partial_payment": "pro_rata"}, 17_600),
    ],
)
def test_the_rules_of_partial_payment(lab, rules, wanted):
    """P pays 12 000 of 25 000; A's 10 000 and C's 5 000 stay, vanish, or shrink to 13/25.

    Outer: 12 000 + 3 000 + 5 000. Inner: the helpers' limits are used up. Pro rata: A 5 200, of
    which he has 3 000, C 2 600.
    """
    place(lab, "principal-12000", mode="partial_joint", **rules)
    assert received(lab) == wanted


def test_the_threshold_is_a_cliff(lab):
    """θ .2: A joint (3 000), C his 3 750; θ .1: C's .15 is above it, so 23 000."""
    turn(lab, mode_other="threshold")
    turn(lab, threshold=0.2)
    assert received(lab) == 6_750
    turn(lab, threshold=0.1)
    assert received(lab) == 23_000


@pytest.mark.parametrize(
    ("position", "wanted"),
    [
        ("wuyang", 3_750),
        ("zhonganke", 6_750),
        ("huaze-first", 18_000),
        ("huaze-appeal", 23_000),
        ("kangmei", 6_250),
    ],
)
def test_the_securities_percentages_as_the_lesson_prints_them(lab, position, wanted):
    """By hand: min(3 000, A's limit) + min(20 000, C's limit) of 25 000."""
    place(lab, position, mode="partial_joint")
    assert received(lab) == wanted
    assert "178条第3款" in lab.view.board["picture"]


def test_other_victims_come_first():
    """EXE-13: what Sun must repay others is taken off her 80 000 before this claim is paid."""
    lab = opens(LiabilityLab("zh", case="hypo-payment"))
    before = lab.outcomes["joint"].parties["sun"].paid_fen
    row = next(n for n, c in enumerate(load_case("hypo-payment").criminal) if c.party == "sun")
    turn(lab, **{f"others_{row}": 30_000})
    assert (before, lab.outcomes["joint"].parties["sun"].paid_fen) == (8_000_000, 5_000_000)


def test_every_rule_and_every_fact_has_a_control_of_its_own(lab):
    """Reducing by the victim's fault is a rule (1173, contested for intent), his fault a fact."""
    ids = [item["id"] for item in lab.view.spec]
    assert len(ids) == len(set(ids))
    assert {*RULES, "fault:victim"} <= {*ids}
    turn(lab, fault_victim=0.2)
    assert received(lab) == 23_000  # A and C knew: nobody is let off
    turn(lab, victim_fault="on")
    assert received(lab) == 20_000
    turn(lab, victim_fault="off")
    assert received(lab) == 23_000


def test_whom_a_knob_clears_keeps_his_knobs(lab):
    """A, not sued and without fault, is in the file nobody of whom nothing is said."""
    tell(lab.view, {"scene": "recourse"})
    turn(lab, grade_A="none")
    assert lab.view.notice == ""
    assert lab.state.changes["A.grade"] == "none"
    assert "sued:A" in lab.knobs


def test_every_mode_of_the_engine_can_be_chosen():
    """In the order of the law's data."""
    assert mode_keys() == MODES
    assert set(MODES) == set(ENGINE)


def test_parting_to_the_fen():
    """Joint and several part above 3 750.00; with A unlimited they differ from the start."""
    case = load_case("fix-1")
    assert parting(case, "C", ("joint", "several"), {}).at_fen == 375_000
    rich = case.set({"A.assets_fen": None})
    assert parting(rich, "C", ("joint", "several"), {}).at_fen is None


def test_curves_have_their_corners():
    """Joint stops rising at 22 000, where the claim is met: a corner between two even steps."""
    found = parting(load_case("fix-1"), "C", ("joint", "several"), {})
    assert {375_000, 2_200_000} <= set(found.means_fen)


def test_curves_are_the_engines_at_every_point():
    """Each drawn point is one decision."""
    case = load_case("fix-1")
    found = parting(case, "A", ("partial_joint", "several"), {"caps": "nested"})
    for curve in found.curves:
        for fen, value in zip(found.means_fen, curve.received, strict=True):
            at = case.set({"A.assets_fen": fen})
            assert decide(at, curve.mode, {"caps": "nested"}).received_fen == value


def test_clicking_a_number_of_the_parting_moves_the_knob_there(lab):
    """Click on 3 750's number: C's means are 3 750 now, and the reasons stand open."""
    lab._asked("joint|received|@375000")
    assert lab.state.changes == {"C.assets_fen": 375_000}
    assert lab.state.selected == ["joint", "received", ""]
    assert "6750元" in lab.view.drawer["title"]


def test_a_mode_the_engine_refuses_is_taken_back(monkeypatch, lab):
    """The reader is told why, and the mode before stays."""
    day = datetime.date(2021, 1, 1)

    def refuse(case, mode, rules, **shared):
        if mode == "auto":
            raise OutOfScope("auto-out-of-dates", regime="law-in-force", day=day, since=day)
        return decide(case, mode, rules, **shared)

    monkeypatch.setattr(outcomes, "decide", refuse)
    turn(lab, mode_other="auto")
    assert lab.state.chosen == {}
    assert "simlib-warn" in lab.view.notice


def test_undo_brings_mode_and_rule_back(lab):
    """Choices are undone like knobs."""
    turn(lab, mode_other="threshold")
    turn(lab, threshold=0.1)
    for _ in range(2):
        tell(lab.view, {"press": "undo"})
    assert lab.state.chosen == {}


def test_the_list_of_other_forms_and_the_forms_in_sight_are_one_choice(lab):
    """Of the two controls one shows it, and it is told once; back to the first: joint."""
    turn(lab, mode_other="hybrid")
    assert (lab.view.values["mode"], lab.view.values["mode_other"]) == (None, "hybrid")
    assert lab.changed_facts() == ["其余的责任形态：按损失种类区分的责任"]
    turn(lab, mode="supplementary")
    assert (lab.view.values["mode"], lab.view.values["mode_other"]) == ("supplementary", "")
    assert lab.changed_facts() == ["责任形态：补充责任"]
    turn(lab, mode_other="hybrid")
    turn(lab, mode_other="")
    assert mode_of(lab.state.chosen) == "joint"


def test_a_link_brings_back_the_whole_state(lab):
    """Mode, rule, picture, knob and question, in the other language."""
    turn(lab, assets_C=4_000)
    turn(lab, mode_other="threshold")
    turn(lab, threshold=0.1)
    draw(lab, picture="every")
    lab._asked("threshold|exposure|C")
    other = LiabilityLab("en", link=lab.state.to_text())
    assert other.restored
    for name in other.state.FIELDS:
        assert getattr(other.state, name) == getattr(lab.state, name)
    assert other.view.board["large"]["text"] == "CNY 7,000"


@pytest.mark.parametrize(
    "field",
    [
        {"chosen": {"mode": "no-such-mode"}},
        {"chosen": {"threshold": 7}},
        {"chosen": {"partial_payment": "sideways"}},
        {"chosen": {"picture": "<b>"}},
        {"chosen": {"means": "victim"}},
        {"chosen": {"colour": "red"}},
        {"chosen": {"mode": ["joint"]}},
        {"selected": ["no-such-mode", "exposure", "C"]},
        {"committed": {"at_fen": "much", "payer": "C"}},
        {"committed": {"at_fen": 1, "payer": "nobody"}},
    ],
)
def test_link_with_an_impossible_state_opens_as_new(field):
    """A well-made text can still say nonsense."""
    lab = LiabilityLab("zh")
    for name, value in field.items():
        setattr(lab.state, name, value)
    other = LiabilityLab("zh", link=lab.state.to_text())
    assert other.restored is False
    assert other.state.chosen == {}


@pytest.mark.parametrize("name", shipped_cases())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_case_opens_and_every_number_has_its_reasons(name, lang):
    """Each cell that can be asked about is explained, of the board and of all three pictures."""
    lab = opens(LiabilityLab(lang, case=name))
    for picture in ("every", "recourse", "parting"):
        draw(lab, picture=picture)
        asks = {part.split('"')[0] for part in lab.table.html.split('data-say="')[1:]}
        cells = [cell for each in lab.view.board["rows"] for cell in each["cells"].values()]
        for said in sorted(asks | {cell["say"] for cell in cells}):
            lab._asked(said)
            assert "simlib-mode" in lab.view.drawer["html"]
            assert lab.view.drawer["title"]


@pytest.mark.parametrize("mode", MODES)
def test_every_form_has_its_board_and_its_steps(lab, mode):
    """Sixteen forms: rows, sentence, and steps behind each number; no word is left out."""
    turn(lab, **({"mode": mode} if mode in SHOWN else {"mode_other": mode}))
    assert lab.view.board["sentence"]
    for each in lab.view.board["rows"]:
        for cell in each["cells"].values():
            tell(lab.view, {"say": cell["say"]})
            assert '<ol class="stage-steps"><li>' in lab.view.drawer["html"]
            assert "{" not in lab.view.drawer["html"]


def test_the_files_to_save_are_the_engines(lab):
    """Every mode's outcome, as its own JSON."""
    import json

    saved = json.loads(lab.file("json")["text"])
    assert list(saved) == list(MODES)
    assert saved["several"]["received_fen"] == 675_000


def test_the_lesson_is_light(lab):
    """The board is plain data under 12 kB, each drawing of it too, and the picture below."""
    drawn = lab.view.drawn
    assert len(json.dumps(lab.view.board)) < 12_000
    assert [size for size, each in drawn.items() if len(json.dumps(each)) > 12_000] == []
    assert set(drawn) == {"wide", "narrow"}
    assert len(json.dumps(lab.picture.figure)) < 12_000


# ---------------------------------------------------------------- scenes and tasks


@pytest.mark.parametrize(
    ("scene", "said"),
    [
        # 25 000 of each; 15 000, 6 250, 3 750; A 3 000, C 20 000, open 2 000
        (
            "start",
            [
                "每个人请求25000元",
                "题设的份额，内部负担：诈骗行为人15000元",
                "收到23000元",
                "未受偿2000元",
            ],
        ),
        # all able: by shares, under both forms
        ("solvent", ["都是25000元", "15000元", "6250元", "3750元"]),
        # 15 000 of P by 25:15 are 9 375 and 5 625; A 15 625, C 9 375; 20 000 - 9 375 = 10 625
        (
            "recourse",
            ["承担15625元", "承担9375元", "10625元", "5625元", "还差5000元", "依一种理解"],
        ),
        # 25 000 - 6 250 = 18 750, which C can pay; 23 000 - 18 750 = 4 250
        ("release", ["由23000元变为18750元", "少4250元", "份额6250元"]),
        # 12 000 + 3 000 + 5 000; 12 000; 12 000 + 3 000 + 5 000 × 13/25 = 17 600
        ("caps", ["收到20000元", "只收到12000元", "合起来只扣一次", "减少，收到17600元"]),
    ],
)
def test_a_scenes_answer_is_worked_out_by_hand(lab, scene, said):
    """Each number of the answers."""
    tell(lab.view, {"scene": scene})
    assert [part for part in said if part not in lab.view.scene["answer"]] == []


@pytest.mark.parametrize(("task", "right"), [("once", 1), ("share", 1), ("ends", 1)])
def test_what_is_right_in_a_task(lab, task, right):
    """17 000 + 3 000 = 20 000; only outward; only what C pays now: 20 000 to 9 375."""
    found = next(each for each in lab.tasks() if each.id == task)
    assert found.answer(*lab.play.ends(found)) == found.options[right]


def test_scenes_stand_on_the_lessons_own_case():
    """Every row and main knob they name is there."""
    lab = LiabilityLab("zh")
    people = {party.id for party in load_case("fix-1").parties}
    for scene in lesson_of("liability").scenes:
        assert set(lesson_of("liability").named(scene.rows)) <= people
        assert set(scene.knobs) <= set(lab.knobs)


def test_the_first_try_of_a_hand_is_its_guess_and_the_goal_ends_it(lab):
    """17 000 of C's and A's 3 000 are 20 000. With 20 000 she has 23 000, with 10 000 only 13 000.

    What it moved is told from its beginning, where C has nothing.
    """
    tell(lab.view, {"task": "once", "do": "start"})
    task = lambda: lab.view.tasks["list"][0]  # noqa: E731
    assert (task()["state"], task()["by_hand"]) == ("open", True)
    turn(lab, assets_C=20_000)
    assert (task()["state"], task()["guess"], task()["tried"]) == (
        "guessed", "high", "她收到的超过20000元")  # fmt: skip
    turn(lab, assets_C=10_000)
    assert (task()["guess"], task()["tried"]) == ("high", "她收到的不到20000元")
    turn(lab, assets_C=17_000)
    assert (task()["state"], task()["right"], task()["stale"]) == ("done", False, False)
    assert task()["verdict"] == "你做到了。第一次动手时：她收到的超过20000元。"
    paid = next(row for row in lab.view.board["rows"] if row["id"] == "C")["cells"]["paid"]
    assert (paid["text"], paid["was"]["text"]) == ("17000", "0")
    assert "3000元变为20000元" in lab.view.told["text"]


def test_after_a_try_the_goal_can_be_shown_whatever_was_touched(lab):
    """The fraudster's purse was tried: it is empty again, and C has 17 000."""
    tell(lab.view, {"task": "once", "do": "start"})
    tell(lab.view, {"task": "once", "do": "end"})
    assert lab.view.tasks["list"][0]["state"] == "open"
    turn(lab, assets_P=1_200)
    tell(lab.view, {"task": "once", "do": "end"})
    done = lab.view.tasks["list"][0]
    assert (done["state"], done["right"], done["stale"]) == ("done", False, False)
    assert lab.view.board["large"]["text"] == "20000元"


def test_a_hand_that_reaches_the_goal_at_once_has_guessed_right(lab):
    """And an option of a task by hand cannot be pressed."""
    tell(lab.view, {"task": "once", "do": "start"})
    tell(lab.view, {"task": "once", "do": "guess", "value": "exact"})
    assert lab.view.tasks["list"][0]["state"] == "open"
    turn(lab, assets_C=17_000)
    done = lab.view.tasks["list"][0]
    assert (done["state"], done["right"]) == ("done", True)
    assert done["verdict"] == "你第一次动手就做到了：她正好收到20000元。"


def test_the_picture_below_is_not_reckoned_before_its_fold_is_opened(lab):
    """Where two forms part asks some fifty decisions: no knob on the stage waits for them."""
    assert lab.picture.figure["data"] == []
    turn(lab, assets_C=10_000)
    assert lab.picture.figure["data"] == []
    looks(lab)
    assert lab.picture.figure["data"]
    assert "3750元" in lab.picture.description


def test_of_c_both_amounts_are_told(lab):
    """Joint: all may be asked of C, several: 15 % of 25 000; and the board draws that column.

    With A sued, C's 9 375 and A's 15 625 make her whole.
    """
    for task, guess, wish in (("share", "outer", "mode"), ("ends", "now", "sued:A")):
        tell(lab.view, {"task": task, "do": "start"})
        tell(lab.view, {"task": task, "do": "guess", "value": guess})
        value = "several" if wish == "mode" else True
        lab.view.asked = {**lab.view.asked, wish: [9, value]}
        if task == "share":
            assert lab.view.told["text"] == "乙：对外由25000元变为3750元，内部负担仍是3750元。"
            assert lab.view.board["column"] == "exposure"
    assert lab.view.told["text"] == "乙：内部负担仍是3750元，现在支付由20000元变为9375元。"
    assert lab.view.board["column"] == "burden"


def test_what_is_not_recovered_has_reasons_of_its_own(lab):
    """25 000 less 23 000."""
    tell(lab.view, {"say": "joint|unrecovered|"})
    assert lab.view.drawer["title"] == "为什么未受偿2000元（连带责任）"
    assert "25000元－23000元＝2000元" in lab.view.drawer["html"]
    turn(lab, assets_C=22_000)
    last = steps(lab, "joint|unrecovered|")
    assert "25000元－25000元＝0元：受害人全部受偿，没有要自己承受的。" in last


def test_what_she_bears_is_named_once(lab):
    """2000 yuan that nobody pays: the column's word stands in its name once."""
    cells = next(row["cells"] for row in lab.view.board["rows"] if row["id"] == "victim")
    assert cells["paid"]["name"] == "受害人自己承受，2000元，未受偿，看理由"


# ---------------------------------------------------------------- sums of parts


def careless(**more):
    """The lesson's own case with A and C slightly careless and a fifth her own fault."""
    facts = {"A.grade": "slight", "C.grade": "slight", "victim.fault": 0.2}
    return load_case("fix-1").set({**facts, **more})


def told(case, mode, asks, lang="zh", **rules):
    """All steps behind a number of a case under a mode: `exposure|han`."""
    key, party = asks.split("|")
    return "\n".join(reasons.told(Found(case, mode, rules), key, party, Say("liability", lang))[1])


def note(case, mode, party, lang="zh", **rules):
    """What stands beside a row."""
    return outcomes.line(Found(case, mode, rules), party, None, Say("liability", lang)).note


def pieces(**facts):
    """Eight payments, all sued, a fifth her own fault."""
    sued = {f"{id}.sued": True for id in ("han", "cao", "miao", "platform", "bank")}
    return load_case("hypo-pieces").set({**sued, "qin.fault": 0.2, **facts})


@pytest.mark.parametrize("key", ["exposure", "burden"])
def test_own_fault_is_taken_off_before_the_share(key):
    """25 000 less a fifth is 20 000, of which 15 % are 3 000."""
    for mode in ("several", "auto"):
        said = told(careless(), mode, f"{key}|C")
        assert "损失25000元，赔偿责任依第1173条减轻20%" in said
        assert "20000元×15%＝3000元" in said


@pytest.mark.parametrize("mode", ["partial_joint", "supplementary"])
def test_own_fault_is_taken_off_before_the_limit(mode):
    """25 000 less a fifth is 20 000, of which k = 20 % is 4 000."""
    said = told(careless(), mode, "exposure|C")
    assert "依第1173条减轻20%" in said
    assert "20000元×20%＝4000元" in said


def test_the_fraudster_bears_what_own_fault_takes_off_others():
    """60 % of 25 000 is 15 000, with a fifth of 10 000 it is 17 000."""
    said = told(careless(), "several", "burden|P")
    assert "25000元×60%＝15000元" in said
    assert "15000元＋2000元＝17000元" in said


def test_a_part_that_recoveries_leave_less_of_is_no_product():
    """25 % of 25 000 is 6 250; with 24 000 back only 1 000 may be claimed."""
    case = load_case("fix-1").set({"recovered_fen": 2_400_000})
    said = told(case, "several", "exposure|A")
    assert "25000元×25%＝6250元" in said
    assert "×25%＝1000元" not in said


@pytest.mark.parametrize("key", ["exposure", "burden"])
def test_a_share_of_a_part_is_told_part_by_part(key):
    """15 000 × .8 × .20/1.68 = 1 428.57; 3 200 × .18/1.18 and 4 800 × .18/1.40.

    Weights: P 1, Cao .48, Han .18, Miao .20, platform .12, bank .10.
    """
    said = told(pieces(), "auto", f"{key}|miao")
    assert "12000元×约11.90476%＝1428.57元" in said
    said = told(pieces(), "auto", f"{key}|han")
    assert "3200元×约15.25424%＝488.14元" in said
    assert "4800元×约12.857%＝617.14元" in said
    assert "1.54%" not in said


def test_who_acts_after_the_loss_answers_for_another_damage():
    """Of 50 000 that Luo passed on, 5 % to 30 % is the lost chance."""
    case = load_case("hypo-chain")
    for key in ("exposure", "burden"):
        said = told(case, "auto", f"{key}|luo")
        assert "第1165条第1款" in said
        assert "另一损害" in said
        assert "50000元×5%–30%＝2500–15000元" in said
        assert "教学假设" in said
        assert "×0%" not in said
    assert "没有可以再向罗某请求的" in told(case, "auto", "paid|luo")
    beside = note(case, "auto", "luo")
    assert "另一损害" in beside
    assert "份额0%" not in beside
    assert "现在没有可以再请求的" in beside
    assert "现在没有可以再请求的" not in note(case, "several", "luo")


def test_a_platform_answers_by_its_own_article():
    """1195(2) for the enlarged part, 46(2) for the bank; not 1169."""
    assert "第1195条第2款" in (said := told(pieces(), "auto", "exposure|platform"))
    assert "第1169条" not in said
    assert "第46条第2款" in told(pieces(), "auto", "exposure|bank")


@pytest.mark.parametrize(
    ("limit", "exposure", "said"),
    [
        # each of two parts of 6 000: k = 30 % is 1 800, of a k that is open anything to 6 000
        (0.3, 360_000, "6000元×30%＝1800元"),
        (None, Interval(0, 1_200_000), "6000元×0%–100%＝0–6000元"),
    ],
)
def test_a_bank_in_second_line_stands_behind_the_fraudster_alone(limit, exposure, said):
    """Whatever the platform can pay: the fraudster has nothing, so k × 12 000 may be asked.

    What others pay is taken off when money is collected: here all is paid already, by the platform.
    """
    case = pieces(**{"qin.fault": None, "principal.sued": True, "principal.assets_fen": 0,
                     "bank.limit": limit})  # fmt: skip
    bank = decide(case, "auto", {"operator": "supplementary"}).parties["bank"]
    assert (bank.exposure_fen, bank.paid_fen) == (exposure, 0)
    steps = told(case, "auto", "exposure|bank", operator="supplementary")
    assert said in steps
    assert "诈骗行为人现在付0元，还有6000元没有清偿" in steps
    assert "×0%＝" not in steps


@pytest.mark.parametrize(
    ("rules", "fen", "said"),
    [
        # (120 000 − 6 000) × 20 % = 22 800: with 6 000 returned and 91 200 owed they are 120 000
        ({"deduction": "restitution_first"}, 2_280_000, "114000元×20%＝22800元"),
        ({}, 2_400_000, "120000元×20%＝24000元"),
    ],
)
def test_what_she_bears_by_her_own_fault_is_reckoned(rules, fen, said):
    """120 000 lost, 6 000 returned, a fifth her own fault, which counts for all."""
    case, rules = load_case("hypo-payment").set({"li.fault": 0.2}), {"victim_fault": "on"} | rules
    assert outcomes.own_part(Found(case, "auto", rules)) == fen
    assert said in told(case, "auto", "own_part|", **rules)


@pytest.mark.parametrize("assets", [300_000, 3_000_000])
def test_nobody_carries_what_nobody_may_ask_of_him(assets):
    """P pays 12 000, which comes off limits of 10 000 and 5 000 (`inner`): 13 000 stay hers.

    That A and C would have carried 8 125 and 4 875 of these is not said of them.
    """
    case = load_case("fix-1").set({"A.limit": 0.4, "C.limit": 0.2, "P.assets_fen": 1_200_000,
                                   "A.assets_fen": assets})  # fmt: skip
    rules = {"partial_payment": "inner", "caps": "stack"}
    out = decide(case, "partial_joint", rules)
    assert [out.parties[id].paid_fen for id in "PAC"] == [1_200_000, 0, 0]
    for id in "AC":
        said = note(case, "partial_joint", id, **rules)
        assert "现在不能再向其请求" in said
        assert "分担" not in said
        assert "未付" not in said
        found = Found(case, "partial_joint", rules)
        assert outcomes.value(found, id, "burden", Say("liability", "zh")).beside == ""
        for key in ("burden", "paid"):
            said = told(case, "partial_joint", f"{key}|{id}", **rules)
            assert f"不能再向{'甲' if id == 'A' else '乙'}请求" in said
            assert "实际承受3000元" not in said
            assert "中还有" not in said
    assert "没有别人替他分担" in told(case, "partial_joint", "burden|P", **rules)
    assert "分担1250元" in note(case.set({"A.assets_fen": 300_000}), "partial_joint", "C")


@pytest.mark.parametrize(
    ("mode", "facts", "said"),
    [
        # Cao's part, .48 of 1.48, 1.68, 1.60 and 1.70, is 24 920.38 and he has 12 000
        ("reallocation", {}, "24920.38元－12920.38元＝12000元"),
        # the fraudster has nothing; Cao answers for 80 000
        ("joint_after_exhaustion", {"principal.assets_fen": 0}, "80000元－0元＝80000元"),
        # 9 000 of 90 000 is not economic: of his 80 000 that is 8 000, and the rest 72 000
        ("hybrid", {"loss_noneconomic_fen": 900_000}, "72000元＋2492.03元＝74492.03元"),
        ("hybrid", {}, "没有非财产损失"),
    ],
)
def test_a_form_of_foreign_law_or_doctrine_has_its_rule_and_its_sum(mode, facts, said):
    """The drawer names the source and reckons, where it only named the form before.

    Hybrid: of each of his parts of 51 000, 15 000, 8 000 and 6 000 a tenth at his share in it.
    """
    case = pieces(**{"qin.fault": None, "principal.sued": True, **facts})
    steps = told(case, mode, "exposure|cao")
    assert said in steps
    assert "责任形态：" not in steps
    assert "比较法" in steps or "学说" in steps


def test_a_fraudster_without_recourse_has_none_to_fail():
    """He takes over what Cao cannot pay and recovers nothing of helpers, by the rule as set."""
    found = Found(pieces(), "auto", {})
    assert not outcomes.value(found, "principal", "burden", Say("liability", "zh")).beside
    said = told(pieces(), "auto", "burden|principal")
    assert "多于内部负担的部分可以追偿" not in said
    assert "不能向帮助人追偿" in said
    assert "替付不起的人分担" not in note(pieces(), "auto", "principal")


def test_an_unfound_fraudster_counts_as_solvent_and_the_row_says_so():
    """Nothing is known of his means; once they are stated nothing is assumed."""
    said = "财产没有查明，按有财产计（假设）"
    assert said in note(load_case("hypo-pieces"), "auto", "principal")
    assert said not in note(pieces(**{"principal.assets_fen": 0}), "auto", "principal")


def test_who_has_not_paid_should_bear_and_does_not_bear_yet():
    """Only Han is sued: the platform is to bear a part of Cao's once recourse against him fails.

    519(3) presupposes recourse (被追偿), and in the parts of these two nobody has paid; between
    a platform (1195(2)) and a helper it is an analogy.
    """
    case = load_case("hypo-pieces")
    beside = note(case, "auto", "platform")
    assert "以后被追偿的人付不起的，类推第519条第3款再分担438.65元" in beside
    assert "替付不起的人分担" not in beside
    for party, fen in (("platform", "1961.60元"), ("cao", "12000元"), ("principal", "71236.43元")):
        said = told(case, "joint", f"burden|{party}")
        assert "现在没有付款" in said
        assert fen in said
        assert "实际承受" not in said


@pytest.mark.parametrize("party", ["han", "cao", "principal"])
def test_a_loss_that_is_not_cut_is_a_supposition_in_row_and_drawer(party):
    """.18 of 2.08 is 8.65 % of 90 000, of which 10 000 reached Han: no law in force gives that."""
    case, say = load_case("hypo-pieces"), Say("liability", "zh")
    found = Found(case, "auto", {"pieces": "off"})
    assert found.now.parties["han"].exposure_fen == 778_846
    said = "不分段：份额按全部损失计算，仅作假设"
    assert outcomes.line(found, party, None, say).ghost == said
    assert f"前提：{said}。" in told(case, "auto", f"exposure|{party}", pieces="off")
    assert f"前提：{said}。" in told(case, "auto", "received|", pieces="off")
    assert "仅作假设" in outcomes.large(found, None, "paid", say).label
    assert not outcomes.line(Found(case, "auto", {}), party, None, say).ghost


def test_one_made_to_share_the_loss_after_it_is_a_supposition_under_the_law_in_force():
    """Luo joined after the loss: that he shares it is asked for by a rule and no law."""
    found = Found(load_case("hypo-chain"), "auto", {"after_loss": "inside"})
    said = "损失之后才参与，不分担损失，仅作假设"
    assert outcomes.line(found, "luo", None, Say("liability", "zh")).ghost == said
    assert not outcomes.line(found, "gao", None, Say("liability", "zh")).ghost


@pytest.mark.parametrize(
    ("mode", "party", "said"),
    [
        ("joint", "han", "6000元×12.86%÷（12.86%＋8.57%＋7.14%）≈2700元"),  # .18 of .40 of 6 000
        ("joint", "han", "由诈骗行为人、韩某负责的4000元：现在只有韩某付，付4000元"),
        ("joint", "cao", "曹某的财产不够付全部，先抵负责的人最少的一部分（比照第560条第2款"),
        ("joint", "cao", "由诈骗行为人、曹某负责的51000元：现在只有曹某付，付12000元"),
        # beside Han's 771.43 and the bank's 428.57, of 6 000
        ("auto", "platform", "韩某、某银行付自己的部分共1200元，其余由某社交平台付：4800元"),
    ],
)
def test_who_pays_less_than_may_be_asked_is_told_part_by_part(mode, party, said):
    """Han owes 10 000 with means without limit and pays 2 700 + 4 000."""
    case = load_case("hypo-pieces").at("all-sued")
    assert said in told(case, mode, f"paid|{party}")


@pytest.mark.parametrize("party", ["keji", "wu"])
def test_what_came_back_is_named_where_the_rest_may_be_claimed(party):
    """Wu paid 10 000 of 300 000 back, as the case says: 290 000 are left, of each."""
    case = load_case("hypo-tech")
    said = "300000元减去已经追回的10000元（退还的、退赔的），周某还可以请求290000元"
    assert said in told(case, "joint", f"exposure|{party}")
    assert "已退赔10000元" in case.summary.zh


def test_an_amount_that_is_not_its_rounded_product_tells_the_rule():
    """15 000 × .48/1.68 is 4 285.714: with 8 928.571 and 1 785.714 a fen is left, Cao's.

    51 000 × .48/1.48 is 16 540.5405, rounded as everybody would.
    """
    said = told(load_case("hypo-pieces"), "joint", "burden|cao")
    assert "15000元×约28.57%＝4285.72元。各人的数合起来不差一分" in said
    assert "16540.54元。各人" not in said
    assert said.count("余下的一分") == 1


def test_own_fault_is_taken_off_the_part_he_answers_for():
    """Of 90 000 Han answers for 10 000: less a fifth that is 8 000, not 72 000."""
    for key in ("exposure", "burden"):
        said = told(pieces(), "auto", f"{key}|han")
        assert said.index("只对这一部分负责") < said.index("损失10000元")
        assert "损失10000元，赔偿责任依第1173条减轻20%（比例为假设），为8000元" in said
        assert "90000元" not in said


def test_a_share_of_a_piece_under_an_open_limit_is_no_product():
    """51 000 × 32.43 % is 16 540.54, and the burden 0 to 16 541 as k is open."""
    said = told(pieces(), "partial_joint", "burden|cao")
    assert "份额是51000元的约32.43%；另有上限或者别人少负担的，调整后是0–16541元" in said
    assert "×约32.43%＝0–" not in said


def test_the_sentence_names_the_largest_of_many_pieces():
    """Six: the largest with who answers, 39 000 of five more; of two pieces both."""
    six = pieces_said(decide(pieces(), "auto"), pieces(), "zh")
    assert six == "损失按由谁负责分为6部分：51000元由诈骗行为人、曹某负责；另外5部分共39000元。"


def test_a_card_that_nothing_reached_says_why_it_is_nothing():
    """The fourth payment went on to Han's card, not to Miao's."""
    case = load_case("hypo-pieces").set({"c3.payee": "han-1", "m1.payer": "han-1"})
    assert "本案的钱没有到过苗某的账户" in note(case, "auto", "miao")
    assert "份额0%" not in note(case, "auto", "miao")
    said = told(case, "auto", "exposure|miao")
    assert "没有到过苗某的账户" in said
    assert "×0%" not in said


def test_her_own_fault_relieves_nobody_who_acted_with_intent(lab):
    """A and C knew, the fraudster meant it: 1173 reduces nothing, by shares neither."""
    turn(lab, mode="several")
    turn(lab, fault_victim=0.3)
    assert "是故意，不因受害人的过失减轻责任（第1173条，通说）" in row(lab, "C")["still"]
