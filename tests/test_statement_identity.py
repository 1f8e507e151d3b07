"""Who is who in bank statements: nobody is merged with somebody else, and what may be one is said.

Ids are given in order of appearance: c1 the statement's own account, c2 the next, and so on.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.strategy import draws

from simlib.errors import StatementError
from simlib.statement import Key, combine, convert, detect, read_tables
from simlib.statement.deduplicate import combine_same, holder_of
from simlib.statement.identity.pseudonyms import SCHEMA
from simlib.text import message, words

HEAD = "日期,时间,支出,收入,对方账号,对方户名\n"
OWN = "6222020000009999"


def reading(rows: str, name: str = "a.csv", own: str = OWN, head: str = HEAD) -> object:
    """A statement of this account."""
    (table,) = read_tables((head + rows).encode(), name)
    mapping = detect(table)
    return convert(table, mapping.change(account=own) if own else mapping)


def paid(number: str, name: str, day: int = 1) -> str:
    """A row: 5.00 to somebody."""
    return f"2022-10-{day:02d},10:00:00,5.00,,{number},{name}\n"


def payees(found: object) -> list[str]:
    """Who got the money of each transfer."""
    return [row["payee"] for row in found.transfers]


def codes(notes: object) -> dict[str, dict]:
    """Notes by their code."""
    return {note.code: dict(note.values) for note in notes}


# ---- numbers hidden in part


@pytest.mark.parametrize(
    "number",
    ["6222****1234", "6222××1234", "6222XXXX1234", "6222…1234", "6222...1234", "尾号1234",
     "＊＊1234", "6222●●●●1234", "w***@x.com"],
)  # fmt: skip
def test_a_hidden_number_is_an_account_only_with_its_whole_name(number):
    """张三 twice is one account; 李四 is another, and so is whoever has no name."""
    found = combine([reading(
        paid(number, "张三") + paid(number, "李四", 2) + paid(number, "张三", 3)
        + paid(number, "", 4) + paid(number, "张*", 5)
    )])  # fmt: skip
    assert payees(found) == ["c2", "c3", "c2", "c4", "c5"]
    assert len({account.holder for account in found.accounts}) == 5
    said = codes(found.warnings)
    assert said["masked-names"] == {"label": "a.csv", "row": 3, "count": 1}
    assert said["masked-alone"] == {"count": 2, "ids": "c4, c5"}


def test_a_hidden_number_never_becomes_a_whole_one_that_it_fits():
    """6222****1234 of 张三 and 6222020000001234 of 张三 are two accounts; the pair is said."""
    found = combine([reading(
        paid("6222****1234", "张三") + paid("6222020000001234", "张三", 2)
        + paid("6217000000001234", "李四", 3)
    )])  # fmt: skip
    assert payees(found) == ["c2", "c3", "c4"]
    assert codes(found.assumptions)["maybe-one"] == {"count": 1, "ids": "c2/c3", "first": "c2=c3"}


def test_two_names_under_one_whole_number_are_two_accounts():
    """A wallet's clearing account has every merchant's name; the row without a name is nobody
    else's, and the names are said with their first row."""
    found = combine([reading(
        paid("243300133", "财付通-美团") + paid("243300133", "财付通-滴滴", 2)
        + paid("243300133", "", 3) + paid("243300133", "财付通-美团", 4)
    )])  # fmt: skip
    assert payees(found) == ["c2", "c3", "c4", "c2"]
    assert codes(found.warnings)["two-names"] == {"label": "a.csv", "row": 3, "count": 1}


def test_a_name_the_bank_hid_in_part_stays_with_the_number_it_fits():
    """李*红 beside the number of 李小红 is she; 王* is not."""
    found = combine([reading(
        paid("6001", "李小红") + paid("6001", "李*红", 2) + paid("6001", "", 3)
        + paid("6002", "李小红", 4) + paid("6002", "王*", 5)
    )])  # fmt: skip
    assert payees(found) == ["c2", "c2", "c2", "c3", "c4"]
    held = {account.id: account.holder for account in found.accounts}
    assert held["c2"] == held["c3"] != held["c4"]
    assert codes(found.warnings)["two-names"]["count"] == 1


