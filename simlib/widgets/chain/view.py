"""The chain step by step: all steps go to the page at once, which then plays them by itself."""

from __future__ import annotations

import anywidget
import traitlets

from simlib.widgets.controls import loader
from simlib.widgets.door import Door


class ChainView(Door, anywidget.AnyWidget):
    """A film of transfers, moved in the page.

    Attributes
    ----------
    film
        what `simlib.figures.chain.film` gives: boxes, lines, steps, and the words around them
    """

    _esm = loader("chain", "chain.js")
    film = traitlets.Dict({"steps": []}).tag(sync=True)
