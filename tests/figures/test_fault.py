"""Lesson 02's figures: a board of six ways of proof, tables without a score, a time line.

hypo-knowledge by hand (see its expected.toml): formal review has only the record of payments left,
slight; substantive review has three items that support knowledge, and a statement that raises a
doubt: gross under the plaintiff's burden and under inference, knowing under presumption; on the
minority's reading of 足以反驳 knowing under inference too.
"""

import plotly.graph_objects as go
import pytest

from simlib import fault, load_case
from simlib.case import shipped_cases
from simlib.fault import BURDENS, REVIEWS
from simlib.figures.fault import (
    draw_allocation,
    draw_board,
    draw_checklist,
    draw_criminal,
    draw_log,
    draw_readings,
)
from simlib.figures.fault.board import Shown, bearer_of, knowledge

NAMES = [f"{burden}.{review}" for burden in BURDENS for review in REVIEWS]
OWED = {"none": 0, "slight": 2_000_000, "gross": 2_000_000, "knowing": 8_000_000, "concert": None}


@pytest.fixture
def case():
    """The hypothetical of the lesson."""
    return load_case("hypo-knowledge")


def findings(case, party="deng", rebuttal="doubt"):
    """All six procedures."""
    rules = {"rebuttal": rebuttal}
    return {name: fault.find(case, party, *name.split("."), rules=rules) for name in NAMES}


def shown(case, rebuttal="doubt"):
    """What the board is drawn of: by hand, slight and gross 20 000, knowing 80 000."""
    return Shown(findings(case, rebuttal=rebuttal), OWED)


def board(case, lang="zh", rebuttal="doubt", **more):
    """The board on the lesson's case, all six rows in sight."""
    wanted = {"rows": NAMES, "column": "exposure"} | more
    return draw_board(case, "deng", shown(case, rebuttal), lang, **wanted)


def test_every_procedure_has_a_row_with_grade_and_claim(case):
    """In the order asked for; a claim the law gives no answer to has no bar."""
    drawn = board(case)
    assert [row.id for row in drawn.rows] == NAMES
    assert [row.cells["exposure"].high for row in drawn.rows] == [
        2_000_000, 2_000_000, 2_000_000, 2_000_000, 2_000_000, 8_000_000,
    ]  # fmt: skip
    open_ = Shown(findings(case), dict.fromkeys(OWED))
    drawn = draw_board(case, "deng", open_, rows=NAMES, column="exposure")
    assert not any("exposure" in row.cells for row in drawn.rows)
    assert drawn.large.text == "—"


def test_what_became_of_knowledge_stands_in_words(case):
    """Unclear, inferred, presumed; convinced where nothing is presumed; exempt; the contrary."""
    six = findings(case, rebuttal="contrary")
    said = [knowledge(six[f"{burden}.substantive"]) for burden in BURDENS]
    assert said == ["unclear", "inferred", "presumed"]
    plain = case.set({"e-story.against": None, "e-story.rebuts": (), "e-story.strength": None,
                      "e-advert.against": None, "e-advert.rebuts": (), "e-advert.strength": None,
                      "e-story.corroborated_by": ()})  # fmt: skip
    assert knowledge(findings(plain)["plaintiff.substantive"]) == "convinced"
    locked = case.set({"criminal[0].status": "effective", "criminal[0].finds": ["knowing", "act"]})
    assert {knowledge(finding) for finding in findings(locked).values()} == {"locked"}
    found = findings(case.at("advert-found"))["presumed_fault.substantive"]
    assert knowledge(found) == "rebutted"
    assert knowledge(findings(case)["plaintiff.formal"]) == "absent"


def test_who_bears_what_is_unclear(case):
    """The plaintiff but under presumed fault; in fact the defendant on the minority's reading."""
    six, minority = findings(case), findings(case, rebuttal="contrary")
    real = [f"{burden}.substantive" for burden in BURDENS]
    assert [bearer_of(six[n]) for n in real] == ["plaintiff", "plaintiff", "defendant"]
    assert [bearer_of(minority[n]) for n in real] == ["plaintiff", "contrary", "defendant"]


def test_the_readers_answer_a_and_what_moved_are_marked(case):
    """A line at what his grade leads to; A's cells; the row that the last change moved."""
    drawn = board(
        case,
        rebuttal="contrary",
        answer=("knowing", 8_000_000),
        before=shown(case),
        kept=shown(case),
        kept_title="x",
        still={"plaintiff.formal": "why"},
    )
    assert drawn.answer.fen == 8_000_000
    rows = {row.id: row for row in drawn.rows}
    assert [id for id, row in rows.items() if row.changed] == ["factual_inference.substantive"]
    assert rows["factual_inference.substantive"].cells["exposure"].kept.high == 2_000_000
    assert rows["plaintiff.formal"].still == "why"


def test_the_checklist_has_no_score(case):
    """Item, source, evidence, two states, what rebuts: no number but those of articles and sums."""
    six = findings(case)
    drawing = draw_checklist(case, [six[f"plaintiff.{review}"] for review in REVIEWS])
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in drawing.rows}
    price = rows["交易价格或者方式明显异常"]
    assert price[0] == "《帮信解释》第11条"
    assert price[2:4] == ["没有可用的证据 → 不计", "事实成立，明知真伪不明 → 重大过失"]
    assert price[4].startswith("使真伪不明；在案的相反证据：邓某的书面陈述")
    assert "没有权重" in drawing.sentence
    for row in drawing.rows:
        for cell in row[3:5]:
            assert not any(letter.isdigit() for letter in cell.text)


