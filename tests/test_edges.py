"""Faults found by trying to break tracing, transfers, restitution and import."""

from __future__ import annotations

import datetime
import json
import re

import pytest

from simlib.case import check_case, load_case
from simlib.case.columns import columns
from simlib.case.fields import FILE_NAME
from simlib.case.tables import Account, Transfer
from simlib.chain import accounts_of, layers, trace_back, trace_funds
from simlib.chain.account_summary import Ways
from simlib.chain.array_methods import plan
from simlib.chain.ledger import ledger
from simlib.chain.scalar import Walk
from simlib.cli import main
from simlib.errors import StatementError, UnknownName
from simlib.resources import shelf
from simlib.restitution import as_claimant
from simlib.statement import Key


@pytest.mark.parametrize("arrays", [False, True])
def test_a_fee_that_is_not_there_counts_for_the_time_stamp(arrays, monkeypatch):
    """50 other fen lie there, V's 100 come in, 100 leave with a fee of 60.

    100 + 60 is not the 100 that came, so that no stamp tells: 100 are taken pro rata of 150,
    67 of V's (66⅔) and 33; the fee takes what is left, 33 and 17, and 10 that came in unlisted.
    """
    monkeypatch.setattr("simlib.chain.array_methods.FEWEST", 0)
    rows = [
        {"payer": "V", "payee": "A", "amount_fen": 100},
        {"payer": "A", "payee": "B", "amount_fen": 100, "fee_fen": 60},
    ]
    book = ledger(rows, {"V": ("V",)}, {"A": 50})
    found = plan(book, "timestamp") if arrays else Walk(book, "timestamp", "outside").run()
    assert (found.of(1), found.fee_of(1)) == ({0: 67, 1: 33}, {0: 33, 1: 27})
    assert list(found.unlisted.values()) == [10]


@pytest.mark.parametrize("name", [".", ".."])
def test_a_folder_is_no_transfers_file(tmp_path, name):
    """A dot names the folder itself, two the one above: no file beside the case."""
    text = (shelf("cases") / "fix-1" / "case.toml").read_text(encoding="utf-8")
    (tmp_path / "case.toml").write_text(f'transfers_file = "{name}"\n{text}', encoding="utf-8")
    _, problems = check_case(tmp_path)
    assert [(p.path, p.code) for p in problems] == [("transfers_file", "bad-file-name")]


@pytest.mark.parametrize("name", ["...", ".a", "..a", "a.csv", "a", ".a.csv", "a" * 255])
def test_dots_may_be_in_a_name(name):
    """What is forbidden are the two names of folders, not dots."""
    assert re.search(FILE_NAME, name)


def test_a_key_nested_without_end_is_no_key(tmp_path):
    """The parser of JSON gives up at its own depth; the reader is told that this is no key."""
    path = tmp_path / "key.json"
    path.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(StatementError, match="key.json"):
        Key.read(path)


def test_json_of_an_import_quotes_no_cell(tmp_path, capsys):
    """It goes to other programs under pseudonyms; a name in a wrong column stays with its owner."""
    file = tmp_path / "s.csv"
    head = "交易日期,交易时间,交易金额,借贷标志,余额,对方账号,对方户名,摘要"
    rows = [
        "2024-05-20,10:00:00,100.00,贷,,6217009876543210987,李四光,x",
        "张三丰,10:00:00,100.00,贷,,6217009876543210987,李四光,x",
        "2024-05-20,10:00:00,6217009876543210987,贷,,1,李四光,x",
        "2024-05-20,10:00:00,100.00,李四光,,6217009876543210987,李四光,x",
    ]
    file.write_text("\n".join([head, *rows]), encoding="utf-8")
    main(["import", str(file), "--own", "s.csv=6222021234567890123", "--json"])
    out = capsys.readouterr().out
    assert json.loads(out)["taken"] == 1
    assert [row["row"] for row in json.loads(out)["refused"]] == [3, 4, 5]
    for original in ("张三丰", "李四光", "6217009876543210987", "6222021234567890123"):
        assert original not in out


def test_who_holds_many_accounts_is_known_after_a_change():
    """What is kept of many accounts belongs to these accounts: another holder is seen at once."""
    case = load_case("hypo-layers")
    more = [Account(id=f"x{n}", holder="he") for n in range(300)]
    case = case.model_copy(update={"accounts": (*case.accounts, *more)})
    other = case.set({"x7.holder": "xu"})
    for _ in range(2):
        assert accounts_of(case, "he") == {"he", "he-1", *(f"x{n}" for n in range(300))}
        assert accounts_of(case, "xu") == {"xu", "xu-2"}
        assert accounts_of(other, "xu") == {"xu", "xu-2", "x7"}
        assert accounts_of(other, "nobody") == {"nobody"}


def test_one_transfer_without_an_instant_is_placed_by_the_file_on_columns_too():
    """It opens the file, one with an instant follows: that it came first, the file alone says."""
    at = datetime.datetime(2024, 5, 20, 10, tzinfo=datetime.UTC)
    rows = (
        Transfer(id="t1", payer="V", payee="A", amount_fen=5),
        Transfer(id="t2", payer="A", payee="B", amount_fen=5, at=at),
    )
    for transfers in (rows, columns(rows)):
        assert trace_funds(transfers, "V").assumptions == ("file-order",)
        assert [*trace_funds(transfers, "V").order] == [0, 1]


@pytest.mark.parametrize("account", ["nobody", ["xu", "nobody"]])
def test_backwards_from_an_account_nobody_named(account):
    """A slip in its name is told; that no money came there would be an answer."""
    with pytest.raises(UnknownName):
        trace_back(load_case("hypo-layers"), account)
    with pytest.raises(UnknownName):
        trace_back([{"payer": "V", "payee": "xu", "amount_fen": 5}], account)
    assert trace_back(load_case("hypo-layers"), "li") == {}


def test_payments_between_few_and_many_accounts():
    """Which side is asked first changes nothing: counted one by one."""
    rows = tuple(
        Transfer(id=f"t{n}", payer=f"a{n * 7 % 23}", payee=f"b{n * 5 % 19}", amount_fen=n)
        for n in range(200)
    )
    ways = Ways(columns(rows))
    few, many = {"a1", "a2", "b3"}, {f"{letter}{n}" for letter in "ab" for n in range(2, 300)}
    for payers in (None, few, many, set(), list(few)):
        for payees in (None, few, many, set(), {"b3": 1}.keys()):
            among = [
                n
                for n, t in enumerate(rows)
                if (payers is None or t.payer in payers) and (payees is None or t.payee in payees)
            ]
            assert ways.between(payers, payees).tolist() == among


def test_layers_of_many_accounts_belong_to_their_case():
    """What is kept of one case never answers for another: other transfers, another claimant."""
    case = load_case("hypo-layers")
    many = tuple(Account(id=f"x{n}", holder="he") for n in range(300))
    large = case.model_copy(update={"accounts": (*case.accounts, *many)})
    fewer = large.model_copy(update={"transfers": large.transfers[:3]})
    for other in (large, fewer, as_claimant(large, "wu"), large, fewer):
        small = other.model_copy(update={"accounts": case.accounts})
        found = layers(other)
        assert found == layers(small)
        found.clear()  # nor is what was handed out the one kept
        assert layers(other) == layers(small) != {}
