"""Lesson 07's lab without a browser: documents, days and money of four ways to treat a suit.

Zhao v Zhang: loss and, as nobody published it, report on 2022-10-05; sued one month later. Ordinary
line by hand: 7 days to open, investigation 2 months to 12-12, review 1 to 01-12, trial 2 to 03-12,
10 days to 03-22; suit 11-05, registered 11-12, trial 3 months. Side by side that ends on 02-12,
month 4.23; after a stay on 06-22, month 8.57; refused, and sued again, on 06-29, month 8.80;
coordinated from the criminal judgment of 03-12 on 06-12, month 8.23.
"""

import datetime
import re
from html import unescape
from itertools import product

import pytest
import staged
from staged import make, solved
from telling import looks, opens, tell

from simlib import load_case
from simlib.figures.opening.shapes import width_of
from simlib.figures.suit_words import engine
from simlib.lessons.outcome import Say
from simlib.lessons.procedure.knobs import options
from simlib.lessons.procedure.money_reasons import left_sum
from simlib.lessons.procedure.outcomes import line, months_between, sentence
from simlib.lessons.procedure.outcomes import value as cell
from simlib.lessons.procedure.pictures import draw_tracks
from simlib.lessons.procedure.reasons import weighed
from simlib.lessons.procedure.tables import draw_steps
from simlib.lessons.reader import lesson_of
from simlib.procedure import REGIMES, SWITCHES
from simlib.text import LANGS, words
from simlib.widgets.stage.declared import questions

CASE = load_case("2024-lu-0302-5690")
FIRST_ROW, LAW, PARALLEL, COORDINATED = REGIMES


@pytest.fixture
def lab():
    """An opened lab in Chinese."""
    return opens(make("procedure"))


def ask(lab, **wishes):
    """Move knobs as a page does."""
    asked = dict(lab.view.asked)
    for name, value in wishes.items():
        asked[name] = [asked.get(name, [0])[0] + 1, value]
    lab.view.asked = asked


def found(case=CASE, **held):
    """What four regimes make of it."""
    return solved("procedure", case, **held)


def why(row, column, lang="zh", case=CASE, **held):
    """The drawer of a cell."""
    return staged.why("procedure", found(case, **held), row, column, lang)


def rows(lab):
    """The board's rows by regime."""
    return {row["id"]: row for row in lab.view.board["rows"]}


def test_months_by_hand():
    """2022-10-05 to 2023-06-22: eight months to 06-05 and 17 of 30 days."""
    start = datetime.date(2022, 10, 5)
    assert months_between(start, datetime.date(2023, 6, 22)) == 857
    assert months_between(start, start) == 0
    assert months_between(start, datetime.date(2023, 11, 4)) == 1297  # 30 of 31 days more than 12


def test_documents_and_days_by_hand():
    """See above: a refusal, a stay, a claim dismissed for want of proof, a stay.

    Coordinated: convicted on 12 March 2023, judged on 12 June, 8 months and 7 of 30 days.
    """
    told = found(sue=1)
    assert [told[r].document for r in REGIMES] == [
        "not_accepted", "stay", "claim_dismissed", "stay",
    ]  # fmt: skip
    assert [told[r].month for r in REGIMES] == [880, 857, 425, 823]
    assert [told[r].again for r in REGIMES] == ["after_change", "resumes", "barred", "resumes"]
    assert str(told[LAW].line.judged_on) == "2023-06-22"


def test_at_large_three_have_no_day():
    """Side by side by ordinary procedure, six months from 11-12: 2023-05-12, month 7.23."""
    told = found(sue=1, caught=None)
    assert [told[r].month for r in REGIMES] == [None, None, 723, None]
    assert [told[r].waits for r in REGIMES] == [True, True, False, True]
    assert found(sue=1, caught=None, proof="some")[LAW].month == 723


def test_a_share_is_as_article_1172_says_and_left_to_no_discretion():
    """Only negligence proved, judged first or alone: each his part, equal parts where that is
    hard; 1172 leaves nothing to the court's discretion."""
    for held in ({}, {"reading_153": "burden"}):
        said = why(LAW, "document", sue=1, proof="some", **held)
        assert "难以确定的，平均承担（民法典第1172条）" in said
        assert "酌定" not in said
        assert "equal parts where that is hard" in why(
            LAW, "document", "en", sue=1, proof="some", **held
        )


def test_a_claim_cut_in_two_is_marked_on_its_row(lab):
    """Negligence alone proved: judged in part in three rows, and each says that so to cut one
    claim against one defendant is an assumption; the refused row, and a whole judgment, do not."""
    told = "分两次判决：教学假设"
    ask(lab, proof="some")
    assert [told in row["note"] for row in rows(lab).values()][:4] == [False, True, True, True]
    ask(lab, proof="enough")
    assert not any(told in row["note"] for row in rows(lab).values())


def test_a_ruling_of_no_days_is_called_a_ruling():
    """Stayed to 22 March 2023, the day the order of restitution takes effect: dismissed that day,
    so that there is no trial by simplified procedure."""
    held = {"sue": 1, "disposition": "full", "proof": "none"}
    said = why(LAW, "months", **held)
    assert "恢复诉讼后裁定驳回起诉：2023年3月22日" in said
    assert "简易程序审理" not in said
    table = draw_steps(found(**held)[LAW], "ordinary").rows
    assert "恢复诉讼后裁定驳回起诉" in [row[1].text for row in table]


