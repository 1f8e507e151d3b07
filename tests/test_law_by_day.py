"""Law looked up by day: two entries of one value, wording, number, mode or regime.

The entries added here are invented; nothing of the future is shipped.
"""

from __future__ import annotations

import copy
import datetime
from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from staged import case_board, solved

from simlib import compare, decide, load_case, regime, resources, sweep
from simlib.case.model import Case
from simlib.causation import lost_chance
from simlib.cli.report import of_outcome
from simlib.errors import Conflict, NoRule, UnknownName
from simlib.explain import assumption_words, note, pending
from simlib.law import authority, citation, modes, parameter, rule
from simlib.law import regime as regimes
from simlib.law.citation import _versions, article, article_day, article_ids, in_force, paragraphs
from simlib.law.modes import mode_law, mode_law_for
from simlib.law.regime import regime_for
from simlib.lessons.liability.outcomes import Found
from simlib.lessons.liability.pictures import stage
from simlib.riskbenefit import assess
from simlib.text import LANGS, article_text, cite_for, words
from simlib.uncertainty import tornado
from simlib.widgets.markup import articles
from simlib.widgets.number_reasons import why
from simlib.widgets.riskbenefit.lab import registry_table

Add = Callable[..., None]
READERS = (parameter, rule, regimes, modes, authority, citation)
CACHES = (
    parameter.histories,
    rule.rules,
    regimes._regime,
    regimes._versions,
    regimes._turns,
    modes._versions,
    authority._versions,
    citation._articles,
)
CAP = {
    "key": "cap.payment", "adopted": "2026-11-27", "from": "2030-01-01", "value": 0.2, "low": 0.2,
    "high": 1, "unit": "share", "basis": "law in force", "cites": ["civil-code:1172"],
    "source": "two-collections", "checked": "2026-11-27",
}  # fmt: skip


def day(text: str) -> datetime.date:
    """The day of an ISO date."""
    return datetime.date.fromisoformat(text)


def dated(row: dict) -> dict:
    """A row with its days as TOML gives them."""
    days = ("from", "since", "until", "adopted", "checked")
    return {key: day(value) if key in days else value for key, value in row.items()}


def _undated(file: dict) -> dict:
    """A file of parameters without what is shipped of dated law: these tests add their own."""
    rows = [row for row in file["parameters"] if "from" not in row]
    return {**copy.deepcopy(file), "parameters": rows}


@pytest.fixture
def add(monkeypatch) -> Iterator[Add]:
    """Append a row to a list in a file of the law, for one test."""
    changed: dict[tuple[str, ...], dict] = {}
    shipped = resources.table

    def table(*parts: str) -> dict:
        if parts[:2] == ("law", "parameters") and parts not in changed:
            changed[parts] = _undated(shipped(*parts))
        return changed.get(parts) or shipped(*parts)

    def append(file: str, *keys: str, row: dict) -> None:
        parts = ("law", *file.split("/"))
        whole = changed.setdefault(parts, copy.deepcopy(table(*parts)))
        for key in keys[:-1]:
            whole = whole[key]
        whole.setdefault(keys[-1], []).append(dated(row))
        for cache in CACHES:
            cache.cache_clear()

    for module in READERS:
        monkeypatch.setattr(module, "table", table)
    for cache in CACHES:
        cache.cache_clear()
    yield append
    monkeypatch.undo()
    for cache in CACHES:
        cache.cache_clear()


def of(acted: str, decided: str, name: str = "2024-lu-0302-5690") -> Case:
    """A shipped case with other days."""
    case = load_case(name)
    return case.set({"acted_on": day(acted), "decided_on": day(decided), "filed_on": None})


WORDING = {
    "number": "1172",
    "from": "2028-01-01",
    "zh": "二〇二八年的条文。",
    "en": "Text of 2028.",
}
RENUMBERED = {
    "number": "122", "printed": "126", "from": "2030-01-01", "zh": "起诉的条件。",
    "en": "Conditions of a suit.",
}  # fmt: skip
NEXT = {
    "number": "126", "printed": "130", "from": "2030-01-01", "zh": "应当受理。", "en": "Accept it.",
}  # fmt: skip


# ---------------------------------------------------------------- values


