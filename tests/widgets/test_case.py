"""Lesson 01's lab without a browser: knobs write facts, the answer comes from the engine."""

import datetime

import pytest
from telling import opens, tell

from simlib import compare, decide, load_case
from simlib.case import shipped_cases
from simlib.interval import Interval
from simlib.lessons.case import outcomes
from simlib.lessons.case.outcomes import FORMS, still_key
from simlib.lessons.outcome import Say
from simlib.text import LANGS, words
from simlib.widgets.case import CaseLab, rulings

REAL = "2024-lu-0302-5690"


@pytest.fixture
def lab():
    """An opened lab in Chinese."""
    return opens(CaseLab("zh"))


def turn(lab, **wishes):
    """Move knobs as a reader does: through the stage's wishes."""
    asked = dict(lab.view.asked)
    for name, value in wishes.items():
        asked[name] = [asked.get(name, [0])[0] + 1, value]
    lab.view.asked = asked


def row(lab, id):
    """A row of the board as the page has it."""
    return next(each for each in lab.view.board["rows"] if each["id"] == id)


def test_a_form_in_force_for_one_alone_is_said_to_be_so():
    """hypo-pieces, all sued: Han answers by shares, Cao and the platform jointly.

    She receives 34 395.88 and not the 17 486.64 of the row. hypo-tech: the cloud company answers by
    shares beside a helper who is joint.
    """
    for case, party, row, who in (
        (load_case("hypo-pieces").at("all-sued"), "han", "several", "韩某"),
        (load_case("hypo-tech"), "keji", "joint", "某科技公司"),
    ):
        found = outcomes.solve(case, {}, "zh", party)
        assert found.fen("auto", "received") != found.fen(row, "received")
        note = outcomes.line(found, row, None, Say("case", "zh")).note
        assert note.startswith(f"现行法对{who}现在就是这一形态，对别人不全是")


@pytest.mark.parametrize(
    ("knob", "value", "changes"),
    [
        ("grade", "slight", {"zhang.grade": "slight"}),
        ("gain", 500, {"zhang.gain_direct_fen": 50_000}),
        ("cause", 0.6, {"zhang.causal_force": 0.6}),
        ("weight", 0.8, {"zhang.fault": 0.8}),
        ("undeterminable", True, {"undeterminable": True}),
        ("limit", 0.4, {"zhang.limit": 0.4}),
        ("court_share", 0.1, {"zhang.court_share": 0.1}),
        ("assets", 3_000, {"zhang.assets_fen": 300_000}),
        ("principal_sued", True, {"principal.sued": True}),
        ("victim_fault", 0.2, {"zhao.fault": 0.2}),
        ("proof_fault", 0.5, {"zhang.proof.fault": 0.5}),
    ],
)
def test_a_knob_writes_its_fact_and_the_engine_answers(lab, knob, value, changes):
    """What the lab shows after a knob is what `compare` gives on the changed case."""
    turn(lab, **{knob: value})
    wanted = compare(load_case(REAL).at("found").set(changes), FORMS)
    assert {m: o.received_fen for m, o in lab.outcomes.items()} == {
        m: o.received_fen for m, o in wanted.items()
    }
    assert lab.view.values[knob] == value


def test_two_knobs_by_hand(lab):
    """f = .8: several from 0 to .8/1.8 of 25 000, 11 111.11; with c = .6 .48/1.48, 8 108.11."""
    assert lab.outcomes["several"].received_fen == Interval(0, 1_250_000)
    turn(lab, weight=0.8)
    assert lab.outcomes["several"].received_fen == Interval(0, 1_111_111)
    turn(lab, cause=0.6)
    assert lab.outcomes["several"].received_fen == 810_811


def test_a_finding_that_shares_cannot_be_determined_is_a_switch(lab):
    """1172, second half: equal parts, 12 500, whatever is known of fault and causal force."""
    turn(lab, undeterminable=True)
    assert lab.outcomes["several"].received_fen == 1_250_000
    assert lab.view.tags["undeterminable"][0] == "assumed"
    turn(lab, cause=0.6, weight=0.8)
    assert lab.outcomes["several"].received_fen == 1_250_000
    assert "难以确定" in lab.still["several"]


def test_a_share_at_the_courts_discretion_holds_her_own_fault_already(lab):
    """渭南 states no percentage: 0 to 25 000; .1 of 25 000 is 2 500, and 1173 takes no more."""
    assert lab.outcomes["discretionary"].received_fen == Interval(0, 2_500_000)
    turn(lab, court_share=0.1)
    assert lab.outcomes["discretionary"].received_fen == 250_000
    assert lab.outcomes["several"].received_fen == Interval(0, 1_250_000)
    assert "不使用酌定的比例" in lab.still["joint"]
    turn(lab, weight=0.8)
    assert "法院酌定比例时已经考虑过错" in lab.still["discretionary"]
    turn(lab, undeterminable=True)
    assert "不适用平均承担" in lab.still["discretionary"]
    turn(lab, victim_fault=0.2)
    assert lab.outcomes["discretionary"].received_fen == 250_000


