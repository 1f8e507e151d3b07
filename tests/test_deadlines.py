"""Limits of time: dated data, months by the calendar, and who says so."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from simlib.errors import NoRule, UnknownName
from simlib.law.citation import BASES, article
from simlib.law.period import (
    UNITS,
    after,
    deadline,
    deadline_if_any,
    deadlines,
    ends_on,
    last_day,
    moves,
    past_days_off,
)
from simlib.resources import table
from simlib.text import LANGS, topic_words

EVERY = [entry for history in deadlines().values() for entry in history]
DAYS = {"month": 30, "day": 1, "hour": 1 / 24}  # the design's sums count months of thirty days
days = st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 12, 31))


def day(text):
    """The day of an ISO date."""
    return datetime.date.fromisoformat(text)


def length(key, extensions=0, on="2024-06-01"):
    """A limit in days, months taken as thirty."""
    return sum(DAYS[u] * n for u, n in deadline(key, day(on)).total(extensions).items())


@pytest.mark.parametrize("entry", EVERY, ids=lambda e: f"{e.key}-{e.since}")
def test_every_limit_has_authority_and_words(entry):
    """Each version cites articles we hold, states its basis, and is named in both languages."""
    assert entry.unit in UNITS
    assert entry.more_unit in UNITS
    assert entry.length > 0
    assert all(n > 0 for n in entry.more)
    assert entry.basis in BASES
    assert entry.cites
    for id in entry.cites:
        assert article(id, entry.since).id == id.split("(")[0]
    for lang in LANGS:
        assert topic_words("procedure", lang)["deadlines"][entry.key]


@pytest.mark.parametrize(
    ("key", "on", "length", "more"),
    [
        ("filing", "2024-01-01", 7, ()),
        ("small", "2022-01-01", 2, (1,)),
        ("simplified", "2021-12-31", 3, (3,)),  # 法释〔2015〕5号: six months in all
        ("simplified", "2022-01-01", 3, (1,)),
        ("ordinary", "2024-01-01", 6, (6,)),
        ("appeal.judgment", "2024-01-01", 15, ()),
        ("appeal.ruling", "2024-01-01", 10, ()),
        ("second.judgment", "2024-01-01", 3, ()),
        ("second.ruling", "2024-01-01", 30, ()),
        ("preservation.ruling", "2024-01-01", 48, ()),
        ("preservation.suit", "2024-01-01", 30, ()),
        ("reconsideration.request", "2024-01-01", 7, ()),
        ("reconsideration.decision", "2024-01-01", 30, (30,)),  # police rules 179(3)
        ("investigation", "2024-01-01", 2, (1, 2)),
        ("investigation.grave", "2024-01-01", 2, (1, 2, 2)),
        ("review", "2024-01-01", 1, (15,)),
        ("review.fast", "2018-10-26", 10, (5,)),
        ("supplement", "2024-01-01", 1, ()),
        ("trial", "2024-01-01", 2, (1, 3)),
        ("trial.summary", "2024-01-01", 20, ()),
        ("trial.fast", "2024-01-01", 10, (5,)),
        ("appeal.criminal", "2024-01-01", 10, ()),
        ("second.criminal", "2024-01-01", 2, (2,)),
    ],
)
def test_lengths_in_law(key, on, length, more):
    """The numbers as the articles have them, on a day on which they hold."""
    found = deadline(key, day(on))
    assert (found.length, found.more) == (length, more)


@pytest.mark.parametrize(
    ("key", "on"), [("small", "2021-12-31"), ("review.fast", "2018-10-25"), ("trial", "2012-12-31")]
)
def test_limit_before_its_first_day(key, on):
    """A limit that the law did not have on a day is refused, not guessed."""
    assert deadline_if_any(key, day(on)) is None
    with pytest.raises(NoRule) as raised:
        deadline(key, day(on))
    assert raised.value.code == "no-deadline"
    assert key in str(raised.value)


def test_unknown_limit():
    """A key that does not exist is refused with the nearest one."""
    with pytest.raises(UnknownName) as raised:
        deadline("triel", day("2024-01-01"))
    assert raised.value.values["near"] == "trial"


def test_a_proposal_is_not_law():
    """The paper's forty-eight hours have no day of force and say what they are."""
    reply = deadline("platform.reply", day("1999-01-01"))
    assert (reply.since, reply.basis) == (None, "reform proposal")


def test_paths_by_hand_in_months_of_thirty_days():
    """The design's sums: 97, 187, 187 and 257 days, 23.5 and 38.5 months."""
    simplified = length("filing") + length("simplified")
    assert simplified == 97
    assert length("filing") + length("ordinary") == 187
    fastest = length("investigation") + length("review.fast") + length("trial.fast")
    assert fastest + length("appeal.criminal") + simplified == 187
    ordinary = length("investigation") + length("review") + length("trial")
    assert ordinary + length("appeal.criminal") + simplified == 257
    review = 3 * length("review", 1) + 2 * length("supplement")
    custody = length("investigation.grave", 3) + review + length("trial", 2)
    custody += length("second.criminal", 1)
    assert custody == 23.5 * 30
    assert custody + length("ordinary", 1) + length("second.judgment") == 38.5 * 30


