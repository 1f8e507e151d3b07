"""The engine room of the own-case editor: fields, drafts, checks, files, links; no browser."""

import json
import tomllib
from pathlib import Path

import bombs
import pytest
from telling import tell

from simlib.case import check_case, check_text, load_case, shipped_cases
from simlib.case.model import Case
from simlib.errors import problem_line
from simlib.resources import shelf
from simlib.text import topic_words
from simlib.widgets import case_lab
from simlib.widgets.own import OwnEditor, draft
from simlib.widgets.own.fields import ORDER, record_of, spec
from simlib.widgets.own.preview import preview
from simlib.widgets.state import LabState, case_in

NAMES = [*shipped_cases(), "_template"]
BROKEN = sorted((Path(__file__).parents[1] / "broken_cases").glob("0*.toml"))


def file_of(name):
    """The data of a shipped case's file."""
    return tomllib.loads((shelf("cases") / name / "case.toml").read_text("utf-8"))


def page_of(name):
    """A shipped case as the page holds it, through the wire."""
    return json.loads(json.dumps(draft.to_draft(file_of(name))))


@pytest.fixture
def editor():
    """An editor that remembers what it said to the page."""
    made = OwnEditor("zh")
    made.said = []
    made.send = lambda message, *_: made.said.append(json.loads(json.dumps(message)))
    return made


# ---------------------------------------------------------------- fields


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_fact_of_the_schema_has_a_control(lang):
    """Whatever a case may say can be said on the page, but for notes and files beside it."""
    made = spec(lang)
    head = {field["id"] for field in made["head"]["fields"]}
    tables = {table["id"] for table in made["tables"]}
    left = {"kinds", "fact_sources", "transfers_file"}
    assert head | tables | left == set(Case.model_fields)
    for table in made["tables"]:
        fields = {field["id"] for field in table["fields"]}
        assert fields | {"kinds", "sources"} >= set(record_of(table["id"]).model_fields)
        assert all(field["label"] for field in table["fields"])
    assert len(json.dumps(made).encode()) < 60_000


def test_a_field_has_the_control_of_its_type():
    """Money, days, instants, closed lists in words, pointers with where they lead."""
    tables = {t["id"]: {f["id"]: f for f in t["fields"]} for t in spec("zh")["tables"]}
    kinds = {
        ("parties", "assets_fen"): "money",
        ("parties", "share"): "fraction",
        ("parties", "sued"): "flag",
        ("parties", "proof"): "nested",
        ("transfers", "at"): "instant",
        ("evidence", "retention_days"): "whole",
        ("evidence", "shows"): "several",
        ("acts", "needs"): "groups",
        ("positions", "set"): "settings",
        ("rulings", "against"): "pointers",
        ("criminal", "on"): "day",
    }
    assert {key: tables[key[0]][key[1]]["kind"] for key in kinds} == kinds
    assert tables["transfers"]["payer"]["homes"] == ["parties", "accounts"]
    assert tables["recoveries"]["payer"]["also"][0][0] == "pool"
    assert ["knowing", "明知"] in tables["parties"]["grade"]["options"]
    assert tables["parties"]["id"]["must"]
    assert tables["parties"]["sued"]["default"] is True


# ---------------------------------------------------------------- drafts


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_is_the_case_it_came_from(editor, name):
    """File → page → file: the same case, no problem, no warning, and text that says the same."""
    page = page_of(name)
    worth = editor.worth(page)
    assert (worth["problems"], worth["warnings"]) == ([], [])
    assert worth["preview"]
    where = name if name != "_template" else str(shelf("cases") / name)
    assert check_text(worth["text"])[0] == load_case(where)


def test_what_is_wrong_is_told_in_the_words_of_simlib_check(editor, tmp_path):
    """Every problem of the file, in its order, with its code and words, at its field."""
    page = page_of("fix-1")
    page["parties"][2]["grade"] = "knowin"
    page["parties"][3]["share"] = 0.5
    page["transfers"] = [{"id": "t1", "payer": "victim", "payee": "crad", "amount_fen": 100}]
    page["positions"][0]["set"] = "A.falt = 1\nnothing"
    worth = editor.worth(page)
    file = tmp_path / "case.toml"
    file.write_text(worth["text"], "utf-8")
    problems = check_case(file)[1]
    told = [(p["path"], p["code"]) for p in worth["problems"]]
    assert told == [(p.path, p.code) for p in problems]
    lines = [problem_line("x", p, topic_words("problems", "zh")) for p in problems]
    for line, entry in zip(lines, worth["problems"], strict=True):
        assert line.partition(f"{entry['code']}: ")[2].replace("; ", "；") == entry["said"]
    spots = {entry["code"]: entry["spot"] for entry in worth["problems"]}
    assert spots["bad-choice-near"] == ["parties", 2, "grade"]
    assert spots["transfers-sum"] == ["loss_fen"]
    assert spots["dangling-id"] == ["transfers", 0, "payee"]
    assert spots["unknown-path-near"] == ["positions", 0, "set", "A.falt"]
    assert (worth["preview"], worth["lab"]) == ("", "")


