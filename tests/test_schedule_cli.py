"""`simlib schedule`: time lines in words and as JSON; a slip is one sentence, no traceback."""

from __future__ import annotations

import json

import pytest

from simlib import load_case
from simlib.procedure import REGIMES, schedule

REAL = "2024-lu-0302-5690"


@pytest.mark.parametrize("regime", REGIMES)
def test_json_is_the_schedule_s_own_record(run, regime):
    """The same record as in Python, for each regime, with a stable schema."""
    code, out, err = run(f"schedule {REAL} --regime {regime} --json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found == json.loads(json.dumps(schedule(load_case(REAL), regime).to_json()))
    assert found["schema"] == "simlib.schedule/1"


def test_without_a_regime_the_law_as_written_is_shown(run):
    """Three lines, the steps with their articles, and that no limit is a forecast."""
    code, out, _ = run(f"schedule {REAL}")
    assert code == 0
    assert "必要时中止" in out
    assert "《民事诉讼法》第153条" in out
    assert "最短" in out
    assert "通常" in out
    assert "最长" in out
    assert "不是预测" in out
    assert "不构成法律意见" in out
    assert "平均工资 = 100000元" in out  # an amount, not fen


def test_what_is_proved_is_said_of_each_defendant(run):
    """Feng's carelessness, Chen's own conviction, and that it does not name the claimant."""
    out = run("schedule hypo-account")[1]
    assert "冯某：没有他的生效刑事判决，原告自己的证据只够过失" in out
    assert "陈某：他自己的生效刑事判决认定明知" in out
    assert "陈某的刑事判决没有认定本案的受害人" in out
    assert "吴某：对他的起诉不予受理" in run("schedule hypo-tech")[1]


def test_days_and_switches_are_those_of_the_schedule(run):
    """By hand: in court at once 2023-05-01, seven days to register, three months simplified."""
    line = f"schedule {REAL} --regime parallel --switch proof=enough --sue-on 2023-05-01 --json"
    found = json.loads(run(line)[1])
    assert found["switches"]["proof"] == "enough"
    assert found["lines"]["ordinary"]["judged_on"] == "2023-08-08"


def test_a_claim_that_was_dismissed_brings_nothing(run):
    """No money, and not money without an end."""
    out = run(f"schedule {REAL} --regime parallel --switch proof=none")[1]
    row = next(line for line in out.splitlines() if line.startswith("通常"))
    assert row.split()[-1] == "没有"


def test_a_suspect_at_large_leaves_no_end(run):
    """Said in words where the day would stand, in both languages."""
    for lang, word in (("zh", "没有终点"), ("en", "no end")):
        out = run(f"schedule {REAL} --switch suspect=at_large --lang {lang}")[1]
        assert word in out


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("--sue-on 2023-13-01", "2023-13-01 不是日期"),
        ("--switch proof", "proof 不是有效的开关选择"),
        ("--switch proof=x", "开关取值"),
        ("--switch prof=none", "没有名为 prof 的开关"),
        ("--regime parallell", "是否想写 parallel"),
        ("--sue-on 2022-10-04", "早于"),
    ],
)
def test_a_slip_is_one_sentence_with_its_remedy(run, slip, said):
    """Exit 1, nothing on standard output."""
    code, out, err = run(f"schedule {REAL} {slip}")
    assert (code, out) == (1, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1
