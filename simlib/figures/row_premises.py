"""What a row of the board has to say of its premises: a dash, a stamp, a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib import causation, fault
from simlib.figures.board import rounded
from simlib.figures.carried_amounts import carried
from simlib.figures.joint_ground import joint_ground
from simlib.figures.names_of_people import short_names
from simlib.interval import high_end
from simlib.law.regime import regime_for
from simlib.liability.forms import UNPROVED, form_of
from simlib.liability.forms.proof import ELEMENTS, STANDARD
from simlib.text import amount, percent, topic_words, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.liability import Outcome

TOPIC = "case_lesson"
IN_FORCE, ASSUMED = "law in force", "teaching assumption"
FAILED = UNPROVED.key  # the law lets one go against whom an element is not proved
INTENT = ("knowing", "concert")
CARELESS = ("slight", "gross")
UNTOLD = ("enlarged", "after_knowledge", "minor", "gross")  # grounds of which no grade's note tells
NO_PART = ("not_liable", "answered_for")
UNDIVIDED = "rule.pieces"  # an assumption that is listed only where a loss would be cut
OUT_OF_TIME = ("regime-dates", "not-in-force")


def ghost(outcome: Outcome, outcomes: Mapping[str, Outcome], party: str, lang: str) -> str:
    """Say why a mode is only supposed for this party: its premise fails; empty where it does not.

    1. an element is not proved: nothing else can follow
    2. somebody else answers in his place, or all he did came after the loss
    3. the rules asked for did not hold on the days of the case
    4. joint liability below knowing; a part for one who knew or acted in concert
    5. foreign law that does not reach him even where it holds
    """
    if outcome.mode == "auto" or outcome.parties[party].mode in NO_PART:
        return ""
    found = {
        str(entry["key"]).removeprefix("misfit."): entry["value"]
        for entry in outcome.assumptions
        if entry.get("party") in (party, None)
    }
    if "unproved" in found or unproved(outcomes, party):  # all or nothing: its own result
        return "" if _by_proof(outcome) else _said(["unproved"], lang)
    if "route.after-loss" in found:  # outside the loss in every mode, as the law has it
        return ""
    late = "after-loss" in found
    if "answered-by" in found:
        return _said(["answered-by"], lang)
    if outcome.law.reach == "after_loss":
        return "" if late else _said([outcome.mode, "reach"], lang)
    if late:
        return _said(["after-loss"], lang)
    for when in OUT_OF_TIME:
        if when in found:
            return _said([when], lang)
    for when in ("below_knowing", "knowing"):
        remark = outcome.law.remarks.get(when)
        if remark in found:
            ends = (remark, found[remark], when.replace("_", "-"))
            return _said([*(f"{outcome.mode}-{end}" for end in ends), remark, "unfit"], lang)
    return ""


def what_if(outcome: Outcome, party: str, lang: str) -> str:
    """Say which rule that was turned makes a party's amounts a mere supposition; empty: none.

    1. he joined after the loss and is made to share it: a form's own premise says so, `auto` not
    2. the loss is not cut though somebody answers for a part of it alone
    """
    if outcome.parties[party].mode in NO_PART or outside(outcome, party):
        return ""
    found = {(entry["key"], entry.get("party")) for entry in outcome.assumptions}
    if ("misfit.after-loss", party) in found:
        return _said(["after-loss"], lang)
    return _said(["undivided"], lang) if (UNDIVIDED, None) in found else ""


def premise(outcome: Outcome, outcomes: Mapping[str, Outcome], party: str, lang: str) -> str:
    """Say why a row is only supposed for this party: its form, or a rule; empty: it is not."""
    return ghost(outcome, outcomes, party, lang) or what_if(outcome, party, lang)


def outside(outcome: Outcome, party: str) -> bool:
    """Tell whether a party acted after the loss and answers for another damage, with no share."""
    return _has_rule(outcome, "form", party, "form.after-loss")


def unreached(outcome: Outcome, case: Case, party: str) -> bool:
    """Tell whether nothing of the claimant's money came into a helper's account."""
    helper = case.party(party).role == "helper"
    return helper and _has_rule(outcome, "exposure", party, "pieces.none")


def _has_rule(outcome: Outcome, key: str, party: str, rule: str) -> bool:
    try:
        return outcome.reason(key, party).rule == rule
    except KeyError:
        return False


def knew(case: Case, party: str) -> bool:
    """Tell whether a party knew, or acted in concert."""
    return fault.grade(case.party(party), regime_for(case)).value in INTENT


def _said(keys: Sequence[str], lang: str) -> str:
    """Write the first of the sentences that there is."""
    said = topic_words(TOPIC, lang)["board"]["ghost"]
    return str(said[next(key for key in keys if key in said)])


def _by_proof(outcome: Outcome) -> bool:
    return outcome.law.measure == "proof"


def unproved(outcomes: Mapping[str, Outcome], party: str) -> bool:
    """Tell whether an element is not proved against a party."""
    return "auto" in outcomes and outcomes["auto"].parties[party].mode == FAILED


def scaled(outcome: Outcome, party: str) -> bool:
    """Tell whether a party's share is reckoned by weights, which is a teaching scale."""
    return _has_rule(outcome, "weight", party, "weight.product")


