"""Transfers at scale: columns say what records would, right or wrong; a million take seconds."""

from __future__ import annotations

import copy
import csv
import datetime
import io
import json
import os
import pickle
import sys
import time
from collections.abc import Callable
from operator import itemgetter
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from reference.records import check_slowly
from reference.strategy import draws

from simlib import decide, load_case
from simlib.case import check_case
from simlib.case.columns import UNDATED, Columns, columns, exact_sum, instant
from simlib.case.model import MOST_TRANSFERS, Case
from simlib.case.tables import Transfer
from simlib.case.transfers import Transfers
from simlib.chain import layers, passed_on
from simlib.chain.account_summary import paid, payments, receipts, steps
from simlib.cli import main
from simlib.cli.terminal import bar
from simlib.errors import CaseError, UnknownName, problem_words
from simlib.resources import table

CHINA = datetime.timezone(datetime.timedelta(hours=8))
HEAD = """
id = "flows"
basis = "hypothetical"
title = {{ zh = "假设", en = "Hypothetical" }}
acted_on = 2023-01-15
loss_fen = {loss}
transfers_file = "{file}"
"""
CAST = """
[[parties]]
id = "li"
role = "victim"
name = { zh = "李某", en = "Li" }

[[parties]]
id = "wang"
role = "principal"
name = { zh = "王某", en = "Wang" }

[[parties]]
id = "sun"
role = "helper"
act = "payment"
grade = "knowing"
fault = 0.8
causal_force = 0.5
name = { zh = "孙某", en = "Sun" }

[[accounts]]
id = "card-1"
holder = "sun"

[[accounts]]
id = "card-2"
holder = "wang"

[[sources]]
id = "log"
text = "log"
"""
LISTED = """
[[transfers]]
id = "t0"
payer = "li"
payee = "card-1"
amount_fen = 1
at = 2023-01-15T09:00:00+08:00
kinds = { amount_fen = "found" }
sources = { amount_fen = "log" }
"""
ROWS = """id,payer,payee,amount_fen,fee_fen,at
t1,li,card-1,600000,,2023-01-15T10:00:00+08:00
t2,li,card-1,399999,,
t3,card-1,card-2,900000,50,2023-01-15T03:00:00Z
"""


def folder(where: Path, rows: str | bytes, more: str = LISTED, loss: int = 1_000_000) -> Path:
    """A case whose transfers stand in a CSV file beside it."""
    text = HEAD.format(loss=loss, file="flows.csv") + CAST + more
    (where / "case.toml").write_text(text, encoding="utf-8")
    (where / "flows.csv").write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    return where


def parquet_folder(where: Path, rows: pa.Table | bytes, loss: int = 1_000_000) -> Path:
    """The same with a Parquet file, or with bytes that say they are one."""
    text = HEAD.format(loss=loss, file="flows.parquet") + CAST
    (where / "case.toml").write_text(text, encoding="utf-8")
    file = where / "flows.parquet"
    file.write_bytes(rows) if isinstance(rows, bytes) else parquet.write_table(rows, file)
    return where


def codes(where: Path) -> list[tuple[str, str]]:
    """Where and what is wrong, each put into words in both languages without a gap."""
    problems = check_case(where)[1]
    for lang in ("zh", "en"):
        words = table("texts", lang, "problems.toml")
        for problem in problems:
            assert all(problem_words(problem, words))
    return [(problem.path, problem.code) for problem in problems]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """One listed transfer with its notes, and three of a file."""
    return load_case(folder(tmp_path, ROWS))


# ---------------------------------------------------------------- what is read


def test_rows_of_a_file_read_as_records(case: Case) -> None:
    """Each by itself: the listed one first, fees, instants as written, absent ones None."""
    assert isinstance(case.transfers, Transfers)
    at = datetime.datetime(2023, 1, 15, 10, tzinfo=CHINA)
    assert list(case.transfers) == [
        Transfer(
            id="t0",
            payer="li",
            payee="card-1",
            amount_fen=1,
            at=at.replace(hour=9),
            kinds={"amount_fen": "found"},
            sources={"amount_fen": "log"},
        ),
        Transfer(id="t1", payer="li", payee="card-1", amount_fen=600_000, at=at),
        Transfer(id="t2", payer="li", payee="card-1", amount_fen=399_999),
        Transfer(
            id="t3",
            payer="card-1",
            payee="card-2",
            amount_fen=900_000,
            fee_fen=50,
            at=at.replace(hour=3, tzinfo=datetime.UTC),
        ),
    ]
    assert case.transfers[1].at.utcoffset() == datetime.timedelta(hours=8)
    assert case.transfers[3].at.utcoffset() == datetime.timedelta(0)


