"""What is proved of each defendant, whose part waits, and that more proof never brings her less.

The grid is worked out by `by_the_words`, which knows only the articles: it looks at one man, his
own criminal document and her own evidence, and at nothing of `simlib.procedure`.
"""

from __future__ import annotations

import datetime
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simlib import decide, load_case
from simlib.interval import high_end, low_end
from simlib.procedure import REGIMES, SWITCHES, admit, received, schedule
from simlib.procedure.proof import must_wait, own_proof, proof_of
from simlib.procedure.regimes import chosen
from simlib.text import LANGS, words
from tests.test_procedure import dated, day, ends

LEVELS = ("none", "some", "enough")
FIRST = datetime.date(2024, 1, 31)
FAULT = {"slight": 0.3, "gross": 0.5, "knowing": 0.8}
CHARGES = {"assisting": True, "concealing": True, "fraud": True, "other": False}
READINGS = SWITCHES["reading_153"]
ON_FILE = ("trial", "appeal_period", "second_criminal")


def by_the_words(grade, entry, regime, stage, adopted, own):
    """What is proved of one man: 民诉法解释93(1)(5) for his own conviction, 108 for her evidence.

    `entry` is his criminal case: (status, charge, finds), or None; `own` what her evidence can do.
    """
    if entry is not None and entry[0] in ("pending", "effective"):
        status, charge, finds = entry
        knew = "knowing" in finds if finds is not None else CHARGES[charge]
        documents = {"indictment": ON_FILE, "first_judgment": ON_FILE[1:], "effective": ()}
        if knew and (
            stage == "effective" or regime == "coordinated" and stage in documents[adopted]
        ):
            return "enough"
    reach = {"knowing": "enough", "slight": "some", "gross": "some", "none": "none"}[grade]
    return min(own, reach, key=LEVELS.index)


def waits_by_the_words(entry, stage, told):
    """Whether the suit against one man must rest on his own criminal case, by `proof_needed`.

    民事诉讼法153(1)(5) speaks of another case whose result is needed: there is one while his own is
    open and may find that he knew, and it is needed while she cannot prove that. Nobody knows yet
    that he will not be prosecuted: his charge counts until then.
    """
    if entry is None or stage == "effective" or told == "enough":
        return False
    status, charge, finds = entry
    if status in ("pending", "effective") and finds is not None:
        return "knowing" in finds
    return CHARGES[charge]


def two(feng="gross", chen="knowing", **changes):
    """Feng and Chen before one court; Chen's case comes first in the file."""
    grades = {"feng": feng, "chen": chen}
    facts = {
        f"{who}.{key}": value
        for who, grade in grades.items()
        for key, value in (("grade", grade), ("fault", FAULT[grade]), ("assets_fen", None))
    }
    days = {"reported_on": FIRST, "filed_on": None, "decided_on": None}
    return load_case("hypo-account").set(facts | days | changes)


# --- the grid: one man at a time


ENTRIES = [
    None,
    *product(
        ("pending", "effective", "not-prosecuted"), CHARGES, (None, ("act",), ("knowing", "act"))
    ),
]


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_proof_of_one_defendant_is_read_off_his_own_case(entry):
    """Every grade, regime, stage, document of adoption and level, beside one who is convicted."""
    for grade in FAULT:
        status = "none" if entry is None else entry[0]
        case = two(feng=grade).set({"criminal[1].status": status})
        if entry is not None:
            case = case.set({"criminal[1].charge": entry[1], "criminal[1].finds": entry[2]})
        feng = case.party("feng")
        for regime, stage, adopted, own in product(
            ("stay_if_prejudicial", "coordinated"), ("investigation", *ON_FILE, "effective"),
            SWITCHES["evidence_adopted_from"], LEVELS,
        ):  # fmt: skip
            switches = chosen({"evidence_adopted_from": adopted, "proof": own})
            told = proof_of(case, feng, regime, stage if entry else None, switches)
            assert told == by_the_words(grade, entry, regime, stage, adopted, own)
            held = must_wait(case, feng, regime, stage if entry else None, switches)
            assert held == waits_by_the_words(entry, stage, told)


@pytest.mark.parametrize("level", ["file", *LEVELS])
@pytest.mark.parametrize("regime", REGIMES)
def test_one_man_s_case_moves_nothing_proved_of_another(regime, level):
    """Chen convicted, charged, let go or of unknown grade: Feng's part stays what it is."""
    asked = {"switches": {"proof": level}, "sue_on": day("2026-03-01")}
    parts = []
    for change in (
        {}, {"criminal[0].charge": "fraud"}, {"criminal[0].finds": ("act",)}, {"chen.grade": None},
        {"criminal[0].effective_on": day("2025-01-01"), "criminal[0].on": day("2024-12-01")},
    ):  # fmt: skip
        line = schedule(two(**change), regime, **asked).lines["ordinary"]
        parts.append(next(part for part in line.parts if part.party == "feng"))
    assert set(parts) == {parts[0]}
    assert parts[0].proved != "enough"