def test_cap_of_2030_moves_only_later_acts(add):
    """A cap fixed by law in 2030 leaves the case of 2022 as it was and lowers one of 2031."""
    old, new = of("2022-10-05", "2024-11-01"), of("2031-10-05", "2032-11-01")
    before = decide(old, "risk_benefit").to_json()
    assert decide(new, "risk_benefit").parties["zhang"].share.high == 0.3
    add("parameters/risk_benefit.toml", "parameters", row=CAP)
    assert decide(old, "risk_benefit").to_json() == before
    assert decide(new, "risk_benefit").parties["zhang"].share.high == 0.2
    assert (
        compare(new, ["risk_benefit"])["risk_benefit"].parties["zhang"].exposure_fen.high == 500_000
    )


@pytest.mark.parametrize(("acted", "cap"), [("2022-10-05", 0.3), ("2031-10-05", 0.2)])
def test_score_decision_sweep_and_tornado_take_the_cap_of_the_day(add, acted, cap):
    """Score, decision, sweep and tornado read the cap in force on the day of the act."""
    add("parameters/risk_benefit.toml", "parameters", row=CAP)
    case = of(acted, "2032-11-01").set({"zhang.gain_direct_fen": 2_500_000})
    case = case.set({"zhang.causal_force": 1, "zhang.foresight": 1, "zhang.control": 1})
    assert assess("zhang", case).share == cap
    assert decide(case, "risk_benefit").parties["zhang"].share == cap
    values = np.array([0.9, 1.0])
    shares = sweep(case, {"zhang.control": values}, "risk_benefit", "zhang.share")
    assert list(shares) == [cap, cap]
    bars = tornado(case, "zhang.share", "risk_benefit")
    bar = next(bar for bar in bars if bar.key == "zhang.control")
    assert (bar.low_value, bar.high_value) == (cap, cap)


@pytest.mark.parametrize("lang", LANGS)
def test_reason_for_a_value_of_law_is_what_it_cites(add, lang):
    """The words for the teaching value are not said of the law that takes its place in 2030."""
    add("parameters/risk_benefit.toml", "parameters", row=CAP)
    teaching = words("parameters", "cap.payment.why", lang)
    for acted, said in (("2022-10-05", teaching), ("2031-10-05", "1172")):
        case = of(acted, "2032-11-01")
        told = [
            assumption_words(entry, case, lang)
            for entry in decide(case, "risk_benefit").assumptions
            if entry["key"] == "cap.payment"
        ]
        held = registry_table(solved("riskbenefit", case, lang), lang)
        assert [(said in text, said in held) for text in told] == [(True, True)]
        assert (teaching in told[0], teaching in held) == (said == teaching,) * 2


def test_law_of_a_day_shows_its_first_and_last_day(add):
    """A dated value carries its days; a teaching value has none, and holds again after an end."""
    add("parameters/risk_benefit.toml", "parameters", row=CAP | {"until": "2032-12-31"})
    entries = [regime("law-in-force", day(on)).parameter("cap.payment") for on in (
        "2029-12-31", "2030-01-01", "2032-12-31", "2033-01-01")]  # fmt: skip
    assert [p.value for p in entries] == [0.3, 0.2, 0.2, 0.3]
    assert [p.since for p in entries] == [None, day("2030-01-01"), day("2030-01-01"), None]
    assert entries[1].until == day("2032-12-31")
    assert entries[1].basis == "law in force"


def test_standard_of_proof_goes_by_the_decision(add):
    """A standard of 2030 meets an act of 2022 that is decided in 2031, and none decided in 2024."""
    row = CAP | {"key": "proof.standard", "dated_by": "decided_on", "value": 0.6, "low": 0.5,
                 "unit": "probability", "basis": "judicial interpretation"}  # fmt: skip
    add("parameters/proof.toml", "parameters", row=row)
    proof = dict.fromkeys(("act", "damage", "fault", "causation"), 0.7)
    change = {f"zhang.proof.{name}": value for name, value in proof.items()}
    early, late = (of("2022-10-05", on).set(change) for on in ("2024-11-01", "2031-11-01"))
    owed = [decide(c, "all_or_nothing").parties["zhang"].exposure_fen for c in (early, late)]
    assert owed == [0, 2_500_000]
    acted = of("2029-12-31", "2030-01-01").set(change)  # the act does not count
    assert decide(acted, "all_or_nothing").parties["zhang"].exposure_fen == 2_500_000


