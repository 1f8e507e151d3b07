"""Lesson 08's exercises: preservation, least periods, proofs and digests, with keys by hand."""

import datetime
import hashlib

import pytest

from simlib.evidence import trail
from simlib.exercise import draw
from simlib.exercise.evidence.inclusion import FILES, TWISTS
from simlib.exercise.evidence.matching import SITUATIONS as MATCHED
from simlib.exercise.evidence.preserve import DAYS, SITUATIONS
from simlib.exercise.evidence.retention import KINDS, STARTS
from simlib.text import LANGS
from simlib.worksheet import sheet, solution

ROUND = range(len(SITUATIONS) * len(DAYS))


def day(text: str) -> datetime.date:
    """A day, as written in the tests."""
    return datetime.date.fromisoformat(text)


# danger, way, article, last answer; read off 民事诉讼法67, 70, 84 and 民事证据规定94(2) by hand
KEYS = {
    "chat_before": ["gone", "before", "before", "right"],
    "log_during": ["gone", "during", "during", "right"],
    "bank": ["kept", "collect", "collect", "right"],
    "log_before": ["gone", "before", "before", "right"],
    "chat_during": ["gone", "during", "during", "right"],
    "own": ["hers", "own", "notary", "confirmed"],
}


@pytest.mark.parametrize("seed", ROUND)
def test_each_piece_is_kept_in_its_own_way(seed):
    """Six situations on three days of loss."""
    name = tuple(SITUATIONS)[seed % len(SITUATIONS)]
    one = draw("evidence", "preserve", seed)
    assert one.facts[1].key == f"preserve.situation.{name}"
    assert [step.key for step in one.steps] == KEYS[name]


# loss on 2022-10-05: chats 180 days on, 2023-04-03; logs six months on, 2023-04-05; the bank's
# five years, 2027-10-05. The court rules within 48 hours: two days before. Loss on 2023-08-31: six
# months end on 2024-02-29, for there is no 31 February.
LATEST = {
    0: "2023-04-01",
    1: "2023-04-03",
    2: "2027-10-05",
    3: "2023-04-03",
    4: "2023-04-01",
    13: "2024-02-27",
}


@pytest.mark.parametrize("seed", LATEST)
def test_the_day_by_hand(seed):
    """The last day to apply, or the last on which the bank has to keep the record."""
    assert draw("evidence", "preserve", seed).values["right_day"] == day(LATEST[seed])


@pytest.mark.parametrize("seed", [0, 1, 3, 4])
def test_the_trail_agrees_that_a_day_later_is_too_late(seed):
    """Preserved if asked for on the key's day, and not on the day after; lifted unless she sues
    within thirty days, if she has not yet (whether its copy may be used then is not asked)."""
    one = draw("evidence", "preserve", seed)
    kind = SITUATIONS[tuple(SITUATIONS)[seed]].kind
    right = one.values["right_day"]

    def preserved(on, sued):
        found = trail(one.case, "parallel", preserve_on=on, sue_on=sued).piece(kind)
        there = any(way.by == "preservation" and way.chance > 0 for way in found.ways)
        return there and not found.released

    last = one.values["sue_day"]
    assert preserved(right, last)
    assert not preserved(right + datetime.timedelta(1), last)
    assert not preserved(right, last + datetime.timedelta(1))


def test_the_last_day_of_the_suit_by_hand():
    """Asked for on 2023-04-01, ruled by 3 April: 27 days of April are left, so 3 May, the last of
    the holidays of that year (29 April to 3 May): she may sue on 4 May."""
    assert draw("evidence", "preserve", 0).values["sue_day"] == day("2023-05-04")


@pytest.mark.parametrize(
    ("lang", "thirty", "stay", "hours"),
    [
        ("zh", "30日内还要起诉", "中止诉讼也不妨碍", ("第104条第2款", "第103条第3款")),
        ("en", "within 30 days:", "a stay does not bar", ("104(2)", "103(3)")),
    ],
)
def test_a_suit_that_is_pending_is_not_told_of_thirty_days_to_sue(lang, thirty, stay, hours):
    """Chats and logs, before a suit and during one; the forty-eight hours by 104(2) or 103(3)."""
    for seed in (0, 1, 3, 4):
        one = draw("evidence", "preserve", seed)
        way, told = one.steps[1].key, solution(one, lang)["steps"]
        why = told[1]["why"]
        assert (thirty in why, stay in why) == (way == "before", way == "during")
        assert (hours[0] in told[3]["why"], hours[1] in told[3]["why"]) == (
            way == "before",
            way == "during",
        )


