"""A trail as tables of text: which proof is there at the trial, what it proves and brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from simlib.cli.report import Report, joined, table
from simlib.text import cite, cite_for, date, percent, topic_words

if TYPE_CHECKING:
    import datetime

    from simlib.case.model import Case
    from simlib.evidence import Kept, Outcome, Stage, Trail
    from simlib.interval import FenRange

BY_EFFECT = "court_file"  # proves by its effect, which the time line reckons with
LEAST = 0.005  # a chance below rounds to none, which would be untrue


def of_trail(found: Trail, case: Case, lang: str) -> str:
    """Report a trail: the pieces, what happens to each, what the trial comes to, on what."""
    report = Report("evidence", case, lang, "report.")
    return joined([
        "\n".join(_heading(report, found)),
        report.part("pieces", _pieces(report, found)),
        report.part("steps", "\n".join(_steps(report, found))),
        report.part("outcomes", _outcomes(report, found)),
        report.listed("citations", _cites(report, found)),
        report.assumptions(found.assumptions),
        report.say("note"),
    ])  # fmt: skip


def _heading(report: Report, found: Trail) -> Iterator[str]:
    """Say the regime, how the request goes, and what else was chosen."""
    manner, lang = found.manner, report.lang
    yield report.title
    name = report.named(f"regimes.{found.regime}.name", "procedure")
    yield report.say("regime", name=name, basis=report.named(f"bases.{found.basis}", "terms"))
    yield report.say(
        "manner",
        reply=report.named(f"replies.{manner.reply}.name"),
        place=report.named(f"places.{manner.place}.name"),
        police=report.named(f"police.{manner.police}.name"),
    )
    if manner.preserve_on:
        yield report.say("preserve", day=date(manner.preserve_on, lang))
    if manner.refuses:
        yield report.say("refuses")
    if found.levers:
        kept = report.say("kept" if found.levers.kept else "not_kept")
        yield report.say("levers", months=found.levers.mandatory_months, kept=kept)
    asked = found.asked_on
    yield report.say("asked", day=date(asked, lang)) if asked else report.say("never")


def _pieces(report: Report, found: Trail) -> str:
    keys = ("piece", "holder", "lapses", "asked", "answered", "secured", "chance", "proves")
    return table([report.head(*keys), *(_piece(report, kept) for kept in found.pieces)], right={6})


def _piece(report: Report, kept: Kept) -> list[str]:
    lang, open_ = report.lang, report.say("unknown")
    days = [kept.asked_on, kept.answered_on]
    lapses, secured = kept.clock.lapses_on, report.named(f"secured.{kept.secured_by or 'nobody'}")
    return [
        _piece_name(report, kept),
        _holder_name(report, kept.piece.holder),
        date(lapses, lang) if lapses else report.say("no_end"),
        *(date(day, lang) if day else open_ for day in days),
        f"{secured} {date(kept.secured_on, lang)}" if kept.secured_on else secured,
        _chance(report, kept.chance),
        report.named(f"proves.{BY_EFFECT if kept.piece.kind.id == BY_EFFECT else kept.proves}"),
    ]


def _piece_name(report: Report, kept: Kept) -> str:
    """Name a piece as its file does, else by its kind."""
    entry = next((e for e in report.case.evidence if e.id == kept.piece.id), None)
    if entry and entry.name:
        return str(getattr(entry.name, report.lang))
    name = report.named(f"kinds.{kept.piece.kind.id}.name")
    return report.say("assumed_piece", name=name) if entry is None else name


def _holder_name(report: Report, holder: str) -> str:
    """Name who keeps a piece: a party, or one of those the words know; else the id itself."""
    if any(party.id == holder for party in report.case.parties):
        return report.name(holder)
    return str(topic_words("evidence", report.lang)["holders"].get(holder, holder))


def _steps(report: Report, found: Trail) -> Iterator[str]:
    for kept in found.pieces:
        if kept.steps:
            yield f"- {_piece_name(report, kept)}"
            yield from (f"  - {_step(report, kept, step)}" for step in kept.steps)


def _step(report: Report, kept: Kept, step: Stage) -> str:
    cited = (cite(c, report.lang, step.on or kept.asked_on) for c in step.cites)
    listed = report.say("comma").join(cited)
    return report.say(
        "step",
        name=report.named(f"stages.{step.key}.name"),
        day=date(step.on, report.lang) if step.on else report.say("no_day"),
        basis=report.named(f"bases.{step.basis}", "terms"),
        cites=report.say("cites", listed=listed) if listed else "",
    )


def _cites(report: Report, found: Trail) -> Iterator[str]:
    """Cite each article by its number on the day of the first step that uses it."""
    used = found.used_on
    for id in found.citations:
        day = used.get(id)
        yield cite(id, report.lang, day) if day else cite_for(id, report.case, report.lang)


def _outcomes(report: Report, found: Trail) -> str:
    """One row an outcome, the likeliest first; then what they bring on average.

    Outcomes that differ in nothing shown, only in what survived, are one row.
    """
    head = report.head("proved", "probability", "document", "judged", "received")
    chances = dict[tuple[str, ...], float]()
    for outcome in found.outcomes:
        shown = _outcome(report, outcome)
        chances[shown] = chances.get(shown, 0.0) + outcome.chance
    likely = sorted(chances.items(), key=lambda each: -each[1])
    body = [[shown[0], _chance(report, chance), *shown[1:]] for shown, chance in likely]
    rows = table([head, *body], right={1, 4})
    low, mean, high = map(
        report.amount, (found.received.low, found.received.expected, found.received.high)
    )
    return "\n".join(
        [rows, "", report.say("expected", amount=mean), report.say("between", low=low, high=high)]
    )


def _outcome(report: Report, outcome: Outcome) -> tuple[str, ...]:
    """Say what is proved, by which document, and of each judgment its day and what it brings."""
    line, open_ = outcome.schedule.lines["ordinary"], report.say("unknown")
    turns: list[tuple[datetime.date | None, FenRange]] = list(outcome.instalments)
    turns = turns or [(line.judged_on, outcome.received)]
    said = (date(day, report.lang) if day else open_ for day, _ in turns)
    return (
        report.named(f"proof.{outcome.proved}") if outcome.proved else open_,
        report.named(f"documents.{line.document}.name", "procedure"),
        _in_turn(report, said),
        _in_turn(report, (report.amount(fen) for _, fen in turns)),
    )


def _in_turn(report: Report, said: Iterable[str]) -> str:
    """Write what a judgment gives, and behind it what is left for later."""
    first, *rest = said
    return "".join([first, *(report.say("rest", value=each) for each in rest)])


def _chance(report: Report, chance: float) -> str:
    """Write an assumed chance in whole per cent; what is nearly none or all is not called so."""
    if 0 < chance < LEAST:
        return report.say("hardly")
    if 1 - LEAST <= chance < 1:
        return report.say("nearly")
    return percent(chance, report.lang)
