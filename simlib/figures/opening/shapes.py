"""Shapes of a picture as SVG: people, cards, money as width, words with a halo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from simlib.figures.style import FADED, INK, PAPER

WIDE_FROM = 760  # px: below, the narrow drawing is shown
FULL_WIDTH = 0x2E80  # characters from here on are as wide as they are high
HALF = 0.56  # how wide other characters are, of their height
SHORT = "…"
DASHES = "7 6"
MARKS_AND_SPACE = "，。；、？！：）》」 "
CURRENCY = "CNY "  # its amount stands on the same line


@dataclass(frozen=True, slots=True)
class Size:
    """The measures of one drawing [px].

    Attributes
    ----------
    width
        of the drawing
    text, small
        height of letters
    head
        radius of a head; the body is drawn to it
    money
        width of a band that carries the whole loss
    """

    width: int
    text: int
    small: int
    head: int
    money: int


WIDE = Size(1120, 20, 15, 22, 24)
NARROW = Size(362, 16, 15, 14, 14)


def both(wide: str, narrow: str) -> str:
    """Return both drawings with the rule that shows one of them."""
    rule = (
        f"<style>.opening-drawn svg.opening-narrow{{display:none}}"
        f"@media(max-width:{WIDE_FROM - 1}px){{.opening-drawn svg.opening-wide{{display:none}}"
        f".opening-drawn svg.opening-narrow{{display:block}}}}</style>"
    )
    drawn = wide.replace("</title>", f"</title>{rule}", 1) + narrow
    return f'<div class="opening-drawn">{drawn}</div>'


def svg(inner: str, size: Size, height: float, title: str, kind: str, role: str = "img") -> str:
    """Return a drawing with its title; `kind` is `wide` or `narrow`, `group` one with links."""
    return (
        f'<svg class="opening-{kind}" viewBox="0 0 {size.width} {height:g}" role="{role}"'
        f' font-family="inherit" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title>{inner}</svg>"
    )


def person(x: float, y: float, color: str, size: Size, absent: bool = False) -> str:
    """Draw a figure whose head begins at `y`; in outline who is absent, with a question mark."""
    r = size.head
    shoulder = y + 2.15 * r
    low, half = shoulder + 1.75 * r, 1.75 * r
    body = (
        f"M{x - half:g} {low:g}c0-{1.2 * r:g} {0.6 * r:g}-{1.75 * r:g} {half:g}-{1.75 * r:g}"
        f"s{half:g} {0.55 * r:g} {half:g} {1.75 * r:g}z"
    )
    look = f'fill="{color}"'
    if absent:
        look = f'fill="none" stroke="{color}" stroke-width="2.5" stroke-dasharray="{DASHES}"'
    mark = label("?", x, y + 1.4 * r, size.text, color, bold=True) if absent else ""
    return f'<g {look}><circle cx="{x:g}" cy="{y + r:g}" r="{r}"/><path d="{body}"/></g>{mark}'


def feet(y: float, size: Size) -> float:
    """Return where a figure that begins at `y` ends."""
    return y + 3.9 * size.head


def card(x: float, y: float, color: str, width: float, height: float) -> str:
    """Draw a bank card centred at `x`, its upper edge at `y`."""
    left, strip = x - width / 2, height / 6
    return (
        f'<rect x="{left:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{height / 8:g}"'
        f' fill="{color}"/><rect x="{left:g}" y="{y + strip:g}" width="{width:g}"'
        f' height="{strip:g}" fill="{INK}" opacity="0.45"/>'
    )


def tip(width: float) -> float:
    """Return how long the point of a band is, and how far it stands out on either side."""
    return max(width * 0.9, 6)


def band(
    start: tuple[float, float],
    end: tuple[float, float],
    width: float,
    color: str,
    known: bool = True,
) -> str:
    """Draw money on its way, as wide as it is much; pale where nobody found out."""
    (x0, y0), (x1, y1) = start, end
    point = tip(width)
    middle = (x0 + x1 - point) / 2
    opacity = 0.9 if known else 0.28
    path = f"M{x0:g} {y0:g}C{middle:g} {y0:g} {middle:g} {y1:g} {x1 - point:g} {y1:g}"
    head = f"M{x1 - point:g} {y1 - point:g}L{x1:g} {y1:g}L{x1 - point:g} {y1 + point:g}z"
    return (
        f'<g opacity="{opacity}"><path d="{path}" fill="none" stroke="{color}"'
        f' stroke-width="{width:g}"/><path d="{head}" fill="{color}"/></g>'
    )


def leader(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Draw help that carried no money: a dotted line."""
    (x0, y0), (x1, y1) = start, end
    return (
        f'<path d="M{x0:g} {y0:g}L{x1:g} {y1:g}" fill="none" stroke="{FADED}"'
        f' stroke-width="2" stroke-dasharray="2 6" stroke-linecap="round"/>'
    )


def label(
    text: str, x: float, y: float, height: float, color: str = INK, *, bold: bool = False,
    halo: bool = True, side: str = "middle",
) -> str:  # fmt: skip
    """Write words at `x`, their middle or `side` there, with a halo that keeps them legible."""
    weight = ' font-weight="600"' if bold else ""
    edge = f' paint-order="stroke" stroke="{PAPER}" stroke-width="4" stroke-linejoin="round"'
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{height:g}" text-anchor="{side}" fill="{color}"'
        f"{weight}{edge if halo else ''}>{escape(text)}</text>"
    )


def width_of(text: str, height: float) -> float:
    """Estimate how wide words are [px]."""
    return sum(height * (1 if ord(c) >= FULL_WIDTH else HALF) for c in text)


def fitted(text: str, width: float, height: float) -> str:
    """Shorten words to a width."""
    if width_of(text, height) <= width:
        return text
    while text and width_of(text + SHORT, height) > width:
        text = text[:-1]
    return text + SHORT


def fitting(texts: Iterable[str], width: float, height: float) -> str:
    """Return the first of some words that fits into a width; empty: none does."""
    return next((text for text in texts if width_of(text, height) <= width), "")


def wrapped(text: str, width: float, height: float) -> list[str]:
    """Break words into lines: after spaces, and between Chinese characters but not before a mark.

    Examples
    --------
    >>> wrapped("the fine and the fee", 60, 10)
    ['the fine', 'and the', 'fee']
    >>> wrapped("fine CNY 3,000", 60, 10)
    ['fine', 'CNY 3,000']
    """
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width_of((line + piece).rstrip(), height) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str) -> list[str]:
    """Cut words where a line may end; an amount keeps its unit, a mark its word."""
    pieces: list[str] = []
    for c in text:
        before = pieces[-1][-1] if pieces else " "
        latin = before != " " and ord(before) < FULL_WIDTH
        if pieces and (
            c in MARKS_AND_SPACE
            or pieces[-1] == CURRENCY
            or (latin and (ord(c) < FULL_WIDTH or before.isdigit()))
        ):
            pieces[-1] += c
        else:
            pieces.append(c)
    return pieces
