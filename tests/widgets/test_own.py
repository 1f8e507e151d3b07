"""The engine room of the own-case editor: fields, drafts, checks, files, links; no browser."""

import datetime
import json
import re
import tomllib
from pathlib import Path

import pytest
from pictured import ask
from telling import opens, tell

from simlib.case import check_case, check_text, load_case, shipped_cases
from simlib.case.model import Case
from simlib.case.write import write
from simlib.errors import Problem
from simlib.resources import shelf
from simlib.text import topic_words
from simlib.widgets import case_lab, procedure_lab
from simlib.widgets.own import OwnEditor, draft
from simlib.widgets.own.fields import ORDER, record_of, spec
from simlib.widgets.own.problem_messages import told
from simlib.widgets.own.result import Result
from simlib.widgets.state import LabState, case_in

NAMES = [*shipped_cases(), "_template"]
# What only files beside a case can have wrong: a page has none.
BESIDE = (
    "missing-file", "no-case-in-folder", "not-a-file", "link-loop", "not-readable",
    "no-transfers-file", "not-csv", "csv-", "no-pyarrow", "not-parquet", "parquet-", "leads-out",
)  # fmt: skip
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


def test_a_draft_of_before_says_which_rules_have_other_defaults_now(editor, monkeypatch):
    """A careless lender of unknown causal force: equal shares then, an interval now.

    What the page sets back stands in the draft's own table of rules, and is said no more.
    """
    for module in ("earlier_rules", "own.editor"):
        monkeypatch.setattr(
            f"simlib.widgets.{module}.earlier_defaults",
            lambda link: {"unknown_shares": "equal", "caps": "nested"} if link == 1 else {},
        )
    case = load_case("2024-lu-0302-5690").set({"zhang.grade": "slight"})
    page = draft.to_draft(tomllib.loads(write(case)))
    earlier = editor.worth(page, links=1)["earlier"]
    assert earlier["rules"] == {"unknown_shares": "equal"}
    assert "当作难以确定，平均承担" in earlier["said"]
    assert editor.worth(page)["earlier"] is None
    told = editor.worth(page | {"rules": earlier["rules"]}, links=1)
    assert told["earlier"] is None
    # half of 25 000 yuan: he and the fraudster, who is not sued
    assert "12500" in told["result"]["line"]


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
        said = fields | {"kinds", "sources", "grade_open"}  # which the grade's control says
        assert said >= set(record_of(table["id"]).model_fields)
        assert all(field["label"] for field in table["fields"])
    in_steps = [table for step in made["steps"] for table in step["tables"]]
    assert sorted(in_steps) == sorted(ORDER)
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
    assert tables["parties"]["grade"]["options"][-1] == ["unknown", "未查明"]
    assert tables["parties"]["id"]["must"]
    assert tables["parties"]["sued"]["default"] is True
    assert "监护人或者用人单位先加为一名当事人" in tables["parties"]["answered_by"]["help"]
    rules = next(f for f in spec("zh")["head"]["fields"] if f["id"] == "rules")["fields"]
    assert {rule["blank"] for rule in rules} == {"按默认"}  # a rule not chosen is no unknown fact


# ---------------------------------------------------------------- drafts


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_is_the_case_it_came_from(editor, name):
    """File → page → file: the same case, no problem, no warning, and text that says the same."""
    page = page_of(name)
    worth = editor.worth(page)
    assert (worth["problems"], worth["warnings"]) == ([], [])
    assert worth["result"]["board"]["rows"]
    where = name if name != "_template" else str(shelf("cases") / name)
    assert check_text(worth["text"])[0] == load_case(where)


