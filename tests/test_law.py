"""The law as data: texts, dates, authorities, parameters and regimes."""

from __future__ import annotations

import datetime
import hashlib
import re

import pytest

from simlib.case.load import load_case
from simlib.errors import OutOfScope, UnknownName
from simlib.explain import note
from simlib.law.citation import (
    BASES,
    article,
    article_ids,
    first_day,
    in_force,
    laws,
    paragraphs,
    parse,
)
from simlib.law.modes import mode_keys, mode_law
from simlib.law.regime import checked_rules, regime, regime_names, rule, rule_keys
from simlib.liability.decide import decide
from simlib.resources import PACKAGE, shelf, table
from simlib.text import LANGS, cite, topic_words, words

SCHOOLS = ("prevailing", "wang", "bao-chen", "su-li", "xu-zang", "zhu", "zhou", "force")
FOREIGN_UNREAD = ("restatement-apportionment", "uatra", "petl", "foreign-cases")
OPINION_2016 = {"telecom-fraud-opinion:4-3", "telecom-fraud-opinion:7-2"}  # its words: not found
RESTATED = {"telecom-fraud-opinion-2:17", "civil-procedure-law:293"} | OPINION_2016
GRADES = ("none", "slight", "gross", "knowing", "concert")
ACTS = ("payment", "tech", "account", "promotion")


def day(text: str) -> datetime.date:
    """The day of an ISO date."""
    return datetime.date.fromisoformat(text)


def every_citation() -> list[str]:
    """All ids that modes, regimes, rules and parameters cite."""
    modes = [mode_law(mode) for mode in mode_keys()]
    cited = [c for mode in modes for c in mode.cites + mode.objection_cites]
    cited += [c for name in regime_names() for c in regime(name).cites]
    cited += [c for key in rule_keys() for c in rule(key).cites]
    parameters = map(regime().parameter, regime().keys())
    return cited + [c for parameter in parameters for c in parameter.cites]


def test_statute_files_are_named_for_their_laws():
    """A file of statutes bears its law's id, a known basis and a source with words."""
    for law in laws():
        head = table("law", "statutes", f"{law}.toml")
        assert head["id"] == law
        assert head["basis"] in BASES, law
        assert head["checked"] <= datetime.date.today(), law


def test_articles_have_both_texts_and_a_way_of_being_cited():
    """Chinese and English with as many paragraphs, free of stray marks; a source with words."""
    for id in article_ids():
        version = article(id)
        assert version.id == id
        assert re.search(r"[\u4e00-\u9fff]", version.zh), id
        assert re.search(r"[A-Za-z]", version.en), id
        assert len(version.zh.split("\n")) == len(version.en.split("\n")), id
        stray = "[\u200b¶*]|\\[K\\]|\\[found|^\\s|\\s$"
        assert not re.search(stray, version.zh + version.en), id
        number = re.match("第[一二三四五六七八九十百千零0-9]+条", version.zh)
        assert number is None or not version.quoted, id  # its number stands apart from its text
        for lang in LANGS:
            assert cite(id, lang)
            assert words("laws", f"sources.{version.source}", lang)


def test_only_norms_have_days():
    """An article has a first day if and only if it is a norm or minutes; only these are quoted.

    A norm whose own words were not found is restated, not quoted.
    """
    for id in article_ids():
        version = article(id)
        norm = version.basis in ("law in force", "judicial interpretation", "conference minutes")
        assert (version.since is not None) == norm, id
        assert version.quoted == (norm and id not in RESTATED), id


def test_every_view_is_named_for_an_article():
    """The names of views in the words are those of the articles we hold, no more."""
    views = topic_words("laws", "zh")["views"]
    named = {f"{law}:{number}" for law, numbers in views.items() for number in numbers}
    assert named == {id for id in article_ids() if id.split(":")[0] in views}


def test_the_minutes_are_cited_by_point():
    """The minutes number their points (128.), and have no articles: one form in every word."""
    assert cite("jiumin-minutes:128") == "《九民纪要》第128点"
    files = [*(PACKAGE / "texts").rglob("*.toml"), *shelf("course").rglob("*.ipynb")]
    wrong = re.compile(r"纪要》?第1\d\d条|[Mm]inutes,? art|art\. 1\d\d of the Minutes")
    assert [f.name for f in files if wrong.search(f.read_text("utf-8"))] == []