def test_columns_of_a_file_are_there_at_once(case: Case) -> None:
    """09:00 in China is 1,673,744,400 s after 1970; names stand in order of appearance."""
    kept = columns(case.transfers)
    assert kept is case.transfers.columns
    assert kept.names == ("li", "card-1", "card-2")
    assert kept.ids == ("t0", "t1", "t2", "t3")
    assert kept.payer.tolist() == [0, 0, 0, 1]
    assert kept.payee.tolist() == [1, 1, 1, 2]
    assert kept.amount_fen.tolist() == [1, 600_000, 399_999, 900_000]
    assert kept.fee_fen.tolist() == [0, 0, 0, 50]
    assert kept.at_us.tolist() == [
        1_673_744_400_000_000, 1_673_748_000_000_000, UNDATED, 1_673_751_600_000_000
    ]  # fmt: skip
    with pytest.raises(ValueError, match="read-only"):
        kept.amount_fen[0] = 5


def test_transfers_are_a_sequence(case: Case) -> None:
    """Numbers from either end, slices, membership; what is outside is refused."""
    moved = case.transfers
    assert (len(moved), moved[-1].id, moved[1:3][1].id) == (4, "t3", "t2")
    assert isinstance(moved[::2], Transfers)
    assert [t.id for t in moved[::-1]] == ["t3", "t2", "t1", "t0"]
    assert moved[::-1][-1].kinds == {"amount_fen": "found"}
    assert moved[1] in moved
    assert moved.index_of("t2") == 2
    assert moved.index_of("t9") is None
    with pytest.raises(IndexError):
        moved[4]


def test_transfers_compare_and_travel_by_value(case: Case, tmp_path: Path) -> None:
    """Two readings are one; another amount, end, note or instant is another. Never a tuple."""
    again = load_case(tmp_path)
    assert (again == case, hash(again) == hash(case)) == (True, True)
    for change in (
        {"t2.amount_fen": 399_999, "t3.amount_fen": 1},
        {"t3.payee": "wang"},
        {"transfers[0].kinds.amount_fen": "assumed"},
        {"t2.at": datetime.datetime(2023, 1, 15, tzinfo=CHINA)},
        {"t1.fee_fen": 7},
    ):
        assert case.set(change) != case
    assert case.set({"t3.payee": "wang"}).set({"t3.payee": "card-2"}) == case
    turned = Transfers.of(tuple(case.transfers)[::-1])[::-1]
    assert turned == case.transfers  # though its names stand in another order
    assert turned.columns.names != case.transfers.columns.names
    assert case.transfers != tuple(case.transfers)
    for other in (pickle.loads(pickle.dumps(case)), copy.deepcopy(case), copy.copy(case)):
        assert other == case
        assert list(other.transfers) == list(case.transfers)


def test_a_case_with_a_file_is_written_as_any_other(case: Case) -> None:
    """JSON and raw data have a row a transfer, and are read back."""
    raw = json.loads(case.model_dump_json(exclude_none=True))
    assert [row["id"] for row in raw["transfers"]] == ["t0", "t1", "t2", "t3"]
    data = case.model_dump(exclude_none=True)
    assert list(Case.model_validate(data).transfers) == list(case.transfers)
    kept = Case.model_validate(data | {"transfers": case.transfers})
    assert kept.transfers is case.transfers


def test_set_changes_one_of_many(case: Case) -> None:
    """By id and by number, with the checks between rows; the old case stays."""
    other = case.set({"t3.amount_fen": 5, "transfers[2].fee_fen": 9})
    assert [t.amount_fen for t in other.transfers] == [1, 600_000, 399_999, 5]
    assert (other.transfers[2].fee_fen, case.transfers[2].fee_fen) == (9, 0)
    assert other.transfers[0].sources == {"amount_fen": "log"}
    both = case.set({"t1.amount_fen": 600_001, "loss_fen": 1_000_001})
    assert both.transfers[1].amount_fen == 600_001
    for change, problem in (
        ({"t1.amount_fen": 600_001}, ("loss_fen", "transfers-sum")),
        ({"t3.payee": "card-3"}, ("transfers.t3.payee", "dangling-id-near")),
        ({"t3.amount_fen": -1}, ("transfers.t3.amount_fen", "negative")),
        ({"t3.at": "noon"}, ("transfers.t3.at", "not-instant")),
        ({"card-1.holder": "nobody"}, ("accounts.card-1.holder", "dangling-id")),
    ):
        with pytest.raises(CaseError) as caught:
            case.set(change)
        assert [(p.path, p.code) for p in caught.value.problems] == [problem]
    with pytest.raises(UnknownName) as caught:
        case.set({"t33.amount_fen": 5})
    assert caught.value.values["near"] == "t3"


