"""Statements on the page of one's own case: the table, the choices, the questions; no browser."""

import json

import bombs
import pytest

from simlib.errors import StatementError
from simlib.widgets.own import OwnEditor, draft
from simlib.widgets.own import statement as room
from simlib.widgets.own.draft import SAMPLE, started
from simlib.widgets.own.fields import ORDER

STATEMENT = """账号：6222021234567894,户名：王小明
交易日期,交易时间,收入金额,支出金额,余额,对方账号,对方户名
2023-01-15,10:00:00,"10,000.00",,10000.00,6217000000000001,李芳
2023-01-15,10:05:00,,9000.00,1000.00,6217000000000002,赵强
2023-01-16,10:05:00,,abc,1000.00,6217000000000002,赵强
合计,,10000.00,9000.00,,,
"""
# A victim's own: 25 000 to a card lent by Zhang, 88 to a shop known by name only.
LOSS = """户名：李梅　账号：6217000012345678901
日期,收支,金额,对方名称,对方账户
2024-01-03 09:12:33,支出,25000.00,张三,6222021234567890123
2024-01-03 09:40:01,支出,88.00,某便利店,
2024-01-05 10:00:00,收入,8000.00,某公司,31050161360000001234
"""
# No header of it is known.
STRANGE = """甲,乙,丙,丁
2024-01-03,25000.00,出去,张三
2024-01-05,8000.00,回来,某公司
"""


@pytest.fixture
def editor():
    """An editor that remembers what it said to the page."""
    made = OwnEditor("zh")
    made.said = []
    made.send = lambda message, *_: made.said.append(json.loads(json.dumps(message)))
    return made


def opened(editor, text, name="流水.csv"):
    """What the dialog shows of a file."""
    editor.hear({"statement": name}, [text.encode("gbk")])
    return editor.said[-1]["dialog"]["statement"]


def chosen(editor, view, roles, **more):
    """What it shows after a choice: `roles` column from 1 → role."""
    held = {n: column["role"] for n, column in enumerate(view["columns"], 1)} | roles
    columns = {role: n for n, role in held.items() if role}
    said = {key: view[key] for key in ("table", "header_row", "unit", "negative", "account")}
    said |= {"holder": view["holder"], "marks": dict(view["marks"]), "columns": columns, **more}
    editor.hear({"map": said}, [])
    return editor.said[-1]["dialog"]["statement"]


def inserted(editor, **said):
    """What comes back for the draft."""
    editor.hear({"insert": {"mode": "replace", "used": [], "roles": [], **said}}, [])
    return editor.said[-1]["dialog"]["imported"]


def who(editor):
    """Name → place of everybody the statement names."""
    editor.hear({"people": True}, [])
    return {one["name"]: one["n"] for one in editor.said[-1]["dialog"]["people"]["listed"]}


# ---------------------------------------------------------------- the table


def test_the_table_stands_there_as_it_is_with_a_guess_for_each_column(editor):
    """Headers, the guess under each, rows beneath, and what becomes of each, with real names."""
    view = opened(editor, STATEMENT)
    assert [(c["header"], c["role"]) for c in view["columns"]] == [
        ("交易日期", "date"), ("交易时间", "time"), ("收入金额", "in"), ("支出金额", "out"),
        ("余额", "balance"), ("对方账号", "other_account"), ("对方户名", "other_name"),
    ]  # fmt: skip
    assert (view["read"], view["taken"], view["refused"], view["skipped"]) == (6, 2, 1, 3)
    first, _, wrong, total = view["rows"]
    assert first["cells"][2:4] == ["10,000.00", ""]
    assert (first["at"], first["payer"], first["payee"], first["amount"]) == (
        "2023-01-15 10:00:00", "李芳", "王小明", "10000元",
    )  # fmt: skip
    assert (wrong["state"], wrong["why"]) == ("refused", "“abc”不是金额；请写成 1234.56")
    assert total["state"] == "skipped"


def test_above_stands_how_in_and_out_were_read(editor):
    """One line from the headers, one row of each; turned, both change places."""
    signs = opened(editor, STATEMENT)["signs"]
    assert signs["said"] == "「支出金额」一列读作支出，「收入金额」一列读作收入。"
    assert [(row["label"], row["amount"]) for row in signs["examples"]] == [
        ("支出的一例", "9000元"), ("收入的一例", "10000元"),
    ]  # fmt: skip
    editor.hear({"turn": True}, [])
    turned = editor.said[-1]["dialog"]["statement"]
    assert turned["rows"][0]["payer"] == "王小明"
    assert [row["amount"] for row in turned["signs"]["examples"]] == ["10000元", "9000元"]


def test_signs_against_the_balances_are_not_written_into_a_case(editor):
    """In and out headed the wrong way round: said, turned by one button, and only then taken.

    By hand: 100, less 30, less 20 is 50 as the balances say; as headed it would be 150.
    """
    text = (
        "交易日期,收入金额,支出金额,余额,对方户名\n2023-01-15,,100.00,100.00,甲公司\n"
        "2023-01-16,30.00,,70.00,乙\n2023-01-17,20.00,,50.00,丙\n"
    )
    view = opened(editor, text)
    assert "对调" in view["reversed"]
    assert "换过来" in inserted(editor)["error"]
    assert not chosen(editor, view, {}, owed=True)["reversed"]  # a card: the balance is a debt
    assert chosen(editor, view, {}, owed=False)["reversed"]
    editor.hear({"turn": True}, [])
    assert not editor.said[-1]["dialog"]["statement"]["reversed"]
    assert inserted(editor)["draft"]


