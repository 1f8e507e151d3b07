"""How long data must be kept at least: dated data, and the articles on getting and judging it."""

from __future__ import annotations

import datetime

import pytest

from simlib.errors import NoRule, UnknownName
from simlib.explain import note
from simlib.law.citation import BASES, BINDING, article, in_force, laws
from simlib.law.period import UNITS, deadline, deadline_if_any, retention, retentions
from simlib.law.regime import regime
from simlib.text import LANGS, cite, topic_words, words

EVERY = [entry for history in retentions().values() for entry in history]
LENGTHS = {
    ("log", 6): "不少于六个月",
    ("backup", 60): "应当保存60日",
    ("trade", 3): "不少于三年",
    ("bank", 5): "至少保存五年",
    ("bank", 10): "至少保存十年",
    ("payment", 10): "至少保存十年",
}
REMEDIES = ("retention", "deposit", "appraisers", "request-3-days", "platform-48-hours",
            "assistance")  # fmt: skip


def day(text):
    """The day of an ISO date."""
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("key", "on", "length", "unit"),
    [
        ("log", "2025-12-31", 6, "month"),
        ("log", "2026-01-01", 6, "month"),  # another number, the same period
        ("log", "2017-06-01", 6, "month"),
        ("backup", "2024-06-01", 60, "day"),
        ("trade", "2019-01-01", 3, "year"),
        ("bank", "2007-01-01", 5, "year"),
        ("bank", "2024-12-31", 5, "year"),
        ("bank", "2025-01-01", 10, "year"),
        ("payment", "2024-12-31", 5, "year"),
        ("payment", "2025-01-01", 10, "year"),
        ("court_file", "1999-01-01", None, "year"),
    ],
)
def test_least_periods_on_the_days_around_a_change(key, on, length, unit):
    """Numbers as the articles have them; a court's file has no end."""
    found = retention(key, day(on))
    assert (found.key, found.length, found.unit) == (key, length, unit)


@pytest.mark.parametrize(
    ("key", "on"),
    [("log", "2017-05-31"), ("trade", "2018-12-31"), ("bank", "2006-12-31"),
     ("chat", "2026-06-01")],
)  # fmt: skip
def test_no_period_where_no_law_said_one(key, on):
    """Before its first day a period did not hold; chats have none on any day."""
    assert retention(key, day(on)) is None


def test_unknown_kind_of_data():
    """A key that does not exist is refused with the nearest one."""
    with pytest.raises(UnknownName) as raised:
        retention("logs", day("2024-01-01"))
    assert raised.value.values["near"] == "log"


@pytest.mark.parametrize("entry", EVERY, ids=lambda e: f"{e.key}-{e.since}")
def test_every_period_has_authority_and_words(entry):
    """Each version rests on articles in force on its first day; what is no law is so named."""
    assert entry.unit in UNITS
    assert entry.length is None or entry.length > 0
    assert entry.dated_by == "begins"
    assert entry.basis in BASES
    assert bool(entry.cites) == (entry.basis in BINDING) == (entry.since is not None)
    for id in entry.cites:
        assert in_force(id, entry.since)
        for lang in LANGS:
            assert cite(id, lang, entry.since)


@pytest.mark.parametrize("entry", [e for e in EVERY if e.verified and e.cites],
                         ids=lambda e: f"{e.key}-{e.since}")  # fmt: skip
def test_a_number_said_to_be_read_stands_in_its_article(entry):
    """The words of the article say the number, and say that it is a minimum where they do."""
    text = article(entry.cites[0], entry.since).zh
    assert LENGTHS[entry.key, entry.length] in text


def test_what_was_not_read_is_said():
    """One number alone is general knowledge: that of payment institutions before 2025."""
    unread = [(entry.key, entry.until) for entry in EVERY if not entry.verified]
    assert unread == [("payment", day("2024-12-31"))]


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_of_data_is_named(lang):
    """Kinds with a period and without have a name."""
    assert set(topic_words("laws", lang)["retentions"]) == set(retentions())


@pytest.mark.parametrize(
    ("id", "old", "new", "before", "since"),
    [
        ("cybersecurity-law:23", "21", "23", "2025-12-31", "2026-01-01"),
        ("cybersecurity-law:30", "28", "30", "2025-12-31", "2026-01-01"),
        ("cybersecurity-law:61", "59", "61", "2025-12-31", "2026-01-01"),
        ("anti-money-laundering-law:34", "19", "34", "2024-12-31", "2025-01-01"),
        ("civil-procedure-law:70", "67", "70", "2021-12-31", "2022-01-01"),
        ("civil-procedure-law:71", "68", "71", "2021-12-31", "2022-01-01"),
        ("civil-procedure-law:81", "78", "81", "2021-12-31", "2022-01-01"),
        ("civil-procedure-law:84", "81", "84", "2021-12-31", "2022-01-01"),
        ("civil-procedure-law:117", "114", "117", "2021-12-31", "2022-01-01"),
        ("civil-procedure-law:118", "115", "118", "2021-12-31", "2022-01-01"),
        ("civil-procedure-law:134", "131", "134", "2021-12-31", "2022-01-01"),
    ],
)
def test_an_article_bears_the_number_of_the_day(id, old, new, before, since):
    """One id follows an article through its renumbering, on the day before and on the day."""
    assert [article(id, day(on)).number for on in (before, since)] == [old, new]
    assert f"第{old}条" in cite(id, "zh", day(before))
    assert f"第{new}条" in cite(id, "zh", day(since))
    assert in_force(id, day(before))