def test_transfer_of_the_victim_to_herself_is_no_loss(tmp_path: Path) -> None:
    """From her hand to her card and on: only what left her counts, 1,000,000 fen."""
    card = '[[accounts]]\nid = "card-li"\nholder = "li"\n'
    rows = "id,payer,payee,amount_fen\nt1,li,card-li,600000\nt2,card-li,card-1,1000000\n"
    assert codes(folder(tmp_path, rows, card)) == []


def test_a_position_may_set_a_row_of_the_file(tmp_path: Path) -> None:
    """Its path is checked with the file, and it can be taken up."""
    more = '\n[[positions]]\nid = "p"\ntitle = { zh = "甲", en = "A" }\n'
    more += 'set = { "t3.amount_fen" = 7 }\n'
    case = load_case(folder(tmp_path, ROWS, LISTED + more))
    assert case.at("p").transfers[3].amount_fen == 7
    assert codes(folder(tmp_path, ROWS, LISTED + more.replace("t3", "tt3"))) == [
        ("positions.p.set.tt3.amount_fen", "unknown-path-near")
    ]


def test_a_file_decides_as_a_list_does(case: Case, tmp_path: Path) -> None:
    """The same facts in the case's own text: the same layers, bounds, amounts and reasons."""
    text = (tmp_path / "case.toml").read_text("utf-8").replace('transfers_file = "flows.csv"', "")
    text += (
        '[[transfers]]\nid = "t1"\npayer = "li"\npayee = "card-1"\namount_fen = 600000\n'
        "at = 2023-01-15T10:00:00+08:00\n"
        '[[transfers]]\nid = "t2"\npayer = "li"\npayee = "card-1"\namount_fen = 399999\n'
        '[[transfers]]\nid = "t3"\npayer = "card-1"\npayee = "card-2"\namount_fen = 900000\n'
        "fee_fen = 50\nat = 2023-01-15T03:00:00Z\n"
    )
    (tmp_path / "listed.toml").write_text(text, encoding="utf-8")
    listed = load_case(tmp_path / "listed.toml")
    assert isinstance(listed.transfers, tuple)
    assert layers(case) == layers(listed) == {"card-1": 1, "card-2": 2}
    assert passed_on(case, "wang") == passed_on(listed, "wang") == 900_000
    for mode in ("auto", "several", "risk_benefit", "benefit_cap"):
        assert decide(case, mode).to_json() == decide(listed, mode).to_json()


# ---------------------------------------------------------------- right or wrong as a record is

NEVER = "0001-01-01T00:00:00+08:00"  # in UTC, a day no calendar of Python has
CELLS = {
    "id": ["t1", "t2", "t3", "t4", "", " ", "bad id", "li", "t0", " t5 ", "x" * 65, "=1+1", "t\0"],
    "payer": ["li", "card-1", "card-1", "wang", " li ", "", "nobody", "card-3", "t1", "甲"],
    "payee": ["card-1", "card-2", "sun", "li", "wang", "crad-1", "", "a\nb", "-"],
    "amount_fen": [
        *("100", "0", "-5", "1e5", "", " 7 ", "1000000000000000", "1000000000000001", "9" * 30),
        *("0000000000000000000012", "1_000", "+5", "٣", "12.0", "9" * 401, "-0"),
    ],
    "fee_fen": ["", "0", "5", "-1", "x", " 3", " "],
    "at": [
        *("", " ", "2023-01-15T10:00:00+08:00", "2023-01-15T10:00:00", "2023-01-15", "yesterday"),
        *("2023-01-15T02:00:00Z", " 2023-01-15 10:00:00.5+08:00", NEVER, "2023-02-30T00:00:00Z"),
        *("9999-12-31T23:59:59-08:00", "2023-01-15T10:00:00+23:59:59.5", "2023-01-15T10:00:00-08"),
    ],
}
PLAIN = {name: cells[:3] if name != "at" else cells[:3:2] for name, cells in CELLS.items()}