def test_a_lost_suit_waits_for_the_criminal_judgment_and_not_to_take_effect():
    """Lost on 12 February 2023, in effect on the 27th; what ends on 22 March is the wait for the
    criminal judgment, from which the drawer counts the six months of 216."""
    said = why(PARALLEL, "months", sue=1, proof="none")
    assert "民事判决已经生效，等待刑事判决生效（可能的新证据）：到2023年3月22日" in said
    assert "自她知道或者应当知道新证据之日起算" in said
    assert "应当知道新证据" not in why(LAW, "months", sue=1)


def test_an_appeal_is_marked_as_decided_by_the_reading(lab):
    """176 narrow: the appeal is won; broad: lost. Either way the row says on what that rests; the
    rows that refused nothing do not."""
    told, asked = "由所选的读法决定：教学假设", ("narrow", "broad")
    assert not any(told in row["note"] for row in rows(lab).values())
    ask(lab, proof="enough", refusal="appeal")
    for reading in asked:
        ask(lab, reading_176=reading)
        assert [told in row["note"] for row in rows(lab).values()][:4] == [True, *[False] * 3]


@pytest.mark.parametrize("proof", ["none", "some", "enough"])
def test_two_readings_of_153_come_to_the_same_and_the_knob_says_so(proof):
    """Neither stays: by the burden she loses what she cannot prove, and where the court finds
    knowledge itself it finds it by the same proof."""
    for sue, caught in ((1, 0), (1, None), (6, 3), (18, 0)):
        held = {"sue": sue, "caught": caught, "proof": proof}
        told = [found(**held, reading_153=reading) for reading in ("burden", "preliminary_only")]
        burden, own = [[(s[r].document, s[r].months, s[r].paid) for r in REGIMES] for s in told]
        assert burden == own
    named = words("procedure_lesson", "knob.reading_153_is.preliminary_only", "zh")
    assert "结果同「看举证责任」" in named


def test_caught_later_moves_the_criminal_case():
    """Six months later: the judgment takes effect about six months later, and so does the stay."""
    now, later = found(sue=1)[LAW], found(sue=1, caught=6)[LAW]
    assert later.month > now.month + 500
    assert found(sue=1, caught=6)[PARALLEL].month >= found(sue=1)[PARALLEL].month


def test_restitution_of_the_whole_bars_it_by_practice_only():
    """After the criminal judgment: heard in all four; with restitution refused, by no article."""
    assert {t.document for t in found(sue=18, effective=12).values()} == {"judgment"}
    barred = found(sue=18, effective=12, disposition="full")
    assert {t.document for t in barred.values()} == {"not_accepted"}
    assert all(t.by_practice for t in barred.values())


def test_the_reading_of_restitution_is_one_knob_away():
    """By the other reading she is judged in the rows of today; the rigid practice looks to the
    order alone. Taken before the order and stayed, the suit is dismissed by ruling."""
    read = {"disposition": "full", "restitution_bars": "completed"}
    heard = found(sue=18, effective=12, **read)
    assert [t.document for t in heard.values()] == ["not_accepted", *["judgment"] * 3]
    stayed = found(sue=1, disposition="full", proof="none")[LAW]
    assert (stayed.document, stayed.again, stayed.by_practice) == (
        "suit_dismissed", "reading", True
    )  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_what_a_second_suit_does_not_mend_is_no_matter_of_waiting(lang):
    """Refused, sued again on 22 March 2023 and refused on the 29th: no date, so no 「可以」 either.

    Article 176 read broadly bars it at once, restitution of the whole or of his gain once ordered.
    What only waits for the criminal case can be brought when that has ended.
    """
    barred = [{"disposition": "full"}, {"disposition": "own-gain"}, {"reading_176": "broad"}]
    for held in barred:
        suit = found(sue=1, **held)[FIRST_ROW]
        assert (suit.month, suit.again) == (None, "reading")
        said = why(FIRST_ROW, "again", lang, sue=1, **held)
        assert ("按这种读法" if lang == "zh" else "on this reading") in said
    again = why(FIRST_ROW, "again", lang, sue=1, disposition="full")
    assert ("2023年3月29日" if lang == "zh" else "29 March 2023") in again
    assert found(sue=1)[FIRST_ROW].again == "after_change"
    for row in (LAW, COORDINATED):
        assert found(sue=1, proof="none", disposition="full")[row].again == "reading"


def test_a_line_with_a_judgment_is_not_said_to_have_none():
    """Restitution ordered on 5 October 2023, registered on 12 July: small claims take two
    months, simplified procedure would in three. The sentence says which line it is, month 11.
    """
    suits = found(sue=9, effective=12, disposition="full", proof="enough")
    assert suits[LAW].months is None
    judged = {n: line.judged_on for n, line in suits[LAW].schedule.lines.items()}
    assert (judged["ordinary"], str(judged["shortest"])) == (None, "2023-09-12")
    said = sentence(suits, lesson_of("procedure").scene("after"), Say("procedure", "zh"))
    assert "通常的时间线上没有判决，别的时间线上有：最短11个月" in said