@pytest.mark.parametrize(("lang", "says"), [("zh", "十年是否及于"), ("en", "ten years")])
def test_that_ten_years_may_reach_back_is_said_of_bank_records_alone(lang, says):
    """The other view of a transfer on 2024-12-31; logs have no such question."""
    for seed, holds in ((1, True), (0, False)):
        model = solution(draw("evidence", "retention", seed), lang)["model"]
        assert (says in model[-1][1]) is holds


# length, article as numbered on the day, last day; by the calendar in hand
LAST_DAYS = {
    0: ("6-month", "cybersecurity-law-21", "2023-04-05"),  # from 2022-10-05
    1: ("5-year", "anti-money-laundering-law-19", "2029-12-31"),  # from 2024-12-31
    3: ("3-year", "e-commerce-law-31", "2028-01-01"),  # from 2025-01-01
    4: (
        "6-month",
        "cybersecurity-law-21",
        "2024-08-29",
    ),  # from 2024-02-29: an access provider's log
    5: ("6-month", "cybersecurity-law-23", "2026-07-31"),  # from 2026-01-31: renumbered
    18: ("3-year", "e-commerce-law-31", "2027-02-28"),  # from 2024-02-29: 2027 is no leap year
    30: ("6-month", "cybersecurity-law-21", "2024-02-29"),  # from 2023-08-31
    31: ("10-year", "anti-money-laundering-law-34", "2035-01-01"),  # from 2025-01-01: ten years
}


@pytest.mark.parametrize("seed", LAST_DAYS)
def test_the_least_period_by_hand(seed):
    """Dated numbers on both sides of a change; month ends among the days they begin on."""
    one = draw("evidence", "retention", seed)
    length, basis, last = LAST_DAYS[seed]
    assert [step.key for step in one.steps] == [length, basis, "right", "may"]
    assert one.values["right_day"] == day(last)


@pytest.mark.parametrize("lang", LANGS)
def test_an_access_provider_keeps_its_log_six_months(lang):
    """Both rules hold, and the longer decides; the sixty days are a usual slip, 29 April 2024."""
    one = draw("evidence", "retention", 4)
    assert one.kind == "backup"
    assert one.values["other_day"] == day("2024-04-29")
    assert "internet-information-measures:14(2)" in one.step("length").cites
    why = solution(one, lang)["steps"][0]["why"]
    assert all(s in why for s in {"zh": ("六十日", "六个月"), "en": ("sixty", "six months")}[lang])


@pytest.mark.parametrize("lang", LANGS)
def test_the_law_of_the_day_of_the_transaction_is_asked_about(lang):
    """Whether ten years reach back to transactions of before 2025 is open."""
    said = {"zh": "依照交易当日的法律", "en": "by the law of the day of the transaction"}[lang]
    for seed in (1, 6):
        asked = sheet(draw("evidence", "retention", seed), lang)["steps"]
        assert all(said in asked[n]["ask"] for n in (0, 2))


@pytest.mark.parametrize("lang", LANGS)
def test_why_a_last_day_of_keeping_is_not_moved(lang):
    """A least time of keeping is no limit within which somebody acts."""
    why = solution(draw("evidence", "retention", 1), lang)["steps"][2]["why"]
    assert {"zh": "不顺延", "en": "is not moved"}[lang] in why


def test_chats_have_no_period():
    """Neither the six months of logs nor the three years of transactions."""
    one = draw("evidence", "retention", 2)
    assert one.kind == "chat"
    assert [step.key for step in one.steps] == ["none", "none", "none", "may"]


@pytest.mark.parametrize("seed", range(len(KINDS) * len(STARTS)))
def test_days_differ_and_one_is_right(seed):
    """Every kind on every day it can begin."""
    one = draw("evidence", "retention", seed)
    labels = [option["label"] for option in sheet(one, "zh")["steps"][2]["options"]]
    assert len(labels) == len(set(labels)) == (3 if one.kind == "chat" else 4)


