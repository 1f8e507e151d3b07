"""Fault from evidence: each item, each procedure, what criminal documents prove, who proves what.

Numbers and grades come from hand calculation; each docstring carries it. The rules are those of
`simlib/law/checklist.toml`: an item proved and not rebutted gives its grade, the gravest counts.
"""

from __future__ import annotations

import datetime
import tomllib
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib import fault, load_case
from simlib.case.model import Case
from simlib.errors import CaseError, UnknownName
from simlib.explain import assumption_words, explain
from simlib.law import checklist
from simlib.law.citation import article
from simlib.law.modes import mode_keys
from simlib.resources import shelf, table
from simlib.text import LANGS, topic_words, words

FOLDER = Path(__file__).parent / "fault_cases"
DENG = "hypo-knowledge"
LEVEL = {grade: n for n, grade in enumerate(fault.GRADES)}
PROCEDURES = tuple(product(fault.BURDENS, fault.REVIEWS, fault.STANDARDS))
BY_GROUP = {
    "bx-11": "knowing",
    "opinion-2025": "knowing",
    "paper": "gross",
    "account-rule": "slight",
}
# nothing proved on either side: the plaintiff loses, but where fault is presumed the defendant does
NOTHING = {"plaintiff": "none", "factual_inference": "none", "presumed_fault": "slight"}


def small(name: str, **changes: object) -> Case:
    """A case of `fault_cases`, with changes to its only piece of evidence e1."""
    return load_case(FOLDER / f"{name}.toml").set({f"e1.{k}": v for k, v in changes.items()})


def made(pieces: list[dict], criminal: list[dict] | None = None, **more: object) -> Case:
    """A case against Sun, who lent his card, with this evidence and these criminal documents."""
    name = {"zh": "某", "en": "X"}
    people = [
        {"id": "li", "role": "victim", "name": name},
        {"id": "wang", "role": "principal", "name": name},
        {"id": "sun", "role": "helper", "act": "payment", "name": name, "grade": "slight"},
    ]
    listed = [{"id": f"e{n}", "kind": "record", "against": "sun"} | p for n, p in enumerate(pieces)]
    return Case.model_validate(
        {
            "id": "made", "basis": "hypothetical", "title": name, "claimant": "li",
            "acted_on": datetime.date(2025, 9, 10), "decided_on": datetime.date(2026, 1, 15),
            "loss_fen": 1_000_000, "parties": people, "evidence": listed,
            "criminal": [{"party": "sun"} | entry for entry in criminal or []],
        } | more
    )  # fmt: skip


def grades(
    case: Case, review: str = "substantive", standard: str = "legal", rebuttal: str = "doubt"
) -> dict[str, str]:
    """The grade under each burden."""
    how, rules = (review, standard), {"rebuttal": rebuttal}
    helper = _helper(case)
    return {b: fault.find(case, helper, b, *how, rules=rules).grade for b in fault.BURDENS}


def _helper(case: Case) -> str:
    return next(party.id for party in case.parties if party.role == "helper")


# ── the checklist as data ──


def test_no_item_has_a_weight_or_a_score():
    """Not in the file, not in the record: no source gives one, so none may slip in."""
    data = table("law", "checklist.toml")
    for entry in data["items"]:
        numbers = [v for v in entry.values() if isinstance(v, int | float)]
        assert numbers == []
        assert not {"weight", "score", "points", "probability"} & entry.keys()
    for item in checklist.checklist():
        assert not [f for f in item.__slots__ if f in ("weight", "score")]


def test_every_item_has_a_source_a_group_and_words():
    """Seven of 帮信解释 11, three of 2025, six of the paper, one of the account rules."""
    groups = [item.group for item in checklist.checklist()]
    assert [groups.count(group) for group in checklist.GROUPS] == [7, 3, 6, 1]
    for item in checklist.checklist():
        assert article(item.cite)
        assert item.grade == BY_GROUP[item.group]
        for lang in LANGS:
            assert words("fault", f"item.{item.id}.name", lang)
            assert words("fault", f"item.{item.id}.asks", lang)


def test_every_item_is_exercised_by_a_case_file():
    """The folder has a file for each item."""
    assert {item.id for item in checklist.checklist()} <= {p.stem for p in FOLDER.glob("*.toml")}


@pytest.mark.parametrize("item", checklist.checklist(), ids=lambda item: item.id)
def test_an_item_proved_gives_its_grade(item):
    """One original, nothing against it: the grade of the item's group, whoever bears the burden."""
    case = small(item.id)
    assert set(grades(case).values()) == {BY_GROUP[item.group]}
    found = fault.find(case, "sun")
    assert (found.item(item.id).state, found.item(item.id).evidence) == ("proved", ("e1",))
    assert grades(small(item.id, shows=())) == NOTHING


