"""How every chart looks: one font stack, one palette, calm axes. Change a colour or font here."""

from __future__ import annotations

FONT = (
    'system-ui, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", '
    '"Noto Sans SC", sans-serif'
)
INK, GRID, PAPER = "#1c2733", "#d8dee6", "#ffffff"

# By kind of authority; told apart without colour too, since each bar names its kind in words.
BASIS = {
    "law in force": "#1b5e91",
    "judicial interpretation": "#2a8a9e",
    "conference minutes": "#7a869a",
    "doctrine": "#7b5ea7",
    "reform proposal": "#c4701a",
    "foreign law": "#5b8a3a",
    "teaching assumption": "#9a6b4f",
}
RULING = "#39424e"
ROLES = {
    "victim": "#2a8a9e",
    "principal": "#a03c3c",
    "helper": "#c4701a",
    "platform": "#7b5ea7",
    "operator": "#5b8a3a",
}
ANSWER = "#b3196b"


def layout(height: int, **more: object) -> dict:
    """The layout all charts share, `height` in pixels."""
    return {
        "height": height,
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
        "hoverlabel": {"font": {"family": FONT}},
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom"},
        **more,
    }
