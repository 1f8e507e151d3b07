"""A reader's own case with many transfers in every lesson: how long each knob takes.

python -m tests.bench.own [transfers]          prints a table, asserts nothing; 5,000 if not said

Real time in one process, from the page's message to the last word sent back. The case is
hypo-layers with more transfers between two of its accounts; each knob is moved three times.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator

from simlib import widgets
from simlib.lessons import topics
from simlib.resources import shelf
from simlib.widgets.state_change import Steps
from tests.telling import opens, tell, write


def main() -> None:
    """Opening the case, then the median and the slowest of all knobs, lesson by lesson."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    print(f"{'lesson':12} {'transfers':>9} {'open s':>8} {'knob s':>8} {'slowest s':>9}")
    for name in topics():
        for count in (0, many):
            lab = opens(getattr(widgets, f"{name}_lab")("zh"))
            said = case(count)
            opening = spent(lambda lab=lab, said=said: tell(lab.view, said))
            knobs = {id: statistics.median(times) for id, times in moved(lab).items()}
            slowest = max(knobs, key=knobs.get)
            print(
                f"{name:12} {count:9} {opening:8.3f} {statistics.median(knobs.values()):8.3f} "
                f"{knobs[slowest]:9.3f} {slowest}"
            )


def case(count: int) -> dict:
    """What a page says when its reader opens the case."""
    rows = "".join(
        f'[[transfers]]\nid = "x{n}"\npayer = "shop-1"\npayee = "xu-2"\n'
        f"amount_fen = {n * 7919 % 99991}\n"
        f"at = 2023-05-{n % 28 + 1:02d}T{n % 24:02d}:{n * 37 % 60:02d}:{n * 53 % 60:02d}+08:00\n"
        for n in range(count)
    )
    text = (shelf("cases") / "hypo-layers" / "case.toml").read_text("utf-8")
    return {"own": "text", "text": text + rows}


def moved(lab: Steps) -> dict[str, list[float]]:
    """Knob → how long it took to be obeyed [s]."""
    found: dict[str, list[float]] = {}
    form = lab.view
    for number in range(1, 4):
        for id, value in wishes(lab, number):
            asked = {**form.asked, id: [number, value, number]}
            found.setdefault(id, []).append(spent(lambda asked=asked: write(form, asked=asked)))
    return found


def wishes(lab: Steps, number: int) -> Iterator[tuple[str, object]]:
    """Another value for each knob, every time."""
    for item in list(lab.view.spec):
        if item.get("place") == "choose":  # above the knobs: case, position, party
            continue
        if item["kind"] == "check":
            yield item["id"], number % 2 == 1
        elif item["kind"] == "range":
            yield item["id"], item["min"] + (item["max"] - item["min"]) * number / 5
        elif item["kind"] in ("choice", "select"):
            yield item["id"], item["options"][number % len(item["options"])]["value"]


def spent(act: object) -> float:
    """How long it takes [s]."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