@pytest.mark.parametrize("item", checklist.checklist(), ids=lambda item: item.id)
@pytest.mark.parametrize("strength", checklist.STRENGTHS)
def test_an_item_is_answered_at_the_threshold_of_its_burden(item, strength):
    """A second piece answers the known fact: the plaintiff proves it, inference or not, so doubt is
    enough on either reading of 足以反驳; under presumed fault the contrary is to be proved, and
    even then he has answered one item, not proved that he was not at fault."""
    more = {"id": "e2", "kind": "record", "against": "sun", "rebuts": [item.id]}
    case = made([{"shows": [item.id]}, more | {"strength": strength}])
    case = case.model_copy(update={"parties": small(item.id).parties})
    left = BY_GROUP[item.group] if strength == "doubt" else "slight"
    wanted = NOTHING | {"presumed_fault": left}
    assert grades(case) == grades(case, rebuttal="contrary") == wanted


@pytest.mark.parametrize("item", checklist.checklist(), ids=lambda item: item.id)
@pytest.mark.parametrize("strength", checklist.STRENGTHS)
def test_what_is_inferred_is_answered_as_the_reading_says(item, strength):
    """Evidence against fault itself, not against the known fact. Majority: unclear again is enough
    (93(2), 108(2)); minority: the contrary is to be proved, as under presumed fault."""
    more = {"id": "e2", "kind": "record", "against": "sun", "rebuts": ["fault"]}
    case = made([{"shows": [item.id]}, more | {"strength": strength}])
    case = case.model_copy(update={"parties": small(item.id).parties})
    left = BY_GROUP[item.group] if strength == "doubt" else "none"
    assert list(grades(case).values()) == ["none", "none", left]
    assert list(grades(case, rebuttal="contrary").values()) == ["none", left, left]


@pytest.mark.parametrize("item", checklist.checklist(), ids=lambda item: item.id)
def test_uncorroborated_copy_supports_only_presumed_fault(item):
    """EV-90: raised, not sufficient. Unclear goes against the bearer, and form alone drops it."""
    case, grade = small(item.id, original=False), BY_GROUP[item.group]
    assert grades(case) == NOTHING | {"presumed_fault": grade}
    assert grades(case, "formal") == NOTHING


@pytest.mark.parametrize(
    ("id", "day", "grade"),
    [("opinion-2", "2025-07-27", "none"), ("opinion-2", "2025-07-28", "knowing"),
     ("bx-11-3", "2025-01-01", "knowing"), ("paper-gain", "2025-01-01", "gross")],
)  # fmt: skip
def test_an_item_is_there_from_its_day_on(id, day, grade):
    """The 2025 opinion was published on 28 July: a decision of the day before cannot use it."""
    case = small(id).set({"acted_on": datetime.date(2024, 9, 10),
                          "decided_on": datetime.date.fromisoformat(day)})  # fmt: skip
    found = fault.find(case, "sun")
    assert found.grade == grade
    assert (found.item(id).state == "not-yet") == (grade == "none")


def test_before_the_anti_fraud_law_the_account_rules_stand_in_unverified():
    """Act of 2022-10-05: 反诈法31 came on 2022-12-01; the rules of 2003 are cited, as unread."""
    found = fault.find(small("account-lent-before"), "sun")
    assert (found.grade, found.item("account-lent").cite) == ("slight", "account-rules:45(2)")
    marks = {a["key"]: a["value"] for a in found.assumptions}
    assert marks["fault.not-verified"] == "account-rules:45(2)"
    assert "anti-fraud-law:31(1)" not in found.citations
    after = fault.find(small("account-lent"), "sun")
    assert "anti-fraud-law:31(1)" in after.citations
    assert "fault.not-verified" not in {a["key"] for a in after.assumptions}


def test_the_account_rules_say_nothing_of_chat_accounts():
    """Before 2022-12-01 no rule we hold forbade lending a chat account."""
    found = fault.find(small("account-lent-phone-before"), "sun")
    assert (found.grade, found.item("account-lent").state) == ("none", "unfit")


def test_an_item_for_other_help_does_not_count():
    """A duty of management is a platform's or technician's: shown against a card lender, unfit."""
    case = made([{"shows": ["bx-11-2"]}])
    assert grades(case) == NOTHING
    assert fault.find(case, "sun", "presumed_fault").item("bx-11-2").state == "unfit"


def test_a_stolen_card_and_a_prompt_report_answer_everything():
    """G2: stolen with prompt report is no fault; one of the two leaves only what rebuts nothing."""
    case = small("account-stolen")
    assert set(grades(case).values()) == {"none"}
    report = case.set({"e2.shows": ("prompt-report",)})
    assert set(grades(report).values()) == {"slight"}
    doubtful = case.set(
        {"e2.original": False}
    )  # both only raised: doubt, which stops the plaintiff
    assert list(grades(doubtful).values()) == ["none", "none", "slight"]
    assert list(grades(doubtful, rebuttal="contrary").values()) == ["none", "slight", "slight"]


def test_the_inference_to_knowledge_can_fall_while_the_item_stands():
    """The price is odd, but he did not know: gross, by the teaching rule, and it says so."""
    story = {"rebuts": ["knowledge"], "strength": "rebut"}
    found = fault.find(made([{"shows": ["bx-11-3"]}, story]), "sun", "factual_inference")
    assert (found.grade, found.item("bx-11-3").left) == ("gross", "gross")
    assert "fault.knowledge-rebutted" in {a["key"] for a in found.assumptions}


