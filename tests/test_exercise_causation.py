"""Exercises of lesson 03: keys as the causation room gives them, and with pencil and paper."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import permutations

import pytest
from reference.strategy import draws

from simlib import causation, chain, decide
from simlib.exercise import draw, mark, names
from simlib.text import LANGS
from simlib.worksheet import feedback, sheet, solution

pytestmark = pytest.mark.drawn
SEEDS = range(draws(84))  # at night a full round of every cycle


@cache
def every(name: str) -> list:
    """All variants of one exercise that these tests look at."""
    return [draw("causation", name, seed) for seed in SEEDS]


def keys(one) -> dict:
    """The right answers of a variant, by question."""
    return {step.id: step.key for step in one.steps}


def slips(one, step: str) -> dict:
    """The usual wrong amounts of a question [fen], by name."""
    return {slip.key: slip.fen for slip in one.step(step).slips}


def test_topic_is_registered():
    """Five exercises."""
    assert names("causation") == ("links", "orders", "chain", "flow", "tiers")


# ---------------------------------------------------------------- links

# By hand: but-for and NESS of A, 促进, whom but-for lets off, adequacy.
#   either: D ∧ P ∧ (A ∨ B); needed: D ∧ B ∧ P ∧ A; idle: A leads nowhere; behind: (A ∨ B) ∧ P ∧ D
LINKS = {
    "either": ("no", "yes", "yes", "AB", "open"),
    "needed": ("yes", "yes", "yes", "none", "open"),
    "idle": ("no", "no", "no", "A", "none"),
    "behind": ("no", "yes", "yes", "AB", "open"),
}


def test_links_by_hand():
    """Substitutes are let off by but-for alone, and are causes by NESS and by furthering."""
    for one in every("links"):
        assert tuple(step.key for step in one.steps) == LINKS[one.kind]
    assert {one.kind for one in every("links")} == set(LINKS)


# The same four stories as formulas of who acts.
HAPPENS = {
    "either": lambda s: {"P", "D"} <= s and bool(s & {"A", "B"}),
    "needed": lambda s: {"P", "D", "A", "B"} <= s,
    "idle": lambda s: {"P", "D", "B"} <= s,
    "behind": lambda s: {"P", "D"} <= s and bool(s & {"A", "B"}),
}


def test_links_by_the_graph():
    """What is told is what the graph of the case does, whoever is taken out."""
    everybody = ("P", "A", "B", "D")
    for one in every("links")[:4]:
        acts = causation.graph(one.case)
        for bits in range(16):
            there = {who for n, who in enumerate(everybody) if bits >> n & 1}
            gone = frozenset(a for who in everybody if who not in there for a in acts.of(who))
            assert acts.happens(gone) == HAPPENS[one.kind](there)
        found = keys(one)
        assert found["but_for"] == ("yes" if causation.but_for(one.case, "A") else "no")
        assert found["ness"] == ("yes" if causation.ness_cause(one.case, "A") else "no")
        steps = causation.legal_steps(one.case, "A")
        assert found["further"] == steps.step("furthering").answer
        assert found["adequate"] == steps.step("adequate").answer


def test_adequacy_is_no_number():
    """No variant has a percentage for it."""
    assert all(one.step("adequate").key != "number" for one in every("links"))


# ---------------------------------------------------------------- shares

PLAYERS = {"two": "PAB", "promoted": "PDAB", "three": "PABE"}
HARM = {
    "two": lambda s: "P" in s and bool(s & set("AB")),
    "promoted": lambda s: set("PD") <= s and bool(s & set("AB")),
    "three": lambda s: "P" in s and bool(s & set("ABE")),
}


def by_orders(game: str, who: str) -> Fraction:
    """The Shapley value with pencil and paper: in how many orders does his joining turn it."""
    turned = total = 0
    for order in permutations(PLAYERS[game]):
        before = set(order[: order.index(who)])
        turned += HARM[game](before | {who}) and not HARM[game](before)
        total += 1
    return Fraction(turned, total)


def by_sets(game: str, who: str) -> Fraction:
    """The Banzhaf index scaled to 1: in how many sets does it turn on him."""
    players = PLAYERS[game]

    def swings(him: str) -> int:
        rest = [p for p in players if p != him]
        sets = [{p for n, p in enumerate(rest) if bits >> n & 1} for bits in range(2 ** len(rest))]
        return sum(HARM[game](s | {him}) and not HARM[game](s) for s in sets)

    return Fraction(swings(who), sum(map(swings, players)))


def test_the_stated_shares():
    """P∧(A∨B): 2/3, 1/6. P∧D∧(A∨B): 5/12, 1/12. P∧(A∨B∨E): 3/4, 1/12."""
    stated = {"two": ("1/6", "2/3"), "promoted": ("1/12", "5/12"), "three": ("1/12", "3/4")}
    for game, (a, p) in stated.items():
        assert (by_orders(game, "A"), by_orders(game, "P")) == (Fraction(a), Fraction(p))


def test_orders_by_hand():
    """Share times loss, to the fen; the expert's word is a party's statement."""
    for one in every("orders"):
        loss = one.case.loss_fen
        for who in "AP":
            assert one.step(who).key == loss * by_orders(one.kind, who)
            wrong = slips(one, who)
            assert wrong["sets_not_orders"] == loss * by_sets(one.kind, who)
            assert wrong["by_heads"] == loss // len(PLAYERS[one.kind])
        assert one.step("expert").key == causation.heard("expert").opinion == "statement"
    assert {one.kind for one in every("orders")} == set(PLAYERS)


def test_orders_by_the_engine():
    """`causation.indices` of the case; the whole loss is divided, none left over."""
    for one in every("orders"):
        found = causation.indices(one.case)["shapley"]
        assert one.step("A").key == round(one.case.loss_fen * found["A"])
        assert round(one.case.loss_fen * sum(found.values())) == one.case.loss_fen


def test_a_slip_names_the_step():
    """12 000 lost, two cards: 2 000 for A. One part a link gives 3 000: links are not orders."""
    one = draw("causation", "orders", 0)
    assert (one.kind, one.step("A").key) == ("two", 200_000)
    said = feedback(one, one.step("A"), mark(one.step("A"), "3000"), "3000", "zh")
    assert said["layer"] == "因果关系"
    assert "先后次序" in said["text"][0]


def test_chain_by_hand():
    """The loss of a link is divided by those up to it: d₁ + d₂/2 + d₃/3, d₂/2 + d₃/3, d₃/3."""
    for one in every("chain"):
        d1, d2, d3 = (Fraction(one.values[f"{n}_fen"]) for n in ("one", "two", "three"))
        assert keys(one) == {"D": d1 + d2 / 2 + d3 / 3, "A": d2 / 2 + d3 / 3, "B": d3 / 3}
        assert sum(keys(one).values()) == one.case.loss_fen
        assert slips(one, "A")["own_link_only"] == d2
        backwards = {"D": d1 / 3, "A": d1 / 3 + d2 / 2, "B": d1 / 3 + d2 / 2 + d3}
        for who, fen in backwards.items():
            # left out where it comes to the key or to another slip
            known = {one.step(who).key, *slips(one, who).values()}
            assert any(abs(known_fen - fen) <= Fraction(1, 2) for known_fen in known)


def test_chain_by_the_engine():
    """`chain_shapley` of the three losses; the acts of the case follow one another."""
    for one in every("chain"):
        links = [one.values[f"{n}_fen"] for n in ("one", "two", "three")]
        assert tuple(keys(one).values()) == causation.chain_shapley(links)
        assert all(causation.but_for(one.case, who) for who in "DAB")


# ---------------------------------------------------------------- money


def test_flow_by_hand():
    """What came through; pay × came ÷ inflow. 25 000, 10 000 through A's card of 50 000 in all:
    pay of 1 000 gives 200."""
    for one in every("flow"):
        v = one.values
        assert one.step("cap").key == v["came_fen"]
        assert one.step("gain").key == Fraction(v["gain_fen"] * v["came_fen"], v["inflow_fen"])
        assert slips(one, "gain")["whole_gain"] == v["gain_fen"]
        assert slips(one, "cap") == {"whole_loss": v["loss_fen"], "whole_flow": v["inflow_fen"]}
        assert v["came_fen"] + v["rest_fen"] == v["loss_fen"]
    assert keys(draw("causation", "flow", 0)) == {"cap": 1_000_000, "gain": 20_000}


def test_flow_by_the_engine():
    """What came by `simlib.chain`, and the factor of the gain; the cap on a gain is the same."""
    for one in every("flow"):
        party = one.case.party("A")
        assert one.step("cap").key == chain.capping_receipts(one.case, party.id)
        factor = chain.gain_factor(one.case, "A")
        assert one.step("gain").key == party.gain_direct_fen * factor
        assert one.step("gain").key == decide(one.case, "benefit_cap").parties["A"].exposure_fen


def test_tiers_by_hand():
    """Only money moved on after the loss counts: its 5 % to 30 %. 40 000, of which 20 000 moved
    on: 1 000 to 6 000. The twin's 10 % is a slip."""
    for one in every("tiers"):
        passed = one.values["passed_fen"]
        assert keys(one) == {
            "first": "at_loss",
            "later": "after",
            "low": passed * 5 // 100,
            "high": passed * 30 // 100,
            "form": "band",
        }
        assert slips(one, "high")["twin_rate"] == passed // 10
        assert slips(one, "high")["middle_of_band"] == Fraction(passed * 175, 1000)
    one = draw("causation", "tiers", 0)
    assert (one.step("low").key, one.step("high").key) == (100_000, 600_000)


