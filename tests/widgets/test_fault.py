"""Lesson 02's lab without a browser: evidence moves grades, grades move liability, by hand.

hypo-knowledge: 80 000 through Deng's card; slight and gross are several, 25 %, 20 000; knowing is
joint, 80 000. The order of the six: plaintiff, inference, presumption, each formal, substantive.
"""

import json
from datetime import timedelta

import pytest
import staged
from telling import looks, opens, tell

from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.case.checks import crimes
from simlib.fault import after_loss, lists_evidence, verify
from simlib.lessons.fault.knobs import FORMS, VERDICTS, concerned, knobs
from simlib.lessons.fault.outcomes import LAW, ROWS
from simlib.lessons.fault.reasons import steps
from simlib.lessons.outcome import Say
from simlib.lessons.reader import lesson_of
from simlib.widgets.fault import FaultLab

BASE = ["slight", "gross", "slight", "gross", "slight", "knowing"]
MINORITY = ["slight", "gross", "slight", "knowing", "slight", "knowing"]
PIECES = ("rent", "price", "script", "restrict", "counter", "story", "advert", "receipt")


@pytest.fixture
def lab():
    """An opened lab in Chinese."""
    return looks(opens(FaultLab("zh")))


def turn(lab, **wishes):
    """Move knobs as a reader does; `file_story` is the knob `file:e-story`."""
    for name, value in wishes.items():
        kind, _, row = name.partition("_")
        knob = f"{kind}:{row if row.isdigit() else 'e-' + row}"
        ask(lab, knob, value)


def ask(lab, knob, value):
    """Move one knob, by its id, as a page does."""
    asked = dict(lab.view.asked)
    asked[knob] = [asked.get(knob, [0])[0] + 1, value]
    lab.view.asked = asked


def choose(lab, **wishes):
    """Pick a table, or under which burden, in the module below the stage."""
    asked = dict(lab.pick.asked)
    for name, value in wishes.items():
        asked[name] = [asked.get(name, [0])[0] + 1, value]
    lab.pick.asked = asked


def cells(lab):
    """What the board says: `procedure|column|` → text."""
    shown = [cell for row in lab.view.board["rows"] for cell in row["cells"].values()]
    return {cell["say"]: cell["text"] for cell in shown}


def rows(lab):
    """The board's rows, by procedure."""
    return {row["id"]: row for row in lab.view.board["rows"]}


def grades(lab):
    """What the six procedures give."""
    return [lab.outcomes[name].finding.grade for name in ROWS]


def file_of(lab):
    """The file as it stands."""
    return lab.outcomes["plaintiff.formal"].case


def test_it_opens_on_one_file_and_six_procedures(lab):
    """The same evidence: slight in form, gross or knowing in content; 20 000 against 80 000."""
    assert grades(lab) == BASE
    owed = {told.finding.grade: told.owed for told in lab.outcomes.values()}
    assert owed == {"slight": 2_000_000, "gross": 2_000_000, "knowing": 8_000_000}


def test_the_board_gives_grade_claim_and_authority(lab):
    """One file: 25 % of 80 000 below knowing; formal review is a contrast and nobody's law."""
    said = cells(lab)
    assert said["factual_inference.substantive|grade|"] == "重大过失，按份"
    assert said["factual_inference.substantive|exposure|"] == "20000"
    assert said["presumed_fault.substantive|grade|"] == "明知，连带"
    assert said["presumed_fault.substantive|exposure|"] == "80000"
    held = rows(lab)
    assert held["factual_inference.substantive"]["authority"] == "law in force"
    assert held["presumed_fault.substantive"]["authority"] == "reform proposal"
    assert held["factual_inference.formal"]["authority"] == "teaching assumption"
    assert "第105条" in held["factual_inference.formal"]["ghost"]
    assert lab.view.board["large"]["text"] == "20000元"