def test_unknown_headers_are_chosen_one_by_one(editor):
    """Nothing is known: the rows stand there; shape and doubts follow the choices."""
    view = opened(editor, STRANGE)
    assert [c["role"] for c in view["columns"]] == [""] * 4
    assert view["header_row"] == 1
    assert "没有认出表头" in view["notes"][0]
    assert view["rows"][0] == {
        "row": 2, "cells": ["2024-01-03", "25000.00", "出去", "张三"], "state": "",
    }  # fmt: skip
    assert view["columns"][0]["doubts"] == ["看上去像「交易日期」"]
    view = chosen(editor, view, {1: "date", 2: "amount"})
    assert (view["taken"], view["positive"]) == (0, "ask")  # no sign: asked, never all money in
    assert "金额没有正负号" in view["columns"][1]["doubts"][0]
    view = chosen(editor, view, {3: "flag", 4: "other_name"})
    assert view["taken"] == 0
    assert view["marks"] == [["出去", ""], ["回来", ""]]
    assert view["rows"][0]["why"] == "不认识收支标志「出去」；请在上面选它是支出还是收入"
    view = chosen(editor, view, {}, marks={"出去": "out", "回来": "in"}, holder="李梅")
    assert [(row["payer"], row["payee"]) for row in view["rows"]] == [
        ("李梅", "张三"), ("某公司", "李梅"),
    ]  # fmt: skip
    assert view["signs"]["said"] == "「丙」一列写「出去」的读作支出，写「回来」的读作收入。"
    assert view["notes"] == []


def test_what_still_lacks_is_said_without_a_reading(editor):
    """A column taken away: no row is taken, and the role that lacks is named."""
    view = chosen(editor, opened(editor, STATEMENT), {1: "", 2: ""})
    assert view["taken"] == 0
    assert "read" not in view
    assert view["notes"] == ["还没有选哪一列是「交易日期」"]
    assert {row["state"] for row in view["rows"]} == {""}


def test_another_row_can_be_the_header(editor):
    """Its columns are guessed anew."""
    view = opened(editor, "交易日期,金额,对方\n" * 2 + "2024-01-03,-5.00,甲\n")
    editor.hear({"map": {**view, "columns": {}, "header_row": 2}}, [])
    again = editor.said[-1]["dialog"]["statement"]
    assert again["header_row"] == 2
    assert [row["row"] for row in again["rows"]] == [3]
    assert again["taken"] == 1


def test_negative_amounts_are_asked_about(editor):
    """Refused with a choice on the page; as corrections they turn the direction."""
    text = LOSS.replace("88.00", "-88.00")
    view = opened(editor, text)
    assert view["negatives"]
    assert view["rows"][1]["why"] == "「-88.00」为负数；请在上面选负数是什么意思"
    view = chosen(editor, view, {}, negative="turn")
    assert (view["rows"][1]["payer"], view["rows"][1]["payee"]) == ("某便利店", "李梅")


def test_a_card_says_first_what_an_amount_without_a_sign_is(editor):
    """Nothing is read before that; then what was spent goes out."""
    text = "信用卡账单\n交易日,金额,摘要\n2024-01-03,5.00,消费 超市\n2024-01-09,-5.00,还款\n"
    view = opened(editor, text)
    assert (view["positive"], view["taken"]) == ("ask", 0)
    view = chosen(editor, view, {}, positive="out")
    assert [row["side"] for row in view["rows"]] == ["out", "in"]


def test_kinds_and_statuses_nobody_knows_are_asked_about(editor):
    """Refused with a choice on the page; what is said of one stays when another is said."""
    text = (
        "交易时间,交易类型,交易对方,收/支,金额,交易状态\n"
        "2024-01-03 09:12:33,甲类,张三,/,25.00,成功\n2024-01-04 09:12:33,甲类,张三,支出,1.00,丁\n"
    )
    view = opened(editor, text)
    assert view["words"] == [["kinds", "甲类", ""], ["statuses", "丁", ""]]
    view = chosen(editor, view, {}, words=[["kinds", "甲类", "in"]])
    assert view["rows"][0]["side"] == "in"
    view = chosen(editor, view, {}, words=[["statuses", "丁", "moves"], ["kinds", "x", "king"]])
    assert [row["state"] for row in view["rows"]] == ["taken", "taken"]
    assert view["words"] == [["kinds", "甲类", "in"], ["statuses", "丁", "moves"]]


def test_numbers_hidden_alike_are_asked_about(editor):
    """Own and other are 1234****9876 throughout: all was refused, with no way out on the page.
    Two accounts: 400 out to 周* and 50 in from nobody the file names. One: the 50 moved within it,
    and 周* is somebody else by his name."""
    text = (
        "账号：1234****9876 户名：孙丽\n交易日期,支出,收入,对方账号,对方户名\n"
        "2024-03-01,400.00,,1234****9876,周*\n2024-03-02,,50.00,1234****9876,\n"
    )
    view = opened(editor, text)
    assert view["words"] == [["masked", "1234****9876", ""]]
    view = chosen(editor, view, {}, words=[["masked", "1234****9876", "two"]])
    assert [(row["payer"], row["payee"], row["amount"]) for row in view["rows"]] == [
        ("孙丽", "周*", "400元"), ("未写明的人", "孙丽", "50元"),
    ]  # fmt: skip
    view = chosen(editor, view, {}, words=[["masked", "1234****9876", "one"]])
    assert [row["state"] for row in view["rows"]] == ["taken", "skipped"]