def test_what_the_paper_only_says_is_no_proposal():
    """Its count of dismissals, its report of a judgment, and what it says courts ask for."""
    said = {id for id in article_ids() if article(id).basis == "claim"}
    assert said == {"paper:filing", "paper:case", "paper:proof-standard"}
    assert note("paper:filing", "zh").basis == "论文的说法"
    assert note("paper:presumed-fault", "zh").basis == "改革方案"


def test_joint_liability_of_helpers_as_enacted():
    """Civil Code art. 1169(1), word for word (two public text collections, 2025 and 2026)."""
    text = "教唆、帮助他人实施侵权行为的，应当与行为人承担连带责任。"
    assert paragraphs("civil-code:1169(1)")[0] == text
    assert article("civil-code:1169").zh.startswith(text + "\n")


@pytest.mark.parametrize(
    ("id", "fingerprint"),
    [
        ("civil-code:178", "33f6d6c4"),
        ("civil-code:1172", "300a4fb7"),
        ("anti-fraud-law:46", "b77e7326"),
        ("civil-procedure-interpretation:108", "74e4bb81"),
        ("civil-code:193", "b412af27"),
        ("civil-code:195", "5565fd99"),
        ("civil-code:1183", "e7ae5c53"),
        ("civil-code:1188", "efc59bb3"),
        ("civil-code:1191", "87e8f8d2"),
        ("civil-procedure-interpretation:140", "ce8334cd"),
        ("civil-procedure-interpretation:166", "62467508"),
        ("civil-procedure-interpretation:168", "2080a6b8"),
        ("civil-procedure-interpretation:209", "4fded13a"),
        ("civil-procedure-interpretation:256", "6d6e9521"),
        ("civil-procedure-interpretation:276", "75303b33"),
        ("civil-procedure-interpretation:277", "820bda22"),
        ("civil-procedure-interpretation:485", "effdbc14"),
        ("securities-law:85", "6650ae72"),
        ("securities-law:163", "c14bb0e5"),
        ("online-litigation-rules:16", "3755d4ca"),
        ("online-litigation-rules:17", "c09c364e"),
        ("online-litigation-rules:18", "8948deca"),
        ("internet-court-rules:11", "5731a805"),
        ("evidence-rules:94", "2b5a380e"),
        ("civil-procedure-law:84", "28f2946b"),
        ("civil-procedure-law:117", "211b0e37"),
        ("civil-procedure-law:284", "1a13f50f"),
        ("data-security-law:36", "8e9915ab"),
        ("civil-procedure-law:103", "0f9e8fd8"),
        ("civil-procedure-law:216", "07544b59"),
        ("civil-procedure-interpretation:98", "f972dd99"),
        ("civil-procedure-interpretation:152", "3ece68e8"),
        ("evidence-rules:29", "30cb1a28"),
        ("criminal-procedure-law:113", "210f049c"),
        ("registration-rules:13", "ccc4b6bb"),
    ],
)
def test_text_as_enacted_is_unchanged(id, fingerprint):
    """The first 8 hex digits of SHA-256 of the Chinese text of its sources, not of our file."""
    assert hashlib.sha256(article(id).zh.encode()).hexdigest()[:8] == fingerprint


def test_paragraph_of_an_article():
    """An id with a paragraph gives that paragraph; an enumeration is given whole."""
    assert paragraphs("civil-code:178(3)")[0] == "连带责任，由法律规定或者当事人约定。"
    assert paragraphs("civil-procedure-law:122(2)")[0] == article("civil-procedure-law:122").zh
    assert paragraphs("swiss-or:50(3)")[0] == article("swiss-or:50").zh
    assert paragraphs("civil-code:1172(7)")[0] == article("civil-code:1172").zh


