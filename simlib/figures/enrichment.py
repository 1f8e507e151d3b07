"""The claim in tort beside that for unjust enrichment, and the latter's elements, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.enrichment import READINGS, either
from simlib.figures.drawing import NO_FIGURE, Cell, Drawing
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.enrichment import Element, Enrichment
    from simlib.interval import FenRange

TOPIC, ENGINE = "claims", "enrichment"
CLAIMS = ("tort", *READINGS)


def draw_claims(
    case: Case,
    exposure_fen: FenRange,
    found: Enrichment,
    lang: str = "zh",
    *,
    by_scale: bool = False,
) -> Drawing:
    """Show what each claim brings at most against one party, and both as alternatives.

    Parameters
    ----------
    exposure_fen
        what may be claimed of him in tort under the law in force [fen]
    found
        the claim for unjust enrichment against the same party
    by_scale
        whether the amount in tort is reckoned by a teaching scale
    """
    who = getattr(case.party(found.party).name, lang)
    names = ("claim", "basis", "amount", "further", "either")
    columns = tuple(words(TOPIC, f"table.{name}", lang, who=who) for name in names)
    law = words("terms", "bases.law in force", lang)
    tort = (
        Cell(words(TOPIC, "claim.tort", lang), "claim|tort|"),
        Cell(words(TOPIC, "table.scale", lang) if by_scale else law),
        Cell.of_money(exposure_fen, lang, f"claim|tort|{found.party}"),
        Cell("—"),
        Cell.of_money(exposure_fen, lang),
    )
    rows = (tort, *(_reading(found, key, exposure_fen, lang) for key in READINGS))
    return Drawing(NO_FIGURE, columns, rows, _sentence(who, exposure_fen, found, lang))


def _reading(found: Enrichment, key: str, exposure_fen: FenRange, lang: str) -> tuple[Cell, ...]:
    reading = found.readings[key]
    owed = reading.owed.value
    return (
        Cell(words(ENGINE, f"reading.{key}", lang), f"claim|{key}|"),
        Cell(words("terms", "bases.doctrine", lang)),
        Cell.of_money(owed, lang, f"claim|{key}|{found.party}"),
        Cell.of_money(reading.further, lang),
        Cell.of_money(either(exposure_fen, owed), lang),
    )


def _sentence(who: str, exposure_fen: FenRange, found: Enrichment, lang: str) -> str:
    amounts = {key: amount(found.readings[key].owed.value, lang) for key in READINGS}
    faith = words(TOPIC, f"sentence.faith.{found.faith.value}", lang)
    tort = amount(exposure_fen, lang)
    said = words(TOPIC, "sentence.claims", lang, who=who, tort=tort, faith=faith, **amounts)
    return said + "\n" + words(TOPIC, "sentence.further", lang)


def draw_elements(found: Enrichment, lang: str = "zh") -> Drawing:
    """Show the elements of article 985 with their state, why, and who proves them; then faith."""
    columns = tuple(
        words(TOPIC, f"table.{name}", lang) for name in ("element", "state", "why", "proof")
    )
    loss = amount(found.loss.value, lang)
    rows = [_element(each, loss, lang) for each in found.elements.values()]
    faith = found.faith.value
    last = (
        Cell(words(TOPIC, "element.faith.name", lang)),
        Cell(words(ENGINE, f"faith.{faith}", lang)),
        Cell(words(TOPIC, f"element.faith.{faith}", lang)),
        Cell(words(TOPIC, "element.faith.proof", lang)),
    )
    return Drawing(NO_FIGURE, columns, (*rows, last), "")


def _element(each: Element, loss: str, lang: str) -> tuple[Cell, ...]:
    values = {"loss": loss} if (each.key, each.state) == ("loss", "met") else {}
    return (
        Cell(words(ENGINE, f"element.{each.key}", lang)),
        Cell(words(ENGINE, f"state.{each.state}", lang)),
        Cell(words(TOPIC, f"element.{each.key}.{each.state}", lang, **values)),
        Cell(words(TOPIC, f"element.{each.key}.proof", lang)),
    )