def test_a_number_typed_wrong_is_told_in_the_unit_of_the_page(editor):
    """The file's words speak of fen; the reader typed yuan."""
    page = page_of("fix-1")
    page |= {"loss_fen": "2万"}
    page["parties"][1] |= {"share": "half", "proof": {"act": "x"}}
    page["evidence"] = [{"id": "e", "kind": "log", "retention_days": "x"}]
    said = {tuple(p["spot"]): p["said"] for p in editor.worth(page)["problems"]}
    assert said[("loss_fen",)].startswith("“2万”不是金额；请写以元为单位的数字")
    assert said[("parties", 1, "share")].startswith("“half”不是数字")
    assert said[("parties", 1, "proof", "act")].startswith("“x”不是数字")
    assert said[("evidence", 0, "retention_days")] == "“x”不是整数"


def test_what_is_empty_is_not_known(editor):
    """Blanks, half a pair of words, nothing chosen: left out; keys nobody knows are kept."""
    page = page_of("fix-1") | {"knew_on": "", "summary": {"zh": "", "en": ""}, "odd": 3}
    page["parties"][1] |= {"act": "", "kinds": {}, "colour": "red", "share": None}
    data = draft.to_data(page)
    assert {"knew_on", "summary"}.isdisjoint(data)
    assert data["odd"] == 3
    assert data["parties"][1]["colour"] == "red"
    assert {"act", "kinds", "share"}.isdisjoint(data["parties"][1])
    codes = [p["code"] for p in editor.worth(page)["problems"]]
    assert codes.count("unknown-key") == 2


def test_the_preview_names_what_a_late_helper_answers_for():
    """Luo came after the loss: he answers for no share of it (按份) but for the lost chance."""
    html = preview(load_case("hypo-chain"), "zh")
    assert html.count("就丧失的追回机会负责") == 1


def test_the_preview_is_the_law_in_force(editor):
    """fix-1 under auto, by hand: all three knew, so each owes 25 000; P has nothing, A 3 000, C
    20 000: 23 000 are really paid."""
    html = editor.worth(page_of("fix-1"))["preview"]
    assert "现行法下可以实际收到23000元" in html
    assert html.count("<tr>") == 4


# ---------------------------------------------------------------- messages


def test_a_draft_is_checked_and_answered_with_its_number(editor):
    """The page knows which draft an answer is about."""
    editor.hear({"check": {"draft": page_of("fix-1"), "n": 7}}, [])
    assert editor.said[-1]["checked"]["n"] == 7
    for nonsense in (None, {}, {"check": 3}, {"start": "../x"}, {"file": "x"}, {"insert": []}):
        tell(editor, nonsense)
    assert len(editor.said) == 1


def test_a_case_to_start_from(editor):
    """The template, or a shipped case."""
    editor.hear({"start": "fix-1"}, [])
    assert editor.said[-1]["draft"]["id"] == "fix-1"
    assert [name for name, _ in editor.starts] == ["_template", *shipped_cases()]


@pytest.mark.parametrize("path", BROKEN, ids=lambda p: p.stem)
def test_a_broken_file_is_opened_whole_or_not_at_all(editor, path):
    """Each broken file: refused with what `simlib check` says, or a draft with those problems."""
    _, problems = check_case(path)
    editor.hear({"file": path.name}, [path.read_bytes()])
    said = editor.said[-1]
    if "refused" in said:
        assert all(any(p.code in line for line in said["refused"]) for p in problems[:12])
        return
    found = {p["code"] for p in editor.worth(said["draft"])["problems"]}
    beside = {"no-transfers-file", "bad-file-name"}  # a page has no file beside it
    typed = {
        "not-instant",
        "not-day",
        "not-text",
        "no-zone",
        "bad-setting",
    }  # a page holds them as text
    empty = {"bad-text"}
    missing = {p.code for p in problems} - found - beside - typed - empty
    assert not missing, (path.name, missing)


def test_links_carry_a_small_case(editor):
    """The page's own link gives the same draft; a lab's link opens the case at its position."""
    worth = editor.worth(page_of("fix-1"))
    again = OwnEditor("en", worth["link"])
    assert again.linked
    assert draft.to_data(again.first) == draft.to_data(page_of("fix-1"))
    lab = case_lab("en")
    assert lab.state.from_text(worth["lab"], lab.accept)
    assert (lab.state.base().id, lab.state.position) == ("fix-1", "base")
    for bad in ("", "x", worth["link"][:-3], LabState().to_text()):
        assert not OwnEditor("zh", bad).linked


