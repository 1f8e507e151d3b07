"""Bank statements put together, under pseudonyms, and made a case; the command line.

Sums are worked out by hand in the docstrings.
"""

from __future__ import annotations

import csv
import json
import os
import stat
import tomllib
from pathlib import Path

import pytest

from simlib import decide, load_case
from simlib.case import check_case, check_text
from simlib.chain import trace_case
from simlib.errors import StatementError
from simlib.resources import shelf
from simlib.statement import (
    Key,
    case_draft,
    case_text,
    combine,
    convert,
    detect,
    read_mapping,
    read_tables,
)
from simlib.statement.case.roles_and_questions import PARTS
from simlib.statement.identity.pseudonyms import Masks
from simlib.text import message, topic_words

VICTIM, CARD, NEXT = "6222020000001111", "6217000000002222", "6228480000003333"
WORDS = {lang: topic_words("statement", lang) for lang in ("zh", "en")}

# The victim's bank: 8 000.00 to the card, 100.00 to a shop, 50.00 back from the card.
VICTIMS = f"""\
户名：李小红,账号：{VICTIM},,,,,,,
交易日期,交易时间,摘要,借方发生额,贷方发生额,余额,对方户名,对方账号,流水号
2022-10-05,09:30:00,超市,100.00,,"9,900.00",好又多超市,9001,S1
2022-10-05,10:00:00,给王五 13812345678,"8,000.00",,"1,900.00",王五,{CARD},S2
2022-10-06,10:00:00,=退款,,50.00,"1,950.00",王五,{CARD},S3
"""
# The card's bank: the same 8 000.00 three seconds later, 7 000.00 on to the next, the 50.00 back, a
# dividend of 10.00 from nobody named.
CARDS = f"""\
交易卡号,交易户名,交易时间,交易金额,交易余额,收付标志,对手账号,对手户名
{CARD},王五,2022-10-05 10:00:03,8000.00,8100.00,进,{VICTIM},李*红
{CARD},王五,2022-10-05 10:05:00,7000.00,1100.00,出,{NEXT},赵六
{CARD},王五,2022-10-06 10:00:02,50.00,1050.00,出,{VICTIM},李*红
{CARD},王五,2022-10-07 00:00:00,10.00,1060.00,进,,
"""
NAMES = ("李小红", "王五", "赵六", "好又多", VICTIM, CARD, NEXT, "9001", "13812345678")


def reading(text: str, name: str) -> object:
    """A statement read by its own headers."""
    (table,) = read_tables(text.encode("gb18030"), name)
    return convert(table, detect(table))


def both(**choices: object) -> object:
    """Both statements together."""
    return combine([reading(VICTIMS, "a.csv"), reading(CARDS, "b.csv")], **choices)


def flows(found: object) -> list[tuple[str, str, int]]:
    """Who paid whom how much."""
    return [(row["payer"], row["payee"], row["amount_fen"]) for row in found.transfers]


