"""The chain of acts as a drawn graph: who did what, what needs what, whether the loss happens."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING

from simlib.causation.model import LOSS
from simlib.figures.causation.names import engine, phrase, title_of, titles
from simlib.figures.causation.places import BOX_PX, COLUMNS, HALF, Places, place
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.markup import BREAK, bold, italic
from simlib.figures.people import color_of, short_names
from simlib.figures.style import FADED, FONT, GRID, INK, LOSS_FILL, PAPER, SOFT, Spec, layout

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.causation.legal import Steps
    from simlib.causation.model import Graph

LETTER_PX, SMALL_PX = 13, 11  # on a desktop, on a phone
# letters to a line: what fits a box on a phone
WIDE = {"zh": 13, "en": 24}
ASKED = ("but_for", "ness", "furthering", "adequate")


def draw_chain(
    case: Case,
    acts: Graph,
    off: frozenset[str],
    linked: Mapping[str, Steps],
    party: str,
    lang: str = "zh",
    kept: frozenset[str] | None = None,
) -> Drawing:
    """Draw the chain with some acts switched off.

    Parameters
    ----------
    acts, off
        the whole model, and the acts that are taken away
    linked
        party → the legal steps for him
    party
        whom the reader asks about; his boxes have a thick frame
    kept
        the acts that A had taken away

    Returns
    -------
    Drawing
        a box for each act, lines to what needs it; the table has a row for each party
    """
    at, happens = place(acts), acts.happens(off)
    left = acts.effective(off)
    figure: Spec = {
        "data": [*_lines(at, left), _arrows(at, left), _joints(at, lang)],
        "layout": layout(
            at.height,
            showlegend=False,
            shapes=_boxes(case, acts, at, off, party) + [_loss_box(at, happens)],
            annotations=[
                *(_text(case, acts, at, id, off, lang) for id in at.boxes),
                _loss_text(acts, at, off, kept, lang),
            ],
            margin={"l": 2, "r": 2, "t": 0, "b": 0},
            font={"family": FONT, "size": LETTER_PX, "color": INK},
            meta={"phone": {"font": {"family": FONT, "size": SMALL_PX, "color": INK}}},
            xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
            yaxis={"range": [at.height, 0], "visible": False, "fixedrange": True},
        ),
    }
    columns = ("who", "act", *ASKED)
    return Drawing(
        figure,
        tuple(phrase(f"chain.{name}", lang) for name in columns),
        tuple(_row(case, acts, id, off, linked[id], lang) for id in acts.parties),
        _sentence(case, acts, off, lang),
    )


def state_of(acts: Graph, id: str, off: frozenset[str]) -> str:
    """Return an act's state: off, lost (a need is gone), idle (nothing needs it), after, or on.

    What follows the loss is lost where there is no loss.
    """
    late = acts.node(id).after_loss
    if id in off:
        return "off"
    if id not in acts.effective(off) or late and not acts.happens(off):
        return "lost"
    if late:
        return "after"
    return "on" if id in acts.behind else "idle"


# ---------------------------------------------------------------- lines


def _lines(at: Places, left: frozenset[str]) -> list[Spec]:
    """Draw a white halo under each edge so that crossings stay legible."""
    traces = []
    for line in at.lines:
        xs, ys = [x for x, _ in line.points], [y for _, y in line.points]
        traces.append(_line(xs, ys, {"color": PAPER, "width": 8}))
        alive = line.source in left
        drawn = {"color": INK, "width": 2} if alive else {"color": FADED, "width": 2, "dash": "dot"}
        traces.append(_line(xs, ys, drawn))
    for (x, y), (_, end) in at.joints:
        traces.append(_line([x, x], [y, end], {"color": INK, "width": 2}))
    return traces


def _line(xs: list[float], ys: list[float], line: Spec) -> Spec:
    return {
        "type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": line, "hoverinfo": "skip",
    }  # fmt: skip


def _arrows(at: Places, left: frozenset[str]) -> Spec:
    """Put an arrowhead where a line ends at a box."""
    joined = {(joint, end) for joint, end in at.joints}
    ends = [(line.points[-1], line.source in left) for line in at.lines]
    heads = [(point, alive) for point, alive in ends if point not in {j for j, _ in joined}]
    heads += [(end, True) for _, end in joined]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point[0] for point, _ in heads],
        "y": [point[1] - 4 for point, _ in heads],
        "marker": {
            "symbol": "triangle-down",
            "size": 10,
            "color": [INK if alive else FADED for _, alive in heads],
        },
        "hoverinfo": "skip",
    }


def _joints(at: Places, lang: str) -> Spec:
    """Mark where any one of several lines is enough."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [point[0] for point, _ in at.joints],
        "y": [point[1] for point, _ in at.joints],
        "text": [phrase("chain.or", lang)] * len(at.joints),
        "textfont": {"size": 11, "color": INK},
        "marker": {
            "symbol": "circle", "size": 21, "color": PAPER, "line": {"color": INK, "width": 2},
        },
        "hoverinfo": "skip",
    }  # fmt: skip


# ---------------------------------------------------------------- boxes


