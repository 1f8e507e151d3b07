"""`simlib exercises`: sets on paper, keys for the instructor, the same as JSON."""

from __future__ import annotations

import json

import pytest

from simlib.exercise import draw, names
from simlib.worksheet import sheet, solution


def test_questions_without_keys(run):
    """Facts and questions of every exercise; no answer, no slip, room to write."""
    code, out, err = run("exercises case --seed 35")
    assert (code, err) == (0, "")
    for name in names("case"):
        for text in sheet(draw("case", name, 35), "zh")["facts"]:
            assert text in out
    assert "变式编号 35" in out
    assert "答：________ 元" in out
    assert "答案：" not in out
    assert "常见错法" not in out
    assert "参考" not in out


def test_keys_with_reasons_and_articles(run):
    """What a teacher needs: key, why, articles, usual slips, the other view."""
    out = run("exercises liability --seed 42 --key")[1]
    for said in (
        "答案：10625元",
        "理由：乙已付20000元，现在要承担9375元，超出10625元",
        "依据：《民法典》第519条第2款；《民法典》第519条第3款",
        "常见错法：16250元",
        "（错在「追偿」）",
        "【另一种观点】",
    ):
        assert said in out
    out = run("exercises liability --seed 42 --key --lang en")[1]
    for said in ("Key: CNY 10,625", "Usual slip: CNY 16,250", "[The other view]"):
        assert said in out


def test_several_sets(run):
    """`--count 3` gives the next two numbers as well."""
    out = run("exercises case --seed 7 --count 3")[1]
    assert [out.count(f"变式编号 {seed}\n") for seed in (6, 7, 8, 9, 10)] == [0, 4, 4, 4, 0]


def test_json(run):
    """One object; solutions only with `--key`."""
    code, out, _ = run("exercises liability --seed 42 --json")
    found = json.loads(out)
    assert code == 0
    assert (found["schema"], found["topic"], found["lang"]) == (
        "simlib.exercises/1",
        "liability",
        "zh",
    )
    one = draw("liability", "recourse", 42)
    assert sheet(one, "zh") in found["exercises"]
    found = json.loads(run("exercises liability --seed 42 --json --key")[1])
    given = next(e for e in found["exercises"] if e["name"] == "recourse")["solution"]
    assert given == json.loads(json.dumps(solution(one, "zh")))
    assert [step["key"] for step in given["steps"]] == [
        375_000, 937_500, 1_062_500, 562_500, "behind",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("exercises liabilty", "perhaps liability was meant"),
        ("exercises case --seed -1", "there is no variant -1; choose a whole number from 0 to"),
        ("exercises case --seed 999999 --count 2", "there is no variant 1000000"),
        ("exercises case --count 0", "0 is not a number of sets we print at once"),
        ("exercises case --count 201", "choose a whole number from 1 to 200"),
    ],
)
def test_wrong_input_says_what_and_what_to_do(run, line, said):
    """Exit 1, one message on standard error, nothing on standard output."""
    code, out, err = run(f"{line} --lang en")
    assert (code, out) == (1, "")
    assert said in err
    assert run(line)[0] == 1


@pytest.mark.parametrize("line", ["exercises", "exercises case --seed x", "exercises case more"])
def test_wrong_usage_exits_2(run, line):
    """A command line that cannot be understood shows how it is written."""
    code, out, err = run(line)
    assert (code, out) == (2, "")
    assert err.startswith("用法：")


def test_help(run):
    """In the reader's language."""
    code, out, _ = run("exercises --help")
    assert (code, "变式编号" in out, "options:" in out) == (0, True, False)
    assert "variant number" in run("exercises --help --lang en")[1]
