"""What a matching digest proves, and what it does not: rules over stated facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simlib.evidence import Facts, Reading, read_deposit
from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import (
    DECIDED_ON,
    LOSSES,
    Draft,
    case,
    choice,
    helper,
    principal,
    turn,
)

if TYPE_CHECKING:
    import numpy

STORED = Facts(on_chain=True, digest_matches=True)
SITUATIONS = {
    "plain": STORED,
    "forged": replace(STORED, objects_before=True, proved_before=False, explained_before=False,
                    corroborated=False),
    "altered": Facts(on_chain=True, digest_matches=False),
    "borne_out": replace(STORED, objects_before=True, proved_before=False, explained_before=True,
                       corroborated=True),
    "receipt": Facts(on_chain=False, digest_matches=True),
    "proved": replace(STORED, objects_before=True, proved_before=True),
    "contested": replace(STORED, objects_after=True, platform_complies=True,
                       platform_independent=False, platform_sound=True, technique_standard=True),
    "overturned": replace(STORED, overturned=True),
}  # fmt: skip
AFTER = ("presumed", "to_prove", "rebutted", "none")
BEFORE = ("none", "shown", "to_prove", "not_confirmed")
OUTCOMES = ("confirmed", "both", "presumed", "to_prove", "rebutted", "not_confirmed")
BOTH = "both-halves"  # truth before is proved, and only what came after is presumed
ALSO = {"rebutted": ("to_prove",)}  # once the presumption has fallen there is none
DEFAULT = {"after": "online-litigation-rules:16", "before": "online-litigation-rules:18"}


def matching(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask what the digest says, what is presumed after, what holds before, and the outcome."""
    name, loss = turn(seed, tuple(SITUATIONS)), turn(seed, LOSSES, 3)
    stated = SITUATIONS[name]
    found = read_deposit(stated, DECIDED_ON)
    values = {
        "loss_fen": loss,
        "after_word": f"option.since.{found.after}.label",
        "outcome_word": f"option.reading.{_outcome(found)}.label",
    }
    facts = case("matching", loss, principal(sued=False), helper())
    shown = (Phrase("matching.facts", values), Phrase(f"matching.situation.{name}", values))
    return Draft(facts, shown, _steps(stated, found), values, name)


def _steps(stated: Facts, found: Reading) -> tuple[Step, ...]:
    return (
        choice("digest", "integrity", "same" if stated.digest_matches else "differs",
               ("same", "differs", "true", "maker"), "digest"),
        choice("after", "integrity", found.after, AFTER, "since", cites=_cites(found, "after")),
        choice("before", "proof", found.before, BEFORE, "earlier", cites=_cites(found, "before")),
        choice("outcome", "proof", _outcome(found), OUTCOMES, "reading",
               also=ALSO.get(found.outcome, ()), cites=_cites(found, "truth")),
    )  # fmt: skip


def _outcome(found: Reading) -> str:
    """Return the outcome; where truth before is proved, that it is not all presumed."""
    return "both" if any(reason.key == BOTH for reason in found.reasons) else found.outcome


def _cites(found: Reading, about: str) -> tuple[str, ...]:
    """Return the articles of the reason about a question, or the one that would apply."""
    cites = (cite for reason in found.reasons if reason.about == about for cite in reason.cites)
    return tuple(dict.fromkeys(cites)) or (DEFAULT[about],)