def test_knowledge_shown_directly_is_not_presumed():
    """His own words: knowing, not inferred; so doubt answers them even under inference."""
    found = fault.find(small("knowledge"), "sun", "factual_inference")
    assert (found.grade, found.presumed) == ("knowing", False)
    assert fault.find(small("bx-11-3"), "sun", "factual_inference").presumed
    doubt = {"rebuts": ["knowledge"], "strength": "doubt"}
    assert list(grades(made([{"shows": ["knowledge"]}, doubt])).values()) == [
        "none", "none", "knowing",
    ]  # fmt: skip


def test_a_public_document_yields_only_to_what_overturns_it():
    """CPI-114: shown by a decision of an authority, so neither doubt nor 足以反驳 moves it."""
    shown = {"shows": ["bx-11-1"], "kind": "administrative-decision"}
    knows = dict.fromkeys(fault.BURDENS, "knowing")
    for strength, wanted in (("doubt", knows), ("rebut", knows), ("overturn", NOTHING)):
        case = made([shown, {"rebuts": ["bx-11-1"], "strength": strength}])
        assert grades(case) == wanted
    found = fault.find(made([shown]), "sun")
    assert found.item("bx-11-1").needed == "overturn"
    # what it records is shielded, not what is inferred from it
    assert found.item("bx-11-1").needed_inferred == found.row("fault").rebuttal == "doubt"
    doubt = {"rebuts": ["knowledge"], "strength": "doubt"}
    assert grades(made([shown, doubt]))["plaintiff"] == "gross"


def test_doubtful_evidence_neither_proves_nor_corroborates():
    """EV-90(4): a doubtful recording raises; form does not ask; nor can it bear a copy out."""
    doubtful = {"shows": ["bx-11-3"], "doubtful": True}
    assert list(grades(made([doubtful])).values()) == ["none", "none", "knowing"]
    assert set(grades(made([doubtful]), "formal").values()) == {"knowing"}
    copy = {"shows": ["bx-11-3"], "original": False, "corroborated_by": ["e1"]}
    assert grades(made([copy, {"doubtful": True}]))["plaintiff"] == "none"
    assert grades(made([copy, {}]))["plaintiff"] == "knowing"


def test_concert_needs_proof_beyond_reasonable_doubt_whatever_the_burden():
    """Malicious collusion (EV-86): a second piece and no doubt; else only knowledge is shown."""
    case = small("concert")
    assert set(grades(case).values()) == {"concert"}
    assert set(grades(case.set({"e1.corroborated_by": ()})).values()) == {"knowing"}
    doubt = {"rebuts": ["concert"], "strength": "doubt"}
    pieces = [{"shows": ["concert"], "corroborated_by": ["e1"]}, {}, doubt]
    assert set(grades(made(pieces)).values()) == {"knowing"}


# ── one list of evidence, two reviews, three burdens, two standards ──


KEYS = ("position", "review", "standard", "rebuttal")


def hand_worked() -> list:
    """The grades `expected.toml` gives, with the calculation as their authority."""
    with (shelf("cases") / DENG / "expected.toml").open("rb") as file:
        entries = tomllib.load(file)["fault"]
    return [
        pytest.param(e, burden, id="-".join([*(str(e.get(k)) for k in KEYS), burden]))
        for e in entries
        for burden in fault.BURDENS
    ]


@pytest.mark.parametrize(("entry", "burden"), hand_worked())
def test_the_shipped_hypothetical_by_hand(entry, burden):
    """Each burden × review × standard as worked out in `expected.toml`."""
    case = load_case(DENG).at(entry["position"])
    rules = {"rebuttal": entry.get("rebuttal", "doubt")}
    found = fault.find(case, "deng", burden, entry["review"], entry["standard"], rules=rules)
    assert found.grade == entry["grades"][burden]


def test_the_two_reviews_read_the_same_pieces_differently():
    """Formal: both screenshots are out. Substantive: in, borne out; the statement only raises."""
    case = load_case(DENG)
    formal = {r.evidence: (r.weight, r.strength) for r in fault.read(case, "deng", "formal")}
    content = {r.evidence: (r.weight, r.strength) for r in fault.read(case, "deng")}
    assert formal.keys() == content.keys() == {piece.id for piece in case.evidence}
    assert formal["e-price"] == formal["e-script"] == ("out", None)
    assert content["e-price"] == content["e-script"] == ("sufficient", None)
    assert formal["e-story"] == ("sufficient", "rebut")
    assert content["e-story"] == ("raised", "doubt")


def test_the_grade_moves_the_liability():
    """Slight and gross lead to several (1172), knowing to joint (1169) under the law in force."""
    case, minority = load_case(DENG), {"rebuttal": "contrary"}
    both = [fault.find(case, "deng", "factual_inference", r, rules=minority) for r in fault.REVIEWS]
    modes = [found.mode for found in both]
    assert modes == ["several", "joint"]
    assert set(modes) <= set(mode_keys())