def test_hypo_account_by_hand():
    """Chen convicted, Feng not prosecuted: 5 504.85 of Feng, by his own grade, and what Chen has.

    .5 × √(.4 × .3) = .173205 of 1 + .173205 + .4: .110097 of 50 000 yuan.
    """
    case = load_case("hypo-account")
    line = schedule(case, switches={"proof": "file"}).lines["ordinary"]
    assert [(p.party, p.proved, p.by) for p in line.parts] == [
        ("feng", "some", "own"), ("chen", "enough", "judgment"),
    ]  # fmt: skip
    unlimited = case.set({"chen.assets_fen": 0})
    assert received(unlimited, schedule(unlimited).lines["ordinary"]) == 550_485


def test_hypo_tech_by_hand():
    """The fraudster's conviction says nothing of the two companies; he is not heard (退赔全部).

    The technology company knew by her own proof; the cloud company stays grossly negligent.
    """
    case = load_case("hypo-tech")
    line = schedule(case).lines["ordinary"]
    assert line.admissions[0].barred == ("wu",)
    assert [(p.party, p.proved, p.by) for p in line.parts] == [
        ("keji", "enough", "own"), ("yun", "some", "own"),
    ]  # fmt: skip
    bare = schedule(case, switches={"proof": "none"}).lines["ordinary"]
    assert (bare.document, received(case, bare)) == ("claim_dismissed", 0)


@pytest.mark.parametrize("level", ["file", *LEVELS])
def test_the_fraudster_s_intent_is_no_question_of_the_level(level):
    """That there was fraud is taken as proved; the level is asked of helpers alone.

    Wu is sued on 2 July 2023, while his case is open, and judged in three months, by 9 October: he
    answers whatever is proved of the two companies. Of his 50 000 yuan none is gone at leak 0, and
    the technology company has 200 000: Wu alone pays where nothing is proved of it, both where it
    is proved to have known, and its share comes on top where it is proved careless.
    """
    case = load_case("hypo-tech")
    asked = schedule(case, switches={"proof": level}, sue_on=day("2023-07-02"))
    line = asked.lines["ordinary"]
    assert (line.document, str(line.judged_on)) == ("judgment", "2023-10-09")
    proved = {part.party: (part.proved, part.by) for part in line.parts}
    assert proved.pop("wu") == ("enough", "premise")
    most = high_end(received(case, line, 0))
    assert (most == 5_000_000, most >= 25_000_000) == (level == "none", level in ("file", "enough"))


def test_the_file_and_the_level_it_comes_to_are_one():
    """The file says the technology company knew and the cloud company was grossly careless.

    「足够」 proves of each what the file says of it, no more: the same documents, days and money.
    """
    case, on = load_case("hypo-tech"), day("2023-07-02")
    for regime in REGIMES:
        told = [schedule(case, regime, switches={"proof": level}, sue_on=on)
                for level in ("file", "enough")]  # fmt: skip
        assert told[0].lines == told[1].lines


def test_without_a_case_that_may_find_it_there_is_nothing_to_wait_for_by_hand():
    """Han, slightly careless, was never charged with anything: dismissed at once, if so it must be.

    Lost on 5 June 2024, sued a month later, registered on 12 July, three months: 12 October. That
    Cao is tried meanwhile moves nothing of it, and no proof makes of Han more than the file says.
    """
    case = load_case("hypo-pieces")
    found = {}
    for level in ("file", *LEVELS):
        line = schedule(case, switches={"proof": level}, sue_on=day("2024-07-05")).lines["ordinary"]
        assert str(line.judged_on) == "2024-10-12"
        found[level] = line.document, line.parts[0].proved
    lost, share = ("claim_dismissed", "none"), ("judgment", "some")
    assert found == {"file": share, "none": lost, "some": share, "enough": share}


def test_a_judgment_that_does_not_name_her_proves_knowledge_in_general():
    """Said of whoever is convicted, in words; not where it names her."""
    case = two(**{"criminal[0].finds": ("knowing", "act")})
    for found, general in ((("knowing", "act"), True), (("knowing", "act", "victim"), False)):
        told = schedule(case.set({"criminal[0].finds": found}), sue_on=day("2026-03-01"))
        assert [p.general for p in told.lines["ordinary"].parts] == [False, general]
        said = [e.get("party") for e in told.assumptions if e["key"].endswith("general-finding")]
        assert said == (["chen"] if general else [])


