"""Authenticity: what the rules draw from stated facts; a matching digest proves no truth."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simlib import load_case
from simlib.errors import UnknownName
from simlib.evidence import (
    EARLIER,
    FACTORS,
    FACTS,
    LAYERS,
    OUTCOMES,
    Facts,
    chain,
    digest,
    facts_of,
    merkle_root,
    read_deposit,
)
from simlib.evidence.attributes import CHAIN
from simlib.evidence.authenticity import AFTER
from simlib.law.citation import in_force
from simlib.text import LANGS, cite, topic_words

DAY = datetime.date(2026, 3, 2)
STORED = Facts(on_chain=True, digest_matches=True)
NOTHING = dict.fromkeys(("proved_before", "explained_before", "corroborated"), False)
STATED = {name: st.sampled_from([True, False, None]) for name in FACTS}
some_facts = st.builds(Facts, court=st.sampled_from(["other", "internet"]), **STATED)


def read(facts=None, on=DAY, **stated):
    """Read facts, or those of them that are changed."""
    return read_deposit(replace(facts or Facts(), **stated), on)


def result(facts=None, **stated):
    """After, before, outcome."""
    reading = read(facts, **stated)
    return reading.after, reading.before, reading.outcome


def keys(reading, about):
    """Keys of the reasons about a question."""
    return [reason.key for reason in reading.reasons if reason.about == about]


def test_nothing_stated_is_to_be_proved_by_who_relies_on_it():
    """Without facts no presumption arises: 93's factors are weighed, 90 of the interpretation."""
    reading = read()
    assert (reading.after, reading.before, reading.outcome) == ("none", "none", "to_prove")
    assert {layer.state for layer in reading.layers.values()} == {"open"}
    assert set(reading.factors.values()) == {"open"}
    assert len(reading.factors) == 6
    assert "civil-procedure-interpretation:90" in reading.cites


def test_a_forged_screenshot_whose_digest_matches_is_not_confirmed():
    """16 presumes it unaltered since it was stored; 18 asks about before, and nothing is shown."""
    forged = "转账人：张某".encode()
    stored = merkle_root([b"other", forged])
    matches = merkle_root([b"other", forged]) == stored
    reading = read(on_chain=True, digest_matches=matches, objects_before=True, **NOTHING)
    assert matches
    assert (reading.after, reading.before) == ("presumed", "not_confirmed")
    assert reading.outcome == "not_confirmed"
    assert not reading.alone
    assert reading.layers["integrity"].state == "shown"
    assert "online-litigation-rules:18(2)" in reading.cites
    assert keys(reading, "truth") == ["nothing-before"]


def test_one_character_changed_and_the_presumption_does_not_arise():
    """Another root, another last link: the digest differs, so 16 does not apply to it."""
    before, later = "转我2000元".encode(), "转我3000元".encode()
    matches = merkle_root([b"other", later]) == merkle_root([b"other", before])
    assert not matches
    assert chain([before, b"other"])[-1] != chain([later, b"other"])[-1]
    assert digest(before) != digest(later)
    reading = read(on_chain=True, digest_matches=matches)
    assert (reading.after, reading.outcome, reading.alone) == ("none", "to_prove", False)
    assert keys(reading, "after") == ["digest-differs"]
    assert reading.layers["integrity"].state == "broken"


def test_a_matching_digest_alone_proves_no_truth():
    """Presumed unaltered since; whether it is true is still for who relies on it to prove."""
    assert result(STORED) == ("presumed", "none", "to_prove")
    assert result(STORED, on_chain=None) == ("none", "none", "to_prove")
    assert keys(read(STORED, on_chain=False), "after") == ["not-on-chain"]
    assert result(STORED, digest_matches=None) == ("none", "none", "to_prove")
    assert keys(read(STORED, digest_matches=None), "after") == ["digest-unchecked"]


@pytest.mark.parametrize(
    ("stated", "after", "key"),
    [
        ({"objects_after": False}, "presumed", "digest-matches"),
        ({"objects_after": True}, "to_prove", "factors-open"),
        ({"objects_after": True} | dict.fromkeys(CHAIN, True), "presumed", "factors-for"),
        ({"objects_after": True, "platform_independent": False}, "to_prove", "factor-against"),
        ({"objects_after": True, "overturned": True}, "rebutted", "overturned"),
        ({"platform_independent": False}, "presumed", "digest-matches"),  # nobody objected
    ],
)
def test_an_objection_to_what_came_after_makes_the_court_weigh_four_factors(stated, after, key):
    """17 needs a reasonable objection; 16 ends where contrary evidence overturns it."""
    reading = read(STORED, **stated)
    assert reading.after == after
    assert keys(reading, "after") == [key]
    weighed = {name for name in reading.factors if FACTORS[name].endswith(":17")}
    assert weighed == (set(CHAIN) if key.startswith("factor") else set())


