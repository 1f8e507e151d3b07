"""Limited forms: partial joint, supplementary, the operative clause, release of one debtor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.exercise import slips
from simlib.exercise.liability.layers import LOSSES, drawn_three, known
from simlib.exercise.model import Said
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
from simlib.liability import decide
from simlib.money import times

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case

LIMITS = (20, 25, 30, 40, 50)  # per cent
TOTAL = "tort-interpretation-1:12(1)"  # the total paid never exceeds the loss


def _limited(name: str, rng: numpy.random.Generator, seed: int) -> tuple[Case, dict, int]:
    """Fraudster with some assets, one helper with a limit; the third value is what P pays."""
    loss, limit = turn(seed, LOSSES, 4), hundredths(pick(rng, LIMITS))
    paid = times(loss, pick(rng, (0.2, 0.4, 0.5, 0.8))) // THOUSAND * THOUSAND
    facts = case(name, loss, principal(assets_fen=paid), helper(limit=limit))
    values = {"loss_fen": loss, "limit_share": limit, "p_assets_fen": paid,
              "limited_fen": times(loss, limit), "rest_fen": loss - paid}  # fmt: skip
    return facts, values, paid


def partial(rng: numpy.random.Generator, seed: int) -> Draft:
    """Partial joint liability: the limit, a payment by the fraudster, the cap on the total."""
    facts, values, paid = _limited("partial", rng, seed)
    found = decide(facts, "partial_joint")
    a = found.parties["A"]
    other = {way: decide(facts, "partial_joint", {"partial_payment": way})
             for way in ("inner", "pro_rata")}  # fmt: skip
    values |= {"a_paid_fen": a.paid_fen, "received_fen": found.received_fen}
    values |= {f"{way}_fen": o.parties["A"].paid_fen for way, o in other.items()}
    limit, rest = a.exposure_fen, values["rest_fen"]
    wrong_exposure = {
        "as_joint": facts.loss_fen,
        "limit_of_rest": times(rest, values["limit_share"]),
    }
    wrong_paid = {"inner": values["inner_fen"], "pro_rata": values["pro_rata_fen"],
                  "uncapped": limit, "rest_alone": rest}  # fmt: skip
    wrong_received = {"uncapped": paid + limit, "as_joint": facts.loss_fen,
                      "inner": other["inner"].received_fen,
                      "pro_rata": other["pro_rata"].received_fen}  # fmt: skip
    steps = (
        amount("exposure", "amount", limit, wrong_exposure, "doctrine:su-li-2025", TOTAL),
        amount("paid", "collection", a.paid_fen, wrong_paid, TOTAL),
        amount("received", "collection", found.received_fen, wrong_received, TOTAL),
        choice("objection", "mode", "objection", ("objection", "several", "fairness"), "against",
               cites=("civil-code:178(3)",)),
    )  # fmt: skip
    return Draft(facts, (Said("partial.facts", values),), steps, values,
                 "full" if found.received_fen == facts.loss_fen else "short")  # fmt: skip


def supplementary(rng: numpy.random.Generator, seed: int) -> Draft:
    """Supplementary liability: after execution against the fraudster, up to the limit."""
    facts, values, paid = _limited("supplementary", rng, seed)
    found = decide(facts, "supplementary")
    owed, rest, limited = found.parties["A"].exposure_fen, values["rest_fen"], values["limited_fen"]
    values |= {"owed_fen": owed, "received_fen": found.received_fen}
    wrong = {"limit_alone": limited, "rest_alone": rest, "as_joint": facts.loss_fen,
             "limit_of_rest": times(rest, values["limit_share"])}  # fmt: skip
    wrong_received = {"uncapped": paid + limited, "as_joint": facts.loss_fen,
                      "limit_of_rest": paid + times(rest, values["limit_share"])}  # fmt: skip
    cites = ("civil-code:1198(2)", "tort-interpretation-1:14")
    steps = (
        choice("order", "mode", "after", ("after", "any", "together"), "order", cites=cites),
        amount("exposure", "amount", owed, wrong, *cites),
        amount("received", "collection", found.received_fen, wrong_received, *cites),
    )
    return Draft(facts, (Said("supplementary.facts", values),), steps, values,
                 "limit" if owed == limited else "rest")  # fmt: skip


def clause(rng: numpy.random.Generator, seed: int) -> Draft:
    """The operative part of a judgment that holds a helper partially jointly liable."""
    facts, values, _ = _limited("clause", rng, seed)
    found = decide(facts, "partial_joint")
    owed = found.parties["A"].exposure_fen
    values |= {"owed_fen": owed, "other_fen": facts.loss_fen - owed}
    rest = values["rest_fen"]
    wrong = {"as_joint": facts.loss_fen, "rest_alone": rest,
             "limit_of_rest": times(rest, values["limit_share"])}  # fmt: skip
    options = shuffled(rng, ("joint", "partial_joint", "several", "supplementary"))
    steps = (
        amount("owed", "amount", owed, wrong, TOTAL),
        choice("clause", "mode", "partial_joint", options, "clause", cites=(TOTAL,)),
        choice("rest", "document", "write" if owed < found.claim_fen else "omit",
               ("write", "omit", "ruling"), "rest", cites=("civil-procedure-law:155",)),
    )  # fmt: skip
    return Draft(facts, (Said("clause.facts", values),), steps, values)


def release(rng: numpy.random.Generator, seed: int) -> Draft:
    """520(2): one joint debtor released, his share leaves the debt of the others."""
    facts = drawn_three("release", rng, seed, (0, None, None)).set({"B.released": True})
    found = decide(facts, "joint")
    owed, bound = found.parties["A"].exposure_fen, facts.set({"B.released": False})
    gone = slips.exposure(bound, "several", "B")
    against = [c for c in found.parties["A"].recourse if c.against == "B"]
    values = known(facts) | {"gone_fen": gone, "owed_fen": owed}
    wrong = {"release_ignored": facts.loss_fen, "release_of_all": 0,
             "as_several": slips.exposure(bound, "several"),
             "equal_shares": facts.loss_fen - slips.equal_shares(bound, "B")}  # fmt: skip
    steps = (
        amount("owed", "amount", owed, wrong, "civil-code:520(2)"),
        choice("recourse", "recourse", "some" if against else "none",
               ("none", "some", "whole"), "released",
               cites=("civil-code:520(2)", "civil-code:519(2)")),
    )  # fmt: skip
    return Draft(facts, (Said("release.facts", values),), steps, values)