@pytest.mark.parametrize(
    ("id", "on", "held"),
    [
        ("anti-fraud-law:46", "2022-10-05", False),  # the day of the act in the paper's case
        ("anti-fraud-law:46", "2022-11-30", False),
        ("anti-fraud-law:46", "2022-12-01", True),
        ("civil-code:1169", "2020-12-31", False),
        ("civil-code:1169(1)", "2021-01-01", True),
        ("tort-interpretation-1:12", "2024-09-26", False),
        ("tort-interpretation-1:12", "2024-09-27", True),
        ("legislation-law:93", "2022-10-05", True),
        ("legislation-law:104", "2022-10-05", False),
        ("legislation-law:93", "2023-03-15", False),
        ("legislation-law:104", "2023-03-15", True),
        ("civil-procedure-law:122", "2012-12-31", False),
        ("civil-procedure-law:122", "2013-01-01", True),
        ("civil-procedure-law:168", "2021-12-31", False),  # the small claims period came in 2022
        ("incidental-suit-rules:5", "2000-12-18", False),
        ("incidental-suit-rules:5", "2015-01-18", True),
        ("incidental-suit-rules:5", "2015-01-19", False),  # repealed
        ("article-64-reply:reply", "2014-01-01", False),  # a reply numbered 法 binds no court
        ("civil-procedure-law:150", "2021-12-31", True),
        ("civil-procedure-law:150", "2022-01-01", False),
        ("civil-procedure-law:153", "2022-01-01", True),
        ("criminal-law:287-2", "2022-10-05", True),
        ("jiumin-minutes:128", "2024-01-01", False),  # minutes bind no court
        ("swiss-or:50(3)", "2024-01-01", False),
        ("paper:risk-benefit", "2026-01-01", False),
        ("objection:178-3", "2026-01-01", False),
        ("civil-procedure-law:284", "2023-12-31", False),  # evidence abroad: new in 2024
        ("civil-procedure-law:284", "2024-01-01", True),
        ("civil-procedure-law:166", "2021-12-31", False),  # no small claim with an appraisal
        ("civil-procedure-law:166", "2022-01-01", True),
        ("data-security-law:36", "2021-08-31", False),
        ("data-security-law:36", "2021-09-01", True),
        ("online-litigation-rules:16", "2021-07-31", False),
        ("online-litigation-rules:16", "2021-08-01", True),
        ("internet-court-rules:11", "2018-09-06", False),
        ("internet-court-rules:11", "2018-09-07", True),
        ("payment-institution-rules:31", "2024-04-30", False),
        ("payment-institution-rules:31", "2024-05-01", True),
        ("electronic-data-rules:11", "2026-01-01", False),  # a policy document binds no court
    ],
)
def test_in_force(id, on, held):
    """An article binds from its first day to its last, and what is no law never does."""
    assert in_force(id, day(on)) is held


def test_first_day():
    """The first day of an article, and none for a proposal."""
    assert first_day("anti-fraud-law:46") == day("2022-12-01")
    assert first_day("paper:risk-benefit") is None


def test_article_of_a_day():
    """The newest version without a day; on a day before the first, the first."""
    assert article("civil-code:1165", day("2024-01-01")) == article("civil-code:1165")
    assert article("civil-code:1165", day("1999-01-01")).since == day("2021-01-01")


def test_text_of_general_knowledge_is_marked():
    """What was not read in a source is marked; if it is cited it is foreign law and says so."""
    unread = {id for id in article_ids() if not article(id).verified}
    foreign = {id for id in article_ids() if id.split(":")[0] in FOREIGN_UNREAD}
    reprinted = {f"electronic-data-rules:{n}" for n in (3, 5, 11, 12, 13, 14)}
    of_2003 = "personal-injury-interpretation-2003:2"
    own = {"account-rules:45", "civil-procedure-law:293", of_2003}
    assert unread == own | OPINION_2016 | reprinted | foreign
    assert {article(id).basis for id in foreign} == {"foreign law"}
    for id in foreign:
        assert words("laws", "text.unverified") in note(id).remarks
        assert words("laws", "text.restated") in note(id).remarks
    assert not article("civil-code:520").complete


@pytest.mark.parametrize("mode", ["threshold", "reallocation", "hybrid"])
def test_foreign_modes_state_that_their_text_was_not_compared(mode):
    """The foreign modes say in words that their text was not compared."""
    assert mode_law(mode).basis == "foreign law"
    assert "未核原文" in words("modes", f"{mode}.why")
    assert "not compared" in words("modes", f"{mode}.why", "en") or "neither compared" in words(
        "modes", f"{mode}.why", "en"
    )