@pytest.fixture
def run(run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """A command line in a folder that holds both statements: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_bytes(VICTIMS.encode("gb18030"))
    Path("b.csv").write_bytes(CARDS.encode("utf-8-sig"))
    return run


# ---- together


def test_both_sides_of_a_transfer_are_one():
    """3 + 4 movements; the 8 000.00 and the 50.00 are in both: 5 transfers, 2 skipped.

    Accounts in order of appearance: c1 the victim's, c2 the shop's, c3 the card, c4 the next.
    """
    found = both()
    assert flows(found) == [
        ("c1", "c2", 10_000),
        ("c1", "c3", 800_000),
        ("c3", "c4", 700_000),
        ("c3", "c1", 5_000),
        ("others", "c3", 1_000),
    ]
    same = [line for line in found.skipped if line.code == "same-transfer"]
    assert [(line.label, line.row, line.values) for line in same] == [
        ("a.csv", 5, {"label": "b.csv", "first": 4}),
        ("b.csv", 2, {"label": "a.csv", "first": 4}),
    ]
    assert found.read == 5 + 5 == found.taken + len(found.refused) + len(found.skipped)
    swapped = combine([reading(CARDS, "b.csv"), reading(VICTIMS, "a.csv")])
    assert [row["amount_fen"] for row in swapped.transfers] == [
        10_000, 800_000, 700_000, 5_000, 1_000]  # fmt: skip


def test_account_totals_and_opening_balance():
    """Card: 8 100 − 8 000 = 100 before; in 8 000 + 10; out 7 000 + 50. Victim: 10 000 before."""
    held = {account.id: account for account in both().accounts}
    assert (held["c3"].opening_fen, held["c3"].in_fen, held["c3"].out_fen) == (
        10_000, 801_000, 705_000)  # fmt: skip
    assert (held["c1"].opening_fen, held["c1"].in_fen, held["c1"].out_fen) == (
        1_000_000, 5_000, 810_000)  # fmt: skip
    assert [(a.id, a.own) for a in held.values()] == [
        ("c1", True), ("c2", False), ("c3", True), ("c4", False)]  # fmt: skip


def test_overlapping_statements_of_one_account_are_taken_once():
    """January to March and March to May: the row both have is skipped, with where it stands."""
    head = "日期,支出,收入,余额,对方账号,本方账号,流水号\n"
    row = "2022-03-31 10:00:00,5.00,,95.00,B,A,S9\n"
    first = reading(head + row, "1.csv")
    second = reading(head + row + "2022-04-01 10:00:00,5.00,,90.00,B,A,S10\n", "2.csv")
    found = combine([first, second])
    assert flows(found) == [("c1", "c2", 500), ("c1", "c2", 500)]
    assert [(line.label, line.row, line.code) for line in found.skipped][2:] == [
        ("2.csv", 2, "same-transfer")]  # fmt: skip


def test_overlapping_days_without_serial_numbers():
    """Two equal rows of one day in both statements are two, told by their balances; without
    balances the whole sheet is told, and of a part nobody can tell: the overlap is told."""
    head = "日期,支出,收入,余额,对方账号,本方账号\n"
    rows = "2022-03-31,5.00,,90.00,B,A\n2022-03-31,,5.00,95.00,C,A\n2022-03-31,5.00,,90.00,B,A\n"
    readings = [reading(head + rows, "1.csv"), reading("\n" + head + rows, "2.csv")]
    found = combine(readings)
    assert (found.taken, found.read) == (3, 4 + 5)
    assert "overlap" not in {note.code for note in found.warnings}
    first = reading(head + rows.split("\n")[0] + "\n", "0.csv")  # stands for one of the two
    assert combine([first, readings[1]]).taken == 1 + 2
    bare = head.replace("余额", "附注")
    assert combine([reading(bare + rows, "1.csv"), reading("\n" + bare + rows, "2.csv")]).taken == 3
    more = rows + "2022-03-31,1.00,,90.00,B,A\n"
    found = combine([reading(bare + rows, "1.csv"), reading(bare + more, "2.csv")])
    assert found.taken == 3 + 4
    assert [n.values for n in found.warnings if n.code == "overlap"] == [
        {"label": "1.csv", "other": "2.csv", "count": 3,
         "listed": "1.csv:2 = 2.csv:2; 1.csv:3 = 2.csv:3; 1.csv:4 = 2.csv:4"}]  # fmt: skip


def test_transfer_on_one_statement_only_is_reported():
    """The card's statement covers 10:02 of that day and has no such row."""
    more = f'2022-10-05,10:02:00,转账,1.00,,"1,899.00",王五,{CARD},S4\n'
    text = VICTIMS.replace("2022-10-06,10:00:00,=", more + "2022-10-06,10:00:00,=")
    text = text.replace("1,950.00", "1,949.00")  # 1 899 + 50
    found = combine([reading(text, "a.csv"), reading(CARDS, "b.csv")])
    assert [n.values for n in found.warnings if n.code == "one-sided"] == [
        {"label": "a.csv", "row": 5, "count": 1}]  # fmt: skip
    assert "one-sided" not in {note.code for note in both().warnings}


def test_equal_transfers_far_apart_are_not_merged():
    """301 seconds apart they are two transfers; 300 apart, one."""
    head = "时间,金额,收支,对方账号,本方账号\n"
    paid = reading(head + "2022-10-05 10:00:00,5.00,支出,B,A\n", "1.csv")
    for second, count in ((0, 1), (1, 2)):
        came = reading(head + f"2022-10-05 10:05:0{second},5.00,收入,A,B\n", "2.csv")
        assert combine([paid, came]).taken == count


def test_the_same_statement_twice_is_taken_once():
    """The same bytes under two names."""
    once = combine([reading(VICTIMS, "a.csv")])
    found = combine([reading(VICTIMS, "a.csv"), reading(VICTIMS, "b.csv")])
    assert found.transfers == once.transfers
    assert found.accounts == once.accounts
    assert found.read == 2 * once.read


# ---- pseudonyms


def test_only_the_key_contains_names_and_numbers():
    """No name, number, phone or remark in anything but the key; the key has them all."""
    found = both()
    draft = case_draft(found, WORDS, roles={"c1": "victim", "c3": "helper:account:knowing"})
    said = f"{found.accounts} {found.holders} {found.transfers} {draft}"
    said += str([line.values for line in (*found.refused, *found.skipped)])
    assert [name for name in NAMES if name in said] == []
    key = json.dumps(found.key.to_json(), ensure_ascii=False)
    assert [name for name in NAMES[:-1] if name not in key] == []


def test_partly_masked_name_identifies_no_party():
    """李*红 beside 李小红's number is she; two accounts of 张* are two holders."""
    found = both()
    assert {account.id: account.holder for account in found.accounts}["c1"] == "p1"
    head = "时间,金额,收支,对方账号,对方户名\n"
    hidden = reading(
        head + "2022-10-05,5.00,支出,B,张*\n2022-10-05,5.00,支出,C,张*\n"
        "2022-10-05,5.00,支出,D,张三\n2022-10-05,5.00,支出,E,张三\n", "1.csv")  # fmt: skip
    found = combine([hidden])
    holders = [account.holder for account in found.accounts]
    assert holders == ["p1", "p2", "p3", "p4", "p4"]
    assert [(n.code, n.values) for n in found.assumptions if n.code == "same-name"] == [
        ("same-name", {"count": 1, "ids": "c4/c5", "first": "c5"})]  # fmt: skip


def test_pseudonyms_are_the_same_in_every_run_and_go_on_from_a_key(tmp_path):
    """Order of appearance; a later import with the key knows the card again as c3."""
    first, again = both(), both()
    assert first.key.to_json() == again.key.to_json()
    first.key.write(tmp_path / "key.json")
    key = Key.read(tmp_path / "key.json")
    head = "时间,金额,收支,本方账号,对方账号\n"
    later = reading(f"{head}2022-11-01,5.00,支出,{CARD},6000\n", "c.csv")
    found = combine([later], key)
    assert flows(found) == [("c3", "c5", 500)]
    assert found.transfers[0]["id"] == "t6"
    found.key.write(tmp_path / "key.json")  # it was read from there
    assert Key.read(tmp_path / "key.json").to_json() == found.key.to_json()


def test_key_file_is_readable_by_its_owner_only(tmp_path):
    """Mode 0600; never in a case's folder, above or below it; never over another file."""
    key = both().key
    key.write(tmp_path / "key.json", outside=tmp_path / "kase")
    assert stat.S_IMODE(os.stat(tmp_path / "key.json").st_mode) == 0o600
    (tmp_path / "case" / "deep").mkdir(parents=True)
    (tmp_path / "case" / "case.toml").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "case")
    (tmp_path / "to-be").mkdir()
    (tmp_path / "beside").symlink_to(tmp_path / "to-be")
    for path, outside, code in (
        (tmp_path / "kase" / "k.json", tmp_path / "kase", "key-in-case"),
        (tmp_path / "case" / "k.json", None, "key-in-case"),
        (tmp_path / "case" / "deep" / "k.json", None, "key-in-case"),
        (tmp_path / "link" / "k.json", None, "key-in-case"),
        (tmp_path / "beside" / "k.json", tmp_path / "to-be", "key-in-case"),
        (tmp_path / "nowhere" / "k.json", None, "key-unwritable"),
    ):
        with pytest.raises(StatementError) as refused:
            key.write(path, outside=outside)
        assert refused.value.code == code
    with pytest.raises(StatementError) as refused:
        both().key.write(tmp_path / "key.json")
    assert refused.value.code == "key-exists"
    (tmp_path / "other.json").write_text('{"schema": "x"}')
    for name in ("other.json", "none.json"):
        with pytest.raises(StatementError) as refused:
            Key.read(tmp_path / name)
        assert refused.value.code == "key-unreadable"


