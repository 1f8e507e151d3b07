"""Lesson 04's lab without a browser: means move collection, rules move modes, numbers by hand.

FIX-1: L 25 000; shares P .60, A .25, C .15; limits A .40, C .20; assets P 0, A 3 000, C 20 000.
"""

import pytest

from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.law.modes import mode_keys
from simlib.liability import MODES as ENGINE
from simlib.widgets.liability import LiabilityLab
from simlib.widgets.liability.apart import parting
from simlib.widgets.liability.forms import MODES


@pytest.fixture
def lab():
    """An opened lab in Chinese."""
    lab = LiabilityLab("zh")
    lab._committed("open")
    return lab


def turn(lab, **wishes):
    """Move knobs as a reader does; `assets_C` is the knob `assets:C`."""
    asked = dict(lab.form.asked)
    for name, value in wishes.items():
        knob = name if name in lab.knobs else name.replace("_", ":", 1)
        asked[knob] = [asked.get(knob, [0])[0] + 1, value]
    lab.form.asked = asked


def received(lab):
    """What the victim receives under the mode shown [yuan]."""
    return lab.outcomes[lab.state.chosen.get("mode", "joint")].received_fen / 100


def test_it_opens_on_joint_liability_by_hand(lab):
    """A 3 000 and C 20 000, 16 250 above his burden: of P and A by 15 000 : 3 250, behind her."""
    assert received(lab) == 23_000
    claims = lab.outcomes["joint"].parties["C"].recourse
    assert [(c.against, c.fen, c.kind, c.subordinate) for c in claims] == [
        ("P", 1_335_616, "insolvent", True),
        ("A", 289_384, "insolvent", True),
    ]


def test_c_alone_sued_is_a_position(lab):
    """C carries 9 375 and paid 20 000: 10 625 of A, and of P the 5 625 he carried for him."""
    lab._chosen({"position": "c-alone", "picture": "recourse"})
    assert received(lab) == 20_000
    assert "乙可以向甲追偿10625元（多付）" in lab.picture.description
    assert "乙可以向诈骗行为人追偿5625元（代为分担）" in lab.picture.description
    lab._asked("joint|recourse_share_A|C")
    assert "第519条第2款" in lab.reasons.html
    lab._asked("joint|carried|A")
    assert "15625元" in lab.reasons.html
    assert "第519条第3款" in lab.reasons.html


def test_the_parting_says_what_1169_does_not_carry(lab):
    """A gross: the curve of joint liability has it beside its name."""
    lab.state.changes = {"A.grade": "gross"}
    lab._refresh()
    lab._chosen({"picture": "parting"})
    assert "甲不成立第1169条" in lab.picture.description


def test_results_stay_shut_until_the_reader_answers():
    """Commit first; then the answer stands in the picture of the parting."""
    lab = LiabilityLab("zh")
    assert lab.play.children == (lab.locked,)
    lab.answer.values = {"at": 10_000, "payer": "P"}
    lab._committed("commit")
    assert lab.play.children != (lab.locked,)
    assert lab.state.committed == {"at_fen": 1_000_000, "payer": "P"}
    assert 10_000 in [s["x0"] for s in lab.picture.figure["layout"]["shapes"]]


def test_the_answer_is_met_with_the_engines():
    """They part at 3 750, C's share; C pays most, 20 000 on a share of 15 %."""
    lab = LiabilityLab("zh")
    lab.answer.values = {"at": 3_750, "payer": "C"}
    lab._committed("commit")
    assert "正是3750元" in lab.feedback.html
    assert "付得最多的是乙：20000元，尽管他的内部份额只是15%" in lab.feedback.html