# ── the two readings of 足以反驳 ──


def test_inference_does_not_move_the_burden_on_the_default_reading():
    """Deng's statement leaves knowledge unclear. Majority: gross, as without any inference; what
    moved is who must come forward. Minority: knowing. The finding names both, with their basis."""
    case = load_case(DENG)
    found = fault.find(case, "deng", "factual_inference")
    assert (found.rebuttal, found.grade, found.otherwise) == ("doubt", "gross", "knowing")
    assert found.basis == "law in force"
    marks = {a["key"]: (a["value"], a["basis"]) for a in found.assumptions}
    assert marks["rule.rebuttal"] == ("doubt", "doctrine")
    assert marks["fault.other-reading"] == ("knowing", "doctrine")
    other = fault.find(case, "deng", "factual_inference", rules={"rebuttal": "contrary"})
    assert (other.rebuttal, other.grade, other.otherwise) == ("contrary", "knowing", "gross")
    assert other.basis == "doctrine"
    assert {"rule.rebuttal", "fault.other-reading"} <= {a["key"] for a in other.assumptions}


def test_the_reading_is_named_only_where_it_matters():
    """Silent where no inference is drawn; no other grade where both readings give the same."""
    case = load_case(DENG)
    for burden in ("plaintiff", "presumed_fault"):
        found = fault.find(case, "deng", burden)
        assert "rule.rebuttal" not in {a["key"] for a in found.assumptions}
    higher = fault.find(case, "deng", "factual_inference", standard="higher")
    assert "rule.rebuttal" not in {a["key"] for a in higher.assumptions}
    same = fault.find(case.at("advert-found"), "deng", "factual_inference")
    keys = {a["key"] for a in same.assumptions}
    assert "rule.rebuttal" in keys
    assert "fault.other-reading" not in keys


def test_the_reading_stands_in_the_trace():
    """A leaf with the rule as its source, and words for it in both languages."""
    case = load_case(DENG)
    found = fault.find(case, "deng", "factual_inference")
    (leaf,) = [step for step in found.trace.walk() if step.key == "rebuttal"]
    assert (leaf.value, leaf.source) == ("doubt", "parameter:rules.rebuttal")
    for lang in LANGS:
        step = explain(found.trace, case, lang).steps[-1]
        assert step.value == words("parameters", "rules.rebuttal.values.doubt", lang)
        assert step.origin == words("terms", "bases.doctrine", lang)  # not a teaching assumption


def test_who_must_come_forward_is_what_an_inference_moves():
    """A known fact proved, Deng must answer; the plaintiff still bears what stays unclear."""
    case = load_case(DENG)
    rows = {b: fault.find(case, "deng", b).row("fault") for b in fault.BURDENS}
    assert {b: (r.forward, r.bearer) for b, r in rows.items()} == {
        "plaintiff": ("plaintiff", "plaintiff"),
        "factual_inference": ("defendant", "plaintiff"),
        "presumed_fault": ("defendant", "defendant"),
    }
    bare = fault.find(made([]), "sun", "factual_inference").row("fault")
    assert (bare.forward, bare.bearer) == ("plaintiff", "plaintiff")


def test_presumed_fault_holds_whoever_proves_nothing():
    """1165(2): he who cannot prove that he was not at fault is liable, so no evidence at all, or
    a doubt, leaves him careless at the least; only the contrary, proved, acquits him."""
    for pieces in ([], [{"rebuts": ["fault"], "strength": "doubt"}]):
        found = fault.find(made(pieces), "sun", "presumed_fault")
        assert (found.grade, found.presumed, found.row("fault").state) == (
            "slight",
            True,
            "presumed",
        )
        marks = {a["key"]: a["value"] for a in found.assumptions}
        assert marks["fault.presumed-least"] == "slight"
        assert fault.find(made(pieces), "sun").grade == "none"
    proved = made([{"rebuts": ["fault"], "strength": "rebut"}])
    assert fault.find(proved, "sun", "presumed_fault").grade == "none"
    keys = {a["key"] for a in fault.find(small("bx-11-3"), "sun", "presumed_fault").assumptions}
    assert "fault.presumed-least" not in keys  # an item gives more


def test_presumed_fault_asks_for_proof_of_its_absence():
    """The reform: unclear goes against the defendant; only the contrary, proved, acquits him."""
    for strength, grade in (("doubt", "knowing"), ("rebut", "none")):
        case = made([{"shows": ["bx-11-3"]}, {"rebuts": ["fault"], "strength": strength}])
        assert fault.find(case, "sun", "presumed_fault").grade == grade


def test_whether_concert_needs_more_proof_is_open():
    """109 and 86 speak of malicious collusion; whether 意思联络 is one is not settled. One piece:
    knowing here, concert at high probability; the finding says so."""
    case = small("concert").set({"e1.corroborated_by": ()})
    marks = {a["key"]: a for a in fault.find(case, "sun").assumptions}
    assert marks["fault.concert-standard"] == {
        "key": "fault.concert-standard", "value": "concert", "basis": "doctrine", "party": "sun",
    }  # fmt: skip
    assert "fault.concert-standard" not in {
        a["key"] for a in fault.find(small("knowledge"), "sun").assumptions
    }


