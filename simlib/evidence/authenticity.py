"""Whether a court takes electronic data as true: rules over stated facts, with reasons, no score.

Two questions are kept apart. Was it altered *after* it was stored on a block chain? A matching
digest lets the court presume not (在线诉讼规则16), until a reasonable objection makes it weigh four
factors (17) or contrary evidence overturns it. Was it true *before*? That no digest answers (18):
a forged screenshot has a digest like any other. That whoever stores it is neutral explains nothing
of what was before. Contents certified by a notary are confirmed, deposited or not, until contrary
evidence overturns that, which reasons alone do not (民事证据规定94(2)). That a notary certifies
what a screen showed, and the court weighs the rest, is another reading, told in words alone.
A digest that differs ends every presumption, and so does evidence that overturns it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from simlib.evidence.attributes import (
    BASIS,
    BEFORE,
    CHAIN,
    PRESUMING,
    SPEAKING,
    WEIGHED,
    Facts,
    Layer,
    layers,
)
from simlib.law.citation import article, in_force
from simlib.law.dated import today
from simlib.trace import plain_fields

OUTCOMES = ("confirmed", "presumed", "rebutted", "to_prove", "not_confirmed")
AFTER = ("presumed", "rebutted", "to_prove", "none")
EARLIER = ("none", "shown", "to_prove", "not_confirmed")
OLR, EV, NCR = "online-litigation-rules", "evidence-rules", "internet-court-rules"
FACTORS = dict.fromkeys(CHAIN, f"{OLR}:17") | dict.fromkeys(WEIGHED, f"{EV}:93(1)")


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the reasoning.

    Attributes
    ----------
    key
        its words (`reasons` of `texts/*/evidence_deposit.toml`)
    about
        `after` or `before` the deposit, `truth` as a whole, or whether it can stand `alone`
    result
        what it comes to for that question
    cites, basis
        on what authority
    facts
        names of the stated facts it rests on
    """

    key: str
    about: str
    result: str
    cites: tuple[str, ...]
    facts: tuple[str, ...] = ()

    @property
    def basis(self) -> str:
        """Of what kind its first authority is."""
        return article(self.cites[0]).basis

    def to_json(self) -> dict[str, object]:
        """Return the step as plain JSON data."""
        return plain_fields(self, "key", "about", "result", "cites", "basis", "facts")