def test_a_grade_nobody_knows_becomes_knowing_by_no_level():
    """Of unknown grade, not prosecuted: nothing is proved, whatever she can prove of others."""
    case = two()
    feng = case.party("feng").model_copy(update={"grade": None, "fault": None})
    assert [own_proof(case, feng, chosen({"proof": p})) for p in LEVELS] == ["none"] * 3


# --- whose part waits, by reading


@pytest.mark.parametrize(
    ("reading", "investigated", "tried"),
    [
        ("proof_needed", True, True),
        ("burden", False, False),
        ("preliminary_only", False, False),
        ("another_case", False, True),
    ],
)
def test_readings_of_153_by_hand(reading, investigated, tried):
    """Without proof: stayed under (a); never under (b), (c); under (d) from the indictment on."""
    case, on = dated(), day("2024-03-01")
    asked = {"reading_153": reading, "proof": "none"}
    for stage, waits in (("investigation", investigated), ("trial", tried)):
        said = admit(case, "stay_if_prejudicial", on, stage, asked)
        assert (said.stays, bool(said.waits)) == (waits, waits)
        assert (
            admit(case, "stay_if_prejudicial", on, stage, asked | {"proof": "enough"}).waits == ()
        )
        some = admit(case, "stay_if_prejudicial", on, stage, asked | {"proof": "some"})
        assert (some.stays, bool(some.waits)) == (False, waits)


def test_the_burden_ends_it_for_good_by_hand():
    """(b): tried in three months on 7 April, while the criminal trial runs, and dismissed."""
    line = schedule(dated(), switches={"reading_153": "burden"}).lines["ordinary"]
    assert (line.document, str(line.judged_on)) == ("claim_dismissed", "2024-04-07")


@pytest.mark.parametrize("reading", READINGS)
def test_every_reading_has_words(reading):
    """In both languages, for the engine and for the knob of the lesson."""
    for lang in LANGS:
        assert words("procedure", f"switches.reading_153.options.{reading}", lang)
        assert words("procedure_lesson", f"knob.reading_153_is.{reading}", lang)


def test_who_need_not_wait_is_judged_first_by_hand():
    """Feng, careless and never charged: on 7 May 2024. Chen when his case has ended.

    Reported on 31 January 2024, opened and arrested on 7 February: 7 April, 7 May, 7 July, 17 July.
    Registered on 7 February, three months; the rest three months from 17 July.
    """
    first = day("2024-02-07")
    days = {"criminal[0].opened_on": first, "criminal[0].arrested_on": first}
    case = two(**days, **{"criminal[1].status": "none"})
    line = schedule(case, sue_on=FIRST).lines["ordinary"]
    feng, chen = line.parts
    assert line.document == "partial_judgment"
    assert (feng.proved, feng.left, str(line.judged_on)) == ("some", False, "2024-05-07")
    assert (chen.proved, chen.left, str(chen.rest_on)) == (None, True, "2024-10-17")
    assert ends(line, "civil")[-2:] == [("rest", "2024-10-17"), ("enforcement", "2024-11-22")]
    assert received(case, line, 0) == high_end(decide(case, "auto").received_fen)


def test_restitution_ordered_while_the_rest_is_tried_ends_it_by_hand():
    """As an order in mid-suit does (民诉法解释208(3)): also where evidence was adopted before it.

    Lost and reported on 5 October 2022, sued a month later: his share on 12 February 2023. The
    criminal court judges on 12 March, so that under `coordinated` the rest is tried to 12 June; its
    judgment, that orders the whole restored, is in effect on 22 March: the rest is dismissed then,
    as by the law as written. By the other reading of restitution it is judged on 12 June.
    """
    case = load_case("2024-lu-0302-5690").set({"zhang.assets_fen": 2_500_000})
    asked = {"proof": "some", "disposition": "full"}
    for regime in ("stay_if_prejudicial", "coordinated"):
        line = schedule(case, regime, switches=asked, sue_on=day("2022-11-05")).lines["ordinary"]
        part = line.parts[0]
        assert (str(line.judged_on), part.proved, part.left) == ("2023-02-12", "some", True)
        assert (str(part.rest_on), part.rest, part.rest_final_on) == ("2023-03-22", None, None)
        assert high_end(received(case, line, 0.05)) == 1_029_412  # 7/17 of 25 000 yuan
    read = asked | {"restitution_bars": "completed"}
    told = schedule(case, "coordinated", switches=read, sue_on=day("2022-11-05"))
    assert str(told.lines["ordinary"].parts[0].rest_on) == "2023-06-12"