def by_scale(outcome: Outcome, party: str) -> bool:
    """Tell whether what may be claimed under the law in force is reckoned by that scale."""
    return outcome.parties[party].mode == "several" and scaled(outcome, party)


def authority(outcome: Outcome, party: str) -> str:
    """Return whence a party's amount comes: what is reckoned by that scale is no law in force.

    That who was only careless answers, and for a part, is disputed besides.
    """
    assumed = by_scale(outcome, party) and bool(high_end(outcome.parties[party].exposure_fen))
    return ASSUMED if assumed and outcome.basis == IN_FORCE else outcome.basis


def covered(case: Case, outcome: Outcome, party: str) -> bool:
    """Tell whether one who answers in second line has nothing to pay: the fraudster can."""
    mine = outcome.parties[party]
    form = form_of(mine.mode)
    return (
        form is not None
        and form.second_line
        and not high_end(mine.exposure_fen)
        and bool(outcome.claim_fen)
        and case.party(party).limit != 0
    )


def lacking(case: Case, party: str) -> str:
    """Say which element of 1165(1) a party lacks: `fault`, `cause`, `both`, or neither (empty)."""
    law, person = regime_for(case), case.party(party)
    fault_ = fault.grade(person, law).value == "none"
    cause = causation.causal_force(person, law).value == 0
    return {(True, True): "both", (True, False): "fault", (False, True): "cause"}.get(
        (fault_, cause), ""
    )


def stamp(case: Case, outcome: Outcome, party: str, lang: str) -> str:
    """Return the word over an empty bar: how a suit ends that brings nothing from this party."""
    mine = outcome.parties[party]
    if high_end(mine.exposure_fen) or not outcome.claim_fen:
        return ""
    key = dismissed(case, party) if outcome.mode in ("auto", FAILED) else "nothing"
    if outcome.document == "ruling":
        key = "ruling"
    elif _by_proof(outcome):
        key = "unpaid"
    elif covered(case, outcome, party):
        key = "covered"
    elif key.startswith("dismissed") and not case.party(party).sued:
        key = "unsued"
    return words(TOPIC, f"board.stamp.{key}", lang, who=short_names(case, lang)[party])


def dismissed(case: Case, party: str) -> str:
    """Return which words tell of a dismissal: of the suit, or of the claim against one of many."""
    others = (p for p in case.parties if p.role != "victim" and p.id != party)
    return "dismissed_one" if any(p.sued for p in others) else "dismissed"


def note(case: Case, outcome: Outcome, party: str, lang: str) -> str:
    """Say on what a row rests, what makes its amount, and what its party carries (519(3))."""
    mine = outcome.parties[party]
    grade = fault.grade(case.party(party), regime_for(case)).value
    keys = [f"{outcome.mode}_{mine.mode}_{grade}", f"{outcome.mode}_{grade}"]
    keys += [f"{outcome.mode}_{mine.mode}", outcome.mode]
    if outcome.law.measure == "court_share" and case.party(party).court_share is not None:
        keys.insert(0, f"{outcome.mode}_set")
    said = next((found for key in keys if (found := _note(key, lang))), "")
    if (ground := joint_ground(outcome, case, party)) in UNTOLD:
        on = words(TOPIC, f"reasons.joint_on.{ground}", lang)
        said = _more("joint_on", lang, ground=on)
    first = _lacks(case, outcome, party, lang) or said
    parts = [first or words("terms", f"forms.{_form(mine.mode)}", lang)]
    parts += [_more("pure_loss", lang)] if contested(case, outcome, party) else []
    parts += _amounts(case, outcome, party, grade in INTENT, lang)
    if key := carried(outcome, party, case):
        fen = amount(rounded(mine.carried_fen), lang)
        parts.append(_more(key, lang, who=short_names(case, lang)[party], amount=fen))
    return _more("between", lang).join(parts)