def test_the_reading_of_sufficient_to_rebut_moves_one_row(lab):
    """The minority asks for the contrary of what is inferred: gross becomes knowing, 20 000 become
    80 000, and no other row moves; the number is doctrine then, and its reasons name both."""
    ask(lab, "rebuttal", "contrary")
    assert grades(lab) == MINORITY
    changed = [name for name, row in rows(lab).items() if row["changed"]]
    assert changed == ["factual_inference.substantive"]
    assert rows(lab)["factual_inference.substantive"]["authority"] == "doctrine"
    large = lab.view.board["large"]
    assert ("少数观点" in large["label"], large["text"]) == (True, "80000元")
    assert lab.view.tags["rebuttal"][:2] == ("doctrine", "学说")  # as the other reading is
    tell(lab.view, {"say": "factual_inference.substantive|grade|"})
    assert "按另一种读法，邓某的过错等级是重大过失" in lab.view.drawer["html"]
    assert grades(FaultLab("en", link=lab.state.to_text())) == MINORITY


def test_the_readers_grade_is_marked_where_it_leads():
    """Knowing and joint: a line at 80 000 on his own case, and none on another."""
    lab = FaultLab("zh")
    tell(lab.view, {"bet": {"grade": "knowing", "norm": "assist"}})
    answer = lab.view.board["answer"]
    assert (answer["fen"], answer["label"]) == (8_000_000, "你的答案：明知")
    ask(lab, "case", "2024-lu-0302-5690")
    assert lab.view.board["answer"] is None


def test_the_reveal_has_both_readings():
    """Gross and 20 000 for most commentators, knowing and 80 000 for a minority; an old link's
    answer whose norm does not go with its grade is told so."""
    lab = FaultLab("zh")
    answer = {"grade": "knowing", "norm": "several"}
    reveal = lab.reveal(lab.play.opening(), answer)
    assert [(c["id"], c["value"]) for c in reveal["columns"]] == [
        ("you", "明知"), ("law", "重大过失"), ("doctrine", "明知"),
    ]  # fmt: skip
    assert "只有少数观点这样认定；多数评注认定的是重大过失" in reveal["sentence"]
    assert "明知配「第1169条第1款：连带」" in reveal["sentence"]
    reveal = lab.reveal(lab.play.opening(), {"grade": "concert", "norm": "concert"})
    assert "多数评注和少数观点都不这样认定" in reveal["sentence"]
    assert len(reveal["folded"]) == 2


def test_who_bears_what_stays_unclear_is_a_column_of_its_scene(lab):
    """He under the plaintiff's burden and under inference, Deng under presumed fault; Deng in fact
    on the minority's reading."""
    tell(lab.view, {"scene": "unclear"})
    said = cells(lab)
    assert [said[f"{name}|row-fault|"] for name in ROWS[1::2]] == [
        "不明归何某", "不明归何某", "不明归邓某",
    ]  # fmt: skip
    ask(lab, "rebuttal", "contrary")
    assert cells(lab)["factual_inference.substantive|row-fault|"] == "不明实际归邓某"
    turn(lab, file_story="absent")  # knowledge is found: nothing is unclear
    assert cells(lab)["plaintiff.substantive|row-fault|"] == "没有真伪不明"
    tell(lab.view, {"scene": "start"})
    assert not any("row-fault" in say for say in cells(lab))


@pytest.mark.parametrize(
    ("wishes", "wanted"),
    [
        # no statement, no advertisement: no doubt left, so the plaintiff's burden finds knowledge
        ({"file_story": "absent", "file_advert": "absent"},
         ["slight", "knowing", "slight", "knowing", "slight", "knowing"]),
        # an original bears the statement out: sufficient to rebut knowledge, the items stand
        ({"file_advert": "original"}, ["slight", "gross", "slight", "gross", "slight", "gross"]),
        # the record of payments gone: nothing is left in form
        ({"file_rent": "absent"}, ["none", "gross", "none", "gross", "slight", "knowing"]),
        # an original chat and no statement: form is the stricter, it does not see the copy's doubt
        ({"file_price": "original", "file_story": "absent"},
         ["knowing", "gross", "knowing", "gross", "knowing", "knowing"]),
        # only bank records: in and out within half an hour carries the inference alone
        ({f"file_{piece}": "absent" for piece in PIECES},
         ["none", "knowing", "none", "knowing", "slight", "knowing"]),
        # and with the records gone too nothing is known at all; presumed fault stands without them
        ({f"file_{piece}": "absent" for piece in (*PIECES, "flow", "fraud")},
         ["none", "none", "none", "none", "slight", "slight"]),
    ],
)  # fmt: skip
def test_evidence_moves_grades(lab, wishes, wanted):
    """Each piece is an original, a copy, or not in the file; by hand from the rules."""
    turn(lab, **wishes)
    assert grades(lab) == wanted


