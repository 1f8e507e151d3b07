"""Which proof exists on the day it is needed: clocks, ways to a piece, trails, all by hand."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib import load_case
from simlib.case.tables import Evidence
from simlib.errors import OutOfScope, UnknownName
from simlib.evidence import (
    LIMITS,
    PLACES,
    Facts,
    Levers,
    appraise,
    clock,
    kinds,
    levers_of,
    pieces,
    read_deposit,
    trail,
)
from simlib.evidence.evidence_timeline import _joint
from simlib.evidence.retention import TEACHING
from simlib.evidence.survival_of_piece import Kept, Way
from simlib.explain import assumption_words
from simlib.law.citation import article
from simlib.law.period import retentions
from simlib.law.regime import regime_for
from simlib.procedure import REGIMES, VARIANTS, schedule
from simlib.text import LANGS, cite_for

CASE = "2024-lu-0302-5690"
ACT = datetime.date(2022, 10, 5)  # day 0; nobody knows when she reported, so that is day 0 too
NOT = {"released_evidence": "not"}
KEPT = {"evidence.deletion_per_day": 0}  # nobody deletes anything before its time


def case_of(*evidence, **changes):
    """The real case with other facts, and with evidence in the place of its own."""
    case = load_case(CASE).set(changes)
    return case.model_copy(update={"evidence": evidence}) if evidence else case


def day(n):
    """Day n of the real case."""
    return ACT + datetime.timedelta(n)


def chances(found):
    """Chat and log of a trail, to four decimals."""
    return tuple(round(found.piece(kind).chance, 4) for kind in ("chat", "log"))


# --- clocks


def test_clocks_by_hand():
    """Chat: no duty, 180 days: 26 days of October, 30, 31, 31, 28, 31 make 177 on 31 March, so
    3 April. Log: six months by the calendar, to 5 April: 182 days. Bank: five years, then."""
    case = load_case(CASE)
    by = {p.kind.id: clock(p, case) for p in pieces(case)}
    assert (by["chat"].lapses_on, by["chat"].days) == (datetime.date(2023, 4, 3), 180)
    assert (by["log"].lapses_on, by["log"].days) == (datetime.date(2023, 4, 5), 182)
    assert by["bank-records"].lapses_on == datetime.date(2027, 10, 5)
    assert by["court_file"].lapses_on is None
    assert by["chat"].least is None
    assert by["chat"].basis == "teaching assumption"
    assert by["log"].basis == "law in force"


@pytest.mark.parametrize(("acted", "number"), [("2022-10-05", "21"), ("2025-12-31", "21"),
                                               ("2026-01-01", "23")])  # fmt: skip
def test_log_bears_the_number_of_its_day(acted, number):
    """The article moved from 21 to 23 on 1 January 2026; the period is six months under both."""
    case = load_case(CASE).set({"acted_on": datetime.date.fromisoformat(acted)})
    log = next(p for p in pieces(case) if p.kind.id == "log")
    (cited,) = clock(log, case).cites
    assert number in cite_for(cited, case, "en")
    assert f"第{number}条" in cite_for(cited, case, "zh")
    assert clock(log, case).least.length == 6


@pytest.mark.parametrize(("created", "lapses"), [("2024-12-31", "2029-12-31"),
                                                 ("2025-01-01", "2035-01-01")])  # fmt: skip
def test_bank_records_before_and_after_2025(created, lapses):
    """Five years until 2024, ten from 2025 on, by the law of the day the record came into being."""
    case = load_case(CASE).set({"evidence[1].created_on": datetime.date.fromisoformat(created)})
    records = next(p for p in pieces(case) if p.kind.id == "bank-records")
    assert str(clock(records, case).lapses_on) == lapses


def test_least_periods_are_minima():
    """Ten days beyond the six months are 15 April; a chat has no minimum to go beyond."""
    case = load_case(CASE)
    law = regime_for(case).variant({"evidence.kept_beyond_days": 10})
    by = {p.kind.id: clock(p, case, law=law).lapses_on for p in pieces(case)}
    assert by["log"] == datetime.date(2023, 4, 15)
    assert by["chat"] == datetime.date(2023, 4, 3)


def test_a_stated_period_runs_where_the_law_sets_no_longer_one():
    """The call records of the hypothetical case are kept for 150 days, from 18 January 2024: six
    months would be to 18 July, so that is the clock, and to keep them to 16 June is a breach. 200
    days, to 5 August, are the operator's own to keep."""
    case = load_case("hypo-account")
    ends = {}
    for days in (150, 200):
        kept = case.set({"evidence[1].retention_days": days})
        found = clock(next(p for p in pieces(kept) if p.id == "call-records"), kept)
        ends[days] = (str(found.lapses_on), str(found.own_on), found.breached, found.basis)
    assert ends == {
        150: ("2024-07-18", "2024-06-16", True, "law in force"),
        200: ("2024-08-05", "2024-08-05", False, "teaching assumption"),
    }