def test_names_are_kept_only_on_request_with_a_notice():
    """The flag keeps names and numbers, and warns."""
    found = both(keep_names=True)
    assert found.holders[0].zh == "李小红"
    assert found.accounts[0].id == VICTIM
    assert "names-kept" in {note.code for note in found.warnings}
    assert "names-kept" not in {note.code for note in both().warnings}


@pytest.mark.parametrize(
    ("remark", "masked"),
    [
        ("给王五 13812345678", "给[p1] [phone]"),
        (f"转{CARD}", "转[c1]"),
        ("身份证11010519491231002X", "身份证[id]"),
        ("卡6222 0200 1234 5678 901", "卡[card]"),
        ("电话010-12345678，+86 138-1234-5678", "电话[phone],[phone]"),
        ("单号1234567", "单号[number]"),
        ("５０元货款２０２２年", "50元货款2022年"),
        ("a.b@example.com", "[mail]"),
        ("张三还款", "张三还款"),
    ],
)
def test_remarks_are_masked(remark, masked):
    """Known names and numbers by their pseudonyms, numbers of persons by tokens; sums stay. Who is
    nobody's name in the statements is not found: that is told."""
    found = combine([reading(CARDS, "b.csv")])
    assert Masks(found.key).masked(remark) == masked


def test_remarks_are_dropped_unless_asked_for():
    """And those of movements left out of the case are dropped all the same."""
    assert both().remarks == {}
    found = both(keep_remarks=True)
    assert found.remarks == {"t1": "超市", "t2": "给[p3] [phone]"}
    assert "remarks-kept" in {note.code for note in found.warnings}
    draft = case_draft(found, WORDS, roles={"c1": "victim", "c3": "helper:account:knowing"})
    assert "超市" not in draft.remarks
    assert "给[p3] [phone]" in draft.remarks


