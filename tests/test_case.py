"""The case room: what is read is what was written, and a change is a new value."""

from __future__ import annotations

import datetime
import functools
import math
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.strategy import draws
from strategies import cases

from simlib import decide, sweep
from simlib.case import check_case, load_case, reported_rulings, shipped_cases
from simlib.case.checks import grade_of
from simlib.case.fields import Facts
from simlib.case.load import CHECKS, examine
from simlib.case.model import Case
from simlib.case.problem_places import Places, in_order, step
from simlib.case.schema import schema_text
from simlib.errors import CaseError, UnknownName, problem_line
from simlib.resources import shelf, table

REAL = "2024-lu-0302-5690"


def problems(error: CaseError) -> list[tuple[str, str]]:
    """Where and what is wrong."""
    return [(problem.path, problem.code) for problem in error.problems]


def raw_case(name: str) -> dict:
    """A shipped case as TOML gives it."""
    return tomllib.loads((shelf("cases") / name / "case.toml").read_text(encoding="utf-8"))


# what is read


def test_attributes_are_named_as_the_keys() -> None:
    """The real case, read: what was reported is there, what no court found is None."""
    case = load_case(REAL)
    zhang = case.party("zhang")
    assert (case.basis, case.loss_fen, case.claimant) == ("reported", 2_500_000, "zhao")
    assert case.acted_on == datetime.date(2022, 10, 5)
    assert case.decided_on is None
    assert [party.id for party in case.parties] == ["zhao", "principal", "zhang"]
    assert (zhang.grade, zhang.act, zhang.sued) == ("knowing", "payment", True)
    assert (zhang.fault, zhang.gain_direct_fen, zhang.limit, zhang.assets_fen) == (None,) * 4
    assert (zhang.gain_indirect_fen, zhang.professional, zhang.direct) == (0, False, False)
    assert zhang.kinds["act"] == "found"
    assert "grade" not in zhang.kinds  # inferred from the conviction, never reported as found
    assert case.criminal[0].fine_fen == 300_000
    assert case.rulings[0].form == "full"
    assert case.transfers[0].at is None


def test_a_case_may_choose_rules_of_its_own() -> None:
    """Every engine takes them as defaults; what is chosen for one decision comes first.

    Limits of 40 % and 20 % of 25 000 yuan: 15 000 added up, 10 000 where they overlap.
    """
    case = load_case("fix-1").set({"A.assets_fen": None})
    chosen = case.set({"rules.caps": "nested"})
    assert [decide(c, "partial_joint").received_fen for c in (case, chosen)] == [
        1_500_000,
        1_000_000,
    ]
    assert decide(chosen, "partial_joint", {"caps": "stack"}).received_fen == 1_500_000
    assert sweep(chosen, {"A.limit": [0.4]}, "partial_joint") == [1_000_000]
    said = {a["key"]: a["value"] for a in decide(chosen, "partial_joint").assumptions}
    assert said["rule.caps"] == "nested"
    assert chosen.set({"rules.caps": None}).rules is None
    with pytest.raises(CaseError, match="bad-choice"):
        case.set({"rules.caps": "none"})
    with pytest.raises(UnknownName, match="caps"):
        case.set({"rules.capss": "nested"})


def test_a_case_is_found_by_name_folder_or_file() -> None:
    """The three ways to name a case lead to the same case."""
    folder = shelf("cases") / REAL
    assert load_case(REAL) == load_case(folder) == load_case(str(folder / "case.toml"))


def test_an_unknown_name_suggests_the_nearest() -> None:
    """A bare name that is no shipped case, and no file either, is an unknown name."""
    with pytest.raises(UnknownName) as caught:
        load_case("fix-2")
    assert caught.value.values == {"kind": "case", "name": "fix-2", "near": "fix-1"}


def test_shipped_cases_are_sorted_and_named_by_their_ids() -> None:
    """Every folder is named as its case; the template is no case."""
    names = shipped_cases()
    assert names == sorted(names)
    assert [load_case(name).id for name in names] == names
    assert "_template" not in names
    assert {"fix-1", "hengnan-hengyang", REAL} <= set(names)