def test_bands_go_by_the_act(add):
    """A band fixed in 2030 changes how a fault of 0.65 committed in 2031 is graded, no earlier."""
    row = CAP | {"key": "bands.knowing", "value": 0.6, "low": 0, "unit": "weight"}
    add("parameters/fault.toml", "parameters", row=row)
    change = {"zhang.fault": 0.65, "zhang.grade": None}
    old, new = (of(on, "2032-01-01").set(change) for on in ("2022-10-05", "2031-10-05"))
    assert [decide(c).parties["zhang"].mode for c in (old, new)] == ["several", "joint"]


def test_rate_of_recovery_goes_by_the_act(add):
    """The lost chance takes the rates of the day of the act: 2024-03-12, decided 2025-07-03."""
    row = CAP | {"key": "rho_recovery.high", "value": 0.6, "low": 0, "unit": "probability"}
    case = load_case("hypo-chain")
    assert lost_chance(case, "luo").high == 1_500_000
    add("parameters/causation.toml", "parameters", row=row | {"from": "2024-03-13"})
    assert lost_chance(case, "luo").high == 1_500_000
    add("parameters/causation.toml", "parameters", row=row | {"from": "2024-03-12"})
    assert lost_chance(case, "luo").high == 3_000_000


def test_teaching_value_adopted_last_holds_on_every_day(add):
    """A new teaching value needs no first day: it holds for acts of 2022 too."""
    row = {k: v for k, v in CAP.items() if k != "from"} | {"basis": "teaching assumption"}
    add("parameters/risk_benefit.toml", "parameters", row=row)
    assert regime("law-in-force", day("2022-10-05")).value("cap.payment") == 0.2


def test_value_not_yet_in_force_is_refused(add):
    """A parameter whose first entry begins in 2030 has no value in 2022, and no guess is made."""
    add("parameters/risk_benefit.toml", "parameters", row=CAP | {"key": "cap.statutory"})
    assert regime("law-in-force", day("2031-01-01")).value("cap.statutory") == 0.2
    with pytest.raises(NoRule) as raised:
        regime("law-in-force", day("2022-10-05")).value("cap.statutory")
    assert raised.value.code == "parameter-not-in-force"
    assert "cap.statutory" in str(raised.value)
    with pytest.raises(UnknownName):
        regime().value("cap.nowhere")


def test_two_entries_of_one_day_are_refused(add):
    """Two entries that begin on the same day are a conflict, named with their key and day."""
    add("parameters/risk_benefit.toml", "parameters", row=CAP)
    add("parameters/risk_benefit.toml", "parameters", row=CAP | {"value": 0.25})
    with pytest.raises(Conflict) as raised:
        regime()
    assert raised.value.values == {"key": "cap.payment", "day": day("2030-01-01")}


# ---------------------------------------------------------------- regimes and modes


def test_route_of_2030_applies_to_later_acts(add):
    """A regime's later version states only what changes, and routes only later acts."""
    later = {"since": "2030-01-01", "auto": {"knowing": "several"}}
    add("regimes.toml", "law-in-force", "later", row=later)
    old, new = of("2029-12-31", "2032-01-01"), of("2030-01-01", "2032-01-01")
    change = {"zhang.grade": "knowing", "zhang.fault": None}
    assert [decide(c.set(change)).parties["zhang"].mode for c in (old, new)] == ["joint", "several"]
    first, second = regime_for(old), regime_for(new)
    assert (first.since, first.until) == (day("2021-01-01"), day("2029-12-31"))
    assert (second.since, second.until) == (day("2030-01-01"), None)
    assert second.auto["concert"] == "joint"
    assert second.cites == first.cites


@pytest.mark.parametrize(
    "change", [{"helpers": {"measure": "share"}}, {"dated_by": "decided_on"}], ids=str
)
def test_later_version_of_a_mode_cannot_change_its_form(add, change):
    """Only the authority has a history; a form that nothing would read is refused, not ignored."""
    add("modes.toml", "joint", "later", row={"since": "2030-01-01"} | change)
    with pytest.raises(Conflict) as refused:
        mode_law("joint", day("2031-01-01"))
    assert refused.value.code == "form-of-a-later-version"
    assert refused.value.values == {"key": "joint", "field": next(iter(change))}


