"""Words of a chart: plotly.js reads `<b>` and `<a href=…>` in them, and a name may hold either.

Markup of ours is a mark (`simlib.text.MARKS`) until the figure is drawn; whatever else looks like
markup then came from a case, and is written so that plotly.js shows it as it stands.
"""

from __future__ import annotations

import re
from html import escape

from simlib.text import MARKS, marked

BREAK = MARKS["<br>"]
OURS = {mark: tag for tag, mark in MARKS.items()}
MARK = re.compile("[" + "".join(OURS) + "]")
LOOKS = re.compile("[<>&" + "".join(OURS) + "]")


class Written(dict[str, object]):
    """A figure whose words plotly.js may be given."""


def bold(text: str) -> str:
    """Set words in bold."""
    return marked("<b>") + text + marked("</b>")


def below(text: str) -> str:
    """Set words small and lowered."""
    return marked("<sub>") + text + marked("</sub>")


def write(figure: dict[str, object]) -> Written:
    """Return the figure with its words written for plotly.js; leave a written one as it is."""
    if isinstance(figure, Written):
        return figure
    return Written({key: _inner(key, value) for key, value in figure.items()})


def _written(value: object) -> object:
    if isinstance(value, str):
        return _word(value) if LOOKS.search(value) else value
    if isinstance(value, dict):
        return {key: _inner(key, inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_written(inner) for inner in value]
    return value


def _inner(key: str, value: object) -> object:
    """Write a value, unless its key names a template: those are ours, names come as data."""
    return value if key.endswith("template") else _written(value)


def _word(text: str) -> str:
    return MARK.sub(lambda mark: OURS[mark[0]], escape(text, quote=False))
