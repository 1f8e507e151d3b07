"""How every chart looks: one font stack, one palette, calm axes. Change a colour or font here."""

from __future__ import annotations

from typing import TypeAlias

Spec: TypeAlias = dict[str, object]  # a figure or a part of one, in the schema of plotly.js

FONT = (
    'system-ui, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", '
    '"Noto Sans SC", sans-serif'
)
INK, GRID, PAPER = "#1c2733", "#d8dee6", "#ffffff"
LETTER_PX = 13  # height of all letters of a chart: --fine of tokens.css
TITLE = {"font": {"size": LETTER_PX}}  # of an axis
WASH = "#f6f5f1"  # below what belongs together; that of tokens.css
SOFT = "#f4f6f9"  # a field behind what is chosen or has lost its effect
FADED = "#66707f"  # letters and edges of what has lost its effect

BLUE, TEAL, VIOLET, ORANGE = "#1b5e91", "#2a8a9e", "#7b5ea7", "#c4701a"
GREEN, BROWN, RED, GREY, SLATE = "#5b8a3a", "#9a6b4f", "#a03c3c", "#7a869a", "#39424e"
MINUTES = "#526079"  # a large number in it must not look as if it were switched off

# By kind of authority; told apart without colour too, since each bar names its kind in words.
BASIS = {
    "law in force": BLUE,
    "judicial interpretation": TEAL,
    "conference minutes": MINUTES,
    "doctrine": VIOLET,
    "reform proposal": ORANGE,
    "foreign law": GREEN,
    "teaching assumption": BROWN,
}
RULING = SLATE
CLAIM = "#6b6b2f"  # what a source says of the facts
PRACTICE = "#7c6f73"  # what some courts do: lighter and warmer than what a court ordered
ROLES = {
    "victim": TEAL,
    "principal": RED,
    "helper": ORANGE,
    "platform": VIOLET,
    "operator": GREEN,
}
# Helpers side by side in one picture, in file order; white letters on each.
HELPERS = ("#b3600e", "#6f3906", "#8a6d1f", "#9c4a2f")
ANSWER = "#b3196b"

# Lesson 02: an inference from the log; a review's tiles when reached, when passed, their letters.
INFERENCE = {"stands": BLUE, "doubted": ORANGE, "rebutted": GREY}
# Lesson 03: the loss and its letters, by whether it happens; the ways to a share.
LOSS_FILL = {True: (SLATE, PAPER), False: (PAPER, INK)}
INDEX = {"shapley": BLUE, "banzhaf": VIOLET, "responsibility": RED, "minimal_sets": BROWN}
# Lesson 04: one line a mode.
CURVES = (BLUE, ORANGE, GREEN, VIOLET, RED, SLATE)
# Lesson 05: a number from least to most; fields of the map; parts of the model; what a bar moves.
LEAST, MOST = "#fdf3e7", "#a4550f"
FIELDS = ("#eef3f8", "#cfe0ef", "#9fc2e0", "#f3d3b0", "#d99a5b", "#b98ad0")
SCORE, SHARE = BLUE, ROLES["helper"]
MOVED = {"fact": BLUE, "parameter": BASIS["teaching assumption"]}
# Lesson 06: each victim's money, other money, and where money ends.
MONEY = (TEAL, "#0f4c5c", "#6fb7c6", "#3f6f7a")
OTHER_MONEY = GREY
ENDS = {"frozen": BLUE, "there": BROWN, "fee": GREY}


def tint(color: str, alpha: float) -> str:
    """Return the colour `#rrggbb` with an opacity, as CSS writes it."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


def paler(color: str, strength: float) -> str:
    """Return the colour `#rrggbb` on paper at a strength, opaque: parts of it show no seam.

    Examples
    --------
    >>> paler("#000000", 1), paler("#000000", 0.2)
    ('#000000', '#cccccc')
    """
    whole = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (each - 255) * strength):02x}" for each in whole)


def layout(height: float, **more: object) -> Spec:
    """Return the layout all charts share, `height` in pixels."""
    return {
        "height": height,
        "font": {"family": FONT, "size": LETTER_PX, "color": INK},
        "template": {"layout": {"xaxis": {"title": TITLE}, "yaxis": {"title": TITLE}}},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
        "hoverlabel": {"font": {"family": FONT}},
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom"},
        **more,
    }
