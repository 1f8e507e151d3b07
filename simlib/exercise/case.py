"""Lesson 01's exercises: norm, document and mode before any amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.exercise import slips
from simlib.exercise.model import Said, Step
from simlib.exercise.variant import (
    THOUSAND,
    Draft,
    amount,
    case,
    choice,
    helper,
    hundredths,
    pick,
    principal,
    shuffled,
    turn,
)
from simlib.law.modes import mode_law
from simlib.law.regime import regime
from simlib.liability import decide
from simlib.money import times

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case
    from simlib.liability import Outcome

LOSSES = tuple(n * THOUSAND for n in (10, 12, 15, 16, 20, 24, 25, 30, 36, 40, 50, 60, 80))
SHARES = (10, 15, 20, 25, 30, 35, 40)  # per cent
LOW, HIGH = (0.6, 0.7), (0.8, 0.9)  # degrees of proof, on either side of the standard
THINGS = {"card": "payment", "chat": "account"}
NORMS = ("concert", "help", "separate", "unjust", "fails")
DOCUMENTS = ("support", "dismiss_claim", "dismiss_suit")
MODES = ("joint", "several", "partial_joint", "supplementary", "none")
# which article of an outcome's citations tells the norm; the first that is there decides
TELLS = (
    ("civil-code:1168", "concert"),
    ("civil-code:1169", "help"),
    ("civil-code:1172", "separate"),
)
NORM_CITES = {
    "concert": ("civil-code:1168",),
    "help": ("civil-code:1169(1)",),
    "separate": ("civil-code:1165(1)", "civil-code:1172"),
    "fails": ("civil-code:1165(1)",),
}
MODE_CITES = {
    "joint": ("civil-code:178",),
    "several": ("civil-code:1172", "civil-code:177"),
    "none": (),
}
# views that can be argued for instead: 1169(1) for concert comes to the same; gross negligence by
# analogy to the environmental rules comes to joint liability
ALSO = {"concert": {"norm": ("help",)}, "gross": {"norm": ("help",), "mode": ("joint",)}}
ROUND = ("knowing", "slight", "concert", "none", "gross")  # of the grades
GROUNDS = ("suspicion", "fault", "unnamed", "causation", "stolen")
BY_RULING = ("suspicion", "unnamed")  # the suit fails before its merits are reached
LEVERS = {
    "gain": ("A.gain_direct_fen", (50_000, 80_000, 100_000), (200_000, 300_000)),
    "cause": ("A.causal_force", (0.2, 0.3, 0.4), (0.6, 0.7, 0.8)),
    "limit": ("A.limit", (0.2, 0.3), (0.4, 0.5)),
    "proof": ("A.proof.fault", (0.6, 0.7), (0.8, 0.9)),
}
LEVER_MODES = (
    "joint",
    "several",
    "partial_joint",
    "benefit_cap",
    "risk_benefit",
    "all_or_nothing",
)


def grade(rng: numpy.random.Generator, seed: int) -> Draft:
    """Norm, document, mode and amount for one of the five grades of fault."""
    held, thing = turn(seed, ROUND), pick(rng, tuple(THINGS))
    loss, share = turn(seed, LOSSES, 5), pick(rng, SHARES)
    shares = (None, None) if held == "none" else (hundredths(100 - share), hundredths(share))
    facts = case(
        "grade",
        loss,
        principal(sued=False, share=shares[0]),
        helper(act=THINGS[thing], grade=held, share=shares[1]),
    )
    found = decide(facts, "auto")
    norm, owed = _norm(found), found.parties["A"].exposure_fen
    values = {
        "loss_fen": loss,
        "a_share": hundredths(share),
        "p_share": hundredths(100 - share),
        "thing_word": f"thing.{thing}",
        "owed_fen": owed,
    }
    told = ["grade.facts", f"grade.evidence.{held}"]
    told += [] if held == "none" else ["grade.shares"]
    return Draft(
        facts,
        tuple(Said(key, values) for key in told),
        (*_grade_choices(held, norm, found), _grade_amount(facts, owed, norm)),
        values,
        held,
    )


def _norm(found: Outcome) -> str:
    """The norm that the outcome rests on; it fails if the helper owes nothing."""
    if not found.parties["A"].exposure_fen:
        return "fails"
    return next(n for tell, n in TELLS if any(c.startswith(tell) for c in found.citations))


def _grade_choices(held: str, norm: str, found: Outcome) -> tuple:
    mode = found.parties["A"].mode
    mode = "none" if mode == "not_liable" else mode
    document = "support" if found.parties["A"].exposure_fen else "dismiss_claim"
    also = ALSO.get(held, {})
    proof = () if norm != "fails" else ("civil-procedure-interpretation:90",)
    return (
        choice("norm", "norm", norm, NORMS, also=also.get("norm", ()), cites=NORM_CITES[norm]),
        choice("document", "document", document, DOCUMENTS, cites=proof),
        choice("mode", "mode", mode, MODES, also=also.get("mode", ()), cites=MODE_CITES[mode]),
    )


def _grade_amount(facts: Case, owed: int, norm: str) -> Step:
    knowing = facts.set({"A.grade": "knowing"})
    wrong = {
        "as_joint": slips.exposure(knowing, "joint"),
        "as_several": slips.exposure(knowing, "several"),
        "equal_shares": slips.equal_shares(knowing),
    }
    return amount("amount", "amount", owed, wrong, *NORM_CITES[norm])


def dismissal(rng: numpy.random.Generator, seed: int) -> Draft:
    """A ruling that rejects the suit against a judgment that dismisses the claim."""
    ground, loss = turn(seed, GROUNDS), turn(seed, LOSSES, 5)
    proof = {ground: pick(rng, LOW)} if ground in ("fault", "causation") else None
    facts = case(
        "dismissal",
        loss,
        principal(sued=False),
        helper(grade="none" if ground == "stolen" else "knowing", proof=proof),
    )
    found = decide(facts, "dismiss_suit" if ground in BY_RULING else "all_or_nothing")
    assert not found.parties["A"].exposure_fen
    paper = found.document
    values = {"loss_fen": loss}
    suit = paper == "ruling"
    steps = (
        choice(
            "document",
            "document",
            "dismiss_suit" if suit else "dismiss_claim",
            ("refuse_suit", "dismiss_suit", "dismiss_claim", "stay"),
            cites=_stage_cites(ground),
        ),
        choice("appeal", "document", paper, ("judgment", "ruling", "final"), "appeal",
               cites=("civil-procedure-law:171",)),
        choice("next", "document", "refile" if suit else "barred",
               ("refile", "barred", "evidence"), "next",
               cites=(f"civil-procedure-interpretation:{212 if suit else 247}",)),
        choice("fee", "document", "refund" if suit else "loser", ("refund", "loser", "half"), "fee",
               cites=("litigation-fees:8",) if suit else ("litigation-fees:29",)),
    )  # fmt: skip
    told = (Said("dismissal.facts", values), Said(f"dismissal.ground.{ground}", values))
    return Draft(facts, told, steps, values, ground)


def _stage_cites(ground: str) -> tuple[str, ...]:
    return {
        "suspicion": ("economic-crime-rules:11",),
        "unnamed": ("civil-procedure-law:122",),
        "stolen": ("civil-code:1165(1)", "civil-procedure-interpretation:90"),
    }.get(ground, ("civil-procedure-interpretation:90", "civil-procedure-interpretation:108"))


def modes(rng: numpy.random.Generator, seed: int) -> Draft:
    """One variant under joint, several, and all or nothing."""
    loss, share = turn(seed, LOSSES, 5), pick(rng, SHARES)
    back, ordered, fine = (n * THOUSAND for n in (pick(rng, (2, 4)), pick(rng, (1, 3)), 5))
    weak = turn(seed, ("fault", "none", "causation", "none"))
    degrees = {name: pick(rng, LOW if name == weak else HIGH) for name in ("fault", "causation")}
    facts = case(
        "modes",
        loss,
        principal(sued=False, share=hundredths(100 - share)),
        helper(share=hundredths(share), proof=degrees),
        recovered_fen=back,
        criminal=[{
            "party": "A", "status": "effective", "charge": "assisting", "fine_fen": fine,
            "restitution": "own-gain",
        }],
    )  # fmt: skip
    claim = decide(facts, "joint").claim_fen
    values = {
        "loss_fen": loss,
        "back_fen": back,
        "ordered_fen": ordered,
        "fine_fen": fine,
        "claim_fen": claim,
        "a_share": hundredths(share),
        "p_share": hundredths(100 - share),
        "fault_share": degrees["fault"],
        "causation_share": degrees["causation"],
        "standard_share": regime().value("proof.standard"),
        "part_fen": slips.exposure(facts, "several"),
    }
    told = tuple(Said(f"modes.{key}", values) for key in ("facts", "returns", "proof"))
    proved = bool(slips.exposure(facts, "all_or_nothing"))
    return Draft(facts, told, _mode_steps(facts, ordered, claim, degrees), values,
                 "proved" if proved else "unproved")  # fmt: skip


def _mode_steps(facts: Case, ordered: int, claim: int, degrees: dict) -> tuple:
    joint, several = (slips.exposure(facts, mode) for mode in ("joint", "several"))
    wrong_joint = {
        "as_several": several,
        "share_of_claim": slips.share_of_claim(facts),
        "ordered_deducted": slips.ordered_deducted(facts, "joint", ordered),
        "fine_deducted": slips.fine_deducted(facts, "joint"),
        "not_deducted": slips.exposure(slips.before_returns(facts), "joint"),
    }
    wrong_several = {
        "as_joint": joint,
        "joint_as_share": facts.loss_fen,
        "share_of_claim": slips.share_of_claim(facts),
        "payer_ignored": max(0, several - facts.recovered_fen),
        "equal_shares": slips.equal_shares(facts),
    }
    wrong_proof = {
        "expected_value": times(claim, min(degrees.values())),
        "standard_ignored": claim,
        "standard_missed": 0,
        "as_several": several,
        "not_deducted": facts.loss_fen,
    }
    aon = slips.exposure(facts, "all_or_nothing")
    return (
        amount("joint", "amount", joint, wrong_joint, "civil-code:1169(1)", "civil-code:178"),
        amount("several", "amount", several, wrong_several, "civil-code:1172", "civil-code:177"),
        amount("proof", "amount", aon, wrong_proof, "civil-procedure-interpretation:108"),
    )


def lever(rng: numpy.random.Generator, seed: int) -> Draft:
    """Which of two assumed facts moves the amount, under two modes."""
    loss, pair = turn(seed, LOSSES, 5), shuffled(rng, tuple(LEVERS))[:2]
    ends = {name: (pick(rng, low), pick(rng, high)) for name, (_, low, high) in LEVERS.items()}
    facts = case(
        "lever",
        loss,
        principal(sued=False),
        helper(grade=None, fault=0.8, foresight=0.8, control=0.5),
    ).set({LEVERS[name][0]: low for name, (low, _) in ends.items()})
    turned = [facts.set({LEVERS[name][0]: ends[name][1]}) for name in pair]
    amounts = {m: [slips.exposure(c, m) for c in (facts, *turned)] for m in LEVER_MODES}
    values: dict = {"loss_fen": loss}
    for place, name in zip(("first", "second"), pair, strict=True):
        values[f"{place}_said"] = Said(f"lever.move.{name}", _ends(name, *ends[name]))
    values["held_said"] = _held([name for name in LEVERS if name not in pair], ends)
    steps = []
    for place, mode in zip(("m1", "m2"), _two_modes(rng, amounts), strict=True):
        held, first, second = amounts[mode]
        values |= {f"{place}_mode": mode, f"{place}_fen": held}
        values |= {f"{place}_first_fen": first, f"{place}_second_fen": second}
        steps.append(_which(place, mode, held != first, held != second))
    return Draft(facts, (Said("lever.facts", values),), tuple(steps), values)


def _two_modes(rng: numpy.random.Generator, amounts: dict) -> tuple[str, ...]:
    """Two modes, at least one of which moves."""
    moving = pick(rng, [m for m, (held, *after) in amounts.items() if after != [held, held]])
    other = pick(rng, [m for m in amounts if m != moving])
    return shuffled(rng, (moving, other))


def _held(names: list[str], ends: dict) -> Said:
    """What stays as it is meanwhile."""
    one, two = (Said(f"lever.held.{name}", _ends(name, *ends[name])) for name in names)
    return Said("lever.held.list", {"one_said": one, "two_said": two})


def _ends(name: str, low: float, high: float) -> dict:
    unit = {"gain": "fen", "limit": "share", "proof": "share"}.get(name, "number")
    return {f"low_{unit}": low, f"high_{unit}": high}


def _which(place: str, mode: str, first: bool, second: bool) -> Step:
    key = {(True, True): "both", (True, False): "first", (False, True): "second"}
    return choice(
        place,
        "mode",
        key.get((first, second), "neither"),
        ("first", "second", "both", "neither"),
        "lever",
        cites=mode_law(mode).cites,
    )


TEMPLATES = {"grade": grade, "dismissal": dismissal, "modes": modes, "lever": lever}
