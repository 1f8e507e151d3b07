"""Which document a court gives while a criminal case runs, and what hangs on it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import ACTED_ON, LOSSES, Draft, case, choice, helper, principal, turn
from simlib.procedure import SWITCHES, admit, moves, refile_after, schedule

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case

DOCUMENTS = ("not_accepted", "suit_dismissed", "stay", "claim_dismissed", "judgment")
JUDGED = ("claim_dismissed", "judgment")
APPEALS = {"appeal.ruling": "ruling", "appeal.judgment": "judgment", None: "none"}
NEXT = {"new": "refile", "barred": "barred", "pending": "wait"}
SMALL, SMALL_LOSSES = "small", LOSSES[:11]  # up to half the yearly wage: 50 000
LATER = datetime.timedelta(days=30)  # from the act to the suit: judged before the criminal case is


class Situation(NamedTuple):
    """How a court treats the suit, how far the criminal case is, and what she can prove.

    `track` is the procedure it is tried by; small claims are final (民事诉讼法165).
    """

    regime: str
    stage: str
    proof: str
    restitution: str
    cites: tuple[str, ...]
    track: str = "auto"


SITUATIONS = {
    "stay": Situation("stay_if_prejudicial", "investigation", "none", "none",
                      ("civil-procedure-law:153(1)", "jiumin-minutes:130")),
    "go": Situation("stay_if_prejudicial", "investigation", "enough", "none",
                    ("civil-procedure-law:122", "civil-code:1169(1)")),
    "rigid": Situation("criminal_first", "investigation", "enough", "none",
                       ("civil-procedure-law:126",)),
    "lost": Situation("parallel", "investigation", "none", "none",
                      ("civil-procedure-interpretation:90(2)",)),
    "sent": Situation("criminal_first", "reported", "enough", "none",
                      ("economic-crime-rules:11",)),
    "paid": Situation("stay_if_prejudicial", "effective", "enough", "full",
                      ("criminal-law:64", "civil-procedure-law:126")),
    "small": Situation("stay_if_prejudicial", "investigation", "enough", "none",
                       ("civil-procedure-law:122", "civil-code:1169(1)"), SMALL),
}  # fmt: skip


def document(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for the document, whether it hears the claim, the time to appeal, and what is next."""
    name = turn(seed, tuple(SITUATIONS))
    situation = SITUATIONS[name]
    loss = turn(seed, SMALL_LOSSES if situation.track == SMALL else LOSSES, 3)
    facts = _case(loss, situation)
    found = _document(facts, situation)
    values = {
        "loss_fen": loss,
        "because_word": f"document.because.{name}",
        "document_word": f"option.paper.{found}.label",
        "view_word": f"document.view.{name}",
    }
    shown = (Phrase("document.facts", values), Phrase(f"document.situation.{name}", values))
    kind = situation.track if situation.track == SMALL else found
    return Draft(facts, shown, _steps(found, _otherwise(facts, situation), situation), values, kind)


def _case(loss: int, situation: Situation) -> Case:
    effective = situation.stage == "effective"
    crime = {"party": "A", "charge": "assisting"}
    crime |= (
        {"status": "effective", "restitution": situation.restitution}
        if effective
        else {"status": "pending"}
    )
    return case("document", loss, principal(sued=False), helper(), criminal=[crime])


def _otherwise(facts: Case, situation: Situation) -> tuple[str, ...]:
    """Return what the court gives on the other readings of article 153, where that differs."""
    read = [_document(facts, situation, reading) for reading in SWITCHES["reading_153"]]
    return tuple(dict.fromkeys(found for found in read if found != read[0]))


def _document(facts: Case, situation: Situation, reading: str = SWITCHES["reading_153"][0]) -> str:
    """Return what the court gives in the end: a ruling, or the judgment its trial comes to."""
    regime, stage, proof = situation.regime, situation.stage, situation.proof
    day = ACTED_ON + LATER
    read = {"proof": proof, "reading_153": reading}
    said = admit(facts, regime, day, stage, read)
    if said.document != "registered":
        return said.document
    if said.stays:
        return "stay"
    switches = read | {"track": situation.track}
    line = schedule(facts, regime, switches=switches, sue_on=day).lines["ordinary"]
    assert situation.track in ("auto", *(step.state for step in line.steps))
    stayed = any(each.stays for each in line.admissions)  # in mid-trial
    return "stay" if stayed else line.document


def _steps(found: str, otherwise: tuple[str, ...], situation: Situation) -> tuple[Step, ...]:
    small = situation.track == SMALL
    given = [m for m in moves() if m.document == found and small == (m.source == SMALL)]
    appeal = next((m.appeal for m in given if m.appeal), None)
    again = refile_after(found) or "pending"
    law = {"new": "civil-procedure-interpretation:212",
           "barred": "civil-procedure-interpretation:247"}  # fmt: skip
    after = law.get(again, "civil-procedure-law:153(2)")
    return (
        choice("document", "document", found, DOCUMENTS, "paper", also=otherwise,
               cites=situation.cites),
        choice("merits", "document", "heard" if found in JUDGED else "unheard",
               ("unheard", "heard"), "merits"),
        choice("appeal", "document", APPEALS[appeal], ("judgment", "ruling", "none"), "term",
               cites=(("civil-procedure-law:165(1)",) if small
                      else ("civil-procedure-law:157", "civil-procedure-law:171"))),
        choice("next", "document", NEXT[again], ("refile", "barred", "wait"), "sequel",
               cites=(after,)),
    )  # fmt: skip
