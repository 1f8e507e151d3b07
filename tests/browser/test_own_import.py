"""Statements on the page of one's own case, in a browser: wide and on a phone, by hand and keys."""

import re

import pytest
from browser.pages import axe, fits
from browser.test_own import OVERLAPS, SMALL, blank, field, open_row, settled, step
from playwright.sync_api import expect

# 25 000 to Zhang's card, 88 to a shop known by name only, 8 000 from a company; one row is wrong.
LOSS = """户名：李梅　账号：6217000012345678901
日期,收支,金额,对方名称,对方账户
2024-01-03 09:12:33,支出,25000.00,张三,6222021234567890123
2024-01-03 09:40:01,支出,88.00,某便利店,
2024-01-05 10:00:00,收入,8000.00,某公司,31050161360000001234
2024-01-06 10:00:00,支出,abc,某公司,31050161360000001234
"""
STRANGE = """甲,乙,丙,丁
2024-01-03,25000.00,出去,张三
2024-01-05,8000.00,回来,某公司
"""
HERE = "document.activeElement.{}"


@pytest.fixture
def choose(tmp_path):
    """Open a statement on the page, in the step it belongs to."""

    def chosen(page, text, name="流水.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode("gbk"))
        step(page, "statement")
        page.locator(".own-import input[type=file]").set_input_files(path)
        dialog = page.locator(".own-import")
        expect(dialog.locator(".own-read")).to_be_visible()
        return dialog

    return chosen


def column(dialog, name):
    """The choice under a header."""
    return dialog.get_by_label(f"「{name}」这一列是什么")


def test_a_statement_becomes_a_case_that_opens_in_a_lesson(course, desktop, choose):
    """The table, one choice wrong and right again, replace, three questions, the lesson.

    By hand: Li lost the 25 000 she paid to the card Zhang lent; his fault was not found out, so
    he owes from nothing to all of it.
    """
    page = blank(desktop, course)
    dialog = choose(page, LOSS)
    counts = dialog.locator(".own-sentence")
    expect(counts).to_have_text("共读到 6 行：读入 3 行，未读入 1 行，略过 2 行。")
    expect(dialog.locator(".own-signs")).to_contain_text("李梅付给张三25000元")
    expect(dialog.locator(".is-refused")).to_contain_text("“abc”不是金额")
    column(dialog, "金额").select_option("")
    expect(counts).to_be_empty()
    column(dialog, "金额").focus()
    column(dialog, "金额").select_option("amount")
    expect(counts).to_contain_text("读入 3 行")
    expect(column(dialog, "金额")).to_be_focused()
    assert page.evaluate(OVERLAPS) == []
    dialog.locator("[data-id=statement-insert]").click()

    dialog.locator("[data-id=statement-replace]").click()
    dialog.get_by_label(re.compile("^李梅")).check()
    dialog.locator("[data-id=statement-next]").click()
    dialog.get_by_label(re.compile("^张三")).check()
    dialog.locator("[data-id=statement-next]").click()
    dialog.get_by_label("没有查明是谁").check()
    dialog.locator("[data-id=statement-next]").click()
    settled(page, "户2应付0–25000元")
    expect(dialog).to_contain_text("行为日写作2024-01-03，损失写作25000元")
    with page.expect_download() as got:
        dialog.locator("[data-id=statement-key]").click()
    table = got.value.path().read_text("utf-8-sig").splitlines()
    assert "户2,p2,张三,c2,6222 0212 3456 7890 123" in table
    with page.expect_download() as got:
        dialog.locator("[data-id=statement-key-json]").click()
    assert "张三" in got.value.path().read_text("utf-8")
    open_row(page, "transfers", 0)
    expect(field(page, "transfers/0/amount_fen")).to_have_value("25000")
    step(page, "statement")
    page.locator("[data-id=keep-visit]").click()
    dialog.locator("[data-id=open-lesson]").click()
    expect(page).to_have_url(re.compile("01-case"))


def test_added_to_a_draft_nothing_of_it_goes(course, desktop, choose):
    """What was written stays; undo takes the rows of the statement back."""
    page = blank(desktop, course)
    field(page, "title").fill("我的案件")
    dialog = choose(page, LOSS)
    dialog.locator("[data-id=statement-insert]").click()
    expect(dialog.locator(".own-asked")).to_contain_text("3名当事人、1笔转账")
    dialog.locator("[data-id=statement-add]").click()
    for _ in range(3):
        dialog.locator("[data-id=statement-skip]").click()
    expect(page.locator(".own-said")).to_contain_text("已写进案件：3 个账户、3 笔转账")
    step(page, "money")
    expect(page.locator("[data-table=transfers] .own-size")).to_have_text("4")
    page.locator("[data-id=undo]").click()
    expect(page.locator("[data-table=transfers] .own-size")).to_have_text("1")
    step(page, "case")
    expect(field(page, "title")).to_have_value("我的案件")


def test_with_keys_alone_in_and_out_are_turned(course, desktop, choose):
    """The button of the turn keeps the focus; both examples change places."""
    page = blank(desktop, course)
    dialog = choose(page, LOSS)
    turn = dialog.locator("[data-id=statement-turn]")
    turn.focus()
    page.keyboard.press("Enter")
    expect(dialog.locator(".own-signs")).to_contain_text("张三付给李梅25000元")
    expect(turn).to_be_focused()
    assert axe(page) == []


def test_on_a_phone_every_column_is_a_line(course, phone, choose):
    """Unknown headers are chosen one by one; nothing scrolls sideways; targets are large."""
    page = blank(phone, course)
    dialog = choose(page, STRANGE)
    for name, role in (("甲", "date"), ("乙", "amount"), ("丙", "flag"), ("丁", "other_name")):
        column(dialog, name).select_option(role)
        expect(column(dialog, name)).to_have_value(role)
    dialog.get_by_label("收支标志「出去」").select_option("out")
    dialog.get_by_label("收支标志「回来」").select_option("in")
    dialog.get_by_label("这份流水的户名").fill("李梅")
    expect(dialog.locator(".own-became").first).to_contain_text("李梅 → 张三")
    assert fits(page)
    assert page.evaluate(SMALL) == []
    dialog.locator("[data-id=statement-insert]").click()
    dialog.locator("[data-id=statement-replace]").click()
    expect(dialog.locator("[data-question=claimant] legend")).to_be_focused()
    assert fits(page)
    assert page.evaluate(SMALL) == []
    assert axe(page) == []


def test_a_password_is_typed_once_and_gone(course, desktop, tmp_path):
    """Asked for where it is needed, said to be wrong, then right; with the Enter key; the field is
    empty each time."""
    pyzipper = pytest.importorskip("pyzipper")
    path = tmp_path / "流水.zip"
    with pyzipper.AESZipFile(path, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"123456")
        archive.writestr("a.csv", LOSS.encode("gbk"))
    page = blank(desktop, course)
    step(page, "statement")
    dialog = page.locator(".own-import")
    dialog.locator("input[type=file]").set_input_files(path)
    secret = dialog.get_by_label("这个文件的密码")
    expect(secret).to_be_focused()
    secret.fill("654321")
    page.keyboard.press("Enter")
    expect(dialog.locator(".own-refused")).to_contain_text("密码不对")
    expect(secret).to_have_value("")
    secret.fill("123456")
    dialog.locator("[data-id=statement-open]").click()
    expect(dialog.locator(".own-sentence")).to_contain_text("读入 3 行")
    expect(secret).to_be_hidden()
    expect(secret).to_have_value("")
    assert "123456" not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")


def test_a_file_dropped_on_the_step_is_read(course, desktop):
    """As if it had been chosen; the page does not leave for it."""
    page = blank(desktop, course)
    step(page, "statement")
    dropped = page.evaluate_handle(
        "text => { const held = new DataTransfer();"
        " held.items.add(new File([text], '流水.csv', {type: 'text/csv'})); return held; }",
        LOSS,
    )
    dialog = page.locator(".own-import")
    for event in ("dragover", "drop"):
        dialog.dispatch_event(event, {"dataTransfer": dropped})
    expect(dialog.locator(".own-sentence")).to_contain_text("读入 3 行")


def test_more_rows_are_shown_when_asked_for(course, desktop, choose):
    """Six of seventy at first, then fifty more, then the rest; the last row says what it became."""
    rows = "".join(f"2024-02-01,支出,{n}.00,第{n}次,某公司\n" for n in range(1, 71))
    page = blank(desktop, course)
    dialog = choose(page, "交易日期,收支,金额,摘要,对方户名\n" + rows)
    shown = dialog.locator(".own-cells")
    more = dialog.locator("[data-key=more]")
    for count, label in ((6, "再显示 50 行"), (56, "再显示 14 行")):
        expect(shown).to_have_count(count)
        expect(more).to_have_text(label)
        more.click()
    expect(shown).to_have_count(70)
    expect(more).to_have_count(0)
    expect(dialog.locator(".own-became").last).to_contain_text("70元")


def test_balances_that_do_not_follow_stop_until_rows_are_said_to_be_missing(
    course, desktop, choose
):
    """25 000 of 30 000 leave 5 000, and 8 000 more are 13 000, not 12 912: a row of 88 is missing.
    The row is shown; with its button the statement goes on, and the case says so."""
    lines = ("2024-01-03 09:12:33,支出,25000.00,5000.00,张三,6222021234567890123",
             "2024-01-05 10:00:00,收入,8000.00,12912.00,某公司,31050161360000001234")  # fmt: skip
    head = "户名：李梅　账号：6217000012345678901\n日期,收支,金额,余额,对方名称,对方账户"
    page = blank(desktop, course)
    dialog = choose(page, "\n".join([head, *lines, ""]))
    warning = dialog.locator(".own-signs .own-warn")
    expect(warning).to_contain_text("4: 13000.00 ≠ 12912.00")
    expect(dialog.locator("[data-id=statement-insert]")).to_have_count(0)
    assert axe(page) == []
    button = dialog.locator("[data-id=statement-gaps]")
    button.focus()
    page.keyboard.press("Enter")
    expect(warning).to_have_count(0)
    expect(dialog).to_contain_text("余额有 1 处（共 1 处）接不上")
    dialog.locator("[data-id=statement-insert]").click()
    dialog.locator("[data-id=statement-replace]").click()
    for _ in range(3):
        dialog.locator("[data-id=statement-skip]").click()
    expect(page.locator(".own-said")).to_contain_text("2笔转账")
    page.locator("[data-id=keep-days]").click()
    draft = page.evaluate("Object.values(localStorage).join()")
    assert "接不上" in draft


def test_the_second_statement_of_a_file_is_not_forgotten(course, desktop, tmp_path):
    """Two sheets: said above the first, and again when it is in the case, with the way to go on."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for title, who in (("建行", "甲店"), ("农行", "乙店")):
        sheet = book.create_sheet(title)
        for row in (["交易日期", "交易金额", "对方户名"], ["2024-01-02", -5, who]):
            sheet.append(row)
    book.remove(book["Sheet"])
    book.create_sheet("说明").append(["两张卡的流水"])
    path = tmp_path / "流水.xlsx"
    book.save(path)
    page = blank(desktop, course)
    step(page, "statement")
    dialog = page.locator(".own-import")
    dialog.locator("input[type=file]").set_input_files(path)
    expect(dialog.locator(".own-read")).to_contain_text("这个文件里有 2 份流水，现在看的是第 1 份")
    dialog.locator("[data-id=statement-insert]").click()
    dialog.locator("[data-id=statement-replace]").click()
    for _ in range(3):
        dialog.locator("[data-id=statement-next]").click()
    expect(dialog.locator("[data-left]")).to_contain_text("还有 1 份流水没有写进案件")
    dialog.locator("[data-id=statement-onto]").click()
    expect(dialog.locator(".own-read")).to_contain_text("现在看的是第 2 份")
    expect(dialog.locator(".own-cells")).to_contain_text("乙店")


HIS = """户名：张三　账号：6222021234567890123
日期,收支,金额,余额,对方名称,对方账户
2024-01-03 09:13:13,收入,25000.00,25500.00,李梅,6217000012345678901
2024-01-03 09:20:00,支出,25400.00,100.00,王五,6230580000011112222
"""


def test_two_files_are_read_one_after_another_and_joined(course, desktop, tmp_path):
    """Chosen at once: the second is offered, and knows the account she paid. Undone, the panel says
    so, and the statement can be written again: her 25 000 stands once, then his 25 400. After a
    reload the key is asked for, and with it the account is known again. The claimant of the draft
    is said, not asked; only who asks for it chooses another."""
    paths = [tmp_path / "李梅.csv", tmp_path / "张三.csv"]
    for path, text in zip(paths, (LOSS, HIS), strict=True):
        path.write_bytes(text.encode("gbk"))
    page = blank(desktop, course)
    step(page, "statement")
    dialog = page.locator(".own-import")
    dialog.locator("input[type=file]").set_input_files(paths)
    waiting = dialog.locator("[data-waiting]")
    expect(waiting).to_contain_text("还有 1 个选好的文件没有读：张三.csv")
    expect(waiting).to_contain_text("还没有写进案件")
    expect(waiting.locator("button")).to_have_text("放弃这一份，接着读「张三.csv」")
    dialog.locator("[data-id=statement-insert]").click()
    dialog.locator("[data-id=statement-replace]").click()
    dialog.get_by_label(re.compile("^李梅")).check()
    dialog.locator("[data-id=statement-next]").click()
    dialog.get_by_label(re.compile("^张三")).check()
    for _ in range(2):
        dialog.locator("[data-id=statement-next]").click()
    expect(dialog.locator("[data-id=statement-key]")).to_be_visible()
    with page.expect_download() as got:
        dialog.locator("[data-id=statement-key-json]").click()
    key = got.value.path()
    expect(waiting.locator("button")).to_have_text("接着读下一个文件「张三.csv」")
    waiting.locator("button").click()
    expect(waiting).to_be_hidden()
    for _ in range(2):
        dialog.locator("[data-id=statement-insert]").click()
        dialog.locator("[data-id=statement-add]").click()
        for _ in range(3):
            dialog.locator("[data-id=statement-next]").click()
        expect(dialog.locator(".own-asked")).to_contain_text("有1笔草稿里已经有")
        expect(page.locator("[data-table=transfers] .own-size")).to_have_text("2")
        page.locator("[data-id=undo]").click()
        expect(dialog.locator(".own-asked")).to_be_hidden()
        expect(dialog.locator(".own-refused")).to_contain_text("已经撤销")
        expect(page.locator("[data-table=transfers] .own-size")).to_have_text("1")
    page.locator("[data-id=keep-days]").click()
    page.reload()
    step(page, "statement")
    dialog.locator("input[type=file]").first.set_input_files(paths[1])
    dialog.locator("[data-id=statement-insert]").click()
    lost = dialog.locator("[data-key-lost]")
    expect(lost).to_contain_text("还没有代号对照表")
    lost.locator("input").set_input_files(paths[1])
    expect(lost).to_contain_text("这不是代号对照表")
    lost.locator("input").set_input_files(key)
    expect(lost).to_have_count(0)
    dialog.locator("[data-id=statement-add]").click()
    asked = dialog.locator(".own-asked")
    expect(asked).to_contain_text("原告仍是")
    expect(asked.locator("input")).to_have_count(0)
    dialog.locator("[data-id=statement-claimant]").click()
    expect(asked).to_contain_text("现在的原告是李梅")
    dialog.locator("[data-id=statement-before]").click()
    dialog.locator("[data-id=statement-add]").click()
    for _ in range(3):
        dialog.locator("[data-id=statement-next]").click()
    expect(dialog.locator(".own-asked")).to_contain_text("有1笔草稿里已经有")


CARD = """户名：张三　账号：6222021234567890123
交易日期,交易时间,收支,金额,对方名称,对方账户
2024-01-03,09:12:33,收入,25000.00,李梅,6217000012345678901
2024-01-03,09:13:01,收入,6000.00,王芳,6217000012345678902
2024-01-04,10:00:00,收入,300.00,陈强,6217000012345678903
2024-01-04,10:30:00,支出,31000.00,刘洋,6217000012345678904
"""


def three_answers(dialog):
    """Li sues, Zhang lent the card, nobody found out who committed the fraud."""
    dialog.get_by_label(re.compile("^李梅")).check()
    dialog.locator("[data-id=statement-next]").click()
    dialog.get_by_label(re.compile("^张三")).check()
    dialog.locator("[data-id=statement-next]").click()
    dialog.get_by_label("没有查明是谁").check()
    dialog.locator("[data-id=statement-next]").click()
    expect(dialog.locator("[data-told]")).to_contain_text("已按流水写成草稿")


def parts_of(page):
    """What the list of parties says beside each name."""
    step(page, "parties")
    return page.locator("[data-table=parties] .own-row > summary .own-beside").all_text_contents()


def test_who_else_paid_into_the_card_is_asked_and_is_no_helper(course, desktop, choose):
    """The button says that three questions follow. Wang and Chen are not identified; ticked, Wang
    is a victim, which undo takes back, tick included."""
    page = blank(desktop, course)
    dialog = choose(page, CARD)
    insert = dialog.locator("[data-id=statement-insert]")
    expect(insert).to_have_text("读对了：先答三问（谁是谁），再把 4 笔写进案件")
    insert.click()
    dialog.locator("[data-id=statement-replace]").click()
    three_answers(dialog)
    payers = dialog.locator("[data-ticks=payers]")
    expect(payers).to_contain_text("身份未查明：其中有谁也是受害人")
    assert parts_of(page).count("帮助人，过错未查明") == 1  # he who lent the card
    assert sorted(parts_of(page)) == sorted(
        ["帮助人，过错未查明", "受害人", "诈骗行为人", "身份未查明"]
    )
    step(page, "statement")
    wang = payers.get_by_label(re.compile("^王芳：1笔，共6000元"))
    wang.check()
    expect(page.locator(".own-said")).to_contain_text("已按勾选改写案件")
    expect(wang).to_be_focused()
    expect(dialog.locator("[data-told]")).to_contain_text("王芳：户3")
    assert parts_of(page).count("受害人") == 2
    assert page.evaluate(OVERLAPS) == []
    page.locator("[data-id=undo]").click()
    step(page, "statement")
    expect(wang).not_to_be_checked()
    assert parts_of(page).count("受害人") == 1


def test_one_more_file_waits_for_the_one_that_is_not_written(course, desktop, choose, tmp_path):
    """Nothing is discarded before it is said; the columns chosen stay until the reader goes on."""
    page = blank(desktop, course)
    dialog = choose(page, LOSS)
    column(dialog, "对方账户").select_option("")
    expect(column(dialog, "对方账户")).to_have_value("")
    later = tmp_path / "二月.csv"
    later.write_bytes(CARD.encode("gbk"))
    dialog.locator("input[type=file]").first.set_input_files(later)
    waiting = dialog.locator("[data-waiting]")
    expect(waiting).to_contain_text("现在这一份还没有写进案件")
    expect(waiting).to_be_focused()
    expect(column(dialog, "对方账户")).to_have_value("")
    expect(dialog.locator(".own-layout")).to_contain_text("流水.csv")
    waiting.get_by_role("button", name="放弃这一份，接着读「二月.csv」").click()
    expect(dialog.locator(".own-layout")).to_contain_text("二月.csv")
    expect(waiting).to_be_hidden()