def test_that_overturning_asks_for_more_than_the_contrary_is_an_assumption():
    """足以推翻 too is proof of the contrary; that it is a step higher is this course's choice."""
    judged = [{"status": "effective", "charge": "assisting", "finds": ["knowing"]}]
    for strength, told in (("doubt", False), ("rebut", True)):
        case = made([{"rebuts": ["knowledge"], "strength": strength}], judged)
        keys = {a["key"] for a in fault.find(case, "sun").assumptions}
        assert ("fault.overturn-step" in keys) == told


def test_a_record_of_knowledge_that_is_no_judgment_says_how_it_is_read():
    """酌定不起诉 records that he knew (刑诉法177(2)): a public document (CPI-114), yet not enough
    alone here; 存疑 (175(4)) records nothing of knowledge."""
    for finds, told in ((["knowing", "act"], True), (["act"], False)):
        case = made([], [{"status": "not-prosecuted", "finds": finds}])
        found = fault.find(case, "sun")
        assert found.grade == "none"
        assert ("fault.public-record" in {a["key"] for a in found.assumptions}) == told


def test_screenshot_without_the_recording_proves_no_script():
    """Without the counter's recording the screenshot of the script cannot stand alone (EV-90)."""
    found = fault.find(load_case(DENG).at("no-recording"), "deng", "factual_inference")
    script = found.item("opinion-3")
    assert (script.state, script.support, script.left) == ("unclear", "raised", "none")


# ── 证据核查 ──


def test_the_log_gives_four_inferences():
    """By hand: v4 restriction, then v5, v6; v2 in, v3 out after 30 minutes; v1, v6 by another."""
    runs = {run.id: run for run in fault.verify(load_case(DENG), "deng")}
    assert {id: run.events for id, run in runs.items()} == {
        "restricted-then-acted": ("v4", "v5", "v6"),
        "warned-then-acted": ("v4", "v5", "v6"),
        "in-and-out": ("v2", "v3"),
        "used-by-another": ("v1", "v6"),
    }
    assert runs["restricted-then-acted"].item == "opinion-2"
    assert runs["warned-then-acted"].state == "doubted"  # by e-receipt
    assert runs["warned-then-acted"].rebutted_by == ("e-receipt",)


@pytest.mark.parametrize(("hours", "prompt"), [(0, True), (24, True), (25, False)])
def test_a_report_is_prompt_within_a_day(hours, prompt):
    """24 hours from the first movement of money, the last minute included: a teaching number."""
    begin = datetime.datetime.fromisoformat("2025-09-10T10:00:00+08:00")
    events = [
        {"id": "v1", "party": "sun", "kind": "transfer", "at": begin},
        {"id": "v2", "party": "sun", "kind": "report",
         "at": begin + datetime.timedelta(hours=hours)},
    ]  # fmt: skip
    runs = fault.verify(made([], events=events), "sun")
    assert ("reported-at-once" in {run.id for run in runs}) == prompt


def test_a_late_report_leaves_the_defence_in_doubt():
    """Stolen and reported, but the log has the report two days on: no answer to an inference."""
    case = small("account-stolen")
    events = [
        {"id": "v1", "party": "sun", "kind": "transfer", "on": datetime.date(2025, 9, 10)},
        {"id": "v2", "party": "sun", "kind": "report", "on": datetime.date(2025, 9, 12)},
    ]
    late = Case.model_validate(case.model_dump(exclude_none=True, exclude_defaults=True)
                               | {"events": events})  # fmt: skip
    assert list(grades(late).values()) == ["none", "none", "slight"]
    assert list(grades(late, rebuttal="contrary").values()) == ["none", "slight", "slight"]
    assert set(grades(late, "formal").values()) == {"none"}  # at face value


def log(*kinds: tuple[str, str | None], evidence: tuple = ()) -> list[dict]:
    """Events of Sun, a day apart: kind and counterpart each."""
    first = datetime.date(2025, 9, 10)
    return [
        {"id": f"v{n}", "party": "sun", "kind": kind, "on": first + datetime.timedelta(days=n),
         "evidence": evidence} | ({"other": other} if other else {})
        for n, (kind, other) in enumerate(kinds)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "found"),
    [
        (log(("warning", "police"), ("login", None)), {"told-then-acted", "warned-then-acted"}),
        (log(("warning", "bank"), ("login", None)), {"warned-then-acted"}),  # no authority
        (log(("login", None), ("warning", "police")), set()),  # the other way round
        (log(*[("payment", "wang")] * 2), set()),
        (log(*[("payment", "wang")] * 3), {"paid-often"}),
        (log(*[("chat", "wang")] * 3), {"talked-often"}),
        (log(*[("chat", "li")] * 3), set()),  # not the principal
        # the second movement is a day before the report, the first is two
        (log(("transfer", None), ("transfer", None), ("report", "police")), set()),
    ],
)
def test_a_log_gives_what_its_patterns_say(events, found):
    """Order, counterpart, number and time of the events decide: by the file of patterns."""
    assert {run.id for run in fault.verify(made([], events=events), "sun")} == found