def test_rules_of_criminal_restitution_state_their_origin():
    """周光权's rules and the doctrine of force are about criminal restitution: the words say so."""
    assert mode_law("zhou2024").cites == tuple(f"zhou-2024:{n}" for n in (1, 2, 3, 4))
    assert "刑事退赔" in words("modes", "zhou2024.why")
    assert "criminal restitution" in words("modes", "zhou2024.why", "en")
    for name in ("school-zhou", "school-force"):
        assert "刑事退赔" in words("parameters", f"regimes.{name}.about")
        assert "criminal restitution" in words("parameters", f"regimes.{name}.about", "en")


@pytest.mark.parametrize(
    ("id", "begins", "ends"),
    [
        ("civil-code:193", "人民法院不得主动适用", "诉讼时效的规定。"),
        ("civil-code:195", "有下列情形之一的，诉讼时效中断，", "同等效力的其他情形。"),
        ("civil-code:1188(1)", "无民事行为能力人、限制民事行为能力人造成", "可以减轻其侵权责任。"),
        ("civil-code:1188(2)", "有财产的无民事行为能力人、", "不足部分，由监护人赔偿。"),
        ("civil-code:1191(1)", "用人单位的工作人员因执行工作任务", "的工作人员追偿。"),
        ("civil-code:1191(2)", "劳务派遣期间，", "承担相应的责任。"),
        ("civil-code:1195(2)", "网络服务提供者接到通知后，", "与该网络用户承担连带责任。"),
        ("civil-code:520(2)", "部分连带债务人的债务被债权人免除的，", "的债务消灭。"),
        ("anti-fraud-law:46(2)", "电信业务经营者、", "承担民事责任。"),
        ("limitation-rules:15(2)", "对于连带债务人中的一人", "诉讼时效中断的效力。"),
        ("tort-interpretation-1:12(1)", "教唆、帮助", "应受偿的损失数额。"),
        ("securities-law:163", "证券服务机构为证券的发行、", "没有过错的除外。"),
    ],
)
def test_new_routes_rest_on_whole_paragraphs(id, begins, ends):
    """What the routes by role and the limitation clock rest on is quoted from first to last word.

    Compared on 25 November 2026 in two public collections (the securities law in one).
    """
    text = paragraphs(id)[0]
    assert text.startswith(begins)
    assert text.endswith(ends)
    assert article(id).quoted


@pytest.mark.parametrize("id", ["civil-code:9999", "civil-cod:1169", "1169", "civil-code:", "x"])
def test_unknown_article(id):
    """An id we do not hold is refused with one we do."""
    with pytest.raises(UnknownName) as raised:
        article(id)
    assert raised.value.code == "unknown-name"
    assert raised.value.values["kind"] == "article"
    assert raised.value.values["near"] in article_ids()


def test_parse():
    """An id's law, number, paragraph and item."""
    assert parse("evidence-rules:10(1)(6)") == ("evidence-rules", "10", (1, 6))


def test_citations_resolve():
    """Every id that a mode, regime, rule or parameter cites is an article we hold."""
    assert all(article(id) for id in every_citation())


BY_DECISION = ("dismiss_suit", "dismiss_claim", "all_or_nothing")  # procedure and proof


@pytest.mark.parametrize("mode", mode_keys())
def test_substance_goes_by_the_day_of_the_act(mode):
    """Only what a court does, and how it finds facts, goes by the day on which it decides."""
    assert mode_law(mode).dated_by == ("decided_on" if mode in BY_DECISION else "acted_on")


@pytest.mark.parametrize(
    ("acted", "listed"), [(datetime.date(2020, 12, 31), True), (datetime.date(2021, 1, 1), False)]
)
def test_several_liability_needs_article_1172_on_the_day_of_the_act(acted, listed):
    """In force since 2021: an act of 2020 decided in 2022 is told that it was not in force then."""
    days = {"acted_on": acted, "decided_on": datetime.date(2022, 6, 1)}
    case = load_case("fix-1").set(days)
    assumptions = decide(case, "several").assumptions
    misfits = {a["value"] for a in assumptions if a["key"] == "misfit.not-in-force"}
    assert ("civil-code:1172" in misfits) is listed


