"""The pictures of lesson 00: at its head 42 suits as files; on the stage their way with gates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simlib.figures.names_of_people import short_names
from simlib.figures.opening.shapes import (
    NARROW,
    WIDE,
    Size,
    band,
    both,
    feet,
    label,
    person,
    svg,
)
from simlib.figures.style import FADED, GRID, PAPER, ROLES, SLATE
from simlib.lessons.start.gates import Gates
from simlib.lessons.start.sample import Sample
from simlib.lessons.start.way import Way
from simlib.text import amount, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case
    from simlib.figures.picture import Picture
    from simlib.figures.picture import Size as Picked
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say

TOPIC = "start_lesson"
ENDINGS = ("beside", "ending")  # knobs that choose one
DISMISSED, ALL = 36, 42
TOP = 4  # above the head [px]
ROWS = 2  # of files


def picture(found: Mapping[str, Any], scene: Scene, size: Picked, say: Say) -> Picture:
    """Draw the suits on their way, one at each ending compared, or as a sample."""
    if "files" in scene.columns:
        return Gates(found["count"], size, say).picture()
    compared = {knob: found[knob] for knob in scene.columns if knob in ENDINGS}
    if compared:
        return Way(compared, size, say).picture("fact" in scene.knobs)
    return Sample(found["sorted"], size, say).picture()


def opening(case: Case, lang: str = "zh") -> str:
    """Draw the victim of a case with her suit, and 42 files, 36 of them dark, as HTML."""
    said = _said(case, lang)
    return both(_wide(said), _narrow(said))


def _said(case: Case, lang: str) -> dict[str, str]:
    names = short_names(case, lang)
    who = next(p.id for p in case.parties if p.role not in ("victim", "principal"))
    named = {"victim": names[case.claimant], "who": names[who]}
    named["loss"] = amount(case.loss_fen, lang)
    keys = ("title", "victim_said", "suit", "dismissed", "others")
    found = {key: words(TOPIC, f"opening.{key}", lang, **named) for key in keys}
    return found | {"victim": named["victim"]}


def _wide(said: dict[str, str]) -> str:
    """Draw her at the left, her file, and the count in two rows at the right."""
    foot = feet(TOP, WIDE)
    drawn = person(90, TOP, ROLES["victim"], WIDE) + _names(said, 90, foot, WIDE)
    drawn += band((150, 48), (206, 48), 8, ROLES["victim"]) + _file(238, 26, 34, 44, PAPER)
    drawn += label("?", 238, 56, WIDE.text, bold=True, halo=False)
    drawn += label(said["suit"], 238, foot + 1.1 * WIDE.text, WIDE.small)
    grid, low = _grid(said, 380, 26, (26, 34), WIDE)
    return svg(drawn + grid, WIDE, max(low, foot + 2.6 * WIDE.text) + 4, said["title"], "wide")


def _narrow(said: dict[str, str]) -> str:
    """Draw her and her file above, the count in two rows below."""
    foot = feet(TOP, NARROW)
    drawn = person(30, TOP, ROLES["victim"], NARROW)
    text = f"{said['victim']} · {said['victim_said']}"
    drawn += _start(text, 66, 28, NARROW.small, True)
    drawn += _start(f"{said['suit']}？", 66, 50, NARROW.small)
    grid, low = _grid(said, 6, foot + 12, (17, 20), NARROW)
    return svg(drawn + grid, NARROW, low + 4, said["title"], "narrow")


def _names(said: dict[str, str], x: float, foot: float, size: Size) -> str:
    drawn = label(said["victim"], x, foot + 1.1 * size.text, size.text, bold=True)
    return drawn + label(said["victim_said"], x, foot + 2.4 * size.text, size.small, FADED)


def _start(text: str, x: float, y: float, height: float, bold: bool = False) -> str:
    """Write words that begin at `x`."""
    return label(text, x, y, height, bold=bold).replace('"middle"', '"start"', 1)


def _grid(
    said: dict[str, str], left: float, top: float, file: tuple[float, float], size: Size
) -> tuple[str, float]:
    """Draw the files column by column, those dismissed first; return where it all ends."""
    wide, high = file
    step, down = (size.width - left) / (ALL / ROWS), high * 1.18
    drawn = ""
    for n in range(ALL):
        x, y = left + (n // ROWS + 0.5) * step, top + (n % ROWS) * down
        drawn += _file(x, y, min(wide, 0.8 * step), high, SLATE if n < DISMISSED else GRID)
    foot = top + ROWS * down + 1.1 * size.small
    dark = step * DISMISSED / ROWS
    light = left + dark + (size.width - left - dark) / 2
    drawn += label(said["dismissed"], left + dark / 2, foot, size.small, bold=True)
    drawn += label(said["others"], min(light, size.width - 40), foot, size.small, FADED)
    return drawn, foot


def _file(x: float, y: float, wide: float, high: float, color: str) -> str:
    """Draw a sheet of paper with a folded corner, centred at `x`."""
    left, fold = x - wide / 2, wide * 0.32
    path = (
        f"M{left:g} {y:g}h{wide - fold:g}l{fold:g} {fold:g}v{high - fold:g}h{-wide:g}z"
        f"M{left + wide - fold:g} {y:g}v{fold:g}h{fold:g}"
    )
    return f'<path d="{path}" fill="{color}" stroke="{SLATE}" stroke-width="1.5"/>'
