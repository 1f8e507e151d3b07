"""How a party is said to answer: nobody is called what he is not."""

from __future__ import annotations

import pytest

from simlib import decide, load_case
from simlib.cli.report import of_outcome
from simlib.explain import explain, form_name

FIX = "fix-1"


def test_what_a_fraudster_who_owes_all_is_said_to_do():
    """His step names the whole and why; the helper's names the helper's form."""
    for mode in ("several", "benefit_cap"):
        out = decide(load_case(FIX), mode)
        step = explain(out.reason("form", "P"), load_case(FIX))
        assert (step.value, step.rule) == ("全部责任", "诈骗行为人是直接侵权人。"), mode
    assert form_name(decide(load_case(FIX), "several"), "A") == "按份责任"


@pytest.mark.parametrize(
    ("mode", "rules"), [("several", {"principals": "by_share"}), ("reallocation", {})]
)
def test_one_who_answers_by_share_is_said_to(mode, rules):
    """The textbook's form, and foreign law: the fraudster, too, answers by his share."""
    out = decide(load_case(FIX), mode, rules=rules)
    assert form_name(out, "P") != "全部责任"
    assert out.reason("form", "P").rule == "form.principal-by-share"


def test_a_fraudster_alone_is_jointly_liable_with_nobody():
    """Where all others are careless, or not proved, he owes the whole alone."""
    careless = decide(load_case("hypo-payment").at("careless"))
    assert (careless.parties["wang"].mode, form_name(careless, "wang")) == ("joint", "全部责任")
    together = decide(load_case("hypo-payment"))
    assert form_name(together, "wang") == "连带责任"


def test_help_after_the_loss_is_no_share_of_it():
    """Luo answers alone for another damage; “several” would be of the same one."""
    case = load_case("hypo-chain")
    out = decide(case)
    assert form_name(out, "luo") == "就丧失的追回机会负责"
    assert explain(out.reason("form", "luo"), case).value == "就丧失的追回机会负责"
    assert form_name(out, "du") == "按份责任"
    assert "就丧失的追回机会负责" in of_outcome(out, case, "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_school_is_not_headed_as_law_in_force(lang):
    """“责任形态：现行法（依据：学说）” contradicts itself: the school has a name."""
    case = load_case("hypo-account")
    head = of_outcome(decide(case, regime="school-bao-chen"), case, lang).splitlines()[1]
    assert ("现行法" if lang == "zh" else "law in force") not in head
    assert ("鲍键" if lang == "zh" else "Bao") in head
    assert "现行法" in of_outcome(decide(case), case, "zh").splitlines()[1]


def test_nobody_takes_over_anything_where_the_suit_is_dismissed():
    """The fraudster's nothing is not “his own part and what others do not bear”."""
    for mode in ("dismiss_suit", "dismiss_claim"):
        out = decide(load_case("2024-lu-0302-5690"), mode)
        assert out.reason("burden", "principal").rule == "burden.not-held"
        assert out.reason("form", "principal").rule == "form.chosen"