@pytest.mark.parametrize(
    ("decided", "listed"), [(datetime.date(2024, 9, 26), True), (datetime.date(2024, 9, 27), False)]
)
def test_an_interpretation_is_held_against_the_day_of_decision(decided, listed):
    """Tort Interpretation (I) art. 12 applies to what is still open on 27 September 2024.

    The act of 2022 lies before it, and partial joint liability goes by the day of the act: yet
    each article it cites has its own day, the one on which the reasons show it (its art. 26).
    """
    case = load_case("fix-1").set({"acted_on": datetime.date(2022, 10, 5), "decided_on": decided})
    assumptions = decide(case, "partial_joint").assumptions
    misfits = {a["value"] for a in assumptions if a["key"] == "misfit.not-in-force"}
    assert ("tort-interpretation-1:12(1)" in misfits) is listed


def test_partial_joint_liability_is_debated_from_both_sides():
    """The views that the lesson sets side by side are held, each by its own side."""
    law = mode_law("partial_joint")
    assert {"doctrine:su-li-2025", "doctrine:tan-2025", "doctrine:for-partial"} <= set(law.cites)
    against = {"objection:178-3", "civil-code:178(3)", "doctrine:zheng-2025", "doctrine:pan"}
    assert against | {"doctrine:qin-2021"} == set(law.objection_cites)
    assert set(law.cites).isdisjoint(law.objection_cites)
    for id in ("doctrine:yang-2023", "doctrine:xu-zang-2023", "objection:joint-unfair"):
        assert article(id).basis == "doctrine"
    for lang, where in (("zh", "证券法自己规定的连带"), ("en", "prescribed by their own statute")):
        assert where in words("modes", "partial_joint.objection", lang)


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("rule-operator", {"value"}),
        ("rule-threshold", {"value"}),
        ("rule-benefit", {"value"}),
        ("answered-guardian", {"who", "value"}),
        ("answered-employer", {"who", "value"}),
        ("misfit-answered-by", {"who", "value"}),
        ("release-out", {"who"}),
        ("zhou-no-entry", {"who"}),
        ("platform-enlarged-unknown", {"who"}),
        ("order-others-restitution", {"who"}),
        ("answered-reduced", set()),
        ("benefit-swiss-cause", set()),
        ("shapley-game", set()),
        ("zhou-by-analogy", set()),
        ("route-school", set()),
        ("hybrid-order", set()),
    ],
)
def test_assumptions_of_the_new_modes_have_words(key, names):
    """Each says whom and what it concerns, and nothing an outcome does not give."""
    for lang in LANGS:
        text = topic_words("assumptions", lang)[key]
        assert set(re.findall(r"{(\w+)}", text)) == names


def test_proposals_and_law_are_not_mixed():
    """The paper's model is a proposal, caps and tracks foreign law, partial joint doctrine."""
    assert mode_law("joint").basis == mode_law("several").basis == "law in force"
    assert mode_law("risk_benefit").basis == "reform proposal"
    assert mode_law("benefit_cap").basis == "foreign law"
    assert mode_law("partial_joint").basis == mode_law("zhou2024").basis == "doctrine"


def test_unknown_mode():
    """A mode that does not exist is refused with the nearest one."""
    with pytest.raises(UnknownName) as raised:
        mode_law("jiont")
    assert raised.value.values == {"kind": "mode", "name": "jiont", "near": "joint"}


def test_routes_of_the_regimes():
    """Each regime gives every grade a mode, and none to no fault."""
    law, paper = regime(), regime("paper-proposal")
    several_joint = ("none", "several", "several", "joint", "joint")
    assert tuple(law.auto[grade] for grade in GRADES) == several_joint
    assert tuple(paper.auto[grade] for grade in GRADES) == ("none",) + ("risk_benefit",) * 4
    assert tuple(law.auto) == tuple(paper.auto) == GRADES


def test_there_is_one_regime_for_each_school():
    """Eight schools beside the law in force and the paper's proposal."""
    schools = tuple(f"school-{name}" for name in SCHOOLS)
    assert regime_names() == ("law-in-force", "paper-proposal", *schools)