# ---- a case


def test_case_is_built_from_the_stated_roles():
    """Loss 8 000.00 = what the victim paid somebody with a role; the shop is left out; the 50.00
    that came back are pointed at and not deducted. The case is valid and can be traced: of the
    7 000.00 that reached the next account all was hers by FIFO but the 100.00 that were there."""
    roles = {"c1": "victim", CARD: "helper:account:knowing", "赵六": "helper:account:gross"}
    draft = case_draft(both(), WORDS, roles=roles, unknown_principal=True, inline=True)
    assert (draft.transfers, draft.accounts, draft.left_out) == (4, 3, ("t1",))
    case, problems = check_text(draft.text)
    assert problems == []
    assert (case.loss_fen, str(case.acted_on), case.claimant) == (800_000, "2022-10-05", "p1")
    assert case.kinds["loss_fen"] == "assumed"
    assert case.recovered_fen == 0
    assert [note.code for note in draft.notes] == ["fill-returned"]
    assert draft.notes[0].values == {"amount": "50.00"}
    assert trace_case(case, "fifo").of("t3") == {"p1": 690_000, None: 10_000}
    assert decide(case, "joint").received_fen == 800_000
    alone = case.set({"others.sued": True})
    assert decide(alone, "joint").to_json()["received_fen"] == 800_000


def test_unstated_facts_stay_open_and_marked():
    """No roles: no victim, loss, day, principal, fault is made up; each place is marked in the
    text in both languages, and `simlib check` names it."""
    draft = case_draft(both(), WORDS)
    assert [note.code for note in draft.notes] == [
        "fill-acted_on", "fill-loss", "fill-role", "fill-role", "fill-principal",
    ]  # fmt: skip
    assert draft.text.count("【待填】") == 5 + 1  # the head explains the mark
    assert draft.text.count("FILL IN") == 5 + 1
    raw = tomllib.loads(draft.text)
    assert not {"acted_on", "loss_fen", "claimant"} & set(raw)
    assert [party.get("role") for party in raw["parties"]] == [None, None, "unknown"]
    assert draft.transfers == 5
    alone = case_draft(both(), WORDS, roles={"c1": "victim"})
    assert [note.code for note in alone.notes][:2] == ["fill-acted_on", "fill-loss"]
    text = case_text(both(), WORDS, roles={"c3": "helper", "c1": "victim"})
    codes = {(problem.path, problem.code) for problem in check_text(text)[1]}
    assert codes == {
        ("parties", "no-principal"), ("parties.p3", "no-act"), ("parties.p3", "no-fault"),
    }  # fmt: skip