@pytest.mark.parametrize(
    ("start", "months", "days", "end"),
    [
        ("2023-12-31", 2, 0, "2024-02-29"),  # February of a leap year has 29 days
        ("2022-12-31", 2, 0, "2023-02-28"),
        ("2024-01-31", 1, 0, "2024-02-29"),
        ("2024-01-31", 3, 0, "2024-04-30"),  # whole: not 31 Jan → 29 Feb → 29 Mar → 29 Apr
        ("2024-02-29", 12, 0, "2025-02-28"),
        ("2024-02-29", 240, 0, "2044-02-29"),  # twenty years later February has 29 days again
        ("2021-02-28", 36, 0, "2024-02-28"),  # the corresponding day, not the month's last
        ("2024-02-20", 0, 10, "2024-03-01"),  # the day itself is not counted
        ("2023-12-25", 0, 7, "2024-01-01"),
        ("2024-05-31", 1, 15, "2024-07-15"),  # to 30 June, then fifteen days
    ],
)
def test_periods_by_hand(start, months, days, end):
    """Corresponding day, the month's last where there is none, the first day not counted."""
    assert after(day(start), months=months, days=days) == day(end)


def test_hours_and_extensions_by_hand():
    """Forty-eight hours are two days; extensions lengthen a period and begin no new one."""
    on = day("2024-01-31")
    assert last_day(deadline("preservation.ruling", on), on) == day("2024-02-02")
    begun = replace(deadline("preservation.ruling", on), length=25)
    assert last_day(begun, on) == day("2024-02-02")  # the second day has begun
    assert last_day(deadline("simplified", on), on, 1) == day("2024-05-31")  # four months
    assert last_day(deadline("review", on), on, 1) == day("2024-03-15")  # 29 Feb + 15
    assert last_day(deadline("investigation.grave", on), on, 3) == day("2024-08-31")


def test_the_calendar_ends():
    """Past the year 9999 the last day of the calendar stands."""
    assert after(day("9999-12-01"), months=2) == datetime.date.max
    assert after(day("9999-12-01"), days=60) == datetime.date.max


@given(days, st.integers(0, 300), st.integers(0, 400))
def test_periods_as_dateutil_reckons(start, months, days):
    """An independent calendar gives the same last day."""
    assert after(start, months=months, days=days) == start + relativedelta(months=months, days=days)


@given(days, days, st.integers(0, 60))
def test_a_later_start_never_ends_earlier(one, other, months):
    """Periods keep the order of their first days."""
    first, second = sorted((one, other))
    assert after(first, months=months) <= after(second, months=months)


@pytest.mark.parametrize(
    ("last", "moved"),
    [
        ("2024-02-10", "2024-02-18"),  # Spring Festival to the 17th; Sunday the 18th is worked
        ("2023-04-05", "2023-04-06"),  # a Wednesday, Qingming
        ("2025-10-05", "2025-10-09"),  # National Day and Mid-Autumn to the 8th
        ("2024-10-12", "2024-10-12"),  # a Saturday worked
        ("2022-12-31", "2023-01-03"),  # over the end of the year
        ("2027-02-28", "2027-03-01"),  # a Sunday of a year whose list is not held
        ("2027-10-01", "2027-10-01"),  # a Friday of such a year: weekends alone
    ],
)
def test_a_last_day_is_moved_past_days_off_by_hand(last, moved):
    """203(1) of the Civil Code, with the holidays announced for 2020 to 2025."""
    assert past_days_off(day(last)) == day(moved)


@pytest.mark.parametrize(
    ("key", "start", "ends"),
    [
        ("appeal.judgment", "2023-11-17", "2023-12-04"),  # Saturday 2 December, so Monday
        ("appeal.judgment", "2024-09-20", "2024-10-08"),  # 5 October; National Day to the 7th
        ("appeal.judgment", "2024-09-27", "2024-10-12"),  # a Saturday worked
        ("appeal.judgment", "2026-06-04", "2026-06-19"),  # a Friday of a year not held
        ("appeal.ruling", "2024-06-05", "2024-06-17"),  # Saturday 15 June
        ("appeal.criminal", "2023-11-22", "2023-12-04"),  # Saturday 2 December
        ("appeal.criminal", "2024-01-31", "2024-02-18"),  # Spring Festival, the Sunday worked
        ("retrial.request", "2023-11-05", "2024-05-06"),  # 5 May, Labour Day's last: Monday
        ("enforcement.request", "2022-10-01", "2024-10-08"),
        ("preservation.suit", "2023-11-02", "2023-12-04"),
        ("reconsideration.request", "2023-11-25", "2023-12-04"),
        ("recheck.request", "2023-11-25", "2023-12-04"),
        ("second.ruling", "2023-11-02", "2023-12-02"),  # the court's own: not moved
        ("trial", "2024-08-01", "2024-10-01"),
        ("reconsideration.decision", "2023-11-02", "2023-12-02"),  # the police's own
    ],
)
def test_periods_of_a_party_end_on_no_day_off_by_hand(key, start, ends):
    """85(3) of the Civil Procedure Law and 105(4) of the Criminal one; weekdays by the calendar."""
    assert ends_on(deadline(key, day(start)), day(start)) == day(ends)


@pytest.mark.parametrize("first", ["2019-12-30", "2024-02-03", "2025-12-31", "2030-06-15"])
def test_the_table_of_moves_holds_for_every_later_day(first):
    """Its last seven places again and again, ten years on."""
    table = moves(day(first))
    for n in range(3_653):
        last = day(first) + datetime.timedelta(n)
        place = n if n < len(table) else (n - len(table)) % 7 - 7
        assert past_days_off(last) == last + datetime.timedelta(table[place]), last


def test_announced_days_off_are_consistent():
    """Ranges in order, within the years held or over their end; only weekend days are worked."""
    held = table("law", "holidays.toml")
    ends = [end for pair in held["off"] for end in pair]
    assert ends == sorted(ends)
    assert (ends[0].year, ends[-1].year) == (held["since"], held["until"])
    assert all(each.weekday() >= 5 for each in held["worked"])
    assert not any(low <= each <= high for each in held["worked"] for low, high in held["off"])