def test_where_an_element_is_not_proved_other_knobs_move_nothing(lab):
    """Causation proved to .5: the law in force dismisses; a stated causal force is no answer."""
    turn(lab, proof_causation=0.5)
    assert lab.outcomes["auto"].received_fen == 0
    turn(lab, cause=0.6)
    assert "判决驳回" in lab.still["auto"]


def test_the_reasons_of_a_joint_mode_say_that_1169_is_not_made_out(lab):
    """A warning under the mode's name, before its definition."""
    turn(lab, grade="slight")
    lab._asked("joint||")
    warned = lab.view.drawer["html"].partition("怎么算：")[0]
    assert "不成立第1169条" in warned
    assert "simlib-warn" in warned


def test_a_bar_that_stands_still_says_why(lab):
    """Gain moves only what reckons with gain; the others name the reason."""
    turn(lab, gain=500)
    assert "benefit_cap" not in lab.still
    assert "不是" in lab.still["joint"]
    assert row(lab, "joint")["still"] == lab.still["joint"]
    assert row(lab, "benefit_cap")["changed"]


def test_grade_stands_still_for_the_models_own_reason(lab):
    """Fault is no term of risk–benefit; in part-liability it works through k."""
    turn(lab, undeterminable=True)
    turn(lab, grade="gross")
    assert "过错等级不是这一模型的计算项" in lab.still["risk_benefit"]
    assert "k 没有变" in lab.still["partial_joint"]
    grade = next(item for item in lab.view.spec if item["id"] == "grade")
    assert "由帮信罪判决推得" in grade["help"]


def test_back_to_open_is_a_band_again(lab):
    """A reader can take a fact back to 未查明."""
    turn(lab, gain=500)
    turn(lab, gain=None)
    assert lab.outcomes["benefit_cap"].received_fen == Interval(0, 2_500_000)


def test_reset_one_and_reset_all(lab):
    """One knob alone, then every change, returns to the position."""
    turn(lab, gain=500, limit=0.4)
    lab._pressed("reset:gain")
    assert set(lab.state.changes) == {"zhang.limit"}
    lab._pressed("reset:")
    assert lab.state.changes == {}


def test_a_fact_the_reader_set_is_marked_as_assumed(lab):
    """Under the number it says whose fact it is."""
    turn(lab, gain=500)
    assert lab.view.tags["gain"][0] == "assumed"
    lab._asked("benefit_cap|exposure|zhang")
    assert 'data-kind="assumed"' in lab.view.drawer["html"]


def test_a_fact_set_back_is_the_files_own_again(lab):
    """Knowing is what the file says: who returns to it assumes nothing."""
    before = lab.view.tags["grade"]
    assert before[1] == "论文所载"
    lab._change({"changes": {"zhang.grade": "gross", "zhang.fault": None}})
    assert lab.view.tags["grade"] == ("assumed", "假设（你的设定）", True)
    lab._change({"changes": {"zhang.grade": "knowing", "zhang.fault": None}})
    assert lab.view.tags["grade"] == before
    assert "grade" not in lab.now.case.party("zhang").kinds


def test_what_only_a_commentary_tells_is_not_found(lab):
    """The twin's gain is no finding of a court; its appeal is not called several."""
    lab._chosen({"case": "hengnan-hengyang"})
    assert lab.view.tags["gain"][:2] == ("stated", "评析所载")
    court = next(row for row in lab.view.board["rows"] if row["id"] == "court")
    assert court["note"] == "酌情改判10%；据律师评析转述，未称「按份」"


def test_a_link_brings_back_the_whole_state(lab):
    """Another lab, opened by the text of the link, shows the same."""
    lab._chosen({"position": "assumed"})
    turn(lab, gain=700, proof_fault=0.5)
    lab._asked("several|share|zhang")
    other = CaseLab("en", link=lab.state.to_text())
    assert other.restored
    for name in other.state.FIELDS:
        assert getattr(other.state, name) == getattr(lab.state, name)


@pytest.mark.parametrize(
    "text", ["", "%%%", "AAAA", "x" * 9_000, "eJyrVspMUbIy1FFKLkpNLFGyqlYqS8wpTVWyMqitBQBrNwhF"]
)
def test_a_broken_link_opens_the_lab_as_new(text):
    """No text in an address can keep the lab from opening."""
    lab = CaseLab("zh", link=text or "!")
    assert lab.restored is False
    assert "无法识别" in lab.view.notice