def test_run_of_events_corroborates_an_item():
    """Higher standard: one record of payments, and a log read from another, are two pieces."""
    events = log(*[("payment", "wang")] * 3, evidence=("e1",))
    case = made([{"shows": ["paper-payments"]}, {}], events=events)
    assert grades(case, standard="higher")["plaintiff"] == "gross"
    assert grades(made([{"shows": ["paper-payments"]}]), standard="higher")["plaintiff"] == "none"


def test_event_log_without_evidence_supports_only_presumed_fault():
    """A log without evidence: raised, so it counts for presumed fault alone."""
    events = [
        {"id": "v1", "party": "sun", "kind": "restriction", "on": datetime.date(2025, 9, 10)},
        {"id": "v2", "party": "sun", "kind": "login", "on": datetime.date(2025, 9, 11)},
    ]
    case = made([], events=events)
    assert list(grades(case).values()) == ["none", "none", "knowing"]


@pytest.mark.parametrize("pattern", checklist.patterns(), ids=lambda p: p.id)
def test_every_pattern_has_words_and_a_target(pattern):
    """Name, reading and rebuttal in both languages; it supports an item or a defence."""
    assert pattern.supports in checklist.shown()
    for lang, part in product(LANGS, ("name", "reads", "rebut")):
        assert words("fault", f"inference.{pattern.id}.{part}", lang)


# ── what criminal documents prove ──


def judged(**entry: object) -> Case:
    """Sun's criminal case, and no other evidence."""
    return made([], [{"charge": "assisting"} | entry])


def test_an_effective_judgment_locks_until_overturned():
    """CPI-93(5): knowing whatever the burden; doubt and 足以反驳 do nothing, 足以推翻 unlocks."""
    entry = {"status": "effective", "finds": ["knowing"]}
    knows = dict.fromkeys(fault.BURDENS, "knowing")
    for strength, wanted in (("doubt", knows), ("rebut", knows), ("overturn", NOTHING)):
        case = made([{"rebuts": ["knowledge"], "strength": strength}], [entry])
        assert grades(case) == wanted
        assert fault.find(case, "sun").locked == (wanted == knows)
    row = fault.find(judged(**entry), "sun").row("fault")
    assert (row.bearer, row.rebuttal, row.state) == ("nobody", "overturn", "exempt")


def test_a_judgment_without_this_victim_leaves_act_and_damage_to_prove():
    """Pitfall 4: 帮信 found in general; that her money passed this card is still to be proved."""
    found = fault.find(judged(status="effective", finds=["knowing", "act"]), "sun")
    states = {row.element: (row.bearer, row.state) for row in found.allocation}
    open_ = ("plaintiff", "open")
    assert states == {"act": open_, "damage": open_, "fraud": open_, "causation": open_,
                      "fault": ("nobody", "exempt")}  # fmt: skip


def test_a_judgment_on_this_victim_and_amount_frees_from_proof():
    """All five found: nobody proves anything, and only 足以推翻 stands against it."""
    finds = ["knowing", "act", "victim", "amount", "causation"]
    found = fault.find(judged(status="effective", finds=finds), "sun")
    assert {(r.bearer, r.rebuttal, r.state) for r in found.allocation} == {
        ("nobody", "overturn", "exempt")
    }


def test_the_principals_judgment_finds_her_loss_not_his_act():
    """Fraud and loss are found for her whoever is convicted; what Sun did is found of Sun only."""
    finds = ["knowing", "act", "victim", "amount", "causation"]
    case = made([], [{"party": "wang", "status": "effective", "charge": "fraud", "finds": finds}])
    found = fault.find(case, "sun")
    assert (found.grade, found.locked, found.criminal) == ("none", False, ())
    assert {row.element: row.state for row in found.allocation} == {
        "act": "open", "damage": "exempt", "fraud": "exempt", "fault": "open", "causation": "open",
    }  # fmt: skip


def test_a_judgment_on_part_of_the_amount_frees_for_that_part():
    """6 000 of 10 000 yuan found: the damage is still hers to prove, 600 000 fen apart."""
    case = judged(status="effective", finds=["victim", "amount"], finds_fen=600_000)
    row = fault.find(case, "sun").row("damage")
    assert (row.bearer, row.state, row.fen) == ("plaintiff", "open", 600_000)


@pytest.mark.parametrize("status", ["pending", "not-prosecuted"])
def test_no_other_document_locks_anything(status):
    """CPI-114: a public document that confirms nothing; it is raised, never enough alone."""
    case = judged(status=status, finds=["knowing", "act", "victim", "amount"])
    found = fault.find(case, "sun", "factual_inference")
    assert (found.grade, found.locked) == ("none", False)
    effects = {e.element: e.effect for e in found.criminal}
    assert set(effects.values()) == {"public-document", "nothing"}
    assert all(e.cites == ("civil-procedure-interpretation:114",)
               for e in found.criminal if e.effect == "public-document")  # fmt: skip
    assert {row.state for row in found.allocation if row.element != "fault"} == {"open"}