def sha(data: bytes) -> bytes:
    """SHA-256 without any code of ours."""
    return hashlib.sha256(data).digest()


@pytest.mark.parametrize("seed", range(len(TWISTS) * len(FILES)))
def test_the_proof_by_hand(seed):
    """The tree of four reckoned here; only an unchanged file under its own root fits."""
    one = draw("evidence", "inclusion", seed)
    twist, place = TWISTS[seed % 3], seed % 4
    texts = [f"{name} {seed}".encode() for name in FILES]
    rows = [[sha(b"\0" + sha(text)) for text in texts]]
    for _ in range(2):
        row = rows[-1]
        rows.append([sha(b"\1" + row[n] + row[n + 1]) for n in range(0, len(row), 2)])
    root, shown = rows[2][0].hex()[:8], one.values
    leaf = sha(b"\0" + sha(texts[place] + (b"." if twist == "changed" else b"")))
    assert shown["leaf_hex"] == leaf.hex()[:8]
    assert shown["low_hex"] == rows[0][place ^ 1].hex()[:8]
    assert shown["high_hex"] == rows[1][place // 2 ^ 1].hex()[:8]
    assert (shown["root_hex"] == root) == (twist != "root")
    low, high, fits, means = [step.key for step in one.steps]
    assert (low, high) == [("r", "rr"), ("l", "lr"), ("r", "rl"), ("l", "ll")][place]
    assert (shown[f"{high}_hex"] == root) == (twist != "changed")
    assert (fits, means) == (("same", "in") if twist == "same" else ("differs", "out"))


@pytest.mark.parametrize("lang", LANGS)
def test_each_node_stands_on_a_line_of_its_own(lang):
    """Six pairs and what comes of each; none of them in one run of digits."""
    one = draw("evidence", "inclusion", 0)
    lines = [line for line in sheet(one, lang)["facts"] if "→" in line]
    nodes = [line.rpartition("→")[2].strip(" 。.") for line in lines[-6:]]
    assert nodes == [one.values[f"{name}_hex"] for name in ("l", "r", "ll", "lr", "rl", "rr")]


@pytest.mark.parametrize("seed", range(len(TWISTS) * len(FILES)))
def test_no_two_values_of_a_proof_look_the_same(seed):
    """Eight digits tell the options apart."""
    one = draw("evidence", "inclusion", seed)
    shown = [value for name, value in one.values.items() if name.endswith("_hex")]
    reached = one.values[f"{one.steps[1].key}_hex"] == one.values["root_hex"]
    assert len(set(shown)) == len(shown) - reached
    assert reached == (one.kind == "fits")


# digest, after, before, outcome: read off 在线诉讼规则16–18 and 民事证据规定93 by hand
MATCHES = {
    "plain": ["same", "presumed", "none", "to_prove"],
    "forged": ["same", "presumed", "not_confirmed", "not_confirmed"],
    "altered": ["differs", "none", "none", "to_prove"],
    "borne_out": ["same", "presumed", "to_prove", "to_prove"],
    "receipt": ["same", "none", "none", "to_prove"],
    "proved": ["same", "presumed", "shown", "both"],
    "contested": ["same", "to_prove", "none", "to_prove"],
    "overturned": ["same", "rebutted", "none", "rebutted"],
}


@pytest.mark.parametrize("seed", range(len(MATCHED)))
def test_what_a_matching_digest_proves(seed):
    """No match makes a piece true: only with truth before the chain is it presumed."""
    one = draw("evidence", "matching", seed)
    assert [step.key for step in one.steps] == MATCHES[one.kind]
    assert tuple(MATCHED)[seed] == one.kind
    assert one.step("outcome").also == (("to_prove",) if one.kind == "overturned" else ())


@pytest.mark.parametrize("lang", LANGS)
def test_a_record_replaced_is_not_said_to_be_what_was_stored(lang):
    """Seed 7: a match with the platform's present record is none with what was stored."""
    one = draw("evidence", "matching", 7)
    assert {"zh": "平台现有的记录", "en": "present record"}[lang] in sheet(one, lang)["facts"][1]
    told = solution(one, lang)["steps"][0]
    assert {"zh": "存入", "en": "stored"}[lang] not in told["key_label"]
    assert {"zh": "不能由此说", "en": "it does not follow"}[lang] in told["why"]