@st.composite
def files(draw: st.DrawFn) -> str:
    """A CSV file with hardly a right row, or hardly a wrong one."""
    head = draw(st.permutations(list(CELLS)))
    kept = [c for c in head if c not in ("fee_fen", "at") or draw(st.booleans())]
    wild = draw(st.booleans())
    lines = [",".join(kept)]
    for n in range(draw(st.integers(0, 6))):
        odd = wild or draw(st.integers(0, 9)) == 0
        cells = {c: draw(st.sampled_from((CELLS if odd else PLAIN)[c])) for c in kept}
        if not odd:
            cells["id"] = f"row{n}"
        quoted = [f'"{cell}"' if "\n" in cell else cell for cell in cells.values()]
        lines.append(",".join(quoted) + draw(st.sampled_from(["", "", "", "", ",", "\n"])))
    return "\n".join(lines) + draw(st.sampled_from(["", "\n", '\n"']))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one drawn case after the other, where no other test works below it."""
    return tmp_path_factory.mktemp("drawn")


@settings(deadline=None, max_examples=draws(150))
@given(rows=files(), more=st.sampled_from(["", LISTED, LISTED.replace("= 1\n", '= "1"\n')]))
def test_columns_and_records_report_the_same(drawn: Path, rows: str, more: str) -> None:
    """Every code, value and place, in order, and every record: peer, the slow reading."""
    where = folder(drawn, rows, more)
    case, problems = check_case(where)
    slow, found = check_slowly(where)
    assert problems == found
    assert (case is None) == (slow is None)
    if case:
        assert list(case.transfers) == list(slow.transfers)
        offsets = [[t.at and t.at.utcoffset() for t in c.transfers] for c in (case, slow)]
        assert offsets[0] == offsets[1]


def test_a_bad_row_among_many_keeps_its_line(tmp_path: Path) -> None:
    """Chunks, blank lines and cells of two lines: line 5,004 is row 5,000, and so on."""
    lines = [f"t{n},li,card-1,1," for n in range(1, 10_001)]
    lines[4_999] = "t5000,li,card-1,x,"
    lines[9_999] = "t7,li,card-1,1,"
    lines.insert(20, "")
    lines.insert(10, 'nine,li,"card\n-1",1,')
    rows = "id,payer,payee,amount_fen,at\n" + "\n".join(lines) + "\nlast,li\n"
    assert codes(folder(tmp_path, rows, "", 10_000)) == [
        ("transfers_file", "csv-cells"),
        ("transfers_file.line13.payee", "bad-id"),
        ("transfers_file.line13.payee", "dangling-id-near"),
        ("transfers_file.line5004.amount_fen", "not-whole"),
        ("transfers_file.line10004.id", "duplicate-id"),
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (b"id,payer,payee,amount_fen\nt1,li,\xff,1\n", "not-utf8"),
        (b"\xff\xfei\0d\0", "not-utf8"),
        (b"id\0,payer,payee,amount_fen\n", "csv-no-column"),
        (b'id,payer,payee,amount_fen\n"t1"x,li,wang,1\n', "not-csv"),
        (b"id,payer,payee,amount_fen\nt1,li,wang," + b"1" * 200_000 + b"\n", "not-csv"),
        (b"PAR1" + b"\0" * 50 + b"PAR1", "csv-no-column"),
    ],
)
def test_invalid_csv_is_reported(tmp_path: Path, rows: bytes, code: str) -> None:
    """Odd bytes of every kind are one problem or some, and never a traceback."""
    assert code in [found for _, found in codes(folder(tmp_path, rows))]


def test_a_byte_order_mark_and_windows_lines_are_no_problem(tmp_path: Path) -> None:
    """As in a case's own text."""
    rows = b"\xef\xbb\xbf" + ROWS.replace("\n", "\r\n").encode()
    assert codes(folder(tmp_path, rows)) == []


def test_a_pipe_beside_a_case_is_not_waited_for(tmp_path: Path) -> None:
    """It would never end; nor is a folder, or a link into nothing, a file."""
    where = folder(tmp_path, ROWS, "")
    (where / "flows.csv").unlink()
    os.mkfifo(where / "flows.csv")
    assert codes(where) == [("transfers_file", "not-a-file")]
    (where / "flows.csv").unlink()
    (where / "flows.csv").symlink_to("gone.csv")
    assert codes(where) == [("transfers_file", "no-transfers-file")]