def test_rule_of_2030_applies_to_later_acts(add):
    """A later version may change a rule's default, and leaves the other rules alone."""
    later = {"since": "2030-01-01", "rules": {"victim_fault": "off"}}
    add("regimes.toml", "law-in-force", "later", row=later)
    rules = [dict(regime("law-in-force", day(on)).rules) for on in ("2029-12-31", "2030-01-01")]
    assert rules[1] == rules[0] | {"victim_fault": "off"}
    assert rules[0]["victim_fault"] == "negligent"


def test_authority_of_a_mode_goes_by_the_day(add):
    """A mode of 2030 cites its new article for later acts; `dated_by` says which day counts."""
    add("modes.toml", "joint", "later", row={"since": "2030-01-01", "cites": ["civil-code:1168"]})
    add(
        "modes.toml",
        "all_or_nothing",
        "later",
        row={"since": "2030-01-01", "cites": ["evidence-rules:86"]},
    )
    old, new = of("2022-10-05", "2031-01-01"), of("2031-10-05", "2032-01-01")
    assert mode_law_for("joint", old).cites == ("civil-code:1169(1)", "civil-code:178(1)")
    assert mode_law_for("joint", new).cites == ("civil-code:1168",)
    assert mode_law_for("all_or_nothing", old).cites == ("evidence-rules:86",)
    assert mode_law("joint", day("2029-12-31")) == mode_law_for("joint", old)
    assert mode_law("joint", day("2030-01-01")).since == day("2030-01-01")
    add("modes.toml", "benefit_cap", "later", row={"since": "2030-01-01", "cites": ["swiss-or:50"]})
    cited = [decide(c, "benefit_cap").citations for c in (old, new)]
    assert [("swiss-or:50(3)" in c, "swiss-or:50" in c) for c in cited] == [
        (True, False),
        (False, True),
    ]
    add("modes.toml", "several", "later", row={"since": "2030-01-01", "basis": "doctrine"})
    assert [decide(c, "several").basis for c in (old, new)] == ["law in force", "doctrine"]


AMENDED = {
    "number": "1169", "from": "2027-07-01", "checked": "2026-12-01",
    "zh": "教唆他人实施侵权行为的，应当与行为人承担连带责任；帮助的，在其参与的范围内连带。",
    "en": "Who abets is jointly liable with the actor; who helps, within his part.",
}  # fmt: skip


def amend_1169(add: Add) -> None:
    """Let who knew be joint only in part for acts from 2027-07-01: four entries, no Python."""
    since = {"since": "2027-07-01"}
    add("statutes/civil-code.toml", "articles", row=AMENDED)
    add("regimes.toml", "law-in-force", "later", row=since | {"auto": {"knowing": "partial_joint"}})
    in_part = {
        "basis": "law in force", "cites": ["civil-code:1169(1)"], "article": "own",
        "inside": "law", "remarks": {"always": "", "knowing": ""},
    }  # fmt: skip
    add("modes.toml", "partial_joint", "later", row=since | in_part)
    help_alone = {"cites": ["civil-code:1168", "civil-code:178(1)"]}
    add("authority.toml", "joint", "any", "later", row=since | help_alone)


def test_an_amendment_of_1169_is_data_alone(add):
    """k = .3 of 25 000: 7 500 for acts from the day on, all of it before; each cites what it is on.

    The board lights 1169 for both, and no what-if is said of partial joint liability afterwards.
    """
    amend_1169(add)
    before, after = (
        of(acted, "2028-01-01").set({"zhang.limit": 0.3}) for acted in ("2027-06-30", "2027-07-01")
    )
    old, new = decide(before), decide(after)
    assert (old.parties["zhang"].mode, old.received_fen) == ("joint", 2_500_000)
    assert (new.parties["zhang"].mode, new.received_fen) == ("partial_joint", 750_000)
    assert old.reason("form", "zhang").cites == ("civil-code:1169(1)", "civil-code:178(1)")
    assert new.reason("form", "zhang").cites == ("civil-code:1169(1)",)
    assert "帮助的，在其参与的范围内连带" in article_text("civil-code:1169", on=after.acted_on)
    asked = [decide(case, "partial_joint") for case in (before, after)]
    assert [out.basis for out in asked] == ["doctrine", "law in force"]
    keys = [{str(a["key"]) for a in out.assumptions} for out in asked]
    assert [{k for k in found if k.startswith("misfit.")} for found in keys] == [
        {"misfit.partial_joint", "misfit.several-knowing"},
        set(),
    ]
    joint = [decide(case, "joint").reason("form", "zhang").cites[0] for case in (before, after)]
    assert joint == ["civil-code:1169(1)", "civil-code:1168"]
    for case, form in ((before, "连带"), (after, "部分连带责任")):
        found = compare(case, ["auto", "several"])
        lit = stage(Found(case, "auto", {}), None, "zh")
        assert '<li class="is-lit" aria-current="true"><b>第1169条' in lit
        rows = case_board(case, found, "zhang").rows
        assert next(row for row in rows if row.id == "auto").form == form


