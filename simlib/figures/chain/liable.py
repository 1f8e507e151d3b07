"""Who answers to one victim up to how much: what of her money came, what may be claimed, gain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.chain import accounts_of
from simlib.explain import form_name
from simlib.figures.chain.names import Names, phrase
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.panels import FILLED, HOLLOW, Panel, Row, bars_of, panels_figure
from simlib.figures.people import color_of, helpers_of
from simlib.interval import high_end
from simlib.text import amount

if TYPE_CHECKING:
    from collections.abc import Callable

    from simlib.case.model import Case
    from simlib.chain import Tracing
    from simlib.interval import FenRange
    from simlib.liability import Outcome

AFTER = ("route.after-loss", "misfit.after-loss")
COLUMNS = ("who", "layer", "came", "form", "exposure", "gain")


def draw_liable(
    case: Case, tracing: Tracing, law: Outcome, gain: Outcome, lang: str = "zh"
) -> Drawing:
    """Everybody but victims and fraudsters, for the claimant of `case`.

    Parameters
    ----------
    law, gain
        the outcome under the law in force, and the one that caps by what each gained
    """
    view = _View(case, tracing, law, gain, lang)
    panels = (
        view.panel("came", view.came, FILLED),
        view.panel("exposure", view.exposure, HOLLOW),
        view.panel("gain", view.gained, FILLED),
    )
    columns = tuple(phrase(f"liable.{name}", lang) for name in COLUMNS)
    figure = panels_figure(panels, view.top_fen(), lang)
    return Drawing(figure, columns, tuple(view.row(id) for id in view.ids), view.sentence())


class _View:
    def __init__(
        self, case: Case, tracing: Tracing, law: Outcome, gain: Outcome, lang: str
    ) -> None:
        self.case, self.tracing, self.law, self.gain = case, tracing, law, gain
        self.lang, self.names = lang, Names(case, lang)
        late = [a["party"] for a in law.assumptions if a["key"] in AFTER]
        self.late = frozenset(late)  # their acts came after the loss
        self.ids = helpers_of(case)

    def came(self, id: str) -> int:
        """The claimant's money that came into his accounts [fen]."""
        return self.tracing.came(accounts_of(self.case, id), self.case.claimant)

    def exposure(self, id: str) -> FenRange:
        """What she may claim of him [fen]."""
        return self.law.parties[id].exposure_fen

    def gained(self, id: str) -> FenRange:
        """What of his gain is put down to her [fen]."""
        return self.gain.parties[id].exposure_fen

    def panel(self, key: str, value: Callable[[str], FenRange], kind: str) -> Panel:
        """One of the three columns of bars."""
        rows = tuple(
            Row(
                phrase("liable.bar_late" if key == "exposure" and id in self.late else "liable.bar",
                     self.lang, who=self.names.people[id], amount=amount(value(id), self.lang)),
                bars_of(value(id), color_of(self.case, id), kind),
            )
            for id in self.ids
        )  # fmt: skip
        title, note = (phrase(f"liable.{key}_{part}", self.lang) for part in ("title", "note"))
        return Panel(title, note, rows)

    def top_fen(self) -> int:
        """The longest bar, and no less than the loss."""
        came = [self.case.loss_fen, *map(self.came, self.ids)]
        return max(
            came + [high_end(f(id)) for id in self.ids for f in (self.exposure, self.gained)]
        )

    def row(self, id: str) -> tuple[Cell, ...]:
        """One party; the layer is of his cards, not of what he was paid himself."""
        depth = [self.tracing.layers[a] for a in accounts_of(self.case, id)
                 if a in self.names.holders and a in self.tracing.layers]  # fmt: skip
        return (
            Cell(self.names.people[id], f"{id}||"),
            Cell(phrase("money.depth", self.lang, n=min(depth)) if depth else "—"),
            Cell.of_money(self.came(id), self.lang, f"{id}|came|{self.tracing.method}"),
            Cell(form_name(self.law, id, self.lang)),
            Cell.of_money(self.exposure(id), self.lang, f"{self.law.mode}|exposure|{id}"),
            Cell.of_money(self.gained(id), self.lang, f"{self.gain.mode}|exposure|{id}"),
        )

    def sentence(self) -> str:
        """That a tracing rule is no rule of liability."""
        return phrase("liable.sentence", self.lang, who=self.names.money(self.case.claimant))