def test_months_are_to_the_first_judgment_and_an_appeal_is_named_by_hand():
    """Longest line side by side: dismissed on 12 November 2023, month 13 and 7 of 30 days after
    5 October 2022; won on appeal on 27 February 2024, as the criminal case ended on 14 November.
    The row says on its face that this line ends otherwise."""
    suit = found(sue=1, proof="none")[PARALLEL]
    longest = suit.schedule.lines["longest"]
    assert (str(longest.judged_on), longest.document) == ("2023-11-12", "final_judgment")
    assert suit.months.high == 1323
    drawn = why(PARALLEL, "months", sue=1, proof="none")
    assert "2023年11月12日，判决驳回请求，上诉后终审判决赔偿（终审2024年2月27日）" in drawn
    table = staged.values("procedure", "investigation", found(sue=1, proof="none"))
    notes = {r: line(table.found, r, table.scene, table.say).note for r in REGIMES}
    assert notes[PARALLEL].endswith("最长：终审判决赔偿")
    assert "最" not in notes[LAW]


def test_what_is_left_by_hand():
    """5 % a month of 25,000 until the judgment is in effect: 275 days to 2023-07-07, 282 if refused
    first; if she waits a year the 15 days end on Saturday 2024-01-27, so 481 to Monday the 29th;
    frozen on 2022-10-07, after two days."""
    case = CASE.set({"zhang.assets_fen": 2_500_000})

    def left(days):
        return int(25_000 * 0.95 ** (days / 30.4375)) * 100

    early = found(case, sue=1, leak=5)
    assert left(275) == 1_572_800
    assert (early[LAW].paid, early[FIRST_ROW].paid) == (left(275), left(282))
    assert early[PARALLEL].paid == 0
    held = found(case, sue=1, leak=5, preserve=0)
    assert (held[LAW].paid, held[FIRST_ROW].paid) == (left(2), left(282))
    late, lapsed = (found(case, sue=12, leak=5, preserve=p)[LAW].paid for p in (None, 0))
    assert late == lapsed == left(481)  # no suit within 30 days
    assert found(case, sue=1, leak=0)[LAW].paid == 2_500_000


def test_the_drawer_says_how_what_is_left_is_reckoned():
    """By hand as above: 275 days; frozen after 2. Nothing where it is not known or nothing is lost;
    nothing either where what is left is not what the sum comes to."""
    case = CASE.set({"zhang.assets_fen": 2_500_000})

    def drawn(**held):
        return why(LAW, "money", case=case, **held)

    assert "25000元×0.95的（275÷30.4375）次方≈15728元" in drawn(sue=1, leak=5)
    assert "25000元×0.95的（2÷30.4375）次方≈24915元" in drawn(sue=1, leak=5, preserve=0)
    assert "次方" not in drawn(sue=1, leak=0)
    say = Say("procedure", "zh")
    assert left_sum(found(sue=1)[LAW], say) == ""
    other = found(case, sue=1, leak=5)[LAW]
    vars(other)["left_fen"] = {"ordinary": 1_500_000}  # as a rule that no such sum has would leave
    assert left_sum(other, say) == ""


def test_nobody_knows_his_means_and_the_money_is_a_range():
    """From nothing to all that is owed; nothing where the claim is dismissed."""
    told = found(sue=1)
    assert (told[LAW].paid.low, told[LAW].paid.high) == (0, 2_500_000)
    assert told[PARALLEL].paid == 0


def test_the_board_says_document_months_and_authority(lab):
    """Rounded months from the shortest to the longest; a proposal is no law."""
    held = rows(lab)
    assert held[LAW]["cells"]["document"]["text"] == "裁定中止"
    assert held[LAW]["cells"]["months"]["text"] == "5–25"
    authorities = [held[r]["authority"] for r in REGIMES]
    assert authorities == ["practice", "law in force", "teaching assumption", "reform proposal"]
    assert "第130点" in held[PARALLEL]["note"]  # without proof of her own it ought to be stayed
    assert lab.view.board["large"]["text"] == "9个月"
    usual = held[LAW]["cells"]["months"]["usual"]
    assert (usual["low"], usual["text"]) == (857, "9")  # marked in the band, and said of it
    assert "通常9个月" in held[LAW]["cells"]["months"]["name"]
    assert lab.view.board["pictured"] == LAW
    ask(lab, proof="enough")
    assert rows(lab)[PARALLEL]["authority"] == "doctrine"
    ask(lab, proof="none")
    ask(lab, caught=None)
    assert rows(lab)[LAW]["stamp"] == "等待没有尽头"
    assert rows(lab)[LAW]["cells"]["months"]["text"] == "没有日期"
    assert lab.view.board["large"]["text"] == "没有日期"


def test_what_no_article_says_is_marked_as_practice(lab):
    """The row of the law in force does not give out a practice as law."""
    tell(lab.view, {"scene": "after", "turned": True})
    row = rows(lab)[LAW]
    assert row["authority"] == "practice"
    assert "条文没有这样写" in row["note"]


