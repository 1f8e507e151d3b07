"""What lies below lesson 05's stage: what decides, with its map; and the model itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from simlib.errors import SimlibError
from simlib.figures.riskbenefit import draw_ways
from simlib.riskbenefit import AGGREGATORS
from simlib.text import message, words
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.markup import paragraphs, table, tag
from simlib.widgets.plot import PlotView
from simlib.widgets.riskbenefit import forms, panes, pictures
from simlib.widgets.riskbenefit.joined import reckoned

if TYPE_CHECKING:
    from simlib.figures.drawing import Drawing
    from simlib.figures.riskbenefit import Reckoned
    from simlib.widgets.lesson import View
    from simlib.widgets.page_messages import Door

Wishes = dict[str, Any]


class _Module:
    """Widgets from top to bottom, of which some may wait.

    Attributes
    ----------
    box, doors
        what the notebook shows; every widget, shown or not
    """

    def __init__(self, lang: str, *doors: Door) -> None:
        self.lang, self.doors = lang, doors
        self._fitted: dict[str, object] = {}
        self.box = box("simlib-lab", *doors)
        for form in filter(lambda door: isinstance(door, Form), doors):
            form.add_class("simlib-across")

    def on_asked(self, act: Callable[[Wishes], None]) -> None:
        """Call `act` with what the reader sets."""
        for door in self.doors:
            if isinstance(door, Form):
                door.on_asked(act)

    def on_seen(self, act: Callable[[], None]) -> None:
        """Call `act` once the module is in sight for the first time."""
        for door in self.doors:
            if isinstance(door, Form):
                door.on_seen(act)

    @property
    def seen(self) -> bool:
        """Whether it has been in sight."""
        return any(door.seen for door in self.doors if isinstance(door, Form))

    def on_say(self, act: Callable[[str], None]) -> None:
        """Call `act` with the number the reader asks about."""
        for door in self.doors:
            if isinstance(door, Pane):
                door.on_say(act)

    def _fit(self, form: Form, name: str, at: object, spec: Callable[[], list[Wishes]]) -> None:
        """Fit a form anew if what it hangs on is another."""
        if self._fitted.get(name) != at:
            self._fitted[name] = at
            form.spec = spec()

    def _once(self, name: str, at: object, draw: Callable[[], None]) -> None:
        """Draw a picture anew if what it hangs on is another."""
        if self._fitted.get(name) != at:
            self._fitted.pop(name, None)  # what fails half-way is drawn again
            draw()
            self._fitted[name] = at

    def _plot(self, chart: PlotView, drawing: Drawing) -> None:
        with chart.hold_sync():
            chart.description = drawing.sentence
            chart.set_trait("figure", drawing.figure)

    def _folded(self, drawing: Drawing) -> str:
        """What a picture shows in a sentence, and its table behind it."""
        said = paragraphs(drawing.sentence, class_="simlib-sentence")
        bare = table(replace(drawing, sentence=""), {}, "", self.lang)
        summary = tag("summary", escape(words(forms.TOPIC, "view.table", self.lang)))
        return said + tag("details", summary + bare, class_="simlib-article")


class Decides(_Module):
    """What moves the share; the share, or the form of liability, over any two inputs."""

    def __init__(self, lang: str) -> None:
        label = [words(forms.TOPIC, f"{name}.label", lang) for name in ("spread", "map")]
        self._spread, self._at = (Form(label=each, layout=LAYOUT) for each in label)
        self._picture, self._plane = PlotView(layout=LAYOUT), PlotView(layout=LAYOUT)
        self._told, self._beneath = Pane(layout=LAYOUT), Pane(layout=LAYOUT)
        super().__init__(
            lang, self._spread, self._picture, self._told, self._at, self._plane, self._beneath
        )

    def show(self, now: View, view: Wishes, opened: str) -> None:
        """Draw all of it for the helper shown."""
        at, model = reckoned(now), forms.setup(now.scene.chosen, now.case)
        of = at.case, at.party, model
        self._once("moves", (*of, at.share, view["spread"]), lambda: self._moves(at, view, model))
        self._fit(self._spread, "spread", True, lambda: forms.spread_spec(self.lang))
        self._spread.values = {"spread": view["spread"]}
        fitted = opened, at.party, at.person.act, forms.facts_of(at.person)
        self._fit(self._at, "map", fitted, lambda: forms.map_spec(at.case, at.person, self.lang))
        self._at.values = {key: view[key] for key in ("map", "x", "y", "end")}
        asked = *of, *self._at.values.items()
        self._once("plane", asked, lambda: self._map(now, view, model))

    def _moves(self, at: Reckoned, view: Wishes, model: forms.Setup) -> None:
        drawing = pictures.tornado_of(at.case, at.party, view, model, at.share, self.lang)
        self._plot(self._picture, drawing)
        dead = panes.dead(at.case, at.party, model, self.lang)
        self._told.html = self._folded(drawing) + dead

    def _map(self, now: View, view: Wishes, model: forms.Setup) -> None:
        try:
            drawing = pictures.plane_of(now.case, reckoned(now).party, view, model, self.lang)
        except SimlibError as error:
            self._plane.figure = {"data": [], "layout": {"height": 40}}
            self._beneath.html = paragraphs(message(error, self.lang), class_="simlib-warn")
        else:
            self._plot(self._plane, drawing)
            self._beneath.html = self._folded(drawing)


class Modelled(_Module):
    """Ways of joining, courts, what would have to change, all parameters, the axioms."""

    def __init__(self, lang: str) -> None:
        view, target = (words(forms.TOPIC, f"{name}.label", lang) for name in ("view", "target"))
        self._pick, self._target = (Form(label=each, layout=LAYOUT) for each in (view, target))
        self._picture, self._more = PlotView(layout=LAYOUT), Pane(layout=LAYOUT)
        super().__init__(lang, self._pick, self._target, self._picture, self._more)

    def show(self, now: View, view: Wishes, opened: str, selected: Sequence[str]) -> None:
        """Show what is picked; the first, if a link of before picked what decides."""
        name = view["view"] if view["view"] in forms.PICKED else forms.PICKED[0]
        self._fit(self._pick, "pick", True, lambda: forms.pick_spec(self.lang))
        self._pick.values = {"view": name}
        if self._fitted.get("shown") != name:
            self._fitted["shown"] = name
            own: dict[str, tuple[Door, ...]] = {
                "change": (self._target,),
                "ways": (self._picture,),
                "courts": (self._picture,),
            }
            self.box.children = (self._pick, *own.get(name, ()), self._more)
        self._fit(self._target, "target", opened, lambda: forms.change_spec(now.case, self.lang))
        self._target.values = {"target": view["target"], "fen": view["fen"] / 100}
        getattr(self, f"_show_{name}")(now, view, "|".join(selected))

    def _show_ways(self, now: View, view: Wishes, selected: str) -> None:
        ways = {way: now.outcomes[way] for way in AGGREGATORS}
        self._pictured(draw_ways(now.case, ways, reckoned(now).party, self.lang), selected)

    def _show_courts(self, now: View, view: Wishes, selected: str) -> None:
        model = forms.setup(now.scene.chosen, now.case)
        self._pictured(pictures.courts_of(model, self.lang), selected)

    def _pictured(self, drawing: Drawing, selected: str) -> None:
        """One picture and its table."""
        self._plot(self._picture, drawing)
        self._more.html = table(drawing, {}, selected, self.lang)

    def _show_change(self, now: View, view: Wishes, selected: str) -> None:
        model = forms.setup(now.scene.chosen, now.case)
        self._more.html = panes.change(now.case, reckoned(now).party, model, view, self.lang)

    def _show_registry(self, now: View, view: Wishes, selected: str) -> None:
        self._more.html = panes.registry(now.scene.chosen, now.case, self.lang)

    def _show_axioms(self, now: View, view: Wishes, selected: str) -> None:
        self._more.html = panes.axiom_table(self.lang)
