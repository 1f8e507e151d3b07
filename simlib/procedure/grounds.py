"""The grounds on which a suit is taken or refused: each with what it comes to and its authority."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.procedure.known_days import entry_of
from simlib.procedure.proof import NONE, proof_at
from simlib.procedure.tracks import OPEN
from simlib.restitution.claimant import victims

if TYPE_CHECKING:
    from simlib.case.model import Case, Party

RENUMBERED = datetime.date(2022, 1, 1)  # article 150 of the procedure law became 153
REPLY = datetime.date(2013, 10, 21)  # 法〔2013〕229号: no suit beside restitution
COULD_SUE = datetime.date(2015, 1, 18)  # until then she could sue for what restitution left unpaid


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground.

    Attributes
    ----------
    key
        its name in `texts/*/procedure.toml`
    holds
        whether it holds; None where the file leaves it open
    cites, basis
        on what authority
    contested
        whether courts or writers disagree on it
    """

    key: str
    holds: bool | None
    cites: tuple[str, ...]
    basis: str
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A suit as a court sees it: the case, the regime, the day, the stage, every switch."""

    case: Case
    regime: str
    on: datetime.date
    stage: str
    switches: Mapping[str, str]


def grounds(asked: Asked) -> tuple[Ground, ...]:
    """Weigh every ground; which of them decides is for the regime to say."""
    return (*_conditions(asked), _criminal_case(asked), *_restitution(asked), _owner(asked),
            _mass_crime(asked), _others_only(asked), _prejudicial(asked))  # fmt: skip


def defendants(case: Case) -> tuple[Party, ...]:
    """Return who is sued, in file order."""
    return tuple(p for p in case.parties if p.sued and p.role != "victim")


def suspects(case: Case) -> tuple[str, ...]:
    """Return the defendants against whom there is, or was, a criminal case, and any principal.

    The fraudster is a suspect before anybody opens a case against him.
    """
    begun = {e.party for e in case.criminal if e.status not in (None, "none")}
    return tuple(p.id for p in defendants(case) if p.id in begun or p.role == "principal")


def ordered(asked: Asked) -> dict[str, str | None]:
    """Return what restitution the judgments in effect ordered for her: defendant → order.

    None where the file does not say. A choice of the reader takes the place of the order against
    whom the criminal case is about, and of all defendants where there is none.
    """
    if asked.stage != "effective":
        return {}
    sued = [p.id for p in defendants(asked.case)]
    entry, choice = entry_of(asked.case), asked.switches["disposition"]
    done = [e for e in asked.case.criminal if e.status == "effective"]
    orders: dict[str, str | None] = {e.party: e.restitution for e in done}
    if choice != "case":
        orders |= dict.fromkeys([entry.party] if entry else sued, choice)
    return {party: order for party, order in orders.items() if party in sued}


def _conditions(asked: Asked) -> tuple[Ground, ...]:
    """The four conditions of a suit: a direct interest, a definite defendant, a claim, the court's
    competence."""
    cites = ("civil-procedure-law:122", "civil-procedure-interpretation:208")
    return (
        Ground("direct_interest", True, cites[:1], "law in force"),
        Ground("definite_defendant", bool(defendants(asked.case)), cites[:1], "law in force"),
        Ground("definite_claim", asked.case.loss_fen > 0, cites[:1], "law in force"),
        Ground("civil_matter", True, (*cites, "civil-code:187"), "law in force"),
    )


def _criminal_case(asked: Asked) -> Ground:
    """A criminal case runs, or a crime is reported: the practice that it must come first."""
    runs = asked.stage in OPEN or asked.stage in ("none", "reported")
    cites = ("economic-crime-rules:11", "objection:dismiss-suit-access")
    return Ground("criminal_case", runs, cites, "doctrine", True)


def _restitution(asked: Asked) -> tuple[Ground, ...]:
    """Restitution ordered for this loss: of the whole against every defendant, or less than that.

    A suit against several is not lost because one of them is to restore the loss.
    """
    orders = ordered(asked)
    whole = [orders.get(party.id, "none") for party in defendants(asked.case)]
    some = any(order in ("full", "own-gain") for order in whole)
    unknown = None in whole
    cites: tuple[str, ...] = ("criminal-law:64", "criminal-procedure-interpretation:176")
    cites += ("article-64-reply:reply",) if asked.on >= REPLY else ()
    cites += ("incidental-suit-rules:5",) if asked.on <= COULD_SUE else ()
    every = None if unknown else bool(whole) and set(whole) == {"full"}
    part = None if unknown and not some else some and not every
    return (
        Ground("restitution_whole", every, cites, "doctrine", True),
        Ground("restitution_part", part, cites, "doctrine", True),
    )


def _owner(asked: Asked) -> Ground:
    """Whether article 176 sends this loss to restitution alone.

    Narrow: only a defendant who took or disposed of the property himself, and only his attached
    suit; so it bars no separate suit. Broad: every loss by fraud.
    """
    broad = asked.switches["reading_176"] == "broad"
    cites = ("criminal-procedure-interpretation:176", "objection:dismiss-suit-access")
    return Ground("owner_176", broad, cites, "doctrine" if broad else "judicial interpretation",
                  True)  # fmt: skip


def _mass_crime(asked: Asked) -> Ground:
    """Minutes 129 read so that it reaches telecom fraud: many victims, a suspect as defendant."""
    includes = asked.switches["reading_129"] == "includes"
    many = len(victims(asked.case)) > 1
    open_case = asked.stage in OPEN or asked.stage in ("none", "reported", "effective")
    holds = includes and many and bool(suspects(asked.case)) and open_case
    return Ground("mass_crime", holds, ("jiumin-minutes:129",), "conference minutes", True)


def _others_only(asked: Asked) -> Ground:
    """The suit is against others than the suspect, or rests on other facts: tried apart."""
    apart = not suspects(asked.case)
    cites = ("jiumin-minutes:128", "economic-crime-rules:1", "economic-crime-rules:10")
    return Ground("others_than_suspect", apart, cites, "conference minutes")


def _prejudicial(asked: Asked) -> Ground:
    """The suit must rest on the result of the criminal case.

    The article says no more than "must". That she can prove nothing of his knowledge without the
    result is how this course reads it, and contested; so is whether a case still investigated is
    one not yet concluded. No result is there yet, and the criminal case is not against somebody
    else, of whom alone it would tell.
    """
    entry = entry_of(asked.case)
    other = entry is not None and not asked.case.party(entry.party).sued
    proved = proof_at(asked.case, asked.regime, asked.stage, asked.switches)
    runs = asked.stage in OPEN or asked.stage == "reported"
    article = "150" if asked.on < RENUMBERED else "153"
    cites = (f"civil-procedure-law:{article}", "jiumin-minutes:130")
    holds = runs and not other and proved == NONE
    return Ground("prejudicial", holds, cites, "law in force", True)
