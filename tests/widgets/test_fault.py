"""Lesson 02's lab without a browser: evidence moves grades, grades move liability, by hand.

hypo-knowledge: 80 000 through Deng's card; slight and gross are several, 25 %, 20 000; knowing is
joint, 80 000. The order of the six: plaintiff, inference, presumption, each formal, substantive.
"""

import json

import pytest

from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.widgets.fault import FaultLab
from simlib.widgets.fault.forms import TABLES
from simlib.widgets.fault.found import NAMES
from simlib.widgets.fault.knobs import FORMS, VERDICTS, concerned

BASE = ["slight", "gross", "slight", "gross", "slight", "knowing"]
MINORITY = ["slight", "gross", "slight", "knowing", "slight", "knowing"]
PIECES = ("rent", "price", "script", "restrict", "counter", "story", "advert", "receipt")


@pytest.fixture
def lab():
    """An opened lab in Chinese."""
    lab = FaultLab("zh")
    lab._committed("open")
    return lab


def turn(lab, **wishes):
    """Move knobs as a reader does; `file_story` is the knob `file:e-story`."""
    for name, value in wishes.items():
        kind, _, row = name.partition("_")
        knob = f"{kind}:{row if row.isdigit() else 'e-' + row}"
        asked = dict(lab.form.asked)
        asked[knob] = [asked.get(knob, [0])[0] + 1, value]
        lab.form.asked = asked


def grades(lab):
    """What the six procedures give."""
    return [lab.outcomes.findings[name].grade for name in NAMES]


def test_it_opens_on_one_file_and_six_procedures(lab):
    """The same evidence: slight in form, gross or knowing in content; 20 000 against 80 000."""
    assert grades(lab) == BASE
    assert lab.outcomes.owed == {"slight": 2_000_000, "gross": 2_000_000, "knowing": 8_000_000}


def test_the_reading_of_sufficient_to_rebut_moves_one_row(lab):
    """The minority asks for the contrary of what is inferred: gross becomes knowing, 20 000 become
    80 000, and no other row moves; the reasons name both readings."""
    lab._chosen({"rebuttal": "contrary"})
    assert grades(lab) == MINORITY
    assert "多数评注" in lab.chart.description
    lab._asked("factual_inference.substantive|grade|")
    assert "少数观点" in lab.reasons.html
    assert "按另一种读法，邓某的过错等级是重大过失" in lab.reasons.html
    other = FaultLab("en", link=lab.state.to_text())
    assert grades(other) == MINORITY


def test_the_checklist_stays_shut_until_the_reader_answers():
    """Grade and norm first; then his grade stands framed in the ladder."""
    lab = FaultLab("zh")
    assert lab.play.children == (lab.locked,)
    lab.answer.values = {"grade": "knowing", "norm": "several"}
    lab._committed("commit")
    assert lab.play.children != (lab.locked,)
    assert lab.state.committed == {"grade": "knowing", "norm": "several"}
    assert "推定过错（改革方案）＋实质审查" in lab.feedback.html
    assert "你选的是“分别侵权" in lab.feedback.html
    frames = [s for s in lab.chart.figure["layout"]["shapes"] if s.get("line", {}).get("dash")]
    assert {s["x0"] for s in frames} == {3}


def test_an_answer_no_procedure_gives_is_met_with_what_they_give():
    """Nobody finds concert here."""
    lab = FaultLab("zh")
    lab.answer.values = {"grade": "concert", "norm": "concert"}
    lab._committed("commit")
    assert "六种走法都没有得出这一等级" in lab.feedback.html


@pytest.mark.parametrize(
    ("wishes", "wanted"),
    [
        # no statement, no advertisement: no doubt left, so the plaintiff's burden finds knowledge
        ({"file_story": "absent", "file_advert": "absent"},
         ["slight", "knowing", "slight", "knowing", "slight", "knowing"]),
        # an original bears the statement out: sufficient to rebut knowledge, the items stand
        ({"file_advert": "original"}, ["slight", "gross", "slight", "gross", "slight", "gross"]),
        # the record of payments gone: nothing is left in form
        ({"file_rent": "absent"}, ["none", "gross", "none", "gross", "none", "knowing"]),
        # an original chat and no statement: form is the stricter, it does not see the copy's doubt
        ({"file_price": "original", "file_story": "absent"},
         ["knowing", "gross", "knowing", "gross", "knowing", "knowing"]),
        # only bank records: in and out within half an hour carries the inference alone
        ({f"file_{piece}": "absent" for piece in PIECES},
         ["none", "knowing", "none", "knowing", "none", "knowing"]),
        # and with the records gone too nothing is known at all
        ({f"file_{piece}": "absent" for piece in (*PIECES, "flow", "fraud")}, ["none"] * 6),
    ],
)  # fmt: skip
def test_evidence_moves_grades(lab, wishes, wanted):
    """Each piece is an original, a copy, or not in the file; by hand from the rules."""
    turn(lab, **wishes)
    assert grades(lab) == wanted


