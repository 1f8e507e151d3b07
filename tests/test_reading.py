"""The questions a reader is asked before and after a lesson (`tests/reading/`): keys that hold."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from simlib import compare, decide, load_case
from simlib.lessons.reader import lesson_of

ASKED = {p.stem: tomllib.loads(p.read_text("utf-8"))["questions"]
         for p in sorted(Path(__file__).with_name("reading").glob("*.toml"))}  # fmt: skip


def key(lesson: str, number: int) -> str:
    """The right answer's words to a question, counted from 1."""
    question = ASKED[lesson][number - 1]
    return question["options"][question["right"]]


@pytest.mark.parametrize("lesson", ["01", "04", "06"])
def test_ten_questions_each_with_one_right_answer_and_no_option_twice(lesson):
    """No letter is right in more than half of them: who guesses one letter learns nothing."""
    asked = ASKED[lesson]
    assert len(asked) == 10
    for question in asked:
        options = question["options"]
        assert question["right"] in options
        assert len(set(options.values())) == len(options) >= 3
    rights = [question["right"] for question in asked]
    assert max(map(rights.count, rights)) <= 5


def test_the_amounts_of_lesson_01_are_the_engines():
    """Where parts cannot be told: 25000 ÷ 2 = 12500 by share; no gain changes nothing in force."""
    case = load_case("2024-lu-0302-5690")
    several = compare(case.at("undeterminable"), ("several",))["several"]
    assert several.parties["zhang"].exposure_fen == int(key("01", 7)) * 100
    poor = case.set({"zhang.gain_direct_fen": 0})
    owed = {decide(each, "auto").parties["zhang"].exposure_fen for each in (case, poor)}
    assert (owed, key("01", 3)) == ({25_000_00}, "不变")


def test_the_amounts_of_lesson_04_are_the_engines():
    """Everybody rich: 25000 once. Released with a part of 6250 and 3000: 23000 − 18750 = 4250."""
    case = load_case("fix-1")
    rich = case.set({f"{who}.assets_fen": None for who in "PAC"})
    assert decide(rich, "joint").received_fen == int(key("04", 1)) * 100
    part = decide(case, "joint").parties["A"].burden_fen
    released = case.set({"A.released": True})
    lost = decide(case, "joint").received_fen - decide(released, "joint").received_fen
    assert part == int(key("04", 5)) * 100
    assert decide(case, "joint").unrecovered_fen == 2_000_00
    assert (lost, key("04", 6)) == (4_250_00, "3000元与6250元之间")


def test_the_amount_of_lesson_06_is_the_engines():
    """500000 lost, 30000 of it straight into his card, he knew: the whole, unless flow caps him."""
    case = load_case("hypo-chain").set(lesson_of("chain").changes(("part",)))
    whole = decide(case, "auto", rules={"flow_cap": "below_knowing"})
    assert whole.parties["gao"].exposure_fen == int(key("06", 5)) * 100
    held = decide(case, "auto", rules={"flow_cap": "below_concert"})
    assert held.parties["gao"].exposure_fen == 30_000_00