def test_each_act_of_help_has_its_hypothetical() -> None:
    """One invented case an act, each of which says so in both titles."""
    for act in ("payment", "tech", "account", "promotion"):
        case = load_case(f"hypo-{act}")
        assert act in {party.act for party in case.parties}
        assert "假设" in case.title.zh
        assert "Hypothetical" in case.title.en


@pytest.mark.parametrize("name", [*shipped_cases(), "_template"])
def test_every_case_has_its_papers(name: str) -> None:
    """Sources and expectations lie beside each case, and every position can be taken up."""
    folder = shelf("cases") / name
    case = load_case(folder)
    assert (folder / "sources.md").is_file()
    assert (folder / "expected.toml").is_file()
    assert [case.at(position.id) for position in case.positions]


@pytest.mark.parametrize("name", shipped_cases())
def test_invented_numbers_are_marked_assumed(name: str) -> None:
    """In an invented case no fact counts as found."""
    case = load_case(name)
    kinds = [kind for party in case.parties for kind in party.kinds.values()]
    if case.basis == "hypothetical":
        assert set(kinds) == {"assumed"}
    else:
        assert "found" in kinds


def test_the_twin_was_ordered_to_pay_in_full_then_a_tenth() -> None:
    """衡南 70,000, 衡阳 7,000."""
    rulings = load_case("hengnan-hengyang").rulings
    assert [(r.instance, r.amount_fen) for r in rulings] == [
        ("first", 7_000_000),
        ("appeal", 700_000),
    ]
    assert rulings[1].share == 0.1


def test_reported_rulings_carry_no_invented_number() -> None:
    """Two rulings known by their outcome: no amount and no share, and not verified."""
    full, minor = reported_rulings()
    assert full.docket == "（2024）粤07民终3798号"
    assert minor.docket == "（2023）陕05民终2371号"
    assert [(r.amount_fen, r.share, r.verified) for r in (full, minor)] == [(None, None, False)] * 2
    assert (full.loss_fen, minor.loss_fen) == (None, 2_000_000)


def test_the_schema_file_is_current() -> None:
    """`python -m simlib.case.schema` would change nothing."""
    assert (shelf("cases") / "schema.json").read_text(encoding="utf-8") == schema_text()


def test_importing_the_room_does_not_import_pydantic() -> None:
    """`simlib.case` opens its doors only when asked."""
    code = "import sys, simlib, simlib.case; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_bare_string_stands_for_both_languages(tmp_path: Path) -> None:
    """Names of courts and the like may be written once; a ruling may name one party bare."""
    text = (shelf("cases") / "fix-1" / "case.toml").read_text(encoding="utf-8")
    text += '\n[[rulings]]\ncourt = "某法院"\nform = "several"\nagainst = "A"\n'
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    ruling = load_case(tmp_path).rulings[0]
    assert (ruling.court.zh, ruling.court.en, ruling.against) == ("某法院", "某法院", ("A",))


def test_cases_compare_and_hash_by_value() -> None:
    """Two readings of one file are one case; a changed one is another."""
    assert load_case(REAL) == load_case(REAL)
    assert len({load_case(REAL), load_case(REAL), load_case("fix-1")}) == 2
    assert load_case(REAL) != load_case(REAL).set({"zhang.direct": True})


def test_facts_cannot_be_changed() -> None:
    """Kinds are a mapping that is read, never written."""
    facts = Facts({"fault": "found"})
    assert facts == {"fault": "found"}
    assert len({facts, Facts({"fault": "found"})}) == 1
    with pytest.raises(TypeError):
        facts["fault"] = "assumed"  # type: ignore[index] — that is the point


def test_unknown_party_is_refused() -> None:
    """A party who is not there is an unknown name with a suggestion."""
    with pytest.raises(UnknownName) as caught:
        load_case(REAL).party("zhan")
    assert caught.value.values == {"kind": "party", "name": "zhan", "near": "zhang"}


