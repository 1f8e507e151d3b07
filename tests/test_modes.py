"""Every form of liability in `modes.toml` is asked the same questions; a new one is asked them too.

Who owes the whole, on what basis, what does not fit, what is cited, whether its reasons add up, and
whether there are words for all of it, in both languages.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

import pytest

from simlib import compare, decide, load_case, regime
from simlib.case.tables import Criminal
from simlib.explain import assumption_words, explain, form_name
from simlib.figures.asked_number import Asked
from simlib.figures.number_steps import steps
from simlib.law.authority import authorities
from simlib.law.citation import BASES, BINDING, article, article_day, first_day, in_force
from simlib.law.modes import compared_modes, mode_keys, mode_law
from simlib.law.regime import regime_names
from simlib.law.rule import rule
from simlib.lessons.board import draw
from simlib.lessons.liability.outcomes import Found
from simlib.liability import COMPARED, MODES
from simlib.text import LANGS, topic_words, words
from simlib.trace import CASE, CITATION, PARAMETER
from tests.replay import differences, unfounded
from tests.staged import case_board, values

FIX, ACCOUNT = "fix-1", "hypo-account"
MODE = pytest.mark.parametrize("mode", mode_keys())
GRADES = ("slight", "gross", "knowing", "concert")
AUTO, BY_FORM = "auto", "by_form"


# ---------------------------------------------------------------- the law


@MODE
def test_a_mode_has_authority_objection_and_words(mode):
    """A basis, an authority, the strongest objection, the day that counts, its names."""
    law = mode_law(mode)
    assert law.basis in BASES
    assert law.cites
    assert law.objection_cites
    assert law.regime in regime_names()
    dated = law.basis not in ("doctrine", "foreign law", "reform proposal")
    assert (law.since is not None) == dated
    for id in (*law.cites, *law.objection_cites, *(c for r in law.by_crime for c in r.cites)):
        assert article(id)
    for lang in LANGS:
        for key in ("name", "definition", "why", "objection"):
            assert words("modes", f"{mode}.{key}", lang)
        for fact in ("fault", "gain", "cause"):
            assert words("modes", f"enters.{mode}.{fact}", lang)
        assert words("terms", f"forms.{mode}", lang)


@MODE
def test_a_mode_says_what_it_is_in_known_words(mode):
    """A slip in a field is seen here, not on a page."""
    law = mode_law(mode)
    assert law.whole in ("everybody", "principals", "nobody", BY_FORM)
    assert (law.whole == BY_FORM) == (law.forms is None)
    assert law.article in ("own", "none", "none_though_joint")
    assert law.inside in ("law", "analogy", "supposed")
    assert law.dated_by in ("acted_on", "decided_on")
    assert law.document in ("ruling", "judgment")
    assert law.reach in ("", "after_loss")
    assert set(law.remarks) <= {"always", "knowing", "below_knowing", "proved"}
    if law.article == "none_though_joint":
        assert law.joint or law.measure in ("", "threshold")


def test_words_speak_of_no_mode_that_does_not_work():
    """The texts have the modes of the data in their order, and no others."""
    said = topic_words("modes")
    assert tuple(key for key in said if key != "enters") == mode_keys() == MODES
    assert tuple(said["enters"]) == mode_keys()


def test_a_comparison_that_names_no_modes():
    """Eight rows, in this order, each place once."""
    assert compared_modes() == COMPARED
    assert COMPARED[:8] == ("auto", "joint", "several", "discretionary", "partial_joint",
                            "risk_benefit", "benefit_cap", "all_or_nothing")  # fmt: skip
    places = [mode_law(mode).compared for mode in COMPARED]
    assert len(set(places)) == len(places)


# ---------------------------------------------------------------- principals


@MODE
def test_who_owes_the_whole(mode):
    """FIX-1: a principal owes all 25 000 unless nobody owes the whole, and is called so.

    He never goes by the name of what helpers owe, nor is joint with those who are not.
    """
    out, law = decide(load_case(FIX), mode), mode_law(mode)
    owes, named = out.parties["P"].exposure_fen, form_name(out, "P")
    assert (owes == 2_500_000) == (law.whole != "nobody")
    if law.whole == "principals":
        assert named == words("terms", "forms.whole")
    elif law.whole != BY_FORM:
        assert named == words("terms", f"forms.{mode}")
    if law.whole == "everybody":
        assert {out.parties[id].exposure_fen for id in "PAC"} == {2_500_000}


@MODE
def test_a_principal_answers_for_his_own_tort(mode):
    """1165(1) first, never a rule that limits helpers; but foreign law for all, or a dismissal."""
    out, law = decide(load_case(FIX), mode), mode_law(mode)
    cites = out.reason("form", "P").cites
    if law.whole == "nobody":
        assert cites == law.cites
        return
    assert cites[0] == "civil-code:1165(1)"
    assert not {"civil-code:1198(2)", "civil-code:1173"} & set(cites)
    assert all(c in BINDING for c in {article(id).basis for id in cites})


# ---------------------------------------------------------------- remarks and citations


@MODE
@pytest.mark.parametrize("grade", GRADES)
def test_what_does_not_fit_is_said(mode, grade):
    """A form that no Chinese law gives says so each time; so does one that misses his grade."""
    case = load_case(FIX).set({"A.grade": grade, "A.fault": None})
    out, law = decide(case, mode), mode_law(mode)
    whole = {a["key"] for a in out.assumptions if "party" not in a}
    mine = {a["key"] for a in out.assumptions if a.get("party") == "A"}
    if law.forms and law.basis in ("doctrine", "foreign law", "reform proposal"):
        assert law.remarks["always"]
    if law.whole == "everybody":  # a helper who did not know does not owe the whole (1169(1))
        assert law.remarks.keys() & {"below_knowing", "always"}
    if law.whole == "principals":  # one who knew does
        assert law.remarks.keys() & {"knowing", "always"}
    if remark := law.remarks.get("always"):
        assert f"misfit.{remark}" in whole
    when = "knowing" if grade in ("knowing", "concert") else "below_knowing"
    other = {"knowing": "below_knowing", "below_knowing": "knowing"}[when]
    if remark := law.remarks.get(when):
        assert f"misfit.{remark}" in mine
    if remark := law.remarks.get(other):
        assert f"misfit.{remark}" not in mine
    for lang in LANGS:
        assert all(assumption_words(a, case, lang) for a in out.assumptions)


@MODE
@pytest.mark.parametrize("grade", GRADES)
def test_what_is_cited_is_held_and_was_law(mode, grade):
    """Each id names an article; one that binds was in force on its day of the case."""
    case = load_case(FIX).set({"A.grade": grade, "A.fault": None})
    out = decide(case, mode)
    assert out.reason("form", "A").cites
    for id in out.citations:
        text = article(id)
        assert text.basis not in BINDING or in_force(id, article_day(id, case)), id


def test_every_authority_is_held_and_no_older_than_its_articles():
    """Each table has a known basis, articles we hold, and begins when the last of them had."""
    for (asked, whom), history in authorities().items():
        for row in history:
            assert row.basis in BASES, (asked, whom)
            assert row.cites or row.also
            assert row.since or row.basis not in BINDING, (asked, whom)
            for id in row.cites:
                if row.since and article(id).basis in BINDING:
                    assert first_day(id) <= row.since, (asked, whom, id)


# ---------------------------------------------------------------- reasons


CASES = [FIX, "2024-lu-0302-5690", "hengnan-hengyang", "hypo-payment", "hypo-tech", ACCOUNT,
         "hypo-promotion"]  # fmt: skip
KNOWN = {
    "causal_force": 0.5, "foresight": 0.6, "control": 0.5, "limit": 0.3, "gain_direct_fen": 90_000,
    "fault": 0.8,
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
@MODE
def test_every_trace_can_be_reckoned_again_from_its_leaves(name, mode):
    """With all facts known, each step follows from those below, each leaf's source resolves."""
    case = load_case(name)
    for party in case.parties:
        if party.role not in ("victim", "principal"):
            case = case.set({f"{party.id}.{k}": v for k, v in KNOWN.items()})
    out = decide(case, mode, regime="law-in-force")
    assert differences(out.trace) == []
    assert unfounded(out.trace) == []
    for node in out.trace.walk():
        resolve(node, case)