@pytest.mark.parametrize(
    ("name", "slight", "gross", "knowing", "concert"),
    [
        ("prevailing", "several", "several", "joint", "joint"),
        ("wang", "several", "several", "joint", "joint"),
        ("bao-chen", "several", "several", "several", "joint"),
        ("su-li", "several", "several", "partial_joint", "joint"),
        ("xu-zang", "several", "several", "partial_joint", "joint"),
        ("zhu", "several", "several", "partial_joint", "joint"),
        ("zhou", "several", "several", "zhou2024", "zhou2024"),
        ("force", "several", "several", "several", "several"),
    ],
)
def test_routes_of_the_schools(name, slight, gross, knowing, concert):
    """Each school routes as its view does; what it leaves open follows the law in force."""
    school = regime(f"school-{name}")
    assert tuple(school.auto[g] for g in GRADES) == ("none", slight, gross, knowing, concert)
    assert tuple(school.auto) == GRADES
    assert set(school.auto.values()) - {"none"} <= set(mode_keys())
    assert school.basis == "doctrine"
    assert school.since is school.until is None
    assert not school.holds_on(day("2026-01-01"))
    assert any(article(id).basis == "doctrine" for id in school.cites)


def test_only_one_school_routes_direct_causation_apart():
    """汪倪杰: without a common design, direct combination is joint and indirect several."""
    assert dict(regime("school-wang").auto_direct) == {"slight": "joint", "gross": "joint"}
    apart = [name for name in regime_names() if regime(name).auto_direct]
    assert apart == ["school-wang"]


def test_days_of_the_regimes():
    """The law in force begins with the Civil Code; a proposal has no days."""
    assert regime().holds_on(day("2021-01-01"))
    assert not regime().holds_on(day("2020-12-31"))
    assert regime("paper-proposal").since is regime("paper-proposal").until is None
    assert not regime("paper-proposal").holds_on(day("2026-01-01"))


def test_defaults_of_the_rules():
    """The default of each rule."""
    assert dict(regime().rules) == {
        "principals": "whole",
        "principal_recourse": "none",
        "unknown_shares": "open",
        "flow_cap": "below_concert",
        "pieces": "on",
        "after_restitution": "other_debts",
        "frozen_share": "losses",
        "partial_payment": "outer",
        "caps": "stack",
        "share": "auto",
        "deduction": "liability_first",
        "victim_fault": "negligent",
        "after_loss": "outside",
        "gross": "several",
        "risk_benefit_as": "several",
        "aggregator": "geometric",
        "benefit": "own",
        "operator": "several",
        "rebuttal": "doubt",
        "threshold": 0.5,
        "tracing": "timestamp",
        "rb_base": "on",
        "rb_cap": "on",
        "rb_exemption": "on",
    }


@pytest.mark.parametrize("key", rule_keys())
def test_rule_has_words(key):
    """Every rule, and each value it has now and no other, is named; a number needs no name."""
    named = () if rule(key).ends else rule(key).values
    for lang in LANGS:
        entry = topic_words("parameters", lang)["rules"][key]
        assert entry["name"]
        assert entry["why"]
        assert tuple(entry.get("values", ())) == named


def test_checked_rules():
    """The full set comes back with what was changed; what does not exist is refused."""
    assert checked_rules(None, regime()) == dict(regime().rules)
    assert checked_rules({"caps": "nested"}, regime()) == {**regime().rules, "caps": "nested"}
    with pytest.raises(UnknownName) as raised:
        checked_rules({"capz": "nested"}, regime())
    assert raised.value.values == {"kind": "rule", "name": "capz", "near": "caps"}
    with pytest.raises(UnknownName) as raised:
        checked_rules({"share": "shaply"}, regime())
    assert raised.value.values["kind"] == "rule value"
    assert raised.value.values["name"] == "share=shaply"
    assert checked_rules({"threshold": "0.2"}, regime())["threshold"] == 0.2
    with pytest.raises(OutOfScope):
        checked_rules({"threshold": 1.5}, regime())


@pytest.mark.parametrize("key", regime().keys())
def test_parameter(key):
    """Every parameter lies in its range, states basis and day, and is named in both languages."""
    entry = regime().parameter(key)
    assert entry.allows(entry.value)
    assert entry.low < entry.high
    own = key in ("evidence.request_days", "evidence.platform_days")  # the paper's two numbers
    assert entry.basis == ("reform proposal" if own else "teaching assumption")  # none is law
    assert entry.since is None  # what no law states has no day of force
    assert entry.adopted <= entry.checked <= datetime.date.today()
    for lang in LANGS:
        assert words("parameters", f"{key}.name", lang)
        assert words("parameters", f"{key}.why", lang)
        assert words("laws", f"sources.{entry.source}", lang)
        assert words("terms", f"units.{entry.unit}", lang)


