"""`simlib trace`: words for readers, one object for programs."""

from __future__ import annotations

import json

import pytest

from simlib.chain import METHODS
from simlib.text import LANGS, words


def test_trace_as_json(run):
    """hypo-chain: pan pays 100 000 yuan; 88 500 end with the principal."""
    code, out, err = run("trace hypo-chain --method fifo --json")
    data = json.loads(out)
    assert (code, err) == (0, "")
    assert (data["schema"], data["method"]) == ("simlib.trace/1", "fifo")
    assert data["origins"] == {"pan": {"paid_fen": 10_000_000}}
    assert data["ends"]["pan"]["principal"] == 8_850_000
    assert [transfer["id"] for transfer in data["transfers"]] == ["t1", "t2", "t3", "t4", "t5"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("method", METHODS)
def test_trace_in_words(run, method, lang):
    """Says the method, what it rests on, what is objected, and that it decides no liability."""
    code, out, _ = run(f"trace hypo-chain --method {method} --lang {lang}")
    assert code == 0
    for part in ("name", "definition", "why", "objection"):
        assert words("chain", f"methods.{method}.{part}", lang) in out
    assert words("chain", "note", lang) in out
    assert {"zh": "88500元", "en": "CNY 88,500"}[lang] in out


def test_accounts_are_listed_by_layer_then_as_the_money_reached_them(run):
    """As `hypo-layers` has its transfers; not by a set, whose order is another in each run."""
    rows = run("trace hypo-layers")[1].split("\n\n")[2].splitlines()[3:]
    assert [row.split()[0] for row in rows] == [
        "he-1", "xu-2", "ma-2", "fang-3", "tang", "yuan", "wallet", "shop-1", "cash",
    ]  # fmt: skip


def test_trace_from_a_victim(run):
    """Only her money: the other victims' part is left out of words and JSON."""
    line = "trace hypo-layers --method pro_rata"
    everything = json.loads(run(f"{line} --json")[1])
    first, second = list(everything["origins"])[:2]
    only = json.loads(run(f"{line} --from {first} --json")[1])
    assert list(only["origins"]) == list(only["ends"]) == [first]
    assert only["ends"][first] == everything["ends"][first]
    assert all(second not in transfer["of"] for transfer in only["transfers"])
    assert run(f"{line} --from {first}")[0] == 0


def test_trace_back_from_a_party(run):
    """luo's card received 50 000 yuan, all of it pan's; by his name or his account's."""
    for who in ("luo", "card-3"):
        code, out, _ = run(f"trace hypo-chain --from {who} --json")
        data = json.loads(out)
        assert (code, data["from"], data["back"]) == (0, who, {"pan": 5_000_000})
    assert "50000元" in run("trace hypo-chain --from luo")[1]
    assert words("chain", "shown.nothing") in run("trace hypo-account --from zheng")[1]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("trace hypo-chain --method fif", "fifo"),
        ("trace hypo-chain --from lu", "luo"),
        ("trace no-such-case", "no-such-case"),
    ],
)
def test_trace_of_what_is_not_there(run, line, named):
    """Code 1 and a message that names the nearest, never a traceback."""
    code, out, err = run(line)
    assert (code, out) == (1, "")
    assert named in err
