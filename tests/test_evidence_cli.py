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
