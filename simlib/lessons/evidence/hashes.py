"""A tree of digests over four pieces: a forgery that matches, and what one altered word changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from simlib.evidence import chain, merkle_root
from simlib.figures.opening import shapes
from simlib.figures.opening.shapes import both, label, svg
from simlib.figures.style import GRID, INK, PAPER, RED, SLATE, TEAL
from simlib.lessons.evidence.deposit import Stored
from simlib.lessons.evidence.names import lesson

SHOWN = 8  # hex digits of a digest
NAMES = ("forged", "chat", "log", "bank")


@dataclass(frozen=True, slots=True)
class Size:
    """The measures of one drawing [px]: width, letters, height of a node, room between levels, and
    between a digest and what it turns to."""

    width: int
    text: int
    high: int
    gap: int
    apart: int = 12


WIDE = Size(900, 15, 20, 5)
NARROW = Size(362, 12, 34, 9)


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the tree: from which leaf to which, its digest, and that after the change.

    `handed`: the digest of what is handed in of a leaf that is not altered; empty: not shown.
    """

    low: int
    high: int
    was: str
    now: str
    handed: str = ""

    @property
    def changed(self) -> bool:
        """Whether the altered word changes it."""
        return self.was != self.now


def draw_hashes(altered: Stored, forged: Stored, lang: str = "zh") -> str:
    """Draw the tree of what was deposited as HTML.

    Parameters
    ----------
    altered
        the piece that is handed in with a word altered: with an arrow what that changes
    forged
        the one forged before its deposit: with an equals sign, for it matches
    """
    lines = list(altered.lines or ())
    turned = [*lines]
    turned[altered.place] = altered.handed
    levels = [_level(lines, turned, 1 << n) for n in range(len(lines).bit_length())]
    leaf = levels[0][forged.place]
    handed = merkle_root([forged.handed]).hex()[:SHOWN]
    levels[0][forged.place] = replace(leaf, handed=handed)
    links = [[h.hex()[:SHOWN] for h in chain(each)] for each in (lines, turned)]
    title = _title(levels, lang)
    wide, narrow = (_drawn(levels, links, size, lang, title, kind) for size, kind in (
        (WIDE, "wide"), (NARROW, "narrow")))  # fmt: skip
    match = lesson("board.matches" if forged.matches else "board.differs", lang)
    caption = escape(lesson("hashes.caption", lang, match=match))
    return f'{both(wide, narrow)}<p class="picture-caption">{caption}</p>'


def _level(lines: Sequence[bytes], turned: Sequence[bytes], width: int) -> list[Node]:
    """Return the nodes over so many leaves each."""
    return [
        Node(n, n + width, *(merkle_root(each[n : n + width]).hex()[:SHOWN]
                             for each in (lines, turned)))
        for n in range(0, len(lines), width)
    ]  # fmt: skip


def _title(levels: Sequence[Sequence[Node]], lang: str) -> str:
    leaves = "".join(
        lesson("hashes.leaf", lang, name=_name(node.low, lang), digest=node.was)
        for node in levels[0]
    )
    root = levels[-1][0]
    changed = lesson("hashes.changed", lang)
    return lesson("hashes.title", lang, leaves=leaves, root=root.was, changed=changed,
                  turned=root.now)  # fmt: skip


def _name(leaf: int, lang: str) -> str:
    return lesson(f"deposit.names.{NAMES[leaf]}", lang)


def _drawn(
    levels: Sequence[Sequence[Node]], links: Sequence[Sequence[str]], size: Size, lang: str,
    title: str, kind: str,
) -> str:  # fmt: skip
    size = size if lang == "zh" else replace(size, text=size.text - 1, apart=20)  # wider letters
    step = size.high + size.gap
    drawn = ""
    for n, nodes in enumerate(reversed(levels[1:])):
        for node in nodes:
            below = [
                each for each in levels[len(levels) - 2 - n] if node.low <= each.low < node.high
            ]
            drawn += _edges(node, below, n * step, size)
    for n, nodes in enumerate(reversed(levels)):
        for node in nodes:
            drawn += _node(node, 2 + n * step, size, lang)
    foot = 2 + len(levels) * step
    drawn += _chain(links, foot, size, lang)
    return svg(drawn, shapes.Size(size.width, 0, 0, 0, 0), foot + size.high + 4, title, kind)


def _x(node: Node, size: Size) -> float:
    """Return where the middle of a node stands: over its leaves."""
    return size.width * (node.low + node.high) / 2 / len(NAMES)


def _edges(node: Node, below: Sequence[Node], y: float, size: Size) -> str:
    """Draw the lines from a node down to the two below it; red where the change comes up."""
    foot = y + 2 + size.high + size.gap
    return "".join(
        f'<path d="M{_x(node, size):g} {y + size.high:g}L{_x(each, size):g} {foot:g}"'
        f' stroke="{RED if each.changed else SLATE}" stroke-width="{3 if each.changed else 1.5}"/>'
        for each in below
    )


def _node(node: Node, y: float, size: Size, lang: str) -> str:
    """Draw a node: its name and digest; below it, in red, the digest after the change."""
    leaf = node.high - node.low == 1
    name = _name(node.low, lang) if leaf else ""
    if node.high - node.low == len(NAMES):
        name = lesson("hashes.root", lang)
    then = f"→ {node.now}" if node.changed else f"＝ {node.handed}" if node.handed else ""
    return _box(_x(node, size), y, name, (node.was, then), size, RED if node.changed else TEAL)


def _box(
    x: float, y: float, name: str, digests: tuple[str, str], size: Size, color: str = RED
) -> str:
    """Draw a box: on one line where it is wide, else below what was altered, or handed in."""
    was, then = digests
    half = size.width / len(NAMES) / 2 - 3
    look = f'stroke="{color}" stroke-width="2.5"' if then else f'stroke="{SLATE}"'
    drawn = (
        f'<rect x="{x - half:g}" y="{y:g}" width="{2 * half:g}" height="{size.high}" rx="5"'
        f' fill="{PAPER}" {look}/>'
    )
    said = f"{name} {was}".strip()
    widths = [shapes.width_of(each, size.text) for each in (said, then)]
    foot = y + size.high / 2 + 0.36 * size.text
    if not then:
        said = said if widths[0] <= 2 * half else was
        return drawn + label(said, x, foot, size.text, INK, halo=False)
    if (whole := sum(widths) + size.apart) <= 2 * half:
        left = x - whole / 2
        drawn += label(said, left + widths[0] / 2, foot, size.text, INK, halo=False)
        right = left + whole - widths[1] / 2
        return drawn + label(then, right, foot, size.text, color, bold=True, halo=False)
    said = said if widths[0] <= 2 * half else was
    drawn += label(said, x, y + size.high * 0.43, size.text, INK, halo=False)
    return drawn + label(then, x, y + size.high * 0.88, size.text, color, bold=True, halo=False)


def _chain(links: Sequence[Sequence[str]], y: float, size: Size, lang: str) -> str:
    """Draw the chain: every link after an altered one is another."""
    drawn = f'<path d="M0 {y + size.high / 2:g}H{size.width}" stroke="{GRID}" stroke-width="3"/>'
    for n, (was, now) in enumerate(zip(*links, strict=True)):
        x = size.width * (2 * n + 1) / 2 / len(NAMES)
        then = f"→ {now}" if was != now else ""
        drawn += _box(x, y, lesson("hashes.chain", lang) + str(n + 1), (was, then), size)
    return drawn
