"""Links of before the lessons were rewritten: each opens in its lab and restores what it holds.

`tests/links/*.json` were written by the labs of their day, driven as a page drives them; they are
not written again. A link's `state` is all that it holds, `fen` what the engine then said of it
(what the victim receives under each form, what may be claimed of the party shown; a pair is a
band), `cells` the table where a lesson counts no money.
"""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from staged import make
from telling import tell

from simlib.interval import Interval
from simlib.lessons import names
from simlib.lessons.chain.tables import draw_money
from simlib.lessons.fault.names import graded_words
from simlib.lessons.outcome import Say
from simlib.text import amount
from simlib.widgets.causation.reasons import answer_of
from simlib.widgets.state import SCENE, LabState, Scene

LINKS = Path(__file__).resolve().parents[1] / "links"
SAVED = [
    saved for path in sorted(LINKS.glob("*.json")) for saved in json.loads(path.read_text("utf-8"))
]
SHIPPED = "2024-lu-0302-5690"
NO_QUESTION = {
    f"{id}|furthering|{id}" for id in ("principal", "P")
}  # a fraudster furthers nobody's deed (1169(1))
REPLACED = "back_fen"  # what lesson 06 asked for: an amount that nothing on its screen could tell
HELD = {*SCENE, "committed", "selected", "kept", "own"}


def by_name(saved):
    """A test's name."""
    return saved["name"]


def opened(saved):
    """The lab of a link, as its page makes it; the case that it lacks is in the browser."""
    lab = make(saved["lesson"][3:], saved["lang"], link=saved["link"])
    if "lacks" in saved:
        text = (LINKS / saved["lacks"]).read_text("utf-8")
        tell(lab.view, {"own": "stored", "texts": [text]})
    return lab


def fields(state):
    """All that a link of then could hold."""
    held = {name: getattr(state, name) for name in HELD - {"kept"}}
    return held | {"kept": asdict(state.kept) if state.kept else None}


def cells(lab):
    """What a lab's table of then said; of lesson 06 all streams of money."""
    if lab.topic == "chain":
        drawn = draw_money(lab.now.case, lab.found.tracing, lab.found.victim, lab.lang)
        return {cell.asks: cell.text for row in drawn.rows for cell in row if cell.asks}
    if lab.topic == "causation":
        found = lab.outcomes.steps.values()
        steps = [step for each in found for step in (*each.establishing, *each.extent)]
        return {f"{s.party}|{s.key}|{s.party}": answer_of(s, lab.phrases) for s in steps}
    said = {}
    for name, told in lab.outcomes.items():
        finding, outcome = told.finding, told.outcome
        say = Say("fault", lab.lang)
        form = say(f"found.form.{finding.mode}")
        said[f"{name}|grade|"] = f"{graded_words(finding, say)} → {form}"
        owed = outcome.parties[lab.state.party].exposure_fen
        said[f"{name}|exposure|"] = amount(owed, lab.lang)
    return said


def plain(fen):
    """An amount as the file has it."""
    return [fen.low, fen.high] if isinstance(fen, Interval) else fen


def test_there_are_thirty_and_no_lesson_lacks_one():
    """Twenty of them of lesson 01, among them both cases of one's own and rows no longer first."""
    assert len(SAVED) >= 30
    assert {saved["lesson"] for saved in SAVED} == set(names()[:7])
    assert {"joint", "auto", "claim"} <= {(s["state"]["selected"] or [""])[0] for s in SAVED}
    assert {"own.toml", None} == {saved.get("lacks") for saved in SAVED}


