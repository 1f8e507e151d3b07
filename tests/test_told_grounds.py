"""On what joint liability rests is told by role and grade, in every drawer and row.

All shipped cases in each position, every mode, both languages: lessons 01, 04 and 06.
"""

from __future__ import annotations

import re

import pytest
from staged import solved
from test_told_shares import LANGS, decided, found_in

from simlib import decide, fault, load_case
from simlib.case.load import shipped_cases
from simlib.errors import SimlibError
from simlib.figures.asked_number import Asked
from simlib.figures.joint_ground import joint_ground
from simlib.figures.number_steps import steps
from simlib.figures.row_premises import note
from simlib.law.regime import regime_for
from simlib.lessons.chain.reasons import claimed
from simlib.lessons.liability import outcomes as people
from simlib.lessons.liability.reasons import told
from simlib.lessons.outcome import Say
from simlib.widgets.stage.declared import names

HELPING = re.compile(r"第1169条(?!第2款)|art(?:icle|\.) 1169(?!\(2\))")
CAVEAT = re.compile(
    "不成立|不是第1169条|以明知为前提|问的是是否明知|假设|若依|仅作|第1168条、第1169条"
    "|not made out|does not make out|not art|no help|not its basis|not the basis"
    "|asks whether he knew|suppos|if art|assum|where article 1169 fails",
    re.IGNORECASE,
)
LINE = re.compile("[。\n]|(?<=[a-z)])\\. ")


def every_case():
    """Every shipped case, as it stands and in each of its positions."""
    for name in shipped_cases():
        case = load_case(name)
        yield from (case, *(case.at(position.id) for position in case.positions))


def careless(case, outcome):
    """Those who answer and neither knew nor acted in concert."""
    law = regime_for(case)
    return [
        id
        for id in outcome.parties
        if fault.grade(case.party(id), law).value not in ("knowing", "concert")
        and case.party(id).role != "principal"
        and outcome.parties[id].mode not in ("not_liable", "answered_for")
    ]


def told_of(case, found, mode, id, lang):
    """Every drawer of lessons 01 and 04 and every row that tells why somebody answers."""
    now, say = found.under(mode), Say("liability", lang, names("liability", lang))
    said = [note(case, now.now, id, lang)]
    for key in ("exposure", "burden", "paid"):
        said += told(now, key, id, say)[1]
        said += steps(Asked(case, found, mode, key, id, lang))
    return said


def uncaveated(said):
    """The sentences that name 1169(1) as if it were made out."""
    return [
        line
        for text in said
        for line in LINE.split(text)
        if HELPING.search(line) and not CAVEAT.search(line)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_nobody_below_knowing_is_told_1169_1_without_a_caveat(lang):
    """Neither in force, nor in a school's mode, nor because a share reaches a threshold."""
    wrong, seen = {}, 0
    for case in every_case():
        try:
            found, modes = found_in(case)
        except SimlibError:
            continue
        for mode in modes:
            for id in careless(case, found[mode]):
                seen += 1
                if bad := uncaveated(told_of(case, found, mode, id, lang)):
                    wrong.setdefault(bad[0], (case.id, mode, id))
    assert seen > 100
    assert not wrong, "\n".join(map(str, wrong.items()))[:4000]


@pytest.mark.parametrize("lang", LANGS)
def test_lesson_06_tells_nobody_below_knowing_1169_1(lang):
    """The drawer of a claim: the platform of hypo-pieces by 1195(2), as its row says."""
    wrong, seen = {}, 0
    for case in every_case():
        try:
            found = solved("chain", case)
        except (SimlibError, ValueError):
            continue
        for id in careless(found.claim, found.law):
            seen += 1
            if bad := uncaveated(claimed(found, "auto", id, lang)[1]):
                wrong.setdefault(bad[0], (case.id, id))
    assert seen > 4
    assert not wrong, "\n".join(map(str, wrong.items()))[:4000]


def ground(case, mode, id, **rules):
    """The key of what somebody's joint liability rests on."""
    return joint_ground(decide(case, mode, rules=rules), case, id)


def test_grounds_by_role_and_grade():
    """hypo-pieces: Cao knew; the platform had notice; Han was slightly careless, Miao grossly."""
    case = load_case("hypo-pieces").at("all-sued")
    assert ground(case, "auto", "cao") == ground(case, "joint", "cao") == "knowing"
    assert ground(case, "auto", "platform") == ground(case, "joint", "platform") == "enlarged"
    should_have = case.set({"platform.grade": "gross"})
    assert ground(should_have, "auto", "platform") == "after_knowledge"
    assert ground(should_have, "joint", "platform") == "after_knowledge"
    assert ground(case, "auto", "han") == ""
    assert ground(case, "joint", "han") == "supposed"
    assert ground(case, "auto", "miao", gross="joint") == "gross"
    assert ground(case, "zhou2024", "han") == "by_crime"
    assert ground(case, "threshold", "han", threshold=0.1) == "threshold"


def test_the_threshold_s_sum_is_written_out():
    """At .3 Cao owes all of 51 000 (32.43 %) and 8 000 (30 %), his share of 15 000 and 6 000."""
    case = load_case("hypo-pieces").at("all-sued")
    found = people.solve(case, {"mode": "threshold", "threshold": 0.3})
    said = told(found, "exposure", "cao", Say("liability", "zh", names("liability", "zh")))[1]
    assert "门槛30%" in said[0]
    assert "51000元＋4285.72元＋8000元＋1694.12元＝64979.84元。" in said
    assert decided(case)["threshold"].mode == "threshold"
