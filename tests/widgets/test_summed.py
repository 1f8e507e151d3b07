"""The sentences a class reads at the end stand alone: each names what its task was about."""

import re

import pytest
from staged import lessons, make
from telling import opens

from simlib.text import LANGS

# Whose amount, which day, which knob: what a class without the question before it must be told.
NAMED = {
    "start": {
        "rulings": ("36件", "裁定"),
        "sorting": ("驳回起诉", "驳回诉讼请求", "受理费", "上诉期"),
        "support": ("支持诉讼请求", "受理费", "上诉期"),
    },
    "case": {"grade": ("张某", "连带责任"), "gain": ("张某", "0元"), "insolvent": ("张某", "赵某")},
    "fault": {
        "unclear": ("真伪不明",),
        "advert": ("招聘广告", "原件", "推定过错", "原告举证", "事实推定"),
        "reading": ("第93条", "真伪不明", "相反的事实"),
    },
    "causation": {
        "either": ("高某的卡", "杜某", "「否」", "「是」"),
        "substitute": ("高某", "杜某"),
        "promise": ("罗某",),
    },
    "liability": {
        "once": ("连带责任", "乙的财产"),
        "share": ("连带", "按份", "乙"),
        "ends": ("甲也被诉", "乙现在支付", "最后由谁承受"),
    },
    "riskbenefit": {
        "fill": ("四个数", "张某的份额"),
        "base": ("责任基准", "20%", "10%", "龙某的份额"),
        "grade": ("明知", "一般过失", "份额"),
    },
    "chain": {
        "second": ("早到一秒", "返还"),
        "liable": ("后进先出", "何某", "马某"),
        "more": ("先进先出", "李某", "陈某", "何某"),
    },
    "procedure": {
        "enough": ("第153条", "默认的读法", "没有终点"),
        "early": ("第1个月", "刑民并行"),
        "wait": ("保全", "第1个月", "第12个月"),
    },
    "evidence": {
        "reply": ("第187天", "第140天", "聊天记录"),
        "preserve": ("第182天", "第160天", "保全", "先刑后民", "依法中止", "刑民并行", "刑民协同"),
        "forged": ("存证前就伪造", "截图"),
    },
}
# Words that point at a board or a list which is not there any more.
POINTS_AT = {
    "zh": r"一行|[两三四五]行|以外的|^一个|其余四项|^都是|^大约|^份额不变",
    "en": r"\brows?\b|^In all but|^Not at all|^It is|^One is|^Both are|\bnone:",
}


@pytest.mark.parametrize("topic", [*lessons()])
def test_what_a_task_comes_to_names_what_it_was_about(topic):
    """Beside the other sentences of the summary nothing else says it."""
    lab = opens(make(topic))
    told = dict(zip((task.id for task in lab.play.tasks), lab.play.sums, strict=True))
    assert set(told) == set(NAMED[topic])
    lacking = {id: [w for w in words if w not in told[id]] for id, words in NAMED[topic].items()}
    assert not any(lacking.values()), lacking


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("topic", [*lessons()])
def test_what_a_task_comes_to_points_at_nothing_unseen(topic, lang):
    """No row of a board, and no answer whose question is not there."""
    sums = opens(make(topic, lang)).play.sums
    assert [told for told in sums if re.search(POINTS_AT[lang], told)] == []
