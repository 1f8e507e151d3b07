"""Lesson 08's lab without a browser: clocks, requests, preservation, and what a digest proves.

Zhao v Zhang, loss on 2022-10-05. By hand: six months of logs end on 2023-04-05, day 182; a platform
is taken to keep chats 180 days. An answer as usual takes a lognormal time, median 20 days, sigma
0.8: asked on day 170 the logs are there with Φ((ln 12 − ln 20) / 0.8) = Φ(−0.6385) = 0.2616, on day
30 with Φ((ln 152 − ln 20) / 0.8) = Φ(2.535) = 0.9944. Chats are deleted at 0.002 a day: answered on
day 152 they are there with exp(−0.304) = 0.7379, on day 162 with exp(−0.324) = 0.7233; preserved on
day 162, two days after she asks, likewise, and held if she sues by day 192. Preserved on day 32 it
is lifted on day 62 unless she has sued; the copy of that day, of which exp(−0.064) = 0.9380 are
there, stays usable unless the other reading is chosen.
"""

import datetime
import hashlib
import html
import re

import pytest
import staged
from staged import make, solved, values
from telling import looks, opens, tell

from simlib import load_case
from simlib.case.tables import Evidence
from simlib.figures.opening.shapes import width_of
from simlib.lessons.board import draw as draw_board
from simlib.lessons.evidence import reasons
from simlib.lessons.evidence.clocks import draw_clocks
from simlib.lessons.evidence.hashes import draw_hashes
from simlib.lessons.evidence.lanes import lane_of
from simlib.lessons.evidence.outcomes import KINDS
from simlib.lessons.evidence.pictures import opening
from simlib.lessons.reader import lesson_of
from simlib.procedure import REGIMES
from simlib.text import LANGS, topic_words, words

CASE = load_case("2024-lu-0302-5690")
MEANS = CASE.set({"zhang.assets_fen": 2_500_000})
DEPOSITS = lesson_of("evidence").named("deposits")
LAW, PARALLEL = "stay_if_prejudicial", "parallel"
PLACES = ("local", "province", "border")


@pytest.fixture
def lab():
    """An opened lab in Chinese."""
    return opens(make("evidence"))


def turn(lab, **wishes):
    """Move knobs as a page does."""
    asked = dict(lab.view.asked)
    for name, value in wishes.items():
        asked[name] = [asked.get(name, [0])[0] + 1, value]
    lab.view.asked = asked


def found(case=CASE, **held):
    """What becomes of each row."""
    return solved("evidence", case, **held)


def reason(told, cell, lang):
    """The drawer of a cell."""
    return staged.why("evidence", told, *cell[:2], lang)


def said_of(told, row, column, lang):
    """What a cell says."""
    return values("evidence", "holders", told, lang).said(row, column)


def still(knob, row, lang, case=CASE, **held):
    """Why a row did not move."""
    rules, told = staged.rules_of("evidence"), found(case, **held)
    return rules.still(knob, row, (told, told), None, staged.Say("evidence", lang))


def chances(rows, **held):
    """Chances in hundredths of a percent."""
    told = found(**held)
    return [told[row].chance for row in rows]


def test_clocks_by_hand():
    """Chats have no period by law; logs end on day 182, bank records after five years."""
    told = found()
    assert [told[kind].lapses for kind in KINDS] == [180, 182, 1826, None]
    assert [told[kind].has_law for kind in KINDS] == [False, True, True, False]


@pytest.mark.parametrize("lang", LANGS)
def test_what_the_law_requires_moves_with_no_assumption(lang):
    """Logs: to day 182, however long the holder keeps them; 60 days more are day 242, the paper's
    36 months are day 1,096, and both are drawn apart from the law's least period. Chats have no
    period to be exceeded."""
    by_law = words("evidence_lesson", "clocks.kept", lang)
    for more, lapses, beyond in (
        ({"beyond": 60}, 242, "beyond"),
        ({"mandatory": True}, 1096, "mandatory"),
    ):
        all_told = found(ask=187, **more)
        told = all_told["log"]
        assert told.lapses == lapses
        assert said_of(all_told, "log", "until", lang) == words(
            "evidence_lesson", "board.day", lang, n=182
        )
        parts = lane_of("log", told, 187, lang).parts
        assert [(p.ends, p.text) for p in parts[:2]] == [
            (182, by_law), (lapses, words("evidence_lesson", f"clocks.{beyond}", lang)),
        ]  # fmt: skip
    boards = [draw_board(values("evidence", "holders", found(mandatory=on), lang))
              for on in (False, True)]  # fmt: skip
    noted = [board.rows[0].note for board in boards]
    assert ["180" in note for note in noted] == [True, False]
    kept_beyond = words("evidence_lesson", "reasons.beyond", lang, n=60)
    for row, is_said in (("chat", False), ("log", True)):
        drawer = reason(found(ask=187, beyond=60), [row, "chance", ""], lang)
        assert (html.escape(kept_beyond) in drawer) is is_said


