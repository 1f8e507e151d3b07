"""Exercises of lesson 02: keys as the fault room and as a lawyer finds them."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from reference.strategy import draws

from simlib import decide, fault
from simlib.exercise import draw, mark, names
from simlib.text import LANGS, words
from simlib.worksheet import feedback, sheet, solution

pytestmark = pytest.mark.drawn
SEEDS = range(draws(132))  # at night a full round of every cycle


@cache
def every(name: str) -> list:
    """All variants of one exercise that these tests look at."""
    return [draw("fault", name, seed) for seed in SEEDS]


def keys(one) -> dict:
    """The right answers of a variant, by question."""
    return {step.id: step.key for step in one.steps}


def test_topic_is_registered():
    """Three exercises, each with a title in both languages."""
    assert names("fault") == ("burden", "reviews", "judgment")
    assert len({words("exercise", f"{name}.title", lang) for name in names("fault")
                for lang in LANGS}) == 6  # fmt: skip


# ---------------------------------------------------------------- the table of the burden of proof

# By hand: fault and what answers it (108(2); 93(2) as most commentators read it; 93(2)), fraud
# (EV-86), from the kind alone.
TABLE = {
    "direct": ("plaintiff", "doubt", "beyond_reasonable_doubt"),
    "inference": ("plaintiff", "doubt", "beyond_reasonable_doubt"),
    "general": ("defendant", "overturn", "beyond_reasonable_doubt"),
    "whole": ("defendant", "overturn", "none"),
}


def test_burden_by_hand():
    """The burden is never reversed, but who does not overturn a judgment loses (93(2)): one that
    finds knowledge and the card in general leaves act, damage and cause to her."""
    seen = Counter()
    for one in every("burden"):
        found = keys(one)
        assert (found["fault"], found["rebuttal"], found["fraud"]) == TABLE[one.kind]
        assert found["statute"] == "presumed_fault"
        element = one.values["element_word"].split(".")[1]
        assert found["element"] == ("defendant" if one.kind == "whole" else "plaintiff")
        seen[one.kind, element] += 1
    assert len(seen) == 12  # every element under every way


def test_burden_by_the_engine():
    """Asked of the engine again: the rows of the table for the case of the variant."""
    for one in every("burden"):
        way = "factual_inference" if one.kind == "inference" else "plaintiff"
        table = {row.element: row for row in fault.find(one.case, "A", way).allocation}
        element = one.values["element_word"].split(".")[1]
        loser = {"nobody": "defendant"}  # what a judgment confirms stands until he overturns it
        assert keys(one) == {
            "fault": loser.get(table["fault"].bearer, table["fault"].bearer),
            "rebuttal": table["fault"].rebuttal,
            "fraud": table["fraud"].standard,
            "element": loser.get(table[element].bearer, table[element].bearer),
            "statute": "presumed_fault",
        }


def test_presumed_fault_is_not_the_law_in_force():
    """1165(2) wants a statute: who says the burden is on A is told so (pitfall 3)."""
    one = draw("fault", "burden", 1)
    step = one.step("fault")
    said = feedback(one, step, mark(step, "defendant"), "defendant", "zh")
    assert (said["right"], said["layer"]) == (False, "举证与证明")
    assert "第1165条第2款" in said["text"][0]
    assert "civil-code:1165(2)" in one.step("statute").cites


def test_two_standards_in_one_case():
    """Fraud beyond reasonable doubt, fault to high probability (pitfall 5)."""
    one = draw("fault", "burden", 0)
    assert one.step("fraud").key == "beyond_reasonable_doubt"
    assert fault.find(one.case, "A").row("fault").standard == "high_probability"
    assert one.step("fraud").cites == ("evidence-rules:86(1)", "civil-procedure-interpretation:109")
    wrong = feedback(one, one.step("fraud"), mark(one.step("fraud"), "sure_and_sufficient"),
                     "sure_and_sufficient", "en")  # fmt: skip
    assert "language of criminal procedure" in wrong["text"][0]


def test_both_views_of_109_are_accepted():
    """Whether its “fraud” covers a tort suit is open: high probability is a view; where a judgment
    has found the fraud nobody proves it, on either view."""
    for one in every("burden"):
        verdict = mark(one.step("fraud"), "high_probability").kind
        assert verdict == ("wrong" if one.kind == "whole" else "also")


def test_both_readings_of_sufficient_to_rebut_are_accepted():
    """The minority's too, of an inference; where there is none, nobody asks for the contrary."""
    for one in every("burden"):
        verdict = mark(one.step("rebuttal"), "rebut").kind
        assert verdict == ("also" if one.kind == "inference" else "wrong")