def test_the_bet_supposes_what_its_answer_rests_on():
    """That she has no evidence of his knowledge stands in the question."""
    asked = [questions("procedure", lang)[0].label for lang in LANGS]
    assert "赵某没有证据证明张某明知" in asked[LANGS.index("zh")]
    assert "Zhao has no evidence that Zhang knew" in asked[LANGS.index("en")]


def test_the_tasks_ask_what_the_stage_does_not_show_yet():
    """With proof of her own the law in force does not wait, though nobody is caught: it judges.

    Sued in month 1 side by side alone ends in a judgment on the merits, which bars the claim; in
    month 12 it alone pays more, as knowledge is proved.
    """
    lab = make("procedure")
    right = {task.id: task.answer(*lab.play.ends(task)) for task in lab.tasks()}
    assert right == {"enough": "judgment", "early": "lost", "wait": "parallel"}
    shown = {column for scene in lab.scenes()[:2] for column in scene.columns}
    early = next(task for task in lab.tasks() if task.id == "early")
    assert not set(early.columns) & shown


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("regime", REGIMES)
def test_the_picture_says_both_tracks_in_words(lang, regime):
    """Its title has every state of the line; what has no end says so."""
    told = found(sue=1, caught=None)[regime]
    drawn = draw_tracks(told, lang)
    assert drawn.count("<svg") == 2
    assert ("没有终点" if lang == "zh" else "without end") in drawn
    # whose line it is: in the title and at the tracks, wide and narrow
    assert drawn.count(f">{words('procedure_lesson', f'rows.{regime}.name', lang)}") == 4
    assert drawn.count(f"{engine('variants.ordinary', lang)}</text>") == 2
    assert "{" not in drawn.replace("{display", "").replace("){", "").replace("only{", "")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("caught", [None, 9])
def test_no_later_step_is_drawn_over_the_words_of_a_step(lang, caught):
    """A judgment in part is enforced while the rest waits: two steps of one track at once."""
    drawn, seen = draw_tracks(found(sue=1, caught=caught, proof="some")[LAW], lang), 0
    for svg in re.findall("<svg.*?</svg>", drawn, re.DOTALL):
        for word in re.finditer(
            '/><text x="(.*?)" y="(.*?)"[^>]*?font-size="(.*?)".*?>(.*?)<', svg
        ):
            seen += 1
            x, y, high = (float(n) for n in word.groups()[:3])
            half = width_of(word[4], high) / 2
            for box in re.findall('<rect x="(.*?)" y="(.*?)" width="(.*?)" height="(.*?)"',
                                  svg[word.end():]):  # fmt: skip
                left, top, wide, tall = map(float, box)
                beside = x + half <= left + 1 or left + wide <= x - half + 1
                assert beside or not top < y < top + tall, word[4]
    assert seen


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_only_proposed_is_no_limit_of_law(lang):
    """The paper's forty-eight hours and its stay until the indictment: drawer and table say so."""
    told = found()["coordinated"]
    proposed = {s.state for s in told.line.steps if s.basis == "reform proposal"}
    assert proposed == {"platform_reply", "stayed"}
    drawer = unescape(why("coordinated", "months", lang))
    rows = {row[1].text: row[4].text for row in draw_steps(told, "ordinary", lang).rows}
    label = {"zh": "改革方案", "en": "reform proposal"}[lang]
    for state in proposed:
        name = engine(f"states.{state}", lang)
        assert rows[name] == label
        (line,) = [li for li in drawer.split("<li>") if li.startswith(name)]
        assert label in line
        assert engine("sources.deadline", lang) not in line
    assert rows[engine("states.filing", lang)] == engine("sources.deadline", lang)


def test_a_step_bears_the_number_of_its_own_day():
    """Execution began under article 243 until the end of 2023, and under 247 from 2024 on."""
    early = found(sue=1)["coordinated"]
    (step,) = [s for s in early.line.steps if s.state == "enforcement"]
    assert step.begins < datetime.date(2024, 1, 1)
    assert draw_steps(early, "ordinary").rows[-1][5].text == "《民事诉讼法》第243条"
    for key in ("months", "money"):
        drawn = why("coordinated", key, sue=1)
        assert "《民事诉讼法》第243条" in drawn
        assert "《民事诉讼法》第247条" not in drawn
    late = found(sue=24)["coordinated"]
    assert draw_steps(late, "ordinary").rows[-1][5].text == "《民事诉讼法》第247条"


@pytest.mark.parametrize("view", ["steps", "limits", "chances"])
def test_the_tables_below(lab, view):
    """Each says what it rests on, and is reckoned once its fold is open."""
    lab.pick.asked = {"view": [1, view]}
    assert lab.table.html == ""
    looks(lab)
    said = {"steps": "不是预测", "limits": "各条不同", "chances": "教学假设"}[view]
    assert said in lab.table.html
    assert lab.table.html.count("<tr>") > 4


@pytest.mark.parametrize("lang", LANGS)
def test_gross_negligence_gets_a_share_and_the_drawer_says_so(lang):
    """A judgment for her on some proof is for a share; on enough proof nothing of the kind."""
    lab = opens(make("procedure", lang))
    said = "先判过失的份额" if lang == "zh" else "a share by fault is judged first"
    for proof, expected in (("some", True), ("enough", False)):
        tell(lab.view, {"scene": "at_large"})
        lab.view.asked = {"proof": [lab.view.asked.get("proof", [0])[0] + 1, proof]}
        tell(lab.view, {"say": f"{LAW}|document|"})
        assert (said in lab.view.drawer["html"]) == expected


