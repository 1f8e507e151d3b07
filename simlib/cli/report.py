"""Results as tables of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from simlib.case.model import Case
from simlib.explain import assumption_words, face, faced, form_name, pending
from simlib.interval import Interval, ShareRange
from simlib.liability import Outcome
from simlib.text import amount, cite_for, percent, words

GAP = "  "
AMOUNTS = ("exposure_fen", "paid_fen", "burden_fen", "carried_fen", "short_fen")


def of_cases(cases: Sequence[Case], lang: str) -> str:
    """List cases, one a line: name, basis, loss, title."""
    head = [words("cli", f"columns.{key}", lang) for key in ("case", "basis", "loss", "title")]
    rows = [
        [
            case.id,
            words("terms", f"case_bases.{case.basis}", lang),
            amount(case.loss_fen, lang),
            getattr(case.title, lang),
        ]
        for case in cases
    ]
    return table([head, *rows], right={2})


def of_outcome(outcome: Outcome, case: Case, lang: str) -> str:
    """Report a decision: what the claimant gets, who pays, on what, and what was assumed."""
    parts = [_heading(outcome, case, lang), _sums(outcome, lang), _parties(outcome, case, lang)]
    parts += [_recourse(outcome, case, lang), _list("citations", _cited(outcome, case, lang), lang)]
    assumed = [assumption_words(entry, case, lang) for entry in outcome.assumptions]
    return "\n\n".join(part for part in [*parts, _list("assumptions", assumed, lang)] if part)


def of_outcomes(outcomes: Mapping[str, Outcome], case: Case, lang: str) -> str:
    """Compare modes: what the claimant gets, and what each sued party pays."""
    sued = [p.id for p in case.parties if p.role != "victim" and p.sued]
    head = [words("cli", "columns.mode", lang), words("cli", "columns.basis", lang)]
    head += [words("terms", f"results.{key}_fen", lang) for key in ("received", "unrecovered")]
    head += [words("cli", "columns.pays", lang, who=_name(case, id, lang)) for id in sued]
    rows = [
        [
            faced(words("terms", f"forms.{mode}", lang), face(outcome, case, lang), lang),
            words("terms", f"bases.{outcome.basis}", lang),
            amount(outcome.received_fen, lang),
            amount(outcome.unrecovered_fen, lang),
            *(amount(outcome.parties[id].paid_fen, lang) for id in sued),
        ]
        for mode, outcome in outcomes.items()
    ]
    return f"{getattr(case.title, lang)}\n\n" + table([head, *rows], right=set(range(2, len(head))))


def table(rows: Sequence[Sequence[str]], right: set[int]) -> str:
    """Align rows in columns, a Chinese character counting two; the first row is the head."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        GAP.join(_pad(text, widths[n], n in right) for n, text in enumerate(row)).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], GAP.join("-" * wide for wide in widths), *lines[1:]])


def width(text: str) -> int:
    """Count the terminal columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, wide: int, right: bool) -> str:
    space = " " * (wide - width(text))
    return space + text if right else text + space


def _heading(outcome: Outcome, case: Case, lang: str) -> str:
    mode = _mode(outcome, lang)
    basis = words("terms", f"bases.{outcome.basis}", lang)
    decided = words("cli", "decided", lang, mode=mode, basis=basis)
    said = face(outcome, case, lang)
    noted = [words("cli", "face", lang, face=said)] if said else []
    return "\n".join([getattr(case.title, lang), decided, *noted, *pending(outcome, case, lang)])


def _mode(outcome: Outcome, lang: str) -> str:
    """Name the mode; of `auto` under a view or a proposal, whose it is."""
    if outcome.mode == "auto" and outcome.basis != "law in force":
        return words("parameters", f"regimes.{outcome.regime.removesuffix('*')}.name", lang)
    return words("terms", f"forms.{outcome.mode}", lang)


def _sums(outcome: Outcome, lang: str) -> str:
    keys = ("claim_fen", "received_fen", "unrecovered_fen")
    rows = [
        [words("terms", f"results.{key}", lang), amount(getattr(outcome, key), lang)]
        for key in keys
    ]
    widths = [max(width(row[column]) for row in rows) for column in (0, 1)]
    return "\n".join(_pad(a, widths[0], False) + GAP + _pad(b, widths[1], True) for a, b in rows)


def _parties(outcome: Outcome, case: Case, lang: str) -> str:
    head = [words("cli", f"columns.{key}", lang) for key in ("party", "mode")]
    head += [words("terms", f"results.{key}", lang) for key in ("share", *AMOUNTS)]
    rows = [_party(outcome, case, id, lang) for id in outcome.parties]
    return table([head, *rows], right=set(range(2, len(head))))


def _party(outcome: Outcome, case: Case, id: str, lang: str) -> list[str]:
    party = outcome.parties[id]
    amounts = [amount(getattr(party, key), lang) for key in AMOUNTS]
    name = _name(case, id, lang)
    if not case.party(id).sued:
        name = words("cli", "not_sued", lang, who=name)
    return [name, form_name(outcome, id, lang), _share(party.share, lang), *amounts]


def _share(share: ShareRange, lang: str) -> str:
    whole = isinstance(share, Interval) or round(share * 100) == share * 100
    return percent(share, lang, 0 if whole else 2)


def _recourse(outcome: Outcome, case: Case, lang: str) -> str:
    lines = [
        words(
            "cli",
            "recourse_behind" if claim.subordinate else "recourse",
            lang,
            who=_name(case, id, lang),
            against=_name(case, claim.against, lang),
            amount=amount(claim.fen, lang),
            kind=words("terms", f"recourse_kinds.{claim.kind}", lang),
        )
        for id, party in outcome.parties.items()
        for claim in party.recourse
    ]
    return _list("recourse", lines, lang)


def _cited(outcome: Outcome, case: Case, lang: str) -> list[str]:
    return [cite_for(id, case, lang) for id in outcome.citations]


def _list(heading: str, lines: Sequence[str], lang: str) -> str:
    title = words("cli", f"headings.{heading}", lang)
    return "\n".join([title, *(f"- {line}" for line in lines)]) if lines else ""


def _name(case: Case, id: str, lang: str) -> str:
    name: str = getattr(case.party(id).name, lang)
    return name