@pytest.mark.parametrize("lang", LANGS)
def test_the_row_says_why_an_early_preservation_came_to_nothing(lang):
    """Preserved on day 30, sued on day 187: the thirty days stand under the row, not only in the
    drawer."""
    told = found(ask=187, preserve=30)
    board = draw_board(values("evidence", "holders", told, lang))
    assert "30" in board.rows[0].note
    assert "187" in board.rows[0].note


OF_HOLDERS = {"ask", "reply", "preserve", "refuses", "released", "police", "beyond", "delete",
              "mandatory", "breach"}  # fmt: skip
OF_SCENE = {
    "holders": OF_HOLDERS,
    "late": OF_HOLDERS,
    "wait": OF_HOLDERS - {"ask"} | {"sue", "caught", "assets"},
    "hash": {"objection", "explains", "complies"},
    "far": OF_HOLDERS - {"beyond"},  # chats have no period by law to be exceeded
}


@pytest.mark.parametrize("scene", OF_SCENE)
def test_a_scene_shows_the_knobs_that_move_it(lab, scene):
    """One day of the suit at most, and what a deposit is asked about with the deposits alone."""
    tell(lab.view, {"scene": scene})
    knobs = [item for item in lab.view.spec if item["place"].startswith(("main", "group:"))]
    assert {item["id"] for item in knobs if item["kind"] != "group"} == OF_SCENE[scene]


def test_chances_by_hand():
    """See above; on day 187 the clocks have run, and bank records and her own copy remain."""
    assert chances(["log"], ask=170) == [2616]
    assert chances(["log"], ask=30) == [9944]
    assert chances(KINDS, ask=187) == [0, 0, 10_000, 10_000]
    assert chances(KINDS, ask=187, preserve=160) == [7233, 10_000, 10_000, 10_000]
    assert chances(KINDS, ask=187, preserve=30) == [9380, 10_000, 10_000, 10_000]
    assert chances(KINDS, ask=187, preserve=30, released="not") == [0, 0, 10_000, 10_000]
    assert chances(PLACES, ask=150, reply="platform_48h") == [7379, 7233, 0]


def test_speed_helps_only_before_the_end():
    """On day 187 no answer is quick enough; on day 178 a platform still reaches the chats in two
    days: exp(−0.002 · 180) = 0.6977. The bank's log, two days before its end, is no faster for
    either limit: Φ((ln 2 − ln 20) / 0.8) = Φ(−2.8782) = 0.0020."""
    for reply in ("today", "request_3d", "platform_48h", "both"):
        assert chances(["chat", "log"], ask=187, reply=reply) == [0, 0]
        assert chances(["log"], ask=180, reply=reply) == [20]
    assert chances(["chat"], ask=178, reply="platform_48h") == [6977]


def test_what_lies_folded_moves_what_it_should():
    """Kept beyond the period (5 days left: Φ(−1.7329) = 0.0416); not deleted; collected by the
    police; the paper's retention, which no user's deletion undoes, and its breach: 0.8 of chats,
    which of himself nobody has on day 187."""
    assert chances(["log"], ask=187, beyond=0, mandatory=True, breach=20) == [8000]
    assert chances(["log"], ask=187, beyond=0) == [0]
    assert chances(["log"], ask=187, beyond=0, mandatory=True) == [10_000]
    assert chances(["log"], ask=187, beyond=10) == [416]
    assert chances(["chat"], ask=187, reply="platform_48h", mandatory=True) == [10_000]
    assert chances(["chat"], ask=187, reply="platform_48h", mandatory=True, breach=20) == [8000]
    assert chances(["chat"], ask=150, reply="platform_48h", delete=0) == [10_000]
    assert chances(["log"], ask=187, police="collect") == [10_000]
    assert found(ask=150, refuses=True)["local"].answered == 150 + 30 + 20
    fined = found(ask=150, refuses=True, reply="platform_48h")
    assert fined["local"].answered == 150 + 2 + 2


def test_preservation_brings_money_wherever_the_suit_is_taken():
    """Criminal first waits all the same; side by side the claim is no longer dismissed. What was
    preserved on day 30 and released is worth as much, or nothing by the other reading."""
    held = {"sue": 6, "caught": 6, "delete": 0}
    before, now, usable = (found(MEANS, preserve=p, **held) for p in (None, 160, 30))
    early = found(MEANS, preserve=30, released="not", **held)
    assert [usable[r].paid for r in REGIMES] == [now[r].paid for r in REGIMES]
    high = {r: [getattr(f[r].paid, "high", f[r].paid) for f in (before, now)] for r in REGIMES}
    assert [r for r in REGIMES if high[r][1] > high[r][0]] == [LAW, PARALLEL, "coordinated"]
    assert high[PARALLEL][0] == 0
    assert [early[r].paid for r in REGIMES] == [before[r].paid for r in REGIMES]  # lifted
    assert [before[r].asked for r in REGIMES] == [352, 189, 189, 189]