def test_nobody_becomes_a_helper_by_default():
    """Whoever paid into the card, and whoever got money from it, is not identified: a helper is
    only who was called one. A file that has them as unsued helpers is the same case."""
    roles = {"c1": "victim", "c3": "helper:payment"}
    text = case_text(both(), WORDS, roles=roles, unknown_principal=True)
    raw = tomllib.loads(text)
    roles = {party["id"]: party["role"] for party in raw["parties"]}
    assert roles == {"p1": "victim", "p3": "helper", "principal": "principal", "others": "unknown"}
    assert raw["parties"][-1].keys() == {"id", "role", "name"}
    assert case_text(both(), WORDS).count('# role = "unknown"') == 2


def test_who_is_not_identified_owes_nothing_and_has_no_act():
    """The word in the file is what two assumed facts of an unsued helper were before."""
    text = case_text(both(), WORDS, roles={"c1": "victim", "c3": "helper:payment:knowing"},
                     unknown_principal=True)  # fmt: skip
    before = text.replace(
        'role = "unknown"\n',
        'role = "helper"\nact = "payment"\ngrade = "none"\nsued = false\n'
        'kinds = { act = "assumed", grade = "assumed" }\n',
    )
    case, problems = check_text(text)
    assert problems == []
    assert before != text
    assert case == check_text(before)[0]
    assert case.party("others").unstated


def test_party_of_everybody_else_changes_no_decision():
    """A case with the party of everybody else pays as it does without."""
    roles = {"c1": "victim", "c3": "helper:account:knowing"}
    text = case_text(both(), WORDS, roles=roles, unknown_principal=True)
    with_others, problems = check_text(text)
    assert problems == []
    raw = tomllib.loads(text)
    raw["parties"] = [party for party in raw["parties"] if party["id"] != "others"]
    raw["accounts"] = [row for row in raw["accounts"] if row["holder"] != "others"]
    raw["transfers"] = [t for t in raw["transfers"] if "c4" not in t.values()]
    raw["transfers"] = [t for t in raw["transfers"] if t["payer"] != "others"]
    from simlib.case import check_data

    without, problems = check_data(raw)
    assert problems == []
    for mode in ("joint", "several", "zhou2024", "threshold"):
        assert decide(with_others, mode).received_fen == decide(without, mode).received_fen


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        ({"c1": "boss"}, "import-role"),
        ({"c1": "victim:knowing"}, "import-role"),
        ({"c1": "platform:tech"}, "import-role"),
        ({"c1": "helper:knowing:gross"}, "import-role"),
        ({"c1": "helper:account:unknown"}, "import-role"),
        ({"c9": "victim"}, "import-unknown"),
        ({"others": "victim"}, "import-unknown"),
        ({"c1": "victim", VICTIM: "principal"}, "import-role-twice"),
    ],
)
def test_roles_that_are_refused(roles, code):
    """Each with its code and words."""
    with pytest.raises(StatementError) as refused:
        case_draft(both(), WORDS, roles=roles)
    assert refused.value.code == code
    assert message(refused.value, "zh") != message(refused.value, "en")


# ---- the command line


ROLES = "--victim c1 --role c3=helper:account:knowing --unknown-principal"


def test_without_a_folder_it_is_a_preview(run):
    """Counts, every refused and noteworthy row, accounts under pseudonyms; nothing is written."""
    before = set(os.listdir())
    code, out, err = run("import a.csv b.csv")
    assert (code, err) == (0, "")
    assert "读到 10 行 = 采用 5 行 + 拒绝 0 行 + 略过 5 行" in out
    assert "same-transfer" in out
    assert "c3（本方）" in out
    assert [name for name in NAMES if name in out] == []
    assert set(os.listdir()) == before
    out = run("import a.csv b.csv --lang en")[1]
    assert "10 rows read = 5 taken + 0 refused + 5 skipped" in out
    data = json.loads(run("import a.csv b.csv --json")[1])
    assert (data["schema"], data["read"], data["taken"]) == ("simlib.import/1", 10, 5)
    assert data["read"] == data["taken"] + len(data["refused"]) + len(data["skipped"])


