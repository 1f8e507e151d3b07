"""The drawings of lesson 03: at its head money on its way to two cards; on the stage the chain of
acts, with what the loss needs, what is switched off, and what came after.

Time runs from left to right, a column for each step; acts of which any one is enough stand above
each other and meet in an “or”.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simlib.causation.act_graph import LOSS
from simlib.figures.names_of_people import color_of, short_names
from simlib.figures.opening import draw_cast
from simlib.figures.opening.cast import cast, titled
from simlib.figures.opening.shapes import FULL_WIDTH, both, fitted, label, svg, width_of, wrapped
from simlib.figures.style import FADED, INK, LOSS_FILL, PAPER, SOFT
from simlib.lessons.causation.chain_layout import NARROW, WIDE, Box, Layout, Size, lay_out
from simlib.lessons.causation.names import lesson, titles
from simlib.lessons.causation.pipe import pipe
from simlib.lessons.causation.stations import GONE, state_of

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.causation.act_graph import Graph, Groups
    from simlib.figures.picture import Picture
    from simlib.figures.picture import Size as Picked
    from simlib.lessons.causation.outcomes import Chain
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.money import Fen

QUIET = (*GONE, "idle", "ready")
BOLD = 1.12  # how much wider bold letters are than estimated
LEAST = 13  # letters of a drawing are no smaller [px]
DASH = ' stroke-dasharray="4 4"'


def stage(found: Chain, scene: Scene, lang: str) -> str:
    """Draw the chain as it is set up."""
    return draw_chain(found.case, found.acts, found.off, lang)


def picture(found: Chain, scene: Scene, size: Picked, say: Say) -> Picture | None:
    """Draw her payments as a pipe through gates and cards; None if the acts are no such row."""
    return pipe(found, scene, size, say)


def draw_chain(case: Case, acts: Graph, off: frozenset[str], lang: str = "zh") -> str:
    """Draw the chain with some acts switched off, as HTML: a wide and a narrow drawing.

    Parameters
    ----------
    acts, off
        the whole model, and the acts that are taken away
    """
    wide, narrow = (_Drawing(case, acts, off, size, lang) for size in (WIDE, NARROW))
    return both(wide.svg("wide"), narrow.svg("narrow"))


class _Drawing:
    """One drawing of a chain."""

    def __init__(self, case: Case, acts: Graph, off: frozenset[str], size: Size, lang: str) -> None:
        self.case, self.acts, self.off, self.size, self.lang = case, acts, off, size, lang
        self.names = short_names(case, lang)
        self.happens, self.in_doubt = acts.happens(off), acts.in_doubt(off)
        self.left = acts.effective(off)
        self.text = size.text if lang == "zh" else size.latin
        self.small = max(self.text - 2, LEAST)

    def svg(self, kind: str) -> str:
        """Return the drawing; lines lie under boxes."""
        at = lay_out(self.acts, self.size)
        inner = "".join(self._line(at, *line) for line in at.lines)
        inner += "".join(self._joint(*joint) for joint in at.joints)
        inner += "".join(self._act(id, box) for id, box in at.boxes.items()) + self._loss(at.loss)
        if at.hidden:
            said = lesson("chain.hidden", self.lang, count=at.hidden)
            inner += label(said, at.width / 2, at.height - 4, self.small, FADED, halo=False)
        return svg(inner, self.size.drawn(at.width), at.height, self._title(), kind)

    # ------------------------------------------------------------ lines

    def _line(self, at: Layout, source: str, of: str, path: tuple[tuple[float, float], ...]) -> str:
        """Draw a line with a white edge, so that one that crosses another stays legible."""
        alive = source in self.left if source != LOSS else self.happens
        points = " ".join(f"{x:g},{y:g}" for x, y in path)
        look = f'stroke="{INK}"' if alive else f'stroke="{FADED}" stroke-dasharray="2 5"'
        edge = f'<polyline points="{points}" fill="none" stroke="{PAPER}" stroke-width="7"/>'
        line = f'<polyline points="{points}" fill="none" {look} stroke-width="2"/>'
        x, y = path[-1]
        if (source, of) in at.joined:
            return edge + line
        head = f"{x - 7:g},{y - 5:g} {x:g},{y:g} {x - 7:g},{y + 5:g}"
        return f'{edge}{line}<polygon points="{head}" fill="{INK if alive else FADED}"/>'

    def _joint(self, x: float, y: float, end: float, members: tuple[str, ...]) -> str:
        """Draw where any one of several lines is enough, or may be: that is not told."""
        r = self.size.joint
        line = f'<path d="M{x:g} {y:g}H{end:g}" stroke="{INK}" stroke-width="2"/>'
        head = f'<polygon points="{end - 7:g},{y - 5:g} {end:g},{y:g} {end - 7:g},{y + 5:g}"/>'
        look = f'fill="{PAPER}" stroke="{INK}" stroke-width="2"'
        circle = f'<circle cx="{x:g}" cy="{y:g}" r="{r}" {look}/>'
        untold = any(set(members) <= set(group) for group in self.acts.untold)
        said = lesson("chain.unsure" if untold else "chain.or", self.lang)
        return line + head + circle + label(said, x, y + 0.36 * LEAST, LEAST, halo=False)

    # ------------------------------------------------------------ boxes

    def _act(self, id: str, box: Box) -> str:
        """Draw an act: who, and at what step; dashed, and with a word, what takes no effect."""
        state, node = self._state(id), self.acts.node(id)
        gone = state in GONE
        color = FADED if gone else color_of(self.case, node.party)
        drawn = _rect(box, SOFT if gone else PAPER, color, 2, state in QUIET)
        part = any(id in part.members for part in self.acts.parts)
        stage = lesson(f"chain.stage.{'silent' if part else node.stage}", self.lang)
        said = stage if state in ("on", "after") else lesson(f"chain.state.{state}", self.lang)
        lines = self._named(self.names[node.party], stage, said, box)
        step = 1.14 * self.text
        y = box.y + box.high / 2 - (len(lines) - 1) * step / 2 + 0.36 * self.text
        for n, (line, high, bold) in enumerate(lines):
            ink = FADED if gone else INK
            drawn += label(line, box.middle, y + n * step, high, ink, bold=bold, halo=False)
        return drawn

    def _state(self, id: str) -> str:
        return state_of(self.acts, id, self.off)

    def _named(self, name: str, stage: str, said: str, box: Box) -> list[tuple[str, float, bool]]:
        """Return the lines of a box: the name in one line, or in two, or the step instead."""
        room, small = box.wide - 6, self.small
        names = _halves(name, room, self.text)
        if width_of(name, self.text) > room >= width_of(name, small):
            return [(name, small, True), (fitted(said, room, small), small, False)]
        if len(names) > 1 or width_of(names[0], self.text) > room:
            smaller = _halves(name, room, small)
            whole = len(smaller) == 2 and all(width_of(n, small) <= room for n in smaller)
            if whole and said == stage:
                return [(line, small, True) for line in smaller]
            names = [stage]
            said = "" if said == stage else said
        high = min(1, room / width_of(names[0], BOLD * self.text)) * self.text
        lines = [(names[0], high, True)]
        return [*lines, (fitted(said, room, small), small, False)] if said else lines

    def _loss(self, box: Box) -> str:
        """Draw the loss as tall as the drawing: it happens, it does not, or that is not told."""
        sure = self.happens and not self.in_doubt
        fill, ink = LOSS_FILL[sure]
        drawn = _rect(box, fill, INK, 2, not sure)
        said = lesson(f"chain.{self._what()}", self.lang)
        lines = said.split("|")
        widest = max(width_of(line, BOLD * self.text) for line in lines)
        high = self.text * min(1, (box.wide - 4) / widest)
        step = 1.25 * high
        y = box.y + box.high / 2 - (len(lines) - 1) * step / 2 + 0.36 * high
        return drawn + "".join(
            label(line, box.middle, y + n * step, high, ink, bold=True, halo=False)
            for n, line in enumerate(lines)
        )

    def _title(self) -> str:
        """Say the chain in words: what the loss and each act need, and what leads nowhere."""
        acts = self.acts
        ahead = [node for node in acts.nodes if not node.after_loss]
        parts = [self._say("title", needs=self._needs(acts.loss_needs))]
        parts += [
            self._say("title_needs", act=self._listed([node.id]), needs=self._needs(node.needs))
            for node in ahead
            if node.needs and node.id in acts.behind
        ]
        parts += [
            self._say("title_part", acts=self._listed(list(part.members))) for part in acts.parts
        ]
        for key, some in (
            ("ready", [node.id for node in ahead if self._state(node.id) == "ready"]),
            ("idle", [node.id for node in ahead if node.id not in acts.behind]),
            ("after", [node.id for node in acts.nodes if node.after_loss]),
            ("off", [node.id for node in acts.nodes if node.id in self.off]),
        ):
            parts += [self._say(f"title_{key}", acts=self._listed(some))] if some else []
        return "".join([*parts, self._say(f"title_{self._what()}")])

    def _what(self) -> str:
        """Return which words tell of the loss."""
        return "untold" if self.in_doubt else "happens" if self.happens else "averted"

    def _needs(self, groups: Groups) -> str:
        told = [
            self._say("unsure_of" if group in self.acts.untold else "or_of").join(
                self._listed([id]) for id in group
            )
            for group in groups
        ]
        return self._say("and").join(told)

    def _listed(self, ids: list[str]) -> str:
        return titles(self.case, self.acts, ids, self.lang, "in_text")

    def _say(self, key: str, **values: object) -> str:
        return lesson(f"chain.{key}", self.lang, **values)


def _halves(name: str, room: float, height: float) -> list[str]:
    """Break a name; a Chinese one in its middle, the longer word last: 诈骗, 行为人."""
    lines = wrapped(name, room, height)
    if len(lines) != 2 or not all(ord(c) >= FULL_WIDTH for c in name):
        return lines
    cut = len(name) // 2
    return [name[:cut], name[cut:]]


def _rect(box: Box, fill: str, line: str, width: float, dashed: bool) -> str:
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.wide:g}" height="{box.high:g}" rx="7"'
        f' fill="{fill}" stroke="{line}" stroke-width="{width:g}"{DASH if dashed else ""}/>'
    )


# ---------------------------------------------------------------- the opening


def opening(case: Case, lang: str = "zh") -> str:
    """Draw the victim's money on its way to the cards that received it, all of it as width."""
    found, names = cast(case, lang), short_names(case, lang)
    ids = {name: id for id, name in names.items()}
    cards = tuple(replace(h, passed_fen=_went_on(case, ids[h.name]), said="") for h in found.cards)
    return draw_cast(titled(replace(found, helpers=cards, more=0), lang), lang)


def _went_on(case: Case, id: str) -> Fen | None:
    """Return what went on from a party's accounts, to whomever it went [fen]."""
    mine = {account.id for account in case.accounts if account.holder == id}
    went = [t.amount_fen for t in case.transfers or () if t.payer in mine]
    return sum(went) if went else None