def test_a_cloud_company_keeps_the_logs_of_its_network_for_six_months():
    """网络安全法21(3) binds whoever runs a network or serves by it, a technical helper too: the log
    of 11 May 2023 to 11 November, and 90 days fall short of that. Who lent a card runs none."""
    case = load_case("hypo-tech")
    for stated, breached in ((None, False), (90, True)):
        told = case.set({"evidence[1].retention_days": stated})
        found = clock(pieces(told)[1], told)
        assert (str(found.lapses_on), found.breached) == ("2023-11-11", breached)
        assert found.cites == ("cybersecurity-law:23(1)(3)",)
    case = case_of(Evidence(id="log", kind="log", holder="zhang", created_on=ACT))
    assert clock(pieces(case)[0], case).least is None


def test_own_copies_have_no_clock():
    """The chat the claimant holds is her own copy, and nobody need give it to her."""
    case = load_case("hypo-account")
    chat = next(p for p in pieces(case) if p.id == "chat")
    assert (chat.kind.id, chat.own, clock(chat, case).lapses_on) == ("screenshot", True, None)
    printed = case_of(Evidence(id="b", kind="bank-records", holder="zhao"))
    assert clock(pieces(printed)[0], printed).lapses_on is None


def test_mandatory_period_kept_if_it_pays():
    """.2 of 500,000 yuan is 100,000: more than 50,000. At .05 it is 25,000: as today."""
    case = load_case(CASE)
    chat = next(p for p in pieces(case) if p.kind.id == "chat")
    paper = levers_of(case)
    assert paper == Levers(36, 50_000_000, 0.2, 5_000_000)
    kept = clock(chat, case, paper)
    assert (kept.lapses_on, kept.basis) == (datetime.date(2025, 10, 5), "reform proposal")
    assert kept.cites == ("paper:retention",)
    seldom = Levers(36, 50_000_000, 0.05, 5_000_000)
    assert clock(chat, case, seldom) == clock(chat, case)
    records = next(p for p in pieces(case) if p.kind.id == "bank-records")
    assert clock(records, case, paper) == clock(records, case)  # five years are longer


# --- pieces


def test_kinds_name_what_exists():
    """Every retention key and parameter a kind names is there; each called name is of one kind."""
    called = [name for kind in kinds().values() for name in kind.called]
    assert len(called) == len(set(called))
    law = regime_for(load_case(CASE))
    for kind in kinds().values():
        assert kind.retention is None or kind.retention in retentions()
        assert kind.keeps is None or law.value(kind.keeps) > 0


def test_no_piece_proves_more_than_there_is():
    """Of one who was careless a chat shows no knowledge, of one without fault nothing."""
    chat = Evidence(id="c", kind="chat")
    for grade, proves in (("knowing", "enough"), ("gross", "some"), ("none", "none")):
        case = case_of(chat, **{"zhang.grade": grade})
        assert pieces(case)[0].proves == proves


def test_what_it_shows_counts():
    """A chat that shows the fraud alone says nothing of his knowledge."""
    fraud = Evidence(id="c", kind="chat", against="zhang", shows=("fraud",))
    known = Evidence(id="c", kind="chat", against="zhang", shows=("fraud", "knowledge"))
    assert [pieces(case_of(e))[0].proves for e in (fraud, known)] == ["none", "enough"]


def test_her_own_chat_is_of_the_fraud():
    """Her screenshots are of her chat with the swindlers: not of what he knew, unless the file says
    so. His chats with them are another piece, on a platform, whether or not she has her own."""
    own = {"kind": "chat", "holder": "zhao"}
    for shows, proves in (((), "none"), (("fraud",), "none"), (("knowledge",), "enough")):
        case = case_of(Evidence(id="own", shows=shows, **own))
        his = next(p for p in pieces(case) if p.kind.id == "chat")
        assert (pieces(case)[0].kind.id, pieces(case)[0].proves) == ("screenshot", proves)
        assert (his.source, his.holder, his.proves) == ("assumed", "platform", "enough")


# --- who keeps what, by holder and kind


def held_of(case_id):
    """Each piece of a shipped case by its id: kind, holder, last day."""
    case = load_case(case_id)
    return {p.id: (p.kind.id, p.holder, str(clock(p, case).lapses_on)) for p in pieces(case)}


def test_her_phone_and_copies_in_the_file_run_no_platform_s_clock():
    """Her chat is on her own phone, the two screenshots lie in the file; what the platform itself
    may have of Deng's chats is assumed, 180 days from 10 September 2025."""
    held = held_of("hypo-knowledge")
    assert held["e-fraud"] == ("screenshot", "he", "None")
    for copy in ("e-price", "e-script"):
        assert held[copy] == ("screenshot", "claimant", "None")
    assert held["assumed-chat"] == ("chat", "platform", "2026-03-09")
    assert all(held[id][1] == "deng" for id in ("e-story", "e-advert"))
    found = trail(load_case("hypo-knowledge"))
    assert {p.chance for p in found.pieces if p.piece.kind.id == "screenshot"} == {1.0}