def test_look_up_without_a_day_is_of_today(add):
    """Announced law moves neither `regime()` nor an article asked for without a day."""
    add("parameters/risk_benefit.toml", "parameters", row=CAP | {"from": "2130-01-01"})
    add("statutes/civil-code.toml", "articles", row=WORDING | {"from": "2130-01-01"})
    today = datetime.date.today()
    assert regime() is regime("law-in-force", today)
    assert regime().value("cap.payment") == 0.3
    assert article_text("civil-code:1172") == article_text("civil-code:1172", on=today)
    assert article("civil-code:1172").since == day("2021-01-01")


def test_days_between_two_changes_share_one_regime(add):
    """Regimes of days between which nothing changed are one object; variants stay comparable."""
    add("parameters/risk_benefit.toml", "parameters", row=CAP)
    early, late = (regime("law-in-force", day(on)) for on in ("2022-10-05", "2031-01-01"))
    assert early is regime("law-in-force", day("2029-12-31"), day("2029-12-31"))
    assert late is regime("law-in-force", day("2030-01-01"))
    assert early != late
    assert hash(early) != hash(late)
    assert early.variant({"cap.payment": 0.2}) != late.variant({"cap.payment": 0.2})


def test_regime_given_as_a_value_is_taken_as_it_is(add):
    """Who hands a regime over has chosen its day: no look-up replaces it."""
    add("parameters/risk_benefit.toml", "parameters", row=CAP)
    chosen = regime("paper-proposal", day("2031-01-01"))
    outcome = decide(of("2022-10-05", "2024-11-01"), "risk_benefit", regime=chosen)
    assert outcome.parties["zhang"].share.high == 0.2


# ---------------------------------------------------------------- articles


def test_wording_of_2028_is_shown_to_later_acts_only(add):
    """A new wording of art. 1172 is read for an act of 2029 and never for one of 2022."""
    shipped = article_text("civil-code:1172")
    add("statutes/civil-code.toml", "articles", row=WORDING)
    old, new = of("2022-10-05", "2031-01-01"), of("2029-10-05", "2031-01-01")
    for case, zh in ((old, shipped), (new, WORDING["zh"])):
        on = article_day("civil-code:1172", case)
        assert on == case.acted_on
        assert article_text("civil-code:1172", "zh", on) == zh
        assert paragraphs("civil-code:1172", on)[0] == zh
        assert note("civil-code:1172", "zh", on).text == zh
        assert zh in articles(["civil-code:1172"], case, "zh")
        shown = why(case, {"several": decide(case, "several")}, ["several", "", ""], "zh")
        assert zh in shown
        assert (WORDING["zh"] in shown) == (case is new)
    assert article("civil-code:1172", old.acted_on).until == day("2027-12-31")
    assert in_force("civil-code:1172", new.acted_on)


def test_procedure_is_cited_by_the_number_of_the_decision(add):
    """Renumbered in 2030, art. 122 is cited so in 2024 and as 126 in 2031, whenever the act was.

    Its old number then belongs to nobody, and art. 126 is cited as 130.
    """
    add("statutes/civil-procedure-law.toml", "articles", row=RENUMBERED)
    add("statutes/civil-procedure-law.toml", "articles", row=NEXT)
    cases = [of("2022-10-05", on) for on in ("2024-11-01", "2031-11-01")]
    ids = ("civil-procedure-law:122", "civil-procedure-law:126")
    cited = [[cite_for(id, c, "en") for id in ids] for c in cases]
    law = "Civil Procedure Law art."
    assert cited == [[f"{law} 122", f"{law} 126"], [f"{law} 126", f"{law} 130"]]
    assert [note(ids[0], "zh", c.decided_on).title[-4:] for c in cases] == ["122条", "126条"]
    reports = [of_outcome(decide(c, "dismiss_suit"), c, "en") for c in cases]
    for report, numbers, others in zip(reports, ((122, 126), (126, 130)), (130, 122), strict=True):
        lines = report.split("\n")
        assert all(f"- {law} {number}" in lines for number in numbers)
        assert f"- {law} {others}" not in lines
    assert decide(cases[0], "dismiss_suit").citations == decide(cases[1], "dismiss_suit").citations


