"""Custody and appraisal: who had a piece, and what it takes to have it examined."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib.errors import OutOfScope
from simlib.evidence import (
    Break,
    Entry,
    Held,
    appraise,
    breaks,
    chain,
    first_altered,
    last_link,
    log,
)
from simlib.law.citation import article

CHINA = datetime.timezone(datetime.timedelta(hours=8))


def at(hour, day=1):
    """An hour of May 2023 in China."""
    return datetime.datetime(2023, 5, day, hour, tzinfo=CHINA)


NOTARY = Held("公证处", "截图", at(9), at(10))
POLICE = Held("公安机关", "扣押手机", at(10), at(12))
COURT = Held("法院", "保管", at(12))


def test_an_entry_is_hashed_onto_the_one_before():
    """By hand: the parts as JSON with instants in UTC, chained as any other pieces."""
    first = '["公证处","截图","2023-05-01T01:00:00+00:00","2023-05-01T02:00:00+00:00"]'
    last = '["法院","保管","2023-05-01T04:00:00+00:00",null]'
    entries = log([NOTARY, COURT])
    assert [e.link for e in entries] == chain([first.encode(), last.encode()])
    assert json.loads(last)[3] is None
    assert (last_link(entries), last_link(())) == (entries[1].link, bytes(32))


def test_the_same_instant_in_another_zone_is_the_same_entry():
    """13:00 in China is 05:00 in UTC."""
    utc = Held("法院", "保管", at(12).astimezone(datetime.UTC))
    assert log([utc]) == (Entry(utc, log([COURT])[0].link),)


@given(st.integers(0, 2), st.sampled_from(["who", "did", "since"]))
def test_whatever_is_changed_in_an_entry_is_found(index, part):
    """The first entry whose link does not follow is that one; dropped or exchanged ones too."""
    entries = list(log([NOTARY, POLICE, COURT]))
    assert first_altered(entries) is None
    held = entries[index].held
    parts = {
        "who": held.who + "甲",
        "did": held.did + "。",
        "since": held.since - datetime.timedelta(1),
    }
    values = {"who": held.who, "did": held.did, "since": held.since, "until": held.until}
    changed = Held(**values | {part: parts[part]})
    entries[index] = Entry(changed, entries[index].link)
    assert first_altered(entries) == index
    whole = list(log([NOTARY, POLICE, COURT]))
    assert first_altered(whole[1:]) == 0
    assert first_altered([whole[0], whole[2]]) == 1
    assert first_altered(whole[:2]) is None  # a log cut at its end: last_link has to be deposited


def test_gaps_and_overlaps_by_hand():
    """One hour nobody, one hour two; who still has it while another does; nothing in between."""
    assert breaks([NOTARY, POLICE, COURT]) == ()
    assert breaks([NOTARY, Held("公安机关", "扣押", at(11))]) == (Break("gap", 1, at(10), at(11)),)
    early = Held("公安机关", "扣押", at(9), at(12))
    assert breaks([NOTARY, early]) == (Break("overlap", 1, at(9), at(10)),)
    still = Held("原告", "手机", at(8))
    assert breaks([still, NOTARY]) == (Break("overlap", 1, at(9), at(10)),)
    assert breaks([still, COURT]) == (Break("overlap", 1, at(12), None),)
    assert breaks([]) == breaks([COURT]) == ()


def test_times_that_make_no_sense_are_refused():
    """Without a zone; given away before it was had."""
    naive = Held("甲", "", datetime.datetime(2023, 5, 1))
    for held, code in ((naive, "no-zone"), (Held("甲", "", at(9), at(8)), "held-backwards")):
        for reads in (log, breaks):
            with pytest.raises(OutOfScope) as wrong:
                reads([held])
            assert wrong.value.code == code


def test_an_appraisal_by_hand():
    """60 days from 2 March end on 1 May and do not count: 1 June becomes 31 July."""
    found = appraise(datetime.date(2026, 3, 2))
    assert [(s.key, s.begins.isoformat(), s.ends.isoformat()) for s in found.stages] == [
        ("application", "2026-03-02", "2026-03-02"),
        ("appraisal", "2026-03-02", "2026-05-01"),
        ("questioning", "2026-05-01", "2026-05-01"),
    ]
    assert found.limit(datetime.date(2026, 6, 1)) == datetime.date(2026, 7, 31)
    assert (found.cost_fen, found.error, found.usable) == (1_000_000, 0.1, True)
    assert "civil-procedure-interpretation:243" in found.cites
    assert all(article(cite) for cite in found.cites)
    assert {entry["basis"] for entry in found.assumptions} == {"teaching assumption"}
    assert not appraise(datetime.date(2026, 3, 2), attends=False).usable


def test_who_asks_for_an_appraisal_leaves_the_small_claims():
    """Article 166(3) of the procedure law, new from 1 January 2022."""
    late, early = (appraise(datetime.date(*day)) for day in ((2022, 1, 1), (2021, 12, 31)))
    assert (late.ends_small_claim, early.ends_small_claim) == (True, False)
    assert "civil-procedure-law:166" in late.cites
    assert "civil-procedure-law:166" not in early.cites


def test_supervision_changes_how_often_findings_are_wrong_and_nothing_else():
    """Of 100 pieces, 80 true: 10 wrong findings and 2 of 74 false among those passed; or 3, 0.6."""
    today, paper = (appraise(datetime.date(2026, 3, 2), supervised=s) for s in (False, True))
    before, after = today.mistakes(0.8), paper.mistakes(0.8)
    assert (before.wrong, before.true_refused, before.false_passed) == pytest.approx(
        (0.1, 0.08, 0.02)
    )
    assert before.false_among_passed == pytest.approx(2 / 74)
    assert (after.wrong, after.false_passed) == pytest.approx((0.03, 0.006))
    assert after.false_among_passed == pytest.approx(0.6 / 78.2)  # 80 − 2.4 + 0.6
    assert (today.stages, today.cost_fen) == (paper.stages, paper.cost_fen)
    assert [e["key"] for e in paper.assumptions][-1] == "evidence.supervised_error"


@given(st.floats(0, 1), st.floats(0, 0.5))
def test_wrong_findings_add_up(genuine, error):
    """True ones refused and false ones passed are all there are; no error, none at all."""
    found = appraise(datetime.date(2026, 3, 2), error=error).mistakes(genuine)
    assert found.true_refused + found.false_passed == pytest.approx(found.wrong)
    assert found.false_among_passed is None or 0 <= found.false_among_passed <= 1
    exact = appraise(datetime.date(2026, 3, 2), error=0).mistakes(genuine)
    assert exact.false_among_passed in (0, None)


@pytest.mark.parametrize("wrong", [{"days": 9}, {"days": 366}, {"cost_fen": -1}, {"error": 0.6}])
def test_numbers_beyond_their_range_are_refused(wrong):
    """As for every parameter."""
    with pytest.raises(OutOfScope):
        appraise(datetime.date(2026, 3, 2), **wrong)
    with pytest.raises(OutOfScope):
        appraise(datetime.date(2026, 3, 2)).mistakes(1.1)
