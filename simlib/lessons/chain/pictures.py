"""The drawings of lesson 06: money of several victims in one card; the frozen money as one bar."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.figures.names_of_people import short_names
from simlib.figures.opening.shapes import (
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
)
from simlib.figures.style import ENDS, FADED, INK, PAPER, ROLES
from simlib.lessons.chain.accounts import COINS, OTHER, frozen_fen, paid_by, part, victims_of
from simlib.lessons.chain.flows import flows
from simlib.lessons.chain.outcomes import gaps
from simlib.restitution.frozen_money import unfound
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.picture import Picture
    from simlib.figures.picture import Size as Picked
    from simlib.lessons.chain.outcomes import Traced
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.money import Fen

TOPIC = "chain_lesson"
WIDE, NARROW = Size(1120, 20, 15, 15, 34), Size(362, 16, 15, 10, 20)
TOP, GAP = 4, 12  # above the first head, and between a name and the next head [px]
THIN = 2  # no band is narrower [px]
APART, NEAR = 8, 4  # between points of bands, and between a band and its words [px]
VICTIM, PRINCIPAL = ROLES["victim"], ROLES["principal"]
STYLE = """
.stage-board:has(.pot){display:flex;flex-direction:column}
.stage-board:has(.pot)>.stage-picture{order:2;margin:8px 0 4px}
.pot-bar{display:flex;height:1.15rem;border:1px solid var(--line);background:var(--paper)}
.pot-bar i{display:block;background:var(--c);border-right:1px solid var(--paper);box-sizing:border-box}
.pot-bar i.is-open{background:repeating-linear-gradient(45deg,var(--paper) 0 5px,var(--c) 5px 6px)}
.pot-key{display:flex;flex-wrap:wrap;gap:.1rem .9rem;margin:.25rem 0 0;padding:0;list-style:none;font-size:var(--small)}
.pot-key i{display:inline-block;width:.8rem;height:.8rem;margin-right:.3rem;background:var(--c);vertical-align:-.05rem}
.pot-key i.is-open{background:var(--paper);border:1px solid var(--c);box-sizing:border-box}
.stage-board.is-stuck:has(.pot)>.stage-drawn{display:none}
.stage-board:not(.is-stuck):has(.stage-drawn:not([hidden])) :is(.pot-bar,.pot-key){display:none}
.pot-gap{margin:.3em 0 0;font-size:var(--small);line-height:1.4}
:is(.is-stuck,.talk) .pot-gap{display:none}
.is-talk .pot-key{font-size:1.02em}
"""  # noqa: E501 - a sheet of styles, a rule a line


def opening(case: Case, lang: str = "zh") -> str:
    """Draw the victims, the card they all paid, and the frozen account, as HTML."""
    wide, narrow = (_Drawing(case, size, lang) for size in (WIDE, NARROW))
    return both(wide.svg("wide"), narrow.svg("narrow"))


class _Drawing:
    """One drawing: victims below each other, one card, what is frozen; money as width."""

    def __init__(self, case: Case, size: Size, lang: str) -> None:
        self.size, self.lang, self.names = size, lang, short_names(case, lang)
        self.paid = {id: sum(t.amount_fen for t in paid_by(case, id)) for id in victims_of(case)}
        self.frozen = next(a for a in case.accounts if a.frozen_fen)
        first = next(t.payee for t in case.transfers or () if t.payer in self.paid)
        self.first = next(a.holder for a in case.accounts if a.id == first)
        self.narrow = size is NARROW  # for a phone, which has room for few letters
        xs = (0.08, 0.51, 0.845) if self.narrow else (0.1, 0.46, 0.83)
        self.left, self.at, self.right = (size.width * x for x in xs)
        self.card_high = 6.4 * size.head
        self.card_wide = (1.02 if self.narrow else 1.4) * self.card_high
        self.box_high, self.half = 4.6 * size.text, (0.15 if self.narrow else 0.12) * size.width
        self.pitch = feet(0, size) + 1.1 * size.text + GAP
        self.middle = TOP + self.pitch * (len(self.paid) - 1) / 2 + feet(0, size) / 2
        # the frozen account stands above the money that went on
        self.box_top = self.middle - self.box_high

    def say(self, key: str, **values: object) -> str:
        return words(TOPIC, f"opening.{key}", self.lang, **values)

    def svg(self, kind: str) -> str:
        """Draw bands first, then people, card and box, then words."""
        parts = self._bands() + self._victims() + self._card() + self._box()
        height = TOP + self.pitch * len(self.paid)
        return svg(parts, self.size, height, self._title(), kind)

    def _width(self, fen: Fen) -> float:
        return max(self.size.money * fen / sum(self.paid.values()), THIN)

    def _bands(self) -> str:
        start, end = self.left + 2.2 * self.size.head, self.at - self.card_wide / 2
        small, drawn, said = self.size.small, "", ""
        for row, (fen, y) in enumerate(zip(self.paid.values(), self._landings(), strict=True)):
            own, from_ = self._width(fen), TOP + self.pitch * row + feet(0, self.size) / 2
            drawn += band((start, from_), (end, y), own, VICTIM)
            rises = y < from_ - own  # words stand where the band leaves room
            foot = from_ + own / 2 + small + 1 if rises else from_ - own / 2 - NEAR
            text = amount(fen, self.lang)
            x = start + width_of(text, small) / 2
            said += label(text, x, max(foot, small), small, bold=True)
        return drawn + self._onward(self.at + self.card_wide / 2) + said

    def _landings(self) -> list[float]:
        """Return where each band meets the card: their points stand below each other."""
        highs = [2 * tip(self._width(fen)) for fen in self.paid.values()]
        y = self.middle - (sum(highs) + APART * (len(highs) - 1)) / 2
        found = []
        for high in highs:
            found.append(y + high / 2)
            y += high + APART
        return found

    def _onward(self, x: float) -> str:
        """Draw what was frozen of it, and the rest that went on below, with its words under it."""
        kept, whole = self.frozen.frozen_fen or 0, sum(self.paid.values())
        end, gone, half = self.size.width - 4, self._width(whole - kept), self.size.money / 2
        box = self.right - self.half, self.middle - self.box_high / 2
        drawn = band((x, self.middle - half), box, self._width(kept), ENDS["frozen"])
        y = self.middle + tip(gone) + NEAR
        drawn += band((x, self.middle + half), (end, y), gone, PRINCIPAL, known=False)
        foot = y + gone / 2 + self.size.small + NEAR
        return drawn + label(self.say("gone"), (x + end) / 2, foot, self.size.small, FADED)

    def _victims(self) -> str:
        drawn = ""
        for row, id in enumerate(self.paid):
            top = TOP + self.pitch * row
            drawn += person(self.left, top, VICTIM, self.size)
            foot = feet(top, self.size) + self.size.text
            drawn += label(self.names[id], self.left, foot, self.size.text, bold=True)
        return drawn

    def _card(self) -> str:
        high, who = self.card_high, self.names[self.first]
        drawn = card(self.at, self.middle - high / 2, ROLES["helper"], self.card_wide, high)
        text = who if self.narrow else words("opening", "card", self.lang, who=who)
        return drawn + label(text, self.at, self.middle + high / 4, self.size.text, PAPER,
                             bold=True, halo=False)  # fmt: skip

    def _box(self) -> str:
        """Draw the frozen account: how much lies in it, and whose it is nobody knows."""
        x, size, color = self.right, self.size, ENDS["frozen"]
        drawn = (
            f'<rect x="{x - self.half:g}" y="{self.box_top:g}" width="{2 * self.half:g}"'
            f' height="{self.box_high:g}" rx="6" fill="{PAPER}" stroke="{color}"'
            ' stroke-width="2.5"/>'
        )
        key = "frozen_narrow" if self.narrow else "frozen"
        said = self.say(key, who=self.names[self.frozen.holder])
        lines = ((said, size.small, FADED), (self._kept, size.text, INK),
                 ("?" if self.lang == "en" else "？", size.text, color))  # fmt: skip
        for n, (text, height, ink) in enumerate(lines, 1):
            y = self.box_top + n * self.box_high / 3.3
            drawn += label(text, x, y, height, ink, bold=n > 1, halo=False)
        return drawn

    @property
    def _kept(self) -> str:
        return amount(self.frozen.frozen_fen or 0, self.lang)

    def _title(self) -> str:
        paid = self.say("between").join(
            self.say("paid", who=self.names[id], amount=amount(fen, self.lang))
            for id, fen in self.paid.items()
        )
        return self.say("title", paid=paid, card=self.names[self.first],
                        frozen=self.names[self.frozen.holder], amount=self._kept)  # fmt: skip


# ---------------------------------------------------------------- above the rows


def picture(found: Traced, scene: Scene, size: Picked, say: Say) -> Picture | None:
    """Draw the way of the money through the cards, and what is frozen of it."""
    return flows(found, scene, size, say)


def stage(found: Traced, scene: Scene, lang: str = "zh") -> str:
    """Draw the frozen money as HTML, parted by a rule; empty if nothing is frozen.

    A rule that gives no amounts leaves the bar undivided.
    """
    case, given, frozen = found.case, found.given, frozen_fen(found.case)
    if not frozen:
        return ""
    names, parts = short_names(case, lang), []
    if given:
        for n, id in enumerate(victims_of(case)):
            parts.append((names[id], given.returned[id], COINS[n % len(COINS)][0], ""))
    rest = frozen - sum(fen for _, fen, _, _ in parts)
    left = words(TOPIC, "board.pot.rest" if given else "board.pot.whole", lang)
    gap = min(rest, sum(unfound(case).values())) if given else 0
    parts.append((left, rest - gap, OTHER[0], "is-open"))
    parts.append((words(TOPIC, "board.pot.unfound", lang), gap, OTHER[0], "is-open"))
    bars = keys = ""
    for name, fen, color, kind in (each for each in parts if each[1]):
        look = f'<i class="{kind}" style="--c:{color}'
        bars += f'{look};width:{100 * fen / frozen:.3f}%"></i>'
        keys += f'<li>{look}"></i>{escape(part(name, fen, lang))}</li>'
    bar = f'<div class="pot-bar" aria-hidden="true">{bars}</div>'
    told = "".join(f'<p class="pot-gap">{escape(said)}</p>' for said in gaps(case, lang))
    return (
        f'<div class="pot"><style>{STYLE}</style>{bar}<ul class="pot-key">{keys}</ul>{told}</div>'
    )
