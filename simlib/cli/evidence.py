"""A trail as tables of text: which proof is there at the trial, what it proves and brings."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from simlib.cli.report import table
from simlib.explain import assumption_words
from simlib.text import amount, cite_for, date, percent, topic_words, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.evidence import Kept, Outcome, Stage, Trail

BY_EFFECT = "court_file"  # proves by its effect, which the time line reckons with
LEAST = 0.005  # a chance below rounds to none, which would be untrue


def of_trail(found: Trail, case: Case, lang: str) -> str:
    """Report a trail: the pieces, what happens to each, what the trial comes to, on what."""
    parts = [
        _heading(found, case, lang),
        _part("pieces", _pieces(found, case, lang), lang),
        _part("steps", "\n".join(_steps(found, case, lang)), lang),
        _part("outcomes", _outcomes(found, lang), lang),
        _part("citations", _lines(cite_for(c, case, lang) for c in found.citations), lang),
        _part(
            "assumptions", _lines(assumption_words(e, case, lang) for e in found.assumptions), lang
        ),
        say("note", lang),
    ]
    return "\n\n".join(part for part in parts if part)


def say(key: str, lang: str, **values: object) -> str:
    """Return words of the report on evidence."""
    return words("evidence", f"report.{key}", lang, **values)


def piece_name(kept: Kept, case: Case, lang: str) -> str:
    """Name a piece as its file does, else by its kind."""
    entry = next((e for e in case.evidence if e.id == kept.piece.id), None)
    if entry and entry.name:
        return str(getattr(entry.name, lang))
    name = _named("kinds", f"{kept.piece.kind.id}.name", lang)
    return say("assumed_piece", lang, name=name) if entry is None else name


def holder_name(holder: str, case: Case, lang: str) -> str:
    """Name who keeps a piece: a party, or one of those the words know; else the id itself."""
    party = next((p for p in case.parties if p.id == holder), None)
    if party:
        return str(getattr(party.name, lang))
    return str(topic_words("evidence", lang)["holders"].get(holder, holder))


def _named(kind: str, key: str, lang: str) -> str:
    return words("evidence", f"{kind}.{key}", lang)


def _part(key: str, body: str, lang: str) -> str:
    return f"{say(f'heading.{key}', lang)}\n{body}" if body else ""


def _heading(found: Trail, case: Case, lang: str) -> str:
    manner = found.manner
    basis = words("terms", f"bases.{found.basis}", lang)
    regime = words("procedure", f"regimes.{found.regime}.name", lang)
    reply, place, police = (_named(kind, f"{name}.name", lang) for kind, name in (
        ("replies", manner.reply), ("places", manner.place), ("police", manner.police)
    ))  # fmt: skip
    asked = found.asked_on
    lines = [
        getattr(case.title, lang),
        say("regime", lang, name=regime, basis=basis),
        say("manner", lang, reply=reply, place=place, police=police),
        *_choices(found, lang),
        say("asked", lang, day=date(asked, lang)) if asked else say("never", lang),
    ]
    return "\n".join(lines)


def _choices(found: Trail, lang: str) -> Iterator[str]:
    """Say what else was chosen: preservation, a refusal, the paper's retention."""
    if found.manner.preserve_on:
        yield say("preserve", lang, day=date(found.manner.preserve_on, lang))
    if found.manner.refuses:
        yield say("refuses", lang)
    if found.levers:
        kept = say("kept" if found.levers.kept else "not_kept", lang)
        yield say("levers", lang, months=found.levers.mandatory_months, kept=kept)


def _pieces(found: Trail, case: Case, lang: str) -> str:
    keys = ("piece", "holder", "lapses", "asked", "answered", "secured", "chance", "proves")
    head = [say(f"column.{key}", lang) for key in keys]
    return table([head, *(_piece(kept, case, lang) for kept in found.pieces)], right={6})


def _piece(kept: Kept, case: Case, lang: str) -> list[str]:
    secured = _named("secured", kept.secured_by or "nobody", lang)
    if kept.secured_on:
        secured += f" {date(kept.secured_on, lang)}"
    lapses = kept.clock.lapses_on
    return [
        piece_name(kept, case, lang),
        holder_name(kept.piece.holder, case, lang),
        date(lapses, lang) if lapses else say("no_end", lang),
        _day(kept.asked_on, lang),
        _day(kept.answered_on, lang),
        secured,
        _chance(kept.chance, lang),
        _named("proves", BY_EFFECT if kept.piece.kind.id == BY_EFFECT else kept.proves, lang),
    ]


def _steps(found: Trail, case: Case, lang: str) -> Iterator[str]:
    for kept in found.pieces:
        if kept.steps:
            yield f"- {piece_name(kept, case, lang)}"
            yield from (f"  - {_step(step, case, lang)}" for step in kept.steps)


def _step(step: Stage, case: Case, lang: str) -> str:
    listed = say("comma", lang).join(cite_for(c, case, lang) for c in step.cites)
    return say(
        "step",
        lang,
        name=_named("stages", f"{step.key}.name", lang),
        day=date(step.on, lang) if step.on else say("no_day", lang),
        basis=words("terms", f"bases.{step.basis}", lang),
        cites=say("cites", lang, listed=listed) if listed else "",
    )


def _outcomes(found: Trail, lang: str) -> str:
    """One row an outcome, the likeliest first; then what they bring on average."""
    keys = ("proved", "probability", "document", "judged", "received")
    head = [say(f"column.{key}", lang) for key in keys]
    likely = sorted(found.outcomes, key=lambda outcome: -outcome.chance)
    rows = table([head, *(_outcome(outcome, lang) for outcome in likely)], right={1, 4})
    money = found.received
    low, high = amount(money.low, lang), amount(money.high, lang)
    average = say("expected", lang, amount=amount(money.expected, lang))
    return "\n".join([rows, "", average, say("between", lang, low=low, high=high)])


def _outcome(outcome: Outcome, lang: str) -> list[str]:
    line = outcome.schedule.lines["ordinary"]
    return [
        _named("proof", outcome.proved, lang) if outcome.proved else say("unknown", lang),
        _chance(outcome.chance, lang),
        words("procedure", f"documents.{line.document}.name", lang),
        _day(line.judged_on, lang),
        amount(outcome.received, lang),
    ]


def _chance(chance: float, lang: str) -> str:
    """Write an assumed chance in whole per cent; what is nearly none or all is not called so."""
    if 0 < chance < LEAST:
        return say("hardly", lang)
    if 1 - LEAST <= chance < 1:
        return say("nearly", lang)
    return percent(chance, lang)


def _day(day: datetime.date | None, lang: str) -> str:
    return date(day, lang) if day else say("unknown", lang)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