def test_grades_are_read_off_the_bands() -> None:
    """0 none, below .4 slight, below .7 gross, below 1 knowing, 1 concert."""
    weights = (0, 0.01, 0.39, 0.4, 0.69, 0.7, 0.99, 1)
    assert [grade_of(weight) for weight in weights] == [
        *("none", "slight", "slight", "gross", "gross", "knowing", "knowing", "concert")
    ]


# what is changed


def test_set_gives_a_new_case() -> None:
    """The old case stays as it was."""
    case = load_case(REAL)
    other = case.set({"zhang.assets_fen": 5, "loss_noneconomic_fen": 7})
    assert (case.party("zhang").assets_fen, case.loss_noneconomic_fen) == (None, 0)
    assert (other.party("zhang").assets_fen, other.loss_noneconomic_fen) == (5, 7)
    assert other.set({"zhang.assets_fen": None, "loss_noneconomic_fen": None}) == case


def test_fault_and_grade_replace_each_other() -> None:
    """Setting one clears the other, with what was noted about it."""
    case = load_case(REAL).set({"zhang.fault": 0.5})
    zhang = case.party("zhang")
    assert (zhang.fault, zhang.grade, "grade" in zhang.kinds) == (0.5, None, False)
    back = case.set({"zhang.grade": "slight"}).party("zhang")
    assert (back.fault, back.grade) == (None, "slight")


def test_causal_force_and_its_pair_replace_each_other() -> None:
    """The product of the pair and the whole are two ways to say one thing."""
    case = load_case(REAL).set({"zhang.indispensability": 0.8, "zhang.push": 0.6})
    whole = case.set({"zhang.causal_force": 0.7})
    assert whole.party("zhang").push is None
    assert whole.set({"zhang.push": 0.6}).party("zhang").causal_force is None
    assert case.set({"zhang.causal_force": None}) == case


def test_fault_and_grade_may_both_be_set_if_they_agree() -> None:
    """Fault .8 is knowing; with gross it is a contradiction."""
    case = load_case(REAL)
    both = case.set({"zhang.fault": 0.8, "zhang.grade": "knowing"}).party("zhang")
    assert (both.fault, both.grade) == (0.8, "knowing")
    with pytest.raises(CaseError) as caught:
        case.set({"zhang.fault": 0.8, "zhang.grade": "gross"})
    assert problems(caught.value) == [("parties.zhang.grade", "fault-grade-disagree")]


def test_a_changed_fact_loses_its_kind_and_source() -> None:
    """What a court found of the old value it did not find of the new; the same value keeps both."""
    case = load_case(REAL)
    assert case.set({"zhang.grade": "knowing", "loss_fen": 2_500_000}) == case
    other = case.set({"zhang.grade": "gross"}).party("zhang")
    assert (other.kinds, other.sources) == ({"act": "found"}, {"act": "paper"})
    noted = case.set({"zhang.grade": "gross", "zhang.kinds.grade": "assumed"}).party("zhang")
    assert noted.kinds["grade"] == "assumed"


def test_proof_is_set_element_by_element() -> None:
    """An element not set stays fully proved; unsetting the last leaves no record."""
    case = load_case(REAL).set({"zhang.proof.fault": 0.5})
    assert case.party("zhang").proof.fault == 0.5
    assert case.party("zhang").proof.causation == 1
    assert case.set({"zhang.proof.fault": None}) == load_case(REAL)


def test_rows_without_ids_are_set_by_number() -> None:
    """`criminal[0].restitution_paid_fen` counts from 0, as the problems do."""
    case = load_case(REAL).set(
        {"criminal[0].restitution_paid_fen": 100, "t1.amount_fen": 2_500_000}
    )
    assert case.criminal[0].restitution_paid_fen == 100


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("zhan.fault", "zhang"),
        ("zhang.falt", "zhang.fault"),
        ("zhang.proof.falt", "zhang.proof.fault"),
        ("zhang.kinds.falt", "zhang.kinds.fault"),
        ("lossfen", "loss_fen"),
        ("criminal[0].finefen", "criminal[0].fine_fen"),
        ("criminal[9].fine_fen", None),
        ("zhang.id", None),
        ("zhang.fault.x", None),
        ("parties", None),
        ("id", None),
        ("", None),
        (".", None),
    ],
)
def test_a_path_that_leads_nowhere(path: str, near: str | None) -> None:
    """It raises, with the nearest path that leads somewhere."""
    with pytest.raises(UnknownName) as caught:
        load_case(REAL).set({path: 1})
    assert caught.value.values["near"] == near