@pytest.mark.parametrize(
    ("stated", "before", "outcome"),
    [
        ({}, "to_prove", "to_prove"),
        ({"proved_before": False}, "to_prove", "to_prove"),
        ({"proved_before": False, "explained_before": False}, "not_confirmed", "not_confirmed"),
        (NOTHING, "not_confirmed", "not_confirmed"),
        (NOTHING | {"corroborated": True}, "to_prove", "to_prove"),
        (NOTHING | {"explained_before": True}, "to_prove", "to_prove"),
        (NOTHING | {"proved_before": True}, "shown", "presumed"),
        (NOTHING | {"ordinary_course": True}, "to_prove", "presumed"),
        ({"neutral_platform": True}, "to_prove", "to_prove"),
        (NOTHING | {"neutral_platform": True}, "not_confirmed", "not_confirmed"),
        ({"notarised": True}, "shown", "confirmed"),
        (NOTHING | {"notarised": True}, "shown", "confirmed"),
        (NOTHING | {"notarised": True, "overturned": True}, "not_confirmed", "not_confirmed"),
        ({"deposited_at_creation": True}, "to_prove", "to_prove"),
        (NOTHING | {"deposited_at_creation": True}, "to_prove", "to_prove"),
    ],
)
def test_an_objection_to_what_came_before(stated, before, outcome):
    """18(2): neither source, making nor keeping shown: not confirmed, unless explained or borne
    out. That whoever stored it is neutral explains nothing. Contents certified by a notary are
    confirmed, reasons against them or not (民事证据规定94(2)), until evidence overturns that. What
    was stored as it came into being has its making and keeping to show for it."""
    after = "rebutted" if stated.get("overturned") else "presumed"
    assert result(STORED, objects_before=True, **stated) == (after, before, outcome)


@pytest.mark.parametrize(
    "item", ["against_interest", "neutral_platform", "ordinary_course", "archived", "agreed_way"]
)
def test_five_cases_in_which_the_court_may_take_it_as_true(item):
    """94(1), until evidence rebuts it; what would overturn it rebuts it all the more."""
    assert read(**{item: True}).outcome == "presumed"
    for contrary in ("rebutted", "overturned"):
        reading = read(**{item: True, contrary: True})
        assert reading.outcome == "rebutted"
        assert not reading.alone
        assert reading.cites[0] == "evidence-rules:94(1)"


def test_contents_certified_by_a_notary():
    """94(2), and 民诉法解释93(1)(7) with (2): shall confirm; rebutting is not enough against it,
    overturning is."""
    assert read(notarised=True).cites == (
        "evidence-rules:94(2)",
        "civil-procedure-interpretation:93",
    )
    assert read(notarised=True).outcome == "confirmed"
    assert read(notarised=True, rebutted=True).outcome == "confirmed"
    assert read(notarised=True, overturned=True).outcome == "rebutted"


@pytest.mark.parametrize("stored", [{}, {"on_chain": True, "digest_matches": True}])
@pytest.mark.parametrize("objects", [{}, {"objects_after": True}, {"objects_before": True}])
def test_reasons_alone_do_not_overturn_what_a_notary_certified(stored, objects):
    """94(2) asks for contrary evidence that suffices to overturn: whether a digest was deposited
    and whether the other side gives reasons, what is certified is confirmed and stands alone."""
    reading = read(**stored, **objects, **NOTHING, notarised=True)
    assert (reading.outcome, reading.alone) == ("confirmed", True)


PRESUMED = dict.fromkeys(
    ("neutral_platform", "ordinary_course", "notarised", "technique_proves", "proved_before"), True
)


def test_a_differing_digest_ends_every_presumption():
    """Whatever else holds: with a digest that matches each alone would confirm or presume it."""
    for court in ("other", "internet"):
        found = result(STORED, digest_matches=False, court=court, objects_before=True, **PRESUMED)
        assert found == ("none", "none", "to_prove")


def test_what_overturns_it_ends_every_presumption():
    """Also that of an appraisal, and of a technique before an Internet court."""
    for court in ("other", "internet"):
        reading = read(STORED, overturned=True, appraised=True, court=court, **PRESUMED)
        assert (reading.after, reading.outcome) == ("rebutted", "rebutted")