def test_a_link_cannot_open_a_file():
    """Only shipped cases can be named: a path in a link is refused."""
    lab = CaseLab("zh")
    lab.state.case_id = "../../etc/passwd"
    assert CaseLab("zh", link=lab.state.to_text()).restored is False


@pytest.mark.parametrize(
    "field",
    [
        {"selected": ["no-such-mode", "exposure", "zhang"]},
        {"selected": ["joint"]},
        {"committed": {"norm": "no-such-law:1", "document": "judgment", "amount_fen": 1}},
        {"committed": {"norm": "civil-code:1165", "document": "letter", "amount_fen": 1}},
        {"committed": {"norm": "civil-code:1165", "document": "judgment", "amount_fen": "much"}},
        {"changes": {"zhang.minor": True}},
        {"changes": {"acted_on": "yesterday"}},
    ],
)
def test_link_with_an_impossible_state_opens_as_new(field):
    """A well-made text can still say nonsense, or what the law in force refuses."""
    lab = CaseLab("zh")
    for name, value in field.items():
        setattr(lab.state, name, value)
    other = CaseLab("zh", link=lab.state.to_text())
    assert other.restored is False
    assert other.state.case_id == REAL
    assert "无法识别" in other.view.notice


def test_the_notice_of_a_broken_link_goes_with_the_next_case():
    """It belongs to the opening, the reader's answer included, not to every case chosen later."""
    lab = CaseLab("zh", link="!")
    opens(lab)
    assert "无法识别" in lab.view.notice
    lab._chosen({"case": "fix-1"})
    assert lab.view.notice == ""


def test_markup_in_a_link_is_refused_or_escaped(lab):
    """A selected name that is HTML never reaches the page."""
    lab.state.selected = ["several", "<img src=x onerror=alert(1)>", "zhang"]
    other = CaseLab("zh", link=lab.state.to_text())
    assert "<img" not in other.view.drawer["html"] + str(other.view.board)


@pytest.mark.parametrize("name", shipped_cases())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_case_opens_and_every_number_has_its_reasons(name, lang):
    """Each number of each row is explained, in both languages."""
    lab = opens(CaseLab(lang))
    lab._chosen({"case": name})
    for each in lab.view.board["rows"]:
        for cell in each["cells"].values():
            tell(lab.view, {"say": cell["say"]})
            assert lab.view.drawer["say"] == cell["say"]
            assert lab.view.drawer["title"]
            assert len(lab.view.drawer["html"]) > 20
    for position in load_case(name).positions:
        lab._chosen({"position": position.id})
        assert lab.view.notice == ""


def test_the_late_statute_is_said_in_words(lab):
    """反诈法46 was not in force on 2022-10-05, and the page says so and why it changes nothing."""
    assert "2022年12月1日" in lab.ruled.html
    assert "结论不变" in lab.ruled.html


def with_ruling(**facts):
    """The real case with what its court cited, or the day on which it ruled, changed."""
    case = load_case(REAL)
    ruling = case.rulings[0].model_copy(update=facts)
    return case.model_copy(update={"rulings": (ruling,)})


@pytest.mark.parametrize("lang", LANGS)
def test_a_ruling_may_cite_what_the_course_does_not_hold(lang):
    """Named by law and number where the law is known, by its id where it is not; no text."""
    case = with_ruling(cites=("civil-code:1179(1)", "marriage-law:3", "civil-code:1165"))
    shown = rulings.rulings(case, lang)
    named = ("《民法典》第1179条第1款", "未收录") if lang == "zh" else ("1179(1)", "not held")
    assert all(part in shown for part in (*named, "marriage-law:3"))
    assert shown.count("<details") == 1


def test_a_rulings_articles_are_those_of_its_own_day():
    """Tort Interpretation (I) begins on 2024-09-27: a court of June 2024 could not apply it.

    The case itself was decided on 2024-11-01, when it was in force.
    """
    early, late = datetime.date(2024, 6, 1), datetime.date(2024, 11, 1)
    cites = ("tort-interpretation-1:12",)
    shown = {on: rulings.rulings(with_ruling(cites=cites, on=on), "zh") for on in (early, late)}
    assert "尚未施行" in shown[early]
    assert "尚未施行" not in shown[late]


def test_a_late_statute_that_is_no_reference_is_named():
    """An act of 2020 under the Civil Code of 2021: the page names 1165, not 反诈法46."""
    case = with_ruling(cites=("civil-code:1165",))
    shown = rulings.rulings(case.model_copy(update={"acted_on": datetime.date(2020, 5, 1)}), "zh")
    assert "《民法典》第1165条在行为之日（2020年5月1日）尚未施行" in shown
    assert "反电信网络诈骗法" not in shown