def test_the_log_rule_was_renumbered_and_not_changed():
    """Article 21(3) until the end of 2025 and 23(3) from 2026 say the same."""
    old, new = (article("cybersecurity-law:23", day(on)) for on in ("2025-12-31", "2026-01-01"))
    assert old.zh == new.zh
    assert cite("cybersecurity-law:23(1)(3)", "zh", day("2025-12-31")) == (
        "《网络安全法》第21条第1款第3项"
    )


def test_fines_for_not_keeping_logs_rose_in_2026():
    """Up to 100,000 yuan before, up to 500,000 after, for who refuses to correct."""
    old, new = (article("cybersecurity-law:61", day(on)).zh for on in ("2025-12-31", "2026-01-01"))
    assert "一万元以上十万元以下罚款，对直接负责的主管人员处五千元" in old
    assert "五万元以上五十万元以下罚款" in new


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_read_in_reprints_says_so(lang):
    """The provisions on electronic data are shown as not verified and as no basis of a decision."""
    shown = note("electronic-data-rules:11", lang)
    assert words("laws", "text.unverified", lang) in shown.remarks
    assert article("electronic-data-rules:11").basis == "conference minutes"


@pytest.mark.parametrize("lang", LANGS)
def test_a_policy_document_issued_earlier_than_its_force_says_both_days(lang):
    """法发〔2016〕22号 was issued on 9 September 2016 and is in force from 1 October."""
    shown = note("electronic-data-rules:11", lang).remarks[0]
    days = {"zh": ("2016年9月9日印发", "自2016年10月1日起施行"),
            "en": ("issued 9 September 2016", "in force from 1 October 2016")}  # fmt: skip
    assert all(said in shown for said in days[lang])
    minutes = note("jiumin-minutes:128", lang).remarks[0]
    assert ("印发" if lang == "zh" else "issued") in minutes
    assert "2019" in minutes
    assert ("起施行" if lang == "zh" else "in force from") not in minutes


def test_three_days_and_forty_eight_hours_are_told_apart():
    """Three days between organs, 48 hours for a platform: proposals; 48 hours of a court: law."""
    on = day("2026-01-01")
    between, platform, court = (
        deadline(key, on) for key in ("request.reply", "platform.reply", "preservation.ruling")
    )
    assert (between.length, between.unit, between.basis) == (3, "day", "reform proposal")
    assert (platform.length, platform.unit, platform.basis) == (48, "hour", "reform proposal")
    assert (court.length, court.unit, court.basis) == (48, "hour", "law in force")
    assert len({entry.cites for entry in (between, platform, court)}) == 3


def test_a_court_elsewhere_has_thirty_days():
    """The law sets an entrusted court a limit today; none is set for the holder of data."""
    found = deadline("entrusted", day("2024-01-01"))
    assert (found.length, found.unit, found.basis) == (30, "day", "law in force")
    assert deadline_if_any("entrusted", day("2012-12-31")) is None
    with pytest.raises(NoRule):
        deadline("entrusted", day("2012-12-31"))


def test_numbers_of_evidence():
    """The values the design chose; the two that are the paper's own say so."""
    value = {key: regime().value(f"evidence.{key}") for key in (
        "today_median_days", "today_sigma", "request_days", "platform_days", "deletion_per_day",
        "kept_beyond_days", "chat_days", "record_days", "refusal_days", "crosses_days",
        "appraisal_days", "appraisal_cost_fen", "appraisal_error", "supervised_error",
        "mandatory_months", "inspected")}  # fmt: skip
    assert list(value.values()) == [
        20, 0.8, 3, 2, 0.002, 0, 180, 180, 30, 10, 60, 1_000_000, 0.1, 0.03, 36, 0.2,
    ]  # fmt: skip
    keys = regime().keys()
    proposed = [key for key in keys if regime().parameter(key).basis != "teaching assumption"]
    assert proposed == ["evidence.request_days", "evidence.platform_days"]


def test_holders_comply_under_the_papers_fine_and_not_under_todays():
    """0.2 × 500,000 yuan = 100,000 ≥ 50,000 yuan of storage; 0.2 × 100,000 = 20,000 is less."""
    inspected, fine, cost = (
        regime().value(f"evidence.{key}") for key in ("inspected", "fine_fen", "storage_cost_fen")
    )
    assert inspected * fine == 10_000_000 >= cost == 5_000_000
    assert inspected * 10_000_000 < cost


def test_laws_of_evidence_are_held():
    """The laws this room rests on, by their ids."""
    assert {"cybersecurity-law", "anti-money-laundering-law", "e-commerce-law",
            "internet-information-measures", "payment-institution-rules", "data-security-law",
            "electronic-data-rules", "online-litigation-rules", "internet-court-rules",
            "electronic-signature-law"} <= set(laws())  # fmt: skip