def test_payer_and_payee_with_one_hidden_number_are_not_made_one():
    """Own 6222****1234 of 张三 pays 李四 of the same visible digits: money moved. Without names
    nobody knows: refused with what to do. With one whole name both times: to itself."""
    head = "日期,金额,本方账号,本方户名,对方账号,对方户名\n"
    found = reading(
        "2022-10-01,-1.00,6222****1234,张三,6222****1234,李四\n"
        "2022-10-02,-1.00,6222****1234,张三,6222****1234,\n"
        "2022-10-03,-1.00,6222****1234,张三,6222****1234,张三\n"
        "2022-10-04,-1.00,6222001234,张三,6222001234,李四\n",
        own="", head=head,
    )  # fmt: skip
    assert [m.row for m in found.movements] == [2, 5]
    assert [(line.row, line.code) for line in found.refused] == [(3, "masked-itself")]
    assert (4, "to-itself") in [(line.row, line.code) for line in found.skipped]


# ---- names without numbers


def test_four_merchants_of_one_wallet_are_four():
    """The wallet writes / where it knows no account; a name is a holder of its own, met again he
    is the same; nobody is whoever has neither."""
    found = combine([reading(
        paid("/", "美团") + paid("", "滴滴", 2) + paid("-", "肯德基", 3) + paid("/", "淘宝", 4)
        + paid("", "美团", 5) + paid("/", "/", 6) + paid("", "**", 7)
    )])  # fmt: skip
    assert payees(found)[:5] == ["p2", "p3", "p4", "p5", "p2"]
    assert payees(found)[5:] == ["others", "others"]
    assert [(a.id, a.rows, a.in_fen) for a in found.by_name] == [
        ("p2", 2, 1_000), ("p3", 1, 500), ("p4", 1, 500), ("p5", 1, 500)]  # fmt: skip
    assert codes(found.assumptions)["by-name"] == {"count": 4, "ids": "p2, p3, p4, p5"}


def test_a_missing_number_never_merges_with_a_number_or_another_wallet():
    """王五 by name in a, by number in a, by name in b: three holders; the pairs are said."""
    first = reading(paid("", "王五") + paid("6003", "王五", 2))
    second = reading(paid("", "王五", 3) + paid("", "王五", 4), "b.csv", "6222020000008888")
    found = combine([first, second])
    assert payees(found) == ["p2", "c2", "p5", "p5"]
    assert {account.id: account.holder for account in found.accounts}["c2"] == "p3"
    assert codes(found.assumptions)["maybe-same"] == {
        "count": 2, "ids": "p2/p3, p5/p3", "first": "p2=p3"}  # fmt: skip
    again = combine([first, reading(paid("", "王五", 5), "c.csv")])  # the same account's
    assert payees(again) == ["p2", "c2", "p2"]


# ---- two statements


def test_hidden_names_and_numbers_merge_no_transfers():
    """The victim's bank hides the payee's number, the payee's bank hides hers: nobody can tell
    whether the 8 000.00 are one transfer; both are taken and said. With names against it, not
    said."""
    out = "2022-10-05,10:00:00,8000.00,,6217****2222,王五\n"
    into = "2022-10-05,10:00:03,,8000.00,6222****9999,{}\n"
    for name, said in (("李*红", True), ("", True), ("赵六", True)):
        found = combine([reading(out), reading(into.format(name), "b.csv", "6217000000002222")])
        assert found.taken == 2
        assert ("maybe-twice" in codes(found.warnings)) is said
    note = codes(found.warnings)["maybe-twice"]
    assert note == {"label": "b.csv", "row": 2, "other": "a.csv", "first": 2, "count": 1}
    far = into.replace("6222****9999", "6228****0000")
    found = combine([reading(out), reading(far.format(""), "b.csv", "6217000000002222")])
    assert "maybe-twice" not in codes(found.warnings)