PLATFORMS = {"he.role": "platform", "he.act": None, "he.enlarged_fen": 1_000_000}


@pytest.mark.parametrize(
    ("name", "changes", "rules"),
    [
        (FIX, {}, {}),
        (FIX, {"A.released": True, "victim.fault": 0.2}, {"principals": "by_share"}),
        ("hypo-chain", {}, {}),
        ("hypo-promotion", PLATFORMS, {}),
        ("hypo-promotion", {**PLATFORMS, "he.grade": "slight"}, {}),
        ("hypo-promotion", {"he.role": "operator", "he.act": None, "he.grade": "slight"}, {}),
        ("hypo-tech", {"yun.proof.causation": 0.5}, {}),
    ],
)
@MODE
def test_every_step_of_a_decision_has_words(name, changes, rules, mode):
    """No step stops the page that shows it: label, value and rule can be written."""
    case = load_case(name).set(changes)
    for node in decide(case, mode, rules=rules).trace.walk():
        for lang in LANGS:
            assert explain(replace(node, children=()), case, lang).label


def resolve(node, case):
    """A node's articles exist; its source is a parameter, an article, or a place in the case."""
    for cite in node.cites:
        article(cite)
    if node.source and node.source.startswith(PARAMETER):
        key = node.source.removeprefix(PARAMETER)
        rule(key.removeprefix("rules.")) if key.startswith("rules.") else regime().parameter(key)
    elif node.source and node.source.startswith(CITATION):
        article(node.source.removeprefix(CITATION))
    elif node.source:
        path = node.source.removeprefix(CASE)
        table, _, rest = path.partition(".")
        if table == "parties":
            name, _, field = rest.partition(".")
            assert field.split(".")[0] in type(case.party(name)).model_fields, path
        else:
            assert path.split("[")[0] in type(case).model_fields, path


