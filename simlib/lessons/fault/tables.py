"""Lesson 02's tables: the checklist, the evidence as read, who proves what, criminal documents.

A checklist is a table and stays one: a chart of it would count what no source lets count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.fault import REVIEWS
from simlib.figures.drawing import NO_FIGURE, Cell, Drawing
from simlib.lessons.fault.names import burden_words, piece, pieces, run_names
from simlib.lessons.fault.pictures import draw_log
from simlib.lessons.outcome import Say
from simlib.text import amount, cite_for

if TYPE_CHECKING:
    from simlib.case.model import Evidence
    from simlib.fault import Effect, Finding, Judged, Reading, Row
    from simlib.lessons.fault.outcomes import Proof

ROW_COLUMNS = (
    "element", "bearer", "forward", "standard", "evidence", "rebuttal", "consequence", "state",
)  # fmt: skip


def below(found: Mapping[str, Proof], chosen: Mapping[str, Any], lang: str) -> Drawing:
    """Draw the table that is chosen, under the burden that is chosen."""
    pair, say = [found[f"{chosen['burden']}.{review}"] for review in REVIEWS], Say("fault", lang)
    if chosen["table"] == "checklist":
        return draw_checklist(pair, say)
    return DRAWN[chosen["table"]](pair[1], say)


def draw_checklist(pair: Sequence[Proof], say: Say) -> Drawing:
    """Show the checklist under both reviews: item, source, evidence, state, answer.

    Parameters
    ----------
    pair
        the formal and the substantive review, under one burden
    """
    both = [{j.id: j for j in proof.finding.items} for proof in pair]
    ids = list(dict.fromkeys(id for judged in both for id in judged))
    spoken = [id for id in ids if any(_spoken(judged.get(id)) for judged in both)]
    silent = [id for id in ids if id not in spoken]
    rows = [_item(id, both, pair, say) for id in spoken]
    if silent:
        names = say("table.between").join(say(f"fault:item.{id}.name") for id in silent)
        empty = say("checklist.silent", n=len(silent))
        rows.append((Cell(empty), Cell("—"), Cell(names), *[Cell("—")] * 3))
    columns = ("item", "source", "evidence", "formal", "real", "answer")
    return Drawing(
        NO_FIGURE,
        tuple(say(f"checklist.{name}") for name in columns),
        tuple(rows),
        _checklist_sentence(pair, len(spoken), say),
    )


def _spoken(judged: Judged | None) -> bool:
    return judged is not None and judged.support != "none"


def _item(
    id: str, both: Sequence[Mapping[str, Judged]], pair: Sequence[Proof], say: Say
) -> tuple[Cell, ...]:
    case, judged = pair[0].case, [items.get(id) for items in both]
    full = judged[1] or judged[0]
    assert full is not None, id  # one of the reviews at least has the item
    runs = run_names(case, pair[0].party, full.inferences, say)
    seen = dict.fromkeys(e for j in judged if j for e in j.evidence)
    shown = [piece(case, e, say) for e in seen]
    evidence = say("table.between").join([*shown, *runs]) or "—"
    states = [
        Cell(_state(j, say), f"{proof.row}|item-{id}|") if j else Cell("—")
        for j, proof in zip(judged, pair, strict=True)
    ]
    return (
        Cell(say(f"fault:item.{id}.name")),
        Cell(cite_for(full.cite, case, say.lang)),
        Cell(evidence),
        *states,
        Cell(_answer(pair[0], full, say)),
    )


def _state(judged: Judged, say: Say) -> str:
    state, left = say(f"fault:state.{judged.state}"), say(f"fault:left.{judged.left}")
    fallen = judged.left not in ("none", judged.grade)  # the item stands, knowledge does not
    return say(f"checklist.{'fallen' if fallen else 'state'}", state=state, left=left)


def _answer(proof: Proof, judged: Judged, say: Say) -> str:
    """Say how strong contrary evidence must be, and what there is."""
    needed = needed_words(judged, say)
    if judged.hit is None:
        return say("checklist.unanswered", needed=needed)
    hit = say(f"fault:strength.{judged.hit}")
    against = pieces(proof.case, judged.against, say)
    return say("checklist.answered", needed=needed, against=against, hit=hit)


def needed_words(judged: Judged, say: Say) -> str:
    """Say how strong evidence against an item must be, and against what is inferred from it."""
    needed = say(f"fault:strength.{judged.needed}")
    if judged.needed_inferred in (None, judged.needed):
        return needed
    inferred = say(f"fault:strength.{judged.needed_inferred}")
    return say("checklist.needed", needed=needed, inferred=inferred)


def _checklist_sentence(pair: Sequence[Proof], spoken: int, say: Say) -> str:
    counting = [sum(j.left != "none" for j in proof.finding.items) for proof in pair]
    values = {"spoken": spoken, "formal": counting[0], "real": counting[1]}
    text = say("checklist.sentence", **values)
    return text + (say("checklist.locked") if pair[0].finding.locked else "")


# ---------------------------------------------------------------- the evidence as read


def draw_readings(proof: Proof, say: Say) -> Drawing:
    """Show each piece of evidence as each review reads it, and by which step."""
    case, party, burden = proof.case, proof.party, proof.finding.burden
    read = [{r.evidence: r for r in fault.read(case, party, review)} for review in REVIEWS]
    rows = tuple(
        (
            Cell(piece(case, id, say)),
            Cell(_offered(next(e for e in case.evidence if e.id == id), say)),
            *(
                Cell(reading(one[id], say), f"{burden}.{review}|evidence-{id}|")
                for one, review in zip(read, REVIEWS, strict=True)
            ),
        )
        for id in read[1]
    )
    differ = sum(read[0][id].weight != read[1][id].weight for id in read[1])
    columns = tuple(say(f"readings.{c}") for c in ("piece", "offered", "formal", "real"))
    sentence = say("readings.sentence" if rows else "readings.none", n=len(rows), m=differ)
    return Drawing(NO_FIGURE, columns, rows, sentence)


def _offered(evidence: Evidence, say: Say) -> str:
    """Say what a piece is offered to show, and to rebut."""
    between = say("table.between")
    shows = between.join(target(name, say) for name in evidence.shows)
    rebuts = between.join(target(name, say) for name in evidence.rebuts)
    parts = [say("readings.shows", what=shows)] if shows else []
    parts += [say("readings.rebuts", what=rebuts)] if rebuts else []
    return say("table.stop").join(parts) or say("readings.events")


def target(name: str, say: Say) -> str:
    """Name what a piece shows or rebuts: an element, knowledge, or an item."""
    if name in fault.ELEMENTS:
        return say(f"fault:element.{name}")
    if name == "knowledge":
        return say("readings.knowledge")
    return say(f"fault:item.{name}.name")


def reading(read: Reading, say: Say) -> str:
    """Describe how a review weighs a piece, why, and how strongly it rebuts."""
    weight, reason = say(f"fault:weight.{read.weight}"), say(f"fault:reason.{read.reason}")
    borne = "borne" if read.step == "corroboration" else "read"
    text = say(f"readings.{borne}", weight=weight, reason=reason)
    if read.strength is None:
        return text
    return text + say("readings.hits", strength=say(f"fault:strength.{read.strength}"))


# ---------------------------------------------------------------- who proves what


def draw_allocation(proof: Proof, say: Say) -> Drawing:
    """Show the table of burdens of proof (举证责任分配表), one element a row."""
    finding = proof.finding
    rows = tuple(_allocated(proof, row, say) for row in finding.allocation)
    columns = tuple(say(f"fault:column.{c}") for c in ROW_COLUMNS)
    sentence = _fault_proved(finding, say) + _fraud_proved(finding, say)
    return Drawing(NO_FIGURE, columns, rows, sentence)


def _fault_proved(finding: Finding, say: Say) -> str:
    """Say who proves fault, to what standard and against what, or that nobody need."""
    own, burden = finding.row("fault"), burden_words(finding, say)
    if own.bearer == "nobody":
        return say("allocation.found", burden=burden)
    return say(
        "allocation.sentence",
        burden=burden,
        bearer=say(f"fault:bearer.{own.bearer}"),
        forward=say(f"fault:bearer.{own.forward}"),
        standard=say(f"fault:standard.{own.standard}"),
        rebuttal=rebuttal_words(finding, own, say),
    )


def _fraud_proved(finding: Finding, say: Say) -> str:
    """Say the standard of the fraud itself, or that nobody need prove it."""
    fraud = finding.row("fraud")
    if fraud.bearer == "nobody":
        return say("allocation.fraud_found")
    return say("allocation.fraud", fraud=say(f"fault:standard.{fraud.standard}"))


def rebuttal_words(finding: Finding, row: Row, say: Say) -> str:
    """Say what contrary evidence must reach; of an inference also how 足以反驳 is read.

    Where the plaintiff must prove beyond reasonable doubt, a reasonable doubt is enough.
    """
    if row.standard == "beyond_reasonable_doubt" and row.rebuttal == "doubt":
        return say("allocation.reasonable")
    strength = say(f"fault:strength.{row.rebuttal}")
    inferred = finding.infers and row.element == "fault" and row.rebuttal != "overturn"
    return say("allocation.reading", strength=strength) if inferred else strength


def _allocated(proof: Proof, row: Row, say: Say) -> tuple[Cell, ...]:
    state = say(f"fault:state.{row.state}")
    if row.fen is not None:
        state = say("allocation.part", state=state, amount=amount(row.fen, say.lang))
    return (
        Cell(say(f"fault:element.{row.element}")),
        Cell(say(f"fault:bearer.{row.bearer}"), f"{proof.row}|row-{row.element}|"),
        Cell(say(f"fault:bearer.{row.forward}")),
        Cell(say(f"fault:standard.{row.standard}")),
        Cell(pieces(proof.case, row.evidence, say)),
        Cell(rebuttal_words(proof.finding, row, say)),
        Cell(say(f"fault:consequence.{row.consequence}")),
        Cell(state),
    )


# ---------------------------------------------------------------- criminal documents


def draw_criminal(proof: Proof, say: Say) -> Drawing:
    """Show what each criminal document proves for this victim and amount, by element."""
    effects = proof.finding.criminal
    rows = tuple(_effect(effect, proof.row, say) for effect in effects)
    columns = tuple(say(f"criminal.{c}") for c in ("element", "document", "effect", "answer"))
    nothing = [e for e in effects if e.effect == "nothing"]
    locked = [e for e in effects if e.effect == "locked"]
    key = "sentence" if rows else "none"
    sentence = say(f"criminal.{key}", locked=len(locked), nothing=len(nothing))
    return Drawing(NO_FIGURE, columns, rows, sentence)


def _effect(effect: Effect, name: str, say: Say) -> tuple[Cell, ...]:
    text = say(f"fault:effect.{effect.effect}")
    if effect.assumed and effect.effect != "nothing":
        text += say("criminal.assumed")
    rebuttal = say(f"fault:strength.{effect.rebuttal}") if effect.rebuttal else "—"
    asks = f"{name}|effect-{effect.row}-{effect.document}-{effect.element}|"
    return (
        Cell(say(f"fault:found.{effect.element}")),
        Cell(say(f"fault:document.{effect.document}")),
        Cell(text, asks),
        Cell(rebuttal),
    )


DRAWN: Mapping[str, Callable[[Proof, Say], Drawing]] = {
    "allocation": draw_allocation,
    "readings": draw_readings,
    "log": draw_log,
    "criminal": draw_criminal,
}