@dataclass(frozen=True, slots=True)
class Step:
    """Make reasons about one question, from the same authority and facts unless others are said."""

    about: str
    cites: tuple[str, ...]
    facts: tuple[str, ...]

    def __call__(
        self,
        key: str,
        result: str,
        cites: tuple[str, ...] | None = None,
        facts: tuple[str, ...] | None = None,
    ) -> Reason:
        return Reason(key, self.about, result, cites or self.cites, facts or self.facts)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules make of a piece.

    Attributes
    ----------
    outcome
        of the question whether it is true, one of `OUTCOMES`: the court confirms it; takes it as
        true until contrary evidence; did, and contrary evidence suffices; leaves it to who relies
        on it to prove; does not confirm it
    after
        of the presumption that it was not altered after it was stored, one of `AFTER`; `none`: it
        does not arise
    before
        of the question whether it was true before, one of `EARLIER`; `none`: not raised
    alone
        whether a finding may rest on it alone (民事证据规定90)
    layers
        the five layers by name, each `shown`, `open` or `broken`
    factors
        what the court weighs, by name, with the state of each; empty where nothing is weighed
    reasons
        in order; the last about `truth` gives the outcome
    """

    outcome: str
    after: str
    before: str
    alone: bool
    layers: Mapping[str, Layer]
    factors: Mapping[str, str]
    reasons: tuple[Reason, ...]

    @property
    def cites(self) -> tuple[str, ...]:
        """Every authority once, in the order of the reasons and then of the factors."""
        listed = [c for reason in self.reasons for c in reason.cites]
        listed += [FACTORS[name] for name in self.factors]
        return tuple(dict.fromkeys(listed))

    def to_json(self) -> dict[str, object]:
        """Return the reading as plain JSON data."""
        layers = plain_fields(self, "outcome", "after", "before", "alone", "layers")
        return layers | {"layers_basis": BASIS} | plain_fields(self, "factors", "reasons")


def read_deposit(facts: Facts, on: datetime.date | None = None) -> Reading:
    """Return what the rules of a day make of a piece of electronic data.

    Parameters
    ----------
    facts
        what is stated of it; what is not stated is never taken to be so
    on
        the day of the decision, today if not given; a rule not in force then is not applied

    References
    ----------
    online-litigation-rules:15–19, evidence-rules:15, 90, 93, 94, internet-court-rules:11

    Examples
    --------
    >>> forged = Facts(on_chain=True, digest_matches=True, objects_before=True, proved_before=False,
    ...                explained_before=False, corroborated=False)
    >>> reading = read_deposit(forged)
    >>> reading.after, reading.outcome
    ('presumed', 'not_confirmed')
    """
    on = on or today()
    after, before = _after(facts, on), _before(facts, on)
    truth = _truth(facts, on, after, before)
    alone = _alone(facts, on, before)
    weighed = _weighed(facts, on, after, truth)
    return Reading(
        truth.result,
        after.result if after else "none",
        before.result if before else "none",
        not alone and truth.result != "not_confirmed",
        layers(facts, presumed=after is not None and after.result == "presumed"),
        weighed,
        tuple(reason for reason in (after, before, truth, *alone) if reason),
    )


def _after(facts: Facts, on: datetime.date) -> Reason | None:
    """Return what becomes of the presumption of 在线诉讼规则16; None where no digest is stored."""
    stated = facts.on_chain is not None or facts.digest_matches is not None
    if not stated or not in_force(f"{OLR}:16", on):
        return None
    step = Step("after", (f"{OLR}:16",), ("on_chain", "digest_matches"))
    if not facts.on_chain:
        return step("not-on-chain", "none", facts=("on_chain",))
    if facts.digest_matches is not True:
        differs = facts.digest_matches is False
        return step("digest-differs" if differs else "digest-unchecked", "none")
    if facts.overturned:
        return step("overturned", "rebutted", facts=("overturned",))
    if not facts.objects_after:
        return step("digest-matches", "presumed")
    cites = (f"{OLR}:17", f"{OLR}:16")
    if bad := facts.denied(CHAIN):
        return step("factor-against", "to_prove", cites, ("objects_after", *bad))
    if facts.held(CHAIN) == CHAIN:
        return step("factors-for", "presumed", cites, ("objects_after", *CHAIN))
    return step("factors-open", "to_prove", cites, ("objects_after",))


def _before(facts: Facts, on: datetime.date) -> Reason | None:
    """Return what becomes of an objection under 在线诉讼规则18; None where there is none.

    Proved, or so certified that the court shall confirm it: a deposit takes nothing from what
    holds of a file that was never stored. Else explained (a deposit as it came into being explains
    how it was made and kept) or borne out: weighed as a whole; else not confirmed, or asked for
    where nothing is stated yet. The rule asks about what was stored: it says nothing of a piece
    that is found to be another.
    """
    if facts.digest_matches is False:
        return None
    if not (facts.on_chain and facts.objects_before) or not in_force(f"{OLR}:18", on):
        return None
    step = Step("before", (f"{OLR}:18",), ("objects_before",))
    if facts.proved_before:
        return step("proved-before", "shown", facts=("objects_before", "proved_before"))
    for key, rule in (("notarised-before", _notarised), ("technique-before", _internet_court)):
        if (sure := rule(facts, on)) and sure.result == "confirmed":
            return step(key, "shown", sure.cites, ("objects_before", *sure.facts))
    if some := facts.held(("explained_before", "corroborated", *SPEAKING)):
        return step("explained-before", "to_prove", facts=("objects_before", *some))
    if some := facts.held(("deposited_at_creation",)):
        return step("made-on-chain", "to_prove", (f"{OLR}:18(2)",), ("objects_before", *some))
    if len(facts.denied(BEFORE[:2])) == len(BEFORE[:2]):
        return step("nothing-before", "not_confirmed", (f"{OLR}:18(2)",), facts.denied(BEFORE))
    return step("asked-before", "to_prove")


def _truth(facts: Facts, on: datetime.date, after: Reason | None, before: Reason | None) -> Reason:
    """Return the first rule that decides, from the strictest to the burden of proof."""
    rules = (
        _appraisal(facts, on),
        _replaced(before, "not_confirmed"),
        *(() if facts.digest_matches is False else _presumptions(facts, on, after, before)),
        _replaced(after, "rebutted"),
    )
    return next((rule for rule in rules if rule), None) or _burden(on)


def _presumptions(
    facts: Facts, on: datetime.date, after: Reason | None, before: Reason | None
) -> tuple[Reason | None, ...]:
    """Return what each rule confirms or presumes of a piece whose digest does not differ."""
    sure = _notarised(facts, on), _internet_court(facts, on)
    return *sure, _presuming(facts, on, before), _both(after, before)


def _appraisal(facts: Facts, on: datetime.date) -> Reason | None:
    if facts.appraised is None or (facts.appraised and facts.overturned):
        return None
    chain = (f"{OLR}:19",) if facts.on_chain else ()
    cites = _held((f"{EV}:93(2)", *chain), on) or ("civil-procedure-law:79",)
    key, result = ("appraised-true", "confirmed") if facts.appraised else (
        "appraised-false", "not_confirmed"
    )  # fmt: skip
    return Reason(key, "truth", result, cites, ("appraised",))


def _notarised(facts: Facts, on: datetime.date) -> Reason | None:
    """Return what 民事证据规定94(2) and 民诉法解释93 make of certified contents, whatever reasons
    are objected."""
    if not facts.notarised or not in_force(f"{EV}:94", on):
        return None
    cites = (f"{EV}:94(2)", *_held(("civil-procedure-interpretation:93",), on))
    step = Step("truth", cites, ("notarised",))
    if facts.overturned:
        return step("notarised-overturned", "rebutted", facts=("notarised", "overturned"))
    return step("notarised", "confirmed")


def _internet_court(facts: Facts, on: datetime.date) -> Reason | None:
    if facts.court != "internet" or not facts.technique_proves or not in_force(f"{NCR}:11", on):
        return None
    if facts.overturned:
        return Reason("overturned", "truth", "rebutted", (f"{NCR}:11(2)",), ("overturned",))
    return Reason("technique", "truth", "confirmed", (f"{NCR}:11(2)",), ("technique_proves",))


def _presuming(facts: Facts, on: datetime.date, before: Reason | None) -> Reason | None:
    """Return the presumption of 民事证据规定94(1); that whoever stored it is neutral answers no
    objection about what was before."""
    held = facts.held(SPEAKING if before else PRESUMING)
    if not held or not in_force(f"{EV}:94", on):
        return None
    step = Step("truth", (f"{EV}:94(1)",), held)
    if contrary := facts.held(("rebutted", "overturned")):
        return step("presuming-rebutted", "rebutted", facts=(*held, *contrary))
    return step("presuming", "presumed")


def _both(after: Reason | None, before: Reason | None) -> Reason | None:
    """Return the presumption that follows from both halves: true before, not altered after."""
    if after is None or before is None or (after.result, before.result) != ("presumed", "shown"):
        return None
    cites = tuple(dict.fromkeys((*before.cites, *after.cites)))
    return Reason("both-halves", "truth", "presumed", cites, (*before.facts, *after.facts))


def _replaced(reason: Reason | None, result: str) -> Reason | None:
    """Return the reason as one about the whole, if it comes to that result."""
    return replace(reason, about="truth") if reason and reason.result == result else None


def _burden(on: datetime.date) -> Reason:
    cites = _held((f"{EV}:93(1)", f"{OLR}:15"), on) or ("electronic-signature-law:8",)
    return Reason("burden", "truth", "to_prove", (*cites, "civil-procedure-interpretation:90"))


def _alone(facts: Facts, on: datetime.date, before: Reason | None) -> tuple[Reason, ...]:
    """Return why no finding may rest on it alone (民事证据规定90, items 4 and 5)."""
    if not in_force(f"{EV}:90", on):
        return ()
    doubts = facts.held(("doubtful", "rebutted", "overturned"))
    doubts += facts.denied(("digest_matches", "kept_whole", "time_fits", "custody", "maker_known"))
    if before and before.result == "to_prove":
        doubts += ("objects_before",)
    found = []
    if doubts:
        found.append(Reason("doubtful", "alone", "not_alone", (f"{EV}:90",), doubts))
    if facts.original is False and not facts.comparable:
        names = ("original", "comparable")
        found.append(Reason("copy", "alone", "not_alone", (f"{EV}:90", f"{EV}:15"), names))
    return tuple(found)


def _weighed(
    facts: Facts, on: datetime.date, after: Reason | None, truth: Reason
) -> dict[str, str]:  # fmt: skip
    """Return the factors a court weighs here: of 17 where the chain is contested, of 93 where
    nothing else decides."""
    names: tuple[str, ...] = ()
    if after and f"{OLR}:17" in after.cites:
        names += CHAIN
    if truth.key == "burden" and in_force(f"{EV}:93", on):
        names += WEIGHED
    states = {True: "shown", False: "broken", None: "open"}
    return {name: states[getattr(facts, name)] for name in names}


def _held(cites: tuple[str, ...], on: datetime.date) -> tuple[str, ...]:
    return tuple(cite for cite in cites if in_force(cite, on))