def test_all_that_is_wrong_with_a_change_is_said_at_once() -> None:
    """Fields and cross-checks together, in the order of the file."""
    with pytest.raises(CaseError) as caught:
        load_case(REAL).set({"zhang.fault": math.nan, "zhang.limit": 2, "recovered_fen": 2_500_001})
    assert problems(caught.value) == [
        ("recovered_fen", "recovered-over-loss"),
        ("parties.zhang.fault", "not-finite"),
        ("parties.zhang.limit", "above-one"),
    ]


def test_a_change_is_checked_against_the_whole_case() -> None:
    """Sums, roles and days hold after a change as they did before."""
    case = load_case(REAL)
    for changes, code in (
        ({"loss_fen": 2_400_000}, "transfers-sum"),
        ({"zhang.grade": None}, "no-fault"),
        ({"principal.role": "platform", "principal.grade": "slight"}, "no-principal"),
        ({"reported_on": datetime.date(2022, 1, 1)}, "day-order"),
        ({"decided_on": datetime.date(2022, 1, 1)}, "day-order"),
        ({"card-zhang.holder": "nobody"}, "dangling-id"),
        ({"zhang.share": 0.5}, "shares-sum"),
        ({"zhao.fault": 1}, "victim-fault-whole"),
        ({"zhang.causal_force": 0.5, "zhang.push": 0.5}, "causal-force-twice"),
    ):
        with pytest.raises(CaseError) as caught:
            case.set(changes)
        assert code in [problem.code for problem in caught.value.problems]


def test_no_fault_is_no_error_where_shares_are_stated() -> None:
    """Who is found without fault keeps his stated share in the file; the sum still holds."""
    assert load_case("fix-1").set({"A.fault": 0}).party("A").share == 0.25


def test_a_position_sets_unsets_and_marks() -> None:
    """`at` applies what the position sets and says of what kind it is; "unknown" takes away."""
    zhang = load_case(REAL).at("assumed").party("zhang")
    assert (zhang.foresight, zhang.control, zhang.indispensability, zhang.push) == (
        0.9,
        0.6,
        0.8,
        0.6,
    )
    assert zhang.kinds["push"] == "assumed"
    assert zhang.gain_direct_fen is None
    sun = load_case("hypo-payment").at("little-known").party("sun")
    assert (sun.gain_direct_fen, sun.push, sun.grade) == (None, None, "knowing")
    with pytest.raises(UnknownName) as caught:
        load_case(REAL).at("assume")
    assert caught.value.values == {"kind": "position", "name": "assume", "near": "assumed"}


# what holds whatever is written


@settings(deadline=None)  # the first example imports the room
@given(cases())
def test_a_random_case_is_a_case(case: Case) -> None:
    """The strategy's cases pass every cross-check, and an empty change changes nothing."""
    raw = case.model_dump(exclude_none=True)
    assert [finding for check in CHECKS for finding in check(raw)] == []
    assert case.set({}) == case
    assert Case.model_validate(raw) == case


@settings(deadline=None)
@given(cases(), st.integers(0, 100))
def test_a_change_checks_what_a_reading_checks(case: Case, hundredths: int) -> None:
    """What `set` accepts is what reading the changed file would accept."""
    changed = case.set({"H0.fault": hundredths / 100, "loss_noneconomic_fen": 0})
    raw = changed.model_dump(exclude_none=True)
    assert [finding for check in CHECKS for finding in check(raw)] == []
    assert changed.party("H0").fault == hundredths / 100


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(
        [0, -1, 10**30, 10**5000, 1.5, math.nan, math.inf, "", "sun", "unknown", "pool"]
    ),
    st.text(max_size=5),
    st.dates(),
    st.datetimes(),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def spots(data: object, root: tuple = ()) -> list[tuple]:
    """Every place in raw data."""
    pairs = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [spot for key, value in pairs for spot in [(*root, key), *spots(value, (*root, key))]]


