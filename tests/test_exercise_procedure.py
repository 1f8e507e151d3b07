"""Lesson 07's exercises: documents, days and second suits, with keys worked out by hand."""

import datetime

import pytest

from simlib.exercise import draw
from simlib.exercise.procedure.again import PAST
from simlib.exercise.procedure.deadline import LIMITS, PARTY, _days, starts
from simlib.exercise.procedure.document import SITUATIONS
from simlib.law.period import deadline
from simlib.text import LANGS, words
from simlib.worksheet import sheet, solution

# document, merits, appeal, next: read off the articles by hand
DOCUMENTS = {
    "stay": ["stay", "unheard", "none", "wait"],  # 153(1)(5), 157(2), 153(2)
    "go": ["judgment", "heard", "judgment", "barred"],  # 130, 171(1), 247
    "rigid": ["not_accepted", "unheard", "ruling", "refile"],  # 126, 157(2), 212
    "lost": ["claim_dismissed", "heard", "judgment", "barred"],  # 90(2), 171(1), 247
    "sent": ["suit_dismissed", "unheard", "ruling", "refile"],  # ECON 11, 157(2), 212
    "paid": ["not_accepted", "unheard", "ruling", "refile"],
    "small": ["judgment", "heard", "none", "barred"],  # 165(1): final
}


@pytest.mark.parametrize("seed", range(len(SITUATIONS)))
def test_each_situation_ends_in_its_document(seed):
    """Seven seeds, seven situations, four answers each."""
    one = draw("procedure", "document", seed)
    name = tuple(SITUATIONS)[seed]
    assert one.values["because_word"] == f"document.because.{name}"
    assert [step.key for step in one.steps] == DOCUMENTS[name]
    # art. 153 read otherwise does not stay: without evidence the claim is dismissed (90(2))
    assert one.step("document").also == (("claim_dismissed",) if name == "stay" else ())


