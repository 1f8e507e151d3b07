"""What the opening tells of a case that is not the lesson's own."""

from telling import opens

from simlib import load_case
from simlib.figures.opening import tell_case
from simlib.widgets.case import CaseLab
from simlib.widgets.stage.opening import opening


def test_the_lessons_own_case_is_told_by_the_page():
    """Nothing replaces the opening that stands in the first bytes."""
    assert CaseLab("zh").view.frame["opening"] == {}


def test_another_case_tells_its_own_story():
    """闵某 lost 70 000 to 龙某's card; 赵某 and 张某 are not in that case."""
    lab = opens(CaseLab("zh"))
    lab.view.asked = {"case": [1, "hengnan-hengyang"]}
    told = lab.view.frame["opening"]
    assert told["title"] == "龙某要赔闵某多少？"
    assert "70000元" in told["picture"]
    assert not any("张某" in part for part in told.values())
    lab.view.asked = {"case": [2, "2024-lu-0302-5690"]}
    assert lab.view.frame["opening"] == {}


def test_a_case_without_summary_is_told_by_its_picture():
    """The picture's own sentence names who lost what to whom."""
    case = load_case("2024-lu-0302-5690")
    bare = case.model_copy(update={"summary": None})
    assert tell_case(bare).startswith("赵某的25000元转入张某的卡")
    assert opening(bare, "zhang", "case", "en")["title"] == "How much must Zhang pay Zhao?"