@settings(max_examples=draws(300), deadline=None)
@given(st.data())
def test_check_answers_any_toml(data: st.DataObject) -> None:
    """With odd values anywhere the checks find problems and never break; none is found twice."""
    raw = raw_case(data.draw(st.sampled_from(["hypo-payment", "fix-1", REAL])))
    for spot in data.draw(st.lists(st.sampled_from(spots(raw)), min_size=1, max_size=4)):
        holder = functools.reduce(step, spot[:-1], raw)
        if step(holder, spot[-1]) is not None:
            holder[spot[-1]] = data.draw(ODD)
    case, findings = examine(raw)
    reported = in_order(findings, Places(raw))
    words = table("texts", "en", "problems.toml")
    said = [problem_line("case.toml", problem, words) for problem in reported]
    assert len(set(said)) == len(said)
    assert said or case.set({}) == case


PATHS = st.sampled_from(
    [
        "loss_fen",
        "claimant",
        "title",
        "title.zh",
        "decided_on",
        "kinds",
        "kinds.loss_fen",
        "recoveries[0].amount_fen",
        "sun.fault",
        "sun.grade",
        "sun.causal_force",
        "sun.push",
        "sun.share",
        "sun.proof",
        "sun.proof.fault",
        "sun.role",
        "sun.kinds",
        "sun.kinds.push",
        "sun.sources",
        "sun.name",
        "sun.name.en",
        "li.fault",
        "qian.loss_fen",
        "card-sun.holder",
        "t1.amount_fen",
        "t1.at",
        "criminal[0].party",
        "criminal[1].status",
    ]
)


@settings(max_examples=draws(300), deadline=None)
@given(st.dictionaries(PATHS, ODD | st.sampled_from([0.5, "knowing", "fraud", "li"]), max_size=4))
def test_set_answers_any_change(changes: dict) -> None:
    """With odd values anywhere a change gives a case or problems in words; never anything else."""
    case = load_case("hypo-payment")
    try:
        said = case.set(changes).id
    except CaseError as error:
        said = str(error)
    assert "hypo-payment" in said


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file for whatever bytes are drawn, in a folder of its own."""
    return tmp_path_factory.mktemp("drawn") / "any.toml"


@settings(max_examples=draws(200), deadline=None)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_check_answers_any_bytes(drawn: Path, data: bytes) -> None:
    """Any bytes at all give problems with places and codes, never a traceback."""
    drawn.write_bytes(data)
    case, found = check_case(drawn)
    assert case is None
    assert found


def test_another_act_takes_the_conditions_of_an_exemption_away() -> None:
    """Only technical help can be exempt; a lab that turns the act is not refused."""
    case = load_case("hypo-tech").set({"yun.exemption.verified": True})
    assert case.party("yun").exemption.verified is True
    assert case.party("yun").exemption.no_flags is None
    assert case.set({"yun.act": "account"}).party("yun").exemption is None
    assert case.set({"yun.act": "tech"}).party("yun").exemption.verified is True
    with pytest.raises(CaseError) as raised:
        case.set({"yun.act": "account", "yun.exemption.verified": True})
    assert [p.code for p in raised.value.problems] == ["exemption-not-tech"]


def test_a_shipped_case_is_read_once_as_long_as_its_file_stays_as_it_is(tmp_path, monkeypatch):
    """The same case twice; another loss in the file, another case. None has a second file."""
    assert not any("transfers_file" in raw_case(name) for name in shipped_cases())
    text = (shelf("cases") / "fix-1" / "case.toml").read_text("utf-8")
    file = tmp_path / "spare" / "case.toml"
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    monkeypatch.setattr("simlib.case.load.shelf", lambda name: tmp_path)
    before = load_case("spare")
    assert load_case("spare") is before
    file.write_text(text.replace("loss_fen = 2_500_000", "loss_fen = 2_600_000"), "utf-8")
    os.utime(file, ns=(0, 0))
    assert (before.loss_fen, load_case("spare").loss_fen) == (2_500_000, 2_600_000)
