"""The chain step by step: all steps go to the page at once, which then plays them by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from simlib.widgets.controls import loader
from simlib.widgets.page_messages import Door, Nonsense


class ChainView(Door, anywidget.AnyWidget):
    """A film of transfers, moved in the page.

    Attributes
    ----------
    film
        what `simlib.figures.chain.film` gives: boxes, lines, steps, and the words around them
    rules
        the rules that can be chosen in it: `label`, `options` (`value`, `label`), and the `value`
        that is chosen; empty: there are none
    """

    _esm = loader("chain", "chain.js")
    film: traitlets.Dict[str, Any] = traitlets.Dict({"steps": []}).tag(sync=True)
    rules: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: object) -> None:
        self._choose: Callable[[str], None] | None = None
        super().__init__(**traits)

    def on_rule(self, act: Callable[[str], None]) -> None:
        """Call `act` with the rule that the reader chose in the film."""
        self._choose = act

    def hear(self, content: dict[str, Any], buffers: list[memoryview]) -> None:
        """Another rule was chosen."""
        rule = content.get("rule")
        known = [option["value"] for option in self.rules.get("options", [])]
        if rule not in known or self._choose is None:
            raise Nonsense("no rule of this film")
        self._choose(str(rule))
