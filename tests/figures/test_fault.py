"""Lesson 02's figures: five steps and no distances, tables without a score, a time line.

hypo-knowledge by hand (see its expected.toml): formal review has only the record of payments left,
slight; substantive review has three items that support knowledge, and a statement that raises a
doubt: gross under the plaintiff's burden and under inference, knowing under presumption; on the
minority's reading of 足以反驳 knowing under inference too.
"""

import plotly.graph_objects as go
import pytest

from simlib import fault, load_case
from simlib.case import shipped_cases
from simlib.fault import BURDENS, GRADES, REVIEWS
from simlib.figures.fault import (
    draw_allocation,
    draw_checklist,
    draw_criminal,
    draw_ladder,
    draw_log,
    draw_readings,
)
from simlib.law.regime import regime_for

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


def ladder(case, burden="plaintiff", lang="zh", rebuttal="doubt", **more):
    """The ladder on the lesson's case."""
    six = findings(case, rebuttal=rebuttal)
    return draw_ladder(six, OWED, burden, regime_for(case).auto, lang, **more)


def reached(drawing):
    """The step that says found, presumed or exempt, row by row."""
    marks = next(t for t in drawing.figure["data"] if t.get("mode") == "text")
    return [GRADES[int(x)] for x in marks["x"]]


def test_each_procedure_fills_its_row_up_to_its_grade(case):
    """Three burdens from top to bottom, formal before substantive."""
    drawing = ladder(case)
    go.Figure(drawing.figure)
    assert reached(drawing) == ["slight", "gross", "slight", "gross", "slight", "knowing"]
    minority = ladder(case, rebuttal="contrary")
    assert reached(minority) == ["slight", "gross", "slight", "knowing", "slight", "knowing"]


def test_steps_are_alike_wide_and_bear_no_number(case):
    """A grade is higher than another, never twice as high: all tiles are one size, no ticks."""
    figure = ladder(case).figure
    tiles = figure["data"][0]
    assert len(set(tiles["x"])) == 1
    assert len(tiles["x"]) == len(NAMES) * len(GRADES)
    said = figure["layout"]["xaxis"]["ticktext"]
    assert not any(letter.isdigit() for text in said for letter in text)


def test_found_presumed_and_exempt_are_told_apart_in_words(case):
    """Inference presumes; an effective judgment that finds knowledge exempts from proof."""
    marks = ladder(case, rebuttal="contrary").figure["data"][1]["text"]
    assert marks == ["认定", "认定", "认定", "推定", "推定", "推定"]
    # no doubt left: convinced by indirect facts where nothing is presumed
    plain = case.set({"e-story.against": None, "e-story.rebuts": (), "e-story.strength": None,
                      "e-advert.against": None, "e-advert.rebuts": (), "e-advert.strength": None,
                      "e-story.corroborated_by": ()})  # fmt: skip
    assert ladder(plain).figure["data"][1]["text"][1] == "间接认定"
    locked = case.set({"criminal[0].status": "effective", "criminal[0].finds": ["knowing", "act"]})
    assert set(ladder(locked).figure["data"][1]["text"]) == {"免证"}


def test_amount_and_basis_stand_beside_the_grade(case):
    """25 % of 80 000 several against all of it joint; which reading it is stands in the row, and
    the minority's is doctrine; presumed fault is a reform."""
    rows = [[cell.text for cell in row] for row in ladder(case).rows]
    slight = ["一般过失 → 按份", "20000元"]
    assert rows[1] == ["事实推定（多数评注）", *slight, "重大过失 → 按份", "20000元", "现行法"]
    assert rows[2][-1] == "改革方案"
    minority = [cell.text for cell in ladder(case, rebuttal="contrary").rows[1]]
    joint = ["明知（推定） → 连带", "80000元", "学说"]
    assert minority == ["事实推定（少数观点）", *slight, *joint]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sentence_names_both_readings_where_they_part(case, lang):
    """Gross on one reading, knowing on the other, each way round; where they agree it says that."""
    six = findings(case)
    knowing = {"zh": "得出明知，可请求80000元", "en": "it gives knowing, a claim of"}[lang]
    assert knowing in ladder(case, lang=lang).sentence
    gross = {"zh": "得出重大过失，可请求20000元", "en": "it gives gross negligence"}[lang]
    assert gross in ladder(case, lang=lang, rebuttal="contrary").sentence
    same = {"zh": "得出相同的等级", "en": "give the same grade"}[lang]
    assert same in ladder(case.at("advert-found"), lang=lang).sentence
    assert six["factual_inference.substantive"].otherwise == "knowing"
    # an original chat, and a statement that is doubt at most: formal review parts too
    plain = case.set({"e-price.original": True, "e-story.strength": "doubt"})
    formal = {"zh": "形式审查得出重大过失", "en": "formal review gives gross negligence"}[lang]
    assert formal in ladder(plain, lang=lang).sentence


def test_the_sentence_tells_the_flip(case):
    """The evidence is the same; after the advertisement is found inference gives gross too."""
    assert "证据没有变" in ladder(case, "factual_inference").sentence
    drawing = ladder(case.set({"e-rent.original": True}), "presumed_fault", "en")
    assert "The evidence is the same" in drawing.sentence


def test_the_readers_answer_and_a_are_marked(case):
    """A frame in each burden's rows; a diamond where A stood."""
    kept = dict.fromkeys(NAMES, "none")
    drawing = ladder(case, guess="knowing", kept=kept)
    frames = [s for s in drawing.figure["layout"]["shapes"] if s.get("line", {}).get("dash")]
    assert [(s["x0"], s["x1"]) for s in frames] == [(3, 4)] * 3
    diamonds = drawing.figure["data"][-1]
    assert {int(x) for x in diamonds["x"]} == {0}


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
    chat = rows["约定“每天1000元，只用卡”的聊天截图"]
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
            draw_ladder(six, OWED, "plaintiff", regime_for(case).auto, lang),
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