@pytest.mark.parametrize(("lang", "no", "small"), [
    ("zh", "不是小额诉讼案件", "适用小额诉讼的程序"),
    ("en", "no small claim", "tried as a small claim"),
])  # fmt: skip
def test_whether_a_suit_is_a_small_claim_is_stated(lang, no, small):
    """Where a judgment may be appealed against the facts say that it is none; 165(1) if it is."""
    for seed, name in enumerate(SITUATIONS):
        one = draw("procedure", "document", seed)
        told = " ".join(sheet(one, lang)["facts"])
        assert (no in told) == (name in ("stay", "go", "lost"))
        assert (small in told) == (name == "small")
    assert one.step("appeal").cites == ("civil-procedure-law:165(1)",)
    assert one.values["loss_fen"] <= 5_000_000
    assert ("一审终审" if lang == "zh" else "once and for all") in solution(one, lang)["steps"][2][
        "why"
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_a_judgment_for_her_says_that_all_is_proved(lang):
    """The fraud, the payment into the card and the loss, beside his knowledge."""
    said = {
        "zh": ("被骗", "转入甲的银行卡", "损失的数额", "都已经证明"),
        "en": ("the fraud", "payment into A's card", "amount of the loss", "are proved"),
    }
    for seed in (1, 6):
        told = sheet(draw("procedure", "document", seed), lang)["facts"][1]
        assert all(part in told for part in said[lang])


# limit → length; last day when it begins on the day of seed n, by the calendar in hand
LAST_DAYS = {
    0: ("6-month", "2024-07-31"),  # ordinary, from 2024-01-31
    1: ("15-day", "2024-12-16"),  # appeal against a judgment, from 2024-11-29: the 14th, a Saturday
    2: ("3-month", "2025-03-31"),  # simplified, from 2024-12-31
    3: ("10-day", "2025-01-10"),  # appeal against a ruling, from 2024-12-31
    4: ("2-month", "2024-05-15"),  # small claims, from 2024-03-15
    5: ("30-day", "2025-08-29"),  # suit after preservation, from 2025-07-30
    6: ("3-month", "2025-02-28"),  # second instance, from 2024-11-29: no 29 February
    7: ("7-day", "2024-03-22"),  # registration, from 2024-03-15
    8: ("6-month", "2025-02-28"),  # ordinary, from 2024-08-31: no 31 February
    21: ("30-day", "2024-04-15"),  # preservation, from 2024-03-15: 14 April, a Sunday
    33: ("15-day", "2024-04-01"),  # appeal against a judgment, from 2024-03-15: a Saturday
}
# Days off and weekend days worked, by the State Council's notices for 2024 to 2026.
OFF = (
    ("2024-01-01", 1), ("2024-02-10", 8), ("2024-04-04", 3), ("2024-05-01", 5), ("2024-06-08", 3),
    ("2024-09-15", 3), ("2024-10-01", 7), ("2025-01-01", 1), ("2025-01-28", 8), ("2025-04-04", 3),
    ("2025-05-01", 5), ("2025-05-31", 3), ("2025-10-01", 8), ("2026-01-01", 3),
)  # fmt: skip
WORKED = (
    "2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14",
    "2024-09-29", "2024-10-12", "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28",
    "2025-10-11", "2026-01-04",
)  # fmt: skip


VALUES = ("raw_day", "right_day", "weekday_word")


def is_off(day):
    """Whether nobody works on a day, by those notices."""
    begins = [(datetime.date.fromisoformat(first), n) for first, n in OFF]
    feast = any(0 <= (day - first).days < n for first, n in begins)
    return feast or day.weekday() >= 5 and str(day) not in WORKED


@pytest.mark.parametrize("seed", LAST_DAYS)
def test_the_last_day_by_hand(seed):
    """Eight limits; month ends among the days they begin on, weekends among the last days."""
    one = draw("procedure", "deadline", seed)
    length, last = LAST_DAYS[seed]
    assert one.step("length").key == length
    assert one.step("day").key == "right"
    assert one.values["right_day"] == datetime.date.fromisoformat(last)


@pytest.mark.parametrize("key", LIMITS)
def test_no_last_day_is_a_day_off(key):
    """Each limit on each day it is made to begin: a weekend is gone past, a feast never met.

    Only a party's own limit ends on a weekend; the days gone past are all days off.
    """
    begun = starts(key)
    assert len(begun) >= 4
    for start in begun:
        limit = deadline(key, start)
        days = _days(limit, start)
        raw, right = days.get("raw", days["right"]), days["right"]
        assert not is_off(right)
        assert raw == right or key in PARTY
        assert all(is_off(raw + datetime.timedelta(n)) for n in range((right - raw).days))


@pytest.mark.parametrize("lang", LANGS)
def test_a_last_day_moved_past_a_weekend_says_so(lang):
    """From 15 March 2024 15 days end on Saturday the 30th: Monday, 1 April, by art. 85(3)."""
    one = draw("procedure", "deadline", 33)
    assert one.kind == "rolled"
    assert one.step("counts").key == "same"
    assert "civil-procedure-law:85(3)" in one.step("day").cites
    asked = sheet(one, lang)["steps"]
    assert "raw" in {option["key"] for option in asked[1]["options"]}
    assert ("期间的中间" if lang == "zh" else "within the period") in asked[2]["ask"]
    why = words("exercise", "deadline.why.rolled.day", lang, **dict.fromkeys(VALUES, ""))
    assert ("星期六、星期日" if lang == "zh" else "Saturdays and Sundays") in why


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
    """Seed 0: reported 2023-05-12; judgment effective 2024-02-29.

    2027 has no 29 February, and the 28th is a Sunday: 203(1) makes Monday, 1 March, the last day.
    """
    one = draw("procedure", "again", 0)
    assert [step.key for step in one.steps] == ["refile", "right", "tort"]
    assert one.values["right_day"] == datetime.date(2027, 3, 1)
    assert one.values["raw_day"] == datetime.date(2027, 2, 28)
    assert "civil-code:203(1)" in one.step("last").cites
    assert one.values["act_day"] == datetime.date(2026, 5, 11)
    assert one.values["report_day"] == datetime.date(2026, 5, 12)
    assert one.values["twenty_day"] == datetime.date(2043, 5, 11)


@pytest.mark.parametrize("seed", range(20))
def test_no_last_day_to_sue_lies_in_a_weekend(seed):
    """Every judgment with every report: the key is a weekday, the options differ."""
    one = draw("procedure", "again", seed)
    right, raw = one.values["right_day"], one.values.get("raw_day")
    assert right.weekday() < 5
    assert raw is None or raw.weekday() >= 5
    for lang in LANGS:
        asked = sheet(one, lang)["steps"][1]
        labels = [option["label"] for option in asked["options"]]
        assert len(labels) == len(set(labels)) == (4 if raw is None else 5)


@pytest.mark.parametrize(
    ("seed", "key"), [(0, "refile"), (1, "barred"), (2, "refile"), (3, "barred")]
)
def test_only_a_judgment_bars_the_same_claim(seed, key):
    """Rulings do not (212), judgments do, for or against her (247)."""
    one = draw("procedure", "again", seed)
    assert one.values["past_word"] == f"again.past.{PAST[seed]}"
    assert one.step("again").key == key