@pytest.mark.parametrize(("lang", "warns"), [("zh", "能否再用"), ("en", "may be used")])
@pytest.mark.parametrize(("row", "column"), [("chat", "chance"), (LAW, "left")])
def test_what_is_lifted_is_said(lang, warns, row, column):
    """The drawer and the note beside the row that did not move warn of the thirty days."""
    for preserve, said in ((30, True), (160, False)):
        held = {"ask": 187, "sue": 6, "caught": 6, "preserve": preserve}
        usable = found(MEANS, **held)
        assert (warns in reason(usable, [row, column, ""], lang)) is said
        assert (usable[row].released, usable[row].lifted) == (said, False)
        told = found(MEANS, released="not", **held)
        assert (warns in reason(told, [row, column, ""], lang)) is said
        assert told[row].lifted is said
        lifted = words("evidence_lesson", "still.lifted", lang)
        assert (still("preserve", row, lang, case=MEANS, released="not", **held) == lifted) is said


def test_what_a_digest_proves():
    """A forgery matches and is not confirmed once contested; an altered word does not match."""
    told = found(objection="before")
    assert [told[row].matches for row in DEPOSITS] == [True, False, True, None]
    assert told["forged"].reading.after == "presumed"
    assert [told[row].reading.outcome for row in DEPOSITS] == [
        "to_prove", "to_prove", "not_confirmed", "to_prove",
    ]  # fmt: skip
    notary = found(objection="before", explains="notary")
    assert [notary[row].reading.outcome for row in DEPOSITS] == [
        "confirmed", "to_prove", "not_confirmed", "confirmed",
    ]  # fmt: skip
    made = found(objection="before", explains="creation")
    assert [made[row].verdict for row in DEPOSITS] == [
        "weighed", "to_prove", "not_confirmed", "to_prove",
    ]  # fmt: skip
    silent = found(objection="none", explains="notary")
    assert [silent[row].reading.outcome for row in DEPOSITS[:2]] == ["confirmed", "to_prove"]
    assert found(objection="after", complies=False)["same"].reading.after == "to_prove"


def test_what_a_court_says_differs_by_half_and_by_what_bears_it_out():
    """在线诉讼规则16: only the time since is presumed; 18: weighed if explained or borne out.

    Nothing offered at all is not found (民诉法解释90), deposited or not.
    """

    def verdicts(**held):
        told = found(**held)
        return [told[row].verdict for row in DEPOSITS]

    assert verdicts() == ["weighed", "to_prove", "half", "weighed"]
    assert verdicts(explains="none") == ["half", "to_prove", "half", "to_prove"]
    before = {"objection": "before"}
    assert verdicts(**before) == ["weighed", "to_prove", "not_confirmed", "weighed"]
    borne_out = verdicts(**before, explains="borne_out")
    assert borne_out == ["borne_out", "to_prove", "not_confirmed", "borne_out"]
    nothing = verdicts(**before, explains="none")
    assert nothing == ["not_confirmed", "unproved", "not_confirmed", "unproved"]
    notary = verdicts(**before, explains="notary")
    assert notary == ["confirmed", "to_prove", "not_confirmed", "confirmed"]
    assert verdicts(objection="after", complies=False)[2] == "unproved"


RANKS = {
    name: rank
    for rank, names in enumerate((
        ("unproved", "not_confirmed"), ("to_prove",), ("half",), ("weighed",), ("borne_out",),
        ("confirmed",),
    ))
    for name in names
}  # fmt: skip
TELLS = ("none", "source", "creation", "borne_out", "notary")  # each more than the one before it
OBJECTIONS = ("none", "after", "before")


@pytest.mark.parametrize("complies", [True, False])
@pytest.mark.parametrize("objection", OBJECTIONS)
def test_a_deposit_and_more_to_say_never_give_her_less(objection, complies):
    """Of one and the same genuine piece; and to a file that was never deposited an objection is
    one and the same, whether its words are of after or before."""
    ranks = {"same": [], "bare": []}
    for explains in TELLS:
        told = found(objection=objection, complies=complies, explains=explains)
        for row, held in ranks.items():
            held.append(RANKS[told[row].verdict])
        if objection != "none":
            assert {found(objection=each, explains=explains)["bare"].verdict
                    for each in OBJECTIONS[1:]} == {told["bare"].verdict}  # fmt: skip
    assert ranks["same"] == sorted(ranks["same"])
    assert min(ranks["bare"][1:]) >= ranks["bare"][0]
    assert all(same >= bare for same, bare in zip(*ranks.values(), strict=True))