@pytest.mark.parametrize("held", [{"sue": 1, "leak": 5}, {"sue": 1, "caught": None}])
def test_what_the_knob_shows_of_the_file_is_what_it_gives_when_pressed(held):
    """hypo-tech: 「案件所载：过失、明知」. 「足够」 proves of each what the file says.

    Wu, the fraudster, answers untouched and at each level: his intent is a premise. Sued in month 1
    at five per cent a month he, the technology company and a share of the other come to at most
    202 193 yuan; the claim was never dismissed against him.
    """
    case = load_case("hypo-tech")
    assert options(case, "zh")["proof"]["file"] == "案件所载：过失、明知"
    untouched, pressed = found(case, **held), found(case, **held, proof="enough")
    for row in REGIMES:
        assert untouched[row].schedule.lines == pressed[row].schedule.lines
        assert untouched[row].paid_fen == pressed[row].paid_fen
    if "leak" in held:
        assert untouched[LAW].paid.high == 20_219_300
    for level in ("file", *SWITCHES["proof"][1:]):
        said = why(PARALLEL, "document", case=case, **held, proof=level)
        assert "吴某：诈骗是故意的" in said
        assert "吴某：没有证明" not in said


def test_more_proof_than_the_file_has_is_said_to_prove_no_more():
    """Han is slightly careless by the file and stays so at 「足够」; the page says why."""
    case = load_case("hypo-pieces")
    assert options(case, "zh")["proof"]["file"] == "案件所载：过失"
    said = why(LAW, "document", case=case, sue=1, proof="enough")
    assert "韩某：案件所载的过错是一般过失" in said
    assert "案件所载的过错" not in why(LAW, "document", case=case, sue=1, proof="some")
    lost = found(case, sue=1, proof="none")[LAW]
    assert (lost.document, str(lost.line.judged_on)) == ("claim_dismissed", "2024-10-12")


@pytest.mark.parametrize("lang", LANGS)
def test_the_second_scene_asks_one_question(lang):
    """It asked two: without evidence, and with some."""
    asked = words("procedure_lesson", "scenes.at_large.question", lang, who="A", victim="B")
    assert asked.count("？" if lang == "zh" else "?") == 1


