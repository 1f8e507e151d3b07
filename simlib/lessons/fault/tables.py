"""Lesson 02's tables: the checklist, the evidence as read, who proves what, criminal documents.

A checklist is a table and stays one: a chart of it would count what no source lets count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simlib import fault
from simlib.fault import REVIEWS
from simlib.figures.drawing import NO_FIGURE, Cell, Drawing
from simlib.figures.fault.names import burden_words, engine, name_of, phrase, piece, pieces
from simlib.text import amount, cite_for

if TYPE_CHECKING:
    from simlib.case.model import Case, Evidence
    from simlib.fault import Effect, Finding, Judged, Reading, Row

ROW_COLUMNS = (
    "element", "bearer", "forward", "standard", "evidence", "rebuttal", "consequence", "state",
)  # fmt: skip


def draw_checklist(case: Case, pair: Sequence[Finding], lang: str = "zh") -> Drawing:
    """Show the checklist under both reviews: item, source, evidence, state, answer.

    Parameters
    ----------
    pair
        the findings of the formal and of the substantive review, under one burden
    """
    both = [{j.id: j for j in finding.items} for finding in pair]
    ids = list(dict.fromkeys(id for judged in both for id in judged))
    spoken = [id for id in ids if any(_spoken(judged.get(id)) for judged in both)]
    silent = [id for id in ids if id not in spoken]
    rows = [_item(case, id, both, pair, lang) for id in spoken]
    if silent:
        names = phrase("table.between", lang).join(engine(f"item.{id}.name", lang) for id in silent)
        empty = phrase("checklist.silent", lang, n=len(silent))
        rows.append((Cell(empty), Cell("—"), Cell(names), *[Cell("—")] * 3))
    columns = ("item", "source", "evidence", "formal", "real", "answer")
    return Drawing(
        NO_FIGURE,
        tuple(phrase(f"checklist.{name}", lang) for name in columns),
        tuple(rows),
        _checklist_sentence(pair, len(spoken), lang),
    )


def _spoken(judged: Judged | None) -> bool:
    return judged is not None and judged.support != "none"


def _item(
    case: Case, id: str, both: Sequence[Mapping[str, Judged]], pair: Sequence[Finding], lang: str
) -> tuple[Cell, ...]:
    judged = [items.get(id) for items in both]
    full = judged[1] or judged[0]
    assert full is not None, id  # one of the reviews at least has the item
    runs = [engine(f"inference.{run}.name", lang) for run in full.inferences]
    seen = dict.fromkeys(e for j in judged if j for e in j.evidence)
    shown = [piece(case, e, lang) for e in seen]
    evidence = phrase("table.between", lang).join([*shown, *runs]) or "—"
    states = [
        Cell(_state(j, lang), f"{name_of(f.burden, f.review)}|item-{id}|") if j else Cell("—")
        for j, f in zip(judged, pair, strict=True)
    ]
    return (
        Cell(engine(f"item.{id}.name", lang)),
        Cell(cite_for(full.cite, case, lang)),
        Cell(evidence),
        *states,
        Cell(_answer(case, full, lang)),
    )


def _state(judged: Judged, lang: str) -> str:
    state, left = engine(f"state.{judged.state}", lang), engine(f"left.{judged.left}", lang)
    fallen = judged.left not in ("none", judged.grade)  # the item stands, knowledge does not
    return phrase(f"checklist.{'fallen' if fallen else 'state'}", lang, state=state, left=left)


def _answer(case: Case, judged: Judged, lang: str) -> str:
    """Say how strong contrary evidence must be, and what there is."""
    needed = needed_words(judged, lang)
    if judged.hit is None:
        return phrase("checklist.unanswered", lang, needed=needed)
    hit = engine(f"strength.{judged.hit}", lang)
    against = pieces(case, judged.against, lang)
    return phrase("checklist.answered", lang, needed=needed, against=against, hit=hit)


def needed_words(judged: Judged, lang: str) -> str:
    """Say how strong evidence against an item must be, and against what is inferred from it."""
    needed = engine(f"strength.{judged.needed}", lang)
    if judged.needed_inferred in (None, judged.needed):
        return needed
    inferred = engine(f"strength.{judged.needed_inferred}", lang)
    return phrase("checklist.needed", lang, needed=needed, inferred=inferred)


def _checklist_sentence(pair: Sequence[Finding], spoken: int, lang: str) -> str:
    counting = [sum(j.left != "none" for j in finding.items) for finding in pair]
    values = {"spoken": spoken, "formal": counting[0], "real": counting[1]}
    text = phrase("checklist.sentence", lang, **values)
    return text + (phrase("checklist.locked", lang) if pair[0].locked else "")


# ---------------------------------------------------------------- the evidence as read


def draw_readings(case: Case, party: str, burden: str, lang: str = "zh") -> Drawing:
    """Show each piece of evidence as each review reads it, and by which step."""
    read = [{r.evidence: r for r in fault.read(case, party, review)} for review in REVIEWS]
    rows = tuple(
        (
            Cell(piece(case, id, lang)),
            Cell(_offered(next(e for e in case.evidence if e.id == id), lang)),
            *(
                Cell(reading(one[id], lang), f"{name_of(burden, review)}|evidence-{id}|")
                for one, review in zip(read, REVIEWS, strict=True)
            ),
        )
        for id in read[1]
    )
    differ = sum(read[0][id].weight != read[1][id].weight for id in read[1])
    columns = tuple(phrase(f"readings.{c}", lang) for c in ("piece", "offered", "formal", "real"))
    sentence = phrase("readings.sentence" if rows else "readings.none", lang, n=len(rows), m=differ)
    return Drawing(NO_FIGURE, columns, rows, sentence)


def _offered(evidence: Evidence, lang: str) -> str:
    """Say what a piece is offered to show, and to rebut."""
    between = phrase("table.between", lang)
    shows = between.join(target(name, lang) for name in evidence.shows)
    rebuts = between.join(target(name, lang) for name in evidence.rebuts)
    parts = [phrase("readings.shows", lang, what=shows)] if shows else []
    parts += [phrase("readings.rebuts", lang, what=rebuts)] if rebuts else []
    return phrase("table.stop", lang).join(parts) or phrase("readings.events", lang)


def target(name: str, lang: str) -> str:
    """Name what a piece shows or rebuts: an element, knowledge, or an item."""
    if name in fault.ELEMENTS:
        return engine(f"element.{name}", lang)
    if name == "knowledge":
        return phrase("readings.knowledge", lang)
    return engine(f"item.{name}.name", lang)


def reading(read: Reading, lang: str) -> str:
    """Describe how a review weighs a piece, why, and how strongly it rebuts."""
    weight, reason = engine(f"weight.{read.weight}", lang), engine(f"reason.{read.reason}", lang)
    borne = "borne" if read.step == "corroboration" else "read"
    text = phrase(f"readings.{borne}", lang, weight=weight, reason=reason)
    if read.strength is None:
        return text
    return text + phrase("readings.hits", lang, strength=engine(f"strength.{read.strength}", lang))


# ---------------------------------------------------------------- who proves what


def draw_allocation(case: Case, finding: Finding, lang: str = "zh") -> Drawing:
    """Show the table of burdens of proof (举证责任分配表), one element a row."""
    name = name_of(finding.burden, finding.review)
    rows = tuple(_allocated(case, finding, row, name, lang) for row in finding.allocation)
    columns = tuple(engine(f"column.{c}", lang) for c in ROW_COLUMNS)
    sentence = _fault_proved(finding, lang) + _fraud_proved(finding, lang)
    return Drawing(NO_FIGURE, columns, rows, sentence)


def _fault_proved(finding: Finding, lang: str) -> str:
    """Say who proves fault, to what standard and against what, or that nobody need."""
    own, burden = finding.row("fault"), burden_words(finding, lang)
    if own.bearer == "nobody":
        return phrase("allocation.found", lang, burden=burden)
    return phrase(
        "allocation.sentence",
        lang,
        burden=burden,
        bearer=engine(f"bearer.{own.bearer}", lang),
        forward=engine(f"bearer.{own.forward}", lang),
        standard=engine(f"standard.{own.standard}", lang),
        rebuttal=rebuttal_words(finding, own, lang),
    )


def _fraud_proved(finding: Finding, lang: str) -> str:
    """Say the standard of the fraud itself, or that nobody need prove it."""
    fraud = finding.row("fraud")
    if fraud.bearer == "nobody":
        return phrase("allocation.fraud_found", lang)
    return phrase("allocation.fraud", lang, fraud=engine(f"standard.{fraud.standard}", lang))


def rebuttal_words(finding: Finding, row: Row, lang: str) -> str:
    """Say what contrary evidence must reach; of an inference also how 足以反驳 is read.

    Where the plaintiff must prove beyond reasonable doubt, a reasonable doubt is enough.
    """
    if row.standard == "beyond_reasonable_doubt" and row.rebuttal == "doubt":
        return phrase("allocation.reasonable", lang)
    strength = engine(f"strength.{row.rebuttal}", lang)
    inferred = finding.infers and row.element == "fault" and row.rebuttal != "overturn"
    return phrase("allocation.reading", lang, strength=strength) if inferred else strength


def _allocated(case: Case, finding: Finding, row: Row, name: str, lang: str) -> tuple[Cell, ...]:
    state = engine(f"state.{row.state}", lang)
    if row.fen is not None:
        state = phrase("allocation.part", lang, state=state, amount=amount(row.fen, lang))
    return (
        Cell(engine(f"element.{row.element}", lang)),
        Cell(engine(f"bearer.{row.bearer}", lang), f"{name}|row-{row.element}|"),
        Cell(engine(f"bearer.{row.forward}", lang)),
        Cell(engine(f"standard.{row.standard}", lang)),
        Cell(pieces(case, row.evidence, lang)),
        Cell(rebuttal_words(finding, row, lang)),
        Cell(engine(f"consequence.{row.consequence}", lang)),
        Cell(state),
    )


# ---------------------------------------------------------------- criminal documents


def draw_criminal(finding: Finding, lang: str = "zh") -> Drawing:
    """Show what each criminal document proves for this victim and amount, by element."""
    name = name_of(finding.burden, finding.review)
    rows = tuple(_effect(effect, name, lang) for effect in finding.criminal)
    columns = tuple(
        phrase(f"criminal.{c}", lang) for c in ("element", "document", "effect", "answer")
    )
    nothing = [e for e in finding.criminal if e.effect == "nothing"]
    locked = [e for e in finding.criminal if e.effect == "locked"]
    key = "sentence" if rows else "none"
    sentence = phrase(f"criminal.{key}", lang, locked=len(locked), nothing=len(nothing))
    return Drawing(NO_FIGURE, columns, rows, sentence)


def _effect(effect: Effect, name: str, lang: str) -> tuple[Cell, ...]:
    text = engine(f"effect.{effect.effect}", lang)
    if effect.assumed and effect.effect != "nothing":
        text += phrase("criminal.assumed", lang)
    rebuttal = engine(f"strength.{effect.rebuttal}", lang) if effect.rebuttal else "—"
    asks = f"{name}|effect-{effect.row}-{effect.document}-{effect.element}|"
    return (
        Cell(engine(f"found.{effect.element}", lang)),
        Cell(engine(f"document.{effect.document}", lang)),
        Cell(text, asks),
        Cell(rebuttal),
    )