def test_a_known_layout_is_named_until_its_columns_are_changed(editor):
    """The marks of in and out it knows stay known."""
    text = (
        "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\n"
        "2024-01-03 09:12:33,转账,张三,a@b.c,转账,支出,25.00,余额,交易成功,1,2,,\n"
    )
    view = opened(editor, text)
    assert "支付宝" in view["layout"]
    assert view["marks"] == [["支出", "out"]]
    assert chosen(editor, view, {3: ""})["layout"] == ""


# ---------------------------------------------------------------- who is who


def test_people_are_asked_about_by_name(editor):
    """Her own first; what each paid and got; who is known by name only."""
    opened(editor, LOSS)
    editor.hear({"people": True}, [])
    people = editor.said[-1]["dialog"]["people"]["listed"]
    assert [(one["name"], one["own"], one["only_name"]) for one in people] == [
        ("李梅", True, False), ("张三", False, False), ("某便利店", False, True),
        ("某公司", False, False),
    ]  # fmt: skip
    assert (people[0]["rows"], people[0]["out"], people[0]["in"]) == (3, "25088元", "8000元")


def test_who_has_no_name_is_known_by_his_number(editor):
    """By its end; whose file it is where the file does not say."""
    text = "日期,金额,对方户名,对方账号\n2023-01-15,-5.00,,6222021234567890123\n"
    opened(editor, text + "2023-01-16,8.00,甲,\n")
    assert set(who(editor)) == {"这份流水的户主", "尾号0123的账户", "甲"}
    page = inserted(editor, names=True, roles=[[n, "lender"] for n in range(3)])["draft"]
    assert {party["name"]["zh"] for party in page["parties"]} >= {"户1", "户2", "甲"}


def test_three_answers_make_a_case_that_opens(editor):
    """A draft in place of the template: loss, day, roles; nothing is wrong with it.

    By hand: the loss is 25 000, paid to the lent card; 88 and 8 000 are nobody's business.
    """
    opened(editor, LOSS)
    place = who(editor)
    roles = [[place["李梅"], "victim"], [place["张三"], "lender"]]
    found = inserted(editor, roles=roles, unknown=True)
    page = found["draft"]
    assert (page["loss_fen"], page["acted_on"]) == (2_500_000, "2024-01-03")
    assert len(page["transfers"]) == 1
    assert found["open"] == []
    assert any("25000元" in note for note in found["notes"])
    assert any("2笔" in note for note in found["notes"])
    worth = editor.worth(page)
    assert worth["problems"] == []
    assert worth["lab"]
    assert page["parties"][1]["grade"] == "unknown"
    assert "李梅" not in json.dumps(page, ensure_ascii=False)


def test_rows_not_written_in_can_be_ticked(editor):
    """Nobody calls them irrelevant. By hand: 25 000 is the loss; with the 88 paid to the shop it
    is 25 088, and the 8 000 that came from the company are never loss."""
    opened(editor, LOSS)
    place = who(editor)
    said = {"roles": [[place["李梅"], "victim"], [place["张三"], "lender"]], "unknown": True}
    found = inserted(editor, **said)
    assert found["draft"]["loss_fen"] == 2_500_000
    assert [(row["payer"], row["payee"], row["amount"], row["in"], row["came"])
            for row in found["unwritten"]] == [
        ("李梅", "某便利店", "88元", False, False), ("某公司", "李梅", "8000元", False, True),
    ]  # fmt: skip
    assert found["unwritten"][0]["at"] == "2024-01-03T09:40:01+08:00"
    assert "无关" not in json.dumps(found, ensure_ascii=False)
    shop, company = (row["id"] for row in found["unwritten"])
    more = inserted(editor, **said, also=[shop])
    assert more["draft"]["loss_fen"] == 2_508_800
    assert [row["in"] for row in more["unwritten"]] == [True, False]
    assert inserted(editor, **said, also=[company])["draft"]["loss_fen"] == 2_500_000
    worth = editor.worth(inserted(editor, **said, also=[shop, company])["draft"])
    assert worth["problems"] == []


def test_ticked_rows_of_an_added_statement_raise_the_loss(editor):
    """February: 25 000 more to Zhang, and 88 to the shop, which counts once it is ticked."""
    opened(editor, LOSS)
    place = who(editor)
    roles = [[place["李梅"], "victim"], [place["张三"], "lender"]]
    first = inserted(editor, roles=roles, unknown=True)
    page = first["draft"]
    opened(editor, LOSS.replace("2024-01-", "2024-02-"), "二月.csv")
    place = who(editor)
    ids = dict(first["met"])
    said = {
        "mode": "add", "draft": page, "key": first["key"],
        "used": [row["id"] for rows in page.values() if isinstance(rows, list) for row in rows],
        "roles": [[place[name], f"is:{ids[name]}"] for name in ("李梅", "张三")],
    }  # fmt: skip
    found = inserted(editor, **said)
    assert found["losses"] == [[ids["李梅"], 5_000_000]]
    assert [row["came"] for row in found["unwritten"]] == [False, True]
    assert found["payers"] == []  # into her own account nobody paid as a victim
    shop = next(row["id"] for row in found["unwritten"] if row["payee"] == "某便利店")
    more = inserted(editor, **said, also=[shop])
    assert more["losses"] == [[ids["李梅"], 5_008_800]]
    assert len(more["rows"]["transfers"]) == len(found["rows"]["transfers"]) + 1


CARD = """户名：张三　账号：6222021234567890123
交易日期,交易时间,收支,金额,对方名称,对方账户
2024-01-03,09:12:33,收入,25000.00,李梅,6217000012345678901
2024-01-03,09:13:01,收入,6000.00,王芳,6217000012345678902
2024-01-04,09:13:01,收入,1500.00,王芳,6217000012345678902
2024-01-04,10:00:00,收入,300.00,陈强,6217000012345678903
2024-01-04,10:30:00,支出,32000.00,刘洋,6217000012345678904
"""