def _boxes(case: Case, acts: Graph, at: Places, off: frozenset[str], party: str) -> list[Spec]:
    shapes = []
    for id, box in at.boxes.items():
        state, who = state_of(acts, id, off), acts.node(id).party
        gone = state in ("off", "lost")
        line: Spec = {
            "color": FADED if gone else color_of(case, who),
            "width": 4 if who == party else 2,
            "dash": "dot" if gone or state == "idle" else "solid",
        }
        shapes.append(_box(box.x - HALF, box.x + HALF, box.top, line, SOFT if gone else PAPER))
        if state == "off":
            shapes.append(_strike(box.x, box.middle))
    return shapes


def _box(x0: float, x1: float, top: float, line: Spec, fill: str) -> Spec:
    place = {"x0": x0, "x1": x1, "y0": top, "y1": top + BOX_PX}
    return {"type": "rect", **place, "line": line, "fillcolor": fill}


def _strike(x: float, y: float) -> Spec:
    """Strike out a box that is switched off, as a cue besides its word."""
    ends = {"x0": x - HALF, "x1": x + HALF, "y0": y + BOX_PX / 2, "y1": y - BOX_PX / 2}
    return {"type": "line", **ends, "line": {"color": GRID, "width": 3}}


def _text(
    case: Case, acts: Graph, at: Places, id: str, off: frozenset[str], lang: str
) -> Spec:  # fmt: skip
    node, box, state = acts.node(id), at.boxes[id], state_of(acts, id, off)
    who = short_names(case, lang)[node.party]
    stage = phrase(f"chain.stage.{node.stage}", lang)
    fits = len(who) + len(stage) + 5 <= WIDE[lang]
    head = [phrase("chain.head", lang, who=who, stage=stage)] if fits else [bold(who), stage]
    lines = [*head, *_wrapped(title_of(case, acts, id, lang), lang)]
    if state != "on":
        lines.append(italic(phrase(f"chain.state.{state}", lang)))
    gone = state in ("off", "lost")
    return {
        "text": BREAK.join(lines),
        "x": box.x,
        "y": box.middle,
        "showarrow": False,
        "font": {"color": FADED if gone else INK},
    }


def _wrapped(text: str, lang: str) -> list[str]:
    if lang == "zh":
        return [text[n : n + WIDE["zh"]] for n in range(0, len(text), WIDE["zh"])]
    return textwrap.wrap(text, WIDE["en"])


def _loss_box(at: Places, happens: bool) -> Spec:
    line = {"color": INK, "width": 2, "dash": "solid" if happens else "dash"}
    ends = (COLUMNS[0] - HALF, COLUMNS[1] + HALF)
    return _box(*ends, at.loss.top, line, LOSS_FILL[happens][0])


def _loss_text(
    acts: Graph, at: Places, off: frozenset[str], kept: frozenset[str] | None, lang: str
) -> Spec:
    happens = acts.happens(off)
    lines = [
        bold(phrase("chain.happens" if happens else "chain.averted", lang)),
        phrase("chain.all" if len(acts.loss_needs) > 1 else "chain.one", lang),
    ]
    if kept is not None:
        then = "happens" if acts.happens(kept) else "averted"
        lines.append(phrase("chain.kept", lang, what=phrase(f"chain.{then}", lang)))
    return {
        "text": BREAK.join(lines),
        "x": 0.5,
        "y": at.loss.middle,
        "showarrow": False,
        "font": {"color": LOSS_FILL[happens][1]},
    }


# ---------------------------------------------------------------- table and sentence


def _row(
    case: Case, acts: Graph, party: str, off: frozenset[str], steps: Steps, lang: str
) -> tuple[Cell, ...]:
    acted = []
    for node in acts.nodes:
        if node.party == party:
            title, state = title_of(case, acts, node.id, lang), state_of(acts, node.id, off)
            marked = phrase(
                "chain.marked", lang, act=title, state=phrase(f"chain.state.{state}", lang)
            )
            acted.append(title if state == "on" else marked)
    answers = {step.key: step.answer for step in steps.establishing}
    return (
        Cell(short_names(case, lang)[party], f"{party}||{party}"),
        Cell(phrase("between", lang).join(acted)),
        *(Cell(engine(f"answers.{answers[k]}", lang), f"{party}|{k}|{party}") for k in ASKED),
    )


def _sentence(case: Case, acts: Graph, off: frozenset[str], lang: str) -> str:
    """Say what is switched off, and whether the loss still happens."""
    gone = [node.id for node in acts.nodes if node.id in off]
    key = "happens" if acts.happens(off) else "averted"
    if not gone:
        text = phrase("chain.sentence_all", lang, loss=phrase(f"chain.{key}", lang))
    else:
        listed = titles(case, acts, gone, lang, "in_text")
        text = phrase(f"chain.sentence_{key}", lang, acts=listed)
    if any(len(group.members) > 1 and group.of == LOSS for group in acts.groups):
        text += phrase("chain.sentence_or", lang)
    return text + engine("graph.derived" if acts.derived else "graph.stated", lang)