@pytest.mark.parametrize(("lang", "says"), [("zh", "另一种读法（有争议）"), ("en", "(disputed)")])
def test_what_a_notary_certifies_is_said_to_be_disputed(lang, says):
    """At the cell that follows the words of 94(2), deposited or not."""
    for objection in OBJECTIONS:
        told = found(objection=objection, explains="notary")
        for row, said in (("same", True), ("bare", True), ("altered", False), ("forged", False)):
            assert (says in reason(told, [row, "truth", ""], lang)) is said


def test_the_drawer_of_an_altered_piece_agrees_with_its_cell():
    """What is handed in is not what was deposited, whatever she can say of the latter; and where a
    presumption holds for the time since, none is said to be lacking but for the time before."""
    for explains in ("source", "notary", "borne_out", "none"):
        told = found(objection="before", explains=explains)
        said = reason(told, ["altered", "truth", ""], "zh")
        assert "提交的不是存入的那一份" in said
        assert "不予确认" not in said
        assert ("不能认定" in said) is (explains == "none")
    said = reason(found(objection="after"), ["same", "truth", ""], "zh")
    assert "说得清来源，不以存证为前提" in said
    assert "对存证以前的真实性，没有可以适用的推定" in said
    said = reason(found(objection="before", explains="none"), ["bare", "truth", ""], "zh")
    assert "结论：不能认定" in said
    assert "都是对真实性的异议" in said  # it has no before and no after
    assert "存入以后" not in said


@pytest.mark.parametrize(
    ("lang", "opens_with"), [("zh", "真实性可以分五层看"), ("en", "five layers")]
)
def test_layers_are_said_only_as_far_as_the_deposit_goes(lang, opens_with):
    """A matching digest: whole since, there on that day. Where nothing was deposited, or nothing is
    presumed, no layer is spoken of; none is called open that the knob has her explain."""
    for explains in ("none", "source", "notary", "borne_out"):
        told = found(objection="before", explains=explains)
        for row, holds in (("same", True), ("altered", True), ("forged", True), ("bare", False)):
            drawer = reason(told, [row, "truth", ""], lang)
            lines = [line for line in drawer.split("<li>") if opens_with in line]
            assert len(lines) == holds
            state = words("evidence_deposit", "layer_states.open", lang)
            assert state not in drawer
    lines = reason(found(objection="after", complies=False), ["same", "truth", ""], lang)
    assert opens_with not in lines


@pytest.mark.parametrize("lang", LANGS)
def test_what_bears_out_a_piece_needs_no_deposit(lang):
    """民事证据规定93, 90(4) ask for no chain: an objection to the time before is answered by a
    source or by other evidence alike, and the drawer says so whatever is objected."""
    for explains, verdict in (("source", "weighed"), ("borne_out", "borne_out")):
        told = found(objection="before", explains=explains)
        assert told["same"].verdict == told["bare"].verdict == verdict
        for objection in ("none", "after", "before"):
            told = found(objection=objection, explains=explains)
            said = words("evidence_lesson", f"reasons.bare_{explains}", lang)
            assert said in html.unescape(reason(told, ["bare", "truth", ""], lang))
            assert said not in html.unescape(reason(told, ["altered", "truth", ""], lang))
    say = staged.Say("evidence", lang)
    assert "evidence-rules:90(1)" in reasons.reason(told, "bare", "truth", say).cites


@pytest.mark.parametrize(("lang", "says"), [("zh", "因通信秘密有争议"), ("en", "secrecy")])
def test_what_is_disputed_of_chats_is_said_at_their_numbers(lang, says):
    """宪法40: whether a civil court may fetch chats is disputed; of logs nobody says so."""
    told = found(MEANS, ask=100, sue=6, caught=6)
    for row, column, holds in (
        ("chat", "answered", True), ("chat", "chance", True), (LAW, "left", True),
        ("province", "chance", True), ("log", "chance", False),
    ):  # fmt: skip
        assert (says in reason(told, [row, column, ""], lang)) is holds


def test_by_what_knowledge_is_proved_is_said_where_no_piece_proves_it():
    """On day 187 nothing is there: it is the criminal judgment that finds that he knew."""
    told = found(MEANS, sue=6, caught=6, delete=0)
    assert "凭生效刑事判决" in reason(told, [LAW, "money", ""], "zh")
    early = found(MEANS, sue=6, caught=6, delete=0, preserve=160)
    assert "凭生效刑事判决" not in reason(early, [LAW, "money", ""], "zh")


def test_preservation_is_lifted_where_no_suit_follows_within_thirty_days():
    """民事诉讼法104(3) by 84(3): preserved on day 32, sued on day 182; or on day 160, when only
    criminal first, which refuses the suit, lifts it."""
    for preserve, lifted in ((None, []), (30, [*REGIMES]), (158, ["criminal_first"])):
        told = found(MEANS, sue=6, caught=6, preserve=preserve)
        assert [regime for regime in REGIMES if told[regime].released] == lifted
        assert not any(told[regime].lifted for regime in REGIMES)


