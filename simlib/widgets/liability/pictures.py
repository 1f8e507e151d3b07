"""The module below the stage: where two forms part, who pays whom, every form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simlib.explain import face
from simlib.figures.liability import draw_every_mode, draw_parting, draw_recourse
from simlib.figures.people import short_names
from simlib.text import message, words
from simlib.widgets import choosers
from simlib.widgets.liability.apart import Parting, parting
from simlib.widgets.liability.settings import (
    MODES,
    PICTURES,
    chosen,
    chosen_rules,
    liable_ids,
    mode_name,
    mode_of,
)

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.drawing import Drawing
    from simlib.widgets.lesson import View

REMEMBERED = 8  # sets of curves, of the settings shown last


def picture_specs(case: Case, picture: str, lang: str) -> list[dict[str, Any]]:
    """Which picture; for the parting of two forms also whose means, and which form."""
    pictures = [(p, words("liability", f"picture.{p}", lang)) for p in PICTURES]
    label = words("liability", "picture.label", lang)
    spec = [choosers.options("choice", "picture", label, pictures)]
    if picture != "parting":
        return spec
    names = short_names(case, lang)
    people = [(id, names[id]) for id in liable_ids(case)]
    modes = [(mode, mode_name(mode, lang)) for mode in MODES]
    return [
        *spec,
        choosers.options("select", "means", words("liability", "picture.means", lang), people),
        choosers.options("select", "versus", words("liability", "picture.versus", lang), modes),
    ]


class Pictures:
    """Draws the picture chosen; the curves of a setting are reckoned once.

    Parameters
    ----------
    lang
        the reader's language
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._partings: dict[str, Parting] = {}

    def draw(self, view: View, answer: Mapping[str, Any], opened: object) -> Drawing:
        """The picture that the view's scene chose.

        Parameters
        ----------
        answer
            the reader's bet: where he said that the two forms part
        opened
            what tells the case from all others that can be opened
        """
        asked = chosen(view.case, view.scene.chosen)
        if asked["picture"] == "recourse":
            return draw_recourse(view.case, view.outcomes[asked["mode"]], self.lang)
        if asked["picture"] == "every":
            return self._every(view)
        return self._parting(view, answer, opened)

    def _every(self, view: View) -> Drawing:
        outcomes = {mode: view.outcomes[mode] for mode in view.outcomes}
        refused = {m: message(e, self.lang) for m, e in view.outcomes.refused.items()}  # type: ignore[attr-defined]
        return draw_every_mode(view.case, outcomes, refused, self.lang)

    def _parting(self, view: View, answer: Mapping[str, Any], opened: object) -> Drawing:
        asked, case = chosen(view.case, view.scene.chosen), view.case
        party = asked["means"]
        now = case.party(party).assets_fen
        guess = answer.get("at_fen") if party == liable_ids(case)[-1] else None
        found = self._reckoned(view, party, asked["versus"], opened)
        if now is not None and now <= found.means_fen[-1]:
            found = found.met(now, view.outcomes)
        curves = [replace(c, face=self._face(view, c.mode)) for c in found.curves]
        return draw_parting(
            case, party, found.means_fen, curves, now, guess, found.at_fen, self.lang
        )

    def _face(self, view: View, mode: str) -> str:
        case = view.case
        return face(view.outcomes[mode], case, self.lang, short_names(case, self.lang))

    def _reckoned(self, view: View, party: str, versus: str, opened: object) -> Parting:
        """The curves and the place of parting: reckoned once for all the means of a party."""
        rules = chosen_rules(view.scene.chosen)
        pair = dict.fromkeys((mode_of(view.scene.chosen), versus))
        modes = tuple(mode for mode in pair if mode in view.outcomes)
        path, scene = f"{party}.assets_fen", view.scene
        changes = {k: v for k, v in scene.changes.items() if k != path}
        key = repr((opened, scene.position, changes, party, modes, rules))
        if key not in self._partings:
            found = parting(view.case, party, modes, rules)
            self._partings = dict(list(self._partings.items())[1 - REMEMBERED :]) | {key: found}
        return self._partings[key]