def test_payers_into_a_card_are_asked_about_and_no_helpers(editor):
    """Wang paid 7 500 by two transfers, Chen 300. Unanswered, neither is a helper; ticked, Wang is
    a victim who lost 7 500, and Li goes on to sue for 25 000."""
    opened(editor, CARD)
    place = who(editor)
    roles = [[place["李梅"], "victim"], [place["张三"], "lender"]]
    found = inserted(editor, roles=roles, unknown=True)
    assert [(one["name"], one["rows"], one["amount"]) for one in found["payers"]] == [
        ("王芳", 2, "7500元"), ("陈强", 1, "300元"),
    ]  # fmt: skip
    parts = {party["id"]: party["role"] for party in found["draft"]["parties"]}
    assert sorted(parts.values()) == ["helper", "principal", "unknown", "victim"]
    assert editor.worth(found["draft"])["problems"] == []
    more = inserted(editor, roles=[*roles, [place["王芳"], "covictim"]], unknown=True)["draft"]
    victims = {p["id"]: p.get("loss_fen") for p in more["parties"] if p["role"] == "victim"}
    assert victims == {more["claimant"]: None, next(v for v in victims if v != more["claimant"]):
                       750_000}  # fmt: skip
    assert more["loss_fen"] == 2_500_000
    assert editor.worth(more)["problems"] == []


def test_somebody_of_an_added_card_is_a_victim_who_does_not_sue(editor):
    """Without a part everybody added is not identified; the claimant of the draft stays."""
    opened(editor, LOSS)
    place = who(editor)
    roles = [[place["李梅"], "victim"], [place["张三"], "lender"]]
    first = inserted(editor, roles=roles, unknown=True)
    page, ids = first["draft"], dict(first["met"])
    opened(editor, CARD, "卡.csv")
    place = who(editor)
    said = {
        "mode": "add", "draft": page, "key": first["key"],
        "used": [row["id"] for rows in page.values() if isinstance(rows, list) for row in rows],
    }  # fmt: skip
    known = [[place[name], f"is:{ids[name]}"] for name in ("李梅", "张三")]
    found = inserted(editor, **said, roles=known)
    assert {party["role"] for party in found["rows"]["parties"]} == {"unknown"}
    assert [one["name"] for one in found["payers"]] == ["王芳", "陈强"]
    more = inserted(editor, **said, roles=[*known, [place["王芳"], "covictim"]])
    assert more["claimant"] == ""
    new = {party["role"]: party.get("loss_fen") for party in more["rows"]["parties"]}
    assert new == {"unknown": None, "victim": 750_000}
    whole = {**page, **{table: [*page[table], *rows] for table, rows in more["rows"].items()}}
    assert editor.worth(whole)["problems"] == []


def test_what_came_back_to_her_is_said(editor):
    """张三 paid 1 000.00 back: the loss stays the 25 000.00 she paid, and the page says so."""
    opened(editor, LOSS + "2024-01-06 10:00:00,收入,1000.00,张三,6222021234567890123\n")
    place = who(editor)
    found = inserted(editor, roles=[[place["李梅"], "victim"], [place["张三"], "lender"]])
    assert found["draft"]["loss_fen"] == 2_500_000
    assert any("1000.00元从案中其他人退回原告" in note for note in found["notes"])


def test_names_stay_only_if_asked_for(editor):
    """Names of people; numbers of accounts never."""
    opened(editor, LOSS)
    place = who(editor)
    roles = [[place["李梅"], "victim"], [place["张三"], "lender"]]
    page = inserted(editor, roles=roles, unknown=True, names=True)["draft"]
    assert [party["name"]["zh"] for party in page["parties"][:2]] == ["李梅", "张三"]
    assert "6222021234567890123" not in json.dumps(page)


def test_skipped_questions_are_named(editor):
    """Nothing is made up for them: the editor asks for the rest."""
    opened(editor, LOSS)
    found = inserted(editor)
    assert found["open"] == ["claimant", "lender", "fraudster"]
    assert len(found["draft"]["transfers"]) == 3
    problems = editor.worth(found["draft"])["problems"]
    assert problems
    assert all(each["missing"] for each in problems)


def test_somebody_known_by_name_only_can_have_a_part(editor):
    """The shop lent its account, says the reader."""
    opened(editor, LOSS)
    place = who(editor)
    roles = [[place["李梅"], "victim"], [place["某便利店"], "lender"]]
    page = inserted(editor, roles=roles, unknown=True)["draft"]
    assert page["loss_fen"] == 8_800
    assert editor.worth(page)["problems"] == []


def test_added_to_a_draft_everything_there_stays(editor):
    """Rows behind those there; ids that are used are nobody else's; the case stays a case."""
    page = json.loads(json.dumps(draft.to_draft(started(SAMPLE))))
    used = [row["id"] for table in ORDER for row in page.get(table, []) if "id" in row]
    opened(editor, STATEMENT)
    found = inserted(editor, mode="add", used=used)
    assert "王小明" not in json.dumps(found["rows"], ensure_ascii=False)
    assert {row["original"] for row in found["key"]["holders"]} == {
        "name:王小明", "name:李芳", "name:赵强",
    }  # fmt: skip
    for table, rows in found["rows"].items():
        page[table] = [*page.get(table, []), *rows]
    worth = editor.worth(page)
    assert worth["problems"] == []
    board = worth["result"]["board"]
    assert "实际收到10000元" in board["sentence"]
    hidden = [row["more"] for row in board["rows"] if row["note"] == "身份未查明"]
    assert hidden == [True] * 3