def test_tiers_by_the_engine():
    """`causation.chance`: refused for the first layer, a band for the second."""
    for one in every("tiers"):
        assert causation.chance(one.case, "A").refusal == "first-layer"
        found = causation.lost_chance(one.case, "D")
        assert (found.low, found.high) == (one.step("low").key, one.step("high").key)


def test_the_courts_view_of_the_first_card_is_accepted():
    """The Hengyang court's reading can be argued for; the course's is told with it."""
    one = draw("causation", "tiers", 0)
    verdict = mark(one.step("first"), "after")
    assert verdict.kind == "also"
    told = feedback(one, one.step("first"), verdict, "after", "zh")["text"]
    assert "衡阳中院" in told[1]
    assert mark(one.step("later"), "at_loss").kind == "wrong"


@pytest.mark.parametrize(("lang", "said"), [("zh", "没有条文"), ("en", "No provision")])
def test_shapley_rests_on_no_article(lang, said):
    """No article lays the value down, so none is cited for an amount; only who may explain it."""
    for name in ("orders", "chain"):
        for one in every(name):
            assert not any(step.cites for step in one.steps if not step.options)
    assert any(said in text for _, text in solution(draw("causation", "chain", 0), lang)["model"])


@pytest.mark.parametrize("name", ["links", "orders", "chain", "flow", "tiers"])
@pytest.mark.parametrize("lang", LANGS)
def test_model_answers(name, lang):
    """Five parts, nothing left open, in each kind of variant."""
    for one in every(name):
        model = solution(one, lang)["model"]
        assert len(model) == 5
        assert all(text for _, text in model)
        assert "{" not in "".join(sheet(one, lang)["facts"]) + str(model)
