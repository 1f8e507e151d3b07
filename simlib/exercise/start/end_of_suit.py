"""How a suit ended: the document, and what the law ties to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import THOUSAND, Draft, case, choice, helper, principal, turn
from simlib.law.suit import ATTRIBUTES, Ending
from simlib.law.suit import ending as ending_of

if TYPE_CHECKING:
    import numpy

# what a ground rests on beside the articles of its ending
OWN_CITES = {"unnamed": ("civil-procedure-interpretation:209(2)",)}
LOSSES = tuple(n * THOUSAND for n in (80, 90, 100, 120, 150, 180, 240))  # above any small claim
# what happened → how the suit ends
GROUNDS = {
    "unnamed": "refuse_suit",
    "interest": "dismiss_suit",
    "fault": "dismiss_claim",
    "part": "support",
    "vague": "refuse_suit",
    "agreed": "dismiss_suit",
    "causation": "dismiss_claim",
}
DOCUMENTS = ("refuse_suit", "dismiss_suit", "dismiss_claim", "support")
APPEAL = {"10": "ruling", "15": "judgment"}
COUNTED = ("in", "out")
# a suit rejected because the first one stands: nothing is made good, withdrawal opens the door
REPEATED = "agreed"
WITHDRAWN = ("civil-procedure-interpretation:247", "civil-procedure-interpretation:214(1)",
             "civil-procedure-law:148(1)")  # fmt: skip


def ending(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for a suit's ending, hearing, appeal, fee, suing again, and how a count takes it."""
    ground, loss = turn(seed, tuple(GROUNDS)), turn(seed, LOSSES, 3)
    end = ending_of(GROUNDS[ground])
    facts = case("ending", loss, principal(sued=False), helper())
    values = {
        "loss_fen": loss,
        "because_word": f"ending.because.{ground}",
        "document_word": f"option.document.{end.id}.label",
        "counted_word": f"option.counted.{_counted(end)}.label",
        "sequel_word": f"ending.sequel.{_after(end, ground)}",
        "then_word": f"ending.then.{_after(end, ground)}",
        "view_word": f"ending.view.{ground}",
    }
    shown = (Phrase("ending.facts", values), Phrase(f"ending.ground.{ground}", values))
    return Draft(facts, shown, _steps(end, ground), values, end.values["document"])


def _steps(end: Ending, ground: str) -> tuple[Step, ...]:
    says, cites = end.values, end.cites
    return (
        choice("document", "document", end.id, DOCUMENTS,
               cites=(*cites["document"], *OWN_CITES.get(ground, ()))),
        choice("merits", "document", says["merits"], ATTRIBUTES["merits"], "merits",
               cites=cites["merits"]),
        choice("appeal", "document", APPEAL[says["appeal"]], ("judgment", "ruling", "final"),
               "appeal", cites=cites["appeal"]),
        choice("cost", "document", says["fee"], ("free", "loser", "plaintiff"), "cost",
               cites=cites["fee"]),
        choice("next", "document", _after(end, ground),
               ("refile", "barred", "withdrawn", "evidence"), "next",
               cites=WITHDRAWN if ground == REPEATED else cites["again"]),
        choice("counted", "data", _counted(end), COUNTED, "counted", cites=("paper:filing",)),
    )  # fmt: skip


def _after(end: Ending, ground: str) -> str:
    """Return what she can do next."""
    return "withdrawn" if ground == REPEATED else end.values["again"]


def _counted(end: Ending) -> str:
    """Return `in` or `out`: how a count of suits "dismissed", blind to documents, takes `end`."""
    return "out" if end.id == "support" else "in"