# ---------------------------------------------------------------- Parquet


def rows_of(**changed: object) -> pa.Table:
    """Two right rows, with other columns; None leaves one out."""
    at = pa.array([0, 1_673_748_000_000_000], pa.timestamp("us", "Asia/Shanghai"))
    right = {
        "id": ["t1", "t2"],
        "payer": ["li", "card-1"],
        "payee": ["card-1", "card-2"],
        "amount_fen": pa.array([1_000_000, 7], pa.int64()),
        "fee_fen": pa.array([0, 3], pa.int64()),
        "at": at,
    }
    return pa.table({k: v for k, v in (right | changed).items() if v is not None})


def test_parquet_holds_what_csv_holds(tmp_path: Path) -> None:
    """The same rows, the same transfers; the zone is the column's own."""
    case = load_case(parquet_folder(tmp_path, rows_of()))
    rows = (
        "id,payer,payee,amount_fen,fee_fen,at\nt1,li,card-1,1000000,0,1970-01-01T08:00:00+08:00\n"
        "t2,card-1,card-2,7,3,2023-01-15T10:00:00+08:00\n"
    )
    (tmp_path / "csv").mkdir()
    assert load_case(folder(tmp_path / "csv", rows, "")).transfers == case.transfers
    assert case.transfers[1].at.isoformat() == "2023-01-15T10:00:00+08:00"
    assert columns(case.transfers).names == ("li", "card-1", "card-2")


@pytest.mark.parametrize("zone", ["-05:00", "-03:30", "-00:30", "+05:45"])
def test_parquet_and_csv_read_zones_on_either_side_of_greenwich(tmp_path: Path, zone: str) -> None:
    """02:00 of 15 January in UTC is 22:30 of the 14th at −03:30, 07:45 at +05:45."""
    at = pa.array([1_673_748_000] * 2, pa.timestamp("s", zone))
    local = {"-05:00": "14T21:00", "-03:30": "14T22:30", "-00:30": "15T01:30", "+05:45": "15T07:45"}
    written = f"2023-01-{local[zone]}:00{zone}"
    rows = "id,payer,payee,amount_fen,at\n" + "".join(
        f"{ends},{written}\n" for ends in ("t1,li,card-1,1000000", "t2,card-1,card-2,7")
    )
    (tmp_path / "csv").mkdir()
    for case in (
        load_case(parquet_folder(tmp_path, rows_of(at=at, fee_fen=None))),
        load_case(folder(tmp_path / "csv", rows, "")),
    ):
        assert [t.at.isoformat() for t in case.transfers] == [written] * 2
        assert {t.at.timestamp() for t in case.transfers} == {1_673_748_000}


def test_a_parquet_row_may_lack_its_instant(tmp_path: Path) -> None:
    """Nothing is no instant, not the first of 1970."""
    case = load_case(parquet_folder(tmp_path, rows_of(at=pa.array([1_673_748_000, None], S))))
    assert case.transfers[0].at.isoformat() == "2023-01-15T10:00:00+08:00"
    assert case.transfers[1].at is None


S, NS = pa.timestamp("s", "+08:00"), pa.timestamp("ns", "UTC")


@pytest.mark.parametrize(
    "changed",
    [
        {"fee_fen": None, "at": None},
        {"fee_fen": pa.nulls(2), "at": pa.nulls(2)},
        {"at": ["2023-01-15T10:00:00+08:00", None]},
        {"at": pa.array([1_673_748_000, None], S)},
        {"at": pa.array([1_673_748_000_000_000_123, -1], NS)},
        {"at": pa.array([5, 6], pa.timestamp("ms", "Nowhere/Land"))},
        {
            "amount_fen": pa.array([1_000_000, 7], pa.uint64()),
            "fee_fen": pa.array([1, 2], pa.int8()),
        },
        {"id": pa.array(["t1", "t2"], pa.large_string())},
        {"payer": pa.array(["li", "card-1"]).dictionary_encode()},
        {"payer": [" li", "card-1 "]},
    ],
)
def test_parquet_of_many_right_kinds(tmp_path: Path, changed: dict) -> None:
    """Absent columns, other units of time, other widths of numbers, words kept once."""
    where = parquet_folder(tmp_path, rows_of(**changed))
    assert codes(where) == []
    assert [t.payer for t in load_case(where).transfers] == ["li", "card-1"]


