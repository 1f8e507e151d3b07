"""The command line: words, JSON, exit codes; never a traceback for what a reader did."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import simlib
from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.cli import main
from simlib.cli.report import table, width
from simlib.explain import face
from simlib.resources import shelf
from simlib.resources import table as words_of

REAL = "2024-lu-0302-5690"
BROKEN = str(Path(__file__).parent / "broken_cases" / "031-above-one.toml")


def test_cases_lists_every_shipped_case(run: object) -> None:
    """One line a case under two lines of heading, and the same as JSON."""
    code, out, _ = run("cases")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[2:]] == shipped_cases()
    code, out, _ = run("cases --json")
    listed = json.loads(out)
    assert listed["schema"] == "simlib.cases/1"
    assert [case["id"] for case in listed["cases"]] == shipped_cases()
    assert listed["cases"][0]["positions"] == [
        "found",
        "assumed",
        "direct",
        "undeterminable",
    ]


def test_decide_prints_the_outcome_as_json(run: object) -> None:
    """`--json` is the outcome's own record and nothing else."""
    code, out, err = run("decide fix-1 --mode joint --json")
    assert (code, err) == (0, "")
    assert json.loads(out) == decide(load_case("fix-1"), "joint").to_json()


def test_decide_without_a_mode_is_the_law_in_force(run: object) -> None:
    """The default mode is `auto`."""
    assert json.loads(run(f"decide {REAL} --json")[1])["mode"] == "auto"


def test_decide_takes_positions_settings_rules_and_regimes(run: object) -> None:
    """A position first, then settings on top of it; `unknown` unsets."""
    line = f"decide {REAL} --position assumed --mode risk_benefit --json"
    assert json.loads(run(line)[1])["received_fen"] == {"low": 532_814, "high": 750_000}
    line += " --set zhang.gain_direct_fen=0 --set zhang.direct=true"
    assert json.loads(run(line)[1])["received_fen"] == 1_500_000
    line = "decide fix-1 --mode benefit_cap --set A.gain_direct_fen=unknown --json"
    assert json.loads(run(line)[1])["received_fen"] == {"low": 200_000, "high": 500_000}
    line = "decide hypo-promotion --mode joint --rule victim_fault=off --json"
    assert json.loads(run(line)[1])["received_fen"] == 7_920_000  # 80 000 less the 800 returned
    line = f"decide {REAL} --regime paper-proposal --json"
    assert json.loads(run(line)[1])["regime"] == "paper-proposal"


def test_decide_prints_a_table_in_both_languages(run: object) -> None:
    """What the claimant gets, who pays, recourse, articles: in Chinese unless asked otherwise.

    FIX-1: of 25 000 A bears .25, 6 250, and carries the 3 000 he has; C bears 3 750 and carries the
    20 000 he paid, 16 250 more. P is short of 15 000 and A of 3 250: C takes 16 250 × 15 000 /
    18 250 = 13 356.16 from P and 2 893.84 from A.
    """
    code, out, _ = run("decide fix-1 --mode joint")
    assert code == 0
    for said in ("受害人实得  23000元", "连带责任", "分担后应承担", "不得损害其债权", "《民法典》"):
        assert said in out
    assert "乙（引流推广）可向诈骗行为人追偿13356.16元（代为分担）" in out
    assert "乙（引流推广）可向甲（出借银行卡）追偿2893.84元（代为分担）" in out
    row = next(line.split() for line in out.splitlines() if line.startswith("甲（出借银行卡） "))
    assert row[3:] == ["25000元", "3000元", "6250元", "3000元", "3250元"]
    out = run("decide fix-1 --mode joint --lang en")[1]
    for said in ("CNY 23,000", "joint and several", "carried for another", "behind the victim"):
        assert said in out


def test_what_one_paid_too_much_is_told_from_what_he_carried(run: object) -> None:
    """C alone sued, A has 30 000: 519(3), each in its own line.

    P's 15 000 fall on A and C as .25 : .15, carried 15 625 and 9 375; C paid 20 000: 10 625 too
    much, of A; 5 625 carried above his 3 750, of P.
    """
    alone = "--set P.sued=false --set A.sued=false --set A.assets_fen=3000000"
    out = run(f"decide fix-1 --mode joint {alone}")[1]
    assert "向甲（出借银行卡）追偿10625元（多付）" in out
    assert "向诈骗行为人追偿5625元（代为分担）" in out