def mark(case: Case, outcome: Outcome, party: str, lang: str) -> str:
    """Say in a few words who bears what another who is sued cannot pay; empty: nobody is short.

    The party carries more than its burden, or the claimant receives less.
    """
    names = short_names(case, lang)
    if carried(outcome, party, case) in ("carried", "carried_alike"):
        fen = amount(rounded(outcome.parties[party].carried_fen), lang)
        return words(TOPIC, "board.mark.carried", lang, who=names[party], amount=fen)
    short = any(high_end(outcome.parties[id].short_fen) > 1 for id in _others_sued(case, party))
    if not short or not high_end(outcome.unrecovered_fen):
        return ""
    fen = amount(rounded(outcome.unrecovered_fen), lang)
    return words(TOPIC, "board.mark.lost", lang, victim=names[case.claimant], amount=fen)


def _others_sued(case: Case, party: str) -> list[str]:
    """List the other fraudsters and helpers who are sued."""
    return [p.id for p in case.parties if p.role != "victim" and p.sued and p.id != party]


def _amounts(case: Case, outcome: Outcome, party: str, intent: bool, lang: str) -> list[str]:
    """What stands behind a row's amount: a teaching scale, the victim's fault, a payer before."""
    mine, own_fault = outcome.parties[party], case.party(case.claimant).fault or 0
    said = []
    if by_scale(outcome, party) and high_end(mine.exposure_fen):
        said.append(_more("scale", lang))
    elif outcome.mode == "auto" and scaled(outcome, party) and high_end(mine.burden_fen):
        said.append(_more("scale_inside", lang))
    if covered(case, outcome, party):
        said.append(_more("covered", lang))
    if not own_fault or not high_end(mine.exposure_fen):
        return said
    form = form_of(outcome.mode)
    if form and form.fixes_share:  # the court's part holds it already
        if counted(outcome) != "on":
            return said
        return [*said, _more("reduced_cap", lang, claim=amount(outcome.claim_fen, lang))]
    key = reduction(case, outcome, intent)
    return [*said, _more(key, lang, fault=percent(own_fault, lang))] if key else said


def counted(outcome: Outcome) -> object:
    """Return for whom her own fault counts: the value of the rule `victim_fault`; None: it is 0."""
    said = (a["value"] for a in outcome.assumptions if a["key"] == "rule.victim_fault")
    return next(said, None)


def reduction(case: Case, outcome: Outcome, intent: bool) -> str:
    """Return which words tell of 1173: its ratio unless found is assumed, for intent disputed.

    Where it lets off the negligent alone one who acted on purpose is told so; empty if it is off.
    """
    counts = counted(outcome)
    if counts == "off":
        return ""
    if counts == "negligent" and intent:
        return "reduced_not"
    found = case.party(case.claimant).kinds.get("fault") == "found"
    return "reduced" + ("_found" if found else "") + ("_disputed" if intent else "")


def contested(case: Case, outcome: Outcome, party: str) -> bool:
    """Tell whether the law in force lets one who was only careless answer: pure economic loss."""
    mine = outcome.parties[party]
    careless = fault.grade(case.party(party), regime_for(case)).value in CARELESS
    return (
        outcome.mode == "auto"
        and mine.mode == "several"
        and careless
        and bool(high_end(mine.exposure_fen))
    )


def _lacks(case: Case, outcome: Outcome, party: str, lang: str) -> str:
    """Name the element that lets him go under the law in force: lacking, or not proved."""
    mode = outcome.parties[party].mode if outcome.mode == "auto" else ""
    if mode == FAILED:
        listed = [words("terms", f"elements.{name}", lang) for name in failed(case, party)]
        between = words(TOPIC, "board.between", lang)
        return _more("unproved", lang, elements=between.join(listed))
    lacks = lacking(case, party) if mode == "not_liable" else ""
    return _more(f"no_{lacks}", lang) if lacks else ""


def failed(case: Case, party: str) -> list[str]:
    """List the elements that fall short of the standard of proof."""
    proof = case.party(party).proof
    standard = regime_for(case).value(STANDARD)
    return [name for name in ELEMENTS if proof and getattr(proof, name) < standard]


def _more(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"board.note.{key}", lang, **values)


def _form(mode: str) -> str:
    return "none" if mode == "not_liable" else mode


def _note(key: str, lang: str) -> str:
    return str(topic_words(TOPIC, lang)["board"]["notes"].get(key, ""))
