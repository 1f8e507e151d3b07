"""More statements into a case that is there: what concerns it is written, and the loss follows.

Sums are worked out by hand in the docstrings.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from simlib import decide, load_case
from simlib.case import check_case

HERS, CARD = "6222020000001111", "6217000000002222"
HEAD = "本方账号,本方户名,交易时间,收支,交易金额,对方账号,对方户名\n"
# March: 8 000.00 to the card that Wang lent, 12.00 for fruit.
MARCH = f"""{HEAD}\
{HERS},李小红,2024-03-05 10:00:00,支出,8000.00,{CARD},王五
{HERS},李小红,2024-03-06 10:00:00,支出,12.00,9001,水果店
"""
# April: 500.25 more to the card, 200.00 back, 30.00 for fruit, 7.00 in a shop, 100.00 from a card
# of her own.
APRIL = f"""{HEAD}\
{HERS},李小红,2024-04-01 10:00:00,支出,500.25,{CARD},王五
{HERS},李小红,2024-04-02 10:00:00,收入,200.00,{CARD},王五
{HERS},李小红,2024-04-03 10:00:00,支出,30.00,9001,水果店
{HERS},李小红,2024-04-04 10:00:00,支出,7.00,9002,便利店
{HERS},李小红,2024-04-05 10:00:00,收入,100.00,6222020000009999,李小红
"""
# The card: 8 000.00 as she has it, 6 000.00 on to Zhao, 55.00 from Zhao's shop to a stranger.
CARDS = f"""付款账号,付款户名,收款账号,收款户名,交易时间,交易金额
{HERS},李小红,{CARD},王五,2024-03-05 10:00:02,8000.00
{CARD},王五,7001,赵六,2024-03-05 11:00:00,6000.00
7001,赵六,7002,钱七,2024-03-05 12:00:00,5500.00
8001,孙八,8002,周九,2024-03-05 13:00:00,55.00
"""
ROLES = "--victim 李小红 --role 王五=helper:payment:knowing --unknown-principal"


@pytest.fixture
def run(run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """A command line in a folder that holds the statements: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("march", MARCH), ("april", APRIL), ("card", CARDS)):
        Path(f"{name}.csv").write_text(text, encoding="utf-8")
    return run


@pytest.fixture
def kase(run: object) -> object:
    """The case of March, loss 8 000.00."""
    assert run(f"import march.csv --out kase --key key.json {ROLES}")[0] == 0
    assert load_case("kase").loss_fen == 800_000
    return run


def files() -> dict[str, str]:
    """Every file here, and what is in it."""
    found = (path for path in Path().rglob("*") if path.is_file())
    return {str(path): path.read_text("utf-8") for path in found}


def load_case_text(folder: str) -> str:
    """The case as it is written."""
    return Path(folder, "case.toml").read_text("utf-8")


def listed(folder: str) -> list[tuple[str, str, int]]:
    """Who paid whom how much."""
    return sorted((t.payer, t.payee, t.amount_fen) for t in load_case(folder).transfers)


def test_what_has_nothing_to_do_with_the_case_is_not_written(kase):
    """Of April's five rows the fruit and the shop are left out, and no account is made for them:
    three transfers, and her second card c5 (c1 hers, c2 Wang's, c3 and c4 the two shops')."""
    code, out, err = kase("import april.csv --into kase --key key.json")
    assert (code, err) == (0, "")
    assert "已加入 kase：3 笔转账，1 个账户；0 笔案中已有" in out
    assert "另有 2 笔是受害人与身份未查明的人之间的收支，没有写进去" in out
    assert listed("kase") == [
        ("c1", "c2", 50_025), ("c1", "c2", 800_000), ("c2", "c1", 20_000), ("c5", "c1", 10_000),
    ]  # fmt: skip
    assert {a.id: a.holder for a in load_case("kase").accounts} == {
        "c1": "p1", "c2": "p2", "c5": "p1"}  # fmt: skip
    assert "others" not in {party.id for party in load_case("kase").parties}


