"""The reasons for a grade of fault, as a trace: items, what supports them, what speaks against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.law.authority import authority
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.fault.judged import Judged
    from simlib.fault.log import Inference
    from simlib.fault.weigh import Scales


def trace(scales: Scales, judged: tuple[Judged, ...], grade: str, locked: bool) -> Trace:
    """Return the grade from the judgment in force and from every item anything speaks for."""
    steps = [_judgment(scales)] if locked else []
    steps += [_item(scales, one) for one in judged if one.support != "none"]
    if steps and scales.way.infers:
        steps.append(_reading(scales))
    return Trace(
        "grade",
        grade,
        "grade",
        f"fault.{scales.way.burden}" if steps else "fault.nothing",
        tuple(steps),
        party=scales.party.id,
        cites=authority("principal", scales.case),
    )


def _judgment(scales: Scales) -> Trace:
    entry = next(e for e in scales.effects if e.element == "knowing" and e.effect == "locked")
    source = f"case:criminal[{entry.row}].finds"
    return Trace("criminal_judgment", "knowing", "grade", source=source, cites=entry.cites)


def _reading(scales: Scales) -> Trace:
    """Return the reading of 足以反驳 by which the inference was answered or not."""
    source, cites = "parameter:rules.rebuttal", authority("proof", scales.case, "rebuttal")
    return Trace("rebuttal", scales.way.rebuttal, "rebuttal", source=source, cites=cites)


def _item(scales: Scales, judged: Judged) -> Trace:
    """Return one item: what it leaves, by the rule that decided, from the pieces for and against
    it."""
    support = tuple(_piece(scales, name, "weight") for name in judged.evidence)
    runs = tuple(_run(run) for run in scales.inferences if run.id in judged.inferences)
    against = tuple(_piece(scales, name, "strength") for name in judged.against)
    return Trace(
        f"item-{judged.id}",
        judged.left,
        "left",
        f"fault.item-{_why(judged)}",
        (*support, *runs, *against),
        cites=judged.cites,
    )


def _why(judged: Judged) -> str:
    if judged.state in ("not-yet", "unfit"):
        return judged.state
    if judged.left == "none":
        return "rebutted" if judged.state == "rebutted" else "too-weak"
    if judged.left != judged.grade:
        return "knowledge-rebutted"
    return "unclear" if judged.state == "unclear" else "proved"


def _piece(scales: Scales, name: str, field: str) -> Trace:
    read = scales.read[name]
    value, unit = (
        (read.weight, "support") if field == "weight" or not read.strength
        else (read.strength, "strength")
    )  # fmt: skip
    return Trace(f"evidence-{name}", value, unit, source=f"case:{name}", cites=read.cites)


def _run(run: Inference) -> Trace:
    source = f"case:{run.events[0]}"
    return Trace(f"inference-{run.id}", run.weight, "support", source=source, cites=run.cites)
