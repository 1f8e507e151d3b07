"""Restitution ordered for each victim: what was paid of it, and what ranks before a civil debt."""

from __future__ import annotations

import tomllib

import pytest

from simlib import decide, sweep
from simlib.case import check_data
from simlib.case.model import Case
from simlib.liability.assets import waterfall
from simlib.resources import shelf
from tests.replay import differences, unfounded

ROWS = [
    {"party": "C", "victim": "W", "ordered_fen": 500_000, "paid_fen": 100_000},
    {"party": "A", "victim": "V", "ordered_fen": 900_000, "paid_fen": 200_000},
]


def fix_1() -> Case:
    """FIX-1 (25 000 yuan; A has 3 000, C 20 000, P nothing) with a second victim W.

    C still owes W 4 000 of the 5 000 ordered, so that 16 000 are within the claimant's reach; A
    was ordered to restore 9 000 to the claimant and paid 2 000.
    """
    raw = tomllib.loads((shelf("cases") / "fix-1" / "case.toml").read_text(encoding="utf-8"))
    raw["claimant"] = next(p["id"] for p in raw["parties"] if p["role"] == "victim")
    other = {"id": "W", "role": "victim", "name": {"zh": "吴某", "en": "Wu"}, "loss_fen": 1_000_000}
    raw["parties"].append(other)
    rows = [row | {"victim": raw["claimant"]} if row["victim"] == "V" else row for row in ROWS]
    case, problems = check_data(raw | {"reparations": rows})
    assert problems == []
    return case


def test_joint() -> None:
    """25 000 − 2 000 = 23 000 owed; A pays his 3 000, C the 16 000 left to him: 19 000."""
    out = decide(fix_1(), "joint")
    assert (out.claim_fen, out.received_fen) == (2_300_000, 1_900_000)
    assert {p: out.parties[p].paid_fen for p in ("A", "C")} == {"A": 300_000, "C": 1_600_000}
    assert differences(out.trace) == []
    assert unfounded(out.trace) == []


def test_several() -> None:
    """A's share .25 is 6 250, less the 2 000 he restored: 4 250; C's .15 is 3 750, which he can."""
    out = decide(fix_1(), "several")
    assert out.parties["A"].exposure_fen == 425_000
    assert out.received_fen == 300_000 + 375_000


def test_ordered_but_unpaid_restitution_is_not_received() -> None:
    """Without the 2 000 paid the 9 000 ordered change nothing: 25 000 are owed."""
    paid = fix_1().set({"reparations[1].paid_fen": 0})
    assert decide(paid, "joint").claim_fen == 2_500_000


def test_order_of_assets() -> None:
    """C's 20 000: 4 000 to W, 16 000 to this judgment, nothing left."""
    case = fix_1()
    found = {w.party: w for w in waterfall(case, decide(case, "joint"))}
    assert (found["C"].others_fen, found["C"].judgment_fen, found["C"].left_fen) == (
        400_000, 1_600_000, 0,
    )  # fmt: skip
    assert "own_restitution" in found["A"].notes
    assert "own_restitution" not in found["C"].notes
    assert differences(found["C"].trace) == []


@pytest.mark.parametrize("path", ["reparations[0].paid_fen", "C.assets_fen"])
def test_sweep(path: str) -> None:
    """A grid says what single decisions say."""
    values = [0, 100_000, 400_000]
    grid = sweep(fix_1(), {path: values}, "joint").tolist()
    assert grid == [decide(fix_1().set({path: v}), "joint").received_fen for v in values]
