"""Time lines of the two tracks as tables of text: what ends when, on what authority."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from simlib.cli.report import table
from simlib.explain import assumption_words
from simlib.text import cite, cite_for, date, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.procedure import Ground, Line, Schedule, Step

RESULTS = ("judged", "final", "enforced")


def of_schedule(found: Schedule, case: Case, lang: str) -> str:
    """Report a schedule: what it comes to, the ordinary line step by step, and what it rests on."""
    ordinary = found.lines["ordinary"]
    parts = [
        _heading(found, case, lang),
        _part("results", _results(found, lang), lang),
        _part("steps", _steps(ordinary, lang), lang),
        _part("grounds", _lines(_grounds(ordinary, lang)), lang),
        _part("limitation", _limitation(found, lang), lang),
        _part("citations", _lines(_cites(found, case, lang)), lang),
        _part(
            "assumptions", _lines(assumption_words(e, case, lang) for e in found.assumptions), lang
        ),
        say("note", lang),
    ]
    return "\n\n".join(part for part in parts if part)


def say(key: str, lang: str, **values: object) -> str:
    """Return words of the table of procedure."""
    return words("procedure", f"report.{key}", lang, **values)


def _named(kind: str, key: str, lang: str) -> str:
    return words("procedure", f"{kind}.{key}", lang)


def _part(key: str, body: str, lang: str) -> str:
    return f"{say(f'heading.{key}', lang)}\n{body}" if body else ""


def _heading(found: Schedule, case: Case, lang: str) -> str:
    lines = [
        getattr(case.title, lang),
        say(
            "regime",
            lang,
            name=_named("regimes", f"{found.regime}.name", lang),
            basis=words("terms", f"bases.{found.basis}", lang),
        ),
        _named("regimes", f"{found.regime}.about", lang),
        say("sued", lang, day=date(found.sue_on, lang)),
    ]
    return "\n".join(lines)


def _results(found: Schedule, lang: str) -> str:
    """One row a line: how it ends, and the days of judgment, effect and payment."""
    head = [say("column.line", lang), say("column.document", lang)]
    head += [_named("results", key, lang) for key in RESULTS]
    rows = [
        [
            _named("variants", name, lang),
            _named("documents", f"{line.document}.name", lang),
            *(_result(line, key, lang) for key in RESULTS),
        ]
        for name, line in found.lines.items()
    ]
    return table([head, *rows], right=set())


def _result(line: Line, key: str, lang: str) -> str:
    """Write the day of a result; nothing is collected where the claim was dismissed."""
    nothing = key == "enforced" and line.document == "claim_dismissed"
    return say("nothing", lang) if nothing else _day(getattr(line, f"{key}_on"), lang)


def _steps(line: Line, lang: str) -> str:
    head = [say(f"column.{key}", lang) for key in ("track", "state", "from", "to", "source", "law")]
    return table([head, *(_step(step, lang) for step in line.steps)], right=set())


def _step(step: Step, lang: str) -> list[str]:
    cited = say("comma", lang).join(cite(c, lang, step.begins) for c in step.cites)
    return [
        _named("tracks", step.track, lang),
        _named("states", step.state, lang),
        _day(step.begins, lang),
        _day(step.ends, lang),
        _named("sources", step.rests_on, lang),
        cited,
    ]


def _grounds(line: Line, lang: str) -> Iterable[str]:
    """What the court said to each attempt to sue, and whether she may come again."""
    for said in line.admissions:
        yield _named("documents", f"{said.document}.name", lang)
        for ground in said.grounds:
            yield "  " + _ground(ground, lang)
        if said.refile:
            yield "  " + _named("refile", said.refile, lang)


def _ground(ground: Ground, lang: str) -> str:
    holds = {True: "yes", False: "no", None: "open"}[ground.holds]
    values = {
        "name": _named("grounds", f"{ground.key}.name", lang),
        "holds": _named("holds", holds, lang),
        "basis": words("terms", f"bases.{ground.basis}", lang),
    }
    contested = say("contested", lang) if ground.contested else ""
    return say("ground", lang, **values) + contested


def _limitation(found: Schedule, lang: str) -> str:
    known = found.limitation
    why = "run" if known.interrupted_on is None else known.by
    said = say("last_on", lang, day=date(known.last_on, lang)) if known.last_on else ""
    return _lines(line for line in (said, _named("limitation", why, lang)) if line)


def _cites(found: Schedule, case: Case, lang: str) -> Iterable[str]:
    """Cite each article by its number on the day a step of the ordinary line uses it."""
    used = found.lines["ordinary"].used_on
    for id in found.citations:
        day = used.get(id)
        yield cite(id, lang, day) if day else cite_for(id, case, lang)


def _day(day: datetime.date | None, lang: str) -> str:
    return date(day, lang) if day else _named("days", "no_end", lang)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" if not line.startswith("  ") else f"  - {line.strip()}"
                     for line in lines)  # fmt: skip