def test_a_decision_not_to_prosecute_acquits_nobody():
    """Insufficient evidence for a crime is no proof against 高度可能性: the items still count."""
    case = made([{"shows": ["bx-11-3"]}], [{"status": "not-prosecuted"}])
    assert set(grades(case).values()) == {"knowing"}


def test_a_plea_is_evidence_and_no_admission():
    """Made elsewhere than in this suit (CPI-92): raised, so no knowledge by itself."""
    case = judged(status="pending", plea=True)
    assert list(grades(case).values()) == ["none", "none", "knowing"]
    (effect,) = [e for e in fault.effects(case, "sun") if e.document == "plea"]
    assert (effect.effect, effect.rebuttal) == ("evidence", "doubt")


def test_the_file_of_the_criminal_case_speaks_through_its_table():
    """A piece of kind criminal-judgment proves nothing by its own word, in either review."""
    piece = {"kind": "criminal-judgment", "shows": ["knowledge", "act"]}
    for review in fault.REVIEWS:
        assert grades(made([piece]), review) == NOTHING


def test_findings_read_off_the_charge_are_an_assumption():
    """The paper's case: convicted of 帮信, so knowing, and the findings are marked as not seen."""
    found = fault.find(load_case("2024-lu-0302-5690"), "zhang")
    assert (found.grade, found.locked) == ("knowing", True)
    assert "fault.finds-by-charge" in {a["key"] for a in found.assumptions}


# ── 举证责任分配表 ──


def test_the_table_moves_with_the_burden():
    """Who proves fault, what answers it, what if it stays unclear; the other rows stay put."""
    case = load_case(DENG)
    rows = {b: fault.find(case, "deng", b).row("fault") for b in fault.BURDENS}
    assert {b: (r.bearer, r.rebuttal, r.consequence) for b, r in rows.items()} == {
        "plaintiff": ("plaintiff", "doubt", "fault-not-found"),
        "factual_inference": ("plaintiff", "doubt", "fault-not-found"),
        "presumed_fault": ("defendant", "rebut", "presumption-stands"),
    }
    minority = fault.find(case, "deng", "factual_inference", rules={"rebuttal": "contrary"})
    row = minority.row("fault")
    assert (row.bearer, row.rebuttal, row.consequence) == ("plaintiff", "rebut", "inference-stands")
    others = [
        [r for r in fault.find(case, "deng", b).allocation if r.element != "fault"]
        for b in fault.BURDENS
    ]
    assert others[0] == others[1] == others[2]


def test_presumed_fault_names_the_basis_it_lacks():
    """1165(2) asks for provisions of law; the other burdens are law in force."""
    found = fault.find(load_case(DENG), "deng", "presumed_fault")
    assert found.basis == "reform proposal"
    (missing,) = [a for a in found.assumptions if a["key"] == "fault.no-statutory-basis"]
    assert missing == {"key": "fault.no-statutory-basis", "value": "civil-code:1165(2)",
                       "basis": "reform proposal"}  # fmt: skip
    for burden in ("plaintiff", "factual_inference"):
        assert fault.find(load_case(DENG), "deng", burden).basis == "law in force"


@pytest.mark.parametrize(("burden", "review", "standard"), PROCEDURES)
def test_fraud_stays_at_its_own_standard(burden, review, standard):
    """Pitfall 5: EV-86 for the fraud itself, whatever holds for the rest."""
    found = fault.find(load_case(DENG), "deng", burden, review, standard)
    row = found.row("fraud")
    assert row.standard == "beyond_reasonable_doubt"
    assert row.cites[0] == "evidence-rules:86(1)"
    assert row.state == "proved"  # e-fraud, borne out by e-flow
    rest = "sure_and_sufficient" if standard == "higher" else "high_probability"
    assert found.row("act").standard == rest


def test_one_piece_is_not_enough_for_fraud_though_it_is_for_the_act():
    """Fraud wants a second piece and no doubt; the act only high probability."""
    found = fault.find(made([{"shows": ["fraud", "act"]}]), "sun")
    assert (found.row("fraud").state, found.row("act").state) == ("unclear", "proved")
    doubt = {"rebuts": ["act"], "strength": "doubt"}
    assert fault.find(made([{"shows": ["act"]}, doubt]), "sun").row("act").state == "unclear"


# ── laws of the procedure ──

ITEMS = tuple(i.id for i in checklist.checklist()) + ("knowledge", "concert")
piece = st.fixed_dictionaries(
    {
        "shows": st.lists(st.sampled_from(ITEMS), max_size=2, unique=True),
        "kind": st.sampled_from(["record", "statement", "public-document"]),
        "original": st.booleans(),
        "doubtful": st.booleans(),
    }
)
rebuttal = st.fixed_dictionaries(
    {
        "rebuts": st.lists(st.sampled_from((*ITEMS, "fault")), min_size=1, max_size=2, unique=True),
        "strength": st.sampled_from(checklist.STRENGTHS),
        "kind": st.sampled_from(["record", "statement"]),
        "original": st.booleans(),
    }
)
document = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["pending", "effective", "not-prosecuted"]),
        "finds": st.lists(st.sampled_from(["knowing", "act", "victim"]), unique=True),
        "plea": st.booleans(),
    }
)
files = st.tuples(st.lists(st.one_of(piece, rebuttal), max_size=4), st.lists(document, max_size=1))
procedure = st.sampled_from(PROCEDURES)
few = settings(max_examples=60, deadline=None)