def test_a_court_does_not_know_yet_that_nobody_will_be_prosecuted_by_hand():
    """Deng, careless by the file, is investigated for 帮信 when she sues on 10 October 2025.

    Registered on the 17th, three months: 17 January 2026, his share. He is let go on 10 February,
    and the rest tried in three months to 10 May: carelessness is still all that is proved. In the
    longest line the trial of six months and six runs past that day: one judgment.
    """
    case = load_case("hypo-knowledge")
    told = schedule(case, switches={"proof": "some"}, sue_on=day("2025-10-10"))
    line = told.lines["ordinary"]
    assert (line.document, str(line.judged_on)) == ("partial_judgment", "2026-01-17")
    part = line.parts[0]
    assert (part.proved, part.left, part.rest) == ("some", True, "some")
    rest = next(step for step in line.steps if step.state == "rest")
    assert (rest.document, str(rest.ends)) == ("claim_dismissed", "2026-05-10")
    assert told.lines["longest"].document == "judgment"
    for later in ({"reading_153": "burden"}, {"reading_153": "another_case"}):
        asked = schedule(case, switches={"proof": "some"} | later, sue_on=day("2025-10-10"))
        assert asked.lines["ordinary"].document == "judgment"
    after = schedule(case, switches={"proof": "some"}, sue_on=day("2028-09-10"))
    assert after.lines["ordinary"].document == "judgment"  # nothing is left to wait for


# --- more proof never brings her less


# The closed list of what does not hold to it: article, reading, and a hand example below.
EXCEPTIONS = {
    "insolvent": ("civil-code:1172", "any",
                  "a share shrinks beside another who cannot pay or is not sued"),
    "rest-late": ("civil-procedure-law:156", "proof_needed or another_case, in parallel",
                  "the rest stays at first instance while a dismissal is mended on appeal"),
    "ordered": ("civil-procedure-interpretation:208", "restitution_bars=ordered",
                "a faster criminal case: restitution of the whole, ordered before the judgment"),
}  # fmt: skip


def levels(case, regime, switches, leak, sue_on=None):
    """Level of proof → line → what she receives, and by which document."""
    found = {}
    for level in LEVELS:
        told = schedule(case, regime, switches={**switches, "proof": level}, sue_on=sue_on)
        found[level] = {n: (received(case, line, leak), line.document)
                        for n, line in told.lines.items()}  # fmt: skip
    return found


def falls(found):
    """Each line on which more proof brings less: line, and both documents."""
    for less, more in zip(LEVELS, LEVELS[1:], strict=False):
        for name in found[less]:
            (before, was), (after, now) = found[less][name], found[more][name]
            if low_end(after) < low_end(before) or high_end(after) < high_end(before):
                yield name, was, now


WHO = st.fixed_dictionaries({
    "grade": st.sampled_from(list(FAULT)),
    "status": st.sampled_from(["none", "pending", "effective", "not-prosecuted"]),
    "arrest": st.integers(0, 400),
    "trial": st.one_of(st.none(), st.integers(0, 300)),
})  # fmt: skip


def cast(feng, chen, feng_sued, assets):
    """A case of Feng and Chen as drawn."""
    changes = {"feng.sued": feng_sued}
    for row, (who, one) in enumerate((("chen", chen), ("feng", feng))):
        changes[f"criminal[{row}].status"] = one["status"]
        changes[f"criminal[{row}].charge"] = "assisting"
        changes[f"{who}.assets_fen"] = assets
        if one["status"] in ("pending", "effective"):
            arrested = FIRST + datetime.timedelta(one["arrest"])
            changes[f"criminal[{row}].arrested_on"] = arrested
            if one["trial"] is not None:
                changes[f"criminal[{row}].on"] = arrested + datetime.timedelta(one["trial"])
    return two(feng["grade"], chen["grade"], **changes)


# every switch but the level of proof itself, and what was ordered, which is a fact of the case
CHOSEN = st.fixed_dictionaries({
    name: st.sampled_from(options)
    for name, options in SWITCHES.items() if name not in ("proof", "disposition")
})  # fmt: skip
CARELESS = {"grade": "gross", "status": "pending", "arrest": 60, "trial": None}
LET_GO = {"grade": "knowing", "status": "not-prosecuted", "arrest": 0, "trial": None}


