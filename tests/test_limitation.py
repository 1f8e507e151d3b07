"""The time limit of the claim: three years, interruptions, joint debtors, twenty years."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib import decide, load_case
from simlib.explain import explain
from simlib.law.citation import article
from simlib.liability import last_days
from simlib.text import LANGS, topic_words
from tests.replay import unfounded

STATES = {"in_time", "run", "waived", "open", "unasked"}
NOTES = {
    "asked_decided",
    "own_motion",
    "suit_end",
    "joint_open",
    "late",
    "outer",
    "before_code",
    "police_report",
    "report_end",
    "report_reach",
}


def day(text):
    """The day of an ISO date."""
    return datetime.date.fromisoformat(text)


def interrupted(*entries, **changes):
    """The teaching case (acted on 2023-05-10) with interruptions: party, day, kind."""
    case = load_case("fix-1")
    rows = [{"party": p, "on": day(on), "kind": kind} for p, on, kind in entries]
    raw = case.model_dump(exclude_unset=True) | {"interruptions": rows} | changes
    return type(case).model_validate(raw)


def clocks(case, mode, on=None):
    """Each liable party's clock by id."""
    return {c.party: c for c in last_days(case, decide(case, mode), on and day(on))}


def ends(case, mode):
    """The last days in file order, as ISO text."""
    return [str(c.last_on) for c in clocks(case, mode).values()]


DEMAND = ("A", "2026-01-15", "demand")


@pytest.mark.parametrize(
    ("mode", "last"),
    [
        # jointly liable: the demand against A starts three years anew for P and C as well
        ("joint", ["2029-01-15", "2029-01-15", "2029-01-15"]),
        ("partial_joint", ["2029-01-15", "2029-01-15", "2029-01-15"]),
        # by shares: P and C keep 2023-05-10 + 3 years, a Sunday: Monday, the 11th (203(1))
        ("several", ["2026-05-11", "2029-01-15", "2026-05-11"]),
        # principals are joint among themselves only; the helpers stand behind them
        ("supplementary", ["2026-05-11", "2029-01-15", "2026-05-11"]),
    ],
)
def test_one_demand_against_a_joint_debtor_works_against_all(mode, last):
    """P, A and C; one demand against A alone in time: 15(2) makes the modes differ."""
    assert ends(interrupted(DEMAND), mode) == last


def test_where_an_interruption_comes_from_is_marked():
    """For C the demand against A counts by joint liability; for A it is his own."""
    found = clocks(interrupted(DEMAND), "joint")
    assert [i.by_joint for i in found["C"].interruptions] == [True]
    assert [i.by_joint for i in found["A"].interruptions] == [False]
    (three, _) = found["C"].trace.children
    assert "limitation-rules:15(2)" in three.cites
    (three, _) = found["A"].trace.children
    assert "limitation-rules:15(2)" not in three.cites
    assert clocks(interrupted(DEMAND), "several")["C"].interruptions == ()


def test_who_is_not_proved_is_not_joint():
    """All or nothing: C's fault is not proved, so the demand against A does not reach him."""
    case = interrupted(DEMAND).set({"C.proof": {"fault": 0.2}})
    assert ends(case, "all_or_nothing") == ["2029-01-15", "2029-01-15", "2026-05-11"]


def test_the_clock_starts_with_knowledge():
    """She knew on 2024-03-01, so the day after is the first and 2027-03-01 the last."""
    case = interrupted().set({"knew_on": day("2024-03-01")})
    found = clocks(case, "joint")["A"]
    assert (found.last_on, found.assumed) == (day("2027-03-01"), False)
    assert found.trace.children[0].children[0].source == "case:knew_on"
    assert clocks(interrupted(), "joint")["A"].assumed


@pytest.mark.parametrize(
    ("on", "counts", "last"),
    [
        ("2023-05-09", False, "2026-05-11"),  # before the period began
        ("2023-05-10", True, "2026-05-11"),
        ("2026-05-11", True, "2029-05-11"),  # on the last day, a Monday after the Sunday
        ("2026-05-12", False, "2026-05-11"),  # a day too late
    ],
)
def test_only_an_interruption_in_time_counts(on, counts, last):
    """The period is 2023-05-10 to 2026-05-11; what comes after it starts nothing anew."""
    found = clocks(interrupted(("A", on, "demand")), "several")["A"]
    assert [i.counts for i in found.interruptions] == [counts]
    assert found.last_on == day(last)
    assert ("late" in found.notes) == (on == "2026-05-12")


@pytest.mark.parametrize(
    ("effective", "last"),
    [
        ("2024-02-29", "2027-03-01"),  # 28 February 2027 is a Sunday
        ("2024-06-12", "2027-06-14"),  # a Saturday
        ("2024-10-31", "2027-11-01"),  # a Sunday
        ("2024-04-08", "2027-04-08"),  # a Thursday
    ],
)
def test_a_last_day_in_a_weekend_gives_way_to_monday(effective, last):
    """民法典203(1): the day after the days off is the last; the article is among the reasons."""
    found = clocks(reported(effective, on="2023-06-01"), "several")["A"]
    assert found.last_on == day(last)
    assert "civil-code:203(1)" in found.trace.children[0].cites


