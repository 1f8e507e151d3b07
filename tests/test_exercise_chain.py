"""Exercises of lesson 06: keys as the tracing engine gives them, and with pencil and paper."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from reference.strategy import draws

from simlib.exercise import draw, mark, names
from simlib.restitution import give_back
from simlib.text import LANGS
from simlib.worksheet import feedback, sheet, solution

pytestmark = pytest.mark.drawn
SEEDS = range(draws(42))  # at night a full round of every cycle


@cache
def every(name: str) -> list:
    """All variants of one exercise that these tests look at."""
    return [draw("chain", name, seed) for seed in SEEDS]


def keys(one) -> dict:
    """The right answers of a variant, by question."""
    return {step.id: step.key for step in one.steps}


def test_topic_is_registered():
    """Five exercises."""
    assert names("chain") == ("follow", "stamp", "pool", "later", "authority")


def test_follow_with_pencil_and_paper():
    """Coin by coin: own money, then in the order told; the last of it; the proportion."""
    for one in every("follow"):
        v = one.values
        pots = [("own", v["own_fen"]), ("other", v["other_fen"]), ("hers", v["paid_fen"])]
        if one.kind == "before":
            pots = [pots[0], pots[2], pots[1]]
        for method, order in (("fifo", pots), ("lifo", pots[::-1])):
            left, hers = v["out_fen"], 0
            for whose, fen in order:
                taken = min(left, fen)
                left, hers = left - taken, hers + taken * (whose == "hers")
            assert keys(one)[method] == hers
        exact = Fraction(v["out_fen"] * v["paid_fen"], v["total_fen"])
        assert keys(one)["pro_rata"] == exact
        assert keys(one)["which"] == "pro_rata"
        frozen = one.case.set({"card-b.held_fen": v["out_fen"], "card-b.frozen_fen": v["out_fen"]})
        assert give_back(frozen, "by_loss").returned["victim"] == v["pro_rata_fen"]  # art. 8(3)
    assert {one.kind for one in every("follow")} == {"before", "after"}


def test_follow_by_hand():
    """10 + 10 (hers) + 40 in the card, 45 leave: first in 10, pro rata 7.5, last in 5."""
    one = draw("chain", "follow", 0)
    assert (one.values["own_fen"], one.values["paid_fen"]) == (1_000_000, 1_000_000)
    assert [keys(one)[m] for m in ("fifo", "pro_rata", "lifo")] == [1_000_000, 750_000, 500_000]


def test_stamp_with_pencil_and_paper():
    """The equal payment is hers; of the next her part of the balance."""
    for one in every("stamp"):
        v, found = one.values, keys(one)
        assert found["direct"] == v["same_fen"]
        assert v["out_fen"] != v["more_fen"]
        held = v["own_fen"] + v["first_fen"] + v["again_fen"] + v["more_fen"]
        assert abs(found["split"] - Fraction(v["out_fen"] * v["again_fen"], held)) <= 1
        assert found["text"] == "assumed"


def test_pool_with_pencil_and_paper():
    """The pool in proportion to losses; the rest may be claimed."""
    for one in every("pool"):
        v, found = one.values, keys(one)
        share = Fraction(v["frozen_fen"] * v["loss_fen"], v["total_fen"])
        assert abs(found["back"] - share) <= 1
        assert found["rest"] == v["loss_fen"] - found["back"]
        assert v["frozen_fen"] < v["total_fen"]
        assert found["titles"] == "once"


def test_later_by_hand():
    """After the loss 1165, agreed beforehand 1169; gain in proportion; tracing changes nothing."""
    for one in every("later"):
        v, found = one.values, keys(one)
        assert found["B"] == {"after": "chance", "promised": "help"}[one.kind]
        assert found["rule"] == "no"
        exact = Fraction(v["gain_fen"] * v["paid_fen"], v["total_fen"])
        assert abs(found["gain"] - exact) <= Fraction(1, 2)
    assert {one.kind for one in every("later")} == {"after", "promised"}


def test_against_a_later_card_every_reading_named_is_accepted():
    """Unjust enrichment (985, 987) always; help too where the whole chain may be taken for one."""
    for one in every("later"):
        right = {given for given in one.step("B").options if mark(one.step("B"), given).right}
        assert right == {"help", "enrichment"} | ({"chance"} if one.kind == "after" else set())


def test_authority_never_calls_a_rule_a_statute_or_a_rule_of_liability():
    """Two rules stand in a document on returns, three are foreign, one is a tool."""
    found = {one.values["rule_word"]: keys(one) for one in every("authority")}
    assert len(found) == 6
    kinds = [answer["kind"] for answer in found.values()]
    assert sorted(kinds) == ["document"] * 2 + ["foreign"] * 3 + ["tool"]
    for answer in found.values():
        wanted = "returns" if answer["kind"] == "document" else "nothing"
        assert answer["decides"] == wanted


@pytest.mark.parametrize("name", names("chain"))
@pytest.mark.parametrize("lang", LANGS)
def test_every_variant_can_be_read_and_marked(name, lang):
    """Words for every question, option and slip; the key is right, each slip is named."""
    for one in every(name)[:12]:
        shown, told = sheet(one, lang), solution(one, lang)
        assert all(shown["facts"])
        assert all(text for _, text in told["model"])
        for step in one.steps:
            right = str(step.key) if step.options else f"{step.key / 100:.2f}"
            assert mark(step, right, 1).right
            for slip in step.slips:
                verdict = mark(step, f"{slip.fen / 100:.2f}", 1)
                assert verdict.slip is slip
                assert feedback(one, step, verdict, "", lang)["layer"]
            for option in step.options:
                verdict = mark(step, option, 1)
                assert feedback(one, step, verdict, option, lang)["text"]
