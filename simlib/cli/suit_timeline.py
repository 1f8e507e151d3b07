"""Time lines of the two tracks as tables of text: what ends when, on what authority."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from simlib.cli.report import Report, joined, table
from simlib.figures.suit_words import part_words, step_name
from simlib.text import cite, cite_for, date, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.procedure import Ground, Line, Schedule, Step

RESULTS = ("judged", "final", "enforced")


def of_schedule(found: Schedule, case: Case, lang: str) -> str:
    """Report a schedule: what it comes to, the ordinary line step by step, and what it rests on."""
    report, ordinary = Report("procedure", case, lang, "report."), found.lines["ordinary"]
    return joined([
        "\n".join(_heading(report, found)),
        report.part("results", _results(report, found)),
        report.part("steps", _steps(report, ordinary)),
        report.part("grounds", "\n".join(_grounds(report, ordinary))),
        report.listed("preservation", _preservation(report, ordinary)),
        report.listed("parts", _parts(report, ordinary)),
        report.listed("limitation", _limitation(report, found)),
        report.listed("citations", _cites(report, found)),
        report.assumptions(found.assumptions),
        report.say("note"),
    ])  # fmt: skip


def _heading(report: Report, found: Schedule) -> list[str]:
    name = report.named(f"regimes.{found.regime}.name")
    basis = report.named(f"bases.{found.basis}", "terms")
    return [
        report.title,
        report.say("regime", name=name, basis=basis),
        report.named(f"regimes.{found.regime}.about"),
        report.say("sued", day=date(found.sue_on, report.lang)),
    ]


def _results(report: Report, found: Schedule) -> str:
    """One row a line: how it ends, and the days of judgment, effect and payment."""
    head = [*report.head("line", "document"), *(report.named(f"results.{k}") for k in RESULTS)]
    rows = [
        [
            report.named(f"variants.{name}"),
            report.named(f"documents.{line.document}.name"),
            *(_result(report, line, key) for key in RESULTS),
        ]
        for name, line in found.lines.items()
    ]
    return table([head, *rows])


def _result(report: Report, line: Line, key: str) -> str:
    """Write the day of a result; nothing is collected where the claim was dismissed."""
    nothing = key == "enforced" and line.document == "claim_dismissed"
    return report.say("nothing") if nothing else _day(report, getattr(line, f"{key}_on"))


def _steps(report: Report, line: Line) -> str:
    head = report.head("track", "state", "from", "to", "source", "law")
    return table([head, *(_step(report, step, line) for step in line.steps)])


def _step(report: Report, step: Step, line: Line) -> list[str]:
    return [
        report.named(f"tracks.{step.track}"),
        step_name(step, line.steps, report.lang),
        _day(report, step.begins),
        _day(report, step.ends),
        report.named(f"sources.{step.rests_on}"),
        report.say("comma").join(cite(c, report.lang, step.begins) for c in step.cites),
    ]


def _grounds(report: Report, line: Line) -> Iterable[str]:
    """What the court said to each attempt to sue, and whether she may come again."""
    for said in line.admissions:
        yield "- " + report.named(f"documents.{said.document}.name")
        for ground in said.grounds:
            yield "  - " + _ground(report, ground)
        if said.refile:
            yield "  - " + report.named(f"refile.{said.refile}")


def _ground(report: Report, ground: Ground) -> str:
    holds = {True: "yes", False: "no", None: "open"}[ground.holds]
    said = report.say(
        "ground",
        name=report.named(f"grounds.{ground.key}.name"),
        holds=report.named(f"holds.{holds}"),
        basis=report.named(f"bases.{ground.basis}", "terms"),
    )
    return said + (report.say("contested") if ground.contested else "")


def _preservation(report: Report, line: Line) -> Iterable[str]:
    """Say which preservation it is, what it costs, and why it holds nothing, if so."""
    held = line.preservation
    if held is None:
        return
    days = {"ruled": _day(report, held.ruled_on), "until": _day(report, held.sue_by)}
    sums = {"security": report.amount(held.security_fen), "fee": report.amount(held.fee_fen)}
    yield words("procedure", f"preservation.{held.kind}", report.lang, **sums, **days)
    if held.failed and held.kind != "after_suit":
        yield report.named(f"preservation.{held.failed}")


def _parts(report: Report, line: Line) -> Iterable[str]:
    """Say what is proved of each defendant, and against whom the suit is not taken."""
    for part in line.parts:
        yield "".join(part_words(part, report.case, report.lang))
    for who in line.admissions[-1].barred:
        name = getattr(report.case.party(who).name, report.lang)
        yield words("procedure", "proved.barred", report.lang, who=name)


def _limitation(report: Report, found: Schedule) -> Iterable[str]:
    known = found.limitation
    line = found.lines["ordinary"]
    if line.enforce_by:
        yield report.say("enforce_by", day=date(line.enforce_by, report.lang))
    if known.last_on:
        yield report.say("last_on", day=date(known.last_on, report.lang))
    yield report.named(f"limitation.{'run' if known.interrupted_on is None else known.by}")


def _cites(report: Report, found: Schedule) -> Iterable[str]:
    """Cite each article by its number on the day a step of the ordinary line uses it."""
    used = found.lines["ordinary"].used_on
    for id in found.citations:
        day = used.get(id)
        yield cite(id, report.lang, day) if day else cite_for(id, report.case, report.lang)


def _day(report: Report, day: datetime.date | None) -> str:
    return date(day, report.lang) if day else report.named("days.no_end")
