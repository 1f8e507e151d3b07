"""Lesson 08's picture without a browser: records that fade, arms that reach, what moves them.

By hand, on the wide drawing: 430 days are 520 px, from 144 px on; day 187 is at 370.1, day 207,
twenty days later, at 394.3.
"""

import pytest
from pictured import drawn, overprinted, unmoved
from staged import solved, values

from simlib import load_case
from simlib.figures.picture import NARROW, SIZES, WIDE
from simlib.figures.style import paler
from simlib.lessons.evidence.pictures import picture
from simlib.lessons.reader import lesson_of

LESSON = lesson_of("evidence")
DRAWN = [scene.id for scene in LESSON.scenes if scene.id != "hash"]
STATES = (
    {}, {"ask": 187, "preserve": 60}, {"ask": 400, "preserve": 320}, {"mandatory": True, "ask": 90},
    {"ask": 10, "preserve": 0, "sue": 36}, {"caught": None, "sue": 20}, {"breach": 50},
)  # fmt: skip


def things(scene="holders", size=WIDE, lang="zh", case=None, **held):
    """Id → thing of the drawing of a scene; None if there is no drawing."""
    found = solved("evidence", case, lang, **held)
    table = values("evidence", scene, found, lang, found.case)
    made = picture(found, table.scene, size, table.say)
    return None if made is None else {each.id: each for each in made.things}


def at(day):
    """Where a day stands on the wide drawing."""
    return pytest.approx(144 + 520 * day / 430, abs=0.1)


def test_an_arm_reaches_from_the_request_to_the_answer():
    """Round a sheet while its holder has it; round nothing once the period is over."""
    early, late = things(ask=30), things(ask=187)
    assert (early["arm:chat"].x, early["arm:chat"].by[0]) == (at(30), at(50))
    assert (late["arm:chat"].x, late["arm:chat"].by[0]) == (at(187), at(207))
    assert {"caught:chat", "caught:log", "caught:bank-records"} <= early.keys()
    assert [id for id in late if id.startswith("caught:")] == ["caught:bank-records"]
    assert "arm:screenshot" not in late  # it is hers: nobody is asked


def test_a_sheet_is_as_full_as_the_chance():
    """88.87 % of 30 px on day 30, nothing on day 187; her own is full."""
    early, late = things(ask=30), things(ask=187)
    assert early["there:chat"].h == pytest.approx(30 * 0.8887, abs=0.01)
    assert (late["there:chat"].h, late["there:screenshot"].h) == (0, 30)


def test_a_record_fades_as_it_may_have_been_deleted():
    """At 2 ‰ a day the chats are paler each month; the log is not, for a law keeps it."""
    seen = things(ask=187)
    chats = [each.color for id, each in seen.items() if id.startswith("kept:chat")]
    assert len(set(chats)) == len(chats) == 6
    assert chats == sorted(chats)  # each is paler than the one before
    assert len({each.color for id, each in seen.items() if id.startswith("kept:log:kept")}) == 1
    assert paler("#1b5e91", 1) == "#1b5e91"


def test_the_hour_limit_quickens_the_arm_to_the_platform_alone():
    """The log lies with the bank."""
    slow, fast = things("late", ask=187), things("late", ask=187, reply="platform_48h")
    assert fast["arm:chat"].by[0] == at(189)
    assert fast["arm:log"] == slow["arm:log"]


def test_a_copy_lasts_or_is_lifted():
    """Day 160 is ruled on day 162 and lasts; day 60 ends on day 92, unless it may still be used."""
    kept = things(ask=187, preserve=160)
    assert (kept["copy:chat"].x, kept["copy:chat"].x + kept["copy:chat"].w) == (at(162), at(430))
    assert kept["secured"].text == "第162天固定一份"
    lifted = things(ask=187, preserve=60, released="not")
    ends = lifted["copy:chat"].x + lifted["copy:chat"].w
    assert (lifted["copy:chat"].x, ends) == (at(62), at(92))
    assert lifted["secured"].text == "第62天固定一份，第92天解除"
    assert "copy:chat" not in things(ask=187)


@pytest.mark.parametrize("scene", DRAWN)
def test_every_main_knob_moves_the_picture(scene):
    """All but those of the digests, which are no records that fade: there the tree is seen."""
    assert unmoved("evidence", scene) == []


def test_of_digests_there_is_no_such_picture():
    """The older drawing stays: its tree turns with a word that is altered."""
    assert things("hash") is None


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_hands_ask_for_days_and_months(size):
    """The grip stands where its day does; without a day of preservation its way is empty."""
    seen = things(size=size, ask=200)
    ask, preserve = seen["grip:ask"], seen["grip:preserve"]
    assert (ask.knob, ask.values) == ("ask", (0, 400))
    assert ask.x == pytest.approx(seen["asked"].x)
    assert (preserve.open, preserve.values) == (True, (0, 320))
    seen = things("wait", size, sue=12, caught=6)
    assert {"grip:sue", "grip:caught", "grip:preserve"} <= seen.keys()
    assert seen["grip:caught"].x < seen["grip:sue"].x


def test_a_question_hides_what_can_be_had():
    """Neither arm nor chance; the periods are facts."""
    seen = things("late", ask=187)
    told = {id for id, each in seen.items() if each.veil == "tells"}
    assert {"arm:chat", "claw:log", "there:chat", "chance:log"} <= told
    assert not {"kept:log:kept:0", "asked", "sheet:chat"} & told


def test_who_is_abroad_answers_on_no_day():
    """A dashed line without an end, and no hand."""
    seen = things("far", ask=150)
    assert seen["arm:border"].dashed
    assert seen["answer:border"].text == "没有日期可算"
    assert "claw:border" not in seen


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scene", DRAWN)
def test_no_word_lies_over_another(scene, lang):
    """On early and late days, of the lesson's cases and of another one."""
    for case in (*map(load_case, LESSON.cases), load_case("hypo-chain")):
        for held in STATES:
            for made in drawn("evidence", scene, case, lang, **held).values():
                assert overprinted(made) == []


def test_the_phone_has_the_same_in_less_room():
    """Names stand above their bars; the whole is under 300 px high."""
    found = solved("evidence", None, "zh")
    table = values("evidence", "holders", found, "zh", found.case)
    made = picture(found, table.scene, NARROW, table.say)
    assert made.height < 300
    assert {each.id for each in made.things} >= {"arm:chat", "sheet:log", "grip:ask"}
