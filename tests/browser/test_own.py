"""The own-case editor in a browser: write, correct, save, load, open in lessons; on a phone."""

import re
from urllib.parse import parse_qs, urlsplit

from browser.pages import WAIT_MS, fits, quiet
from playwright.sync_api import expect

from simlib.case import check_text

EDITOR = "voila/render/{}/12-own.ipynb"


def editor(page, url, lang="zh", query=""):
    """Open the editor and wait for what Python says of the draft."""
    page.goto(url + EDITOR.format(lang) + query)
    page.locator(".own-list [role=status]").wait_for(timeout=WAIT_MS)
    return page


def field(page, spot):
    """The control of a field, by its place in the draft: `parties/2/grade`."""
    return page.locator(f'[data-spot="{spot}"]').locator("input, select, textarea").first


def open_row(page, table, row):
    """Unfold a table and one of its rows with the keyboard."""
    for summary in (
        page.locator(f"[data-table={table}] > summary"),
        page.locator(f'[data-spot="{table}/{row}"] > summary'),
    ):
        if summary.evaluate("s => !s.parentElement.open"):
            summary.focus()
            page.keyboard.press("Enter")


def test_a_case_is_written_corrected_saved_and_opened_in_lessons(course, desktop, tmp_path):
    """Template; loss 25 000 against transfers of 10 000 is told with its remedy; put right.

    By hand: under the law in force the helper who knew owes all. The writer ticks that the court
    found responsibility hard to determine, so several liability goes by heads (民法典1172, second
    half); with a third party, also a helper, 25 000 / 3 = 8 333.33.
    """
    page = editor(desktop, course)
    expect(page.locator(".own-list")).to_contain_text("没有问题")
    field(page, "loss_fen").fill("２５，０００元")
    problem = page.locator('[data-spot="loss_fen"] .own-problem')
    expect(problem).to_have_text(
        "原告自己的转账合计 1000000 分，损失为 2500000 分；请改正流水或 loss_fen"
    )
    expect(page.locator(".own-preview")).to_contain_text("改正问题之后")
    assert page.locator(".own-labs a").count() == 0
    page.locator(".own-list .own-jump").press("Enter")
    expect(field(page, "loss_fen")).to_be_focused()
    open_row(page, "transfers", 0)
    field(page, "transfers/0/amount_fen").press_sequentially("x")
    expect(page.locator('[data-spot="transfers/0/amount_fen"] .own-problem')).to_contain_text(
        "“x10000”不是金额"
    )
    field(page, "transfers/0/amount_fen").fill("25000")
    expect(page.locator(".own-list")).to_contain_text("没有问题")
    expect(page.locator(".own-preview .simlib-sentence")).to_have_text(
        "受害人的损失是25000元；现行法下可以实际收到25000元。"
    )

    field(page, "undeterminable").check()
    page.locator("[data-id=add-parties]").press("Enter")  # a fourth party, by keyboard
    name = field(page, "parties/3/name")
    name.fill("王小明")
    expect(page.locator(".own-alarms")).to_contain_text("“王小明”像是真实姓名")
    name.fill("张某")
    expect(page.locator('[data-spot="parties/3/name"] input >> nth=1')).to_have_value("张某")
    expect(page.locator(".own-alarms")).not_to_contain_text("真实姓名")
    expect(page.locator(".own-preview tbody tr")).to_have_count(3)
    page.locator('[data-spot="parties/3"] [data-id=up]').press("Enter")
    expect(page.locator('[data-spot="parties/2"] > summary')).to_contain_text("张某")

    page.reload()  # nothing is lost
    page.locator(".own-preview tbody tr >> nth=2").wait_for(timeout=WAIT_MS)
    expect(page.locator('[data-spot="parties/2"] > summary')).to_contain_text("张某")
    with page.expect_download() as got:
        page.locator("[data-id=save]").click()
    assert got.value.suggested_filename == "my-case.toml"
    text = got.value.path().read_text("utf-8")
    case, problems = check_text(text)
    assert problems == []
    assert [p.name.zh for p in case.parties][2:] == ["张某", "帮助人"]
    assert case.undeterminable

    page.locator(".own-labs a", has_text="04").click()
    page.locator(".simlib-main [data-say]").first.wait_for(timeout=WAIT_MS)
    assert page.locator('[data-id="case"] select').input_value() == "own"
    page.locator('[data-id="mode"] select').select_option("several")
    mine = page.locator('.simlib-main [data-say="several|exposure|helper"]')
    expect(mine).to_have_text("8333.33元", timeout=WAIT_MS)

    case_file = tmp_path / "mine.toml"
    case_file.write_text(text.replace('role = "helper"', 'role = "helpr"', 1), "utf-8")
    page.goto(course + "voila/render/zh/01-case.ipynb")
    page.locator("[data-id=open]").click(timeout=WAIT_MS)
    picker = page.locator('[data-id="own"] input[type=file]')
    picker.set_input_files(case_file)
    expect(page.locator(".simlib-warn", has_text="bad-choice-near")).to_be_visible()
    assert page.locator('[data-id="case"] select').input_value() == "2024-lu-0302-5690"
    case_file.write_text(text, "utf-8")
    picker.set_input_files(case_file)
    expect(page.locator('.simlib-main [data-say="several|received|"]')).to_have_text("16666.66元")
    page.locator("#course-other").click()
    expect(page.locator('.simlib-main [data-say="several|received|"]')).to_have_text(
        "CNY 16,666.66", timeout=WAIT_MS
    )


