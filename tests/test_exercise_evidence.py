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
    within thirty days, if she has not yet."""
    one = draw("evidence", "preserve", seed)
    kind = SITUATIONS[tuple(SITUATIONS)[seed]].kind
    right = one.values["right_day"]

    def preserved(on, sued):
        found = trail(one.case, "parallel", preserve_on=on, sue_on=sued).piece(kind)
        return any(way.by == "preservation" and way.chance > 0 for way in found.ways)

    last = one.values["sue_day"]
    assert preserved(right, last)
    assert not preserved(right + datetime.timedelta(1), last)
    assert not preserved(right, last + datetime.timedelta(1))


def test_the_last_day_of_the_suit_by_hand():
    """Asked for on 2023-04-01, ruled by 3 April: 27 days of April are left, so 3 May."""
    assert draw("evidence", "preserve", 0).values["sue_day"] == day("2023-05-03")


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
    4: ("60-day", "internet-information-measures-14", "2024-04-29"),  # 29 Feb: 31 in March, 29 left
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
    "proved": ["same", "presumed", "shown", "presumed"],
    "contested": ["same", "to_prove", "none", "to_prove"],
    "overturned": ["same", "rebutted", "none", "rebutted"],
}


@pytest.mark.parametrize("seed", range(len(MATCHED)))
def test_what_a_matching_digest_proves(seed):
    """No match makes a piece true: only with truth before the chain is it presumed."""
    one = draw("evidence", "matching", seed)
    assert [step.key for step in one.steps] == MATCHES[one.kind]
    assert tuple(MATCHED)[seed] == one.kind
