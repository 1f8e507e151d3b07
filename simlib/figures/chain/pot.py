"""The frozen money as one bar, as long as it is much: what of it goes back to whom."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.figures.chain.names import COINS, OTHER, phrase, victims_of
from simlib.figures.chain.told import gaps
from simlib.figures.people import short_names
from simlib.restitution.frozen_money import unfound
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.restitution import Return

TOPIC = "chain_lesson"
STYLE = """
.stage-board:has(.pot){display:flex;flex-direction:column}
.stage-board:has(.pot)>.stage-picture{order:2;margin:8px 0 4px}
.pot-bar{display:flex;height:1.15rem;border:1px solid var(--line);background:var(--paper)}
.pot-bar i{display:block;background:var(--c);border-right:1px solid var(--paper);box-sizing:border-box}
.pot-bar i.is-open{background:repeating-linear-gradient(45deg,var(--paper) 0 5px,var(--c) 5px 6px)}
.pot-key{display:flex;flex-wrap:wrap;gap:.1rem .9rem;margin:.25rem 0 0;padding:0;list-style:none;font-size:.85rem}
.pot-key i{display:inline-block;width:.8rem;height:.8rem;margin-right:.3rem;background:var(--c);vertical-align:-.05rem}
.pot-key i.is-open{background:var(--paper);border:1px solid var(--c);box-sizing:border-box}
.pot-gap{margin:.3em 0 0;font-size:.88em;line-height:1.4}
:is(.is-stuck,.talk) .pot-gap{display:none}
.is-talk .pot-key{font-size:1.02em}
"""  # noqa: E501 - a sheet of styles, a rule a line


def draw_pot(case: Case, given: Return | None, lang: str = "zh") -> str:
    """Draw the frozen money as HTML, parted by a rule; empty if nothing is frozen.

    Parameters
    ----------
    given
        what goes back by the rule; None: it gives no amounts, and the bar stays undivided
    """
    frozen = sum(account.frozen_fen or 0 for account in case.accounts)
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
    shown = [part for part in parts if part[1]]
    bars = "".join(
        f'<i class="{kind}" style="--c:{color};width:{100 * fen / frozen:.3f}%"></i>'
        for _, fen, color, kind in shown
    )
    keys = "".join(
        f'<li><i class="{kind}" style="--c:{color}"></i>{escape(_said(name, fen, lang))}</li>'
        for name, fen, color, kind in shown
    )
    bar = f'<div class="pot-bar" aria-hidden="true">{bars}</div>'
    told = "".join(f'<p class="pot-gap">{escape(said)}</p>' for said in gaps(case, lang))
    key = f'<ul class="pot-key">{keys}</ul>'
    return f'<div class="pot"><style>{STYLE}</style>{bar}{key}{told}</div>'


def _said(name: str, fen: int, lang: str) -> str:
    return phrase("film.part", lang, who=name, amount=amount(fen, lang))