ROW1, ROW2 = "transfers_file.row1", "transfers_file.row2"


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"id": None}, [("transfers_file", "parquet-no-column")]),
        ({"memo": ["a", "b"]}, [("transfers_file", "csv-unknown-column")]),
        ({"id": [1, 2]}, [("transfers_file", "parquet-not-text")]),
        ({"payer": [["li"], []]}, [("transfers_file", "parquet-not-text")]),
        ({"payee": [{"a": 1}, None]}, [("transfers_file", "parquet-not-text")]),
        ({"payee": pa.array([b"li", b"\xff"])}, [("transfers_file", "parquet-not-text")]),
        ({"amount_fen": [1.0, 2.5]}, [("transfers_file", "parquet-not-whole")]),
        ({"amount_fen": ["1", "2"]}, [("transfers_file", "parquet-not-whole")]),
        ({"fee_fen": [True, False]}, [("transfers_file", "parquet-not-whole")]),
        ({"at": [1, 2]}, [("transfers_file", "parquet-not-instant")]),
        ({"at": pa.array([1, 2], pa.date32())}, [("transfers_file", "parquet-not-instant")]),
        ({"at": pa.array([1, 2], pa.timestamp("us"))}, [("transfers_file", "parquet-no-zone")]),
        ({"id": ["t1", None]}, [(f"{ROW2}.id", "missing-key")]),
        (
            {"payee": pa.nulls(2)},
            [(f"{ROW1}.payee", "missing-key"), (f"{ROW2}.payee", "missing-key")],
        ),
        ({"amount_fen": [1_000_000, None]}, [(f"{ROW2}.amount_fen", "missing-key")]),
        ({"amount_fen": [1_000_000, -1]}, [(f"{ROW2}.amount_fen", "negative")]),
        ({"fee_fen": [0, 10**15 + 1]}, [(f"{ROW2}.fee_fen", "too-large")]),
        ({"fee_fen": pa.array([0, 2**64 - 1], pa.uint64())}, [(f"{ROW2}.fee_fen", "too-large")]),
        ({"id": ["t1", "t1"]}, [(f"{ROW2}.id", "duplicate-id")]),
        ({"id": ["t1", "=1+1"]}, [(f"{ROW2}.id", "bad-id")]),
        ({"payer": ["li", "gone"]}, [(f"{ROW2}.payer", "dangling-id")]),
        ({"at": ["now", "2023-01-15"]}, [(f"{ROW1}.at", "not-instant"), (f"{ROW2}.at", "no-zone")]),
        ({"at": pa.array([0, 10**12], S)}, [(f"{ROW2}.at", "not-instant")]),
        ({"amount_fen": pa.array([5, 7])}, [("loss_fen", "transfers-sum")]),
    ],
)
def test_parquet_that_is_wrong(tmp_path: Path, changed: dict, found: list) -> None:
    """A column of a wrong kind is one problem; a wrong row is a row's."""
    assert codes(parquet_folder(tmp_path, rows_of(**changed))) == found


def test_rows_are_counted_over_groups_and_batches(tmp_path: Path) -> None:
    """40,000 rows in three groups, each read in batches: row 39,999 is wrong and so is 16,385."""
    ids = [f"t{n}" for n in range(1, 40_001)]
    amounts = np.ones(40_000, np.int64)
    amounts[[16_384, 39_998]] = -1, 10**15 + 1
    rows = {"id": ids, "payer": ["wang"] * 40_000, "payee": ["sun"] * 40_000}
    where = parquet_folder(tmp_path, b"")
    right = pa.table(rows | {"amount_fen": np.arange(40_000)})
    wrong = pa.table(rows | {"amount_fen": amounts})
    parquet.write_table(wrong, where / "flows.parquet", row_group_size=17_000)
    assert codes(where) == [
        ("transfers_file.row16385.amount_fen", "negative"),
        ("transfers_file.row39999.amount_fen", "too-large"),
    ]
    parquet.write_table(right, where / "flows.parquet", row_group_size=17_000)
    kept = columns(load_case(where).transfers)
    assert (list(kept.ids), kept.amount_fen.tolist()) == (ids, list(range(40_000)))