def test_somebody_may_be_a_party_of_the_draft(editor):
    """The claimant of the draft is she of the statement: no second party, her account is hers."""
    page = json.loads(json.dumps(draft.to_draft(started(SAMPLE))))
    used = [row["id"] for table in ORDER for row in page.get(table, []) if "id" in row]
    opened(editor, LOSS)
    place = who(editor)
    found = inserted(editor, mode="add", used=used, roles=[[place["李梅"], "is:victim"]])
    assert found["rows"]["accounts"][0]["holder"] == "victim"
    assert len(found["rows"]["parties"]) == 3


def sample():
    """The draft of the sample, and the ids it has: loss and the only transfer are 10 000.00."""
    page = json.loads(json.dumps(draft.to_draft(started(SAMPLE))))
    return page, [row["id"] for table in ORDER for row in page.get(table, []) if "id" in row]


def test_added_is_what_concerns_the_people_of_the_draft(editor):
    """李梅 is the claimant and 张三 the helper of the draft: of her three rows the shop's and the
    company's are left out, without a party; 10 000.00 + 25 000.00 are the loss now."""
    page, used = sample()
    opened(editor, LOSS)
    place = who(editor)
    roles = [[place["李梅"], "is:victim"], [place["张三"], "is:helper"]]
    found = inserted(editor, mode="add", used=used, roles=roles, draft=page)
    assert [row["amount_fen"] for row in found["rows"]["transfers"]] == [2_500_000]
    assert [row["holder"] for row in found["rows"]["accounts"]] == ["victim", "helper"]
    assert found["rows"]["parties"] == []
    assert found["losses"] == [["victim", 3_500_000]]
    assert found["notes"] == [
        "另有2笔是受害人与身份未查明的人之间的收支，没有写进去。",
        "林某的损失由 10000元 改为 35000元，因为新的流水里林某又付给陈某 25000元；请核对",
    ]
    for table, rows in found["rows"].items():
        page[table] = [*page.get(table, []), *rows]
    assert [each["code"] for each in editor.worth(page)["problems"]] == ["transfers-sum"]
    assert editor.worth(page | {"loss_fen": 3_500_000})["problems"] == []


def test_loss_of_a_draft_is_not_changed_in_silence(editor):
    """12 000.00 by hand beside 10 000.00 listed: both amounts are said and nothing is added; stated
    as the 35 000.00 it comes to, it stays. What may be there already is no loss."""
    page, used = sample()
    opened(editor, LOSS)
    place = who(editor)
    said = {"mode": "add", "used": used,
            "roles": [[place["李梅"], "is:victim"], [place["张三"], "is:helper"]]}  # fmt: skip
    found = inserted(editor, draft=page | {"loss_fen": 1_200_000}, **said)
    assert set(found) == {"error"}
    assert "损失是12000.00元" in found["error"]
    assert "合计是35000.00元" in found["error"]
    assert inserted(editor, draft=page | {"loss_fen": 3_500_000}, **said)["losses"] == []
    page["transfers"][0] |= {"amount_fen": 2_500_000, "at": "2024-01-03T09:13:00+08:00"}
    found = inserted(editor, draft=page | {"loss_fen": 2_500_000}, **said)
    assert (found["losses"], len(found["notes"])) == ([], 2)


def test_what_the_draft_may_have_already_is_said(editor):
    """The same amount a minute apart may be the same transfer: one is, one is of another day."""
    opened(editor, LOSS)
    there = [
        {"payer": "x", "payee": "y", "amount_fen": 2_500_000, "at": "2024-01-03T09:13:00+08:00"},
        {"payer": "x", "payee": "y", "amount_fen": 8_800, "at": "2024-01-04T09:40:01+08:00"},
        {"payer": "x", "payee": "y", "amount_fen": 800_000, "at": "no day"},
    ]
    odd = [{"payer": [], "payee": "y", "amount_fen": 1, "at": 5}, "row", {"amount_fen": None}]
    notes = inserted(editor, mode="add", draft={"transfers": [*there, *odd]})["notes"]
    assert len(notes) == 1
    assert notes[0].startswith("有1笔")
    assert inserted(editor, mode="add", draft={"transfers": there[1:]})["notes"] == []
    assert inserted(editor, mode="add", draft={"transfers": "x"})["notes"] == []


# Zhang's own statement: 500 before, hers 40 s later by his bank's clock, all of it on to 王五.
HIS = """户名：张三　账号：6222021234567890123
日期,收支,金额,余额,对方名称,对方账户
2024-01-03 09:13:13,收入,25000.00,25500.00,李梅,6217000012345678901
2024-01-03 09:20:00,支出,25400.00,100.00,王五,6230580000011112222
"""


def first_of_two(editor, text=LOSS, **more):
    """The draft after her statement, and what the page tells of it for the next."""
    opened(editor, text)
    place = who(editor)
    roles = [[place["李梅"], "victim"], [place["张三"], "lender"]]
    found = inserted(editor, roles=roles, unknown=True)
    page, key = found["draft"] | more, found["key"]
    used = [row["id"] for table in ORDER for row in page.get(table, []) if "id" in row]
    used += [row["id"] for table in ("accounts", "holders") for row in key[table]]
    return {"mode": "add", "used": [*used, *key["transfers"]], "draft": page, "key": key}


def known_again(editor, said):
    """The people of the next statement, and the part of each whose account the draft has."""
    editor.hear({"people": True, "key": said["key"]}, [])
    listed = editor.said[-1]["dialog"]["people"]["listed"]
    holder = {row["id"]: row["holder"] for row in said["draft"]["accounts"]}
    return listed, [
        [one["n"], f"is:{holder[id]}"] for one in listed for id in one["there"] if id in holder
    ]