@pytest.mark.parametrize(("lang", "says"), [("zh", "第89条，条文未核对"), ("en", "To say nothing")])
def test_silence_is_not_taken_for_acceptance(lang, says):
    """What is accepted a court confirms; of who says nothing the drawer says that it is not so."""
    for objection, said in (("none", True), ("after", False), ("before", False)):
        told = found(objection=objection)
        assert (says in reason(told, ["same", "truth", ""], lang)) is said
    assert "没有表示" in words("evidence_lesson", "knob.objection_is.none", "zh")


def test_her_own_screenshots_do_not_prove_what_he_knew():
    """They are of her chat with those who deceived her, not of his with them."""
    told = found()
    assert [told[kind].kept.piece.proves for kind in KINDS] == ["enough", "some", "none", "none"]


@pytest.mark.parametrize("lang", LANGS)
def test_that_nothing_is_left_after_a_least_period_is_said_at_the_number(lang):
    """0 % is an assumption: a least period by law is over, or the days assumed for chats."""
    lab = opens(make("evidence", lang))
    tell(lab.view, {"scene": "late"})
    stamps = {row["id"]: row["stamp"] for row in lab.view.board["rows"]}
    said = {
        "zh": ("假设的180天已过", "最低期限已过"),
        "en": ("180 days assumed", "least period over"),
    }
    assert all(part in stamps[row] for part, row in zip(said[lang], ("chat", "log"), strict=True))
    sentence = lab.view.board["sentence"]
    assert "0%" in sentence
    assert {"zh": "没有保证还在", "en": "nothing guarantees"}[lang] in sentence


def test_the_tree_of_digests_by_hand():
    """Leaf H(00 ‖ d), node H(01 ‖ l ‖ r): the leaf of the chat, the node above it and the root
    turn; that of the forged screenshot, which task 3 asks about, is that of what is handed in."""
    told = found()
    altered, forged = told["altered"], told["forged"]
    assert forged.lines == altered.lines
    drawn = draw_hashes(altered, forged)
    for second in (altered.deposited, altered.handed):
        lines = (forged.handed, second, *altered.lines[2:])
        level = [hashlib.sha256(b"\0" + d).digest() for d in lines]
        while level:
            assert all(node.hex()[:8] in drawn for node in level)
            pairs = zip(level[::2], level[1::2], strict=False)
            level = [hashlib.sha256(b"\1" + left + right).digest() for left, right in pairs]
    leaf = hashlib.sha256(b"\0" + forged.handed).hexdigest()[:8]
    assert f">＝ {leaf}<" in drawn
    assert f">→ {leaf}<" not in drawn
    caption = drawn.split("picture-caption")[1]
    assert ("带＝的" in caption, "带→的" in caption, "绿色" in drawn) == (True, True, False)


@pytest.mark.parametrize(("lang", "day"), [("zh", "法院去调"), ("en", "the court asks")])
def test_task_1_says_which_of_two_days_is_to_be_dragged(lang, day):
    """Two days stand on its picture: the court's, and that of preservation."""
    task = topic_words("evidence_lesson", lang)["tasks"]["reply"]
    assert day in task["question"]
    assert day in task["do"]


def test_what_task_3_asks_is_covered_until_it_is_guessed(lab):
    """Neither cell nor large number nor sentence says what a court makes of the forgery."""
    tell(lab.view, {"task": "forged", "do": "start"})

    def shown():
        board = lab.view.board
        row = next(row for row in board["rows"] if row["id"] == "forged")
        return row["cells"]["truth"], board["large"], board["sentence"]

    cell, large, sentence = shown()
    assert (cell["text"], cell["say"], large["text"], large["say"]) == ("？", "", "？", "")
    assert "待证" not in cell["name"] + large["name"] + sentence
    tell(lab.view, {"task": "forged", "do": "guess", "value": "presumed"})
    cell, large, sentence = shown()
    assert cell["text"] == large["text"] == "存证前待证"
    assert not any(row["changed"] for row in lab.view.board["rows"])


@pytest.mark.parametrize("lang", LANGS)
def test_the_clocks_say_in_words_what_they_draw(lang):
    """Every lane with its end, the day of the request, that of preservation."""
    told = found(ask=187, preserve=30)
    drawn = draw_clocks([told[k] for k in KINDS], KINDS, "chat", 187, 30, lang)
    title = re.search("<title>(.*?)</title>", drawn).group(1)
    assert drawn.count("<svg") == 2
    days = ("第182天", "第187天", "第30天") if lang == "zh" else ("day 182", "day 187", "day 30")
    assert all(day in title for day in days)