def test_interruptions_follow_each_other_whatever_their_order_in_the_file():
    """2025-05-01 keeps the period alive to 2028-05-01, so 2028-04-01 counts: 2031-04-01."""
    rows = [("A", "2028-04-01", "performance"), ("A", "2025-05-01", "demand")]
    found = clocks(interrupted(*rows), "several")["A"]
    assert found.last_on == day("2031-04-01")
    assert [i.number for i in found.interruptions] == [1, 0]


def test_twenty_years_are_not_interrupted():
    """A demand every three years cannot carry the claim beyond 2043-05-10, a Sunday: the 11th."""
    rows = [("A", f"{year}-05-10", "demand") for year in range(2026, 2044, 3)]
    found = clocks(interrupted(*rows), "several")["A"]
    assert (found.last_on, found.outer_on) == (day("2043-05-11"), day("2043-05-11"))
    assert "outer" in found.notes


def test_a_suit_gives_only_the_earliest_last_day():
    """195: anew from the end of the proceedings, which the file does not say."""
    case = interrupted(("A", "2024-06-01", "suit"))
    found = clocks(case, "several", "2027-06-02")["A"]
    assert (found.last_on, found.at_least, found.state) == (day("2027-06-01"), True, "open")
    assert "suit_end" in found.notes
    assert clocks(case, "several", "2027-06-01")["A"].state == "in_time"


def test_who_can_plead_the_limit_stays_and_pays_the_same():
    """Asked on 2026-05-12 against C alone the three years have run; his amounts do not change."""
    case = interrupted(DEMAND)
    outcome = decide(case, "several")
    found = {c.party: c for c in last_days(case, outcome, day("2026-05-12"))}
    assert [found[p].state for p in ("A", "C")] == ["in_time", "run"]
    assert "own_motion" in found["C"].notes
    assert "civil-code:193" in found["C"].trace.cites
    assert outcome.parties == decide(load_case("fix-1"), "several").parties


def test_agreeing_to_perform_after_the_limit_waives_it():
    """192(2): C agreed on 2026-07-01, after his period had run; asked before that it had run."""
    case = interrupted(("C", "2026-07-01", "acknowledgement"))
    assert clocks(case, "several", "2026-06-01")["C"].state == "run"
    assert clocks(case, "several", "2026-08-01")["C"].state == "waived"
    assert clocks(case, "joint", "2026-08-01")["A"].state == "run"


def test_the_day_of_filing_is_asked_about():
    """Filed 2026-05-12: a day late; without a day of filing the day of decision is used."""
    case = interrupted(filed_on=day("2026-05-12"), decided_on=day("2026-12-02"))
    found = clocks(case, "several")["A"]
    assert (found.asked_on, found.state, "asked_decided" in found.notes) == (
        day("2026-05-12"),
        "run",
        False,
    )
    assert "asked_decided" in clocks(interrupted(), "several")["A"].notes
    assert clocks(interrupted(decided_on=None), "several")["A"].state == "unasked"


def test_a_released_party_has_no_clock():
    """520(2): the claim against C is given up; nothing runs against him."""
    case = interrupted().set({"C.released": True})
    assert list(clocks(case, "several")) == ["P", "A"]


def test_an_interruption_before_a_release_worked_against_all():
    """She demanded of C, then released him: under joint liability A's period ran anew as well."""
    case = interrupted(("C", "2026-01-15", "demand")).set({"C.released": True})
    assert ends(case, "joint") == ["2029-01-15", "2029-01-15"]
    assert ends(case, "several") == ["2026-05-11", "2026-05-11"]


def test_open_joint_liability_is_said_and_not_counted():
    """By threshold .5 with gains unknown nobody can say who is joint: the demand stays A's own."""
    changes = {f"{p}.share": None for p in "PAC"} | {"A.gain_direct_fen": None}
    case = interrupted(DEMAND).set(changes)
    outcome = decide(case, "threshold", rules={"share": "gain"})
    assert outcome.parties["A"].joint is None
    found = {c.party: c for c in last_days(case, outcome)}
    assert found["A"].last_on == day("2029-01-15")
    assert found["C"].last_on == day("2026-05-11")
    assert "joint_open" in found["C"].notes


def test_a_demand_of_a_minor_is_one_of_his_guardian():
    """By law G answers for the minor A; under several liability it is G's clock that runs anew."""
    case = interrupted(DEMAND)
    raw = case.model_dump(exclude_unset=True)
    minor = {"minor": True, "answered_by": "G", "grade": "gross"}
    parties = [p | (minor if p["id"] == "A" else {}) for p in raw["parties"]]
    name = {"zh": "监护人", "en": "guardian"}
    parties.append({"id": "G", "role": "operator", "name": name, "fault": 0})
    case = type(case).model_validate(raw | {"parties": parties})
    found = clocks(case, "auto")
    assert {p: str(c.last_on) for p, c in found.items()} == {
        "P": "2026-05-11",
        "C": "2026-05-11",
        "G": "2029-01-15",
    }
    assert [i.by_joint for i in found["G"].interruptions] == [False]