def test_rulings_without_numbers_stay_without_numbers(lab):
    """江门 and 渭南 appear by outcome only."""
    assert "全额赔偿；所见来源没有载明金额" in lab.reported.html
    assert "所见转载部分没有载明比例" in lab.reported.html


def test_the_files_to_save_are_the_engines(lab):
    """The data file is the outcomes' own JSON."""
    import json

    saved = json.loads(lab.file("json")["text"])
    assert saved["several"]["received_fen"] == {"low": 0, "high": 1_250_000}
    assert saved["several"]["schema"] == "simlib.outcome/1"


def test_the_twins_numbers_have_their_reasons_too(lab):
    """The twin's benefit cap is 210 yuan; a click says how it was apportioned."""
    lab.twin._asked("benefit_cap|exposure|long")
    assert "210元" in lab.twin.reasons.html
    assert "10.00%" in lab.twin.reasons.html


def test_a_beside_b_by_hand(lab):
    """A with the finding that shares cannot be determined, B without it but with c = .6, f = .8.

    Several: .6 × .8 = .48 of .48 + 1 (the principal counts 1 × 1): 25 000 × .48 ÷ 1.48 = 8 108.11
    against the equal half, 12 500. Joint liability stands outwardly at 25 000; inwardly A has the
    half and B 8 108.11.
    """
    lab._chosen({"position": "undeterminable"})
    tell(lab.view, {"press": "keep"})
    turn(lab, undeterminable=False)
    turn(lab, cause=0.6)
    turn(lab, weight=0.8)
    several, joint = row(lab, "several")["cells"], row(lab, "joint")["cells"]
    assert several["exposure"]["low"] == several["exposure"]["high"] == 810_811
    assert several["exposure"]["kept"]["low"] == 1_250_000
    assert joint["exposure"]["kept"]["low"] == joint["exposure"]["low"] == 2_500_000
    assert (joint["burden"]["low"], joint["burden"]["kept"]["low"]) == (810_811, 1_250_000)
    assert "难以确定责任大小" in lab.view.board["kept"]


def test_undo_brings_back_the_readers_answer_with_his_case():
    """Another case opens without his answer; back again, his line is on the board again."""
    lab = CaseLab("zh")
    answer = {"norm": "civil-code:1165", "document": "judgment", "amount": 10_000}
    tell(lab.view, {"bet": answer})
    assert lab.view.board["answer"]["fen"] == 1_000_000
    lab._chosen({"case": "fix-1"})
    assert lab.view.board["answer"] is None
    assert lab.view.reveal == {}
    tell(lab.view, {"press": "undo"})
    assert lab.view.board["answer"]["fen"] == 1_000_000
    assert lab.view.bet["values"] == answer


def test_undo_takes_the_twin_along(lab):
    """The twin stands at the position of the case beside it."""
    lab._chosen({"position": "assumed"})
    title = lab.twin.title
    lab._pressed("undo")
    assert lab.twin.title != title
    lab._pressed("redo")
    assert lab.twin.title == title


@pytest.mark.parametrize(
    ("position", "rules", "said"),
    [
        ("exempt", {}, "exempt"),
        ("exempt", {"rb_exemption": "off"}, "open-range"),
        ("tailor-made", {}, "open-range"),
    ],
)
def test_a_bar_of_the_model_stands_still_for_its_own_reason(position, rules, said):
    """An exempt company's bar does not move with its gain, and not because a cap binds."""
    case = load_case("hypo-tech").at(position)
    outcome = decide(case, "risk_benefit", rules=rules)
    assert still_key("gain", outcome, "yun") == said
    direct = decide(case.set({"yun.direct": True}), "risk_benefit", rules | {"rb_base": "off"})
    floor = "exempt" if said == "exempt" else "floor-binds"
    assert still_key("gain", direct, "yun") == floor
    assert all(words("case", f"still.{key}", lang) for key in (said, floor) for lang in LANGS)


def test_why_her_own_fault_moves_nothing(lab):
    """Intent is not relieved (1173); where the claim is dismissed, that is the reason."""
    turn(lab, victim_fault=0.2)
    assert (
        row(lab, "joint")["still"]
        == "没有变：张某是故意，不因受害人的过失减轻责任（第1173条，通说）。"
    )
    turn(lab, proof_fault=0.5)
    turn(lab, victim_fault=0.3)
    assert row(lab, "auto")["still"] == "没有变：有要件没有得到证明，判决驳回诉讼请求。"