def level(file: tuple, how: tuple, *more: dict) -> int:
    """How high the grade is that a procedure finds."""
    pieces, documents = file
    return LEVEL[fault.find(made([*pieces, *more], documents), "sun", *how).grade]


@few
@given(files, procedure, piece)
def test_more_proof_never_lowers_the_grade(file, how, more):
    """Another piece that only shows items is never to his good."""
    assert level(file, how, more) >= level(file, how)


@few
@given(files, procedure, rebuttal)
def test_a_rebuttal_never_raises_the_grade(file, how, more):
    """Another piece that only speaks against items is never to his harm."""
    assert level(file, how, more) <= level(file, how)


@few
@given(files, st.sampled_from(fault.REVIEWS), st.sampled_from(fault.STANDARDS))
def test_the_burdens_are_in_order(file, review, standard):
    """Shifting the burden towards the defendant never lowers his grade, on either reading."""
    pieces, documents = file
    for reading in fault.READINGS:
        found = grades(made(pieces, documents), review, standard, reading)
        levels = [LEVEL[found[burden]] for burden in fault.BURDENS]
        assert levels == sorted(levels)


@few
@given(files, st.sampled_from(fault.REVIEWS), st.sampled_from(fault.STANDARDS))
def test_inference_and_plaintiffs_burden_give_one_grade_on_the_default_reading(
    file, review, standard
):
    """A factual inference moves the need to come forward, not who loses if it stays unclear."""
    found = grades(made(*file), review, standard)
    assert found["factual_inference"] == found["plaintiff"]


@few
@given(files, procedure)
def test_the_minority_never_lowers_the_grade(file, how):
    """Asking the contrary of him is never to his good; both findings name each other's grade."""
    case = made(*file)
    one, other = (fault.find(case, "sun", *how, rules={"rebuttal": r}) for r in fault.READINGS)
    assert LEVEL[one.grade] <= LEVEL[other.grade]
    assert (one.otherwise, other.otherwise) == (other.grade, one.grade)


@few
@given(files, st.sampled_from(fault.BURDENS), st.sampled_from(fault.REVIEWS))
def test_a_higher_standard_never_raises_the_grade(file, burden, review):
    """What meets the higher practice meets the law."""
    assert level(file, (burden, review, "higher")) <= level(file, (burden, review, "legal"))


@few
@given(files, procedure)
def test_every_finding_can_be_told(file, how):
    """Trace, items, rows and assumptions have words in both languages; articles exist."""
    pieces, documents = file
    case = made(pieces, documents)
    found = fault.find(case, "sun", *how)
    for lang in LANGS:
        explain(found.trace, case, lang)
        assert all(assumption_words(a, case, lang) for a in found.assumptions)
        said = topic_words("fault", lang)
        for row in found.allocation:
            for part in ("element", "bearer", "standard", "consequence", "state"):
                assert getattr(row, part) in said[part]
            assert row.forward in said["bearer"]
            assert row.rebuttal in said["strength"]
        for one in found.items:
            assert one.state in said["state"]
            assert one.group in said["group"]
    assert all(article(cite) for cite in found.citations)
    assert found.basis in ("law in force", "doctrine", "reform proposal", "teaching assumption")


# ── names that do not exist, files that are wrong ──


def test_unknown_names_are_refused():
    """A party, a burden, a review or a standard that we do not have."""
    case = load_case(DENG)
    for wrong in (("dang",), ("deng", "presumed"), ("deng", "plaintiff", "form"),
                  ("deng", "plaintiff", "formal", "high")):  # fmt: skip
        with pytest.raises(UnknownName):
            fault.find(case, *wrong)
    with pytest.raises(UnknownName):
        fault.read(case, "deng", "quick")
    with pytest.raises(UnknownName):
        fault.find(case, "deng", rules={"rebuttal": "overturn"})


def test_a_change_that_makes_no_sense_is_refused():
    """The checks of a file hold for a change in memory too."""
    case = load_case(DENG)
    for changes in ({"e-price.shows": ("bx-12-1",)}, {"e-story.strength": None},
                    {"e-price.against": "he"}, {"v1.at": None},
                    {"criminal[0].finds_fen": 1}):  # fmt: skip
        with pytest.raises(CaseError):
            case.set(changes)


def test_facts_of_proof_can_be_changed_by_path():
    """The levers of the lesson: an original found, a judgment in force."""
    case = load_case(DENG).set(
        {"criminal[0].status": "effective", "criminal[0].finds": ("knowing",)}
    )
    assert fault.find(case, "deng", review="formal").locked
    assert (
        fault.find(case.set({"e-counter.original": False}), "deng").item("opinion-3").left == "none"
    )