@pytest.mark.parametrize("lang", LANGS)
def test_the_lanes_draw_that_preservation_is_lifted(lang):
    """Preserved on day 32, no suit by day 62: a band to day 62 and a mark of that day; sued on
    day 182, a preservation of day 160 is held, and no day is marked."""
    for told, rows, spoken in (
        (found(ask=187, preserve=30), KINDS, "chat"),
        (found(MEANS, sue=6, caught=6, preserve=30), REGIMES, LAW),
    ):
        drawn = draw_clocks([told[row] for row in rows], rows, spoken, 187, 30, lang)
        mark = words("evidence_lesson", "clocks.lifted_mark", lang, n=62)
        assert drawn.count(f">{mark}<") == 2  # wide and narrow
        held = 1 if rows == REGIMES else 3
        assert drawn.count('class="clock-held"') == 2 * held
        title = re.search("<title>(.*?)</title>", drawn).group(1)
        until = words("evidence_lesson", "board.day", lang, n=62)
        assert words("evidence_lesson", "clocks.secured", lang) in title
        assert words("evidence_lesson", "clocks.lifted", lang, day=until) in title
    lost = found(ask=187, preserve=30, released="not")
    drawn = draw_clocks([lost[row] for row in KINDS], KINDS, "chat", 187, 30, lang)
    assert words("evidence_lesson", "clocks.held", lang) in drawn
    held = found(MEANS, sue=6, caught=6, preserve=160)
    drawn = draw_clocks([held[row] for row in REGIMES], REGIMES, LAW, 187, 160, lang)
    assert words("evidence_lesson", "clocks.lifted_mark", lang, n=192) not in drawn
    assert drawn.count('class="clock-held"') == 2  # the copy is there beside the platform's


@pytest.mark.parametrize("lang", LANGS)
def test_an_answer_that_is_late_is_not_crossed_where_a_copy_was_preserved(lang):
    """Day 187, the answer comes on day 207: chats and logs are crossed out, bank records not; of
    what was preserved on day 160 the mark is hollow. A line of its own says what the marks are."""
    for preserve, early, late, copied in ((None, 1, 2, 0), (160, 1, 0, 2)):
        told = found(ask=187, preserve=preserve)
        drawn = draw_clocks([told[k] for k in KINDS], KINDS, "chat", 187, preserve, lang)
        for svg in drawn.split("</svg>")[:2]:
            counted = [svg.count(f'class="clock-{each}"') for each in ("early", "late", "copied")]
            assert counted == [early + 1, late + 1, copied + 1]  # and one in the legend
            for each in ("early", "late", "copied"):
                assert words("evidence_lesson", f"clocks.legend.{each}", lang) in svg
    suits = found(MEANS, sue=6, caught=6)
    drawn = draw_clocks([suits[row] for row in REGIMES], REGIMES, LAW, 187, None, lang)
    assert 'class="clock-late"' not in drawn


@pytest.mark.parametrize("lang", LANGS)
def test_the_legend_of_the_marks_fits_its_drawing(lang):
    """It begins and ends within the width, in the wide drawing and in the narrow one."""
    told = found(ask=187)
    drawn = draw_clocks([told[k] for k in KINDS], KINDS, "chat", 187, None, lang)
    for svg, width in zip(drawn.split("</svg>")[:2], (900, 362), strict=True):
        legend = r'<text class="clock-legend" x="([\d.]+)"[^>]*size="(\d+)"[^>]*>([^<]+)<'
        said = re.findall(legend, svg)
        assert len(said) == 4
        ends = [float(x) + width_of(text, float(size)) for x, size, text in said]
        assert ends[-1] <= width
        starts = [float(x) for x, *_ in said]
        assert all(end < start for end, start in zip(ends, starts[1:], strict=False))


@pytest.mark.parametrize(
    ("lang", "by"), [("zh", "凭第160天的保全"), ("en", "by the preservation of day 160")]
)
def test_the_sentence_says_by_what_the_chance_comes(lang, by):
    """Asked on day 187 the request brings nothing: the 72 % are those of preservation. Without it
    nothing is said of it; bank records the request itself brings."""
    lab = opens(make("evidence", lang))
    tell(lab.view, {"scene": "holders"})
    turn(lab, ask=187, preserve=160)
    assert by in lab.view.board["sentence"]
    assert "72%" in lab.view.board["sentence"]
    turn(lab, ask=30, preserve=None)
    assert by not in lab.view.board["sentence"]
    told = found(ask=187, preserve=160)
    assert [told[kind].by for kind in KINDS] == ["preservation", "preservation", "court", "own"]
    assert found(ask=187, police="collect")["log"].by == "police"