def test_records_without_a_period_are_not_kept_for_ever():
    """A bank's recording and notice: 180 days by assumption, as chats; the assumption is said."""
    held = held_of("hypo-knowledge")
    assert held["e-counter"] == held["e-restrict"] == ("record", "bank", "2026-03-09")
    found = trail(load_case("hypo-knowledge"))
    assert "evidence.record_days" in [each["key"] for each in found.assumptions]
    case = case_of(Evidence(id="n", kind="note", holder="platform", created_on=ACT))
    assert clock(pieces(case)[0], case).lapses_on == day(180)
    case = case_of(Evidence(id="n", kind="note", holder="zhang", created_on=ACT))
    assert clock(pieces(case)[0], case).lapses_on is None  # a person deletes nothing by a system


def test_posts_and_complaints_are_no_network_logs():
    """Posts: sixty days of 互联网信息服务管理办法14(2), 10 March 2024 + 60; a complaint: no law."""
    case = load_case("hypo-chain")
    posts = next(p for p in pieces(case) if p.id == "posts")
    assert (posts.kind.id, str(clock(posts, case).lapses_on)) == ("posts", "2024-05-09")
    assert clock(posts, case).cites == ("internet-information-measures:14(2)",)
    case = load_case("hypo-pieces")
    complaint = next(p for p in pieces(case) if p.id == "complaint")
    known = clock(complaint, case)
    assert (complaint.kind.id, known.least, known.basis) == ("complaint", None, TEACHING)
    assert str(known.lapses_on) == "2024-12-01"  # 4 June 2024 + 180


# --- the real case on four days
#
# The court answers a suit after seven days, so a suit on day n − 7 is asked about on day n. The
# criminal case ends on day 168 (22 March 2023): seven days to open it, two months, one month, two
# months, ten days. Chat: T = 180, log: T = 182. Φ(ln((T − t) / 20) / .8):
#   t     chat: T−t  z          Φ         log: T−t  z          Φ
#   7     173         2.6969   .9965      175        2.7113   .9966
#   150   30          .5068    .6939      32          .5875   .7216
#   170   10         −.8664    .1931      12         −.6385   .2616
#   175   5          −1.7329   .0416      7          −1.3123  .0947
#   177   3          −2.3714   .0089      5          −1.7329  .0416
#   181   −1                   0          1          −3.7447  .0001
TODAY = {7: (0.9965, 0.9966), 150: (0.6939, 0.7216), 170: (0.1931, 0.2616), 175: (0.0416, 0.0947),
         177: (0.0089, 0.0416), 181: (0.0, 0.0001)}  # fmt: skip
# A platform bound to forty-eight hours is in time with the chat until 178 + 2. The log is a bank's,
# and the court's own place knows no other organ: neither limit of the paper is theirs.
FIXED = {7: 1, 150: 1, 170: 1, 175: 1, 177: 1, 181: 0}


@pytest.mark.parametrize("reply", LIMITS)
@pytest.mark.parametrize("on", [7, 150, 170, 177, 181])
@pytest.mark.parametrize("regime", REGIMES)
def test_real_case_by_hand(regime, on, reply):
    """Asked on that day; criminal first sends away who comes before day 168, and takes her then."""
    asked = 175 if regime == "criminal_first" and on < 168 else on
    found = trail(load_case(CASE), regime, reply=reply, sue_on=day(on - 7), values=KEPT)
    assert found.asked_on == day(asked)
    chat, log = TODAY[asked]
    assert chances(found) == (chat if reply in ("today", "request_3d") else FIXED[asked], log)
    assert found.piece("bank-records").chance > 0.9999


def test_real_case_proof_and_money_by_hand():
    """Sued at once and tried at once: .99650 that the chat is there, .99665 the log.

    Some: (1 − .99650) · .99665 = .00349. Enough brings 25,000 yuan at once, some in two parts: a
    share first, the rest when the criminal judgment finds that he knew.
    Expected: (.99650 + .00349) · 2,500,000.
    """
    found = trail(load_case(CASE), "parallel", values=KEPT)
    assert found.proof == pytest.approx({"enough": 0.99650, "some": 0.00349, "none": 0.0000117},
                                        abs=6e-6)  # fmt: skip
    assert sum(found.proof.values()) == pytest.approx(1)
    expected, (enough, some) = found.received.expected, list(found.proof.values())[:2]
    assert expected == pytest.approx(2_500_000 * (enough + some), abs=1)
    assert (found.received.low, found.received.high) == (0, 2_500_000)


def test_effective_judgment_needs_no_piece():
    """Criminal first: the chat is gone, the judgment finds knowledge: enough, and all of it."""
    found = trail(load_case(CASE), "criminal_first", sue_on=day(174), values=KEPT)
    assert found.piece("chat").chance == 0 or found.asked_on == day(181)
    assert found.proof == {"enough": 1, "some": 0, "none": 0}
    assert found.received.expected == 2_500_000


def test_deletion_by_hand():
    """Asked on day 7, answered in two days: exp(−.002 · 9) = .9822 for the chat alone."""
    found = trail(load_case(CASE), "parallel", reply="platform_48h")
    assert chances(found) == (0.9822, 0.9966)