def test_a_second_statement_is_joined_to_the_first_by_account(editor):
    """His card is the one she paid; her 25 000 stands once; 500.00 were on the card before.

    By hand: 500 + 25 000 − 25 400 = 100, as his bank says.
    """
    said = first_of_two(editor)
    opened(editor, HIS, "张三.csv")
    listed, roles = known_again(editor, said)
    assert [(one["name"], bool(one["there"])) for one in listed] == [
        ("张三", True), ("李梅", True), ("王五", False),
    ]  # fmt: skip
    found = inserted(editor, roles=roles, **said)
    card = next(a["id"] for a in said["draft"]["accounts"] if a["holder"] == roles[0][1][3:])
    assert found["openings"] == [[card, 50_000]]
    assert [(row["payer"], row["amount_fen"]) for row in found["rows"]["transfers"]] == [
        (card, 2_540_000),
    ]  # fmt: skip
    assert len(found["rows"]["accounts"]) == len(found["rows"]["parties"]) == 1
    assert found["losses"] == []
    assert found["notes"][0].startswith("有1笔草稿里已经有")
    page = said["draft"]
    for table, rows in found["rows"].items():
        page[table] = [*page[table], *rows]
    assert editor.worth(page)["problems"] == []
    ids = {}
    for row in found["key"]["accounts"]:
        ids.setdefault(row["original"], set()).add(row["id"])
    assert ids["number:6222021234567890123"] == {card}
    listed = [row for row in found["key"]["accounts"] if row["id"] == card]
    assert [(row["holder"], row["names"]) for row in listed] == [(roles[0][1][3:], ["张三"])]
    assert f"{card},6222 0212 3456 7890 123" in found["key_table"]


def test_an_account_is_joined_to_nobody_else(editor):
    """Another name beside the number, a number hidden in part without its name, and whom the reader
    says to be somebody else are accounts of their own; nonsense for a key joins nothing."""
    said = first_of_two(editor)
    for text in (HIS.replace("张三", "张四"), HIS.replace("6222021234567890123", "6222****0123")):
        opened(editor, text, "他.csv")
        listed, _ = known_again(editor, said)
        assert [bool(one["there"]) for one in listed] == [False, True, False]
    opened(editor, HIS, "他.csv")
    listed, roles = known_again(editor, said)
    found = inserted(editor, roles=[[listed[0]["n"], "lender"], *roles[1:]], **said)
    assert len(found["rows"]["transfers"]) == 2
    assert found["openings"] == []
    for nonsense in ("x", {}, {"accounts": [{"id": 1}, "y", {"id": "c2", "original": "z"}]}):
        assert not any(one["there"] for one in known_again(editor, said | {"key": nonsense})[0])


def test_two_people_of_one_name_are_parted_by_account(editor):
    """Two whole numbers of 张伟, taken for one person; the second is another's, as she says: the
    3 000.00 she paid him are no loss, and both have a name of their own."""
    text = LOSS.replace("张三", "张伟") + "2024-01-08,支出,3000.00,张伟,6230580000011119999\n"
    opened(editor, text)

    def listed(apart):
        editor.hear({"people": True, "apart": apart}, [])
        return {one["name"]: one for one in editor.said[-1]["dialog"]["people"]["listed"]}

    one = listed([])["张伟"]
    assert [end for _, end in one["accounts"]] == ["0123", "9999"]
    assert one["out"] == "0元"
    place = one["accounts"][1][0]
    parted = listed([place])
    first, second = parted["张伟（尾号0123）"], parted["张伟（尾号9999）"]
    assert (first["in"], second["in"]) == ("25000元", "3000元")
    roles = [[parted["李梅"]["n"], "victim"], [first["n"], "lender"]]
    assert inserted(editor, roles=roles, apart=[place])["draft"]["loss_fen"] == 2_500_000
    together = [[listed([])["李梅"]["n"], "victim"], [one["n"], "lender"]]
    assert inserted(editor, roles=together)["draft"]["loss_fen"] == 2_800_000
    for nonsense in ("x", [99], [-1], [True, "y"]):
        assert listed(nonsense)


def test_a_statement_of_days_is_joined_to_one_with_times(editor):
    """His bank writes the day only: her 25 000 stands once, and what he paid on is new."""
    said = first_of_two(editor)
    days = HIS.replace(" 09:13:13", "").replace(" 09:20:00", "")
    opened(editor, days, "张三.csv")
    found = inserted(editor, roles=known_again(editor, said)[1], **said)
    assert [row["amount_fen"] for row in found["rows"]["transfers"]] == [2_540_000]
    assert found["notes"][0].startswith("有1笔草稿里已经有")
    opened(editor, days.replace("6217000012345678901", ""), "张三.csv")  # her name and no number
    listed, roles = known_again(editor, said)
    victim = said["draft"]["claimant"]
    roles += [[one["n"], f"is:{victim}"] for one in listed if one["name"] == "李梅"]
    found = inserted(editor, roles=roles, **said)
    assert (found["losses"], found["notes"][0][:8]) == ([], "有1笔可能就是草")


def test_a_balance_opens_an_account_whose_first_transfer_has_a_day_only(editor):
    """Hers has days only; his begins that day at 09:13 with 500.00 on the card."""
    said = first_of_two(editor, LOSS.replace(" 09:12:33", "").replace(" 09:40:01", ""))
    opened(editor, HIS, "张三.csv")
    found = inserted(editor, roles=known_again(editor, said)[1], **said)
    assert [row["amount_fen"] for row in found["rows"]["transfers"]] == [2_540_000]
    assert [fen for _, fen in found["openings"]] == [50_000]


