"""The one table that is printed, and the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from load.meter import SHARES, percentile
from load.run import Taken

ARTEFACTS = Path(__file__).resolve().parents[2] / "artefacts"
HEAD = ("what", "number", *(f"p{share}" for share in SHARES), "most")
WAITS = {  # kind of wait → what it is called
    "open": "from GET until the bet can be sent, s",
    "reload": "from GET until all stands as before the reload, s",
    "bet": "from the bet to the open stage, s",
    "asked": "from a bet that contradicts itself to being asked back, s",
    "knob": "from a knob to its answer, s",
    "drag": "from a move of a dragged knob to its answer, s",
    "reason": "from a number to its reasons, s",
    "task": "from a task's button to its answer, s",
    "scene": "from a scene to its board, s",
    "undo": "from “undo” to the knob set back, s",
}
Row = tuple[str, ...]


def rows(taken: Taken) -> Iterator[Row]:
    """Waits with their percentiles, then single figures."""
    for kind, what in WAITS.items():
        if times := taken.meter.times.get(kind):
            parts = (*(percentile(times, share) for share in SHARES), max(times))
            yield (what, str(len(times)), *(f"{each:.3f}" for each in parts))
    for what, figure in _figures(taken).items():
        yield (what, str(figure), *[""] * (len(HEAD) - 2))


def _figures(taken: Taken) -> dict[str, object]:
    meter, most, span = taken.meter, taken.most, taken.seconds or 1
    held = ((name, getattr(taken, name)) for name in ("before", "most", "after"))
    return {
        "answers lost": len(meter.lost),
        "errors": len(meter.errors),
        "pages to wait on": meter.waits,
        "the server's process, share of one core": f"{taken.server / span:.2f}",
        "kernels, cores": f"{taken.kernels / span:.2f}",
        "the students here, cores": f"{taken.students / span:.2f}",
        "kernels at most": most.kernels,
        "PSS a lesson's kernel then, MB": f"{most.lessons / max(1, most.kernels):.1f}",
        **{
            f"PSS {WHEN[name]}: server + fork server + kernels, MB":
            f"{each.server:.0f} + {each.fork_server:.0f} + {each.lessons:.0f}"
            for name, each in held
        },
        "kernels left": taken.left,
    }  # fmt: skip


WHEN = {"before": "before the class", "most": "at most", "after": "when all kernels have ended"}


def show(taken: Taken) -> str:
    """The table, aligned, in Markdown."""
    lines = [HEAD, *rows(taken)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


def save(taken: Taken, **more: object) -> Path:
    """Write `artefacts/load.json`: the table's rows, what was measured, and where."""
    ARTEFACTS.mkdir(exist_ok=True)
    path = ARTEFACTS / "load.json"
    table = [dict(zip(HEAD, row, strict=True)) for row in rows(taken)]
    held = {**more, "table": table, "measured": asdict(taken)}
    path.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path