# --- a helper whom nobody prosecutes, opened on day 97 (10 January 2023)
#
# Investigation two months, review one: no prosecution on 10 April (day 187); under criminal first
# she is registered on 17 April, day 194. Chat and log are gone on days 180 and 182.
# What a person keeps for five days: no law makes him keep it longer.
SHORT = [Evidence(id=k, kind=k, retention_days=5, holder="zhang") for k in ("chat", "log")]
UNPROSECUTED = {
    "criminal[0].status": "not-prosecuted",
    "criminal[0].opened_on": day(97),
    "criminal[0].sentence": None,
    "criminal[0].fine_fen": None,
}


def test_piece_lapses_while_she_waits():
    """Nothing on day 194, however fast anybody answers: nothing proved, nothing received."""
    for reply in LIMITS:
        found = trail(case_of(**UNPROSECUTED), "criminal_first", reply=reply, values=KEPT)
        assert found.asked_on == day(194)
        assert chances(found) == (0, 0)
        chat = found.piece("chat")
        assert (chat.answered_on, chat.secured_by) == (None, None)
        assert [step.key for step in chat.steps] == ["lapsed", "asked", "answered"]
        assert found.proof == {"enough": 0, "some": 0, "none": 1}
        assert found.received.high == 0


def test_unprosecuted_helper_sued_at_once():
    """Tried at once the chat is there as ever, and enough."""
    found = trail(case_of(**UNPROSECUTED), "parallel", values=KEPT)
    assert chances(found) == TODAY[7]
    assert round(found.proof["enough"], 4) == 0.9965


def test_preservation_stops_the_clock():
    """Asked for on day 178, ruled on day 180, the chat's last: there on day 194. A day later the
    chat is gone and the log still there, on its last day but one."""
    case = case_of(**UNPROSECUTED)
    found = trail(case, "criminal_first", preserve_on=day(178), values=KEPT)
    chat = found.piece("chat")
    assert (chat.chance, chat.secured_on, chat.secured_by) == (1, day(180), "preservation")
    assert found.proof["enough"] == 1
    assert found.received.expected == 2_500_000
    late = trail(case, "criminal_first", preserve_on=day(179), values=KEPT)
    assert chances(late) == (0, 1)
    assert late.proof["some"] == 1


def test_preservation_while_the_suit_is_stayed():
    """Nobody keeps anything longer than five days, so the request of day 7 finds nothing and the
    suit is stayed; what is preserved on day 4 is there all the same."""
    case = case_of(*SHORT, **UNPROSECUTED)
    stayed = trail(case, values=KEPT)
    assert [(o.held, o.proved) for o in stayed.outcomes] == [("none", "none")]
    saved = trail(case, preserve_on=day(2), values=KEPT)
    assert [(o.held, o.proved) for o in saved.outcomes] == [("enough", "enough")]


# Preserved on day 2 (asked for on day 0), a suit has to follow by day 32 (民事诉讼法84(3), 104(3)),
# a Sunday, and so by Monday, day 33 (85(3)).
@pytest.mark.parametrize(("sued", "chance"), [(0, 1), (32, 1), (33, 1), (34, 0), (182, 0)])
def test_preservation_before_the_suit_needs_a_suit_in_thirty_days(sued, chance):
    """The clock of a platform that keeps chats for three days: preserved on day 2, the chat is
    there if she sues by day 33; from day 34 on the preservation is lifted. The copy is in the
    court's file all the same, and is handed to the court seised later (民事证据规定29); gone it is
    only by the reading that what was released may not be used."""
    case = case_of(Evidence(id="chat", kind="chat", retention_days=3), **UNPROSECUTED)
    asked = {"preserve_on": ACT, "sue_on": day(sued), "values": KEPT}
    found = trail(case, "parallel", switches=NOT, **asked).piece("chat")
    assert found.chance == chance
    lifted = [(step.key, step.on) for step in found.steps if step.key.startswith("lifted")]
    assert lifted == ([] if chance else [("lifted", day(33))])
    assert found.secured_by == ("preservation" if chance else None)
    copy = trail(case, "parallel", **asked).piece("chat")
    assert (copy.chance, copy.secured_by, copy.released) == (1, "preservation", not chance)
    handed = [(step.on, step.cites) for step in copy.steps if step.key == "handed"]
    assert handed == ([] if chance else [(day(sued + 7), ("evidence-rules:29",))])


def test_preservation_in_the_suit_is_not_lifted():
    """Sued on day 0, registered on day 7, preserved on day 170: no thirty days run in a suit."""
    found = trail(case_of(**UNPROSECUTED), "parallel", preserve_on=day(170), sue_on=ACT,
                  reply="request_3d", values=KEPT)  # fmt: skip
    assert "lifted" not in [step.key for step in found.piece("chat").steps]