def test_knowledge_from_the_order_of_events_alone_is_a_teaching_assumption(lab):
    """Price, answers, statement and advertisement out: the withdrawal of 10:35 and the use after
    the restriction are left, by rules of this course. With the price in the file, borne out by the
    payments, an item of the interpretation is shown by evidence, as the law in force has it; where
    presumed fault finds it, that is a proposal either way."""
    turn(lab, **{f"file_{piece}": "absent" for piece in ("price", "script", "story", "advert")})
    held = rows(lab)
    assert held[LAW]["authority"] == "teaching assumption"
    assert held[LAW]["note"].endswith("只凭事件的先后推断，是教学假设")
    assert held["plaintiff.substantive"]["authority"] == "teaching assumption"
    assert held["presumed_fault.substantive"]["authority"] == "reform proposal"
    large = lab.view.board["large"]
    assert (large["text"], large["label"][:4]) == ("80000元", "教学假设")
    turn(lab, file_price="copy")
    assert rows(lab)[LAW]["authority"] == "law in force"
    turn(lab, file_rent="absent")  # nothing bears the copy out: it cannot stand alone
    assert rows(lab)[LAW]["authority"] == "teaching assumption"


ELEMENTS = ("帮助行为", "损害", "诈骗事实", "因果关系")


@pytest.mark.parametrize(
    ("wishes", "owed", "missing"),
    [
        # the records alone show help, damage and causation, and bear out the chat: fraud needs two
        ({"file_flow": "absent"}, [0] * 6, ELEMENTS),
        ({"file_flow": "absent", "file_fraud": "absent"}, [0] * 6, ELEMENTS),
        # the chat alone shows the fraud: no main act, nothing to assist (民诉法解释90、109)
        ({"file_fraud": "absent"}, [0] * 6, ("诈骗事实",)),
        # the chat bears a copy of the records out, but a copy bears no chat out: fraud needs two
        ({"file_flow": "copy"}, [0] * 6, ("诈骗事实",)),
        # a copy of the chat that the records bear out; form asks for originals
        ({"file_fraud": "copy"}, [0, 20_000, 0, 20_000, 0, 80_000], None),
        # two copies bear nothing out (民事证据规定90(5))
        ({"file_flow": "copy", "file_fraud": "copy"}, [0] * 6, ELEMENTS),
        ({"file_flow": "original"}, [20_000] * 5 + [80_000], None),
    ],
)  # fmt: skip
def test_a_claim_falls_with_any_element_that_is_not_proved(lab, wishes, owed, missing):
    """Whoever proves fault, help, damage, fraud and causation stay the plaintiff's to prove."""
    turn(lab, **wishes)
    assert [lab.outcomes[row].owed for row in ROWS] == [fen * 100 for fen in owed]
    law, lost = lab.outcomes[LAW], f"{'、'.join(missing or ())}没有证明，驳回对邓某的请求"
    said = "".join(steps(law, "exposure", Say("fault", "zh", lab.names())))
    assert (rows(lab)[LAW]["note"] == lost) == bool(missing)
    assert ("判决驳回何某对邓某的诉讼请求" in said) == bool(missing)
    assert ("民事证据规定第86条" in said) == ("诈骗事实" in (missing or ()))
    assert "不承担" in cells(lab)[f"{LAW}|grade|"] if missing else law.unproved == ()


