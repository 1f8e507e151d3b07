"""The picture of the course: one person's money and her suit, and the question that each asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

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
    tip,
    width_of,
    wrapped,
)
from simlib.figures.style import BLUE, FADED, INK, PAPER, ROLES
from simlib.text import topic_words

HOME = replace(WIDE, head=26, money=30)
PHONE = replace(NARROW, head=16, money=20)
PILLARS = (0.12, 0.37, 0.63, 0.88)  # of a court's width
LENDER = replace(WIDE, head=14)  # above the card
POINT = 14  # of an arrow of the way [px]
TARGET = 48  # what a finger takes [px]
LINES = 3  # on a sheet of paper


@dataclass(frozen=True, slots=True)
class Places:
    """Where things stand in one drawing [px].

    Attributes
    ----------
    people
        of victim, card and fraudster, from the left
    way
        of the court and the judgment, from the left; none on a phone, which lists the questions
    top, low
        of the people, of court and judgment
    asks
        question → where its words begin, from the left and above, and how wide they may be
    card
        how wide the card is
    """

    people: tuple[float, float, float]
    way: tuple[float, float] | None
    top: float
    low: float
    asks: dict[str, tuple[float, float, float]]
    card: float


PLACES = {
    "wide": Places((60, 550, 1060), (300, 830), 66, 236,
                   {"who": (310, 30, 210), "money": (690, 30, 330), "court": (366, 250, 320),
                    "own": (900, 250, 200)}, 150),
    "narrow": Places((34, 194, 310), None, 4, 0,
                     {"who": (72, 134, 288), "money": (72, 182, 288), "court": (72, 230, 288),
                      "own": (72, 278, 288)}, 64),
}  # fmt: skip


@cache
def draw_course(lang: str = "zh") -> str:
    """Draw what the course is about as HTML: a wide and a narrow drawing.

    Each question is a link to `#who`, `#money`, `#court` or `#own`, its lessons on the home page.
    """
    return both(_drawn(HOME, lang, "wide"), _drawn(PHONE, lang, "narrow"))


def _drawn(size: Size, lang: str, kind: str) -> str:
    said, at = topic_words("opening", lang)["course"], PLACES[kind]
    lows = [_asked(key, said, at, size) for key in at.asks]
    way = _suit(size, at, at.way) if at.way else _branches(size, at)
    inner = _money(size, at, said) + way + "".join(drawn for drawn, _ in lows)
    low = max([at.low + 3.4 * size.head, *(low for _, low in lows)])
    return svg(inner, size, low + 10, said["title"], kind, "group")


def _money(size: Size, at: Places, said: dict[str, str]) -> str:
    """Draw victim, card and fraudster, and the money between."""
    left, middle, right = at.people
    y, foot = (at.top + feet(at.top, size)) / 2 + 4, feet(at.top, size) + 1.2 * size.text
    high, body, gap = 3.2 * size.head, 1.75 * size.head, 6
    first = (left + body + gap, middle - at.card / 2 - gap)
    second = (middle + at.card / 2 + gap, right - body - gap)
    drawn = band((first[0], y), (first[1], y), size.money, ROLES["victim"])
    drawn += band((second[0], y), (second[1], y), size.money, ROLES["principal"], known=False)
    drawn += person(left, at.top, ROLES["victim"], size)
    drawn += person(right, at.top, ROLES["principal"], size, absent=True)
    drawn += card(middle, y - high / 2, ROLES["helper"], at.card, high)
    if at.way:
        drawn += person(middle, y - high / 2 - feet(0, LENDER) - 4, ROLES["helper"], LENDER)
    room = first[1] - first[0] - tip(size.money)
    named = said["amount"] if width_of(said["amount"], size.small) < room else said["number"]
    drawn += label(named, first[0] + room / 2, y + 6, size.small, PAPER, bold=True, halo=False)
    for key, x in zip(("victim", "card", "principal"), at.people, strict=True):
        drawn += label(said[key], x, foot, size.text, bold=True)
    return drawn


def _suit(size: Size, at: Places, way: tuple[float, float]) -> str:
    """Draw her way to the court and on to a judgment, below the money."""
    (court, paper), head = way, size.head
    y, high = at.low + 1.5 * head, 3 * head
    start, body = at.people[0], 1.6 * head
    turn = feet(at.top, size) + 1.8 * size.text
    first, second, low = court - body - 8, paper - body - 2, at.low + high - 4
    color = ROLES["victim"]
    drawn = (
        f'<path d="M{start:g} {turn:g}V{y:g}H{first - POINT:g}" fill="none" stroke="{color}"'
        ' stroke-width="4"/>'
        f'<path d="M{court + body + 10:g} {low:g}H{second - POINT - 4:g}" fill="none"'
        f' stroke="{color}" stroke-width="4" stroke-dasharray="2 8" stroke-linecap="round"/>'
        f'<path d="{_point(first, y)}{_point(second, low)}" fill="{color}"/>'
    )
    return drawn + _court(court, at.low, 2 * body, high) + _sheet(paper, at.low, body * 1.5, high)


def _point(x: float, y: float) -> str:
    """Return the path of an arrow's head to the right that ends at a place."""
    return f"M{x:g} {y:g}l-{POINT} -{POINT / 2:g}v{POINT}z"


