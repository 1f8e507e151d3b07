"""Undo, redo and reset on plain values: no lab, no widget."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.strategy import draws

from simlib import load_case
from simlib.lessons.knob import Knob, Setting
from simlib.widgets.history import History
from simlib.widgets.lesson import View
from simlib.widgets.reset import moved, reset
from simlib.widgets.stage.undo_words import stepped
from simlib.widgets.state import Scene

CASE = load_case("hypo-payment")
LOSS = Knob("loss", "number", "Loss", "facts", lambda case: case.loss_fen,
            lambda value, case: {"loss_fen": value}, None, ("loss_fen",))  # fmt: skip
RULE = Setting("rule", "choice", "Rule", "rules", lambda chosen: chosen.get("rule"),
               lambda value, chosen: {"rule": value}, None, ("rule",))  # fmt: skip
# No knob moves the day and the view.
START = Scene(CASE.id, changes={"acted_on": "2024-01-01"}, chosen={"view": "map"})
NOW = Scene(CASE.id, changes={"acted_on": "2025-01-01", "loss_fen": 7},
            chosen={"view": "list", "rule": "b"})  # fmt: skip


def recorded(*states, most=100):
    """A history that began at 0 and went through `states`, each a step of its own."""
    history = History(0, most)
    for state in states:
        history.record(state)
    return history


def test_nothing_to_undo_at_first():
    """The opening state stays; neither button does anything."""
    history = History("opened")
    assert (history.can_undo, history.can_redo) == (False, False)
    assert (history.undo(), history.redo()) == ("opened", "opened")


def test_back_and_forth():
    """Each step back brings the state before, each step forth the one after."""
    history = recorded(1, 2, 3)
    assert [history.undo(), history.undo(), history.undo(), history.undo()] == [2, 1, 0, 0]
    assert [history.redo(), history.redo(), history.redo(), history.redo()] == [1, 2, 3, 3]


def test_a_new_change_cuts_what_was_undone():
    """0, 1, 2; back to 1; then 9: redo finds nothing, and 2 is gone."""
    history = recorded(1, 2)
    history.undo()
    history.record(9)
    assert not history.can_redo
    assert [history.undo(), history.undo()] == [1, 0]


def test_one_drag_is_one_step():
    """Forty states of one stroke are undone at once; another stroke is another step."""
    history = History(0)
    for state in range(1, 41):
        history.record(state, stroke=("limit", 1))
    history.record(50, stroke=("limit", 2))
    history.record(60, stroke=("gain", 1))
    assert [history.undo(), history.undo(), history.undo()] == [50, 40, 0]


def test_steps_without_a_stroke_are_never_merged():
    """Buttons and boxes: two presses, two steps."""
    assert [s := recorded(1, 2), s.undo(), s.undo()][1:] == [1, 0]


def test_a_drag_back_to_its_start_leaves_no_step():
    """0 → 5 → 0 in one stroke: there is nothing to undo; going on from there is a step again."""
    history = History(0)
    for state in (3, 5, 0):
        history.record(state, stroke="drag")
    assert not history.can_undo
    history.record(7, stroke="drag")
    assert history.undo() == 0


def test_a_stroke_does_not_go_on_after_undo():
    """A slider still held when undo is pressed: what comes then is a step of its own."""
    history = History(0)
    history.record(1, stroke="a")
    history.record(2, stroke="b")
    history.undo()
    history.record(3, stroke="b")
    assert history.undo() == 1


def test_the_same_state_again_is_no_step():
    """A refused change leaves everything as it was, and what was undone can still be redone."""
    history = recorded(1, 2)
    history.undo()
    history.record(1)
    assert history.redo() == 2


def test_the_oldest_steps_are_forgotten():
    """At most `most` steps back."""
    history = recorded(*range(1, 10), most=3)
    assert [history.undo() for _ in range(5)] == [8, 7, 6, 6, 6]


def test_start_forgets():
    """Opening the lesson is not undone."""
    history = recorded(1, 2)
    history.undo()
    history.start(5)
    assert (history.now, history.can_undo, history.can_redo) == (5, False, False)


@settings(max_examples=draws(200), deadline=None)
@given(st.lists(st.one_of(st.integers(0, 5), st.sampled_from(["undo", "redo"])), max_size=40))
def test_as_a_list_with_a_cursor(acts):
    """Against the plainest model there is: a list of all states and a place in it."""
    history, states, place = History(0), [0], 0
    for act in acts:
        if act == "undo":
            place = max(0, place - 1)
            history.undo()
        elif act == "redo":
            place = min(len(states) - 1, place + 1)
            history.redo()
        else:
            history.record(act)
            if act != states[place]:
                states[place + 1 :] = [act]
                place += 1
        assert history.now == states[place]
        assert (history.can_undo, history.can_redo) == (place > 0, place < len(states) - 1)


@pytest.mark.parametrize(
    ("knobs", "whole", "changes", "chosen"),
    [
        ([LOSS], False, {"acted_on": "2025-01-01"}, {"view": "list", "rule": "b"}),
        ([RULE], False, {"acted_on": "2025-01-01", "loss_fen": 7}, {"view": "list"}),
        ([LOSS, RULE], False, {"acted_on": "2025-01-01"}, {"view": "list"}),
        ([LOSS, RULE], True, {"acted_on": "2024-01-01"}, {"view": "map"}),
        ([], False, NOW.changes, NOW.chosen),
    ],
)
def test_what_no_knob_moves_is_reset_with_all_of_them_alone(knobs, whole, changes, chosen):
    """A knob takes back its own fact; the day and the view wait for the reset of everything."""
    assert reset(knobs, whole, CASE, NOW, START) == {"changes": changes, "chosen": chosen}


def test_what_left_its_beginning_is_told_whether_or_not_a_knob_moves_it():
    """Of the changes only those that change the file: its own loss is where it began."""
    own = Scene(CASE.id, changes={"loss_fen": CASE.loss_fen}, chosen={"view": "map"})
    assert moved(CASE, NOW, START) == {"acted_on", "loss_fen", "chosen.rule", "chosen.view"}
    assert moved(CASE, own, Scene(CASE.id, chosen={"view": "map"})) == set()


@pytest.mark.parametrize("action", ["undo", "redo", "reset"])
@pytest.mark.parametrize(("field", "value", "said"), [
    ("chosen", {"view": "list"}, ""),
    ("party", "nobody", ""),
    ("chosen", {"rule": "b"}, "Rule"),
])  # fmt: skip
def test_a_step_that_moves_no_knob_names_none(action, field, value, said):
    """The lab then says only that one step is undone."""
    before, now = (View(Scene(CASE.id, **more), CASE, {}) for more in ({}, {field: value}))
    told = stepped(action, before, now, [LOSS, RULE], (1, 1), "en")
    assert (said in told) if said else told == ""
