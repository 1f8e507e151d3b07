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
from simlib.lessons.liability.outcomes import mode_name
from simlib.lessons.outcome import Say
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Outcome

PANELS, NAMED = 3, 3
COLUMNS = ("mode", "basis", "received", "unrecovered", "payers")


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
        stand beside the mode's name; the hollow rest is what the claimant does not get; hatched, a
        range
    """
    say, called = Say("liability", lang), short_names(case, lang)
    told = {mode: (o, face(o, case, lang, called)) for mode, o in outcomes.items()}
    gone = {m: (None, why) for m, why in (refused or {}).items() if m not in outcomes}
    listed = {**told, **gone}
    pictures = [_picture(mode, *each, say) for mode, each in listed.items()]
    claim = max((o.claim_fen for o in outcomes.values()), default=case.loss_fen)
    size = -(-len(pictures) // PANELS)
    panels = [
        Panel(say(f"every.title_{n}"), say(f"every.note_{n}"), tuple(part), (claim,))
        for n in range(PANELS)
        if (part := pictures[n * size : (n + 1) * size])
    ]
    return Drawing(
        panels_figure(panels, max(claim, 1), lang),
        tuple(say(f"every.{name}") for name in COLUMNS),
        tuple(_row(called, mode, *each, say) for mode, each in listed.items()),
        _sentence(outcomes, say),
    )


def _picture(mode: str, outcome: Outcome | None, said: str, say: Say) -> Row:
    name = mode_name(mode, say.lang)
    if outcome is None:
        return Row(say("every.refused", mode=name))
    basis, got = say(f"terms:bases.{outcome.basis}"), amount(outcome.received_fen, say.lang)
    beside = say("every.face", face=said) if said else ""
    text = say("every.row", mode=name, face=beside, basis=basis, amount=got)
    bars, most = bars_of(outcome.received_fen, BASIS[outcome.basis]), high_end(outcome.received_fen)
    if outcome.claim_fen > most:
        bars += (Bar(most, outcome.claim_fen, ROLES["victim"], HOLLOW),)
    return Row(text, bars)


def _row(
    called: Mapping[str, str], mode: str, outcome: Outcome | None, said: str, say: Say
) -> tuple[Cell, ...]:
    """Return a mode's row; `said` is why it is refused, or what stands beside its name."""
    name, lang = mode_name(mode, say.lang), say.lang
    if outcome is None:
        return (Cell(name), Cell("—"), Cell(said), Cell("—"), Cell("—"))
    paid = {id: party.paid_fen for id, party in outcome.parties.items() if high_end(party.paid_fen)}
    payers = say("board.sentence.between").join(
        say("board.sentence.part", who=called[id], amount=amount(fen, lang))
        for id, fen in paid.items()
    )
    return (
        Cell(faced(name, said, lang), f"{mode}||"),
        Cell(say(f"terms:bases.{outcome.basis}")),
        Cell.of_money(outcome.received_fen, lang, f"{mode}|received|"),
        Cell.of_money(outcome.unrecovered_fen, lang, f"{mode}|received|"),
        Cell(payers or "—"),
    )


def _sentence(outcomes: Mapping[str, Outcome], say: Say) -> str:
    """Name the highest and lowest amounts, and the modes that give ranges."""
    if not outcomes:
        return say("every.none")
    most = max(high_end(o.received_fen) for o in outcomes.values())
    least = min(low_end(o.received_fen) for o in outcomes.values())
    best = [m for m, o in outcomes.items() if low_end(o.received_fen) == most]
    bands = [m for m, o in outcomes.items() if isinstance(o.received_fen, Interval)]
    ends = {"most": amount(most, say.lang), "least": amount(least, say.lang)}
    text = say("every.sentence", n=len(outcomes), best=_names(best, say) or "—", **ends)
    return text + (say("every.bands", modes=_names(bands, say)) if bands else "")


def _names(modes: Sequence[str], say: Say) -> str:
    """List modes by name; of many, the first few and their number."""
    text = say("every.and").join(mode_name(mode, say.lang) for mode in modes[:NAMED])
    return text if len(modes) <= NAMED else say("every.more", modes=text, n=len(modes))
