"""What a case made of statements still needs: asked in order, with the option that answers.

The victim's bank: 100.00 to a shop, 8 000.00 to the card, 50.00 back from the card, 20.00 to 王五,
of whom it knows the name only. Ids: c1 the victim's, c2 the shop's, c3 the card, p4 王五.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from simlib import load_case
from simlib.errors import StatementError
from simlib.statement import combine, convert, detect, read_tables
from simlib.statement.case.roles_and_questions import OpenQuestion, open_questions

VICTIM, CARD = "6222020000001111", "6217000000002222"
TEXT = f"""\
户名：李小红,账号：{VICTIM},,,,
交易日期,借方发生额,贷方发生额,余额,对方户名,对方账号
2022-10-05,100.00,,"9,900.00",好又多超市,9001
2022-10-05,"8,000.00",,"1,900.00",赵六,{CARD}
2022-10-06,,50.00,"1,950.00",赵六,{CARD}
2022-10-07,20.00,,"1,930.00",王五,
"""


@pytest.fixture
def imported() -> object:
    """The statement put together."""
    (table,) = read_tables(TEXT.encode(), "a.csv")
    return combine([convert(table, detect(table))])


@pytest.fixture
def run(run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """A command line in a folder that holds the statement: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(TEXT, encoding="utf-8")
    return run


def test_three_questions_in_order(imported):
    """Who claims: whoever's statement it is paid 8 120.00. Who lent: without a victim, whoever
    got money; with one, whoever got hers."""
    assert open_questions(imported) == [
        OpenQuestion("claimant", (("c1", 812_000),)),
        OpenQuestion("lender", (("c3", 800_000), ("c2", 10_000), ("c1", 5_000), ("p4", 2_000))),
        OpenQuestion("principal"),
    ]
    assert open_questions(imported, {"c1": "victim"}, unknown_principal=True) == [
        OpenQuestion("lender", (("c3", 800_000), ("c2", 10_000), ("p4", 2_000)))]  # fmt: skip


def test_what_was_answered_is_not_asked(imported):
    """By account, name or pseudonym; a role that is none is refused."""
    roles = {"李小红": "victim", CARD: "helper:account", "王五": "principal"}
    assert open_questions(imported, roles) == []
    assert [ask.what for ask in open_questions(imported, {"c3": "platform:none"})] == [
        "claimant", "lender", "principal"]  # fmt: skip
    with pytest.raises(StatementError):
        open_questions(imported, {"c9": "victim"})


def test_the_command_line_asks_and_takes_the_answers(run):
    """Each question names its option; with the options as they are printed nothing is asked."""
    out = run("import a.csv --out one")[1]
    for said in (
        "1. 谁是受害人，主张的是谁的损失？--victim c1　可能是：c1（付出 8120元）",
        "2. 谁出借了银行卡或账户？--role c3=helper:payment",
        "3. 诈骗行为人是谁？身份不明的：--unknown-principal",
        "one/case.toml",
    ):
        assert said in out
    assert "3. Who committed the fraud?" in run("import a.csv --out en --lang en")[1]
    line = "--victim c1 --role c3=helper:account:gross --unknown-principal"
    code, out, _ = run(f"import a.csv --out two {line}")
    assert code == 0
    assert "还需要您说明" not in out
    assert "simlib check 没有发现问题" in out
    assert load_case("two").loss_fen == 800_000


def test_accounts_nobody_named_are_said_when_added_to_a_case(run):
    """The card is somebody's of the case; the shop is nobody's, and its holder can be written."""
    run("import a.csv --out kase --key k.json --victim c1 --role c3=helper:account:gross "
        "--unknown-principal")  # fmt: skip
    rows = "日期,支出,收入,本方账号,对方账号\n2022-11-01,1.00,,{},7007\n"
    Path("b.csv").write_text(rows.format(CARD), encoding="utf-8")
    code, out, _ = run("import b.csv --into kase --key k.json")
    assert code == 0
    assert "c4 没有指明属于案中的谁，已归入“身份未查明的人”" in out
    Path("c.csv").write_text(rows.format("7007").replace("7007\n", "7008\n"), encoding="utf-8")
    out = run("import c.csv --into kase --key k.json --holder 7008=p3")[1]
    assert "没有指明属于案中的谁" not in out
