"""Limited forms: partial joint, supplementary, the operative clause, release of one debtor."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simlib.exercise import usual_slips
from simlib.exercise.liability.layers import LOSSES, drawn_three, known
from simlib.exercise.model import Phrase
from simlib.exercise.usual_slips import certain
from simlib.exercise.variants import (
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
    from simlib.liability import Outcome
    from simlib.money import Fen

LIMITS = (20, 25, 30, 40, 50)  # per cent
TOTAL = "tort-interpretation-1:12(1)"  # the total paid never exceeds the loss


class Limited(NamedTuple):
    """A case of a fraudster with some assets and one helper with a limit; amounts in fen."""

    facts: Case
    limit: float
    paid: Fen
    rest: Fen

    @property
    def limited(self) -> Fen:
        """Return the limit in money [fen]."""
        return times(self.facts.loss_fen, self.limit)

    @property
    def of_rest(self) -> Fen:
        """Return the limit taken of what the fraudster leaves unpaid [fen]."""
        return times(self.rest, self.limit)

    def values(self) -> dict[str, object]:
        """Collect what the words of all exercises with a limit need."""
        return {"loss_fen": self.facts.loss_fen, "limit_share": self.limit,
                "p_assets_fen": self.paid, "limited_fen": self.limited,
                "rest_fen": self.rest}  # fmt: skip


def _limited(name: str, rng: numpy.random.Generator, seed: int) -> Limited:
    """Draw loss, limit and what the fraudster can pay."""
    loss, limit = turn(seed, LOSSES, 4), hundredths(pick(rng, LIMITS))
    paid = times(loss, pick(rng, (0.2, 0.4, 0.5, 0.8))) // THOUSAND * THOUSAND
    facts = case(name, loss, principal(assets_fen=paid), helper(limit=limit))
    return Limited(facts, limit, paid, loss - paid)


def partial(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask about partial joint liability: limit, the fraudster's payment, cap on the total."""
    drawn = _limited("partial", rng, seed)
    facts, outcome = drawn.facts, decide(drawn.facts, "partial_joint")
    limit = certain(outcome.parties["A"].exposure_fen)
    paid, received = _collected(outcome)
    other = {way: _collected(decide(facts, "partial_joint", {"partial_payment": way}))
             for way in ("inner", "pro_rata")}  # fmt: skip
    values = drawn.values() | {"a_paid_fen": paid, "received_fen": received}
    values |= {f"{way}_fen": his for way, (his, _) in other.items()}
    wrong_exposure = {"as_joint": facts.loss_fen, "limit_of_rest": drawn.of_rest}
    wrong_paid = {way: his for way, (his, _) in other.items()}
    wrong_paid |= {"uncapped": limit, "rest_alone": drawn.rest}
    wrong_received = {"uncapped": drawn.paid + limit, "as_joint": facts.loss_fen}
    wrong_received |= {way: hers for way, (_, hers) in other.items()}
    steps = (
        amount("exposure", "amount", limit, wrong_exposure, "doctrine:su-li-2025", TOTAL),
        amount("paid", "collection", paid, wrong_paid, TOTAL),
        amount("received", "collection", received, wrong_received, TOTAL),
        choice("objection", "mode", "objection", ("objection", "several", "fairness"), "against",
               cites=("civil-code:178(3)",)),
    )  # fmt: skip
    return Draft(facts, (Phrase("partial.facts", values),), steps, values,
                 "full" if received == facts.loss_fen else "short")  # fmt: skip


def _collected(outcome: Outcome) -> tuple[Fen, Fen]:
    """Return what A pays and what the plaintiff receives [fen]."""
    return certain(outcome.parties["A"].paid_fen), certain(outcome.received_fen)


def supplementary(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask about supplementary liability: after execution, up to the limit, all to be recovered."""
    drawn = _limited("supplementary", rng, seed)
    facts, paid, limited = drawn.facts, drawn.paid, drawn.limited
    outcome = decide(facts, "supplementary")
    a, received = outcome.parties["A"], certain(outcome.received_fen)
    owed, borne = certain(a.exposure_fen), certain(a.burden_fen)
    values = drawn.values() | {"owed_fen": owed, "received_fen": received}
    wrong = {"limit_alone": limited, "rest_alone": drawn.rest, "as_joint": facts.loss_fen,
             "limit_of_rest": drawn.of_rest}  # fmt: skip
    wrong_received = {"uncapped": paid + limited, "as_joint": facts.loss_fen,
                      "limit_of_rest": paid + drawn.of_rest}  # fmt: skip
    cites = ("civil-code:1198(2)", "tort-interpretation-1:14(1)")
    steps = (
        choice("order", "mode", "after", ("after", "any", "together"), "order", cites=cites),
        amount("exposure", "amount", owed, wrong, *cites),
        amount("received", "collection", received, wrong_received, *cites),
        amount("back", "recourse", certain(a.paid_fen) - borne,
               {"borne_himself": borne, "rest_alone": drawn.rest}, cites[0]),
    )  # fmt: skip
    return Draft(facts, (Phrase("supplementary.facts", values),), steps, values,
                 "limit" if owed == limited else "rest")  # fmt: skip


def clause(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for the operative part of a judgment on partial joint liability."""
    drawn = _limited("clause", rng, seed)
    facts, outcome = drawn.facts, decide(drawn.facts, "partial_joint")
    owed, claim = certain(outcome.parties["A"].exposure_fen), outcome.claim_fen
    values = drawn.values() | {"owed_fen": owed, "other_fen": facts.loss_fen - owed}
    wrong = {"as_joint": facts.loss_fen, "rest_alone": drawn.rest,
             "limit_of_rest": drawn.of_rest}  # fmt: skip
    options = shuffled(rng, ("joint", "partial_joint", "several", "split", "supplementary"))
    steps = (
        amount("owed", "amount", owed, wrong, TOTAL),
        choice("clause", "mode", "partial_joint", options, "clause", cites=(TOTAL,)),
        choice("rest", "document", "write" if owed < claim else "omit",
               ("write", "omit", "ruling"), "rest", cites=("civil-procedure-law:155",)),
    )  # fmt: skip
    return Draft(facts, (Phrase("clause.facts", values),), steps, values)


def release(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask about 520(2): a released debtor's share leaves the others' debt."""
    facts = drawn_three("release", rng, seed, (0, None, None)).set({"B.released": True})
    outcome = decide(facts, "joint")
    owed = certain(outcome.parties["A"].exposure_fen)
    bound = facts.set({"B.released": False})
    parts = decide(bound, "several").parties
    gone = certain(parts["B"].exposure_fen)
    against = [c for c in outcome.parties["A"].recourse if c.against == "B"]
    values = known(facts) | {"gone_fen": gone, "owed_fen": owed}
    wrong = {"release_ignored": facts.loss_fen, "release_of_all": 0,
             "as_several": certain(parts["A"].exposure_fen),
             "equal_shares": facts.loss_fen - usual_slips.equal_shares(bound, "B")}  # fmt: skip
    steps = (
        amount("owed", "amount", owed, wrong, "civil-code:520(2)"),
        choice("recourse", "recourse", "some" if against else "none",
               ("none", "some", "whole"), "released",
               cites=("civil-code:520(2)", "civil-code:519(2)")),
    )  # fmt: skip
    return Draft(facts, (Phrase("release.facts", values),), steps, values)
