"""Lesson 02's values and tables without a lab: six ways of proof, no score, a time line.

hypo-knowledge by hand (see its expected.toml): formal review has only the record of payments left,
slight; substantive review has three items that support knowledge, and a statement that raises a
doubt: gross under the plaintiff's burden and under inference, knowing under presumption; on the
minority's reading of 足以反驳 knowing under inference too.
"""

from dataclasses import replace

import plotly.graph_objects as go
import pytest
import staged

from simlib import load_case
from simlib.case import shipped_cases
from simlib.fault import BURDENS
from simlib.lessons.board import draw
from simlib.lessons.fault.knobs import concerned
from simlib.lessons.fault.outcomes import ROWS, knowledge
from simlib.lessons.fault.tables import below
from simlib.lessons.reader import lesson_of

TABLES = lesson_of("fault").below["table"].options
REAL = [f"{burden}.substantive" for burden in BURDENS]


@pytest.fixture
def case():
    """The hypothetical of the lesson."""
    return load_case("hypo-knowledge")


def proofs(case, party="deng", **held):
    """What all six procedures make of a file."""
    return staged.solved("fault", case, party=party, **held)


def rows(case, table, lang="zh", burden="plaintiff", **held):
    """A table below the stage: first cell → texts of the others; and its sentence."""
    drawing = below(proofs(case, **held), {"table": table, "burden": burden}, lang)
    said = {row[0].text: [cell.text for cell in row[1:]] for row in drawing.rows}
    return said, drawing.sentence


def convicted(case, *finds):
    """The case with a judgment in force that finds this."""
    return case.set({"criminal[0].status": "effective", "criminal[0].finds": list(finds)})


def test_what_the_law_gives_no_answer_to_has_no_bar(case):
    """Before the Civil Code, or where a fact is missing: a grade without an amount, a dash."""
    nobody = {row: replace(proof, outcome=None) for row, proof in proofs(case).items()}
    board = draw(staged.values("fault", "start", nobody))
    assert [set(row.cells) for row in board.rows] == [{"grade"}] * 6
    assert board.large.text == "—"
    assert [row.id for row in board.rows if row.more] == ["plaintiff.formal"]


def test_what_became_of_knowledge_stands_in_words(case):
    """Unclear, inferred, presumed; convinced where nothing is presumed; exempt, in general
    or for this victim; the contrary."""

    def of(case, row, **held):
        return knowledge(proofs(case, **held)[row])

    assert [of(case, row, rebuttal="contrary") for row in REAL] == [
        "unclear", "inferred", "presumed",
    ]  # fmt: skip
    plain = case.set({"e-story.against": None, "e-story.rebuts": (), "e-story.strength": None,
                      "e-advert.against": None, "e-advert.rebuts": (), "e-advert.strength": None,
                      "e-story.corroborated_by": ()})  # fmt: skip
    assert of(plain, "plaintiff.substantive") == "convinced"
    assert {of(convicted(case, "knowing", "act"), row) for row in ROWS} == {"general"}
    assert {of(convicted(case, "knowing", "act", "victim"), row) for row in ROWS} == {"locked"}
    assert of(case.at("advert-found"), "presumed_fault.substantive") == "rebutted"
    assert of(case, "plaintiff.formal") == "absent"


def test_the_checklist_has_no_score(case):
    """Item, source, evidence, two states, what rebuts: no number but those of articles and sums."""
    said, sentence = rows(case, "checklist")
    price = said["交易价格或者方式明显异常"]
    assert price[0] == "《帮信解释》第11条"
    assert price[2:4] == ["没有可用的证据 → 不计", "事实成立，明知真伪不明 → 重大过失"]
    assert price[4].startswith("使真伪不明；在案的相反证据：邓某的书面陈述")
    assert "没有权重" in sentence
    for cells in said.values():
        assert not any(letter.isdigit() for cell in cells[2:4] for letter in cell)