def test_what_is_not_reckoned_is_said():
    """A police report and a start before the Civil Code are named, not guessed."""
    old = interrupted(acted_on=day("2020-06-01"), criminal=[{"party": "P"}])
    notes = clocks(old, "joint")["P"].notes
    assert {"before_code", "police_report"} <= set(notes)


@pytest.mark.parametrize("mode", ["joint", "several", "all_or_nothing"])
def test_the_trace_has_sources_articles_and_words(mode):
    """Each leaf has a source, each article is one we hold, each step can be said."""
    case = interrupted(DEMAND, ("C", "2025-01-01", "acknowledgement"))
    for clock in last_days(case, decide(case, mode)):
        assert unfounded(clock.trace) == []
        for node in clock.trace.walk():
            assert all(article(cite).id for cite in node.cites)
        assert clock.trace.value == clock.last_on
        assert clock.trace.value == min(node.value for node in clock.trace.children)
        for lang in LANGS:
            assert explain(clock.trace, case, lang).value


def test_states_notes_and_kinds_have_words():
    """Each key a clock can carry is in both languages."""
    for lang in LANGS:
        said = topic_words("order", lang)["clock"]
        assert set(said["state"]) == STATES
        assert set(said["note"]) == NOTES
        kinds = {"demand", "suit", "acknowledgement", "performance", "report"}
        assert set(said["kind"]) == kinds


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["P", "A", "C"]),
        st.dates(day("2022-01-01"), day("2050-01-01")).map(str),
        st.sampled_from(["demand", "suit", "acknowledgement", "performance"]),
    ),
    max_size=6,
)


@settings(max_examples=60)
@given(ROWS)
def test_joint_liability_never_ends_sooner(rows):
    """Joint debtors share one clock, never ending before the same party's by shares."""
    case = interrupted(*rows)
    joint, several = clocks(case, "joint"), clocks(case, "several")
    assert len({c.last_on for c in joint.values()}) == 1
    for party, clock in joint.items():
        assert several[party].last_on <= clock.last_on <= clock.outer_on
        assert clock.state in STATES
        assert set(clock.notes) <= NOTES


def reported(effective=None, on="2025-03-01"):
    """The teaching case, reported to the police; helper A has a criminal case."""
    status = "effective" if effective else "pending"
    crime = {"party": "A", "status": status, "charge": "assisting"}
    crime |= {"effective_on": day(effective)} if effective else {}
    return interrupted(reported_on=day(on), criminal=[crime])


def test_a_report_interrupts_until_the_criminal_judgment_takes_effect():
    """By hand: harm 2023-05-10, report 2025-03-01 in time, judgment effective 2026-02-28: three
    years from there end 2029-02-28 (limitation-rules 13(1), (2))."""
    found = clocks(reported("2026-02-28"), "several")["A"]
    assert (str(found.last_on), found.at_least) == ("2029-02-28", False)
    assert [(i.number, i.kind, str(i.on)) for i in found.interruptions] == [
        (None, "report", "2025-03-01")
    ]
    assert "report_end" not in found.notes
    sources = {node.source for node in found.trace.walk()}
    assert {"case:reported_on", "case:criminal[0].effective_on"} <= sources
    assert "limitation-rules:13" in found.trace.children[0].cites


def test_while_the_criminal_case_goes_on_the_last_day_is_only_the_earliest_possible():
    """Three years from the report are the least; on a later day the clock is open, not run."""
    found = clocks(reported(), "several", "2030-01-01")["A"]
    assert (str(found.last_on), found.at_least, found.state) == ("2028-03-01", True, "open")
    assert {"report_end", "report_reach"} <= set(found.notes)
    assert "police_report" not in found.notes


def test_a_report_reaches_a_joint_debtor_and_no_several_one():
    """C has no criminal case: by 15(2) only where he is jointly liable with A."""
    case = reported("2026-02-28")
    assert str(clocks(case, "joint")["C"].last_on) == "2029-02-28"
    assert str(clocks(case, "several")["C"].last_on) == "2026-05-11"


def test_a_report_after_the_period_interrupts_nothing():
    """2026-05-11 was the last day."""
    found = clocks(reported("2027-01-01", on="2026-05-12"), "several")["A"]
    assert str(found.last_on) == "2026-05-11"


def test_of_several_criminal_cases_against_one_the_last_to_end_counts():
    """And if one has not ended, nothing has. 2029-09-30 is a Sunday."""
    rows = [
        {"party": "A", "status": "effective", "effective_on": day(on), "charge": "assisting"}
        for on in ("2026-02-28", "2026-09-30")
    ]
    case = interrupted(reported_on=day("2025-03-01"), criminal=rows)
    assert str(clocks(case, "several")["A"].last_on) == "2029-10-01"
    rows[0] = {"party": "A", "status": "pending", "charge": "fraud"}
    case = interrupted(reported_on=day("2025-03-01"), criminal=rows)
    assert clocks(case, "several")["A"].at_least
