"""On every board a range says in a line where its two ends come from; a number does not."""

import pytest
from staged import lessons, make
from telling import opens, tell

from simlib.text import LANGS

LINE = '<p class="stage-ends">'


def asked(lab):
    """What each cell of the board asks about → whether it is a range."""
    cells = [cell for row in lab.drawn.rows for cell in row.cells.values()]
    return {cell.say: cell.low != cell.high for cell in cells if cell.say}


def first_line(lab, cell):
    """The line at the head of the drawer of a cell; empty: there is none."""
    tell(lab.view, {"say": cell})
    html = lab.view.drawer["html"]
    return html.removeprefix(LINE).partition("</p>")[0] if html.startswith(LINE) else ""


def beginnings(lab):
    """What sets up each scene, as it begins and turned, and each task."""
    for scene in lab.scenes():
        yield from ({"scene": scene.id, "turned": turned} for turned in (False, True))
    yield from ({"task": task.id, "do": "start"} for task in lab.tasks())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("topic", lessons())
def test_every_range_on_a_board_says_where_its_ends_come_from(topic, lang):
    """In every scene and task; a court's order and a number say nothing of the kind."""
    lab = opens(make(topic, lang))
    for begins in beginnings(lab):
        tell(lab.view, begins)
        for cell, is_range in asked(lab).items():
            assert bool(first_line(lab, cell)) == is_range, (begins, cell)


def turned(topic, scene, lang="zh", **wishes):
    """The lab of a topic at a scene, with knobs moved one after another, the case first."""
    lab = opens(make(topic, lang))
    tell(lab.view, {"scene": scene})
    for name, value in wishes.items():
        lab.view.asked = dict(lab.view.asked) | {name: [1, value]}
    return lab


def test_lesson_00_names_the_number_nobody_published_and_the_play_of_chance():
    """Of 36 none or all may be rulings; 36 of 42: .7146 to .9457 (Clopper and Pearson, 1934)."""
    count, data = turned("start", "number"), turned("start", "data")
    assert first_line(count, "heard|files|").endswith(
        "裁定的件数（未查明）取最少和最多（0至36件）得出。"
    )
    assert first_line(data, "chance|share|").endswith("95%的精确区间的下限71.5%和上限94.6%。")


def test_lesson_02_says_it_of_the_money_that_passed_a_card():
    """He helped after the loss, and by carelessness: for a chance lost, of 5 % to 30 %."""
    lab = turned("fault", "burden", case="hypo-chain", party="luo")
    said = first_line(lab, "plaintiff.formal|exposure|")
    assert "罗某的丧失的追回机会（教学假设）" in said


def test_lesson_03_says_it_of_money_mixed_with_others():
    """What came to Xu's card was mixed: how much of it was the victim's is a range."""
    lab = turned("causation", "start", case="hypo-layers")
    assert "账户里混有别人的钱" in first_line(lab, "xu|passed|xu")


@pytest.mark.parametrize("form", [{"mode": "risk_benefit"}, {"mode_other": "discretionary"}])
def test_lesson_04_says_what_others_owe_of_one_who_pays_the_rest(form):
    """The fraudster owes all of 25000, and pays what is left of it: 0 to 25000, by their shares."""
    lab = turned("liability", "solvent", **form)
    line = first_line(lab, f"{next(iter(form.values()))}|paid|P")
    assert line.startswith("这是一段区间，两端由甲")


@pytest.mark.parametrize("wish", [{"grade": "none"}, {"push": 0}, {"direct": True}])
def test_lesson_05_says_it_where_the_share_itself_is_a_number(wish):
    """Without fault or force the share is 0 and a direct cause has a floor: scores stay ranges."""
    lab = turned("riskbenefit", "start", **wish)
    assert "未查明" in first_line(lab, "geometric|risk|zhang")
    for cell, is_range in asked(lab).items():
        assert bool(first_line(lab, cell)) == is_range, cell


def test_lesson_07_names_the_time_lines_and_the_means_nobody_found_out():
    """The first judgment comes after 5 months at the earliest, after 26 at the latest."""
    months = first_line(turned("procedure", "investigation"), "criminal_first|months|")
    assert months.endswith("5个月按最短的时间线，26个月按最长的时间线。")
    lab = turned("procedure", "assets", assets=None)
    assert first_line(lab, "criminal_first|money|").startswith("这段区间的低端：张某有多少财产")


def test_lesson_08_names_the_outcomes_whose_money_is_a_range():
    """She sues at once and shows carelessness alone: a share of 0 to 10294 less what is gone."""
    lab = turned("evidence", "wait", sue=0)
    line = first_line(lab, "parallel|money|")
    assert "再按机会平均得出" in line
    assert "机会" in line