def test_what_the_file_lists_no_evidence_of_is_as_the_case_states(lab):
    """A file that lists nothing on an element has not said that it is not proved."""
    case = load_case("hypo-knowledge").set({"e-fraud.shows": [], "e-fraud.against": None})
    assert staged.solved("fault", case, party="deng")[LAW].owed == 2_000_000


def test_the_higher_standard_weighs_on_the_plaintiff_alone(lab):
    """A second piece and no doubt; presumed fault stands still: the defendant proves there."""
    ask(lab, "standard", "higher")
    assert grades(lab) == ["none", "gross", "none", "gross", "slight", "knowing"]
    assert [lab.outcomes[row].owed for row in ROWS][-1] == 8_000_000  # records and chat: two


def test_a_piece_comes_back_as_it_was(lab):
    """Out of the file and in again: the grades of before, by the knob or by undo."""
    turn(lab, file_rent="absent")
    turn(lab, file_rent="original")
    assert grades(lab) == BASE
    tell(lab.view, {"press": "undo"})
    assert grades(lab)[0] == "none"
    tell(lab.view, {"press": "reset:file:e-rent"})
    assert lab.state.changes == {}


def test_what_is_not_in_the_file_bears_nothing_out_and_shows_no_event(lab):
    """Without records and notice nobody knows of an event but the counter's and the report."""
    turn(lab, file_flow="absent", file_restrict="absent")
    assert [e.id for e in file_of(lab).events] == ["v5", "v7"]
    price = next(e for e in file_of(lab).evidence if e.id == "e-script")
    assert price.corroborated_by == ("e-counter",)


def test_what_came_after_the_payment_is_said_to_and_decides_nothing_here(lab):
    """The 80 000 come in on 10 September, 10:05; the bank restricts the card at 15:00 and Deng has
    that lifted the next day: both runs that begin with it are late. The withdrawal begins with
    the payment itself, the first log-in is of 9:40. Without the notice no grade moves."""
    runs = {run.id: after_loss(file_of(lab), run) for run in verify(file_of(lab), "deng")}
    assert runs == {
        "restricted-then-acted": True, "warned-then-acted": True,
        "in-and-out": False, "used-by-another": False,
    }  # fmt: skip
    undated = file_of(lab).set({"t1.at": None})
    assert not any(after_loss(undated, run) for run in verify(undated, "deng"))
    say = Say("fault", "zh", lab.names())
    late = "其中「限制之后仍有行为」发生在何某最后一笔转账以后"
    assert any(step.startswith(late) for step in steps(lab.outcomes[LAW], "grade", say))
    turn(lab, file_restrict="absent")
    assert grades(lab) == BASE
    assert not any(late in step for step in steps(lab.outcomes[LAW], "grade", say))
    ask(lab, "rebuttal", "contrary")
    assert grades(lab) == MINORITY


def test_rebuttal_has_a_strength_of_its_own(lab):
    """Formal review takes the statement at face value: the contrary of knowledge is proved; as a
    doubt it is enough on the majority's reading alone."""
    turn(lab, file_price="original")
    assert grades(lab)[2] == "gross"
    turn(lab, strength_story="doubt")
    assert grades(lab)[2] == "gross"
    ask(lab, "rebuttal", "contrary")
    assert grades(lab)[2] == "knowing"


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_leaves_no_document_that_contradicts_it(verdict):
    """A dated indictment or judgment goes with the outcome that has none: the case still checks."""
    dated = {"opened_on": 1, "charged_on": 60, "on": 90, "effective_on": 100}
    file = load_case("hypo-knowledge")
    days = {f"criminal[0].{key}": file.acted_on + timedelta(n) for key, n in dated.items()}
    case = file.set({"criminal[0].status": "effective"} | days)
    (knob,) = [k for k in knobs(case, lambda: case, "deng", "zh") if k.id == "verdict:0"]
    now = case.set(knob.write(verdict, case))
    assert knob.read(now) == verdict
    assert not list(crimes({"criminal": [entry.model_dump() for entry in now.criminal]}))