def test_two_imports_come_to_what_one_comes_to(kase):
    """March, then April, is March and April at once: rows, accounts and loss."""
    assert kase("import april.csv --into kase --key key.json")[0] == 0
    assert kase(f"import march.csv april.csv --out both {ROLES}")[0] == 0
    assert listed("kase") == listed("both")
    one, both = load_case("kase"), load_case("both")
    assert {a.id: a.holder for a in one.accounts} == {a.id: a.holder for a in both.accounts}
    assert (one.loss_fen, one.acted_on) == (both.loss_fen, both.acted_on)


def test_money_is_followed_and_strangers_are_not_written(kase):
    """The list has her 8 000.00 again, 6 000.00 and 5 500.00 on its way, and 55.00 between two
    people to whom no money of the case leads."""
    out = kase("import card.csv --into kase --key key.json")[1]
    assert "2 笔转账，2 个账户；1 笔案中已有" in out
    assert "另有 1 笔的双方都不是案中的人" in out
    assert [fen for *_, fen in listed("kase")] == [800_000, 600_000, 550_000]
    assert load_case("kase").loss_fen == 800_000
    assert "one of the accounts is a party's" in kase(
        "import card.csv --into kase --key key.json --lang en"
    )[1]  # fmt: skip


def test_loss_that_was_reckoned_is_reckoned_again(kase):
    """8 000.00 + 500.25 = 8 500.25; the 200.00 that came back are named and not deducted; nothing
    but the loss changes in the text, and both `check` and `decide` take the case."""
    before = Path("kase/case.toml").read_text("utf-8")
    code, out, _ = kase("import april.csv --into kase --key key.json")
    assert code == 0
    said = "户1的损失由 8000元 改为 8500.25元，因为新的流水里户1又付给户2 500.25元；请核对"
    assert out.count(said) == 1
    assert "退回受害人的 200.00 元是否抵扣" in out
    assert "simlib check 没有发现问题" in out
    after = Path("kase/case.toml").read_text("utf-8")
    assert after.startswith(before.replace("loss_fen = 800000", "loss_fen = 850025"))
    assert check_case("kase")[1] == []
    assert kase("check kase")[0] == 0
    assert decide(load_case("kase"), "joint").received_fen == 850_025


def test_loss_in_english_and_of_a_second_victim(run):
    """She is the second victim: her 8 000.00 stand in her own table and become 8 500.25; the
    claimant's loss of 1.00 stays."""
    other = MARCH.replace(HERS, "6222020000003333").replace("李小红", "吴一")
    other = other.replace("8000.00", "1.00")
    Path("other.csv").write_text(other, encoding="utf-8")
    roles = f"--victim 吴一 {ROLES}"
    assert run(f"import other.csv march.csv --out kase --key key.json {roles}")[0] == 0
    out = run("import april.csv --into kase --key key.json --lang en")[1]
    assert "was CNY 8,000 and is now CNY 8,500.25" in out
    case, problems = check_case("kase")
    assert problems == []
    assert case.loss_fen == 100
    losses = [party.loss_fen for party in case.parties if party.role == "victim"]
    assert losses == [None, 850_025]


def test_payment_before_the_day_of_the_act_is_told(kase):
    """March 5 was the first payment; one of February 1 comes to light: the day stays and is asked
    about, and April says nothing of it."""
    Path("february.csv").write_text(APRIL.replace("2024-04-01", "2024-02-01"), encoding="utf-8")
    said = "第一笔在2024年2月1日，早于案件写的行为日"
    assert said not in kase("import april.csv --into kase --key key.json")[1]
    assert said in kase("import february.csv --into kase --key key.json")[1]
    assert str(load_case("kase").acted_on) == "2024-03-05"