def test_internet_courts_alone_confirm_by_technique():
    """NCR 11(2) asks that the technique proves it true, and binds no other court."""
    assert read(STORED, technique_proves=True).outcome == "to_prove"
    assert read(STORED, court="internet").outcome == "to_prove"
    assert read(STORED, court="internet", technique_proves=True).outcome == "confirmed"
    with pytest.raises(UnknownName):
        Facts(court="blockchain")


def test_an_appraisal_the_court_follows_decides():
    """Either way, also against a digest that matches (19)."""
    assert read(STORED, appraised=False).outcome == "not_confirmed"
    assert "online-litigation-rules:19" in read(STORED, appraised=False).cites
    assert read(appraised=True).outcome == "confirmed"
    assert "online-litigation-rules:19" not in read(appraised=True).cites


@pytest.mark.parametrize(
    ("stated", "key"),
    [
        ({"doubtful": True}, "doubtful"),
        ({"custody": False}, "doubtful"),
        ({"original": False}, "copy"),
        ({"original": False, "comparable": False}, "copy"),
        ({"on_chain": True, "objects_before": True}, "doubtful"),
    ],
)
def test_what_cannot_carry_a_finding_alone(stated, key):
    """90, items 4 and 5: doubtful data, and copies that cannot be compared with the original."""
    reading = read(ordinary_course=True, **stated)
    assert not reading.alone
    assert keys(reading, "alone") == [key]
    assert read(ordinary_course=True, original=False, comparable=True).alone


def test_layers_by_hand():
    """Each by its own facts; a stored digest shows that it existed on that day, not before."""
    shown = {"maker_known": True, "original": True, "kept_whole": True, "time_stamped": True,
             "custody": True, "account_linked": True, "money_linked": True}  # fmt: skip
    assert {layer.state for layer in read(**shown).layers.values()} == {"shown"}
    states = {name: layer.state for name, layer in read(STORED).layers.items()}
    assert states == {"acquisition": "open", "integrity": "shown", "time": "shown",
                      "custody": "open", "link": "open"}  # fmt: skip
    for name, fact in (("acquisition", "maker_known"), ("integrity", "kept_whole"),
                       ("time", "time_fits"), ("custody", "custody"),
                       ("link", "money_linked")):  # fmt: skip
        assert read(**shown | {fact: False}).layers[name].state == "broken"
    assert tuple(read().layers) == LAYERS


@pytest.mark.parametrize(
    ("on", "stated", "outcome"),
    [
        (datetime.date(2021, 7, 31), NOTHING | {"objects_before": True}, "to_prove"),
        (datetime.date(2021, 8, 1), NOTHING | {"objects_before": True}, "not_confirmed"),
        (datetime.date(2020, 4, 30), {"archived": True}, "to_prove"),
        (datetime.date(2020, 5, 1), {"archived": True}, "presumed"),
        (datetime.date(2018, 9, 6), {"court": "internet", "technique_proves": True}, "to_prove"),
        (datetime.date(2018, 9, 7), {"court": "internet", "technique_proves": True}, "confirmed"),
    ],
)
def test_rules_apply_from_their_first_day(on, stated, outcome):
    """Online litigation 2021-08-01, evidence 2020-05-01, Internet courts 2018-09-07."""
    reading = read(STORED, on, **stated)
    assert reading.outcome == outcome
    assert (reading.after == "presumed") == (on >= datetime.date(2021, 8, 1))


@given(some_facts, st.sampled_from([DAY, datetime.date(2020, 6, 1), datetime.date(2019, 1, 1)]))
def test_every_reading_has_reasons_in_force_and_no_score(facts, on):
    """One of the known results each, an authority of that day and no number for each reason."""
    reading = read_deposit(facts, on)
    assert reading.outcome in OUTCOMES
    assert reading.after in AFTER
    assert reading.before in EARLIER
    assert [r.result for r in reading.reasons if r.about == "truth"] == [reading.outcome]
    assert {r.key for r in reading.reasons} <= REACHED.keys()
    late = ("civil-procedure-interpretation:90", "civil-procedure-law:79",
            "electronic-signature-law:8")  # fmt: skip
    assert all(in_force(c, on) for c in reading.cites if c not in late)
    assert not any(c.isdigit() for c in json.dumps(_without_cites(reading.to_json())))


def _without_cites(data):
    if isinstance(data, dict):
        return {k: _without_cites(v) for k, v in data.items() if k != "cites"}
    return [_without_cites(v) for v in data] if isinstance(data, list) else data