def test_below_knowing_a_joint_mode_says_that_1169_is_not_made_out(run: object) -> None:
    """Beside the mode's name, in the comparison and in a decision; an element unproved likewise."""
    below = f"{REAL} --set zhang.grade=slight"
    out = run(f"compare {below}")[1]
    assert [line.split()[0] for line in out.splitlines() if "不成立第1169条" in line] == [
        "连带责任（不成立第1169条）",
        "全有或全无（不成立第1169条）",
    ]
    assert "注意：不成立第1169条" in run(f"decide {below} --mode joint")[1]
    out = run(f"compare {REAL} --set zhang.proof.fault=0.5")[1]
    assert [line.split()[0] for line in out.splitlines() if "判决驳回" in line] == [
        "现行法（判决驳回：要件未证明）",
        "全有或全无（判决驳回：要件未证明）",
    ]
    out = run("victims fix-1 --mode joint --set A.grade=gross")[1]
    assert "注意：甲（出借银行卡）不成立第1169条" in out
    out = run("decide fix-1 --mode joint --set A.grade=gross --lang en")[1]
    assert "note: art. 1169 not made out against A (lent a card)" in out


def test_compare_sets_modes_side_by_side(run: object) -> None:
    """As JSON mode → outcome, in the order asked for; as words one line a mode."""
    out = run("compare fix-1 --modes several,joint --json")[1]
    compared = json.loads(out)
    assert list(compared) == ["several", "joint"]
    assert compared["joint"]["received_fen"] == 2_300_000
    out = run("compare fix-1")[1]
    assert "按份责任" in out
    assert "6750元" in out


def test_check_reports_every_file(run: object) -> None:
    """Problems on standard output and exit 1; files without one say so."""
    code, out, err = run(f"check {shelf('cases') / 'fix-1'} {BROKEN} --lang en")
    good, bad = out.splitlines()
    assert (code, err) == (1, "")
    assert good.endswith("fix-1: no problem found")
    assert bad.startswith(f"{BROKEN}:parties.sun.foresight: above-one: 80 is above 1; ")
    assert run(f"check {shelf('cases') / 'fix-1'}")[0] == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("decide fix-2", "there is no case called fix-2; perhaps fix-1 was meant"),
        ("decide ./nowhere.toml", "./nowhere.toml:-: missing-file: there is no such file; "),
        (f"decide {BROKEN}", f"{BROKEN}:parties.sun.foresight: above-one: 80 is above 1; "),
        ("decide fix-1 --mode jiont", "perhaps joint was meant"),
        ("decide fix-1 --position bse", "there is no position called bse; perhaps base was meant"),
        (
            "decide fix-1 --set A.falt=1",
            "there is no field called A.falt; perhaps A.fault was meant",
        ),
        ("decide fix-1 --set A.limit=7", "fix-1:parties.A.limit: above-one: 7 is above 1; "),
        (
            "decide fix-1 --set A.limit=nan",
            "fix-1:parties.A.limit: not-finite: nan is not a finite",
        ),
        ("decide fix-1 --set A.limit=much", 'fix-1:parties.A.limit: not-number: "much" is not'),
        ("decide fix-1 --set A.limit", "A.limit is not a setting; write PATH=VALUE"),
        ("decide fix-1 --set =1", "=1 is not a setting; write PATH=VALUE"),
        ("decide fix-1 --rule x", "x is not a choice of rule; write RULE=VALUE"),
        ("decide fix-1 --rule x=y", "x"),
        ("decide fix-1 --regime nowhere", "nowhere"),
        ("compare fix-1 --modes joint,nothing", "nothing"),
        ("serve --port 99999", "99999 is not a port; "),
    ],
)
def test_wrong_input_says_what_and_what_to_do(run: object, line: str, said: str) -> None:
    """Exit 1, one message on standard error, nothing on standard output."""
    code, out, err = run(f"{line} --lang en")
    assert (code, out) == (1, "")
    assert said in err
    assert "Traceback" not in err
    assert run(line)[0] == 1  # and in Chinese


@pytest.mark.parametrize("line", ["", "bogus", "decide", "check", "decide a b", "cases --lang fr"])
def test_wrong_usage_exits_2(run: object, line: str) -> None:
    """A command line that cannot be understood shows how it is written."""
    code, out, err = run(line)
    assert (code, out) == (2, "")
    assert err.startswith("用法：")
    assert "--help" in err


