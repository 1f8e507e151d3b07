"""The lab of lesson 03: switch acts off, see whether the loss still happens, ask the law why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simlib.lessons.causation.knobs import askable
from simlib.lessons.causation.outcomes import Chain, sentence
from simlib.lessons.causation.tables import draw_chance, draw_indices
from simlib.widgets.causation import reasons
from simlib.widgets.stage.declared import DeclaredLab

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.lessons.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.stage import StageScene


class CausationLab(DeclaredLab):
    """Lesson 03's lab."""

    topic = "causation"

    # ------------------------------------------------------------ the stage

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """A switch for every act; promises; the causal force of the party asked about below."""
        people, asked = askable(case), self.state.chosen.get("who")
        return super().fit_knobs(case, asked if asked in people else people[0])

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """The chain, what is asked of each party, and the money that came to him."""
        board = super().board(view, kept, scene, before)
        if not board.kept or kept is None:
            return board
        shown = self.declared.scene(scene.id)
        said = sentence(chain_of(view), shown, self.phrases, chain_of(kept))
        return replace(board, sentence=said)

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """The reasons for the loss, a step, an index or the money."""
        return reasons.reason(chain_of(view), selected, self.phrases)

    def can_ask(self, selected: list[str]) -> bool:
        """The loss, or a party and a step or an index of his."""
        return reasons.can_ask(selected)

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """One of five views at a time; not all are tables of sentences."""
        super().modules()
        self.tables.remove_class("simlib-words")

    def show_below(self, held: Mapping[str, Any]) -> None:
        """One of five views of the chain as it is set up."""
        found, say, view, who = chain_of(self.now), self.phrases, held["view"], held["who"]
        if view == "indices":
            drawn = draw_indices(found.case, found.indices, self.lang)
            self.show_table(drawn, reasons.left_out(found, say))
        elif view == "chance":
            lost = found.chance(who)
            more = reasons.chance(lost, say) + (reasons.of_file(say) if found.off else "")
            self.show_table(draw_chance(found.case, lost, self.lang), more)
        elif view == "hearing":
            self.show_html(reasons.hearing(say))
        else:
            shown = reasons.force if view == "force" else reasons.steps
            self.show_html(shown(found, who, say))

    def _pick(self, wishes: dict[str, Any]) -> None:
        super()._pick(wishes)
        if "who" in wishes:
            self._fit()  # the knobs of causal force are those of the party asked about
            self._fill()


def chain_of(view: View) -> Chain:
    """What the chain says of a view."""
    found: Chain = view.outcomes  # type: ignore[assignment]
    return found
