"""From the acts to the money: what exists on the day it is needed, what that proves, what it
brings."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.errors import OutOfScope, UnknownName
from simlib.evidence.assumed import assumptions
from simlib.evidence.outcome import (
    ORDINARY,
    Asked,
    Outcome,
    Received,
    ends,
    outcomes,
    proof_of,
    received_of,
)
from simlib.evidence.piece import pieces
from simlib.evidence.request import Manner, cited
from simlib.evidence.retention import clock
from simlib.evidence.survival_of_piece import Kept, Setting, keep
from simlib.law.regime import regime_for
from simlib.procedure.proof import NONE
from simlib.procedure.regimes import chosen
from simlib.procedure.step import iso
from simlib.procedure.timeline import Line
from simlib.procedure.tracks import CRIMINAL

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.evidence.appraisal import Appraisal
    from simlib.evidence.authenticity import Reading
    from simlib.evidence.levers import Levers
    from simlib.law.regime import Regime
    from simlib.liability.assumption import Assumption

SCHEMA = "simlib.evidence/1"


@dataclass(frozen=True, slots=True)
class Trail:
    """What becomes of the proof of a case, and of the money.

    Attributes
    ----------
    case, regime, basis
        id of the case, the regime of procedure, and on what kind of authority that rests
    manner
        how she goes about it
    levers
        the paper's mandatory retention; None as today
    switches
        of the procedure, each with its value
    asked_on
        day on which the court asks for what others hold; None where it never registers the suit
    pieces
        what becomes of each piece
    proof
        chances that enough, some or nothing is proved of his knowledge at the trial; all 0 where
        no judgment comes
    outcomes
        each way it may come out
    received
        what that brings
    citations, assumptions
        as in an outcome of `decide`
    """

    case: str
    regime: str
    basis: str
    manner: Manner
    levers: Levers | None
    switches: Mapping[str, str]
    asked_on: datetime.date | None
    pieces: tuple[Kept, ...]
    proof: Mapping[str, float]
    outcomes: tuple[Outcome, ...]
    received: Received
    citations: tuple[str, ...]
    assumptions: tuple[Assumption, ...]

    def piece(self, kind: str) -> Kept:
        """Return what becomes of the first piece of a kind; KeyError if there is none."""
        for kept in self.pieces:
            if kept.piece.kind.id == kind:
                return kept
        raise KeyError(kind)

    def to_json(self) -> dict[str, object]:
        """Return the trail as plain JSON data."""
        money = self.received
        return {
            "schema": SCHEMA,
            "case": self.case,
            "regime": self.regime,
            "basis": self.basis,
            "reply": self.manner.reply,
            "place": self.manner.place,
            "preserve_on": iso(self.manner.preserve_on),
            "refuses": self.manner.refuses,
            "police": self.manner.police,
            "switches": dict(self.switches),
            "asked_on": iso(self.asked_on),
            "pieces": [kept.to_json() for kept in self.pieces],
            "proof": dict(self.proof),
            "outcomes": [outcome.to_json() for outcome in self.outcomes],
            "received_fen": {
                "expected": ends(money.expected), "low": ends(money.low), "high": ends(money.high)
            },
            "assumptions": [dict(entry) for entry in self.assumptions],
            "citations": list(self.citations),
        }  # fmt: skip


def trail(
    case: Case,
    regime: str = "stay_if_prejudicial",
    *,
    reply: str = "today",
    place: str = "local",
    preserve_on: datetime.date | None = None,
    refuses: bool = False,
    police: str = "ignore",
    levers: Levers | None = None,
    switches: Mapping[str, str] | None = None,
    sue_on: datetime.date | None = None,
    values: Mapping[str, float] | None = None,
    authentic: Mapping[str, Reading] | None = None,
    appraisal: Appraisal | None = None,
) -> Trail:
    """Return which proof exists on the day it is needed, and what that does to the money.

    1. the ordinary line of the procedure gives the day on which the court registers the suit; what
       she can prove does not move it. That day the court asks for what others hold, before it
       decides whether to stay: it must stay only if the suit cannot be decided on other proof
    2. of each piece, the chance that it still is there: by its clock, the delay of the answer, and
       who secures it first
    3. for each grade of proof the pieces may come to, the procedure again, and what she receives;
       each weighs as much as its chance. An effective judgment that finds knowledge is enough
       without any piece

    Parameters
    ----------
    regime, switches, sue_on
        as in `simlib.procedure.schedule`; the switch `proof` says what she can prove without any
        of these pieces: `file` is nothing
    reply, place, preserve_on, refuses, police
        as in `Manner`; preservation is that of evidence (民事诉讼法84), not of assets. Before the
        suit it is lifted if no suit that the court takes follows within thirty days (104(3), which
        84(3) refers to)
    levers
        the paper's mandatory retention; None as today
    values
        other values of parameters, e.g. `{"evidence.deletion_per_day": 0}`
    authentic
        piece → what `read_deposit` makes of it. A piece the court does not take as true proves
        nothing, and one on which no finding may rest alone nothing without another
    appraisal
        from `appraise`, if the case needs one: it is then no small claim (民事诉讼法166(3)), and
        the days of the appraisal lengthen the trial (民诉法解释243). What the appraiser finds is
        for `authentic` to say

    Raises
    ------
    UnknownName
        for a regime, switch, reply, place, way of the police, parameter or piece that does not
        exist
    OutOfScope
        for a suit or an application before the act, or a number outside its parameter's range
    NoRule
        on days for which we hold no limits

    References
    ----------
    civil-procedure-law:67(2), civil-procedure-law:70(1), civil-procedure-law:84,
    civil-procedure-law:104, civil-procedure-law:117, civil-procedure-law:284,
    electronic-data-rules:11

    Examples
    --------
    >>> from simlib import load_case
    >>> case = load_case("2024-lu-0302-5690")
    >>> found = trail(case, "criminal_first", values={"evidence.deletion_per_day": 0})
    >>> str(found.asked_on), round(found.piece("chat").chance, 4)
    ('2023-03-29', 0.0416)
    """
    manner = Manner(reply, place, preserve_on, refuses, police).checked()
    if preserve_on and preserve_on < case.acted_on:
        raise OutOfScope("before-the-act", day=iso(preserve_on), acted=iso(case.acted_on))
    asked = Asked(case, regime, _own(switches), sue_on, appraisal)
    law = regime_for(case).variant(values) if values else regime_for(case)
    first = asked.schedule(asked.own)
    setting = _setting(asked, manner, law, first.lines[ORDINARY])
    kept = _kept(setting, levers, first.lines[ORDINARY].judged_on, authentic or {})
    found = tuple(outcomes(asked, kept, setting.asked_on))
    return Trail(
        case.id, regime, first.basis, manner, levers, asked.switches, setting.asked_on, kept,
        proof_of(found), found, received_of(found), _citations(kept, found, appraisal),
        (*assumptions(kept, setting, levers, first), *(appraisal.assumptions if appraisal else ())),
    )  # fmt: skip


def registered_on(line: Line) -> datetime.date | None:
    """Return the day on which the suit is registered for good; None if it never is."""
    if line.admissions[-1].document != "registered":
        return None
    return [step.ends for step in line.steps if step.state == "filing"][-1]


def suits_of(line: Line) -> tuple[tuple[datetime.date, bool], ...]:
    """Return each day on which she sues, and whether the court takes that suit."""
    return tuple(
        (step.begins, step.document == "registered")
        for step in line.steps
        if step.state == "filing" and step.begins is not None
    )


def _own(switches: Mapping[str, str] | None) -> dict[str, str]:
    """Return every switch, with what she can prove without any of the pieces: nothing by default.

    The file's grade rests on the very pieces that are in question here.
    """
    values = chosen(switches)
    return values | ({"proof": NONE} if values["proof"] == "file" else {})


def _kept(
    setting: Setting,
    levers: Levers | None,
    judged_on: datetime.date | None,
    authentic: Mapping[str, Reading],
) -> tuple[Kept, ...]:
    case, law, found = setting.case, setting.law, pieces(setting.case)
    ids = [piece.id for piece in found]
    for id in authentic.keys() - set(ids):
        raise UnknownName.among("piece", id, ids)
    return tuple(
        keep(piece, clock(piece, case, levers, law), setting, judged_on, authentic.get(piece.id))
        for piece in found
    )


def _setting(asked: Asked, manner: Manner, law: Regime, line: Line) -> Setting:
    """Read the days that matter off the line on which nothing asked for is there."""
    criminal = [step for step in line.steps if step.track == CRIMINAL]
    opened = next((step.ends for step in criminal if step.state == "reported"), None)
    charged = next((step.ends for step in criminal if step.document == "indictment"), None)
    adopted = asked.regime == "coordinated" and charged is not None
    over = line.criminal_ends_on
    file_on = charged if adopted else over
    return Setting(
        asked.case, manner, law, registered_on(line), suits_of(line), opened, file_on, adopted, over
    )


def _citations(
    kept: tuple[Kept, ...], found: tuple[Outcome, ...], appraisal: Appraisal | None
) -> tuple[str, ...]:
    own = [c for each in kept for c in (*each.clock.cites, *cited(each.steps))]
    own += [c for each in kept if each.authentic for c in each.authentic.cites]
    own += appraisal.cites if appraisal else ()
    lines = [c for each in found for c in each.schedule.citations]
    return tuple(dict.fromkeys([*own, *lines]))