def test_loss_stated_by_hand_is_not_changed_in_silence(kase):
    """9 000.00 by hand beside 8 000.00 listed; with April 8 500.25 were paid: an import that says
    so, and nothing is written, the key neither. Stated as 8 500.25 it is taken as it stands, with
    100.00 more that are not economic too."""
    text = Path("kase/case.toml").read_text("utf-8")
    stated = text.replace("loss_fen = 800000", "loss_fen = 900_000 # 起诉状")
    Path("kase/case.toml").write_text(stated, encoding="utf-8")
    before = files()
    for lang, said in (("zh", "损失是 9000.00 元"), ("en", "CNY 9000.00")):
        code, _, err = kase(f"import april.csv --into kase --key key.json --lang {lang}")
        assert (code, files() == before) == (1, True)
        assert said in err
        assert re.search(r"8500\.25.*loss_fen = 850025", err)
    for loss, more in ((850_025, ""), (860_025, "loss_noneconomic_fen = 10_000\n")):
        Path("kase/flows.csv").write_text(before["kase/flows.csv"], encoding="utf-8")
        fits = more + text.replace("loss_fen = 800000", f"loss_fen = {loss}")
        Path("kase/case.toml").write_text(fits, encoding="utf-8")
        out = kase("import april.csv --into kase --key key.json")[1]
        assert "simlib check 没有发现问题" in out
        assert "改为" not in out
        assert load_case("kase").loss_fen == loss


def test_loss_without_a_transfer_of_hers_is_stated(kase):
    """A case with the loss alone, 1 000.00: April's 500.25 do not make it up."""
    text = Path("kase/case.toml").read_text("utf-8").replace("= 800000", "= 100000")
    Path("kase/case.toml").write_text(text, encoding="utf-8")
    flows = Path("kase/flows.csv").read_text("utf-8").split("\n", 1)[0] + "\n"
    Path("kase/flows.csv").write_text(flows, encoding="utf-8")
    code, _, err = kase("import april.csv --into kase --key key.json")
    assert code == 1
    assert "合计 0.00 元" in err


def test_check_says_amounts_in_yuan(kase):
    """8 000.00 listed, 9 000.00 stated: yuan first, the field in brackets; the code stays."""
    text = Path("kase/case.toml").read_text("utf-8")
    Path("kase/case.toml").write_text(text.replace("= 800000", "= 900000"), encoding="utf-8")
    said = "".join(kase("check kase")[1:])
    assert "transfers-sum: 原告付给别人的转账合计 8000.00 元" in said
    assert "损失是 9000.00 元（loss_fen = 900000）" in said
    said = "".join(kase("check kase --lang en")[1:])
    assert "add up to CNY 8000.00, and the loss is given as CNY 9000.00 (loss_fen = 900000)" in said


def test_second_import_of_the_same_rows_adds_nothing(kase):
    """Every file, the key too, is as it was; the three rows are told as known."""
    kase("import april.csv --into kase --key key.json")
    before = files()
    code, out, _ = kase("import april.csv --into kase --key key.json")
    assert (code, "0 笔转账，0 个账户；3 笔案中已有" in out) == (0, True)
    assert "改为" not in out
    assert files() == before
    kase("import card.csv --into kase --key key.json")
    before = files()
    assert (
        "0 笔转账，0 个账户；3 笔案中已有" in kase("import card.csv --into kase --key key.json")[1]
    )
    assert files() == before


def test_nothing_is_written_if_the_key_cannot_be(kase):
    """A key in the case's folder: refused before anything of the case is touched."""
    before = files()
    code, _, err = kase("import april.csv --into kase --key kase/key2.json --holder 李小红=p1")
    assert (code, "不能放在案例文件夹里" in err) == (1, True)
    assert files() == before
    assert sorted(os.listdir("kase")) == ["case.toml", "flows.csv", "not-taken.csv"]


def test_without_a_key_nobody_is_known_until_named(kase):
    """No key: five strangers, nothing written and `--holder` named; with Wang and her named, the
    case gets their accounts once more under new ids, and the loss follows."""
    before = files()
    out = kase("import april.csv --into kase")[1]
    assert "另有 5 笔的双方都不是案中的人" in out
    assert files() == before
    out = kase("import april.csv --into kase --holder 李小红=p1 --holder 王五=p2")[1]
    assert "改为 8500.25元" in out
    assert check_case("kase")[1] == []


def test_rows_that_may_be_there_are_no_loss(kase):
    """March again without the key: the 8 000.00 stands there under other accounts, so it is named
    and does not make the loss 16 000.00; `simlib check` asks for one of the two to go."""
    out = kase("import march.csv --into kase --holder 李小红=p1 --holder 王五=p2")[1]
    assert "有 1 笔（t2）可能就是案中已有的转账：金额相同" in out
    assert load_case_text("kase").count("loss_fen = 800000") == 1
    assert "合计 16000.00 元" in out