def test_a_damaged_parquet_file_is_a_problem(tmp_path: Path) -> None:
    """Cut short anywhere, overwritten anywhere, empty, or text: never a traceback."""
    parquet.write_table(rows_of(), tmp_path / "whole")
    whole = (tmp_path / "whole").read_bytes()
    for part in (b"", b"id,payer\n", whole[:4], whole[:-1], whole[8:], whole[: len(whole) // 2]):
        assert codes(parquet_folder(tmp_path, part)) == [("transfers_file", "not-parquet")]
    for at in range(4, len(whole) - 8, 41):
        codes(parquet_folder(tmp_path, whole[:at] + b"\xff\xff" + whole[at + 2 :]))


def test_repeated_text_does_not_fill_the_memory(tmp_path: Path) -> None:
    """3,000 rows that all mean one word of a million letters: nine gigabytes, written out."""
    word = pa.DictionaryArray.from_arrays(np.zeros(3_000, np.int32), ["x" * 1_000_000])
    rows = pa.table({"id": word, "payer": word, "payee": word, "amount_fen": np.ones(3_000, int)})
    where = parquet_folder(tmp_path, b"")
    once = {"dictionary_pagesize_limit": 2**30, "store_schema": False}
    parquet.write_table(rows, where / "flows.parquet", **once)
    assert (where / "flows.parquet").stat().st_size < 1_000_000
    problems = check_case(where)[1]
    assert {p.code for p in problems[:-1]} >= {"bad-id"}
    assert (len(problems), problems[-1].code) == (1_001, "more-problems")
    assert all(len(str(p.values)) < 200 for p in problems)


@pytest.mark.parametrize("way", ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY", "PLAIN"])
def test_text_columns_of_other_encodings_are_read_or_refused(tmp_path: Path, way: str) -> None:
    """Other programs' encodings are read, too; where a long word may be said to be as the last was,
    it is refused before a million of them fill the memory."""
    file = parquet_folder(tmp_path, b"") / "flows.parquet"
    kept = {"use_dictionary": False, "column_encoding": {"id": way, "payer": way}}
    parquet.write_table(rows_of(), file, **kept)
    assert codes(tmp_path) == []
    ids = ["x" * 300] * 1_000
    ends = {"payer": ["li"] * 1_000, "payee": ["sun"] * 1_000, "amount_fen": np.ones(1_000, int)}
    parquet.write_table(pa.table({"id": ids} | ends), file, **kept)
    expected = "bad-id" if way == "PLAIN" else "too-big"
    assert expected in [code for _, code in codes(tmp_path)]


def test_without_pyarrow_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stable code, and the package by its own name."""
    where = parquet_folder(tmp_path, rows_of())
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert codes(where) == [("transfers_file", "no-pyarrow")]
    assert "pip install pyarrow；" in table("texts", "zh", "problems.toml")["no-pyarrow"]["remedy"]


# ---------------------------------------------------------------- lists and columns alike

IDS = [f"a{n}" for n in range(6)]
AMOUNTS = st.sampled_from([0, 1, 5, 2**40 + 3, 10**15])
SOME = st.sets(st.sampled_from([*IDS, "stranger"]))


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(IDS), st.sampled_from(IDS), AMOUNTS), min_size=1, max_size=12
    ),
    SOME,
    st.none() | SOME,
)
def test_columns_answer_as_lists_do(moved: list, payers: set, payees: set | None) -> None:
    """Who paid whom how much, and how far money can have come, from either."""
    few = tuple(
        Transfer(id=f"t{n}", payer=p, payee=q, amount_fen=fen)
        for n, (p, q, fen) in enumerate(moved)
    )
    one = SimpleNamespace(transfers=few)
    other = SimpleNamespace(transfers=Transfers.of(few))
    assert tuple(payments(other, payers, payees)) == payments(one, payers, payees)
    assert paid(other, payers, payees) == paid(one, payers, payees)
    assert receipts(other, payers, payees) == receipts(one, payers, payees)
    for back in (False, True):
        assert steps(other, payers, back) == steps(one, payers, back)


def test_sums_are_exact_beyond_int64() -> None:
    """10,000 × 10¹⁵ is 10¹⁹, more than int64 holds; and so by account."""
    amounts = np.full(10_000, 10**15)
    assert exact_sum(amounts) == 10**19
    assert exact_sum(np.array([-1, -(10**15), 5])) == 4 - 10**15
    ends = np.zeros(10_000, np.int32)
    kept = Columns(("a",), [f"t{n}" for n in range(10_000)], ends, ends, amounts, ends, amounts)
    assert receipts(SimpleNamespace(transfers=Transfers(kept)), {"a"}) == {"a": 10**19}


def test_an_instant_is_as_it_was_written() -> None:
    """The first minute of the year 1 in China has no UTC day, and yet is kept."""
    at = datetime.datetime.fromisoformat(NEVER)
    kept = columns((Transfer(id="t", payer="a", payee="b", amount_fen=1, at=at),))
    assert instant(int(kept.at_us[0]), kept.zones[0]) == at


# ---------------------------------------------------------------- how far it is


def test_progress_callback_is_called(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    """Ever more of the file, then all of it; who does not ask hears nothing."""
    where = folder(tmp_path, ROWS)
    told: list[tuple[int, int]] = []
    load_case(where, lambda done, total: told.append((done, total)))
    assert told[-1] == (1, 1)
    assert all(0 <= done <= total for done, total in told)
    load_case(where)
    assert main(["check", str(where)]) == 0
    assert capsys.readouterr().err == ""  # which is no terminal here


def test_progress_bar_is_removed_when_done() -> None:
    """Nothing in the first 0.3 s, then ten times a second at most, then the line is blank."""
    assert bar("x", "zh", io.StringIO()) is None
    screen = io.StringIO()
    screen.isatty = lambda: True
    now = [0.0]
    draw = bar("flows", "en", screen, lambda: now[0])
    draw(1, 4)
    assert screen.getvalue() == ""
    now[0] = 0.5
    draw(2, 4)
    draw(3, 4)
    assert screen.getvalue() == "\r[" + "#" * 15 + "-" * 15 + "] flows: transfers, 50 %"
    draw(4, 4)
    assert screen.getvalue().endswith(" \r")


# ---------------------------------------------------------------- a million

MILLION = 1_000_000


def many_rows(where: Path, count: int) -> Path:
    """Every thousandth row is the claimant's, of 1,000 fen; the others go card to card."""
    ends = [("li", "card-1")] + [("card-1", "card-2"), ("card-2", "wang"), ("wang", "sun")] * 333
    tails = [f"{p},{q},1000,0,2023-01-15T" for p, q in ends]
    clock = [
        f"{h:02d}:{m:02d}:{s:02d}+08:00\n" for h in range(3) for m in range(60) for s in range(60)
    ]
    lines = [f"t{n:06d},{tails[n % 1000]}{clock[n // 100]}" for n in range(count)]
    rows = "id,payer,payee,amount_fen,fee_fen,at\n" + "".join(lines)
    return folder(where, rows, "", count)


def seconds(work: Callable[[], object]) -> tuple[float, object]:
    """How long the processor works at something, whoever else wants it."""
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "last"),
    [(100_000, "00:16:39"), pytest.param(MILLION, "02:46:39", marks=pytest.mark.night)],
)
def test_a_million_rows(tmp_path: Path, count: int, last: str) -> None:
    """Read, asked and decided in a few times the time it takes to read the cells alone (measured:
    tests/bench/transfers.py); one row more, or one wrong row, is told. By day a tenth of them."""
    where = many_rows(tmp_path, count)
    took, case = min((seconds(lambda: load_case(where)) for _ in range(2)), key=itemgetter(0))
    with (where / "flows.csv").open(newline="", encoding="utf-8") as file:
        cells, _ = seconds(lambda: list(csv.DictReader(file)))
    assert took < 4 * cells  # 2 to 2.8 times; as records 7 times
    assert len(case.transfers) == count
    assert case.transfers[-1].id == f"t{count - 1:06d}"
    assert case.transfers[-1].at.isoformat() == f"2023-01-15T{last}+08:00"
    assert paid(case, {"li"}) == count
    assert layers(case) == {"card-1": 1, "card-2": 2, "wang": 3, "sun": 4}
    with (where / "flows.csv").open("ab") as file:
        file.write(b"t000000,li,card-9,0,0,\n")
    line = f"transfers_file.line{count + 2}"
    wrong = [(f"{line}.id", "duplicate-id"), (f"{line}.payee", "dangling-id-near")]
    assert MOST_TRANSFERS == MILLION
    assert codes(where) == [("transfers", "too-many-transfers")] * (count == MILLION) + wrong