def test_marks_over_the_clocks_stand_apart():
    """Preserved on day 320, lifted on day 352, asked for on day 400: the words do not touch."""
    told = found(ask=400, preserve=320)
    drawn = draw_clocks([told[k] for k in KINDS], KINDS, "chat", 400, 320)
    for svg in drawn.split("</svg>")[:2]:
        marks = re.findall(r'<text x="([\d.]+)"[^>]*font-size="(\d+)"[^>]*>第(\d+)天[^<]+<', svg)
        marks = [(float(x), float(size), len(day)) for x, size, day in marks]
        assert len(marks) == 3
        wide = [size * 1.15 * (4 + 0.56 * digits) for _, size, digits in marks]
        for n in (0, 1):
            assert marks[n + 1][0] - marks[n][0] >= (wide[n] + wide[n + 1]) / 2


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_picture_does_not_give_the_answer_away(lang):
    """Three bars of the same length that fade out: none has an end."""
    for drawing in opening(CASE, lang).split("</svg>")[:2]:
        bars = re.findall(r'<rect x="\d+" y="[\d.]+" width="(\d+)"[^>]*mask="url', drawing)
        assert (len(bars), len(set(bars))) == (3, 1)


def test_tables_below(lab):
    """Six remedies beside today; the staff a request needs.

    Asked on day 170 chats, which nobody deletes early, are there with Φ((ln 10 − ln 20) / 0.8) =
    Φ(−0.8664) = 0.1931, logs with 0.2616 (above); within 48 hours the chats, which a platform has;
    on day 187 neither. Answers: 20 days on day 190, in another province ten days later.

    Convicted on 5 September 2023, in effect on Friday the 15th; judged on 15 December, 15 days end
    on Saturday 30 December and run to Tuesday 2 January 2024, after the holiday, 454 days on:
    25,000 × .95 ^ (454 / 30.4375) = 11,632.
    """
    tell(lab.view, {"scene": "wait"})  # the table has settings of its own
    looks(lab)
    assert lab.table.html.count("<tr>") == 9
    assert "教学假设" in lab.table.html
    assert "聊天记录还在（没有提前删除）" in lab.table.html  # the stage has 2 ‰ a day
    assert "拿到（第6个月起诉，第189天去调）" in lab.table.html
    lines = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', lab.table.html)
    rows = {name: re.findall(r"<td[^>]*>(.*?)</td>", line)[:6] for name, line in lines}

    def then(early, late):
        told = f"第170天{early}%，第187天{late}%"
        return re.sub(r"(?<=[第\d])(?=天)|(?<=[第天])(?=\d)", "\u2060", told)  # not to be broken

    def days(here, there, abroad):
        told = f"本地第{here}天，外省第{there}天"
        return re.sub(r"(?<=[第\d])(?=天)|(?<=[第天])(?=\d)", "\u2060", told) + f"，境外{abroad}"

    both, chat, log = then(100, 100), then(19, 0), then(26, 0)
    none, usual = ["没有推定", "全部待证"], days(190, 200, "没有期限")
    assert rows["今天"] == [*none, chat, log, usual, "11632元"]
    assert rows["强制留存与罚则"] == [*none, both, both, usual, "15206元"]
    assert rows["形成时实时上链"] == ["可以推定未经篡改", "综合判断", both, both, usual, "15206元"]
    late = rows["当事人事后存证（对照，不在论文§5.3之内）"]
    assert late == ["可以推定未经篡改", "不予确认", chat, log, usual, "11632元"]
    fast = days(172, 182, "没有期限")
    assert rows["平台48小时及罚款"] == [*none, then(100, 0), log, fast, "11632元"]
    near = days(190, 193, "没有期限")
    assert rows["一键请求，3日"] == [*none, chat, log, near, "11632元"]
    assert rows["跨境协助"] == [*none, chat, log, days(190, 200, "第190天"), "11632元"]
    assert rows["监督鉴定机构"][:2] == ["没有推定", "确认真实；鉴定出错10%→3%"]
    lab.pick.asked = {"view": [1, "staff"]}
    assert lab.table.html.count("<tr>") == 4


@pytest.mark.parametrize(("lang", "names"), [("zh", ("聊天记录", "0%")), ("en", ("chats", "0%"))])
def test_the_late_answer_is_about_the_chats_too(lang, names):
    """The proof the lesson asks about stands in its short answer, beside the logs."""
    lab = opens(make("evidence", lang))
    tell(lab.view, {"scene": "late", "turned": True})
    point = lab.view.scene["point"]
    assert all(name in point for name in names), point


@pytest.mark.parametrize(
    ("lang", "general", "why", "no"),
    [("zh", "一般可以证明他知道", "没有明知，只有过失", "能证明他知道。"),
     ("en", "can in general prove that he knew", "did not know", "can prove that he knew.")],
)  # fmt: skip
def test_the_drawer_says_why_chats_prove_less_here(lang, general, why, no):
    """Han was careless by the file, so nothing proves knowledge of him; Zhang may have known."""
    told = reason(found(load_case("hypo-pieces")), ("chat", "proves"), lang)
    assert general in told
    assert why in told
    assert no not in told
    assert why not in reason(found(CASE), ("chat", "proves"), lang)