@settings(deadline=None, max_examples=60)
@example(  # he whom the file calls careless may yet be convicted: his part under 1169 waits too
    LET_GO, CARELESS, True, None, "stay_if_prejudicial", {"suspect": "found"}, 0, 20
)
@given(
    WHO, WHO, st.booleans(), st.sampled_from([None, 100_000, 1_500_000]),
    st.sampled_from(REGIMES), CHOSEN, st.sampled_from([0, 0.05, 0.2]), st.integers(0, 500),
)  # fmt: skip
def test_more_proof_never_brings_her_less(feng, chen, both, assets, regime, switches, leak, wait):
    """Under every regime and reading, but for the closed list.

    The means of two defendants are unlimited here: the first exception needs one without.
    """
    case = cast(feng, chen, both, None if both else assets)
    sued = FIRST + datetime.timedelta(wait)
    for name, was, now in falls(levels(case, regime, switches, leak, sued)):
        assert (regime, name, was, now) == (
            "parallel", "longest", "final_judgment", "partial_judgment"
        )  # fmt: skip


def test_exception_insolvent_by_hand():
    """Feng answers by shares beside Chen, who has nothing: Chen proved gross takes of Feng's share.

    Weights: principal 1, Feng .173205, Chen .5 × .5 = .25 once careless. Feng alone: .173205 of
    1.173205 of 50 000 is 7 381.71; beside Chen .173205 of 1.423205: 6 085.04. Chen pays nothing.
    """
    case = two("gross", "gross", **{
        "chen.assets_fen": 0, "criminal[0].status": "none", "criminal[1].status": "none",
    })  # fmt: skip
    unproved = case.set({"chen.proof.fault": 0})
    before, after = (received(c, schedule(c, "parallel").lines["ordinary"])
                     for c in (unproved, case))  # fmt: skip
    assert (before, after) == (738_171, 608_504)


def test_exception_rest_late_by_hand():
    """Nothing proved: dismissed on 7 May 2024, judged whole on appeal on 22 August. Some: in part.

    Effective on 8 June; four months to 8 October, fifteen days, three months: 23 January 2025. With
    10 000 yuan, five per cent a month: 1 000 000 × .95 ^ (235 / 30.4375) = 672 991 fen on 22
    August, and later less of what is not collected yet.
    """
    days = {"criminal[0].on": day("2024-05-29"), "criminal[0].effective_on": day("2024-06-08")}
    case = dated(**days, **{"zhang.assets_fen": 1_000_000})
    track = {"track": "simplified"}
    lines = {p: schedule(case, "parallel", switches=track | {"proof": p}).lines["longest"]
             for p in LEVELS[:2]}  # fmt: skip
    assert lines["none"].document == "final_judgment"
    assert str(lines["some"].parts[0].rest_final_on) == "2025-01-23"
    least, more = (received(case, lines[p]) for p in LEVELS[:2])
    assert least == 672_991
    assert low_end(more) < high_end(more) == least  # of his share nobody knows how much it is


def test_exception_ordered_by_hand():
    """She proves all herself, registered on 7 January 2024, three months: 7 April. In effect on 8
    June the order comes after her judgment; on 20 March before it, and the suit is dismissed.
    """
    found = {}
    for effective in ("2024-03-20", "2024-06-08"):
        for read in ("ordered", "completed"):
            case = dated(**{"criminal[0].on": day("2024-03-05"),
                            "criminal[0].effective_on": day(effective)})  # fmt: skip
            asked = {"proof": "enough", "disposition": "full", "restitution_bars": read}
            line = schedule(case, switches=asked).lines["ordinary"]
            found[effective, read] = (line.document, str(line.judged_on), received(case, line, 0))
    judged = ("judgment", "2024-04-07", 2_500_000)
    assert found == {
        ("2024-03-20", "ordered"): ("suit_dismissed", "None", 0),
        ("2024-03-20", "completed"): judged,
        ("2024-06-08", "ordered"): judged,
        ("2024-06-08", "completed"): judged,
    }


def test_the_page_names_the_exceptions():
    """Under what the model does not do, in both languages, each with its article."""
    from simlib.resources import shelf

    for lang, mark, articles in (
        ("zh", "少拿的", ("第1172条", "第156条")),
        ("en", "less money in two", ("art. 1172", "art. 156")),
    ):
        page = (shelf("course") / lang / "07-procedure.ipynb").read_text("utf-8")
        said = next(line for line in page.splitlines() if mark in line
                    and "1172" in line)  # fmt: skip
        assert all(article in said for article in articles)
        third = ("第208条", "第17条") if lang == "zh" else ("art. 208(3)", "art. 17")
        assert any(all(article in line for article in third) for line in page.splitlines())
        assert len(EXCEPTIONS) == 3