def test_a_row_of_a_day_only_may_be_any_of_that_day():
    """The payee's bank prints no time: the transfer of that day may be the same, another day's
    not; two hundred others of that amount hide neither."""
    out = "2022-10-05,10:00:00,5.00,,6217****2222,王五\n"
    others = "".join(f"2022-10-05,09:{n % 60:02d}:00,5.00,,700{n},人{n}\n" for n in range(200))
    into = "2022-10-0{},{},,5.00,6222****9999,李*红\n"
    for day, time, said in ((5, "", True), (5, "10:00:03", True), (6, "", False)):
        second = reading(into.format(day, time), "b.csv", "6217000000002222")
        found = combine([reading(others * (time != "") + out), second])
        assert ("maybe-twice" in codes(found.warnings)) is said


@pytest.mark.parametrize("rows", [
    [("6001", f"{'*' * n}李{'*' * (60 - n)}") for n in range(60)],
    [(f"6222****{n:04d}", "") for n in range(60)],
])  # fmt: skip
def test_many_ways_to_hide_one_name_take_no_time(rows):
    """Each is compared with a few others at most; none is lost."""
    found = combine([reading("".join(paid(*row) for row in rows))])
    assert found.taken == 60
    assert len(set(payees(found))) == 60


def test_hidden_pairs_match_from_both_sides_where_both_names_are_whole():
    """Both banks hide the same digits and print the whole names: one transfer, taken once."""
    head = "日期,时间,金额,收支,本方账号,本方户名,对方账号,对方户名\n"
    ends = ("6222****1111,李小红", "6217****2222,王五")
    one = reading(f"2022-10-05,10:00:00,5.00,支出,{ends[0]},{ends[1]}\n", own="", head=head)
    two = reading(f"2022-10-05,10:00:02,5.00,收入,{ends[1]},{ends[0]}\n", "b.csv", "", head)
    assert combine([one, two]).taken == 1
    bare = reading("2022-10-05,10:00:02,5.00,收入,6217****2222,,6222****1111,李小红\n", "b.csv", "",
                   head)  # fmt: skip
    assert combine([one, bare]).taken == 2


# ---- the key


def test_the_key_keeps_names_apart_in_later_imports(tmp_path):
    """6005 was 张三's in the first import; 李四 beside it in the next is another account, 张三
    keeps his, and a row without a name is neither's."""
    first = combine([reading(paid("6005", "张三"))])
    first.key.write(tmp_path / "key.json")
    key = Key.read(tmp_path / "key.json")
    later = combine([reading(
        paid("6005", "李四", 2) + paid("6005", "张三", 3) + paid("6005", "", 4), "b.csv"
    )], key)  # fmt: skip
    assert payees(first) == ["c2"]
    assert payees(later) == ["c3", "c2", "c4"]
    assert combine([reading(paid("6005", "李四", 5), "c.csv")], key).transfers[0]["payee"] == "c3"


def test_a_name_met_later_is_the_holders(tmp_path):
    """6006 without a name, later 张三's: the same account, and 张三 can be named."""
    key = combine([reading(paid("6006", ""))]).key
    found = combine([reading(paid("6006", "张三", 2), "b.csv")], key)
    assert payees(found) == ["c2"]
    assert holder_of(found, "张三") == key.holder_of["c2"] == "p2"


def test_a_key_of_an_earlier_version_is_read(tmp_path):
    """Without the names of accounts; a hidden number in it is nobody's any more."""
    Path(tmp_path / "old.json").write_text(json.dumps({
        "schema": SCHEMA,
        "accounts": [{"id": "c1", "original": "number:6005", "holder": "p1"},
                     {"id": "c2", "original": "number:6222****1234", "holder": "p1"}],
        "holders": [{"id": "p1", "original": "name:张三"}],
        "transfers": {"t1": ["a.csv", 2]}, "files": [], "sheets": {},
    }), encoding="utf-8")  # fmt: skip
    key = Key.read(tmp_path / "old.json")
    found = combine([reading(
        paid("6005", "李四") + paid("6005", "张三", 2) + paid("6222****1234", "李四", 3)
    )], key)  # fmt: skip
    assert payees(found) == ["c4", "c1", "c5"]
    assert len({account.holder for account in found.accounts}) == 3


