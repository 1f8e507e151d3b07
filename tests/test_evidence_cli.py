"""`simlib evidence`: a trail in words and as JSON; a slip is one sentence, no traceback."""

from __future__ import annotations

import json
import re

import pytest

from simlib import load_case
from simlib.evidence import levers_of, trail
from simlib.procedure import REGIMES

REAL = "2024-lu-0302-5690"


@pytest.mark.parametrize("regime", REGIMES)
def test_json_is_the_trail_s_own_record(run, regime):
    """The same record as in Python, with every option."""
    line = f"evidence {REAL} --regime {regime} --reply request_3d --place province --police collect"
    code, out, err = run(f"{line} --refuses --mandatory --json")
    assert (code, err) == (0, "")
    case = load_case(REAL)
    found = trail(case, regime, reply="request_3d", place="province", police="collect",
                  refuses=True, levers=levers_of(case))  # fmt: skip
    assert json.loads(out) == json.loads(json.dumps(found.to_json()))


def test_what_is_shown_without_options(run):
    """The law as written: what is there, what it proves, what is law and what a proposal."""
    code, out, _ = run(f"evidence {REAL}")
    assert code == 0
    for said in ("必要时中止", "聊天记录（教学假设：案件文件没有记载）", "2023年4月3日",
                 "93%", "超过99%", "按其法律效力计入",
                 "《网络安全法》第21条第1款第3项", "都是教学假设", "不构成法律意见"):  # fmt: skip
        assert said in out
    assert not re.search(r"\.\d+%", out)  # an assumption has no decimals


def test_preservation_by_hand(run):
    """Asked for on 10 October 2022, ruled within forty-eight hours, on the twelfth: day 7, on which
    exp(−.002 · 7) = .9861 of chats are still there."""
    line = f"evidence {REAL} --regime parallel --preserve-on 2022-10-10 --json"
    found = json.loads(run(line)[1])
    chat = next(p for p in found["pieces"] if p["kind"] == "chat")
    assert (chat["secured_on"], chat["secured_by"]) == ("2022-10-12", "preservation")
    assert round(chat["chance"], 4) == 0.9861


def test_the_two_forty_eight_hours_are_told_apart(run):
    """A preservation rests on the law, a platform's reply on the paper."""
    line = f"evidence {REAL} --preserve-on 2022-10-10 --reply platform_48h --json"
    chat = next(p for p in json.loads(run(line)[1])["pieces"] if p["kind"] == "chat")
    steps = {step["key"]: step for step in chat["steps"]}
    assert steps["preserved"]["basis"] == "law in force"
    assert "civil-procedure-law:103(3)" in steps["preserved"]["cites"]  # she has sued already
    assert steps["answered"]["basis"] == "reform proposal"
    assert steps["answered"]["cites"] == ["paper:platform-48-hours"]


@pytest.mark.parametrize("option", ["--reply soon", "--place moon", "--police no", "--regime x",
                                    "--preserve-on someday", "--sue-on 2020-01-01",
                                    "--preserve-on 2020-01-01", "--switch a"])  # fmt: skip
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_slip_is_one_sentence(run, option, lang):
    """What does not exist is named, without a traceback."""
    code, out, err = run(f"evidence {REAL} {option} --lang {lang}")
    assert code in (1, 2)
    assert out == ""
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def outcome_rows(out):
    """The rows of the table of outcomes, each split into its cells."""
    lines = out.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("审判时  ")) + 2
    return [re.split(r" {2,}", row) for row in lines[start : lines.index("", start)]]


def test_outcomes_alike_in_all_that_is_shown_are_one_row(run):
    """The criminal judgment proves knowledge whatever survived: one row of 100 %, not three."""
    for regime in REGIMES:
        rows = outcome_rows(run(f"evidence {REAL} --regime {regime}")[1])
        shown = [(row[0], *row[2:]) for row in rows]
        assert len(set(shown)) == len(shown)
    rows = outcome_rows(run(f"evidence {REAL} --regime criminal_first")[1])
    assert rows == [["足以证明明知", "100%", "判决书", "2023年6月29日", "25000元"]]


def test_a_judgment_in_part_has_two_days_and_two_amounts(run):
    """Negligence alone gives the share of negligence on that day; the rest comes with knowledge,
    after the criminal case. Together they are what the outcome brings."""
    rows = outcome_rows(run(f"evidence {REAL}")[1])
    part = next(row for row in rows if "先行判决书" in row)
    first, rest = (re.findall(r"(\d[\d.]*)元", cell) for cell in part[4].split("；"))
    assert "余下" in part[3]
    assert part[3].count("年") == 2
    assert "25000" not in first[0]
    found = json.loads(run(f"evidence {REAL} --json")[1])
    one = next(o for o in found["outcomes"] if o["document"] == "partial_judgment")
    first, rest = one["instalments"]
    assert (first["on"], rest["on"]) == ("2023-01-12", "2023-06-22")
    assert first["fen"]["low"] + rest["fen"]["high"] == one["received_fen"] == 2_500_000
    assert first["fen"]["high"] + rest["fen"]["low"] == one["received_fen"]