@pytest.mark.parametrize("command", ["", "cases", "check", "decide", "compare", "serve"])
def test_help_is_in_the_readers_language(run: object, command: str) -> None:
    """No heading of argparse's own remains in Chinese help."""
    code, out, _ = run(f"{command} --help")
    assert code == 0
    assert out.startswith("用法：")
    assert not any(word in out for word in ("usage:", "options:", "positional", "show this"))
    assert run(f"{command} --help --lang en")[1].startswith("usage:")


def test_columns_line_up_in_a_terminal() -> None:
    """A Chinese character is two columns wide."""
    lines = table([["甲", "b"], ["aa", "1"], ["中文字", "10"]], right={1}).splitlines()
    assert width("甲a") == 3
    assert lines == ["甲       b", "------  --", "aa       1", "中文字  10"]


def test_a_closed_pipe_is_no_error() -> None:
    """A reader who has had enough, as `head`, gets no traceback."""
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run(
        [sys.executable, "-m", "simlib", "decide", "fix-1", "--json"],
        stdout=writing, stderr=subprocess.PIPE, check=False, text=True,
    )  # fmt: skip
    os.close(writing)
    assert (process.returncode, process.stderr) == (0, "")


def test_chinese_survives_a_bare_locale() -> None:
    """Output is UTF-8 even where the locale is not."""
    process = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-m", "simlib", "cases"],
        env=os.environ | {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True, check=True,
    )  # fmt: skip
    assert "赵某诉张某" in process.stdout.decode()


def test_every_error_has_words_in_both_languages() -> None:
    """The tables of errors have the same codes, each with what happened and what to do."""
    zh, en = (words_of("texts", lang, "errors.toml") for lang in ("zh", "en"))
    assert sorted(zh) == sorted(en)
    assert all(set(entry) == {"what", "remedy"} for entry in [*zh.values(), *en.values()])


def test_version_is_the_package_s(run: object) -> None:
    """On standard output, like any other answer."""
    assert run("--version") == (0, f"simlib {simlib.__version__}\n", "")


def test_help_loads_nothing_that_a_command_runs() -> None:
    """Neither numpy nor pydantic, no engine and no case: `--help` and completion come at once."""
    code = (
        "import sys; from simlib.cli import main; main(['--help']);"
        "print({*sys.modules} & {'numpy', 'pydantic', 'simlib.case', 'simlib.liability'})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


@pytest.mark.parametrize(
    ("line", "expected"),
    [("simlib dec", {"decide "}), ("simlib decide fix-", {"fix-1 "}),
     ("simlib import --days d", {"dmy "})],
)  # fmt: skip
def test_a_shell_completes_commands_cases_and_choices(tmp_path: Path, line: str, expected: set):
    """As argcomplete's own shell code asks: the line, where it is, and where the answer goes."""
    answer = tmp_path / "answer"
    asked = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_IFS": "\n", "COMP_LINE": line,
             "COMP_POINT": str(len(line)), "_ARGCOMPLETE_STDOUT_FILENAME": str(answer)}  # fmt: skip
    command = [sys.executable, "-c", "from simlib.cli import main; main()"]
    subprocess.run(command, env={**os.environ, **asked}, check=True)
    assert set(answer.read_text("utf-8").split("\n")) == expected


def test_what_does_not_fit_stands_in_the_row_of_a_comparison(capsys):
    """Grade, proof, an act after the loss and time: each beside the name of the mode."""
    argv = ["compare", "hypo-account", "--position", "proof-gap", "--modes", "joint,several"]
    assert main([*argv, "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "连带责任（对冯某要件未证明，仅作假设）" in said
    assert "按份责任（陈某明知者" not in said
    assert "陈某明知，依第1168、1169条连带，仅作假设；对冯某要件未证明" in said
    case = load_case("hypo-chain")
    late = decide(case, "joint", {"after_loss": "inside"})
    assert "罗某的行为在损失发生之后，仅作假设" in face(late, case)
    assert "罗某" not in face(decide(case, "joint"), case)
    early = load_case("fix-1").set({"acted_on": date(2020, 5, 1)})
    assert "不在施行期内" in face(decide(early, "joint"), early)
