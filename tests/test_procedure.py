"""When may she sue: admissibility, stays, time lines and the time limit of the claim."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib import load_case
from simlib.errors import NoRule, UnknownName
from simlib.law.citation import BASES, article
from simlib.procedure import (
    DOCUMENTS,
    FEES,
    REGIMES,
    STAGES,
    SWITCHES,
    VARIANTS,
    admit,
    history,
    moves,
    refile_after,
    schedule,
    states,
)
from simlib.procedure.regimes import regime as regime_named
from simlib.procedure.tracks import OPEN, move
from simlib.text import LANGS, topic_words, words

CASE = "2024-lu-0302-5690"
CASES = (
    CASE,
    "hengnan-hengyang",
    "fix-1",
    "hypo-account",
    "hypo-chain",
    "hypo-layers",
    "hypo-tech",
)


def day(text):
    """The day of an ISO date; None for none."""
    return text and datetime.date.fromisoformat(text)


def dated(**changes):
    """The shipped case, reported and its suspect arrested on 31 December 2023."""
    first = day("2023-12-31")
    days = {"reported_on": first, "criminal[0].opened_on": first, "criminal[0].arrested_on": first}
    return load_case(CASE).set(days | changes)


def ends(line, track="criminal"):
    """State and last day of each step of a track, as text."""
    return [(s.state, str(s.ends)) for s in line.steps if s.track == track]


def ground(admission, key):
    """The ground of that key."""
    return next(g for g in admission.grounds if g.key == key)


# --- by hand


def test_ordinary_line_over_a_leap_day_by_hand():
    """Custody 2 months, review 1, trial 2, ten days; the suit waits, then three months and 15 days.

    31 Dec 2023 + 2 months is 29 Feb 2024, the month's last day; + 1 month 29 March; + 2 months
    29 May; + 10 days Saturday 8 June, Monday the 10th is a holiday: Tuesday 11 June. Registered on
    7 January, resumed on 11 June, judged on 11 September, in effect on Thursday 26 September, six
    months of enforcement.
    """
    line = schedule(dated()).lines["ordinary"]
    assert ends(line) == [
        ("reported", "2023-12-31"),
        ("investigation", "2024-02-29"),
        ("review", "2024-03-29"),
        ("trial", "2024-05-29"),
        ("appeal_period", "2024-06-11"),
    ]
    assert ends(line, "civil") == [
        ("filing", "2024-01-07"),
        ("stayed", "2024-06-11"),
        ("simplified", "2024-09-11"),
        ("judged", "2024-09-26"),
        ("enforcement", "2025-03-26"),
    ]
    assert (line.judged_on, line.final_on) == (day("2024-09-11"), day("2024-09-26"))


def test_longest_line_by_hand():
    """An ordinary card case: no extension of 156, 158, 172, 208, 243; the case sent back twice.

    Two months 29 February 2024; 29 March; 29 April; 29 May; 29 June; 29 July; three months of trial
    29 October (the third needs no approval); ten days 8 November; two months of appeal 8 January
    2025. Then twelve months, fifteen days, three months.
    """
    line = schedule(dated()).lines["longest"]
    assert [end for _, end in ends(line)[1:]] == [
        "2024-02-29",
        "2024-03-29",
        "2024-04-29",
        "2024-05-29",
        "2024-06-29",
        "2024-07-29",
        "2024-10-29",
        "2024-11-08",
        "2025-01-08",
    ]
    assert (line.judged_on, line.final_on) == (day("2026-01-08"), day("2026-04-23"))


def test_the_rigid_practice_waits_for_the_last_criminal_case_by_hand():
    """hypo-pieces, longest line: one is let go on 5 February 2025 while another is still tried.

    She comes on 10 March and is sent away until that case ends too, not for good.
    """
    line = schedule(load_case("hypo-pieces"), "criminal_first").lines["longest"]
    assert [a.document for a in line.admissions] == ["not_accepted", "registered"]
    assert (line.admissions[0].refile, line.document) == ("after_change", "judgment")


def test_a_grave_case_gets_the_extensions_and_says_so_by_hand():
    """Five months of custody (his crime carries three years at most), six of trial, four of appeal.

    31 May; 30 June + 15 = 15 July; 15 August; 15 September + 15 = 30 September; 30 October;
    30 November + 15 = 15 December; six months of trial 15 June 2025; ten days Wednesday 25 June;
    four months of appeal 25 October 2025. Then twelve months, fifteen days (a Monday, 9 November
    2026), three months.
    """
    found = schedule(dated(), switches={"crime": "grave"})
    line = found.lines["longest"]
    assert "procedure.grave" in [entry["key"] for entry in found.assumptions]
    assert "procedure.grave" not in [entry["key"] for entry in schedule(dated()).assumptions]
    assert [end for _, end in ends(line)[1:]] == [
        "2024-05-31",
        "2024-07-15",
        "2024-08-15",
        "2024-09-30",
        "2024-10-30",
        "2024-12-15",
        "2025-06-15",
        "2025-06-25",
        "2025-10-25",
    ]
    assert (line.judged_on, line.final_on) == (day("2026-10-25"), day("2027-02-09"))


def test_shortest_line_by_hand():
    """Fast track (ten and ten days), then small claims: two months and no appeal.

    29 Feb, 10 March, 20 March, Saturday 30 March, so Monday 1 April; 1 June is judgment and end at
    once.
    """
    line = schedule(dated()).lines["shortest"]
    assert [end for _, end in ends(line)[1:]] == [
        "2024-02-29",
        "2024-03-10",
        "2024-03-20",
        "2024-04-01",
    ]
    assert line.judged_on == line.final_on == day("2024-06-01")
    assert "judged" not in [state for state, _ in ends(line, "civil")]


def test_criminal_first_sends_her_away_and_takes_her_back_by_hand():
    """Refused on 7 January, again on 11 June and registered on 18 June; three months, 15 days."""
    line = schedule(dated(), "criminal_first").lines["ordinary"]
    assert ends(line, "civil")[:4] == [
        ("filing", "2024-01-07"),
        ("refused", "2024-06-11"),
        ("filing", "2024-06-18"),
        ("simplified", "2024-09-18"),
    ]
    assert [said.document for said in line.admissions] == ["not_accepted", "registered"]
    assert line.document == "judgment"


def test_without_a_criminal_case_the_refusal_waits():
    """Nobody's case has begun and nobody is caught: refused on 12 October, and no second suit.

    In the longest line the police open a case thirty days after the report, when the suit stands.
    """
    case = load_case(CASE).model_copy(update={"criminal": ()})
    found = schedule(case, "criminal_first", sue_on=day("2022-10-05"))
    refused = ("refused", "None")
    assert ends(found.lines["ordinary"], "civil") == [("filing", "2022-10-12"), refused]
    sent_away = [("simplified", "2022-11-04"), ("dismissed", "None")]
    assert ends(found.lines["longest"], "civil") == [("filing", "2022-10-12"), *sent_away]
    for line in found.lines.values():
        assert (line.judged_on, line.limitation.last_on) == (None, None)
    assert "procedure.would-find" in [entry["key"] for entry in found.assumptions]


def test_a_criminal_case_still_to_come_ends_the_wait_by_hand():
    """Opened on 12 October 2022, two months, one, two and ten days: in effect on 22 March 2023.

    Sued again on that day, registered on the 29th, three months; the conviction to come finds that
    he knew.
    """
    case = load_case(CASE).model_copy(update={"criminal": ()})
    asked = {"sue_on": day("2022-10-05"), "switches": {"suspect": "found", "proof": "none"}}
    line = schedule(case, "criminal_first", **asked).lines["ordinary"]
    assert ends(line, "civil")[:4] == [
        ("filing", "2022-10-12"),
        ("refused", "2023-03-22"),
        ("filing", "2023-03-29"),
        ("simplified", "2023-06-29"),
    ]
    assert line.document == "judgment"


APPEALS = {"refusal": "appeal"}


def test_an_appeal_against_non_acceptance_by_hand():
    """Refused on 7 January, ten days Wednesday 17 January, thirty 16 February: to be accepted.

    She has proof: tried at once, three months 16 May, fifteen days Friday 31 May. Waiting she is
    judged on 18 September. Without proof the court stays the suit till 11 June, then three months.
    """
    own = APPEALS | {"proof": "enough"}
    line = schedule(dated(), "criminal_first", switches=own).lines["ordinary"]
    assert ends(line, "civil")[:5] == [
        ("filing", "2024-01-07"),
        ("ruling_period", "2024-01-17"),
        ("ruling_second", "2024-02-16"),
        ("simplified", "2024-05-16"),
        ("judged", "2024-05-31"),
    ]
    assert [s.document for s in line.steps if s.state == "ruling_second"] == ["accept_order"]
    assert [said.document for said in line.admissions] == ["not_accepted", "registered"]
    assert {"civil-procedure-law:171(2)", "civil-procedure-law:183(2)",
            "civil-procedure-interpretation:330"} <= set(line.used_on)  # fmt: skip
    waits = schedule(dated(), "criminal_first", switches={"proof": "enough"}).lines["ordinary"]
    assert (waits.judged_on, line.judged_on) == (day("2024-09-18"), day("2024-05-16"))
    stayed = schedule(dated(), "criminal_first", switches=APPEALS).lines["ordinary"]
    assert ends(stayed, "civil")[3:5] == [("stayed", "2024-06-11"), ("simplified", "2024-09-11")]


def test_an_appeal_fails_where_the_reading_bars_the_suit_by_hand():
    """176 read broadly: upheld on 16 February. The end of the criminal case on 11 June changes no
    reading: nothing to wait for, no second suit before this court, no judgment.
    """
    broad = APPEALS | {"reading_176": "broad"}
    line = schedule(dated(), "criminal_first", switches=broad).lines["ordinary"]
    assert ends(line, "civil") == [
        ("filing", "2024-01-07"),
        ("ruling_period", "2024-01-17"),
        ("ruling_second", "2024-02-16"),
    ]
    assert (line.document, line.judged_on) == ("not_accepted", None)
    upheld = [s for s in line.steps if s.state == "ruling_second"]
    assert {s.document for s in upheld} == {"refusal_upheld"}


def test_an_appeal_against_dismissal_by_hand():
    """Registered on 12 October 2022, dismissed when the police open the case on 4 November.

    Ten days 14 November, thirty 14 December: directed to try it; the suspect is at large, so the
    ordinary procedure, in the longest line twelve months: 14 December 2023.
    """
    case = load_case(CASE).model_copy(update={"criminal": ()})
    asked = APPEALS | {"proof": "enough"}
    found = schedule(case, "criminal_first", sue_on=day("2022-10-05"), switches=asked)
    line = found.lines["longest"]
    assert ends(line, "civil")[:4] == [
        ("filing", "2022-10-12"),
        ("simplified", "2022-11-04"),
        ("ruling_period", "2022-11-14"),
        ("ruling_second", "2022-12-14"),
    ]
    assert ends(line, "civil")[4] == ("ordinary", "2023-12-14")  # twelve months in this line
    assert "procedure.higher-court" in [entry["key"] for entry in found.assumptions]


def test_the_police_claim_a_registered_suit_by_letter_by_hand():
    """Registered, transferred the day the police open the case: no ruling, so nothing to appeal."""
    case = load_case(CASE).model_copy(update={"criminal": ()})
    asked = {"letter": "sent", "suspect": "found", "proof": "none"} | APPEALS
    found = schedule(case, "criminal_first", sue_on=day("2022-10-05"), switches=asked)
    line = found.lines["longest"]
    own = ends(line, "civil")
    assert own[:2] == [("filing", "2022-10-12"), ("simplified", "2022-11-04")]
    assert own[2][0] == "transferred"
    assert own[2][1] == str(line.criminal_ends_on)
    assert line.admissions[0].document == "transfer"
    law = schedule(case, sue_on=day("2022-10-05"), switches=asked).lines["longest"]
    assert "transferred" not in [s.state for s in law.steps]  # the court goes on with a civil suit


def test_no_case_opened_and_upheld_by_hand():
    """Reported on 31 December 2023; ordinary: seven days to the notice, 7 January 2024.

    Seven days Sunday 14 January, so the 15th; thirty 14 February; seven Wednesday 21 February;
    thirty 22 March: the police's own are not moved. The period runs anew from the notice: 7 January
    2027. No criminal case bars a suit of 1 February.
    """
    asked = {"police": "not_opened", "proof": "enough"}
    found = schedule(dated(), "criminal_first", switches=asked, sue_on=day("2024-02-01"))
    line = found.lines["ordinary"]
    assert ends(line) == [
        ("reported", "2024-01-07"),
        ("to_reconsider", "2024-01-15"),
        ("reconsidering", "2024-02-14"),
        ("to_recheck", "2024-02-21"),
        ("rechecking", "2024-03-22"),
    ]
    assert line.criminal_ends_on == day("2024-01-07")
    assert (line.limitation.anew_on, line.limitation.last_on) == (
        day("2024-01-07"),
        day("2027-01-07"),
    )
    assert ends(line, "civil")[:2] == [("filing", "2024-02-08"), ("simplified", "2024-05-08")]
    assert line.document == "judgment"


def test_supervision_by_the_procuratorate_by_hand():
    """Notice 7 January, reasons 14 January, opened 29 January, then two months and so on."""
    line = schedule(dated(), switches={"police": "supervised"}).lines["ordinary"]
    assert ends(line)[:4] == [
        ("reported", "2024-01-07"),
        ("supervised", "2024-01-14"),
        ("ordered", "2024-01-29"),
        ("investigation", "2024-03-29"),
    ]
    assert "criminal-procedure-law:113" in line.used_on
    assert line.criminal_ends_on == day("2024-07-09")  # 29 April, 29 June, ten days


def test_a_case_dropped_by_hand():
    """Dropped after two months, 29 February: nothing is confirmed, the stay ends, 29 May."""
    line = schedule(dated(), switches={"police": "dropped"}).lines["ordinary"]
    assert ends(line) == [("reported", "2023-12-31"), ("investigation", "2024-02-29")]
    assert [s.document for s in line.steps if s.track == "criminal"][-1] == "dropped"
    assert {"criminal-procedure-law:163"} <= set(line.used_on)
    assert (line.judged_on, line.document) == (day("2024-05-29"), "claim_dismissed")
    assert (line.limitation.by, line.limitation.anew_on) == ("not_prosecuted", day("2024-02-29"))


def test_mediation_and_a_silent_court_by_hand():
    """Mediation to 30 January, silent to 6 February, complaint to the 21st, registered the 28th."""
    asked = {"mediation": "tried", "desk": "silent", "proof": "enough"}
    line = schedule(dated(), switches=asked).lines["ordinary"]
    assert ends(line, "civil")[:5] == [
        ("mediation", "2024-01-30"),
        ("filing", "2024-02-06"),
        ("complaint", "2024-02-21"),
        ("filing", "2024-02-28"),
        ("simplified", "2024-05-28"),
    ]
    assert "registration-rules:13(2)" in line.used_on


def test_a_retrial_on_the_later_criminal_judgment_by_hand():
    """Lost on 7 April, in effect on Monday the 22nd, convicted on 11 June: 11 December 2024."""
    line = schedule(dated(), "parallel").lines["ordinary"]
    assert ends(line, "civil")[2:] == [
        ("judged", "2024-04-22"),
        ("binding", "2024-06-11"),
        ("retrial_period", "2024-12-11"),
    ]
    assert "civil-procedure-law:216" in line.used_on


def test_two_years_to_enforce_by_hand():
    """In effect on 26 September 2024: Saturday 26 September 2026, so Monday the 28th."""
    assert schedule(dated()).lines["ordinary"].enforce_by == day("2026-09-28")


def test_an_appeal_over_a_saturday_by_hand():
    """Sued on 10 August 2023, registered on the 17th, judged on Friday 17 November: fifteen days
    end on Saturday 2 December, so Monday 4 December; enforcement from there, six months.

    Sued on 13 June 2024, judged on 20 September: 5 October lies in the holiday to the 7th, so the
    8th. On the longest line the second instance counts from that day: 8 January 2025.
    """
    own = {"switches": {"proof": "enough", "track": "simplified"}}
    line = schedule(dated(), "parallel", sue_on=day("2023-08-10"), **own).lines["ordinary"]
    assert (line.judged_on, line.final_on) == (day("2023-11-17"), day("2023-12-04"))
    assert (line.enforced_on, line.enforce_by) == (day("2024-06-04"), day("2025-12-04"))
    feast = schedule(dated(), "parallel", sue_on=day("2024-06-13"), **own).lines["ordinary"]
    assert (feast.judged_on, feast.final_on) == (day("2024-09-20"), day("2024-10-08"))
    last = schedule(dated(), "parallel", sue_on=day("2024-05-13"), **own).lines["longest"]
    assert (last.judged_on, last.final_on) == (day("2024-09-20"), day("2025-01-08"))


@pytest.mark.parametrize(
    ("judged", "effective"),
    [("2023-11-22", "2023-12-04"), ("2024-09-24", "2024-10-08")],  # a Saturday; Friday 4 October
)
def test_a_criminal_judgment_takes_effect_on_no_day_off_by_hand(judged, effective):
    """Ten days, moved past a weekend or a holiday, where the file states the judgment alone."""
    days = {"criminal[0].on": day(judged), "criminal[0].effective_on": None}
    case = load_case(CASE).set(days)
    assert history(case)["effective"].day == day(effective)
    assert schedule(case).lines["ordinary"].criminal_ends_on == day(effective)


def test_preservation_before_and_in_the_suit_by_hand():
    """Which article it is follows from the days.

    Sued on 10 January, registered on the 17th. Asked on 5 January: before the suit, 48 hours, 7
    January; sue by 6 February. Asked on 12 January: in the suit, from registration five days, 22
    January; urgent, two days, 19 January. Security: all, or what the court sees fit; fee 270 yuan.
    """
    first = day("2024-01-10")

    def asked(on, **switches):
        found = schedule(dated(), sue_on=first, preserve_on=day(on), switches=switches)
        return found.lines["ordinary"].preservation

    before, within = asked("2024-01-05"), asked("2024-01-12")
    assert (before.kind, before.ruled_on) == ("before_suit", day("2024-01-07"))
    assert (before.sue_by, before.failed) == (day("2024-02-06"), "")
    assert (before.security_fen, before.fee_fen) == (2_500_000, 27_000)
    assert (within.kind, within.ruled_on, within.sue_by) == ("in_suit", day("2024-01-22"), None)
    assert (within.security_fen.low, within.security_fen.high) == (0, 750_000)
    assert asked("2024-01-12", urgency="urgent").ruled_on == day("2024-01-19")
    assert "civil-procedure-law:103" in within.cites
    assert "civil-procedure-law:104" in before.cites


def test_no_preservation_in_a_suit_that_is_over():
    """Registered on 17 January 2024, tried, judged on 17 April; fifteen days end on 2 May, a
    holiday, so it is in effect on the 6th.

    Asked on the 5th it is in the suit; on the 6th neither article is left, and nothing is due.
    Refused on 17 January, asked on the day of the suit: the court never ruled on it.
    """
    first, proof = day("2024-01-10"), {"proof": "enough"}

    def asked(on, regime="stay_if_prejudicial"):
        found = schedule(dated(), regime, sue_on=first, preserve_on=day(on), switches=proof)
        return found.lines["ordinary"].preservation

    assert asked("2024-05-05").kind == "in_suit"
    over = asked("2024-05-06")
    assert (over.kind, over.ruled_on, over.failed) == ("after_suit", None, "late")
    assert (over.security_fen, over.fee_fen) == (0, 0)
    never = asked("2024-01-10", "criminal_first")
    assert (never.kind, never.ruled_on, never.failed) == ("in_suit", None, "unruled")


def test_an_appeal_that_wins_keeps_what_was_frozen():
    """Refused for the criminal case: frozen for nothing; with the appeal it holds to the end."""
    first, sued = day("2023-12-31"), day("2024-01-10")
    kept = {}
    for refusal in ("wait", "appeal"):
        found = schedule(dated(), "criminal_first", switches={"refusal": refusal},
                         sue_on=sued, preserve_on=first)  # fmt: skip
        kept[refusal] = found.lines["ordinary"].preservation.failed
    assert kept == {"wait": "refused", "appeal": ""}


def test_nothing_is_made_good_while_the_first_suit_stands():
    """247: pending bars a second suit as a judgment does; withdrawal opens the door."""
    assert [refile_after(d) for d in ("stay", "registered", "accept_order")] == ["pending"] * 3
    assert refile_after("withdrawn") == refile_after("refusal_upheld") == "new"
    assert refile_after("indictment") is None


def test_in_parallel_she_loses_early_by_hand():
    """Registered on 7 January, judged on 7 April while the criminal trial runs: claim dismissed."""
    line = schedule(dated(), "parallel").lines["ordinary"]
    assert (line.document, line.judged_on) == ("claim_dismissed", day("2024-04-07"))
    assert line.enforced_on is None
    assert refile_after(line.document) == "barred"


def test_in_parallel_she_wins_early_with_proof_of_her_own():
    """The same day with proof of her own is a judgment, two months before the criminal one."""
    line = schedule(dated(), "parallel", switches={"proof": "enough"}).lines["ordinary"]
    assert (line.document, line.judged_on) == ("judgment", day("2024-04-07"))
    assert line.judged_on < line.criminal_ends_on == day("2024-06-11")


@pytest.mark.parametrize(
    ("adopted", "told", "judged"),
    [
        ("indictment", "2024-03-29", "2024-06-29"),
        ("first_judgment", "2024-05-29", "2024-08-29"),
        ("effective", "2024-06-11", "2024-09-11"),
    ],
)
def test_coordination_waits_for_the_document_of_the_switch_by_hand(adopted, told, judged):
    """Charged on 29 March, convicted on 29 May, in effect on 11 June; three months from there.

    The platform's reply is due on 9 January.
    """
    line = schedule(dated(), "coordinated", switches={"evidence_adopted_from": adopted})
    line = line.lines["ordinary"]
    assert dict(ends(line, "civil")[1:4]) == {
        "platform_reply": "2024-01-09",
        "stayed": told,
        "simplified": judged,
    }
    assert line.document == "judgment"
    assert line.parts[0].by == "judgment"  # by the day of the civil judgment it is in effect


def test_a_judgment_in_effect_comes_in_time_for_the_appeal():
    """In the longest parallel line the second instance has the criminal judgment before it."""
    days = {"criminal[0].on": day("2024-05-29"), "criminal[0].effective_on": day("2024-06-08")}
    line = schedule(dated(**days), "parallel", switches={"track": "simplified"}).lines["longest"]
    # registered 7 January, four months 7 May, 15 days 22 May, three months 22 August
    assert [end for _, end in ends(line, "civil")[1:4]] == [
        "2024-05-07",
        "2024-05-22",
        "2024-08-22",
    ]
    assert line.document == "final_judgment"


def test_days_of_the_file_stand_and_limits_fill_the_rest():
    """Charged on 1 April: review ends then, whatever its limit; trial counts from there."""
    line = schedule(dated(**{"criminal[0].charged_on": day("2024-04-01")})).lines["ordinary"]
    by = {step.state: step for step in line.steps}
    assert str(by["review"].ends) == "2024-04-01"
    assert by["review"].source == "case:criminal[0].charged_on"
    assert str(by["trial"].ends) == "2024-06-01"
    assert by["trial"].source == "deadline:trial"


def test_no_step_passes_a_day_the_file_states():
    """Charged three weeks after the arrest: the investigation of two months ends by then."""
    for variant in VARIANTS:
        line = schedule(dated(**{"criminal[0].charged_on": day("2024-01-21")})).lines[variant]
        criminal = [s for s in line.steps if s.track == "criminal"]
        charged = next(s for s in criminal if s.document == "indictment")
        assert charged.ends == day("2024-01-21")
        assert all(a.ends == b.begins for a, b in zip(criminal, criminal[1:], strict=False))


# --- the tracks as data


def test_every_state_and_move_is_named_and_rests_on_articles():
    """Known states, documents, fees, limits; authority; words in both languages."""
    ids = [state.id for state in states()]
    assert len(set(ids)) == len(ids)
    for each in moves():
        assert {each.source, each.target} <= set(ids)
        assert each.document is None or each.document in DOCUMENTS
        assert each.fee is None or each.fee in FEES
        assert all(article(id).zh for id in each.cites)
        assert each.cites
    for lang in LANGS:
        texts = topic_words("procedure", lang)
        assert set(texts["states"]) == set(ids)
        assert set(texts["documents"]) == set(DOCUMENTS) == {m.document for m in moves()} - {None}
        assert set(texts["fees"]) == set(FEES)
        assert set(texts["regimes"]) == set(REGIMES)
        assert set(texts["variants"]) == set(VARIANTS) == set(texts["variants_about"])
        assert set(STAGES) <= {*texts["states"], *texts["stages"]}
        for key, options in SWITCHES.items():
            assert set(texts["switches"][key]["options"]) == set(options)


def test_no_way_leads_out_of_a_final_state():
    """And every other state has one."""
    sources = {each.source for each in moves()}
    assert sources == {state.id for state in states() if not state.final}


def test_two_dismissals_are_two_things():
    """A ruling on the suit leaves a new one open; a judgment on the claim bars it."""
    suit, claim = move("simplified", "suit_dismissed"), move("simplified", "claim_dismissed")
    assert (suit.appeal, suit.fee) == ("appeal.ruling", "refunded")
    assert (claim.appeal, claim.fee) == ("appeal.judgment", "half")
    assert (refile_after("suit_dismissed"), refile_after("claim_dismissed")) == ("new", "barred")
    assert move("small", "judgment").appeal is None  # one instance
    assert move("simplified", "stay").appeal is None
    assert move("filing", "not_accepted").fee == "none"


@pytest.mark.parametrize("name", REGIMES)
def test_regimes_state_what_they_rest_on(name):
    """Law as written, minutes, a criticised practice and a proposal are not mixed."""
    found = regime_named(name)
    assert (
        found.basis
        == {
            "criminal_first": "doctrine",
            "stay_if_prejudicial": "law in force",
            "parallel": "doctrine",
            "coordinated": "reform proposal",
        }[name]
    )
    assert all(article(id).zh for id in found.cites)


# --- admissibility


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("stage", STAGES)
def test_admission_is_complete(regime, stage):
    """Every ground at every stage has authority, basis and words; a refusal says what then."""
    said = admit(load_case(CASE), regime, day("2024-03-01"), stage)
    assert (said.refile is None) == (said.document == "registered")
    assert said.document in ("registered", "not_accepted", "suit_dismissed")
    for each in said.grounds:
        assert each.basis in BASES
        assert all(article(id).zh for id in each.cites)
        assert all(words("procedure", f"grounds.{each.key}.about", lang) for lang in LANGS)
    if regime == "parallel":
        assert (said.document, said.stays) == ("registered", False)


@pytest.mark.parametrize("stage", OPEN)
def test_what_an_open_criminal_case_does(stage):
    """Refused, stayed, tried, tried: the four regimes while the criminal case runs."""
    case, on = load_case(CASE), day("2024-03-01")
    said = {name: admit(case, name, on, stage) for name in REGIMES}
    assert said["criminal_first"].document == "not_accepted"
    assert said["criminal_first"].refile == "after_change"
    assert said["stay_if_prejudicial"].stays
    tried = stage in ("appeal_period", "second_criminal")  # by default from the first judgment on
    assert said["coordinated"].stays is not tried
    own = {"proof": "enough"}
    assert not admit(case, "stay_if_prejudicial", on, stage, own).stays
    assert not admit(case, "stay_if_prejudicial", on, stage, {"proof": "some"}).stays


def test_before_any_criminal_case_rigid_practice_hands_over():
    """A report only: the suit is dismissed by ruling and the matter passed to the police."""
    said = admit(load_case(CASE), "criminal_first", day("2024-03-01"), "reported")
    assert (said.document, said.transferred) == ("suit_dismissed", True)


def test_the_article_on_stays_by_day():
    """Article 150 until the end of 2021, 153 after."""
    case = load_case(CASE)
    for on, id in (("2021-12-31", "150"), ("2022-01-01", "153")):
        found = ground(admit(case, "stay_if_prejudicial", day(on), "trial"), "prejudicial")
        assert f"civil-procedure-law:{id}" in found.cites
        assert found.contested  # what "must" asks for is this course's reading


@pytest.mark.parametrize(
    ("ordered", "broad", "rigid", "written"),
    [
        ("none", False, "registered", "registered"),
        ("confiscation", False, "registered", "registered"),
        ("own-gain", False, "not_accepted", "registered"),
        ("full", False, "not_accepted", "not_accepted"),
        ("none", True, "not_accepted", "registered"),
    ],
)
def test_disposition_and_reading_of_176(ordered, broad, rigid, written):
    """After the criminal judgment: what was ordered for her, and how article 176 is read."""
    switches = {"disposition": ordered, "reading_176": "broad" if broad else "narrow"}
    for name, document in (("criminal_first", rigid), ("stay_if_prejudicial", written),
                           ("parallel", written), ("coordinated", written)):  # fmt: skip
        said = admit(load_case(CASE), name, day("2024-03-01"), "effective", switches)
        assert said.document == document
        assert said.refile == (None if document == "registered" else "reading")
        assert ground(said, "restitution_whole").contested


def test_what_bars_a_suit_by_a_reading_ends_with_no_criminal_case():
    """A criminal case ends; an order of restitution and a reading of 176 or 129 do not.

    A ruling decides nothing on the merits (民诉法解释212), so the claim is not barred for good;
    but before a court of the same reading it fares no better at any time.
    """
    on, many = day("2024-03-01"), load_case("hypo-payment")
    asked = [
        (load_case(CASE), "criminal_first", "trial", {}, "after_change"),
        (load_case(CASE), "criminal_first", "trial", {"reading_176": "broad"}, "reading"),
        (load_case(CASE), "criminal_first", "effective", {"reading_176": "broad"}, "reading"),
        (load_case(CASE), "parallel", "effective", {"disposition": "full"}, "reading"),
        (many, "stay_if_prejudicial", "trial", {"reading_129": "includes"}, "after_change"),
        (many, "stay_if_prejudicial", "effective", {"reading_129": "includes"}, "reading"),
    ]
    for case, regime, stage, switches, refile in asked:
        assert admit(case, regime, on, stage, switches).refile == refile


def test_restitution_not_stated_stays_open():
    """A file silent on restitution leaves the ground open, and an open ground bars nothing."""
    case = load_case(CASE).set({"criminal[0].restitution": None})
    said = admit(case, "criminal_first", day("2024-03-01"), "effective")
    assert ground(said, "restitution_whole").holds is None
    assert said.document == "registered"


def test_minutes_129_need_many_victims_and_the_suspect_as_defendant():
    """Read broadly they bar the suit against the suspect of a crime with several victims."""
    on, broad = day("2024-03-01"), {"reading_129": "includes"}
    one, two = load_case(CASE), load_case("hypo-payment")
    assert admit(one, "stay_if_prejudicial", on, "trial", broad).document == "registered"
    said = admit(two, "stay_if_prejudicial", on, "trial", broad)
    assert (said.document, said.transferred, said.refile) == ("not_accepted", True, "after_change")
    assert admit(two, "stay_if_prejudicial", on, "trial").document == "registered"
    assert admit(two, "parallel", on, "trial", broad).document == "registered"


def test_restitution_of_one_defendant_does_not_bar_the_suit_against_others():
    """Three defendants, one of them to restore the whole loss: the suit is taken."""
    case, on = load_case("hypo-tech"), day("2026-03-01")
    assert [(e.party, e.restitution) for e in case.criminal] == [("wu", "full")]
    said = admit(case, "stay_if_prejudicial", on, "effective")
    assert said.document == "registered"
    assert ground(said, "restitution_whole").holds is False
    assert ground(said, "restitution_part").holds
    alone = case.set({"keji.sued": False, "yun.sued": False})
    assert admit(alone, "stay_if_prejudicial", on, "effective").document == "not_accepted"


def test_days_before_the_limits_we_hold_are_refused():
    """No limit of 2012 is held, so none is guessed."""
    with pytest.raises(NoRule):
        schedule(load_case(CASE).set({"acted_on": day("2012-03-01")}))


def test_jiangmen_path():
    """Two rulings in Henan decide nothing on the merits; a later suit in Guangdong wins in full.

    （2024）粤07民终3798号, after （2022）豫1003民初2662号 and （2022）豫10民终2867号.
    """
    case, on = load_case(CASE), day("2024-03-01")
    henan = admit(case, "criminal_first", on, "effective", {"reading_176": "broad"})
    assert (henan.document, henan.refile) == ("not_accepted", "reading")  # of that court
    assert refile_after("suit_dismissed") == "new"
    last = schedule(case, "stay_if_prejudicial", sue_on=on)
    assert {line.document for line in last.lines.values()} == {"judgment"}
    stuck = schedule(case, "criminal_first", sue_on=on, switches={"reading_176": "broad"})
    assert stuck.lines["ordinary"].judged_on is None


# --- no end


@pytest.mark.parametrize("regime", REGIMES)
def test_unsolved_case_has_no_end(regime):
    """Nobody is caught: no end of the criminal track, nor of a regime that waits for it."""
    for variant, line in schedule(
        load_case(CASE), regime, switches={"suspect": "at_large"}
    ).lines.items():
        last = [s for s in line.steps if s.track == "criminal"][-1]
        assert (last.state, last.ends, line.criminal_ends_on) == ("at_large", None, None), variant
        assert (line.judged_on is None) == (regime != "parallel")
    open_end = schedule(load_case(CASE), regime, switches={"suspect": "at_large"}).limitation
    assert (open_end.anew_on, open_end.last_on, open_end.by) == (None, None, "open")


def test_not_prosecuted_confirms_nothing():
    """A decision not to prosecute ends the case without a judgment: the claim is dismissed."""
    case = dated(**{"criminal[0].status": "not-prosecuted"})
    line = schedule(case, switches={"proof": "none"}).lines["ordinary"]
    assert [s.document for s in line.steps if s.track == "criminal"][-1] == "no_prosecution"
    assert line.document == "claim_dismissed"
    assert line.limitation.by == "not_prosecuted"


# --- limitation and preservation


def test_limitation_by_hand():
    """Interrupted by the report, anew from the judgment in effect on 11 June 2024: Friday 11 June
    2027."""
    found = schedule(dated()).limitation
    assert (found.interrupted_on, found.anew_on) == (day("2023-12-31"), day("2024-06-11"))
    assert (found.last_on, found.outer_on) == (day("2027-06-11"), day("2042-10-06"))
    assert schedule(dated(), sue_on=day("2027-06-11")).limitation.in_time
    assert not schedule(dated(), sue_on=day("2027-06-12")).limitation.in_time


def test_a_report_made_before_she_knew_of_him_interrupts_by_hand():
    """Reported on 31 December 2023, knew on 1 March 2024: anew from 11 June 2024 all the same."""
    found = schedule(dated(knew_on=day("2024-03-01"))).limitation
    assert (found.starts_on, found.interrupted_on) == (day("2024-03-01"), day("2023-12-31"))
    assert found.last_on == day("2027-06-11")


@pytest.mark.parametrize(
    ("reported", "sued", "expected"),
    [
        ("2025-10-09", "2026-06-01", ("2025-10-09", None, True)),
        ("2025-10-10", "2026-06-01", (None, "2025-10-09", False)),
        ("2025-10-10", "2025-10-09", (None, "2025-10-09", True)),  # sued on the last day
    ],
)
def test_only_a_report_within_three_years_interrupts(reported, sued, expected):
    """The act was on 2022-10-05; 2025-10-05 lies in the holiday of 1 to 8 October 2025, so the 9th
    was the last day."""
    case = load_case(CASE).set({"reported_on": day(reported)})
    unsolved = {"suspect": "at_large"}
    found = schedule(case, "parallel", sue_on=day(sued), switches=unsolved).limitation
    interrupted, last, in_time = expected
    assert (found.interrupted_on, found.last_on) == (day(interrupted), day(last))
    assert found.in_time == in_time


def test_preservation_lapses_without_a_suit_by_hand():
    """Asked on 31 December, ruled on 2 January, lifted on 1 February; sued on the 10th it holds."""
    first = day("2023-12-31")
    late = schedule(dated(), sue_on=day("2024-03-01"), preserve_on=first).lines["ordinary"]
    assert ends(late, "civil")[:2] == [("preserving", "2024-01-02"), ("preserved", "2024-02-01")]
    soon = schedule(dated(), sue_on=day("2024-01-10"), preserve_on=first).lines["ordinary"]
    assert ends(soon, "civil")[1] == ("preserved", "2024-01-10")


# --- procedure


def test_small_claims_need_a_small_sum_and_a_defendant_who_can_be_found():
    """Above half the yearly wage, or with the defendant at large, other procedures."""

    def tracks(case, **switches):
        line = schedule(case, "parallel", switches=switches).lines["shortest"]
        return {s.state for s in line.steps} & {"small", "simplified", "ordinary"}

    assert tracks(dated()) == {"small"}
    large = dated(**{"loss_fen": 5_000_001, "transfers[0].amount_fen": 5_000_001})
    assert tracks(large) == {"simplified"}
    assert tracks(load_case(CASE), suspect="at_large") == {"ordinary"}


def test_history_says_where_days_come_from():
    """Stated, or the day of the act for a report the file is silent on."""
    silent = history(load_case(CASE))
    assert (silent["reported"].low, silent["reported"].source) == (day("2022-10-05"), "assumed")
    assert "arrested" not in silent
    assert history(dated())["arrested"].source == "case:criminal[0].arrested_on"


# --- properties


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("regime", REGIMES)
def test_lines_of_shipped_cases(name, regime):
    """Steps follow one another, articles are held, variants keep their order, JSON holds all."""
    found = schedule(load_case(name), regime)
    for id in found.citations:
        assert article(id).zh
    for line in found.lines.values():
        for track in ("criminal", "civil"):
            own = [s for s in line.steps if s.track == track and s.state != "platform_reply"]
            assert all(a.ends == b.begins for a, b in zip(own, own[1:], strict=False))
        for step in line.steps:
            assert step.ends is None or step.begins <= step.ends
            assert step.cites
            assert step.basis in BASES
            assert step.source.partition(":")[0] in ("case", "deadline", "assumed")
    ends_on = [found.lines[v].criminal_ends_on or datetime.date.max for v in VARIANTS]
    assert ends_on == sorted(ends_on)
    data = json.loads(json.dumps(found.to_json()))
    assert data["schema"] == "simlib.schedule/1"
    assert list(data["lines"]) == list(VARIANTS)


@pytest.mark.parametrize("name", CASES)
def test_assumptions_have_words(name):
    """Each assumption of each regime can be put into a sentence."""
    from simlib.explain.assumption import assumption_words

    case = load_case(name)
    for regime in REGIMES:
        for switches in ({}, {"disposition": "full"}, {"suspect": "at_large"}):
            found = schedule(case, regime, switches=switches, preserve_on=case.acted_on)
            for entry in found.assumptions:
                assert all(assumption_words(entry, case, lang) for lang in LANGS)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(REGIMES),
    st.fixed_dictionaries({key: st.sampled_from(options) for key, options in SWITCHES.items()}),
    st.integers(0, 1500),
    st.integers(0, 400),
)
def test_laws_of_every_line(regime, switches, arrest, wait):
    """Days keep their order; money needs a judgment; no proof, no stay without an open case."""
    first = day("2023-01-31")
    case = load_case(CASE).set(
        {
            "reported_on": first,
            "criminal[0].arrested_on": first + datetime.timedelta(arrest),
        }
    )
    sued = first + datetime.timedelta(wait)
    for line in schedule(case, regime, switches=switches, sue_on=sued).lines.values():
        days = [d for d in (sued, line.judged_on, line.final_on, line.enforced_on) if d]
        assert days == sorted(days)
        assert line.enforced_on is None or line.document in (
            "judgment", "partial_judgment", "final_judgment"
        )  # fmt: skip
        assert (line.judged_on is None) == (
            line.document in ("not_accepted", "suit_dismissed", "transfer", "stay")
        )
        if switches["proof"] == "enough" and regime == "stay_if_prejudicial":
            assert "stayed" not in [s.state for s in line.steps]


@pytest.mark.parametrize(
    "call",
    [
        lambda case: schedule(case, "criminal-first"),
        lambda case: schedule(case, switches={"reading": "broad"}),
        lambda case: schedule(case, switches={"reading_176": "wide"}),
        lambda case: admit(case, "parallel", day("2024-01-01"), "court"),
    ],
)
def test_unknown_names_raise(call):
    """A regime, switch, value or stage that does not exist is refused."""
    with pytest.raises(UnknownName):
        call(load_case(CASE))


# --- what comes in mid-trial


def test_a_suit_is_stayed_from_the_indictment_on_by_hand():
    """Reading (d): registered on 12 November 2022, three months to 12 February; charged on 12
    January, 31 days before. In effect on 22 March: 31 days from there are 22 April, and she wins.

    Readings (b) and (c) wait for nothing: dismissed on 12 February.
    """
    case, sued = load_case(CASE), day("2022-11-05")
    found = {}
    for reading in SWITCHES["reading_153"]:
        asked = {"proof": "none", "reading_153": reading}
        found[reading] = schedule(case, switches=asked, sue_on=sued).lines["ordinary"]
    line = found["another_case"]
    assert [e for e in ends(line, "civil") if e[0] in ("simplified", "stayed")] == [
        ("simplified", "2023-01-12"),
        ("stayed", "2023-03-22"),
        ("simplified", "2023-04-22"),
    ]
    assert (line.document, line.proved) == ("judgment", "enough")
    assert [said.stays for said in line.admissions] == [False, True]
    for reading in ("burden", "preliminary_only"):
        line = found[reading]
        assert (line.document, line.judged_on) == ("claim_dismissed", day("2023-02-12"))


def test_an_order_of_restitution_in_mid_suit_by_hand():
    """The whole ordered on 22 March 2023 against the man she sues: the stay ends, the suit too.

    By the other reading it is tried from there in three months: 22 June, all of her loss. With
    proof of her own she is judged on 12 February, before the order, and keeps that.
    """
    case, sued = load_case(CASE), day("2022-11-05")

    def asked(**switches):
        every = {"disposition": "full", "proof": "none"} | switches
        return schedule(case, switches=every, sue_on=sued).lines["ordinary"]

    barred, appealed = asked(), asked(refusal="appeal")
    assert (barred.document, barred.judged_on) == ("suit_dismissed", None)
    assert ends(barred, "civil")[-1] == ("simplified", "2023-03-22")
    assert "civil-procedure-interpretation:208" in barred.steps[-1].cites
    assert refile_after(barred.document) == "new"
    assert appealed.steps[-1].document == "refusal_upheld"
    read = asked(restitution_bars="completed")
    assert (read.document, read.judged_on) == ("judgment", day("2023-06-22"))
    early = asked(proof="enough")
    assert (early.document, early.judged_on) == ("judgment", day("2023-02-12"))


def test_only_what_is_restored_bars_by_the_other_reading():
    """After the judgment: ordered in whole and not paid she may sue; paid in whole there is nothing
    left. The rigid practice looks to the order alone."""
    read, on = {"restitution_bars": "completed"}, day("2024-03-01")
    owed = load_case(CASE).set({"criminal[0].restitution": "full"})
    paid = owed.set({"criminal[0].restitution_paid_fen": 2_500_000})
    for case, regime, document in ((owed, "parallel", "registered"),
                                   (paid, "parallel", "not_accepted"),
                                   (owed, "criminal_first", "not_accepted")):  # fmt: skip
        assert admit(case, regime, on, "effective", read).document == document
    assert admit(owed, "parallel", on, "effective").document == "not_accepted"


def test_a_step_rests_on_what_it_uses():
    """Two months of investigation are article 156; the extension of 158 belongs to grave cases."""
    for crime, cited in (("ordinary", False), ("grave", True)):
        line = schedule(dated(), switches={"crime": crime}).lines["longest"]
        step = next(s for s in line.steps if s.state == "investigation")
        assert "criminal-procedure-law:156" in step.cites
        assert ("criminal-procedure-law:158" in step.cites) is cited
