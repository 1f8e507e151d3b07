"""The picture at the head of lesson 04: one loss; of each debtor his share and what he has."""

from __future__ import annotations

from html import escape
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
    wrapped,
)
from simlib.figures.people import short_names
from simlib.figures.style import FADED, GRID, INK, ROLES
from simlib.interval import high_end
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.money import Fen

TOPIC = "liability_lesson"
TOP = 4  # above the first head [px]
LINE = 2.25  # from one bar to the next where they lie in lines, of the height of their words
BOLD = 1.15  # how much wider bold letters are
ROOM = 0.86  # how much of its column the bar of the whole loss takes


def draw_debtors(case: Case, lang: str = "zh") -> str:
    """Draw the victim's loss and, beside it, each debtor's share and means to the same scale."""
    wide, narrow = (_Drawing(case, size, lang) for size in (WIDE, NARROW))
    return both(wide.columns(), narrow.lines())


class _Drawing:
    """One drawing: people side by side, or one below the other."""

    def __init__(self, case: Case, size: Size, lang: str) -> None:
        self.case, self.size, self.lang = case, size, lang
        self.names = short_names(case, lang)
        debtors = [p for p in case.parties if p.role != "victim" and not p.unstated]
        self.people = [case.party(case.claimant), *debtors]
        self.bar = 0.62 * size.text

    def say(self, key: str, **values: object) -> str:
        return words(TOPIC, f"opening.{key}", self.lang, **values)

    @property
    def title(self) -> str:
        debtors = (
            self.say(
                "title_debtor", who=self.names[p.id], share=self._share(p), assets=self._has(p)
            )
            for p in self.people[1:]
        )
        lost = amount(self.case.loss_fen, self.lang)
        return self.say("title", victim=self.names[self.people[0].id], loss=lost,
                        debtors=self.say("between").join(debtors))  # fmt: skip

    # ------------------------------------------------------------ side by side

    def columns(self) -> str:
        """Draw people in columns, bars below them."""
        step = self.size.width / len(self.people)
        inner, low = "", 0.0
        for place, party in enumerate(self.people):
            x = step * (place + 0.5)
            inner += person(x, TOP, ROLES[party.role], self.size)
            y = feet(TOP, self.size) + 1.2 * self.size.text
            inner += label(getattr(party.name, self.lang), x, y, self.size.text, bold=True)
            for n, bar in enumerate(self._bars(party)):
                inner += self._bar(bar, x - ROOM * step / 2, y + 12 + 2.3 * n * self.size.text,
                                   ROOM * step)  # fmt: skip
            low = max(low, y + 12 + 2 * 2.3 * self.size.text)
        return svg(inner, self.size, low + 4, self.title, "wide")

    # ------------------------------------------------------------ one below the other

    def lines(self) -> str:
        """Draw people in lines, bars beside them."""
        inner, y, left = "", 2.0, 0.3 * self.size.width
        for party in self.people:
            bars = self._bars(party)
            high = LINE * self.size.small * len(bars) + 5
            name = wrapped(self.names[party.id], left - 4, BOLD * self.size.text)
            for n, line in enumerate(name[:2]):
                inner += self._text(line, 2, y + 1.05 * self.size.text * (n + 1), self.size.text,
                                    ROLES[party.role], bold=True)  # fmt: skip
            for n, bar in enumerate(bars):
                inner += self._bar(bar, left, y + LINE * self.size.small * n,
                                   self.size.width - left - 6)  # fmt: skip
            y += high
        return svg(inner, self.size, y, self.title, "narrow")

    # ------------------------------------------------------------ what is drawn of each

    def _bars(self, party: Party) -> list[tuple[str, Fen, str, bool]]:
        """Words, amount, colour, and whether it is money there is (filled) or owed (hollow)."""
        color = ROLES[party.role]
        if party.role == "victim":
            lost = self.case.loss_fen
            return [(self.say("loss", amount=amount(lost, self.lang)), lost, color, True)]
        owed = round(self.case.loss_fen * high_end(party.share or 0))
        return [
            (self.say("share", share=self._share(party)), owed, color, False),
            (self._has(party), party.assets_fen or 0, color, True),
        ]

    def _share(self, party: Party) -> str:
        return percent(party.share or 0, self.lang)

    def _has(self, party: Party) -> str:
        has = party.assets_fen or 0
        return self.say("assets", amount=amount(has, self.lang)) if has else self.say("nothing")

    def _bar(self, bar: tuple[str, Fen, str, bool], x: float, y: float, room: float) -> str:
        """Draw a bar as long as its amount on a track of the loss, its words over it."""
        said, fen, color, filled = bar
        wide, foot = room * fen / self.case.loss_fen, y + 1.1 * self.size.small
        place = f'<rect x="{x:g}" y="{foot + 4:g}" height="{self.bar:g}"'
        track = f'{place} width="{room:g}" fill="{GRID}" opacity=".5"/>'
        look = f'fill="{color}"' if filled else f'fill="none" stroke="{color}" stroke-width="2"'
        drawn = f'{place} width="{wide:g}" {look}/>' if fen else ""
        return track + drawn + self._text(said, x, foot, self.size.small, FADED if not fen else INK)

    def _text(
        self, text: str, x: float, y: float, height: float, color: str, bold: bool = False
    ) -> str:
        weight = ' font-weight="600"' if bold else ""
        return (
            f'<text x="{x:g}" y="{y:g}" font-size="{height:g}" fill="{color}"{weight}>'
            f"{escape(text)}</text>"
        )