@pytest.mark.parametrize(
    ("verdict", "exempt"),
    [
        ("none", set()),
        ("pending", set()),
        ("not-effective", set()),
        ("not-prosecuted", set()),
        ("waived", set()),
        ("cleared", set()),
        ("general", {"fault"}),
        ("victim", {"fault", "act", "fraud"}),
        ("amount", {"fault", "act", "fraud", "damage"}),
    ],
)
def test_a_criminal_case_exempts_what_its_judgment_finds(lab, verdict, exempt):
    """Effective only, and for this victim and this amount only if it says so (pitfall 4); no
    kind of decision not to prosecute exempts from anything."""
    turn(lab, verdict_0=verdict)
    assert lab.view.notice == ""
    assert lab.view.values["verdict:0"] == verdict
    finding = lab.outcomes["plaintiff.substantive"].finding
    assert {row.element for row in finding.allocation if row.state == "exempt"} == exempt
    assert finding.locked == bool(exempt)


@pytest.mark.parametrize(
    "wish", [{"plea_0": True}, {"verdict_0": "not-effective"}, {"verdict_0": "waived"}]
)
def test_what_confirms_nothing_leaves_a_presumption_a_presumption(lab, wish):
    """A plea, or a judgment not yet effective, speaks of knowledge; it does not prove it."""
    turn(lab, **wish)
    assert grades(lab) == BASE
    finding = lab.outcomes["presumed_fault.substantive"].finding
    assert (finding.grade, finding.presumed, finding.locked) == ("knowing", True, False)


def test_a_lock_holds_until_it_is_overturned(lab):
    """Proof of the contrary does not do against a judgment here, 足以推翻 does; that there is a
    step between them is a teaching assumption, and said."""
    turn(lab, verdict_0="general", file_advert="original")
    assert set(grades(lab)) == {"knowing"}
    tell(lab.view, {"say": "plaintiff.substantive|grade|"})
    assert "单列为更高的一级" in lab.view.drawer["html"]
    turn(lab, strength_story="overturn")
    assert grades(lab)[1] == "gross"


def test_liability_is_the_engines(lab):
    """`decide` under the law in force on the case with that grade."""
    case = load_case("hypo-knowledge").at("base")
    for told in lab.outcomes.values():
        for grade, outcome in ((told.finding.grade, told.outcome),
                               (told.finding.otherwise, told.other)):  # fmt: skip
            assert outcome.parties == decide(case.set({"deng.grade": grade}), "auto").parties


def test_the_burden_changes_the_table(lab):
    """Under inference the defendant comes forward and the plaintiff bears what is unclear; the
    defendant bears it under presumed fault alone."""
    choose(lab, table="allocation", burden="factual_inference")
    assert "后果由原告承担；按现在的证据，应由被告提出证据" in lab.table.html
    choose(lab, burden="presumed_fault")
    assert "后果由被告承担" in lab.table.html


def test_the_time_line_is_there_with_its_table_only(lab):
    """Four tables need no chart."""
    assert lab.chart not in lab.tables.children
    choose(lab, table="log")
    assert lab.chart in lab.tables.children
    assert len(lab.chart.figure["data"]) == 5  # the events, and a lane an inference


def test_what_did_not_move_says_why(lab):
    """Without one of two doubts the grades stay: the gravest item counts; form sees no copy."""
    turn(lab, file_advert="absent")
    said = {name: row["still"] for name, row in rows(lab).items()}
    assert said["plaintiff.substantive"].startswith("等级没有变：取最重的一项")
    assert said["presumed_fault.substantive"].startswith("这里由被告证明")
    assert said["plaintiff.formal"].startswith("形式审查只看原件")
    turn(lab, verdict_0="waived")
    assert rows(lab)["plaintiff.substantive"]["still"] == "不起诉等文书不免除举证。"
    ask(lab, "rebuttal", "contrary")
    assert rows(lab)["plaintiff.substantive"]["still"] == "不用事实推定，读法不影响。"


