"""Lesson 07's exercises: documents, days and second suits, with keys worked out by hand."""

import datetime

import pytest

from simlib.exercise import draw
from simlib.exercise.procedure.again import PAST
from simlib.exercise.procedure.deadline import LIMITS
from simlib.exercise.procedure.document import SITUATIONS
from simlib.text import LANGS
from simlib.worksheet import sheet

# document, merits, appeal, next: read off the articles by hand
DOCUMENTS = {
    "stay": ["stay", "unheard", "none", "wait"],  # 153(1)(5), 157(2), 153(2)
    "go": ["judgment", "heard", "judgment", "barred"],  # 130, 171(1), 247
    "rigid": ["not_accepted", "unheard", "ruling", "refile"],  # 126, 157(2), 212
    "lost": ["claim_dismissed", "heard", "judgment", "barred"],  # 90(2), 171(1), 247
    "sent": ["suit_dismissed", "unheard", "ruling", "refile"],  # ECON 11, 157(2), 212
    "paid": ["not_accepted", "unheard", "ruling", "refile"],
}


@pytest.mark.parametrize("seed", range(len(SITUATIONS)))
def test_each_situation_ends_in_its_document(seed):
    """Six seeds, six situations, four answers each."""
    one = draw("procedure", "document", seed)
    name = tuple(SITUATIONS)[seed]
    assert one.values["because_word"] == f"document.because.{name}"
    assert [step.key for step in one.steps] == DOCUMENTS[name]


# limit → length; last day when it begins on the day of seed n, by the calendar in hand
LAST_DAYS = {
    0: ("6-month", "2024-07-31"),  # ordinary, from 2024-01-31
    1: ("15-day", "2024-03-30"),  # appeal against a judgment, from 2024-03-15
    2: ("3-month", "2024-11-30"),  # simplified, from 2024-08-31: November has 30 days
    3: ("10-day", "2024-12-09"),  # appeal against a ruling, from 2024-11-29
    4: ("2-month", "2025-02-28"),  # small claims, from 2024-12-31: no 31 February
    5: ("30-day", "2025-06-19"),  # suit after preservation, from 2025-05-20
    6: ("3-month", "2025-10-30"),  # second instance, from 2025-07-30
    7: ("7-day", "2024-02-07"),  # registration, from 2024-01-31
}


@pytest.mark.parametrize("seed", LAST_DAYS)
def test_the_last_day_by_hand(seed):
    """Eight limits; month ends among the days they begin on."""
    one = draw("procedure", "deadline", seed)
    length, last = LAST_DAYS[seed]
    assert one.step("length").key == length
    assert one.step("day").key == "right"
    assert one.values["right_day"] == datetime.date.fromisoformat(last)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("seed", [2, 4])
def test_no_public_notice_by_simplified_procedure(seed, lang):
    """Simplified and small claims: an appraisal is asked about (CPL interpretation 140)."""
    asked = sheet(draw("procedure", "deadline", seed), lang)["steps"][2]["ask"]
    assert ("鉴定" if lang == "zh" else "appraisal") in asked
    assert ("公告" if lang == "zh" else "notice") not in asked


@pytest.mark.parametrize("seed", range(len(LIMITS) * 7))
def test_four_days_differ_and_one_is_right(seed):
    """Every limit on every day it can begin: four options, each another day."""
    one = draw("procedure", "deadline", seed)
    labels = [option["label"] for option in sheet(one, "zh")["steps"][1]["options"]]
    assert len(labels) == len(set(labels)) == 4


def test_a_second_suit_and_its_last_day_by_hand():
    """Seed 0: reported 2023-05-11; judgment effective 2024-02-29; 2027 has no 29 February."""
    one = draw("procedure", "again", 0)
    assert [step.key for step in one.steps] == ["refile", "right", "tort"]
    assert one.values["right_day"] == datetime.date(2027, 2, 28)
    assert one.values["act_day"] == datetime.date(2026, 5, 10)
    assert one.values["report_day"] == datetime.date(2026, 5, 11)
    assert one.values["twenty_day"] == datetime.date(2043, 5, 10)


@pytest.mark.parametrize(
    ("seed", "key"), [(0, "refile"), (1, "barred"), (2, "refile"), (3, "barred")]
)
def test_only_a_judgment_bars_the_same_claim(seed, key):
    """Rulings do not (212), judgments do, for or against her (247)."""
    one = draw("procedure", "again", seed)
    assert one.values["past_word"] == f"again.past.{PAST[seed]}"
    assert one.step("again").key == key
