"""The table that is printed, and the same as JSON."""

from __future__ import annotations

import json
import operator
from dataclasses import asdict, dataclass
from pathlib import Path

ARTEFACTS = Path(__file__).resolve().parents[3] / "artefacts"
HEAD = ("what", "stock Voilà", "Dash", "ours", "budget", "reached")


@dataclass
class Row:
    """One line; None: not measured, or there is nothing to measure.

    Attributes
    ----------
    stock, dash, ours
        in the unit that `what` names
    budget
        what ours has to stay below, in words
    reached
        whether it does; None: there is no budget, or the peer is not here
    """

    what: str
    stock: float | None = None
    dash: float | None = None
    ours: float | None = None
    budget: str = ""
    reached: bool | None = None


def at_most(ours: float | None, *limits: float | None) -> bool | None:
    """Whether a measure keeps every limit; None if one of them is not known."""
    return _holds(operator.le, ours, limits)


def below(ours: float | None, *limits: float | None) -> bool | None:
    """The same where equal is not enough."""
    return _holds(operator.lt, ours, limits)


def _holds(compare, ours: float | None, limits: tuple[float | None, ...]) -> bool | None:
    if ours is None or None in limits:
        return None
    return all(compare(ours, limit) for limit in limits)


def show(rows: list[Row]) -> str:
    """The rows as a Markdown table, aligned."""
    lines = [HEAD, *map(_cells, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    numbers = (number(each) for each in (row.stock, row.dash, row.ours))
    said = {None: "", True: "yes", False: "no"}[row.reached]
    return (row.what, *numbers, row.budget, said)


def number(value: float | None) -> str:
    """Three figures that count; whole numbers as they are."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.{3 if abs(value) < 1 else 2}f}"


def save(rows: list[Row], **more: object) -> Path:
    """Write `artefacts/bench-serving.json`."""
    ARTEFACTS.mkdir(exist_ok=True)
    path = ARTEFACTS / "bench-serving.json"
    held = {"rows": [asdict(row) for row in rows], **more}
    path.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path