def test_the_question_who_loses_has_a_party_as_its_answer():
    """Exemption from proof is no burden of persuasion: what the judgment finds A must overturn."""
    for one in every("burden"):
        assert (
            one.step("fault").options == one.step("element").options == ("plaintiff", "defendant")
        )
        found = one.kind in ("general", "whole")
        assert one.step("fault").key == ("defendant" if found else "plaintiff")


def test_the_reviews_say_which_reading_moves_the_grade():
    """A statement nothing bears out: gross on the majority's reading, knowing on the minority's."""
    moved = [one for one in every("reviews") if keys(one)["substantive"] != keys(one)["contrary"]]
    assert moved
    for one in moved:
        price, story = told(one)
        assert (price in ("original", "borne"), story) == (True, "alone")
        assert (keys(one)["substantive"], keys(one)["contrary"]) == ("gross", "knowing")


@pytest.mark.parametrize("lang", LANGS)
def test_formal_review_says_that_it_leaves_90_1_aside(lang):
    """A party's statement alone is taken at its word: that is not the law, and is said."""
    one = next(o for o in every("reviews") if told(o)[1] == "alone")
    said = " ".join(sheet(one, lang)["facts"])
    assert {"zh": "第90条第1项", "en": "art. 90(1)"}[lang] in said


# ---------------------------------------------------------------- two reviews of one list

ORDER = ("none", "slight", "gross", "knowing")


def by_hand(price: str, story: str, review: str, minority: bool) -> str:
    """The grade with pencil and paper, from what is told of the chat and of A's statement.

    Formal: only originals count, and count fully. Substantive: a copy or a doubtful file needs
    another piece that bears it out; a bare statement is doubt at most, which the minority does not
    take for enough. An abnormal deal is knowledge; if the inference falls, gross negligence;
    without the deal the rented account is left.
    """
    counts = {
        "formal": price in ("original", "doubtful"),
        "substantive": price in ("original", "borne"),
    }[review]
    if not counts:
        return "slight"
    strong = story == "borne" or story == "alone" and review == "formal"
    falls = strong or story == "alone" and not minority
    return "gross" if falls else "knowing"


def told(one) -> tuple[str, str]:
    """Which chat and which statement a variant tells of."""
    return tuple(said.key.rpartition(".")[2] for said in one.facts[1:3])


def test_reviews_by_hand():
    """All twelve pairs of chat and statement come up, each with the grades a reader finds."""
    seen = set()
    for one in every("reviews"):
        price, story = told(one)
        seen.add((price, story))
        found = keys(one)
        assert found["formal"] == by_hand(price, story, "formal", minority=False)
        assert found["substantive"] == by_hand(price, story, "substantive", minority=False)
        assert found["contrary"] == by_hand(price, story, "substantive", minority=True)
        assert ORDER.index(found["substantive"]) <= ORDER.index(found["contrary"])
    assert len(seen) == 12


def test_reviews_by_the_engine():
    """Grades from `fault.find`; form and amount from `decide` on the second grade."""
    for one in every("reviews"):
        found = keys(one)
        for step, review, reading in (
            ("formal", "formal", "doubt"),
            ("substantive", "substantive", "doubt"),
            ("contrary", "substantive", "contrary"),
        ):
            rules = {"rebuttal": reading}
            finding = fault.find(one.case, "A", "factual_inference", review, rules=rules)
            assert found[step] == finding.grade
        party = decide(one.case.set({"A.grade": found["substantive"]}), "auto").parties["A"]
        assert (found["mode"], found["amount"]) == (party.mode, party.exposure_fen)