def test_under_inference_an_item_is_answered_as_the_reading_says(case):
    """Majority: 使真伪不明. Minority: so for the known fact, the contrary for what is inferred."""
    most, minority = (
        next(iter(rows(case, "checklist", burden="factual_inference", rebuttal=each)[0].values()))
        for each in ("doubt", "contrary")
    )
    assert most[4].startswith("使真伪不明；")
    assert most[3] == "事实成立，明知真伪不明 → 重大过失"
    answer = "对项目的事实，使真伪不明；对由它推出的过错，证明相反的事实；"
    assert minority[4].startswith(answer)
    assert minority[3] == "真伪不明 → 明知"


def test_two_reviews_read_the_same_pieces_otherwise(case):
    """Screenshots are out in form and borne out in content; the statement the other way round."""
    said, _ = rows(case, "readings")
    chat = said["约定「每天1000元，只用卡」的聊天截图"]
    assert chat[1].startswith("不予审查")
    assert chat[2].endswith("有别的证据印证")
    statement = said["邓某的书面陈述：应聘兼职受骗"]
    assert statement[1].endswith("反驳时的证明程度：证明相反的事实")
    assert statement[2].endswith("反驳时的证明程度：使真伪不明")


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
    said, sentence = rows(case, "allocation", burden=burden, rebuttal=reading)
    own = said["帮助人的过错"]
    assert (own[0], own[1], own[4]) == (bearer, forward, rebuttal)
    assert f"后果由{bearer}承担；按现在的证据，应由{forward}提出证据" in sentence
    assert said["诈骗事实本身"][:3] == ["原告", "原告", "排除合理怀疑"]
    assert said["诈骗事实本身"][4] == "使合理怀疑不能排除"
    assert said["损害（本案金额）"][:3] == ["原告", "原告", "高度可能性"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nobody_bears_what_a_judgment_has_found(case, lang):
    """A judgment in force finds knowledge and this victim: the sentence names no bearer then."""
    _, sentence = rows(convicted(case, "knowing", "act", "victim"), "allocation", lang)
    nobody = {"zh": "由无须举证", "en": "borne by: nobody"}[lang]
    assert nobody not in sentence
    found_so = {"zh": "过错已由生效刑事判决认定", "en": "an effective criminal judgment"}[lang]
    assert found_so in sentence
    assert {"zh": "标准是无须举证", "en": "is no proof needed"}[lang] not in sentence


def test_a_time_line_runs_through_the_events_of_each_inference(case):
    """Restriction 15:00, device and log-in the next day: rows 3, 4 and 5 of seven events."""
    drawing = below(proofs(case), {"table": "log", "burden": "plaintiff"}, "zh")
    lanes = [t for t in drawing.figure["data"] if t["mode"] == "lines+markers+text"]
    assert [t["y"] for t in lanes] == [[3, 4, 5], [3, 4, 5], [1, 2], [0, 5]]
    assert [t["line"]["dash"] for t in lanes] == ["solid", "dash", "solid", "solid"]
    assert drawing.rows[1][4].text == "公安机关受案回执"
    assert drawing.rows[1][5].text == "真伪不明"
    assert "9月10日 15:00" in drawing.rows[0][1].text


def test_a_document_proves_what_it_finds_here(case):
    """A decision not to prosecute exempts from nothing; a conviction from knowledge."""
    assert "免证的0项" in rows(case, "criminal")[1]
    said, _ = rows(convicted(case, "knowing", "act"), "criminal")
    assert said["明知"][1] == "无须再证明，足以推翻的除外"
    assert said["本案受害人"][1] == "没有认定，仍须证明"


@pytest.mark.parametrize("name", shipped_cases())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_case_draws_for_every_helper(name, lang):
    """plotly's schema takes each figure, each table has its columns, in both languages."""
    case = load_case(name)
    for party in concerned(case):
        found = proofs(case, party)
        for table in TABLES:
            drawing = below(found, {"table": table, "burden": "plaintiff"}, lang)
            go.Figure(drawing.figure)
            assert drawing.sentence
            assert {len(row) for row in drawing.rows} <= {len(drawing.columns)}