def test_who_is_meant_by_a_name_a_number_or_both():
    """Several of one number are asked apart; number and name in either order mean one."""
    found = combine([reading(
        paid("6222****1234", "张三") + paid("6222****1234", "李四", 2) + paid("", "小店", 3)
        + paid("", "赵六", 4) + paid("6007", "赵六", 5)
    )])  # fmt: skip
    for who in ("6222****1234 张三", "张三 6222****1234", "张三/6222****1234", "张三", "c2"):
        assert holder_of(found, who) == "p2"
    assert holder_of(found, "小店") == "p4"
    for who, ids in (("6222****1234", "c2, c3"), ("赵六", "p5, p6")):
        with pytest.raises(StatementError) as refused:
            holder_of(found, who)
        assert (refused.value.code, refused.value.values["ids"]) == ("import-several", ids)
        assert ids in message(refused.value, "zh")


def test_the_reader_can_say_who_is_one_person():
    """王五 by name and by number, said to be one: one holder, the accounts and the transfers' ids
    as before, kept in the key; nothing is asked of them any more."""
    rows = paid("", "王五") + paid("6003", "王五", 2) + paid("", "赵六", 3)
    key = Key()
    found = combine_same([reading(rows)], key, [("p2", "c2")])
    assert payees(found) == ["p3", "c2", "p4"]
    assert [row["id"] for row in found.transfers] == ["t1", "t2", "t3"]
    assert [holder.id for holder in found.holders] == ["p1", "p3", "p4"]
    assert [account.id for account in found.by_name] == ["p4"]
    assert "maybe-same" not in codes(found.assumptions)
    assert holder_of(found, "王五") == "p3"
    later = combine([reading(paid("", "王五", 4), "b.csv")], key)
    assert (later.transfers[0]["id"], payees(later)) == ("t4", ["p3"])
    with pytest.raises(StatementError) as refused:
        combine_same([reading(rows)], Key(), [("p9", "c2")])
    assert refused.value.code == "import-unknown"


def test_the_reader_can_say_that_two_accounts_are_one():
    """Each bank hides the other's number: two transfers of 8 000.00, which are one once the reader
    says so. A card and its account are one; what moves between them moves nothing."""
    out = "2022-10-05,10:00:00,8000.00,,6217****2222,王五\n"
    into = "2022-10-05,10:00:03,,8000.00,6222****9999,李*红\n"
    both = [reading(out), reading(into, "b.csv", "6217000000002222")]
    assert combine(both).taken == 2
    pairs = [("6217****2222 王五", "6217000000002222"), ("6222****9999", OWN)]
    found = combine_same(both, Key(), pairs)
    assert [(row["payer"], row["payee"]) for row in found.transfers] == [("c1", "c3")]
    assert [account.id for account in found.accounts] == ["c1", "c3"]
    assert "maybe-twice" not in codes(found.warnings)
    assert "masked-alone" not in codes(found.warnings)
    card = reading(paid("0200123456789", "张三") + paid("6005", "", 2))
    found = combine_same([card], Key(), [("0200123456789", OWN)])
    assert [(row["payer"], row["payee"]) for row in found.transfers] == [("c1", "c3")]
    assert ("to-itself", 2) in [(line.code, line.row) for line in found.skipped]
    assert found.read == found.taken + len(found.refused) + len(found.skipped)


def test_every_note_has_words():
    """In both languages, with the values it carries."""
    found = combine([
        reading(paid("6222****1234", "张三") + paid("6222****1234", "", 2) + paid("", "张三", 3)
                + paid("6222001234", "张三", 7)
                + paid("6222****1234", "李四", 4) + paid("9", "a", 5) + paid("9", "b", 6)),
        reading("2022-10-01,10:00:00,,5.00,6222****9999,x\n", "b.csv", "6222001234"),
    ])  # fmt: skip
    said = {**codes(found.warnings), **codes(found.assumptions)}
    assert {"masked-names", "masked-alone", "two-names", "maybe-twice", "by-name",
            "maybe-same", "maybe-one"} <= set(said)  # fmt: skip
    for code, values in said.items():
        texts = {words("statement", f"notes.{code}", lang, **values) for lang in ("zh", "en")}
        assert len(texts) == 2