def test_a_suit_against_fraudsters_alone_asks_nothing_of_helpers():
    """No helper is sued: the knob has nothing to ask and is not shown."""
    case = load_case("hypo-tech").set({"keji.sued": False, "yun.sued": False})
    assert list(options(case, "zh")["proof"]) == ["file"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_suit_dismissed_later_is_dismissed_on_its_own_ground(lang):
    """Taken and stayed on 12 November 2022; the whole ordered restored in effect on 22 March 2023.

    What stays a suit (153) dismisses none: the order does, by 208(3), and the drawer says both.
    """
    held = {"sue": 1, "proof": "none", "disposition": "full"}
    suit = found(**held)[LAW]
    assert suit.is_dismissed
    deciding, _ = weighed(suit)
    assert [ground.key for ground in deciding] == ["restitution_whole"]
    said = why(LAW, "document", lang, **held)
    stay, order = (
        engine(f"grounds.{key}.name", lang) for key in ("prejudicial", "restitution_whole")
    )
    day = "2023年3月22日" if lang == "zh" else "22 March 2023"
    assert unescape(said).index(stay) < said.index(day) < unescape(said).rindex(order)
    assert "208" in said
    tried = why(LAW, "document", lang, **{**held, "proof": "enough", "sue": 4})
    assert unescape(tried).count(stay) == 0


@pytest.mark.parametrize("lang", LANGS)
def test_a_band_of_months_names_the_line_it_leaves_out(lang):
    """Some proof, restitution of the whole: the shortest line is dismissed and has no day.

    The band runs from the ordinary line to the longest and must not be called the shortest's.
    """
    suits = found(sue=1, proof="some", disposition="full")
    suit, scene = suits[LAW], lesson_of("procedure").scenes[0]
    assert suit.schedule.lines["shortest"].judged_on is None
    assert suit.months.low == suit.month == 425
    say = Say("procedure", lang, {})
    shortest = words("procedure", "variants.shortest", lang)
    dismissed = words("procedure_lesson", "documents.suit_dismissed", lang)
    told = sentence(suits, scene.model_copy(update={"speaks": LAW}), say)
    assert ("从最短到最长" if lang == "zh" else "from shortest to longest") not in told
    assert words("procedure_lesson", "board.differs", lang, variant=shortest,
                 document=dismissed) in told  # fmt: skip
    beside = cell(suits, LAW, "months", say).beside
    assert shortest in beside
    assert cell(found(sue=1), LAW, "months", say).beside == ""


@pytest.mark.parametrize("lang", LANGS)
def test_why_a_suit_before_the_arrest_may_bring_less_is_said_by_hand(lang):
    """Caught in month 6, 5 April 2023; sued in month 5 he is at large: six months, not three.

    Registered on 12 March: judged on 12 September. Sued in month 6, registered on 12 April, three
    months: 12 July. Both drawers, day and money, say why, with 民诉法解释257.
    """
    case, held = (
        CASE.set({"zhang.assets_fen": 2_500_000}),
        {"caught": 6, "leak": 5, "proof": "enough"},
    )
    soon, later = (found(case, sue=month, **held)[LAW] for month in (5, 6))
    assert [str(suit.line.judged_on) for suit in (soon, later)] == ["2023-09-12", "2023-07-12"]
    assert soon.paid < later.paid
    absent = engine("trial.absent", lang)
    for column in ("months", "money"):
        assert absent in unescape(why(LAW, column, lang, case=case, sue=5, **held))
        assert absent not in unescape(why(LAW, column, lang, case=case, sue=6, **held))
    assert any(e["key"].endswith("absent") for e in soon.schedule.assumptions)


def test_the_money_of_a_judgment_in_part_is_summed_up_by_hand():
    """Zhang, grossly careless, .7 at most against the fraudster's 1: 7/17, 10 294 of 25 000 yuan.

    Judged on 12 February 2023, in effect on the 27th: 25 000 × .95 ^ (145 / 30.4375) = 19 580. The
    rest on 22 June, in effect on 7 July, 130 days later: 19 580 × .95 ^ (130 / 30.4375) = 15 728,
    or (19 580 − 10 294) × that = 7 459, with 10 294 before 17 753; enforced by 7 January 2024.
    """
    case = CASE.set({"zhang.assets_fen": 2_500_000})
    held = {"sue": 1, "leak": 5, "proof": "some"}
    least, most = found(case, **held)[LAW].turns
    assert [(t.left_fen // 100, t.received_fen // 100) for t in least] == [
        (19580, 0),
        (15728, 15728),
    ]
    assert [(t.left_fen // 100, t.received_fen // 100) for t in most] == [
        (19580, 10294),
        (7459, 17753),
    ]
    said = why(LAW, "money", case=case, **held)
    for each in ("0.00%–41.18%", "即0至10294元", "0.7÷（0.7＋1）",
                 "执行到2023年8月27日，拿到0至10294元",
                 "2023年7月7日生效，执行到2024年1月7日；连同先行判决的，一共拿到15728至17753元",
                 "（19580元－10294元）×0.95的（130÷30.4375）次方≈7459元"):  # fmt: skip
        assert each in said
    stopped = why(COORDINATED, "money", case=case, disposition="full", **held)
    assert "即0至10294元" in stopped
    assert "张某：余下的部分：2023年3月22日裁定驳回起诉" in stopped


def test_why_nothing_of_the_claim_is_left_is_said_of_each_defendant():
    """No other reading to blame where the case has ended, or never could find that he knew.

    Deng is let go on 2026-02-10. Feng's file names no charge; Chen, of whom nothing is proved, is
    dismissed.
    """
    deng, zheng = load_case("hypo-knowledge"), load_case("hypo-account")
    held = {"sue": 1, "proof": "some"}
    soon = why(LAW, "document", case=deng, **held)
    assert "先判过失的份额" in soon
    assert "2026年5月10日判决驳回" in soon
    assert "不等他的刑事案件" in why(LAW, "document", case=deng, reading_153="burden", **held)
    late = why(LAW, "document", case=deng, sue=36, proof="some")
    assert "已经结束，没有可以等待的结果" in late
    assert "法院不等" not in late
    beside = why(PARALLEL, "document", case=zheng, sue=1)
    assert "冯某：只证明了过失的" in beside
    assert "没有可能认定他明知的刑事案件" in beside
    assert "法院不等" not in beside


def test_the_desk_and_the_police_are_knobs_of_the_page_by_hand():
    """Side by side: thirty days of mediation move registration to 12 December and the judgment to
    12 March 2023, seven and fifteen days of silence and complaint to 4 December and 4 March.

    Not opened: nothing to wait for, dismissed on 12 February. Dropped at the end of two months of
    investigation, 12 December: the stay ends there, and three months later the claim is dismissed.
    """
    judged = {key: found(sue=1, proof="none", **{key: held})[PARALLEL].line.judged_on
              for key, held in (("mediation", "tried"), ("desk", "silent"))}  # fmt: skip
    assert {key: str(on) for key, on in judged.items()} == {
        "mediation": "2023-03-12",
        "desk": "2023-03-04",
    }
    shut, dropped = (found(sue=1, proof="none", police=p)[LAW] for p in ("not_opened", "dropped"))
    assert (shut.document, str(shut.line.judged_on)) == ("claim_dismissed", "2023-02-12")
    assert (dropped.document, dropped.line.document) == ("stay", "claim_dismissed")
    assert str(dropped.line.judged_on) == "2023-03-12"


def test_a_stay_in_mid_trial_is_said_where_it_stands():
    """Stayed from the indictment of 12 January 2023 to 22 March: not *tried as usual* alone."""
    held = {"sue": 1, "reading_153": "another_case"}
    suit = found(**held)[LAW]
    assert (suit.document, suit.again) == ("stay", "resumes")
    table = staged.values("procedure", "investigation", found(**held))
    assert cell(table.found, LAW, "document", table.say).word == "先审理，后中止"
    assert "自2023年1月12日起有了须要中止的理由" in why(LAW, "document", **held)
    assert "起诉→中止" not in draw_tracks(suit)


def test_who_was_ordered_to_restore_all_is_named():
    """hypo-tech: Wu alone was; the two companies are tried."""
    drawn = why(LAW, "document", case=load_case("hypo-tech"), sue=12)
    assert "本案各被告" not in drawn
    assert "刑事判决已责令吴某" in drawn
    assert "对他的起诉不予受理" in drawn


def test_why_a_stayed_suit_may_be_later_than_a_refused_one():
    """Caught in month 6: registered while he was at large, six months after the stay."""
    assert "模型也不改为简易程序" in why(LAW, "months", sue=1, caught=6)
    assert "模型也不改为简易程序" not in why(LAW, "months", sue=1)


def test_preservation_after_the_suit_is_called_by_its_name():
    """In effect on 2023-07-07, asked in month 10; refused and asked in month 2; on the same day."""
    assert "不能再申请诉讼保全" in why(LAW, "money", sue=1, preserve=10)
    assert "没有正在进行的诉讼" in why(FIRST_ROW, "money", sue=1, preserve=2)
    assert "没有裁定过保全" in why(FIRST_ROW, "money", sue=1, preserve=1)


def test_preservation_that_comes_too_late_takes_nothing_from_her():
    """The stay's judgment is in effect on 2023-07-07, before what is asked in month 20. Refused and
    sued again on 2023-03-22: what is asked on 05-05, in the suit, is frozen in five days, on 05-10,
    after 217 days."""
    case = CASE.set({"zhang.assets_fen": 2_500_000})
    without, late = (found(case, sue=1, leak=5, preserve=p) for p in (None, 20))
    assert [late[r].paid for r in REGIMES] == [without[r].paid for r in REGIMES]
    again = found(case, sue=1, leak=5, preserve=7)[FIRST_ROW].paid
    assert again == int(25_000 * 0.95 ** (217 / 30.4375)) * 100


def test_an_appeal_by_hand():
    """Refused on 2022-11-12, ten days 11-22, thirty 12-22: directed to accept the suit.

    With proof tried at once, three months: 2023-03-22, month 5.55 (five to 03-05 and 17 of 31 days)
    in place of 06-29. Without proof stayed to 03-22, judged on 06-22: 8.57. Article 176 broad: the
    second instance upholds it, and no end of the criminal case changes a reading.
    """
    waits, won = (found(sue=1, proof="enough", refusal=r)[FIRST_ROW] for r in ("wait", "appeal"))
    assert (waits.document, won.document) == ("not_accepted", "accept_order")
    assert (waits.month, won.month) == (880, 555)
    assert (waits.again, won.again) == ("after_change", "barred")
    stayed = found(sue=1, proof="none", refusal="appeal")[FIRST_ROW]
    assert (stayed.document, stayed.month, stayed.again) == ("accept_order", 857, "resumes")
    lost = found(sue=1, proof="enough", refusal="appeal", reading_176="broad")[FIRST_ROW]
    assert (lost.document, lost.month, lost.again) == ("refusal_upheld", None, "reading")
    for regime in REGIMES[1:]:
        told = [found(sue=1, proof="enough", refusal=r)[regime] for r in ("wait", "appeal")]
        assert told[0].month == told[1].month


@pytest.mark.parametrize("lang", LANGS)
def test_the_drawer_of_an_appeal_names_days_and_articles(lang):
    """Ten days, thirty, and on what it was won or lost; who waits is told that she may appeal."""
    law = {"zh": ("第171条第2款", "第183条第2款", "第330条"),
           "en": ("171(2)", "183(2)", "330")}[lang]  # fmt: skip
    won = why(FIRST_ROW, "document", lang, sue=1, proof="enough", refusal="appeal")
    assert all(said in won for said in law)
    lost = why(FIRST_ROW, "document", lang, sue=1, refusal="appeal", reading_176="broad")
    assert ("第176条" if lang == "zh" else "176") in lost
    assert law[0] in why(FIRST_ROW, "document", lang, sue=1)
    assert law[0] not in why(PARALLEL, "document", lang, sue=1)


@pytest.mark.parametrize(("preserve", "named"), [(0, "第104条"), (1, "第103条")])
def test_the_drawer_says_which_preservation_it_is(preserve, named):
    """Before the suit of month 1, or on its day: article, security and fee, by hand 270 yuan."""
    case = CASE.set({"zhang.assets_fen": 2_500_000})
    drawn = why(LAW, "money", case=case, sue=1, leak=5, preserve=preserve)
    assert named in drawn
    assert "270元" in drawn
    assert ("25000元，情况特殊的由法院酌情处理（民诉法解释第152条第2款）" in drawn) == (
        preserve == 0
    )
    assert ("7500元" in drawn) == (preserve == 1)


def still(lab):
    """Row → why it did not move."""
    return {r: rows(lab)[r]["still"] for r in REGIMES}


def test_why_preservation_moved_nothing_is_true_of_each_row(lab):
    """Accepted and won, but sued too late; not accepted, dismissed; asked after the judgment."""
    tell(lab.view, {"scene": "assets"})
    ask(lab, sue=12)
    ask(lab, preserve=1)
    assert [rows(lab)[r]["cells"]["document"]["text"] for r in REGIMES] == ["判决赔偿"] * 4
    assert all("30日内没有起诉" in said and "第104条第3款" in said for said in still(lab).values())
    ask(lab, preserve=None)
    assert all("30日内没有起诉" in said for said in still(lab).values())
    ask(lab, sue=1)
    ask(lab, preserve=0)
    held = still(lab)
    assert (held[LAW], held[COORDINATED]) == ("", "")
    assert "没有被受理" in held[FIRST_ROW]
    assert "驳回了请求" in held[PARALLEL]
    ask(lab, preserve=None)
    ask(lab, preserve=20)
    assert "判决已经生效" in still(lab)[LAW]


def test_no_reason_is_given_that_does_not_hold(lab):
    """Money knobs beside documents and days; some proof made enough; a refusal is no wait."""
    ask(lab, preserve=0)
    assert {said.partition("；")[0] for said in still(lab).values()} == {
        "这一项只影响拿到多少钱，文书和日期不变"
    }
    tell(lab.view, {"scene": "at_large"})
    ask(lab, reading_153="burden")
    ask(lab, proof="some")
    ask(lab, proof="enough")
    assert "份额" in still(lab)[LAW]
    assert "生效的刑事判决" not in still(lab)[LAW]
    tell(lab.view, {"scene": "after", "turned": True})
    ask(lab, sue=19)
    assert "没有受理" in still(lab)[LAW]
    assert "没有终点" not in still(lab)[LAW]


def test_what_the_court_ordered_is_not_money_received(lab):
    """Nobody published what was paid: no amount stands under it; the note says what there is."""
    tell(lab.view, {"scene": "assets"})
    court = rows(lab)["court"]
    assert court["cells"]["money"]["text"] == "没有公布"
    assert court["cells"]["money"]["low"] is None
    assert court["note"] == "判令赔偿25000元，实际执行多少没有公布"
    tell(lab.view, {"say": "court|money|"})
    assert "原案判令赔偿25000元" in lab.view.drawer["html"]


def test_the_drawer_says_what_each_line_means(lab):
    """Shortest, ordinary, longest: one sentence each; days that no law names are assumptions."""
    tell(lab.view, {"say": f"{LAW}|months|"})
    drawn = lab.view.drawer["html"]
    for name in ("shortest", "ordinary", "longest"):
        assert engine(f"variants_about.{name}", "zh") in drawn
    assert "最短1日、通常7日、最长30日都是教学假设" in drawn
    case = CASE.set({"zhang.assets_fen": 2_500_000})
    said = why(LAW, "money", case=case, sue=12, leak=5, preserve=0)
    assert "三十日内没有起诉" in said
    assert "没有被受理" not in said


@pytest.mark.parametrize("case", lesson_of("procedure").cases)
@pytest.mark.parametrize("knob", ["reading_153", "evidence_adopted_from", "reading_176"])
def test_a_reading_that_is_shown_changes_something(case, knob):
    """In some scene of the lesson, whatever she can prove, some row is another one."""
    lesson = lesson_of("procedure")
    moved = set()
    for scene, proof in product(lesson.scenes, SWITCHES["proof"][1:]):
        begins = {k.removeprefix("chosen."): v for k, v in lesson.changes(scene.begins).items()
                  if k.startswith("chosen.")}  # fmt: skip
        seen = [
            {row: (suit.document, suit.month) for row, suit in found(
                load_case(case), **{**begins, "proof": proof, knob: value}).items()}
            for value in SWITCHES[knob]
        ]  # fmt: skip
        moved |= {row for row in seen[0] for other in seen if other[row] != seen[0][row]}
    assert moved


def test_minutes_129_are_asked_of_several_victims_only(lab):
    """One victim in the lesson's cases: the reading changes nothing and is not shown."""
    assert "reading_129" not in lab.view.values
    assert options(CASE, "zh")["reading_129"].keys() == {"excludes"}
    assert set(options(load_case("hypo-payment"), "zh")["reading_129"]) == {"excludes", "includes"}


def test_a_suit_that_is_lost_on_every_line_says_so_at_once(lab):
    """The case is dropped: nothing of knowledge is found, and each line ends in a dismissal."""
    assert "都驳回诉讼请求" not in lab.view.board["sentence"]
    ask(lab, police="dropped")
    assert "有一审判决，都驳回诉讼请求。" in lab.view.board["sentence"]
    assert "都是判决驳回诉讼请求" in rows(lab)["stay_if_prejudicial"]["note"]


def test_a_criminal_judgment_takes_effect_no_earlier_than_the_suspect_is_found():
    """Month 3 before month 12: counted in month 12, as if that had been chosen, and said."""
    held = {"sue": 18, "caught": 12}
    early, same = (solved("procedure", CASE, **held, effective=month) for month in (3, 12))
    for row, suit in early.items():
        assert (suit.document, suit.months) == (same[row].document, same[row].months)
    scene, say = lesson_of("procedure").scene("after"), Say("procedure", "zh")
    said = "刑事判决不会在嫌疑人归案以前生效：这里按归案的第12个月生效计算。"
    assert sentence(early, scene, say) == sentence(same, scene, say) + said