@given(some_facts)
def test_no_digest_turns_data_into_confirmed_data(facts):
    """A matching digest on a chain never brings `confirmed` about, and saves no forged piece."""
    without = read_deposit(replace(facts, on_chain=None, digest_matches=None), DAY)
    stored = read_deposit(replace(facts, on_chain=True, digest_matches=True), DAY)
    assert (stored.outcome == "confirmed") == (without.outcome == "confirmed")
    if without.outcome == "not_confirmed":
        assert stored.outcome == "not_confirmed"


DEPOSIT = {"on_chain": True, "digest_matches": True}
PROOFS = [DEPOSIT] + [
    {name: True}
    for name in ("deposited_at_creation", "proved_before", "explained_before", "corroborated",
                 "notarised", "against_interest", "ordinary_course", "archived", "agreed_way",
                 "technique_proves")
]  # fmt: skip


@given(some_facts, st.sampled_from(PROOFS))
@example(Facts(notarised=True, objects_before=True, **NOTHING), DEPOSIT)
@example(
    Facts(on_chain=True, digest_matches=True, objects_before=True, **NOTHING), {"notarised": True}
)
@example(Facts(court="internet", technique_proves=True, objects_before=True, **NOTHING), DEPOSIT)
def test_more_proof_never_gives_her_less(facts, proof):
    """Confirmed stays confirmed, and presumed at least presumed. A neutral platform is left out:
    under 94(1) it speaks for data it recorded, under 18 it explains nothing of what was stored."""
    facts = replace(facts, neutral_platform=None)
    ranks = {"presumed": 1, "confirmed": 2}
    less, more = (
        ranks.get(read_deposit(each, DAY).outcome, 0) for each in (facts, replace(facts, **proof))
    )
    assert more >= less


def test_facts_of_a_case_file():
    """Original, doubtful, borne out: a copy nobody could compare cannot stand alone."""
    copy = next(e for e in load_case("hypo-knowledge").evidence if not e.original)
    facts = facts_of(copy)
    assert (facts.original, facts.corroborated) == (False, True if copy.corroborated_by else None)
    assert facts.on_chain is None
    assert not read(facts).alone


OBJECTS = {"on_chain": True, "digest_matches": True, "objects_before": True}
REACHED = {
    "not-on-chain": {"on_chain": False},
    "digest-unchecked": {"on_chain": True},
    "digest-differs": {"on_chain": True, "digest_matches": False},
    "digest-matches": {"on_chain": True, "digest_matches": True},
    "overturned": {"on_chain": True, "digest_matches": True, "overturned": True},
    "factors-for": {"on_chain": True, "digest_matches": True, "objects_after": True,
                    **dict.fromkeys(CHAIN, True)},
    "factor-against": {"on_chain": True, "digest_matches": True, "objects_after": True,
                       "platform_sound": False},
    "factors-open": {"on_chain": True, "digest_matches": True, "objects_after": True},
    "proved-before": OBJECTS | {"proved_before": True},
    "explained-before": OBJECTS | {"explained_before": True},
    "asked-before": OBJECTS,
    "nothing-before": OBJECTS | NOTHING,
    "made-on-chain": OBJECTS | {"deposited_at_creation": True},
    "notarised-before": OBJECTS | {"notarised": True},
    "technique-before": OBJECTS | {"court": "internet", "technique_proves": True},
    "appraised-true": {"appraised": True},
    "appraised-false": {"appraised": False},
    "notarised": {"notarised": True},
    "notarised-overturned": {"notarised": True, "overturned": True},
    "technique": {"court": "internet", "technique_proves": True},
    "presuming": {"archived": True},
    "presuming-rebutted": {"archived": True, "rebutted": True},
    "both-halves": OBJECTS | {"proved_before": True},
    "burden": {},
    "doubtful": {"doubtful": True},
    "copy": {"original": False},
}  # fmt: skip


@pytest.mark.parametrize(("key", "stated"), REACHED.items(), ids=REACHED)
def test_each_reason_is_reached(key, stated):
    """By the facts it is for."""
    assert key in [reason.key for reason in read(**stated).reasons]


@pytest.mark.parametrize("lang", LANGS)
def test_every_key_has_words(lang):
    """Outcomes, layers, facts and reasons, no more and no less; each authority can be cited."""
    words = topic_words("evidence_deposit", lang)
    assert set(words["outcomes"]) == set(OUTCOMES)
    assert set(words["after"]) == set(AFTER)
    assert set(words["before"]) == set(EARLIER)
    assert set(words["layers"]) == set(LAYERS)
    assert set(words["facts"]) == {*FACTS, "court"}
    assert set(words["reasons"]) == set(REACHED)
    for stated in REACHED.values():
        assert all(cite(id, lang) for id in read(**stated).cites)