def test_a_suit_refused_lifts_the_preservation():
    """Preserved on day 152 (asked for on day 150), sued on day 160, refused under criminal first;
    the next suit is that of day 187, after day 183 (182 is 5 April 2023, a holiday): lifted, as a
    teaching assumption, as with assets. Asked for on day 156, ruled on day 158, it would hold until
    day 188."""
    case = case_of(**UNPROSECUTED)
    asked = {"sue_on": day(160), "values": KEPT, "switches": NOT}
    found = trail(case, "criminal_first", preserve_on=day(150), **asked).piece("chat")
    lifted = next(step for step in found.steps if step.key == "lifted_refused")
    assert (lifted.on, lifted.basis, found.chance) == (day(183), "teaching assumption", 0)
    assert "civil-procedure-law:104(3)" in lifted.cites
    held = trail(case, "criminal_first", preserve_on=day(156), **asked).piece("chat")
    assert (held.chance, held.secured_by) == (1, "preservation")


def test_police_stop_the_clock():
    """They open the case on day 97 and collect; their file is there on day 187, before day 194."""
    case = case_of(**UNPROSECUTED)
    found = trail(case, "criminal_first", police="collect", values=KEPT)
    chat = found.piece("chat")
    assert (chat.chance, chat.secured_on, chat.secured_by) == (1, day(97), "police")
    keys = [step.key for step in chat.steps]
    assert keys == ["collected", "from_file", "asked", "answered"]
    assert chat.steps[1].on == day(187)
    assert {step.basis for step in chat.steps[:2]} == {"teaching assumption"}
    assert found.proof["enough"] == 1


def test_police_file_comes_too_late_for_who_is_tried_at_once():
    """Judgment on 12 January 2023 (day 99); the file opens on day 187: only the request counts."""
    case = case_of(**UNPROSECUTED)
    with_police = trail(case, "parallel", police="collect", values=KEPT)
    assert chances(with_police) == TODAY[7]
    assert with_police.proof == trail(case, "parallel", values=KEPT).proof


def test_police_file_ends_a_stay():
    """Kept for five days, opened on day 3: the court finds nothing on day 7 and stays the suit;
    on day 93 nobody is prosecuted, and the file proves what he knew."""
    case = case_of(*SHORT, **UNPROSECUTED | {"criminal[0].opened_on": day(3)})
    found = trail(case, police="collect", values=KEPT)
    (only,) = found.outcomes
    assert (only.held, only.at_trial, only.proved) == ("none", "enough", "enough")
    line = only.schedule.lines["ordinary"]
    stay = next(step for step in line.steps if step.state == "stayed")
    # 8 October, two months, one month: 8 January 2023; three months of trial from then
    assert (stay.begins, stay.ends) == (day(7), datetime.date(2023, 1, 8))
    assert line.judged_on == datetime.date(2023, 4, 8)
    assert found.received.expected == 2_500_000


def test_seizure_the_file_states():
    """What the police seized on day 20 is there whoever collects, from the end of their case."""
    chat = Evidence(id="c", kind="chat", seized_on=day(20))
    found = trail(case_of(chat, **UNPROSECUTED), "criminal_first")
    assert (found.piece("chat").chance, found.piece("chat").secured_on) == (1, day(20))
    assert found.piece("chat").steps[0].basis == "law in force"


@pytest.mark.parametrize(("adopted", "on"), [
    ("first_judgment", "2023-03-12"), ("indictment", "2023-01-12"), ("effective", "2023-03-22"),
])  # fmt: skip
def test_coordination_opens_the_file_at_the_document_of_the_switch(adopted, on):
    """The judgment of first instance by default, ten days before it takes effect; or the
    indictment (day 99), or the judgment in effect: the paper names none of them."""
    found = trail(load_case(CASE), "coordinated", police="collect", values=KEPT,
                  switches={"evidence_adopted_from": adopted})  # fmt: skip
    given = next(s for s in found.piece("chat").steps if s.key == "from_file")
    assert str(given.on) == on
    assert given.basis == "reform proposal"
    assert "paper:evidence" in given.cites


# --- where, and what if they refuse


def test_refusal_by_hand():
    """Thirty days more: asked on day 7 as on day 37, 143 left: z = 2.4589, Φ = .9930. The bank's
    log is not the platform's to refuse."""
    found = trail(load_case(CASE), "parallel", refuses=True, values=KEPT)
    assert chances(found) == (0.9930, 0.9966)
    chat = found.piece("chat")
    assert [(s.key, s.on) for s in chat.steps] == [
        ("asked", day(7)), ("ordered", day(37)), ("answered", day(57))
    ]  # fmt: skip
    assert chat.steps[1].cites == ("civil-procedure-law:117", "civil-procedure-law:118")


def test_refusal_until_the_clock_has_run():
    """Asked on day 150, ordered by day 180, the chat's last. By the paper the platform is fined as
    its forty-eight hours end and delivers by day 154."""
    asked = {"refuses": True, "sue_on": day(143), "values": KEPT}
    assert chances(trail(load_case(CASE), "parallel", **asked)) == (0, 0.7216)
    fined = trail(load_case(CASE), "parallel", reply="platform_48h", **asked)
    assert chances(fined) == (1, 0.7216)