def test_reviews_amounts():
    """Knowing: the whole loss. Else his share of it: 10 000 at 25 % is 2 500."""
    for one in every("reviews"):
        loss, share = one.values["loss_fen"], round(one.values["a_share"] * 100)
        whole = one.step("substantive").key == "knowing"
        assert one.step("amount").key == (loss if whole else loss * share // 100)
        assert one.step("mode").key == ("joint" if whole else "several")


def test_the_reviews_can_part_either_way():
    """Neither review is the milder one: each finds more than the other somewhere."""
    gaps = {ORDER.index(keys(o)["formal"]) - ORDER.index(keys(o)["substantive"])
            for o in every("reviews")}  # fmt: skip
    assert min(gaps) < 0 < max(gaps)


def test_gross_negligence_by_analogy_is_accepted():
    """The environmental analogy (joint for gross negligence) is a view that can be argued."""
    grosses = [one for one in every("reviews") if one.step("substantive").key == "gross"]
    assert grosses
    for one in grosses:
        assert mark(one.step("mode"), "joint").kind == "also"


# ---------------------------------------------------------------- criminal documents

# By hand: knowledge, this claimant (93(1)(5); 114; EV-3 … 9), what an effective judgment confirms.
DOCUMENTS = {
    "part": ("locked", "locked", "part_fen"),
    "general": ("locked", "nothing", None),
    "not_final": ("public-document", "public-document", None),
    "dropped": ("nothing", "nothing", None),  # 存疑: no word of knowledge
    "waived": ("public-document", "nothing", None),  # 酌定: records it, and is no judgment
    "plea": ("evidence", "nothing", None),
}


def test_documents_by_hand():
    """Only what an effective judgment says, of this claimant, up to its amount (pitfall 4)."""
    for one in every("judgment"):
        knowing, victim, amount = DOCUMENTS[one.kind]
        found = keys(one)
        assert (found["knowing"], found["victim"]) == (knowing, victim)
        assert found["amount"] == (one.values[amount] if amount else 0)
        assert found["label"] == "own"  # pitfall 6
        assert found["conviction"] == "free"  # pitfall 7
    assert {one.kind for one in every("judgment")} == set(DOCUMENTS)


def test_documents_by_the_engine():
    """The effects the fault room lists, and the part of the loss that needs no proof."""
    for one in every("judgment"):
        does = {(e.element, e.effect) for e in fault.effects(one.case, "A")}
        for element in ("knowing", "victim"):
            key = one.step(element).key
            assert (element, key) in does or key == "nothing"
        finding = fault.find(one.case, "A")
        assert one.step("amount").key == (finding.row("damage").fen or 0)
        assert finding.locked == (one.step("knowing").key == "locked")
        # a conviction is not what the grade rests on: the chat shows knowledge without it
        assert fault.find(one.case.model_copy(update={"criminal": ()}), "A").grade == "knowing"


def test_documents_of_one_variant():
    """20 000 lost, 40 % of it named in the judgment: 8 000. The flow is 700 000 of everybody's."""
    one = draw("fault", "judgment", 0)
    assert (one.values["loss_fen"], one.values["part_fen"]) == (2_000_000, 800_000)
    assert one.step("amount").key == 800_000
    slips = {slip.key: slip.fen for slip in one.step("amount").slips}
    assert slips == {"found_for_all": 2_000_000, "flow_as_found": 70_000_000}
    said = feedback(one, one.step("amount"), mark(one.step("amount"), "70万"), "70万", "zh")
    assert said["layer"] == "举证与证明"
    assert "许多人的钱" in said["text"][0]


def test_which_decision_not_to_prosecute_it_is():
    """存疑 (175(4)) says nothing of knowledge; 酌定 (177(2)) records it: a public document, or one
    piece of evidence. Each is named, and neither exempts a yuan."""
    kinds = {"dropped": "第175条第4款", "waived": "第177条第2款"}
    for kind, article in kinds.items():
        one = next(o for o in every("judgment") if o.kind == kind)
        assert article in " ".join(sheet(one, "zh")["facts"])
        assert one.step("amount").key == 0
        assert one.step("knowing").cites[-1].startswith("criminal-procedure-law:17")
    assert mark(one.step("knowing"), "evidence").kind == "also"
    assert mark(one.step("knowing"), "locked").kind == "wrong"


def test_a_judgment_not_in_force_is_an_official_document_at_most():
    """That it is evidence only is accepted too; taking it for an effective one is a slip."""
    one = next(o for o in every("judgment") if o.kind == "not_final")
    assert mark(one.step("knowing"), "evidence").kind == "also"
    assert mark(one.step("knowing"), "locked").kind == "wrong"
    slip = next(s for s in one.step("amount").slips if s.key == "not_yet_final")
    assert slip.fen == one.values["part_fen"]


@pytest.mark.parametrize("name", ["burden", "reviews", "judgment"])
@pytest.mark.parametrize("lang", LANGS)
def test_model_answers(name, lang):
    """Conclusion, articles, elements, facts, other view; each kind has its own conclusion."""
    conclusions = {}
    for one in every(name):
        model = solution(one, lang)["model"]
        assert len(model) == 5
        assert all(text for _, text in model)
        conclusions.setdefault(one.kind, model[0][1])
        assert "{" not in "".join(sheet(one, lang)["facts"]) + str(model)
    assert len(set(conclusions.values())) == len(conclusions)