def test_problems_are_those_of_simlib_check_in_the_words_of_the_page(editor, tmp_path):
    """Every problem of the file, in its order, at its field: names and yuan; the file's own words
    beside it.

    By hand: the claimant's only transfer is 100 fen, 1 yuan; fix-1's loss is 25 000 yuan.
    """
    page = page_of("fix-1")
    page["parties"][2]["grade"] = "knowin"
    page["parties"][3]["share"] = 0.5
    page["transfers"] = [{"id": "t1", "payer": "victim", "payee": "crad", "amount_fen": 100}]
    page["positions"][0]["set"] = {"A.falt": 1}
    worth = editor.worth(page)
    file = tmp_path / "case.toml"
    file.write_text(worth["text"], "utf-8")
    problems = check_case(file)[1]
    told = [(p["path"], p["code"]) for p in worth["problems"]]
    assert told == [(p.path, p.code) for p in problems]
    found = {entry["code"]: entry for entry in worth["problems"]}
    assert found["transfers-sum"]["spot"] == ["loss_fen"]
    assert found["transfers-sum"]["said"] == (
        "原告自己的转账合计1元，损失写的是25000元；请改正转账或损失"
    )
    assert (
        "合计 1.00 元，案件写的损失是 25000.00 元（loss_fen = 2500000）"
        in found["transfers-sum"]["file"]
    )
    assert found["bad-choice-near"]["spot"] == ["parties", 2, "grade"]
    assert found["bad-choice-near"]["said"].endswith("是否想选「明知」？")
    assert found["dangling-id"]["spot"] == ["transfers", 0, "payee"]
    assert found["unknown-path-near"]["spot"] == ["positions", 0, "set", "A.falt"]
    assert (worth["result"], worth["lab"]) == (None, "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_problem_of_a_page_has_a_sentence_without_codes(lang):
    """Every problem a draft can have has words of its own: no key of the file, no fen."""
    known = topic_words("own_lab", lang)["problem"]
    codes = {*topic_words("problems", lang), *topic_words("private", lang)}
    assert {code for code in codes if not code.startswith(BESIDE)} == set(known)
    for code, sentence in known.items():
        bare = re.sub(r"\{\w+\}", "", sentence)
        assert not re.search(r"[a-z]+_[a-z]+|\bfen\b|\d 分|[a-z]+-[a-z]+ =|\bid\b =", bare), code


def test_a_setting_that_fails_is_told_by_name_and_reason(editor):
    """The helper's grade set to unknown leaves nothing said of his fault."""
    page = page_of("_template")
    page["positions"] = [
        {"id": "x", "title": {"zh": "甲", "en": "A"}, "set": {"helper.grade": "unknown"}}
    ]
    [entry] = editor.worth(page)["problems"]
    assert entry["code"] == "position-fails"
    assert entry["said"].startswith("采用这个设定之后，「帮助人」不成立：还没有写过错")


def test_amounts_of_a_problem_are_yuan_in_both_languages():
    """A loss of -300 fen is -3 yuan."""
    for lang, said in (("zh", "「-3元」"), ("en", '"CNY -3"')):
        problem = Problem("loss_fen", "not-positive", {"value": "-300"})
        assert told(problem, {"loss_fen": -300}, ["loss_fen"], {}, lang).startswith(said)


def test_a_number_typed_wrong_is_told_in_the_unit_of_the_page(editor):
    """The file's words speak of fen; the reader typed yuan."""
    page = page_of("fix-1")
    page |= {"loss_fen": "2万"}
    page["parties"][1] |= {"share": "half", "proof": {"act": "x"}}
    page["evidence"] = [{"id": "e", "kind": "log", "retention_days": "x"}]
    said = {tuple(p["spot"]): p["said"] for p in editor.worth(page)["problems"]}
    assert said[("loss_fen",)].startswith("「2万」不是金额；请写以元为单位的数字")
    assert said[("parties", 1, "share")].startswith("「half」不是数字")
    assert said[("parties", 1, "proof", "act")].startswith("「x」不是数字")
    assert said[("evidence", 0, "retention_days")] == "「x」不是整数"


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


def test_settings_are_facts_by_path_and_days_are_days(editor):
    """A record on the page; a day in it is a day in the file; what nobody knows is `unknown`."""
    page = page_of("fix-1") | {"accounts": [{"id": "card", "holder": "A"}]}
    page["positions"][0]["set"] = {
        "A.grade": "slight", "A.assets_fen": 5, "B.foresight": "unknown", "filed_on": "2024-01-10",
    }  # fmt: skip
    made = draft.to_data(page)["positions"][0]["set"]
    assert made["filed_on"] == datetime.date(2024, 1, 10)
    again = json.loads(json.dumps(draft.to_draft(draft.to_data(page))))
    assert again["positions"][0]["set"] == page["positions"][0]["set"]


def test_the_result_names_what_a_late_helper_answers_for():
    """Luo came after the loss: he answers for no share of it (按份) but for the lost chance."""
    board = Result(load_case("hypo-chain"), "zh").to_json()["board"]
    assert [row["note"] for row in board["rows"]].count("就丧失的追回机会负责") == 1


def test_the_result_is_the_law_in_force(editor):
    """fix-1 under auto, by hand: all three knew, so each owes 25 000; P has nothing, A 3 000, C
    20 000: 23 000 are really paid."""
    board = editor.worth(page_of("fix-1"))["result"]["board"]
    assert "现行法下可以实际收到23000元" in board["sentence"]
    amounts = {row["id"]: {k: c["text"] for k, c in row["cells"].items()} for row in board["rows"]}
    assert {id: (row["exposure"], row["received"]) for id, row in amounts.items()} == {
        "P": ("25000", "0"), "A": ("25000", "3000"), "C": ("25000", "20000"),
    }  # fmt: skip


def test_a_fact_nobody_knows_makes_a_band_and_one_line_says_who_owes(editor):
    """The template's helper knew and owes 10 000; what he bears inside is open: his causal force
    is not known, and of two wrongdoers the one who lent a card bears at most half, 5 000."""
    result = editor.worth(page_of("_template"))["result"]
    assert result["line"] == "帮助人应付10000元"
    helper = result["board"]["rows"][1]
    assert helper["cells"]["burden"]["text"] == "0–5000"
    inside = "内部负担按教学刻度计算（教学假设）"
    assert result["board"]["rows"][0]["note"] == f"连带责任，本案未被诉；{inside}"


def test_the_reasons_of_a_number_are_one_message_away(editor):
    """Shown numbers alone; while something is wrong there is none."""
    editor.hear({"check": {"draft": page_of("_template"), "n": 1}}, [])
    editor.hear({"why": "auto|exposure|helper"}, [])
    why = editor.said[-1]["why"]
    assert why["title"] == "为什么帮助人对外应付10000元"
    assert "1169" in why["html"]
    editor.hear({"why": "auto|received|"}, [])
    assert editor.said[-1]["why"]["title"] == "为什么实际收到10000元"
    for strange in ("auto|exposure|nobody", "joint|exposure|helper", "x", "auto|form|helper"):
        tell(editor, {"why": strange})
    assert editor.said[-1]["why"]["say"] == "auto|received|"
    editor.hear({"check": {"draft": page_of("_template") | {"loss_fen": 5}, "n": 2}}, [])
    tell(editor, {"why": "auto|received|"})
    assert "checked" in editor.said[-1]


# ---------------------------------------------------------------- messages


def test_a_draft_is_checked_and_answered_with_its_number(editor):
    """The page knows which draft an answer is about."""
    editor.hear({"check": {"draft": page_of("fix-1"), "n": 7}}, [])
    assert editor.said[-1]["checked"]["n"] == 7
    for nonsense in (None, {}, {"check": 3}, {"start": "../x"}, {"file": "x"}, {"insert": []}):
        tell(editor, nonsense)
    assert len(editor.said) == 1


def test_a_blank_draft_says_nothing_and_names_what_is_missing(editor):
    """No value stands in it that a reader would have to delete; each missing fact has its field."""
    blank = editor.first
    assert blank == editor.blank
    assert {"title", "summary", "acted_on", "loss_fen"}.isdisjoint(blank)
    assert {"name", "act", "grade"}.isdisjoint(blank["parties"][2])
    worth = editor.worth(blank)
    assert worth["result"] is None
    assert all(problem["missing"] for problem in worth["problems"])
    assert sorted("/".join(map(str, problem["spot"])) for problem in worth["problems"]) == [
        "acted_on", "loss_fen", "parties/0/name", "parties/2/act", "parties/2/grade",
        "parties/2/name", "title", "transfers/0/amount_fen",
    ]  # fmt: skip
    wrong = editor.worth(blank | {"loss_fen": -1})["problems"]
    assert [problem["code"] for problem in wrong if not problem["missing"]] == ["not-positive"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sample_is_a_whole_case_without_warnings(lang):
    """Nothing is missing, nobody looks like a real person."""
    editor, said = OwnEditor(lang), []
    editor.send = lambda message, *_: said.append(message)
    editor.hear({"start": editor.starts[1][0]}, [])
    worth = editor.worth(said[-1]["draft"])
    assert (worth["problems"], worth["warnings"]) == ([], [])
    assert worth["result"]["line"] == {"zh": "陈某应付10000元", "en": "Chen owes CNY 10,000"}[lang]


def test_an_amount_by_the_scale_is_named_so_and_rounded_once(editor):
    """By hand: slight fault weighs at most 0.4 beside the fraudster's 1, so of 10 000 the helper
    owes at most 0.4 / 1.4, 2 857.14: 2 857 in the sentence, the line and the row alike. The
    fraudster owes all and is not sued, so what is received holds for a suit against the helper."""
    page = page_of("_template")
    page["parties"][2]["grade"] = "slight"
    result = editor.worth(page)["result"]
    row = result["board"]["rows"][1]
    assert (row["cells"]["exposure"]["text"], result["line"]) == ("0–2857", "帮助人应付0–2857元")
    assert result["board"]["sentence"] == (
        "受害人的损失是10000元；只起诉帮助人时，现行法下可以实际收到0–2857元。"
    )
    disputed = "过失造成纯粹经济损失应否赔偿，学说有争议；按反对意见为0元"
    assert row["note"] == f"按份责任；{disputed}；金额是教学刻度（教学假设）"


def test_a_case_to_start_from(editor):
    """Nothing, a sample, or a shipped case."""
    editor.hear({"start": "fix-1"}, [])
    assert editor.said[-1]["draft"]["id"] == "fix-1"
    assert [name for name, _ in editor.starts] == ["_blank", "_template", *shipped_cases()]


@pytest.mark.parametrize("path", BROKEN, ids=lambda p: p.stem)
def test_a_broken_file_is_opened_whole_or_not_at_all(editor, path):
    """Each broken file: refused with what `simlib check` says, or a draft with those problems."""
    _, problems = check_case(path)
    editor.hear({"file": path.name}, [path.read_bytes()])
    said = editor.said[-1]
    if "refused" in said:
        assert all(any(p.code in line for line in said["detail"]) for p in problems[:12])
        assert len(said["refused"]) == len(said["detail"])
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


def test_a_lessons_link_makes_its_case_the_draft():
    """Lesson 04 shows fix-1: its link opens the editor with all facts of fix-1; a path does not."""
    found = OwnEditor("zh", LabState(case_id="fix-1", position="base").to_text())
    assert found.linked
    assert draft.to_data(found.first) == draft.to_data(page_of("fix-1"))
    assert not OwnEditor("zh", LabState(case_id="../fix-1").to_text()).linked


def carried(make, *wishes):
    """A lesson's lab after knobs were moved one by one, and the editor its link opens."""
    lab = opens(make("zh"))
    for wish in wishes:
        ask(lab, **wish)
    return lab, OwnEditor("zh", lab.state.to_text())


def test_what_knobs_changed_is_in_the_draft_of_a_lessons_case():
    """By hand: 张某 knew (file), now slight negligence with 12 000 yuan: 1 200 000 fen. The draft
    has these facts, as assumptions, adapted from the reported case, and reads back as the lab's."""
    lab, editor = carried(case_lab, {"grade": "slight"}, {"assets": 12_000})
    case, problems = check_text(editor.text)
    assert not problems
    zhang = case.party("zhang")
    assert (zhang.grade, zhang.assets_fen) == ("slight", 1_200_000)
    assert (zhang.kinds["grade"], case.basis, case.positions) == ("assumed", "adapted", ())
    assert case.parties == lab.now.case.parties
    assert editor.note == "这一课里你改过的事实，已经写进这份草稿。"
    assert draft.to_data(editor.first) == tomllib.loads(editor.text)


def test_rules_and_assumptions_of_a_lesson_are_no_facts_of_the_draft():
    """Lesson 07: the month of the suit is a setting: the file's own facts stand, and it is said."""
    _, editor = carried(procedure_lab, {"sue": 12})
    assert tomllib.loads(editor.text) == file_of("2024-lu-0302-5690")
    assert "没有带来" in editor.note
    _, both = carried(procedure_lab, {"sue": 12}, {"assets": 5_000})
    assert check_text(both.text)[0].party("zhang").assets_fen == 500_000
    assert "已经写进" in both.note
    assert "没有带来" in both.note
    assert OwnEditor("zh", opens(case_lab("zh")).state.to_text()).note == ""


def test_lessons_that_cannot_show_a_case_are_named_before(editor):
    """Without evidence lesson 02 has nothing to weigh; with no helper only lesson 06 has a subject,
    as money can be followed; the sample opens everywhere."""
    assert editor.worth(page_of("fix-1"))["shut"].keys() == {"02-fault.ipynb"}
    assert "没有针对帮助人的证据" in editor.worth(page_of("fix-1"))["shut"]["02-fault.ipynb"]
    assert editor.worth(page_of("hypo-knowledge"))["shut"] == {}
    alone = page_of("2024-lu-0302-5690")
    alone["parties"] = [p for p in alone["parties"] if p["id"] != "zhang"]
    for table in ("rulings", "criminal", "positions"):
        alone[table] = []
    alone["accounts"] = [{"id": "card-zhang", "holder": "principal"}]
    shut = editor.worth(alone)["shut"]
    assert "06-chain.ipynb" not in shut
    assert len(shut) == 7


def test_a_large_case_has_no_link_and_is_named_to_the_lab(editor):
    """Two thousand transfers: saved and opened from the browser; the answer stays quick enough."""
    page = page_of("fix-1")
    page["transfers"] = [
        {"id": f"t{n}", "payer": "A", "payee": "C", "amount_fen": n * 7919 % 99991,
         "at": f"2023-05-{n % 28 + 1:02d}T10:{n % 60:02d}:00+08:00"}
        for n in range(2000)
    ]  # fmt: skip
    worth = editor.worth(page)
    assert worth["problems"] == []
    assert worth["link"] == ""
    assert len(worth["lab"]) < 300
    assert case_in(worth["lab"]) == ""