# ---- whatever the rows


NUMBERS = ("6222020000001234", "6222****1234", "6222XXXX1234", "尾号1234", "6005", "", "/", "-")
WHOLE = ("张三", "李四", "张三丰", "李小红")
NAMES = (*WHOLE, "张*", "李*红", "*", "", "/")
ROWS = st.lists(st.tuples(st.sampled_from(NUMBERS), st.sampled_from(NAMES), st.booleans()),
                min_size=1, max_size=8)  # fmt: skip
OWNS = st.sampled_from((OWN, "6222020000001234", "6222****1234", "6005"))


def statement(number: int, own: str, rows: list) -> tuple[object, dict[int, tuple[str, bool]]]:
    """A statement of random rows; row → the other side's name, and whether it was paid."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    for day, (other, name, out) in enumerate(rows, 1):
        amounts = ("5.00", "") if out else ("", "5.00")
        writer.writerow([f"2022-10-{day:02d}", f"{number:02d}:00:00", *amounts, other, name])
    names = {line: (name, out) for line, (_, name, out) in enumerate(rows, 2)}
    return reading(file.getvalue(), f"{number}.csv", own), names


@settings(max_examples=draws(200), deadline=None)
@given(st.lists(st.lists(st.tuples(OWNS, ROWS), min_size=1, max_size=3), min_size=1, max_size=2))
def test_money_to_one_name_never_becomes_anothers(imports):
    """Whatever rows, in one import or in two that share a key: an account, and a holder, has at
    most one whole name among all who were paid or paid."""
    key, number = Key(), 0
    names_of: dict[str, set[str]] = defaultdict(set)
    for statements in imports:
        readings, said = [], {}
        for own, rows in statements:
            number += 1
            read, names = statement(number, own, rows)
            readings.append(read)
            said[read.label] = names
        found = combine(readings, key)
        holders = {account.id: account.holder for account in found.accounts}
        for row in found.transfers:
            label, line = key.transfers[row["id"]]
            name, out = said[label][line]
            end = row["payee"] if out else row["payer"]
            if name in WHOLE:
                names_of[end].add(name)
                names_of[holders.get(end, end)].add(name)
    assert {id: names for id, names in names_of.items() if len(names) > 1} == {}
    assert "others" not in names_of


def test_the_reader_can_say_that_two_share_a_name():
    """Two accounts of one 张伟 by name, of two people as the reader says: each has a role of its
    own, nothing is asked of them any more, and a later statement with the key knows both again."""
    rows = paid("6003", "张伟") + paid("6004", "张伟", 2) + paid("", "张伟", 3)
    one = combine([reading(rows)])
    held = {account.id: account.holder for account in one.accounts}
    assert held["c2"] == held["c3"]
    note = next(note for note in one.assumptions if note.code == "same-name")
    assert note.values == {"count": 1, "ids": "c2/c3", "first": "c3"}
    key = Key()
    found = combine_same([reading(rows)], key, apart=[str(note.values["first"])])
    held = {account.id: account.holder for account in found.accounts}
    assert held["c2"] != held["c3"]
    assert "same-name" not in codes(found.assumptions)
    assert [row["payee"] for row in found.transfers] == ["c2", "c3", "p3"]
    later = combine([reading(paid("6004", "张伟", 4), "b.csv")], key)
    assert {account.id: account.holder for account in later.accounts}["c3"] == held["c3"]
    for who, code in (("p2", "import-no-account"), ("9999", "import-unknown")):
        with pytest.raises(StatementError) as refused:
            combine_same([reading(rows)], Key(), apart=[who])
        assert refused.value.code == code
