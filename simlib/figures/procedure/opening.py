"""The picture at the head of lesson 07: she with her loss, two tracks, of which one has no day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.opening.shapes import (
    NARROW,
    WIDE,
    Size,
    both,
    feet,
    label,
    person,
    svg,
)
from simlib.figures.people import short_names
from simlib.figures.procedure.names import lesson
from simlib.figures.style import FADED, PAPER, RED, ROLES, SLATE, TEAL
from simlib.figures.suits import engine
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.case.model import Case

TOP = 4  # above the head [px]


def draw_wait(case: Case, lang: str = "zh") -> str:
    """Draw the victim, the criminal track that runs on, and a suit that may begin now or later."""
    names = short_names(case, lang)
    said = {
        "victim": names[case.claimant],
        "loss": lesson("opening.loss", lang, loss=amount(case.loss_fen, lang)),
        "criminal": engine("tracks.criminal", lang),
        "civil": engine("tracks.civil", lang),
        "open": lesson("opening.open", lang),
        "now": lesson("opening.now", lang),
        "later": lesson("opening.later", lang),
    }
    title = lesson("opening.title", lang, victim=said["victim"], loss=amount(case.loss_fen, lang))
    return both(_drawn(said, WIDE, title, "wide"), _drawn(said, NARROW, title, "narrow"))


def _drawn(said: dict[str, str], size: Size, title: str, kind: str) -> str:
    wide = kind == "wide"
    x = 90 if wide else 36
    foot = feet(TOP, size)
    drawn = person(x, TOP, ROLES["victim"], size)
    drawn += label(said["victim"], x, foot + 1.1 * size.text, size.text, bold=True)
    if wide:
        drawn += label(said["loss"], x, foot + 2.4 * size.text, size.small, FADED)
    left, high = (230, 34) if wide else (120, 24)
    end = size.width - 4
    upper, lower = (TOP + 8, TOP + 66) if wide else (TOP + 2, TOP + 46)
    for name, y in (("criminal", upper), ("civil", lower)):
        drawn += label(said[name], left - (44 if wide else 30), y + high * 0.68, size.small)
    drawn += _bar(left, end, upper, high, SLATE)
    drawn += label(said["open"], (left + end) / 2, upper + high * 0.68, size.small, PAPER,
                   halo=False)  # fmt: skip
    for part, key in ((0.18, "now"), (0.78, "later")):
        at = left + part * (end - left)
        drawn += _flag(at, lower, high, TEAL if key == "later" else RED)
        drawn += label(said[key], at, lower + high + 1.2 * size.small, size.small)
    height = max(foot + (2.8 if wide else 1.5) * size.text, lower + high + 1.7 * size.small)
    return svg(drawn, size, height, title, kind)


def _bar(x: float, end: float, y: float, high: float, color: str) -> str:
    """Draw a track that runs out of the picture."""
    return (
        f'<path d="M{x:g} {y:g}H{end - high / 2:g}L{end:g} {y + high / 2:g}L{end - high / 2:g}'
        f' {y + high:g}H{x:g}z" fill="{color}"/>'
    )


def _flag(x: float, y: float, high: float, color: str) -> str:
    """Draw a suit that may begin here: a flag in outline."""
    return (
        f'<path d="M{x:g} {y + high:g}V{y:g}h{high * 0.8:g}l{-high * 0.25:g} {high * 0.28:g}'
        f'l{high * 0.25:g} {high * 0.28:g}H{x:g}" fill="{PAPER}" stroke="{color}"'
        f' stroke-width="2.5" stroke-dasharray="5 4"/>'
    )