def test_values_of_the_registry():
    """The values design chose: 1.5 × base for each cap; weights that add up to 1."""
    value = regime().value
    assert [value(f"base.{act}") for act in ACTS] == [0.20, 0.25, 0.10, 0.10]
    assert [value(f"cap.{act}") for act in ACTS] == [0.30, 0.375, 0.15, 0.15]
    assert [value(f"rho.{act}") for act in ACTS] == [0.60, 0.70, 0.35, 0.30]
    assert [value(f"weight.{w}") for w in ("gain", "risk", "cause")] == [0.25, 0.35, 0.40]
    assert [value(f"risk.{r}") for r in ("rho", "foresight", "control")] == [0.4, 0.3, 0.3]
    assert [value(k) for k in ("gamma", "g_half", "lambda_indirect")] == [0.25, 0.05, 0.5]
    assert [value(k) for k in ("pi_professional", "direct_floor", "p_min")] == [0.3, 0.6, 0.4]
    assert [value(f"bands.{g}") for g in GRADES[1:]] == [0, 0.4, 0.7, 1]
    assert value("proof.standard") == 0.75
    assert value("default.principal_fault") == value("default.principal_cause") == 1
    band = [value(f"rho_recovery.{end}") for end in ("low", "high")]
    assert band == [0.05, 0.30]
    times = [value(f"procedure.{key}") for key in ("opening_days", "enforcement_months")]
    assert times == [7, 6]
    chances = ("caught_per_month", "never_caught", "leak_per_month", "appealed")
    assert [value(f"procedure.{key}") for key in chances] == [0.04, 0.3, 0.05, 0.2]
    assert value("procedure.bend") == 2
    assert value("procedure.wage_fen") == 10_000_000
    assert (value("evidence.breach"), value("evidence.record_days")) == (0, 180)
    assert len(regime().keys()) == 60


def test_values_of_acts_follow_the_papers_two_comparisons():
    """Technical support above accounts, payment above promotion, as the paper says."""
    for kind in ("base", "cap", "rho"):
        assert regime().value(f"{kind}.tech") > regime().value(f"{kind}.account")
        assert regime().value(f"{kind}.payment") > regime().value(f"{kind}.promotion")


def test_variant():
    """A variant is a new regime with other values; the old one stays."""
    law = regime()
    other = law.variant({"p_min": 0.5, "caps": "nested"})
    assert (other.name, other.changed) == ("law-in-force*", ("caps", "p_min"))
    assert (other.value("p_min"), other.rules["caps"]) == (0.5, "nested")
    assert (law.value("p_min"), law.rules["caps"]) == (0.4, "stack")
    assert other.parameter("p_min").basis == "teaching assumption"
    assert law.variant({"gamma": 0}, "no floor").name == "no floor"
    assert hash(law) != hash(other)
    assert law == regime()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("p_min", 1.01),
        ("g_half", 0.004),
        ("direct_floor", 0.5),
        ("gamma", "0.3"),
        ("gamma", True),
        ("gamma", float("nan")),
    ],
)
def test_variant_out_of_range(key, value):
    """A number outside the range of its parameter, or none at all, is refused."""
    with pytest.raises(OutOfScope) as raised:
        regime().variant({key: value})
    assert raised.value.code == "parameter-out-of-range"
    assert raised.value.values["key"] == key


def test_unknown_parameter_and_regime():
    """A parameter or a regime that does not exist is refused with the nearest one."""
    with pytest.raises(UnknownName) as raised:
        regime().value("base.paymnt")
    near = {"kind": "parameter", "name": "base.paymnt", "near": "base.payment"}
    assert raised.value.values == near
    with pytest.raises(UnknownName) as raised:
        regime().variant({"p_mn": 0.5})
    assert raised.value.values["near"] == "p_min"
    with pytest.raises(UnknownName) as raised:
        regime("law")
    assert raised.value.values["kind"] == "regime"


@pytest.mark.parametrize("name", regime_names())
def test_regime_has_words(name):
    """Every regime is named and described in both languages."""
    for lang in LANGS:
        assert words("parameters", f"regimes.{name}.name", lang)
        assert words("parameters", f"regimes.{name}.about", lang)