def test_a_large_case_has_no_link_and_is_named_to_the_lab(editor):
    """A thousand transfers: saved and opened from the browser; the answer stays quick enough."""
    page = page_of("fix-1")
    page["transfers"] = [
        {"id": f"t{n}", "payer": "A", "payee": "C", "amount_fen": n * 7919 % 99991,
         "at": f"2023-05-{n % 28 + 1:02d}T10:{n % 60:02d}:00+08:00"}
        for n in range(1000)
    ]  # fmt: skip
    worth = editor.worth(page)
    assert worth["problems"] == []
    assert worth["link"] == ""
    assert len(worth["lab"]) < 300
    assert case_in(worth["lab"]) == ""


# ---------------------------------------------------------------- statements

STATEMENT = """账号：6222021234567894,户名：王小明
交易日期,交易时间,收入金额,支出金额,余额,对方账号,对方户名
2023-01-15,10:00:00,"10,000.00",,10000.00,6217000000000001,李芳
2023-01-15,10:05:00,,9000.00,1000.00,6217000000000002,赵强
2023-01-16,10:05:00,,abc,1000.00,6217000000000002,赵强
合计,,10000.00,9000.00,,,
"""


def test_a_bank_statement_becomes_rows_of_the_draft(editor):
    """Two rows taken, one refused with its reason, none lost; pseudonyms; the case stays a case."""
    editor.hear({"statement": "流水.csv"}, [STATEMENT.encode("gbk")])
    view = editor.said[-1]["dialog"]["statement"]
    assert (view["read"], view["taken"], view["refused"], view["skipped"]) == (6, 2, 1, 3)
    assert view["lines"] == [{"row": 5, "said": "“abc”不是金额；请写成 1234.56"}]
    assert (view["shape"], view["columns"]["in"], view["columns"]["out"]) == ("two", 3, 4)

    swapped = {**view["columns"], "in": 4, "out": 3}
    editor.hear({"map": {**view, "table": 0, "columns": swapped}}, [])
    rows = editor.said[-1]["dialog"]["statement"]["rows"]
    assert rows[0]["cells"][1:3] == ["c1", "c2"]  # the first row pays out now
    editor.hear({"map": {**view, "table": 0}}, [])

    page = page_of("_template")
    used = [row["id"] for table in ORDER for row in page.get(table, []) if "id" in row]
    editor.hear({"insert": used}, [])
    found = editor.said[-1]["dialog"]["imported"]
    assert "王小明" not in json.dumps(found["rows"], ensure_ascii=False)
    assert {row["original"] for row in found["key"]["holders"]} == {
        "name:王小明", "name:李芳", "name:赵强",
    }  # fmt: skip
    before = editor.worth(page)["preview"]
    for table, rows in found["rows"].items():
        page[table] = [*page.get(table, []), *rows]
    worth = editor.worth(page)
    assert worth["problems"] == []
    assert "实际收到10000元" in before
    assert "实际收到10000元" in worth["preview"]
    assert worth["preview"].count("不承担责任") == 3


def test_file_names_stay_on_the_page_and_in_the_key(editor):
    """What is told of a statement calls it by a pseudonym; the draft's rows hold no name."""
    text = STATEMENT.split("\n", 1)[1]
    editor.hear({"statement": "王小明.csv"}, [text.encode("gbk")])
    view = editor.said[-1]["dialog"]["statement"]
    assert view["tables"] == ["王小明.csv"]
    assert "f1 没有写明是谁的流水" in "".join(view["notes"])
    assert "王小明" not in json.dumps({**view, "tables": []}, ensure_ascii=False)
    editor.hear({"insert": ["f1"]}, [])
    found = editor.said[-1]["dialog"]["imported"]
    assert "王小明" not in json.dumps(found["rows"], ensure_ascii=False) + found["said"]
    assert found["key"]["files"] == [{"id": "f1", "original": "王小明.csv"}]


def test_statement_too_large_to_unpack_is_refused_on_the_page(editor):
    """The page reads 32 MB of what a workbook holds, and says so."""
    editor.hear({"statement": "x.xlsx"}, [bombs.WORKBOOKS["blanks"][0]()])
    assert "解压后超过 32000000 字节" in editor.said[-1]["dialog"]["refused"]


def test_a_file_that_is_no_statement_is_refused(editor):
    """In the words of the import; nothing else happens."""
    editor.hear({"statement": "x.csv"}, [b""])
    assert editor.said[-1]["dialog"]["refused"]
    editor.hear({"insert": []}, [])
    assert len(editor.said) == 1
