"""On what somebody's joint liability rests: an article, by role and grade, or a doctrine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib import fault
from simlib.law.regime import regime_for

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Outcome

THRESHOLD = "threshold"
GROUNDS = (
    "concert", "knowing", "minor", "enlarged", "after_knowledge", "gross", "by_crime",
    "by_school", THRESHOLD, "supposed",
)  # fmt: skip
OWN = ("knowing", "concert")  # grades with an article of their own
# how a form was found → what joint liability then rests on, whatever the grade
ROUTES = {
    "form.by-crime": "by_crime",
    "form.by-school": "by_school",
    "form.gross-joint": "gross",
    "form.helps-minor": "minor",
    "form.platform-claim": "concert",
    "form.platform-enlarged": "enlarged",
    "form.platform-after_knowledge": "after_knowledge",
}
CARELESS = {"slight": "enlarged", "gross": "after_knowledge"}  # of a platform


def joint_ground(outcome: Outcome, case: Case, party: str) -> str:
    """Return the key of what a party's joint liability rests on; empty for one who is not joint.

    1. a share that reaches a threshold, or a school's rule: no article of the Civil Code
    2. by the law in force: what the engine went by, 1169(2) for who helped a minor, 1195(2) and
       1197 for a platform
    3. knowing: 1169(1); in concert: 1168; a platform below that: 1195(2), or 1197 where it should
       have known
    4. anybody else below knowing: 1169(1) is only supposed
    """
    if outcome.mode == THRESHOLD:
        return THRESHOLD
    if outcome.parties[party].mode != "joint":
        return ""
    route = outcome.reason("form", party).rule or ""
    if route in ROUTES:
        return ROUTES[route]
    person = case.party(party)
    grade = fault.grade(person, regime_for(case)).value
    if grade in OWN:
        return grade
    return CARELESS.get(grade, "supposed") if person.role == "platform" else "supposed"
