"""One case under several modes as a table, with what the courts really ordered said above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from simlib.explain import face, faced
from simlib.figures.answered_part import share_said
from simlib.figures.drawing import NO_FIGURE, Cell, Drawing
from simlib.figures.names_of_people import claim_key, short_names
from simlib.figures.row_premises import knew, premise, scaled
from simlib.interval import high_end
from simlib.text import amount, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case
    from simlib.liability import Outcome

Names: TypeAlias = dict[str, str]  # mode → what it is called


def modes_table(
    case: Case, outcomes: Mapping[str, Outcome], party: str, lang: str = "zh"
) -> Drawing:
    """Return every mode's outcome for one helper and the victim, a row each.

    Parameters
    ----------
    outcomes
        mode → outcome, in the order of the rows
    party
        the helper whose amounts are given
    """
    names = {mode: words("modes", f"{mode}.name", lang) for mode in outcomes}
    called = short_names(case, lang)
    faces = {mode: face(o, case, lang, called) for mode, o in outcomes.items()}
    named = {mode: faced(name, faces[mode], lang) for mode, name in names.items()}
    return Drawing(
        NO_FIGURE,
        _columns(case, party, lang),
        _rows(case, outcomes, party, named, lang),
        _sentence(case, outcomes, party, names, faces, lang),
    )


def _columns(case: Case, party: str, lang: str) -> tuple[str, ...]:
    who = getattr(case.party(party).name, lang)
    victim = getattr(case.party(case.claimant).name, lang)
    return tuple(
        words("case", f"table.{name}", lang, who=who, victim=victim)
        for name in ("mode", "basis", "document", "exposure", "share", "received", "recourse")
    )


def _rows(
    case: Case, outcomes: Mapping[str, Outcome], party: str, names: Names, lang: str
) -> tuple[tuple[Cell, ...], ...]:
    return tuple(_row(case, mode, outcomes, party, names[mode], lang) for mode in outcomes)


def _row(
    case: Case, mode: str, outcomes: Mapping[str, Outcome], party: str, name: str, lang: str
) -> tuple[Cell, ...]:
    outcome = outcomes[mode]
    mine = outcome.parties[party]
    recourse = words("case", "table.claims", lang).join(
        words(
            "case",
            "table.claim",
            lang,
            who=getattr(case.party(c.against).name, lang),
            amount=amount(c.fen, lang),
            kind=words("terms", f"recourse_kinds.{c.kind}", lang),
        )
        for c in mine.recourse
    )
    liable = mine.mode != "not_liable"
    return (
        Cell(name, f"{mode}||"),
        Cell(_authority(case, mode, outcomes, party, lang)),
        Cell(words("case", f"document.{_document_of(outcome, party)}", lang)),
        Cell.of_money(mine.exposure_fen, lang, f"{mode}|exposure|{party}" if liable else ""),
        Cell(_share(outcome, party, lang), f"{mode}|share|{party}" if liable else ""),
        Cell.of_money(outcome.received_fen, lang, f"{mode}|received|"),
        Cell(
            recourse or "—",
            f"{mode}|{claim_key(mine.recourse[0])}|{party}" if recourse else "",
        ),
    )


def _authority(
    case: Case, mode: str, outcomes: Mapping[str, Outcome], party: str, lang: str
) -> str:
    """Name the authority of a row: of shares for one who knew it is a minority's, and supposed.

    That he is liable jointly supposes that he knew as to this money.
    """
    outcome = outcomes[mode]
    said = words("terms", f"bases.{outcome.basis}", lang)
    knows = knew(case, party)
    if mode == "several" and knows:
        said = words("board", "supposed.minority", lang)
    if premise(outcome, outcomes, party, lang):
        return words("board", "supposed.marked", lang, authority=said)
    if mode == "auto" and knows and outcome.parties[party].mode == "joint":
        return words("case", "table.premised", lang, authority=said)
    return said


def _share(outcome: Outcome, party: str, lang: str) -> str:
    """Write a share; one that is reckoned by weights, as the teaching scale it is."""
    said = share_said(outcome, party, lang)
    return words("case", "table.scaled", lang, share=said) if scaled(outcome, party) else said


def _document_of(outcome: Outcome, party: str) -> str:
    """Return the document a helper gets: `ruling`, `judgment`, or `dismissal` by judgment."""
    if outcome.document == "ruling":
        return "ruling"
    nothing = high_end(outcome.parties[party].exposure_fen) == 0 and outcome.claim_fen > 0
    return "dismissal" if nothing else "judgment"


def _sentence(
    case: Case,
    outcomes: Mapping[str, Outcome],
    party: str,
    names: Names,
    faces: Mapping[str, str],
    lang: str,
) -> str:
    who = getattr(case.party(party).name, lang)
    parts = words("case", "sentence.between", lang).join(
        words(
            "case",
            "sentence.mode",
            lang,
            mode=names[m],
            amount=faced(amount(o.parties[party].exposure_fen, lang), faces[m], lang),
        )
        for m, o in outcomes.items()
    )
    text = words("case", "sentence.modes", lang, who=who, parts=parts)
    ordered = [r for r in case.rulings if r.amount_fen is not None]
    for ruling in ordered:
        text += words(
            "case",
            "sentence.ruling",
            lang,
            amount=amount(ruling.amount_fen, lang),
            court=getattr(ruling.court, lang),
        )
    return text