def test_adverse_inference_only_against_a_party():
    """A defendant who holds the chat and refuses may be held to it; a platform may not."""
    held = Evidence(id="c", kind="chat", holder="zhang")
    keys = {
        holder: [s.key for s in trail(case, "parallel", refuses=True).piece("chat").steps]
        for holder, case in (("zhang", case_of(held)), ("platform", load_case(CASE)))
    }
    assert keys["zhang"] == ["asked", "adverse", "answered"]
    assert "adverse" not in keys["platform"]


def test_another_province_by_hand():
    """Today ten days more: as on day 17, 163 left: z = 2.6225, Φ = .9956; with three days between
    organs as on day 10, 170 left: z = 2.6751, Φ = .9963. Asked on day 168 and delivered in 48
    hours, 168 + 10 + 2 = 180 is the last day; with both, 175 + 3 + 2."""
    case = load_case(CASE)
    for reply, chance in (("today", 0.9956), ("request_3d", 0.9963)):
        found = trail(case, "parallel", reply=reply, place="province", values=KEPT)
        assert chances(found) == (chance, 0.9966)
    for reply, last in (("platform_48h", 168), ("both", 175)):
        for on, there in ((last, 1), (last + 1, 0.0001)):
            found = trail(case, "parallel", reply=reply, place="province", sue_on=day(on - 7),
                          values=KEPT)  # fmt: skip
            assert round(found.piece("chat").chance, 4) == there


def test_border_has_no_end_date():
    """Abroad nothing arrives by a known day, and no court here preserves; the bank's log is here.

    So some is proved, at .99665: 0 to 10,294.12 yuan."""
    found = trail(load_case(CASE), "parallel", place="border", preserve_on=ACT, police="collect",
                  values=KEPT)  # fmt: skip
    chat = found.piece("chat")
    assert (chat.chance, chat.answered_on, chat.secured_on) == (0, None, None)
    abroad = next(step for step in chat.steps if step.key == "abroad")
    assert abroad.on is None
    assert abroad.cites == ("civil-procedure-law:293", "data-security-law:36")  # no 284 in 2022
    late = trail(load_case(CASE), "parallel", place="border", sue_on=datetime.date(2024, 1, 1))
    assert "civil-procedure-law:284" in late.citations
    assert "civil-procedure-law:284" not in found.citations
    assert found.proof == {"enough": 0, "some": 1, "none": 0}
    plain = trail(load_case(CASE), "parallel", place="border", values=KEPT)
    assert round(plain.proof["some"], 4) == 0.9966


def test_mandatory_retention_where_criminal_comes_first():
    """On day 194 a period of three years still runs: chat and log are there."""
    case = case_of(**UNPROSECUTED)
    found = trail(case, "criminal_first", reply="platform_48h", levers=levers_of(case), values=KEPT)
    assert chances(found) == (1, 1)
    assert found.received.expected == 2_500_000


# --- the whole


def test_no_suit_no_proof():
    """The suspect at large and criminal first: never registered, nothing asked, nothing proved."""
    found = trail(load_case(CASE), "criminal_first", switches={"suspect": "at_large"},
                  preserve_on=ACT)  # fmt: skip
    assert found.asked_on is None
    assert found.proof == {"enough": 0, "some": 0, "none": 0}
    assert found.received.expected == 0
    chat = found.piece("chat")  # the court refuses her suit, and what was preserved is released
    assert (chat.secured_by, chat.released, chat.lifted) == ("preservation", True, False)
    found = trail(load_case(CASE), "criminal_first", switches={"suspect": "at_large", **NOT},
                  preserve_on=ACT)  # fmt: skip
    assert (found.piece("chat").secured_by, found.piece("chat").chance) == (None, 0)


def test_own_proof_is_a_floor():
    """Who can prove carelessness without any piece proves no less."""
    found = trail(load_case(CASE), "parallel", place="border", switches={"proof": "some"})
    assert found.proof["none"] == 0
    assert trail(load_case(CASE), "parallel", switches={"proof": "enough"}).proof["enough"] == 1


def test_joint_chances_by_hand():
    """A chat there with .5, and with .8 by the judgment; a log with .25.

    Enough at once .5; later .3, of which a quarter has the log meanwhile: .075; else .2.
    """
    early, later = datetime.date(2023, 1, 1), datetime.date(2023, 3, 1)
    case = load_case(CASE)
    chat, log = (next(p for p in pieces(case) if p.kind.id == k) for k in ("chat", "log"))

    def kept(piece, *ways):
        found = tuple(Way("court", None, on, chance) for on, chance in ways)
        return Kept(piece, clock(piece, case), None, None, None, None, 0.0, (), found)

    both = (kept(chat, (early, 0.5), (later, 0.8)), kept(log, (early, 0.25)))
    assert _joint(both, "none", early, later) == pytest.approx({
        ("enough", "enough"): 0.5, ("some", "enough"): 0.075, ("none", "enough"): 0.225,
        ("some", "some"): 0.05, ("none", "none"): 0.15,
    })  # fmt: skip