def test_the_higher_standard_weighs_on_the_plaintiff_alone(lab):
    """A second piece and no doubt; presumed fault stands still: the defendant proves there."""
    lab._chosen({"standard": "higher"})
    assert grades(lab) == ["none", "gross", "none", "gross", "slight", "knowing"]


def test_a_piece_comes_back_as_it_was(lab):
    """Out of the file and in again: the grades of before, by the knob or by undo."""
    turn(lab, file_rent="absent")
    turn(lab, file_rent="original")
    assert grades(lab) == BASE
    lab._pressed("undo")
    assert grades(lab)[0] == "none"
    lab._pressed("reset:file:e-rent")
    assert lab.state.changes == {}


def test_what_is_not_in_the_file_bears_nothing_out_and_shows_no_event(lab):
    """Without records and notice nobody knows of an event but the counter's and the report."""
    turn(lab, file_flow="absent", file_restrict="absent")
    assert [e.id for e in lab.outcomes.case.events] == ["v5", "v7"]
    price = next(e for e in lab.outcomes.case.evidence if e.id == "e-script")
    assert price.corroborated_by == ("e-counter",)


def test_rebuttal_has_a_strength_of_its_own(lab):
    """Formal review takes the statement at face value: the contrary of knowledge is proved; as a
    doubt it is enough on the majority's reading alone."""
    turn(lab, file_price="original")
    assert grades(lab)[2] == "gross"
    turn(lab, strength_story="doubt")
    assert grades(lab)[2] == "gross"
    lab._chosen({"rebuttal": "contrary"})
    assert grades(lab)[2] == "knowing"


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
    assert lab.notice.html == ""
    assert lab.form.values["verdict:0"] == verdict
    finding = lab.outcomes.findings["plaintiff.substantive"]
    assert {row.element for row in finding.allocation if row.state == "exempt"} == exempt
    assert finding.locked == bool(exempt)


@pytest.mark.parametrize(
    "wish", [{"plea_0": True}, {"verdict_0": "not-effective"}, {"verdict_0": "waived"}]
)
def test_what_confirms_nothing_leaves_a_presumption_a_presumption(lab, wish):
    """A plea, or a judgment not yet effective, speaks of knowledge; it does not prove it."""
    turn(lab, **wish)
    assert grades(lab) == BASE
    finding = lab.outcomes.findings["presumed_fault.substantive"]
    assert (finding.grade, finding.presumed, finding.locked) == ("knowing", True, False)


def test_a_lock_holds_until_it_is_overturned(lab):
    """Proof of the contrary does not do against a judgment here, 足以推翻 does; that there is a
    step between them is a teaching assumption, and said."""
    turn(lab, verdict_0="general", file_advert="original")
    assert set(grades(lab)) == {"knowing"}
    lab._asked("plaintiff.substantive|grade|")
    assert "单列为更高的一级" in lab.reasons.html
    turn(lab, strength_story="overturn")
    assert grades(lab)[1] == "gross"


def test_liability_is_the_engines(lab):
    """`decide` under the law in force on the case with that grade."""
    case = load_case("hypo-knowledge").at("base")
    for grade, outcome in lab.outcomes.outcomes.items():
        wanted = decide(case.set({"deng.grade": grade}), "auto")
        assert outcome.parties == wanted.parties


def test_the_burden_changes_the_table(lab):
    """Under inference the defendant comes forward and the plaintiff bears what is unclear; the
    defendant bears it under presumed fault alone."""
    lab._chosen({"table": "allocation", "burden": "factual_inference"})
    assert "后果由原告承担；按现在的证据，应由被告提出证据" in lab.more.html
    lab._chosen({"burden": "presumed_fault"})
    assert "后果由被告承担" in lab.more.html


def test_the_time_line_is_there_with_its_table_only(lab):
    """Four tables need no chart."""
    assert lab.line not in lab.second.children
    lab._chosen({"table": "log"})
    assert lab.line in lab.second.children
    assert len(lab.line.figure["data"]) == 5  # the events, and a lane an inference