def test_under_inference_an_item_is_answered_as_the_reading_says(case):
    """Majority: 使真伪不明. Minority: so for the known fact, the contrary for what is inferred."""
    six, minority = findings(case), findings(case, rebuttal="contrary")
    names = [f"factual_inference.{review}" for review in REVIEWS]
    drawing = draw_checklist(case, [six[name] for name in names])
    assert drawing.rows[0][5].text.startswith("使真伪不明；")
    assert drawing.rows[0][4].text == "事实成立，明知真伪不明 → 重大过失"
    other = draw_checklist(case, [minority[name] for name in names])
    answer = "对项目的事实，使真伪不明；对由它推出的过错，证明相反的事实；"
    assert other.rows[0][5].text.startswith(answer)
    assert other.rows[0][4].text == "真伪不明 → 明知"


def test_two_reviews_read_the_same_pieces_otherwise(case):
    """Screenshots are out in form and borne out in content; the statement the other way round."""
    rows = {r[0].text: [c.text for c in r] for r in draw_readings(case, "deng", "plaintiff").rows}
    chat = rows["约定「每天1000元，只用卡」的聊天截图"]
    assert chat[2].startswith("不予审查")
    assert chat[3].endswith("有别的证据印证")
    statement = rows["邓某的书面陈述：应聘兼职受骗"]
    assert statement[2].endswith("反驳时的证明程度：证明相反的事实")
    assert statement[3].endswith("反驳时的证明程度：使真伪不明")


@pytest.mark.parametrize(
    ("burden", "reading", "bearer", "forward", "rebuttal"),
    [
        ("plaintiff", "doubt", "原告", "原告", "使真伪不明"),
        ("factual_inference", "doubt", "原告", "被告", "足以反驳（使真伪不明）"),
        ("factual_inference", "contrary", "原告", "被告", "足以反驳（证明相反的事实）"),
        ("presumed_fault", "doubt", "被告", "被告", "证明相反的事实"),
    ],
)
def test_the_burden_moves_the_row_of_fault_and_no_other(
    case, burden, reading, bearer, forward, rebuttal
):
    """Who bears what is unclear, who comes forward, what answers it; the fraud stays at beyond
    reasonable doubt (86)."""
    finding = fault.find(case, "deng", burden, rules={"rebuttal": reading})
    drawing = draw_allocation(case, finding)
    rows = {row[0].text: [cell.text for cell in row] for row in drawing.rows}
    own = rows["帮助人的过错"]
    assert (own[1], own[2], own[5]) == (bearer, forward, rebuttal)
    assert rows["诈骗事实本身"][1:4] == ["原告", "原告", "排除合理怀疑"]
    assert rows["诈骗事实本身"][5] == "使合理怀疑不能排除"
    assert rows["损害（本案金额）"][1:4] == ["原告", "原告", "高度可能性"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nobody_bears_what_a_judgment_has_found(case, lang):
    """A judgment in force finds knowledge and this victim: the sentence names no bearer then."""
    found = ["knowing", "act", "victim"]
    locked = case.set({"criminal[0].status": "effective", "criminal[0].finds": found})
    sentence = draw_allocation(locked, fault.find(locked, "deng"), lang).sentence
    nobody = {"zh": "由无须举证", "en": "borne by: nobody"}[lang]
    assert nobody not in sentence
    found_so = {"zh": "过错已由生效刑事判决认定", "en": "an effective criminal judgment"}[lang]
    assert found_so in sentence
    assert {"zh": "标准是无须举证", "en": "is no proof needed"}[lang] not in sentence


def test_a_time_line_runs_through_the_events_of_each_inference(case):
    """Restriction 15:00, device and log-in the next day: rows 3, 4 and 5 of seven events."""
    drawing = draw_log(case, "deng", fault.verify(case, "deng"), "plaintiff.substantive")
    go.Figure(drawing.figure)
    lanes = [t for t in drawing.figure["data"] if t["mode"] == "lines+markers+text"]
    assert [t["y"] for t in lanes] == [[3, 4, 5], [3, 4, 5], [1, 2], [0, 5]]
    assert [t["line"]["dash"] for t in lanes] == ["solid", "dash", "solid", "solid"]
    assert drawing.rows[1][4].text == "公安机关受案回执"
    assert drawing.rows[1][5].text == "真伪不明"
    assert "9月10日 15:00" in drawing.rows[0][1].text


def test_a_document_proves_what_it_finds_here(case):
    """A decision not to prosecute exempts from nothing; a conviction from knowledge."""
    drawing = draw_criminal(fault.find(case, "deng"))
    assert "免证的0项" in drawing.sentence
    locked = case.set({"criminal[0].status": "effective", "criminal[0].finds": ["knowing", "act"]})
    said = {r[0].text: r[2].text for r in draw_criminal(fault.find(locked, "deng")).rows}
    assert said["明知"] == "无须再证明，足以推翻的除外"
    assert said["本案受害人"] == "没有认定，仍须证明"


@pytest.mark.parametrize("name", shipped_cases())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_case_draws_for_every_helper(name, lang):
    """plotly's schema takes each figure, each table has its columns, in both languages."""
    case = load_case(name)
    for party in [p.id for p in case.parties if p.role not in ("victim", "principal")]:
        six = findings(case, party)
        pair = [six[f"plaintiff.{review}"] for review in REVIEWS]
        drawings = [
            draw_checklist(case, pair, lang),
            draw_allocation(case, pair[1], lang),
            draw_readings(case, party, "plaintiff", lang),
            draw_log(case, party, fault.verify(case, party), "plaintiff.substantive", lang),
            draw_criminal(pair[1], lang),
        ]
        for drawing in drawings:
            go.Figure(drawing.figure)
            assert drawing.sentence
            assert {len(row) for row in drawing.rows} <= {len(drawing.columns)}
