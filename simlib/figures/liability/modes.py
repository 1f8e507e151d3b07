"""Every mode of liability as a small picture of its own: received, and unrecovered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simlib.explain import face, faced
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.panels import HOLLOW, Bar, Panel, Row, bars_of, panels_figure
from simlib.figures.people import short_names
from simlib.figures.style import BASIS, ROLES
from simlib.interval import Interval, high_end, low_end
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Outcome

PANELS, NAMED = 3, 3


def draw_every_mode(
    case: Case,
    outcomes: Mapping[str, Outcome],
    refused: Mapping[str, str] | None = None,
    lang: str = "zh",
) -> Drawing:
    """Draw what the claimant receives, and what stays unrecovered, mode by mode.

    Parameters
    ----------
    outcomes
        mode → outcome, in the order of the pictures: down the panels, one after the other
    refused
        mode → why the engine gives it no number here

    Returns
    -------
    Drawing
        a bar a mode, coloured by the kind of its authority, which is also named, with what has to
        stand beside the mode's name; the hollow rest
        is what the claimant does not get; hatched, a range
    """
    refused = refused or {}
    order = [*outcomes, *(mode for mode in refused if mode not in outcomes)]
    called = short_names(case, lang)
    faces = {mode: face(o, case, lang, called) for mode, o in outcomes.items()}
    rows = [_picture(m, outcomes.get(m), faces.get(m, ""), lang) for m in order]
    claim = max((o.claim_fen for o in outcomes.values()), default=case.loss_fen)
    panels = [
        Panel(*_title(n, lang), part, (claim,)) for n, part in enumerate(_parts(rows)) if part
    ]
    columns = ("mode", "basis", "received", "unrecovered", "payers")
    return Drawing(
        panels_figure(panels, max(claim, 1), lang),
        tuple(words("liability", f"every.{name}", lang) for name in columns),
        tuple(
            _row(called, m, outcomes.get(m), refused.get(m, faces.get(m, "")), lang) for m in order
        ),
        _sentence(outcomes, lang),
    )


def _parts(rows: Sequence[Row]) -> list[tuple[Row, ...]]:
    size = -(-len(rows) // PANELS)
    return [tuple(rows[n * size : (n + 1) * size]) for n in range(PANELS)]


def _title(n: int, lang: str) -> tuple[str, str]:
    """Return title and note of a panel; each note explains one kind of mark."""
    return words("liability", f"every.title_{n}", lang), words("liability", f"every.note_{n}", lang)


def _picture(mode: str, outcome: Outcome | None, said: str, lang: str) -> Row:
    name = words("modes", f"{mode}.name", lang)
    if outcome is None:
        return Row(words("liability", "every.refused", lang, mode=name))
    basis = words("terms", f"bases.{outcome.basis}", lang)
    got = amount(outcome.received_fen, lang)
    beside = words("liability", "every.face", lang, face=said) if said else ""
    text = words("liability", "every.row", lang, mode=name, face=beside, basis=basis, amount=got)
    bars = bars_of(outcome.received_fen, BASIS[outcome.basis])
    rest = outcome.claim_fen - high_end(outcome.received_fen)
    if rest > 0:
        start = high_end(outcome.received_fen)
        bars += (Bar(start, outcome.claim_fen, ROLES["victim"], HOLLOW),)
    return Row(text, bars)


def _row(
    names: Mapping[str, str], mode: str, outcome: Outcome | None, said: str, lang: str
) -> tuple[Cell, ...]:
    """Return a mode's row; `said` is why it is refused, or what stands beside its name."""
    name = words("modes", f"{mode}.name", lang)
    if outcome is None:
        return (Cell(name), Cell("—"), Cell(said), Cell("—"), Cell("—"))
    payers = words("liability", "sentence.between", lang).join(
        words(
            "liability",
            "sentence.part",
            lang,
            who=names[id],
            amount=amount(party.paid_fen, lang),
        )
        for id, party in outcome.parties.items()
        if high_end(party.paid_fen)
    )
    return (
        Cell(faced(name, said, lang), f"{mode}||"),
        Cell(words("terms", f"bases.{outcome.basis}", lang)),
        Cell(amount(outcome.received_fen, lang), f"{mode}|received|"),
        Cell(amount(outcome.unrecovered_fen, lang), f"{mode}|received|"),
        Cell(payers or "—"),
    )


def _sentence(outcomes: Mapping[str, Outcome], lang: str) -> str:
    """Name the highest and lowest amounts, and the modes that give ranges."""
    if not outcomes:
        return words("liability", "every.none", lang)
    most = max(high_end(o.received_fen) for o in outcomes.values())
    least = min(low_end(o.received_fen) for o in outcomes.values())
    best = [m for m, o in outcomes.items() if low_end(o.received_fen) == most]
    bands = [m for m, o in outcomes.items() if isinstance(o.received_fen, Interval)]
    text = words(
        "liability",
        "every.sentence",
        lang,
        n=len(outcomes),
        most=amount(most, lang),
        least=amount(least, lang),
        best=_names(best, lang) or "—",
    )
    return text + (
        words("liability", "every.bands", lang, modes=_names(bands, lang)) if bands else ""
    )


def _names(modes: Sequence[str], lang: str) -> str:
    """List modes by name; of many, the first few and their number."""
    named = [words("modes", f"{mode}.name", lang) for mode in modes[:NAMED]]
    text = words("liability", "every.and", lang).join(named)
    if len(modes) <= NAMED:
        return text
    return words("liability", "every.more", lang, modes=text, n=len(modes))