@pytest.mark.parametrize(
    ("knob", "value", "changes"),
    [
        ("assets_P", 12_000, {"P.assets_fen": 1_200_000}),
        ("assets_C", None, {"C.assets_fen": None}),
        ("sued_C", False, {"C.sued": False}),
        ("limit_A", 0.6, {"A.limit": 0.6}),
        ("released_A", True, {"A.released": True}),
        ("victim_fault", 0.2, {"victim.fault": 0.2}),
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
    lab._chosen({"position": "principal-12000"})
    lab._chosen({"mode": "partial_joint", **rules})
    assert received(lab) == wanted


def test_the_threshold_is_a_cliff(lab):
    """θ .2: A joint (3 000), C his 3 750; θ .1: C's .15 is above it, so 23 000."""
    lab._chosen({"mode": "threshold", "threshold": 0.2})
    assert received(lab) == 6_750
    lab._chosen({"threshold": 0.1})
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
    lab._chosen({"position": position})
    lab._chosen({"mode": "partial_joint"})
    assert received(lab) == wanted
    assert "证券法自己的规定" in lab.about.html


def test_other_victims_come_first():
    """EXE-13: what Sun must repay others is taken off her 80 000 before this claim is paid."""
    lab = LiabilityLab("zh", case="hypo-payment")
    lab._committed("open")
    before = lab.outcomes["joint"].parties["sun"].paid_fen
    row = next(n for n, c in enumerate(load_case("hypo-payment").criminal) if c.party == "sun")
    turn(lab, **{f"others_{row}": 30_000})
    assert (before, lab.outcomes["joint"].parties["sun"].paid_fen) == (8_000_000, 5_000_000)


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
    assert "6750元" in lab.reasons.html


def test_means_move_only_the_last_layer(lab):
    """C from 20 000 to 10 000: he carries less; his exposure, share and burden stand still.

    Under several liability nobody carries anything for him: only what is collected moves.
    """
    turn(lab, assets_C=10_000)
    assert "变的是无力履行时的分担和执行" in lab.still["乙"]
    assert "没有变" in lab.still["甲"]
    lab._chosen({"mode": "several"})
    turn(lab, assets_C=1_000)
    assert "变的只是执行" in lab.still["乙"]


def test_a_mode_the_engine_refuses_is_taken_back(monkeypatch, lab):
    """The reader is told why, and the mode before stays."""
    import datetime

    from simlib.errors import OutOfScope
    from simlib.widgets.liability import decided

    day = datetime.date(2021, 1, 1)

    def refuse(case, mode, rules, **shared):
        if mode == "auto":
            raise OutOfScope("auto-out-of-dates", regime="law-in-force", day=day, since=day)
        return decide(case, mode, rules, **shared)

    monkeypatch.setattr(decided, "decide", refuse)
    lab._chosen({"mode": "auto"})
    assert lab.state.chosen == {}
    assert "simlib-warn" in lab.notice.html


def test_a_beside_b(lab):
    """Kept joint, shown several: the victim's row says 16 250 less."""
    lab._pressed("keep")
    lab._chosen({"mode": "several"})
    texts = [cell.text for cell in lab.drawing.rows[-1]]
    assert "−16250元" in texts


def test_undo_brings_mode_and_rule_back(lab):
    """Choices are undone like knobs."""
    lab._chosen({"mode": "threshold", "threshold": 0.1})
    lab._pressed("undo")
    assert lab.state.chosen == {}


def test_a_link_brings_back_the_whole_state(lab):
    """Mode, rule, picture, knob and question, in the other language."""
    turn(lab, assets_C=4_000)
    lab._chosen({"mode": "threshold", "threshold": 0.1, "picture": "every"})
    lab._asked("threshold|exposure|C")
    other = LiabilityLab("en", link=lab.state.to_text())
    assert other.restored
    for name in other.state.FIELDS:
        assert getattr(other.state, name) == getattr(lab.state, name)
    assert "CNY 7,000" in other.drawing.sentence


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
    """Each cell that can be asked about is explained, in all three pictures, in both languages."""
    lab = LiabilityLab(lang)
    lab._committed("open")
    lab._chosen({"case": name})
    for picture in ("every", "recourse", "parting"):
        lab._chosen({"picture": picture})
        asks = {part.split('"')[0] for part in lab.more.html.split('data-say="')[1:]}
        asks |= {cell.asks for row in lab.drawing.rows for cell in row if cell.asks}
        for said in sorted(asks):
            lab._asked(said)
            assert "simlib-mode" in lab.reasons.html
    for position in load_case(name).positions:
        lab._chosen({"position": position.id})
        assert lab.drawing.sentence


def test_the_files_to_save_are_the_engines(lab):
    """Every mode's outcome, as its own JSON."""
    import json

    saved = json.loads(lab.file("json")["text"])
    assert list(saved) == list(MODES)
    assert saved["several"]["received_fen"] == 675_000


def test_the_lesson_is_light(lab):
    """Figures are small: the three layers under 12 kB, the second picture too."""
    import json

    assert len(json.dumps(lab.chart.figure)) < 12_000
    assert len(json.dumps(lab.picture.figure)) < 12_000
