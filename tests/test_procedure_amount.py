"""What a line brings, where she may sue and what it costs."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib import decide, load_case
from simlib.errors import UnknownName
from simlib.interval import Interval, high_end
from simlib.law.citation import BASES, article
from simlib.procedure import REGIMES, case_then, courts, fee, received, schedule
from simlib.procedure.amount import frozen_on, left
from simlib.procedure.courts import CITES, preservation_fee, rules, security
from simlib.text import LANGS, words

CASE = "2024-lu-0302-5690"


def dated(name=CASE, **changes):
    """A case reported on the last day of 2023."""
    return load_case(name).set({"reported_on": datetime.date(2023, 12, 31)} | changes)


@pytest.mark.parametrize(
    ("yuan", "full"),
    [
        (800, "50"),
        (10_000, "50"),
        (25_000, "425"),  # 50 + 15,000 × 2.5 %
        (70_000, "1550"),  # 50 + 60,000 × 2.5 %
        (442_892, "7943.38"),  # 50 + 2,250 + 2,000 + 242,892 × 1.5 %
        (1_000_000, "13800"),  # 50 + 2,250 + 2,000 + 4,500 + 5,000
        (30_000_000, "191800"),  # … + 9,000 + 24,000 + 35,000 + 60,000 + 50,000
    ],
)
def test_fee_by_hand(yuan, full):
    """Band by band; half in the simplified procedure; nothing after a ruling."""
    fen = int(full.replace(".", "")) * (1 if "." in full else 100)
    assert fee(yuan * 100) == fen
    assert fee(yuan * 100, "half") == -(-fen // 2)
    assert fee(yuan * 100, "none") == fee(yuan * 100, "refunded") == 0


def test_fee_has_authority():
    """The bands rise, the rates fall, and the articles are held."""
    for kind in ("fees", "security"):
        for rule in (each for history in rules(kind).values() for each in history):
            lows = [band["from_fen"] for band in rule.bands]
            rates = [float(band["rate"]) for band in rule.bands]
            assert lows == sorted(lows)
            assert rates == sorted(rates, reverse=True)
            assert rule.basis in BASES
            assert all(article(id).zh for id in rule.cites)
    assert all(article(id).zh for id in CITES)
    with pytest.raises(UnknownName):
        fee(100, "double")


@pytest.mark.parametrize(
    ("yuan", "full"),
    [
        (800, 30),
        (1_000, 30),
        (25_000, 270),  # 30 + 24,000 × 1 %
        (70_000, 720),  # 30 + 69,000 × 1 %
        (100_000, 1_020),  # 30 + 990
        (442_892, "2734.46"),  # 30 + 990 + 342,892 × 0.5 %
        (896_000, 5_000),  # 30 + 990 + 3,980
        (1_000_000, 5_000),  # 30 + 990 + 4,500 = 5,520, never more than 5,000
    ],
)
def test_fee_of_preservation_by_hand(yuan, full):
    """诉讼费用交纳办法14(2): thirty yuan, one per cent, half of one, at most five thousand."""
    fen = int(str(full).replace(".", "")) * (1 if "." in str(full) else 100)
    assert preservation_fee(yuan * 100, datetime.date(2024, 1, 1)) == fen


def test_security_by_hand():
    """All of 25 000 before the suit (民诉法解释152(2)); none to 7 500 in it (财产保全规定5(1))."""
    on = datetime.date(2024, 1, 1)
    assert security("before_suit", 2_500_000, on).fen == 2_500_000
    assert security("in_suit", 2_500_000, on).fen == Interval(0, 750_000)


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_fee_never_falls(one, other):
    """A larger claim never costs less, nor more than 50 yuan and 2.5 per cent."""
    small, large = sorted((one, other))
    assert fee(small) <= fee(large) <= 5_000 + large // 40


def test_amounts_are_those_of_decide():
    """The line changes facts; `decide` gives the amount."""
    case = dated()
    for regime in REGIMES:
        for line in schedule(case, regime).lines.values():
            won = line.document != "claim_dismissed"
            assert received(case, line) == (2_500_000 if won else 0)


def test_carelessness_alone_brings_a_share():
    """Proof of carelessness only, and a court that waits for nobody: a share, and no more."""
    case = dated()
    asked = {"proof": "some", "reading_153": "burden"}
    line = schedule(case, "parallel", switches=asked).lines["ordinary"]
    assert (line.document, line.proved) == ("judgment", "some")
    assert case_then(case, line).party("zhang").grade == "gross"
    found = received(case, line)
    assert found == decide(case.set({"zhang.grade": "gross"}), "auto").received_fen
    assert high_end(found) < 2_500_000


@pytest.mark.parametrize("regime", ["stay_if_prejudicial", "parallel", "coordinated"])
def test_carelessness_first_and_knowledge_when_the_criminal_case_has_told_by_hand(regime):
    """What is clear is judged first (156), the part under 1169 waits (153): the whole in the end.

    Opened and arrested on 31 December 2023: investigation to 29 February, review to 29 March,
    convicted on 29 May, ten days Saturday 8 June, Monday a holiday: in effect on 11 June 2024.
    Registered on 7 January, judged in part on 7 April; the rest three months from 11 June
    (coordinated: from 29 May), in effect 15 days later, a Thursday (a Friday).
    """
    first = datetime.date(2023, 12, 31)
    case = dated(**{"criminal[0].opened_on": first, "criminal[0].arrested_on": first})
    line = schedule(case, regime, switches={"proof": "some"}).lines["ordinary"]
    (part,) = line.parts
    told = ("2024-08-29", "2024-09-13") if regime == "coordinated" else ("2024-09-11", "2024-09-26")
    assert (line.document, str(line.judged_on)) == ("partial_judgment", "2024-04-07")
    assert (part.proved, part.left, part.rest) == ("some", True, "enough")
    assert (str(part.rest_on), str(part.rest_final_on)) == told
    assert received(case, line) == 2_500_000


def test_what_the_rest_finds_of_his_assets_by_hand():
    """10 000 yuan, five per cent a month, fault .5 and force .6 with the principal's 1 and 1.

    In effect on 22 April 2024, 113 days on: 1 000 000 × .95 ^ (113 / 30.4375) = 826 604 fen. His
    share is √… of the whole and less; what is left shrinks by .95 ^ (157 / 30.4375) until 26
    September, when all that is left goes to her too.
    """
    first = datetime.date(2023, 12, 31)
    days = {"criminal[0].opened_on": first, "criminal[0].arrested_on": first}
    case = dated(**days, **{"zhang.assets_fen": 1_000_000, "zhang.causal_force": 0.6})
    line = schedule(case, switches={"proof": "some"}).lines["ordinary"]
    then = int(1_000_000 * 0.95 ** (113 / 30.4375))
    gross = decide(case.set({"zhang.grade": "gross", "zhang.assets_fen": then}), "auto")
    at_once = high_end(gross.received_fen)
    later = int((then - at_once) * 0.95 ** (157 / 30.4375))
    assert 0 < at_once < then
    assert high_end(received(case, line)) == at_once + later


def test_assets_leak_until_they_are_frozen_by_hand():
    """Five per cent a month: .95 ^ (days / 30.4375) of what there was on the day of the report.

    Frozen on 2 January, two days on: .95 ^ .06571 = .996635, so 996 635 of 1 000 000 fen; in effect
    on 26 September, 270 days: .95 ^ 8.87064 = e ^ -.455004 = .634445.
    """
    first = datetime.date(2023, 12, 31)
    days = {"criminal[0].opened_on": first, "criminal[0].arrested_on": first}
    case = dated(**days, **{"zhang.assets_fen": 1_000_000})
    late = schedule(case).lines["ordinary"]
    assert str(late.final_on) == "2024-09-26"
    assert left(case, late, 1_000_000) == 634_445
    soon = schedule(case, preserve_on=first, sue_on=datetime.date(2024, 1, 10)).lines["ordinary"]
    assert str(frozen_on(soon)) == "2024-01-02"
    assert left(case, soon, 1_000_000) == 996_635
    assert received(case, late) == 634_445
    assert received(case, soon) == 996_635


def test_freezing_lapses_where_the_suit_is_not_taken():
    """Refused, or too late: nothing is frozen, and the leak goes on."""
    case, first = dated(), datetime.date(2023, 12, 31)
    refused = schedule(case, "criminal_first", preserve_on=first, sue_on=datetime.date(2024, 1, 10))
    late = schedule(case, preserve_on=first, sue_on=datetime.date(2024, 2, 2))
    on_time = schedule(case, preserve_on=first, sue_on=datetime.date(2024, 2, 1))
    found = [frozen_on(s.lines["ordinary"]) for s in (refused, late, on_time)]
    assert found == [None, None, datetime.date(2024, 1, 2)]


@pytest.mark.parametrize("name", [CASE, "fix-1", "hypo-tech", "hypo-promotion", "hypo-account"])
def test_courts(name):
    """Home of the defendant, place of the act; hers by network, contested for a card lender."""
    found = {court.key: court for court in courts(load_case(name))}
    assert found["defendant"].holds
    assert found["act"].holds
    plain = name == "hypo-tech"  # the others have a card lender among the defendants
    assert found["result"].holds is (True if plain else None)
    assert found["result"].contested is not plain
    for court in found.values():
        assert court.basis in BASES
        assert all(article(id).zh for id in court.cites)
        assert all(words("procedure", f"courts.{court.key}.about", lang) for lang in LANGS)


def test_a_convict_may_be_in_prison():
    """Sentenced: open whether he is in prison on the day of the suit; else no such court."""
    assert courts(load_case(CASE))[3].holds is None
    assert courts(load_case("fix-1"))[3].holds is False
