"""The lab of lesson 00: what a number of suits dismissed can tell, what a document decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simlib.figures.start import Sorted, draw_board, draw_sorted
from simlib.figures.start.board import differing, said, sizes, value_name
from simlib.lessons.board import pictured
from simlib.lessons.reader import lesson_of
from simlib.lessons.start.outcomes import solve
from simlib.liability import compare
from simlib.text import topic_words, words
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.markup import table
from simlib.widgets.stage.declared import DeclaredLab
from simlib.widgets.start import panes, reasons, sorting

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.lessons.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.stage import StageScene
    from simlib.widgets.state import Scene

ORDER = ("beside", "ending")  # of two endings on the board


class StartLab(DeclaredLab):
    """Lesson 00's lab.

    Attributes
    ----------
    sort, map
        the modules below the stage: four endings to be sorted; what is in dispute, and which
        case to take
    """

    topic = "start"
    choices = sorting.CHOICES

    # ------------------------------------------------------------ the stage

    def decide(self, case: Case, scene: Scene) -> Mapping[str, Any]:
        """The count, the two endings, and four forms of lesson 01 for the case."""
        found = solve(case, chosen(scene.chosen))
        return {**found, **self.last.of(case, lambda: compare(case, panes.MODES))}

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """The board of the scene: a count taken apart, a share by chance, two endings."""
        shown = sorted_of(view)
        board = draw_board(
            shown,
            self.lang,
            rows=scene.rows,
            column=scene.column,
            before=sorted_of(before) if before else None,
            kept=sorted_of(kept) if kept else None,
            kept_title=self.beside.title(),
            still=self.still,
        )
        found = {**view.outcomes, "sorted": shown}
        return replace(board, drawn=pictured(found, self.drawn_as(scene), self.phrases))

    def numbers(self, before: View, now: View) -> dict[str, str]:
        """The parts of the count and the endings, before and now."""
        found: dict[str, str] = {}
        for view, suffix in ((before, "_before"), (now, "")):
            shown = sorted_of(view)
            values = said(shown.count, self.lang)
            values["again"] = value_name(shown.ending, "again", self.lang)
            found |= {name + suffix: value for name, value in values.items()}
        chance = sorted_of(now).count.chance
        found["width"] = f"{100 * (chance.high - chance.low):.0f}"
        found["differ"] = str(len(differing(sorted_of(now))))
        return found | {"level": str(sizes(sorted_of(now))["level"])}

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Why a row does not move with this knob, wherever it may not."""
        said = topic_words("start_lesson", self.lang)["still"]
        end = f"_{knob.id}"
        return {name.removesuffix(end): said[name] for name in said if name.endswith(end)}

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """Why a number is what it is, or what a cell or a box rests on."""
        return reasons.reason(view, sorted_of(view), selected, self.lang)

    def can_ask(self, selected: list[str]) -> bool:
        """A number of a board, a cell of endings, a box of the map, an amount of the cases."""
        return reasons.can_ask(selected)

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """The sorting; the map with the cases."""
        label = words(sorting.TOPIC, "sort.form", self.lang)
        self.sorting, self.grid = Form(label=label, layout=LAYOUT), Pane(layout=LAYOUT)
        self.sorting.on_asked(self._sorted)
        self.sort = box("simlib-lab", self.sorting, self.grid)
        self.boxes, self.shelf, self.tried = (Pane(layout=LAYOUT) for _ in range(3))
        self.shelf.on_say(lambda case_id: self._chosen({"case": case_id}))
        for pane in (self.grid, self.boxes, self.tried):
            pane.on_say(self._asked)
        self.map = box("simlib-lab", self.boxes, self.shelf, self.tried)

    def place(self) -> None:
        """The cases, with the ways to open the one that is chosen."""
        self.shelf.html = panes.shelf(self.state.case_id, self.lang)

    def show(self) -> None:
        """What has been sorted; the map; the chosen case under four forms."""
        held, selected = sorting.chosen(self.state.chosen), self.state.selected
        if self._new("sorting", held["which"]):
            self.sorting.spec = sorting.spec(held["which"], self.lang)
        self.sorting.values = sorting.values(held)
        asked = "|".join(selected)
        self.grid.html = table(draw_sorted(held["sort"], self.lang), {}, asked, self.lang)
        self.boxes.html = panes.map_of(asked, self.lang)
        now = self.now
        self.tried.html = panes.tried(now.case, now.outcomes, now.scene.party, selected, self.lang)

    def _sorted(self, wishes: dict[str, Any]) -> None:
        held = self.state.chosen
        self._change({"chosen": held | sorting.after(sorting.chosen(held), wishes)})


def chosen(held: Mapping[str, Any]) -> dict[str, Any]:
    """All that can be chosen on the stage; ValueError for what no control of ours gives."""
    sorting.chosen(held)
    rest = {name: value for name, value in held.items() if name not in sorting.CHOICES}
    return lesson_of("start").chosen(rest)


def sorted_of(view: View) -> Sorted:
    """What the board shows of a view."""
    held, found = chosen(view.scene.chosen), view.outcomes
    return Sorted(
        found["count"],
        found["ending"],
        found["beside"],
        int(held["heard"]),
        int(held["level"]),
        int(held["size"]),
        held["sample"] == "random",
    )