def test_substance_is_not_shown_by_the_day_of_the_decision(add):
    """A case of 2022 decided in 2031 still shows the wording of 2022, and its procedure of 2031."""
    add("statutes/civil-code.toml", "articles", row=WORDING)
    add("statutes/civil-procedure-law.toml", "articles", row=RENUMBERED)
    shown = articles(
        ["civil-code:1172", "civil-procedure-law:122"], of("2022-10-05", "2031-11-01"), "en"
    )
    assert "Text of 2028." not in shown
    assert "Conditions of a suit." in shown


@pytest.mark.parametrize("lang", LANGS)
def test_announced_law_is_said_to_be_announced(add, lang):
    """Whatever begins in the future says so with its day: article, mode, regime and value."""
    add("statutes/civil-code.toml", "articles", row=WORDING | {"from": "2130-01-01"})
    add("modes.toml", "joint", "later", row={"since": "2130-01-01"})
    add("regimes.toml", "law-in-force", "later", row={"since": "2130-01-01"})
    add("parameters/risk_benefit.toml", "parameters", row=CAP | {"from": "2130-01-01"})
    since = {"zh": "2130年1月1日", "en": "1 January 2130"}[lang]
    case = of("2131-10-05", "2132-01-01")
    assert (
        words("laws", "status.announced", lang, since=since)
        in note("civil-code:1172", lang, case.acted_on).remarks
    )
    outcome = decide(case, "joint")
    sentences = [
        words("laws", f"status.{key}", lang, since=since)
        for key in ("announced_mode", "announced_regime")
    ]
    assert list(pending(outcome, case, lang)) == sentences
    assert all(s in of_outcome(outcome, case, lang) for s in sentences)
    assert all(s in why(case, {"joint": outcome}, ["joint", "", ""], lang) for s in sentences)
    entry = {"key": "cap.payment", "value": 0.2, "basis": "law in force"}
    assert since in assumption_words(entry, case, lang)
    today = of("2022-10-05", "2024-11-01")
    assert pending(decide(today, "joint"), today, lang) == ()
    assert since not in assumption_words(entry, today, lang)
    assert since not in why(today, {"joint": decide(today, "joint")}, ["joint", "", ""], lang)


@pytest.mark.parametrize("lang", LANGS)
def test_interpretation_later_than_the_decision_says_so(lang):
    """An interpretation in force since 27 September 2024 did not bind a court of 26 September."""
    late = note("tort-interpretation-1:12", lang, day("2024-09-26"))
    assert late.in_force is False
    assert (
        words(
            "laws",
            "status.not_yet_decided",
            lang,
            day={"zh": "2024年9月26日", "en": "26 September 2024"}[lang],
        )
        in late.remarks
    )
    assert note("tort-interpretation-1:12", lang, day("2024-09-27")).in_force is True
    assert note("tort-interpretation-1:12", lang).in_force is None


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("id", "acted", "last"),
    [
        ("anti-money-laundering-law:34(3)", "2023-05-10", "2024-12-31"),  # then article 19
        ("cybersecurity-law:23(1)(3)", "2023-05-10", "2025-12-31"),  # then article 21
        ("cybersecurity-law:30", "2023-05-10", "2025-12-31"),  # then article 28
    ],
)
def test_a_text_that_has_ended_was_in_force_then(id, acted, last, lang):
    """The day of reading decides: law in force on the last day, in force then a day later."""
    in_force = words("terms", "bases.law in force", lang)
    then = {"zh": "当时有效", "en": "in force then"}[lang]
    end = day(last)
    for now, badge in ((end, in_force), (end + datetime.timedelta(1), then)):
        assert note(id, lang, day(acted), now).basis == badge
        assert f">{badge}</span>" in articles([id], of(acted, acted), lang, now=now)
    assert note(id, lang, end + datetime.timedelta(1), day("2026-06-01")).basis == in_force