def test_forged_chat_proves_nothing():
    """Its digest matches, and it was forged before: .99665 of the log is all that is left.

    So enough never, some .99665; with the log on which no finding may rest alone, nothing.
    """
    forged = read_deposit(Facts(on_chain=True, digest_matches=True, objects_before=True,
                                proved_before=False, explained_before=False,
                                corroborated=False))  # fmt: skip
    assert (forged.after, forged.outcome) == ("presumed", "not_confirmed")
    case, asked = load_case(CASE), {"regime": "parallel", "values": KEPT}
    found = trail(case, **asked, authentic={"assumed-chat": forged})
    assert found.piece("chat").authentic is forged
    assert round(found.piece("chat").chance, 4) == 0.9965
    assert found.proof == pytest.approx({"enough": 0, "some": 0.99665, "none": 0.00335}, abs=6e-6)
    assert "online-litigation-rules:18" in [c.partition("(")[0] for c in found.citations]
    with pytest.raises(UnknownName):
        trail(case, **asked, authentic={"nothing": forged})


def test_doubtful_piece_needs_another():
    """The chat counts only where the log is there too: .99650 · .99665 = .99316; the log alone
    .99665 · .00350 = .00349; nothing .00335."""
    true = read_deposit(Facts(neutral_platform=True))
    doubtful = replace(true, alone=False)
    found = trail(load_case(CASE), "parallel", values=KEPT, authentic={"assumed-chat": doubtful})
    assert true.outcome == "presumed"
    assert found.proof == pytest.approx({"enough": 0.99316, "some": 0.00349, "none": 0.00335},
                                        abs=6e-6)  # fmt: skip


def test_trial_may_prove_more_than_the_suit_did():
    """Held nothing, so the suit is stayed; at the trial she can prove it, so judgment for her."""
    case = case_of(**UNPROSECUTED)
    line = schedule(case, switches={"proof": "none"}, at_trial="enough").lines["ordinary"]
    plain = schedule(case, switches={"proof": "none"}).lines["ordinary"]
    assert (line.document, line.proved) == ("judgment", "enough")
    assert (plain.document, plain.proved) == ("claim_dismissed", "none")
    assert line.judged_on == plain.judged_on
    with pytest.raises(UnknownName):
        schedule(case, at_trial="plenty")


@pytest.mark.parametrize("name", [CASE, "fix-1", "hypo-account", "hypo-chain", "hypo-knowledge",
                                  "hypo-layers", "hypo-promotion", "hypo-tech",
                                  "hengnan-hengyang"])  # fmt: skip
@pytest.mark.parametrize("regime", REGIMES)
def test_every_case_as_json_and_words(name, regime):
    """Plain JSON; every article cited exists and has words, and so does every assumption."""
    case = load_case(name)
    found = trail(case, regime, place="province", preserve_on=case.acted_on, refuses=True,
                  police="collect", levers=levers_of(case))  # fmt: skip
    data = json.loads(json.dumps(found.to_json()))
    assert data["schema"] == "simlib.evidence/1"
    assert sum(each["chance"] for each in data["outcomes"]) == pytest.approx(1)
    for lang in LANGS:
        assert all(cite_for(c, case, lang) for c in found.citations)
        assert all(assumption_words(entry, case, lang) for entry in found.assumptions)
    for cited in found.citations:
        article(cited)
    stated = [kept for kept in found.pieces if kept.piece.source != "assumed"]
    assert [kept.piece.id for kept in stated] == [piece.id for piece in case.evidence]


def test_assumptions_of_what_was_asked():
    """Each choice brings its own assumptions, and no other."""

    def keys(**asked):
        return {
            str(entry["key"]) for entry in trail(load_case(CASE), "parallel", **asked).assumptions
        }

    plain = keys()
    assert {"evidence.kinds", "evidence.today_sigma", "evidence.asked-before-stay"} <= plain
    assert keys(preserve_on=ACT) - plain == {"evidence.preserved-copy"}
    late = ACT + datetime.timedelta(60)
    assert keys(preserve_on=ACT, sue_on=late) - keys(sue_on=late) == {"evidence.preserved-lifted"}
    lost = keys(preserve_on=ACT, sue_on=late, switches=NOT) - keys(sue_on=late)
    assert lost == {"evidence.preserved-lifted-not"}
    assert keys(police="collect") - plain == {"evidence.police-file"}
    assert keys(place="province") - plain == {"evidence.place", "evidence.crosses_days"}
    assert keys(refuses=True) - plain == {"evidence.refusal_days"}
    assert keys(reply="request_3d") == plain  # no other organ has part in it
    far = keys(place="province", reply="both") - keys(place="province")
    assert far == {"evidence.request_days", "evidence.platform_days"}
    fined = keys(refuses=True, reply="platform_48h") - plain
    assert fined == {"evidence.fined", "evidence.platform_days"}
    paper = levers_of(load_case(CASE))
    assert "evidence.levers" in keys(levers=paper)
    assert "evidence.levers-not-kept" in keys(levers=Levers(36, 0, 0.5, 1))


