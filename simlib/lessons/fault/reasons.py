"""The short list of steps behind a cell of the board: burden, review, items, answer, grade, sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.answered_part import rate_said, within
from simlib.figures.asked_number import digits_in
from simlib.figures.board import spoken
from simlib.interval import Interval
from simlib.lessons.fault.names import graded_words, late_runs, piece, pieces, run_names
from simlib.lessons.fault.outcomes import BEARER, NOT_FOUND, bearer_of, knowledge
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.fault import Finding, Judged
    from simlib.lessons.fault.outcomes import Proof
    from simlib.lessons.outcome import Say

GRADE, EXPOSURE = "grade", "exposure"
OF_BOARD = ("", GRADE, EXPOSURE, BEARER)
KNOWING = "knowing"  # the grade an item gives whose inference stands


def title(proof: Proof, key: str, say: Say) -> str:
    """What is asked, with the answer."""
    finding = proof.finding
    row = say(f"rows.{finding.burden}.{finding.review}.name")
    if key == BEARER:
        return say("reasons.title.row", row=row)
    if key not in OF_BOARD:
        return say("reasons.title.part", row=row)
    if key == EXPOSURE:
        if proof.owed is None:
            return say("reasons.title.open", row=row)
        return say("reasons.title.exposure", amount=spoken(proof.owed, say.lang), row=row)
    if proof.ground == "open":
        return say("reasons.title.unlisted", row=row)
    form = say(f"found.form.{proof.form}")
    return say("reasons.title.grade", row=row, grade=graded_words(finding, say), form=form)


def steps(proof: Proof, key: str, say: Say) -> list[str]:
    """From the burden to what is asked."""
    finding = proof.finding
    said = [_burden(finding, say)]
    if key == BEARER:
        told = say(f"board.bearer.{bearer_of(proof)}")
        return [*said, say("reasons.row", bearer=told)]
    if proof.ground in NOT_FOUND:
        said = [say(f"reasons.{proof.ground}", grade=say(f"terms:grades.{finding.grade}"))]
        return [*said, *_led_to(proof, key, say)]
    said.append(say(f"reasons.review.{finding.review}"))
    if finding.locked:
        said.append(say("reasons.locked"))
    else:
        said += [_items(proof, say), *_late(proof, say), _answer(proof, say)]
        said += _documents(finding, say)
    told, grade = say(f"board.knowledge.{knowledge(proof)}"), graded_words(finding, say)
    said.append(say("reasons.grade", knowledge=told, grade=grade))
    if not finding.locked:
        said.append(say("reasons.assumed"))
    return [*said, *_led_to(proof, key, say)]


def _led_to(proof: Proof, key: str, say: Say) -> list[str]:
    """What else is not proved, with its articles; for the claim also what may be claimed."""
    said = [say(f"reasons.unproved.{name}") for name in proof.unproved]
    return [*said, _sum(proof, say)] if key == EXPOSURE else said


def _burden(finding: Finding, say: Say) -> str:
    key = finding.rebuttal if finding.burden == "factual_inference" else finding.burden
    if finding.standard == "higher" and finding.burden != "presumed_fault":
        key = "higher"
    return say(f"reasons.burden.{key}")


def _standing(finding: Finding) -> list[Judged]:
    """Items for knowledge whose known fact is proved, whatever becomes of the inference."""
    return [j for j in finding.items if j.grade == KNOWING and j.left != "none"]


def _items(proof: Proof, say: Say) -> str:
    listed = [_item(proof, judged, say) for judged in _standing(proof.finding)]
    if not listed:
        return say("reasons.no_items")
    return say("reasons.items", items=say("table.between").join(listed))


def _item(proof: Proof, judged: Judged, say: Say) -> str:
    shown = [piece(proof.case, id, say) for id in judged.evidence]
    runs = run_names(proof.case, proof.party, judged.inferences, say)
    evidence = say("table.stop").join([*shown, *runs])
    return say("reasons.item", name=say(f"fault:item.{judged.id}.name"), evidence=evidence)


def _late(proof: Proof, say: Say) -> list[str]:
    """Say what those of these items are worth that rest on what happened after the payment."""
    late = late_runs(proof.case, proof.party)
    used = dict.fromkeys(run for judged in _standing(proof.finding) for run in judged.inferences)
    names = [say(f"fault:inference.{run}.name") for run in used if run in late]
    return [say("reasons.late", runs=say("table.between").join(names))] if names else []


def _answer(proof: Proof, say: Say) -> str:
    hit = next((judged for judged in _standing(proof.finding) if judged.hit), None)
    if hit is None:
        return say("reasons.no_answer")
    return say(
        "reasons.answer",
        pieces=pieces(proof.case, hit.against, say),
        hit=say(f"fault:strength.{hit.hit}"),
        needed=say(f"fault:strength.{hit.needed_inferred or hit.needed}"),
    )


def _documents(finding: Finding, say: Say) -> list[str]:
    """What a document or a plea that binds nobody is worth here as to knowledge."""
    return [
        say("reasons.document", document=say(f"fault:document.{each.document}"),
            effect=say(f"fault:effect.{each.effect}"))
        for each in finding.criminal if each.element == KNOWING and each.document != "pending"
    ]  # fmt: skip


def _sum(proof: Proof, say: Say) -> str:
    """From the grade to the claim."""
    outcome, grade, lang = proof.outcome, proof.finding.grade, say.lang
    if outcome is None:
        return say("reasons.owed.open")
    mine = outcome.parties[proof.party]
    said = {"amount": amount(mine.exposure_fen, lang)}
    if proof.unproved:
        return say("reasons.owed.unproved", **said)
    if grade != "none" and (proof.form == "none" or proof.case.party(proof.party).role != "helper"):
        return say("reasons.owed.other", **said)  # not proved; or a rule for platforms, operators
    if mine.mode != "several":
        key = {"none": "none", "concert": "concert"}.get(grade, mine.mode)
        return say(f"reasons.owed.{key}", **said)
    if proof.case.party(proof.party).share is None:
        return say("reasons.owed.scale", **said)
    whole = outcome.answers_for(proof.party) or proof.case.loss_fen
    share, fen = within(outcome, proof.party), mine.exposure_fen
    digits = 2
    if not isinstance(share, Interval) and not isinstance(fen, Interval):
        digits = digits_in(share, whole, fen)
    rate = rate_said(share, lang, digits)
    return say("reasons.owed.several", loss=amount(whole, lang), share=rate, **said)