@pytest.mark.parametrize("lang", LANGS)
def test_an_interpretation_that_has_ended_says_so_beside_its_kind(lang):
    """What kind of text it was stays."""
    ended = next(v for i in article_ids() for v in _versions(i)
                 if v.basis == "judicial interpretation" and v.until)  # fmt: skip
    said = note(ended.id, lang, ended.until, ended.until + datetime.timedelta(1)).basis
    assert words("terms", "bases.judicial interpretation", lang) in said
    assert {"zh": "当时有效", "en": "in force then"}[lang] in said


# ---------------------------------------------------------------- what is shipped


def clashes(law: str) -> list[str]:
    """Numbers of a law that two of its articles bear on one day."""
    versions = [v for history in citation._articles(law).values() for v in history if v.since]
    days = {version.since for version in versions}
    borne = Counter(
        (on, version.number) for on in days for version in versions if version.holds_on(on)
    )
    return sorted({number for (_, number), articles in borne.items() if articles > 1})


@pytest.mark.parametrize(
    ("number", "days"),
    [
        ("85", {"2021-12-31": ("82", "节假日的"), "2022-01-01": ("85", "法定休假日的")}),
        ("95", {"2021-12-31": ("92", "经过六十日"), "2022-01-01": ("95", "经过三十日")}),
        ("122", {"2021-12-31": ("119", "有明确的被告"), "2022-01-01": ("122", "有明确的被告")}),
        ("126", {"2021-12-31": ("123", "第一百一十九条"), "2022-01-01": ("126", "第一百二十二条")}),
        ("130", {"2013-01-01": ("127", "应诉答辩的"), "2023-12-31": ("130", "应诉答辩的"),
                 "2024-01-01": ("130", "应诉答辩或者提出反诉的")}),
        ("164", {"2021-12-31": ("161", "三个月内审结。"), "2022-01-01": ("164", "可以延长一个月")}),
        ("165", {"2021-12-31": ("162", "百分之三十"), "2022-01-01": ("165", "百分之五十以下")}),
        ("250", {"2021-12-31": ("239", "每次履行期间"), "2023-12-31": ("246", "最后一期履行期限"),
                 "2024-01-01": ("250", "最后一期履行期限")}),
        ("264", {"2021-12-31": ("253", "加倍"), "2023-12-31": ("260", "加倍"),
                 "2024-01-01": ("264", "加倍")}),
    ],
)  # fmt: skip
def test_procedure_bears_the_number_and_wording_of_the_day(number, days):
    """The civil procedure law was renumbered in 2022 and 2024; one id follows each article."""
    for on, (printed, phrase) in days.items():
        version = article(f"civil-procedure-law:{number}", day(on))
        assert version.holds_on(day(on))
        assert (version.number, phrase in version.zh) == (printed, True), on


@pytest.mark.parametrize("law", citation.laws())
def test_one_number_is_one_article_on_every_day(law):
    """No two shipped articles of a law bear the same number on one day."""
    assert clashes(law) == []


def test_renumbering_onto_a_number_in_use_is_noticed(add):
    """Art. 122 printed as 126 while art. 126 keeps its number is found out."""
    add("statutes/civil-procedure-law.toml", "articles", row=RENUMBERED)
    assert clashes("civil-procedure-law") == ["126"]


@pytest.mark.parametrize("key", parameter.histories())
def test_only_law_has_days_of_force(key):
    """A shipped value has a first day if law, an interpretation or a dated reform states it."""
    for entry in parameter.histories()[key]:
        undated = entry.basis in ("teaching assumption", "doctrine", "foreign law")
        assert entry.since is None or not undated
        assert entry.since is not None or undated or entry.basis == "reform proposal"
        assert entry.adopted <= datetime.date.today()


def test_regime_that_ended_is_listed_as_a_misfit(add):
    """An explicit mode after the last day of its regime says so, as before the first day."""
    add("regimes.toml", "law-in-force", "later", row={"since": "2024-01-01", "until": "2029-12-31"})
    keys = [
        [entry["key"] for entry in decide(of(on, "2032-01-01"), "joint").assumptions]
        for on in ("2019-10-05", "2025-10-05", "2031-10-05")
    ]
    assert ["misfit.regime-dates" in listed for listed in keys] == [True, False, True]


@pytest.mark.parametrize("on", ["2022-10-05", "2031-01-01"])
def test_shipped_values_hold_on_every_day(on):
    """No value begins or ends: a look-up for 2022 or 2031 finds all that today's finds."""
    assert len(regime("law-in-force", day(on)).keys()) == 60
    assert regime("law-in-force", day(on)).keys() == regime().keys()
