"""The lab of lesson 06: change the tracing rule; what goes back moves, who is liable does not."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from simlib.explain import assumption_words
from simlib.figures.names_of_people import short_names
from simlib.figures.pieces import draw_pieces
from simlib.lessons.chain import tables
from simlib.lessons.chain.accounts import phrase
from simlib.lessons.chain.outcomes import GAIN, RANK, Amounts, Traced, rule_name
from simlib.lessons.outcome import options_of
from simlib.text import words
from simlib.widgets.chain import reasons
from simlib.widgets.markup import paragraphs, table, tag
from simlib.widgets.stage.declared import DeclaredLab

if TYPE_CHECKING:
    from simlib.figures.drawing import Drawing
    from simlib.widgets.lesson import View


class ChainLab(DeclaredLab):
    """Lesson 06's lab.

    Attributes
    ----------
    pictures
        the module below: six rules, who owes, the pool and ledgers, every step, all streams
    """

    topic, rows = "chain", Amounts

    @property
    def found(self) -> Traced:
        """What the engine makes of the case that stands."""
        return self.now.outcomes  # type: ignore[return-value]

    # ------------------------------------------------------------ the bet

    def comment(
        self, answer: Mapping[str, Any], wrong: list[str], said: Mapping[str, str], whose: str
    ) -> str:
        """Whether her money is certain to be there, then what a tracing rule decides."""
        if not answer:
            return super().comment(answer, wrong, said, whose)
        chose = self.say(f"reveal.chose.{whose}")
        met, key = ("wrong" if id in wrong else "right" for id in ("inside", "norm"))
        first = self.say(f"reveal.inside_{met}", chose=chose, **said)
        then = self.say(f"reveal.norm_{key}", **said)
        return self.say("reveal.joined", first=first, why=self.say("reveal.why", **said), then=then)

    def reveal(self, view: View, answer: Mapping[str, object]) -> dict[str, object]:
        """The same with what a class is shown of it."""
        wall = {key: self.say(f"reveal.wall.{key}") for key in ("question", "line")}
        return super().reveal(view, answer) | {"wall": wall}

    # ------------------------------------------------------------ the stage

    def named(self, view: View) -> str:
        """Whose money, under which rule."""
        found: Traced = view.outcomes  # type: ignore[assignment]
        who = short_names(view.case, self.lang)[found.victim]
        return phrase("kept", self.lang, who=who, rule=rule_name(found.method, self.lang))

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """The steps behind a number, then the rule and its authority."""
        return reasons.reason(view.outcomes, selected, self.lang)  # type: ignore[arg-type]

    def can_ask(self, selected: list[str]) -> bool:
        """A number of the board or of one of the tables."""
        return reasons.can_ask(selected)

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """One picture at a time, and its table of numbers, whose cells do not break."""
        super().modules()
        self.pictures = self.tables
        self.pictures.remove_class("simlib-words")

    def show_below(self, held: Mapping[str, object]) -> None:
        """One drawing with its table, and what belongs under it."""
        more = {"liable": self._on_liability, "pool": self._ledgers} if len(self.found) else {}
        view = str(held["view"])
        self.show_table(self._drawn(view), more.get(view, str)())

    def _drawn(self, view: str) -> Drawing:
        found, case, lang = self.found, self.now.case, self.lang
        if not len(found):
            return tables.nothing(lang)
        if view == "rules":
            return tables.draw_rules(case, found, found.victim, lang)
        if view == "pool":
            return tables.draw_pool(case, found.returns(), lang)
        if view == "steps":
            return tables.draw_steps(case, found.tracing, lang)
        if view == "money":
            return tables.draw_money(case, found.tracing, found.victim, lang)
        if view == "pieces":
            return draw_pieces(found.claim, found.law, lang, found.limiting)
        late = {id: found.enriched(id) for id in found.law.parties if found.is_late(id)}
        return tables.draw_liable(
            found.claim, found.tracing, found.law, found.outcome(GAIN), lang, late
        )  # fmt: skip

    def _on_liability(self) -> str:
        """Liability is another question than tracing, and a later card another than the first."""
        keys = ["not_tracing", "later"] + (["poison"] if self.found.method == "poison" else [])
        return "".join(paragraphs(phrase(f"liable.{key}", self.lang)) for key in keys)

    def _ledgers(self) -> str:
        """Each victim's ledger under the table of returns; how judgments rank, if that is asked."""
        found, lang = self.found, self.lang
        drawing = tables.draw_ledgers(found.case, found.together, found.held["give"], lang)
        html = tag("h4", escape(phrase("ledger.title", lang)))
        html += table(drawing, {}, "|".join(self.state.selected), lang)
        html += paragraphs(phrase("ledger.cap", lang))
        if "rank" not in options_of(self.topic, found.case, lang):
            return html
        entries = found.together.assumptions
        told = next((entry for entry in entries if entry["key"] == f"rule.{RANK}"), None)
        if told is None:  # it moves nothing
            return html + paragraphs(phrase("ledger.rank_idle", lang))
        why = words("parameters", f"rules.{RANK}.why", lang)
        return html + paragraphs(assumption_words(told, found.case, lang) + "\n" + why)