def test_an_appraisal_ends_the_small_claim_and_lengthens_the_trial():
    """民事诉讼法166(3): no small claim, so three months and not two; and its 60 days besides.

    Registered on 2022-10-12, tried at once: small claims by 2022-12-12; the simplified procedure by
    2023-01-12, and 60 days later by 2023-03-13. Under the law before 2022 there was no such rule.
    """
    case = load_case(CASE)

    def judged(**asked):
        found = trail(case, "parallel", switches={"track": "small"}, **asked)
        return {str(each.schedule.lines["ordinary"].judged_on) for each in found.outcomes}, found

    assert judged()[0] == {"2022-12-12"}
    days, found = judged(appraisal=appraise(day(7)))
    assert days == {"2023-03-13"}
    assert "civil-procedure-law:166" in found.citations
    keys = {entry["key"] for entry in found.assumptions}
    assert {"procedure.appraised", "evidence.appraisal_days"} <= keys
    assert "procedure.excluded" not in keys
    assert all(assumption_words(entry, case, lang) for entry in found.assumptions for lang in LANGS)
    old = replace(appraise(datetime.date(2021, 6, 1)), excluded_days=0)
    assert judged(appraisal=old)[0] == {"2022-12-12"}


@pytest.mark.parametrize(("asked", "error"), [
    ({"reply": "soon"}, UnknownName),
    ({"place": "moon"}, UnknownName),
    ({"police": "maybe"}, UnknownName),
    ({"regime": "never"}, UnknownName),
    ({"values": {"evidence.nothing": 1}}, UnknownName),
    ({"values": {"evidence.deletion_per_day": 2}}, OutOfScope),
    ({"preserve_on": datetime.date(2020, 1, 1)}, OutOfScope),
    ({"sue_on": datetime.date(2020, 1, 1)}, OutOfScope),
])  # fmt: skip
def test_bad_questions(asked, error):
    """What does not exist, or lies before the act, is refused."""
    with pytest.raises(error):
        trail(load_case(CASE), **asked)


# --- what must hold whatever is asked

CHOICES = {
    "regime": st.sampled_from(REGIMES),
    "reply": st.sampled_from(LIMITS),
    "place": st.sampled_from(PLACES),
    "refuses": st.booleans(),
    "police": st.sampled_from(["ignore", "collect"]),
}
FEW = settings(deadline=None, max_examples=30)
LESS = 1e-12


def no_less(more, less):
    """Every piece has at least the chance in the first trail that it has in the second."""
    for one, other in zip(more.pieces, less.pieces, strict=True):
        assert one.chance >= other.chance - LESS


@FEW
@given(st.fixed_dictionaries(CHOICES), st.integers(0, 300), st.integers(0, 300), st.booleans())
def test_preservation_never_lowers(asked, sued, preserved, tried):
    """Whatever else, who preserves has no smaller chance of any piece."""
    case = load_case(CASE) if tried else case_of(**UNPROSECUTED)
    plain = trail(case, sue_on=day(sued), **asked)
    no_less(trail(case, sue_on=day(sued), preserve_on=day(preserved), **asked), plain)


@FEW
@given(st.fixed_dictionaries({k: v for k, v in CHOICES.items() if k != "regime"}),
       st.integers(0, 300), st.integers(0, 300))  # fmt: skip
def test_earlier_suit_never_lowers(asked, one, other):
    """Tried at once, who sues earlier is registered earlier and has no smaller chance of what
    others hold. (Criminal first turns that round: who is sent away may come back later than one
    who waited. What is in the criminal file may come too late for who is early.)"""
    early, late = sorted((one, other))
    asked["police"] = "ignore"
    both = [trail(load_case(CASE), "parallel", sue_on=day(n), **asked) for n in (early, late)]
    for first, last in zip(both[0].pieces, both[1].pieces, strict=True):
        if first.piece.kind.id != "court_file":
            assert first.chance >= last.chance - LESS


@FEW
@given(st.fixed_dictionaries(CHOICES), st.integers(0, 300), st.integers(0, 400),
       st.integers(0, 400))  # fmt: skip
def test_longer_retention_never_lowers(asked, sued, one, other):
    """Kept longer beyond the minimum, and chats longer."""
    short, long = sorted((one, other))
    keys = ("evidence.kept_beyond_days", "evidence.chat_days")
    both = [trail(load_case(CASE), sue_on=day(sued), values=dict.fromkeys(keys, n), **asked)
            for n in (long, short)]  # fmt: skip
    no_less(*both)


@FEW
@given(st.fixed_dictionaries(CHOICES), st.integers(0, 300), st.integers(1, 30), st.integers(1, 30))
def test_faster_reply_never_lowers(asked, sued, one, other):
    """Each limit by its own length: `test_evidence_reference` compares them with each other."""
    fast, slow = sorted((one, other))
    keys = ("evidence.today_median_days", "evidence.request_days", "evidence.platform_days")
    both = [trail(load_case(CASE), sue_on=day(sued), values=dict.fromkeys(keys, n), **asked)
            for n in (fast, slow)]  # fmt: skip
    no_less(*both)


def test_lines_are_the_procedures_own():
    """A trail's outcomes rest on schedules with three lines each, under its own regime."""
    for outcome in trail(load_case(CASE)).outcomes:
        assert tuple(outcome.schedule.lines) == VARIANTS