def test_what_became_of_knowledge_moves_a_row_and_another_standard_does_not(lab):
    """The original proves that he did not know: gross as before, and no longer for being unclear.
    A higher standard makes two rows an assumption, and leaves what they say."""
    turn(lab, file_advert="original")
    held = rows(lab)["plaintiff.substantive"]
    assert (held["changed"], held["cells"]["grade"]["text"]) == (True, "重大过失，按份")
    tell(lab.view, {"scene": "unclear"})
    ask(lab, "standard", "higher")
    held = rows(lab)["factual_inference.substantive"]
    assert (held["changed"], held["still"]) == (False, "证据另有印证，仍达到标准。")


def test_a_is_marked_beside_b(lab):
    """Kept on the minority's reading, then the advertisement found: A's grade stands beside."""
    ask(lab, "rebuttal", "contrary")
    tell(lab.view, {"press": "keep"})
    turn(lab, file_advert="original")
    held = rows(lab)["factual_inference.substantive"]["cells"]
    assert (held["grade"]["text"], held["grade"]["kept"]["text"]) == (
        "重大过失，按份",
        "明知，连带",
    )
    assert (held["exposure"]["high"], held["exposure"]["kept"]["high"]) == (2_000_000, 8_000_000)


@pytest.mark.parametrize("name", ["hypo-knowledge", "2024-lu-0302-5690", "hypo-payment"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whatever_can_be_clicked_has_its_reasons(name, lang):
    """Each cell, item, reading, inference, row and document, under each burden and review."""
    lab = looks(opens(FaultLab(lang, case=name)))
    for burden in ("plaintiff", "presumed_fault"):
        for shown in lesson_of("fault").below["table"].options:
            choose(lab, burden=burden, table=shown)
            asks = {part.split('"')[0] for part in lab.table.html.split('data-say="')[1:]}
            for said in sorted({*asks, *cells(lab)}):
                assert lab.can_ask(said.split("|"))
                lab._asked(said)
                assert lab.view.drawer["title"]
                assert "simlib-article" in lab.view.drawer["html"] or "effect-" in said


@pytest.mark.parametrize(
    ("knob", "value", "said"),
    [
        ("verdict:0", "waived", "不起诉决定书，关于明知：只是公文书证（民诉法解释第114条）"),
        ("verdict:0", "not-prosecuted", "不起诉决定书，关于明知：没有认定，仍须证明"),
        ("plea:0", True, "认罪认罚，关于明知：只是一份证据"),
    ],
)
def test_a_document_that_moves_no_grade_says_so_in_the_drawer(lab, knob, value, said):
    """Not to prosecute, or a plea, frees nobody from proof: all six grades stay; each says why."""
    ask(lab, knob, value)
    assert grades(lab) == BASE
    for name in ROWS:
        lab._asked(f"{name}|grade|")
        assert said in lab.view.drawer["html"]
        assert "等级没有因此改变。" in lab.view.drawer["html"]


def test_the_drawer_says_that_the_rule_from_items_to_grade_is_a_teaching_assumption(lab):
    """Beside the grade and the amount, which look like law without it."""
    for key in ("grade", "exposure"):
        lab._asked(f"factual_inference.substantive|{key}|")
        assert "从项目到等级的规则" in lab.view.drawer["html"]
        assert "刑事规定" in lab.view.drawer["html"]


def test_a_link_brings_back_the_whole_state(lab):
    """Evidence, verdict, burden, standard, table and question, in the other language."""
    turn(lab, file_rent="absent", strength_story="doubt", verdict_0="general")
    choose(lab, burden="factual_inference", table="log")
    ask(lab, "standard", "higher")
    ask(lab, "rebuttal", "contrary")
    lab._asked("factual_inference.substantive|item-opinion-2|")
    other = FaultLab("en", link=lab.state.to_text())
    assert other.restored
    for name in other.state.FIELDS:
        assert getattr(other.state, name) == getattr(lab.state, name)
    assert grades(other) == grades(lab)


@pytest.mark.parametrize(
    "field",
    [
        {"chosen": {"burden": "nobody"}},
        {"selected": ["plaintiff.formal", "weight", ""]},
        {"selected": ["nobody.formal", "grade", ""]},
        {"committed": {"grade": "much", "norm": "assist"}},
        {"committed": {"grade": "gross"}},
    ],
)
def test_link_with_an_impossible_state_opens_as_new(field):
    """A well-made text can still say nonsense."""
    lab = FaultLab("zh")
    for name, value in field.items():
        setattr(lab.state, name, value)
    other = FaultLab("zh", link=lab.state.to_text())
    assert other.restored is False
    assert other.state.chosen == {}


def test_cases_are_those_whose_file_says_something_of_a_helper():
    """The lesson's own first; no case is offered in which nothing could be found."""
    lab = FaultLab("zh")
    names = lab.cases()
    assert names[0] == "hypo-knowledge"
    assert "2024-lu-0302-5690" in names
    assert "fix-1" not in names
    assert set(names) <= set(shipped_cases())
    for name in names:
        assert concerned(load_case(name))


def test_a_conviction_of_which_only_the_charge_is_known_says_so():
    """The paper's case: the judgment was not seen; read off the charge, a teaching assumption."""
    lab = looks(opens(FaultLab("zh", case="2024-lu-0302-5690")))
    assert set(grades(lab)) == {"knowing"}
    assert "有争议" in lab.view.board["sentence"]
    assert "案件没有列出别的证据" in lab.view.board["sentence"]
    assert "生效刑事判决已经认定明知" in lab.table.html
    tell(lab.view, {"say": "plaintiff.substantive|grade|"})
    assert "判决书未见" in lab.view.drawer["html"]


@pytest.mark.parametrize(
    ("name", "fen", "grade"),
    [("hypo-pieces", 138_160, "slight"), ("hypo-account", 550_485, "gross")],
)
def test_a_file_that_lists_no_evidence_gives_the_grade_it_states(name, fen, grade):
    """Han, slight, and Feng, gross: what `decide` gives them in lessons 00 and 07, in every row."""
    lab = looks(opens(FaultLab("zh", case=name)))
    assert set(grades(lab)) == {grade}
    assert {proof.owed for proof in lab.outcomes.values()} == {fen}
    board = lab.view.board
    assert "等级按案件所载" in board["large"]["label"]
    assert all("等级按案件所载" in row["note"] for row in board["rows"])
    tell(lab.view, {"say": "plaintiff.substantive|exposure|"})
    assert "等级按案件所载" in lab.view.drawer["html"]
    tell(lab.view, {"say": "plaintiff.substantive|grade|"})
    assert "没有任何证据支持" not in lab.view.drawer["html"]


@pytest.mark.parametrize("name", ["2024-lu-0302-5690", "hypo-payment"])
def test_without_the_judgment_that_found_it_the_grade_is_open(name):
    """The file lists nothing else: no finding of no fault, and no knowledge without the judgment;
    under presumed fault he has proved nothing, and is careless at the least."""
    for verdict in ("none", "not-prosecuted"):
        lab = looks(opens(FaultLab("zh", case=name)))
        ask(lab, "verdict:0", verdict)
        held, said = rows(lab), cells(lab)
        for row in ("plaintiff.substantive", "factual_inference.substantive"):
            assert "exposure" not in held[row]["cells"]
            assert held[row]["blank"] == "没有列出证据，不能判断"
            assert said[f"{row}|grade|"] == "不能判断"
        assert said["presumed_fault.substantive|grade|"].startswith("一般过失")
        assert lab.view.board["large"]["text"] == "—"
        assert "不能判断等级" in lab.view.board["sentence"]
        for asked in ("grade", "exposure"):
            tell(lab.view, {"say": f"plaintiff.substantive|{asked}|"})
            assert "不等于没有证据" in lab.view.drawer["html"]


def test_no_other_lesson_gives_a_defendant_another_law():
    """Where no evidence is listed, the law in force here is what `decide` gives on the same facts,
    with its steps; a judgment that finds more than a setting supposes prevails."""
    say = Say("fault", "zh", {"who": "甲", "victim": "乙"})
    for name in shipped_cases():
        file = load_case(name)
        for case in (file, *(file.at(position.id) for position in file.positions)):
            for who in concerned(case):
                if not lists_evidence(case, who):
                    proof = staged.solved("fault", case, party=who)[LAW]
                    overruled = (proof.finding.locked, case.party(who).fault) == (True, 0.3)
                    owed = decide(case, "auto").parties[who].exposure_fen
                    assert overruled or proof.owed == owed
                    last = steps(proof, "exposure", say)[-1]
                    assert case.party(who).role == "helper" or "明知而帮助" not in last


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_general_knowledge_is_enough_is_said_to_be_disputed(lang):
    """Where the judgment names no victim: in label, row and sentence, and the row is doctrine; what
    both courts ordered stands beside 70 000. A judgment that names her is law in force."""
    disputed = {"zh": "有争议", "en": "disputed"}[lang]
    lab = looks(opens(FaultLab(lang, case="hengnan-hengyang")))
    board = lab.view.board
    assert all(disputed in text for text in (board["large"]["label"], board["sentence"]))
    assert all(disputed in row["note"] for row in board["rows"])
    assert rows(lab)["plaintiff.substantive"]["authority"] == "doctrine"
    assert {"zh": "二审7000元", "en": "on appeal CNY 7,000"}[lang] in board["sentence"]
    ask(lab, "verdict:0", "victim")
    board = lab.view.board
    assert rows(lab)["plaintiff.substantive"]["authority"] == "law in force"
    assert not any(disputed in text for text in (board["large"]["label"], board["sentence"]))


def test_every_control_has_words_for_what_it_offers(lab):
    """Options of all pieces and of the criminal case."""
    spec = {item["id"]: item for item in lab.view.spec if "id" in item}
    assert [o["value"] for o in spec["file:e-rent"]["options"]] == list(FORMS)
    assert [o["value"] for o in spec["verdict:0"]["options"]] == list(VERDICTS)


def test_the_files_to_save_are_the_engines(lab):
    """Six findings with what follows, as JSON."""
    saved = json.loads(lab.file("json")["text"])
    assert list(saved) == list(ROWS)
    finding = saved["factual_inference.substantive"]["finding"]
    assert (finding["grade"], finding["rebuttal"], finding["otherwise"]) == (
        "gross", "doubt", "knowing",
    )  # fmt: skip
    assert saved["plaintiff.formal"]["outcome"]["received_fen"] == 2_000_000


def test_the_tasks_ask_what_a_file_cannot_settle():
    """Unclear: two rows move and presumed fault does not. The original: presumed fault falls. The
    minority's reading: inference alone."""
    lab = FaultLab("zh")
    right = {task.id: task.answer(*lab.play.ends(task)) for task in lab.tasks()}
    assert right == {
        "unclear": "plaintiff-factual_inference", "advert": "fell",
        "reading": "factual_inference",
    }  # fmt: skip


def test_a_decision_not_to_prosecute_shows_its_possible_grounds(lab):
    """存疑 (刑诉法175(4)), 法定 and 酌定 (177): the articles stand with what the decision does."""
    lab._asked("plaintiff.substantive|effect-0-not-prosecuted-act|")
    html = lab.view.drawer["html"]
    assert "《刑事诉讼法》第175条第4款" in html
    assert "《刑事诉讼法》第177条" in html


def test_formal_review_believes_a_counter_proof_and_does_not_prove_it(lab):
    """A decision finds that he knew; formal review reads Deng's statement at its word beside it."""
    turn(lab, verdict_0="waived")
    formal = [row["note"] for id, row in rows(lab).items() if id.endswith(".formal")]
    assert all("已经证明邓某不知道" not in note for note in formal)
    assert any("形式审查按字面采信反证，认定邓某不知道" in note for note in formal)