def _branches(size: Size, at: Places) -> str:
    """Draw a line down from her, and from it one to each question."""
    start, turn = at.people[0], feet(at.top, size) + 1.8 * size.text
    ways = "".join(f"M{start:g} {y - size.text / 3:g}H{x - 8:g}" for x, y, _ in at.asks.values())
    last = max(y for _, y, _ in at.asks.values()) - size.text / 3
    return (
        f'<path d="M{start:g} {turn:g}V{last + 2:g}{ways}" fill="none" stroke="{ROLES["victim"]}"'
        ' stroke-width="4"/>'
    )


def _court(x: float, y: float, wide: float, high: float) -> str:
    """Draw a court, its middle at `x`."""
    left, roof = x - wide / 2, y + high * 0.36
    pillars = "".join(
        f"M{left + wide * part:g} {roof:g}V{y + high - 4:g}" for part in PILLARS
    )  # fmt: skip
    return (
        f'<path d="M{left:g} {roof:g}L{x:g} {y:g}L{left + wide:g} {roof:g}Z{pillars}'
        f'M{left:g} {y + high:g}h{wide:g}" fill="none" stroke="{INK}" stroke-width="3"'
        ' stroke-linejoin="round"/>'
    )


def _sheet(x: float, y: float, wide: float, high: float) -> str:
    """Draw a judgment that is not written yet, its middle at `x`."""
    left, step = x - wide / 2, high / (LINES + 1)
    lines = "".join(f"M{left + 8:g} {y + step * (n + 1):g}h{wide - 16:g}" for n in range(LINES))
    return (
        f'<rect x="{left:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="4" fill="{PAPER}"'
        f' stroke="{INK}" stroke-width="3"/>'
        f'<path d="{lines}" stroke="{FADED}" stroke-width="3" stroke-linecap="round"/>'
    )


def _asked(key: str, said: dict[str, str], at: Places, size: Size) -> tuple[str, float]:
    """Draw a question as a link to its lessons, and what it holds; where it ends below."""
    x, y, wide = at.asks[key]
    drawn, foot = "", y
    for line in wrapped(said[key], wide, size.text):
        drawn += label(line, x, foot, size.text, BLUE, bold=True, side="start")
        foot += 1.3 * size.text
    for line in wrapped(said[f"{key}_holds"], wide, size.small) if size is HOME else ():
        drawn += label(line, x, foot, size.small, FADED, side="start")
        foot += 1.4 * size.small
    room = f'<rect x="{x - 4:g}" y="{y - TARGET / 2:g}" width="{wide:g}" height="{TARGET}"'
    return f'<a href="#{key}">{room} fill="none" pointer-events="all"/>{drawn}</a>', foot