@MODE
def test_gain_enters_where_the_words_say_it_does(mode):
    """His gain, 500 or 800 yuan, moves what A owes just where the table of factors has an entry.

    Of the four rules on crimes only that on hired staff asks for it: A is one.
    """
    known = {"A.foresight": 0.8, "A.control": 0.5, "A.causal_force": 0.5}
    hired = Criminal(party="A", status="effective", charge="fraud", part="hired")
    case = load_case(FIX).set(known).model_copy(update={"criminal": (hired,)})
    owes = [
        decide(case.set({"A.gain_direct_fen": fen}), mode).parties["A"].exposure_fen
        for fen in (50_000, 80_000)
    ]
    assert (owes[0] != owes[1]) == (words("modes", f"enters.{mode}.gain") != "—")


# ---------------------------------------------------------------- pages


SUM = re.compile(r"(?:^|。)([\d.]+)元×约?([\d.]+)%＝([\d.]+)元")


@MODE
@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("lang", LANGS)
def test_boards_say_what_is_so(mode, grade, lang):
    """Rows, notes and steps can be written for every grade, and each sum in them is right.

    Feng's gain is 1 200 yuan of 50 000: a form up to gains cuts his part, and must say so.
    """
    case = load_case(ACCOUNT).set({"feng.grade": grade, "feng.fault": None})
    rows = tuple(dict.fromkeys((AUTO, "joint", mode)))
    outcomes = compare(case, rows)
    board = draw(values("liability", "start", Found(case, mode, {}), lang, case))
    assert board.sentence
    name, said = words("modes", f"{mode}.name", lang), board.picture
    none = mode_law(mode).article != "own" and mode_law(mode).measure != "nothing"
    assert (escape(name) in said) == none
    found = case_board(case, outcomes, "feng", lang, rows=rows, column="exposure")
    assert {row.id for row in found.rows} == set(rows)
    for key in ("exposure", "burden", "received"):
        told = "。".join(steps(Asked(case, outcomes, mode, key, "feng", lang)))
        assert told
        assert "{" not in told
        for whole, rate, part in SUM.findall(told):
            reckoned = float(whole) * float(rate) / 100
            assert abs(reckoned - float(part)) <= float(whole) * 0.00005 + 0.01, told
