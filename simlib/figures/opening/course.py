"""The picture of the course: one person's money, and below it the three steps of the course."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

from simlib.figures.opening.shapes import (
    NARROW,
    WIDE,
    Size,
    band,
    both,
    card,
    feet,
    label,
    person,
    svg,
    width_of,
    wrapped,
)
from simlib.figures.style import BLUE, FADED, PAPER, ROLES, WASH
from simlib.text import topic_words

HALF_PAGE = replace(WIDE, width=600, text=18, small=17, head=20, money=18)
STEPS = ("problem", "rule", "mechanism")
TOP = 4
BOLD = 1.12  # how much wider bold letters are than estimated


@cache
def draw_course(lang: str = "zh") -> str:
    """Draw what the course is about as HTML: a wide and a narrow drawing."""
    return both(_drawn(HALF_PAGE, lang, "wide"), _drawn(NARROW, lang, "narrow"))


def _drawn(size: Size, lang: str, kind: str) -> str:
    said = topic_words("opening", lang)["course"]
    edge = 0.16 if size is NARROW else 0.15
    xs = [size.width * part for part in (edge, 0.5, 1 - edge)]
    inner = _money(size, xs, said)
    steps, low = _steps(size, said, feet(TOP, size) + 2.5 * size.text)
    return svg(inner + steps, size, low, said["title"], kind)


def _money(size: Size, xs: list[float], said: dict[str, str]) -> str:
    """Draw victim, card and fraudster, and the money between."""
    left, middle, right = xs
    y, foot = (TOP + feet(TOP, size)) / 2 + 4, feet(TOP, size) + 1.1 * size.text
    high = 3.2 * size.head
    half, body, gap = high * (0.56 if size is NARROW else 0.8), 1.75 * size.head, 5
    first = (left + body + gap, middle - half - gap)
    second = (middle + half + gap, right - body - gap)
    drawn = band((first[0], y), (first[1], y), size.money, ROLES["victim"])
    drawn += band((second[0], y), (second[1], y), size.money, ROLES["principal"], known=False)
    drawn += person(left, TOP, ROLES["victim"], size)
    drawn += person(right, TOP, ROLES["principal"], size, absent=True)
    drawn += card(middle, y - high / 2, ROLES["helper"], 2 * half, high)
    at, wide = (first[0] + first[1]) / 2, width_of(said["amount"], size.small)
    text = said["amount"] if wide <= first[1] - first[0] + 4 else said["number"]
    drawn += label(text, at, y - size.money / 2 - 5, size.small, bold=True)
    for text, x in ((said["victim"], left), (said["card"], middle), (said["principal"], right)):
        drawn += label(text, x, foot, size.text, bold=True)
    return drawn


def _steps(size: Size, said: dict[str, Any], top: float) -> tuple[str, float]:
    """Draw the three steps with their questions, in a box of its own below the people."""
    xs = [size.width * part for part in (1 / 6, 0.5, 5 / 6)]
    title, head = top + 1.5 * size.small, top + 3.5 * size.text
    drawn, low = label(said["steps"], size.width / 2, title, size.small, FADED, halo=False), head
    for step, x in zip(STEPS, xs, strict=True):
        drawn += _pill(str(said[step]), x, head, size)
        y = head + 0.6 * size.text
        for text in said[f"{step}_asks"]:
            for line in wrapped(text, 0.3 * size.width, size.small):
                y += 1.4 * size.small
                drawn += label(line, x, y, size.small, halo=False)
        low = max(low, y)
    widths = [_pill_width(str(said[step]), size) for step in STEPS]
    for n, (x0, x1) in enumerate(pairwise(xs)):
        start, end = x0 + widths[n] / 2 + 6, x1 - widths[n + 1] / 2 - 6
        y = head - 0.35 * size.text
        drawn += band((start, y), (end, y), 3, FADED)
    low += 0.9 * size.small
    box = f'<rect y="{top:g}" width="{size.width}" height="{low - top:g}" rx="14" fill="{WASH}"/>'
    return box + drawn, low


def _pill(text: str, x: float, foot: float, size: Size) -> str:
    wide, high = _pill_width(text, size), 1.6 * size.text
    box = (
        f'<rect x="{x - wide / 2:g}" y="{foot - 1.15 * size.text:g}" width="{wide:g}"'
        f' height="{high:g}" rx="{high / 2:g}" fill="{BLUE}"/>'
    )
    return box + label(text, x, foot, _letters(size), PAPER, bold=True, halo=False)


def _pill_width(text: str, size: Size) -> float:
    return BOLD * width_of(text, _letters(size)) + 22


def _letters(size: Size) -> int:
    """How high the letters of a pill are."""
    return size.small if size is NARROW else size.text