@pytest.mark.parametrize("saved", SAVED, ids=by_name)
def test_a_link_of_then_restores_all_that_it_holds(saved):
    """Case, position, changes, party, choices, answer, number asked about, A, own case.

    And the link that the lab makes now holds all of it again.
    """
    lab = opened(saved)
    wanted = dict(saved["state"])
    if REPLACED in wanted["committed"]:
        wanted["committed"] = {"opened": True}  # the lesson stands open, without an answer
    if "lacks" in saved:
        wanted["own"] = (LINKS / saved["lacks"]).read_text("utf-8")
    assert set(wanted) == HELD
    assert lab.restored is not False or "lacks" in saved
    assert fields(lab.state) == wanted
    changed = "earlier:1" in lab.view.notice  # rules have other defaults now
    if changed:
        tell(lab.view, {"press": "earlier:1"})
    for row, amounts in saved.get("fen", {}).items():
        outcome = lab.outcomes[row]
        assert plain(outcome.received_fen) == amounts["received"], row
        if "exposure" in amounts:
            assert plain(outcome.exposure_fen[wanted["party"]]) == amounts["exposure"], row
    if "cells" in saved:
        then = {k: v.replace("He's card", "Mr He's card") for k, v in saved["cells"].items()}
        then = {key: said for key, said in then.items() if key not in NO_QUESTION}
        assert then.items() <= cells(lab).items()  # a surname that is no pronoun now
    if changed:
        tell(lab.view, {"press": "undo"})
    again = LabState()
    assert again.from_text(lab.state.to_text(), lambda: None, own=wanted["own"])
    assert fields(again) == wanted


def test_a_link_of_before_says_which_rules_have_other_defaults_now(monkeypatch):
    """Caps that overlap give another sum: said once, set back by a press, which can be undone.

    A link of now says nothing, nor does one whose board the rule does not move.
    """
    for module in ("earlier_rules", "stage.lab"):
        monkeypatch.setattr(
            f"simlib.widgets.{module}.earlier_defaults",
            lambda link: {"caps": "nested"} if link == 1 else {},
        )
    by_title = {saved["name"]: saved for saved in SAVED}
    saved = by_title["01 another case, its second helper"]
    lab = opened(saved)
    before = lab.view.board["rows"]
    assert "重叠，以最大的一个为限" in lab.view.notice
    assert 'data-press="earlier:1"' in lab.view.notice
    tell(lab.view, {"press": "earlier:1"})
    assert (lab.state.changes["rules.caps"], lab.view.notice) == ("nested", "")
    assert lab.view.board["rows"] != before
    again = make("case", "zh", link=lab.state.to_text())
    assert (again.state.written, again.view.notice) == (2, "")
    assert again.state.changes == lab.state.changes
    tell(lab.view, {"press": "undo"})
    assert lab.outcomes["partial_joint"] == opened(saved).outcomes["partial_joint"]
    assert opened(by_title["01 an untouched lesson, nothing answered"]).view.notice == ""


@pytest.mark.parametrize("saved", SAVED, ids=by_name)
def test_a_link_with_one_letter_changed_is_none(saved):
    """Wherever the letter stands: nothing of it is taken over."""
    text, state = saved["link"], LabState()
    for at in range(0, len(text) - 1, 7):
        other = "A" if text[at] != "A" else "B"
        assert not state.from_text(text[:at] + other + text[at + 1 :], lambda: None), at
    assert fields(state) == fields(LabState())


@pytest.mark.parametrize(
    "said",
    [
        {"stage": "no-such-scene"},
        {"tasks": {"no-such-task": {}}},
        {"party": "nobody"},
        {"position": "nowhere"},
        {"kept": Scene("no-such-case")},
        {"kept": Scene(SHIPPED, "found", party="nobody")},
    ],
    ids=str,
)
def test_a_link_that_no_reader_can_have_left_is_refused_whole(said):
    """Its other parts are good, and nothing of them is taken over either."""
    good = {"case_id": SHIPPED, "position": "found", "changes": {"zhang.grade": "slight"}}
    lab = make("case", "zh")
    lab.state.put(good | {"kept": Scene(SHIPPED, "found", party="zhang")})
    assert make("case", "zh", link=lab.state.to_text()).restored
    lab.state.put(good | said)
    other = make("case", "zh", link=lab.state.to_text())
    assert (other.restored, other.state.changes, other.state.kept) == (False, {}, None)