def test_a_new_case_folder(run):
    """case.toml, flows.csv and the list of rows not taken; the key outside; check finds nothing."""
    code, out, err = run(f"import a.csv b.csv --out kase --key key.json {ROLES}")
    assert (code, err) == (0, "")
    assert sorted(os.listdir("kase")) == ["case.toml", "flows.csv", "not-taken.csv"]
    assert "simlib check 没有发现问题" in out
    assert load_case("kase").loss_fen == 800_000
    assert stat.S_IMODE(os.stat("key.json").st_mode) == 0o600
    held = "".join(Path("kase", name).read_text("utf-8") for name in os.listdir("kase"))
    assert [name for name in (*NAMES, "a.csv") if name in held] == []
    with open("kase/not-taken.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 5
    assert {row["reason"] for row in rows} == {"title", "header", "same-transfer"}
    code, _, err = run(f"import a.csv b.csv --out kase {ROLES}")
    assert (code, "kase 已有内容" in err) == (1, True)
    _, out, err = run(f"import a.csv b.csv --out other {ROLES} --json")
    assert json.loads(out)["taken"] == 5
    assert "已写入 other" in err


def test_remarks_cannot_run_in_a_spreadsheet(run):
    """A remark that begins with = is written behind a quote; numbers and names in it are masked."""
    swapped = VICTIMS.replace("给王五 13812345678", "@SUM(A1) 王五")
    Path("c.csv").write_bytes(swapped.encode("gb18030"))
    assert run(f"import c.csv b.csv --out kase --keep-remarks {ROLES}")[0] == 0
    text = Path("kase/remarks.csv").read_text("utf-8")
    assert "'@SUM(A1) [p3]" in text


def test_import_without_a_key_says_what_is_lost(run):
    """No key file: told in both languages."""
    assert "以后无法还原" in run(f"import a.csv b.csv --out kase {ROLES}")[1]
    assert "cannot be told later" in run(f"import a.csv b.csv --out other {ROLES} --lang en")[1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a.csv --out kase --key kase/k.json --victim c1", "不能放在案例文件夹里"),
        ("no.csv", "找不到 no.csv"),
        ("a.csv --out kase --role c1", "写法有误"),
        ("a.csv --mapping a.csv", "列对照表不是有效的 TOML"),
        ("a.csv b.csv a.csv --mapping m.toml --mapping m.toml", "2 份列对照表"),
        ("a.csv --into nowhere", "不能自动加入流水"),
        ("a.csv --save-mapping m.toml", "m.toml 已经存在"),
        ("a.csv --victim c1", "--victim 只能与 --out 合用"),
        ("a.csv --into kase --unknown-principal", "--unknown-principal 只能与 --out 合用"),
        ("a.csv --out kase --holder c1=x", "--holder 只能与 --into 合用"),
        ("a.csv --own x.csv=6222", "找不到 x.csv"),
        ("junk.csv --out kase", "列对照表不完整"),
        ("bad.csv --out kase", "没有一行可以采用"),
    ],
)
def test_what_the_command_line_refuses(run, line, said):
    """Code 1, words on standard error, and nothing left behind."""
    Path("m.toml").write_text('shape = "two"\n')
    Path("junk.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    Path("bad.csv").write_text("日期,金额\n22-1-11,-1\n", encoding="utf-8")
    code, _, err = run(f"import {line}")
    assert code == 1
    assert said in err
    assert not os.path.exists("kase")


def test_owner_of_a_statement_can_be_stated(run):
    """A statement that names no account of its own: told; then it is 6222's."""
    Path("n.csv").write_text("日期,支出,收入,对方账号\n2022-10-05,5.00,,B\n", encoding="utf-8")
    assert "f1 没有写明是谁的流水" in run("import n.csv")[1]
    line = "--own n.csv=6222 --out kase --key k.json --victim 6222 --role B=principal"
    out = run(f"import n.csv {line}")
    assert out[0] == 0
    assert "没有写明是谁的流水" not in out[1]
    assert json.loads(Path("k.json").read_text("utf-8"))["accounts"][0]["original"] == "number:6222"


def test_a_mapping_is_written_corrected_and_used_again(run):
    """What was found, without whose statement it was."""
    assert run("import a.csv --save-mapping n.toml")[0] == 0
    text = Path("n.toml").read_text("utf-8")
    assert [said for said in (VICTIM, "李小红", "header_row") if said in text] == []
    assert json.loads(run("import a.csv --mapping n.toml --json")[1])["taken"] == 3
    assert run("import b.csv --save-mapping m.toml")[0] == 0
    text = Path("m.toml").read_text("utf-8")
    assert read_mapping(Path("m.toml")).columns["flag"] == "收付标志"
    Path("m.toml").write_text(
        text.replace("[columns]", '[flags]\nin = "出"\nout = "进"\n[columns]')
    )
    code, _, err = run("import b.csv --mapping m.toml --json")  # as its balances show
    assert (code, "b.csv 的收入与支出很可能读反了" in err) == (1, True)
    out = json.loads(run("import b.csv --mapping m.toml --turn b.csv --json")[1])
    card = out["accounts"][0]
    assert (card["in_fen"], card["out_fen"]) == (801_000, 705_000)


def test_statements_into_a_case_that_is_there(run):
    """The text of the case stays word for word; accounts, transfers and the others are added. The
    card's 8 000.00 and 50.00 are there already, three and two seconds apart."""
    assert run(f"import a.csv --out kase --key key.json {ROLES}")[0] == 0
    before = Path("kase/case.toml").read_text("utf-8")
    code, out, err = run("import b.csv --into kase --key key.json --holder c3=p3")
    assert (code, err) == (0, "")
    assert "已加入 kase：2 笔转账，1 个账户；2 笔案中已有" in out
    assert "f2 第2行　in-case：同一笔转账案中已有（t2）" in out
    after = Path("kase/case.toml").read_text("utf-8")
    assert after.startswith(before)
    case, problems = check_case("kase")
    assert problems == []
    assert {account.id: account.holder for account in case.accounts} == {
        "c1": "p1", "c3": "p3", "c4": "others"}  # fmt: skip
    assert (700_000, "c3", "c4") in {(t.amount_fen, t.payer, t.payee) for t in case.transfers}


def test_one_transfer_of_the_case_matches_one_row(run):
    """The case has one 8 000.00; the statement lists two within a minute: the second is new."""
    assert run(f"import a.csv --out kase --key key.json {ROLES}")[0] == 0
    row = f"{CARD},王五,2022-10-05 10:00:03,8000.00,8100.00,进,{VICTIM},李*红\n"
    twice = CARDS.replace(row, row + row.replace("10:00:03,8000.00,8100.00", "10:00:50,8000.00,"))
    Path("c.csv").write_text(twice, encoding="utf-8")
    out = run("import c.csv --into kase --key key.json --holder c3=p3")[1]
    assert "3 笔转账，1 个账户；2 笔案中已有" in out
    assert "由 8000元 改为 16000元" in out


def test_statements_into_a_case_without_a_file_of_transfers(run, tmp_path):
    """The file is named before the first table; ids in use are avoided."""
    text = (shelf("cases") / "_template" / "case.toml").read_text("utf-8")
    text = text.replace('id = "card"', 'id = "c1"').replace('payee = "card"', 'payee = "c1"')
    os.mkdir("my-case")
    Path("my-case/case.toml").write_text(text, encoding="utf-8")
    code, out, err = run(f"import b.csv --into my-case --holder {CARD}=helper")
    assert (code, err) == (0, "")
    case, problems = check_case("my-case")
    assert problems == []
    held = {account.id: account.holder for account in case.accounts}
    assert held == {"c1": "helper", "c2": "helper", "c3": "others", "c4": "others"}
    assert len(case.transfers) == 1 + 4
    after = Path("my-case/case.toml").read_text("utf-8")
    assert after.replace('transfers_file = "flows.csv"\n', "").startswith(text)
    code, _, err = run("import a.csv --into my-case --holder c1=nobody")
    assert (code, "没有当事人 nobody" in err) == (1, True)
    text = text.replace('id = "helper"', 'id = "others"\nsued = false')
    text = text.replace('holder = "helper"', 'holder = "others"')
    Path("my-case/case.toml").write_text(text, encoding="utf-8")
    os.remove("my-case/flows.csv")
    code, _, err = run("import b.csv --into my-case")
    assert (code, "id = others" in err) == (1, True)
    assert not os.path.exists("my-case/flows.csv")


def test_a_workbook_with_a_cover_sheet(run):
    """The sheet that is no statement is told; `--sheet` chooses."""
    import openpyxl

    made = openpyxl.Workbook()
    made.active.title = "封面"
    made.active.append(["某某银行"])
    sheet = made.create_sheet("明细")
    sheet.append(["日期", "金额", "对方账号"])
    sheet.append(["2022-10-05", -5, "B"])
    made.save("x.xlsx")
    code, out, _ = run("import x.xlsx")
    assert code == 0
    assert "f1:s1 看不出是流水，整张没有读入" in out
    assert run("import x.xlsx --sheet 明细")[0] == 0
    code, _, err = run("import x.xlsx --sheet 别的")
    assert (code, "没有工作表 别的" in err) == (1, True)


def test_the_example_of_a_mapping_in_the_readme_is_one():
    """The TOML block of cases/README.md is read as it stands."""
    text = (shelf("cases") / "README.md").read_text("utf-8")
    block = text.split("```toml")[1].split("```")[0]
    mapping = read_mapping(block)
    assert mapping.shape == "two"
    assert mapping.complete


def test_six_thousand_rows(run):
    """1.00 out and 1.00 in by turns: 3 000.00 each way."""
    rows = ["日期,支出,收入,余额,对方账号,本方账号"]
    for n in range(3_000):
        rows.append(f"2022-10-05 10:00:00,1.00,,0.00,B{n % 500},A")
        rows.append(f"2022-10-05 10:00:01,,1.00,1.00,B{n % 500},A")
    Path("big.csv").write_text("\n".join(rows), encoding="utf-8")
    data = json.loads(run("import big.csv --json")[1])
    assert (data["read"], data["taken"], len(data["accounts"])) == (6_001, 6_000, 501)
    assert (data["accounts"][0]["in_fen"], data["accounts"][0]["out_fen"]) == (300_000, 300_000)
    assert data["accounts"][0]["opening_fen"] == 100


def named_book(path: str) -> None:
    """A workbook named after somebody, with two sheets named after them."""
    import openpyxl

    made = openpyxl.Workbook()
    made.active.title = "李小红的封面"
    made.active.append(["说明"])
    sheet = made.create_sheet("王五明细")
    for row in (["交易日期", "金额", "对方账号"], ["2022-10-05", "-1.00", NEXT],
                ["2022-10-06", "abc", NEXT], ["2022-10-06", "2.00", ""]):  # fmt: skip
        sheet.append(row)
    made.save(path)


def test_names_of_files_and_sheets_are_pseudonyms(run, tmp_path):
    """In the report, the JSON, the remarks and every file of the case; the key tells who is who."""
    named_book("李小红_工商银行流水.xlsx")
    Path("王五.csv").write_bytes(CARDS.encode("gb18030"))
    files = "李小红_工商银行流水.xlsx 王五.csv"
    options = "--out kase --key who.json --keep-remarks --unknown-principal"
    code, out, err = run(f"import {files} {options}")
    assert code == 0, err
    assert "f1:s2" in out
    assert "f1:s1 看不出是流水" in out
    told = [out, err, run(f"import {files} --json")[1]]
    told += [path.read_text("utf-8") for path in Path("kase").iterdir()]
    for text in told:
        assert [name for name in ("李小红", "王五", "工商银行") if name in text] == []
    data = json.loads(told[2])
    assert [each["label"] for each in data["statements"]] == ["f1:s2", "f2"]
    assert data["unread"] == ["f1:s1"]
    key = json.loads(Path("who.json").read_text("utf-8"))
    assert key["files"] == [{"id": "f1", "original": "李小红_工商银行流水.xlsx"},
                            {"id": "f2", "original": "王五.csv"}]  # fmt: skip
    assert key["sheets"] == {"f1:s1": "李小红的封面", "f1:s2": "王五明细"}


def test_file_keeps_its_pseudonym_with_its_key(run):
    """A later import goes on counting; names are shown where they are asked for."""
    run(f"import a.csv --out kase --key key.json {ROLES}")
    code, out, _ = run("import b.csv a.csv --key key.json")
    assert code == 0
    assert [line.split("：")[0] for line in out.split("\n") if "utf-8" in line or "gb" in line] == [
        "f2", "f1"]  # fmt: skip
    assert "a.csv：" in run("import a.csv --keep-names")[1]


def test_error_in_a_mapping_shows_the_real_file_name(run):
    """An error is for the one who typed the name, and is kept nowhere."""
    Path("m.toml").write_text('shape = "signed"\n[columns]\ndate = "无"\namount = "也无"\n')
    assert "a.csv" in run("import a.csv --mapping m.toml")[2]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_lent_card_is_payment_and_the_refusal_lists_every_word(lang):
    """As on the page; each act and grade of a helper stands in the refusal."""
    refused = message(StatementError("import-role", spec="helper:account:unknown"), lang)
    for word in (*PARTS["role"], *PARTS["act"], *PARTS["grade"]):
        assert word in refused
    lender = WORDS[lang]["asks"]["lender"]
    assert "helper:payment" in lender
    assert "helper:account" not in lender
