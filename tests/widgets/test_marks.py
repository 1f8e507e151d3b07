"""The values at which an arrow key stops on the wall."""

from __future__ import annotations

from simlib import load_case
from simlib.lessons.knob import fact as knob_of
from simlib.lessons.knob import fraction, means
from simlib.widgets.stage.controls import marks


def test_telling_values_are_ends_file_and_what_states_set() -> None:
    """fix-1: C has 20,000; knob 0–30,000 by 100; a state sets 17,000, another leaves it open."""
    case = load_case("fix-1")
    knob = means(case, "C", "", "zh")
    stands = [{"C.assets_fen": 1_700_000}, {"C.assets_fen": None}, {"A.assets_fen": 1}]
    assert marks(knob, case, {}, stands) == {"marks": [0, 17_000, 20_000, 30_000]}


def test_telling_values_stand_where_the_slider_can() -> None:
    """A force of .3464 lies between .30 and .35 of a knob by .05; with it quarters are .25, .75."""
    case = load_case("fix-1").set({"A.causal_force": 0.3464})
    knob = knob_of("cause", "range", "A", "", "cause", "causal_force", extra=fraction("zh"))
    assert marks(knob, case, {}, []) == {"marks": [0, 0.25, 0.35, 0.5, 0.75, 1]}


def test_a_state_of_another_case_adds_no_telling_value() -> None:
    """No X stands in fix-1: the state is left out, and three quarters of the range come in."""
    case = load_case("fix-1")
    knob = means(case, "C", "", "zh")
    stands = [{"C.assets_fen": 1_700_000, "X.assets_fen": 0}]
    found = {"marks": [0, 7_500, 15_000, 20_000, 22_500, 30_000]}
    assert marks(knob, case, {}, stands) == found


def test_a_choice_has_no_telling_values() -> None:
    """Its options are all there is."""
    case = load_case("fix-1")
    assert marks(knob_of("grade", "choice", "A", "", "fault", "grade"), case, {}, []) == {}
