"""What the engine said of a setting is not asked again when the reader comes back to it."""

from telling import opens, tell

from simlib.lessons.case import outcomes
from simlib.widgets.case import CaseLab
from simlib.widgets.outcome_memory import Remembered


def test_the_way_back_asks_the_engine_nothing(monkeypatch):
    """A knob asks once; undo and redo come back to what is known."""
    asked = []
    monkeypatch.setattr(
        outcomes, "compare", lambda *a, of=outcomes.compare: asked.append(1) or of(*a)
    )
    opened = opens(CaseLab("zh"))
    before = len(asked)
    opened.view.asked = {"gain": [1, 500]}
    assert len(asked) == before + 1
    tell(opened.view, {"press": "undo"})
    assert opened.now.case.party("zhang").gain_direct_fen != 50_000
    tell(opened.view, {"press": "redo"})
    assert opened.now.case.party("zhang").gain_direct_fen == 50_000
    assert len(asked) == before + 1


def test_only_the_last_are_kept():
    """The third of two puts the first out; what was asked for again stays."""
    kept, made = Remembered(2), []
    for key in "abac":
        kept.get((key,), lambda key=key: made.append(key) or (key, {}))
    kept.get(("a",), lambda: made.append("again") or ("a", {}))
    kept.get(("b",), lambda: made.append("b") or ("b", {}))
    assert made == ["a", "b", "c", "b"]


def test_a_choice_beside_the_facts_asks_the_engine_nothing(monkeypatch):
    """What is sued for moves no outcome of lesson 01; a fact does."""
    asked = []
    monkeypatch.setattr(
        outcomes, "compare", lambda *a, of=outcomes.compare: asked.append(1) or of(*a)
    )
    opened = opens(CaseLab("zh"))
    opened.claim_form.asked = {"suit": [1, "tort"]}  # the last it was asked about was a task
    before = len(asked)
    opened.claim_form.asked = {"suit": [2, "enrichment"]}
    assert opened.claim_form.values["suit"] == "enrichment"
    assert len(asked) == before
    opened.view.asked = {"gain": [1, 500]}
    assert len(asked) == before + 1