def test_what_did_not_move_says_so(lab):
    """Without one of two doubts the grades stay, in every row."""
    turn(lab, file_advert="absent")
    assert lab.still == {f"{b}.substantive": "等级没有动。" for b in
                         ("plaintiff", "factual_inference", "presumed_fault")}  # fmt: skip


def test_a_beside_b(lab):
    """Kept with doubt, then the advertisement found: 60 000 less on the minority's reading."""
    lab._chosen({"rebuttal": "contrary"})
    lab._pressed("keep")
    turn(lab, file_advert="original")
    assert "−60000元" in [cell.text for cell in lab.drawing.rows[1]]


@pytest.mark.parametrize("name", ["hypo-knowledge", "2024-lu-0302-5690", "hypo-payment"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whatever_can_be_clicked_has_its_reasons(name, lang):
    """Each number, item, reading, inference, row and document, under each burden and review."""
    lab = FaultLab(lang, case=name)
    lab._committed("open")
    for burden in ("plaintiff", "presumed_fault"):
        for shown in TABLES:
            lab._chosen({"burden": burden, "table": shown})
            html = lab.board.html + lab.more.html
            asks = {part.split('"')[0] for part in html.split('data-say="')[1:]}
            for said in sorted(ask for ask in asks if ask.split("|")[0] in NAMES):
                assert lab.can_ask(said.split("|"))
                lab._asked(said)
                assert "<h3>" in lab.reasons.html
                assert "simlib-article" in lab.reasons.html or "effect-" in said


def test_only_what_has_reasons_can_be_clicked(lab):
    """Names of rows that ask nothing are no buttons."""
    for shown in TABLES:
        lab._chosen({"table": shown})
        asks = [part.split('"')[0] for part in lab.more.html.split('data-say="')[1:]]
        assert all(lab.can_ask(said.split("|")) for said in asks)


def test_a_link_brings_back_the_whole_state(lab):
    """Evidence, verdict, burden, standard, table and question, in the other language."""
    turn(lab, file_rent="absent", strength_story="doubt", verdict_0="general")
    lab._chosen({"burden": "factual_inference", "standard": "higher", "table": "log",
                 "rebuttal": "contrary"})  # fmt: skip
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
        {"chosen": {"standard": 1}},
        {"chosen": {"rebuttal": "overturn"}},
        {"chosen": {"table": "<b>"}},
        {"chosen": {"colour": "red"}},
        {"chosen": {"burden": ["plaintiff"]}},
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
    lab = FaultLab("zh", case="2024-lu-0302-5690")
    lab._committed("open")
    assert set(grades(lab)) == {"knowing"}
    assert "没有载明哪件证据证明什么" in lab.about.html
    assert "生效刑事判决已经认定明知" in lab.more.html
    assert "group" not in {item["kind"] for item in lab.form.spec}  # the one knob lies open
    lab._asked("plaintiff.substantive|grade|")
    assert "判决书未见" in lab.reasons.html


def test_every_control_has_words_for_what_it_offers(lab):
    """Options of all pieces and of the criminal case."""
    spec = {item["id"]: item for item in lab.form.spec if "id" in item}
    assert [o["value"] for o in spec["file:e-rent"]["options"]] == list(FORMS)
    assert [o["value"] for o in spec["verdict:0"]["options"]] == list(VERDICTS)


def test_the_files_to_save_are_the_engines(lab):
    """Six findings with what follows, as JSON."""
    saved = json.loads(lab.file("json")["text"])
    assert list(saved) == list(NAMES)
    finding = saved["factual_inference.substantive"]["finding"]
    assert (finding["grade"], finding["rebuttal"], finding["otherwise"]) == (
        "gross", "doubt", "knowing",
    )  # fmt: skip
    assert saved["plaintiff.formal"]["outcome"]["received_fen"] == 2_000_000


def test_the_lesson_is_light(lab):
    """The ladder under 5 kB."""
    assert len(json.dumps(lab.chart.figure)) < 5_000


def test_a_decision_not_to_prosecute_shows_its_possible_grounds(lab):
    """存疑 (刑诉法175(4)), 法定 and 酌定 (177): the articles stand with what the decision does."""
    lab._asked("plaintiff.substantive|effect-0-not-prosecuted-act|")
    assert "《刑事诉讼法》第175条第4款" in lab.reasons.html
    assert "《刑事诉讼法》第177条" in lab.reasons.html