def test_phone_broken_file_link_and_long_case(course, phone, open_page, watch, tmp_path):
    """390 px: nothing sideways; a file that is no case changes nothing; the link brings it whole;
    1 000 transfers are paged; a case too large for a link opens in a lesson all the same."""
    page = editor(phone, course)
    assert fits(page)
    for table in ("parties", "accounts", "transfers", "positions"):
        open_row(page, table, 0)
    field(page, "parties/0/id").fill("")
    expect(page.locator('[data-spot="parties/0/id"] .own-problem')).to_contain_text("缺少 id")
    assert fits(page)
    page.locator("[data-id=undo]").click()
    expect(page.locator(".own-list")).to_contain_text("没有问题")
    file = tmp_path / "broken.toml"
    file.write_bytes(b'parties = "none"\nloss_fen = 0\n')
    picker = page.locator(".own-bar input[type=file]")
    picker.set_input_files(file)
    expect(page.locator(".own-said")).to_contain_text("没有打开这个文件")
    expect(page.locator(".own-said")).to_contain_text('parties: not-list: "none" 不是列表')
    assert fits(page)
    expect(field(page, "loss_fen")).to_have_value("10000")

    page.evaluate(
        "delete Navigator.prototype.clipboard; document.execCommand ="
        " () => { window.copied = document.activeElement.value; return true; }"
    )
    page.locator("[data-id=copy]").click()
    expect(page.locator(".own-said")).to_contain_text("链接已复制")
    other = open_page()
    link = page.evaluate("window.copied")
    assert len(parse_qs(urlsplit(link).query)["s"][0]) < 6_000
    editor(other, link.partition("voila/")[0], query="?" + urlsplit(link).query)
    expect(field(other, "title")).to_have_value("假设案例：标题")
    assert "s=" not in other.url

    rows = "".join(
        f'[[transfers]]\nid = "x{n}"\npayer = "helper"\npayee = "principal"\n'
        f"amount_fen = {(n * 7919) % 99_991}\nat = 2023-01-{n % 28 + 1:02d}T0{n % 10}:00:00+08:00\n"
        for n in range(1000)
    )
    with page.expect_download() as got:
        page.locator("[data-id=save]").click()
    file.write_text(got.value.path().read_text("utf-8") + rows, "utf-8")
    picker.set_input_files(file)
    expect(page.locator(".own-said")).to_have_text("文件已打开。")
    expect(page.locator("[data-table=transfers] .own-pager")).to_contain_text("共 1001 行")
    assert page.locator("[data-table=transfers] .own-row").count() == 20
    page.locator("[data-id=copy]").click()
    expect(page.locator(".own-said")).to_contain_text("链接装不下")
    assert fits(page)
    page.locator(".own-labs a", has_text="01").click()
    page.locator(".simlib-main [data-say]").first.wait_for(timeout=WAIT_MS)
    expect(page.locator('[data-id="case"] select')).to_have_value("own")
    assert re.search(r"链接只带设定", page.locator('[data-id="own"]').inner_text())
    page.go_back()
    page.locator(".own-list [role=status]").wait_for(timeout=WAIT_MS)
    forget = page.locator("[data-id=forget]")
    forget.click()
    forget.click()
    expect(page.locator(".own-said")).to_contain_text("草稿已从这个浏览器删除")
    quiet(page, watch, 1_000)  # until what was asked before and since has been answered
    assert page.evaluate("localStorage.getItem('simlib:own:1')") is None

    second = page.context.new_page()  # two tabs, one draft: the first is told, and gives way
    editor(second, course)
    field(second, "title").fill("在另一页写的")
    expect(page.locator(".own-said")).to_contain_text("另一个标签页")
    page.reload()
    expect(field(page, "title")).to_have_value("在另一页写的", timeout=WAIT_MS)


def test_a_bank_statement_is_imported(course, desktop, tmp_path):
    """Chosen, understood, one column corrected and put back, inserted; the key is downloaded.

    By hand: 10 000 came from Li and 9 000 went to Zhao; the row without an amount is refused.
    """
    page = editor(desktop, course)
    file = tmp_path / "流水.csv"
    file.write_bytes(
        (
            "账号：6222021234567894,户名：王小明\n"
            "交易日期,交易时间,收入金额,支出金额,余额,对方账号,对方户名\n"
            '2023-01-15,10:00:00,"10,000.00",,10000.00,6217000000000001,李芳\n'
            "2023-01-15,10:05:00,,9000.00,1000.00,6217000000000002,赵强\n"
            "2023-01-16,10:05:00,,abc,1000.00,6217000000000002,赵强\n"
        ).encode("gbk")
    )
    page.locator("[data-id=statement]").click()
    page.locator(".own-import input[type=file]").set_input_files(file)
    dialog = page.locator(".own-import")
    counts = dialog.locator(".simlib-sentence")
    expect(counts).to_have_text("共读到 5 行：读入 2 行，未读入 1 行，略过 2 行。")
    expect(dialog).to_contain_text("行 5：“abc”不是金额；请写成 1234.56")
    dialog.get_by_label("收入（贷方）金额").select_option("0")
    expect(counts).to_have_count(0)
    dialog.get_by_label("收入（贷方）金额").select_option("3")  # among the others, unfolded now
    expect(dialog.locator("tbody tr").first).to_contain_text("10000元")
    dialog.locator("[data-id=statement-insert]").click()
    expect(page.locator(".own-said")).to_contain_text("已写进案件：3 个账户、2 笔转账")
    expect(page.locator(".own-list")).to_contain_text("没有问题")
    expect(page.locator(".own-alarms")).to_be_empty()
    with page.expect_download() as got:
        dialog.locator("[data-id=statement-key]").click()
    assert "王小明" in got.value.path().read_text("utf-8")
    open_row(page, "transfers", 1)
    expect(field(page, "transfers/1/amount_fen")).to_have_value("10000")
    page.locator("[data-id=undo]").click()
    expect(page.locator("[data-table=transfers] > summary")).to_have_text("资金流水 1")
    assert fits(page)