@pytest.mark.parametrize("lang", LANGS)
def test_another_case_is_not_said_to_turn_on_knowledge_it_does_not_have(lang):
    """Of Han, who was careless, the cell says gross negligence: the question above speaks of fault,
    as it does of the others."""
    lab = make("evidence", lang)
    turn(lab, case="hypo-pieces")
    title = lab.view.frame["opening"]["title"]
    assert ("过错" if lang == "zh" else "fault") in title
    assert ("明知" if lang == "zh" else "knowledge") not in title


@pytest.mark.parametrize(("lang", "six"), [("zh", "六个月"), ("en", "six months")])
def test_a_row_without_a_period_is_not_captioned_with_one(lang, six):
    """A log that the defendant himself keeps is under no duty: neither its caption nor its drawer
    speaks of six months, or of chats. The log of a cloud company is, to 11 November 2023: day 162
    from 2 June."""
    held = (Evidence(id="log", kind="log", holder="zhang"),)
    told = found(CASE.model_copy(update={"evidence": held}))
    row = next(r for r in draw_board(values("evidence", "holders", told, lang)).rows
               if r.id == "log")  # fmt: skip
    assert said_of(told, "log", "until", lang) == words("evidence_lesson", "board.no_law", lang)
    assert row.note == words("evidence_lesson", "board.unbound", lang)
    drawer = reason(told, ("log", "until"), lang)
    assert words("evidence_lesson", "reasons.no_law", lang) not in drawer
    assert six not in drawer
    cloud = found(load_case("hypo-tech"))
    assert cloud["log"].least == 162
    assert not cloud["log"].unbound


@pytest.mark.parametrize(("lang", "law", "paper"), [
    ("zh", "为止必须保存", "按论文§5.3.1的方案（不是现行法"),
    ("en", "it must be kept: ", "By the proposal of the paper (§5.3.1), not law in force"),
])  # fmt: skip
def test_what_only_the_paper_would_have_kept_is_never_said_to_be_the_law(lang, law, paper):
    """Chats have no period by law, so that a day until which they must be kept is proposed; logs
    must be kept six months by the law in force, three years by the proposal."""
    for row, mandatory, by_law, proposed in (
        ("chat", False, False, False), ("chat", True, False, True),
        ("log", False, True, False), ("log", True, False, True),
    ):  # fmt: skip
        drawer = reason(found(mandatory=mandatory), (row, "until"), lang)
        assert (law in drawer, paper in drawer) == (by_law, proposed)


@pytest.mark.parametrize(("lang", "takes"), [("zh", "20天"), ("en", "20 days")])
def test_the_setting_without_limits_says_how_long_answers_take(lang, takes):
    """A median of 20 days is assumed: in the sentence and in what is assumed, not in the drawer
    alone; with a limit the sentence names that instead."""
    lab = opens(make("evidence", lang))
    assert takes in lab.view.board["sentence"]
    for scene in ("holders", "late", "far"):
        tell(lab.view, {"scene": scene})
        assert takes in lab.view.scene["assumed"]
    tell(lab.view, {"scene": "holders"})
    turn(lab, reply="platform_48h")
    assert takes not in lab.view.board["sentence"]


def test_board_and_drawer_count_from_the_loss():
    """A log of the day before the loss: kept until 4 April 2023, day 181 from 5 October 2022."""
    log = Evidence(id="log", kind="log", created_on=datetime.date(2022, 10, 4))
    told = found(CASE.model_copy(update={"evidence": (log,)}))
    assert "181" in said_of(told, "log", "until", "zh")
    drawer = reason(told, ("log", "until"), "zh")
    assert "2023年4月4日，即从被骗之日起第181天" in drawer
    assert "形成后第182天" in drawer


def test_the_drawer_of_money_splits_a_judgment_in_part():
    """What negligence gives on the first day, and what the rest adds later."""
    told = found(CASE, caught=3, sue=1, preserve=None)
    drawer = reason(told, (LAW, "money"), "zh")
    assert re.search(r"先行判决.*拿到\d{4}年.*；余下\d{4}年", drawer)


@pytest.mark.parametrize("lang", LANGS)
def test_the_money_says_why_a_suit_before_the_arrest_may_bring_less(lang):
    """The suspect is caught in month 6: ordinary procedure if she sues in month 5, not in 6."""
    absent = words("procedure", "trial.absent", lang)
    held = {"caught": 6, "preserve": 100, "delete": 0}
    for month, said in ((5, True), (6, False)):
        told = found(sue=month, **held)
        assert (absent in html.unescape(reason(told, [LAW, "money", ""], lang))) == said


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", "中位20天，十份里有八份在7至56天之间"), ("en", "eight of ten within 7 to 56 days")],
)
def test_the_spread_of_answer_times_is_said(lang, said):
    """Lognormal, σ = .8, Φ⁻¹(.9) = 1.2816: 20 ÷ e^1.0253 = 7.17 and 20 × e^1.0253 = 55.76."""
    lab = opens(make("evidence", lang))
    tell(lab.view, {"say": "chat|chance|"})
    assert said in lab.view.drawer["html"].replace("\u2060", "")