def test_doubles_of_a_draft_are_to_be_mended_before_its_loss(editor):
    """Her 25 000 stands twice in the draft under two cards: the loss to state would be wrong."""
    said = first_of_two(editor, loss_fen=1_200_000)
    page = said["draft"]
    again = page["transfers"][0] | {"id": "t9", "payee": "c9"}
    page["accounts"].append({"id": "c9", "holder": page["accounts"][1]["holder"]})
    opened(editor, LOSS.replace("2024-01-", "2024-02-"), "二月.csv")
    roles = known_again(editor, said)[1]
    assert "损失是12000.00元" in inserted(editor, roles=roles, **said)["error"]
    page["transfers"].append(again)
    error = inserted(editor, roles=roles, **said)["error"]
    assert "有1笔转账与另一笔" in error
    assert "改为" not in error


def test_everybody_else_is_one_party_of_a_draft(editor):
    """Rows that name nobody, in two statements: the second makes no second party of them."""
    text = LOSS + "2024-01-07,收入,50.00,,\n"
    opened(editor, text)
    first = inserted(editor)
    page, key = first["draft"], first["key"]
    assert [p["id"] for p in page["parties"]].count("others") == 1
    used = [row["id"] for table in ORDER for row in page.get(table, []) if "id" in row]
    opened(editor, text.replace("2024-01-", "2024-02-"), "二月.csv")
    found = inserted(editor, mode="add", used=used, draft=page, key=key)
    assert not any(p["id"].startswith("others") for p in found["rows"]["parties"])
    assert any(row["payer"] == "others" for row in found["rows"]["transfers"])


def test_an_opening_of_a_later_day_is_none(editor):
    """His statement of February knows nothing of what the card held before her January transfer."""
    said = first_of_two(editor)
    opened(editor, HIS.replace("2024-01-", "2024-02-"), "二月.csv")
    found = inserted(editor, roles=known_again(editor, said)[1], **said)
    assert len(found["rows"]["transfers"]) == 2
    assert found["openings"] == []


def test_the_reader_is_told_what_the_case_calls_whom(editor):
    """On her own page: real names beside pseudonyms; nothing to tell where names are kept."""
    opened(editor, LOSS)
    place = who(editor)
    roles = [[place["李梅"], "victim"], [place["张三"], "lender"]]
    assert inserted(editor, roles=roles)["who"] == [["李梅", "户1"], ["张三", "户2"]]
    assert inserted(editor, roles=roles, names=True)["who"] == []


def test_a_later_statement_may_name_whom_the_draft_has(editor):
    """李梅, 张三 and the company by their whole names; a shop whom nobody placed is no party."""
    opened(editor, LOSS)
    place = who(editor)
    found = inserted(editor, roles=[[place["李梅"], "victim"], [place["张三"], "lender"]])
    ids = dict(found["met"])
    assert set(ids) == {"李梅", "张三"}
    assert {ids["李梅"], ids["张三"]} <= {party["id"] for party in found["draft"]["parties"]}
    opened(editor, LOSS.replace("李梅", "李*"))
    assert "李*" not in dict(inserted(editor)["met"])


def test_the_page_says_who_may_be_whom_and_what_stands_twice(editor):
    """One number hidden in part under two names; a transfer of 41.00 on both sides."""
    masked = LOSS + "2024-01-06 10:00:00,支出,5.00,王五,6222****1234\n"
    masked += "2024-01-07 10:00:00,支出,5.00,赵六,6222****1234\n"
    told = " ".join(opened(editor, masked)["told"])
    assert "有 1 个隐去几位的账号出现了不同的户名" in told
    assert "--" not in told
    both = "交易卡号,户名,交易时间,交易金额,收付标志,对手账号,对手户名\n"
    both += "6222021111,张三,2024-01-03 09:12:33,41.00,出,6217002222,李芳\n"
    both += "6217002222,李芳,2024-01-03 09:12:34,41.00,进,6222021111,张三\n"
    view = opened(editor, both, "清单.csv")
    assert (view["taken"], view["skipped"], view["read"]) == (1, 2, 3)
    assert [row["state"] for row in view["rows"]] == ["taken", "skipped"]
    assert view["rows"][1]["why"] == "与第2行是同一笔转账，只取一次"


def test_a_part_there_is_not_changes_nothing(editor):
    """Whatever a page sends: unknown parts, places and ids are not heard."""
    opened(editor, LOSS)
    for roles in ([[0, "king"]], [[99, "victim"]], [["x", "victim"]], [[0]], {"0": "victim"}):
        assert inserted(editor, roles=roles)["open"] == ["claimant", "lender", "fraudster"]


# ---------------------------------------------------------------- files


def test_file_names_stay_on_the_page_and_in_the_key(editor):
    """The draft's rows hold no name of a file."""
    view = opened(editor, STATEMENT.split("\n", 1)[1], "王小明.csv")
    assert view["tables"] == ["王小明.csv"]
    assert view["notes"] == ["文件没有写明是谁的流水：请写户名或账号"]
    found = inserted(editor)
    assert "王小明" not in json.dumps(found["draft"], ensure_ascii=False) + found["said"]
    assert found["key"]["files"] == [{"id": "f1", "original": "王小明.csv"}]


