"""Lesson 04's lab without a browser: means move collection, rules move modes, numbers by hand.

FIX-1: L 25 000; shares P .60, A .25, C .15; limits A .40, C .20; assets P 0, A 3 000, C 20 000.
"""

import datetime
import json

import pytest
from telling import opens, tell

from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.errors import OutOfScope
from simlib.law.modes import mode_keys
from simlib.liability import MODES as ENGINE
from simlib.widgets.liability import LiabilityLab, decided
from simlib.widgets.liability.apart import parting
from simlib.widgets.liability.scenes import SCENES
from simlib.widgets.liability.settings import MODES, SHOWN, mode_of


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
    """Choose a picture of the module below."""
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


def test_it_opens_on_joint_liability_by_hand(lab):
    """A 3 000 and C 20 000, 16 250 above his burden: of P and A by 15 000 : 3 250, behind her."""
    assert rows(lab) == {
        "P": {"exposure": "25000", "burden": "15000", "paid": "0"},
        "A": {"exposure": "25000", "burden": "6250", "paid": "3000"},
        "C": {"exposure": "25000", "burden": "3750", "paid": "20000"},
        "victim": {"burden": "0", "paid": "2000"},
    }
    assert lab.view.board["large"]["text"] == "23000元"
    assert "多分担16250元；可以追偿16250元，劣后于受害人" in row(lab, "C")["note"]
    tell(lab.view, {"say": "joint|paid|C"})
    assert "向诈骗行为人追偿13356.16元（代为分担）" in lab.view.drawer["html"]
    assert "向甲追偿2893.84元" in lab.view.drawer["html"]


def test_burdens_add_up_to_the_damages_and_payments_to_the_claim(lab):
    """The victim's own fault .2: 5 000 of his own, 20 000 of theirs (1173)."""
    turn(lab, victim_fault=0.2)
    for column, total in (("burden", 25_000), ("paid", 20_000)):
        assert sum(int(cells[column]) for cells in rows(lab).values()) == total
    tell(lab.view, {"say": "joint|claim|"})
    assert "第1173条减轻20%" in lab.view.drawer["html"]


def test_several_is_doctrine_and_dashed_for_those_who_knew(lab):
    """The fraudster for the whole, A and C by shares, though 1169 makes them joint: supposed."""
    turn(lab, mode="several")
    assert [row(lab, id)["authority"] for id in "PAC"] == ["doctrine"] * 3
    assert [bool(row(lab, id)["ghost"]) for id in "PAC"] == [False, True, True]
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


@pytest.mark.parametrize("mode", ["benefit_cap", "threshold", "several"])
def test_article_519_3_is_named_only_where_somebody_carries_for_another(lab, mode):
    """Gain caps, a threshold of .5 and shares: P can pay nothing, yet nobody carries for him."""
    turn(lab, **({"mode": mode} if mode == "several" else {"mode_other": mode}))
    assert not any("519" in each["note"] for each in lab.view.board["rows"])


def test_c_alone_sued_is_a_position(lab):
    """C carries 9 375 and paid 20 000: 10 625 of A, and of P the 5 625 he carried for him."""
    place(lab, "c-alone")
    draw(lab, picture="recourse")
    assert received(lab) == 20_000
    assert "乙可以向甲追偿10625元（多付）" in lab.picture.description
    assert "乙可以向诈骗行为人追偿5625元（代为分担）" in lab.picture.description
    assert "没有被诉；依第519条第3款多分担9375元" in row(lab, "A")["note"]


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

    monkeypatch.setattr(decided, "decide", refuse)
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
    """The board is plain data under 12 kB, the picture below too."""
    assert len(json.dumps(lab.view.board)) < 12_000
    assert len(json.dumps(lab.picture.figure)) < 12_000


# ---------------------------------------------------------------- scenes and tasks


@pytest.mark.parametrize(
    ("scene", "said"),
    [
        # 25 000 of each; 15 000, 6 250, 3 750; A 3 000, C 20 000, open 2 000
        ("start", ["每个人请求25000元", "负担15000元", "收到23000元", "未受偿2000元"]),
        # all able: by shares, under both forms
        ("solvent", ["都是25000元", "15000元", "6250元", "3750元"]),
        # 15 000 of P by 25:15 are 9 375 and 5 625; A 15 625, C 9 375; 20 000 - 9 375 = 10 625
        ("recourse", ["承担15625元", "承担9375元", "10625元", "5625元", "还差5000元"]),
        # 25 000 - 6 250 = 18 750, which C can pay; 23 000 - 18 750 = 4 250
        ("release", ["由23000元变为18750元", "少4250元", "份额6250元"]),
        # 12 000 + 3 000 + 5 000; 12 000; 12 000 + 3 000 + 5 000 × 13/25 = 17 600
        ("caps", ["收到20000元", "只收到12000元", "按比例：17600元"]),
    ],
)
def test_a_scenes_answer_is_worked_out_by_hand(lab, scene, said):
    """Each number of the answers."""
    tell(lab.view, {"scene": scene})
    assert [part for part in said if part not in lab.view.scene["answer"]] == []


@pytest.mark.parametrize(("task", "right"), [("once", 1), ("share", 1), ("release", 2)])
def test_what_is_right_in_a_task(lab, task, right):
    """25 000 and no more; only outward; between 3 000 and 6 250 (4 250)."""
    found = next(each for each in lab.tasks() if each.id == task)
    assert found.answer(*lab.play.ends(found)) == found.options[right]


def test_scenes_stand_on_the_lessons_own_case():
    """Every row and main knob they name is there."""
    lab = LiabilityLab("zh")
    people = {party.id for party in load_case("fix-1").parties}
    for scene in SCENES:
        assert set(scene.rows) <= people
        assert set(scene.knobs) <= set(lab.knobs)