def test_case_in_which_nobody_has_a_part_gets_every_row(run):
    """A victim and a fraudster nobody knows: through whom she lost it is open, as in a new case,
    and so is the loss; two rows, then five more."""
    roles = "--victim 李小红 --unknown-principal"
    assert run(f"import march.csv --out kase --key key.json {roles}")[0] == 0
    out = run("import april.csv --into kase --key key.json")[1]
    assert "5 笔转账" in out
    assert "没有写进去" not in out
    assert "的损失由" not in out


# Hers has days only; the card's bank writes the time. By hand: she paid 5 000.00 twice that day.
DAYS = f"""户名：李小红 账号：{HERS}
交易日期,支出,收入,对方户名,对方账号
2026-03-01,5000.00,,王五,{CARD}
2026-03-01,5000.00,,王五,{CARD}
"""
TIMED = f"""户名：王五 账号：{CARD}
交易日期,交易时间,支出,收入,对方户名,对方账号
2026-03-01,10:00:05,,5000.00,李小红,{HERS}
2026-03-01,18:03:00,,5000.00,李小红,{HERS}
"""


@pytest.mark.parametrize(("one", "two"), [(DAYS, TIMED), (TIMED, DAYS)])
def test_a_row_without_a_time_is_one_of_its_day(run, one, two):
    """Whichever comes first, two transfers of 5 000.00 stand there, as if both came at once."""
    Path("one.csv").write_text(one, encoding="utf-8")
    Path("two.csv").write_text(two, encoding="utf-8")
    assert run(f"import one.csv --out days --key k.json {ROLES}")[0] == 0
    out = run("import two.csv --into days --key k.json")[1]
    assert "0 笔转账，0 个账户；2 笔案中已有" in out
    assert [fen for *_, fen in listed("days")] == [500_000, 500_000]
    assert load_case("days").loss_fen == 1_000_000


def test_each_row_of_a_day_stands_for_one_and_for_no_other_day(run):
    """Days: one of the first of March. Timed: ten and six of that day, ten of the next: the second
    and the third are new, 5 000.00 + 10 000.00 = 15 000.00."""
    Path("one.csv").write_text(DAYS.rsplit("2026", 1)[0], encoding="utf-8")
    more = TIMED + f"2026-03-02,10:00:00,,5000.00,李小红,{HERS}\n"
    Path("two.csv").write_text(more, encoding="utf-8")
    run(f"import one.csv --out days --key k.json {ROLES}")
    assert "2 笔转账，0 个账户；1 笔案中已有" in run("import two.csv --into days --key k.json")[1]
    assert load_case("days").loss_fen == 1_500_000


@pytest.mark.parametrize("name", ["李小红", ""])
def test_a_row_of_a_day_that_may_be_there_is_no_loss_and_is_said(run, name):
    """His bank writes her name, or nothing, and no number: both rows may be hers of that day."""
    Path("one.csv").write_text(DAYS, encoding="utf-8")
    Path("two.csv").write_text(TIMED.replace(f"李小红,{HERS}", f"{name},"), encoding="utf-8")
    run(f"import one.csv --out days --key k.json {ROLES}")
    who = "--holder p3=p1 " if name else ""
    out = run(f"import two.csv --into days --key k.json {who}--lang zh")[1]
    assert "有 2 笔（t3, t4）可能就是案中已有的转账" in out
    assert load_case_text("days").count("loss_fen = 1000000") == 1


def test_two_whole_numbers_are_never_one_transfer(run):
    """She paid 5 000.00 to each of Wang's two cards that day: 15 000.00 with the second card's."""
    Path("one.csv").write_text(DAYS, encoding="utf-8")
    second = TIMED.replace(CARD, "6217000000003333").rsplit("2026", 1)[0]
    Path("two.csv").write_text(second, encoding="utf-8")
    run(f"import one.csv --out days --key k.json {ROLES}")
    out = run("import two.csv --into days --key k.json")[1]
    assert "可能就是" not in out
    assert load_case("days").loss_fen == 1_500_000