def test_a_password_is_asked_for_and_kept_nowhere(editor, monkeypatch):
    """Needed, wrong, right: each once; it is in nothing the page is told."""
    tables, given = room.read_tables, []

    def locked(data, name, *, bounds, password=None):
        given.append(password)
        if password is None or password == "wrong":
            raise StatementError("statement-locked", name=name)
        return tables(data, name, bounds=bounds)

    monkeypatch.setattr(room, "read_tables", locked)
    monkeypatch.setattr(room, "SECRET", ("statement-locked",))
    for password in (None, "wrong", "right-one"):
        said = {"statement": "流水.zip"} | ({"password": password} if password else {})
        editor.hear(said, [LOSS.encode("gbk")])
    assert given == [None, "wrong", "right-one"]
    asked, again, view = (each["dialog"] for each in editor.said)
    assert asked["password"]
    assert again["password"]
    assert view["statement"]["taken"] == 3
    assert "right-one" not in json.dumps(editor.said) + repr(vars(editor.statement))


def test_statement_too_large_to_unpack_is_refused_on_the_page(editor):
    """The page reads 32 MB of what a workbook holds, and says so."""
    editor.hear({"statement": "x.xlsx"}, [bombs.WORKBOOKS["blanks"][0]()])
    assert "解压后超过 32000000 字节" in editor.said[-1]["dialog"]["refused"]


def test_a_file_that_is_no_statement_is_refused(editor):
    """In the words of the import; nothing else happens."""
    editor.hear({"statement": "x.csv"}, [b""])
    assert editor.said[-1]["dialog"]["refused"]
    editor.hear({"insert": {}}, [])
    assert len(editor.said) == 1


@pytest.mark.parametrize(
    "rows", ["", "合计,,10000.00,9000.00,,,\n", "2023-01-16,10:05:00,,abc,1000.00,,\n"]
)
@pytest.mark.parametrize("mode", ["replace", "add"])
def test_statement_without_transactions_is_not_inserted(editor, rows, mode):
    """No button offers it; a message that asks for it all the same gets a sentence."""
    opened(editor, "\n".join(STATEMENT.splitlines()[:2]) + "\n" + rows)
    found = inserted(editor, mode=mode)
    assert found == {"error": "这份流水里没有一笔可以写进案件的交易，所以没有写入。"}


def test_a_repeated_header_is_no_mark_and_the_end_of_a_card_no_amount(editor):
    """借/贷 on the second page asks for nothing; 1234 under 卡号后四位 looks like no amount."""
    head = "交易日期,借/贷,交易金额,对方户名\n"
    text = f"{head}2024-01-02,借,5.00,甲店\n{head}2024-01-03,贷,6.00,乙店\n"
    assert [mark for mark, _ in opened(editor, text)["marks"]] == ["借", "贷"]
    view = opened(editor, "交易日,卡号后四位,交易描述,币/金额\n2024-01-02,1234,甲店,5.00\n")
    doubts = {column["header"]: column["doubts"] for column in view["columns"]}
    assert doubts["卡号后四位"] == []
    assert any("金额" in text for text in doubts["币/金额"])


def test_one_key_tells_who_is_who_after_a_second_statement(editor):
    """李梅 and 张三 keep p1 and p2 of the draft in the key of both; no id has two people, no two
    files one name; nonsense for a key is none."""
    opened(editor, LOSS)
    place = who(editor)
    roles = [[place["李梅"], "victim"], [place["张三"], "lender"]]
    first = inserted(editor, roles=roles)["key"]
    ids = [row["id"] for name in ("accounts", "holders") for row in first[name]]
    used = [*ids, *first["transfers"]]
    opened(editor, LOSS.replace("2024-01-", "2024-02-").replace("某公司", "新公司"), "二月.csv")
    place = who(editor)
    called = {row["original"]: row["id"] for row in first["holders"]}
    again = [[place[name], f"is:{called[f'name:{name}']}"] for name in ("李梅", "张三")]
    said = {"mode": "add", "used": used, "roles": again}
    key = inserted(editor, **said, key=first)["key"]
    holders = {row["original"]: row["id"] for row in key["holders"]}
    assert [holders[f"name:{name}"] for name in ("李梅", "张三")] == [r[1][3:] for r in again]
    people = {}
    for row in key["holders"]:
        people.setdefault(row["id"], set()).add(row["original"].partition(":")[2].split("\t")[0])
    assert all(len(names) == 1 for names in people.values())
    assert {row["holder"] for row in key["accounts"]} <= {*people, None}
    assert len(key["transfers"]) == 2 * len(first["transfers"])
    assert [row["id"] for row in key["files"]] == ["f1", "f2"]
    for nonsense in ("x", {}, {"accounts": 1}):
        assert "p1" not in str(inserted(editor, **said, key=nonsense)["key"]["transfers"])


def test_a_list_of_books_is_said_to_be_no_statement(editor):
    """No column looks like a day or an amount; one that does is a statement to be explained."""
    books = "书名,作者,出版社\n活着,余华,某社\n边城,沈从文,某社\n"
    assert "可能不是流水" in opened(editor, books)["error"]
    assert opened(editor, "甲,乙,丙\n2024-01-03,25000.00,张三\n")["error"] == ""


def test_money_between_her_own_accounts_is_neither_paid_nor_got(editor):
    """100.00 to 张三; 50.00 from another account of 李梅's: she paid 100.00 by one transfer."""
    text = """户名：李梅　账号：6217000012345678901
日期,收支,金额,对方名称,对方账户
2024-01-03,支出,100.00,张三,6222021234567890123
2024-01-04,收入,50.00,李梅,6230520099990001111
"""
    opened(editor, text)
    editor.hear({"people": True}, [])
    listed = {one["name"]: one for one in editor.said[-1]["dialog"]["people"]["listed"]}
    her = listed["李梅"]
    assert (her["rows"], her["out"], her["in"]) == (1, "100元", "0元")
